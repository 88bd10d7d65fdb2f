package catalog_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// Two digests are the same exactly when nothing differs, whatever form nothing has.
func TestDigestTellsWhatACatalogSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := catalog.Catalog{Schema: catalog.Schema, Sector: "tax", Revision: 3, Entries: rapid.SliceOfN(catalogtest.Entry(), 1, 4).Draw(t, "entries")}
		j, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var same catalog.Catalog
		if err := json.Unmarshal(j, &same); err != nil {
			t.Fatal(err)
		}
		same.Revision, same.SignOff, same.Omitted = 9, &catalog.SignOff{}, map[catalog.TemplateID]catalog.NotApplicable{}
		if c.Digest() != same.Digest() {
			t.Errorf("read back, the digest of %s is another", j)
		}
		for what, change := range map[string]func(*catalog.Catalog){
			"an entry":  func(c *catalog.Catalog) { c.Entries[0].Content += "。" },
			"one less":  func(c *catalog.Catalog) { c.Entries = c.Entries[1:] },
			"a note":    func(c *catalog.Catalog) { c.Note = "x" },
			"a release": func(c *catalog.Catalog) { c.TemplateVersion = "2027.1" },
			"a reason":  func(c *catalog.Catalog) { c.Reasons = []catalog.Reason{{Rule: "basis.unknown", Reason: "x"}} },
			"omitted":   func(c *catalog.Catalog) { c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {}} },
			"unused":    func(c *catalog.Catalog) { c.NotApplicable = &catalog.NotApplicable{} },
		} {
			other := c
			other.Entries = append([]catalog.Entry(nil), c.Entries...)
			change(&other)
			if c.Digest() == other.Digest() {
				t.Errorf("%s differs, and the digest is the same", what)
			}
		}
	})
}

func TestASignOffOfAnOlderStoreHoldsForItsRevision(t *testing.T) {
	ok := catalog.Approval{By: "王军", At: "2026-03-02"}
	c := catalog.Catalog{Revision: 4, SignOff: &catalog.SignOff{Revision: 4, Leader: ok, Secrecy: ok}}
	if !c.Signed() {
		t.Error("at its revision it does not hold")
	}
	c.Revision++
	if c.Signed() {
		t.Error("at the next revision it still holds")
	}
	c.SignOff.Digest = c.Digest()
	if !c.Signed() {
		t.Error("with the digest of what is there it does not hold")
	}
	c.SignOff.Leader.By = ""
	if c.Signed() {
		t.Error("half an approval holds")
	}
}
