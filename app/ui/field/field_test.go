package field

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/catalog"
)

// log is what an editor told.
type log struct {
	texts []string
	done  int
}

// listen records what an editor tells.
func listen(h *Hooks) *log {
	l := &log{}
	h.Changed = func(text string) { l.texts = append(l.texts, text) }
	h.Done = func() { l.done++ }
	return l
}

func (l *log) last() string {
	if len(l.texts) == 0 {
		return "(nothing told)"
	}
	return l.texts[len(l.texts)-1]
}

// show puts editors in a window as a pane does.
func show(t testing.TB, width float32, editors ...fyne.CanvasObject) fyne.Window {
	t.Helper()
	box := container.New(Stack{Gap: 6}, editors...)
	w := uitest.Window(t, container.NewVScroll(box), width, 700)
	return w
}

// typeIn types into what has the focus.
func typeIn(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func shortcut(w fyne.Window, s fyne.Shortcut) {
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
}

func TestCtrlHomeAndEndGoFar(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	e.Set("办理事项\n办理条件、申请材料、办理流程")
	w := show(t, 200, e)
	w.Canvas().Focus(e.First())
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierControl})
	typeIn(w, "。")
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	typeIn(w, "一、")
	if got, want := e.Text(), "一、办理事项\n办理条件、申请材料、办理流程。"; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
}

func TestEditorsKeepWhatTheyShow(t *testing.T) {
	uitest.App(t)
	texts := map[string][]string{
		"text":      {"", "办理事项\n办理条件", "  空格 "},
		"citations": {"《社会救助暂行办法》（国务院令第649号）", "相关政策文件\n〔201680号", "《a》第一条\n\n"},
		"channels":  {"政府网站、其他（征地信息公开平台）", "", "其他", "政府网站；可选：政府公报"},
		"audience":  {"", "全社会", "特定群体：申请人", "特定群体"},
		"mode":      {"", "主动", "主动、依申请"},
		"tiers":     {"", "县级、乡级", "村级"},
		"path":      {"", "最低生活保障\n办事指南", "一\n\n三", "一"},
		"limit":     {"", "看情况", "20个工作日内"},
		"link":      {"", "https://a", "见网站"},
		"extra":     {"", "备注=见附件", "空="},
	}
	editors := map[string]func() (Editor, *Hooks){
		"text":      func() (Editor, *Hooks) { e := NewLongText(""); return e, &e.Hooks },
		"citations": func() (Editor, *Hooks) { e := NewCitations(testRegister(t)); return e, &e.Hooks },
		"channels":  func() (Editor, *Hooks) { e := NewChannels(); return e, &e.Hooks },
		"audience":  func() (Editor, *Hooks) { e := NewAudience(); return e, &e.Hooks },
		"mode":      func() (Editor, *Hooks) { e := NewMode(); return e, &e.Hooks },
		"tiers":     func() (Editor, *Hooks) { e := NewTiers(); return e, &e.Hooks },
		"path":      func() (Editor, *Hooks) { e := NewPath(); return e, &e.Hooks },
		"limit":     func() (Editor, *Hooks) { e := NewLimit(); return e, &e.Hooks },
		"link":      func() (Editor, *Hooks) { e := NewLink(func(string) {}); return e, &e.Hooks },
		"extra":     func() (Editor, *Hooks) { e := NewExtra(); return e, &e.Hooks },
	}
	for name, make := range editors {
		e, hooks := make()
		told := listen(hooks)
		w := show(t, 420, e)
		for _, text := range append(texts[name], texts[name]...) {
			e.Set(text)
			if e.Text() != text {
				t.Errorf("%s shows %q as %q", name, text, e.Text())
			}
			e.Expand(true)
			e.Lock(true)
			e.Lock(false)
			e.Expand(false)
			w.Canvas().Focus(e.First())
			w.Canvas().Unfocus()
			e.Expand(false)
			if e.Text() != text {
				t.Errorf("%s: looking at %q made it %q", name, text, e.Text())
			}
		}
		if len(told.texts) > 0 {
			t.Errorf("%s tells of changes nobody made: %q", name, told.texts)
		}
	}
}

func TestTextTellsOfEachKeyAndOfTheEnd(t *testing.T) {
	uitest.App(t)
	e := NewText("")
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	typeIn(w, "低保")
	if want := []string{"低", "低保"}; !slices.Equal(told.texts, want) {
		t.Errorf("told %q, want %q", told.texts, want)
	}
	if told.done != 0 {
		t.Error("the stretch ended while typing")
	}
	w.Canvas().Unfocus()
	if told.done == 0 {
		t.Error("leaving the field does not end the stretch")
	}
}

