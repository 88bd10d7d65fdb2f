package files

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
)

// folder makes a folder as clerks have them, with a home of its own.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	for _, name := range []string{"桌面", "文档/2025年", "下载"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 3, 2, 10, 32, 0, 0, time.Local)
	for name, size := range map[string]int{"2025年社会救助目录.xlsx": 48_000, "旧目录.xls": 900, "说明.txt": 10, "~$旧目录.xls": 1, ".hidden": 1} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"桌面", "文档", "下载", "2025年社会救助目录.xlsx", "旧目录.xls", "说明.txt"} {
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var workbooks = Options{Title: "导入哪个文件？", Extensions: []string{".xlsx", ".xls"}}

func window(t *testing.T) fyne.Window {
	t.Helper()
	uitest.App(t)
	return uitest.Window(t, widget.NewLabel(""), 1000, 640)
}

func TestOpenListsOnlyWhatMayBeChosen(t *testing.T) {
	dir := folder(t)
	w := window(t)
	var got string
	Open(w, workbooks, func(path string) { got = path })
	uitest.Settle()
	uitest.MustShow(t, w, "旧目录.xls", "文档", "2026-03-02 10:32", "46 KB")
	for _, hidden := range []string{"说明.txt", "~$旧目录.xls", ".hidden"} {
		if uitest.Shows(w, hidden) {
			t.Errorf("%s is listed", hidden)
		}
	}
	tapLine(t, w, "旧目录.xls")
	uitest.Tap(t, w, "打开")
	if want := filepath.Join(dir, "旧目录.xls"); got != want {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestASecondClickOpens(t *testing.T) {
	dir := folder(t)
	w := window(t)
	var got string
	Folder(w, Options{Title: "导出到哪里？"}, func(path string) { got = path })
	uitest.Settle()
	tapLine(t, w, "文档")
	tapLine(t, w, "文档")
	uitest.Settle()
	uitest.MustShow(t, w, "2025年")
	uitest.Tap(t, w, "选这个文件夹")
	if want := filepath.Join(dir, "文档"); got != want {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestATypedPathIsFollowed(t *testing.T) {
	dir := folder(t)
	w := window(t)
	var got string
	Open(w, workbooks, func(path string) { got = path })
	uitest.Settle()
	path := uitest.Find[*kit.Entry](w)[0]
	path.SetText(filepath.Join(dir, "没有的文件夹"))
	path.OnSubmitted(path.Text)
	uitest.Settle()
	uitest.MustShow(t, w, "找不到")
	path.SetText(`"` + filepath.Join(dir, "旧目录.xls") + `"`)
	path.OnSubmitted(path.Text)
	if want := filepath.Join(dir, "旧目录.xls"); got != want {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestSaveAddsTheExtensionAndAsksBeforeReplacing(t *testing.T) {
	dir := folder(t)
	w := window(t)
	var got string
	o := Options{Title: "备份到哪里？", Extensions: []string{".xlsx"}, Name: "2025年社会救助目录"}
	Save(w, o, func(path string) { got = path })
	uitest.Settle()
	uitest.Tap(t, w, "保存")
	if got != "" {
		t.Fatal("a file is replaced without a question")
	}
	uitest.MustShow(t, w, "2025年社会救助目录.xlsx 已经存在")
	uitest.Tap(t, w, "替换")
	if want := filepath.Join(dir, "2025年社会救助目录.xlsx"); got != want {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestANewFolderIsOpened(t *testing.T) {
	dir := folder(t)
	w := window(t)
	var got string
	Folder(w, Options{Title: "导出到哪里？"}, func(path string) { got = path })
	uitest.Settle()
	uitest.Tap(t, w, "新建文件夹")
	w.Canvas().Focused().(*kit.Entry).SetText("导出")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.Tap(t, w, "选这个文件夹")
	want := filepath.Join(dir, "导出")
	if info, err := os.Stat(want); got != want || err != nil || !info.IsDir() {
		t.Errorf("chose %q (%v), want the new folder %q", got, err, want)
	}
}

func TestPicture(t *testing.T) {
	uitest.Golden(t, "open", 1000, 640, func(w fyne.Window) fyne.CanvasObject {
		folder(t)
		Open(w, Options{Title: "导入哪个文件？", Extensions: []string{".xlsx", ".xls"}}, func(string) {})
		uitest.Settle()
		for _, e := range uitest.Find[*kit.Entry](w) {
			e.SetText("/home/clerk")
		}
		tapLine(t, w, "旧目录.xls")
		return widget.NewLabel("")
	})
}

func tapLine(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	for _, l := range uitest.Find[*line](w) {
		if l.name.Text == name {
			l.Tapped(nil)
			return
		}
	}
	t.Fatalf("no line %q; the window shows %q", name, uitest.Texts(w))
}
