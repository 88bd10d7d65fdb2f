package headless

import (
	"strings"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/catalog/sheet"
)

// fields splits a line of column headings.
func (t text) fields(l lang) []string { return strings.Split(t.in(l), "|") }

// Help.
var (
	helpRoot     = text{"目录通：编制、检查、导出基层政务公开标准目录", "Mulutong: compile, check and export catalogs of disclosure"}
	helpRootLong = text{
		"目录通：编制、检查、导出基层政务公开标准目录。\n" +
			"全部离线工作，草稿保存在本机。\n\n" +
			"常用步骤：\n" +
			"  mulu init --data 草稿 --unit 340223100          从模板建立本单位草稿\n" +
			"  mulu import 去年目录.xlsx --data 草稿 --dry-run   看看会导入什么\n" +
			"  mulu import 去年目录.xlsx --data 草稿            导入（可撤销）\n" +
			"  mulu check --data 草稿                          检查\n" +
			"  mulu export --data 草稿 --out 导出              导出工作簿",
		"Mulutong compiles, checks and exports catalogs of disclosure (基层政务公开标准目录).\n" +
			"It works offline; drafts stay on this machine.\n\n" +
			"The usual steps:\n" +
			"  mulu init --data drafts --unit 340223100          drafts from templates\n" +
			"  mulu import last-year.xlsx --data drafts --dry-run  see what would change\n" +
			"  mulu import last-year.xlsx --data drafts            import (can be undone)\n" +
			"  mulu check --data drafts                            check\n" +
			"  mulu export --data drafts --out out                 write workbooks",
	}
	helpHelp          = text{"显示帮助", "show help"}
	helpVersion       = text{"显示程序和数据的版本", "show the versions of program and data"}
	versionLine       = text{"目录通 %s（模板与依据库 %s）", "mulu %s (templates and register %s)"}
	helpOfHelp        = text{"显示某个命令的帮助", "show the help of a command"}
	helpLang          = text{"消息`语言`：zh 或 en（默认按系统语言）", "`language` of messages: zh or en (default: by locale)"}
	helpJSON          = text{"输出一个 JSON 文档", "print one JSON document"}
	helpData          = text{"草稿所在的`文件夹`", "`folder` of the drafts"}
	helpSector        = text{"`领域`名称或代号，可重复", "name or slug of a `sector`, repeatable"}
	helpImportSector  = text{"只导入这个`领域`，可重复；认不出领域的表归入它", "import only this `sector`, repeatable; a table of none known goes into it"}
	helpUnit          = text{"单位的区划`代码`，如 340223100（籍山镇）", "division `code` of the unit, such as 340223100"}
	helpTier          = text{"只看某一`层级`：县级、乡级、村级（county、township、village）", "only one `tier`: county, township, village"}
	helpDivision      = text{"按某地的区划`代码`套用地方变体", "apply the variants of a division, by its `code`"}
	helpTemplateOut   = text{"写成`文件`（.xlsx、.csv 或 .json），式样同印发的标准目录", "write a `file` (.xlsx, .csv or .json) that looks like the printed guideline"}
	helpEntry         = text{"目录条目的`编号`（id），须指明 --sector", "`id` of an entry; needs --sector"}
	helpLimit         = text{"最多显示`几`步（默认 50，0 为全部）", "at most so `many` (default 50; 0 for all)"}
	helpDryRun        = text{"只显示将会怎样，不写入", "show what would happen, write nothing"}
	helpNotApplicable = text{"不涉及的领域及理由：`领域=理由`，可重复", "a sector that does not occur and why: `SECTOR=REASON`, repeatable"}
	helpFix           = text{"把能自动改正的都改好（须用 --data；可撤销，可先加 --dry-run 预览）", "apply every known fix (needs --data; can be undone; preview with --dry-run)"}
	helpUndo          = text{"撤销最近一步", "undo the last step"}
	helpRedo          = text{"重做刚撤销的一步", "redo what was undone"}
	helpAt            = text{"恢复到某一`时刻`：\"2026-03-01\" 或 \"2026-03-01 15:04\"，须指明 --sector", "as of a `time`: \"2026-03-01\" or \"2026-03-01 15:04\"; needs --sector"}
	helpFrom          = text{"从备份`文件`恢复到 --data 指定的空文件夹", "restore a backup `file` into the empty folder of --data"}
	helpBackupOut     = text{"备份`文件`名（默认放在草稿文件夹的 backups 下）", "`file` to write (default: in backups of the drafts' folder)"}
	helpOut           = text{"导出到的`路径`：文件夹（每领域一个文件）或文件名（合为一个）", "`path` to write: a folder (a file for each sector) or one file"}
	helpFormat        = text{"`格式`：xlsx、csv、json（默认看 --out 的文件名，否则 xlsx）", "`format`: xlsx, csv, json (default: by the name of --out, or xlsx)"}
	helpLayout        = text{"`版式`：national（国家标准，默认）、anhui（安徽编码）", "`layout`: national (default), anhui (coded)"}
	helpPaper         = text{"`纸张`：A4（默认）或 A3，均为横向", "`paper`: A4 (default) or A3, landscape"}
	helpSectors       = text{"列出各领域及其模板", "list the sectors and their templates"}
	helpTemplate      = text{"显示一个领域的模板", "show a sector's template"}
	helpBasis         = text{"查公开依据：是否有效、由什么取代", "look up legal bases: in force or repealed, and by what"}
	helpUnconfirmed   = text{"只列出未经核实的依据，附各领域模板引用的条目数", "only bases that nobody has confirmed, with how many template entries of which sectors cite them"}
	helpDivisions     = text{"查行政区划：代码、名称、拼音或首字母", "find divisions by code, name, pinyin or initials"}
	helpRead          = text{"读出表格文件里的目录，不保存", "show what a file's catalogs say; stores nothing"}
	helpCheck         = text{"检查一个文件，或 --data 里的草稿", "check a file, or the drafts in --data"}
	helpInit          = text{"从模板建立单位的草稿", "make a unit's drafts from templates"}
	helpImport        = text{"把表格文件导入草稿", "import a file into the drafts"}
	helpExport        = text{"把草稿导出为工作簿等文件", "write the drafts as workbooks and other files"}
	helpStatus        = text{"各领域的进度", "how far each sector is"}
	helpHistory       = text{"修改记录：谁、何时、改了什么", "who changed what, and when"}
	helpRestore       = text{"撤销、重做、恢复到某一时刻，或从备份恢复", "undo, redo, go back to a time, or restore a backup"}
	helpBackup        = text{"备份草稿", "back the drafts up"}
	helpCompletion    = text{"输出命令补全脚本：bash（须装有 bash-completion）、zsh、fish、powershell", "print a completion script: bash (with bash-completion), zsh, fish, powershell"}
)

