package catalog

import (
	"maps"
	"slices"
	"strings"
)

// ClashKind tells what two sides did that does not go together.
type ClashKind string

// The kinds of clashes.
const (
	EditEdit   ClashKind = "edit/edit"   // both changed the same thing, not alike
	EditRemove ClashKind = "edit/remove" // one changed what the other removed
	AddAdd     ClashKind = "add/add"     // both made it, not alike
	OrderOrder ClashKind = "order/order" // both moved the same entries, and no order fits both
)

// Clash is one thing of a three-way merge that a person has to decide. The merge
// holds our side of it; of EditRemove, the side that still has it.
type Clash struct {
	Kind   ClashKind `json:"kind"`
	Target Target    `json:"target"`
	Entry  EntryID   `json:"entry,omitempty"`
	Field  Field     `json:"field,omitempty"` // of an entry
	Key    string    `json:"key,omitempty"`   // of an omission or a reason, as in Change
	// The texts of the field; of other targets their JSON; of an order the ids, a
	// line each. Empty where the thing is absent.
	Base   string `json:"base"`
	Ours   string `json:"ours"`
	Theirs string `json:"theirs"`
}

// MergeEntry merges two versions of an entry that both come from base, field by
// field: a field that one side changed is taken from it. Paths of the same depth
// merge level by level, citations, carriers, tiers and extra columns one by one,
// where that cannot mix up what either side meant.
func MergeEntry(base, ours, theirs *Entry) (Entry, []Clash) {
	m := ours.Clone()
	var clashes []Clash
	for _, f := range entryFields {
		switch {
		case sameField(ours, theirs, f) || sameField(base, theirs, f):
		case sameField(base, ours, f):
			copyField(&m, theirs, f)
		case mergeField(&m, base, ours, theirs, f):
		default:
			clashes = append(clashes, Clash{
				Kind: EditEdit, Target: TargetEntry, Entry: ours.ID, Field: f,
				Base: base.Text(f), Ours: ours.Text(f), Theirs: theirs.Text(f),
			})
		}
	}
	return m, clashes
}

// mergeField merges inside a field that both sides changed, and reports whether
// that was possible; m is only changed if it was.
func mergeField(m, base, ours, theirs *Entry, f Field) bool {
	switch f {
	case FieldPath:
		p, ok := mergeLevels(base.Path, ours.Path, theirs.Path)
		if ok {
			m.Path = p
		}
		return ok
	case FieldBasis:
		b, ok := mergeList(base.Basis, ours.Basis, theirs.Basis, citationKey)
		if ok {
			m.Basis = b
		}
		return ok
	case FieldChannels:
		c, ok := mergeChannels(base.Channels, ours.Channels, theirs.Channels)
		if ok {
			m.Channels = c
		}
		return ok
	case FieldTiers:
		// Whoever changed a tier is followed; the two cannot disagree on one.
		m.Tiers = ours.Tiers&theirs.Tiers | (ours.Tiers^theirs.Tiers)&^base.Tiers
		return true
	case FieldExtra:
		x, clash := mergeMaps(base.Extra, ours.Extra, theirs.Extra)
		if len(clash) == 0 {
			m.Extra = x
		}
		return len(clash) == 0
	}
	return false
}

func mergeLevels(base, ours, theirs []string) ([]string, bool) {
	if len(base) != len(ours) || len(base) != len(theirs) {
		return nil, false
	}
	out := slices.Clone(ours)
	for i := range base {
		switch {
		case theirs[i] == base[i] || theirs[i] == ours[i]:
		case ours[i] == base[i]:
			out[i] = theirs[i]
		default:
			return nil, false
		}
	}
	return out, true
}

func mergeChannels(base, ours, theirs Channels) (Channels, bool) {
	others, ok := mergeList(base.Others, ours.Others, theirs.Others, func(s string) string { return s })
	if !ok {
		return Channels{}, false
	}
	m := Channels{Set: ours.Set, May: ours.May, Others: others}
	for _, c := range AllChannels() {
		switch b, o, t := base.state(c), ours.state(c), theirs.state(c); {
		case o == t || t == b:
		case o == b:
			m.Set, m.May = m.Set&^(1<<c)|theirs.Set&(1<<c), m.May&^(1<<c)|theirs.May&(1<<c)
		default: // one made it a must, the other took it away
			return Channels{}, false
		}
	}
	return m, true
}

// state tells whether c is in Set, in May, in both or in neither.
func (c Channels) state(ch Channel) [2]bool { return [2]bool{c.Set.Has(ch), c.May.Has(ch)} }

func citationKey(c Citation) string {
	return strings.Join([]string{c.Text, c.Title, c.Number, c.Article, c.Note}, "\x00")
}

// mergeList merges lists thing by thing. It does not where both sides took out
// the same thing and put in others, for then both rewrote it; nor where a thing
// stands twice, or the orders contradict each other.
func mergeList[T any](base, ours, theirs []T, key func(T) string) ([]T, bool) {
	all := map[string]T{}
	keys := func(ts []T) (ks []string, ok bool) {
		seen := map[string]bool{}
		for _, t := range ts {
			k := key(t)
			if seen[k] {
				return nil, false
			}
			seen[k], all[k] = true, t
			ks = append(ks, k)
		}
		return ks, true
	}
	b, okB := keys(base)
	o, okO := keys(ours)
	t, okT := keys(theirs)
	if !okB || !okO || !okT {
		return nil, false
	}
	inB, inO, inT := places(b), places(o), places(t)
	isNew := func(k string) bool { _, ok := inB[k]; return !ok }
	bothRemoved := slices.ContainsFunc(b, func(k string) bool {
		_, ok := inO[k]
		_, ok2 := inT[k]
		return !ok && !ok2
	})
	if bothRemoved && (slices.ContainsFunc(o, isNew) || slices.ContainsFunc(t, isNew)) {
		return nil, false
	}
	order, knots := mergeOrder(b, o, t, func(string) bool { return false })
	if knots != nil {
		return nil, false
	}
	var out []T
	for _, k := range order {
		out = append(out, all[k])
	}
	return out, true
}

// mergeMaps merges maps key by key and returns the keys that clash, of which the
// result holds our side.
func mergeMaps[K ~string, V comparable](base, ours, theirs map[K]V) (map[K]V, []K) {
	out := map[K]V{}
	var clash []K
	keys := maps.Clone(base)
	if keys == nil {
		keys = map[K]V{}
	}
	maps.Copy(keys, ours)
	maps.Copy(keys, theirs)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		b, inB := base[k]
		o, inO := ours[k]
		t, inT := theirs[k]
		v, in := o, inO
		switch {
		case o == t && inO == inT || t == b && inT == inB:
		case o == b && inO == inB:
			v, in = t, inT
		default:
			clash = append(clash, k)
			if !inO {
				v, in = t, inT
			}
		}
		if in {
			out[k] = v
		}
	}
	return out, clash
}
