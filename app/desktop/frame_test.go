package desktop

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// drafts makes the drafts of 籍山镇 in a folder.
func drafts(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	setup := work.Setup{}
	unit, err := setup.Unit("340223100")
	if err != nil {
		t.Fatal(err)
	}
	wish := work.Wish{Unit: unit, Dir: dir, Person: "经办人"}
	for _, o := range setup.Offer(unit) {
		if !o.Optional {
			wish.Sectors = append(wish.Sectors, o.Slug)
		}
	}
	if _, err := setup.Make(context.Background(), wish); err != nil {
		t.Fatal(err)
	}
	return dir
}

// desktopOn opens the whole program on a folder of drafts, without a display.
func desktopOn(t *testing.T, dir string) (*frame, fyne.Window) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	a := uitest.App(t)
	f := newFrame(a, options{data: dir, settings: readSettings()})
	f.fill()
	t.Cleanup(func() {
		if f.desk != nil {
			f.discard()
			f.win.Close()
		}
	})
	f.win.Resize(fyne.NewSize(1366, 768))
	uitest.Settle()
	return f, f.win
}

func TestTheProgramOpensOnTheDraftsAndLeadsThroughItsPages(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	uitest.MustShow(t, w, "籍山镇人民政府", "重大建设项目", "总览")
	if want := "籍山镇 · 目录通"; w.Title() != want {
		t.Errorf("the window is called %q, want %q", w.Title(), want)
	}
	for _, p := range f.pages() {
		f.shell.Open(p.ID)
		uitest.Settle()
		if f.shell.Current() != p.ID {
			t.Errorf("page %s does not open", p.ID)
		}
		uitest.MustShow(t, w, p.Title.ZH)
	}
}

func TestAnActThatWasFoundLeadsToAnEntryThatCitesIt(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	find := func(title string) work.Hit {
		acts := f.desk.Know().Register().Find(title)
		if len(acts) == 0 {
			t.Fatalf("the register lacks %s", title)
		}
		return work.Hit{Kind: work.HitAct, Act: acts[0].ID, Title: acts[0].Title, Status: acts[0].Status}
	}
	f.jump(find("中华人民共和国政府信息公开条例"))
	uitest.Settle()
	if f.shell.Current() != pageEntries {
		t.Errorf("it led to %s", f.shell.Current())
	}
	f.jump(find("中华人民共和国香港特别行政区基本法"))
	uitest.Settle()
	uitest.MustShow(t, w, "本单位的草稿里没有引用它")
}

func TestANewerReleaseReachesTheDraftsAndIsTakenBack(t *testing.T) {
	release := t.TempDir()
	if err := os.CopyFS(release, os.DirFS("../../templates/data")); err != nil {
		t.Fatal(err)
	}
	rewrite := func(name, old, new string) {
		path := filepath.Join(release, name)
		b, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(b), old) {
			t.Fatalf("%s has no %s (%v)", name, old, err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(b), old, new)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rewrite("version.txt", templates.Embedded().Version(), "2099.1")
	rewrite("sectors/social-assistance.txt", "版本: "+templates.Embedded().Version(), "版本: 2099.1")
	rewrite("sectors/social-assistance.txt", "社会救助投诉举报电话", "社会救助投诉举报电话和邮箱")

	f, w := desktopOn(t, drafts(t))
	says := func() string {
		dr, err := f.desk.Draft(context.Background(), "social-assistance")
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, e := range dr.Catalog().Entries {
			all.WriteString(e.Content)
		}
		return all.String()
	}
	f.shell.Open(pageEntries)
	uitest.Settle()
	f.shell.Open(pageUpgrade)
	f.dropped([]fyne.URI{storage.NewFileURI(release)})
	uitest.Settle()
	uitest.MustShow(t, w, "使用新模板 2099.1？")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	if strings.Contains(says(), "电话和邮箱") {
		t.Fatal("the draft changed before anything was confirmed")
	}
	uitest.Tap(t, w, "确定更新")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "已更新到模板 2099.1")
	if !strings.Contains(says(), "电话和邮箱") {
		t.Error("the draft does not follow the newer template")
	}
	uitest.Tap(t, w, "撤销这次更新")
	uitest.Settle()
	if strings.Contains(says(), "电话和邮箱") {
		t.Error("the draft still follows it after it was taken back")
	}
	f.shell.Open(pageEntries) // made anew with the newer release
	uitest.Settle()
	if f.entries == nil || f.entries.Draft() == nil {
		t.Error("the catalog does not open any more")
	}
}

