package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// zone is a part of the grid that the mouse can be in.
type zone uint8

const (
	nowhere zone = iota
	inCells
	inNumbers
	inHeader
	atEdge // of a heading, where its width is dragged
	inCorner
	inBarV
	inBarH
)

// mouse is what the mouse is doing.
type mouse struct {
	zone    zone // where the button went down
	down    fyne.Position
	at      Pos     // the cell or column it went down in
	start   float32 // width of the column, or place of the thumb
	last    fyne.Position
	dragged bool
	clicks  [2]Pos // the cells of the last two clicks
	atEdge  bool
	drop    int // where a dragged column would go
	stop    func()
	rest    func() // stops waiting for the pointer to rest
}

// hit tells what is at a point. The place is the nearest cell's.
func (g *Grid) hit(p fyne.Position) (zone, Pos) {
	v := &g.view
	if v.look == nil || v.body == nil {
		return nowhere, Pos{}
	}
	w, h, fullW, fullH := g.frame()
	at := g.cellAt(p)
	head := v.look.headHeight
	switch {
	case fullH > h && p.X >= v.leftWidth+w && p.Y >= head && p.Y < head+h:
		return inBarV, at
	case fullW > w && p.Y >= head+h && p.X >= v.leftWidth && p.X < v.leftWidth+w:
		return inBarH, at
	case p.Y < head:
		if p.X < v.headWidth-3 {
			return inCorner, at
		}
		if i, ok := g.edgeAt(p.X); ok {
			return atEdge, Pos{-1, i}
		}
		if p.X > v.leftWidth+v.width-v.off.X {
			return nowhere, at
		}
		return inHeader, Pos{-1, at.Col}
	case p.X < v.headWidth:
		if float32(g.model.Rows())*v.look.rowHeight-v.off.Y < p.Y-head {
			return nowhere, at
		}
		return inNumbers, at
	case p.Y-head+v.off.Y >= fullH || p.X >= v.leftWidth && p.X-v.leftWidth+v.off.X >= fullW || p.Y >= head+h || p.X >= v.leftWidth+w:
		return nowhere, at
	}
	return inCells, at
}

// cellAt is the cell at a point, or the nearest one.
func (g *Grid) cellAt(p fyne.Position) Pos {
	v := &g.view
	row := int((p.Y - v.look.headHeight + v.off.Y) / v.look.rowHeight)
	if p.Y < v.look.headHeight {
		row = v.fromRow
	}
	at := Pos{Row: max(0, min(row, g.model.Rows()-1))}
	x := p.X
	lo, hi := 0, v.sticky
	if x >= v.leftWidth {
		x += v.off.X - v.leftWidth
		lo, hi = v.sticky, len(v.cols)
	}
	at.Col = lo
	for i := lo; i < hi; i++ {
		if x >= v.cols[i].x {
			at.Col = i
		}
	}
	return at
}

// edgeAt finds the column whose right edge is at x.
func (g *Grid) edgeAt(x float32) (int, bool) {
	v := &g.view
	near := 4 * v.look.unit
	for i, c := range v.cols {
		end := c.x + c.w
		if i >= v.sticky {
			end += v.leftWidth - v.off.X
			if end < v.leftWidth {
				continue
			}
		}
		if x >= end-near && x <= end+near {
			return i, true
		}
	}
	return 0, false
}

// MouseDown selects, or begins what dragging goes on with.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	z, at := g.hit(e.Position)
	m := &g.mouse
	g.calm()
	if z != inBarV && z != inBarH {
		if !g.editor.commit() {
			m.zone = nowhere
			g.canvas().Focus(g.editor)
			return
		}
		g.Focus()
	}
	g.tabbed = -1
	m.zone, m.down, m.at, m.last, m.dragged = z, e.Position, at, e.Position, false
	if e.Button == desktop.MouseButtonSecondary {
		if z == inCells && !g.sel.Has(at) {
			g.Select(at)
		} else if z == inNumbers && !g.sel.Has(at) {
			g.SelectRows(at.Row, at.Row)
		}
		return
	}
	shift := e.Modifier&fyne.KeyModifierShift != 0
	control := e.Modifier&fyne.KeyModifierShortcutDefault != 0
	switch z {
	case inCells:
		m.clicks[0], m.clicks[1] = m.clicks[1], at
		switch {
		case shift:
			g.grow(at)
		case control:
			g.addRange(at, at, false)
		default:
			g.Select(at)
		}
	case inNumbers:
		switch {
		case shift && g.lastWhole():
			g.grow(at)
		case shift:
			g.SelectRows(g.anchor.Row, at.Row)
		case control:
			g.addRange(Pos{at.Row, 0}, Pos{at.Row, len(g.view.cols) - 1}, true)
		default:
			g.SelectRows(at.Row, at.Row)
		}
	case inCorner:
		g.selectAll()
	case atEdge:
		m.clicks[0], m.clicks[1] = m.clicks[1], at
		m.start = g.view.cols[at.Col].w
	case inHeader:
		m.clicks[0], m.clicks[1] = m.clicks[1], at
		m.drop = -1
	case inBarV, inBarH:
		g.grab(z, e.Position)
	}
}

