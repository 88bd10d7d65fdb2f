package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"

	"mulutong/catalog/atomicfile"
)

// engine is where the two databases differ, and the only place.
type engine interface {
	// beside is a path where an archive can wait to be installed.
	beside() string
	// connect opens one connection to write with and several to read with. It
	// makes what is not there, or fails with ErrNoStore.
	connect(ctx context.Context, create bool) (write, read *sql.DB, err error)
	// exclusively runs fn while no other program does the same.
	exclusively(ctx context.Context, db *sql.DB, fn func() error) error
	dialect() goose.Dialect
	// checkPages lets the database check what it keeps on the disk.
	checkPages(ctx context.Context, t *sql.Tx) error
	// archive writes the state of one moment to a SQLite file at path.
	archive(ctx context.Context, read *sql.DB, path string) error
	// install puts a checked archive in the place of what is there, which must be
	// empty unless forced.
	install(ctx context.Context, f *atomicfile.File, force bool) error
	// beforeMigration puts a copy of the data aside where that is cheap.
	beforeMigration(ctx context.Context, db *sql.DB, from int64) error
	// lock waits until the transaction is the only one that writes.
	lock(ctx context.Context, t *sql.Tx) error
	// reading are the options of a transaction that sees one state.
	reading() *sql.TxOptions
	// again reports whether the database asks to try the transaction again.
	again(err error) bool
	// explain adds the error of ours that tells a caller what err means.
	explain(err error) error
	// scrub removes from the disk what was deleted.
	scrub(ctx context.Context, conn *sql.Conn) error
	release() error
}

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the steps from one schema to the next; a test adds to them.
var migrations = func() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err)
	}
	return sub
}()

// newest is the number of the schema that this program writes.
func newest() (int64, error) {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, err
	}
	return goose.NumericComponent(slices.Max(names))
}

// migrate brings the schema up to date.
func migrate(ctx context.Context, e engine, db *sql.DB) error {
	p, err := goose.NewProvider(e.dialect(), db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case current > target:
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewerSchema, current, target)
	case current == target:
		return nil
	case current > 0:
		if err := e.beforeMigration(ctx, db, current); err != nil {
			return fmt.Errorf("keep a copy before the migration: %w", err)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate from schema %d: %w", current, err)
	}
	return nil
}
