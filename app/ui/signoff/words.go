package signoff

import "mulutong/app/words"

var (
	wordTitle       = words.Text{ZH: "签发", EN: "Sign-off"}
	wordAbout       = words.Text{ZH: "目录报送以前，要经过保密审查，由本单位领导签发。签发以后又改了的，要重新签发。", EN: "Before a catalog is handed in it passes the secrecy review and the leader approves it. A later edit asks for both again."}
	wordLoading     = words.Text{ZH: "正在检查各领域…", EN: "Checking the sectors…"}
	wordNothing     = words.Text{ZH: "还没有可以签发的目录", EN: "There is nothing to sign off yet"}
	wordNothingHint = words.Text{ZH: "先在“总览”里建立草稿。", EN: "Make drafts first."}

	wordSectors      = words.Text{ZH: "领域", EN: "Sectors"}
	wordChosen       = words.Text{ZH: "已选 %d / %d", EN: "%d of %d"}
	wordPickOpen     = words.Text{ZH: "选待签发的", EN: "To be signed"}
	wordPickSigned   = words.Text{ZH: "选已签发的", EN: "Signed"}
	wordPickNone     = words.Text{ZH: "全不选", EN: "None"}
	wordPickSome     = words.Text{ZH: "勾选要签发的领域", EN: "Tick what is to be signed off"}
	wordPickSomeHint = words.Text{ZH: "可以一次选多个领域，打印一张签发单一起签。", EN: "Several sectors can go on one form."}
	wordUnder        = words.Text{ZH: "%s %s签发，%s审查", EN: "%s on %s, reviewed by %s"}
	wordUnderScans   = words.Text{ZH: "，扫描件 %d", EN: ", %d scan(s)"}
	wordComma        = words.Text{ZH: "、", EN: ", "}
	wordAndMore      = words.Text{ZH: "%s 等 %d 个", EN: "%s … (%d in all)"}

	wordUnclean    = words.Text{ZH: "还有错误，不能签发：%s。请先改正，或者写明理由。", EN: "These have errors and cannot be signed off: %s. Mend or answer them first."}
	wordToFindings = words.Text{ZH: "去看错误", EN: "Show the errors"}

	wordForm     = words.Text{ZH: "签发单", EN: "The form"}
	wordPrint    = words.Text{ZH: "打印签发单", EN: "Print the form"}
	wordFormHint = words.Text{ZH: "打印出来送审查人、领导签字，签好再来登记。", EN: "Have it signed on paper, then record it here."}
	wordPrinting = words.Text{ZH: "正在准备签发单", EN: "Preparing the form"}

	wordRecord         = words.Text{ZH: "登记签发（%d 个领域）", EN: "Record the sign-off (%d)"}
	wordStale          = words.Text{ZH: "签发以后又改过，要重新签发：%s", EN: "Changed since they were signed off: %s"}
	wordSecrecy        = words.Text{ZH: "保密审查", EN: "Secrecy review"}
	wordLeader         = words.Text{ZH: "领导签发", EN: "The leader's approval"}
	wordReviewer       = words.Text{ZH: "审查人", EN: "Reviewer"}
	wordSigner         = words.Text{ZH: "签发人", EN: "Leader"}
	wordReviewDay      = words.Text{ZH: "审查日期", EN: "date of review"}
	wordSignDay        = words.Text{ZH: "签发日期", EN: "date of approval"}
	wordName           = words.Text{ZH: "姓名", EN: "Name"}
	wordOpinion        = words.Text{ZH: "意见", EN: "Opinion"}
	wordSecrecyOpinion = words.Text{ZH: "经保密审查，可以公开。", EN: "Reviewed; may be disclosed."}
	wordLeaderOpinion  = words.Text{ZH: "同意报送。", EN: "Approved."}
	wordLacks          = words.Text{ZH: "还要填：%s", EN: "Still needed: %s"}
	wordBackwards      = words.Text{ZH: "签发日期早于审查日期，请核对。", EN: "Approved before the review; please check."}
	wordSign           = words.Text{ZH: "登记签发", EN: "Record"}
	wordRecording      = words.Text{ZH: "正在登记", EN: "Recording"}
	wordScanChoose     = words.Text{ZH: "附签好的扫描件（可以以后再附）…", EN: "Attach the scan (may be done later)…"}
	wordScanDrop       = words.Text{ZH: "不附", EN: "Leave out"}
	wordScanTitle      = words.Text{ZH: "选择扫描件", EN: "Choose the scan"}

	wordSigned      = words.Text{ZH: "已签发（%d 个领域）", EN: "Signed off (%d)"}
	wordSecrecySaid = words.Text{ZH: "保密审查：%s，%s", EN: "Secrecy review: %s, %s"}
	wordLeaderSaid  = words.Text{ZH: "领导签发：%s，%s", EN: "Approved: %s, %s"}
	wordSaidSo      = words.Text{ZH: "，“%s”", EN: ", “%s”"}
	wordScan        = words.Text{ZH: "扫描件", EN: "scan"}
	wordOldScan     = words.Text{ZH: "以前签发的扫描件", EN: "scan of an earlier sign-off"}
	wordLook        = words.Text{ZH: "查看", EN: "View"}
	wordRemove      = words.Text{ZH: "移除", EN: "Remove"}
	wordRemoveBody  = words.Text{ZH: "移除后，数据文件夹里的这份扫描件就没有了。", EN: "The scan will be gone from the data folder."}
	wordAttach      = words.Text{ZH: "附扫描件…", EN: "Attach a scan…"}
	wordAttaching   = words.Text{ZH: "正在存入扫描件", EN: "Keeping the scan"}
	wordUnsign      = words.Text{ZH: "撤回签发", EN: "Withdraw"}
	wordUnsignBody  = words.Text{ZH: "撤回以后，要重新签发才能报送：%s。\n已附的扫描件会留着。", EN: "It has to be signed off again before it is handed in: %s.\nScans stay."}

	wordHalf        = words.Text{ZH: "签发已登记，扫描件没有附上", EN: "Recorded, but without the scan"}
	wordHalfBody    = words.Text{ZH: "%s\n处理以后，可以在这里再附。", EN: "%s\nIt can be attached here later."}
	wordChanged     = words.Text{ZH: "目录刚刚有改动", EN: "The catalog has just changed"}
	wordChangedBody = words.Text{ZH: "您看到的不是最新的，所以没有登记。情况已经刷新，请核对后再登记一次。", EN: "What you saw was not the latest, so nothing was recorded. Look it over and record it again."}
)
