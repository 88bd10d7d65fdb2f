package work

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
	"mulutong/templates"
)

// releaseFiles are a release of two sectors. Each entry is an id, a name and a
// content.
func releaseFiles(version string, sectors map[catalog.Sector][][3]string) fstest.MapFS {
	list := "序号,标识,名称,又称,现称,已核\n"
	files := fstest.MapFS{
		"version.txt":        {Data: []byte(version + "\n")},
		"bodies.csv":         {Data: []byte("name,successor,ended,confirmed\n扶贫开发办公室,乡村振兴局,2021-02-25,yes\n")},
		"register/laws.csv":  {Data: []byte("编号,名称,别名,类别,发布机关,文本,施行,状态,终止,后继,领域,已核,备注\n条例,中华人民共和国政府信息公开条例,,行政法规,国务院,国务院令第711号 2019-04-03,2019-05-15,有效,,,,是,\n")},
		"calendar/2026.json": {Data: []byte(`{"year": 2026, "days": [{"name": "春节", "date": "2026-02-14", "isOffDay": false}]}`)},
	}
	names := map[catalog.Sector]string{"social-assistance": "社会救助", "elderly-care": "养老服务"}
	for no, s := range []catalog.Sector{"social-assistance", "elderly-care"} {
		entries, ok := sectors[s]
		list += fmt.Sprintf("%d,%s,%s,,,是\n", 19+no, s, names[s])
		if !ok {
			continue
		}
		t := &catalog.Template{Sector: s, Version: version, Title: "目录", Source: catalog.Source{Issuer: "民政部", Title: "指引", Confirmed: true}}
		for _, e := range entries {
			t.Entries = append(t.Entries, catalog.TemplateEntry{
				ID: catalog.TemplateID(e[0]), Path: []string{"综合业务", e[1]}, Content: e[2],
				Basis:      catalog.ParseBasis("《中华人民共和国政府信息公开条例》（国务院令第711号）"),
				TimeLimit:  catalog.ParseTimeLimit("自信息形成之日起20个工作日内"),
				Publishers: map[catalog.Tier]string{catalog.Township: "{单位}"}, Channels: catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website)},
				Audience: catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true}, Tiers: catalog.TierSetOf(catalog.Township),
				Hint: "写清楚。", Confirmed: true,
			})
		}
		files["sectors/"+string(s)+".txt"] = &fstest.MapFile{Data: templates.PrintTemplate(t)}
	}
	files["sectors.csv"] = &fstest.MapFile{Data: []byte(list)}
	return files
}

var (
	firstRelease = map[catalog.Sector][][3]string{
		"social-assistance": {{"t1901", "监督检查", "电话"}, {"t1902", "政策法规", "文件"}, {"t1903", "旧事项", "旧"}},
		"elderly-care":      {{"t2001", "通知公告", "公告"}},
	}
	secondRelease = map[catalog.Sector][][3]string{
		"social-assistance": {{"t1901", "监督检查", "电话、邮箱"}, {"t1902", "政策法规", "文件、解读"}, {"t1904", "新事项", "新"}},
		"elderly-care":      {{"t2001", "通知公告", "公告"}},
	}
)

