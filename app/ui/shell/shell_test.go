package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
)

func frame(w fyne.Window) *Shell {
	page := func(id, zh, en string, icon fyne.Resource, apart bool) Page {
		return Page{
			ID: id, Title: words.Text{ZH: zh, EN: en}, Icon: icon, Apart: apart, Help: id,
			Build: func() fyne.CanvasObject {
				return kit.Empty(icon, kit.Say(words.Text{ZH: "没有内容", EN: "Nothing here"}), "", nil)
			},
		}
	}
	search := kit.NewEntry()
	search.SetPlaceHolder(kit.Say(commandFind))
	s := New(w, []Page{
		page("overview", "总览", "Overview", theme.HomeIcon(), false),
		page("findings", "检查", "Findings", theme.WarningIcon(), false),
		page("settings", "设置", "Settings", theme.SettingsIcon(), true),
	}, search, Actions{})
	s.SetUnit("籍山镇人民政府")
	s.Save().Saved(time.Date(2026, 3, 2, 10, 32, 0, 0, time.Local))
	s.SetMark("findings", "12", kit.Alarm)
	s.Open("overview")
	return s
}

func TestFramePicture(t *testing.T) {
	uitest.Golden(t, "frame", 1366, 768, func(w fyne.Window) fyne.CanvasObject {
		s := frame(w)
		s.Tell("已导入 12 条", kit.Success, "撤销", func() {})
		return s.Content()
	})
}

func TestFrameSpeaksOneLanguage(t *testing.T) {
	uitest.OneLanguage(t, 1366, 768, func(w fyne.Window) fyne.CanvasObject { return frame(w).Content() }, "籍山镇人民政府")
}

func TestClickingAPageOpensIt(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1366, 768)
	s := frame(w)
	w.SetContent(s.Content())
	uitest.Tap(t, w, "检查12")
	if s.Current() != "findings" {
		t.Errorf("clicking 检查 opened %q", s.Current())
	}
}
