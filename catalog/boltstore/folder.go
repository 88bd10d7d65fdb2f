package boltstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog/atomicfile"
)

// checkMarker fails where the folder is marked as another kind of data. A folder
// without a mark passes; so does one with a mark that cannot be read, for
// drafts.db says for itself what it is.
func checkMarker(dir string) error {
	m, err := readMarker(dir)
	if err == nil && m.Kind != kindDrafts {
		return fmt.Errorf("%w: %q", ErrServiceData, m.Kind)
	}
	return nil
}

func readMarker(dir string) (m marker, err error) {
	path := filepath.Join(dir, markerName)
	if err := checkRegular(path); err != nil {
		return m, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(b, &m)
}

func writeMarker(dir string, schema int) error {
	return atomicfile.WriteFile(filepath.Join(dir, markerName), func(w io.Writer) error {
		return json.NewEncoder(w).Encode(marker{Kind: kindDrafts, Schema: schema})
	})
}

// checkRegular fails with ErrDamaged where path names a pipe, a folder or a
// device: opening some of them waits for ever.
func checkRegular(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%w: %s is no regular file", ErrDamaged, path)
	}
	return nil
}

// openFile opens a bbolt file once it is locked and its pages are known to be
// sound, for bbolt trusts what it maps into memory. Without create, a file that
// is absent gives fs.ErrNotExist and an empty one ErrDamaged.
func openFile(path string, o Options, create bool) (*bolt.DB, error) {
	var db *bolt.DB
	err := guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{
			ReadOnly:     o.ReadOnly,
			Timeout:      time.Second, // of bbolt's own lock, which ours covers
			FreelistType: bolt.FreelistMapType,
			OpenFile: func(path string, flag int, perm fs.FileMode) (*os.File, error) {
				if !create {
					flag &^= os.O_CREATE
				}
				f, err := openLocked(path, flag, perm, o.Wait)
				if err != nil {
					return nil, err
				}
				if err := checkFile(f, create); err != nil {
					_ = f.Close()
					return nil, err
				}
				return f, nil
			},
		})
		return err
	})
	return db, err
}

// openLocked opens the file and locks it: for itself, or with other readers
// where flag asks only for reading.
func openLocked(path string, flag int, perm fs.FileMode, wait time.Duration) (*os.File, error) {
	if err := checkRegular(path); err != nil {
		return nil, err
	}
	exclusive := flag&os.O_RDWR != 0
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		f, err := os.OpenFile(path, flag, perm)
		if err != nil {
			return nil, err
		}
		err = lock(f, exclusive)
		if err == nil && !stillAt(f, path) {
			err = ErrLocked // another file was put in its place while we waited
		}
		if err == nil {
			return f, nil
		}
		_ = f.Close()
		if !errors.Is(err, ErrLocked) || time.Since(start) >= wait {
			return nil, err
		}
	}
}

func stillAt(f *os.File, path string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(path)
	return err == nil && os.SameFile(a, b)
}

func checkFile(f *os.File, create bool) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 && create {
		return nil
	}
	return checkPages(f, info.Size())
}
