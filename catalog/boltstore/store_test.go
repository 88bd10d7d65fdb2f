package boltstore_test

import (
	"context"
	"errors"
	"path/filepath"
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
