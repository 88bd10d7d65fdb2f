package headless

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	run := func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt) // as the program does
		defer stop()
		os.Exit(Main(ctx, os.Args[1:], System()))
	}
	if tenant := tenants[os.Getenv(asTenant)]; tenant != nil {
		if err := tenant(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testscript.Main(m, map[string]func(){"mulu": run})
}

// asTenant, set in the environment, makes the test binary one of the tenants,
// which look at what commands do where the system grants little.
const asTenant = "MULU_TEST_RUNS_TENANT"

var tenants = map[string]func(dir string) error{}

// TestScripts runs the commands as a person would type them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: false,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("TZ", "Asia/Shanghai")
			e.Setenv("USER", "clerk")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "book": book, "hostile": hostile, "release": release,
		},
	})
}

// exits runs a command and checks its exit code: exits 3 mulu read missing.xlsx.
// What it printed goes to the files stdout and stderr, for grep.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 || args[1] != "mulu" {
		ts.Fatalf("usage: exits CODE mulu ARGUMENT…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("mulu %s exits with %s, want %s", strings.Join(args[2:], " "), got, args[0])
	}
}

// book makes a workbook from a table of comma-separated values: book out.xlsx in.csv [sheet].
func book(ts *testscript.TestScript, _ bool, args []string) {
	records, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[1]))).ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	sheet := "Sheet1"
	if len(args) > 2 {
		sheet = args[2]
		ts.Check(f.SetSheetName("Sheet1", sheet))
	}
	for r, record := range records {
		for c, value := range record {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			ts.Check(err)
			ts.Check(f.SetCellStr(sheet, at, value))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// release makes a folder of newer templates, which differ from the program's own in
// one sector: release FOLDER VERSION SECTOR changes.txt. A line of changes is
// "OLD => NEW", "drop ID", or "add ID NAMES", which takes what it says from the first.
func release(ts *testscript.TestScript, _ bool, args []string) {
	const data = "../../templates/data"
	own, err := os.ReadFile(data + "/version.txt")
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(data)))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+"/version.txt"), []byte(args[1]+"\n"), 0o600))
	path := ts.MkAbs(args[0] + "/sectors/" + args[2] + ".txt")
	b, err := os.ReadFile(path)
	ts.Check(err)
	blocks := strings.Split(strings.Replace(string(b), "版本: "+strings.TrimSpace(string(own)), "版本: "+args[1], 1), "\n\n[")
	for line := range strings.Lines(ts.ReadFile(args[3])) {
		words := strings.Fields(line)
		from, to, _ := strings.Cut(strings.TrimSpace(line), " => ")
		switch words[0] {
		case "drop":
			blocks = slices.DeleteFunc(blocks, func(b string) bool { return strings.HasPrefix(b, words[1]+"]") })
		case "add":
			_, rest, _ := strings.Cut(blocks[1], "\n")
			blocks = append(blocks, words[1]+"] "+strings.Join(words[2:], " ")+"\n"+strings.TrimRight(rest, "\n"))
		default:
			for i := range blocks {
				blocks[i] = strings.Replace(blocks[i], from, to, 1)
			}
		}
	}
	ts.Check(os.WriteFile(path, []byte(strings.TrimRight(strings.Join(blocks, "\n\n["), "\n")+"\n"), 0o600))
}

// hostile makes a file that is not what its name says: hostile KIND out.
func hostile(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	switch args[0] {
	case "image":
		b.WriteString("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00IDAT", 100))
	case "gibberish":
		b.WriteString("序号,一级事项\n" + strings.Repeat("\xff\xfe,\x80\xff\n", 50))
	case "password": // an OLE2 file with the stream that encrypted workbooks have
		ts.Check(encrypted(&b))
	case "bomb", "rows":
		ts.Check(sheetXML(&b, args[0] == "bomb"))
	default:
		ts.Fatalf("no such kind: %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o600))
}

// encrypted writes a workbook protected by a password.
func encrypted(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	return f.Write(w, excelize.Options{Password: "secret"})
}

// sheetXML writes a workbook whose sheet is enormous: a bomb is one text that
// unpacks to gigabytes, the other has every row there can be.
func sheetXML(w io.Writer, bomb bool) error {
	var plain bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&plain); err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(plain.Bytes()), int64(plain.Len()))
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := out.Copy(part); err != nil {
				return err
			}
		}
	}
	head, block, times, foot := `<row r="1"><c r="A1" t="inlineStr"><is><t>`, strings.Repeat("a", 1<<20), 2048, `</t></is></c></row>`
	if !bomb {
		head, block, times, foot = "", strings.Repeat("<row><c><v>1</v></c></row>", 1024), 1024, ""
	}
	head = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + head
	if err := repeated(out, "xl/worksheets/sheet1.xml", head, block, times, foot+`</sheetData></worksheet>`); err != nil {
		return err
	}
	return out.Close()
}

// repeated adds a part to an archive: a head, a block so many times, a foot. The
// block is compressed once.
func repeated(out *zip.Writer, name, head, block string, times int, foot string) error {
	part := &zip.FileHeader{Name: name, Method: zip.Deflate}
	var b bytes.Buffer
	for _, piece := range []struct {
		text  string
		times int
	}{{head, 1}, {block, times}, {foot, 1}} {
		var deflated bytes.Buffer
		w, err := flate.NewWriter(&deflated, flate.BestCompression)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, piece.text); err != nil {
			return err
		}
		if err := w.Flush(); err != nil { // to the end of a byte
			return err
		}
		text := []byte(piece.text)
		for range piece.times {
			b.Write(deflated.Bytes())
			part.CRC32 = crc32.Update(part.CRC32, crc32.IEEETable, text)
			part.UncompressedSize64 += uint64(len(text))
		}
	}
	b.Write([]byte{3, 0}) // an empty last block
	part.CompressedSize64 = uint64(b.Len())
	dst, err := out.CreateRaw(part)
	if err != nil {
		return err
	}
	_, err = b.WriteTo(dst)
	return err
}
