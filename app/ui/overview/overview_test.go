package overview

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

var now = time.Date(2026, 11, 22, 15, 30, 0, 0, time.Local)

// service has a board of its own; it can be slow and fail.
type service struct {
	rough    bool // the calendar of the year of the day is not known
	mu       sync.Mutex
	lines    []work.Line
	found    map[catalog.Sector]work.Counts // what a count finds
	counted  []catalog.Sector
	hold     chan struct{} // each count waits until it can read from it; nil: none does
	boardErr error
	changErr error
	did      []string
	listener func(work.Event)
}

func (s *service) Board(_ context.Context, r work.Reviews) ([]work.Line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lines), s.boardErr
}

func (s *service) Count(ctx context.Context, sector catalog.Sector) (work.Counts, error) {
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
			return work.Counts{}, ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counted = append(s.counted, sector)
	n, ok := s.found[sector]
	if !ok {
		return n, errors.New("cannot be read")
	}
	return n, nil
}

func (s *service) Due(int) work.Due {
	if s.rough {
		return work.Due{Date: "2027-01-30", Days: 60}
	}
	return work.Due{Date: "2026-11-30", Days: 8, Sure: true}
}

func (s *service) Looked(sector catalog.Sector) { _ = s.done("looked " + string(sector)) }

func (s *service) Addable(context.Context) ([]work.Offered, error) {
	info, _ := templates.Embedded().Sector("veterans")
	return []work.Offered{{SectorInfo: info, Entries: 12}}, s.changErr
}

func (s *service) AddSectors(_ context.Context, sectors []catalog.Sector) error {
	return s.done("add " + string(sectors[0]))
}

func (s *service) SetUnused(_ context.Context, sector catalog.Sector, reason string) error {
	return s.done("unused " + string(sector) + " " + reason)
}

func (s *service) BringBack(_ context.Context, sector catalog.Sector) error {
	return s.done("back " + string(sector))
}

func (s *service) done(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.did = append(s.did, what)
	return s.changErr
}

func (s *service) Listen(fn func(work.Event)) func() {
	s.listener = fn
	return func() { s.listener = nil }
}

// sectors is a township's board in the middle of the work.
func sectors() *service {
	s := &service{found: map[catalog.Sector]work.Counts{}}
	for _, info := range templates.Embedded().Sectors() {
		if info.Optional {
			continue
		}
		l := work.Line{
			Info: info, State: work.StateDraft,
			Head: catalog.Head{Sector: info.Slug, Revision: 1, Entries: 8 + info.No*7%23, EditedAt: now.AddDate(0, 0, -9), EditedBy: "经办人"},
		}
		n := work.Counts{Revision: 1, Clean: l.Head.Entries}
		switch {
		case info.Slug == "food-drug":
			l.Head.Revision, l.Head.EditedAt = 31, now.Add(-12*time.Minute)
			n.Clean, n.Errors, n.Warnings = l.Head.Entries-3, 3, 2
		case info.Slug == "health":
			l.Head.Revision, l.Head.EditedAt = 9, now.AddDate(0, 0, -1)
			n.Clean, n.Errors = l.Head.Entries-12, 14
		case info.No < 4:
			l.State, l.Head.Revision, l.Head.EditedAt = work.StateReady, 14, now.AddDate(0, 0, -3)
		case info.No < 6:
			l.Head.Revision, l.Head.EditedAt = 6, now.Add(-5*time.Hour)
			n.Warnings = 1
		case info.Slug == "education" || info.Slug == "household-registration":
			l.State, l.Head.Revision = work.StateNotApplicable, 2
			l.Head.NotApplicable = &catalog.NotApplicable{Reason: "由派出机构编制"}
		default:
			l.Untouched = true
		}
		n.Revision = l.Head.Revision
		s.found[info.Slug] = n
		s.lines = append(s.lines, l)
	}
	return s
}

func (s *service) line(name catalog.Sector) *work.Line {
	i := slices.IndexFunc(s.lines, func(l work.Line) bool { return l.Info.Slug == name })
	return &s.lines[i]
}

// shown is a board under test, and where it led.
type shown struct {
	*testing.T
	fyne.Window
	*service
	*Screen
	went []string
	told []string
}

func show(t *testing.T, s *service) *shown {
	t.Helper()
	uitest.App(t)
	sh := &shown{T: t, service: s}
	sh.Window = uitest.Window(t, widget.NewLabel(""), 1210, 660)
	sh.Screen = New(sh.Window, s, Options{
		Now:      func() time.Time { return now },
		Open:     func(s catalog.Sector) { sh.went = append(sh.went, "open "+string(s)) },
		Findings: func(s catalog.Sector) { sh.went = append(sh.went, "findings "+string(s)) },
		SignOff:  func(s catalog.Sector) { sh.went = append(sh.went, "sign "+string(s)) },
		Export:   func() { sh.went = append(sh.went, "export") },
		Told:     func(text string) { sh.told = append(sh.told, text) },
	})
	sh.Window.SetContent(sh.Screen.Content())
	t.Cleanup(sh.Screen.Close)
	return sh
}

