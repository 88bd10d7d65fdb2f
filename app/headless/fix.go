package headless

import (
	"context"
	"fmt"
	"slices"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
)

// fixRounds is how often a catalog is checked again after its fixes, since one
// fix can uncover another finding.
const fixRounds = 5

// fixed is a field of an entry that fixes changed.
type fixed struct {
	Sector catalog.Sector  `json:"sector"`
	Entry  catalog.EntryID `json:"entry"`
	Path   []string        `json:"path"`
	Field  catalog.Field   `json:"field"`
	Before string          `json:"before"`
	After  string          `json:"after"`
	Rules  []string        `json:"rules"`
	index  int
}

// fixDrafts puts every known fix into a folder's drafts, as one edit, and says
// what it changed and what is left.
func (a *app) fixDrafts(ctx context.Context, dir string, dryRun bool) error {
	return a.withDrafts(dir, dryRun, func(s *boltstore.Store) error {
		cs, err := catalogs(ctx, s)
		if err != nil {
			return err
		}
		p := a.progress(doingCheck, len(cs))
		defer p.end()
		var all []fixed
		var changed []catalog.Entry
		var left []check.Finding
		for i := range cs {
			if err := ctx.Err(); err != nil {
				return err
			}
			made, findings, err := a.fix(&cs[i])
			if err != nil {
				return err
			}
			all, left = append(all, made...), append(left, findings...)
			for j, m := range made { // by entry
				if j == 0 || made[j-1].index != m.index {
					changed = append(changed, cs[i].Entries[m.index])
				}
			}
			p.step()
		}
		p.end()
		if !dryRun {
			info := boltstore.EditInfo{By: a.User, Label: labelFix.In(a.lang, len(all))}
			_, err := s.Edit(ctx, info, func(tx *boltstore.Tx) error {
				for _, e := range changed {
					if err := tx.PutEntry(e); err != nil {
						return fmt.Errorf("fix entry %s: %w", e.ID, err)
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return a.reportFixes(all, left, dryRun)
	})
}

// fix changes a catalog's entries to what the findings say they should be, but
// for findings disputed or for information only. It returns the changes and the
// findings that are left.
func (a *app) fix(c *catalog.Catalog) (made []fixed, left []check.Finding, err error) {
	checker := a.checker(c, false)
	for round := 0; ; round++ {
		left = checker.Catalog(c)
		if round == fixRounds {
			break
		}
		touched := map[catalog.EntryID][]catalog.Field{} // a second fix of a field waits for the next round
		for _, f := range left {
			if f.Fix == "" || f.Index < 0 || f.Disputed != "" || f.Severity == check.Info || slices.Contains(touched[f.Entry], f.Field) {
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
			at := slices.IndexFunc(made, func(m fixed) bool { return m.Entry == f.Entry && m.Field == f.Field })
			if at < 0 {
				at = len(made)
				made = append(made, fixed{Sector: c.Sector, Entry: f.Entry, Field: f.Field, Before: before, index: f.Index})
			}
			made[at].Path, made[at].After = e.Path, e.Text(f.Field)
			made[at].Rules = append(made[at].Rules, f.Rule)
		}
		if len(touched) == 0 {
			break
		}
	}
	made = slices.DeleteFunc(made, func(m fixed) bool { return m.Before == m.After })
	slices.SortStableFunc(made, func(x, y fixed) int { return x.index - y.index })
	return made, left, nil
}

func (a *app) reportFixes(made []fixed, left []check.Finding, dryRun bool) error {
	errs, warnings, _ := tally(left)
	if errs > 0 {
		a.code = exitFindings
	}
	if a.json {
		if made == nil {
			made = []fixed{}
		}
		return a.writeJSON(map[string]any{"dryRun": dryRun, "fixes": made, "errors": errs, "warnings": warnings})
	}
	for i, m := range made {
		if i == 0 || made[i-1].Sector != m.Sector {
			fmt.Fprintf(a.Stdout, "\n%s\n", sectorName(string(m.Sector)))
		}
		if i == 0 || made[i-1].Entry != m.Entry {
			fmt.Fprintf(a.Stdout, "  %d  %s\n", m.index+1, pathLine(m.Path))
		}
		a.print(fixBefore, m.Field.Name(), short(m.Before, 120))
		a.print(fixAfter, short(m.After, 120))
	}
	switch {
	case len(made) == 0:
		a.print(fixNone)
	case dryRun:
		a.print(fixDry, len(made))
	default:
		a.print(fixDone, len(made))
	}
	a.print(fixLeft, errs, warnings)
	return nil
}
