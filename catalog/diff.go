package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"strconv"
)

// FieldChange is one field that two versions of an entry differ in, as texts of
// the field.
type FieldChange struct {
	Field  Field  `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// DiffEntries returns the fields in which b differs from a, sector and template
// first, then in the order of Fields. It returns none exactly when the entries
// are equal but for their ids.
func DiffEntries(a, b *Entry) []FieldChange {
	var out []FieldChange
	for _, f := range entryFields {
		if !sameField(a, b, f) {
			out = append(out, FieldChange{f, a.Text(f), b.Text(f)})
		}
	}
	return out
}

// EntryChange is an entry and the fields changed in it.
type EntryChange struct {
	ID     EntryID       `json:"id"`
	Fields []FieldChange `json:"fields"`
}

// CatalogDiff is what turns one catalog into another, entries known by their ids.
type CatalogDiff struct {
	Added   []Entry       `json:"added,omitempty"`   // in the order of the second
	Removed []Entry       `json:"removed,omitempty"` // in the order of the first
	Moved   []EntryID     `json:"moved,omitempty"`   // as few as suffice, in the order of the second
	Changed []EntryChange `json:"changed,omitempty"` // in the order of the second
	// Others are the changes to what a catalog says besides its entries: omissions,
	// reasons, note and so on.
	Others []Change `json:"others,omitempty"`
}

// IsZero reports whether nothing differs.
func (d CatalogDiff) IsZero() bool {
	return len(d.Added)+len(d.Removed)+len(d.Moved)+len(d.Changed)+len(d.Others) == 0
}

// Diff returns what turns a into b. Ids are taken to be unique in each. The
// revision does not count, nor does the unit.
func Diff(a, b *Catalog) CatalogDiff {
	var d CatalogDiff
	was := entryIndex(a.Entries)
	is := entryIndex(b.Entries)
	for i := range a.Entries {
		if _, ok := is[a.Entries[i].ID]; !ok {
			d.Removed = append(d.Removed, a.Entries[i])
		}
	}
	var from []int // where the entries of both stood in a, in b's order
	var both []EntryID
	for i := range b.Entries {
		e := &b.Entries[i]
		j, ok := was[e.ID]
		if !ok {
			d.Added = append(d.Added, *e)
			continue
		}
		from, both = append(from, j), append(both, e.ID)
		if fields := DiffEntries(&a.Entries[j], e); fields != nil {
			d.Changed = append(d.Changed, EntryChange{e.ID, fields})
		}
	}
	stay := longestRise(from)
	for i, id := range both {
		if len(stay) > 0 && stay[0] == i {
			stay = stay[1:]
			continue
		}
		d.Moved = append(d.Moved, id)
	}
	d.Others = diffParts(a, b)
	return d
}

func entryIndex(es []Entry) map[EntryID]int {
	m := make(map[EntryID]int, len(es))
	for i := range es {
		m[es[i].ID] = i
	}
	return m
}

// longestRise returns the places of a longest increasing subsequence of s.
func longestRise(s []int) []int {
	before := make([]int, len(s)) // place of the one before in the subsequence
	var tops []int                // tops[k]: place of the least end of one of length k+1
	for i, v := range s {
		k := sort.Search(len(tops), func(k int) bool { return s[tops[k]] >= v })
		before[i] = -1
		if k > 0 {
			before[i] = tops[k-1]
		}
		if k == len(tops) {
			tops = append(tops, i)
		} else {
			tops[k] = i
		}
	}
	out := make([]int, len(tops))
	if len(tops) == 0 {
		return out
	}
	for i, k := tops[len(tops)-1], len(tops)-1; k >= 0; k-- {
		out[k], i = i, before[i]
	}
	return out
}

// diffParts compares what the catalogs say besides their entries.
func diffParts(a, b *Catalog) []Change {
	var out []Change
	add := func(target Target, key string, before, after json.RawMessage) {
		if string(before) != string(after) {
			out = append(out, Change{Sector: b.Sector, Target: target, Key: key, Before: before, After: after})
		}
	}
	add(TargetNotApplicable, "", rawPointer(a.NotApplicable), rawPointer(b.NotApplicable))
	was, is := omissions(a), omissions(b)
	for _, k := range unionKeys(was, is) {
		add(TargetOmission, k, was.raw(k), is.raw(k))
	}
	wasR, isR := reasons(a), reasons(b)
	for _, k := range unionKeys(wasR, isR) {
		add(TargetReason, k, wasR.raw(k), isR.raw(k))
	}
	add(TargetNote, "", raw(a.Note), raw(b.Note))
	add(TargetSignOff, "", rawPointer(a.SignOff), rawPointer(b.SignOff))
	return out
}

// parts are things of one kind by their key.
type parts[V any] map[string]V

func (p parts[V]) raw(key string) json.RawMessage {
	v, ok := p[key]
	if !ok {
		return nil
	}
	return raw(v)
}

func unionKeys[V any](a, b parts[V]) []string {
	m := maps.Clone(a)
	if m == nil {
		m = parts[V]{}
	}
	maps.Copy(m, b)
	return slices.Sorted(maps.Keys(m))
}

func omissions(c *Catalog) parts[NotApplicable] {
	m := parts[NotApplicable]{}
	for id, v := range c.Omitted {
		m[string(id)] = v
	}
	return m
}

// reasons gives the reasons by key; of several for the same, the later ones have
// a number behind it.
func reasons(c *Catalog) parts[Reason] {
	m := parts[Reason]{}
	for i, k := range reasonKeys(c) {
		m[k] = c.Reasons[i]
	}
	return m
}

func reasonKeys(c *Catalog) []string {
	seen := map[string]int{}
	keys := make([]string, len(c.Reasons))
	for i, r := range c.Reasons {
		k := r.Key()
		if seen[k]++; seen[k] > 1 {
			k += "#" + strconv.Itoa(seen[k])
		}
		keys[i] = k
	}
	return keys
}

// raw writes plain data of this package, which cannot fail.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("catalog: " + err.Error())
	}
	return b
}

func rawPointer[T any](p *T) json.RawMessage {
	if p == nil {
		return nil
	}
	return raw(p)
}
