package entries

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// paneDraft is what the pane needs of the catalog being edited.
type paneDraft interface {
	Sector() catalog.SectorInfo
	Unit() catalog.Unit
	Entry(catalog.EntryID) (catalog.Entry, bool)
	Template() *catalog.Template

	ChangeEntry(label string, id catalog.EntryID, fn func(*catalog.Entry) error) error
	Type(id catalog.EntryID, f catalog.Field, text string) error
	EndTyping()

	Findings() (fs []check.Finding, current bool)
	SetReason(f check.Finding, reason string) error

	History(context.Context, catalog.EntryID) ([]catalog.Edit, error)
	RestoreEntry(ctx context.Context, id catalog.EntryID, at time.Time, label string) error
}

// PaneDeps are what the pane needs besides the draft. Functions may be nil.
type PaneDeps struct {
	Win      fyne.Window
	Register field.Register
	Today    catalog.Date
	Now      func() time.Time
	// TimeLimits are the sector's usual ones, the most frequent first.
	TimeLimits []string
	OpenLink   func(address string)
	Undo, Redo func()
	Step       func(by int) // to the entry before or after
	Back       func()       // to the grid
	SetMany    func()       // set a field of all chosen entries
	// Place is where an entry stands among those in the grid, from 0, and how many
	// they are; nothing where it is not among them.
	Place func(catalog.EntryID) (at, of int, ok bool)
}

// paneFields are the fields in the order of the standard table, what is seldom
// filled in last.
var paneFields = []catalog.Field{
	catalog.FieldPath, catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
	catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers,
	catalog.FieldCode, catalog.FieldLink, catalog.FieldExtra,
}

var (
	paneNone     = words.Text{ZH: "没有选中条目", EN: "No entry chosen"}
	paneNoneHint = words.Text{ZH: "在左边点一条，它的全部栏目就在这里填写。改动会自动保存。", EN: "Choose an entry on the left to fill it in here. Changes are saved by themselves."}
	paneGone     = words.Text{ZH: "这一条已经不在目录里", EN: "This entry is no longer in the catalog"}
	paneGoneHint = words.Text{ZH: "它被删除了，或者添加它的操作被撤销了。需要时可以撤销删除。", EN: "It was removed, or what added it was undone. Removing it can be undone."}
	paneMany     = words.Text{ZH: "选中了 %d 条", EN: "%d entries chosen"}
	paneManyHint = words.Text{ZH: "可以给它们的同一栏填上同样的内容。要逐条填写，请只选一条。", EN: "You can set a field of all of them at once. To fill them in one by one, choose a single entry."}
	paneSetMany  = words.Text{ZH: "批量填写一栏…", EN: "Set a field…"}
)

var _ Pane = (*EntryPane)(nil)

// EntryPane shows one entry whole, with the right editor for each field. What is
// typed is passed on at once; the editors stay as they are while what stands
// around them is brought up to date, so that nothing is lost and no cursor moves.
type EntryPane struct {
	widget.BaseWidget
	draft paneDraft
	deps  PaneDeps

	id      catalog.EntryID
	entry   catalog.Entry
	gone    bool
	many    int
	head    *paneHead
	rows    []*paneRow
	column  *fyne.Container
	scroll  *container.Scroll
	form    *fyne.Container
	empty   *fyne.Container
	content *fyne.Container
	// templated: the sector has a template; tmpl is the entry's in it, or nil, and
	// fromTmpl what a draft made of it today would say.
	templated bool
	tmpl      *catalog.TemplateEntry
	fromTmpl  catalog.Entry
	findings  []check.Finding // of the entry
	current   bool
	// unsent are texts that the draft did not take, so that they come back with
	// their entry.
	unsent  map[catalog.EntryID]map[catalog.Field]string
	large   *field.Large
	largeOf *paneRow

	last    *paneRow       // that had the focus last
	toFix   *check.Finding // waits for the check to catch up
	holding bool           // the layout waits
	held    bool           // and is wanted
}

