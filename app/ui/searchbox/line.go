package searchbox

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/work"
)

// line is one line of text in which some stretches are marked. What does not fit
// is cut off, with a sign.
type line struct {
	widget.BaseWidget
	text  string
	marks []work.Mark
	size  fyne.ThemeSizeName
	ink   fyne.ThemeColorName
	bold  bool
}

func newLine(text string, marks []work.Mark, size fyne.ThemeSizeName, ink fyne.ThemeColorName, bold bool) *line {
	l := &line{text: text, marks: marks, size: size, ink: ink, bold: bold}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{l: l}
	r.Refresh()
	return r
}

type lineRenderer struct {
	l     *line
	shown []fyne.CanvasObject
	width float32
}

const cutSign = "…"

func (r *lineRenderer) piece(text string, marked bool) *canvas.Text {
	var ink color.Color = theme.Color(r.l.ink)
	if marked {
		ink = theme.Color(kit.Accent)
	}
	t := canvas.NewText(text, ink)
	t.TextSize = theme.Size(r.l.size)
	t.TextStyle.Bold = marked || r.l.bold
	return t
}

// build makes the pieces anew for a width.
func (r *lineRenderer) build(width float32) {
	r.width, r.shown = width, nil
	x := float32(0)
	put := func(text string, marked bool) (more bool) {
		if text == "" {
			return true
		}
		t := r.piece(text, marked)
		room := width - x
		if t.MinSize().Width > room {
			t = r.cut(text, marked, room)
		}
		if t == nil {
			return false
		}
		t.Move(fyne.NewPos(x, 0))
		t.Resize(t.MinSize())
		r.shown = append(r.shown, t)
		x += t.MinSize().Width
		return t.Text == text
	}
	at := 0
	for _, m := range r.l.marks {
		if !put(r.l.text[at:m.From], false) || !put(r.l.text[m.From:m.To], true) {
			return
		}
		at = m.To
	}
	put(r.l.text[at:], false)
}

// cut is as much of a text as fits, with a sign; nil where not even that does.
func (r *lineRenderer) cut(text string, marked bool, room float32) *canvas.Text {
	runes := []rune(text)
	low, high := 0, len(runes) // low fits, high does not
	if r.piece(cutSign, marked).MinSize().Width > room {
		return nil
	}
	for high-low > 1 {
		mid := (low + high) / 2
		if r.piece(string(runes[:mid])+cutSign, marked).MinSize().Width <= room {
			low = mid
		} else {
			high = mid
		}
	}
	return r.piece(string(runes[:low])+cutSign, marked)
}

func (r *lineRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.build(s.Width)
		canvas.Refresh(r.l)
	}
}

func (r *lineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, r.piece("字", true).MinSize().Height)
}

func (r *lineRenderer) Refresh() {
	r.build(r.l.Size().Width)
	canvas.Refresh(r.l)
}

func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.shown }
func (r *lineRenderer) Destroy()                     {}
