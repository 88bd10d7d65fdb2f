package review

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"mulutong/catalog"
)

// NewSubmission is a submission as it was received.
type NewSubmission struct {
	ID      SubmissionID    `json:"id"` // the hash of the bundle
	Catalog catalog.Catalog `json:"catalog"`
	Base    SubmissionID    `json:"base,omitempty"`
	SentAt  time.Time       `json:"sentAt"`
	Answers []Answer        `json:"answers,omitempty"`
	// Bundle is kept as it came, where there is one, so that its signature can be
	// verified later.
	Bundle []byte `json:"-"`
}

// The kinds of receipts.
const (
	KindSubmission    = "submission"
	KindWithdrawal    = "withdrawal"
	KindRectification = "rectification"
)

// held is what waits for the submission it is built on.
type held struct {
	Bundle     Hash           `json:"bundle"` // no two are the same, though they may ask for the same
	By         Person         `json:"by"`
	Submission *NewSubmission `json:"submission,omitempty"`
	Withdrawal *Ref           `json:"withdrawal,omitempty"`
}

// Submit takes in a submission, once however often it comes: the receipt is the
// same. What is built on a submission that has not arrived waits for it. The error
// is of who may, and of the store; what is against a rule is in the receipt.
func (o *Office) Submit(ctx context.Context, p Person, n NewSubmission) (Receipt, error) {
	id := CaseID{n.Catalog.Unit.ID, n.Catalog.Sector}
	var findings []Finding
	if o.rules.Check != nil {
		findings = o.rules.Check(&n.Catalog)
	}
	return o.receive(ctx, p, ActSubmit, id, n.ID, func(k desk) (Receipt, error) {
		if n.Bundle != nil && hashOf(n.Bundle) != n.ID {
			return Receipt{}, &InvalidError{Field: "bundle"}
		}
		return k.submit(n, findings)
	})
}

// WithdrawBundle is Withdraw as a bundle asks for it, once however often that
// comes. One that comes before the submission waits for it.
func (o *Office) WithdrawBundle(ctx context.Context, p Person, bundle Hash, at Ref) (Receipt, error) {
	return o.receive(ctx, p, ActWithdraw, at.CaseID, bundle, func(k desk) (Receipt, error) { return k.withdraw(bundle, at) })
}

// RectifyBundle is Rectify as a bundle asks for it, once however often that comes.
func (o *Office) RectifyBundle(ctx context.Context, p Person, bundle Hash, id AssessmentID, answers []LossAnswer) (Receipt, error) {
	return o.receive(ctx, p, ActRectify, CaseID{Unit: id.Unit}, bundle, func(k desk) (Receipt, error) {
		r := Receipt{Bundle: bundle, Case: CaseID{Unit: id.Unit}, Kind: KindRectification, At: k.at}
		return k.settled(r, k.rectify(id, 0, answers))
	})
}

// ReceiptOf says what became of a bundle.
func (o *Office) ReceiptOf(ctx context.Context, p Person, bundle Hash) (Receipt, error) {
	var r Receipt
	err := o.view(ctx, p, func(k desk) (err error) {
		if r, err = k.Receipt(bundle); err != nil {
			return err
		}
		return k.mayReceive(r)
	})
	if err != nil {
		return Receipt{}, err
	}
	return r.public(), nil
}

func (r Receipt) public() Receipt {
	r.Held = ""
	return r
}

// mayReceive says whether the person may know of the receipt: who sent it, or may
// read what it is about.
func (k desk) mayReceive(r Receipt) error {
	a := ActSubmit
	if k.by.Role == CityOffice || k.by.Role == DepartmentReviewer {
		a = ActRead
	}
	return k.may(a, r.Case.Unit, r.Case.Sector)
}

// receive takes in a bundle that was not received before.
func (o *Office) receive(ctx context.Context, p Person, a Action, id CaseID, bundle Hash, take func(desk) (Receipt, error)) (Receipt, error) {
	var r Receipt
	err := o.update(ctx, p, func(k desk) error {
		if err := k.may(a, id.Unit, id.Sector); err != nil {
			return err
		}
		var err error
		r, err = k.Receipt(bundle)
		if !errors.Is(err, catalog.ErrNotFound) {
			return errors.Join(err, k.ours(r, id))
		}
		if r, err = take(k); err != nil {
			return err
		}
		if err := k.record(a, r); err != nil {
			return err
		}
		if r.Status != Accepted || r.Kind != KindSubmission {
			return nil
		}
		return k.takeUp(bundle)
	})
	if err != nil {
		return Receipt{}, err
	}
	return r.public(), nil
}

