package find

import (
	_ "embed"
	"math/bits"
	"strings"
	"sync"
)

//go:generate go run ./internal/readings readings.txt

//go:embed readings.txt
var readingsText string

const (
	firstHan, lastHan = 0x4E00, 0x9FFF
	mostReadings      = 3
)

// readingTable knows how characters are read. Those read alike are of one class.
type readingTable struct {
	class   [lastHan - firstHan + 1]uint16
	classes [][]string // the readings of each class, the most common first
	letters []uint32   // the first letters of each class's readings, a bit each
	by      [26][]int  // the classes by the first letters of their readings
}

// lettersOf are the letters that a character of a folded text can stand for, a bit
// each: those its readings begin with, or the one it is.
func (t *readingTable) lettersOf(u uint16) uint32 {
	switch {
	case u >= firstHan && u <= lastHan:
		return t.letters[t.class[u-firstHan]]
	case u >= 'a' && u <= 'z':
		return 1 << (u - 'a')
	}
	return 0
}

// pairs tells which two letters neighbouring characters of a text stand for. Most
// texts in which a query in letters is not found are known by it without a look.
type pairs [(26*26 + 63) / 64]uint64

func pairsOf(text []uint16) (p pairs) {
	t := readings()
	before := uint32(0)
	for _, u := range text {
		now := t.lettersOf(u)
		for a := before; a != 0; a &= a - 1 {
			for b := now; b != 0; b &= b - 1 {
				n := bits.TrailingZeros32(a)*26 + bits.TrailingZeros32(b)
				p[n/64] |= 1 << (n % 64)
			}
		}
		before = now
	}
	return p
}

func (p *pairs) has(a, b byte) bool {
	n := int(a-'a')*26 + int(b-'a')
	return p[n/64]&(1<<(n%64)) != 0
}

var readings = sync.OnceValue(func() *readingTable {
	of := make([][]string, lastHan-firstHan+1)
	for line := range strings.Lines(readingsText) {
		syllable, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for _, c := range chars {
			of[c-firstHan] = append(of[c-firstHan], syllable)
		}
	}
	t := &readingTable{classes: [][]string{nil}}
	known := map[[mostReadings]string]uint16{{}: 0}
	for i, own := range of {
		var key [mostReadings]string
		copy(key[:], own)
		n, ok := known[key]
		if !ok {
			n = uint16(len(t.classes))
			known[key], t.classes = n, append(t.classes, own)
		}
		t.class[i] = n
	}
	t.letters = make([]uint32, len(t.classes))
	for n, own := range t.classes {
		for _, s := range own {
			t.letters[n] |= 1 << (s[0] - 'a')
		}
		for left := t.letters[n]; left != 0; left &= left - 1 {
			a := bits.TrailingZeros32(left)
			t.by[a] = append(t.by[a], n)
		}
	}
	return t
})

// pinyinWay tells how much of each syllable a query gives.
type pinyinWay uint8

const (
	wholeSyllables pinyinWay = iota // shehuijiuzhu, the last one perhaps begun only
	firstLetters                    // shjz
	eitherWay                       // shehjz
)

// maxPinyin bounds a query in pinyin, so that its places fit the bits of a word.
const maxPinyin = 48

// pinyinQuery finds characters by what their readings are made of.
type pinyinQuery struct {
	text string
	// next gives, for a place in the query and a class, the places it leads to.
	next [][]uint64
	// ends gives, for a place in the query, all places that one character leads to.
	ends []uint64
	// starts tells which characters can come first.
	starts [1 << 16 / 64]uint64
}

// newPinyinQuery prepares a query of small letters.
func newPinyinQuery(q string, way pinyinWay) *pinyinQuery {
	t := readings()
	p := &pinyinQuery{text: q, next: make([][]uint64, len(q)), ends: make([]uint64, len(q))}
	for at := range q {
		p.next[at] = make([]uint64, len(t.classes))
		for _, n := range t.by[q[at]-'a'] { // no other syllable leads anywhere
			for _, s := range t.classes[n] {
				p.next[at][n] |= leads(q, at, s, way)
			}
			p.ends[at] |= p.next[at][n]
		}
		p.ends[at] |= 1 << (at + 1) // a letter in the text
	}
	for i, class := range t.class {
		if p.next[0][class] != 0 {
			p.start(uint16(firstHan + i))
		}
	}
	p.start(uint16(q[0]))
	return p
}

func (p *pinyinQuery) start(u uint16) { p.starts[u/64] |= 1 << (u % 64) }

// leads gives the places in a query that a syllable leads to from one.
func leads(q string, at int, syllable string, way pinyinWay) (to uint64) {
	rest := q[at:]
	if way != firstLetters {
		switch {
		case strings.HasPrefix(rest, syllable):
			to |= 1 << (at + len(syllable))
		case strings.HasPrefix(syllable, rest) && at > 0:
			to |= 1 << len(q)
		}
	}
	if way != wholeSyllables && syllable[0] == rest[0] {
		to |= 1 << (at + 1)
		if way == eitherWay && len(syllable) > 1 && syllable[1] == 'h' && strings.HasPrefix(rest, syllable[:2]) { // zh, ch, sh
			to |= 1 << (at + 2)
		}
	}
	return to
}

// may reports whether a text with such pairs can hold the query; it can be wrong
// only in saying that it can.
func (p *pinyinQuery) may(has *pairs) bool {
	whole := uint64(1) << len(p.text)
	reached := uint64(1)
	for at := range p.text {
		if reached&(1<<at) == 0 {
			continue
		}
		if p.ends[at]&whole != 0 {
			return true
		}
		for left := p.ends[at]; left != 0; left &= left - 1 {
			if to := bits.TrailingZeros64(left); has.has(p.text[at], p.text[to]) {
				reached |= 1 << to
			}
		}
	}
	return false
}

// find returns the first stretch of a folded text that is read as the query says.
func (p *pinyinQuery) find(text []uint16) (Span, bool) {
	for i, u := range text {
		if p.starts[u/64]&(1<<(u%64)) == 0 {
			continue
		}
		if end := p.from(text, i); end > i {
			return Span{i, end}, true
		}
	}
	return Span{}, false
}

// from tries the query at a place of the text, and takes as much as it fits;
// the place itself where it does not.
func (p *pinyinQuery) from(text []uint16, i int) (end int) {
	t := readings()
	at, whole := uint64(1), uint64(1)<<len(p.text) // places in the query that what was read so far can have led to
	end = i
	for ; i < len(text) && at != 0; i++ {
		u := text[i]
		var next uint64
		for left := at &^ whole; left != 0; left &= left - 1 {
			place := bits.TrailingZeros64(left)
			if u >= firstHan && u <= lastHan {
				next |= p.next[place][t.class[u-firstHan]]
			} else if u == uint16(p.text[place]) {
				next |= 1 << (place + 1)
			}
		}
		if next&whole != 0 {
			end = i + 1
		}
		at = next
	}
	return end
}

// Initials are the first letters of a text's characters, letters and digits, each
// by its most common reading: mzj of 民政局.
func Initials(s string) string {
	t := readings()
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= firstHan && r <= lastHan:
			if own := t.classes[t.class[r-firstHan]]; len(own) > 0 {
				b.WriteByte(own[0][0])
			}
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}
