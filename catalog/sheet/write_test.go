package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

var (
	jishan  = catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}
	sectors = []catalog.SectorInfo{{Slug: "social-assistance", Name: "社会救助"}, {Slug: "education", Name: "义务教育"}}
)

func lowIncome() catalog.Catalog {
	return catalog.Catalog{
		Unit: jishan, Sector: "social-assistance",
		Entries: []catalog.Entry{
			{
				ID: "e1", Sector: "social-assistance", Code: "120002003", Path: []string{"最低生活保障", "审核信息"},
				Content:   "初审对象名单\n公示起止时间\n监督电话",
				Basis:     catalog.ParseBasis("《社会救助暂行办法》（国务院令第649号）\n《最低生活保障审核确认办法》（民发〔2021〕57号）"),
				TimeLimit: catalog.ParseTimeLimit("制定或获取信息之日起10个工作日内，公示7天"),
				Publisher: "籍山镇人民政府",
				Channels:  catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website, catalog.ServiceStation, catalog.NoticeBoard)},
				Audience:  catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true},
				Tiers: catalog.TierSet(0).With(catalog.County, catalog.Township),
			},
			{
				ID: "e2", Sector: "social-assistance", Code: "120002004", Path: []string{"最低生活保障", "审批信息"},
				Content:   "=低保金发放标准",
				Basis:     catalog.ParseBasis("《社会救助暂行办法》（国务院令第649号）"),
				TimeLimit: catalog.ParseTimeLimit("制定或获取信息之日起10个工作日内"),
				Publisher: "籍山镇人民政府",
				Channels:  catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website), Others: []string{"村民微信群"}},
				Audience:  catalog.Audience{Groups: "申请人"}, Mode: catalog.Mode{OnRequest: true},
				Tiers: catalog.TierSet(0).With(catalog.Township),
			},
		},
	}
}

func writeBook(t testing.TB, cs []catalog.Catalog, o WriteOptions) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(&b, cs, o); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, b.Bytes()
}