func (g *Grid) lastWhole() bool {
	n := len(g.sel.Ranges)
	return n > 0 && g.sel.Ranges[n-1].Whole
}

// MouseUp orders by a heading that was clicked.
func (g *Grid) MouseUp(e *desktop.MouseEvent) {
	m := &g.mouse
	if e.Button == desktop.MouseButtonSecondary || m.zone != inHeader {
		return
	}
	if near := 6 * g.view.look.unit; m.dragged && (e.Position.X-m.down.X > near || m.down.X-e.Position.X > near) {
		return
	}
	m.drop = -1 // a hand that shook a little
	if z, at := g.hit(e.Position); z == inHeader && at == m.at {
		g.sortBy(g.Column(at.Col))
	}
}

// Dragged goes on with what MouseDown began.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	m := &g.mouse
	m.dragged = true
	m.last = e.Position
	switch m.zone {
	case inCells, inNumbers:
		g.grow(g.cellAt(g.within(e.Position)))
		g.drift()
	case atEdge:
		g.setWidth(m.at.Col, m.start+e.Position.X-m.down.X)
	case inHeader:
		g.dragColumn(e.Position.X)
	case inBarV, inBarH:
		g.pull(e.Position)
	}
}

// DragEnd finishes it.
func (g *Grid) DragEnd() {
	m := &g.mouse
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
	switch m.zone {
	case atEdge:
		g.arranged()
	case inHeader:
		g.view.drop.FillColor = nil
		if m.drop >= 0 {
			g.move(m.at.Col, m.drop)
		}
		g.place(false)
	}
	m.zone = nowhere
}

// within is the point of the cells' part nearest to p.
func (g *Grid) within(p fyne.Position) fyne.Position {
	w, h, _, _ := g.frame()
	v := &g.view
	p.Y = max(v.look.headHeight, min(p.Y, v.look.headHeight+h-1))
	right := v.leftWidth + w - 1
	// Past the sticky columns the others come back into sight first.
	if p.X < v.leftWidth && v.off.X > 0 && g.mouse.at.Col >= v.sticky && g.mouse.zone == inCells {
		p.X = v.leftWidth
	}
	p.X = max(0, min(p.X, right))
	return p
}

// drift scrolls while the mouse is held beyond the edge of the cells.
func (g *Grid) drift() {
	m := &g.mouse
	if m.last == g.within(m.last) {
		if m.stop != nil {
			m.stop()
			m.stop = nil
		}
		return
	}
	if m.stop == nil {
		m.stop = g.every(g.driftOnce)
	}
}

func (g *Grid) driftOnce() {
	m := &g.mouse
	if m.zone != inCells && m.zone != inNumbers {
		return
	}
	v := &g.view
	in := g.within(m.last)
	step := func(d float32) float32 {
		return max(-3*v.look.rowHeight, min(d, 3*v.look.rowHeight))
	}
	v.off.Y += step(m.last.Y - in.Y)
	if m.zone == inCells {
		v.off.X += step(m.last.X - in.X)
	}
	g.place(false)
	g.grow(g.cellAt(in))
}

// dragColumn shows where the column would go.
func (g *Grid) dragColumn(x float32) {
	v := &g.view
	m := &g.mouse
	lo, hi := v.sticky, len(v.cols)
	if m.at.Col < v.sticky {
		lo, hi = 0, v.sticky
	}
	m.drop = hi
	edge := float32(0)
	for i := lo; i < hi; i++ {
		c := v.cols[i]
		at := c.x
		if i >= v.sticky {
			at += v.leftWidth - v.off.X
		}
		edge = at + c.w
		if x < at+c.w/2 {
			m.drop, edge = i, at
			break
		}
	}
	v.drop.FillColor = v.look.accent
	v.drop.Move(fyne.NewPos(edge-2*v.look.unit, 0))
	v.drop.Resize(fyne.NewSize(3*v.look.unit, g.Size().Height))
	v.drop.Refresh()
}

// DoubleTapped edits the cell, or fits the width of the column.
func (g *Grid) DoubleTapped(e *fyne.PointEvent) {
	z, at := g.hit(e.Position)
	if g.editor.open {
		return
	}
	if g.mouse.clicks[0] != g.mouse.clicks[1] || g.mouse.clicks[1] != at {
		return
	}
	switch z {
	case inCells:
		g.edit(at)
	case atEdge:
		g.fitWidth(at.Col)
	}
}

