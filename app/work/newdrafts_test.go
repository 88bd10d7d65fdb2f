package work_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

var (
	ctx = context.Background()
	set = templates.Embedded()
)

func ids() func() catalog.EntryID {
	n := 0
	return func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprint("e", n)) }
}

func unitOf(t testing.TB, code string) catalog.Unit {
	t.Helper()
	u, err := work.UnitOf(code)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func sector(t testing.TB, name string) catalog.SectorInfo {
	t.Helper()
	s, ok := set.Sector(name)
	if !ok {
		t.Fatalf("no sector %s", name)
	}
	return s
}

func TestNewDraftsAreThoseOfTheUnit(t *testing.T) {
	town := unitOf(t, "340223100")
	drafts, err := work.NewDrafts(set, town, nil, map[catalog.Sector]string{"education": " 镇内没有学校 "}, ids())
	if err != nil {
		t.Fatal(err)
	}
	offered := 0
	for _, o := range work.Offer(set, town) {
		if !o.Optional && o.Entries > 0 {
			offered++
		}
	}
	if len(drafts) != offered || offered < 20 {
		t.Errorf("%d drafts of %d sectors offered", len(drafts), offered)
	}
	for _, c := range drafts {
		switch {
		case c.Sector == "education" && (c.NotApplicable == nil || c.NotApplicable.Reason != "镇内没有学校" || len(c.Entries) > 0):
			t.Errorf("education is %+v with %d entries", c.NotApplicable, len(c.Entries))
		case c.Sector != "education" && (c.NotApplicable != nil || len(c.Entries) == 0 || c.Unit != town):
			t.Errorf("%s has %d entries of %s", c.Sector, len(c.Entries), c.Unit.Name)
		}
	}
	if _, err := work.NewDrafts(set, town, nil, map[catalog.Sector]string{"education": " "}, ids()); !errors.Is(err, work.ErrNoReason) {
		t.Errorf("a sector left out without reason gives %v", err)
	}
	optional := sector(t, "veterans")
	drafts, err = work.NewDrafts(set, unitOf(t, "340223"), []catalog.SectorInfo{optional}, nil, ids())
	if err != nil || len(drafts) != 1 || drafts[0].Sector != optional.Slug {
		t.Errorf("chosen alone, it gives %d drafts, %v", len(drafts), err)
	}
	if _, err := work.NewDrafts(set, catalog.Unit{Kind: catalog.CityUnit}, nil, nil, ids()); !errors.Is(err, work.ErrNoCityDrafts) {
		t.Errorf("a prefecture gets %v", err)
	}
	if _, err := work.UnitOf("3402"); !errors.Is(err, work.ErrNoCityDrafts) {
		t.Errorf("UnitOf a prefecture gives %v", err)
	}
}

func TestDepartmentOfACounty(t *testing.T) {
	county := unitOf(t, "340223")
	for _, name := range []string{"民政局", " 南陵县 民政局"} {
		d := work.Department(county, name)
		want := catalog.Unit{
			ID: "340223-mzj", Name: "南陵县民政局", Kind: catalog.DepartmentUnit, Division: "340223",
			County: "南陵县", City: "芜湖市", Parent: "340223",
		}
		if d != want {
			t.Errorf("Department(%q) = %+v, want %+v", name, d, want)
		}
	}
}

func TestDepartmentsKeepTheNamesOnTheirSeals(t *testing.T) {
	county := unitOf(t, "340223")
	for name, id := range map[string]catalog.UnitID{"国家税务总局南陵县税务局": "340223-swj", "芜湖市南陵县生态环境分局": "340223-sthjfj"} {
		if d := work.Department(county, name); d.Name != name || d.ID != id {
			t.Errorf("Department(%q) = %s, %s", name, d.ID, d.Name)
		}
	}
}

func TestStartMakesAFolderAndLeavesOthersAlone(t *testing.T) {
	town, o := unitOf(t, "340223100"), boltstore.Options{}
	drafts, err := work.NewDrafts(set, town, []catalog.SectorInfo{sector(t, "社会救助")}, nil, ids())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "目录通", "籍山镇")
	added, err := work.Start(ctx, dir, templates.Embedded(), town, drafts, o, "经办人", words.Chinese)
	if err != nil || len(added) != 1 || !added[0].Made || added[0].Entries == 0 {
		t.Fatalf("Start = %+v, %v", added, err)
	}
	if added, err = work.Start(ctx, dir, templates.Embedded(), town, drafts, o, "经办人", words.Chinese); err != nil || added[0].Made {
		t.Errorf("a second Start = %+v, %v", added, err)
	}
	if _, err = work.Start(ctx, dir, templates.Embedded(), unitOf(t, "340223101"), drafts, o, "经办人", words.Chinese); !errors.Is(err, work.ErrOtherUnit) {
		t.Errorf("Start in another unit's folder gives %v", err)
	}
	blocked := filepath.Join(t.TempDir(), "new")
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err = work.Start(done, blocked, templates.Embedded(), town, drafts, o, "经办人", words.Chinese); err == nil {
		t.Error("Start takes a context that is done")
	}
	if _, err := os.Stat(blocked); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a Start that failed leaves its folder: %v", err)
	}
	s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	heads, err := s.Heads(ctx)
	if err != nil || len(heads) != 1 || heads[0].EditedBy != "经办人" || heads[0].Entries != added[0].Entries {
		t.Errorf("the store has %+v, %v", heads, err)
	}
}

