package review

import (
	"encoding/json"
	"time"

	"mulutong/catalog"
)

// ItemKind is what an item of the feed carries.
type ItemKind string

// The kinds of items.
const (
	ItemDecision   ItemKind = "decision"   // Decision
	ItemReceipt    ItemKind = "receipt"    // Receipt, of a bundle that had to wait or came on a stick
	ItemTemplates  ItemKind = "templates"  // Release, its contents in the blob
	ItemUnits      ItemKind = "units"      // []catalog.Unit
	ItemNotice     ItemKind = "notice"     // Notice
	ItemAssessment ItemKind = "assessment" // Assessment
	ItemReminder   ItemKind = "reminder"   // Reminder
)

// Item is one thing the service tells a unit, or all of them.
type Item struct {
	Seq  uint64          `json:"seq"`
	Unit catalog.UnitID  `json:"unit,omitempty"` // empty: everyone
	Kind ItemKind        `json:"kind"`
	At   time.Time       `json:"at"`
	Body json.RawMessage `json:"body,omitempty"`
	Blob Hash            `json:"blob,omitempty"` // where the contents are too big for Body
}

// Decision tells a unit where its case stands and what it may change.
type Decision struct {
	Case       CaseID       `json:"case"`
	Submission SubmissionID `json:"submission"` // that the state is about
	Number     int          `json:"number"`
	// Head is the last submission, on which the next one is built: another than
	// Submission where that was withdrawn.
	Head     SubmissionID `json:"head"`
	State    State        `json:"state"`
	Stage    Stage        `json:"stage,omitempty"`
	Due      catalog.Date `json:"due,omitempty"`
	By       []Person     `json:"by,omitempty"`
	At       time.Time    `json:"at"`
	Note     string       `json:"note,omitempty"`
	Comments []Comment    `json:"comments,omitempty"` // those that went out with a return
	Open     []Target     `json:"open,omitempty"`
	Erased   []Erasure    `json:"erased,omitempty"`
	// Catalog is where the submitted catalog is found, for a machine of the unit
	// that does not hold it.
	Catalog Hash `json:"catalog"`
}

// Reminder tells a unit or a county that a case waits for it and is nearly late,
// or late.
type Reminder struct {
	Case  CaseID       `json:"case"`
	State State        `json:"state"`
	Due   catalog.Date `json:"due"`
	Late  bool         `json:"late,omitempty"`
}

// Notice is a text to units.
type Notice struct {
	Title string       `json:"title"`
	Text  string       `json:"text"`
	By    Person       `json:"by"`
	Due   catalog.Date `json:"due,omitempty"`
}

// Release is the body of an item of the kind templates: what its blob is.
type Release struct {
	Kind    string `json:"kind"` // templates, register, calendar, divisions
	Version string `json:"version"`
	Size    int64  `json:"size"`
}
