package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
)

// body is a text that wraps as Chinese does, with the margins of a label.
func body(s string) fyne.CanvasObject { return padded(prose.Plain(s)) }

// note is a smaller one of second rank.
func note(s string) fyne.CanvasObject {
	return padded(prose.New(theme.SizeNameCaptionText, prose.Span{Text: s, Ink: kit.Muted}))
}

// faint is a text of second rank.
func faint(s string) fyne.CanvasObject {
	return padded(prose.New(theme.SizeNameText, prose.Span{Text: s, Ink: kit.Muted}))
}

// heading is the name of what is shown, which may be long.
func heading(s string) fyne.CanvasObject {
	return padded(prose.New(theme.SizeNameSubHeadingText, prose.Span{Text: s, Bold: true}))
}

func padded(t fyne.CanvasObject) fyne.CanvasObject {
	p := theme.InnerPadding()
	return container.New(prose.Pad{Left: p, Top: p, Right: p, Bottom: p}, t)
}

// marked is a text in which what differs stands on a coloured ground, bold where it
// comes.
func marked(ps []piece, going bool) fyne.CanvasObject {
	ink, ground := kit.Good, kit.GoodSoft
	if going {
		ink, ground = kit.Danger, kit.DangerSoft
	}
	spans := make([]prose.Span, len(ps))
	for i, p := range ps {
		spans[i] = prose.Span{Text: p.text}
		if p.differs {
			spans[i].Ink, spans[i].Ground, spans[i].Bold = ink, ground, !going
		}
	}
	return padded(prose.New(theme.SizeNameText, spans...))
}

// edged shows where a choice is that would have the colour of its ground.
func edged(choice fyne.CanvasObject) fyne.CanvasObject {
	return kit.Inset(1, kit.NewPanel("", theme.ColorNameInputBorder, 4, choice))
}

// pageOf is objects below each other that scroll.
func pageOf(objects ...fyne.CanvasObject) fyne.CanvasObject {
	p := prose.NewPage(0, 0, 0)
	p.Set(objects...)
	return p
}

// framed puts the first object at the top and the last at the bottom, each as high
// as it wants to be at the width there is; the middle has the rest.
type framed struct{}

// newFrame frames content; top and bottom may be nil.
func newFrame(top, content, bottom fyne.CanvasObject) fyne.CanvasObject {
	if top == nil {
		top = container.NewWithoutLayout()
	}
	if bottom == nil {
		bottom = container.NewWithoutLayout()
	}
	return container.New(framed{}, top, content, bottom)
}

func (framed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		out.Width, out.Height = max(out.Width, m.Width), out.Height+m.Height
	}
	return out
}

func (framed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	settle := func(o fyne.CanvasObject) float32 {
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height)) // wraps at this width
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, h))
		return h
	}
	top, bottom := settle(objects[0]), settle(objects[2])
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, max(size.Height-top-bottom, 0)))
	objects[2].Move(fyne.NewPos(0, size.Height-bottom))
}
