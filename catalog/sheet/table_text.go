package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blank tells whether r shows nothing: spaces of every width, line breaks.
func blank(r rune) bool {
	switch r {
	case ' ', '\n', '\t', '\u00a0', '\u3000', '\u200b', '\ufeff':
		return true
	}
	return r > 0x80 && unicode.IsSpace(r) || r == '\r' || r == '\v' || r == '\f'
}

// squeeze removes all blanks, as labels need it: 全 社\n会 is 全社会.
func squeeze(s string) string {
	if strings.IndexFunc(s, blank) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}

// tidy trims a cell and each of its lines, drops empty lines and closes up
// letters that were spaced apart: 制 定 或 获 取.
func tidy(s string) string {
	s = strings.TrimFunc(s, blank)
	if strings.IndexFunc(s, blank) < 0 {
		return s
	}
	s = closeUp(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	parts := strings.Split(s, "\n")
	kept := parts[:0]
	for _, l := range parts {
		if l = strings.TrimFunc(l, blank); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// closeUp joins Chinese characters that stand apart one by one, at least three
// in a row or all of the text, and what a single space parts from them.
func closeUp(s string) string {
	if !spaced(s) {
		return s
	}
	words := strings.FieldsFunc(s, blank)
	if len(words) == countSingles(words) {
		return strings.Join(words, "")
	}
	var b strings.Builder
	rest, closed := s, false
	for i := 0; i < len(words); {
		n := countSingles(words[i:])
		closes := n >= 3
		for _, w := range words[i : i+max(n, 1)] {
			at := strings.Index(rest, w)
			if gap := rest[:at]; !closed && !closes || gap != " " && b.Len() > 0 && w == words[i] {
				b.WriteString(gap)
			}
			b.WriteString(w)
			rest = rest[at+len(w):]
			closed = closes
		}
		i += max(n, 1)
	}
	return b.String()
}

// spaced tells cheaply whether a Chinese character stands between two blanks.
func spaced(s string) bool {
	since := 2 // characters since the last blank
	for _, r := range s {
		switch {
		case blank(r):
			if since == 1 {
				return true
			}
			since = 0
		case unicode.Is(unicode.Han, r):
			since++
		default:
			since += 2
		}
	}
	return since == 1
}

// countSingles is how many of the first words are one Chinese character each.
func countSingles(words []string) int {
	for i, w := range words {
		if r, n := utf8.DecodeRuneInString(w); n != len(w) || !unicode.Is(unicode.Han, r) {
			return i
		}
	}
	return len(words)
}

// oneLine is a cell whose line breaks mean nothing, such as a name.
func oneLine(s string) string {
	s = tidy(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	return joinLines(s, func(string, string) bool { return true })
}

// joinLines joins each line to the one before where join says so; before is
// what has been joined so far since the last break that was kept. Between two
// Latin words a space takes the break's place.
func joinLines(s string, join func(before, next string) bool) string {
	parts := strings.Split(s, "\n")
	var b strings.Builder
	before := 0 // where the line being joined begins
	b.WriteString(parts[0])
	for _, next := range parts[1:] {
		if !join(b.String()[before:], next) {
			b.WriteByte('\n')
			before = b.Len()
		} else if n := b.Len(); n > before && letter(b.String()[n-1]) && next != "" && letter(next[0]) {
			b.WriteByte(' ')
		}
		b.WriteString(next)
	}
	return b.String()
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// prose is a cell of sentences or of a list: breaks within a sentence that a
// narrow column forced are closed, the lines of a list stay.
func prose(s string) string {
	s = tidy(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	if brokenUp(s) {
		return joinLines(s, func(string, string) bool { return true })
	}
	return joinLines(s, func(before, next string) bool {
		return endsIn(before, "、", "，", ",", "（", "(", "《", "“") || startsIn(next, "、", "，", "。", "；", "）", ")", "》", "”") || unclosed(before)
	})
}

// brokenUp tells whether a program broke the lines of a sentence: three or more,
// all as long as the first but for the last, with a comma between. A list of
// equal lines has none.
func brokenUp(s string) bool {
	parts := strings.Split(s, "\n")
	if len(parts) < 3 || !strings.Contains(s, "，") {
		return false
	}
	width := utf8.RuneCountInString(parts[0])
	for i, l := range parts {
		n := utf8.RuneCountInString(l)
		last := i == len(parts)-1
		if !last && (n < width-1 || n > width+1 || endsIn(l, "；", ";", "。", "：", ":")) || last && n > width {
			return false
		}
	}
	return width >= 9
}

// unclosed tells whether s opens a bracket or a title and does not close it.
func unclosed(s string) bool {
	n := 0
	for _, r := range s {
		switch r {
		case '《', '（', '(', '〔', '【':
			n++
		case '》', '）', ')', '〕', '】':
			n--
		}
	}
	return n > 0
}

func endsIn(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func startsIn(s string, starts ...string) bool {
	for _, e := range starts {
		if strings.HasPrefix(s, e) {
			return true
		}
	}
	return false
}

// citations is a cell of legal bases: one a line, but a title or a number that
// runs over the line's end is one.
func citations(s string) string {
	s = tidy(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	return joinLines(s, func(before, next string) bool {
		if startsIn(next, "《") { // an earlier title that was never closed must not swallow this one
			return endsIn(before, "关于", "印发", "转发", "修改", "贯彻", "、", "的")
		}
		return startsIn(next, "（", "(", "〔", "[", "》", "）", ")", "、", "；", "。") || unclosed(before) || midArticle(next)
	})
}

// midArticle tells whether a line begins within the number of an article: 第十⏎四条.
func midArticle(s string) bool {
	rest := strings.TrimLeft(s, "第一二三四五六七八九十百零〇0123456789（）()")
	return startsIn(rest, "条", "款", "项", "目", "号") && !startsIn(rest, "条例", "项目")
}

// sentence is a time limit: a break or space within a sentence means nothing,
// one between two limits does.
func sentence(s string) string {
	s = digits(tidy(s))
	if !strings.Contains(s, "\n") {
		return s
	}
	return joinLines(s, func(before, next string) bool {
		done := endsIn(before, "日内", "以内", "前", "公开", "公示", "公布", "更新", "天", "次", "长期", "永久", "实时", "及时", "。", "；", ";")
		return !done || startsIn(next, "予以", "公开", "及时", "，", "、", "。", "；", "）", ")") || unclosed(before)
	})
}

// digits closes the gaps around numbers: 起 20 个工作日.
func digits(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' && (i > 0 && digit(s[i-1]) || i+1 < len(s) && digit(s[i+1])) {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// bodies is a cell of publishers: a break after a body's name stands between two.
func bodies(s string) string {
	s = tidy(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	return joinLines(s, func(before, next string) bool {
		done := endsIn(before, "局", "府", "处", "中心", "委", "委员会", "理事会", "居委会", "村委会", "部门", "院", "所", "站", "办",
			"办公室", "厅", "队", "学校", "单位", "机关", "公司", "科", "；", "。")
		return !done || startsIn(next, "员会", "事处", "公室", "、", "，", "（", "(", "）", ")", "及", "和") || unclosed(before)
	})
}

// carriers is a cell of channels: one a line, but a name that runs over the
// line's end is one.
func carriers(s string) string {
	s = tidy(s)
	if !strings.Contains(s, "\n") {
		return s
	}
	return joinLines(s, func(before, next string) bool {
		return endsIn(before, "/", "／") || startsIn(next, "/", "／", "（", "(", "）", ")") || unclosed(before)
	})
}

// nothing tells whether a cell only says that there is nothing: ×, /, —, 否.
func nothing(s string) bool {
	switch s {
	case "", "×", "✗", "✕", "✘", "☐", "□", "口", "○", "〇", "否", "无", "/", "\\", "／", "-", "--", "—", "——", "─", "－", "X", "x":
		return true
	}
	return false
}

// splitCode takes a code of nine digits from the beginning or end of a name:
// 最低生活保障 120002000.
func splitCode(s string) (name, code string) {
	const n = 9
	t := strings.TrimRight(s, "）)]】 ")
	if len(t) >= n && allDigits(t[len(t)-n:]) && (len(t) == n || !digit(t[len(t)-n-1])) {
		return strings.TrimFunc(strings.TrimRight(t[:len(t)-n], "（([【 "), blank), t[len(t)-n:]
	}
	t = strings.TrimLeft(s, "（([【 ")
	if len(t) > n && allDigits(t[:n]) && !digit(t[n]) {
		return strings.TrimFunc(strings.TrimLeft(t[n:], "）)]】 "), blank), t[:n]
	}
	return s, ""
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return s != ""
}
