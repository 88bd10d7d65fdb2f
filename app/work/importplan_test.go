package work

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

var jishan = catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}

const assistance catalog.Sector = "social-assistance"

// draftsFor are a unit's drafts of sectors, from the templates the program has.
func draftsFor(t *testing.T, sectors ...catalog.Sector) []catalog.Catalog {
	t.Helper()
	n := 0
	newID := func() catalog.EntryID {
		n++
		return catalog.EntryID([]string{"e", "f", "g"}[n%3] + strings.Repeat("x", n))
	}
	var out []catalog.Catalog
	for _, s := range sectors {
		tmpl, ok := templates.Embedded().Template(s)
		if !ok {
			t.Fatalf("no template of %s", s)
		}
		c := tmpl.Draft(jishan, newID)
		c.Unit, c.Sector = jishan, s
		out = append(out, c)
	}
	return out
}

func templateOf(s catalog.Sector) *catalog.Template {
	t, ok := templates.Embedded().Template(s)
	if !ok {
		return nil
	}
	local := t.For(jishan.Division)
	return &local
}

// writeCSV puts a table into a file; its header stands below the title.
func writeCSV(t *testing.T, name, title string, rows ...[]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	var b strings.Builder
	b.WriteString(title + ",,,,\n序号,一级事项,二级事项,公开内容（要素）,公开主体\n")
	for i, r := range rows {
		b.WriteString(string(rune('1'+i%9)) + "," + strings.Join(r, ",") + "\n")
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func readImport(t *testing.T, path string) *ImportFile {
	t.Helper()
	f, err := ReadImport(context.Background(), templates.Embedded().Sectors(), jishan, path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func planImport(t *testing.T, f *ImportFile, drafts []catalog.Catalog) *ImportPlan {
	t.Helper()
	steps := 0
	p, err := PlanImport(context.Background(), drafts, templateOf, f, func(done, total int) { steps++ })
	if err != nil {
		t.Fatal(err)
	}
	if steps != len(p.Parts)+1 {
		t.Errorf("told of %d steps of %d", steps, len(p.Parts))
	}
	return p
}

// assistancePlan plans a file whose rows are: the first entry of the draft as it
// is, the second with another publisher, one that is like the third, one that is
// new, and one without a name.
func assistancePlan(t *testing.T) (*ImportPlan, []catalog.Catalog) {
	t.Helper()
	drafts := draftsFor(t, assistance)
	es := drafts[0].Entries
	path := writeCSV(t, "去年目录.csv", "籍山镇社会救助领域基层政务公开标准目录",
		[]string{es[0].Path[0], es[0].Path[1], "", es[0].Publisher},
		[]string{es[1].Path[0], es[1].Path[1], "", "籍山镇民政办"},
		[]string{"殡葬服务", "公墓价格", "墓位价格和管理费", "籍山镇人民政府"},
		[]string{"", "", "没有名称的内容", "籍山镇人民政府"},
	)
	return planImport(t, readImport(t, path), drafts), drafts
}

func TestPlanImportJudges(t *testing.T) {
	p, drafts := assistancePlan(t)
	if len(p.Parts) != 1 || p.Parts[0].Sector != assistance || p.Parts[0].Barred != "" {
		t.Fatalf("parts are %+v", p.Parts)
	}
	part := &p.Parts[0]
	for i, want := range []struct {
		kind   catalog.ImportKind
		choice Choice
		doubt  ImportDoubt
		takes  bool
	}{
		{catalog.ImportSame, Accept, "", false},
		{catalog.ImportChanged, Accept, "", true},
		{catalog.ImportNew, Accept, "", true},
		{catalog.ImportNew, Undecided, DoubtNoName, false},
	} {
		r := &part.Rows[i]
		if r.Kind != want.kind || r.Choice != want.choice || r.Doubt != want.doubt || r.Takes() != want.takes || r.Pending() != (want.choice == Undecided) {
			t.Errorf("row %d: %s, choice %d, doubt %q; want %+v", r.Row, r.Kind, r.Choice, r.Doubt, want)
		}
	}
	n := p.Count(-1)
	want := ImportCount{Rows: 4, Same: 1, Changed: 1, New: 2, Pending: 1, Missing: len(drafts[0].Entries) - 2, Problems: n.Problems, TakesChanged: 1, TakesNew: 1}
	if n != want || n.Takes() != 2 {
		t.Errorf("counted %+v, want %+v", n, want)
	}
	if before, ok := part.Before(1); !ok || before.ID != drafts[0].Entries[1].ID {
		t.Errorf("row 2 is about %+v", before)
	}
}

func TestPlanImportAsksWhereItIsNotSure(t *testing.T) {
	draft := catalog.Catalog{Omitted: map[catalog.TemplateID]catalog.NotApplicable{"t9": {Reason: "无此业务"}}}
	named := catalog.Entry{Path: []string{"临时救助", "名单"}}
	fromTemplate := func(id catalog.TemplateID) catalog.Entry { e := named; e.Template = id; return e }
	for _, tt := range []struct {
		name string
		im   catalog.Import
		want ImportDoubt
	}{
		{"a sure change", catalog.Import{Kind: catalog.ImportChanged, Draft: "a", Confidence: 0.95, Result: named}, ""},
		{"an unsure change", catalog.Import{Kind: catalog.ImportChanged, Draft: "a", Confidence: 0.7, Result: named}, DoubtMatch},
		{"an unsure match that changes nothing", catalog.Import{Kind: catalog.ImportSame, Draft: "a", Confidence: 0.7, Result: named}, ""},
		{"new and like nothing", catalog.Import{Kind: catalog.ImportNew, Result: named, Nearest: catalog.Match{Draft: "a", Confidence: 0.1}}, ""},
		{"new and like an entry", catalog.Import{Kind: catalog.ImportNew, Result: named, Nearest: catalog.Match{Draft: "a", Confidence: 0.4}}, DoubtNear},
		{"what another row has", catalog.Import{Kind: catalog.ImportNew, Result: named, Nearest: catalog.Match{Draft: "a", Confidence: 0.98}}, DoubtTaken},
		{"of the template", catalog.Import{Kind: catalog.ImportNew, Confidence: 0.98, Result: fromTemplate("t8")}, ""},
		{"left out with a reason", catalog.Import{Kind: catalog.ImportNew, Confidence: 0.98, Result: fromTemplate("t9")}, DoubtOmitted},
		{"nameless", catalog.Import{Kind: catalog.ImportNew, Result: catalog.Entry{Path: []string{" "}, Content: "甲"}}, DoubtNoName},
	} {
		p, r := ImportPart{Draft: &draft}, ImportRow{Import: tt.im}
		p.judge(&r)
		asks := tt.want != ""
		if r.Doubt != tt.want || (r.Choice == Undecided) != asks || r.Pending() != asks {
			t.Errorf("%s: doubt %q, choice %d; want %q", tt.name, r.Doubt, r.Choice, tt.want)
		}
	}
}

func TestPlanImportSaysWhyNoDraftTakesRows(t *testing.T) {
	drafts := draftsFor(t, assistance)
	drafts = append(drafts, catalog.Catalog{Unit: jishan, Sector: "tax", NotApplicable: &catalog.NotApplicable{Reason: "无此职能"}})
	f := readImport(t, writeCSV(t, "a.csv", "籍山镇目录", []string{"甲", "乙", "丙", "丁"}))
	for sector, want := range map[catalog.Sector]ImportBar{"": BarSector, "tax": BarUnused, "budget": BarDraft, assistance: ""} {
		f.SetSector(0, sector)
		p := planImport(t, f, drafts)
		if got := p.Parts[0].Barred; got != want {
			t.Errorf("rows of %q are barred by %q, want %q", sector, got, want)
		}
		n := p.Count(-1)
		if unplaced := want != ""; (n.Unplaced == 1) != unplaced || (n.Takes() == 0) != unplaced {
			t.Errorf("rows of %q count as %+v", sector, n)
		}
		p.ChooseAll(-1, Accept, nil)
		if want != "" && p.Count(-1).Takes() != 0 {
			t.Errorf("rows of %q are taken all the same", sector)
		}
	}
}

func TestAimingByHand(t *testing.T) {
	p, drafts := assistancePlan(t)
	part := &p.Parts[0]
	third := drafts[0].Entries[2].ID

	part.Aim(2, third)
	r := &part.Rows[2]
	if r.Kind != catalog.ImportChanged || r.Draft != third || r.Why != catalog.MatchChosen || !r.Takes() || !r.Decided || slices.Contains(part.Missing, third) {
		t.Errorf("row aimed at the third entry is %+v", r)
	}

	second := drafts[0].Entries[1].ID // row 2 is about it
	part.Aim(2, second)
	if other := &part.Rows[1]; other.Kind != catalog.ImportNew || other.Draft != "" || other.Doubt != DoubtTaken || !other.Pending() {
		t.Errorf("the row that had the entry is %+v", other)
	}
	if got := part.PathOf(part.Rows[1].Nearest); !slices.Equal(got, drafts[0].Entries[1].Path) {
		t.Errorf("its nearest is %q", got)
	}
	if !slices.Contains(part.Missing, third) || slices.Contains(part.Missing, second) || part.Holder(second) != 2 {
		t.Errorf("missing are %v", part.Missing)
	}

	part.Aim(2, "")
	if r := &part.Rows[2]; r.Kind != catalog.ImportNew || !r.Takes() || !slices.Contains(part.Missing, second) {
		t.Errorf("row as new is %+v", r)
	}
	part.Choose(2, Leave)
	if n := p.Count(-1); part.Rows[2].Takes() || n.Left != 1 {
		t.Errorf("row left out counts as %+v", n)
	}
}

func TestLeavingFields(t *testing.T) {
	p, drafts := assistancePlan(t)
	part := &p.Parts[0]
	r := &part.Rows[1]
	if len(r.Offered()) != 1 || r.Offered()[0].Field != catalog.FieldPublisher {
		t.Fatalf("offered are %+v", r.Offered())
	}
	part.LeaveField(1, catalog.FieldPublisher, true)
	if r.Takes() || r.Kind != catalog.ImportSame || len(r.Offered()) != 1 || r.Result.Publisher != drafts[0].Entries[1].Publisher {
		t.Errorf("without its only change the row is %+v", r)
	}
	part.LeaveField(1, catalog.FieldPublisher, false)
	if !r.Takes() || r.Result.Publisher != "籍山镇民政办" {
		t.Errorf("with it again the row is %+v", r)
	}
}

func TestChooseAll(t *testing.T) {
	p, _ := assistancePlan(t)
	p.ChooseAll(0, Leave, func(r *ImportRow) bool { return r.Kind == catalog.ImportNew })
	if n := p.Count(0); n.TakesNew != 0 || n.TakesChanged != 1 || n.Left != 2 {
		t.Errorf("leaving new ones: %+v", n)
	}
	p.ChooseAll(-1, Accept, nil)
	if n := p.Count(-1); n.TakesNew != 2 || n.Pending != 0 || n.Left != 0 {
		t.Errorf("accepting all: %+v", n)
	}
}

func TestKeepingChoices(t *testing.T) {
	old, drafts := assistancePlan(t)
	third := drafts[0].Entries[2].ID
	old.Parts[0].Aim(2, third)
	old.Parts[0].LeaveField(1, catalog.FieldPublisher, true)
	old.Parts[0].Choose(3, Leave)

	again := planImport(t, old.File, drafts)
	again.Keep(old)
	part := &again.Parts[0]
	if part.Rows[2].Draft != third || !part.Rows[2].Takes() || part.Rows[1].Takes() || part.Rows[3].Choice != Leave {
		t.Errorf("choices are lost: %+v", part.Rows)
	}
	if !reflect.DeepEqual(again.Count(-1), old.Count(-1)) {
		t.Errorf("counts %+v, had %+v", again.Count(-1), old.Count(-1))
	}

	drafts[0].Entries = slices.Delete(slices.Clone(drafts[0].Entries), 2, 3) // removed meanwhile
	gone := planImport(t, old.File, drafts)
	gone.Keep(old)
	if r := &gone.Parts[0].Rows[2]; r.Kind != catalog.ImportNew || r.Decided {
		t.Errorf("aimed at an entry that is gone: %+v", r)
	}
}

func TestSameUnit(t *testing.T) {
	department := catalog.Unit{Name: "南陵县民政局", Kind: catalog.DepartmentUnit, County: "南陵县"}
	county := catalog.Unit{Name: "南陵县", Kind: catalog.CountyUnit, County: "南陵县"}
	for _, tt := range []struct {
		named string
		unit  catalog.Unit
		want  bool
	}{
		{"", jishan, true},
		{"籍山镇", jishan, true},
		{"籍山镇人民政府", jishan, true},
		{"南陵县籍山镇人民政府", jishan, true},
		{"芜湖市南陵县籍山镇", jishan, true},
		{"籍 山 镇 政府", jishan, true},
		{"弋江镇", jishan, false},
		{"南陵县弋江镇人民政府", jishan, false},
		{"南陵县民政局", jishan, false},
		{"民政局", department, true},
		{"南陵县民政局", department, true},
		{"南陵县人民政府办公室", county, true},
		{"南陵县民政局", county, false},
		{"繁昌区民政局", department, false},
	} {
		if got := sameUnit(tt.named, tt.unit); got != tt.want {
			t.Errorf("%q for %s: %v, want %v", tt.named, tt.unit.Name, got, tt.want)
		}
	}
}

func TestAnotherUnitsTableIsNotWantedByItself(t *testing.T) {
	row := []string{"最低生活保障", "办事指南", "条件", "弋江镇人民政府"}
	f := readImport(t, writeCSV(t, "a.csv", "弋江镇社会救助领域基层政务公开标准目录", row))
	if tb := &f.Tables[0]; !tb.Foreign || tb.Wanted || tb.Unit != "弋江镇" || f.Entries() != 0 {
		t.Fatalf("table is %+v", tb)
	}
	f.Want(0, true)
	if f.Entries() != 1 || !f.Tables[0].Foreign {
		t.Errorf("wanted, it has %d entries", f.Entries())
	}
	if p := planImport(t, f, draftsFor(t, assistance)); p.Count(-1).Rows != 1 {
		t.Errorf("planned %+v", p.Count(-1))
	}
}

func TestCorrectingAFile(t *testing.T) {
	row := []string{"最低生活保障", "办事指南", "条件", "籍山镇人民政府"}
	f := readImport(t, writeCSV(t, "a.csv", "籍山镇目录", row))
	if f.Tables[0].Sector != assistance && f.Tables[0].Sector != "" {
		t.Fatalf("sector is %q", f.Tables[0].Sector)
	}
	f.SetSector(0, "elderly-care")
	header := f.Tables[0].Header
	g, err := f.Corrected(context.Background(), 1, header, 0, map[string]sheet.Use{"E": {Kind: sheet.UseContent}})
	if err != nil {
		t.Fatal(err)
	}
	if e := &g.Tables[0].Entries[0]; e.Content != "籍山镇人民政府" || e.Sector != "elderly-care" || g.Tables[0].Sector != "elderly-care" || f.Tables[0].Entries[0].Content != "条件" {
		t.Errorf("corrected entry is %+v", e)
	}
	if u := g.Uses(1, header); len(u) != 1 || u["E"].Kind != sheet.UseContent || len(f.Uses(1, header)) != 0 {
		t.Errorf("corrections are %v", u)
	}
	h, err := g.Corrected(context.Background(), 1, header, 0, nil)
	if err != nil || h.Tables[0].Entries[0].Content != "条件" {
		t.Errorf("taken back: %+v, %v", h.Tables, err)
	}
	forced, err := g.Corrected(context.Background(), 1, header+1, 1, nil)
	if err != nil || len(forced.Tables) != 0 || len(forced.Skipped) != 1 {
		t.Errorf("with the header one row below: %+v, %v", forced.Tables, err)
	}
	if back, err := forced.Corrected(context.Background(), 1, header, 1, nil); err != nil || len(back.Tables) != 1 {
		t.Errorf("and back: %+v, %v", back.Tables, err)
	}
}

func TestReadImportSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"~$目录.xlsx": "x", "扫描.xlsx": "\x89PNG\r\n\x1a\n\x00", "红头.pdf": "%PDF-1.7\n", "目录.rar": "Rar!\x1a\x07\x01\x00", "乱.bin": "\x7fELF\x02\x01\x01\x00\x00",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]error{
		"~$目录.xlsx": ErrOwnerFile, "扫描.xlsx": ErrScan, "红头.pdf": ErrScan, "目录.rar": ErrArchive, "乱.bin": sheet.ErrFormat, "": ErrDirectory, "none.xlsx": os.ErrNotExist,
	} {
		_, err := ReadImport(context.Background(), templates.Embedded().Sectors(), jishan, filepath.Join(dir, name))
		if !errors.Is(err, want) || !strings.Contains(words.Explain(err, words.Chinese), name) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	busy := notATable(&os.PathError{Op: "open", Path: "a.xlsx", Err: syscall.EBUSY})
	if !errors.Is(busy, ErrInUse) {
		t.Errorf("a file in use: %v", busy)
	}
}

// Nothing is written before Write, what is written is one edit, and one undo
// takes it back.
func TestImportIsOneEdit(t *testing.T) {
	ctx := context.Background()
	s, err := boltstore.Create(filepath.Join(t.TempDir(), "drafts"), jishan, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	drafts := draftsFor(t, assistance)
	drafts[0].Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
	put := func(tx *boltstore.Tx) error { return tx.PutCatalog(drafts[0]) }
	if _, err := s.Edit(ctx, boltstore.EditInfo{By: "王芳"}, put); err != nil {
		t.Fatal(err)
	}
	stored, err := s.Catalogs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	es := stored[0].Entries
	p := planImport(t, readImport(t, writeCSV(t, "去年目录.csv", "籍山镇社会救助领域目录",
		[]string{es[1].Path[0], es[1].Path[1], "", "籍山镇民政办"},
		[]string{"殡葬服务", "公墓价格", "墓位价格", "籍山镇人民政府"},
		[]string{"殡葬服务", "惠民政策", "减免项目", "籍山镇人民政府"},
	)), stored)
	if !slices.Equal(p.Sectors(), []catalog.Sector{assistance}) || p.Label(words.Chinese) != "导入 去年目录.csv" {
		t.Errorf("%s into %v", p.Label(words.Chinese), p.Sectors())
	}
	var done Imported
	write := func(tx *boltstore.Tx) (err error) {
		done, err = p.Write(tx)
		return err
	}
	if _, err := s.Edit(ctx, boltstore.EditInfo{By: "王芳", Label: p.Label(words.Chinese)}, write); err != nil {
		t.Fatal(err)
	}
	if done.Changed != 1 || done.New != 2 || len(done.Entries[assistance]) != 3 {
		t.Errorf("wrote %+v", done)
	}
	after, err := s.Catalog(ctx, assistance)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Entries) != len(es)+2 || after.Entries[1].Publisher != "籍山镇民政办" ||
		after.Entries[2].Path[1] != "公墓价格" || after.Entries[3].Path[1] != "惠民政策" || after.Entries[4].ID != es[2].ID {
		t.Errorf("the draft is %+v", after.Entries[:5])
	}

	if _, err := s.Edit(ctx, boltstore.EditInfo{By: "王芳"}, write); !errors.Is(err, ErrStaleImport) {
		t.Errorf("importing the same plan again: %v", err)
	}
	if now, err := s.Catalog(ctx, assistance); err != nil || now.Revision != after.Revision {
		t.Errorf("a refused import left revision %d, %v", now.Revision, err)
	}
	if _, err := s.Undo(ctx, "王芳"); err != nil {
		t.Fatal(err)
	}
	back, err := s.Catalog(ctx, assistance)
	if err != nil || len(back.Entries) != len(es) || !back.Entries[1].Equal(&es[1]) {
		t.Errorf("undone, the draft has %d entries, %v", len(back.Entries), err)
	}
}

func TestPlanningCanBeGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := readImport(t, writeCSV(t, "a.csv", "籍山镇社会救助领域目录", []string{"甲", "乙", "丙", "丁"}))
	slow := draftsFor(t, assistance)
	for range 7 {
		slow[0].Entries = append(slow[0].Entries, slow[0].Entries...)
	}
	if _, err := PlanImport(ctx, slow, templateOf, f, func(int, int) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("planned all the same: %v", err)
	}
}

// A desk imports into the drafts as they are with everything typed, and takes an
// import back only while it is the latest edit.
func TestDeskImports(t *testing.T) {
	ctx := context.Background()
	d, err := Create(filepath.Join(t.TempDir(), "drafts"), jishan, Options{Person: "王芳"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	c := draftsFor(t, assistance)[0]
	if _, err := d.Edit(ctx, "建立", func(tx *boltstore.Tx) error { return tx.PutCatalog(c) }); err != nil {
		t.Fatal(err)
	}
	draft, err := d.Draft(ctx, assistance)
	if err != nil {
		t.Fatal(err)
	}
	es := draft.Catalog().Entries
	path := writeCSV(t, "去年.csv", "籍山镇社会救助领域目录", []string{es[1].Path[0], es[1].Path[1], "", "籍山镇民政办"})
	f, err := d.ReadImport(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := d.PlanImport(ctx, f, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := draft.Type(es[0].ID, catalog.FieldContent, "刚刚输入的内容"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(ctx, stale); !errors.Is(err, ErrStaleImport) {
		t.Errorf("importing over what was typed since: %v", err)
	}
	p, err := d.PlanImport(ctx, f, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	done, err := d.Import(ctx, p)
	if err != nil || done.Changed != 1 || done.Edit.Label != "导入 去年.csv" {
		t.Fatalf("imported %+v, %v", done, err)
	}
	if now := draft.Catalog().Entries; now[1].Publisher != "籍山镇民政办" || now[0].Content != "刚刚输入的内容" {
		t.Errorf("the open draft says %+v", now[:2])
	}

	if err := draft.Type(es[2].ID, catalog.FieldContent, "又改"); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(ctx, done); !errors.Is(err, ErrLaterEdits) {
		t.Errorf("undoing past a later edit: %v", err)
	}
	if now := draft.Catalog().Entries; now[1].Publisher != "籍山镇民政办" || now[2].Content != "又改" {
		t.Errorf("a refused undo changed %+v", now[1:3])
	}
	for _, step := range []func(context.Context) (Step, error){d.Undo, d.Undo, d.Redo} { // the later edit, the import, the import again
		if _, err := step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.UndoImport(ctx, done); err != nil || draft.Catalog().Entries[1].Publisher == "籍山镇民政办" {
		t.Errorf("undoing what is the next step again: %v", err)
	}
	for range 2 {
		if _, err := d.Redo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if done, err = d.Import(ctx, must(d.PlanImport(ctx, f, func(int, int) {}))); err != nil || done.Edit.Seq != 0 {
		t.Errorf("importing what is there already made edit %d, %v", done.Edit.Seq, err)
	}
	other := writeCSV(t, "再导.csv", "籍山镇社会救助领域目录", []string{es[1].Path[0], es[1].Path[1], "", "籍山镇社会事务办"})
	if done, err = d.Import(ctx, must(d.PlanImport(ctx, must(d.ReadImport(ctx, other)), func(int, int) {}))); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(ctx, done); err != nil {
		t.Fatal(err)
	}
	if err := d.UndoImport(ctx, done); err != nil || draft.Catalog().Entries[1].Publisher != "籍山镇民政办" {
		t.Errorf("undoing what is undone already: %v", err)
	}
	if now := draft.Catalog().Entries; now[1].Publisher != "籍山镇民政办" || now[2].Content != "又改" {
		t.Errorf("undone, the draft says %+v", now[1:3])
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
