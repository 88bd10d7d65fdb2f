package start

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// service is the real one, which can be made to fail.
type service struct {
	work.Setup
	fail error
	wish work.Wish
}

func (s *service) Make(ctx context.Context, w work.Wish) ([]work.Added, error) {
	s.wish = w
	if s.fail != nil {
		return nil, words.About(w.Dir, s.fail)
	}
	return s.Setup.Make(ctx, w)
}

// begun is a first start under test.
type begun struct {
	*testing.T
	fyne.Window
	*service
	*Screen
	dir, person string // what Done was told
	folder      string
}

func begin(t *testing.T) *begun {
	t.Helper()
	uitest.App(t)
	b := &begun{T: t, service: &service{}, folder: filepath.Join(t.TempDir(), "drafts")}
	b.Window = uitest.Window(t, widget.NewLabel(""), 1366, 700)
	b.Screen = New(b.Window, b.service, Options{Folder: b.folder, Done: func(dir, person string) { b.dir, b.person = dir, person }})
	b.Window.SetContent(b.Screen.Content())
	uitest.Settle()
	return b
}

// types a text into what has the focus.
func (b *begun) types(s string) {
	b.Helper()
	f := b.Window.Canvas().Focused()
	if f == nil {
		b.Fatal("nothing has the focus")
	}
	test.Type(f, s)
	uitest.Settle()
}

func (b *begun) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		uitest.Press(b.Window, k)
		uitest.Settle()
	}
}

func (b *begun) shows(texts ...string) {
	b.Helper()
	uitest.MustShow(b.T, b.Window, texts...)
}

func (b *begun) hides(texts ...string) {
	b.Helper()
	for _, text := range texts {
		if uitest.Shows(b.Window, text) {
			b.Errorf("the window shows %q", text)
		}
	}
}

func (b *begun) tap(text string) {
	b.Helper()
	uitest.Tap(b.T, b.Window, text)
	uitest.Settle()
}

func TestFromTheFirstLetterToDraftsByKeyboardAlone(t *testing.T) {
	b := begin(t)
	b.types("nljs")
	b.shows("籍山镇", "安徽省 芜湖市 南陵县")
	b.press(fyne.KeyReturn)
	b.shows("你的单位", "籍山镇人民政府", "区划代码 340223100", "层级：乡级")
	b.press(fyne.KeyReturn)
	b.shows("编哪些领域？", "社会救助")
	b.press(fyne.KeyReturn)
	b.shows("你的姓名")
	b.types("经办人")
	b.press(fyne.KeyReturn)
	b.shows("草稿已经建好", "可以开始编", b.folder)
	b.press(fyne.KeyReturn)
	if b.dir != b.folder || b.person != "经办人" {
		t.Errorf("Done is told %q, %q", b.dir, b.person)
	}
	if u, err := b.Look(b.folder); err != nil || u.ID != "340223100" {
		t.Errorf("the folder holds %v, %v", u, err)
	}
}

func TestTheLanguageChangesAndNothingChosenIsLost(t *testing.T) {
	b := begin(t)
	t.Cleanup(func() { kit.SetLang(words.Chinese) })
	spoken := 0
	b.Screen.o.Speak = func(l words.Lang) {
		spoken++
		kit.SetLang(l)
		next := New(b.Window, b.service, b.Screen.o)
		next.GoOn(b.Screen)
		b.Screen = next
		b.Window.SetContent(next.Content())
		next.Shown()
		uitest.Settle()
	}
	b.types("nljs")
	b.press(fyne.KeyReturn)
	b.tap("English")
	b.shows("Which unit is yours?", "Your unit", "籍山镇")
	b.tap("中文")
	b.shows("你是哪个单位？", "区划代码 340223100")
	b.press(fyne.KeyReturn)
	b.tap("义务教育")
	b.sectorRow("education").why.SetSelected("其他理由…")
	b.types("镇内没有学校")
	b.press(fyne.KeyReturn)
	want, unused := b.sectors.wish()
	b.tap("English")
	b.shows("Which sectors?")
	if got, why := b.sectors.wish(); !slices.Equal(got, want) || why["education"] != unused["education"] || why["education"] != "镇内没有学校" {
		t.Errorf("in English %v are chosen and %v not, want %v and %v", got, why, want, unused)
	}
	b.tap("Next")
	b.types("经办人")
	b.tap("中文")
	b.shows("你的姓名")
	b.tap("建立草稿")
	b.shows("草稿已经建好")
	b.hides("English")
	if b.wish.Person != "经办人" || spoken != 4 {
		t.Errorf("drafts are made for %q after %d changes of language", b.wish.Person, spoken)
	}
}