// ours refuses a bundle's hash that somebody else's bundle has.
func (k desk) ours(r Receipt, id CaseID) error {
	if r.Bundle != "" && r.Case != id {
		return fmt.Errorf("bundle %.12s is of %s/%s: %w", r.Bundle, r.Case.Unit, r.Case.Sector, catalog.ErrConflict)
	}
	return nil
}

// record stores a receipt, tells the unit of it, and writes the log where no case
// was changed by it.
func (k desk) record(a Action, r Receipt) error {
	if err := k.PutReceipt(r); err != nil {
		return err
	}
	if r.Status != Accepted {
		type outcome struct {
			Status  ReceiptStatus `json:"status"`
			Problem string        `json:"problem,omitempty"`
		}
		if err := k.log(a, r.Case, string(r.Bundle), nil, outcome{r.Status, r.Problem}); err != nil {
			return err
		}
	}
	return k.tell(r.Case.Unit, ItemReceipt, r.public())
}

// takeUp takes in what waits for the submission, oldest first.
func (k desk) takeUp(base Hash) error {
	waiting, err := k.WaitingFor(base)
	if err != nil {
		return err
	}
	slices.SortFunc(waiting, func(a, b Receipt) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Bundle, b.Bundle)) })
	for _, w := range waiting {
		b, err := k.Blob(w.Held)
		if err != nil {
			return err
		}
		if err := k.RemoveBlob(w.Held); err != nil {
			return err
		}
		var h held
		if err := json.Unmarshal(b, &h); err != nil {
			return err
		}
		then := k
		then.by = h.By
		var r Receipt
		a := ActSubmit
		if h.Withdrawal != nil {
			a = ActWithdraw
			r, err = then.withdraw(w.Bundle, *h.Withdrawal)
		} else {
			var findings []Finding
			if k.rules.Check != nil {
				findings = k.rules.Check(&h.Submission.Catalog)
			}
			r, err = then.submit(*h.Submission, findings)
		}
		if err != nil {
			return err
		}
		if err := then.record(a, r); err != nil {
			return err
		}
		if r.Status == Accepted && r.Kind == KindSubmission {
			if err := then.takeUp(r.Bundle); err != nil {
				return err
			}
		}
	}
	return nil
}

// submit applies a submission to its case.
func (k desk) submit(n NewSubmission, findings []Finding) (Receipt, error) {
	id := CaseID{n.Catalog.Unit.ID, n.Catalog.Sector}
	r := Receipt{Bundle: n.ID, Case: id, Kind: KindSubmission, Base: n.Base, At: k.at}
	if err := wellFormed(&n.Catalog); err != nil {
		return k.settled(r, err)
	}
	if _, err := k.Unit(id.Unit); err != nil {
		return k.settled(r, err)
	}
	u, err := k.subject(id.Unit)
	if err != nil {
		return r, err
	}
	c, err := k.loadCase(id)
	if errors.Is(err, catalog.ErrNotFound) {
		c = Case{ID: id}
	} else if err != nil {
		return r, err
	}
	a := Arrival{Content: &n.Catalog, Submission: Submission{
		ID: n.ID, Base: n.Base, Revision: n.Catalog.Revision, By: k.by,
		OnBehalf: k.by.Role != Clerk && k.by.Unit != id.Unit,
		SentAt:   n.SentAt, Answers: n.Answers, Findings: findings,
	}}
	if c.State == New && n.Base != "" {
		if a.Continues, err = k.continues(id, n.Base); err != nil {
			return r, err
		}
	}
	if s, ok := c.Answering(); ok {
		returned, err := k.Catalog(s.Catalog)
		if err != nil {
			return r, err
		}
		a.Returned = &returned
	}
	d, err := k.reviewers(u, id.Sector)
	if err != nil {
		return r, err
	}
	_, a.Catalog = Canonical(&n.Catalog)
	before := markOf(&c)
	err = c.Submit(a, d, k.at)
	early := errors.Is(err, ErrEarly)
	if err != nil && !early {
		// It may have waited, and been kept so long.
		if err := k.RemoveBlob(n.ID); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return r, err
		}
		return k.settled(r, err)
	}
	if n.Bundle != nil {
		if _, err := k.PutBlob(n.Bundle); err != nil {
			return r, err
		}
	}
	if early {
		return k.hold(r, held{Submission: &n})
	}
	if _, err := k.PutCatalog(plain(n.Catalog)); err != nil {
		return r, err
	}
	r.Number = c.Last().Number
	if err := k.save(ActSubmit, string(n.ID), before, true, "", &c); err != nil {
		return r, err
	}
	return k.settled(r, nil)
}

