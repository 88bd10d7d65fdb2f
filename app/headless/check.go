package headless

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/templates"
)

func (a *app) checkCommand() *cobra.Command {
	var unitCode *string
	var dir *string
	var fix, dryRun bool
	cmd := a.command("check [FILE]", helpCheck, 0, 1, func(cmd *cobra.Command, args []string) error {
		var cs []catalog.Catalog
		var from source
		var err error
		switch {
		case len(args) == 1 && *dir != "":
			return &usageError{what: fileOrData}
		case fix && *dir == "":
			return &usageError{what: missingFlag, value: "--data"}
		case dryRun && !fix:
			return &usageError{what: missingFlag, value: "--fix"}
		case fix:
			return a.fixDrafts(cmd.Context(), *dir, dryRun)
		case len(args) == 1:
			cs, from, err = a.checkable(cmd.Context(), args[0], *unitCode)
		case *dir != "":
			cs, err = a.stored(cmd.Context(), *dir)
		default:
			return &usageError{what: fileOrData}
		}
		if err != nil {
			return err
		}
		found := a.findings(cs, from)
		if err := cmd.Context().Err(); err != nil {
			return err
		}
		return a.reportFindings(cs, found)
	})
	cmd.ValidArgsFunction = nil // files
	dir = a.dataFlag(cmd, false)
	unitCode = cmd.Flags().String("unit", "", helpUnit.In(a.lang))
	cmd.Flags().BoolVar(&fix, "fix", false, helpFix.In(a.lang))
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, helpDryRun.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// source is what is known of catalogs that were read from a file.
type source struct {
	titles [][]string // for each catalog those of its tables
	rows   map[catalog.EntryID]int
}

// checkable reads a file's catalogs as drafts of a unit.
func (a *app) checkable(ctx context.Context, path, unitCode string) ([]catalog.Catalog, source, error) {
	var unit catalog.Unit
	if unitCode != "" {
		var err error
		if unit, err = unitOf(unitCode); err != nil {
			return nil, source{}, err
		}
	}
	doc, err := a.read(ctx, path)
	if err != nil {
		return nil, source{}, err
	}
	from := source{rows: map[catalog.EntryID]int{}}
	var cs []catalog.Catalog
	for _, t := range mergeTables(doc.Catalogs) {
		c := catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: t.Sector}
		if unit.ID == "" {
			c.Unit.Name = t.Unit
		}
		incoming := make([]catalog.Entry, len(t.Entries))
		for i := range t.Entries {
			incoming[i] = t.Entries[i].Entry
			incoming[i].ID = catalog.EntryID(fmt.Sprintf("%s!%d", t.Sheet, t.Entries[i].Row))
			if _, taken := from.rows[incoming[i].ID]; taken { // by a row of a sheet of the same sector
				incoming[i].ID += catalog.EntryID(fmt.Sprintf("#%d", i+1))
			}
			incoming[i].Sector = t.Sector
			from.rows[incoming[i].ID] = t.Entries[i].Row
		}
		if tmpl := work.TemplateFor(a.set(), t.Sector, unit); tmpl != nil {
			for _, m := range catalog.MatchEntries(nil, tmpl, incoming) {
				incoming[m.Incoming].Template = m.Template
			}
		}
		c.Entries = incoming
		cs = append(cs, c)
		titles := []string{t.Title}
		for _, other := range doc.Catalogs {
			if t.Sector != "" && other.Sector == t.Sector && !slices.Contains(titles, other.Title) {
				titles = append(titles, other.Title)
			}
		}
		from.titles = append(from.titles, titles)
	}
	return cs, from, nil
}

// unitOf is the unit with a division's code.
func unitOf(code string) (catalog.Unit, error) {
	u, err := templates.Divisions().UnitOf(code)
	if err != nil {
		return catalog.Unit{}, &usageError{what: badDivision, value: code}
	}
	return u, nil
}

// findings checks catalogs with everything the program knows; from is zero for
// drafts.
func (a *app) findings(cs []catalog.Catalog, from source) []check.Finding {
	p := a.progress(doingCheck, len(cs))
	defer p.end()
	found := make([][]check.Finding, len(cs))
	work.EachAtOnce(len(cs), func(i int) {
		c := a.checker(&cs[i], from.titles != nil)
		if from.titles != nil {
			for _, title := range from.titles[i] {
				found[i] = append(found[i], c.Title(&cs[i], title)...)
			}
		}
		for _, f := range c.Catalog(&cs[i]) {
			f.Row = from.rows[f.Entry]
			found[i] = append(found[i], f)
		}
		p.step()
	})
	return slices.Concat(found...)
}

// checker knows what holds for one catalog; guessed tells that its entries were
// matched with the template by their names.
func (a *app) checker(c *catalog.Catalog, guessed bool) *check.Checker {
	return work.Checker(a.set(), c, catalog.DateOf(a.Now()), guessed)
}

func (a *app) reportFindings(cs []catalog.Catalog, fs []check.Finding) error {
	n := work.Count(fs)
	if n.Errors > 0 {
		a.code = exitFindings
	}
	if a.json {
		if fs == nil {
			fs = []check.Finding{}
		}
		return a.writeJSON(map[string]any{"findings": fs, "errors": n.Errors, "warnings": n.Warnings})
	}
	for i := range cs {
		a.printFindings(&cs[i], fs)
	}
	a.print(checkTotal, len(cs), entryCount(cs), n.Errors, n.Warnings, n.Disputed)
	return nil
}

func entryCount(cs []catalog.Catalog) int {
	n := 0
	for i := range cs {
		n += len(cs[i].Entries)
	}
	return n
}

// printFindings lists one catalog's findings under the entries they concern.
func (a *app) printFindings(c *catalog.Catalog, all []check.Finding) {
	place := map[catalog.EntryID]int{"": -1}
	for i := range c.Entries {
		place[c.Entries[i].ID] = i
	}
	var fs []check.Finding
	for _, f := range all {
		if _, ok := place[f.Entry]; f.Sector == c.Sector && ok && f.Severity != check.Info {
			fs = append(fs, f)
		}
	}
	if len(fs) == 0 {
		return
	}
	a.print(checkCatalog, cmp.Or(a.sectorName(string(c.Sector)), unknownSector.In(a.lang)), len(c.Entries), len(fs))
	slices.SortStableFunc(fs, func(x, y check.Finding) int { return cmp.Compare(place[x.Entry], place[y.Entry]) })
	last := -2
	for _, f := range fs {
		if at := place[f.Entry]; at != last {
			last = at
			if at >= 0 {
				where := fmt.Sprint(at + 1)
				if f.Row > 0 {
					where = rowWord.In(a.lang, f.Row)
				}
				fmt.Fprintf(a.Stdout, "  %s  %s\n", where, pathLine(c.Entries[at].Path))
			}
		}
		what := words.Severity(f.Severity).In(a.lang)
		if name := words.Field(f.Field).In(a.lang); f.Field != "" {
			what += " " + name
		}
		fmt.Fprintf(a.Stdout, "    %s：%s  [%s]\n", what, words.Finding(f, a.lang), f.Rule)
		if f.Fix != "" {
			a.print(checkFix, indent(short(f.Fix, 120), "      "))
		}
		if f.Disputed != "" {
			a.print(checkDisputed, f.Disputed)
		}
	}
}
