package grid

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
)

const benchRows = 10000

// bare is Fyne's own table with a label in every cell, of the same size, texts
// and columns as the grid.
func bare(s *sheet, rowHeight float32, widths []float32) *widget.Table {
	t := widget.NewTableWithHeaders(
		func() (int, int) { return len(s.cells), len(s.columns) },
		func() fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(id widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(s.text(id.Row, id.Col))
		},
	)
	t.StickyColumnCount = 2
	for i, w := range widths {
		t.SetColumnWidth(i, w)
	}
	if rowHeight > 0 {
		for i := range s.cells {
			t.SetRowHeight(i, rowHeight)
		}
	}
	return t
}

// turning is a table in a window, and how to turn a page in it.
type turning struct {
	w    fyne.Window
	to   func(y float32)
	y    float32
	last float32
}

func (p *turning) page(draw bool) time.Duration {
	runtime.GC() // or it falls on one of the tables, always the same
	start := time.Now()
	if p.y += 600; p.y > p.last {
		p.y = 0
	}
	p.to(p.y)
	if draw {
		p.w.Canvas().Capture()
	}
	return time.Since(start)
}

// BenchmarkRatioPage turns pages of ten thousand rows in the grid and in Fyne's
// bare table with a label in each cell: same size, texts, columns and height of
// rows; the table is also tried with rows of one height of its own, which it is
// fastest at. Drawing is that of the software painter, most of it letters.
func BenchmarkRatioPage(b *testing.B) {
	uitest.App(b)
	const w, h = 1366, 700
	s := numbered(benchRows)
	var widths []float32
	for _, c := range s.columns {
		widths = append(widths, c.Width-4)
	}
	g := New(s, nil)
	ours := &turning{w: uitest.Window(b, g, w, h), last: benchRows*46 - h}
	ours.to = func(y float32) {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, (g.view.off.Y-y)/wheel)})
	}
	table := func(rowHeight float32) *turning {
		t := bare(s, rowHeight, widths)
		return &turning{w: uitest.Window(b, t, w, h), last: benchRows*34 - h, to: func(y float32) { t.ScrollToOffset(fyne.NewPos(0, y)) }}
	}
	same, uniform := table(43), table(0)
	times := map[string][]time.Duration{}
	for b.Loop() {
		for range 9 {
			for _, draw := range []bool{false, true} {
				what := "scroll"
				if draw {
					what = "draw"
				}
				times[what+"/grid"] = append(times[what+"/grid"], ours.page(draw))
				times[what+"/same"] = append(times[what+"/same"], same.page(draw))
				times[what+"/uniform"] = append(times[what+"/uniform"], uniform.page(draw))
			}
		}
	}
	middle := func(what string) float64 {
		x := times[what]
		slices.Sort(x)
		return float64(x[len(x)/2])
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(middle("scroll/grid")/1e3, "scroll-µs")
	b.ReportMetric(middle("scroll/grid")/middle("scroll/uniform"), "scroll-ratio")
	b.ReportMetric(middle("draw/grid")/middle("draw/same"), "draw-ratio")
	b.ReportMetric(middle("draw/grid")/middle("draw/uniform"), "draw-ratio-uniform")
}

// What showing ten thousand rows allocates.
func BenchmarkOpen(b *testing.B) {
	uitest.App(b)
	s := numbered(benchRows)
	b.Run("grid", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			g := New(s, nil)
			g.Resize(fyne.NewSize(1366, 700))
			test.WidgetRenderer(g)
		}
	})
}
