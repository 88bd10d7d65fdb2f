package review

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"mulutong/catalog"
)

// Store keeps what the review must not forget. It is safe for concurrent use,
// also by several processes where it says so.
type Store interface {
	// View lets fn read one consistent state.
	View(ctx context.Context, fn func(Tx) error) error
	// Update lets fn read and write; all of it is durable once Update has returned
	// nil, and none of it otherwise. Updates have the effect of one after the
	// other. A store may run fn again, so it has no effect but through the Tx.
	Update(ctx context.Context, fn func(Tx) error) error
}

// Tx is one transaction of a store. What is not there is catalog.ErrNotFound.
// Values put in are copied, values got out are the caller's; they come back as
// JSON keeps them. A limit of 0 is none. Writing in a View is ErrReadOnly.
type Tx interface {
	CaseTx
	ContentTx
	ReceiptTx
	LogTx
	FeedTx
	UnitTx
	AssessmentTx
	AccessTx
}

// CaseTx keeps the cases.
type CaseTx interface {
	Case(id CaseID) (Case, error)
	// PutCase saves a case whose Version is one more than the stored one's (1 for
	// a new one); otherwise it is catalog.ErrConflict.
	PutCase(c Case) error
	// Heads returns the heads of the cases that fit, by unit, then sector.
	Heads(q CaseQuery) ([]CaseHead, error)
}

// CaseHead is what lists show of a case.
type CaseHead struct {
	ID         CaseID           `json:"id"`
	State      State            `json:"state"`
	Version    uint64           `json:"version"`
	Submission SubmissionID     `json:"submission"` // the last
	Number     int              `json:"number"`     // of the last submission
	Submitted  time.Time        `json:"submitted"`  // when the last was received
	Due        catalog.Date     `json:"due,omitempty"`
	Waiting    []catalog.UnitID `json:"waiting,omitempty"` // sides that have yet to decide; "" is the city office
}

// Head returns the case's head, as a store must give it.
func (c *Case) Head() CaseHead {
	h := CaseHead{ID: c.ID, State: c.State, Version: c.Version}
	if n := len(c.Submissions); n > 0 {
		last := c.Submissions[n-1]
		h.Submission, h.Number, h.Submitted = last.ID, last.Number, last.At
	}
	if r := c.round(); r != nil {
		h.Due = r.Due
		for _, s := range r.Sides {
			if s.Verdict == "" {
				h.Waiting = append(h.Waiting, s.Unit)
			}
		}
	} else if r := c.returned(); r != nil {
		h.Due = r.Mend
	}
	return h
}

// Matches reports whether the query chooses the case, its paging aside.
func (q CaseQuery) Matches(h CaseHead) bool {
	return (len(q.Units) == 0 || slices.Contains(q.Units, h.ID.Unit)) &&
		(len(q.Sectors) == 0 || slices.Contains(q.Sectors, h.ID.Sector)) &&
		(len(q.States) == 0 || slices.Contains(q.States, h.State))
}

// CaseQuery chooses cases; an empty list chooses all.
type CaseQuery struct {
	Units   []catalog.UnitID
	Sectors []catalog.Sector
	States  []State
	After   CaseID // only those behind it, for paging
	Limit   int    // 0: no limit
}

// ContentTx keeps contents by their hash; nothing is stored twice.
type ContentTx interface {
	// PutCatalog stores a catalog, entry by entry, and returns its hash: that of
	// its JSON as encoding/json writes it. Where the hash is known, what it stands
	// for stays: an erased catalog that is offered again does not come back.
	PutCatalog(c catalog.Catalog) (Hash, error)
	Catalog(h Hash) (catalog.Catalog, error)
	// ReplaceCatalog makes the hash stand for other contents, after an erasure;
	// entries that no catalog holds any more are gone from the store.
	ReplaceCatalog(h Hash, c catalog.Catalog) error
	PutBlob(b []byte) (Hash, error)
	Blob(h Hash) ([]byte, error)
	// RemoveBlob forgets a blob, after an erasure.
	RemoveBlob(h Hash) error
}

// ReceiptTx remembers which bundles were received, so that each counts once.
type ReceiptTx interface {
	Receipt(h Hash) (Receipt, error)
	PutReceipt(r Receipt) error
	// WaitingFor returns the receipts of bundles that wait for base.
	WaitingFor(base Hash) ([]Receipt, error)
}

