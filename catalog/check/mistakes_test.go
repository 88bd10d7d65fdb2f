package check

import (
	"strings"
	"testing"

	"mulutong/catalog"
)

// alone is a path that the sound template does not have, so that only the rules
// speak, not the template.
const alone = "临时救助\n审批结果"

// find returns the findings of a rule in a field.
func find(fs []Finding, rule string, f catalog.Field) (out []Finding) {
	for _, x := range fs {
		if x.Rule == rule && x.Field == f {
			out = append(out, x)
		}
	}
	return out
}

func TestMistakesOfPublishedCatalogs(t *testing.T) {
	const (
		basis     = catalog.FieldBasis
		content   = catalog.FieldContent
		limit     = catalog.FieldTimeLimit
		publisher = catalog.FieldPublisher
		submatter = catalog.FieldSubmatter
	)
	tests := []struct {
		name  string
		rule  string
		field catalog.Field
		text  string
		fix   string // "" where none is known
	}{
		{"a law that another replaced", "basis.repealed", basis, "《环境保护法》\n《环境噪声污染防治法》", "《环境保护法》\n《中华人民共和国噪声污染防治法》"},
		{"an unconfirmed repeal", "basis.repealed", basis, "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）", "《最低生活保障审核确认办法》（民发〔2021〕57号）"},
		{"a repealed act among the documents listed", "basis.repealed", content, "《社会救助暂行办法》、《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）", "《社会救助暂行办法》、《最低生活保障审核确认办法》（民发〔2021〕57号）"},
		{"an article copied behind the number", "basis.malformed", basis, "《国务院办公厅关于印发政府网站发展指引的通知》国办发〔2017〕47号：发布本地区、本部门、本机构的负责人信息", "《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）"},
		{"an article copied behind brackets", "basis.malformed", basis, "《社会救助暂行办法》（国务院令第649号）第十一条：申请最低生活保障，按照下列程序办理", "《社会救助暂行办法》（国务院令第649号）第十一条"},
		{"a repealed rule under a wrong title", "basis.misspelled", basis, "《企事业单位环境信息公开办法》（环境保护部令第31号）", "《企业环境信息依法披露管理办法》"},
		{"another year's work plan", "basis.expired", basis, "《国务院办公厅关于印发2018年政务公开工作要点的通知》", ""},
		{"a notice for one year long past", "basis.expired", basis, "《住房城乡建设部办公厅关于做好2012年住房保障信息公开工作的通知》", ""},
		{"a period in the title", "basis.expired", basis, "《国家综合防灾减灾规划（2016-2020年）》", "《“十五五”国家综合防灾减灾规划》"},
		{"a basis that is no document", "basis.vague", basis, "信息公开规定", ""},
		{"a field of work for a basis", "basis.vague", basis, "工程招投标管理", ""},
		{"a notice nested in itself", "basis.malformed", basis, "《财政部关于印发<《财政部关于印发〈地方预决算公开操作规程〉的通知》财预〔2016〕143号)等法律法规和文件规定", "《财政部关于印发〈地方预决算公开操作规程〉的通知》（财预〔2016〕143号）等法律法规和文件规定"},
		{"a number without brackets", "basis.malformed", basis, "《食品药品安全监管信息公开管理办法》食药监法〔2017〕125号", "《食品药品安全监管信息公开管理办法》（食药监法〔2017〕125号）"},
		{"a number that lost half a bracket", "basis.malformed", basis, "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔201680号）", "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）"},
		{"a space within a number", "basis.malformed", basis, "《国有土地上房屋征收与补偿条例》（国令第 590号）", "《国有土地上房屋征收与补偿条例》（国务院令第590号）"},
		{"a space within the title marks", "basis.malformed", basis, "《 中华人民共和国城乡规划法》", "《中华人民共和国城乡规划法》"},
		{"a title said again behind itself", "basis.malformed", basis, "《关于印发<汕头市民政局汕头市财政局高龄老人政府津贴发放办法>的通知》(汕民通[2017]133号)汕头市民政局汕头市财政局高龄老人政府津贴发放办法>", "《关于印发〈汕头市民政局汕头市财政局高龄老人政府津贴发放办法〉的通知》（汕民通〔2017〕133号）"},
		{"a paragraph for an item", "basis.malformed", basis, "《政府信息公开条例》第二十条第一款", "《政府信息公开条例》第二十条第（一）项"},
		{"a misspelt title", "basis.misspelled", basis, "《招投公告和公示信息发布管理办法》", "《招标公告和公示信息发布管理办法》"},
		{"a basis of another sector", "sector.foreign-basis", basis, "《政府信息公开条例》（国务院令第711号）\n《关于推进重大建设项目批准和实施领域政府信息公开的意见》", "《政府信息公开条例》（国务院令第711号）"},
		{"the sector's name as matter", "sector.misnamed", catalog.FieldPath, "户籍管理领域\n出生登记\n出生登记", ""},
		{"another sector's name", "sector.misnamed", content, "养老服务领域的政策文件", "社会救助领域的政策文件"},
		{"half of the last word", "text.broken", submatter, "部分村庄编制完成的村庄规划、村土地利用规", "部分村庄编制完成的村庄规划、村土地利用规划"},
		{"no matter", "matter.missing", catalog.FieldMatter, "", ""},
		{"no submatter", "matter.missing", submatter, "", ""},
		{"a long line for no submatter", "matter.missing", submatter, "─", ""},
		{"a dash for no submatter", "matter.missing", submatter, "—", ""},
		{"two dashes for no submatter", "matter.missing", submatter, "——", ""},
		{"hyphens for no submatter", "matter.missing", submatter, "---", ""},
		{"a limit cut after its beginning", "text.broken", limit, "信息形成或者变更之日", "信息形成或者变更之日起20个工作日内"},
		{"a limit without 内", "text.broken", limit, "信息形成或者变更之日起20个工作日", "信息形成或者变更之日起20个工作日内"},
		{"a limit cut within its measure", "text.broken", limit, "公开事项信息形成或变更之日起20个工作…", "公开事项信息形成或变更之日起20个工作日内"},
		{"a limit without its measure", "text.broken", limit, "在启动拟征收土地工作时,在拟征收土地所在的乡镇和村、村民小组范围内公告至少30", "在启动拟征收土地工作时,在拟征收土地所在的乡镇和村、村民小组范围内公告至少30日"},
		{"a limit without a beginning", "timelimit.unclear", limit, "7个工作日", ""},
		{"the statutory limit without a beginning", "timelimit.unclear", limit, "20个工作日", "信息形成或者变更之日起20个工作日内"},
		{"two rows' limits in one cell", "text.broken", limit, "自收到申请之日起20个工作日内 自该信息形成或者变更之日起20个工作日内", ""},
		{"a word too many", "text.broken", limit, "每年1月31日前公开上一年度公开年度报告", "每年1月31日前公开上一年度信息公开年度报告"},
		{"a county's department copied", "publisher.wrong-tier", publisher, "县级人民政府民政部门", "籍山镇人民政府"},
		{"the guideline's words copied", "publisher.wrong-tier", publisher, "县(市、区)自然资源主管部门和负责农村集体土地征收的有关部门", "籍山镇人民政府"},
		{"a tier for a publisher", "publisher.vague", publisher, "镇级人民政府", "籍山镇人民政府"},
		{"an appraiser for a publisher", "publisher.vague", publisher, "县(区、市)房屋征收部门及房地产价格评估机构", "籍山镇人民政府"},
		{"an applicant among publishers", "publisher.vague", publisher, "籍山镇人民政府、征收申请单位", "籍山镇人民政府"},
		{"a body before the reform", "publisher.renamed", publisher, "籍山镇国土资源部门", "籍山镇人民政府"},
		{"a body renamed twice", "publisher.renamed", publisher, "籍山镇扶贫开发办公室", "籍山镇人民政府"},
		{"a template's title", "text.residue", submatter, "政务公开事项标准目录模板", ""},
		{"a sample's mark", "text.residue", submatter, "审批结果（样板）", "审批结果"},
		{"the guideline's gap", "text.residue", content, "各地配套政策法规文件", "本地配套政策法规文件"},
		{"a wrong word", "text.broken", content, "互联网联系方式、依申请手里有关事项、监督举报等内容", "互联网联系方式、依申请受理有关事项、监督举报等内容"},
		{"a closing mark too many", "text.broken", content, "关于印发《城东县农村住房安全保障排查整改工作指导意见》的通知》（城东政办通〔2025〕5号）", ""},
		{"everyone and a group", "audience.both", catalog.FieldAudience, "全社会；特定群体：面向拟征收土地所在地的村集体成员", ""},
		{"an office for its section", "publisher.vague", catalog.FieldExtra, "", ""},
	}
	c := New(soundKnowledge(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cells := Cells{catalog.FieldPath: alone, tt.field: tt.text}
			if tt.field == catalog.FieldExtra {
				cells[tt.field] = (&catalog.Entry{Extra: map[string]string{"责任科室（单位）": "籍山镇人民政府"}}).Text(tt.field)
			}
			cat := catalogOf(t, Example{{}, cells})
			if tt.field == catalog.FieldMatter || tt.field == submatter {
				cat.Entries[1].SetText(catalog.FieldPath, alone)
				cat.Entries[1].SetText(tt.field, tt.text)
			}
			want := tt.field
			if want == catalog.FieldPath {
				want = catalog.FieldMatter
			}
			fs := c.Catalog(cat)
			got := find(fs, tt.rule, want)
			if len(got) != 1 {
				t.Fatalf("%s %q: got %+v, want one %s", tt.field, tt.text, fs, tt.rule)
			}
			if got[0].Fix != tt.fix {
				t.Errorf("%s %q: fix %q, want %q", tt.field, tt.text, got[0].Fix, tt.fix)
			}
			for _, f := range fs {
				if f.Rule != tt.rule && f.Rule != "basis.unknown" {
					t.Errorf("%s %q: also %s at %s: %s", tt.field, tt.text, f.Rule, f.Field, f.Message)
				}
			}
		})
	}
}

