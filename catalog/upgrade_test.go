package catalog_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// templateEntry makes an entry of a template that townships fill in.
func templateEntry(id string, e catalog.Entry) catalog.TemplateEntry {
	return catalog.TemplateEntry{
		ID: catalog.TemplateID(id), Code: e.Code, Path: e.Path, Content: e.Content, Basis: e.Basis, TimeLimit: e.TimeLimit,
		Publishers: map[catalog.Tier]string{catalog.Township: e.Publisher},
		Channels:   catalog.Channels{Set: e.Channels.Set, Others: e.Channels.Others},
		Audience:   e.Audience, Mode: e.Mode, Tiers: catalog.TierSetOf(catalog.Township), Link: e.Link,
	}
}

func drawTemplate(t *rapid.T) catalog.Template {
	tmpl := catalog.Template{Sector: "social-assistance", Version: "2026.1"}
	for i := range rapid.IntRange(0, 6).Draw(t, "template entries") {
		tmpl.Entries = append(tmpl.Entries, templateEntry(fmt.Sprintf("t%02d", i), catalogtest.Entry().Draw(t, "template entry")))
	}
	return tmpl
}

// nextRelease draws what becomes of a template.
func nextRelease(t *rapid.T, old catalog.Template) catalog.Template {
	n := old
	n.Version, n.Entries = "2026.2", slices.Clone(old.Entries)
	for step := range rapid.IntRange(0, 5).Draw(t, "template steps") {
		kind := rapid.IntRange(0, 5).Draw(t, "template does")
		if len(n.Entries) == 0 {
			kind = 5
		}
		at := rapid.IntRange(0, max(0, len(n.Entries)-1)).Draw(t, "where")
		switch kind {
		case 0, 1, 2:
			e, from := &n.Entries[at], templateEntry("", catalogtest.Entry().Draw(t, "change"))
			switch rapid.IntRange(0, 5).Draw(t, "template field") {
			case 0:
				e.Path = from.Path
			case 1:
				e.Content = from.Content
			case 2:
				e.Basis = from.Basis
			case 3:
				e.TimeLimit = from.TimeLimit
			case 4:
				e.Publishers = from.Publishers
			case 5:
				e.Channels = from.Channels
			}
		case 3:
			n.Entries = slices.Delete(n.Entries, at, at+1)
		case 4:
			e := n.Entries[at]
			n.Entries = slices.Delete(n.Entries, at, at+1)
			n.Entries = slices.Insert(n.Entries, rapid.IntRange(0, len(n.Entries)).Draw(t, "to"), e)
		case 5:
			e := templateEntry(fmt.Sprintf("n%02d", step), catalogtest.Entry().Draw(t, "new template entry"))
			n.Entries = slices.Insert(n.Entries, min(at, len(n.Entries)), e)
		}
	}
	return n
}

func counter(prefix string) func() catalog.EntryID {
	n := 0
	return func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprintf("%s%02d", prefix, n)) }
}

// drawUpgrade draws two releases, the draft of the first and what a unit made of it.
func drawUpgrade(t *rapid.T) (old, next catalog.Template, base, draft catalog.Catalog) {
	old = drawTemplate(t)
	next = nextRelease(t, old)
	base = old.Draft(catalogtest.Unit(), counter("e"))
	return old, next, base, edited(t, &base, "o")
}

func TestUpgradeWithoutTemplateChangesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, _, _, draft := drawUpgrade(t)
		next := old
		next.Version = "2026.2"
		p := catalog.PlanUpgrade(&old, &next, &draft)
		if n := p.Count(); n != (catalog.UpgradeCount{Own: n.Own}) {
			t.Fatalf("the template is the same, and the plan counts %+v", n)
		}
		got := p.Apply(counter("new"))
		if got.TemplateVersion != "2026.2" {
			t.Fatalf("version is %q", got.TemplateVersion)
		}
		got.TemplateVersion = draft.TemplateVersion
		if !equalCatalogs(&got, &draft) || !p.IsZero() {
			t.Fatalf("the draft changed:\n%+v\n%+v", got, draft)
		}
	})
}

func TestUpgradeLosesNothingOfTheUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next, base, draft := drawUpgrade(t)
		p := catalog.PlanUpgrade(&old, &next, &draft)
		got := p.Apply(counter("new"))
		planned := map[catalog.EntryID]*catalog.UpgradeEntry{}
		for i := range p.Entries {
			planned[p.Entries[i].ID] = &p.Entries[i]
		}
		for i := range draft.Entries {
			mine := &draft.Entries[i]
			was, made := base.Entry(mine.ID)
			now, there := got.Entry(mine.ID)
			var byUs []catalog.FieldChange
			if made {
				byUs = catalog.DiffEntries(&was, mine)
			}
			if !there {
				if !made || len(byUs) > 0 {
					t.Fatalf("entry %s, which the unit edited or made, is gone", mine.ID)
				}
				continue
			}
			if !made {
				for _, f := range catalog.Fields {
					if !mine.Unfilled(f) && now.Text(f) != mine.Text(f) {
						t.Fatalf("%s of the unit's own entry became %q, was %q", f, now.Text(f), mine.Text(f))
					}
				}
				continue
			}
			for _, c := range byUs {
				i := slices.IndexFunc(planned[mine.ID].Fields, func(f catalog.UpgradeField) bool { return f.Field == c.Field })
				if i < 0 {
					t.Fatalf("%s of %s, which the unit changed, is not in the plan", c.Field, mine.ID)
				}
				f := planned[mine.ID].Fields[i]
				if !f.ByUnit || f.Ours != c.After {
					t.Fatalf("the plan says of %s %+v, the unit changed it to %q", c.Field, f, c.After)
				}
				if (!f.ByTemplate || f.Clash) && now.Text(c.Field) != c.After {
					t.Fatalf("%s of %s became %q, the unit wrote %q", c.Field, mine.ID, now.Text(c.Field), c.After)
				}
			}
		}
		d := catalog.Diff(&draft, &got)
		if len(d.Others) > 0 {
			t.Fatalf("changed besides the entries: %+v", d.Others)
		}
		for _, e := range d.Added {
			if _, was := base.Entry(e.ID); was {
				t.Fatalf("entry %s, which the unit took out, is back", e.ID)
			}
		}
	})
}

func TestUpgradeTakesWhatOnlyTheTemplateChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next, base, draft := drawUpgrade(t)
		p := catalog.PlanUpgrade(&old, &next, &draft)
		got := p.Apply(counter("new"))
		fresh := next.Draft(catalogtest.Unit(), counter("f"))
		of := map[catalog.TemplateID]*catalog.Entry{}
		for i := range got.Entries {
			of[got.Entries[i].Template] = &got.Entries[i]
		}
		for i := range fresh.Entries {
			want := &fresh.Entries[i]
			e := of[want.Template]
			if e == nil {
				wasThere := slices.ContainsFunc(base.Entries, func(e catalog.Entry) bool { return e.Template == want.Template })
				if !wasThere {
					t.Fatalf("entry %s is new in the template and not in the catalog", want.Template)
				}
				continue // the unit took it out
			}
			was, made := base.Entry(e.ID)
			mine, _ := draft.Entry(e.ID)
			for _, f := range catalog.Fields {
				if made && was.Text(f) == mine.Text(f) && e.Text(f) != want.Text(f) {
					t.Fatalf("%s of %s is %q, the template says %q and the unit nothing", f, want.Template, e.Text(f), want.Text(f))
				}
			}
		}
		for i := range got.Entries {
			e := &got.Entries[i]
			was, made := base.Entry(e.ID)
			gone := made && !slices.ContainsFunc(next.Entries, func(t catalog.TemplateEntry) bool { return t.ID == was.Template })
			mine, _ := draft.Entry(e.ID)
			if gone && mine.Equal(&was) && e.Template == was.Template {
				t.Fatalf("entry %s, gone from the template and not edited, is still there", e.ID)
			}
		}
	})
}

func TestUpgradingTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next, _, draft := drawUpgrade(t)
		once := catalog.PlanUpgrade(&old, &next, &draft).Apply(counter("new"))
		for name, again := range map[string]*catalog.Template{"the new template": &next, "the old template": &old} {
			twice := catalog.PlanUpgrade(again, &next, &once).Apply(counter("again"))
			if !equalCatalogs(&once, &twice) {
				t.Fatalf("upgraded again from %s: %v, after once %v\n%+v\n%+v", name, ids(&twice), ids(&once), twice, once)
			}
		}
	})
}

