package catalogtest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mulutong/catalog"
)

// state is all catalogs, without revisions. A catalog in it is never changed,
// only replaced.
type state map[catalog.Sector]*catalog.Catalog

func (s state) text() string {
	var all []catalog.Catalog
	for _, k := range slices.Sorted(maps.Keys(s)) {
		all = append(all, *s[k])
	}
	return text(all)
}

// model is a store as one would write it in an afternoon: plain maps, and an
// editor's two stacks.
type model struct {
	now        state
	undo, redo []state
	past       []moment // the state after each edit
	revisions  map[catalog.Sector]uint64
	typing     string // of the last edit, while more of it would amend that
	typed      time.Time
}

type moment struct {
	at time.Time
	state
}

// become makes next the state; it reports false where it is the state already.
func (m *model) become(next state, at time.Time, amend bool) bool {
	changed := false
	for s := range union(m.now, next) {
		if a, b := m.now[s], next[s]; (a == nil) != (b == nil) || a != nil && text(a) != text(b) {
			m.revisions[s]++
			changed = true
		}
	}
	m.now = next
	if amend {
		m.past[len(m.past)-1] = moment{at, next}
	} else if changed {
		m.past = append(m.past, moment{at, next})
	}
	return changed
}

func union(a, b state) state {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// edit makes an edit that leads to next.
func (m *model) edit(next state, at time.Time, typing string) {
	before := m.now
	amends := typing != "" && typing == m.typing && at.Sub(m.typed) < Pause
	if text1, text2 := before.text(), next.text(); text1 == text2 {
		return
	}
	m.become(next, at, amends)
	m.typing, m.typed = typing, at
	if !amends {
		m.undo = append(m.undo, before)
	}
	m.redo = nil
}

func (m *model) asOf(at time.Time) state {
	for _, p := range slices.Backward(m.past) {
		if !p.at.After(at) {
			return p.state
		}
	}
	return state{}
}

// machine compares a store with the model.
type machine struct {
	*bench
	m model
}

func testRandom(t *testing.T, open func(string, func() time.Time) (Store, error)) {
	base := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(base, "")
		if err != nil {
			t.Fatal(err)
		}
		x := &machine{bench: newBench(t, dir, open), m: model{now: state{}, revisions: map[catalog.Sector]uint64{}}}
		defer x.close()
		t.Repeat(map[string]func(*rapid.T){
			"":        x.compare,
			"edit":    x.randomEdit,
			"type":    x.randomTyping,
			"undo":    x.randomUndo,
			"redo":    x.randomRedo,
			"entry":   x.randomRestoreEntry,
			"catalog": x.randomRestoreCatalog,
			"rest": func(t *rapid.T) {
				x.time = x.time.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			},
			"close":  func(*rapid.T) { x.CloseTyping(); x.m.typing = "" },
			"reopen": func(*rapid.T) { x.reopen(); x.m.typing = "" },
		})
		CheckStore(t, x.Store)
	})
}

func (x *machine) compare(t *rapid.T) {
	got, err := x.Catalogs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	now := state{}
	for _, c := range got {
		if c.Revision != x.m.revisions[c.Sector] {
			t.Errorf("%s is at revision %d, want %d", c.Sector, c.Revision, x.m.revisions[c.Sector])
		}
		c.Revision = 0
		now[c.Sector] = &c
	}
	if g, w := now.text(), x.m.now.text(); g != w {
		t.Fatalf("the store has\n%s\nwant\n%s", g, w)
	}
	if x.CanUndo() != (len(x.m.undo) > 0) || x.CanRedo() != (len(x.m.redo) > 0) {
		t.Errorf("can undo %v, redo %v; want %d, %d", x.CanUndo(), x.CanRedo(), len(x.m.undo), len(x.m.redo))
	}
}

// tick moves the clock on, so that no two edits are of the same time.
func (x *machine) tick() time.Time {
	x.time = x.time.Add(time.Millisecond)
	return x.time
}

var errMeant = errors.New("meant to fail")

func (x *machine) randomEdit(t *rapid.T) {
	next, at := maps.Clone(x.m.now), x.tick()
	fails := rapid.IntRange(0, 9).Draw(t, "fails") == 0
	_, err := x.Edit(ctx, "李梅", "改", "", func(tx Tx) error {
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			if err := x.randomStep(t, tx, next); err != nil {
				return err
			}
		}
		if fails {
			return errMeant
		}
		return nil
	})
	switch {
	case fails && !errors.Is(err, errMeant), !fails && err != nil:
		t.Fatalf("edit: %v", err)
	case !fails:
		x.m.edit(next, at, "")
	}
}

