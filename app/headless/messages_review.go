package headless

import (
	"mulutong/app/words"
	"mulutong/sync/review"
)

// Help of the review.
var (
	helpReview = words.Text{ZH: "审核：登录、待办、意见、退回、通过、公开、测评、账号", EN: "review: sign on, queue, comment, return, pass, publish, assess, accounts"}
	helpReport = words.Text{ZH: "进度表、超期名单、测评结果", EN: "tables of progress, of who is late, of assessments"}

	helpLogin    = words.Text{ZH: "登录审核服务（口令从键盘或标准输入读取）", EN: "sign on to a review service (the password is read from the keyboard or standard input)"}
	helpLogout   = words.Text{ZH: "退出登录", EN: "sign off"}
	helpPassword = words.Text{ZH: "修改自己的口令（先输入原口令，再输入新口令）", EN: "change your password (the old one, then the new one)"}
	helpService  = words.Text{ZH: "审核服务的`地址`，如 https://主机名（再次登录可省略）", EN: "`address` of the service, such as https://host (not needed to sign on again)"}
	helpAccount  = words.Text{ZH: "`账号`", EN: "`account`"}

	helpQueue     = words.Text{ZH: "等我处理的报送件，超期的在前", EN: "what waits for me, late ones first"}
	helpQueueUnit = words.Text{ZH: "只看一个`单位`（名称或代码）", EN: "only one `unit` (name or code)"}
	helpState     = words.Text{ZH: "只看某一`状态`：county、joint、returned、approved、published、withdrawn、recalled", EN: "only one `state`: county, joint, returned, approved, published, withdrawn, recalled"}
	helpLate      = words.Text{ZH: "只看超期的", EN: "only late ones"}

	helpShow       = words.Text{ZH: "查看报送件：先列出上次看过以后的变化，再列意见和各条", EN: "look at a case: first what changed since you looked last, then comments and entries"}
	helpShowBrief  = words.Text{ZH: "不列出没有变化、没有意见的条目", EN: "leave out entries without change or comment"}
	helpComment    = words.Text{ZH: "对目录、条目或栏目写一条意见", EN: "comment on the catalog, an entry or a field"}
	helpUncomment  = words.Text{ZH: "收回自己还没有发出的一条意见", EN: "take back a comment of your own that was not sent"}
	helpPass       = words.Text{ZH: "审核通过一件，或用 --all 一次通过待办中的许多件", EN: "pass a case, or with --all many of the queue at once"}
	helpPassAll    = words.Text{ZH: "通过待办中符合条件的全部报送件（市政务公开办为批准）", EN: "pass all of the queue that fit (for the city office: approve)"}
	helpErase      = words.Text{ZH: "从各个版本中删除个人信息，留下谁在何时删除的记录", EN: "erase personal data from every version, leaving who did it and when"}
	helpEverywhere = words.Text{ZH: "目录中其他地方的同样内容也删除", EN: "erase the same wherever else it stands in the catalog"}
	helpReason     = words.Text{ZH: "`原因`", EN: "the `reason`"}
	helpNote       = words.Text{ZH: "`说明`", EN: "a `note`"}

	helpTargetEntry    = words.Text{ZH: "`条目`：序号、编号（id）或名称的一部分", EN: "the `entry`: its number, its id or a part of its name"}
	helpTargetTemplate = words.Text{ZH: "目录里没有的模板事项的`编号`", EN: "`id` of a template's entry that the catalog lacks"}
	helpTargetField    = words.Text{ZH: "`栏目`：如 公开时限 或 timeLimit，须指明 --entry", EN: "the `field`, such as timeLimit; needs --entry"}

	helpUnits       = words.Text{ZH: "列出单位名单；--from 增加或修改单位", EN: "list the units; --from adds or changes some"}
	helpUnitsFrom   = words.Text{ZH: "按 `文件` 增加或修改单位（式样同 --json 的输出）", EN: "add or change the units of a `file`, of the form that --json prints"}
	helpResponsible = words.Text{ZH: "列出各领域的责任部门，或指定一个领域的", EN: "list which department answers for which sector, or set one"}
	helpNobody      = words.Text{ZH: "这个领域没有责任部门，由市政务公开办审核", EN: "no department answers for the sector: the city office decides"}

	helpInvite         = words.Text{ZH: "发一个登记码，供一台电脑登记一次", EN: "issue a code with which one machine enrols once"}
	helpInviteRole     = words.Text{ZH: "这台电脑的`角色`：clerk（默认）或 county-reviewer", EN: "the machine's `role`: clerk (default) or county-reviewer"}
	helpHours          = words.Text{ZH: "登记码有效的`小时`数", EN: "how many `hours` the code holds"}
	helpSignRequest    = words.Text{ZH: "为不能联网的电脑签发证书：读申请文件，写证书文件", EN: "certify a machine that is never online: reads its request, writes its certificate"}
	helpCertificateOut = words.Text{ZH: "证书写到哪个`文件`", EN: "`file` to write the certificate to"}
	helpDevices        = words.Text{ZH: "列出登记的电脑", EN: "list the machines enrolled"}
	helpRevoke         = words.Text{ZH: "停用一台电脑", EN: "end a machine's trust"}
	helpPack           = words.Text{ZH: "为不能联网的单位取出要带回去的文件（退回意见、模板、通知）", EN: "take out what a unit that is never online is to receive, as one file"}
	helpPackOut        = words.Text{ZH: "写到哪个`文件`", EN: "`file` to write"}
	helpPackAfter      = words.Text{ZH: "只要第`几`号以后的", EN: "only what comes after this `number`"}
	helpTake           = words.Text{ZH: "收下从U盘带来的报送文件", EN: "hand in a file of submissions that came on a stick"}

	helpAccounts       = words.Text{ZH: "账号：列出、新建、修改", EN: "accounts: list, add, change"}
	helpAccountsList   = words.Text{ZH: "列出账号", EN: "list the accounts"}
	helpAccountAdd     = words.Text{ZH: "新建账号，口令由服务生成、只显示一次", EN: "make an account; the service makes its password, which is shown once"}
	helpAccountChange  = words.Text{ZH: "修改、停用、解锁账号，重置口令", EN: "change, disable or unlock an account, reset its password"}
	helpAccountName    = words.Text{ZH: "`姓名`", EN: "the person's `name`"}
	helpAccountRole    = words.Text{ZH: "`角色`：clerk、county-reviewer、department-reviewer、city-office、auditor、administrator", EN: "the `role`: clerk, county-reviewer, department-reviewer, city-office, auditor, administrator"}
	helpAccountUnit    = words.Text{ZH: "所在`单位`的代码", EN: "code of the person's `unit`"}
	helpDisable        = words.Text{ZH: "停用", EN: "disable it"}
	helpEnable         = words.Text{ZH: "恢复使用", EN: "enable it again"}
	helpUnlock         = words.Text{ZH: "解除因口令输错的锁定", EN: "unlock it after wrong passwords"}
	helpResetPassword  = words.Text{ZH: "重置口令，新口令只显示一次", EN: "reset its password; the new one is shown once"}
	helpNotify         = words.Text{ZH: "向单位发通知", EN: "send a notice to units"}
	helpNoticeTitle    = words.Text{ZH: "`标题`", EN: "the `title`"}
	helpNoticeDue      = words.Text{ZH: "`期限`，如 2026-11-30", EN: "the `day` by which it is due, such as 2026-11-30"}
	helpNoticeUnit     = words.Text{ZH: "发给哪个`单位`，可重复；不写则发给全部", EN: "to which `unit`, repeatable; to all where none is named"}
	helpRelease        = words.Text{ZH: "下发模板、依据库、日历、区划（templates）", EN: "issue templates, register, calendar and divisions (templates)"}
	helpReleaseVersion = words.Text{ZH: "`版本`，如 2026.12", EN: "its `version`, such as 2026.12"}
	helpLog            = words.Text{ZH: "日志：谁在何时做了什么", EN: "the log: who did what, and when"}
	helpAfter          = words.Text{ZH: "从第`几`号以后列起", EN: "only what comes after this `number`"}
	helpLogLimit       = words.Text{ZH: "最多列出`几`行", EN: "at most so `many` lines"}
	helpVerifyLog      = words.Text{ZH: "核对日志是否被改动过", EN: "verify that nobody changed the log"}
	helpSettings       = words.Text{ZH: "查看或修改各项期限", EN: "show or change the deadlines"}
	helpCountyDays     = words.Text{ZH: "县级审核的工作日`天数`", EN: "working `days` for the county"}
	helpJointDays      = words.Text{ZH: "市级会审的工作日`天数`", EN: "working `days` for the joint review"}
	helpRectifyDays    = words.Text{ZH: "退回修改、测评整改的工作日`天数`", EN: "working `days` for changes and rectification"}
	helpDueDay         = words.Text{ZH: "每月报送的`日`子", EN: "`day` of the month on which catalogs are due"}

	helpAssess        = words.Text{ZH: "测评：登记、通报、整改、复测、验收", EN: "assessments: score, notify, rectify, retest, accept"}
	helpAssessments   = words.Text{ZH: "列出测评和得分", EN: "list assessments and scores"}
	helpForms         = words.Text{ZH: "列出测评表；--from 增加或修改一张", EN: "list the forms; --from adds or changes one"}
	helpFormFrom      = words.Text{ZH: "按 `文件` 增加或修改测评表（JSON）", EN: "add or change the form in a `file` (JSON)"}
	helpScore         = words.Text{ZH: "登记一个单位的失分", EN: "record what a unit lost"}
	helpLoss          = words.Text{ZH: "失分：`指标=扣分=说明`，可重复", EN: "a loss: `INDICATOR=POINTS=REASON`, repeatable"}
	helpLossesFrom    = words.Text{ZH: "按 `文件` 登记失分（JSON，可指明条目）", EN: "the losses in a `file` (JSON, where entries can be named)"}
	helpAssessNotify  = words.Text{ZH: "通报：把失分告诉单位，限期整改", EN: "notify: tell the unit what it lost, to be mended"}
	helpAssessRectify = words.Text{ZH: "登记整改情况", EN: "say what was done about it"}
	helpAssessRetest  = words.Text{ZH: "登记复测结果", EN: "say what the retest found"}
	helpAssessAccept  = words.Text{ZH: "验收", EN: "accept"}
	helpLossAnswer    = words.Text{ZH: "整改情况：`失分编号=说明`，可重复", EN: "what was done: `LOSS=TEXT`, repeatable"}
	helpMended        = words.Text{ZH: "复测已改好：`失分编号[=说明]`，可重复", EN: "found mended: `LOSS[=TEXT]`, repeatable"}
	helpNotMended     = words.Text{ZH: "复测没有改好：`失分编号[=说明]`，可重复", EN: "found not mended: `LOSS[=TEXT]`, repeatable"}
	helpQuarter       = words.Text{ZH: "哪个`季度`，如 2026Q3", EN: "the `quarter`, such as 2026Q3"}
	helpReviewExport  = words.Text{ZH: "把服务里的目录导出为工作簿等文件", EN: "write catalogs of the service as workbooks and other files"}

	helpProgress   = words.Text{ZH: "各单位、各领域的进度", EN: "where each unit stands with each sector"}
	helpReportLate = words.Text{ZH: "超期的报送件", EN: "what is late"}
	helpScores     = words.Text{ZH: "测评得分", EN: "the scores of the assessments"}
	helpReportOut  = words.Text{ZH: "写成`文件`（.xlsx 或 .csv）", EN: "write a `file` (.xlsx or .csv)"}
)

