package entries

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// paneFake is a draft in memory, whose checks come when told and whose store
// may fail.
type paneFake struct {
	cat      *catalog.Catalog
	tmpl     *catalog.Template
	findings []check.Finding
	current  bool
	refuse   error // of Type and ChangeEntry
	history  []catalog.Edit
	historyE error
	slow     chan struct{} // History waits for it
	ends     int
	labels   []string
	reasons  map[string]string
	restored time.Time
	listen   []func()
}

func (d *paneFake) Sector() catalog.SectorInfo {
	return catalog.SectorInfo{Slug: d.cat.Sector, Name: "社会救助"}
}
func (d *paneFake) Unit() catalog.Unit          { return d.cat.Unit }
func (d *paneFake) Template() *catalog.Template { return d.tmpl }
func (d *paneFake) EndTyping()                  { d.ends++ }

func (d *paneFake) Entry(id catalog.EntryID) (catalog.Entry, bool) { return d.cat.Entry(id) }

// tell has the screen bring the pane up to date, as it does after each change.
func (d *paneFake) tell() {
	for _, fn := range d.listen {
		kit.Do(fn)
	}
}

func (d *paneFake) ChangeEntry(label string, id catalog.EntryID, fn func(*catalog.Entry) error) error {
	if d.refuse != nil {
		return d.refuse
	}
	for i := range d.cat.Entries {
		if d.cat.Entries[i].ID != id {
			continue
		}
		now := *d.cat
		now.Entries = slices.Clone(d.cat.Entries)
		e := now.Entries[i].Clone()
		if err := fn(&e); err != nil {
			return err
		}
		now.Entries[i] = e
		d.cat = &now
		d.labels = append(d.labels, label)
		d.tell()
		return nil
	}
	return catalog.ErrNotFound
}

func (d *paneFake) Type(id catalog.EntryID, f catalog.Field, text string) error {
	return d.ChangeEntry("typing", id, func(e *catalog.Entry) error { return e.SetText(f, text) })
}

func (d *paneFake) Findings() ([]check.Finding, bool) { return d.findings, d.current }

func (d *paneFake) SetReason(f check.Finding, reason string) error {
	if d.reasons == nil {
		d.reasons = map[string]string{}
	}
	d.reasons[f.Rule] = reason
	fs := slices.Clone(d.findings)
	for i := range fs {
		if fs[i].Rule == f.Rule {
			fs[i].Disputed = reason
		}
	}
	d.findings = fs
	return nil
}

func (d *paneFake) History(ctx context.Context, _ catalog.EntryID) ([]catalog.Edit, error) {
	if d.slow != nil {
		select {
		case <-d.slow:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return d.history, d.historyE
}

func (d *paneFake) RestoreEntry(_ context.Context, _ catalog.EntryID, at time.Time, _ string) error {
	d.restored = at
	return nil
}

var paneUnit = catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}

// paneSample is social assistance of a township, as its template has it.
func paneSample(t testing.TB) *paneFake {
	t.Helper()
	set := templates.Embedded()
	tmpl, ok := set.Template("social-assistance")
	if !ok {
		t.Fatal("no template")
	}
	here := tmpl.For(paneUnit.Division)
	n := 0
	cat := here.Draft(paneUnit, func() catalog.EntryID {
		n++
		return catalog.EntryID("e" + strings.Repeat("0", 3-len(paneItoa(n))) + paneItoa(n))
	})
	return &paneFake{cat: &cat, tmpl: &here, current: true}
}

func paneItoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// check finds what is wrong in the draft, as the program does behind the typing.
func (d *paneFake) check() {
	set := templates.Embedded()
	c := check.New(check.Knowledge{Sectors: set.Sectors(), Template: d.tmpl, Register: set.Register(), Today: "2026-11-23"})
	d.findings, d.current = c.Catalog(d.cat), true
	d.tell()
}

// set changes a field behind the pane's back.
func (d *paneFake) set(t testing.TB, i int, f catalog.Field, text string) {
	t.Helper()
	refuse := d.refuse
	d.refuse = nil
	if err := d.ChangeEntry("set", d.cat.Entries[i].ID, func(e *catalog.Entry) error { return e.SetText(f, text) }); err != nil {
		t.Fatal(err)
	}
	d.refuse = refuse
}

func (d *paneFake) text(i int, f catalog.Field) string { return d.cat.Entries[i].Text(f) }

// shownPane is a pane in a window, as wide as it is beside the grid.
func shownPane(t testing.TB, d *paneFake, deps PaneDeps) (*EntryPane, fyne.Window) {
	t.Helper()
	w := uitest.Window(t, widget.NewLabel(""), 420, 660)
	p := paneIn(w, d, deps)
	w.SetContent(container.NewStack(p))
	w.Resize(fyne.NewSize(420, 660))
	return p, w
}

// paneIn makes the pane of a draft for a window, as the screen does.
func paneIn(w fyne.Window, d *paneFake, deps PaneDeps) *EntryPane {
	deps.Win = w
	if deps.Register == nil {
		deps.Register = templates.Embedded().Register()
	}
	deps.Today = "2026-11-23"
	deps.Now = func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local) }
	deps.Place = func(id catalog.EntryID) (int, int, bool) {
		at := slices.IndexFunc(d.cat.Entries, func(e catalog.Entry) bool { return e.ID == id })
		return at, len(d.cat.Entries), at >= 0
	}
	p := NewPane(d, deps)
	d.listen = append(d.listen, func() { p.Open(p.id) })
	return p
}

