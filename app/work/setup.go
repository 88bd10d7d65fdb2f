package work

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// ErrNoSectors: nothing is chosen to make drafts of.
var ErrNoSectors = words.NewFailure("一个领域也没有选。请至少勾选一个。", "No sector is chosen. Tick at least one.")

// UnusedReasons are what units mostly say of a sector that does not occur (不涉及).
// They go into catalogs and are Chinese in every language.
var UnusedReasons = []string{
	"本单位没有这项职能",
	"辖区内没有这类事项",
	"由县级部门统一编制",
	"由派出机构编制",
}

// Place is a division and the names of those it lies in, from the province.
type Place struct {
	catalog.Division
	In []string
}

// Setup is what a first start needs: finding the own unit, its sectors, and a
// folder for the drafts.
type Setup struct {
	Know  func() *templates.Set // templates.Embedded where nil
	Store boltstore.Options
	Lang  words.Lang // of the labels in the history
}

func (s Setup) know() *templates.Set {
	if s.Know == nil {
		return templates.Embedded()
	}
	return s.Know()
}

// Find returns at most limit places that fit the query, best first: by name,
// pinyin, its initials or code.
func (s Setup) Find(query string, limit int) []Place {
	return placed(templates.Divisions().Find(query, limit))
}

// Below returns the places one level below a code; the provinces for an empty one.
// Levels that are no place, such as 市辖区, are passed over.
func (s Setup) Below(code string) []Place {
	index := templates.Divisions()
	var out []catalog.Division
	for _, d := range index.Below(code) {
		if len(d.Code) == 4 && !templates.IsPlace(d.Name) {
			out = append(out, index.Below(d.Code)...)
			continue
		}
		out = append(out, d)
	}
	return placed(out)
}

// Above returns the places that a code lies in, from the province, and the one it
// names itself.
func (s Setup) Above(code string) []Place {
	var out []catalog.Division
	for _, n := range []int{2, 4, 6, 9} {
		if len(code) < n {
			break
		}
		if d, ok := templates.Divisions().ByCode(code[:n]); ok && (n != 4 || templates.IsPlace(d.Name)) {
			out = append(out, d)
		}
	}
	return placed(out)
}

func placed(ds []catalog.Division) []Place {
	out := make([]Place, len(ds))
	for i, d := range ds {
		out[i] = Place{d, slices.DeleteFunc(Places(d), func(name string) bool { return !templates.IsPlace(name) })}
	}
	return out
}

// Unit is the unit of a code, as UnitOf says.
func (s Setup) Unit(code string) (catalog.Unit, error) { return UnitOf(code) }

// Department is a department of a county, as the function of that name says.
func (s Setup) Department(county catalog.Unit, name string) catalog.Unit {
	return Department(county, name)
}

// Departments are the bodies of a county that publish most by the templates, under
// the names they have there.
func (s Setup) Departments(county catalog.Unit) []string {
	times := map[string]int{}
	var order []string
	for _, info := range s.know().Sectors() {
		t := TemplateFor(s.know(), info.Slug, county)
		if t == nil {
			continue
		}
		for _, e := range t.At(catalog.County) {
			name := e.Entry(county, info.Slug, "").Publisher
			if strings.ContainsAny(name, "、；，") || name == county.Publisher() || name == "" {
				continue
			}
			if times[name]++; times[name] == 1 {
				order = append(order, name)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(times[b], times[a]) })
	return order
}

// Offer lists the sectors that a unit can choose from, those that suit it marked.
func (s Setup) Offer(unit catalog.Unit) []Offered { return Offer(s.know(), unit) }

// Wish is what a person chose at the first start.
type Wish struct {
	Unit    catalog.Unit
	Sectors []catalog.Sector
	Unused  map[catalog.Sector]string // with the reasons
	Person  string
	Dir     string
}

// Make makes the drafts a person chose and says what became of each.
func (s Setup) Make(ctx context.Context, w Wish) ([]Added, error) {
	var chosen []catalog.SectorInfo
	for _, info := range s.know().Sectors() {
		if _, unused := w.Unused[info.Slug]; unused || slices.Contains(w.Sectors, info.Slug) {
			chosen = append(chosen, info)
		}
	}
	if len(chosen) == 0 {
		return nil, ErrNoSectors
	}
	newID := s.Store.NewID
	if newID == nil {
		newID = func() catalog.EntryID { return "" } // the store gives one
	}
	drafts, err := NewDrafts(s.know(), w.Unit, chosen, w.Unused, newID)
	if err != nil {
		return nil, err
	}
	return Start(ctx, w.Dir, s.know(), w.Unit, drafts, s.Store, w.Person, s.Lang)
}

// Look says whose drafts are in a folder. It fails as boltstore.Open does; drafts
// that may only be read are none to work with.
func (s Setup) Look(dir string) (u catalog.Unit, err error) {
	store, err := boltstore.Open(dir, s.Store)
	if err != nil {
		return catalog.Unit{}, words.About(dir, err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return store.Unit(), nil
}

// Restore makes drafts in a folder of a backup and says whose they are.
func (s Setup) Restore(ctx context.Context, backup, dir string) (catalog.Unit, error) {
	if err := RestoreBackup(ctx, backup, dir); err != nil {
		return catalog.Unit{}, err
	}
	return s.Look(dir)
}
