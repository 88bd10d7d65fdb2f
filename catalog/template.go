package catalog

import (
	"slices"
	"strings"
)

// TemplateID names a template entry for good: opaque, assigned once, never
// reused, independent of the entry's names.
type TemplateID string

// Template is what a sector's catalog starts from (模板), after its guideline.
type Template struct {
	Sector  Sector          `json:"sector"`
	Version string          `json:"version"` // grows with every release: "2026.1"
	Title   string          `json:"title"`
	Source  Source          `json:"source"`
	Note    string          `json:"note,omitempty"`
	Entries []TemplateEntry `json:"entries"`
	// Variants replace or drop entries for a region, in the order given.
	Variants []Variant `json:"variants,omitempty"`
}

// Variant is a region's departure from a template: what it replaces, adds and drops.
type Variant struct {
	Divisions []string        `json:"divisions"` // code prefixes it holds for: "34", "340223"
	Reason    string          `json:"reason"`
	Drop      []TemplateID    `json:"drop,omitempty"`
	Replace   []TemplateEntry `json:"replace,omitempty"` // by ID; one the template lacks is added at the end
}

// TemplateEntry is one entry as the guideline has it (模板条目). Text fields may
// hold the placeholders {单位} {县} {市}, which Draft fills in.
type TemplateEntry struct {
	ID         TemplateID      `json:"id"`
	Code       string          `json:"code,omitempty"`
	Path       []string        `json:"path"`
	AlsoCalled []string        `json:"alsoCalled,omitempty"` // names this matter has elsewhere: a submatter's, or "matter / submatter"
	Content    string          `json:"content"`
	Basis      Basis           `json:"basis"`
	TimeLimit  TimeLimit       `json:"timeLimit"`
	Publishers map[Tier]string `json:"publishers"` // who publishes at which tier
	Channels   Channels        `json:"channels"`   // Set: must be used, May: may be used
	Audience   Audience        `json:"audience"`
	Mode       Mode            `json:"mode"`
	Tiers      TierSet         `json:"tiers"`
	Link       string          `json:"link,omitempty"`

	// Locked fields are the guideline's and not for the unit to change.
	Locked []Field `json:"locked,omitempty"`
	// Hint answers what a clerk would ask about the entry; Hints about one field.
	Hint  string           `json:"hint,omitempty"`
	Hints map[Field]string `json:"hints,omitempty"`
	// LongLimit says why the time limit may exceed 20 working days; empty: it may not.
	LongLimit string `json:"longLimit,omitempty"`
	// SharedPublisher: the publisher of a higher tier may stand in a township's entry.
	SharedPublisher bool `json:"sharedPublisher,omitempty"`
	// Confirmed: the entry was read against the guideline itself. Only a
	// confirmed entry's absence is an error.
	Confirmed bool `json:"confirmed"`
}

// Entry returns the draft entry a unit starts with: placeholders filled in and
// the publisher chosen by the unit's tier.
func (t TemplateEntry) Entry(u Unit, sector Sector, id EntryID) Entry {
	fill := strings.NewReplacer("{单位}", u.Publisher(), "{县}", u.County, "{市}", u.City).Replace
	e := Entry{
		ID: id, Sector: sector, Template: t.ID, Code: t.Code,
		Path: slices.Clone(t.Path), Content: fill(t.Content),
		Basis: slices.Clone(t.Basis), TimeLimit: t.TimeLimit,
		Publisher: fill(t.Publishers[u.Tier()]),
		Channels:  Channels{Set: t.Channels.Set, Others: slices.Clone(t.Channels.Others)},
		Audience:  t.Audience, Mode: t.Mode, Tiers: t.Tiers, Link: t.Link,
	}
	e.TimeLimit.Clauses = slices.Clone(t.TimeLimit.Clauses)
	return e
}

// Printed returns the template as a guideline prints it, for a place or, where
// place is zero, for none: placeholders in general terms, and each tier's
// publisher. Its entries have no ids of their own.
func (t Template) Printed(place Unit) Catalog {
	c := Catalog{Schema: Schema, Sector: t.Sector, TemplateVersion: t.Version}
	for i := range t.Entries {
		c.Entries = append(c.Entries, t.Entries[i].printed(place, t.Sector))
	}
	return c
}

func (t *TemplateEntry) printed(place Unit, sector Sector) Entry {
	county, city := place.County, place.City
	if county == "" {
		county = "县（市、区）"
	}
	if city == "" {
		city = "市"
	}
	fill := strings.NewReplacer("{单位}", "本单位", "{县}", county, "{市}", city)
	e := t.Entry(Unit{}, sector, "")
	e.Content, e.Publisher = fill.Replace(t.Content), ""
	e.Channels.May = t.Channels.May
	var tiers, names []string
	for _, tier := range t.Tiers.List() {
		name := t.Publishers[tier]
		switch {
		case name == "":
			continue
		case place.Name != "" && place.Tier() == tier:
			name = strings.ReplaceAll(name, "{单位}", place.Publisher())
		case tier == Township:
			name = strings.ReplaceAll(name, "{单位}", "乡镇人民政府（街道办事处）")
		default:
			name = strings.ReplaceAll(name, "{单位}", county+"人民政府")
		}
		if name = fill.Replace(name); !slices.Contains(names, name) {
			tiers, names = append(tiers, tier.Name()), append(names, name)
		}
	}
	if len(names) == 1 {
		e.Publisher = names[0]
		return e
	}
	for i := range names {
		names[i] = tiers[i] + "：" + names[i]
	}
	e.Publisher = strings.Join(names, "\n")
	return e
}

// For returns the template as it holds for a division: variants applied.
func (t Template) For(division string) Template {
	entries := slices.Clone(t.Entries)
	for _, v := range t.Variants {
		if !v.holds(division) {
			continue
		}
		entries = slices.DeleteFunc(entries, func(e TemplateEntry) bool { return slices.Contains(v.Drop, e.ID) })
		for _, r := range v.Replace {
			i := slices.IndexFunc(entries, func(e TemplateEntry) bool { return e.ID == r.ID })
			if i < 0 {
				entries = append(entries, r)
				continue
			}
			entries[i] = r
		}
	}
	t.Entries, t.Variants = entries, nil
	return t
}

// At returns the entries that a unit of the tier fills in.
func (t Template) At(tier Tier) []TemplateEntry {
	var out []TemplateEntry
	for _, e := range t.Entries {
		if e.Tiers.Has(tier) {
			out = append(out, e)
		}
	}
	return out
}

// Draft returns the catalog a unit starts with: the template as it holds for the
// unit's division, the entries of its tier, each with a new id.
func (t Template) Draft(u Unit, newID func() EntryID) Catalog {
	c := Catalog{Schema: Schema, Unit: u, Sector: t.Sector, TemplateVersion: t.Version}
	for _, e := range t.For(u.Division).At(u.Tier()) {
		c.Entries = append(c.Entries, e.Entry(u, t.Sector, newID()))
	}
	return c
}

// Locks reports whether the unit may not change the field.
func (t TemplateEntry) Locks(f Field) bool { return slices.Contains(t.Locked, f) }

func (v Variant) holds(division string) bool {
	return slices.ContainsFunc(v.Divisions, func(p string) bool { return strings.HasPrefix(division, p) })
}
