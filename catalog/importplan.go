package catalog

import (
	"maps"
	"slices"
)

// ImportKind tells what importing an entry does to a draft.
type ImportKind string

// What importing does.
const (
	ImportSame    ImportKind = "same"    // the draft says the same already
	ImportChanged ImportKind = "changed" // fields of a draft entry change
	ImportNew     ImportKind = "new"     // no draft entry matches; one is added
)

// Import is what becomes of one entry of a stranger's table.
type Import struct {
	Incoming   int // index in the incoming entries
	Kind       ImportKind
	Draft      EntryID // the draft entry it was matched with; empty for ImportNew
	Confidence float64 // of the match, 0 to 1; 0 where nothing matches
	Why        string  // the match's reason: MatchPath and its like
	// Nearest is what comes nearest an entry that matches nothing. Its confidence is
	// below MatchThreshold, 0 where nothing is near, unless another entry of the
	// table has the match.
	Nearest Match
	Changes []FieldChange
	// Kept are fields whose imported value was not taken: the template locks them.
	Kept []Field
	// Result is the entry as the draft would hold it; without ID for ImportNew.
	Result Entry
	// Said is what the table says, 同上 filled in.
	Said Entry
}

// ImportPlan says what an import would do, before anything is written.
type ImportPlan struct {
	Imports []Import  // one for each incoming entry, in order
	Missing []EntryID // draft entries that nothing incoming matches; they stay
}

// PlanImport matches incoming entries with a draft and its template and says
// what importing them would change. A matched entry keeps its identity, its
// place, the names the template gives its matter, and whatever the incoming
// entry leaves unfilled. 同上 stands for what the entry above says. The template may
// be nil.
func PlanImport(draft *Catalog, t *Template, incoming []Entry) ImportPlan {
	plan := ImportPlan{Imports: make([]Import, len(incoming))}
	incoming = resolveDitto(incoming)
	for i := range incoming {
		e := incoming[i].Clone()
		e.ID, e.Sector, e.Template = "", draft.Sector, ""
		plan.Imports[i] = Import{Incoming: i, Kind: ImportNew, Result: e, Said: incoming[i]}
	}
	matched := map[EntryID]bool{}
	found, near := matchEntries(draft.Entries, t, incoming)
	for i := range near {
		plan.Imports[i].Nearest = near[i]
	}
	for _, m := range found {
		im := &plan.Imports[m.Incoming]
		im.Confidence, im.Why, im.Nearest = m.Confidence, m.Why, Match{}
		old, ok := draft.Entry(m.Draft)
		if !ok {
			im.Result.Template = m.Template
			continue
		}
		matched[m.Draft] = true
		im.onto(&old, t)
	}
	for i := range draft.Entries {
		if id := draft.Entries[i].ID; !matched[id] {
			plan.Missing = append(plan.Missing, id)
		}
	}
	return plan
}

// onto makes the import one into a draft's entry.
func (im *Import) onto(old *Entry, t *Template) {
	im.Draft = old.ID
	im.Result, im.Kept = old.take(&im.Said, t)
	im.compare(old)
}

func (im *Import) compare(old *Entry) {
	im.Changes = DiffEntries(old, &im.Result)
	im.Kind = ImportChanged
	if len(im.Changes) == 0 {
		im.Kind = ImportSame
	}
}

// Onto returns the import of the same entry as a person has it: into the draft's
// entry named, or as a new one where that is empty. The template may be nil.
func (im Import) Onto(draft *Catalog, t *Template, to EntryID) Import {
	out := Import{Incoming: im.Incoming, Kind: ImportNew, Confidence: 1, Why: MatchChosen, Said: im.Said}
	if old, ok := draft.Entry(to); ok {
		out.onto(&old, t)
		return out
	}
	out.Result = im.Said.Clone()
	out.Result.ID, out.Result.Sector, out.Result.Template = "", draft.Sector, ""
	return out
}

// Leaving returns the import without some of the fields it changes: those stay as
// old, the draft's entry, has them.
func (im Import) Leaving(old *Entry, fields ...Field) Import {
	if im.Kind == ImportNew || len(fields) == 0 {
		return im
	}
	im.Result = im.Result.Clone()
	for _, f := range fields {
		copyField(&im.Result, old, f)
	}
	im.compare(old)
	return im
}

// resolveDitto returns the entries with 同上 replaced by what the entry above says.
func resolveDitto(entries []Entry) []Entry {
	out := make([]Entry, len(entries))
	for i := range entries {
		out[i] = entries[i].Clone()
		if i == 0 {
			continue
		}
		for _, f := range Fields {
			if f != FieldPath && isDitto(out[i].Text(f)) {
				copyField(&out[i], &out[i-1], f)
			}
		}
	}
	return out
}

// take returns e with what in says, but for fields that in leaves unfilled or that
// the template locks; those locked and different are returned.
func (e *Entry) take(in *Entry, t *Template) (Entry, []Field) {
	out := e.Clone()
	var locked TemplateEntry
	if t != nil && e.Template != "" {
		if i := slices.IndexFunc(t.Entries, func(te TemplateEntry) bool { return te.ID == e.Template }); i >= 0 {
			locked = t.Entries[i]
		}
	}
	var kept []Field
	for _, f := range Fields {
		switch {
		case in.Unfilled(f) || Fold(in.Text(f)) == Fold(e.Text(f)):
			// Brackets and spaces of another form are no change.
		case locked.Locks(f):
			kept = append(kept, f)
		case f == FieldPath && e.Template != "":
		case f == FieldExtra:
			if out.Extra == nil {
				out.Extra = map[string]string{}
			}
			maps.Copy(out.Extra, in.Extra)
		default:
			copyField(&out, in, f)
		}
	}
	return out, kept
}
