package reviewtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/review"
)

// step is one call of one method, the same for every store.
type step struct {
	name string
	do   func(review.Tx) (any, error)
}

// known are the hashes of contents that were put.
type known struct{ catalogs, blobs []review.Hash }

func (k *known) hash(t *rapid.T, of []review.Hash) review.Hash {
	return rapid.SampledFrom(append(slices.Clone(of), "nowhere")).Draw(t, "hash")
}

// steps draw a call each. Every method that writes is there; those that read are
// in Everything, and some here, since they must see what the update wrote.
var steps = []func(*rapid.T, *known) step{
	func(t *rapid.T, _ *known) step {
		c := Case().Draw(t, "case")
		off := rapid.SampledFrom([]uint64{1, 1, 1, 1, 0, 2}).Draw(t, "version")
		return step{"PutCase", func(tx review.Tx) (any, error) {
			old, err := tx.Case(c.ID)
			if err != nil && !errors.Is(err, catalog.ErrNotFound) {
				return nil, err
			}
			c := c
			c.Version = old.Version + off
			return old, tx.PutCase(c)
		}}
	},
	func(t *rapid.T, _ *known) step {
		q := review.CaseQuery{
			Units: list(name[catalog.UnitID]()).Draw(t, "units"), Sectors: list(catalogtest.Sector()).Draw(t, "sectors"),
			States: list(rapid.SampledFrom(states)).Draw(t, "states"), After: caseID.Draw(t, "after"), Limit: rapid.IntRange(0, 3).Draw(t, "limit"),
		}
		return step{"Heads", func(tx review.Tx) (any, error) { return tx.Heads(q) }}
	},
	func(t *rapid.T, k *known) step {
		c := catalogtest.Catalog().Draw(t, "catalog")
		return step{"PutCatalog", func(tx review.Tx) (any, error) {
			h, err := tx.PutCatalog(c)
			k.catalogs = append(k.catalogs, h)
			return h, err
		}}
	},
	func(t *rapid.T, k *known) step {
		h, c := k.hash(t, k.catalogs), catalogtest.Catalog().Draw(t, "catalog")
		return step{"ReplaceCatalog", func(tx review.Tx) (any, error) { return nil, tx.ReplaceCatalog(h, c) }}
	},
	func(t *rapid.T, k *known) step {
		h := k.hash(t, k.catalogs)
		return step{"Catalog", func(tx review.Tx) (any, error) { return tx.Catalog(h) }}
	},
	func(t *rapid.T, k *known) step {
		b := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "blob")
		return step{"PutBlob", func(tx review.Tx) (any, error) {
			h, err := tx.PutBlob(b)
			k.blobs = append(k.blobs, h)
			return h, err
		}}
	},
	func(t *rapid.T, k *known) step {
		h := k.hash(t, k.blobs)
		return step{"RemoveBlob", func(tx review.Tx) (any, error) { return nil, tx.RemoveBlob(h) }}
	},
	func(t *rapid.T, _ *known) step {
		r := Receipt().Draw(t, "receipt")
		return step{"PutReceipt", func(tx review.Tx) (any, error) { return nil, tx.PutReceipt(r) }}
	},
	func(t *rapid.T, _ *known) step {
		r := Record().Draw(t, "record")
		return step{"Append", func(tx review.Tx) (any, error) { return tx.Append(r) }}
	},
	func(t *rapid.T, _ *known) step {
		it := Item().Draw(t, "item")
		return step{"Post", func(tx review.Tx) (any, error) { return tx.Post(it) }}
	},
	func(t *rapid.T, _ *known) step {
		seq, body := rapid.Uint64Range(0, 9).Draw(t, "seq"), raw.Draw(t, "body")
		return step{"Amend", func(tx review.Tx) (any, error) { return nil, tx.Amend(seq, body) }}
	},
	func(t *rapid.T, _ *known) step {
		u, after, limit := name[catalog.UnitID]().Draw(t, "unit"), rapid.Uint64Range(0, 5).Draw(t, "after"), rapid.IntRange(0, 3).Draw(t, "limit")
		return step{"Feed", func(tx review.Tx) (any, error) { return tx.Feed(u, after, limit) }}
	},
	func(t *rapid.T, _ *known) step {
		u := unit.Draw(t, "unit")
		return step{"PutUnit", func(tx review.Tx) (any, error) { return nil, tx.PutUnit(u) }}
	},
	func(t *rapid.T, _ *known) step {
		s, u := catalogtest.Sector().Draw(t, "sector"), rapid.SampledFrom([]catalog.UnitID{"", "340200-mzj"}).Draw(t, "unit")
		return step{"PutResponsible", func(tx review.Tx) (any, error) { return nil, tx.PutResponsible(s, u) }}
	},
	func(t *rapid.T, _ *known) step {
		n, v := name[string]().Draw(t, "name"), rapid.SliceOfN(rapid.Byte(), 0, 9).Draw(t, "value")
		return step{"PutSetting", func(tx review.Tx) (any, error) { return nil, tx.PutSetting(n, v) }}
	},
	func(t *rapid.T, _ *known) step {
		f := form.Draw(t, "form")
		return step{"PutForm", func(tx review.Tx) (any, error) { return nil, tx.PutForm(f) }}
	},
	func(t *rapid.T, _ *known) step {
		a := assessment.Draw(t, "assessment")
		off := rapid.SampledFrom([]uint64{1, 1, 1, 0, 2}).Draw(t, "version")
		return step{"PutAssessment", func(tx review.Tx) (any, error) {
			old, err := tx.Assessment(a.ID)
			if err != nil && !errors.Is(err, catalog.ErrNotFound) {
				return nil, err
			}
			a := a
			a.Version = old.Version + off
			return old, tx.PutAssessment(a)
		}}
	},
	func(t *rapid.T, _ *known) step {
		a := account.Draw(t, "account")
		return step{"PutAccount", func(tx review.Tx) (any, error) { return nil, tx.PutAccount(a) }}
	},
	func(t *rapid.T, _ *known) step {
		d := device.Draw(t, "device")
		return step{"PutDevice", func(tx review.Tx) (any, error) { return nil, tx.PutDevice(d) }}
	},
	func(t *rapid.T, _ *known) step {
		i := invitation.Draw(t, "invitation")
		return step{"PutInvitation", func(tx review.Tx) (any, error) { return nil, tx.PutInvitation(i) }}
	},
	func(t *rapid.T, _ *known) step {
		s := session.Draw(t, "session")
		return step{"PutSession", func(tx review.Tx) (any, error) { return nil, tx.PutSession(s) }}
	},
	func(t *rapid.T, _ *known) step {
		h := name[review.Hash]().Draw(t, "token")
		return step{"RemoveSession", func(tx review.Tx) (any, error) { return nil, tx.RemoveSession(h) }}
	},
	func(t *rapid.T, _ *known) step {
		p := name[review.PersonID]().Draw(t, "person")
		return step{"RemoveSessions", func(tx review.Tx) (any, error) { return nil, tx.RemoveSessions(p) }}
	},
	func(t *rapid.T, _ *known) step {
		a := attempts.Draw(t, "attempts")
		return step{"PutAttempts", func(tx review.Tx) (any, error) { return nil, tx.PutAttempts(a) }}
	},
	func(t *rapid.T, _ *known) step {
		h := name[review.Hash]().Draw(t, "name")
		return step{"RemoveAttempts", func(tx review.Tx) (any, error) { return nil, tx.RemoveAttempts(h) }}
	},
	func(t *rapid.T, _ *known) step {
		at := expiry.Draw(t, "now")
		return step{"RemoveExpired", func(tx review.Tx) (any, error) { return nil, tx.RemoveExpired(at) }}
	},
}