func TestMistakesThatShowBesideAnotherEntry(t *testing.T) {
	c := New(soundKnowledge(t))
	t.Run("the same matter twice", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "财政预决算\n政府预算"}, {catalog.FieldPath: "财政预决算\n政府 预算"}}))
		if got := find(fs, "entry.duplicate", catalog.FieldSubmatter); len(fs) != 1 || len(got) != 1 || got[0].Index != 2 {
			t.Errorf("got %+v, want one entry.duplicate at the third entry", fs)
		}
	})
	t.Run("a number counted up in a name", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{
			{},
			{catalog.FieldPath: "行政处罚\n对生活垃圾在中转站内存放时间超过48小时的处罚"},
			{catalog.FieldPath: "行政处罚\n对生活垃圾在中转站内存放时间超过49小时的处罚"},
		}))
		if got := find(fs, "text.residue", catalog.FieldSubmatter); len(fs) != 1 || len(got) != 1 || got[0].Index != 2 {
			t.Errorf("got %+v, want one text.residue at the third entry", fs)
		}
	})
	t.Run("a hotline counted up", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{
			{},
			{catalog.FieldPath: "甲事项\n一", catalog.FieldContent: "救助电话：12345热线"},
			{catalog.FieldPath: "甲事项\n二", catalog.FieldContent: "救助电话：12346热线"},
			{catalog.FieldPath: "甲事项\n三", catalog.FieldContent: "救助电话：12347热线"},
		}))
		got := find(fs, "text.residue", catalog.FieldContent)
		if len(fs) != 2 || len(got) != 2 || got[1].Index != 3 || got[1].Fix != "救助电话：12345热线" {
			t.Errorf("got %+v, want text.residue at the third and fourth entry", fs)
		}
	})
	t.Run("a document number counted up, restored to the first", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{
			{},
			{catalog.FieldPath: "甲事项\n一", catalog.FieldBasis: "《社会救助暂行办法》（国务院令第649号）"},
			{catalog.FieldPath: "甲事项\n二", catalog.FieldBasis: "《社会救助暂行办法》（国务院令第650号）"},
			{catalog.FieldPath: "甲事项\n三", catalog.FieldBasis: "《社会救助暂行办法》（国务院令第651号）"},
		}))
		got := find(fs, "text.residue", catalog.FieldBasis)
		if len(got) != 2 || got[0].Index != 2 || got[1].Index != 3 {
			t.Fatalf("got %+v, want text.residue at the third and fourth entry", fs)
		}
		for _, f := range got {
			if f.Fix != "《社会救助暂行办法》（国务院令第649号）" {
				t.Errorf("fix %q, want the first entry's basis", f.Fix)
			}
		}
	})
	t.Run("a submatter named like its matter", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "财务信息\n财务信息"}}))
		if len(fs) != 1 || fs[0].Rule != "entry.duplicate" || fs[0].Severity != Info || fs[0].Field != catalog.FieldSubmatter {
			t.Errorf("got %+v, want an info: the education guideline names one so", fs)
		}
	})
	t.Run("the same name for other content", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: alone}, {catalog.FieldPath: alone, catalog.FieldContent: "救助标准"}}))
		if len(fs) != 1 || fs[0].Rule != "entry.duplicate" || !strings.Contains(fs[0].Message, "内容不同") {
			t.Errorf("got %+v, want entry.duplicate that says that the contents differ", fs)
		}
	})
	t.Run("a number left out", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "2.参保登记\n2.2个人参保登记\n2.2.2职工参加保险登记"}}))
		if len(find(fs, "text.residue", catalog.FieldPath)) != 1 || len(find(fs, "text.residue", catalog.FieldSubmatter)) != 1 || len(fs) != 2 {
			t.Errorf("got %+v, want 2.1 and 2.2.1 missed", fs)
		}
	})
	t.Run("numbers one after the other", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{
			{},
			{catalog.FieldPath: "1.参保登记\n1.1单位参保登记"},
			{catalog.FieldPath: "1.参保登记\n1.2个人参保登记"},
			{catalog.FieldPath: "2.参保变更\n2.1单位信息变更"},
			{catalog.FieldPath: "宣传活动\n3.15消费者权益日活动"},
			{catalog.FieldPath: "宣传活动\n12.4国家宪法日活动"},
			{catalog.FieldPath: "儿童保障\n6岁以下儿童保障"},
		}))
		if len(fs) != 0 {
			t.Errorf("got %+v, want nothing", fs)
		}
	})
	for name, tt := range map[string]struct {
		above, below string
		wrong        bool
	}{
		"two years of one notice":       {"《关于做好住房保障信息公开工作的通知》（东建办〔2025〕7号）", "《关于做好住房保障信息公开工作的通知》（东建办〔2024〕7号）", true},
		"digits that changed places":    {"《关于做好住房保障信息公开工作的通知》（东建办〔2025〕47号）", "《关于做好住房保障信息公开工作的通知》（东建办〔2025〕74号）", true},
		"two articles":                  {"《社会救助暂行办法》第十一条", "《社会救助暂行办法》第十二条", false},
		"two articles in digits":        {"《社会救助暂行办法》第11条", "《社会救助暂行办法》第12条", false},
		"two documents with two titles": {"《关于做好住房保障工作的通知》（东建办〔2025〕7号）", "《关于做好住房保障信息的通知》（东建办〔2024〕7号）", false},
		"two orders":                    {"《社会救助暂行办法》（国务院令第649号）", "《社会救助暂行办法》（国务院令第709号）", false},
	} {
		t.Run(name, func(t *testing.T) {
			fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "甲事项\n一", catalog.FieldBasis: tt.above}, {catalog.FieldPath: "甲事项\n二", catalog.FieldBasis: tt.below}}))
			if got := find(fs, "basis.misspelled", catalog.FieldBasis); (len(got) == 1 && got[0].Index == 2) != tt.wrong || !tt.wrong && len(got) > 0 {
				t.Errorf("got %+v, want basis.misspelled at the third entry: %v", fs, tt.wrong)
			}
		})
	}
	t.Run("content copied from another matter", func(t *testing.T) {
		know := soundKnowledge(t)
		know.Template.Entries[0].Content = "场所名称、开放时间、场所地址、联系电话、临时停止开放信息"
		know.Template.Entries[1].Content = "活动时间、活动单位、活动名称、报名方式、联系电话"
		know.Template.Entries[1].Locked = nil
		cells := Cells{catalog.FieldContent: know.Template.Entries[0].Content}
		other := Cells{catalog.FieldPath: "临时救助\n办事指南", catalog.FieldContent: know.Template.Entries[0].Content}
		partly := Cells{catalog.FieldPath: "临时救助\n办事指南", catalog.FieldContent: "场所名称、开放时间、场所地址、联系电话、活动单位"}
		own := Cells{catalog.FieldPath: "临时救助\n办事指南", catalog.FieldContent: "活动时间、活动地点、活动名称、场所名称、开放时间、联系电话、报名方式"}
		if got := find(New(know).Catalog(catalogOf(t, Example{cells, own})), "text.wrong-column", catalog.FieldContent); len(got) != 0 {
			t.Errorf("got %+v, want nothing: the content is the matter's own in other words", got)
		}
		for _, x := range []Example{{cells, other}, {cells, {catalog.FieldPath: alone}, other}, {cells, partly}} {
			cat := catalogOf(t, x)
			got := find(New(know).Catalog(cat), "text.wrong-column", catalog.FieldContent)
			if len(got) != 1 || got[0].Index != len(x)-1 || got[0].Fix != know.Template.Entries[1].Content {
				t.Errorf("got %+v, want text.wrong-column at the last entry, and the template's content", got)
			}
		}
	})
	t.Run("years and batches may follow each other", func(t *testing.T) {
		fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "甲事项\n第1批名单"}, {catalog.FieldPath: "甲事项\n第2批名单"}, {catalog.FieldPath: "甲事项\n2024年名单"}, {catalog.FieldPath: "甲事项\n2025年名单"}}))
		if len(fs) != 0 {
			t.Errorf("got %+v, want nothing", fs)
		}
	})
}

