package boltstore

import (
	"context"
	"fmt"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog/atomicfile"
)

// form is what one version of the program writes.
type form struct {
	schema int
	// migrations bring a store from a schema, by which they are keyed, to the next.
	migrations map[int]migration
}

// migration changes the store's values, history included; the bucket is in a
// transaction that holds all migrations to be made. It leaves the identity alone.
type migration func(*bolt.Bucket) error

// current is what this program writes. To change the form of anything stored:
// raise schema, add the migration from the one before, and keep a store of the
// old form under testdata.
var current = form{schema: 1}

// migrate brings the store up to the program's form, after a checked copy.
func migrate(db *bolt.DB, dir string, id identity, o Options) (identity, error) {
	switch {
	case id.Schema > o.form.schema:
		return id, fmt.Errorf("%w: its schema is %d, ours %d", ErrNewerSchema, id.Schema, o.form.schema)
	case o.ReadOnly:
		return id, fmt.Errorf("%w, and has to be brought from schema %d to %d", ErrReadOnly, id.Schema, o.form.schema)
	}
	kept := filepath.Join(dir, fmt.Sprintf("%s.before-v%d", fileName, o.form.schema))
	err := db.View(func(tx *bolt.Tx) error { return copyTo(context.Background(), tx, kept, o) })
	if err != nil {
		return id, fmt.Errorf("copy before migration: %w", err)
	}
	to := id
	to.Schema = o.form.schema
	err = db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketName)
		for n := id.Schema; n < o.form.schema; n++ {
			m, ok := o.form.migrations[n]
			if !ok {
				return fmt.Errorf("no way from schema %d", n)
			}
			if err := m(b); err != nil {
				return fmt.Errorf("migrate from schema %d: %w", n, err)
			}
		}
		if err := putIdentity(b, to); err != nil {
			return err
		}
		return verifyBucket(b, o.form)
	})
	if err != nil {
		return id, err
	}
	return to, nil
}

// copyTo writes the store as tx sees it to path, which it replaces, and checks
// the copy before it takes that name.
func copyTo(ctx context.Context, tx *bolt.Tx, path string, o Options) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if _, err := tx.WriteTo(cancelWriter{ctx, f}); err != nil {
		return err
	}
	if err := verify(f.Name(), o); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return f.Commit()
}
