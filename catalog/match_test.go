package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// labelledDrafts are drafts of a few sectors, levels parted by a stroke.
var labelledDrafts = map[catalog.Sector][]string{
	"social-assistance": {
		"综合业务/政策法规文件", "综合业务/监督检查", "最低生活保障/政策法规文件", "最低生活保障/办事指南", "最低生活保障/审核信息",
		"最低生活保障/审批信息", "特困人员救助供养/政策法规文件", "特困人员救助供养/办事指南", "特困人员救助供养/审核信息",
		"特困人员救助供养/审批信息", "临时救助/政策法规文件", "临时救助/办事指南", "临时救助/审核审批信息",
	},
	"elderly-care": {
		"养老服务通用政策/养老服务扶持政策措施清单", "养老服务通用政策/养老机构投资指南", "养老服务业务办理/养老机构备案",
		"养老服务业务办理/养老服务扶持补贴", "养老服务业务办理/老年人补贴", "养老服务行业管理信息/养老机构备案信息",
		"养老服务行业管理信息/养老服务扶持补贴信息", "养老服务行业管理信息/老年人补贴申领和发放信息",
		"养老服务行业管理信息/养老机构评估信息", "养老服务行业管理信息/养老机构行政处罚信息",
	},
	"household-registration": {
		"出生登记/出生登记", "收养、入籍等登记/收养登记", "注销登记/死亡注销", "注销登记/服现役注销", "迁移登记/迁出、迁入登记",
		"户口登记项目变更更正/姓名变更、更正", "户口登记项目变更更正/性别变更、更正", "户口登记项目变更更正/出生日期更正",
		"居民身份证管理/居民身份证申领", "居民身份证管理/居民身份证换、补领", "暂住登记及居住证管理/居住证申领", "暂住登记及居住证管理/居住证签注",
	},
	"social-insurance": {
		"社会保险登记/机关事业单位社会保险登记", "社会保险登记/城乡居民养老保险参保登记", "社会保险登记/工程建设项目办理工伤保险参保登记",
		"社会保险登记/参保单位注销", "社会保险参保信息维护/单位（项目）基本信息变更", "社会保险参保信息维护/个人基本信息变更",
		"养老保险服务/职工正常退休申请", "养老保险服务/养老保险关系转移接续申请", "工伤保险服务/工伤事故备案", "失业保险服务/失业保险金申领",
	},
	"municipal-services": {
		"市政设施建设类审批/占用、挖掘城市道路审批", "市政设施建设类审批/依附城市道路建设各种管线审批", "城镇燃气管理/燃气经营许可证核发",
		"城镇燃气管理/燃气经营者改动市政燃气设施审批", "城市园林绿化管理/城市园林绿化行政处罚", "城市园林绿化管理/城市园林绿化行政审批",
	},
	"education": {
		"招生管理/招生政策", "招生管理/招生计划", "招生管理/招生范围", "招生管理/招生结果", "学生管理/义务教育学生资助政策",
		"教师管理/教师招聘", "教师管理/教师资格认定", "政策文件/教育法律", "政策文件/规范性文件", "财务信息/财务信息",
	},
	"housing": {
		"法规政策/法律法规", "法规政策/政策文件", "规划计划/中长期规划", "规划计划/年度计划", "重大决策/决策前预公开", "重大决策/决策结果公开",
		"配给管理/公租房承租资格确认", "配给管理/公租房租赁补贴资格确认", "配给管理/轮候对象", "运营管理/住房租金收缴", "运营管理/租赁补贴发放",
	},
	"land-acquisition": {
		"征地管理政策/法律法规和规范性文件", "征地前期准备/拟征收土地告知", "征地前期准备/拟征收土地现状调查", "征地前期准备/征地补偿安置方案听证",
		"征地审查报批/征地报批材料", "征地组织实施/征收土地公告", "征地组织实施/征地补偿登记", "征地组织实施/征地补偿费用支付",
	},
	"work-safety": {
		"政策文件/法律法规", "政策文件/部门和地方规章", "政策文件/标准", "政策文件/重大政策解读", "依法行政/行政许可", "依法行政/行政处罚",
		"依法行政/行政强制", "行政管理/隐患管理", "行政管理/应急管理", "行政管理/安全生产事故调查报告",
	},
}