func (p *EntryPane) row(f catalog.Field) *paneRow {
	for _, r := range p.rows {
		if r.field == f {
			return r
		}
	}
	return nil
}

func paneType(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestPaneShowsTheEntryWhole(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	uitest.MustShow(t, w, "没有选中条目")
	p.Open(d.cat.Entries[3].ID)
	e := d.cat.Entries[3]
	uitest.MustShow(t, w, "第 4 / ", e.Submatter(), e.TimeLimit.Text, e.Publisher, "程序理解为")
	for _, f := range paneFields {
		if got, want := p.row(f).editor.Text(), e.Text(f); got != want {
			t.Errorf("%s shows %q, want %q", f, got, want)
		}
	}
	p.Many(5)
	uitest.MustShow(t, w, "选中了 5 条")
	p.Open("")
	uitest.MustShow(t, w, "没有选中条目")
}

func TestPanePassesTypingOnAtOnce(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldPublisher)
	paneType(w, "甲")
	if got := d.text(0, catalog.FieldPublisher); !strings.HasPrefix(got, "甲") {
		t.Errorf("the draft says %q", got)
	}
	ends := d.ends
	w.Canvas().Unfocus()
	if d.ends == ends {
		t.Error("leaving the field does not end the typing")
	}
}

func TestPaneKeepsTheCursorWhileFindingsArrive(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldContent)
	focused := w.Canvas().Focused()
	paneType(w, "公开")
	for range 5 {
		d.findings = []check.Finding{{Rule: "text.broken", Severity: check.Warning, Sector: d.cat.Sector, Entry: p.id, Field: catalog.FieldContent, Message: "句子没有写完。"}}
		d.tell()
		uitest.Settle()
		paneType(w, "内")
		d.findings = nil
		d.tell()
		d.tell()
		uitest.Settle()
		p.Open(p.id)
	}
	if w.Canvas().Focused() != focused {
		t.Fatalf("the focus went to %T", w.Canvas().Focused())
	}
	if got := d.text(0, catalog.FieldContent); !strings.HasPrefix(got, "公开内内内内内") {
		t.Errorf("what was typed is %q", got)
	}
}

func TestPaneFollowsChangesFromElsewhere(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldPublisher)
	paneType(w, "甲乙")
	d.set(t, 0, catalog.FieldPublisher, "籍山镇人民政府") // undone, say
	uitest.Settle()
	if got := p.row(catalog.FieldPublisher).editor.Text(); got != "籍山镇人民政府" {
		t.Errorf("the pane shows %q", got)
	}
	paneType(w, "丙")
	if got := d.text(0, catalog.FieldPublisher); !strings.Contains(got, "丙") {
		t.Errorf("typing on makes it %q", got)
	}
}

func TestPaneDoesNotPutRightWhatIsBeingTyped(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	d.set(t, 0, catalog.FieldTimeLimit, "")
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldTimeLimit)
	paneType(w, "公示 7 个工作日 ") // which the draft trims
	uitest.Settle()
	if got := p.row(catalog.FieldTimeLimit).editor.Text(); got != "公示 7 个工作日 " {
		t.Errorf("while typing, the field became %q", got)
	}
}

