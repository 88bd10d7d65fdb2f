package grid

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"mulutong/app/ui/uitest"
)

// sheet is a Model of texts held in memory.
type sheet struct {
	columns []Column
	cells   [][]Cell
	asked   int // how often a cell was asked for
}

func (s *sheet) Columns() []Column    { return s.columns }
func (s *sheet) Rows() int            { return len(s.cells) }
func (s *sheet) Head(row int) Cell    { return Cell{Text: fmt.Sprint(row + 1), Tone: Muted} }
func (s *sheet) Cell(r, c int) Cell   { s.asked++; return s.cells[r][c] }
func (s *sheet) text(r, c int) string { return s.cells[r][c].Text }

var headings = []Column{
	{ID: "matter", Title: "一级事项", Width: 110, Sticky: true},
	{ID: "submatter", Title: "二级事项", Width: 130, Sticky: true},
	{ID: "content", Title: "公开内容（要素）", Width: 260},
	{ID: "basis", Title: "公开依据", Width: 240},
	{ID: "limit", Title: "公开时限", Width: 150},
	{ID: "publisher", Title: "公开主体", Width: 140},
	{ID: "channels", Title: "公开渠道和载体", Width: 180},
	{ID: "mode", Title: "公开方式", Width: 90, Center: true},
}

func numbered(rows int) *sheet {
	s := &sheet{columns: headings}
	for i := range rows {
		s.cells = append(s.cells, []Cell{
			{Text: fmt.Sprintf("事项%d", i/3)},
			{Text: fmt.Sprintf("办事指南%d", i), Locked: i%5 == 0},
			{Text: "办理事项、办理条件、最低生活保障标准、申请材料、办理流程、办理时间、地点、联系方式"},
			{Text: fmt.Sprintf("《社会救助暂行办法》（国务院令第649号）\n《意见》%d", i), Tone: []Tone{Plain, Error, Plain, Warn}[i%4]},
			{Text: "制定或获取信息之日起10个工作日内", Changed: i%3 == 1},
			{Text: "籍山镇人民政府"},
			{Text: "政府网站、公示栏"},
			{Text: "主动", Tone: Muted},
		})
	}
	return s
}

// desk is a grid in a window, and what its callbacks heard.
type desk struct {
	*testing.T
	g     *Grid
	s     *sheet
	w     fyne.Window
	clip  fyne.Clipboard
	heard []string
	steps []func() // of a timer
}

func (d *desk) hear(format string, args ...any) {
	d.heard = append(d.heard, fmt.Sprintf(format, args...))
}

// said returns what was heard since it was last asked.
func (d *desk) said() string {
	s := strings.Join(d.heard, "; ")
	d.heard = nil
	return s
}

func open(t *testing.T, s *sheet, width, height float32) *desk {
	t.Helper()
	app := uitest.App(t)
	d := &desk{T: t, s: s, clip: app.Clipboard()}
	g := New(s, d.clip)
	d.g = g
	g.OnEdit = func(row int, column, text string) string {
		if text == "错" {
			return "这里不能写这个。"
		}
		d.hear("edit %d %s %q", row, column, text)
		for i, c := range s.columns {
			if c.ID == column && row < len(s.cells) {
				s.cells[row][i].Text = text
			}
		}
		g.Refresh()
		return ""
	}
	g.OnPaste = func(at Range, cells [][]string) { d.hear("paste %d,%d %q", at.From.Row, at.From.Col, cells) }
	g.OnClear = func(sel Selection) { d.hear("clear %v", sel.Ranges) }
	g.OnFillDown = func(sel Selection) { d.hear("fill down %v", sel.Ranges) }
	g.OnFill = func(sel Selection, text string) { d.hear("fill %v %q", sel.Ranges, text) }
	g.OnSort = func(o Sort) { d.hear("sort %q %v", o.Column, o.Desc) }
	g.OnMenu = func(at fyne.Position) { d.hear("menu") }
	g.every = func(step func()) func() { d.steps = append(d.steps, step); return func() { d.steps = nil } }
	g.after = func(_ time.Duration, fn func()) func() {
		d.steps = append(d.steps, fn)
		return func() { d.steps = nil }
	}
	d.w = uitest.Window(t, g, width, height)
	g.Focus()
	return d
}

// at is the middle of a cell; row -1 is the heading, column -1 the row number.
func (d *desk) at(row, col int) fyne.Position {
	v := &d.g.view
	p := fyne.NewPos(v.headWidth/2, v.look.headHeight/2)
	if row >= 0 {
		p.Y = v.look.headHeight + (float32(row)+0.5)*v.look.rowHeight - v.off.Y
	}
	if col >= 0 {
		c := v.cols[col]
		p.X = c.x + c.w/2
		if col >= v.sticky {
			p.X += v.leftWidth - v.off.X
		}
	}
	return p
}

