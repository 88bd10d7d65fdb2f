package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PushButton is a button that Enter presses too, as on Windows, and that tells of
// Escape.
type PushButton struct {
	widget.Button
	OnEscape func()
}

func newButton(text string, icon fyne.Resource, i widget.Importance, fn func()) *PushButton {
	b := &PushButton{}
	b.Text, b.Icon, b.Importance, b.OnTapped = text, icon, i, fn
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses the button on Space and Enter.
func (b *PushButton) TypedKey(k *fyne.KeyEvent) {
	if Key(k) {
		return
	}
	if k.Name == fyne.KeyEscape && b.OnEscape != nil {
		b.OnEscape()
		return
	}
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		k = &fyne.KeyEvent{Name: fyne.KeySpace}
	}
	b.Button.TypedKey(k)
}

// Button is an ordinary button; icon may be nil.
func Button(text string, icon fyne.Resource, fn func()) *PushButton {
	return newButton(text, icon, widget.MediumImportance, fn)
}

// Primary is the one button of a place that leads on.
func Primary(text string, icon fyne.Resource, fn func()) *PushButton {
	return newButton(text, icon, widget.HighImportance, fn)
}

// Quiet is a button without a ground, for bars and lists.
func Quiet(text string, icon fyne.Resource, fn func()) *PushButton {
	return newButton(text, icon, widget.LowImportance, fn)
}

// Grave is a button for what removes or replaces.
func Grave(text string, icon fyne.Resource, fn func()) *PushButton {
	return newButton(text, icon, widget.DangerImportance, fn)
}
