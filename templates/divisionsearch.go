package templates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mulutong/catalog"
)

// Bounds of a search: what is asked, and how many divisions are looked at. A
// word that fits more townships than that ("镇") finds only some.
const (
	maxWords      = 4
	maxWordLength = 40     // characters
	maxLooked     = 2000   // for a word
	maxPaths      = 20_000 // for a path in one word
	maxFound      = 1000
)

// How well a word fits a division, less being better.
const (
	rankWhole       = iota // the whole name, code or pinyin
	rankShort              // without the word for its kind
	rankInitials           // of the whole or the short name
	rankBeginning          // of name, code or pinyin
	rankInitialPart        // the beginning of the initials
	rankInside             // the name holds it
	unmatched       = 1 << 20
)

const (
	minCut      = 2  // the least, in bytes, that a path's part is cut off by
	villageCode = 12 // digits
)

// townships finds townships by what their names hold. Each list is in order;
// an item packs what is looked for above the number of the division, so that a
// list is searched and sorted as plain numbers.
type townships struct {
	pairs    []uint64 // two neighbouring characters of a name; its last stands with 0
	pinyin   []uint64 // the first letters of a name's pinyin
	initials []uint64 // the first initials
}

const (
	indexBits  = 16
	runeBits   = 21
	letterBits = 5
	letters    = 9 // that are packed; the rest is compared when ranking
)

func indexTownships(all []division) townships {
	t := townships{pairs: make([]uint64, 0, 4*len(all))}
	for i := range all {
		d := &all[i]
		if len(d.code) < townshipCode {
			continue
		}
		var last rune
		for _, c := range d.name {
			if last != 0 {
				t.pairs = append(t.pairs, packPair(last, c)|uint64(i))
			}
			last = c
		}
		t.pairs = append(t.pairs, packPair(last, 0)|uint64(i))
		t.pinyin = append(t.pinyin, packLetters(d.pinyin)|uint64(i))
		t.initials = append(t.initials, packLetters(d.initials)|uint64(i))
	}
	slices.Sort(t.pairs)
	slices.Sort(t.pinyin)
	slices.Sort(t.initials)
	return t
}

func packPair(a, b rune) uint64 {
	return uint64(a)<<(runeBits+indexBits) | uint64(b)<<indexBits
}

// packLetters packs the first letters of s, in an order that keeps beginnings
// together; whatever is no letter counts as one after z.
func packLetters(s string) uint64 {
	var n uint64
	for i := range letters {
		n <<= letterBits
		switch {
		case i >= len(s):
		case s[i] >= 'a' && s[i] <= 'z':
			n |= uint64(s[i]-'a') + 1
		default:
			n |= 'z' - 'a' + 2
		}
	}
	return n << indexBits
}

// between returns the items from one up to another, at most maxLooked/2.
func between(list []uint64, from, to uint64) []uint64 {
	i, _ := slices.BinarySearch(list, from)
	j, _ := slices.BinarySearch(list[i:], to)
	return list[i : i+min(j, maxLooked/2)]
}

// word is one word of a query.
type word struct {
	text string
	kind wordKind
}

type wordKind uint8

const (
	nameWord wordKind = iota
	pinyinWord
	codeWord
)

// words splits a query and prepares its words.
func words(q string) []word {
	var out []word
	for _, f := range strings.FieldsFunc(q, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",，、/>-", c) }) {
		if utf8.RuneCountInString(f) > maxWordLength {
			return nil
		}
		f = strings.ReplaceAll(strings.ToLower(f), "'", "")
		w := word{text: f}
		switch {
		case f == "":
			continue
		case isDigits(f):
			w.kind = codeWord
		case strings.IndexFunc(f, func(c rune) bool { return c > unicode.MaxASCII }) < 0:
			w.kind = pinyinWord
		}
		if out = append(out, w); len(out) > maxWords {
			return nil
		}
	}
	return out
}

