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

// copied is an entry whose content another has.
type copied struct {
	from int    // that entry, or -1
	name string // what it is called
}

// minCopied is the length in bytes from which content is so particular that two
// matters do not share it by chance.
const minCopied = 30

// copies finds entries whose content is that of the entry before, or of another
// entry of the template, where the template tells the two apart.
func (w *whole) copies(entries []catalog.Entry, t *target) {
	for i := range entries {
		want, content := w.wants[i], entries[i].Content
		if want == nil || len(content) < minCopied || catalog.Unfilled(want.entry.Content) || sameText(content, want.entry.Content) {
			continue
		}
		if i > 0 && w.wants[i-1] != nil && w.wants[i-1] != want && sameText(content, entries[i-1].Content) && alike(content, w.wants[i-1].entry.Content) && !alike(content, want.entry.Content) {
			w.copied[i] = copied{i - 1, entries[i-1].Submatter()}
			continue
		}
		for j := range t.wants {
			other := &t.wants[j]
			if other != want && sameText(content, other.entry.Content) && !alike(content, want.entry.Content) {
				w.copied[i] = copied{-1, other.entry.Submatter()}
				break
			}
		}
	}
}

// alike reports whether most items of the one list stand in the other too.
func alike(a, b string) bool {
	x, y := items(a), items(b)
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return both*4 >= 3*min(len(x), len(y))
}

// items are what a content lists, folded.
func items(content string) map[string]bool {
	out := map[string]bool{}
	for s := range strings.FieldsFuncSeq(content, func(c rune) bool { return strings.ContainsRune("、；;，,。\n", c) }) {
		if s = catalog.Fold(s); s != "" {
			out[strings.TrimSuffix(s, "等")] = true
		}
	}
	return out
}
