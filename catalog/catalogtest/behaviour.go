package catalogtest

import (
	"context"
	"errors"
	"slices"
	"time"

	"mulutong/catalog"
)

func testEmpty(b *bench) {
	got, err := b.Catalogs(ctx)
	if err != nil || len(got) != 0 {
		b.Errorf("a new store has %d catalogs (%v)", len(got), err)
	}
	_, err = b.Catalog(ctx, "housing")
	b.wants(err, catalog.ErrNotFound)
	if h := b.history(); len(h) != 0 {
		b.Errorf("a new store has a history: %v", h)
	}
	if b.CanUndo() || b.CanRedo() {
		b.Errorf("a new store has something to undo or redo")
	}
	if _, err := b.Undo(ctx, "李梅"); err == nil {
		b.Errorf("undid nothing without an error")
	}
	if _, err := b.Redo(ctx, "李梅"); err == nil {
		b.Errorf("redid nothing without an error")
	}
}

func testPutCatalog(b *bench) {
	c := Catalogs(1, 26*5)[3]
	c.Note = "第一稿"
	c.NotApplicable = &catalog.NotApplicable{Reason: "本镇无此业务"}
	c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t00001": {Reason: "未设站点"}, "t00002": {Reason: "归县级"}}
	c.Reasons = []catalog.Reason{
		{Rule: "basis.repealed", Entry: c.Entries[0].ID, Field: catalog.FieldBasis, Reason: "仍按旧办法执行", By: "李梅", At: "2026-03-01"},
		{Rule: "entry.omitted", Reason: "合并公开"},
	}
	c.SignOff = &catalog.SignOff{Revision: 9}
	b.edit("put", func(tx Tx) error {
		if err := tx.PutCatalog(c); err != nil {
			return err
		}
		within, err := tx.Catalog(c.Sector)
		want := c
		want.SignOff = nil
		b.same(within, want)
		return err
	})
	b.reopen()
	c.SignOff = nil // of a catalog that is new here
	b.same(b.catalog(c.Sector), c)
	if got := b.catalog(c.Sector).Revision; got != 1 {
		b.Errorf("revision is %d, want 1", got)
	}
	sectors, err := b.Sectors(ctx)
	if err != nil || !slices.Equal(sectors, []catalog.Sector{c.Sector}) {
		b.Errorf("sectors are %q (%v)", sectors, err)
	}
	all, err := b.Catalogs(ctx)
	if err != nil || len(all) != 1 {
		b.Fatalf("%d catalogs (%v)", len(all), err)
	}
	b.same(all[0], c)
}

func testEditIsHistory(b *bench) {
	c := b.seed(3)
	e := c.Entries[1]
	old := e
	e.Publisher = "籍山镇社会事务办公室"
	done := b.edit("改公开主体", func(tx Tx) error { return tx.PutEntry(e) })
	b.reopen()
	h := b.history()
	if len(h) != 2 || text(h[0]) != text(done) {
		b.Fatalf("history is\n%s\nwant at its head\n%s", text(h), text(done))
	}
	want := catalog.Edit{
		Seq: 2, At: b.time, By: "李梅", Label: "改公开主体",
		Changes: []catalog.Change{{
			Sector: c.Sector, Target: catalog.TargetEntry, Key: string(e.ID), Before: []byte(text(old)), After: []byte(text(e)),
		}},
	}
	if text(h[0]) != text(want) {
		b.Errorf("edit is\n%s\nwant\n%s", text(h[0]), text(want))
	}
	if n := len(h[1].Changes); n != 5 { // versions, order, three entries
		b.Errorf("putting the catalog made %d changes, want 5", n)
	}
}

func testFailedEdit(b *bench) {
	c := b.seed(2)
	boom := errors.New("boom")
	_, err := b.Edit(ctx, "李梅", "fails", "", func(tx Tx) error {
		if err := tx.RemoveEntry(c.Sector, c.Entries[0].ID); err != nil {
			return err
		}
		return boom
	})
	b.wants(err, boom)
	b.same(b.catalog(c.Sector), c)
	if n := len(b.history()); n != 1 {
		b.Errorf("%d edits in the history, want 1", n)
	}
}

