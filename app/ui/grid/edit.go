package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// editor is the text field that opens over a cell. It takes what was typed
// whenever the keys go elsewhere, even to another window, and opens again when
// they come back from there.
type editor struct {
	widget.Entry
	g       *Grid
	open    bool
	typing  bool // opened by typing: arrows leave the cell, as in Excel
	row     int
	column  string
	was     string // the text before
	caret   [2]int
	returns bool // opens again when the window comes back
	menu    bool // its menu is open and has the keys for a while
}

func newEditor(g *Grid) *editor {
	e := &editor{g: g}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.Scroll = fyne.ScrollVerticalOnly
	e.OnChanged = func(string) {
		if e.open {
			g.placeEditor()
		}
	}
	e.ExtendBaseWidget(e)
	e.Hide()
	return e
}

// edit opens the editor with the text of the cell.
func (g *Grid) edit(p Pos) { g.openEditor(p, "", false) }

// typed opens it with what was just typed instead.
func (g *Grid) typed(text string, typing bool) { g.openEditor(g.sel.Cell, text, typing) }

// Edit opens the editor in a cell.
func (g *Grid) Edit(p Pos) {
	g.Select(p)
	g.edit(p)
}

func (g *Grid) openEditor(p Pos, text string, typing bool) {
	id := g.Column(p.Col)
	if g.OnEdit == nil || id == "" || p.Row >= g.model.Rows() {
		return
	}
	if !g.editor.commit() {
		return
	}
	g.ScrollTo(p)
	if g.CanEdit != nil {
		if why := g.CanEdit(p.Row, id); why != "" {
			g.Tell(p, why)
			return
		}
	}
	if !typing && g.EditWith != nil && g.EditWith(p.Row, id) {
		return
	}
	e := g.editor
	e.row, e.column, e.typing = p.Row, id, typing
	e.was = g.model.Cell(p.Row, g.view.cols[p.Col].index).Text
	e.returns = false
	e.begin(e.was, typing)
	for _, r := range text {
		e.Entry.TypedRune(r)
	}
}

// begin shows the field over its cell and gives it the keys.
func (e *editor) begin(text string, empty bool) {
	if empty {
		text = ""
	}
	e.open = true
	e.SetText(text)
	e.Show()
	e.g.placeEditor()
	e.CursorRow, e.CursorColumn = e.end()
	if c := e.g.canvas(); c != nil {
		c.Focus(e)
	}
	e.Refresh()
}

// end is the caret's place behind the text.
func (e *editor) end() (row, col int) {
	// The field knows its lines only once laid out: go there as a key would.
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	return e.CursorRow, e.CursorColumn
}

// placeEditor lays the field over its cell, large enough for the text.
func (g *Grid) placeEditor() {
	e := g.editor
	if !e.open {
		return
	}
	v := &g.view
	l := v.look
	col := g.Shown(e.column)
	if col < 0 {
		col = 0
	}
	part := 1
	if col < v.sticky {
		part = 0
	}
	x, end, _ := g.extent(part, col, col)
	if part == 1 {
		x += v.leftWidth
		end += v.leftWidth
	}
	w0, h0, _, _ := g.frame()
	right := v.leftWidth + w0
	wide := max(end-x, min(280*l.unit, right))
	x = max(0, min(x, right-wide))
	pad := e.Theme().Size(theme.SizeNameInnerPadding) + e.Theme().Size(theme.SizeNameInputBorder)
	n := l.wrapped(e.Text, wide-2*pad-l.han)
	spacing := e.Theme().Size(theme.SizeNameLineSpacing)
	tall := max(l.rowHeight, min(float32(n)*(l.line+spacing)+2*pad, max(h0*0.7, l.rowHeight)))
	y := l.headHeight + float32(e.row)*l.rowHeight - v.off.Y
	y = max(l.headHeight, min(y, l.headHeight+h0-tall))
	e.Move(fyne.NewPos(x, y))
	e.Resize(fyne.NewSize(wide, tall))
}