func TestChoosingOursEverywhereKeepsTheDraft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next, _, draft := drawUpgrade(t)
		p := catalog.PlanUpgrade(&old, &next, &draft)
		met := false
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Kind == catalog.UpgradeMet {
				met = true
				continue
			}
			e.Follow = false
			for _, f := range e.Fields {
				err := p.Choose(i, f.Field, catalog.Choice{Take: catalog.TakeOurs})
				if want := e.ID == "" || e.Kind == catalog.UpgradeDropped; errors.Is(err, catalog.ErrNotFound) != want {
					t.Fatalf("choose %s of %s: %v", f.Field, e.Kind, err)
				}
			}
		}
		p.Order = catalog.TakeOurs
		got := p.Apply(counter("new"))
		got.TemplateVersion = draft.TemplateVersion
		if !met && !equalCatalogs(&got, &draft) {
			t.Fatalf("got %v, want the draft %v\n%+v\n%+v", ids(&got), ids(&draft), got, draft)
		}
	})
}

func TestChoosingTheTemplateEverywhereGivesItsDraft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next, _, draft := drawUpgrade(t)
		draft.Omitted = nil
		p := catalog.PlanUpgrade(&old, &next, &draft)
		for i := range p.Entries {
			p.Entries[i].Follow = true
			for _, f := range p.Entries[i].Fields {
				_ = p.Choose(i, f.Field, catalog.Choice{Take: catalog.TakeTemplate}) // not of what is added or dropped
			}
		}
		p.Order = catalog.TakeTemplate
		got := p.Apply(counter("new"))
		want := next.Draft(catalogtest.Unit(), counter("f"))
		var of []catalog.Entry // those the template has and the unit did not quietly leave out
		for i := range got.Entries {
			e := got.Entries[i].Clone()
			if slices.ContainsFunc(want.Entries, func(w catalog.Entry) bool { return w.Template == e.Template }) {
				of = append(of, e)
			}
		}
		metOne := p.Count().Met > 0
		if metOne {
			return // it stays where the unit put it, with what the template has no word on
		}
		at := 0
		for i := range of {
			for at < len(want.Entries) && want.Entries[at].Template != of[i].Template {
				at++
			}
			if at == len(want.Entries) {
				t.Fatalf("the order is not the template's")
			}
			for _, f := range catalog.Fields {
				if of[i].Text(f) != want.Entries[at].Text(f) {
					t.Fatalf("%s of %s is %q, want the template's %q", f, of[i].Template, of[i].Text(f), want.Entries[at].Text(f))
				}
			}
			at++
		}
	})
}

func TestUpgradeFromAnUnknownTemplateFillsOnlyWhatIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, next, _, draft := drawUpgrade(t)
		p := catalog.PlanUpgrade(nil, &next, &draft)
		if p.Known {
			t.Fatal("the plan takes the old template for known")
		}
		got := p.Apply(counter("new"))
		d := catalog.Diff(&draft, &got)
		if len(d.Removed)+len(d.Moved)+len(d.Others) > 0 {
			t.Fatalf("removed %d, moved %v, others %v", len(d.Removed), d.Moved, d.Others)
		}
		for _, c := range d.Changed {
			was, _ := draft.Entry(c.ID)
			for _, f := range c.Fields {
				if f.Field != catalog.FieldTemplate && !was.Unfilled(f.Field) {
					t.Fatalf("%s of %s was %q and became %q", f.Field, c.ID, f.Before, f.After)
				}
			}
		}
		twice := catalog.PlanUpgrade(&next, &next, &got).Apply(counter("again"))
		if !equalCatalogs(&got, &twice) {
			t.Fatalf("upgraded again: %v, after once %v", ids(&twice), ids(&got))
		}
	})
}

// release makes a template of names and contents.
func release(version string, entries ...[3]string) *catalog.Template {
	t := &catalog.Template{Sector: "social-assistance", Version: version}
	for _, e := range entries {
		t.Entries = append(t.Entries, catalog.TemplateEntry{
			ID: catalog.TemplateID(e[0]), Path: []string{"综合业务", e[1]}, Content: e[2], Tiers: catalog.TierSetOf(catalog.Township),
			Publishers: map[catalog.Tier]string{catalog.Township: "{单位}"},
		})
	}
	return t
}