// NewPane makes the pane of a draft, with no entry chosen.
func NewPane(d paneDraft, deps PaneDeps) *EntryPane {
	if deps.Now == nil {
		deps.Now = time.Now
	}
	if r, ok := deps.Register.(*catalog.Register); ok {
		deps.Register = work.NewActs(r) // found by pinyin too
	}
	p := &EntryPane{draft: d, deps: deps, unsent: map[catalog.EntryID]map[catalog.Field]string{}}
	p.ExtendBaseWidget(p)
	p.head = newPaneHead(p)
	p.column = container.New(field.Stack{Gap: 7}, p.head.intro)
	for _, f := range paneFields {
		r := newPaneRow(p, f)
		p.rows = append(p.rows, r)
		p.column.Add(r)
	}
	p.scroll = container.NewVScroll(container.New(panePad{}, p.column))
	p.form = container.NewBorder(p.head, nil, nil, nil, container.NewStack(p.scroll, newWheel(p.scroll)))
	p.empty = container.NewStack()
	p.content = container.NewStack(p.empty, p.form)
	p.showEmpty(paneNone, paneNoneHint, nil)
	return p
}

// CreateRenderer shows the pane.
func (p *EntryPane) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.NewPanel(kit.Surface, "", 0, p.content))
}

// MinSize lets the pane be as narrow as it is made.
func (p *EntryPane) MinSize() fyne.Size { return fyne.NewSize(200, 200) }

// Resize breaks what the pane shows anew.
func (p *EntryPane) Resize(s fyne.Size) {
	p.BaseWidget.Resize(s)
	p.relayout()
}

// Open shows an entry; an empty id: none is chosen. Called again for the same
// entry, it brings up to date what has changed.
func (p *EntryPane) Open(id catalog.EntryID) {
	if id == p.id && p.many == 0 && id != "" {
		p.update()
		return
	}
	p.leave()
	p.many = 0
	p.id = id
	if id == "" {
		p.showEmpty(paneNone, paneNoneHint, nil)
		return
	}
	p.gone = false
	p.empty.Hide()
	p.form.Show()
	p.hold(func() {
		for _, r := range p.rows {
			r.reset()
		}
		p.update()
		p.relayout()
	})
	p.scroll.ScrollToTop()
}

// Many shows that several entries are chosen.
func (p *EntryPane) Many(n int) {
	if n == p.many {
		return
	}
	p.leave()
	p.id, p.many = "", n
	var action fyne.CanvasObject
	if p.deps.SetMany != nil {
		action = kit.Primary(kit.Say(paneSetMany), nil, p.deps.SetMany)
	}
	p.showEmptyText(kit.Say(paneMany, n), kit.Say(paneManyHint), action)
}

// leave ends what is being done to the entry shown.
func (p *EntryPane) leave() {
	if p.id == "" {
		return
	}
	p.draft.EndTyping()
	p.toFix = nil
	if p.large != nil {
		p.large.Close()
	}
}

func (p *EntryPane) showEmpty(title, hint words.Text, action fyne.CanvasObject) {
	p.showEmptyText(kit.Say(title), kit.Say(hint), action)
}

func (p *EntryPane) showEmptyText(title, hint string, action fyne.CanvasObject) {
	head, more := field.NewProse(title), field.NewNote(hint, kit.Muted)
	head.Bold, head.Center, more.Center = true, true, true
	parts := []fyne.CanvasObject{container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(40), widget.NewIcon(theme.NewDisabledResource(theme.DocumentIcon())))), head, more}
	if action != nil {
		parts = append(parts, container.NewCenter(action))
	}
	p.empty.Objects = []fyne.CanvasObject{container.New(paneMiddle{}, container.New(field.Stack{Gap: 8}, parts...))}
	p.form.Hide()
	p.empty.Show()
	p.content.Refresh()
}

