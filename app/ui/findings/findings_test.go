package findings

import (
	"context"
	"slices"
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
	"mulutong/catalog/check"
	"mulutong/templates"
)

const (
	aid    = catalog.Sector("social-assistance")
	elders = catalog.Sector("elderly-care")
)

func clock() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// planted are the mistakes in the drafts of newDesk, by the place of the entry.
var planted = map[catalog.Sector][]struct {
	at    int
	field catalog.Field
	text  string
}{
	aid: {
		{0, catalog.FieldBasis, "《中华人民共和国政府信息公开条例》（国务院令第492号）"},
		{1, catalog.FieldContent, "-救助对象名单、救助标准"},
		{2, catalog.FieldTimeLimit, "信息形成或者变更之日起30个工作日内"},
		{3, catalog.FieldContent, "=申请条件"},
		{5, catalog.FieldPublisher, "相关部门"},
	},
	elders: {
		{0, catalog.FieldContent, "+养老服务机构名单"},
		{1, catalog.FieldMode, "主动、依申请"},
	},
}

// newDesk is a desk of 籍山镇 with two sectors and mistakes in them.
func newDesk(t testing.TB) *work.Desk {
	t.Helper()
	unit, err := templates.Divisions().UnitOf("340223100")
	if err != nil {
		t.Fatal(err)
	}
	d, err := work.Create(t.TempDir(), unit, work.Options{
		Person: "经办人", CheckWait: time.Millisecond, Store: boltstore.Options{Now: clock},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Discard() })
	_, err = d.Edit(context.Background(), "新建", func(tx *boltstore.Tx) error {
		for s, mistakes := range planted {
			tmpl, _ := templates.Embedded().Template(s)
			c := tmpl.Draft(unit, d.NewID)
			for _, m := range mistakes {
				if err := c.Entries[m.at].SetText(m.field, m.text); err != nil {
					return err
				}
			}
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// opened is the screen over a desk in a window, with everything checked.
type opened struct {
	*Screen
	win  fyne.Window
	went []check.Finding
	says []string
}

func (o *opened) build(t testing.TB, w fyne.Window, d Drafts) fyne.CanvasObject {
	o.win = w
	o.Screen = New(w, d, Actions{
		Open: func(f check.Finding) { o.went = append(o.went, f) },
		Said: func(text string) { o.says = append(o.says, text) },
	})
	t.Cleanup(o.Close)
	return o.Content()
}

// checked waits until everything is checked.
func (o *opened) checked(t testing.TB) {
	t.Helper()
	uitest.WaitFor(t, "everything checked", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return !o.fetching && len(o.stale) == 0 && len(o.sheets) > 0 && !o.working
	})
}

func open(t testing.TB, d Drafts) *opened {
	t.Helper()
	uitest.App(t)
	o := &opened{}
	w := uitest.Window(t, widget.NewLabel(""), 1200, 660)
	w.SetContent(o.build(t, w, d))
	uitest.Settle()
	return o
}

func (o *opened) heads() (out []string) {
	for _, r := range o.rows {
		if r.head {
			out = append(out, r.text)
		}
	}
	return out
}

// find chooses the first listed finding of a rule.
func (o *opened) find(t testing.TB, rule string) check.Finding {
	t.Helper()
	i := slices.IndexFunc(o.rows, func(r row) bool { return !r.head && r.finding.Rule == rule })
	if i < 0 {
		t.Fatalf("no finding of %s is listed, but %v", rule, o.heads())
	}
	o.list.Select(i)
	return o.rows[i].finding
}

// content is what an entry says now.
func content(t testing.TB, d *work.Desk, f check.Finding) string {
	t.Helper()
	dr, err := d.Draft(context.Background(), f.Sector)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := dr.Entry(f.Entry)
	return e.Text(f.Field)
}

func TestFindingsAreListedByRuleAndByEntry(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	for _, rule := range []string{"text.formula", "timelimit.over-statutory", "publisher.vague", "mode.both", "basis.superseded"} {
		if !slices.Contains(o.heads(), words.Rule(rule).In(words.Chinese)) {
			t.Errorf("%s is not among %v", rule, o.heads())
		}
	}
	if o.rows[1].finding.Severity != check.Error {
		t.Errorf("the first finding is %+v, want an error", o.rows[1].finding)
	}
	o.order.SetSelectedIndex(1)
	if !slices.ContainsFunc(o.heads(), func(h string) bool { return strings.HasPrefix(h, "社会救助") }) {
		t.Errorf("by entry the groups are %v", o.heads())
	}
	all := len(o.rows)
	o.Show(elders)
	if len(o.rows) >= all || slices.ContainsFunc(o.rows, func(r row) bool { return !r.head && r.finding.Sector != elders }) {
		t.Errorf("of one sector %d rows of %d are listed", len(o.rows), all)
	}
	uitest.MustShow(t, o.win, "养老服务", "错误", "提醒")
}

func TestFiltersHideAndShowAllBringsBack(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	for _, severity := range []check.Severity{check.Error, check.Warning} {
		o.checks[severity].SetChecked(false)
	}
	if len(o.rows) != 0 {
		t.Fatalf("nothing is ticked, %d rows are listed", len(o.rows))
	}
	uitest.MustShow(t, o.win, "这里没有要显示的")
	uitest.Tap(t, o.win, "全部显示")
	if len(o.rows) == 0 {
		t.Error("all is shown, nothing is listed")
	}
}

func TestAClickAndEnterLeadToTheField(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	f := o.find(t, "timelimit.over-statutory")
	uitest.MustShow(t, o.win, "现在写的是", "修正后", "怎么改", "错例")
	o.win.Canvas().Focus(o.list)
	uitest.Press(o.win, fyne.KeyReturn)
	uitest.Tap(t, o.win, "去修改")
	if len(o.went) != 2 || o.went[0].Entry != f.Entry || o.went[0].Field != catalog.FieldTimeLimit {
		t.Errorf("led to %+v, want twice to %+v", o.went, f)
	}
}

func TestKeysGoThroughTheList(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	o.win.Canvas().Focus(o.list)
	uitest.Press(o.win, fyne.KeyHome)
	uitest.Press(o.win, fyne.KeyDown)
	first := o.chosen
	uitest.Press(o.win, fyne.KeyEnd)
	if first == "" || o.chosen == first {
		t.Errorf("chosen are %q, then %q", first, o.chosen)
	}
	n := len(o.rows)
	uitest.Press(o.win, fyne.KeyLeft)
	if len(o.rows) >= n {
		t.Errorf("folded there are %d rows of %d", len(o.rows), n)
	}
	uitest.Press(o.win, fyne.KeyReturn)
	if len(o.rows) != n {
		t.Errorf("unfolded there are %d rows, want %d", len(o.rows), n)
	}
}

func TestOneFindingIsFixed(t *testing.T) {
	d := newDesk(t)
	o := open(t, d)
	o.checked(t)
	f := o.find(t, "timelimit.over-statutory")
	uitest.Tap(t, o.win, "修正")
	uitest.WaitFor(t, "it is gone", func() bool {
		return !slices.ContainsFunc(o.rows, func(r row) bool { return !r.head && r.finding.Rule == f.Rule })
	})
	if got := content(t, d, f); got != f.Fix {
		t.Errorf("the time limit is %q, want %q", got, f.Fix)
	}
	if !slices.Equal(o.says, []string{"已修正 1 处。"}) || o.chosen == "" {
		t.Errorf("said is %q, chosen %q", o.says, o.chosen)
	}
}

func TestARuleIsFixedEverywhereAfterALook(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	o := open(t, d)
	o.checked(t)
	f := o.find(t, "text.formula")
	o.preview("text.formula")
	uitest.WaitFor(t, "the preview", func() bool { return uitest.Shows(o.win, "修正 3 处") })
	if got := content(t, d, f); got != f.Fix && strings.ContainsAny(got[:1], "-=+") == false {
		t.Errorf("the preview has changed %q", got)
	}
	uitest.Tap(t, o.win, "全不选")
	uitest.MustShow(t, o.win, "修正 0 处")
	ticks := uitest.Find[*tick](o.win)
	ticks[0].box.SetChecked(true)
	ticks[1].box.SetChecked(true)
	uitest.Tap(t, o.win, "修正 2 处")
	uitest.WaitFor(t, "one is left", func() bool {
		n := 0
		for _, r := range o.rows {
			if !r.head && r.finding.Rule == "text.formula" {
				n++
			}
		}
		return n == 1 && !o.working
	})
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	uitest.WaitFor(t, "all are back", func() bool {
		n := 0
		for _, r := range o.rows {
			if !r.head && r.finding.Rule == "text.formula" {
				n++
			}
		}
		return n == 3
	})
}

func TestOfAllRulesOnlySafeFixesAreTicked(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	uitest.Tap(t, o.win, "批量修正…")
	uitest.WaitFor(t, "the preview", func() bool { return uitest.Shows(o.win, "全部可以修正的地方") })
	uitest.MustShow(t, o.win, "修正 3 处")
	uitest.Press(o.win, fyne.KeyEscape)
	if uitest.Shows(o.win, "全部可以修正的地方") {
		t.Error("Escape has not closed the preview")
	}
}

func TestAReasonIsGivenToSeveralAndTakenBack(t *testing.T) {
	o := open(t, newDesk(t))
	o.checked(t)
	o.find(t, "text.formula")
	uitest.Tap(t, o.win, "写明理由…")
	uitest.Press(o.win, fyne.KeyEscape)
	if uitest.Shows(o.win, "确实无误的") {
		t.Error("Escape has not closed the question")
	}
	uitest.Tap(t, o.win, "写明理由…")
	uitest.Tap(t, o.win, "保存")
	uitest.MustShow(t, o.win, "请写明理由。", "同一问题的其余 2 处也写这个理由")
	uitest.Find[*kit.Entry](o.win)[0].SetText("名单的格式如此")
	uitest.Tap(t, o.win, "同一问题的其余 2 处也写这个理由")
	uitest.Tap(t, o.win, "保存")
	uitest.WaitFor(t, "all are answered", func() bool {
		return !slices.ContainsFunc(o.rows, func(r row) bool { return !r.head && r.finding.Rule == "text.formula" })
	})
	o.reasons.SetSelectedIndex(int(withReason))
	f := o.find(t, "text.formula")
	if f.Disputed != "名单的格式如此" {
		t.Errorf("the reason is %q", f.Disputed)
	}
	uitest.MustShow(t, o.win, "已写理由", "名单的格式如此")
	uitest.Tap(t, o.win, "撤回理由")
	uitest.WaitFor(t, "two are left", func() bool { return count(o.sheets, "").answered == 2 })
}

func TestNothingFound(t *testing.T) {
	d := newDesk(t)
	_, err := d.Change(context.Background(), "不涉及", []catalog.Sector{aid, elders}, func(c *catalog.Catalog) error {
		c.NotApplicable = &catalog.NotApplicable{Reason: "本镇没有这项工作"}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, d)
	o.checked(t)
	uitest.MustShow(t, o.win, "没有发现问题")
}

// troubled is drafts whose disk hangs, fails or is full.
type troubled struct {
	Drafts
	wait chan struct{}
	err  error
	full error
}

func (d *troubled) Findings(ctx context.Context, s catalog.Sector) (work.Findings, error) {
	if d.wait != nil {
		<-d.wait
	}
	if d.err != nil {
		return work.Findings{}, d.err
	}
	return d.Drafts.Findings(ctx, s)
}

func (d *troubled) Fix(ctx context.Context, label string, fixes []work.Fixed) (int, error) {
	if d.full != nil {
		return 0, d.full
	}
	return d.Drafts.Fix(ctx, label, fixes)
}

func (d *troubled) Answer(ctx context.Context, fs []check.Finding, reason string) error {
	if d.full != nil {
		return d.full
	}
	return d.Drafts.Answer(ctx, fs, reason)
}

func TestASlowDiskIsSaid(t *testing.T) {
	slow := &troubled{Drafts: newDesk(t), wait: make(chan struct{})}
	uitest.App(t)
	o := &opened{}
	w := uitest.Window(t, widget.NewLabel(""), 1200, 660)
	w.SetContent(o.build(t, w, slow))
	uitest.WaitFor(t, "the sectors", func() bool { return len(o.sheets) == 2 })
	uitest.MustShow(t, w, "正在检查")
	close(slow.wait)
	o.checked(t)
	if len(o.rows) == 0 {
		t.Error("nothing is listed in the end")
	}
}

func TestAFailingDiskIsSaidAndTriedAgain(t *testing.T) {
	failing := &troubled{Drafts: newDesk(t), err: boltstore.ErrDamaged}
	o := open(t, failing)
	uitest.Settle()
	uitest.MustShow(t, o.win, words.Explain(boltstore.ErrDamaged, words.Chinese))
	failing.err = nil
	uitest.Tap(t, o.win, "重试")
	o.checked(t)
	if len(o.rows) == 0 {
		t.Error("nothing is listed in the end")
	}
}

func TestAFullDiskIsSaidAndTheListStays(t *testing.T) {
	full := &troubled{Drafts: newDesk(t), full: boltstore.ErrDiskFull}
	o := open(t, full)
	o.checked(t)
	n := len(o.rows)
	o.find(t, "timelimit.over-statutory")
	uitest.Tap(t, o.win, "修正")
	uitest.WaitFor(t, "the message", func() bool { return uitest.Shows(o.win, words.Explain(boltstore.ErrDiskFull, words.Chinese)) })
	if len(o.rows) != n || o.says != nil {
		t.Errorf("%d rows of %d, said %q", len(o.rows), n, o.says)
	}
}

func TestThousandsOfFindingsAreListed(t *testing.T) {
	c := catalog.Catalog{Sector: aid, Entries: make([]catalog.Entry, 3000)}
	var fs []check.Finding
	for i := range c.Entries {
		c.Entries[i] = catalog.Entry{ID: catalog.EntryID(itoa(i)), Sector: aid, Path: []string{"事项" + itoa(i)}}
		for _, rule := range []string{"content.missing", "basis.missing"} {
			fs = append(fs, check.Finding{Rule: rule, Severity: check.Error, Sector: aid, Entry: c.Entries[i].ID, Field: catalog.FieldContent, Message: "没有填写", Index: i})
		}
	}
	s := &sheet{info: catalog.SectorInfo{Slug: aid, Name: "社会救助"}, catalog: &c, list: fs, current: true}
	f := filter{severity: map[check.Severity]bool{check.Error: true}, folded: map[string]bool{}}
	rows := rowsOf([]*sheet{s}, &f, words.Chinese)
	if len(rows) != 6002 || rows[0].count != 3000 {
		t.Errorf("%d rows, the first of %d", len(rows), rows[0].count)
	}
	o := open(t, &fixed{sheet: s})
	o.checked(t)
	if lines := uitest.Find[*line](o.win); len(lines) == 0 || len(lines) > 60 {
		t.Errorf("%d lines are made for what is seen", len(lines))
	}
}

// fixed is drafts that say the same always.
type fixed struct {
	Drafts
	sheet *sheet
}

func (d *fixed) Sectors(context.Context) ([]catalog.SectorInfo, error) {
	return []catalog.SectorInfo{d.sheet.info}, nil
}

func (d *fixed) Findings(context.Context, catalog.Sector) (work.Findings, error) {
	return work.Findings{Catalog: d.sheet.catalog, List: d.sheet.list, Current: true}, nil
}

func (d *fixed) Listen(func(work.Event)) func() { return func() {} }

func TestComparedTextsAreMarkedWhereTheyDiffer(t *testing.T) {
	for _, tt := range []struct{ a, b, was, is string }{
		{"国务院令第492号", "国务院令第711号", "国务院令第[492]号", "国务院令第[711]号"},
		{"-名单", "名单", "[-]名单", "名单"},
		{"", "补上", "", "[补上]"},
		{"相同", "相同", "相同", "相同"},
		{"一二三四五", "一三四六五", "一[二]三四五", "一三四[六]五"},
	} {
		was, is := compare(tt.a, tt.b)
		if got := bracketed(was); got != tt.was {
			t.Errorf("compare(%q, %q) was %q, want %q", tt.a, tt.b, got, tt.was)
		}
		if got := bracketed(is); got != tt.is {
			t.Errorf("compare(%q, %q) is %q, want %q", tt.a, tt.b, got, tt.is)
		}
	}
	if got := bracketed(wrongWords("公开主体为相关部门", "“相关部门”不具体")); got != "公开主体为[相关部门]" {
		t.Errorf("wrong words: %q", got)
	}
	if got := excerpt([]piece{{strings.Repeat("前", 40), false}, {"错", true}, {strings.Repeat("后", 40), false}}); got != "…前前前前前前前前前前错后后后后后后后后后后…" {
		t.Errorf("excerpt is %q", got)
	}
}

func bracketed(ps []piece) (out string) {
	for _, p := range ps {
		if p.marked {
			out += "[" + p.text + "]"
			continue
		}
		out += p.text
	}
	return out
}

// built is the screen with everything checked and a finding chosen.
func built(t *testing.T, d *work.Desk, rule string) func(w fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		o := &opened{}
		content := o.build(t, w, d)
		w.SetContent(content)
		o.checked(t)
		if rule != "" {
			o.find(t, rule)
		}
		return content
	}
}

func TestPictures(t *testing.T) {
	d := newDesk(t)
	uitest.Golden(t, "findings", 1220, 668, built(t, d, "basis.superseded"))
}

func TestPreviewPicture(t *testing.T) {
	d := newDesk(t)
	uitest.Golden(t, "findings-preview", 1220, 668, func(w fyne.Window) fyne.CanvasObject {
		o := &opened{}
		content := o.build(t, w, d)
		w.SetContent(content)
		o.checked(t)
		o.preview("")
		uitest.WaitFor(t, "the preview", func() bool { return uitest.Shows(w, "全部可以修正的地方") })
		return content
	})
}

// TestTheLargestTextsFit: the screen is as wide as the window at most.
func TestTheLargestTextsFit(t *testing.T) {
	d := newDesk(t)
	uitest.AppWith(t, kit.Look{Scale: kit.MaxScale})
	w := uitest.Window(t, widget.NewLabel(""), 1220, 668)
	if got := built(t, d, "text.formula")(w).MinSize(); got.Width > 1220 || got.Height > 668 {
		t.Errorf("the screen needs %v", got)
	}
}

func TestTheScreenSpeaksOneLanguage(t *testing.T) {
	f := check.Finding{Rule: "text.formula", Severity: check.Warning, Sector: aid, Entry: "1", Field: catalog.FieldContent, Message: "2", Fix: "3"}
	g := f
	g.Rule, g.Disputed = "timelimit.vague", "4"
	d := &fixed{sheet: &sheet{
		info:    catalog.SectorInfo{Slug: aid, Name: "社会救助"},
		catalog: &catalog.Catalog{Sector: aid, Entries: []catalog.Entry{{ID: "1", Sector: aid, Path: []string{"1"}, Content: "-3"}}},
		list:    []check.Finding{f, g},
	}}
	manual := []string{}
	for _, r := range check.Rules() {
		manual = append(manual, r.Why, r.Do, exampleText(r.Fails, r.Field, r.FailsWords))
	}
	uitest.OneLanguage(t, 1220, 668, func(w fyne.Window) fyne.CanvasObject {
		o := &opened{}
		content := o.build(t, w, d)
		w.SetContent(content)
		o.checked(t)
		o.showAll()
		return content
	}, append(manual, "+", "=", "@")...)
}

var _ Drafts = (*work.Desk)(nil)
