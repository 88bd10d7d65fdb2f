package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

// title draws one column's heading.
type title struct {
	ground, rule *canvas.Rectangle
	text, arrow  *canvas.Text
}

// placeTitles draws the headings of the columns in sight.
func (g *Grid) placeTitles() {
	v := &g.view
	l := v.look
	corner, top := v.corner.plane.Objects[:0], v.top.plane.Objects[:0]
	n := 0
	next := func() *title {
		if n == len(v.titles) {
			v.titles = append(v.titles, &title{text: &canvas.Text{}, arrow: &canvas.Text{}})
		}
		n++
		return v.titles[n-1]
	}
	t := next()
	t.draw(l, "", "", 0, v.headWidth)
	corner = append(corner, t.ground, t.rule)
	filler := next() // right of the last column
	end := v.width - v.off.X
	filler.draw(l, "", "", end, max(0, g.Size().Width-v.leftWidth-end)+1)
	top = append(top, filler.ground)
	for i := range v.cols {
		if i >= v.sticky && (i < v.fromCol || i >= v.toCol) {
			continue
		}
		c := &v.cols[i]
		arrow := ""
		if g.state.Sort.Column == c.id {
			arrow = "▲"
			if g.state.Sort.Desc {
				arrow = "▼"
			}
		}
		t := next()
		if i < v.sticky {
			t.draw(l, c.title, arrow, c.x, c.w)
			corner = append(corner, t.ground, t.text, t.arrow, t.rule)
		} else {
			t.draw(l, c.title, arrow, c.x-v.off.X, c.w)
			top = append(top, t.ground, t.text, t.arrow, t.rule)
		}
	}
	v.corner.plane.Objects, v.top.plane.Objects = corner, top
}

func (t *title) draw(l *look, s, arrow string, x, w float32) {
	t.ground = rectangle(t.ground, l.head, x, 0, w, l.headHeight)
	t.rule = rectangle(t.rule, l.rule, x+w-1, 0, 1, l.headHeight)
	room := w - 2*l.pad
	if arrow != "" {
		room -= l.size
	}
	s = l.fit(s, room, true)
	y := (l.headHeight - l.line) / 2
	set := func(c *canvas.Text, s string, x float32, col bool, size float32) {
		ink := l.text
		if col {
			ink = l.accent
		}
		if c.Text != s || c.Color != ink || c.TextSize != size {
			c.Text, c.Color, c.TextSize, c.TextStyle.Bold = s, ink, size, true
			c.Refresh()
		}
		c.Move(fyne.NewPos(x, y))
	}
	set(t.text, s, x+l.pad, false, l.size)
	set(t.arrow, arrow, x+w-l.pad-l.size*0.9, true, l.size*0.8)
	t.arrow.Move(fyne.NewPos(x+w-l.pad-l.size*0.9, y+l.size*0.15))
}

// sortBy orders by a column: upwards, then downwards, then not at all.
func (g *Grid) sortBy(column string) {
	switch s := g.state.Sort; {
	case s.Column != column:
		g.SetSort(Sort{Column: column})
	case !s.Desc:
		g.SetSort(Sort{Column: column, Desc: true})
	default:
		g.SetSort(Sort{})
	}
}

// SetSort orders by a column, as a click on its heading does.
func (g *Grid) SetSort(s Sort) {
	if !g.editor.commit() {
		return
	}
	g.state.Sort = s
	if g.OnSort != nil {
		g.OnSort(s)
	}
	g.arranged()
}

func (g *Grid) arranged() {
	g.Refresh()
	if g.OnState != nil {
		g.OnState(g.State())
	}
}

// settle writes all columns into the state, so that each can be changed.
func (g *Grid) settle() {
	g.state.Columns = g.complete(g.model.Columns())
}

// setWidth makes a shown column so wide.
func (g *Grid) setWidth(shown int, w float32) {
	g.settle()
	id := g.Column(shown)
	for i := range g.state.Columns {
		if g.state.Columns[i].ID == id {
			g.state.Columns[i].Width = max(narrowest, w/g.view.look.unit)
		}
	}
	g.Refresh()
}

