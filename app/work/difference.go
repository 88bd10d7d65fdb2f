package work

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// sink is where a difference goes: a transaction of the store, or a catalog in
// memory.
type sink interface {
	PutEntry(catalog.Entry) error
	InsertEntry(e catalog.Entry, after catalog.EntryID) (catalog.EntryID, error)
	AppendEntry(catalog.Entry) (catalog.EntryID, error)
	RemoveEntry(catalog.Sector, catalog.EntryID) error
	Reorder(catalog.Sector, []catalog.EntryID) error
	SetOmitted(catalog.Sector, catalog.TemplateID, *catalog.NotApplicable) error
	SetNotApplicable(catalog.Sector, *catalog.NotApplicable) error
	SetReason(catalog.Sector, catalog.Reason) error
	SetNote(catalog.Sector, string) error
	SetVersions(s catalog.Sector, template, register string) error
}

// difference is what turns one catalog of a sector into another.
type difference struct {
	sector  catalog.Sector
	removed []catalog.EntryID
	added   []addition
	changed []catalog.Entry
	order   []catalog.EntryID // of all entries; nil where inserting them leads to it
	others  []func(sink) error
	signOff **catalog.SignOff // nil: as it was
}

type addition struct {
	entry catalog.Entry
	after catalog.EntryID
}

// manyAdded is how many entries are added one by one, each behind its neighbour;
// more go to the end and are put in order at once.
const manyAdded = 16

// differenceOf returns what turns a into b. The entries in it are b's own.
func differenceOf(a, b *catalog.Catalog) (difference, error) {
	d := difference{sector: b.Sector}
	diff := catalog.Diff(a, b)
	for i := range diff.Removed {
		d.removed = append(d.removed, diff.Removed[i].ID)
	}
	if len(diff.Added)+len(diff.Changed) > 0 {
		isAdded, isChanged := map[catalog.EntryID]bool{}, map[catalog.EntryID]bool{}
		for i := range diff.Added {
			isAdded[diff.Added[i].ID] = true
		}
		for _, c := range diff.Changed {
			isChanged[c.ID] = true
		}
		before := catalog.EntryID("")
		for i := range b.Entries {
			e := &b.Entries[i]
			switch {
			case isAdded[e.ID]:
				d.added = append(d.added, addition{*e, before})
			case isChanged[e.ID]:
				d.changed = append(d.changed, *e)
			}
			before = e.ID
		}
	}
	if len(diff.Moved) > 0 || len(d.added) > manyAdded {
		d.order = orderOf(b)
	}
	for _, o := range diff.Others {
		if err := d.other(o, b); err != nil {
			return d, err
		}
	}
	if a.TemplateVersion != b.TemplateVersion || a.RegisterVersion != b.RegisterVersion {
		t, r := b.TemplateVersion, b.RegisterVersion
		d.do(func(s sink) error { return s.SetVersions(d.sector, t, r) })
	}
	return d, nil
}

func (d *difference) do(fn func(sink) error) { d.others = append(d.others, fn) }

// other takes in what differs besides the entries.
func (d *difference) other(o catalog.Change, b *catalog.Catalog) error {
	sector := d.sector
	switch o.Target {
	case catalog.TargetOmission:
		id := catalog.TemplateID(o.Key)
		var why *catalog.NotApplicable
		if w, ok := b.Omitted[id]; ok {
			why = &w
		}
		d.do(func(s sink) error { return s.SetOmitted(sector, id, why) })
	case catalog.TargetReason:
		j := o.After
		if j == nil {
			j = o.Before
		}
		var r catalog.Reason
		if err := json.Unmarshal(j, &r); err != nil {
			return fmt.Errorf("read reason %s: %w", o.Key, err)
		}
		if o.After == nil {
			r.Reason = ""
		}
		d.do(func(s sink) error { return s.SetReason(sector, r) })
	case catalog.TargetNotApplicable:
		why := clonePointer(b.NotApplicable)
		d.do(func(s sink) error { return s.SetNotApplicable(sector, why) })
	case catalog.TargetNote:
		note := b.Note
		d.do(func(s sink) error { return s.SetNote(sector, note) })
	case catalog.TargetSignOff:
		so := clonePointer(b.SignOff)
		d.signOff = &so
	}
	return nil
}

// isZero reports whether nothing differs.
func (d *difference) isZero() bool {
	return len(d.removed)+len(d.added)+len(d.changed)+len(d.order)+len(d.others) == 0 && d.signOff == nil
}

// entries are the ids of the entries that differ; nil where more does.
func (d *difference) entries() []catalog.EntryID {
	if len(d.removed)+len(d.added)+len(d.order)+len(d.others) > 0 || d.signOff != nil {
		return nil
	}
	ids := make([]catalog.EntryID, len(d.changed))
	for i := range d.changed {
		ids[i] = d.changed[i].ID
	}
	return ids
}

