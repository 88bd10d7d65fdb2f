package catalog

import (
	"strings"
	"unicode/utf8"
)

// trail reads what follows the title from i: numbers, notes, articles and other
// words. It returns where the citation ends.
func (r *citationReader) trail(i int) int {
	s := r.s
	end := i
	for {
		j, parted := skipSeparators(s, end)
		if j >= len(s) {
			return end
		}
		if n := r.attached(j, parted, end == j); n > 0 {
			end = j + n
			continue
		}
		n := r.words(end)
		if n == 0 {
			return end
		}
		end += n
	}
}

// attached measures what at j belongs to the citation before it, even across a
// separator: a number, a note in brackets, an article.
func (r *citationReader) attached(j int, parted, close bool) int {
	s := r.s
	c, _ := utf8.DecodeRuneInString(s[j:])
	k := classOf(c)
	skip := 0
	if !parted {
		skip = startsWithAny(s[j:], []string{"中的", "中", "的"})
	}
	if n := articleLength(s[j+skip:]); n > 0 && (r.c.Title != "" || !parted) {
		r.article(withoutBlanks(oneLine(s[j+skip : j+skip+n])))
		return skip + n
	}
	if n := bareNumber(s[j:]); n > 0 && r.c.Number == "" {
		d, _ := findNumber(withoutBlanks(s[j : j+n]))
		r.c.Number = d.number
		r.note(d.note)
		if r.c.Title != "" {
			r.flaw(FlawNumberBare, s[j:j+n])
		}
		if d.flaw != "" {
			r.flaw(d.flaw, s[j:j+n])
		}
		return n
	}
	if k == openRound || k == openSquare {
		return r.bracket(j, parted, close)
	}
	if words := run(s[j:]); close && figures(words) == 4 && isYear(words[:4]) && endsWithAny(words, []string{"修正", "修订", "修改", "版"}) > 0 {
		r.note(words)
		return len(words)
	}
	return 0
}

func (r *citationReader) article(a string) {
	if r.c.Article != "" {
		r.c.Article += "、"
	}
	r.c.Article += a
	if i := strings.Index(a, "条"); i >= 0 && strings.Contains(a[i:], "款") {
		r.flaw(FlawArticleParagraph, a)
	}
}

func (r *citationReader) note(n string) {
	if n != "" {
		r.notes = append(r.notes, n)
	}
}

// bracket reads the bracket at j.
func (r *citationReader) bracket(j int, parted, close bool) int {
	s := r.s
	if enumerator(s[j:]) > 0 {
		return 0
	}
	inner, next, closed, even := bracketEnd(s, j)
	x := withoutBlanks(oneLine(inner))
	d, found := findNumber(x)
	if later, ok := findNumber(x[min(d.end, len(x)):]); found && ok && strings.HasPrefix(x[d.end+later.end:], "修") {
		// 国务院令第492号公布，国务院令第711号修订: the later text is meant.
		later.start, later.end = later.start+d.end, later.end+d.end
		d = later
	}
	switch {
	case found && r.c.Number == "":
		r.c.Number = d.number
		before, after := trimNote(x[:d.start]), trimNote(x[d.end:])
		if after == "文" || after == "文件" {
			after = ""
		}
		if before != "" && after != "" && startsWithAny(after, []string{"公布", "发布", "令", "颁布", "通过", "修"}) == 0 {
			before += "，"
		}
		r.note(d.note)
		r.note(before + after)
		switch {
		case d.flaw != "":
			r.flaw(d.flaw, s[j:next])
		case !closed || !even:
			r.flaw(FlawNumberBrackets, s[j:next])
		}
	case parted && !remark(x):
		return 0
	case label(s, next) && !found && strings.HasPrefix(s[j:], "【"):
		return 0
	case close && (x == "试行" || x == "暂行") && r.c.Title != "" && closed:
		r.c.Title += withoutBlanks(s[j:next])
	case articleLength(x) == len(x) && x != "":
		r.article(x)
	default:
		r.note(trimNote(x))
	}
	if !closed && !found {
		r.flaw(FlawUnpairedBracket, s[j:next])
	}
	return next - j
}

func isSep(c rune) bool { return blank(c) || classOf(c) == sepMark }

func trimNote(s string) string { return strings.TrimFunc(s, isSep) }

// label reports whether a title opens at i, so that what stands before labels it.
func label(s string, i int) bool {
	i = skipBlank(s, i)
	c, _ := utf8.DecodeRuneInString(s[i:])
	return i < len(s) && classOf(c) == openTitle
}

// labels reports whether s, alone on its line, labels what follows: 【法律】, 法律：.
func labels(s string) bool {
	s = trimSpace(s)
	return endsWithAny(s, []string{"】", ":", "："}) > 0
}

