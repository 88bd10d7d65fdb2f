package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mulutong/catalog"
)

// residueRules speak of what a template or a spreadsheet left behind.
var residueRules = []Rule{
	{
		Name: "text.residue", Severity: Warning, Title: "留有样板、占位符或者下拉填充的痕迹",
		Why:     "“样板”“模板”“示例”“XX镇”“××”“____”“{单位}”“（填写……）”“各地配套……”以及表头的字，是样板里留给各单位改写的；相邻两行只差一个数字，而且正好加一（48小时、49小时），是下拉填充时数字自动递增；名称前的编号跳号（有2.2没有2.1），是删行留下的。",
		Do:      "改成本单位的内容；数字改回原来的值。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "XX镇救助对象名单"}},
		Passes: Example{{catalog.FieldContent: "籍山镇救助对象名单"}},
		run:    (*pass).residue,
	},
}

// Placeholders are what templates leave for units to fill in: names in braces,
// signs that stand for a name, blanks and requests.
var (
	braces = catalog.Placeholders
	signs  = []string{"XX", "××", "xx", "○○", "某某", "某", "×", "X"} // the single ones only before 镇, 县, …
	blanks = []string{"**", "__", "＿＿"}
	asked  = []string{"各地自行补充", "本地自行补充", "请填写", "此处填写", "此处插入", "待填写", "请写明", "请注明", "（待补充）", "(待补充)"} // see phrases
)

// meant returns the name that a placeholder stands for, with the word behind it
// that tells: 镇 of XX镇; empty where that is not known.
func (p *pass) meant(sign, after string) (now, with string) {
	u := &p.cat.Unit
	if slices.Contains(braces, sign) {
		return u.Meant(sign), ""
	}
	for _, k := range []struct {
		word, name string
		mine       bool
	}{
		{"镇", u.Name, u.Kind == catalog.TownshipUnit},
		{"乡", u.Name, u.Kind == catalog.TownshipUnit},
		{"街道", u.Name, u.Kind == catalog.TownshipUnit},
		{"县", u.County, true},
		{"区", u.County, true},
		{"市", u.City, true},
		{"村", "", true},
		{"社区", "", true},
		{"局", "", true},
		{"学校", "", true},
	} {
		if strings.HasPrefix(after, k.word) {
			if !k.mine {
				return "", k.word
			}
			return k.name, k.word
		}
	}
	return "", ""
}

// Title returns what the title of a stranger's table shows of the sample it was
// made from (text.residue). A catalog has no title of its own: the standard one is
// printed above it.
func (c *Checker) Title(cat *catalog.Catalog, title string) []Finding {
	p := c.pass(cat)
	word := sampleWord(title)
	for _, sign := range signs {
		if i := strings.Index(title, sign); i >= 0 && word == "" {
			if _, with := p.meant(sign, title[i+len(sign):]); with != "" {
				word = sign + with
			}
		}
	}
	for _, w := range titleMarks {
		if word == "" && strings.Contains(title, w) {
			word = w
		}
	}
	if word == "" {
		return nil
	}
	return []Finding{{
		Rule: "text.residue", Severity: Warning, Sector: cat.Sector, Index: -1,
		Message: "标题" + quote(title) + "里留有样板的" + quote(word) + "。请改成本单位的正式标题。",
	}}
}

// titleMarks are what samples, forms and drafts have in their titles.
var titleMarks = []string{
	"__", "＿＿", "**", "{单位}", "{县}", "{市}", "（此处填写", "(此处填写", "（填写", "(填写", "（单位名称）", "(单位名称)", "（单位全称）", "请填写", "样本", "参考文本", "（参考）", "(参考)",
	"征求意见稿", "送审稿", "讨论稿", "修改稿", "（草案）", "(草案)", "（初稿）", "(初稿)", "（待定）", "(待定)",
}

