package check

import (
	"strings"

	"mulutong/catalog"
)

// columnRules speak of cells that belong to another column.
var columnRules = []Rule{
	{
		Name: "text.wrong-column", Severity: Warning, Title: "内容像是别的栏目的",
		Why:   "依据里写着时限，时限里写着文件名，主体里写着渠道，一级事项里写着领域名称，多是粘贴时错了一列；公开内容抄了上一行或者别的事项的，也算。",
		Do:    "核对这一行有没有整体错位，把内容移回各自的栏目。",
		Field: catalog.FieldBasis, Fixable: true,
		Fails:  Example{{catalog.FieldBasis: "信息形成或者变更之日起20个工作日内"}},
		Passes: Example{{catalog.FieldBasis: "《社会救助暂行办法》（国务院令第649号）"}},
		run:    (*pass).wrongColumn,
	},
}

func (p *pass) wrongColumn() {
	for i := range p.texts {
		t := &p.texts[i]
		of := ""
		switch t.field {
		case catalog.FieldBasis:
			of = p.cites[t.part].stray
		case catalog.FieldPublisher:
			of = p.pub.stray
		case catalog.FieldTimeLimit:
			of = p.limit.stray
		default:
			of = strayIn(t.field, t.s, t.has)
		}
		if of != "" {
			p.found(t.field, t.name()+"里的"+quote(t.s)+"像是"+of+"。请核对这一行是否错了列。", p.wanted(t.field))
		}
	}
	p.sectorAsMatter()
	p.copiedContent()
}

// copiedContent finds content that is another matter's.
func (p *pass) copiedContent() {
	from := ""
	if p.whole != nil && p.whole.copied[p.index] {
		from = "上一行" + quote(p.cat.Entries[p.index-1].Submatter())
	} else if w := p.copiedFrom(); w != nil {
		from = quote(w.entry.Submatter())
	}
	if from != "" {
		p.found(catalog.FieldContent, "公开内容与"+from+"的相同，像是抄来的，不是"+quote(p.e.Submatter())+"的内容。模板为"+quote(p.t.entry.Content)+"。请核对。", p.wanted(catalog.FieldContent))
	}
}

// sectorAsMatter finds the sector's name where the matter's should stand, which
// shifts all columns behind it.
func (p *pass) sectorAsMatter() {
	if p.sectorFirst() {
		p.found(catalog.FieldMatter, "一级事项里的"+quote(p.e.Matter())+"是领域名称，后面各列可能都错了一列。请把各列移回原位。", "")
	}
}

// sectorFirst reports whether the path begins with the sector's name.
func (p *pass) sectorFirst() bool {
	name, ok := strings.CutSuffix(p.e.Matter(), sectorWord)
	if !ok || len(p.e.Path) < 2 || p.t != nil && sameText(p.t.entry.Matter(), p.e.Matter()) {
		return false
	}
	for _, n := range p.names {
		if n.name == name && n.slug == p.sector() {
			return true
		}
	}
	return false
}

