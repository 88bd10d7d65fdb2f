package sqlstore

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"mulutong/sync/review"
)

// Clear empties the store.
func (s *Store) Clear(ctx context.Context) error {
	return s.update(ctx, func(x *tx) error { return clearTables(ctx, x.sql) })
}

// LimitPages makes the disk of a SQLite store full once it has so many pages more.
func (s *Store) LimitPages(ctx context.Context, more int) error {
	var pages int
	if err := s.write.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&pages); err != nil {
		return err
	}
	_, err := s.write.ExecContext(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+more))
	return err
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
