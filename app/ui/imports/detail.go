package imports

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// detailView shows the chosen line: what the draft says beside what the file says.
type detailView struct {
	v       *rowsView
	content *fyne.Container
}

func newDetailView(v *rowsView) *detailView {
	return &detailView{v: v, content: container.NewStack()}
}

// show shows a line; nil: none.
func (d *detailView) show(line *entryLine) {
	var o fyne.CanvasObject
	switch {
	case line == nil:
		o = kit.Empty(nil, "", kit.Say(wordChooseRow), nil)
	case line.problem >= 0:
		o = d.problem(line)
	case line.row < 0:
		o = d.missing(line)
	default:
		o = d.row(line)
	}
	d.content.Objects = []fyne.CanvasObject{o}
	d.content.Refresh()
}

func (d *detailView) problem(line *entryLine) fyne.CanvasObject {
	t := &d.v.s.file.Tables[line.table]
	p := t.Problems[line.problem]
	page := []fyne.CanvasObject{heading(d.v.place(t, p.Row, p.Column)), body(words.Problem(p, kit.Lang()))}
	if p.Text != "" {
		page = append(page, body(kit.Say(wordCellSays, p.Text)))
	}
	return pageOf(append(page, note(kit.Say(wordProblemHint)))...)
}

func (d *detailView) missing(line *entryLine) fyne.CanvasObject {
	part := &d.v.plan.Parts[line.part]
	e, _ := part.Draft.Entry(line.missing)
	page := []fyne.CanvasObject{heading(pathLine(e.Path)), body(kit.Say(wordGoneDetail)), note(kit.Say(wordGoneHint))}
	if d.v.s.o.OnEntry != nil {
		page = append(page, container.NewHBox(kit.Button(kit.Say(wordGoThere), theme.NavigateNextIcon(), func() { d.v.s.o.OnEntry(part.Sector, line.missing) })))
	}
	return pageOf(page...)
}

func (d *detailView) row(line *entryLine) fyne.CanvasObject {
	part := &d.v.plan.Parts[line.part]
	r := &part.Rows[line.row]
	t := &d.v.s.file.Tables[r.Table]

	top := container.New(prose.Stack{Gap: -theme.Padding()}, heading(pathLine(r.Said.Path)), note(d.about(part, r, t)))
	switch {
	case part.Draft == nil:
		top.Add(banner(kit.Warning, kit.Say(barNotes[part.Barred])+"\n"+kit.Say(barHelp[part.Barred]), nil))
	case r.Doubt != "":
		top.Add(banner(kit.Warning, d.doubt(part, r), nil))
	}
	before, matched := part.Before(line.row)
	if matched && pathLine(before.Path) != pathLine(r.Said.Path) {
		top.Add(note(kit.Say(wordKeepsName, pathLine(before.Path))))
	}
	if part.Draft != nil && r.Kind == catalog.ImportNew && r.Doubt == "" {
		text := wordWillAdd
		if r.Result.Template != "" {
			text = wordFromTmpl
		}
		top.Add(note(kit.Say(text)))
	}
	if r.Kind == catalog.ImportSame && len(r.Left) == 0 {
		top.Add(note(kit.Say(wordAllSame)))
	}

	fields := &fieldsLayout{}
	table := container.New(fields)
	d.fields(table, part, line.row, before, matched)
	scroll := container.NewVScroll(table)
	middle := container.New(&widthFirst{fields}, scroll)
	var bottom fyne.CanvasObject
	if part.Draft != nil {
		bottom = container.NewVBox(kit.Rule(), d.buttons(part, line.row))
	}
	return newFrame(top, middle, bottom)
}

// about says where the row stands and how it was matched.
func (d *detailView) about(part *work.ImportPart, r *work.ImportRow, t *work.ImportTable) string {
	text := d.v.place(t, r.Row, "")
	switch {
	case part.Draft == nil || r.Confidence == 0:
	case r.Why == catalog.MatchChosen && r.Draft != "":
		text += "　" + kit.Say(wordMatchedYou)
	case r.Why != catalog.MatchChosen:
		text += "　" + kit.Say(wordMatched, kit.Say(words.Match(r.Why)), 100*r.Confidence)
	}
	return text
}

func (d *detailView) doubt(part *work.ImportPart, r *work.ImportRow) string {
	switch r.Doubt {
	case work.DoubtMatch:
		return kit.Say(doubtTexts[r.Doubt], pathLine(part.PathOf(catalog.Match{Draft: r.Draft, Template: r.Result.Template})))
	case work.DoubtNear:
		return kit.Say(doubtTexts[r.Doubt], pathLine(part.PathOf(r.Nearest)))
	case work.DoubtTaken:
		row := 0
		if i := part.Holder(r.Nearest.Draft); i >= 0 {
			row = part.Rows[i].Row
		}
		return kit.Say(doubtTexts[r.Doubt], pathLine(part.PathOf(r.Nearest)), row)
	case work.DoubtOmitted:
		return kit.Say(doubtTexts[r.Doubt], part.Draft.Omitted[r.Result.Template].Reason)
	}
	return kit.Say(doubtTexts[r.Doubt])
}

