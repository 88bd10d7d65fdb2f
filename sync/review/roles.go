package review

import "mulutong/catalog"

// Action is one thing that a person may be allowed to do.
type Action string

// The actions.
const (
	ActRead     Action = "read"      // see a case, its catalog, comments and decisions
	ActSubmit   Action = "submit"    // submit, resubmit, answer
	ActWithdraw Action = "withdraw"  // take back what nobody has begun to review
	ActComment  Action = "comment"   // note something on a catalog, entry or field
	ActReturn   Action = "return"    // hand back to the unit what is commented
	ActPass     Action = "pass"      // find nothing to mend
	ActStepBack Action = "step-back" // hand back to the stage before
	ActClose    Action = "close"     // end a joint review that waits for one side
	ActApprove  Action = "approve"   // the city office's pass
	ActPublish  Action = "publish"   // make an approved catalog public
	ActRecall   Action = "recall"    // take a published catalog back from the public
	ActErase    Action = "erase"     // erase personal data from every version
	ActProgress Action = "progress"  // see who is where and who is late
	ActExport   Action = "export"    // take workbooks out
	ActAssess   Action = "assess"    // score, notify, retest, accept
	ActRectify  Action = "rectify"   // answer an assessment's findings
	ActRelease  Action = "release"   // issue templates, register, calendar
	ActUnits    Action = "units"     // change the list of units, and who answers for which sector
	ActNotify   Action = "notify"    // send a notice to units
	ActInvite   Action = "invite"    // issue a code with which a device enrols; sign its request
	ActRevoke   Action = "revoke"    // end a device's trust
	ActReadLog  Action = "read-log"  // read and verify the log
	ActAccounts Action = "accounts"  // make, lock and change accounts
	ActSettings Action = "settings"  // change deadlines and the service's own settings
	ActFeed     Action = "feed"      // receive what is meant for one's unit
)

// Scope is how far an allowance reaches.
type Scope uint8

// The scopes. None, the zero value, denies.
const (
	None    Scope = iota
	OwnUnit       // what belongs to the person's own unit
	County        // what belongs to units of the person's county
	Sectors       // what belongs to the sectors the person answers for, of any unit
	Everything
)

// allowed is the one table of who may do what, and how far. What it does not
// name is denied.
var allowed = map[Role]map[Action]Scope{
	Clerk: {
		ActRead: OwnUnit, ActSubmit: OwnUnit, ActWithdraw: OwnUnit, ActProgress: OwnUnit,
		ActExport: OwnUnit, ActRectify: OwnUnit, ActFeed: OwnUnit,
	},
	CountyReviewer: {
		// A county may submit, withdraw and rectify for a township that cannot.
		ActRead: County, ActSubmit: County, ActWithdraw: County, ActRectify: County,
		ActComment: County, ActReturn: County, ActPass: County, ActProgress: County,
		ActExport: County, ActAssess: County, ActNotify: County, ActInvite: County,
		ActRevoke: County, ActFeed: County,
	},
	DepartmentReviewer: {
		ActRead: Sectors, ActComment: Sectors, ActReturn: Sectors, ActPass: Sectors,
		ActStepBack: Sectors, ActProgress: Sectors, ActExport: Sectors,
	},
	CityOffice: {
		ActRead: Everything, ActComment: Everything, ActReturn: Everything, ActApprove: Everything,
		ActStepBack: Everything, ActClose: Everything, ActPublish: Everything, ActRecall: Everything,
		ActErase: Everything, ActProgress: Everything, ActExport: Everything, ActAssess: Everything,
		ActRelease: Everything, ActUnits: Everything, ActNotify: Everything, ActInvite: Everything,
		ActRevoke: Everything, ActReadLog: Everything,
	},
	Auditor:       {ActReadLog: Everything},
	Administrator: {ActAccounts: Everything, ActInvite: Everything, ActRevoke: Everything, ActSettings: Everything},
}

// Subject is what an action is about. A zero Unit or Sector stands for all of them.
type Subject struct {
	Unit   catalog.Unit
	Sector catalog.Sector
}

// May returns nil where the person may do the action to the subject, and a
// *DeniedError otherwise. What was a unit's is its successor's.
func May(p Person, a Action, about Subject) error {
	ok := false
	switch allowed[p.Role][a] {
	case OwnUnit:
		ok = p.Unit != "" && (about.Unit.ID == p.Unit || about.Unit.Successor == p.Unit)
	case County:
		ok = p.Unit != "" && (about.Unit.ID == p.Unit || about.Unit.Parent == p.Unit)
	case Sectors:
		ok = p.AnswersFor(about.Sector)
	case Everything:
		ok = true
	}
	if ok {
		return nil
	}
	return &DeniedError{Person: p.ID, Role: p.Role, Action: a, Unit: about.Unit.ID, Sector: about.Sector}
}

// Reach is how far the role's allowance for the action goes.
func Reach(r Role, a Action) Scope { return allowed[r][a] }
