package headless

import "mulutong/app/words"

// The way to the review service.
var (
	helpEnrol          = words.Text{ZH: "登记这台电脑：用登记码联网登记，或用申请文件和证书文件", EN: "enrol this machine: with a code over the network, or by a request file and a certificate"}
	helpCode           = words.Text{ZH: "登记`码`（由县里或市里发给，只能用一次）", EN: "the `code`, which the county or the city gives out for one use"}
	helpRequest        = words.Text{ZH: "不联网：把申请写到这个`文件`，交给县里或市里", EN: "offline: write the request to this `file` and hand it to the county or the city"}
	helpCertificate    = words.Text{ZH: "不联网：收下带回来的证书`文件`", EN: "offline: take in the certificate `file` that came back"}
	helpMachine        = words.Text{ZH: "这台电脑的`名称`（默认用主机名）", EN: "what this machine is called (default: its host `name`)"}
	helpMoving         = words.Text{ZH: "换到另一个审核服务，把保存着的都重新报给它", EN: "move to another service, and offer it everything that is kept"}
	oneWayToEnrol      = words.Text{ZH: "请选一种办法：--service 和 --code，或 --request，或 --certificate。", EN: "choose one way: --service with --code, or --request, or --certificate."}
	requestDone        = words.Text{ZH: "%s 的申请已写到 %s。请交给县里或市里签发证书，带回来用 mulu enrol --certificate 登记。", EN: "the request of %s is in %s. Have the county or the city certify it, then use mulu enrol --certificate."}
	enrolDone          = words.Text{ZH: "已登记：%s（%s），设备编号 %s。", EN: "enrolled: %s (%s), device %s."}
	enrolFiles         = words.Text{ZH: "证书里没有服务地址：用 mulu bundle 和 mulu receive 以文件往来。", EN: "The certificate names no address: use files, with mulu bundle and mulu receive."}
	helpSign           = words.Text{ZH: "登记签发：领导同意、保密审查，没有错误才能登记", EN: "record the sign-off: the leader's approval and the secrecy review"}
	helpLeader         = words.Text{ZH: "签发`人`", EN: "who `signs`"}
	helpSecrecy        = words.Text{ZH: "保密审查`人`", EN: "who `reviews` secrecy"}
	helpSignDate       = words.Text{ZH: "`日期`，如 2026-11-20（默认今天）", EN: "the `day`, such as 2026-11-20 (default: today)"}
	helpOpinion        = words.Text{ZH: "`意见`", EN: "their `opinion`"}
	signDone           = words.Text{ZH: "已登记 %d 个领域的签发。", EN: "%d sectors are signed off."}
	helpSubmit         = words.Text{ZH: "报送：把已签发的目录放进发件箱（不指明领域则全部）", EN: "submit: put signed-off catalogs into the outbox (all, where no sector is named)"}
	helpAnswer         = words.Text{ZH: "答复一条审核意见：`意见编号=说明`，可重复", EN: "answer a comment: `COMMENT=TEXT`, repeatable"}
	helpSubmitWithdraw = words.Text{ZH: "撤回上次报送的（还没有人审核时）", EN: "take back what was submitted last, where nobody has begun to review it"}
	badAnswer          = words.Text{ZH: "“%s”看不懂。请写成 意见编号=说明。", EN: "%q is not understood: write COMMENT=TEXT."}
	doingSubmit        = words.Text{ZH: "正在检查", EN: "checking"}
	submitQueued       = words.Text{ZH: "%s：已放进发件箱。", EN: "%s: in the outbox."}
	submitStopped      = words.Text{ZH: "%s：没有报送。", EN: "%s: not submitted."}
	submitProblem      = words.Text{ZH: "    %s", EN: "    %s"}
	submitNothing      = words.Text{ZH: "没有要报送的：没有签发了而还没有报送的目录。", EN: "nothing to submit: no catalog is signed off and not submitted yet."}
	submitNext         = words.Text{ZH: "用 mulu sync 送出，不联网的用 mulu bundle 存到U盘。", EN: "Send it with mulu sync, or without a network take it out with mulu bundle."}
	withdrawQueued     = words.Text{ZH: "%s：撤回已放进发件箱，用 mulu sync 送出。", EN: "%s: the withdrawal is in the outbox; send it with mulu sync."}
	problemUnsigned    = words.Text{ZH: "还没有签发，或者签发以后又改过。请先登记签发（mulu sign）。", EN: "not signed off as it is. Record the sign-off first (mulu sign)."}
	problemFindings    = words.Text{ZH: "还有 %d 个错误没有改正，也没有说明理由。请先检查（mulu check）。", EN: "%d errors are neither mended nor answered. See mulu check."}
	problemClashes     = words.Text{ZH: "有 %d 处与另一台电脑的修改冲突。请先用 mulu sync --settle 选定。", EN: "%d changes clash with another machine's. Settle them first with mulu sync --settle."}
	problemLocked      = words.Text{ZH: "这里没有退回，不能改：%s。请恢复原样。", EN: "not returned, so it must not change: %s. Take the change back."}
	problemUnanswered  = words.Text{ZH: "意见没有落实，也没有答复：%s", EN: "neither followed nor answered: %s"}
	problemState       = words.Text{ZH: "现在是“%s”，不能这样做。", EN: "it is %s: this cannot be done now."}
	helpRectify        = words.Text{ZH: "填报测评的整改情况", EN: "say what was done about an assessment"}
	rectifyQueued      = words.Text{ZH: "%s 的整改情况已放进发件箱，用 mulu sync 送出。", EN: "the answers of %s are in the outbox; send them with mulu sync."}
	helpSync           = words.Text{ZH: "同步：送出发件箱，取回意见、决定、模板和通知", EN: "sync: send the outbox, receive comments, decisions, templates and notices"}
	helpSettle         = words.Text{ZH: "选定一处冲突：`条目编号/栏目=ours 或 theirs`（all=… 为全部），须指明 --sector", EN: "settle a clash: `ENTRY/FIELD=ours or theirs` (all=… for all); needs --sector"}
	helpTries          = words.Text{ZH: "网络不好时最多试`几`次", EN: "how `many` times one thing is tried over a bad line"}
	badSettle          = words.Text{ZH: "“%s”看不懂。请写成 条目编号/栏目=ours（用本机的）或 =theirs（用对方的）。", EN: "%q is not understood: write ENTRY/FIELD=ours or =theirs."}
	noClash            = words.Text{ZH: "没有这处冲突：%s。用 mulu status 查看。", EN: "there is no clash %s. See mulu status."}
	labelMerge         = words.Text{ZH: "并入本单位另一台电脑的修改", EN: "Take in another machine's changes"}
	labelSettle        = words.Text{ZH: "选定冲突的内容", EN: "Settle clashes"}
	doingSync          = words.Text{ZH: "正在同步", EN: "syncing"}
	syncSent           = words.Text{ZH: "%s：%s", EN: "%s: %s"}
	syncDone           = words.Text{ZH: "送出 %d 件，收到 %d 条消息。", EN: "%d sent, %d items received."}
	sentWithdrawal     = words.Text{ZH: "撤回 %s", EN: "withdrawal of %s"}
	sentRectification  = words.Text{ZH: "%s 整改情况", EN: "answers to the assessment of %s"}
	returnedHead       = words.Text{ZH: "\n%s 被退回，请在 %s 前改好再报：", EN: "\n%s was returned; submit it again by %s:"}
	returnedNote       = words.Text{ZH: "  说明：%s", EN: "  note: %s"}
	returnedLine       = words.Text{ZH: "  %s  %s：%s%s", EN: "  %s  %s: %s%s"}
	toFollow           = words.Text{ZH: "（待落实）", EN: " (to follow)"}
	behindLine         = words.Text{ZH: "\n%s：本单位另一台电脑报送的内容还没有取回来。请再同步一次，或者请县里重新打包。", EN: "\n%s: what another machine of the unit submitted is not here yet. Sync again, or have a new file packed."}
	clashHead          = words.Text{ZH: "\n%s 有 %d 处与另一台电脑的修改冲突（ours 是本机的，theirs 是对方的）：", EN: "\n%s clashes with another machine in %d places (ours is this machine's):"}
	clashLine          = words.Text{ZH: "  %s  %s\n      ours：%s\n      theirs：%s", EN: "  %s  %s\n      ours: %s\n      theirs: %s"}
	settleDone         = words.Text{ZH: "已选定 %d 处，还有 %d 处。请重新登记签发后再报送。", EN: "%d settled, %d left. Sign off again before submitting."}
	helpBundle         = words.Text{ZH: "不联网：把发件箱存成一个文件，带到县里或市里", EN: "offline: put the outbox into a file to carry to the county or the city"}
	helpBundleOut      = words.Text{ZH: "写到哪个`文件`，如 U盘/籍山镇.mulu", EN: "`file` to write"}
	bundleDone         = words.Text{ZH: "%d 件已存到 %s。收到回执（mulu receive）以前，发件箱里的会一直留着。", EN: "%d in %s. They stay in the outbox until the answer comes (mulu receive)."}
	helpReceive        = words.Text{ZH: "不联网：收下带回来的文件", EN: "offline: take in a file that came back"}
	takeDone           = words.Text{ZH: "共 %d 件。", EN: "%d in all."}
	releaseCame        = words.Text{ZH: "收到上级下发的 %s 版，放在 %s。用 mulu upgrade 查看和采用。", EN: "release %s was issued; it is in %s. See and take it with mulu upgrade."}

	statusReview = words.Text{ZH: "审核", EN: "review"}
	queuedMark   = words.Text{ZH: "待送出", EN: "to be sent"}
	changedMark  = words.Text{ZH: "%s，之后又改过", EN: "%s, changed since"}
	notices      = words.Text{ZH: "\n通知：", EN: "\nNotices:"}
	noticeLine   = words.Text{ZH: "  %s  %s：%s", EN: "  %s  %s: %s"}
)
