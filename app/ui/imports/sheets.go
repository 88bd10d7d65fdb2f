package imports

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
	"mulutong/app/work"
	"mulutong/catalog/sheet"
)

// sheetsView shows what was found in a file: its sheets at the left, what was made
// of the chosen one at the right.
type sheetsView struct {
	s    *Screen
	file *work.ImportFile
	list *pickList
	at   int // the chosen line: a table, or after those a sheet that was left out

	detail  *fyne.Container
	content fyne.CanvasObject
	bar     fyne.CanvasObject
	summary *kit.Label
	next    *kit.PushButton
}

func newSheetsView(s *Screen, old *sheetsView) *sheetsView {
	v := &sheetsView{s: s, file: s.file, detail: container.NewStack(), summary: kit.Body("")}
	v.list = newPickList(func() int { return len(v.file.Tables) + len(v.file.Skipped) }, newListLine, v.line)
	v.list.onPick = v.pick
	v.list.onSpace = func(i int) {
		if i < len(v.file.Tables) {
			v.want(i, !v.file.Tables[i].Wanted)
		}
	}
	v.next = kit.Primary(kit.Say(wordCompare), theme.NavigateNextIcon(), func() { s.compare(nil) })
	v.next.IconPlacement = widget.ButtonIconTrailingText
	v.bar = kit.Inset(4, container.NewBorder(nil, nil, nil, container.NewCenter(v.next), v.summary))
	left := container.NewBorder(kit.Heading(kit.Say(wordSheets)), nil, nil, nil, v.list)
	v.content = container.New(&sideLayout{share: 0.3}, kit.Inset(4, kit.Card(left)), kit.Inset(4, kit.Card(v.detail)))
	at := 0
	if old != nil && old.at < len(v.file.Tables)+len(v.file.Skipped) {
		at = old.at
	}
	v.list.pick(at)
	return v
}

func (v *sheetsView) line(i int, o any) {
	l := o.(*listLine)
	defer l.layOut()
	l.check.OnChanged = nil
	if i >= len(v.file.Tables) {
		skipped := v.file.Skipped[i-len(v.file.Tables)]
		l.check.Hide()
		l.name.SetText(v.sheetName(skipped.Number, skipped.Sheet))
		l.note.SetText(kit.Say(wordNoCatalog))
		l.badge.Hide()
		return
	}
	t := &v.file.Tables[i]
	l.badge.Show()
	l.check.Show()
	l.check.SetChecked(t.Wanted)
	l.check.OnChanged = func(on bool) { v.want(i, on) }
	l.name.SetText(v.sheetName(t.Number, t.Sheet))
	note := v.s.sectorName(t.Sector)
	switch {
	case t.Sector == "":
		note = kit.Say(wordNoSector)
		l.badge.Set(kit.Say(wordEntries, len(t.Entries)), kit.Warning)
	case t.Foreign:
		note = kit.Say(wordForeign) + " · " + note
		l.badge.Set(kit.Say(wordEntries, len(t.Entries)), kit.Warning)
	default:
		l.badge.Set(kit.Say(wordEntries, len(t.Entries)), kit.Info)
	}
	l.note.SetText(note)
}

// sheetName is a sheet's name; the file's where sheets have none.
func (v *sheetsView) sheetName(number int, name string) string {
	if name == "" {
		name = v.file.Name()
		if len(v.file.Sheets) > 1 {
			name = fmt.Sprintf("%s（%d）", name, number)
		}
	}
	if number >= 1 && number <= len(v.file.Sheets) && v.file.Sheets[number-1].Hidden {
		name += "（" + kit.Say(wordHidden) + "）"
	}
	return name
}

func (v *sheetsView) want(i int, on bool) {
	v.file.Want(i, on)
	v.list.Refresh()
	v.refreshBar()
	if i == v.at {
		v.pick(i)
	}
}

// refreshBar says what is chosen, and whether one can go on.
func (v *sheetsView) refreshBar() {
	tables, noSector := 0, false
	for i := range v.file.Tables {
		if t := &v.file.Tables[i]; t.Wanted {
			tables++
			noSector = noSector || t.Sector == ""
		}
	}
	text := kit.Say(wordWanted, tables, v.file.Entries())
	switch {
	case tables == 0:
		text = kit.Say(wordNoneWanted)
	case noSector:
		text += kit.Say(wordNeedSector)
	}
	v.summary.SetText(text)
	if tables == 0 || noSector {
		v.next.Disable()
	} else {
		v.next.Enable()
	}
}

// pick shows what was made of a line's sheet.
func (v *sheetsView) pick(i int) {
	v.at = i
	var content fyne.CanvasObject
	switch {
	case i < len(v.file.Tables):
		content = v.tableDetail(i)
	case i-len(v.file.Tables) < len(v.file.Skipped):
		content = v.skippedDetail(v.file.Skipped[i-len(v.file.Tables)])
	}
	v.detail.Objects = []fyne.CanvasObject{content}
	v.detail.Refresh()
}

