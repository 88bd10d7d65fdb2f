package catalog

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// ParseBasis reads the citations of a cell. They may stand on lines of their
// own, between separators (、，；), joined by 和 or 及, or one after the other
// without anything between. Separators, spaces and such joining words go;
// every other character stands in the Text of some citation, bytes that are
// none as U+FFFD.
func ParseBasis(s string) Basis {
	b, odd := readBasis(strings.ToValidUTF8(s, "\uFFFD"))
	// What is badly broken may read otherwise once it stands on a line of its
	// own; read again until it does not.
	for range 8 {
		if !odd {
			break
		}
		var again Basis
		again, odd = readBasis(b.String())
		odd = odd && !slices.Equal(again, b)
		b = again
	}
	return b
}

// readBasis reads a cell once. It tells whether anything was odd enough that
// it might read otherwise when printed.
func readBasis(s string) (b Basis, odd bool) {
	for pos := 0; ; {
		r := citationReader{s: s}
		if !r.read(pos) {
			return b, odd
		}
		b = append(b, r.c)
		pos = r.next
		odd = odd || len(r.flaws) > 0 || r.c.Title == "" || r.prefix != "" || r.tail != "" || !strings.Contains(r.c.Text, "《") || !strings.Contains(s, r.c.Text)
	}
}

// citationReader reads one citation.
type citationReader struct {
	s    string
	c    Citation
	next int // where the next citation may start

	// What stands around the citation proper: 【法律】《…》等文件.
	prefix, tail string

	flaws []Flaw
	notes []string
}

func (r *citationReader) flaw(k FlawKind, text string) {
	r.flaws = append(r.flaws, Flaw{Kind: k, Text: trimSpace(text)})
}

// read reads the citation at or after pos; false when there is none.
func (r *citationReader) read(pos int) bool {
	start, _ := skipSeparators(r.s, pos)
	for {
		w := joinBefore(r.s, start)
		if w == 0 {
			break
		}
		start += w
	}
	if start >= len(r.s) {
		return false
	}
	end := r.lead(start)
	end = r.trail(end)
	if end <= start {
		// Never stand still: take what is there.
		_, w := utf8.DecodeRuneInString(r.s[start:])
		end = start + w
	}
	r.next = end
	r.c.Text = oneLine(r.s[start:end])
	r.c.Note = strings.Join(r.notes, "，")
	return true
}

// joinBefore measures a joining word at i that stands right before a title, with
// marks or without.
func joinBefore(s string, i int) int {
	w := startsWithAny(s[i:], joins)
	if w == 0 {
		return 0
	}
	j := skipBlank(s, i+w)
	if plainTitle(run(s[j:])) {
		return j - i
	}
	r, _ := utf8.DecodeRuneInString(s[j:])
	if c := classOf(r); j < len(s) && (c == openTitle || c == openInner) {
		return j - i
	}
	return 0
}

var joins = []string{"和", "以及", "及", "与", "或者", "或", "并", "/", "／", "|", "+", "＋", "&", "＆"}

// lead reads up to the end of the title: what stands before it and the title,
// with or without marks. It returns where the rest starts.
func (r *citationReader) lead(start int) int {
	s := r.s
	i := start + enumerator(s[start:])
	i += joinedNumber(s[i:])
	words := i
	for i < len(s) {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch classOf(c) {
		case sepMark, breakMark:
			if classOf(c) == sepMark && joinsIssuers(s[words:i], s[i+w:]) || classOf(c) == breakMark && labels(s[words:i]) && label(s, i) {
				break
			}
			return r.plain(words, i)
		case blankMark:
			if plainTitle(s[words:i]) {
				return r.plain(words, i)
			}
		case openTitle, openInner:
			if i > words && plainTitle(s[words:i]) {
				return r.plain(words, i)
			}
			r.prefix = s[start:i]
			return r.marked(words, i)
		case closeTitle, closeInner:
			if i == words {
				break
			}
			r.c.Title = cleanTitle(s[words:i])
			r.flaw(FlawUnpairedTitle, s[words:i+w])
			return i + w
		case openRound, openSquare:
			inner, next, closed, _ := bracketEnd(s, i)
			if i == words {
				if closed && !isYear(inner) {
					w = next - i // 【法律】 before a title
				}
				break
			}
			if isYear(inner) {
				if k := titleWithin(s[words:i], true); k > 0 {
					return r.plain(words, words+k)
				}
				if n := bareNumber(s[words:]); n > 0 {
					return r.plain(words, words)
				}
			}
			if plainTitle(s[words:i]) || numbered(inner) {
				return r.plain(words, i)
			}
			if closed {
				w = next - i
			}
		case wordMark:
			if c == '第' && i > words && plainTitle(s[words:i]) && articleLength(s[i:]) > 0 {
				return r.plain(words, i)
			}
			if (c == '和' || c == '及' || c == '与' || c == '以') && i > words && plainTitle(s[words:i]) {
				if joinBefore(s, i) > 0 || strings.HasPrefix(s[i:], "及其") {
					return r.plain(words, i)
				}
			}
		}
		i += w
	}
	return r.plain(words, len(s))
}

// joinedNumber measures a joining word before a number that stands for a
// document by itself: 及财库〔2015〕135号. It stays, or the number would seem to
// belong to the title before it.
func joinedNumber(s string) int {
	w := startsWithAny(s, joins)
	if w > 0 && bareNumber(s[w:]) == 0 {
		return 0
	}
	return w
}

// run returns the words s starts with, up to a separator, space or mark.
func run(s string) string {
	for i, c := range s {
		if classOf(c) != wordMark {
			return s[:i]
		}
	}
	return s
}

// plain takes s[start:end], which has no title marks, as the title if it is
// plainly one, and returns where what follows the title starts.
func (r *citationReader) plain(start, end int) int {
	text := r.s[start:end]
	if !plainTitle(text) {
		if k := titleWithin(text, false); k > 0 {
			text, end = text[:k], start+k
		} else if bareNumber(r.s[start:]) > 0 {
			return start
		} else {
			return end
		}
	}
	from := start + lastColon(text)
	from += startsWithAny(r.s[from:end], []string{"根据", "依据", "依照", "按照"})
	r.prefix = r.s[start:from]
	r.c.Title = cleanTitle(r.s[from:end])
	return end
}

// titleWithin returns how long a title text starts with, when a number without
// brackets follows it, 城镇燃气管理条例国务院令第583号, or, before the brackets of a
// year, the twelve characters or fewer that begin one: …的决定国发 before 〔2004〕28号.
func titleWithin(text string, beforeYear bool) int {
	if len(text) > longestTitle {
		return 0
	}
	for i := len(text); i > 0; {
		_, w := utf8.DecodeLastRuneInString(text[:i])
		if i -= w; plainTitle(text[:i]) {
			if bareNumber(text[i:]) == len(text)-i || beforeYear && !strings.Contains(text[i:], "号") && len(text)-i <= 36 {
				return i
			}
		}
	}
	return 0
}

// enumerator measures the list number s starts with: 1. or （一） or 2、.
func enumerator(s string) int {
	if n := numbering(s); n > 0 {
		return n
	}
	n, size := numeral(s)
	if size == 0 || n > 99 {
		return 0
	}
	if u := startsWithAny(s[size:], []string{"、", ".", "．"}); u > 0 && figures(s[size+u:]) == 0 {
		return size + u
	}
	return 0
}
