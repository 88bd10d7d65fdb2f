package findings

import (
	"strings"

	"mulutong/app/ui/diff"
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
	inX, inY := diff.Marks(diff.Shared(x, y, comparedAtMost), len(x), len(y))
	return pieces(x, inX), pieces(y, inY)
}

func pieces(text []rune, shared []bool) (ps []piece) {
	for i := range text {
		ps = add(ps, text[i:i+1], !shared[i])
	}
	return ps
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
