package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzLimits keep each try short. Their time is far beyond what a busy machine needs.
var fuzzLimits = Limits{UnzippedSize: 4 << 20, Sheets: 50, Rows: 5000, Cols: 500, Cells: 50_000, Text: 4 << 20, Time: 20 * time.Second}

// checkRead reads a stranger's file and holds the grids to what the recogniser
// relies on. The readers are called without the net that open spreads for panics.
func checkRead(t *testing.T, read func(*budget) ([]grid, error)) {
	bud, cancel := start(context.Background(), fuzzLimits)
	defer cancel()
	gs, err := read(bud)
	if le := (*LimitError)(nil); errors.As(err, &le) && le.What == "time" {
		t.Error("so small a file takes longer than the time allowed")
	}
	if err != nil {
		return
	}
	for _, g := range gs {
		for i, r := range g.rows {
			if i > 0 && g.rows[i-1].number >= r.number {
				t.Errorf("row %d after row %d", r.number, g.rows[i-1].number)
			}
			if n := len(r.cells); n == 0 || strings.TrimSpace(r.cells[n-1]) == "" {
				t.Errorf("row %d ends in nothing: %q", r.number, r.cells)
			}
			for _, s := range r.cells {
				if !utf8.ValidString(s) || strings.Contains(s, "\r") {
					t.Errorf("row %d says %q", r.number, s)
				}
			}
		}
		for _, m := range g.merges {
			if m.top > m.bottom || m.left > m.right || m.left < 0 || m.top < 1 {
				t.Errorf("merge %+v", m)
			}
		}
	}
}

// stored packs parts without squeezing them.
func stored(t testing.TB, parts ...string) []byte {
	return packed(t, zip.Store, parts)
}

func FuzzXLSX(f *testing.F) {
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		b := stored(t, "xl/workbook.xml", oneSheet, "xl/_rels/workbook.xml.rels", oneRel,
			"xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", shared, "xl/styles.xml", styles)
		checkRead(t, func(bud *budget) ([]grid, error) { return openXLSX(bud, b) })
	})
}

func FuzzXLS(f *testing.F) {
	f.Add(testdata(f, "office.xls"))
	f.Add(compound("Workbook", string(oldSheet("", rec(biffRK, 0, 0, 0, 0, 0, 0, 0x3b, 0x01, 0, 0)))))
	f.Fuzz(func(t *testing.T, b []byte) {
		checkRead(t, func(bud *budget) ([]grid, error) { return openXLS(bud, b) })
	})
}

func FuzzDOCX(f *testing.F) {
	f.Fuzz(func(t *testing.T, body string) {
		b := stored(t, "word/document.xml", "<document><body>"+body+"</body></document>")
		checkRead(t, func(bud *budget) ([]grid, error) { return openDOCX(bud, b) })
	})
}

func FuzzHTML(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := decodePage(b)
		if err != nil {
			return
		}
		checkRead(t, func(bud *budget) ([]grid, error) { return openHTML(bud, text) })
	})
}

func FuzzCSV(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := decode(b)
		if err != nil {
			return
		}
		checkRead(t, func(bud *budget) ([]grid, error) { return openCSV(bud, text) })
	})
}

// FuzzOpen tries whole files, from the first look at them on.
func FuzzOpen(f *testing.F) {
	f.Add(testdata(f, "word.docx"))
	f.Add(testdata(f, "office.xlsx"))
	f.Fuzz(func(t *testing.T, b []byte) {
		checkRead(t, func(bud *budget) ([]grid, error) {
			gs, _, err := open(bud.ctx, b, fuzzLimits)
			if err != nil && strings.Contains(err.Error(), "reader gave up") {
				t.Error(err)
			}
			return gs, err
		})
	})
}

// Files damaged at random end in an error or in sound grids.
func TestDamagedFiles(t *testing.T) {
	stream := func(name string) []byte {
		c, err := openCFB(testdata(t, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := c.stream("Workbook")
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, tt := range []struct {
		b    []byte
		read func(*budget, []byte) ([]grid, error)
	}{
		{testdata(t, "office.xls"), openXLS},
		{stream("office.xls"), openXLS},
		{testdata(t, "office.xlsx"), openXLSX},
		{testdata(t, "word.docx"), openDOCX},
	} {
		random := rand.New(rand.NewPCG(1, uint64(len(tt.b))))
		for range damages {
			b := bytes.Clone(tt.b)
			for range 1 + random.IntN(20) {
				b[random.IntN(len(b))] = byte(random.IntN(256))
			}
			if random.IntN(4) == 0 {
				b = b[:random.IntN(len(b))]
			}
			checkRead(t, func(bud *budget) ([]grid, error) { return tt.read(bud, b) })
		}
	}
}

// How often each file is damaged.
const damages = 300
