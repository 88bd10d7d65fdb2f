package work

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// Store is what a desk needs of a store of drafts; [boltstore.Store] is one.
type Store interface {
	Unit() catalog.Unit
	NewID() catalog.EntryID
	Sectors(context.Context) ([]catalog.Sector, error)
	Catalog(context.Context, catalog.Sector) (catalog.Catalog, error)
	Catalogs(context.Context) ([]catalog.Catalog, error)
	Edit(context.Context, boltstore.EditInfo, func(*boltstore.Tx) error) (catalog.Edit, error)
	Undo(ctx context.Context, by string) (catalog.Edit, error)
	Redo(ctx context.Context, by string) (catalog.Edit, error)
	CanUndo() bool
	CanRedo() bool
	History(context.Context, boltstore.HistoryQuery) ([]catalog.Edit, error)
	RestoreEntry(context.Context, catalog.Sector, catalog.EntryID, time.Time, boltstore.EditInfo) (catalog.Edit, error)
	RestoreCatalog(context.Context, catalog.Sector, time.Time, boltstore.EditInfo) (catalog.Edit, error)
	Backup(ctx context.Context, path string) error
	Heads(context.Context) ([]catalog.Head, error)
	Keep(ctx context.Context, things map[string][]byte) error
	Kept(ctx context.Context, name string) ([]byte, error)
	KeptNames(ctx context.Context, prefix string) ([]string, error)
	Close() error
}

// Options are what a desk takes from outside; the zero value is usable.
type Options struct {
	Store      boltstore.Options
	Person     string                // who edits
	Lang       words.Lang            // of the labels in the history
	Know       func() *templates.Set // templates.Embedded where nil
	TypingWait time.Duration         // how long typing is gathered before it is saved; 300 ms where zero
	CheckWait  time.Duration         // how long typing rests before it is checked; 250 ms where zero
	Retry      time.Duration         // how long after a failure saving is tried again by itself; 5 s where zero
	BackupWait time.Duration         // how long after SetBackups the backup of the day is made, so as not to hold the start up; 5 s where zero
}

func (o Options) filled() Options {
	if o.Store.Now == nil {
		o.Store.Now = time.Now
	}
	if o.Know == nil {
		o.Know = templates.Embedded
	}
	if o.TypingWait == 0 {
		o.TypingWait = 300 * time.Millisecond
	}
	if o.CheckWait == 0 {
		o.CheckWait = 250 * time.Millisecond
	}
	if o.Retry == 0 {
		o.Retry = 5 * time.Second
	}
	if o.BackupWait == 0 {
		o.BackupWait = 5 * time.Second
	}
	return o
}

// Desk is a unit's folder of drafts in use. Its methods may be called from
// several goroutines at once; those with a context take as long as the disk does.
type Desk struct {
	dir string
	o   Options

	// turn holds a token while someone writes to the store.
	turn chan struct{}
	wake chan struct{}
	done chan struct{}
	// checking holds a token while a catalog is checked: one at a time.
	checking chan struct{}
	// backupsSet tells backupLoop that folder or daily have changed.
	backupsSet chan struct{}
	loops      sync.WaitGroup // those that write files of their own

	board boardMemory // what the board remembers

	mu        sync.Mutex // guards what follows, and the drafts' insides
	store     Store
	person    string
	lang      words.Lang
	drafts    map[catalog.Sector]*Draft
	queue     []*pending // changes that are not on disk, oldest first
	state     SaveState
	retryAt   time.Time
	canUndo   bool
	canRedo   bool
	listeners map[int]func(Event)
	listened  int
	closed    bool
	backups   string         // where backups go; empty: beside the drafts
	daily     bool           // the backup of the day is made
	looking   bool           // backupLoop runs
	backupErr error          // of the backup of the day
	know      *templates.Set // the release in use, once it was asked for
	knowErr   error          // why a newer one that is kept is not in use
	checker   *check.Checker
	checkerOf catalog.Date
}

// Open opens the drafts in a folder, as [boltstore.Open] does.
func Open(dir string, o Options) (*Desk, error) {
	s, err := boltstore.Open(dir, o.Store)
	if err != nil {
		return nil, err
	}
	d := New(s, dir, o)
	// Where it fails, a later upgrade compares without the old template.
	_ = KeepTemplates(context.Background(), s, d.Know())
	return d, nil
}