func drawStep(t *rapid.T, k *known) step { return rapid.SampledFrom(steps).Draw(t, "step")(t, k) }

// testRandom makes the same random updates to the store and to one in memory,
// and compares what each call says and what both hold in the end.
func testRandom(t *testing.T, open func(*testing.T) review.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		s, model := open(t), NewMemory()
		k := &known{}
		for range rapid.IntRange(1, 6).Draw(rt, "updates") {
			var todo []step
			for range rapid.IntRange(1, 6).Draw(rt, "steps") {
				todo = append(todo, drawStep(rt, k))
			}
			giveUp := rapid.IntRange(0, 4).Draw(rt, "give up") == 0
			run := func(s review.Store) (log []string) {
				err := s.Update(t.Context(), func(tx review.Tx) error {
					log = nil // a store may run it again
					for _, st := range todo {
						log = append(log, st.name+": "+said(st.do(tx)))
					}
					if giveUp {
						return context.Canceled
					}
					return nil
				})
				return append(log, fmt.Sprint(err))
			}
			want, got := run(model), run(s)
			if !slices.Equal(got, want) {
				rt.Fatalf("updates said\n%q\nwant\n%q", got, want)
			}
		}
		want, err1 := everything(t.Context(), model, k)
		got, err2 := everything(t.Context(), s, k)
		if err := errors.Join(err1, err2); err != nil || got != want {
			rt.Fatalf("the store holds\n%s\nwant\n%s\n%v", got, want, err)
		}
	})
}

