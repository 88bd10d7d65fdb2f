package headless

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
)

func (a *app) importCommand() *cobra.Command {
	var (
		dir    *string
		names  *[]string
		dryRun bool
	)
	cmd := a.command("import FILE", helpImport, 1, 1, func(cmd *cobra.Command, args []string) error {
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		doc, err := a.read(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		for i := range doc.Catalogs { // a table of a file without sheets goes by the file's name
			doc.Catalogs[i].Sheet = cmp.Or(doc.Catalogs[i].Sheet, doc.File)
		}
		return a.withDrafts(*dir, dryRun, func(s *boltstore.Store) error {
			tables, left := choose(doc.Catalogs, chosen)
			if len(tables) == 0 {
				return &words.FileError{Path: args[0], Err: errOtherSectors}
			}
			plan, err := a.planImport(cmd.Context(), s, args[0], doc, tables)
			if err != nil {
				return err
			}
			if !dryRun {
				_, err := s.Edit(cmd.Context(), boltstore.EditInfo{By: a.User, Label: plan.Label(a.lang)}, func(tx *boltstore.Tx) error {
					_, err := plan.Write(tx)
					return err
				})
				if err != nil {
					return err
				}
			}
			return a.reportImport(plan, left, dryRun)
		})
	})
	cmd.ValidArgsFunction = nil // files
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().Lookup("sector").Usage = helpImportSector.In(a.lang)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, helpDryRun.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// planImport says what importing the tables changes; all of it is taken, since
// nobody is there to ask.
func (a *app) planImport(ctx context.Context, s *boltstore.Store, path string, doc *sheet.Document, tables []sheet.Table) (*work.ImportPlan, error) {
	drafts, err := s.Catalogs(ctx)
	if err != nil {
		return nil, err
	}
	of := *doc
	of.Catalogs = tables
	f := work.NewImportFile(path, s.Unit(), &of)
	for i := range f.Tables {
		f.Want(i, true)
	}
	tmpl := func(sector catalog.Sector) *catalog.Template {
		return work.TemplateFor(a.set(), sector, s.Unit())
	}
	p := a.progress(doingMatch, len(mergeTables(tables)))
	defer p.end()
	plan, err := work.PlanImport(ctx, drafts, tmpl, f, func(done, _ int) {
		if done > 0 {
			p.step()
		}
	})
	if err != nil {
		return nil, err
	}
	plan.ChooseAll(-1, work.Accept, nil)
	return plan, nil
}

// choose takes the tables of the sectors chosen, none meaning all, and returns
// those left out beside them. Where one sector is chosen and no table is known to
// be of it, it is what the user says of the tables whose sector is not known, or
// of a file's only table.
func choose(tables []sheet.Table, chosen []catalog.SectorInfo) (in, out []sheet.Table) {
	if len(chosen) == 0 {
		return tables, nil
	}
	split := func(takes func(sheet.Table) bool) (in, out []sheet.Table) {
		for _, t := range tables {
			if takes(t) {
				in = append(in, t)
			} else {
				out = append(out, t)
			}
		}
		return in, out
	}
	in, out = split(func(t sheet.Table) bool {
		return slices.ContainsFunc(chosen, func(s catalog.SectorInfo) bool { return s.Slug == t.Sector })
	})
	if len(in) > 0 || len(chosen) > 1 {
		return in, out
	}
	in, out = split(func(t sheet.Table) bool { return t.Sector == "" || len(tables) == 1 })
	for i := range in {
		in[i].Sector = chosen[0].Slug
	}
	return in, out
}

// mergeTables joins the tables of one sector, so that each draft entry is matched
// once.
func mergeTables(tables []sheet.Table) []sheet.Table {
	var out []sheet.Table
	at := map[catalog.Sector]int{}
	for _, t := range tables {
		if i, ok := at[t.Sector]; ok && t.Sector != "" {
			if out[i].Sheet != t.Sheet {
				out[i].Sheet += "、" + t.Sheet
			}
			out[i].Entries = append(out[i].Entries, t.Entries...)
			out[i].Problems = append(out[i].Problems, t.Problems...)
			continue
		}
		at[t.Sector] = len(out)
		out = append(out, t)
	}
	return out
}

type importJSON struct {
	Sheet    string         `json:"sheet"`
	Sector   catalog.Sector `json:"sector"`
	Placed   bool           `json:"placed"`
	Same     int            `json:"same"`
	Changed  int            `json:"changed"`
	New      int            `json:"new"`
	Rows     []importRow    `json:"rows"`
	Missing  []missingEntry `json:"missing"`
	Problems []problemJSON  `json:"problems"`
}

type importRow struct {
	Row        int                   `json:"row"`
	Path       []string              `json:"path"`
	Kind       catalog.ImportKind    `json:"kind,omitempty"`
	Entry      catalog.EntryID       `json:"entry,omitempty"`
	Template   catalog.TemplateID    `json:"template,omitempty"`
	Matched    []string              `json:"matched,omitempty"` // the name in the draft, or in the template
	Confidence float64               `json:"confidence"`
	Why        string                `json:"why,omitempty"`
	Changes    []catalog.FieldChange `json:"changes,omitempty"`
	Kept       []catalog.Field       `json:"kept,omitempty"`
	Nearest    *nearestEntry         `json:"nearest,omitempty"`
}

// nearestEntry is what comes nearest a row that nothing matches.
type nearestEntry struct {
	Entry      catalog.EntryID    `json:"entry,omitempty"`
	Template   catalog.TemplateID `json:"template,omitempty"`
	Path       []string           `json:"path"`
	Confidence float64            `json:"confidence"`
	Row        int                `json:"row,omitempty"` // of the table, that has it already
}

// nearEnough is the confidence below which the nearest entry is no help.
const nearEnough = 0.1

type missingEntry struct {
	Entry catalog.EntryID `json:"entry"`
	Path  []string        `json:"path"`
}

// importResult is what an import does, sector by sector.
func (a *app) importResult(plan *work.ImportPlan) []importJSON {
	out := make([]importJSON, len(plan.Parts))
	for i := range plan.Parts {
		p, n := &plan.Parts[i], plan.Count(i)
		r := importJSON{
			Sector: p.Sector, Placed: p.Draft != nil, Same: n.Same, Changed: n.Changed, New: n.New,
			Rows: []importRow{}, Missing: []missingEntry{}, Problems: []problemJSON{},
		}
		var sheets []string
		for _, t := range p.Tables() {
			table := &plan.File.Tables[t]
			if !slices.Contains(sheets, table.Sheet) {
				sheets = append(sheets, table.Sheet)
			}
			for _, pr := range table.Problems {
				r.Problems = append(r.Problems, problemJSON{pr.Row, pr.Column, words.Problem(pr, a.lang)})
			}
		}
		r.Sheet = strings.Join(sheets, "、")
		for j := range p.Rows {
			r.Rows = append(r.Rows, rowJSON(p, &p.Rows[j]))
		}
		for _, id := range p.Missing {
			e, _ := p.Draft.Entry(id)
			r.Missing = append(r.Missing, missingEntry{id, e.Path})
		}
		out[i] = r
	}
	return out
}

func rowJSON(p *work.ImportPart, im *work.ImportRow) importRow {
	row := importRow{Row: im.Row, Path: im.Said.Path}
	if p.Draft == nil {
		return row
	}
	row.Kind, row.Entry, row.Template = im.Kind, im.Result.ID, im.Result.Template
	row.Confidence, row.Why, row.Changes, row.Kept = im.Confidence, im.Why, im.Changes, im.Kept
	if im.Confidence > 0 {
		row.Matched = p.PathOf(catalog.Match{Draft: im.Draft, Template: im.Result.Template})
	}
	if n := im.Nearest; n.Confidence >= nearEnough {
		row.Nearest = &nearestEntry{n.Draft, n.Template, p.PathOf(n), n.Confidence, 0}
		if n.Confidence >= catalog.MatchThreshold {
			row.Nearest.Row = p.RowOf(n)
		}
	}
	return row
}

func (a *app) reportImport(plan *work.ImportPlan, left []sheet.Table, dryRun bool) error {
	results := a.importResult(plan)
	taken, changed := 0, 0
	for _, r := range results {
		changed += r.Changed + r.New
		taken += r.Same + r.Changed + r.New
		if !r.Placed || len(r.Problems) > 0 {
			a.code = exitFindings
		}
	}
	if a.json {
		return a.writeJSON(map[string]any{"dryRun": dryRun, "tables": results})
	}
	for i, r := range results {
		a.printImport(r, plan.Parts[i].Barred, dryRun)
	}
	for _, t := range left {
		a.print(importOther, t.Sheet, orDash(a.sectorName(string(t.Sector))))
	}
	switch {
	case taken == 0:
		a.print(importNothing)
	case changed == 0:
		a.print(importSame)
	case dryRun:
		a.print(importDry)
	default:
		a.print(importDone)
	}
	return nil
}

func (a *app) printImport(r importJSON, barred work.ImportBar, dryRun bool) {
	if !r.Placed {
		switch {
		case r.Sector == "":
			a.print(importNoSector, r.Sheet, len(r.Rows))
		case barred == work.BarUnused:
			a.print(importUnused, r.Sheet, a.sectorName(string(r.Sector)), len(r.Rows))
		default:
			a.print(importNoDraft, r.Sheet, a.sectorName(string(r.Sector)), len(r.Rows))
		}
		return
	}
	a.print(importTable, r.Sheet, a.sectorName(string(r.Sector)), len(r.Rows), r.Changed, r.Same, r.New)
	unsure, renamed := 0, false
	for _, row := range r.Rows {
		if row.Confidence > 0 && row.Confidence < catalog.MatchSure {
			unsure++
		}
		renamed = a.printImportRow(row, dryRun) || renamed
	}
	if renamed {
		a.print(importRenamed)
	}
	if unsure > 0 {
		a.print(importUnsure, unsure)
	}
	if len(r.Missing) > 0 {
		a.print(importMissing, len(r.Missing))
	}
	for _, m := range r.Missing {
		a.print(importMissingLine, pathLine(m.Path))
	}
	for _, pr := range r.Problems {
		a.printProblem(pr.Row, pr.Column, pr.Message)
	}
}

// printImportRow tells what becomes of a row, and what a preview can show of it
// besides. It reports whether the draft keeps another name than the row has.
func (a *app) printImportRow(row importRow, dryRun bool) (renamed bool) {
	name := pathLine(row.Path)
	if len(row.Matched) > 0 && pathLine(row.Matched) != name {
		name += " → " + pathLine(row.Matched)
		renamed = row.Kind != catalog.ImportNew
	}
	if row.Kind == catalog.ImportNew && row.Template != "" {
		name += importFromTemplate.In(a.lang)
	}
	var fields []string
	for _, c := range row.Changes {
		fields = append(fields, c.Field.Name())
	}
	changed := ""
	if len(fields) > 0 && !dryRun {
		changed = importFields.In(a.lang, strings.Join(fields, "、"))
	}
	a.print(importRowLine, row.Row, words.Import(row.Kind).In(a.lang), name, a.confidence(row), changed)
	if dryRun {
		for _, c := range row.Changes {
			before, after := difference(c.Before, c.After, 28)
			a.print(importChange, c.Field.Name(), cmp.Or(before, importEmpty.In(a.lang)), cmp.Or(after, importEmpty.In(a.lang)))
		}
	}
	if n := row.Nearest; n != nil && n.Row > 0 {
		a.print(importTaken, n.Row, pathLine(n.Path))
	} else if n != nil {
		a.print(importNearest, pathLine(n.Path), 100*n.Confidence)
	}
	var kept []string
	for _, f := range row.Kept {
		if f != catalog.FieldPath { // the arrow shows it
			kept = append(kept, f.Name())
		}
	}
	if len(kept) > 0 {
		a.print(importKept, strings.Join(kept, "、"))
	}
	return renamed
}

// difference shortens two texts to where they begin to differ.
func difference(a, b string, chars int) (string, string) {
	ra, rb := []rune(strings.Join(strings.Fields(a), " ")), []rune(strings.Join(strings.Fields(b), " "))
	same := 0
	for same < len(ra) && same < len(rb) && ra[same] == rb[same] {
		same++
	}
	cut := func(rs []rune) string {
		if len(rs) <= chars || same < chars/2 {
			return short(string(rs), chars)
		}
		return "…" + short(string(rs[min(same-chars/4, len(rs)):]), chars)
	}
	return cut(ra), cut(rb)
}

// confidence says how sure a match is, why, and where a person should look.
func (a *app) confidence(r importRow) string {
	if r.Confidence == 0 {
		return ""
	}
	why := words.Match(r.Why).In(a.lang)
	if r.Confidence < catalog.MatchSure {
		why = matchUnsure.In(a.lang, why)
	}
	return matchLine.In(a.lang, 100*r.Confidence, why)
}
