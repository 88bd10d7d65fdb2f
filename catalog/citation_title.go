package catalog

import (
	"strings"
	"unicode/utf8"
)

// titleEndings are the words that titles of acts and documents end with, and how
// many characters a title with that ending has at the least: 收养法 is a title,
// 信息公开规定 says nothing.
var titleEndings = []struct {
	text  string
	least int
}{
	{"办法", 6},
	{"方法", 99},
	{"做法", 99},
	{"执法", 99},
	{"司法", 99},
	{"守法", 99},
	{"违法", 99},
	{"合法", 99},
	{"无法", 99},
	{"看法", 99},
	{"想法", 99},
	{"说法", 99},
	{"立法", 99},
	{"普法", 99},
	{"非法", 99},
	{"依法", 99},
	{"用法", 99},
	{"书法", 99},
	{"手法", 99},
	{"法", 3},
	{"法典", 3},
	{"条例", 5},
	{"细则", 6},
	{"规定", 8},
	{"决定", 8},
	{"意见", 8},
	{"通知", 8},
	{"纲要", 6},
	{"规划", 8},
	{"方案", 8},
	{"指引", 6},
	{"标准", 8},
	{"规程", 6},
	{"规范", 6},
	{"规则", 6},
	{"的公告", 8},
	{"批复", 8},
	{"准则", 6},
	{"要点", 8},
	{"解释", 8},
	{"命令", 8},
	{"措施", 8},
	{"目录", 8},
}

// longestTitle is more bytes than any title has; it keeps the work on hostile
// text in proportion to its length.
const longestTitle = 900

// vagueWords begin or stand in words that name no document.
var vagueWords = []string{"相关", "有关", "其他", "其它", "配套", "各地", "各级", "各省", "各市", "法律法规", "法律、法规", "上级"}

// plainTitle reports whether s, without title marks, plainly is a title.
func plainTitle(s string) bool {
	s = trimSpace(s)
	if len(s) < len("收养法") || len(s) > longestTitle {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune("法典例则定见知要划案引准程范告复点释令施录", last) {
		return false
	}
	s = s[lastColon(s):]
	for _, e := range titleEndings {
		if !strings.HasSuffix(s, e.text) {
			continue
		}
		if utf8.RuneCountInString(s) < e.least {
			return false
		}
		for _, v := range vagueWords {
			if strings.HasPrefix(s, v) || strings.HasSuffix(s[:len(s)-len(e.text)], v) {
				return false
			}
		}
		return strings.IndexFunc(s, func(c rune) bool {
			k := classOf(c)
			return k == openTitle || k == closeTitle || c == '；' || c == '。'
		}) < 0
	}
	return false
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
	if l, _ := utf8.DecodeRuneInString(s[end:]); closed && classOf(l) != classOf(c)+1 {
		r.flaw(FlawTitleMarks, s[i:next])
	}
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
		t := trimSpace(title)
		c, w := utf8.DecodeRuneInString(t)
		l, lw := utf8.DecodeLastRuneInString(t)
		if t == "" || classOf(c) != openTitle && classOf(c) != openInner || classOf(l) != classOf(c)+1 || strings.IndexFunc(t[w:len(t)-lw], isTitleMark) >= 0 {
			break
		}
		r.flaw(FlawTitleMarks, s[i:next])
		title = t[w : len(t)-lw]
	}
	// 《…（国务院令第1号）》
	if j := strings.LastIndexAny(title, "(（"); endsWithAny(title, []string{"号）", "号)"}) > 0 && j > 0 {
		inner, after, ok, _ := bracketEnd(title, j)
		if d, found := findNumber(withoutBlanks(inner)); ok && found && trimSpace(title[after:]) == "" {
			r.flaw(FlawNumberBrackets, title[j:])
			r.c.Number = d.number
			title = title[:j]
		}
	}
	if unevenInner(title) {
		r.flaw(FlawUnpairedTitle, s[i:next])
	}
	if strings.Count(title, "（")+strings.Count(title, "(") != strings.Count(title, "）")+strings.Count(title, ")") {
		r.flaw(FlawUnpairedBracket, s[i:next])
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

// unevenInner reports whether the marks within a title do not pair, each with
// its own kind.
func unevenInner(title string) bool {
	var open []markClass
	for _, c := range title {
		switch k := classOf(c); k {
		case openInner, openTitle:
			open = append(open, k)
		case closeInner, closeTitle:
			if len(open) == 0 || open[len(open)-1] != k-1 {
				return true
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) > 0
}

// innerDepth returns how many marks within a title stay open, or a negative
// number when one closes that never opened; of what kind they are is the same.
func innerDepth(title string) int {
	depth := 0
	for _, c := range title {
		switch classOf(c) {
		case openInner, openTitle:
			depth++
		case closeInner, closeTitle:
			if depth--; depth < 0 {
				return depth
			}
		}
	}
	return depth
}

// cleanTitle is a title without spaces and stray marks around it.
func cleanTitle(s string) string {
	s = strings.TrimFunc(s, func(c rune) bool { return blank(c) || classOf(c) == sepMark })
	for range 4 {
		c, w := utf8.DecodeLastRuneInString(s)
		k := classOf(c)
		if k != closeInner && k != closeTitle && k != openInner && k != openTitle || innerDepth(s) == 0 {
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
			if depth == 0 && inner > 0 && !angled && resumes(s, j+w) {
				// 《关于做好〈办法》实施工作的通知》: it closes the 〈.
				inner, depth = inner-1, 1
				break
			}
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

// resumes reports whether words and a 》 follow directly at i.
func resumes(s string, i int) bool {
	at, k := nextTitleMark(s, i)
	if k != closeTitle {
		return false
	}
	for _, c := range s[i:at] {
		if classOf(c) != wordMark {
			return false
		}
	}
	return at > i
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
