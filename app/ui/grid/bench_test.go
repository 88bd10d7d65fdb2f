package grid

import (
	"fmt"
	"testing"

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

// The work of turning one page in ten thousand rows. The bare table has uniform
// rows of its own height, which is its fastest case; custom heights are slower.
func BenchmarkPage(b *testing.B) {
	const w, h = 1366, 700
	scroll := func(b *testing.B, o fyne.CanvasObject, to func(y float32), height float32, draw bool) {
		win := uitest.Window(b, o, w, h)
		page := float32(600)
		var y float32
		b.ReportAllocs()
		b.ResetTimer()
		for b.Loop() {
			if y += page; y > height-2*h {
				y = 0
			}
			to(y)
			if draw {
				win.Canvas().Capture()
			}
		}
	}
	for _, draw := range []bool{false, true} {
		name := "scroll"
		if draw {
			name = "draw"
		}
		b.Run(fmt.Sprintf("%s/grid", name), func(b *testing.B) {
			uitest.App(b)
			g := New(numbered(benchRows), nil)
			scroll(b, g, func(y float32) {
				g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, (g.view.off.Y-y)/wheel)})
			}, benchRows*47, draw)
		})
		b.Run(fmt.Sprintf("%s/table", name), func(b *testing.B) {
			uitest.App(b)
			s := numbered(benchRows)
			var widths []float32
			for _, c := range s.columns {
				widths = append(widths, c.Width-4)
			}
			t := bare(s, 43, widths)
			scroll(b, t, func(y float32) { t.ScrollToOffset(fyne.NewPos(0, y)) }, benchRows*47, draw)
		})
		b.Run(fmt.Sprintf("%s/uniform-table", name), func(b *testing.B) {
			uitest.App(b)
			s := numbered(benchRows)
			var widths []float32
			for _, c := range s.columns {
				widths = append(widths, c.Width-4)
			}
			t := bare(s, 0, widths)
			scroll(b, t, func(y float32) { t.ScrollToOffset(fyne.NewPos(0, y)) }, benchRows*40, draw)
		})
	}
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