// strayIn names the column that a text in field f plainly belongs to instead;
// empty where it may stand.
func strayIn(f catalog.Field, s string, has class) string {
	if f == catalog.FieldContent && len(s) >= 120 || f == catalog.FieldExtra || f == catalog.FieldLink {
		return ""
	}
	if column := tickColumn(s); column != "" {
		return column
	}
	if (f == catalog.FieldMatter || f == catalog.FieldSubmatter) && len(s) < 4 && allDigits(s) {
		return "序号"
	}
	if len(s) < 6 {
		return ""
	}
	limit := isLimit(s, has)
	list := isChannelList(s, has)
	titled := has&titles != 0
	switch f {
	case catalog.FieldBasis:
		switch {
		case titled:
			return ""
		case limit:
			return "公开时限"
		case list:
			return "公开渠道和载体"
		case isBody(s):
			return "公开主体"
		case isPhone(s):
			return "联系电话"
		}
	case catalog.FieldTimeLimit:
		switch {
		case strings.HasPrefix(s, "《") && !limit && !strings.ContainsAny(s, "日月年周"):
			return "公开依据"
		case list:
			return "公开渠道和载体"
		case isBody(s):
			return "公开主体"
		case isPhone(s):
			return "联系电话"
		}
	case catalog.FieldPublisher:
		switch {
		case titled:
			return "公开依据"
		case limit:
			return "公开时限"
		case list:
			return "公开渠道和载体"
		case isPhone(s):
			return "联系电话"
		case isTitle(s):
			return "公开依据"
		}
	case catalog.FieldAudience:
		switch {
		case isBody(s) && strings.HasSuffix(s, "人民政府"):
			return "公开主体"
		case list:
			return "公开渠道和载体"
		case limit:
			return "公开时限"
		case titled && strings.HasPrefix(s, "《"):
			return "公开依据"
		}
	case catalog.FieldChannels:
		switch {
		case limit:
			return "公开时限"
		case strings.HasPrefix(s, "《"):
			return "公开依据"
		case isBody(s):
			return "公开主体"
		}
	case catalog.FieldContent:
		switch {
		case limit && !titled && (strings.Contains(s, "之日起") || strings.Contains(s, "工作日内") && len(s) < 90 && !strings.ContainsAny(s, "、；：:")):
			return "公开时限"
		case list && (strings.HasPrefix(s, "■") || strings.HasPrefix(s, "□") || onlyCarriers(s)):
			return "公开渠道和载体"
		case isBody(s) && len(s) <= 60 && !strings.ContainsAny(s, "、，；和与及"):
			return "公开主体"
		}
	case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath:
		switch {
		case limit && (strings.Contains(s, "之日起") || strings.Contains(s, "工作日内")) && len(s) < 90:
			return "公开时限"
		case list && onlyCarriers(s):
			return "公开渠道和载体"
		case f == catalog.FieldMatter && strings.HasPrefix(s, "《") && (strings.HasSuffix(s, "》") || strings.HasSuffix(s, "号）") || strings.HasSuffix(s, "号)")):
			return "公开依据"
		case isPhone(s):
			return "联系电话"
		}
	}
	return ""
}

// isBody reports whether s is a body's name and nothing else.
func isBody(s string) bool {
	if len(s) > 90 || strings.ContainsAny(s, "：:。") {
		return false
	}
	for _, organ := range []string{"人民政府", "办事处", "管理局", "民政局", "教育局", "财政局", "公安局", "司法局", "建设局", "农村局", "税务局", "保障局", "规划局", "环境局", "健康委员会", "改革委员会", "环境分局", "体育局", "和旅游局", "应急管理局", "执法局"} {
		if strings.HasSuffix(s, organ) {
			return true
		}
	}
	return false
}

// isPhone reports whether s is a telephone number and nothing else.
func isPhone(s string) bool {
	return len(s) >= 11 && len(s) <= 14 && s[0] == '0' && strings.Trim(s, "0123456789-") == ""
}

// isTitle reports whether s, without marks, is the title of a law or rule.
func isTitle(s string) bool {
	if !strings.HasSuffix(s, "法") && !strings.HasSuffix(s, "条例") && !strings.HasSuffix(s, "规定") {
		return false
	}
	b := catalog.ParseBasis(s)
	return len(b) == 1 && b[0].Title == s
}

// isLimit reports whether s speaks of a time limit.
func isLimit(s string, has class) bool {
	if has&days != 0 && (strings.Contains(s, "工作日") || strings.Contains(s, "之日起")) {
		return true
	}
	switch s {
	case "实时公开", "及时公开", "长期公开", "永久公开", "按年度公开", "常年公开", "即时公开", "每年公开":
		return true
	}
	return false
}

// tickColumn names the column that has s as the heading of its ticks; empty where
// none has.
func tickColumn(s string) string {
	if len(s) > 15 {
		return ""
	}
	switch s {
	case "全社会", "特定群体", "特定群众":
		return "公开对象"
	case "主动公开", "依申请公开", "主动", "依申请":
		return "公开方式"
	case "县级", "乡级", "村级":
		return "公开层级"
	case "√", "✓", "✔", "■", "☑":
		return "打勾的栏目"
	}
	return ""
}

// onlyCarriers reports whether s names carriers and nothing else.
func onlyCarriers(s string) bool {
	for c := catalog.Website; c < catalog.OtherChannel; c++ {
		s = strings.ReplaceAll(s, c.Name(), "")
	}
	return strings.Trim(s, "、，,；;/ \n■□☑√") == ""
}

// isChannelList reports whether s is made of the carriers of the standard table.
func isChannelList(s string, has class) bool {
	if has&carriers == 0 {
		return false
	}
	n := 0
	for c := catalog.Website; c < catalog.OtherChannel; c++ {
		if strings.Contains(s, c.Name()) {
			n++
		}
	}
	return n > 1 || n == 1 && (has&boxes != 0 || len(s) < 20)
}
