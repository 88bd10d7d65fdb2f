package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// bubble is a short message beside a cell.
type bubble struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	label  *kit.Label
}

func newBubble() *bubble {
	b := &bubble{ground: canvas.NewRectangle(nil), label: kit.NewLabel("")}
	b.ground.StrokeWidth = 1
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

func (b *bubble) CreateRenderer() fyne.WidgetRenderer {
	return &bubbleRenderer{b, []fyne.CanvasObject{b.ground, b.label}}
}

type bubbleRenderer struct {
	b       *bubble
	objects []fyne.CanvasObject
}

func (r *bubbleRenderer) Layout(s fyne.Size) {
	r.b.ground.Resize(s)
	r.b.label.Resize(s)
}

func (r *bubbleRenderer) MinSize() (none fyne.Size) { return none }

func (r *bubbleRenderer) Refresh() {
	r.b.ground.FillColor, r.b.ground.StrokeColor = kit.Color(kit.WarnSoft), kit.Color(kit.Warn)
	r.b.ground.CornerRadius = 4
	r.b.ground.Refresh()
	r.b.label.Refresh()
}

func (r *bubbleRenderer) Destroy()                     {}
func (r *bubbleRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Tell shows a message beside a cell until the next key or click.
func (g *Grid) Tell(at Pos, message string) {
	v := &g.view
	if v.look == nil || message == "" || at.Col >= len(v.cols) {
		return
	}
	part := 1
	if at.Col < v.sticky {
		part = 0
	}
	x0, _, ok := g.extent(part, at.Col, at.Col)
	if !ok {
		return
	}
	if part == 1 {
		x0 += v.leftWidth
	}
	b := g.bubble
	b.label.SetText(message)
	size := g.Size()
	pad := 4 * v.look.unit
	wide := min(v.look.width(message, false)+4*v.look.pad+4*pad, 360*v.look.unit, size.Width)
	b.label.Resize(fyne.NewSize(wide, 1))
	high := b.label.MinSize().Height
	y0 := v.look.headHeight + float32(at.Row)*v.look.rowHeight - v.off.Y
	y := y0 + v.look.rowHeight + 2
	if y+high > size.Height {
		y = y0 - high - 2
	}
	b.Move(fyne.NewPos(max(0, min(x0, size.Width-wide)), max(0, y)))
	b.Resize(fyne.NewSize(wide, high))
	b.Show()
	b.Refresh()
}

// Told is the message shown, if any.
func (g *Grid) Told() string {
	if !g.bubble.Visible() {
		return ""
	}
	return g.bubble.label.Text
}