// Go brings a field of the entry shown into sight and gives it the keys; without
// a field, the one that had them last.
func (p *EntryPane) Go(f catalog.Field) {
	if p.id == "" || p.gone {
		return
	}
	row := p.rows[0]
	if f == "" && p.last != nil {
		row = p.last
	}
	for _, r := range p.rows {
		if r.field == f {
			row = r
		}
	}
	p.activate(row)
	to := row.editor.First() // which is another once the row is open
	if path, ok := row.editor.(*field.Path); ok && f == catalog.FieldSubmatter {
		to = path.Level(1)
	}
	p.focus(to)
	p.reveal(row)
}

func (p *EntryPane) focus(o fyne.Focusable) {
	if c := p.canvas(); c != nil && c.Focused() != o {
		c.Focus(o)
	}
}

func (p *EntryPane) canvas() fyne.Canvas {
	if p.deps.Win == nil {
		return nil
	}
	return p.deps.Win.Canvas()
}

// update brings the pane up to date with the draft. Editors that show what the
// draft says already are left alone.
func (p *EntryPane) update() {
	if p.id == "" {
		return
	}
	e, ok := p.draft.Entry(p.id)
	if !ok {
		if !p.gone {
			p.gone = true
			p.showEmpty(paneGone, paneGoneHint, nil)
		}
		return
	}
	if p.gone {
		p.gone = false
		p.empty.Hide()
		p.form.Show()
	}
	p.entry = e
	p.takeTemplate()
	p.takeFindings()
	p.hold(func() {
		moved := p.head.update()
		for _, r := range p.rows {
			moved = r.update() || moved
		}
		if moved {
			if p.large != nil {
				p.large.Update(p.largeOf.findingsShown(false)...)
			}
			p.relayout()
		}
	})
	if f := p.toFix; f != nil && p.current {
		p.fix(*f)
	}
}

func (p *EntryPane) takeTemplate() {
	p.tmpl, p.fromTmpl = nil, catalog.Entry{}
	t := p.draft.Template()
	p.templated = t != nil
	if t == nil || p.entry.Template == "" {
		return
	}
	for i := range t.Entries {
		if t.Entries[i].ID == p.entry.Template {
			p.tmpl = &t.Entries[i]
			p.fromTmpl = p.tmpl.Entry(p.draft.Unit(), p.entry.Sector, p.id)
			return
		}
	}
}

func (p *EntryPane) takeFindings() {
	fs, current := p.draft.Findings()
	p.findings, p.current = p.findings[:0], current
	for _, f := range fs {
		if f.Entry == p.id {
			p.findings = append(p.findings, f)
		}
	}
}

// found are the findings of a field; those of a level of the path are the path's.
func (p *EntryPane) found(f catalog.Field) (out []check.Finding) {
	for _, x := range p.findings {
		if x.Field == f || f == catalog.FieldPath && (x.Field == catalog.FieldMatter || x.Field == catalog.FieldSubmatter) {
			out = append(out, x)
		}
	}
	return out
}

// activate shows everything that can be done with a row. Others that are open
// stay so, for nothing may move under the mouse.
func (p *EntryPane) activate(r *paneRow) {
	if r.active {
		return
	}
	r.active = true
	p.hold(func() {
		r.editor.Expand(true)
		r.update()
		p.relayout()
	})
}

// relayout gives everything the height it wants at the pane's width. It draws
// nothing anew but what moves.
func (p *EntryPane) relayout() {
	if p.id == "" || p.gone || p.scroll.Size().Width <= 0 {
		return
	}
	if p.holding {
		p.held = true
		return
	}
	p.form.Layout.Layout(p.form.Objects, p.form.Size())
	inner := p.scroll.Content.(*fyne.Container)
	for range 2 {
		inner.Layout.Layout(inner.Objects, fyne.NewSize(p.scroll.Size().Width, inner.MinSize().Height))
	}
	// Scroll.Refresh would draw all its content anew; a move makes it look at its
	// content's size too.
	at := p.scroll.Offset
	p.scroll.Offset.Y++
	p.scroll.ScrollToOffset(at)
}

