package headless

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

func (a *app) exportCommand() *cobra.Command {
	var (
		dir                        *string
		names                      *[]string
		out, format, layout, paper string
	)
	cmd := a.command("export", helpExport, 0, 0, func(cmd *cobra.Command, _ []string) error {
		if out == "" {
			return &usageError{what: missingFlag, value: "--out"}
		}
		o := sheet.WriteOptions{
			Layout: sheet.Layout(layout), Paper: sheet.Paper(strings.ToUpper(paper)),
			Date: catalog.DateOf(a.Now()), Sectors: a.set().Sectors(),
		}
		if o.Layout != sheet.National && o.Layout != sheet.AnhuiCoded {
			return &usageError{what: badFlagValue, value: "--layout " + layout}
		}
		if o.Paper != sheet.A4 && o.Paper != sheet.A3 {
			return &usageError{what: badFlagValue, value: "--paper " + paper}
		}
		kind := work.Format(format)
		if asked, ok := work.FormatOf(out); format == "" && ok {
			kind = asked
		}
		kind = cmp.Or(kind, work.XLSX)
		if !slices.Contains(work.Formats(), kind) {
			return &usageError{what: badFlagValue, value: "--format " + format}
		}
		folder := work.IsFolder(out)
		if asked, _ := work.FormatOf(out); !folder && asked != kind {
			return &usageError{what: badExtension, value: out}
		}
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		cs, err := a.stored(cmd.Context(), *dir)
		if err != nil {
			return err
		}
		if cs, err = pick(cs, chosen); err != nil {
			return err
		}
		files := []work.ExportFile{{Path: out, Catalogs: cs}}
		if folder {
			files = work.ExportFiles(a.set(), out, kind, cs)
		}
		return a.export(cmd.Context(), *dir, files, func(w io.Writer, cs []catalog.Catalog) error { return kind.Write(w, cs, o) })
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", helpOut.In(a.lang))
	cmd.Flags().StringVar(&format, "format", "", helpFormat.In(a.lang))
	cmd.Flags().StringVar(&layout, "layout", string(sheet.National), helpLayout.In(a.lang))
	cmd.Flags().StringVar(&paper, "paper", string(sheet.A4), helpPaper.In(a.lang))
	a.jsonFlag(cmd)
	completeWith(cmd, "format", "xlsx", "pdf", "csv", "json")
	completeWith(cmd, "layout", string(sheet.National), string(sheet.AnhuiCoded))
	completeWith(cmd, "paper", string(sheet.A4), string(sheet.A3))
	return cmd
}

// pick keeps the catalogs of the chosen sectors; none chosen means all.
func pick(cs []catalog.Catalog, chosen []catalog.SectorInfo) ([]catalog.Catalog, error) {
	if len(chosen) == 0 {
		return cs, nil
	}
	var out []catalog.Catalog
	for _, s := range chosen {
		i := slices.IndexFunc(cs, func(c catalog.Catalog) bool { return c.Sector == s.Slug })
		if i < 0 {
			return nil, &usageError{what: sectorNotHeld, value: s.Name}
		}
		out = append(out, cs[i])
	}
	return out, nil
}

// export writes files, each whole or not at all. What was written before an
// error stays.
func (a *app) export(ctx context.Context, dir string, files []work.ExportFile, write func(io.Writer, []catalog.Catalog) error) error {
	p := a.progress(doingExport, len(files))
	defer p.end()
	if err := work.Export(ctx, dir, files, write, p.at); err != nil {
		return err
	}
	p.end()
	if a.json {
		paths := []string{}
		for _, f := range files {
			paths = append(paths, f.Path)
		}
		return a.writeJSON(map[string]any{"files": paths})
	}
	for _, f := range files {
		done := exportDone
		if f.Replaced {
			done = exportAgain
		}
		a.print(done, f.Path, f.Entries())
	}
	return nil
}