// argumentNames puts the names of arguments into Chinese.
var argumentNames = strings.NewReplacer(
	"CODE_OR_NAME", "代码或名称", "FILE", "文件", "SECTOR", "领域", "TITLE", "名称", "SHELL", "终端", "COMMAND", "命令",
)

// examples are command lines for the help of each command.
var examples = map[string]text{
	"init": {
		"  mulu init --data 草稿 --unit 340223100\n  mulu init --data 草稿 --unit 340223100 --sector 社会救助 --not-applicable 义务教育=镇内没有学校",
		"  mulu init --data drafts --unit 340223100\n  mulu init --data drafts --unit 340223100 --sector social-assistance",
	},
	"import": {
		"  mulu import 去年目录.xlsx --data 草稿 --dry-run\n  mulu import 低保目录.docx --data 草稿 --sector 社会救助",
		"  mulu import last-year.xlsx --data drafts --dry-run\n  mulu import table.docx --data drafts --sector social-assistance",
	},
	"check": {
		"  mulu check --data 草稿\n  mulu check --data 草稿 --fix --dry-run\n  mulu check 籍山镇目录.xlsx --unit 340223100",
		"  mulu check --data drafts\n  mulu check --data drafts --fix --dry-run\n  mulu check catalog.xlsx --unit 340223100",
	},
	"export": {
		"  mulu export --data 草稿 --out 导出\n  mulu export --data 草稿 --out 全部目录.xlsx --layout anhui --paper A3",
		"  mulu export --data drafts --out out\n  mulu export --data drafts --out all.xlsx --layout anhui --paper A3",
	},
	"restore": {
		"  mulu restore --data 草稿 --undo\n  mulu restore --data 草稿 --at \"2026-03-01 15:04\" --sector 社会救助\n  mulu restore --data 新文件夹 --from 备份.mulubak",
		"  mulu restore --data drafts --undo\n  mulu restore --data drafts --at \"2026-03-01 15:04\" --sector budget\n  mulu restore --data new --from copy.mulubak",
	},
	"backup":     {"  mulu backup --data 草稿 --out U盘/籍山镇.mulubak", "  mulu backup --data drafts --out copy.mulubak"},
	"read":       {"  mulu read 去年目录.xlsx\n  mulu read 去年目录.xlsx --json", "  mulu read last-year.xlsx\n  mulu read last-year.xlsx --json"},
	"template":   {"  mulu template 社会救助 --tier 乡级\n  mulu template 社会救助 --out 社会救助标准目录.xlsx", "  mulu template social-assistance --tier township\n  mulu template social-assistance --out guideline.xlsx"},
	"basis":      {"  mulu basis 社会救助暂行办法\n  mulu basis --unconfirmed", "  mulu basis 社会救助暂行办法\n  mulu basis --unconfirmed"},
	"divisions":  {"  mulu divisions 籍山\n  mulu divisions jishan\n  mulu divisions 340223", "  mulu divisions 籍山\n  mulu divisions jishan\n  mulu divisions 340223"},
	"completion": {"  source <(mulu completion bash)", "  source <(mulu completion bash)"},
}

