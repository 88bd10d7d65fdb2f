package headless

import (
	"strings"

	"mulutong/app/words"
)

// fields splits a line of column headings.
func fields(t words.Text, l words.Lang) []string { return strings.Split(t.In(l), "|") }

// Help.
var (
	helpRoot     = words.Text{ZH: "目录通：编制、检查、导出基层政务公开标准目录", EN: "Mulutong: compile, check and export catalogs of disclosure"}
	helpRootLong = words.Text{ZH: "目录通：编制、检查、导出基层政务公开标准目录。\n" +
		"全部离线工作，草稿保存在本机。\n\n" +
		"常用步骤：\n" +
		"  mulu init --data 草稿 --unit 340223100          从模板建立本单位草稿\n" +
		"  mulu import 去年目录.xlsx --data 草稿 --dry-run   看看会导入什么\n" +
		"  mulu import 去年目录.xlsx --data 草稿            导入（可撤销）\n" +
		"  mulu check --data 草稿                          检查\n" +
		"  mulu export --data 草稿 --out 导出              导出工作簿", EN: "Mulutong compiles, checks and exports catalogs of disclosure (基层政务公开标准目录).\n" +
		"It works offline; drafts stay on this machine.\n\n" +
		"The usual steps:\n" +
		"  mulu init --data drafts --unit 340223100          drafts from templates\n" +
		"  mulu import last-year.xlsx --data drafts --dry-run  see what would change\n" +
		"  mulu import last-year.xlsx --data drafts            import (can be undone)\n" +
		"  mulu check --data drafts                            check\n" +
		"  mulu export --data drafts --out out                 write workbooks"}

	helpHelp          = words.Text{ZH: "显示帮助", EN: "show help"}
	helpVersion       = words.Text{ZH: "显示程序和数据的版本", EN: "show the versions of program and data"}
	versionLine       = words.Text{ZH: "目录通 %s（模板与依据库 %s）", EN: "mulu %s (templates and register %s)"}
	helpOfHelp        = words.Text{ZH: "显示某个命令的帮助", EN: "show the help of a command"}
	helpLang          = words.Text{ZH: "消息`语言`：zh 或 en（默认按系统语言）", EN: "`language` of messages: zh or en (default: by locale)"}
	helpJSON          = words.Text{ZH: "输出一个 JSON 文档", EN: "print one JSON document"}
	helpData          = words.Text{ZH: "草稿所在的`文件夹`", EN: "`folder` of the drafts"}
	helpSector        = words.Text{ZH: "`领域`名称或代号，可重复", EN: "name or slug of a `sector`, repeatable"}
	helpImportSector  = words.Text{ZH: "只导入这个`领域`，可重复；认不出领域的表归入它", EN: "import only this `sector`, repeatable; a table of none known goes into it"}
	helpUnit          = words.Text{ZH: "单位的区划`代码`，如 340223100（籍山镇）", EN: "division `code` of the unit, such as 340223100"}
	helpTier          = words.Text{ZH: "只看某一`层级`：县级、乡级、村级（county、township、village）", EN: "only one `tier`: county, township, village"}
	helpDivision      = words.Text{ZH: "按某地的区划`代码`套用地方变体", EN: "apply the variants of a division, by its `code`"}
	helpTemplateOut   = words.Text{ZH: "写成`文件`（.xlsx、.pdf、.csv 或 .json），式样同印发的标准目录", EN: "write a `file` (.xlsx, .pdf, .csv or .json) that looks like the printed guideline"}
	helpEntry         = words.Text{ZH: "目录条目的`编号`（id），须指明 --sector", EN: "`id` of an entry; needs --sector"}
	helpLimit         = words.Text{ZH: "最多显示`几`步（默认 50，0 为全部）", EN: "at most so `many` (default 50; 0 for all)"}
	helpDryRun        = words.Text{ZH: "只显示将会怎样，不写入", EN: "show what would happen, write nothing"}
	helpNotApplicable = words.Text{ZH: "不涉及的领域及理由：`领域=理由`，可重复", EN: "a sector that does not occur and why: `SECTOR=REASON`, repeatable"}
	helpFix           = words.Text{ZH: "把能自动改正的都改好（须用 --data；可撤销，可先加 --dry-run 预览）", EN: "apply every known fix (needs --data; can be undone; preview with --dry-run)"}
	helpUndo          = words.Text{ZH: "撤销最近一步", EN: "undo the last step"}
	helpRedo          = words.Text{ZH: "重做刚撤销的一步", EN: "redo what was undone"}
	helpAt            = words.Text{ZH: "恢复到某一`时刻`：\"2026-03-01\" 或 \"2026-03-01 15:04\"，须指明 --sector", EN: "as of a `time`: \"2026-03-01\" or \"2026-03-01 15:04\"; needs --sector"}
	helpFrom          = words.Text{ZH: "从备份`文件`恢复到 --data 指定的空文件夹", EN: "restore a backup `file` into the empty folder of --data"}
	helpBackupOut     = words.Text{ZH: "备份`文件`名（默认放在草稿文件夹的 backups 下）", EN: "`file` to write (default: in backups of the drafts' folder)"}
	helpOut           = words.Text{ZH: "导出到的`路径`：文件夹（每领域一个文件）或文件名（合为一个）", EN: "`path` to write: a folder (a file for each sector) or one file"}
	helpFormat        = words.Text{ZH: "`格式`：xlsx、pdf、csv、json（默认看 --out 的文件名，否则 xlsx）", EN: "`format`: xlsx, pdf, csv, json (default: by the name of --out, or xlsx)"}
	helpLayout        = words.Text{ZH: "`版式`：national（国家标准，默认）、anhui（安徽编码）", EN: "`layout`: national (default), anhui (coded)"}
	helpPaper         = words.Text{ZH: "`纸张`：A4（默认）或 A3，均为横向", EN: "`paper`: A4 (default) or A3, landscape"}
	helpSectors       = words.Text{ZH: "列出各领域及其模板", EN: "list the sectors and their templates"}
	helpTemplate      = words.Text{ZH: "显示一个领域的模板", EN: "show a sector's template"}
	helpBasis         = words.Text{ZH: "查公开依据：是否有效、由什么取代", EN: "look up legal bases: in force or repealed, and by what"}
	helpUnconfirmed   = words.Text{ZH: "只列出未经核实的依据，附各领域模板引用的条目数", EN: "only bases that nobody has confirmed, with how many template entries of which sectors cite them"}
	helpDivisions     = words.Text{ZH: "查行政区划：代码、名称、拼音或首字母", EN: "find divisions by code, name, pinyin or initials"}
	helpRead          = words.Text{ZH: "读出表格文件里的目录，不保存", EN: "show what a file's catalogs say; stores nothing"}
	helpCheck         = words.Text{ZH: "检查一个文件，或 --data 里的草稿", EN: "check a file, or the drafts in --data"}
	helpInit          = words.Text{ZH: "从模板建立单位的草稿", EN: "make a unit's drafts from templates"}
	helpImport        = words.Text{ZH: "把表格文件导入草稿", EN: "import a file into the drafts"}
	helpExport        = words.Text{ZH: "把草稿导出为工作簿、PDF 等文件", EN: "write the drafts as workbooks, PDF and other files"}
	helpUpgrade       = words.Text{ZH: "让草稿跟上新版模板（可以先载入新模板；更新前自动备份，可撤销）", EN: "have the drafts follow newer templates (of a release, if one is named); backs up first, can be undone"}
	helpOurs          = words.Text{ZH: "保留本单位的：`条目`编号、编号/栏目，或 all（所有冲突），可重复", EN: "keep the unit's: `ENTRY`, ENTRY/FIELD, or all clashes, repeatable"}
	helpTheirs        = words.Text{ZH: "用新模板的：`条目`编号、编号/栏目，或 all（所有冲突），可重复", EN: "take the template's: `ENTRY`, ENTRY/FIELD, or all clashes, repeatable"}
	helpOmit          = words.Text{ZH: "新增的一条不涉及：`模板条目=理由`，可重复", EN: "a new entry does not occur: `TEMPLATE=REASON`, repeatable"}
	helpOrder         = words.Text{ZH: "条目的`次序`：both（两边都照顾，默认）、ours（本单位的）、theirs（新模板的）", EN: "`order` of the entries: both (default), ours or theirs"}
	helpStatus        = words.Text{ZH: "各领域的进度", EN: "how far each sector is"}
	helpHistory       = words.Text{ZH: "修改记录：谁、何时、改了什么", EN: "who changed what, and when"}
	helpRestore       = words.Text{ZH: "撤销、重做、恢复到某一时刻，或从备份恢复", EN: "undo, redo, go back to a time, or restore a backup"}
	helpBackup        = words.Text{ZH: "备份草稿", EN: "back the drafts up"}
	helpCompletion    = words.Text{ZH: "输出命令补全脚本：bash（须装有 bash-completion）、zsh、fish、powershell", EN: "print a completion script: bash (with bash-completion), zsh, fish, powershell"}
)

