package work

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/check"
)

// faultyStore is a store on a disk that can be slow or fail.
type faultyStore struct {
	*boltstore.Store
	mu    sync.Mutex
	err   error         // of every edit
	slow  chan struct{} // each edit waits until it can read from it
	edits int           // that were made
}

func (s *faultyStore) Edit(ctx context.Context, info boltstore.EditInfo, fn func(*boltstore.Tx) error) (catalog.Edit, error) {
	s.mu.Lock()
	err, slow := s.err, s.slow
	s.mu.Unlock()
	if slow != nil {
		<-slow
	}
	if err != nil {
		return catalog.Edit{}, err
	}
	e, err := s.Store.Edit(ctx, info, fn)
	if err == nil && e.Seq != 0 {
		s.mu.Lock()
		s.edits++
		s.mu.Unlock()
	}
	return e, err
}

func (s *faultyStore) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

func (s *faultyStore) made() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.edits
}

// handClock is a clock that a test sets.
type handClock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *handClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *handClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// newDesk is a desk with one catalog of n entries, which does nothing by itself
// for a long time but what is due.
func newDesk(t testing.TB, n int, o Options) (*Desk, *faultyStore, *Draft) {
	t.Helper()
	bolt, err := boltstore.Create(t.TempDir(), catalogtest.Unit(), o.Store)
	if err != nil {
		t.Fatal(err)
	}
	c := catalog.Catalog{Unit: catalogtest.Unit(), Sector: "social-assistance"}
	for _, e := range catalogtest.Entries(1, n) {
		e.Sector = c.Sector
		c.Entries = append(c.Entries, e)
	}
	if _, err := bolt.Edit(context.Background(), boltstore.EditInfo{Label: "新建"}, func(tx *boltstore.Tx) error { return tx.PutCatalog(c) }); err != nil {
		t.Fatal(err)
	}
	s := &faultyStore{Store: bolt}
	d := New(s, t.TempDir(), o)
	t.Cleanup(func() { _ = d.Discard() })
	return d, s, open(t, d, c.Sector)
}

func open(t testing.TB, d *Desk, s catalog.Sector) *Draft {
	t.Helper()
	dr, err := d.Draft(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return dr
}

func flush(t testing.TB, d *Desk) {
	t.Helper()
	if err := d.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func typed(t testing.TB, d *Draft, i int, text string) {
	t.Helper()
	if err := d.Type(d.Catalog().Entries[i].ID, catalog.FieldContent, text); err != nil {
		t.Fatal(err)
	}
}

// until waits for something that other goroutines bring about.
func until(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("still not: %s", what)
		}
	}
}

// asOnDisk fails the test unless memory and store hold the same catalog.
func asOnDisk(t testing.TB, d *Draft) {
	t.Helper()
	flush(t, d.desk)
	stored, err := d.desk.inUse().Catalog(context.Background(), d.info.Slug)
	if err != nil {
		t.Fatal(err)
	}
	c := d.Catalog()
	sameCatalog(t, "the catalog in memory", c, &stored)
	if c.Revision != stored.Revision {
		t.Errorf("revision %d in memory, %d in the store", c.Revision, stored.Revision)
	}
}

func TestTypingIsInMemoryAtOnceAndOnDiskWithinASecond(t *testing.T) {
	d, s, dr := newDesk(t, 5, Options{})
	was := dr.Catalog()
	before := was.Entries[2].Content
	for _, text := range []string{"受", "受理", "受理条件"} {
		typed(t, dr, 2, text)
	}
	if got := dr.Catalog().Entries[2].Content; got != "受理条件" {
		t.Errorf("content in memory is %q", got)
	}
	if was.Entries[2].Content != before {
		t.Error("the catalog that was given out has changed")
	}
	if st := dr.Saved(); st.Status != Saving {
		t.Errorf("right after typing the state is %v, want saving", st)
	}
	start := time.Now()
	until(t, "saved", func() bool { return dr.Saved().Status == Saved })
	if took := time.Since(start); took > 5*time.Second { // a second, on a machine that has something else to do
		t.Errorf("saved after %v", took)
	}
	if s.made() != 1 {
		t.Errorf("%d edits for one stretch of typing, want 1", s.made())
	}
	asOnDisk(t, dr)
	d.Retry() // with nothing to do
}

