package boltstore

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// Tx is one edit being made. Its methods fail with catalog.ErrNotFound where
// there is no such catalog or entry; what they read includes what they wrote.
// Use it in the function given to Edit, and not after. An error that the function
// does not return is taken as settled: what was done stays part of the edit.
type Tx struct {
	b       *bolt.Bucket // nil when the edit is over
	s       *Store
	orders  map[catalog.Sector][]catalog.EntryID // those that were read or changed
	changed map[key]int                          // index in changes
	changes []change
}

// change is one value as the edit found it.
type change struct {
	key
	Before json.RawMessage `json:"before,omitempty"` // absent: there was none
	Gone   bool            `json:"gone,omitempty"`   // the edit took the value away
}

var errOver = errors.New("edit is over")

// put makes value the value of k, nil for none.
func (tx *Tx) put(k key, value []byte) error {
	if tx.b == nil {
		return errOver
	}
	raw := k.bytes()
	old, err := get(tx.b, raw)
	if err != nil {
		return err
	}
	if (old == nil) == (value == nil) && bytes.Equal(old, value) {
		return nil
	}
	if _, again := tx.changed[k]; !again {
		tx.changed[k] = len(tx.changes)
		tx.changes = append(tx.changes, change{key: k, Before: bytes.Clone(old)})
	}
	if value == nil {
		return tx.b.Delete(raw)
	}
	return put(tx.b, raw, value)
}

// set makes v, as JSON, the value of k; with none it takes the value away.
func (tx *Tx) set(k key, v any, none bool) error {
	if none {
		return tx.put(k, nil)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.put(k, b)
}

func (tx *Tx) get(k key) ([]byte, error) {
	if tx.b == nil {
		return nil, errOver
	}
	return get(tx.b, k.bytes())
}

// order returns the ids of the catalog's entries in their order. The slice is
// the transaction's own.
func (tx *Tx) order(s catalog.Sector) ([]catalog.EntryID, error) {
	if ids, ok := tx.orders[s]; ok && ids != nil {
		return ids, nil
	}
	if tx.b == nil {
		return nil, errOver
	}
	ids, err := readOrder(tx.b, s)
	if err != nil {
		return nil, err
	}
	tx.orders[s] = ids
	return ids, nil
}

// flush writes the orders that changed: once an edit, not once an entry.
func (tx *Tx) flush() error {
	for _, s := range sortedKeys(tx.orders) {
		ids := tx.orders[s]
		if err := tx.set(key{Target: catalog.TargetOrder, Sector: s}, ids, ids == nil); err != nil {
			return err
		}
	}
	return nil
}

// net returns what the edit changed in the end, in the order it was touched.
func (tx *Tx) net() ([]change, error) {
	if err := tx.flush(); err != nil {
		return nil, err
	}
	var out []change
	for _, c := range tx.changes {
		now, err := tx.get(c.key)
		if err != nil {
			return nil, err
		}
		if (now == nil) != (c.Before == nil) || !bytes.Equal(now, c.Before) {
			c.Gone = now == nil
			out = append(out, c)
		}
	}
	return out, nil
}

// Sectors returns the sectors that have a catalog, by slug.
func (tx *Tx) Sectors() ([]catalog.Sector, error) {
	if tx.b == nil {
		return nil, errOver
	}
	return readSectors(tx.b)
}

// Catalog returns the sector's catalog as the edit has it so far. Its revision
// is the one before the edit.
func (tx *Tx) Catalog(s catalog.Sector) (catalog.Catalog, error) {
	ids, err := tx.order(s)
	if err != nil {
		return catalog.Catalog{}, err
	}
	return readCatalog(tx.b, tx.s.unit, s, ids)
}

// Entry returns one entry as the edit has it so far.
func (tx *Tx) Entry(s catalog.Sector, id catalog.EntryID) (catalog.Entry, error) {
	if tx.b == nil {
		return catalog.Entry{}, errOver
	}
	return readEntry(tx.b, s, id)
}

// PutCatalog adds a catalog with all its entries; those without an id get one.
// The revision is the store's to count, and a new catalog is not signed off, so
// both are ignored. It fails with ErrExists where the sector has a catalog
// (RemoveCatalog comes first), and on another unit's catalog.
func (tx *Tx) PutCatalog(c catalog.Catalog) error {
	if err := checkSector(c.Sector); err != nil {
		return err
	}
	if c.Unit.ID != "" && c.Unit.ID != tx.s.unit.ID {
		return fmt.Errorf("add catalog %s: it is of unit %s, the store of %s", c.Sector, c.Unit.ID, tx.s.unit.ID)
	}
	if _, err := tx.order(c.Sector); !errors.Is(err, catalog.ErrNotFound) {
		return cmp.Or(err, fmt.Errorf("add catalog %s: %w", c.Sector, ErrExists))
	}
	tx.orders[c.Sector] = []catalog.EntryID{}
	if err := tx.SetVersions(c.Sector, c.TemplateVersion, c.RegisterVersion); err != nil {
		return err
	}
	for _, e := range c.Entries {
		e.Sector = c.Sector
		if _, err := tx.AppendEntry(e); err != nil {
			return err
		}
	}
	for _, t := range sortedKeys(c.Omitted) {
		why := c.Omitted[t]
		if err := tx.SetOmitted(c.Sector, t, &why); err != nil {
			return err
		}
	}
	for _, r := range c.Reasons {
		if err := tx.SetReason(c.Sector, r); err != nil {
			return err
		}
	}
	if err := tx.SetNotApplicable(c.Sector, c.NotApplicable); err != nil {
		return err
	}
	return tx.SetNote(c.Sector, c.Note)
}

// RemoveCatalog removes the sector's catalog and all that is in it.
func (tx *Tx) RemoveCatalog(s catalog.Sector) error {
	if _, err := tx.order(s); err != nil {
		return err
	}
	keys, err := sectorKeys(tx.b, s)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if err := tx.put(k, nil); err != nil {
			return err
		}
	}
	tx.orders[s] = nil
	return nil
}

