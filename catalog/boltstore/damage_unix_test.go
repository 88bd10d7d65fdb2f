//go:build unix

package boltstore_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
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

// Nobody waits for what is no file: opening a pipe would, for ever.
func TestPipeIsNoStore(t *testing.T) {
	for _, name := range []string{"drafts.db", "store.json"} {
		dir := t.TempDir()
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
		want := boltstore.ErrDamaged
		if name == "store.json" {
			want = boltstore.ErrNoStore // the marker only says sooner what the file says itself
		}
		for _, readOnly := range []bool{false, true} {
			if _, err := boltstore.Open(dir, boltstore.Options{ReadOnly: readOnly}); !errors.Is(err, want) {
				t.Errorf("Open with a pipe as %s = %v, want %v", name, err, want)
			}
		}
	}
}
