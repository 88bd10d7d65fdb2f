package catalog_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

func TestDiff(t *testing.T) {
	a, b := of("abcdef"), of("bcfdxe")
	b.Entries[1].Content = "改"
	b.Entries[1].Tiers = catalog.TierSetOf(catalog.County)
	b.Note = "注"
	a.NotApplicable = &catalog.NotApplicable{Reason: "甲"}
	b.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {Reason: "乙"}}
	d := catalog.Diff(&a, &b)
	if len(d.Added) != 1 || d.Added[0].ID != "x" {
		t.Errorf("Added = %+v, want x", d.Added)
	}
	if len(d.Removed) != 1 || d.Removed[0].ID != "a" {
		t.Errorf("Removed = %+v, want a", d.Removed)
	}
	if !slices.Equal(d.Moved, []catalog.EntryID{"f"}) {
		t.Errorf("Moved = %v, want f", d.Moved)
	}
	want := []catalog.FieldChange{{Field: "content", Before: "内容c", After: "改"}, {Field: "tiers", Before: "", After: "县级"}}
	if len(d.Changed) != 1 || d.Changed[0].ID != "c" || !slices.Equal(d.Changed[0].Fields, want) {
		t.Errorf("Changed = %+v, want c: %+v", d.Changed, want)
	}
	var others []string
	for _, c := range d.Others {
		others = append(others, string(c.Target)+" "+c.Key+" "+string(c.Before)+">"+string(c.After))
	}
	if !slices.Equal(others, []string{`not-applicable  {"reason":"甲"}>`, `omission t1 >{"reason":"乙"}`, `note  "">"注"`}) {
		t.Errorf("Others = %q", others)
	}
}

func TestDiffIsNoneExactlyForEquals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := catalogtest.Entry().Draw(t, "a"), catalogtest.Entry().Draw(t, "b")
		c := a.Clone()
		if d := catalog.DiffEntries(&a, &c); d != nil {
			t.Fatalf("an entry differs from its copy in %+v", d)
		}
		if got := catalog.DiffEntries(&a, &b) == nil; got != a.Equal(&b) {
			t.Fatalf("no difference: %v, equal: %v", got, a.Equal(&b))
		}
	})
}

// Applying the difference to the first catalog gives the second.
func TestDiffTellsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawBase(t)
		b := edited(t, &a, "o")
		d := catalog.Diff(&a, &b)
		gone := map[catalog.EntryID]bool{}
		for _, e := range d.Removed {
			gone[e.ID] = true
		}
		moved := map[catalog.EntryID]bool{}
		for _, id := range d.Moved {
			moved[id] = true
		}
		var stay []string // in a's order
		for i := range a.Entries {
			if id := a.Entries[i].ID; !gone[id] && !moved[id] {
				stay = append(stay, string(id))
			}
		}
		var want []string // in b's
		for _, id := range ids(&b) {
			if _, ok := a.Entry(catalog.EntryID(id)); ok && !moved[catalog.EntryID(id)] {
				want = append(want, id)
			}
		}
		if !slices.Equal(stay, want) {
			t.Fatalf("what did not move: %v in the first, %v in the second", stay, want)
		}
		if len(d.Added) != len(b.Entries)-len(stay)-len(d.Moved) {
			t.Fatalf("%d added", len(d.Added))
		}
		same := catalog.Diff(&b, &b)
		if !same.IsZero() {
			t.Fatalf("a catalog differs from itself in %+v", same)
		}
	})
}
