package catalog

import (
	"slices"
	"sort"
	"strings"
)

// mergeOrder merges three orders of the same things: what is in the result is
// what both sides have, what one side added, and what keep asks for. Of any two
// things that all know, the side that turned them round is followed; additions
// stay behind what they stood behind. Where the turns contradict each other (a
// before b before c before a) ours is followed, and the things concerned are
// returned as a knot.
func mergeOrder(base, ours, theirs []string, keep func(string) bool) (order []string, knots [][]string) {
	inBase, inOurs, inTheirs := places(base), places(ours), places(theirs)
	kept := func(k string) bool {
		_, b := inBase[k]
		_, o := inOurs[k]
		_, t := inTheirs[k]
		return o && t || !b || keep(k)
	}
	var shared []string
	for _, k := range ours {
		if _, ok := inTheirs[k]; ok && kept(k) {
			shared = append(shared, k)
		}
	}
	core, knots := mergeShared(shared, inBase, inOurs, inTheirs)

	// What one side alone has stands in runs behind something shared, or in front
	// of everything: behind "".
	behind := map[string][][]string{}
	alone := func(side []string, other map[string]int) {
		anchor, open := "", false
		for _, k := range side {
			if _, ok := other[k]; ok {
				if kept(k) {
					anchor, open = "\x00"+k, false
				}
				continue
			}
			if !kept(k) {
				continue
			}
			if !open {
				behind[anchor] = append(behind[anchor], nil)
				open = true
			}
			runs := behind[anchor]
			runs[len(runs)-1] = append(runs[len(runs)-1], k)
		}
	}
	alone(ours, inTheirs)
	alone(theirs, inOurs)
	put := func(anchor string) {
		runs := behind[anchor]
		// Whichever side is called ours: the run with the least key comes first.
		slices.SortFunc(runs, func(a, b []string) int { return strings.Compare(slices.Min(a), slices.Min(b)) })
		for _, r := range runs {
			order = append(order, r...)
		}
	}
	put("")
	for _, k := range core {
		order = append(order, k)
		put("\x00" + k)
	}
	return order, knots
}

// mergeShared orders what both sides have, given in our order.
func mergeShared(shared []string, inBase, inOurs, inTheirs map[string]int) (order []string, knots [][]string) {
	theirs := slices.Clone(shared)
	slices.SortFunc(theirs, func(a, b string) int { return inTheirs[a] - inTheirs[b] })
	if slices.Equal(shared, theirs) || agrees(theirs, inBase) {
		return shared, nil
	}
	if agrees(shared, inBase) {
		return theirs, nil
	}
	// Each pair has a winner, so the number of things that must come before one is
	// its place, unless there are knots; those are sets of neighbours by that number.
	n := len(shared)
	before := make([]int, n)
	for i := range n {
		for j := i + 1; j < n; j++ {
			if first(shared[i], shared[j], inBase, inTheirs) {
				before[j]++
			} else {
				before[i]++
			}
		}
	}
	at := make([]int, n) // stable: our order decides within a knot
	for i := range at {
		at[i] = i
	}
	sort.SliceStable(at, func(x, y int) bool { return before[at[x]] < before[at[y]] })
	sum, start := 0, 0
	for i, a := range at {
		sum += before[a]
		if sum != i*(i+1)/2 {
			continue
		}
		if i > start {
			slices.Sort(at[start : i+1])
			var knot []string
			for _, a := range at[start : i+1] {
				knot = append(knot, shared[a])
			}
			knots = append(knots, knot)
		}
		start = i + 1
	}
	for _, a := range at {
		order = append(order, shared[a])
	}
	return order, knots
}

// first reports whether a, which comes before b with us, comes before b in the
// merge: not where they turned the two round.
func first(a, b string, inBase, inTheirs map[string]int) bool {
	if inTheirs[a] < inTheirs[b] {
		// We turned them round, or nobody did; if they did, both see it the same.
		return true
	}
	x, okA := inBase[a]
	y, okB := inBase[b]
	if !okA || !okB {
		return a < b // both sides made one of them; no one can tell
	}
	// They disagree with us: who agrees with base gives way.
	return x > y
}

// agrees reports whether the keys stand in the order of places, all of them known.
func agrees(keys []string, in map[string]int) bool {
	last := -1
	for _, k := range keys {
		p, ok := in[k]
		if !ok || p < last {
			return false
		}
		last = p
	}
	return true
}

func places(keys []string) map[string]int {
	m := make(map[string]int, len(keys))
	for i, k := range keys {
		m[k] = i
	}
	return m
}
