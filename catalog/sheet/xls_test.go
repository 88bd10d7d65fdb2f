package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// One workbook, saved by an office program in both forms, reads the same.
func TestOldWorkbookReadsAsTheNew(t *testing.T) {
	old, f, err := open(context.Background(), testdata(t, "office.xls"), DefaultLimits)
	if err != nil || f != XLS {
		t.Fatalf("open = %q, %v", f, err)
	}
	gs, _, err := open(context.Background(), testdata(t, "office.xlsx"), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if len(old) != 3 || len(gs) != 3 {
		t.Fatalf("%d and %d sheets, want 3", len(old), len(gs))
	}
	for i := range gs {
		a, b := old[i], gs[i]
		if a.name != b.name || a.hidden != b.hidden || len(a.rows) != len(b.rows) {
			t.Errorf("sheet %d: %q %v %d rows, .xlsx: %q %v %d rows", i, a.name, a.hidden, len(a.rows), b.name, b.hidden, len(b.rows))
			continue
		}
		for j := range b.rows {
			if !reflect.DeepEqual(a.rows[j], b.rows[j]) {
				t.Errorf("%s: %+v\n.xlsx: %+v", a.name, a.rows[j], b.rows[j])
			}
		}
		for _, m := range b.merges {
			if !contains(a.merges, m) {
				t.Errorf("%s: merge %+v is missing in %+v", a.name, m, a.merges)
			}
		}
	}
	if r := old[0].row(7); r == nil || !r.hidden {
		t.Errorf("row 7 is hidden, read %+v", r)
	}
	for at, want := range map[int]string{
		2: "120002001", 3: "25.60%", 5: "3.14159265358979", 6: "007", 7: "1,234,567.89",
		8: "2024年1月5日", 9: "2024-01-05", 10: "TRUE",
	} {
		if got := old[1].text(at, 0); got != want {
			t.Errorf("row %d: %q, want %q", at, got, want)
		}
	}
}

func contains(ms []merge, m merge) bool {
	for i := range ms {
		if ms[i] == m {
			return true
		}
	}
	return false
}

// rec is one record of an old workbook.
func rec(id uint16, data ...byte) string {
	b := binary.LittleEndian.AppendUint16(nil, id)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(data)))
	return string(append(b, data...))
}

const biffBegin = "\x09\x08\x10\x00\x00\x06\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// oldSheet builds the stream of a workbook with one sheet, "A".
func oldSheet(globals, sheet string) []byte {
	end := rec(biffEOF)
	at := len(biffBegin) + len(rec(biffBoundSheet, make([]byte, 9)...)) + len(globals) + len(end)
	bound := append(binary.LittleEndian.AppendUint32(nil, uint32(at)), 0, 0, 1, 0, 'A')
	return []byte(biffBegin + rec(biffBoundSheet, bound...) + globals + end + biffBegin + sheet + end)
}