var usageTemplate = text{usageTemplateOf("用法", "例如", "命令", "选项", "通用选项", "用 “mulu help 命令” 查看某个命令的帮助。"), usageTemplateOf("Usage", "Examples", "Commands", "Flags", "Global flags", `Use "mulu help COMMAND" for more about a command.`)}

func usageTemplateOf(usage, example, commands, flags, global, more string) string {
	return usage + ": {{.UseLine}}{{if .HasExample}}\n\n" + example + ":\n{{.Example}}{{end}}{{if .HasAvailableSubCommands}}\n\n" +
		commands + ":{{range .Commands}}{{if .IsAvailableCommand}}\n  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}" +
		"{{if .HasAvailableLocalFlags}}\n\n" + flags + ":\n{{flagTable .LocalFlags}}{{end}}" +
		"{{if .HasAvailableInheritedFlags}}\n\n" + global + ":\n{{flagTable .InheritedFlags}}{{end}}" +
		"{{if .HasAvailableSubCommands}}\n\n" + more + "{{end}}\n"
}

// Wrong usage.
var (
	badCommand       = text{"没有命令 %s。", "there is no command %s."}
	badFlag          = text{"没有选项 %s。", "there is no flag %s."}
	badFlagValue     = text{"选项的值不对：%s。", "bad value: %s."}
	flagWithoutValue = text{"选项 %s 后面要有值。", "flag %s needs a value."}
	missingFlag      = text{"缺少选项 %s。", "flag %s is needed."}
	missingArgument  = text{"缺少参数 %s。", "argument %s is needed."}
	extraArgument    = text{"多余的参数：%s。", "unexpected argument: %s."}
	badSector        = text{"没有领域“%s”。用 mulu sectors 查看各领域。", "there is no sector %q. See mulu sectors."}
	noTemplate       = text{"“%s”还没有模板。", "there is no template yet for %q."}
	sectorNotHeld    = text{"草稿里没有“%s”。用 mulu init --sector 加入。", "the drafts have no %q. Add it with mulu init --sector."}
	badDivision      = text{"没有区划代码“%s”。用 mulu divisions 查找，如 mulu divisions 籍山。", "there is no division %q. Find it with mulu divisions."}
	badTier          = text{"没有层级“%s”。可用 县级、乡级、村级（county、township、village）。", "there is no tier %q: county, township or village."}
	badShell         = text{"不支持 %s。可用 bash、zsh、fish、powershell。", "no completion for %s: bash, zsh, fish or powershell."}
	badTime          = text{"时间“%s”看不懂。请写成 2026-03-01 或 \"2026-03-01 15:04\"。", "bad time %q: write 2026-03-01 or \"2026-03-01 15:04\"."}
	reasonMissing    = text{"“%s”缺少理由。请写成 领域=理由。", "%q lacks a reason: write SECTOR=REASON."}
	oneWayToRestore  = text{"请在 --undo、--redo、--at、--from 中选一个。", "choose one of --undo, --redo, --at, --from."}
	flagsWord        = text{"选项", "flags"}
	noCatalogsThere  = text{"“%s”是市一级的，不编制基层目录。请填写县（市、区）或者乡镇、街道的区划代码，用 mulu divisions 查找。", "%s is a prefecture, which has no such catalogs. Give the code of a county, a township or a street: see mulu divisions."}
	likeCommand      = text{"没有这个命令。是不是：%s？", "there is no such command. Is it %s?"}
	likeSector       = text{"没有这个领域。是不是：%s？", "there is no such sector. Is it one of: %s?"}
	badLang          = text{"没有语言“%s”。可用 zh、en。", "there is no language %q: zh or en."}
	fileOrData       = text{"请指明一个要检查的文件，或用 --data 指明草稿文件夹，二者选一。", "name a file to check, or the drafts by --data: one of the two."}
	badExtension     = text{"文件名 %s 与格式不符。请写 .xlsx、.csv 或 .json，或写文件夹名。", "the name %s does not fit the format. End it in .xlsx, .csv or .json, or name a folder."}
	onlyWithAt       = text{"%s 只能与 --at 一起用。", "%s goes with --at only."}
	tryHelp          = text{"用法见 %s。", " See %s."}
)

