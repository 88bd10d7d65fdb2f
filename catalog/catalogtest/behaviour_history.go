package catalogtest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"mulutong/catalog"
)

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