func TestUndoIsTheProgramsWhereThereIsOne(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	clock := newClock()
	e.entry.now = clock.now
	e.Set("甲")
	// The program's history, as a draft keeps it: a step a stretch.
	steps := []string{"甲"}
	open := false
	e.Changed = func(text string) {
		if !open {
			steps = append(steps, "")
			open = true
		}
		steps[len(steps)-1] = text
	}
	e.Done = func() { open = false }
	e.Undo = func() {
		if len(steps) > 1 {
			steps = steps[:len(steps)-1]
		}
		e.Set(steps[len(steps)-1])
	}
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	e.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	for _, r := range "每季度公开。村公示栏张贴，" {
		e.entry.TypedRune(r)
		clock.at = clock.at.Add(200 * time.Millisecond)
	}
	if want := []string{"甲", "甲每季度公开。", "甲每季度公开。村公示栏张贴，"}; !slices.Equal(steps, want) {
		t.Fatalf("the program has the steps %q, want %q", steps, want)
	}
	shortcut(w, &fyne.ShortcutUndo{})
	if got, at := e.Text(), e.entry.CursorTextOffset(); got != "甲每季度公开。" || at != 7 {
		t.Errorf("taken back once it is %q with the cursor at %d", got, at)
	}
	typeIn(w, "好")
	if got := e.Text(); got != "甲每季度公开。好" {
		t.Errorf("typing goes on as %q", got)
	}
	shortcut(w, &fyne.ShortcutUndo{})
	shortcut(w, &fyne.ShortcutUndo{})
	if got := e.Text(); got != "甲" {
		t.Errorf("all taken back is %q", got)
	}
}

func TestUndoIsTheEntrysOwnElsewhere(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	clock := newClock()
	e.entry.now = clock.now
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	for _, r := range "每季度公开。村公示栏张贴" {
		e.entry.TypedRune(r)
		clock.at = clock.at.Add(200 * time.Millisecond)
	}
	shortcut(w, &fyne.ShortcutUndo{})
	if e.Text() != "每季度公开。" || told.last() != "每季度公开。" {
		t.Errorf("taken back it is %q, told %q", e.Text(), told.last())
	}
	shortcut(w, &fyne.ShortcutUndo{})
	shortcut(w, &fyne.ShortcutUndo{})
	if e.Text() != "" {
		t.Errorf("all taken back it is %q", e.Text())
	}
	shortcut(w, &fyne.ShortcutRedo{})
	shortcut(w, &fyne.ShortcutRedo{})
	if e.Text() != "每季度公开。村公示栏张贴" {
		t.Errorf("done again it is %q", e.Text())
	}
}

func TestTextGrowsWithWhatItHolds(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	grown := 0
	e.Resized = func() { grown++ }
	w := show(t, 420, e)
	one := e.MinSize().Height
	w.Canvas().Focus(e.First())
	typeIn(w, strings.Repeat("公开内容要素", 30))
	if e.MinSize().Height < 5*one/2 || grown == 0 {
		t.Errorf("180 characters are %v high, one line %v; told %d times", e.MinSize().Height, one, grown)
	}
	e.Set("短")
	if got := e.MinSize().Height; got != one {
		t.Errorf("a short text is %v high, want %v", got, one)
	}
}

func TestCursorStaysWhileAnotherPartChanges(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	e.Set(strings.Repeat("公开内容", 20))
	w := show(t, 300, e)
	w.Canvas().Focus(e.First())
	for at := range 81 {
		e.entry.setCursor(at)
		if got := e.entry.CursorTextOffset(); got != at {
			t.Fatalf("the cursor was put at %d and stands at %d", at, got)
		}
	}
}