func TestExportNamesFilesAndLeavesTheDraftsAlone(t *testing.T) {
	dir := t.TempDir()
	cs := []catalog.Catalog{{Unit: catalog.Unit{Name: `籍山/镇`}, Sector: "social-assistance"}}
	files := work.ExportFiles(set, dir, work.XLSX, cs)
	if got, want := filepath.Base(files[0].Path), "籍山_镇社会救助领域基层政务公开标准目录.xlsx"; got != want {
		t.Errorf("the file is %s, want %s", got, want)
	}
	write := func(w io.Writer, cs []catalog.Catalog) error {
		return work.XLSX.Write(w, cs, work.WriteOptions(set, "", "", "2026-11-22"))
	}
	var steps []int
	step := func(done, total int) { steps = append(steps, done*10+total) }
	for _, again := range []bool{false, true} {
		if err := work.Export(ctx, dir, files, write, step); err != nil || files[0].Replaced != again {
			t.Errorf("Export says %v, replaced %v", err, files[0].Replaced)
		}
	}
	if fmt.Sprint(steps) != "[1 11 1 11]" {
		t.Errorf("steps are %v", steps)
	}
	own := filepath.Join(dir, "drafts.db")
	if err := os.WriteFile(own, []byte("drafts"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := work.Export(ctx, dir, []work.ExportFile{{Path: own}}, write, step)
	if b, _ := os.ReadFile(own); !errors.Is(err, work.ErrOwnData) || string(b) != "drafts" {
		t.Errorf("Export over the drafts says %v, they hold %q", err, b)
	}
}

func TestBackupsComeBack(t *testing.T) {
	town := unitOf(t, "340223100")
	dir := filepath.Join(t.TempDir(), "d")
	if _, err := work.Start(ctx, dir, templates.Embedded(), town, nil, boltstore.Options{}, "经办人", words.Chinese); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	path := filepath.Join(work.BackupDir(dir), "a.mulubak")
	if err := work.BackupTo(ctx, s, dir, path); err != nil {
		t.Fatal(err)
	}
	var file *words.FileError
	if err := work.BackupTo(ctx, s, dir, path); !errors.Is(err, boltstore.ErrExists) || !errors.As(err, &file) || file.Path != path {
		t.Errorf("a second backup of that name gives %v", err)
	}
	to := filepath.Join(t.TempDir(), "new")
	if err := work.RestoreBackup(ctx, path, to); err != nil {
		t.Error(err)
	}
	if err := work.RestoreBackup(ctx, path, to); !errors.Is(err, boltstore.ErrExists) {
		t.Errorf("restoring over drafts gives %v", err)
	}
	bad := filepath.Join(t.TempDir(), "bad.mulubak")
	if err := os.WriteFile(bad, []byte("no backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(t.TempDir(), "gone")
	if err := work.RestoreBackup(ctx, bad, gone); !errors.Is(err, work.ErrBadBackup) {
		t.Errorf("restoring what is no backup gives %v", err)
	}
	if _, err := os.Stat(gone); !errors.Is(err, os.ErrNotExist) {
		t.Error("a failed restore leaves a folder")
	}
}

func TestPlacesLeadDownToTheUnit(t *testing.T) {
	var s work.Setup
	if found := s.Find("nljs", 5); len(found) == 0 || found[0].Code != "340223100" || fmt.Sprint(found[0].In) != "[安徽省 芜湖市 南陵县]" {
		t.Errorf("nljs finds %v", found)
	}
	if n := len(s.Below("")); n < 31 {
		t.Errorf("there are %d provinces", n)
	}
	for _, p := range s.Below("31") { // a municipality has its districts, not 市辖区
		if len(p.Code) != 6 {
			t.Errorf("below Shanghai is %v", p)
		}
	}
	if got := s.Above("310115"); len(got) != 2 || got[1].Name != "浦东新区" {
		t.Errorf("above 310115 are %v", got)
	}
}

func TestADepartmentIsOfferedItsSectors(t *testing.T) {
	var s work.Setup
	county := unitOf(t, "340223")
	names := s.Departments(county)
	if len(names) < 15 || names[0] != "南陵县人力资源和社会保障局" {
		t.Errorf("the departments are %v", names)
	}
	suits := ""
	for _, o := range s.Offer(s.Department(county, "民政局")) {
		if o.Suits {
			suits += string(o.Slug) + " "
		}
		if o.Entries == 0 {
			t.Errorf("%s has no entry for a county", o.Slug)
		}
	}
	if suits != "budget social-assistance elderly-care " {
		t.Errorf("民政局 is offered %s", suits)
	}
}

func TestMakeMakesWhatWasChosen(t *testing.T) {
	var s work.Setup
	dir := filepath.Join(t.TempDir(), "d")
	w := work.Wish{Unit: unitOf(t, "340223100"), Dir: dir, Person: "经办人"}
	if _, err := s.Make(ctx, w); !errors.Is(err, work.ErrNoSectors) {
		t.Errorf("nothing chosen gives %v", err)
	}
	w.Unused = map[catalog.Sector]string{"education": "镇内没有学校"}
	w.Sectors = []catalog.Sector{"social-assistance"}
	added, err := s.Make(ctx, w)
	if err != nil || len(added) != 2 || added[1].Unused == "" || added[0].Entries == 0 {
		t.Errorf("Make = %+v, %v", added, err)
	}
	if u, err := s.Look(dir); err != nil || u != w.Unit {
		t.Errorf("Look = %v, %v", u, err)
	}
	if _, err := s.Look(t.TempDir()); !errors.Is(err, boltstore.ErrNoStore) {
		t.Errorf("Look into an empty folder = %v", err)
	}
}