func (p *pass) residue() {
	for i := range p.texts {
		t := &p.texts[i]
		if t.field == catalog.FieldLink {
			continue
		}
		if isHeading(t) {
			p.found(t.field, t.name()+"里的"+quote(t.s)+"是表头的字。请改成本单位的内容。", p.wanted(t.field))
			continue
		}
		p.placeholder(t)
		switch t.field {
		case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldPublisher:
			if t.has&samples == 0 {
				continue
			}
			if w := sampleWord(t.s); w != "" {
				fixed := strings.TrimSpace(strings.Replace(t.s, w, "", 1))
				if catalog.Unfilled(fixed) || strings.HasSuffix(fixed, "目录") {
					fixed = "" // nothing of a matter's name is left
				} else {
					fixed = p.with(t, fixed)
				}
				p.found(t.field, t.name()+"里留有"+quote(w)+"字样。请删去，写成正式名称。", fixed)
			}
		case catalog.FieldContent, catalog.FieldBasis:
			if t.field == catalog.FieldContent && t.has&samples != 0 {
				p.sampleContent(t)
			}
			if t.has&gaps == 0 {
				continue
			}
			for _, w := range []string{"各地配套", "各地相关配套", "各地相关政策", "各地相关文件"} {
				if here := "本地" + strings.TrimPrefix(w, "各地"); strings.Contains(t.s, w) && (t.field == catalog.FieldContent || w == "各地配套") {
					p.found(t.field, t.name()+"里的"+quote(w)+"是国家指引留给各地填写的。请列出本地的文件，至少改为"+quote(here)+"。", p.with(t, strings.ReplaceAll(t.s, w, here)))
					break
				}
			}
		}
	}
	if p.whole != nil {
		for _, c := range p.whole.counted[p.index] {
			p.found(c.field, c.field.Name()+"里的“"+c.number+"”比上一行正好多1，像是下拉填充时自动递增的。请核对"+c.field.Name()+"的数字。", c.fix)
		}
		for _, c := range p.whole.skipped[p.index] {
			p.found(c.field, c.field.Name()+"的编号"+c.number+"前面没有"+c.before+"，编号跳号了。请核对是否缺行，或者把编号改连续。", "")
		}
	}
}

// sampleContent finds content that shows that it was a sample: 示例：…, （示例）…
func (p *pass) sampleContent(t *text) {
	for _, w := range []string{"示例：", "示例:", "样例：", "样例:", "（示例）", "(示例)", "（样例）", "(样例)", "【示例】", "示例", "样例"} {
		rest, ok := strings.CutPrefix(t.s, w)
		if ok && (rest == "" || !strings.HasSuffix(w, "例")) {
			p.found(t.field, t.name()+"里留有"+quote(w)+"字样。请改成本单位的内容。", p.with(t, strings.TrimSpace(rest)))
			return
		}
	}
}

// isHeading reports whether a text is the heading of a column, which copying a
// table's head leaves among its rows.
func isHeading(t *text) bool {
	if len(t.s) < 6 || len(t.s) > 33 {
		return false
	}
	switch t.s {
	case "一级事项", "二级事项", "三级事项", "公开事项", "事项名称", "一级事项名称", "二级事项名称", "一级目录", "二级目录", "三级目录", "公开内容", "公开内容（要素）", "公开内容(要素)",
		"公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开渠道", "公开对象", "公开方式", "公开层级":
		return t.field != catalog.FieldContent || strings.HasPrefix(t.s, "公开内容")
	}
	return false
}

// placeholder reports the first placeholder of a text.
func (p *pass) placeholder(t *text) {
	if t.has&marks != 0 && (p.leftoverOf(t, braces) || p.leftoverOf(t, blanks)) {
		return
	}
	if t.has&(marks|someone) != 0 && p.leftoverOf(t, signs) {
		return
	}
	if t.has&orders != 0 && p.leftoverOf(t, asked) {
		return
	}
	if t.has&tags != 0 && p.markup(t) {
		return
	}
	if t.has&(fills|orders) != 0 || t.has&rounds != 0 && (t.s[0] == '(' || strings.HasPrefix(t.s, "（")) {
		p.toFillIn(t)
	}
}

// webMarks are what the source of a web page leaves in a text copied from it, with
// what they stand for.
var webMarks = strings.NewReplacer(
	"<br>", "\n", "<br/>", "\n", "<br />", "\n", "</p><p>", "\n", "<p>", "", "</p>", "", "<span>", "", "</span>", "", "<strong>", "", "</strong>", "", "<b>", "", "</b>", "", "<div>", "", "</div>", "",
	"&nbsp;", " ", "&lt;", "〈", "&gt;", "〉", "&amp;", "&", "&quot;", "\"", "&ldquo;", "“", "&rdquo;", "”", "&middot;", "·",
)