// decisionHelp is the help of each action that needs no more than a note.
var decisionHelp = map[review.Action]words.Text{
	review.ActReturn:   {ZH: "退回单位：只重新开放写了意见的地方", EN: "return to the unit: exactly what is commented reopens"},
	review.ActStepBack: {ZH: "退回上一级（会审退回县级）", EN: "hand back to the stage before (from joint review to the county)"},
	review.ActClose:    {ZH: "结束还在等一方的会审", EN: "end a joint review that waits for one side"},
	review.ActApprove:  {ZH: "市政务公开办批准", EN: "approve, for the city office"},
	review.ActPublish:  {ZH: "公开已通过的目录", EN: "make an approved catalog public"},
	review.ActRecall:   {ZH: "撤下已公开的目录", EN: "take a published catalog back"},
	review.ActWithdraw: {ZH: "撤回还没有人审核的报送件（县级可代乡镇撤回）", EN: "take back what nobody has begun to review"},
}

// decisionDone says that an action on a case is done.
var decisionDone = map[review.Action]words.Text{
	review.ActReturn:   {ZH: "%s：已退回。", EN: "%s: returned."},
	review.ActPass:     {ZH: "%s：已通过。", EN: "%s: passed."},
	review.ActStepBack: {ZH: "%s：已退回上一级。", EN: "%s: stepped back."},
	review.ActClose:    {ZH: "%s：会审已结束。", EN: "%s: joint review closed."},
	review.ActApprove:  {ZH: "%s：已批准。", EN: "%s: approved."},
	review.ActPublish:  {ZH: "%s：已公开。", EN: "%s: published."},
	review.ActRecall:   {ZH: "%s：已撤下。", EN: "%s: recalled."},
	review.ActWithdraw: {ZH: "%s：已撤回。", EN: "%s: withdrawn."},
	review.ActErase:    {ZH: "%s：已从各个版本中删除。", EN: "%s: erased from every version."},
}

