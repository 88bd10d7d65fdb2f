package boltstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// HistoryQuery says which edits are wanted. With a sector or an entry, only
// edits that concern it, and of their changes only those that do.
type HistoryQuery struct {
	Sector catalog.Sector
	Entry  catalog.EntryID // with Sector
	Before uint64          // only edits before this one; zero: from the newest
	Limit  int             // at most so many; zero: all
}

func (q HistoryQuery) wants(k key) bool {
	switch {
	case q.Sector == "":
		return true
	case q.Entry == "":
		return k.Sector == q.Sector
	}
	return k == entryKey(q.Sector, q.Entry)
}

// History returns edits, the newest first.
func (s *Store) History(ctx context.Context, q HistoryQuery) (out []catalog.Edit, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		out, err = readHistory(ctx, b, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read history: %w", explain(err))
	}
	return out, nil
}

func readHistory(ctx context.Context, b *bolt.Bucket, q HistoryQuery) (out []catalog.Edit, err error) {
	later := map[key][]byte{} // what the values were after the edit at hand, where a later one changed them
	after := func(c change) ([]byte, error) {
		if v, ok := later[c.key]; ok {
			return v, nil
		}
		return get(b, c.bytes())
	}
	err = backwards(ctx, b, func(seq uint64, r record) error {
		r.Changes = slices.DeleteFunc(r.Changes, func(c change) bool { return !q.wants(c.key) })
		if (q.Before == 0 || seq < q.Before) && (len(r.Changes) > 0 || q.Sector == "") {
			e, err := r.edit(seq, after)
			if err != nil {
				return err
			}
			if out = append(out, e); len(out) == q.Limit {
				return errStop
			}
		}
		for _, c := range r.Changes {
			later[c.key] = c.Before
		}
		return nil
	})
	return out, err
}

// errStop ends a walk through the history before its beginning.
var errStop = errors.New("stop")

// backwards calls fn with every edit, the newest first, until it returns errStop
// or another error.
func backwards(ctx context.Context, b *bolt.Bucket, fn func(uint64, record) error) error {
	for seq := lastSeq(b); seq > 0; seq-- {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := readRecord(b, seq)
		if err == nil {
			err = fn(seq, r)
		}
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// RestoreEntry makes an entry what it was at a time, in one edit: after the last
// edit not later than at. One that was removed since comes back to its place. It
// fails with catalog.ErrNotFound where there was no such entry then, or there is
// no such catalog now.
func (s *Store) RestoreEntry(ctx context.Context, sector catalog.Sector, id catalog.EntryID, at time.Time, info EditInfo) (catalog.Edit, error) {
	e, err := s.edit(ctx, info, func(tx *Tx, _ *record, _ uint64) error { return tx.restoreEntry(ctx, sector, id, at) })
	if err != nil {
		return catalog.Edit{}, fmt.Errorf("restore entry %s of %s: %w", id, sector, err)
	}
	return e, nil
}

func (tx *Tx) restoreEntry(ctx context.Context, sector catalog.Sector, id catalog.EntryID, at time.Time) error {
	ids, err := tx.order(sector)
	if err != nil {
		return err
	}
	entry, order := entryKey(sector, id), key{Target: catalog.TargetOrder, Sector: sector}
	then, err := asOf(ctx, tx.b, at, func(k key) bool { return k == entry || k == order })
	if err != nil {
		return err
	}
	old, changed := then[entry]
	switch {
	case !changed && slices.Contains(ids, id):
		return nil
	case old == nil:
		return catalog.ErrNotFound
	}
	if err := tx.put(entry, old); err != nil || slices.Contains(ids, id) {
		return err
	}
	var before []catalog.EntryID // the catalog's order at the time
	if j := then[order]; j != nil {
		if err := decode(order.bytes(), j, &before); err != nil {
			return err
		}
	}
	place := 0
	for i := slices.Index(before, id) - 1; i >= 0; i-- {
		if p := slices.Index(ids, before[i]); p >= 0 {
			place = p + 1
			break
		}
	}
	tx.orders[sector] = slices.Insert(ids, place, id)
	return nil
}

// RestoreCatalog makes a whole catalog what it was at a time, in one edit, as
// RestoreEntry does; one that was removed since comes back. It fails with
// catalog.ErrNotFound where there was no such catalog then.
func (s *Store) RestoreCatalog(ctx context.Context, sector catalog.Sector, at time.Time, info EditInfo) (catalog.Edit, error) {
	e, err := s.edit(ctx, info, func(tx *Tx, _ *record, _ uint64) error {
		then, err := asOf(ctx, tx.b, at, func(k key) bool { return k.Sector == sector })
		if err != nil {
			return err
		}
		head := key{Target: catalog.TargetCatalog, Sector: sector}
		was, changed := then[head]
		if !changed {
			if was, err = tx.get(head); err != nil {
				return err
			}
		}
		if was == nil {
			return catalog.ErrNotFound
		}
		for _, c := range sortedChanges(then) {
			if err := tx.put(c.key, c.Before); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return catalog.Edit{}, fmt.Errorf("restore catalog %s: %w", sector, err)
	}
	return e, nil
}

// asOf returns what the wanted values were at a time, nil for none, as far as
// they were changed since.
func asOf(ctx context.Context, b *bolt.Bucket, at time.Time, wants func(key) bool) (map[key][]byte, error) {
	then := map[key][]byte{}
	err := backwards(ctx, b, func(_ uint64, r record) error {
		if !r.At.After(at) {
			return errStop
		}
		for _, c := range r.Changes {
			if wants(c.key) {
				then[c.key] = c.Before
			}
		}
		return nil
	})
	return then, err
}

// sortedChanges returns the values in the order of their keys.
func sortedChanges(values map[key][]byte) []change {
	out := make([]change, 0, len(values))
	for k, v := range values {
		out = append(out, change{key: k, Before: v})
	}
	slices.SortFunc(out, func(a, b change) int { return slices.Compare(a.bytes(), b.bytes()) })
	return out
}
