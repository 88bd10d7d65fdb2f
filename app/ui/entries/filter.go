package entries

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"mulutong/app/ui/grid"
	"mulutong/catalog"
)

// filter says which entries are shown. Errors and warnings widen each other;
// everything else narrows.
type filter struct {
	errors, warnings bool
	changed, added   bool
	empty            catalog.Field // that is not filled in
	text             string
}

func (f filter) isZero() bool { return f == filter{} }

// passes reports whether an entry is shown.
func (t *table) passes(f filter, folded string, e *catalog.Entry) bool {
	k := t.known[e.ID]
	if (f.errors || f.warnings) && !(f.errors && k.errors > 0 || f.warnings && k.warns > 0) {
		return false
	}
	if f.changed && k.changed == 0 || f.added && !k.added {
		return false
	}
	if f.empty != "" && k.empty&(1<<slices.Index(fillable, f.empty)) == 0 {
		return false
	}
	return folded == "" || strings.Contains(t.folded(k), folded)
}

// folded is everything an entry says, in the form in which texts are compared.
func (t *table) folded(k *known) string {
	if k.folded == "" {
		var b strings.Builder
		for _, c := range t.columns {
			b.WriteString(fold(c.text(&k.entry)))
			b.WriteByte('\n') // so that nothing is found across two cells
		}
		k.folded = b.String()
	}
	return k.folded
}

func fold(s string) string { return strings.ToLower(catalog.Fold(s)) }

// counts are how many entries each filter alone would show.
type counts struct {
	all, errors, warnings, changed, added int
	missing                               int // template entries that must be there
	empty                                 map[catalog.Field]int
}

var fillable = []catalog.Field{
	catalog.FieldMatter, catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
	catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers, catalog.FieldLink,
}

func (t *table) counts() counts {
	n := counts{all: len(t.catalog.Entries), missing: len(t.missing), empty: map[catalog.Field]int{}}
	for i := range t.catalog.Entries {
		k := t.known[t.catalog.Entries[i].ID]
		if k.errors > 0 {
			n.errors++
		}
		if k.warns > 0 {
			n.warnings++
		}
		if k.changed != 0 {
			n.changed++
		}
		if k.added {
			n.added++
		}
		for j, f := range fillable {
			if k.empty&(1<<j) != 0 {
				n.empty[f]++
			}
		}
	}
	return n
}

// arrange chooses and orders the entries shown. Those of keep are shown whatever
// the filter says, so that nothing goes from under the hands of who edits it.
func (t *table) arrange(f filter, s grid.Sort, keep map[catalog.EntryID]bool) {
	folded := fold(f.text)
	t.shown = t.shown[:0]
	for i := range t.catalog.Entries {
		e := &t.catalog.Entries[i]
		if keep[e.ID] || t.passes(f, folded, e) {
			t.shown = append(t.shown, i)
		}
	}
	c, ok := t.column(s.Column)
	if !ok {
		return
	}
	// By pinyin, and numbers by value, as Excel and people do; empty ones last.
	col := collate.New(language.Chinese, collate.Numeric)
	var buf collate.Buffer
	keys := make([][]byte, len(t.catalog.Entries))
	for _, i := range t.shown {
		if text := c.text(&t.catalog.Entries[i]); text != "" {
			keys[i] = slices.Clone(col.KeyFromString(&buf, text))
			buf.Reset()
		}
	}
	slices.SortStableFunc(t.shown, func(a, b int) int {
		x, y := keys[a], keys[b]
		if x == nil || y == nil {
			switch {
			case x == nil && y == nil:
				return 0
			case x == nil:
				return 1
			}
			return -1
		}
		n := slices.Compare(x, y)
		if s.Desc {
			return -n
		}
		return n
	})
}