// Failures that carry more than a name.
var (
	cellTooLong = text{"“%s”有 %d 个字，超过一个单元格能放的 32767 个。请缩短，或导出为 csv。", "%s has %d characters; a cell holds 32767. Shorten it or export as csv."}
	unexpected  = text{"出错了：%s", "failed: %s"}
)

// Results.
var (
	tableSectors     = text{"序|领域|代号|条目|县级|乡级|村级|已核|指引文号", "no|sector|slug|entries|county|township|village|confirmed|guideline"}
	formerName       = text{"%s（原%s）", "%s (was %s)"}
	sumWord          = text{"合计", "sum"}
	sectorsOptional  = text{"\n26 个试点领域之外增设的领域（mulu init 用 --sector 指明才建立）：", "\nSectors added to the 26 (mulu init makes them when named by --sector):"}
	tableBasis       = text{"状态|施行或终止|已核|名称和文号", "status|in force or ended|confirmed|title and number"}
	tableUnconfirmed = text{"状态|引用|名称和文号", "status|cited|title and number"}
	basisSuccessor   = text{"改引 %s", "cite instead %s"}
	basisCitedBy     = text{"引用的领域和条目数：%s", "sectors citing it, entries: %s"}
	basisNote        = text{"备注：%s", "note: %s"}
	tableStatus      = text{"领域|状态|条目|无错|错误|提醒|最近修改", "sector|state|entries|clean|errors|warnings|last edit"}
	templateSource   = text{"依据：%s《%s》%s", "after: %s 《%s》%s"}
	templateCounts   = text{"版本 %s，共 %d 条：县级 %d，乡级 %d，村级 %d；其中已核 %d 条", "version %s, %d entries: county %d, township %d, village %d; %d confirmed"}
	templateNote     = text{"说明：%s", "note: %s"}
	unconfirmedMark  = text{"待核", "unconfirmed"}
	labelAlso        = text{"又名", "also called"}
	labelMay         = text{"可选渠道", "may also use"}
	labelHint        = text{"提示", "hint"}
	basisNotFound    = text{"依据库里没有“%s”。", "the register has no %q."}
	listMark         = text{"、", ", "}
	basisConfirmed   = text{"都已核实。", "all of them are confirmed."}
	divisionNotFound = text{"没有找到“%s”。可输入代码、名称、拼音或首字母。", "nothing found for %q: try a code, a name, pinyin or initials."}

	readTable   = text{"工作表“%s”：%s｜领域 %s｜单位 %s｜%d 条", "sheet %s: %s | sector %s | unit %s | %d entries"}
	readProblem = text{"  第%d行 %s：%s", "  row %d, %s: %s"}
	rowProblem  = text{"  第%d行：%s", "  row %d: %s"}
	readSkipped = text{"工作表“%s”不是目录，已略过。", "sheet %s is no catalog and was left out."}
	doingRead   = text{"正在读取", "reading"}

	rowWord       = text{"第%d行", "row %d"}
	checkCatalog  = text{"\n%s（%d 条，%d 个问题）", "\n%s (%d entries, %d findings)"}
	checkFix      = text{"      可改为：%s", "      fix: %s"}
	checkDisputed = text{"      争议理由：%s", "      disputed: %s"}
	checkTotal    = text{"共检查 %d 个领域 %d 条：错误 %d，提醒 %d，已说明理由 %d。", "checked %d sectors, %d entries: %d errors, %d warnings, %d disputed."}
	unknownSector = text{"领域不明", "sector not known"}
	doingCheck    = text{"正在检查", "checking"}

	labelFix  = text{"按检查结果改正 %d 处", "%d fixes of findings"}
	fixBefore = text{"    %s：%s", "    %s: %s"}
	fixAfter  = text{"      改为：%s", "      now: %s"}
	fixNone   = text{"没有可以自动改正的内容，草稿没有改动。", "There is nothing to fix by itself; the drafts are as they were."}
	fixDry    = text{"\n以上 %d 处为预览，没有写入。", "\nThis was a preview of %d fixes; nothing was written."}
	fixDone   = text{"\n已改正 %d 处。可用 mulu restore --undo 撤销。", "\n%d fixes made. mulu restore --undo takes them back."}
	fixLeft   = text{"改正后还有：错误 %d，提醒 %d。", "Left after that: %d errors, %d warnings."}

	labelInit   = text{"从模板建立草稿", "drafts from templates"}
	initUnit    = text{"单位：%s（%s）", "unit: %s (%s)"}
	initMade    = text{"  %s：已建立草稿，%d 条", "  %s: draft made, %d entries"}
	initUnused  = text{"  %s：已标为不涉及（%s）", "  %s: marked as not applicable (%s)"}
	initHeld    = text{"  %s：已有草稿，未改动", "  %s: already there, left as it is"}
	statusEmpty = text{"还没有目录。用 mulu init --sector 加入。", "no catalogs yet. Add them with mulu init --sector."}

	historyUndo = text{"撤销第 %d 步（%s）", "undo of %d (%s)"}
	historyRedo = text{"重做第 %d 步（%s）", "redo of %d (%s)"}
	historyNone = text{"没有修改记录。", "no changes recorded."}
	historyLine = text{"%d  %s  %s  %s（%d 处）", "%d  %s  %s  %s (%d changes)"}

	labelImport        = text{"导入 %s", "import %s"}
	importTable        = text{"\n工作表“%s” → %s：%d 行，更新 %d，相同 %d，新增 %d", "\nsheet %s → %s: %d rows, %d changed, %d same, %d new"}
	importRowLine      = text{"  第%d行 %s：%s%s%s", "  row %d %s: %s%s%s"}
	importFields       = text{"，改动：%s", ", changed: %s"}
	importChange       = text{"        %s：%s → %s", "        %s: %s → %s"}
	importEmpty        = text{"（空）", "(empty)"}
	importNearest      = text{"        最接近：%s %.0f%%，把握不够，没有对应", "        nearest: %s %.0f%%, not enough to match"}
	importTaken        = text{"        与第%d行说的是同一条（%s），已对应给那一行", "        the same matter as row %d (%s), which has the match"}
	importRenamed      = text{"  名称不同的行沿用草稿里的事项名称。", "  Rows with another name keep the name in the draft."}
	importUnsure       = text{"  其中 %d 行的对应把握不大，请核对。", "  Of these, %d are matched with less than certainty; please look at them."}
	matchLine          = text{" %.0f%%（%s）", " %.0f%% (%s)"}
	matchUnsure        = text{"%s，请核对", "%s, please look"}
	importKept         = text{"        模板已锁定，保留模板值：%s", "        locked by the template, kept: %s"}
	importMissing      = text{"  草稿有、表中没有的 %d 条（草稿保留，不删）：", "  %d in the draft that the file lacks (kept):"}
	importMissingLine  = text{"    %s", "    %s"}
	importFromTemplate = text{"（模板有此事项，草稿里没有）", " (in the template, not in the draft)"}
	importNoSector     = text{"\n工作表“%s”：认不出领域，%d 行没有导入。请用 --sector 指明。", "\nsheet %s: sector not recognised, %d rows not imported. Name it with --sector."}
	importUnused       = text{"\n工作表“%s”：“%s”已标为不涉及，%d 行没有导入。", "\nsheet %s: %s is marked as not applicable, %d rows not imported."}
	importNoDraft      = text{"\n工作表“%s”：草稿里没有“%s”，%d 行没有导入。请先用 mulu init --sector 加入。", "\nsheet %s: the drafts have no %s, %d rows not imported. Add it with mulu init --sector."}
	importDry          = text{"\n以上为预览，没有写入。", "\nThis was a preview; nothing was written."}
	importSame         = text{"\n表中内容与草稿相同，草稿没有改动。", "\nThe drafts say the same already; nothing was changed."}
	importNothing      = text{"\n没有导入任何内容，草稿没有改动。", "\nNothing was imported; the drafts are as they were."}
	importOther        = text{"\n工作表“%s”不是所选领域（%s），已略过。", "\nsheet %s is of another sector (%s) and was left out."}
	importDone         = text{"\n已导入。可用 mulu restore --undo 撤销。", "\nImported. mulu restore --undo takes it back."}
	doingMatch         = text{"正在匹配", "matching"}

	exportSuffix = "领域基层政务公开标准目录"
	exportDone   = text{"已导出 %s（%d 条）", "wrote %s (%d entries)"}
	exportAgain  = text{"已导出 %s（%d 条，替换了原来的文件）", "wrote %s (%d entries, replacing the file there was)"}
	doingExport  = text{"正在导出", "writing"}

	labelRestore = text{"恢复到 %s", "back to %s"}
	backupDone   = text{"已备份到 %s，并已核对。", "backed up to %s and verified."}
	doingBackup  = text{"正在备份", "backing up"}
	restoreDone  = text{"已恢复：%s", "restored: %s"}
	undone       = text{"已撤销：%s", "undone: %s"}
	redone       = text{"已重做：%s", "redone: %s"}
	restoreSame  = text{"那时与现在相同，没有改动。", "it was the same then; nothing was changed."}
	doingRestore = text{"正在恢复", "restoring"}
)

