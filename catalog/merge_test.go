package catalog_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// copyOf returns a copy that shares nothing that tests change.
func copyOf(c *catalog.Catalog) catalog.Catalog {
	d := *c
	d.Entries = nil
	for i := range c.Entries {
		d.Entries = append(d.Entries, c.Entries[i].Clone())
	}
	d.Omitted = maps.Clone(c.Omitted)
	d.Reasons = slices.Clone(c.Reasons)
	return d
}

// equalCatalogs compares as JSON, where nil and empty entries are told apart by
// their number only.
func equalCatalogs(a, b *catalog.Catalog) bool {
	x, y := copyOf(a), copyOf(b)
	for _, c := range []*catalog.Catalog{&x, &y} {
		if len(c.Entries) == 0 {
			c.Entries = nil
		}
	}
	ja, _ := json.Marshal(x)
	jb, _ := json.Marshal(y)
	return string(ja) == string(jb)
}

func ids(c *catalog.Catalog) []string {
	out := []string{}
	for i := range c.Entries {
		out = append(out, string(c.Entries[i].ID))
	}
	return out
}

// drawBase draws a catalog with distinct ids.
func drawBase(t *rapid.T) catalog.Catalog {
	c := catalogtest.Catalog().Draw(t, "base")
	n := rapid.IntRange(0, 8).Draw(t, "entries")
	c.Entries = nil
	for i := range n {
		e := catalogtest.Entry().Draw(t, "entry")
		e.ID = catalog.EntryID(fmt.Sprintf("e%02d", i))
		c.Entries = append(c.Entries, e)
	}
	return c
}

// edited draws what someone makes of the catalog.
func edited(t *rapid.T, base *catalog.Catalog, who string) catalog.Catalog {
	c := copyOf(base)
	steps := rapid.IntRange(0, 5).Draw(t, who+" steps")
	for step := range steps {
		at := func() int { return rapid.IntRange(0, len(c.Entries)-1).Draw(t, "which") }
		kind := rapid.IntRange(0, 7).Draw(t, who+" does")
		if len(c.Entries) == 0 && kind < 4 {
			kind = 4
		}
		switch kind {
		case 0, 1: // edit
			e := &c.Entries[at()]
			from := catalogtest.Entry().Draw(t, "from")
			f := rapid.SampledFrom(catalog.Fields).Draw(t, "field")
			_ = e.SetText(f, from.Text(f)) // a mode without a word stays
		case 2: // remove
			i := at()
			c.Entries = slices.Delete(c.Entries, i, i+1)
		case 3: // move
			i := at()
			e := c.Entries[i]
			c.Entries = slices.Delete(c.Entries, i, i+1)
			c.Entries = slices.Insert(c.Entries, rapid.IntRange(0, len(c.Entries)).Draw(t, "to"), e)
		case 4: // add
			e := catalogtest.Entry().Draw(t, "new")
			e.ID = catalog.EntryID(fmt.Sprintf("%s%02d", rapid.SampledFrom([]string{who, who, "x"}).Draw(t, "id"), step))
			if _, ok := c.Entry(e.ID); !ok {
				c.Entries = slices.Insert(c.Entries, rapid.IntRange(0, len(c.Entries)).Draw(t, "where"), e)
			}
		case 5:
			c.Note = rapid.SampledFrom([]string{"", "甲", "乙"}).Draw(t, "note")
			c.NotApplicable = rapid.SampledFrom([]*catalog.NotApplicable{nil, {Reason: "不涉及"}, {Reason: "无此事项"}}).Draw(t, "not applicable")
		case 6:
			id := rapid.SampledFrom([]catalog.TemplateID{"t1", "t2"}).Draw(t, "template")
			if c.Omitted == nil {
				c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
			}
			if rapid.Bool().Draw(t, "omit") {
				c.Omitted[id] = catalog.NotApplicable{Reason: rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "why")}
			} else {
				delete(c.Omitted, id)
			}
		case 7:
			r := catalog.Reason{Rule: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "rule"), Reason: rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "reason")}
			c.Reasons = slices.DeleteFunc(c.Reasons, func(o catalog.Reason) bool { return o.Key() == r.Key() })
			if rapid.Bool().Draw(t, "keep") {
				c.Reasons = append(c.Reasons, r)
			}
		}
	}
	if steps > 0 {
		c.Revision = base.Revision + uint64(steps)
	}
	return c
}

func TestMergeOfOneSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		side := edited(t, &base, "o")
		for name, pair := range map[string][2]*catalog.Catalog{"ours": {&side, &base}, "theirs": {&base, &side}, "both": {&side, &side}} {
			m, clashes := catalog.Merge(&base, pair[0], pair[1])
			if len(clashes) != 0 {
				t.Fatalf("%s alike: clashes %+v", name, clashes)
			}
			if len(m.Omitted) == 0 {
				m.Omitted = side.Omitted
			}
			if len(m.Reasons) == 0 {
				m.Reasons = side.Reasons
			}
			if !equalCatalogs(&m, &side) {
				t.Fatalf("only %s changed: got %v, want %v", name, ids(&m), ids(&side))
			}
		}
	})
}

func TestMergeOfTwoSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		ours, theirs := edited(t, &base, "o"), edited(t, &base, "t")
		m, clashes := catalog.Merge(&base, &ours, &theirs)
		back, mirrored := catalog.Merge(&base, &theirs, &ours)

		// No entry lost, none twice.
		seen := map[string]bool{}
		for _, id := range ids(&m) {
			if seen[id] {
				t.Fatalf("entry %s twice in %v", id, ids(&m))
			}
			seen[id] = true
		}
		clashing := map[catalog.EntryID]bool{}
		for _, c := range clashes {
			clashing[c.Entry] = true
		}
		for _, id := range slices.Concat(ids(&base), ids(&ours), ids(&theirs)) {
			_, b := base.Entry(catalog.EntryID(id))
			_, o := ours.Entry(catalog.EntryID(id))
			_, th := theirs.Entry(catalog.EntryID(id))
			want := o && th || !b || clashing[catalog.EntryID(id)]
			if seen[id] != want {
				t.Fatalf("entry %s in the merge: %v, want %v", id, seen[id], want)
			}
		}

		// Exchanging the sides exchanges the sides of the clashes.
		if len(clashes) != len(mirrored) {
			t.Fatalf("%d clashes one way, %d the other:\n%+v\n%+v", len(clashes), len(mirrored), clashes, mirrored)
		}
		for _, c := range clashes {
			c.Ours, c.Theirs = c.Theirs, c.Ours
			if !slices.Contains(mirrored, c) {
				t.Fatalf("clash %+v is not among %+v", c, mirrored)
			}
		}
		if len(clashes) == 0 && !equalCatalogs(&m, &back) {
			t.Fatalf("without a clash %v one way, %v the other", ids(&m), ids(&back))
		}

		// A field that only one side changed is that side's.
		for i := range m.Entries {
			e := &m.Entries[i]
			b, inB := base.Entry(e.ID)
			o, inO := ours.Entry(e.ID)
			th, inT := theirs.Entry(e.ID)
			if !inB || !inO || !inT {
				continue
			}
			byUs, byThem := changes(&b, &o), changes(&b, &th)
			for f, text := range byUs {
				if _, ok := byThem[f]; !ok && e.Text(f) != text {
					t.Fatalf("%s of %s is %q, want our %q", f, e.ID, e.Text(f), text)
				}
			}
			for f, text := range byThem {
				if _, ok := byUs[f]; !ok && e.Text(f) != text {
					t.Fatalf("%s of %s is %q, want their %q", f, e.ID, e.Text(f), text)
				}
			}
			for f := range changes(&b, e) {
				_, u := byUs[f]
				_, th := byThem[f]
				if !u && !th {
					t.Fatalf("%s of %s changed by nobody", f, e.ID)
				}
			}
		}

		// Two entries that nobody turned round stay as they are.
		moved := slices.ContainsFunc(clashes, func(c catalog.Clash) bool { return c.Kind == catalog.OrderOrder })
		order := ids(&m)
		for i, x := range order {
			for _, y := range order[i+1:] {
				b, o, th := relation(&base, x, y), relation(&ours, x, y), relation(&theirs, x, y)
				if b != 0 && o != 0 && th != 0 && !moved {
					want := o
					if o == b {
						want = th
					}
					if want < 0 {
						t.Fatalf("%s before %s in %v, against ours %v and theirs %v", x, y, order, ids(&ours), ids(&theirs))
					}
				}
			}
		}
	})
}