// ReceiptStatus is what became of a bundle.
type ReceiptStatus string

// What can become of a bundle.
const (
	Accepted   ReceiptStatus = "accepted"
	Waiting    ReceiptStatus = "waiting"    // came before what it is built on
	Conflicted ReceiptStatus = "conflicted" // built on what is no longer the head
	Refused    ReceiptStatus = "refused"    // against a rule; Problem says which
)

// Receipt is the service's answer to a bundle, the same however often it comes.
type Receipt struct {
	Bundle  Hash          `json:"bundle"`
	Case    CaseID        `json:"case,omitzero"`
	Kind    string        `json:"kind"`
	Status  ReceiptStatus `json:"status"`
	Base    Hash          `json:"base,omitempty"`   // what it was built on
	Head    Hash          `json:"head,omitempty"`   // what is there, where it is Conflicted
	Number  int           `json:"number,omitempty"` // of the submission within the case
	At      time.Time     `json:"at"`
	Problem string        `json:"problem,omitempty"` // a code of package wire
	// Held is the blob of what waits, for the service alone.
	Held Hash `json:"held,omitempty"`
	// Locked are the changes that were not returned, where that is the problem;
	// Unanswered the comments left open.
	Locked     []Target `json:"locked,omitempty"`
	Unanswered []string `json:"unanswered,omitempty"`
}

// LogTx keeps the log: nothing in it is ever changed.
type LogTx interface {
	// Append seals the record onto the log's head and stores it.
	Append(r Record) (Record, error)
	// Records returns up to limit records after seq, oldest first.
	Records(after uint64, limit int) ([]Record, error)
	// LogHead returns the last record, the zero Record of an empty log.
	LogHead() (Record, error)
}

// FeedTx keeps what goes to the units.
type FeedTx interface {
	// Post adds an item to the feed and gives it the next Seq.
	Post(it Item) (Item, error)
	// Amend replaces the Body of the item with the Seq, after an erasure.
	Amend(seq uint64, body json.RawMessage) error
	// Feed returns up to limit items after seq that are for the unit or for
	// everyone, oldest first.
	Feed(unit catalog.UnitID, after uint64, limit int) ([]Item, error)
	// Epoch names this life of the store: restoring a backup begins another.
	Epoch() (string, error)
}

// UnitTx keeps the list of units, and who answers for which sector.
type UnitTx interface {
	Unit(id catalog.UnitID) (catalog.Unit, error)
	Units() ([]catalog.Unit, error) // by id
	PutUnit(u catalog.Unit) error
	// Responsible maps sectors to the city's department that answers for them.
	Responsible() (map[catalog.Sector]catalog.UnitID, error)
	PutResponsible(s catalog.Sector, u catalog.UnitID) error // an empty unit: nobody
	Setting(name string) ([]byte, error)
	PutSetting(name string, value []byte) error
}

// AssessmentTx keeps the assessments and their forms.
type AssessmentTx interface {
	Form(id string) (Form, error)
	Forms() ([]Form, error) // by id
	PutForm(f Form) error
	Assessment(id AssessmentID) (Assessment, error)
	// Assessments returns those of the quarter ("" for all) and unit ("" for all).
	Assessments(quarter string, unit catalog.UnitID) ([]Assessment, error)
	// PutAssessment saves over the version read, as PutCase does.
	PutAssessment(a Assessment) error
}

// AccessTx keeps accounts, devices, invitations, sessions and wrong passwords.
type AccessTx interface {
	Account(id PersonID) (Account, error)
	Accounts() ([]Account, error) // by id
	PutAccount(a Account) error
	Device(id string) (Device, error)
	Devices(unit catalog.UnitID) ([]Device, error) // "" for all, by id
	PutDevice(d Device) error
	Invitation(codeHash Hash) (Invitation, error)
	PutInvitation(i Invitation) error
	Session(tokenHash Hash) (Session, error)
	PutSession(s Session) error
	RemoveSession(tokenHash Hash) error
	// RemoveSessions ends all sessions of a person, and all of a device: those
	// whose Person has it as ID or as Device.
	RemoveSessions(p PersonID) error
	Attempts(nameHash Hash) (Attempts, error)
	PutAttempts(a Attempts) error
	RemoveAttempts(nameHash Hash) error
	// RemoveExpired forgets the sessions and attempts whose time is up.
	RemoveExpired(now time.Time) error
}
