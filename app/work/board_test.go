package work_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// board is a desk of a township with drafts of a few sectors.
func board(t *testing.T) (*work.Desk, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "d")
	s := work.Setup{Store: boltstore.Options{Now: clock("2026-11-22")}}
	_, err := s.Make(ctx, work.Wish{
		Unit: unitOf(t, "340223100"), Dir: dir, Person: "经办人",
		Sectors: []catalog.Sector{"tax", "social-assistance", "elderly-care"},
		Unused:  map[catalog.Sector]string{"education": "镇内没有学校"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return reopen(t, dir), dir
}

func reopen(t *testing.T, dir string) *work.Desk {
	t.Helper()
	d, err := work.Open(dir, work.Options{Store: boltstore.Options{Now: clock("2026-11-22")}, Person: "经办人"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Discard() })
	return d
}

func clock(day string) func() time.Time {
	at, _ := time.Parse(time.DateOnly, day)
	return func() time.Time { return at.Add(9 * time.Hour) }
}

func lines(t *testing.T, d *work.Desk, r work.Reviews) map[catalog.Sector]work.Line {
	t.Helper()
	all, err := d.Board(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[catalog.Sector]work.Line{}
	for i, l := range all {
		if i > 0 && all[i-1].Info.No > l.Info.No {
			t.Errorf("%s comes after %s", l.Info.Slug, all[i-1].Info.Slug)
		}
		out[l.Info.Slug] = l
	}
	return out
}

func count(t *testing.T, d *work.Desk, ss ...catalog.Sector) {
	t.Helper()
	for _, s := range ss {
		if _, err := d.Count(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
}

type reviews map[catalog.Sector]work.State

func (r reviews) States(context.Context) (map[catalog.Sector]work.State, error) { return r, nil }

func TestBoardSaysHowFarEachSectorIs(t *testing.T) {
	d, dir := board(t)
	tax := lines(t, d, nil)["tax"]
	if tax.State != work.StateDraft || !tax.Untouched || tax.Counts != nil || tax.Head.Entries == 0 || tax.Head.EditedBy != "经办人" {
		t.Errorf("a fresh draft is %+v", tax)
	}
	if l := lines(t, d, nil)["education"]; l.State != work.StateNotApplicable || !l.Unused() {
		t.Errorf("what does not occur is %+v", l)
	}
	d.Looked("elderly-care")
	if all := lines(t, d, nil); all["elderly-care"].Untouched || !all["tax"].Untouched {
		t.Error("only what was opened is looked at")
	}
	dr, err := d.Draft(ctx, "tax")
	if err != nil {
		t.Fatal(err)
	}
	if err := dr.Type(dr.Catalog().Entries[0].ID, catalog.FieldContent, ""); err != nil {
		t.Fatal(err)
	}
	count(t, d, "tax", "social-assistance")
	all := lines(t, d, nil)
	tax = all["tax"]
	if tax.Untouched || tax.Counts == nil || tax.Counts.Errors != 1 || tax.Counts.Clean != tax.Head.Entries-1 {
		t.Errorf("with an empty field, it is %+v, %+v", tax, tax.Counts)
	}
	if c := all["social-assistance"].Counts; c == nil || c.Errors != 0 || all["elderly-care"].Counts != nil {
		t.Errorf("the others have %+v, %+v", c, all["elderly-care"].Counts)
	}
	if err := d.Close(ctx); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, dir)
	if got := lines(t, d, nil)["tax"].Counts; got == nil || *got != *tax.Counts {
		t.Errorf("the next start remembers %+v, want %+v", got, tax.Counts)
	}
	if lines(t, d, nil)["elderly-care"].Untouched {
		t.Error("the next start forgets what was looked at")
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := lines(t, d, nil)["tax"].Counts; got != nil {
		t.Errorf("counts of another revision are shown: %+v", got)
	}
	r := reviews{"tax": work.StateReturned, "elderly-care": work.StateApproved, "education": work.StateSubmitted}
	all = lines(t, d, r)
	if all["tax"].State != work.StateReturned || all["elderly-care"].State != work.StateApproved || all["education"].State != work.StateNotApplicable {
		t.Errorf("with the reviewers' word they are %+v", all)
	}
}

func TestCountsAreOfTheRevisionTheyName(t *testing.T) {
	l := work.Line{Head: catalog.Head{Revision: 3}, State: work.StateReady}
	if got := l.Counted(work.Counts{Revision: 2, Errors: 1}); got.Counts != nil || got.State != work.StateReady {
		t.Errorf("counts of revision 2 make revision 3 %+v", got)
	}
	if got := l.Counted(work.Counts{Revision: 3, Errors: 1}); got.Counts == nil || got.State != work.StateDraft {
		t.Errorf("signed off with an error, it is %+v", got)
	}
	l.State = work.StateReturned
	if got := l.Counted(work.Counts{Revision: 3}); got.State != work.StateReturned {
		t.Errorf("counted, what was returned is %s", got.State)
	}
}

func TestSectorsAreAddedLeftOutAndBroughtBack(t *testing.T) {
	d, _ := board(t)
	if err := d.SetUnused(ctx, "tax", " "); !errors.Is(err, work.ErrNoReason) {
		t.Errorf("left out without a reason: %v", err)
	}
	if err := d.SetUnused(ctx, "tax", "由县级部门统一编制"); err != nil {
		t.Fatal(err)
	}
	if err := d.BringBack(ctx, "education"); err != nil { // it never had entries
		t.Fatal(err)
	}
	all := lines(t, d, nil)
	if l := all["education"]; l.State != work.StateDraft || l.Head.Entries == 0 || l.Head.TemplateVersion == "" {
		t.Errorf("brought back, it is %+v", l)
	}
	before := all["tax"].Head.Entries
	if err := d.BringBack(ctx, "tax"); err != nil {
		t.Fatal(err)
	}
	if l := lines(t, d, nil)["tax"]; l.Unused() || l.Head.Entries != before || before == 0 {
		t.Errorf("brought back with what it had, it is %+v", l)
	}
	addable, err := d.Addable(ctx)
	if err != nil || len(addable) != 28 {
		t.Errorf("%d sectors can be added, %v", len(addable), err)
	}
	if err := d.AddSectors(ctx, []catalog.Sector{"veterans", "budget"}); err != nil {
		t.Fatal(err)
	}
	if all := lines(t, d, nil); all["veterans"].Head.Entries == 0 || all["budget"].Head.Entries == 0 {
		t.Error("sectors that were added have no entries")
	}
	if step, err := d.Undo(ctx); err != nil || step.Label != "加入领域：退役军人、财政预决算" {
		t.Errorf("Undo takes back %q, %v", step.Label, err)
	}
	if err := d.AddSectors(ctx, nil); !errors.Is(err, work.ErrNoSectors) {
		t.Errorf("adding none: %v", err)
	}
}

func TestDueOnAWorkingDay(t *testing.T) {
	d, _ := board(t)
	if got, want := d.Due(0), (work.Due{Date: "2026-11-30", Days: 8, Sure: true}); got != want {
		t.Errorf("Due = %+v, want %+v", got, want)
	}
	if got, want := d.Due(31), (work.Due{Date: "2026-11-30", Days: 8, Sure: true}); got != want {
		t.Errorf("Due on the 31st = %+v, want %+v", got, want)
	}
	late := work.New(fakeStore{}, "", work.Options{Store: boltstore.Options{Now: clock("2027-01-31")}})
	if got, want := late.Due(0), (work.Due{Date: "2027-02-28", Days: 28}); got != want {
		t.Errorf("without that year's calendar Due = %+v, want %+v", got, want)
	}
}

// fakeStore is never asked.
type fakeStore struct{ work.Store }

func (fakeStore) CanUndo() bool { return false }
func (fakeStore) CanRedo() bool { return false }

func (fakeStore) Kept(context.Context, string) ([]byte, error) { return nil, catalog.ErrNotFound }

func TestNextIsTheMostPressing(t *testing.T) {
	at := clock("2026-11-20")()
	line := func(no int, s work.State, errs int, untouched bool) work.Line {
		return work.Line{
			Info: catalog.SectorInfo{No: no, Slug: catalog.Sector(rune('a' + no))}, State: s, Untouched: untouched,
			Head: catalog.Head{Entries: 10, EditedAt: at.Add(time.Duration(no%2) * time.Hour)}, Counts: &work.Counts{Errors: errs},
		}
	}
	uncounted := line(8, work.StateDraft, 0, false)
	uncounted.Counts = nil
	unused := work.Line{Head: catalog.Head{NotApplicable: &catalog.NotApplicable{Reason: "无"}}, State: work.StateNotApplicable}
	ready, away := line(1, work.StateReady, 0, false), line(2, work.StateSubmitted, 0, false)
	clean, fresh := line(3, work.StateDraft, 0, false), line(4, work.StateDraft, 0, true)
	wrong, wronger, back := line(5, work.StateDraft, 2, false), line(6, work.StateDraft, 9, false), line(7, work.StateReturned, 1, false)
	for _, tt := range []struct {
		name  string
		lines []work.Line
		kind  work.NextKind
		no, n int
	}{
		{"nothing there", []work.Line{unused}, work.NextAdd, 0, 0},
		{"all away", []work.Line{unused, away}, work.NextWait, 0, 1},
		{"signed off", []work.Line{ready, away}, work.NextExport, 0, 1},
		{"clean", []work.Line{ready, clean, clean}, work.NextSign, 0, 2},
		{"never looked at", []work.Line{clean, fresh}, work.NextUntouched, 4, 10},
		{"not counted yet", []work.Line{clean, fresh, uncounted}, work.NextCount, 0, 1},
		{"errors where somebody was last", []work.Line{wronger, uncounted, wrong, fresh}, work.NextErrors, 5, 2},
		{"returned", []work.Line{wrong, back}, work.NextReturned, 7, 0},
	} {
		if got := work.NextOf(tt.lines); got.Kind != tt.kind || got.Sector.No != tt.no || got.N != tt.n {
			t.Errorf("%s: next is %+v", tt.name, got)
		}
	}
}

// TestBoardOfManyEntriesReadsNone times nothing: it counts what is read.
func TestBoardOfManyEntriesReadsNone(t *testing.T) {
	s := &countingStore{}
	d := work.New(s, t.TempDir(), work.Options{})
	t.Cleanup(func() { _ = d.Discard() })
	if ls, err := d.Board(ctx, nil); err != nil || len(ls) != 1 || ls[0].Head.Entries != 10000 {
		t.Errorf("Board = %v, %v", ls, err)
	}
	if s.catalogs > 0 {
		t.Errorf("Board reads %d catalogs", s.catalogs)
	}
}

type countingStore struct {
	fakeStore
	catalogs int
}

func (s *countingStore) Heads(context.Context) ([]catalog.Head, error) {
	return []catalog.Head{{Sector: "tax", Revision: 1, Entries: 10000}}, nil
}

func (s *countingStore) Catalog(context.Context, catalog.Sector) (catalog.Catalog, error) {
	s.catalogs++
	return catalog.Catalog{}, nil
}

func (s *countingStore) Close() error { return nil }