func TestPaneKeepsWhatTheDraftDoesNotTake(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	first, second := d.cat.Entries[0].ID, d.cat.Entries[1].ID
	p.Open(first)
	d.refuse = boltstore.ErrReadOnly
	p.Go(catalog.FieldPublisher)
	paneType(w, "甲")
	uitest.MustShow(t, w, "您输入的内容还在")
	p.Open(second)
	if got := p.row(catalog.FieldPublisher).editor.Text(); strings.Contains(got, "甲") {
		t.Errorf("the other entry shows %q", got)
	}
	p.Open(first)
	if got := p.row(catalog.FieldPublisher).editor.Text(); !strings.HasPrefix(got, "甲") {
		t.Errorf("back again the field shows %q", got)
	}
	p.Open(second)
	d.refuse = nil
	p.Open(first)
	if got := d.text(0, catalog.FieldPublisher); !strings.HasPrefix(got, "甲") {
		t.Errorf("once the draft takes it, it says %q", got)
	}
}

func TestPaneShowsFindingsAndCorrectsThem(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	d.set(t, 0, catalog.FieldBasis, "《城市房屋拆迁管理条例》")
	p.Open(d.cat.Entries[0].ID)
	d.check()
	uitest.Settle()
	uitest.MustShow(t, w, "处错误", "改为：", "590号")
	p.scroll.ScrollToBottom()
	var fix check.Finding
	for _, f := range p.found(catalog.FieldBasis) {
		if f.Rule == "basis.repealed" {
			fix = f
		}
	}
	if fix.Fix == "" {
		t.Fatalf("found only %+v", p.findings)
	}
	uitest.Tap(t, w, "一键修正")
	if got := d.text(0, catalog.FieldBasis); got != fix.Fix {
		t.Errorf("corrected it says %q, want %q", got, fix.Fix)
	}
	if got := p.row(catalog.FieldBasis).editor.Text(); got != fix.Fix {
		t.Errorf("the pane shows %q", got)
	}
	if last := d.labels[len(d.labels)-1]; last != "一键修正：依据已经废止" {
		t.Errorf("the history calls it %q", last)
	}
}

func TestCorrectingWaitsForTheCheck(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, _ := shownPane(t, d, PaneDeps{})
	d.set(t, 0, catalog.FieldPublisher, "籍山镇政府 ")
	p.Open(d.cat.Entries[0].ID)
	old := check.Finding{Rule: "text.control", Severity: check.Warning, Entry: p.id, Field: catalog.FieldPublisher, Message: "多余的空格", Fix: "籍山镇政府"}
	d.findings, d.current = []check.Finding{old}, false
	p.update()
	d.set(t, 0, catalog.FieldPublisher, "籍山镇政府办 ")
	p.fix(old)
	if got := d.text(0, catalog.FieldPublisher); got != "籍山镇政府办 " {
		t.Fatalf("an old finding's correction took away what was typed: %q", got)
	}
	now := old
	now.Fix = "籍山镇政府办"
	d.findings, d.current = []check.Finding{now}, true
	d.tell()
	uitest.Settle()
	if got := d.text(0, catalog.FieldPublisher); got != "籍山镇政府办" {
		t.Errorf("once checked, it says %q", got)
	}
}

func TestPaneTakesReasons(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	d.findings = []check.Finding{{Rule: "publisher.wrong-tier", Severity: check.Warning, Entry: p.id, Field: catalog.FieldPublisher, Message: "主体像是县级部门。"}}
	p.update()
	uitest.Tap(t, w, "写明理由")
	paneType(w, "由县局统一公开")
	uitest.Tap(t, w, "写入理由")
	if d.reasons["publisher.wrong-tier"] != "由县局统一公开" {
		t.Errorf("the reason recorded is %q", d.reasons)
	}
	uitest.MustShow(t, w, "已写明理由：由县局统一公开")
	uitest.Tap(t, w, "撤回理由")
	if uitest.Shows(w, "已写明理由") {
		t.Error("the reason is still shown")
	}
}

func TestPaneRestoresTheTemplatesValue(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	was := d.text(0, catalog.FieldTimeLimit)
	d.set(t, 0, catalog.FieldTimeLimit, "看情况")
	p.Open(d.cat.Entries[0].ID)
	uitest.MustShow(t, w, "模板：")
	p.Go(catalog.FieldTimeLimit)
	uitest.Tap(t, w, "恢复模板值")
	if got := d.text(0, catalog.FieldTimeLimit); got != was {
		t.Errorf("restored it says %q, want %q", got, was)
	}
}

