package review

import (
	"time"

	"mulutong/catalog"
)

// CaseID names a case: the catalog of one sector of one unit.
type CaseID struct {
	Unit   catalog.UnitID `json:"unit"`
	Sector catalog.Sector `json:"sector"`
}

// Hash is the SHA-256 of something's bytes in lower-case hex: its address.
type Hash string

// SubmissionID is the hash of the bundle that carried a submission: whoever
// offers the same bundle again offers the same submission.
type SubmissionID = Hash

// State is where a case stands.
type State string

// The states of a case. New is the zero value: nothing was submitted yet.
const (
	New       State = ""
	InCounty  State = "county"    // 县级审核中
	InJoint   State = "joint"     // 市级会审中
	Returned  State = "returned"  // 已退回，待修改
	Approved  State = "approved"  // 已通过
	Published State = "published" // 已公开
	Withdrawn State = "withdrawn" // 已撤回
	Recalled  State = "recalled"  // 已撤下
)

// Case is everything that happened to one unit's catalog of one sector (报送件).
// Its methods are the rules: each changes the case or returns a *StateError or
// another error of this package and leaves it as it was.
type Case struct {
	ID    CaseID `json:"id"`
	State State  `json:"state"`
	// Version counts the changes; a store saves a case only over the version read.
	Version     uint64       `json:"version"`
	Submissions []Submission `json:"submissions"` // oldest first
	Rounds      []Round      `json:"rounds"`      // oldest first; the last is open while the case is under review
	Comments    []Comment    `json:"comments"`    // oldest first
	// Open is what the unit may change: set while the case is Returned.
	Open []Target `json:"open,omitempty"`
	// Approved and Published name submissions; a new revision starts from Approved.
	Approved  SubmissionID `json:"approved,omitempty"`
	Published SubmissionID `json:"published,omitempty"`
	// Erased are the marks of what was erased from every version.
	Erased []Erasure `json:"erased,omitempty"`
	// Steps are what was done to it besides its rounds, oldest first.
	Steps []Step `json:"steps,omitempty"`
	// Seen is what each reviewer looked at last.
	Seen map[PersonID]SubmissionID `json:"seen,omitempty"`
	// Changed is the Version that the last change but a look made.
	Changed uint64 `json:"changed,omitempty"`
}

// Step is something done to a case besides a round: withdrawn, closed by the
// office, published, recalled.
type Step struct {
	Action     Action       `json:"action"`
	Submission SubmissionID `json:"submission"`
	By         Person       `json:"by"`
	At         time.Time    `json:"at"`
	Note       string       `json:"note,omitempty"`
}

// Submission is one catalog of one unit at one revision, as it was received.
type Submission struct {
	ID       SubmissionID `json:"id"`
	Number   int          `json:"number"`         // 1, 2, … within the case
	Base     SubmissionID `json:"base,omitempty"` // the submission it was built on
	Catalog  Hash         `json:"catalog"`        // of the catalog's JSON, by which a store finds it
	Revision uint64       `json:"revision"`       // of the unit's draft
	By       Person       `json:"by"`
	OnBehalf bool         `json:"onBehalf,omitempty"` // the county acted for the unit
	SentAt   time.Time    `json:"sentAt"`             // by the sender's clock: shown, never trusted
	At       time.Time    `json:"at"`                 // by the service's clock
	Answers  []Answer     `json:"answers,omitempty"`
	// Findings are what the service's own, perhaps newer, checks found: they
	// inform and never refuse.
	Findings []Finding `json:"findings,omitempty"`
	// From is where the case stood when it came, and stands again should it be
	// withdrawn.
	From State `json:"from,omitempty"`
}

// Answer is what the unit says to a comment that it does not follow by a change,
// or in addition to one.
type Answer struct {
	Comment string `json:"comment"`
	Text    string `json:"text"`
}

// Finding is what a check found, in the form that lasts.
type Finding struct {
	Rule     string          `json:"rule"`
	Severity string          `json:"severity"`
	Entry    catalog.EntryID `json:"entry,omitempty"`
	Field    catalog.Field   `json:"field,omitempty"`
	Message  string          `json:"message"`
}

// Target is what a comment is about: the catalog where all is empty, an entry
// present by its id, an entry only in the template by its template id, or a
// field of an entry present.
type Target struct {
	Entry    catalog.EntryID    `json:"entry,omitempty"`
	Template catalog.TemplateID `json:"template,omitempty"`
	Field    catalog.Field      `json:"field,omitempty"`
}

// Comment is what a reviewer notes.
type Comment struct {
	ID         string       `json:"id"` // unique in the case
	Submission SubmissionID `json:"submission"`
	Round      int          `json:"round"` // in which it was made
	Target     Target       `json:"target"`
	Text       string       `json:"text"`
	By         Person       `json:"by"`
	At         time.Time    `json:"at"`
	Sent       bool         `json:"sent,omitempty"` // went to the unit with a return
	// Answer is the unit's, from a later submission; Changed tells that this
	// submission changed the target.
	Answer  string `json:"answer,omitempty"`
	Changed bool   `json:"changed,omitempty"`
}

// Stage is one step of the review.
type Stage string

// The stages.
const (
	CountyStage Stage = "county" // 县级审核
	JointStage  Stage = "joint"  // 市级会审：政务公开办与责任部门同时
)

// Round is one stage's review of one submission.
type Round struct {
	Number     int          `json:"number"` // 1, 2, … within the case
	Stage      Stage        `json:"stage"`
	Submission SubmissionID `json:"submission"`
	Opened     time.Time    `json:"opened"`
	Due        catalog.Date `json:"due"` // the last day to decide
	Sides      []Side       `json:"sides"`
	Closed     time.Time    `json:"closed,omitzero"`
	Outcome    Outcome      `json:"outcome,omitempty"`
	// Mend is by when the unit is to resubmit, where the round returned it.
	Mend catalog.Date `json:"mend,omitempty"`
}

// Side is one of those who decide in a round: the county, the city office, or a
// department.
type Side struct {
	Unit    catalog.UnitID `json:"unit"` // empty: the city office
	Verdict Verdict        `json:"verdict,omitempty"`
	By      Person         `json:"by,omitzero"`
	At      time.Time      `json:"at,omitzero"`
	Note    string         `json:"note,omitempty"`
	// Kept tells that the side passed in an earlier round, and its verdict holds
	// still: a resubmission goes to those who returned it.
	Kept bool `json:"kept,omitempty"`
	// Begun tells that somebody of the side has looked at it or acted.
	Begun bool `json:"begun,omitempty"`
}

// Verdict is what one side decided; the zero value: not yet.
type Verdict string

// The verdicts.
const (
	Passed      Verdict = "passed"
	WantsReturn Verdict = "return"
	WantsBack   Verdict = "step-back"
)

// Outcome is how a round ended.
type Outcome string

// The outcomes.
const (
	RoundPassed    Outcome = "passed"
	RoundReturned  Outcome = "returned"
	RoundBack      Outcome = "stepped-back"
	RoundWithdrawn Outcome = "withdrawn"
)

// Erasure is the mark that personal data was erased: who, when and where, never what.
type Erasure struct {
	Target Target    `json:"target"`
	By     Person    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}