// withdraw applies a withdrawal that came as a bundle.
func (k desk) withdraw(bundle Hash, at Ref) (Receipt, error) {
	r := Receipt{Bundle: bundle, Case: at.CaseID, Kind: KindWithdrawal, Base: at.Head, At: k.at}
	c, err := k.Case(at.CaseID)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return r, err
	}
	if _, known := c.submission(at.Head); !known {
		return k.hold(r, held{Withdrawal: &at})
	}
	return k.settled(r, k.act(ActWithdraw, at, "", func(k desk, c *Case, _ Desk) error { return c.Withdraw(k.by, "", k.at) }))
}

func (k desk) hold(r Receipt, h held) (Receipt, error) {
	h.Bundle, h.By = r.Bundle, k.by
	b, err := json.Marshal(h)
	if err != nil {
		return r, err
	}
	r.Status = Waiting
	r.Held, err = k.PutBlob(b)
	return r, err
}

// continues returns base if it is the last submission of a unit that the case's
// unit succeeds.
func (k desk) continues(id CaseID, base SubmissionID) (SubmissionID, error) {
	r, err := k.Receipt(base)
	if errors.Is(err, catalog.ErrNotFound) {
		return "", nil
	}
	if err != nil || r.Status != Accepted || r.Case.Sector != id.Sector {
		return "", err
	}
	heir, err := k.successor(r.Case.Unit)
	if err != nil || heir != id.Unit {
		return "", err
	}
	c, err := k.Case(r.Case)
	if err != nil || c.Last().ID != base {
		return "", err
	}
	return base, nil
}

// Problems of a receipt, as package wire names them.
const (
	ProblemUnsigned   = "unsigned"
	ProblemLocked     = "locked"
	ProblemUnanswered = "unanswered"
	ProblemState      = "state"
	ProblemNotFound   = "not-found" // no such unit, or assessment
	ProblemInvalid    = "invalid"
	ProblemConflict   = "conflict"
)

// settled is the receipt of what ended with err: accepted, conflicted or refused.
// An error that is not of the rules is returned.
func (k desk) settled(r Receipt, err error) (Receipt, error) {
	var (
		conflict   *ConflictError
		state      *StateError
		locked     *LockedError
		unanswered *UnansweredError
		invalid    *InvalidError
	)
	r.Status = Refused
	if errors.As(err, &locked) {
		r.Locked = locked.Targets
	}
	if errors.As(err, &unanswered) {
		r.Unanswered = unanswered.Comments
	}
	switch {
	case err == nil:
		r.Status = Accepted
	case errors.As(err, &conflict):
		r.Status, r.Head, r.Problem = Conflicted, conflict.Head, ProblemConflict
	case errors.Is(err, ErrUnsigned):
		r.Problem = ProblemUnsigned
	case locked != nil:
		r.Problem = ProblemLocked
	case unanswered != nil:
		r.Problem = ProblemUnanswered
	case errors.As(err, &state):
		r.Problem = ProblemState
	case errors.As(err, &invalid), errors.Is(err, ErrNothing):
		r.Problem = ProblemInvalid
	case errors.Is(err, catalog.ErrNotFound):
		r.Problem = ProblemNotFound
	default:
		return r, err
	}
	return r, nil
}

// wellFormed says whether the rules can look at the catalog.
func wellFormed(c *catalog.Catalog) error {
	if c.Schema > catalog.Schema {
		return &InvalidError{Field: "schema"}
	}
	if c.Sector == "" {
		return &InvalidError{Field: "sector"}
	}
	seen := map[catalog.EntryID]bool{}
	for _, e := range c.Entries {
		if e.ID == "" || seen[e.ID] {
			return &InvalidError{Field: "entries"}
		}
		seen[e.ID] = true
	}
	return nil
}
