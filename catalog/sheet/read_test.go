package sheet

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestReadSaysWhatIsWrongWithTheFile(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.csv")
	big := filepath.Join(dir, "big.csv")
	good := filepath.Join(dir, "good.csv")
	for path, text := range map[string]string{empty: " \n", big: strings.Repeat("序号,一级事项\n", 100), good: "序号,一级事项,公开内容,公开主体\n1,政策,文件,镇政府\n"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for _, tt := range []struct {
		name, path string
		ctx        context.Context
		lim        Limits
		want       error
	}{
		{"no such file", filepath.Join(dir, "none.xlsx"), context.Background(), Limits{}, fs.ErrNotExist},
		{"a folder", dir, context.Background(), Limits{}, ErrFormat},
		{"an empty file", empty, context.Background(), Limits{}, ErrEmpty},
		{"a file beyond the limit", big, context.Background(), Limits{FileSize: 1000}, ErrTooLarge},
		{"more rows than the limit", big, context.Background(), Limits{Rows: 10}, ErrTooLarge},
		{"no time", good, context.Background(), Limits{Time: time.Nanosecond}, ErrTooLarge},
		{"given up", good, over, Limits{}, context.Canceled},
		{"nothing wrong", good, context.Background(), Limits{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read(tt.ctx, tt.path, Options{Limits: tt.lim})
			if !errors.Is(err, tt.want) {
				t.Fatalf("error is %v, want %v", err, tt.want)
			}
			if tt.want == nil && (len(d.Catalogs) != 1 || d.File != "good.csv") {
				t.Errorf("document is %+v", d)
			}
			if tt.want != nil && !strings.Contains(err.Error(), filepath.Base(tt.path)) {
				t.Errorf("error %q does not name the file", err)
			}
		})
	}
}

func TestAFileWithoutCatalogsIsNoError(t *testing.T) {
	d, err := ReadBytes(context.Background(), "phones.csv", []byte("姓名,电话\n张某,6810001\n"), Options{})
	if err != nil || len(d.Catalogs) != 0 || len(d.Skipped) != 1 || d.Skipped[0].Why != SkipNoHeader {
		t.Errorf("read %+v, %v", d, err)
	}
}

// Whatever a file holds, reading ends without a panic, and what is read makes
// sense: rows ascend within a table, and the document survives as JSON.
func FuzzRead(f *testing.F) {
	paths, err := filepath.Glob("testdata/fixtures/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range paths {
		if ext := filepath.Ext(p); ext != ".csv" && ext != ".html" {
			continue
		}
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	o := Options{Sectors: testSectors(f), Limits: Limits{UnzippedSize: 1 << 20, Sheets: 16, Rows: 2000, Cols: 64, Cells: 20_000}}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := ReadBytes(context.Background(), "x", b, o)
		if err != nil {
			return
		}
		for _, table := range d.Catalogs {
			if len(table.Entries) == 0 {
				t.Errorf("table %q has no entries", table.Title)
			}
			last := 0
			for _, e := range table.Entries {
				if e.Row <= last {
					t.Errorf("row %d follows row %d", e.Row, last)
				}
				last = e.Row
				for _, name := range e.Path {
					if strings.Contains(name, "\n") {
						t.Errorf("name %q has two lines", name)
					}
				}
			}
		}
		// A person may say anything of the columns.
		uses, cs := Uses(), []Correction(nil)
		pick := func(n int) int { return int(b[n%len(b)]) }
		for _, s := range d.Sheets {
			columns := map[string]Use{}
			for c := range 12 {
				columns[columnName(c)] = uses[pick(c)%len(uses)]
			}
			row := 1
			if len(s.Top) > 0 {
				row = s.Top[pick(s.Number)%len(s.Top)].Row
			}
			cs = append(cs, Correction{Sheet: s.Number, Row: row, Rows: pick(s.Number+1) % 6, Columns: columns})
		}
		for _, table := range d.Catalogs {
			cs = append(cs, Correction{Sheet: table.Number, Row: table.Header, Columns: map[string]Use{"C": uses[pick(table.Header)%len(uses)]}})
		}
		corrected := o
		corrected.Corrections = cs
		again, err := ReadBytes(context.Background(), "x", b, corrected)
		if err != nil {
			t.Fatalf("reading again with corrections: %v", err)
		}
		if len(again.Sheets) != len(d.Sheets) {
			t.Errorf("%d sheets, and %d with corrections", len(d.Sheets), len(again.Sheets))
		}

		out, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back Document
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatal(err)
		}
		for i := range d.Catalogs {
			for j := range d.Catalogs[i].Entries {
				if a, b := &d.Catalogs[i].Entries[j], &back.Catalogs[i].Entries[j]; a.Row != b.Row || !a.Equal(&b.Entry) {
					t.Errorf("entry %+v comes back as %+v", a, b)
				}
			}
		}
	})
}