// labelled tells for strangers' names which draft they mean; "" none of them.
var labelled = []struct {
	sector catalog.Sector
	in     string
	want   string
}{
	{"social-assistance", "低保/政策法规文件", "最低生活保障/政策法规文件"},
	{"social-assistance", "城乡低保/政策文件", "最低生活保障/政策法规文件"},
	{"social-assistance", "一、最低生活保障/1.2办事指南", "最低生活保障/办事指南"},
	{"social-assistance", "（二）最低生活保障 120002000/审批信息120002004", "最低生活保障/审批信息"},
	{"social-assistance", "最低生活保障/审批结果", "最低生活保障/审批信息"},
	{"social-assistance", "最低生活保障/审批结果公示", "最低生活保障/审批信息"},
	{"social-assistance", "最低生活保障/审核情况", "最低生活保障/审核信息"},
	{"social-assistance", "审批信息/最低生活保障", "最低生活保障/审批信息"},
	{"social-assistance", "办事指南/低保", "最低生活保障/办事指南"},
	{"social-assistance", "最低生活保障审批信息", "最低生活保障/审批信息"},
	{"social-assistance", "社会救助/最低生活保障/服务指南", "最低生活保障/办事指南"},
	{"social-assistance", "特困人员供养/办事指南", "特困人员救助供养/办事指南"},
	{"social-assistance", "特困供养/审批信息", "特困人员救助供养/审批信息"},
	{"social-assistance", "五保供养/审核", "特困人员救助供养/审核信息"},
	{"social-assistance", "临时救助/审批审核信息", "临时救助/审核审批信息"},
	{"social-assistance", "临时救助工作/政策法规", "临时救助/政策法规文件"},
	{"social-assistance", "综合业务/监督检查情况", "综合业务/监督检查"},
	{"social-assistance", "综合 业务/政 策 法 规 文 件", "综合业务/政策法规文件"},
	{"social-assistance", "医疗救助/政策法规文件", ""},
	{"social-assistance", "医疗救助/审批信息", ""},
	{"social-assistance", "最低生活保障/资金发放", ""},
	{"social-assistance", "孤儿保障/办事指南", ""},
	{"social-assistance", "特困人员救助供养/供养标准", ""},
	{"social-assistance", "综合业务/信访通讯地址", ""},
	{"social-assistance", "流浪乞讨人员救助/办事指南", ""},

	{"elderly-care", "养老服务通用政策/养老服务扶持政策清单", "养老服务通用政策/养老服务扶持政策措施清单"},
	{"elderly-care", "通用政策/养老机构投资指南", "养老服务通用政策/养老机构投资指南"},
	{"elderly-care", "养老服务业务办理/养老机构备案办理", "养老服务业务办理/养老机构备案"},
	{"elderly-care", "业务办理/养老机构备案", "养老服务业务办理/养老机构备案"},
	{"elderly-care", "养老服务业务办理/老人补贴", "养老服务业务办理/老年人补贴"},
	{"elderly-care", "养老服务业务办理/老年人津贴", "养老服务业务办理/老年人补贴"},
	{"elderly-care", "行业管理信息/养老机构备案信息", "养老服务行业管理信息/养老机构备案信息"},
	{"elderly-care", "养老服务行业管理/养老机构处罚信息", "养老服务行业管理信息/养老机构行政处罚信息"},
	{"elderly-care", "养老服务行业管理信息/老年人补贴发放和申领信息", "养老服务行业管理信息/老年人补贴申领和发放信息"},
	{"elderly-care", "养老服务行业管理信息/养老机构评估结果", "养老服务行业管理信息/养老机构评估信息"},
	{"elderly-care", "养老服务业务办理/殡葬服务", ""},
	{"elderly-care", "养老服务行业管理信息/从业人员培训", ""},
	{"elderly-care", "残疾人服务/残疾人两项补贴", ""},
	{"elderly-care", "养老服务业务办理/老年人优待证", ""},

	{"household-registration", "出生登记", "出生登记/出生登记"},
	{"household-registration", "户籍管理/出生登记/出生登记", "出生登记/出生登记"},
	{"household-registration", "注销登记/死亡注销登记", "注销登记/死亡注销"},
	{"household-registration", "注销/服现役注销", "注销登记/服现役注销"},
	{"household-registration", "迁移登记/迁入、迁出登记", "迁移登记/迁出、迁入登记"},
	{"household-registration", "户籍登记项目变更更正/姓名更正、变更", "户口登记项目变更更正/姓名变更、更正"},
	{"household-registration", "户口登记项目内容变更更正/性别变更更正", "户口登记项目变更更正/性别变更、更正"},
	{"household-registration", "身份证管理/身份证申领", "居民身份证管理/居民身份证申领"},
	{"household-registration", "居民身份证管理/换领、补领居民身份证", "居民身份证管理/居民身份证换、补领"},
	{"household-registration", "居住证管理/居住证申领", "暂住登记及居住证管理/居住证申领"},
	{"household-registration", "注销登记/失踪注销", ""},
	{"household-registration", "户口登记项目变更更正/民族变更", ""},
	{"household-registration", "出入境管理/护照申领", ""},
	{"household-registration", "居住证管理/居住证注销", ""},

	{"social-insurance", "1.社会保险登记/1.1机关事业单位社保登记", "社会保险登记/机关事业单位社会保险登记"},
	{"social-insurance", "社保登记/城乡居民基本养老保险参保登记", "社会保险登记/城乡居民养老保险参保登记"},
	{"social-insurance", "社会保险登记/工程建设项目工伤保险参保登记", "社会保险登记/工程建设项目办理工伤保险参保登记"},
	{"social-insurance", "社会保险登记/单位参保注销", "社会保险登记/参保单位注销"},
	{"social-insurance", "社会保险参保信息维护/单位基本信息变更", "社会保险参保信息维护/单位（项目）基本信息变更"},
	{"social-insurance", "社会保险参保信息维护/2.个人基本信息变更", "社会保险参保信息维护/个人基本信息变更"},
	{"social-insurance", "养老保险/养老保险关系转移接续", "养老保险服务/养老保险关系转移接续申请"},
	{"social-insurance", "失业保险/失业保险金申领", "失业保险服务/失业保险金申领"},
	{"social-insurance", "工伤保险服务/工伤事故备案（Ⅰ级）", "工伤保险服务/工伤事故备案"},
	{"social-insurance", "社会保险登记/企业社会保险登记", ""},
	{"social-insurance", "社会保险登记/灵活就业人员参保登记", ""},
	{"social-insurance", "社会保险缴费申报/社会保险费断缴补缴申报", ""},
	{"social-insurance", "失业保险服务/稳岗补贴申领", ""},
	{"social-insurance", "养老保险服务/病残津贴申领", ""},

	{"municipal-services", "市政设施建设类审批/占用挖掘城市道路审批", "市政设施建设类审批/占用、挖掘城市道路审批"},
	{"municipal-services", "市政审批/挖掘、占用城市道路审批", "市政设施建设类审批/占用、挖掘城市道路审批"},
	{"municipal-services", "燃气管理/燃气经营许可证核发", "城镇燃气管理/燃气经营许可证核发"},
	{"municipal-services", "城镇燃气管理/燃气经营许可核发", "城镇燃气管理/燃气经营许可证核发"},
	{"municipal-services", "园林绿化/园林绿化行政处罚", "城市园林绿化管理/城市园林绿化行政处罚"},
	{"municipal-services", "城市园林绿化管理/城市园林绿化行政强制", ""},
	{"municipal-services", "城镇供水管理/供水经营许可证核发", ""},
	{"municipal-services", "市容环境卫生管理/建筑垃圾处置核准", ""},

	{"education", "招生管理/招生政策文件", "招生管理/招生政策"},
	{"education", "招生工作/招生计划", "招生管理/招生计划"},
	{"education", "学生管理/义务教育资助政策", "学生管理/义务教育学生资助政策"},
	{"education", "教师管理/教师资格认定情况", "教师管理/教师资格认定"},
	{"education", "财务信息", "财务信息/财务信息"},
	{"education", "教师管理/教师职称评审", ""},
	{"education", "招生管理/学校介绍", ""},
	{"education", "政策文件/部门规章", ""},

	{"housing", "政策法规/法律法规规章", "法规政策/法律法规"},
	{"housing", "法规政策/有关政策文件", "法规政策/政策文件"},
	{"housing", "规划与计划/年度建设计划", "规划计划/年度计划"},
	{"housing", "重大决策/决策预公开", "重大决策/决策前预公开"},
	{"housing", "重大决策/决策结果", "重大决策/决策结果公开"},
	{"housing", "配给管理/公共租赁住房承租资格确认", "配给管理/公租房承租资格确认"},
	{"housing", "配给管理/租赁补贴资格确认", "配给管理/公租房租赁补贴资格确认"},
	{"housing", "住房配给管理/轮候对象公示", "配给管理/轮候对象"},
	{"housing", "运营管理/公租房租金收缴", "运营管理/住房租金收缴"},
	{"housing", "运营管理/补贴发放情况", "运营管理/租赁补贴发放"},
	{"housing", "运营管理/运营单位招标", ""},
	{"housing", "配给管理/房源信息", ""},
	{"housing", "棚户区改造/年度计划", ""},

	{"land-acquisition", "征地管理政策/法律法规及规范性文件", "征地管理政策/法律法规和规范性文件"},
	{"land-acquisition", "征地前期准备/拟征收土地告知（征地预公告）", "征地前期准备/拟征收土地告知"},
	{"land-acquisition", "前期准备/拟征地现状调查", "征地前期准备/拟征收土地现状调查"},
	{"land-acquisition", "征地前期准备/安置补偿方案听证", "征地前期准备/征地补偿安置方案听证"},
	{"land-acquisition", "征地组织实施/征地公告", "征地组织实施/征收土地公告"},
	{"land-acquisition", "组织实施/补偿费用支付", "征地组织实施/征地补偿费用支付"},
	{"land-acquisition", "征地组织实施/补偿登记", "征地组织实施/征地补偿登记"},
	{"land-acquisition", "征地前期准备/社会稳定风险评估", ""},
	{"land-acquisition", "征地组织实施/土地交付", ""},

	{"work-safety", "政策文件/部门规章", "政策文件/部门和地方规章"},
	{"work-safety", "政策文件/政策解读", "政策文件/重大政策解读"},
	{"work-safety", "依法行政/行政处罚信息", "依法行政/行政处罚"},
	{"work-safety", "行政许可/依法行政", "依法行政/行政许可"},
	{"work-safety", "行政管理/安全隐患管理", "行政管理/隐患管理"},
	{"work-safety", "行政管理/安全生产事故调查", "行政管理/安全生产事故调查报告"},
	{"work-safety", "公共服务/安全生产宣传", ""},
	{"work-safety", "行政管理/黑名单管理", ""},
	{"work-safety", "依法行政/行政复议", ""},
}

