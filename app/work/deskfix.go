package work

import (
	"context"
	"fmt"
	"slices"

	"mulutong/catalog"
	"mulutong/catalog/check"
)

// Findings is what is wrong in a catalog, as far as it was checked.
type Findings struct {
	Catalog *catalog.Catalog // as it is now; to be read only
	List    []check.Finding  // to be read only
	Current bool             // the list is of the catalog as it is now
}

// Findings returns what is wrong in a sector's catalog as far as it was checked;
// Listen tells when that changes. The first call has it checked.
func (d *Desk) Findings(ctx context.Context, sector catalog.Sector) (Findings, error) {
	dr, err := d.Draft(ctx, sector)
	if err != nil {
		return Findings{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return Findings{dr.share(), dr.findings, dr.checked == dr.changes}, nil
}

// PlanFixes says what the fixes of the findings wanted would change, and changes
// nothing. step tells how many of the sectors are done; it may be nil.
func (d *Desk) PlanFixes(ctx context.Context, sectors []catalog.Sector, wanted func(check.Finding) bool, step func(done, total int)) ([]Fixed, error) {
	var out []Fixed
	for i, s := range sectors {
		if step != nil {
			step(i, len(sectors))
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		dr, err := d.Draft(ctx, s)
		if err != nil {
			return nil, err
		}
		made, _, err := fix(deep(dr.Catalog()), d.Checker(), wanted)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

// Fix makes fixes in one step of undo, over as many sectors as they are of, and
// returns how many it made: a field that no longer says what it did when the fix
// was planned is left alone.
func (d *Desk) Fix(ctx context.Context, label string, fixes []Fixed) (done int, err error) {
	var sectors []catalog.Sector
	of := map[catalog.Sector][]Fixed{}
	for _, f := range fixes {
		if of[f.Sector] == nil {
			sectors = append(sectors, f.Sector)
		}
		of[f.Sector] = append(of[f.Sector], f)
	}
	_, err = d.Change(ctx, label, sectors, func(c *catalog.Catalog) error {
		for _, f := range of[c.Sector] {
			i := place(c.Entries, f.Entry)
			if i < 0 || c.Entries[i].Text(f.Field) != f.Before {
				continue
			}
			if err := c.Entries[i].SetText(f.Field, f.After); err != nil {
				return fmt.Errorf("fix %s of entry %s: %w", f.Field, f.Entry, err)
			}
			done++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return done, nil
}

// Answer answers findings of any sectors with the same reason, in one step of
// undo; an empty reason takes their answers back.
func (d *Desk) Answer(ctx context.Context, fs []check.Finding, reason string) error {
	var sectors []catalog.Sector
	for _, f := range fs {
		if !slices.Contains(sectors, f.Sector) {
			sectors = append(sectors, f.Sector)
		}
	}
	label := labelReason
	if reason == "" {
		label = labelNoReason
	}
	d.mu.Lock()
	person, lang := d.person, d.lang
	d.mu.Unlock()
	_, err := d.Change(ctx, label.In(lang), sectors, func(c *catalog.Catalog) error {
		SetReasons(c, fs, reason, person, catalog.DateOf(d.o.Store.Now()))
		return nil
	})
	return err
}
