package overview

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

// card is one sector on the board. It can have the focus: arrows go to its
// neighbours, Enter opens it, the menu key shows what else can be done.
type card struct {
	widget.BaseWidget
	sc      *Screen
	line    work.Line
	badge   *kit.Badge
	errors  *kit.Badge
	warns   *kit.Badge
	more    *more
	drawn   bool // the card shows line
	focused bool
	hovered bool
}

func newCard(sc *Screen) *card {
	c := &card{sc: sc, badge: kit.NewBadge("", kit.Plain), errors: kit.NewBadge("", kit.Alarm), warns: kit.NewBadge("", kit.Warning)}
	c.more = newMore(func(at fyne.Position) { c.menu(at) })
	c.ExtendBaseWidget(c)
	return c
}

// set shows a line, where it is another than before.
func (c *card) set(l work.Line) {
	if c.drawn && reflect.DeepEqual(c.line, l) {
		return
	}
	c.line, c.drawn = l, true
	text, tone := stateOf(&l)
	c.badge.Set(text, tone)
	errs, warns := 0, 0
	if l.Counts != nil {
		errs, warns = l.Counts.Errors, l.Counts.Warnings
	}
	c.errors.Set(kit.Say(wordErrors, errs), kit.Alarm)
	c.warns.Set(kit.Say(wordWarnings, warns), kit.Warning)
	c.errors.Hidden, c.warns.Hidden = errs == 0 || l.Unused(), warns == 0 || l.Unused()
	c.Refresh()
}

// stateOf is what the card says of the sector's state.
func stateOf(l *work.Line) (string, kit.Tone) {
	name := kit.Say(words.State(string(l.State)))
	switch l.State {
	case work.StateReady, work.StateApproved:
		return name, kit.Success
	case work.StateSubmitted:
		return name, kit.Info
	case work.StateReturned:
		return name, kit.Alarm
	case work.StateNotApplicable:
		return name, kit.Plain
	}
	switch {
	case l.Untouched:
		return kit.Say(wordFresh), kit.Plain
	case l.Counts != nil && l.Counts.Errors == 0:
		return kit.Say(wordClean), kit.Info
	}
	return name, kit.Plain
}

// Tapped opens the sector.
func (c *card) Tapped(*fyne.PointEvent) {
	c.sc.win.Canvas().Focus(c)
	c.sc.open(c.line)
}

// TappedSecondary shows what can be done with the sector.
func (c *card) TappedSecondary(e *fyne.PointEvent) { c.menu(e.AbsolutePosition) }

// MouseIn shows that the card can be clicked.
func (c *card) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.Refresh()
}

// MouseMoved does nothing.
func (c *card) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes that back.
func (c *card) MouseOut() {
	c.hovered = false
	c.Refresh()
}

// Cursor is a hand.
func (c *card) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the focus.
func (c *card) FocusGained() {
	c.focused = true
	c.Refresh()
}

// FocusLost takes it away.
func (c *card) FocusLost() {
	c.focused = false
	c.Refresh()
}

// TypedRune does nothing.
func (c *card) TypedRune(rune) {}

// TypedKey moves the focus, opens the sector or shows the menu.
func (c *card) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	switch k.Name {
	case fyne.KeyLeft:
		c.sc.move(c, -1, 0)
	case fyne.KeyRight:
		c.sc.move(c, 1, 0)
	case fyne.KeyUp:
		c.sc.move(c, 0, -1)
	case fyne.KeyDown:
		c.sc.move(c, 0, 1)
	case fyne.KeyHome:
		c.sc.move(c, -len(c.sc.shown), 0)
	case fyne.KeyEnd:
		c.sc.move(c, len(c.sc.shown), 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.sc.open(c.line)
	case desktop.KeyMenu:
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
		c.menu(at.AddXY(c.Size().Width/2, c.Size().Height/2))
	}
}

