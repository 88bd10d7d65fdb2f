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
// offer again what came after it, and nobody is signed on: who signed off since
// the backup stays so. It fails with ErrExists where there is data,
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
	e := &archiving{}
	if err := verify(ctx, e, db); err != nil {
		return err
	}
	if err := migrate(ctx, e, db); err != nil {
		return err
	}
	if err := verify(ctx, e, db); err != nil { // of an older schema the first saw little
		return err
	}
	_, err = db.ExecContext(ctx, `UPDATE store SET epoch = $1; DELETE FROM sessions; DELETE FROM attempts`, newEpoch())
	return errors.Join(err, db.Close())
}

// archiving is the engine of an archive, of which there is a copy already.
type archiving struct{ sqlite }

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
},
) (bool, error) {
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