func testEmptyEdit(b *bench) {
	c := b.seed(2)
	for label, fn := range map[string]func(Tx) error{
		"nothing":       func(Tx) error { return nil },
		"the same":      func(tx Tx) error { return tx.PutEntry(c.Entries[0]) },
		"same order":    func(tx Tx) error { return tx.Reorder(c.Sector, ids(c)) },
		"no note":       func(tx Tx) error { return tx.SetNote(c.Sector, "") },
		"there and off": func(tx Tx) error { return errors.Join(tx.SetNote(c.Sector, "x"), tx.SetNote(c.Sector, "")) },
		"removed and put back": func(tx Tx) error {
			return errors.Join(tx.RemoveCatalog(c.Sector), tx.PutCatalog(c))
		},
	} {
		if e := b.edit(label, fn); e.Seq != 0 {
			b.Errorf("%s: is edit %d", label, e.Seq)
		}
	}
	if got := b.catalog(c.Sector).Revision; got != 1 || len(b.history()) != 1 {
		b.Errorf("revision %d after %d edits, want 1 after 1", got, len(b.history()))
	}
}

func testMissing(b *bench) {
	c := b.seed(1)
	e := c.Entries[0]
	stranger := e
	stranger.ID = "none"
	homeless := e
	homeless.Sector = "none"
	at := b.time
	for name, fn := range map[string]func(Tx) error{
		"PutEntry":              func(tx Tx) error { return tx.PutEntry(stranger) },
		"PutEntry elsewhere":    func(tx Tx) error { return tx.PutEntry(homeless) },
		"InsertEntry after":     func(tx Tx) error { _, err := tx.InsertEntry(e, "none"); return err },
		"InsertEntry elsewhere": func(tx Tx) error { _, err := tx.InsertEntry(homeless, ""); return err },
		"AppendEntry":           func(tx Tx) error { _, err := tx.AppendEntry(homeless); return err },
		"RemoveEntry":           func(tx Tx) error { return tx.RemoveEntry(c.Sector, "none") },
		"RemoveCatalog":         func(tx Tx) error { return tx.RemoveCatalog("none") },
		"Entry":                 func(tx Tx) error { _, err := tx.Entry(c.Sector, "none"); return err },
		"Catalog":               func(tx Tx) error { _, err := tx.Catalog("none"); return err },
		"Reorder":               func(tx Tx) error { return tx.Reorder("none", nil) },
		"SetNote":               func(tx Tx) error { return tx.SetNote("none", "x") },
		"SetReason":             func(tx Tx) error { return tx.SetReason("none", catalog.Reason{Rule: "a", Reason: "b"}) },
		"SetOmitted":            func(tx Tx) error { return tx.SetOmitted("none", "t1", &catalog.NotApplicable{}) },
		"SetNotApplicable":      func(tx Tx) error { return tx.SetNotApplicable("none", &catalog.NotApplicable{}) },
		"SetSignOff":            func(tx Tx) error { return tx.SetSignOff("none", &catalog.SignOff{}) },
		"SetVersions":           func(tx Tx) error { return tx.SetVersions("none", "1", "1") },
	} {
		_, err := b.Edit(ctx, "李梅", name, "", fn)
		if !errors.Is(err, catalog.ErrNotFound) {
			b.Errorf("%s = %v, want %v", name, err, catalog.ErrNotFound)
		}
	}
	_, err := b.RestoreEntry(ctx, c.Sector, "none", at, "李梅")
	b.wants(err, catalog.ErrNotFound)
	_, err = b.RestoreCatalog(ctx, "none", at, "李梅")
	b.wants(err, catalog.ErrNotFound)
	_, err = b.RestoreCatalog(ctx, c.Sector, at.Add(-time.Hour), "李梅") // before it was made
	b.wants(err, catalog.ErrNotFound)
	b.same(b.catalog(c.Sector), c)
}

func testTwice(b *bench) {
	c := b.seed(2)
	other := c
	other.Sector, other.Unit.ID = "none", "340223101"
	for name, fn := range map[string]func(Tx) error{
		"catalog":                 func(tx Tx) error { return tx.PutCatalog(c) },
		"another unit's":          func(tx Tx) error { return tx.PutCatalog(other) },
		"entry":                   func(tx Tx) error { _, err := tx.AppendEntry(c.Entries[0]); return err },
		"too few in order":        func(tx Tx) error { return tx.Reorder(c.Sector, ids(c)[:1]) },
		"one twice in order":      func(tx Tx) error { return tx.Reorder(c.Sector, []catalog.EntryID{ids(c)[0], ids(c)[0]}) },
		"a sector without a slug": func(tx Tx) error { return tx.PutCatalog(catalog.Catalog{}) },
	} {
		if _, err := b.Edit(ctx, "李梅", name, "", fn); err == nil {
			b.Errorf("%s: no error", name)
		}
	}
	_, err := b.Edit(ctx, "李梅", "entry", "", func(tx Tx) error { _, err := tx.AppendEntry(c.Entries[0]); return err })
	b.wants(err, catalog.ErrConflict)
	b.same(b.catalog(c.Sector), c)
}

