package work

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"mulutong/app/words"
	"mulutong/catalog/boltstore"
)

// BackupTo writes a checked copy of a whole store, that of a data folder, to a file,
// whose folder it makes, and the scanned forms beside it.
func BackupTo(ctx context.Context, s interface {
	Backup(ctx context.Context, path string) error
}, data, path string,
) error {
	err := InFolder(filepath.Dir(path), func() error {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := s.Backup(ctx, path); err != nil {
			return err
		}
		_, err := packScans(ctx, data, path)
		return err
	})
	return words.About(path, err)
}

// RestoreBackup makes a store in dir, which is empty or absent, of a backup file,
// and takes the scanned forms beside it along.
func RestoreBackup(ctx context.Context, from, dir string) error {
	if err := Readable(from); err != nil {
		return err
	}
	err := InFolder(dir, func() error {
		if err := boltstore.RestoreBackup(ctx, from, dir); err != nil {
			return err
		}
		return unpackScans(ctx, from, dir)
	})
	if errors.Is(err, boltstore.ErrDamaged) {
		return words.About(from, ErrBadBackup)
	}
	return words.About(dir, err)
}
