package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Lay places the objects of a container anew, and of those within it. Refresh
// would also draw each of them anew, icons and all, which takes its time.
func Lay(c *fyne.Container) {
	for _, o := range c.Objects {
		if inner, ok := o.(*fyne.Container); ok && inner.Layout != nil {
			Lay(inner)
		}
	}
	c.Layout.Layout(c.Objects, c.Size())
}

// Stack lays objects out below each other, each as wide as the stack and as high
// as it wants to be at that width; Fyne's own boxes ask for the height first.
type Stack struct{ Gap float32 }

// Layout places the objects.
func (s Stack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		y += settle(o, size.Width) + s.Gap
	}
}

// settle gives o a width and the height it wants at that width.
func settle(o fyne.CanvasObject, width float32) float32 {
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	for range 2 {
		again := o.MinSize().Height
		if again == h {
			break
		}
		h = again
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

// MinSize is the height at the widths the objects have.
func (s Stack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		out.Width = max(out.Width, m.Width)
		out.Height += m.Height
		n++
	}
	if n > 1 {
		out.Height += float32(n-1) * s.Gap
	}
	return out
}

// Flow lays objects out from left to right, in as many lines as they need.
type Flow struct {
	Gap   float32
	width float32
}

// Layout places the objects.
func (f *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}

// MinSize is the height at the width the flow was given last.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, min(o.MinSize().Width, 120))
		}
	}
	return fyne.NewSize(widest, f.place(objects, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (f *Flow) place(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	width := f.width
	if width <= 0 {
		width = 1e6
	}
	type item struct {
		o fyne.CanvasObject
		x float32
		s fyne.Size
	}
	var line []item
	var x, y, high float32
	flush := func() {
		for _, i := range line {
			put(i.o, fyne.NewPos(i.x, y+(high-i.s.Height)/2), i.s)
		}
		line = line[:0]
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		s.Width = min(s.Width, width)
		if x > 0 && x+s.Width > width+0.5 {
			flush()
			y += high + f.Gap/2
			x, high = 0, 0
		}
		line = append(line, item{o, x, s})
		high = max(high, s.Height)
		x += s.Width + f.Gap
	}
	flush()
	return y + high
}

// Beside puts one object, which takes the width there is, beside others that
// take what they need. They stand at the top, or level with the first line of an
// entry.
type Beside struct {
	Gap   float32
	Entry bool
}

// Layout places the first object at the left.
func (b Beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	right := size.Width
	for i := len(objects) - 1; i > 0; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		right -= s.Width
		y := float32(0)
		if b.Entry {
			y = max(0, (entryHeight()-s.Height)/2)
		}
		o.Move(fyne.NewPos(right, y))
		o.Resize(s)
		right -= b.Gap
	}
	if len(objects) > 0 {
		objects[0].Move(fyne.NewPos(0, 0))
		settle(objects[0], max(right, 0))
	}
}

// entryHeight is that of an entry of one line.
func entryHeight() float32 {
	return fyne.MeasureText("中", theme.TextSize(), fyne.TextStyle{}).Height + 2*theme.InnerPadding() + theme.InputBorderSize()
}

// MinSize is the height at the widths the objects have.
func (b Beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if i > 0 {
			out.Width += b.Gap
		}
		out.Width += m.Width
		out.Height = max(out.Height, m.Height)
	}
	return out
}
