package work

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

var labelImport = words.Text{ZH: "导入 %s", EN: "import %s"}

// ErrStaleImport: drafts have changed since the import was planned.
var ErrStaleImport = words.NewFailure("核对期间草稿有了改动，没有导入。已按现在的草稿重新比对，请再看一遍后确定。",
	"The drafts have changed meanwhile; nothing was imported. The rows were compared again: look them over and confirm.")

// ImportPlan is what importing a file would do, row by row, and what a person
// chose of it. Nothing of it is written before [ImportPlan.Write].
type ImportPlan struct {
	File  *ImportFile
	Parts []ImportPart // a sector each, in the order of the file
}

// ImportPart is what goes into one sector's draft, from one table or several.
type ImportPart struct {
	Sector  catalog.Sector
	Draft   *catalog.Catalog // nil where none takes it
	Barred  ImportBar        // why none does
	Rows    []ImportRow
	Missing []catalog.EntryID // entries of the draft that no row is about; they stay

	tmpl *catalog.Template
}

// ImportBar tells why rows cannot be imported.
type ImportBar string

// Why rows cannot be imported.
const (
	BarSector ImportBar = "sector" // nobody knows of which sector they are
	BarDraft  ImportBar = "draft"  // the unit has no draft of the sector
	BarUnused ImportBar = "unused" // the unit says the sector does not occur
)

// ImportRow is one entry of the file and what becomes of it.
type ImportRow struct {
	catalog.Import
	Table   int // in ImportFile.Tables
	Row     int // the file's own number
	Choice  Choice
	Doubt   ImportDoubt // why a person is asked
	Decided bool        // the choice is a person's
	Left    []catalog.Field

	whole catalog.Import // with the fields left
}

// Choice is what a person wants of a row.
type Choice uint8

// The choices. A row nobody decided about is not imported.
const (
	Undecided Choice = iota
	Accept
	Leave
)

// ImportDoubt tells why a row is not accepted by itself.
type ImportDoubt string

// The doubts.
const (
	DoubtMatch   ImportDoubt = "match"   // what it is about is not sure
	DoubtNear    ImportDoubt = "near"    // it would be new, and an entry is much like it
	DoubtTaken   ImportDoubt = "taken"   // another row has the entry it would be about
	DoubtOmitted ImportDoubt = "omitted" // the unit recorded why it leaves this entry of the template out
	DoubtNoName  ImportDoubt = "no-name" // it has no name
)

// near is how like an entry must be to a row for a person to be asked.
const near = 0.25

