package upgrade

import (
	"fyne.io/fyne/v2"

	"mulutong/app/ui/prose"
)

// stretch is a part of a text that is in the other text too, or is not.
type stretch struct {
	text string
	same bool
}

// mostCompared bounds the work of comparing two texts, in pairs of characters.
const mostCompared = 4_000_000

// leastSame is how many characters in a row must be the same to count: one that is
// the same by chance makes a difference harder to see.
const leastSame = 2

// differ takes two texts apart into what both have, in order, and what only one has.
func differ(a, b string) (as, bs []stretch) {
	x, y := []rune(a), []rune(b)
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	inX, inY := make([]bool, len(x)), make([]bool, len(y)) // what is the same
	for i := range head {
		inX[i], inY[i] = true, true
	}
	for i := range tail {
		inX[len(x)-1-i], inY[len(y)-1-i] = true, true
	}
	common(x[head:len(x)-tail], y[head:len(y)-tail], inX[head:], inY[head:])
	return stretches(x, inX), stretches(y, inY)
}

// common marks a longest common subsequence, but for its short pieces.
func common(x, y []rune, inX, inY []bool) {
	n, m := len(x), len(y)
	if n == 0 || m == 0 || n*m > mostCompared {
		return
	}
	longest := make([]uint16, (n+1)*(m+1)) // of what begins there
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if x[i] == y[j] {
				longest[i*(m+1)+j] = longest[(i+1)*(m+1)+j+1] + 1
			} else {
				longest[i*(m+1)+j] = max(longest[(i+1)*(m+1)+j], longest[i*(m+1)+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case x[i] == y[j]:
			k := 0
			for i+k < n && j+k < m && x[i+k] == y[j+k] {
				k++
			}
			for l := range k {
				if k >= leastSame {
					inX[i+l], inY[j+l] = true, true
				}
			}
			i, j = i+k, j+k
		case longest[(i+1)*(m+1)+j] >= longest[i*(m+1)+j+1]:
			i++
		default:
			j++
		}
	}
}

func stretches(r []rune, same []bool) []stretch {
	var out []stretch
	for i := 0; i < len(r); {
		j := i
		for j < len(r) && same[j] == same[i] {
			j++
		}
		out = append(out, stretch{string(r[i:j]), same[i]})
		i = j
	}
	return out
}

// spans shows stretches, those of one text alone in a colour.
func spans(ss []stretch, ink, ground fyne.ThemeColorName) []prose.Span {
	var out []prose.Span
	for _, s := range ss {
		if s.same {
			out = append(out, prose.Span{Text: s.text})
		} else {
			out = append(out, prose.Span{Text: s.text, Ink: ink, Ground: ground})
		}
	}
	return out
}
