package check

import (
	"slices"
	"strings"
	"sync"

	"mulutong/catalog"
)

// target is what a unit's catalog of a sector should look like: its template,
// filled in for the unit.
type target struct {
	wants  []want // of the unit's tier first, in template order
	own    int    // how many of wants are of the unit's tier
	byID   map[catalog.TemplateID]*want
	byPath map[string]*want

	listed sync.Once
	items  []map[string]bool // see itemsOf
}

// want is a template entry as a unit would start with it.
type want struct {
	from  catalog.TemplateEntry
	entry catalog.Entry
}

// itemsOf returns what the contents of wants list, by their place among them.
func (t *target) itemsOf() []map[string]bool {
	t.listed.Do(func() {
		for i := range t.wants {
			t.items = append(t.items, items(t.wants[i].entry.Content))
		}
	})
	return t.items
}

type targetKey struct {
	sector catalog.Sector
	unit   catalog.Unit
}

// targetOf returns the catalog's target, made once for a unit and sector.
func (c *Checker) targetOf(cat *catalog.Catalog) *target {
	k := targetKey{cat.Sector, cat.Unit}
	return c.targets.get(k, func() *target { return newTarget(c.template(cat.Sector), cat) })
}

func (c *Checker) template(s catalog.Sector) *catalog.Template {
	if t := c.know.Template; t != nil && t.Sector == s {
		return t
	}
	if c.know.Templates == nil {
		return nil
	}
	return c.know.Templates(s)
}

func newTarget(t *catalog.Template, cat *catalog.Catalog) *target {
	out := &target{byID: map[catalog.TemplateID]*want{}, byPath: map[string]*want{}}
	if t == nil {
		return out
	}
	local := t.For(cat.Unit.Division)
	tier := cat.Unit.Tier()
	for _, own := range []bool{true, false} {
		for _, te := range local.Entries {
			if te.Tiers.Has(tier) == own {
				out.wants = append(out.wants, want{from: te, entry: filled(te, cat.Unit, cat.Sector)})
			}
		}
		if own {
			out.own = len(out.wants)
		}
	}
	for i := range out.wants {
		w := &out.wants[i]
		out.byID[w.from.ID] = w
		if key := pathKey(w.from.Path); out.byPath[key] == nil {
			out.byPath[key] = w
		}
	}
	return out
}

// filled is the template entry as the unit would start with it. What names a
// place that is not known of the unit is left open.
func filled(te catalog.TemplateEntry, u catalog.Unit, s catalog.Sector) catalog.Entry {
	e := te.Entry(u, s, "")
	for _, word := range catalog.Placeholders {
		if u.Meant(word) != "" {
			continue
		}
		if strings.Contains(te.Content, word) {
			e.Content = ""
		}
		if strings.Contains(te.Publishers[u.Tier()], word) {
			e.Publisher = ""
		}
	}
	return e
}

// find returns what the template has in an entry's place: by the id it came
// from, or else by the key of its path.
func (t *target) find(id catalog.TemplateID, path string) *want {
	if w := t.byID[id]; w != nil {
		return w
	}
	return t.byPath[path]
}

// locks reports whether the unit may not change the field. The lock on a path
// holds for its levels.
func (w *want) locks(f catalog.Field) bool {
	if w.from.Locks(f) {
		return true
	}
	return (f == catalog.FieldMatter || f == catalog.FieldSubmatter) && w.from.Locks(catalog.FieldPath) ||
		f == catalog.FieldPath && (w.from.Locks(catalog.FieldMatter) || w.from.Locks(catalog.FieldSubmatter))
}

// pathKey is the form in which paths are compared.
func pathKey(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return catalog.Fold(strings.Join(path, "|"))
}

// same reports whether two entries say the same in a field, as far as a reader
// would notice: bracket and space variants do not count.
func same(f catalog.Field, a, b *catalog.Entry) bool {
	switch f {
	case catalog.FieldChannels:
		return a.Channels.Set == b.Channels.Set && sameTexts(a.Channels.Others, b.Channels.Others)
	case catalog.FieldAudience:
		return a.Audience.Everyone == b.Audience.Everyone && a.Audience.Unnamed == b.Audience.Unnamed &&
			sameText(a.Audience.Groups, b.Audience.Groups)
	case catalog.FieldMode:
		return a.Mode == b.Mode
	case catalog.FieldTiers:
		return a.Tiers == b.Tiers
	case catalog.FieldPath:
		return sameTexts(a.Path, b.Path)
	}
	return sameText(a.Text(f), b.Text(f))
}

func sameText(a, b string) bool { return a == b || catalog.Fold(a) == catalog.Fold(b) }

func sameTexts(a, b []string) bool { return slices.EqualFunc(a, b, sameText) }
