package boltstore_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// BenchmarkEdit saves one edit of one entry, durably, in a store of 20,000, and
// in turn puts the same bytes (the entry as it was and as it is) in a plain bbolt
// file of as many entries, one transaction with two puts. The metric "ratio" is
// the first time over the second; in turn, because disks have moods.
func BenchmarkEdit(b *testing.B) {
	const n = 20000
	ctx := context.Background()
	s, err := boltstore.Open(fill(b, n), boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	entries := catalogtest.Entries(1, n)
	plain := plainFile(b, entries)

	var ours, theirs time.Duration
	i := 0
	for b.Loop() {
		e := &entries[i*7919%n]
		before, err := json.Marshal(e)
		if err != nil {
			b.Fatal(err)
		}
		e.Content += fmt.Sprint("；", i)
		after, err := json.Marshal(e)
		if err != nil {
			b.Fatal(err)
		}

		start := time.Now()
		_, err = s.Edit(ctx, boltstore.EditInfo{By: "李梅", Label: "改公开内容"}, func(tx *boltstore.Tx) error { return tx.PutEntry(*e) })
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)

		start = time.Now()
		err = plain.Update(func(tx *bolt.Tx) error {
			if err := tx.Bucket([]byte("entries")).Put([]byte(e.ID), after); err != nil {
				return err
			}
			return tx.Bucket([]byte("history")).Put(fmt.Appendf(nil, "%010d", i), before)
		})
		if err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(start)
		i++
	}
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
	b.ReportMetric(float64(ours.Microseconds())/float64(i), "µs/edit")
	b.ReportMetric(float64(theirs.Microseconds())/float64(i), "µs/plain")
}

func plainFile(b *testing.B, entries []catalog.Entry) *bolt.DB {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	err = db.Update(func(tx *bolt.Tx) error {
		if _, err := tx.CreateBucket([]byte("history")); err != nil {
			return err
		}
		to, err := tx.CreateBucket([]byte("entries"))
		if err != nil {
			return err
		}
		for _, e := range entries {
			j, err := json.Marshal(e)
			if err != nil {
				return err
			}
			if err := to.Put([]byte(e.ID), j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkOpen opens a store of 10,000 entries, as the desktop does at its start.
func BenchmarkOpen(b *testing.B) {
	dir := fill(b, 10000)
	for b.Loop() {
		s, err := boltstore.Open(dir, boltstore.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCatalogs reads all 10,000 entries of a store.
func BenchmarkCatalogs(b *testing.B) {
	s, err := boltstore.Open(fill(b, 10000), boltstore.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if _, err := s.Catalogs(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
