package check

import (
	"strings"
	"sync"
	"testing"

	"mulutong/catalog"
)

func rulesOf(fs []Finding) string {
	var names []string
	for _, f := range fs {
		names = append(names, f.Rule+" "+string(f.Severity))
	}
	return strings.Join(names, ", ")
}

func TestAReasonMarksItsFindingAndNoOther(t *testing.T) {
	c := New(soundKnowledge(t))
	cat := catalogOf(t, Example{
		{catalog.FieldBasis: "《城市房屋拆迁管理条例》"},
		{catalog.FieldPath: alone, catalog.FieldBasis: "《城市房屋拆迁管理条例》", catalog.FieldContent: "同上"},
	})
	tests := []struct {
		name     string
		reason   catalog.Reason
		disputed bool
	}{
		{"rule, entry and field", catalog.Reason{Rule: "basis.repealed", Entry: "e2", Field: catalog.FieldBasis, Reason: "存量项目仍按旧条例办理"}, true},
		{"any field of the entry", catalog.Reason{Rule: "basis.repealed", Entry: "e2", Reason: "存量项目仍按旧条例办理"}, true},
		{"a blank reason", catalog.Reason{Rule: "basis.repealed", Entry: "e2", Field: catalog.FieldBasis, Reason: " "}, false},
		{"another entry", catalog.Reason{Rule: "basis.repealed", Entry: "e9", Field: catalog.FieldBasis, Reason: "无关"}, false},
		{"another field", catalog.Reason{Rule: "basis.repealed", Entry: "e2", Field: catalog.FieldContent, Reason: "无关的理由"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cat.Reasons = []catalog.Reason{tt.reason}
			fs := c.Catalog(cat)
			if len(fs) != 3 {
				t.Fatalf("got %s, want all three findings kept", rulesOf(fs))
			}
			for _, f := range fs {
				want := tt.disputed && f.Entry == "e2" && f.Rule == "basis.repealed"
				if (f.Disputed != "") != want || f.Blocks() == want {
					t.Errorf("%s of %s: disputed %q, blocks %v", f.Rule, f.Entry, f.Disputed, f.Blocks())
				}
			}
		})
	}
}

func TestACharacterThatEndsLikeAFullStopIsNone(t *testing.T) {
	c := New(soundKnowledge(t)) // 适 has the last two bytes of 。
	cat := catalogOf(t, Example{{catalog.FieldPath: "配给管理\n经济适用住房资格审核"}})
	if got := find(c.Catalog(cat), "text.broken", catalog.FieldSubmatter); len(got) > 0 {
		t.Errorf("got %q", got[0].Message)
	}
}

