package check

import (
	"testing"

	"mulutong/catalog"
)

// variations are the kinds of mistakes that published catalogs show, in other words.
var variations = []struct {
	rule  string
	field catalog.Field
	texts []string
}{
	{"basis.repealed", catalog.FieldBasis, []string{
		"《中华人民共和国环境噪声污染防治法》第十六条", "《城市房屋拆迁管理条例》（国务院令第305号）、《国有土地上房屋征收与补偿条例》", "《最低生活保障审核审批办法》（民发〔2012〕220号）",
		"《社会救助暂行办法》和《环境噪声污染防治法》",
	}},
	{"basis.misspelled", catalog.FieldBasis, []string{
		"《社会救肋暂行办法》", "《噪声污染防治发》", "《政府信息公开条列》", "《国有土地房屋征收与补偿条例》", "《噪声污梁防治法》", "《中华人民共和国噪声污染防治法法》",
		"《社会救助暂行办法》（国务院令第694号）", "《社会救助暂行办法》（国务院令第641号）", "《招标公告与公示信息发部管理办法》",
	}},
	{"basis.vague", catalog.FieldBasis, []string{
		"有关法律法规", "上级文件精神", "国家有关规定", "财务管理制度", "法律法规规章及规范性文件", "按照上级要求", "《相关文件》", "《社会救助暂行办法》等有关规定", "省市有关文件",
	}},
	{"basis.expired", catalog.FieldBasis, []string{
		"《城东县2022年政务公开工作要点》", "《城东县“十三五”养老服务规划》", "《国民经济和社会发展第十三个五年规划纲要》", "《关于做好2015年住房保障信息公开工作的通知》",
		"《城东县脱贫攻坚三年行动方案》", "《2018-2020年农业机械购置补贴实施方案》",
	}},
	{"basis.expired", catalog.FieldContent, []string{"《城东县脱贫攻坚住房保障实施方案》（东政办〔2018〕5号）、救助标准"}},
	{"basis.malformed", catalog.FieldBasis, []string{
		"《社会救助暂行办法", "社会救助暂行办法》", "社会救助暂行办法", "“社会救助暂行办法”", "收养登记办法》（民政部令第1号）", "《社会救助暂行办法》国务院令第649号", "《社会救助暂行办法》（国务院令第649号",
		"《〈社会救助暂行办法》", "《 社会救助暂行办法》", "《社会 救助暂行办法》", "《社会救助暂行办法》（国务院令第 649 号）", "《社会救助暂行办法》（国务院令第64 9号）", "《关于临时救助的通知》（国发 〔2014〕47号）",
		"《关于临时救助的通知》（国发[2014]47号）", "《关于临时救助的通知》（国发(2014)47号）", "《关于临时救助的通知》（国发{2014}47号）", "《关于临时救助的通知》（国发<2014>47号）",
		"《关于临时救助的通知》（国发〔201447号）", "《关于临时救助的通知》（国发2014〕47号）", "《关于临时救助的通知》（国发201447号）", "《关于临时救助的通知》（国发〔2014〕47）", "《关于临时救助的通知》国发〔2014〕47号",
		"国发〔2014〕47号", "民发〔2021〕57号", "《政府信息公开条例》第二十条第五款", "《政府信息公开条例》第20条第5款", "《政府信息公开条例》第二十条 第八款", "《政府信息公开条例》第二十条第（十六）项",
		"《关于做好社会救助工作…", "社会救助暂行办法、政府信息公开条例、国有土地上房屋征收与补偿条例",
	}},
	{"sector.foreign-basis", catalog.FieldBasis, []string{"《城镇燃气管理条例》第八条", "《社会救助暂行办法》、《关于推进重大建设项目批准和实施领域政府信息公开的意见》"}},
	{"text.broken", catalog.FieldTimeLimit, []string{
		"信息形成之日起二十个工作日内公",
		"信息形成或者变更之日起", "自作出决定之日起7个工作日", "信息形成或者变更之日起20个", "信息形成或者变更之日起20", "信息形成或者变更之日起个工作日内", "信息形成或变更之日起20个工日内",
		"信息形成或变更之日起20个工作内", "自信息形成或变更之", "公示不少于7", "公示期不少于5个", "公示时间不少于", "信息形成之日起20个工作日内信息形成之日起20个工作日内", "获取信息之日起十个工作日",
		"制定或获取信息之日起10个工作…", "信息形成或者变更之日起20个工作日内，", "批准后20", "信息形成后20个工作日", "信息形成或或者变更之日起20个工作日内", "信息形成起之日20个工作日内",
		"自收到申请之日起15个工作日内\n自作出决定之日起7个工作日内", "自收到申请之日起15个工作日内，自作出决定之日起7个工作日内", "信息形成之日起20个工作日公开", "每年1月32日前公开", "每年6月31日前公开",
	}},
	{"timelimit.unclear", catalog.FieldTimeLimit, []string{"10日内", "十五个工作日", "1-3个工作日", "按规定时限公开", "视情况而定", "定期公开", "不定期", "规定时间内"}},
	{"timelimit.over-statutory", catalog.FieldTimeLimit, []string{"自信息形成或者变更之日起1个月内", "信息形成之日起三十个工作日内", "信息制作完成后25个工作日内公开"}},
	{"publisher.wrong-tier", catalog.FieldPublisher, []string{
		"南陵县人民政府", "民政局", "芜湖市人民政府", "县政府", "许镇镇人民政府", "籍山乡人民政府", "籍山街道办事处", "南陵县民政局、南陵县财政局", "县级以上地方人民政府民政部门", "县民政主管部门",
	}},
	{"publisher.vague", catalog.FieldPublisher, []string{
		"有关单位", "乡镇政府", "各乡镇人民政府", "辖区政府", "属地政府", "实施单位", "业务科室", "教育行政部门", "申请人", "承办单位", "测绘单位", "第三方机构", "房地产评估公司", "中标企业", "城东建筑有限公司", "招标代理机构", "籍山镇人民政府、施工单位",
	}},
	{"publisher.renamed", catalog.FieldPublisher, []string{"籍山镇扶贫开发办公室、籍山镇人民政府", "国土资源部门", "卫生计生"}},
	{"text.residue", catalog.FieldContent, []string{
		"某某镇救助对象名单", "某村低保名单", "（单位名称）低保名单", "____镇救助对象", "××社区救助对象名单", "{单位}救助对象名单", "【填写联系电话】", "（填写本单位名称）救助对象", "示例：救助对象名单", "各地相关配套文件", "待补充救助标准", "某县救助标准",
		"○○镇救助标准", "×年×月救助名单", "XX年XX月救助名单", "公开内容（要素）", "此处填写救助标准",
	}},
	{"text.residue", catalog.FieldSubmatter, []string{"二级事项", "示例事项", "XX事项", "审批结果（模板）"}},
	{"text.wrong-column", catalog.FieldBasis, []string{"政府网站、公开查阅点", "全社会", "主动公开", "籍山镇人民政府", "及时公开", "0553-6812345", "√"}},
	{"text.wrong-column", catalog.FieldTimeLimit, []string{"《社会救助暂行办法》", "政府网站", "全社会", "籍山镇人民政府", "√", "主动"}},
	{"text.wrong-column", catalog.FieldPublisher, []string{"《社会救助暂行办法》", "社会救助暂行规定办法条例", "信息形成之日起20个工作日内", "长期公开", "0553-6812345"}},
	{"text.wrong-column", catalog.FieldContent, []string{"信息形成或者变更之日起20个工作日内", "■政府网站 □政府公报", "政府网站、公开查阅点", "籍山镇人民政府", "全社会"}},
	{"text.wrong-column", catalog.FieldMatter, []string{"社会救助领域", "《社会救助暂行办法》", "信息形成之日起20个工作日内"}},
	{"text.wrong-column", catalog.FieldSubmatter, []string{"信息形成之日起20个工作日内", "政府网站、公开查阅点", "√", "12"}},
	{"text.wrong-column", catalog.FieldChannels, []string{"政府网站、其他（籍山镇人民政府）"}},
	{"text.wrong-column", catalog.FieldAudience, []string{"特定群体：政府网站", "特定群体：信息形成之日起20个工作日内"}},
	{"audience.group-unnamed", catalog.FieldAudience, []string{"特定群体：√", "特定群体：相关人员", "特定群体：特定对象"}},
	{"audience.both", catalog.FieldAudience, []string{"全社会；特定群体：本村村民"}},
	{"text.broken", catalog.FieldContent, []string{
		"公式对象名单",
		"申情材料、办理流程", "监督举暴", "县人名政府文件", "结果公式", "婚姻登机、婚姻登机", "受里条件", "审批结过", "联系电活", "投诉渠到", "救助对像名单", "负责人性名", "通迅地址", "低保边缘家挺", "特困人员供氧",
		"残疾人补帖", "公式栏", "监督管里", "城乡规化", "户藉证明", "条列全文", "办理条件、", "办理流程及", "办理条件、、办理流程", "申请材料，，办理流程", "（咨询电话", "咨询电话）", "文号为渝府发〔201455号", "适用范围；?",
		"《社会救助暂行办法", "救助对象名单救助对象名单", "申请条件、申请材", "“三公“经费", "“三公经费", "办事指楠", "财政预",
	}},
	{"text.broken", catalog.FieldSubmatter, []string{"审批结", "办事指", "政策法规文", "监督检", "审核信", "政策解", "征地补偿安置方", "结果公", "审批信息。", "办事指南、"}},
	{"text.broken", catalog.FieldPublisher, []string{"籍山镇人民政", "籍山镇人名政府", "籍山镇人民政府。", "籍山镇政府府", "籍山镇人民政府籍山镇人民政府"}},
	{"text.outdated", catalog.FieldContent, []string{"新农合报销比例", "五保户名单", "廉租房申请条件", "计划生育服务证办理", "社会抚养费征收", "城市房屋拆迁公告", "建设项目选址意见书", "土地利用总体规划"}},
	{"matter.missing", catalog.FieldSubmatter, []string{"/", "同上", "无", "－", "…"}},
	{"privacy.mobile", catalog.FieldContent, []string{"联系人：王主任，13855301234", "负责人李四 139 5530 1234"}},
}