// hold does several things and lays the pane out once behind them.
func (p *EntryPane) hold(do func()) {
	if p.holding {
		do()
		return
	}
	p.holding, p.held = true, false
	do()
	p.holding = false
	if p.held {
		p.relayout()
	}
}

// reveal scrolls so that a part of the pane is in sight: of an entry higher than
// the pane, the line of the cursor.
func (p *EntryPane) reveal(part fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(part).Y - driver.AbsolutePositionForObject(p.scroll.Content).Y
	height := part.Size().Height
	view := p.scroll.Size().Height
	if c, ok := part.(interface{ CursorPosition() fyne.Position }); ok && height > view/2 {
		line := 2 * theme.TextSize()
		top, height = top+c.CursorPosition().Y-line/2, 2*line
	}
	const margin = 8
	offset := p.scroll.Offset
	switch {
	case top-margin < offset.Y || height+2*margin > view:
		offset.Y = max(0, top-margin)
	case top+height+margin > offset.Y+view:
		offset.Y = top + height + margin - view
	default:
		return
	}
	p.scroll.ScrollToOffset(offset)
}

func (p *EntryPane) key(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape, fyne.KeyF2, fyne.KeyF6:
		if p.deps.Back != nil {
			p.draft.EndTyping()
			p.deps.Back()
		}
	case desktop.KeyMenu, fyne.KeyF10: // as for a menu of the right button everywhere
		if r := p.focusedRow(); r != nil {
			r.openMenu()
		}
	case fyne.KeyF4:
		if r := p.focusedRow(); r != nil {
			r.openLarge()
		}
	default:
		if c := p.canvas(); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
	}
}

func (p *EntryPane) shortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok {
		if c.Modifier == fyne.KeyModifierControl && (c.KeyName == fyne.KeyPageUp || c.KeyName == fyne.KeyPageDown) {
			by := 1
			if c.KeyName == fyne.KeyPageUp {
				by = -1
			}
			p.step(by)
			return
		}
	}
	if c, ok := p.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// step goes to another entry and stays in the field.
func (p *EntryPane) step(by int) {
	if p.deps.Step == nil {
		return
	}
	r := p.focusedRow()
	p.draft.EndTyping()
	p.deps.Step(by)
	if r != nil {
		p.Go(r.field)
	}
}

// focusedRow is the row that has the focus.
func (p *EntryPane) focusedRow() *paneRow {
	if p.last != nil && p.last.focused {
		return p.last
	}
	return nil
}

// paneMiddle puts its content a third down, away from the sides.
type paneMiddle struct{}

func (paneMiddle) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	side := min(40, s.Width/10)
	for _, o := range objects {
		o.Resize(fyne.NewSize(s.Width-2*side, o.MinSize().Height))
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(s.Width-2*side, height))
		o.Move(fyne.NewPos(side, max(0, (s.Height-height)/3)))
	}
}

func (paneMiddle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 100) }

// panePad keeps the rows away from the edges and from the scroll bar.
type panePad struct{}

func (panePad) pads() (left, top, right, bottom float32) { return 8, 8, 14, 16 }

func (l panePad) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	left, top, right, bottom := l.pads()
	for _, o := range objects {
		o.Move(fyne.NewPos(left, top))
		size := fyne.NewSize(max(s.Width-left-right, 0), max(s.Height-top-bottom, 0))
		if c, ok := o.(*fyne.Container); ok && o.Size() == size {
			c.Layout.Layout(c.Objects, size)
		}
		o.Resize(size)
	}
}

func (l panePad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, top, right, bottom := l.pads()
	var s fyne.Size
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s.AddWidthHeight(left+right, top+bottom)
}

// wheel lies over the pane and takes the mouse's wheel alone: an entry below it
// would keep the wheel to itself even where it has nothing to scroll.
type wheel struct {
	widget.BaseWidget
	to *container.Scroll
}

func newWheel(to *container.Scroll) *wheel {
	w := &wheel{to: to}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer draws nothing.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled scrolls the pane.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.to.Scrolled(e) }
