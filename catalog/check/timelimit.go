package check

import (
	"strconv"
	"strings"

	"mulutong/catalog"
)

// statutory is the longest a unit may take to disclose what it formed or
// changed, in working days, and how a cell says so (article 26 of the
// regulation on government information).
const (
	statutory     = 20
	statutoryText = "信息形成或者变更之日起20个工作日内"
)

// timeLimitRules speak of time limits (公开时限) as they were understood.
var timeLimitRules = []Rule{
	{
		Name: "timelimit.unclear", Severity: Warning, Title: "公开时限看不明白",
		Why:     "没有写从什么时候算起，或者写法无法理解，到期与否无从判断。",
		Do:      "写成“信息形成或者变更之日起20个工作日内”这样的话：从什么时候算起，多长时间以内。",
		Fixable: true, Field: catalog.FieldTimeLimit,
		Fails:  Example{{catalog.FieldTimeLimit: "20个工作日"}},
		Passes: Example{{catalog.FieldTimeLimit: "信息形成或者变更之日起20个工作日内"}},
		run:    (*pass).timeLimitUnclear,
	},
	{
		Name: "timelimit.over-statutory", Severity: Error, Title: "公开时限超过法定的20个工作日",
		Why:     "《政府信息公开条例》第二十六条规定，应当自信息形成或者变更之日起20个工作日内公开，法律、法规另有规定的除外。29天以上、一个月，一般都已超过20个工作日。模板注明可以更长的不算。",
		Do:      "改为20个工作日以内；法律、法规另有规定的，写明理由。",
		Fixable: true, Field: catalog.FieldTimeLimit,
		Fails:  Example{{catalog.FieldTimeLimit: "信息形成或者变更之日起30个工作日内"}},
		Passes: Example{{catalog.FieldTimeLimit: "制定或获取信息之日起10个工作日内"}},
		run:    (*pass).timeLimitOver,
	},
	{
		Name: "timelimit.vague", Severity: Warning, Title: "公开时限没有写天数",
		Why:     "模板规定了天数，这里只写“及时”“实时”“长期”，比规定的含糊。",
		Do:      "按模板写明天数；需要长期公示的，两样都写。",
		Fixable: true, Field: catalog.FieldTimeLimit,
		Fails:  Example{{catalog.FieldTimeLimit: "及时公开"}},
		Passes: Example{{catalog.FieldTimeLimit: "制定或获取信息之日起10个工作日内，长期公开"}},
		run:    (*pass).timeLimitVague,
	},
}

// limitView is what is known of the words of a time limit.
type limitView struct {
	traits
	whole   string // what it was before it was cut short, see brokenLimit
	stray   string // the column it belongs to instead
	nothing bool   // it sets no limit: 定期公开
}

// limitOf looks at a time limit once; most entries share a few.
func (c *Checker) limitOf(s string) limitView {
	return c.limits.get(s, func() limitView {
		t := traitsOf(s, new(places))
		return limitView{t, brokenLimit(s), strayIn(catalog.FieldTimeLimit, s, t.has), saysNothing(s)}
	})
}

func (p *pass) timeLimitUnclear() {
	tl := &p.e.TimeLimit
	if catalog.Unfilled(tl.Text) {
		return
	}
	bare := 0
	for _, c := range tl.Clauses {
		if c.Kind == catalog.Within && c.From == "" && c.By == "" && !tellsSince(c.Scope) {
			bare = max(bare, c.Amount)
		}
	}
	if day := p.gone(tl); day != "" {
		p.found(catalog.FieldTimeLimit, quote(tl.Text)+"写的"+day+"已经过去，长期使用的目录不能这样写。请写明从什么时候算起、多长时间以内公开；每年都有的，写成“每年…前”。", p.clearLimit())
		return
	}
	if tl.Understood() && bare == 0 && !p.limit.nothing || p.limit.whole != "" || p.limit.stray != "" {
		return
	}
	if t := p.t; t != nil && sameText(t.entry.TimeLimit.Text, tl.Text) {
		return
	}
	if bare > 0 {
		fix := p.clearLimit()
		if fix == "" && len(tl.Clauses) == 1 && bare == statutory && tl.Clauses[0].Measure == catalog.Workday {
			fix = statutoryText
		}
		p.found(catalog.FieldTimeLimit, quote(tl.Text)+"没有写从什么时候算起。请写成“信息形成或者变更之日起"+strconv.Itoa(bare)+measureWord(tl)+"内”这样的话。", fix)
		return
	}
	p.found(catalog.FieldTimeLimit, quote(tl.Text)+"看不明白。请写明从什么时候算起、多长时间以内公开。", p.clearLimit())
}