func TestLockedFieldsSayWhy(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	tmpl := *d.tmpl
	tmpl.Entries = slices.Clone(tmpl.Entries)
	for i := range tmpl.Entries {
		tmpl.Entries[i].Locked = []catalog.Field{catalog.FieldContent}
	}
	d.tmpl = &tmpl
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	uitest.MustShow(t, w, "模板规定的内容，不能改")
	p.Go(catalog.FieldContent)
	was := d.text(0, catalog.FieldContent)
	if f := w.Canvas().Focused(); f != nil {
		f.TypedRune('x')
	}
	if got := d.text(0, catalog.FieldContent); got != was {
		t.Errorf("a locked field became %q", got)
	}
}

func TestKeysLeadBetweenEntriesAndBack(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	back := 0
	at := 0
	var p *EntryPane
	p, w := shownPane(t, d, PaneDeps{
		Back: func() { back++ },
		Step: func(by int) { at += by; p.Open(d.cat.Entries[at].ID) },
	})
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldPublisher)
	down := &desktop.CustomShortcut{KeyName: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl}
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(down)
	if p.id != d.cat.Entries[1].ID || w.Canvas().Focused() != p.row(catalog.FieldPublisher).editor.First() {
		t.Errorf("Ctrl+PgDn leads to %s, with the focus in %T", p.id, w.Canvas().Focused())
	}
	uitest.Press(w, fyne.KeyEscape)
	uitest.Press(w, fyne.KeyF2)
	if back != 2 {
		t.Errorf("Esc and F2 led back %d times", back)
	}
	for _, f := range paneFields {
		p.Go(f)
		if r := p.focusedRow(); r == nil || r.field != f {
			t.Errorf("going to %s leads to %v", f, w.Canvas().Focused())
		}
		row := p.row(f)
		top := row.Position().Y - p.scroll.Offset.Y
		if top > p.scroll.Size().Height-20 || top+row.Size().Height < 20 {
			t.Errorf("%s is out of sight, at %v", f, top)
		}
	}
	p.Go(catalog.FieldSubmatter)
	if w.Canvas().Focused() != p.row(catalog.FieldPath).editor.(*field.Path).Level(1) {
		t.Error("the submatter's own entry has no focus")
	}
}

func TestMenuKeyOffersWhatCanBeDone(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	was := d.text(0, catalog.FieldPublisher)
	d.set(t, 0, catalog.FieldPublisher, "甲")
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldPublisher)
	uitest.Press(w, desktop.KeyMenu)
	uitest.MustShow(t, w, "恢复模板值", "修改记录…", "复制本栏")
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyReturn)
	if got := d.text(0, catalog.FieldPublisher); got != was {
		t.Errorf("the first item leaves %q, want %q", got, was)
	}
}

func TestBasesAreFoundByPinyin(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	d.set(t, 0, catalog.FieldBasis, "")
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldBasis)
	paneType(w, "shjzzx")
	uitest.Settle()
	uitest.Press(w, fyne.KeyReturn)
	if got := d.text(0, catalog.FieldBasis); got != "《社会救助暂行办法》（国务院令第649号）" {
		t.Errorf("shjzzx and Enter cite %q", got)
	}
}

func TestTabWalksThroughAllFields(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldPath)
	var seen []catalog.Field
	for range 80 {
		if r := p.focusedRow(); r != nil && (len(seen) == 0 || seen[len(seen)-1] != r.field) {
			seen = append(seen, r.field)
		}
		w.Canvas().FocusNext()
		if len(seen) == len(paneFields) {
			break
		}
	}
	if !slices.Equal(seen, paneFields) {
		t.Errorf("Tab leads through %v, want %v", seen, paneFields)
	}
}

func TestWheelScrollsOverEntriesToo(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	for _, r := range p.rows {
		p.activate(r)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.row(catalog.FieldContent))
	test.Scroll(w.Canvas(), at.Add(fyne.NewPos(150, 20)), 0, -50)
	if p.scroll.Offset.Y == 0 {
		t.Error("the wheel over an entry does not scroll the pane")
	}
}

func TestEntryThatIsGoneIsSaid(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	p.Open(d.cat.Entries[0].ID)
	whole := d.cat
	less := *d.cat
	less.Entries = d.cat.Entries[1:]
	d.cat = &less
	d.tell()
	uitest.Settle()
	uitest.MustShow(t, w, "这一条已经不在目录里")
	d.cat = whole
	d.tell()
	uitest.Settle()
	uitest.MustShow(t, w, whole.Entries[0].Submatter())
}

