package words

import (
	"errors"
	"math"
	"strings"

	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// serviceTexts says of each code of the service what happened and what to do next.
var serviceTexts = map[wire.Code]Text{
	wire.CodeBadRequest:      {"服务看不懂这个请求，可能版本不一致。请升级程序后再试。", "The service does not understand the request; the versions may differ. Upgrade and try again."},
	wire.CodeUnauthenticated: {"还没有登录，或者登录已经过期。请重新登录。", "You are not signed on, or the session has ended. Sign on again."},
	wire.CodeWrongPassword:   {"账号或口令不对。请核对后再试；连续输错会暂时锁定。", "The account or the password is wrong. Check both; too many wrong ones lock the account for a while."},
	wire.CodeWrongSignature:  {"签名不对，服务没有接收。请在本机重新登记设备。", "The signature does not hold, so the service took nothing. Enrol this machine again."},
	wire.CodeUnknownDevice:   {"服务不认识这台电脑。请向县里或市里要登记码，登记以后再报送。", "The service does not know this machine. Ask the county or the city for a code and enrol it."},
	wire.CodeRevoked:         {"这台电脑已被停用。请联系县里或市里，重新登记。", "This machine was revoked. Ask the county or the city to enrol it again."},
	wire.CodeBadCode:         {"登记码不对，或者已经过期、用过。请再要一个。", "The code is wrong, has ended or was used. Ask for another."},
	wire.CodeMustChange:      {"请先修改口令，再做别的。", "Change your password first."},
	wire.CodeDenied:          {"没有这个权限。请换有权限的账号，或联系管理员。", "You may not do this. Use an account that may, or ask the administrator."},
	wire.CodeNotFound:        {"服务里没有找到。请核对单位、领域和编号。", "The service has no such thing. Check unit, sector and number."},
	wire.CodeMethod:          {"服务不支持这个操作，可能版本不一致。请升级程序后再试。", "The service does not offer this; the versions may differ. Upgrade and try again."},
	wire.CodeConflict:        {"别人刚刚改动过，没有覆盖。请重新查看后再试。", "Someone else has changed it meanwhile; nothing was overwritten. Look again and retry."},
	wire.CodeState:           {"现在的状态不能这样做，可能别人刚刚处理过。请重新查看。", "Where it stands now this cannot be done; someone may have acted meanwhile. Look again."},
	wire.CodeTooLarge:        {"内容太大，服务没有接收。请拆分或删减后再试。", "It is too large for the service. Split it or take something away."},
	wire.CodeUnsupported:     {"服务不认识这种文件。请核对文件，或升级程序。", "The service does not know this kind of file. Check the file or upgrade."},
	wire.CodeDamaged:         {"文件不完整或被改动过，服务没有接收。请重新生成或重新复制。", "The file is not whole, so the service took nothing. Make it or copy it again."},
	wire.CodeInvalid:         {"填写的内容不对，服务没有接收。请核对后再试。", "A value cannot be; the service took nothing. Check it and try again."},
	wire.CodeNothing:         {"没有写内容。退回前先写意见，原因不能空着。", "Nothing is said. Comment before returning; a reason must not be empty."},
	wire.CodeUnsigned:        {"目录还没有签发，或者签发以后又改过。请先登记签发，再报送。", "The catalog is not signed off as it is. Record the sign-off first, then submit."},
	wire.CodeLocked:          {"改动了没有退回的内容。请只改退回的条目和栏目，其余恢复原样。", "What was not returned was changed. Change only what was returned and take the rest back."},
	wire.CodeUnanswered:      {"还有审核意见没有落实，也没有答复。请修改，或逐条答复。", "There are comments neither followed nor answered. Change what they name, or answer each."},
	wire.CodeTooMany:         {"请求太频繁，服务请您稍候。", "Too many requests; the service asks you to wait."},
	wire.CodeBusy:            {"服务正忙，请稍候再试。", "The service is busy; try again in a while."},
	wire.CodeInternal:        {"服务出了故障，没有完成。请稍后再试；还不行，请联系管理员。", "The service failed. Try again later; if it goes on, tell the administrator."},
}

var (
	waitSeconds   = Text{"%d 秒后可以再试。", " Try again in %d seconds."}
	requestNumber = Text{"（请求编号 %s）", " (request %s)"}
	deniedAs      = Text{"%s不能%s。请换有权限的账号，或联系管理员。", "A %s may not %s here. Use an account that may, or ask the administrator."}
	stateAs       = Text{"现在是“%s”，不能%s。请重新查看。", "It is %s: one cannot %s now. Look again."}
	invalidField  = Text{"“%s”填写得不对，服务没有接收。请核对后再试。", "%s cannot be so; the service took nothing. Check it and try again."}
	newerFile     = Text{"文件由更新版本的程序生成（%s %s），服务还读不了。请先升级服务。", "A newer program wrote the file (%s %s); upgrade the service first."}
)

// Problem of a receipt: what the service has against a bundle.
func ReceiptProblem(r review.Receipt, l Lang) string {
	if r.Status == review.Conflicted {
		return serviceTexts[wire.CodeConflict].In(l)
	}
	if t, ok := serviceTexts[wire.Code(r.Problem)]; ok {
		return t.In(l)
	}
	return r.Problem
}

// service says what a service's error says, with the details that it has.
func service(e *wire.Error, l Lang) string {
	said := serviceTexts[e.Code].In(l)
	switch {
	case e.Code == wire.CodeDenied && e.Detail.Role != "" && e.Detail.Action != "":
		said = deniedAs.In(l, Role(e.Detail.Role).In(l), Action(e.Detail.Action).In(l))
	case e.Code == wire.CodeState && e.Detail.Action != "":
		said = stateAs.In(l, CaseState(e.Detail.State).In(l), Action(e.Detail.Action).In(l))
	case e.Code == wire.CodeInvalid && e.Detail.Field != "":
		said = invalidField.In(l, e.Detail.Field)
	case e.Code == wire.CodeUnsupported && e.Detail.Newer:
		said = newerFile.In(l, e.Detail.What, e.Detail.Value)
	case said == "":
		said = unexpected.In(l, shorten(e.Message, 200))
	}
	if e.RetryAfter > 0 {
		said += waitSeconds.In(l, int(math.Ceil(e.RetryAfter.Seconds())))
	}
	if e.Code == wire.CodeInternal && e.Request != "" {
		said += requestNumber.In(l, strings.TrimSpace(e.Request))
	}
	return said
}

// serviceError is the service's error in err, or nil.
func serviceError(err error) *wire.Error {
	var e *wire.Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
