package prose

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
)

// linesOf are the lines of a text at a width of so many Chinese characters.
func linesOf(t *Text, chars float32) []string {
	var out []string
	for _, l := range t.wrap(chars*kit.WidthOf('字', false, theme.Size(t.size)) + 0.5) {
		var b strings.Builder
		for _, p := range l.pieces {
			b.WriteString(p.text)
		}
		out = append(out, strings.TrimRight(b.String(), " "))
	}
	return out
}

func TestTextsWrapAsChineseDoes(t *testing.T) {
	uitest.App(t)
	for _, tt := range []struct {
		text  string
		chars float32
		want  string
	}{
		{"一二三四五六", 3, "一二三|四五六"},
		{"一二三，四五六", 3, "一二|三，四|五六"},   // no comma begins a line
		{"一二（三四五）六", 3, "一二|（三四|五）六"}, // no bracket ends one
		{"甲\n\n乙", 5, "甲||乙"},         // line breaks stay
		{"点Ctrl键", 3, "点Ctrl|键"},      // a word stays whole
		{"甲乙丙Ctrl键", 4, "甲乙丙|Ctrl键"},
		{"abcdefghijklmnopqrstuvwxyz", 3, ""}, // longer than a line: cut
		{"一二三 四五六", 3, "一二三|四五六"},             // no space begins a line
		{"", 3, ""},
	} {
		got := strings.Join(linesOf(Plain(tt.text), tt.chars), "|")
		if tt.text[0:min(3, len(tt.text))] == "abc" {
			if n := len(linesOf(Plain(tt.text), tt.chars)); n < 3 {
				t.Errorf("a long word has %d lines", n)
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%q in %v characters: %s, want %s", tt.text, tt.chars, got, tt.want)
		}
	}
}

func TestNothingOfATextIsLostByWrapping(t *testing.T) {
	uitest.App(t)
	text := strings.Repeat("《社会救助暂行办法》（国务院令第649号）第十一条、https://www.gov.cn/zhengce/2014 ，", 7)
	plain := strings.ReplaceAll(text, " ", "")
	for width := float32(1); width < 40; width++ {
		if got := strings.ReplaceAll(strings.Join(linesOf(Plain(text), width), ""), " ", ""); got != plain {
			t.Fatalf("%v characters wide: %q", width, got)
		}
	}
}

func TestAClickFollowsALink(t *testing.T) {
	uitest.App(t)
	followed := 0
	text := New(theme.SizeNameText, Span{Text: "请看"}, Span{Text: "导入", Link: func() { followed++ }}, Span{Text: "一页。"})
	uitest.Window(t, container.NewWithoutLayout(text), 400, 200)
	text.Resize(fyne.NewSize(300, 40))
	w := kit.WidthOf('字', false, theme.TextSize())
	text.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 5)})
	text.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2.5*w, 5)})
	text.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4.5*w, 5)})
	text.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2.5*w, 90)})
	if followed != 1 {
		t.Errorf("followed %d times, want once", followed)
	}
	if names, _ := text.Links(); len(names) != 1 || names[0] != "导入" || text.String() != "请看导入一页。" {
		t.Errorf("links %q of %q", names, text)
	}
}

func TestAPageIsAsHighAsItsTextsAtItsWidth(t *testing.T) {
	uitest.App(t)
	p := NewPage(10, 20, 0)
	long := Plain(strings.Repeat("一二三四五六七八九十", 30))
	beside := container.New(Columns{Gap: 10}, Plain(strings.Repeat("左边", 40)), container.New(Pad{5, 5, 5, 5}, Plain("右边")))
	last := Plain("末行")
	p.Set(long, beside, last)
	w := uitest.Window(t, p, 400, 300)
	check := func() {
		t.Helper()
		objects := []fyne.CanvasObject{long, beside, last}
		for i, o := range objects {
			if o.Size().Height < o.MinSize().Height-0.5 {
				t.Errorf("object %d is %v high and needs %v", i, o.Size().Height, o.MinSize().Height)
			}
			if i > 0 && o.Position().Y < objects[i-1].Position().Y+objects[i-1].Size().Height {
				t.Errorf("object %d lies over the one before", i)
			}
		}
	}
	check()
	narrow := long.Size().Height
	w.Resize(fyne.NewSize(900, 60))
	check()
	if wide := long.Size().Height; wide >= narrow {
		t.Errorf("wider the text is %v high, was %v", wide, narrow)
	}
	p.Reveal(last)
	if p.Offset() <= 0 {
		t.Error("the page did not scroll to its end")
	}
	last.SetSpans(Span{Text: strings.Repeat("更长了", 100)})
	p.Relayout()
	check()
}

func TestProsePicture(t *testing.T) {
	uitest.Golden(t, "prose", 520, 300, func(fyne.Window) fyne.CanvasObject {
		p := NewPage(8, 16, 600)
		p.Set(
			New(theme.SizeNameSubHeadingText, Span{Text: "撤销导入", Bold: true}),
			New(theme.SizeNameText, Span{Text: "按一次「"}, Span{Text: "撤销", Bold: true}, Span{Text: "」，导入的内容全部退回，详见"}, Span{Text: "撤销与重做", Link: func() {}}, Span{Text: "。快捷键是 Ctrl+Z，在 1366×768 的屏幕上也放得下。"}),
			container.New(Columns{Gap: 12},
				New(theme.SizeNameText, Span{Text: "办理条件、"}, Span{Text: "低保标准", Ink: kit.Danger, Ground: kit.DangerSoft}, Span{Text: "、申请材料、办理流程"}),
				New(theme.SizeNameText, Span{Text: "办理条件、"}, Span{Text: "最低生活保障标准", Ink: kit.Good, Ground: kit.GoodSoft}, Span{Text: "、申请材料、办理流程、办理时间、地点"})),
		)
		return p
	})
}
