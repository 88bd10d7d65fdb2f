package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// EditInfo says whose edit it is and what it does.
type EditInfo struct {
	By    string // the person's name
	Label string // what is done, for people: 导入 去年目录.xlsx
	// Typing is the key of one stretch of typing, such as entry and field. Edits
	// with the same key amend one edit; empty: an edit of its own.
	Typing string
}

// record is one edit as the history keeps it.
type record struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Label   string    `json:"label"`
	Undoes  uint64    `json:"undoes,omitempty"`
	Redoes  uint64    `json:"redoes,omitempty"`
	Undo    uint64    `json:"undo,omitempty"` // the edit that Undo takes back next, once this one is made
	Redo    uint64    `json:"redo,omitempty"` // the undo that Redo takes back next
	Changes []change  `json:"changes"`
}

// stretch is the typing that the last edit may still grow with.
type stretch struct {
	info EditInfo
	seq  uint64 // of the edit it amends; zero: none
	at   time.Time
}

// Edit makes one edit: what fn does through tx is on disk as a whole when Edit
// returns nil, and not at all when fn fails, whose error it returns. An edit that
// changes nothing is not written, and comes back with Seq 0. fn must not call the
// store's own methods.
//
// After ErrDiskFull the store goes on with what it had, and edits succeed again
// once there is room. After an error of the disk the edit may be found made when
// the store is opened again, or not; never in part.
func (s *Store) Edit(ctx context.Context, info EditInfo, fn func(*Tx) error) (catalog.Edit, error) {
	e, err := s.edit(ctx, info, func(tx *Tx, _ *record, _ uint64) error { return fn(tx) })
	if err != nil {
		return catalog.Edit{}, fmt.Errorf("edit: %w", err)
	}
	return e, nil
}

// CloseTyping ends the stretch of typing: the next edit is one of its own.
func (s *Store) CloseTyping() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.typing = stretch{}
}

// Undo takes back the latest edit that is not taken back, and returns the edit
// that did, with the other's label. It fails with ErrNothingToUndo.
func (s *Store) Undo(ctx context.Context, by string) (catalog.Edit, error) {
	e, err := s.edit(ctx, EditInfo{By: by}, func(tx *Tx, r *record, seq uint64) error {
		last, err := readRecordHead(tx.b, seq-1)
		if err != nil {
			return err
		}
		if last.Undo == 0 {
			return ErrNothingToUndo
		}
		before, err := readRecordHead(tx.b, last.Undo-1)
		if err != nil {
			return err
		}
		r.Undoes, r.Undo, r.Redo = last.Undo, before.Undo, seq
		return tx.revert(last.Undo, r)
	})
	if err != nil {
		return catalog.Edit{}, fmt.Errorf("undo: %w", err)
	}
	return e, nil
}

// Redo takes back the latest undo, and returns the edit that did. It fails with
// ErrNothingToRedo, as it does once another edit was made.
func (s *Store) Redo(ctx context.Context, by string) (catalog.Edit, error) {
	e, err := s.edit(ctx, EditInfo{By: by}, func(tx *Tx, r *record, seq uint64) error {
		last, err := readRecordHead(tx.b, seq-1)
		if err != nil {
			return err
		}
		if last.Redo == 0 {
			return ErrNothingToRedo
		}
		before, err := readRecordHead(tx.b, last.Redo-1)
		if err != nil {
			return err
		}
		r.Redoes, r.Redo = last.Redo, before.Redo
		return tx.revert(last.Redo, r)
	})
	if err != nil {
		return catalog.Edit{}, fmt.Errorf("redo: %w", err)
	}
	return e, nil
}

// revert puts back every value that edit n changed, and gives r its label.
func (tx *Tx) revert(n uint64, r *record) error {
	old, err := readRecord(tx.b, n)
	if err != nil {
		return err
	}
	r.Label = old.Label
	for _, c := range old.Changes {
		if err := tx.put(c.key, c.Before); err != nil {
			return err
		}
	}
	return nil
}

// CanUndo reports whether there is an edit to undo.
func (s *Store) CanUndo() bool { return s.last().Undo != 0 }

// CanRedo reports whether there is an undo to take back.
func (s *Store) CanRedo() bool { return s.last().Redo != 0 }

func (s *Store) last() (r record) {
	// A store that cannot be read has nothing to undo; the next call says why.
	_ = s.view(context.Background(), func(b *bolt.Bucket) (err error) {
		r, err = readRecordHead(b, lastSeq(b))
		return err
	})
	return r
}

// edit makes one edit. fn changes values through tx and, for an undo or redo,
// says so in the record; seq is the number the edit will have.
func (s *Store) edit(ctx context.Context, info EditInfo, fn func(tx *Tx, r *record, seq uint64) error) (e catalog.Edit, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(btx *bolt.Tx) (bool, error) {
		e, err = s.make(btx, info, fn)
		return e.Seq != 0, err
	})
	if err != nil {
		return catalog.Edit{}, err
	}
	if e.Seq != 0 {
		s.typing = stretch{info: info, seq: e.Seq, at: e.At}
	}
	return e, nil
}

