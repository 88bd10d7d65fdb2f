// Package field holds the editors of single fields of an entry (目录条目). An
// editor is given what catalog.Entry.Text says of its field and hands back what
// SetText reads: whatever it was given and did not understand it keeps and hands
// back, and showing a text never changes it. Every editor works by the keyboard
// alone.
package field

import (
	"fyne.io/fyne/v2"
)

// Editor edits one field of an entry.
type Editor interface {
	fyne.CanvasObject
	// Text is what the editor shows, as catalog.Entry.SetText takes it.
	Text() string
	// Set shows a text without telling of it. Where the person is typing, the
	// cursor stays at the words it stood at.
	Set(text string)
	// Lock makes the editor refuse changes; what it shows can still be read
	// and copied.
	Lock(locked bool)
	// Expand shows everything that can be done; otherwise the editor is as small
	// as reading allows.
	Expand(on bool)
	// First is what takes the focus when the field is gone to.
	First() fyne.Focusable
}

// Hooks are what an editor tells whoever shows it. Any may be nil.
type Hooks struct {
	Changed func(text string) // the person changed the field to this
	Done    func()            // a stretch of typing ends: the next change is another step of undo
	// Focused: the focus is in this part of the editor, or the cursor moved there.
	Focused func(part fyne.CanvasObject)
	Blurred func()
	Resized func() // the editor wants another height
	// Undo and Redo are the program's. Where they are nil, an entry takes back its
	// own typing.
	Undo, Redo func()
	// Shortcut gets those an entry has no use for, Key the keys Escape and F1 to
	// F12; where nil they go to the window.
	Shortcut func(fyne.Shortcut)
	Key      func(*fyne.KeyEvent)
}

func (h *Hooks) changed(text string) {
	if h.Changed != nil {
		h.Changed(text)
	}
}

// chose tells of a change that is whole by itself, such as a ticked box.
func (h *Hooks) chose(text string) {
	h.done()
	h.changed(text)
	h.done()
}

func (h *Hooks) done() {
	if h.Done != nil {
		h.Done()
	}
}

func (h *Hooks) focused(o fyne.CanvasObject) {
	if h.Focused != nil {
		h.Focused(o)
	}
}

func (h *Hooks) blurred() {
	h.done()
	if h.Blurred != nil {
		h.Blurred()
	}
}

func (h *Hooks) resized() {
	if h.Resized != nil {
		h.Resized()
	}
}
