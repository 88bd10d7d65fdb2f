package headless

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/sheet"
	"mulutong/templates"
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
			Date: catalog.DateOf(a.Now()), Sectors: templates.Embedded().Sectors(),
		}
		if o.Layout != sheet.National && o.Layout != sheet.AnhuiCoded {
			return &usageError{what: badFlagValue, value: "--layout " + layout}
		}
		if o.Paper != sheet.A4 && o.Paper != sheet.A3 {
			return &usageError{what: badFlagValue, value: "--paper " + paper}
		}
		write, ok := writers[format]
		if !ok {
			return &usageError{what: badFlagValue, value: "--format " + format}
		}
		chosen, err := sectors(*names)
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
		return a.export(cmd.Context(), cs, out, format, func(w io.Writer, cs []catalog.Catalog) error { return write(w, cs, o) })
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", helpOut.in(a.lang))
	cmd.Flags().StringVar(&format, "format", "xlsx", helpFormat.in(a.lang))
	cmd.Flags().StringVar(&layout, "layout", string(sheet.National), helpLayout.in(a.lang))
	cmd.Flags().StringVar(&paper, "paper", string(sheet.A4), helpPaper.in(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

var writers = map[string]func(io.Writer, []catalog.Catalog, sheet.WriteOptions) error{
	"xlsx": sheet.WriteXLSX,
	"csv":  sheet.WriteCSV,
	"json": func(w io.Writer, cs []catalog.Catalog, _ sheet.WriteOptions) error { return sheet.WriteJSON(w, cs) },
}

// pick keeps the catalogs of the chosen sectors; none chosen means all.
func pick(cs []catalog.Catalog, chosen []catalog.SectorInfo) ([]catalog.Catalog, error) {
	if len(chosen) == 0 {
		return cs, nil
	}
	var out []catalog.Catalog
	for _, s := range chosen {
		if !containsSector(cs, s.Slug) {
			return nil, &usageError{what: sectorNotHeld, value: s.Name}
		}
		for i := range cs {
			if cs[i].Sector == s.Slug {
				out = append(out, cs[i])
			}
		}
	}
	return out, nil
}

// export writes one file for all catalogs where out names a file, and one for
// each catalog where it names a folder.
func (a *app) export(ctx context.Context, cs []catalog.Catalog, out, format string, write func(io.Writer, []catalog.Catalog) error) error {
	files := map[string][]catalog.Catalog{out: cs}
	order := []string{out}
	if info, err := os.Stat(out); err == nil && info.IsDir() || filepath.Ext(out) == "" {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return &fileError{out, err}
		}
		files, order = map[string][]catalog.Catalog{}, nil
		for _, c := range cs {
			path := filepath.Join(out, c.Unit.Name+sectorName(string(c.Sector))+exportSuffix+"."+format)
			files[path] = []catalog.Catalog{c}
			order = append(order, path)
		}
	}
	p := a.progress(doingExport, len(order))
	defer p.end()
	for _, path := range order {
		if err := ctx.Err(); err != nil {
			return &fileError{path, err}
		}
		err := atomicfile.WriteFile(path, func(w io.Writer) error { return write(w, files[path]) })
		if err != nil {
			return &fileError{path, err}
		}
		p.step()
	}
	if a.json {
		return a.writeJSON(map[string]any{"files": order})
	}
	for _, path := range order {
		a.print(exportDone, path, entryCount(files[path]))
	}
	return nil
}
