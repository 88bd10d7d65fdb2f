package work

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
)

// Draft is one sector's catalog being edited. Its methods may be called from
// several goroutines at once; those without a context never wait for the disk.
type Draft struct {
	desk *Desk
	info catalog.SectorInfo

	// editing is held while the catalog is being changed; it comes before the
	// desk's mu, which guards what follows.
	editing  sync.Mutex
	cat      *catalog.Catalog
	shared   bool   // someone outside holds cat: a change makes a new one
	last     int    // where the entry stood that was changed last
	saved    uint64 // the catalog's revision in the store
	stretch  int    // counts the stretches of typing
	changes  uint64 // counts the changes
	findings []check.Finding
	checked  uint64 // the count of changes that findings are of
	touched  touched
	gone     bool // the catalog was taken away

	dirty chan bool // tells the checker to look; true: at once
	left  chan struct{}
}

func newDraft(d *Desk, info catalog.SectorInfo, c *catalog.Catalog) *Draft {
	dr := &Draft{
		desk: d, info: info, cat: c, saved: c.Revision, changes: 1,
		dirty: make(chan bool, 1), left: make(chan struct{}),
	}
	dr.look(true)
	return dr
}

// touched is what changed since the checker took it over.
type touched struct {
	all     bool
	entries []catalog.EntryID
}

// fewTouched is up to how many entries are copied one by one.
const fewTouched = 64

// add notes that entries changed; nil: anything.
func (t *touched) add(ids []catalog.EntryID) {
	t.all = t.all || ids == nil || len(ids) > fewTouched
	for _, id := range ids {
		if !t.all && !slices.Contains(t.entries, id) {
			t.entries = append(t.entries, id)
			t.all = len(t.entries) > fewTouched
		}
	}
}

// catchUp brings a copy of the catalog up to date, at the cost of what changed, and
// returns it; mu must be held. The draft's own is not given out for it: the next key
// would have to copy all of it.
func (d *Draft) catchUp(c *catalog.Catalog) *catalog.Catalog {
	entries := d.cat.Entries
	if c == nil || d.touched.all {
		c = &catalog.Catalog{Entries: slices.Clone(entries)}
	}
	for _, id := range d.touched.entries {
		if i := place(entries, id); i >= 0 {
			c.Entries[i] = entries[i]
		}
	}
	d.touched = touched{}
	own := c.Entries
	c = shallow(d.cat)
	c.Entries = own
	return c
}

// Sector is the catalog's sector.
func (d *Draft) Sector() catalog.SectorInfo { return d.info }

// Unit is the unit whose catalog it is.
func (d *Draft) Unit() catalog.Unit { return d.desk.Unit() }

// NewID returns an id for a new entry.
func (d *Draft) NewID() catalog.EntryID { return d.desk.NewID() }

// Catalog is the catalog as it is in memory, to be read only; after a change
// there is another.
func (d *Draft) Catalog() *catalog.Catalog {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	return d.share()
}

// share gives the catalog out; mu must be held.
func (d *Draft) share() *catalog.Catalog {
	d.shared = true
	return d.cat
}

// Entry returns one entry as it is in memory, to be read only.
func (d *Draft) Entry(id catalog.EntryID) (catalog.Entry, bool) {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	if d.last < len(d.cat.Entries) && d.cat.Entries[d.last].ID == id {
		return d.cat.Entries[d.last], true
	}
	return d.cat.Entry(id)
}

// Template is the sector's template as it holds for the unit, its names filled
// in; nil where the release has none.
func (d *Draft) Template() *catalog.Template { return d.desk.Template(d.info.Slug) }

// Saved is how far saving is; the same for all drafts of a desk.
func (d *Draft) Saved() SaveState { return d.desk.SaveState() }

// Flush saves everything changed so far, as Desk.Flush does.
func (d *Draft) Flush(ctx context.Context) error { return d.desk.Flush(ctx) }

// Retry tries at once to save what could not be saved.
func (d *Draft) Retry() { d.desk.Retry() }

// Listen calls fn after every change of this catalog, of its findings, and of
// what is saved, from any goroutine, until stop is called.
func (d *Draft) Listen(fn func(Event)) (stop func()) {
	return d.desk.Listen(func(e Event) {
		if e.Sector == d.info.Slug || e.Sector == "" {
			fn(e)
		}
	})
}

