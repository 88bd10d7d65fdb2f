//go:build linux && realwindow && uitrace

package desktop

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mulutong/app/desktop/internal/trace"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// TestRealWindowFromTheFirstStartToTheWorkbook walks the main job as a clerk does,
// with mouse, keyboard and input method: the own unit, its drafts, a field typed in
// Chinese, a program that is killed, a mistake mended, a workbook for the county.
func TestRealWindowFromTheFirstStartToTheWorkbook(t *testing.T) {
	s := newScreen(t)
	s.windowManager()
	s.inputMethod()
	data := filepath.Join(s.home, "草稿")
	d := s.start("--data", data)

	// The own unit, by its pinyin, with no click before typing.
	d.see("你是哪个单位？")
	d.find("the search to have the focus", func(n trace.Object) bool { return n.Focused })
	d.write("jishanzhen")
	d.holds("jishanzhen")
	d.click("籍山镇")
	d.see("区划代码 340223100")
	d.picture("1-unit")
	d.click("下一步")
	d.see("编 26 个领域")
	d.picture("2-sectors")
	d.click("下一步")

	// The own name, through the input method.
	d.see("你的姓名")
	d.key("ctrl+a", "BackSpace")
	d.pinyin("wangfang")
	d.holds("王芳")
	d.picture("3-person")
	d.click("建立草稿")
	d.see("草稿已经建好")
	d.click("开始")

	// A sector, found by the initials of its pinyin; the first entry's content, typed
	// in Chinese where the mouse put the caret.
	openSector(d, "shjz", "社会救助")
	field := contentField(d)
	before := field.Value
	d.point(field, 1)
	d.key("Next") // Page Down
	d.pinyin("fuwudianhua")
	typed := before + "服务电话"
	d.holds(typed)
	d.see("已保存")
	d.picture("4-typed")

	// What was shown as saved is there after a power cut.
	d.kill()
	d = s.start("--data", data)
	openSector(d, "shjz", "社会救助")
	if got := contentField(d).Value; got != typed {
		t.Fatalf("after the program was killed the field holds %q, want %q", got, typed)
	}

	// A mistake out of another document, pasted; the program finds it and mends it.
	d.copy("、受里条件")
	d.point(contentField(d), 1)
	d.key("Next", "ctrl+v")
	d.holds(typed + "、受里条件")
	d.see("受理")
	d.picture("5-finding")
	d.click("一键修正")
	d.holds(typed + "、受理条件")
	d.see("已保存")
	d.gone("一键修正")

	// The workbooks.
	d.clickOn("导出 in the list of pages", func(n trace.Object) bool { return n.Leaf && n.Text == "导出" && n.X < 300 })
	d.see("已选 26 / 26")
	d.picture("6-export")
	d.clickOn("the button 导出", func(n trace.Object) bool {
		return n.Click && !n.Disabled && strings.TrimSpace(n.Text) == "导出" && n.X > 900
	})
	d.see("已导出 26 个文件")
	d.picture("7-exported")
	d.key("ctrl+q")
	d.wait("the program to end", func() bool {
		select {
		case <-d.exited:
			return true
		default:
			return false
		}
	})
	if code := d.cmd.ProcessState.ExitCode(); code != exitDone {
		t.Errorf("the program ended with %d:\n%s", code, d.log)
	}
	compareWorkbooks(t, s.home, data, typed+"、受理条件")
}

// openSector goes to a sector's catalog by the search.
func openSector(d *desk, initials, name string) {
	d.t.Helper()
	d.see("Ctrl+K")
	d.key("ctrl+k")
	d.write(initials)
	d.holds(initials) // GLFW tells of Enter at once, of letters when the input method gives them back
	d.find("sectors in the list", func(n trace.Object) bool { return n.Layer > 0 && n.Leaf && n.Text == "领域" })
	d.key("Return")
	d.find("the sector's catalog", func(n trace.Object) bool { return n.Layer == 0 && n.Leaf && n.Text == name })
	d.see("综合业务")
}

// contentField is the field for the content in the pane of the chosen entry.
func contentField(d *desk) trace.Object {
	d.t.Helper()
	label := d.find("the label of the content", func(n trace.Object) bool { return n.Leaf && n.Text == "公开内容" && n.X > 800 })
	return d.find("the field of the content", func(n trace.Object) bool {
		return n.Value != "" && n.X > label.X && n.Y-n.H/2 <= label.Y && label.Y <= n.Y+n.H/2
	})
}

// compareWorkbooks reads what was exported, as the county does, and compares it
// with the drafts, field by field.
func compareWorkbooks(t *testing.T, home, data, content string) {
	t.Helper()
	store, err := boltstore.Open(data, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	want, err := store.Catalogs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if unit := store.Unit(); unit.ID != "340223100" || len(want) != 26 {
		t.Fatalf("drafts of %s for %d sectors, want 340223100 and 26", unit.ID, len(want))
	}
	var books []string
	err = filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
		if filepath.Ext(path) == ".xlsx" {
			books = append(books, path)
		}
		return err
	})
	if err != nil || len(books) != 26 {
		t.Fatalf("workbooks: %v (%v), want 26", books, err)
	}
	read := map[catalog.Sector]sheet.Table{}
	for _, book := range books {
		doc, err := sheet.Read(context.Background(), book, sheet.Options{Sectors: templates.Embedded().Sectors()})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range doc.Catalogs {
			read[c.Sector] = c
		}
	}
	fields := []catalog.Field{
		catalog.FieldPath, catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
		catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers,
	}
	for _, c := range want {
		got := read[c.Sector]
		if len(got.Entries) != len(c.Entries) {
			t.Errorf("%s: the workbook has %d entries, want %d", c.Sector, len(got.Entries), len(c.Entries))
			continue
		}
		for i := range c.Entries {
			for _, f := range fields {
				if g, w := got.Entries[i].Text(f), c.Entries[i].Text(f); g != w {
					t.Errorf("%s, entry %d, %s: the workbook says %q, want %q", c.Sector, i+1, f, g, w)
				}
			}
		}
	}
	help := read["social-assistance"]
	if !slices.ContainsFunc(help.Entries, func(r sheet.Row) bool { return r.Content == content }) {
		t.Errorf("no entry of the workbook says what was typed: %q", content)
	}
}
