package work

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

var labelInit = words.Text{ZH: "从模板建立草稿", EN: "drafts from templates"}

// NewDrafts makes the drafts of the sectors chosen, or of every national sector
// that has a template with entries for the unit's tier. Those that are unused,
// whether chosen or not, become catalogs that say why. It fails with a
// *NoTemplateError on a chosen sector without template.
func NewDrafts(set *templates.Set, unit catalog.Unit, chosen []catalog.SectorInfo, unused map[catalog.Sector]string, newID func() catalog.EntryID) ([]catalog.Catalog, error) {
	if unit.Kind == catalog.CityUnit {
		return nil, ErrNoCityDrafts
	}
	all := len(chosen) == 0
	if all {
		chosen = slices.DeleteFunc(slices.Clone(set.Sectors()), func(s catalog.SectorInfo) bool { return s.Optional })
	}
	blank := func(s catalog.Sector) (catalog.Catalog, error) {
		reason := strings.TrimSpace(unused[s])
		if reason == "" {
			return catalog.Catalog{}, ErrNoReason
		}
		return catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: s, NotApplicable: &catalog.NotApplicable{Reason: reason}}, nil
	}
	var drafts []catalog.Catalog
	for _, s := range chosen {
		if _, ok := unused[s.Slug]; ok {
			c, err := blank(s.Slug)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, c)
			continue
		}
		tmpl, ok := set.Template(s.Slug)
		if !ok && all {
			continue
		}
		if !ok {
			return nil, &NoTemplateError{s}
		}
		c := tmpl.Draft(unit, newID)
		c.RegisterVersion = set.Register().Version()
		if len(c.Entries) > 0 || !all {
			drafts = append(drafts, c)
		}
	}
	for _, s := range set.Sectors() {
		if _, ok := unused[s.Slug]; ok && !holds(drafts, s.Slug) {
			c, err := blank(s.Slug)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, c)
		}
	}
	return drafts, nil
}

func holds(cs []catalog.Catalog, s catalog.Sector) bool {
	return slices.ContainsFunc(cs, func(c catalog.Catalog) bool { return c.Sector == s })
}

// Offered is a sector of a release, and what a unit would start with in it.
type Offered struct {
	catalog.SectorInfo
	Entries int  // of the template, for the unit; none: it does not concern its tier
	Suits   bool // the unit has most likely to do with it
}

// Offer lists the sectors of a release in their order, for a unit to choose from.
// One that is optional suits nobody unasked; a department is suited by those in
// which it publishes.
func Offer(set *templates.Set, unit catalog.Unit) []Offered {
	var out []Offered
	for _, s := range set.Sectors() {
		t := TemplateFor(set, s.Slug, unit)
		if t == nil {
			continue
		}
		entries := t.At(unit.Tier())
		o := Offered{SectorInfo: s, Entries: len(entries), Suits: len(entries) > 0 && !s.Optional}
		if unit.Kind == catalog.DepartmentUnit {
			o.Suits = slices.ContainsFunc(entries, func(e catalog.TemplateEntry) bool {
				return strings.Contains(e.Entry(unit, s.Slug, "").Publisher, unit.Name)
			})
		}
		out = append(out, o)
	}
	return out
}

// Added is what became of one draft that was to be added.
type Added struct {
	Sector  catalog.Sector `json:"sector"`
	Entries int            `json:"entries"`
	Made    bool           `json:"made"`
	Unused  string         `json:"notApplicable,omitempty"`
}

// Drafts is what adding and importing need of a store; [boltstore.Store] is one.
type Drafts interface {
	Unit() catalog.Unit
	Catalogs(context.Context) ([]catalog.Catalog, error)
	Edit(context.Context, boltstore.EditInfo, func(*boltstore.Tx) error) (catalog.Edit, error)
}

// AddDrafts saves, as one edit, the drafts of sectors that the store does not hold
// yet, and marks those it holds that do not occur after all.
func AddDrafts(ctx context.Context, s Drafts, drafts []catalog.Catalog, by string, l words.Lang) ([]Added, error) {
	held, err := s.Catalogs(ctx)
	if err != nil {
		return nil, err
	}
	var added []Added
	var fresh, unused []catalog.Catalog
	for _, c := range drafts {
		r := Added{Sector: c.Sector, Entries: len(c.Entries)}
		if c.NotApplicable != nil {
			r.Unused = c.NotApplicable.Reason
		}
		switch {
		case !holds(held, c.Sector):
			r.Made = true
			fresh = append(fresh, c)
		case c.NotApplicable != nil:
			unused = append(unused, c)
		}
		added = append(added, r)
	}
	if len(fresh)+len(unused) == 0 {
		return added, nil
	}
	_, err = s.Edit(ctx, boltstore.EditInfo{By: by, Label: labelInit.In(l)}, func(tx *boltstore.Tx) error {
		for _, c := range fresh {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		for _, c := range unused {
			if err := tx.SetNotApplicable(c.Sector, c.NotApplicable); err != nil {
				return err
			}
		}
		return nil
	})
	return added, err
}

// Start saves drafts of a release in a folder, which is made where there is none, and returns
// what became of each. Where the folder holds drafts of the unit already, those
// stay. Where it fails it leaves nothing behind that it made.
func Start(ctx context.Context, dir string, set *templates.Set, unit catalog.Unit, drafts []catalog.Catalog, o boltstore.Options, by string, l words.Lang) (added []Added, err error) {
	err = InFolder(dir, func() (err error) {
		s, err := boltstore.Open(dir, o)
		fresh := errors.Is(err, boltstore.ErrNoStore)
		if fresh {
			s, err = boltstore.Create(dir, unit, o)
		}
		if err != nil {
			return err
		}
		defer func() {
			err = errors.Join(err, s.Close())
			if err != nil && fresh { // an empty store would hold the folder for this unit
				_ = os.Remove(filepath.Join(dir, "store.json"))
				_ = os.Remove(filepath.Join(dir, "drafts.db"))
			}
		}()
		if s.Unit().ID != unit.ID {
			return ErrOtherUnit
		}
		if added, err = AddDrafts(ctx, s, drafts, by, l); err != nil {
			return err
		}
		// Where it fails, a later upgrade compares without the old template.
		_ = KeepTemplates(ctx, s, set)
		return nil
	})
	return added, words.About(dir, err)
}