// argumentNames puts the names of arguments into Chinese.
var argumentNames = strings.NewReplacer(
	"CODE_OR_NAME", "代码或名称", "RELEASE", "新模板", "FILE", "文件", "UNIT", "单位", "TEXT", "内容", "COMMENT_ID", "意见编号",
	"DEVICE", "设备编号", "ACCOUNT", "账号", "FORM", "测评表", "QUARTER", "季度", "KIND", "种类", "SECTOR", "领域", "TITLE", "名称", "SHELL", "终端", "COMMAND", "命令",
)

// examples are command lines for the help of each command.
var examples = map[string]words.Text{
	"init": {
		ZH: "  mulu init --data 草稿 --unit 340223100\n  mulu init --data 草稿 --unit 340223100 --sector 社会救助 --not-applicable 义务教育=镇内没有学校",
		EN: "  mulu init --data drafts --unit 340223100\n  mulu init --data drafts --unit 340223100 --sector social-assistance",
	},
	"import": {
		ZH: "  mulu import 去年目录.xlsx --data 草稿 --dry-run\n  mulu import 低保目录.docx --data 草稿 --sector 社会救助",
		EN: "  mulu import last-year.xlsx --data drafts --dry-run\n  mulu import table.docx --data drafts --sector social-assistance",
	},
	"check": {
		ZH: "  mulu check --data 草稿\n  mulu check --data 草稿 --fix --dry-run\n  mulu check 籍山镇目录.xlsx --unit 340223100",
		EN: "  mulu check --data drafts\n  mulu check --data drafts --fix --dry-run\n  mulu check catalog.xlsx --unit 340223100",
	},
	"export": {
		ZH: "  mulu export --data 草稿 --out 导出\n  mulu export --data 草稿 --out 全部目录.xlsx --layout anhui --paper A3",
		EN: "  mulu export --data drafts --out out\n  mulu export --data drafts --out all.xlsx --layout anhui --paper A3",
	},
	"restore": {
		ZH: "  mulu restore --data 草稿 --undo\n  mulu restore --data 草稿 --at \"2026-03-01 15:04\" --sector 社会救助\n  mulu restore --data 新文件夹 --from 备份.mulubak",
		EN: "  mulu restore --data drafts --undo\n  mulu restore --data drafts --at \"2026-03-01 15:04\" --sector budget\n  mulu restore --data new --from copy.mulubak",
	},
	"upgrade": {
		ZH: "  mulu upgrade --data 草稿 --dry-run\n  mulu upgrade 新模板.zip --data 草稿 --dry-run\n  mulu upgrade --data 草稿 --theirs all --ours 01JD8Q0000000000000000000A/公开时限",
		EN: "  mulu upgrade --data drafts --dry-run\n  mulu upgrade templates.zip --data drafts --dry-run\n  mulu upgrade --data drafts --theirs all --ours 01JD8Q0000000000000000000A/timeLimit",
	},
	"backup":    {ZH: "  mulu backup --data 草稿 --out U盘/籍山镇.mulubak", EN: "  mulu backup --data drafts --out copy.mulubak"},
	"read":      {ZH: "  mulu read 去年目录.xlsx\n  mulu read 去年目录.xlsx --json", EN: "  mulu read last-year.xlsx\n  mulu read last-year.xlsx --json"},
	"template":  {ZH: "  mulu template 社会救助 --tier 乡级\n  mulu template 社会救助 --out 社会救助标准目录.xlsx", EN: "  mulu template social-assistance --tier township\n  mulu template social-assistance --out guideline.xlsx"},
	"basis":     {ZH: "  mulu basis 社会救助暂行办法\n  mulu basis --unconfirmed", EN: "  mulu basis 社会救助暂行办法\n  mulu basis --unconfirmed"},
	"divisions": {ZH: "  mulu divisions 籍山\n  mulu divisions jishan\n  mulu divisions 340223", EN: "  mulu divisions 籍山\n  mulu divisions jishan\n  mulu divisions 340223"},
	"review": {
		ZH: "  mulu review login --service https://审核服务 --account 账号\n  mulu review queue\n  mulu review show 籍山镇 社会救助\n" +
			"  mulu review comment 籍山镇 社会救助 \"请写明工作日\" --entry 3 --field 公开时限\n  mulu review return 籍山镇 社会救助\n  mulu review pass --all --sector 社会救助",
		EN: "  mulu review login --service https://review.host --account me\n  mulu review queue\n  mulu review show 籍山镇 social-assistance\n" +
			"  mulu review comment 籍山镇 social-assistance \"say how many working days\" --entry 3 --field timeLimit\n  mulu review return 籍山镇 social-assistance\n  mulu review pass --all --sector social-assistance",
	},
	"report":     {ZH: "  mulu report progress --out 进度.xlsx\n  mulu report late", EN: "  mulu report progress --out progress.xlsx\n  mulu report late"},
	"completion": {ZH: "  source <(mulu completion bash)", EN: "  source <(mulu completion bash)"},
}

