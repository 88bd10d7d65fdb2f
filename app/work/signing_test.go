package work

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// office is a desk whose catalogs are fresh from the templates: social assistance
// and taxes have nothing wrong, education does not occur.
func office(t *testing.T) *Desk {
	t.Helper()
	set := templates.Embedded()
	unit, err := UnitOf("340223100")
	if err != nil {
		t.Fatal(err)
	}
	clock := &handClock{t: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	o := Options{Store: boltstore.Options{Now: func() time.Time { clock.add(time.Second); return clock.now() }}, Person: "经办人"}
	d, err := Create(filepath.Join(t.TempDir(), "drafts"), unit, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Discard() })
	var chosen []catalog.SectorInfo
	for _, s := range []string{"social-assistance", "tax"} {
		info, ok := set.Sector(s)
		if !ok {
			t.Fatalf("no sector %s", s)
		}
		chosen = append(chosen, info)
	}
	cs, err := NewDrafts(set, unit, chosen, map[catalog.Sector]string{"education": "镇内没有学校"}, d.NewID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Edit(ctx(), "新建", func(tx *boltstore.Tx) error {
		for _, c := range cs {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ctx() context.Context { return context.Background() }

func state(t *testing.T, d *Desk, s catalog.Sector) SectorState {
	t.Helper()
	all, err := d.SectorStates(ctx())
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range all {
		if st.Info.Slug == s {
			return st
		}
	}
	t.Fatalf("no state of %s in %+v", s, all)
	return SectorState{}
}

var (
	leader  = catalog.Approval{By: "张三", At: "2026-03-02", Opinion: "同意报送。"}
	secrecy = catalog.Approval{By: "李四", At: "2026-03-01", Opinion: "不涉密。"}
)

func sign(t *testing.T, d *Desk, sectors ...catalog.Sector) {
	t.Helper()
	var seen []SignedOff
	for _, s := range sectors {
		seen = append(seen, SignedOff{s, state(t, d, s).Revision})
	}
	if err := d.Sign(ctx(), seen, leader, secrecy); err != nil {
		t.Fatal(err)
	}
}

func TestStatesStandInTheUsualOrder(t *testing.T) {
	d := office(t)
	all, err := d.SectorStates(ctx())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range all {
		got = append(got, string(s.Info.Slug))
	}
	if want := []string{"tax", "social-assistance", "education"}; !slices.Equal(got, want) {
		t.Errorf("sectors are %v, want %v", got, want)
	}
	if s := state(t, d, "education"); s.NotApplicable != "镇内没有学校" || !s.Clean() {
		t.Errorf("education is %+v", s)
	}
	if s := state(t, d, "tax"); s.Entries == 0 || s.Signed || s.Stale() {
		t.Errorf("tax is %+v", s)
	}
}

func TestASignOffHoldsForWhatWasApproved(t *testing.T) {
	d := office(t)
	sign(t, d, "tax", "social-assistance", "education")
	for _, s := range []catalog.Sector{"tax", "social-assistance", "education"} {
		st := state(t, d, s)
		if !st.Signed || st.Stale() || st.SignOff.Leader != leader || st.SignOff.Secrecy != secrecy {
			t.Errorf("%s after signing is %+v", s, st)
		}
	}
	dr := open(t, d, "tax")
	if !dr.Catalog().Signed() {
		t.Error("a draft opened does not know that it is signed")
	}
	typed(t, dr, 0, "改过的内容")
	if st := state(t, d, "tax"); st.Signed || !st.Stale() {
		t.Errorf("after an edit tax is %+v, want stale", st)
	}
	if _, err := d.Undo(ctx()); err != nil {
		t.Fatal(err)
	}
	if st := state(t, d, "tax"); !st.Signed || st.Stale() {
		t.Errorf("with the edit taken back tax is %+v, want signed", st)
	}
	if st := state(t, d, "social-assistance"); !st.Signed {
		t.Error("an edit of one sector made another's sign-off stale")
	}
	if err := d.Unsign(ctx(), []catalog.Sector{"social-assistance"}); err != nil {
		t.Fatal(err)
	}
	if st := state(t, d, "social-assistance"); st.SignOff != nil || st.Signed {
		t.Errorf("withdrawn, it is %+v", st)
	}
	if _, err := d.Undo(ctx()); err != nil {
		t.Fatal(err)
	}
	if st := state(t, d, "social-assistance"); !st.Signed {
		t.Error("undoing the withdrawal does not bring the sign-off back")
	}
}

func TestSigningRefuses(t *testing.T) {
	d := office(t)
	tax := state(t, d, "tax")
	if err := d.Sign(ctx(), []SignedOff{{"tax", tax.Revision}}, leader, catalog.Approval{By: "  ", At: "2026-03-02"}); !errors.Is(err, ErrApproval) {
		t.Errorf("without a reviewer: %v, want ErrApproval", err)
	}
	dr := open(t, d, "tax")
	typed(t, dr, 0, "甲")
	if err := d.Sign(ctx(), []SignedOff{{"tax", tax.Revision}}, leader, secrecy); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("changed since it was seen: %v, want ErrConflict", err)
	}
	typed(t, dr, 0, "")
	if st := state(t, d, "tax"); st.Clean() {
		t.Fatal("an entry without content has no error")
	}
	seen := []SignedOff{{"social-assistance", state(t, d, "social-assistance").Revision}, {"tax", state(t, d, "tax").Revision}}
	if err := d.Sign(ctx(), seen, leader, secrecy); !errors.Is(err, ErrNotClean) {
		t.Errorf("with errors left: %v, want ErrNotClean", err)
	}
	if st := state(t, d, "social-assistance"); st.SignOff != nil {
		t.Error("a refused signing signed the first sector")
	}
}

func TestScansAreKeptBesideTheDrafts(t *testing.T) {
	d := office(t)
	from := filepath.Join(t.TempDir(), "扫描 001.JPG")
	if err := os.WriteFile(from, []byte("picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	both := []catalog.Sector{"tax", "social-assistance"}
	if err := d.AddScan(ctx(), both, from); !errors.Is(err, ErrUnsigned) {
		t.Errorf("before signing: %v, want ErrUnsigned", err)
	}
	sign(t, d, both...)
	for range 2 {
		if err := d.AddScan(ctx(), both, from); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range both {
		st := state(t, d, s)
		if len(st.Scans) != 2 || st.Scans[0].Revision != st.SignOff.Revision {
			t.Fatalf("%s has scans %+v, want two of revision %d", s, st.Scans, st.SignOff.Revision)
		}
		if b, err := os.ReadFile(st.Scans[1].Path); err != nil || string(b) != "picture" {
			t.Errorf("scan of %s holds %q (%v)", s, b, err)
		}
		if !strings.HasPrefix(st.Scans[0].Path, d.Dir()) {
			t.Errorf("scan is at %s, not in the data folder", st.Scans[0].Path)
		}
	}
	tax := state(t, d, "tax").Scans
	if err := d.RemoveScan(tax[0]); err != nil {
		t.Fatal(err)
	}
	if left := state(t, d, "tax").Scans; len(left) != 1 || left[0] != tax[1] {
		t.Errorf("after removing one, %+v are left", left)
	}
	if n := len(state(t, d, "social-assistance").Scans); n != 2 {
		t.Errorf("removing a scan of one sector left %d of the other's, want 2", n)
	}
	if err := d.RemoveScan(Scan{Path: from}); err == nil {
		t.Error("a file that is no scan of ours was removed")
	}
	text := filepath.Join(t.TempDir(), "说明.docx")
	if err := os.WriteFile(text, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := d.AddScan(ctx(), both, text); !errors.Is(err, ErrNoScan) {
		t.Errorf("a document as scan: %v, want ErrNoScan", err)
	}
	if err := d.AddScan(ctx(), both, filepath.Join(t.TempDir(), "none.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file as scan: %v, want ErrNotExist", err)
	}
}

func TestFormNamesWhatWasApproved(t *testing.T) {
	d := office(t)
	before, err := d.chosen(ctx(), []catalog.Sector{"tax"})
	if err != nil {
		t.Fatal(err)
	}
	sign(t, d, "tax")
	after, err := d.chosen(ctx(), []catalog.Sector{"tax"})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := d.summary(&before[0]), d.summary(&after[0]); a.Revision != b.Revision || a.Entries != b.Entries || a.Entries == 0 {
		t.Errorf("the form says %+v before signing and %+v after", a, b)
	}
	folder := t.TempDir()
	path, err := d.SignForm(ctx(), []catalog.Sector{"tax", "education"}, folder)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Errorf("form at %s: %v", path, err)
	}
	if filepath.Base(path) != "籍山镇签发单（2个领域）.pdf" {
		t.Errorf("form is called %s", filepath.Base(path))
	}
}

func TestFormGivesReasons(t *testing.T) {
	d := office(t)
	dr := open(t, d, "social-assistance")
	gone := dr.Catalog().Entries[0]
	err := dr.Change("删去", func(c *catalog.Catalog) error {
		c.Entries = c.Entries[1:]
		c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{gone.Template: {Reason: "由县民政局公开"}}
		c.Reasons = []catalog.Reason{{Rule: "timelimit.vague", Entry: c.Entries[0].ID, Field: catalog.FieldTimeLimit, Reason: "县里这样要求"}}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := d.summary(dr.Catalog())
	if len(s.Omitted) != 1 || s.Omitted[0].Reason != "由县民政局公开" || !strings.Contains(s.Omitted[0].About, gone.Path[len(gone.Path)-1]) {
		t.Errorf("omitted is %+v", s.Omitted)
	}
	if len(s.Reasons) != 1 || s.Reasons[0].Reason != "县里这样要求" || !strings.Contains(s.Reasons[0].About, dr.Catalog().Entries[0].Path[0]) {
		t.Errorf("reasons are %+v", s.Reasons)
	}
}

func request(folder string, f Format) ExportRequest {
	return ExportRequest{Sectors: []catalog.Sector{"tax", "education"}, Format: f, Folder: folder, Layout: sheet.National, Paper: sheet.A4}
}

func TestExportPlansWritesAndGoesOn(t *testing.T) {
	d := office(t)
	folder := filepath.Join(t.TempDir(), "送审")
	p, err := d.PlanExport(ctx(), request(folder, XLSX))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Files) != 2 || len(p.Existing()) != 0 {
		t.Fatalf("plan is %+v", p)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Error("planning has made the folder")
	}
	// The second is open in WPS: the first is written, and the plan goes on.
	lock := filepath.Join(folder, "~$"+filepath.Base(p.Files[1].Path))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{p.Files[1].Path, lock} {
		if err := os.WriteFile(f, []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Existing(); !slices.Equal(got, []string{p.Files[1].Path}) {
		t.Errorf("existing are %v", got)
	}
	var steps []int
	step := func(done, total int) { steps = append(steps, done, total) }
	if err := d.Export(ctx(), p, step); !errors.Is(err, atomicfile.ErrBusy) || p.Written != 1 {
		t.Fatalf("with the second open: %v, %d written; want ErrBusy, 1", err, p.Written)
	}
	want := strings.TrimSuffix(p.Files[1].Path, ".xlsx") + "（2）.xlsx"
	if got := p.Rename(); got != want {
		t.Errorf("renamed to %s, want %s", got, want)
	}
	if err := d.Export(ctx(), p, step); err != nil || p.Written != 2 {
		t.Fatalf("going on: %v, %d written", err, p.Written)
	}
	if b, err := os.ReadFile(p.Files[1].Path); err != nil || !bytes.HasPrefix(b, []byte("PK")) {
		t.Errorf("second file: %v", err)
	}
	if !slices.Equal(steps, []int{0, 2, 1, 2, 1, 2, 2, 2}) {
		t.Errorf("steps are %v", steps)
	}
}

func TestOneFileHoldsAllSectors(t *testing.T) {
	d := office(t)
	folder := t.TempDir()
	for _, f := range Formats() {
		r := request(folder, f)
		r.OneFile = true
		p, err := d.PlanExport(ctx(), r)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Export(ctx(), p, func(int, int) {}); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		want := filepath.Join(folder, "籍山镇基层政务公开标准目录（2个领域）."+string(f))
		if info, err := os.Stat(want); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
	}
	r := request(folder, PDF)
	r.OneFile, r.Sectors = true, r.Sectors[:1]
	if p, err := d.PlanExport(ctx(), r); err != nil || filepath.Base(p.Files[0].Path) != "籍山镇税收管理领域基层政务公开标准目录.pdf" {
		t.Errorf("a single sector's file: %+v, %v", p, err)
	}
}

func TestCancelledExportSaysWhatIsWritten(t *testing.T) {
	d := office(t)
	p, err := d.PlanExport(ctx(), request(t.TempDir(), JSON))
	if err != nil {
		t.Fatal(err)
	}
	c, cancel := context.WithCancel(ctx())
	err = d.Export(c, p, func(done, _ int) {
		if done == 1 {
			cancel()
		}
	})
	if !errors.Is(err, ErrPartly) || p.Written != 1 {
		t.Errorf("cancelled after one: %v, %d written; want ErrPartly, 1", err, p.Written)
	}
	if _, err := os.Stat(p.Files[1].Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the second file: %v, want none", err)
	}
}

func TestPreviewLeavesOneThatIsOpen(t *testing.T) {
	d := office(t)
	folder := t.TempDir()
	first, err := d.Preview(ctx(), request("", XLSX), folder)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Preview(ctx(), request("", XLSX), folder)
	if err != nil || again != first {
		t.Errorf("again at %s (%v), want %s", again, err, first)
	}
	if err := os.WriteFile(filepath.Join(folder, ".~lock."+filepath.Base(first)+"#"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	third, err := d.Preview(ctx(), request("", XLSX), folder)
	if err != nil || third == first || !strings.HasSuffix(third, "（2）.pdf") {
		t.Errorf("while it is open: %s (%v)", third, err)
	}
}

func TestExportOfASectorThatIsGoneFails(t *testing.T) {
	d := office(t)
	r := request(t.TempDir(), XLSX)
	r.Sectors = append(r.Sectors, "culture")
	if _, err := d.PlanExport(ctx(), r); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}
