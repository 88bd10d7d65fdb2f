package work

import (
	"fmt"
	"slices"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

var labelFix = words.Text{ZH: "按检查结果改正 %d 处", EN: "%d fixes of findings"}

// FixLabel is what the history calls an edit that made so many fixes.
func FixLabel(fixes int, l words.Lang) string { return labelFix.In(l, fixes) }

// fixRounds is how often a catalog is checked again after its fixes, since one
// fix can uncover another finding.
const fixRounds = 5

// Fixed is a field of an entry that fixes changed.
type Fixed struct {
	Sector catalog.Sector  `json:"sector"`
	Entry  catalog.EntryID `json:"entry"`
	Path   []string        `json:"path"`
	Field  catalog.Field   `json:"field"`
	Before string          `json:"before"`
	After  string          `json:"after"`
	Rules  []string        `json:"rules"`
	Index  int             `json:"-"` // of the entry
}

// Fix changes a catalog's entries to what the findings say they should be, but
// for findings disputed or for information only. It returns the changes, by entry,
// and the findings that are left.
func Fix(c *catalog.Catalog, checker *check.Checker) (made []Fixed, left []check.Finding, err error) {
	return fix(c, checker, func(check.Finding) bool { return true })
}

// fix is Fix for the findings that are wanted.
func fix(c *catalog.Catalog, checker *check.Checker, wanted func(check.Finding) bool) (made []Fixed, left []check.Finding, err error) {
	for round := 0; ; round++ {
		left = checker.Catalog(c)
		if round == fixRounds {
			break
		}
		touched := map[catalog.EntryID][]catalog.Field{} // a second fix of a field waits for the next round
		for _, f := range left {
			if !Fixable(f) || !wanted(f) || slices.Contains(touched[f.Entry], f.Field) {
				continue
			}
			e := &c.Entries[f.Index]
			before := e.Text(f.Field)
			if before == f.Fix {
				continue
			}
			if err := e.SetText(f.Field, f.Fix); err != nil {
				return nil, nil, fmt.Errorf("fix %s of entry %s: %w", f.Field, f.Entry, err)
			}
			touched[f.Entry] = append(touched[f.Entry], f.Field)
			at := slices.IndexFunc(made, func(m Fixed) bool { return m.Entry == f.Entry && m.Field == f.Field })
			if at < 0 {
				at = len(made)
				made = append(made, Fixed{Sector: c.Sector, Entry: f.Entry, Field: f.Field, Before: before, Index: f.Index})
			}
			made[at].Path, made[at].After = e.Path, e.Text(f.Field)
			if !slices.Contains(made[at].Rules, f.Rule) {
				made[at].Rules = append(made[at].Rules, f.Rule)
			}
		}
		if len(touched) == 0 {
			break
		}
	}
	made = slices.DeleteFunc(made, func(m Fixed) bool { return m.Before == m.After })
	slices.SortStableFunc(made, func(x, y Fixed) int { return x.Index - y.Index })
	return made, left, nil
}

// Fixable reports whether a finding can be fixed together with others: the right
// text is known, nobody has answered it, and it is more than an information.
func Fixable(f check.Finding) bool {
	return f.Fix != "" && f.Index >= 0 && f.Disputed == "" && f.Severity != check.Info
}

// keepsMeaning are the rules whose fixes change how something is written, and not
// what it says.
var keepsMeaning = []string{"basis.malformed", "text.control", "text.formula"}

// KeepsMeaning reports whether the fixes of a rule change only how something is
// written, so that they can be taken without looking at each.
func KeepsMeaning(rule string) bool { return slices.Contains(keepsMeaning, rule) }
