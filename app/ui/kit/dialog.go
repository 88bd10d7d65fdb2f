package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/words"
)

// Words of the dialogs' buttons.
var (
	WordOK     = words.Text{ZH: "知道了", EN: "OK"}
	WordCancel = words.Text{ZH: "取消", EN: "Cancel"}
	WordClose  = words.Text{ZH: "关闭", EN: "Close"}
	WordSave   = words.Text{ZH: "保存", EN: "Save"}
	WordRetry  = words.Text{ZH: "重试", EN: "Try again"}

	wordFailed = words.Text{ZH: "没有做成", EN: "That did not work"}
)

// Dialog is a question or a message over a window. Escape closes it; Enter
// presses its first button.
type Dialog struct {
	win      fyne.Window
	popup    *widget.PopUp
	buttons  []fyne.CanvasObject
	OnClosed func() // after the dialog is gone, however it was closed
	closed   bool
}

// Show puts content over the window with a row of buttons below it, the first
// the one that Enter presses. Buttons do not close the dialog by themselves.
func Show(win fyne.Window, title string, content fyne.CanvasObject, buttons ...fyne.CanvasObject) *Dialog {
	d := &Dialog{win: win, buttons: buttons}
	row := container.NewHBox(layout.NewSpacer())
	for i := len(buttons) - 1; i >= 0; i-- { // the one that leads on stands last, as on Windows
		row.Add(buttons[i])
	}
	box := container.NewBorder(Inset(4, Heading(title)), Inset(4, row), nil, nil, Inset(4, content))
	d.popup = widget.NewModalPopUp(newKeyCatcher(d, Inset(8, box)), win.Canvas())
	d.popup.Show()
	for i := len(buttons) - 1; i >= 0; i-- {
		if b, ok := buttons[i].(*PushButton); ok {
			b.OnEscape = d.Hide
			win.Canvas().Focus(b) // in the end the first
		}
	}
	return d
}

// Resize gives the dialog a size, within the window's.
func (d *Dialog) Resize(s fyne.Size) {
	room := d.win.Canvas().Size()
	size := fyne.NewSize(min(s.Width, room.Width-24), min(s.Height, room.Height-24)).Max(d.popup.MinSize())
	d.popup.Resize(size)
	d.popup.Move(fyne.NewPos((room.Width-size.Width)/2, (room.Height-size.Height)/2))
}

// Hide closes the dialog.
func (d *Dialog) Hide() {
	if d.closed {
		return
	}
	d.closed = true
	d.popup.Hide()
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

// Closed reports whether the dialog is gone.
func (d *Dialog) Closed() bool { return d.closed }

// keyCatcher lets a dialog hear Escape while nothing in it has the focus.
type keyCatcher struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newKeyCatcher(d *Dialog, content fyne.CanvasObject) *keyCatcher {
	k := &keyCatcher{content: content}
	k.ExtendBaseWidget(k)
	canvas := d.win.Canvas()
	before := canvas.OnTypedKey()
	canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case d.closed:
			canvas.SetOnTypedKey(before)
			if before != nil {
				before(e)
			}
		case e.Name == fyne.KeyEscape:
			d.Hide()
		}
	})
	return k
}

func (k *keyCatcher) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(k.content)
}

// message is the body of a dialog that only says something.
func message(body string) fyne.CanvasObject { return Column(440, Body(body)) }

// Tell says something that has to be read.
func Tell(win fyne.Window, title, body string) *Dialog {
	var d *Dialog
	d = Show(win, title, message(body), Primary(Say(WordOK), nil, func() { d.Hide() }))
	return d
}

// Fail says what went wrong and what to do next.
func Fail(win fyne.Window, err error) *Dialog {
	return Tell(win, Say(wordFailed), words.Explain(err, Lang()))
}

// Confirm asks before something is done; yes is the button that does it.
func Confirm(win fyne.Window, title, body, yes string, fn func()) *Dialog {
	var d *Dialog
	d = Show(win, title, message(body),
		Primary(yes, nil, func() { d.Hide(); fn() }),
		Button(Say(WordCancel), nil, func() { d.Hide() }))
	return d
}

// Ask asks for a line of text; an empty one is not taken.
func Ask(win fyne.Window, title, label, initial, yes string, fn func(string)) *Dialog {
	entry := NewEntry()
	entry.SetText(initial)
	entry.CursorColumn = len([]rune(initial))
	var d *Dialog
	ok := Primary(yes, nil, func() {
		if entry.Text != "" {
			d.Hide()
			fn(entry.Text)
		}
	})
	entry.OnSubmitted = func(string) { ok.OnTapped() }
	entry.OnEscape = func() { d.Hide() }
	d = Show(win, title, Column(440, container.NewVBox(Body(label), entry)), ok,
		Button(Say(WordCancel), nil, func() { d.Hide() }))
	win.Canvas().Focus(entry)
	return d
}

// Entry is a line of text, or several, that tells when Escape is pressed in it.
type Entry struct {
	widget.Entry
	OnEscape func()
	OnKey    func(fyne.KeyName) bool // before the entry's own; true: taken
	OnBlur   func()
	handover Handover
}

// NewEntry makes an empty entry of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	return e
}

// NewArea makes an empty entry of several lines.
func NewArea() *Entry {
	e := &Entry{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab leaves Tab to the window.
func (e *Entry) AcceptsTab() bool { return false }

// TypedShortcut goes to the beginning and the end of the text, too.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if !GoFar(&e.Entry, s) {
		e.Entry.TypedShortcut(s)
	}
}

// GoFar goes to the beginning of an entry's text on Ctrl+Home, to its end on Ctrl+End,
// and reports whether it did. With Shift what lies between is selected.
func GoFar(e *widget.Entry, s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	key := fyne.KeyPageUp // Fyne's own word for it
	switch c.KeyName {
	case fyne.KeyHome:
	case fyne.KeyEnd:
		key = fyne.KeyPageDown
	default:
		return false
	}
	e.TypedKey(&fyne.KeyEvent{Name: key})
	return true
}

// KeyDown notes letters that an input method may take.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	e.handover.Down(k)
	e.Entry.KeyDown(k)
}

// TypedRune takes text in.
func (e *Entry) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.handover.Rune(r)
}

// TypedKey hands Escape on.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if Key(k) {
		return
	}
	e.handover.Key(k.Name, func() {
		switch {
		case e.OnKey != nil && e.OnKey(k.Name):
		case k.Name == fyne.KeyEscape && e.OnEscape != nil:
			e.OnEscape()
		default:
			e.Entry.TypedKey(k)
		}
	})
}

// FocusLost tells that the focus has gone.
func (e *Entry) FocusLost() {
	e.handover.Reset()
	e.Entry.FocusLost()
	if e.OnBlur != nil {
		e.OnBlur()
	}
}
