package paper

import (
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face measures text in a font and says how its characters are written in a PDF.
type face struct {
	name   string
	font   *sfnt.Font
	buf    sfnt.Buffer
	em     float64
	glyphs map[rune]glyph
	beyond map[sfnt.GlyphIndex]rune // private places of characters beyond 16 bits; nil until wanted
}

type glyph struct {
	written rune    // what stands for the character in the file
	width   float64 // in em
}

func newFace(name string, ttf []byte) (*face, error) {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return &face{name: name, font: f, em: float64(f.UnitsPerEm()), glyphs: map[rune]glyph{}}, nil
}

// missing prints where the font lacks a character; printers always used it so.
const missing = '〓'

// glyph looks a character up.
func (f *face) glyph(r rune) glyph {
	g, ok := f.glyphs[r]
	if ok {
		return g
	}
	g.written = r
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || i == 0 {
		if r != missing {
			g = f.glyph(missing)
			f.glyphs[r] = g
			return g
		}
		g.written = '?'
		i, _ = f.font.GlyphIndex(&f.buf, '?')
	}
	if r > 0xFFFF { // the file format's writer knows 16 bits
		if g.written, ok = f.private(i); !ok {
			g = f.glyph(missing)
			f.glyphs[r] = g
			return g
		}
	}
	units := fixed.Int26_6(f.font.UnitsPerEm()) << 6
	if a, err := f.font.GlyphAdvance(&f.buf, i, units, 0); err == nil {
		g.width = float64(a) / 64 / f.em
	}
	f.glyphs[r] = g
	return g
}

// private is the place in the private area where the font has a glyph a second time.
func (f *face) private(i sfnt.GlyphIndex) (rune, bool) {
	if f.beyond == nil {
		f.beyond = map[sfnt.GlyphIndex]rune{}
		for r := rune(0xE000); r <= 0xF8FF; r++ {
			if at, err := f.font.GlyphIndex(&f.buf, r); err == nil && at != 0 {
				f.beyond[at] = r
			}
		}
	}
	r, ok := f.beyond[i]
	return r, ok
}

// measure is the width of a line as wrap returned it, in em.
func (f *face) measure(line string) float64 {
	w := 0.0
	for _, r := range line {
		w += f.glyph(r).width
	}
	return w
}

// Signs that begin no line, and signs that end none, as Chinese is set.
const (
	noStart = "，。、；：？！）》〉」』】〕〗”’…—～·,.;:?!)]}%％℃°"
	noEnd   = "（《〈「『【〔〖“‘([{￥$№§"
)

// tidy makes a text printable: characters that the font has, tabs as spaces, no
// other control characters.
func (f *face) tidy(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085':
			return '\n'
		case r == '\t' || unicode.Is(unicode.Zs, r) && r != '\u3000':
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me) && f.lacks(r):
			return -1
		case unicode.IsControl(r):
			return -1
		}
		return f.glyph(r).written
	}, strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), string(missing)))
}

// lacks reports whether the font has no glyph for a character.
func (f *face) lacks(r rune) bool {
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err != nil || i == 0
}

// wrap parts a text into lines no wider than the width, in em: at its own line
// breaks, and where Chinese may break, which is between words and signs that
// belong together nowhere. A word wider than the line is broken.
func (f *face) wrap(text string, width float64) []string {
	var lines []string
	for par := range strings.SplitSeq(f.tidy(text), "\n") {
		lines = f.wrapLine(lines, []rune(strings.TrimRight(par, " ")), width)
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func (f *face) wrapLine(lines []string, par []rune, width float64) []string {
	from, fits, at := 0, -1, 0.0 // start of the line, last place to break it, its width so far
	for i := 0; i < len(par); i++ {
		if i > from && mayBreak(par[i-1], par[i]) {
			fits = i
		}
		w := f.glyph(par[i]).width
		if at+w > width+1e-9 && i > from && par[i] != ' ' { // a space may hang over
			cut := i
			if fits > from {
				cut = fits
			}
			lines = append(lines, strings.TrimRight(string(par[from:cut]), " "))
			for cut < len(par) && par[cut] == ' ' {
				cut++
			}
			from, fits, at = cut, -1, 0
			i = cut - 1
			continue
		}
		at += w
	}
	return append(lines, string(par[from:]))
}

func mayBreak(a, b rune) bool {
	switch {
	case b == ' ':
		return false
	case a == ' ':
		return true
	case strings.ContainsRune(noStart, b) || strings.ContainsRune(noEnd, a):
		return false
	}
	return !word(a) || !word(b)
}

// word reports whether a character is part of a word or number of the Latin sort.
func word(r rune) bool {
	return r > ' ' && r < 0x2000
}