// Wrong usage of the review.
var (
	badUnit       = words.Text{ZH: "服务的单位名单里没有“%s”。用 mulu review units 查看。", EN: "the service lists no unit %q. See mulu review units."}
	likeUnit      = words.Text{ZH: "有几个单位的名称相近，请写代码：%s。", EN: "several units are called so; give the code: %s."}
	badField      = words.Text{ZH: "没有栏目“%s”。请写表头，如 公开时限。", EN: "there is no field %q. Name it like timeLimit."}
	badEntry      = words.Text{ZH: "目录里没有条目“%s”。用 mulu review show 查看序号。", EN: "the catalog has no entry %q. See its number with mulu review show."}
	likeEntry     = words.Text{ZH: "有几条的名称相近，请写序号：%s。", EN: "several entries are called so; give the number: %s."}
	badRole       = words.Text{ZH: "没有角色“%s”。可用 clerk、county-reviewer、department-reviewer、city-office、auditor、administrator。", EN: "there is no role %q: clerk, county-reviewer, department-reviewer, city-office, auditor or administrator."}
	badQuarter    = words.Text{ZH: "“%s”不是季度。请写成 2026Q3。", EN: "%q is no quarter: write 2026Q3."}
	badLoss       = words.Text{ZH: "“%s”看不懂。请写成 指标=扣分=说明，扣分大于 0。", EN: "%q is not understood: write INDICATOR=POINTS=REASON, with points above 0."}
	badLossAnswer = words.Text{ZH: "“%s”看不懂。请写成 失分编号=说明。", EN: "%q is not understood: write LOSS=TEXT."}
	caseOrAll     = words.Text{ZH: "请指明单位和领域，或用 --all 通过待办中的许多件，二者选一。", EN: "name a unit and a sector, or pass many with --all: one of the two."}
	badReportFile = words.Text{ZH: "文件名 %s 要以 .xlsx 或 .csv 结尾。", EN: "the name %s must end in .xlsx or .csv."}
)

