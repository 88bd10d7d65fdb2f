package sheet

import (
	"slices"
	"strings"
)

// flow turns the text and tables of a page, as they follow each other, into
// grids. Lines above a table become rows of its grid that are numbered up to 0,
// so that the table's own rows count from 1. A table that follows another of
// the same width, with nothing said between, goes on with it: it was only cut
// where a page ended.
type flow struct {
	bud  *budget
	gs   []grid
	rows []int // of each grid, the number of its last row
	wide []int // of each grid, its columns with those that say nothing
	lead []string
	cut  bool // the last grid may go on
}

// The last lines above a table are enough for its title.
const maxLead = 8

// line takes a paragraph outside any table.
func (f *flow) line(s string) {
	for s := range strings.SplitSeq(s, "\n") {
		if s = strings.TrimSpace(s); s != "" {
			if len(f.lead) == maxLead {
				f.lead = f.lead[1:]
			}
			f.lead = append(f.lead, s)
		}
	}
}

// table is a table being read, row by row.
type table struct {
	grid
	bud    *budget
	number int
	column int // of the next cell
	wide   int
	cells  []string
	until  []int // by column: the last row that a cell above covers
}

func newTable(bud *budget) *table { return &table{bud: bud} }

// row begins the next row, ending the one before.
func (t *table) row() error {
	err := t.endRow()
	t.number++
	t.column, t.cells = 0, nil
	return err
}

func (t *table) endRow() error {
	n := t.number
	t.wide = max(t.wide, t.column)
	cells := t.cells
	t.cells = nil
	return t.bud.add(&t.grid, gridRow{number: n, cells: cells})
}

// cell adds a cell that covers columns and rows, at the next free column.
func (t *table) cell(text string, columns, rows int) error {
	for t.column < len(t.until) && t.until[t.column] >= t.number {
		t.column++
	}
	columns, rows = max(1, columns), max(1, rows)
	if columns > maxSpan || over(t.column+columns, t.bud.lim.Cols) {
		columns, rows = 1, 1
	}
	left := t.column
	t.put(left, text)
	t.column += columns
	if columns == 1 && rows == 1 {
		return t.bud.tick()
	}
	t.merges = append(t.merges, merge{top: t.number, bottom: t.number + rows - 1, left: left, right: t.column - 1})
	if over(len(t.merges), t.bud.lim.Cells) {
		return &LimitError{What: "cells", Limit: int64(t.bud.lim.Cells)}
	}
	if rows > 1 {
		for len(t.until) < t.column {
			t.until = append(t.until, 0)
		}
		for c := left; c < t.column; c++ {
			t.until[c] = t.number + rows - 1
		}
	}
	return t.bud.tick()
}

// Columns that a cell of a page can cover at most.
const maxSpan = 1000

// put writes text into a column of the row.
func (t *table) put(column int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	for len(t.cells) <= column {
		t.cells = append(t.cells, "")
	}
	t.cells[column] = text
}

// end puts the finished table behind what came before. Tables within cells
// neither go on nor are gone on with.
func (f *flow) end(t *table, within bool) error {
	if err := t.endRow(); err != nil {
		return err
	}
	for i := range t.merges {
		t.merges[i].bottom = min(t.merges[i].bottom, t.number)
	}
	t.merges = slices.DeleteFunc(t.merges, func(m merge) bool { return m.top == m.bottom && m.left == m.right })
	last := len(f.gs) - 1
	if f.cut && !within && len(f.lead) == 0 && f.wide[last] == t.wide {
		g := &f.gs[last]
		for _, r := range t.rows {
			r.number += f.rows[last]
			g.rows = append(g.rows, r)
		}
		for _, m := range t.merges {
			m.top, m.bottom = m.top+f.rows[last], m.bottom+f.rows[last]
			g.merges = append(g.merges, m)
		}
		f.rows[last] += t.number
		return nil
	}
	var g grid
	for i, s := range f.lead {
		g.rows = append(g.rows, gridRow{number: i + 1 - len(f.lead), cells: []string{s}})
	}
	g.rows, g.merges = append(g.rows, t.rows...), t.merges
	f.gs, f.rows, f.wide = append(f.gs, g), append(f.rows, t.number), append(f.wide, t.wide)
	f.lead, f.cut = nil, !within
	if over(len(f.gs), f.bud.lim.Sheets) {
		return &LimitError{What: "sheets", Limit: int64(f.bud.lim.Sheets)}
	}
	return nil
}
