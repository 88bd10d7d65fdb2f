package sheet

import (
	"context"
	"slices"

	"mulutong/catalog"
)

// maxAbove is how many lines above the first header are looked at.
const maxAbove = 200

// tables finds the catalogs of one grid: rows of titles, a header, entries, and
// again from the beginning. Without any it says why.
func (p *parsers) tables(ctx context.Context, g *grid, number int, cs corrections) ([]Table, SkipReason, error) {
	if len(g.rows) == 0 {
		return nil, SkipBlank, nil
	}
	ms := mergesOf(g)
	var out []Table
	var x *tableReader
	finish := func(end int) {
		if x != nil {
			x.finish()
			x.end = end
			out = append(out, x.split()...)
		}
	}
	for i := 0; i < len(g.rows); {
		if i%512 == 0 && ctx.Err() != nil {
			return nil, "", context.Cause(ctx)
		}
		h, next, barred := cs.forced(g, i)
		forced := h != nil
		if forced {
			h.read(g.rows[i:next], ms, nil)
		} else if !barred {
			h, next, _ = findHeader(g, ms, i)
		}
		if h != nil {
			var above []line
			if x != nil {
				above, x.pending = x.pending, nil
			} else {
				for k := max(0, i-maxAbove); k < i; k++ {
					above = append(above, lineOf(&g.rows[k]))
				}
			}
			head := readHeading(above, p.names, x == nil)
			if x == nil || forced || head.title != "" && squeeze(head.title) != squeeze(x.t.Title) {
				finish(i)
				x = &tableReader{parsers: p, g: g, ms: ms, start: next}
				x.t = Table{Sheet: g.name, Title: head.title, Unit: head.unit, Problems: []Problem{}, Number: number, Header: h.top}
				if uses := cs.uses(h.top); uses != nil {
					x.fix = limit(uses, g.width())
				}
				x.t.Entries = make([]Row, 0, min(len(g.rows)-next, 1<<15))
			}
			x.strayLines(head.rest)
			x.correct(h, g.rows[i:next])
			x.head(h)
			i = next
			continue
		}
		if x != nil {
			x.read(&g.rows[i])
		}
		i++
	}
	finish(len(g.rows))
	out = slices.DeleteFunc(out, func(t Table) bool { return len(t.Entries) == 0 })
	switch {
	case x == nil:
		return nil, SkipNoHeader, nil
	case len(out) == 0:
		return nil, SkipNoEntries, nil
	}
	return out, "", nil
}

// split ends the table: one for every sector where a column names several.
func (x *tableReader) split() []Table {
	t := x.t
	t.Layout = x.h.layout
	cols := x.first
	if cols == nil {
		cols = x.cols
	}
	t.Columns = columnsOf(cols, x.g.rows[x.start:x.end])
	var order []catalog.Sector
	by := map[catalog.Sector][]Row{}
	for _, r := range t.Entries {
		if _, ok := by[r.Sector]; !ok {
			order = append(order, r.Sector)
		}
		by[r.Sector] = append(by[r.Sector], r)
	}
	if len(order) == 1 && order[0] != "" {
		t.Sector = order[0]
		return []Table{t}
	}
	if len(order) <= 1 {
		t.SetSector(x.names.of(&t))
		return []Table{t}
	}
	return t.bySector(order, by)
}

// bySector makes a table of each sector's entries. A problem goes with the entry
// of its row, any other with the first table.
func (t *Table) bySector(order []catalog.Sector, by map[catalog.Sector][]Row) []Table {
	out := make([]Table, len(order))
	home := map[int]int{}
	for i, s := range order {
		out[i] = *t
		out[i].Sector, out[i].Entries, out[i].Problems = s, by[s], []Problem{}
		for _, r := range by[s] {
			home[r.Row] = i
		}
	}
	for _, p := range t.Problems {
		i := home[p.Row]
		out[i].Problems = append(out[i].Problems, p)
	}
	return out
}

// SetSector gives the table and its entries a sector.
func (t *Table) SetSector(s catalog.Sector) {
	t.Sector = s
	for i := range t.Entries {
		t.Entries[i].Sector = s
	}
}
