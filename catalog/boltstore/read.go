package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// versions is the value of catalog.TargetCatalog.
type versions struct {
	Template string `json:"templateVersion,omitempty"`
	Register string `json:"registerVersion,omitempty"`
}

// Sectors returns the sectors that have a catalog, by slug.
func (s *Store) Sectors(ctx context.Context) (out []catalog.Sector, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		out, err = readSectors(b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sectors: %w", explain(err))
	}
	return out, nil
}

// Catalogs returns all catalogs, by sector slug, as of one moment.
func (s *Store) Catalogs(ctx context.Context) (out []catalog.Catalog, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		out, err = readCatalogs(ctx, b, s.unit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read catalogs: %w", explain(err))
	}
	return out, nil
}

// Heads returns what there is to say of each catalog without reading its entries,
// by sector slug, as of one moment.
func (s *Store) Heads(ctx context.Context) (out []catalog.Head, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		out, err = readHeads(ctx, b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read heads: %w", explain(err))
	}
	return out, nil
}

func readHeads(ctx context.Context, b *bolt.Bucket) ([]catalog.Head, error) {
	sectors, err := readSectors(b)
	if err != nil {
		return nil, err
	}
	edits := map[uint64]record{} // one edit makes all the catalogs of a unit
	out := make([]catalog.Head, 0, len(sectors))
	for _, sector := range sectors {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ids, err := readOrder(b, sector)
		if err != nil {
			return nil, err
		}
		st, err := readState(b, sector)
		if err != nil {
			return nil, err
		}
		h := catalog.Head{Sector: sector, Revision: st.Revision, Entries: len(ids)}
		var v versions
		for k, into := range map[catalog.Target]any{
			catalog.TargetCatalog: &v, catalog.TargetNotApplicable: &h.NotApplicable, catalog.TargetSignOff: &h.SignOff,
		} {
			if _, err := read(b, key{Target: k, Sector: sector}, into); err != nil {
				return nil, fmt.Errorf("catalog %q: %w", sector, err)
			}
		}
		h.TemplateVersion, h.RegisterVersion = v.Template, v.Register
		h.Signed = h.SignOff.Holds(h.Revision, func() string {
			var c catalog.Catalog
			c, err = readCatalog(b, catalog.Unit{}, sector, ids)
			return c.Digest()
		})
		if err != nil {
			return nil, err
		}
		last, ok := edits[st.Edit]
		if !ok {
			if last, err = readRecordHead(b, st.Edit); err != nil {
				return nil, err
			}
			edits[st.Edit] = last
		}
		h.EditedAt, h.EditedBy = last.At, last.By
		out = append(out, h)
	}
	return out, nil
}

// Catalog returns the sector's catalog, its reasons by rule, entry and field. It
// fails with catalog.ErrNotFound where there is none.
func (s *Store) Catalog(ctx context.Context, sector catalog.Sector) (c catalog.Catalog, err error) {
	err = s.view(ctx, func(b *bolt.Bucket) error {
		ids, err := readOrder(b, sector)
		if err != nil {
			return err
		}
		c, err = readCatalog(b, s.unit, sector, ids)
		return err
	})
	if err != nil {
		return catalog.Catalog{}, fmt.Errorf("read catalog: %w", explain(err))
	}
	return c, nil
}

