package catalog

import (
	"strconv"
	"strings"
	"unicode"
)

// republic is what official titles begin with and people leave out.
const republic = "中华人民共和国"

// titleKey is the form in which titles are compared: without spaces, quotation
// marks and a leading 中华人民共和国, brackets and full-width forms unified.
func titleKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch {
		case unicode.IsSpace(c) || unicode.Is(unicode.Cf, c):
			continue
		case c > 0xff00 && c < 0xff5f: // full-width forms
			c -= 0xfee0
		}
		switch c {
		case '〈', '《', '<', '＜', '‹', '«', '﹤':
			c = '〈'
		case '〉', '》', '>', '＞', '›', '»', '﹥':
			c = '〉'
		case '（', '﹙':
			c = '('
		case '）', '﹚':
			c = ')'
		case '〔', '﹝', '［', '[', '【', '〖':
			c = '['
		case '〕', '﹞', '］', ']', '】', '〗':
			c = ']'
		case '“', '”', '"', '‘', '’', '\'', '「', '」', '『', '』':
			continue
		case '，', ',', '､':
			c = '、'
		case '–', '—', '－', '~', '～', '―':
			c = '-'
		}
		b.WriteRune(c)
	}
	return strings.TrimPrefix(b.String(), republic)
}

// looseKeys are the other forms in which a title, given by its key, may be
// cited: without (试行) and the like at its end, out of the notice that issued
// it, without the issuer before 关于.
func looseKeys(key string) []string {
	var out []string
	add := func(s string) {
		if len([]rune(s)) >= 4 && s != key {
			out = append(out, s)
		}
	}
	bare := withoutMarks(key)
	add(bare)
	if inner := unwrap(bare); inner != "" {
		inner = strings.TrimPrefix(inner, republic)
		add(inner)
		add(withoutMarks(inner))
		bare = withoutMarks(inner)
	}
	if issuer, rest := cutIssuer(bare); issuer != "" {
		add(rest)
	}
	return out
}

// withoutMarks cuts bracketed remarks off the end of a title that tell of its
// stage or year: (试行), (暂行), (2018年修正), (2016-2020年) stays.
func withoutMarks(key string) string {
	for strings.HasSuffix(key, ")") {
		i := strings.LastIndexByte(key, '(')
		if i <= 0 || !isMark(key[i+1:len(key)-1]) {
			return key
		}
		key = key[:i]
	}
	return key
}

// isMark reports whether what stands in brackets behind a title is a remark and
// not a part of the title.
func isMark(s string) bool {
	switch s {
	case "试行", "暂行", "修订", "修正", "修改", "修订版", "修订稿":
		return true
	}
	for _, end := range []string{"修订", "修正", "修改", "修订版", "版", "年", "公布", "发布", "施行"} {
		if before, ok := strings.CutSuffix(s, end); ok && strings.Trim(before, "0123456789年月日第次") == "" && before != "" {
			return true
		}
	}
	return false
}

// unwrap takes a title out of the notice that issued it:
// 国务院办公厅关于印发〈X〉的通知 gives X; empty where it is no such notice.
func unwrap(key string) string {
	for _, verb := range []string{"印发", "转发", "发布", "公布"} {
		_, inner, ok := strings.Cut(key, verb)
		if !ok {
			continue
		}
		inner, ok = strings.CutSuffix(inner, "的通知")
		if !ok {
			continue
		}
		if strings.HasPrefix(inner, "〈") {
			inside, after, ok := strings.Cut(inner[len("〈"):], "〉")
			if !ok || after != "" || strings.Contains(inside, "〈") {
				return ""
			}
			return inside
		}
		if inner != "" && !strings.ContainsAny(inner, "〈〉") {
			return inner
		}
	}
	return ""
}

// cutIssuer cuts the issuer off a document's title: 国务院关于…, 财政部关于….
// The issuer is empty where the title does not begin with one.
func cutIssuer(key string) (issuer, rest string) {
	i := strings.Index(key, "关于")
	if i <= 0 {
		return "", key
	}
	head := []rune(key[:i])
	if !strings.ContainsRune("院厅部委会局署办室行府社组", head[len(head)-1]) {
		return "", key
	}
	return key[:i], key[i:]
}

// numberKey is the form in which document numbers are compared: 国令第711号,
// 国务院令第 711 号 and 中华人民共和国国务院令第七百一十一号 are one.
func numberKey(s string) string {
	s = titleKey(s)
	if s == "" {
		return ""
	}
	s = strings.NewReplacer("中华人民共和国", "", "第", "", "号", "").Replace(s)
	if rest, ok := strings.CutPrefix(s, "国令"); ok {
		s = "国务院令" + rest
	}
	if i := strings.Index(s, "令"); i >= 0 {
		s = s[:i+len("令")] + orderNumber(s[i+len("令"):])
	}
	return s
}

// orderNumber reads the number of an order (令): a year before it is dropped,
// Chinese numerals become digits.
func orderNumber(s string) string {
	if year, n, ok := strings.Cut(s, "年"); ok && len(strings.Trim(year, "[]()")) == 4 {
		s = n
	}
	total, digit, some := 0, 0, false
	for _, c := range s {
		switch i := strings.IndexRune("〇一二三四五六七八九", c); {
		case i >= 0:
			digit = i / len("一")
		case c == '零':
			digit = 0
		case c == '十':
			total += max(digit, 1) * 10
			digit = 0
		case c == '百':
			total += max(digit, 1) * 100
			digit = 0
		case c == '千':
			total += max(digit, 1) * 1000
			digit = 0
		default:
			return s
		}
		some = true
	}
	if !some {
		return s
	}
	return strconv.Itoa(total + digit)
}