// buttons are what can be said of a row.
func (d *detailView) buttons(part *work.ImportPart, row int) fyne.CanvasObject {
	r := &part.Rows[row]
	left, right := container.NewHBox(), container.NewHBox()
	say := func(do func()) func() {
		return func() { do(); d.v.changed(); d.v.focus() }
	}
	near, yes := r.Nearest.Draft, kit.Primary
	if near != "" && (r.Doubt == work.DoubtNear || r.Doubt == work.DoubtTaken) && !r.Decided {
		make := kit.Button
		if r.Doubt == work.DoubtNear {
			make = kit.Primary
		}
		left.Add(make(kit.Say(wordAimThere), nil, say(func() { part.Aim(row, near) })))
		yes = kit.Button
	}
	if r.Doubt == work.DoubtNoName {
		yes = kit.Button
	}
	switch {
	case r.Kind == catalog.ImportSame && len(r.Left) == 0:
	case r.Takes():
		left.Add(kit.Button(kit.Say(wordLeave), theme.CancelIcon(), say(func() { part.Choose(row, work.Leave) })))
	default:
		text := wordTake
		switch {
		case r.Doubt == work.DoubtMatch && r.Pending():
			text = wordItIs
		case r.Kind == catalog.ImportNew:
			text = wordAsNew
		}
		left.Add(yes(kit.Say(text), theme.ConfirmIcon(), say(func() { d.v.toggle(d.v.list.at) })))
		if r.Pending() {
			left.Add(kit.Button(kit.Say(wordLeave), theme.CancelIcon(), say(func() { part.Choose(row, work.Leave) })))
		}
	}
	right.Add(kit.Quiet(kit.Say(wordRematch), theme.SearchIcon(), func() { d.v.askMatch(part, row) }))
	if r.Draft != "" {
		right.Add(kit.Quiet(kit.Say(wordAsNew), theme.ContentAddIcon(), say(func() { part.Aim(row, "") })))
	}
	return container.NewBorder(nil, nil, left, right)
}

// fields fills the table of fields, four objects a line: a tick, the name, the
// draft's text and the file's.
func (d *detailView) fields(table *fyne.Container, part *work.ImportPart, row int, before catalog.Entry, matched bool) {
	r := &part.Rows[row]
	add := func(tick fyne.CanvasObject, name string, a, b fyne.CanvasObject) {
		n := padded(prose.New(theme.SizeNameText, prose.Span{Text: name, Bold: true}))
		table.Objects = append(table.Objects, orNothing(tick), n, a, b)
	}
	if !matched {
		add(nil, "", kit.Tag(""), kit.Tag(kit.Say(wordFile)))
		for _, f := range catalog.Fields {
			if text := r.Said.Text(f); f != catalog.FieldPath && !r.Said.Unfilled(f) {
				add(nil, kit.Say(words.Field(f)), kit.Tag(""), body(text))
			}
		}
		table.Layout.(*fieldsLayout).alone = true
		return
	}
	add(nil, "", kit.Tag(kit.Say(wordDraft)), kit.Tag(kit.Say(wordFile)))
	told := map[catalog.Field]bool{}
	for _, c := range r.Offered() {
		told[c.Field] = true
		a, b := difference(c.Before, c.After)
		tick := kit.NewCheck("", nil)
		left := false
		for _, f := range r.Left {
			left = left || f == c.Field
		}
		tick.SetChecked(!left && r.Choice == work.Accept)
		tick.OnChanged = func(on bool) {
			part.LeaveField(row, c.Field, !on)
			if on && r.Choice != work.Accept { // this field only
				for _, o := range r.Offered() {
					part.LeaveField(row, o.Field, o.Field != c.Field)
				}
			}
			part.Choose(row, work.Accept)
			d.v.changed()
		}
		add(tick, kit.Say(words.Field(c.Field)), orBlank(a, true), orBlank(b, false))
	}
	for _, f := range r.Kept {
		if f == catalog.FieldPath {
			continue
		}
		told[f] = true
		locked := container.New(prose.Stack{Gap: -theme.Padding()}, body(before.Text(f)), note(kit.Say(wordLocked)))
		add(nil, kit.Say(words.Field(f)), locked, faint(r.Said.Text(f)))
	}
	var same []catalog.Field
	for _, f := range catalog.Fields {
		if !told[f] && f != catalog.FieldPath && !before.Unfilled(f) {
			same = append(same, f)
		}
	}
	if len(same) > 0 {
		table.Layout.(*fieldsLayout).note = true
		table.Objects = append(table.Objects, note(kit.Say(wordSameFields, fieldNames(same, kit.Lang()))))
	}
}

func orBlank(ps []piece, going bool) fyne.CanvasObject {
	if len(ps) == 0 {
		return faint(kit.Say(wordBlank))
	}
	return marked(ps, going)
}

