package catalog

import (
	"maps"
	"slices"
)

// UpgradeKind tells what a newer template means for an entry.
type UpgradeKind string

// What a newer template does.
const (
	UpgradeChanged UpgradeKind = "changed"  // it says something else of an entry of the draft
	UpgradeAdded   UpgradeKind = "added"    // it has an entry that the draft lacks
	UpgradeMet     UpgradeKind = "met"      // it has an entry now that the unit made by itself
	UpgradeDropped UpgradeKind = "dropped"  // it lacks an entry of the draft now
	UpgradeLeftOut UpgradeKind = "left-out" // it changed an entry that the unit took out
	UpgradeOwn     UpgradeKind = "own"      // nothing; the unit changed the entry by itself
)

// Take says which side a person wants.
type Take uint8

// The sides of an upgrade.
const (
	TakeMerged   Take = iota // both, as far as they go together; else the unit's
	TakeOurs                 // the unit's
	TakeTemplate             // the new template's
	TakeOwn                  // a text written for it
)

// Choice is what a person wants a field to become. Text counts with TakeOwn.
type Choice struct {
	Take Take
	Text string
}

// UpgradeField is a field that the template or the unit changed, as texts.
type UpgradeField struct {
	Field Field
	Was   string // in the template that the draft was made from; empty where it is not known
	Now   string // in the new template
	Ours  string // in the draft
	// Merged is what it becomes unless one chooses otherwise.
	Merged string
	// ByTemplate and ByUnit tell who changed it; Clash that both did, and no text
	// holds both changes. Where the old template is not known, or the entry was not in
	// it, whatever is filled in otherwise than the template has it is a clash.
	ByTemplate, ByUnit, Clash bool
	// Locked: the new template does not leave it to the unit.
	Locked bool

	choice Choice
}

// Choice is what was chosen for the field.
func (f *UpgradeField) Choice() Choice { return f.choice }

// Result is what the field becomes by the choice.
func (f *UpgradeField) Result() string {
	switch f.choice.Take {
	case TakeOurs:
		return f.Ours
	case TakeTemplate:
		return f.Now
	case TakeOwn:
		return f.choice.Text
	}
	return f.Merged
}

// UpgradeEntry is what the new template means for one entry.
type UpgradeEntry struct {
	Kind     UpgradeKind
	Template TemplateID // in the new template, if it is there
	ID       EntryID    // in the draft; empty where it is not there
	Path     []string   // its names: in the draft if it is there, else in the new template
	// Fields are those that differ: of a changed or met entry to choose from, of
	// another to look at.
	Fields []UpgradeField
	// Moved: the new template has it at another place.
	Moved bool
	// Edited: the unit changed the entry, of dropped ones.
	Edited bool
	// Follow: as the template has it. An added entry is added, a met one becomes the
	// template's (otherwise both stand in the catalog), a dropped one is removed, one
	// left out comes back. It says nothing of changed ones.
	Follow bool
	// Reason is why an entry that is not added does not occur in the unit; it is
	// recorded as an omission.
	Reason string

	ours, theirs *Entry
	merged       Entry
}

// Clashes counts the fields of the entry that wait for a decision.
func (e *UpgradeEntry) Clashes() int {
	n := 0
	for i := range e.Fields {
		if e.Fields[i].Clash {
			n++
		}
	}
	return n
}

// Undecided counts the clashes of the entry that keep the unit's text because nobody
// chose.
func (e *UpgradeEntry) Undecided() int {
	n := 0
	for i := range e.Fields {
		if f := &e.Fields[i]; f.Clash && f.choice.Take == TakeMerged {
			n++
		}
	}
	return n
}

// UpgradeOutcome counts the entries that following the template changes, adds and
// removes as chosen, and the clashes that nobody decided.
type UpgradeOutcome struct{ Changed, Added, Removed, Undecided int }

// Outcome counts what Apply does to the draft.
func (p *UpgradePlan) Outcome() UpgradeOutcome {
	var n UpgradeOutcome
	for i := range p.Entries {
		e := &p.Entries[i]
		switch {
		case e.Kind == UpgradeChanged, e.Kind == UpgradeMet && e.Follow:
			n.Changed++
		case e.Kind == UpgradeMet, (e.Kind == UpgradeAdded || e.Kind == UpgradeLeftOut) && e.Follow:
			n.Added++
		case e.Kind == UpgradeDropped && e.Follow:
			n.Removed++
		}
		n.Undecided += e.Undecided()
	}
	return n
}