// randomStep does one thing to the store and to the model's next state.
func (x *machine) randomStep(t *rapid.T, tx Tx, next state) error {
	if len(next) == 0 || rapid.IntRange(0, 6).Draw(t, "new catalog") == 0 {
		c := Catalog().Draw(t, "catalog")
		if next[c.Sector] != nil {
			delete(next, c.Sector)
			return tx.RemoveCatalog(c.Sector)
		}
		err := tx.PutCatalog(c)
		c.Reasons = slices.DeleteFunc(c.Reasons, func(r catalog.Reason) bool { return r.Reason == "" })
		sortReasons(&c)
		if c.Entries == nil {
			c.Entries = []catalog.Entry{}
		}
		next[c.Sector] = &c
		return err
	}
	s := rapid.SampledFrom(slices.Sorted(maps.Keys(next))).Draw(t, "sector")
	c := *next[s]
	c.Entries, c.Reasons = slices.Clone(c.Entries), slices.Clone(c.Reasons)
	c.Omitted = maps.Clone(c.Omitted)
	next[s] = &c
	steps := []string{"insert", "append", "omit", "not applicable", "reason", "note", "sign", "versions"}
	if len(c.Entries) > 0 {
		steps = append(steps, "put", "put", "put", "remove", "reorder")
	}
	switch step := rapid.SampledFrom(steps).Draw(t, "step"); step {
	case "insert", "append", "put", "remove", "reorder":
		return randomEntryStep(t, tx, &c, step)
	case "omit":
		id := catalog.TemplateID(fmt.Sprintf("t%05d", rapid.IntRange(0, 2).Draw(t, "template")))
		if rapid.Bool().Draw(t, "take away") {
			delete(c.Omitted, id)
			return tx.SetOmitted(s, id, nil)
		}
		if c.Omitted == nil {
			c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
		}
		why := catalog.NotApplicable{Reason: Text().Draw(t, "why")}
		c.Omitted[id] = why
		return tx.SetOmitted(s, id, &why)
	case "not applicable":
		if c.NotApplicable = nil; rapid.Bool().Draw(t, "not applicable") {
			c.NotApplicable = &catalog.NotApplicable{Reason: Text().Draw(t, "why")}
		}
		return tx.SetNotApplicable(s, c.NotApplicable)
	case "reason":
		r := catalog.Reason{Rule: rapid.SampledFrom([]string{"basis.unknown", "timelimit.vague"}).Draw(t, "rule"), Reason: Text().Draw(t, "reason")}
		c.Reasons = slices.DeleteFunc(c.Reasons, func(o catalog.Reason) bool { return o.Key() == r.Key() })
		if r.Reason != "" {
			c.Reasons = append(c.Reasons, r)
			sortReasons(&c)
		}
		return tx.SetReason(s, r)
	case "note":
		c.Note = Text().Draw(t, "note")
		return tx.SetNote(s, c.Note)
	case "sign":
		so := catalog.SignOff{Revision: x.m.revisions[s], Leader: catalog.Approval{By: "王军", At: "2026-03-02"}}
		if err := tx.SetSignOff(s, &so); err != nil {
			return err
		}
		so.Revision, so.Digest = so.Revision+1, c.Digest()
		c.SignOff = &so
		return nil
	default:
		c.TemplateVersion = rapid.SampledFrom([]string{"2026.1", "2026.2", ""}).Draw(t, "version")
		return tx.SetVersions(s, c.TemplateVersion, c.RegisterVersion)
	}
}

// randomEntryStep changes the entries of a catalog, and c as they should become.
func randomEntryStep(t *rapid.T, tx Tx, c *catalog.Catalog, step string) error {
	s, n := c.Sector, len(c.Entries)
	switch step {
	case "put":
		i := rapid.IntRange(0, n-1).Draw(t, "entry's place")
		e := Entry().Draw(t, "entry")
		e.Sector, e.ID = s, c.Entries[i].ID
		c.Entries[i] = e
		return tx.PutEntry(e)
	case "remove":
		i := rapid.IntRange(0, n-1).Draw(t, "entry's place")
		id := c.Entries[i].ID
		c.Entries = slices.Delete(c.Entries, i, i+1)
		return tx.RemoveEntry(s, id)
	case "reorder":
		c.Entries = rapid.Permutation(c.Entries).Draw(t, "order")
		return tx.Reorder(s, ids(*c))
	default: // insert, append
		e := Entry().Draw(t, "entry")
		e.Sector = s
		at := n
		var err error
		if step == "append" {
			e.ID, err = tx.AppendEntry(e)
		} else if at = rapid.IntRange(0, n).Draw(t, "place"); at == 0 {
			e.ID, err = tx.InsertEntry(e, "")
		} else {
			e.ID, err = tx.InsertEntry(e, c.Entries[at-1].ID)
		}
		c.Entries = slices.Insert(c.Entries, at, e)
		return err
	}
}

