package entries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// draft is a Draft held in memory, checked at once.
type draft struct {
	unit     catalog.Unit
	info     catalog.SectorInfo
	template *catalog.Template
	checker  *check.Checker
	c        *catalog.Catalog
	fs       []check.Finding
	past     []*catalog.Catalog
	labels   []string
	hears    []func(work.Event)
	saved    work.SaveState
	retried  int
	fails    error
	n        int
}

var unit = catalog.Unit{
	ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市",
}

func newDraft(t testing.TB, sector catalog.Sector) *draft {
	t.Helper()
	set := templates.Embedded()
	d := &draft{unit: unit}
	d.info, _ = set.Sector(string(sector))
	all, ok := set.Template(sector)
	if !ok {
		t.Fatalf("no template of %s", sector)
	}
	tpl := all.For(unit.Division)
	d.template = &tpl
	c := tpl.Draft(unit, d.NewID)
	d.checker = check.New(check.Knowledge{Sectors: set.Sectors(), Template: d.template, Register: set.Register(), Today: "2026-11-23"})
	d.put(&c)
	return d
}

func (d *draft) put(c *catalog.Catalog) {
	d.c = c
	d.fs = d.checker.Catalog(c)
}

func (d *draft) tell(e work.Event) {
	for _, fn := range d.hears {
		fn(e)
	}
}

func (d *draft) Sector() catalog.SectorInfo  { return d.info }
func (d *draft) Unit() catalog.Unit          { return d.unit }
func (d *draft) Catalog() *catalog.Catalog   { return d.c }
func (d *draft) Template() *catalog.Template { return d.template }
func (d *draft) NewID() catalog.EntryID      { d.n++; return catalog.EntryID(fmt.Sprintf("e%05d", d.n)) }

func (d *draft) Entry(id catalog.EntryID) (catalog.Entry, bool) {
	return d.c.Entry(id)
}

func (d *draft) Change(label string, fn func(*catalog.Catalog) error) error {
	return d.change(label, nil, fn)
}

func (d *draft) change(label string, only []catalog.EntryID, fn func(*catalog.Catalog) error) error {
	if d.fails != nil {
		return d.fails
	}
	c := *d.c
	c.Entries = slices.Clone(c.Entries)
	c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
	for k, v := range d.c.Omitted {
		c.Omitted[k] = v
	}
	if err := fn(&c); err != nil {
		return err
	}
	d.past = append(d.past, d.c)
	d.labels = append(d.labels, label)
	d.put(&c)
	d.tell(work.Event{Kind: work.CatalogChanged, Entries: only})
	d.tell(work.Event{Kind: work.FindingsChanged})
	return nil
}

func (d *draft) ChangeEntry(label string, id catalog.EntryID, fn func(*catalog.Entry) error) error {
	return d.change(label, []catalog.EntryID{id}, func(c *catalog.Catalog) error {
		for i := range c.Entries {
			if c.Entries[i].ID == id {
				return fn(&c.Entries[i])
			}
		}
		return catalog.ErrNotFound
	})
}

func (d *draft) Type(id catalog.EntryID, f catalog.Field, text string) error {
	return d.ChangeEntry("typing", id, func(e *catalog.Entry) error { return e.SetText(f, text) })
}
func (d *draft) EndTyping()                            {}
func (d *draft) Findings() ([]check.Finding, bool)     { return d.fs, true }
func (d *draft) SetReason(check.Finding, string) error { return nil }
func (d *draft) Saved() work.SaveState                 { return d.saved }
func (d *draft) Retry()                                { d.retried++ }
func (d *draft) Listen(fn func(work.Event)) (stop func()) {
	d.hears = append(d.hears, fn)
	return func() { d.hears = nil }
}

func (d *draft) History(context.Context, catalog.EntryID) ([]catalog.Edit, error) {
	return nil, nil
}

func (d *draft) RestoreEntry(context.Context, catalog.EntryID, time.Time, string) error { return nil }

// undo takes back the latest change, as the unit's undo does.
func (d *draft) undo() {
	n := len(d.past)
	if n == 0 {
		return
	}
	d.put(d.past[n-1])
	d.past, d.labels = d.past[:n-1], d.labels[:n-1]
	d.tell(work.Event{Kind: work.CatalogChanged})
}

// desk is the screen in a window.
type desk struct {
	*testing.T
	s    *Screen
	d    *draft
	w    fyne.Window
	clip fyne.Clipboard
}

type prefs map[string]string

func (p prefs) String(k string) string { return p[k] }
func (p prefs) SetString(k, v string)  { p[k] = v }

func open(t *testing.T, d *draft) *desk { return openWith(t, d, prefs{}, 1216, 660) }

func openWith(t *testing.T, d *draft, p Prefs, width, height float32) *desk {
	t.Helper()
	app := uitest.App(t)
	w := uitest.Window(t, nil, width, height)
	k := &desk{T: t, d: d, w: w, clip: app.Clipboard()}
	k.s = New(w, Options{Prefs: p, Clipboard: k.clip, Undo: d.undo})
	k.s.rest = atOnce
	w.SetContent(k.s.Content())
	k.s.Open(d)
	k.s.Focus()
	uitest.Settle()
	return k
}