func TestWhatOneActReplacedIsSaidAtOnce(t *testing.T) {
	know := soundKnowledge(t)
	acts := append(know.Register.Acts(),
		catalog.Act{ID: "b1", Title: "甲污染防治法", Status: catalog.Repealed, Ended: "2025-01-01", Successor: "b3", Confirmed: true},
		catalog.Act{ID: "b2", Title: "乙污染防治法", Status: catalog.Repealed, Ended: "2025-01-01", Successor: "b3", Confirmed: true},
		catalog.Act{ID: "b3", Title: "污染防治法典", Status: catalog.InForce, Confirmed: true},
		catalog.Act{ID: "b4", Title: "甲污染防治条例", Status: catalog.Repealed, Ended: "2020-01-01", Successor: "b1", Confirmed: true},
	)
	r, err := catalog.NewRegister("1", acts, nil)
	if err != nil {
		t.Fatal(err)
	}
	know.Register = r
	c := New(know)
	fs := c.Catalog(catalogOf(t, Example{{catalog.FieldBasis: "《甲污染防治法》、《社会救助暂行办法》、《乙污染防治法》"}}))
	if len(fs) != 1 || fs[0].Fix != "《污染防治法典》\n《社会救助暂行办法》" || !strings.Contains(fs[0].Message, "“《甲污染防治法》”、“《乙污染防治法》”已于2025年1月1日废止，现行的是《污染防治法典》") {
		t.Errorf("got %+v, want one finding for both", fs)
	}
	fs = c.Catalog(catalogOf(t, Example{{catalog.FieldBasis: "《甲污染防治条例》"}}))
	if len(fs) != 1 || fs[0].Fix != "《污染防治法典》" || !strings.Contains(fs[0].Message, "由《甲污染防治法》取代，现行的是《污染防治法典》") {
		t.Errorf("got %+v, want the act between to be named", fs)
	}
}