func TestWhatDoesNotApplyIsNotMissed(t *testing.T) {
	c := New(soundKnowledge(t))
	tests := []struct {
		name   string
		change func(*catalog.Catalog)
		want   string
	}{
		{"an absent entry", func(*catalog.Catalog) {}, "entry.omitted error"},
		{"with its reason", func(cat *catalog.Catalog) {
			cat.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {Reason: "本镇没有这项工作"}}
		}, ""},
		{"with a blank reason", func(cat *catalog.Catalog) {
			cat.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {Reason: " "}}
		}, "entry.omitted error"},
		{"the whole sector, with its reason", func(cat *catalog.Catalog) {
			cat.NotApplicable = &catalog.NotApplicable{Reason: "本镇没有这个领域的职责"}
		}, ""},
		{"the whole sector, without", func(cat *catalog.Catalog) { cat.NotApplicable = &catalog.NotApplicable{} }, "entry.omitted error"},
		{"of a unit that is not known", func(cat *catalog.Catalog) { cat.Unit = catalog.Unit{} }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cat := catalogOf(t, Example{})
			tt.change(cat)
			if got := rulesOf(c.Catalog(cat)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestUnconfirmedFactsOnlyWarn(t *testing.T) {
	k := soundKnowledge(t)
	for i := range k.Template.Entries {
		k.Template.Entries[i].Confirmed = false
	}
	c := New(k)
	tests := []struct {
		name string
		x    Example
		want string
	}{
		{"an absent entry", Example{}, "entry.omitted warning"},
		{"a locked field", Example{{}, {catalog.FieldPath: "临时救助\n办事指南", catalog.FieldTimeLimit: "制定或获取信息之日起15个工作日内"}}, "entry.changed-locked warning"},
		{"a repealed act", Example{{catalog.FieldBasis: "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）"}}, "basis.repealed warning"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := rulesOf(c.Catalog(catalogOf(t, tt.x))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnActHoldsUntilTheDayItEnds(t *testing.T) {
	k := soundKnowledge(t)
	cat := catalogOf(t, Example{{catalog.FieldBasis: "《环境噪声污染防治法》"}})
	for today, want := range map[catalog.Date]string{
		"2022-06-04": "", "2022-06-05": "basis.repealed error", "": "basis.repealed error",
	} {
		k.Today = today
		if got := rulesOf(New(k).Catalog(cat)); got != want {
			t.Errorf("on %q: got %q, want %q", today, got, want)
		}
	}
}

func TestAFixKeepsTheSpaceBetweenIssuers(t *testing.T) {
	k := soundKnowledge(t)
	r, err := catalog.NewRegister("2026.1", []catalog.Act{
		{ID: "a", Title: "民政部 财政部关于进一步加强和改进临时救助工作的意见", Status: catalog.InForce, Confirmed: true, Revisions: []catalog.Revision{{Number: "民发〔2018〕23号", Date: "2018-01-23"}}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	k.Register, k.Template, k.Templates = r, nil, nil
	fs := New(k).Catalog(catalogOf(t, Example{{catalog.FieldBasis: "《民政部 财政部关于进一步加强和改进临时救助工作的意见》（民发〔2018〕23号"}}))
	if want := "《民政部 财政部关于进一步加强和改进临时救助工作的意见》（民发〔2018〕23号）"; len(fs) != 1 || fs[0].Fix != want {
		t.Errorf("got %+v, want the fix %s", fs, want)
	}
}

func TestARepealedActNamesWhatCameBetween(t *testing.T) {
	k := soundKnowledge(t)
	r, err := catalog.NewRegister("2026.1", []catalog.Act{
		{ID: "a", Title: "环境行政处罚办法", Status: catalog.Repealed, Ended: "2023-07-01", Successor: "b", Confirmed: true},
		{ID: "b", Title: "生态环境行政处罚办法", Status: catalog.Repealed, Ended: "2026-01-01", Successor: "c"},
		{ID: "c", Title: "生态环境处罚规定", Status: catalog.InForce},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	k.Register, k.Template, k.Templates = r, nil, nil
	fs := New(k).Catalog(catalogOf(t, Example{{catalog.FieldBasis: "《环境行政处罚办法》"}}))
	if len(fs) != 1 || !strings.Contains(fs[0].Message, "由《生态环境行政处罚办法》取代，现行的是《生态环境处罚规定》") || fs[0].Fix != "《生态环境处罚规定》" {
		t.Errorf("got %+v", fs)
	}
}

func TestALockedFieldIsFixedAsTheTemplateHasIt(t *testing.T) {
	c := New(soundKnowledge(t))
	fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: "临时救助\n办事指南", catalog.FieldTimeLimit: "信息形成或者变更之日"}}))
	if len(fs) != 2 {
		t.Fatalf("got %s, want text.broken and entry.changed-locked", rulesOf(fs))
	}
	for _, f := range fs {
		if f.Fix != "制定或获取信息之日起10个工作日内" {
			t.Errorf("%s: fix %q, want the template's", f.Rule, f.Fix)
		}
	}
}

func TestALockedBasisMayCiteWhatReplacedTheTemplates(t *testing.T) {
	k := soundKnowledge(t)
	te := &k.Template.Entries[0]
	te.Locked = []catalog.Field{catalog.FieldBasis}
	te.Basis = catalog.ParseBasis("《城市房屋拆迁管理条例》\n《社会救助暂行办法》")
	c := New(k)
	for text, want := range map[string]string{
		"《国有土地上房屋征收与补偿条例》（国务院令第590号）\n《社会救助暂行办法》（国务院令第649号）": "",
		"《社会救助暂行办法》（国务院令第649号）":                              "entry.changed-locked error",
		"《社会救助暂行办法》\n《国有土地上房屋征收与补偿条例》\n《政府信息公开条例》":           "entry.changed-locked error",
	} {
		if got := rulesOf(c.Catalog(catalogOf(t, Example{{catalog.FieldBasis: text}}))); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestATemplateMayAllowWhatTheRulesForbid(t *testing.T) {
	k := soundKnowledge(t)
	te := &k.Template.Entries[0]
	te.LongLimit = "规划批前公示依法不少于30日"
	te.SharedPublisher = true
	te.Channels = catalog.ParseChannels("便民服务站", catalog.Chosen)
	te.Audience = catalog.ParseAudience("全社会；特定群体：申请人")
	te.Mode = catalog.Mode{Proactive: true, OnRequest: true}
	fs := New(k).Catalog(catalogOf(t, Example{{
		catalog.FieldTimeLimit: "信息形成之日起30个工作日内", catalog.FieldPublisher: "南陵县民政局",
		catalog.FieldChannels: "便民服务站", catalog.FieldAudience: "全社会；特定群体：申请人", catalog.FieldMode: "主动、依申请",
	}}))
	if len(fs) != 0 {
		t.Errorf("got %+v, want nothing", fs)
	}
}

func TestAnEntryIsKnownByItsTemplateWhateverItsName(t *testing.T) {
	c := New(soundKnowledge(t))
	cat := catalogOf(t, Example{{catalog.FieldPath: "低保\n审批结果", catalog.FieldTimeLimit: "及时"}})
	cat.Entries[0].Template = "t1"
	if got := rulesOf(c.Catalog(cat)); got != "timelimit.vague warning" {
		t.Errorf("got %q, want timelimit.vague alone", got)
	}
}

func TestNoFixNamesAPlaceThatIsNotKnown(t *testing.T) {
	c := New(soundKnowledge(t))
	cat := catalogOf(t, Example{{catalog.FieldPublisher: "—"}})
	cat.Unit = catalog.Unit{}
	fs := c.Catalog(cat)
	if len(fs) != 1 || fs[0].Rule != "publisher.missing" || fs[0].Fix != "" {
		t.Errorf("got %+v, want publisher.missing without a fix", fs)
	}
}

func TestACheckerKnowsNothingAndStaysSound(t *testing.T) {
	c := New(Knowledge{})
	if fs := c.Catalog(&catalog.Catalog{}); len(fs) != 0 {
		t.Errorf("an empty catalog: got %+v, want nothing", fs)
	}
	fs := c.Entry(&catalog.Catalog{}, &catalog.Entry{})
	for _, f := range fs {
		if !strings.HasSuffix(f.Rule, ".missing") || f.Fix != "" {
			t.Errorf("an empty entry: got %+v, want only that fields are missing", f)
		}
	}
	if len(fs) != 10 {
		t.Errorf("an empty entry: got %s, want both levels and the eight other fields missing", rulesOf(fs))
	}
}

func TestOneCheckerServesManyAtOnce(t *testing.T) {
	c := New(soundKnowledge(t))
	cat := catalogOf(t, Example{{catalog.FieldBasis: "《城市房屋拆迁管理条例》"}, {catalog.FieldPath: alone, catalog.FieldPublisher: "相关部门"}})
	want := rulesOf(c.Catalog(cat))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := rulesOf(c.Catalog(cat)); got != want {
					t.Errorf("got %q, want %q", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestNumbersOfPersons(t *testing.T) {
	tests := []struct {
		name, text, rule, fix string
	}{
		{"an identity number in groups", "110105 19491231 002X", "privacy.id-number", "110105********002X"},
		{"one in full-width digits", "１１０１０５１９４９１２３１００２Ｘ，１１０１０５１９４９１２３１００２X", "privacy.id-number", "１１０１０５１９４９１２３１００２Ｘ，110105********002X"},
		{"a wrong check character", "110105194912310021", "", ""},
		{"a date that is none", "11010519491331002X", "", ""},
		{"a card in groups of four", "卡号6222 0212 3456 7890 128", "privacy.bank-card", "卡号6222***********0128"},
		{"a card without its check digit", "6222021234567890127", "", ""},
		{"a mobile with hyphens", "电话138-0013-8000", "privacy.mobile", "电话138****8000"},
		{"a mobile after the country's code", "电话8613800138000", "privacy.mobile", "电话861******8000"},
		{"a person on a duty line", "咨询联系人王某13800138000", "privacy.mobile", "咨询联系人王某138****8000"},
		{"a telephone of nobody", "联系电话：13800138000", "privacy.mobile", "联系电话：138****8000"},
		{"a duty line in the sentence before", "咨询电话12345。电话13800138000", "privacy.mobile", "咨询电话12345。电话138****8000"},
		{"a part of a longer number", "流水号913800138000912345678", "", ""},
		{"letters around it", "编号A13800138000", "", ""},
	}
	c := New(soundKnowledge(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fs := c.Catalog(catalogOf(t, Example{{}, {catalog.FieldPath: alone, catalog.FieldContent: tt.text}}))
			if tt.rule == "" {
				if len(fs) != 0 {
					t.Errorf("%q: got %+v, want nothing", tt.text, fs)
				}
				return
			}
			if len(fs) != 1 || fs[0].Rule != tt.rule || fs[0].Fix != tt.fix {
				t.Errorf("%q: got %+v, want %s with fix %q", tt.text, fs, tt.rule, tt.fix)
			}
		})
	}
}

func TestRepeatedPhrases(t *testing.T) {
	for text, want := range map[string]string{
		"信息形成或者变更信息形成或者变更": "信息形成或者变更",
		"办理办理条件":              "",
		"中华人民共和国人民政府":         "",
		"申请材料、申请材料":           "、申请材料",
		"申请材料、申请材料清单":         "",
		"救助对象申请材料、申请材料、办理流程":  "",
		"办理事项、申请材料、申请材料、办理流程": "、申请材料",
		"20202020年，10000000元": "",
		"县民政局局长、县民政局局长":       "、县民政局局长",
		"一、二、三、四、五、六、":        "",
	} {
		x := traitsOf(text, new(places))
		if got := text[x.again : x.again+x.length]; got != want {
			t.Errorf("in %q %q is said again, want %q", text, got, want)
		}
	}
}

func TestAStrayHeadingNamesItsOwnColumn(t *testing.T) {
	c := New(soundKnowledge(t))
	for cell, column := range map[string]string{"特定群体": "公开对象", "主动公开": "公开方式", "乡级": "公开层级"} {
		fs := find(c.Catalog(catalogOf(t, Example{{catalog.FieldPublisher: cell}})), "text.wrong-column", catalog.FieldPublisher)
		if len(fs) != 1 || !strings.Contains(fs[0].Message, "像是"+column) {
			t.Errorf("publisher %s: %+v, want one finding that says %s", cell, fs, column)
		}
	}
}
