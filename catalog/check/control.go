package check

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// textRules speak of characters and lengths that break a table.
var textRules = []Rule{
	{
		Name: "text.control", Severity: Warning, Title: "含有看不见的控制字符或者乱码",
		Why:     "制表符、零宽字符、私用区符号等从别的软件粘贴而来，看不见，却使查找、比对和导出出错；“\ufffd”是文字编码损坏留下的。",
		Do:      "删去这些字符；已经损坏的字，对照原文补上。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "救助对象\u200b名单"}},
		Passes: Example{{catalog.FieldContent: "救助对象名单\n救助金额"}},
		run:    (*pass).control,
	},
	{
		Name: "text.formula", Severity: Warning, Title: "文字会被表格软件当作公式",
		Why:     "以 = + - @ 开头的文字，在表格软件中打开时会当作公式运行或者显示错误。",
		Do:      "去掉开头的符号；列举用（一）（二）或1. 2.。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "-救助对象名单"}},
		Passes: Example{{catalog.FieldContent: "救助对象名单"}},
		run:    (*pass).formula,
	},
	{
		Name: "text.too-long", Severity: Warning, Title: "文字过长",
		Why:    "名称超过120字、时限超过300字、内容超过3000字，表格里难以显示和打印；一格超过32767字，表格软件会截断。",
		Do:     "名称改用简称，内容只列要素，细节放到办事指南或者文件里。",
		Field:  catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: longText()}},
		Passes: Example{{catalog.FieldContent: "救助对象的认定，救助标准"}},
		run:    (*pass).tooLong,
	},
}

// longText is content that is too long.
func longText() string {
	s := "救助对象的认定"
	for i := range 400 {
		s += "；救助标准" + strconv.Itoa(i+1)
	}
	return s
}

func (p *pass) control() {
	for i := range p.texts {
		t := &p.texts[i]
		if t.has&odd == 0 && (t.has&marks == 0 || !strings.Contains(t.s, excelReturn)) {
			continue
		}
		clean, bad := cleaned(t.s)
		if bad == 0 {
			if garbled(t.s) {
				p.found(t.field, t.name()+"里的"+quote(t.s)+"是乱码，文字编码弄错了。请对照原文重新填写。", "")
			}
			continue
		}
		if bad == utf8.RuneError {
			p.found(t.field, t.name()+"里有乱码（\ufffd），原来的字已经丢失。请对照原文补上。", "")
			continue
		}
		if catalog.Unfilled(clean) {
			clean = ""
		} else {
			clean = p.with(t, clean)
		}
		p.found(t.field, t.name()+"里有看不见的字符（U+"+strings.ToUpper(strconv.FormatInt(int64(bad), 16))+"）。请删去。", clean)
	}
}

// garble are the characters that Chinese text in UTF-8 becomes most often where it
// is taken for GBK, and that are rare otherwise.
const garble = "锟鐨鎷璁鍏绠鏈鍔鏀閫鎬鐞鏄鍙鍚銆锛鎴涓鍦瀹勫浜嗘敓"

// garbled reports whether text was read in the wrong encoding: 鎷涚敓璁″垝 is 招生计划.
func garbled(s string) bool {
	n := 0
	for _, c := range s {
		if strings.ContainsRune(garble, c) {
			n++
		}
	}
	return n > 1
}

// excelReturn is how workbooks write a carriage return that a reader did not
// translate.
const excelReturn = "_x000D_"

// cleaned returns s without characters that cannot be seen, and the first of
// them; 0 where there is none.
func cleaned(s string) (string, rune) {
	if !strings.Contains(s, excelReturn) && strings.IndexFunc(s, invisible) < 0 {
		return s, 0
	}
	var bad rune
	var b strings.Builder
	for _, c := range strings.ReplaceAll(s, excelReturn, "\r") {
		if !invisible(c) {
			b.WriteRune(c)
			continue
		}
		if bad == 0 || c == utf8.RuneError {
			bad = c
		}
		if c == '\t' {
			b.WriteByte(' ')
		}
	}
	return b.String(), bad
}

func invisible(c rune) bool {
	switch {
	case c == '\n':
		return false
	case c < 0x20, c >= 0x7f && c < 0xa0, c == 0xad:
		return true
	case c >= 0x200b && c <= 0x200f, c >= 0x2028 && c <= 0x202e, c >= 0x2060 && c <= 0x2069:
		return true
	case c >= 0xe000 && c <= 0xf8ff, c == 0xfeff, c >= 0xfff9 && c <= 0xfffd:
		return true
	}
	return c >= 0xe0000
}

func (p *pass) formula() {
	for i := range p.texts {
		t := &p.texts[i]
		if !startsFormula(t.s) || catalog.Unfilled(t.s) {
			continue
		}
		rest := strings.TrimLeft(t.s, "=+-@＝＋－＠ \t\r\n")
		fix := ""
		if c, _ := utf8.DecodeRuneInString(rest); !notHan(c) {
			fix = p.with(t, rest) // a list mark before words, not a formula
		}
		p.found(t.field, t.name()+"以“"+string([]rune(strings.TrimLeft(t.s, " \t\r\n"))[0])+"”开头，表格软件会当作公式。请去掉开头的符号。", fix)
	}
}

// startsFormula reports whether a spreadsheet program would take s for a formula.
// It does so behind spaces and for the full-width signs too.
func startsFormula(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '=', '+', '-', '@':
			return true
		case 0xef:
			return strings.HasPrefix(s[i:], "＝") || strings.HasPrefix(s[i:], "＋") || strings.HasPrefix(s[i:], "－") || strings.HasPrefix(s[i:], "＠")
		}
		return false
	}
	return false
}

// limits are the most characters that a field's text may have.
var limits = map[catalog.Field]int{
	catalog.FieldMatter: 120, catalog.FieldSubmatter: 120, catalog.FieldPath: 120,
	catalog.FieldContent: 3000, catalog.FieldBasis: 500, catalog.FieldTimeLimit: 300,
	catalog.FieldPublisher: 200, catalog.FieldChannels: 100, catalog.FieldAudience: 300,
	catalog.FieldLink: 2000, catalog.FieldExtra: 3000,
}

func (p *pass) tooLong() {
	for i := range p.texts {
		t := &p.texts[i]
		if len(t.s) <= 100 {
			continue
		}
		most := limits[t.field]
		if len(t.s) <= most {
			continue
		}
		if n := utf8.RuneCountInString(t.s); n > most {
			p.found(t.field, t.name()+"有"+strconv.Itoa(n)+"字，超过"+strconv.Itoa(most)+"字，表格里难以显示。请精简。", "")
		}
	}
}
