// Package boltstore keeps a unit's drafts, and the history of every edit, in one
// file on its own machine. When Edit returns, the edit is on disk: it survives a
// killed program and a power cut. One edit is one transaction. Nothing that was
// ever saved is lost to an undo, a restore or a removal, and a file that is
// damaged gives ErrDamaged, never a panic or silently other data.
//
// # The folder
//
// A store is a folder with drafts.db, a bbolt file, and store.json, which names
// its kind, so that the review service's folder is not taken for it. One program
// writes at a time (ErrLocked); any number may read while none writes. Programs
// on other machines see no lock: keep the folder on a local disk.
//
// # History
//
// History is a list of edits, counted from 1 without gaps. Each holds who, when
// and what every value was before; what it became is the next edit's before, or
// the present value, so each value is kept once. Undo takes back the latest edit
// that is not taken back, all the way to the empty store, and Redo takes back the
// latest undo until another edit is made, as in an editor. Both go on after a
// restart, and both are edits in the history themselves; no step of them is
// ever removed from it.
//
// Edits with the same EditInfo.Typing, by the same person, amend one edit until
// CloseTyping, another edit, or Options.TypingPause without one; each is on disk
// on its own. Such an edit bears the time of its last amendment.
//
// # What is kept beside the drafts
//
// Keep puts files such as a template that a draft was made from beside the
// drafts: they go with every backup, and no undo takes them away.
//
// # Backups and migrations
//
// A backup is a single file, checked by opening it before it takes its name.
// A store written by an older program is brought up to date by Open in one
// transaction, after a checked copy has been put beside it as
// drafts.db.before-v2 (and so on); one written by a newer program is left alone
// (ErrNewerSchema). To go back, close the program and restore that copy.
package boltstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// Errors that callers branch on. Others wrap what the system said.
var (
	ErrExists        = errors.New("there is one already")
	ErrNoStore       = errors.New("no store of drafts here")
	ErrLocked        = errors.New("store is open in another program")
	ErrReadOnly      = errors.New("store is read-only")
	ErrNewerSchema   = errors.New("store was written by a newer program")
	ErrDamaged       = errors.New("store is damaged, restore a backup")
	ErrDiskFull      = errors.New("disk is full")
	ErrServiceData   = errors.New("folder holds data of another kind, not drafts")
	ErrNothingToUndo = errors.New("nothing to undo")
	ErrNothingToRedo = errors.New("nothing to redo")
	ErrClosed        = errors.New("store is closed")
)

// Options are what a store takes from outside; the zero value is usable.
type Options struct {
	Now         func() time.Time       // time.Now where nil
	NewID       func() catalog.EntryID // a ULID where nil
	ReadOnly    bool                   // open for reading; every edit gives ErrReadOnly
	Wait        time.Duration          // how long to wait for the lock; zero: not at all
	TypingPause time.Duration          // a pause that closes a stretch of typing; 5 s where zero
	form        form                   // what the program writes; current where zero
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = func() catalog.EntryID { return catalog.EntryID(ulid.Make().String()) }
	}
	if o.TypingPause == 0 {
		o.TypingPause = 5 * time.Second
	}
	if o.form.schema == 0 {
		o.form = current
	}
	return o
}

// Store is an open store of drafts. Its methods may be called from several
// goroutines at once.
type Store struct {
	dir  string
	o    Options
	unit catalog.Unit

	writing sync.Mutex // held by the one edit that is being made
	typing  stretch    // guarded by writing

	handle sync.RWMutex // held for reading while db is in use
	db     *bolt.DB     // nil when it could not be reopened after a failed commit
	closed bool
}

const (
	fileName   = "drafts.db"
	markerName = "store.json"
	kindDrafts = "drafts"
)

// identity is what a store says of itself, in a form that every version of the
// program can read.
type identity struct {
	Kind   string       `json:"kind"`
	Schema int          `json:"schema"`
	Unit   catalog.Unit `json:"unit"`
}

// marker is store.json.
type marker struct {
	Kind   string `json:"kind"`
	Schema int    `json:"schema"`
}

// Create makes an empty store for the unit in dir, which may be absent, and
// opens it. It fails with ErrExists where there is a store, and with
// ErrServiceData where the folder belongs to another kind of data.
func Create(dir string, u catalog.Unit, o Options) (*Store, error) {
	s, err := create(dir, u, o.filled())
	if err != nil {
		return nil, fmt.Errorf("create store %s: %w", dir, explain(err))
	}
	return s, nil
}

