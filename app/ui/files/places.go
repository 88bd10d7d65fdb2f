package files

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/words"
)

// place is a folder that is one click away.
type place struct {
	name words.Text
	icon fyne.Resource
	path string
}

func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return dir
}

// places are those of the usual folders that are there, under either name, and
// the drives.
func places() []place {
	at := home()
	out := []place{{words.Text{ZH: "主文件夹", EN: "Home"}, theme.HomeIcon(), at}}
	for _, p := range []struct {
		name    words.Text
		icon    fyne.Resource
		folders []string
	}{
		{words.Text{ZH: "桌面", EN: "Desktop"}, theme.DesktopIcon(), []string{"Desktop", "桌面"}},
		{words.Text{ZH: "文档", EN: "Documents"}, theme.DocumentIcon(), []string{"Documents", "文档"}},
		{words.Text{ZH: "下载", EN: "Downloads"}, theme.DownloadIcon(), []string{"Downloads", "下载"}},
	} {
		for _, folder := range p.folders {
			dir := filepath.Join(at, folder)
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				out = append(out, place{p.name, p.icon, dir})
				break
			}
		}
	}
	return append(out, drives()...)
}
