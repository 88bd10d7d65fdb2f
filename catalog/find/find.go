// Package find searches everything of a unit at once: texts by any part of them,
// names by their pinyin or its initials too, document numbers in any brackets.
// Whatever stands in a text is found by any two neighbouring characters of it, or
// more. An index is changed document by document while it is searched.
package find

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"mulutong/catalog"
)

// Part is one text of a document.
type Part struct {
	Name string
	Text string
	// Also is another form in which the text is searched and not shown: a document
	// number without its brackets.
	Also string
	// Weight tells how much it matters, 0 most: 0 are names, which a few letters of
	// pinyin find; texts take more.
	Weight int
}

// Doc is something to be found.
type Doc struct {
	Key   string // within its group
	Title string // what it is called, to be shown
	Parts []Part
}

// Span is a stretch of a text.
type Span struct{ From, To int }

// Hit is a document that was found.
type Hit struct {
	Group, Key, Title string
	Part              string   // the name of the part that fits best
	Parts             []string // of all parts that fit, in their order
	Snippet           string   // from that part, on one line
	Marks             []Span   // what fits in the snippet, in bytes, in order
}

// Result is what a search found: the best hits, best first, and how many there are
// in all.
type Result struct {
	Hits  []Hit
	Total int
}

// Index holds documents in groups. It is safe for concurrent use; the zero value
// is empty.
type Index struct {
	mu     sync.RWMutex
	groups map[string]*group
}

type group struct {
	name string
	no   int
	docs []*doc
	at   map[string]int // by key
}

// doc is a document with its texts as they are compared: folded, in UTF-16, one
// behind the other.
type doc struct {
	Doc
	text []uint16
	ends []int // of the parts; a part begins behind the end of the one before it
	has  pairs
	also []string // nil where no part has another form
}

// between stands between the parts; no character has this code.
const between = 0xFFFF

// fold is the form in which texts are compared.
func fold(s string) string { return strings.ToLower(catalog.Fold(s)) }

func units(s string) []uint16 { return utf16.Encode([]rune(fold(s))) }

func newDoc(d Doc) *doc {
	x := &doc{Doc: d, ends: make([]int, len(d.Parts))}
	n := 0
	for _, p := range d.Parts {
		n += utf8.RuneCountInString(p.Text) + 1
	}
	x.text = make([]uint16, 0, n)
	for i, p := range d.Parts {
		for _, r := range fold(p.Text) {
			x.text = utf16.AppendRune(x.text, r)
		}
		x.ends[i] = len(x.text)
		x.text = append(x.text, between)
		if p.Also != "" {
			if x.also == nil {
				x.also = make([]string, len(d.Parts))
			}
			x.also[i] = bare(p.Also)
		}
	}
	x.has = pairsOf(x.text)
	return x
}

// part is one part's text as it is compared.
func (d *doc) part(i int) []uint16 {
	if i == 0 {
		return d.text[:d.ends[0]]
	}
	return d.text[d.ends[i-1]+1 : d.ends[i]]
}

// bare leaves only the letters and digits of a document number, without 第 and 号,
// which people leave out too.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && r != '第' && r != '号' {
			return r
		}
		return -1
	}, fold(s))
}

// Set makes docs all that is in a group. Groups come in the order of their numbers
// where nothing else tells hits apart.
func (x *Index) Set(name string, no int, docs []Doc) {
	g := &group{name: name, no: no, docs: make([]*doc, 0, len(docs)), at: make(map[string]int, len(docs))}
	for _, d := range docs {
		g.at[d.Key] = len(g.docs)
		g.docs = append(g.docs, newDoc(d))
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.groups == nil {
		x.groups = map[string]*group{}
	}
	x.groups[name] = g
}

// Put replaces one document of a group, by its key, and reports whether it was
// there.
func (x *Index) Put(name string, d Doc) bool {
	n := newDoc(d)
	x.mu.Lock()
	defer x.mu.Unlock()
	g := x.groups[name]
	if g == nil {
		return false
	}
	i, ok := g.at[d.Key]
	if ok {
		// A search under way goes on with the documents it began with.
		g = &group{g.name, g.no, slices.Clone(g.docs), g.at}
		g.docs[i] = n
		x.groups[name] = g
	}
	return ok
}

// Drop removes a group.
func (x *Index) Drop(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.groups, name)
}

// Len counts the documents.
func (x *Index) Len() int {
	n := 0
	for _, g := range x.snapshot() {
		n += len(g.docs)
	}
	return n
}

func (x *Index) snapshot() []*group {
	x.mu.RLock()
	defer x.mu.RUnlock()
	gs := make([]*group, 0, len(x.groups))
	for _, g := range x.groups {
		gs = append(gs, g)
	}
	slices.SortFunc(gs, func(a, b *group) int { return cmp.Or(cmp.Compare(a.no, b.no), cmp.Compare(a.name, b.name)) })
	return gs
}

