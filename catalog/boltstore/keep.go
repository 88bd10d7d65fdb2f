package boltstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// Keep puts data beside the drafts, each under its name, in place of what had that
// name; nil data takes it away. All of it is on disk when Keep returns nil, and
// none of it otherwise. It is no edit: the history does not know of it.
func (s *Store) Keep(ctx context.Context, things map[string][]byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.write(ctx, func(tx *bolt.Tx) (bool, error) {
		b, err := tx.CreateBucketIfNotExists(keptName)
		if err != nil {
			return false, err
		}
		for name, data := range things {
			switch {
			case name == "":
				return false, errors.New("nothing can be kept without a name")
			case data == nil:
				err = b.Delete([]byte(name))
			default:
				err = put(b, []byte(name), data)
			}
			if err != nil {
				return false, fmt.Errorf("%s: %w", name, explain(err))
			}
		}
		return true, nil
	})
	if err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	return nil
}

// Kept returns what is kept under a name. It fails with catalog.ErrNotFound where
// nothing is.
func (s *Store) Kept(ctx context.Context, name string) (data []byte, err error) {
	err = s.view(ctx, func(drafts *bolt.Bucket) error {
		b := drafts.Tx().Bucket(keptName)
		if b == nil {
			return catalog.ErrNotFound
		}
		v, err := get(b, []byte(name))
		if err == nil && v == nil {
			return catalog.ErrNotFound
		}
		data = bytes.Clone(v) // bbolt's memory ends with the transaction
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("kept %s: %w", name, err)
	}
	return data, nil
}

// KeptNames lists the names that begin with prefix under which something is kept,
// in their order.
func (s *Store) KeptNames(ctx context.Context, prefix string) (names []string, err error) {
	err = s.view(ctx, func(drafts *bolt.Bucket) error {
		b := drafts.Tx().Bucket(keptName)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, _ := c.Seek([]byte(prefix)); k != nil && bytes.HasPrefix(k, []byte(prefix)); k, _ = c.Next() {
			names = append(names, string(k))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("names of what is kept: %w", err)
	}
	return names, nil
}

// verifyKept checks that what is kept is what was written.
func verifyKept(tx *bolt.Tx) error {
	b := tx.Bucket(keptName)
	if b == nil {
		return nil
	}
	return scan(b, nil, func(_, _ []byte) error { return nil })
}
