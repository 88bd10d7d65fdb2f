package work

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/sheet"
)

// Files that are not what they seem.
var (
	// ErrOwnerFile: a hidden file that Office and WPS put beside one that is open.
	ErrOwnerFile = words.NewFailure("%s 是 WPS 或 Excel 打开文件时留下的临时文件。请选择同一文件夹里不带 ~$ 的那个文件。",
		"%s is a temporary file that WPS or Excel leaves beside an open one. Choose the file without ~$ in the same folder.")
	ErrScan = words.NewFailure("%s 是 PDF、扫描件或图片，里面没有可以读的表格。请找原来的 Excel、WPS 或 Word 文件。",
		"%s is a PDF or a picture and has no table that can be read. Look for the workbook or document it was made from.")
	ErrArchive = words.NewFailure("%s 是压缩包。请先解压，再选里面的表格文件。", "%s is an archive. Unpack it and choose the table in it.")
	ErrInUse   = words.NewFailure("%s 正被别的程序占用，读不了。请关闭它，或者复制一份再导入。", "Another program keeps %s to itself. Close it there, or import a copy.")
)

// ImportFile is a stranger's file that may be imported: the tables in it, whose
// they are, and which a person wants. It is the file as it was when it was read.
type ImportFile struct {
	Path    string
	Tables  []ImportTable
	Sheets  []sheet.Sheet
	Skipped []sheet.SkippedSheet

	doc         *sheet.Document
	unit        catalog.Unit
	corrections []sheet.Correction
	sectors     map[tableKey]catalog.Sector // said by a person
	wanted      map[tableKey]bool           // said by a person
}

// ImportTable is one catalog of a file. Its sector is the one found or said.
type ImportTable struct {
	sheet.Table
	Found   catalog.Sector // as it was read
	Foreign bool           // it names another unit than the one whose drafts these are
	Wanted  bool           // it is to be imported; a foreign one only when a person says so
}

// tableKey knows a table again when the file has been read with corrections.
type tableKey struct {
	sheet, header int
	found         catalog.Sector
}

func (t *ImportTable) key() tableKey { return tableKey{t.Number, t.Header, t.Found} }

// ReadImport reads a file for the unit's drafts. A file without any catalog is no
// error: a person may say where the header of a sheet stands.
func ReadImport(ctx context.Context, sectors []catalog.SectorInfo, unit catalog.Unit, path string) (*ImportFile, error) {
	if strings.HasPrefix(filepath.Base(path), "~$") {
		return nil, words.About(path, ErrOwnerFile)
	}
	err := Readable(path)
	var doc *sheet.Document
	if err == nil {
		doc, err = sheet.Read(ctx, path, sheet.Options{Sectors: sectors})
	}
	if err != nil {
		return nil, words.About(path, notATable(err))
	}
	return NewImportFile(path, unit, doc), nil
}

// notATable says of what keeps a file from being read what helps most.
func notATable(err error) error {
	var format *sheet.FormatError
	switch {
	case words.Cause(err) == atomicfile.ErrBusy: //nolint:errorlint // Cause returns it itself
		return ErrInUse
	case !errors.As(err, &format):
	case format.Detected == sheet.PDF || format.Detected == sheet.Image:
		return ErrScan
	case format.Detected == sheet.Archive:
		return ErrArchive
	}
	return err
}

// NewImportFile is a file that has been read, for the unit's drafts.
func NewImportFile(path string, unit catalog.Unit, doc *sheet.Document) *ImportFile {
	f := &ImportFile{Path: path, unit: unit, sectors: map[tableKey]catalog.Sector{}, wanted: map[tableKey]bool{}}
	f.take(doc)
	return f
}