// Search finds the documents that a query fits and returns at most limit of them.
// All words of the query have to fit, in any parts of a document; a document in
// which they stand together comes first. With groups, only those are searched. It
// ends early, with what it has, once the context is done.
func (x *Index) Search(ctx context.Context, query string, limit int, groups ...string) Result {
	q := newQuery(query)
	if q == nil {
		return Result{}
	}
	type found struct {
		score, no int
		group     *group
		doc       *doc
	}
	var all []found
	for _, g := range x.snapshot() {
		if ctx.Err() != nil {
			break
		}
		if len(groups) > 0 && !slices.Contains(groups, g.name) {
			continue
		}
		for i, d := range g.docs {
			if score, ok := q.score(d); ok {
				all = append(all, found{score, i, g, d})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.score, b.score) })
	r := Result{Total: len(all)}
	for _, f := range all[:min(limit, len(all))] {
		r.Hits = append(r.Hits, q.hit(f.group, f.doc))
	}
	return r
}

// Bounds of a query.
const (
	maxQuery = 200 // characters
	maxWords = 6
)

// query is what is looked for: the words together, or each of them.
type query struct {
	whole word
	words []word
}

// word is one thing looked for.
type word struct {
	units  []uint16
	digits string // letters and digits alone, of what may be a document number
	// Of a word in letters:
	letters                int
	whole, initials, mixed *pinyinQuery
}

// How a word fits a part, less being better, and what each way costs.
const (
	fitsText     = 0
	fitsOther    = 1
	fitsWhole    = 2 // in pinyin
	fitsLetters  = 4
	fitsEither   = 5
	perWeight    = 6
	notAtStart   = 1
	notTogether  = 40
	fewInitials  = 4 // letters, from which on initials are looked for in texts
	leastLetters = 2
)

func newQuery(s string) *query {
	if r := []rune(s); len(r) > maxQuery {
		s = string(r[:maxQuery])
	}
	fields := strings.Fields(s)
	q := &query{whole: newWord(s)}
	if len(q.whole.units) == 0 {
		return nil
	}
	if len(fields) > 1 && len(fields) <= maxWords {
		for _, f := range fields {
			if w := newWord(f); len(w.units) != 0 {
				q.words = append(q.words, w)
			}
		}
	}
	return q
}

func newWord(s string) word {
	w := word{units: units(s)}
	if b := bare(s); strings.ContainsAny(b, "0123456789") && utf8.RuneCountInString(b) >= 4 {
		w.digits = b
	}
	letters := strings.ReplaceAll(fold(s), "'", "")
	if len(letters) < leastLetters || len(letters) > maxPinyin || strings.IndexFunc(letters, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return w
	}
	w.letters = len(letters)
	w.whole = newPinyinQuery(letters, wholeSyllables)
	w.initials = newPinyinQuery(letters, firstLetters)
	w.mixed = newPinyinQuery(letters, eitherWay)
	return w
}

// score tells how well the query fits a document, less being better.
func (q *query) score(d *doc) (int, bool) {
	best, ok := q.whole.best(d)
	if len(q.words) == 0 || ok {
		return best, ok
	}
	total := notTogether
	for i := range q.words {
		s, ok := q.words[i].best(d)
		if !ok {
			return 0, false
		}
		total += s
	}
	return total, true
}

// best is how well the word fits the part it fits best.
func (w *word) best(d *doc) (int, bool) {
	if !w.somewhere(d) {
		return 0, false
	}
	best, found := 0, false
	for i := range d.Parts {
		if s, _, ok := w.fit(d, i); ok && (!found || s < best) {
			best, found = s, true
		}
	}
	return best, found
}

// somewhere tells whether the word may fit any part, by one look at all of them.
func (w *word) somewhere(d *doc) bool {
	if index(d.text, w.units) >= 0 {
		return true
	}
	if w.digits != "" && slices.ContainsFunc(d.also, func(s string) bool { return strings.Contains(s, w.digits) }) {
		return true
	}
	if w.whole == nil || !w.mixed.may(&d.has) { // what the others find, it finds
		return false
	}
	if w.whole.may(&d.has) {
		if _, ok := w.whole.find(d.text); ok {
			return true
		}
	}
	if w.letters >= fewInitials && w.initials.may(&d.has) {
		if _, ok := w.initials.find(d.text); ok {
			return true
		}
	}
	for i := range d.Parts {
		if d.Parts[i].Weight == 0 {
			if _, ok := w.mixed.find(d.part(i)); ok {
				return true
			}
		}
	}
	return false
}

// index is the first place of what in text, -1 where it is not.
func index(text, what []uint16) int {
	first, rest := what[0], what[1:]
	for i, u := range text {
		if u == first && len(text)-i > len(rest) && slices.Equal(text[i+1:i+1+len(rest)], rest) {
			return i
		}
	}
	return -1
}

