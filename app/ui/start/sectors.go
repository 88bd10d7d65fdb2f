package start

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// sectorPage is where the sectors are chosen.
type sectorPage struct {
	sc     *Screen
	hint   *kit.Label
	body   *fyne.Container
	total  *widget.Label
	scroll *container.Scroll
	made   fyne.CanvasObject

	of   catalog.UnitID // whose sectors these are
	rows []*sectorRow
	last string // the reason given last, offered for the next
}

func newSectorPage(sc *Screen) *sectorPage {
	p := &sectorPage{sc: sc, hint: kit.Note(""), body: container.NewStack(), total: kit.Strong("")}
	p.made = container.NewBorder(container.NewVBox(kit.Heading(kit.Say(wordWhichSectors)), p.hint), nil, nil, nil, p.body)
	return p
}

func (p *sectorPage) goOn(was *sectorPage) {
	if was.rows == nil {
		return
	}
	offered := make([]work.Offered, len(was.rows))
	for i, r := range was.rows {
		offered[i] = r.o
	}
	p.of, p.last = was.of, was.last
	p.fill(offered)
	for i, r := range was.rows {
		p.rows[i].goOn(r)
	}
	p.setHint()
	p.count()
}

func (p *sectorPage) content() fyne.CanvasObject { return p.made }

// shown asks for the unit's sectors, unless they are there already.
func (p *sectorPage) shown() {
	p.sc.foot(p.total)
	u := p.sc.unit.chosen
	if p.of == u.ID {
		focus(p.sc.win, p.sc.next)
		return
	}
	p.of, p.rows = u.ID, nil
	p.setHint()
	p.total.SetText("")
	p.body.Objects = []fyne.CanvasObject{kit.Empty(nil, kit.Say(wordLoading), "", nil)}
	p.body.Refresh()
	kit.Run(func(context.Context) ([]work.Offered, error) { return p.sc.s.Offer(u), nil }, func(offered []work.Offered, _ error) {
		if p.of == u.ID {
			p.fill(offered)
		}
	})
	focus(p.sc.win, p.sc.next)
}

func (p *sectorPage) setHint() {
	hint := wordSectorsHint
	if p.sc.unit.chosen.Kind == catalog.DepartmentUnit {
		hint = wordDeptSectors
	}
	p.hint.SetText(kit.Say(hint))
}

func (p *sectorPage) fill(offered []work.Offered) {
	var national, optional []fyne.CanvasObject
	p.rows = nil
	for _, o := range offered {
		r := newSectorRow(p, o)
		p.rows = append(p.rows, r)
		if o.Optional {
			optional = append(optional, r.made)
		} else {
			national = append(national, r.made)
		}
	}
	body := container.NewVBox(container.New(&columns{}, national...))
	if len(optional) > 0 {
		body.Add(kit.Strong(kit.Say(wordOptional)))
		body.Add(container.New(&columns{}, optional...))
	}
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(2, 2, 2, 12), body))
	p.body.Objects = []fyne.CanvasObject{kit.NewPanel(kit.Surface, kit.Line, 6, kit.Inset(4, p.scroll))}
	p.body.Refresh()
	p.count()
}

// count says what is chosen so far.
func (p *sectorPage) count() {
	made, entries, unused := 0, 0, 0
	for _, r := range p.rows {
		switch {
		case r.check.Checked:
			made++
			entries += r.o.Entries
		case r.reason() != "":
			unused++
		}
	}
	p.total.Text = kit.Say(wordTotal, made, entries, unused)
	if unused == 0 {
		p.total.Text = kit.Say(wordTotalOnly, made, entries)
	}
	p.total.Refresh()
	p.sc.bottom.Refresh()
}

func (p *sectorPage) forward() {
	var lack []*sectorRow
	ticked := false
	for _, r := range p.rows {
		ticked = ticked || r.check.Checked
		if r.needsReason() && r.reason() == "" {
			lack = append(lack, r)
		}
	}
	switch {
	case !ticked:
		p.sc.say(kit.Say(wordNoSector))
	case len(lack) > 0:
		p.sc.say(kit.Say(wordReasonsLeft, len(lack), kit.Say(words.Sector(lack[0].o.SectorInfo))))
		p.show(lack[0])
		focus(p.sc.win, lack[0].why)
	default:
		p.sc.show(p.sc.person)
	}
}

// show scrolls to a row where it cannot be seen whole.
func (p *sectorPage) show(r *sectorRow) {
	top, bottom := r.made.Position().Y, r.made.Position().Y+r.made.Size().Height
	switch seen := p.scroll.Offset.Y; {
	case top < seen:
		p.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > seen+p.scroll.Size().Height-r.made.Size().Height:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom+r.made.Size().Height-p.scroll.Size().Height))
	}
}

// wish is what is chosen.
func (p *sectorPage) wish() (sectors []catalog.Sector, unused map[catalog.Sector]string) {
	unused = map[catalog.Sector]string{}
	for _, r := range p.rows {
		switch {
		case r.check.Checked:
			sectors = append(sectors, r.o.Slug)
		case r.needsReason():
			unused[r.o.Slug] = r.reason()
		}
	}
	return sectors, unused
}

