package wire

import (
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// What bundles carry.

// Submission is the payload of a bundle of a unit's catalog.
type Submission struct {
	Catalog catalog.Catalog     `json:"catalog"`
	Base    review.SubmissionID `json:"base,omitempty"` // what it was built on; empty for the first
	Answers []review.Answer     `json:"answers,omitempty"`
	SentAt  time.Time           `json:"sentAt"` // by the sender's clock
	By      string              `json:"by"`     // the name of the local profile
}

// Withdrawal is the payload of a bundle that takes a submission back.
type Withdrawal struct {
	Case       review.CaseID       `json:"case"`
	Submission review.SubmissionID `json:"submission"`
	SentAt     time.Time           `json:"sentAt"`
	By         string              `json:"by"`
}

// Rectification is the payload of a bundle with a unit's answers to an assessment.
type Rectification struct {
	Assessment review.AssessmentID `json:"assessment"`
	Answers    []review.LossAnswer `json:"answers"`
	SentAt     time.Time           `json:"sentAt"`
	By         string              `json:"by"`
}

// EnrolRequest is the payload of the bundle with which a device asks to be
// enrolled. The device's own key signs it, so that nobody enrols another's.
type EnrolRequest struct {
	Key   []byte         `json:"key"` // the public key, of the suite's form
	Suite string         `json:"suite"`
	Unit  catalog.UnitID `json:"unit,omitempty"` // for which the device is meant; an invitation's own rules
	Name  string         `json:"name"`           // what the unit calls the machine
}

// Certificate is the payload of the bundle by which a device learns that it is
// enrolled, and which service it trusts from now on. The service's key signs it.
type Certificate struct {
	Device    review.Device `json:"device"`
	Key       []byte        `json:"key"` // the service's public key, of the suite's form
	Suite     string        `json:"suite"`
	Recipient string        `json:"recipient,omitempty"` // an age X25519 recipient to encrypt to
	URL       string        `json:"url,omitempty"`       // where the service is; empty: only by files
	Unit      catalog.Unit  `json:"unit"`
	Parent    catalog.Unit  `json:"parent,omitzero"`
	Epoch     string        `json:"epoch"`
}

// Access and sessions.

// Enrol is how a device enrols over a line.
type Enrol struct {
	Code    string `json:"code"`    // the invitation's; the same device may use it again
	Request []byte `json:"request"` // a bundle of an EnrolRequest
}

// Challenge asks for what a device has to sign to sign on.
type Challenge struct {
	Device string `json:"device"` // the id of its key
}

// Nonce is what to sign: SignOnMessage of it.
type Nonce struct {
	Challenge string    `json:"challenge"`
	Expires   time.Time `json:"expires"`
}

// SignOn signs a person on with a password, or a device with a signature.
type SignOn struct {
	Account  review.PersonID `json:"account,omitempty"`
	Password string          `json:"password,omitempty"`

	Device    string `json:"device,omitempty"`
	Challenge string `json:"challenge,omitempty"`
	Signature []byte `json:"signature,omitempty"`
	Name      string `json:"name,omitempty"` // of the person at the device, unverified
}

// SignOnMessage is what a device signs to sign on: the challenge, bound to the
// service by its key's id, so that no other service can use the signature.
func SignOnMessage(service, challenge string) []byte {
	return []byte("MULUTONG SIGN ON 1\n" + service + "\n" + challenge + "\n")
}

// Session is a session that has begun. The token goes into the header
// Authorization: Bearer.
type Session struct {
	Token      string        `json:"token"`
	Person     review.Person `json:"person"`
	Expires    time.Time     `json:"expires"`
	MustChange bool          `json:"mustChange,omitempty"` // the password, before anything else
}

// Service says which service this is.
type Service struct {
	Name      string `json:"name"` // of the city
	Version   string `json:"version"`
	Device    string `json:"device"` // the id of the service's key
	Key       []byte `json:"key"`
	Suite     string `json:"suite"`
	Recipient string `json:"recipient,omitempty"`
	Epoch     string `json:"epoch"`
}

// Password changes one's own password.
type Password struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// Invite asks for a code with which one device may enrol.
type Invite struct {
	Unit  catalog.UnitID `json:"unit"`
	Role  review.Role    `json:"role"`
	Hours int            `json:"hours,omitempty"` // 0: the service's own
}

// Invitation is the code, which is shown once.
type Invitation struct {
	Code    string    `json:"code"`
	Expires time.Time `json:"expires"`
}

// Account is an account as lists show it.
type Account struct {
	review.Person
	MustChange  bool      `json:"mustChange,omitempty"`
	Disabled    bool      `json:"disabled,omitempty"`
	LockedUntil time.Time `json:"lockedUntil,omitzero"`
}

// NewAccount makes an account. Without a password the service makes one.
type NewAccount struct {
	ID       review.PersonID  `json:"id"`
	Name     string           `json:"name"`
	Role     review.Role      `json:"role"`
	Unit     catalog.UnitID   `json:"unit,omitempty"`
	Sectors  []catalog.Sector `json:"sectors,omitempty"`
	Password string           `json:"password,omitempty"`
}

// AccountMade is the account, and the password the service made for it.
type AccountMade struct {
	Account
	Password string `json:"password,omitempty"`
}

// AccountChange changes what it names of an account.
type AccountChange struct {
	Name     *string           `json:"name,omitempty"`
	Role     *review.Role      `json:"role,omitempty"`
	Unit     *catalog.UnitID   `json:"unit,omitempty"`
	Sectors  *[]catalog.Sector `json:"sectors,omitempty"`
	Disabled *bool             `json:"disabled,omitempty"`
	Unlock   bool              `json:"unlock,omitempty"`
	Password *string           `json:"password,omitempty"` // empty: the service makes one
}

// The feed.

// FeedPage is one page of the feed.
type FeedPage struct {
	Epoch string   `json:"epoch"` // this life of the service's store
	After uint64   `json:"after"` // what the page follows
	Next  uint64   `json:"next"`  // what to ask for after this page
	More  bool     `json:"more"`  // there is more at once
	Items [][]byte `json:"items"` // a bundle of one review.Item each
}

// Review.

// Look says what the reviewer looked at: another head is a conflict, and another
// version is one where it is not 0.
type Look struct {
	Head    review.SubmissionID `json:"head"`
	Version uint64              `json:"version,omitempty"`
}

// Act is an action on a case, with a note or reason where it takes one.
type Act struct {
	Look
	Note string `json:"note,omitempty"`
}

// Comment notes something on a target.
type Comment struct {
	Look
	Target review.Target `json:"target"`
	Text   string        `json:"text"`
}

// Erase erases personal data from every version.
type Erase struct {
	Look
	Target review.Target `json:"target"`
	// SubmissionWide erases it wherever it stands in the catalog, not in the
	// target alone.
	SubmissionWide bool   `json:"submissionWide,omitempty"`
	Reason         string `json:"reason"`
}

// PassMany passes many cases, each on its own.
type PassMany struct {
	Cases []PassOne `json:"cases"`
	Note  string    `json:"note,omitempty"`
}

// PassOne is one of them, as it was looked at.
type PassOne struct {
	Case review.CaseID `json:"case"`
	Look
}

// PassedMany says what became of each, in the order asked.
type PassedMany struct {
	Results []PassedOne `json:"results"`
}

// PassedOne is one of them; without an error it is passed.
type PassedOne struct {
	Case  review.CaseID `json:"case"`
	Error *Error        `json:"error,omitempty"`
}

// Responsible names the department that answers for a sector; empty: nobody.
type Responsible struct {
	Unit catalog.UnitID `json:"unit"`
}

// Notify sends a notice to units; to all where none is named.
type Notify struct {
	Units  []catalog.UnitID `json:"units,omitempty"`
	Notice review.Notice    `json:"notice"`
}

// Released names a release that went out.
type Released struct {
	Hash review.Hash `json:"hash"`
}

// Score sets an assessment's losses while it is scored.
type Score struct {
	Version uint64        `json:"version"` // 0: the assessment is new
	Losses  []review.Loss `json:"losses"`
}

// AssessmentAct takes an assessment a step further.
type AssessmentAct struct {
	Version uint64              `json:"version"`
	Note    string              `json:"note,omitempty"`
	Due     catalog.Date        `json:"due,omitempty"`     // notify, retest: by when it is to be mended
	Answers []review.LossAnswer `json:"answers,omitempty"` // rectify
	Retests []review.LossRetest `json:"retests,omitempty"` // retest
}

// LogPage is one page of the log.
type LogPage struct {
	Records []review.Record `json:"records"`
	More    bool            `json:"more"`
}

// LogVerified is what verifying the log found: its head, and where it was changed.
type LogVerified struct {
	Head   uint64      `json:"head"` // the last record's Seq
	Hash   review.Hash `json:"hash"`
	Broken uint64      `json:"broken,omitempty"` // the first record that does not fit
}
