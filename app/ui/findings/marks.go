package findings

import (
	"strings"
)

// piece is a part of a text; marked is what is wrong in it, or new.
type piece struct {
	text   string
	marked bool
}

// compared at most are so many pairs of characters; longer differences are marked whole.
const comparedAtMost = 250_000

// compare returns two texts in pieces, marked where they differ.
func compare(a, b string) (was, is []piece) {
	x, y := []rune(a), []rune(b)
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	was, is = add(was, x[:head], false), add(is, y[:head], false)
	mx, my := x[head:len(x)-tail], y[head:len(y)-tail]
	if len(mx)*len(my) > comparedAtMost {
		was, is = add(was, mx, true), add(is, my, true)
	} else {
		was, is = common(was, is, mx, my)
	}
	return add(was, x[len(x)-tail:], false), add(is, y[len(y)-tail:], false)
}

// common adds the pieces of x and y, what they have in common unmarked.
func common(was, is []piece, x, y []rune) ([]piece, []piece) {
	// length[i][j] is of the longest common subsequence of x[i:] and y[j:].
	length := make([][]int, len(x)+1)
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			was, is = add(was, x[i:i+1], false), add(is, y[j:j+1], false)
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && length[i+1][j] >= length[i][j+1]:
			was = add(was, x[i:i+1], true)
			i++
		default:
			is = add(is, y[j:j+1], true)
			j++
		}
	}
	return was, is
}

// add puts a text behind the pieces, into the last where it is of its kind.
func add(ps []piece, text []rune, marked bool) []piece {
	if len(text) == 0 {
		return ps
	}
	if n := len(ps); n > 0 && ps[n-1].marked == marked {
		ps[n-1].text += string(text)
		return ps
	}
	return append(ps, piece{string(text), marked})
}

// quotes are the marks that a message puts around the words it is about.
var quotes = [][2]string{{"“", "”"}, {"《", "》"}}

// wrongWords returns a text in pieces, marked where it says what the message quotes.
func wrongWords(text, message string) []piece {
	for _, q := range quotes {
		for rest := message; ; {
			_, after, ok := strings.Cut(rest, q[0])
			if !ok {
				break
			}
			word, later, ok := strings.Cut(after, q[1])
			if !ok {
				break
			}
			if word != "" && strings.Contains(text, word) {
				return markAll(text, word)
			}
			rest = later
		}
	}
	return []piece{{text, false}}
}

func markAll(text, word string) (out []piece) {
	for i, part := range strings.Split(text, word) {
		if i > 0 {
			out = add(out, []rune(word), true)
		}
		out = add(out, []rune(part), false)
	}
	return out
}

// around is how many characters an excerpt shows beside what is marked.
const around = 10

// excerpt is the pieces on one line, with what is far from a mark left out.
func excerpt(ps []piece) string {
	var out strings.Builder
	for i, p := range ps {
		text := []rune(strings.ReplaceAll(p.text, "\n", " "))
		switch {
		case p.marked || len(text) <= 2*around:
		case i == 0 && len(ps) > 1:
			text = append([]rune("…"), text[len(text)-around:]...)
		case i == len(ps)-1:
			text = append(text[:around:around], '…')
		default:
			text = append(append(text[:around:around], '…'), text[len(text)-around:]...)
		}
		out.WriteString(string(text))
	}
	return out.String()
}
