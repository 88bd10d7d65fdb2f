package signoff

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

const today = catalog.Date("2026-03-02")

// office keeps sign-offs in memory, as a store would.
type office struct {
	sync.Mutex
	states  []work.SectorState
	loadErr error
	signErr error
	scanErr error
	forms   [][]catalog.Sector
	gone    []work.Scan
}

func (o *office) SectorStates(context.Context) ([]work.SectorState, error) {
	o.Lock()
	defer o.Unlock()
	return slices.Clone(o.states), o.loadErr
}

func (o *office) of(s catalog.Sector) *work.SectorState {
	for i := range o.states {
		if o.states[i].Info.Slug == s {
			return &o.states[i]
		}
	}
	return nil
}

func (o *office) Sign(_ context.Context, seen []work.SignedOff, leader, secrecy catalog.Approval) error {
	o.Lock()
	defer o.Unlock()
	if o.signErr != nil {
		return o.signErr
	}
	for _, s := range seen {
		st := o.of(s.Sector)
		if st.Revision != s.Revision {
			return catalog.ErrConflict
		}
		st.Revision++
		st.SignOff, st.Signed = &catalog.SignOff{Revision: st.Revision, Leader: leader, Secrecy: secrecy}, true
	}
	return nil
}

func (o *office) Unsign(_ context.Context, sectors []catalog.Sector) error {
	o.Lock()
	defer o.Unlock()
	for _, s := range sectors {
		st := o.of(s)
		st.SignOff, st.Signed = nil, false
	}
	return nil
}

func (o *office) SignForm(_ context.Context, sectors []catalog.Sector, folder string) (string, error) {
	o.Lock()
	defer o.Unlock()
	o.forms = append(o.forms, sectors)
	return filepath.Join(folder, "签发单.pdf"), nil
}

func (o *office) AddScan(_ context.Context, sectors []catalog.Sector, from string) error {
	o.Lock()
	defer o.Unlock()
	if o.scanErr != nil {
		return o.scanErr
	}
	for _, s := range sectors {
		st := o.of(s)
		st.Scans = append(st.Scans, work.Scan{Path: "/data/" + string(s) + filepath.Ext(from), Revision: st.SignOff.Revision})
	}
	return nil
}

func (o *office) RemoveScan(sc work.Scan) error {
	o.Lock()
	defer o.Unlock()
	o.gone = append(o.gone, sc)
	for i := range o.states {
		o.states[i].Scans = slices.DeleteFunc(o.states[i].Scans, func(s work.Scan) bool { return s == sc })
	}
	return nil
}

func states() []work.SectorState {
	so := func(rev uint64) *catalog.SignOff {
		return &catalog.SignOff{
			Revision: rev,
			Leader:   catalog.Approval{By: "张三", At: "2026-02-27", Opinion: "同意报送。"},
			Secrecy:  catalog.Approval{By: "李四", At: "2026-02-26", Opinion: "经保密审查，可以公开。"},
		}
	}
	var out []work.SectorState
	for i, info := range templates.Embedded().Sectors()[:26] {
		s := work.SectorState{Info: info, Entries: 9 + i*7%23, Revision: 12}
		switch i {
		case 1, 2:
			s.Signed, s.SignOff = true, so(12)
			s.Scans = []work.Scan{{Path: "/data/scan.pdf", Revision: 12}}
		case 3:
			s.Tally.Errors = 3
		case 5:
			s.SignOff = so(9)
		case 6:
			s.NotApplicable = "镇内没有国有土地上房屋征收"
		case 8:
			s.Tally.Warnings = 2
		}
		out = append(out, s)
	}
	return out
}

func slug(i int) catalog.Sector { return templates.Embedded().Sectors()[i].Slug }

type outside struct {
	opened   []string
	findings []catalog.Sector
}

func screen(t *testing.T, o *office) (*Screen, fyne.Window, *outside) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1180, 680)
	out := &outside{}
	s := New(Options{
		Window: w, Work: o, Today: func() catalog.Date { return today }, Previews: "/tmp/打印",
		Open:       func(p string) error { out.opened = append(out.opened, p); return nil },
		OnFindings: func(s catalog.Sector) { out.findings = append(out.findings, s) },
	})
	w.SetContent(s.Content())
	s.Shown()
	uitest.Settle()
	return s, w, out
}

