package headless

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

func (a *app) readCommand() *cobra.Command {
	cmd := a.command("read FILE", helpRead, 1, 1, func(cmd *cobra.Command, args []string) error {
		doc, err := a.read(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		problems := 0
		for _, t := range doc.Catalogs {
			problems += len(t.Problems)
		}
		if problems > 0 {
			a.code = exitFindings
		}
		if a.json {
			return a.writeJSON(documentJSON(doc, a.lang))
		}
		a.printDocument(doc)
		return nil
	})
	cmd.ValidArgsFunction = nil // files
	a.jsonFlag(cmd)
	return cmd
}

// read reads a stranger's file; a file without any catalog is an error.
func (a *app) read(ctx context.Context, path string) (*sheet.Document, error) {
	p := a.progress(doingRead, 0)
	defer p.end()
	return work.Read(ctx, a.set(), path)
}

type tableJSON struct {
	Sheet    string        `json:"sheet"`
	Title    string        `json:"title"`
	Sector   string        `json:"sector"`
	Unit     string        `json:"unit"`
	Layout   sheet.Layout  `json:"layout"`
	Entries  []sheet.Row   `json:"entries"`
	Problems []problemJSON `json:"problems"`
}

type problemJSON struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Message string `json:"message"`
}

// documentJSON is a document as `mulu read --json` prints it.
func documentJSON(doc *sheet.Document, l words.Lang) any {
	tables := make([]tableJSON, len(doc.Catalogs))
	for i, t := range doc.Catalogs {
		tables[i] = tableJSON{
			Sheet: t.Sheet, Title: t.Title, Sector: string(t.Sector), Unit: t.Unit, Layout: t.Layout,
			Entries: t.Entries, Problems: make([]problemJSON, len(t.Problems)),
		}
		if t.Entries == nil {
			tables[i].Entries = []sheet.Row{}
		}
		for j, p := range t.Problems {
			tables[i].Problems[j] = problemJSON{p.Row, p.Column, words.Problem(p, l)}
		}
	}
	return map[string]any{"file": doc.File, "catalogs": tables}
}

// printProblem says what could not be read, in which column unless it is the row.
func (a *app) printProblem(row int, column, problem string) {
	if column == "" {
		a.print(rowProblem, row, problem)
		return
	}
	a.print(readProblem, row, column, problem)
}

func (a *app) printDocument(doc *sheet.Document) {
	for _, t := range doc.Catalogs {
		a.print(readTable, cmp.Or(t.Sheet, doc.File), orDash(t.Title), orDash(a.sectorName(string(t.Sector))), orDash(t.Unit), len(t.Entries))
		for i := range t.Entries {
			e := &t.Entries[i]
			fmt.Fprintf(a.Stdout, "  %4d  %s\n", e.Row, pathLine(e.Path))
		}
		for _, p := range t.Problems {
			a.printProblem(p.Row, p.Column, words.Problem(p, a.lang))
		}
	}
	for _, s := range doc.Skipped {
		a.say(readSkipped, s.Sheet)
	}
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (a *app) sectorName(slug string) string {
	return work.SectorName(a.set(), catalog.Sector(slug))
}