func (v *sheetsView) skippedDetail(skipped sheet.SkippedSheet) fyne.CanvasObject {
	page := []fyne.CanvasObject{heading(v.sheetName(skipped.Number, skipped.Sheet))}
	if len(v.file.Tables) == 0 {
		page = append(page, banner(kit.Warning, kit.Say(wordNothing)+"\n"+kit.Say(wordNothingHint), nil))
	}
	page = append(page, body(kit.Say(wordSkipWhy[skipped.Why])))
	if skipped.Why != sheet.SkipBlank {
		page = append(page, container.NewHBox(kit.Button(kit.Say(wordShowHeader), nil, func() { v.askHeader(skipped.Number, 0) })))
		for _, l := range v.top(skipped.Number) {
			line := kit.Tag(kit.Say(wordRowNumber, l.Row) + "　" + strings.Join(filled(l.Cells), " ｜ "))
			line.Truncation = fyne.TextTruncateEllipsis
			page = append(page, line)
		}
	}
	return pageOf(page...)
}

func (v *sheetsView) top(number int) []sheet.Line {
	if number < 1 || number > len(v.file.Sheets) {
		return nil
	}
	return v.file.Sheets[number-1].Top
}

// filled are the cells that say something, on one line each.
func filled(cells []string) []string {
	var out []string
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c), " "); c != "" {
			out = append(out, c)
		}
	}
	return out
}

func (v *sheetsView) tableDetail(i int) fyne.CanvasObject {
	t := &v.file.Tables[i]
	top := container.New(prose.Stack{Gap: -theme.Padding()}, heading(v.sheetName(t.Number, t.Sheet)))
	var says []string
	if t.Title != "" {
		says = append(says, t.Title)
	}
	if t.Foreign {
		text := wordForeignWhy
		if t.Wanted {
			text = wordForeignIn
		}
		top.Add(banner(kit.Warning, kit.Say(text, t.Unit, v.s.o.Drafts.Unit().Publisher()), nil))
	} else if t.Unit != "" {
		says = append(says, kit.Say(wordUnitIs, t.Unit))
	}
	if len(says) > 0 {
		top.Add(note(strings.Join(says, "　")))
	}
	top.Add(v.sectorChoice(i))
	if n := len(t.Problems); n > 0 {
		top.Add(note(kit.Say(wordProblems, n)))
	}
	move := kit.Quiet(kit.Say(wordMoveHeader), nil, func() { v.askHeader(t.Number, t.Header) })
	top.Add(container.NewBorder(nil, nil, kit.Strong(kit.Say(wordColumns)), move))
	top.Add(note(kit.Say(wordColumnHint)))
	cells := []fyne.CanvasObject{kit.Tag(kit.Say(wordLetter)), kit.Tag(kit.Say(wordHeader)), kit.Tag(kit.Say(wordUse)), kit.Tag(kit.Say(wordSamples))}
	top.Add(container.New(columnLayout{}, cells...))
	rows := container.NewVBox()
	for _, c := range t.Columns {
		rows.Add(v.columnLine(t, c))
	}
	return newFrame(top, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(4, 0, 0, 0), rows)), nil)
}

// sectorChoice lets a person say of which sector a table is.
func (v *sheetsView) sectorChoice(i int) fyne.CanvasObject {
	sectors := v.s.o.Sectors()
	options := make([]string, len(sectors))
	for k, info := range sectors {
		options[k] = v.s.sectorName(info.Slug)
	}
	choice := kit.NewSelect(options, nil)
	choice.PlaceHolder = kit.Say(wordAskSector)
	if sector := v.file.Tables[i].Sector; sector != "" {
		choice.SetSelected(v.s.sectorName(sector))
	}
	choice.OnChanged = func(name string) {
		if k := slices.Index(options, name); k >= 0 {
			v.file.SetSector(i, sectors[k].Slug)
			v.list.Refresh()
			v.refreshBar()
		}
	}
	var warn fyne.CanvasObject
	if v.file.Tables[i].Sector == "" {
		warn = container.NewCenter(kit.NewBadge(kit.Say(wordNoSector), kit.Warning))
	}
	return container.NewHBox(kit.Strong(kit.Say(wordSector)), kit.Column(230, edged(choice)), orNothing(warn))
}

func orNothing(o fyne.CanvasObject) fyne.CanvasObject {
	if o == nil {
		return layout.NewSpacer()
	}
	return o
}