// col is where a field is shown.
func (k *desk) col(id string) int {
	k.Helper()
	c := k.s.grid.Shown(id)
	if c < 0 {
		k.Fatalf("column %s is not shown", id)
	}
	return c
}

func (k *desk) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		uitest.Press(k.w, key)
	}
}

func (k *desk) typing(s string) {
	for _, r := range s {
		k.w.Canvas().Focused().TypedRune(r)
	}
}

func (k *desk) shortcut(key fyne.KeyName, mod fyne.KeyModifier) {
	k.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
	uitest.Settle()
}

// names are the entries shown, by their last level.
func (k *desk) names() string {
	var out []string
	for i := range k.s.table.Rows() {
		e := k.s.table.entry(i)
		out = append(out, fmt.Sprintf("%s/%s", e.Matter(), e.Submatter()))
	}
	return strings.Join(out, " ")
}

// small is a draft of a few entries.
func small(t *testing.T) *draft {
	d := newDraft(t, "social-assistance")
	d.c.Entries = d.c.Entries[:5]
	d.put(d.c)
	return d
}

func TestTypingIntoACellChangesTheDraft(t *testing.T) {
	k := open(t, small(t))
	k.s.grid.Select(grid.Pos{Row: 1, Col: k.col("publisher")})
	k.typing("籍山镇民政办")
	k.press(fyne.KeyReturn)
	if got := k.d.c.Entries[1].Publisher; got != "籍山镇民政办" {
		t.Errorf("the publisher is %q", got)
	}
	if got := fmt.Sprint(k.d.labels); got != "[修改公开主体]" {
		t.Errorf("steps of undo: %s", got)
	}
	uitest.MustShow(t, k.w, "籍山镇民政办")
	if row := k.s.grid.Selection().Cell.Row; row != 2 {
		t.Errorf("Enter went to row %d", row)
	}
}

