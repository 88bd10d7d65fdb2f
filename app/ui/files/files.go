// Package files lets a person choose a file, a folder, or a name to save under,
// in our own words on every system. Folders are read in the background, so that
// a slow drive holds nothing up; what cannot be read says why.
package files

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

// Options say what is to be chosen.
type Options struct {
	Title      string
	Extensions []string // ".xlsx", …; empty: any file
	Start      string   // the folder to begin in; the home folder where empty or gone
	Name       string   // for Save: the name offered
	Yes        string   // the button that takes the choice
}

var (
	wordOpen      = words.Text{ZH: "打开", EN: "Open"}
	wordChoose    = words.Text{ZH: "选这个文件夹", EN: "Choose this folder"}
	wordNewFolder = words.Text{ZH: "新建文件夹", EN: "New folder"}
	wordNameOf    = words.Text{ZH: "名称：", EN: "Name:"}
	wordMake      = words.Text{ZH: "新建", EN: "Create"}
	wordFileName  = words.Text{ZH: "文件名：", EN: "File name:"}
	wordEmpty     = words.Text{ZH: "这个文件夹里没有可以选的文件。", EN: "There is nothing to choose in this folder."}
	wordNoFolders = words.Text{ZH: "这个文件夹里没有下一级文件夹。", EN: "There are no folders in this folder."}
	wordOnly      = words.Text{ZH: "只列出 %s", EN: "Shows %s only"}
	wordReplace   = words.Text{ZH: "替换", EN: "Replace"}
	wordThere     = words.Text{ZH: "已经有这个文件", EN: "There is such a file"}
	wordThereLong = words.Text{ZH: "%s 已经存在。要用新的替换它吗？", EN: "%s exists. Replace it?"}
	wordBadName   = words.Text{ZH: "文件名里不能有 \\ / : * ? \" < > |，请改一下。", EN: "A name cannot have \\ / : * ? \" < > | in it."}
)

type kind uint8

const (
	openFile kind = iota
	openFolder
	saveFile
)

// Open lets a person choose a file that is there.
func Open(win fyne.Window, o Options, chosen func(path string)) { show(win, openFile, o, chosen) }

// Folder lets a person choose a folder, or make one.
func Folder(win fyne.Window, o Options, chosen func(path string)) {
	show(win, openFolder, o, chosen)
}

// Save lets a person choose a folder and a name; before a file is replaced it
// asks. A name without one of the extensions gets the first.
func Save(win fyne.Window, o Options, chosen func(path string)) { show(win, saveFile, o, chosen) }

// picker is one dialog.
type picker struct {
	win    fyne.Window
	kind   kind
	o      Options
	chosen func(string)

	dialog *kit.Dialog
	dir    string
	rows   []row
	picked int // in rows; -1: none
	turn   int // of reading: an answer of an earlier one is late

	path   *kit.Entry
	name   *kit.Entry
	list   *widget.List
	note   *kit.Label
	ok     *kit.PushButton
	tapped time.Time
}

// row is one file or folder of the list.
type row struct {
	name     string
	folder   bool
	size     int64
	modified time.Time
}

