package field

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Prose is a text that breaks as Chinese does: between any two characters but
// never before a closing mark or after an opening one. It has no space around
// it, so that much fits in a pane.
type Prose struct {
	widget.BaseWidget
	text  string
	Color fyne.ThemeColorName // theme.ColorNameForeground where empty
	Small bool
	Bold  bool
	// Max bounds the lines shown; what is left out is marked by …; 0 shows all.
	Max int
	// Line keeps the text on one line, as wide as it is.
	Line bool
	// Center puts the lines in the middle of the width.
	Center bool

	width float32
	lines []string
	shape shape
}

// shape is what the lines depend on besides the text.
type shape struct {
	width, size float32
	max         int
	text        string
}

// NewProse makes a text.
func NewProse(text string) *Prose {
	p := &Prose{text: text}
	p.ExtendBaseWidget(p)
	return p
}

// NewNote makes a smaller text of second rank.
func NewNote(text string, color fyne.ThemeColorName) *Prose {
	p := &Prose{text: text, Color: color, Small: true}
	p.ExtendBaseWidget(p)
	return p
}

// Text is the whole text.
func (p *Prose) Text() string { return p.text }

// SetText changes the text.
func (p *Prose) SetText(text string) {
	if text != p.text {
		p.text = text
		p.Refresh()
	}
}

// SetMax changes how many lines are shown.
func (p *Prose) SetMax(n int) {
	if n != p.Max {
		p.Max = n
		p.Refresh()
	}
}

// Cut reports whether something is left out.
func (p *Prose) Cut() bool {
	p.wrap()
	return p.Max > 0 && len(p.lines) == p.Max && strings.HasSuffix(p.lines[p.Max-1], "…") && !strings.HasSuffix(p.text, "…")
}

// Resize breaks the text anew for the width.
func (p *Prose) Resize(s fyne.Size) {
	p.width = s.Width
	p.BaseWidget.Resize(s)
}

func (p *Prose) size() float32 {
	if p.Small {
		return theme.CaptionTextSize()
	}
	return theme.TextSize()
}

func (p *Prose) wrap() {
	now := shape{p.width, p.size(), p.Max, p.text}
	if p.lines != nil && now == p.shape {
		return
	}
	p.shape = now
	measure := measureOf(now.size, p.Bold)
	p.lines = p.lines[:0]
	for _, para := range strings.Split(p.text, "\n") {
		p.lines = append(p.lines, breakLines(para, p.width, measure)...)
	}
	if p.Max > 0 && len(p.lines) > p.Max {
		last := []rune(p.lines[p.Max-1])
		for len(last) > 0 && widthOf(last, measure)+measure('…') > p.width {
			last = last[:len(last)-1]
		}
		p.lines = append(p.lines[:p.Max-1], string(last)+"…")
	}
}

// MinSize is as high as the text is at the width it was given last.
func (p *Prose) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	return p.BaseWidget.MinSize()
}

// CreateRenderer draws the lines.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{p: p}
	r.Refresh()
	return r
}

type proseRenderer struct {
	p     *Prose
	texts []fyne.CanvasObject
}

// lineHeight is that of a line with a little space, as long texts need.
func (r *proseRenderer) lineHeight() float32 {
	return float32(int(r.p.size()*1.42 + 0.5))
}

func (r *proseRenderer) Layout(fyne.Size) {
	r.p.wrap()
	r.draw()
}

func (r *proseRenderer) draw() {
	name := r.p.Color
	if name == "" {
		name = theme.ColorNameForeground
	}
	ink, size := theme.Color(name), r.p.size()
	for len(r.texts) < len(r.p.lines) {
		r.texts = append(r.texts, canvas.NewText("", ink))
	}
	r.texts = r.texts[:len(r.p.lines)]
	for i, line := range r.p.lines {
		t := r.texts[i].(*canvas.Text)
		t.Text, t.Color, t.TextSize, t.TextStyle.Bold = line, ink, size, r.p.Bold
		high := t.MinSize()
		t.Alignment = fyne.TextAlignLeading
		if r.p.Center {
			t.Alignment = fyne.TextAlignCenter
		}
		t.Resize(fyne.NewSize(r.p.width, high.Height))
		t.Move(fyne.NewPos(0, float32(i)*r.lineHeight()+(r.lineHeight()-high.Height)/2))
		t.Refresh()
	}
}