func create(dir string, u catalog.Unit, o Options) (*Store, error) {
	if u.ID == "" {
		return nil, errors.New("unit has no id")
	}
	if o.ReadOnly {
		return nil, ErrReadOnly
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := checkMarker(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, fileName)
	info, err := os.Stat(path)
	fresh := err != nil || info.Size() == 0
	db, err := openFile(path, o, true)
	if err != nil {
		if fresh && isDiskFull(err) {
			_ = os.Remove(path)
		}
		return nil, err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketName) != nil {
			return ErrExists
		}
		b, err := tx.CreateBucket(bucketName)
		if err != nil {
			return err
		}
		return putIdentity(b, identity{Kind: kindDrafts, Schema: o.form.schema, Unit: u})
	})
	if err == nil {
		err = writeMarker(dir, o.form.schema)
	}
	if err != nil {
		_ = db.Close()
		if fresh && !errors.Is(err, ErrExists) {
			_ = os.Remove(path)
		}
		return nil, err
	}
	return &Store{dir: dir, o: o, unit: u, db: db}, nil
}

// Open opens the store in dir. It fails with ErrNoStore, ErrServiceData,
// ErrLocked, ErrReadOnly (where it may not be written and o does not say so),
// ErrNewerSchema or ErrDamaged.
func Open(dir string, o Options) (*Store, error) {
	s, err := open(dir, o.filled())
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", dir, explain(err))
	}
	return s, nil
}

func open(dir string, o Options) (*Store, error) {
	if err := checkMarker(dir); err != nil {
		return nil, err
	}
	db, err := openFile(filepath.Join(dir, fileName), o, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoStore
	}
	if err != nil {
		return nil, err
	}
	id, err := identify(db)
	if err == nil && id.Schema != o.form.schema {
		id, err = migrate(db, dir, id, o)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	if m, err := readMarker(dir); !o.ReadOnly && (err != nil || m.Schema != id.Schema) {
		// The file itself says what it is; the marker only says it sooner. A
		// folder where no file can be made still holds a good store.
		_ = writeMarker(dir, id.Schema)
	}
	return &Store{dir: dir, o: o, unit: id.Unit, db: db}, nil
}

// Close gives the store back. Everything is on disk already.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.handle.Lock()
	defer s.handle.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.db == nil {
		return nil
	}
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store %s: %w", s.dir, err)
	}
	return nil
}

// Unit is the unit whose drafts these are.
func (s *Store) Unit() catalog.Unit { return s.unit }

// NewID returns an id for a new entry.
func (s *Store) NewID() catalog.EntryID { return s.o.NewID() }

// identify reads what the file says of itself.
func identify(db *bolt.DB) (id identity, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketName)
		if b == nil {
			return ErrNoStore // a Create that was cut short
		}
		id, err = getIdentity(b)
		return err
	})
	return id, err
}

func getIdentity(b *bolt.Bucket) (id identity, err error) {
	v, err := get(b, identityKey)
	if err != nil {
		return id, err
	}
	if err := json.Unmarshal(v, &id); err != nil {
		return id, fmt.Errorf("%w: its identity: %w", ErrDamaged, err)
	}
	if id.Kind != kindDrafts {
		return id, fmt.Errorf("%w: %q", ErrServiceData, id.Kind)
	}
	return id, nil
}

func putIdentity(b *bolt.Bucket, id identity) error {
	v, err := json.Marshal(id)
	if err != nil {
		return err
	}
	return put(b, identityKey, v)
}

// use runs fn on the open file, which no one closes or reopens meanwhile.
func (s *Store) use(fn func(*bolt.DB) error) error {
	s.handle.RLock()
	defer s.handle.RUnlock()
	switch {
	case s.closed:
		return ErrClosed
	case s.db == nil:
		return errReopen
	}
	return fn(s.db)
}

// errReopen: the file has to be opened anew before it can be used.
var errReopen = errors.New("store could not be reopened")

// reopen opens the file anew. After a commit that failed, bbolt's picture of the
// file in memory may not be the file's, and its mapping may be gone.
func (s *Store) reopen() error {
	s.handle.Lock()
	defer s.handle.Unlock()
	if s.closed {
		return ErrClosed
	}
	if s.db != nil {
		_ = s.db.Close()
		s.db = nil
	}
	db, err := openFile(filepath.Join(s.dir, fileName), s.o, false)
	if err != nil {
		return fmt.Errorf("%w: %w", errReopen, explain(err))
	}
	s.db = db
	return nil
}

// view runs fn on a snapshot of the store.
func (s *Store) view(ctx context.Context, fn func(*bolt.Bucket) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	run := func(db *bolt.DB) error { return guard(func() error { return db.View(inBucket(fn)) }) }
	err := s.use(run)
	if errors.Is(err, errReopen) {
		if err = s.reopen(); err == nil {
			err = s.use(run)
		}
	}
	return err
}

func inBucket(fn func(*bolt.Bucket) error) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketName)
		if b == nil {
			return fmt.Errorf("%w: drafts are missing", ErrDamaged)
		}
		return fn(b)
	}
}
