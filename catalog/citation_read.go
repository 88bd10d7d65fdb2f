package catalog

import (
	"strings"
	"unicode/utf8"
)

// ParseBasis reads the citations of a cell. They may stand on lines of their
// own, between separators (、，；), joined by 和 or 及, or one after the other
// without anything between. Separators, spaces and such joining words go;
// every other character stands in the Text of some citation.
func ParseBasis(s string) Basis {
	var b Basis
	for pos := 0; ; {
		r := citationReader{s: s}
		if !r.read(pos) {
			return b
		}
		b = append(b, r.c)
		pos = r.next
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
	r.flaws = append(r.flaws, Flaw{Kind: k, Text: strings.TrimFunc(text, blank)})
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
	words := i
	for i < len(s) {
		c, w := utf8.DecodeRuneInString(s[i:])
		switch classOf(c) {
		case sepMark, breakMark:
			if classOf(c) == sepMark && joinsIssuers(s[words:i], s[i+w:]) {
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
				if k := titleWithin(s[words:i]); k > 0 {
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
	if n := bareNumber(r.s[start:]); n > 0 && !plainTitle(text) {
		return start
	}
	if !plainTitle(text) {
		if k := titleWithin(text); k > 0 {
			text, end = text[:k], start+k
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
// brackets follows it: 城镇燃气管理条例国务院令第583号.
func titleWithin(text string) int {
	best := 0
	for i := range text {
		if i > 0 && plainTitle(text[:i]) && startsWithAny(text[i:], []string{"的", "等", "实施"}) == 0 {
			if _, after := findNumber(withoutBlanks(text[i:])); after || !strings.ContainsAny(text[i:], "号") {
				best = i
			}
		}
	}
	if best > 0 && len(text)-best > len("中华人民共和国国家市场监督管理总局令第一百二十三号") {
		return 0
	}
	return best
}

// marked reads the title in marks that opens at i; what stands before it starts
// at words.
func (r *citationReader) marked(words, i int) int {
	s := r.s
	c, w := utf8.DecodeRuneInString(s[i:])
	if classOf(c) == openInner {
		r.flaw(FlawTitleMarks, s[i:i+w])
	}
	end, next, closed := titleEnd(s, i)
	title := s[i+w : end]
	if !closed {
		// 《财政部关于印发<《财政部关于印发…》: what was begun is begun again.
		begun := strings.TrimRightFunc(title, func(c rune) bool { return classOf(c) == openInner || blank(c) })
		if c, w := utf8.DecodeRuneInString(s[next:]); next < len(s) && classOf(c) == openTitle &&
			begun != "" && strings.HasPrefix(s[next+w:], begun) {
			r.flaw(FlawRepeatedTitle, s[i:next])
			r.flaw(FlawUnpairedTitle, s[i:next])
			r.prefix = s[i:next]
			return r.marked(next, next)
		}
		r.flaw(FlawUnpairedTitle, s[i:end])
	}
	// 《《…》》
	for {
		t := strings.TrimFunc(title, blank)
		c, w := utf8.DecodeRuneInString(t)
		l, lw := utf8.DecodeLastRuneInString(t)
		if t == "" || classOf(c) != openTitle && classOf(c) != openInner || classOf(l) != classOf(c)+1 || strings.IndexFunc(t[w:len(t)-lw], isTitleMark) >= 0 {
			break
		}
		r.flaw(FlawTitleMarks, s[i:next])
		title = t[w : len(t)-lw]
	}
	// 《…（国务院令第1号）》
	if j := strings.LastIndexAny(title, "(（"); j > 0 {
		inner, after, ok, _ := bracketEnd(title, j)
		if d, found := findNumber(withoutBlanks(inner)); ok && found && strings.TrimFunc(title[after:], blank) == "" {
			r.flaw(FlawNumberBrackets, title[j:])
			r.c.Number = d.number
			title = title[:j]
		}
	}
	if unevenInner(title) {
		r.flaw(FlawUnpairedTitle, s[i:next])
	}
	r.c.Title = cleanTitle(title)

	// 国务院办公厅关于印发《…》的通知, the whole without marks
	before := s[words:i]
	if k := startsWithAny(s[next:], issuing); k > 0 && endsWithAny(before, acting) > 0 {
		before = before[issuedOn(before):]
		r.c.Title = cleanTitle(before + "〈" + title + "〉" + s[next:next+k])
		r.prefix = strings.TrimSuffix(r.prefix, before)
		next += k
		if c, w := utf8.DecodeRuneInString(s[next:]); next < len(s) && classOf(c) == closeTitle {
			r.flaw(FlawUnpairedTitle, s[i:next+w])
			next += w
		}
		return next
	}
	// 《招标投标法》实施条例
	if k := startsWithAny(s[next:], []string{"实施条例", "实施细则", "实施办法"}); k > 0 && closed {
		r.flaw(FlawTitleMarks, s[i:next+k])
		r.c.Title += s[next : next+k]
		next += k
	}
	return next
}

var (
	acting  = []string{"印发", "转发", "修改", "公布", "发布", "批转", "废止", "贯彻", "落实", "实施", "执行", "下发"}
	issuing = []string{"的通知", "的决定", "的意见", "的公告", "的批复", "的函", "的命令", "的规定", "的复函", "的通告"}
)

// issuedOn measures the date, label or list number s starts with: 2020年1月22日.
func issuedOn(s string) int {
	n := lastColon(s)
	if w := dateLength(s[n:]); w > 0 {
		n += w
	}
	return n
}

func isTitleMark(c rune) bool {
	k := classOf(c)
	return k == openTitle || k == closeTitle || k == openInner || k == closeInner
}

// unevenInner reports whether the marks within a title do not pair.
func unevenInner(title string) bool {
	depth := 0
	for _, c := range title {
		switch classOf(c) {
		case openInner, openTitle:
			depth++
		case closeInner, closeTitle:
			if depth--; depth < 0 {
				return true
			}
		}
	}
	return depth != 0
}

// cleanTitle is a title without spaces and stray marks around it.
func cleanTitle(s string) string {
	s = strings.TrimFunc(s, func(c rune) bool { return blank(c) || classOf(c) == sepMark })
	for s != "" {
		c, w := utf8.DecodeLastRuneInString(s)
		k := classOf(c)
		if k != closeInner && k != closeTitle && k != openInner && k != openTitle || !unevenInner(s) {
			break
		}
		s = s[:len(s)-w]
	}
	return withoutBlanks(s)
}

// titleEnd finds where the title that opens at i ends: at its mark, or where
// the mark was forgotten and something else plainly begins. next is where what
// follows starts.
func titleEnd(s string, i int) (end, next int, closed bool) {
	o, w := utf8.DecodeRuneInString(s[i:])
	angled := classOf(o) == openInner
	start := i + w
	depth, inner := 1, 0
	for j := start; j < len(s); {
		c, w := utf8.DecodeRuneInString(s[j:])
		switch k := classOf(c); k {
		case openTitle:
			if depth == 1 && !nests(s, start, j) {
				return j, j, false
			}
			depth++
		case closeTitle:
			depth--
			if depth == 0 || angled && depth == 1 && inner == 0 {
				return j, j + w, true
			}
		case openInner:
			inner++
		case closeInner:
			if inner > 0 {
				inner--
			} else if angled && depth == 1 || depth == 1 && !closesLater(s, j+w) {
				return j, j + w, true
			}
		case sepMark, breakMark, openRound, openSquare:
			if depth == 1 && !runsOn(s, start, j, k) {
				return j, j, false
			}
		}
		j += w
	}
	return len(s), len(s), false
}

// nextTitleMark finds the next 《 or 》 at or after i.
func nextTitleMark(s string, i int) (at int, k markClass) {
	for at, c := range s[i:] {
		if k := classOf(c); k == openTitle || k == closeTitle {
			return i + at, k
		}
	}
	return len(s), wordMark
}

// closesLater reports whether a 》 follows in the same phrase.
func closesLater(s string, i int) bool {
	at, k := nextTitleMark(s, i)
	if k != closeTitle {
		return false
	}
	for _, c := range s[i:at] {
		if k := classOf(c); k == breakMark || c == '；' || c == '。' {
			return false
		}
	}
	return true
}

// nests reports whether the 《 at j opens a title within the one that started
// at start, 《关于印发《…》的通知》, or that one was never closed.
func nests(s string, start, j int) bool {
	before := strings.TrimRightFunc(s[start:j], blank)
	if before == "" {
		return doubled(s, j)
	}
	if last, _ := utf8.DecodeLastRuneInString(before); classOf(last) == sepMark || plainTitle(before) {
		return false
	}
	for {
		end, k := nextTitleMark(s, j+1)
		if k != closeTitle {
			return false
		}
		_, w := utf8.DecodeRuneInString(s[end:])
		next, k := nextTitleMark(s, end+w)
		between := s[end+w : next]
		for _, c := range between {
			if classOf(c) == breakMark || c == '；' || c == '。' {
				return false
			}
		}
		if k == closeTitle {
			return true
		}
		if k != openTitle || strings.Trim(between, "、和与及 ") != "" {
			return false
		}
		j = next
	}
}

// doubled reports whether what opens at j closes twice: 《《…》》.
func doubled(s string, j int) bool {
	end, k := nextTitleMark(s, j+1)
	if k != closeTitle {
		return false
	}
	_, w := utf8.DecodeRuneInString(s[end:])
	next := skipBlank(s, end+w)
	c, _ := utf8.DecodeRuneInString(s[next:])
	return next < len(s) && classOf(c) == closeTitle
}

// runsOn reports whether the title that started at start goes on past the
// separator, line break or bracket at j.
func runsOn(s string, start, j int, k markClass) bool {
	at, mark := nextTitleMark(s, j)
	before := s[start:j]
	if mark == closeTitle {
		if k == openRound || k == openSquare || !plainTitle(before) {
			return true
		}
		_, w := utf8.DecodeRuneInString(s[j:])
		return !plainTitle(s[j+w : at])
	}
	if mark == openTitle && nestsAfter(s, j) {
		return true
	}
	switch k {
	case breakMark:
		return false
	case sepMark:
		c, _ := utf8.DecodeRuneInString(s[j:])
		return c != '；' && c != ';' && c != '。' && !plainTitle(before)
	}
	return !plainTitle(before)
}

// nestsAfter reports whether the next marks are a whole title and a 》 beyond it.
func nestsAfter(s string, j int) bool {
	at, _ := nextTitleMark(s, j)
	_, w := utf8.DecodeRuneInString(s[at:])
	end, k := nextTitleMark(s, at+w)
	if k != closeTitle {
		return false
	}
	_, w = utf8.DecodeRuneInString(s[end:])
	return closesLater(s, end+w)
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
	skip := 0
	if !parted {
		skip = startsWithAny(s[j:], []string{"中的", "中", "的"})
	}
	if n := articleLength(s[j+skip:]); n > 0 && (r.c.Title != "" || !parted) {
		article := withoutBlanks(s[j+skip : j+skip+n])
		r.article(article)
		return skip + n
	}
	return 0
}

func (r *citationReader) article(a string) {
	a = oneLine(a)
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
	switch {
	case found && r.c.Number == "":
		r.c.Number = d.number
		before, after := trimNote(x[:d.start]), trimNote(x[d.end:])
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
		r.note(strings.TrimFunc(x, isSep))
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
	if enumerator(s[first:]) > 0 || joinBefore(s, first) > 0 {
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
			tail := strings.TrimFunc(s[first:j], blank)
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
	tail := strings.TrimFunc(r.s[i:j], blank)
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
	return strings.Contains(words, "关于") || strings.Contains(words, "印发") || strings.Contains(words, "转发")
}

var issuers = []string{"部", "委", "局", "院", "厅", "办", "会", "府", "中央", "署", "行", "社", "室"}
