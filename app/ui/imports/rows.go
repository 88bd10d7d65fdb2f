package imports

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// filter says which lines are listed.
type filter uint8

const (
	showAll filter = iota
	showChanged
	showAsk
	showNew
	showMissing
	showProblems
	filterEnd
)

// entryLine is one line of the list: a row of the file, an entry of the draft that
// the file does not have, or a cell that could not be read.
type entryLine struct {
	part, row int             // a row; row -1: none
	missing   catalog.EntryID // of the part's draft
	table     int             // of a problem
	problem   int             // -1: none
}

// rowsView lists the rows of the file, and shows the chosen one beside the draft.
type rowsView struct {
	s      *Screen
	plan   *work.ImportPlan
	filter filter
	tables []int  // that are imported, in ImportFile.Tables
	table  int    // of them -1: all
	find   string // only lines with these words
	lines  []entryLine

	list    *pickList
	chips   [filterEnd]*kit.PushButton
	take    *kit.PushButton
	leave   *kit.PushButton
	listBox *fyne.Container
	detail  *detailView
	content fyne.CanvasObject
	bar     fyne.CanvasObject
	summary *kit.Label
	confirm *kit.PushButton
}

func newRowsView(s *Screen, old *rowsView) *rowsView {
	v := &rowsView{s: s, plan: s.plan, table: -1, summary: kit.Body("")}
	v.list = newPickList(func() int { return len(v.lines) }, newListLine, v.fill)
	v.list.onPick = v.pick
	v.list.onSpace = v.toggle
	v.list.onEnter = v.next
	v.detail = newDetailView(v)

	v.take = kit.Quiet(kit.Say(wordTakeListed), theme.ConfirmIcon(), func() { v.chooseListed(work.Accept) })
	v.leave = kit.Quiet(kit.Say(wordLeaveListed), theme.CancelIcon(), func() { v.chooseListed(work.Leave) })
	top := container.NewHBox()
	for i := range v.plan.Parts {
		v.tables = append(v.tables, v.plan.Parts[i].Tables()...)
	}
	slices.Sort(v.tables)
	if len(v.tables) > 1 {
		top.Add(v.tableChoice())
	}
	for f := range filterEnd {
		v.chips[f] = kit.Quiet("", nil, func() { v.show(f); v.focus() })
		top.Add(v.chips[f])
	}
	tools := container.New(&toolsLayout{}, container.NewHScroll(kit.Inset(3, top)), container.NewHBox(v.take, v.leave))

	v.listBox = container.NewStack()
	keys := kit.Tag(kit.Say(wordKeysHint))
	keys.Truncation = fyne.TextTruncateEllipsis
	left := container.NewBorder(v.finder(), keys, nil, nil, v.listBox)
	main := container.New(&sideLayout{share: 0.38}, kit.Inset(4, kit.Card(left)), kit.Inset(4, kit.Card(v.detail.content)))
	v.content = container.NewBorder(kit.Inset(2, tools), nil, nil, nil, main)

	back := kit.Button(kit.Say(wordBack), theme.NavigateBackIcon(), s.show2)
	v.confirm = kit.Primary(kit.Say(wordConfirm), theme.ConfirmIcon(), s.confirm)
	v.bar = kit.Inset(4, container.NewBorder(nil, nil, container.NewCenter(back), container.NewCenter(v.confirm), v.summary))

	f := showAll
	if old != nil {
		f = old.filter
	} else if v.plan.Count(-1).Pending > 0 {
		f = showAsk
	} else if v.plan.Count(-1).Changed > 0 {
		f = showChanged
	}
	v.show(f)
	return v
}

// tableChoice lets a person look at one sheet only.
func (v *rowsView) tableChoice() fyne.CanvasObject {
	options := []string{kit.Say(wordAllSheets)}
	for _, i := range v.tables {
		t := &v.s.file.Tables[i]
		name := t.Sheet
		if sector := v.s.sectorName(t.Sector); sector != name {
			name += " · " + sector
		}
		options = append(options, fmt.Sprintf("%s（%d）", name, len(t.Entries)))
	}
	choice := kit.NewSelect(options, nil)
	choice.SetSelected(options[0])
	choice.OnChanged = func(string) {
		v.table = choice.SelectedIndex() - 1
		v.show(v.filter)
		v.focus()
	}
	return kit.Column(190, edged(choice))
}

// finder lets a person look for a name.
func (v *rowsView) finder() fyne.CanvasObject {
	find := kit.NewEntry()
	find.SetPlaceHolder(kit.Say(wordFind))
	find.OnChanged = func(text string) {
		v.find = text
		v.show(v.filter)
	}
	find.OnEscape = func() { find.SetText("") }
	find.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown || k == fyne.KeyReturn || k == fyne.KeyEnter {
			v.focus()
			return true
		}
		return false
	}
	return find
}

// seen tells whether the rows of a table are looked at.
func (v *rowsView) seen(table int) bool { return v.table < 0 || v.tables[v.table] == table }

