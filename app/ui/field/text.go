package field

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Text edits a field that is plain text. It is as high as what it holds.
type Text struct {
	widget.BaseWidget
	Hooks
	entry *input
	large *input // the same text in a large window, while that is open
}

// NewText makes an editor of a short text, in which Enter goes on to the next
// field.
func NewText(hint string) *Text { return newText(hint, false) }

// NewLongText makes an editor of a text of several lines.
func NewLongText(hint string) *Text { return newText(hint, true) }

func newText(hint string, lines bool) *Text {
	t := &Text{}
	t.ExtendBaseWidget(t)
	t.entry = newInput(&t.Hooks, nil)
	t.entry.lines = lines
	t.entry.SetPlaceHolder(hint)
	return t
}

// CreateRenderer shows the entry.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(Stack{}, t.entry))
}

// Text is what the editor shows.
func (t *Text) Text() string { return t.entry.Text }

// Set shows a text.
func (t *Text) Set(text string) {
	t.entry.show(text)
	if t.large != nil {
		t.large.show(text)
	}
}

// Lock makes the text read-only.
func (t *Text) Lock(locked bool) { lock(t.entry, locked) }

func lock(d fyne.Disableable, locked bool) {
	switch {
	case locked == d.Disabled():
	case locked:
		d.Disable()
	default:
		d.Enable()
	}
}

// Expand does nothing: a text is always shown whole.
func (t *Text) Expand(bool) {}

// First is the entry.
func (t *Text) First() fyne.Focusable { return t.entry }

// typedElsewhere takes over what the person typed in another entry of the same text.
func (t *Text) typedElsewhere(text string) {
	t.entry.show(text)
	t.changed(text)
}

// Put makes the editor say text as if it had been typed in one go.
func (t *Text) Put(text string) {
	if text != t.Text() {
		t.Set(text)
		t.chose(text)
	}
}

// oneLine is a text as it stands on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