// UpgradeCount counts entries by what the new template means for them, and the
// fields that clash.
type UpgradeCount struct {
	Changed, Added, Met, Dropped, LeftOut, Own, Moved, Clashes int
}

// Count counts what is in the plan.
func (p *UpgradePlan) Count() UpgradeCount {
	var n UpgradeCount
	for i := range p.Entries {
		e := &p.Entries[i]
		switch e.Kind {
		case UpgradeChanged:
			n.Changed++
		case UpgradeAdded:
			n.Added++
		case UpgradeMet:
			n.Met++
		case UpgradeDropped:
			n.Dropped++
		case UpgradeLeftOut:
			n.LeftOut++
		case UpgradeOwn:
			n.Own++
		}
		if e.Moved {
			n.Moved++
		}
		n.Clashes += e.Clashes()
	}
	return n
}

// UpgradePlan says what following a newer template changes in a draft, before
// anything is changed, and holds what a person chose. Without a choice, whatever
// only the template changed is taken, and nothing of the unit's own is lost.
type UpgradePlan struct {
	Sector   Sector
	From, To string // versions of the template
	// Known: the template that the draft was made from is known, so that one can tell
	// who changed what. Otherwise what the draft says stays, unless chosen.
	Known bool
	// Entries stand in the order of the new template; those it lacks come after, in
	// the order of the draft.
	Entries []UpgradeEntry
	// Order is which order the entries get; OrderClash tells that both sides moved
	// the same entries.
	Order      Take
	OrderClash bool

	draft        *Catalog
	base, theirs []string // keys of the entries in the old and the new template's order
}

// newKey stands before the template id of an entry that has no id in the draft.
const newKey = "\x00"

// PlanUpgrade compares the template that a draft was made from, nil where it is
// not known, the new one and the draft, and says what following the new one would
// change. A draft's entries are known by the template entries they came from. The
// plan keeps the draft, which must not change meanwhile. A draft that follows the
// new one's version already has nothing more to take from it.
func PlanUpgrade(old, new *Template, draft *Catalog) *UpgradePlan {
	if draft.TemplateVersion == new.Version {
		old = new
	}
	p := &UpgradePlan{Sector: draft.Sector, From: draft.TemplateVersion, To: new.Version, Known: old != nil, draft: draft}
	u := upgrading{plan: p, unit: draft.Unit, template: new, copies: map[TemplateID][]*Entry{}}
	for i := range draft.Entries {
		if e := &draft.Entries[i]; e.Template != "" {
			u.copies[e.Template] = append(u.copies[e.Template], e)
		}
	}
	tier := draft.Unit.Tier()
	u.was = u.side(old, func(e *TemplateEntry) bool { return e.Tiers.Has(tier) || u.copies[e.ID] != nil })
	u.now = u.side(new, func(e *TemplateEntry) bool {
		// An entry of another tier that a draft has all the same is followed; one that
		// was the unit's tier's and is no longer is dropped.
		o := u.was.at[e.ID]
		return e.Tiers.Has(tier) || u.copies[e.ID] != nil && (o == nil || !o.Tiers.Has(tier))
	})
	p.base, p.theirs = u.keys(u.was), u.keys(u.now)
	u.compare()
	u.markMoved()
	return p
}

// upgrading is a plan being made.
type upgrading struct {
	plan     *UpgradePlan
	unit     Unit
	template *Template
	copies   map[TemplateID][]*Entry // the draft's entries by their template's
	was, now templateSide
}

// templateSide is what a template has for the unit.
type templateSide struct {
	order []TemplateID
	at    map[TemplateID]*TemplateEntry
}

func (u *upgrading) side(t *Template, meant func(*TemplateEntry) bool) templateSide {
	s := templateSide{at: map[TemplateID]*TemplateEntry{}}
	if t == nil {
		return s
	}
	es := t.For(u.unit.Division).Entries
	for i := range es {
		if meant(&es[i]) {
			s.order, s.at[es[i].ID] = append(s.order, es[i].ID), &es[i]
		}
	}
	return s
}

