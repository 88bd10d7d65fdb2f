package entries

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

// proposal is one cell that would change.
type proposal struct {
	id       catalog.EntryID
	name     string
	column   column
	old, new string
	text     string // what the cell is set to
	why      string // why it cannot be
	off      bool   // not wanted
}

var (
	sayLocked = words.Text{
		ZH: "“%s”由指引规定，不能改。确需不同的，请向上级政务公开办反映。",
		EN: "%s is set by the guideline and cannot be changed. Ask the county office if it must differ.",
	}
	sayUnreadable = words.Text{ZH: "“%s”这一栏看不懂“%s”。", EN: "%s cannot hold “%s”."}
	sayModes      = words.Text{ZH: "请写“主动”或“依申请”。", EN: "Write 主动 or 依申请."}
	sayTiers      = words.Text{ZH: "请写“市级”“县级”“乡级”或“村级”，可以几个一起写。", EN: "Write 市级, 县级, 乡级 or 村级, or several of them."}
)

// locked says why a column of an entry cannot be changed.
func (t *table) locked(e *catalog.Entry, c column) string {
	if te := t.template[e.Template]; te != nil && c.locks(te) {
		return kit.Say(sayLocked, c.title)
	}
	return ""
}

// refused says why a column cannot hold a text.
func refused(c column, text string, err error) string {
	var fe *catalog.FieldError
	if !errors.As(err, &fe) {
		return words.Explain(err, kit.Lang())
	}
	why := kit.Say(sayUnreadable, c.title, excerpt(text, 20))
	switch c.field {
	case catalog.FieldMode:
		why += kit.Say(sayModes)
	case catalog.FieldTiers:
		why += kit.Say(sayTiers)
	}
	return why
}

func excerpt(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return string(r)
}

// propose is what setting a column of an entry to a text would change; false
// where it would change nothing.
func (t *table) propose(e *catalog.Entry, c column, text string) (proposal, bool) {
	p := proposal{id: e.ID, name: named(e), column: c, old: c.text(e), text: text}
	if strings.TrimSpace(text) == strings.TrimSpace(p.old) {
		return p, false
	}
	probe := *e
	if c.field == catalog.FieldExtra {
		probe = e.Clone()
	}
	if err := c.set(&probe, text); err != nil {
		p.new, p.why = text, refused(c, text, err)
		return p, true
	}
	p.new = c.text(&probe)
	if p.new == p.old {
		return p, false
	}
	p.why = t.locked(e, c)
	return p, true
}

// doable are those that can be and are wanted.
func doable(ps []proposal) []proposal {
	out := make([]proposal, 0, len(ps))
	for _, p := range ps {
		if p.why == "" && !p.off {
			out = append(out, p)
		}
	}
	return out
}

// apply makes the changes in one step of undo.
func (s *Screen) apply(label string, ps []proposal) bool {
	ps = doable(ps)
	if len(ps) == 0 {
		return true
	}
	return s.change(label, func(c *catalog.Catalog) error { return write(c, ps) })
}

func write(c *catalog.Catalog, ps []proposal) error {
	at := make(map[catalog.EntryID]int, len(c.Entries))
	for i := range c.Entries {
		at[c.Entries[i].ID] = i
	}
	for _, p := range ps {
		i, ok := at[p.id]
		if !ok {
			continue
		}
		if err := p.column.set(&c.Entries[i], p.text); err != nil {
			return err
		}
	}
	return nil
}

// change changes the catalog and says where it fails.
func (s *Screen) change(label string, fn func(*catalog.Catalog) error) bool {
	s.draft.EndTyping()
	if err := s.draft.Change(label, fn); err != nil {
		kit.Fail(s.win, err)
		return false
	}
	s.changed(nil)
	return true
}

var (
	sayCell     = words.Text{ZH: "%s · %s", EN: "%s · %s"}
	sayPicked   = words.Text{ZH: "已选 %d 处，共 %d 处", EN: "%d of %d chosen"}
	sayAll      = words.Text{ZH: "全选", EN: "All"}
	sayNone     = words.Text{ZH: "全不选", EN: "None"}
	sayEmptyNow = words.Text{ZH: "（空）", EN: "(empty)"}
)

