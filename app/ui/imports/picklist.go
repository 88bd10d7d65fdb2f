package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// pickList is a list of which one line is chosen, by mouse or keys. Only the lines
// that can be seen have objects.
type pickList struct {
	widget.List
	at      int
	onPick  func(int)
	onSpace func(int)
	onEnter func(int)
}

// newPickList makes a list of count lines; line makes the objects of one, and fill
// puts the i-th line's content into them.
func newPickList(count func() int, line func() (fyne.CanvasObject, any), fill func(i int, parts any)) *pickList {
	l := &pickList{at: -1}
	l.Length = count
	l.CreateItem = func() fyne.CanvasObject { return newPickLine(line()) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < count() {
			fill(i, o.(*pickLine).parts)
		}
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.at = i
		if l.onPick != nil {
			l.onPick(i)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// pick chooses a line and brings it into sight.
func (l *pickList) pick(i int) {
	n := l.Length()
	if n == 0 {
		l.at = -1
		return
	}
	i = min(max(i, 0), n-1)
	if i == l.at {
		l.Unselect(i) // so that choosing it again tells
	}
	l.Select(i)
}

// page is how many lines the page keys go.
const page = 10

// TypedKey moves through the lines.
func (l *pickList) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyPageUp:
		l.step(-page)
	case fyne.KeyPageDown:
		l.step(page)
	case fyne.KeyHome:
		l.pick(0)
	case fyne.KeyEnd:
		l.pick(l.Length() - 1)
	case fyne.KeySpace:
		if l.onSpace != nil && l.at >= 0 {
			l.onSpace(l.at)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.onEnter != nil && l.at >= 0 {
			l.onEnter(l.at)
		}
	}
}

func (l *pickList) step(by int) {
	if to := min(max(l.at+by, 0), l.Length()-1); to != l.at && to >= 0 {
		l.pick(to)
	}
}

// TypedRune does nothing: Space comes as a key too.
func (l *pickList) TypedRune(rune) {}

// pickLine is the objects of one line, and the parts of them that change.
type pickLine struct {
	widget.BaseWidget
	content fyne.CanvasObject
	parts   any
}

func newPickLine(content fyne.CanvasObject, parts any) *pickLine {
	l := &pickLine{content: content, parts: parts}
	l.ExtendBaseWidget(l)
	return l
}

func (l *pickLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.content) }

// listLine is a line with a box to tick, a name over a note, and a badge.
type listLine struct {
	check      *kit.Check
	name, note *widget.Label
	badge      *kit.Badge
	box        *fyne.Container
}

func newListLine() (fyne.CanvasObject, any) {
	l := &listLine{check: kit.NewCheck("", nil), name: kit.Strong(" "), note: kit.Tag(" "), badge: kit.NewBadge("", kit.Plain)}
	l.name.Truncation, l.note.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	l.box = container.New(l, l.check, l.name, l.note, l.badge)
	return l.box, l
}

// layOut puts the parts where their new texts want them.
func (l *listLine) layOut() { l.Layout(nil, l.box.Size()) }

// overlap is how far the note moves up to the name.
func (l *listLine) overlap() float32 { return theme.Padding() * 2 }

// MinSize is as wide as a narrow list.
func (l *listLine) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, l.name.MinSize().Height+l.note.MinSize().Height-l.overlap())
}

// Layout sets the parts in a row, the name above the note.
func (l *listLine) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	left, right := theme.Padding(), size.Width-theme.Size(theme.SizeNameScrollBar)
	if l.check.Visible() {
		m := l.check.MinSize()
		l.check.Move(fyne.NewPos(0, (size.Height-m.Height)/2))
		l.check.Resize(m)
		left = m.Width
	}
	if l.badge.Visible() {
		m := l.badge.MinSize()
		right -= m.Width
		l.badge.Move(fyne.NewPos(right, (size.Height-m.Height)/2))
		l.badge.Resize(m)
	}
	name, note := l.name.MinSize().Height, l.note.MinSize().Height
	top := (size.Height - name - note + l.overlap()) / 2
	l.name.Move(fyne.NewPos(left, top))
	l.name.Resize(fyne.NewSize(max(right-left, 0), name))
	l.note.Move(fyne.NewPos(left, top+name-l.overlap()))
	l.note.Resize(fyne.NewSize(max(right-left, 0), note))
}

// middleLayout gives its object all the width, and puts it in the middle of the
// height.
type middleLayout struct{}

func (middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, (size.Height-h)/2))
	objects[0].Resize(fyne.NewSize(size.Width, h))
}