func testOrder(b *bench) {
	c := b.seed(3)
	s, was := c.Sector, ids(c)
	add := func(id, after catalog.EntryID) {
		b.edit("add", func(tx Tx) error {
			_, err := tx.InsertEntry(catalog.Entry{ID: id, Sector: s}, after)
			return err
		})
	}
	add("first", "")
	add("middle", was[0])
	add("last", was[2])
	b.inOrder(s, "first", was[0], "middle", was[1], was[2], "last")
	var made catalog.EntryID
	b.edit("append", func(tx Tx) (err error) {
		made, err = tx.AppendEntry(catalog.Entry{Sector: s})
		return err
	})
	if made == "" {
		b.Errorf("an entry without an id was given none")
	}
	b.edit("remove", func(tx Tx) error { return tx.RemoveEntry(s, "middle") })
	b.inOrder(s, "first", was[0], was[1], was[2], "last", made)
	b.edit("turn", func(tx Tx) error {
		return tx.Reorder(s, []catalog.EntryID{made, "last", was[2], was[1], was[0], "first"})
	})
	b.reopen()
	b.inOrder(s, made, "last", was[2], was[1], was[0], "first")
}

func testSignOff(b *bench) {
	c := b.seed(2)
	s := c.Sector
	sign := func(revision uint64) error {
		_, err := b.Edit(ctx, "王军", "签发", "", func(tx Tx) error {
			ok := catalog.Approval{By: "王军", At: "2026-03-02", Opinion: "同意"}
			return tx.SetSignOff(s, &catalog.SignOff{Revision: revision, Leader: ok, Secrecy: ok})
		})
		return err
	}
	if err := sign(b.catalog(s).Revision); err != nil {
		b.Fatalf("%v", err)
	}
	holds := func(want bool) {
		b.Helper()
		got := b.catalog(s)
		if got.Signed() != want {
			b.Errorf("signed off %+v at revision %d, want it to hold: %v", got.SignOff, got.Revision, want)
		}
		heads, err := b.Heads(ctx)
		if err != nil || heads[0].Signed != want {
			b.Errorf("heads are %+v (%v), want signed: %v", heads, err, want)
		}
	}
	holds(true)
	b.reopen()
	holds(true)
	b.edit("note", func(tx Tx) error { return tx.SetNote(s, "x") })
	holds(false)
	b.wants(sign(2), catalog.ErrConflict)
	b.must(b.Undo(ctx, "李梅"))
	holds(true)
	b.must(b.Redo(ctx, "李梅"))
	holds(false)
	if err := sign(b.catalog(s).Revision); err != nil {
		b.Errorf("%v", err)
	}
	holds(true)
	b.edit("take back", func(tx Tx) error { return tx.SetSignOff(s, nil) })
	if got := b.catalog(s).SignOff; got != nil {
		b.Errorf("a sign-off taken back is %+v", got)
	}
}

func testRevision(b *bench) {
	c := b.seed(2)
	last := uint64(0)
	grows := func(what string) {
		b.Helper()
		if now := b.catalog(c.Sector).Revision; now <= last {
			b.Errorf("after %s the revision is %d, was %d", what, now, last)
		} else {
			last = now
		}
	}
	grows("start")
	b.edit("note", func(tx Tx) error { return tx.SetNote(c.Sector, "x") })
	grows("note")
	b.must(b.Undo(ctx, "李梅"))
	grows("undo")
	b.must(b.Redo(ctx, "李梅"))
	grows("redo")
	b.edit("remove", func(tx Tx) error { return tx.RemoveCatalog(c.Sector) })
	b.edit("put", func(tx Tx) error { return tx.PutCatalog(c) })
	grows("removing and putting")
}

func testCancelled(b *bench) {
	c := b.seed(2)
	gone, cancel := context.WithCancel(ctx)
	_, err := b.Edit(gone, "李梅", "cancelled on the way", "", func(tx Tx) error {
		cancel()
		return tx.SetNote(c.Sector, "x")
	})
	b.wants(err, context.Canceled)
	_, err = b.Undo(gone, "李梅")
	b.wants(err, context.Canceled)
	_, err = b.Catalogs(gone)
	b.wants(err, context.Canceled)
	_, err = b.History(gone, "", "", 0, 0)
	b.wants(err, context.Canceled)
	b.same(b.catalog(c.Sector), c)
}