// Results of the review.
var (
	askPassword     = words.Text{ZH: "口令：", EN: "Password: "}
	askOldPassword  = words.Text{ZH: "原口令：", EN: "Old password: "}
	askNewPassword  = words.Text{ZH: "新口令（至少 10 个字符）：", EN: "New password (10 characters at least): "}
	loginDone       = words.Text{ZH: "已登录：%s（%s），到 %s 为止。", EN: "signed on: %s (%s), until %s."}
	loginMustChange = words.Text{ZH: "请先修改口令：mulu review password", EN: "Change your password first: mulu review password"}
	logoutDone      = words.Text{ZH: "已退出登录。", EN: "signed off."}
	passwordDone    = words.Text{ZH: "口令已修改。", EN: "the password is changed."}

	queueEmpty = words.Text{ZH: "没有等您处理的报送件。", EN: "nothing waits for you."}
	tableQueue = words.Text{ZH: "单位|领域|状态|第几次|收到时间|期限|等待", EN: "unit|sector|state|submission|received|due|waits for"}
	lateMark   = words.Text{ZH: "（超期）", EN: " (late)"}

	commentDone   = words.Text{ZH: "意见 %s：%s", EN: "comment %s: %s"}
	uncommentDone = words.Text{ZH: "已收回意见 %s。", EN: "comment %s taken back."}
	doingFetch    = words.Text{ZH: "正在取目录", EN: "fetching catalogs"}
	doingPass     = words.Text{ZH: "正在通过", EN: "passing"}
	passFailed    = words.Text{ZH: "  %s %s：没有通过。%s", EN: "  %s %s: not passed. %s"}
	passedAll     = words.Text{ZH: "通过 %d 件，没有通过 %d 件。", EN: "%d passed, %d not."}

	showHead     = words.Text{ZH: "%s｜%s｜%s｜第 %d 次报送，收到于 %s", EN: "%s | %s | %s | submission %d, received %s"}
	showBehalf   = words.Text{ZH: "由县级代为报送：%s", EN: "submitted by the county: %s"}
	showBy       = words.Text{ZH: "报送人：%s", EN: "submitted by: %s"}
	unverified   = words.Text{ZH: "%s（未登录，姓名未核实）", EN: "%s (not signed on, name unverified)"}
	showRound    = words.Text{ZH: "%s，期限 %s：%s", EN: "%s, due %s: %s"}
	showMay      = words.Text{ZH: "可以：%s", EN: "you may: %s"}
	showChanged  = words.Text{ZH: "\n%s：", EN: "\n%s:"}
	sinceLooked  = words.Text{ZH: "上次看过以后的变化", EN: "changed since you looked last"}
	sinceBase    = words.Text{ZH: "与上一版相比的变化", EN: "changed since the version before"}
	noChanges    = words.Text{ZH: "  没有变化", EN: "  nothing"}
	changeAdded  = words.Text{ZH: "  增加：%s", EN: "  added: %s"}
	changeGone   = words.Text{ZH: "  删除：%s", EN: "  removed: %s"}
	changeEntry  = words.Text{ZH: "  %s", EN: "  %s"}
	changeField  = words.Text{ZH: "    %s：%s → %s", EN: "    %s: %s → %s"}
	changeMoved  = words.Text{ZH: "  调整次序：%d 条", EN: "  moved: %d entries"}
	changeOther  = words.Text{ZH: "  其他：%s", EN: "  besides: %s"}
	showComments = words.Text{ZH: "\n意见：", EN: "\nComments:"}
	commentLine  = words.Text{ZH: "  %s  %s  %s%s\n      %s", EN: "  %s  %s  %s%s\n      %s"}
	commentDraft = words.Text{ZH: "（未发出）", EN: " (not sent)"}
	commentAns   = words.Text{ZH: "      答复：%s", EN: "      answer: %s"}
	commentDid   = words.Text{ZH: "      已修改", EN: "      changed"}
	showFindings = words.Text{ZH: "\n服务检查发现：", EN: "\nWhat the service's checks found:"}
	findingLine  = words.Text{ZH: "  %s  %s：%s", EN: "  %s  %s: %s"}
	showReasons  = words.Text{ZH: "\n争议理由：", EN: "\nReasons against findings:"}
	reasonLine   = words.Text{ZH: "  %s：%s", EN: "  %s: %s"}
	showEntries  = words.Text{ZH: "\n各条：", EN: "\nEntries:"}
	entryLine    = words.Text{ZH: "%4d  %s", EN: "%4d  %s"}
	showUnused   = words.Text{ZH: "\n本单位不涉及这个领域：%s", EN: "\nThe unit does not use the sector: %s"}

	unitsDone        = words.Text{ZH: "已保存 %d 个单位。", EN: "%d units saved."}
	tableUnits       = words.Text{ZH: "代码|名称|类别|上级|止于|并入", EN: "code|name|kind|parent|until|successor"}
	tableResponsible = words.Text{ZH: "领域|责任部门|代码", EN: "sector|department|code"}
	inviteDone       = words.Text{ZH: "%s 的登记码：%s（到 %s 为止，只显示这一次）", EN: "code for %s: %s (until %s; shown this once)"}
	inviteUse        = words.Text{ZH: "在那台电脑上：mulu enrol --data 草稿 --service %s --code %s", EN: "on that machine: mulu enrol --data drafts --service %s --code %s"}
	certificateDone  = words.Text{ZH: "证书已写到 %s。带回那台电脑：mulu enrol --data 草稿 --certificate 证书文件", EN: "the certificate is in %s. On that machine: mulu enrol --data drafts --certificate FILE"}
	tableDevices     = words.Text{ZH: "编号|单位|名称|角色|登记时间|停用时间", EN: "id|unit|name|role|enrolled|revoked"}
	revokeDone       = words.Text{ZH: "已停用 %s。", EN: "%s is revoked."}
	packDone         = words.Text{ZH: "%s 的文件已写到 %s。带回那里：mulu receive 文件 --data 草稿", EN: "what is for %s is in %s. There: mulu receive FILE --data drafts"}

	tableAccounts     = words.Text{ZH: "账号|姓名|角色|单位|领域|状态", EN: "account|name|role|unit|sectors|state"}
	accountDisabled   = words.Text{ZH: "已停用", EN: "disabled"}
	accountLocked     = words.Text{ZH: "锁定到 %s", EN: "locked until %s"}
	accountMustChange = words.Text{ZH: "须改口令", EN: "must change the password"}
	accountAdded      = words.Text{ZH: "已新建账号 %s（%s）。", EN: "account %s made (%s)."}
	accountChanged    = words.Text{ZH: "已修改账号 %s（%s）。", EN: "account %s changed (%s)."}
	accountPassword   = words.Text{ZH: "口令（只显示这一次，首次登录要修改）：%s", EN: "password (shown this once, to be changed when first signing on): %s"}
	notifyDone        = words.Text{ZH: "通知已发出：%s", EN: "notice sent: %s"}
	releaseDone       = words.Text{ZH: "已下发 %s（%s）。", EN: "%s issued (%s)."}
	logLine           = words.Text{ZH: "%d  %s  %s  %s  %s %s", EN: "%d  %s  %s  %s  %s %s"}
	nobodyYet         = words.Text{ZH: "（未登录）", EN: "(nobody)"}
	logMore           = words.Text{ZH: "还有更多：--after %d", EN: "there is more: --after %d"}
	logWhole          = words.Text{ZH: "日志完整，共 %d 条，末条 %s", EN: "the log is whole: %d records, head %s"}
	logBroken         = words.Text{ZH: "日志从第 %d 条起被改动过！请立即报告，并保留数据文件夹原样。", EN: "the log was changed from record %d on! Report it at once and keep the data folder as it is."}
	settingsLine      = words.Text{ZH: "县级审核 %d 个工作日，市级会审 %d 个工作日，整改 %d 个工作日，每月 %d 日报送", EN: "county %d working days, joint review %d, rectification %d; catalogs due on day %d of the month"}

	formDone      = words.Text{ZH: "已保存测评表“%s”，%d 项指标。", EN: "form %s saved, %d indicators."}
	formLine      = words.Text{ZH: "%s  %s（%d 项指标）", EN: "%s  %s (%d indicators)"}
	indicatorLine = words.Text{ZH: "    %s  %s｜%s｜%g 分", EN: "    %s  %s | %s | %g points"}
	assessDone    = words.Text{ZH: "%s %s 测评：%s", EN: "%s %s: %s"}
	tableScores   = words.Text{ZH: "单位|季度|测评表|状态|得分|失分项|整改期限", EN: "unit|quarter|form|state|score|losses|due"}
	lossLine      = words.Text{ZH: "    %s  %s  扣 %g：%s", EN: "    %s  %s  −%g: %s"}
	lossRectified = words.Text{ZH: "        整改：%s", EN: "        rectified: %s"}
	lossRetest    = words.Text{ZH: "        复测：%s", EN: "        retest: %s"}
	mendedWord    = words.Text{ZH: "已改好", EN: "mended"}
	notMendedWord = words.Text{ZH: "没有改好", EN: "not mended"}

	tableProgress = words.Text{ZH: "单位|领域|未报送|县级审核|市级会审|退回|通过|公开|撤回|超期", EN: "unit|sectors|not submitted|county|joint|returned|approved|published|taken back|late"}
	nextDue       = words.Text{ZH: "下一次报送截止：%s", EN: "next due: %s"}
	progressHead  = words.Text{ZH: "截至 %s，日志共 %d 条，末条 %s", EN: "as of %s: log of %d records, head %s"}
	reportDone    = words.Text{ZH: "已写出 %s（%d 行）。", EN: "wrote %s (%d rows)."}
	tableLate     = words.Text{ZH: "单位|领域|状态|期限|等待", EN: "unit|sector|state|due|waits for"}
	lateNone      = words.Text{ZH: "没有超期的。", EN: "nothing is late."}
)