// TappedSecondary opens the menu of what is there.
func (g *Grid) TappedSecondary(e *fyne.PointEvent) {
	z, at := g.hit(e.Position)
	if g.editor.open {
		return
	}
	switch z {
	case inCells, inNumbers, nowhere:
		if g.OnMenu != nil {
			g.OnMenu(e.AbsolutePosition)
		}
	case inHeader, atEdge:
		if c := g.canvas(); c != nil {
			widget.ShowPopUpMenuAtPosition(g.headerMenu(at.Col), c, e.AbsolutePosition)
		}
	case inCorner:
		g.showColumnsMenu(e.AbsolutePosition)
	}
}

const wheel = 3

// Scrolled moves by wheel; Shift turns it sideways.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	// Fyne's notch is half a row; people expect about two.
	dx, dy := wheel*e.Scrolled.DX, wheel*e.Scrolled.DY
	if dx == 0 && g.shift() {
		dx, dy = dy, 0
	}
	g.calm()
	v := &g.view
	v.off.X -= dx
	v.off.Y -= dy
	g.place(false)
}

// MouseIn is as MouseMoved.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved shows where widths can be dragged, and what a mark means once the
// pointer rests on it.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	z, at := g.hit(e.Position)
	g.mouse.atEdge = z == atEdge
	if g.mouse.rest != nil {
		g.mouse.rest()
		g.mouse.rest = nil
	}
	if z != inCells || g.Note == nil || g.editor.open || e.Button != 0 {
		return
	}
	g.mouse.rest = g.after(600*time.Millisecond, func() {
		if !g.editor.open {
			g.Tell(at, g.Note(at.Row, g.Column(at.Col)))
		}
	})
}

// MouseOut ends the wait for the pointer to rest.
func (g *Grid) MouseOut() {
	g.mouse.atEdge = false
	g.calm()
}

// calm takes the message away and waits for none.
func (g *Grid) calm() {
	if g.mouse.rest != nil {
		g.mouse.rest()
		g.mouse.rest = nil
	}
	g.bubble.Hide()
}

// placeBars draws the scrollbars where they are needed.
func (g *Grid) placeBars(w, h, fullW, fullH float32) {
	v := &g.view
	bar, head := g.barSize(), v.look.headHeight
	v.barV.Hidden, v.thumbV.Hidden = fullH <= h, fullH <= h
	v.barH.Hidden, v.thumbH.Hidden = fullW <= w, fullW <= w
	v.corn.Hidden = v.barV.Hidden || v.barH.Hidden
	tone := faint(v.look.muted, 0x90)
	if !v.barV.Hidden {
		rectangle(v.barV, v.look.head, v.leftWidth+w, head, bar, h)
		from, long := thumb(h, fullH, v.off.Y, bar)
		v.thumbV.CornerRadius = bar/2 - 3
		rectangle(v.thumbV, tone, v.leftWidth+w+3, head+from, bar-6, long)
	}
	if !v.barH.Hidden {
		rectangle(v.barH, v.look.head, 0, head+h, v.leftWidth+w, bar)
		from, long := thumb(w, fullW, v.off.X, bar)
		v.thumbH.CornerRadius = bar/2 - 3
		rectangle(v.thumbH, tone, v.leftWidth+from, head+h+3, long, bar-6)
	}
	if !v.corn.Hidden {
		rectangle(v.corn, v.look.head, v.leftWidth+w, head+h, bar, bar)
	}
}

// thumb is where a scrollbar's thumb begins and how long it is.
func thumb(seen, full, off, bar float32) (from, long float32) {
	long = max(2*bar, seen*seen/full)
	if full <= seen {
		return 0, seen
	}
	return (seen - long) * off / (full - seen), long
}

// grab takes hold of a thumb, or turns a page where the bar is clicked beside it.
func (g *Grid) grab(z zone, p fyne.Position) {
	v := &g.view
	w, h, fullW, fullH := g.frame()
	seen, full, off, at := h, fullH, &v.off.Y, p.Y-v.look.headHeight
	if z == inBarH {
		seen, full, off, at = w, fullW, &v.off.X, p.X-v.leftWidth
	}
	from, long := thumb(seen, full, *off, g.barSize())
	switch {
	case at < from:
		*off -= seen * 0.9
	case at > from+long:
		*off += seen * 0.9
	}
	g.place(false)
	g.mouse.start = *off
}

// pull moves the thumb with the mouse.
func (g *Grid) pull(p fyne.Position) {
	v := &g.view
	w, h, fullW, fullH := g.frame()
	seen, full, off, by := h, fullH, &v.off.Y, p.Y-g.mouse.down.Y
	if g.mouse.zone == inBarH {
		seen, full, off, by = w, fullW, &v.off.X, p.X-g.mouse.down.X
	}
	_, long := thumb(seen, full, *off, g.barSize())
	if seen > long {
		*off = g.mouse.start + by*(full-seen)/(seen-long)
	}
	g.place(false)
}