// figures is where the last figures of a document number stand in a text: of a
// number that is written otherwise, they are what one looks for.
func (w *word) figures(text []uint16) Span {
	to := strings.LastIndexAny(w.digits, "0123456789") + 1
	from := to
	for from > 0 && w.digits[from-1] >= '0' && w.digits[from-1] <= '9' {
		from--
	}
	if i := index(text, units(w.digits[from:to])); i >= 0 {
		return Span{i, i + to - from}
	}
	return Span{}
}

// fit tells how well the word fits a part, and where in the folded text; an empty
// span where that cannot be said.
func (w *word) fit(d *doc, i int) (score int, at Span, ok bool) {
	p, text := &d.Parts[i], d.part(i)
	score = p.Weight * perWeight
	if j := index(text, w.units); j >= 0 {
		switch {
		case j > 0:
			score += notAtStart
		case len(text) == len(w.units):
			score -= notAtStart
		}
		return score, Span{j, j + len(w.units)}, true
	}
	if w.digits != "" && d.also != nil && strings.Contains(d.also[i], w.digits) {
		return score + fitsOther, w.figures(text), true
	}
	if w.whole == nil {
		return 0, Span{}, false
	}
	name := p.Weight == 0
	for _, way := range []struct {
		query *pinyinQuery
		cost  int
		wants bool
	}{
		{w.whole, fitsWhole, true},
		{w.initials, fitsLetters, name || w.letters >= fewInitials},
		{w.mixed, fitsEither, name},
	} {
		if !way.wants {
			continue
		}
		at, ok := way.query.find(text)
		if !ok || !name && at.To-at.From < 2 { // one character by its reading is too little in a text
			continue
		}
		if at.From > 0 {
			score += notAtStart
		}
		return score + way.cost, at, true
	}
	return 0, Span{}, false
}

// hit makes a hit of a document that fits.
func (q *query) hit(g *group, d *doc) Hit {
	words := q.words
	if _, ok := q.whole.best(d); ok || len(words) == 0 {
		words = []word{q.whole}
	}
	h := Hit{Group: g.name, Key: d.Key, Title: d.Title}
	best, bestScore := -1, 0
	for i := range d.Parts {
		score, fits := 0, 0
		for j := range words {
			if s, _, ok := words[j].fit(d, i); ok {
				score, fits = score+s, fits+1
			}
		}
		if fits == 0 {
			continue
		}
		h.Parts = append(h.Parts, d.Parts[i].Name)
		if score += (len(words) - fits) * notTogether; best < 0 || score < bestScore {
			best, bestScore = i, score
		}
	}
	p := &d.Parts[best]
	h.Part = p.Name
	var marks []Span
	for j := range words {
		_, at, ok := words[j].fit(d, best)
		if !ok || at.To == 0 {
			continue
		}
		// A text that is given literally is marked wherever it stands.
		text := d.part(best)
		found := text[at.From:at.To]
		for from := at.From; ; {
			marks = append(marks, Span{from, from + len(found)})
			next := index(text[from+len(found):], found)
			if next < 0 || len(marks) > maxMarks {
				break
			}
			from += len(found) + next
		}
	}
	h.Snippet, h.Marks = snippet(p.Text, joined(marks))
	return h
}

const maxMarks = 50

// joined puts spans in order and those that touch together.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Lengths of a snippet, in characters.
const (
	beforeMark = 12
	longest    = 60
)

// snippet cuts what stands round the first mark out of a text, on one line. The
// marks are of the folded text; those returned are of the snippet.
func snippet(text string, marks []Span) (string, []Span) {
	runes := []rune(text)
	from, to := originals(text, marks)
	start := 0
	if len(from) > 0 && len(runes) > longest {
		start = max(0, min(from[0]-beforeMark, len(runes)-longest))
	}
	end := min(len(runes), start+longest)
	var b strings.Builder
	if start > 0 {
		b.WriteString("…")
	}
	var out []Span
	k := 0
	for i := start; i <= end; i++ {
		for k < len(from) && to[k] <= i {
			if n := len(out); n > 0 && out[n-1].To < 0 {
				out[n-1].To = b.Len()
			}
			k++
		}
		if k < len(from) && i < end && i == max(from[k], start) {
			out = append(out, Span{b.Len(), -1})
		}
		if i < end {
			r := runes[i]
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				r = ' '
			}
			b.WriteRune(r)
		}
	}
	if n := len(out); n > 0 && out[n-1].To < 0 {
		out[n-1].To = b.Len()
	}
	if end < len(runes) {
		b.WriteString("…")
	}
	return b.String(), out
}

// originals gives, for spans of the folded text, the characters of the text that
// they came from: the first, and the one after the last.
func originals(text string, marks []Span) (from, to []int) {
	folded, k, i := 0, 0, -1
	for _, r := range text {
		i++
		width := len(units(string(r)))
		for k < len(marks) {
			if len(from) == k && folded+width > marks[k].From {
				from = append(from, i)
			}
			if len(from) > k && folded+width >= marks[k].To {
				to = append(to, i+1)
				k++
				continue
			}
			break
		}
		folded += width
	}
	for len(to) < len(from) {
		to = append(to, i+1)
	}
	return from, to
}
