package entries

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

const paneBenchEntries = 10_000

// paneWork is a draft of ten thousand entries on disk.
func paneWork(b *testing.B) *work.Draft {
	b.Helper()
	dir := b.TempDir()
	store, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	c := catalog.Catalog{Unit: catalogtest.Unit(), Sector: "social-assistance"}
	for _, e := range catalogtest.Entries(1, paneBenchEntries) {
		e.Sector = c.Sector
		c.Entries = append(c.Entries, e)
	}
	if _, err := store.Edit(context.Background(), boltstore.EditInfo{Label: "新建"}, func(tx *boltstore.Tx) error { return tx.PutCatalog(c) }); err != nil {
		b.Fatal(err)
	}
	desk := work.New(store, dir, work.Options{})
	b.Cleanup(func() { _ = desk.Close(context.Background()) })
	d, err := desk.Draft(context.Background(), c.Sector)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkRatioPaneKeystroke is one keystroke in the pane, with a draft of ten
// thousand entries that is saved and checked behind it, against one in a bare
// entry of Fyne's with the same text at the same width.
func BenchmarkRatioPaneKeystroke(b *testing.B) {
	uitest.App(b)
	text := strings.Repeat("办理事项、办理条件、最低生活保障标准、", 8)
	bare := widget.NewMultiLineEntry()
	bare.Wrapping = fyne.TextWrapBreak
	bare.SetText(text)
	bare.SetMinRowsVisible(8)
	bareWin := uitest.Window(b, container.NewVScroll(bare), 310, 660)
	bareWin.Canvas().Focus(bare)

	d := paneWork(b)
	w := uitest.Window(b, widget.NewLabel(""), 420, 660)
	p := NewPane(d, PaneDeps{Win: w})
	w.SetContent(container.NewStack(p))
	w.Resize(fyne.NewSize(420, 660))
	id := d.Catalog().Entries[paneBenchEntries*9/10].ID
	if err := d.Type(id, catalog.FieldContent, text); err != nil {
		b.Fatal(err)
	}
	p.Open(id)
	p.Go(catalog.FieldContent)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, current := d.Findings(); current {
			break
		}
	}
	p.Open(id)

	keystroke := func(f fyne.Focusable, after func()) time.Duration {
		start := time.Now()
		f.TypedRune('字')
		after()
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		after()
		return time.Since(start) / 2
	}
	var ours, theirs []time.Duration
	for b.Loop() {
		for range 20 {
			theirs = append(theirs, keystroke(bare, func() {}))
			ours = append(ours, keystroke(w.Canvas().Focused(), func() { p.Open(id) })) // as the screen does after each
		}
	}
	middle := func(x []time.Duration) float64 {
		slices.Sort(x)
		return float64(x[len(x)/2].Microseconds())
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(middle(ours), "pane-µs")
	b.ReportMetric(middle(theirs), "bare-entry-µs")
	b.ReportMetric(middle(ours)/middle(theirs), "ratio")
	if got, _ := d.Entry(id); got.Content != text {
		b.Fatalf("typing and taking back leaves %q", got.Content)
	}
}

// BenchmarkPaneOpen is the choice of another entry, as when the arrow key is held
// down in the grid.
func BenchmarkPaneOpen(b *testing.B) {
	uitest.App(b)
	d := paneSample(b)
	d.check()
	p, _ := shownPane(b, d, PaneDeps{})
	n := 0
	for b.Loop() {
		n++
		p.Open(d.cat.Entries[n%len(d.cat.Entries)].ID)
	}
}