func readCatalogs(ctx context.Context, b *bolt.Bucket, u catalog.Unit) ([]catalog.Catalog, error) {
	sectors, err := readSectors(b)
	if err != nil {
		return nil, err
	}
	out := make([]catalog.Catalog, 0, len(sectors))
	for _, sector := range sectors {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ids, err := readOrder(b, sector)
		if err != nil {
			return nil, err
		}
		c, err := readCatalog(b, u, sector, ids)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func readSectors(b *bolt.Bucket) (out []catalog.Sector, err error) {
	start := prefix(catalog.TargetCatalog, "")
	err = scan(b, start, func(k, _ []byte) error {
		out = append(out, catalog.Sector(k[len(start):]))
		return nil
	})
	return out, err
}

func readOrder(b *bolt.Bucket, s catalog.Sector) ([]catalog.EntryID, error) {
	ids := []catalog.EntryID{}
	found, err := read(b, key{Target: catalog.TargetOrder, Sector: s}, &ids)
	if err != nil {
		return nil, err
	}
	if found {
		return ids, nil
	}
	head, err := get(b, key{Target: catalog.TargetCatalog, Sector: s}.bytes())
	if err != nil {
		return nil, err
	}
	if head != nil {
		return nil, fmt.Errorf("%w: the order of catalog %q is missing", ErrDamaged, s)
	}
	return nil, fmt.Errorf("catalog %q: %w", s, catalog.ErrNotFound)
}

func readEntry(b *bolt.Bucket, s catalog.Sector, id catalog.EntryID) (e catalog.Entry, err error) {
	found, err := read(b, entryKey(s, id), &e)
	if err == nil && !found {
		err = fmt.Errorf("entry %q of %q: %w", id, s, catalog.ErrNotFound)
	}
	return e, err
}

// state is where a catalog stands. It outlives the catalog, for revisions only grow.
type state struct {
	Revision uint64 `json:"revision"`
	Edit     uint64 `json:"edit"` // the last one that changed the catalog
}

func readState(b *bolt.Bucket, s catalog.Sector) (st state, err error) {
	k := stateKey(s)
	v, err := get(b, k)
	if v == nil || err != nil {
		return st, err
	}
	return st, decode(k, v, &st)
}

// readCatalog reads the sector's catalog with the entries in the order of ids.
func readCatalog(b *bolt.Bucket, u catalog.Unit, s catalog.Sector, ids []catalog.EntryID) (catalog.Catalog, error) {
	c := catalog.Catalog{Schema: catalog.Schema, Unit: u, Sector: s, Entries: make([]catalog.Entry, 0, len(ids))}
	fail := func(err error) (catalog.Catalog, error) {
		return catalog.Catalog{}, fmt.Errorf("catalog %q: %w", s, err)
	}
	st, err := readState(b, s)
	if err != nil {
		return fail(err)
	}
	c.Revision = st.Revision
	var v versions
	for k, into := range map[catalog.Target]any{
		catalog.TargetCatalog:       &v,
		catalog.TargetNotApplicable: &c.NotApplicable,
		catalog.TargetNote:          &c.Note,
		catalog.TargetSignOff:       &c.SignOff,
	} {
		if _, err := read(b, key{Target: k, Sector: s}, into); err != nil {
			return fail(err)
		}
	}
	c.TemplateVersion, c.RegisterVersion = v.Template, v.Register
	for _, id := range ids {
		e, err := readEntry(b, s, id)
		if errors.Is(err, catalog.ErrNotFound) {
			err = fmt.Errorf("%w: entry %q is missing", ErrDamaged, id)
		}
		if err != nil {
			return fail(err)
		}
		c.Entries = append(c.Entries, e)
	}
	omissions := append(prefix(catalog.TargetOmission, s), 0)
	err = scan(b, omissions, func(k, v []byte) error {
		if c.Omitted == nil {
			c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
		}
		var why catalog.NotApplicable
		err := decode(k, v, &why)
		c.Omitted[catalog.TemplateID(k[len(omissions):])] = why
		return err
	})
	if err != nil {
		return fail(err)
	}
	err = scan(b, append(prefix(catalog.TargetReason, s), 0), func(k, v []byte) error {
		var r catalog.Reason
		err := decode(k, v, &r)
		c.Reasons = append(c.Reasons, r)
		return err
	})
	if err != nil {
		return fail(err)
	}
	return c, nil
}

// sectorKeys returns the keys of all values of a catalog, in key order.
func sectorKeys(b *bolt.Bucket, s catalog.Sector) (out []key, err error) {
	for _, t := range slices.Sorted(maps.Keys(targets)) {
		start := prefix(t, s)
		err := scan(b, start, func(k, _ []byte) error {
			if len(k) > len(start) && k[len(start)] != 0 {
				return nil // a sector whose slug begins with this one's
			}
			got, err := parseKey(k)
			out = append(out, got)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func entryKey(s catalog.Sector, id catalog.EntryID) key {
	return key{catalog.TargetEntry, s, string(id)}
}

func reasonKey(s catalog.Sector, r catalog.Reason) key {
	return key{catalog.TargetReason, s, r.Key()}
}

// read decodes the value of k into v, and reports whether there is one.
func read(b *bolt.Bucket, k key, v any) (bool, error) {
	raw := k.bytes()
	j, err := get(b, raw)
	if j == nil || err != nil {
		return false, err
	}
	return true, decode(raw, j, v)
}

func decode(k, j []byte, v any) error {
	if err := json.Unmarshal(j, v); err != nil {
		return fmt.Errorf("%w: value of %q: %w", ErrDamaged, bytes.ReplaceAll(k, []byte{0}, []byte{' '}), err)
	}
	return nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
