package boltstore_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func TestStoreSuite(t *testing.T) {
	catalogtest.StoreSuite(t, func(dir string, now func() time.Time) (catalogtest.Store, error) {
		o := boltstore.Options{Now: now, TypingPause: catalogtest.Pause}
		s, err := boltstore.Open(dir, o)
		if errors.Is(err, boltstore.ErrNoStore) {
			s, err = boltstore.Create(dir, catalogtest.Unit(), o)
		}
		if err != nil {
			return nil, err
		}
		return suiteStore{s}, nil
	})
}

// suiteStore shows a store as the suite wants to see it.
type suiteStore struct{ *boltstore.Store }

func (s suiteStore) Edit(ctx context.Context, by, label, typing string, fn func(catalogtest.Tx) error) (catalog.Edit, error) {
	return s.Store.Edit(ctx, boltstore.EditInfo{By: by, Label: label, Typing: typing}, func(tx *boltstore.Tx) error { return fn(tx) })
}

func (s suiteStore) History(ctx context.Context, sector catalog.Sector, e catalog.EntryID, before uint64, limit int) ([]catalog.Edit, error) {
	return s.Store.History(ctx, boltstore.HistoryQuery{Sector: sector, Entry: e, Before: before, Limit: limit})
}

func (s suiteStore) RestoreEntry(ctx context.Context, sector catalog.Sector, e catalog.EntryID, at time.Time, by string) (catalog.Edit, error) {
	return s.Store.RestoreEntry(ctx, sector, e, at, boltstore.EditInfo{By: by})
}

func (s suiteStore) RestoreCatalog(ctx context.Context, sector catalog.Sector, at time.Time, by string) (catalog.Edit, error) {
	return s.Store.RestoreCatalog(ctx, sector, at, boltstore.EditInfo{By: by})
}
