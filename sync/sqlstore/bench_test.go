package sqlstore_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/review"
)

// A submission of 500 entries, with its bundle, case, receipt, log and feed, all
// durable, beside plain inserts of the same bytes, an entry a row, in one durable
// transaction of the same database. Where nothing but one entry is new since the
// last submission, the yardstick still inserts all.
func BenchmarkRatioSubmission(b *testing.B) {
	for _, name := range []string{"SQLite", "PostgreSQL"} {
		for what, changed := range map[string]int{"first": 500, "one changed": 1} {
			b.Run(name+"/"+what, func(b *testing.B) { benchSubmission(b, name, changed) })
		}
	}
}

func benchSubmission(b *testing.B, backend string, changed int) {
	const entries, rounds = 500, 9
	where := backends[backend](b)
	s := open(b, where)
	es := catalogtest.Entries(1, entries)
	c := catalog.Catalog{Schema: catalog.Schema, Unit: catalogtest.Unit(), Sector: es[0].Sector, Entries: es}
	bundle := make([]byte, 100_000)
	db := plain(b, where)
	var version uint64
	change := func(i int) {
		for k := range changed {
			c.Entries[k].Content = fmt.Sprint(i, " ", es[k].Content)
		}
		copy(bundle, fmt.Sprint(i))
	}
	ours := func() error {
		return s.Update(b.Context(), func(tx review.Tx) error {
			h, err := tx.PutCatalog(c)
			if err != nil {
				return err
			}
			id, err := tx.PutBlob(bundle)
			if err != nil {
				return err
			}
			version++
			k := review.Case{ID: review.CaseID{Unit: c.Unit.ID, Sector: c.Sector}, Version: version}
			k.Submissions = []review.Submission{{ID: id, Catalog: h}}
			if err := tx.PutCase(k); err != nil {
				return err
			}
			if err := tx.PutReceipt(review.Receipt{Bundle: id, Case: k.ID, Status: review.Accepted}); err != nil {
				return err
			}
			if _, err := tx.Append(review.Record{Action: review.ActSubmit, Case: k.ID}); err != nil {
				return err
			}
			_, err = tx.Post(review.Item{Unit: c.Unit.ID, Kind: review.ItemDecision})
			return err
		})
	}
	row := 0
	yardstick := func() error {
		t, err := db.BeginTx(b.Context(), nil)
		if err != nil {
			return err
		}
		defer t.Rollback()
		insert, err := t.PrepareContext(b.Context(), `INSERT INTO plain (id, doc) VALUES ($1, $2)`)
		if err != nil {
			return err
		}
		put := func(doc []byte) error {
			row++
			_, err := insert.Exec(row, doc)
			return err
		}
		for i := range c.Entries {
			doc, err := json.Marshal(c.Entries[i])
			if err != nil {
				return err
			}
			if err := put(doc); err != nil {
				return err
			}
		}
		if err := put(bundle); err != nil {
			return err
		}
		return t.Commit()
	}
	var a, y, r []float64
	for i := range rounds + 2 {
		change(i)
		start := time.Now()
		if err := yardstick(); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if err := ours(); err != nil {
			b.Fatal(err)
		}
		if i < 2 { // the first find nothing in any cache
			continue
		}
		y = append(y, middle.Sub(start).Seconds()*1000)
		a = append(a, time.Since(middle).Seconds()*1000)
		r = append(r, a[len(a)-1]/y[len(y)-1])
	}
	median := func(x []float64) float64 { slices.Sort(x); return x[len(x)/2] }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(a), "ours-ms")
	b.ReportMetric(median(y), "yardstick-ms")
	b.ReportMetric(median(r), "ratio")
	b.ReportMetric(1.5, "at-most")
}

// plain is a table of the same database, without us.
func plain(b *testing.B, where string) *sql.DB {
	b.Helper()
	driver, source := "pgx", where
	if !strings.HasPrefix(where, "postgres:") {
		driver, source = "sqlite", filepath.Join(b.TempDir(), "plain.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.ExecContext(context.Background(), `CREATE TABLE plain (id BIGINT PRIMARY KEY, doc BYTEA)`); err != nil {
		b.Fatal(err)
	}
	return db
}