func TestVariationsOfMistakesAreFoundAndTheirFixesPass(t *testing.T) {
	c := New(soundKnowledge(t))
	for _, v := range variations {
		for _, text := range v.texts {
			mistakeIsFound(t, c, v.rule, v.field, text)
		}
	}
}

// mistakeIsFound puts a text into a field of an entry that is right otherwise: the
// rule finds it there, and every fix passes.
func mistakeIsFound(t *testing.T, c *Checker, rule string, field catalog.Field, text string) {
	t.Helper()
	cat := catalogOf(t, Example{{}, {catalog.FieldPath: alone}})
	if err := cat.Entries[1].SetText(field, text); err != nil {
		t.Errorf("SetText(%s, %q): %v", field, text, err)
		return
	}
	before := c.Catalog(cat)
	if len(find(before, rule, field)) == 0 {
		t.Errorf("%s %q: got %+v, want %s", field, text, before, rule)
	}
	for _, f := range before {
		fixPasses(t, c, cat, f, before)
	}
}

// nothingIsFound puts a right text there: no error or warning comes.
func nothingIsFound(t *testing.T, c *Checker, field catalog.Field, text string) {
	t.Helper()
	cat := catalogOf(t, Example{{}, {catalog.FieldPath: alone}})
	if err := cat.Entries[1].SetText(field, text); err != nil {
		t.Errorf("SetText(%s, %q): %v", field, text, err)
	}
	for _, f := range c.Catalog(cat) {
		if f.Severity != Info {
			t.Errorf("%s %q: got %s: %s, want nothing", field, text, f.Rule, f.Message)
		}
	}
}

