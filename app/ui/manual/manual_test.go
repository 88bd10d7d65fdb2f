package manual

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/prose"
	"mulutong/app/ui/uitest"
	"mulutong/docs"
)

func whole(t *testing.T) *Book {
	t.Helper()
	b, err := Read(docs.Files(), docs.Index)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryLinkAndPictureOfTheManualLeadsSomewhere(t *testing.T) {
	if err := whole(t).Check(); err != nil {
		t.Error(err)
	}
}

// screens are the packages of screens and the pages that F1 opens in them.
var screens = map[string]string{
	"start": "开始", "overview": "总览", "entries": "目录", "field": "条目", "findings": "检查", "imports": "导入",
	"exports": "导出", "signoff": "签发", "upgrade": "模板更新", "settings": "设置与备份", "searchbox": "搜索",
}

// parts are packages below app/ui that are no screens.
var parts = []string{"dates", "diff", "files", "grid", "kit", "manual", "pick", "prose", "shell", "uitest"}

func TestEveryScreenHasItsPage(t *testing.T) {
	b := whole(t)
	for screen, page := range screens {
		if !b.Has(page) {
			t.Errorf("the screen %s has no page %s", screen, page)
		}
	}
	dirs, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if _, ok := screens[d.Name()]; d.IsDir() && !ok && !slices.Contains(parts, d.Name()) {
			t.Errorf("app/ui/%s is neither a screen with a page nor a part of one", d.Name())
		}
	}
}

var copyPictures = flag.Bool("copy", false, "copy the manual's pictures from the golden ones")

