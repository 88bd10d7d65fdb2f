package catalog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// keptOf returns what of s must stand in the citations read from it.
func keptOf(s string) []rune {
	var kept []rune
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch classOf(r) {
		case blankMark, breakMark, sepMark:
		default:
			kept = append(kept, r)
		}
	}
	return kept
}

// checkBasis holds what is promised of any cell.
func checkBasis(t interface {
	Helper()
	Errorf(string, ...any)
}, s string,
) {
	t.Helper()
	b := ParseBasis(s)
	if again := ParseBasis(b.String()); !slices.Equal(again, b) {
		t.Errorf("ParseBasis(%q) =\n%q, printed and read again\n%q", s, b, again)
	}
	var texts strings.Builder
	for _, c := range b {
		if c.Text == "" || strings.Contains(c.Text, "\n") {
			t.Errorf("ParseBasis(%q) has text %q", s, c.Text)
		}
		texts.WriteString(c.Text)
		c.Flaws()
		c.Normalized()
	}
	out := keptOf(texts.String())
	for _, r := range keptOf(s) {
		if len(out) > 0 && out[0] == r {
			out = out[1:]
			continue
		}
		if !strings.ContainsRune("和以及与或者并/／|+＋&＆", r) {
			t.Errorf("ParseBasis(%q) = %q lost %q", s, b, r)
			return
		}
	}
	if len(out) > 0 {
		t.Errorf("ParseBasis(%q) = %q made up %q", s, b, string(out))
	}
}

// drawCell draws a cell out of the pieces that cells are made of, in any order.
func drawCell(t *rapid.T) string {
	pieces := []string{
		"《", "》", "〈", "〉", "<", ">", "（", "）", "(", ")", "〔", "〕", "[", "]", "【法律】",
		"、", "，", "；", "\n", " ", "和", "及", "等", "及其实施细则", "的通知", "：", "1.", "（二）",
		"政府信息公开条例", "社会保险法", "财政部关于印发", "地方预决算公开操作规程", "相关规定", "信息公开规定", "民政部",
		"国办发〔2019〕54号", "国发[2016]14号", "税总发〔201744号", "国务院令第711号", "2018年修正", "试行", "2016", "号",
		"第二十条", "第（一）项", "第二款", "规定",
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "pieces"), "")
}

func TestBasisPrintsAndReadsBackAndLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkBasis(t, drawCell(t))
	})
}

// drawCitation draws a citation as it should be written.
func drawCitation(t *rapid.T) Citation {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	return Citation{
		Title: pick("title", "政府信息公开条例", "中华人民共和国社会保险法", "财政部关于印发〈地方预决算公开操作规程〉的通知", "最低生活保障审核审批办法（试行）",
			"国家综合防灾减灾规划（2016-2020年）", "中共中央、国务院关于打赢脱贫攻坚战的决定"),
		Number:  pick("number", "", "国办发〔2019〕54号", "国务院令第711号", "公告2009年第1号", "主席令第21号", "〔2014〕74号"),
		Note:    pick("note", "", "2018年修正", "2010年3月26日重庆市人民代表大会常务委员会通过"),
		Article: pick("article", "", "第二十条第（一）项", "第二十条、第二十一条"),
	}
}

func TestNormalizedCitationsReadBackWithoutFlaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawCitation(t).Normalized()
		got := ParseBasis(want.Text)
		if len(got) != 1 || got[0] != want {
			t.Fatalf("ParseBasis(%q) = %q, want %q", want.Text, got, want)
		}
		if f := want.Flaws(); len(f) > 0 {
			t.Fatalf("%q has flaws %v", want.Text, f)
		}
	})
}

func TestListsOfCitationsReadTheSameWithAnySeparator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		var want Basis
		var cell strings.Builder
		for i := range n {
			c := drawCitation(t).Normalized()
			want = append(want, c)
			if i > 0 {
				cell.WriteString(rapid.SampledFrom([]string{"", "、", "，", "；", ";", "\n", " ", "；\n", "和", "以及", "。"}).Draw(t, "separator"))
			}
			cell.WriteString(c.Text)
		}
		if got := ParseBasis(cell.String()); !slices.Equal(got, want) {
			t.Fatalf("ParseBasis(%q) =\n%q, want\n%q", cell.String(), got, want)
		}
	})
}

func FuzzParseBasis(f *testing.F) {
	for _, c := range cells {
		f.Add(c.cell)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkBasis(t, s)
	})
}

func BenchmarkParseBasis(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		ParseBasis(cells[i%len(cells)].cell)
	}
}

func BenchmarkFlaws(b *testing.B) {
	c := ParseBasis("《国务院办公厅关于推进公共资源配置领域政府信息公开的意见》(国办发〔2017〕97号)")[0]
	b.ReportAllocs()
	for range b.N {
		c.Flaws()
	}
}
