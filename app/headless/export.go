package headless

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
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
		ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
		if _, ok := writers[ext]; format == "" && ok {
			format = ext
		}
		format = cmp.Or(format, "xlsx")
		write, ok := writers[format]
		if !ok {
			return &usageError{what: badFlagValue, value: "--format " + format}
		}
		folder := isFolder(out)
		if !folder && ext != format {
			return &usageError{what: badExtension, value: out}
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
		files := []outFile{{out, cs}}
		if folder {
			files = nil
			for _, c := range cs {
				path := filepath.Join(out, c.Unit.Name+sectorName(string(c.Sector))+exportSuffix+"."+format)
				files = append(files, outFile{path, []catalog.Catalog{c}})
			}
		}
		for _, f := range files {
			if ownData(*dir, f.path) {
				return &words.FileError{Path: f.path, Err: errOwnData}
			}
		}
		return a.export(cmd.Context(), files, func(w io.Writer, cs []catalog.Catalog) error { return write(w, cs, o) })
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", helpOut.In(a.lang))
	cmd.Flags().StringVar(&format, "format", "", helpFormat.In(a.lang))
	cmd.Flags().StringVar(&layout, "layout", string(sheet.National), helpLayout.In(a.lang))
	cmd.Flags().StringVar(&paper, "paper", string(sheet.A4), helpPaper.In(a.lang))
	a.jsonFlag(cmd)
	completeWith(cmd, "format", "xlsx", "csv", "json")
	completeWith(cmd, "layout", string(sheet.National), string(sheet.AnhuiCoded))
	completeWith(cmd, "paper", string(sheet.A4), string(sheet.A3))
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

// outFile is a file to write and the catalogs in it.
type outFile struct {
	path     string
	catalogs []catalog.Catalog
}

// isFolder tells whether out names a folder, which gets a file for each sector.
func isFolder(out string) bool {
	info, err := os.Stat(out)
	return err == nil && info.IsDir() || err != nil && filepath.Ext(out) == ""
}

// ownData tells whether path is one of the files in which the drafts of dir are,
// under whatever name.
func ownData(dir, path string) bool {
	at, err := os.Stat(path)
	if err != nil {
		return false
	}
	own, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, f := range own {
		if f.Name() != "store.json" && !strings.HasPrefix(f.Name(), "drafts.db") {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, f.Name())); err == nil && os.SameFile(at, info) {
			return true
		}
	}
	return false
}

// export writes files, each whole or not at all. What was written before an
// error stays.
func (a *app) export(ctx context.Context, files []outFile, write func(io.Writer, []catalog.Catalog) error) error {
	p := a.progress(doingExport, len(files))
	defer p.end()
	var lines []string
	paths := []string{}
	for i, f := range files {
		done := exportDone
		if _, err := os.Stat(f.path); err == nil {
			done = exportAgain
		}
		err := inFolder(filepath.Dir(f.path), func() error {
			if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
				return err
			}
			return atomicfile.WriteFile(f.path, func(w io.Writer) error { return write(interruptible{ctx, w}, f.catalogs) })
		})
		switch {
		case errors.Is(err, context.Canceled) && i > 0:
			return errPartly
		case err != nil:
			return &words.FileError{Path: f.path, Err: err}
		}
		lines = append(lines, done.In(a.lang, f.path, entryCount(f.catalogs)))
		paths = append(paths, f.path)
		p.step()
	}
	p.end()
	if a.json {
		return a.writeJSON(map[string]any{"files": paths})
	}
	for _, line := range lines {
		fmt.Fprintln(a.Stdout, line)
	}
	return nil
}

// interruptible is a writer that fails once the context is done.
type interruptible struct {
	ctx context.Context
	w   io.Writer
}

func (w interruptible) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(b)
}
