package manual

import (
	"bytes"
	"image"
	_ "image/png" // the manual's pictures
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
)

// setter turns the blocks of a page into what is drawn.
type setter struct {
	book   *Book
	page   *page
	follow func(link string)
	open   func(*drawing) // a picture, large
	marked string         // what was searched for
}

// set returns the objects of the page, and those of its headings by anchor.
func (s *setter) set() (objects []fyne.CanvasObject, anchors map[string]fyne.CanvasObject) {
	anchors = map[string]fyne.CanvasObject{}
	for i := range s.page.blocks {
		b := &s.page.blocks[i]
		var o fyne.CanvasObject
		switch b.kind {
		case heading:
			o = s.heading(b)
			if anchors[b.anchor] == nil {
				anchors[b.anchor] = o
			}
		case bullet, numbered:
			o = s.item(b)
		case table:
			o = s.table(b)
		case picture:
			o = s.picture(b)
		case quote:
			o = kit.NewPanel(kit.AccentSoft, "", 4, container.New(prose.Pad{Left: 12, Top: 6, Right: 12, Bottom: 6}, s.text(theme.SizeNameText, b.spans, false)))
		case code:
			o = kit.NewPanel(theme.ColorNameHeaderBackground, "", 4, container.New(prose.Pad{Left: 12, Top: 6, Right: 12, Bottom: 6}, s.text(theme.SizeNameText, b.spans, false)))
		default:
			o = s.text(theme.SizeNameText, b.spans, false)
		}
		objects = append(objects, o)
	}
	return objects, anchors
}

func (s *setter) heading(b *block) fyne.CanvasObject {
	size, above := theme.SizeNameHeadingText, float32(0)
	switch b.level {
	case 1:
	case 2:
		size, above = theme.SizeNameSubHeadingText, 14
	default:
		size, above = theme.SizeNameText, 8
	}
	return container.New(prose.Pad{Top: above}, s.text(size, b.spans, true))
}

// text sets spans in one size; what was searched for is marked.
func (s *setter) text(size fyne.ThemeSizeName, spans []span, bold bool) *prose.Text {
	var out []prose.Span
	for _, x := range spans {
		p := prose.Span{Text: x.text, Bold: bold || x.bold}
		if x.code {
			p.Ground = theme.ColorNameHeaderBackground
		}
		if x.link != "" {
			link := x.link
			p.Link = func() { s.follow(link) }
		}
		out = append(out, s.mark(p)...)
	}
	return prose.New(size, out...)
}

// mark takes what was searched for out of a span, on a ground.
func (s *setter) mark(p prose.Span) []prose.Span {
	if s.marked == "" {
		return []prose.Span{p}
	}
	var out []prose.Span
	text := p.Text
	for {
		i := strings.Index(strings.ToLower(text), strings.ToLower(s.marked))
		if i < 0 || i+len(s.marked) > len(text) {
			break
		}
		before, hit := p, p
		before.Text, hit.Text, hit.Ground = text[:i], text[i:i+len(s.marked)], kit.WarnSoft
		if before.Text != "" {
			out = append(out, before)
		}
		out, text = append(out, hit), text[i+len(s.marked):]
	}
	if text != "" {
		p.Text = text
		out = append(out, p)
	}
	return out
}

func (s *setter) item(b *block) fyne.CanvasObject {
	sign := "•"
	if b.kind == numbered {
		sign = b.number + "."
	}
	return container.New(&hang{level: b.level}, prose.Plain(sign), s.text(theme.SizeNameText, b.spans, false))
}

// hang puts a sign before a text that wraps beside it.
type hang struct{ level int }

func (h *hang) indent() (sign, text float32) {
	em := theme.TextSize()
	return em * (0.4 + 1.5*float32(h.level)), em * (1.9 + 1.5*float32(h.level))
}

