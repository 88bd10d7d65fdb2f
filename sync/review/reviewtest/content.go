package reviewtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/review"
)

func testContents(b *bench) {
	c := catalogtest.Catalogs(1, 200)[0]
	j, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	sum := sha256.Sum256(j)
	want := review.Hash(hex.EncodeToString(sum[:]))
	erased := c
	erased.Entries = slices.Clone(c.Entries)
	erased.Entries[2].Content = "（已删除）"
	for _, c := range []catalog.Catalog{c, {}, {Entries: []catalog.Entry{}}, {Note: `"entries":[]`, Entries: c.Entries[:1]}, {Entries: append(c.Entries[:1:1], c.Entries[0])}} {
		b.update(func(tx review.Tx) error {
			for range 2 {
				h, err := tx.PutCatalog(c)
				if err != nil {
					return err
				}
				got, err := tx.Catalog(h)
				if err != nil {
					return err
				}
				b.same("Catalog", got, c)
				if (got.Entries == nil) != (c.Entries == nil) {
					b.Error("a catalog without entries became one with none, or the reverse")
				}
			}
			return nil
		})
	}
	b.update(func(tx review.Tx) error {
		if h, err := tx.PutCatalog(c); h != want || err != nil {
			b.Errorf("PutCatalog = %s, %v, want the hash of its JSON %s", h, err, want)
		}
		return tx.ReplaceCatalog(want, erased)
	})
	b.update(func(tx review.Tx) error {
		h, err := tx.PutCatalog(c)
		if h != want || err != nil {
			b.Errorf("PutCatalog of an erased one = %s, %v", h, err)
		}
		got, err := tx.Catalog(h)
		b.same("an erased catalog that was offered again", got, erased)
		return err
	})
	b.update(func(tx review.Tx) error {
		big := slices.Repeat([]byte{0, 1, 2, 255}, 1<<18)
		for _, blob := range [][]byte{nil, {}, {0}, big} {
			h, err := tx.PutBlob(blob)
			if err != nil {
				return err
			}
			got, err := tx.Blob(h)
			if err != nil || !slices.Equal(got, blob) {
				b.Errorf("Blob = %d bytes, %v, want %d", len(got), err, len(blob))
			}
			if err := tx.RemoveBlob(h); err != nil {
				return err
			}
			_, err = tx.Blob(h)
			b.wants("Blob that was removed", err, catalog.ErrNotFound)
			if _, err := tx.PutBlob(blob); err != nil {
				return err
			}
		}
		return nil
	})
}

// testCopies changes what was put and what was got, which changes nothing.
func testCopies(b *bench) {
	c := catalogtest.Catalogs(1, 20)[0]
	k := aCase(1)
	k.Submissions = []review.Submission{{ID: "one", By: review.Person{Sectors: []catalog.Sector{"x"}}}}
	k.Rounds = []review.Round{{Sides: []review.Side{{Unit: "340200-mzj"}}}}
	k.Seen = map[review.PersonID]review.SubmissionID{"li": "one"}
	blob := []byte("blob")
	it := review.Item{Kind: review.ItemNotice, Body: []byte(`{"a":1}`)}
	r := review.Record{Action: review.ActReturn, Before: []byte(`{"a":1}`)}
	var catalogHash, blobHash review.Hash
	b.update(func(tx review.Tx) (err error) {
		if catalogHash, err = tx.PutCatalog(c); err != nil {
			return err
		}
		if blobHash, err = tx.PutBlob(blob); err != nil {
			return err
		}
		posted, err := tx.Post(it)
		if err != nil {
			return err
		}
		appended, err := tx.Append(r)
		if err != nil {
			return err
		}
		if err := tx.PutCase(k); err != nil {
			return err
		}
		posted.Body[1], appended.Before[1] = 'x', 'x'
		return nil
	})
	before := b.everything()
	c.Entries[0].Path[0], c.Entries[0].Content = "changed", "changed"
	k.Submissions[0].ID, k.Submissions[0].By.Sectors[0], k.Rounds[0].Sides[0].Unit, k.Seen["li"] = "two", "y", "other", "two"
	blob[0], it.Body[1], r.Before[1] = 'x', 'x', 'x'
	b.view(func(tx review.Tx) error {
		got, err := tx.Catalog(catalogHash)
		if err != nil {
			return err
		}
		got.Entries[0].Path[0] = "changed"
		blob, err := tx.Blob(blobHash)
		if err != nil {
			return err
		}
		blob[0] = 'y'
		k, err := tx.Case(aCase(0).ID)
		if err != nil {
			return err
		}
		k.Seen["li"], k.Rounds[0].Sides[0].Unit = "three", "another"
		hs, err := tx.Heads(review.CaseQuery{})
		if err != nil {
			return err
		}
		hs[0].Waiting[0] = "another"
		its, err := tx.Feed("x", 0, 0)
		if err != nil {
			return err
		}
		its[0].Body[1] = 'y'
		rs, err := tx.Records(0, 0)
		if err != nil {
			return err
		}
		rs[0].Before[1] = 'y'
		return nil
	})
	if after := b.everything(); after != before {
		b.Errorf("after changing values of one's own the store holds\n%s\nwant\n%s", after, before)
	}
	b.view(func(tx review.Tx) error {
		got, err := tx.Catalog(catalogHash)
		b.same("Catalog", got, catalogtest.Catalogs(1, 20)[0])
		return err
	})
}

