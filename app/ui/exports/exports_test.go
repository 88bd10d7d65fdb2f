package exports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// office is work that a test has a hold on.
type office struct {
	sync.Mutex
	states   []work.SectorState
	loadErr  error
	planErr  error
	busyAt   int           // the file that is open elsewhere, from 1; its new name is free
	failAt   int           // the file that cannot be written, from 1
	gate     chan struct{} // each file waits for it
	written  []string
	requests []work.ExportRequest
	previews int
}

var (
	errDisk = boltstore.ErrDiskFull
	clerk   = "/home/clerk/文档/公开目录"
)

func (o *office) SectorStates(context.Context) ([]work.SectorState, error) {
	return o.states, o.loadErr
}

func (o *office) PlanExport(_ context.Context, r work.ExportRequest) (*work.ExportPlan, error) {
	o.Lock()
	o.requests = append(o.requests, r)
	o.Unlock()
	if o.planErr != nil {
		return nil, o.planErr
	}
	p := &work.ExportPlan{}
	for _, s := range r.Sectors {
		info, _ := templates.Embedded().Sector(string(s))
		p.Files = append(p.Files, work.ExportFile{Path: filepath.Join(r.Folder, "籍山镇"+info.Called()+"领域基层政务公开标准目录."+string(r.Format))})
	}
	if r.OneFile {
		p.Files = p.Files[:1]
	}
	return p, nil
}

func (o *office) Export(ctx context.Context, p *work.ExportPlan, step func(int, int)) error {
	for p.Written < len(p.Files) {
		step(p.Written, len(p.Files))
		if o.gate != nil {
			select {
			case <-o.gate:
			case <-ctx.Done():
				return work.ErrPartly
			}
		}
		path := p.Files[p.Written].Path
		switch {
		case p.Written+1 == o.busyAt && !strings.Contains(path, "（2）"):
			return atomicfile.ErrBusy
		case p.Written+1 == o.failAt:
			return errDisk
		}
		o.written = append(o.written, filepath.Base(path))
		p.Written++
	}
	return nil
}

func (o *office) Preview(_ context.Context, r work.ExportRequest, folder string) (string, error) {
	o.previews++
	o.requests = append(o.requests, r)
	return filepath.Join(folder, "预览.pdf"), nil
}

// states are the 26 sectors, a few of them with something to say.
func states() []work.SectorState {
	var out []work.SectorState
	for i, info := range templates.Embedded().Sectors()[:26] {
		s := work.SectorState{Info: info, Entries: 9 + i*7%23, Revision: 12}
		switch i {
		case 1, 2, 7:
			s.Signed, s.SignOff = true, &catalog.SignOff{Revision: 12}
		case 3:
			s.Tally.Errors = 3
		case 5:
			s.SignOff = &catalog.SignOff{Revision: 9}
		case 6:
			s.NotApplicable = "镇内没有国有土地上房屋征收"
		case 8:
			s.Tally.Warnings = 2
		}
		out = append(out, s)
	}
	return out
}

func few() []work.SectorState { return states()[:4] }

type opened struct{ paths []string }

func (o *opened) open(path string) error { o.paths = append(o.paths, path); return nil }

func screen(t *testing.T, o *office, set Settings) (*Screen, fyne.Window, *opened, *[]Settings) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1180, 680)
	var saved []Settings
	opens := &opened{}
	s := New(Options{
		Window: w, Work: o, Load: func() Settings { return set }, Save: func(s Settings) { saved = append(saved, s) },
		Previews: "/tmp/打印", Open: opens.open,
	})
	w.SetContent(s.Content())
	s.Shown()
	uitest.Settle()
	return s, w, opens, &saved
}