func TestPlanUpgradeSaysWhoChangedWhat(t *testing.T) {
	old := release("2026.1", [3]string{"t1", "监督检查", "投诉电话"}, [3]string{"t2", "政策法规", "文件"}, [3]string{"t3", "办事指南", "流程"},
		[3]string{"t4", "审批信息", "名单"}, [3]string{"t5", "旧事项", "旧"}, [3]string{"t6", "改过的旧事项", "旧"}, [3]string{"t7", "删去的", "旧"})
	next := release("2026.2", [3]string{"t4", "审核信息", "名单"}, [3]string{"t1", "监督检查", "投诉电话、邮箱"}, [3]string{"t2", "政策法规", "文件、解读"},
		[3]string{"t3", "办事指南", "流程、时限"}, [3]string{"t8", "临时救助对象", "名单、金额"}, [3]string{"t9", "新事项", "新"}, [3]string{"t7", "删去的", "新"})
	next.Entries[1].Locked = []catalog.Field{catalog.FieldContent}
	draft := old.Draft(catalogtest.Unit(), counter("e"))
	draft.Entries[0].Content = "投诉电话0553-6822345"
	draft.Entries[1].Publisher = "镇民政办"
	draft.Entries[5].Content = "我们还在用"
	draft.Entries = append(draft.Entries[:6], catalog.Entry{ID: "own", Sector: "social-assistance", Path: []string{"综合业务", "临时救助对象"}, Content: "镇里的名单"})

	p := catalog.PlanUpgrade(old, next, &draft)
	if !p.Known || p.From != "2026.1" || p.To != "2026.2" {
		t.Errorf("plan is from %q to %q, known %v", p.From, p.To, p.Known)
	}
	want := catalog.UpgradeCount{Changed: 4, Added: 1, Met: 1, Dropped: 2, LeftOut: 1, Moved: 1, Clashes: 2}
	if n := p.Count(); n != want {
		t.Errorf("counts %+v, want %+v", n, want)
	}
	var told []string
	for _, e := range p.Entries {
		told = append(told, fmt.Sprint(e.Kind, " ", e.Template, " ", e.ID, " ", e.Follow, e.Edited, e.Moved))
		for _, f := range e.Fields {
			told = append(told, fmt.Sprintf("  %s %q %q %q %v%v%v%v → %q", f.Field, f.Was, f.Now, f.Ours, f.ByTemplate, f.ByUnit, f.Clash, f.Locked, f.Merged))
		}
	}
	wantTold := []string{
		`changed t4 e04 false false true`,
		`  path "综合业务\n审批信息" "综合业务\n审核信息" "综合业务\n审批信息" truefalsefalsefalse → "综合业务\n审核信息"`,
		`changed t1 e01 false false false`,
		`  content "投诉电话" "投诉电话、邮箱" "投诉电话0553-6822345" truetruetruetrue → "投诉电话0553-6822345"`,
		`changed t2 e02 false false false`,
		`  content "文件" "文件、解读" "文件" truefalsefalsefalse → "文件、解读"`,
		`  publisher "籍山镇人民政府" "籍山镇人民政府" "镇民政办" falsetruefalsefalse → "镇民政办"`,
		`changed t3 e03 false false false`,
		`  content "流程" "流程、时限" "流程" truefalsefalsefalse → "流程、时限"`,
		`met t8 own true false false`,
		`  content "" "名单、金额" "镇里的名单" truetruetruefalse → "镇里的名单"`,
		`  publisher "" "籍山镇人民政府" "" truefalsefalsefalse → "籍山镇人民政府"`,
		`  tiers "" "乡级" "" truefalsefalsefalse → "乡级"`,
		`added t9  true false false`,
		`  path "" "综合业务\n新事项" "" truefalsefalsefalse → "综合业务\n新事项"`,
		`  content "" "新" "" truefalsefalsefalse → "新"`,
		`  publisher "" "籍山镇人民政府" "" truefalsefalsefalse → "籍山镇人民政府"`,
		`  tiers "" "乡级" "" truefalsefalsefalse → "乡级"`,
		`left-out t7  false false false`,
		`  content "旧" "新" "" truefalsefalsefalse → "新"`,
		`dropped t5 e05 true false false`,
		`dropped t6 e06 false true false`,
		`  content "旧" "" "我们还在用" falsetruefalsefalse → "我们还在用"`,
	}
	for i := range max(len(told), len(wantTold)) {
		var got, want string
		if i < len(told) {
			got = told[i]
		}
		if i < len(wantTold) {
			want = wantTold[i]
		}
		if got != want {
			t.Errorf("line %d of the plan:\n got %s\nwant %s", i, got, want)
		}
	}
}

