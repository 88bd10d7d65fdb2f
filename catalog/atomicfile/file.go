// Package atomicfile writes files that appear whole or not at all: until the
// last byte is on disk the target keeps what it held, and a write that fails
// leaves it untouched and nothing beside it. A target that another program has
// open is not replaced behind its back.
package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// ErrBusy means that another program has the target open: Windows refuses to
// replace it, or an office program's owner file stands beside it.
var ErrBusy = errors.New("file is open in another program")

// WriteFile makes path hold what write writes. The bytes go to a temporary file
// in the same directory, which is synced and renamed over path. A target that
// exists keeps its permissions; a symbolic link keeps pointing where it does.
//
// It fails with ErrBusy, with fs.ErrPermission where the target is marked
// read-only, or with what write or the disk said.
func WriteFile(path string, write func(io.Writer) error) error {
	f, err := Create(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := write(f); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return f.Commit()
}

// File is a file being written beside its target. Use Create to make one, and
// always Discard it in the end; after Commit that does nothing.
type File struct {
	f    *os.File
	path string
	perm fs.FileMode // of the target, zero where there is none yet
}

// Create opens a temporary file that Commit will rename to path. It fails as
// WriteFile does.
func Create(path string) (*File, error) {
	path, perm, err := target(path)
	if err != nil {
		return nil, err
	}
	for range 100 {
		name := filepath.Join(filepath.Dir(path), ".tmp-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
		return &File{f: f, path: path, perm: perm}, nil
	}
	return nil, fmt.Errorf("write %s: no free name for a temporary file", path)
}

// Name is the temporary file's own path, for a look at it before Commit.
func (f *File) Name() string { return f.f.Name() }

// Write appends b to the temporary file.
func (f *File) Write(b []byte) (int, error) { return f.f.Write(b) }

// Commit puts the file in its target's place, durably. On an error the target
// is as it was, save that a failed sync of the directory comes after the rename.
func (f *File) Commit() error {
	if f.f == nil {
		return fs.ErrClosed
	}
	defer f.Discard()
	if err := f.commit(); err != nil {
		return fmt.Errorf("write %s: %w", f.path, err)
	}
	return nil
}

func (f *File) commit() error {
	if f.perm != 0 {
		if err := f.f.Chmod(f.perm); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	if err := f.f.Sync(); err != nil {
		return err
	}
	if err := f.f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.f.Name(), f.path); err != nil {
		if inUse(err) {
			return fmt.Errorf("%w: %w", ErrBusy, err)
		}
		return err
	}
	f.f = nil
	return syncDir(filepath.Dir(f.path))
}

// Discard removes the temporary file, unless Commit has made it the target.
func (f *File) Discard() {
	if f.f == nil {
		return
	}
	_ = f.f.Close()
	_ = os.Remove(f.f.Name())
	f.f = nil
}

// target returns the file that is to be replaced, links followed, and its
// permissions where it exists.
func target(path string) (string, fs.FileMode, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("write %s: %w", path, err)
	}
	switch {
	case !info.Mode().IsRegular():
		return "", 0, fmt.Errorf("write %s: not a regular file", path)
	case info.Mode().Perm()&0o200 == 0:
		return "", 0, fmt.Errorf("write %s: file is marked read-only: %w", path, fs.ErrPermission)
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", 0, fmt.Errorf("write: %w", err)
	}
	if owner := ownerFile(path); owner != "" {
		return "", 0, fmt.Errorf("write %s: %w (its mark is %s)", path, ErrBusy, owner)
	}
	return path, info.Mode().Perm(), nil
}

// ownerFile returns the mark that an office program leaves beside a file it has
// open: Excel's, WPS's or LibreOffice's; empty where there is none.
func ownerFile(path string) string {
	dir, name := filepath.Split(path)
	for _, mark := range []string{"~$" + name, ".~" + name, ".~lock." + name + "#"} {
		if _, err := os.Lstat(dir + mark); err == nil {
			return dir + mark
		}
	}
	return ""
}