// fitWidth makes a column as wide as what is in sight needs, within reason.
func (g *Grid) fitWidth(shown int) {
	v := &g.view
	l := v.look
	c := v.cols[shown]
	w := l.width(c.title, true) + l.size
	for i := v.fromRow; i < v.toRow; i++ {
		w = max(w, l.width(g.model.Cell(i, c.index).Text, false))
	}
	// Long texts stand on two lines.
	if half := 320 * l.unit; w > half {
		w = min(max(half, w/2+l.han), 560*l.unit)
	}
	g.setWidth(shown, w+2*l.pad+1)
	g.arranged()
}

// move puts a column before another place among those shown.
func (g *Grid) move(from, to int) {
	if from == to || from+1 == to {
		return
	}
	g.settle()
	id := g.Column(from)
	states := g.state.Columns
	i := slices.IndexFunc(states, func(s ColumnState) bool { return s.ID == id })
	moved := states[i]
	states = slices.Delete(states, i, i+1)
	var at int
	if to < len(g.view.cols) {
		before := g.Column(to)
		at = slices.IndexFunc(states, func(s ColumnState) bool { return s.ID == before })
	} else {
		last := g.Column(len(g.view.cols) - 1)
		at = slices.IndexFunc(states, func(s ColumnState) bool { return s.ID == last }) + 1
	}
	g.state.Columns = slices.Insert(states, at, moved)
	g.arranged()
	g.Select(Pos{g.sel.Cell.Row, g.Shown(id)})
}

// hide takes a column out of sight, or shows it.
func (g *Grid) hide(column string, hidden bool) {
	if hidden && len(g.view.cols) == 1 {
		return
	}
	g.settle()
	for i := range g.state.Columns {
		if g.state.Columns[i].ID == column {
			g.state.Columns[i].Hidden = hidden
		}
	}
	g.arranged()
}

var (
	sayUp     = words.Text{ZH: "升序排列", EN: "Sort ascending"}
	sayDown   = words.Text{ZH: "降序排列", EN: "Sort descending"}
	sayNoSort = words.Text{ZH: "恢复原来的顺序", EN: "Original order"}
	sayFit    = words.Text{ZH: "列宽适合内容", EN: "Fit width to content"}
	sayHide   = words.Text{ZH: "隐藏这一列", EN: "Hide this column"}
	sayShow   = words.Text{ZH: "显示的列", EN: "Columns shown"}
	sayReset  = words.Text{ZH: "恢复全部列宽和次序", EN: "Reset columns"}
)

// headerMenu is what can be done with a column.
func (g *Grid) headerMenu(shown int) *fyne.Menu {
	var items []*fyne.MenuItem
	if id := g.Column(shown); id != "" {
		items = append(items,
			fyne.NewMenuItem(kit.Say(sayUp), func() { g.SetSort(Sort{Column: id}) }),
			fyne.NewMenuItem(kit.Say(sayDown), func() { g.SetSort(Sort{Column: id, Desc: true}) }),
		)
		none := fyne.NewMenuItem(kit.Say(sayNoSort), func() { g.SetSort(Sort{}) })
		none.Disabled = g.state.Sort.Column == ""
		items = append(items, none, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem(kit.Say(sayFit), func() { g.fitWidth(shown) }))
		hide := fyne.NewMenuItem(kit.Say(sayHide), func() { g.hide(id, true) })
		hide.Disabled = len(g.view.cols) == 1
		items = append(items, hide)
	}
	show := fyne.NewMenuItem(kit.Say(sayShow), nil)
	show.ChildMenu = g.ColumnsMenu()
	return fyne.NewMenu("", append(items, show,
		fyne.NewMenuItem(kit.Say(sayReset), func() {
			g.state.Columns = nil
			g.arranged()
		}))...)
}

// ColumnsMenu lists all columns with a tick before those shown.
func (g *Grid) ColumnsMenu() *fyne.Menu {
	all := g.model.Columns()
	titles := make(map[string]string, len(all))
	for _, c := range all {
		titles[c.ID] = c.Title
	}
	var items []*fyne.MenuItem
	for _, s := range g.complete(all) {
		t, ok := titles[s.ID]
		if !ok {
			continue
		}
		m := fyne.NewMenuItem(t, func() { g.hide(s.ID, !s.Hidden) })
		m.Checked = !s.Hidden
		items = append(items, m)
	}
	return fyne.NewMenu("", items...)
}

// showColumnsMenu opens the list of columns at a point of the window.
func (g *Grid) showColumnsMenu(at fyne.Position) {
	if c := g.canvas(); c != nil {
		widget.ShowPopUpMenuAtPosition(g.headerMenu(-1), c, at)
	}
}