func (h *hang) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	sign, text := h.indent()
	objects[0].Move(fyne.NewPos(sign, 0))
	objects[0].Resize(fyne.NewSize(text-sign, objects[0].MinSize().Height))
	objects[1].Move(fyne.NewPos(text, 0))
	objects[1].Resize(fyne.NewSize(size.Width-text, objects[1].MinSize().Height))
	objects[1].Resize(fyne.NewSize(size.Width-text, objects[1].MinSize().Height))
}

func (h *hang) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, text := h.indent()
	m := objects[1].MinSize()
	return fyne.NewSize(text+m.Width, m.Height)
}

// table sets rows whose columns are as wide as what they hold wants, within bounds.
func (s *setter) table(b *block) fyne.CanvasObject {
	shares := make([]float32, len(b.rows[0]))
	for _, row := range b.rows {
		for i, c := range row {
			if i < len(shares) {
				n := 0
				for _, r := range plain(c) {
					if n += 2; r < utf8.RuneSelf {
						n--
					}
				}
				shares[i] = max(shares[i], float32(min(max(n, 10), 56)))
			}
		}
	}
	box := container.New(prose.Stack{})
	for n, row := range b.rows {
		var objects []fyne.CanvasObject
		for i := range shares {
			var spans []span
			if i < len(row) {
				spans = row[i]
			}
			objects = append(objects, s.text(theme.SizeNameText, spans, n == 0))
		}
		line := container.New(prose.Pad{Left: 8, Top: 4, Right: 8, Bottom: 4}, container.New(prose.Columns{Gap: 14, Shares: shares}, objects...))
		ground := fyne.ThemeColorName("")
		if n == 0 {
			ground = theme.ColorNameHeaderBackground
		}
		box.Add(kit.NewPanel(ground, "", 0, line))
		box.Add(kit.Rule())
	}
	return box
}

// drawing is a picture of the manual, as wide as there is room and not wider than
// it is; a click shows it large.
type drawing struct {
	widget.BaseWidget
	name  string
	img   *canvas.Image
	size  fyne.Size // of the picture itself
	width float32
	onTap func()
}

func (s *setter) picture(b *block) fyne.CanvasObject {
	data, err := fs.ReadFile(s.book.files, path.Join(path.Dir(s.page.file), b.target))
	if err != nil {
		return kit.Note(b.text()) // what it shows is said all the same
	}
	info, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return kit.Note(b.text())
	}
	d := &drawing{name: b.text(), size: fyne.NewSize(float32(info.Width), float32(info.Height))}
	d.img = canvas.NewImageFromResource(fyne.NewStaticResource(b.target, data))
	d.img.FillMode = canvas.ImageFillContain
	d.img.ScaleMode = canvas.ImageScaleSmooth
	d.onTap = func() { s.open(d) }
	d.ExtendBaseWidget(d)
	frame := kit.NewPanel("", kit.Line, 0, container.New(prose.Pad{Left: 1, Top: 1, Right: 1, Bottom: 1}, d))
	caption := prose.New(theme.SizeNameCaptionText, prose.Span{Text: d.name, Ink: kit.Muted})
	return container.New(prose.Stack{Gap: 3}, frame, caption)
}

func (d *drawing) height(width float32) float32 {
	return min(width, d.size.Width) * d.size.Height / d.size.Width
}

// Tapped shows the picture large.
func (d *drawing) Tapped(*fyne.PointEvent) { d.onTap() }

// Cursor is a hand.
func (d *drawing) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws the picture.
func (d *drawing) CreateRenderer() fyne.WidgetRenderer { return &drawingRenderer{d} }

type drawingRenderer struct{ d *drawing }

func (r *drawingRenderer) Layout(s fyne.Size) {
	r.d.width = s.Width
	r.d.img.Resize(fyne.NewSize(min(s.Width, r.d.size.Width), r.d.height(s.Width)))
}

func (r *drawingRenderer) MinSize() fyne.Size {
	width := r.d.width
	if width == 0 {
		width = 400
	}
	return fyne.NewSize(40, r.d.height(width))
}
func (r *drawingRenderer) Refresh()                     { r.d.img.Refresh() }
func (r *drawingRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.d.img} }
func (r *drawingRenderer) Destroy()                     {}
