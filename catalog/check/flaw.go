package check

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// flawWords say what is wrong with how a citation is written.
var flawWords = map[catalog.FlawKind]string{
	catalog.FlawUnpairedTitle:   "书名号不成对",
	catalog.FlawTitleMarks:      "书名号用得不对",
	catalog.FlawRepeatedTitle:   "文件名重复",
	catalog.FlawUnpairedBracket: "括号不成对",
	catalog.FlawNumberBrackets:  "文号缺少括号或者括号残缺",
	catalog.FlawNumberStyle:     "文号年份应当用六角括号〔〕",
	catalog.FlawNumberBare:      "文号没有放在括号里",
}

const (
	unmarked   = "没有加书名号"
	onlyNumber = "只有文号，没有写文件名称"
	spacesIn   = "书名号或者文号里有多余的空格"
	proseIn    = "抄了条文，这里只写名称、文号和条款，请核对条文说的是不是这一事项"
)

// flawed works out what is wrong with the form of a citation, and its text made
// right; empty where that is not known.
func (c *Checker) flawed(x catalog.Citation) (flaws []string, fixed string) {
	if x.Title == "" && x.Number == "" && c.know.Register != nil {
		// A law named without 《》 is no vague basis.
		bare := strings.Trim(x.Text, "“”\"' ")
		if c.know.Register.Resolve(catalog.Citation{Title: bare}).How == catalog.Exact {
			return []string{unmarked}, c.settled("《" + bare + "》")
		}
	}
	if x.Title == "" && x.Number != "" {
		return []string{onlyNumber}, c.numbered(x.Number)
	}
	for _, f := range x.Flaws() {
		if w := flawWords[f.Kind]; w != "" && !slices.Contains(flaws, w) {
			flaws = append(flaws, w)
		}
	}
	if withoutMarks(x) {
		flaws = append(flaws, unmarked)
		x.Title = strings.Trim(x.Title, "“”\"'")
	}
	if spaced(x.Text) {
		flaws = append(flaws, spacesIn)
	}
	if shortYear(x.Text) {
		return append(flaws, "文号的年份应当写四位数"), ""
	}
	if text := withoutProse(x.Text); text != x.Text {
		flaws = append(flaws, proseIn)
		if b := catalog.ParseBasis(text); len(b) == 1 {
			x = b[0]
		}
	}
	right := x
	if len(flaws) > 0 {
		right = c.asRegistered(x.Normalized())
	}
	if w := beyondLast(right); w != "" {
		return append(flaws, w), ""
	}
	if wrong, item := wrongItem(right); wrong != "" {
		if item == "" {
			return append(flaws, "《政府信息公开条例》第二十条只有第（一）项至第（十五）项，没有"+wrong), ""
		}
		flaws = append(flaws, "第二十条列的是项，不是款，“"+wrong+"”应为“"+item+"”")
		right.Text = strings.Replace(right.Text, wrong, item, 1)
	}
	if strings.HasSuffix(x.Title, "…") || strings.HasSuffix(x.Title, "...") {
		return []string{"名称没有写完"}, ""
	}
	if len(flaws) == 0 {
		return nil, ""
	}
	if b := catalog.ParseBasis(right.Text); len(b) != 1 || b[0].Title == "" || hasFlaw(b[0]) {
		return flaws, ""
	}
	return flaws, c.settled(right.Text)
}

// asRegistered gives a title the spaces between issuers that the register has.
func (c *Checker) asRegistered(x catalog.Citation) catalog.Citation {
	if c.know.Register == nil {
		return x
	}
	r := c.know.Register.Resolve(x)
	if r.Act != nil && catalog.Fold(r.Act.Title) == catalog.Fold(x.Title) {
		x.Text = strings.Replace(x.Text, "《"+x.Title+"》", "《"+r.Act.Marked()+"》", 1)
	}
	return x
}

// numbered is how the document with the number is cited, where the register knows
// one alone.
func (c *Checker) numbered(number string) string {
	if c.know.Register == nil {
		return ""
	}
	found := ""
	for _, a := range c.know.Register.Search(number) {
		if !slices.ContainsFunc(a.Revisions, func(v catalog.Revision) bool { return catalog.SameNumber(v.Number, number) }) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c.settled("《" + a.Marked() + "》（" + number + "）")
	}
	return found
}

