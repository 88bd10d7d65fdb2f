package catalogtest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
)

func TestEntriesAreRealistic(t *testing.T) {
	const n = 20000
	entries := Entries(1, n)
	if len(entries) != n {
		t.Fatalf("got %d entries, want %d", len(entries), n)
	}
	perSector := map[catalog.Sector]int{}
	ids, paths := map[catalog.EntryID]bool{}, map[string]bool{}
	total := 0
	for i, e := range entries {
		perSector[e.Sector]++
		ids[e.ID], paths[string(e.Sector)+strings.Join(e.Path, "/")] = true, true
		size := 0
		for _, f := range catalog.Fields {
			size += len([]rune(e.Text(f)))
		}
		total += size
		if size < 330 || size > 750 {
			t.Fatalf("entry %d has %d characters: %+v", i, size, e)
		}
		if i > 0 && entries[i-1].Sector != e.Sector && perSector[e.Sector] > 1 {
			t.Fatalf("sector %s comes in two places", e.Sector)
		}
	}
	if mean := total / n; mean < 400 || mean > 600 {
		t.Errorf("an entry has %d characters on average, want 400 to 600", mean)
	}
	if len(ids) != n || len(paths) != n {
		t.Errorf("%d ids and %d paths for %d entries", len(ids), len(paths), n)
	}
	if len(perSector) != 26 {
		t.Errorf("entries of %d sectors, want 26", len(perSector))
	}
	for s, k := range perSector {
		if k < n/26 || k > n/26+1 {
			t.Errorf("%d entries of %s, want about %d", k, s, n/26)
		}
	}
}

func TestEntriesDependOnTheSeedAlone(t *testing.T) {
	equal := func(a, b []catalog.Entry) bool {
		return slices.EqualFunc(a, b, func(x, y catalog.Entry) bool { return x.Equal(&y) })
	}
	if !equal(Entries(7, 300), Entries(7, 300)) {
		t.Error("the same seed gave other entries")
	}
	if equal(Entries(7, 300), Entries(8, 300)) {
		t.Error("another seed gave the same entries")
	}
	if got := Entries(1, 0); len(got) != 0 {
		t.Errorf("asked for none, got %d", len(got))
	}
}

func TestCatalogsHoldTheEntries(t *testing.T) {
	var got []catalog.Entry
	for _, c := range Catalogs(3, 100) {
		for _, e := range c.Entries {
			if e.Sector != c.Sector {
				t.Errorf("entry of %s in the catalog of %s", e.Sector, c.Sector)
			}
			got = append(got, e)
		}
	}
	want := Entries(3, 100)
	if !slices.EqualFunc(got, want, func(x, y catalog.Entry) bool { return x.Equal(&y) }) {
		t.Error("the catalogs do not hold the entries in their order")
	}
}

func TestGeneratedEntriesSurviveJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := Entry().Draw(t, "entry")
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back catalog.Entry
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if !back.Equal(&e) {
			t.Fatalf("got %+v, want %+v", back, e)
		}
	})
}

func TestGeneratedCatalogsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Catalog().Draw(t, "catalog")
		ids := map[catalog.EntryID]bool{}
		for _, e := range c.Entries {
			if e.ID == "" || ids[e.ID] || e.Sector != c.Sector {
				t.Fatalf("entry %q of sector %q in a catalog of %q", e.ID, e.Sector, c.Sector)
			}
			ids[e.ID] = true
		}
	})
}
