package headless

import (
	"context"
	"fmt"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
)

// fixDrafts puts every known fix into a folder's drafts, as one edit, and says
// what it changed and what is left.
func (a *app) fixDrafts(ctx context.Context, dir string, dryRun bool) error {
	return a.withDrafts(dir, dryRun, func(s *boltstore.Store) error {
		cs, err := a.catalogs(ctx, s)
		if err != nil {
			return err
		}
		p := a.progress(doingCheck, len(cs))
		defer p.end()
		var all []work.Fixed
		var changed []catalog.Entry
		var left []check.Finding
		for i := range cs {
			if err := ctx.Err(); err != nil {
				return err
			}
			made, findings, err := work.Fix(&cs[i], a.checker(&cs[i], false))
			if err != nil {
				return err
			}
			all, left = append(all, made...), append(left, findings...)
			for j, m := range made { // by entry
				if j == 0 || made[j-1].Index != m.Index {
					changed = append(changed, cs[i].Entries[m.Index])
				}
			}
			p.step()
		}
		p.end()
		if !dryRun {
			info := boltstore.EditInfo{By: a.User, Label: work.FixLabel(len(all), a.lang)}
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

func (a *app) reportFixes(made []work.Fixed, left []check.Finding, dryRun bool) error {
	n := work.Count(left)
	if n.Errors > 0 {
		a.code = exitFindings
	}
	if a.json {
		if made == nil {
			made = []work.Fixed{}
		}
		return a.writeJSON(map[string]any{"dryRun": dryRun, "fixes": made, "errors": n.Errors, "warnings": n.Warnings})
	}
	for i, m := range made {
		if i == 0 || made[i-1].Sector != m.Sector {
			fmt.Fprintf(a.Stdout, "\n%s\n", a.sectorName(string(m.Sector)))
		}
		if i == 0 || made[i-1].Entry != m.Entry {
			fmt.Fprintf(a.Stdout, "  %d  %s\n", m.Index+1, pathLine(m.Path))
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
	a.print(fixLeft, n.Errors, n.Warnings)
	return nil
}