func TestExportsWhatIsTickedAsChosen(t *testing.T) {
	o := &office{states: few()}
	s, w, opens, saved := screen(t, o, Settings{Folder: clerk, Format: work.PDF, Paper: sheet.A3, Layout: sheet.AnhuiCoded})
	uitest.MustShow(t, w, "已选 4 / 4", "将写出 4 个文件", "有 1 个领域还有错误")

	uitest.Tap(t, w, "只选已签发的")
	uitest.Settle()
	uitest.MustShow(t, w, "已选 2 / 4", "将写出 2 个文件")
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 2 个文件", "在文件夹 "+clerk)
	if len(o.written) != 2 || !strings.HasSuffix(o.written[0], ".pdf") {
		t.Errorf("written are %q", o.written)
	}
	want := Settings{Folder: clerk, Format: work.PDF, Paper: sheet.A3, Layout: sheet.AnhuiCoded}
	if len(*saved) != 1 || (*saved)[0] != want {
		t.Errorf("remembered is %+v, want %+v", *saved, want)
	}
	uitest.Tap(t, w, "打开文件夹")
	if len(opens.paths) != 1 || opens.paths[0] != clerk {
		t.Errorf("opened is %q", opens.paths)
	}
	uitest.Tap(t, w, "再导出别的")
	uitest.Settle()
	uitest.MustShow(t, w, "已选 2 / 4")
	_ = s
}

func TestChoosingTellsWhatWillHappen(t *testing.T) {
	o := &office{states: few()}
	s, w, _, _ := screen(t, o, Settings{})
	uitest.MustShow(t, w, "请选择保存到哪个文件夹")
	if !s.export.Disabled() {
		t.Error("can export without a folder")
	}
	s.folder.SetText(clerk)
	uitest.Settle()
	uitest.MustShow(t, w, "将写出 4 个文件")
	uitest.Tap(t, w, "全不选")
	uitest.Settle()
	uitest.MustShow(t, w, "请在左边勾选要导出的领域")
	if !s.export.Disabled() || !s.preview.Disabled() {
		t.Error("can export nothing")
	}
	s.Choose(few()[1].Info.Slug)
	uitest.Settle()
	s.one.SetSelectedIndex(1)
	uitest.Settle()
	s.format.SetSelectedIndex(2) // csv
	uitest.Settle()
	if last := o.requests[len(o.requests)-1]; len(o.requests) == 0 || !last.OneFile || last.Format != work.CSV {
		t.Errorf("asked for %+v", last)
	}
	if !s.form.Disabled() || !s.paper.Disabled() {
		t.Error("a plain table has a layout to choose")
	}
}

func TestAsksBeforeReplacing(t *testing.T) {
	folder := t.TempDir()
	o := &office{states: few()[:2]}
	name := "籍山镇公共资源交易领域基层政务公开标准目录.xlsx"
	if err := os.WriteFile(filepath.Join(folder, name), []byte("旧"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, w, _, _ := screen(t, o, Settings{Folder: folder})
	uitest.MustShow(t, w, "有 1 个文件已经存在，会被替换："+name)
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "替换已有的文件吗")
	uitest.Tap(t, w, "取消")
	uitest.Settle()
	if len(o.written) != 0 {
		t.Errorf("cancelled, and %q written", o.written)
	}
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.Tap(t, w, "替换")
	uitest.Settle()
	if len(o.written) != 2 {
		t.Errorf("written are %q, want two", o.written)
	}
}

func TestAFileOpenElsewhereGetsAnotherName(t *testing.T) {
	o := &office{states: few()[:3], busyAt: 2}
	_, w, _, _ := screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "正在 WPS 或 Excel 里打开", "公共资源交易")
	uitest.Tap(t, w, "重试") // still open
	uitest.Settle()
	uitest.MustShow(t, w, "正在 WPS 或 Excel 里打开")
	uitest.Tap(t, w, "换名保存")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 3 个文件", "（2）.xlsx")
	if len(o.written) != 3 || !strings.Contains(o.written[1], "（2）") {
		t.Errorf("written are %q", o.written)
	}
}

func TestGivingUpOnABusyFileLeavesTheRest(t *testing.T) {
	o := &office{states: few()[:3], busyAt: 2}
	_, w, _, _ := screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.Press(w, fyne.KeyEscape)
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 1 个文件，还有 2 个没有导出")
	o.busyAt = 0
	uitest.Tap(t, w, "继续导出剩下的")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 3 个文件")
}

