package check

import (
	"strings"

	"mulutong/catalog"
)

// altered is a citation that is the one of the entry before but for a year or a
// digit of its number.
type altered struct{ text, before string }

// alterations finds them: 2012年 and 2013年 in one title, 〔2014〕47号 and
// 〔2014〕74号 behind one.
func (w *whole) alterations(entries []catalog.Entry) {
	for i := 1; i < len(entries); i++ {
		a, b := entries[i-1].Basis, entries[i].Basis
		for j := range b {
			if b[j].Title == "" || j >= len(a) || a[j].Text == b[j].Text || len(a[j].Text) != len(b[j].Text) {
				continue
			}
			if len(w.counted[i]) == 0 && digitsDiffer(a[j].Text, b[j].Text) && !namesIt(a, b[j].Text) && !namesIt(b, a[j].Text) {
				w.altered[i] = append(w.altered[i], altered{b[j].Text, a[j].Text})
			}
		}
	}
}

func namesIt(b catalog.Basis, text string) bool {
	for i := range b {
		if b[i].Text == text {
			return true
		}
	}
	return false
}

// digitsDiffer reports whether two texts of one length differ in digits of one
// year or document number and in nothing else. Articles may differ.
func digitsDiffer(a, b string) bool {
	differ := 0
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		if !isDigit(a[i]) || !isDigit(b[i]) {
			return false
		}
		differ++
		from := i
		for from > 0 && isDigit(b[from-1]) {
			from--
		}
		to := i
		for to < len(b) && isDigit(b[to]) {
			to++
		}
		rest := strings.TrimLeft(b[to:], " ")
		year := to-from == 4 && (strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "〕") || strings.HasPrefix(rest, "]") || strings.HasPrefix(rest, ")"))
		if !year && (!strings.HasPrefix(rest, "号") || !numbered(b[:from]) || differ > 1 && a[i] != b[i-1]) {
			return false // 号 of two orders, unless two digits changed places
		}
	}
	return differ == 1 || differ == 2
}

// minCopied is the length in bytes from which content is so particular that two
// matters do not share it by chance.
const minCopied = 30

// copies finds entries whose content is that of the entry before, where the
// template tells the two apart.
func (w *whole) copies(entries []catalog.Entry) {
	for i := 1; i < len(entries); i++ {
		want, before, content := w.wants[i], w.wants[i-1], entries[i].Content
		if want == nil || before == nil || want == before || len(content) < minCopied || !sameText(content, entries[i-1].Content) {
			continue
		}
		if !want.goesBy(entries[i].Path) || !before.goesBy(entries[i-1].Path) {
			continue // a guess, not a match
		}
		if !want.entry.Unfilled(catalog.FieldContent) && !before.entry.Unfilled(catalog.FieldContent) && differ(content, want.entry.Content, before.entry.Content) {
			w.copied[i] = true
		}
	}
}

// differ reports whether two matters list different things, and content not those
// of the first.
func differ(content, want, before string) bool {
	own := items(want)
	return !alike(own, items(before)) && !alike(items(content), own)
}

// copiedFrom returns the entry of the template whose content the entry at hand
// lists instead of its own; nil where it is none.
func (p *pass) copiedFrom() *want {
	if p.t == nil || len(p.e.Content) < minCopied || p.e.Content == p.t.entry.Content || !p.t.goesBy(p.e.Path) {
		return nil
	}
	own := items(p.t.entry.Content)
	if len(own) < 3 {
		return nil
	}
	var strange []string // what the entry's own content in the template does not list
	listed := items(p.e.Content)
	for s := range listed {
		if !own[s] {
			strange = append(strange, s)
		}
	}
	if len(strange) < 3 || len(strange)*2 < len(listed) {
		return nil
	}
	var from *want
	most := 2
	for i, has := range p.target.itemsOf() {
		n := 0
		for _, s := range strange {
			if has[s] {
				n++
			}
		}
		if n > most && n*5 >= len(listed)*3 {
			from, most = &p.target.wants[i], n
		}
	}
	return from
}

// alike reports whether two lists share half of what the shorter has.
func alike(x, y map[string]bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return both*2 > min(len(x), len(y))
}

// items are what a content lists, folded.
func items(content string) map[string]bool {
	out := map[string]bool{}
	for s := range strings.FieldsFuncSeq(content, func(c rune) bool { return strings.ContainsRune("、；;，,。\n", c) }) {
		if s = strings.TrimSuffix(catalog.Fold(s), "等"); s != "" {
			out[s] = true
		}
	}
	return out
}