// preview shows what would change, each to be ticked, before it is done. more
// may be nil and stands above the list.
func (s *Screen) preview(title, intro, yes string, ps []proposal, more fyne.CanvasObject, do func([]proposal)) *kit.Dialog {
	slices.SortStableFunc(ps, func(a, b proposal) int { // what cannot be done first
		return strings.Compare(b.why, a.why)
	})
	var d *kit.Dialog
	count := kit.Tag("")
	able := 0
	for _, p := range ps {
		if p.why == "" {
			able++
		}
	}
	ok := kit.Primary(yes, nil, func() {
		d.Hide()
		do(ps)
	})
	var list *widget.List
	recount := func() {
		count.SetText(kit.Say(sayPicked, len(doable(ps)), able))
	}
	list = widget.NewList(
		func() int { return len(ps) },
		func() fyne.CanvasObject { return newProposalRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*proposalRow).show(&ps[i], recount)
		},
	)
	list.OnSelected = func(i widget.ListItemID) {
		list.Unselect(i)
		if ps[i].why == "" {
			ps[i].off = !ps[i].off
			list.RefreshItem(i)
			recount()
		}
	}
	tick := func(off bool) func() {
		return func() {
			for i := range ps {
				ps[i].off = off
			}
			list.Refresh()
			recount()
		}
	}
	recount()
	head := container.NewVBox(wide(intro, 820))
	if more != nil {
		head.Add(more)
	}
	foot := container.NewHBox(kit.Quiet(kit.Say(sayAll), nil, tick(false)), kit.Quiet(kit.Say(sayNone), nil, tick(true)), layout.NewSpacer(), count)
	d = kit.Show(s.win, title, container.NewBorder(head, foot, nil, nil, list),
		ok, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.OnClosed = s.grid.Focus
	size := s.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(860, size.Width*0.9), min(560, size.Height*0.88)))
	return d
}

// wide is a text that is first laid out at a width: without one it would ask for
// a line for every character.
func wide(text string, width float32) *kit.Label {
	l := kit.Body(text)
	l.Resize(fyne.NewSize(width, 1))
	return l
}

// proposalRow is one change in the list: which cell, what it says, what it would say.
type proposalRow struct {
	widget.BaseWidget
	box      *kit.Check
	where    *widget.Label
	old, new *widget.Label
	content  fyne.CanvasObject
}

func newProposalRow() *proposalRow {
	r := &proposalRow{box: kit.NewCheck("", nil), where: kit.Strong(""), old: widget.NewLabel(""), new: widget.NewLabel("")}
	for _, l := range []*widget.Label{r.where, r.old, r.new} {
		l.Truncation = fyne.TextTruncateEllipsis
	}
	r.old.Importance = widget.LowImportance
	tight := container.New(layout.NewCustomPaddedVBoxLayout(-10), r.where, container.NewGridWithColumns(2, r.old, r.new))
	r.content = container.NewBorder(nil, nil, r.box, nil, tight)
	r.ExtendBaseWidget(r)
	return r
}

func (r *proposalRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.content)
}

func (r *proposalRow) show(p *proposal, changed func()) {
	r.where.SetText(kit.Say(sayCell, p.name, p.column.title))
	old, now := difference(p.old, p.new)
	r.old.SetText(old)
	r.new.Importance = widget.MediumImportance
	if p.why != "" {
		now = p.why
		r.new.Importance = widget.DangerImportance
	}
	r.new.SetText(now)
	r.box.OnChanged = nil
	r.box.SetChecked(p.why == "" && !p.off)
	if p.why != "" {
		r.box.Disable()
	} else {
		r.box.Enable()
	}
	r.box.OnChanged = func(on bool) {
		p.off = !on
		changed()
	}
}

// difference is the two texts on a line each, from a little before where they
// part.
func difference(a, b string) (x, y string) {
	p, q := []rune(oneLine(a)), []rune(oneLine(b))
	i := 0
	for i < len(p) && i < len(q) && p[i] == q[i] {
		i++
	}
	const before = 8
	cut := func(r []rune) string {
		if len(r) == 0 {
			return kit.Say(sayEmptyNow)
		}
		if i <= before+2 {
			return string(r)
		}
		return "…" + string(r[i-before:])
	}
	return cut(p), cut(q)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cells lists the entries and columns of ranges, as shown.
func (s *Screen) cells(sel grid.Selection, visit func(row int, e *catalog.Entry, c column)) {
	seen := map[grid.Pos]bool{}
	for _, r := range sel.Ranges {
		for row := r.From.Row; row <= r.To.Row && row < s.table.Rows(); row++ {
			for col := r.From.Col; col <= r.To.Col; col++ {
				c, ok := s.table.column(s.grid.Column(col))
				if !ok || seen[grid.Pos{Row: row, Col: col}] {
					continue
				}
				if len(sel.Ranges) > 1 {
					seen[grid.Pos{Row: row, Col: col}] = true
				}
				visit(row, s.table.entry(row), c)
			}
		}
	}
}
