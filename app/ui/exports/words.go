package exports

import (
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog/sheet"
)

// option is one thing that can be chosen, and whether it is set.
type option struct {
	name    words.Text
	about   words.Text
	printed bool // the format has a layout and a paper
	format  work.Format
	layout  sheet.Layout
	paper   sheet.Paper
	is      func(*Settings) bool
}

func format(f work.Format, printed bool, name, about words.Text) option {
	return option{name: name, about: about, printed: printed, format: f, is: func(s *Settings) bool { return s.Format == f }}
}

var formats = []option{
	format(work.XLSX, true, words.Text{ZH: "Excel 工作簿（.xlsx）", EN: "Excel workbook (.xlsx)"},
		words.Text{ZH: "报给县里用这个，WPS、Excel 都能打开。", EN: "To hand on; opens in WPS and Excel."}),
	format(work.PDF, true, words.Text{ZH: "打印文件（.pdf）", EN: "Printable file (.pdf)"},
		words.Text{ZH: "只用来打印和看，内容改不了。", EN: "To print and read; cannot be changed."}),
	format(work.CSV, false, words.Text{ZH: "纯文本表格（.csv）", EN: "Plain table (.csv)"},
		words.Text{ZH: "导入其他系统时用，没有版式。", EN: "For other systems; has no layout."}),
	format(work.JSON, false, words.Text{ZH: "数据文件（.json）", EN: "Data file (.json)"},
		words.Text{ZH: "给程序读的完整数据，一般用不到。", EN: "Everything, for programs to read."}),
}

func formatOf(f work.Format) (option, bool) {
	for _, o := range formats {
		if o.format == f {
			return o, true
		}
	}
	return formats[0], false
}

func arrangement(l sheet.Layout, name words.Text) option {
	return option{name: name, layout: l, is: func(s *Settings) bool { return s.Layout == l }}
}

var layouts = []option{
	arrangement(sheet.National, words.Text{ZH: "国家标准版式", EN: "National standard"}),
	arrangement(sheet.AnhuiCoded, words.Text{ZH: "安徽编码版式", EN: "Anhui, with codes"}),
}

func size(p sheet.Paper, name words.Text) option {
	return option{name: name, paper: p, is: func(s *Settings) bool { return s.Paper == p }}
}

var papers = []option{
	size(sheet.A4, words.Text{ZH: "A4 横向", EN: "A4 landscape"}),
	size(sheet.A3, words.Text{ZH: "A3 横向", EN: "A3 landscape"}),
}

func join(one bool, name words.Text) option {
	return option{name: name, is: func(s *Settings) bool { return s.OneFile == one }}
}

var joins = []option{
	join(false, words.Text{ZH: "每个领域一个文件", EN: "A file for each sector"}),
	join(true, words.Text{ZH: "合成一个文件", EN: "All in one file"}),
}

var (
	wordTitle        = words.Text{ZH: "导出", EN: "Export"}
	wordLoading      = words.Text{ZH: "正在读取各领域的情况…", EN: "Reading the sectors…"}
	wordNothing      = words.Text{ZH: "还没有可以导出的目录", EN: "There is nothing to export yet"}
	wordNothingHint  = words.Text{ZH: "先在“总览”里建立草稿。", EN: "Make drafts first."}
	wordSectors      = words.Text{ZH: "导出哪些领域", EN: "Which sectors"}
	wordHow          = words.Text{ZH: "导出成什么样", EN: "What and where"}
	wordChosen       = words.Text{ZH: "已选 %d / %d", EN: "%d of %d"}
	wordAll          = words.Text{ZH: "全选", EN: "All"}
	wordReady        = words.Text{ZH: "只选已签发的", EN: "Signed off only"}
	wordNone         = words.Text{ZH: "全不选", EN: "None"}
	wordFormat       = words.Text{ZH: "文件格式", EN: "Format"}
	wordLayout       = words.Text{ZH: "版式", EN: "Layout"}
	wordPaper        = words.Text{ZH: "纸张", EN: "Paper"}
	wordFiles        = words.Text{ZH: "文件", EN: "Files"}
	wordFolder       = words.Text{ZH: "保存到文件夹", EN: "Folder"}
	wordFolderHint   = words.Text{ZH: "还没有选文件夹", EN: "No folder chosen yet"}
	wordBrowse       = words.Text{ZH: "选择…", EN: "Choose…"}
	wordBrowseTitle  = words.Text{ZH: "导出到哪个文件夹", EN: "Export to which folder"}
	wordExport       = words.Text{ZH: "导出", EN: "Export"}
	wordPreview      = words.Text{ZH: "打印预览", EN: "Print preview"}
	wordChooseSome   = words.Text{ZH: "请在左边勾选要导出的领域。", EN: "Tick the sectors to export."}
	wordChooseFolder = words.Text{ZH: "请选择保存到哪个文件夹。", EN: "Choose the folder to save to."}
	wordWillOne      = words.Text{ZH: "将写出 1 个文件：%s", EN: "Will write one file: %s"}
	wordWill         = words.Text{ZH: "将写出 %d 个文件，如 %s", EN: "Will write %d files, such as %s"}
	wordExisting     = words.Text{ZH: "有 %d 个文件已经存在，会被替换：%s", EN: "%d file(s) exist and will be replaced: %s"}
	wordUnclean      = words.Text{ZH: "有 %d 个领域还有错误，导出的文件会带着这些错误。", EN: "%d sector(s) still have errors, which go out with them."}
	wordComma        = words.Text{ZH: "、", EN: ", "}
	wordAndMore      = words.Text{ZH: "%s 等 %d 个", EN: "%s … (%d in all)"}
	wordReplace      = words.Text{ZH: "替换已有的文件吗", EN: "Replace existing files?"}
	wordReplaceBody  = words.Text{ZH: "文件夹里已有这 %d 个文件，导出后原来的内容就没有了：\n%s", EN: "The folder has these %d file(s); what they hold will be gone:\n%s"}
	wordReplaceYes   = words.Text{ZH: "替换", EN: "Replace"}
	wordExporting    = words.Text{ZH: "正在导出", EN: "Exporting"}
	wordPrinting     = words.Text{ZH: "正在准备打印预览", EN: "Preparing the preview"}
	wordBusy         = words.Text{ZH: "文件正在别的程序里打开", EN: "The file is open elsewhere"}
	wordBusyBody     = words.Text{
		ZH: "“%s”正在 WPS 或 Excel 里打开，写不进去。\n可以换一个名字保存；也可以先把它关掉，再点“重试”。",
		EN: "“%s” is open in WPS or Excel and cannot be written.\nSave under another name, or close it there and try again.",
	}
	wordRename     = words.Text{ZH: "换名保存", EN: "Save under another name"}
	wordDone       = words.Text{ZH: "已导出 %d 个文件", EN: "%d file(s) exported"}
	wordPartly     = words.Text{ZH: "已导出 %d 个文件，还有 %d 个没有导出", EN: "%d file(s) exported, %d not"}
	wordIn         = words.Text{ZH: "在文件夹 %s", EN: "In folder %s"}
	wordOpen       = words.Text{ZH: "打开", EN: "Open"}
	wordOpenFolder = words.Text{ZH: "打开文件夹", EN: "Open folder"}
	wordBack       = words.Text{ZH: "再导出别的", EN: "Export more"}
	wordGoOn       = words.Text{ZH: "继续导出剩下的", EN: "Go on with the rest"}
)
