package check

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// missingRules speak of fields that are not filled in. Each knows the right text
// where the template has one.
var missingRules = []Rule{
	{
		Name: "matter.missing", Severity: Error, Title: "公开事项未填写",
		Why:     "一级事项、二级事项是查找一条目录的名字，每一级都要写明。合并单元格丢失、用“—”或“同上”占位，都会使这一条没有名字。模板中本来只有一级事项的除外。",
		Do:      "补上事项名称；一级事项与上一行相同的，也要逐行写全。",
		Fixable: true, Field: catalog.FieldSubmatter,
		Fails:  Example{{}, {catalog.FieldPath: "临时救助\n—"}},
		Passes: Example{{}, {catalog.FieldPath: "临时救助\n政策法规文件"}},
		run:    (*pass).matterMissing,
	},
	missing("content", catalog.FieldContent, "公开内容未填写", "写明公开哪些要素，例如办理事项、办理条件、申请材料。", "同上", "救助对象名单、救助金额"),
	missing("basis", catalog.FieldBasis, "公开依据未填写", "写明法律、法规或文件的名称和文号。", "/", "《中华人民共和国政府信息公开条例》（国务院令第711号）"),
	missing("timelimit", catalog.FieldTimeLimit, "公开时限未填写", "写明从什么时候算起、多少个工作日内公开。", "无", "信息形成或者变更之日起20个工作日内"),
	missing("publisher", catalog.FieldPublisher, "公开主体未填写", "写明公开这项信息的单位全称。", "—", "籍山镇人民政府"),
	missing("channels", catalog.FieldChannels, "公开渠道和载体未填写", "至少选择一个渠道，主动公开的应当包括政府网站。", "", "政府网站"),
	missing("audience", catalog.FieldAudience, "公开对象未填写", "选择全社会；只对一部分人公开的，写明是哪些人。", "", "全社会"),
	missing("mode", catalog.FieldMode, "公开方式未填写", "选择主动公开或者依申请公开。", "", "主动"),
	missing("tiers", catalog.FieldTiers, "公开层级未填写", "勾选由哪几级公开。", "", "县级、乡级"),
}

// missing makes the rule that a field other than the path is filled in.
func missing(name string, f catalog.Field, title, do, fails, passes string) Rule {
	return Rule{
		Name: name + ".missing", Severity: Error, Title: title,
		Why: "目录的每一条都要写全名称、内容、依据、时限、主体、方式、渠道、对象和层级。空着，或者只写“同上”“/”“无”“—”，都算没有填写。",
		Do:  do, Fixable: true, Field: f,
		Fails:  Example{{f: fails}},
		Passes: Example{{f: passes}},
		run: func(p *pass) {
			if !p.e.Unfilled(f) {
				return
			}
			message := "没有填写" + f.Name() + "。"
			if s := strings.TrimSpace(p.e.Text(f)); s != "" {
				message = f.Name() + "只写了" + quote(s) + "，等于没有填写。"
			}
			p.found(f, message+do, p.wanted(f))
		},
	}
}

// wanted is the template's text of the field, where it says something.
func (p *pass) wanted(f catalog.Field) string {
	if p.t == nil || p.t.entry.Unfilled(f) {
		return ""
	}
	return p.t.entry.Text(f)
}

func (p *pass) matterMissing() {
	path := p.e.Path
	level := func(i int) string {
		if p.t != nil && len(p.t.entry.Path) == max(len(path), 2) && !catalog.Unfilled(p.t.entry.Path[i]) {
			return p.t.entry.Path[i]
		}
		return ""
	}
	if len(path) == 0 || catalog.Unfilled(path[0]) {
		p.found(catalog.FieldMatter, "没有填写一级事项。与上一行相同的，也要写出来。", level(0))
	}
	if len(path) == 1 && p.t != nil && len(p.t.entry.Path) == 1 {
		return
	}
	if len(path) < 2 || catalog.Unfilled(path[len(path)-1]) {
		i := max(len(path), 2) - 1
		message := "没有填写二级事项。"
		if i < len(path) && path[i] != "" {
			message = "二级事项只写了" + quote(path[i]) + "，等于没有填写。"
		}
		p.found(catalog.FieldSubmatter, message+"请写出具体公开哪一项。", level(i))
	}
	if len(path) > 2 && slices.ContainsFunc(path[1:len(path)-1], catalog.Unfilled) {
		p.found(catalog.FieldPath, "公开事项的中间一级没有名称。请补上，或者去掉这一级。", p.pathWithoutBlanks())
	}
}

// pathWithoutBlanks is the path without the levels between first and last that
// say nothing.
func (p *pass) pathWithoutBlanks() string {
	var kept []string
	for i, s := range p.e.Path {
		if i == 0 || i == len(p.e.Path)-1 || !catalog.Unfilled(s) {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, "\n")
}
