// Package diff finds what two texts share. What it finds stands in both, in the
// same order, and no more could be found; whether it is worth showing, the screens
// decide.
package diff

// Run is a stretch that two sequences share: Len elements from A on in the one,
// from B on in the other.
type Run struct{ A, B, Len int }

// Shared returns what two sequences share. Between their common beginning and end
// it compares every element with every other; where these are more than atMost
// pairs, all between counts as different.
func Shared[T comparable](a, b []T, atMost int) []Run {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var runs []Run
	if head > 0 {
		runs = append(runs, Run{0, 0, head})
	}
	if x, y := a[head:len(a)-tail], b[head:len(b)-tail]; len(x)*len(y) <= atMost {
		for _, r := range common(x, y) {
			runs = append(runs, Run{head + r.A, head + r.B, r.Len})
		}
	}
	if tail > 0 {
		runs = append(runs, Run{len(a) - tail, len(b) - tail, tail})
	}
	return runs
}

// common returns a longest common subsequence.
func common[T comparable](a, b []T) []Run {
	n, m := len(a), len(b)
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
	var runs []Run
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[i] == b[j]:
			r := Run{i, j, 0}
			for ; i < n && j < m && a[i] == b[j]; i, j = i+1, j+1 {
				r.Len++
			}
			runs = append(runs, r)
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
	return runs
}

// Marks tells of each element of two sequences whether it is in one of the runs.
func Marks(runs []Run, lenA, lenB int) (inA, inB []bool) {
	inA, inB = make([]bool, lenA), make([]bool, lenB)
	for _, r := range runs {
		for i := range r.Len {
			inA[r.A+i], inB[r.B+i] = true, true
		}
	}
	return inA, inB
}
