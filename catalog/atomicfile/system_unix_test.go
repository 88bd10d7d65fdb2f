//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestPermissions(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "a.txt")
	perm := func(want fs.FileMode) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("permissions are %v, want %v", info.Mode().Perm(), want)
		}
	}
	if err := WriteFile(path, says("new")); err != nil {
		t.Fatal(err)
	}
	perm(0o640) // what the umask leaves
	if err := os.Chmod(path, 0o604); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, says("newer")); err != nil {
		t.Fatal(err)
	}
	perm(0o604) // what the old file had
}

func TestLinkKeepsPointing(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real.txt"), filepath.Join(dir, "link.txt")
	if err := os.WriteFile(real, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.txt", link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, says("new")); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != "real.txt" {
		t.Errorf("link points to %q (%v), want real.txt", to, err)
	}
	if got := content(t, real); got != "new" {
		t.Errorf("the linked file holds %q, want new", got)
	}
}
