package entries

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// fullStore is a store on a disk that fills up.
type fullStore struct {
	*boltstore.Store
	full atomic.Bool
}

func (s *fullStore) Edit(ctx context.Context, info boltstore.EditInfo, fn func(*boltstore.Tx) error) (catalog.Edit, error) {
	if s.full.Load() {
		return catalog.Edit{}, boltstore.ErrDiskFull
	}
	return s.Store.Edit(ctx, info, fn)
}

// paneOnDisk is a pane on a real draft, in a window whose Ctrl+Z is the unit's.
func paneOnDisk(t *testing.T) (*EntryPane, fyne.Window, *work.Draft, *fullStore, *work.Desk) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	bolt, err := boltstore.Create(dir, paneUnit, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store := &fullStore{Store: bolt}
	sample := paneSample(t)
	cat := *sample.cat
	if _, err := store.Edit(t.Context(), boltstore.EditInfo{Label: "从模板建立"}, func(tx *boltstore.Tx) error { return tx.PutCatalog(cat) }); err != nil {
		t.Fatal(err)
	}
	desk := work.New(store, dir, work.Options{TypingWait: time.Millisecond, CheckWait: time.Millisecond, Retry: time.Millisecond})
	t.Cleanup(func() { _ = desk.Discard() })
	d, err := desk.Draft(t.Context(), cat.Sector)
	if err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, widget.NewLabel(""), 420, 660)
	var p *EntryPane
	step := func(fn func(context.Context) (work.Step, error)) func() {
		return func() {
			kit.Run(fn, func(_ work.Step, err error) {
				if err != nil && !errors.Is(err, boltstore.ErrNothingToUndo) {
					t.Errorf("undo: %v", err)
				}
				p.Open(p.id)
			})
		}
	}
	p = NewPane(d, PaneDeps{Win: w, Register: templates.Embedded().Register(), Undo: step(desk.Undo), Redo: step(desk.Redo)})
	t.Cleanup(d.Listen(func(work.Event) { kit.Do(func() { p.Open(p.id) }) }))
	w.SetContent(container.NewStack(p))
	w.Resize(fyne.NewSize(420, 660))
	p.Open(cat.Entries[0].ID)
	return p, w, d, store, desk
}

func TestTypingIsUndoneByClauses(t *testing.T) {
	uitest.App(t)
	p, w, d, _, _ := paneOnDisk(t)
	before, _ := d.Entry(p.id)
	p.Go(catalog.FieldContent)
	focused := w.Canvas().Focused()
	says := func(what, want string) {
		t.Helper()
		uitest.Settle()
		e, _ := d.Entry(p.id)
		if shown := p.row(catalog.FieldContent).editor.Text(); e.Content != want || shown != want {
			t.Fatalf("%s: the draft says %.40q, the pane %.40q, want %.40q", what, e.Content, shown, want)
		}
		if w.Canvas().Focused() != focused {
			t.Fatalf("%s: the focus is in %T", what, w.Canvas().Focused())
		}
	}
	// An input method hands over words; between them there is time.
	for _, word := range []string{"每季度", "公开。", "村公示栏", "张贴。"} {
		paneType(w, word)
		time.Sleep(60 * time.Millisecond)
	}
	says("typed", "每季度公开。村公示栏张贴。"+before.Content)
	undo := func() { focused.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{}) }
	undo()
	says("taken back once", "每季度公开。"+before.Content)
	undo()
	says("taken back twice", before.Content)
	undo() // what made the catalog is never taken back
	says("nothing left to take back", before.Content)
	focused.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutRedo{})
	says("made again", "每季度公开。"+before.Content)
	paneType(w, "好")
	e, _ := d.Entry(p.id)
	if !strings.Contains(e.Content, "每季度公开。好") {
		t.Errorf("typing goes on at %.40q", e.Content)
	}
}

func TestNothingTypedIsLostOnAFullDisk(t *testing.T) {
	uitest.App(t)
	p, w, d, store, desk := paneOnDisk(t)
	store.full.Store(true)
	p.Go(catalog.FieldPublisher)
	paneType(w, "甲乙丙")
	uitest.WaitFor(t, "the failure", func() bool { return d.Saved().Status == work.SaveFailed })
	other := d.Catalog().Entries[1].ID
	id := p.id
	p.Open(other)
	p.Open(id)
	if got := p.row(catalog.FieldPublisher).editor.Text(); !strings.HasPrefix(got, "甲乙丙") {
		t.Errorf("back at the entry, the field says %q", got)
	}
	p.Go(catalog.FieldPublisher)
	paneType(w, "丁")
	store.full.Store(false)
	if err := desk.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	stored, err := desk.Stored(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := stored[0].Entries[0].Publisher; !strings.Contains(got, "甲乙丙") || !strings.Contains(got, "丁") {
		t.Errorf("on disk the field says %q", got)
	}
}
