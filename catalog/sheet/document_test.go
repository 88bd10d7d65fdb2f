package sheet

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"mulutong/catalog"
)

func TestDocumentAsJSON(t *testing.T) {
	d := Document{
		File: "a.xlsx",
		Catalogs: []Table{{
			Sheet: "社会救助", Title: "目录", Sector: "social-assistance", Unit: "籍山镇", Layout: National,
			Entries:  []Row{{Entry: catalog.Entry{Path: []string{"临时救助"}, Content: "标准", Tiers: catalog.TierSetOf(catalog.County)}, Row: 5}},
			Problems: []Problem{{Row: 5, Column: "J", Kind: UnclearTick, Text: "按需"}},
		}},
		Skipped: []SkippedSheet{{Sheet: "封面", Why: SkipNoHeader}},
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"file":"a.xlsx","catalogs":[{"sheet":"社会救助","title":"目录","sector":"social-assistance","unit":"籍山镇","layout":"national","entries":[{`,
		`"path":["临时救助"]`, `"tiers":["county"],"row":5}]`,
		`"problems":[{"row":5,"column":"J","kind":"unclear-tick","text":"按需"}]`,
		`"skipped":[{"sheet":"封面","why":"no-header"}]`,
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s\nlacks %s", b, want)
		}
	}
	var back Document
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if r := back.Catalogs[0].Entries[0]; r.Row != 5 || !r.Equal(&d.Catalogs[0].Entries[0].Entry) {
		t.Errorf("entry comes back as %+v", r)
	}
	back.Catalogs[0].Entries, d.Catalogs[0].Entries = nil, nil
	if !reflect.DeepEqual(back, d) {
		t.Errorf("document comes back as %+v", back)
	}
}

func TestColumnNames(t *testing.T) {
	for column, want := range map[int]string{-1: "", 0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(column); got != want {
			t.Errorf("column %d is %q, want %q", column, got, want)
		}
	}
}
