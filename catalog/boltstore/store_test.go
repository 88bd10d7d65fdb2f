package boltstore_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// fill makes a store with catalogs of n entries and returns its folder.
func fill(t testing.TB, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "drafts")
	s, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Edit(context.Background(), boltstore.EditInfo{By: "李梅", Label: "从模板开始"}, func(tx *boltstore.Tx) error {
		for _, c := range catalogtest.Catalogs(1, n) {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCreateRefusesAnExistingStore(t *testing.T) {
	dir := fill(t, 30)
	if _, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{}); !errors.Is(err, boltstore.ErrExists) {
		t.Errorf("Create = %v, want %v", err, boltstore.ErrExists)
	}
	if err := boltstore.Verify(dir); err != nil {
		t.Error(err)
	}
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Unit() != catalogtest.Unit() {
		t.Errorf("unit is %+v", s.Unit())
	}
	got, err := s.Catalogs(context.Background())
	if err != nil || len(got) != 26 {
		t.Errorf("%d catalogs, %v", len(got), err)
	}
	if _, err := s.Catalog(context.Background(), "none"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("Catalog = %v, want %v", err, catalog.ErrNotFound)
	}
}

// What an edit reads from elsewhere may fail as a store does, and is not the store's.
func TestErrorOfAnEditIsItsOwn(t *testing.T) {
	s, err := boltstore.Open(fill(t, 26), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Edit(context.Background(), boltstore.EditInfo{}, func(*boltstore.Tx) error { return fs.ErrPermission })
	if !errors.Is(err, fs.ErrPermission) || errors.Is(err, boltstore.ErrReadOnly) {
		t.Errorf("Edit = %v, want %v alone", err, fs.ErrPermission)
	}
}

// What a record of the history begins with is read without its changes, whatever
// the texts in it are.
func TestTextsOfAnEditLookLikeItsChanges(t *testing.T) {
	ctx := context.Background()
	s, err := boltstore.Open(fill(t, 26), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sector := catalogtest.Sectors()[0]
	by, label := `王芳","changes":[`, `,"changes":null}`
	if _, err := s.Edit(ctx, boltstore.EditInfo{By: by, Label: label}, func(tx *boltstore.Tx) error { return tx.SetNote(sector, "a") }); err != nil {
		t.Fatal(err)
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		if h.Sector == sector && h.EditedBy != by {
			t.Errorf("%s was edited by %q, want %q", sector, h.EditedBy, by)
		}
	}
	if !s.CanUndo() {
		t.Error("the edit cannot be undone")
	}
	if e, err := s.Undo(ctx, by); err != nil || e.Label != label {
		t.Errorf("Undo took back %q (%v), want %q", e.Label, err, label)
	}
}

func TestGoroutinesShareAStore(t *testing.T) {
	ctx := context.Background()
	s, err := boltstore.Open(fill(t, 52), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const writers, edits = 4, 15
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			sector := catalogtest.Sectors()[w]
			for i := range edits {
				_, err := s.Edit(ctx, boltstore.EditInfo{By: fmt.Sprint(w)}, func(tx *boltstore.Tx) error {
					return tx.SetNote(sector, fmt.Sprint(i))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range edits {
				if _, err := s.Catalogs(ctx); err != nil {
					t.Error(err)
				}
				if _, err := s.History(ctx, boltstore.HistoryQuery{Limit: 3}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Go(func() {
		if err := s.Backup(ctx, filepath.Join(t.TempDir(), "a.bak")); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
	catalogtest.CheckStore(t, suiteStore{s})
	history, err := s.History(ctx, boltstore.HistoryQuery{})
	if err != nil || len(history) != writers*edits+1 {
		t.Errorf("%d edits in the history (%v), want %d", len(history), err, writers*edits+1)
	}
}