func draftsOf(sector catalog.Sector, names []string) []catalog.Entry {
	var out []catalog.Entry
	for _, n := range names {
		out = append(out, catalog.Entry{ID: catalog.EntryID(n), Sector: sector, Path: strings.Split(n, "/")})
	}
	return out
}

// TestMatchLabelled measures each stranger alone against all drafts of its sector.
func TestMatchLabelled(t *testing.T) {
	var found, right, wanted int
	for _, tt := range labelled {
		in := catalog.Entry{Sector: tt.sector, Path: strings.Split(tt.in, "/")}
		drafts := draftsOf(tt.sector, labelledDrafts[tt.sector])
		if tt.want != "" {
			wanted++
			if !slices.Contains(labelledDrafts[tt.sector], tt.want) {
				t.Fatalf("no draft %s", tt.want)
			}
		}
		got := ""
		ms := catalog.MatchEntries(drafts, nil, []catalog.Entry{in})
		if len(ms) > 0 {
			found++
			got = string(ms[0].Draft)
		}
		switch {
		case got == tt.want && got != "":
			right++
		case got != tt.want:
			t.Logf("%s matches %q, want %q %+v", tt.in, got, tt.want, ms)
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(wanted)
	t.Logf("%d pairs: precision %.3f, recall %.3f", len(labelled), precision, recall)
	if len(labelled) < 60 || precision < 0.95 || recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f of %d pairs, want 0.95 and 0.9 of 60", precision, recall, len(labelled))
	}
}

func TestMatchReasons(t *testing.T) {
	drafts := []catalog.Entry{
		{ID: "a", Template: "t1", Path: []string{"甲", "办事指南"}},
		{ID: "b", Code: "120002001", Path: []string{"最低生活保障", "审批信息"}},
		{ID: "c", Path: []string{"临时救助", "办事指南"}},
		{ID: "d", Template: "t4", Path: []string{"综合业务", "监督检查"}},
	}
	template := &catalog.Template{Entries: []catalog.TemplateEntry{
		{ID: "t1", Path: []string{"甲", "办事指南"}}, {ID: "t5", Path: []string{"综合业务", "政策法规文件"}},
	}}
	incoming := []catalog.Entry{
		{Path: []string{"综合业务", "政策文件"}},
		{Template: "t1", Path: []string{"改了名"}},
		{Code: "120002001", Path: []string{"最低生活保障", "审批"}},
		{Path: []string{"3.临时救助", "（1）办事指南"}},
		{Path: []string{"殡葬", "收费"}},
		{Code: "120002001", Path: []string{"最低生活保障", "审批信息"}},
	}
	want := []catalog.Match{
		{Incoming: 0, Template: "t5", Confidence: 0.94, Why: catalog.MatchSimilar},
		{Incoming: 1, Draft: "a", Template: "t1", Confidence: 1, Why: catalog.MatchTemplate},
		{Incoming: 2, Draft: "b", Confidence: 0.97, Why: catalog.MatchCode},
		{Incoming: 3, Draft: "c", Confidence: 0.98, Why: catalog.MatchPath},
	}
	got := catalog.MatchEntries(drafts, template, incoming)
	if !slices.Equal(got, want) {
		t.Errorf("MatchEntries =\n%+v\nwant\n%+v", got, want)
	}
}

func TestMatchTieBreaks(t *testing.T) {
	path := []string{"政策文件", "规范性文件"}
	drafts := []catalog.Entry{
		{ID: "a", Path: path, Content: "义务教育学校办学标准、督导评估办法"},
		{ID: "b", Path: path, Content: "安全生产责任制、隐患排查治理制度"},
	}
	incoming := []catalog.Entry{{Path: path, Content: "隐患排查治理制度、安全生产责任制等"}, {Path: path, Content: "办学标准等"}}
	got := catalog.MatchEntries(drafts, nil, incoming)
	if len(got) != 2 || got[0].Draft != "b" || got[1].Draft != "a" {
		t.Errorf("content does not decide between equal names: %+v", got)
	}
	drafts[0].Content, drafts[1].Content = "", ""
	drafts[0].Basis, drafts[1].Basis = catalog.Basis{{Title: "义务教育法", Text: "x"}}, catalog.Basis{{Title: "安全生产法", Text: "y"}}
	got = catalog.MatchEntries(drafts, nil, []catalog.Entry{{Path: path, Basis: catalog.Basis{{Title: "安全生产法", Text: "z"}}}})
	if len(got) != 1 || got[0].Draft != "b" {
		t.Errorf("basis does not decide between equal names: %+v", got)
	}
}

func TestMatchKnowsTheNamesElsewhere(t *testing.T) {
	template := &catalog.Template{Entries: []catalog.TemplateEntry{
		{ID: "t1", Path: []string{"业务办理", "老年人补贴"}, AlsoCalled: []string{"高龄津贴", "尊老金 / 申领"}},
		{ID: "t2", Path: []string{"业务办理", "养老机构备案"}},
	}}
	for _, path := range [][]string{{"业务办理", "高龄津贴"}, {"尊老金", "申领"}, {"二、尊老金", "（1）申领"}} {
		got := catalog.MatchEntries(nil, template, []catalog.Entry{{Path: path}})
		if len(got) != 1 || got[0].Template != "t1" || got[0].Why != catalog.MatchOtherName || got[0].Confidence >= 0.98 || got[0].Confidence < catalog.MatchSure {
			t.Errorf("%q: %+v, want t1 by a name elsewhere", path, got)
		}
	}
	draft := []catalog.Entry{{ID: "a", Template: "t1", Path: []string{"业务办理", "老年人补贴"}}}
	if got := catalog.MatchEntries(draft, template, []catalog.Entry{{Path: []string{"业务办理", "高龄津贴"}}}); len(got) != 1 || got[0].Draft != "a" {
		t.Errorf("a draft does not go by its template's other names: %+v", got)
	}
}

func TestMatchIgnoresLevelsThatSayNothing(t *testing.T) {
	drafts := []catalog.Entry{
		{ID: "a", Path: []string{"出生登记", "出生登记"}},
		{ID: "b", Path: []string{"注销登记", "死亡注销"}},
		{ID: "c", Path: []string{"最低生活保障", "办事指南"}},
		{ID: "d", Path: []string{"特困人员救助供养", "办事指南"}},
	}
	for want, path := range map[catalog.EntryID][]string{
		"a": {"户籍管理领域", "出生登记", "出生登记"}, "b": {"注销登记", "注销登记", "死亡注销"}, "c": {"社会救助", "低保", "服务指南"},
	} {
		if got := catalog.MatchEntries(drafts, nil, []catalog.Entry{{Path: path}}); len(got) != 1 || got[0].Draft != want {
			t.Errorf("%q: %+v, want %s", path, got, want)
		}
	}
}

func TestMatchTakesANameThatOneTargetHasAlone(t *testing.T) {
	drafts := []catalog.Entry{
		{ID: "a", Path: []string{"教师管理", "职称评审"}},
		{ID: "b", Path: []string{"学生管理", "学籍"}},
		{ID: "c", Path: []string{"学生管理", "审批信息"}},
		{ID: "d", Path: []string{"教师管理", "审批信息"}},
	}
	for want, path := range map[catalog.EntryID][]string{"a": {"队伍建设", "职称评审"}, "": {"校车服务", "审批信息"}} {
		var got catalog.EntryID
		for _, m := range catalog.MatchEntries(drafts, nil, []catalog.Entry{{Path: path}}) {
			got = m.Draft
		}
		if got != want {
			t.Errorf("%q matches %q, want %q", path, got, want)
		}
	}
}

func TestMatchTakesContentThatOneTargetHasAlone(t *testing.T) {
	drafts := []catalog.Entry{
		{ID: "a", Path: []string{"临时救助", "审核审批信息"}, Content: "支出型临时救助对象名单、救助金额、救助事由"},
		{ID: "b", Path: []string{"临时救助", "办事指南"}, Content: "办理事项、办理条件、救助标准、申请材料"},
		{ID: "c", Path: []string{"最低生活保障", "审批信息"}, Content: "低保对象名单及相关信息"},
		{ID: "d", Path: []string{"综合业务", "监督检查"}, Content: "社会救助信访通讯地址、投诉举报电话"},
	}
	in := catalog.Entry{Path: []string{"临时救助", "受助人"}, Content: "支出型临时救助对象名单、救助金额、事由"}
	got := catalog.MatchEntries(drafts, nil, []catalog.Entry{in})
	if len(got) != 1 || got[0].Draft != "a" || got[0].Confidence >= catalog.MatchSure {
		t.Errorf("%+v, want a, and not sure", got)
	}
}

func TestMatchReadsNamesAsClerksWriteThem(t *testing.T) {
	drafts := draftsOf("", []string{
		"最低生活保障/审核信息", "最低生活保障/审批信息", "备灾管理/综合减灾示范社区", "政策文件/其他政策文件",
		"行政处罚/对擅自占用或者挖掘城市道路的处罚", "城镇燃气管理/燃气经营许可证核发", "灾后救助/冬春临时生活困难救助",
	})
	for in, want := range map[string]catalog.EntryID{
		"籍山镇低保审核":             "最低生活保障/审核信息",
		"備災管理/綜合減災示範社區":       "备灾管理/综合减灾示范社区",
		"政策 文件/其它 政策\n文件":     "政策文件/其他政策文件",
		"行政处罚—擅自占用、挖掘城市道路":    "行政处罚/对擅自占用或者挖掘城市道路的处罚",
		"燃气管理/核发燃气经营许可证":      "城镇燃气管理/燃气经营许可证核发",
		"０３　灾后救助/（六）冬春临时生活救助": "灾后救助/冬春临时生活困难救助",
		"灾后救助/旱灾临时生活困难救助":     "",
		"地质灾害防治/隐患点名单":        "",
	} {
		var got catalog.EntryID
		for _, m := range catalog.MatchEntries(drafts, nil, []catalog.Entry{{Path: strings.Split(in, "/")}}) {
			got = m.Draft
		}
		if got != want {
			t.Errorf("%q matches %q, want %q", in, got, want)
		}
	}
}

// A table may say the same thousands of times.
func TestMatchManyOfTheSame(t *testing.T) {
	const n = 3000
	drafts, incoming := make([]catalog.Entry, n), make([]catalog.Entry, n)
	for i := range n {
		drafts[i] = catalog.Entry{ID: catalog.EntryID(fmt.Sprint(i)), Path: []string{"综合业务", "政策法规文件"}, Content: fmt.Sprint("第", i, "件")}
		incoming[i] = catalog.Entry{Path: drafts[i].Path, Content: drafts[i].Content}
	}
	got := catalog.MatchEntries(drafts, nil, incoming)
	if len(got) != n {
		t.Fatalf("%d of %d match", len(got), n)
	}
}

func TestMatchKeepsSectorsApart(t *testing.T) {
	path := []string{"综合业务", "政策法规文件"}
	drafts := []catalog.Entry{{ID: "a", Sector: "elderly-care", Path: path}, {ID: "b", Sector: "social-assistance", Path: path}}
	got := catalog.MatchEntries(drafts, nil, []catalog.Entry{{Sector: "social-assistance", Path: path}, {Sector: "education", Path: path}})
	if len(got) != 1 || got[0].Draft != "b" || got[0].Incoming != 0 {
		t.Errorf("MatchEntries = %+v, want b alone", got)
	}
}

func TestMatchIsOneToOneAndDetermined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pool := catalogtest.Entries(rapid.Uint64Range(0, 5).Draw(t, "seed"), 120)[:40]
		some := func(name string) []catalog.Entry {
			var out []catalog.Entry
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, 39), 0, 20).Draw(t, name) {
				out = append(out, pool[i])
			}
			return out
		}
		drafts, incoming := some("drafts"), some("incoming")
		for i := range drafts {
			drafts[i].ID = catalog.EntryID(fmt.Sprint("d", i))
			if rapid.Bool().Draw(t, "by name") {
				drafts[i].Template, drafts[i].Code = "", ""
			}
		}
		got := catalog.MatchEntries(drafts, nil, incoming)
		if again := catalog.MatchEntries(drafts, nil, incoming); !slices.Equal(got, again) {
			t.Fatalf("once %+v, then %+v", got, again)
		}
		seen := map[catalog.EntryID]bool{}
		last := -1
		for _, m := range got {
			if m.Incoming <= last || seen[m.Draft] || m.Draft == "" {
				t.Fatalf("not one to one, or out of order: %+v", got)
			}
			last, seen[m.Draft] = m.Incoming, true
			if m.Confidence < catalog.MatchThreshold || m.Confidence > 1 {
				t.Fatalf("confidence %v", m.Confidence)
			}
		}
	})
}

func TestMatchItself(t *testing.T) {
	entries := catalogtest.Entries(1, 600)
	got := catalog.MatchEntries(entries, nil, entries)
	if len(got) != len(entries) {
		t.Errorf("%d of %d entries match themselves", len(got), len(entries))
	}
	for _, m := range got {
		if entries[m.Incoming].ID != m.Draft {
			t.Errorf("%q matches %s, %+v", entries[m.Incoming].Path, m.Draft, m)
		}
	}
}

func BenchmarkMatchEntries(b *testing.B) {
	all := catalogtest.Entries(1, 10000)
	for i := range all {
		all[i].Sector, all[i].Template, all[i].Code = "", "", ""
	}
	for _, drafts := range []int{60, 10000} {
		b.Run(fmt.Sprint(drafts, " drafts"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				catalog.MatchEntries(all[:drafts], nil, all)
			}
		})
	}
}
