package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// grid is one table as a file holds it: a worksheet, a table of a page or of a
// text document. Rows carry the file's own numbers, so that a problem can be
// found again in the program that made the file.
type grid struct {
	name   string // of the worksheet; "" where the file has no such names
	hidden bool   // the worksheet is hidden from its readers
	rows   []gridRow
	merges []merge
}

// gridRow is a row that says something; rows without text are left out.
type gridRow struct {
	number int // the file's own, from 1; rows ascend
	hidden bool
	cells  []string // from column A on; what follows the last text is cut off
}

// merge is a range shown as one cell, borders included. Its text stands in the
// cell at top and left; the cells it covers are empty.
type merge struct {
	top, bottom int // row numbers of the file, from 1
	left, right int // columns, from 0
}

// text returns what the cell in a column says, "" beyond the last.
func (r *gridRow) text(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

// row returns the row with the file's number, nil where it says nothing.
func (g *grid) row(number int) *gridRow {
	i, ok := slices.BinarySearchFunc(g.rows, number, func(r gridRow, n int) int { return r.number - n })
	if !ok {
		return nil
	}
	return &g.rows[i]
}

// text returns what the cell in the file's row and a column says. It does not
// look into merges.
func (g *grid) text(number, column int) string {
	r := g.row(number)
	if r == nil {
		return ""
	}
	return r.text(column)
}

// width is the number of columns up to the last that says something.
func (g *grid) width() int {
	w := 0
	for i := range g.rows {
		w = max(w, len(g.rows[i].cells))
	}
	return w
}

// order sorts rows that a file holds in disorder. Of a row that it holds twice,
// the later cells count.
func (g *grid) order() {
	slices.SortStableFunc(g.rows, func(a, b gridRow) int { return cmp.Compare(a.number, b.number) })
	rows := g.rows[:0]
	for _, r := range g.rows {
		n := len(rows)
		if n == 0 || rows[n-1].number != r.number {
			rows = append(rows, r)
			continue
		}
		last := &rows[n-1]
		for len(last.cells) < len(r.cells) {
			last.cells = append(last.cells, "")
		}
		for i, s := range r.cells {
			if s != "" {
				last.cells[i] = s
			}
		}
	}
	g.rows = rows
}

// lines writes every line break as \n. Other control characters stay, for the
// checks to report.
func lines(s string) string {
	if !strings.ContainsAny(s, "\r\v\f\u0085\u2028\u2029") {
		return s
	}
	return lineBreaks.Replace(s)
}

var lineBreaks = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n",
)
