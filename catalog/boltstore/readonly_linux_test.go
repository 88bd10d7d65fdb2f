package boltstore_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// asNobody runs fn on a thread whose file accesses are an ordinary user's; root
// is refused nothing. Not root, fn runs as it is.
func asNobody(t *testing.T, fn func()) {
	t.Helper()
	if os.Getuid() != 0 {
		fn()
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := syscall.Setfsuid(nobody); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setfsuid(0); err != nil {
			t.Fatal(err)
		}
	}()
	fn()
}

// openPath lets everyone get to dir.
func openPath(t *testing.T, dir string) {
	t.Helper()
	for d := dir; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReadOnlyStore(t *testing.T) {
	dir := fill(t, 26)
	openPath(t, dir)
	if err := os.Chmod(filepath.Join(dir, "drafts.db"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	asNobody(t, func() {
		for name, open := range map[string]func() error{
			"Open": func() error { _, err := boltstore.Open(dir, boltstore.Options{}); return err },
			"Create": func() error {
				_, err := boltstore.Create(filepath.Join(dir, "new"), catalogtest.Unit(), boltstore.Options{})
				return err
			},
			"Create over it": func() error { _, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{}); return err },
		} {
			if err := open(); !errors.Is(err, boltstore.ErrReadOnly) {
				t.Errorf("%s = %v, want %v", name, err, boltstore.ErrReadOnly)
			}
		}
		s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
		if err != nil {
			t.Fatalf("open to read: %v", err)
		}
		defer s.Close()
		catalogtest.CheckStore(t, suiteStore{s})
		if err := s.Backup(context.Background(), filepath.Join(dir, "backup.db")); !errors.Is(err, fs.ErrPermission) || errors.Is(err, boltstore.ErrReadOnly) {
			t.Errorf("backup beside it = %v, want %v", err, fs.ErrPermission)
		}
	})
}