var statusNames = map[catalog.Status]text{
	catalog.InForce:  {"有效", "in force"},
	catalog.Repealed: {"已废止", "repealed"},
	catalog.Expired:  {"已过期", "expired"},
}

var stateNames = map[string]text{
	"draft":          {"编制中", "draft"},
	"ready":          {"已签发", "signed off"},
	"not-applicable": {"不涉及", "not applicable"},
}

var severityNames = map[check.Severity]text{
	check.Error:   {"错误", "error"},
	check.Warning: {"提醒", "warning"},
	check.Info:    {"参考", "info"},
}

var importKinds = map[catalog.ImportKind]text{
	catalog.ImportSame:    {"相同", "same"},
	catalog.ImportChanged: {"更新", "changed"},
	catalog.ImportNew:     {"新增", "new"},
}

var matchReasons = map[string]text{
	catalog.MatchTemplate:  {"同一模板条目", "same template entry"},
	catalog.MatchCode:      {"编码相同", "same code"},
	catalog.MatchPath:      {"名称相同", "same names"},
	catalog.MatchOtherName: {"是它的别名", "one of its other names"},
	catalog.MatchSimilar:   {"名称相近", "similar names"},
}

// problemTexts says what could not be understood of a cell; %s is the cell.
var problemTexts = map[sheet.ProblemKind]text{
	sheet.UnknownColumn:  {"不认识表头“%s”，该列原样保留。", "unknown heading %q; the column is kept as it is."},
	sheet.UnknownTier:    {"“%s”不是层级名称，该列原样保留。", "%q names no tier; the column is kept as it is."},
	sheet.RepeatedColumn: {"表头“%s”重复出现，请核对这一列。", "the heading %q stands there twice; check this column."},
	sheet.GuessedColumn:  {"表头是空的，按位置推断为“%s”，请核对。", "the heading is blank, taken for %q by its place; check it."},
	sheet.UnclearTick:    {"“%s”看不出是否勾选，原样保留，请核对。", "%q is no clear tick; kept as it is, check it."},
	sheet.FilledDown:     {"事项名称是空的，沿用上一条的“%s”，请核对。", "the name is blank, taken from the entry above (%q); check it."},
	sheet.JoinedName:     {"“%s”没有序号，并入了上面的事项名称，请核对。", "%q has no number and was joined to the name above; check it."},
	sheet.NoMatter:       {"这一条没有事项名称：%s", "this entry has no name: %s"},
	sheet.StrayLine:      {"这一行不属于任何一条：%s", "this line belongs to no entry: %s"},
	sheet.UnknownSector:  {"不认识领域“%s”，原样保留。", "unknown sector %q; kept as it is."},
}

func problemText(p sheet.Problem) text { return problemTexts[p.Kind] }
