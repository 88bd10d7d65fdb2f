package catalogtest

import (
	"context"
	"errors"
	"fmt"
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

func testTyping(b *bench) {
	c := b.seed(2)
	e := c.Entries[0]
	start := text(e)
	typed := func(key, by, content string) catalog.Edit {
		b.Helper()
		b.time = b.time.Add(time.Second)
		e.Content = content
		return b.must(b.Edit(ctx, by, "填写公开内容", key, func(tx Tx) error { return tx.PutEntry(e) }))
	}
	first := typed("content", "李梅", "申")
	again := typed("content", "李梅", "申请条件")
	if again.Seq != first.Seq {
		b.Errorf("typing on made edit %d after %d", again.Seq, first.Seq)
	}
	if string(again.Changes[0].Before) != start || !again.At.Equal(b.time) {
		b.Errorf("typing on gives %s, want before %s at %v", text(again), start, b.time)
	}
	b.CloseTyping()
	if next := typed("content", "李梅", "申请条件、"); next.Seq != first.Seq+1 {
		b.Errorf("after CloseTyping the edit is %d, want %d", next.Seq, first.Seq+1)
	}
	if next := typed("basis", "李梅", "申请条件、材料"); next.Seq != first.Seq+2 {
		b.Errorf("with another key the edit is %d, want %d", next.Seq, first.Seq+2)
	}
	if next := typed("basis", "王军", "申请条件、材料、"); next.Seq != first.Seq+3 {
		b.Errorf("by another person the edit is %d, want %d", next.Seq, first.Seq+3)
	}
	b.time = b.time.Add(Pause)
	if next := typed("basis", "王军", "申请条件、材料、程序"); next.Seq != first.Seq+4 {
		b.Errorf("after a pause the edit is %d, want %d", next.Seq, first.Seq+4)
	}
	b.reopen()
	if next := typed("basis", "王军", "申请条件、材料、程序。"); next.Seq != first.Seq+5 {
		b.Errorf("after a restart the edit is %d, want %d", next.Seq, first.Seq+5)
	}
	b.must(b.Undo(ctx, "王军"))
	if next := typed("basis", "王军", "另写"); next.Seq != first.Seq+7 {
		b.Errorf("after an undo the edit is %d, want %d", next.Seq, first.Seq+7)
	}
	for range 6 {
		b.must(b.Undo(ctx, "李梅"))
	}
	b.same(b.catalog(c.Sector), c)
}

func testUndoRedo(b *bench) {
	c := b.seed(3)
	states := []catalog.Catalog{{}, b.catalog(c.Sector)}
	for i := range 4 {
		b.edit(fmt.Sprintf("edit %d", i), func(tx Tx) error {
			e := c.Entries[i%3]
			e.Content += fmt.Sprint("；第", i, "次修改")
			return errors.Join(tx.PutEntry(e), tx.SetNote(c.Sector, fmt.Sprint(i)))
		})
		states = append(states, b.catalog(c.Sector))
	}
	for n := len(states) - 1; n > 0; n-- {
		if !b.CanUndo() {
			b.Fatalf("cannot undo edit %d", n)
		}
		if e := b.must(b.Undo(ctx, "王军")); e.Undoes != uint64(n) || e.By != "王军" || e.Label != b.label(n) {
			b.Errorf("undo is %s, want it to undo %d", text(e), n)
		}
		b.reopen()
		if n > 1 {
			b.same(b.catalog(c.Sector), states[n-1])
		}
	}
	if left, err := b.Catalogs(ctx); err != nil || len(left) != 0 || b.CanUndo() {
		b.Errorf("at the beginning there are %d catalogs (%v), and more to undo: %v", len(left), err, b.CanUndo())
	}
	for n := 1; n < len(states); n++ {
		e := b.must(b.Redo(ctx, "王军"))
		if want := uint64(2*len(states) - 1 - n); e.Redoes != want {
			b.Errorf("redo takes back %d, want %d", e.Redoes, want)
		}
		b.reopen()
		b.same(b.catalog(c.Sector), states[n])
	}
	if b.CanRedo() {
		b.Errorf("at the end there is more to redo")
	}
	for n := len(states) - 1; n > 1; n-- { // and back again, over the redos
		b.must(b.Undo(ctx, "王军"))
		b.same(b.catalog(c.Sector), states[n-1])
	}
}

// label is the label of an edit.
func (b *bench) label(seq int) string {
	h := b.history()
	return h[len(h)-seq].Label
}

func testEditAfterUndo(b *bench) {
	c := b.seed(1)
	note := func(n string) catalog.Edit {
		return b.edit(n, func(tx Tx) error { return tx.SetNote(c.Sector, n) })
	}
	note("one")
	note("two")
	b.must(b.Undo(ctx, "李梅"))
	b.must(b.Undo(ctx, "李梅"))
	if !b.CanRedo() {
		b.Errorf("after two undos there is nothing to redo")
	}
	note("three")
	if b.CanRedo() {
		b.Errorf("after an edit there is still something to redo")
	}
	if _, err := b.Redo(ctx, "李梅"); err == nil {
		b.Errorf("redo after an edit gave no error")
	}
	if e := b.must(b.Undo(ctx, "李梅")); e.Label != "three" || b.catalog(c.Sector).Note != "" {
		b.Errorf("undid %q, note is %q", e.Label, b.catalog(c.Sector).Note)
	}
	if e := b.must(b.Undo(ctx, "李梅")); e.Label != "start" { // one and two are taken back already
		b.Errorf("undid %q, want start", e.Label)
	}
	if n := len(b.history()); n != 8 {
		b.Errorf("%d edits in the history, want all 8", n)
	}
}

func testHistoryQuery(b *bench) {
	all := Catalogs(1, 26*2)[:2]
	for _, c := range all {
		b.edit("start", func(tx Tx) error { return tx.PutCatalog(c) })
	}
	for i := range 6 {
		b.edit(fmt.Sprint(i), func(tx Tx) error {
			for _, c := range all {
				e := c.Entries[i%2]
				e.Link = fmt.Sprint("https://example.gov.cn/", i)
				if err := tx.PutEntry(e); err != nil {
					return err
				}
			}
			return nil
		})
	}
	whole := b.history()
	one := all[1].Entries[0]
	tests := []struct {
		name   string
		sector catalog.Sector
		entry  catalog.EntryID
		before uint64
		limit  int
		want   []uint64
	}{
		{"all", "", "", 0, 0, []uint64{8, 7, 6, 5, 4, 3, 2, 1}},
		{"the newest", "", "", 0, 2, []uint64{8, 7}},
		{"the next page", "", "", 7, 2, []uint64{6, 5}},
		{"before the first", "", "", 1, 2, nil},
		{"a sector", all[0].Sector, "", 0, 0, []uint64{8, 7, 6, 5, 4, 3, 1}},
		{"an entry", one.Sector, one.ID, 0, 0, []uint64{7, 5, 3, 2}},
		{"an entry, paged", one.Sector, one.ID, 7, 2, []uint64{5, 3}},
		{"an entry of another sector", all[0].Sector, one.ID, 0, 0, nil},
	}
	for _, tt := range tests {
		got, err := b.History(ctx, tt.sector, tt.entry, tt.before, tt.limit)
		if err != nil {
			b.Fatalf("%s: %v", tt.name, err)
		}
		var seqs []uint64
		for _, e := range got {
			seqs = append(seqs, e.Seq)
			for _, c := range e.Changes {
				if tt.sector != "" && c.Sector != tt.sector || tt.entry != "" && c.Key != string(tt.entry) {
					b.Errorf("%s: edit %d tells of %s %s", tt.name, e.Seq, c.Sector, c.Key)
				}
				full := whole[len(whole)-int(e.Seq)].Changes
				if !slices.ContainsFunc(full, func(f catalog.Change) bool { return text(f) == text(c) }) {
					b.Errorf("%s: edit %d has a change that it has not in the whole history", tt.name, e.Seq)
				}
			}
		}
		if !slices.Equal(seqs, tt.want) {
			b.Errorf("%s: edits %v, want %v", tt.name, seqs, tt.want)
		}
	}
}

func testRestoreEntry(b *bench) {
	c := b.seed(4)
	s, was := c.Sector, ids(c)
	made := b.time
	e := c.Entries[1]
	e.Content = "改过"
	b.edit("change", func(tx Tx) error { return tx.PutEntry(e) })
	changed := b.time
	b.edit("change more", func(tx Tx) error {
		more := e
		more.Link = "https://example.gov.cn"
		return tx.PutEntry(more)
	})
	b.edit("remove", func(tx Tx) error {
		return errors.Join(tx.RemoveEntry(s, was[1]), tx.RemoveEntry(s, was[0]), tx.RemoveEntry(s, was[3]))
	})
	b.inOrder(s, was[2])

	b.must(b.RestoreEntry(ctx, s, was[1], changed.Add(time.Second), "李梅"))
	b.inOrder(s, was[1], was[2])
	if got := b.catalog(s).Entries[0]; !got.Equal(&e) {
		b.Errorf("restored %s, want %s", text(got), text(e))
	}
	b.must(b.RestoreEntry(ctx, s, was[3], made, "李梅"))
	b.must(b.RestoreEntry(ctx, s, was[0], made, "李梅"))
	b.must(b.RestoreEntry(ctx, s, was[1], made, "李梅"))
	b.same(b.catalog(s), c)
	if again := b.must(b.RestoreEntry(ctx, s, was[1], made, "李梅")); again.Seq != 0 {
		b.Errorf("restoring what is there is edit %d", again.Seq)
	}
	b.must(b.Undo(ctx, "李梅"))
	if got := b.catalog(s).Entries[1]; !got.Equal(&e) {
		b.Errorf("undoing a restore gives %s, want %s", text(got), text(e))
	}
}

func testRestoreCatalog(b *bench) {
	c := b.seed(3)
	s, made := c.Sector, b.time
	b.edit("much", func(tx Tx) error {
		e := c.Entries[0]
		e.Content = "改过"
		_, err := tx.AppendEntry(catalog.Entry{Sector: s})
		return errors.Join(
			err, tx.PutEntry(e), tx.RemoveEntry(s, c.Entries[2].ID), tx.SetNote(s, "说明"), tx.SetVersions(s, "2027.1", "2027.1"),
			tx.SetOmitted(s, "t1", &catalog.NotApplicable{Reason: "无"}), tx.SetReason(s, catalog.Reason{Rule: "basis.unknown", Reason: "有"}),
			tx.SetNotApplicable(s, &catalog.NotApplicable{Reason: "无"}),
		)
	})
	much, then := b.catalog(s), b.time
	b.time = b.time.Add(Pause)
	b.must(b.RestoreCatalog(ctx, s, made, "李梅"))
	b.same(b.catalog(s), c)
	b.edit("remove", func(tx Tx) error { return tx.RemoveCatalog(s) })
	_, err := b.Catalog(ctx, s)
	b.wants(err, catalog.ErrNotFound)
	b.must(b.RestoreCatalog(ctx, s, then, "李梅"))
	b.same(b.catalog(s), much)
	if again := b.must(b.RestoreCatalog(ctx, s, then, "李梅")); again.Seq != 0 {
		b.Errorf("restoring what is there is edit %d", again.Seq)
	}
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
		if !got.SignOff.Complete() || (got.SignOff.Revision == got.Revision) != want {
			b.Errorf("signed off revision %+v of %d, want it to hold: %v", got.SignOff, got.Revision, want)
		}
	}
	holds(true)
	b.reopen()
	holds(true)
	b.edit("note", func(tx Tx) error { return tx.SetNote(s, "x") })
	holds(false)
	b.must(b.Undo(ctx, "李梅")) // the text is as it was, but someone was at it
	holds(false)
	b.wants(sign(2), catalog.ErrConflict)
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