// Create makes a folder of drafts for a unit, as [boltstore.Create] does.
func Create(dir string, u catalog.Unit, o Options) (*Desk, error) {
	s, err := boltstore.Create(dir, u, o.Store)
	if err != nil {
		return nil, err
	}
	return New(s, dir, o), nil
}

// New returns a desk for an open store, which from then on is the desk's to
// write and to close.
func New(s Store, dir string, o Options) *Desk {
	o = o.filled()
	d := &Desk{
		dir: dir, o: o, store: s, person: o.Person, lang: o.Lang,
		turn: make(chan struct{}, 1), wake: make(chan struct{}, 1), done: make(chan struct{}),
		checking: make(chan struct{}, 1), backupsSet: make(chan struct{}, 1),
		drafts: map[catalog.Sector]*Draft{}, listeners: map[int]func(Event){},
		canUndo: s.CanUndo(), canRedo: s.CanRedo(),
	}
	go d.saveLoop()
	return d
}

// Dir is the folder the drafts are in.
func (d *Desk) Dir() string { return d.dir }

// Unit is the unit whose drafts these are.
func (d *Desk) Unit() catalog.Unit { return d.inUse().Unit() }

// NewID returns an id for a new entry.
func (d *Desk) NewID() catalog.EntryID { return d.inUse().NewID() }

func (d *Desk) inUse() Store {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.store
}

// SetPerson says who edits from now on, and in which language the labels of the
// history are written.
func (d *Desk) SetPerson(name string, lang words.Lang) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.person, d.lang = name, lang
}

// Person is who edits.
func (d *Desk) Person() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.person
}

// Sectors lists the sectors that have a catalog, in their usual order.
func (d *Desk) Sectors(ctx context.Context) ([]catalog.SectorInfo, error) {
	slugs, err := d.inUse().Sectors(ctx)
	if err != nil {
		return nil, err
	}
	infos := make([]catalog.SectorInfo, len(slugs))
	for i, s := range slugs {
		infos[i] = d.sectorInfo(s)
	}
	slices.SortStableFunc(infos, func(a, b catalog.SectorInfo) int { return a.No - b.No })
	return infos, nil
}

func (d *Desk) sectorInfo(s catalog.Sector) catalog.SectorInfo {
	info, ok := d.Know().Sector(string(s))
	if !ok {
		return catalog.SectorInfo{No: 1000, Slug: s, Name: string(s)}
	}
	return info
}

// Draft opens a sector's catalog for editing: the same Draft for the same sector.
// It fails with catalog.ErrNotFound where the unit has no such catalog.
func (d *Desk) Draft(ctx context.Context, sector catalog.Sector) (*Draft, error) {
	if dr := d.open(sector); dr != nil {
		return dr, nil
	}
	if err := d.take(ctx); err != nil {
		return nil, err
	}
	defer d.release()
	if dr := d.open(sector); dr != nil {
		return dr, nil
	}
	c, err := d.inUse().Catalog(ctx, sector)
	if err != nil {
		return nil, err
	}
	dr := newDraft(d, d.sectorInfo(sector), &c)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, boltstore.ErrClosed
	}
	d.drafts[sector] = dr
	go dr.checkLoop()
	return dr, nil
}

func (d *Desk) open(sector catalog.Sector) *Draft {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts[sector]
}

// Drafts opens all catalogs of the unit, in the usual order of their sectors.
func (d *Desk) Drafts(ctx context.Context) ([]*Draft, error) {
	infos, err := d.Sectors(ctx)
	if err != nil {
		return nil, err
	}
	var out []*Draft
	for _, info := range infos {
		dr, err := d.Draft(ctx, info.Slug)
		if errors.Is(err, catalog.ErrNotFound) {
			continue // taken back meanwhile
		}
		if err != nil {
			return nil, err
		}
		out = append(out, dr)
	}
	return out, nil
}

