package exports

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// What is typed and not yet on disk is in the workbook, and the workbook reads
// back as the draft.
func TestExportsADeskAsItIsNow(t *testing.T) {
	uitest.App(t)
	unit, err := work.UnitOf("340223100")
	if err != nil {
		t.Fatal(err)
	}
	desk, err := work.Create(filepath.Join(t.TempDir(), "drafts"), unit, work.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = desk.Discard() })
	tax, _ := templates.Embedded().Sector("tax")
	cs, err := work.NewDrafts(templates.Embedded(), unit, []catalog.SectorInfo{tax}, nil, desk.NewID)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := desk.Edit(ctx, "新建", func(tx *boltstore.Tx) error { return tx.PutCatalog(cs[0]) }); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "送审材料")
	w := uitest.Window(t, widget.NewLabel(""), 1180, 680)
	s := New(Options{Window: w, Work: desk, Home: folder, Open: func(string) error { return nil }})
	w.SetContent(s.Content())
	s.Shown()
	uitest.Settle()

	dr, err := desk.Draft(ctx, "tax")
	if err != nil {
		t.Fatal(err)
	}
	if err := dr.Type(dr.Catalog().Entries[0].ID, catalog.FieldContent, "刚刚打的字"); err != nil {
		t.Fatal(err)
	}
	uitest.Tap(t, w, "导出")
	uitest.Settle()
	uitest.MustShow(t, w, "已导出 1 个文件", "在文件夹 "+folder)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Fatalf("the folder holds %v, %v", files, err)
	}
	doc, err := sheet.Read(ctx, filepath.Join(folder, files[0].Name()), sheet.Options{Sectors: templates.Embedded().Sectors()})
	if err != nil || len(doc.Catalogs) != 1 {
		t.Fatalf("read back: %v", err)
	}
	got := doc.Catalogs[0].Entries
	want := dr.Catalog().Entries
	if len(got) != len(want) || got[0].Content != "刚刚打的字" {
		t.Errorf("%d entries of %d, the first says %q", len(got), len(want), got[0].Content)
	}
}