func (d *desk) down(p fyne.Position, button desktop.MouseButton, mod fyne.KeyModifier) {
	d.g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p}, Button: button, Modifier: mod})
}

func (d *desk) click(p fyne.Position, mod ...fyne.KeyModifier) {
	var m fyne.KeyModifier
	for _, x := range mod {
		m |= x
	}
	d.down(p, desktop.MouseButtonPrimary, m)
	d.g.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary, Modifier: m})
}

func (d *desk) doubleClick(p fyne.Position) {
	d.click(p)
	d.click(p)
	d.g.DoubleTapped(&fyne.PointEvent{Position: p, AbsolutePosition: p})
}

func (d *desk) drag(from fyne.Position, to ...fyne.Position) {
	d.down(from, desktop.MouseButtonPrimary, 0)
	for _, p := range to {
		d.g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p}})
	}
	last := to[len(to)-1]
	d.g.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: last}, Button: desktop.MouseButtonPrimary})
	d.g.DragEnd()
}

// press types keys into whatever has the focus, Shift held where it says so.
func (d *desk) press(keys ...fyne.KeyName) {
	d.Helper()
	for _, k := range keys {
		f := d.w.Canvas().Focused()
		if f == nil {
			d.Fatal("nothing has the keys")
		}
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (d *desk) withShift(keys ...fyne.KeyName) {
	d.Helper()
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	d.w.Canvas().Focused().(desktop.Keyable).KeyDown(shift)
	d.press(keys...)
	d.w.Canvas().Focused().(desktop.Keyable).KeyUp(shift)
}

func (d *desk) control(k fyne.KeyName, more ...fyne.KeyModifier) {
	m := fyne.KeyModifierControl
	for _, x := range more {
		m |= x
	}
	d.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: m})
}

func (d *desk) shortcut(s fyne.Shortcut) { d.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s) }

// typing gives characters one by one to whatever has the focus then, as the
// driver does with those of an input method.
func (d *desk) typing(s string) {
	for _, r := range s {
		d.w.Canvas().Focused().TypedRune(r)
	}
}

// picks checks what is selected: the cell, and the ranges as from-to.
func (d *desk) picks(cell Pos, ranges ...Range) {
	d.Helper()
	got := d.g.Selection()
	if got.Cell != cell || len(ranges) > 0 && fmt.Sprint(got.Ranges) != fmt.Sprint(ranges) {
		d.Errorf("selected %v %v, want %v %v", got.Cell, got.Ranges, cell, ranges)
	}
}

func box(r0, c0, r1, c1 int) Range   { return Range{From: Pos{r0, c0}, To: Pos{r1, c1}} }
func rows(r0, r1, columns int) Range { return Range{Pos{r0, 0}, Pos{r1, columns - 1}, true} }

func TestKeysMoveAsInExcel(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	page := d.g.page()
	for _, tt := range []struct {
		name string
		do   func()
		want Pos
	}{
		{"down", func() { d.press(fyne.KeyDown) }, Pos{1, 0}},
		{"right", func() { d.press(fyne.KeyRight) }, Pos{1, 1}},
		{"End", func() { d.press(fyne.KeyEnd) }, Pos{1, 7}},
		{"right at the end stays", func() { d.press(fyne.KeyRight) }, Pos{1, 7}},
		{"Tab at the end goes to the next row", func() { d.press(fyne.KeyTab) }, Pos{2, 0}},
		{"Shift+Tab goes back", func() { d.withShift(fyne.KeyTab) }, Pos{1, 7}},
		{"Home", func() { d.press(fyne.KeyHome) }, Pos{1, 0}},
		{"up", func() { d.press(fyne.KeyUp) }, Pos{0, 0}},
		{"up at the top stays", func() { d.press(fyne.KeyUp) }, Pos{0, 0}},
		{"PageDown", func() { d.press(fyne.KeyPageDown) }, Pos{page, 0}},
		{"PageUp", func() { d.press(fyne.KeyPageUp) }, Pos{0, 0}},
		{"Ctrl+End", func() { d.control(fyne.KeyEnd) }, Pos{99, 7}},
		{"Ctrl+Home", func() { d.control(fyne.KeyHome) }, Pos{0, 0}},
		{"Ctrl+Down", func() { d.control(fyne.KeyDown) }, Pos{99, 0}},
		{"Ctrl+Up", func() { d.control(fyne.KeyUp) }, Pos{0, 0}},
		{"Ctrl+Right", func() { d.control(fyne.KeyRight) }, Pos{0, 7}},
		{"Ctrl+Left", func() { d.control(fyne.KeyLeft) }, Pos{0, 0}},
		{"Enter", func() { d.press(fyne.KeyReturn) }, Pos{1, 0}},
		{"Tab, Tab, Enter goes below where Tab began", func() { d.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn) }, Pos{2, 0}},
		{"Shift+Enter", func() { d.withShift(fyne.KeyReturn) }, Pos{1, 0}},
	} {
		tt.do()
		d.picks(tt.want, Range{From: tt.want, To: tt.want})
		if t.Failed() {
			t.Fatal(tt.name)
		}
	}
	if s := d.said(); s != "" {
		t.Errorf("moving changed something: %s", s)
	}
}