func TestUpgradeDoesWhatWasChosen(t *testing.T) {
	old := release("2026.1", [3]string{"t1", "监督检查", "投诉电话"}, [3]string{"t5", "旧事项", "旧"}, [3]string{"t7", "删去的", "旧"})
	next := release("2026.2", [3]string{"t1", "监督检查", "投诉电话、邮箱"}, [3]string{"t8", "临时救助对象", "名单"}, [3]string{"t9", "新事项", "新"}, [3]string{"t7", "删去的", "新"})
	draft := old.Draft(catalogtest.Unit(), counter("e"))
	draft.Entries[0].Content = "电话"
	draft.Entries = append(draft.Entries[:2], catalog.Entry{ID: "own", Sector: "social-assistance", Path: []string{"综合业务", "临时救助对象"}, Content: "镇里的名单"})
	at := func(p *catalog.UpgradePlan, id catalog.TemplateID) int {
		return slices.IndexFunc(p.Entries, func(e catalog.UpgradeEntry) bool { return e.Template == id })
	}
	content := func(c catalog.Catalog, id catalog.EntryID) string {
		e, ok := c.Entry(id)
		if !ok {
			return "absent"
		}
		return string(e.Template) + " " + e.Content
	}
	tests := []struct {
		name   string
		choose func(*catalog.UpgradePlan)
		id     catalog.EntryID
		want   string
	}{
		{"a clash without a choice keeps ours", nil, "e01", "t1 电话"},
		{"the template's", func(p *catalog.UpgradePlan) {
			_ = p.Choose(at(p, "t1"), catalog.FieldContent, catalog.Choice{Take: catalog.TakeTemplate})
		}, "e01", "t1 投诉电话、邮箱"},
		{"one's own text", func(p *catalog.UpgradePlan) {
			_ = p.Choose(at(p, "t1"), catalog.FieldContent, catalog.Choice{Take: catalog.TakeOwn, Text: "电话、邮箱"})
		}, "e01", "t1 电话、邮箱"},
		{"a choice taken back", func(p *catalog.UpgradePlan) {
			_ = p.Choose(at(p, "t1"), catalog.FieldContent, catalog.Choice{Take: catalog.TakeTemplate})
			_ = p.Choose(at(p, "t1"), catalog.FieldContent, catalog.Choice{})
		}, "e01", "t1 电话"},
		{"an unedited entry that was dropped goes", nil, "e02", "absent"},
		{"unless kept", func(p *catalog.UpgradePlan) { p.Entries[at(p, "t5")].Follow = false }, "e02", "t5 旧"},
		{"one left out stays out, so the first new id is the new entry's", nil, "n01", "t9 新"},
		{"one left out comes back when wanted", func(p *catalog.UpgradePlan) {
			p.Entries[at(p, "t7")].Follow, p.Entries[at(p, "t9")].Follow = true, false
		}, "n01", "t7 新"},
		{"the unit's own entry becomes the template's", nil, "own", "t8 镇里的名单"},
		{"or stays as it was", func(p *catalog.UpgradePlan) { p.Entries[at(p, "t8")].Follow = false }, "own", " 镇里的名单"},
		{"and the template's stands beside it", func(p *catalog.UpgradePlan) { p.Entries[at(p, "t8")].Follow = false }, "n01", "t8 名单"},
	}
	for _, tt := range tests {
		p := catalog.PlanUpgrade(old, next, &draft)
		if tt.choose != nil {
			tt.choose(p)
		}
		if got := content(p.Apply(counter("n")), tt.id); got != tt.want {
			t.Errorf("%s: entry %s is %q, want %q", tt.name, tt.id, got, tt.want)
		}
	}

	p := catalog.PlanUpgrade(old, next, &draft)
	i := at(p, "t9")
	p.Entries[i].Follow, p.Entries[i].Reason = false, "本镇无此事项"
	if c := p.Apply(counter("n")); c.Omitted["t9"].Reason != "本镇无此事项" || draft.Omitted != nil {
		t.Errorf("omissions are %v, the draft's %v", c.Omitted, draft.Omitted)
	}
	var bad *catalog.FieldError
	draft.Entries[0].Mode = catalog.Mode{OnRequest: true}
	next.Entries[0].Mode = catalog.Mode{Proactive: true}
	p = catalog.PlanUpgrade(old, next, &draft)
	if err := p.Choose(at(p, "t1"), catalog.FieldMode, catalog.Choice{Take: catalog.TakeOwn, Text: "看情况"}); !errors.As(err, &bad) || bad.Field != catalog.FieldMode {
		t.Errorf("a mode that is none: %v", err)
	}
	if err := p.Choose(99, catalog.FieldMode, catalog.Choice{}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an entry that is none: %v", err)
	}
}

