package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// view is what is in sight, and the objects that draw it.
type view struct {
	look      *look
	cols      []shownColumn
	sticky    int     // the first columns that stay at the left
	headWidth float32 // of the row numbers
	leftWidth float32 // of those and the sticky columns
	width     float32 // of the columns that scroll
	off       fyne.Position
	goal      *Pos // where to scroll once there is room
	fromCol   int  // the columns in sight, of those that scroll
	toCol     int
	rows      []*row // row i is drawn by rows[i % len(rows)]
	fromRow   int
	toRow     int

	body, left, top, corner *pane
	verticals, stickyLines  []*canvas.Rectangle
	titles                  []*title
	picked                  [2][]*canvas.Rectangle // selection in left and body
	ring                    [4]*canvas.Rectangle
	numbers                 *canvas.Rectangle // ground of the row numbers
	back, edge, rim         *canvas.Rectangle
	barV, barH, corn        *canvas.Rectangle
	thumbV, thumbH          *canvas.Rectangle
	drop                    *canvas.Rectangle
	dirt                    *canvas.Rectangle
}

// shownColumn is a column as it is drawn.
type shownColumn struct {
	id, title string
	index     int     // in the model
	x, w      float32 // in the left part, or in the part that scrolls
	center    bool
}

// pane shows a plane through a window of its own size.
type pane struct {
	widget.BaseWidget
	plane *fyne.Container
}

func newPane() *pane {
	p := &pane{plane: newPlane()}
	p.ExtendBaseWidget(p)
	return p
}

func (p *pane) CreateRenderer() fyne.WidgetRenderer {
	return &paneRenderer{objects: []fyne.CanvasObject{p.plane}}
}