// rank tells how well the word fits the division, less being better.
func (w word) rank(d *division) int {
	switch w.kind {
	case codeWord:
		switch {
		case d.code == w.text || (len(w.text) == villageCode && strings.HasPrefix(w.text, d.code) && len(d.code) == townshipCode):
			return rankWhole
		case strings.HasPrefix(d.code, w.text):
			return rankBeginning
		case len(w.text) >= 6 && len(d.code) <= 6 && w.text == d.code+strings.Repeat("0", len(w.text)-len(d.code)):
			return rankShort // 340200 is 3402
		}
	case pinyinWord:
		switch {
		case d.pinyin == w.text:
			return rankWhole
		case d.pinyin[:d.shortPinyin] == w.text:
			return rankShort
		case d.initials == w.text || d.initials[:d.shortInitials] == w.text:
			return rankInitials
		case strings.HasPrefix(d.pinyin, w.text):
			return rankBeginning
		case strings.HasPrefix(d.initials, w.text):
			return rankInitialPart
		}
	default:
		switch i := strings.Index(d.name, w.text); {
		case i < 0:
		case i > 0:
			return rankInside
		case len(d.name) == len(w.text):
			return rankWhole
		case int(d.shortName) == len(w.text):
			return rankShort
		default:
			return rankBeginning
		}
	}
	return unmatched
}

// looked returns the townships that may fit the word, at most maxLooked.
func (x *DivisionIndex) looked(w word) []int32 {
	var items []uint64
	switch w.kind {
	case codeWord:
		return x.coded(w.text)
	case pinyinWord:
		from := packLetters(w.text)
		to := from + 1<<(indexBits+letterBits*max(0, letters-len(w.text)))
		items = slices.Concat(between(x.townships.pinyin, from, to), between(x.townships.initials, from, to))
	default:
		items = x.townships.holding([]rune(w.text))
	}
	found := make([]int32, len(items))
	for i, n := range items {
		found[i] = int32(n & (maxIndexed - 1))
	}
	return found
}

// coded returns the townships whose code begins with the digits, or that the
// twelve digits of a village begin with.
func (x *DivisionIndex) coded(digits string) []int32 {
	var found []int32
	from, _ := x.at(digits)
	for i := from; i < len(x.all) && len(found) < maxLooked && strings.HasPrefix(x.all[i].code, digits); i++ {
		found = append(found, int32(i))
	}
	if len(digits) == villageCode {
		if i, ok := x.at(digits[:townshipCode]); ok {
			found = append(found, int32(i))
		}
	}
	return found
}

// holding returns the shortest list of townships that a name with all the
// characters must be in.
func (t *townships) holding(c []rune) []uint64 {
	best := between(t.pairs, packPair(c[0], 0), packPair(c[0]+1, 0))
	for i := 1; i < len(c); i++ {
		if l := between(t.pairs, packPair(c[i-1], c[i]), packPair(c[i-1], c[i]+1)); i == 1 || len(l) < len(best) {
			best = l
		}
	}
	return best
}

// hit is a division found: how well it fits, its level and its number, packed
// so that the order of hits is that of numbers.
type hit uint64

func (x *DivisionIndex) hit(i int32, rank int) hit {
	return hit(rank)<<40 | hit(len(x.all[i].code))<<32 | hit(i)
}

// Find returns at most limit divisions that fit the query, best first. Every
// word of it is the beginning of a code, a part of a name, or the beginning of
// a name's pinyin or of its initials; it fits the division or one that the
// division lies in, in any order: "南陵 籍山", "nanling jishan". A path may be
// written in one go: 南陵县籍山镇, "nljs". Whole names come before parts, and
// larger divisions before smaller.
func (x *DivisionIndex) Find(q string, limit int) []catalog.Division {
	hits, _ := x.search(q)
	slices.Sort(hits)
	var out []catalog.Division
	seen := map[int32]bool{}
	for _, h := range hits {
		if len(out) >= min(limit, maxFound) {
			break
		}
		if i := int32(h & (1<<32 - 1)); !seen[i] {
			seen[i] = true
			out = append(out, x.all[i].public())
		}
	}
	return out
}

