//go:build unix

package boltstore_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"mulutong/catalog/boltstore"
)

// The file is cut short under an open store: what was mapped is no more there,
// which an ordinary program dies of.
func TestFileCutShortInUse(t *testing.T) {
	ctx := context.Background()
	dir := fill(t, 260)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Truncate(filepath.Join(dir, "drafts.db"), 2*4096); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Catalogs(ctx); !errors.Is(err, boltstore.ErrDamaged) {
		t.Errorf("Catalogs = %v, want %v", err, boltstore.ErrDamaged)
	}
	if err := s.Verify(ctx); !errors.Is(err, boltstore.ErrDamaged) {
		t.Errorf("Verify = %v, want %v", err, boltstore.ErrDamaged)
	}
	_, err = s.Edit(ctx, boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.SetNote("housing", "x") })
	if !errors.Is(err, boltstore.ErrDamaged) {
		t.Errorf("Edit = %v, want %v", err, boltstore.ErrDamaged)
	}
}
