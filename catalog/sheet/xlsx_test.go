package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// zipped packs parts, given as name, content, name, content…
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	return packed(t, zip.Deflate, parts)
}

// packed packs parts by a method of zip's.
func packed(t testing.TB, method uint16, parts []string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	oneSheet = `<workbook xmlns:r="r"><sheets><sheet name="目录" sheetId="1" r:id="rId1"/></sheets></workbook>`
	oneRel   = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="rId3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>`
)

// rawWorkbook packs a worksheet's XML with shared texts and styles.
func rawWorkbook(t testing.TB, sheet, shared, styles string) []byte {
	parts := []string{
		"xl/workbook.xml", oneSheet, "xl/_rels/workbook.xml.rels", oneRel,
		"xl/worksheets/sheet1.xml", sheet,
	}
	if shared != "" {
		parts = append(parts, "xl/sharedStrings.xml", "<sst>"+shared+"</sst>")
	}
	if styles != "" {
		parts = append(parts, "xl/styles.xml", "<styleSheet>"+styles+"</styleSheet>")
	}
	return zipped(t, parts...)
}

func readOne(t testing.TB, b []byte) grid {
	t.Helper()
	gs, _, err := open(context.Background(), b, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if len(gs) != 1 {
		t.Fatalf("%d tables, want 1: %+v", len(gs), gs)
	}
	return gs[0]
}

func TestCellsOfEveryKind(t *testing.T) {
	shared := `<si><t>共享</t></si><si><r><t xml:space="preserve">两 </t></r><r><rPr><b/></rPr><t>段</t></r>` +
		`<rPh sb="0" eb="1"><t>liang</t></rPh></si><si><t>一行_x000D_
二行&amp;</t></si><si/>`
	styles := `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>` +
		`<numFmt numFmtId="165" formatCode="000"/><numFmt numFmtId="166" formatCode="&quot;第&quot;@&quot;项&quot;"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="166"/></cellXfs>`
	for _, tt := range []struct{ name, cell, want string }{
		{"shared text", `<c r="A1" t="s"><v>0</v></c>`, "共享"},
		{"runs without phonetic guide", `<c r="A1" t="s"><v>1</v></c>`, "两 段"},
		{"line break", `<c r="A1" t="s"><v>2</v></c>`, "一行\n二行&"},
		{"inline text", `<c r="A1" t="inlineStr"><is><t>内联</t></is></c>`, "内联"},
		{"inline runs", `<c r="A1" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c>`, "内联"},
		{"text through a format", `<c r="A1" s="5" t="s"><v>0</v></c>`, "第共享项"},
		{"formula's text", `<c r="A1" t="str"><f>A2&amp;"x"</f><v>果&lt;</v></c>`, "果<"},
		{"formula's number", `<c r="A1"><f>1+1</f><v>2</v></c>`, "2"},
		{"formula never computed", `<c r="A1"><f>1+1</f></c><c r="B1"><v>1</v></c>`, ""},
		{"whole number", `<c r="A1"><v>12</v></c>`, "12"},
		{"fraction as stored", `<c r="A1"><v>0.30000000000000004</v></c>`, "0.3"},
		{"large number", `<c r="A1"><v>120002001</v></c>`, "120002001"},
		{"number in exponent form", `<c r="A1"><v>1.2E2</v></c>`, "120"},
		{"percent", `<c r="A1" s="4"><v>0.256</v></c>`, "25.60%"},
		{"leading zeros", `<c r="A1" s="3"><v>7</v></c>`, "007"},
		{"short date", `<c r="A1" s="1"><v>45296</v></c>`, "2024/1/5"},
		{"Chinese date", `<c r="A1" s="2"><v>45296</v></c>`, "2024年1月5日"},
		{"date as text", `<c r="A1" s="2" t="d"><v>2024-01-05T00:00:00</v></c>`, "2024年1月5日"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, "FALSE"},
		{"error", `<c r="A1" t="e"><v>#REF!</v></c>`, "#REF!"},
		{"number that is none", `<c r="A1"><v>十</v></c>`, "十"},
		{"unknown style", `<c r="A1" s="99"><v>3</v></c>`, "3"},
		{"no reference", `<c t="s"><v>0</v></c>`, "共享"},
		{"twice, the later counts", `<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>`, "2"},
	} {
		sheet := `<worksheet><sheetData><row r="1">` + tt.cell + `</row></sheetData></worksheet>`
		b := rawWorkbook(t, sheet, shared, styles)
		if got := readOne(t, b); got.text(1, 0) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got.text(1, 0), tt.want)
		}
	}
}