// compound wraps streams, given as name and content, into an OLE container of
// small sectors: the table of chains first, the directory second.
func compound(streams ...string) []byte {
	le := binary.LittleEndian
	fat := []uint32{0xfffffffd, 0xfffffffe}
	dir := make([]byte, 512)
	entry := func(i int, name string, kind byte, start, size int) {
		e := dir[128*i:]
		for j, c := range name {
			le.PutUint16(e[2*j:], uint16(c))
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66] = kind
		le.PutUint32(e[116:], uint32(start))
		le.PutUint64(e[120:], uint64(size))
	}
	entry(0, "Root Entry", cfbRoot, 0xfffffffe&0x7fffffff, 0)
	var body []byte
	for i := 0; i < len(streams); i += 2 {
		s := streams[i+1]
		entry(1+i/2, streams[i], cfbStream, len(fat), len(s))
		body = append(body, s...)
		body = append(body, make([]byte, -len(s)&511)...)
		for n := (len(s) + 511) / 512; n > 1; n-- {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat = append(fat, 0xfffffffe)
	}
	h := make([]byte, 512)
	copy(h, cfbMagic)
	le.PutUint16(h[30:], 9)
	le.PutUint32(h[48:], 1)
	le.PutUint32(h[60:], 0xfffffffe)
	le.PutUint32(h[68:], 0xfffffffe)
	for i := range 109 {
		le.PutUint32(h[76+4*i:], 0xffffffff)
	}
	le.PutUint32(h[76:], 0)
	table := make([]byte, 512)
	for i := range 128 {
		le.PutUint32(table[4*i:], 0xffffffff)
	}
	for i, n := range fat {
		le.PutUint32(table[4*i:], n)
	}
	return append(append(append(h, table...), dir...), body...)
}

func TestTextsThatContinue(t *testing.T) {
	// Two bytes a character, then one: the record that continues says so.
	sst := rec(biffSST, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 1, 0x37, 0x62, 0x4d, 0x7c) + rec(biffContinue, 0, 'a', 'b')
	got := readOne(t, oldSheet(sst, rec(biffLabelSST, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0)))
	want := grid{name: "A", rows: []gridRow{{number: 3, cells: []string{"", "户籍ab"}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	// A chart within the sheet, a rich label, and text that a formula yields.
	sheet := biffBegin + rec(biffLabelSST, 9) + rec(biffEOF) +
		rec(biffRString, 0, 0, 0, 0, 0, 0, 2, 0, 0, 'x', '\r') +
		rec(biffFormula, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff) + rec(biffString, 3, 0, 0, 'y', 'e', 's') +
		rec(biffBoolErr, 2, 0, 0, 0, 0, 0, 0x17, 1) +
		rec(biffRK, 3, 0, 0, 0, 0, 0, 0x3b, 0x01, 0, 0)
	got = readOne(t, compound("Workbook", string(oldSheet("", sheet))))
	want.rows = []gridRow{
		{number: 1, cells: []string{"x\n"}},
		{number: 2, cells: []string{"yes"}},
		{number: 3, cells: []string{"#REF!"}},
		{number: 4, cells: []string{"0.78"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestBrokenOldWorkbooks(t *testing.T) {
	whole := testdata(t, "office.xls")
	loop := compound("Workbook", strings.Repeat("x", 1000))
	binary.LittleEndian.PutUint32(loop[512+4*2:], 2)
	for name, b := range map[string][]byte{
		"header only":        whole[:300],
		"half the file":      whole[:len(whole)/2],
		"no record":          compound("Workbook", ""),
		"rubbish":            compound("Workbook", strings.Repeat("\xff", 600)),
		"chain in a circle":  loop,
		"no end":             []byte(biffBegin + rec(biffCodes)),
		"no sheets":          []byte(biffBegin + rec(biffEOF)),
		"text is missing":    oldSheet("", rec(biffLabelSST, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0)),
		"column beyond last": oldSheet("", rec(biffRK, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0)),
		"texts cut short":    oldSheet(rec(biffSST, 9, 0, 0, 0, 9, 0, 0, 0, 255, 255, 1, 0), ""),
		"sheet elsewhere":    bytes.Replace(oldSheet("", ""), []byte{9, 0}, []byte{9, 0}, 1)[:len(oldSheet("", ""))-8],
	} {
		_, f, err := open(context.Background(), b, DefaultLimits)
		var fe *FormatError
		if !errors.As(err, &fe) || !errors.Is(err, ErrFormat) || f != XLS {
			t.Errorf("%s: open = %q, %v", name, f, err)
		}
	}
}

const biffCodes = 0x0042 // CODEPAGE

func TestOldWorkbooksBeyondLimits(t *testing.T) {
	far := ""
	for r := range 100 {
		far += rec(biffRK, byte(r), 0, 255, 0, 0, 0, 0, 0, 0, 0)
	}
	_, _, err := open(context.Background(), oldSheet("", far), Limits{Cells: 2000})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("far cells: open = %v", err)
	}
	_, _, err = open(context.Background(), testdata(t, "office.xls"), Limits{Rows: 5})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("rows: open = %v", err)
	}
}