func hasFlaw(x catalog.Citation) bool {
	for _, f := range x.Flaws() {
		if flawWords[f.Kind] != "" {
			return true
		}
	}
	wrong, _ := wrongItem(x)
	return wrong != "" || beyondLast(x) != "" || withoutMarks(x) || spaced(x.Text) || withoutProse(x.Text) != x.Text
}

// withoutProse cuts off what a citation quotes of the act behind a colon. Such
// quotes are copied from row to row and tell of another matter as often as not.
func withoutProse(s string) string {
	end := strings.LastIndex(s, "》")
	if end < 0 {
		return s
	}
	for _, colon := range []string{"：", ":"} {
		if i := strings.Index(s[end:], colon); i > 0 && utf8.RuneCountInString(s[end+i:]) > 15 {
			return strings.TrimSpace(s[:end+i])
		}
	}
	return s
}

// withoutMarks reports whether a title stands without 《》.
func withoutMarks(x catalog.Citation) bool {
	return x.Title != "" && !strings.ContainsAny(x.Text, "《》〈〉<>＜＞«»≪≫")
}

// settled is the citation put right, unless the act it means has ended: then what
// to cite instead, empty where there is nothing.
func (c *Checker) settled(text string) string {
	b := catalog.ParseBasis(text)
	if c.know.Register == nil || len(b) != 1 {
		return text
	}
	got := cite{Citation: b[0], Resolution: c.know.Register.Resolve(b[0])}
	switch {
	case !got.ended(c.know.Today):
		return text
	case got.Current == nil:
		return ""
	}
	return got.Current.Cited()
}

// spaced reports whether a space stands within the marks of a title at its ends,
// in the short title of a law or regulation, or within a document number:
// 《 预算法》, 国务院令第 590 号. Spaces between the bodies that issued a document
// together, and between the two halves of a long title, are usual.
func spaced(s string) bool {
	if strings.IndexByte(s, ' ') < 0 {
		return false
	}
	for i := 1; i+1 < len(s); i++ {
		if s[i] == ' ' && isDigit(s[i-1]) && isDigit(s[i+1]) && strings.HasPrefix(strings.TrimLeft(s[i+1:], "0123456789 "), "号") {
			return true
		}
	}
	for _, w := range []string{"《 ", " 》", "第 ", " 号", " 〔", "〔 ", " 〕", "〕 ", "令 第", "（ ", "号 ）"} {
		before, after, ok := strings.Cut(s, w)
		if !ok {
			continue
		}
		switch w {
		case "第 ", "〕 ", "〔 ", " 〔":
			if after != "" && isDigit(after[0]) {
				return true
			}
		case " 号", " 〕":
			if before != "" && isDigit(before[len(before)-1]) {
				return true
			}
		default:
			return true
		}
	}
	_, title, _ := strings.Cut(s, "《")
	title, _, marked := strings.Cut(title, "》")
	before, after, two := strings.Cut(title, " ")
	if !marked || !two || utf8.RuneCountInString(title) > 25 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if notHan(last) || notHan(next) || strings.Contains(title, "关于") || strings.Contains(title, "印发") {
		return false
	}
	return slices.ContainsFunc([]string{"法", "条例", "办法", "细则", "规定"}, func(k string) bool { return strings.HasSuffix(title, k) })
}

// shortYear reports whether a document number has a year of two digits: 〔19〕5号.
func shortYear(s string) bool {
	_, after, ok := strings.Cut(s, "〔")
	year, _, closed := strings.Cut(after, "〕")
	return ok && closed && len(year) == 2 && isDigit(year[0]) && isDigit(year[1])
}

// lastArticles are how many articles the acts have that catalogs cite most, as last
// revised.
var lastArticles = map[string]int{
	"政府信息公开条例": 56, "预算法": 101, "义务教育法": 63, "行政许可法": 83, "行政处罚法": 86, "行政强制法": 71, "土地管理法": 87, "土地管理法实施条例": 67, "城乡规划法": 70,
	"安全生产法": 119, "食品安全法": 154, "药品管理法": 155, "社会保险法": 98, "老年人权益保障法": 85, "社会救助暂行办法": 70, "国有土地上房屋征收与补偿条例": 35,
	"税收征收管理法": 94, "就业促进法": 69, "公共图书馆法": 55, "公共文化服务保障法": 65, "法律援助法": 71, "政府采购法": 88, "招标投标法": 68, "突发事件应对法": 106,
	"行政复议法": 90, "公证法": 47, "人民调解法": 35, "律师法": 60, "劳动合同法": 98, "乡村振兴促进法": 74, "民法典": 1260,
}