// Step is an edit that was taken back or made again, and where to look for it.
type Step struct {
	Label  string
	Sector catalog.Sector
	Entry  catalog.EntryID // empty: the edit is about more than one, or the catalog
	Field  catalog.Field   // of the entry; empty: more than one, or the whole entry
}

// CanUndo reports whether there is an edit to take back.
func (d *Desk) CanUndo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.canUndo || len(d.queue) > 0
}

// CanRedo reports whether there is an undo to take back.
func (d *Desk) CanRedo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.canRedo && len(d.queue) == 0
}

// Undo takes back the unit's latest edit, whichever sector it was in. It never
// takes back what made the unit's first catalogs: there it fails with
// boltstore.ErrNothingToUndo, as it does at the beginning. Typing goes on
// meanwhile and stays.
func (d *Desk) Undo(ctx context.Context) (Step, error) {
	var bottom []catalog.Change
	edit, err := d.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) {
		edit, err := s.Undo(ctx, by)
		if err != nil {
			return edit, err
		}
		// The undo is made: whoever asked for it cannot call it off any more.
		ctx := context.WithoutCancel(ctx)
		if left, err := s.Sectors(ctx); err != nil || len(left) > 0 {
			return edit, nil
		}
		if _, err := s.Redo(ctx, by); err != nil {
			return edit, nil
		}
		bottom = edit.Changes
		return catalog.Edit{}, fmt.Errorf("undo: %w", boltstore.ErrNothingToUndo)
	})
	if bottom != nil {
		d.mu.Lock()
		d.canUndo = false
		for _, c := range bottom {
			if dr := d.drafts[c.Sector]; dr != nil && c.Target == catalog.TargetCatalog {
				dr.saved += 2 // the undo and the redo
				dr.settle(&pending{})
			}
		}
		d.mu.Unlock()
		d.tell(Event{Kind: SaveChanged})
	}
	return stepOf(&edit), err
}

// Redo takes back the latest undo; it fails with boltstore.ErrNothingToRedo where
// there is none, or something was changed since.
func (d *Desk) Redo(ctx context.Context) (Step, error) {
	edit, err := d.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) { return s.Redo(ctx, by) })
	return stepOf(&edit), err
}

// Edit makes one edit of the store itself, over as many catalogs as it likes: on
// disk when it returns, one step of undo, and the open drafts have taken it over.
func (d *Desk) Edit(ctx context.Context, label string, fn func(*boltstore.Tx) error) (catalog.Edit, error) {
	return d.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) {
		return s.Edit(ctx, boltstore.EditInfo{By: by, Label: label}, fn)
	})
}

