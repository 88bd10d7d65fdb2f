package findings

import "mulutong/app/words"

var (
	title       = words.Text{ZH: "检查", EN: "Findings"}
	allSectors  = words.Text{ZH: "全部领域", EN: "All sectors"}
	byRule      = words.Text{ZH: "按问题排列", EN: "By rule"}
	byEntry     = words.Text{ZH: "按事项排列", EN: "By entry"}
	openOnes    = words.Text{ZH: "待处理的", EN: "Open"}
	answered    = words.Text{ZH: "已写理由的", EN: "With a reason"}
	allOnes     = words.Text{ZH: "全部", EN: "All"}
	batch       = words.Text{ZH: "批量修正…", EN: "Fix many…"}
	checkingOf  = words.Text{ZH: "正在检查，已完成 %d / %d 个领域。查出的已经列在下面。", EN: "Checking: %d of %d sectors done. What was found is listed below."}
	summary     = words.Text{ZH: "错误 %d 处，提醒 %d 处；已写理由 %d 处。", EN: "%d errors, %d warnings; %d with a reason."}
	nothing     = words.Text{ZH: "没有发现问题", EN: "No findings"}
	nothingHint = words.Text{ZH: "可以签发、导出了。改动以后会自动再检查。", EN: "Ready to be signed off and exported. Changes are checked by themselves."}
	hidden      = words.Text{ZH: "这里没有要显示的", EN: "Nothing to show here"}
	hiddenHint  = words.Text{ZH: "别的领域，或者没有勾选的一类里还有 %d 处。", EN: "%d more are in other sectors, or of a kind that is not ticked."}
	showAll     = words.Text{ZH: "全部显示", EN: "Show all"}
	waiting     = words.Text{ZH: "正在检查…", EN: "Checking…"}
	noCatalogs  = words.Text{ZH: "还没有目录", EN: "No catalogs yet"}
	noneHint    = words.Text{ZH: "在“总览”里添加领域后，这里会列出要改的地方。", EN: "Add sectors on the overview; what needs mending will be listed here."}
	chooseOne   = words.Text{ZH: "点左边的一条，这里显示错在哪里、怎么改。", EN: "Choose a finding at the left to see what is wrong and what to do."}
	chooseTitle = words.Text{ZH: "选择一条问题", EN: "Choose a finding"}
	wholeOne    = words.Text{ZH: "整个目录", EN: "The whole catalog"}

	goThere    = words.Text{ZH: "去修改", EN: "Go there"}
	fixOne     = words.Text{ZH: "修正", EN: "Fix"}
	fixRule    = words.Text{ZH: "全部修正…", EN: "Fix all…"}
	cellSays   = words.Text{ZH: "现在写的是", EN: "It says"}
	cellEmpty  = words.Text{ZH: "（空着）", EN: "(empty)"}
	fixedSays  = words.Text{ZH: "修正后", EN: "Fixed"}
	writeWhy   = words.Text{ZH: "写明理由…", EN: "Give a reason…"}
	changeWhy  = words.Text{ZH: "改理由…", EN: "Change the reason…"}
	takeBack   = words.Text{ZH: "撤回理由", EN: "Take it back"}
	whyGiven   = words.Text{ZH: "已写理由", EN: "Reason given"}
	whyTitle   = words.Text{ZH: "写明理由", EN: "Give a reason"}
	whyHint    = words.Text{ZH: "确实无误的，写明为什么。上级审核时会先看到这句话。", EN: "Where it is right as it stands, say why. Whoever reviews it sees this first."}
	whySample  = words.Text{ZH: "例如：该文件2025年修订后仍然有效", EN: "For example: still in force as revised in 2025"}
	whyOthers  = words.Text{ZH: "同一问题的其余 %d 处也写这个理由", EN: "Give it for the other %d of this rule too"}
	whyMissing = words.Text{ZH: "请写明理由。", EN: "A reason is needed."}
	aboutRule  = words.Text{ZH: "关于这条规则", EN: "About this rule"}
	whyRule    = words.Text{ZH: "为什么查", EN: "Why"}
	whatToDo   = words.Text{ZH: "怎么改", EN: "What to do"}
	wrongOne   = words.Text{ZH: "错例", EN: "Wrong"}
	rightOne   = words.Text{ZH: "正例", EN: "Right"}

	planning     = words.Text{ZH: "正在查找可以修正的地方", EN: "Looking for what can be fixed"}
	previewTitle = words.Text{ZH: "批量修正：%s", EN: "Fix many: %s"}
	previewAll   = words.Text{ZH: "全部可以修正的地方", EN: "everything that can be fixed"}
	previewHint  = words.Text{ZH: "勾选的才会修改。修改后按一次“撤销”，全部还原。", EN: "Only what is ticked is changed. One undo takes all of it back."}
	previewSafe  = words.Text{ZH: "已勾选只改写法、不改意思的；其余请看过再勾选。", EN: "Ticked are those that change only how it is written. Look at the others before ticking them."}
	previewNone  = words.Text{ZH: "没有可以自动修正的地方。", EN: "There is nothing that can be fixed by itself."}
	tickAll      = words.Text{ZH: "全选", EN: "Tick all"}
	tickNone     = words.Text{ZH: "全不选", EN: "Tick none"}
	applyFixes   = words.Text{ZH: "修正 %d 处", EN: "Fix %d"}
	labelFix     = words.Text{ZH: "按检查结果修正 %d 处", EN: "%d fixes of findings"}
	saidFixed    = words.Text{ZH: "已修正 %d 处。", EN: "%d fixed."}
	saidSkipped  = words.Text{ZH: "已修正 %d 处；另有 %d 处刚才改过，没有动。", EN: "%d fixed; %d had been changed meanwhile and were left alone."}
	saidReason   = words.Text{ZH: "理由已记下。", EN: "The reason is kept."}
	saidTaken    = words.Text{ZH: "理由已撤回。", EN: "The reason is taken back."}
	arrow        = words.Text{ZH: " → ", EN: " → "}
	nothingLeft  = words.Text{ZH: "（删去）", EN: "(removed)"}
)