func TestALockedMatterMayGoByItsOtherNames(t *testing.T) {
	know := soundKnowledge(t)
	know.Template.Entries[0].Locked = []catalog.Field{catalog.FieldPath}
	know.Template.Entries[0].AlsoCalled = []string{"审批结果", "城乡低保 / 审批"}
	for path, want := range map[string]Severity{
		"最低生活保障\n最低生活保障\n审批信息": "",
		"1.最低生活保障\n1.2审批信息":    "",
		"最低生活保障\n审批结果":         "",
		"城乡低保\n审批":             "",
		"城乡低保\n审批信息":           Error,
	} {
		for _, guessed := range []bool{false, true} {
			know.Guessed = guessed
			cat := catalogOf(t, Example{{catalog.FieldPath: path}})
			cat.Entries[0].Template = "t1"
			want := want
			if guessed && want == Error {
				want = Info
			}
			got := find(New(know).Catalog(cat), "entry.changed-locked", catalog.FieldPath)
			if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0].Severity != want) {
				t.Errorf("%q, guessed %v: got %+v, want %q", path, guessed, got, want)
			}
		}
	}
}

func TestNoFalseAlarm(t *testing.T) {
	tests := []struct {
		name  string
		field catalog.Field
		text  string
	}{
		{"a government's site under another name", catalog.FieldChannels, "便民服务站、其他（湖北省政务服务网）"},
		{"an office's telephone", catalog.FieldContent, "咨询电话0816-8822233、监督电话0816-8822233"},
		{"a hotline", catalog.FieldContent, "12345热线，全国统一电话400-123-4567"},
		{"a mobile marked as duty line", catalog.FieldContent, "24小时值班电话（手机）：13800138000"},
		{"a mobile marked behind it", catalog.FieldContent, "13800138000（监督电话）"},
		{"a long document number", catalog.FieldContent, "立项代码2019-340223-47-03-012345，编号20190515123000"},
		{"a credit code", catalog.FieldContent, "统一社会信用代码11340223003045678X"},
		{"a masked number", catalog.FieldContent, "340223********1234"},
		{"numbers in a link", catalog.FieldLink, "https://www.example.gov.cn/content/13800138000.html"},
		{"a form that is disclosed", catalog.FieldContent, "申请表模板、示范文本、样表"},
		{"another county's word for nothing special", catalog.FieldContent, "关于推进重大建设项目批准和实施领域政府信息公开的意见"},
		{"a list with bullets", catalog.FieldContent, "（一）救助对象名单\n（二）救助金额"},
		{"a phrase twice, not in a row", catalog.FieldContent, "临时救助对象名单、特困救助对象名单、临时救助标准"},
		{"the publisher beside the county's", catalog.FieldPublisher, "县民政局、籍山镇人民政府"},
		{"a village", catalog.FieldPublisher, "籍山镇城东社区居民委员会"},
		{"a school", catalog.FieldPublisher, "南陵县实验小学"},
		{"two limits that say for what", catalog.FieldTimeLimit, "行政许可：决定作出之日起7个工作日内\n其他：信息形成之日起20个工作日内"},
		{"twenty days from the council's approval", catalog.FieldTimeLimit, "本级人民代表大会或其常务委员会批准后20日内"},
		{"a law with a year in its note", catalog.FieldBasis, "《社会救助暂行办法》（国务院令第649号，2019年修改）"},
	}
	c := New(soundKnowledge(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: alone, tt.field: tt.text}})); len(fs) != 0 {
				t.Errorf("%s %q: got %+v, want nothing", tt.field, tt.text, fs)
			}
		})
	}
}

