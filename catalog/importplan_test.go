package catalog

import (
	"reflect"
	"testing"
)

func draftOfTwo() Catalog {
	return assistanceOnly().Draft(township, func() func() EntryID {
		ids := []EntryID{"a", "b"}
		return func() EntryID { id := ids[0]; ids = ids[1:]; return id }
	}())
}

func assistanceOnly() Template {
	return Template{Sector: "social-assistance", Entries: []TemplateEntry{
		{
			ID: "t1", Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件", Tiers: TierSetOf(Township),
			Publishers: map[Tier]string{Township: "{单位}"}, TimeLimit: ParseTimeLimit("10个工作日内"), Locked: []Field{FieldTimeLimit},
		},
		{ID: "t2", Path: []string{"临时救助", "审核审批信息"}, Content: "名单", Tiers: TierSetOf(Township)},
	}}
}

func TestImportTakesWhatTheTableSays(t *testing.T) {
	draft, tmpl := draftOfTwo(), assistanceOnly()
	in := []Entry{
		{Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件和流程", TimeLimit: ParseTimeLimit("30日内"), Extra: map[string]string{"网站栏目": "民生"}},
		{Path: []string{"残疾人两项补贴", "名单公示"}, Content: "同上", Publisher: "籍山镇"},
	}
	plan := PlanImport(&draft, &tmpl, in)
	first, second := plan.Imports[0], plan.Imports[1]
	if first.Kind != ImportChanged || first.Draft != "a" || first.Result.ID != "a" || first.Result.Template != "t1" {
		t.Errorf("first is %+v", first)
	}
	if first.Result.Content != "办理条件和流程" || first.Result.Extra["网站栏目"] != "民生" {
		t.Errorf("first becomes %+v", first.Result)
	}
	if first.Result.Publisher != "籍山镇人民政府" {
		t.Errorf("an empty cell emptied the publisher: %q", first.Result.Publisher)
	}
	if first.Result.TimeLimit.Text != "10个工作日内" || !reflect.DeepEqual(first.Kept, []Field{FieldTimeLimit}) {
		t.Errorf("the locked time limit became %q; kept %v", first.Result.TimeLimit.Text, first.Kept)
	}
	if second.Kind != ImportNew || second.Result.ID != "" || second.Result.Sector != "social-assistance" {
		t.Errorf("second is %+v", second)
	}
	if second.Result.Content != "办理条件和流程" {
		t.Errorf("同上 became %q", second.Result.Content)
	}
	if !reflect.DeepEqual(plan.Missing, []EntryID{"b"}) {
		t.Errorf("missing are %v", plan.Missing)
	}
}

func TestImportingWhatTheDraftSaysChangesNothing(t *testing.T) {
	draft, tmpl := draftOfTwo(), assistanceOnly()
	plan := PlanImport(&draft, &tmpl, draft.Entries)
	for _, im := range plan.Imports {
		if im.Kind != ImportSame || len(im.Changes) != 0 {
			t.Errorf("import is %+v", im)
		}
	}
	if len(plan.Missing) != 0 {
		t.Errorf("missing are %v", plan.Missing)
	}
}

func TestPlanningAnImportLeavesItsInputsAlone(t *testing.T) {
	draft, tmpl := draftOfTwo(), assistanceOnly()
	in := []Entry{{Path: []string{"最低生活保障", "办事指南"}, Content: "新"}, {Path: []string{"甲", "乙"}, Content: "同上"}}
	plan := PlanImport(&draft, &tmpl, in)
	plan.Imports[0].Result.Path[0] = "改"
	if draft.Entries[0].Path[0] != "最低生活保障" || draft.Entries[0].Content != "办理条件" || in[1].Content != "同上" {
		t.Errorf("draft %+v, incoming %+v", draft.Entries[0], in[1])
	}
}

func TestImportWithoutATemplateMatchesByName(t *testing.T) {
	draft := draftOfTwo()
	plan := PlanImport(&draft, nil, []Entry{{Path: []string{"临时救助", "审核审批信息"}, Content: "新名单"}})
	if im := plan.Imports[0]; im.Draft != "b" || im.Result.Content != "新名单" {
		t.Errorf("import is %+v", im)
	}
}

func TestImportTakesNoSignForNothing(t *testing.T) {
	for _, sign := range []string{"/", "——", "无", "同上", " "} {
		draft, tmpl := draftOfTwo(), assistanceOnly()
		in := Entry{Path: []string{"最低生活保障", "办事指南"}, Content: sign, Publisher: sign, Basis: ParseBasis(sign)}
		plan := PlanImport(&draft, &tmpl, []Entry{in})
		if im := plan.Imports[0]; im.Kind != ImportSame || im.Draft != "a" {
			t.Errorf("importing %q changes %+v", sign, im.Changes)
		}
	}
}

func TestImportTellsWhatComesNearest(t *testing.T) {
	draft := Catalog{Entries: []Entry{
		{ID: "a", Path: []string{"临时救助", "审核审批信息"}},
		{ID: "b", Path: []string{"临时救助", "办事指南"}},
		{ID: "c", Path: []string{"最低生活保障", "审核信息"}},
		{ID: "d", Path: []string{"特困人员救助供养", "审批信息"}},
	}}
	plan := PlanImport(&draft, nil, []Entry{
		{Path: []string{"临时救助", "救助对象公示"}}, {Path: []string{"城乡低保", "审核"}}, {Path: []string{"殡葬", "墓位价格"}},
	})
	near, matched, far := plan.Imports[0], plan.Imports[1], plan.Imports[2]
	if n := near.Nearest; near.Kind != ImportNew || n.Confidence <= 0 || n.Confidence >= MatchThreshold || n.Draft != "a" && n.Draft != "b" {
		t.Errorf("what is near: %+v", near)
	}
	if matched.Draft != "c" || matched.Nearest != (Match{}) {
		t.Errorf("what matches: %+v", matched)
	}
	if far.Nearest.Confidence != 0 {
		t.Errorf("what nothing is near: %+v", far.Nearest)
	}
}

func TestImportTakesNoChangeOfBracketsAndSpacesOnly(t *testing.T) {
	draft := Catalog{Sector: "social-assistance", Entries: []Entry{{
		ID: "a", Sector: "social-assistance", Path: []string{"最低生活保障", "办事指南"},
		Content: "办理条件（含材料）、办理流程", Publisher: "籍山镇人民政府",
	}}}
	in := Entry{Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件(含材料)、 办理流程", Publisher: "南陵县民政局"}
	im := PlanImport(&draft, nil, []Entry{in}).Imports[0]
	if len(im.Changes) != 1 || im.Changes[0].Field != FieldPublisher || im.Result.Content != draft.Entries[0].Content {
		t.Errorf("changes %+v, content %q; want only the publisher's", im.Changes, im.Result.Content)
	}
}

func TestImportOntoAnotherEntry(t *testing.T) {
	draft, tmpl := draftOfTwo(), assistanceOnly()
	said := Entry{Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件和流程", TimeLimit: ParseTimeLimit("30日内")}
	im := PlanImport(&draft, &tmpl, []Entry{said}).Imports[0]

	other := im.Onto(&draft, &tmpl, "b")
	if other.Kind != ImportChanged || other.Draft != "b" || other.Result.ID != "b" || other.Result.Template != "t2" || other.Confidence != 1 || other.Why != MatchChosen {
		t.Errorf("onto b: %+v", other)
	}
	if other.Result.Content != "办理条件和流程" || other.Result.TimeLimit.Text != "30日内" || len(other.Kept) != 0 || other.Result.Path[0] != "临时救助" {
		t.Errorf("b becomes %+v", other.Result)
	}
	back := other.Onto(&draft, &tmpl, "a")
	if !back.Result.Equal(&im.Result) || !reflect.DeepEqual(back.Kept, im.Kept) || !reflect.DeepEqual(back.Changes, im.Changes) {
		t.Errorf("back onto a: %+v, was %+v", back, im)
	}
	for _, none := range []EntryID{"", "z"} {
		fresh := im.Onto(&draft, &tmpl, none)
		if fresh.Kind != ImportNew || fresh.Draft != "" || fresh.Result.ID != "" || fresh.Result.Template != "" || fresh.Result.Sector != draft.Sector ||
			fresh.Result.TimeLimit.Text != "30日内" || len(fresh.Changes) != 0 {
			t.Errorf("as new: %+v", fresh)
		}
	}
}

func TestImportLeavingFields(t *testing.T) {
	draft, tmpl := draftOfTwo(), assistanceOnly()
	said := Entry{Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件和流程", Publisher: "南陵县民政局"}
	im := PlanImport(&draft, &tmpl, []Entry{said}).Imports[0]
	old := draft.Entries[0]

	less := im.Leaving(&old, FieldPublisher)
	if less.Kind != ImportChanged || len(less.Changes) != 1 || less.Changes[0].Field != FieldContent || less.Result.Publisher != old.Publisher {
		t.Errorf("leaving the publisher: %+v", less)
	}
	none := im.Leaving(&old, FieldPublisher, FieldContent)
	if none.Kind != ImportSame || len(none.Changes) != 0 || !none.Result.Equal(&old) {
		t.Errorf("leaving both: %+v", none)
	}
	if im.Result.Publisher != "南陵县民政局" || len(im.Changes) != 2 {
		t.Errorf("the import itself changed: %+v", im)
	}
}