// listed are the lines that a filter lets through.
func (v *rowsView) listed(f filter) []entryLine {
	var out []entryLine
	for i := range v.plan.Parts {
		part := &v.plan.Parts[i]
		for j := range part.Rows {
			if r := &part.Rows[j]; f.lets(r) && v.seen(r.Table) && contains(strings.Join(r.Said.Path, " "), v.find) {
				out = append(out, entryLine{part: i, row: j, problem: -1})
			}
		}
		if f != showMissing || v.table >= 0 && !slices.Contains(part.Tables(), v.tables[v.table]) {
			continue
		}
		for _, id := range part.Missing {
			if e, _ := part.Draft.Entry(id); v.find == "" || contains(strings.Join(e.Path, " "), v.find) {
				out = append(out, entryLine{part: i, row: -1, missing: id, problem: -1})
			}
		}
	}
	if f != showProblems {
		return out
	}
	for _, i := range v.tables {
		for j, p := range v.s.file.Tables[i].Problems {
			if v.seen(i) && contains(p.Text, v.find) {
				out = append(out, entryLine{row: -1, table: i, problem: j})
			}
		}
	}
	return out
}

// show lists what a filter lets through.
func (v *rowsView) show(f filter) {
	v.filter = f
	v.lines = v.listed(f)
	v.listBox.Objects = []fyne.CanvasObject{v.list}
	if len(v.lines) == 0 {
		text := listEmpty[f]
		if v.find != "" {
			text = wordFoundNone
		}
		v.listBox.Objects = []fyne.CanvasObject{kit.Empty(nil, kit.Say(text), "", nil)}
		v.detail.show(nil)
	}
	v.listBox.Refresh()
	v.refreshCounts()
	v.list.UnselectAll()
	v.list.at = -1
	v.list.ScrollToOffset(0)
	v.list.Refresh()
	v.list.pick(0)
}

// lets tells whether a row is listed.
func (f filter) lets(r *work.ImportRow) bool {
	switch f {
	case showAll:
		return true
	case showChanged:
		return len(r.Offered()) > 0
	case showAsk:
		return r.Pending()
	case showNew:
		return r.Kind == catalog.ImportNew
	}
	return false
}

// refreshCounts says how many rows there are of each sort, and what is written.
func (v *rowsView) refreshCounts() {
	var counts [filterEnd]int
	for f := range filterEnd {
		counts[f] = len(v.listed(f))
	}
	for f, chip := range v.chips {
		chip.Importance = widget.LowImportance
		if filter(f) == v.filter {
			chip.Importance = widget.HighImportance
		} else if filter(f) == showAsk && counts[f] > 0 {
			chip.Importance = widget.MediumImportance
		}
		chip.SetText(fmt.Sprintf("%s %d", kit.Say(filterNames[f]), counts[f]))
	}
	some := false
	for _, l := range v.lines {
		some = some || l.row >= 0 && v.plan.Parts[l.part].Rows[l.row].Kind != catalog.ImportSame && v.plan.Parts[l.part].Draft != nil
	}
	for _, b := range []*kit.PushButton{v.take, v.leave} {
		if some {
			b.Enable()
		} else {
			b.Disable()
		}
	}

	all := v.plan.Count(-1)
	text := kit.Say(wordSummary, all.TakesChanged, all.TakesNew)
	if all.Takes() == 0 {
		text = kit.Say(wordSummaryNone)
		v.confirm.Disable()
	} else {
		v.confirm.Enable()
	}
	if all.Pending > 0 {
		text += kit.Say(wordSummaryAsk, all.Pending)
	}
	if all.Unplaced > 0 {
		text += "\n" + v.unplaced(all.Unplaced)
	}
	v.summary.SetText(text)
}

// unplaced says which rows no draft takes.
func (v *rowsView) unplaced(rows int) string {
	var parts []*work.ImportPart
	for i := range v.plan.Parts {
		if p := &v.plan.Parts[i]; p.Draft == nil {
			parts = append(parts, p)
		}
	}
	name := v.s.sectorName(parts[0].Sector)
	if len(parts) == 1 {
		return kit.Say(wordUnplacedPart, name, rows, kit.Say(barNotes[parts[0].Barred]))
	}
	return kit.Say(wordUnplacedParts, name, len(parts), rows)
}

// pathLine is a name of several levels on one line.
func pathLine(path []string) string {
	var names []string
	for _, p := range path {
		if p != "" {
			names = append(names, p)
		}
	}
	if len(names) == 0 {
		return kit.Say(wordNameless)
	}
	return strings.Join(names, " › ")
}

func (v *rowsView) fill(i int, o any) {
	l, line := o.(*listLine), v.lines[i]
	defer l.layOut()
	l.check.OnChanged = nil
	l.badge.Show()
	switch {
	case line.problem >= 0:
		t := &v.s.file.Tables[line.table]
		p := t.Problems[line.problem]
		l.check.Hide()
		l.name.SetText(words.Problem(p, kit.Lang()))
		l.note.SetText(v.place(t, p.Row, p.Column))
		l.badge.Hide()
	case line.row < 0:
		l.check.Hide()
		e, _ := v.plan.Parts[line.part].Draft.Entry(line.missing)
		l.name.SetText(pathLine(e.Path))
		l.note.SetText(kit.Say(wordGoneNote))
		l.badge.Hide()
	default:
		v.fillRow(l, line)
	}
}