func TestWithoutDraftsThereIsTheFirstStart(t *testing.T) {
	_, w := desktopOn(t, t.TempDir())
	uitest.MustShow(t, w, "欢迎使用目录通", "安徽省")
}

func TestAFolderOfOtherDataIsSaidAndAnotherOffered(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "store.json"), []byte(`{"kind":"review"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, w := desktopOn(t, dir)
	uitest.MustShow(t, w, "打不开草稿", "打开另一个文件夹", "重试")
}

func TestWhatIsTypedIsOnDiskAndUndoneFromTheMenu(t *testing.T) {
	dir := drafts(t)
	f, w := desktopOn(t, dir)
	f.shell.Open(pageEntries)
	uitest.Settle()
	d := f.entries.Draft()
	id := d.Catalog().Entries[0].ID
	before := d.Catalog().Entries[0].Content
	if err := d.Type(id, catalog.FieldContent, "咨询电话、监督电话"); err != nil {
		t.Fatal(err)
	}
	d.EndTyping()
	uitest.WaitFor(t, "the word that it is saved", func() bool { return uitest.Shows(w, "已保存") })
	f.undo()
	uitest.WaitFor(t, "the undo", func() bool { return uitest.Shows(w, "已撤销") })
	if got := d.Catalog().Entries[0].Content; got != before {
		t.Errorf("after undo the content is %q, want %q", got, before)
	}
}

func TestClosingTheWindowLeavesEverythingOnDisk(t *testing.T) {
	dir := drafts(t)
	f, _ := desktopOn(t, dir)
	f.shell.Open(pageEntries)
	uitest.Settle()
	d := f.entries.Draft()
	e := d.Catalog().Entries[0]
	if err := d.Type(e.ID, catalog.FieldContent, "刚刚输入的内容"); err != nil {
		t.Fatal(err)
	}
	f.quit()
	uitest.WaitFor(t, "the end", func() bool { return f.desk == nil })
	uitest.Settle()
	s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	c, err := s.Catalog(context.Background(), e.Sector)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := c.Entry(e.ID); got.Content != "刚刚输入的内容" {
		t.Errorf("on disk the content is %q", got.Content)
	}
}

func TestAMissingTemplateEntryIsOfferedWhereItIsMissed(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	ctx := context.Background()
	d, err := f.desk.Draft(ctx, "social-assistance")
	if err != nil {
		t.Fatal(err)
	}
	gone := d.Catalog().Entries[3]
	if err := d.Change("删去", func(c *catalog.Catalog) error {
		c.Entries = slices.Delete(c.Entries, 3, 4)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	f.openFinding(check.Finding{Sector: "social-assistance", Template: gone.Template})
	uitest.Settle()
	uitest.MustShow(t, w, "从模板添加", "已选 1 条")
	uitest.Tap(t, w, "添加")
	uitest.Settle()
	if got := d.Catalog().Entries[3].Template; got != gone.Template {
		t.Errorf("in its place stands %q", got)
	}
}

func TestDamagedDraftsAreMendedFromABackupAndKept(t *testing.T) {
	dir := drafts(t)
	f, _ := desktopOn(t, dir)
	made, err := f.desk.Backup(context.Background(), work.BackupDir(dir), work.Manual)
	if err != nil {
		t.Fatal(err)
	}
	f.quit()
	uitest.WaitFor(t, "the end", func() bool { return f.desk == nil })
	uitest.Settle()
	if err := os.WriteFile(filepath.Join(dir, "drafts.db"), []byte("not a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, w := desktopOn(t, dir)
	uitest.MustShow(t, w, "打不开草稿")
	uitest.Tap(t, w, "用备份恢复…")
	uitest.Settle()
	path := uitest.Find[*kit.Entry](w)[0]
	path.OnSubmitted(made.Path)
	uitest.WaitFor(t, "the drafts", func() bool { return f.desk != nil && uitest.Shows(w, "重大建设项目") })
}

func TestF1HelpsBeforeThereAreDrafts(t *testing.T) {
	_, w := desktopOn(t, t.TempDir())
	uitest.Press(w, fyne.KeyF1)
	uitest.Settle()
	uitest.MustShow(t, w, "使用说明")
	uitest.Press(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the manual")
	}
}

func TestTheFirstStartSpeaksTheLanguageThatIsChosenThere(t *testing.T) {
	f, w := desktopOn(t, t.TempDir())
	t.Cleanup(func() { kit.SetLang(words.Chinese) })
	uitest.MustShow(t, w, "你是哪个单位？")
	uitest.Tap(t, w, "English")
	uitest.Settle()
	uitest.MustShow(t, w, "Which unit is yours?")
	if w.Title() != "Mulutong" {
		t.Errorf("the window is called %q", w.Title())
	}
	if set := readSettings(); set.Lang() != words.English || f.settings.Lang() != words.English {
		t.Errorf("the settings speak %v", set.Language)
	}
}

func TestDamagedSettingsAreAnnounced(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	file, err := work.SettingsFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"textSize": 0`), 0o644); err != nil {
		t.Fatal(err)
	}
	set := readSettings()
	p := open(uitest.App(t), options{data: t.TempDir(), settings: set})
	t.Cleanup(p.window.Close)
	p.fill()
	uitest.Settle()
	uitest.MustShow(t, p.window, "设置恢复成了默认的", "草稿不受影响", set.aside)
	if b, err := os.ReadFile(set.aside); err != nil || string(b) != `{"textSize": 0` {
		t.Errorf("put aside is %q (%v)", b, err)
	}
	uitest.Press(p.window, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, p.window, "你是哪个单位？")
	if again := readSettings(); again.aside != "" || again.err != nil {
		t.Errorf("the next start would announce %+v", again)
	}
}