func (sh *shown) order() []catalog.Sector {
	var out []catalog.Sector
	for _, c := range sh.Screen.shown {
		out = append(out, c.line.Info.Slug)
	}
	return out
}

func (sh *shown) tap(text string) {
	sh.Helper()
	uitest.Tap(sh.T, sh.Window, text)
	uitest.Settle()
}

func (sh *shown) shows(texts ...string) {
	sh.Helper()
	uitest.MustShow(sh.T, sh.Window, texts...)
}

func TestTheBoardStandsBeforeAnythingIsChecked(t *testing.T) {
	s := sectors()
	s.hold = make(chan struct{})
	sh := show(t, s)
	uitest.WaitFor(t, "the board", func() bool { return len(sh.order()) == 26 })
	sh.shows("正在检查，还剩 24 个领域", "离报送还有 8 天（2026年11月30日）", "食品药品监管", "乡村振兴")
	s.hold <- struct{}{}
	uitest.WaitFor(t, "the first count", func() bool { return uitest.Shows(sh.Window, "还剩 23 个领域") })
	close(s.hold)
	uitest.Settle()
	sh.shows("接下来：食品药品监管有 3 处错误要改", "错误 17 处", "提醒 4 处", "3 错误", "12 分钟前")
	if got := sh.order()[:3]; !slices.Equal(got, []catalog.Sector{"food-drug", "health", "land-acquisition"}) {
		t.Errorf("the board begins with %v", got)
	}
	sh.tap("去改")
	if !slices.Equal(sh.went, []string{"findings food-drug"}) {
		t.Errorf("the button leads to %v", sh.went)
	}
}

func TestADueDayThatIsNotSureSaysWhy(t *testing.T) {
	s := sectors()
	s.rough = true
	sh := show(t, s)
	uitest.WaitFor(t, "the board", func() bool { return len(sh.order()) == 26 })
	sh.shows("约 2027年1月30日，2027 年的放假安排还不知道")
}

func TestCountsOfLastTimeStandUntilTheyAreCheckedAgain(t *testing.T) {
	s := sectors()
	for i := range s.lines {
		n := s.found[s.lines[i].Info.Slug]
		s.lines[i].Counts = &n
	}
	s.hold = make(chan struct{})
	sh := show(t, s)
	uitest.WaitFor(t, "the board", func() bool { return uitest.Shows(sh.Window, "食品药品监管有 3 处错误要改") })
	s.mu.Lock()
	s.found["food-drug"] = work.Counts{Revision: 31, Errors: 5}
	s.mu.Unlock()
	close(s.hold)
	uitest.Settle()
	sh.shows("食品药品监管有 5 处错误要改")
	if len(s.counted) != 24 {
		t.Errorf("%d sectors were checked, want 24", len(s.counted))
	}
}

func TestTheHeadlineNamesTheOneNextThing(t *testing.T) {
	clean := func(s *service) {
		for i := range s.lines {
			l := &s.lines[i]
			l.Untouched = false
			s.found[l.Info.Slug] = work.Counts{Revision: l.Head.Revision, Clean: l.Head.Entries}
		}
	}
	all := func(state work.State) func(*service) {
		return func(s *service) {
			clean(s)
			for i := range s.lines {
				if !s.lines[i].Unused() {
					s.lines[i].State = state
				}
			}
		}
	}
	for _, tt := range []struct {
		name       string
		change     func(*service)
		says, does string
		goes       string
	}{
		{"returned", func(s *service) { s.line("health").State = work.StateReturned }, "医疗卫生被退回了，按意见修改", "看退回意见", "open health"},
		{"untouched", func(s *service) {
			clean(s)
			s.line("tax").Untouched = true
		}, "看一遍税收管理，20 条还是模板的内容", "打开", "open tax"},
		{"clean", clean, "21 个领域没有错误了，可以签发", "去签发", "sign "},
		{"signed", all(work.StateReady), "24 个领域已经签发，可以导出上报", "去导出", "export"},
		{"submitted", all(work.StateSubmitted), "都报送了，等审核结果", "", ""},
		{"approved", all(work.StateApproved), "都报送了，等审核结果", "", ""},
		{"empty", func(s *service) { s.lines = nil }, "还没有要编的领域，先加入一个", "加入领域", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sectors()
			tt.change(s)
			sh := show(t, s)
			uitest.Settle()
			sh.shows(tt.says)
			if tt.does == "" {
				if sh.Screen.head.do.Visible() {
					t.Error("there is a button that leads nowhere")
				}
				return
			}
			sh.tap(tt.does)
			if tt.goes != "" && !slices.Equal(sh.went, []string{tt.goes}) {
				t.Errorf("it leads to %v", sh.went)
			}
		})
	}
}