// PutEntry replaces the entry of the same sector and id.
func (tx *Tx) PutEntry(e catalog.Entry) error {
	k := entryKey(e.Sector, e.ID)
	old, err := tx.get(k)
	if err != nil {
		return err
	}
	if old == nil {
		return fmt.Errorf("change entry %q of %q: %w", e.ID, e.Sector, catalog.ErrNotFound)
	}
	return tx.set(k, e, false)
}

// InsertEntry adds an entry after another one, or first where after is empty,
// and returns its id: a new one where it had none. It fails with
// catalog.ErrConflict where the id is taken.
func (tx *Tx) InsertEntry(e catalog.Entry, after catalog.EntryID) (catalog.EntryID, error) {
	ids, err := tx.order(e.Sector)
	if err != nil {
		return "", err
	}
	at := 0
	if after != "" {
		i := slices.Index(ids, after)
		if i < 0 {
			return "", fmt.Errorf("add entry to %s after %s: %w", e.Sector, after, catalog.ErrNotFound)
		}
		at = i + 1
	}
	return tx.insert(e, at)
}

// AppendEntry adds an entry as the catalog's last, as InsertEntry does.
func (tx *Tx) AppendEntry(e catalog.Entry) (catalog.EntryID, error) {
	ids, err := tx.order(e.Sector)
	if err != nil {
		return "", err
	}
	return tx.insert(e, len(ids))
}

func (tx *Tx) insert(e catalog.Entry, at int) (catalog.EntryID, error) {
	if e.ID == "" {
		e.ID = tx.s.o.NewID()
	}
	taken, err := tx.get(entryKey(e.Sector, e.ID))
	if err != nil {
		return "", err
	}
	if taken != nil {
		return "", fmt.Errorf("add entry %s to %s: the id is taken: %w", e.ID, e.Sector, catalog.ErrConflict)
	}
	if err := tx.set(entryKey(e.Sector, e.ID), e, false); err != nil {
		return "", fmt.Errorf("add entry %s to %s: %w", e.ID, e.Sector, err)
	}
	tx.orders[e.Sector] = slices.Insert(tx.orders[e.Sector], at, e.ID)
	return e.ID, nil
}