func show(win fyne.Window, k kind, o Options, chosen func(string)) {
	p := &picker{win: win, kind: k, o: o, chosen: chosen, picked: -1}
	p.path, p.name = kit.NewEntry(), kit.NewEntry()
	p.note = kit.Note("")
	p.path.OnSubmitted = p.goTo
	p.list = widget.NewList(func() int { return len(p.rows) }, p.newLine, func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*line).show(i, p.rows[i], i == p.picked)
	})
	p.list.OnSelected = func(i widget.ListItemID) { p.list.Unselect(i); p.pick(i) } // by keyboard
	up := kit.Button("", theme.MoveUpIcon(), func() { p.read(filepath.Dir(p.dir)) })
	fresh := kit.Button(kit.Say(wordNewFolder), theme.FolderNewIcon(), p.newFolder)
	top := container.NewBorder(nil, nil, up, fresh, p.path)
	var bottom fyne.CanvasObject = p.note
	yes := o.Yes
	switch k {
	case openFolder:
		yes = orElse(yes, kit.Say(wordChoose))
	case saveFile:
		yes = orElse(yes, kit.Say(kit.WordSave))
		p.name.SetText(o.Name)
		p.name.OnSubmitted = func(string) { p.take() }
		bottom = container.NewBorder(nil, p.note, widget.NewLabel(kit.Say(wordFileName)), nil, p.name)
	default:
		yes = orElse(yes, kit.Say(wordOpen))
	}
	p.ok = kit.Primary(yes, nil, p.take)
	content := container.NewBorder(top, bottom, container.NewBorder(nil, nil, nil, kit.Rule(), p.places()), nil, p.list)
	p.dialog = kit.Show(win, o.Title, content, p.ok, kit.Button(kit.Say(kit.WordCancel), nil, func() { p.dialog.Hide() }))
	for _, e := range []*kit.Entry{p.path, p.name} {
		e.OnEscape = p.dialog.Hide
	}
	p.dialog.Resize(fyne.NewSize(860, 560))
	start := o.Start
	if info, err := os.Stat(start); start == "" || err != nil || !info.IsDir() {
		start = home()
	}
	p.read(start)
	p.aim()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// aim enables the button that takes the choice where there is one.
func (p *picker) aim() {
	if p.kind == openFile && (p.picked < 0 || p.rows[p.picked].folder) {
		p.ok.Disable()
		return
	}
	p.ok.Enable()
}

// read shows a folder.
func (p *picker) read(dir string) {
	p.turn++
	turn := p.turn
	kit.Run(func(context.Context) ([]row, error) { return p.rowsOf(dir) }, func(rows []row, err error) {
		if turn != p.turn || p.dialog.Closed() {
			return
		}
		if err != nil {
			p.note.SetText(words.Explain(err, kit.Lang()))
			return
		}
		p.dir, p.rows, p.picked = dir, rows, -1
		p.path.SetText(dir)
		p.note.SetText(p.remark())
		p.list.ScrollToTop()
		p.list.Refresh()
		p.aim()
	})
}

func (p *picker) remark() string {
	switch {
	case len(p.rows) == 0 && p.kind == openFolder:
		return kit.Say(wordNoFolders)
	case len(p.rows) == 0:
		return kit.Say(wordEmpty)
	case p.kind == openFile && len(p.o.Extensions) > 0:
		return kit.Say(wordOnly, strings.Join(p.o.Extensions, " "))
	}
	return ""
}

// rowsOf lists a folder: folders first, then what may be chosen, by name; what
// the system hides is left out.
func (p *picker) rowsOf(dir string) ([]row, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$") || strings.HasPrefix(e.Name(), "$") {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, e.Name())) // what a link leads to
		if err != nil || !info.IsDir() && (p.kind == openFolder || !p.takes(e.Name())) {
			continue
		}
		rows = append(rows, row{e.Name(), info.IsDir(), info.Size(), info.ModTime()})
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return rows, nil
}

func (p *picker) takes(name string) bool {
	return len(p.o.Extensions) == 0 || slices.ContainsFunc(p.o.Extensions, func(ext string) bool {
		return strings.EqualFold(filepath.Ext(name), ext)
	})
}

// doubleClick is how soon a second click on a row opens it.
const doubleClick = 500 * time.Millisecond

func (p *picker) pick(i widget.ListItemID) {
	again := i == p.picked && time.Since(p.tapped) < doubleClick
	p.picked, p.tapped = i, time.Now()
	r := p.rows[i]
	if p.kind == saveFile && !r.folder {
		p.name.SetText(r.name)
	}
	p.aim()
	p.list.Refresh()
	if again {
		if r.folder {
			p.read(filepath.Join(p.dir, r.name))
		} else {
			p.take()
		}
	}
}

