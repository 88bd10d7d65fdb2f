package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"mulutong/catalog"
)

// Canonical returns the catalog's JSON, by which it is stored and sent, and the
// hash of it. Catalogs that say the same have the same.
func Canonical(c *catalog.Catalog) ([]byte, Hash) {
	b, err := json.Marshal(plain(*c))
	if err != nil {
		panic("review: a catalog that JSON cannot say: " + err.Error())
	}
	return b, hashOf(b)
}

// plain returns the catalog with what is empty written in one way.
func plain(c catalog.Catalog) catalog.Catalog {
	if c.Entries == nil {
		c.Entries = []catalog.Entry{}
	}
	return c
}

func hashOf(b []byte) Hash {
	s := sha256.Sum256(b)
	return Hash(hex.EncodeToString(s[:]))
}

// Reopened reports whether what is open lets the unit change t: the catalog lets
// it change everything, an entry its removal and any of its fields.
func Reopened(open []Target, t Target) bool {
	return slices.ContainsFunc(open, func(o Target) bool {
		switch {
		case o == (Target{}):
			return true
		case o.Entry != "":
			return o.Entry == t.Entry && (o.Field == "" || wholeField(o.Field) == wholeField(t.Field))
		}
		return o.Template == t.Template
	})
}

// wholeField is the field by which a change of f is told: matter and submatter
// are parts of the path.
func wholeField(f catalog.Field) catalog.Field {
	if f == catalog.FieldMatter || f == catalog.FieldSubmatter {
		return catalog.FieldPath
	}
	return f
}

// LockedChanges returns what after changes of before and open does not let the
// unit change. An open entry may also make room for another of its template, or
// for the reason why there is none (不涉及). Sign-off, revision, versions and the
// reasons against findings (争议理由) are not locked.
func LockedChanges(before, after *catalog.Catalog, open []Target) []Target {
	var locked []Target
	for _, ch := range changesOf(before, after) {
		if slices.ContainsFunc(open, func(t Target) bool { return ch.within(t, before) }) {
			continue
		}
		if t := ch.target(); !slices.Contains(locked, t) {
			locked = append(locked, t)
		}
	}
	return locked
}

// Unanswered returns the comments, by their ids, that a resubmission neither
// answers nor follows by a change of their target.
func Unanswered(before, after *catalog.Catalog, comments []Comment, answers []Answer) []string {
	return unanswered(changesOf(before, after), before, comments, answers)
}

func unanswered(changes []change, before *catalog.Catalog, comments []Comment, answers []Answer) []string {
	var silent []string
	for _, m := range comments {
		if answerTo(answers, m.ID) == "" && !followed(changes, m.Target, before) {
			silent = append(silent, m.ID)
		}
	}
	return silent
}

// followed reports whether one of the changes is to the target.
func followed(changes []change, t Target, before *catalog.Catalog) bool {
	return slices.ContainsFunc(changes, func(ch change) bool {
		return ch.within(t, before) || ch.kind == removal && ch.entry == t.Entry && t.Entry != ""
	})
}

// change is one thing that a catalog changes of another.
type change struct {
	kind     changeKind
	entry    catalog.EntryID
	template catalog.TemplateID // of an entry added, or left out with a reason
	field    catalog.Field
}

type changeKind uint8

const (
	ofCatalog changeKind = iota // its note, 不涉及 of the sector
	ofField
	addition
	removal
	moving
	omission
)

func changesOf(before, after *catalog.Catalog) []change {
	d := catalog.Diff(before, after)
	var chs []change
	for _, e := range d.Removed {
		chs = append(chs, change{kind: removal, entry: e.ID})
	}
	for _, e := range d.Changed {
		for _, f := range e.Fields {
			chs = append(chs, change{kind: ofField, entry: e.ID, field: f.Field})
		}
	}
	for _, e := range d.Added {
		chs = append(chs, change{kind: addition, entry: e.ID, template: e.Template})
	}
	for _, id := range d.Moved {
		chs = append(chs, change{kind: moving, entry: id})
	}
	for _, o := range d.Others {
		switch o.Target {
		case catalog.TargetOmission:
			chs = append(chs, change{kind: omission, template: catalog.TemplateID(o.Key)})
		case catalog.TargetReason, catalog.TargetSignOff, catalog.TargetCatalog:
		default:
			chs = append(chs, change{kind: ofCatalog})
		}
	}
	return chs
}

// within reports whether t, reopened in before, covers the change.
func (ch change) within(t Target, before *catalog.Catalog) bool {
	switch {
	case t == (Target{}):
		return true
	case t.Template != "":
		return (ch.kind == addition || ch.kind == omission) && ch.template == t.Template
	case t.Field != "":
		return ch.kind == ofField && ch.entry == t.Entry && ch.field == wholeField(t.Field)
	case ch.kind == addition || ch.kind == omission:
		e, ok := before.Entry(t.Entry)
		return ok && ch.template != "" && ch.template == e.Template
	}
	return ch.kind != ofCatalog && ch.entry == t.Entry
}

func (ch change) target() Target {
	if ch.template != "" {
		return Target{Template: ch.template}
	}
	return Target{Entry: ch.entry, Field: ch.field}
}