// Fill puts random values of every kind into a store; another seed adds others.
func Fill(t testing.TB, s review.Store, seed int) {
	t.Helper()
	rapid.Custom(func(rt *rapid.T) bool {
		err := s.Update(t.Context(), func(tx review.Tx) error {
			k := &known{}
			for _, draw := range slices.Concat(steps, steps) {
				st := draw(rt, k)
				if st.name == "PutCase" {
					continue
				}
				if _, err := st.do(tx); err != nil && kindOf(err) == nil {
					return fmt.Errorf("%s: %w", st.name, err)
				}
			}
			// Cases name what is there, as a service leaves them.
			h, err := tx.PutCatalog(catalogtest.Catalogs(uint64(seed), 8)[0])
			if err != nil {
				return err
			}
			b, err := tx.PutBlob([]byte(fmt.Sprint("bundle ", seed)))
			if err != nil {
				return err
			}
			for i := range 3 {
				c := Case().Draw(rt, "case")
				c.ID.Sector, c.Version = catalog.Sector(fmt.Sprintf("sector-%d-%d", seed, i)), 1
				for i := range c.Submissions {
					c.Submissions[i].ID, c.Submissions[i].Catalog = b, h
				}
				if err := tx.PutCase(c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return true
	}).Example(seed)
}

// Everything returns what a store holds as text that can be compared, but for
// its epoch. What no list names is found where cases name it, or by the names
// that the generators use.
func Everything(ctx context.Context, s review.Store) (string, error) {
	return everything(ctx, s, &known{})
}

func everything(ctx context.Context, s review.Store, k *known) (string, error) {
	var all []byte
	err := s.View(ctx, func(tx review.Tx) error {
		add := func(what string, v any, err error) {
			all = fmt.Appendf(all, "%s: %s\n", what, said(v, err))
		}
		for what, of := range sorted(lists(tx)) {
			v, err := of()
			add(what, v, err)
		}
		head, err := tx.LogHead()
		add("LogHead", head, err)
		hs, err := tx.Heads(review.CaseQuery{})
		if err != nil {
			return err
		}
		catalogs, blobs := slices.Clone(k.catalogs), slices.Clone(k.blobs)
		for _, h := range hs {
			c, err := tx.Case(h.ID)
			add("Case", c, err)
			for _, s := range c.Submissions {
				catalogs, blobs = append(catalogs, s.Catalog), append(blobs, s.ID)
			}
		}
		for _, h := range catalogs {
			c, err := tx.Catalog(h)
			add("Catalog", c, err)
		}
		for _, h := range blobs {
			b, err := tx.Blob(h)
			add("Blob", string(b), err)
		}
		for _, n := range names {
			for what, read := range sorted(reads(tx, n)) {
				v, err := read()
				add(what, v, err)
			}
			u := catalog.UnitID(n)
			its, err := tx.Feed(u, 0, 0)
			add("Feed", its, err)
			rs, err := tx.WaitingFor(review.Hash(n))
			add("WaitingFor", rs, err)
			ds, err := tx.Devices(u)
			add("Devices", ds, err)
			for _, quarter := range []string{"", "2026Q3"} {
				as, err := tx.Assessments(quarter, u)
				add("Assessments", as, err)
			}
		}
		return nil
	})
	return string(all), err
}