// changes gives the texts of the fields that e changes of b.
func changes(b, e *catalog.Entry) map[catalog.Field]string {
	m := map[catalog.Field]string{}
	for _, c := range catalog.DiffEntries(b, e) {
		m[c.Field] = c.After
	}
	return m
}

// relation is 1 where x comes before y, -1 where after, 0 where one is missing.
func relation(c *catalog.Catalog, x, y string) int {
	in := ids(c)
	i, j := slices.Index(in, x), slices.Index(in, y)
	switch {
	case i < 0 || j < 0:
		return 0
	case i < j:
		return 1
	}
	return -1
}

func entry(edit func(*catalog.Entry)) catalog.Entry {
	e := catalog.Entry{
		ID: "e1", Sector: "social-assistance", Path: []string{"最低生活保障", "办事指南"}, Content: "办理条件",
		Basis:     catalog.ParseBasis("《社会救助暂行办法》\n《城市居民最低生活保障条例》"),
		TimeLimit: catalog.ParseTimeLimit("20个工作日内"), Publisher: "籍山镇人民政府",
		Channels: catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website), Others: []string{"甲平台"}},
		Audience: catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true},
		Tiers: catalog.TierSetOf(catalog.Township), Extra: map[string]string{"备注": "无"},
	}
	edit(&e)
	return e
}

