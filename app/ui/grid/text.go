package grid

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
)

// look is what drawing needs of theme and fonts, read once a refresh. Equal
// looks draw the same.
type look struct {
	size, line, pad, unit    float32
	rowHeight, headHeight    float32
	dots                     float32 // width of …
	han                      float32 // width of any Chinese character
	known                    *widths
	text, muted, rule, paper color.Color
	head, accent, soft       color.Color
	danger, warn, locked     color.Color
}

// widths are those of characters measured so far.
type widths struct{ plain, bold map[rune]float32 }

// newLook reads the theme, keeping what was measured of the same font.
func newLook(old *look, th fyne.Theme) *look {
	l := &look{size: th.Size(theme.SizeNameText)}
	l.unit = l.size / 14
	l.pad = 5 * l.unit
	box := fyne.MeasureText("国", l.size, fyne.TextStyle{})
	l.line, l.han = box.Height, box.Width
	l.dots = fyne.MeasureText("…", l.size, fyne.TextStyle{}).Width
	if old != nil && old.size == l.size && old.han == l.han && old.line == l.line {
		l.known = old.known
	} else {
		l.known = &widths{map[rune]float32{}, map[rune]float32{}}
	}
	l.rowHeight = 2*l.line + 2*l.pad
	l.headHeight = l.line + 2.4*l.pad
	l.text, l.muted = kit.Color(theme.ColorNameForeground), kit.Color(kit.Muted)
	l.paper, l.rule = kit.Color(theme.ColorNameInputBackground), kit.Color(kit.Line)
	l.head, l.locked = kit.Color(theme.ColorNameHeaderBackground), kit.Color(theme.ColorNameBackground)
	l.accent, l.danger, l.warn = kit.Color(kit.Accent), kit.Color(kit.Danger), kit.Color(kit.Warn)
	l.soft = faint(l.accent, 0x28)
	if old != nil && *old == *l {
		return old
	}
	return l
}

func faint(c color.Color, alpha uint8) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = alpha
	return n
}

// advance is the width of a character.
func (l *look) advance(r rune, bold bool) float32 {
	if r >= 0x4e00 && r <= 0x9fff {
		return l.han
	}
	m := l.known.plain
	if bold {
		m = l.known.bold
	}
	w, ok := m[r]
	if !ok {
		w = fyne.MeasureText(string(r), l.size, fyne.TextStyle{Bold: bold}).Width
		m[r] = w
	}
	return w
}

// width is how wide a text is on one line.
func (l *look) width(s string, bold bool) float32 {
	var w float32
	for _, r := range s {
		w += l.advance(r, bold)
	}
	return w
}

// fit cuts the text to the width, and says with … that it was cut.
func (l *look) fit(s string, width float32, bold bool) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		if strings.TrimSpace(s[i:]) == "" {
			s = s[:i]
		} else {
			return l.cut(s[:i], width, bold)
		}
	}
	if l.width(s, bold) <= width {
		return s
	}
	return l.cut(s, width, bold)
}

func (l *look) cut(s string, width float32, bold bool) string {
	w := l.dots
	for i, r := range s {
		if w += l.advance(r, bold); w > width {
			return s[:i] + "…"
		}
	}
	return s + "…"
}

// lines breaks a text into the two lines of a cell.
func (l *look) lines(s string, width float32) (first, second string) {
	s = strings.Trim(s, " \n\r\t")
	var w float32
	word := -1 // where the last word in Latin letters begins
	for i, r := range s {
		if r == '\n' {
			return strings.TrimSuffix(s[:i], "\r"), l.fit(strings.TrimLeft(s[i:], "\n\r "), width, false)
		}
		if !latin(r) {
			word = -1
		} else if word < 0 {
			word = i
		}
		if w += l.advance(r, false); w > width && i > 0 {
			if word > 0 {
				i = word
			} else if strings.ContainsRune("，。、；：！？）》〉】”’", r) {
				if _, n := utf8.DecodeLastRuneInString(s[:i]); n < i {
					i -= n // no line begins with such a sign
				}
			}
			return s[:i], l.fit(strings.TrimLeft(s[i:], " \n\r"), width, false)
		}
	}
	return s, ""
}

func latin(r rune) bool {
	return r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '.')
}

// wrapped counts the lines a text takes in a field of the width.
func (l *look) wrapped(s string, width float32) int {
	n := 1
	var w float32
	for _, r := range s {
		if r == '\n' {
			n++
			w = 0
			continue
		}
		a := l.advance(r, false)
		if w += a; w > width {
			n++
			w = a
		}
	}
	return n
}