func TestOneLeaderSignsManySectors(t *testing.T) {
	o := &office{states: states()}
	s, w, _ := screen(t, o)
	uitest.MustShow(t, w, "勾选要签发的领域")
	uitest.Tap(t, w, "选待签发的")
	uitest.MustShow(t, w, "登记签发（23 个领域）", "签发以后又改过，要重新签发：征地补偿")
	// The people who signed last are offered.
	if s.leader.by.Text != "张三" || s.secrecy.by.Text != "李四" {
		t.Errorf("offered are %q and %q", s.leader.by.Text, s.secrecy.by.Text)
	}
	s.leader.opinion.SetText("同意。")
	s.secrecy.at.Set("2026-03-01")
	uitest.Tap(t, w, "登记签发")
	uitest.Settle()
	for i := range o.states {
		st := &o.states[i]
		if i == 3 {
			if st.Signed {
				t.Error("a sector with errors is signed")
			}
			continue
		}
		if !st.Signed {
			t.Errorf("%s is not signed", st.Info.Name)
		}
	}
	got := o.states[0].SignOff
	want := catalog.SignOff{
		Revision: 13, Leader: catalog.Approval{By: "张三", At: today, Opinion: "同意。"},
		Secrecy: catalog.Approval{By: "李四", At: "2026-03-01", Opinion: "经保密审查，可以公开。"},
	}
	if *got != want {
		t.Errorf("recorded is %+v, want %+v", *got, want)
	}
	if o.states[1].Revision != 12 {
		t.Error("what was signed before is signed again")
	}
	uitest.MustShow(t, w, "已签发（23 个领域）")
}

func TestSaysWhatIsMissing(t *testing.T) {
	o := &office{states: states()[:1]}
	s, w, _ := screen(t, o)
	s.Choose(slug(0))
	uitest.MustShow(t, w, "还要填：审查人、签发人")
	s.leader.by.SetText("张三")
	s.secrecy.by.SetText("李四")
	s.leader.at.Set("")
	uitest.MustShow(t, w, "还要填：签发日期")
	if !s.sign.Disabled() {
		t.Error("can be recorded without a date")
	}
	s.leader.at.Set("2026-03-01")
	s.check()
	uitest.MustShow(t, w, "签发日期早于审查日期")
	if s.sign.Disabled() {
		t.Error("an odd order of dates is no more than a remark")
	}
}

func TestErrorsComeFirst(t *testing.T) {
	o := &office{states: states()}
	s, w, out := screen(t, o)
	s.Choose(slug(3))
	uitest.MustShow(t, w, "还有错误，不能签发：安全生产")
	if uitest.Shows(w, "打印签发单") {
		t.Error("a form for what cannot be signed")
	}
	uitest.Tap(t, w, "去看错误")
	if !slices.Equal(out.findings, []catalog.Sector{slug(3)}) {
		t.Errorf("led to %v", out.findings)
	}
	s.Choose(slug(3), slug(4))
	uitest.MustShow(t, w, "登记签发（1 个领域）", "还有错误，不能签发")
	uitest.Tap(t, w, "打印签发单")
	uitest.Settle()
	if len(o.forms) != 1 || !slices.Equal(o.forms[0], []catalog.Sector{slug(4)}) {
		t.Errorf("forms for %v", o.forms)
	}
}

func TestFormIsPrintedAndOpened(t *testing.T) {
	o := &office{states: states()}
	s, w, out := screen(t, o)
	s.Choose(slug(2), slug(0), slug(1))
	uitest.Tap(t, w, "打印签发单")
	uitest.Settle()
	if len(o.forms) != 1 || !slices.Equal(o.forms[0], []catalog.Sector{slug(0), slug(1), slug(2)}) {
		t.Errorf("forms for %v", o.forms)
	}
	if !slices.Equal(out.opened, []string{filepath.Join("/tmp/打印", "签发单.pdf")}) {
		t.Errorf("opened %q", out.opened)
	}
}

func TestWhatIsSignedCanBeSeenAndWithdrawn(t *testing.T) {
	o := &office{states: states()}
	s, w, out := screen(t, o)
	uitest.MustShow(t, w, "张三 2026年2月27日签发，李四审查，扫描件 1")
	s.Choose(slug(1))
	uitest.MustShow(t, w, "领导签发：张三，2026年2月27日，“同意报送。”", "扫描件（pdf）")
	uitest.Tap(t, w, "查看")
	if !slices.Equal(out.opened, []string{"/data/scan.pdf"}) {
		t.Errorf("opened %q", out.opened)
	}
	uitest.Tap(t, w, "移除")
	uitest.Tap(t, w, "移除") // the dialog's
	uitest.Settle()
	if len(o.gone) != 1 || uitest.Shows(w, "扫描件（pdf）") {
		t.Errorf("removed %v", o.gone)
	}
	uitest.Tap(t, w, "撤回签发")
	uitest.MustShow(t, w, "要重新签发才能报送：公共资源交易")
	uitest.Tap(t, w, "取消")
	if !o.states[1].Signed {
		t.Error("withdrawn without a yes")
	}
	uitest.Tap(t, w, "撤回签发")
	uitest.Tap(t, w, "撤回签发")
	uitest.Settle()
	if o.states[1].Signed {
		t.Error("not withdrawn")
	}
	uitest.MustShow(t, w, "登记签发（1 个领域）")
}

