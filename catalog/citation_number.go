package catalog

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// docNumber is a document number found in a text without spaces.
type docNumber struct {
	number     string // in normal form: 国办发〔2019〕54号, 国务院令第711号
	note       string // what normal form leaves out: the year of an order
	start, end int    // where it stands
	flaw       FlawKind
}

// findNumber finds the first document number in x, which has no spaces.
func findNumber(x string) (docNumber, bool) {
	for from := 0; ; {
		i := strings.Index(x[from:], "号")
		if i < 0 {
			break
		}
		if d, ok := numberEnding(x, from+i); ok {
			return d, true
		}
		from += i + len("号")
	}
	return numberWithoutEnd(x)
}

// numberEnding reads the number whose 号 stands at end.
func numberEnding(x string, end int) (docNumber, bool) {
	d := docNumber{end: end + len("号")}
	n, start := serialBefore(x, end)
	if start < 0 {
		return d, false
	}
	serial := x[start:end]
	p, ordinal := start, false
	if strings.HasSuffix(x[:p], "第") {
		p, ordinal = p-len("第"), true
	}
	year, yearAt, flaw := yearBefore(x, p)
	switch {
	case year != "":
		d.flaw = flaw
	case figures(serial) == len(serial) && len(serial) > 4 && len(serial) <= 9 && isYear(serial[:4]):
		// 〔201680号 lost one bracket, 国办发201680号 both.
		year, yearAt, n = serial[:4], start, atoi(serial[4:])
		d.flaw = FlawNumberBrackets
		if r, w := utf8.DecodeLastRuneInString(x[:start]); classOf(r) == openSquare || classOf(r) == openRound {
			yearAt = start - w
		}
	case len(serial) > 6 && figures(serial) == len(serial):
		return d, false
	}
	if year == "" {
		yearAt = p
	}
	d.start = agencyBefore(x, yearAt)
	agency := x[d.start:yearAt]
	if strings.HasPrefix(x[d.end:], "令") && agency != "" && year == "" {
		agency, d.end = agency+"令", d.end+len("令") // 国务院第711号令
	}
	switch {
	case strings.HasSuffix(agency, "令"):
		d.number = orderIssuer(agency) + "第" + strconv.Itoa(n) + "号"
		d.flaw = ""
		if year != "" {
			d.note = year + "年"
		}
	case strings.HasSuffix(agency, "公告"), strings.HasSuffix(agency, "通告"):
		d.number = agency
		if year != "" {
			d.number += year + "年"
		}
		d.number += "第" + strconv.Itoa(n) + "号"
		d.flaw = ""
	case year != "":
		d.number = agency + "〔" + year + "〕" + strconv.Itoa(n) + "号"
	case ordinal && agency == "" && d.start == 0 && d.end == len(x):
		d.number = "第" + strconv.Itoa(n) + "号"
	default:
		return d, false
	}
	return d, true
}

