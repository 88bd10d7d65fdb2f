package paper_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"mulutong/assets"
	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/paper"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

var fonts = paper.Fonts{Regular: assets.PrintRegular(), Bold: assets.PrintBold()}

func options() sheet.WriteOptions {
	return sheet.WriteOptions{Date: "2026-03-02", Sectors: templates.Embedded().Sectors()}
}

func write(t *testing.T, o sheet.WriteOptions, cs ...catalog.Catalog) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := paper.Write(&b, cs, fonts, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pages reads the text of a PDF as poppler finds it, page by page, in the order
// in which it was printed and without white space.
func pages(t *testing.T, pdf []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	if bytes.Contains(out, []byte("Syntax")) {
		t.Fatalf("pdftotext complains: %s", out[:min(len(out), 300)])
	}
	ps := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i := range ps {
		ps[i] = squash(ps[i])
	}
	return ps
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func draft(t *testing.T, sector catalog.Sector) catalog.Catalog {
	t.Helper()
	tm, ok := templates.Embedded().Template(sector)
	if !ok {
		t.Fatalf("no template of %s", sector)
	}
	unit, err := templates.Divisions().UnitOf("340223100")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	return tm.Draft(unit, func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprint("e", n)) })
}

func TestEveryCellIsOnPaper(t *testing.T) {
	for _, layout := range []sheet.Layout{sheet.National, sheet.AnhuiCoded} {
		for _, size := range []sheet.Paper{sheet.A4, sheet.A3} {
			o := options()
			o.Layout, o.Paper = layout, size
			all := append(catalogtest.Catalogs(7, 60), draft(t, "social-assistance"), draft(t, "tax"))
			text := strings.Join(pages(t, write(t, o, all...)), "")
			for i := range all {
				c := &all[i]
				if want := squash(sheet.Title(c, o)); !strings.Contains(text, want) {
					t.Errorf("%s %s: title %q is not on paper", layout, size, want)
				}
				for _, col := range sheet.PrintColumns(layout, c, o.SectorName(c.Sector)) {
					if !strings.Contains(text, squash(col.Head)) {
						t.Errorf("%s %s: heading %q is not on paper", layout, size, col.Head)
					}
					for j := range c.Entries {
						if want := squash(col.Text(&c.Entries[j])); !strings.Contains(text, want) {
							t.Errorf("%s %s: %s of entry %d is not on paper: %q", layout, size, col.Head, j+1, want)
						}
					}
				}
			}
		}
	}
}

func TestEveryPageHasHeaderAndNumber(t *testing.T) {
	c := draft(t, "social-assistance")
	ps := pages(t, write(t, options(), c))
	if len(ps) < 3 {
		t.Fatalf("%d pages for %d entries, want several", len(ps), len(c.Entries))
	}
	for i, text := range ps {
		if !strings.Contains(text, "公开内容（要素）") || !strings.Contains(text, "一级事项") {
			t.Errorf("page %d has no header", i+1)
		}
		if want := fmt.Sprintf("第%d页，共%d页", i+1, len(ps)); !strings.Contains(text, want) {
			t.Errorf("page %d does not say %s", i+1, want)
		}
	}
}

// A matter that goes on over the page is named there again.
func TestSharedNamesStandOnEveryPage(t *testing.T) {
	c := draft(t, "social-assistance")
	c.Entries = c.Entries[:2:2]
	for i := range 30 {
		e := c.Entries[1]
		e.ID, e.Path = catalog.EntryID(fmt.Sprint("x", i)), []string{"特困人员救助供养事项", fmt.Sprint("事项", i)}
		c.Entries = append(c.Entries, e)
	}
	for i, text := range pages(t, write(t, options(), c)) {
		if n := strings.Count(text, "特困人员救助供养事项"); n != 1 {
			t.Errorf("page %d names the matter %d times, want once", i+1, n)
		}
	}
}

func TestAnEntryTallerThanAPageGoesOn(t *testing.T) {
	c := draft(t, "social-assistance")
	var long strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&long, "第%d项，", i)
	}
	c.Entries = c.Entries[:3:3]
	c.Entries[1].Content = long.String()
	ps := pages(t, write(t, options(), c))
	text := strings.Join(ps, "")
	for i := range 3000 {
		if !strings.Contains(text, fmt.Sprintf("第%d项，", i)) {
			// A line may end within the words where a page ends.
			if !strings.Contains(text, fmt.Sprintf("%d", i)) {
				t.Fatalf("part %d is lost", i)
			}
		}
	}
	named := 0
	for _, p := range ps {
		if strings.Contains(p, "2续") {
			named++
			if !strings.Contains(p, squash(c.Entries[1].Submatter())) {
				t.Error("a page that goes on with an entry does not name it")
			}
		}
	}
	if named < 3 {
		t.Errorf("%d of %d pages go on with the entry, want some", named, len(ps))
	}
}