func (x *machine) randomTyping(t *rapid.T) {
	s, id, ok := x.anyEntry(t)
	if !ok {
		return
	}
	next, at := maps.Clone(x.m.now), x.tick()
	c := *next[s]
	c.Entries = slices.Clone(c.Entries)
	next[s] = &c
	i := slices.Index(ids(c), id)
	c.Entries[i].Content = Text().Draw(t, "typed")
	typing := rapid.SampledFrom([]string{"content", "basis"}).Draw(t, "typing")
	if _, err := x.Edit(ctx, "李梅", "填写", typing, func(tx Tx) error { return tx.PutEntry(c.Entries[i]) }); err != nil {
		t.Fatal(err)
	}
	x.m.edit(next, at, typing)
}

// anyEntry draws an entry that is there.
func (x *machine) anyEntry(t *rapid.T) (catalog.Sector, catalog.EntryID, bool) {
	type place struct {
		s  catalog.Sector
		id catalog.EntryID
	}
	var all []place
	for _, s := range slices.Sorted(maps.Keys(x.m.now)) {
		for _, id := range ids(*x.m.now[s]) {
			all = append(all, place{s, id})
		}
	}
	if len(all) == 0 {
		return "", "", false
	}
	p := rapid.SampledFrom(all).Draw(t, "entry")
	return p.s, p.id, true
}

func (x *machine) randomUndo(t *rapid.T) {
	at := x.tick()
	_, err := x.Undo(ctx, "王军")
	n := len(x.m.undo)
	if (err == nil) != (n > 0) {
		t.Fatalf("undo with %d edits to undo: %v", n, err)
	}
	if n > 0 {
		x.m.redo = append(x.m.redo, x.m.now)
		next := x.m.undo[n-1]
		x.m.undo = x.m.undo[:n-1]
		x.m.typing = ""
		x.m.become(next, at, false)
	}
}

func (x *machine) randomRedo(t *rapid.T) {
	at := x.tick()
	_, err := x.Redo(ctx, "王军")
	n := len(x.m.redo)
	if (err == nil) != (n > 0) {
		t.Fatalf("redo with %d undos to take back: %v", n, err)
	}
	if n > 0 {
		x.m.undo = append(x.m.undo, x.m.now)
		next := x.m.redo[n-1]
		x.m.redo = x.m.redo[:n-1]
		x.m.typing = ""
		x.m.become(next, at, false)
	}
}

// then draws a time at or after an edit.
func (x *machine) then(t *rapid.T) time.Time {
	if len(x.m.past) == 0 {
		return x.time
	}
	return rapid.SampledFrom(x.m.past).Draw(t, "then").at.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "off")) * 100 * time.Microsecond)
}

func (x *machine) randomRestoreEntry(t *rapid.T) {
	then := x.then(t)
	old := x.m.asOf(then)
	var s catalog.Sector
	var id catalog.EntryID
	for _, k := range slices.Sorted(maps.Keys(old)) {
		if len(old[k].Entries) > 0 && (s == "" || rapid.Bool().Draw(t, "this one")) {
			s, id = k, rapid.SampledFrom(ids(*old[k])).Draw(t, "entry")
		}
	}
	if s == "" {
		return
	}
	at := x.tick()
	_, err := x.RestoreEntry(ctx, s, id, then, "李梅")
	now := x.m.now[s]
	if now == nil {
		if !errors.Is(err, catalog.ErrNotFound) {
			t.Fatalf("restore to a catalog that is gone: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	next := maps.Clone(x.m.now)
	c := *now
	c.Entries = slices.Clone(c.Entries)
	next[s] = &c
	was := slices.Index(ids(*old[s]), id)
	if i := slices.Index(ids(c), id); i >= 0 {
		c.Entries[i] = old[s].Entries[was]
	} else {
		place := 0
		for j := was - 1; j >= 0 && place == 0; j-- {
			place = slices.Index(ids(c), old[s].Entries[j].ID) + 1
		}
		c.Entries = slices.Insert(c.Entries, place, old[s].Entries[was])
	}
	x.m.edit(next, at, "")
}

func (x *machine) randomRestoreCatalog(t *rapid.T) {
	then := x.then(t)
	s := Sector().Draw(t, "sector")
	if known := slices.Sorted(maps.Keys(x.m.revisions)); len(known) > 0 {
		s = rapid.SampledFrom(known).Draw(t, "sector")
	}
	at := x.tick()
	_, err := x.RestoreCatalog(ctx, s, then, "李梅")
	old := x.m.asOf(then)[s]
	if old == nil {
		if !errors.Is(err, catalog.ErrNotFound) {
			t.Fatalf("restore of a catalog that was not there: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	next := maps.Clone(x.m.now)
	next[s] = old
	x.m.edit(next, at, "")
}