func TestBodiesOfTodayAreNotTakenForThoseBeforeThem(t *testing.T) {
	c := New(soundKnowledge(t))
	for text, want := range map[string]string{
		"南陵县文化和旅游局":           "",
		"南陵县自然资源和规划局":         "",
		"住房和城乡建设部":            "",
		"南陵县住房和城乡建设部门":        "publisher.vague",
		"南陵县旅游局":              "publisher.renamed",
		"原规划局、南陵县民政局":         "publisher.renamed",
		"南陵县民政局，芜湖市规划局（南陵分局）": "publisher.renamed",
	} {
		cat := catalogOf(t, Example{{}, {catalog.FieldPath: alone, catalog.FieldPublisher: text}})
		cat.Unit = catalog.Unit{ID: "340223-mzj", Name: "南陵县民政局", Kind: catalog.DepartmentUnit, Division: "340223", County: "南陵县", City: "芜湖市"}
		got := ""
		for _, f := range c.Entry(cat, &cat.Entries[1]) {
			got += f.Rule
		}
		if got != want {
			t.Errorf("publisher %q: got %q, want %q", text, got, want)
		}
	}
}

func TestTitlesShowTheSampleTheyWereMadeFrom(t *testing.T) {
	c := New(Knowledge{})
	cat := &catalog.Catalog{Sector: "education", Unit: catalog.Unit{Name: "籍山镇", Kind: catalog.TownshipUnit}}
	for title, want := range map[string]string{
		"籍山镇义务教育领域基层政务公开标准目录":     "",
		"籍山镇义务教育领域基层政务公开标准目录（样板）": "（样板）",
		"政务公开事项标准目录模板":            "模板",
		"XX镇义务教育领域基层政务公开标准目录":     "XX镇",
		"某县义务教育领域基层政务公开标准目录":      "某县",
		"____镇义务教育领域基层政务公开标准目录":   "__",
		"（此处填写单位）义务教育领域公开目录":      "（此处填写",
		"义务教育领域基层政务公开标准目录模版":      "模版",
		"籍山镇义务教育领域公开目录（征求意见稿）":    "征求意见稿",
		"籍山镇义务教育领域标准目录（试行）":       "",
	} {
		got := c.Title(cat, title)
		if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0].Rule != "text.residue" || !strings.Contains(got[0].Message, "“"+want+"”")) {
			t.Errorf("%s: %+v, want %q", title, got, want)
		}
	}
}

func TestNumbersDoNotHideBehindWhatCannotBeSeen(t *testing.T) {
	c := New(Knowledge{})
	cat := catalogOf(t, Example{{catalog.FieldContent: "张某110105\u200b194912\u200b31002X"}})
	for _, f := range c.Catalog(cat) {
		if f.Rule == "privacy.id-number" && f.Fix == "张某110105********002X" {
			return
		}
	}
	t.Errorf("found %+v", c.Catalog(cat))
}
