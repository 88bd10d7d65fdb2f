package work

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/catalog/find"
	"mulutong/templates"
)

// UnitOf is the unit of a division's code that keeps catalogs. It fails with
// catalog.ErrNotFound where there is no such division, and with ErrNoCityDrafts
// where it is a prefecture.
func UnitOf(code string) (catalog.Unit, error) {
	u, err := templates.Divisions().UnitOf(code)
	if err == nil && u.Kind == catalog.CityUnit {
		err = ErrNoCityDrafts
	}
	return u, err
}

// Department is the department of a county by the name that people say (民政局), or
// the one on its seal (南陵县民政局). The city's list of units gives the id it goes by
// there; until then its name tells it from the county's others.
func Department(county catalog.Unit, name string) catalog.Unit {
	name = strings.Join(strings.Fields(name), "")
	before, short, found := strings.Cut(name, county.Name) // 国家税务总局南陵县税务局
	if !found {
		before, short = "", name
	}
	u := county
	u.Kind = catalog.DepartmentUnit
	u.Parent = county.ID
	u.Name = before + county.Name + short
	u.ID = county.ID + "-" + catalog.UnitID(find.Initials(short))
	return u
}

// FullName is a division's name after those of the places it lies in.
func FullName(d catalog.Division) string { return strings.Join(append(Places(d), d.Name), " ") }

// Places are the names of the places a division lies in, from the province.
func Places(d catalog.Division) []string {
	var names []string
	for _, n := range []int{2, 4, 6} {
		if len(d.Code) > n {
			if up, ok := templates.Divisions().ByCode(d.Code[:n]); ok {
				names = append(names, up.Name)
			}
		}
	}
	return names
}

// SectorName is what a sector is called today, its slug where it is not known.
func SectorName(set *templates.Set, s catalog.Sector) string {
	if info, ok := set.Sector(string(s)); ok {
		return info.Called()
	}
	return string(s)
}

// InOrder puts catalogs into the order of their sectors' numbers.
func InOrder(set *templates.Set, cs []catalog.Catalog) {
	slices.SortStableFunc(cs, func(a, b catalog.Catalog) int {
		return cmp.Compare(number(set, a.Sector), number(set, b.Sector))
	})
}

func number(set *templates.Set, s catalog.Sector) int {
	info, _ := set.Sector(string(s))
	return info.No
}

// TemplateFor is a sector's template as it holds for a unit; nil where there is none.
func TemplateFor(set *templates.Set, s catalog.Sector, u catalog.Unit) *catalog.Template {
	t, ok := set.Template(s)
	if !ok {
		return nil
	}
	applied := t.For(u.Division)
	return &applied
}

// Checker knows what holds for one catalog; guessed tells that its entries were
// matched with the template by their names.
func Checker(set *templates.Set, c *catalog.Catalog, today catalog.Date, guessed bool) *check.Checker {
	return check.New(check.Knowledge{
		Sectors: set.Sectors(), Register: set.Register(), Today: today,
		Templates: func(s catalog.Sector) *catalog.Template { t, _ := set.Template(s); return t },
		Template:  TemplateFor(set, c.Sector, c.Unit), Guessed: guessed,
	})
}

// Tally is how many findings still stand, and how many the unit has answered.
type Tally struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Disputed int `json:"disputed"`
}

// Count counts findings.
func Count(fs []check.Finding) (n Tally) {
	for _, f := range fs {
		switch {
		case f.Disputed != "":
			n.Disputed++
		case f.Severity == check.Error:
			n.Errors++
		case f.Severity == check.Warning:
			n.Warnings++
		}
	}
	return n
}

// Clean counts the entries of a catalog in which nothing is left that stops a
// submission.
func Clean(c *catalog.Catalog, fs []check.Finding) int {
	wrong := map[catalog.EntryID]bool{}
	for _, f := range fs {
		if f.Severity == check.Error && f.Disputed == "" {
			wrong[f.Entry] = true
		}
	}
	n := 0
	for i := range c.Entries {
		if !wrong[c.Entries[i].ID] {
			n++
		}
	}
	return n
}

// EachAtOnce does n pieces of work on all processors and waits for them.
func EachAtOnce(n int, work func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	wg.Wait()
}