func (r *proseRenderer) MinSize() fyne.Size {
	if r.p.Line {
		return fyne.NewSize(widthOf([]rune(r.p.text), measureOf(r.p.size(), r.p.Bold))+1, r.lineHeight())
	}
	r.p.wrap()
	return fyne.NewSize(2*r.p.size(), float32(len(r.p.lines))*r.lineHeight())
}

func (r *proseRenderer) Refresh() {
	r.p.wrap()
	r.draw()
	canvas.Refresh(r.p)
}

func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.texts }
func (r *proseRenderer) Destroy()                     {}

type measured struct {
	r    rune
	size float32
	bold bool
}

// runeWidths keeps the widths of characters; only the UI goroutine measures.
var runeWidths = map[measured]float32{}

var measuredTheme fyne.Theme

func measureOf(size float32, bold bool) func(rune) float32 {
	if th := fyne.CurrentApp().Settings().Theme(); th != measuredTheme { // another font, perhaps
		clear(runeWidths)
		measuredTheme = th
	}
	return func(r rune) float32 {
		if r >= 0x4e00 && r < 0xa000 {
			r = '一' // all Han characters are as wide as each other
		}
		k := measured{r, size, bold}
		w, ok := runeWidths[k]
		if !ok {
			w = fyne.MeasureText(string(r), size, fyne.TextStyle{Bold: bold}).Width
			runeWidths[k] = w
		}
		return w
	}
}

func widthOf(rs []rune, measure func(rune) float32) (w float32) {
	for _, r := range rs {
		w += measure(r)
	}
	return w
}

const (
	noStart = "，。、；：！？）》〉」』】〕％…”’,.;:!?)]}%"
	noEnd   = "（《〈「『【〔“‘([{"
)

// breakLines breaks a paragraph into lines no wider than width where that is
// possible; a width of zero or less breaks nothing.
func breakLines(s string, width float32, measure func(rune) float32) []string {
	rs := []rune(s)
	if width <= 0 || len(rs) == 0 {
		return []string{s}
	}
	var lines []string
	for len(rs) > 0 {
		n, w := 0, float32(0)
		for n < len(rs) {
			w += measure(rs[n])
			if w > width+0.01 && n > 0 {
				break
			}
			n++
		}
		if n < len(rs) {
			n = goodBreak(rs, n)
		}
		lines = append(lines, string(rs[:n]))
		rs = rs[n:]
		for len(rs) > 0 && rs[0] == ' ' {
			rs = rs[1:]
		}
	}
	return lines
}

// goodBreak moves a break back to where a line may end, by a few characters only;
// words in Latin letters and numbers stay whole where they fit on a line.
func goodBreak(rs []rune, n int) int {
	for at := n; at > max(n/2, 1); at-- {
		switch {
		case strings.ContainsRune(noStart, rs[at]), strings.ContainsRune(noEnd, rs[at-1]):
		case wordRune(rs[at]) && wordRune(rs[at-1]), digit(rs[at-1]) && strings.ContainsRune(counted, rs[at]), rs[at-1] == '第' && digit(rs[at]):
		default:
			return at
		}
	}
	return n
}

// counted stand behind a number and stay there: 第649号, 20个.
const counted = "号年月日条款项级个周次"

func digit(r rune) bool { return r >= '0' && r <= '9' }

func wordRune(r rune) bool {
	return r < 0x250 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || digit(r) || r >= 0xc0)
}
