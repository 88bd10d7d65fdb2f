package catalogtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

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

// Replay returns the catalogs of Unit, without revisions, that edits lead to,
// the oldest first. It fails where a number is missing, or a change finds
// another value than the one it says was there before.
func Replay(edits []catalog.Edit) ([]catalog.Catalog, error) {
	type key struct {
		sector catalog.Sector
		target catalog.Target
		key    string
	}
	values := map[key]string{}
	for i, e := range edits {
		if e.Seq != uint64(i)+1 {
			return nil, fmt.Errorf("edit %d comes at place %d", e.Seq, i+1)
		}
		for _, c := range e.Changes {
			k := key{c.Sector, c.Target, c.Key}
			if values[k] != string(c.Before) {
				return nil, fmt.Errorf("edit %d says %v was %s, it was %s", e.Seq, k, c.Before, values[k])
			}
			if values[k] = string(c.After); c.After == nil {
				delete(values, k)
			}
		}
	}
	catalogs := map[catalog.Sector]*catalog.Catalog{}
	for k, v := range values {
		if k.target == catalog.TargetCatalog {
			c := &catalog.Catalog{Schema: catalog.Schema, Unit: Unit(), Sector: k.sector, Entries: []catalog.Entry{}}
			if err := json.Unmarshal([]byte(v), c); err != nil {
				return nil, err
			}
			catalogs[k.sector] = c
		}
	}
	out := []catalog.Catalog{}
	for _, s := range slices.Sorted(maps.Keys(catalogs)) {
		c := catalogs[s]
		var order []catalog.EntryID
		into := func(t catalog.Target, k string, v any) (err error) {
			if j, ok := values[key{s, t, k}]; ok {
				err = json.Unmarshal([]byte(j), v)
				delete(values, key{s, t, k})
			}
			return err
		}
		for t, v := range map[catalog.Target]any{
			catalog.TargetCatalog: new(struct{}), catalog.TargetOrder: &order, catalog.TargetNote: &c.Note,
			catalog.TargetNotApplicable: &c.NotApplicable, catalog.TargetSignOff: &c.SignOff,
		} {
			if err := into(t, "", v); err != nil {
				return nil, err
			}
		}
		for _, id := range order {
			var e catalog.Entry
			if err := into(catalog.TargetEntry, string(id), &e); err != nil {
				return nil, err
			}
			c.Entries = append(c.Entries, e)
		}
		for k := range values {
			if k.sector != s {
				continue
			}
			var why catalog.NotApplicable
			var r catalog.Reason
			switch k.target {
			case catalog.TargetOmission:
				if err := into(k.target, k.key, &why); err != nil {
					return nil, err
				}
				if c.Omitted == nil {
					c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
				}
				c.Omitted[catalog.TemplateID(k.key)] = why
			case catalog.TargetReason:
				if err := into(k.target, k.key, &r); err != nil {
					return nil, err
				}
				c.Reasons = append(c.Reasons, r)
			}
		}
		sortReasons(c)
		out = append(out, *c)
	}
	if len(values) > 0 {
		return nil, fmt.Errorf("values that belong to no catalog: %v", values)
	}
	return out, nil
}

func sortReasons(c *catalog.Catalog) {
	slices.SortFunc(c.Reasons, func(a, b catalog.Reason) int {
		return slices.Compare([]byte(reasonKey(a)), []byte(reasonKey(b)))
	})
}

func reasonKey(r catalog.Reason) string { return fmt.Sprintf("%s/%s/%s", r.Rule, r.Entry, r.Field) }

// text is v as JSON.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only catalogs and edits come here
	}
	return string(b)
}
