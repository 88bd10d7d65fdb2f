package catalog

import (
	"slices"
	"strings"
)

// Merge merges two versions of a catalog that both come from base: entries by
// their ids, which are unique in each, field by field; their order; omissions,
// reasons, note, sign-off and versions. What does not clash is all in the result,
// and no entry is lost: one that is edited on one side and removed on the other
// stays. Exchanging ours and theirs exchanges the sides of the clashes and changes
// nothing else.
func Merge(base, ours, theirs *Catalog) (Catalog, []Clash) {
	m := *ours
	var clashes []Clash
	m.Schema = max(ours.Schema, theirs.Schema)
	m.Unit = pick(base.Unit, ours.Unit, theirs.Unit)
	m.Sector = pick(base.Sector, ours.Sector, theirs.Sector)
	m.Revision = pickLatest(base.Revision, ours.Revision, theirs.Revision, func(a, b uint64) bool { return a > b })
	m.TemplateVersion = pickLatest(base.TemplateVersion, ours.TemplateVersion, theirs.TemplateVersion, NewerVersion)
	m.RegisterVersion = pickLatest(base.RegisterVersion, ours.RegisterVersion, theirs.RegisterVersion, NewerVersion)

	m.Entries, clashes = mergeEntries(base.Entries, ours.Entries, theirs.Entries)
	clashes = append(clashes, m.mergeRest(base, ours, theirs)...)
	return m, clashes
}

// pick takes the side that changed; ours if both did.
func pick[T comparable](base, ours, theirs T) T {
	if ours == base {
		return theirs
	}
	return ours
}

// pickLatest takes the side that changed; the later one if both did.
func pickLatest[T comparable](base, ours, theirs T, later func(a, b T) bool) T {
	if ours != base && theirs != base && later(theirs, ours) {
		return theirs
	}
	return pick(base, ours, theirs)
}

func mergeEntries(base, ours, theirs []Entry) ([]Entry, []Clash) {
	inBase, inOurs, inTheirs := entryIndex(base), entryIndex(ours), entryIndex(theirs)
	merged := map[string]Entry{}
	keep := map[string]bool{}
	var clashes []Clash

	for i := range ours {
		o := &ours[i]
		b, okB := inBase[o.ID]
		t, okT := inTheirs[o.ID]
		switch {
		case okB && okT:
			e, cs := MergeEntry(&base[b], o, &theirs[t])
			merged[string(o.ID)] = e
			clashes = append(clashes, cs...)
		case okT:
			merged[string(o.ID)] = o.Clone()
			for _, c := range DiffEntries(o, &theirs[t]) {
				clashes = append(clashes, Clash{Kind: AddAdd, Target: TargetEntry, Entry: o.ID, Field: c.Field, Ours: c.Before, Theirs: c.After})
			}
		case okB:
			for _, c := range DiffEntries(&base[b], o) {
				keep[string(o.ID)] = true
				clashes = append(clashes, Clash{Kind: EditRemove, Target: TargetEntry, Entry: o.ID, Field: c.Field, Base: c.Before, Ours: c.After})
			}
			merged[string(o.ID)] = o.Clone()
		default:
			merged[string(o.ID)] = o.Clone()
		}
	}
	for i := range theirs {
		t := &theirs[i]
		if _, ok := inOurs[t.ID]; ok {
			continue
		}
		merged[string(t.ID)] = t.Clone()
		if b, ok := inBase[t.ID]; ok {
			for _, c := range DiffEntries(&base[b], t) {
				keep[string(t.ID)] = true
				clashes = append(clashes, Clash{Kind: EditRemove, Target: TargetEntry, Entry: t.ID, Field: c.Field, Base: c.Before, Theirs: c.After})
			}
		}
	}

	o, t := entryKeys(ours), entryKeys(theirs)
	order, knots := mergeOrder(entryKeys(base), o, t, func(k string) bool { return keep[k] })
	for _, knot := range knots {
		clashes = append(clashes, Clash{
			Kind: OrderOrder, Target: TargetOrder, Entry: EntryID(slices.Min(knot)),
			Base: only(entryKeys(base), knot), Ours: only(o, knot), Theirs: only(t, knot),
		})
	}
	var out []Entry
	for _, k := range order {
		out = append(out, merged[k])
	}
	return out, clashes
}

func entryKeys(es []Entry) []string {
	keys := make([]string, len(es))
	for i := range es {
		keys[i] = string(es[i].ID)
	}
	return keys
}

// only joins those of keys that are in the set, in their order.
func only(keys, in []string) string {
	set := places(in)
	return strings.Join(slices.DeleteFunc(slices.Clone(keys), func(k string) bool { _, ok := set[k]; return !ok }), "\n")
}

// mergeRest merges what a catalog says besides its entries, of which m holds ours.
func (m *Catalog) mergeRest(base, ours, theirs *Catalog) []Clash {
	var clashes []Clash
	clash := func(target Target, key string, b, o, t string) {
		kind := EditEdit
		switch {
		case b == "":
			kind = AddAdd
		case o == "" || t == "":
			kind = EditRemove
		}
		clashes = append(clashes, Clash{Kind: kind, Target: target, Key: key, Base: b, Ours: o, Theirs: t})
	}

	var ok bool
	if m.NotApplicable, ok = mergePointer(base.NotApplicable, ours.NotApplicable, theirs.NotApplicable); !ok {
		clash(TargetNotApplicable, "", string(rawPointer(base.NotApplicable)), string(rawPointer(ours.NotApplicable)), string(rawPointer(theirs.NotApplicable)))
	}
	if m.SignOff, ok = mergePointer(base.SignOff, ours.SignOff, theirs.SignOff); !ok {
		clash(TargetSignOff, "", string(rawPointer(base.SignOff)), string(rawPointer(ours.SignOff)), string(rawPointer(theirs.SignOff)))
	}

	omitted, ks := mergeMaps(base.Omitted, ours.Omitted, theirs.Omitted)
	if m.Omitted = omitted; len(omitted) == 0 {
		m.Omitted = nil
	}
	for _, k := range ks {
		clash(TargetOmission, string(k), string(omissions(base).raw(string(k))), string(omissions(ours).raw(string(k))), string(omissions(theirs).raw(string(k))))
	}

	b, o, t := reasons(base), reasons(ours), reasons(theirs)
	merged, rs := mergeMaps(b, o, t)
	order, _ := mergeOrder(reasonKeys(base), reasonKeys(ours), reasonKeys(theirs), func(k string) bool {
		_, ok := merged[k]
		return ok
	})
	m.Reasons = nil
	for _, k := range order {
		m.Reasons = append(m.Reasons, merged[k])
	}
	for _, k := range rs {
		clash(TargetReason, k, string(b.raw(k)), string(o.raw(k)), string(t.raw(k)))
	}

	switch {
	case ours.Note == theirs.Note || base.Note == theirs.Note:
	case base.Note == ours.Note:
		m.Note = theirs.Note
	default:
		clash(TargetNote, "", base.Note, ours.Note, theirs.Note)
		if ours.Note == "" {
			m.Note = theirs.Note
		}
	}

	return clashes
}

// mergePointer takes the side that changed. Where both did, not alike, it returns
// ours, or theirs if we removed it, and false.
func mergePointer[T comparable](base, ours, theirs *T) (*T, bool) {
	m, ok := ours, true
	switch {
	case samePointer(ours, theirs) || samePointer(base, theirs):
	case samePointer(base, ours):
		m = theirs
	default:
		ok = false
		if ours == nil {
			m = theirs
		}
	}
	if m == nil {
		return nil, ok
	}
	v := *m
	return &v, ok
}

func samePointer[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}
