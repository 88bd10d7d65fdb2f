package searchbox

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// fake answers from a list, after a gate opens, or with an error.
type fake struct {
	hits  []work.Hit
	total int
	err   error
	gate  chan struct{} // nil: at once
	mu    sync.Mutex
	asked []string
}

func (f *fake) Find(ctx context.Context, q string, limit int) (work.Found, error) {
	f.mu.Lock()
	f.asked = append(f.asked, q)
	f.mu.Unlock()
	if f.gate != nil {
		select {
		case <-f.gate:
		case <-ctx.Done():
			return work.Found{}, ctx.Err()
		}
	}
	if f.err != nil {
		return work.Found{}, f.err
	}
	var out []work.Hit
	for _, h := range f.hits {
		if strings.Contains(h.Title+h.Snippet, q) {
			out = append(out, h)
		}
	}
	return work.Found{Hits: out[:min(limit, len(out))], Total: max(f.total, len(out))}, nil
}

func marked(text, part string) []work.Mark {
	i := strings.Index(text, part)
	return []work.Mark{{From: i, To: i + len(part)}}
}

func hits() []work.Hit {
	social := catalog.SectorInfo{No: 19, Slug: "social-assistance", Name: "社会救助"}
	elderly := catalog.SectorInfo{No: 20, Slug: "elderly-care", Name: "养老服务"}
	long := "办理条件、最低生活保障标准、申请材料、办理流程、办理时间、地点、联系方式，以及低保对象认定、审核确认和动态管理的有关内容"
	return []work.Hit{
		{Kind: work.HitEntry, Sector: social, Entry: "e1", Field: catalog.FieldPath, Title: "最低生活保障 / 办事指南", Snippet: "最低生活保障 办事指南", Marks: marked("最低生活保障 办事指南", "生活保障")},
		{Kind: work.HitEntry, Sector: social, Entry: "e2", Field: catalog.FieldContent, Title: "临时救助 / 政策法规文件", Snippet: long, Marks: marked(long, "生活保障")},
		{Kind: work.HitEntry, Sector: elderly, Entry: "e3", Field: catalog.FieldAudience, Title: "养老服务补贴 / 审核结果", Snippet: "特定群体：享受最低生活保障的老年人", Marks: marked("特定群体：享受最低生活保障的老年人", "生活保障")},
		{Kind: work.HitSector, Sector: social, Title: "社会救助", Snippet: "社会救助（最低生活保障）", Marks: marked("社会救助（最低生活保障）", "生活保障")},
		{Kind: work.HitPage, Page: "目录", Anchor: "填写", Title: "目录 / 填写一条", Snippet: "例如“最低生活保障”一条……", Marks: marked("例如“最低生活保障”一条……", "生活保障")},
		{Kind: work.HitAct, Act: "a", Status: catalog.Repealed, Title: "城市居民最低生活保障条例", Snippet: "城市居民最低生活保障条例", Marks: marked("城市居民最低生活保障条例", "生活保障")},
	}
}

func open(t *testing.T, f Finder) (fyne.Window, *Box, *[]work.Hit) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1000, 600)
	b := New(w, f)
	var went []work.Hit
	b.OnJump = func(h work.Hit) { went = append(went, h) }
	w.SetContent(container.NewVBox(container.NewHBox(layout.NewSpacer(), b)))
	return w, b, &went
}

func types(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestTypingListsHitsUnderTheirSectors(t *testing.T) {
	w, b, went := open(t, &fake{hits: hits(), total: 58})
	test.Tap(b)
	uitest.MustShow(t, w, "zdshbz")
	types(w, "生活保障")
	uitest.Settle()
	uitest.MustShow(t, w, "社会救助", "养老服务", "公开内容（要素）", "依据库", "已废止", "使用说明", "还有 52 条")
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyReturn)
	if len(*went) != 1 || (*went)[0].Entry != "e2" || b.shown() {
		t.Errorf("Enter went to %+v, still open %v", *went, b.shown())
	}
	if got := b.label.Text; got != "生活保障" {
		t.Errorf("the field says %q", got)
	}
}

func TestKeysStopAtBothEnds(t *testing.T) {
	w, b, went := open(t, &fake{hits: hits()})
	b.Open()
	types(w, "生活")
	uitest.Settle()
	uitest.Press(w, fyne.KeyUp)
	if b.chosen != 0 {
		t.Errorf("above the first is %d", b.chosen)
	}
	uitest.Press(w, fyne.KeyPageDown)
	uitest.Press(w, fyne.KeyDown)
	if b.chosen != len(b.rows)-1 {
		t.Errorf("below the last is %d", b.chosen)
	}
	uitest.Press(w, fyne.KeyPageUp)
	uitest.Press(w, fyne.KeyEscape)
	if b.shown() || len(*went) != 0 {
		t.Errorf("after Escape it is open %v and went to %v", b.shown(), *went)
	}
}

