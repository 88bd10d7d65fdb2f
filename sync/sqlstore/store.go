// Package sqlstore keeps the review service's data in a SQL database: SQLite in
// a folder, or PostgreSQL where one machine is not enough. It implements
// review.Store.
//
// It promises that an update is on disk once Update has returned, whole, and
// that nothing of one that failed is; that updates take effect one after the
// other, so that the log is one chain and no reader of the feed ever misses an
// item; and that a view sees one state however long it lasts.
//
// # SQLite
//
// A folder holds service.db with its -wal and -shm, store.json, which names the
// kind of data so that drafts are not mixed with it, and service.lock. One
// program at a time has it open (ErrLocked); Backup and Verify may be run beside
// it. Keep the folder on a local disk.
//
// # PostgreSQL
//
// Any number of programs may share one database. An update waits its turn for
// one lock on the table store, which the database gives back when the program
// dies. Where the line to the database breaks in the very moment of a commit,
// Update fails though it may have taken effect: ask again.
//
// # Contents
//
// Catalogs are kept entry by entry under the hash of each, so that a resubmission
// adds only what changed. Erased contents are overwritten in the file of SQLite
// and cut from its log; PostgreSQL vacuums the tables, and overwrites the space
// when it uses it again.
package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"mulutong/sync/review"
)

// Errors that callers branch on. Others wrap what the database said.
var (
	ErrLocked      = errors.New("the service's data is open in another program")
	ErrOtherData   = errors.New("holds data of another kind, not the review service's")
	ErrNewerSchema = errors.New("was written by a newer program")
	ErrDamaged     = errors.New("the service's data is damaged, restore a backup")
	ErrDiskFull    = errors.New("disk is full")
	ErrExists      = errors.New("there is one already")
	ErrNoStore     = errors.New("no service's data here")
)

// kind is what store.json and the table store say that this is.
const kind = "service"

// Store is an open store. It is safe for concurrent use.
type Store struct {
	engine
	write  *sql.DB       // one connection, for updates
	read   *sql.DB       // for views
	turn   chan struct{} // held by this program's one update
	erased atomic.Bool   // something was erased and may still be found on the disk
}

// Open opens the store at where, and makes it if there is none: a folder, or a
// URL that begins with postgres://. It brings an older schema up to date and
// fails with ErrNewerSchema on a newer one; on a folder, also with ErrLocked,
// ErrOtherData or ErrDamaged.
func Open(ctx context.Context, where string) (*Store, error) {
	s, err := open(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", redacted(where), err)
	}
	return s, nil
}

func open(ctx context.Context, where string) (*Store, error) {
	s := &Store{engine: engineOf(where), turn: make(chan struct{}, 1)}
	err := s.open(ctx)
	if err != nil {
		_ = s.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) (err error) {
	if s.write, s.read, err = s.connect(ctx, true); err != nil {
		return err
	}
	if err := s.exclusively(ctx, s.read, func() error { return migrate(ctx, s.engine, s.write) }); err != nil {
		return err
	}
	return s.update(ctx, func(x *tx) error {
		_, err := x.exec(`INSERT INTO store (kind, epoch) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM store)`, kind, newEpoch())
		return err
	})
}

func engineOf(where string) engine {
	if isURL(where) {
		return &postgres{url: where}
	}
	return &sqlite{dir: where}
}

func newEpoch() string { return rand.Text() }

func isURL(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Close closes the store. Views and updates must have ended.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(append(errs, s.release())...)
}

// View implements review.Store.
func (s *Store) View(ctx context.Context, fn func(review.Tx) error) error {
	t, err := s.read.BeginTx(ctx, s.reading())
	if err == nil {
		defer t.Rollback()
		err = fn(&tx{ctx: ctx, sql: t})
	}
	return s.ended(ctx, err)
}

// ended is explain; drivers have words of their own for a context that ended.
func (s *Store) ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		err = fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return s.explain(err)
}

// Update implements review.Store. It may run fn again where the database asks
// for that.
func (s *Store) Update(ctx context.Context, fn func(review.Tx) error) error {
	return s.ended(ctx, s.update(ctx, func(x *tx) error { return fn(x) }))
}

func (s *Store) update(ctx context.Context, fn func(*tx) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for tries := 1; ; tries++ {
		err := s.try(ctx, fn)
		if err == nil || tries == 10 || !s.again(err) {
			return err
		}
	}
}

func (s *Store) try(ctx context.Context, fn func(*tx) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// The statements obey ctx, the transaction does not: a commit that is broken
	// off leaves nobody knowing.
	t, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	if err := s.lock(ctx, t); err != nil {
		return err
	}
	x := &tx{ctx: ctx, sql: t, writes: true}
	if err := fn(x); err != nil {
		return err
	}
	if err := errors.Join(x.broken, ctx.Err()); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	if x.erases {
		s.erased.Store(true)
	}
	// What could not be scrubbed because someone was reading is after the next.
	if s.erased.Load() && s.scrub(context.WithoutCancel(ctx), conn) == nil {
		s.erased.Store(false)
	}
	return nil
}
