package sqlstore

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"mulutong/sync/review"
)

// Clear empties the store.
func (s *Store) Clear(ctx context.Context) error {
	return s.update(ctx, func(x *tx) error { return clearTables(ctx, x.sql) })
}

// Spoil lets a statement of an update fail.
func Spoil(x review.Tx) error {
	_, err := x.(*tx).exec(`INSERT INTO nowhere VALUES (1)`)
	return err
}

var released = migrations

// AddMigration makes this a later program until the test ends.
func AddMigration(t *testing.T, name, text string) {
	all := fstest.MapFS{name: {Data: []byte(text)}}
	names, err := fs.Glob(released, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := fs.ReadFile(released, n)
		if err != nil {
			t.Fatal(err)
		}
		all[n] = &fstest.MapFile{Data: b}
	}
	migrations = all
	t.Cleanup(DropMigrations)
}

// DropMigrations makes this the program that it is.
func DropMigrations() { migrations = released }
