package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"mulutong/catalog/atomicfile"
)

// postgres is a store in a PostgreSQL database.
type postgres struct{ url string }

// connections is how many views one program reads at the same time.
const connections = 16

func (e *postgres) connect(ctx context.Context, create bool) (write, read *sql.DB, err error) {
	c, err := pgx.ParseConfig(e.url)
	if err != nil {
		return nil, nil, err
	}
	// A program that hangs within an update must not stop the others for ever.
	if _, set := c.RuntimeParams["idle_in_transaction_session_timeout"]; !set {
		c.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	}
	read = stdlib.OpenDB(*c)
	read.SetMaxOpenConns(connections)
	read.SetMaxIdleConns(connections)
	if err := read.PingContext(ctx); err != nil {
		return nil, read, err
	}
	if !create {
		var there bool
		err := read.QueryRowContext(ctx, `SELECT to_regclass('store') IS NOT NULL`).Scan(&there)
		if err == nil && !there {
			err = ErrNoStore
		}
		return nil, read, err
	}
	write = stdlib.OpenDB(*c)
	write.SetMaxOpenConns(1)
	return write, read, nil
}

func redacted(where string) string {
	if u, err := url.Parse(where); isURL(where) {
		if err != nil {
			return "the database"
		}
		return u.Redacted()
	}
	return where
}

// migrating is the number of the lock under which one program migrates: "mulutong".
const migrating = 0x6d756c75746f6e67

func (e *postgres) exclusively(ctx context.Context, db *sql.DB, fn func() error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrating)); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrating))
	if _, err := conn.ExecContext(ctx, `CREATE COLLATION IF NOT EXISTS "binary" FROM "C"`); err != nil {
		return err
	}
	return fn()
}

func (e *postgres) dialect() goose.Dialect { return goose.DialectPostgres }

// beforeMigration does nothing: a migration is one transaction, and whoever runs
// a database server has backups of it.
func (e *postgres) beforeMigration(context.Context, *sql.DB, int64) error { return nil }

func (e *postgres) lock(ctx context.Context, t *sql.Tx) error {
	_, err := t.ExecContext(ctx, `LOCK TABLE store IN EXCLUSIVE MODE`)
	return err
}

func (e *postgres) reading() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
}

// state is PostgreSQL's code of an error.
func state(err error) string {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return ""
	}
	return pe.Code
}

func (e *postgres) again(err error) bool {
	return slices.Contains([]string{"40001", "40P01"}, state(err)) // could not serialize, deadlock
}

func (e *postgres) explain(err error) error {
	switch state(err) {
	case "53100":
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	case "XX001", "XX002":
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

func (e *postgres) scrub(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `VACUUM cases, catalogs, entries, blobs, feed`)
	return err
}

func (e *postgres) release() error { return nil }

// checkPages leaves that to the server, which has checksums of its own.
func (e *postgres) checkPages(context.Context, *sql.Tx) error { return nil }

func (e *postgres) beside() string { return filepath.Join(os.TempDir(), "mulutong-restore.db") }

func (e *postgres) archive(ctx context.Context, read *sql.DB, path string) error {
	from, err := read.BeginTx(ctx, e.reading())
	if err != nil {
		return err
	}
	defer from.Rollback()
	var version int64
	if err := from.QueryRowContext(ctx, latest).Scan(&version); err != nil {
		return err
	}
	db, err := openArchive(path)
	if err != nil {
		return err
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return err
	}
	to, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer to.Rollback()
	var k, epoch string
	if err := from.QueryRowContext(ctx, `SELECT kind, epoch FROM store`).Scan(&k, &epoch); err != nil {
		return err
	}
	if _, err := to.ExecContext(ctx, `INSERT INTO store (kind, epoch) VALUES ($1, $2)`, k, epoch); err != nil {
		return err
	}
	if err := copyTables(ctx, from, to); err != nil {
		return err
	}
	return errors.Join(to.Commit(), db.Close())
}

func (e *postgres) install(ctx context.Context, f *atomicfile.File, force bool) error {
	db, err := openArchive(f.Name())
	if err != nil {
		return err
	}
	defer db.Close()
	from, err := db.BeginTx(ctx, e.reading())
	if err != nil {
		return err
	}
	defer from.Rollback()
	s, err := open(ctx, e.url)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.update(ctx, func(x *tx) error {
		if is, err := empty(ctx, x.sql); err != nil {
			return err
		} else if !is && !force {
			return ErrExists
		}
		if err := clearTables(ctx, x.sql); err != nil {
			return err
		}
		var epoch string
		if err := from.QueryRowContext(ctx, `SELECT epoch FROM store`).Scan(&epoch); err != nil {
			return err
		}
		if _, err := x.sql.ExecContext(ctx, `UPDATE store SET epoch = $1`, epoch); err != nil {
			return err
		}
		return copyTables(ctx, from, x.sql)
	})
}