// saysNothing reports whether a limit in plain words sets none.
func saysNothing(s string) bool {
	switch strings.Trim(s, "。 ") {
	case "定期", "定期公开", "定期更新", "不定期", "不定期公开", "适时", "适时公开", "按时公开", "按需公开":
		return true
	}
	return false
}

// tellsSince reports whether what a limit is for tells by itself since when it
// runs: 处罚决定：20个工作日内.
func tellsSince(scope string) bool {
	return strings.HasSuffix(scope, "决定") || strings.HasSuffix(scope, "结果")
}

// gone is the day of a limit that names one day for all and is over, as written.
func (p *pass) gone(tl *catalog.TimeLimit) string {
	for _, c := range tl.Clauses {
		if c.Kind == catalog.Before && isYear(c.By) && strings.HasPrefix(c.By[4:], "年") && p.past(c.By[:4]) {
			return c.By
		}
	}
	return ""
}

// measureWord names the measure of the first clause.
func measureWord(tl *catalog.TimeLimit) string {
	switch tl.Clauses[0].Measure {
	case catalog.Hour:
		return "小时"
	case catalog.Day:
		return "日"
	case catalog.Week:
		return "周"
	case catalog.Month:
		return "个月"
	case catalog.Year:
		return "年"
	}
	return "个工作日"
}

// clearLimit is the template's time limit, where it was understood.
func (p *pass) clearLimit() string {
	if p.t == nil || catalog.Unfilled(p.t.entry.TimeLimit.Text) {
		return ""
	}
	for _, c := range p.t.entry.TimeLimit.Clauses {
		if c.Kind == catalog.Unknown || c.Kind == catalog.Within && c.From == "" && c.By == "" || over(&c) {
			return ""
		}
	}
	return p.t.entry.TimeLimit.Text
}

func (p *pass) timeLimitOver() {
	if p.t != nil && p.t.from.LongLimit != "" {
		return
	}
	tl := &p.e.TimeLimit
	for i := range tl.Clauses {
		c := &tl.Clauses[i]
		if !over(c) {
			continue
		}
		fix := p.clearLimit()
		if fix == "" && len(tl.Clauses) == 1 {
			fix = statutoryText
		}
		p.found(catalog.FieldTimeLimit, quote(tl.Text)+"超过了法定期限。《政府信息公开条例》第二十六条规定，应当自信息形成或者变更之日起20个工作日内公开。请缩短；法律、法规另有规定的，请写明理由。", fix)
		return
	}
}

// over reports whether a clause counts more than the statutory working days from
// forming or changing. Four weeks hold twenty working days, 29 days more.
func over(c *catalog.Clause) bool {
	if c.Kind != catalog.Within || !c.FromForming() {
		return false
	}
	switch c.Measure {
	case catalog.Workday:
		return c.Amount > statutory
	case catalog.Day:
		return c.Amount > 28
	case catalog.Week:
		return c.Amount > 4
	}
	return c.Amount > 0 && (c.Measure == catalog.Month || c.Measure == catalog.Year)
}

func (p *pass) timeLimitVague() {
	tl := &p.e.TimeLimit
	if p.t == nil || len(tl.Clauses) == 0 {
		return
	}
	for _, c := range tl.Clauses {
		switch c.Kind {
		case catalog.Prompt, catalog.Permanent:
		case catalog.Realtime:
			if c.From != "" {
				return // 随采购公告公开: at once
			}
		default:
			return
		}
	}
	for _, c := range p.t.entry.TimeLimit.Clauses {
		if c.Kind == catalog.Within && c.Amount > 0 {
			p.found(catalog.FieldTimeLimit, quote(tl.Text)+"没有写天数，模板规定的是"+quote(p.t.entry.TimeLimit.Text)+"。请写明天数。", p.t.entry.TimeLimit.Text)
			return
		}
	}
}
