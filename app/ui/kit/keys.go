package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// onKey is what the frame does with keys that work everywhere, such as F1.
var onKey func(fyne.KeyName) bool

// SetKeys says what keys do that work wherever the focus is, and reports by its
// result which it has taken. Fyne gives a key to the focused widget alone, so
// ours ask Key first.
func SetKeys(fn func(fyne.KeyName) bool) { onKey = fn }

// Key gives a key to the frame, and reports whether it was taken. Widgets that
// take the focus call it before they use a key themselves.
func Key(k *fyne.KeyEvent) bool { return onKey != nil && onKey(k.Name) }

// Check is a box to tick that lets the keys of the frame through.
type Check struct{ widget.Check }

// NewCheck makes a box with a label.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey handles the frame's keys, then its own.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if !Key(k) {
		c.Check.TypedKey(k)
	}
}

// Select is a choice of one that lets the keys of the frame through.
type Select struct{ widget.Select }

// NewSelect makes a choice among options.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey handles the frame's keys, then its own.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if !Key(k) {
		s.Select.TypedKey(k)
	}
}

// OwnUndo marks a widget whose texts are no part of the drafts, such as a
// search: Ctrl+Z in it undoes its own typing.
type OwnUndo interface{ OwnUndo() }