func TestRowsWithoutNumbersAndOutOfOrder(t *testing.T) {
	b := rawWorkbook(t, `<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>
<x:row r="9" hidden="1"><x:c r="C9"><x:v>9</x:v></x:c><x:c><x:v>10</x:v></x:c></x:row><x:row r="4"><x:c r="B4"><x:v>4</x:v></x:c></x:row>
<x:row r="5" s="1" customFormat="1"><x:c r="A5" s="1"/></x:row></x:sheetData>
<x:mergeCells><x:mergeCell ref="$B$1:A2"/><x:mergeCell ref="nonsense"/></x:mergeCells></x:worksheet>`, "", "")
	want := grid{
		name: "目录",
		rows: []gridRow{
			{number: 1, cells: []string{"1"}},
			{number: 4, cells: []string{"", "4"}},
			{number: 9, hidden: true, cells: []string{"", "", "9", "10"}},
		},
	}
	if got := readOne(t, b); !reflect.DeepEqual(got.rows, want.rows) || got.name != want.name {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestSheetsHiddenAndOfOtherKinds(t *testing.T) {
	b := zipped(t, "_rels/.rels", `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/book/main.xml"/></Relationships>`,
		"book/main.xml", `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="图" r:id="c"/><sheet name="A&amp;B" state="veryHidden" r:id="b"/></sheets></workbook>`,
		"book/_rels/main.xml.rels", `<Relationships><Relationship Id="b" Type="x/worksheet" Target="../s.xml"/><Relationship Id="c" Type="x/chartsheet" Target="c.xml"/></Relationships>`,
		"s.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="d"><v>2024-01-05</v></c></row></sheetData></worksheet>`)
	want := grid{name: "A&B", hidden: true, rows: []gridRow{{number: 1, cells: []string{"2024/1/5"}}}}
	if got := readOne(t, b); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestMillionFormattedRowsSayNothing(t *testing.T) {
	var s strings.Builder
	s.WriteString(`<worksheet><cols><col min="1" max="16384" style="1"/></cols><sheetData>`)
	for i := 1; i <= maxRows; i++ {
		fmt.Fprintf(&s, `<row r="%d" s="1" customFormat="1"/>`, i)
	}
	s.WriteString(`</sheetData></worksheet>`)
	if g := readOne(t, rawWorkbook(t, s.String(), "", "")); len(g.rows) != 0 {
		t.Errorf("%d rows, want none", len(g.rows))
	}
}

func TestBrokenWorkbooks(t *testing.T) {
	sheet := func(rows string) []byte {
		return rawWorkbook(t, "<worksheet><sheetData>"+rows+"</sheetData></worksheet>", "", "")
	}
	whole := sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	for name, b := range map[string][]byte{
		"cut zip":             whole[:len(whole)-40],
		"flipped bytes":       bytes.Replace(whole, []byte("PK\x01\x02"), []byte("PK\x01\x03"), 1),
		"no workbook part":    zipped(t, "xl/worksheets/sheet1.xml", "<worksheet/>"),
		"workbook not XML":    zipped(t, "xl/workbook.xml", "hello"),
		"no sheets":           zipped(t, "xl/workbook.xml", "<workbook/>"),
		"sheet part missing":  zipped(t, "xl/workbook.xml", oneSheet, "xl/_rels/workbook.xml.rels", oneRel),
		"relations missing":   zipped(t, "xl/workbook.xml", oneSheet, "xl/worksheets/sheet1.xml", "<worksheet/>"),
		"sheet part empty":    rawWorkbook(t, "", "", ""),
		"sheet XML cut":       rawWorkbook(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`, "", ""),
		"sheet XML garbled":   sheet(`<row r="1"><c r="A1"><v>&oops;</v></c></row>`),
		"shared text missing": sheet(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`),
		"impossible cell":     sheet(`<row r="1"><c r="ZZZZ1"><v>7</v></c></row>`),
		"impossible row":      sheet(`<row r="2000000"><c><v>7</v></c></row>`),
		"document type":       rawWorkbook(t, `<!DOCTYPE x [<!ENTITY a "&b;&b;">]><worksheet/>`, "", ""),
	} {
		_, f, err := open(context.Background(), b, DefaultLimits)
		var fe *FormatError
		if !errors.As(err, &fe) || !errors.Is(err, ErrFormat) || fe.Detected != XLSX || f != XLSX {
			t.Errorf("%s: open = %q, %v", name, f, err)
		}
	}
}

func TestWorkbooksBeyondLimits(t *testing.T) {
	zeros := strings.Repeat(" ", 40<<20)
	many := strings.Repeat("<si/>", 3000)
	for _, tt := range []struct {
		what string
		b    []byte
		lim  Limits
	}{
		{"unzipped size", rawWorkbook(t, "<worksheet>"+zeros+"</worksheet>", "", ""), Limits{UnzippedSize: 1 << 20}},
		{"cells", rawWorkbook(t, "<worksheet/>", many, ""), Limits{Cells: 2000}},
		{"cells", rawWorkbook(t, `<worksheet>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 30)+`</worksheet>`, "", ""), Limits{Cells: 20}},
		{"columns", rawWorkbook(t, `<worksheet><row><c r="XFD1"><v>1</v></c></row></worksheet>`, "", ""), Limits{Cols: 100}},
		{"text", rawWorkbook(t, `<worksheet><row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row></worksheet>`, "<si><t>1234567890</t></si>", ""), Limits{Text: 15}},
		{"sheets", zipped(t, "xl/workbook.xml", `<workbook><sheet/><sheet/><sheet/></workbook>`), Limits{Sheets: 2}},
		{"time", rawWorkbook(t, "<worksheet><sheetData>"+strings.Repeat("<row/>", 1<<20)+"</sheetData></worksheet>", "", ""), Limits{Time: time.Millisecond}},
	} {
		_, _, err := open(context.Background(), tt.b, tt.lim)
		var le *LimitError
		if !errors.As(err, &le) || le.What != tt.what || !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: open = %v", tt.what, err)
		}
	}
}

// What excelize's own row iterator shows is what we show.
func TestCellsAsExcelizeShowsThem(t *testing.T) {
	codes := []string{"General", "0.00", "#,##0", "0%", "yyyy-mm-dd", `m"月"d"日"`, "000", "0.0E+00", "@", "h:mm:ss"}
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		for r := 1; r <= rapid.IntRange(1, 6).Draw(t, "rows"); r++ {
			for c := 1; c <= 4; c++ {
				at, _ := excelize.CoordinatesToCellName(c, r)
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					s := rapid.StringMatching(`[户籍 a_x0041<&>"\n\t\x{1}\x{7}😀]{1,12}`).Draw(t, "text")
					_ = f.SetCellStr("Sheet1", at, s)
				case 1:
					v := math.Round(rapid.Float64Range(0, 60000).Draw(t, "number")*1000) / 1000
					code := rapid.SampledFrom(codes).Draw(t, "code")
					style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
					if err != nil {
						t.Fatal(err)
					}
					_ = f.SetCellFloat("Sheet1", at, v, -1, 64)
					_ = f.SetCellStyle("Sheet1", at, at, style)
				case 2:
					_ = f.SetCellBool("Sheet1", at, rapid.Bool().Draw(t, "bool"))
				}
			}
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		b := bytes.Clone(buf.Bytes())
		f, err = excelize.OpenReader(buf)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		gs, _, err := open(context.Background(), b, DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, want := range row {
				got := gs[0].text(r+1, c)
				if strings.TrimSpace(want) != "" && got != lines(want) {
					t.Errorf("row %d column %d: %q, excelize shows %q", r+1, c, got, want)
				}
			}
		}
	})
}