func loaded(t testing.TB, version string, sectors map[catalog.Sector][][3]string) *templates.Set {
	t.Helper()
	s, err := templates.Load(releaseFiles(version, sectors))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// handedOut writes a release to a folder, as the city sends it.
func handedOut(t testing.TB, version string, sectors map[catalog.Sector][][3]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, f := range releaseFiles(version, sectors) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// drafted makes a folder with drafts of the first release.
func drafted(t testing.TB, o Options) (*Desk, string) {
	t.Helper()
	set := o.Know()
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Discard() })
	_, err = d.Edit(context.Background(), "新建", func(tx *boltstore.Tx) error {
		for _, s := range []catalog.Sector{"social-assistance", "elderly-care"} {
			tmpl, ok := set.Template(s)
			if !ok {
				return catalog.ErrNotFound
			}
			if err := tx.PutCatalog(tmpl.Draft(catalogtest.Unit(), d.NewID)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, dir
}

func contents(d *Draft) []string {
	var out []string
	for _, e := range d.Catalog().Entries {
		out = append(out, e.Content)
	}
	return out
}

func reopened(t testing.TB, d *Desk, dir string, o Options) *Desk {
	t.Helper()
	if err := d.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Discard() })
	return again
}

func TestANewerProgramUpgradesDraftsOfAnOlderOne(t *testing.T) {
	ctx := context.Background()
	first, second := loaded(t, "2026.1", firstRelease), loaded(t, "2026.2", secondRelease)
	d, dir := drafted(t, Options{Know: func() *templates.Set { return first }})
	dr := open(t, d, "social-assistance")
	typed(t, dr, 0, "电话0553-6822345")

	d = reopened(t, d, dir, Options{Know: func() *templates.Set { return second }, Person: "经办人"})
	if n, err := d.Outdated(ctx); err != nil || n != 2 {
		t.Errorf("%d sectors are outdated, %v", n, err)
	}
	ups, err := d.Upgrades(ctx)
	if err != nil || len(ups) != 2 {
		t.Fatalf("%d upgrades, %v", len(ups), err)
	}
	p := ups[0].Plan
	if want := (catalog.UpgradeCount{Changed: 2, Added: 1, Dropped: 1, Clashes: 1}); ups[0].Sector.Name != "社会救助" || !p.Known || p.Count() != want {
		t.Errorf("%s: known %v, %+v, want %+v", ups[0].Sector.Name, p.Known, p.Count(), want)
	}
	if !ups[1].Plan.IsZero() {
		t.Errorf("%s: %+v", ups[1].Sector.Name, ups[1].Plan.Count())
	}

	dr = open(t, d, "social-assistance")
	typed(t, dr, 1, "文件目录") // after it was compared
	var told atomic.Bool
	d.Listen(func(e Event) {
		if e.Kind == CatalogChanged {
			told.Store(true)
		}
	})
	done, err := d.Upgrade(ctx, ups, BackupDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := contents(dr), []string{"电话0553-6822345", "文件目录", "新"}; !slices.Equal(got, want) {
		t.Errorf("upgraded to %q, want %q", got, want)
	}
	if c := dr.Catalog(); c.TemplateVersion != "2026.2" || c.RegisterVersion != "2026.2" {
		t.Errorf("versions are %q and %q", c.TemplateVersion, c.RegisterVersion)
	}
	if err := boltstore.Verify(done.Before.Path); err != nil || done.Before.Kind != BeforeUpgrade {
		t.Errorf("backup %+v: %v", done.Before, err)
	}
	if !told.Load() {
		t.Error("nobody was told that catalogs have changed")
	}
	if n, err := d.Outdated(ctx); err != nil || n != 0 {
		t.Errorf("after it %d sectors are outdated, %v", n, err)
	}
	if left, err := d.Upgrades(ctx); err != nil || len(left) != 0 {
		t.Errorf("after it %d upgrades are left, %v", len(left), err)
	}

	typed(t, dr, 2, "新，改过")
	if _, err := d.UndoEdit(ctx, done.Edit); !errors.Is(err, ErrEditedSince) {
		t.Errorf("taken back after another edit: %v", err)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	step, err := d.Undo(ctx)
	if err != nil || step.Label != "更新模板到 2026.2（2 个领域）" {
		t.Errorf("undo of %q, %v", step.Label, err)
	}
	if got, want := contents(dr), []string{"电话0553-6822345", "文件目录", "旧"}; !slices.Equal(got, want) {
		t.Errorf("taken back to %q, want %q", got, want)
	}
	if left, err := d.Upgrades(ctx); err != nil || len(left) != 2 || !left[0].Plan.Known {
		t.Errorf("taken back, %d upgrades are left, %v", len(left), err)
	}
}

func TestAReleaseFromAFileIsUsedFromThenOn(t *testing.T) {
	ctx := context.Background()
	first := loaded(t, "2026.1", firstRelease)
	o := Options{Know: func() *templates.Set { return first }}
	d, dir := drafted(t, o)
	dr := open(t, d, "social-assistance")
	until(t, "checked", func() bool { _, current := dr.Findings(); return current })
	old := filepath.Join(t.TempDir(), "old.mulubak")
	if err := d.inUse().Backup(ctx, old); err != nil {
		t.Fatal(err)
	}
	r, err := ReadRelease(handedOut(t, "2026.2", secondRelease))
	if err != nil || r.Version != "2026.2" {
		t.Fatalf("release %+v, %v", r, err)
	}
	told := make(chan EventKind, 100)
	d.Listen(func(e Event) { told <- e.Kind })
	if err := d.TakeRelease(ctx, r); err != nil {
		t.Fatal(err)
	}
	until(t, "told that another release is in use", func() bool { return <-told == KnowChanged })
	until(t, "checked again", func() bool { _, current := dr.Findings(); return current })
	if d.Know().Version() != "2026.2" || dr.Template().Version != "2026.2" || dr.Catalog().TemplateVersion != "2026.1" {
		t.Errorf("in use is %s, the draft's template %s, its version %s", d.Know().Version(), dr.Template().Version, dr.Catalog().TemplateVersion)
	}
	if err := d.TakeRelease(ctx, r); !errors.Is(err, ErrOldRelease) {
		t.Errorf("taken twice: %v", err)
	}

	// It goes with a backup to another machine, and so does the old template.
	backup := filepath.Join(t.TempDir(), "b.mulubak")
	if err := d.inUse().Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if err := boltstore.RestoreBackup(ctx, backup, other); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{dir, other} {
		d = reopened(t, d, dir, o)
		ups, err := d.Upgrades(ctx)
		if err != nil || len(ups) != 2 || !ups[0].Plan.Known || d.Know().Version() != "2026.2" {
			t.Errorf("opened again: release %s, %d upgrades, %v", d.Know().Version(), len(ups), err)
		}
	}
	// A backup of before it was taken brings the program's own back.
	if _, err := d.RestoreBackup(ctx, old, t.TempDir()); err != nil || d.Know().Version() != "2026.1" {
		t.Errorf("after restoring an older backup %s is in use, %v", d.Know().Version(), err)
	}
	// A program that is newer still goes before.
	third := loaded(t, "2026.3", secondRelease)
	d = reopened(t, d, dir, Options{Know: func() *templates.Set { return third }})
	if d.Know().Version() != "2026.3" {
		t.Errorf("in use is %s, the program's own is 2026.3", d.Know().Version())
	}
}

func TestReleasesThatAreNotTaken(t *testing.T) {
	ctx := context.Background()
	second := loaded(t, "2026.2", secondRelease)
	d, _ := drafted(t, Options{Know: func() *templates.Set { return second }})
	lacking := map[catalog.Sector][][3]string{"social-assistance": secondRelease["social-assistance"]}
	broken := handedOut(t, "2026.9", secondRelease)
	if err := os.WriteFile(filepath.Join(broken, "sectors", "elderly-care.txt"), []byte("领域: elderly-care\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{"an older one", handedOut(t, "2026.1", firstRelease), "不比正在使用的模板新"},
		{"the same", handedOut(t, "2026.2", secondRelease), "不比正在使用的模板新"},
		{"one without a sector of the unit's", handedOut(t, "2026.3", lacking), "没有这些领域的模板：养老服务"},
		{"another folder", t.TempDir(), "里没有模板。请选择"},
		{"an absent one", filepath.Join(t.TempDir(), "无"), "找不到"},
		{"a broken one", broken, "里的模板有错误，没有使用它：sectors/elderly-care.txt"},
	}
	for _, tt := range tests {
		r, err := ReadRelease(tt.path)
		if err == nil {
			err = d.TakeRelease(ctx, r)
		}
		if got := words.Explain(err, words.Chinese); err == nil || !strings.Contains(got, tt.want) || !strings.Contains(got, filepath.Base(tt.path)) {
			t.Errorf("%s: %s, want %q of %s", tt.name, got, tt.want, filepath.Base(tt.path))
		}
		if d.Know().Version() != "2026.2" {
			t.Fatalf("%s is in use", tt.name)
		}
	}
}

func TestDraftsWhoseTemplateIsUnknownKeepWhatTheySay(t *testing.T) {
	ctx := context.Background()
	first, second := loaded(t, "2026.1", firstRelease), loaded(t, "2026.2", secondRelease)
	dir := t.TempDir()
	s, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{}) // by a program that keeps nothing
	if err != nil {
		t.Fatal(err)
	}
	tmpl, _ := first.Template("social-assistance")
	if _, err := s.Edit(ctx, boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.PutCatalog(tmpl.Draft(catalogtest.Unit(), s.NewID)) }); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(dir, Options{Know: func() *templates.Set { return second }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Discard() }()
	ups, err := d.Upgrades(ctx)
	if err != nil || len(ups) != 1 || ups[0].Plan.Known {
		t.Fatalf("%d upgrades, %v", len(ups), err)
	}
	done, err := d.Upgrade(ctx, ups, BackupDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	dr := open(t, d, "social-assistance")
	if got, want := contents(dr), []string{"电话", "文件", "新", "旧"}; !slices.Equal(got, want) {
		t.Errorf("upgraded to %q, want %q", got, want)
	}
	if _, err := d.UndoEdit(ctx, done.Edit); err != nil {
		t.Error(err)
	}
	if got, want := contents(dr), []string{"电话", "文件", "旧"}; !slices.Equal(got, want) {
		t.Errorf("taken back to %q, want %q", got, want)
	}
}

func TestAnUpgradeThatCannotBeBackedUpChangesNothing(t *testing.T) {
	ctx := context.Background()
	first, second := loaded(t, "2026.1", firstRelease), loaded(t, "2026.2", secondRelease)
	d, dir := drafted(t, Options{Know: func() *templates.Set { return first }})
	d = reopened(t, d, dir, Options{Know: func() *templates.Set { return second }, Store: boltstore.Options{Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }}})
	ups, err := d.Upgrades(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "backups"), nil, 0o644); err != nil { // no folder can be made there
		t.Fatal(err)
	}
	if _, err := d.Upgrade(ctx, ups, BackupDir(dir)); err == nil {
		t.Error("upgraded without a backup")
	}
	if got, want := contents(open(t, d, "social-assistance")), []string{"电话", "文件", "旧"}; !slices.Equal(got, want) {
		t.Errorf("the draft is %q, want %q", got, want)
	}
}
