package check

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// listed looks at content as a list: what it lists twice, and how it is numbered.
func (p *pass) listed(t *text) {
	if t.has&echoes != 0 {
		if at, n := doubled(t.s); n > 0 {
			item := strings.Trim(t.s[at:at+n], "、，；,; \n")
			p.found(t.field, t.name()+"里"+quote(item)+"列了两次。请删去一处。", p.with(t, strings.TrimSpace(t.s[:at]+t.s[at+n:])))
			return
		}
	}
	if number, before := misnumbered(t.s); number != "" {
		message := "的编号" + number + "写了两次"
		if number != before {
			message = "的编号" + number + "前面没有" + before + "，编号跳号了"
		}
		p.found(t.field, t.name()+message+"。请核对是否缺项，或者把编号改连续。", "")
	}
}

// doubled returns where the first item of a plain list that stands in it before
// begins, and how long it is with what divides it from the one before. Lists with
// headings or numbers have parts of their own, and so have those divided by ；.
func doubled(s string) (at, n int) {
	if strings.ContainsAny(s, "：:（）()《》“”0123456789.①②") || len(s) > 1500 {
		return 0, 0
	}
	from := 0
	for i, c := range s + "、" {
		if !strings.ContainsRune("、；;，,\n ", c) {
			continue
		}
		item := s[from:i]
		if utf8.RuneCountInString(item) >= 3 && from > 0 && !strings.ContainsFunc(item, notHan) && !ofEach(item) {
			group := max(strings.LastIndexAny(s[:from], "；;。\n"), 0)
			if j := strings.Index(s[group:from], item) + group; j >= group && edge(s[:j], true) && edge(s[j+len(item):], false) {
				_, w := utf8.DecodeLastRuneInString(s[:from])
				return from - w, i - from + w
			}
		}
		from = i + utf8.RuneLen(c)
	}
	return 0, 0
}

// ofEach reports whether an item tells something of the one before it, as each
// listed person or body has it: 律师姓名、执业证号、机构名称、执业证号.
func ofEach(item string) bool {
	last, _ := utf8.DecodeLastRuneInString(item)
	return strings.ContainsRune("号名称址话间人式期额位限务别数码员长职量息", last)
}

// misnumbered returns the first number of a numbered list that does not follow the
// one before it, and the number that should stand before it; the two are the same
// where it stands twice. A list that begins with no 1 is none, one that begins anew is
// another.
func misnumbered(s string) (number, before string) {
	open, close := "", ""
	switch {
	case strings.HasPrefix(s, "（1）"), strings.HasPrefix(s, "（一）"):
		open, close = "（", "）"
	case strings.HasPrefix(s, "(1)"), strings.HasPrefix(s, "(一)"):
		open, close = "(", ")"
	case strings.HasPrefix(s, "1."), strings.HasPrefix(s, "1．"):
		close = s[1:2]
		if close != "." {
			close = "．"
		}
	case strings.HasPrefix(s, "1、"), strings.HasPrefix(s, "一、"):
		close = "、"
	default:
		return "", ""
	}
	chinese := !isDigit(s[len(open)])
	last, lastText := 0, ""
	for i := 0; i < len(s); {
		n, size := smallNumber(s[i+min(len(open), len(s)-i):])
		if n == 0 || isDigit(s[i+len(open)]) == chinese || !strings.HasPrefix(s[i:], open) || !strings.HasPrefix(s[i+len(open)+size:], close) || open == "" && !startsItem(s[:i]) || open != "" && cites(s[:i], s[i+len(open)+size+len(close):]) ||
			close == "." && len(s) > i+size+1 && isDigit(s[i+size+1]) {
			_, w := utf8.DecodeRuneInString(s[i:])
			i += w
			continue
		}
		text := s[i+len(open) : i+len(open)+size]
		switch {
		case n == last+1, n == 1:
		case n == last && last > 0:
			return text, lastText
		case n == last+2 && last > 0 && !chinese:
			return text, strconv.Itoa(n - 1)
		case n == last+2 && last > 0:
			return text, string([]rune("一二三四五六七八九十")[min(n-2, 9)])
		default:
			return "", ""
		}
		last, lastText = n, text
		i += len(open) + size + len(close)
	}
	return "", ""
}

// cites reports whether a number in brackets between the two names an item of a
// law: 第（三）项, （一）至（三）.
func cites(before, after string) bool {
	for _, w := range []string{"第", "至", "到", "和", "及", "—", "-"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	for _, w := range []string{"项", "款", "至", "到", "、", "和", "及", "—", "-"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// startsItem reports whether an item's number may stand behind s.
func startsItem(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune("；;。\n \t", last)
}
