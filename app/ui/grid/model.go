// Package grid is a table for people who know Excel: ranges are selected,
// copied, pasted, filled and edited in place with the keys and the mouse they
// are used to. It knows nothing of what it shows: a Model answers for cells,
// callbacks take what was typed. Only what can be seen has objects, which are
// used again while scrolling, so ten thousand rows cost no more than fifty.
package grid

// Tone is how a cell's text is to be taken.
type Tone uint8

// The tones of a cell.
const (
	Plain Tone = iota
	Muted
	Warn  // amber line below
	Error // red line below
)

// Cell is what stands in one place of the table.
type Cell struct {
	Text    string
	Tone    Tone
	Changed bool // marked with a dot
	Locked  bool // shaded; CanEdit says why it cannot be changed
}

// Column is one column of a Model.
type Column struct {
	ID     string  // stable, for what is remembered
	Title  string  // its heading
	Width  float32 // until someone changes it, at a text size of 14
	Sticky bool    // stays in view at the left
	Center bool    // short values, centred
	Hidden bool    // until someone asks for it
}

// Model is what a Grid shows.
type Model interface {
	// Columns are the columns in their first order.
	Columns() []Column
	// Rows counts the rows.
	Rows() int
	// Head is what stands before the row: its number.
	Head(row int) Cell
	// Cell is what stands in a row, in the column with the index in Columns.
	Cell(row, column int) Cell
}

// Sort is the order the rows stand in; no column: the model's own.
type Sort struct {
	Column string `json:"column,omitempty"`
	Desc   bool   `json:"desc,omitempty"`
}

// State is what a person arranged and wants to find again.
type State struct {
	Columns []ColumnState `json:"columns,omitempty"` // in the order shown
	Sort    Sort          `json:"sort"`
}

// ColumnState is one column of a State.
type ColumnState struct {
	ID     string  `json:"id"`
	Width  float32 `json:"width"` // at a text size of 14
	Hidden bool    `json:"hidden,omitempty"`
}

// Pos is a place in the table: the row, and the column counted among those
// shown, from the left.
type Pos struct{ Row, Col int }

// Range is a rectangle of cells, ends included.
type Range struct {
	From, To Pos // upper left and lower right
	Whole    bool
}

func span(a, b Pos) Range {
	return Range{
		From: Pos{min(a.Row, b.Row), min(a.Col, b.Col)},
		To:   Pos{max(a.Row, b.Row), max(a.Col, b.Col)},
	}
}

// Has reports whether the place is within the range.
func (r Range) Has(p Pos) bool {
	return p.Row >= r.From.Row && p.Row <= r.To.Row && p.Col >= r.From.Col && p.Col <= r.To.Col
}

// Rows counts the rows of the range, Cols its columns.
func (r Range) Rows() int { return r.To.Row - r.From.Row + 1 }

// Cols counts the columns of the range.
func (r Range) Cols() int { return r.To.Col - r.From.Col + 1 }

// Selection is what is selected: ranges, the last of which grows while Shift is
// held, and the cell that typing goes to.
type Selection struct {
	Cell   Pos
	Ranges []Range
}

// One reports whether a single cell is selected.
func (s Selection) One() bool {
	return len(s.Ranges) == 1 && s.Ranges[0].From == s.Ranges[0].To
}

// Has reports whether the place is selected.
func (s Selection) Has(p Pos) bool {
	for _, r := range s.Ranges {
		if r.Has(p) {
			return true
		}
	}
	return false
}

// Rows lists the rows that have a selected cell, from the top.
func (s Selection) Rows() []int {
	seen := map[int]bool{}
	lo, hi := 1<<62, -1
	for _, r := range s.Ranges {
		lo, hi = min(lo, r.From.Row), max(hi, r.To.Row)
		for i := r.From.Row; i <= r.To.Row; i++ {
			seen[i] = true
		}
	}
	rows := make([]int, 0, len(seen))
	for i := lo; i <= hi; i++ {
		if seen[i] {
			rows = append(rows, i)
		}
	}
	return rows
}
