package entries

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// tenThousand is a draft of ten thousand entries in a store of its own.
func tenThousand(b *testing.B) Draft {
	b.Helper()
	ctx := context.Background()
	desk, err := work.Create(b.TempDir(), unit, work.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = desk.Close(ctx) })
	tpl, _ := templates.Embedded().Template("social-assistance")
	local := tpl.For(unit.Division)
	base := local.Draft(unit, desk.NewID)
	c := base
	c.Entries = nil
	for n := 0; n < 10000; {
		for i := range base.Entries {
			e := base.Entries[i].Clone()
			e.ID = desk.NewID()
			e.Path[len(e.Path)-1] += fmt.Sprint(n)
			c.Entries = append(c.Entries, e)
			n++
		}
	}
	if _, err := desk.Edit(ctx, "", func(tx *boltstore.Tx) error { return tx.PutCatalog(c) }); err != nil {
		b.Fatal(err)
	}
	d, err := desk.Draft(ctx, "social-assistance")
	if err != nil {
		b.Fatal(err)
	}
	return d
}

func benchScreen(b *testing.B, d Draft, pane func(Draft) Pane) *Screen {
	b.Helper()
	uitest.App(b)
	w := uitest.Window(b, nil, 1218, 664)
	s := New(w, Options{Register: templates.Embedded().Register(), Pane: pane})
	w.SetContent(s.Content())
	s.Open(d)
	b.Cleanup(s.Close)
	s.Focus()
	uitest.Settle()
	return s
}

func noPane(Draft) Pane { return &paneOf{CanvasObject: widget.NewLabel("")} }

// BenchmarkRatioScreenKeystroke is what is done besides the pane between one key
// and the next, among ten thousand entries: the draft in memory, counts, marks
// and the grid drawn again; against one key in a bare entry of Fyne's.
func BenchmarkRatioScreenKeystroke(b *testing.B) {
	d := tenThousand(b)
	s := benchScreen(b, d, noPane)
	id := d.Catalog().Entries[5].ID
	text := strings.Repeat("办理事项、办理条件、最低生活保障标准、", 8)
	bare := widget.NewMultiLineEntry()
	bare.Wrapping = fyne.TextWrapBreak
	bare.SetText(text)
	uitest.Window(b, bare, 310, 660)
	var ours, theirs []time.Duration
	n := 0
	for b.Loop() {
		for range 30 {
			n++
			start := time.Now()
			if err := d.Type(id, catalog.FieldContent, fmt.Sprintf("%s%d", text, n)); err != nil {
				b.Fatal(err)
			}
			uitest.Pump()
			s.sync()
			ours = append(ours, time.Since(start))
			start = time.Now()
			bare.TypedRune('字')
			theirs = append(theirs, time.Since(start))
		}
	}
	middle := func(x []time.Duration) float64 {
		slices.Sort(x)
		return float64(x[len(x)/2].Microseconds())
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(middle(ours), "screen-µs")
	b.ReportMetric(middle(theirs), "bare-entry-µs")
	b.ReportMetric(middle(ours)/middle(theirs), "ratio")
}

// What else is done at once among ten thousand entries.
func BenchmarkScreen(b *testing.B) {
	d := tenThousand(b)
	s := benchScreen(b, d, noPane)
	id := d.Catalog().Entries[5].ID
	b.Run("cell", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			s.editing = id
			if why := s.edit(5, "publisher", fmt.Sprintf("籍山镇人民政府%d", i)); why != "" {
				b.Fatal(why)
			}
		}
	})
	b.Run("filter", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			s.filter.text = fmt.Sprintf("指南%d", i%10)
			s.refilter()
		}
		s.filter = filter{}
		s.refilter()
	})
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			s.grid.SetSort(grid.Sort{Column: "publisher"})
			s.grid.SetSort(grid.Sort{})
		}
	})
	b.Run("duplicate", func(b *testing.B) {
		for b.Loop() {
			s.duplicate()
			s.remove()
		}
	})
	b.Run("findings", func(b *testing.B) {
		fs, _ := d.Findings()
		for b.Loop() {
			s.table.find(fs)
			s.refresh()
		}
	})
}

// Going down the entries with the arrow, the pane following.
func BenchmarkArrow(b *testing.B) {
	d := tenThousand(b)
	for name, pane := range map[string]func(Draft) Pane{"grid": noPane, "pane": nil} {
		b.Run(name, func(b *testing.B) {
			s := benchScreen(b, d, pane)
			b.ResetTimer()
			for b.Loop() {
				s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
		})
	}
}

// What the screen keeps in memory for ten thousand entries, besides the draft.
func BenchmarkMemory(b *testing.B) {
	d := tenThousand(b)
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	uitest.App(b)
	before := heap()
	s := benchScreen(b, d, noPane)
	for b.Loop() {
	}
	b.ReportMetric(float64(heap()-before)/1e6, "MB")
	b.ReportMetric(float64(s.table.Rows()), "rows")
}