func TestTabGoesToTheNextField(t *testing.T) {
	uitest.App(t)
	a, b, m := NewLongText(""), NewText(""), NewMode()
	w := show(t, 420, a, b, m)
	w.Canvas().Focus(a.First())
	if a.entry.AcceptsTab() {
		t.Fatal("the entry keeps Tab to itself")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != b.First() {
		t.Errorf("Tab goes to %T", w.Canvas().Focused())
	}
	uitest.Press(w, fyne.KeyReturn)
	if w.Canvas().Focused() != m.First() {
		t.Errorf("Enter in a short text goes to %T", w.Canvas().Focused())
	}
	w.Canvas().Focus(a.First())
	uitest.Press(w, fyne.KeyReturn)
	if a.Text() != "\n" {
		t.Errorf("Enter in a long text makes it %q", a.Text())
	}
}

func TestKeysOfNoUseGoToWhoeverShowsTheEditor(t *testing.T) {
	uitest.App(t)
	e := NewText("")
	var keys []fyne.KeyName
	var shortcuts []string
	e.Key = func(k *fyne.KeyEvent) { keys = append(keys, k.Name) }
	e.Shortcut = func(s fyne.Shortcut) { shortcuts = append(shortcuts, s.ShortcutName()) }
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	uitest.Press(w, fyne.KeyEscape)
	uitest.Press(w, fyne.KeyF2)
	uitest.Press(w, fyne.KeyLeft)
	if want := []fyne.KeyName{fyne.KeyEscape, fyne.KeyF2}; !slices.Equal(keys, want) {
		t.Errorf("got the keys %q, want %q", keys, want)
	}
	down := &desktop.CustomShortcut{KeyName: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl}
	shortcut(w, down)
	if len(shortcuts) != 1 || shortcuts[0] != down.ShortcutName() {
		t.Errorf("got the shortcuts %q", shortcuts)
	}
}

func TestLockedFieldsRefuseChanges(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	e.Set("公开内容")
	e.Lock(true)
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	e.entry.TypedRune('x')
	e.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	e.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	if e.Text() != "公开内容" || len(told.texts) > 0 {
		t.Errorf("a locked text became %q, told %q", e.Text(), told.texts)
	}
}

func TestCitationsAreFoundAndAdded(t *testing.T) {
	uitest.App(t)
	e := NewCitations(testRegister(t))
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First()) // opens the field
	if w.Canvas().Focused() != e.search {
		t.Fatalf("going to the field leads to %T", w.Canvas().Focused())
	}
	typeIn(w, "房屋")
	uitest.Settle()
	if len(e.found) != 3 {
		t.Fatalf("found %d, want two acts and the words themselves", len(e.found))
	}
	uitest.MustShow(t, w, "《国有土地上房屋征收与补偿条例》", "已废止")
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyReturn)
	if want := "《国有土地上房屋征收与补偿条例》（国务院令第590号）"; told.last() != want {
		t.Errorf("told %q, want %q", told.last(), want)
	}
	if w.Canvas().Focused() != e.search || e.search.Text != "" {
		t.Errorf("the search is not ready for the next")
	}
	w.Canvas().Focus(e.cites[0].article)
	typeIn(w, "第二条")
	if want := "《国有土地上房屋征收与补偿条例》（国务院令第590号）第二条"; told.last() != want {
		t.Errorf("with its article it is %q, want %q", told.last(), want)
	}
	w.Canvas().Focus(e.search)
	typeIn(w, "南民〔2024〕12号")
	uitest.Settle()
	uitest.Press(w, fyne.KeyReturn)
	if want := "南民〔2024〕12号"; !strings.HasSuffix(told.last(), "\n"+want) {
		t.Errorf("what no register knows is written as %q", told.last())
	}
}

func TestCitationsSayHowTheyStand(t *testing.T) {
	uitest.App(t)
	r := testRegister(t)
	for _, tt := range []struct {
		cite    string
		mark    words.Text
		tone    kit.Tone
		instead string
	}{
		{"《社会救助暂行办法》（国务院令第649号）", wordInForce, kit.Success, ""},
		{"《城市房屋拆迁管理条例》", wordRepealed, kit.Alarm, "《国有土地上房屋征收与补偿条例》（国务院令第590号）"},
		{"《政府信息公开条例》（国务院令第492号）", wordRevised, kit.Warning, "《中华人民共和国政府信息公开条例》（国务院令第711号）"},
		{"《社会救助暂行办发》", wordMisspelled, kit.Warning, "《社会救助暂行办法》"},
		{"《南陵县临时救助操作规程》", wordNotListed, kit.Plain, ""},
		{"相关文件", wordNotListed, kit.Plain, ""},
	} {
		got := standingOf(r, catalog.ParseBasis(tt.cite)[0], "2026-11-23")
		if got.mark != tt.mark || got.tone != tt.tone || got.instead != tt.instead {
			t.Errorf("%s stands as %+v, want %s, %v, %q", tt.cite, got, tt.mark.ZH, tt.tone, tt.instead)
		}
	}
	if got := standingOf(r, catalog.ParseBasis("《城市房屋拆迁管理条例》")[0], "2010-01-01"); got.mark != wordInForce {
		t.Errorf("before its end the act stands as %s", got.mark.ZH)
	}
}

