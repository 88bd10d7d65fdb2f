package check

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// channelRules speak of channels (公开渠道和载体).
var channelRules = []Rule{
	{
		Name: "channels.other-unnamed", Severity: Warning, Title: "渠道选了“其他”，没有写是什么",
		Why:    "只勾选“其他”，看的人不知道到哪里去查。",
		Do:     "写出名称，例如：其他（征地信息公开平台）；没有其他渠道的，取消勾选。",
		Field:  catalog.FieldChannels,
		Fails:  Example{{catalog.FieldChannels: "政府网站、其他"}},
		Passes: Example{{catalog.FieldChannels: "政府网站、其他（征地信息公开平台）"}},
		run: func(p *pass) {
			if p.e.Channels.Set.Has(catalog.OtherChannel) {
				p.found(catalog.FieldChannels, "公开渠道选了“其他”，没有写是什么。请写出名称，例如“其他（征地信息公开平台）”；没有的，取消勾选。", "")
			}
		},
	},
	{
		Name: "channels.no-website", Severity: Warning, Title: "主动公开而没有选政府网站",
		Why:     "主动公开的信息应当在政府网站上查得到（《政府信息公开条例》第二十三条、第二十四条）。模板不要求政府网站的除外。",
		Do:      "加选政府网站。",
		Fixable: true, Field: catalog.FieldChannels,
		Fails:  Example{{catalog.FieldChannels: "便民服务站"}},
		Passes: Example{{catalog.FieldChannels: "政府网站、便民服务站"}},
		run:    (*pass).noWebsite,
	},
}

// sites are words by which a channel is a government's site under another name.
var sites = []string{"网站", "门户", "官网", "政府网", "政务网", "政务服务网", "政务服务平台", "信息公开平台", "公示系统", "监管平台", "交易平台", "采购网"}

func (p *pass) noWebsite() {
	ch := p.e.Channels
	if !p.e.Mode.Proactive || ch.Set.Has(catalog.Website) || ch.May.Has(catalog.Website) || p.e.Unfilled(catalog.FieldChannels) {
		return
	}
	if p.t != nil {
		// What the guideline does not demand, the unit may do without.
		if must := p.t.from.Channels.Set; must != 0 && !must.Has(catalog.Website) {
			return
		}
	}
	for _, s := range ch.Others {
		if slices.ContainsFunc(sites, func(w string) bool { return strings.Contains(s, w) }) {
			return
		}
	}
	ch.Set = ch.Set.With(catalog.Website)
	p.found(catalog.FieldChannels, "主动公开的事项没有选政府网站。请加选政府网站。", ch.String())
}