// paneEdit is an edit of an entry in the history.
func paneEdit(seq uint64, at time.Time, label string, before, after *catalog.Entry) catalog.Edit {
	raw := func(e *catalog.Entry) json.RawMessage {
		if e == nil {
			return nil
		}
		b, _ := json.Marshal(e)
		return b
	}
	id := after.ID
	return catalog.Edit{Seq: seq, At: at, By: "王芳", Label: label, Changes: []catalog.Change{{Target: catalog.TargetEntry, Key: string(id), Before: raw(before), After: raw(after)}}}
}

func paneEdits(d *paneFake, at time.Time) []catalog.Edit {
	e0 := d.cat.Entries[0]
	with := func(e catalog.Entry, f catalog.Field, s string) catalog.Entry {
		e = e.Clone()
		_ = e.SetText(f, s)
		return e
	}
	e1 := with(e0, catalog.FieldPublisher, "籍山镇")
	e2 := with(e1, catalog.FieldPublisher, "籍山镇政府")
	e3 := with(e2, catalog.FieldTimeLimit, "实时")
	return []catalog.Edit{
		paneEdit(4, at.Add(-10*time.Minute), "填写公开时限", &e2, &e3),
		paneEdit(3, at.Add(-58*time.Minute), "填写公开主体", &e1, &e2),
		paneEdit(2, at.Add(-60*time.Minute), "填写公开主体", &e0, &e1),
		paneEdit(1, at.Add(-26*time.Hour), "从模板建立", nil, &e0),
	}
}

func TestStepsOfTypingAreOne(t *testing.T) {
	d := paneSample(t)
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local)
	edits := paneEdits(d, at)
	steps, err := stepsOf(edits, d.cat.Entries[0].ID, "")
	if err != nil || len(steps) != 3 {
		t.Fatalf("%d steps, %v; want 3", len(steps), err)
	}
	if c := steps[1].changes[0]; c.After != "籍山镇政府" || c.Before != d.text(0, catalog.FieldPublisher) {
		t.Errorf("two stretches of typing are shown as %+v", c)
	}
	if !steps[2].made {
		t.Error("the beginning is not told")
	}
	steps, _ = stepsOf(edits, d.cat.Entries[0].ID, catalog.FieldTimeLimit)
	if len(steps) == 0 || steps[0].changes[0].After != "实时" {
		t.Errorf("of the time limit: %+v", steps)
	}
}

func TestHistoryIsShownAndRestored(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	w.Resize(fyne.NewSize(1000, 700))
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local)
	d.history = paneEdits(d, at)
	d.slow = make(chan struct{})
	p.Open(d.cat.Entries[0].ID)
	p.showHistory("")
	uitest.Pump()
	uitest.MustShow(t, w, "正在读取")
	close(d.slow)
	uitest.Settle()
	uitest.MustShow(t, w, "王芳", "公开主体：", "籍山镇政府", "10 分钟前")
	uitest.Tap(t, w, "恢复到此时")
	uitest.Settle()
	if d.restored.IsZero() {
		t.Error("nothing is restored")
	}

	p.showHistory(catalog.FieldPublisher)
	uitest.Settle()
	uitest.Tap(t, w, "关闭")

	d.historyE = errors.New("unreadable")
	p.showHistory("")
	uitest.Settle()
	uitest.MustShow(t, w, "重试")
	d.historyE = nil
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	uitest.MustShow(t, w, "王芳")
}

func TestLargeWindowShowsFindingsAsTheyCome(t *testing.T) {
	uitest.App(t)
	d := paneSample(t)
	p, w := shownPane(t, d, PaneDeps{})
	w.Resize(fyne.NewSize(1366, 768))
	p.Open(d.cat.Entries[0].ID)
	p.Go(catalog.FieldContent)
	uitest.Press(w, fyne.KeyF4)
	paneType(w, "公开")
	if got := d.text(0, catalog.FieldContent); !strings.HasPrefix(got, "公开") {
		t.Errorf("typed in the large window, the draft says %q", got)
	}
	d.findings = []check.Finding{{Rule: "text.broken", Severity: check.Warning, Entry: p.id, Field: catalog.FieldContent, Message: "句子没有写完。"}}
	d.tell()
	uitest.Settle()
	overlay := w.Canvas().Overlays().Top()
	if texts := uitest.In[*field.Prose](overlay); !slices.ContainsFunc(texts, func(x *field.Prose) bool { return x.Text() == "句子没有写完。" }) {
		t.Error("the large window does not show what is found")
	}
	uitest.Press(w, fyne.KeyEscape)
	if r := p.focusedRow(); r == nil || r.field != catalog.FieldContent {
		t.Error("closing the large window does not lead back to the field")
	}
}

