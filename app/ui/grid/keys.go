package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"mulutong/app/ui/kit"
)

// KeyDown and KeyUp follow the keys that change what others do.
func (g *Grid) KeyDown(e *fyne.KeyEvent) {
	g.modifiers |= modifier(e.Name)
	g.handover.Down(e)
}

// KeyUp forgets the key.
func (g *Grid) KeyUp(e *fyne.KeyEvent) { g.modifiers &^= modifier(e.Name) }

func modifier(k fyne.KeyName) fyne.KeyModifier {
	switch k {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		return fyne.KeyModifierAlt
	}
	return 0
}

// held are the keys held now. The driver knows better than the events do, some
// of which go to other widgets; the one for tests does not.
func (g *Grid) held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return g.modifiers
}

func (g *Grid) shift() bool { return g.held()&fyne.KeyModifierShift != 0 }

// TypedKey moves, edits and empties cells.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	g.calm()
	if kit.Key(e) {
		return
	}
	held, shift := g.held(), g.shift()
	g.handover.Key(e.Name, func() {
		switch {
		case g.editor.open: // text came before the key
			g.editor.key(e, shift)
		case g.OnKey != nil && g.OnKey(e, held):
		default:
			g.key(e.Name, shift, false)
		}
	})
}

// key does what a key means; shift grows the selection, far goes to the end.
func (g *Grid) key(k fyne.KeyName, shift, far bool) {
	n, m := g.model.Rows(), len(g.view.cols)
	if n == 0 || m == 0 {
		return
	}
	p := g.sel.Cell
	if shift {
		p = g.free()
	}
	switch k {
	case fyne.KeyUp:
		p.Row--
		if far {
			p.Row = g.edge(p.Row+1, p.Col, -1)
		}
	case fyne.KeyDown:
		p.Row++
		if far {
			p.Row = g.edge(p.Row-1, p.Col, 1)
		}
	case fyne.KeyLeft:
		p.Col--
		if far {
			p.Col = 0
		}
	case fyne.KeyRight:
		p.Col++
		if far {
			p.Col = m - 1
		}
	case fyne.KeyHome:
		p.Col = 0
		if far {
			p.Row = 0
		}
	case fyne.KeyEnd:
		p.Col = m - 1
		if far {
			p.Row = n - 1
		}
	case fyne.KeyPageUp:
		p.Row -= g.page()
	case fyne.KeyPageDown:
		p.Row += g.page()
	case fyne.KeyTab:
		g.tab(shift)
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		g.enter(shift)
		return
	case fyne.KeyF2:
		g.edit(g.sel.Cell)
		return
	case fyne.KeyEscape:
		g.Select(g.sel.Cell)
		return
	case fyne.KeyDelete:
		g.clear()
		return
	case fyne.KeyBackspace:
		g.typed("", true)
		return
	default:
		return
	}
	g.tabbed = -1
	p = Pos{max(0, min(p.Row, n-1)), max(0, min(p.Col, m-1))}
	if shift {
		g.grow(p)
		return
	}
	g.Select(p)
}

// edge is the last row, in a direction, of the run of filled or empty cells
// that the row is in, as Ctrl with an arrow goes to in Excel.
func (g *Grid) edge(row, col, by int) int {
	index := g.view.cols[col].index
	filled := func(r int) bool { return g.model.Cell(r, index).Text != "" }
	in := func(r int) bool { return r >= 0 && r < g.model.Rows() }
	if !in(row + by) {
		return row
	}
	if filled(row) && filled(row+by) {
		for in(row+by) && filled(row+by) {
			row += by
		}
		return row
	}
	row += by
	for in(row+by) && !filled(row) {
		row += by
	}
	return row
}

// tab goes to the next cell, and on to the next row at the end; within a range
// it stays there.
func (g *Grid) tab(back bool) {
	by := 1
	if back {
		by = -1
	}
	if !g.sel.One() && len(g.sel.Ranges) == 1 {
		g.walk(0, by)
		return
	}
	p := g.sel.Cell
	if g.tabbed < 0 {
		g.tabbed = p.Col
	}
	run := g.tabbed
	p.Col += by
	if p.Col >= len(g.view.cols) {
		if p.Row == g.model.Rows()-1 {
			return
		}
		p = Pos{p.Row + 1, 0}
	} else if p.Col < 0 {
		if p.Row == 0 {
			return
		}
		p = Pos{p.Row - 1, len(g.view.cols) - 1}
	}
	g.Select(p)
	g.tabbed = run
}

// enter goes down, to where a run of Tab began.
func (g *Grid) enter(back bool) {
	by := 1
	if back {
		by = -1
	}
	if !g.sel.One() && len(g.sel.Ranges) == 1 && !g.sel.Ranges[0].Whole {
		g.walk(by, 0)
		return
	}
	p := g.sel.Cell
	if g.tabbed >= 0 && !back {
		p.Col = g.tabbed
	}
	g.tabbed = -1
	p.Row = max(0, min(p.Row+by, g.model.Rows()-1))
	g.Select(p)
}

