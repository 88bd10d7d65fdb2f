package kit

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"mulutong/app/words"
)

// builtin are the words that Fyne's own menus and file dialogs show, by its
// keys. Fyne takes the system's language; the person chooses hers in the
// settings.
var builtin = map[string]words.Text{
	"Cancel":            {ZH: "取消", EN: "Cancel"},
	"Confirm":           {ZH: "确定", EN: "Confirm"},
	"Copy":              {ZH: "复制", EN: "Copy"},
	"Create Folder":     {ZH: "新建文件夹", EN: "Create folder"},
	"Cut":               {ZH: "剪切", EN: "Cut"},
	"Enter filename":    {ZH: "文件名", EN: "File name"},
	"Error":             {ZH: "出错了", EN: "Error"},
	"Favourites":        {ZH: "常用位置", EN: "Places"},
	"File":              {ZH: "文件", EN: "File"},
	"Folder":            {ZH: "文件夹", EN: "Folder"},
	"New Folder":        {ZH: "新建文件夹", EN: "New folder"},
	"No":                {ZH: "取消", EN: "No"},
	"OK":                {ZH: "确定", EN: "OK"},
	"Open":              {ZH: "打开", EN: "Open"},
	"Paste":             {ZH: "粘贴", EN: "Paste"},
	"Quit":              {ZH: "退出", EN: "Quit"},
	"Redo":              {ZH: "重做", EN: "Redo"},
	"Save":              {ZH: "保存", EN: "Save"},
	"Select all":        {ZH: "全选", EN: "Select all"},
	"Show Hidden Files": {ZH: "显示隐藏的文件", EN: "Show hidden files"},
	"Undo":              {ZH: "撤销", EN: "Undo"},
	"Yes":               {ZH: "确定", EN: "Yes"},
	"Home":              {ZH: "主文件夹", EN: "Home"},
	"Desktop":           {ZH: "桌面", EN: "Desktop"},
	"Documents":         {ZH: "文档", EN: "Documents"},
	"Downloads":         {ZH: "下载", EN: "Downloads"},
	"Computer":          {ZH: "计算机", EN: "Computer"},
	"file.name":         {ZH: "名称", EN: "Name"},
	"file.parent":       {ZH: "上一级", EN: "Up"},
}

// sayBuiltin makes Fyne's own words those of a language, whatever the system's.
func sayBuiltin(l words.Lang) {
	said := map[string]string{}
	for key, text := range builtin {
		said[key] = text.In(l)
	}
	data, err := json.Marshal(said)
	if err != nil {
		fyne.LogError("words of Fyne", err)
		return
	}
	for _, locale := range []fyne.Locale{"en", lang.SystemLocale()} { // what Fyne falls back on, and what it takes
		if err := lang.AddTranslationsForLocale(data, locale); err != nil {
			fyne.LogError("words of Fyne", err)
		}
	}
}