func TestALookThatCannotBeKeptHoldsAndIsSaid(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	if err := os.MkdirAll(filepath.Join(f.settings.file, "in the way"), 0o755); err != nil {
		t.Fatal(err)
	}
	f.shell.Open(pageSettings)
	uitest.Settle()
	uitest.Tap(t, w, "150 %")
	uitest.Settle()
	uitest.MustShow(t, w, "没能存下来", "只到关闭程序为止")
	if got := f.app.Settings().Theme().Size(theme.SizeNameText); got != 21 {
		t.Errorf("texts have size %v, want 21", got)
	}
}

func TestNewerTemplatesThatCannotBeReadAreAnnounced(t *testing.T) {
	dir := drafts(t)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(context.Background(), map[string][]byte{"release": []byte("damaged")}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, w := desktopOn(t, dir)
	uitest.MustShow(t, w, "以前载入的新模板读不出来，先用程序自带的 "+templates.Embedded().Version()+" 版。")
	uitest.Tap(t, w, "重新载入")
	uitest.Settle()
	if got := f.shell.Current(); got != pageUpgrade {
		t.Errorf("the page shown is %s", got)
	}
}

func TestTheLanguageChangesAtOnceAndEverywhere(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	set := f.settings.Settings
	set.SetLang(words.English)
	if err := f.setSettings(set); err != nil {
		t.Fatal(err)
	}
	uitest.Settle()
	uitest.MustShow(t, w, "Overview", "Settings", "Manual")
	if uitest.Shows(w, "总览") {
		t.Error("the frame still speaks Chinese")
	}
	if want := "籍山镇 · Mulutong"; w.Title() != want {
		t.Errorf("the window is called %q, want %q", w.Title(), want)
	}
}

func TestARestoredBackupIsOnEveryPage(t *testing.T) {
	f, w := desktopOn(t, drafts(t))
	ctx := context.Background()
	folder := t.TempDir()
	before, err := f.desk.Backup(ctx, folder, work.Manual)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.desk.Edit(ctx, "删去", func(tx *boltstore.Tx) error { return tx.RemoveCatalog("major-projects") }); err != nil {
		t.Fatal(err)
	}
	f.shell.Open(pageOverview)
	uitest.WaitFor(t, "it is gone", func() bool { return !uitest.Shows(w, "重大建设项目") })
	f.shell.Open(pageSettings)
	if _, err := f.desk.RestoreBackup(ctx, before.Path, folder); err != nil {
		t.Fatal(err)
	}
	uitest.Settle()
	if f.shell.Current() != pageSettings {
		t.Errorf("after restoring the page is %q", f.shell.Current())
	}
	for _, p := range f.pages() {
		f.shell.Open(p.ID)
		uitest.Settle()
	}
	f.shell.Open(pageOverview)
	uitest.WaitFor(t, "it is back", func() bool { return uitest.Shows(w, "重大建设项目") })
}

func TestAFolderThatWasOpenedIsTheOneOfTheNextStart(t *testing.T) {
	f, _ := desktopOn(t, drafts(t))
	started := ""
	f.startAnother = func(dir string) error { started = dir; return nil }
	other := t.TempDir()
	f.restartIn(other)
	uitest.WaitFor(t, "the end", func() bool { return f.desk == nil })
	uitest.Settle()
	if started != other {
		t.Errorf("the program was started on %q, want %q", started, other)
	}
	if got := dataFolder("", readSettings().DataDir, os.Getenv); got != other {
		t.Errorf("the next start opens %q, want %q", got, other)
	}
}
