package catalogtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mulutong/catalog"
)

// CheckStore fails the test unless the store verifies and its history, replayed
// from the beginning, gives its catalogs.
func CheckStore(t TB, s Store) {
	t.Helper()
	if err := s.Verify(ctx); err != nil {
		t.Errorf("verify: %v", err)
	}
	edits, err := s.History(ctx, "", "", 0, 0)
	if err != nil {
		t.Fatalf("history: %v", err)
	}
	slices.Reverse(edits)
	want, err := Replay(edits)
	if err != nil {
		t.Fatalf("replay: %v", err)
	}
	got, err := s.Catalogs(ctx)
	if err != nil {
		t.Fatalf("catalogs: %v", err)
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		t.Fatalf("heads: %v", err)
	}
	if g, w := text(heads), text(headsOf(got, edits)); g != w {
		t.Errorf("the heads are\n%s\nthe catalogs and the history say\n%s", g, w)
	}
	for i := range got {
		if got[i].Revision == 0 {
			t.Errorf("catalog %s has no revision", got[i].Sector)
		}
		got[i].Revision = 0
	}
	if g, w := text(got), text(want); g != w {
		t.Errorf("the store has\n%s\nits history gives\n%s", g, w)
	}
}

// headsOf is what heads say, from what they stand for.
func headsOf(cs []catalog.Catalog, edits []catalog.Edit) []catalog.Head {
	out := make([]catalog.Head, len(cs))
	for i, c := range cs {
		out[i] = catalog.Head{
			Sector: c.Sector, Revision: c.Revision, TemplateVersion: c.TemplateVersion, RegisterVersion: c.RegisterVersion,
			Entries: len(c.Entries), NotApplicable: c.NotApplicable, SignOff: c.SignOff, Signed: c.Signed(),
		}
		for _, e := range edits {
			if slices.ContainsFunc(e.Changes, func(ch catalog.Change) bool { return ch.Sector == c.Sector }) {
				out[i].EditedAt, out[i].EditedBy = e.At, e.By
			}
		}
	}
	return out
}

// Replay returns the catalogs of Unit, without revisions, that edits lead to,
// the oldest first. It fails where a number is missing, or a change finds
// another value than the one it says was there before.
func Replay(edits []catalog.Edit) ([]catalog.Catalog, error) {
	vs := values{}
	for i, e := range edits {
		if e.Seq != uint64(i)+1 {
			return nil, fmt.Errorf("edit %d comes at place %d", e.Seq, i+1)
		}
		for _, c := range e.Changes {
			k := valueKey{c.Sector, c.Target, c.Key}
			if vs[k] != string(c.Before) {
				return nil, fmt.Errorf("edit %d says %v was %s, it was %s", e.Seq, k, c.Before, vs[k])
			}
			if vs[k] = string(c.After); c.After == nil {
				delete(vs, k)
			}
		}
	}
	var sectors []catalog.Sector
	for k := range vs {
		if k.target == catalog.TargetCatalog {
			sectors = append(sectors, k.sector)
		}
	}
	slices.Sort(sectors)
	out := []catalog.Catalog{}
	for _, s := range sectors {
		c, err := vs.take(s)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(vs) > 0 {
		return nil, fmt.Errorf("values that belong to no catalog: %v", vs)
	}
	return out, nil
}

// values are what edits have changed so far, as JSON.
type values map[valueKey]string

type valueKey struct {
	sector catalog.Sector
	target catalog.Target
	key    string
}

// take takes the values of a sector out and makes its catalog of them.
func (vs values) take(s catalog.Sector) (catalog.Catalog, error) {
	c := catalog.Catalog{Schema: catalog.Schema, Unit: Unit(), Sector: s, Entries: []catalog.Entry{}}
	into := func(t catalog.Target, k string, v any) (err error) {
		if j, ok := vs[valueKey{s, t, k}]; ok {
			err = json.Unmarshal([]byte(j), v)
			delete(vs, valueKey{s, t, k})
		}
		return err
	}
	var order []catalog.EntryID
	for t, v := range map[catalog.Target]any{
		catalog.TargetCatalog: &c, catalog.TargetOrder: &order, catalog.TargetNote: &c.Note,
		catalog.TargetNotApplicable: &c.NotApplicable, catalog.TargetSignOff: &c.SignOff,
	} {
		if err := into(t, "", v); err != nil {
			return c, err
		}
	}
	for _, id := range order {
		var e catalog.Entry
		if err := into(catalog.TargetEntry, string(id), &e); err != nil {
			return c, err
		}
		c.Entries = append(c.Entries, e)
	}
	for k := range vs {
		if k.sector != s {
			continue
		}
		switch k.target {
		case catalog.TargetOmission:
			var why catalog.NotApplicable
			if err := into(k.target, k.key, &why); err != nil {
				return c, err
			}
			if c.Omitted == nil {
				c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
			}
			c.Omitted[catalog.TemplateID(k.key)] = why
		case catalog.TargetReason:
			var r catalog.Reason
			if err := into(k.target, k.key, &r); err != nil {
				return c, err
			}
			c.Reasons = append(c.Reasons, r)
		}
	}
	sortReasons(&c)
	return c, nil
}

func sortReasons(c *catalog.Catalog) {
	slices.SortFunc(c.Reasons, func(a, b catalog.Reason) int { return strings.Compare(a.Key(), b.Key()) })
}

// text is v as JSON.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only catalogs and edits come here
	}
	return string(b)
}
