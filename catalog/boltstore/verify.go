package boltstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// Verify checks a store that no program has open for writing, or a backup, page
// by page and value by value: every checksum, every form, that each order names
// just the entries there are, and that the history leads back to the empty
// beginning without a gap. path is a store's folder or a file. It fails with
// ErrDamaged, listing what is wrong, or as Open does.
func Verify(path string) error {
	err := verify(path, Options{}.filled())
	if err != nil {
		return fmt.Errorf("verify %s: %w", path, explain(err))
	}
	return nil
}

func verify(path string, o Options) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		if err := checkMarker(path); err != nil {
			return err
		}
		path = filepath.Join(path, fileName)
	}
	o.ReadOnly = true
	db, err := openFile(path, o, false)
	if err != nil {
		return err
	}
	defer db.Close()
	return guard(func() error { return db.View(func(tx *bolt.Tx) error { return verifyTx(tx, o.form) }) })
}

// Verify checks the open store as the function Verify does. Edits wait for it.
func (s *Store) Verify(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	// By ordinary reads first: bbolt's own check follows the memory map.
	err := checkPath(filepath.Join(s.dir, fileName))
	if err == nil {
		err = s.view(ctx, func(b *bolt.Bucket) error { return verifyTx(b.Tx(), s.o.form) })
	}
	if err != nil {
		return fmt.Errorf("verify store %s: %w", s.dir, explain(err))
	}
	return nil
}

func checkPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return checkFile(f, false)
}

func verifyTx(tx *bolt.Tx, f form) error {
	var errs []error
	for err := range tx.Check() {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return fmt.Errorf("%w: %w", ErrDamaged, errors.Join(errs...))
	}
	b := tx.Bucket(bucketName)
	if b == nil {
		return ErrNoStore
	}
	return errors.Join(verifyBucket(b, f), verifyKept(tx))
}

// verifyBucket checks what the pages hold.
func verifyBucket(b *bolt.Bucket, f form) error {
	id, err := getIdentity(b)
	if err != nil {
		return err
	}
	switch {
	case id.Schema > f.schema:
		return fmt.Errorf("%w: schema %d", ErrNewerSchema, id.Schema)
	case id.Schema < f.schema:
		return nil // its form is checked once it is brought up to date
	}
	a := audit{
		entries: map[catalog.Sector][]catalog.EntryID{},
		orders:  map[catalog.Sector][]catalog.EntryID{},
		states:  map[catalog.Sector]state{},
		values:  map[key]bool{},
	}
	a.readValues(b)
	a.checkCatalogs()
	a.checkHistory(b)
	if len(a.errs) > 0 {
		return fmt.Errorf("%w: %w", ErrDamaged, errors.Join(a.errs...))
	}
	return nil
}

// audit collects what is wrong with a store.
type audit struct {
	entries map[catalog.Sector][]catalog.EntryID
	orders  map[catalog.Sector][]catalog.EntryID
	states  map[catalog.Sector]state
	values  map[key]bool
	errs    []error
}

func (a *audit) bad(format string, args ...any) { a.errs = append(a.errs, fmt.Errorf(format, args...)) }

// readValues reads every key but the history's.
func (a *audit) readValues(b *bolt.Bucket) {
	c := b.Cursor()
	for raw, sealed := c.Seek(identityKey); raw != nil; raw, sealed = c.Next() {
		v, err := unseal(raw, sealed)
		if err != nil {
			a.errs = append(a.errs, err)
			continue
		}
		if bytes.Equal(raw, identityKey) {
			continue
		}
		if s, ok := bytes.CutPrefix(raw, statePrefix); ok {
			var st state
			if err := decode(raw, v, &st); err != nil {
				a.errs = append(a.errs, err)
			}
			a.states[catalog.Sector(s)] = st
			continue
		}
		k, err := parseKey(raw)
		if err == nil {
			a.values[k] = true
			err = a.checkValue(k, v)
		}
		if err != nil {
			a.errs = append(a.errs, err)
		}
	}
}

