package work

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// SaveStatus tells whether what was typed is on disk.
type SaveStatus uint8

// The states of saving.
const (
	Saved      SaveStatus = iota // everything is on disk
	Saving                       // something is about to be
	SaveFailed                   // something is not, and SaveState.Err says why; it is kept and tried again
)

// SaveState is how far saving is.
type SaveState struct {
	Status SaveStatus
	Err    error
}

// pending is one change that is not on disk.
type pending struct {
	draft   *Draft
	info    boltstore.EditInfo
	diff    difference
	due     time.Time // typing: until when more of it is awaited
	writing bool      // being saved: it takes no more in
}

// takes reports whether more of the same typing can still go into the change.
func (p *pending) takes(info boltstore.EditInfo) bool {
	return !p.writing && info.Typing != "" && info.Typing == p.info.Typing && info.By == p.info.By
}

// lastPending is the newest change that is not on disk; mu must be held.
func (d *Desk) lastPending() *pending {
	if len(d.queue) == 0 {
		return nil
	}
	return d.queue[len(d.queue)-1]
}

// SaveState is how far saving is.
func (d *Desk) SaveState() SaveState {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state
}

// Retry tries at once to save what could not be saved.
func (d *Desk) Retry() {
	d.mu.Lock()
	d.retryAt = time.Time{}
	d.mu.Unlock()
	d.hurry()
}

// Flush saves everything changed so far, and returns when it is on disk, when it
// cannot be saved, or when the context is done, whatever the disk does.
func (d *Desk) Flush(ctx context.Context) error {
	d.mu.Lock()
	if len(d.queue) == 0 {
		d.mu.Unlock()
		return nil
	}
	d.mu.Unlock()
	done := make(chan error, 1)
	go func() {
		err := d.take(ctx)
		if err == nil {
			_, err = d.drain(ctx)
			d.release()
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("save: %w", ctx.Err())
	}
}

// take waits for the turn to write.
func (d *Desk) take(ctx context.Context) error {
	select {
	case <-d.done:
		return boltstore.ErrClosed
	default:
	}
	select {
	case d.turn <- struct{}{}:
		return nil
	case <-d.done:
		return boltstore.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *Desk) release() { <-d.turn }

// hurry has the saver look at the queue.
func (d *Desk) hurry() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// saveLoop saves changes when they are due, for as long as the desk is open.
func (d *Desk) saveLoop() {
	for {
		timer := time.NewTimer(d.nextSave())
		select {
		case <-d.done:
			timer.Stop()
			return
		case <-d.wake:
			timer.Stop()
			continue
		case <-timer.C:
		}
		if d.take(context.Background()) != nil {
			return
		}
		if d.nextSave() == 0 {
			// What went wrong is in the state, and is tried again.
			_ = d.saveHead()
		}
		d.release()
	}
}

// idle is how long the saver sleeps when there is nothing to do.
const idle = time.Hour

// nextSave is how long from now the oldest change is due.
func (d *Desk) nextSave() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) == 0 {
		return idle
	}
	at := d.queue[0].due
	if len(d.queue) > 1 {
		at = time.Time{}
	}
	if d.state.Status == SaveFailed && d.retryAt.After(at) {
		at = d.retryAt
	}
	return max(0, time.Until(at))
}

// saveHead saves the oldest change; the turn must be held.
func (d *Desk) saveHead() error {
	d.mu.Lock()
	if len(d.queue) == 0 || d.closed {
		d.mu.Unlock()
		return nil
	}
	p, store := d.queue[0], d.store
	p.writing = true
	d.mu.Unlock()

	edit, err := store.Edit(context.Background(), p.info, p.diff.save)
	if errors.Is(err, catalog.ErrNotFound) || errors.Is(err, catalog.ErrConflict) {
		// What is in memory was made of another catalog than the store has. The
		// store's comes first; the changes are made again on top of it.
		edit = catalog.Edit{}
		if err = d.startOver(p.draft, store); err == nil {
			edit, err = store.Edit(context.Background(), p.info, p.diff.save)
		}
	}

	d.mu.Lock()
	p.writing = false
	if err != nil {
		d.state = SaveState{SaveFailed, err}
		d.retryAt = time.Now().Add(d.o.Retry)
		d.mu.Unlock()
		d.tell(Event{Kind: SaveChanged})
		return err
	}
	d.queue = d.queue[1:]
	if edit.Seq != 0 {
		p.draft.saved++
		d.canUndo, d.canRedo = true, false
	}
	d.state = SaveState{Status: Saving}
	if len(d.queue) == 0 {
		d.state = SaveState{}
	}
	p.draft.settle(p)
	d.mu.Unlock()
	d.tell(Event{Kind: SaveChanged})
	return nil
}