// remark reports whether what brackets say is about the act before them even
// with a separator between.
func remark(x string) bool {
	if x == "试行" || x == "暂行" || numbered(x) {
		return true
	}
	return strings.ContainsAny(x, "0123456789") && (strings.Contains(x, "修") || strings.Contains(x, "通过") || strings.Contains(x, "公布") || strings.Contains(x, "施行"))
}

// numbered reports whether x holds a document number.
func numbered(x string) bool {
	_, ok := findNumber(withoutBlanks(x))
	return ok
}

// bareNumber measures the document number without brackets that s starts with.
func bareNumber(s string) int {
	i := strings.Index(s, "号")
	if i < 0 || i > 120 {
		return 0
	}
	end := i + len("号")
	for _, c := range s[:i] {
		switch classOf(c) {
		case sepMark, breakMark, openTitle, closeTitle, openInner, closeInner:
			return 0
		}
	}
	if strings.HasPrefix(s[end:], "令") {
		end += len("令")
	}
	x := withoutBlanks(s[:end])
	d, ok := findNumber(x)
	if !ok || d.start != 0 {
		return 0
	}
	return end - (len(x) - d.end)
}

// words reads the words from i that are neither: 等法律法规, 及其实施细则. It
// returns 0 where the next citation starts, or the line ends.
func (r *citationReader) words(i int) int {
	s := r.s
	first := skipSpaces(s, i)
	if enumerator(s[first:]) > 0 || joinBefore(s, first) > 0 || joinedNumber(s[first:]) > 0 {
		return 0
	}
	prose := false
	for j := first; j < len(s); {
		c, w := utf8.DecodeRuneInString(s[j:])
		k := classOf(c)
		switch {
		case k == breakMark, k == sepMark && (!prose || c == '；' || c == ';' || c == '。'):
			return r.told(i, j)
		case c == ':' || c == '：':
			prose = true
		case k == openTitle, k == openInner:
			tail := trimSpace(s[first:j])
			switch {
			case tail == "", startsWithAny(tail, joins) == len(tail):
				return 0
			case prose, startsWithAny(tail, belonging) > 0:
				return r.told(i, j)
			}
			return 0
		case k == closeTitle, k == closeInner:
			r.flaw(FlawUnpairedTitle, s[first:j+w])
		case k == closeRound, k == closeSquare:
			r.flaw(FlawUnpairedBracket, s[j:j+w])
		case (k == openRound || k == openSquare) && !prose:
			inner, next, closed, _ := bracketEnd(s, j)
			if j > first && j-first < longestTitle && r.c.Number == "" && isYear(inner) {
				// 的通知国办发〔2016〕80号
				for at := range s[first:j] {
					if at > 0 && bareNumber(s[first+at:]) > 0 {
						return r.told(i, first+at)
					}
				}
			}
			if j > first && r.c.Number == "" && (numbered(inner) || isYear(inner)) || j == first && label(s, next) {
				return r.told(i, j)
			}
			if closed {
				w = next - j
			}
		case k == blankMark && !prose:
			after := skipSpaces(s, j)
			if after < len(s) && (plainTitle(run(s[after:])) || enumerator(s[after:]) > 0) {
				return r.told(i, j)
			}
		}
		j += w
	}
	return r.told(i, len(s))
}

// belonging are the words that belong to the title before them.
var belonging = []string{"等", "的", "中", "规定", "及其", "之", "有关", "相关", "所", "第", "》", "〉", ">", "）", ")"}

// told keeps the words s[i:j] as the tail of the citation.
func (r *citationReader) told(i, j int) int {
	tail := trimSpace(r.s[i:j])
	if tail == "" {
		return 0
	}
	bare := strings.TrimFunc(tail, func(c rune) bool { return classOf(c) > sepMark })
	if utf8.RuneCountInString(bare) >= 4 && strings.Contains(r.c.Title, withoutBlanks(bare)) {
		r.flaw(FlawRepeatedTitle, tail)
	} else {
		r.tail += tail
	}
	return j - i
}

// skipSpaces is skipBlank that stops at a line break.
func skipSpaces(s string, i int) int {
	for i < len(s) {
		c, w := utf8.DecodeRuneInString(s[i:])
		if classOf(c) != blankMark {
			break
		}
		i += w
	}
	return i
}

// joinsIssuers reports whether a separator stands between two issuers of one
// document and not between documents: 民政部、财政部关于….
func joinsIssuers(before, after string) bool {
	if endsWithAny(before, issuers) == 0 {
		return false
	}
	words := run(after)
	if next, _ := utf8.DecodeRuneInString(after[len(words):]); endsWithAny(words, issuers) > 0 && classOf(next) == openTitle {
		return true
	}
	return strings.Contains(words, "关于") || strings.Contains(words, "印发") || strings.Contains(words, "转发")
}

var issuers = []string{"部", "委", "局", "院", "厅", "办", "会", "府", "中央", "署", "行", "社", "室"}
