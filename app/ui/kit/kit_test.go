package kit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
)

func window(t *testing.T) fyne.Window {
	t.Helper()
	uitest.App(t)
	return uitest.Window(t, widget.NewLabel(""), 800, 600)
}

func TestEscapeClosesADialogAndEnterPressesItsFirstButton(t *testing.T) {
	w := window(t)
	done := 0
	ask := func() *kit.Dialog {
		return kit.Confirm(w, "删去", "要删去这一条吗？", "删去", func() { done++ })
	}

	d := ask()
	uitest.Press(w, fyne.KeyEscape)
	if !d.Closed() || done != 0 {
		t.Errorf("after Escape: closed %v, done %d times; want true, 0", d.Closed(), done)
	}
	d = ask()
	uitest.Press(w, fyne.KeyReturn)
	if !d.Closed() || done != 1 {
		t.Errorf("after Enter: closed %v, done %d times; want true, 1", d.Closed(), done)
	}
}

func TestAskTakesNoEmptyAnswer(t *testing.T) {
	w := window(t)
	var got []string
	d := kit.Ask(w, "理由", "为什么不涉及？", "", "保存", func(s string) { got = append(got, s) })
	uitest.Press(w, fyne.KeyReturn)
	if d.Closed() || got != nil {
		t.Fatalf("an empty answer was taken: %q", got)
	}
	w.Canvas().Focused().(*kit.Entry).SetText("本镇没有征地")
	uitest.Press(w, fyne.KeyReturn)
	if !d.Closed() || len(got) != 1 || got[0] != "本镇没有征地" {
		t.Errorf("answers are %q, closed %v", got, d.Closed())
	}
}

func TestBusyShowsProgressOnlyOfLongWorkAndCancels(t *testing.T) {
	w := window(t)
	var result error
	ended := false
	kit.Busy(w, "正在导出", func(context.Context, func(int, int)) error { return nil }, func(err error) { result, ended = err, true })
	uitest.Settle()
	if !ended || result != nil || uitest.Shows(w, "正在导出") {
		t.Errorf("short work: ended %v with %v, dialog shown %v", ended, result, uitest.Shows(w, "正在导出"))
	}

	ended = false
	kit.Busy(w, "正在导出", func(ctx context.Context, step func(int, int)) error {
		step(3, 26)
		<-ctx.Done()
		return ctx.Err()
	}, func(err error) { result, ended = err, true })
	uitest.WaitFor(t, "the progress", func() bool { return uitest.Shows(w, "3 / 26") })
	uitest.Tap(t, w, "取消")
	uitest.WaitFor(t, "the end", func() bool { return ended })
	if !errors.Is(result, context.Canceled) || uitest.Shows(w, "正在导出") {
		t.Errorf("cancelled work ended with %v, dialog shown %v", result, uitest.Shows(w, "正在导出"))
	}
}

func TestRunBringsItsResultBackOnTheScreensGoroutine(t *testing.T) {
	window(t)
	got := 0
	kit.Run(func(context.Context) (int, error) { time.Sleep(time.Millisecond); return 7, nil },
		func(v int, err error) { got = v })
	if got != 0 {
		t.Error("the result came before the screen's goroutine took it")
	}
	uitest.Settle()
	if got != 7 {
		t.Errorf("result is %d, want 7", got)
	}
}

func TestEveryColourOfAToneDiffersFromItsGround(t *testing.T) {
	for _, mode := range []kit.Mode{kit.Light, kit.Dark, kit.HighContrast} {
		uitest.AppWith(t, kit.Look{Mode: mode, Scale: 1})
		for _, pair := range [][2]fyne.ThemeColorName{
			{theme.ColorNameForeground, theme.ColorNameBackground},
			{theme.ColorNameForeground, kit.Surface},
			{kit.Muted, kit.Surface},
			{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
			{kit.Accent, kit.AccentSoft},
			{kit.Danger, kit.DangerSoft},
			{kit.Warn, kit.WarnSoft},
			{kit.Good, kit.GoodSoft},
			{theme.ColorNameForeground, theme.ColorNameSelection},
		} {
			if got := contrast(kit.Color(pair[0]), kit.Color(pair[1])); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.1f, want 4.5 (WCAG 2.1, 1.4.3)", mode, pair[0], pair[1], got)
			}
		}
		// What is off need not be that plain, but readable.
		if got := contrast(theme.Color(theme.ColorNameDisabled), theme.Color(theme.ColorNameDisabledButton)); got < 3 {
			t.Errorf("%s: a button that is off has a contrast of %.1f, want 3", mode, got)
		}
	}
}

