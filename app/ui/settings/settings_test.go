package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

var clock = time.Date(2026, 3, 2, 17, 30, 0, 0, time.Local)

// fake is drafts that only note what is asked of them.
type fake struct {
	dir      string
	list     []work.Backup
	err      error
	wait     chan struct{}
	backed   []work.BackupKind
	restored []string
	copied   []string
	packedTo []string
}

func (d *fake) Dir() string        { return d.dir }
func (d *fake) Unit() catalog.Unit { return catalogtest.Unit() }

func (d *fake) Backups(context.Context, string) ([]work.Backup, error) {
	if d.wait != nil {
		<-d.wait
	}
	return d.list, d.err
}

func (d *fake) Backup(_ context.Context, folder string, kind work.BackupKind) (work.Backup, error) {
	if d.err != nil {
		return work.Backup{}, d.err
	}
	d.backed = append(d.backed, kind)
	b := work.Backup{Path: filepath.Join(folder, "mulu.mulubak"), At: clock, Kind: kind, Unit: d.Unit().ID, Size: 1 << 20}
	d.list = append([]work.Backup{b}, d.list...)
	return b, nil
}

func (d *fake) RestoreBackup(_ context.Context, path, _ string) (work.Backup, error) {
	d.restored = append(d.restored, path)
	return work.Backup{}, d.err
}

func (d *fake) CopyTo(_ context.Context, dir string) error {
	d.copied = append(d.copied, dir)
	return d.err
}

func (d *fake) Pack(_ context.Context, path string) ([]string, error) {
	d.packedTo = append(d.packedTo, path)
	return []string{path, strings.TrimSuffix(path, ".mulubak") + "-使用说明.txt"}, d.err
}

func newFake() *fake {
	d := &fake{dir: "/home/limei/目录通"}
	for i, kind := range []work.BackupKind{work.Manual, work.Daily, work.BeforeImport, work.Daily, work.Daily} {
		d.list = append(d.list, work.Backup{
			Path: "/backups/" + string(kind) + ".mulubak", At: clock.Add(-time.Duration(i) * 20 * time.Hour), Kind: kind,
			Unit: d.Unit().ID, Size: int64(i+1) * 700 << 10,
		})
	}
	return d
}

// opened is the screen in a window.
type opened struct {
	*Screen
	win   fyne.Window
	saved []work.Settings
	went  []string
	fails error
}

func (o *opened) build(w fyne.Window, d Drafts) fyne.CanvasObject {
	o.win = w
	set := work.DefaultSettings()
	set.Person = "经办人"
	o.Screen = New(w, d, set, About{
		Version: "0.4.0", Templates: "2026.1", Register: "2026.1",
		Licences: []Licence{{"OFL", "SIL OPEN FONT LICENSE"}},
	}, Actions{
		Save:       func(s work.Settings) error { o.saved = append(o.saved, s); return o.fails },
		OpenFolder: func(dir string) error { o.went = append(o.went, dir); return nil },
		OpenData:   func(dir string) { o.went = append(o.went, "data "+dir) },
	}, func() time.Time { return clock })
	return o.Content()
}

func open(t testing.TB, d Drafts) *opened {
	t.Helper()
	uitest.App(t)
	o := &opened{}
	w := uitest.Window(t, widget.NewLabel(""), 1220, 668)
	w.SetContent(o.build(w, d))
	uitest.Settle()
	return o
}

func (o *opened) last(t testing.TB) work.Settings {
	t.Helper()
	if len(o.saved) == 0 {
		t.Fatal("nothing was saved")
	}
	return o.saved[len(o.saved)-1]
}

func TestWhatIsChangedHoldsAtOnce(t *testing.T) {
	o := open(t, newFake())
	uitest.Tap(t, o.win, "150 %")
	if o.last(t).TextSize != 150 || o.sizes[4].Importance != widget.HighImportance {
		t.Errorf("saved is %+v", o.last(t))
	}
	selects := uitest.Find[*kit.Select](o.win)
	selects[0].SetSelected("深色")
	selects[1].SetSelected("English")
	selects[2].SetSelected("25 日")
	name := uitest.Find[*kit.Entry](o.win)[0]
	name.SetText("王芳")
	name.OnBlur()
	want := work.DefaultSettings()
	want.TextSize, want.Look, want.DueDay, want.Person = 150, "dark", 25, "王芳"
	want.SetLang(words.English)
	if o.last(t) != want {
		t.Errorf("saved is %+v, want %+v", o.last(t), want)
	}
	n := len(o.saved)
	name.OnBlur()
	if len(o.saved) != n {
		t.Error("saved though nothing has changed")
	}
}

func TestSettingsThatCannotBeSavedAreSaid(t *testing.T) {
	o := open(t, newFake())
	o.fails = boltstore.ErrDiskFull
	uitest.Find[*kit.Select](o.win)[0].SetSelected("深色")
	uitest.MustShow(t, o.win, words.Explain(boltstore.ErrDiskFull, words.Chinese))
}

func TestABackupIsMadeAndListed(t *testing.T) {
	d := newFake()
	o := open(t, d)
	o.Open(Data)
	uitest.Settle()
	uitest.MustShow(t, o.win, "每天自动", "导入之前", "昨天 21:30", d.dir)
	uitest.Tap(t, o.win, "立即备份")
	uitest.Settle()
	if len(d.backed) != 1 || d.backed[0] != work.Manual || len(o.list.all) != 6 {
		t.Errorf("made are %v, listed %d", d.backed, len(o.list.all))
	}
	uitest.Tap(t, o.win, "每天自动备份一次，留最近 10 份")
	if !o.last(t).NoDaily {
		t.Error("the daily backup is still on")
	}
}

