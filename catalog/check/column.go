package check

import (
	"strings"

	"mulutong/catalog"
)

// columnRules speak of cells that belong to another column.
var columnRules = []Rule{
	{
		Name: "text.wrong-column", Severity: Warning, Title: "内容像是别的栏目的",
		Why:   "依据里写着时限，时限里写着文件名，主体里写着渠道，一级事项里写着领域名称，多是粘贴时错了一列。",
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
}

// sectorAsMatter finds the sector's name where the matter's should stand, which
// shifts all columns behind it.
func (p *pass) sectorAsMatter() {
	name, ok := strings.CutSuffix(p.e.Matter(), sectorWord)
	if !ok || p.t != nil || len(p.e.Path) < 2 {
		return
	}
	for _, n := range p.names {
		if n.name == name && n.slug == p.sector() {
			p.found(catalog.FieldMatter, "一级事项里的"+quote(p.e.Matter())+"是领域名称，后面各列可能都错了一列。请把各列移回原位。", "")
			return
		}
	}
}

// strayIn names the column that a text in field f plainly belongs to instead;
// empty where it may stand.
func strayIn(f catalog.Field, s string, has class) string {
	if len(s) < 6 || f == catalog.FieldContent && len(s) >= 120 {
		return ""
	}
	limit := has&days != 0 && isLimit(s)
	titled := has&titles != 0
	switch f {
	case catalog.FieldBasis:
		switch {
		case titled:
			return ""
		case limit:
			return "公开时限"
		case isChannelList(s, has):
			return "公开渠道和载体"
		case tickColumn(s) != "":
			return tickColumn(s)
		}
	case catalog.FieldTimeLimit:
		switch {
		case strings.HasPrefix(s, "《") && !limit && !strings.ContainsAny(s, "日月年周"):
			return "公开依据"
		case isChannelList(s, has):
			return "公开渠道和载体"
		case tickColumn(s) != "":
			return tickColumn(s)
		}
	case catalog.FieldPublisher:
		switch {
		case titled:
			return "公开依据"
		case limit:
			return "公开时限"
		case isChannelList(s, has):
			return "公开渠道和载体"
		case tickColumn(s) != "":
			return tickColumn(s)
		}
	case catalog.FieldAudience:
		switch {
		case isChannelList(s, has):
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
		case tickColumn(s) != "":
			return tickColumn(s)
		case strings.HasPrefix(s, "《"):
			return "公开依据"
		}
	case catalog.FieldContent:
		switch {
		case limit && strings.Contains(s, "之日起") && !titled:
			return "公开时限"
		case strings.HasPrefix(s, "■") || strings.HasPrefix(s, "□"):
			if isChannelList(s, has) {
				return "公开渠道和载体"
			}
		case tickColumn(s) != "":
			return tickColumn(s)
		}
	}
	return ""
}

// isLimit reports whether s speaks of a time limit.
func isLimit(s string) bool {
	if strings.Contains(s, "工作日") || strings.Contains(s, "之日起") {
		return true
	}
	switch s {
	case "实时公开", "及时公开", "长期公开", "永久公开", "按年度公开":
		return true
	}
	return false
}

// tickColumn names the column that has s as the heading of its ticks; empty where
// none has.
func tickColumn(s string) string {
	switch s {
	case "全社会", "特定群体", "特定群众":
		return "公开对象"
	case "主动公开", "依申请公开":
		return "公开方式"
	case "县级", "乡级", "村级":
		return "公开层级"
	}
	return ""
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
