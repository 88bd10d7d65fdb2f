package catalogtest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"mulutong/catalog"
)

// Tx is what an edit can do. See the store for what its methods promise.
type Tx interface {
	Catalog(catalog.Sector) (catalog.Catalog, error)
	PutCatalog(catalog.Catalog) error
	RemoveCatalog(catalog.Sector) error
	Entry(catalog.Sector, catalog.EntryID) (catalog.Entry, error)
	PutEntry(catalog.Entry) error
	InsertEntry(e catalog.Entry, after catalog.EntryID) (catalog.EntryID, error)
	AppendEntry(catalog.Entry) (catalog.EntryID, error)
	RemoveEntry(catalog.Sector, catalog.EntryID) error
	Reorder(catalog.Sector, []catalog.EntryID) error
	SetOmitted(catalog.Sector, catalog.TemplateID, *catalog.NotApplicable) error
	SetNotApplicable(catalog.Sector, *catalog.NotApplicable) error
	SetReason(catalog.Sector, catalog.Reason) error
	SetNote(catalog.Sector, string) error
	SetSignOff(catalog.Sector, *catalog.SignOff) error
	SetVersions(s catalog.Sector, template, register string) error
}

// Store is a store of drafts as the suite sees it.
type Store interface {
	Edit(ctx context.Context, by, label, typing string, fn func(Tx) error) (catalog.Edit, error)
	CloseTyping()
	Undo(ctx context.Context, by string) (catalog.Edit, error)
	Redo(ctx context.Context, by string) (catalog.Edit, error)
	CanUndo() bool
	CanRedo() bool
	Sectors(context.Context) ([]catalog.Sector, error)
	Catalogs(context.Context) ([]catalog.Catalog, error)
	Heads(context.Context) ([]catalog.Head, error)
	Catalog(context.Context, catalog.Sector) (catalog.Catalog, error)
	// History is the newest first; sector, entry, before and limit narrow it
	// where they are not zero.
	History(ctx context.Context, s catalog.Sector, e catalog.EntryID, before uint64, limit int) ([]catalog.Edit, error)
	RestoreEntry(ctx context.Context, s catalog.Sector, e catalog.EntryID, at time.Time, by string) (catalog.Edit, error)
	RestoreCatalog(ctx context.Context, s catalog.Sector, at time.Time, by string) (catalog.Edit, error)
	Verify(context.Context) error
	Close() error
}

// Pause is longer than any stretch of typing stays open.
const Pause = time.Minute

// StoreSuite runs what every store of drafts must do. open opens the store in
// dir, making it for Unit where there is none; now is its clock.
func StoreSuite(t *testing.T, open func(dir string, now func() time.Time) (Store, error)) {
	for _, tt := range []struct {
		name string
		run  func(*bench)
	}{
		{"a new store is empty", testEmpty},
		{"a catalog comes back as it was put", testPutCatalog},
		{"an edit is what the history says", testEditIsHistory},
		{"a failed edit leaves nothing", testFailedEdit},
		{"an edit that changes nothing is none", testEmptyEdit},
		{"what is not there cannot be changed", testMissing},
		{"what is there cannot be added again", testTwice},
		{"entries keep the order they are given", testOrder},
		{"typing amends one edit", testTyping},
		{"undo leads back to the beginning and redo to the end", testUndoRedo},
		{"an edit after an undo ends redo", testEditAfterUndo},
		{"history is narrowed and paged", testHistoryQuery},
		{"an entry is restored as of a time", testRestoreEntry},
		{"a catalog is restored as of a time", testRestoreCatalog},
		{"a sign-off holds for what was approved", testSignOff},
		{"revisions only grow", testRevision},
		{"a cancelled context changes nothing", testCancelled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, t.TempDir(), open)
			defer b.close()
			tt.run(b)
			CheckStore(t, b.Store)
		})
	}
	t.Run("random edits do what a plain map does", func(t *testing.T) { testRandom(t, open) })
}

// TB is what the suite needs of testing.TB and rapid.T.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// bench is a store with its clock.
type bench struct {
	Store
	TB
	dir  string
	open func(dir string, now func() time.Time) (Store, error)
	time time.Time
}

var ctx = context.Background()

func newBench(t TB, dir string, open func(string, func() time.Time) (Store, error)) *bench {
	b := &bench{TB: t, dir: dir, open: open, time: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	b.reopen()
	return b
}

func (b *bench) reopen() {
	b.Helper()
	if b.Store != nil {
		b.close()
	}
	s, err := b.open(b.dir, func() time.Time { return b.time })
	if err != nil {
		b.Fatalf("open: %v", err)
	}
	b.Store = s
}

func (b *bench) close() {
	b.Helper()
	if err := b.Store.Close(); err != nil {
		b.Errorf("close: %v", err)
	}
}

// edit makes an edit that must succeed, a minute after the one before.
func (b *bench) edit(label string, fn func(Tx) error) catalog.Edit {
	b.Helper()
	b.time = b.time.Add(Pause)
	e, err := b.Edit(ctx, "李梅", label, "", fn)
	if err != nil {
		b.Fatalf("%s: %v", label, err)
	}
	return e
}

func (b *bench) must(e catalog.Edit, err error) catalog.Edit {
	b.Helper()
	if err != nil {
		b.Fatalf("%v", err)
	}
	return e
}

// wants fails the test where err is not of the kind wanted.
func (b *bench) wants(err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Errorf("got error %v, want %v", err, want)
	}
}

// seed puts one catalog of n entries and returns it.
func (b *bench) seed(n int) catalog.Catalog {
	b.Helper()
	c := Catalogs(1, 26*n)[0]
	b.edit("start", func(tx Tx) error { return tx.PutCatalog(c) })
	return c
}

func (b *bench) catalog(s catalog.Sector) catalog.Catalog {
	b.Helper()
	c, err := b.Catalog(ctx, s)
	if err != nil {
		b.Fatalf("%v", err)
	}
	return c
}

func (b *bench) history() []catalog.Edit {
	b.Helper()
	h, err := b.History(ctx, "", "", 0, 0)
	if err != nil {
		b.Fatalf("%v", err)
	}
	return h
}

// same fails the test where two catalogs differ in more than their revision.
func (b *bench) same(got, want catalog.Catalog) {
	b.Helper()
	got.Revision, want.Revision = 0, 0
	if g, w := text(got), text(want); g != w {
		b.Errorf("catalog is\n%s\nwant\n%s", g, w)
	}
}

func ids(c catalog.Catalog) (out []catalog.EntryID) {
	for _, e := range c.Entries {
		out = append(out, e.ID)
	}
	return out
}

func (b *bench) inOrder(s catalog.Sector, want ...catalog.EntryID) {
	b.Helper()
	if got := ids(b.catalog(s)); !slices.Equal(got, want) {
		b.Errorf("entries are %q, want %q", got, want)
	}
}
