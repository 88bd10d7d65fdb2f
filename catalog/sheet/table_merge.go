package sheet

import (
	"cmp"
	"slices"
)

// merges are the merged cells of a grid by their first row.
type merges []merge

func mergesOf(g *grid) merges {
	byTop := func(a, b merge) int { return cmp.Or(a.top-b.top, a.left-b.left) }
	if slices.IsSortedFunc(g.merges, byTop) {
		return g.merges
	}
	return slices.SortedFunc(slices.Values(g.merges), byTop)
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