// take makes the file what a document says, and keeps what a person said.
func (f *ImportFile) take(doc *sheet.Document) {
	f.doc, f.Sheets, f.Skipped = doc, doc.Sheets, doc.Skipped
	f.Tables = make([]ImportTable, len(doc.Catalogs))
	for i := range doc.Catalogs {
		t := ImportTable{Table: doc.Catalogs[i], Found: doc.Catalogs[i].Sector}
		t.Sheet = cmp.Or(t.Sheet, doc.File) // a table of a file without sheets goes by the file's name
		t.Foreign = !sameUnit(t.Unit, f.unit)
		t.Wanted = !t.Foreign
		f.Tables[i] = t
		if s, ok := f.sectors[t.key()]; ok {
			f.setSector(i, s)
		}
		if w, ok := f.wanted[t.key()]; ok {
			f.Tables[i].Wanted = w
		}
	}
}

// Name is the file's name without its folder.
func (f *ImportFile) Name() string { return filepath.Base(f.Path) }

// SetSector says of which sector a table is.
func (f *ImportFile) SetSector(i int, s catalog.Sector) {
	f.sectors[f.Tables[i].key()] = s
	f.setSector(i, s)
}

func (f *ImportFile) setSector(i int, s catalog.Sector) {
	t := &f.Tables[i]
	t.Entries = slices.Clone(t.Entries) // the document's stay as they were read
	t.Table.SetSector(s)
}

// Want says whether a table is to be imported.
func (f *ImportFile) Want(i int, on bool) {
	f.wanted[f.Tables[i].key()] = on
	f.Tables[i].Wanted = on
}

// Entries counts the entries of the tables wanted.
func (f *ImportFile) Entries() int {
	n := 0
	for i := range f.Tables {
		if f.Tables[i].Wanted {
			n += len(f.Tables[i].Entries)
		}
	}
	return n
}

// Corrected returns the file read again where a person has said what a column is
// for, or where a header stands (rows of it; 0: where one was found).
func (f *ImportFile) Corrected(ctx context.Context, number, header, rows int, columns map[string]sheet.Use) (*ImportFile, error) {
	out := *f
	out.corrections = slices.DeleteFunc(slices.Clone(f.corrections), func(c sheet.Correction) bool {
		return c.Sheet == number && (c.Row == header || rows > 0)
	})
	if rows == 0 { // where the header itself was shown by hand, it stays there
		for _, c := range f.corrections {
			if c.Sheet == number && c.Row == header {
				rows = c.Rows
			}
		}
	}
	out.corrections = append(out.corrections, sheet.Correction{Sheet: number, Row: header, Rows: rows, Columns: columns})
	doc, err := f.doc.Correct(ctx, out.corrections)
	if err != nil {
		return nil, words.About(f.Path, err)
	}
	out.take(doc)
	return &out, nil
}

// Uses are the corrections of a table's columns so far.
func (f *ImportFile) Uses(number, header int) map[string]sheet.Use {
	out := map[string]sheet.Use{}
	for _, c := range f.corrections {
		if c.Sheet == number && c.Row == header {
			for letter, u := range c.Columns {
				out[letter] = u
			}
		}
	}
	return out
}

// sameUnit tells whether a name in a file can be the unit's; no name is.
func sameUnit(named string, u catalog.Unit) bool {
	named = core(named)
	own := core(u.Name)
	if named == "" || own == "" {
		return true
	}
	if named == own || strings.HasSuffix(named, own) || strings.HasSuffix(own, named) {
		return true
	}
	// A county's own department or office stands for a unit of the same county only
	// where its name is the county's.
	return u.Kind == catalog.CountyUnit && named == core(u.County)
}

// core is a unit's name without what names of the same unit add to it.
func core(name string) string {
	name = strings.Join(strings.Fields(name), "")
	for _, end := range []string{"政务公开办公室", "政务公开办", "人民政府办公室", "人民政府", "政府办公室", "办公室", "政府", "办事处"} {
		if rest, ok := strings.CutSuffix(name, end); ok && rest != "" {
			name = rest
			break
		}
	}
	return name
}
