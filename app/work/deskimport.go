package work

import (
	"context"
	"fmt"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// ErrLaterEdits: more was changed after an import, so that undoing the latest step
// would not take the import back.
var ErrLaterEdits = words.NewFailure("导入之后又有改动，没有撤销。请先用“撤销”退回这些改动，或在修改记录里恢复。",
	"There were other changes after the import; nothing was undone. Undo those first, or restore from the history.")

// ReadImport reads a file that may be imported into the unit's drafts.
func (d *Desk) ReadImport(ctx context.Context, path string) (*ImportFile, error) {
	return ReadImport(ctx, d.Know().Sectors(), d.Unit(), path)
}

// PlanImport says what importing a file would change in the drafts as they are now.
func (d *Desk) PlanImport(ctx context.Context, f *ImportFile, step func(done, total int)) (*ImportPlan, error) {
	drafts, err := d.Stored(ctx)
	if err != nil {
		return nil, err
	}
	return PlanImport(ctx, drafts, d.Template, f, step)
}

// Import carries out a plan: one edit, on disk when it returns. The drafts are
// backed up first.
func (d *Desk) Import(ctx context.Context, p *ImportPlan) (Imported, error) {
	d.mu.Lock()
	label := p.Label(d.lang)
	d.mu.Unlock()
	var done Imported
	if err := d.backUpBefore(ctx, BeforeImport); err != nil {
		return done, err
	}
	edit, err := d.Edit(ctx, label, func(tx *boltstore.Tx) (err error) {
		done, err = p.Write(tx)
		return err
	})
	done.Edit = edit
	return done, err
}

// UndoImport takes back an import where it is what one undo takes back, or has been
// already; ErrLaterEdits where something else was changed since, and still is.
func (d *Desk) UndoImport(ctx context.Context, done Imported) error {
	edits, err := d.History(ctx, boltstore.HistoryQuery{Limit: lookedBack})
	if err != nil {
		return err
	}
	next := undoes(edits)
	if next > 0 && next < done.Edit.Seq { // it was taken back already, from the menu
		return nil
	}
	if next != done.Edit.Seq || done.Edit.Seq == 0 {
		return fmt.Errorf("undo import %d: %w", done.Edit.Seq, ErrLaterEdits)
	}
	_, err = d.Undo(ctx)
	return err
}

// lookedBack is how many edits are looked through for what an undo takes back.
const lookedBack = 1000

// undoes is the edit that the next undo takes back, by the edits, the newest
// first; 0 where they do not tell.
func undoes(edits []catalog.Edit) uint64 {
	if len(edits) == 0 {
		return 0
	}
	newest := edits[0].Seq
	at := func(seq uint64) (catalog.Edit, bool) {
		i := newest - seq
		if seq == 0 || seq > newest || i >= uint64(len(edits)) {
			return catalog.Edit{}, false
		}
		return edits[i], true
	}
	e, ok := at(newest)
	for ok {
		switch {
		case e.Undoes != 0: // it is as before the edit taken back
			e, ok = at(e.Undoes - 1)
		case e.Redoes != 0: // it is as after the edit made again
			if e, ok = at(e.Redoes); ok {
				e, ok = at(e.Undoes)
			}
		default:
			return e.Seq
		}
	}
	return 0
}