// numberWithoutEnd reads a number that lost its 号, 国发〔2016〕14, and the number
// of a standard, GB/T 12345-2019.
func numberWithoutEnd(x string) (docNumber, bool) {
	d := docNumber{end: len(x)}
	n, start := serialBefore(x, len(x))
	if start > 0 && figures(x[start:]) == len(x)-start {
		r, _ := utf8.DecodeLastRuneInString(x[:start])
		if c := classOf(r); c == closeSquare || c == closeRound {
			if year, yearAt, _ := yearBefore(x, start); year != "" {
				d.start = agencyBefore(x, yearAt)
				d.number = x[d.start:yearAt] + "〔" + year + "〕" + strconv.Itoa(n) + "号"
				d.flaw = FlawNumberBrackets
				return d, true
			}
		}
	}
	if len(x) > 4 && isUpper(x[0]) && isUpper(x[1]) && strings.ContainsAny(x, "0123456789") {
		for i := range len(x) {
			if x[i] >= utf8.RuneSelf && !strings.HasPrefix(x[i:], "—") && !strings.HasPrefix(x[max(0, i-1):], "—") && !strings.HasPrefix(x[max(0, i-2):], "—") {
				return d, false
			}
		}
		d.number = x
		return d, true
	}
	return d, false
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// serialBefore reads the number that ends at end, in digits or in Chinese, and
// where it starts; -1 when there is none.
func serialBefore(x string, end int) (n, start int) {
	start = end
	for start > 0 && x[start-1] >= '0' && x[start-1] <= '9' {
		start--
	}
	if start < end {
		return atoi(x[start:end]), start
	}
	for start > 0 {
		r, w := utf8.DecodeLastRuneInString(x[:start])
		if d, scale := figure(r); d < 0 && scale == 0 {
			break
		}
		start -= w
	}
	n, size := numeral(x[start:end])
	if size == 0 || size != end-start {
		return 0, -1
	}
	return n, start
}

// atoi reads digits; a number too long for a serial is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// yearBefore reads the year that ends at end in any writing, 〔2016〕 [2016] (2016)
// 2016年 2016- or 2016 alone, where it starts, and what is wrong with it.
func yearBefore(x string, end int) (year string, start int, flaw FlawKind) {
	r, w := utf8.DecodeLastRuneInString(x[:end])
	c := classOf(r)
	at := end - w
	switch {
	case c == closeSquare || c == closeRound || c == closeInner:
		if at < 4 || !isYear(x[at-4:at]) {
			return "", 0, ""
		}
		start = at - 4
		o, ow := utf8.DecodeLastRuneInString(x[:start])
		open := classOf(o)
		switch {
		case open != openSquare && open != openRound && open != openInner:
			return x[at-4 : at], start, FlawNumberBrackets
		case o == '〔' && r == '〕', o == '﹝' && r == '﹞':
		case open == c-1 && bracketPair(o, r):
			flaw = FlawNumberStyle
		default:
			flaw = FlawNumberBrackets
		}
		return x[at-4 : at], start - ow, flaw
	case r == '年' || r == '-' || r == '－':
		if at < 4 || !isYear(x[at-4:at]) || at > 4 && figures(x[at-5:at-4]) > 0 {
			return "", 0, ""
		}
		if r != '年' && strings.HasSuffix(x[:at-4], "第") {
			return "", 0, ""
		}
	case end >= 4 && isYear(x[end-4:end]) && strings.HasPrefix(x[end:], "第"):
		at = end
	default:
		return "", 0, ""
	}
	start = at - 4
	if o, ow := utf8.DecodeLastRuneInString(x[:start]); classOf(o) == openSquare {
		start -= ow
	}
	return x[at-4 : at], start, FlawNumberBrackets
}

// bracketPair reports whether both brackets are of one make.
func bracketPair(o, c rune) bool {
	switch o {
	case '(':
		return c == ')'
	case '（':
		return c == '）'
	case '[':
		return c == ']'
	case '［':
		return c == '］'
	case '【':
		return c == '】'
	case '〖':
		return c == '〗'
	case '{':
		return c == '}'
	case '<':
		return c == '>'
	case '〈':
		return c == '〉'
	case '｛':
		return c == '｝'
	}
	return false
}

// agencyBefore returns where the letters that stand for the issuer before end
// start: 国办发 of 国办发〔2019〕54号.
func agencyBefore(x string, end int) int {
	start := end
	for n := 0; start > 0 && n < 40; n++ {
		r, w := utf8.DecodeLastRuneInString(x[:start])
		if r < 0x4E00 || r > 0x9FFF {
			break
		}
		before := x[:start-w]
		if (r == '日' || r == '年' || r == '月') && before != "" && figures(before[len(before)-1:]) > 0 {
			break
		}
		start -= w
	}
	for _, w := range []string{"通知", "意见", "决定", "办法", "条例", "规定", "细则", "方案", "的"} {
		if i := strings.LastIndex(x[start:end], w); i >= 0 && start+i+len(w) < end {
			start += i + len(w)
		}
	}
	for n := 1; n > 0; start += n {
		n = startsWithAny(x[start:end], []string{"根据", "依据", "以及", "以", "经", "和", "及", "与"})
	}
	return start
}

// orderIssuer is the normal form of whose order it is: 国务院令 for 国令 and
// 中华人民共和国国务院令.
func orderIssuer(agency string) string {
	agency = strings.TrimPrefix(agency, republic)
	if agency == "国令" {
		return "国务院令"
	}
	return agency
}

// articleLength measures the article that s starts with: 第二十条第（一）项.
func articleLength(s string) int {
	end := 0
	for i := 0; ; {
		rest := s[i:]
		if end > 0 {
			if w := articleLink(rest); w > 0 {
				i += w
				rest = s[i:]
			}
		}
		w := articleStep(rest, end > 0)
		if w == 0 {
			return end
		}
		i += w
		end = i
	}
}

// articleLink measures what may stand between the parts of an article.
func articleLink(s string) int {
	i, _ := skipSeparators(s, 0)
	return i + startsWithAny(s[i:], []string{"和", "及", "以及", "与", "或", "至", "到", "-", "—", "~", "～", "－", "的", "之"})
}

// articleStep measures one part of an article: 第二十条, 第（一）项, （一）、（二）项.
func articleStep(s string, within bool) int {
	i := 0
	if strings.HasPrefix(s, "第") {
		i = len("第")
	} else if !within {
		return 0
	}
	ordinal := i > 0
	for {
		j := skipBlank(s, i)
		r, w := utf8.DecodeRuneInString(s[j:])
		bracket := classOf(r) == openRound || classOf(r) == openSquare
		if bracket {
			j = skipBlank(s, j+w)
		} else if !ordinal {
			return 0
		}
		_, size := numeral(s[j:])
		if size == 0 {
			return 0
		}
		j = skipBlank(s, j+size)
		if bracket {
			r, w := utf8.DecodeRuneInString(s[j:])
			if c := classOf(r); c != closeRound && c != closeSquare {
				return 0
			}
			j = skipBlank(s, j+w)
		}
		if u := startsWithAny(s[j:], []string{"条之", "条", "款", "项", "章", "节", "编", "目"}); u > 0 {
			if u == len("条之") {
				if _, w := numeral(s[j+u:]); w > 0 {
					return j + u + w
				}
				u = len("条")
			}
			return j + u
		}
		// 第（一）、（二）项
		i = j
		if w := articleLink(s[i:]); w > 0 {
			i += w
			if strings.HasPrefix(s[i:], "第") {
				i += len("第")
			}
			continue
		}
		if !bracket {
			return 0
		}
	}
}