// search returns what fits the query, in no order, and how many divisions were
// looked at for it.
func (x *DivisionIndex) search(q string) (hits []hit, looked int) {
	ws := words(q)
	if len(ws) == 0 {
		return nil, 0
	}
	look := func(found []int32) {
		looked += len(found)
		for _, i := range found {
			if r := x.rank(ws, i); r < unmatched {
				hits = append(hits, x.hit(i, r))
			}
		}
	}
	look(x.upper)
	for _, w := range ws {
		look(x.looked(w))
	}
	if len(ws) > 1 {
		look(x.within(ws))
	} else if ws[0].kind != codeWord {
		p := pathSearch{x: x}
		p.search(ws[0], 0, len(x.all))
		hits = append(hits, p.hits...)
		looked += p.looked
	}
	return hits, looked
}

// within returns townships of the places that the words fit, small places
// first, since those say more; at most maxLooked.
func (x *DivisionIndex) within(ws []word) []int32 {
	var found []int32
	for _, length := range []int{countyCode, cityCode, provinceCode} {
		for _, i := range x.upper {
			d := &x.all[i]
			if len(d.code) != length || !slices.ContainsFunc(ws, func(w word) bool { return w.rank(d) < unmatched }) {
				continue
			}
			from, to := x.below(int(i))
			for j := from; j < to; j++ {
				if len(found) == maxLooked {
					return found
				}
				found = append(found, int32(j))
			}
		}
	}
	return found
}

// rank tells how well the words fit the division at i or one it lies in; at
// least one must fit the division itself.
func (x *DivisionIndex) rank(ws []word, i int32) int {
	d := &x.all[i]
	total, own := 0, false
	for _, w := range ws {
		r := w.rank(d)
		if r < unmatched {
			own = true
		} else if len(ws) > 1 {
			for above := d.parent; above >= 0; above = x.all[above].parent {
				r = min(r, w.rank(&x.all[above]))
			}
		}
		if r == unmatched {
			return unmatched
		}
		total += r
	}
	if !own || !IsPlace(d.name) {
		return unmatched
	}
	return total
}

// pathSearch finds divisions whose path is written as one word: 南陵县籍山镇.
// It cuts the name of a place above townships off the word and looks below that
// place for the rest.
type pathSearch struct {
	x      *DivisionIndex
	hits   []hit
	looked int
}

func (p *pathSearch) search(w word, from, to int) {
	x := p.x
	start, _ := slices.BinarySearch(x.upper, int32(from))
	for _, i := range x.upper[start:] {
		if int(i) >= to {
			return
		}
		p.looked++
		for _, rest := range w.cut(&x.all[i]) {
			below, end := x.below(int(i))
			p.look(word{rest, w.kind}, below, min(end, below+max(0, maxPaths-p.looked)))
			p.search(word{rest, w.kind}, below, end)
		}
	}
}

// look ranks the divisions from one to another.
func (p *pathSearch) look(w word, from, to int) {
	for i := from; i < to; i++ {
		p.looked++
		if r := w.rank(&p.x.all[i]); r <= rankBeginning && IsPlace(p.x.all[i].name) {
			p.hits = append(p.hits, p.x.hit(int32(i), rankShort+r))
		}
	}
}

// cut cuts the division's name, short name, pinyin or initials off the word's
// beginning and returns what may be left.
func (w word) cut(d *division) []string {
	var forms [4]string
	switch {
	case w.kind == pinyinWord && w.text[0] == d.pinyin[0]:
		forms = [4]string{d.pinyin, d.pinyin[:d.shortPinyin], d.initials, d.initials[:d.shortInitials]}
	case w.kind == nameWord && strings.HasPrefix(w.text, d.name[:d.shortName]):
		forms = [4]string{d.name, d.name[:d.shortName]}
	default:
		return nil
	}
	var rests []string
	for _, f := range forms {
		if rest, ok := strings.CutPrefix(w.text, f); ok && rest != "" && len(f) >= minCut && !slices.Contains(rests, rest) {
			rests = append(rests, rest)
		}
	}
	return rests
}