// commit takes what was typed and closes the field. It reports false where the
// text was refused: then the field stays open and says why.
func (e *editor) commit() bool {
	if !e.open {
		return true
	}
	if e.Text == e.was {
		e.close()
		return true
	}
	e.open = false // what OnEdit does may ask for the editing to end
	if why := e.g.OnEdit(e.row, e.column, e.Text); why != "" {
		e.open = true
		e.g.Tell(Pos{e.row, max(0, e.g.Shown(e.column))}, why)
		return false
	}
	e.close()
	return true
}

func (e *editor) close() {
	e.open = false
	e.caret = [2]int{e.CursorRow, e.CursorColumn}
	e.Hide()
}

// leave closes the field and gives the keys back to the grid, unless the text
// was refused.
func (e *editor) leave(take bool) bool {
	if take && !e.commit() {
		return false
	}
	if !take {
		e.close()
	}
	e.g.Focus()
	return true
}

// FocusLost takes what was typed.
func (e *editor) FocusLost() {
	e.Entry.FocusLost()
	if e.open && !e.menu {
		e.returns = e.commit()
	}
}

// TappedSecondary opens the menu of the text, which leaves the field open.
func (e *editor) TappedSecondary(p *fyne.PointEvent) {
	e.menu = true
	e.Entry.TappedSecondary(p)
}

// FocusGained opens the field again where it was, when the window has the keys again.
func (e *editor) FocusGained() {
	e.Entry.FocusGained()
	e.menu = false
	if e.open {
		return
	}
	e.g.handover.Reset()
	col := e.g.Shown(e.column)
	if !e.returns || col < 0 || e.row >= e.g.model.Rows() {
		e.g.Focus()
		return
	}
	caret := e.caret
	e.was = e.g.model.Cell(e.row, e.g.view.cols[col].index).Text
	e.begin(e.was, false)
	e.CursorRow, e.CursorColumn = caret[0], caret[1]
	e.Refresh()
}

// KeyDown follows Alt, which Enter breaks a line with.
func (e *editor) KeyDown(k *fyne.KeyEvent) {
	e.g.KeyDown(k)
	e.Entry.KeyDown(k)
}

// TypedRune takes text in.
func (e *editor) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.g.handover.Rune(r)
}

// KeyUp follows it too.
func (e *editor) KeyUp(k *fyne.KeyEvent) {
	e.g.KeyUp(k)
	e.Entry.KeyUp(k)
}

// OwnUndo keeps Ctrl+Z for the text being typed, which is no part of anything yet.
func (e *editor) OwnUndo() {}

// AcceptsTab keeps Tab for going to the next cell.
func (e *editor) AcceptsTab() bool { return true }

// MouseDown in the text means that the arrows are for the text.
func (e *editor) MouseDown(m *desktop.MouseEvent) {
	e.typing = false
	e.Entry.MouseDown(m)
}

// TypedKey finishes on Enter, Tab and Esc.
func (e *editor) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	shift := e.g.shift()
	e.g.handover.Key(k.Name, func() {
		if e.open {
			e.key(k, shift)
		}
	})
}

func (e *editor) key(k *fyne.KeyEvent, shift bool) {
	e.g.bubble.Hide()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.leave(true) {
			e.g.enter(shift)
		}
	case fyne.KeyTab:
		if e.leave(true) {
			e.g.tab(shift)
		}
	case fyne.KeyEscape:
		e.leave(false)
	case fyne.KeyF2:
		e.typing = !e.typing
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown:
		if !e.typing || shift {
			e.Entry.TypedKey(k)
			return
		}
		if e.leave(true) {
			e.g.key(k.Name, false, false)
		}
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut breaks lines on Alt+Enter and fills the selection on Ctrl+Enter.
func (e *editor) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	if kit.GoFar(&e.Entry, s) {
		return
	}
	if !ok || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		e.Entry.TypedShortcut(s)
		return
	}
	if c.Modifier != fyne.KeyModifierShortcutDefault || e.g.OnFill == nil {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		return
	}
	text := e.Text
	e.leave(false)
	e.g.OnFill(e.g.Selection(), text)
}