// askMatch lets a person say which entry of the draft a row is about.
func (v *rowsView) askMatch(part *work.ImportPart, row int) {
	r := &part.Rows[row]
	var all []catalog.EntryID // the likeliest, then those no row is about
	add := func(id catalog.EntryID) {
		if id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	add(r.Nearest.Draft)
	for _, id := range part.Missing {
		add(id)
	}
	for i := range part.Draft.Entries {
		add(part.Draft.Entries[i].ID)
	}
	listed := all
	names := map[catalog.EntryID]string{}
	for i := range part.Draft.Entries {
		names[part.Draft.Entries[i].ID] = pathLine(part.Draft.Entries[i].Path)
	}
	list := newPickList(func() int { return len(listed) }, newListLine, func(i int, o any) {
		l, id := o.(*listLine), listed[i]
		defer l.layOut()
		l.check.Hide()
		l.name.SetText(names[id])
		e, _ := part.Draft.Entry(id)
		l.note.SetText(oneLine(e.Content))
		l.badge.Hide()
		if h := part.Holder(id); h >= 0 {
			l.badge.Set(kit.Say(wordPickTaken, part.Rows[h].Row), kit.Plain)
			l.badge.Show()
		}
	})
	find := kit.NewEntry()
	find.SetPlaceHolder(kit.Say(wordPickFind))
	var d *kit.Dialog
	yes := kit.Primary(kit.Say(wordPickYes), nil, func() {
		if list.at < 0 || list.at >= len(listed) {
			return
		}
		d.Hide()
		part.Aim(row, listed[list.at])
		v.changed()
		v.focus()
	})
	find.OnChanged = func(text string) {
		listed = nil
		for _, id := range all {
			if contains(names[id], text) {
				listed = append(listed, id)
			}
		}
		list.UnselectAll()
		list.at = -1
		list.Refresh()
		list.pick(0)
		if len(listed) == 0 {
			yes.Disable()
		} else {
			yes.Enable()
		}
	}
	find.OnKey = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyDown:
			list.step(1)
		case fyne.KeyUp:
			list.step(-1)
		case fyne.KeyReturn, fyne.KeyEnter:
			yes.OnTapped()
		default:
			return false
		}
		return true
	}
	list.onEnter = func(int) { yes.OnTapped() }
	title := kit.Say(wordPickTitle, pathLine(r.Said.Path))
	d = kit.Show(v.s.win, title, container.NewBorder(find, nil, nil, nil, list), yes, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	find.OnEscape = func() { d.Hide() }
	d.Resize(fyne.NewSize(760, 560))
	list.pick(0)
	v.s.win.Canvas().Focus(find)
}

// contains tells whether every word of what was typed is in a name.
func contains(name, typed string) bool {
	for _, w := range strings.Fields(typed) {
		if !strings.Contains(name, w) {
			return false
		}
	}
	return true
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fieldsLayout sets the table of fields: four objects a line, as high as their
// texts need at the width there is.
type fieldsLayout struct {
	width float32
	alone bool // the file's column only
	note  bool // one object over the width closes the table
}

func (l *fieldsLayout) columns() (tick, name, a, b float32) {
	unit := theme.TextSize() / 14
	tick, name = 34*unit, 128*unit
	rest := max(l.width-tick-name, 120)
	if l.alone {
		return 0, name, 0, max(l.width-name, 120)
	}
	return tick, name, rest / 2, rest - rest/2
}

// place lays the objects out and returns how high they are together.
func (l *fieldsLayout) place(objects []fyne.CanvasObject) float32 {
	tick, name, a, b := l.columns()
	widths := [4]float32{tick, name, a, b}
	y := float32(0)
	n := len(objects)
	if l.note {
		n--
	}
	for i := 0; i+4 <= n; i += 4 {
		h := float32(0)
		for k, o := range objects[i : i+4] {
			if widths[k] == 0 {
				o.Hide()
				continue
			}
			o.Resize(fyne.NewSize(widths[k], o.MinSize().Height)) // wraps at this width
			h = max(h, o.MinSize().Height)
		}
		x := float32(0)
		for k, o := range objects[i : i+4] {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(widths[k], o.MinSize().Height))
			x += widths[k]
		}
		y += h + theme.Padding()
	}
	if l.note {
		o := objects[n]
		o.Resize(fyne.NewSize(l.width, o.MinSize().Height))
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(l.width, o.MinSize().Height))
		y += o.MinSize().Height
	}
	return y
}

func (l *fieldsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.width == 0 {
		return fyne.NewSize(300, 0)
	}
	return fyne.NewSize(300, l.place(objects))
}

func (l *fieldsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = max(size.Width-theme.Size(theme.SizeNameScrollBar), 300)
	l.place(objects)
}

// widthFirst tells a table its width before the scroll around it asks how high it
// is.
type widthFirst struct{ fields *fieldsLayout }

func (l *widthFirst) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l *widthFirst) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.fields.width = max(size.Width-theme.Size(theme.SizeNameScrollBar), 300)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
	objects[0].Refresh()
}
