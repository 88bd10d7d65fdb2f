package desktop

import (
	"time"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

// ownSettings are what the person has set on this machine, and how reading that went.
type ownSettings struct {
	work.Settings
	file  string // where they are kept
	aside string // where a file is now that could not be understood
	err   error  // why they could not be read, or cannot be kept
}

// readSettings reads what the person has set; the defaults where that fails.
func readSettings() ownSettings {
	file, err := work.SettingsFile()
	if err != nil {
		return ownSettings{Settings: work.DefaultSettings(), err: err}
	}
	set, aside, err := work.LoadSettings(file, time.Now())
	return ownSettings{set, file, aside, words.About(file, err)}
}

// keep writes settings down for the next start.
func (o *ownSettings) keep(set work.Settings) error {
	if o.file == "" {
		return o.err
	}
	return words.About(o.file, work.SaveSettings(o.file, set))
}

var (
	settingsLost = words.Text{ZH: "设置恢复成了默认的", EN: "The settings are back to the defaults"}
	settingsBad  = words.Text{
		ZH: "设置文件损坏，读不出来。文字大小、颜色、姓名和备份的位置请到“设置”里重新选一下。草稿不受影响；草稿如果另放了文件夹，请重新打开那个文件夹。\n\n原来的文件留在：%s",
		EN: "The settings file is damaged and could not be read. Please choose text size, colours, name and the place of backups again under Settings. The drafts are not affected; if they are in a folder of their own, open that folder again.\n\nThe old file is kept as: %s",
	}
	settingsUnread = words.Text{
		ZH: "%s\n\n这次用默认的设置；草稿不受影响。",
		EN: "%s\n\nThe defaults are used this time; the drafts are not affected.",
	}
)

// tell says over the window that the settings could not be read.
func (o *ownSettings) tell(w fyne.Window) {
	switch {
	case o.aside != "":
		kit.Tell(w, kit.Say(settingsLost), kit.Say(settingsBad, o.aside))
	case o.err != nil:
		kit.Tell(w, kit.Say(settingsLost), kit.Say(settingsUnread, words.Explain(o.err, kit.Lang())))
	}
}
