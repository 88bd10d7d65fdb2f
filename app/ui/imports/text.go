package imports

import (
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

// What the screen says.
var (
	wordTitle = words.Text{ZH: "导入", EN: "Import"}
	stepNames = [...]words.Text{
		{ZH: "1 文件", EN: "1 File"},
		{ZH: "2 工作表与列", EN: "2 Sheets and columns"},
		{ZH: "3 逐条核对", EN: "3 Rows"},
		{ZH: "4 完成", EN: "4 Done"},
	}
	wordBack = words.Text{ZH: "上一步", EN: "Back"}

	// 1 the file
	wordDrop      = words.Text{ZH: "导入去年的目录，或别人发来的表格", EN: "Import last year's catalog, or a table someone sent"}
	wordDropHint  = words.Text{ZH: "把文件拖到窗口里，或者点下面的按钮。", EN: "Drop a file on the window, or use the button."}
	wordDropKinds = words.Text{
		ZH: "Excel 和 WPS 表格（.xlsx、.xls）、CSV、Word 表格（.docx）、网页表格都可以。\n文件在 WPS 里开着也能读。在最后点“确定导入”之前，草稿里什么都不会改。",
		EN: "Excel and WPS workbooks (.xlsx, .xls), CSV, Word tables (.docx) and web pages can be read, also while open in WPS.\nNothing in the drafts changes before you confirm at the end.",
	}
	wordChoose    = words.Text{ZH: "选择文件…", EN: "Choose a file…"}
	wordChooseYes = words.Text{ZH: "打开", EN: "Open"}
	wordOther     = words.Text{ZH: "换一个文件…", EN: "Another file…"}
	wordReading   = words.Text{ZH: "正在读取 %s", EN: "Reading %s"}
	wordUnread    = words.Text{ZH: "没有读成", EN: "The file was not read"}
	wordGiveUp    = words.Text{ZH: "放下正在核对的文件？", EN: "Leave the file you are looking over?"}
	wordGiveUpWhy = words.Text{ZH: "“%s”还没有导入，核对时作的选择会丢掉。草稿没有改动。", EN: "%s has not been imported, and your choices would be lost. The drafts are unchanged."}
	wordGiveUpYes = words.Text{ZH: "打开新文件", EN: "Open the new file"}

	// 2 sheets and columns
	wordSheets     = words.Text{ZH: "文件里的工作表", EN: "Sheets of the file"}
	wordEntries    = words.Text{ZH: "%d 条", EN: "%d entries"}
	wordNoSector   = words.Text{ZH: "请选领域", EN: "which sector?"}
	wordForeign    = words.Text{ZH: "别的单位", EN: "another unit"}
	wordNoCatalog  = words.Text{ZH: "没有认出目录", EN: "no catalog found"}
	wordHidden     = words.Text{ZH: "隐藏", EN: "hidden"}
	wordSector     = words.Text{ZH: "领域", EN: "Sector"}
	wordAskSector  = words.Text{ZH: "（请选择）", EN: "(choose)"}
	wordUnitIs     = words.Text{ZH: "填报单位：%s", EN: "Unit: %s"}
	wordForeignWhy = words.Text{ZH: "这张表写的单位是“%s”，不是“%s”。确实要导入，请在左边勾选它。", EN: "This sheet is of %s, not of %s. Tick it on the left if you want it all the same."}
	wordForeignIn  = words.Text{ZH: "注意：这张表写的单位是“%s”，不是“%s”，仍会导入。", EN: "Note: this sheet is of %s, not of %s, and will be imported."}
	wordColumns    = words.Text{ZH: "认出的列", EN: "Columns"}
	wordColumnHint = words.Text{ZH: "认错的列，在“当作”里改过来；不想导入的列，选“不导入”。", EN: "Where a column was taken wrongly, change what it is for; choose “leave out” for one you do not want."}
	wordLetter     = words.Text{ZH: "列", EN: "Col."}
	wordHeader     = words.Text{ZH: "表头", EN: "Heading"}
	wordUse        = words.Text{ZH: "当作", EN: "Taken for"}
	wordSamples    = words.Text{ZH: "内容样例", EN: "Samples"}
	wordNoHeading  = words.Text{ZH: "（没有表头）", EN: "(none)"}
	wordCheckIt    = words.Text{ZH: "请核对", EN: "check"}
	wordMoveHeader = words.Text{ZH: "表头不对…", EN: "Wrong heading row…"}
	wordShowHeader = words.Text{ZH: "指出表头在哪一行…", EN: "Show the heading row…"}
	wordSkipWhy    = map[sheet.SkipReason]words.Text{
		sheet.SkipBlank:     {ZH: "这张表是空的。", EN: "This sheet is blank."},
		sheet.SkipNoHeader:  {ZH: "这张表里没有像目录表头的一行（一级事项、公开内容、公开依据等），所以没有读它。如果它就是目录，请指出表头在哪一行。", EN: "No row of this sheet looks like the heading of a catalog, so it was left out. If it is one, show where its heading stands."},
		sheet.SkipNoEntries: {ZH: "这张表有表头，下面没有内容。如果表头认错了，请指出它在哪一行。", EN: "There is a heading, and nothing below it. If that is not the heading, show where it stands."},
	}
	wordNothing     = words.Text{ZH: "文件里没有认出目录", EN: "No catalog was found in the file"}
	wordNothingHint = words.Text{ZH: "目录要有“一级事项、公开内容、公开依据”这样的表头。在左边选一张工作表，指出表头在哪一行；或者换一个文件。", EN: "A catalog has headings such as 一级事项, 公开内容, 公开依据. Choose a sheet on the left and show where its heading stands, or take another file."}
	wordHeadTitle   = words.Text{ZH: "表头在哪一行？", EN: "Which row is the heading?"}
	wordHeadRows    = words.Text{ZH: "表头一共有几行？", EN: "How many rows is the heading?"}
	wordHeadYes     = words.Text{ZH: "按这一行读", EN: "Read it this way"}
	wordRowNumber   = words.Text{ZH: "第 %d 行", EN: "row %d"}
	wordRowsCount   = words.Text{ZH: "%d 行", EN: "%d"}
	wordProblems    = words.Text{ZH: "有 %d 处没有读清楚，下一步在“读不出”里逐处列出，原文都保留着。", EN: "%d places could not be read for sure; the next step lists them. Nothing they say is lost."}
	wordWanted      = words.Text{ZH: "已勾选 %d 张表，共 %d 条。", EN: "%d sheets chosen, %d entries."}
	wordNeedSector  = words.Text{ZH: "还有勾选的表没有选领域。", EN: "A chosen sheet has no sector yet."}
	wordNoneWanted  = words.Text{ZH: "请先勾选要导入的表。", EN: "Tick the sheets to import."}
	wordCompare     = words.Text{ZH: "下一步：和草稿比对", EN: "Next: compare with the drafts"}
	wordComparing   = words.Text{ZH: "正在和草稿比对", EN: "Comparing with the drafts"}
	wordCorrecting  = words.Text{ZH: "正在重新读取", EN: "Reading again"}

	// 3 rows
	wordAllSheets = words.Text{ZH: "全部工作表", EN: "All sheets"}
	wordFind      = words.Text{ZH: "按名称找", EN: "Find a name"}
	wordFoundNone = words.Text{ZH: "没有找到。换一个词，或者清空上面的格子。", EN: "Nothing found. Try another word, or clear the box above."}
	filterNames   = [...]words.Text{
		showAll:      {ZH: "全部", EN: "All"},
		showChanged:  {ZH: "有变化", EN: "Changed"},
		showAsk:      {ZH: "需核对", EN: "To decide"},
		showNew:      {ZH: "新增", EN: "New"},
		showMissing:  {ZH: "未找到", EN: "Not in the file"},
		showProblems: {ZH: "读不出", EN: "Unread"},
	}
	wordTakeListed  = words.Text{ZH: "接受所列", EN: "Accept listed"}
	wordLeaveListed = words.Text{ZH: "所列都不导入", EN: "Leave listed out"}
	wordBadgeAsk    = words.Text{ZH: "需核对", EN: "decide"}
	wordBadgeLeft   = words.Text{ZH: "不导入", EN: "left out"}
	wordBadgeNone   = words.Text{ZH: "放不进", EN: "no place"}
	wordNameless    = words.Text{ZH: "（没有事项名称）", EN: "(no name)"}
	wordRowPlace    = words.Text{ZH: "%s 第 %d 行", EN: "%s row %d"}
	wordRowColumn   = words.Text{ZH: "%s 第 %d 行 %s 列", EN: "%s row %d column %s"}
	wordSameNote    = words.Text{ZH: "和草稿一样", EN: "the draft says the same"}
	wordNewNote     = words.Text{ZH: "草稿里没有", EN: "not in the draft"}
	wordGoneNote    = words.Text{ZH: "文件里没有，草稿不变", EN: "not in the file; the draft keeps it"}
	wordLikeNote    = words.Text{ZH: "和“%s”相像", EN: "like %s"}
	barNotes        = map[work.ImportBar]words.Text{
		work.BarSector: {ZH: "不知道是哪个领域", EN: "of which sector is not known"},
		work.BarDraft:  {ZH: "本单位没有这个领域的草稿", EN: "the unit has no draft of this sector"},
		work.BarUnused: {ZH: "本单位记录了不涉及这个领域", EN: "the unit says the sector does not occur"},
	}
	barHelp = map[work.ImportBar]words.Text{
		work.BarSector: {ZH: "回到上一步，给这张表选好领域。", EN: "Go back a step and choose the sheet's sector."},
		work.BarDraft:  {ZH: "要导入它，请先在总览里添加这个领域，再回来导入。", EN: "To import it, add the sector on the overview first."},
		work.BarUnused: {ZH: "要导入它，请先在总览里取消“不涉及”，再回来导入。", EN: "To import it, take back “not applicable” on the overview first."},
	}

	listEmpty = [...]words.Text{
		showAll:      {ZH: "勾选的表里没有条目。", EN: "The chosen sheets have no entries."},
		showChanged:  {ZH: "没有内容有变化的条目。", EN: "No entry changes."},
		showAsk:      {ZH: "没有要您决定的条目。", EN: "Nothing waits for your word."},
		showNew:      {ZH: "没有草稿里没有的条目。", EN: "Every entry is in the draft."},
		showMissing:  {ZH: "草稿里的条目，文件里都有。", EN: "The file has every entry of the draft."},
		showProblems: {ZH: "每一格都读清楚了。", EN: "Every cell was read."},
	}

	wordDraft       = words.Text{ZH: "草稿现在", EN: "The draft now"}
	wordFile        = words.Text{ZH: "文件里", EN: "The file"}
	wordTake        = words.Text{ZH: "接受", EN: "Accept"}
	wordLeave       = words.Text{ZH: "不导入", EN: "Leave out"}
	wordRematch     = words.Text{ZH: "改配对…", EN: "Another match…"}
	wordAsNew       = words.Text{ZH: "作为新增", EN: "As a new entry"}
	wordItIs        = words.Text{ZH: "是同一条", EN: "It is the same"}
	wordAimThere    = words.Text{ZH: "是同一条，更新它", EN: "The same: update it"}
	wordSameFields  = words.Text{ZH: "其余相同，或文件里空着：%s", EN: "The same, or blank in the file: %s"}
	wordLocked      = words.Text{ZH: "模板锁定，保留草稿的内容", EN: "locked by the template; the draft's stays"}
	wordBlank       = words.Text{ZH: "（空）", EN: "(blank)"}
	wordMatched     = words.Text{ZH: "配对：%s，把握 %.0f%%", EN: "Match: %s, %.0f %% sure"}
	wordMatchedYou  = words.Text{ZH: "配对：由您指定", EN: "Match: chosen by you"}
	wordKeepsName   = words.Text{ZH: "对应草稿里的“%s”，名称不变。", EN: "It is %s in the draft, which keeps its name."}
	wordFromTmpl    = words.Text{ZH: "模板里有这一条，草稿里没有，将加进来。", EN: "The template has this entry and the draft has not; it will be added."}
	wordWillAdd     = words.Text{ZH: "草稿里没有这一条，将加在它前一条的后面。", EN: "The draft has no such entry; it will be added after the one before it."}
	wordAllSame     = words.Text{ZH: "和草稿里的一样，不用导入。", EN: "The draft says the same; there is nothing to import."}
	wordGoneDetail  = words.Text{ZH: "草稿里有这一条，文件里没有找到。导入不会删除它，草稿里保持原样。", EN: "The draft has this entry, and the file has not. Importing does not remove it."}
	wordGoneHint    = words.Text{ZH: "文件里换了名称的，到“新增”“需核对”里找到它，用“改配对”指到这里。", EN: "If the file has it under another name, find that row among the new ones and aim it here."}
	wordGoThere     = words.Text{ZH: "去看这一条", EN: "Show the entry"}
	wordProblemHint = words.Text{ZH: "这一格的原文保留着，可以导入后在目录里改；如果是列认错了，回到上一步改。", EN: "What the cell says is kept and can be mended in the catalog afterwards; if the column was taken wrongly, go back a step."}
	wordCellSays    = words.Text{ZH: "原文：%s", EN: "It says: %s"}
	wordChooseRow   = words.Text{ZH: "在左边选一条，这里并排显示草稿和文件。", EN: "Choose a row on the left to see draft and file side by side."}
	wordKeysHint    = words.Text{ZH: "↑↓ 换条　空格 接受或不导入　回车 下一条", EN: "↑↓ move   Space accepts or leaves out   Enter next"}
	doubtTexts      = map[work.ImportDoubt]words.Text{
		work.DoubtMatch:   {ZH: "按名称相近配到了草稿里的“%s”，请核对是不是同一条。", EN: "By its name this looks like %s in the draft. Is it the same?"},
		work.DoubtNear:    {ZH: "草稿里的“%s”和它有些像，请核对是不是同一条。", EN: "%s in the draft is rather like it. Is it the same?"},
		work.DoubtTaken:   {ZH: "草稿里的“%s”已经对应文件第 %d 行。这一条是重复的，还是另一条？", EN: "%s in the draft already goes with row %d. Is this one a repetition?"},
		work.DoubtOmitted: {ZH: "本单位记录过不涉及这一条：%s。仍要加进来吗？", EN: "The unit recorded that this does not occur: %s. Add it all the same?"},
		work.DoubtNoName:  {ZH: "这一条没有事项名称，不能确定是什么。可以指到草稿里的一条，或者不导入。", EN: "This row has no name. Aim it at an entry of the draft, or leave it out."},
	}

	wordPickTitle = words.Text{ZH: "文件里的“%s”是草稿里的哪一条？", EN: "Which entry of the draft is %s?"}
	wordPickFind  = words.Text{ZH: "输入名称里的字，缩小范围", EN: "Type part of a name"}
	wordPickTaken = words.Text{ZH: "已对应文件第 %d 行", EN: "row %d is about it"}
	wordPickYes   = words.Text{ZH: "就是这一条", EN: "This one"}

	wordSummary       = words.Text{ZH: "将改动 %d 条、新增 %d 条。", EN: "%d entries will change, %d will be added."}
	wordSummaryNone   = words.Text{ZH: "没有要写入草稿的内容。", EN: "There is nothing to write."}
	wordSummaryAsk    = words.Text{ZH: "还有 %d 条没有决定，不会导入。", EN: "%d are undecided and stay out."}
	wordUnplacedPart  = words.Text{ZH: "“%s”的 %d 条不会导入：%s。", EN: "%s: %d entries stay out, %s."}
	wordUnplacedParts = words.Text{ZH: "“%s”等 %d 个领域的 %d 条不会导入，点开看原因。", EN: "%s and others, %d sectors with %d entries, stay out; open a row to see why."}
	wordConfirmParts  = words.Text{ZH: "……共 %d 个领域", EN: "… %d sectors in all"}
	wordConfirm       = words.Text{ZH: "确定导入", EN: "Import"}
	wordConfirmTitle  = words.Text{ZH: "导入这些内容？", EN: "Import this?"}
	wordConfirmPart   = words.Text{ZH: "%s：改动 %d 条，新增 %d 条", EN: "%s: %d changed, %d new"}
	wordConfirmLeft   = words.Text{ZH: "不导入：%d 条（其中 %d 条还没有决定）。", EN: "Left out: %d (%d of them undecided)."}
	wordConfirmOther  = words.Text{ZH: "注意：“%s”写的单位是“%s”，不是本单位。", EN: "Note: %s is of %s, another unit."}
	wordConfirmUndo   = words.Text{ZH: "导入后可以一次撤销。", EN: "One undo takes all of it back."}
	wordImporting     = words.Text{ZH: "正在写入草稿", EN: "Writing to the drafts"}
	wordNotWritten    = words.Text{ZH: "没有导入，您的选择都还在。", EN: "Nothing was imported; your choices are still here."}

	// 4 done
	wordDone     = words.Text{ZH: "导入完成", EN: "Imported"}
	wordDoneNote = words.Text{ZH: "从“%s”改动了 %d 条，新增了 %d 条，已经保存。", EN: "From %s, %d entries were changed and %d added. All is saved."}
	wordSee      = words.Text{ZH: "去看这些条目", EN: "Show the entries"}
	wordUndo     = words.Text{ZH: "撤销导入", EN: "Undo the import"}
	wordUndoing  = words.Text{ZH: "正在撤销", EN: "Undoing"}
	wordUndone   = words.Text{ZH: "已撤销，草稿和导入之前一样", EN: "Undone: the drafts are as they were"}
	wordAgain    = words.Text{ZH: "再核对一遍", EN: "Look it over again"}
	wordMore     = words.Text{ZH: "再导入一个文件…", EN: "Import another file…"}
)

// useNames are what a column may be taken for.
var useNames = map[sheet.UseKind]words.Text{
	sheet.UseIgnored:   {ZH: "不导入", EN: "Leave out"},
	sheet.UseExtra:     {ZH: "其他栏目（原样保留）", EN: "Other column (kept)"},
	sheet.UseNumber:    {ZH: "序号", EN: "Number"},
	sheet.UseSector:    {ZH: "领域", EN: "Sector"},
	sheet.UseCode:      {ZH: "编码", EN: "Code"},
	sheet.UseMatter:    {ZH: "公开事项（名称）", EN: "Matter (a name)"},
	sheet.UseContent:   {ZH: "公开内容（要素）", EN: "Content"},
	sheet.UseBasis:     {ZH: "公开依据", EN: "Legal basis"},
	sheet.UseTimeLimit: {ZH: "公开时限", EN: "Time limit"},
	sheet.UsePublisher: {ZH: "公开主体", EN: "Publisher"},
	sheet.UseChannels:  {ZH: "公开渠道和载体", EN: "Channels"},
	sheet.UseChannel:   {ZH: "打勾：这一种渠道", EN: "Tick: this channel"},
	sheet.UseAudience:  {ZH: "公开对象", EN: "Audience"},
	sheet.UseEveryone:  {ZH: "打勾：全社会", EN: "Tick: everyone"},
	sheet.UseGroups:    {ZH: "打勾：特定群体", EN: "Tick: certain groups"},
	sheet.UseMode:      {ZH: "公开方式", EN: "Mode"},
	sheet.UseProactive: {ZH: "打勾：主动公开", EN: "Tick: proactive"},
	sheet.UseOnRequest: {ZH: "打勾：依申请公开", EN: "Tick: on request"},
	sheet.UseTiers:     {ZH: "公开层级", EN: "Tiers"},
	sheet.UseTier:      {ZH: "打勾：%s", EN: "Tick: %s tier"},
	sheet.UseLink:      {ZH: "链接", EN: "Link"},
}

// useName is what a column is taken for, in words.
func useName(u sheet.Use, l words.Lang) string {
	if u.Kind != sheet.UseTier {
		return useNames[u.Kind].In(l)
	}
	names := ""
	for i, t := range u.Tiers.List() {
		if i > 0 {
			names += words.Text{ZH: "、", EN: " and "}.In(l)
		}
		names += words.Tier(t).In(l)
	}
	return useNames[sheet.UseTier].In(l, names)
}

// fieldNames lists fields in words.
func fieldNames(fs []catalog.Field, l words.Lang) string {
	s := ""
	for i, f := range fs {
		if i > 0 {
			s += words.Text{ZH: "、", EN: ", "}.In(l)
		}
		s += words.Field(f).In(l)
	}
	return s
}