func testQueries(b *bench) {
	units, sectors := []catalog.UnitID{"b", "a", "乙", "B"}, []catalog.Sector{"y", "x"}
	var all []review.CaseHead
	b.update(func(tx review.Tx) error {
		for i, u := range units {
			for j, s := range sectors {
				c := aCase(1)
				c.ID, c.State = review.CaseID{Unit: u, Sector: s}, states[(i+j)%3]
				c.Submissions = []review.Submission{{ID: "first", Number: 1, At: now()}, {ID: "last", Number: 2, At: now()}}
				if err := tx.PutCase(c); err != nil {
					return err
				}
				all = append(all, c.Head())
			}
		}
		return nil
	})
	slices.SortFunc(all, func(a, b review.CaseHead) int { return compareCases(a.ID, b.ID) })
	for _, q := range []review.CaseQuery{
		{},
		{Units: units[:2]},
		{Units: []catalog.UnitID{"nobody", "a\x00", "' or '1'='1"}},
		{Sectors: sectors[1:]},
		{States: states[:1]},
		{Units: units[1:], Sectors: sectors[:1], States: states[1:3]},
		{Limit: 3},
		{After: all[3].ID},
		{After: all[1].ID, Limit: 2, Sectors: sectors[:1]},
		{After: all[len(all)-1].ID},
		{After: review.CaseID{Unit: "a"}},
	} {
		var want []review.CaseHead
		for _, h := range all {
			if q.Matches(h) && compareCases(h.ID, q.After) > 0 && (q.Limit == 0 || len(want) < q.Limit) {
				want = append(want, h)
			}
		}
		b.view(func(tx review.Tx) error {
			got, err := tx.Heads(q)
			if q.Units != nil && q.Units[0] == "nobody" {
				want = nil
			}
			b.same("Heads", got, want)
			return err
		})
	}
}

func testSettled(b *bench) {
	session := func(token, person, device string) review.Session {
		return review.Session{
			Token: review.Hash(token), Person: review.Person{ID: review.PersonID(person), Device: device}, Expires: now().AddDate(0, 0, 1),
		}
	}
	b.update(func(tx review.Tx) error {
		for _, s := range []review.Session{
			session("1", "li", ""), session("2", "li", "d1"), session("3", "wang", "d1"), session("4", "d1", ""), session("5", "wang", ""),
		} {
			if err := tx.PutSession(s); err != nil {
				return err
			}
		}
		return tx.RemoveSessions("d1")
	})
	left := func(want ...review.Hash) {
		b.Helper()
		b.view(func(tx review.Tx) error {
			for _, h := range []review.Hash{"1", "2", "3", "4", "5"} {
				_, err := tx.Session(h)
				if (err == nil) != slices.Contains(want, h) {
					b.Errorf("Session(%s): %v", h, err)
				}
			}
			return nil
		})
	}
	left("1", "5")
	b.update(func(tx review.Tx) error { return tx.RemoveExpired(now()) })
	left("1", "5")
	b.update(func(tx review.Tx) error { return tx.RemoveSession("5") })
	left("1")
	b.update(func(tx review.Tx) error { return tx.RemoveExpired(now().AddDate(0, 0, 1)) })
	left()
}