// apply makes the change in s, but for the sign-off. skip tells which errors to
// pass over.
func (d *difference) apply(s sink, skip func(error) bool) error {
	var errs []error
	try := func(err error) {
		if err != nil && !skip(err) {
			errs = append(errs, err)
		}
	}
	for _, id := range d.removed {
		try(s.RemoveEntry(d.sector, id))
	}
	for _, a := range d.added {
		if d.order != nil {
			_, err := s.AppendEntry(a.entry)
			try(err)
			continue
		}
		_, err := s.InsertEntry(a.entry, a.after)
		try(err)
	}
	for i := range d.changed {
		try(s.PutEntry(d.changed[i]))
	}
	if d.order != nil {
		try(s.Reorder(d.sector, d.order))
	}
	for _, fn := range d.others {
		try(fn(s))
	}
	return errors.Join(errs...)
}

// save makes the change in a transaction of the store. What is signed off is the
// catalog as the changes before left it, whatever its revision has become.
func (d *difference) save(tx *boltstore.Tx) error {
	if err := d.apply(tx, func(error) bool { return false }); err != nil || d.signOff == nil {
		return err
	}
	so := clonePointer(*d.signOff)
	if so != nil {
		now, err := tx.Catalog(d.sector)
		if err != nil {
			return err
		}
		so.Revision = now.Revision
	}
	return tx.SetSignOff(d.sector, so)
}

// redo makes the change in a catalog that has gone another way since: what it
// finds no place for is left out. c is changed, but none of its entries in place.
func (d *difference) redo(c *catalog.Catalog) {
	// Every error says that something is not there any more, or already.
	_ = d.apply(memory{c}, func(error) bool { return true })
	if d.signOff != nil {
		c.SignOff = clonePointer(*d.signOff)
	}
	sortReasons(c)
}

// memory takes changes into a catalog that nobody else holds.
type memory struct{ c *catalog.Catalog }

func (m memory) place(id catalog.EntryID) int { return place(m.c.Entries, id) }

// place is where the entry with the id stands, -1 where there is none.
func place(entries []catalog.Entry, id catalog.EntryID) int {
	for i := range entries {
		if entries[i].ID == id {
			return i
		}
	}
	return -1
}

func (m memory) PutEntry(e catalog.Entry) error {
	i := m.place(e.ID)
	if i < 0 {
		return catalog.ErrNotFound
	}
	m.c.Entries[i] = e
	return nil
}

func (m memory) InsertEntry(e catalog.Entry, after catalog.EntryID) (catalog.EntryID, error) {
	at := 0
	if after != "" {
		if at = m.place(after) + 1; at == 0 {
			at = len(m.c.Entries)
		}
	}
	if m.place(e.ID) >= 0 {
		return "", catalog.ErrConflict
	}
	m.c.Entries = slices.Insert(m.c.Entries, at, e)
	return e.ID, nil
}

func (m memory) AppendEntry(e catalog.Entry) (catalog.EntryID, error) {
	if m.place(e.ID) >= 0 {
		return "", catalog.ErrConflict
	}
	m.c.Entries = append(m.c.Entries, e)
	return e.ID, nil
}

func (m memory) RemoveEntry(_ catalog.Sector, id catalog.EntryID) error {
	i := m.place(id)
	if i < 0 {
		return catalog.ErrNotFound
	}
	m.c.Entries = slices.Delete(m.c.Entries, i, i+1)
	return nil
}

// Reorder puts the entries that ids names in that order; the others stay behind
// the one they stood behind.
func (m memory) Reorder(_ catalog.Sector, ids []catalog.EntryID) error {
	rank := make(map[catalog.EntryID]int, len(ids))
	for i, id := range ids {
		rank[id] = i
	}
	at := -1
	places := make([]int, len(m.c.Entries))
	by := make([]int, len(m.c.Entries))
	for i := range m.c.Entries {
		if r, ok := rank[m.c.Entries[i].ID]; ok {
			at = r
		}
		places[i], by[i] = at, i
	}
	slices.SortStableFunc(by, func(x, y int) int { return cmp.Compare(places[x], places[y]) })
	out := make([]catalog.Entry, len(by))
	for i, from := range by {
		out[i] = m.c.Entries[from]
	}
	m.c.Entries = out
	return nil
}

func (m memory) SetOmitted(_ catalog.Sector, t catalog.TemplateID, why *catalog.NotApplicable) error {
	if why == nil {
		delete(m.c.Omitted, t)
		return nil
	}
	if m.c.Omitted == nil {
		m.c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
	}
	m.c.Omitted[t] = *why
	return nil
}

