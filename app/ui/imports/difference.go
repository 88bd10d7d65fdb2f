package imports

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
	head := 0
	for head < len(ta) && head < len(tb) && ta[head] == tb[head] {
		head++
	}
	tail := 0
	for tail < len(ta)-head && tail < len(tb)-head && ta[len(ta)-1-tail] == tb[len(tb)-1-tail] {
		tail++
	}
	inA, inB := make([]bool, len(ta)), make([]bool, len(tb)) // shared
	same := head + tail
	for i := range head {
		inA[i], inB[i] = true, true
	}
	for i := range tail {
		inA[len(ta)-1-i], inB[len(tb)-1-i] = true, true
	}
	same += common(ta[head:len(ta)-tail], tb[head:len(tb)-tail], inA[head:], inB[head:])
	if 10*same < 3*max(len(ta), len(tb)) {
		clear(inA)
		clear(inB)
	}
	return pieces(ta, inA), pieces(tb, inB)
}

// common marks a longest common subsequence and returns its length.
func common(a, b []string, inA, inB []bool) int {
	n, m := len(a), len(b)
	if n == 0 || m == 0 || n*m > mostCompared {
		return 0
	}
	length := make([]uint16, (n+1)*(m+1)) // of the subsequence of what follows
	at := func(i, j int) *uint16 { return &length[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[i] == b[j] {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
	return int(*at(0, 0))
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