func TestCtrlArrowStopsAtGaps(t *testing.T) {
	s := numbered(20)
	for i := 5; i < 9; i++ {
		s.cells[i][0].Text = ""
	}
	d := open(t, s, 900, 500)
	for _, want := range []int{4, 9, 19} {
		d.control(fyne.KeyDown)
		d.picks(Pos{want, 0})
	}
	for _, want := range []int{9, 4, 0} {
		d.control(fyne.KeyUp)
		d.picks(Pos{want, 0})
	}
}

func TestSelectRanges(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(2, 1))
	d.picks(Pos{2, 1}, box(2, 1, 2, 1))
	d.click(d.at(4, 2), fyne.KeyModifierShift)
	d.picks(Pos{2, 1}, box(2, 1, 4, 2))
	d.click(d.at(1, 0), fyne.KeyModifierShift)
	d.picks(Pos{2, 1}, box(1, 0, 2, 1))
	d.press(fyne.KeyDown)
	d.picks(Pos{3, 1}, box(3, 1, 3, 1))
	d.withShift(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyUp)
	d.picks(Pos{3, 1}, box(3, 1, 4, 2))
	d.withShift(fyne.KeyUp, fyne.KeyUp)
	d.picks(Pos{3, 1}, box(2, 1, 3, 2))
	d.withShift(fyne.KeyEnd)
	d.picks(Pos{3, 1}, box(2, 1, 3, 7))
	d.control(fyne.KeyEnd, fyne.KeyModifierShift)
	d.picks(Pos{3, 1}, box(3, 1, 99, 7))
	d.g.ScrollTo(Pos{0, 2})
	d.drag(d.at(1, 2), d.at(2, 3), d.at(4, 3))
	d.picks(Pos{1, 2}, box(1, 2, 4, 3))
	d.press(fyne.KeyEscape)
	d.picks(Pos{1, 2}, box(1, 2, 1, 2))
	d.shortcut(&fyne.ShortcutSelectAll{})
	d.picks(Pos{1, 2}, rows(0, 99, 8))
	d.press(fyne.KeyEscape)
	d.click(d.at(-1, -1))
	d.picks(Pos{1, 2}, rows(0, 99, 8))
}

func TestSelectRows(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(3, -1))
	d.picks(Pos{3, 0}, rows(3, 3, 8))
	d.click(d.at(5, -1), fyne.KeyModifierShift)
	d.picks(Pos{3, 0}, rows(3, 5, 8))
	d.click(d.at(1, -1), fyne.KeyModifierControl)
	d.picks(Pos{1, 0}, rows(3, 5, 8), rows(1, 1, 8))
	if got := fmt.Sprint(d.g.Selection().Rows()); got != "[1 3 4 5]" {
		t.Errorf("selected rows are %s", got)
	}
	d.drag(d.at(2, -1), d.at(4, -1))
	d.picks(Pos{2, 0}, rows(2, 4, 8))
	d.withShift(fyne.KeyDown)
	d.picks(Pos{2, 0}, rows(2, 5, 8))
	d.click(d.at(6, 3))
	d.control(fyne.KeySpace)
	d.picks(Pos{6, 0}, rows(6, 6, 8))
}

func TestCtrlClickAddsCells(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 1))
	d.click(d.at(3, 1), fyne.KeyModifierControl)
	d.click(d.at(4, 1), fyne.KeyModifierControl|fyne.KeyModifierShift)
	d.picks(Pos{3, 1}, box(1, 1, 1, 1), box(3, 1, 4, 1))
	d.shortcut(&fyne.ShortcutCopy{})
	if got, want := d.clip.Content(), "办事指南1\r\n办事指南3\r\n办事指南4"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestEnterAndTabStayInARange(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.SelectRange(Pos{1, 1}, Pos{2, 2})
	for _, want := range []Pos{{1, 2}, {2, 1}, {2, 2}, {1, 1}} {
		d.press(fyne.KeyTab)
		d.picks(want, box(1, 1, 2, 2))
	}
	for _, want := range []Pos{{2, 1}, {1, 2}, {2, 2}, {1, 1}} {
		d.press(fyne.KeyEnter)
		d.picks(want, box(1, 1, 2, 2))
	}
}

