package templates

import (
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"mulutong/catalog"
)

const sample = `领域: social-assistance
版本: 2026.1
名称: 社会救助领域基层政务公开标准目录
来源: 民政部办公厅 | 社会救助领域标准指引 | 民办函〔2019〕52号 | 2019-04-30 | 已核
说明: 第一行
  第二行

[t9001] 综合业务 / 政策法规文件
又名: 政策文件；政策法规 / 综合业务
编码: 120001001
内容: 《社会救助暂行办法》
  本县配套文件
依据: 《社会救助暂行办法》（国务院令第649号）
依据: 《政府信息公开条例》
时限: 制定或获取信息之日起10个工作日内
主体 县级: {县}民政局
主体 乡级: {单位}
渠道: 政府网站、便民服务站、其他（民政信息平台）
可选渠道: 政府公报
对象: 全社会
方式: 主动
层级: 县级、乡级
锁定: 公开事项、公开依据
提示: 写出文件名称和文号。
提示 公开时限: 收到之日起算。
办理: https://example.gov.cn/apply
长时限: 法律另有规定
主体可同上级: 是

[t9002] 综合业务 / 监督检查
内容: 投诉举报电话
依据: 《政府信息公开条例》
时限: 20个工作日内
主体 县级: {县}民政局
渠道: 政府网站
对象: 特定群体：申请人
方式: 依申请
层级: 县级
已核: 否

变体 34、340223: 省里另有目录
去掉: t9002
改称: 民政局=民政和退役军人事务局；局=局

[t9003] 综合业务 / 本省事项
内容: 办事指南
依据: 《政府信息公开条例》
时限: 及时
主体 县级: {县}民政局
渠道: 政府网站
对象: 全社会
方式: 主动
层级: 县级
已核: 否
`

