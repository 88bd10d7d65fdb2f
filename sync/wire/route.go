package wire

import (
	"net/http"
	"net/url"
	"strings"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// Access says who may walk a route.
type Access uint8

// The accesses. Closed, the zero value, lets nobody in.
const (
	Closed   Access = iota
	Public          // anyone
	SignedOn        // any session, and what it gives is the person's own
	Allowed         // a session whose person may do the Action, as the table of roles has it
)

// Where tells what says which unit and sector an action is about.
type Where uint8

// Where the subject of an action stands.
const (
	Nowhere Where = iota
	InPath        // {unit}, {sector}
	InQuery       // ?unit=, ?sector=
	InBody        // in the message, or in what it names
	OfAll         // about all units: what is given is what the person may see
)

// Route is one way into the service.
type Route struct {
	Name    string // of the operation, for good
	Method  string
	Path    string // below Prefix, as net/http's ServeMux has patterns
	Access  Access
	Action  review.Action // of Allowed
	Subject Where         // of Action
	Query   []Parameter
	// Request and Response are zero values of the messages; nil: no body. Bytes
	// stand for a body that is none of ours.
	Request, Response any
	// Codes are the errors to expect besides those that any route may give.
	Codes   []Code
	Summary string
	// Root tells that the path does not stand below Prefix.
	Root bool
}

// Pattern is the route as net/http's ServeMux takes it.
func (r Route) Pattern() string { return r.Method + " " + r.full() }

func (r Route) full() string {
	if r.Root {
		return r.Path
	}
	return Prefix + r.Path
}

// At is the route's path with the values of its parameters, in their order.
func (r Route) At(values ...string) string {
	parts := strings.Split(r.full(), "/")
	for i, p := range parts {
		if strings.HasPrefix(p, "{") {
			parts[i], values = escape(values[0]), values[1:]
		}
	}
	return strings.Join(parts, "/")
}

// Parameter is one of a route's query.
type Parameter struct {
	Name    string
	Type    string // string, integer, boolean
	Many    bool
	Summary string
}

// Bytes is the body of a route that is not JSON, of this media type.
type Bytes string

// ByName returns the route of a name. It panics on one there is not: names are
// written in programs.
func ByName(name string) Route {
	for _, r := range Routes {
		if r.Name == name {
			return r
		}
	}
	panic("wire: no route " + name)
}

var (
	afterParameter   = Parameter{"after", "integer", false, "only what comes behind this number"}
	limitParameter   = Parameter{"limit", "integer", false, "at most so many"}
	unitParameter    = Parameter{"unit", "string", false, "the unit"}
	sectorParameter  = Parameter{"sector", "string", false, "the sector"}
	quarterParameter = Parameter{"quarter", "string", false, "the quarter, as 2026Q3; without it all"}
)

// decided are the errors of an action on a case.
var decided = []Code{CodeConflict, CodeState, CodeNotFound, CodeInvalid}

// Routes are all ways into the service.
var Routes = []Route{
	// Access.
	{Name: "service", Method: http.MethodGet, Path: "/service", Access: Public, Response: Service{}, Summary: "Say which service this is, and its key."},
	{Name: "enrol", Method: http.MethodPost, Path: "/enrol", Access: Public, Request: Enrol{}, Response: Bytes(Bundle), Codes: []Code{CodeBadCode, CodeDamaged, CodeUnsupported, CodeWrongSignature, CodeRevoked}, Summary: "Enrol a device with a code. The same device may ask again."},
	{Name: "request", Method: http.MethodPost, Path: "/requests", Access: Allowed, Action: review.ActInvite, Subject: InBody, Request: Bytes(Bundle), Response: Bytes(Bundle), Codes: []Code{CodeDamaged, CodeUnsupported, CodeWrongSignature, CodeRevoked}, Summary: "Certify a device by its request file."},
	{Name: "challenge", Method: http.MethodPost, Path: "/challenge", Access: Public, Request: Challenge{}, Response: Nonce{}, Summary: "Ask for what a device has to sign to sign on."},
	{Name: "sign-on", Method: http.MethodPost, Path: "/sessions", Access: Public, Request: SignOn{}, Response: Session{}, Codes: []Code{CodeWrongPassword, CodeWrongSignature, CodeUnknownDevice, CodeRevoked}, Summary: "Sign on with a password, or as a device."},
	{Name: "sign-off", Method: http.MethodDelete, Path: "/sessions/current", Access: SignedOn, Summary: "End the session."},
	{Name: "me", Method: http.MethodGet, Path: "/me", Access: SignedOn, Response: review.Person{}, Summary: "Say who is signed on."},
	{Name: "password", Method: http.MethodPut, Path: "/me/password", Access: SignedOn, Request: Password{}, Codes: []Code{CodeWrongPassword, CodeInvalid}, Summary: "Change one's own password."},
	{Name: "invite", Method: http.MethodPost, Path: "/invitations", Access: Allowed, Action: review.ActInvite, Subject: InBody, Request: Invite{}, Response: Invitation{}, Codes: []Code{CodeNotFound, CodeInvalid}, Summary: "Make a code with which one device may enrol."},
	{Name: "devices", Method: http.MethodGet, Path: "/devices", Access: Allowed, Action: review.ActRevoke, Subject: InQuery, Query: []Parameter{unitParameter}, Response: []review.Device{}, Summary: "List devices."},
	{Name: "revoke", Method: http.MethodDelete, Path: "/devices/{device}", Access: Allowed, Action: review.ActRevoke, Subject: InBody, Codes: []Code{CodeNotFound}, Summary: "End a device's trust."},
	{Name: "accounts", Method: http.MethodGet, Path: "/accounts", Access: Allowed, Action: review.ActAccounts, Subject: OfAll, Response: []Account{}, Summary: "List accounts."},
	{Name: "add-account", Method: http.MethodPost, Path: "/accounts", Access: Allowed, Action: review.ActAccounts, Subject: OfAll, Request: NewAccount{}, Response: AccountMade{}, Codes: []Code{CodeConflict, CodeInvalid}, Summary: "Make an account."},
	{Name: "change-account", Method: http.MethodPatch, Path: "/accounts/{account}", Access: Allowed, Action: review.ActAccounts, Subject: OfAll, Request: AccountChange{}, Response: AccountMade{}, Codes: []Code{CodeNotFound, CodeInvalid, CodeState}, Summary: "Change, lock or unlock an account."},

	// What units send and receive.
	{Name: "offer", Method: http.MethodPost, Path: "/bundles", Access: SignedOn, Request: Bytes(Bundle), Response: review.Receipt{}, Codes: []Code{CodeDamaged, CodeUnsupported, CodeWrongSignature, CodeUnknownDevice, CodeRevoked, CodeTooLarge}, Summary: "Hand in a bundle. However often it comes, it counts once, and the answer is the same. 200: accepted or waiting; 409: conflicted; 422: refused; all three with the receipt."},
	{Name: "offer-pack", Method: http.MethodPost, Path: "/packs", Access: SignedOn, Request: Bytes(Bundle), Response: []review.Receipt{}, Codes: []Code{CodeDamaged, CodeUnsupported, CodeWrongSignature, CodeUnknownDevice, CodeRevoked, CodeTooLarge}, Summary: "Hand in what came on a stick: each bundle of a device's pack, as offering it would."},
	{Name: "receipt", Method: http.MethodGet, Path: "/receipts/{hash}", Access: SignedOn, Response: review.Receipt{}, Codes: []Code{CodeNotFound}, Summary: "Say what became of a bundle."},
	{Name: "feed", Method: http.MethodGet, Path: "/feed", Access: Allowed, Action: review.ActFeed, Subject: OfAll, Query: []Parameter{{"epoch", "string", false, "the epoch that after counts in; another one than the service's begins anew"}, afterParameter, limitParameter}, Response: FeedPage{}, Summary: "Receive what is meant for one's unit."},
	{Name: "feed-pack", Method: http.MethodGet, Path: "/feed.pack", Access: Allowed, Action: review.ActNotify, Subject: InQuery, Query: []Parameter{unitParameter, afterParameter}, Response: Bytes(Bundle), Codes: []Code{CodeNotFound}, Summary: "Take what is meant for a unit that is never online, as one file."},
	{Name: "release-content", Method: http.MethodGet, Path: "/contents/{hash}", Access: SignedOn, Response: Bytes(Octets), Codes: []Code{CodeNotFound}, Summary: "Receive the contents of a release."},
	{Name: "catalog", Method: http.MethodGet, Path: "/catalogs/{hash}", Access: Allowed, Action: review.ActRead, Subject: InQuery, Query: []Parameter{unitParameter, sectorParameter}, Response: catalog.Catalog{}, Codes: []Code{CodeNotFound}, Summary: "Read a catalog of a case."},

	// Review.
	{Name: "queue", Method: http.MethodGet, Path: "/queue", Access: Allowed, Action: review.ActRead, Subject: OfAll, Query: []Parameter{unitParameter, sectorParameter, {"state", "string", false, "only cases that stand there"}, {"late", "boolean", false, "only late ones"}, limitParameter}, Response: []review.CaseHead{}, Summary: "List what waits for the person, late ones first."},
	{Name: "case", Method: http.MethodGet, Path: "/cases/{unit}/{sector}", Access: Allowed, Action: review.ActRead, Subject: InPath, Response: review.View{}, Codes: []Code{CodeNotFound}, Summary: "Look at a case. What changed since one looked last is marked, and this counts as looking."},
	{Name: "comment", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/comment", Access: Allowed, Action: review.ActComment, Subject: InPath, Request: Comment{}, Response: review.Comment{}, Codes: append(decided, CodeNothing), Summary: "Note something on the catalog, an entry or a field."},
	{Name: "uncomment", Method: http.MethodDelete, Path: "/cases/{unit}/{sector}/comments/{comment}", Access: Allowed, Action: review.ActComment, Subject: InPath, Query: []Parameter{{"head", "string", false, "the submission that was looked at"}, {"version", "integer", false, "and the version, where that matters"}}, Codes: decided, Summary: "Take back a comment of one's own that was not sent."},
	{Name: "return", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/return", Access: Allowed, Action: review.ActReturn, Subject: InPath, Request: Act{}, Codes: append(decided, CodeNothing), Summary: "Hand back to the unit what is commented."},
	{Name: "pass", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/pass", Access: Allowed, Action: review.ActPass, Subject: InPath, Request: Act{}, Codes: decided, Summary: "Find nothing to mend."},
	{Name: "step-back", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/step-back", Access: Allowed, Action: review.ActStepBack, Subject: InPath, Request: Act{}, Codes: append(decided, CodeNothing), Summary: "Hand back to the stage before."},
	{Name: "close", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/close", Access: Allowed, Action: review.ActClose, Subject: InPath, Request: Act{}, Codes: decided, Summary: "End a joint review that waits for one side."},
	{Name: "approve", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/approve", Access: Allowed, Action: review.ActApprove, Subject: InPath, Request: Act{}, Codes: decided, Summary: "The city office's pass."},
	{Name: "publish", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/publish", Access: Allowed, Action: review.ActPublish, Subject: InPath, Request: Act{}, Codes: decided, Summary: "Make an approved catalog public."},
	{Name: "recall", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/recall", Access: Allowed, Action: review.ActRecall, Subject: InPath, Request: Act{}, Codes: append(decided, CodeNothing), Summary: "Take a published catalog back from the public."},
	{Name: "erase", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/erase", Access: Allowed, Action: review.ActErase, Subject: InPath, Request: Erase{}, Codes: append(decided, CodeNothing), Summary: "Erase personal data from every version."},
	{Name: "withdraw", Method: http.MethodPost, Path: "/cases/{unit}/{sector}/withdraw", Access: Allowed, Action: review.ActWithdraw, Subject: InPath, Request: Act{}, Codes: decided, Summary: "Take back what nobody has begun to review."},
	{Name: "pass-many", Method: http.MethodPost, Path: "/pass", Access: SignedOn, Request: PassMany{}, Response: PassedMany{}, Codes: []Code{CodeInvalid}, Summary: "Pass many, or approve them for the city office, each on its own."},
	{Name: "progress", Method: http.MethodGet, Path: "/progress", Access: Allowed, Action: review.ActProgress, Subject: OfAll, Response: review.Progress{}, Summary: "See who is where, and who is late."},

	// Keeping house.
	{Name: "units", Method: http.MethodGet, Path: "/units", Access: SignedOn, Response: []catalog.Unit{}, Summary: "List the units."},
	{Name: "put-units", Method: http.MethodPut, Path: "/units", Access: Allowed, Action: review.ActUnits, Subject: OfAll, Request: []catalog.Unit{}, Codes: []Code{CodeInvalid}, Summary: "Add or change units."},
	{Name: "responsible", Method: http.MethodGet, Path: "/responsible", Access: SignedOn, Response: map[catalog.Sector]catalog.UnitID{}, Summary: "Say which department answers for which sector."},
	{Name: "set-responsible", Method: http.MethodPut, Path: "/responsible/{sector}", Access: Allowed, Action: review.ActUnits, Subject: OfAll, Request: Responsible{}, Codes: []Code{CodeNotFound, CodeInvalid}, Summary: "Say which department answers for a sector."},
	{Name: "notify", Method: http.MethodPost, Path: "/notices", Access: Allowed, Action: review.ActNotify, Subject: InBody, Request: Notify{}, Codes: []Code{CodeNothing, CodeNotFound}, Summary: "Send a notice to units."},
	{Name: "release", Method: http.MethodPost, Path: "/releases/{kind}", Access: Allowed, Action: review.ActRelease, Subject: OfAll, Query: []Parameter{{"version", "string", false, "what the release is called: 2026.10"}}, Request: Bytes(Octets), Response: Released{}, Codes: []Code{CodeInvalid, CodeTooLarge}, Summary: "Issue templates, register, calendar or divisions."},
	{Name: "settings", Method: http.MethodGet, Path: "/settings", Access: SignedOn, Response: review.Policy{}, Summary: "Read the deadlines."},
	{Name: "set-settings", Method: http.MethodPut, Path: "/settings", Access: Allowed, Action: review.ActSettings, Subject: OfAll, Request: review.Policy{}, Codes: []Code{CodeInvalid}, Summary: "Change the deadlines."},

	// Assessments.
	{Name: "forms", Method: http.MethodGet, Path: "/forms", Access: SignedOn, Response: []review.Form{}, Summary: "List the forms of assessments."},
	{Name: "put-form", Method: http.MethodPut, Path: "/forms", Access: Allowed, Action: review.ActAssess, Subject: OfAll, Request: review.Form{}, Codes: []Code{CodeInvalid}, Summary: "Add or change a form."},
	{Name: "assessments", Method: http.MethodGet, Path: "/assessments", Access: Allowed, Action: review.ActRead, Subject: OfAll, Query: []Parameter{quarterParameter, unitParameter}, Response: []review.Assessment{}, Summary: "List assessments."},
	{Name: "score", Method: http.MethodPost, Path: "/assessments/{form}/{unit}/{quarter}/score", Access: Allowed, Action: review.ActAssess, Subject: InPath, Request: Score{}, Response: review.Assessment{}, Codes: decided, Summary: "Set what a unit lost."},
	{Name: "notify-assessment", Method: http.MethodPost, Path: "/assessments/{form}/{unit}/{quarter}/notify", Access: Allowed, Action: review.ActAssess, Subject: InPath, Request: AssessmentAct{}, Response: review.Assessment{}, Codes: decided, Summary: "Tell the unit what it lost, to be mended."},
	{Name: "rectify", Method: http.MethodPost, Path: "/assessments/{form}/{unit}/{quarter}/rectify", Access: Allowed, Action: review.ActRectify, Subject: InPath, Request: AssessmentAct{}, Response: review.Assessment{}, Codes: append(decided, CodeUnanswered), Summary: "Say what was done about what was lost."},
	{Name: "retest", Method: http.MethodPost, Path: "/assessments/{form}/{unit}/{quarter}/retest", Access: Allowed, Action: review.ActAssess, Subject: InPath, Request: AssessmentAct{}, Response: review.Assessment{}, Codes: decided, Summary: "Say what the retest found."},
	{Name: "accept", Method: http.MethodPost, Path: "/assessments/{form}/{unit}/{quarter}/accept", Access: Allowed, Action: review.ActAssess, Subject: InPath, Request: AssessmentAct{}, Response: review.Assessment{}, Codes: decided, Summary: "Accept what was mended."},

	// The log, and how the service is.
	{Name: "log", Method: http.MethodGet, Path: "/log", Access: Allowed, Action: review.ActReadLog, Subject: OfAll, Query: []Parameter{afterParameter, limitParameter}, Response: LogPage{}, Summary: "Read the log."},
	{Name: "verify-log", Method: http.MethodGet, Path: "/log/verify", Access: Allowed, Action: review.ActReadLog, Subject: OfAll, Response: LogVerified{}, Summary: "Verify the log's chain."},
	{Name: "openapi", Method: http.MethodGet, Path: "/openapi.json", Access: Public, Response: Bytes(JSON), Summary: "This document."},
	{Name: "healthz", Method: http.MethodGet, Path: "/healthz", Access: Public, Root: true, Response: Bytes("text/plain"), Summary: "Say that the process lives."},
	{Name: "readyz", Method: http.MethodGet, Path: "/readyz", Access: Public, Root: true, Response: Bytes("text/plain"), Codes: []Code{CodeBusy}, Summary: "Say that the store answers."},
	{Name: "metrics", Method: http.MethodGet, Path: "/metrics", Access: Public, Root: true, Response: Bytes("text/plain"), Summary: "Figures for Prometheus; only on loopback or by the listener for them."},
}

// escape makes a value one segment of a path. A dot alone would be taken for the
// folder it names in paths.
func escape(s string) string {
	if strings.Trim(s, ".") == "" {
		return strings.ReplaceAll(s, ".", "%2E")
	}
	return url.PathEscape(s)
}
