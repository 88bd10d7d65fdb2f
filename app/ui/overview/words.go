package overview

import (
	"mulutong/app/words"
	"mulutong/app/work"
)

var (
	wordNext = words.Text{ZH: "接下来", EN: "Next"}

	nextSays = map[work.NextKind]words.Text{
		work.NextReturned:  {ZH: "%s被退回了，按意见修改", EN: "%s was returned: mend what the comments say"},
		work.NextErrors:    {ZH: "%s有 %d 处错误要改", EN: "%s has %d errors to mend"},
		work.NextUntouched: {ZH: "看一遍%s，%d 条还是模板的内容", EN: "Look through %s: its %d entries are the template's"},
		work.NextSign:      {ZH: "%d 个领域没有错误了，可以签发", EN: "%d sectors have no errors and can be signed off"},
		work.NextExport:    {ZH: "%d 个领域已经签发，可以导出上报", EN: "%d sectors are signed off and can be exported"},
		work.NextWait:      {ZH: "都报送了，等审核结果", EN: "All is submitted; wait for the review"},
		work.NextAdd:       {ZH: "还没有要编的领域，先加入一个", EN: "There is no sector to work on; add one"},
		work.NextCount:     {ZH: "正在检查，还剩 %d 个领域", EN: "Checking; %d sectors left"},
	}
	nextDoes = map[work.NextKind]words.Text{
		work.NextReturned:  {ZH: "看退回意见", EN: "See the comments"},
		work.NextErrors:    {ZH: "去改", EN: "Mend them"},
		work.NextUntouched: {ZH: "打开", EN: "Open"},
		work.NextSign:      {ZH: "去签发", EN: "Sign off"},
		work.NextExport:    {ZH: "去导出", EN: "Export"},
		work.NextAdd:       {ZH: "加入领域", EN: "Add sectors"},
	}

	wordDueIn       = words.Text{ZH: "离报送还有 %d 天（%s）", EN: "%d days until due (%s)"}
	wordDueToday    = words.Text{ZH: "今天报送（%s）", EN: "Due today (%s)"}
	wordDueTomorrow = words.Text{ZH: "明天报送（%s）", EN: "Due tomorrow (%s)"}
	wordDueRough    = words.Text{ZH: "约 %s，%.4s 年的放假安排还不知道", EN: "about %s; the holidays of %.4s are not known yet"}
	wordSum         = words.Text{ZH: "%d 个领域，%d 条", EN: "%d sectors, %d entries"}
	wordSumErrors   = words.Text{ZH: "错误 %d 处", EN: "%d errors"}
	wordSumWarnings = words.Text{ZH: "提醒 %d 处", EN: "%d warnings"}
	wordSumNone     = words.Text{ZH: "没有错误", EN: "no errors"}
	wordChecking    = words.Text{ZH: "正在检查…", EN: "Checking…"}

	wordAll       = words.Text{ZH: "全部", EN: "All"}
	wordOpen      = words.Text{ZH: "待办", EN: "To do"}
	wordWrong     = words.Text{ZH: "有错误", EN: "With errors"}
	wordUntouched = words.Text{ZH: "没看过", EN: "Not looked at"}
	wordDone      = words.Text{ZH: "已办好", EN: "Done"}
	wordUnused    = words.Text{ZH: "不涉及", EN: "Not applicable"}
	wordNoneSuch  = words.Text{ZH: "没有这样的领域", EN: "No such sector"}
	wordShowAll   = words.Text{ZH: "看全部", EN: "Show all"}

	wordByUrgency = words.Text{ZH: "先办的在前", EN: "Most pressing first"}
	wordByNumber  = words.Text{ZH: "按领域次序", EN: "In usual order"}
	wordByEdit    = words.Text{ZH: "最近改的在前", EN: "Last edited first"}

	wordEntries  = words.Text{ZH: "%d 条", EN: "%d entries"}
	wordErrors   = words.Text{ZH: "%d 错误", EN: "%d errors"}
	wordWarnings = words.Text{ZH: "%d 提醒", EN: "%d warnings"}
	wordFresh    = words.Text{ZH: "没看过", EN: "not looked at"}
	wordClean    = words.Text{ZH: "可签发", EN: "can be signed"}

	wordAdd       = words.Text{ZH: "加入领域…", EN: "Add sectors…"}
	wordAddTitle  = words.Text{ZH: "加入哪些领域？", EN: "Which sectors to add?"}
	wordAddHint   = words.Text{ZH: "从模板建立草稿，可以撤销。", EN: "Drafts are made from their templates; it can be undone."}
	wordAddYes    = words.Text{ZH: "加入", EN: "Add"}
	wordAddNone   = words.Text{ZH: "所有领域都在这里了。", EN: "All sectors are here already."}
	wordAdded     = words.Text{ZH: "已加入 %d 个领域", EN: "%d sectors added"}
	wordOpenItem  = words.Text{ZH: "打开目录", EN: "Open the catalog"}
	wordFindings  = words.Text{ZH: "看问题", EN: "See findings"}
	wordSign      = words.Text{ZH: "签发", EN: "Sign off"}
	wordSetUnused = words.Text{ZH: "标为不涉及…", EN: "Mark as not applicable…"}
	wordBring     = words.Text{ZH: "恢复编制", EN: "Bring back"}
	wordUnusedAsk = words.Text{ZH: "%s为什么不涉及？", EN: "Why does %s not occur?"}
	wordReason    = words.Text{ZH: "理由会随目录上报。已经编的内容留着，随时可以恢复。", EN: "The reason goes with the catalog. What was written stays and can be brought back."}
	wordMark      = words.Text{ZH: "标为不涉及", EN: "Mark it"}
	wordMarked    = words.Text{ZH: "%s已标为不涉及", EN: "%s is marked as not applicable"}
	wordBrought   = words.Text{ZH: "%s已恢复编制", EN: "%s is back"}
	wordLoading   = words.Text{ZH: "正在读取草稿…", EN: "Reading the drafts…"}
)
