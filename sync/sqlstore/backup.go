package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/pressly/goose/v3"

	"mulutong/catalog/atomicfile"
)

// tables are all there are but store, of which an archive has its own.
var tables = []string{
	"cases", "catalogs", "entries", "blobs", "receipts", "log", "feed", "units", "responsible", "settings",
	"forms", "assessments", "accounts", "devices", "invitations", "sessions", "attempts",
}

// Backup writes the state of one moment to a file, while the store stays in use.
// The file is checked before it takes its name; it restores to a folder as well
// as to PostgreSQL, whichever it came from. It fails with ErrExists where there
// is a file, with ErrNoStore, ErrDamaged or ErrDiskFull.
func Backup(ctx context.Context, where, path string) error {
	e := engineOf(where)
	if err := backup(ctx, e, path); err != nil {
		return fmt.Errorf("back up %s to %s: %w", redacted(where), path, e.explain(err))
	}
	return nil
}

func backup(ctx context.Context, e engine, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, read, err := e.connect(ctx, false)
	if read != nil {
		defer read.Close()
	}
	if err != nil {
		return err
	}
	f, err := createPrivate(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := e.archive(ctx, read, f.Name()); err != nil {
		return err
	}
	if err := verifyArchive(ctx, f.Name()); err != nil {
		return err
	}
	return f.Commit()
}

// createPrivate is for what nobody else on the machine may read.
func createPrivate(path string) (*atomicfile.File, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(f.Name(), 0o600); err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

func verifyArchive(ctx context.Context, path string) error {
	db, err := openArchive(path)
	if err != nil {
		return err
	}
	defer db.Close()
	return verify(ctx, &sqlite{}, db)
}

func openArchive(path string) (*sql.DB, error) {
	db, err := openSQLite(path, "_pragma", "journal_mode(DELETE)", "_pragma", "synchronous(FULL)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// Restore makes a store at where of a backup, after checking it and bringing it
// up to date. The store's epoch is another one than the backup's, so that clients
// offer again what came after it. It fails with ErrExists where there is data,
// unless forced to replace it, and with ErrLocked where a program has it open.
func Restore(ctx context.Context, path, where string, force bool) error {
	e := engineOf(where)
	if err := restore(ctx, e, path, force); err != nil {
		return fmt.Errorf("restore %s to %s: %w", path, redacted(where), e.explain((&sqlite{}).explain(err)))
	}
	return nil
}

func restore(ctx context.Context, e engine, path string, force bool) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := createPrivate(e.beside())
	if err != nil {
		return err
	}
	defer f.Discard()
	if _, err := io.Copy(f, in); err != nil {
		return err
	}
	if err := prepare(ctx, f.Name()); err != nil {
		return fmt.Errorf("the backup: %w", err)
	}
	return e.install(ctx, f, force)
}

// prepare checks an archive and makes another life of it.
func prepare(ctx context.Context, path string) error {
	db, err := openArchive(path)
	if err != nil {
		return err
	}
	defer db.Close()
	e := &sqlite{}
	if err := verify(ctx, e, db); err != nil {
		return err
	}
	if err := migrate(ctx, &archiving{e}, db); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `UPDATE store SET epoch = $1`, newEpoch())
	return errors.Join(err, db.Close())
}

// archiving is the engine of an archive, of which there is a copy already.
type archiving struct{ *sqlite }

func (*archiving) beforeMigration(context.Context, *sql.DB, int64) error { return nil }

// copyTables copies all rows from one database to another of the same schema.
func copyTables(ctx context.Context, from, to *sql.Tx) error {
	for _, table := range tables {
		if err := copyTable(ctx, from, to, table); err != nil {
			return fmt.Errorf("copy %s: %w", table, err)
		}
	}
	return nil
}

func copyTable(ctx context.Context, from, to *sql.Tx, table string) error {
	rows, err := from.QueryContext(ctx, `SELECT * FROM `+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	var args []any
	size := 0
	flush := func() error {
		n := len(args) / len(columns)
		if n == 0 {
			return nil
		}
		var values strings.Builder
		for i := range n {
			fmt.Fprintf(&values, ", (%s)", places(i*len(columns)+1, len(columns)))
		}
		_, err := to.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES %s`, table, strings.Join(columns, ", "), values.String()[2:]), args...)
		args, size = args[:0], 0
		return err
	}
	for rows.Next() {
		row := make([]any, len(columns))
		dest := make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = append([]byte{}, b...) // SQLite's driver makes nil of nothing, which would be NULL
				size += len(b)
			}
		}
		args = append(args, row...)
		if len(args) >= batch*len(columns) || size > 1<<20 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

// empty reports whether nothing is kept yet.
func empty(ctx context.Context, t interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}) (bool, error) {
	for _, table := range tables {
		var some bool
		if err := t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+`)`).Scan(&some); err != nil || some {
			return false, err
		}
	}
	return true, nil
}

func clearTables(ctx context.Context, t *sql.Tx) error {
	for _, table := range tables {
		if _, err := t.ExecContext(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	return nil
}

func (e *sqlite) beside() string { return e.path() }

func (e *sqlite) archive(ctx context.Context, read *sql.DB, path string) error {
	_, err := read.ExecContext(ctx, `VACUUM INTO $1`, path)
	return err
}

func (e *sqlite) install(ctx context.Context, f *atomicfile.File, force bool) error {
	if err := e.take(ctx); err != nil {
		return err
	}
	defer e.release()
	if info, err := os.Stat(e.path()); err == nil && info.Size() > 0 {
		if err := e.clear(ctx); err != nil && !force {
			return fmt.Errorf("%w: %w", ErrExists, err)
		}
	}
	// What is left of the old store's log would be taken for the new one's.
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(e.path() + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return writeMarker(e.dir)
}

// clear brings all of the old store into its one file, so that it is whole until
// it is replaced, and fails where it holds something.
func (e *sqlite) clear(ctx context.Context) error {
	db, err := openSQLite(e.path())
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return err
	}
	is, err := empty(ctx, db)
	if err == nil && !is {
		err = errors.New("it is not empty")
	}
	return err
}

func (e *postgres) beside() string {
	return os.TempDir() + string(os.PathSeparator) + "mulutong-restore.db"
}

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