func TestCitationsAreReplacedMovedAndRemoved(t *testing.T) {
	uitest.App(t)
	e := NewCitations(testRegister(t))
	e.Set("《城市房屋拆迁管理条例》\n《社会救助暂行办法》第九条")
	told := listen(&e.Hooks)
	e.Expand(true)
	w := show(t, 420, e)
	uitest.MustShow(t, w, "2011年1月21日起不再有效")
	uitest.Tap(t, w, "换成现行")
	want := "《国有土地上房屋征收与补偿条例》（国务院令第590号）\n《社会救助暂行办法》第九条"
	if told.last() != want || told.done < 2 {
		t.Errorf("told %q and %d ends, want %q", told.last(), told.done, want)
	}
	test.Tap(e.cites[0].down)
	if want := "《社会救助暂行办法》第九条\n《国有土地上房屋征收与补偿条例》（国务院令第590号）"; told.last() != want {
		t.Errorf("moved it is %q, want %q", told.last(), want)
	}
	test.Tap(e.cites[0].drop)
	if want := "《国有土地上房屋征收与补偿条例》（国务院令第590号）"; told.last() != want {
		t.Errorf("removed it is %q, want %q", told.last(), want)
	}
	uitest.Tap(t, w, "按文字编辑")
	e.whole.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	typeIn(w, "第三条")
	if want := "《国有土地上房屋征收与补偿条例》（国务院令第590号）第三条"; told.last() != want {
		t.Errorf("as text it is %q, want %q", told.last(), want)
	}
	uitest.Tap(t, w, "按条目编辑")
	if len(e.cites) != 1 || e.cites[0].article.Text != "第三条" {
		t.Errorf("the list does not show what was typed as text")
	}
}

// lateRegister answers when it is told to.
type lateRegister struct {
	*catalog.Register
	wait chan struct{}
}

func (r lateRegister) Search(q string) []catalog.Act {
	<-r.wait
	return r.Register.Search(q)
}

func TestLateAnswersToOldSearchesAreLeftAlone(t *testing.T) {
	uitest.App(t)
	r := lateRegister{testRegister(t), make(chan struct{}, 2)}
	e := NewCitations(r)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	typeIn(w, "房")
	e.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	close(r.wait)
	uitest.Settle()
	if len(e.found) != 0 {
		t.Errorf("%d hits are shown of a search that was taken back", len(e.found))
	}
}

func TestChannelsAreTickedAndNamed(t *testing.T) {
	uitest.App(t)
	e := NewChannels()
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	uitest.MustShow(t, w, "未选渠道")
	w.Canvas().Focus(e.First())
	uitest.Tap(t, w, "政府网站")
	uitest.Tap(t, w, "公示栏/电子屏")
	if want := "政府网站、社区/企事业单位/村公示栏（电子屏）"; told.last() != want {
		t.Errorf("told %q, want %q", told.last(), want)
	}
	uitest.Tap(t, w, "添加其他渠道")
	typeIn(w, "征地平台")
	if want := catalog.ParseChannels(told.last(), catalog.Chosen).Others; !slices.Equal(want, []string{"征地平台"}) {
		t.Errorf("told %q", told.last())
	}
	e.Set("政府公报")
	if e.boxes[catalog.Website].Checked || !e.boxes[catalog.Gazette].Checked || len(e.others) != 0 {
		t.Error("the boxes do not follow the draft")
	}
	e.Demand(catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website), May: catalog.ChannelSetOf(catalog.Gazette)})
	uitest.MustShow(t, w, "模板必选：政府网站", "模板可选：政府公报")
}

func TestLimitSaysWhatIsUnderstood(t *testing.T) {
	uitest.App(t)
	e := NewLimit()
	e.Suggest([]string{"长期公开"})
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	e.Set("公示7个工作日")
	uitest.MustShow(t, w, "程序理解为：公示7个工作日。")
	w.Canvas().Focus(e.First())
	e.Set("")
	typeIn(w, "看情况")
	uitest.MustShow(t, w, "程序没有看懂这段时限")
	e.Expand(true)
	uitest.Tap(t, w, "长期公开")
	if told.last() != "长期公开" || e.Text() != "长期公开" {
		t.Errorf("the usual phrase makes it %q, told %q", e.Text(), told.last())
	}
}

