package imports

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

// marks is a text of several lines in which what differs stands on a coloured
// ground, underlined where it comes. Fyne's rich text does not break lines within
// neighbouring parts of it.
type marks struct {
	widget.BaseWidget
	pieces []piece
	going  bool
	height float32 // at the width last given
}

func newMarks(ps []piece, going bool) *marks {
	m := &marks{pieces: ps, going: going}
	m.ExtendBaseWidget(m)
	return m
}

// run is a stretch of one line.
type run struct {
	text    string
	x       float32
	line    int
	width   float32
	differs bool
}

// closers do not begin a line, openers do not end one.
const (
	closers = "、，。；：！？）】》〉」』〕”’,.;:!?)]}%"
	openers = "（【《〈「『〔“‘([{"
)

// flow breaks the pieces into runs of lines no wider than width.
func (m *marks) flow(width float32) (runs []run, lines int) {
	measure := measurer{size: theme.TextSize(), known: map[string]float32{}}
	x, line := float32(0), 0
	add := func(token string, w float32, differs bool) {
		if n := len(runs); n > 0 && runs[n-1].line == line && runs[n-1].differs == differs {
			runs[n-1].text += token
			runs[n-1].width += w
		} else {
			runs = append(runs, run{token, x, line, w, differs})
		}
		x += w
	}
	for _, p := range m.pieces {
		for _, token := range tokens(p.text) {
			if token == "\n" {
				x, line = 0, line+1
				continue
			}
			w := measure.of(token)
			if x > 0 && x+w > width && !strings.Contains(closers, token) {
				line, x = line+1, 0
				// An opening bracket goes with what it opens.
				if n := len(runs); n > 0 && runs[n-1].line == line-1 {
					last, size := utf8.DecodeLastRuneInString(runs[n-1].text)
					if strings.ContainsRune(openers, last) && len(runs[n-1].text) > size {
						lw := measure.of(string(last))
						runs[n-1].text = runs[n-1].text[:len(runs[n-1].text)-size]
						runs[n-1].width -= lw
						add(string(last), lw, runs[n-1].differs)
					}
				}
			}
			add(token, w, p.differs)
		}
	}
	return runs, line + 1
}

// measurer remembers how wide tokens are; most of a text are the same few hundred
// characters.
type measurer struct {
	size  float32
	known map[string]float32
}

func (m *measurer) of(token string) float32 {
	if w, ok := m.known[token]; ok {
		return w
	}
	w := fyne.MeasureText(token, m.size, fyne.TextStyle{}).Width
	m.known[token] = w
	return w
}

// lineHeight is how high a line is.
func (m *marks) lineHeight() float32 {
	return fyne.MeasureText("国", theme.TextSize(), fyne.TextStyle{}).Height
}

// inset keeps the text where labels have theirs.
func (m *marks) inset() float32 { return theme.InnerPadding() }

// Resize breaks the lines at the new width.
func (m *marks) Resize(s fyne.Size) {
	_, lines := m.flow(m.lineWidth(s.Width))
	m.height = float32(lines)*m.lineHeight() + 2*m.inset()
	m.BaseWidget.Resize(s)
}

// lineWidth leaves a closing mark room beyond the last character.
func (m *marks) lineWidth(width float32) float32 {
	return max(width-2*m.inset()-theme.TextSize()/2, theme.TextSize())
}

// MinSize is as high as the lines at the width last given.
func (m *marks) MinSize() fyne.Size {
	m.ExtendBaseWidget(m)
	return fyne.NewSize(4*theme.TextSize(), max(m.height, m.lineHeight()+2*m.inset()))
}

// CreateRenderer draws the lines.
func (m *marks) CreateRenderer() fyne.WidgetRenderer {
	r := &marksRenderer{m: m}
	r.Refresh()
	return r
}

type marksRenderer struct {
	m       *marks
	objects []fyne.CanvasObject
}

func (r *marksRenderer) Layout(fyne.Size)             { r.Refresh() }
func (r *marksRenderer) MinSize() fyne.Size           { return r.m.MinSize() }
func (r *marksRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *marksRenderer) Destroy()                     {}

func (r *marksRenderer) Refresh() {
	m := r.m
	r.objects = nil
	ink, ground := kit.Good, kit.GoodSoft
	if m.going {
		ink, ground = kit.Danger, kit.DangerSoft
	}
	h, in := m.lineHeight(), m.inset()
	runs, _ := m.flow(m.lineWidth(m.Size().Width))
	for _, u := range runs {
		at := fyne.NewPos(in+u.x, in+float32(u.line)*h)
		text := canvas.NewText(u.text, theme.Color(theme.ColorNameForeground))
		text.TextSize = theme.TextSize()
		if u.differs {
			text.Color = theme.Color(ink)
			under := canvas.NewRectangle(theme.Color(ground))
			under.Move(at)
			under.Resize(fyne.NewSize(u.width, h))
			r.objects = append(r.objects, under)
			if !m.going { // a line through a character would hide it
				line := canvas.NewLine(theme.Color(ink))
				line.StrokeWidth = 1.5
				line.Position1, line.Position2 = fyne.NewPos(at.X, at.Y+h-2), fyne.NewPos(at.X+u.width, at.Y+h-2)
				r.objects = append(r.objects, line)
			}
		}
		text.Move(at)
		text.Resize(text.MinSize())
		r.objects = append(r.objects, text)
	}
	canvas.Refresh(m)
}