func (m memory) SetNotApplicable(_ catalog.Sector, why *catalog.NotApplicable) error {
	m.c.NotApplicable = clonePointer(why)
	return nil
}

func (m memory) SetReason(_ catalog.Sector, r catalog.Reason) error {
	m.c.Reasons = slices.DeleteFunc(m.c.Reasons, func(old catalog.Reason) bool { return old.Key() == r.Key() })
	if r.Reason != "" {
		m.c.Reasons = append(m.c.Reasons, r)
	}
	return nil
}

func (m memory) SetNote(_ catalog.Sector, note string) error {
	m.c.Note = note
	return nil
}

func (m memory) SetVersions(_ catalog.Sector, template, register string) error {
	m.c.TemplateVersion, m.c.RegisterVersion = template, register
	return nil
}

// after returns what an edit of the store made of a catalog, and false where it
// took the catalog away. was is not changed.
func after(was *catalog.Catalog, edit *catalog.Edit) (*catalog.Catalog, bool, error) {
	c := shallow(was)
	var order []catalog.EntryID
	ordered := false
	put := map[catalog.EntryID]catalog.Entry{}
	gone := map[catalog.EntryID]bool{}
	for _, ch := range edit.Changes {
		if ch.Sector != was.Sector {
			continue
		}
		var err error
		switch ch.Target {
		case catalog.TargetEntry:
			id := catalog.EntryID(ch.Key)
			if ch.After == nil {
				gone[id] = true
				continue
			}
			var e catalog.Entry
			err = json.Unmarshal(ch.After, &e)
			put[id] = e
		case catalog.TargetOrder:
			ordered, err = true, into(ch.After, &order)
		case catalog.TargetCatalog:
			if ch.After == nil {
				return c, false, nil
			}
			var v struct{ TemplateVersion, RegisterVersion string }
			err = into(ch.After, &v)
			c.TemplateVersion, c.RegisterVersion = v.TemplateVersion, v.RegisterVersion
		case catalog.TargetNote:
			c.Note = ""
			err = into(ch.After, &c.Note)
		case catalog.TargetNotApplicable:
			c.NotApplicable = nil
			err = into(ch.After, &c.NotApplicable)
		case catalog.TargetSignOff:
			c.SignOff = nil
			err = into(ch.After, &c.SignOff)
		case catalog.TargetOmission:
			var why *catalog.NotApplicable
			if err = into(ch.After, &why); err == nil {
				err = memory{c}.SetOmitted(c.Sector, catalog.TemplateID(ch.Key), why)
			}
		case catalog.TargetReason:
			c.Reasons = slices.DeleteFunc(c.Reasons, func(r catalog.Reason) bool { return r.Key() == ch.Key })
			if ch.After != nil {
				var r catalog.Reason
				err = json.Unmarshal(ch.After, &r)
				c.Reasons = append(c.Reasons, r)
			}
		}
		if err != nil {
			return nil, true, fmt.Errorf("take over %s %s of %s: %w", ch.Target, ch.Key, ch.Sector, err)
		}
	}
	sortReasons(c)
	if !ordered {
		c.Entries = slices.Clone(was.Entries)
		for i := range c.Entries {
			if e, ok := put[c.Entries[i].ID]; ok {
				c.Entries[i] = e
			}
		}
		return c, true, nil
	}
	have := make(map[catalog.EntryID]*catalog.Entry, len(was.Entries))
	for i := range was.Entries {
		have[was.Entries[i].ID] = &was.Entries[i]
	}
	c.Entries = make([]catalog.Entry, 0, len(order))
	for _, id := range order {
		e, ok := put[id]
		if old := have[id]; !ok && old != nil && !gone[id] {
			e, ok = *old, true
		}
		if !ok {
			return nil, true, fmt.Errorf("take over the order of %s: entry %s: %w", was.Sector, id, catalog.ErrNotFound)
		}
		c.Entries = append(c.Entries, e)
	}
	return c, true, nil
}

func into(j json.RawMessage, v any) error {
	if j == nil {
		return nil
	}
	return json.Unmarshal(j, v)
}

func orderOf(c *catalog.Catalog) []catalog.EntryID {
	ids := make([]catalog.EntryID, len(c.Entries))
	for i := range c.Entries {
		ids[i] = c.Entries[i].ID
	}
	return ids
}

// sortReasons puts a catalog's reasons in the order the store gives them in.
func sortReasons(c *catalog.Catalog) {
	slices.SortStableFunc(c.Reasons, func(a, b catalog.Reason) int { return cmp.Compare(a.Key(), b.Key()) })
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
