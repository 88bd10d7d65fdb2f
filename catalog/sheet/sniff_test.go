package sheet

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestKindIsToldByContent(t *testing.T) {
	locked := func() []byte {
		f := excelize.NewFile()
		var b bytes.Buffer
		if _, err := f.WriteTo(&b, excelize.Options{Password: "p"}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	lockedZip := func() []byte {
		b := zipped(t, "xl/workbook.xml", "<workbook/>")
		b = bytes.Replace(b, []byte("PK\x01\x02\x14\x00\x14\x00\x08\x00"), []byte("PK\x01\x02\x14\x00\x14\x00\x09\x00"), 1)
		return b
	}
	squeezed := func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte("a,b"))
		z.Close()
		return b.Bytes()
	}
	for _, tt := range []struct {
		name string
		b    []byte
		want error
		kind Format
	}{
		{"nothing", nil, ErrEmpty, ""},
		{"blanks", []byte(" \r\n\t"), ErrEmpty, ""},
		{"mark alone", []byte("\xef\xbb\xbf\n"), ErrEmpty, ""},
		{"picture named .xlsx", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrFormat, Image},
		{"photograph", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), ErrFormat, Image},
		{"PDF", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), ErrFormat, PDF},
		{"PDF after a few bytes", []byte("\r\n%PDF-1.4\n"), ErrFormat, PDF},
		{"zip of something else", zipped(t, "readme.txt", "hello"), ErrFormat, Archive},
		{"empty zip", zipped(t), ErrFormat, Archive},
		{"rar", []byte("Rar!\x1a\x07\x00"), ErrFormat, Archive},
		{"gzip", squeezed(), ErrFormat, Archive},
		{"slides", zipped(t, "ppt/presentation.xml", "<p/>"), ErrFormat, PPT},
		{"OpenDocument", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), ErrOldFormat, ODS},
		{"binary workbook", zipped(t, "xl/workbook.bin", "x"), ErrOldFormat, XLSB},
		{"rich text", []byte(`{\rtf1\ansi x}`), ErrOldFormat, RTF},
		{"Word 97", testdata(t, "word.doc"), ErrOldFormat, DOC},
		{"Excel 95", compound("Book", string(biffBegin)), ErrOldFormat, OldXLS},
		{"Excel 95 in a newer stream", compound("Workbook", strings.Replace(biffBegin, "\x00\x06\x05\x00", "\x00\x05\x05\x00", 1)), ErrOldFormat, OldXLS},
		{"Excel 4", []byte("\x09\x04\x06\x00\x00\x00\x10\x00"), ErrOldFormat, OldXLS},
		{"other OLE file", compound("Contents", "x"), ErrFormat, Binary},
		{"locked workbook", locked(), ErrPassword, ""},
		{"locked old workbook", []byte(biffBegin + rec(biffFilePass, 1, 0, 1, 0)), ErrPassword, ""},
		{"locked zip", lockedZip(), ErrPassword, ""},
		{"program", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), ErrFormat, Binary},
		{"zeros", make([]byte, 5000), ErrFormat, Binary},
	} {
		_, _, err := open(context.Background(), tt.b, DefaultLimits)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: open = %v, want %v", tt.name, err, tt.want)
		}
		var fe *FormatError
		if tt.kind != "" && (!errors.As(err, &fe) || fe.Detected != tt.kind) {
			t.Errorf("%s: open = %v, want detected %s", tt.name, err, tt.kind)
		}
	}
	if f, _, err := sniff(testdata(t, "office.xls")); f != XLS || err != nil {
		t.Errorf("sniff(office.xls) = %q, %v", f, err)
	}
}

// A few kilobytes that unpack to gigabytes cost neither memory nor time.
func TestZipBombs(t *testing.T) {
	bomb := func(part string, before string, filler string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, s := range map[string]string{"xl/workbook.xml": oneSheet, "xl/_rels/workbook.xml.rels": oneRel} {
			if name == part {
				continue
			}
			w, err := z.Create(name)
			if err == nil {
				_, err = w.Write([]byte(s))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(before))
		block := []byte(strings.Repeat(filler, 1<<20/len(filler)))
		for range 300 {
			if _, err := w.Write(block); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, b := range map[string][]byte{
		"sheet of blanks":     bomb("xl/worksheets/sheet1.xml", "<worksheet>", " "),
		"sheet of cells":      bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>", "<c><v>1</v></c>"),
		"shared texts":        bomb("xl/sharedStrings.xml", "<sst>", "<si><t>x</t></si>"),
		"one endless tag":     bomb("xl/worksheets/sheet1.xml", "<worksheet ", "a"),
		"bomb in the program": bomb("xl/workbook.xml", "<workbook>", "<sheet/>"),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		lim := DefaultLimits
		lim.Time = 5 * time.Second
		_, _, err := open(context.Background(), b, lim)
		if !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: open = %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 400 {
			t.Errorf("%s: took %d MB", name, n)
		}
	}
}

// A size that the zip's directory understates does not get past the limit.
func TestZipThatLies(t *testing.T) {
	b := rawWorkbook(t, "<worksheet>"+strings.Repeat(" ", 5<<20)+"</worksheet>", "", "")
	size := []byte{0x17, 0, 0x50, 0} // 5 MiB and 23 bytes
	if i := bytes.LastIndex(b, size); i > 0 {
		copy(b[i:], []byte{9, 0, 0, 0})
	} else {
		t.Fatal("size not found in the directory")
	}
	_, _, err := open(context.Background(), b, Limits{UnzippedSize: 1 << 20})
	if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrTooLarge) {
		t.Errorf("open = %v", err)
	}
}