// write runs fn in a transaction, which is committed where fn says so. The caller
// holds writing.
func (s *Store) write(ctx context.Context, fn func(*bolt.Tx) (commit bool, err error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.o.ReadOnly {
		return ErrReadOnly
	}
	commitFailed := false
	run := func(db *bolt.DB) (err error) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		btx, err := db.Begin(true)
		if err != nil {
			return explain(err)
		}
		defer btx.Rollback() // after a commit it does nothing
		defer recoverFault(&err)
		commit, err := fn(btx)
		if err != nil || !commit {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err = btx.Commit()
		commitFailed = err != nil
		return explain(err)
	}
	err := s.use(run)
	if errors.Is(err, errReopen) {
		if err = s.reopen(); err == nil {
			err = s.use(run)
		}
	}
	if commitFailed {
		s.typing = stretch{}
		// Where this fails, the next call tries again.
		_ = s.reopen()
	}
	return err
}

// make does everything of an edit but the commit.
func (s *Store) make(btx *bolt.Tx, info EditInfo, fn func(tx *Tx, r *record, seq uint64) error) (e catalog.Edit, err error) {
	b := btx.Bucket(bucketName)
	if b == nil {
		return e, fmt.Errorf("%w: drafts are missing", ErrDamaged)
	}
	b.FillPercent = 0.9 // history is appended, and entries seldom grow
	tx := &Tx{b: b, s: s, orders: map[catalog.Sector][]catalog.EntryID{}, changed: map[key]int{}}
	defer func() { tx.b = nil }()

	now := s.o.Now().UTC().Round(0)
	seq := lastSeq(b) + 1
	r := record{At: now, By: info.By, Label: info.Label, Undo: seq}
	if err := fn(tx, &r, seq); err != nil {
		return e, err
	}
	if r.Changes, err = tx.net(); err != nil {
		return e, err
	}
	if len(r.Changes) == 0 && r.Undoes == 0 && r.Redoes == 0 {
		return e, nil
	}
	changed := r.Changes
	if s.continues(info, now, seq) {
		seq--
		if r, err = amend(b, seq, r); err != nil {
			return e, err
		}
	}
	if err := bump(b, seq, changed); err != nil {
		return e, err
	}
	if err := putRecord(b, seq, r); err != nil {
		return e, err
	}
	return r.edit(seq, func(c change) ([]byte, error) { return get(b, c.bytes()) })
}

// continues reports whether an edit numbered seq goes on with the typing of the
// edit before it.
func (s *Store) continues(info EditInfo, now time.Time, seq uint64) bool {
	t := s.typing
	pause := now.Sub(t.at)
	return info.Typing != "" && info.Typing == t.info.Typing && info.By == t.info.By &&
		t.seq == seq-1 && pause >= 0 && pause < s.o.TypingPause
}

// amend returns edit seq with the changes of r added to its own.
func amend(b *bolt.Bucket, seq uint64, r record) (record, error) {
	old, err := readRecord(b, seq)
	if err != nil {
		return old, err
	}
	old.At, old.Label = r.At, r.Label
	for _, c := range r.Changes {
		i := slices.IndexFunc(old.Changes, func(o change) bool { return o.key == c.key })
		if i < 0 {
			old.Changes = append(old.Changes, c)
			continue
		}
		old.Changes[i].Gone = c.Gone
	}
	return old, nil
}

// bump notes edit seq in the state of each catalog it changes.
func bump(b *bolt.Bucket, seq uint64, changes []change) error {
	done := map[catalog.Sector]bool{}
	for _, c := range changes {
		if done[c.Sector] {
			continue
		}
		done[c.Sector] = true
		st, err := readState(b, c.Sector)
		if err != nil {
			return err
		}
		j, err := json.Marshal(state{Revision: st.Revision + 1, Edit: seq})
		if err != nil {
			return err
		}
		if err := put(b, stateKey(c.Sector), j); err != nil {
			return err
		}
	}
	return nil
}

// lastSeq is the number of the latest edit, zero before the first.
func lastSeq(b *bolt.Bucket) uint64 {
	c := b.Cursor()
	c.Seek(identityKey) // it sorts right after the history
	k, _ := c.Prev()
	return seqOf(k)
}

// seqOf reads a key of the history; zero for any other.
func seqOf(k []byte) uint64 {
	rest, ok := bytes.CutPrefix(k, historyPrefix)
	if !ok || len(rest) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(rest)
}

// readRecord reads edit seq; edit 0 is the empty beginning.
func readRecord(b *bolt.Bucket, seq uint64) (r record, err error) {
	j, err := getRecord(b, seq)
	if err != nil {
		return r, err
	}
	return r, decode(historyKey(seq), j, &r)
}

// readRecordHead is readRecord without the changes, which can be ten thousand.
func readRecordHead(b *bolt.Bucket, seq uint64) (r record, err error) {
	j, err := getRecord(b, seq)
	if err != nil {
		return r, err
	}
	// They come last, and a text that holds these bytes has its quotes escaped.
	if head, _, ok := bytes.Cut(j, []byte(`,"changes":`)); ok {
		j = append(bytes.Clone(head), '}')
	}
	return r, decode(historyKey(seq), j, &r)
}

func getRecord(b *bolt.Bucket, seq uint64) ([]byte, error) {
	if seq == 0 {
		return []byte("{}"), nil
	}
	j, err := get(b, historyKey(seq))
	if err == nil && j == nil {
		err = fmt.Errorf("%w: edit %d is missing", ErrDamaged, seq)
	}
	return j, err
}

func putRecord(b *bolt.Bucket, seq uint64, r record) error {
	j, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return put(b, historyKey(seq), j)
}

// edit returns the record as callers see it; after tells what a value became.
func (r record) edit(seq uint64, after func(change) ([]byte, error)) (catalog.Edit, error) {
	e := catalog.Edit{
		Seq: seq, At: r.At, By: r.By, Label: r.Label, Undoes: r.Undoes, Redoes: r.Redoes,
		Changes: make([]catalog.Change, len(r.Changes)),
	}
	for i, c := range r.Changes {
		v, err := after(c)
		if err != nil {
			return catalog.Edit{}, err
		}
		e.Changes[i] = catalog.Change{Sector: c.Sector, Target: c.Target, Key: c.Key, Before: c.Before, After: bytes.Clone(v)}
	}
	return e, nil
}
