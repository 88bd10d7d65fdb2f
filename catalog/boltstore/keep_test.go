package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

func TestWhatIsKeptStaysWhateverIsUndone(t *testing.T) {
	ctx, dir := context.Background(), fill(t, 26)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Kept(ctx, "template/a"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("before anything is kept: %v", err)
	}
	before, big := content(t, s), bytes.Repeat([]byte("模板"), 100_000)
	err = s.Keep(ctx, map[string][]byte{"template/a": []byte("甲"), "template/b": big, "scan": {}})
	if err != nil {
		t.Fatal(err)
	}
	if got := content(t, s); got != before {
		t.Error("keeping something changed the drafts or their history")
	}
	for s.CanUndo() {
		if _, err := s.Undo(ctx, "李梅"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Keep(ctx, map[string][]byte{"template/a": []byte("乙"), "scan": nil}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.Verify(dir); err != nil {
		t.Fatal(err)
	}

	s, err = boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, errA := s.Kept(ctx, "template/a")
	b, errB := s.Kept(ctx, "template/b")
	if string(a) != "乙" || !bytes.Equal(b, big) || errA != nil || errB != nil {
		t.Errorf("kept %q and %d bytes, %v, %v", a, len(b), errA, errB)
	}
	if names, err := s.KeptNames(ctx, "template/"); err != nil || !slices.Equal(names, []string{"template/a", "template/b"}) {
		t.Errorf("names are %q, %v", names, err)
	}
	if names, err := s.KeptNames(ctx, "scan"); err != nil || len(names) != 0 {
		t.Errorf("what was taken away is still there: %q, %v", names, err)
	}
	if err := s.Keep(ctx, map[string][]byte{"x": nil}); !errors.Is(err, boltstore.ErrReadOnly) {
		t.Errorf("keep in a store opened for reading: %v", err)
	}
}

func TestWhatIsKeptGoesWithTheBackup(t *testing.T) {
	ctx, dir := context.Background(), fill(t, 26)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Keep(ctx, map[string][]byte{"template/a": []byte("甲")}); err != nil {
		t.Fatal(err)
	}
	file, other := filepath.Join(t.TempDir(), "备份.db"), filepath.Join(t.TempDir(), "new")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.RestoreBackup(ctx, file, other); err != nil {
		t.Fatal(err)
	}
	r, err := boltstore.Open(other, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := r.Kept(ctx, "template/a"); string(got) != "甲" || err != nil {
		t.Errorf("the backup holds %q, %v", got, err)
	}
}

func TestKeepingAllOrNothing(t *testing.T) {
	ctx, dir := context.Background(), fill(t, 26)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Keep(ctx, map[string][]byte{"a": []byte("甲"), "": []byte("乙"), strings.Repeat("长", 20_000): []byte("丙")}); err == nil {
		t.Error("names that cannot be are kept")
	}
	if names, err := s.KeptNames(ctx, ""); err != nil || len(names) != 0 {
		t.Errorf("kept in part: %q, %v", names, err)
	}
}

func TestVerifyFindsWhatIsKeptDamaged(t *testing.T) {
	ctx, dir := context.Background(), fill(t, 26)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(ctx, map[string][]byte{"template/a": []byte("keep me as I am")}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "drafts.db")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(b, []byte("keep me"), []byte("lose me")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.Verify(dir); !errors.Is(err, boltstore.ErrDamaged) {
		t.Errorf("Verify = %v, want %v", err, boltstore.ErrDamaged)
	}
	s, err = boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Kept(ctx, "template/a"); !errors.Is(err, boltstore.ErrDamaged) {
		t.Errorf("Kept = %v, want %v", err, boltstore.ErrDamaged)
	}
}
