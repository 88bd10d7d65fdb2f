package findings

import (
	"cmp"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// row is one line of the list: the head of a group, or a finding.
type row struct {
	head    bool
	group   string // the key of its group
	text    string // of a head
	count   int    // of a head: the findings below it
	worst   check.Severity
	rule    string // of a head by rule
	fixable int    // of a head by rule: how many can be fixed

	finding check.Finding
	sector  string // the sector's name
	entry   string // the entry's name
	place   int    // where the entry stands in its catalog, -1 for the catalog itself
}

// filter says which findings are listed, and how.
type filter struct {
	sector   catalog.Sector // empty: all
	severity map[check.Severity]bool
	reasons  reasons
	byEntry  bool
	folded   map[string]bool // groups whose findings are not listed
}

// reasons chooses findings by whether they were answered.
type reasons uint8

const (
	withoutReason reasons = iota
	withReason
	whatever
)

func (f *filter) wants(x *check.Finding) bool {
	return (f.sector == "" || f.sector == x.Sector) && f.severity[x.Severity] &&
		(f.reasons == whatever || (f.reasons == withReason) == (x.Disputed != ""))
}

// sheet is one sector's catalog with its findings.
type sheet struct {
	info    catalog.SectorInfo
	catalog *catalog.Catalog
	list    []check.Finding
	current bool
	err     error
}

// find is one finding where it stands.
type find struct {
	row
	no int // of the sector
}

// rowsOf lists the findings that the filter wants, grouped.
func rowsOf(sheets []*sheet, f *filter, l words.Lang) []row {
	var all []find
	for no, s := range sheets {
		if s.catalog == nil {
			continue
		}
		names := make(map[catalog.EntryID]int, len(s.catalog.Entries))
		for i := range s.catalog.Entries {
			names[s.catalog.Entries[i].ID] = i
		}
		name := words.Sector(s.info).In(l)
		for i := range s.list {
			x := &s.list[i]
			if !f.wants(x) {
				continue
			}
			one := find{row: row{finding: *x, sector: name, entry: wholeOne.In(l), place: -1}, no: no}
			if x.Entry != "" {
				at, there := names[x.Entry]
				if !there {
					continue // removed since it was checked
				}
				one.entry, one.place = EntryName(&s.catalog.Entries[at]), at
			}
			all = append(all, one)
		}
	}
	order := ruleOrder()
	slices.SortStableFunc(all, func(a, b find) int {
		bySector := cmp.Or(cmp.Compare(a.no, b.no), cmp.Compare(a.place, b.place))
		if f.byEntry {
			return cmp.Or(bySector, cmp.Compare(weight(a.finding), weight(b.finding)))
		}
		return cmp.Or(
			cmp.Compare(order[a.finding.Rule].weight, order[b.finding.Rule].weight),
			cmp.Compare(order[a.finding.Rule].place, order[b.finding.Rule].place), bySector)
	})
	return grouped(all, f, l)
}

// grouped puts a head before the findings of each rule or entry.
func grouped(all []find, f *filter, l words.Lang) []row {
	var out []row
	head := -1
	for _, x := range all {
		key := "rule:" + x.finding.Rule
		text := words.Rule(x.finding.Rule).In(l)
		if f.byEntry {
			key, text = "entry:"+string(x.finding.Sector)+"/"+string(x.finding.Entry), x.sector+"　"+x.entry
		}
		if head < 0 || out[head].group != key {
			head = len(out)
			h := row{head: true, group: key, text: text, worst: x.finding.Severity}
			if !f.byEntry {
				h.rule = x.finding.Rule
			}
			out = append(out, h)
		}
		out[head].count++
		if weight(x.finding) < weight(check.Finding{Severity: out[head].worst}) {
			out[head].worst = x.finding.Severity
		}
		if work.Fixable(x.finding) {
			out[head].fixable++
		}
		if x.group = key; !f.folded[key] {
			out = append(out, x.row)
		}
	}
	return out
}

type place struct{ weight, place int }

// ruleOrder puts the rules that raise errors first, else as the manual has them.
func ruleOrder() map[string]place {
	out := map[string]place{}
	for i, r := range check.Rules() {
		out[r.Name] = place{weight(check.Finding{Severity: r.Severity}), i}
	}
	return out
}

func weight(f check.Finding) int {
	switch f.Severity {
	case check.Error:
		return 0
	case check.Warning:
		return 1
	}
	return 2
}

// EntryName is what an entry goes by in a list: the names of its levels.
func EntryName(e *catalog.Entry) string {
	name := strings.Join(slices.DeleteFunc(slices.Clone(e.Path), func(s string) bool { return s == "" }), " / ")
	if name == "" {
		name = "—"
	}
	return name
}

// counts are how many findings there are of each severity, and how many of all
// are answered.
type counts struct {
	open     map[check.Severity]int
	answered int
	all      int
}

func count(sheets []*sheet, sector catalog.Sector) counts {
	c := counts{open: map[check.Severity]int{}}
	for _, s := range sheets {
		if sector != "" && s.info.Slug != sector {
			continue
		}
		for i := range s.list {
			c.all++
			if s.list[i].Disputed != "" {
				c.answered++
				continue
			}
			c.open[s.list[i].Severity]++
		}
	}
	return c
}
