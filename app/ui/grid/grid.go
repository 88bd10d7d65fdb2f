package grid

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// Grid is the table. Its callbacks are set before it is shown; those left nil
// are things it cannot do. Places are counted among the columns shown; Column
// tells which one that is.
type Grid struct {
	widget.BaseWidget

	// OnSelect hears of every change of the selection.
	OnSelect func(Selection)
	// CanEdit says why a cell cannot be changed; no reason: it can.
	CanEdit func(row int, column string) (why string)
	// OnEdit takes what was typed into a cell, or says why it cannot: then the
	// field stays open, and nothing typed is lost. Rows are those CanEdit was
	// asked about, whatever the model shows there by then.
	OnEdit func(row int, column, text string) (why string)
	// EditWith opens something better than a text field for a cell, such as boxes
	// to tick, and reports whether it did.
	EditWith func(row int, column string) bool
	// OnFill takes what was typed for all selected cells (Ctrl+Enter).
	OnFill func(s Selection, text string)
	// OnPaste takes cells to be written from the place on.
	OnPaste func(at Range, cells [][]string)
	// OnClear takes the selection to be emptied (Delete, and after a cut).
	OnClear func(Selection)
	// OnFillDown takes ranges whose first row is to be written into the others.
	OnFillDown func(Selection)
	// OnMenu opens a menu at a point of the window, for what is selected.
	OnMenu func(at fyne.Position)
	// OnSort hears of an order asked for; the model's rows then stand in it.
	OnSort func(Sort)
	// OnState hears of changes to what is to be remembered.
	OnState func(State)
	// OnShortcut is offered the shortcuts the grid has no use for.
	OnShortcut func(fyne.Shortcut) bool
	// OnKey is offered every key before the grid uses it.
	OnKey func(*fyne.KeyEvent, fyne.KeyModifier) bool
	// Note is what a mark in a cell means, shown when the pointer rests on it.
	Note func(row int, column string) string

	model  Model
	clip   fyne.Clipboard
	state  State
	sel    Selection
	anchor Pos // where the last range began
	tabbed int // where a run of Tab began: Enter goes back below it; -1: nowhere

	focused   bool
	modifiers fyne.KeyModifier
	handover  kit.Handover // of the editor too
	mouse     mouse
	view      view
	editor    *editor
	bubble    *bubble
	copied    [][]string // what FormatTSV made copiedText of
	wrote     string

	// every calls step at short intervals until stopped; after calls it once.
	every func(step func()) (stop func())
	after func(d time.Duration, fn func()) (stop func())
}

// New makes a grid that copies to and pastes from the clipboard.
func New(m Model, clip fyne.Clipboard) *Grid {
	g := &Grid{model: m, clip: clip, tabbed: -1, every: ticker, after: later}
	g.sel.Ranges = []Range{{}}
	g.editor = newEditor(g)
	g.bubble = newBubble()
	g.ExtendBaseWidget(g)
	return g
}

func ticker(step func()) func() {
	t := time.NewTicker(50 * time.Millisecond)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				kit.Do(step)
			case <-done:
				return
			}
		}
	}()
	return func() { t.Stop(); close(done) }
}

func later(d time.Duration, fn func()) func() {
	t := time.AfterFunc(d, func() { kit.Do(fn) })
	return func() { t.Stop() }
}

// Column is the id of a column shown; empty where there is none.
func (g *Grid) Column(shown int) string {
	if shown < 0 || shown >= len(g.view.cols) {
		return ""
	}
	return g.view.cols[shown].id
}

// Shown is where a column is shown; -1 where it is hidden.
func (g *Grid) Shown(column string) int {
	return slices.IndexFunc(g.view.cols, func(c shownColumn) bool { return c.id == column })
}

// State is what the person arranged.
func (g *Grid) State() State {
	s := State{Sort: g.state.Sort, Columns: slices.Clone(g.state.Columns)}
	return s
}

// SetState arranges the grid as it was.
func (g *Grid) SetState(s State) {
	g.state = State{Sort: s.Sort, Columns: slices.Clone(s.Columns)}
	g.Refresh()
}

// Selection is what is selected.
func (g *Grid) Selection() Selection {
	s := g.sel
	s.Ranges = slices.Clone(s.Ranges)
	return s
}

// Select selects one cell and brings it into sight.
func (g *Grid) Select(p Pos) { g.selectTo(p, p, false) }

// SelectRange selects cells from one to another, which is brought into sight.
func (g *Grid) SelectRange(from, to Pos) { g.selectTo(from, to, false) }