// sectorRow is one sector with its box, and the reason where it is not used.
type sectorRow struct {
	p     *sectorPage
	o     work.Offered
	check *kit.Check
	count *widget.Label
	why   *kit.Select
	edge  *kit.Panel
	made  fyne.CanvasObject
}

func newSectorRow(p *sectorPage, o work.Offered) *sectorRow {
	r := &sectorRow{p: p, o: o, count: kit.Tag("")}
	r.check = kit.NewCheck(kit.Say(words.Sector(o.SectorInfo)), nil)
	r.check.Checked = o.Suits
	r.check.OnChanged = func(bool) { r.changed() }
	r.why = kit.NewSelect(append(slices.Clone(reasons), kit.Say(wordOwnReason)), r.chosen)
	r.why.PlaceHolder = kit.Say(wordWhy)
	r.edge = kit.NewPanel("", "", 4, r.why)
	r.made = container.New(&sectorLayout{}, r.check, r.count, r.edge)
	if o.Entries > 0 {
		r.count.SetText(kit.Say(wordEntries, o.Entries))
	} else {
		r.count.SetText(kit.Say(wordNoEntries))
		r.check.Disable()
	}
	r.show()
	return r
}

func (r *sectorRow) goOn(was *sectorRow) {
	r.check.Checked = was.check.Checked
	if reason := was.reason(); reason != "" {
		r.offer(reason)
	}
	r.show()
}

// show shows the reason where one is needed, with an edge until it is given.
func (r *sectorRow) show() {
	r.edge.Hidden = !r.needsReason()
	edge := kit.Line
	if r.reason() == "" {
		edge = kit.Warn
	}
	r.edge.SetColours("", edge)
}

// needsReason tells whether the unit must say why it does not use the sector: one
// that others of its kind use. Departments compile their own sectors only.
func (r *sectorRow) needsReason() bool {
	return !r.check.Checked && r.o.Entries > 0 && !r.o.Optional && r.p.sc.unit.chosen.Kind != catalog.DepartmentUnit
}

func (r *sectorRow) reason() string {
	if !r.needsReason() || r.why.Selected == kit.Say(wordOwnReason) {
		return ""
	}
	return strings.TrimSpace(r.why.Selected)
}

// changed shows or hides the reason; the one given last is offered again.
func (r *sectorRow) changed() {
	r.p.sc.say("")
	r.show()
	if r.needsReason() && r.why.Selected == "" && r.p.last != "" {
		r.offer(r.p.last)
	}
	r.made.Refresh()
	r.p.count()
}

func (r *sectorRow) chosen(reason string) {
	r.show()
	if reason == "" {
		r.p.count()
		return
	}
	if reason != kit.Say(wordOwnReason) {
		r.p.last = reason
		r.p.sc.say("")
		r.p.count()
		return
	}
	r.why.ClearSelected()
	kit.Ask(r.p.sc.win, kit.Say(wordReasonTitle, kit.Say(words.Sector(r.o.SectorInfo))), kit.Say(wordReasonLabel), r.p.last, kit.Say(wordUse), r.offer)
}

// offer puts a reason of one's own among those to choose from, and chooses it.
func (r *sectorRow) offer(reason string) {
	if !slices.Contains(r.why.Options, reason) {
		r.why.Options = slices.Insert(slices.Clone(r.why.Options), 0, reason)
	}
	r.why.SetSelected(reason)
}

// sectorLayout puts box, number and reason of each row below each other.
type sectorLayout struct{}

func (sectorLayout) widths() (name, count, why float32) {
	scale := theme.TextSize() / 14
	return 190 * scale, 74 * scale, 130 * scale
}

// MinSize has room for a short reason.
func (l sectorLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, count, why := l.widths()
	return fyne.NewSize(max(name, objects[0].MinSize().Width)+count+why, objects[0].MinSize().Height)
}

// Layout puts them in a row.
func (l sectorLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	name, count, _ := l.widths()
	name = max(name, objects[0].MinSize().Width)
	objects[0].Resize(fyne.NewSize(name, s.Height))
	tag := objects[1].MinSize()
	objects[1].Move(fyne.NewPos(name, (s.Height-tag.Height)/2))
	objects[1].Resize(fyne.NewSize(count, tag.Height))
	objects[2].Move(fyne.NewPos(name+count, 1))
	objects[2].Resize(fyne.NewSize(s.Width-name-count, s.Height-2))
}

// columns puts rows into two columns, read downwards, or one where there is no
// room for two.
type columns struct{}

func (c *columns) wide(objects []fyne.CanvasObject) (width, height float32) {
	for _, o := range objects {
		width, height = max(width, o.MinSize().Width), max(height, o.MinSize().Height)
	}
	return width, height
}

const columnGap = 16

func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height := c.wide(objects)
	return fyne.NewSize(2*width+columnGap, height*float32((len(objects)+1)/2))
}

func (c *columns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	_, height := c.wide(objects)
	half := max((len(objects)+1)/2, 1)
	width := (s.Width - columnGap) / 2
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i/half)*(width+columnGap), float32(i%half)*height))
		o.Resize(fyne.NewSize(width, height))
	}
}

var _ fyne.Layout = (*columns)(nil)

// gap is a space between parts of a form.
func gap() fyne.CanvasObject { return container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0)) }