func (v *rowsView) fillRow(l *listLine, line entryLine) {
	part := &v.plan.Parts[line.part]
	r := &part.Rows[line.row]
	l.check.Show()
	l.check.SetChecked(r.Takes())
	if part.Draft == nil || len(r.Offered()) == 0 && r.Kind == catalog.ImportSame {
		l.check.Disable()
	} else {
		l.check.Enable()
		l.check.OnChanged = func(bool) { v.list.pick(v.lineOf(line)); v.toggle(v.lineOf(line)) }
	}
	l.name.SetText(pathLine(r.Said.Path))
	l.note.SetText(v.note(part, r))
	text, tone := v.badge(part, r)
	l.badge.Set(text, tone)
}

// lineOf is where a line stands now.
func (v *rowsView) lineOf(line entryLine) int {
	for i := range v.lines {
		if v.lines[i] == line {
			return i
		}
	}
	return -1
}

// badge says what becomes of a row, at a glance.
func (v *rowsView) badge(part *work.ImportPart, r *work.ImportRow) (string, kit.Tone) {
	switch {
	case part.Draft == nil:
		return kit.Say(wordBadgeNone), kit.Plain
	case r.Pending():
		return kit.Say(wordBadgeAsk), kit.Warning
	case r.Kind == catalog.ImportSame && len(r.Left) == 0:
		return kit.Say(words.Import(r.Kind)), kit.Plain
	case !r.Takes():
		return kit.Say(wordBadgeLeft), kit.Plain
	case r.Kind == catalog.ImportNew:
		return kit.Say(words.Import(r.Kind)), kit.Success
	}
	return kit.Say(words.Import(r.Kind)), kit.Info
}

// note says of a row what differs, or why not.
func (v *rowsView) note(part *work.ImportPart, r *work.ImportRow) string {
	switch {
	case part.Draft == nil:
		return kit.Say(barNotes[part.Barred])
	case r.Doubt == work.DoubtTaken, r.Doubt == work.DoubtNear:
		return kit.Say(wordLikeNote, pathLine(part.PathOf(r.Nearest)))
	case r.Kind == catalog.ImportNew:
		return kit.Say(wordNewNote)
	case len(r.Offered()) == 0:
		return kit.Say(wordSameNote)
	}
	var fs []catalog.Field
	for _, c := range r.Offered() {
		fs = append(fs, c.Field)
	}
	return fieldNames(fs, kit.Lang())
}

// place says where in the file something stands.
func (v *rowsView) place(t *work.ImportTable, row int, column string) string {
	if column != "" {
		return kit.Say(wordRowColumn, t.Sheet, row, column)
	}
	return kit.Say(wordRowPlace, t.Sheet, row)
}

func (v *rowsView) pick(i int) {
	if i >= 0 && i < len(v.lines) {
		v.detail.show(&v.lines[i])
	}
}

// changed shows what a choice has made of the rows.
func (v *rowsView) changed() {
	v.refreshCounts()
	v.list.Refresh()
	v.pick(v.list.at)
}

// toggle accepts a row, or leaves it out.
func (v *rowsView) toggle(i int) {
	if i < 0 || i >= len(v.lines) || v.lines[i].row < 0 {
		return
	}
	part, row := &v.plan.Parts[v.lines[i].part], v.lines[i].row
	choice := work.Accept
	if part.Rows[row].Takes() {
		choice = work.Leave
	}
	if part.Rows[row].Kind == catalog.ImportSame && len(part.Rows[row].Left) > 0 { // its fields were all left
		for _, c := range part.Rows[row].Offered() {
			part.LeaveField(row, c.Field, false)
		}
	}
	part.Choose(row, choice)
	v.changed()
}

// next goes to the next row that waits for a word, or else to the next line.
func (v *rowsView) next(i int) {
	for k := 1; k < len(v.lines); k++ {
		to := (i + k) % len(v.lines)
		if l := v.lines[to]; l.row >= 0 && v.plan.Parts[l.part].Rows[l.row].Pending() {
			v.list.pick(to)
			return
		}
	}
	v.list.step(1)
}

// chooseListed says the same of all rows that are listed.
func (v *rowsView) chooseListed(c work.Choice) {
	for _, l := range v.lines {
		if l.row < 0 {
			continue
		}
		if part := &v.plan.Parts[l.part]; part.Rows[l.row].Kind != catalog.ImportSame {
			part.Choose(l.row, c)
		}
	}
	v.changed()
	v.focus()
}

// focus lets the keys move through the list.
func (v *rowsView) focus() {
	if len(v.lines) > 0 {
		v.s.win.Canvas().Focus(v.list)
	}
}

// toolsLayout gives the first what the second leaves.
type toolsLayout struct{}

func (toolsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(b.Width+160, max(a.Height, b.Height))
}

func (toolsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := objects[1].MinSize().Width
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width-w, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-w, 0))
	objects[1].Resize(fyne.NewSize(w, size.Height))
}
