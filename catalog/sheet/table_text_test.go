package sheet

import "testing"

type textTest struct{ name, in, want string }

func testTexts(t *testing.T, fn func(string) string, tests []textTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fn(tt.in)
			if got != tt.want {
				t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
			}
			if again := fn(got); again != got {
				t.Errorf("read again it becomes %q", again)
			}
		})
	}
}

func TestTidy(t *testing.T) {
	testTexts(t, tidy, []textTest{
		{"nothing to do", "申请条件", "申请条件"},
		{"wide spaces around", " \u3000申请条件\u00a0\n", "申请条件"},
		{"spaces around each line and empty lines", "申请条件 \n\n　所需材料", "申请条件\n所需材料"},
		{"letters spaced apart", "公 开 时 限", "公开时限"},
		{"two letters spaced apart", "主 动", "主动"},
		{"one letter on each line", "全\n社\n会", "全社会"},
		{"letters spaced apart within a sentence", "自 制 定 或获取之日起", "自制定或获取之日起"},
		{"words in spaces stay", "财政部 教育部 通知", "财政部 教育部 通知"},
		{"one letter between words stays", "县 民政局", "县 民政局"},
		{"a list of letters", "① 县\n② 乡", "① 县\n② 乡"},
	})
}

func TestOneLine(t *testing.T) {
	testTexts(t, oneLine, []textTest{
		{"a name broken by a narrow column", "最低生\n活保障", "最低生活保障"},
		{"Latin words", "APP\nSDK 服务", "APP SDK 服务"},
	})
}

func TestProse(t *testing.T) {
	testTexts(t, prose, []textTest{
		{"a list keeps its lines", "申请条件\n所需材料\n办理流程", "申请条件\n所需材料\n办理流程"},
		{"lines of one length are one sentence", "按照国家有关规定确定并公布\n的基本生活标准，以及照料护\n理标准。", "按照国家有关规定确定并公布的基本生活标准，以及照料护理标准。"},
		{"a list of equal lines", "高素质农民培育条件\n农业社会化服务内容\n农技推广补助标准", "高素质农民培育条件\n农业社会化服务内容\n农技推广补助标准"},
		{"lines that end a sentence are not", "一、申请人的基本情况说明。\n二、家庭成员的收入情况。\n三、其他", "一、申请人的基本情况说明。\n二、家庭成员的收入情况。\n三、其他"},
		{"a line that ends in a comma goes on", "低保对象、\n特困人员，\n低收入家庭", "低保对象、特困人员，低收入家庭"},
		{"a bracket goes on", "材料（含身份证、\n户口簿）\n流程", "材料（含身份证、户口簿）\n流程"},
		{"no line begins with a full stop", "办理流程\n。电话", "办理流程。电话"},
	})
}

func TestSentence(t *testing.T) {
	testTexts(t, sentence, []textTest{
		{"spaces around figures", "起 20 个工作日内", "起20个工作日内"},
		{"a space between two limits stays", "20个工作日内 自收到申请之日起", "20个工作日内 自收到申请之日起"},
		{"broken within a phrase", "信息形\n成之日起20\n个工作日\n内", "信息形成之日起20个工作日内"},
		{"two limits", "20个工作日内\n长期公开", "20个工作日内\n长期公开"},
		{"what belongs to the limit before", "20个工作日内\n予以公开", "20个工作日内予以公开"},
		{"a day of the year and more", "每年1月31日前\n长期公开", "每年1月31日前\n长期公开"},
		{"parted by a semicolon", "公示7日；\n批准后公开", "公示7日；\n批准后公开"},
	})
}

func TestCitations(t *testing.T) {
	testTexts(t, citations, []textTest{
		{"one a line", "《慈善法》\n《预算法》", "《慈善法》\n《预算法》"},
		{"titles without marks", "慈善法\n预算法", "慈善法\n预算法"},
		{"a title over two lines", "《社会救助\n暂行办法》", "《社会救助暂行办法》"},
		{"the number on the next line", "《社会救助暂行办法》\n（国务院令\n第649号）", "《社会救助暂行办法》（国务院令第649号）"},
		{"an article over two lines", "《慈善法》第二\n十条", "《慈善法》第二十条"},
		{"a title that was never closed swallows no other", "《慈善法\n《预算法》", "《慈善法\n《预算法》"},
		{"a title within a title", "《关于印发\n《办法》的通知》", "《关于印发《办法》的通知》"},
		{"a regulation is no article", "慈善法\n条例", "慈善法\n条例"},
	})
}

func TestBodies(t *testing.T) {
	testTexts(t, bodies, []textTest{
		{"a name broken by a narrow column", "籍山\n镇人民\n政府", "籍山镇人民政府"},
		{"two bodies", "县民政局\n籍山镇人民政府", "县民政局\n籍山镇人民政府"},
		{"a committee broken after its short name", "县发改委\n员会", "县发改委员会"},
		{"joined by a comma", "县民政局、\n镇政府", "县民政局、镇政府"},
	})
}

func TestCarriers(t *testing.T) {
	testTexts(t, carriers, []textTest{
		{"one a line", "■政府网站\n□政府公报", "■政府网站\n□政府公报"},
		{"a name over two lines", "■社区/企事业单位/\n村公示栏\n（电子屏）", "■社区/企事业单位/村公示栏（电子屏）"},
	})
}

func TestSplitCode(t *testing.T) {
	for _, tt := range []struct{ in, name, code string }{
		{"社会救助120000000", "社会救助", "120000000"},
		{"最低生活保障 120002000", "最低生活保障", "120002000"},
		{"审批信息（120002004）", "审批信息", "120002004"},
		{"120002004 审批信息", "审批信息", "120002004"},
		{"120002004", "", "120002004"},
		{"电话13800000000", "电话13800000000", ""},
		{"2024年", "2024年", ""},
		{"政策文件", "政策文件", ""},
		{"", "", ""},
	} {
		if name, code := splitCode(tt.in); name != tt.name || code != tt.code {
			t.Errorf("splitCode(%q) = %q, %q, want %q, %q", tt.in, name, code, tt.name, tt.code)
		}
	}
}