// goTo follows a typed path: to a folder, or to a file that may be chosen.
func (p *picker) goTo(path string) {
	path = strings.Trim(strings.TrimSpace(path), `"`)
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.dir, path)
	}
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() && p.kind == openFile {
		p.done(path)
		return
	}
	if err == nil && !info.IsDir() {
		path = filepath.Dir(path)
	}
	p.read(path)
}

func (p *picker) take() {
	switch p.kind {
	case openFolder:
		dir := p.dir
		if p.picked >= 0 {
			dir = filepath.Join(dir, p.rows[p.picked].name)
		}
		p.done(dir)
	case openFile:
		if p.picked >= 0 && !p.rows[p.picked].folder {
			p.done(filepath.Join(p.dir, p.rows[p.picked].name))
		}
	case saveFile:
		p.save()
	}
}

func (p *picker) save() {
	name := strings.TrimSpace(p.name.Text)
	if name == "" {
		p.win.Canvas().Focus(p.name)
		return
	}
	if strings.ContainsAny(name, `\/:*?"<>|`) {
		p.note.SetText(kit.Say(wordBadName))
		return
	}
	if len(p.o.Extensions) > 0 && !p.takes(name) {
		name += p.o.Extensions[0]
	}
	path := filepath.Join(p.dir, name)
	if _, err := os.Lstat(path); err == nil {
		kit.Confirm(p.win, kit.Say(wordThere), kit.Say(wordThereLong, name), kit.Say(wordReplace), func() { p.done(path) })
		return
	}
	p.done(path)
}

func (p *picker) done(path string) {
	p.dialog.Hide()
	p.chosen(path)
}

func (p *picker) newFolder() {
	kit.Ask(p.win, kit.Say(wordNewFolder), kit.Say(wordNameOf), "", kit.Say(wordMake), func(name string) {
		if strings.ContainsAny(name, `\/:*?"<>|`) {
			p.note.SetText(kit.Say(wordBadName))
			return
		}
		dir := filepath.Join(p.dir, strings.TrimSpace(name))
		if err := os.Mkdir(dir, 0o755); err != nil {
			p.note.SetText(words.Explain(err, kit.Lang()))
			return
		}
		p.read(dir)
	})
}

// places are where files usually are, one click away.
func (p *picker) places() fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, pl := range places() {
		b := kit.Quiet(kit.Say(pl.name), pl.icon, func() { p.read(pl.path) })
		b.Alignment = widget.ButtonAlignLeading
		box.Add(b)
	}
	return container.NewVScroll(box)
}

// line draws a row. A second click soon after the first opens it.
type line struct {
	widget.BaseWidget
	p          *picker
	at         int
	icon       *widget.Icon
	name, size *widget.Label
	when       *widget.Label
	ground     *kit.Panel
}

func (p *picker) newLine() fyne.CanvasObject {
	l := &line{p: p, icon: widget.NewIcon(theme.FileIcon()), name: widget.NewLabel(""), size: kit.Tag(""), when: kit.Tag("")}
	l.name.Truncation = fyne.TextTruncateEllipsis
	l.size.Alignment = fyne.TextAlignTrailing
	l.ground = kit.NewPanel("", "", 4, container.NewBorder(nil, nil, kit.Inset(4, l.icon), container.NewHBox(l.when, kit.Column(72, l.size)), l.name))
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.ground) }

func (l *line) Tapped(*fyne.PointEvent) { l.p.pick(l.at) }

func (l *line) show(at int, r row, picked bool) {
	l.at = at
	l.name.SetText(r.name)
	l.when.SetText(r.modified.Local().Format("2006-01-02 15:04"))
	icon, bytes := theme.FolderIcon(), ""
	if !r.folder {
		icon, bytes = theme.DocumentIcon(), size(r.size)
	}
	l.icon.SetResource(icon)
	l.size.SetText(bytes)
	ground := fyne.ThemeColorName("")
	if picked {
		ground = theme.ColorNameSelection
	}
	l.ground.SetColours(ground, "")
}

func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