// checkValue checks that v is a value that k can have.
func (a *audit) checkValue(k key, v []byte) error {
	var into any
	var e catalog.Entry
	var ids []catalog.EntryID
	var r catalog.Reason
	switch k.Target {
	case catalog.TargetEntry:
		into = &e
	case catalog.TargetOrder:
		into = &ids
	case catalog.TargetReason:
		into = &r
	case catalog.TargetCatalog:
		into = new(versions)
	case catalog.TargetNote:
		into = new(string)
	case catalog.TargetSignOff:
		into = new(catalog.SignOff)
	default:
		into = new(catalog.NotApplicable)
	}
	if err := decode(k.bytes(), v, into); err != nil {
		return err
	}
	switch k.Target {
	case catalog.TargetEntry:
		if e.ID != catalog.EntryID(k.Key) || e.Sector != k.Sector {
			return fmt.Errorf("entry %q of %q says it is %q of %q", k.Key, k.Sector, e.ID, e.Sector)
		}
		a.entries[k.Sector] = append(a.entries[k.Sector], e.ID)
	case catalog.TargetOrder:
		a.orders[k.Sector] = ids
	case catalog.TargetReason:
		if want := reasonKey(k.Sector, r); k != want {
			return fmt.Errorf("reason of %q has the key %q, want %q", k.Sector, k.Key, want.Key)
		}
	}
	return nil
}

// checkCatalogs checks that every value belongs to a catalog, and each catalog's
// order names just its entries.
func (a *audit) checkCatalogs() {
	for k := range a.values {
		if !a.values[key{Target: catalog.TargetCatalog, Sector: k.Sector}] {
			a.bad("%s %q of %q, which has no catalog", k.Target, k.Key, k.Sector)
		}
		if k.Target != catalog.TargetCatalog {
			continue
		}
		ids, ok := a.orders[k.Sector]
		if !ok || ids == nil {
			a.bad("catalog %q has no order", k.Sector)
		}
		// Entries came in the order of their ids.
		if !slices.Equal(slices.Sorted(slices.Values(ids)), a.entries[k.Sector]) {
			a.bad("catalog %q: its order does not name its entries", k.Sector)
		}
	}
}

// checkHistory checks that edits are numbered without a gap, that undo and redo
// lead where an editor's would, and that taking every edit back, the last first,
// ends with nothing.
func (a *audit) checkHistory(b *bolt.Bucket) {
	records := []record{{}} // of edits by number, with keys and without values
	err := scan(b, historyPrefix, func(k, v []byte) error {
		var r record
		if err := decode(k, v, &r); err != nil {
			return err
		}
		seq := uint64(len(records))
		if got := seqOf(k); got != seq {
			return fmt.Errorf("edit %d follows edit %d", got, seq-1)
		}
		want := record{Undo: seq}
		last := records[seq-1]
		switch {
		case r.Undoes != 0 && r.Undoes == last.Undo:
			want = record{Undo: records[r.Undoes-1].Undo, Redo: seq}
		case r.Redoes != 0 && r.Redoes == last.Redo:
			want.Redo = records[r.Redoes-1].Redo
		case r.Undoes != 0 || r.Redoes != 0:
			return fmt.Errorf("edit %d takes back edit %d, not the next to take back", seq, r.Undoes+r.Redoes)
		}
		if r.Undo != want.Undo || r.Redo != want.Redo {
			return fmt.Errorf("edit %d has undo %d and redo %d next, want %d and %d", seq, r.Undo, r.Redo, want.Undo, want.Redo)
		}
		for i, c := range r.Changes {
			if _, err := parseKey(c.bytes()); err != nil {
				return fmt.Errorf("edit %d: %w", seq, err)
			}
			if c.Before != nil {
				r.Changes[i].Before = []byte{}
			}
		}
		records = append(records, r)
		return nil
	})
	if err != nil {
		a.errs = append(a.errs, err)
		return
	}
	edits := map[catalog.Sector]state{} // how many, and the last
	for seq, r := range slices.Backward(records) {
		counted := map[catalog.Sector]bool{}
		for _, c := range r.Changes {
			if !counted[c.Sector] {
				counted[c.Sector] = true
				n := edits[c.Sector]
				edits[c.Sector] = state{n.Revision + 1, max(n.Edit, uint64(seq))}
			}
			if a.values[c.key] == c.Gone {
				a.bad("edit %d: %s %q of %q is there after it: %v", seq, c.Target, c.Key, c.Sector, !c.Gone)
			}
			delete(a.values, c.key)
			if c.Before != nil {
				a.values[c.key] = true
			}
		}
	}
	for k := range a.values {
		a.bad("%s %q of %q is there, and no edit made it", k.Target, k.Key, k.Sector)
	}
	for s := range a.states {
		if _, ok := edits[s]; !ok {
			edits[s] = state{} // one that no edit is left of, too
		}
	}
	for s, n := range edits {
		if st := a.states[s]; st.Revision < n.Revision || st.Edit != n.Edit {
			a.bad("catalog %q is at revision %d and edit %d; it had %d edits, the last was %d", s, st.Revision, st.Edit, n.Revision, n.Edit)
		}
	}
}