func (p *pane) place(x, y, w, h float32) {
	p.Move(fyne.NewPos(x, y))
	p.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

type paneRenderer struct{ objects []fyne.CanvasObject }

func (r *paneRenderer) Layout(fyne.Size)             {}
func (r *paneRenderer) MinSize() (none fyne.Size)    { return none }
func (r *paneRenderer) Refresh()                     {}
func (r *paneRenderer) Destroy()                     {}
func (r *paneRenderer) Objects() []fyne.CanvasObject { return r.objects }

// IsClip tells painters to draw nothing outside.
func (r *paneRenderer) IsClip() {}

func (v *view) build() {
	v.body, v.left, v.top, v.corner = newPane(), newPane(), newPane(), newPane()
	for _, r := range []**canvas.Rectangle{
		&v.numbers, &v.back, &v.edge, &v.rim, &v.barV, &v.barH, &v.corn,
		&v.thumbV, &v.thumbH, &v.drop, &v.dirt,
	} {
		*r = canvas.NewRectangle(nil)
	}
}

// columns works out which columns are shown, where and how wide.
func (g *Grid) columns() {
	v := &g.view
	all := g.model.Columns()
	index := make(map[string]int, len(all))
	for i, c := range all {
		index[c.ID] = i
	}
	v.cols = v.cols[:0]
	known := make(map[string]bool, len(all))
	add := func(s ColumnState) {
		i, ok := index[s.ID]
		if !ok || known[s.ID] {
			return
		}
		known[s.ID] = true
		if s.Hidden {
			return
		}
		c := all[i]
		w := s.Width
		if w <= 0 {
			w = c.Width
		}
		v.cols = append(v.cols, shownColumn{
			id: c.ID, title: c.Title, index: i,
			w: max(w, narrowest) * v.look.unit, center: c.Center,
		})
	}
	states := g.complete(all)
	for _, want := range []bool{true, false} {
		for _, s := range states {
			if i, ok := index[s.ID]; ok && all[i].Sticky == want {
				add(s)
			}
		}
		if want {
			v.sticky = len(v.cols)
		}
	}
	label := "8888"
	if n := g.model.Rows(); n > 9999 {
		label = "88888"
	}
	v.headWidth = v.look.width(label, false) + 2*v.look.pad
	var sum float32
	for i := range v.cols[:v.sticky] {
		sum += v.cols[i].w
	}
	// What scrolls needs room: large texts in a small window narrow the columns
	// that stay, and where that is not enough they scroll too.
	if room := 0.56*g.Size().Width - v.headWidth; sum > room {
		if room < 0.6*sum {
			v.sticky = 0
		}
		for i := range v.cols[:v.sticky] {
			v.cols[i].w *= room / sum
		}
	}
	x := v.headWidth
	for i := range v.cols {
		if i == v.sticky {
			v.leftWidth, x = x, 0
		}
		v.cols[i].x = x
		x += v.cols[i].w
	}
	v.width = x
	if len(v.cols) == v.sticky {
		v.leftWidth, v.width = x, 0
	}
}

// narrowest is the least width of a column at a text size of 14.
const narrowest = 36

// complete adds the columns that the state does not know, after the one they
// follow in the model.
func (g *Grid) complete(all []Column) []ColumnState {
	states := make([]ColumnState, 0, len(all))
	states = append(states, g.state.Columns...)
	at := make(map[string]bool, len(all))
	for _, s := range states {
		at[s.ID] = true
	}
	for i, c := range all {
		if at[c.ID] {
			continue
		}
		place := 0
		if i > 0 {
			for j, s := range states {
				if s.ID == all[i-1].ID {
					place = j + 1
				}
			}
		}
		states = append(states, ColumnState{})
		copy(states[place+1:], states[place:])
		states[place] = ColumnState{ID: c.ID, Hidden: c.Hidden}
		at[c.ID] = true
	}
	return states
}

// frame is the size of the part that scrolls, and of the whole it scrolls over.
func (g *Grid) frame() (w, h, fullW, fullH float32) {
	v := &g.view
	size := g.Size()
	fullW, fullH = v.width, float32(g.model.Rows())*v.look.rowHeight
	w, h = size.Width-v.leftWidth, size.Height-v.look.headHeight
	bar := g.barSize()
	if fullH > h {
		w -= bar
		if fullW > w {
			h -= bar
		}
	} else if fullW > w {
		h -= bar
		if fullH > h {
			w -= bar
		}
	}
	return max(0, w), max(0, h), fullW, fullH
}

func (g *Grid) barSize() float32 { return 14 * g.view.look.unit }

// place brings what is in sight to where it belongs. again draws every cell
// anew; else only rows and columns that come into sight are.
func (g *Grid) place(again bool) {
	v := &g.view
	if v.body == nil || g.Size().IsZero() {
		return
	}
	if goal := v.goal; goal != nil {
		v.goal = nil
		g.aim(*goal)
	}
	w, h, fullW, fullH := g.frame()
	v.off.X = max(0, min(v.off.X, fullW-w))
	v.off.Y = max(0, min(v.off.Y, fullH-h))
	l := v.look
	n := g.model.Rows()
	v.fromRow = min(n, int(v.off.Y/l.rowHeight))
	v.toRow = min(n, int((v.off.Y+h)/l.rowHeight)+1)
	v.fromCol, v.toCol = len(v.cols), len(v.cols)
	for i := v.sticky; i < len(v.cols); i++ {
		c := &v.cols[i]
		if c.x+c.w > v.off.X && v.fromCol == len(v.cols) {
			v.fromCol = i
		}
		if c.x >= v.off.X+w {
			v.toCol = i
			break
		}
	}
	g.placePanes(w, h)

	slots := int(h/l.rowHeight) + 3
	if len(v.rows) != slots {
		for len(v.rows) < slots {
			v.rows = append(v.rows, newRow())
		}
		v.rows = v.rows[:slots]
		for _, r := range v.rows {
			r.index = -1
		}
	}
	left, body := v.left.plane.Objects[:0], v.body.plane.Objects[:0]
	left = append(left, v.numbers)
	for i := v.fromRow; i < v.toRow; i++ {
		r := v.rows[i%slots]
		r.fill(g, i, again)
		y := float32(i)*l.rowHeight - v.off.Y
		r.left.Move(fyne.NewPos(0, y))
		r.body.Move(fyne.NewPos(-v.off.X, y))
		left = append(left, r.left)
		body = append(body, r.body)
	}
	left, body = g.placeLines(left, body, h)
	v.left.plane.Objects, v.body.plane.Objects = left, body
	g.placeSelection()
	g.placeTitles()
	g.placeBars(w, h, fullW, fullH)
	g.placeEditor()
	v.dirt.Refresh()
}

func (g *Grid) placePanes(w, h float32) {
	v := &g.view
	size, head := g.Size(), v.look.headHeight
	v.back.Resize(size)
	v.corner.place(0, 0, v.leftWidth, head)
	v.top.place(v.leftWidth, 0, size.Width-v.leftWidth, head)
	v.left.place(0, head, v.leftWidth, h)
	v.body.place(v.leftWidth, head, w, h)
	v.numbers.Resize(fyne.NewSize(v.headWidth, h))
	rectangle(v.edge, v.look.muted, v.leftWidth-1, 0, 1, head+min(h, float32(g.model.Rows())*v.look.rowHeight))
	rectangle(v.rim, v.look.rule, 0, head-1, size.Width, 1)
}

// placeLines draws the lines between columns.
func (g *Grid) placeLines(left, body []fyne.CanvasObject, h float32) (_, _ []fyne.CanvasObject) {
	v := &g.view
	h = min(h, float32(g.model.Rows())*v.look.rowHeight-v.off.Y)
	n := 0
	for i := -1; i < v.sticky-1; i++ {
		x := v.headWidth
		if i >= 0 {
			x = v.cols[i].x + v.cols[i].w
		}
		if n == len(v.stickyLines) {
			v.stickyLines = append(v.stickyLines, nil)
		}
		v.stickyLines[n] = rectangle(v.stickyLines[n], v.look.rule, x-1, 0, 1, h)
		left = append(left, v.stickyLines[n])
		n++
	}
	n = 0
	for i := v.fromCol; i < v.toCol; i++ {
		if n == len(v.verticals) {
			v.verticals = append(v.verticals, nil)
		}
		v.verticals[n] = rectangle(v.verticals[n], v.look.rule, v.cols[i].x+v.cols[i].w-1-v.off.X, 0, 1, h)
		body = append(body, v.verticals[n])
		n++
	}
	return left, body
}

// placeSelection draws what is selected in the two parts of the table.
func (g *Grid) placeSelection() {
	v := &g.view
	l := v.look
	soft, ring := l.soft, l.accent
	if !g.active() {
		soft, ring = faint(l.muted, 0x20), l.muted
	}
	n := [2]int{}
	for _, r := range g.sel.Ranges {
		if r.To.Row < v.fromRow || r.From.Row >= v.toRow {
			continue
		}
		for part := range 2 {
			x0, x1, ok := g.extent(part, r.From.Col, r.To.Col)
			if part == 0 && r.Whole {
				x0, ok = 0, true
				x1 = max(x1, v.headWidth)
			}
			if !ok {
				continue
			}
			y0 := float32(max(r.From.Row, v.fromRow-1))*l.rowHeight - v.off.Y
			y1 := float32(min(r.To.Row+1, v.toRow+1))*l.rowHeight - v.off.Y
			if n[part] == len(v.picked[part]) {
				v.picked[part] = append(v.picked[part], nil)
			}
			p := rectangle(v.picked[part][n[part]], soft, x0, y0, x1-x0-1, y1-y0-1)
			v.picked[part][n[part]] = p
			n[part]++
			g.plane(part).Objects = append(g.plane(part).Objects, p)
		}
	}
	c := g.sel.Cell
	if c.Row < v.fromRow || c.Row >= v.toRow {
		return
	}
	part := 1
	if c.Col < v.sticky {
		part = 0
	}
	x0, x1, ok := g.extent(part, c.Col, c.Col)
	if !ok {
		return
	}
	y0, y1 := float32(c.Row)*l.rowHeight-v.off.Y, float32(c.Row+1)*l.rowHeight-v.off.Y-1
	x1--
	t := 2 * l.unit
	v.ring[0] = rectangle(v.ring[0], ring, x0, y0, x1-x0, t)
	v.ring[1] = rectangle(v.ring[1], ring, x0, y1-t, x1-x0, t)
	v.ring[2] = rectangle(v.ring[2], ring, x0, y0, t, y1-y0)
	v.ring[3] = rectangle(v.ring[3], ring, x1-t, y0, t, y1-y0)
	for _, r := range v.ring {
		g.plane(part).Objects = append(g.plane(part).Objects, r)
	}
}

func (g *Grid) plane(part int) *fyne.Container {
	if part == 0 {
		return g.view.left.plane
	}
	return g.view.body.plane
}

// extent is where columns stand in a part of the table as it is scrolled.
func (g *Grid) extent(part, from, to int) (x0, x1 float32, ok bool) {
	v := &g.view
	lo, hi, off := v.sticky, len(v.cols)-1, v.off.X
	if part == 0 {
		lo, hi, off = 0, v.sticky-1, 0
	}
	from, to = max(from, lo), min(to, hi)
	if from > to {
		return 0, 0, false
	}
	return v.cols[from].x - off, v.cols[to].x + v.cols[to].w - off, true
}

// ScrollTo brings a cell into sight.
func (g *Grid) ScrollTo(p Pos) {
	v := &g.view
	if v.look == nil || g.Size().IsZero() {
		v.goal = &p // there is no room yet to tell where that is
		return
	}
	g.aim(p)
	g.place(false)
}

// aim makes the part in sight one that a cell is in.
func (g *Grid) aim(p Pos) {
	v := &g.view
	w, h, _, _ := g.frame()
	y := float32(p.Row) * v.look.rowHeight
	if y < v.off.Y {
		v.off.Y = y
	} else if y+v.look.rowHeight > v.off.Y+h {
		v.off.Y = y + v.look.rowHeight - h
	}
	if p.Col >= v.sticky && p.Col < len(v.cols) {
		c := v.cols[p.Col]
		if c.x < v.off.X || c.w > w {
			v.off.X = c.x
		} else if c.x+c.w > v.off.X+w {
			v.off.X = c.x + c.w - w
		}
	}
}

// page counts the rows that can be seen whole.
func (g *Grid) page() int {
	_, h, _, _ := g.frame()
	return max(1, int(h/g.view.look.rowHeight))
}

type renderer struct {
	g       *Grid
	objects []fyne.CanvasObject
}

// CreateRenderer makes the objects that draw the grid.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	v := &g.view
	v.build()
	r := &renderer{g: g}
	r.objects = []fyne.CanvasObject{
		v.dirt, v.back, v.body, v.left, v.top, v.corner, v.edge, v.rim,
		v.barV, v.barH, v.corn, v.thumbV, v.thumbH, v.drop, g.editor, g.bubble,
	}
	g.redraw()
	return r
}

func (r *renderer) Layout(fyne.Size)             { r.g.redraw() }
func (r *renderer) MinSize() fyne.Size           { return fyne.NewSize(240, 120) }
func (r *renderer) Refresh()                     { r.g.redraw() }
func (r *renderer) Destroy()                     {}
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// redraw reads theme, columns and cells again.
func (g *Grid) redraw() {
	v := &g.view
	if v.body == nil {
		return
	}
	v.look = newLook(v.look, g.Theme())
	l := v.look
	v.back.FillColor, v.numbers.FillColor = l.paper, l.head
	v.barV.FillColor, v.barH.FillColor, v.corn.FillColor = l.head, l.head, l.head
	v.back.Refresh()
	v.numbers.Refresh()
	g.columns()
	g.clamp()
	g.place(true)
}