func TestExportCanBeStopped(t *testing.T) {
	o := &office{states: few(), gate: make(chan struct{}, 1)}
	_, w, _, _ := screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "导出")
	o.gate <- struct{}{}
	uitest.WaitFor(t, "the progress", func() bool { return uitest.Shows(w, "正在导出") && uitest.Shows(w, "1 / 4") })
	uitest.Tap(t, w, "取消")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 1 个文件，还有 3 个没有导出")
}

func TestFailuresAreSaid(t *testing.T) {
	o := &office{states: few(), failAt: 3}
	_, w, _, _ := screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 2 个文件，还有 2 个没有导出", "磁盘已满")

	o = &office{states: few(), failAt: 1}
	_, w, _, _ = screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "没有做成", "磁盘已满")
	uitest.Tap(t, w, "知道了")
	uitest.MustShow(t, w, "将写出 4 个文件")

	o = &office{loadErr: errors.New("boom")}
	_, w, _, _ = screen(t, o, Settings{Folder: clerk})
	uitest.MustShow(t, w, "各领域的情况没有读出来")
	o.loadErr, o.states = nil, few()
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	uitest.MustShow(t, w, "已选 4 / 4")

	_, w, _, _ = screen(t, &office{}, Settings{})
	uitest.MustShow(t, w, "还没有可以导出的目录")
}

func TestPreviewIsOpened(t *testing.T) {
	o := &office{states: few()}
	_, w, opens, _ := screen(t, o, Settings{})
	uitest.Tap(t, w, "打印预览")
	uitest.Settle()
	if o.previews != 1 || len(opens.paths) != 1 || opens.paths[0] != filepath.Join("/tmp/打印", "预览.pdf") {
		t.Errorf("%d previews, opened %q", o.previews, opens.paths)
	}
}

func TestWhatIsTickedStaysWhenTheScreenComesBack(t *testing.T) {
	o := &office{states: few()}
	s, w, _, _ := screen(t, o, Settings{Folder: clerk})
	uitest.Tap(t, w, "全不选")
	s.Choose("tax") // not among them
	uitest.Settle()
	uitest.MustShow(t, w, "已选 0 / 4")
	s.Choose(few()[1].Info.Slug)
	s.Shown()
	uitest.Settle()
	uitest.MustShow(t, w, "已选 1 / 4")
}

func build(o *office, set Settings, then func(*Screen)) func(fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		s := New(Options{Window: w, Work: o, Load: func() Settings { return set }, Open: func(string) error { return nil }})
		s.Shown()
		uitest.Settle()
		if then != nil {
			then(s)
		}
		return s.Content()
	}
}

func TestPictures(t *testing.T) {
	set := Settings{Folder: clerk}
	uitest.Golden(t, "exports", 1180, 680, build(&office{states: states()}, set, nil))
	uitest.Golden(t, "exports-done", 1180, 680, build(&office{states: states()}, set, func(s *Screen) {
		s.start()
		uitest.Settle()
	}))
}

func TestOneLanguage(t *testing.T) {
	set := Settings{Folder: "/home/clerk"}
	data := []string{"籍山镇", "领域基层政务公开标准目录", "/home/clerk", "mulu"}
	for _, info := range templates.Embedded().Sectors() {
		data = append(data, info.Called())
	}
	uitest.OneLanguage(t, 1180, 680, build(&office{states: states()}, set, nil), data...)
	uitest.OneLanguage(t, 1180, 680, build(&office{states: states()}, set, func(s *Screen) {
		s.start()
		uitest.Settle()
	}), data...)
}

var _ Work = (*work.Desk)(nil)

func TestKeyboardReachesTheList(t *testing.T) {
	o := &office{states: few()}
	s, w, _, _ := screen(t, o, Settings{Folder: clerk})
	w.Canvas().FocusNext()
	for range 10 {
		if f, ok := w.Canvas().Focused().(fyne.Widget); ok && f != nil {
			if _, isButton := f.(*kit.PushButton); !isButton {
				break
			}
		}
		w.Canvas().FocusNext()
	}
	w.Canvas().Focused().TypedRune(' ')
	uitest.Press(w, fyne.KeyDown)
	w.Canvas().Focused().TypedRune(' ')
	uitest.Settle()
	if got := s.list.Chosen(); len(got) != 2 {
		t.Errorf("after two spaces %q are ticked, want two", got)
	}
}
