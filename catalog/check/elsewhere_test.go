package check

import (
	"testing"

	"mulutong/catalog"
)

// elsewhere are mistakes of the known kinds as other sectors, laws and bodies
// would show them.
var elsewhere = []struct {
	rule  string
	field catalog.Field
	texts []string
}{
	{"text.broken", catalog.FieldTimeLimit, []string{
		"自受理之日10个工作日内", "制定或获取信息之日起10个工作日内，公示5个", "信息形成之日起20个工作日内予以", "获取信息之日期10个工作日内",
		"每年3月底前公开上一年度公开预算执行情况",
	}},
	{"text.residue", catalog.FieldContent, []string{
		"<p>机构名称、诊疗科目</p>", "办税地点&nbsp;办税时间", "开放时间<br/>服务项目", "配套规定（各地自行补充）", "填表说明：本栏写公开要素",
	}},
	{"text.control", catalog.FieldContent, []string{"鎷涚敓璁″垝", "锟斤拷锟斤拷"}},
	{"basis.malformed", catalog.FieldBasis, []string{"《关于推进养老服务发展的意见》（国办发〔19〕5号）", "《博物馆条例》（ 国务院令第659号 ）", "《政府信息公开条例》第六十条", "《中华人民共和国政府信息公开条例》第二十一条第三款", "《政府信息公开条例》第二百条第一款"}},
	{"text.wrong-column", catalog.FieldContent, []string{"南陵县生态环境分局", "信息形成（变更）20个工作日内"}},
	{"text.broken", catalog.FieldSubmatter, []string{"高龄津 贴", "优 抚 对 象"}},
	{"text.broken", catalog.FieldPublisher, []string{"籍 山 镇 人 民 政 府"}},
	{"basis.expired", catalog.FieldContent, []string{"东县脱贫攻坚危房改造实施方案（东扶组〔2019〕6号）"}},
	{"text.outdated", catalog.FieldContent, []string{"建档立卡贫困户名单", "农业户口转非农业户口办理流程"}},
	{"text.wrong-column", catalog.FieldAudience, []string{"特定群体：籍山镇人民政府"}},
	{"text.residue", catalog.FieldTimeLimit, []string{"自信息形成之日起X个工作日内"}},
	{"text.broken", catalog.FieldSubmatter, []string{"对临街工地不设置护栏的处", "纳税人权利和义", "医疗机构设置审"}},
	{"content.missing", catalog.FieldContent, []string{"（略）", "不涉及", "同上一行", "″", "\""}},
	{"basis.missing", catalog.FieldBasis, []string{"同上栏", "不涉及"}},
	{"timelimit.missing", catalog.FieldTimeLimit, []string{"未定", "见上"}},
	{"publisher.vague", catalog.FieldPublisher, []string{"主管税务机关", "司法行政机关", "社会保险经办机构", "籍山镇人民政府、家长委员会", "投标企业"}},
	{"audience.group-unnamed", catalog.FieldAudience, []string{"特定群体：有关单位和个人"}},
	{"text.broken", catalog.FieldContent, []string{
		"应急预案、应急演练、应急预案、救援队伍", "招生计划、招生范围 招生计划、招生范围", "1.机构名称；2.诊疗科目；4.开放时间", "一、招生范围；二、报名时间；二、报名材料",
		"（1）补贴名称（2）补贴依据（2）补贴对象", "（一）招生范围\n（三）报名时间",
		"办理条件的的", "办理依据、程序的的信息", "处罚依据、违法事",
		"咨旬电话、受理部门", "医疗机够名称、诊疗科目", "政府性基金予算", "行政处罚绝定文号", "规化批复、规划图纸", "救助对象明单", "应急予案、救援队伍", "招骋流程、招聘公告",
		"监督渠倒、投诉方式", "申请裁料", "补贴发方明细", "办理流成", "预警信喜", "检查接果",
	}},
	{"text.broken", catalog.FieldPublisher, []string{"籍山镇人民证府", "籍山镇人民政俯"}},
	{"text.broken", catalog.FieldTimeLimit, []string{"信息行成或者变更之日起20个工作日内", "制定或荻取信息之日起10个工作日内"}},
	{"text.broken", catalog.FieldSubmatter, []string{"公租房资格审何结果", "公共租凭住房配租结果"}},
	{"basis.misspelled", catalog.FieldBasis, []string{"《社会救助暂行办法》（国务院令第648号）", "《社会救助暂行办法》（国务院令第560号）第九条"}},
	{"timelimit.unclear", catalog.FieldTimeLimit, []string{"2023年5月", "2024年6月30日前"}},
}

// oddButRight are cells that look wrong and are not.
var oddButRight = []struct {
	field catalog.Field
	texts []string
}{
	{catalog.FieldContent, []string{
		"采购人、项目名称；公示期限；采购人、财政部门的联系地址", "受理环节：公示、公告；决定环节：公示、公告", "1.部门职责；2.预算收支表；3.“三公”经费", "1.受理\n（1）条件\n（2）材料\n2.审核\n（1）标准", "（一）招生范围；（二）招生时间：2026年6月1日", "1.5米以下、2.5米以上的",
		"一、补贴：1.对象；2.标准\n二、救助：1.对象；2.标准", "①招生计划 ②招生范围", "规划批前公示、规划批后公布", "（一）对象（按照办法第（三）项）（二）标准",
		"环境监测、环境检测数据", "使用范围、适用范围", "职业资格许可、执业许可", "缴费标准、交费标准", "检察建议办理情况", "作出、做出决定", "法制宣传、法治宣传", "发布日起计算的有效期",
		"管理举措、服务举措", "公示期、公示企业名单", "水务局、税务局", "事业保险、失业保险经办机构", "申请方适用的程序", "项目评审和结果公布", "X<Y时的处理", "R&D经费",
	}},
	{catalog.FieldBasis, []string{"《中华人民共和国政府信息公开条例》第五十六条", "《政府信息公开条例》第二十一条第一款", "《社会救助暂行办法》第七十条", "《社会救助暂行办法》（国务院令第680号）", "《社会救助暂行办法》（国务院令第649号公布，第709号修订）"}},
	{catalog.FieldSubmatter, []string{"审批结果 120002004", "公租房 分配结果"}},
	{catalog.FieldPublisher, []string{"籍山镇人民政府 籍山镇卫生院"}},
	{catalog.FieldTimeLimit, []string{
		"随采购公告、采购文件公开", "收到预警信息后即时发布", "自作出之日起公开", "与文件同步公开，最迟不超过文件印发之日起3个工作日",
		"除处罚决定外长期公开（动态调整），处罚决定：20个工作日内", "2099年12月底前", "每年公布上一年度公开情况",
	}},
}

func TestMistakesInOtherWordsAreFound(t *testing.T) {
	c := New(soundKnowledge(t))
	for _, v := range elsewhere {
		for _, text := range v.texts {
			mistakeIsFound(t, c, v.rule, v.field, text)
		}
	}
}

func TestWhatLooksOddAndIsRightRaisesNothing(t *testing.T) {
	c := New(soundKnowledge(t))
	for _, v := range oddButRight {
		for _, text := range v.texts {
			nothingIsFound(t, c, v.field, text)
		}
	}
}