// drain saves everything; the turn must be held. It returns the catalogs of the
// open drafts as they are on disk then.
func (d *Desk) drain(ctx context.Context) (map[catalog.Sector]*catalog.Catalog, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.mu.Lock()
		switch {
		case d.closed:
			d.mu.Unlock()
			return nil, boltstore.ErrClosed
		case len(d.queue) == 0:
			saved := map[catalog.Sector]*catalog.Catalog{}
			for s, dr := range d.drafts {
				saved[s] = dr.share()
			}
			d.mu.Unlock()
			return saved, nil
		}
		d.mu.Unlock()
		if err := d.saveHead(); err != nil {
			return nil, fmt.Errorf("save: %w", err)
		}
	}
}

// exclusively saves everything, lets fn edit the store, and has the open drafts
// take over what it changed. What is typed meanwhile is made again on top of that.
func (d *Desk) exclusively(ctx context.Context, fn func(s Store, by string) (catalog.Edit, error)) (catalog.Edit, error) {
	if err := d.take(ctx); err != nil {
		return catalog.Edit{}, err
	}
	defer d.release()
	saved, err := d.drain(ctx)
	if err != nil {
		return catalog.Edit{}, err
	}
	d.mu.Lock()
	s, by := d.store, d.person
	d.mu.Unlock()
	edit, err := fn(s, by)
	if err != nil {
		return edit, err
	}
	canUndo, canRedo := true, false
	if edit.Undoes != 0 || edit.Redoes != 0 {
		canUndo, canRedo = s.CanUndo(), s.CanRedo()
	}
	if edit.Seq != 0 {
		d.mu.Lock()
		d.canUndo, d.canRedo = canUndo, canRedo
		d.mu.Unlock()
	}
	events, err := d.takeOver(&edit, saved)
	if slices.ContainsFunc(events, func(e Event) bool { return e.Kind == SectorsChanged }) {
		// Where it fails, a later upgrade compares without the old template.
		_ = KeepTemplates(ctx, s, d.Know())
	}
	d.tell(append(events, Event{Kind: SaveChanged})...)
	d.hurry()
	return edit, err
}

// takeOver has the open drafts become what an edit of the store made of them.
func (d *Desk) takeOver(edit *catalog.Edit, saved map[catalog.Sector]*catalog.Catalog) ([]Event, error) {
	var events []Event
	var errs []error
	done := map[catalog.Sector]bool{}
	for _, c := range edit.Changes {
		if c.Target == catalog.TargetCatalog && (c.Before == nil || c.After == nil) {
			events = append(events, Event{Kind: SectorsChanged, Sector: c.Sector})
		}
		if done[c.Sector] {
			continue
		}
		done[c.Sector] = true
		events = append(events, Event{Kind: CatalogChanged, Sector: c.Sector})
		was := saved[c.Sector]
		dr := d.open(c.Sector)
		if was == nil || dr == nil {
			continue
		}
		now, there, err := after(was, edit)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if !there {
			d.mu.Lock()
			delete(d.drafts, c.Sector)
			d.mu.Unlock()
			dr.leave()
			continue
		}
		dr.editing.Lock()
		d.mu.Lock()
		errs = append(errs, dr.rebase(now, dr.saved+1))
		d.mu.Unlock()
		dr.editing.Unlock()
		dr.look(true)
	}
	return events, errors.Join(errs...)
}

// startOver has a draft take the store's catalog for its own, and make again on
// top of it what is not saved.
func (d *Desk) startOver(dr *Draft, s Store) error {
	c, err := s.Catalog(context.Background(), dr.info.Slug)
	if err != nil {
		return err
	}
	dr.editing.Lock()
	d.mu.Lock()
	err = dr.rebase(&c, c.Revision)
	d.mu.Unlock()
	dr.editing.Unlock()
	dr.look(true)
	d.tell(Event{Kind: CatalogChanged, Sector: dr.info.Slug})
	return err
}