// RemoveEntry removes one entry.
func (tx *Tx) RemoveEntry(s catalog.Sector, id catalog.EntryID) error {
	ids, err := tx.order(s)
	if err != nil {
		return err
	}
	i := slices.Index(ids, id)
	if i < 0 {
		return fmt.Errorf("remove entry %s of %s: %w", id, s, catalog.ErrNotFound)
	}
	if err := tx.put(entryKey(s, id), nil); err != nil {
		return err
	}
	tx.orders[s] = slices.Delete(ids, i, i+1)
	return nil
}

// Reorder puts the entries in the order of ids, which must name each once;
// catalog.ErrConflict where it does not.
func (tx *Tx) Reorder(s catalog.Sector, ids []catalog.EntryID) error {
	now, err := tx.order(s)
	if err != nil {
		return err
	}
	if !slices.Equal(slices.Sorted(slices.Values(now)), slices.Sorted(slices.Values(ids))) {
		return fmt.Errorf("reorder %s: other entries than it has: %w", s, catalog.ErrConflict)
	}
	tx.orders[s] = append([]catalog.EntryID{}, ids...)
	return nil
}

// SetOmitted records why a template's entry is left out; nil takes the record away.
func (tx *Tx) SetOmitted(s catalog.Sector, t catalog.TemplateID, why *catalog.NotApplicable) error {
	if t == "" {
		return fmt.Errorf("omit an entry of %s: no template id", s)
	}
	return tx.setIn(key{catalog.TargetOmission, s, string(t)}, why, why == nil)
}

// SetNotApplicable records why the whole sector does not occur; nil takes the
// record away.
func (tx *Tx) SetNotApplicable(s catalog.Sector, why *catalog.NotApplicable) error {
	return tx.setIn(key{Target: catalog.TargetNotApplicable, Sector: s}, why, why == nil)
}

// SetReason records a reason against a finding, replacing the one against the
// same rule, entry and field; one with no text takes it away.
func (tx *Tx) SetReason(s catalog.Sector, r catalog.Reason) error {
	return tx.setIn(reasonKey(s, r), r, r.Reason == "")
}

// SetNote makes note the catalog's note.
func (tx *Tx) SetNote(s catalog.Sector, note string) error {
	return tx.setIn(key{Target: catalog.TargetNote, Sector: s}, note, note == "")
}

// SetSignOff records the unit's approval of the catalog as it is now; nil takes
// it away. so.Revision is the revision that was approved, and it fails with
// catalog.ErrConflict where the catalog has gone on since. In the store it becomes
// the revision that this edit makes, beside the digest of what was approved, so
// that it holds until the catalog says something else.
func (tx *Tx) SetSignOff(s catalog.Sector, so *catalog.SignOff) error {
	k := key{Target: catalog.TargetSignOff, Sector: s}
	if so == nil {
		return tx.setIn(k, nil, true)
	}
	now, err := tx.Catalog(s)
	if err != nil {
		return err
	}
	if so.Revision != now.Revision {
		return fmt.Errorf("sign off %s: revision %d was approved, it is at %d: %w", s, so.Revision, now.Revision, catalog.ErrConflict)
	}
	signed := *so
	signed.Revision, signed.Digest = now.Revision+1, now.Digest()
	return tx.setIn(k, signed, false)
}

// SetVersions records the releases of templates and register the catalog follows.
func (tx *Tx) SetVersions(s catalog.Sector, template, register string) error {
	return tx.setIn(key{Target: catalog.TargetCatalog, Sector: s}, versions{template, register}, false)
}

// setIn is set for what belongs to a catalog that is there.
func (tx *Tx) setIn(k key, v any, none bool) error {
	if _, err := tx.order(k.Sector); err != nil {
		return err
	}
	return tx.set(k, v, none)
}