// keys names a template's entries by the draft's that came from them.
func (u *upgrading) keys(s templateSide) []string {
	var keys []string
	for _, id := range s.order {
		for _, e := range u.copies[id] {
			keys = append(keys, string(e.ID))
		}
		if u.copies[id] == nil {
			keys = append(keys, newKey+string(id))
		}
	}
	return keys
}

// drafted is the entry as the unit would have it from the template; nil where the
// template has none.
func (u *upgrading) drafted(s templateSide, id TemplateID) *Entry {
	t, ok := s.at[id]
	if !ok {
		return nil
	}
	e := t.Entry(u.unit, u.plan.draft.Sector, "")
	return &e
}

func (u *upgrading) compare() {
	met := u.meet()
	taken := map[*Entry]bool{}
	for _, id := range u.now.order {
		base, theirs := u.drafted(u.was, id), u.drafted(u.now, id)
		e := UpgradeEntry{Template: id, Path: theirs.Path, theirs: theirs}
		if own := met[id]; own != nil {
			taken[own] = true
			e.Kind, e.Follow = UpgradeMet, true
			u.add(e, u.drafted(u.was, own.Template), own)
			continue
		}
		for _, ours := range u.copies[id] {
			e.Kind = UpgradeChanged
			u.add(e, base, ours)
		}
		switch {
		case u.copies[id] != nil:
		case base != nil:
			e.Kind = UpgradeLeftOut
			for _, c := range DiffEntries(base, theirs) {
				e.Fields = append(e.Fields, UpgradeField{Field: c.Field, Was: c.Before, Now: c.After, Merged: c.After, ByTemplate: true})
			}
			if e.Fields != nil {
				u.plan.Entries = append(u.plan.Entries, e)
			}
		default:
			e.Kind = UpgradeAdded
			_, omitted := u.plan.draft.Omitted[id]
			e.Follow = !omitted
			for _, f := range Fields {
				if !theirs.Unfilled(f) {
					e.Fields = append(e.Fields, UpgradeField{Field: f, Now: theirs.Text(f), Merged: theirs.Text(f), ByTemplate: true})
				}
			}
			u.plan.Entries = append(u.plan.Entries, e)
		}
	}
	for i := range u.plan.draft.Entries {
		ours := &u.plan.draft.Entries[i]
		if ours.Template == "" || u.now.at[ours.Template] != nil || taken[ours] {
			continue
		}
		base := u.drafted(u.was, ours.Template)
		if base == nil && u.plan.Known {
			continue // dropped before, and kept
		}
		e := UpgradeEntry{Kind: UpgradeDropped, Template: ours.Template, ID: ours.ID, Path: ours.Path, Edited: true, ours: ours}
		if base != nil {
			for _, c := range DiffEntries(base, ours) {
				e.Fields = append(e.Fields, UpgradeField{Field: c.Field, Was: c.Before, Ours: c.After, Merged: c.After, ByUnit: true})
			}
			e.Edited = e.Fields != nil
		}
		e.Follow = !e.Edited
		u.plan.Entries = append(u.plan.Entries, e)
	}
}

// meet finds, for entries that are new in the template, entries of the draft that
// no template has and that are the same matter by their names.
func (u *upgrading) meet() map[TemplateID]*Entry {
	var added, own []Entry
	var at []*Entry
	for _, id := range u.now.order {
		if u.copies[id] == nil && u.was.at[id] == nil {
			e := u.drafted(u.now, id)
			e.ID = EntryID(newKey + string(id))
			added = append(added, *e)
		}
	}
	for i := range u.plan.draft.Entries {
		if e := &u.plan.draft.Entries[i]; e.Template == "" || u.now.at[e.Template] == nil {
			c := *e
			c.Template = ""
			own, at = append(own, c), append(at, e)
		}
	}
	met := map[TemplateID]*Entry{}
	if len(added) == 0 || len(own) == 0 {
		return met
	}
	for _, m := range MatchEntries(added, u.template, own) {
		if m.Draft != "" && m.Confidence >= MatchSure {
			met[m.Template] = at[m.Incoming]
		}
	}
	return met
}

