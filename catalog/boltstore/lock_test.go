package boltstore_test

import (
	"bufio"
	"context"
	"errors"
	"testing"
	"time"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func TestSecondProgramIsToldAtOnce(t *testing.T) {
	dir := fill(t, 26)
	cmd := child(t, nil, "edit", dir, "1000000")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	defer stop()
	if lines := bufio.NewScanner(out); !lines.Scan() { // it has the store open
		t.Fatal("the child says nothing")
	}
	for name, open := range map[string]func() error{
		"Open":         func() error { _, err := boltstore.Open(dir, boltstore.Options{}); return err },
		"Open to read": func() error { _, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true}); return err },
		"Create":       func() error { _, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{}); return err },
		"Verify":       func() error { return boltstore.Verify(dir) },
		"ReplaceFromBackup": func() error {
			_, err := boltstore.ReplaceFromBackup(context.Background(), backupOf(t, 26), dir, boltstore.Options{})
			return err
		},
	} {
		if err := open(); !errors.Is(err, boltstore.ErrLocked) {
			t.Errorf("%s = %v, want %v", name, err, boltstore.ErrLocked)
		}
	}
	stop()
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatalf("after the first program ended: %v", err)
	}
	s.Close()
}

// backupOf makes a store of n entries and returns a backup of it.
func backupOf(t *testing.T, n int) string {
	t.Helper()
	s, err := boltstore.Open(fill(t, n), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	path := t.TempDir() + "/backup.db"
	if err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWaitForTheLock(t *testing.T) {
	dir := fill(t, 26)
	first, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := boltstore.Open(dir, boltstore.Options{Wait: 50 * time.Millisecond}); !errors.Is(err, boltstore.ErrLocked) {
		t.Errorf("Open = %v, want %v", err, boltstore.ErrLocked)
	}
	time.AfterFunc(50*time.Millisecond, func() { _ = first.Close() })
	second, err := boltstore.Open(dir, boltstore.Options{Wait: time.Minute})
	if err != nil {
		t.Fatalf("after waiting: %v", err)
	}
	second.Close()
}

func TestReadersShareAStore(t *testing.T) {
	dir := fill(t, 26)
	read := boltstore.Options{ReadOnly: true}
	a, err := boltstore.Open(dir, read)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := boltstore.Open(dir, read)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := boltstore.Open(dir, boltstore.Options{}); !errors.Is(err, boltstore.ErrLocked) {
		t.Errorf("Open to write = %v, want %v", err, boltstore.ErrLocked)
	}
	for _, s := range []*boltstore.Store{a, b} {
		catalogtest.CheckStore(t, suiteStore{s})
		_, err := s.Edit(context.Background(), boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.SetNote("housing", "x") })
		if !errors.Is(err, boltstore.ErrReadOnly) {
			t.Errorf("Edit = %v, want %v", err, boltstore.ErrReadOnly)
		}
		if _, err := s.Undo(context.Background(), ""); !errors.Is(err, boltstore.ErrReadOnly) {
			t.Errorf("Undo = %v, want %v", err, boltstore.ErrReadOnly)
		}
	}
}

func TestClosedStoreSaysSo(t *testing.T) {
	s, err := boltstore.Open(fill(t, 26), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, err = s.Catalogs(context.Background())
	if !errors.Is(err, boltstore.ErrClosed) {
		t.Errorf("Catalogs = %v, want %v", err, boltstore.ErrClosed)
	}
	_, err = s.Undo(context.Background(), "")
	if !errors.Is(err, boltstore.ErrClosed) {
		t.Errorf("Undo = %v, want %v", err, boltstore.ErrClosed)
	}
}
