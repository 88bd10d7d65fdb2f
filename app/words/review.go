package words

import (
	"strings"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// CaseState is where a submitted catalog stands.
func CaseState(s review.State) Text { return caseStates[s] }

var caseStates = map[review.State]Text{
	review.New:       {"未报送", "not submitted"},
	review.InCounty:  {"县级审核中", "with the county"},
	review.InJoint:   {"市级会审中", "in joint review"},
	review.Returned:  {"已退回，待修改", "returned, to be changed"},
	review.Approved:  {"已通过", "approved"},
	review.Published: {"已公开", "published"},
	review.Withdrawn: {"已撤回", "withdrawn"},
	review.Recalled:  {"已撤下", "recalled"},
}

// Role is what a person is in the review.
func Role(r review.Role) Text { return roleNames[r] }

var roleNames = map[review.Role]Text{
	review.Clerk:              {"填报员", "clerk"},
	review.CountyReviewer:     {"县级审核员", "county reviewer"},
	review.DepartmentReviewer: {"部门审核员", "department reviewer"},
	review.CityOffice:         {"市政务公开办", "city office"},
	review.Auditor:            {"审计员", "auditor"},
	review.Administrator:      {"管理员", "administrator"},
}

// Action is one thing that a person may be allowed to do.
func Action(a review.Action) Text { return actionNames[a] }

var actionNames = map[review.Action]Text{
	review.ActRead:     {"查看", "read"},
	review.ActSubmit:   {"报送", "submit"},
	review.ActWithdraw: {"撤回", "withdraw"},
	review.ActComment:  {"写意见", "comment"},
	review.ActReturn:   {"退回", "return"},
	review.ActPass:     {"审核通过", "pass"},
	review.ActStepBack: {"退回上一级", "step back"},
	review.ActClose:    {"结束会审", "close the joint review"},
	review.ActApprove:  {"批准", "approve"},
	review.ActPublish:  {"公开", "publish"},
	review.ActRecall:   {"撤下", "recall"},
	review.ActErase:    {"删除个人信息", "erase personal data"},
	review.ActProgress: {"查看进度", "see progress"},
	review.ActExport:   {"导出", "export"},
	review.ActAssess:   {"测评", "assess"},
	review.ActRectify:  {"整改", "rectify"},
	review.ActRelease:  {"下发模板", "issue templates"},
	review.ActUnits:    {"维护单位名单", "change the list of units"},
	review.ActNotify:   {"发通知", "send notices"},
	review.ActInvite:   {"登记设备", "enrol devices"},
	review.ActRevoke:   {"停用设备", "revoke devices"},
	review.ActReadLog:  {"查看日志", "read the log"},
	review.ActAccounts: {"管理账号", "manage accounts"},
	review.ActSettings: {"修改设置", "change settings"},
	review.ActFeed:     {"接收消息", "receive the feed"},
}

// Verdict is what one side of a round decided.
func Verdict(v review.Verdict) Text { return verdictNames[v] }

var verdictNames = map[review.Verdict]Text{
	"":                 {"未审", "not yet"},
	review.Passed:      {"通过", "passed"},
	review.WantsReturn: {"退回", "return"},
	review.WantsBack:   {"退回上一级", "step back"},
}

// Stage is one step of the review.
func Stage(s review.Stage) Text { return stageNames[s] }

var stageNames = map[review.Stage]Text{
	review.CountyStage: {"县级审核", "county check"},
	review.JointStage:  {"市级会审", "joint review"},
}

// ReceiptStatus is what became of a bundle.
func ReceiptStatus(s review.ReceiptStatus) Text { return receiptNames[s] }

var receiptNames = map[review.ReceiptStatus]Text{
	review.Accepted:   {"已收到", "received"},
	review.Waiting:    {"等待上一版", "waiting for the one before"},
	review.Conflicted: {"版本冲突", "conflict"},
	review.Refused:    {"未接收", "refused"},
}

// Assessed is where an assessment stands.
func Assessed(s review.AssessmentState) Text { return assessmentStates[s] }

var assessmentStates = map[review.AssessmentState]Text{
	review.Scoring:    {"测评中", "being scored"},
	review.Notified:   {"已通报，待整改", "notified, to be rectified"},
	review.Rectified:  {"已整改，待复测", "rectified, to be retested"},
	review.Retested:   {"已复测", "retested"},
	review.AcceptedAt: {"已验收", "accepted"},
}

// What a target is called when it is no single field of an entry at hand.
var (
	wholeCatalog  = Text{"整个目录", "the whole catalog"}
	templateEntry = Text{"模板事项 %s（目录中没有）", "template entry %s (not in the catalog)"}
	goneEntry     = Text{"已不在目录中的条目 %s", "entry %s, no longer in the catalog"}
	entryNumber   = Text{"第%d条 %s", "no. %d %s"}
)

// Target is what a comment is about, in words: the entry with its number and name
// in the catalog, and the field. missing names template entries.
func Target(t review.Target, c *catalog.Catalog, missing func(catalog.TemplateID) string, l Lang) string {
	switch {
	case t.Template != "" && t.Entry == "":
		name := string(t.Template)
		if missing != nil {
			name = missing(t.Template)
		}
		return templateEntry.In(l, name)
	case t.Entry == "":
		return wholeCatalog.In(l)
	}
	said := goneEntry.In(l, t.Entry)
	for i := range c.Entries {
		if c.Entries[i].ID == t.Entry {
			said = entryNumber.In(l, i+1, strings.Join(c.Entries[i].Path, " / "))
		}
	}
	if t.Field != "" {
		said += " · " + Field(t.Field).In(l)
	}
	return said
}

// UnitKind tells what sort of body a unit is.
func UnitKind(k catalog.UnitKind) Text { return unitKinds[k] }

var unitKinds = map[catalog.UnitKind]Text{
	catalog.TownshipUnit:   {"乡镇、街道", "township"},
	catalog.DepartmentUnit: {"部门", "department"},
	catalog.CountyUnit:     {"县级政务公开办", "county office"},
	catalog.CityUnit:       {"市级", "city"},
}

// CatalogPart is what a catalog says besides its entries.
func CatalogPart(t catalog.Target) Text { return catalogParts[t] }

var catalogParts = map[catalog.Target]Text{
	catalog.TargetEntry:         {"条目", "entry"},
	catalog.TargetOrder:         {"次序", "order"},
	catalog.TargetOmission:      {"不列入的事项", "entries left out"},
	catalog.TargetNotApplicable: {"不涉及", "not applicable"},
	catalog.TargetReason:        {"争议理由", "reasons against findings"},
	catalog.TargetNote:          {"备注", "note"},
	catalog.TargetSignOff:       {"签发", "sign-off"},
	catalog.TargetCatalog:       {"版本", "versions"},
}