var usageTemplate = words.Text{ZH: usageTemplateOf("用法", "例如", "命令", "选项", "通用选项", "用 “mulu help 命令” 查看某个命令的帮助。"), EN: usageTemplateOf("Usage", "Examples", "Commands", "Flags", "Global flags", `Use "mulu help COMMAND" for more about a command.`)}

func usageTemplateOf(usage, example, commands, flags, global, more string) string {
	return usage + ": {{.UseLine}}{{if .HasExample}}\n\n" + example + ":\n{{.Example}}{{end}}{{if .HasAvailableSubCommands}}\n\n" +
		commands + ":{{range .Commands}}{{if .IsAvailableCommand}}\n  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}" +
		"{{if .HasAvailableLocalFlags}}\n\n" + flags + ":\n{{flagTable .LocalFlags}}{{end}}" +
		"{{if .HasAvailableInheritedFlags}}\n\n" + global + ":\n{{flagTable .InheritedFlags}}{{end}}" +
		"{{if .HasAvailableSubCommands}}\n\n" + more + "{{end}}\n"
}

// Wrong usage.
var (
	badCommand       = words.Text{ZH: "没有命令 %s。", EN: "there is no command %s."}
	badFlag          = words.Text{ZH: "没有选项 %s。", EN: "there is no flag %s."}
	badFlagValue     = words.Text{ZH: "选项的值不对：%s。", EN: "bad value: %s."}
	flagWithoutValue = words.Text{ZH: "选项 %s 后面要有值。", EN: "flag %s needs a value."}
	missingFlag      = words.Text{ZH: "缺少选项 %s。", EN: "flag %s is needed."}
	missingArgument  = words.Text{ZH: "缺少参数 %s。", EN: "argument %s is needed."}
	extraArgument    = words.Text{ZH: "多余的参数：%s。", EN: "unexpected argument: %s."}
	badSector        = words.Text{ZH: "没有领域“%s”。用 mulu sectors 查看各领域。", EN: "there is no sector %q. See mulu sectors."}
	noTemplate       = words.Text{ZH: "“%s”还没有模板。", EN: "there is no template yet for %q."}
	sectorNotHeld    = words.Text{ZH: "草稿里没有“%s”。用 mulu init --sector 加入。", EN: "the drafts have no %q. Add it with mulu init --sector."}
	badDivision      = words.Text{ZH: "没有区划代码“%s”。用 mulu divisions 查找，如 mulu divisions 籍山。", EN: "there is no division %q. Find it with mulu divisions."}
	badTier          = words.Text{ZH: "没有层级“%s”。可用 县级、乡级、村级（county、township、village）。", EN: "there is no tier %q: county, township or village."}
	badShell         = words.Text{ZH: "不支持 %s。可用 bash、zsh、fish、powershell。", EN: "no completion for %s: bash, zsh, fish or powershell."}
	badTime          = words.Text{ZH: "时间“%s”看不懂。请写成 2026-03-01 或 \"2026-03-01 15:04\"。", EN: "bad time %q: write 2026-03-01 or \"2026-03-01 15:04\"."}
	reasonMissing    = words.Text{ZH: "“%s”缺少理由。请写成 领域=理由。", EN: "%q lacks a reason: write SECTOR=REASON."}
	oneWayToRestore  = words.Text{ZH: "请在 --undo、--redo、--at、--from 中选一个。", EN: "choose one of --undo, --redo, --at, --from."}
	flagsWord        = words.Text{ZH: "选项", EN: "flags"}
	noCatalogsThere  = words.Text{ZH: "“%s”是市一级的，不编制基层目录。请填写县（市、区）或者乡镇、街道的区划代码，用 mulu divisions 查找。", EN: "%s is a prefecture, which has no such catalogs. Give the code of a county, a township or a street: see mulu divisions."}
	likeCommand      = words.Text{ZH: "没有这个命令。是不是：%s？", EN: "there is no such command. Is it %s?"}
	likeSector       = words.Text{ZH: "没有这个领域。是不是：%s？", EN: "there is no such sector. Is it one of: %s?"}
	badLang          = words.Text{ZH: "没有语言“%s”。可用 zh、en。", EN: "there is no language %q: zh or en."}
	fileOrData       = words.Text{ZH: "请指明一个要检查的文件，或用 --data 指明草稿文件夹，二者选一。", EN: "name a file to check, or the drafts by --data: one of the two."}
	badExtension     = words.Text{ZH: "文件名 %s 与格式不符。请写 .xlsx、.pdf、.csv 或 .json，或写文件夹名。", EN: "the name %s does not fit the format. End it in .xlsx, .pdf, .csv or .json, or name a folder."}
	onlyWithAt       = words.Text{ZH: "%s 只能与 --at 一起用。", EN: "%s goes with --at only."}
	upgradeNoSuch    = words.Text{ZH: "模板更新里没有“%s”。编号和栏目见 mulu upgrade --dry-run。", EN: "the update has no %q: mulu upgrade --dry-run lists entries and fields."}
	omitReason       = words.Text{ZH: "“%s”缺少理由。请写成 模板条目=理由。", EN: "%q lacks a reason: write TEMPLATE=REASON."}
	tryHelp          = words.Text{ZH: "用法见 %s。", EN: " See %s."}
)