// Change changes the catalog: fn is given a copy to change, and what it makes of
// it is in memory when Change returns, one step of undo, and saved within a
// second. Entries without an id get one. Unit and sector stay, and a sign-off is
// of the catalog as this change leaves it. Where fn fails nothing changes.
func (d *Draft) Change(label string, fn func(*catalog.Catalog) error) error {
	d.editing.Lock()
	defer d.editing.Unlock()
	was := d.Catalog()
	diff, now, err := change(was, d.desk.NewID, fn)
	if err != nil || diff.isZero() {
		return err
	}
	d.desk.mu.Lock()
	return d.take(func() *catalog.Catalog { return now }, pending{info: boltstore.EditInfo{Label: label}, diff: diff})
}

// change has fn change a copy of a catalog, and returns the copy and what differs.
func change(was *catalog.Catalog, newID func() catalog.EntryID, fn func(*catalog.Catalog) error) (difference, *catalog.Catalog, error) {
	now := deep(was)
	if err := fn(now); err != nil {
		return difference{}, nil, err
	}
	now.Schema, now.Unit, now.Sector, now.Revision = was.Schema, was.Unit, was.Sector, was.Revision
	if err := tidy(now, newID); err != nil {
		return difference{}, nil, err
	}
	if so := now.SignOff; so != nil && (was.SignOff == nil || *so != *was.SignOff) {
		so.Digest = now.Digest()
	}
	diff, err := differenceOf(was, now)
	return diff, now, err
}

// ChangeEntry changes one entry: fn is given a copy of it. It is Change without
// the cost of the other entries.
func (d *Draft) ChangeEntry(label string, id catalog.EntryID, fn func(*catalog.Entry) error) error {
	return d.changeEntry(id, fn, func(*catalog.Entry) pending {
		return pending{info: boltstore.EditInfo{Label: label}}
	})
}

// Type sets a field to what was typed so far. Until EndTyping, or a pause, or
// another change, one field's typing is one step of undo. It fails with a
// *catalog.FieldError on what the field cannot hold.
func (d *Draft) Type(id catalog.EntryID, f catalog.Field, text string) error {
	return d.changeEntry(id, func(e *catalog.Entry) error { return e.SetText(f, text) }, func(e *catalog.Entry) pending {
		return pending{
			info: boltstore.EditInfo{
				Label:  labelTyping.In(d.desk.lang, words.Field(f).In(d.desk.lang), e.Submatter()),
				Typing: fmt.Sprint(d.info.Slug, "/", id, "/", f, "/", d.stretch),
			},
			due: time.Now().Add(d.desk.o.TypingWait),
		}
	})
}

var labelTyping = words.Text{ZH: "填写%s：%s", EN: "typed %s: %s"}

func (d *Draft) changeEntry(id catalog.EntryID, fn func(*catalog.Entry) error, how func(*catalog.Entry) pending) error {
	d.editing.Lock()
	defer d.editing.Unlock()
	k := d.desk
	k.mu.Lock()
	if d.last >= len(d.cat.Entries) || d.cat.Entries[d.last].ID != id {
		d.last = place(d.cat.Entries, id)
	}
	i := d.last
	if i < 0 {
		d.last = 0
		k.mu.Unlock()
		return fmt.Errorf("change entry %s of %s: %w", id, d.info.Slug, catalog.ErrNotFound)
	}
	was := d.cat.Entries[i]
	k.mu.Unlock()

	e := was.Clone()
	if err := fn(&e); err != nil {
		return err
	}
	e.ID, e.Sector = was.ID, was.Sector
	if e.Equal(&was) {
		return nil
	}
	k.mu.Lock()
	p := how(&e)
	p.diff = difference{sector: d.info.Slug, changed: []catalog.Entry{e}}
	return d.take(func() *catalog.Catalog {
		c := d.cat
		if d.shared {
			c = shallow(c)
			c.Entries = slices.Clone(c.Entries)
		}
		c.Entries[i] = e // its place is the same: editing is held
		return c
	}, p)
}

// take makes what become returns the catalog, and has the change saved. editing and
// mu must be held; mu is given back.
func (d *Draft) take(become func() *catalog.Catalog, p pending) error {
	k := d.desk
	if k.closed || d.gone {
		k.mu.Unlock()
		return boltstore.ErrClosed
	}
	d.cat, d.shared = become(), false
	d.changes++
	d.touched.add(p.diff.entries())
	p.draft, p.info.By = d, k.person
	if last := k.lastPending(); last != nil && last.takes(p.info) {
		last.info, last.diff = p.info, p.diff
	} else {
		k.queue = append(k.queue, &p)
		d.number()
	}
	told := k.state.Status != Saved
	if !told {
		k.state = SaveState{Status: Saving}
	}
	k.mu.Unlock()

	k.hurry()
	d.look(p.info.Typing == "")
	events := []Event{
		{Kind: CatalogChanged, Sector: d.info.Slug, Entries: p.diff.entries()},
		{Kind: FindingsChanged, Sector: d.info.Slug},
	}
	if !told {
		events = append(events, Event{Kind: SaveChanged})
	}
	k.tell(events...)
	return nil
}