// add compares an entry of the draft with the templates' and adds it to the plan,
// if anyone changed it.
func (u *upgrading) add(e UpgradeEntry, base, ours *Entry) {
	e.ID, e.Path, e.ours = ours.ID, ours.Path, ours
	locks := u.now.at[e.Template]
	if base != nil {
		var clashes []Clash
		e.merged, clashes = MergeEntry(base, ours, e.theirs)
		for _, f := range Fields {
			byTemplate, byUnit := !sameField(base, e.theirs, f), !sameField(base, ours, f)
			if !byTemplate && !byUnit {
				continue
			}
			e.Fields = append(e.Fields, UpgradeField{
				Field: f, Was: base.Text(f), Now: e.theirs.Text(f), Ours: ours.Text(f), Merged: e.merged.Text(f),
				ByTemplate: byTemplate, ByUnit: byUnit, Locked: locks.Locks(f),
				Clash: slices.ContainsFunc(clashes, func(c Clash) bool { return c.Field == f }),
			})
		}
	} else {
		e.merged = ours.Clone()
		for _, f := range Fields {
			if e.theirs.Unfilled(f) || sameField(ours, e.theirs, f) {
				continue
			}
			empty := ours.Unfilled(f)
			if empty {
				copyField(&e.merged, e.theirs, f)
			}
			e.Fields = append(e.Fields, UpgradeField{
				Field: f, Now: e.theirs.Text(f), Ours: ours.Text(f), Merged: e.merged.Text(f),
				ByTemplate: true, ByUnit: !empty, Clash: !empty, Locked: locks.Locks(f),
			})
		}
	}
	if e.Kind == UpgradeChanged && !slices.ContainsFunc(e.Fields, func(f UpgradeField) bool { return f.ByTemplate }) {
		e.Kind = UpgradeOwn
	}
	u.plan.Entries = append(u.plan.Entries, e)
}

// markMoved marks the entries that the new template's order puts elsewhere.
func (u *upgrading) markMoved() {
	p := u.plan
	order, clash := p.order(TakeMerged)
	p.OrderClash = clash
	at, theirs := places(entryKeys(p.draft.Entries)), places(p.theirs)
	var from []int
	var keys []string
	for _, k := range order {
		// What the template lacks moved round the others, if at all.
		_, known := theirs[k]
		if i, ok := at[k]; ok && known {
			from, keys = append(from, i), append(keys, k)
		}
	}
	stay := longestRise(from)
	for i, k := range keys {
		if len(stay) > 0 && stay[0] == i {
			stay = stay[1:]
			continue
		}
		if j := slices.IndexFunc(p.Entries, func(e UpgradeEntry) bool { return string(e.ID) == k }); j >= 0 {
			p.Entries[j].Moved = true
			if p.Entries[j].Kind == UpgradeOwn {
				p.Entries[j].Kind = UpgradeChanged
			}
		}
	}
	p.Entries = slices.DeleteFunc(p.Entries, func(e UpgradeEntry) bool { return e.Kind == UpgradeOwn && e.Fields == nil })
}

// key names the entry in the orders.
func (e *UpgradeEntry) key() string {
	if e.ID == "" || e.Kind == UpgradeMet && !e.Follow {
		return newKey + string(e.Template)
	}
	return string(e.ID)
}

// order returns the keys of what the catalog will hold, in order, and whether the
// two sides' orders clash.
func (p *UpgradePlan) order(take Take) ([]string, bool) {
	ours := entryKeys(p.draft.Entries)
	in := map[string]bool{}
	for _, k := range ours {
		in[k] = true
	}
	for i := range p.Entries {
		switch e := &p.Entries[i]; e.Kind {
		case UpgradeAdded, UpgradeLeftOut:
			in[e.key()] = e.Follow
		case UpgradeMet:
			in[newKey+string(e.Template)] = !e.Follow
		case UpgradeDropped:
			in[e.key()] = !e.Follow
		}
	}
	keep := func(k string) bool { return in[k] }
	here := func(keys []string) []string {
		return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !in[k] })
	}
	base, theirs := here(p.base), here(p.theirs)
	ours = here(ours)
	switch {
	case take == TakeOurs || !p.Known:
		base = theirs // so that only we turned anything round
	case take == TakeTemplate:
		base = ours
	}
	order, knots := mergeOrder(base, ours, theirs, keep)
	return order, knots != nil
}