func TestParseTemplateReadsEveryLabel(t *testing.T) {
	got, err := ParseTemplate("x.txt", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := catalog.TemplateEntry{
		ID: "t9001", Code: "120001001", Path: []string{"综合业务", "政策法规文件"},
		AlsoCalled: []string{"政策文件", "政策法规 / 综合业务"},
		Content:    "《社会救助暂行办法》\n本县配套文件",
		Basis:      catalog.ParseBasis("《社会救助暂行办法》（国务院令第649号）\n《政府信息公开条例》"),
		TimeLimit:  catalog.ParseTimeLimit("制定或获取信息之日起10个工作日内"),
		Publishers: map[catalog.Tier]string{catalog.County: "{县}民政局", catalog.Township: "{单位}"},
		Channels: catalog.Channels{
			Set:    catalog.ChannelSet(0).With(catalog.Website).With(catalog.ServiceStation),
			May:    catalog.ChannelSet(0).With(catalog.Gazette),
			Others: []string{"民政信息平台"},
		},
		Audience:        catalog.Audience{Everyone: true},
		Mode:            catalog.Mode{Proactive: true},
		Tiers:           catalog.TierSet(0).With(catalog.County).With(catalog.Township),
		Link:            "https://example.gov.cn/apply",
		Locked:          []catalog.Field{catalog.FieldPath, catalog.FieldBasis},
		Hint:            "写出文件名称和文号。",
		Hints:           map[catalog.Field]string{catalog.FieldTimeLimit: "收到之日起算。"},
		LongLimit:       "法律另有规定",
		SharedPublisher: true,
		Confirmed:       true,
	}
	if !reflect.DeepEqual(got.Entries[0], want) {
		t.Errorf("first entry:\n got %+v\nwant %+v", got.Entries[0], want)
	}
	if got.Note != "第一行\n第二行" {
		t.Errorf("note %q", got.Note)
	}
	source := catalog.Source{Issuer: "民政部办公厅", Title: "社会救助领域标准指引", Number: "民办函〔2019〕52号", Date: "2019-04-30", Confirmed: true}
	if got.Source != source {
		t.Errorf("source %+v, want %+v", got.Source, source)
	}
	if len(got.Entries) != 2 || got.Entries[1].Confirmed {
		t.Errorf("%d entries, want 2, the second unconfirmed", len(got.Entries))
	}
	v := got.Variants[0]
	if !reflect.DeepEqual(v.Divisions, []string{"34", "340223"}) || v.Reason != "省里另有目录" ||
		!reflect.DeepEqual(v.Rename, []catalog.Rename{{From: "民政局", To: "民政和退役军人事务局"}, {From: "局", To: "局"}}) ||
		!reflect.DeepEqual(v.Drop, []catalog.TemplateID{"t9002"}) || len(v.Replace) != 1 || v.Replace[0].ID != "t9003" {
		t.Errorf("variant %+v", v)
	}
}

func TestPrintOfACanonicalFileIsTheFile(t *testing.T) {
	tmpl, err := ParseTemplate("x.txt", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(PrintTemplate(tmpl)); got != sample {
		t.Errorf("printed:\n%s\nwant:\n%s", got, sample)
	}
}

// A sector that a province added has no guideline behind it.
func TestTemplateWithoutAGuidelineSaysOnlyThatItIsUnconfirmed(t *testing.T) {
	src := strings.Replace(sample, "民政部办公厅 | 社会救助领域标准指引 | 民办函〔2019〕52号 | 2019-04-30 | 已核", " |  |  |  | 待核", 1)
	src = strings.ReplaceAll(src, "已核: 否\n", "")
	got, err := ParseTemplate("x.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if got.Source != (catalog.Source{}) || got.Entries[0].Confirmed {
		t.Errorf("source is %+v, first entry confirmed %t", got.Source, got.Entries[0].Confirmed)
	}
	if printed := PrintTemplate(got); string(printed) != src {
		t.Errorf("printed as %s", firstDifference(string(printed), src))
	}
}

func TestParseTemplateTakesWhatEditorsMake(t *testing.T) {
	want, err := ParseTemplate("x.txt", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	edits := map[string]string{
		"a byte order mark":     "\ufeff" + sample,
		"Windows line ends":     strings.ReplaceAll(sample, "\n", "\r\n"),
		"full-width colons":     strings.ReplaceAll(sample, ": ", "："),
		"comments":              "# 民政局维护\n" + strings.ReplaceAll(sample, "\n\n", "\n# 注\n\n\n"),
		"trailing spaces":       strings.ReplaceAll(sample, "\n", "  \n"),
		"no final line end":     strings.TrimSuffix(sample, "\n"),
		"the field's nicknames": strings.ReplaceAll(sample, "锁定: 公开事项、公开依据", "锁定: 公开事项、 公开依据"),
	}
	for name, src := range edits {
		got, err := ParseTemplate("x.txt", []byte(src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another template", name)
		}
	}
}

func TestParseTemplateReportsEveryMistakeWithItsLine(t *testing.T) {
	tests := []struct {
		name     string
		old, new string
		line     int
		problem  string
	}{
		{"unknown label", "版本: 2026.1", "版本: 2026.1\n颜色: 红", 3, `unknown label "颜色"`},
		{"label of an entry in the head", "版本: 2026.1", "版本: 2026.1\n内容: 无", 3, `unknown label "内容"`},
		{"label twice", "编码: 120001001", "编码: 120001001\n编码: 120001002", 11, "编码 stands twice, first on line 10"},
		{"id twice", "[t9002]", "[t9001]", 30, "id t9001 stands twice, first on line 8"},
		{"id of another form", "[t9002]", "[x9002]", 30, `id "x9002"`},
		{"id without bracket", "[t9002]", "[t9002", 30, "closing bracket"},
		{"continuation without field", "说明: 第一行\n", "", 0, ""},
		{"continuation of one-line field", "方式: 依申请", "方式: 依申请公开\n  主动", 38, "方式 takes one line"},
		{"continuation before any field", "领域: social", "  说明\n领域: social", 1, "continuation line without a field"},
		{"indented by one space", "  第二行", " 第二行", 6, "two spaces"},
		{"no label", "内容: 投诉举报电话", "投诉举报电话", 31, "neither a label"},
		{"empty field", "内容: 投诉举报电话", "内容:", 31, "内容 is empty"},
		{"missing field", "时限: 20个工作日内\n", "", 30, "lacks 时限"},
		{"bad verdict", "主体可同上级: 是", "主体可同上级: 对", 28, "是 or 否"},
		{"bad source", " | 已核", "", 4, "has 4 parts"},
		{"source neither confirmed nor not", "| 已核", "| 好", 4, "已核 or 待核"},
		{"no source", "来源: 民政部办公厅 | 社会救助领域标准指引 | 民办函〔2019〕52号 | 2019-04-30 | 已核\n", "", 0, "lacks 来源"},
		{"source confirmed without a title", "社会救助领域标准指引", "", 4, "cannot be 已核"},
		{"bad date", "2019-04-30", "2019-04-31", 4, "not a date"},
		{"name twice", "又名: 政策文件", "又名: 政策文件；政策法规文件", 9, "the name 政策法规文件 stands twice"},
		{"bad code", "120001001", "12000100", 10, "nine digits"},
		{"two citations in a line", "依据: 《社会救助暂行办法》（国务院令第649号）", "依据: 《社会救助暂行办法》、《预算法》", 13, "holds one citation, this one 2"},
		{"unknown tier", "主体 县级: {县}民政局\n主体 乡", "主体 省级: {县}民政局\n主体 乡", 16, "needs a tier"},
		{"publisher of a foreign tier", "主体 县级: {县}民政局\n渠道: 政府网站\n对象: 特定", "主体 县级: {县}民政局\n主体 村级: 村\n渠道: 政府网站\n对象: 特定", 30, "not among its tiers"},
		{"unknown field", "锁定: 公开事项", "锁定: 公开颜色", 23, `unknown field "公开颜色"`},
		{"hint about an unknown field", "提示 公开时限", "提示 颜色", 25, `unknown field "颜色"`},
		{"optional carrier outside the thirteen", "可选渠道: 政府公报", "可选渠道: 黑板报", 19, "only the thirteen"},
		{"variant without reason", "变体 34、340223: 省里另有目录", "变体 34:", 41, "lacks its reason"},
		{"variant for no division", "变体 34、", "变体 345、", 41, `"345" is not the code`},
		{"drop of an unknown entry", "去掉: t9002", "去掉: t9009", 42, "which the template has not"},
		{"name of a publisher the template lacks", "改称: 民政局", "改称: 司法局", 43, "publishes nothing"},
		{"rename without its new name", "民政局=民政和退役军人事务局", "民政局=", 43, "old=new"},
		{"not UTF-8", "第二行", "第\xff行", 6, "not UTF-8"},
		{"level without a name", "综合业务 / 监督检查", "综合业务 /  / 监督检查", 30, "level without a name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(sample, tt.old, tt.new, 1)
			if src == sample {
				t.Fatal("the sample has nothing to replace")
			}
			_, err := ParseTemplate("x.txt", []byte(src))
			if tt.problem == "" {
				if err == nil {
					t.Error("no error")
				}
				return
			}
			for _, e := range unjoin(err) {
				var bad *DataError
				if !errors.As(e, &bad) {
					t.Fatalf("error %v is no *DataError", e)
				}
				if bad.File == "x.txt" && bad.Line == tt.line && strings.Contains(bad.Problem, tt.problem) {
					return
				}
			}
			t.Errorf("error %v, want line %d: %s", err, tt.line, tt.problem)
		})
	}
}

func TestParseTemplateReportsAllAtOnce(t *testing.T) {
	src := strings.NewReplacer("编码: 120001001", "编码: 1", "2019-04-30", "gestern", "[t9002]", "[9002]").Replace(sample)
	_, err := ParseTemplate("x.txt", []byte(src))
	if n := len(unjoin(err)); n != 4 {
		t.Errorf("%d problems, want 4 (code, date, id, dropped id): %v", n, err)
	}
}

func TestParseTemplateBoundsItsReport(t *testing.T) {
	_, err := ParseTemplate("x.txt", []byte(strings.Repeat("nothing\n", 100_000)))
	if n := len(unjoin(err)); n != maxProblems+1 {
		t.Errorf("%d problems reported, want %d", n, maxProblems+1)
	}
	_, err = ParseTemplate("x.txt", make([]byte, maxTemplateSize+1))
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a file too large: %v", err)
	}
}

func FuzzParseTemplate(f *testing.F) {
	f.Add([]byte(sample))
	f.Fuzz(func(t *testing.T, src []byte) {
		tmpl, err := ParseTemplate("x.txt", src)
		if err != nil {
			for _, e := range unjoin(err) {
				if bad := (*DataError)(nil); !errors.As(e, &bad) {
					t.Fatalf("error %v is no *DataError", e)
				}
			}
			return
		}
		printed := PrintTemplate(tmpl)
		again, err := ParseTemplate("x.txt", printed)
		if err != nil {
			t.Fatalf("what was printed does not parse: %v\n%s", err, printed)
		}
		if !reflect.DeepEqual(again, tmpl) {
			t.Fatalf("printed and read again:\n got %+v\nwant %+v\n%s", again, tmpl, printed)
		}
		if second := PrintTemplate(again); string(second) != string(printed) {
			t.Fatalf("printed twice:\n%s\n%s", printed, second)
		}
	})
}

func TestEmbeddedTemplatesPrintAsTheyAreWritten(t *testing.T) {
	files, err := fs.Glob(embedded, "data/sectors/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range files {
		src, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		tmpl, err := ParseTemplate(name, src)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if got := PrintTemplate(tmpl); string(got) != string(src) {
			t.Errorf("%s is not in the form PrintTemplate gives it: %s", name, firstDifference(string(got), string(src)))
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "printed " + a[i] + ", written " + b[i]
		}
	}
	return "one ends early"
}
