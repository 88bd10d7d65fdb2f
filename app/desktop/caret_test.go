package desktop

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
)

// The caret is told where it stands in the field that has the focus, wherever in
// the window that is, and never outside the field.
func TestTheCaretIsWhereTextIsTyped(t *testing.T) {
	a := uitest.App(t)
	above, field, button := kit.NewEntry(), kit.NewEntry(), widget.NewButton("好", nil)
	w := uitest.Window(t, container.NewWithoutLayout(above, field, button), 600, 400)
	field.Resize(fyne.NewSize(200, 36))
	field.Move(fyne.NewPos(120, 200))
	place := func() (caret, bool) { return caretIn(w.Canvas(), a.Driver().AbsolutePositionForObject) }

	if c, ok := place(); ok {
		t.Errorf("nothing has the focus, yet the caret is at %+v", c)
	}
	w.Canvas().Focus(button)
	if c, ok := place(); ok {
		t.Errorf("a button has the focus, yet the caret is at %+v", c)
	}

	w.Canvas().Focus(field)
	empty, ok := place()
	if !ok || empty.x < 120 || empty.y < 200 || empty.x > 140 || empty.y+empty.height > 236 {
		t.Errorf("in the empty field the caret is at %+v (%v)", empty, ok)
	}
	for _, r := range "最低生活保障" {
		field.TypedRune(r)
	}
	if full, _ := place(); full.x < empty.x+60 || full.y != empty.y {
		t.Errorf("after six characters the caret went from %+v to %+v", empty, full)
	}
	for range 100 {
		field.TypedRune('长')
	}
	if long, _ := place(); long.x > 320 {
		t.Errorf("the caret of a long text is outside the field: %+v", long)
	}
}
