package check

import (
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// outdatedRules speak of words whose matter has ended or goes by another name.
var outdatedRules = []Rule{
	{
		Name: "text.outdated", Severity: Warning, Title: "说法已经过时",
		Why:     "制度已经取消或者改了名称，旧目录里还留着，例如新型农村合作医疗已并入城乡居民基本医疗保险，农村五保供养已改为特困人员救助供养。文件名里的、写明是“原”的不算。土地利用总体规划、城市总体规划已并入国土空间规划，旧规划有的仍在执行，只作提示。",
		Do:      "改为现在的说法；已经取消的，删去。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "农村五保供养对象名单"}},
		Passes: Example{{catalog.FieldContent: "特困人员救助供养对象名单"}},
		run:    (*pass).outdated,
	},
}

// outdatedWord is a word that is no longer right, since when and what for.
type outdatedWord struct {
	word, mark string // mark: two of its characters that other words seldom have
	now        string // what to say instead; empty: nothing
	why        string
	info       bool // it may still be right
}

var outdatedWords = []outdatedWord{
	{"新型农村合作医疗", "村合", "城乡居民基本医疗保险", "2016年起与城镇居民医保合并", false},
	{"新农合", "农合", "城乡居民基本医疗保险", "2016年起与城镇居民医保合并", false},
	{"城镇居民基本医疗保险", "镇居", "城乡居民基本医疗保险", "2016年起与新农合合并", false},
	{"城镇居民医疗保险", "镇居", "城乡居民基本医疗保险", "2016年起与新农合合并", false},
	{"新型农村社会养老保险", "型农", "城乡居民基本养老保险", "2014年起与城镇居民养老保险合并", false},
	{"城镇居民社会养老保险", "镇居", "城乡居民基本养老保险", "2014年起与新农保合并", false},
	{"新农保", "农保", "城乡居民基本养老保险", "2014年起与城镇居民养老保险合并", false},
	{"农村五保供养", "五保", "特困人员救助供养", "2016年起改称", false},
	{"五保供养", "五保", "特困人员救助供养", "2016年起改称", false},
	{"五保对象", "五保", "特困人员", "2016年起改称", false},
	{"五保户", "五保", "特困人员", "2016年起改称", false},
	{"房屋拆迁许可证", "拆迁", "", "2011年起房屋拆迁改为房屋征收，不再核发", false},
	{"城市房屋拆迁", "拆迁", "国有土地上房屋征收", "2011年起改为房屋征收", false},
	{"廉租住房", "廉租", "公共租赁住房", "2014年起并轨", false},
	{"廉租房", "廉租", "公共租赁住房", "2014年起并轨", false},
	{"建档立卡贫困户", "档立", "脱贫户", "2020年底已全部脱贫", false},
	{"建档立卡贫困人口", "档立", "脱贫人口", "2020年底已全部脱贫", false},
	{"农业户口转非农业户口", "转非", "", "2014年起取消农业户口与非农业户口的区分", false},
	{"农转非", "转非", "", "2014年起取消农业户口与非农业户口的区分", false},
	{"准生证", "准生", "生育登记", "2016年起实行生育登记", false},
	{"计划生育服务证", "育服", "生育登记", "2016年起实行生育登记", false},
	{"计生证", "计生", "生育登记", "2016年起实行生育登记", false},
	{"社会抚养费", "抚养", "", "2021年取消", false},
	{"食品流通许可证", "通许", "食品经营许可证", "2015年起合并", false},
	{"餐饮服务许可证", "饮服", "食品经营许可证", "2015年起合并", false},
	{"食品卫生许可证", "品卫", "食品经营许可证", "2009年起停止核发", false},
	{"养老机构设立许可", "构设", "养老机构备案", "2018年12月起改为备案", false},
	{"暂住证", "暂住", "居住证", "2016年起改发居住证", false},
	{"排污费", "排污", "环境保护税", "2018年起改征环境保护税", false},
	{"营业税", "业税", "增值税", "2016年5月起改征增值税", false},
	{"建设项目选址意见书", "选址", "建设项目用地预审与选址意见书", "2019年起与用地预审合并核发", false},
	{"农作物良种补贴", "良种", "耕地地力保护补贴", "2016年起合并", false},
	{"农资综合补贴", "农资", "耕地地力保护补贴", "2016年起合并", false},
	{"粮食直补", "食直", "耕地地力保护补贴", "2016年起合并", false},
	{"种粮农民直接补贴", "民直", "耕地地力保护补贴", "2016年起合并", false},
	{"营业执照年检", "照年", "企业年度报告公示", "2014年起改为年度报告公示", false},
	{"企业年检", "业年", "企业年度报告公示", "2014年起改为年度报告公示", false},
	{"收容遣送", "收容", "救助管理", "2003年废止", false},
	{"土地利用总体规划", "用总", "国土空间总体规划", "各类空间规划已统一为国土空间规划", true},
	{"城乡总体规划", "乡总", "国土空间总体规划", "各类空间规划已统一为国土空间规划", true},
	{"城市总体规划", "市总", "国土空间总体规划", "各类空间规划已统一为国土空间规划", true},
	{"城镇总体规划", "镇总", "国土空间总体规划", "各类空间规划已统一为国土空间规划", true},
}

func (p *pass) outdated() {
	for i := range p.texts {
		t := &p.texts[i]
		switch t.field {
		case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldContent, catalog.FieldAudience:
			if t.has&stale != 0 {
				p.outdatedText(t)
			}
		}
	}
}

// outdatedText reports the first word of a text that is outdated, or else the
// first that may be.
func (p *pass) outdatedText(t *text) {
	for _, info := range []bool{false, true} {
		for _, w := range outdatedWords {
			at := strings.Index(t.s, w.word)
			if w.info != info || at < 0 || inTitle(t.s, at) || w.now != "" && strings.Contains(t.s, w.now) {
				continue
			}
			if before, _ := utf8.DecodeLastRuneInString(t.s[:at]); before == '原' || before == '旧' {
				continue
			}
			severity, message := p.rule.Severity, t.name()+"里的"+quote(w.word)+"说法已经过时，"+w.why
			fix := ""
			switch {
			case w.now == "":
				message += "。请删去。"
			case info:
				severity = Info
				message += "。请核对是否改为" + quote(w.now) + "；旧规划仍在执行的，可以不改。"
			default:
				message += "，现为" + quote(w.now) + "。请改正。"
				fix = p.with(t, strings.ReplaceAll(t.s, w.word, w.now))
			}
			p.foundAs(severity, t.field, message, fix)
			return
		}
	}
}
