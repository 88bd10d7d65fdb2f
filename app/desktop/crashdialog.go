package desktop

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

var (
	crashTitle  = words.Text{ZH: "上次目录通意外退出了", EN: "Mulutong ended unexpectedly last time"}
	crashBody   = words.Text{ZH: "显示“已保存”的内容都在，可以接着做。退出时的情况记在下面的文件里，其中没有目录的内容；方便时请把它交给维护人员。", EN: "Everything that was shown as saved is there, and you can go on. What happened is recorded in the file below, which holds nothing of your catalogs; please pass it to who looks after the program."}
	crashFolder = words.Text{ZH: "打开所在文件夹", EN: "Open its folder"}
	crashCopy   = words.Text{ZH: "复制内容", EN: "Copy the text"}
	crashCopied = words.Text{ZH: "已复制", EN: "Copied"}
	crashGoOn   = words.Text{ZH: "继续工作", EN: "Go on"}
)

// tellCrash tells over the window that the last run crashed, and offers its report.
func tellCrash(a fyne.App, w fyne.Window, r *crashReport) *kit.Dialog {
	path := kit.Strong(r.path)
	path.Wrapping = fyne.TextWrapBreak
	report := widget.NewLabel(readable(r.text))
	report.Wrapping = fyne.TextWrapBreak
	report.Selectable = true
	scroll := container.NewVScroll(report)
	scroll.SetMinSize(fyne.NewSize(560, 160))

	var d *kit.Dialog
	var copied *kit.PushButton
	goOn := kit.Primary(kit.Say(crashGoOn), nil, func() { d.Hide() })
	copied = kit.Button(kit.Say(crashCopy), theme.ContentCopyIcon(), func() {
		a.Clipboard().SetContent(r.path + "\n" + r.text)
		copied.SetText(kit.Say(crashCopied))
	})
	folder := kit.Button(kit.Say(crashFolder), theme.FolderOpenIcon(), func() {
		if err := openFolder(a, filepath.Dir(r.path)); err != nil {
			kit.Fail(w, err)
		}
	})
	body := container.NewBorder(container.NewVBox(kit.Body(kit.Say(crashBody)), path), nil, nil, nil, scroll)
	d = kit.Show(w, kit.Say(crashTitle), body, goOn, copied, folder)
	return d
}

// readable is the part of a report that a person looks at first: its head and the
// goroutine that crashed.
func readable(report string) string {
	parts := strings.SplitN(strings.ReplaceAll(report, "\t", "    "), "\n\n", 3)
	return strings.TrimSpace(strings.Join(parts[:min(2, len(parts))], "\n\n"))
}

// openFolder shows a folder in the system's own file manager.
func openFolder(a fyne.App, dir string) error {
	path := filepath.ToSlash(dir)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	return a.OpenURL(&url.URL{Scheme: "file", Path: path})
}
