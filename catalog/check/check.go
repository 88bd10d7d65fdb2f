// Package check finds what is wrong in a catalog before a reviewer does.
//
// Every rule of [Rules] is documented with an example that breaks it and one
// that does not, and both are its test. A finding names the rule, the entry and
// the field, says in plain Chinese what is wrong and what to do, and carries the
// field's right text wherever that is known; setting the field to that text
// removes the finding and brings no new error into the field. Only confirmed
// facts of the register and of templates raise errors, others warn. A finding the
// unit has answered with a reason (争议理由) is kept, and marked.
//
// The package imports only the standard library and catalog. It reads what it is
// given and changes nothing.
package check

import "mulutong/catalog"

// Severity tells how much a finding weighs.
type Severity string

// The severities. An error stops a submission unless the unit gives a reason;
// a warning is shown; an info is shown on request.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Name is the severity in Chinese.
func (s Severity) Name() string {
	switch s {
	case Error:
		return "错误"
	case Warning:
		return "提醒"
	}
	return "参考"
}

// Finding is one thing that is wrong, or may be.
type Finding struct {
	Rule     string          `json:"rule"`
	Severity Severity        `json:"severity"`
	Sector   catalog.Sector  `json:"sector,omitempty"`
	Entry    catalog.EntryID `json:"entry,omitempty"` // empty: the finding is about the catalog
	Row      int             `json:"row,omitempty"`   // in the file, for callers that know it
	Field    catalog.Field   `json:"field,omitempty"`
	Message  string          `json:"message"`
	// Fix is the text the field would get by Entry.SetText; empty: not known.
	Fix string `json:"fix,omitempty"`
	// Template is the entry that is missing, of entry.omitted.
	Template catalog.TemplateID `json:"template,omitempty"`
	// Disputed is the reason the unit recorded against the finding (争议理由).
	Disputed string `json:"disputed,omitempty"`
	// Index is where the entry stands in the catalog, from 0; -1 when the finding
	// is about the catalog, or about an entry that was checked by itself.
	Index int `json:"-"`
}

// Blocks reports whether the finding stops a submission.
func (f Finding) Blocks() bool { return f.Severity == Error && f.Disputed == "" }

// Knowledge is what the rules know besides the entry. All of it may be missing;
// the rules that need what is missing stay silent.
type Knowledge struct {
	Sectors []catalog.SectorInfo
	// Template is the template to check against, as it holds for the unit's
	// division; Templates finds one by sector where Template is another sector's or nil.
	Template  *catalog.Template
	Templates func(catalog.Sector) *catalog.Template
	Register  *catalog.Register
	Today     catalog.Date // empty: what has an end is taken as ended
	// Guessed: the templates that entries name were found by likeness, as a
	// stranger's are, so that what differs from them is no error.
	Guessed bool
}

// Checker checks catalogs and entries. It is safe for concurrent use.
type Checker struct {
	know    Knowledge
	names   []sectorName
	sectors map[catalog.Sector]catalog.SectorInfo
	bodies  []body

	cites      cache[citeKey, *cite]
	publishers cache[publisherKey, *publisherView]
	limits     cache[string, limitView]
	targets    cache[targetKey, *target]
}

// New prepares a checker. What k points to must not change while it is used.
func New(k Knowledge) *Checker {
	c := &Checker{
		know:    k,
		names:   sectorNames(k.Sectors),
		sectors: map[catalog.Sector]catalog.SectorInfo{},
		bodies:  bodies(k.Register),
	}
	for _, s := range k.Sectors {
		c.sectors[s.Slug] = s
	}
	return c
}

// Catalog returns what is wrong in the catalog: of each entry in order, rule by
// rule, what Entry finds and what shows only beside other entries; then what is
// missing as a whole. A sector the unit does not use (不涉及, with a reason) has
// nothing to find.
func (c *Checker) Catalog(cat *catalog.Catalog) []Finding {
	if cat.NotApplicable != nil && !catalog.Unfilled(cat.NotApplicable.Reason) {
		return nil
	}
	p := c.pass(cat)
	p.whole = newWhole(p)
	for i := range cat.Entries {
		p.entry(i, &cat.Entries[i])
	}
	p.omitted()
	return p.out
}

// Entry returns what is wrong in one entry, looked at by itself. The entry need
// not be one of the catalog's, which is asked for unit, sector and reasons only.
func (c *Checker) Entry(cat *catalog.Catalog, e *catalog.Entry) []Finding {
	p := c.pass(cat)
	p.entry(-1, e)
	return p.out
}

// pass is one run over a catalog; it carries what rules share about an entry.
type pass struct {
	*Checker
	cat    *catalog.Catalog
	target *target
	whole  *whole // nil when an entry is checked by itself
	out    []Finding

	rule  *Rule
	index int
	e     *catalog.Entry
	t     *want // what the template has in place of e; nil: nothing
	texts []text
	seen  places
	cites []*cite
	pub   *publisherView
	limit limitView
}

func (c *Checker) pass(cat *catalog.Catalog) *pass {
	return &pass{Checker: c, cat: cat, target: c.targetOf(cat), index: -1}
}

// entry runs the rules over one entry.
func (p *pass) entry(index int, e *catalog.Entry) {
	p.index, p.e = index, e
	if p.whole != nil {
		p.t = p.whole.wants[index]
	} else {
		p.t = p.target.find(e.Template, pathKey(e.Path))
	}
	p.cites = p.cites[:0]
	for i := range e.Basis {
		p.cites = append(p.cites, p.citeOf(&e.Basis[i]))
	}
	p.pub = p.publisherOf(e.Publisher)
	p.limit = p.limitOf(e.TimeLimit.Text)
	p.readTexts()
	for i := range rules {
		if p.rule = &rules[i]; p.rule.run != nil {
			p.rule.run(p)
		}
	}
}

// found records a finding of the running rule in a field of the entry. A fix
// that changes nothing, or that a locked field could not take, is dropped.
func (p *pass) found(f catalog.Field, message, fix string) {
	p.foundAs(p.rule.Severity, f, message, fix)
}

func (p *pass) foundAs(s Severity, f catalog.Field, message, fix string) {
	if fix != "" {
		if p.t != nil && p.t.locks(f) {
			fix = p.t.entry.Text(f)
		}
		if fix == p.e.Text(f) || catalog.Unfilled(fix) {
			fix = "" // it would change nothing, or leave nothing
		}
	}
	p.out = append(p.out, Finding{
		Rule: p.rule.Name, Severity: s, Sector: p.sector(), Entry: p.e.ID, Field: f,
		Message: message, Fix: fix, Disputed: p.disputed(f), Index: p.index,
	})
}

// sector is the catalog's, or the entry's own where the catalog has none.
func (p *pass) sector() catalog.Sector {
	if p.cat.Sector != "" {
		return p.cat.Sector
	}
	return p.e.Sector
}

// disputed returns the reason recorded against the running rule in the field.
// One without a field holds for all fields of its entry.
func (p *pass) disputed(f catalog.Field) string {
	for _, r := range p.cat.Reasons {
		if r.Rule == p.rule.Name && r.Entry == p.e.ID && (r.Field == f || r.Field == "") && !catalog.Unfilled(r.Reason) {
			return r.Reason
		}
	}
	return ""
}