func TestTypingOpensTheCellAndLosesNothing(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(2, 2))
	d.typing("中国，abc")
	if !d.g.Editing() || d.g.editor.Text != "中国，abc" {
		t.Fatalf("editor open %v with %q", d.g.Editing(), d.g.editor.Text)
	}
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 2 content "中国，abc"` {
		t.Errorf("heard %s", got)
	}
	d.picks(Pos{3, 2})
	if d.g.Editing() || d.w.Canvas().Focused() != fyne.Focusable(d.g) {
		t.Error("Enter left the editor open, or the grid without keys")
	}
	d.typing("二")
	d.press(fyne.KeyTab)
	d.typing("三")
	d.press(fyne.KeyRight) // opened by typing: arrows leave the cell
	d.picks(Pos{3, 4})
	if got := d.said(); got != `edit 3 content "二"; edit 3 basis "三"` {
		t.Errorf("heard %s", got)
	}
}

func TestInputMethodIsToldWhereTheCellIs(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	for _, p := range []Pos{{0, 0}, {2, 1}, {3, 4}, {60, 7}} {
		d.g.Select(p)
		if z, at := d.g.hit(d.g.CursorPosition()); z != inCells || at != p {
			t.Errorf("the cursor of %v is in %v", p, at)
		}
	}
}

func TestEditKeepsTheText(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 0))
	d.press(fyne.KeyF2)
	d.typing("甲")
	d.press(fyne.KeyLeft) // opened by F2: arrows are for the text
	d.typing("乙")
	d.press(fyne.KeyEnter)
	if got := d.said(); got != `edit 1 matter "事项0乙甲"` {
		t.Errorf("heard %s", got)
	}
	d.press(fyne.KeyF2)
	d.typing("不要")
	d.press(fyne.KeyEscape)
	if got := d.said(); got != "" || d.g.Editing() {
		t.Errorf("Esc was heard as %q", got)
	}
	d.picks(Pos{2, 0})
	d.doubleClick(d.at(3, 0))
	if !d.g.Editing() || d.g.editor.Text != "事项1" {
		t.Fatalf("a double click opened %v %q", d.g.Editing(), d.g.editor.Text)
	}
	d.press(fyne.KeyReturn)
	if got := d.said(); got != "" {
		t.Errorf("an edit that changed nothing was heard: %s", got)
	}
	d.press(fyne.KeyBackspace)
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 4 matter ""` {
		t.Errorf("Backspace and Enter: heard %s", got)
	}
}

func TestEditBreaksLines(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("一")
	d.w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	d.typing("二")
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 1 content "一\n二"` {
		t.Errorf("heard %s", got)
	}
}

func TestCtrlEnterFillsTheSelection(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.SelectRange(Pos{1, 2}, Pos{3, 2})
	d.typing("同一句")
	d.control(fyne.KeyReturn)
	if got := d.said(); got != `fill [{{1 2} {3 2} false}] "同一句"` {
		t.Errorf("heard %s", got)
	}
}

func TestClickElsewhereTakesTheText(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("新")
	d.click(d.at(4, 3))
	if got := d.said(); got != `edit 1 content "新"` {
		t.Errorf("heard %s", got)
	}
	d.picks(Pos{4, 3})
}

// X11 tells of the keys an input method takes; they are not the grid's.
func TestAHalfTypedWordLeavesTheCellAlone(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	half := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			d.w.Canvas().Focused().(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: k})
			d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	half("N", "I", "H", fyne.KeyBackspace, fyne.KeyDown)
	time.Sleep(1500 * time.Millisecond)
	uitest.Settle()
	if d.g.Editing() || d.g.sel.Cell != (Pos{1, 2}) {
		t.Fatalf("editing %v at %v", d.g.Editing(), d.g.sel.Cell)
	}
	half(fyne.KeyReturn) // the word is chosen and on its way
	d.typing("你")
	uitest.Settle()
	if got := d.said(); got != `edit 1 content "你"` {
		t.Errorf("heard %s", got)
	}
	d.picks(Pos{2, 2})
}

// A cell is chosen as soon as a catalog is opened, maybe before the grid is laid out.
func TestTheCellChosenBeforeThereIsRoomIsInSight(t *testing.T) {
	for _, row := range []int{0, 50, 99} {
		app := uitest.App(t)
		g := New(numbered(100), app.Clipboard())
		_ = test.WidgetRenderer(g)
		g.Refresh()
		g.Select(Pos{row, 0})
		w := uitest.Window(t, g, 900, 500)
		uitest.Settle()
		from, to := g.view.off.Y, g.view.off.Y+w.Canvas().Size().Height-g.view.look.headHeight
		if y := float32(row) * g.view.look.rowHeight; y < from || y+g.view.look.rowHeight > to {
			t.Errorf("row %d is at %v, in sight is %v to %v", row, y, from, to)
		}
	}
}

func TestCtrlHomeAndEndGoFarInACell(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("一二三\n四")
	d.control(fyne.KeyHome)
	d.typing("零")
	d.control(fyne.KeyEnd)
	d.typing("五")
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 1 content "零一二三\n四五"` {
		t.Errorf("heard %s", got)
	}
}