func TestOneStretchOfTypingIsOneStepOfUndo(t *testing.T) {
	ctx := context.Background()
	d, _, dr := newDesk(t, 5, Options{TypingWait: time.Millisecond})
	was := dr.Catalog().Entries[1].Content
	for _, text := range []string{"申请", "申请材料", "申请材料、办理流程"} {
		typed(t, dr, 1, text)
		flush(t, d) // each on disk by itself
	}
	dr.EndTyping()
	typed(t, dr, 1, "申请材料、办理流程、联系方式")
	for _, want := range []string{"申请材料、办理流程", was} {
		step, err := d.Undo(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := dr.Catalog().Entries[1]; got.Content != want || step.Entry != got.ID || step.Field != catalog.FieldContent || step.Sector != dr.info.Slug {
			t.Errorf("undo leads to %q at %+v, want %q", got.Content, step, want)
		}
		asOnDisk(t, dr)
	}
	if !d.CanRedo() {
		t.Error("nothing to redo after an undo")
	}
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dr.Catalog().Entries[1].Content; got != "申请材料、办理流程" {
		t.Errorf("redo leads to %q", got)
	}
}

func TestUndoStopsBeforeTheFirstCatalogs(t *testing.T) {
	d, _, dr := newDesk(t, 3, Options{})
	typed(t, dr, 0, "甲")
	if _, err := d.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(context.Background()); !errors.Is(err, boltstore.ErrNothingToUndo) {
		t.Errorf("undo of the first catalog: %v", err)
	}
	if d.CanUndo() {
		t.Error("there is something to undo still")
	}
	asOnDisk(t, dr)
	typed(t, dr, 0, "乙")
	if !d.CanUndo() {
		t.Error("typing cannot be undone")
	}
	asOnDisk(t, dr)
}

func TestAWholeCatalogIsChangedInOneStep(t *testing.T) {
	d, s, dr := newDesk(t, 30, Options{})
	was := dr.Catalog()
	err := dr.Change("整理", func(c *catalog.Catalog) error {
		c.Entries[0].Path[0] = "改了名"
		c.Entries = append(c.Entries[5:], c.Entries[:3]...)
		c.Entries = append(c.Entries, catalog.Entry{Path: []string{"新增"}})
		c.Note = "备注"
		c.Unit.Name, c.Sector = "别处", "education"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if was.Entries[0].Path[0] == "改了名" {
		t.Error("the catalog that was given out has changed")
	}
	c := dr.Catalog()
	if last := c.Entries[len(c.Entries)-1]; last.ID == "" || last.Sector != dr.info.Slug || c.Unit != was.Unit || c.Sector != was.Sector {
		t.Errorf("new entry %+v in the catalog of %v, %s", last, c.Unit, c.Sector)
	}
	asOnDisk(t, dr)
	if s.made() != 1 {
		t.Errorf("%d edits, want 1", s.made())
	}
	if err := dr.Change("失败", func(c *catalog.Catalog) error { c.Note = ""; return errors.New("no") }); err == nil {
		t.Error("a change that fails is made")
	}
	if err := dr.Change("重复", func(c *catalog.Catalog) error { c.Entries = append(c.Entries, c.Entries[0]); return nil }); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("an entry twice: %v", err)
	}
	if err := dr.Change("没有改动", func(*catalog.Catalog) error { return nil }); err != nil {
		t.Error(err)
	}
	if dr.Catalog().Note != "备注" || dr.Saved().Status != Saved {
		t.Error("a change that failed has done something")
	}
	if _, err := d.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	sameCatalog(t, "the catalog after undo", dr.Catalog(), was)
}

// TestAFailingStoreLosesNothing: it is full, then read-only; typing goes on, and
// when there is room again everything is saved in order.
func TestAFailingStoreLosesNothing(t *testing.T) {
	ctx := context.Background()
	d, s, dr := newDesk(t, 5, Options{TypingWait: time.Millisecond, Retry: time.Hour})
	for _, failure := range []error{boltstore.ErrDiskFull, boltstore.ErrReadOnly, errors.New("input/output error")} {
		s.fail(fmt.Errorf("edit: %w", failure))
		typed(t, dr, 0, failure.Error())
		until(t, "failed", func() bool { return dr.Saved().Status == SaveFailed })
		if !errors.Is(dr.Saved().Err, failure) {
			t.Errorf("state says %v, want %v", dr.Saved().Err, failure)
		}
		typed(t, dr, 1, failure.Error()+"2")
		if err := dr.Change("备注", func(c *catalog.Catalog) error { c.Note = failure.Error(); return nil }); err != nil {
			t.Fatal(err)
		}
		if err := d.Flush(ctx); !errors.Is(err, failure) {
			t.Errorf("flush says %v, want %v", err, failure)
		}
		if _, err := d.Undo(ctx); !errors.Is(err, failure) {
			t.Errorf("undo says %v, want %v", err, failure)
		}
		if err := d.Close(ctx); !errors.Is(err, failure) {
			t.Errorf("close says %v, want %v", err, failure)
		}
		if dr.Saved().Status != SaveFailed {
			t.Errorf("state is %v", dr.Saved())
		}
		c := dr.Catalog()
		if c.Entries[0].Content != failure.Error() || c.Entries[1].Content != failure.Error()+"2" || c.Note != failure.Error() {
			t.Error("something typed is not in memory")
		}
		s.fail(nil)
		d.Retry()
		until(t, "saved again", func() bool { return dr.Saved().Status == Saved })
		asOnDisk(t, dr)
	}
}

func TestAFailedSaveIsTriedAgainByItself(t *testing.T) {
	_, s, dr := newDesk(t, 2, Options{TypingWait: time.Millisecond, Retry: 20 * time.Millisecond})
	s.fail(boltstore.ErrDiskFull)
	typed(t, dr, 0, "写满了")
	until(t, "failed", func() bool { return dr.Saved().Status == SaveFailed })
	s.fail(nil)
	until(t, "saved", func() bool { return dr.Saved().Status == Saved })
	asOnDisk(t, dr)
}

// TestASlowStoreHoldsNothingUp: while an edit hangs, typing, changing and reading
// go on, flushing gives up in time, and what comes later is saved later.
func TestASlowStoreHoldsNothingUp(t *testing.T) {
	d, s, dr := newDesk(t, 5, Options{TypingWait: time.Millisecond})
	s.mu.Lock()
	s.slow = make(chan struct{})
	s.mu.Unlock()
	typed(t, dr, 0, "第一次")
	for i := range 50 {
		typed(t, dr, 0, fmt.Sprint("第", i, "次"))
	}
	if err := dr.Change("备注", func(c *catalog.Catalog) error { c.Note = "改"; return nil }); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := d.Flush(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("flush of a hanging disk: %v", err)
	}
	if dr.Saved().Status != Saving {
		t.Errorf("state is %v", dr.Saved())
	}
	close(s.slow)
	until(t, "saved", func() bool { return dr.Saved().Status == Saved })
	asOnDisk(t, dr)
	if c := dr.Catalog(); c.Entries[0].Content != "第49次" || c.Note != "改" {
		t.Errorf("saved is %q, %q", c.Entries[0].Content, c.Note)
	}
}

// slowUndo is a store whose undo waits.
type slowUndo struct {
	Store
	began, go_ chan struct{}
}

func (s *slowUndo) Undo(ctx context.Context, by string) (catalog.Edit, error) {
	close(s.began)
	<-s.go_
	return s.Store.Undo(ctx, by)
}

func TestTypingDuringAnUndoStays(t *testing.T) {
	d, s, dr := newDesk(t, 5, Options{TypingWait: time.Millisecond})
	was := dr.Catalog()
	if err := dr.Change("删去", func(c *catalog.Catalog) error { c.Entries = c.Entries[2:]; return nil }); err != nil {
		t.Fatal(err)
	}
	flush(t, d)
	slow := &slowUndo{s, make(chan struct{}), make(chan struct{})}
	d.mu.Lock()
	d.store = slow
	d.mu.Unlock()
	done := make(chan error)
	go func() {
		_, err := d.Undo(context.Background())
		done <- err
	}()
	<-slow.began
	typed(t, dr, 0, "撤销时输入")
	id := dr.Catalog().Entries[0].ID
	if err := dr.Change("备注", func(c *catalog.Catalog) error { c.Note = "同时"; return nil }); err != nil {
		t.Fatal(err)
	}
	close(slow.go_)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	c := dr.Catalog()
	if e, _ := c.Entry(id); len(c.Entries) != len(was.Entries) || e.Content != "撤销时输入" || c.Note != "同时" {
		t.Errorf("%d entries, content %q, note %q", len(c.Entries), e.Content, c.Note)
	}
	asOnDisk(t, dr)
}

// TestMemoryAndStoreComeTogetherAgain: a change that the store cannot place is
// made again on what the store has.
func TestMemoryAndStoreComeTogetherAgain(t *testing.T) {
	_, s, dr := newDesk(t, 5, Options{TypingWait: time.Hour})
	ids := orderOf(dr.Catalog())
	typed(t, dr, 3, "改了")
	// Behind the desk's back.
	if _, err := s.Store.Edit(context.Background(), boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.RemoveEntry(dr.info.Slug, ids[3]) }); err != nil {
		t.Fatal(err)
	}
	if err := dr.Change("排序", func(c *catalog.Catalog) error {
		c.Entries[0], c.Entries[1] = c.Entries[1], c.Entries[0]
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	asOnDisk(t, dr)
	if got := orderOf(dr.Catalog()); len(got) != 4 || got[0] != ids[1] {
		t.Errorf("order is %v of %v", got, ids)
	}
}

func TestASignOffIsOfTheCatalogItWasGivenFor(t *testing.T) {
	d, _, dr := newDesk(t, 3, Options{TypingWait: time.Hour})
	typed(t, dr, 0, "定稿")
	signed := &catalog.SignOff{Leader: catalog.Approval{By: "王芳", At: "2026-03-02", Opinion: "同意"}}
	if err := dr.Change("签发", func(c *catalog.Catalog) error { c.SignOff = signed; return nil }); err != nil {
		t.Fatal(err)
	}
	fresh := func() bool { c := dr.Catalog(); return c.SignOff != nil && c.SignOff.Revision == c.Revision }
	if !fresh() {
		t.Error("in memory the sign-off is not of the catalog")
	}
	asOnDisk(t, dr)
	if !fresh() {
		t.Error("once saved the sign-off is not of the catalog")
	}
	if c, err := d.inUse().Catalog(context.Background(), dr.info.Slug); err != nil || c.SignOff.Revision != c.Revision {
		t.Errorf("in the store it is of %+v, %v", c.SignOff, err)
	}
	typed(t, dr, 0, "又改")
	if fresh() {
		t.Error("the sign-off holds after another change")
	}
	asOnDisk(t, dr)
	if fresh() {
		t.Error("the sign-off holds after another change was saved")
	}
	if _, err := d.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	asOnDisk(t, dr)
}

func TestChangingSeveralSectorsIsOneStep(t *testing.T) {
	ctx := context.Background()
	d, _, dr := newDesk(t, 3, Options{})
	var made atomic.Bool
	stop := d.Listen(func(e Event) {
		if e.Kind == SectorsChanged {
			made.Store(true)
		}
	})
	_, err := d.Edit(ctx, "新建", func(tx *boltstore.Tx) error {
		return tx.PutCatalog(catalog.Catalog{Sector: "education", Entries: []catalog.Entry{{Path: []string{"招生"}}}})
	})
	if err != nil || !made.Load() {
		t.Fatalf("new catalog: %v; told: %v", err, made.Load())
	}
	stop()
	other := open(t, d, "education")
	typed(t, dr, 1, "先输入的")
	_, err = d.Change(ctx, "批量", []catalog.Sector{"education", dr.info.Slug}, func(c *catalog.Catalog) error {
		c.Entries[0].Publisher = "籍山镇人民政府"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*Draft{dr, other} {
		if got := x.Catalog().Entries[0].Publisher; got != "籍山镇人民政府" {
			t.Errorf("%s: publisher is %q", x.info.Slug, got)
		}
		asOnDisk(t, x)
	}
	step, err := d.Undo(ctx)
	if err != nil || step.Sector != "" || step.Label != "批量" {
		t.Errorf("undo: %+v, %v", step, err)
	}
	if got := other.Catalog().Entries[0].Publisher; got != "" || dr.Catalog().Entries[1].Content != "先输入的" {
		t.Errorf("after undo: %q", got)
	}
	// Back to before the new catalog was made.
	for range 2 {
		if _, err := d.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if !other.Gone() {
		t.Error("the catalog was taken back, its draft does not know")
	}
	if err := other.Change("晚了", func(c *catalog.Catalog) error { c.Note = "?"; return nil }); !errors.Is(err, boltstore.ErrClosed) {
		t.Errorf("changing a catalog that is gone: %v", err)
	}
	if drafts, err := d.Drafts(ctx); err != nil || len(drafts) != 1 || drafts[0] != dr {
		t.Errorf("drafts are %v, %v", drafts, err)
	}
}

func TestHistoryHoldsWhatWasTypedAndRestores(t *testing.T) {
	ctx := context.Background()
	clock := &handClock{t: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	d, _, dr := newDesk(t, 3, Options{TypingWait: time.Hour, Store: boltstore.Options{Now: clock.now}})
	d.SetPerson("经办人", 0)
	id := dr.Catalog().Entries[0].ID
	typed(t, dr, 0, "一")
	flush(t, d)
	then := clock.now()
	clock.add(time.Hour)
	typed(t, dr, 0, "二")
	edits, err := dr.History(ctx, id)
	if err != nil || len(edits) != 3 || edits[0].By != "经办人" {
		t.Fatalf("history is %+v, %v", edits, err)
	}
	if err := dr.RestoreEntry(ctx, id, then, "恢复"); err != nil {
		t.Fatal(err)
	}
	if e, _ := dr.Entry(id); e.Content != "一" {
		t.Errorf("restored is %q", e.Content)
	}
	asOnDisk(t, dr)
	if _, err := d.RestoreCatalog(ctx, dr.info.Slug, clock.now(), "恢复目录"); err != nil {
		t.Fatal(err)
	}
	asOnDisk(t, dr)
}

func TestFindingsAreOfTheLatestCatalog(t *testing.T) {
	_, _, dr := newDesk(t, 3, Options{TypingWait: time.Hour, CheckWait: time.Millisecond})
	current := func() bool { _, ok := dr.Findings(); return ok }
	until(t, "checked", current)
	typed(t, dr, 0, "")
	missing := func() bool {
		fs, ok := dr.Findings()
		for _, f := range fs {
			if f.Rule == "content.missing" && f.Index == 0 {
				return ok
			}
		}
		return false
	}
	until(t, "found that the content is missing", missing)
	fs, _ := dr.Findings()
	var f check.Finding
	for _, f = range fs {
		if f.Rule == "content.missing" {
			break
		}
	}
	if err := dr.SetReason(f, "本镇无此内容"); err != nil {
		t.Fatal(err)
	}
	answered := func(want string) func() bool {
		return func() bool {
			fs, ok := dr.Findings()
			for _, g := range fs {
				if g.Rule == f.Rule && g.Entry == f.Entry {
					return ok && g.Disputed == want
				}
			}
			return false
		}
	}
	until(t, "answered", answered("本镇无此内容"))
	if err := dr.SetReason(f, ""); err != nil {
		t.Fatal(err)
	}
	until(t, "taken back", answered(""))
	asOnDisk(t, dr)
}

// What is checked while typing goes on is a copy of its own, so that no key has to
// copy the catalog.
func TestFindingsFollowTypingWithoutHoldingTheCatalog(t *testing.T) {
	_, _, dr := newDesk(t, 100, Options{TypingWait: time.Hour, CheckWait: time.Millisecond})
	checked := func() {
		t.Helper()
		until(t, "checked", func() bool { _, ok := dr.Findings(); return ok })
		fs, _ := dr.Findings()
		if want := dr.desk.Checker().Catalog(dr.Catalog()); !slices.EqualFunc(fs, want, func(a, b check.Finding) bool { return a == b }) {
			t.Errorf("findings are %+v, want %+v", fs, want)
		}
	}
	until(t, "checked", func() bool { _, ok := dr.Findings(); return ok })
	if dr.shared {
		t.Error("checking a draft that was opened holds its catalog")
	}
	ids := orderOf(dr.Catalog())
	for round := range 4 {
		for i := range ids {
			if i%(round*round*round+1) == 0 { // all entries, then few
				if err := dr.Type(ids[i], catalog.FieldPublisher, strings.Repeat("相关部门", (i+round)%2)); err != nil {
					t.Fatal(err)
				}
			}
		}
		checked()
	}
	if err := dr.Change("倒过来", func(c *catalog.Catalog) error { slices.Reverse(c.Entries); return nil }); err != nil {
		t.Fatal(err)
	}
	checked()
	if err := dr.Type(ids[1], catalog.FieldPublisher, ""); err != nil {
		t.Fatal(err)
	}
	checked()
}

func TestAFieldThatCannotHoldATextKeepsItsOwn(t *testing.T) {
	_, _, dr := newDesk(t, 2, Options{})
	id := dr.Catalog().Entries[0].ID
	var wrong *catalog.FieldError
	if err := dr.Type(id, catalog.FieldMode, "随便"); !errors.As(err, &wrong) {
		t.Errorf("a mode that is none: %v", err)
	}
	if err := dr.Type("none", catalog.FieldContent, "x"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an entry that is not there: %v", err)
	}
	if dr.Saved().Status != Saved {
		t.Error("there is something to save")
	}
}

func TestClosingSavesFirst(t *testing.T) {
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), Options{TypingWait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	seed(t, d)
	typed(t, open(t, d, "education"), 0, "最后一句")
	if err := d.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if d, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	if got := open(t, d, "education").Catalog().Entries[0].Content; got != "最后一句" {
		t.Errorf("after closing there is %q", got)
	}
}

// TestManyHandsAtOnce types, changes, undoes and reads from several goroutines;
// in the end memory and store agree. The race detector watches.
func TestManyHandsAtOnce(t *testing.T) {
	ctx := context.Background()
	d, s, dr := newDesk(t, 20, Options{TypingWait: time.Millisecond, CheckWait: time.Millisecond, Retry: time.Millisecond})
	defer dr.Listen(func(Event) { dr.Findings(); dr.Saved() })()
	var wg sync.WaitGroup
	do := func(work func(i int)) {
		wg.Go(func() {
			for i := range 40 {
				work(i)
			}
		})
	}
	ids := orderOf(dr.Catalog())
	do(func(i int) {
		_ = dr.Type(ids[i%7], catalog.FieldContent, fmt.Sprint("文字", i))
		if i%5 == 0 {
			dr.EndTyping()
		}
	})
	do(func(i int) {
		_ = dr.Change("增删", func(c *catalog.Catalog) error {
			if len(c.Entries) > 30 {
				c.Entries = c.Entries[:20]
			}
			c.Entries = append(c.Entries, catalog.Entry{Path: []string{fmt.Sprint("新", i)}})
			return nil
		})
	})
	do(func(int) { _, _ = d.Undo(ctx) })
	do(func(i int) {
		if i%4 == 0 {
			_, _ = d.Redo(ctx)
		}
		c := dr.Catalog()
		for j := range c.Entries {
			_ = c.Entries[j].Content
		}
	})
	do(func(i int) {
		s.fail(nil)
		if i%3 == 0 {
			s.fail(boltstore.ErrDiskFull)
		}
		_, _ = dr.History(ctx, ids[0])
	})
	wg.Wait()
	s.fail(nil)
	d.Retry()
	until(t, "saved", func() bool { return dr.Saved().Status == Saved })
	if !dr.Gone() {
		asOnDisk(t, dr)
	}
}
