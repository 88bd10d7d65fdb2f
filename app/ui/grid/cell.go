package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// cell draws one cell. What only some cells need is made when first needed.
type cell struct {
	drawn  bool
	value  Cell
	w      float32
	look   *look
	center bool

	texts [2]*canvas.Text
	shade *canvas.Rectangle
	mark  *canvas.Rectangle
	dot   *canvas.Circle
	parts []fyne.CanvasObject // those to be shown
	x     float32
}

// show draws the value in a column at x and reports whether anything differs.
func (c *cell) show(l *look, v Cell, x, w float32, center bool) bool {
	if c.drawn && c.value == v && c.w == w && c.x == x && c.look == l && c.center == center {
		return false
	}
	c.drawn, c.value, c.w, c.x, c.look, c.center = true, v, w, x, l, center
	c.parts = c.parts[:0]
	h := l.rowHeight
	if v.Locked {
		c.shade = rectangle(c.shade, l.locked, x, 0, w, h-1)
		c.parts = append(c.parts, c.shade)
	}
	inner := w - 2*l.pad
	first, second := l.lines(v.Text, inner)
	col := l.text
	if v.Tone == Muted {
		col = l.muted
	}
	y := (h - l.line) / 2
	if second != "" {
		y = (h - 2*l.line) / 2
	}
	c.line(0, l, first, col, x, y, inner)
	c.line(1, l, second, col, x, y+l.line, inner)
	if v.Tone == Error || v.Tone == Warn {
		col := l.danger
		if v.Tone == Warn {
			col = l.warn
		}
		c.mark = rectangle(c.mark, col, x+l.pad-1, h-1-3*l.unit, inner+2, 2*l.unit)
		c.parts = append(c.parts, c.mark)
	}
	if v.Changed {
		if c.dot == nil {
			c.dot = canvas.NewCircle(l.accent)
		}
		d := 6 * l.unit
		if c.dot.FillColor != l.accent {
			c.dot.FillColor = l.accent
			c.dot.Refresh()
		}
		c.dot.Move(fyne.NewPos(x+w-d-2*l.unit, 2*l.unit))
		c.dot.Resize(fyne.NewSize(d, d))
		c.parts = append(c.parts, c.dot)
	}
	return true
}

func (c *cell) line(i int, l *look, s string, col color.Color, x, y, inner float32) {
	t := c.texts[i]
	if s == "" {
		if t != nil {
			t.Text = ""
		}
		return
	}
	if t == nil {
		t = &canvas.Text{}
		c.texts[i] = t
	}
	if t.Text != s || t.Color != col || t.TextSize != l.size {
		t.Text, t.Color, t.TextSize = s, col, l.size
		t.Refresh()
	}
	if c.center {
		x += max(0, (inner-l.width(s, false))/2)
	}
	t.Move(fyne.NewPos(x+l.pad, y))
	c.parts = append(c.parts, t)
}

// rectangle makes or changes one, touching only what differs.
func rectangle(r *canvas.Rectangle, col color.Color, x, y, w, h float32) *canvas.Rectangle {
	if r == nil {
		r = canvas.NewRectangle(col)
	} else if r.FillColor != col {
		r.FillColor = col
		r.Refresh()
	}
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(w, h))
	return r
}

// row draws one row: its number and the sticky cells at the left, the others in
// the part that scrolls.
type row struct {
	index      int
	left, body *fyne.Container
	head       cell
	cells      []*cell // by column shown; nil where out of view
	spare      []*cell
	lines      [2]*canvas.Rectangle
	from, to   int // the columns of cells in view, of those that scroll
}

func newRow() *row {
	return &row{index: -1, left: newPlane(), body: newPlane()}
}

func newPlane() *fyne.Container { return &fyne.Container{Layout: still{}} }

// still lays nothing out: the grid places its objects itself.
type still struct{}

func (still) Layout([]fyne.CanvasObject, fyne.Size)        {}
func (still) MinSize([]fyne.CanvasObject) (none fyne.Size) { return none }

// fill makes the row show an index and the columns in view.
func (r *row) fill(g *Grid, index int, again bool) {
	v := &g.view
	if r.index == index && !again && r.from == v.fromCol && r.to == v.toCol {
		return
	}
	for len(r.cells) < len(v.cols) {
		r.cells = append(r.cells, nil)
	}
	for i, c := range r.cells {
		seen := i < v.sticky || i >= v.fromCol && i < v.toCol
		if c != nil && (!seen || i >= len(v.cols)) {
			r.spare = append(r.spare, c)
			r.cells[i] = nil
		}
	}
	r.cells = r.cells[:len(v.cols)]
	r.index, r.from, r.to = index, v.fromCol, v.toCol

	r.head.show(v.look, g.model.Head(index), 0, v.headWidth, true)
	left := append(r.left.Objects[:0], r.head.parts...)
	body := r.body.Objects[:0]
	for i := range v.cols {
		if i >= v.sticky && (i < v.fromCol || i >= v.toCol) {
			continue
		}
		c := r.cells[i]
		if c == nil {
			if n := len(r.spare); n > 0 {
				c, r.spare = r.spare[n-1], r.spare[:n-1]
			} else {
				c = &cell{}
			}
			r.cells[i] = c
		}
		col := &v.cols[i]
		c.show(v.look, g.model.Cell(index, col.index), col.x, col.w, col.center)
		if i < v.sticky {
			left = append(left, c.parts...)
		} else {
			body = append(body, c.parts...)
		}
	}
	y := v.look.rowHeight - 1
	r.lines[0] = rectangle(r.lines[0], v.look.rule, 0, y, v.leftWidth, 1)
	r.lines[1] = rectangle(r.lines[1], v.look.rule, 0, y, v.width, 1)
	r.left.Objects = append(left, r.lines[0])
	r.body.Objects = append(body, r.lines[1])
}