func TestTheFootStaysInPlaceWhenTheScreenComesUp(t *testing.T) {
	b := begin(t)
	b.Screen.Shown()
	uitest.Settle()
	buttons := uitest.In[*kit.PushButton](b.Screen.left)
	if len(buttons) != 2 {
		t.Fatalf("there are %d buttons at the foot", len(buttons))
	}
	a, c := buttons[0], buttons[1]
	if a.Size().Width < a.MinSize().Width || c.Position().X < a.Position().X+a.Size().Width {
		t.Errorf("the buttons lie at %v, %v with sizes %v, %v", a.Position(), c.Position(), a.Size(), c.Size())
	}
}

func TestArrowsAndEscapeMoveInTheList(t *testing.T) {
	b := begin(t)
	b.types("南陵县")
	b.press(fyne.KeyReturn) // the county: what is in it
	b.shows("南陵县人民政府", "南陵县的部门…", "许镇镇", "全国", "芜湖市")
	b.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	b.shows("公开主体写作“籍山镇人民政府”")
	b.press(fyne.KeyEscape)
	b.shows("弋江区", "无为市")
	b.press(fyne.KeyEscape, fyne.KeyEscape, fyne.KeyPageUp)
	b.shows("北京市", "新疆维吾尔自治区")
	b.types("没有这个地方")
	b.shows("没有找到“没有这个地方”", "换一个说法")
	b.press(fyne.KeyEscape)
	b.shows("北京市")
	if b.unit.chosen.Name != "籍山镇" {
		t.Errorf("the unit chosen is lost: %v", b.unit.chosen)
	}
}

func TestADepartmentIsChosenBelowItsCounty(t *testing.T) {
	b := begin(t)
	b.types("nanlingxian")
	b.press(fyne.KeyReturn)
	b.press(fyne.KeyDown, fyne.KeyReturn)
	b.shows("南陵县民政局", "名单里没有，自己填写…")
	b.tapRow("南陵县民政局")
	b.shows("你的单位", "层级：县级")
	b.tap("下一步")
	b.shows("本部门公开的领域已经勾上", "编 3 个领域")
	b.tap("下一步") // no reasons are asked of a department
	b.shows("你的姓名")
	b.tap("上一步")
	b.tap("上一步")
	b.tapRow("名单里没有，自己填写…")
	b.shows("部门叫什么名字？")
	b.types("档案馆")
	b.press(fyne.KeyReturn)
	b.shows("南陵县档案馆")
}

// tapRow clicks a row of the list by what it is called.
func (b *begun) tapRow(name string) {
	b.Helper()
	for _, r := range b.unit.rows {
		if r.name.Text == name {
			test.Tap(r)
			uitest.Settle()
			return
		}
	}
	b.Fatalf("no row is called %q", name)
}

func TestASectorLeftOutNeedsAReason(t *testing.T) {
	b := begin(t)
	b.types("340223100")
	b.press(fyne.KeyReturn, fyne.KeyReturn)
	b.tap("义务教育")
	b.tap("下一步")
	b.shows("还差 1 个领域的不涉及理由，从“义务教育”写起。")
	row := b.sectorRow("education")
	row.why.SetSelected(reasons[1])
	b.tap("户籍管理") // offered the reason given last
	if got := b.sectorRow("household-registration").reason(); got != reasons[1] {
		t.Errorf("the next reason is %q", got)
	}
	row.why.SetSelected("其他理由…")
	b.shows("“义务教育”为什么不涉及？")
	b.press(fyne.KeyEnd)
	b.types("，镇内没有学校")
	b.press(fyne.KeyReturn)
	b.shows("不涉及 2 个")
	b.tap("下一步")
	b.types("经办人")
	b.press(fyne.KeyReturn)
	if got := b.wish.Unused["education"]; got != reasons[1]+"，镇内没有学校" {
		t.Errorf("the reason is %q", got)
	}
	b.shows("2 个领域已标为不涉及")
}

func (b *begun) sectorRow(s catalog.Sector) *sectorRow {
	b.Helper()
	for _, r := range b.sectors.rows {
		if r.o.Slug == s {
			return r
		}
	}
	b.Fatalf("no sector %s", s)
	return nil
}