// beyondLast tells that a citation names an article its act does not have, or a
// paragraph of article 21 of the regulation on government information, which has one.
func beyondLast(c catalog.Citation) string {
	title := strings.TrimPrefix(c.Title, "中华人民共和国")
	last := lastArticles[title]
	if last == 0 {
		return ""
	}
	for rest := c.Text; ; {
		_, after, ok := strings.Cut(rest, "第")
		if !ok {
			return ""
		}
		rest = after
		n, size := articleNumber(after)
		if n == 0 || !strings.HasPrefix(after[size:], "条") {
			continue
		}
		if n > last {
			return "《" + title + "》一共" + strconv.Itoa(last) + "条，没有第" + after[:size] + "条"
		}
		if paragraph, ok := strings.CutPrefix(after[size:], "条第"); ok && n == 21 && title == "政府信息公开条例" {
			if k, w := smallNumber(paragraph); k > 1 && strings.HasPrefix(paragraph[w:], "款") {
				return "《政府信息公开条例》第二十一条只有一款，没有第" + paragraph[:w] + "款"
			}
		}
	}
}

// articleNumber reads a number below ten thousand in digits or in Chinese, and its
// length; 0 where s begins with none.
func articleNumber(s string) (n, size int) {
	digits := 0
	for size < len(s) && size < 4 && isDigit(s[size]) {
		n = n*10 + int(s[size]-'0')
		size++
	}
	if size > 0 {
		return n, size
	}
	for i, c := range s {
		d := strings.IndexRune("零一二三四五六七八九", c)
		switch {
		case d >= 0:
			digits = d / len("一")
		case c == '十':
			n, digits = n+max(digits, 1)*10, 0
		case c == '百':
			n, digits = n+digits*100, 0
		case c == '千':
			n, digits = n+digits*1000, 0
		default:
			return n + digits, i
		}
	}
	return n + digits, len(s)
}

// lastItem is how many items article 20 of the regulation on government
// information lists. It has no second paragraph.
const lastItem = 15

// wrongItem finds an item of that article cited as a paragraph, 第二十条第一款 for
// 第二十条第（一）项, and items it does not have, for which right is empty.
func wrongItem(c catalog.Citation) (wrong, right string) {
	if !strings.HasSuffix(c.Title, "政府信息公开条例") {
		return "", ""
	}
	for _, article := range []string{"第二十条", "第20条"} {
		at := strings.Index(c.Text, article)
		if at < 0 {
			continue
		}
		rest := c.Text[at+len(article):]
		head := strings.TrimLeft(rest, " 第（(")
		n, size := smallNumber(head)
		after := strings.TrimLeft(head[size:], " ）)")
		if n == 0 {
			continue
		}
		end := len(rest) - len(after)
		switch {
		case strings.HasPrefix(after, "款"):
			wrong = article + rest[:end] + "款"
			if n > lastItem {
				return wrong, ""
			}
			return wrong, article + "第（" + strings.TrimSpace(head[:size]) + "）项"
		case strings.HasPrefix(after, "项") && n > lastItem:
			return article + rest[:end] + "项", ""
		}
	}
	return "", ""
}

// smallNumber reads a number below a hundred in digits or in Chinese, and its
// length; 0 where s begins with none.
func smallNumber(s string) (n, size int) {
	for size < len(s) && size < 3 && isDigit(s[size]) {
		n = n*10 + int(s[size]-'0')
		size++
	}
	if size > 0 {
		return n, size
	}
	for i, c := range s {
		d := strings.IndexRune("一二三四五六七八九", c)
		switch {
		case c == '十':
			n = max(n, 1) * 10
		case d >= 0:
			n += d/len("一") + 1
		default:
			return n, i
		}
	}
	return n, len(s)
}
