// Package pick lets a person tick some of a list: sectors to export or to sign
// off. The whole row can be clicked, arrows go up and down, space ticks, and what
// is ticked stays ticked when the list is shown anew.
package pick

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// Item is one line of a list.
type Item struct {
	ID     string
	Name   string
	Detail string // of second rank, beside the name
	Under  string // of second rank, below it
	Badge  string
	Tone   kit.Tone
}

// List is a list whose items can be ticked.
type List struct {
	widget.BaseWidget
	// OnChanged is told when something was ticked or unticked by a person.
	OnChanged func()

	items []Item
	rows  []*row
	on    map[string]bool
	box   *fyne.Container
	from  *container.Scroll
}

// NewList makes an empty list.
func NewList(changed func()) *List {
	l := &List{OnChanged: changed, on: map[string]bool{}, box: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	l.from = container.NewVScroll(l.box)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the list.
func (l *List) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.from) }

// SetItems shows items in place of those before.
func (l *List) SetItems(items []Item) {
	l.items = slices.Clone(items)
	for len(l.rows) < len(items) {
		l.rows = append(l.rows, newRow(l))
	}
	l.box.Objects = l.box.Objects[:0]
	for i := range items {
		l.rows[i].show(i)
		l.box.Add(l.rows[i])
	}
	l.box.Refresh()
}

// Chosen are the ids of what is ticked, in the list's order.
func (l *List) Chosen() []string {
	var out []string
	for _, it := range l.items {
		if l.on[it.ID] {
			out = append(out, it.ID)
		}
	}
	return out
}

// Choose ticks exactly the items that want reports.
func (l *List) Choose(want func(id string) bool) {
	for i, it := range l.items {
		l.on[it.ID] = want(it.ID)
		l.rows[i].show(i)
	}
}

func (l *List) set(i int, on bool) {
	id := l.items[i].ID
	if l.on[id] == on {
		return
	}
	l.on[id] = on
	l.rows[i].show(i)
	if l.OnChanged != nil {
		l.OnChanged()
	}
}

// focus goes to an item, as far as there is one.
func (l *List) focus(i int) {
	if len(l.items) == 0 {
		return
	}
	i = min(max(i, 0), len(l.items)-1)
	c := fyne.CurrentApp().Driver().CanvasForObject(l)
	if c == nil {
		return
	}
	c.Focus(l.rows[i])
	at, height := l.rows[i].Position().Y, l.rows[i].Size().Height
	switch {
	case at < l.from.Offset.Y:
		l.from.ScrollToOffset(fyne.NewPos(0, at))
	case at+height > l.from.Offset.Y+l.from.Size().Height:
		l.from.ScrollToOffset(fyne.NewPos(0, at+height-l.from.Size().Height))
	}
}

// row is one item on the screen.
type row struct {
	widget.BaseWidget
	list    *List
	at      int
	ground  *kit.Panel
	tick    *widget.Icon
	name    *widget.Label
	detail  *widget.Label
	under   *widget.Label
	badge   *kit.Badge
	content fyne.CanvasObject
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*row)(nil)
	_ fyne.Tappable     = (*row)(nil)
	_ desktop.Hoverable = (*row)(nil)
)

func newRow(l *List) *row {
	r := &row{
		list: l, tick: widget.NewIcon(theme.CheckButtonIcon()), name: widget.NewLabel(""), detail: kit.Tag(""),
		under: kit.Tag(""), badge: kit.NewBadge("", kit.Plain),
	}
	r.name.Truncation, r.under.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	line := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(r.detail), r.badge), r.name)
	texts := container.New(layout.NewCustomPaddedVBoxLayout(-8), line, r.under)
	r.content = container.NewBorder(nil, nil, container.NewCenter(r.tick), nil, texts)
	r.ground = kit.NewPanel("", "", 4, container.New(layout.NewCustomPaddedLayout(0, 0, 6, 6), r.content))
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(layout.NewCustomPaddedVBoxLayout(0), r.ground, kit.Rule()))
}

// show shows the list's i-th item.
func (r *row) show(i int) {
	r.at = i
	it := r.list.items[i]
	r.name.SetText(it.Name)
	r.detail.SetText(it.Detail)
	r.under.SetText(it.Under)
	r.badge.Set(it.Badge, it.Tone)
	visible(r.detail, it.Detail != "")
	visible(r.under, it.Under != "")
	visible(r.badge, it.Badge != "")
	icon := theme.CheckButtonIcon()
	if r.list.on[it.ID] {
		icon = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	r.tick.SetResource(icon)
	r.colour()
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func (r *row) colour() {
	switch {
	case r.focused:
		r.ground.SetColours(theme.ColorNameHover, theme.ColorNamePrimary)
	case r.hovered:
		r.ground.SetColours(theme.ColorNameHover, "")
	default:
		r.ground.SetColours("", "")
	}
}

// Tapped ticks the item, or unticks it.
func (r *row) Tapped(*fyne.PointEvent) {
	r.list.set(r.at, !r.list.on[r.list.items[r.at].ID])
}

// MouseIn marks the row.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.colour() }

// MouseMoved is not needed.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (r *row) MouseOut() { r.hovered = false; r.colour() }

// FocusGained marks the row.
func (r *row) FocusGained() { r.focused = true; r.colour() }

// FocusLost takes the mark away.
func (r *row) FocusLost() { r.focused = false; r.colour() }

// TypedRune ticks on space.
func (r *row) TypedRune(c rune) {
	if c == ' ' {
		r.Tapped(nil)
	}
}

// TypedKey goes up and down.
func (r *row) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp:
		r.list.focus(r.at - 1)
	case fyne.KeyDown:
		r.list.focus(r.at + 1)
	case fyne.KeyHome:
		r.list.focus(0)
	case fyne.KeyEnd:
		r.list.focus(len(r.list.items) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		r.Tapped(nil)
	}
}
