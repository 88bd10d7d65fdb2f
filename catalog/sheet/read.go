package sheet

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mulutong/catalog"
)

// Options say how to read a file.
type Options struct {
	Limits  Limits               // zero: DefaultLimits
	Sectors []catalog.SectorInfo // names by which sectors are recognised
	// Corrections are what a person says of tables that were read wrongly before.
	Corrections []Correction
}

// Read reads every catalog of the file at path. It fails where the file cannot be
// read at all; what is wrong with single cells is in the tables' problems. A file
// without any catalog is no error: all of its sheets are in Skipped.
func Read(ctx context.Context, path string, o Options) (*Document, error) {
	o = o.withDefaults()
	b, err := readFile(path, o.Limits.FileSize)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return ReadBytes(ctx, filepath.Base(path), b, o)
}

// readFile reads a file whole unless it is larger than limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, &FormatError{Detected: Directory, Want: readable}
	}
	if limit <= 0 {
		return io.ReadAll(f)
	}
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		return nil, &LimitError{What: "file size", Limit: limit}
	}
	return b, err
}

func (o Options) withDefaults() Options {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	return o
}

// ReadBytes reads a file that is in memory. The name is the document's and may
// tell its sector; the kind of file is told by its content.
func ReadBytes(ctx context.Context, name string, b []byte, o Options) (*Document, error) {
	o = o.withDefaults()
	if t := o.Limits.Time; t > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, t, &LimitError{What: "time", Limit: t.Milliseconds()})
		defer cancel()
	}
	gs, _, err := open(ctx, b, o.Limits)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return recognise(ctx, name, gs, o)
}

// Correct reads the document again, as its file was then, with other corrections.
func (d *Document) Correct(ctx context.Context, cs []Correction) (*Document, error) {
	o := d.o
	o.Corrections = cs
	return recognise(ctx, d.File, d.grids, o)
}

// recognise finds the catalogs in grids.
func recognise(ctx context.Context, name string, gs []grid, o Options) (*Document, error) {
	p := newParsers(newSectorNames(o.Sectors))
	d := &Document{File: name, Catalogs: []Table{}, grids: gs, o: o}
	for i := range gs {
		tables, why, err := p.tables(ctx, &gs[i], i+1, corrections(o.Corrections).of(i+1))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if len(tables) == 0 {
			d.Skipped = append(d.Skipped, SkippedSheet{Sheet: gs[i].name, Why: why, Number: i + 1})
		}
		d.Sheets = append(d.Sheets, sheetOf(&gs[i], i+1))
		d.Catalogs = append(d.Catalogs, tables...)
	}
	if len(d.Catalogs) == 1 && d.Catalogs[0].Sector == "" {
		t := &d.Catalogs[0]
		if s := p.names.in(strings.TrimSuffix(name, filepath.Ext(name))); s != "" && !namesSector(t.Title) {
			t.SetSector(s)
		}
	}
	return d, nil
}