// Results.
var (
	tableSectors     = words.Text{ZH: "序|领域|代号|条目|县级|乡级|村级|已核|指引文号", EN: "no|sector|slug|entries|county|township|village|confirmed|guideline"}
	formerName       = words.Text{ZH: "%s（原%s）", EN: "%s (was %s)"}
	sumWord          = words.Text{ZH: "合计", EN: "sum"}
	sectorsOptional  = words.Text{ZH: "\n26 个试点领域之外增设的领域（mulu init 用 --sector 指明才建立）：", EN: "\nSectors added to the 26 (mulu init makes them when named by --sector):"}
	tableBasis       = words.Text{ZH: "状态|施行或终止|已核|名称和文号", EN: "status|in force or ended|confirmed|title and number"}
	tableUnconfirmed = words.Text{ZH: "状态|引用|名称和文号", EN: "status|cited|title and number"}
	basisSuccessor   = words.Text{ZH: "改引 %s", EN: "cite instead %s"}
	basisCitedBy     = words.Text{ZH: "引用的领域和条目数：%s", EN: "sectors citing it, entries: %s"}
	basisNote        = words.Text{ZH: "备注：%s", EN: "note: %s"}
	tableStatus      = words.Text{ZH: "领域|状态|条目|无错|错误|提醒|最近修改", EN: "sector|state|entries|clean|errors|warnings|last edit"}
	templateSource   = words.Text{ZH: "依据：%s《%s》%s", EN: "after: %s 《%s》%s"}
	templateCounts   = words.Text{ZH: "版本 %s，共 %d 条：县级 %d，乡级 %d，村级 %d；其中已核 %d 条", EN: "version %s, %d entries: county %d, township %d, village %d; %d confirmed"}
	templateNote     = words.Text{ZH: "说明：%s", EN: "note: %s"}
	unconfirmedMark  = words.Text{ZH: "待核", EN: "unconfirmed"}
	labelAlso        = words.Text{ZH: "又名", EN: "also called"}
	labelMay         = words.Text{ZH: "可选渠道", EN: "may also use"}
	labelHint        = words.Text{ZH: "提示", EN: "hint"}
	basisNotFound    = words.Text{ZH: "依据库里没有“%s”。", EN: "the register has no %q."}
	listMark         = words.Text{ZH: "、", EN: ", "}
	basisConfirmed   = words.Text{ZH: "都已核实。", EN: "all of them are confirmed."}
	divisionNotFound = words.Text{ZH: "没有找到“%s”。可输入代码、名称、拼音或首字母。", EN: "nothing found for %q: try a code, a name, pinyin or initials."}

	readTable   = words.Text{ZH: "工作表“%s”：%s｜领域 %s｜单位 %s｜%d 条", EN: "sheet %s: %s | sector %s | unit %s | %d entries"}
	readProblem = words.Text{ZH: "  第%d行 %s：%s", EN: "  row %d, %s: %s"}
	rowProblem  = words.Text{ZH: "  第%d行：%s", EN: "  row %d: %s"}
	readSkipped = words.Text{ZH: "工作表“%s”不是目录，已略过。", EN: "sheet %s is no catalog and was left out."}
	doingRead   = words.Text{ZH: "正在读取", EN: "reading"}

	rowWord       = words.Text{ZH: "第%d行", EN: "row %d"}
	checkCatalog  = words.Text{ZH: "\n%s（%d 条，%d 个问题）", EN: "\n%s (%d entries, %d findings)"}
	checkFix      = words.Text{ZH: "      可改为：%s", EN: "      fix: %s"}
	checkDisputed = words.Text{ZH: "      争议理由：%s", EN: "      disputed: %s"}
	checkTotal    = words.Text{ZH: "共检查 %d 个领域 %d 条：错误 %d，提醒 %d，已说明理由 %d。", EN: "checked %d sectors, %d entries: %d errors, %d warnings, %d disputed."}
	unknownSector = words.Text{ZH: "领域不明", EN: "sector not known"}
	doingCheck    = words.Text{ZH: "正在检查", EN: "checking"}

	fixBefore = words.Text{ZH: "    %s：%s", EN: "    %s: %s"}
	fixAfter  = words.Text{ZH: "      改为：%s", EN: "      now: %s"}
	fixNone   = words.Text{ZH: "没有可以自动改正的内容，草稿没有改动。", EN: "There is nothing to fix by itself; the drafts are as they were."}
	fixDry    = words.Text{ZH: "\n以上 %d 处为预览，没有写入。", EN: "\nThis was a preview of %d fixes; nothing was written."}
	fixDone   = words.Text{ZH: "\n已改正 %d 处。可用 mulu restore --undo 撤销。", EN: "\n%d fixes made. mulu restore --undo takes them back."}
	fixLeft   = words.Text{ZH: "改正后还有：错误 %d，提醒 %d。", EN: "Left after that: %d errors, %d warnings."}

	initUnit    = words.Text{ZH: "单位：%s（%s）", EN: "unit: %s (%s)"}
	initMade    = words.Text{ZH: "  %s：已建立草稿，%d 条", EN: "  %s: draft made, %d entries"}
	initUnused  = words.Text{ZH: "  %s：已标为不涉及（%s）", EN: "  %s: marked as not applicable (%s)"}
	initHeld    = words.Text{ZH: "  %s：已有草稿，未改动", EN: "  %s: already there, left as it is"}
	statusEmpty = words.Text{ZH: "还没有目录。用 mulu init --sector 加入。", EN: "no catalogs yet. Add them with mulu init --sector."}

	historyUndo = words.Text{ZH: "撤销第 %d 步（%s）", EN: "undo of %d (%s)"}
	historyRedo = words.Text{ZH: "重做第 %d 步（%s）", EN: "redo of %d (%s)"}
	historyNone = words.Text{ZH: "没有修改记录。", EN: "no changes recorded."}
	historyLine = words.Text{ZH: "%d  %s  %s  %s（%d 处）", EN: "%d  %s  %s  %s (%d changes)"}

	importTable        = words.Text{ZH: "\n工作表“%s” → %s：%d 行，更新 %d，相同 %d，新增 %d", EN: "\nsheet %s → %s: %d rows, %d changed, %d same, %d new"}
	importRowLine      = words.Text{ZH: "  第%d行 %s：%s%s%s", EN: "  row %d %s: %s%s%s"}
	importFields       = words.Text{ZH: "，改动：%s", EN: ", changed: %s"}
	importChange       = words.Text{ZH: "        %s：%s → %s", EN: "        %s: %s → %s"}
	importEmpty        = words.Text{ZH: "（空）", EN: "(empty)"}
	importNearest      = words.Text{ZH: "        最接近：%s %.0f%%，把握不够，没有对应", EN: "        nearest: %s %.0f%%, not enough to match"}
	importTaken        = words.Text{ZH: "        与第%d行说的是同一条（%s），已对应给那一行", EN: "        the same matter as row %d (%s), which has the match"}
	importRenamed      = words.Text{ZH: "  名称不同的行沿用草稿里的事项名称。", EN: "  Rows with another name keep the name in the draft."}
	importUnsure       = words.Text{ZH: "  其中 %d 行的对应把握不大，请核对。", EN: "  Of these, %d are matched with less than certainty; please look at them."}
	matchLine          = words.Text{ZH: " %.0f%%（%s）", EN: " %.0f%% (%s)"}
	matchUnsure        = words.Text{ZH: "%s，请核对", EN: "%s, please look"}
	importKept         = words.Text{ZH: "        模板已锁定，保留模板值：%s", EN: "        locked by the template, kept: %s"}
	importMissing      = words.Text{ZH: "  草稿有、表中没有的 %d 条（草稿保留，不删）：", EN: "  %d in the draft that the file lacks (kept):"}
	importMissingLine  = words.Text{ZH: "    %s", EN: "    %s"}
	importFromTemplate = words.Text{ZH: "（模板有此事项，草稿里没有）", EN: " (in the template, not in the draft)"}
	importNoSector     = words.Text{ZH: "\n工作表“%s”：认不出领域，%d 行没有导入。请用 --sector 指明。", EN: "\nsheet %s: sector not recognised, %d rows not imported. Name it with --sector."}
	importUnused       = words.Text{ZH: "\n工作表“%s”：“%s”已标为不涉及，%d 行没有导入。", EN: "\nsheet %s: %s is marked as not applicable, %d rows not imported."}
	importNoDraft      = words.Text{ZH: "\n工作表“%s”：草稿里没有“%s”，%d 行没有导入。请先用 mulu init --sector 加入。", EN: "\nsheet %s: the drafts have no %s, %d rows not imported. Add it with mulu init --sector."}
	importDry          = words.Text{ZH: "\n以上为预览，没有写入。", EN: "\nThis was a preview; nothing was written."}
	importSame         = words.Text{ZH: "\n表中内容与草稿相同，草稿没有改动。", EN: "\nThe drafts say the same already; nothing was changed."}
	importNothing      = words.Text{ZH: "\n没有导入任何内容，草稿没有改动。", EN: "\nNothing was imported; the drafts are as they were."}
	importOther        = words.Text{ZH: "\n工作表“%s”不是所选领域（%s），已略过。", EN: "\nsheet %s is of another sector (%s) and was left out."}
	importDone         = words.Text{ZH: "\n已导入。可用 mulu restore --undo 撤销。", EN: "\nImported. mulu restore --undo takes it back."}
	doingMatch         = words.Text{ZH: "正在匹配", EN: "matching"}

	exportDone  = words.Text{ZH: "已导出 %s（%d 条）", EN: "wrote %s (%d entries)"}
	exportAgain = words.Text{ZH: "已导出 %s（%d 条，替换了原来的文件）", EN: "wrote %s (%d entries, replacing the file there was)"}
	doingExport = words.Text{ZH: "正在导出", EN: "writing"}

	labelRestore   = words.Text{ZH: "恢复到 %s", EN: "back to %s"}
	releaseDamaged = words.Text{ZH: "草稿里存的新版模板读不出来，按程序自带的 %s 版进行。", EN: "the newer templates kept with the drafts cannot be read; the program's own, %s, are used."}
	outdated       = words.Text{ZH: "%d 个领域的模板有新版。用 mulu upgrade --dry-run 查看。", EN: "%d sectors follow older templates: see mulu upgrade --dry-run."}

	upgradeSector      = words.Text{ZH: "\n%s：模板 %s → %s，改 %d 条，增 %d 条，删 %d 条，没有决定的冲突 %d 处", EN: "\n%s: template %s → %s, %d changed, %d added, %d removed, %d clashes undecided"}
	upgradeUnknown     = words.Text{ZH: "  不知道草稿当初用的是哪一版模板：写了内容的都保留，空着的用新模板填上。", EN: "  the template of the draft is not known: what is filled in stays, what is empty is filled."}
	upgradeEntryLine   = words.Text{ZH: "  %s  %s  [%s]%s", EN: "  %s: %s [%s]%s"}
	upgradeClashOurs   = words.Text{ZH: "        %s：冲突，保留本单位的：%s；新模板是：%s", EN: "        %s: a clash; the unit's stays: %s; the template has: %s"}
	upgradeClashTheirs = words.Text{ZH: "        %s：冲突，本单位的是：%s；改用新模板的：%s", EN: "        %s: a clash; the unit has: %s; taken is the template's: %s"}
	upgradeOmitted     = words.Text{ZH: " 不列入：%s", EN: " left out: %s"}
	upgradeNotAdded    = words.Text{ZH: " 不加", EN: " not added"}
	upgradeApart       = words.Text{ZH: " 分成两条", EN: " as two entries"}
	upgradeKept        = words.Text{ZH: " 保留", EN: " stays"}
	upgradeBackIn      = words.Text{ZH: " 重新列入", EN: " taken back in"}
	upgradeUndecided   = words.Text{ZH: "\n%d 处冲突没有选，保留本单位的写法。要选，用 --ours 或 --theirs。", EN: "\n%d clashes are undecided and keep the unit's text: choose with --ours or --theirs."}
	upgradeNone        = words.Text{ZH: "草稿已经跟上 %s 版模板，没有要更新的。", EN: "the drafts follow templates %s; there is nothing to update."}
	upgradeDone        = words.Text{ZH: "\n已更新到 %s 版模板。可用 mulu restore --undo 撤销；更新前的备份：%s", EN: "\nUpdated to templates %s. mulu restore --undo takes it back; backup of before: %s"}

	backupDone   = words.Text{ZH: "已备份到 %s，并已核对。", EN: "backed up to %s and verified."}
	doingBackup  = words.Text{ZH: "正在备份", EN: "backing up"}
	restoreDone  = words.Text{ZH: "已恢复：%s", EN: "restored: %s"}
	undone       = words.Text{ZH: "已撤销：%s", EN: "undone: %s"}
	redone       = words.Text{ZH: "已重做：%s", EN: "redone: %s"}
	restoreSame  = words.Text{ZH: "那时与现在相同，没有改动。", EN: "it was the same then; nothing was changed."}
	doingRestore = words.Text{ZH: "正在恢复", EN: "restoring"}
)
