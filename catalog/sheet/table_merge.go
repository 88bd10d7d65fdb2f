package sheet

import (
	"cmp"
	"slices"
)

// merges are the merged cells of a grid by their first row.
type merges []merge

// mergesOf returns the grid's merged cells within its columns. Where two overlap,
// which no program shows, the first counts.
func mergesOf(g *grid) merges {
	ms := merges(slices.Clone(g.merges))
	slices.SortFunc(ms, func(a, b merge) int { return cmp.Or(a.top-b.top, a.left-b.left) })
	until := make([]int, g.width()+maxGroup) // by column, the last row that a merge covers
	kept := ms[:0]
	for _, m := range ms {
		m.right = min(m.right, len(until)-1)
		if m.left > m.right || until[m.left] >= m.top {
			continue
		}
		for c := m.left; c <= m.right; c++ {
			until[c] = max(until[c], m.bottom)
		}
		kept = append(kept, m)
	}
	return kept
}

// from returns the merges whose first row is one of top to bottom.
func (ms merges) from(top, bottom int) merges {
	at := func(row int) int {
		i, _ := slices.BinarySearchFunc(ms, row, func(m merge, row int) int { return m.top - row })
		return i
	}
	return ms[at(top):at(bottom+1)]
}

// fill is the text a merged cell lends to the cells it covers.
type fill struct {
	text   string
	until  int  // the last row covered
	anchor bool // the column is the merge's first
}