func TestWorkbookOfNoUnitSaysWhatItFollows(t *testing.T) {
	c := lowIncome()
	c.Unit = catalog.Unit{}
	f, b := writeBook(t, []catalog.Catalog{c}, WriteOptions{Source: "依据：某部《社会救助标准指引》", Sectors: sectors})
	for at, want := range map[string]string{"A1": "社会救助领域基层政务公开标准目录", "A2": "依据：某部《社会救助标准指引》"} {
		if got, _ := f.GetCellValue("社会救助", at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	doc, err := ReadBytes(t.Context(), "x.xlsx", b, Options{Limits: DefaultLimits, Sectors: sectors})
	if err != nil || len(doc.Catalogs) != 1 || doc.Catalogs[0].Title != "社会救助领域基层政务公开标准目录" {
		t.Errorf("read back as %+v, %v", doc, err)
	}
}

func TestWorkbookReadsLikeAGovernmentTable(t *testing.T) {
	f, _ := writeBook(t, []catalog.Catalog{lowIncome()}, WriteOptions{Layout: National, Date: "2026-03-09", Sectors: sectors})
	for at, want := range map[string]string{
		"A1": "籍山镇社会救助领域基层政务公开标准目录",
		"A2": "编制单位：籍山镇人民政府",
		"H2": "编制日期：2026年3月9日",
		"A3": "序号", "B3": "公开事项", "B4": "一级事项", "C4": "二级事项", "D3": "公开内容（要素）",
		"I3": "公开对象", "I4": "全社会", "J4": "特定群体", "K4": "主动", "L4": "依申请", "M4": "县级", "N4": "乡级",
		"A5": "1", "B5": "最低生活保障", "C5": "审核信息", "I5": "√", "J5": "", "M5": "√",
		"C6": "审批信息", "D6": "=低保金发放标准", "J6": "申请人", "L6": "√", "M6": "", "N6": "√",
	} {
		if got, err := f.GetCellValue("社会救助", at); err != nil || got != want {
			t.Errorf("%s says %q, %v; want %q", at, got, err, want)
		}
	}
	if formula, err := f.GetCellFormula("社会救助", "D6"); err != nil || formula != "" {
		t.Errorf("D6 holds the formula %q, %v", formula, err)
	}
	channels, err := f.GetCellValue("社会救助", "H5")
	if err != nil || !strings.HasPrefix(channels, "■政府网站") || !strings.Contains(channels, "□政府公报") {
		t.Errorf("channels say %q, %v", channels, err)
	}

	merges, err := f.GetMergeCells("社会救助")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, m := range merges {
		got[m.GetStartAxis()+":"+m.GetEndAxis()] = true
	}
	for _, want := range []string{"A1:N1", "A3:A4", "B3:C3", "D3:D4", "I3:J3", "K3:L3", "M3:N3", "B5:B6"} {
		if !got[want] {
			t.Errorf("%s is not merged", want)
		}
	}

	layout, err := f.GetPageLayout("社会救助")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("page layout is %+v, %v", layout, err)
	}
	var titles []string
	for _, n := range f.GetDefinedName() {
		titles = append(titles, n.Name+" "+n.RefersTo)
	}
	if want := []string{"_xlnm.Print_Titles '社会救助'!$3:$4"}; !reflect.DeepEqual(titles, want) {
		t.Errorf("defined names are %q, want %q", titles, want)
	}
}

func TestAnhuiLayoutPutsCodesBesideNames(t *testing.T) {
	f, _ := writeBook(t, []catalog.Catalog{lowIncome()}, WriteOptions{Layout: AnhuiCoded, Sectors: sectors})
	for at, want := range map[string]string{
		"B3": "公开领域（编码）", "C4": "一级事项（编码）", "D4": "二级事项（编码）",
		"B5": "社会救助120000000", "C5": "最低生活保障120002000", "D5": "审核信息120002003", "D6": "审批信息120002004",
		"P4": "村级",
	} {
		if got, err := f.GetCellValue("社会救助", at); err != nil || got != want {
			t.Errorf("%s says %q, %v; want %q", at, got, err, want)
		}
	}
}

func TestSectorThatDoesNotOccurGetsASheetThatSaysSo(t *testing.T) {
	none := catalog.Catalog{Unit: jishan, Sector: "education", NotApplicable: &catalog.NotApplicable{Reason: "镇内没有学校"}}
	f, _ := writeBook(t, []catalog.Catalog{lowIncome(), none}, WriteOptions{Sectors: sectors})
	if got, _ := f.GetCellValue("义务教育", "A3"); got != "本单位不涉及该领域。理由：镇内没有学校" {
		t.Errorf("A3 says %q", got)
	}
}

func TestTwoCatalogsOfOneSectorGetTwoSheets(t *testing.T) {
	f, _ := writeBook(t, []catalog.Catalog{lowIncome(), lowIncome(), lowIncome()}, WriteOptions{Sectors: sectors})
	if got, want := f.GetSheetList(), []string{"社会救助", "籍山镇社会救助", "3 社会救助"}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] == got[1] {
		t.Errorf("sheets are %q", got)
	}
}

func TestTextTooLongForACellIsRefused(t *testing.T) {
	c := lowIncome()
	c.Entries[1].Content = strings.Repeat("长", maxCell+1)
	var out bytes.Buffer
	err := WriteXLSX(&out, []catalog.Catalog{c}, WriteOptions{Sectors: sectors})
	var long *CellTooLongError
	if !errors.As(err, &long) || long.Entry != "e2" || long.Chars != maxCell+1 {
		t.Errorf("WriteXLSX = %v", err)
	}
	if out.Len() != 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}

func TestLongTextWidensItsColumn(t *testing.T) {
	c := lowIncome()
	cols := PrintColumns(National, &c, "社会救助")
	c.Entries[0].Content = strings.Repeat("公开内容要素", 120)
	if _, heights, err := bodyText(&c, cols); err != nil || heights[0] > maxHeight {
		t.Errorf("height is %v, %v", heights, err)
	}
	for _, col := range cols {
		if col.Head == "公开内容（要素）" && (col.Width <= 32 || col.Width > maxWidth) {
			t.Errorf("width is %v", col.Width)
		}
	}
}

func TestMostLinesAreNeverTooFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, digits := catalogtest.Text().Draw(t, "text"), rapid.Float64Range(1, 90).Draw(t, "digits")
		if most, n := mostLines(s, digits), wrapped(s, digits); most < n {
			t.Fatalf("%q takes %d lines, more than %d", s, n, most)
		}
	})
}