func TestAClickGoesThereAndItIsRemembered(t *testing.T) {
	f := &fake{hits: hits()}
	w, b, went := open(t, f)
	b.Open()
	types(w, "生活")
	uitest.Settle()
	test.Tap(b.rows[2])
	if len(*went) != 1 || (*went)[0].Entry != "e3" {
		t.Fatalf("the click went to %+v", *went)
	}
	b.Open() // what was typed is chosen, so that typing replaces it
	uitest.Settle()
	if got := b.entry.SelectedText(); got != "生活" {
		t.Errorf("chosen is %q", got)
	}
	b.entry.SetText("")
	uitest.Settle()
	uitest.MustShow(t, w, "最近去过", "养老服务补贴 / 审核结果")
	uitest.Press(w, fyne.KeyReturn)
	if len(*went) != 2 || (*went)[1].Entry != "e3" {
		t.Errorf("the recent one led to %+v", *went)
	}
}

func TestOnlyTheAnswerToTheLastQuestionIsShown(t *testing.T) {
	f := &fake{hits: hits(), gate: make(chan struct{})}
	w, b, went := open(t, f)
	b.Open()
	types(w, "养老")
	uitest.WaitFor(t, "that it says it is searching", func() bool { return uitest.Shows(w, "正在查找") })
	uitest.Press(w, fyne.KeyReturn) // before there is an answer
	if len(*went) != 0 {
		t.Fatalf("went to %+v before there was an answer", *went)
	}
	close(f.gate)
	uitest.Settle()
	if len(*went) != 1 || (*went)[0].Entry != "e3" {
		t.Errorf("went to %+v, want what was asked for", *went)
	}
}

func TestASearchThatFindsNothingOrFailsSaysSo(t *testing.T) {
	f := &fake{}
	w, b, went := open(t, f)
	b.Open()
	types(w, "天文")
	uitest.Settle()
	uitest.MustShow(t, w, "没有找到“天文”")
	f.err = fmt.Errorf("read: %w", boltstore.ErrDamaged)
	types(w, "台")
	uitest.Settle()
	uitest.MustShow(t, w, "数据已损坏")
	uitest.Press(w, fyne.KeyReturn)
	if len(*went) != 0 {
		t.Errorf("went to %+v", *went)
	}
	b.SetFinder(nil)
	uitest.MustShow(t, w, "可以输入事项名称")
	b.SetFinder(&fake{hits: []work.Hit{{Kind: work.HitSector, Title: "天文台", Snippet: "天文台"}}}) // it was still being made
	uitest.Settle()
	uitest.MustShow(t, w, "天文台")
}

func TestSearchPicture(t *testing.T) {
	uitest.Golden(t, "search", 1000, 560, func(w fyne.Window) fyne.CanvasObject {
		b := New(w, &fake{hits: hits(), total: 58})
		bar := kit.NewPanel(kit.Surface, "", 0, kit.Inset(3, container.NewHBox(layout.NewSpacer(), b, kit.Quiet("", theme.ContentUndoIcon(), nil))))
		root := container.NewVBox(bar, kit.Rule())
		w.SetContent(root)
		b.Open()
		types(w, "生活保障")
		uitest.Settle()
		uitest.Press(w, fyne.KeyDown)
		return root
	})
}

func TestSearchSpeaksOneLanguage(t *testing.T) {
	uitest.OneLanguage(t, 1000, 560, func(w fyne.Window) fyne.CanvasObject {
		b := New(w, &fake{hits: hits(), total: 58})
		root := container.NewVBox(b)
		w.SetContent(root)
		b.Open()
		types(w, "生活保障")
		uitest.Settle()
		return root
	}, "生活保障", "最低", "办事指南", "临时救助", "政策法规文件", "养老服务补贴", "审核结果", "特定群体：享受", "的老年人", "例如“", "”一条", "目录", "填写一条", "城市居民", "条例",
		"办理条件、", "标准、申请材料、办理流程、办理时间、地点、联系方式，以及低保对象认定、审核确认和动态管理的有关内容", "社会救助", "zdshbz", "（", "）", "K")
}