// A place where nothing is yet must not widen the window.
func TestAnEmptyPlaceFitsWhatThereIs(t *testing.T) {
	uitest.AppWith(t, kit.Look{Mode: kit.Light, Scale: 2})
	o := kit.Empty(nil, "没有", strings.Repeat("换一个词，或者用拼音首字母试试。", 6), nil)
	if w := o.MinSize().Width; w > 200 {
		t.Errorf("it wants a width of %v", w)
	}
	win := uitest.Window(t, o, 300, 600)
	for _, l := range uitest.Find[*kit.Label](win) {
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l); at.X < 0 || at.X+l.Size().Width > 300 || l.Size().Height < l.MinSize().Height {
			t.Errorf("the hint lies at %v with the size %v, wants %v", at, l.Size(), l.MinSize())
		}
	}
}

func TestTextsGrowWithTheirSizeAndBounds(t *testing.T) {
	for _, tt := range []struct{ scale, want float32 }{{0, 14}, {1, 14}, {1.5, 21}, {0.1, 13}, {9, 28}} {
		if got := kit.NewTheme(kit.Look{Scale: tt.scale}).Size(theme.SizeNameText); got != tt.want {
			t.Errorf("text at %v is %v, want %v", tt.scale, got, tt.want)
		}
	}
}

func TestPiecesPicture(t *testing.T) {
	uitest.Golden(t, "pieces", 560, 620, func(fyne.Window) fyne.CanvasObject {
		disabled := kit.Button("不能用", nil, nil)
		disabled.Disable()
		choice := kit.NewSelect([]string{"国家标准", "安徽编码"}, nil)
		choice.SetSelected("国家标准")
		check := kit.NewCheck("政府网站", nil)
		check.SetChecked(true)
		entry := kit.NewEntry()
		entry.SetPlaceHolder("输入名称、拼音或代码")
		return container.NewStack(kit.Card(container.NewVBox(
			kit.Title("社会救助"), kit.Heading("最低生活保障"),
			kit.Body("办理事项、办理条件、最低生活保障标准、申请材料、办理流程、办理时间、地点、联系方式"),
			kit.Note("《社会救助暂行办法》第十一条。从模板填好，可以改。"),
			container.NewHBox(kit.NewBadge("草稿", kit.Plain), kit.NewBadge("已报送", kit.Info), kit.NewBadge("可以签发", kit.Success), kit.NewBadge("警告 2", kit.Warning), kit.NewBadge("错误 12", kit.Alarm)),
			container.NewHBox(kit.Primary("确定", nil, nil), kit.Button("取消", nil, nil), kit.Quiet("撤销", theme.ContentUndoIcon(), nil), kit.Grave("删去", nil, nil), disabled),
			entry, choice, check, kit.Rule(),
			kit.Empty(theme.SearchIcon(), "没有找到", "换一个词，或者用拼音首字母试试。", nil),
		)))
	})
}

func TestFynesOwnWordsFollowTheLanguageChosen(t *testing.T) {
	window(t)
	for _, tt := range []struct {
		lang words.Lang
		want string
	}{{words.English, "Paste"}, {words.Chinese, "粘贴"}} {
		kit.SetLang(tt.lang)
		if got := lang.L("Paste"); got != tt.want {
			t.Errorf("in language %d Fyne says %q, want %q", tt.lang, got, tt.want)
		}
	}
}
