package work

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/paper"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// Format is a kind of file that catalogs are exported to, by its extension.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
	JSON Format = "json"
	PDF  Format = "pdf" // to be printed
)

var writers = map[Format]func(io.Writer, []catalog.Catalog, sheet.WriteOptions) error{
	XLSX: sheet.WriteXLSX,
	CSV:  sheet.WriteCSV,
	JSON: func(w io.Writer, cs []catalog.Catalog, _ sheet.WriteOptions) error { return sheet.WriteJSON(w, cs) },
	PDF: func(w io.Writer, cs []catalog.Catalog, o sheet.WriteOptions) error {
		return paper.Write(w, cs, fonts(), o)
	},
}

// Formats are the formats that Write knows.
func Formats() []Format { return slices.Sorted(maps.Keys(writers)) }

// FormatOf is the format that a file's name asks for.
func FormatOf(path string) (Format, bool) {
	f := Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."))
	_, ok := writers[f]
	return f, ok
}

// Write writes catalogs in a format.
func (f Format) Write(w io.Writer, cs []catalog.Catalog, o sheet.WriteOptions) error {
	write, ok := writers[f]
	if !ok {
		return errors.New("no format " + string(f))
	}
	return write(w, cs, o)
}

const exportSuffix = "领域基层政务公开标准目录"

// ExportFile is a file to write and the catalogs in it.
type ExportFile struct {
	Path     string
	Catalogs []catalog.Catalog
	Replaced bool // by Export: there was one
}

// Entries is how many entries the file gets.
func (f *ExportFile) Entries() int {
	n := 0
	for i := range f.Catalogs {
		n += len(f.Catalogs[i].Entries)
	}
	return n
}

// ExportFiles are the files that catalogs go to: each sector its own in a folder,
// named after unit and sector.
func ExportFiles(set *templates.Set, folder string, f Format, cs []catalog.Catalog) []ExportFile {
	var files []ExportFile
	for _, c := range cs {
		name := fileName(c.Unit.Name+SectorName(set, c.Sector)+exportSuffix) + "." + string(f)
		files = append(files, ExportFile{Path: filepath.Join(folder, name), Catalogs: []catalog.Catalog{c}})
	}
	return files
}

// fileName takes out of a name what Windows allows in none.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
}

// IsFolder tells whether an export to out goes to a folder, which gets a file for
// each sector.
func IsFolder(out string) bool {
	info, err := os.Stat(out)
	return err == nil && info.IsDir() || err != nil && filepath.Ext(out) == ""
}

// OwnData tells whether path is one of the files in which the drafts of dir are,
// under whatever name.
func OwnData(dir, path string) bool {
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

// Export writes files, each whole or not at all, and never over the drafts in the
// folder data; write puts catalogs into one. What was written before an error or
// before the context was done stays (ErrPartly). step is told how many are done.
// Files say whether they replaced one.
func Export(ctx context.Context, data string, files []ExportFile, write func(io.Writer, []catalog.Catalog) error, step func(done, total int)) error {
	for i := range files {
		if data != "" && OwnData(data, files[i].Path) {
			return words.About(files[i].Path, ErrOwnData)
		}
	}
	for i := range files {
		f := &files[i]
		step(i, len(files))
		if _, err := os.Stat(f.Path); err == nil {
			f.Replaced = true
		}
		err := InFolder(filepath.Dir(f.Path), func() error {
			if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
				return err
			}
			return atomicfile.WriteFile(f.Path, func(w io.Writer) error { return write(interruptible{ctx, w}, f.Catalogs) })
		})
		switch {
		case errors.Is(err, context.Canceled) && i > 0:
			return ErrPartly
		case err != nil:
			return &words.FileError{Path: f.Path, Err: err}
		}
	}
	step(len(files), len(files))
	return nil
}

// WriteOptions are what an export is written with: the national layout on A4 where
// nothing else is said.
func WriteOptions(set *templates.Set, layout sheet.Layout, paper sheet.Paper, today catalog.Date) sheet.WriteOptions {
	return sheet.WriteOptions{
		Layout: cmp.Or(layout, sheet.National), Paper: cmp.Or(paper, sheet.A4), Date: today, Sectors: set.Sectors(),
	}
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
