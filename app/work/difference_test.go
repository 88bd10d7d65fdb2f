package work

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// mangled draws what a clerk might make of a catalog in one go.
func mangled(t *rapid.T, c *catalog.Catalog, newID func() catalog.EntryID) *catalog.Catalog {
	out := deep(c)
	for range rapid.IntRange(0, 6).Draw(t, "steps") {
		n := len(out.Entries)
		at := rapid.IntRange(0, n).Draw(t, "at")
		switch rapid.IntRange(0, 8).Draw(t, "step") {
		case 0:
			for range rapid.SampledFrom([]int{1, 2, manyAdded + 3}).Draw(t, "how many") {
				e := catalogtest.Entry().Draw(t, "new entry")
				e.ID = newID()
				out.Entries = slices.Insert(out.Entries, at, e)
			}
		case 1:
			if at < n {
				out.Entries = slices.Delete(out.Entries, at, n)
			}
		case 2:
			if at < n {
				e := catalogtest.Entry().Draw(t, "entry")
				e.ID = out.Entries[at].ID
				out.Entries[at] = e
			}
		case 3:
			out.Entries = rapid.Permutation(out.Entries).Draw(t, "order")
		case 4:
			out.Note = catalogtest.Text().Draw(t, "note")
		case 5:
			if out.Omitted == nil {
				out.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
			}
			id := catalog.TemplateID(rapid.SampledFrom([]string{"t1", "t2", "t3"}).Draw(t, "template"))
			if _, ok := out.Omitted[id]; ok {
				delete(out.Omitted, id)
			} else {
				out.Omitted[id] = catalog.NotApplicable{Reason: "本镇没有"}
			}
		case 6:
			out.Reasons = append(out.Reasons, catalog.Reason{
				Rule:   rapid.SampledFrom([]string{"basis.repealed", "matter.missing"}).Draw(t, "rule"),
				Reason: rapid.SampledFrom([]string{"", "仍有效", "已核对"}).Draw(t, "reason"),
			})
		case 7:
			out.NotApplicable = rapid.SampledFrom([]*catalog.NotApplicable{nil, {Reason: "不涉及"}}).Draw(t, "not applicable")
		case 8:
			out.TemplateVersion = rapid.SampledFrom([]string{"2026.1", "2026.2"}).Draw(t, "version")
		}
	}
	if err := tidy(out, newID); err != nil {
		t.Fatal(err)
	}
	return out
}

func sameCatalog(t interface{ Fatalf(string, ...any) }, what string, got, want *catalog.Catalog) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	if d := catalog.Diff(got, want); !d.IsZero() {
		t.Fatalf("%s differs: %+v", what, d)
	}
	if got.TemplateVersion != want.TemplateVersion || got.RegisterVersion != want.RegisterVersion {
		t.Fatalf("%s is of %s/%s, want %s/%s", what, got.TemplateVersion, got.RegisterVersion, want.TemplateVersion, want.RegisterVersion)
	}
}

// TestDifferenceLeadsToTheCatalogItWasMadeOf: through the store, in memory, and
// back through what the store says of the edit and of its undo.
func TestDifferenceLeadsToTheCatalogItWasMadeOf(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s, err := boltstore.Create(fmt.Sprint(folder, "/", n), catalogtest.Unit(), boltstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		start := catalogtest.Catalog().Draw(t, "catalog")
		if _, err := s.Edit(ctx, boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.PutCatalog(start) }); err != nil {
			t.Fatal(err)
		}
		read := func() *catalog.Catalog {
			c, err := s.Catalog(ctx, start.Sector)
			if err != nil {
				t.Fatal(err)
			}
			return &c
		}
		was := read()
		want := mangled(t, was, s.NewID)
		diff, err := differenceOf(was, want)
		if err != nil {
			t.Fatal(err)
		}
		edit, err := s.Edit(ctx, boltstore.EditInfo{}, diff.save)
		if err != nil {
			t.Fatal(err)
		}
		if diff.isZero() != (edit.Seq == 0) {
			t.Fatalf("difference is zero: %v, edit has number %d", diff.isZero(), edit.Seq)
		}
		sameCatalog(t, "the store", read(), want)

		kept := deep(was)
		redone := shallow(was)
		redone.Entries = slices.Clone(was.Entries)
		diff.redo(redone)
		sameCatalog(t, "the catalog made again", redone, want)

		taken, there, err := after(was, &edit)
		if err != nil || !there {
			t.Fatalf("taking over: %v, %v", there, err)
		}
		sameCatalog(t, "the catalog taken over", taken, want)
		if edit.Seq != 0 {
			undo, err := s.Undo(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			back, _, err := after(taken, &undo)
			if err != nil {
				t.Fatal(err)
			}
			sameCatalog(t, "the catalog taken back", back, kept)
		}
		sameCatalog(t, "the catalog that was there", was, kept)
	})
}

// TestChangesAreMadeAgainOnAnotherCatalog: where the catalog has changed since,
// what still has a place is made again and the rest left out.
func TestChangesAreMadeAgainOnAnotherCatalog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := 0
		newID := func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprintf("n%03d", n)) }
		base := catalogtest.Catalog().Draw(t, "catalog")
		for i := range base.Entries {
			base.Entries[i].ID = newID()
		}
		sortReasons(&base)
		mine := mangled(t, &base, newID)
		other := mangled(t, &base, newID)
		diff, err := differenceOf(&base, mine)
		if err != nil {
			t.Fatal(err)
		}
		diff.redo(other)
		seen := map[catalog.EntryID]bool{}
		for i := range other.Entries {
			if seen[other.Entries[i].ID] {
				t.Fatalf("entry %s stands twice", other.Entries[i].ID)
			}
			seen[other.Entries[i].ID] = true
		}
		for _, a := range diff.added {
			if !seen[a.entry.ID] {
				t.Fatalf("entry %s was added, and is lost", a.entry.ID)
			}
		}
		for _, id := range diff.removed {
			if seen[id] {
				t.Fatalf("entry %s was removed, and is there", id)
			}
		}
		for i := range diff.changed {
			if e, ok := other.Entry(diff.changed[i].ID); ok && !e.Equal(&diff.changed[i]) {
				t.Fatalf("entry %s is not what was made of it", e.ID)
			}
		}
	})
}
