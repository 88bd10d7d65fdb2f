// Package prose lays out texts that are read: paragraphs that wrap as Chinese
// does, with bold, coloured, marked and linked stretches, and boxes that know how
// high their content is at a width.
//
// A line never begins with a closing mark nor ends with an opening one, and no
// Latin word or number is cut in two unless it is longer than a line.
package prose

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// Span is a stretch of a text in one style. The zero style is plain.
type Span struct {
	Text   string
	Bold   bool
	Ink    fyne.ThemeColorName // the theme's foreground where empty
	Ground fyne.ThemeColorName // a colour behind it; none where empty
	Link   func()              // what a click does
}

// Text is a text that wraps at its width; line breaks in it are kept.
type Text struct {
	widget.BaseWidget
	spans  []Span
	size   fyne.ThemeSizeName
	centre bool
	width  float32
	lines  []textLine
	over   int // the link under the mouse, -1 for none
}

// New makes a text of spans.
func New(size fyne.ThemeSizeName, spans ...Span) *Text {
	t := &Text{spans: spans, size: size, over: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Plain makes a text in one style.
func Plain(s string) *Text { return New(theme.SizeNameText, Span{Text: s}) }

// SetSpans changes what the text says.
func (t *Text) SetSpans(spans ...Span) {
	t.spans, t.lines = spans, nil
	t.Refresh()
}

// String is the text without its styles.
func (t *Text) String() string {
	var b strings.Builder
	for _, s := range t.spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// piece is a stretch of a line in one style.
type piece struct {
	span  int
	text  string
	x, w  float32
	blank bool
}

type textLine struct{ pieces []piece }

// glyph is a character with its style and width.
type glyph struct {
	r    rune
	span int
	w    float32
}

// wrap breaks the text into lines of a width.
func (t *Text) wrap(width float32) []textLine {
	size := theme.Size(t.size)
	var out []textLine
	var line []glyph
	used := float32(0)
	end := func(n int) { // the first n glyphs are a line; the rest begins the next
		out = append(out, t.pieces(line[:n], width))
		rest := line[n:]
		for len(rest) > 0 && rest[0].r == ' ' {
			rest = rest[1:]
		}
		line = append([]glyph(nil), rest...)
		used = 0
		for _, g := range line {
			used += g.w
		}
	}
	for i, s := range t.spans {
		for _, r := range s.Text {
			if r == '\n' {
				end(len(line))
				continue
			}
			if r == '\t' || r == '\r' {
				r = ' '
			}
			g := glyph{r, i, kit.WidthOf(r, s.Bold, size)}
			for len(line) > 0 && used+g.w > width {
				n := kit.BreakAt(len(line), func(i int) rune {
					if i < len(line) {
						return line[i].r
					}
					return g.r
				})
				if n == len(line) && r == ' ' {
					break // a space may hang over
				}
				end(n)
			}
			line = append(line, g)
			used += g.w
		}
	}
	end(len(line))
	return out
}

// pieces joins neighbouring glyphs of one style.
func (t *Text) pieces(gs []glyph, width float32) textLine {
	var l textLine
	x := float32(0)
	for i := 0; i < len(gs); {
		j, w := i, float32(0)
		var b strings.Builder
		for ; j < len(gs) && gs[j].span == gs[i].span; j++ {
			b.WriteRune(gs[j].r)
			w += gs[j].w
		}
		l.pieces = append(l.pieces, piece{span: gs[i].span, text: b.String(), x: x, w: w, blank: strings.TrimSpace(b.String()) == ""})
		x += w
		i = j
	}
	if t.centre && x < width {
		for i := range l.pieces {
			l.pieces[i].x += (width - x) / 2
		}
	}
	return l
}

func (t *Text) lineHeight() float32 {
	return fyne.MeasureText("字", theme.Size(t.size), fyne.TextStyle{}).Height + theme.LineSpacing()
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{t: t} }

// link is the link at a point, -1 where there is none.
func (t *Text) link(p fyne.Position) int {
	n := int(p.Y / t.lineHeight())
	if n < 0 || n >= len(t.lines) {
		return -1
	}
	for _, q := range t.lines[n].pieces {
		if p.X >= q.x && p.X < q.x+q.w && t.spans[q.span].Link != nil {
			return q.span
		}
	}
	return -1
}

// Tapped follows the link that was clicked.
func (t *Text) Tapped(e *fyne.PointEvent) {
	if n := t.link(e.Position); n >= 0 {
		t.spans[n].Link()
	}
}

// Links are the texts of the links, for keyboards and tests.
func (t *Text) Links() (names []string, follow []func()) {
	for _, s := range t.spans {
		if s.Link != nil {
			names, follow = append(names, s.Text), append(follow, s.Link)
		}
	}
	return names, follow
}

// MouseIn, MouseMoved and MouseOut underline the link under the mouse.
func (t *Text) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved underlines the link under the mouse.
func (t *Text) MouseMoved(e *desktop.MouseEvent) {
	if n := t.link(e.Position); n != t.over {
		t.over = n
		t.Refresh()
	}
}

// MouseOut ends underlining.
func (t *Text) MouseOut() {
	if t.over >= 0 {
		t.over = -1
		t.Refresh()
	}
}

// Cursor is a hand over a link.
func (t *Text) Cursor() desktop.Cursor {
	if t.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

type textRenderer struct {
	t       *Text
	objects []fyne.CanvasObject
}

func (r *textRenderer) Layout(s fyne.Size) {
	if s.Width != r.t.width || r.t.lines == nil {
		r.build(s.Width)
	}
}

func (r *textRenderer) build(width float32) {
	t := r.t
	t.width = width
	t.lines = t.wrap(width)
	r.objects = r.objects[:0]
	height := t.lineHeight()
	gap := theme.LineSpacing() / 2
	for n, l := range t.lines {
		y := float32(n) * height
		for _, p := range l.pieces {
			s := t.spans[p.span]
			if s.Ground != "" && !p.blank {
				ground := canvas.NewRectangle(theme.Color(s.Ground))
				ground.CornerRadius = 2
				ground.Move(fyne.NewPos(p.x-1, y))
				ground.Resize(fyne.NewSize(p.w+2, height))
				r.objects = append(r.objects, ground)
			}
			ink := s.Ink
			switch {
			case ink != "":
			case s.Link != nil:
				ink = kit.Accent
			default:
				ink = theme.ColorNameForeground
			}
			text := canvas.NewText(p.text, theme.Color(ink))
			text.TextSize, text.TextStyle.Bold = theme.Size(t.size), s.Bold
			text.Move(fyne.NewPos(p.x, y+gap))
			text.Resize(fyne.NewSize(p.w, height-2*gap))
			r.objects = append(r.objects, text)
			if s.Link != nil && p.span == t.over {
				under := canvas.NewRectangle(theme.Color(ink))
				under.Move(fyne.NewPos(p.x, y+height-gap-1))
				under.Resize(fyne.NewSize(p.w, 1))
				r.objects = append(r.objects, under)
			}
		}
	}
}

func (r *textRenderer) MinSize() fyne.Size {
	lines := max(len(r.t.lines), 1)
	if r.t.lines == nil && r.t.width > 0 {
		lines = len(r.t.wrap(r.t.width))
	}
	return fyne.NewSize(theme.Size(r.t.size)*3, float32(lines)*r.t.lineHeight())
}

func (r *textRenderer) Refresh() {
	if r.t.width > 0 {
		r.build(r.t.width)
	}
	canvas.Refresh(r.t)
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *textRenderer) Destroy()                     {}