// walk moves the cell that typing goes to within the selected range.
func (g *Grid) walk(down, right int) {
	r := g.sel.Ranges[0]
	p := g.sel.Cell
	h, w := r.Rows(), r.Cols()
	if right != 0 {
		i := (p.Row-r.From.Row)*w + p.Col - r.From.Col
		i = (i + right + h*w) % (h * w)
		p = Pos{r.From.Row + i/w, r.From.Col + i%w}
	} else {
		i := (p.Col-r.From.Col)*h + p.Row - r.From.Row
		i = (i + down + h*w) % (h * w)
		p = Pos{r.From.Row + i%h, r.From.Col + i/h}
	}
	g.sel.Cell = p
	g.ScrollTo(p)
	if g.OnSelect != nil {
		g.OnSelect(g.Selection())
	}
}

// TypedRune begins typing into the cell. Characters of an input method come
// here one after the other; the first opens the editor, which has the keys when
// the next ones come.
func (g *Grid) TypedRune(r rune) {
	g.calm()
	g.typed(string(r), true)
	g.handover.Rune(r)
}

// TypedShortcut does what Ctrl with a key means.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	g.calm()
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.selectAll()
		return
	case *fyne.ShortcutCopy:
		g.Copy()
		return
	case *fyne.ShortcutCut:
		g.Cut()
		return
	case *fyne.ShortcutPaste:
		g.Paste()
		return
	case *desktop.CustomShortcut:
		if g.combination(s) {
			return
		}
	}
	if g.OnShortcut != nil && g.OnShortcut(s) {
		return
	}
	// The focused widget gets shortcuts instead of the window.
	if c, ok := g.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (g *Grid) combination(s *desktop.CustomShortcut) bool {
	shift := s.Modifier&fyne.KeyModifierShift != 0
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	far := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd}
	if slices.Contains(far, s.KeyName) {
		g.key(s.KeyName, shift, true)
		return true
	}
	switch s.KeyName {
	case fyne.KeyD:
		if shift || g.OnFillDown == nil {
			return false
		}
		g.OnFillDown(g.Selection())
	case fyne.KeySpace:
		g.SelectRows(g.sel.Cell.Row, g.free().Row)
	default:
		return false
	}
	return true
}

func (g *Grid) selectAll() {
	n, m := g.model.Rows(), len(g.view.cols)
	if n == 0 || m == 0 {
		return
	}
	off, cell := g.view.off, g.sel.Cell
	g.SelectRows(0, n-1)
	g.sel.Cell = cell
	g.view.off = off // what one looked at stays in sight
	g.place(false)
}

// Copied is the selection's texts, as Ctrl+C takes them: several ranges where
// they have the same columns, else the last.
func (g *Grid) Copied() [][]string {
	n := len(g.sel.Ranges)
	if n == 0 {
		return nil
	}
	ranges := slices.Clone(g.sel.Ranges)
	last := ranges[n-1]
	for _, r := range ranges {
		if r.From.Col != last.From.Col || r.To.Col != last.To.Col {
			ranges = []Range{last}
			break
		}
	}
	slices.SortFunc(ranges, func(a, b Range) int { return a.From.Row - b.From.Row })
	var rows [][]string
	next := 0
	for _, r := range ranges {
		for i := max(next, r.From.Row); i <= r.To.Row; i++ {
			var row []string
			for c := r.From.Col; c <= r.To.Col; c++ {
				row = append(row, g.model.Cell(i, g.view.cols[c].index).Text)
			}
			rows = append(rows, row)
			next = i + 1
		}
	}
	return rows
}

// Copy puts the selected cells on the clipboard.
func (g *Grid) Copy() {
	if rows := g.Copied(); rows != nil && g.clip != nil {
		g.copied, g.wrote = rows, FormatTSV(rows)
		g.clip.SetContent(g.wrote)
	}
}

// Cut copies and empties the selected cells.
func (g *Grid) Cut() {
	if g.OnClear == nil || g.clip == nil {
		return
	}
	g.Copy()
	g.clear()
}

// Paste offers what is on the clipboard, from the upper left of the selection.
// One cell goes into all that are selected.
func (g *Grid) Paste() {
	if g.OnPaste == nil || g.clip == nil || len(g.sel.Ranges) == 0 {
		return
	}
	text := g.clip.Content()
	cells := g.copied
	if text != g.wrote || cells == nil {
		cells = ParseTSV(text)
	}
	if len(cells) == 0 {
		return
	}
	at := g.sel.Ranges[len(g.sel.Ranges)-1]
	if at.Whole && len(cells[0]) < at.Cols() {
		at.To.Col = at.From.Col + len(cells[0]) - 1
	}
	g.OnPaste(at, tile(cells, at))
}

// tile repeats the cells over a range that is a whole multiple of them, as Excel does.
func tile(cells [][]string, at Range) [][]string {
	h, w := len(cells), len(cells[0])
	for _, r := range cells {
		if len(r) != w {
			return cells
		}
	}
	if at.Rows()%h != 0 || at.Cols()%w != 0 || at.Rows() == h && at.Cols() == w {
		return cells
	}
	out := make([][]string, at.Rows())
	for i := range out {
		out[i] = make([]string, at.Cols())
		for j := range out[i] {
			out[i][j] = cells[i%h][j%w]
		}
	}
	return out
}

func (g *Grid) clear() {
	if g.OnClear != nil && len(g.sel.Ranges) > 0 {
		g.OnClear(g.Selection())
	}
}
