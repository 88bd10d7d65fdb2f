package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// noStart may not begin a line, noEnd may not end one.
const (
	noStart = "，。、；：！？）》」』】〕〉”’…—～·％%,.;:!?)]}"
	noEnd   = "（《「『【〔〈“‘([{"
)

type widthKey struct {
	r    rune
	bold bool
	size float32
}

// widths are the widths of characters, measured once each; on the UI goroutine.
var widths = map[widthKey]float32{}

const maxWidths = 20_000

// WidthOf is the width of a character.
func WidthOf(r rune, bold bool, size float32) float32 {
	if r >= 0x4E00 && r <= 0x9FFF {
		r = '字'
	}
	k := widthKey{r, bold, size}
	if w, ok := widths[k]; ok {
		return w
	}
	if len(widths) > maxWidths {
		clear(widths)
	}
	w := fyne.MeasureText(string(r), size, fyne.TextStyle{Bold: bold}).Width
	widths[k] = w
	return w
}

func isWord(r rune) bool {
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '+' || r == '_' || r == '-' || r == '/' || r == '@'
}

// BreakAt says after how many characters a full line of n is broken, at giving those
// of the line and, for n, the one that has no room: no closing mark begins a line,
// no opening one ends it, and no word is cut but one that is longer than the line.
func BreakAt(n int, at func(int) rune) int {
	for i := n; i > 0; i-- {
		before, after := at(i-1), at(i)
		if after == ' ' && i < n { // what follows it would begin the line
			continue
		}
		if !strings.ContainsRune(noStart, after) && !strings.ContainsRune(noEnd, before) && !(isWord(before) && isWord(after)) {
			return i
		}
	}
	return n
}

// Label is a text like Fyne's own that wraps as Chinese does.
type Label struct {
	widget.Label
	Text string // all of it; the embedded Label's is broken into lines
}

// NewLabel makes a text that wraps.
func NewLabel(text string) *Label {
	l := &Label{Text: text}
	l.Wrapping = fyne.TextWrapBreak
	l.ExtendBaseWidget(l)
	return l
}

// SetText changes what it says.
func (l *Label) SetText(text string) {
	l.Text = text
	l.Refresh()
}

// CreateRenderer draws it.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	l.breakLines(l.Size().Width)
	return l.Label.CreateRenderer()
}

// Refresh draws it again.
func (l *Label) Refresh() {
	l.breakLines(l.Size().Width)
	l.Label.Refresh()
}

// Resize breaks the lines anew.
func (l *Label) Resize(s fyne.Size) {
	if l.breakLines(s.Width) {
		l.Label.Refresh()
	}
	l.Label.Resize(s)
}

// breakLines puts line breaks where a width asks for them, and reports whether they
// are others than before.
func (l *Label) breakLines(width float32) bool {
	text := l.Text
	if width > 0 && l.Wrapping == fyne.TextWrapBreak {
		// A little less than there is: what Fyne measures of a line may be rounded up.
		text = wrapped(text, width-2*l.Theme().Size(theme.SizeNameInnerPadding)-1, l.TextStyle.Bold, l.size())
	}
	if text == l.Label.Text {
		return false
	}
	l.Label.Text = text
	return true
}

func (l *Label) size() float32 {
	if l.SizeName != "" {
		return l.Theme().Size(l.SizeName)
	}
	return l.Theme().Size(theme.SizeNameText)
}

// wrapped is a text with line breaks for a width.
func wrapped(text string, width float32, bold bool, size float32) string {
	var out strings.Builder
	for i, paragraph := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		line, used := []rune{}, float32(0)
		for _, r := range paragraph {
			w := WidthOf(r, bold, size)
			for len(line) > 0 && used+w > width && r != ' ' { // a space may hang over
				n := BreakAt(len(line), func(i int) rune {
					if i < len(line) {
						return line[i]
					}
					return r
				})
				out.WriteString(strings.TrimRight(string(line[:n]), " ") + "\n")
				line = append([]rune{}, []rune(strings.TrimLeft(string(line[n:]), " "))...)
				used = 0
				for _, r := range line {
					used += WidthOf(r, bold, size)
				}
			}
			line, used = append(line, r), used+w
		}
		out.WriteString(string(line))
	}
	return out.String()
}
