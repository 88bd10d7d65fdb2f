package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// chip is a text to choose. A long one takes two lines.
type chip struct {
	widget.BaseWidget
	on   *Hooks
	text *Prose
	body *kit.Panel
	fn   func()
}

// CreateRenderer shows the text on its ground.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(Stack{}, c.body))
}

// Tapped chooses it.
func (c *chip) Tapped(*fyne.PointEvent) { c.fn() }

// FocusGained marks it.
func (c *chip) FocusGained() {
	c.body.SetColours(kit.AccentSoft, theme.ColorNamePrimary)
	c.on.focused(c)
}

// FocusLost takes the mark away.
func (c *chip) FocusLost() {
	c.body.SetColours(kit.AccentSoft, "")
	c.on.blurred()
}

// TypedRune chooses it on Space.
func (c *chip) TypedRune(r rune) {
	if r == ' ' {
		c.fn()
	}
}

// TypedKey chooses it on Enter and gives other keys on.
func (c *chip) TypedKey(k *fyne.KeyEvent) {
	switch {
	case kit.Key(k):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		c.fn()
	case k.Name == fyne.KeyLeft:
		focusBeside(c, fyne.Canvas.FocusPrevious)
	case k.Name == fyne.KeyRight:
		focusBeside(c, fyne.Canvas.FocusNext)
	case k.Name != fyne.KeySpace:
		passKey(c.on, c, k)
	}
}

// Cursor is that of a thing to click.
func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// chipLayout is as wide as the text on one line wants to be, up to a bound.
type chipLayout struct{}

const chipPad = 6

func (chipLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(chipPad, chipPad/2))
		settle(o, s.Width-2*chipPad)
	}
}

func (chipLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	p := objects[0].(*Prose)
	whole := widthOf([]rune(oneLine(p.text)), measureOf(p.size(), p.Bold)) + 1
	width := min(whole, 20*p.size(), 380)
	p.Resize(fyne.NewSize(width, p.MinSize().Height))
	return fyne.NewSize(width+2*chipPad, p.MinSize().Height+chipPad)
}
