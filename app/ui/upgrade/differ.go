package upgrade

import (
	"slices"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/diff"
	"mulutong/app/ui/prose"
)

// stretch is a part of a text that is in the other text too, or is not.
type stretch struct {
	text string
	same bool
}

// mostCompared bounds the work of comparing two texts, in pairs of characters.
const mostCompared = 4_000_000

// leastSame is how many characters in a row must be the same to count between the
// beginning and the end: one that is the same by chance makes a difference harder
// to see.
const leastSame = 2

// differ takes two texts apart into what both have, in order, and what only one has.
func differ(a, b string) (as, bs []stretch) {
	x, y := []rune(a), []rune(b)
	runs := slices.DeleteFunc(diff.Shared(x, y, mostCompared), func(r diff.Run) bool {
		begins, ends := r.A+r.B == 0, r.A+r.Len == len(x) && r.B+r.Len == len(y)
		return r.Len < leastSame && !begins && !ends
	})
	inX, inY := diff.Marks(runs, len(x), len(y))
	return stretches(x, inX), stretches(y, inY)
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
