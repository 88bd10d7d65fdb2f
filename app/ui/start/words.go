package start

import (
	"mulutong/app/words"
	"mulutong/app/work"
)

var (
	wordWelcome  = words.Text{ZH: "欢迎使用目录通", EN: "Welcome to Mulutong"}
	wordLanguage = words.Text{ZH: "中文", EN: "English"}
	wordUnitStep = words.Text{ZH: "1 选单位", EN: "1 Unit"}
	wordSectors  = words.Text{ZH: "2 选领域", EN: "2 Sectors"}
	wordPerson   = words.Text{ZH: "3 姓名和文件夹", EN: "3 Name and folder"}

	wordWhichUnit   = words.Text{ZH: "你是哪个单位？", EN: "Which unit is yours?"}
	wordUnitHint    = words.Text{ZH: "输入名称、拼音、首字母或区划代码，如 籍山、jishan、jsz、340223；也可以在下面一级一级地找。", EN: "Type a name, pinyin, initials or a division code, or go down the list below."}
	wordSearch      = words.Text{ZH: "单位名称、拼音或代码", EN: "Name, pinyin or code"}
	wordCountry     = words.Text{ZH: "全国", EN: "Country"}
	wordDepartments = words.Text{ZH: "县级部门", EN: "Departments"}
	wordFound       = words.Text{ZH: "找到的单位和地方", EN: "Found"}
	wordNotFound    = words.Text{ZH: "没有找到“%s”", EN: "Nothing found for “%s”"}
	wordNotFoundDo  = words.Text{ZH: "换一个说法试试：名称的一部分、拼音首字母，或者区划代码的前几位。", EN: "Try a part of the name, its initials, or the first digits of the code."}
	wordWhole       = words.Text{ZH: "县级政务公开办，汇总全县（市、区）", EN: "The county's office of disclosure"}
	wordDeptRow     = words.Text{ZH: "%s的部门…", EN: "Departments of %s…"}
	wordDeptNote    = words.Text{ZH: "民政局、教育局等，只编自己的领域", EN: "Those compile their own sectors only"}
	wordOther       = words.Text{ZH: "名单里没有，自己填写…", EN: "Another one…"}
	wordOtherNote   = words.Text{ZH: "照公章上的全称写", EN: "As its seal has it"}
	wordOtherLabel  = words.Text{ZH: "部门全称", EN: "Full name of the department"}
	wordOtherTitle  = words.Text{ZH: "部门叫什么名字？", EN: "What is the department called?"}
	wordUse         = words.Text{ZH: "就用这个", EN: "Use it"}
	wordChosen      = words.Text{ZH: "你的单位", EN: "Your unit"}
	wordNoneYet     = words.Text{ZH: "还没有选", EN: "None chosen yet"}
	wordNoneYetDo   = words.Text{ZH: "在左边找到自己的单位，按回车或者点一下。", EN: "Find your unit on the left; press Enter or click it."}
	wordCode        = words.Text{ZH: "区划代码 %s", EN: "Division code %s"}
	wordTier        = words.Text{ZH: "层级：%s", EN: "Tier: %s"}
	wordPublishes   = words.Text{ZH: "公开主体写作“%s”", EN: "Publishes as %s"}

	wordWhichSectors = words.Text{ZH: "编哪些领域？", EN: "Which sectors?"}
	wordSectorsHint  = words.Text{ZH: "适用的都已经勾上。不编的去掉勾，并说明为什么不涉及；以后随时可以再加。", EN: "Those that apply are ticked. Untick what does not occur and say why; you can add it later."}
	wordDeptSectors  = words.Text{ZH: "本部门公开的领域已经勾上，其他的需要时再勾。", EN: "The sectors in which the department publishes are ticked; tick others as needed."}
	wordOptional     = words.Text{ZH: "增设的领域（当地要求编制才勾选）", EN: "Added sectors (only where they are asked for)"}
	wordEntries      = words.Text{ZH: "%d 条", EN: "%d"}
	wordNoEntries    = words.Text{ZH: "本级无事项", EN: "not this tier"}
	wordWhy          = words.Text{ZH: "为什么不涉及？", EN: "Why not?"}
	wordOwnReason    = words.Text{ZH: "其他理由…", EN: "Another reason…"}
	wordReasonTitle  = words.Text{ZH: "“%s”为什么不涉及？", EN: "Why does %s not occur?"}
	wordReasonLabel  = words.Text{ZH: "理由（会随目录上报）", EN: "Reason (goes with the catalog)"}
	wordTotal        = words.Text{ZH: "编 %d 个领域，共 %d 条；不涉及 %d 个", EN: "%d sectors with %d entries; %d do not occur"}
	wordTotalOnly    = words.Text{ZH: "编 %d 个领域，共 %d 条", EN: "%d sectors with %d entries"}
	wordReasonsLeft  = words.Text{ZH: "还差 %d 个领域的不涉及理由，从“%s”写起。", EN: "%d sectors still lack a reason, first %s."}
	wordNoSector     = words.Text{ZH: "至少要勾选一个领域。", EN: "Tick at least one sector."}
	wordLoading      = words.Text{ZH: "正在准备…", EN: "Preparing…"}

	wordWho        = words.Text{ZH: "你的姓名", EN: "Your name"}
	wordWhoHint    = words.Text{ZH: "记在修改记录里，说明每一处是谁改的。", EN: "The history says who changed what."}
	wordWhoMissing = words.Text{ZH: "请填写姓名。", EN: "Enter your name."}
	wordWhere      = words.Text{ZH: "草稿放在哪里", EN: "Where the drafts are kept"}
	wordWhereHint  = words.Text{ZH: "只存在这台电脑上，不用上网。一般不用改；放在U盘或网络盘上容易丢失。", EN: "On this machine only. Leave it as it is unless you know better; sticks and network drives lose data."}
	wordChange     = words.Text{ZH: "换个文件夹…", EN: "Choose…"}
	wordWhichDir   = words.Text{ZH: "草稿放在哪个文件夹？", EN: "Which folder for the drafts?"}
	wordUseDir     = words.Text{ZH: "用这个文件夹", EN: "Use this folder"}
	wordMake       = words.Text{ZH: "建立草稿", EN: "Make the drafts"}
	wordMaking     = words.Text{ZH: "正在建立草稿", EN: "Making the drafts"}

	wordBack = words.Text{ZH: "上一步", EN: "Back"}
	wordNext = words.Text{ZH: "下一步", EN: "Next"}
	wordPick = words.Text{ZH: "请先选定自己的单位。", EN: "Choose your unit first."}

	wordReady       = words.Text{ZH: "草稿已经建好", EN: "The drafts are ready"}
	wordReadyHint   = words.Text{ZH: "内容都从国家指引的模板来，照本单位的情况改就行。边改边存，不用按保存。", EN: "They start from the guidelines' templates; change what differs. Everything is saved as you type."}
	wordGoOn        = words.Text{ZH: "内容和修改记录都在，接着编就行。边改边存，不用按保存。", EN: "Everything is there, with its history. It is saved as you type."}
	wordReadyMade   = words.Text{ZH: "%d 个领域，%d 条，可以开始编", EN: "%d sectors with %d entries to work on"}
	wordReadyUnused = words.Text{ZH: "%d 个领域已标为不涉及", EN: "%d sectors marked as not applicable"}
	wordReadyHeld   = words.Text{ZH: "%d 个领域原来就有草稿，没有改动", EN: "%d sectors had drafts already, left as they were"}
	wordReadyIn     = words.Text{ZH: "存放在 %s", EN: "Kept in %s"}
	wordBegin       = words.Text{ZH: "开始", EN: "Start"}

	wordHaveDrafts = words.Text{ZH: "打开已有的草稿…", EN: "Open drafts…"}
	wordHaveBackup = words.Text{ZH: "从备份恢复…", EN: "Restore a backup…"}
	wordOpenTitle  = words.Text{ZH: "草稿在哪个文件夹里？", EN: "In which folder are the drafts?"}
	wordOpenHead   = words.Text{ZH: "打开已有的草稿", EN: "Open drafts"}
	wordOpenHint   = words.Text{ZH: "继续用这个文件夹里的草稿，内容不变。", EN: "Go on with the drafts in this folder; nothing in them changes."}
	wordFolder     = words.Text{ZH: "草稿文件夹", EN: "Folder of drafts"}
	wordWhose      = words.Text{ZH: "这是%s的草稿。", EN: "These are the drafts of %s."}
	wordOpen       = words.Text{ZH: "打开", EN: "Open"}
	wordOpening    = words.Text{ZH: "正在打开", EN: "Opening"}
	wordBackupOf   = words.Text{ZH: "用哪个备份？", EN: "Which backup?"}
	wordBackHead   = words.Text{ZH: "从备份恢复", EN: "Restore a backup"}
	wordBackHint   = words.Text{ZH: "备份文件（.mulubak）里有全部草稿和修改记录，换电脑、换人都用它。", EN: "A backup (.mulubak) holds all drafts and their history; use it to move to another machine or person."}
	wordBackFile   = words.Text{ZH: "备份文件", EN: "Backup"}
	wordOther2     = words.Text{ZH: "换一个文件…", EN: "Choose…"}
	wordRestore    = words.Text{ZH: "恢复", EN: "Restore"}
	wordRestoring  = words.Text{ZH: "正在恢复", EN: "Restoring"}
	wordRestored   = words.Text{ZH: "备份已经恢复", EN: "The backup is restored"}
)

var reasons = work.UnusedReasons