// fixPasses applies a finding's fix: the finding goes, and no other error or
// warning comes.
func fixPasses(t *testing.T, c *Checker, cat *catalog.Catalog, f Finding, before []Finding) {
	t.Helper()
	if f.Fix == "" {
		return
	}
	changed := *cat
	changed.Entries = append([]catalog.Entry(nil), cat.Entries...)
	e := cat.Entries[f.Index].Clone()
	if err := e.SetText(f.Field, f.Fix); err != nil {
		t.Errorf("%s: SetText(%s, %q): %v", f.Rule, f.Field, f.Fix, err)
		return
	}
	changed.Entries[f.Index] = e
	for _, g := range c.Catalog(&changed) {
		switch {
		case g.Severity == Info:
		case g.Rule == f.Rule && g.Message == f.Message:
			t.Errorf("%s: the fix %q of %q leaves the finding %q", f.Rule, f.Fix, cat.Entries[f.Index].Text(f.Field), f.Message)
		case len(sameRule(before, g)) == 0:
			t.Errorf("%s: the fix %q of %q brings %s: %s", f.Rule, f.Fix, cat.Entries[f.Index].Text(f.Field), g.Rule, g.Message)
		}
	}
}

func TestRightWordsAreNotTakenForWrongOnes(t *testing.T) {
	c := New(soundKnowledge(t))
	for field, texts := range map[catalog.Field][]string{
		catalog.FieldContent: {
			"帐户信息、账户信息", "权力清单和责任清单", "权利义务告知", "计算公式", "登机口、登机牌", "审批、审核", "办理时限、办理时间、地点", "监督检察机关", "图像采集", "重申情况说明", "条列出", "投资询价结果",
			"接受里程碑检查", "兜底保障标准", "示范文本、填写样例", "合同示范文本、申请表（样表）", "《农村五保供养工作条例》", "特困人员（原五保对象）名单", "事实无人抚养儿童", "建设项目用地预审与选址意见书", "增值税（含原营业税）", "村合作社", "农保险", "办理流程：申请（填写申请表）、受理", "某些情况除外", "1）救助对象名单；2）救助金额", "（一）救助对象；（二）救助金额",
			"脱贫攻坚成果巩固情况", "关于实现巩固拓展脱贫攻坚成果同乡村振兴有效衔接的文件", "统一社会信用代码91340223MA2N0XYZ1K", "咨询电话：0816-8822233；监督电话：0816-8822233", "12345政务服务便民热线",
			"东政办〔2025〕5号", "是否公开？", "中标结果公示、结果公示期", "审批办结", "处罚决定书（全文公开）", "机构名称、机构地址等。",
			"教育居民履行法定义务", "评审和结果", "上一年度年度报告", "医疗机构只能使用目录内药品", "药品施用范围", "发生于保险期间的事故", "对生态环境具有危害的行为", "第二十七条列于附件的法律",
		},
		catalog.FieldBasis: {
			"《国家基本公共服务标准（2023年版）》", "《产业结构调整指导目录（2024年本）》", "《国务院关于印发2030年前碳达峰行动方案的通知》", "《城东县妇女发展规划（2021—2030年）》",
			"《中共中央 国务院关于实现巩固拓展脱贫攻坚成果同乡村振兴有效衔接的意见》", "《民政部 财政部关于进一步做好困难群众救助工作的意见》", "《政府信息公开条例》第二十条第（一）项、第（五）项", "《政府信息公开条例》第二十一条",
			"《政府信息公开条例》（国令第711号）第二十条第（十五）项", "1.《社会救助暂行办法》（国务院令第649号）；2.《中华人民共和国政府信息公开条例》（国务院令第711号）", "《社会救助暂行办法》（国务院令第709号）",
		},
		catalog.FieldTimeLimit: {
			"信息形成或者变更之日起20个工作日内", "批准后20日内", "公示不少于7个工作日", "信息形成之日起20个工作日内；公示7个工作日", "自信息形成或者变更之日起20个工作日内予以公开，法律、法规另有规定的，从其规定",
			"每季度结束后15日内", "公告至少30日", "提前7日", "征地报批前公告不少于30日", "长期公开", "发生后2小时内", "提交响应文件截止之日3个工作日前", "每学期初", "信息形成之日起即时公开",
			"自信息形成之日起20个工作日内，其中行政处罚自作出决定之日起7个工作日内",
		},
		catalog.FieldPublisher: {
			"南陵县籍山镇人民政府", "籍山镇政府", "籍山镇便民服务中心", "籍山镇中心小学", "籍山镇人民政府、南陵县民政局", "籍山供电公司", "籍山镇综合行政执法大队",
		},
		catalog.FieldSubmatter: {"审批", "公示", "规划", "收支", "征收公告", "补贴标准", "招生方案", "中小学教职工", "行政处罚", "政策解读", "办结", "体检", "诚信", "调解"},
	} {
		for _, text := range texts {
			nothingIsFound(t, c, field, text)
		}
	}
}
