package paper

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"pgregory.net/rapid"

	"mulutong/assets"
	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/sheet"
)

func testFace(t interface{ Fatal(...any) }) *face {
	f, err := newFace("plain", assets.PrintRegular())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestLinesBreakAsChineseIsSet(t *testing.T) {
	f := testFace(t)
	for _, tt := range []struct {
		name, in string
		width    float64 // in characters
		want     []string
	}{
		{"between characters", "公开事项清单", 4, []string{"公开事项", "清单"}},
		{"no stop begins a line", "公开事项，清单", 4, []string{"公开事", "项，清单"}},
		{"no bracket ends a line", "公开事（清单）", 4, []string{"公开事", "（清单）"}},
		{"numbers stay whole", "国发2016年", 4, []string{"国发", "2016年"}},
		{"a word wider than the line is broken", "abcdefghijklmnop", 4, []string{"abcdefg", "hijklmn", "op"}},
		{"its own breaks stay", "甲\n\n乙", 4, []string{"甲", "", "乙"}},
		{"spaces at a break go", "甲乙丙丁 戊", 4, []string{"甲乙丙丁", "戊"}},
		{"signs that all stick break where they must", "，，，，，，", 4, []string{"，，，，", "，，"}},
		{"one character a line at least", "公开", 0, []string{"公", "开"}},
		{"nothing", "", 4, nil},
	} {
		if got := f.wrap(tt.in, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%s: wrap(%q, %v) = %q, want %q", tt.name, tt.in, tt.width, got, tt.want)
		}
	}
}

func TestWhatTheFontLacksIsSeen(t *testing.T) {
	f := testFace(t)
	for in, want := range map[string]string{
		"甲😀乙":      "甲〓乙",
		"a\tb":     "a b",
		"甲\u200b乙": "甲乙",
		"甲\x01乙":   "甲乙",
		"甲\r\n乙":   "甲\n乙",
		"坏\xff字":   "坏〓字",
	} {
		if got := f.tidy(in); got != want {
			t.Errorf("tidy(%q) = %q, want %q", in, got, want)
		}
	}
	// A standard character beyond 16 bits has a place within them.
	if got := []rune(f.tidy("𬭳")); len(got) != 1 || got[0] < 0xE000 || got[0] > 0xF8FF {
		t.Errorf("tidy of a wide character is %U", got)
	}
}

func TestWrappingLosesNothing(t *testing.T) {
	f := testFace(t)
	rapid.Check(t, func(t *rapid.T) {
		text := catalogtest.Text().Draw(t, "text")
		width := rapid.Float64Range(0.5, 30).Draw(t, "width")
		lines := f.wrap(text, width)
		if got, want := solid(strings.Join(lines, "")), solid(f.tidy(text)); got != want {
			t.Fatalf("lines say %q, the text %q", got, want)
		}
		for _, l := range lines {
			if f.measure(l) > width+1e-6 && len([]rune(l)) > 1 {
				t.Fatalf("line %q is %v wide, want at most %v", l, f.measure(l), width)
			}
		}
	})
}

// Whatever a catalog says, every line of every cell is on some page, no page is
// fuller than it is high, and only what is taller than a page is cut.
func TestPagesLoseNoLine(t *testing.T) {
	p, err := newPress(Fonts{assets.PrintRegular(), assets.PrintBold()}, fpdf.SizeType{Wd: 297, Ht: 210}, "2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		c := catalogtest.Catalog().Draw(rt, "catalog")
		for i := range c.Entries {
			if rapid.IntRange(0, 3).Draw(rt, "long") == 0 {
				n := rapid.IntRange(1, 400).Draw(rt, "times")
				c.Entries[i].Content = strings.Repeat("公开内容、", n)
				if rapid.Bool().Draw(rt, "long name") {
					c.Entries[i].Path = []string{strings.Repeat("事项", n), "甲"}
				}
			}
		}
		layout := rapid.SampledFrom([]sheet.Layout{sheet.National, sheet.AnhuiCoded}).Draw(rt, "layout")
		tb := &table{p: p, look: p.look(sheet.A4)}
		tb.columns(sheet.PrintColumns(layout, &c, "社会救助"))
		tb.header()
		tb.fill(&c)
		const first, others = 140.0, 155.0
		pages := tb.paginate(first, others)

		seen := make([][]string, len(c.Entries)*len(tb.cols))
		parts := make([]int, len(c.Entries))
		for n, page := range pages {
			room := others
			if n == 0 {
				room = first
			}
			if got := total(page); got > room+1e-6 {
				rt.Fatalf("page %d is %v high, want at most %v", n+1, got, room)
			}
			for from := range page {
				pc := page[from]
				parts[pc.row.number-1]++
				for i := range tb.cols {
					at := (pc.row.number-1)*len(tb.cols) + i
					seen[at] = append(seen[at], pc.cells[i]...)
					if high := tb.high(len(pc.cells[i])); !tb.cols[i].Merge && high > pc.height+1e-6 {
						rt.Fatalf("a cell of %d lines is in a row %v high", len(pc.cells[i]), pc.height)
					}
				}
			}
		}
		for r := range c.Entries {
			row := &tb.rows[r]
			most := 1
			for i := range tb.cols {
				got, want := strings.Join(seen[r*len(tb.cols)+i], "\n"), strings.Join(row.cells[i], "\n")
				if i > 0 && !strings.Contains(got, want) {
					rt.Fatalf("entry %d, %s: on paper is %q, want %q", r+1, tb.cols[i].Head, got, want)
				}
				most = max(most, len(row.cells[i]))
			}
			page := others
			if r == 0 { // rather cut than alone with a page that has nothing but the title
				page = first
			}
			if parts[r] > 1 && tb.high(most) <= page {
				rt.Fatalf("entry %d is cut into %d parts, though it fits a page", r+1, parts[r])
			}
		}
	})
}

func TestRandomCatalogsPrint(t *testing.T) {
	for round := range 3 {
		var cs []catalog.Catalog
		for i := range 60 { // many at once: reading the fonts is what takes time
			cs = append(cs, catalogtest.Catalog().Example(60*round+i))
		}
		var b bytes.Buffer
		if err := Write(&b, cs, Fonts{assets.PrintRegular(), assets.PrintBold()}, sheet.WriteOptions{Date: "2026-03-02"}); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n < len(cs) {
			t.Errorf("%d pages for %d catalogs", n, len(cs))
		}
	}
}