// Alt+Tab to another program takes what was typed, in case the machine dies,
// and coming back goes on where one was.
func TestAnotherWindowTakesTheText(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("新词")
	d.press(fyne.KeyF2, fyne.KeyLeft)
	f := d.w.Canvas().Focused()
	f.FocusLost()
	if got := d.said(); got != `edit 1 content "新词"` {
		t.Errorf("heard %s", got)
	}
	f.FocusGained()
	if !d.g.Editing() {
		t.Fatal("the editor did not open again")
	}
	d.typing("的")
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 1 content "新的词"` {
		t.Errorf("heard %s", got)
	}
}

// A text that cannot be taken stays where it was typed.
func TestRefusedTextStays(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("错")
	leave := map[string]func(){
		"Enter": func() { d.press(fyne.KeyReturn) },
		"click": func() { d.click(d.at(4, 3)) },
		"sort":  func() { d.click(d.at(-1, 3)) },
		"window": func() {
			d.w.Canvas().Focused().FocusLost()
			d.w.Canvas().Focused().FocusGained()
		},
	}
	for name, fn := range leave {
		fn()
		if !d.g.Editing() || d.g.editor.Text != "错" || d.g.Told() != "这里不能写这个。" {
			t.Errorf("%s: editing %v %q, told %q", name, d.g.Editing(), d.g.editor.Text, d.g.Told())
		}
	}
	d.typing("了")
	d.press(fyne.KeyReturn)
	if got := d.said(); got != `edit 1 content "错了"` || d.g.Editing() || d.g.Told() != "" {
		t.Errorf("heard %s, told %q", got, d.g.Told())
	}
}

func TestLockedCellsSayWhy(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.CanEdit = func(row int, column string) string {
		if column == "submatter" {
			return "二级事项由模板规定，不能改。"
		}
		return ""
	}
	d.click(d.at(1, 1))
	d.typing("改")
	if d.g.Editing() || d.g.Told() != "二级事项由模板规定，不能改。" {
		t.Errorf("editing %v, told %q", d.g.Editing(), d.g.Told())
	}
	uitest.MustShow(t, d.w, "二级事项由模板规定，不能改。")
	d.press(fyne.KeyRight)
	if d.g.Told() != "" {
		t.Error("the next key did not take the message away")
	}
	d.doubleClick(d.at(2, 1))
	if d.g.Editing() || d.g.Told() == "" {
		t.Error("a double click on a locked cell said nothing")
	}
}

func TestRestingPointerExplainsAMark(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.Note = func(row int, column string) string { return fmt.Sprintf("%d %s", row, column) }
	d.g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(1, 3)}})
	d.steps[0]()
	if got := d.g.Told(); got != "1 basis" {
		t.Errorf("told %q", got)
	}
	d.g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if d.g.Told() != "" {
		t.Error("scrolling left the message where it was")
	}
}

func TestCopyCutPaste(t *testing.T) {
	s := numbered(20)
	s.cells[2][1].Text = "引\"号\n两行"
	d := open(t, s, 900, 500)
	d.g.SelectRange(Pos{1, 0}, Pos{2, 1})
	d.shortcut(&fyne.ShortcutCopy{})
	if got, want := d.clip.Content(), "事项0\t办事指南1\r\n事项0\t\"引\"\"号\n两行\""; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	d.shortcut(&fyne.ShortcutCut{})
	if got := d.said(); got != "clear [{{1 0} {2 1} false}]" {
		t.Errorf("heard %s", got)
	}
	d.clip.SetContent("甲\t\"乙\r\n丙\"\r\n丁\t戊\r\n")
	d.click(d.at(4, 2))
	d.shortcut(&fyne.ShortcutPaste{})
	if got, want := d.said(), `paste 4,2 [["甲" "乙\n丙"] ["丁" "戊"]]`; got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
	d.clip.SetContent("同")
	d.g.SelectRange(Pos{1, 1}, Pos{2, 2})
	d.shortcut(&fyne.ShortcutPaste{})
	if got, want := d.said(), `paste 1,1 [["同" "同"] ["同" "同"]]`; got != want {
		t.Errorf("one cell into a range: heard %s, want %s", got, want)
	}
	d.clip.SetContent("")
	d.shortcut(&fyne.ShortcutPaste{})
	if got := d.said(); got != "" {
		t.Errorf("an empty clipboard was heard as %s", got)
	}
}

func TestDeleteAndFillDown(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.SelectRange(Pos{1, 2}, Pos{5, 2})
	d.press(fyne.KeyDelete)
	d.control(fyne.KeyD)
	if got, want := d.said(), "clear [{{1 2} {5 2} false}]; fill down [{{1 2} {5 2} false}]"; got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestHeadingSorts(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	for range 3 {
		d.click(d.at(-1, 2))
	}
	if got, want := d.said(), `sort "content" false; sort "content" true; sort "" false`; got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
	d.click(d.at(-1, 1))
	uitest.MustShow(t, d.w, "▲")
	d.click(d.at(-1, 1))
	uitest.MustShow(t, d.w, "▼")
	if d.g.State().Sort != (Sort{"submatter", true}) {
		t.Errorf("state is %+v", d.g.State())
	}
}

func TestAShakyClickSortsToo(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	p := d.at(-1, 2)
	d.drag(p, p.AddXY(3, 1))
	if got, want := d.said(), `sort "content" false`; got != want || d.g.Column(2) != "content" {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestTheEditorsMenuLeavesItOpen(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.click(d.at(1, 2))
	d.typing("新")
	d.g.editor.TappedSecondary(&fyne.PointEvent{AbsolutePosition: d.at(1, 2)})
	d.g.editor.FocusLost() // as the menu takes the keys
	if !d.g.Editing() || d.said() != "" {
		t.Fatal("the menu closed the editor")
	}
	d.w.Canvas().Overlays().Top().Hide()
	d.w.Canvas().Focus(d.g.editor)
	d.g.editor.FocusGained()
	d.press(fyne.KeyReturn)
	if got, want := d.said(), `edit 1 content "新"`; got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestColumnsAreArrangedAndRemembered(t *testing.T) {
	d := open(t, numbered(100), 1000, 500)
	var state State
	d.g.OnState = func(s State) { state = s }
	edge := d.at(-1, 2).AddXY(d.g.view.cols[2].w/2, 0)
	d.g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: edge}})
	if d.g.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not show that the width can be dragged")
	}
	d.drag(edge, edge.AddXY(20, 0), edge.AddXY(40, 0))
	if w := state.Columns[2].Width; w != 300 {
		t.Errorf("dragging made the column %v wide, want 300", w)
	}
	d.drag(d.at(-1, 3), d.at(-1, 2).SubtractXY(60, 0))
	if d.g.Column(2) != "basis" || d.g.Column(3) != "content" {
		t.Errorf("dragged to %q, %q", d.g.Column(2), d.g.Column(3))
	}
	d.drag(d.at(-1, 2), d.at(-1, 0)) // past the columns that stay
	if d.g.Column(0) != "matter" || d.g.Column(2) != "basis" {
		t.Error("a column that scrolls went among those that stay")
	}
	d.g.hide("limit", true)
	if d.g.Shown("limit") >= 0 {
		t.Error("the column is not hidden")
	}
	d.doubleClick(d.at(-1, 0).AddXY(d.g.view.cols[0].w/2, 0))
	if w := state.Columns[0].Width; w >= 110 || w < 60 {
		t.Errorf("a double click fits the column to %v", w)
	}
	if got := d.said(); got != "" {
		t.Errorf("arranging columns was heard as %s", got)
	}

	again := open(t, numbered(100), 1000, 500)
	again.g.SetState(state)
	for i := range again.g.view.cols {
		a, b := again.g.view.cols[i], d.g.view.cols[i]
		if a.id != b.id || a.w != b.w {
			t.Errorf("column %d is %s %v, was %s %v", i, a.id, a.w, b.id, b.w)
		}
	}
	again.g.headerMenu(0).Items[len(again.g.headerMenu(0).Items)-1].Action()
	if again.g.Shown("limit") != 4 || again.g.view.cols[2].id != "content" {
		t.Error("resetting did not bring the columns back")
	}
}

func TestColumnsHiddenAtFirst(t *testing.T) {
	s := numbered(3)
	s.columns = append([]Column{}, headings...)
	s.columns[6].Hidden = true
	d := open(t, s, 1000, 500)
	if d.g.Shown("channels") >= 0 {
		t.Error("the column is shown")
	}
	d.g.hide("channels", false)
	if d.g.Shown("channels") != 6 {
		t.Errorf("asked for, the column is at %d", d.g.Shown("channels"))
	}
}

func TestColumnsTheStateDoesNotKnow(t *testing.T) {
	d := open(t, numbered(3), 1000, 500)
	d.g.SetState(State{Columns: []ColumnState{{ID: "mode"}, {ID: "gone", Width: 9}, {ID: "content", Width: 100}, {ID: "submatter"}, {ID: "matter"}}})
	var ids []string
	for i := range d.g.view.cols {
		ids = append(ids, d.g.Column(i))
	}
	if got, want := fmt.Sprint(ids), "[submatter matter mode content basis limit publisher channels]"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}

func TestMenus(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.SelectRange(Pos{1, 1}, Pos{3, 2})
	d.down(d.at(2, 2), desktop.MouseButtonSecondary, 0)
	d.g.TappedSecondary(&fyne.PointEvent{Position: d.at(2, 2)})
	d.picks(Pos{1, 1}, box(1, 1, 3, 2))
	d.down(d.at(5, 2), desktop.MouseButtonSecondary, 0)
	d.g.TappedSecondary(&fyne.PointEvent{Position: d.at(5, 2)})
	d.picks(Pos{5, 2}, box(5, 2, 5, 2))
	if got := d.said(); got != "menu; menu" {
		t.Errorf("heard %s", got)
	}
	d.down(d.at(-1, 2), desktop.MouseButtonSecondary, 0)
	d.g.TappedSecondary(&fyne.PointEvent{Position: d.at(-1, 2)})
	uitest.MustShow(t, d.w, "升序排列", "隐藏这一列", "显示的列")
	uitest.Tap(t, d.w, "隐藏这一列")
	if d.g.Shown("content") >= 0 {
		t.Error("the column is still there")
	}
}

func TestSticky(t *testing.T) {
	for _, tt := range []struct {
		width  float32
		sticky int
		narrow bool
	}{{900, 2, false}, {460, 2, true}, {280, 0, false}} {
		d := open(t, numbered(100), tt.width, 500)
		v := &d.g.view
		if v.sticky != tt.sticky || (v.cols[0].w < 110) != tt.narrow {
			t.Errorf("at %v %d columns stay, the first %v wide", tt.width, v.sticky, v.cols[0].w)
		}
		d.g.Select(Pos{0, 7})
		if _, at := d.g.hit(d.at(0, 7)); at.Col != 7 {
			t.Errorf("at %v the last column cannot be reached", tt.width)
		}
	}
}

func TestScrolling(t *testing.T) {
	d := open(t, numbered(10000), 900, 500)
	g := d.g
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -2*g.view.look.rowHeight/wheel)})
	if g.view.fromRow != 2 {
		t.Errorf("the wheel went to row %d", g.view.fromRow)
	}
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -200./wheel)})
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if int(g.view.off.X+0.5) != 200 || g.view.fromRow != 2 {
		t.Errorf("Shift and wheel went to %v", g.view.off)
	}
	bar := fyne.NewPos(895, g.view.thumbV.Position().Y+4)
	d.drag(bar, bar.AddXY(0, 1000))
	if g.view.toRow != 10000 {
		t.Errorf("the thumb at the end shows rows to %d", g.view.toRow)
	}
	d.click(fyne.NewPos(895, g.view.look.headHeight+3))
	if g.view.toRow >= 10000 || g.view.toRow < 9970 {
		t.Errorf("a click beside the thumb shows rows to %d", g.view.toRow)
	}
	low := fyne.NewPos(g.view.thumbH.Position().X+4, 495)
	d.drag(low, low.AddXY(2000, 0))
	if g.view.toCol != 8 {
		t.Errorf("the thumb at the right shows columns to %d", g.view.toCol)
	}
	d.picks(Pos{0, 0})
	d.press(fyne.KeyDown)
	if g.view.fromRow != 1 && g.view.fromRow != 0 {
		t.Errorf("a key does not bring the cell into sight: rows from %d", g.view.fromRow)
	}
}

func TestDraggingBeyondTheEdgeScrolls(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.down(d.at(3, 2), desktop.MouseButtonPrimary, 0)
	d.g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(400, 560)}})
	if len(d.steps) != 1 {
		t.Fatal("nothing scrolls")
	}
	step := d.steps[0]
	for range 100 {
		step()
	}
	r := d.g.Selection().Ranges[0]
	if r.To.Row != 99 || r.From.Row != 3 {
		t.Errorf("selected %v", r)
	}
	d.g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: d.at(98, 3)}})
	if len(d.steps) != 0 {
		t.Error("it scrolls on within the table")
	}
	d.g.DragEnd()
}

func TestOnlyWhatIsSeenHasObjects(t *testing.T) {
	d := open(t, numbered(10000), 900, 500)
	count := func() int { return len(uitest.Find[fyne.CanvasObject](d.w)) }
	before := count()
	d.s.asked = 0
	for range 300 {
		d.g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -400./wheel)})
	}
	if d.g.view.fromRow < 2000 {
		t.Fatalf("scrolled to row %d only", d.g.view.fromRow)
	}
	if after := count(); after > before+60 {
		t.Errorf("%d objects became %d", before, after)
	}
	if len(d.g.view.rows) > 15 {
		t.Errorf("%d rows are kept", len(d.g.view.rows))
	}
	rows := int(300 * 400 / d.g.view.look.rowHeight)
	if limit := (rows + 400) * 8; d.s.asked > limit {
		t.Errorf("%d cells were asked for, want at most %d", d.s.asked, limit)
	}
	d.s.asked = 0
	d.g.Refresh()
	if d.s.asked > 15*8 {
		t.Errorf("a refresh asked for %d cells", d.s.asked)
	}
}

func TestRowsGoAway(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.control(fyne.KeyEnd)
	d.typing("尾")
	d.s.cells = d.s.cells[:3]
	d.g.Refresh()
	d.picks(Pos{2, 7})
	d.s.cells = nil
	d.g.EndEditing()
	d.g.Refresh()
	d.press(fyne.KeyDown, fyne.KeyF2, fyne.KeyDelete)
	d.typing("无")
	d.click(fyne.NewPos(300, 200))
	d.shortcut(&fyne.ShortcutSelectAll{})
	d.shortcut(&fyne.ShortcutCopy{})
	if len(d.g.Selection().Ranges) != 0 {
		t.Errorf("selected %v of nothing", d.g.Selection())
	}
}

func TestEveryKeyIsOffered(t *testing.T) {
	d := open(t, numbered(100), 900, 500)
	d.g.OnKey = func(e *fyne.KeyEvent, m fyne.KeyModifier) bool {
		d.hear("%s %d", e.Name, m)
		return e.Name == fyne.KeyF3
	}
	d.g.OnShortcut = func(s fyne.Shortcut) bool { d.hear("%s", s.ShortcutName()); return true }
	d.press(fyne.KeyF3)
	d.shortcut(&fyne.ShortcutUndo{})
	d.control(fyne.KeyF)
	if got, want := d.said(), "F3 0; Undo; CustomDesktop:Control+F"; got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestLinesOfACell(t *testing.T) {
	d := open(t, numbered(1), 900, 500)
	l := d.g.view.look
	wide := 5*l.han + 1
	for _, tt := range []struct{ in, first, second string }{
		{"", "", ""},
		{"一二三", "一二三", ""},
		{"一二三四五", "一二三四五", ""},
		{"一二三四五六", "一二三四五", "六"},
		{"一\n二", "一", "二"},
		{"一\r\n\r\n二", "一", "二"},
		{"  一  ", "一", ""},
		{"一二三四五六七八九十十一", "一二三四五", "六七八九…"},
		{"一\n二\n三", "一", "二…"},
		{"一二 https2", "一二 ", "https2"},
		{"一二三四五，六", "一二三四", "五，六"},
	} {
		if a, b := l.lines(tt.in, wide); a != tt.first || b != tt.second {
			t.Errorf("lines(%q) = %q, %q, want %q, %q", tt.in, a, b, tt.first, tt.second)
		}
	}
}

func TestGolden(t *testing.T) {
	uitest.Golden(t, "grid", 1100, 420, func(w fyne.Window) fyne.CanvasObject {
		g := New(numbered(100), nil)
		g.OnEdit = func(int, string, string) string { return "" }
		w.SetContent(g)
		g.SelectRange(Pos{1, 2}, Pos{3, 4})
		g.state.Sort = Sort{Column: "limit"}
		g.Refresh()
		g.Focus()
		return g
	})
}