// number gives the catalog in memory the revision that it will have in the store;
// mu must be held, and the catalog not be given out.
func (d *Draft) number() {
	rev := d.saved
	for _, p := range d.desk.queue {
		if p.draft == d {
			rev++
			if p.diff.signOff != nil && d.cat.SignOff != nil {
				d.cat.SignOff.Revision = rev
			}
		}
	}
	d.cat.Revision = rev
}

// settle numbers the catalog anew once p is saved, where that makes a difference:
// a change that came to nothing is no edit. mu must be held.
func (d *Draft) settle(p *pending) {
	rev, signed := d.saved, clonePointer(d.cat.SignOff)
	if p.diff.signOff != nil && signed != nil {
		signed.Revision = rev
	}
	for _, q := range d.desk.queue {
		if q.draft == d {
			rev++
			if q.diff.signOff != nil && signed != nil {
				signed.Revision = rev
			}
		}
	}
	if d.cat.Revision == rev && (signed == nil || *signed == *d.cat.SignOff) {
		return
	}
	c := *d.cat // what is inside stays shared as it was
	c.Revision, c.SignOff = rev, signed
	d.cat = &c
}

// EndTyping ends a stretch of typing: the field was left. What is typed next is
// another step of undo.
func (d *Draft) EndTyping() {
	d.desk.mu.Lock()
	d.stretch++
	for _, p := range d.desk.queue {
		p.due = time.Time{}
	}
	d.desk.mu.Unlock()
	d.desk.hurry()
}

// SetReason answers a finding with the reason why it is wrong (争议理由); an empty
// text takes the answer back.
func (d *Draft) SetReason(f check.Finding, reason string) error {
	return d.SetReasons([]check.Finding{f}, reason)
}

// SetReasons answers several findings with the same reason, as one step.
func (d *Draft) SetReasons(fs []check.Finding, reason string) error {
	label := labelReason
	if reason == "" {
		label = labelNoReason
	}
	k := d.desk
	k.mu.Lock()
	person, lang := k.person, k.lang
	k.mu.Unlock()
	return d.Change(label.In(lang), func(c *catalog.Catalog) error {
		SetReasons(c, fs, reason, person, catalog.DateOf(k.o.Store.Now()))
		return nil
	})
}

var (
	labelReason   = words.Text{ZH: "写明理由", EN: "gave a reason"}
	labelNoReason = words.Text{ZH: "撤回理由", EN: "took a reason back"}
)

// SetReasons answers those of the findings that are of the catalog's sector; an
// empty reason takes the answer back.
func SetReasons(c *catalog.Catalog, fs []check.Finding, reason, by string, on catalog.Date) {
	for _, f := range fs {
		if f.Sector != c.Sector {
			continue
		}
		r := catalog.Reason{Rule: f.Rule, Entry: f.Entry, Field: f.Field, Reason: reason, By: by, At: on}
		// One without a field holds for all fields of its entry.
		whole := catalog.Reason{Rule: f.Rule, Entry: f.Entry}
		c.Reasons = slices.DeleteFunc(c.Reasons, func(old catalog.Reason) bool {
			return old.Key() == r.Key() || reason == "" && old.Key() == whole.Key()
		})
		if reason != "" {
			c.Reasons = append(c.Reasons, r)
		}
	}
}

// History returns the edits that concern an entry, the newest first, with what
// was typed so far.
func (d *Draft) History(ctx context.Context, id catalog.EntryID) ([]catalog.Edit, error) {
	return d.desk.History(ctx, boltstore.HistoryQuery{Sector: d.info.Slug, Entry: id})
}

// RestoreEntry makes an entry what it was at a time, as one step; one that was
// removed comes back to its place.
func (d *Draft) RestoreEntry(ctx context.Context, id catalog.EntryID, at time.Time, label string) error {
	_, err := d.desk.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) {
		return s.RestoreEntry(ctx, d.info.Slug, id, at, boltstore.EditInfo{By: by, Label: label})
	})
	return err
}