// menu shows what can be done with the sector.
func (c *card) menu(at fyne.Position) {
	l := c.line
	var items []*fyne.MenuItem
	add := func(t words.Text, fn func()) { items = append(items, fyne.NewMenuItem(kit.Say(t), fn)) }
	if l.Unused() {
		add(wordBring, func() { c.sc.bring(l) })
		add(wordOpenItem, func() { c.sc.goTo(l.Info.Slug) })
	} else {
		add(wordOpenItem, func() { c.sc.goTo(l.Info.Slug) })
		add(wordFindings, func() { c.sc.findings(l.Info.Slug) })
		if c.sc.o.SignOff != nil {
			add(wordSign, func() { c.sc.o.SignOff(l.Info.Slug) })
		}
		if isOpen(&l) || l.State == work.StateReady {
			add(wordSetUnused, func() { c.sc.askUnused(l) })
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c.sc.win.Canvas(), at)
}

// CreateRenderer draws the card.
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{
		c: c, ground: canvas.NewRectangle(nil), rail: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		name: canvas.NewText("", nil), left: canvas.NewText("", nil), right: canvas.NewText("", nil),
	}
	r.name.TextStyle.Bold = true
	r.Refresh()
	return r
}

type cardRenderer struct {
	c                 *card
	ground, rail, bar *canvas.Rectangle
	name, left, right *canvas.Text
}

const (
	cardPad   = 8
	cardWidth = 208 // at least, at text size 100 %
	barHeight = 4
)

func scale() float32 { return theme.TextSize() / 14 }

// MinSize has room for a name, a bar and a line of numbers.
func (r *cardRenderer) MinSize() fyne.Size {
	return fyne.NewSize(cardWidth*scale(), 2*cardPad+r.name.MinSize().Height+barHeight+2*5+r.c.errors.MinSize().Height)
}

// Layout puts name and state above, the bar below them, numbers at the foot.
func (r *cardRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	inner := s.Width - 2*cardPad
	top := r.name.MinSize().Height
	more := r.c.more.MinSize()
	r.c.more.Resize(more)
	r.c.more.Move(fyne.NewPos(s.Width-more.Width-3, cardPad+(top-more.Height)/2))
	badge := r.c.badge.MinSize()
	r.c.badge.Resize(fyne.NewSize(badge.Width, top))
	x := s.Width - more.Width - 5 - badge.Width
	r.c.badge.Move(fyne.NewPos(x, cardPad))
	r.name.Text = fit(r.c.name(), x-cardPad-4, r.name.TextSize, r.name.TextStyle)
	r.name.Move(fyne.NewPos(cardPad, cardPad))
	r.name.Resize(fyne.NewSize(x-cardPad, top))
	y := cardPad + top + 5
	r.rail.Move(fyne.NewPos(cardPad, y))
	r.rail.Resize(fyne.NewSize(inner, barHeight))
	r.rail.CornerRadius, r.bar.CornerRadius = barHeight/2, barHeight/2
	r.bar.Move(fyne.NewPos(cardPad, y))
	r.bar.Resize(fyne.NewSize(inner*r.c.share(), barHeight))
	y += barHeight + 5
	foot := r.c.errors.MinSize().Height
	place := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, y+(foot-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	full := r.c.foot()
	x = cardPad
	room := inner
	if r.c.line.Unused() {
		r.left.Text = fit(full, room, r.left.TextSize, r.left.TextStyle)
		place(r.left, x, room)
		return
	}
	r.left.Text = full
	place(r.left, x, r.left.MinSize().Width)
	x += r.left.MinSize().Width + 6
	for _, b := range []*kit.Badge{r.c.errors, r.c.warns} {
		if !b.Hidden {
			place(b, x, b.MinSize().Width)
			x += b.MinSize().Width + 4
		}
	}
	r.right.Text = fit(r.c.edited(), s.Width-cardPad-x, r.right.TextSize, r.right.TextStyle)
	width := r.right.MinSize().Width
	place(r.right, s.Width-cardPad-width, width)
}

// Refresh takes over the look and the line.
func (r *cardRenderer) Refresh() {
	l := &r.c.line
	r.ground.CornerRadius, r.ground.StrokeWidth = 6, 1
	r.ground.FillColor, r.ground.StrokeColor = theme.Color(kit.Surface), theme.Color(kit.Line)
	wrong := l.Counts != nil && l.Counts.Errors > 0 && isOpen(l) || l.State == work.StateReturned
	switch {
	case r.c.focused:
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(kit.Accent), 2
	case wrong:
		r.ground.StrokeColor = theme.Color(kit.Danger)
	case r.c.hovered:
		r.ground.StrokeColor = theme.Color(kit.Accent)
	}
	ink := theme.Color(theme.ColorNameForeground)
	if l.Unused() {
		ink = theme.Color(kit.Muted)
		r.ground.FillColor = theme.Color(theme.ColorNameBackground)
	}
	r.name.Color, r.name.TextSize = ink, theme.TextSize()
	for _, t := range []*canvas.Text{r.left, r.right} {
		t.Color, t.TextSize = theme.Color(kit.Muted), theme.Size(theme.SizeNameCaptionText)
	}
	r.rail.FillColor = theme.Color(kit.Line)
	r.bar.FillColor = theme.Color(kit.Good)
	if wrong {
		r.bar.FillColor = theme.Color(kit.Danger)
	}
	r.rail.Hidden, r.bar.Hidden, r.right.Hidden = l.Unused(), l.Unused() || l.Counts == nil || l.Untouched, l.Unused()
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.name, r.c.badge, r.c.more, r.rail, r.bar, r.left, r.c.errors, r.c.warns, r.right}
}

