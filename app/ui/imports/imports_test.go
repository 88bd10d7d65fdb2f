package imports

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

var jishan = catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}

const (
	assistance catalog.Sector = "social-assistance"
	elderly    catalog.Sector = "elderly-care"
)

// desk are the drafts of a unit with two sectors.
func desk(t *testing.T) *work.Desk {
	t.Helper()
	d, err := work.Create(filepath.Join(t.TempDir(), "drafts"), jishan, work.Options{Person: "王芳"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Discard() })
	_, err = d.Edit(context.Background(), "建立", func(tx *boltstore.Tx) error {
		for _, s := range []catalog.Sector{assistance, elderly} {
			tmpl, _ := templates.Embedded().Template(s)
			if err := tx.PutCatalog(tmpl.Draft(jishan, d.NewID)); err != nil {
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

// drafts are a desk that can be made slow or failing.
type drafts struct {
	*work.Desk
	readErr, planErr, importErr, undoErr error
	slow                                 chan struct{} // closed to let a slow import go on
	imports                              atomic.Int64
}

func (d *drafts) ReadImport(ctx context.Context, path string) (*work.ImportFile, error) {
	if d.readErr != nil {
		return nil, d.readErr
	}
	return d.Desk.ReadImport(ctx, path)
}

func (d *drafts) PlanImport(ctx context.Context, f *work.ImportFile, step func(int, int)) (*work.ImportPlan, error) {
	if d.planErr != nil {
		return nil, d.planErr
	}
	return d.Desk.PlanImport(ctx, f, step)
}

func (d *drafts) Import(ctx context.Context, p *work.ImportPlan) (work.Imported, error) {
	d.imports.Add(1)
	if d.slow != nil {
		select {
		case <-d.slow:
		case <-ctx.Done():
			return work.Imported{}, ctx.Err()
		}
	}
	if d.importErr != nil {
		return work.Imported{}, d.importErr
	}
	return d.Desk.Import(ctx, p)
}

func (d *drafts) UndoImport(ctx context.Context, done work.Imported) error {
	if d.undoErr != nil {
		return d.undoErr
	}
	return d.Desk.UndoImport(ctx, done)
}

var header = []string{"序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级"}

type testSheet struct {
	name string
	rows [][]string
}

// workbook writes sheets into a file that Excel 2003 would write.
func workbook(t *testing.T, name string, sheets ...testSheet) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`)
	for _, s := range sheets {
		b.WriteString(`<Worksheet ss:Name="` + s.name + `"><Table>`)
		for _, row := range s.rows {
			b.WriteString("<Row>")
			for _, c := range row {
				b.WriteString(`<Cell><Data ss:Type="String">`)
				_ = xml.EscapeText(&b, []byte(c))
				b.WriteString("</Data></Cell>")
			}
			b.WriteString("</Row>")
		}
		b.WriteString("</Table></Worksheet>")
	}
	b.WriteString("</Workbook>")
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// rowOf is an entry as a row of a table.
func rowOf(n int, e *catalog.Entry) []string {
	return []string{
		fmt.Sprint(n), e.Path[0], e.Path[len(e.Path)-1], e.Content, e.Text(catalog.FieldBasis), e.TimeLimit.Text, e.Publisher,
		e.Text(catalog.FieldChannels), e.Text(catalog.FieldAudience), e.Text(catalog.FieldMode), e.Text(catalog.FieldTiers),
	}
}

// lastYear is a workbook as units have it: a cover, a sheet with changes, one as
// the draft is, one of another unit and one of nobody knows what.
func lastYear(t *testing.T, d *work.Desk) string {
	t.Helper()
	entries := func(s catalog.Sector) []catalog.Entry {
		draft, err := d.Draft(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		return draft.Catalog().Entries
	}
	first := [][]string{{"籍山镇社会救助领域基层政务公开标准目录"}, append(slices.Clone(header), "网站栏目")}
	es := entries(assistance)
	for i := range es[:len(es)-2] {
		row := rowOf(i+1, &es[i])
		switch i {
		case 1:
			row[6] = "籍山镇民政办"
			row[3] = strings.Replace(row[3], "、", "、受理地点、", 1)
		case 3:
			row[5] = "自信息形成之日起15个工作日内"
		case 4:
			row[1], row[2] = "特困供养", "审核信息"
		}
		first = append(first, append(row, "民生/救助"))
	}
	first = append(first,
		[]string{"90", "殡葬服务", "公墓价格", "墓位价格、管理费标准", "", "长期公开", "籍山镇人民政府", "■政府网站", "面向全社会", "主动公开", "乡级", ""},
		[]string{"91", "", "", "没有写名称的一条", "", "", "籍山镇人民政府", "", "", "", "看情况", ""})
	second := [][]string{{"籍山镇养老服务领域基层政务公开标准目录"}, header}
	for i, e := range entries(elderly) {
		second = append(second, rowOf(i+1, &e))
	}
	third := [][]string{{"弋江镇社会救助领域基层政务公开标准目录"}, header, rowOf(1, &es[0])}
	return workbook(t, "2025年公开目录.xml",
		testSheet{"封面", [][]string{{"籍山镇政务公开目录汇编"}, {"二〇二五年"}}},
		testSheet{"社会救助", first}, testSheet{"养老服务", second}, testSheet{"弋江镇样表", third},
		testSheet{"乡镇事项", [][]string{{"序号", "一级事项", "公开内容", "公开主体"}, {"1", "通知公告", "会议通知", "籍山镇人民政府"}}})
}

// open makes the screen in a window and reads a file into it.
func open(t *testing.T, d Drafts, path string) (fyne.Window, *Screen) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1222, 728)
	s := New(w, Options{Drafts: d, Sectors: templates.Embedded().Sectors})
	w.SetContent(s.Content())
	if path != "" {
		s.Open(path)
		uitest.Settle()
	}
	return w, s
}

// toRows goes on to the rows of a file.
func toRows(t *testing.T, d Drafts, path string) (fyne.Window, *Screen) {
	t.Helper()
	w, s := open(t, d, path)
	for i := range s.file.Tables {
		if s.file.Tables[i].Sector == "" {
			s.file.Want(i, false)
		}
	}
	s.sheets.refreshBar()
	uitest.Tap(t, w, "下一步：和草稿比对")
	uitest.Settle()
	if s.step != stepRows {
		t.Fatalf("step %d; the window shows %q", s.step, uitest.Texts(w))
	}
	return w, s
}

var errBroken = errors.New("disk is gone")

func TestImportFromFileToUndo(t *testing.T) {
	d := desk(t)
	var seen []string
	w, s := open(t, d, "")
	s.o.OnEntry = func(sector catalog.Sector, id catalog.EntryID) { seen = append(seen, string(sector)+" "+string(id)) }
	uitest.MustShow(t, w, "把文件拖到窗口里", "选择文件…", "草稿里什么都不会改")
	s.Open(lastYear(t, d))
	uitest.Settle()
	uitest.MustShow(t, w, "社会救助", "养老服务", "17 条", "11 条", "别的单位", "没有认出目录", "还有勾选的表没有选领域", "公开事项（名称）", "综合业务 ／ 最低生活保障")

	s.sheets.want(3, false)
	uitest.MustShow(t, w, "已勾选 2 张表，共 28 条")
	uitest.Tap(t, w, "下一步：和草稿比对")
	uitest.Settle()
	uitest.MustShow(t, w, "有变化 14", "需核对 2", "新增 3", "读不出 2", "将改动 14 条、新增 1 条。还有 2 条没有决定，不会导入。")
	draft, _ := d.Draft(context.Background(), assistance)
	before := *draft.Catalog()
	if s.rows.filter != showAsk || w.Canvas().Focused() != fyne.Focusable(s.rows.list) {
		t.Errorf("filter %d, focus on %v", s.rows.filter, w.Canvas().Focused())
	}

	uitest.Tap(t, w, "有变化 14")
	uitest.MustShow(t, w, "草稿现在", "文件里", "网站栏目=民生/救助")
	uitest.Press(w, fyne.KeyDown)
	uitest.MustShow(t, w, "综合业务 › 监督检查", "籍山镇人民政府", "民政办")
	uitest.Press(w, fyne.KeySpace)
	uitest.MustShow(t, w, "将改动 13 条、新增 1 条", "不导入")
	uitest.Press(w, fyne.KeySpace)
	uitest.MustShow(t, w, "将改动 14 条")
	uitest.Tap(t, w, "读不出 2")
	uitest.MustShow(t, w, "社会救助 第 19 行 K 列", "原文：看情况")

	if now := draft.Catalog(); now.Revision != before.Revision {
		t.Fatal("the draft changed before anything was confirmed")
	}
	uitest.Tap(t, w, "确定导入")
	uitest.MustShow(t, w, "导入这些内容？", "不导入：2 条（其中 2 条还没有决定）", "导入后可以一次撤销")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "导入完成", "改动了 14 条，新增了 1 条，已经保存")
	after := draft.Catalog()
	if len(after.Entries) != len(before.Entries)+1 || after.Entries[1].Publisher != "籍山镇民政办" || after.Entries[1].Extra["网站栏目"] != "民生/救助" {
		t.Errorf("the draft is %+v", after.Entries[1])
	}
	uitest.Tap(t, w, "去看这些条目")
	if want := "social-assistance " + string(before.Entries[0].ID); !slices.Equal(seen, []string{want}) {
		t.Errorf("showed %q, want %q", seen, want)
	}
	uitest.Tap(t, w, "撤销导入")
	uitest.Settle()
	uitest.MustShow(t, w, "已撤销，草稿和导入之前一样")
	if diff := catalog.Diff(&before, draft.Catalog()); !diff.IsZero() {
		t.Errorf("undone, the draft differs by %+v", diff)
	}
	uitest.Tap(t, w, "再核对一遍")
	uitest.Settle()
	uitest.MustShow(t, w, "将改动 14 条、新增 1 条")
}

// Every choice can be made with the keys.
func TestKeys(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	s.rows.show(showAll)
	s.rows.focus()
	at := func() string {
		return pathLine(s.plan.Parts[s.rows.lines[s.rows.list.at].part].Rows[s.rows.lines[s.rows.list.at].row].Said.Path)
	}
	for _, tt := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyReturn, "特困供养 › 审核信息"}, // the next that waits
		{fyne.KeyEnter, "（没有事项名称）"},
		{fyne.KeyHome, "综合业务 › 政策法规文件"},
		{fyne.KeyPageDown, "临时救助 › 政策法规文件"},
		{fyne.KeyPageUp, "综合业务 › 政策法规文件"},
		{fyne.KeyUp, "综合业务 › 政策法规文件"},
		{fyne.KeyDown, "综合业务 › 监督检查"},
	} {
		uitest.Press(w, tt.key)
		if at() != tt.want {
			t.Errorf("%s goes to %s, want %s", tt.key, at(), tt.want)
		}
	}
	uitest.Press(w, fyne.KeyEnd)
	if s.rows.list.at != len(s.rows.lines)-1 {
		t.Errorf("End goes to line %d", s.rows.list.at)
	}
	s.rows.list.pick(1)
	uitest.Press(w, fyne.KeySpace)
	if r := &s.plan.Parts[0].Rows[1]; r.Choice != work.Leave {
		t.Errorf("Space makes it %d", r.Choice)
	}
}

func TestAnotherMatchByHand(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	part := &s.plan.Parts[0]
	uitest.MustShow(t, w, "已经对应文件第 11 行", "是同一条，更新它", "作为新增")
	uitest.Tap(t, w, "改配对…")
	uitest.MustShow(t, w, "是草稿里的哪一条？")
	gone := part.Missing[0]
	e, _ := part.Draft.Entry(gone)
	entries := uitest.Find[*kit.Entry](w)
	find := entries[len(entries)-1] // the dialog's
	find.SetText(e.Path[len(e.Path)-1] + " 没有这样的")
	if b := button(t, w, "就是这一条"); !b.Disabled() {
		t.Error("nothing is listed and can be chosen")
	}
	find.SetText(e.Path[0])
	uitest.MustShow(t, w, pathLine(e.Path))
	uitest.Press(w, fyne.KeyReturn)
	row := slices.IndexFunc(part.Rows, func(r work.ImportRow) bool { return r.Draft == gone })
	if row < 0 || !part.Rows[row].Takes() || part.Rows[row].Said.Path[0] != "特困供养" {
		t.Fatalf("nothing is about %s: row %d", pathLine(e.Path), row)
	}
	uitest.MustShow(t, w, "配对：由您指定", "对应草稿里的“"+pathLine(e.Path)+"”，名称不变")
	uitest.Tap(t, w, "作为新增")
	if r := &part.Rows[row]; r.Kind != catalog.ImportNew || !r.Takes() {
		t.Errorf("as a new entry it is %+v", r)
	}
	uitest.Tap(t, w, "不导入")
	if part.Rows[row].Takes() {
		t.Error("left out, it is taken")
	}
}

// button finds a button by what it says.
func button(t *testing.T, w fyne.Window, text string) *kit.PushButton {
	t.Helper()
	for _, b := range uitest.Find[*kit.PushButton](w) {
		if b.Text == text {
			return b
		}
	}
	t.Fatalf("no button %q; the window shows %q", text, uitest.Texts(w))
	return nil
}

func TestFieldsCanBeLeft(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	s.rows.show(showChanged)
	s.rows.list.pick(1)
	part := &s.plan.Parts[0]
	ticks := uitest.In[*kit.Check](s.rows.detail.content)
	if len(ticks) != 3 || !ticks[0].Checked {
		t.Fatalf("%d ticks of fields", len(ticks))
	}
	ticks[1].SetChecked(false) // the publisher
	if r := &part.Rows[1]; len(r.Changes) != 2 || r.Result.Publisher != "籍山镇人民政府" || !r.Takes() {
		t.Errorf("row is %+v", r)
	}
	for range 2 {
		for _, c := range uitest.In[*kit.Check](s.rows.detail.content) {
			c.SetChecked(false)
		}
	}
	if r := &part.Rows[1]; r.Takes() {
		t.Error("with no field taken the row is")
	}
	uitest.MustShow(t, w, "将改动 13 条")
	s.rows.list.onSpace(1) // all of it after all
	if r := &part.Rows[1]; !r.Takes() || len(r.Left) != 0 {
		t.Errorf("row is %+v", r)
	}
}

func TestListedRowsTogether(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	s.rows.show(showChanged)
	uitest.Tap(t, w, "所列都不导入")
	uitest.MustShow(t, w, "将改动 0 条、新增 1 条")
	s.rows.show(showNew)
	uitest.Tap(t, w, "所列都不导入")
	uitest.MustShow(t, w, "没有要写入草稿的内容")
	if !button(t, w, "确定导入").Disabled() {
		t.Error("nothing can be imported")
	}
	s.rows.show(showAll)
	uitest.Tap(t, w, "接受所列")
	uitest.MustShow(t, w, "将改动 14 条、新增 3 条")
	s.rows.show(showMissing)
	if !s.rows.take.Disabled() {
		t.Error("what the file does not have cannot be accepted")
	}
	uitest.MustShow(t, w, "导入不会删除它")
}

func TestOneSheetAtATime(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	for _, c := range uitest.Find[*kit.Select](w) {
		if c.Selected == "全部工作表" {
			c.SetSelectedIndex(2)
		}
	}
	uitest.MustShow(t, w, "养老服务（11）", "全部 11", "有变化 0", "没有要您决定的条目")
	s.rows.show(showAll)
	uitest.MustShow(t, w, "和草稿一样", "不用导入")
}

func TestFindingARow(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	s.rows.show(showAll)
	find := uitest.Find[*kit.Entry](w)[0]
	find.SetText("公墓")
	uitest.MustShow(t, w, "全部 1", "殡葬服务 › 公墓价格")
	find.SetText("没有这样的")
	uitest.MustShow(t, w, "全部 0", "没有找到。换一个词")
	w.Canvas().Focus(find)
	uitest.Press(w, fyne.KeyEscape)
	uitest.MustShow(t, w, "全部 28")
	uitest.Press(w, fyne.KeyDown)
	if w.Canvas().Focused() != fyne.Focusable(s.rows.list) {
		t.Error("Down does not go to the list")
	}
}

func TestRowsThatNoDraftTakes(t *testing.T) {
	d := desk(t)
	sheetOf := func(name string) testSheet {
		return testSheet{name, [][]string{
			{"籍山镇" + name + "领域基层政务公开标准目录"},
			header,
			{"1", "政策法规", "文件", "政策文件", "", "", "籍山镇人民政府", "", "", "", ""},
		}}
	}
	w, _ := toRows(t, d, workbook(t, "两个.xml", sheetOf("就业创业")))
	uitest.MustShow(t, w, "没有要写入草稿的内容", "“就业”的 1 条不会导入：本单位没有这个领域的草稿", "先在总览里添加这个领域", "放不进")
	w, _ = toRows(t, d, workbook(t, "两个.xml", sheetOf("就业创业"), sheetOf("义务教育")))
	uitest.MustShow(t, w, "等 2 个领域的 2 条不会导入")
}

func TestColumnsAreCorrected(t *testing.T) {
	d := desk(t)
	w, s := open(t, d, lastYear(t, d))
	choose := func(before, after string) {
		t.Helper()
		for _, c := range uitest.Find[*kit.Select](w) {
			if c.Selected == before {
				c.SetSelected(after)
				uitest.Settle()
				return
			}
		}
		t.Fatalf("no column is taken for %q", before)
	}
	choose("公开主体", "不导入")
	if e := &s.file.Tables[0].Entries[1]; e.Publisher != "" || len(e.Extra) == 0 {
		t.Errorf("entry is %+v", e)
	}
	choose("不导入", "公开主体")
	if e := &s.file.Tables[0].Entries[1]; e.Publisher != "籍山镇民政办" {
		t.Errorf("put right, the entry is %+v", e)
	}
	choose("其他栏目（原样保留）", "链接")
	uitest.MustShow(t, w, "网站栏目", "民生/救助")
	if s.file.Tables[0].Columns[11].Use.Kind != sheet.UseLink {
		t.Errorf("columns are %+v", s.file.Tables[0].Columns)
	}
}

func TestHeaderIsShownByHand(t *testing.T) {
	d := desk(t)
	path := workbook(t, "台账.xml", testSheet{"台账", [][]string{{"某某台账"}, {"名目", "讲什么", "谁公开"}, {"低保", "标准", "籍山镇人民政府"}}})
	w, s := open(t, d, path)
	uitest.MustShow(t, w, "文件里没有认出目录", "第 2 行", "名目 ｜ 讲什么 ｜ 谁公开")
	if !s.sheets.next.Disabled() {
		t.Error("there is nothing to go on with")
	}
	uitest.Tap(t, w, "指出表头在哪一行…")
	uitest.MustShow(t, w, "表头在哪一行？", "表头一共有几行？")
	lists := uitest.Find[*pickList](w)
	lists[len(lists)-1].pick(1)
	uitest.Tap(t, w, "按这一行读")
	uitest.Settle()
	if len(s.file.Tables) != 1 || len(s.file.Tables[0].Entries) != 1 {
		t.Fatalf("tables are %+v", s.file.Tables)
	}
	uitest.MustShow(t, w, "名目", "讲什么", "请核对", "表头不对…")
	for _, c := range uitest.Find[*kit.Select](w) {
		if c.Selected == "" {
			c.SetSelected("社会救助")
		}
	}
	if s.file.Tables[0].Sector != assistance || s.sheets.next.Disabled() {
		t.Errorf("sector is %q", s.file.Tables[0].Sector)
	}
}

func TestAnotherUnitsSheetIsSaidThreeTimes(t *testing.T) {
	d := desk(t)
	w, s := open(t, d, lastYear(t, d))
	s.sheets.list.pick(2)
	uitest.MustShow(t, w, "这张表写的单位是“弋江镇”，不是“籍山镇人民政府”。确实要导入，请在左边勾选它。")
	s.sheets.want(0, false)
	s.sheets.want(3, false)
	uitest.Press(w, fyne.KeyF5) // no key of the list's
	s.sheets.list.onSpace(2)
	uitest.MustShow(t, w, "仍会导入", "已勾选 2 张表")
	uitest.Tap(t, w, "下一步：和草稿比对")
	uitest.Settle()
	s.plan.ChooseAll(-1, work.Accept, nil)
	for i := range s.plan.Parts[0].Rows {
		if s.plan.Parts[0].Rows[i].Kind == catalog.ImportSame {
			s.plan.Parts[0].Aim(i, "")
		}
	}
	s.rows.changed()
	uitest.Tap(t, w, "确定导入")
	uitest.MustShow(t, w, "注意：“弋江镇样表”写的单位是“弋江镇”，不是本单位。")
}

func TestFilesThatCannotBeRead(t *testing.T) {
	d := &drafts{Desk: desk(t)}
	picture := filepath.Join(t.TempDir(), "扫描件.xlsx")
	if err := os.WriteFile(picture, []byte("\x89PNG\r\n\x1a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, s := open(t, d, picture)
	uitest.MustShow(t, w, "没有读成", "扫描件.xlsx 是 PDF、扫描件或图片", "请找原来的", "选择文件…")
	if uitest.Shows(w, filepath.Dir(picture)) {
		t.Error("the whole path is shown")
	}
	for err, want := range map[error]string{
		sheet.ErrPassword: "去掉密码后另存", sheet.ErrOldFormat: "另存为 .xlsx", sheet.ErrTooLarge: "只保留目录所在的工作表", os.ErrNotExist: "找不到",
	} {
		d.readErr = words.About("目录.xls", err)
		s.Open("目录.xls")
		uitest.Settle()
		uitest.MustShow(t, w, "没有读成", want)
	}
	d.readErr = nil
	s.Open(lastYear(t, d.Desk))
	uitest.Settle()
	if s.step != stepSheets || uitest.Shows(w, "没有读成") {
		t.Errorf("a good file afterwards: step %d", s.step)
	}
}

// A store that fails is said, what was chosen stays, and trying again goes on.
func TestAFailingStoreKeepsTheChoices(t *testing.T) {
	d := &drafts{Desk: desk(t)}
	path := lastYear(t, d.Desk)
	w, s := open(t, d, path)
	s.sheets.want(3, false)
	d.planErr = errBroken
	uitest.Tap(t, w, "下一步：和草稿比对")
	uitest.Settle()
	uitest.MustShow(t, w, "disk is gone", "社会救助")
	d.planErr = nil
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	s.rows.show(showChanged)
	s.rows.list.pick(1)
	uitest.Press(w, fyne.KeySpace)
	d.importErr = boltstore.ErrDiskFull
	uitest.Tap(t, w, "确定导入")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "磁盘已满", "没有导入，您的选择都还在", "将改动 13 条、新增 1 条", "重试")
	d.importErr = nil
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	uitest.MustShow(t, w, "导入完成", "改动了 13 条，新增了 1 条")
}

// Drafts that were edited meanwhile are compared again; choices stay.
func TestDraftsThatChangedMeanwhile(t *testing.T) {
	d := &drafts{Desk: desk(t)}
	w, s := toRows(t, d, lastYear(t, d.Desk))
	s.rows.show(showChanged)
	s.rows.toggle(1)
	draft, _ := d.Draft(context.Background(), assistance)
	if err := draft.Type(draft.Catalog().Entries[0].ID, catalog.FieldContent, "刚刚改的"); err != nil {
		t.Fatal(err)
	}
	uitest.Tap(t, w, "确定导入")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "核对期间草稿有了改动，没有导入", "将改动 13 条")
	if s.step != stepRows || s.rows.filter != showChanged || draft.Catalog().Entries[0].Content != "刚刚改的" {
		t.Errorf("step %d, filter %d", s.step, s.rows.filter)
	}
	uitest.Tap(t, w, "确定导入")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "导入完成")

	id := draft.Catalog().Entries[0].ID
	if err := draft.Type(id, catalog.FieldContent, "又改了"); err != nil {
		t.Fatal(err)
	}
	uitest.Tap(t, w, "撤销导入")
	uitest.Settle()
	uitest.MustShow(t, w, "导入之后又有改动，没有撤销", "导入完成")
}

// While a slow store writes nothing else can be pressed, and cancelling writes
// nothing.
func TestASlowStoreCanBeCancelled(t *testing.T) {
	d := &drafts{Desk: desk(t)}
	w, s := toRows(t, d, lastYear(t, d.Desk))
	d.slow = make(chan struct{})
	uitest.Tap(t, w, "确定导入")
	uitest.Press(w, fyne.KeyReturn)
	s.confirm()
	s.Open("another.xlsx")
	uitest.WaitFor(t, "the progress", func() bool { return uitest.Shows(w, "正在写入草稿") })
	if d.imports.Load() != 1 || !s.working {
		t.Errorf("%d imports under way", d.imports.Load())
	}
	uitest.Tap(t, w, "取消")
	uitest.Settle()
	uitest.MustShow(t, w, "已取消，没有改动任何内容", "您的选择都还在")
	if d.CanUndo() {
		if edits, _ := d.History(context.Background(), boltstore.HistoryQuery{Limit: 1}); edits[0].Label != "建立" {
			t.Errorf("the last edit is %q", edits[0].Label)
		}
	}
}

func TestDroppingAnotherFileAsks(t *testing.T) {
	d := desk(t)
	path := lastYear(t, d)
	w, s := toRows(t, d, path)
	plan := s.plan
	s.Open(path)
	uitest.MustShow(t, w, "放下正在核对的文件？", "草稿没有改动")
	uitest.Press(w, fyne.KeyEscape)
	if s.plan != plan || s.step != stepRows {
		t.Error("refusing left the rows")
	}
	s.Open(path)
	uitest.Tap(t, w, "打开新文件")
	uitest.Settle()
	if s.plan != nil || s.step != stepSheets {
		t.Errorf("step %d", s.step)
	}
}

func TestGoingBackKeepsChoices(t *testing.T) {
	d := desk(t)
	w, s := toRows(t, d, lastYear(t, d))
	s.rows.show(showChanged)
	s.rows.toggle(1)
	uitest.Tap(t, w, "上一步")
	uitest.MustShow(t, w, "文件里的工作表")
	uitest.Tap(t, w, "下一步：和草稿比对")
	uitest.Settle()
	uitest.MustShow(t, w, "将改动 13 条")
}

// A file of two thousand rows makes no more objects than the screen shows.
func TestLongFilesStayLight(t *testing.T) {
	d := desk(t)
	rows := [][]string{{"籍山镇社会救助领域目录"}, header}
	for i := range 2000 {
		n := fmt.Sprint(i)
		rows = append(rows, []string{n, "事项" + n, "子项" + n, "内容" + n, "", "", "籍山镇人民政府", "", "", "", ""})
	}
	w, s := toRows(t, d, workbook(t, "长.xml", testSheet{"长表", rows}))
	s.rows.show(showAll)
	if n := len(s.rows.lines); n != 2000 {
		t.Fatalf("%d lines", n)
	}
	few := len(uitest.Find[fyne.CanvasObject](w))
	if few > 1200 {
		t.Errorf("%d objects for 2000 rows", few)
	}
	s.rows.focus()
	uitest.Press(w, fyne.KeyEnd)
	uitest.MustShow(t, w, "事项1999 › 子项1999")
	if n := len(uitest.Find[fyne.CanvasObject](w)); n > few+100 {
		t.Errorf("%d objects at the end, %d at the beginning", n, few)
	}
	uitest.Tap(t, w, "所列都不导入")
	uitest.MustShow(t, w, "没有要写入草稿的内容")
}

func TestPictures(t *testing.T) {
	d := desk(t)
	path := lastYear(t, d)
	at := func(w fyne.Window) *Screen {
		s := New(w, Options{Drafts: d, Sectors: templates.Embedded().Sectors, OnEntry: func(catalog.Sector, catalog.EntryID) {}})
		s.Open(path)
		uitest.Settle()
		return s
	}
	rows := func(w fyne.Window) *Screen {
		s := at(w)
		s.file.Want(3, false)
		s.compare(nil)
		uitest.Settle()
		return s
	}
	uitest.Golden(t, "import-file", 1222, 728, func(w fyne.Window) fyne.CanvasObject {
		return New(w, Options{Drafts: d}).Content()
	})
	uitest.Golden(t, "import-sheets", 1222, 728, func(w fyne.Window) fyne.CanvasObject { return at(w).Content() })
	uitest.Golden(t, "import-rows", 1222, 728, func(w fyne.Window) fyne.CanvasObject {
		s := rows(w)
		s.rows.show(showChanged)
		s.rows.list.pick(1)
		s.rows.list.ScrollToOffset(0)
		return s.Content()
	})
	uitest.Golden(t, "import-ask", 1222, 728, func(w fyne.Window) fyne.CanvasObject { return rows(w).Content() })
	uitest.Golden(t, "import-done", 1222, 728, func(w fyne.Window) fyne.CanvasObject {
		s := rows(w)
		s.done, s.step = work.Imported{Changed: 14, New: 1, Entries: map[catalog.Sector][]catalog.EntryID{assistance: make([]catalog.EntryID, 15)}}, stepDone
		s.show()
		return s.Content()
	})
}

// Every step speaks the language chosen; the catalogs' own texts are Chinese.
func TestOneLanguage(t *testing.T) {
	d := desk(t)
	path := lastYear(t, d)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Base(path) + string(b) + "籍山镇人民政府 WPS CSV Word Excel xlsx xls docx"
	for _, s := range []catalog.Sector{assistance, elderly} {
		draft, _ := d.Draft(context.Background(), s)
		for _, e := range draft.Catalog().Entries {
			own += strings.Join(e.Path, " ") + e.Content + e.Text(catalog.FieldBasis) + e.Text(catalog.FieldChannels)
		}
	}
	foreign := map[words.Lang]func(rune) bool{
		words.Chinese: func(r rune) bool { return r < 0x80 && unicode.IsLetter(r) },
		words.English: func(r rune) bool { return unicode.Is(unicode.Han, r) },
	}
	for lang, in := range foreign {
		w, _ := open(t, d, "")
		kit.SetLang(lang)
		s := New(w, Options{Drafts: d, Sectors: templates.Embedded().Sectors, OnEntry: func(catalog.Sector, catalog.EntryID) {}})
		w.SetContent(s.Content())
		check := func(step string) {
			t.Helper()
			for _, text := range uitest.Texts(w) {
				for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !in(r) }) {
					if len(run) > 1 && !strings.Contains(own, run) {
						t.Errorf("%s, language %d: the screen shows %q", step, lang, text)
					}
				}
			}
		}
		check("file")
		s.Open(filepath.Join(t.TempDir(), "none"))
		uitest.Settle()
		s.Open(path)
		uitest.Settle()
		for i := range s.sheets.list.Length() {
			s.sheets.list.pick(i)
			check("sheets")
		}
		s.file.Want(3, false)
		s.compare(nil)
		uitest.Settle()
		for f := range filterEnd {
			s.rows.show(f)
			for i := range min(len(s.rows.lines), 20) {
				s.rows.list.pick(i)
				check("rows")
			}
		}
		s.rows.show(showAll)
		s.rows.askMatch(&s.plan.Parts[0], 0)
		check("match")
		uitest.Press(w, fyne.KeyEscape)
		s.confirm()
		check("confirm")
		uitest.Press(w, fyne.KeyReturn)
		uitest.Settle()
		check("done")
		s.undo()
		uitest.Settle()
		check("undone")
	}
}
