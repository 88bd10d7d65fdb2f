// Package dates lets a person give a day: typed the way people write days in
// Chinese, or picked from a month. What was understood is written out in full.
package dates

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	wordHint    = words.Text{ZH: "如 3月2日，或点右边选", EN: "such as 2026-3-2"}
	wordUnclear = words.Text{ZH: "没看懂这个日期，请写成 2026年3月2日", EN: "Not a date; write 2026-3-2"}
	wordToday   = words.Text{ZH: "今天", EN: "Today"}
	wordMonth   = words.Text{ZH: "2006年1月", EN: "January 2006"}
	weekdays    = words.Text{ZH: "一二三四五六日", EN: "MTWTFSS"}
)

// Field is a place for a day.
type Field struct {
	widget.BaseWidget
	// OnChanged is told when the day changes, or stops being one.
	OnChanged func()

	today func() catalog.Date
	entry *text
	wrong *widget.Label
	box   fyne.CanvasObject
	popup *widget.PopUp
}

// text is a text that is no part of the drafts: Ctrl+Z in it undoes its own typing.
type text struct{ kit.Entry }

func newText() *text {
	t := &text{}
	t.ExtendBaseWidget(t)
	return t
}

// OwnUndo marks it so.
func (*text) OwnUndo() {}

// New makes an empty field.
func New(today func() catalog.Date, changed func()) *Field {
	f := &Field{OnChanged: changed, today: today, entry: newText(), wrong: kit.Tag(kit.Say(wordUnclear))}
	f.wrong.Importance = widget.DangerImportance
	f.wrong.Truncation = fyne.TextTruncateEllipsis
	f.wrong.Hide()
	f.entry.SetPlaceHolder(kit.Say(wordHint))
	f.entry.OnChanged = func(string) {
		f.wrong.Hide()
		if f.OnChanged != nil {
			f.OnChanged()
		}
	}
	f.entry.OnBlur = f.settle
	f.entry.OnSubmitted = func(string) { f.settle() }
	pick := kit.Button("", calendarIcon, f.open)
	f.box = container.NewVBox(container.NewBorder(nil, nil, nil, pick, f.entry), f.wrong)
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer draws the field.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.box) }

// Day is the day given, and whether one is.
func (f *Field) Day() (catalog.Date, bool) { return Read(f.entry.Text, f.today()) }

// Set puts a day into the field; "" empties it.
func (f *Field) Set(d catalog.Date) {
	f.entry.SetText(written(d))
	f.wrong.Hide()
}

// written is a day as the field has it.
func written(d catalog.Date) string {
	if kit.Lang() == words.Chinese {
		return d.Chinese()
	}
	return string(d)
}

// settle writes out what was understood, or says that nothing was.
func (f *Field) settle() {
	d, ok := f.Day()
	switch {
	case f.entry.Text == "":
		f.wrong.Hide()
	case !ok:
		f.wrong.Show()
	case f.entry.Text != written(d):
		f.entry.SetText(written(d))
	}
	f.Refresh()
}

// open shows a month to pick from.
func (f *Field) open() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(f)
	if canvas == nil {
		return
	}
	at, ok := f.Day()
	if !ok {
		at = f.today()
	}
	month, err := at.Time()
	if err != nil {
		return
	}
	stack := container.NewStack()
	f.popup = widget.NewPopUp(kit.Inset(4, stack), canvas)
	f.month(stack, month)
	size := f.popup.MinSize()
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.box)
	pos.Y += f.entry.Size().Height
	if pos.Y+size.Height > canvas.Size().Height { // no room below
		pos.Y -= f.entry.Size().Height + size.Height
	}
	pos.X = max(0, min(pos.X, canvas.Size().Width-size.Width))
	pos.Y = max(0, pos.Y)
	f.popup.ShowAtPosition(pos)
}

// month fills the popup with a month.
func (f *Field) month(stack *fyne.Container, at time.Time) {
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	turn := func(by int) func() { return func() { f.month(stack, first.AddDate(0, by, 0)) } }
	title := kit.Strong(first.Format(kit.Say(wordMonth)))
	title.Alignment = fyne.TextAlignCenter
	head := container.NewBorder(nil, nil,
		container.NewHBox(kit.Quiet("", theme.MediaSkipPreviousIcon(), turn(-12)), kit.Quiet("", theme.NavigateBackIcon(), turn(-1))),
		container.NewHBox(kit.Quiet("", theme.NavigateNextIcon(), turn(1)), kit.Quiet("", theme.MediaSkipNextIcon(), turn(12))), title)
	grid := container.NewGridWithColumns(7)
	for _, d := range kit.Say(weekdays) {
		l := kit.Tag(string(d))
		l.Alignment = fyne.TextAlignCenter
		grid.Add(l)
	}
	for range (int(first.Weekday()) + 6) % 7 { // weeks begin on Monday
		grid.Add(widget.NewLabel(""))
	}
	chosen, _ := f.Day()
	for d := first; d.Month() == first.Month(); d = d.AddDate(0, 0, 1) {
		date := catalog.DateOf(d)
		make := kit.Quiet
		switch date {
		case chosen:
			make = kit.Primary
		case f.today():
			make = kit.Button
		}
		grid.Add(make(strconv.Itoa(d.Day()), nil, func() { f.take(date) }))
	}
	for len(grid.Objects) < 7*7 { // as high in every month
		grid.Add(widget.NewLabel(""))
	}
	foot := container.NewHBox(kit.Quiet(kit.Say(wordToday), nil, func() { f.take(f.today()) }))
	stack.Objects = []fyne.CanvasObject{container.NewBorder(head, container.NewCenter(foot), nil, nil, grid)}
	stack.Refresh()
}

func (f *Field) take(d catalog.Date) {
	f.Set(d)
	f.popup.Hide()
	if f.OnChanged != nil {
		f.OnChanged()
	}
}

// calendarIcon is a leaf of a calendar; Fyne has none.
var calendarIcon = theme.NewThemedResource(fyne.NewStaticResource("calendar.svg", []byte(
	`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#000000" d="M7 2h2v2h6V2h2v2h2c1.1 0 2 .9 2 2v13c0 1.100-.9 2-2 2H5c-1.100 0-2-.9-2-2V6c0-1.100.9-2 2-2h2V2zM5 10v9h14v-9H5zM7 12h3v3H7v-3z"/></svg>`)))