// PlanImport says what importing the wanted tables of a file would change in
// drafts; template gives a sector's template, or nil. Matching thousands of rows
// takes long and changes nothing, so it can be given up; step is told how many
// parts of all are done.
func PlanImport(ctx context.Context, drafts []catalog.Catalog, template func(catalog.Sector) *catalog.Template, f *ImportFile, step func(done, total int)) (*ImportPlan, error) {
	p := &ImportPlan{File: f}
	at := map[catalog.Sector]int{}
	for i := range f.Tables {
		t := &f.Tables[i]
		if !t.Wanted {
			continue
		}
		n, ok := at[t.Sector]
		if !ok || t.Sector == "" { // those of no known sector need not be of one
			n = len(p.Parts)
			at[t.Sector] = n
			p.Parts = append(p.Parts, newPart(drafts, template, t.Sector))
		}
		for j := range t.Entries {
			p.Parts[n].Rows = append(p.Parts[n].Rows, ImportRow{Table: i, Row: t.Entries[j].Row, Import: catalog.Import{Said: t.Entries[j].Entry}})
		}
	}
	for i := range p.Parts {
		step(i, len(p.Parts))
		planned := make(chan []ImportRow, 1)
		part := p.Parts[i]
		go func() { planned <- part.match() }()
		select {
		case p.Parts[i].Rows = <-planned:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		p.Parts[i].findMissing()
	}
	step(len(p.Parts), len(p.Parts))
	return p, nil
}

func newPart(drafts []catalog.Catalog, template func(catalog.Sector) *catalog.Template, s catalog.Sector) ImportPart {
	part := ImportPart{Sector: s, Barred: BarDraft}
	i := slices.IndexFunc(drafts, func(c catalog.Catalog) bool { return c.Sector == s })
	switch {
	case s == "":
		part.Barred = BarSector
	case i < 0:
	case drafts[i].NotApplicable != nil:
		part.Barred = BarUnused
	default:
		part.Draft, part.Barred, part.tmpl = &drafts[i], "", template(s)
	}
	return part
}

// match plans the rows of the part.
func (p *ImportPart) match() []ImportRow {
	rows := slices.Clone(p.Rows)
	if p.Draft == nil {
		return rows
	}
	incoming := make([]catalog.Entry, len(rows))
	for i := range rows {
		incoming[i] = rows[i].Said
	}
	for i, im := range catalog.PlanImport(p.Draft, p.tmpl, incoming).Imports {
		r := &rows[i]
		r.Import, r.whole = im, im
		p.judge(r)
	}
	return rows
}

// judge makes the choice that needs nobody.
func (p *ImportPart) judge(r *ImportRow) {
	r.Doubt = p.doubt(r)
	r.Choice = Accept
	if r.Doubt != "" {
		r.Choice = Undecided
	}
}

func (p *ImportPart) doubt(r *ImportRow) ImportDoubt {
	_, omitted := p.Draft.Omitted[r.Result.Template]
	switch {
	case r.Kind == catalog.ImportSame:
		return ""
	case r.Confidence > 0 && r.Confidence < catalog.MatchSure:
		return DoubtMatch
	case r.Kind != catalog.ImportNew:
		return ""
	case strings.TrimSpace(strings.Join(r.Result.Path, "")) == "":
		return DoubtNoName
	case r.Result.Template != "" && omitted:
		return DoubtOmitted
	case r.Nearest.Confidence >= catalog.MatchThreshold:
		return DoubtTaken
	case r.Nearest.Confidence >= near:
		return DoubtNear
	}
	return ""
}

func (p *ImportPart) findMissing() {
	p.Missing = nil
	if p.Draft == nil {
		return
	}
	has := map[catalog.EntryID]bool{}
	for i := range p.Rows {
		has[p.Rows[i].Draft] = true
	}
	for i := range p.Draft.Entries {
		if id := p.Draft.Entries[i].ID; !has[id] {
			p.Missing = append(p.Missing, id)
		}
	}
}

// Tables are the places in ImportFile.Tables of those that the part is made of.
func (p *ImportPart) Tables() []int {
	var out []int
	for i := range p.Rows {
		if t := p.Rows[i].Table; len(out) == 0 || out[len(out)-1] != t {
			out = append(out, t)
		}
	}
	return out
}

// Before is the draft's entry that a row is about.
func (p *ImportPart) Before(row int) (catalog.Entry, bool) {
	if p.Draft == nil || p.Rows[row].Draft == "" {
		return catalog.Entry{}, false
	}
	return p.Draft.Entry(p.Rows[row].Draft)
}

// PathOf is the name of a match: of the draft's entry, or of the template's that
// the draft lacks.
func (p *ImportPart) PathOf(m catalog.Match) []string {
	if p.Draft == nil {
		return nil
	}
	if e, ok := p.Draft.Entry(m.Draft); ok {
		return e.Path
	}
	if p.tmpl != nil && m.Template != "" {
		if i := slices.IndexFunc(p.tmpl.Entries, func(e catalog.TemplateEntry) bool { return e.ID == m.Template }); i >= 0 {
			return p.tmpl.Entries[i].Path
		}
	}
	return nil
}

// Holder is the row that is about a draft's entry, -1 for none.
func (p *ImportPart) Holder(id catalog.EntryID) int {
	return slices.IndexFunc(p.Rows, func(r ImportRow) bool { return id != "" && r.Draft == id })
}

// RowOf is the file's own number of the row that has a match, 0 for none.
func (p *ImportPart) RowOf(m catalog.Match) int {
	for i := range p.Rows {
		if r := &p.Rows[i]; r.Confidence > 0 && r.Draft == m.Draft && r.Result.Template == m.Template {
			return r.Row
		}
	}
	return 0
}

// Takes reports whether a row changes the draft.
func (r *ImportRow) Takes() bool { return r.Choice == Accept && r.Kind != catalog.ImportSame }

// Pending reports whether a row waits for a person's word.
func (r *ImportRow) Pending() bool {
	return r.Choice == Undecided && (r.Kind == catalog.ImportChanged || r.Kind == catalog.ImportNew)
}

// Choose says of a row whether it is imported.
func (p *ImportPart) Choose(row int, c Choice) {
	r := &p.Rows[row]
	if p.Draft == nil {
		return
	}
	r.Choice, r.Decided = c, true
}

// Aim says which entry of the draft a row is about; none: it is a new one. A row
// that was about that entry before asks again.
func (p *ImportPart) Aim(row int, to catalog.EntryID) {
	if p.Draft == nil {
		return
	}
	if other := p.Holder(to); other >= 0 && other != row {
		o := &p.Rows[other]
		template := o.Result.Template
		p.aim(o, "")
		o.Nearest = catalog.Match{Incoming: o.Incoming, Draft: to, Template: template, Confidence: 1, Why: catalog.MatchChosen}
		o.Confidence, o.Why, o.Doubt, o.Choice, o.Decided = 0, "", DoubtTaken, Undecided, false
	}
	r := &p.Rows[row]
	p.aim(r, to)
	r.Choice, r.Decided, r.Doubt = Accept, true, ""
	p.findMissing()
}

func (p *ImportPart) aim(r *ImportRow, to catalog.EntryID) {
	r.Import = r.Import.Onto(p.Draft, p.tmpl, to)
	r.whole, r.Left = r.Import, nil
}

// LeaveField says whether a field of a changed row stays as the draft has it.
func (p *ImportPart) LeaveField(row int, f catalog.Field, left bool) {
	r := &p.Rows[row]
	old, ok := p.Before(row)
	if !ok {
		return
	}
	r.Left = slices.DeleteFunc(slices.Clone(r.Left), func(l catalog.Field) bool { return l == f })
	if left {
		r.Left = append(r.Left, f)
	}
	nearest := r.Nearest
	r.Import = r.whole.Leaving(&old, r.Left...)
	r.Nearest = nearest
}

// Offered are the changes of a row, those of fields that are left included.
func (r *ImportRow) Offered() []catalog.FieldChange { return r.whole.Changes }

// ChooseAll says of every row that match tells of (nil: all) whether it is
// imported, in one part or, below zero, in all of them.
func (p *ImportPlan) ChooseAll(part int, c Choice, match func(*ImportRow) bool) {
	for i := range p.Parts {
		if part >= 0 && part != i {
			continue
		}
		for j := range p.Parts[i].Rows {
			if r := &p.Parts[i].Rows[j]; r.Kind != catalog.ImportSame && (match == nil || match(r)) {
				p.Parts[i].Choose(j, c)
			}
		}
	}
}

// ImportCount counts what a plan does.
type ImportCount struct {
	Rows, Same, Changed, New int // as they were matched
	Unplaced                 int // rows that no draft takes
	Pending                  int // rows that wait for a person's word
	Left                     int // rows that a person left out
	Missing, Problems        int
	TakesChanged, TakesNew   int // what is written
}

// Takes is how many entries are written.
func (c ImportCount) Takes() int { return c.TakesChanged + c.TakesNew }

// Count counts one part, or all below zero.
func (p *ImportPlan) Count(part int) ImportCount {
	var n ImportCount
	for i := range p.Parts {
		if part >= 0 && part != i {
			continue
		}
		pt := &p.Parts[i]
		n.Rows += len(pt.Rows)
		n.Missing += len(pt.Missing)
		if pt.Draft == nil {
			n.Unplaced += len(pt.Rows)
			continue
		}
		for j := range pt.Rows {
			n.add(&pt.Rows[j])
		}
	}
	for i := range p.Parts {
		if part < 0 || part == i {
			for _, t := range p.Parts[i].Tables() {
				n.Problems += len(p.File.Tables[t].Problems)
			}
		}
	}
	return n
}

func (n *ImportCount) add(r *ImportRow) {
	switch r.Kind {
	case catalog.ImportSame:
		n.Same++
		return
	case catalog.ImportChanged:
		n.Changed++
		if r.Takes() {
			n.TakesChanged++
		}
	case catalog.ImportNew:
		n.New++
		if r.Takes() {
			n.TakesNew++
		}
	}
	switch r.Choice {
	case Undecided:
		n.Pending++
	case Leave:
		n.Left++
	}
}

// Keep takes over what a person said of rows in an earlier plan of the same file,
// where it still holds: the entry a row was aimed at is there, and no other row
// has been given it.
func (p *ImportPlan) Keep(old *ImportPlan) {
	type place struct{ sheet, row int }
	said := map[place]*ImportRow{}
	for i := range old.Parts {
		for j := range old.Parts[i].Rows {
			if r := &old.Parts[i].Rows[j]; r.Decided || len(r.Left) > 0 {
				said[place{old.File.Tables[r.Table].Number, r.Row}] = r
			}
		}
	}
	for i := range p.Parts {
		part := &p.Parts[i]
		if part.Draft == nil {
			continue
		}
		for j := range part.Rows {
			was, ok := said[place{p.File.Tables[part.Rows[j].Table].Number, part.Rows[j].Row}]
			if !ok {
				continue
			}
			if _, there := part.Draft.Entry(was.Draft); was.Draft != part.Rows[j].Draft && (there || was.Draft == "") && was.Why == catalog.MatchChosen {
				part.Aim(j, was.Draft)
			}
			for _, f := range was.Left {
				part.LeaveField(j, f, true)
			}
			if was.Decided && was.Draft == part.Rows[j].Draft {
				part.Choose(j, was.Choice)
			}
		}
	}
}

// Sectors are those whose drafts the plan changes.
func (p *ImportPlan) Sectors() []catalog.Sector {
	var out []catalog.Sector
	for i := range p.Parts {
		if p.Count(i).Takes() > 0 {
			out = append(out, p.Parts[i].Sector)
		}
	}
	return out
}

// Label is what the history calls the import.
func (p *ImportPlan) Label(l words.Lang) string { return labelImport.In(l, p.File.Name()) }

// Imported is what an import wrote.
type Imported struct {
	Edit         catalog.Edit
	Changed, New int
	Entries      map[catalog.Sector][]catalog.EntryID // in the order of the file
}

// Write writes what the plan takes, as part of one edit. It fails with
// ErrStaleImport where a draft is no longer what the plan was made for.
func (p *ImportPlan) Write(tx *boltstore.Tx) (Imported, error) {
	done := Imported{Entries: map[catalog.Sector][]catalog.EntryID{}}
	for i := range p.Parts {
		if p.Count(i).Takes() == 0 {
			continue
		}
		part := &p.Parts[i]
		now, err := tx.Catalog(part.Sector)
		if err != nil {
			return done, err
		}
		if now.Revision != part.Draft.Revision {
			return done, fmt.Errorf("import into revision %d of %s: it is at %d: %w", part.Draft.Revision, part.Sector, now.Revision, ErrStaleImport)
		}
		if err := part.write(tx, &done); err != nil {
			return done, err
		}
	}
	return done, nil
}

func (p *ImportPart) write(tx *boltstore.Tx, done *Imported) error {
	var before catalog.EntryID // a new entry follows the one before it in the file
	omitted := maps.Clone(p.Draft.Omitted)
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Draft != "" {
			before = r.Draft
		}
		if !r.Takes() {
			continue
		}
		var err error
		switch r.Kind {
		case catalog.ImportChanged:
			err = tx.PutEntry(r.Result)
			done.Changed++
		case catalog.ImportNew:
			before, err = tx.InsertEntry(r.Result, before)
			r.Result.ID = before
			done.New++
			if _, ok := omitted[r.Result.Template]; ok && err == nil {
				err = tx.SetOmitted(p.Sector, r.Result.Template, nil)
			}
		}
		if err != nil {
			return fmt.Errorf("import row %d into %s: %w", r.Row, p.Sector, err)
		}
		done.Entries[p.Sector] = append(done.Entries[p.Sector], before)
	}
	return nil
}