// Choose says what a field of the plan's entry is to become. It fails with a
// *FieldError on a text that the field cannot hold, and with ErrNotFound on a field
// that there is nothing to choose for.
func (p *UpgradePlan) Choose(entry int, f Field, c Choice) error {
	if entry < 0 || entry >= len(p.Entries) {
		return ErrNotFound
	}
	e := &p.Entries[entry]
	i := slices.IndexFunc(e.Fields, func(x UpgradeField) bool { return x.Field == f })
	if i < 0 || e.ours == nil || e.theirs == nil {
		return ErrNotFound
	}
	if c.Take == TakeOwn {
		trial := e.ours.Clone()
		if err := trial.SetText(f, c.Text); err != nil {
			return err
		}
	}
	e.Fields[i].choice = c
	return nil
}

// Carry takes over what was chosen in another plan, of the same draft as it was
// before, wherever both sides still say what they said there.
func (p *UpgradePlan) Carry(from *UpgradePlan) {
	p.Order = from.Order
	for i := range from.Entries {
		was := &from.Entries[i]
		j := slices.IndexFunc(p.Entries, func(e UpgradeEntry) bool {
			return e.Kind == was.Kind && e.Template == was.Template && e.ID == was.ID
		})
		if j < 0 {
			continue
		}
		e := &p.Entries[j]
		if e.Kind != UpgradeDropped || e.Edited == was.Edited {
			e.Follow = was.Follow
		}
		e.Reason = was.Reason
		for k := range was.Fields {
			f := &was.Fields[k]
			l := slices.IndexFunc(e.Fields, func(x UpgradeField) bool { return x.Field == f.Field && x.Now == f.Now && x.Ours == f.Ours })
			if l >= 0 {
				e.Fields[l].choice = f.choice
			}
		}
	}
}

// IsZero reports whether following the template as chosen changes nothing but the
// version.
func (p *UpgradePlan) IsZero() bool {
	c := p.Apply(func() EntryID { return newKey })
	d := Diff(p.draft, &c)
	return d.IsZero()
}

// Apply returns the draft as it becomes by the choices; the draft itself stays as
// it is. newID makes the ids of added entries.
func (p *UpgradePlan) Apply(newID func() EntryID) Catalog {
	c := *p.draft
	c.Entries = nil
	c.Omitted = maps.Clone(p.draft.Omitted)
	c.TemplateVersion = p.To
	results := map[string]Entry{}
	for i := range p.draft.Entries {
		results[string(p.draft.Entries[i].ID)] = p.draft.Entries[i].Clone()
	}
	for i := range p.Entries {
		switch e := &p.Entries[i]; {
		case e.ours == nil && !e.Follow:
			if e.Reason != "" {
				if c.Omitted == nil {
					c.Omitted = map[TemplateID]NotApplicable{}
				}
				c.Omitted[e.Template] = NotApplicable{Reason: e.Reason}
			}
		case e.ours == nil || e.Kind == UpgradeMet && !e.Follow:
			added := e.theirs.Clone()
			added.ID = newID()
			results[e.key()] = added
			delete(c.Omitted, e.Template)
		case e.Kind != UpgradeDropped:
			results[string(e.ID)] = e.result()
			delete(c.Omitted, e.Template)
		}
	}
	order, _ := p.order(p.Order)
	for _, k := range order {
		c.Entries = append(c.Entries, results[k])
	}
	return c
}

// result is the entry with what was chosen.
func (e *UpgradeEntry) result() Entry {
	out := e.ours.Clone()
	if e.Kind == UpgradeMet {
		out.Template = e.Template
	}
	for i := range e.Fields {
		switch f := &e.Fields[i]; f.choice.Take {
		case TakeMerged:
			copyField(&out, &e.merged, f.Field)
		case TakeTemplate:
			copyField(&out, e.theirs, f.Field)
		case TakeOwn:
			_ = out.SetText(f.Field, f.choice.Text) // Choose has tried it
		}
	}
	return out
}