// paneTroubled is a draft whose second entry shows everything a pane can say.
func paneTroubled(t testing.TB) *paneFake {
	d := paneSample(t)
	d.set(t, 1, catalog.FieldBasis, "《社会救助暂行办法》（国务院令第649号）\n《城市房屋拆迁管理条例》\n《政府信息公开条例》（国务院令第492号）")
	d.set(t, 1, catalog.FieldTimeLimit, "信息形成之日起30个工作日内")
	d.set(t, 1, catalog.FieldPublisher, "相关部门")
	return d
}

// paneGolden compares a state of the pane with its pictures.
func paneGolden(t *testing.T, name string, width, height float32, build func(d *paneFake, p *EntryPane, w fyne.Window)) {
	t.Helper()
	uitest.Golden(t, name, width, height, func(w fyne.Window) fyne.CanvasObject {
		d := paneTroubled(t)
		d.check()
		p := paneIn(w, d, PaneDeps{TimeLimits: []string{"信息形成或者变更之日起20个工作日内", "长期公开", "实时"}, SetMany: func() {}})
		content := container.NewStack(p)
		w.SetContent(content)
		build(d, p, w)
		uitest.Settle()
		return content
	})
}

func TestLookOfThePane(t *testing.T) {
	paneGolden(t, "pane", 420, 700, func(d *paneFake, p *EntryPane, _ fyne.Window) {
		p.Open(d.cat.Entries[3].ID)
	})
	paneGolden(t, "pane-findings", 420, 900, func(d *paneFake, p *EntryPane, _ fyne.Window) {
		p.Open(d.cat.Entries[1].ID)
		p.Go(catalog.FieldTimeLimit)
	})
	paneGolden(t, "pane-citations", 420, 760, func(d *paneFake, p *EntryPane, w fyne.Window) {
		p.Open(d.cat.Entries[1].ID)
		p.Go(catalog.FieldBasis)
		paneType(w, "房屋")
	})
	paneGolden(t, "pane-large", 1000, 640, func(d *paneFake, p *EntryPane, w fyne.Window) {
		d.set(t, 3, catalog.FieldContent, strings.Repeat(d.text(3, catalog.FieldContent)+"；", 3)+"____")
		d.check()
		p.Open(d.cat.Entries[3].ID)
		p.Go(catalog.FieldContent)
		p.row(catalog.FieldContent).openLarge()
	})
	paneGolden(t, "pane-history", 1000, 640, func(d *paneFake, p *EntryPane, w fyne.Window) {
		d.history = paneEdits(d, p.deps.Now())
		p.Open(d.cat.Entries[0].ID)
		p.showHistory("")
	})
}

func TestPaneSpeaksOneLanguage(t *testing.T) {
	uitest.App(t)
	// The catalog, its template and what is found are Chinese in both languages.
	d := paneTroubled(t)
	d.check()
	seen := map[rune]bool{}
	data := []string{"https://www.gjzwfw.gov.cn/"}
	know := func(text string) {
		for _, r := range text {
			if unicode.Is(unicode.Han, r) && !seen[r] {
				seen[r] = true
				data = append(data, string(r))
			}
		}
	}
	for _, f := range d.findings {
		know(f.Message + f.Fix)
	}
	know("实时")
	e := d.cat.Entries[1]
	for _, f := range paneFields {
		know(e.Text(f))
	}
	for _, x := range d.tmpl.Entries {
		if x.ID == e.Template {
			know(x.Hint + strings.Join(x.AlsoCalled, ""))
			drafted := x.Entry(d.cat.Unit, d.cat.Sector, "")
			for _, f := range paneFields {
				know(drafted.Text(f) + x.Hints[f])
			}
		}
	}
	uitest.OneLanguage(t, 420, 2400, func(w fyne.Window) fyne.CanvasObject {
		p := paneIn(w, d, PaneDeps{TimeLimits: []string{"实时"}})
		content := container.NewStack(p)
		w.SetContent(content)
		w.Resize(fyne.NewSize(420, 2400))
		p.Open(e.ID)
		for _, r := range p.rows {
			p.activate(r)
		}
		return content
	}, data...)
	for _, lang := range []words.Lang{words.Chinese, words.English} {
		kit.SetLang(lang)
		for _, f := range paneFields {
			if kit.Say(paneLabels[f]) == "" {
				t.Errorf("%s has no label", f)
			}
		}
	}
	kit.SetLang(words.Chinese)
}
