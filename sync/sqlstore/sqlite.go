package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"mulutong/catalog/atomicfile"
)

const (
	fileName   = "service.db"
	lockName   = "service.lock"
	markerName = "store.json"
	draftsName = "drafts.db" // of a folder of drafts, which is none of ours
)

// sqlite is a store in a folder.
type sqlite struct {
	dir  string
	held *sql.DB // has the folder's lock
}

func (e *sqlite) path() string { return filepath.Join(e.dir, fileName) }

func (e *sqlite) connect(ctx context.Context, create bool) (write, read *sql.DB, err error) {
	if err := checkFolder(e.dir); err != nil {
		return nil, nil, err
	}
	if !create {
		if _, err := os.Stat(e.path()); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrNoStore, err)
		}
		read, err = openSQLite(e.path())
		return nil, read, err
	}
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		return nil, nil, err
	}
	if err := e.take(ctx); err != nil {
		return nil, nil, err
	}
	if err := writeMarker(e.dir); err != nil {
		return nil, nil, err
	}
	// SQLite gives its other files the mode of this one.
	f, err := os.OpenFile(e.path(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, nil, err
	}
	if err := f.Close(); err != nil {
		return nil, nil, err
	}
	write, err = openSQLite(e.path(), "_txlock", "immediate",
		"_pragma", "journal_mode(WAL)", "_pragma", "synchronous(FULL)",
		"_pragma", "secure_delete(1)", "_pragma", "journal_size_limit(16777216)")
	if err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	// A program that died may have left what it erased in the log.
	if _, err := write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return write, nil, err
	}
	read, err = openSQLite(e.path(), "_pragma", "query_only(1)")
	if err != nil {
		return write, nil, err
	}
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	return write, read, nil
}

// openSQLite opens a file with options in pairs.
func openSQLite(path string, options ...string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	path = filepath.ToSlash(path)
	if path[0] != '/' {
		path = "/" + path // C:/… is /C:/… in a URL
	}
	q := url.Values{"_pragma": {"busy_timeout(10000)"}}
	for i := 0; i < len(options); i += 2 {
		q.Add(options[i], options[i+1])
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String())
}

// take takes the folder's lock: that of SQLite on a file of its own, which every
// system releases when the program dies, and which leaves readers of service.db alone.
func (e *sqlite) take(ctx context.Context) error {
	db, err := openSQLite(filepath.Join(e.dir, lockName))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	e.held = db // its one connection goes on holding what it took
	if _, err = db.ExecContext(ctx, `PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE`); err == nil {
		return nil
	}
	if code(err) == lib.SQLITE_BUSY {
		err = ErrLocked
	}
	return errors.Join(err, e.release())
}

func (e *sqlite) release() error {
	if e.held == nil {
		return nil
	}
	defer func() { e.held = nil }()
	return e.held.Close()
}

// marker is store.json.
type marker struct {
	Kind string `json:"kind"`
}

// checkFolder fails with ErrOtherData where the folder holds another kind of data.
func checkFolder(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, draftsName)); err == nil {
		return fmt.Errorf("%w: %s", ErrOtherData, draftsName)
	}
	b, err := os.ReadFile(filepath.Join(dir, markerName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var m marker
	if err := json.Unmarshal(b, &m); err != nil || m.Kind != kind {
		return fmt.Errorf("%w: %s says %q", ErrOtherData, markerName, m.Kind)
	}
	return nil
}

func writeMarker(dir string) error {
	path := filepath.Join(dir, markerName)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	return atomicfile.WriteFile(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(marker{kind}) })
}

func (e *sqlite) exclusively(_ context.Context, _ *sql.DB, fn func() error) error { return fn() }

func (e *sqlite) dialect() goose.Dialect { return goose.DialectSQLite3 }

func (e *sqlite) beforeMigration(ctx context.Context, db *sql.DB, from int64) error {
	return vacuumInto(ctx, db, fmt.Sprintf("%s.before-schema-%d", e.path(), from+1))
}

// vacuumInto writes the state of one moment to a file, which appears whole.
func vacuumInto(ctx context.Context, db *sql.DB, path string) error {
	f, err := createPrivate(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, f.Name()); err != nil {
		return err
	}
	return f.Commit()
}

func (e *sqlite) lock(context.Context, *sql.Tx) error { return nil } // BEGIN IMMEDIATE has it

func (e *sqlite) reading() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

func (e *sqlite) again(error) bool { return false } // one program, one writer

// code is SQLite's primary code of an error, 0 for one that is not SQLite's.
func code(err error) int {
	var de *driver.Error
	if !errors.As(err, &de) {
		return 0
	}
	return de.Code() & 0xff
}

func (e *sqlite) explain(err error) error {
	switch code(err) {
	case lib.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// scrub cuts SQLite's log, which still holds what secure_delete has overwritten
// in the file. It does not wait for views that are open: updates would wait too.
func (e *sqlite) scrub(ctx context.Context, conn *sql.Conn) error {
	var busy, pages, done int
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil {
		return err
	}
	err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &done)
	if err == nil && busy != 0 {
		err = errors.New("a view is open")
	}
	_, err2 := conn.ExecContext(ctx, `PRAGMA busy_timeout = 10000`)
	return errors.Join(err, err2)
}

// checkPages is SQLite's own check of its file.
func (e *sqlite) checkPages(ctx context.Context, t *sql.Tx) error {
	var said string
	if err := t.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, said)
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
