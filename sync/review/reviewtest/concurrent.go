package reviewtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// testSnapshot looks at one thing before and at another after an update: a view
// sees both as they were.
func testSnapshot(b *bench) {
	write := func(version uint64) {
		b.update(func(tx review.Tx) error {
			if _, err := tx.Append(review.Record{At: now(), Action: review.ActSubmit}); err != nil {
				return err
			}
			if _, err := tx.Post(review.Item{Kind: review.ItemNotice, At: now()}); err != nil {
				return err
			}
			return tx.PutCase(aCase(version))
		})
	}
	write(1)
	b.view(func(tx review.Tx) error {
		if _, err := tx.Case(aCase(0).ID); err != nil {
			return err
		}
		write(2) // beside the view, which does not wait for it, nor it for the view
		c, err1 := tx.Case(aCase(0).ID)
		b.same("Case in a view", c, aCase(1))
		rs, err2 := tx.Records(0, 0)
		its, err3 := tx.Feed("x", 0, 0)
		if len(rs) != 1 || len(its) != 1 {
			b.Errorf("a view sees %d records and %d items, want 1 each", len(rs), len(its))
		}
		return errors.Join(err1, err2, err3)
	})
}

// TestConcurrent lets writers and readers at stores that hold the same data, by
// two programs or the same one twice, and looks for whatever one of them missed.
// The stores are empty.
func TestConcurrent(t *testing.T, stores ...review.Store) {
	const writers, updates = 6, 40
	ctx := t.Context()
	giveUp := errors.New("changed my mind")
	units := []catalog.UnitID{"", "340223100", "340223101"}
	var writing, reading sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			s, r := stores[w%len(stores)], rand.New(rand.NewPCG(7, uint64(w)))
			for i := range updates {
				fails := r.IntN(5) == 0
				err := s.Update(ctx, func(tx review.Tx) error {
					id := review.CaseID{Unit: "340223100", Sector: catalog.Sector(fmt.Sprint("s", r.IntN(3)))}
					c, err := tx.Case(id)
					if err != nil && !errors.Is(err, catalog.ErrNotFound) {
						return err
					}
					c.ID = id
					c.Version++
					c.Comments = append(c.Comments, review.Comment{ID: fmt.Sprint(w, "-", i)})
					if err := tx.PutCase(c); err != nil {
						return err
					}
					for range r.IntN(3) {
						if _, err := tx.Post(review.Item{Kind: review.ItemNotice, At: now(), Unit: units[r.IntN(len(units))]}); err != nil {
							return err
						}
					}
					if _, err := tx.Append(review.Record{At: now(), Action: review.ActComment, Subject: fmt.Sprint(w, "-", i)}); err != nil {
						return err
					}
					if fails {
						return giveUp
					}
					return nil
				})
				if fails != errors.Is(err, giveUp) || !fails && err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	read := make([][]review.Item, 2*len(stores))
	for i := range read {
		reading.Go(func() {
			for last := false; ; {
				select {
				case <-done:
					last = true
				default:
				}
				its, err := page(ctx, stores[i%len(stores)], units[1+i/len(stores)], read[i])
				if err != nil {
					t.Errorf("Feed: %v", err)
					return
				}
				read[i] = append(read[i], its...)
				if last && len(its) == 0 {
					return
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()

	err := stores[0].View(ctx, func(tx review.Tx) error {
		for i := range read {
			want, err := tx.Feed(units[1+i/len(stores)], 0, 0)
			if err != nil {
				return err
			}
			if got := asText(read[i]); got != asText(want) {
				t.Errorf("a reader of the feed got %d items, want %d:\n%s", len(read[i]), len(want), got)
			}
		}
		rs, err := tx.Records(0, 0)
		if err != nil {
			return err
		}
		if err := review.VerifyRecords(review.Record{}, rs); err != nil {
			t.Error(err)
		}
		var logged, commented []string
		for _, r := range rs {
			logged = append(logged, r.Subject)
		}
		hs, err := tx.Heads(review.CaseQuery{})
		if err != nil {
			return err
		}
		for _, h := range hs {
			c, err := tx.Case(h.ID)
			if err != nil {
				return err
			}
			if h.Version != c.Version || int(c.Version) != len(c.Comments) {
				t.Errorf("case %v has version %d, %d in its head, and %d comments", h.ID, c.Version, h.Version, len(c.Comments))
			}
			for _, c := range c.Comments {
				commented = append(commented, c.ID)
			}
		}
		slices.Sort(logged)
		slices.Sort(commented)
		if !slices.Equal(logged, commented) {
			t.Errorf("the log tells of %v\nthe cases of %v", logged, commented)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// page reads what follows the items that were read.
func page(ctx context.Context, s review.Store, u catalog.UnitID, read []review.Item) (its []review.Item, err error) {
	var after uint64
	if len(read) > 0 {
		after = read[len(read)-1].Seq
	}
	err = s.View(ctx, func(tx review.Tx) error {
		its, err = tx.Feed(u, after, 5)
		return err
	})
	return its, err
}

// testGaps holds the feed to numbers without gaps, which a failed update leaves none of.
func testGaps(b *bench) {
	for i := range 6 {
		err := b.Update(context.Background(), func(tx review.Tx) error {
			if _, err := tx.Post(review.Item{Seq: 99, Kind: review.ItemNotice, At: now()}); err != nil {
				return err
			}
			if i%2 == 0 {
				return context.Canceled
			}
			return nil
		})
		if (err != nil) != (i%2 == 0) {
			b.Fatal(err)
		}
	}
	b.view(func(tx review.Tx) error {
		its, err := tx.Feed("x", 0, 0)
		for i, it := range its {
			if it.Seq != uint64(i+1) {
				b.Errorf("item %d has Seq %d", i+1, it.Seq)
			}
		}
		if len(its) != 3 {
			b.Errorf("%d items, want 3", len(its))
		}
		return err
	})
}