// The service.
var (
	helpServe        = words.Text{ZH: "审核服务：启动，备份、恢复、核对日志、管理员", EN: "the review service: start it, back it up, restore it, verify its log, make administrators"}
	helpServiceData  = words.Text{ZH: "服务的数据`文件夹`（不能放草稿）", EN: "the service's data `folder` (not one of drafts)"}
	helpPostgres     = words.Text{ZH: "数据放在 PostgreSQL：`地址` postgres://…（默认放在数据文件夹里）", EN: "keep the data in PostgreSQL: its `URL` postgres://… (default: in the data folder)"}
	helpListen       = words.Text{ZH: "监听的`地址`", EN: "`address` to listen on"}
	helpTLSCert      = words.Text{ZH: "证书`文件`（PEM，含证书链）；换新后自动采用", EN: "certificate `file` (PEM, with its chain); a renewed one is taken up by itself"}
	helpTLSKey       = words.Text{ZH: "私钥`文件`（PEM）", EN: "key `file` (PEM)"}
	helpProxy        = words.Text{ZH: "前面代理的`地址`，如 10.0.0.5 或 10.0.0.0/8，可重复", EN: "`address` of the proxy in front, such as 10.0.0.5 or 10.0.0.0/8, repeatable"}
	helpMetricsFrom  = words.Text{ZH: "除本机外还可以读 /metrics 的`地址`，可重复", EN: "`address` that may read /metrics besides this machine, repeatable"}
	helpURL          = words.Text{ZH: "各单位访问服务用的`地址`，写进设备证书", EN: "`address` under which units reach the service; it goes into their certificates"}
	helpCityName     = words.Text{ZH: "服务的`名称`，如 芜湖市政务公开审核", EN: "the service's `name`, as devices show it"}
	helpDemo         = words.Text{ZH: "在空文件夹里建立演示城市（芜湖），口令只显示一次", EN: "fill an empty folder with a demo city (Wuhu); its password is shown once"}
	helpServeAdmin   = words.Text{ZH: "新建管理员，或重置管理员的口令（服务须先停下）", EN: "make an administrator or give one a new password (stop the service first)"}
	helpServeBackup  = words.Text{ZH: "备份服务的数据到一个文件，服务不用停", EN: "back the service's data up to a file while it runs"}
	helpServeRestore = words.Text{ZH: "从备份恢复（服务须先停下）；各单位会把备份以后的重新报来", EN: "restore a backup (stop the service first); units offer again what came after it"}
	helpForce        = words.Text{ZH: "替换现有的数据", EN: "replace the data that is there"}
	helpServeVerify  = words.Text{ZH: "核对服务的全部数据：库的结构、每个指纹、日志的链", EN: "verify all of the service's data: its structures, every hash, the log's chain"}
	backupKeys       = words.Text{ZH: "备份里没有服务的密钥：请另外保存 %s 和 %s（在 %s 里），丢了它们，各单位的电脑都要重新登记。", EN: "The service's keys are not in it: keep %s and %s (in %s) elsewhere too; without them every machine has to enrol again."}
	serviceRestored  = words.Text{ZH: "已从 %s 恢复。请确认密钥文件也在数据文件夹里，再启动服务。", EN: "restored %s. See that the key files are in the data folder too, then start the service."}
	doingVerify      = words.Text{ZH: "正在核对", EN: "verifying"}
	verifyDone       = words.Text{ZH: "%s 的数据完好，日志没有被改动过。", EN: "the data in %s are sound, and nobody changed the log."}
	badNetwork       = words.Text{ZH: "“%s”不是网络地址。请写成 10.0.0.5 或 10.0.0.0/8。", EN: "%q is no network address: write 10.0.0.5 or 10.0.0.0/8."}

	administratorName = words.Text{ZH: "管理员", EN: "Administrator"}
	serving           = words.Text{ZH: "审核服务已启动：%s", EN: "the review service is at %s"}
	firstSteps        = words.Text{ZH: "第一位管理员的账号是 %s，口令在文件 %s 里。请用 mulu review login 登录，再用 mulu review password 修改口令，然后为各级审核员建账号（mulu review accounts add）。口令改过以后，这个文件会在下次启动时删除。", EN: "The first administrator's account is %s; its password is in the file %s. Sign on with mulu review login, change it with mulu review password, then make accounts for the reviewers (mulu review accounts add). Once it is changed, the file is removed at the next start."}
	doingDemo         = words.Text{ZH: "正在建立演示城市", EN: "filling the demo city"}
	demoBegins        = words.Text{ZH: "正在建立演示城市，需要几秒……", EN: "filling the demo city; this takes some seconds…"}
	demoDone          = words.Text{ZH: "这是演示数据，请勿用于真实工作。共 %d 个账号，口令都是 %s（只显示这一次）。例如：", EN: "This is demo data, not for real work. There are %d accounts, all with the password %s (shown this once). For instance:"}
)