func TestThePicturesOfTheManualAreOfTheProgram(t *testing.T) {
	pictures, err := fs.Glob(docs.Files(), "manual/pictures/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pictures {
		golden, err := filepath.Glob("../*/testdata/" + strings.TrimSuffix(path.Base(name), ".png") + "-light-100.png")
		if err != nil || len(golden) != 1 {
			t.Errorf("%s: taken by no test (%q, %v)", name, golden, err)
			continue
		}
		want, err := os.ReadFile(golden[0])
		if err != nil {
			t.Fatal(err)
		}
		if *copyPictures {
			if err := os.WriteFile(filepath.Join("../../../docs", name), want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := fs.ReadFile(docs.Files(), name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not %s as it is now; run the test with -copy (%v)", name, golden[0], err)
		}
	}
}

func TestPagesAreWrittenInOneVoice(t *testing.T) {
	for _, p := range whole(t).pages {
		if p.blocks[0].kind != heading || p.blocks[0].level != 1 {
			t.Errorf("%s does not begin with its title", p.file)
		}
		for i := range p.blocks {
			text := p.blocks[i].text()
			if strings.Contains(text, "您") {
				t.Errorf("%s says 您: %s", p.file, text)
			}
			if strings.Contains(text, "**") || strings.Contains(text, "](") {
				t.Errorf("%s has a mark that is not understood: %s", p.file, text)
			}
		}
	}
}

var (
	quoted  = regexp.MustCompile(`「([^」]+)」`)
	literal = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
)

// TestTheManualNamesButtonsAsTheProgramDoes: what stands in 「」 is written so
// somewhere in the program.
func TestTheManualNamesButtonsAsTheProgramDoes(t *testing.T) {
	var program strings.Builder
	for _, root := range []string{"../..", "../../../catalog"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			src, err := os.ReadFile(name)
			for _, m := range literal.FindAllSubmatch(src, -1) {
				program.Write(m[1])
				program.WriteByte('\n')
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	says := program.String()
	for _, p := range whole(t).pages {
		for i := range p.blocks {
			for _, m := range quoted.FindAllStringSubmatch(p.blocks[i].text(), -1) {
				for _, name := range strings.Split(m[1], " › ") {
					if !strings.Contains(says, name) {
						t.Errorf("%s speaks of 「%s」, which the program does not say", p.file, name)
					}
				}
			}
		}
	}
}

const samplePage = "# 导入\n\n把去年的目录读进来。\n先对照，\n再写进去。\n\n## 选文件\n\n1. 把文件拖到窗口里，\n   或者点「选择文件」。\n2. 看 `工作表`。\n\n- 一层\n  - 两层\n\n> 原文件不会被改动。\n\n| 按键 | 做什么 |\n|---|---|\n| Enter | 前往[目录](目录.md#怎样-改) |\n| `a\\|b` | 竖线 |\n\n![选文件](pictures/a.png)\n\n```\nmulu import\n```\n\n见[外面](https://www.gov.cn/)、[选文件](#选文件)。\n"

// drawn is a picture of a window, as it were.
func drawn() []byte {
	img := image.NewGray(image.Rect(0, 0, 1206, 700))
	for y := range 700 {
		for x := range 1206 {
			shade := uint8(240)
			if y < 60 || x < 200 {
				shade = 200
			}
			img.SetGray(x, y, color.Gray{Y: shade})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func sample() fs.FS {
	return fstest.MapFS{
		"m/README.md":      {Data: []byte("# 使用说明\n\n- [导入](导入.md)\n- [目录](目录.md)\n- [规则](../rules.md)\n")},
		"m/导入.md":          {Data: []byte(samplePage)},
		"m/目录.md":          {Data: []byte("# 目录\n\n" + strings.Repeat("在表格里看全部条目。\n\n", 60) + "## 怎样 改\n\n选中，改写。" + strings.Repeat("\n\n末尾", 40))},
		"m/pictures/a.png": {Data: drawn()},
		"rules.md":         {Data: []byte("# 检查规则\n\n<!-- 生成 -->\n\n## basis.repealed\n\n**依据已经废止**（错误）\n")},
	}
}

func TestMarkdownIsTakenApart(t *testing.T) {
	var got []string
	for _, b := range parse(samplePage) {
		line := fmt.Sprintf("%d%d%s %s", b.kind, b.level, b.number, strings.ReplaceAll(b.text(), "\n", "/"))
		if b.target != "" {
			line += " → " + b.target
		}
		got = append(got, line)
	}
	want := []string{
		"11 导入", "00 把去年的目录读进来。先对照，再写进去。", "12 选文件",
		"301 把文件拖到窗口里，或者点「选择文件」。", "302 看 工作表。", "20 一层", "21 两层", "60 原文件不会被改动。",
		"40 按键　做什么/Enter　前往目录/a|b　竖线", "50 选文件 → pictures/a.png", "70 mulu import", "00 见外面、选文件。",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for s, want := range map[string]string{"怎样 改": "怎样-改", "basis.repealed": "basisrepealed", "A、B（c）": "abc", "1 选文件": "1-选文件"} {
		if got := slug(s); got != want {
			t.Errorf("the anchor of %q is %q, want %q", s, got, want)
		}
	}
}

func TestCheckFindsWhatIsBroken(t *testing.T) {
	files := sample().(fstest.MapFS)
	b, err := Read(files, "m/README.md")
	if err != nil || b.Check() != nil {
		t.Fatalf("a whole manual: %v, %v", err, b.Check())
	}
	files["m/导入.md"] = &fstest.MapFile{Data: []byte("# 导入\n\n[无](无.md) [无](目录.md#无) ![图](pictures/无.png)\n\n![图](pictures/无.png)\n")}
	files["m/孤.md"] = &fstest.MapFile{Data: []byte("# 孤\n")}
	b, err = Read(files, "m/README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := fmt.Sprint(b.Check())
	for _, want := range []string{"the link 无.md leads nowhere", "m/目录.md has no heading 无", "the picture pictures/无.png is missing", "m/孤.md: no link", "m/pictures/a.png: no page shows it"} {
		if !strings.Contains(found, want) {
			t.Errorf("not found: %s\nin %s", want, found)
		}
	}
	delete(files, "m/目录.md")
	if _, err := Read(files, "m/README.md"); err == nil {
		t.Error("a page that is missing gives no error")
	}
}

func opened(t *testing.T) (fyne.Window, *Screen) {
	t.Helper()
	uitest.App(t)
	b, err := Read(sample(), "m/README.md")
	if err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, widget.NewLabel(""), 1100, 640)
	s := New(w, b)
	w.SetContent(s.Content())
	return w, s
}

// follow clicks a link of the page that is open.
func follow(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	for _, text := range uitest.Find[*prose.Text](w) {
		names, links := text.Links()
		if i := slices.Index(names, name); i >= 0 {
			links[i]()
			return
		}
	}
	t.Fatalf("no link reads %s", name)
}

func TestLinksLeadOnAndBackAgain(t *testing.T) {
	w, s := opened(t)
	if s.Page() != "README" || !s.back.Disabled() || !s.on.Disabled() {
		t.Errorf("at first %s is open, back %v, forward %v", s.Page(), !s.back.Disabled(), !s.on.Disabled())
	}
	follow(t, w, "导入")
	uitest.MustShow(t, w, "把去年的目录读进来。先对照，再写进去。", "Enter", "mulu import", "原文件不会被改动。")
	follow(t, w, "目录")
	if s.Page() != "目录" || s.page.Offset() == 0 {
		t.Errorf("the link led to %s, %v down", s.Page(), s.page.Offset())
	}
	at := s.page.Offset()
	uitest.Tap(t, w, "后退")
	if s.Page() != "导入" {
		t.Errorf("back led to %s", s.Page())
	}
	uitest.Tap(t, w, "前进")
	if s.Page() != "目录" || s.page.Offset() != at {
		t.Errorf("forward led to %s, %v down, was %v", s.Page(), s.page.Offset(), at)
	}
	s.Back()
	s.Back()
	s.Back()
	if s.Page() != "README" {
		t.Errorf("all the way back is %s", s.Page())
	}
	uitest.Tap(t, w, "目录页")
	if len(s.history) != 3 {
		t.Errorf("opening what is open made %d places of 3", len(s.history))
	}
}

func TestOpenGoesToThePageOfAScreen(t *testing.T) {
	w, s := opened(t)
	s.Open("目录", "怎样 改")
	if s.Page() != "目录" || s.page.Offset() == 0 {
		t.Errorf("opened %s, %v down", s.Page(), s.page.Offset())
	}
	uitest.MustShow(t, w, "　怎样 改")
	s.Open("rules", "basisrepealed")
	uitest.MustShow(t, w, "依据已经废止")
	s.Open("没有这一页", "")
	if s.Page() != "README" {
		t.Errorf("a page that is none opened %s", s.Page())
	}
	s.list.Select(1)
	if s.Page() != "导入" {
		t.Errorf("the contents led to %s", s.Page())
	}
}

func TestSearchingTheManual(t *testing.T) {
	w, s := opened(t)
	s.search.SetText("对照")
	uitest.Settle()
	if len(s.items) != 1 || s.items[0].page != "导入" {
		t.Fatalf("found %+v", s.items)
	}
	w.Canvas().Focus(s.search)
	uitest.Press(w, fyne.KeyReturn)
	if s.Page() != "导入" {
		t.Errorf("Enter led to %s", s.Page())
	}
	s.search.SetText("bianli")
	uitest.Settle()
	uitest.MustShow(t, w, "没有找到")
	s.search.SetText("basis")
	uitest.Settle()
	if len(s.items) != 1 || s.items[0].anchor != "basisrepealed" {
		t.Errorf("found %+v", s.items)
	}
	uitest.Press(w, fyne.KeyEscape)
	if s.search.Text != "" || len(s.items) < 4 {
		t.Errorf("after Escape the line says %q and %d lines are listed", s.search.Text, len(s.items))
	}
	if pages := s.book.Pages(); len(pages) != 3 || pages[0].ID != "导入" || len(pages[0].Sections) != 2 || pages[0].Sections[1].Anchor != "选文件" {
		t.Errorf("pages are %+v", pages)
	}
}

func TestAPictureIsShownLarge(t *testing.T) {
	w, s := opened(t)
	s.Open("导入", "")
	pictures := uitest.Find[*drawing](w)
	if len(pictures) != 1 {
		t.Fatalf("%d pictures", len(pictures))
	}
	if p := pictures[0]; p.Size().Height < p.height(p.Size().Width)-1 || p.Size().Height > p.height(p.Size().Width)+1 {
		t.Errorf("the picture is %v and wants a height of %v", p.Size(), p.height(p.Size().Width))
	}
	test.Tap(pictures[0])
	uitest.MustShow(t, w, "关闭")
	uitest.Press(w, fyne.KeyEscape)
}

func TestManualPictures(t *testing.T) {
	b, err := Read(sample(), "m/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, page, anchor string }{{"manual", "导入", "选文件"}} {
		uitest.Golden(t, tt.name, 1206, 700, func(w fyne.Window) fyne.CanvasObject {
			s := New(w, b)
			w.SetContent(s.Content())
			s.Open(tt.page, "")
			return s.Content()
		})
	}
}

func TestManualSpeaksOneLanguage(t *testing.T) {
	var data []string
	b, err := Read(sample(), "m/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.pages {
		data = append(data, p.title)
		for i := range p.blocks {
			data = append(data, p.blocks[i].text())
		}
	}
	slices.SortFunc(data, func(a, b string) int { return len(b) - len(a) })
	uitest.OneLanguage(t, 1206, 700, func(w fyne.Window) fyne.CanvasObject { return New(w, b).Content() }, data...)
}