func TestMergeEntry(t *testing.T) {
	text := func(f catalog.Field, s string) func(*catalog.Entry) {
		return func(e *catalog.Entry) {
			if err := e.SetText(f, s); err != nil {
				panic(err)
			}
		}
	}
	tests := []struct {
		name         string
		ours, theirs func(*catalog.Entry)
		want         map[catalog.Field]string
		clash        []catalog.Field
	}{
		{
			"different fields", text("content", "条件"), text("publisher", "民政局"),
			map[catalog.Field]string{"content": "条件", "publisher": "民政局"},
			nil,
		},
		{
			"the same edit", text("content", "条件"), text("content", "条件"),
			map[catalog.Field]string{"content": "条件"},
			nil,
		},
		{
			"different edits of a text", text("content", "条件"), text("content", "材料"),
			map[catalog.Field]string{"content": "条件"},
			[]catalog.Field{"content"},
		},
		{
			"different levels of the path", text("matter", "低保"), text("submatter", "指南"),
			map[catalog.Field]string{"path": "低保\n指南"},
			nil,
		},
		{
			"the same level of the path", text("matter", "低保"), text("matter", "生活保障"),
			map[catalog.Field]string{"path": "低保\n办事指南"},
			[]catalog.Field{"path"},
		},
		{
			"both add a basis", text("basis", "《社会救助暂行办法》\n《城市居民最低生活保障条例》\n《甲》"), text("basis", "《乙》\n《社会救助暂行办法》\n《城市居民最低生活保障条例》"),
			map[catalog.Field]string{"basis": "《乙》\n《社会救助暂行办法》\n《城市居民最低生活保障条例》\n《甲》"},
			nil,
		},
		{
			"one adds a basis, one removes another", text("basis", "《社会救助暂行办法》\n《城市居民最低生活保障条例》\n《甲》"), text("basis", "《社会救助暂行办法》"),
			map[catalog.Field]string{"basis": "《社会救助暂行办法》\n《甲》"},
			nil,
		},
		{
			"both replace a basis", text("basis", "《社会救助暂行办法》\n《甲》"), text("basis", "《社会救助暂行办法》\n《乙》"),
			map[catalog.Field]string{"basis": "《社会救助暂行办法》\n《甲》"},
			[]catalog.Field{"basis"},
		},
		{
			"different carriers", text("channels", "政府网站、政府公报、其他（甲平台）"), text("channels", "其他（甲平台、乙平台）"),
			map[catalog.Field]string{"channels": "政府公报、其他（甲平台、乙平台）"},
			nil,
		},
		{
			"a must against nothing", text("channels", "其他（甲平台）"), text("channels", "其他（甲平台）；可选：政府网站"),
			map[catalog.Field]string{"channels": "其他（甲平台）"},
			[]catalog.Field{"channels"},
		},
		{
			"different tiers", text("tiers", "县级、乡级"), text("tiers", "村级"),
			map[catalog.Field]string{"tiers": "县级、村级"},
			nil,
		},
		{
			"different columns", text("extra", "备注=无\n电话=1"), text("extra", "备注=有"),
			map[catalog.Field]string{"extra": "备注=有\n电话=1"},
			nil,
		},
		{
			"the same column", text("extra", "备注=甲"), text("extra", "备注=乙"),
			map[catalog.Field]string{"extra": "备注=甲"},
			[]catalog.Field{"extra"},
		},
		{
			"two audiences", text("audience", "申请人"), text("audience", "特定群体"),
			map[catalog.Field]string{"audience": "特定群体：申请人"},
			[]catalog.Field{"audience"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base, ours, theirs := entry(func(*catalog.Entry) {}), entry(tt.ours), entry(tt.theirs)
			got, clashes := catalog.MergeEntry(&base, &ours, &theirs)
			for f, want := range tt.want {
				if got.Text(f) != want {
					t.Errorf("%s = %q, want %q", f, got.Text(f), want)
				}
			}
			var fields []catalog.Field
			for _, c := range clashes {
				fields = append(fields, c.Field)
				if c.Kind != catalog.EditEdit || c.Base != base.Text(c.Field) || c.Ours != ours.Text(c.Field) || c.Theirs != theirs.Text(c.Field) {
					t.Errorf("clash = %+v", c)
				}
			}
			if !slices.Equal(fields, tt.clash) {
				t.Errorf("clashes in %v, want %v", fields, tt.clash)
			}
		})
	}
}

// of makes a catalog of entries named by single letters.
func of(names string) catalog.Catalog {
	var c catalog.Catalog
	for _, r := range names {
		c.Entries = append(c.Entries, catalog.Entry{ID: catalog.EntryID(r), Content: "内容" + string(r)})
	}
	return c
}