func TestSectorsWithoutEntriesSaySo(t *testing.T) {
	empty, none := draft(t, "tax"), draft(t, "education")
	empty.Entries = nil
	none.Entries, none.NotApplicable = nil, &catalog.NotApplicable{Reason: strings.Repeat("镇内没有学校，", 400)}
	ps := pages(t, write(t, options(), empty, none))
	if !strings.Contains(ps[0], "目录中还没有条目") {
		t.Errorf("an empty catalog prints %q", ps[0])
	}
	rest := strings.Join(ps[1:], "")
	if !strings.Contains(rest, "本单位不涉及该领域") || strings.Count(rest, "镇内没有学校，") < 395 {
		t.Errorf("a sector that does not occur prints %.200q", rest)
	}
}

func TestTheSameIsTheSameToTheByte(t *testing.T) {
	c := draft(t, "tax")
	a, b := write(t, options(), c), write(t, options(), c)
	if !bytes.Equal(a, b) {
		t.Error("written twice, the file differs")
	}
	if !bytes.HasPrefix(a, []byte("%PDF-")) {
		t.Errorf("the file begins with %q", a[:8])
	}
}

func TestNothingToPrintIsStillAFile(t *testing.T) {
	if ps := pages(t, write(t, options())); len(ps) != 1 {
		t.Errorf("%d pages, want 1", len(ps))
	}
}

func TestABrokenFontIsAnError(t *testing.T) {
	err := paper.Write(&bytes.Buffer{}, nil, paper.Fonts{Regular: []byte("no font"), Bold: assets.PrintBold()}, options())
	if err == nil {
		t.Error("no error for a font that is none")
	}
}

func TestFormTellsWhatIsSigned(t *testing.T) {
	c := draft(t, "social-assistance")
	c.Revision = 128
	s := paper.Summarize(&c, "社会救助")
	s.Warnings, s.Answered = 3, 2
	s.Omitted = []paper.Remark{{About: "最低生活保障 / 审批信息", Reason: "由县民政局审批和公开"}}
	s.Reasons = []paper.Remark{{About: "公开时限：终止供养名单", Reason: "县里要求按月公示"}}
	form := paper.Form{
		Unit: c.Unit, Date: "2026-11-23", Catalogs: []paper.Summary{s},
		Leader: catalog.Approval{By: "张三", At: "2026-11-20", Opinion: "同意报送。"},
	}
	var b bytes.Buffer
	if err := paper.WriteForm(&b, form, fonts); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(pages(t, b.Bytes()), "")
	for _, want := range []string{
		"基层政务公开标准目录签发单", "编制单位：" + c.Unit.Publisher(), "社会救助", "128", "2026.1",
		fmt.Sprintf("%d条", len(c.Entries)), "乡级", "错误0处，提醒3处；另有2处已写明理由",
		"同意报送。", "签发人（签字）：张三", "2026年11月20日", "审查人（签字）：＿＿", "由县民政局审批和公开", "县里要求按月公示",
	} {
		if !strings.Contains(text, squash(want)) {
			t.Errorf("the form does not say %q", want)
		}
	}
}

func TestOneFormListsManySectors(t *testing.T) {
	form := paper.Form{Unit: catalogtest.Unit(), Date: "2026-11-23"}
	for i, info := range templates.Embedded().Sectors() {
		s := paper.Summary{Sector: info.Called(), Revision: uint64(1000 + i), Entries: 10 + i}
		if i == 4 {
			s.NotApplicable = &catalog.NotApplicable{Reason: "由县税务局统一公开"}
		}
		form.Catalogs = append(form.Catalogs, s)
	}
	form.Secrecy.Opinion = strings.Repeat("经审查，不涉及国家秘密、工作秘密。", 300)
	var b bytes.Buffer
	if err := paper.WriteForm(&b, form, fonts); err != nil {
		t.Fatal(err)
	}
	ps := pages(t, b.Bytes())
	text := strings.Join(ps, "")
	for i, s := range form.Catalogs {
		if !strings.Contains(text, squash(s.Sector)) || !strings.Contains(text, fmt.Sprint(1000+i)) {
			t.Errorf("%s is not in the list", s.Sector)
		}
	}
	if !strings.Contains(text, "不涉及。理由：由县税务局统一公开") {
		t.Error("the reason of a sector that does not occur is missing")
	}
	if n := strings.Count(text, "经审查，不涉及国家秘密"); n < 290 {
		t.Errorf("the opinion stands there %d times, want about 300", n)
	}
	if !strings.Contains(ps[1], "修订号") {
		t.Error("the list's second page has no header")
	}
}
