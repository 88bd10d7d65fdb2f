package imports

import "mulutong/app/ui/diff"

// piece is a stretch of one of two texts that are compared.
type piece struct {
	text    string
	differs bool
}

// mostCompared bounds the work of comparing two texts: beyond it what lies between
// their common beginning and end counts as different.
const mostCompared = 1 << 21

// difference parts two texts into what they share and what differs. Texts that
// have little in common differ as wholes, since marks all over tell nothing.
func difference(a, b string) (as, bs []piece) {
	ta, tb := tokens(a), tokens(b)
	runs := diff.Shared(ta, tb, mostCompared)
	same := 0
	for _, r := range runs {
		same += r.Len
	}
	if 10*same < 3*max(len(ta), len(tb)) {
		runs = nil
	}
	inA, inB := diff.Marks(runs, len(ta), len(tb))
	return pieces(ta, inA), pieces(tb, inB)
}

// tokens parts a text into characters, Latin words and numbers.
func tokens(s string) []string {
	var out []string
	word := -1 // where a Latin word or a number begins
	for i, r := range s {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			if word < 0 {
				word = i
			}
			continue
		}
		if word >= 0 {
			out = append(out, s[word:i])
			word = -1
		}
		out = append(out, string(r))
	}
	if word >= 0 {
		out = append(out, s[word:])
	}
	return out
}

// pieces joins neighbouring tokens that are alike. A single shared character
// between two that differ is no help to the eye and goes with them.
func pieces(ts []string, shared []bool) []piece {
	mark := make([]bool, len(ts))
	for i := range ts {
		lonely := i > 0 && i+1 < len(ts) && !shared[i-1] && !shared[i+1]
		mark[i] = !shared[i] || lonely
	}
	var out []piece
	for i, t := range ts {
		if n := len(out); n > 0 && out[n-1].differs == mark[i] {
			out[n-1].text += t
			continue
		}
		out = append(out, piece{t, mark[i]})
	}
	return out
}