func TestEnterDoesTheNextThingWhenTheBoardComesUp(t *testing.T) {
	sh := show(t, sectors())
	sh.Screen.Shown()
	uitest.Settle()
	uitest.Press(sh.Window, fyne.KeyReturn)
	if !slices.Equal(sh.went, []string{"findings food-drug"}) {
		t.Errorf("Enter leads to %v", sh.went)
	}
}

func TestFilterAndOrder(t *testing.T) {
	sh := show(t, sectors())
	uitest.Settle()
	sh.tap("有错误 2")
	if got := sh.order(); !slices.Equal(got, []catalog.Sector{"food-drug", "health"}) {
		t.Errorf("with errors are %v", got)
	}
	sh.tap("已办好 3")
	sh.tap("不涉及 2")
	if got := sh.order(); len(got) != 2 || got[0] != "household-registration" {
		t.Errorf("not applicable are %v", got)
	}
	sh.tap("全部 26")
	sh.Screen.sort.SetSelected("按领域次序")
	if got := sh.order(); got[0] != "major-projects" || got[25] != "planning" {
		t.Errorf("in usual order they are %v", got)
	}
	sh.Screen.sort.SetSelected("最近改的在前")
	if got := sh.order(); got[0] != "food-drug" {
		t.Errorf("the last edited is %v", got[0])
	}
	sh.line("food-drug").State, sh.line("health").State = work.StateReady, work.StateSubmitted
	sh.found["food-drug"], sh.found["health"] = work.Counts{Revision: 31}, work.Counts{Revision: 9}
	sh.Screen.Shown()
	uitest.Settle()
	sh.tap("有错误 0")
	sh.shows("没有这样的领域")
	sh.tap("看全部")
	if len(sh.order()) != 26 {
		t.Errorf("%d are shown", len(sh.order()))
	}
}

func TestKeysMoveOnTheBoard(t *testing.T) {
	sh := show(t, sectors())
	uitest.Settle()
	sh.Screen.focus(0)
	columns := sh.Screen.board.Layout.(*tiles).columns
	if columns < 5 {
		t.Errorf("there are %d columns; 26 sectors want five to be seen at one look", columns)
	}
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyLeft, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown} {
		uitest.Press(sh.Window, k)
	}
	if got := sh.Window.Canvas().Focused(); got != sh.Screen.shown[columns] {
		t.Errorf("the focus is on %v", got)
	}
	uitest.Press(sh.Window, fyne.KeyReturn)
	want := "open " + string(sh.order()[columns])
	uitest.Settle()
	if looked := "looked " + string(sh.order()[columns]); !slices.Equal(sh.did, []string{looked}) {
		t.Errorf("done was %v, want %s", sh.did, looked)
	}
	uitest.Press(sh.Window, fyne.KeyEnd)
	uitest.Press(sh.Window, desktop.KeyMenu)
	sh.shows("恢复编制")
	if !slices.Equal(sh.went, []string{want}) {
		t.Errorf("Enter leads to %v, want %s", sh.went, want)
	}
	if last := sh.Screen.shown[25]; last.Position().Y+last.Size().Height > sh.Screen.scroll.Offset.Y+sh.Screen.scroll.Size().Height {
		t.Error("the focus has left what can be seen")
	}
}

func (sh *shown) card(s catalog.Sector) *card {
	sh.Helper()
	for _, c := range sh.Screen.shown {
		if c.line.Info.Slug == s {
			return c
		}
	}
	sh.Fatalf("no card of %s", s)
	return nil
}

func TestASectorIsLeftOutWithAReasonAndBroughtBack(t *testing.T) {
	sh := show(t, sectors())
	uitest.Settle()
	test.TapSecondary(sh.card("tax"))
	sh.tap("标为不涉及…")
	sh.shows("税收管理为什么不涉及？")
	sh.tap("由县级部门统一编制")
	test.Type(sh.Window.Canvas().Focused(), "，我镇不编")
	uitest.Press(sh.Window, fyne.KeyReturn)
	uitest.Settle()
	test.TapSecondary(sh.card("education"))
	sh.tap("恢复编制")
	test.Tap(sh.card("household-registration")) // a click asks
	sh.shows("不涉及：由派出机构编制")
	sh.tap("恢复编制")
	want := []string{"unused tax 由县级部门统一编制，我镇不编", "back education", "back household-registration"}
	if !slices.Equal(sh.did, want) {
		t.Errorf("done was %q, want %q", sh.did, want)
	}
	if want := []string{"税收管理已标为不涉及", "义务教育已恢复编制", "户籍管理已恢复编制"}; !slices.Equal(sh.told, want) {
		t.Errorf("said was %q", sh.told)
	}
}

