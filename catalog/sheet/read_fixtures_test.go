package sheet

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
)

//go:generate go run ./internal/fixtures

// expectation is what a fixture's files say, as written down by hand.
type expectation struct {
	Shows    string
	Files    []string
	Catalogs []struct {
		Sheet, Title, Unit string
		Sector             catalog.Sector
		Layout             Layout
		Entries            []expectedEntry
		Problems           []Problem
	}
	Skipped []SkippedSheet
}

type expectedEntry struct {
	Row           int
	Sector        catalog.Sector
	Code          string
	Path          []string
	Content       string
	Basis         []string
	TimeLimit     string
	Publisher     string
	Channels      catalog.ChannelSet
	MayChannels   catalog.ChannelSet
	OtherChannels []string
	Everyone      bool
	Groups        string
	Unnamed       bool
	Proactive     bool
	OnRequest     bool
	Tiers         catalog.TierSet
	Link          string
	Extra         map[string]string
}

// expected is what was read of an entry in the form of an expectation.
func expected(r *Row) expectedEntry {
	e := expectedEntry{
		Row: r.Row, Sector: r.Sector, Code: r.Code, Path: slices.Clone(r.Path), Content: r.Content, Basis: []string{}, TimeLimit: r.TimeLimit.Text,
		Publisher: r.Publisher, Channels: r.Channels.Set, MayChannels: r.Channels.May, OtherChannels: slices.Clone(r.Channels.Others),
		Everyone: r.Audience.Everyone, Groups: r.Audience.Groups, Unnamed: r.Audience.Unnamed,
		Proactive: r.Mode.Proactive, OnRequest: r.Mode.OnRequest, Tiers: r.Tiers, Link: r.Link, Extra: r.Extra,
	}
	for _, c := range r.Basis {
		e.Basis = append(e.Basis, c.Text)
	}
	if e.Path == nil {
		e.Path = []string{}
	}
	if e.OtherChannels == nil {
		e.OtherChannels = []string{}
	}
	if e.Extra == nil {
		e.Extra = map[string]string{}
	}
	return e
}

// testSectors are the names of all sectors.
func testSectors(tb testing.TB) []catalog.SectorInfo {
	tb.Helper()
	b, err := os.ReadFile("testdata/sectors.json")
	if err != nil {
		tb.Fatal(err)
	}
	var s []catalog.SectorInfo
	if err := json.Unmarshal(b, &s); err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestFixtures(t *testing.T) {
	o := Options{Sectors: testSectors(t)}
	paths, err := filepath.Glob("testdata/fixtures/*.json")
	if err != nil {
		t.Fatal(err)
	}
	expectedFiles := map[string]bool{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var want expectation
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		if err := d.Decode(&want); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, file := range want.Files {
			expectedFiles[file] = true
			t.Run(file, func(t *testing.T) {
				got, err := Read(context.Background(), filepath.Join("testdata/fixtures", file), o)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, got, &want, strings.HasSuffix(file, ".xlsx") || strings.HasSuffix(file, ".xls") && !strings.HasSuffix(file, ".html.xls"))
			})
		}
	}
	all, err := os.ReadDir("testdata/fixtures")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if !expectedFiles[f.Name()] && filepath.Ext(f.Name()) != ".json" {
			t.Errorf("nothing says what %s holds", f.Name())
		}
	}
	if len(expectedFiles) < 40 {
		t.Errorf("%d fixtures, want 40 or more", len(expectedFiles))
	}
}

func compare(t *testing.T, got *Document, want *expectation, sheetNames bool) {
	t.Helper()
	if len(got.Catalogs) != len(want.Catalogs) {
		t.Fatalf("%d catalogs, want %d; skipped %v", len(got.Catalogs), len(want.Catalogs), got.Skipped)
	}
	for i := range got.Skipped {
		if n := got.Skipped[i].Number; n < 1 || n > len(got.Sheets) || got.Sheets[n-1].Name != got.Skipped[i].Sheet {
			t.Errorf("skipped sheet %q has the number %d", got.Skipped[i].Sheet, n)
		}
		got.Skipped[i].Number = 0
	}
	if sheetNames && !slices.Equal(got.Skipped, want.Skipped) || len(got.Skipped) != len(want.Skipped) {
		t.Errorf("skipped %v, want %v", got.Skipped, want.Skipped)
	}
	for i := range want.Catalogs {
		g, w := &got.Catalogs[i], &want.Catalogs[i]
		same := func(what string, got, want any) {
			t.Helper()
			if got != want {
				t.Errorf("catalog %d: %s is %q, want %q", i, what, got, want)
			}
		}
		if sheetNames {
			same("sheet", g.Sheet, w.Sheet)
		}
		same("title", g.Title, w.Title)
		same("unit", g.Unit, w.Unit)
		same("sector", g.Sector, w.Sector)
		same("layout", g.Layout, w.Layout)
		if !slices.Equal(placesOf(g.Problems), placesOf(w.Problems)) {
			t.Errorf("catalog %d: problems are %v, want %v", i, g.Problems, w.Problems)
		}
		if len(g.Entries) != len(w.Entries) {
			t.Errorf("catalog %d: %d entries, want %d", i, len(g.Entries), len(w.Entries))
			continue
		}
		for j := range w.Entries {
			compareEntry(t, i, expected(&g.Entries[j]), w.Entries[j])
		}
	}
}

// compareEntry compares entries cell by cell.
func compareEntry(t *testing.T, catalog int, got, want expectedEntry) {
	t.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for f := range g.NumField() {
		if !reflect.DeepEqual(g.Field(f).Interface(), w.Field(f).Interface()) {
			t.Errorf("catalog %d row %d: %s is %#v, want %#v", catalog, want.Row, g.Type().Field(f).Name, g.Field(f), w.Field(f))
		}
	}
}

// placesOf are the problems without their texts, in a fixed order.
func placesOf(ps []Problem) []Problem {
	out := slices.Clone(ps)
	for i := range out {
		out[i].Text = ""
	}
	slices.SortFunc(out, func(a, b Problem) int {
		return cmp.Or(a.Row-b.Row, strings.Compare(a.Column, b.Column), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return out
}
