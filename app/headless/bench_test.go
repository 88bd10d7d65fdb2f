package headless

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"go.etcd.io/bbolt"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// benchEntries is how many entries the benchmarks of workbooks use.
const benchEntries = 20000

// ratio runs our work and its yardstick in turn and reports the median of each
// and the median of their ratios, pair by pair, so that a machine that slows
// down half-way changes neither.
func ratio(b *testing.B, atMost float64, ours, yardstick func() error) {
	b.Helper()
	const rounds = 7
	measure := func(f func() error) float64 {
		start := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		return float64(time.Since(start).Nanoseconds()) / 1e6
	}
	measure(yardstick)
	measure(ours)
	var a, y, r []float64
	for range rounds {
		y = append(y, measure(yardstick))
		a = append(a, measure(ours))
		r = append(r, a[len(a)-1]/y[len(y)-1])
	}
	median := func(x []float64) float64 { slices.Sort(x); return x[len(x)/2] }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(a), "ours-ms")
	b.ReportMetric(median(y), "yardstick-ms")
	b.ReportMetric(median(r), "ratio")
	b.ReportMetric(atMost, "at-most")
}

func benchCatalogs(n int) []catalog.Catalog { return catalogtest.Catalogs(1, n) }

func benchWorkbook(b *testing.B, cs []catalog.Catalog) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := sheet.WriteXLSX(&out, cs, sheet.WriteOptions{Sectors: templates.Embedded().Sectors()}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// iterate reads every cell of a workbook with excelize's row iterator.
func iterate(book []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		return err
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.Rows(name)
		if err != nil {
			return err
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				return err
			}
		}
		if err := errors.Join(rows.Error(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Checking 10,000 entries with all rules, beside excelize's row iterator over
// the workbook that holds them.
func BenchmarkRatioCheck(b *testing.B) {
	cs := benchCatalogs(benchEntries / 2)
	book := benchWorkbook(b, cs)
	a := &app{World: World{Now: time.Now}}
	ratio(b, 0.1, func() error {
		a.findings(cs, source{})
		return nil
	}, func() error { return iterate(book) })
}

// Writing 20,000 entries as a formatted workbook, beside excelize's stream
// writer with the same cells, unformatted.
func BenchmarkRatioWrite(b *testing.B) {
	cs := benchCatalogs(benchEntries)
	cells := workbookCells(b, benchWorkbook(b, cs))
	o := sheet.WriteOptions{Sectors: templates.Embedded().Sectors()}
	ratio(b, 1.2, func() error { return sheet.WriteXLSX(io.Discard, cs, o) }, func() error {
		f := excelize.NewFile()
		defer f.Close()
		for i, rows := range cells {
			name := "Sheet1"
			if i > 0 {
				name = string(rune('A'+i/26)) + string(rune('A'+i%26))
				if _, err := f.NewSheet(name); err != nil {
					return err
				}
			}
			sw, err := f.NewStreamWriter(name)
			if err != nil {
				return err
			}
			for r, row := range rows {
				at, err := excelize.CoordinatesToCellName(1, r+1)
				if err != nil {
					return err
				}
				if err := sw.SetRow(at, row); err != nil {
					return err
				}
			}
			if err := sw.Flush(); err != nil {
				return err
			}
		}
		return f.Write(io.Discard)
	})
}

func workbookCells(b *testing.B, book []byte) [][][]any {
	b.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var out [][][]any
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			b.Fatal(err)
		}
		cells := make([][]any, len(rows))
		for i, row := range rows {
			for _, c := range row {
				cells[i] = append(cells[i], c)
			}
		}
		out = append(out, cells)
	}
	return out
}

// Reading a workbook of 20,000 entries back into entries, beside excelize's row
// iterator over the same file.
func BenchmarkRatioRead(b *testing.B) {
	cs := benchCatalogs(benchEntries)
	book := benchWorkbook(b, cs)
	o := sheet.Options{Limits: sheet.DefaultLimits, Sectors: templates.Embedded().Sectors()}
	ratio(b, 1.3, func() error {
		doc, err := sheet.ReadBytes(context.Background(), "book.xlsx", book, o)
		if err != nil {
			return err
		}
		n := 0
		for _, t := range doc.Catalogs {
			n += len(t.Entries)
		}
		if n != benchEntries {
			b.Fatalf("read %d entries, want %d", n, benchEntries)
		}
		return nil
	}, func() error { return iterate(book) })
}

// Saving one edit of one entry durably, beside one bbolt transaction of the
// same bytes: the entry as it becomes, and for the history as it was.
func BenchmarkRatioSave(b *testing.B) {
	ctx := context.Background()
	cs := catalogtest.Catalogs(1, 10000)
	a := &app{World: World{Now: time.Now, NewID: newID}}
	s, err := boltstore.Create(filepath.Join(b.TempDir(), "drafts"), catalogtest.Unit(), a.storeOptions(false))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := putAll(ctx, s, cs); err != nil {
		b.Fatal(err)
	}

	db, err := bbolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	entries, history := []byte("entries"), []byte("history")
	put := func(e *catalog.Entry) error {
		value, err := json.Marshal(e)
		if err != nil {
			return err
		}
		return db.Update(func(tx *bbolt.Tx) error {
			now, err := tx.CreateBucketIfNotExists(entries)
			if err != nil {
				return err
			}
			past, err := tx.CreateBucketIfNotExists(history)
			if err != nil {
				return err
			}
			seq, err := past.NextSequence()
			if err != nil {
				return err
			}
			return errors.Join(now.Put([]byte(e.ID), value), past.Put(binary.BigEndian.AppendUint64(nil, seq), value))
		})
	}
	for i := range cs {
		for j := range cs[i].Entries {
			if j%50 == 0 { // enough for a tree of the same depth
				if err := put(&cs[i].Entries[j]); err != nil {
					b.Fatal(err)
				}
			}
		}
	}

	const saves = 40
	n := 0
	ratio(b, 1.2, func() error {
		for range saves {
			n++
			e := cs[n%len(cs)].Entries[n%len(cs[n%len(cs)].Entries)]
			e.Content += time.Now().String()
			info := boltstore.EditInfo{By: "测试", Label: "修改"}
			if _, err := s.Edit(ctx, info, func(tx *boltstore.Tx) error { return tx.PutEntry(e) }); err != nil {
				return err
			}
		}
		return nil
	}, func() error {
		for range saves {
			n++
			e := cs[n%len(cs)].Entries[n%len(cs[n%len(cs)].Entries)]
			e.Content += time.Now().String()
			if err := put(&e); err != nil {
				return err
			}
		}
		return nil
	})
}

func putAll(ctx context.Context, s *boltstore.Store, cs []catalog.Catalog) error {
	_, err := s.Edit(ctx, boltstore.EditInfo{By: "测试", Label: "导入"}, func(tx *boltstore.Tx) error {
		for _, c := range cs {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