// pickScan goes through the dialog that chooses a file.
func pickScan(t *testing.T, w fyne.Window, s *Screen) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "签发单扫描.jpg")
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.scan = path
	s.showScan()
	uitest.MustShow(t, w, "签发单扫描.jpg")
	return path
}

func TestAScanGoesWithTheSignOff(t *testing.T) {
	o := &office{states: states()[4:6]}
	s, w, _ := screen(t, o)
	s.Choose(slug(4), slug(5))
	s.leader.by.SetText("张三")
	s.secrecy.by.SetText("李四")
	pickScan(t, w, s)
	uitest.Tap(t, w, "不附")
	uitest.MustShow(t, w, "附签好的扫描件")
	pickScan(t, w, s)
	uitest.Tap(t, w, "登记签发")
	uitest.Settle()
	for i := range o.states {
		if len(o.states[i].Scans) != 1 || !o.states[i].Signed {
			t.Errorf("%s has scans %v", o.states[i].Info.Name, o.states[i].Scans)
		}
	}
	if s.scan != "" {
		t.Error("the scan would be attached to the next sign-off too")
	}
}

func TestFailuresSayWhatIsDone(t *testing.T) {
	o := &office{states: states()[4:5], scanErr: boltstore.ErrDiskFull}
	s, w, _ := screen(t, o)
	s.Choose(slug(4))
	s.leader.by.SetText("张三")
	s.secrecy.by.SetText("李四")
	pickScan(t, w, s)
	uitest.Tap(t, w, "登记签发")
	uitest.Settle()
	uitest.MustShow(t, w, "签发已登记，扫描件没有附上", "磁盘已满")
	uitest.Tap(t, w, "知道了")
	uitest.MustShow(t, w, "已签发（1 个领域）")

	for _, tt := range []struct {
		err  error
		want string
	}{
		{catalog.ErrConflict, "目录刚刚有改动"},
		{boltstore.ErrDiskFull, "磁盘已满"},
	} {
		o = &office{states: states()[4:5], signErr: tt.err}
		s, w, _ = screen(t, o)
		s.Choose(slug(4))
		s.leader.by.SetText("张三")
		s.secrecy.by.SetText("李四")
		uitest.Tap(t, w, "登记签发")
		uitest.Settle()
		uitest.MustShow(t, w, tt.want)
		uitest.Tap(t, w, "知道了")
		if s.leader.by.Text != "张三" || s.sign.Disabled() {
			t.Error("after a failure what was typed is gone, or cannot be tried again")
		}
	}

	o = &office{loadErr: errors.New("boom")}
	_, w, _ = screen(t, o)
	uitest.MustShow(t, w, "各领域的情况没有读出来")
	o.loadErr, o.states = nil, states()
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	uitest.MustShow(t, w, "已选 0 / 26")

	_, w, _ = screen(t, &office{})
	uitest.MustShow(t, w, "还没有可以签发的目录")
}

func build(o *office, then func(*Screen)) func(fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		s := New(Options{
			Window: w, Work: o, Today: func() catalog.Date { return today }, Open: func(string) error { return nil },
			OnFindings: func(catalog.Sector) {},
		})
		s.Shown()
		uitest.Settle()
		then(s)
		return s.Content()
	}
}

func TestPictures(t *testing.T) {
	uitest.Golden(t, "signoff", 1180, 680, build(&office{states: states()}, func(s *Screen) { s.Choose(slug(4), slug(5), slug(8)) }))
	uitest.Golden(t, "signoff-signed", 1180, 680, build(&office{states: states()}, func(s *Screen) { s.Choose(slug(1)) }))
}

func TestOneLanguage(t *testing.T) {
	data := []string{"张三", "李四", "同意报送。", "经保密审查，可以公开。"}
	for _, info := range templates.Embedded().Sectors() {
		data = append(data, info.Called())
	}
	for _, i := range []int{1, 3, 5} {
		uitest.OneLanguage(t, 1180, 680, build(&office{states: states()}, func(s *Screen) { s.Choose(slug(i)) }), data...)
	}
	if !strings.Contains(today.Chinese(), "年") {
		t.Fatal("no Chinese date")
	}
}

var _ Work = (*work.Desk)(nil)
