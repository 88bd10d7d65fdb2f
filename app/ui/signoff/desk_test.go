package signoff

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// The whole way on a desk with a store on disk: from fresh drafts to a form, a
// recorded sign-off with its scan, an edit that makes it stale, undone or not.
func TestTheWholeWayOnADesk(t *testing.T) {
	uitest.App(t)
	unit, err := work.UnitOf("340223100")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	desk, err := work.Create(filepath.Join(t.TempDir(), "drafts"), unit, work.Options{Store: boltstore.Options{Now: func() time.Time { return now }}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = desk.Discard() })
	tax, _ := templates.Embedded().Sector("tax")
	cs, err := work.NewDrafts(templates.Embedded(), unit, []catalog.SectorInfo{tax}, map[catalog.Sector]string{"education": "镇内没有学校"}, desk.NewID)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := desk.Edit(ctx, "新建", func(tx *boltstore.Tx) error {
		for _, c := range cs {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}

	w := uitest.Window(t, widget.NewLabel(""), 1180, 680)
	opened := ""
	s := New(Options{
		Window: w, Work: desk, Today: func() catalog.Date { return today }, Previews: t.TempDir(),
		Open: func(p string) error { opened = p; return nil },
	})
	w.SetContent(s.Content())
	s.Shown()
	uitest.Settle()
	uitest.Tap(t, w, "选待签发的")
	uitest.Tap(t, w, "打印签发单")
	uitest.Settle()
	if b, err := os.ReadFile(opened); err != nil || !strings.HasPrefix(string(b), "%PDF-") {
		t.Fatalf("form %s: %v", opened, err)
	}
	s.leader.by.SetText("张三")
	s.secrecy.by.SetText("李四")
	pickScan(t, w, s)
	uitest.Tap(t, w, "登记签发")
	uitest.Settle()
	uitest.MustShow(t, w, "已签发（2 个领域）", "扫描件 1")

	dr, err := desk.Draft(ctx, "tax")
	if err != nil {
		t.Fatal(err)
	}
	if err := dr.Change("改一处", func(c *catalog.Catalog) error { c.Entries[0].Content += "、办理结果"; return nil }); err != nil {
		t.Fatal(err)
	}
	s.Shown()
	uitest.Settle()
	uitest.MustShow(t, w, "签发后改过", "要重新签发：税收管理")
	if _, err := desk.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	s.Shown()
	uitest.Settle()
	uitest.MustShow(t, w, "已签发（2 个领域）") // what was approved is there again
}