func TestUpgradeFollowsEveryCopyOfAnEntry(t *testing.T) {
	old := release("2026.1", [3]string{"t1", "监督检查", "电话"}, [3]string{"t2", "政策法规", "文件"})
	next := release("2026.2", [3]string{"t1", "监督检查", "电话、邮箱"}, [3]string{"t2", "政策法规", "文件"})
	draft := old.Draft(catalogtest.Unit(), counter("e"))
	double := draft.Entries[0].Clone()
	double.ID, double.Path = "double", []string{"综合业务", "信访"}
	draft.Entries = append(draft.Entries, double)
	got := catalog.PlanUpgrade(old, next, &draft).Apply(counter("n"))
	if want := []string{"e01", "e02", "double"}; !slices.Equal(ids(&got), want) {
		t.Fatalf("entries are %v, want %v", ids(&got), want)
	}
	for _, id := range []catalog.EntryID{"e01", "double"} {
		if e, _ := got.Entry(id); e.Content != "电话、邮箱" {
			t.Errorf("%s says %q", id, e.Content)
		}
	}
	if e, _ := got.Entry("double"); e.Submatter() != "信访" {
		t.Errorf("the copy is called %q", e.Submatter())
	}
}

func TestUpgradeFollowsEntriesThatChangeTier(t *testing.T) {
	both, county := catalog.TierSetOf(catalog.County, catalog.Township), catalog.TierSetOf(catalog.County)
	old := release("2026.1", [3]string{"t1", "甲", "甲"}, [3]string{"t2", "乙", "乙"}, [3]string{"t3", "丙", "丙"})
	next := release("2026.2", [3]string{"t1", "甲", "甲"}, [3]string{"t2", "乙", "乙"}, [3]string{"t3", "丙", "丙二"})
	old.Entries[0].Tiers, next.Entries[0].Tiers = county, both
	old.Entries[1].Tiers, next.Entries[1].Tiers = both, county
	old.Entries[2].Tiers, next.Entries[2].Tiers = county, county
	draft := old.Draft(catalogtest.Unit(), counter("e"))
	draft.Entries = append(draft.Entries, old.Entries[2].Entry(catalogtest.Unit(), old.Sector, "county"))
	got := catalog.PlanUpgrade(old, next, &draft).Apply(counter("n"))
	var has []string
	for _, e := range got.Entries {
		has = append(has, string(e.Template)+e.Content)
	}
	if want := []string{"t1甲", "t3丙二"}; !slices.Equal(has, want) {
		t.Errorf("a township has %v, want %v", has, want)
	}
}

func TestChoicesCarryOverToAPlanOfTheDraftAsItIsNow(t *testing.T) {
	old := release("2026.1", [3]string{"t1", "监督检查", "电话"}, [3]string{"t2", "政策法规", "文件"}, [3]string{"t5", "旧事项", "旧"})
	next := release("2026.2", [3]string{"t1", "监督检查", "电话、邮箱"}, [3]string{"t2", "政策法规", "文件、解读"}, [3]string{"t9", "新事项", "新"})
	draft := old.Draft(catalogtest.Unit(), counter("e"))
	draft.Entries[0].Content, draft.Entries[1].Content = "镇电话", "镇文件"
	before := copyOf(&draft)
	chosen := catalog.PlanUpgrade(old, next, &before)
	for i := range chosen.Entries {
		switch e := &chosen.Entries[i]; e.Kind {
		case catalog.UpgradeChanged:
			if err := chosen.Choose(i, catalog.FieldContent, catalog.Choice{Take: catalog.TakeTemplate}); err != nil {
				t.Fatal(err)
			}
		default:
			e.Follow = false
		}
	}
	draft.Entries[1].Content = "镇文件，改过" // after the choice was made
	plan := catalog.PlanUpgrade(old, next, &draft)
	plan.Carry(chosen)
	got := plan.Apply(counter("n"))
	var has []string
	for _, e := range got.Entries {
		has = append(has, string(e.ID)+" "+e.Content)
	}
	if want := []string{"e01 电话、邮箱", "e02 镇文件，改过", "e03 旧"}; !slices.Equal(has, want) {
		t.Errorf("the catalog is %q, want %q", has, want)
	}
}