func TestMergeOrder(t *testing.T) {
	tests := []struct{ name, base, ours, theirs, want, knot string }{
		{"one side moves", "abcd", "bcda", "abcd", "bcda", ""},
		{"both move, different entries", "abcd", "bcda", "dabc", "dbca", ""},
		{"one moves, one adds", "abcd", "dabc", "abxcd", "dabxc", ""},
		{"both add in one place", "ab", "ayzb", "axb", "axyzb", ""},
		{"both add at the start", "ab", "yab", "xab", "xyab", ""},
		{"one removes what the other moved", "abc", "cab", "ab", "ab", ""},
		{"both remove", "abc", "ac", "ab", "a", ""},
		{"a knot", "abc", "bac", "acb", "bac", "a\nb\nc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base, ours, theirs := of(tt.base), of(tt.ours), of(tt.theirs)
			m, clashes := catalog.Merge(&base, &ours, &theirs)
			if got := ids(&m); !slices.Equal(got, ids(ptr(of(tt.want)))) {
				t.Errorf("order %v, want %s", got, tt.want)
			}
			switch {
			case tt.knot == "" && len(clashes) != 0:
				t.Errorf("clashes %+v, want none", clashes)
			case tt.knot != "" && (len(clashes) != 1 || clashes[0].Kind != catalog.OrderOrder || clashes[0].Base != tt.knot):
				t.Errorf("clashes %+v, want the order of %q", clashes, tt.knot)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestMergeNamesClashes(t *testing.T) {
	base := of("ab")
	base.Note = "旧"
	base.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {Reason: "旧"}}
	ours, theirs := copyOf(&base), copyOf(&base)
	ours.Entries[0].Content = "改"
	theirs.Entries = theirs.Entries[1:]
	ours.Entries = append(ours.Entries, catalog.Entry{ID: "n", Content: "甲"})
	theirs.Entries = append(theirs.Entries, catalog.Entry{ID: "n", Content: "乙"})
	ours.Note, theirs.Note = "甲", "乙"
	ours.Omitted["t1"] = catalog.NotApplicable{Reason: "新"}
	delete(theirs.Omitted, "t1")
	ours.NotApplicable = &catalog.NotApplicable{Reason: "甲"}
	theirs.NotApplicable = &catalog.NotApplicable{Reason: "乙"}
	ours.Reasons = []catalog.Reason{{Rule: "r", Reason: "甲"}}
	theirs.Reasons = []catalog.Reason{{Rule: "r", Reason: "乙"}}

	m, clashes := catalog.Merge(&base, &ours, &theirs)
	want := []catalog.Clash{
		{Kind: catalog.EditRemove, Target: catalog.TargetEntry, Entry: "a", Field: "content", Base: "内容a", Ours: "改"},
		{Kind: catalog.AddAdd, Target: catalog.TargetEntry, Entry: "n", Field: "content", Ours: "甲", Theirs: "乙"},
		{Kind: catalog.AddAdd, Target: catalog.TargetNotApplicable, Ours: `{"reason":"甲"}`, Theirs: `{"reason":"乙"}`},
		{Kind: catalog.EditRemove, Target: catalog.TargetOmission, Key: "t1", Base: `{"reason":"旧"}`, Ours: `{"reason":"新"}`},
		{Kind: catalog.AddAdd, Target: catalog.TargetReason, Key: "r//", Ours: `{"rule":"r","reason":"甲"}`, Theirs: `{"rule":"r","reason":"乙"}`},
		{Kind: catalog.EditEdit, Target: catalog.TargetNote, Base: "旧", Ours: "甲", Theirs: "乙"},
	}
	if !slices.Equal(clashes, want) {
		t.Errorf("clashes\n%+v\nwant\n%+v", clashes, want)
	}
	if got := ids(&m); !slices.Equal(got, []string{"a", "b", "n"}) {
		t.Errorf("entries %v", got)
	}
	if m.Note != "甲" || m.Omitted["t1"].Reason != "新" || m.NotApplicable.Reason != "甲" || len(m.Reasons) != 1 {
		t.Errorf("merge does not hold our side: %+v", m)
	}
}

func TestMergeSharesNoMemory(t *testing.T) {
	base := of("ab")
	ours, theirs := copyOf(&base), copyOf(&base)
	theirs.Entries[1].Path = []string{"甲"}
	ours.NotApplicable = &catalog.NotApplicable{Reason: "甲"}
	m, _ := catalog.Merge(&base, &ours, &theirs)
	m.Entries[1].Path[0] = "乙"
	m.NotApplicable.Reason = "乙"
	if theirs.Entries[1].Path[0] != "甲" || ours.NotApplicable.Reason != "甲" {
		t.Error("changing the merge changed a side of it")
	}
}