func TestNothingTypedIsLostWhenMakingFails(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		said string
	}{
		{"another unit's drafts", work.ErrOtherUnit, "已有另一个单位的草稿"},
		{"not writable", boltstore.ErrReadOnly, "只能读取"},
		{"disk full", boltstore.ErrDiskFull, "磁盘已满"},
		{"locked", boltstore.ErrLocked, "正被另一个程序使用"},
		{"the service's data", boltstore.ErrServiceData, "是审核服务的数据文件夹"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := begin(t)
			b.types("nljs")
			b.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
			b.press(fyne.KeyReturn)
			b.shows("请填写姓名")
			b.types("经办人")
			b.hides("请填写姓名")
			b.fail = tt.err
			b.press(fyne.KeyReturn)
			b.shows(tt.said, "你的姓名", b.folder)
			b.fail = nil
			b.press(fyne.KeyReturn)
			b.shows("草稿已经建好")
		})
	}
}

func TestExistingDraftsAndBackupsAreOpened(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	b := begin(t)
	old := filepath.Join(home, "旧草稿")
	u, err := b.Unit("340223100")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Setup.Make(context.Background(), work.Wish{Unit: u, Sectors: []catalog.Sector{"tax"}, Dir: old, Person: "王芳"}); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(home, "备份.mulubak")
	s, err := boltstore.Open(old, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Backup(context.Background(), backup), s.Close()); err != nil {
		t.Fatal(err)
	}

	b.other.chooseDrafts()
	uitest.Settle()
	b.tap("用这个文件夹") // the one above, which holds none
	b.types("经办人")
	b.tap("打开")
	b.shows("里没有草稿")
	b.other.folder.entry.SetText(old)
	b.tap("打开")
	b.shows("这是籍山镇的草稿。")
	b.tap("开始")
	if b.dir != old || b.person != "经办人" {
		t.Errorf("Done is told %q, %q", b.dir, b.person)
	}

	b = begin(t)
	b.tap("从备份恢复…")
	b.shows("用哪个备份？")
	b.press(fyne.KeyEscape)
	b.other.restore(backup)
	uitest.Settle()
	b.types("经办人")
	b.tap("恢复")
	b.shows("备份已经恢复", "这是籍山镇的草稿。")
	b.tap("开始")
	if b.dir != b.folder {
		t.Errorf("Done is told %q", b.dir)
	}

	b = begin(t)
	if err := os.WriteFile(backup, []byte("no backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.other.restore(backup)
	uitest.Settle()
	b.types("经办人")
	b.tap("恢复")
	b.shows("不是完好的备份文件", "备份文件", "你的姓名")
}

// at brings a screen to a step.
func at(t testing.TB, w fyne.Window, step int) *Screen {
	t.Helper()
	sc := New(w, &service{}, Options{Folder: `C:\Users\limei\AppData\Local\Mulutong\drafts`, Person: ""})
	w.SetContent(sc.Content())
	uitest.Settle()
	if step == 0 {
		return sc
	}
	test.Type(sc.unit.search, "籍山")
	uitest.Settle()
	sc.unit.enter()
	uitest.Settle()
	if step >= 2 {
		sc.unit.forward()
		uitest.Settle()
		sc.sectors.rows[22].check.SetChecked(false)
		sc.sectors.rows[20].check.SetChecked(false)
		sc.sectors.rows[20].why.SetSelected(reasons[3])
	}
	if step >= 3 {
		sc.sectors.rows[22].why.SetSelected(reasons[1])
		sc.sectors.forward()
	}
	if step == 4 {
		sc.summary(kit.Say(wordReady), kit.Say(wordReadyHint), summaryOf([]work.Added{{Entries: 411, Made: true}, {Unused: "x"}}), sc.o.Folder, "经办人")
	}
	uitest.Settle()
	return sc
}

func TestOneLanguage(t *testing.T) {
	for step := range 5 {
		uitest.OneLanguage(t, 1366, 700, func(w fyne.Window) fyne.CanvasObject {
			return at(t, w, step).Content()
		}, append(append(slices.Clone(reasons), wordLanguage.ZH, wordLanguage.EN), places()...)...)
	}
}

// places are the names that are data in both languages, and what may be typed.
func places() []string {
	out := []string{"籍山镇人民政府", "籍山镇", "籍山", "安徽省 芜湖市 南陵县", "芜湖市 南陵县", "jishan", "jsz", `C:\Users\limei\AppData\Local\Mulutong\drafts`, "U盘", "经办人", "Mulutong"}
	for _, p := range (work.Setup{}).Below("") {
		out = append(out, p.Name)
	}
	return out
}

var _ Service = work.Setup{}

func TestPictures(t *testing.T) {
	for step, name := range map[int]string{1: "start-unit", 2: "start-sectors", 3: "start-person"} {
		uitest.Golden(t, name, 1366, 700, func(w fyne.Window) fyne.CanvasObject {
			sc := at(t, w, step)
			w.Canvas().Unfocus() // a caret blinks
			return sc.Content()
		})
	}
}