// rebase makes now, which is what the store holds, the catalog, and makes again
// on top of it what is not saved yet. editing and mu must be held, and now be
// nobody else's.
func (d *Draft) rebase(now *catalog.Catalog, saved uint64) error {
	d.saved = saved
	now.Revision = saved
	for _, p := range d.desk.queue {
		if p.draft != d {
			continue
		}
		next := shallow(now)
		next.Entries = slices.Clone(now.Entries)
		p.diff.redo(next)
		diff, err := differenceOf(now, next)
		if err != nil {
			return err
		}
		p.diff, now = diff, next
	}
	d.cat, d.shared = now, false
	d.changes++
	d.touched.all = true
	d.number()
	return nil
}

// leave ends a draft whose catalog was taken away.
func (d *Draft) leave() {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	if d.gone {
		return
	}
	d.gone = true
	d.desk.queue = slices.DeleteFunc(d.desk.queue, func(p *pending) bool { return p.draft == d })
	if len(d.desk.queue) == 0 {
		d.desk.state = SaveState{}
	}
	close(d.left)
}

// Gone reports whether the catalog was taken away: undone, or replaced by a backup.
func (d *Draft) Gone() bool {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	return d.gone
}

// Findings returns what is wrong in the catalog as far as it was checked, and
// whether that is the catalog as it is now. The slice is to be read only.
func (d *Draft) Findings() (fs []check.Finding, current bool) {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	return d.findings, d.checked == d.changes
}

// look has the catalog checked: at once, or when the typing rests.
func (d *Draft) look(now bool) {
	for {
		select {
		case d.dirty <- now:
			return
		default:
		}
		// What was asked for before is part of what is asked now.
		select {
		case before := <-d.dirty:
			now = now || before
		default:
		}
	}
}

// checkLoop checks the catalog after changes, for as long as the draft is open.
func (d *Draft) checkLoop() {
	k := d.desk
	var c *catalog.Catalog
	for {
		select {
		case <-k.done:
			return
		case <-d.left:
			return
		case now := <-d.dirty:
			d.rest(now)
		}
		select {
		case <-k.done:
			return
		case k.checking <- struct{}{}:
		}
		k.mu.Lock()
		c = d.catchUp(c)
		changes := d.changes
		k.mu.Unlock()
		fs := k.Checker().Catalog(c)
		k.mu.Lock()
		d.findings, d.checked = fs, changes
		k.mu.Unlock()
		<-k.checking
		k.tell(Event{Kind: FindingsChanged, Sector: d.info.Slug})
	}
}

// longestTyping is for how many rests typing may put checking off.
const longestTyping = 4

// rest waits until the typing rests, or has gone on for long.
func (d *Draft) rest(now bool) {
	wait := d.desk.o.CheckWait
	end := time.NewTimer(longestTyping * wait)
	defer end.Stop()
	for !now {
		pause := time.NewTimer(wait)
		select {
		case now = <-d.dirty:
			pause.Stop()
			continue
		case <-pause.C:
		case <-end.C:
		case <-d.desk.done:
		case <-d.left:
		}
		pause.Stop()
		return
	}
}

// shallow copies a catalog but for its entries.
func shallow(c *catalog.Catalog) *catalog.Catalog {
	out := *c
	out.NotApplicable = clonePointer(c.NotApplicable)
	out.Omitted = maps.Clone(c.Omitted)
	out.Reasons = slices.Clone(c.Reasons)
	out.SignOff = clonePointer(c.SignOff)
	return &out
}

// deep copies a catalog with all that is in it.
func deep(c *catalog.Catalog) *catalog.Catalog {
	out := shallow(c)
	out.Entries = make([]catalog.Entry, len(c.Entries))
	for i := range c.Entries {
		out.Entries[i] = c.Entries[i].Clone()
	}
	return out
}

// tidy gives what a change left the form the store keeps it in.
func tidy(c *catalog.Catalog, newID func() catalog.EntryID) error {
	seen := make(map[catalog.EntryID]bool, len(c.Entries))
	for i := range c.Entries {
		e := &c.Entries[i]
		if e.ID == "" {
			e.ID = newID()
		}
		e.Sector = c.Sector
		if seen[e.ID] {
			return fmt.Errorf("entry %s stands twice: %w", e.ID, catalog.ErrConflict)
		}
		seen[e.ID] = true
	}
	last := map[string]int{}
	for i, r := range c.Reasons {
		last[r.Key()] = i
	}
	var reasons []catalog.Reason
	for i, r := range c.Reasons {
		if last[r.Key()] == i && r.Reason != "" {
			reasons = append(reasons, r)
		}
	}
	c.Reasons = reasons
	sortReasons(c)
	c.NotApplicable, c.SignOff = clonePointer(c.NotApplicable), clonePointer(c.SignOff)
	return nil
}