// markup finds what a web page's source left: 开放时间<br/>, &nbsp;.
func (p *pass) markup(t *text) bool {
	fixed := strings.TrimSpace(webMarks.Replace(t.s))
	if fixed == t.s {
		return false
	}
	if catalog.Unfilled(fixed) {
		fixed = ""
	} else {
		fixed = p.with(t, fixed)
	}
	p.found(t.field, t.name()+"里留有网页的代码，是从网页复制来的。请删去。", fixed)
	return true
}

// toFillIn finds what a form asks for: （填写联系电话）, 待补充救助标准.
func (p *pass) toFillIn(t *text) {
	if i := strings.Index(t.s, "填写"); i >= 0 {
		after := t.s[i+len("填写"):]
		open := ""
		for _, w := range []string{"（", "(", "【", "〔", "["} {
			if strings.HasSuffix(t.s[:i], w) {
				open = w
			}
		}
		form := strings.HasPrefix(after, "申请") || strings.HasPrefix(after, "《") || strings.HasPrefix(after, "表") || strings.HasPrefix(after, "完整")
		if open != "" && !form {
			p.found(t.field, t.name()+"里留有样板的占位符"+quote(around(t.s, i-len(open), len(open)+len("填写")))+"。请改成本单位的内容。", "")
		}
		return
	}
	for _, w := range []string{"待补充", "填表说明", "填写说明", "填报说明", "（单位名称）", "(单位名称)", "（单位全称）", "(单位全称)", "（示例", "(示例"} {
		if strings.HasPrefix(t.s, w) {
			p.found(t.field, t.name()+"里留有样板的占位符"+quote(around(t.s, 0, len(w)))+"。请改成本单位的内容。", "")
			return
		}
	}
}

func (p *pass) leftoverOf(t *text, words []string) bool {
	for _, w := range words {
		if i := strings.Index(t.s, w); i >= 0 && p.leftover(t, i, w) {
			return true
		}
	}
	return false
}

// leftover reports the placeholder w at i, if it is one.
func (p *pass) leftover(t *text, i int, w string) bool {
	now, with := p.meant(w, t.s[i+len(w):])
	switch w {
	case "某", "×", "X":
		after := t.s[i+len(w):]
		date := strings.HasPrefix(after, "个工作日") || w == "×" && (strings.HasPrefix(after, "年") || strings.HasPrefix(after, "月") || strings.HasPrefix(after, "日"))
		if with == "" && !date || i > 0 && isLetter(t.s[i-1]) {
			return false
		}
	case "某某": // not a person's name made anonymous: 张某某
		if r, _ := utf8.DecodeLastRuneInString(t.s[:i]); with == "" && unicode.Is(unicode.Han, r) {
			return false
		}
	case "XX", "xx": // not in a word of Latin letters
		end := i + 2
		for end < len(t.s) && (t.s[end] == 'X' || t.s[end] == 'x') {
			end++
		}
		if i > 0 && (isLetter(t.s[i-1]) || isDigit(t.s[i-1])) || end < len(t.s) && (isLetter(t.s[end]) || isDigit(t.s[end])) {
			return false
		}
	case "**": // not in a number that was masked
		if i > 0 && isDigit(t.s[i-1]) {
			return false
		}
	}
	fix := ""
	if now != "" {
		fix = p.with(t, strings.ReplaceAll(t.s, w+with, now))
	}
	p.found(t.field, t.name()+"里留有样板的占位符"+quote(around(t.s, i, len(w)))+"。请改成本单位的内容。", fix)
	return true
}

// around is the placeholder with the few characters next to it.
func around(s string, i, n int) string {
	end := i + n
	for j := range s[end:] {
		if j >= 12 || s[end+j] == '\n' {
			return s[i : end+j]
		}
	}
	return s[i:]
}

// sampleWord returns the word by which a name shows that it was a sample's: only
// as a mark of its own or of a catalog, because 申请表模板 is a thing to disclose.
func sampleWord(s string) string {
	for _, w := range []string{"（参考模板）", "(参考模板)", "（参考样板）", "（参考样本）", "（参考）", "(参考)", "（模板仅供参考）", "（样板）", "(样板)", "（模板）", "(模板)", "（模版）", "(模版)", "（样本）", "(样本)", "（样表）", "(样表)", "（示例）", "(示例)", "（样例）", "(样例)"} {
		if strings.Contains(s, w) {
			return w
		}
	}
	for _, w := range []string{"示例", "样例"} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	for _, w := range []string{"样板", "模板", "样表", "模版"} {
		if s == w || strings.Contains(s, "目录"+w) || strings.Contains(s, w+"目录") {
			return w
		}
	}
	return ""
}
