package check

import (
	"testing"

	"mulutong/catalog"
	"pgregory.net/rapid"
)

// pieces are texts, right and wrong, from which the property tests build entries.
var pieces = map[catalog.Field][]string{
	catalog.FieldPath: {
		"最低生活保障\n审批信息", "临时救助\n办事指南", "临时救助\n—", "\n审批信息", "临时救助", "户籍管理领域\n出生登记", "救助。管理\n审批结果。", "养老服务领域\n\n政策",
		"XX镇救助\n村土地利用规", "-救助\n审批结果（样板）",
	},
	catalog.FieldContent: {
		"养老服务领域的政策文件",
		"救助对象名单、救助金额", "同上", "各地配套政策法规文件", "XX镇救助对象名单", "依申请手里有关事项", "救助对象名单、", "-救助对象名单",
		"农村五保供养、新农合", "救助对象\u200b名单，电话13800138000", "张某11010519491231002X、李某11010519491231002X", "卡号6222021234567890128", "救助对象名单救助对象名单", "村民××，《办法", "=SUM(A1)",
	},
	catalog.FieldBasis: {
		"《社会救助暂行办法》（国务院令第649号）", "《城市房屋拆迁管理条例》\n《国有土地上房屋征收与补偿条例》（国务院令第590号）", "《政府信息公开条例》（国务院令第492号）",
		"《城市房屋拆迁管理条例》\n《城市房屋拆迁管理条例》", "相关政策文件", "《中华人民共和国政府信息公开条件》第二十条第一款", "《城镇燃气管理条例》\n有关规定", "无",
		"《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）\n《企事业单位环境信息公开办法》", "信息形成之日起20个工作日内", "=《社会救助暂行办法》",
		"《国务院办公厅关于印发2018年政务公开工作要点的通知》", "《国家综合防灾减灾规划（2016-2020年）》", "《政府信息公开条例》第二十条第（二）款", "《社会救助暂行办法》\u200b",
	},
	catalog.FieldTimeLimit: {
		"制定或获取信息之日起10个工作日内", "信息形成或者变更之日", "信息形成或者变更之日起20个工作日", "20个工作日", "7个工作日", "及时公开", "信息形成之日起60个工作日内",
		"每年1月31日前公开上一年度公开年度报告", "公告至少30", "自收到申请之日起20个工作日内 自该信息形成或者变更之日起20个工作日内", "《社会救助暂行办法》", "同上", "看情况",
		"信息形成之日起20个工作日内信息形成之日起20个工作日内", "信息形成之日起20个工作…", "信息形成之日起30日",
	},
	catalog.FieldPublisher: {
		"籍山镇人民政府", "南陵县民政局", "相关部门", "籍山镇扶贫开发办公室", "—", "籍山镇人民政府。", "{单位}", "许镇镇人民政府", "县级人民政府民政部门、相关单位", "政府网站", "@籍山镇",
	},
	catalog.FieldChannels: {"政府网站、便民服务站", "便民服务站", "", "政府网站、其他", "政府网站、其他（公开查询点）", "其他（XX镇平台）"},
	catalog.FieldAudience: {"全社会", "", "特定群体", "全社会；特定群体", "全社会；特定群体：申请人", "特定群体：申请人13800138000", "特定群体：政府网站"},
	catalog.FieldMode:     {"主动", "依申请", "主动、依申请", ""},
	catalog.FieldTiers:    {"县级、乡级", ""},
}

// entries draws catalogs of entries put together from the pieces.
func catalogs(t testing.TB) *rapid.Generator[*catalog.Catalog] {
	return rapid.Custom(func(rt *rapid.T) *catalog.Catalog {
		var x Example
		for range rapid.IntRange(1, 3).Draw(rt, "entries") {
			cells := Cells{}
			for _, f := range catalog.Fields {
				if choices := pieces[f]; len(choices) > 0 && rapid.Bool().Draw(rt, "replace "+string(f)) {
					cells[f] = rapid.SampledFrom(choices).Draw(rt, string(f))
				}
			}
			x = append(x, cells)
		}
		return catalogOf(t, x)
	})
}

func TestAFixRemovesItsFindingAndBringsNoErrorIntoTheField(t *testing.T) {
	c := New(soundKnowledge(t))
	draw := catalogs(t)
	rapid.Check(t, func(rt *rapid.T) { checkFixes(rt, c, draw.Draw(rt, "catalog")) })
}

