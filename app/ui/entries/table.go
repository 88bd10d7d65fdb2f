package entries

import (
	"fmt"
	"slices"
	"strings"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// column is one column of the grid: a level of the path, or another field.
type column struct {
	id    string
	field catalog.Field
	level int // of the path; -1: the whole field
	title string
}

var levelNames = []words.Text{
	{ZH: "一级事项", EN: "Matter"},
	{ZH: "二级事项", EN: "Submatter"},
	{ZH: "三级事项", EN: "Third level"},
	{ZH: "四级事项", EN: "Fourth level"},
}

// columnsOf are the columns a catalog needs: as many levels as its entries have,
// and those fields that only some catalogs use where one of them is filled in.
func columnsOf(c *catalog.Catalog, template *catalog.Template) []column {
	levels, code, extra := 2, false, false
	for i := range c.Entries {
		e := &c.Entries[i]
		levels = max(levels, len(e.Path))
		code = code || e.Code != ""
		extra = extra || len(e.Extra) > 0
	}
	if template != nil {
		for i := range template.Entries {
			levels = max(levels, len(template.Entries[i].Path))
		}
	}
	levels = min(levels, len(levelNames))
	var out []column
	for i := range levels {
		f := catalog.FieldPath
		switch {
		case i == 0:
			f = catalog.FieldMatter
		case i == levels-1:
			f = catalog.FieldSubmatter
		}
		out = append(out, column{id: fmt.Sprintf("level%d", i+1), field: f, level: i, title: kit.Say(levelNames[i])})
	}
	fields := []catalog.Field{
		catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
		catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers, catalog.FieldLink,
	}
	if code {
		fields = append(fields, catalog.FieldCode)
	}
	if extra {
		fields = append(fields, catalog.FieldExtra)
	}
	for _, f := range fields {
		out = append(out, column{id: string(f), field: f, level: -1, title: kit.Say(words.Field(f))})
	}
	return out
}

// text is what the entry says in the column.
func (c column) text(e *catalog.Entry) string {
	if c.level < 0 {
		return e.Text(c.field)
	}
	if c.level < len(e.Path) {
		return e.Path[c.level]
	}
	return ""
}

// set makes the entry say it. The entry must not share its path with another.
func (c column) set(e *catalog.Entry, text string) error {
	if c.level < 0 {
		return e.SetText(c.field, text)
	}
	path := slices.Clone(e.Path)
	for len(path) <= c.level {
		path = append(path, "")
	}
	path[c.level] = strings.Join(strings.Fields(text), " ")
	for len(path) > 0 && path[len(path)-1] == "" {
		path = path[:len(path)-1]
	}
	e.Path = path
	return nil
}

// locks reports whether the template keeps the column as it is.
func (c column) locks(t *catalog.TemplateEntry) bool {
	if t.Locks(c.field) {
		return true
	}
	return c.level >= 0 && (t.Locks(catalog.FieldPath) || c.level == len(t.Path)-1 && t.Locks(catalog.FieldSubmatter))
}

var widths = map[catalog.Field]float32{
	catalog.FieldMatter: 100, catalog.FieldSubmatter: 116, catalog.FieldPath: 110,
	catalog.FieldContent: 196, catalog.FieldBasis: 186, catalog.FieldTimeLimit: 124,
	catalog.FieldPublisher: 116, catalog.FieldChannels: 140, catalog.FieldAudience: 90,
	catalog.FieldMode: 76, catalog.FieldTiers: 84, catalog.FieldLink: 120,
	catalog.FieldCode: 90, catalog.FieldExtra: 150,
}

// known is what is worked out of an entry, and kept while it says the same.
type known struct {
	entry   catalog.Entry
	changed uint32 // columns that differ from the template
	added   bool   // the template has no such entry
	folded  string // all texts, for searching; made when first needed
	empty   uint32 // those of fillable that are not filled in
	errors  int
	warns   int
}

// table is the Model of the grid: the entries that pass the filter, in their order.
type table struct {
	catalog  *catalog.Catalog
	own      bool              // nobody else holds catalog
	made     *catalog.Template // as it holds for the unit
	template map[catalog.TemplateID]*catalog.TemplateEntry
	original map[catalog.TemplateID]*catalog.Entry // of the template, as a draft begins
	columns  []column
	known    map[catalog.EntryID]*known
	found    []check.Finding
	findings map[catalog.EntryID][]check.Finding
	missing  []catalog.TemplateID // that the checks miss
	shown    []int                // places in catalog.Entries
}

// reset begins with another draft.
func (t *table) reset(d Draft) {
	*t = table{
		catalog:  d.Catalog(),
		template: map[catalog.TemplateID]*catalog.TemplateEntry{},
		original: map[catalog.TemplateID]*catalog.Entry{},
		known:    map[catalog.EntryID]*known{},
	}
	t.made = d.Template()
	if tpl := t.made; tpl != nil {
		u := d.Unit()
		for i := range tpl.Entries {
			te := &tpl.Entries[i]
			e := te.Entry(u, tpl.Sector, "")
			t.template[te.ID], t.original[te.ID] = te, &e
		}
	}
	t.columns = columnsOf(t.catalog, t.made)
	t.learn(nil)
}

// lend gives the catalog to someone who reads it elsewhere.
func (t *table) lend() *catalog.Catalog {
	t.own = false
	return t.catalog
}

// fewChanged is up to how many entries are taken over one by one.
const fewChanged = 64

// patch takes over entries whose fields changed, and reports whether it could. The
// draft then need not give all of its catalog out, which costs it a copy of all of
// it at the next key.
func (t *table) patch(d Draft, only []catalog.EntryID) bool {
	if only == nil || len(only) > fewChanged {
		return false
	}
	if !t.own {
		c := *t.catalog
		c.Entries = slices.Clone(c.Entries)
		t.catalog, t.own = &c, true
	}
	for _, id := range only {
		i := slices.IndexFunc(t.catalog.Entries, func(e catalog.Entry) bool { return e.ID == id })
		e, ok := d.Entry(id)
		if i < 0 || !ok {
			return false
		}
		t.catalog.Entries[i] = e
	}
	return true
}

// update takes over the catalog as it is now. only names the entries whose
// fields changed, nil: anything. It reports whether entries came, went or moved.
func (t *table) update(d Draft, only []catalog.EntryID) (rebuilt bool) {
	if !t.patch(d, only) {
		c := d.Catalog()
		if c == t.catalog {
			return false
		}
		rebuilt = !sameOrder(c, t.catalog)
		t.catalog, t.own = c, false
		only = nil
	}
	if columns := columnsOf(t.catalog, t.made); len(columns) != len(t.columns) {
		t.columns = columns
		t.known = map[catalog.EntryID]*known{}
		only = nil
	}
	t.learn(only)
	return rebuilt
}

func sameOrder(a, b *catalog.Catalog) bool {
	if len(a.Entries) != len(b.Entries) {
		return false
	}
	for i := range a.Entries {
		if a.Entries[i].ID != b.Entries[i].ID {
			return false
		}
	}
	return true
}

// learn works out what is new of the entries.
func (t *table) learn(only []catalog.EntryID) {
	for i := range t.catalog.Entries {
		e := &t.catalog.Entries[i]
		if only != nil && !slices.Contains(only, e.ID) {
			continue
		}
		k := t.known[e.ID]
		if k != nil && k.entry.Equal(e) && k.entry.Template == e.Template {
			k.entry = *e
			continue
		}
		k = &known{entry: *e}
		if o := t.original[e.Template]; o != nil {
			for j, col := range t.columns {
				if col.text(e) != col.text(o) {
					k.changed |= 1 << j
				}
			}
		} else {
			k.added = true
		}
		for j, f := range fillable {
			if e.Unfilled(f) {
				k.empty |= 1 << j
			}
		}
		t.count(e.ID, k)
		t.known[e.ID] = k
	}
	if len(t.known) > len(t.catalog.Entries) {
		here := make(map[catalog.EntryID]bool, len(t.catalog.Entries))
		for i := range t.catalog.Entries {
			here[t.catalog.Entries[i].ID] = true
		}
		for id := range t.known {
			if !here[id] {
				delete(t.known, id)
			}
		}
	}
}

// find takes over the findings, and reports whether they are others.
func (t *table) find(fs []check.Finding) bool {
	if len(fs) == len(t.found) && (len(fs) == 0 || &fs[0] == &t.found[0]) {
		return false
	}
	t.found = fs
	t.findings = make(map[catalog.EntryID][]check.Finding, len(t.findings))
	t.missing = nil
	for _, f := range fs {
		switch {
		case f.Entry != "":
			t.findings[f.Entry] = append(t.findings[f.Entry], f)
		case f.Template != "" && weight(f) != grid.Plain:
			t.missing = append(t.missing, f.Template)
		}
	}
	for id, k := range t.known {
		t.count(id, k)
	}
	return true
}

func (t *table) count(id catalog.EntryID, k *known) {
	k.errors, k.warns = 0, 0
	for _, f := range t.findings[id] {
		switch weight(f) {
		case grid.Error:
			k.errors++
		case grid.Warn:
			k.warns++
		}
	}
}

// weight is how a finding is marked: an error that was answered is no longer one.
func weight(f check.Finding) grid.Tone {
	switch {
	case f.Blocks():
		return grid.Error
	case f.Severity == check.Info || f.Disputed != "":
		return grid.Plain
	}
	return grid.Warn
}

// about reports whether a finding is shown in a column of the entry.
func (c column) about(f check.Finding, e *catalog.Entry) bool {
	if c.level < 0 {
		return f.Field == c.field
	}
	last := max(0, len(e.Path)-1)
	switch f.Field {
	case catalog.FieldMatter:
		return c.level == 0
	case catalog.FieldSubmatter:
		return c.level == max(1, last)
	case catalog.FieldPath, "":
		return c.level == last
	}
	return false
}

// Columns, Rows, Head and Cell make the table a grid.Model.
func (t *table) Columns() []grid.Column {
	out := make([]grid.Column, len(t.columns))
	for i, c := range t.columns {
		out[i] = grid.Column{
			ID: c.id, Title: c.title, Width: widths[c.field], Sticky: c.level == 0 || c.level == 1,
			Center: c.field == catalog.FieldMode || c.field == catalog.FieldTiers,
		}
	}
	return out
}

// Rows counts the entries shown.
func (t *table) Rows() int { return len(t.shown) }

// Head is the entry's number in the catalog.
func (t *table) Head(row int) grid.Cell {
	return grid.Cell{Text: fmt.Sprint(t.shown[row] + 1), Tone: grid.Muted}
}

// Cell is what an entry says in a column, with its marks.
func (t *table) Cell(row, index int) grid.Cell {
	e := t.entry(row)
	c := t.columns[index]
	cell := grid.Cell{Text: c.text(e)}
	if k := t.known[e.ID]; k != nil {
		cell.Changed = k.changed&(1<<index) != 0
	}
	if te := t.template[e.Template]; te != nil {
		cell.Locked = c.locks(te)
	}
	for _, f := range t.findings[e.ID] {
		if c.about(f, e) {
			cell.Tone = max(cell.Tone, weight(f))
		}
	}
	return cell
}

// entry is the entry in a row.
func (t *table) entry(row int) *catalog.Entry { return &t.catalog.Entries[t.shown[row]] }

// row is where an entry is shown; -1 where it is not.
func (t *table) row(id catalog.EntryID) int {
	return slices.IndexFunc(t.shown, func(i int) bool { return t.catalog.Entries[i].ID == id })
}

// column finds a column by its id.
func (t *table) column(id string) (column, bool) {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.id == id })
	if i < 0 {
		return column{}, false
	}
	return t.columns[i], true
}

// columnOf is the column that shows a field of an entry.
func (t *table) columnOf(f catalog.Field, e *catalog.Entry) (column, bool) {
	for _, c := range t.columns {
		if c.about(check.Finding{Field: f}, e) {
			return c, true
		}
	}
	return column{}, false
}

// named is how an entry is called in lists: its levels.
func named(e *catalog.Entry) string {
	if len(e.Path) == 0 {
		return kit.Say(sayUnnamed)
	}
	return strings.Join(e.Path, " / ")
}

var sayUnnamed = words.Text{ZH: "（没有名称）", EN: "(no name)"}
