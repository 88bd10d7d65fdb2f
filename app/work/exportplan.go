package work

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/sheet"
)

// ExportRequest says what to export and how.
type ExportRequest struct {
	Sectors []catalog.Sector // in the order in which one file holds them
	Format  Format
	Layout  sheet.Layout
	Paper   sheet.Paper
	Folder  string
	OneFile bool // all sectors in one file, not a file each
}

// ExportPlan is the files that an export writes. It goes on where it stopped:
// what is written stays written.
type ExportPlan struct {
	Files   []ExportFile
	Written int // how many of the files are

	data  string
	write func(io.Writer, []catalog.Catalog) error
}

// Existing are the files that are there and would be replaced.
func (p *ExportPlan) Existing() []string {
	var out []string
	for _, f := range p.Files[p.Written:] {
		if _, err := os.Stat(f.Path); err == nil {
			out = append(out, f.Path)
		}
	}
	return out
}

// PlanExport says which files an export would write, with the catalogs as they
// are now; it writes nothing.
func (d *Desk) PlanExport(ctx context.Context, r ExportRequest) (*ExportPlan, error) {
	cs, err := d.chosen(ctx, r.Sectors)
	if err != nil {
		return nil, err
	}
	o := WriteOptions(d.Know(), r.Layout, r.Paper, d.today())
	p := &ExportPlan{
		data:  d.dir,
		write: func(w io.Writer, cs []catalog.Catalog) error { return r.Format.Write(w, cs, o) },
	}
	if r.OneFile {
		p.Files = []ExportFile{{Path: d.oneFile(cs, r), Catalogs: cs}}
	} else {
		p.Files = ExportFiles(d.Know(), r.Folder, r.Format, cs)
	}
	return p, nil
}

// oneFile names the file that holds several catalogs.
func (d *Desk) oneFile(cs []catalog.Catalog, r ExportRequest) string {
	if len(cs) == 1 {
		return ExportFiles(d.Know(), r.Folder, r.Format, cs)[0].Path
	}
	name := fmt.Sprintf("%s基层政务公开标准目录（%d个领域）.%s", d.Unit().Name, len(cs), r.Format)
	return filepath.Join(r.Folder, fileName(name))
}

func (d *Desk) today() catalog.Date { return catalog.DateOf(d.o.Store.Now()) }

// chosen are the catalogs of some sectors, in the order given, with everything
// typed so far. It fails where one is not there any more.
func (d *Desk) chosen(ctx context.Context, sectors []catalog.Sector) ([]catalog.Catalog, error) {
	all, err := d.Stored(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.Catalog
	for _, s := range sectors {
		found := false
		for i := range all {
			if all[i].Sector == s {
				out, found = append(out, all[i]), true
			}
		}
		if !found {
			return nil, fmt.Errorf("catalog of %s: %w", s, catalog.ErrNotFound)
		}
	}
	return out, nil
}

// Export writes the files of a plan that are not written yet, each whole or not
// at all. step is told how many are. Where another program has a file open it
// fails with atomicfile.ErrBusy: the plan goes on there when it is exported again,
// under another name after Rename.
func (d *Desk) Export(ctx context.Context, p *ExportPlan, step func(done, total int)) error {
	for p.Written < len(p.Files) {
		step(p.Written, len(p.Files))
		err := Export(ctx, p.data, p.Files[p.Written:p.Written+1], p.write, func(int, int) {})
		if errors.Is(err, context.Canceled) && p.Written > 0 {
			return ErrPartly
		}
		if err != nil {
			return err
		}
		p.Written++
	}
	step(len(p.Files), len(p.Files))
	return nil
}

// Rename gives the file that is written next a name that no file has: 名称（2）.
func (p *ExportPlan) Rename() string {
	f := &p.Files[p.Written]
	f.Path = freeName(f.Path)
	return f.Path
}

// freeName is a path like this one that no file has.
func freeName(path string) string {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 2; ; n++ {
		next := fmt.Sprintf("%s（%d）%s", stem, n, ext)
		if _, err := os.Lstat(next); errors.Is(err, fs.ErrNotExist) {
			return next
		}
	}
}

// Preview prints catalogs to a PDF file in a folder for such files, to be looked at,
// and says where it is.
func (d *Desk) Preview(ctx context.Context, r ExportRequest, folder string) (string, error) {
	r.Format, r.OneFile, r.Folder = PDF, true, folder
	p, err := d.PlanExport(ctx, r)
	if err != nil {
		return "", err
	}
	path := p.Files[0].Path
	return writePreview(path, func(w io.Writer) error { return p.write(interruptible{ctx, w}, p.Files[0].Catalogs) })
}

// writePreview writes a file that is only looked at; one that is still being
// looked at stays, and another gets a name beside it.
func writePreview(path string, write func(io.Writer) error) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", words.About(path, err)
	}
	err := atomicfile.WriteFile(path, write)
	if errors.Is(err, atomicfile.ErrBusy) {
		path = freeName(path)
		err = atomicfile.WriteFile(path, write)
	}
	return path, words.About(path, err)
}