// checkFixes applies every fix of the catalog's findings by itself.
func checkFixes(t interface{ Errorf(string, ...any) }, c *Checker, cat *catalog.Catalog) {
	before := c.Catalog(cat)
	for _, f := range before {
		if f.Fix == "" {
			continue
		}
		changed := *cat
		changed.Entries = append([]catalog.Entry(nil), cat.Entries...)
		e := cat.Entries[f.Index].Clone()
		if err := e.SetText(f.Field, f.Fix); err != nil {
			t.Errorf("%s: SetText(%s, %q): %v", f.Rule, f.Field, f.Fix, err)
			continue
		}
		changed.Entries[f.Index] = e
		for _, g := range c.Catalog(&changed) {
			if g.Index != f.Index || g.Field != f.Field {
				continue
			}
			if g.Rule == f.Rule && g.Message == f.Message {
				t.Errorf("%s: the fix %q of %q leaves the finding %q", f.Rule, f.Fix, cat.Entries[f.Index].Text(f.Field), f.Message)
			}
			// Taking away what cannot be seen may bring to light what it hid.
			if g.Severity == Error && f.Rule != "text.control" && len(sameRule(before, g)) == 0 {
				t.Errorf("%s: the fix %q of %q brings %s: %s", f.Rule, f.Fix, cat.Entries[f.Index].Text(f.Field), g.Rule, g.Message)
			}
		}
	}
}

// FuzzEntry checks entries of strangers' texts: nothing panics, and fixes keep
// their promise whatever they fix.
func FuzzEntry(f *testing.F) {
	for i := range 16 {
		at := func(field catalog.Field) string { return pieces[field][i%len(pieces[field])] }
		f.Add(at(catalog.FieldPath), at(catalog.FieldContent), at(catalog.FieldBasis), at(catalog.FieldTimeLimit), at(catalog.FieldPublisher), at(catalog.FieldChannels), at(catalog.FieldAudience))
	}
	c := New(soundKnowledge(f))
	f.Fuzz(func(t *testing.T, path, content, basis, limit, publisher, channels, audience string) {
		checkFixes(t, c, catalogOf(t, Example{{
			catalog.FieldPath: path, catalog.FieldContent: content, catalog.FieldBasis: basis, catalog.FieldTimeLimit: limit,
			catalog.FieldPublisher: publisher, catalog.FieldChannels: channels, catalog.FieldAudience: audience,
		}}))
	})
}

// sameRule returns the findings of g's rule in g's field and entry.
func sameRule(fs []Finding, g Finding) (out []Finding) {
	for _, f := range fs {
		if f.Rule == g.Rule && f.Field == g.Field && f.Index == g.Index {
			out = append(out, f)
		}
	}
	return out
}

func TestACatalogFindsWhatItsEntriesFind(t *testing.T) {
	c := New(soundKnowledge(t))
	draw := catalogs(t)
	rapid.Check(t, func(rt *rapid.T) {
		cat := draw.Draw(rt, "catalog")
		whole := c.Catalog(cat)
		var alone []Finding
		for i := range cat.Entries {
			for _, f := range c.Entry(cat, &cat.Entries[i]) {
				f.Index = i
				alone = append(alone, f)
			}
		}
		rest := whole
		for _, f := range alone {
			for len(rest) > 0 && rest[0] != f {
				if !besideOthers(rest[0]) {
					rt.Fatalf("only the catalog finds %+v", rest[0])
				}
				rest = rest[1:]
			}
			if len(rest) == 0 {
				rt.Fatalf("only the entry finds %+v", f)
			}
			rest = rest[1:]
		}
		for _, f := range rest {
			if !besideOthers(f) {
				rt.Fatalf("only the catalog finds %+v", f)
			}
		}
	})
}

// besideOthers reports whether a finding's rule looks at several entries.
func besideOthers(f Finding) bool {
	return f.Rule == "entry.duplicate" || f.Rule == "entry.omitted" || f.Rule == "text.residue"
}

func TestCheckingTwiceGivesTheSame(t *testing.T) {
	c := New(soundKnowledge(t))
	draw := catalogs(t)
	rapid.Check(t, func(rt *rapid.T) {
		cat := draw.Draw(rt, "catalog")
		first, fresh := c.Catalog(cat), New(soundKnowledge(t)).Catalog(cat)
		if len(first) != len(fresh) {
			rt.Fatalf("a used checker finds %d, a fresh one %d", len(first), len(fresh))
		}
		for i := range first {
			if first[i] != fresh[i] {
				rt.Fatalf("a used checker finds %+v, a fresh one %+v", first[i], fresh[i])
			}
		}
	})
}

func TestTheManualSaysWhichRulesHaveAFix(t *testing.T) {
	c := New(soundKnowledge(t))
	fixed := map[string]bool{}
	for f, choices := range pieces {
		for _, s := range choices {
			cat := catalogOf(t, Example{{f: s}, {catalog.FieldPath: "临时救助\n办事指南", f: s}, {catalog.FieldPath: alone, f: s}})
			cat.Entries[0].Template, cat.Entries[1].Template = "t1", "t2"
			for _, x := range c.Catalog(cat) {
				if x.Fix != "" {
					fixed[x.Rule] = true
				}
			}
		}
	}
	for _, r := range Rules() {
		if r.Fixable != fixed[r.Name] {
			t.Errorf("%s: fixable is %v, and a fix was found: %v", r.Name, r.Fixable, fixed[r.Name])
		}
	}
}