func TestPathTakesAThirdLevel(t *testing.T) {
	uitest.App(t)
	e := NewPath()
	e.Set("社会救助\n最低生活保障")
	told := listen(&e.Hooks)
	e.Expand(true)
	w := show(t, 420, e)
	uitest.Tap(t, w, "添加三级事项")
	typeIn(w, "办事指南")
	if want := "社会救助\n最低生活保障\n办事指南"; told.last() != want {
		t.Errorf("told %q, want %q", told.last(), want)
	}
	w.Canvas().Unfocus()
	e.Set("社会救助")
	if len(e.levels) != 2 || e.levels[1].Text != "" {
		t.Errorf("a path of one level shows %d", len(e.levels))
	}
}

func TestAudienceModeAndTiersAreTicked(t *testing.T) {
	uitest.App(t)
	a, m, l := NewAudience(), NewMode(), NewTiers()
	toldA, toldM, toldL := listen(&a.Hooks), listen(&m.Hooks), listen(&l.Hooks)
	w := show(t, 420, a, m, l)
	uitest.Tap(t, w, "特定群体")
	typeIn(w, "申请人")
	if want := "特定群体：申请人"; toldA.last() != want || a.Text() != want {
		t.Errorf("audience told %q, want %q", toldA.last(), want)
	}
	uitest.Tap(t, w, "依申请")
	if toldM.last() != "依申请" {
		t.Errorf("mode told %q", toldM.last())
	}
	w.Canvas().Focus(l.First())
	uitest.Press(w, fyne.KeyRight)
	uitest.Press(w, fyne.KeyReturn)
	if toldL.last() != "县级" {
		t.Errorf("tiers told %q", toldL.last())
	}
}

func TestExtraColumnsAreAddedAndRemoved(t *testing.T) {
	uitest.App(t)
	e := NewExtra()
	told := listen(&e.Hooks)
	w := show(t, 420, e)
	w.Canvas().Focus(e.First())
	uitest.Tap(t, w, "添加栏目")
	typeIn(w, "备注")
	w.Canvas().FocusNext()
	typeIn(w, "见附件")
	if told.last() != "备注=见附件" {
		t.Errorf("told %q", told.last())
	}
	test.Tap(e.columns[0].drop)
	if told.last() != "" {
		t.Errorf("removed it is %q", told.last())
	}
}

func TestLinkOpens(t *testing.T) {
	uitest.App(t)
	opened := ""
	e := NewLink(func(s string) { opened = s })
	w := show(t, 420, e)
	e.Set("见网站")
	if uitest.Shows(w, "打开") {
		t.Error("what is no address can be opened")
	}
	e.Set(" https://example.gov.cn ")
	e.Lock(true)
	uitest.Tap(t, w, "打开")
	if opened != "https://example.gov.cn" {
		t.Errorf("opened %q", opened)
	}
}

func TestLargeWindowTypesInTheField(t *testing.T) {
	uitest.App(t)
	e := NewLongText("")
	e.Set("办理条件")
	told := listen(&e.Hooks)
	w := uitest.Window(t, container.NewVScroll(container.New(Stack{}, e)), 1366, 768)
	closed := false
	l := OpenLarge(w, "公开内容", e, func() { closed = true })
	uitest.MustShow(t, w, "公开内容（大窗口）", "4 字")
	typeIn(w, "甲")
	if told.last() != "甲办理条件" || e.Text() != "甲办理条件" {
		t.Errorf("typed in the large window, the field is %q, told %q", e.Text(), told.last())
	}
	uitest.MustShow(t, w, "5 字")
	l.Update(NewNote("公开内容没有写完", kit.Danger))
	uitest.MustShow(t, w, "公开内容没有写完")
	e.Set("办理条件") // taken back by the program
	if l.text.large.Text != "办理条件" {
		t.Errorf("the large window shows %q", l.text.large.Text)
	}
	uitest.Press(w, fyne.KeyEscape)
	if !closed || w.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the large window")
	}
}

func TestEditorsSpeakOneLanguage(t *testing.T) {
	uitest.App(t)
	// What the catalog itself says is Chinese in both languages.
	_, all := everyEditor(t, false)
	data := []string{"https://www.example.gov.cn/zwgk/dibao"}
	for _, e := range all {
		for _, r := range e.Text() {
			if unicode.Is(unicode.Han, r) {
				data = append(data, string(r))
			}
		}
	}
	data = append(data, strings.Split("现行的是国有土地上房屋征收与补偿条例信息形成或者变更之日起长期公开每季度结束后实时南陵县民政局", "")...)
	uitest.OneLanguage(t, 420, 1400, func(fyne.Window) fyne.CanvasObject {
		all, _ := everyEditor(t, true)
		return all
	}, data...)
}