// SelectRows selects whole rows.
func (g *Grid) SelectRows(from, to int) {
	g.selectTo(Pos{from, 0}, Pos{to, len(g.view.cols) - 1}, true)
}

// Focus gives the keys to the grid.
func (g *Grid) Focus() {
	if c := g.canvas(); c != nil {
		c.Focus(g)
	}
}

// Editing reports whether a cell is being edited.
func (g *Grid) Editing() bool { return g.editor.open }

// EndEditing takes what is being typed, if anything is, and reports false where
// it cannot be taken.
func (g *Grid) EndEditing() bool { return g.editor.commit() }

func (g *Grid) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(g) }

// active reports whether keys go to the grid or to its editor.
func (g *Grid) active() bool { return g.focused || g.editor.open }

// clamp keeps the selection within the rows and columns there are.
func (g *Grid) clamp() {
	n, m := g.model.Rows(), len(g.view.cols)
	if n == 0 || m == 0 {
		g.sel = Selection{}
		return
	}
	in := func(p Pos) Pos { return Pos{max(0, min(p.Row, n-1)), max(0, min(p.Col, m-1))} }
	g.sel.Cell, g.anchor = in(g.sel.Cell), in(g.anchor)
	if len(g.sel.Ranges) == 0 {
		g.sel.Ranges = []Range{{From: g.sel.Cell, To: g.sel.Cell}}
	}
	for i := range g.sel.Ranges {
		r := &g.sel.Ranges[i]
		r.From, r.To = in(r.From), in(r.To)
		if r.Whole {
			r.From.Col, r.To.Col = 0, m-1
		}
	}
}

// selectTo replaces the last range by one from here to there.
func (g *Grid) selectTo(from, to Pos, whole bool) {
	g.sel.Ranges = g.sel.Ranges[:0]
	g.addRange(from, to, whole)
}

// addRange selects a range besides those there are.
func (g *Grid) addRange(from, to Pos, whole bool) {
	r := span(from, to)
	r.Whole = whole
	g.anchor, g.sel.Cell = from, from
	g.sel.Ranges = append(g.sel.Ranges, r)
	g.picked(to, whole)
}

// grow moves the free end of the last range.
func (g *Grid) grow(to Pos) {
	n := len(g.sel.Ranges)
	if n == 0 {
		g.Select(to)
		return
	}
	whole := g.sel.Ranges[n-1].Whole
	if whole {
		g.anchor.Col, to.Col = 0, len(g.view.cols)-1
	}
	r := span(g.anchor, to)
	r.Whole = whole
	g.sel.Ranges[n-1] = r
	g.picked(to, whole)
}

// free is the end of the last range that Shift moves.
func (g *Grid) free() Pos {
	if len(g.sel.Ranges) == 0 {
		return g.sel.Cell
	}
	r := g.sel.Ranges[len(g.sel.Ranges)-1]
	p := r.To
	if g.anchor.Row == r.To.Row {
		p.Row = r.From.Row
	}
	if g.anchor.Col == r.To.Col {
		p.Col = r.From.Col
	}
	return p
}

func (g *Grid) picked(show Pos, whole bool) {
	g.bubble.Hide()
	g.clamp()
	if whole {
		show.Col = -1
	}
	g.ScrollTo(show)
	if g.OnSelect != nil {
		g.OnSelect(g.Selection())
	}
}

// FocusGained and FocusLost draw the ring around the cell keys go to.
func (g *Grid) FocusGained() {
	g.focused = true
	g.modifiers = 0
	g.handover.Reset()
	g.place(false)
}

// FocusLost draws the ring without colour.
func (g *Grid) FocusLost() {
	g.focused = false
	g.modifiers = 0
	g.bubble.Hide()
	g.place(false)
}

// CursorPosition is where typing will appear: an input method shows its
// candidates there from the first key on.
func (g *Grid) CursorPosition() fyne.Position {
	v := &g.view
	if v.look == nil {
		return fyne.Position{}
	}
	c := g.sel.Cell
	part := 1
	if c.Col < v.sticky {
		part = 0
	}
	x, _, _ := g.extent(part, c.Col, c.Col)
	if part == 1 {
		x += v.leftWidth
	}
	return fyne.NewPos(x+v.look.pad, v.look.headHeight+float32(c.Row)*v.look.rowHeight-v.off.Y+v.look.pad)
}

// AcceptsTab keeps Tab for moving between cells.
func (g *Grid) AcceptsTab() bool { return true }

// Cursor is the pointer's shape: two arrows where a width can be dragged.
func (g *Grid) Cursor() desktop.Cursor {
	if g.mouse.atEdge {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
