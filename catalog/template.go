package catalog

import (
	"cmp"
	"slices"
	"strconv"
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

// NewerVersion reports whether release a came out after release b: 2026.10 after
// 2026.9, any after none.
func NewerVersion(a, b string) bool {
	year := func(v string) (int, int) {
		y, n, _ := strings.Cut(v, ".")
		yi, _ := strconv.Atoi(y)
		ni, _ := strconv.Atoi(n)
		return yi, ni
	}
	ay, an := year(a)
	by, bn := year(b)
	return cmp.Or(cmp.Compare(ay, by), cmp.Compare(an, bn), strings.Compare(a, b)) > 0
}

// Rename says what a publisher of the template is called in a region: 文化和旅游局
// is 文化旅游体育局 in Wuhu.
type Rename struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Variant is a region's departure from a template: what it replaces, adds and drops.
type Variant struct {
	Divisions []string        `json:"divisions"` // code prefixes it holds for: "34", "340223"
	Reason    string          `json:"reason"`
	Rename    []Rename        `json:"rename,omitempty"` // publishers that are called otherwise here
	Drop      []TemplateID    `json:"drop,omitempty"`
	Replace   []TemplateEntry `json:"replace,omitempty"` // by ID; one the template lacks is added at the end
}

// Placeholders stand in a template's texts for a unit's names, which Draft fills in:
// the unit, its county, its city, and its county with the city before it where it is
// a district, as offices under a ministry call themselves (芜湖市镜湖区, 南陵县).
var Placeholders = []string{"{单位}", "{县}", "{市}", "{区县}"}

// Meant is the name that a placeholder stands for; empty where it is not known.
func (u Unit) Meant(placeholder string) string {
	switch placeholder {
	case "{单位}":
		return u.Publisher()
	case "{县}":
		return u.County
	case "{市}":
		return u.City
	case "{区县}":
		if strings.HasSuffix(u.County, "区") {
			return u.City + u.County
		}
		return u.County
	}
	return ""
}

// filler puts a unit's names for the placeholders.
func filler(u Unit) *strings.Replacer {
	var pairs []string
	for _, p := range Placeholders {
		pairs = append(pairs, p, u.Meant(p))
	}
	return strings.NewReplacer(pairs...)
}

// TemplateEntry is one entry as the guideline has it (模板条目). Its texts may hold
// Placeholders.
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
	fill := filler(u).Replace
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
	names := place
	names.Name = "本单位"
	if names.County == "" {
		names.County = "县（市、区）"
	}
	if names.City == "" {
		names.City = "市"
	}
	fill, county := filler(names), names.County
	e := t.Entry(Unit{}, sector, "")
	e.Content, e.Publisher = fill.Replace(t.Content), ""
	e.Channels.May = t.Channels.May
	var tiers, publishers []string
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
		if name = fill.Replace(name); !slices.Contains(publishers, name) {
			tiers, publishers = append(tiers, tier.Name()), append(publishers, name)
		}
	}
	if len(publishers) == 1 {
		e.Publisher = publishers[0]
		return e
	}
	for i := range publishers {
		publishers[i] = tiers[i] + "：" + publishers[i]
	}
	e.Publisher = strings.Join(publishers, "\n")
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
		for i := range entries {
			entries[i].Publishers = renamed(entries[i].Publishers, v.Rename)
		}
	}
	t.Entries, t.Variants = entries, nil
	return t
}

// renamed returns the publishers with their names in a region.
func renamed(publishers map[Tier]string, names []Rename) map[Tier]string {
	if len(names) == 0 {
		return publishers
	}
	out := make(map[Tier]string, len(publishers))
	for tier, p := range publishers {
		for _, r := range names {
			p = strings.ReplaceAll(p, r.From, r.To)
		}
		out[tier] = p
	}
	return out
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

// Tally counts a template's entries.
type Tally struct {
	Entries   int `json:"entries"`
	County    int `json:"county"`
	Township  int `json:"township"`
	Village   int `json:"village"`
	Confirmed int `json:"confirmed"` // read against the guideline itself
}

// Tally counts the entries, by tier and those confirmed.
func (t Template) Tally() Tally {
	n := Tally{Entries: len(t.Entries), County: len(t.At(County)), Township: len(t.At(Township)), Village: len(t.At(Village))}
	for i := range t.Entries {
		if t.Entries[i].Confirmed {
			n.Confirmed++
		}
	}
	return n
}

// Add adds what o counts.
func (n *Tally) Add(o Tally) {
	n.Entries += o.Entries
	n.County += o.County
	n.Township += o.Township
	n.Village += o.Village
	n.Confirmed += o.Confirmed
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
