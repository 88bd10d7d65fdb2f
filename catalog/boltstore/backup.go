package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog/atomicfile"
)

// Backup writes the whole store, history included, to a file, while it stays in
// use. The copy is of one moment, is checked, and appears whole or not at all. It
// fails with ErrExists where there is a file (ReplaceBackup replaces it), with
// ErrDiskFull, or with fs.ErrPermission where none may be made.
func (s *Store) Backup(ctx context.Context, path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return fmt.Errorf("back up to %s: %w", path, ErrExists)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("back up to %s: %w", path, err)
	}
	return s.ReplaceBackup(ctx, path)
}

// ReplaceBackup is Backup that may replace a file. Until the new copy is whole
// and checked, the old one stays.
func (s *Store) ReplaceBackup(ctx context.Context, path string) error {
	err := s.view(ctx, func(b *bolt.Bucket) error { return copyTo(ctx, b.Tx(), path, s.o) })
	if err != nil {
		return fmt.Errorf("back up to %s: %w", path, explainFull(err))
	}
	return nil
}

// RestoreBackup makes a store in dir of a backup, after checking it. dir may be
// absent. It fails with ErrExists where there is a store; ReplaceFromBackup puts
// that one aside.
func RestoreBackup(ctx context.Context, path, dir string) error {
	_, err := restoreBackup(ctx, path, dir, false, Options{}.filled())
	if err != nil {
		return fmt.Errorf("restore %s to %s: %w", path, dir, explain(err))
	}
	return nil
}

// ReplaceFromBackup makes a store in dir of a backup. A store that is there, even
// a damaged one, is kept as it is under the name returned, which is empty where
// there was none; ErrLocked where a program has it open.
func ReplaceFromBackup(ctx context.Context, path, dir string, o Options) (kept string, err error) {
	kept, err = restoreBackup(ctx, path, dir, true, o.filled())
	if err != nil {
		return "", fmt.Errorf("restore %s to %s: %w", path, dir, explain(err))
	}
	return kept, nil
}

func restoreBackup(ctx context.Context, path, dir string, replace bool, o Options) (kept string, err error) {
	if err := checkMarker(dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	target := filepath.Join(dir, fileName)
	if !replace {
		if _, err := os.Lstat(target); err == nil {
			return "", ErrExists
		}
	}
	f, err := copyFile(ctx, path, target)
	if err != nil {
		return "", err
	}
	defer f.Discard()
	if err := verify(f.Name(), o); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}

	old, err := openLocked(target, os.O_RDWR, 0, o.Wait)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	default:
		kept = fmt.Sprintf("%s.replaced-%s", target, o.Now().Format("20060102-150405"))
		aside, err := copyFile(ctx, target, kept)
		if err == nil {
			err = aside.Commit()
		}
		// Windows replaces no open file; elsewhere too, whoever locks the old one
		// from here on finds that it is no longer the one at its path.
		if cerr := old.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return "", fmt.Errorf("keep the old store: %w", err)
		}
	}
	if err := f.Commit(); err != nil {
		return "", err
	}
	return kept, writeMarker(dir, o.form.schema)
}

// copyFile copies a file beside where it is to stand; Commit puts it there.
func copyFile(ctx context.Context, from, to string) (*atomicfile.File, error) {
	in, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	f, err := atomicfile.Create(to)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(cancelWriter{ctx, f}, in); err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// cancelWriter fails once the context is done.
type cancelWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c cancelWriter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}
