package check

import (
	"strings"

	"mulutong/catalog"
)

// audienceRules speak of audience (公开对象) and mode (公开方式).
var audienceRules = []Rule{
	{
		Name: "audience.group-unnamed", Severity: Error, Title: "没有写明特定群体是哪些人",
		Why:     "勾选了特定群体，却没有写是哪些人，或者只写“相关人员”，无法判断该向谁公开。",
		Do:      "写出群体，例如：特定群体：申请人；面向所有人的，改选全社会。",
		Fixable: true, Field: catalog.FieldAudience,
		Fails:  Example{{catalog.FieldAudience: "特定群体"}},
		Passes: Example{{catalog.FieldAudience: "特定群体：低保申请人"}},
		run:    (*pass).groupUnnamed,
	},
	{
		Name: "audience.both", Severity: Warning, Title: "全社会和特定群体同时勾选",
		Why:     "面向全社会公开，就已经包括了特定群体，两个都选自相矛盾。",
		Do:      "只选一个。模板两个都选的除外。",
		Fixable: true, Field: catalog.FieldAudience,
		Fails:  Example{{catalog.FieldAudience: "全社会；特定群体：低保申请人"}},
		Passes: Example{{catalog.FieldAudience: "全社会"}},
		run:    (*pass).audienceBoth,
	},
	{
		Name: "mode.both", Severity: Warning, Title: "主动公开和依申请公开同时勾选",
		Why:     "同一条要么主动公开，要么依申请公开。部分内容依申请公开的，应当分成两条。",
		Do:      "只选一个，或者拆成两条。模板两个都选的除外。",
		Fixable: true, Field: catalog.FieldMode,
		Fails:  Example{{catalog.FieldMode: "主动、依申请"}},
		Passes: Example{{catalog.FieldMode: "主动"}},
		run:    (*pass).modeBoth,
	},
	{
		Name: "mode.on-request-public", Severity: Warning, Title: "依申请公开，对象却是全社会",
		Why:     "标准目录里的事项一般应当主动公开；依申请公开是向申请人提供，对象不会是全社会。",
		Do:      "改为主动公开；确属依申请公开的，把公开对象改为特定群体并写明。",
		Fixable: true, Field: catalog.FieldMode,
		Fails:       Example{{catalog.FieldMode: "依申请"}},
		Passes:      Example{{}, {catalog.FieldPath: "临时救助\n审批结果", catalog.FieldMode: "依申请", catalog.FieldAudience: "特定群体：申请人"}},
		PassesWords: "公开方式 `依申请`，公开对象 `特定群体：申请人`",
		run:         (*pass).onRequestPublic,
	},
}

func (p *pass) groupUnnamed() {
	a := p.e.Audience
	if !(a.Unnamed && catalog.Unfilled(a.Groups)) && !namesNoGroup(a.Groups) {
		return
	}
	fix := ""
	if w := p.wanted(catalog.FieldAudience); w != "" && !p.t.entry.Audience.Unnamed {
		fix = w
	} else if a.Everyone {
		fix = catalog.Audience{Everyone: true}.String()
	}
	what := "勾选了特定群体，没有写明是哪些人。"
	if !a.Unnamed {
		what = "特定群体写的是" + quote(a.Groups) + "，没有说明是哪些人。"
	}
	p.found(catalog.FieldAudience, what+"请写出来，例如“特定群体：申请人”；面向所有人的，改选全社会。", fix)
}

// namesNoGroup reports whether words stand where groups should be named and name
// none.
func namesNoGroup(s string) bool {
	switch strings.Trim(s, " 。") {
	case "√", "✓", "✔", "■", "☑", "是", "特定群体", "特定群众", "特定对象", "特定人群", "特定人员", "相关群体", "相关群众", "相关对象", "相关人员", "有关人员", "有关群众", "有关对象", "有关单位", "相关单位", "有关单位和个人", "相关单位和个人", "有关单位和人员", "相关单位和人员", "相关各方", "部分群众", "其他":
		return true
	}
	return false
}

func (p *pass) audienceBoth() {
	a := p.e.Audience
	if !a.Everyone || !a.Unnamed && catalog.Unfilled(a.Groups) {
		return
	}
	fix := ""
	if p.t != nil {
		w := p.t.entry.Audience
		if w.Everyone && (w.Unnamed || w.Groups != "") {
			return
		}
		fix = p.wanted(catalog.FieldAudience)
	}
	p.found(catalog.FieldAudience, "全社会和特定群体同时选了。面向所有人的，只选全社会；只向一部分人公开的，只选特定群体并写明。", fix)
}

func (p *pass) modeBoth() {
	both := catalog.Mode{Proactive: true, OnRequest: true}
	if p.e.Mode != both || p.t != nil && p.t.entry.Mode == both {
		return
	}
	p.found(catalog.FieldMode, "主动公开和依申请公开同时选了。请只选一个；部分内容依申请公开的，分成两条。", p.wanted(catalog.FieldMode))
}

func (p *pass) onRequestPublic() {
	m := p.e.Mode
	if m.Proactive || !m.OnRequest || p.t != nil && p.t.entry.Mode == m {
		return
	}
	switch {
	case p.t != nil && p.t.entry.Mode.Proactive:
		p.found(catalog.FieldMode, "模板规定这一项主动公开，这里选了依申请公开。请改为主动公开。", p.wanted(catalog.FieldMode))
	case p.e.Audience.Everyone:
		p.found(catalog.FieldMode, "选了依申请公开，公开对象却是全社会。请改为主动公开；确属依申请公开的，把公开对象改为特定群体并写明。", catalog.Mode{Proactive: true}.String())
	}
}
