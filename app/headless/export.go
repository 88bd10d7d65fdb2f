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

// exportFlags say where catalogs are written to, and how.
type exportFlags struct{ out, format, layout, paper string }

func (a *app) exportFlags(cmd *cobra.Command) *exportFlags {
	f := &exportFlags{}
	cmd.Flags().StringVar(&f.out, "out", "", helpOut.In(a.lang))
	cmd.Flags().StringVar(&f.format, "format", "", helpFormat.In(a.lang))
	cmd.Flags().StringVar(&f.layout, "layout", string(sheet.National), helpLayout.In(a.lang))
	cmd.Flags().StringVar(&f.paper, "paper", string(sheet.A4), helpPaper.In(a.lang))
	a.jsonFlag(cmd)
	completeWith(cmd, "format", "xlsx", "pdf", "csv", "json")
	completeWith(cmd, "layout", string(sheet.National), string(sheet.AnhuiCoded))
	completeWith(cmd, "paper", string(sheet.A4), string(sheet.A3))
	return f
}

// options reads the flags.
func (f *exportFlags) options(a *app) (kind work.Format, o sheet.WriteOptions, err error) {
	if f.out == "" {
		return "", o, &usageError{what: missingFlag, value: "--out"}
	}
	o = sheet.WriteOptions{
		Layout: sheet.Layout(f.layout), Paper: sheet.Paper(strings.ToUpper(f.paper)),
		Date: catalog.DateOf(a.Now()), Sectors: a.set().Sectors(),
	}
	if o.Layout != sheet.National && o.Layout != sheet.AnhuiCoded {
		return "", o, &usageError{what: badFlagValue, value: "--layout " + f.layout}
	}
	if o.Paper != sheet.A4 && o.Paper != sheet.A3 {
		return "", o, &usageError{what: badFlagValue, value: "--paper " + f.paper}
	}
	kind = work.Format(f.format)
	if asked, ok := work.FormatOf(f.out); f.format == "" && ok {
		kind = asked
	}
	kind = cmp.Or(kind, work.XLSX)
	if !slices.Contains(work.Formats(), kind) {
		return "", o, &usageError{what: badFlagValue, value: "--format " + f.format}
	}
	if asked, _ := work.FormatOf(f.out); !work.IsFolder(f.out) && asked != kind {
		return "", o, &usageError{what: badExtension, value: f.out}
	}
	return kind, o, nil
}

// write writes catalogs as the flags say; dir holds drafts that must not be
// overwritten, where there are any.
func (f *exportFlags) write(ctx context.Context, a *app, dir string, cs []catalog.Catalog) error {
	kind, o, err := f.options(a)
	if err != nil {
		return err
	}
	files := []work.ExportFile{{Path: f.out, Catalogs: cs}}
	if work.IsFolder(f.out) {
		files = work.ExportFiles(a.set(), f.out, kind, cs)
	}
	return a.export(ctx, dir, files, func(w io.Writer, cs []catalog.Catalog) error { return kind.Write(w, cs, o) })
}

func (a *app) exportCommand() *cobra.Command {
	var (
		dir   *string
		names *[]string
		f     *exportFlags
	)
	cmd := a.command("export", helpExport, 0, 0, func(cmd *cobra.Command, _ []string) error {
		if _, _, err := f.options(a); err != nil {
			return err
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
		return f.write(cmd.Context(), a, *dir, cs)
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	f = a.exportFlags(cmd)
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
