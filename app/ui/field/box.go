package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// box is a box to tick, by the mouse, Space or Enter.
type box struct {
	widget.Check
	on    *Hooks
	quiet bool
}

func newBox(text string, on *Hooks, ticked func(bool)) *box {
	b := &box{on: on}
	b.Text = text
	b.OnChanged = func(v bool) {
		if !b.quiet {
			ticked(v)
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// show ticks the box without telling anyone.
func (b *box) show(ticked bool) {
	b.quiet = true
	b.SetChecked(ticked)
	b.quiet = false
}

// MinSize is lower than an ordinary box's, so that thirteen fit in a pane.
func (b *box) MinSize() fyne.Size {
	s := b.Check.MinSize()
	s.Height -= theme.InnerPadding()
	return s
}

// FocusGained tells where the person is.
func (b *box) FocusGained() {
	b.Check.FocusGained()
	b.on.focused(b)
}

// FocusLost tells that they have gone.
func (b *box) FocusLost() {
	b.Check.FocusLost()
	b.on.blurred()
}

// TypedKey ticks on Enter too and gives other keys on.
func (b *box) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() {
			b.SetChecked(!b.Checked)
		}
	case fyne.KeyLeft, fyne.KeyUp:
		focusBeside(b, fyne.Canvas.FocusPrevious)
	case fyne.KeyRight, fyne.KeyDown:
		focusBeside(b, fyne.Canvas.FocusNext)
	case fyne.KeySpace:
	default:
		passKey(b.on, b, k)
	}
}

func focusBeside(o fyne.CanvasObject, move func(fyne.Canvas)) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		move(c)
	}
}

func focus(o fyne.Focusable) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o.(fyne.CanvasObject))
	if c != nil && c.Focused() != o {
		c.Focus(o)
	}
}

// Tool is a small quiet button beside an editor.
type Tool struct {
	widget.Button
	on *Hooks
}

// NewTool makes a small button that tells on where the person is; icon may be nil.
func NewTool(text string, icon fyne.Resource, on *Hooks, fn func()) *Tool {
	return newTool(text, icon, on, fn)
}

func newTool(text string, icon fyne.Resource, on *Hooks, fn func()) *Tool {
	b := &Tool{on: on}
	b.Text, b.Icon, b.Importance, b.OnTapped = text, icon, widget.LowImportance, fn
	b.ExtendBaseWidget(b)
	return b
}

// MinSize is lower than an ordinary button's.
func (b *Tool) MinSize() fyne.Size {
	s := b.Button.MinSize()
	return fyne.NewSize(s.Width-theme.Padding(), s.Height-2*theme.Padding())
}

// FocusGained tells where the person is.
func (b *Tool) FocusGained() {
	b.Button.FocusGained()
	b.on.focused(b)
}

// FocusLost tells that they have gone.
func (b *Tool) FocusLost() {
	b.Button.FocusLost()
	b.on.blurred()
}

// TypedKey presses on Enter too and gives other keys on.
func (b *Tool) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() {
			b.OnTapped()
		}
	case fyne.KeySpace:
		b.Button.TypedKey(k)
	default:
		passKey(b.on, b, k)
	}
}

// opener is what a field shows while it is small. Gone to, it opens the field.
type opener struct {
	widget.BaseWidget
	on   *Hooks
	open func()
	body *kit.Panel
	off  bool // the field is locked: it can be gone to, and not opened
}

func newOpener(content fyne.CanvasObject, on *Hooks, open func()) *opener {
	o := &opener{on: on, open: open}
	o.body = kit.NewPanel(theme.ColorNameInputBackground, theme.ColorNameInputBorder, 4, kit.Inset(6, content))
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer shows the content in a frame like an entry's.
func (o *opener) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(Stack{}, o.body))
}

// Tapped opens the field.
func (o *opener) Tapped(*fyne.PointEvent) { o.enter() }

// FocusGained opens it too: whoever comes by Tab wants to edit.
func (o *opener) FocusGained() { o.enter() }

func (o *opener) enter() {
	o.on.focused(o)
	if !o.off {
		o.open()
	}
}

// FocusLost tells that the person has gone; from an open field the editor tells.
func (o *opener) FocusLost() {
	if o.off {
		o.on.blurred()
	}
}

// TypedRune does nothing.
func (o *opener) TypedRune(rune) {}

// TypedKey gives keys on.
func (o *opener) TypedKey(k *fyne.KeyEvent) {
	if !kit.Key(k) {
		passKey(o.on, o, k)
	}
}

// Cursor is that of a thing to click.
func (o *opener) Cursor() desktop.Cursor { return desktop.PointerCursor }