// Change changes the catalogs of several sectors in one edit, which is on disk
// when it returns. fn is called with a copy of each, and what it makes of it is
// saved; where it fails nothing is changed.
func (d *Desk) Change(ctx context.Context, label string, sectors []catalog.Sector, fn func(*catalog.Catalog) error) (catalog.Edit, error) {
	return d.Edit(ctx, label, func(tx *boltstore.Tx) error {
		for _, s := range sectors {
			was, err := tx.Catalog(s)
			if err != nil {
				return err
			}
			diff, _, err := change(&was, d.NewID, fn)
			if err != nil {
				return err
			}
			if err := diff.save(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// History returns edits of the unit, the newest first, once what was typed so far
// is among them, or cannot be.
func (d *Desk) History(ctx context.Context, q boltstore.HistoryQuery) ([]catalog.Edit, error) {
	if err := d.Flush(ctx); err != nil && ctx.Err() != nil {
		return nil, err
	}
	return d.inUse().History(ctx, q)
}

// RestoreCatalog makes a sector's catalog what it was at a time.
func (d *Desk) RestoreCatalog(ctx context.Context, sector catalog.Sector, at time.Time, label string) (catalog.Edit, error) {
	return d.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) {
		return s.RestoreCatalog(ctx, sector, at, boltstore.EditInfo{By: by, Label: label})
	})
}

// Stored returns all catalogs of the unit as they are on disk, with everything
// typed so far, by sector slug.
func (d *Desk) Stored(ctx context.Context) ([]catalog.Catalog, error) {
	if err := d.Flush(ctx); err != nil {
		return nil, err
	}
	return d.inUse().Catalogs(ctx)
}

// Checker checks catalogs of the unit with everything the program knows, as of
// today.
func (d *Desk) Checker() *check.Checker {
	know, today := d.Know(), catalog.DateOf(d.o.Store.Now())
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.checker == nil || d.checkerOf != today {
		d.checkerOf = today
		d.checker = check.New(check.Knowledge{
			Sectors: know.Sectors(), Register: know.Register(), Today: today,
			Templates: func(s catalog.Sector) *catalog.Template { t, _ := know.Template(s); return t },
		})
	}
	return d.checker
}

// Listen calls fn after every change, from any goroutine, until stop is called.
// fn must not wait for the desk's goroutines, and had better only pass the word on.
func (d *Desk) Listen(fn func(Event)) (stop func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listened++
	key := d.listened
	d.listeners[key] = fn
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.listeners, key)
	}
}

// tell calls the listeners; mu must not be held.
func (d *Desk) tell(events ...Event) {
	d.mu.Lock()
	fns := slices.Collect(maps.Values(d.listeners))
	d.mu.Unlock()
	for _, e := range events {
		for _, fn := range fns {
			fn(e)
		}
	}
}

// closingWait is how long closing waits for a backup under way to break off.
const closingWait = 2 * time.Second

// Close saves what is not on disk, within the context, and gives the store back.
// Where something cannot be saved it says so and the desk stays open; Discard
// closes it all the same.
func (d *Desk) Close(ctx context.Context) error {
	if err := d.Flush(ctx); err != nil {
		return err
	}
	return d.Discard()
}

// Discard closes the desk without waiting for what is not on disk.
func (d *Desk) Discard() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	close(d.done)
	s := d.store
	d.mu.Unlock()
	// A folder on a dead network would hold the closing up for long.
	ended := make(chan struct{})
	go func() {
		d.loops.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(closingWait):
	}
	return s.Close()
}

// EventKind tells what an event is about.
type EventKind uint8

// What can change.
const (
	CatalogChanged  EventKind = iota + 1 // of the sector: its catalog
	FindingsChanged                      // of the sector: its findings, or whether they are current
	SaveChanged                          // of the desk: what is on disk, CanUndo, CanRedo
	SectorsChanged                       // of the desk: which catalogs there are
	Replaced                             // of the desk: a backup was restored, everything is another
	BackupsChanged                       // of the desk: the backup of the day was made, or failed
	KnowChanged                          // of the desk: another release of templates and register is in use
)

// Event says that something has changed; whoever cares asks what it is now.
type Event struct {
	Kind    EventKind
	Sector  catalog.Sector
	Entries []catalog.EntryID // of CatalogChanged: only these entries' fields; nil: anything
}

// stepOf says where the changes of an edit are.
func stepOf(edit *catalog.Edit) Step {
	s := Step{Label: edit.Label}
	if len(edit.Changes) == 0 {
		return s
	}
	s.Sector = edit.Changes[0].Sector
	for i, c := range edit.Changes {
		if c.Sector != s.Sector {
			return Step{Label: edit.Label}
		}
		if c.Target != catalog.TargetEntry {
			continue
		}
		if s.Entry != "" && s.Entry != catalog.EntryID(c.Key) {
			s.Entry, s.Field = firstStanding(edit), ""
			return s
		}
		s.Entry, s.Field = catalog.EntryID(c.Key), fieldOf(&edit.Changes[i])
	}
	return s
}

// firstStanding is the first entry an edit changed that is there now.
func firstStanding(edit *catalog.Edit) catalog.EntryID {
	for _, c := range edit.Changes {
		if c.Target == catalog.TargetEntry && c.After != nil {
			return catalog.EntryID(c.Key)
		}
	}
	return ""
}

// fieldOf is the one field of its entry that a change is about.
func fieldOf(c *catalog.Change) catalog.Field {
	var a, b catalog.Entry
	if c.Before == nil || c.After == nil || into(c.Before, &a) != nil || into(c.After, &b) != nil {
		return ""
	}
	fields := catalog.DiffEntries(&a, &b)
	if len(fields) != 1 {
		return ""
	}
	return fields[0].Field
}