func TestARestoreIsConfirmedFirst(t *testing.T) {
	d := newFake()
	o := open(t, d)
	o.Open(Data)
	uitest.Settle()
	uitest.Find[*backupRow](o.win)[1].restore.OnTapped()
	uitest.MustShow(t, o.win, "恢复备份", "先把现在的内容备份一份")
	uitest.Press(o.win, fyne.KeyEscape)
	uitest.Settle()
	if d.restored != nil {
		t.Fatalf("restored %q without a word", d.restored)
	}
	uitest.Find[*backupRow](o.win)[1].restore.OnTapped()
	uitest.Press(o.win, fyne.KeyReturn)
	uitest.Settle()
	if len(d.restored) != 1 || d.restored[0] != "/backups/daily.mulubak" {
		t.Errorf("restored are %q", d.restored)
	}
	uitest.MustShow(t, o.win, "已恢复")
}

func TestAFailingDiskIsSaid(t *testing.T) {
	d := newFake()
	d.list, d.err = nil, boltstore.ErrDiskFull
	o := open(t, d)
	o.Open(Data)
	uitest.Settle()
	full := words.Explain(boltstore.ErrDiskFull, words.Chinese)
	uitest.MustShow(t, o.win, "重试")
	uitest.Tap(t, o.win, "立即备份")
	uitest.Settle()
	if !strings.Contains(strings.Join(uitest.Texts(o.win), ""), full[:12]) {
		t.Errorf("the screen does not say that the disk is full")
	}
	uitest.Press(o.win, fyne.KeyEscape)
	d.err = nil
	uitest.Tap(t, o.win, "重试")
	uitest.Settle()
	uitest.MustShow(t, o.win, "还没有备份")
}

func TestASlowDiskHoldsNothingUp(t *testing.T) {
	d := newFake()
	d.wait = make(chan struct{})
	o := open(t, d)
	o.Open(Data)
	o.Open(Moving)
	uitest.MustShow(t, o.win, "打包…")
	close(d.wait)
	uitest.Settle()
}

func TestAnotherDataFolder(t *testing.T) {
	d := newFake()
	o := open(t, d)
	empty := filepath.Join(t.TempDir(), "新的")
	o.copyData(empty)
	uitest.Settle()
	if len(d.copied) != 1 || len(o.went) != 1 || o.went[0] != "data "+empty {
		t.Errorf("copied to %q, went to %q", d.copied, o.went)
	}
	d.err = errors.New("no")
	o.copyData(empty)
	uitest.Settle()
	if len(o.went) != 1 {
		t.Errorf("went to %q after a copy that failed", o.went)
	}
}

func TestFoldersAreOpened(t *testing.T) {
	d := newFake()
	d.dir = t.TempDir()
	o := open(t, d)
	o.Open(Data)
	uitest.Settle()
	o.openFolder(o.backups())
	if want := filepath.Join(d.dir, "backups"); len(o.went) != 1 || o.went[0] != want {
		t.Errorf("went to %q, want %q", o.went, want)
	}
	file := filepath.Join(d.dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	o.openFolder(filepath.Join(file, "x"))
	uitest.MustShow(t, o.win, "没有做成")
}

func TestPackingSaysWhatToCopy(t *testing.T) {
	d := newFake()
	o := open(t, d)
	o.Open(Moving)
	o.packed([]string{"/u/目录通-籍山镇.mulubak", "/u/目录通-籍山镇-使用说明.txt"})
	uitest.MustShow(t, o.win, "目录通-籍山镇.mulubak", "使用说明")
	uitest.Tap(t, o.win, "打开文件夹")
	if uitest.Shows(o.win, "已打包") {
		t.Error("the message stays")
	}
}

func TestLicencesAreShown(t *testing.T) {
	o := open(t, newFake())
	o.Open(AboutProgram)
	uitest.MustShow(t, o.win, "0.4.0", "2026.1")
	uitest.Tap(t, o.win, "OFL")
	uitest.MustShow(t, o.win, "SIL OPEN FONT LICENSE")
}

func part(p Part) func(w fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		o := &opened{}
		content := o.build(w, newFake())
		w.SetContent(content)
		o.Open(p)
		uitest.Settle()
		o.settle()
		return content
	}
}

func TestPictures(t *testing.T) {
	uitest.Golden(t, "settings", 1220, 668, part(Look))
	uitest.Golden(t, "settings-data", 1220, 668, part(Data))
	uitest.Golden(t, "settings-moving", 1220, 668, part(Moving))
	uitest.Golden(t, "settings-about", 1220, 668, part(AboutProgram))
}

// TestTheLargestTextsFit: every part is as wide as the window at most.
func TestTheLargestTextsFit(t *testing.T) {
	uitest.AppWith(t, kit.Look{Scale: kit.MaxScale})
	for p := Look; p <= AboutProgram; p++ {
		w := uitest.Window(t, widget.NewLabel(""), 1220, 668)
		o := part(p)(w)
		if got := o.MinSize().Width; got > 1220 {
			t.Errorf("part %d is %v wide", p, got)
		}
	}
}

func TestTheScreenSpeaksOneLanguage(t *testing.T) {
	for p := Look; p <= AboutProgram; p++ {
		uitest.OneLanguage(t, 1220, 668, part(p), "中文", "语言", "English", "Language", "经办人", "/home/limei/目录通", "backups", "KB", "MB", "OFL",
			catalogtest.Unit().Publisher())
	}
}

var _ Drafts = (*work.Desk)(nil)
