package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// caret is where text is being typed in a window, in the window's pixels.
type caret struct {
	x, y, height int32
}

// caretIn finds the caret of the field that has the focus; there is none where the
// focus is on nothing that is typed into.
func caretIn(c fyne.Canvas, absolute func(fyne.CanvasObject) fyne.Position) (caret, bool) {
	focused := c.Focused()
	field, ok := focused.(interface{ CursorPosition() fyne.Position })
	if !ok {
		return caret{}, false
	}
	o, ok := focused.(fyne.CanvasObject)
	if !ok || !o.Visible() {
		return caret{}, false
	}
	line := fyne.MeasureText("字", theme.TextSize(), fyne.TextStyle{}).Height
	// A field that scrolls inside counts from the beginning of its text: then the
	// caret is at the edge.
	within := field.CursorPosition()
	within.X = max(0, min(within.X, o.Size().Width))
	within.Y = max(0, min(within.Y, o.Size().Height-line))
	at := absolute(o).Add(within)
	scale := c.Scale()
	return caret{x: int32(at.X * scale), y: int32(at.Y * scale), height: int32(line * scale)}, true
}