func TestTheGridFollowsEntriesAndWholeCatalogsAlike(t *testing.T) {
	k := open(t, small(t))
	same := func() {
		t.Helper()
		uitest.Settle()
		if d := catalog.Diff(k.s.table.catalog, k.d.c); !d.IsZero() {
			t.Errorf("the grid's catalog differs from the draft's by %+v", d)
		}
	}
	ids := []catalog.EntryID{k.d.c.Entries[0].ID, k.d.c.Entries[2].ID}
	before := k.d.c.Entries[2].Content
	for i := range 6 {
		if err := k.d.Type(ids[i%2], catalog.FieldContent, fmt.Sprint("第", i, "次")); err != nil {
			t.Fatal(err)
		}
		if i == 3 {
			lent := k.s.table.lend() // somebody reads it while typing goes on
			defer func() {
				if got := lent.Entries[2].Content; got != "第1次" {
					t.Errorf("the catalog that was lent has become %q", got)
				}
			}()
		}
		if i != 3 {
			same()
		}
	}
	k.press(fyne.KeyDown)
	if err := k.d.Change("移动", func(c *catalog.Catalog) error {
		c.Entries[0], c.Entries[2] = c.Entries[2], c.Entries[0]
		c.Entries[0].Content = before
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := k.d.Type(ids[0], catalog.FieldContent, "最后"); err != nil { // told of at once with the move
		t.Fatal(err)
	}
	same()
}

func TestUnreadableTextStaysInTheCell(t *testing.T) {
	k := open(t, small(t))
	before := k.d.c
	k.s.grid.Select(grid.Pos{Row: 1, Col: k.col("mode")})
	k.typing("随便")
	k.press(fyne.KeyReturn)
	if !k.s.grid.Editing() || !strings.Contains(k.s.grid.Told(), "主动") {
		t.Errorf("editing %v, told %q", k.s.grid.Editing(), k.s.grid.Told())
	}
	if k.d.c != before {
		t.Error("the draft changed")
	}
	k.press(fyne.KeyEscape)
	if k.s.grid.Editing() {
		t.Error("Esc does not give up")
	}
}

func TestAFailingDraftKeepsTheText(t *testing.T) {
	d := small(t)
	k := open(t, d)
	d.fails = errors.New("no")
	k.s.grid.Select(grid.Pos{Row: 1, Col: k.col("publisher")})
	k.typing("新的")
	k.press(fyne.KeyReturn)
	if !k.s.grid.Editing() || k.s.grid.Told() == "" {
		t.Error("the text is gone, or nothing was said")
	}
	d.fails = nil
	k.press(fyne.KeyReturn)
	if d.c.Entries[1].Publisher != "新的" {
		t.Error("the second time it was not taken")
	}
}

func TestLockedCellsSayWhy(t *testing.T) {
	d := small(t)
	te := &d.template.Entries[slices.IndexFunc(d.template.Entries, func(te catalog.TemplateEntry) bool { return te.ID == d.c.Entries[0].Template })]
	te.Locked = []catalog.Field{catalog.FieldContent}
	k := open(t, d)
	k.s.grid.Select(grid.Pos{Row: 0, Col: k.col("content")})
	k.typing("改")
	if k.s.grid.Editing() || !strings.Contains(k.s.grid.Told(), "指引规定") {
		t.Errorf("told %q", k.s.grid.Told())
	}
	k.s.grid.Select(grid.Pos{Row: 0, Col: k.col("content")})
	k.press(fyne.KeyDelete)
	if d.c.Entries[0].Content == "" || k.s.grid.Told() == "" {
		t.Error("a locked cell was emptied, or nothing was said")
	}
}

func TestMarks(t *testing.T) {
	d := small(t)
	d.c.Entries[1].Publisher = ""
	e := &d.c.Entries[2]
	if err := e.SetText(catalog.FieldBasis, "相关政策文件"); err != nil {
		t.Fatal(err)
	}
	d.put(d.c)
	k := open(t, d)
	cell := func(row int, id string) grid.Cell {
		return k.s.table.Cell(row, slices.IndexFunc(k.s.table.columns, func(c column) bool { return c.id == id }))
	}
	if c := cell(1, "publisher"); c.Tone != grid.Error || !c.Changed {
		t.Errorf("a missing publisher is %+v", c)
	}
	if c := cell(2, "basis"); c.Tone != grid.Warn {
		t.Errorf("a vague basis is %+v", c)
	}
	if c := cell(0, "basis"); c.Tone != grid.Plain || c.Changed {
		t.Errorf("what is as the template has it is %+v", c)
	}
	if note := k.s.note(1, "publisher"); !strings.Contains(note, "公开主体") {
		t.Errorf("the mark means %q", note)
	}
	uitest.MustShow(t, k.w, "错误 1", "提醒 1", "与模板不同 2", "自行新增 0")
}

func TestFiltersCombine(t *testing.T) {
	d := newDraft(t, "social-assistance")
	d.c.Entries[1].Publisher = ""
	d.c.Entries[3].Publisher = ""
	d.c.Entries[3].Content = ""
	d.put(d.c)
	k := open(t, d)
	all := k.s.table.Rows()
	shows := func(want int) {
		t.Helper()
		if got := k.s.table.Rows(); got != want {
			t.Errorf("%d entries are shown, want %d: %s", got, want, k.names())
		}
	}
	uitest.Tap(t, k.w, "错误 2")
	shows(2)
	k.s.chips.text.SetText("最低生活 保障")
	shows(1)
	uitest.MustShow(t, k.w, "筛选出 1 条")
	m := k.s.chips.emptyMenu()
	var content *fyne.MenuItem
	for _, item := range m.Items {
		if strings.HasPrefix(item.Label, "公开内容") {
			content = item
		}
	}
	content.Action()
	shows(1)
	uitest.MustShow(t, k.w, "“公开内容（要素）”为空 1")
	k.s.chips.text.SetText("没有这样的字")
	shows(0)
	uitest.MustShow(t, k.w, "没有符合筛选的条目")
	uitest.Tap(t, k.w, "清除筛选")
	shows(all)
	if !k.s.filter.isZero() || k.s.chips.text.Text != "" {
		t.Errorf("left of the filter: %+v", k.s.filter)
	}
}

// An entry that is mended stays under the hands of who mends it.
func TestMendedEntriesStayUntilFilteredAgain(t *testing.T) {
	d := small(t)
	d.c.Entries[1].Publisher, d.c.Entries[3].Publisher = "", ""
	d.put(d.c)
	k := open(t, d)
	uitest.Tap(t, k.w, "错误 2")
	k.s.grid.Select(grid.Pos{Row: 0, Col: k.col("publisher")})
	k.s.grid.Focus()
	k.typing("籍山镇人民政府")
	k.press(fyne.KeyReturn)
	uitest.Settle()
	if k.s.table.Rows() != 2 {
		t.Fatalf("%d rows are left", k.s.table.Rows())
	}
	uitest.Tap(t, k.w, "有条目已不符合筛选，重新筛选")
	if k.s.table.Rows() != 1 {
		t.Errorf("filtered again %d rows are left", k.s.table.Rows())
	}
}

func TestSortsByPinyinAndNumber(t *testing.T) {
	d := small(t)
	for i, name := range []string{"张", "第10条", "第9条", "安", ""} {
		d.c.Entries[i].Publisher = name
	}
	d.put(d.c)
	k := open(t, d)
	order := func() string {
		var out []string
		for i := range k.s.table.Rows() {
			out = append(out, k.s.table.entry(i).Publisher)
		}
		return strings.Join(out, ",")
	}
	for _, tt := range []struct {
		s    grid.Sort
		want string
	}{
		{grid.Sort{Column: "publisher"}, "安,第9条,第10条,张,"},
		{grid.Sort{Column: "publisher", Desc: true}, "张,第10条,第9条,安,"},
		{grid.Sort{}, "张,第10条,第9条,安,"},
	} {
		k.s.grid.SetSort(tt.s)
		if got := order(); got != tt.want {
			t.Errorf("sorted by %+v: %s, want %s", tt.s, got, tt.want)
		}
	}
	k.s.grid.SetSort(grid.Sort{Column: "publisher"})
	k.s.grid.Select(grid.Pos{Row: 0, Col: 0})
	k.shortcut(fyne.KeyDown, fyne.KeyModifierAlt)
	if len(d.past) != 0 {
		t.Error("entries were moved while sorted")
	}
}

func TestPasteFromExcel(t *testing.T) {
	k := open(t, small(t))
	k.s.grid.Select(grid.Pos{Row: 1, Col: k.col("content")})
	k.clip.SetContent("内容一\t\"《社会救助暂行办法》（国务院令第649号）\r\n《中华人民共和国政府信息公开条例》（国务院令第711号）\"\t信息形成之日起20个工作日内\r\n内容二\r\n")
	k.s.grid.Paste()
	e := k.d.c.Entries[1]
	if e.Content != "内容一" || len(e.Basis) != 2 || e.TimeLimit.Text != "信息形成之日起20个工作日内" {
		t.Errorf("pasted %q, %v, %q", e.Content, e.Basis, e.TimeLimit.Text)
	}
	if k.d.c.Entries[2].Content != "内容二" {
		t.Errorf("the second row has %q", k.d.c.Entries[2].Content)
	}
	if got := fmt.Sprint(k.d.labels); got != "[粘贴]" {
		t.Errorf("steps of undo: %s", got)
	}
}

func TestPasteShowsWhatItCannotDo(t *testing.T) {
	k := open(t, small(t))
	before := k.d.c
	k.s.grid.Select(grid.Pos{Row: 0, Col: k.col("mode")})
	k.clip.SetContent("主动\r\n胡说\r\n依申请")
	k.s.grid.Paste()
	uitest.MustShow(t, k.w, "粘贴预览", "有 1 格改不了", "看不懂“胡说”")
	if k.d.c != before {
		t.Error("something was written before it was agreed to")
	}
	uitest.Tap(t, k.w, "粘贴")
	if m := k.d.c.Entries[2].Mode; !m.OnRequest || m.Proactive {
		t.Errorf("the third mode is %v", m)
	}
	if k.d.c.Entries[1].Mode != before.Entries[1].Mode {
		t.Error("what cannot be read was written")
	}
}

func TestPasteBeyondTheEndAddsEntries(t *testing.T) {
	k := open(t, small(t))
	k.s.grid.Select(grid.Pos{Row: 4, Col: 0})
	k.clip.SetContent("最低生活保障\t甲\r\n最低生活保障\t乙\r\n最低生活保障\t丙")
	k.s.grid.Paste()
	uitest.MustShow(t, k.w, "把多出的 2 行作为新条目添加")
	uitest.Tap(t, k.w, "粘贴")
	if n := len(k.d.c.Entries); n != 7 {
		t.Fatalf("there are %d entries", n)
	}
	if got := k.d.c.Entries[6].Path; !slices.Equal(got, []string{"最低生活保障", "丙"}) {
		t.Errorf("the last is %q", got)
	}
	if k.s.table.Rows() != 7 || len(k.d.labels) != 1 {
		t.Errorf("%d rows, steps %v", k.s.table.Rows(), k.d.labels)
	}
	k.d.undo()
	uitest.Settle()
	if k.s.table.Rows() != 5 {
		t.Errorf("undone, %d rows", k.s.table.Rows())
	}
}

func TestManyOverwrittenCellsAreShownFirst(t *testing.T) {
	d := newDraft(t, "social-assistance")
	k := open(t, d)
	col := k.col("content")
	k.s.grid.SelectRange(grid.Pos{Row: 0, Col: col}, grid.Pos{Row: 16, Col: col + 1})
	k.press(fyne.KeyDelete)
	uitest.MustShow(t, k.w, "填写预览", "会改动 34 格，其中 34 格原来有内容")
	uitest.Tap(t, k.w, "全不选")
	uitest.MustShow(t, k.w, "已选 0 处，共 34 处")
	uitest.Tap(t, k.w, "全选")
	uitest.Tap(t, k.w, "填写")
	if d.c.Entries[0].Content != "" || d.c.Entries[16].Content != "" || len(d.past) != 1 {
		t.Errorf("not emptied in one step: %d", len(d.past))
	}
}

func TestFillDown(t *testing.T) {
	d := small(t)
	d.c.Entries[0].Publisher = "民政办"
	k := open(t, d)
	col := k.col("publisher")
	k.s.grid.SelectRange(grid.Pos{Row: 0, Col: col}, grid.Pos{Row: 2, Col: col})
	k.shortcut(fyne.KeyD, fyne.KeyModifierControl)
	for i, want := range []string{"民政办", "民政办", "民政办", "籍山镇人民政府"} {
		if got := d.c.Entries[i].Publisher; got != want {
			t.Errorf("entry %d has %q", i, got)
		}
	}
	k.s.grid.Select(grid.Pos{Row: 3, Col: col})
	k.shortcut(fyne.KeyD, fyne.KeyModifierControl)
	if got := d.c.Entries[3].Publisher; got != "民政办" {
		t.Errorf("one cell took %q from above", got)
	}
	if len(d.past) != 2 {
		t.Errorf("steps of undo: %v", d.labels)
	}
}

func TestSetAFieldOfManyEntries(t *testing.T) {
	d := small(t)
	k := open(t, d)
	k.s.grid.SelectRange(grid.Pos{Row: 1, Col: k.col("publisher")}, grid.Pos{Row: 3, Col: k.col("publisher")})
	uitest.Tap(t, k.w, "批量填写")
	uitest.MustShow(t, k.w, "批量填写 3 条")
	k.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	k.typing("籍山镇社会事务办")
	uitest.Tap(t, k.w, "预览")
	uitest.MustShow(t, k.w, "会改动 3 格")
	if len(d.past) != 0 {
		t.Error("written before it was agreed to")
	}
	uitest.Tap(t, k.w, "填写")
	for i := range 5 {
		want := "籍山镇人民政府"
		if i >= 1 && i <= 3 {
			want = "籍山镇社会事务办"
		}
		if got := d.c.Entries[i].Publisher; got != want {
			t.Errorf("entry %d has %q", i, got)
		}
	}
	if len(d.past) != 1 {
		t.Errorf("steps of undo: %v", d.labels)
	}
}

func TestFindGoesRound(t *testing.T) {
	k := open(t, small(t))
	k.d.c.Entries[1].Publisher, k.d.c.Entries[3].Publisher = "找我甲", "找我乙"
	k.shortcut(fyne.KeyF, fyne.KeyModifierControl)
	k.typing("找我")
	uitest.Settle()
	uitest.MustShow(t, k.w, "2 处")
	for _, want := range []int{1, 3, 1} {
		k.press(fyne.KeyReturn)
		if got := k.s.grid.Selection().Cell; got != (grid.Pos{Row: want, Col: k.col("publisher")}) {
			t.Errorf("found at %v, want row %d", got, want)
		}
	}
	k.press(fyne.KeyUp)
	if got := k.s.grid.Selection().Cell.Row; got != 3 {
		t.Errorf("backwards found row %d", got)
	}
	k.typing("没有")
	uitest.Settle()
	uitest.MustShow(t, k.w, "没有找到")
	k.press(fyne.KeyEscape)
	if k.s.finder.row.Visible() || k.w.Canvas().Focused() != fyne.Focusable(k.s.grid) {
		t.Error("Esc does not go back to the grid")
	}
}

func TestReplaceShowsEveryReplacement(t *testing.T) {
	d := small(t)
	for i := range d.c.Entries {
		d.c.Entries[i].Publisher = fmt.Sprintf("籍山镇民政办%d", i)
	}
	d.put(d.c)
	k := open(t, d)
	k.shortcut(fyne.KeyH, fyne.KeyModifierControl)
	k.typing("民政办")
	k.s.finder.replace.SetText("社会事务办")
	uitest.Tap(t, k.w, "替换…")
	uitest.MustShow(t, k.w, "替换预览", "籍山镇社会事务办4", "已选 5 处，共 5 处")
	rows := uitest.Find[*proposalRow](k.w)
	rows[1].box.SetChecked(false)
	uitest.MustShow(t, k.w, "已选 4 处，共 5 处")
	uitest.Tap(t, k.w, "替换")
	var got []string
	for _, e := range d.c.Entries {
		got = append(got, e.Publisher)
	}
	want := "籍山镇社会事务办0 籍山镇民政办1 籍山镇社会事务办2 籍山镇社会事务办3 籍山镇社会事务办4"
	if strings.Join(got, " ") != want {
		t.Errorf("replaced: %v", got)
	}
	if len(d.past) != 1 {
		t.Errorf("steps of undo: %v", d.labels)
	}
}

func TestReplaceWithinTheSelectionAndAColumn(t *testing.T) {
	d := small(t)
	for i := range d.c.Entries {
		d.c.Entries[i].Publisher, d.c.Entries[i].Content = "甲", "甲"
	}
	d.put(d.c)
	k := open(t, d)
	k.s.grid.SelectRows(1, 2)
	k.s.finder.open(true)
	k.s.finder.find.SetText("甲")
	k.s.finder.replace.SetText("乙")
	k.s.finder.within.SetChecked(true)
	k.s.finder.column.SetSelected("公开主体")
	k.s.finder.preview()
	uitest.MustShow(t, k.w, "共 2 处")
	uitest.Tap(t, k.w, "替换")
	if d.c.Entries[1].Publisher != "乙" || d.c.Entries[0].Publisher != "甲" || d.c.Entries[1].Content != "甲" {
		t.Error("replaced elsewhere")
	}
}

func TestAddABlankEntry(t *testing.T) {
	k := open(t, small(t))
	k.s.grid.Select(grid.Pos{Row: 2, Col: 3})
	k.s.addBlank()
	if !k.s.grid.Editing() {
		t.Fatal("its name is not being edited")
	}
	k.typing("临时公示")
	k.press(fyne.KeyReturn)
	e := k.d.c.Entries[3]
	if !slices.Equal(e.Path, []string{k.d.c.Entries[2].Path[0], "临时公示"}) || e.Publisher != "籍山镇人民政府" {
		t.Errorf("added %+v", e)
	}
	uitest.MustShow(t, k.w, "自行新增 1", "共 6 条")
}

func TestAddFromTheTemplate(t *testing.T) {
	d := newDraft(t, "social-assistance")
	all := len(d.c.Entries)
	gone := d.c.Entries[4]
	d.c.Entries = slices.Delete(d.c.Entries, 4, 6)
	d.put(d.c)
	k := open(t, d)
	k.s.addFromTemplate()
	rows := uitest.Find[*candidateRow](k.w)
	if len(rows) != 2 {
		t.Fatalf("%d entries are offered", len(rows))
	}
	k.typing(gone.Submatter())
	if rows := uitest.Find[*candidateRow](k.w); len(rows) != 1 {
		t.Errorf("searching leaves %d", len(rows))
	}
	uitest.Tap(t, k.w, "全选")
	uitest.Tap(t, k.w, "添加")
	if len(d.c.Entries) != all-1 || d.c.Entries[4].Template != gone.Template {
		t.Errorf("not put back where the template has it: %s", k.names())
	}
	if k.s.grid.Selection().Cell.Row != 4 {
		t.Error("the new entry is not chosen")
	}
}

func TestMissingTemplateEntriesAreOffered(t *testing.T) {
	d := newDraft(t, "social-assistance")
	gone := d.c.Entries[4]
	d.c.Entries = slices.Delete(d.c.Entries, 4, 5)
	d.put(d.c)
	k := open(t, d)
	uitest.Tap(t, k.w, "缺少模板事项 1")
	uitest.MustShow(t, k.w, "已选 1 条", strings.Join(gone.Path, " / "))
	uitest.Tap(t, k.w, "添加")
	uitest.Settle()
	if d.c.Entries[4].Template != gone.Template || k.s.chips.missing.Visible() {
		t.Errorf("added: %s", k.names())
	}
}

func TestMissingTemplateEntriesAreLeftOutWithAReason(t *testing.T) {
	d := newDraft(t, "social-assistance")
	gone := d.c.Entries[4]
	d.c.Entries = slices.Delete(d.c.Entries, 4, 5)
	d.put(d.c)
	k := open(t, d)
	k.s.AddMissing(gone.Template)
	uitest.Tap(t, k.w, "不涉及…")
	uitest.Tap(t, k.w, "本单位没有这项职责")
	uitest.Tap(t, k.w, "不涉及")
	uitest.Settle()
	if d.c.Omitted[gone.Template].Reason != "本单位没有这项职责" || len(d.past) != 1 || k.s.chips.missing.Visible() {
		t.Errorf("left out: %v", d.c.Omitted)
	}
}

func TestRemoveWhatTheTemplateHasNeedsAReason(t *testing.T) {
	d := newDraft(t, "social-assistance")
	all := len(d.c.Entries)
	first := d.c.Entries[2]
	k := open(t, d)
	k.s.grid.SelectRows(2, 3)
	uitest.Tap(t, k.w, "删去")
	uitest.MustShow(t, k.w, "删去 2 条", "其中 2 条是模板规定的")
	if len(d.past) != 0 {
		t.Error("removed without a reason")
	}
	uitest.Tap(t, k.w, "辖区内没有这类事项")
	uitest.Tap(t, k.w, "删去")
	if len(d.c.Entries) != all-2 || d.c.Omitted[first.Template].Reason != "辖区内没有这类事项" {
		t.Errorf("%d entries are left, omitted %v", len(d.c.Entries), d.c.Omitted)
	}

	if m := k.s.moreMenu().Items[0]; m.Label != "已删去的模板条目（2）…" || m.Disabled {
		t.Errorf("the menu offers %q", m.Label)
	}
	k.s.bringBack()
	uitest.MustShow(t, k.w, "已删去：辖区内没有这类事项")
	uitest.Find[*candidateRow](k.w)[0].box.SetChecked(true)
	uitest.Tap(t, k.w, "找回")
	if len(d.c.Entries) != all-1 || d.c.Entries[2].Template != first.Template || len(d.c.Omitted) != 1 {
		t.Errorf("brought back: %s, omitted %v", k.names(), d.c.Omitted)
	}
}

func TestRemoveOwnEntriesAtOnce(t *testing.T) {
	d := small(t)
	k := open(t, d)
	k.s.grid.Select(grid.Pos{Row: 1, Col: 0})
	k.s.duplicate()
	e := d.c.Entries[2]
	if e.Template != "" || !strings.HasSuffix(e.Submatter(), "（副本）") || e.Content != d.c.Entries[1].Content || e.ID == d.c.Entries[1].ID {
		t.Errorf("duplicated %+v", e)
	}
	if k.s.grid.Selection().Cell.Row != 2 {
		t.Error("the copy is not chosen")
	}
	k.s.remove()
	if len(d.c.Entries) != 5 || len(d.c.Omitted) != 0 {
		t.Errorf("%d entries, omitted %v", len(d.c.Entries), d.c.Omitted)
	}
}

func TestReorder(t *testing.T) {
	d := small(t)
	k := open(t, d)
	ids := func() string {
		var out []string
		for _, e := range d.c.Entries {
			out = append(out, strings.TrimLeft(string(e.ID), "e0"))
		}
		return strings.Join(out, "")
	}
	start := ids()
	k.s.grid.SelectRows(1, 2)
	k.shortcut(fyne.KeyDown, fyne.KeyModifierAlt)
	if got := ids(); got != string([]byte{start[0], start[3], start[1], start[2], start[4]}) {
		t.Errorf("%s became %s", start, got)
	}
	if r := k.s.grid.Selection().Ranges[0]; r.From.Row != 2 || r.To.Row != 3 || !r.Whole {
		t.Errorf("selected %v", r)
	}
	k.shortcut(fyne.KeyUp, fyne.KeyModifierAlt)
	k.shortcut(fyne.KeyUp, fyne.KeyModifierAlt)
	k.shortcut(fyne.KeyUp, fyne.KeyModifierAlt) // at the top it stays
	if got := ids(); got != string([]byte{start[1], start[2], start[0], start[3], start[4]}) {
		t.Errorf("back up: %s", got)
	}
}

func TestUndoShowsWhatChanged(t *testing.T) {
	d := small(t)
	k := open(t, d)
	k.s.grid.Select(grid.Pos{Row: 1, Col: k.col("publisher")})
	k.typing("甲")
	k.press(fyne.KeyReturn)
	k.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{})
	uitest.Settle()
	if got := d.c.Entries[1].Publisher; got != "籍山镇人民政府" {
		t.Errorf("undone to %q", got)
	}
	uitest.MustShow(t, k.w, "籍山镇人民政府")
	k.s.grid.Select(grid.Pos{})
	k.s.chips.text.SetText("什么都没有")
	k.s.Go(d.c.Entries[3].ID, catalog.FieldTimeLimit)
	if got := k.s.grid.Selection().Cell; got != (grid.Pos{Row: 3, Col: k.col("timeLimit")}) {
		t.Errorf("went to %v", got)
	}
}

func TestOpenedAgainTheScreenListens(t *testing.T) {
	d := small(t)
	k := open(t, d)
	k.s.Close()
	if len(d.hears) != 0 || k.s.Draft() != nil {
		t.Error("the draft is still held")
	}
	k.s.Open(d)
	if err := d.Change("", func(c *catalog.Catalog) error { c.Entries[0].Publisher = "外面改的"; return nil }); err != nil {
		t.Fatal(err)
	}
	uitest.Settle()
	uitest.MustShow(t, k.w, "外面改的")
}

func TestEmptyCatalog(t *testing.T) {
	d := small(t)
	d.c.Entries = nil
	d.put(d.c)
	k := open(t, d)
	uitest.MustShow(t, k.w, "这个领域还没有条目")
	uitest.Tap(t, k.w, "从模板添加")
	uitest.Tap(t, k.w, "全选")
	uitest.Tap(t, k.w, "添加")
	if len(d.c.Entries) < 10 || k.s.table.Rows() != len(d.c.Entries) {
		t.Errorf("%d entries, %d rows", len(d.c.Entries), k.s.table.Rows())
	}
}

func TestSaysWhileNothingCanBeSaved(t *testing.T) {
	d := small(t)
	k := open(t, d)
	d.saved = work.SaveState{Status: work.SaveFailed, Err: errors.New("disk")}
	d.tell(work.Event{Kind: work.SaveChanged})
	uitest.Settle()
	uitest.MustShow(t, k.w, "保存不了", "已输入的内容都还在")
	uitest.Tap(t, k.w, "重试")
	if d.retried != 1 {
		t.Error("it was not tried again")
	}
	d.saved = work.SaveState{}
	d.tell(work.Event{Kind: work.SaveChanged})
	uitest.Settle()
	if uitest.Shows(k.w, "保存不了") {
		t.Error("it still says so")
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	p := prefs{}
	k := openWith(t, small(t), p, 1216, 660)
	st := k.s.grid.State()
	st.Columns = []grid.ColumnState{{ID: "level1", Width: 200}, {ID: "basis", Hidden: true}}
	k.s.grid.SetState(st)
	k.s.grid.OnState(st)
	k.s.split.Offset = 0.5
	k.s.Leave()
	again := openWith(t, small(t), p, 1216, 660)
	if again.s.grid.Shown("basis") >= 0 || again.s.grid.State().Columns[0].Width != 200 || again.s.split.Offset != 0.5 {
		t.Errorf("found again: %+v, %v", again.s.grid.State(), again.s.split.Offset)
	}
}

// paneOf is a Pane that remembers what it was asked.
type paneOf struct {
	fyne.CanvasObject
	opened catalog.EntryID
	field  catalog.Field
}

func (p *paneOf) Open(id catalog.EntryID) { p.opened = id }
func (p *paneOf) Go(f catalog.Field)      { p.field = f }

func atOnce(fn func()) func() { fn(); return func() {} }

// While an arrow is held down the pane waits for it to come to rest.
func TestPaneWaitsForTheArrows(t *testing.T) {
	d := small(t)
	uitest.App(t)
	w := uitest.Window(t, nil, 1216, 660)
	p := &paneOf{CanvasObject: widget.NewLabel("")}
	s := New(w, Options{Pane: func(Draft) Pane { return p }})
	var rests []func()
	s.rest = func(fn func()) func() { rests = append(rests, fn); return func() { rests = nil } }
	w.SetContent(s.Content())
	s.Open(d)
	s.opened = time.Time{}
	s.grid.Select(grid.Pos{Row: 1})
	if p.opened != d.c.Entries[1].ID {
		t.Errorf("after a rest the pane shows %q", p.opened)
	}
	s.grid.Select(grid.Pos{Row: 2})
	s.grid.Select(grid.Pos{Row: 3})
	if p.opened != d.c.Entries[1].ID || len(rests) != 1 {
		t.Errorf("on the way the pane shows %q, %d wait", p.opened, len(rests))
	}
	rests[0]()
	if p.opened != d.c.Entries[3].ID {
		t.Errorf("at rest the pane shows %q", p.opened)
	}
	s.grid.Select(grid.Pos{Row: 4, Col: s.grid.Shown("mode")})
	s.grid.OnKey(&fyne.KeyEvent{Name: fyne.KeyF6}, 0)
	if p.opened != d.c.Entries[4].ID {
		t.Errorf("gone to while it waits the pane shows %q", p.opened)
	}
}

func TestPaneFollowsTheSelection(t *testing.T) {
	d := small(t)
	app := uitest.App(t)
	w := uitest.Window(t, nil, 1216, 660)
	p := &paneOf{CanvasObject: widget.NewLabel("")}
	s := New(w, Options{Clipboard: app.Clipboard(), Pane: func(Draft) Pane { return p }})
	s.rest = atOnce
	w.SetContent(s.Content())
	s.Open(d)
	if p.opened != d.c.Entries[0].ID {
		t.Errorf("opened with %q", p.opened)
	}
	s.grid.Select(grid.Pos{Row: 3, Col: 1})
	if p.opened != d.c.Entries[3].ID {
		t.Errorf("chosen, the pane shows %q", p.opened)
	}
	s.grid.Select(grid.Pos{Row: 3, Col: s.grid.Shown("channels")})
	s.grid.Focus()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	if p.field != catalog.FieldChannels || s.grid.Editing() {
		t.Errorf("F2 on the channels went to %q", p.field)
	}
}

func TestSectorsAreChosenHere(t *testing.T) {
	d := small(t)
	uitest.App(t)
	w := uitest.Window(t, nil, 1216, 660)
	var went catalog.Sector
	s := New(w, Options{
		Sectors: func() []catalog.SectorInfo {
			return []catalog.SectorInfo{d.info, {Slug: "other", Name: "其他领域"}}
		},
		OnSector: func(to catalog.Sector) { went = to },
	})
	w.SetContent(s.Content())
	s.Open(d)
	uitest.Find[*kit.Select](w)[0].SetSelected("其他领域")
	if went != "other" {
		t.Errorf("went to %q", went)
	}
}

func TestOneLanguage(t *testing.T) {
	d := newDraft(t, "social-assistance")
	var data []string
	for i := range d.c.Entries {
		for _, c := range columnsOf(d.c, d.template) {
			for _, r := range c.text(&d.c.Entries[i]) {
				data = append(data, string(r))
			}
		}
	}
	for _, te := range d.template.Entries {
		data = append(data, strings.Split(te.Hint, "")...)
		for _, hint := range te.Hints {
			data = append(data, strings.Split(hint, "")...)
		}
	}
	slices.Sort(data)
	data = append(slices.Compact(data), "…")
	uitest.OneLanguage(t, 1216, 660, func(w fyne.Window) fyne.CanvasObject {
		s := New(w, Options{})
		s.Open(d)
		s.finder.open(true)
		return s.Content()
	}, data...)
}