func (r *cardRenderer) Destroy() {}

func (c *card) name() string { return kit.Say(words.Sector(c.line.Info)) }

// share is how many of the entries are without an error.
func (c *card) share() float32 {
	if c.line.Counts == nil || c.line.Head.Entries == 0 {
		return 0
	}
	return float32(c.line.Counts.Clean) / float32(c.line.Head.Entries)
}

// foot is how many entries there are, or why there are none.
func (c *card) foot() string {
	if c.line.Unused() {
		return c.line.Head.NotApplicable.Reason
	}
	return kit.Say(wordEntries, c.line.Head.Entries)
}

// edited is when the sector was last changed.
func (c *card) edited() string {
	if c.line.Untouched || c.line.Head.EditedAt.IsZero() {
		return ""
	}
	return words.When(c.line.Head.EditedAt, c.sc.o.Now(), kit.Lang())
}

// fit cuts a text to a width.
func fit(s string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(s, size, style).Width <= width {
		return s
	}
	rs := []rune(s)
	for len(rs) > 0 {
		rs = rs[:len(rs)-1]
		if cut := string(rs) + "…"; fyne.MeasureText(cut, size, style).Width <= width {
			return cut
		}
	}
	return ""
}

// more is a small mark for the menu.
type more struct {
	widget.BaseWidget
	icon *widget.Icon
	open func(fyne.Position)
}

func newMore(open func(fyne.Position)) *more {
	m := &more{icon: widget.NewIcon(theme.MoreVerticalIcon()), open: open}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer draws the mark.
func (m *more) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.icon) }

// MinSize is that of a letter.
func (m *more) MinSize() fyne.Size { return fyne.NewSquareSize(20 * scale()) }

// Tapped opens the menu.
func (m *more) Tapped(e *fyne.PointEvent) { m.open(e.AbsolutePosition) }

// Cursor is a hand.
func (m *more) Cursor() desktop.Cursor { return desktop.PointerCursor }

// tiles puts cards into as many columns as there is room for, all of one size.
type tiles struct{ columns int }

const tileGap = 8

// MinSize is that of the columns there was room for last.
func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	one := objects[0].MinSize()
	rows := (len(objects) + max(t.columns, 1) - 1) / max(t.columns, 1)
	return fyne.NewSize(one.Width, float32(rows)*(one.Height+tileGap)-tileGap)
}

// Layout fills the width.
func (t *tiles) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	if len(objects) == 0 {
		return
	}
	one := objects[0].MinSize()
	t.columns = max(int((s.Width+tileGap)/(one.Width+tileGap)), 1)
	width := (s.Width+tileGap)/float32(t.columns) - tileGap
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%t.columns)*(width+tileGap), float32(i/t.columns)*(one.Height+tileGap)))
		o.Resize(fyne.NewSize(width, one.Height))
	}
}
