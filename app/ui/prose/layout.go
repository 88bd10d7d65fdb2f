package prose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stack lays objects out below each other, each as wide as the stack and as high
// as it wants to be at that width.
type Stack struct{ Gap float32 }

// Layout places the objects.
func (s Stack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			o.Move(fyne.NewPos(0, y))
			y += settle(o, size.Width) + s.Gap
		}
	}
}

// MinSize is the height at the widths the objects have.
func (s Stack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	shown := 0
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			out.Width, out.Height = max(out.Width, m.Width), out.Height+m.Height
			shown++
		}
	}
	out.Height += s.Gap * float32(max(0, shown-1))
	return out
}

// settle gives o a width and the height it wants at that width, which is asked for
// again: what lies deeper learns its width only from the one above it.
func settle(o fyne.CanvasObject, width float32) float32 {
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	for range 3 {
		again := o.MinSize().Height
		if again == h {
			break
		}
		h = again
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

// Columns lays objects out beside each other, all of the same width, or in the
// shares given.
type Columns struct {
	Gap    float32
	Shares []float32
}

func (c Columns) widths(n int, width float32) []float32 {
	room := width - c.Gap*float32(n-1)
	total := float32(0)
	share := func(i int) float32 {
		if i < len(c.Shares) {
			return c.Shares[i]
		}
		return 1
	}
	for i := range n {
		total += share(i)
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = room * share(i) / total
	}
	return out
}

// Layout places the objects.
func (c Columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range c.widths(len(objects), size.Width) {
		h := settle(objects[i], w)
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(w, max(h, size.Height)))
		x += w + c.Gap
	}
}

// MinSize is the height at the widths the objects have.
func (c Columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		out.Width, out.Height = out.Width+m.Width+c.Gap, max(out.Height, m.Height)
	}
	return out
}

// Pad keeps an object away from the edges.
type Pad struct{ Left, Top, Right, Bottom float32 }

// Layout places the object.
func (p Pad) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(p.Left, p.Top))
		h := settle(o, size.Width-p.Left-p.Right)
		o.Resize(fyne.NewSize(size.Width-p.Left-p.Right, max(h, size.Height-p.Top-p.Bottom)))
	}
}

// MinSize is the object's and the edges.
func (p Pad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, o := range objects {
		out = out.Max(o.MinSize())
	}
	return out.AddWidthHeight(p.Left+p.Right, p.Top+p.Bottom)
}

// Page scrolls objects that lie below each other.
type Page struct {
	widget.BaseWidget
	box    *fyne.Container
	scroll *container.Scroll
	gap    float32
	pad    float32
	most   float32 // wide, at text size 100 %; 0: as wide as there is room
}

// NewPage makes a page with a margin, and of at most a width: long lines tire.
func NewPage(gap, pad, most float32) *Page {
	p := &Page{box: container.New(Stack{Gap: gap}), gap: gap, pad: pad, most: most}
	p.scroll = container.NewVScroll(p.box)
	p.ExtendBaseWidget(p)
	return p
}

// Set makes objects all that is on the page, and shows its top.
func (p *Page) Set(objects ...fyne.CanvasObject) {
	p.box.Objects = objects
	p.Relayout()
	p.scroll.ScrollToTop()
}

// Objects are what is on the page.
func (p *Page) Objects() []fyne.CanvasObject { return p.box.Objects }

// Relayout gives everything the height it wants, after something in it changed.
func (p *Page) Relayout() {
	if p.Size().Width > 0 {
		p.place(p.Size())
	}
	p.Refresh()
}

// Reveal scrolls until an object of the page stands at the top.
func (p *Page) Reveal(o fyne.CanvasObject) {
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, o.Position().Y)))
}

// Offset is how far the page is scrolled; SetOffset scrolls it there.
func (p *Page) Offset() float32 { return p.scroll.Offset.Y }

// SetOffset scrolls the page.
func (p *Page) SetOffset(y float32) { p.scroll.ScrollToOffset(fyne.NewPos(0, y)) }

func (p *Page) place(size fyne.Size) {
	width := size.Width - 2*p.pad - theme.ScrollBarSize()
	if most := p.most * theme.TextSize() / 14; p.most > 0 {
		width = min(width, most)
	}
	p.box.Layout = margin{Stack: Stack{p.gap}, width: width, pad: p.pad}
	p.box.Layout.Layout(p.box.Objects, size)
	p.scroll.Resize(size)
	p.scroll.Refresh()
}

// margin is a stack of a width of its own.
type margin struct {
	Stack
	width, pad float32
}

// Layout places the objects.
func (m margin) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	m.Stack.Layout(objects, fyne.NewSize(m.width, 0))
	for _, o := range objects {
		o.Move(o.Position().AddXY(m.pad, m.pad))
	}
}

// MinSize is the stack's with its margins.
func (m margin) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, m.Stack.MinSize(objects).Height+2*m.pad)
}

// CreateRenderer draws the page.
func (p *Page) CreateRenderer() fyne.WidgetRenderer { return &pageRenderer{p} }

type pageRenderer struct{ p *Page }

func (r *pageRenderer) Layout(s fyne.Size)           { r.p.place(s) }
func (r *pageRenderer) MinSize() fyne.Size           { return fyne.NewSize(120, 80) }
func (r *pageRenderer) Refresh()                     { r.p.scroll.Refresh() }
func (r *pageRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.scroll} }
func (r *pageRenderer) Destroy()                     {}