func TestJoinedCellsFitOnAPage(t *testing.T) {
	c := lowIncome()
	for range 4 {
		c.Entries = append(c.Entries, c.Entries[:2]...)
	}
	f, _ := writeBook(t, []catalog.Catalog{c}, WriteOptions{Sectors: sectors})
	merges, err := f.GetMergeCells("社会救助")
	if err != nil {
		t.Fatal(err)
	}
	joined := 0
	for _, m := range merges {
		col, from, _ := excelize.CellNameToCoordinates(m.GetStartAxis())
		_, to, _ := excelize.CellNameToCoordinates(m.GetEndAxis())
		if col != 2 || from < firstHead+headRows {
			continue
		}
		joined += to - from + 1
		high := 0.0
		for r := from; r <= to; r++ {
			h, err := f.GetRowHeight("社会救助", r)
			if err != nil {
				t.Fatal(err)
			}
			high += h
		}
		if high > maxMerge || m.GetCellValue() != "最低生活保障" {
			t.Errorf("rows %d to %d are joined, %v points high, saying %q", from, to, high, m.GetCellValue())
		}
	}
	if joined < len(c.Entries)-1 {
		t.Errorf("only %d of %d rows are joined", joined, len(c.Entries))
	}
}

func TestCarriersSideBySideReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := catalogtest.Entry().Draw(t, "entry")
		cellable(&e, 0)
		c := e.Channels
		if got := catalog.ParseChannels(pairLines(c.BoxString()), catalog.Chosen); !reflect.DeepEqual(got, catalog.ParseChannels(c.BoxString(), catalog.Chosen)) {
			t.Fatalf("%q reads as %+v", pairLines(c.BoxString()), got)
		}
	})
}

func TestCSVIsSafeToOpen(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, []catalog.Catalog{lowIncome()}, WriteOptions{Sectors: sectors}); err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Error("the byte order mark is missing")
	}
	records, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("ReadAll = %d records, %v", len(records), err)
	}
	if got := records[2][4]; got != "'=低保金发放标准" {
		t.Errorf("content says %q", got)
	}
	for _, r := range records {
		for _, s := range r {
			if s != "" && strings.ContainsRune(formulaStart, []rune(s)[0]) {
				t.Errorf("%q would run as a formula", s)
			}
		}
	}
}

func TestGuardedFormulasComeBack(t *testing.T) {
	for _, s := range []string{"", "'", "=1", "'=1", "''=1", "-", "+86", "@a", "＝甲", "'甲", "甲'", "\t甲"} {
		if got := unguardFormula(guardFormula(s)); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}

func TestJSONComesBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := catalogtest.Catalog().Draw(t, "catalog")
		var b bytes.Buffer
		if err := WriteJSON(&b, []catalog.Catalog{c}); err != nil {
			t.Fatal(err)
		}
		got, err := ReadJSON(b.Bytes())
		if err != nil || len(got) != 1 {
			t.Fatalf("ReadJSON = %d catalogs, %v", len(got), err)
		}
		for i := range c.Entries {
			if !got[0].Entries[i].Equal(&c.Entries[i]) {
				t.Fatalf("entry %d is %+v, want %+v", i, got[0].Entries[i], c.Entries[i])
			}
		}
		got[0].Entries, c.Entries = nil, nil
		if !reflect.DeepEqual(got[0], c) {
			t.Fatalf("catalog is %+v, want %+v", got[0], c)
		}
	})
}

// TestLibreOfficeReadsWhatWeWrite proves that another program opens our
// workbooks without repair and finds in them what was written.
func TestLibreOfficeReadsWhatWeWrite(t *testing.T) {
	dir := t.TempDir()
	_, b := writeBook(t, []catalog.Catalog{lowIncome()}, WriteOptions{Date: "2026-03-09", Sectors: sectors})
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, b, 0o600); err != nil {
		t.Fatal(err)
	}
	convert := func(filter string) {
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", filter, "--outdir", dir, book)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
	}
	convert(`csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1`)
	text, err := os.ReadFile(filepath.Join(dir, "book-社会救助.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cols := PrintColumns(National, &catalog.Catalog{Entries: lowIncome().Entries}, "")
	c := lowIncome()
	for r := range c.Entries {
		for i, col := range cols {
			want := col.Text(&c.Entries[r])
			if col.Merge && r > 0 {
				want = "" // the cell above covers it
			}
			if got := records[4+r][i+1]; got != want {
				t.Errorf("row %d, %s: %q, want %q", r+1, col.Head, got, want)
			}
		}
	}
	convert("pdf")
	pages, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, "book.pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	for _, want := range []string{"籍山镇社会救助领域基层政务公开标准目录", "编制日期：2026年3月9日", "审批信息", "第 1 页，共 1 页"} {
		if !strings.Contains(string(pages), want) {
			t.Errorf("the printed page does not say %q", want)
		}
	}
}