func TestSectorsAreAdded(t *testing.T) {
	sh := show(t, sectors())
	uitest.Settle()
	sh.tap("加入领域…")
	sh.tap("退役军人")
	sh.tap("加入")
	if !slices.Equal(sh.did, []string{"add veterans"}) || !slices.Equal(sh.told, []string{"已加入 1 个领域"}) {
		t.Errorf("done was %q, said %q", sh.did, sh.told)
	}
}

func TestFailuresAreSaidAndLeaveTheBoard(t *testing.T) {
	s := sectors()
	s.boardErr = boltstore.ErrDamaged
	sh := show(t, s)
	uitest.Settle()
	sh.shows("数据已损坏", "重试")
	s.boardErr = nil
	sh.tap("重试")
	sh.shows("食品药品监管")
	s.changErr = boltstore.ErrDiskFull
	test.TapSecondary(sh.card("education"))
	sh.tap("恢复编制")
	sh.shows("磁盘已满")
	if len(sh.told) > 0 {
		t.Errorf("said was %q", sh.told)
	}
	sh.tap("知道了")
	delete(s.found, "tax") // a count that fails is not tried for ever
	s.line("tax").Head.Revision++
	sh.Screen.Shown()
	uitest.Settle()
	n := 0
	for _, c := range s.counted {
		if c == "tax" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("what cannot be checked was tried %d times", n)
	}
}

func TestChangesElsewhereComeIn(t *testing.T) {
	s := sectors()
	sh := show(t, s)
	uitest.Settle()
	s.mu.Lock()
	l := s.line("food-drug")
	l.Head.Revision++
	s.found["food-drug"] = work.Counts{Revision: l.Head.Revision, Errors: 1}
	s.mu.Unlock()
	for range 3 {
		s.listener(work.Event{Kind: work.CatalogChanged, Sector: "food-drug"})
	}
	uitest.Settle()
	sh.shows("食品药品监管有 1 处错误要改")
	hidden := true
	sh.Screen.o.Showing = func() bool { return !hidden }
	s.mu.Lock()
	s.line("food-drug").State = work.StateReturned
	s.mu.Unlock()
	s.listener(work.Event{Kind: work.CatalogChanged})
	uitest.Settle()
	sh.shows("食品药品监管有 1 处错误要改")
	hidden = false
	sh.Screen.Shown()
	uitest.Settle()
	sh.shows("食品药品监管被退回了")
}

func build(s *service) func(fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		sc := New(w, s, Options{Now: func() time.Time { return now }, Open: func(catalog.Sector) {}})
		return sc.Content()
	}
}

func TestOneLanguage(t *testing.T) {
	uitest.OneLanguage(t, 1210, 660, build(sectors()), "由派出机构编制")
}

var _ Service = (*work.Desk)(nil)

func TestPictures(t *testing.T) {
	uitest.Golden(t, "overview", 1210, 660, build(sectors()))
}

func TestTheFirstPictureShowsWhatWasRead(t *testing.T) {
	uitest.App(t)
	s := sectors()
	w := uitest.Window(t, widget.NewLabel(""), 1222, 668)
	sc := New(w, s, Options{Open: func(catalog.Sector) {}, Lines: s.lines})
	defer sc.Close()
	w.SetContent(sc.Content())
	sc.Shown()
	if !uitest.Shows(w, "食品药品监管") { // nothing has come back from the background yet
		t.Error("the first picture does not show the lines that were read")
	}
	uitest.Settle()
	s.mu.Lock()
	s.lines = s.lines[:1]
	s.mu.Unlock()
	sc.Shown()
	uitest.Settle()
	if len(sc.lines) != 1 {
		t.Errorf("when the board comes up again it has %d lines, want those it has now", len(sc.lines))
	}
}

func TestCountingLetsTheFirstPictureGoBefore(t *testing.T) {
	uitest.App(t)
	s := sectors()
	w := uitest.Window(t, widget.NewLabel(""), 1222, 668)
	sc := New(w, s, Options{Open: func(catalog.Sector) {}, CountAfter: 2 * time.Second})
	defer sc.Close()
	w.SetContent(sc.Content())
	uitest.Settle()
	counted := func() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.counted) }
	if !uitest.Shows(w, "食品药品监管") || counted() > 0 {
		t.Errorf("before the wait is over %d sectors were checked", counted())
	}
	uitest.WaitFor(t, "the counts", func() bool { return counted() == 24 })
	uitest.Settle()
}