// columnLine shows one column and lets a person correct what it is for.
func (v *sheetsView) columnLine(t *work.ImportTable, c sheet.Column) fyne.CanvasObject {
	header := kit.Body(c.Header)
	header.Wrapping, header.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	header.SetText(strings.ReplaceAll(c.Header, ">", " › "))
	if c.Header == "" {
		header.SetText(kit.Say(wordNoHeading))
	}
	uses := sheet.Uses()
	if !slices.Contains(uses, c.Use) { // a tick for several tiers at once
		uses = append([]sheet.Use{c.Use}, uses...)
	}
	names := make([]string, len(uses))
	for i, u := range uses {
		names[i] = useName(u, kit.Lang())
	}
	choice := kit.NewSelect(names, nil)
	choice.SetSelected(useName(c.Use, kit.Lang()))
	choice.OnChanged = func(name string) {
		if k := slices.Index(names, name); k >= 0 && uses[k] != c.Use {
			v.correct(t, c.Letter, uses[k])
		}
	}
	var line fyne.CanvasObject = edged(choice)
	if c.Doubt != "" && !c.Chosen {
		line = container.NewBorder(nil, nil, nil, container.NewCenter(kit.NewBadge(kit.Say(wordCheckIt), kit.Warning)), line)
	}
	samples := kit.Tag(strings.Join(filled(c.Samples), " ／ "))
	samples.Truncation = fyne.TextTruncateEllipsis
	return container.New(columnLayout{}, kit.Tag(c.Letter), header, line, samples)
}

// correct reads the file again with another use of a column.
func (v *sheetsView) correct(t *work.ImportTable, letter string, u sheet.Use) {
	uses := v.file.Uses(t.Number, t.Header)
	uses[letter] = u
	v.readAgain(t.Number, t.Header, 0, uses)
}

func (v *sheetsView) readAgain(number, header, rows int, uses map[string]sheet.Use) {
	v.s.reread(func(ctx context.Context) (*work.ImportFile, error) {
		return v.file.Corrected(ctx, number, header, rows, maps.Clone(uses))
	}, func(f *work.ImportFile) {
		if i := slices.IndexFunc(f.Tables, func(t work.ImportTable) bool { return t.Number == number }); rows > 0 && i >= 0 {
			v.at = i
		}
	})
}

// reread shows the file as it is with a correction.
func (s *Screen) reread(read func(context.Context) (*work.ImportFile, error), taken func(*work.ImportFile)) {
	var file *work.ImportFile
	s.busy(kit.Say(wordCorrecting),
		func(ctx context.Context, _ func(int, int)) (err error) {
			file, err = read(ctx)
			return err
		},
		func(err error) {
			switch {
			case errors.Is(err, context.Canceled):
				s.sheets.pick(s.sheets.at) // the dropdown goes back
				return
			case err != nil:
				s.sheets.pick(s.sheets.at)
				kit.Fail(s.win, err)
				return
			}
			taken(file)
			s.file = file
			s.show2()
		})
}

// askHeader lets a person show where the header of a sheet stands.
func (v *sheetsView) askHeader(number, found int) {
	top := v.top(number)
	if len(top) == 0 {
		return
	}
	at := max(0, slices.IndexFunc(top, func(l sheet.Line) bool { return l.Row == found }))
	list := newPickList(func() int { return len(top) }, func() (fyne.CanvasObject, any) {
		l := widget.NewLabel("")
		l.Truncation = fyne.TextTruncateEllipsis
		return l, l
	}, func(i int, o any) {
		o.(*widget.Label).SetText(kit.Say(wordRowNumber, top[i].Row) + "　" + strings.Join(filled(top[i].Cells), " ｜ "))
	})
	list.onPick = func(i int) { at = i }
	counts := []string{kit.Say(wordRowsCount, 1), kit.Say(wordRowsCount, 2), kit.Say(wordRowsCount, 3)}
	rows := 1
	count := widget.NewRadioGroup(counts, func(s string) { rows = max(0, slices.Index(counts, s)) + 1 })
	count.Horizontal, count.Required = true, true
	count.SetSelected(counts[0])
	content := container.NewBorder(nil, container.NewHBox(kit.Body(""), kit.Strong(kit.Say(wordHeadRows)), count), nil, nil, list)
	var d *kit.Dialog
	yes := kit.Primary(kit.Say(wordHeadYes), nil, func() {
		d.Hide()
		v.readAgain(number, top[at].Row, rows, nil)
	})
	d = kit.Show(v.s.win, kit.Say(wordHeadTitle), content, yes, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.Resize(fyne.NewSize(900, 520))
	list.pick(at)
}

// columnLayout is a line of the table of columns: letter, header, use, samples.
type columnLayout struct{}

func (columnLayout) widths(total float32) [4]float32 {
	unit := theme.TextSize() / 14
	rest := max(total-34*unit, 0)
	return [4]float32{34 * unit, 0.25 * rest, 0.33 * rest, 0.42 * rest}
}

func (columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return fyne.NewSize(420*theme.TextSize()/14, h)
}

func (l columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range l.widths(size.Width) {
		h := min(objects[i].MinSize().Height, size.Height)
		objects[i].Move(fyne.NewPos(x, (size.Height-h)/2))
		objects[i].Resize(fyne.NewSize(w, h))
		x += w
	}
}

// sideLayout puts a list beside the detail of what is chosen in it.
type sideLayout struct{ share float32 }

func (l *sideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(560, 240)
}

func (l *sideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Width * l.share
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[1].Move(fyne.NewPos(left, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left, size.Height))
}
