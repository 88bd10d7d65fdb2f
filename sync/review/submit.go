package review

import (
	"errors"
	"slices"
	"time"

	"mulutong/catalog"
)

// Desk is who reviews a unit's catalog of a sector, and by when, counted from now.
type Desk struct {
	County     catalog.UnitID // empty: there is no county above the unit
	Department catalog.UnitID // empty: the city office reviews alone
	CountyDue  catalog.Date
	JointDue   catalog.Date
	MendDue    catalog.Date // for the unit, of what is returned
}

// Arrival is a submission as it arrives, with what the rules look at.
type Arrival struct {
	Submission
	Content *catalog.Catalog
	// Returned is the catalog of the submission that Answering names, where it names one.
	Returned *catalog.Catalog
	// Continues is the last submission of the unit that this one succeeds, where
	// the case is New.
	Continues SubmissionID
}

// Answering returns the returned submission that the next one has to answer.
func (c *Case) Answering() (Submission, bool) {
	if r := c.returned(); r != nil {
		return c.submission(r.Submission)
	}
	return Submission{}, false
}

// returned is the round whose return the unit has to answer: nil where the next
// submission begins anew.
func (c *Case) returned() *Round {
	answers := c.State == Returned
	if r := c.round(); r != nil && !answers {
		s, _ := c.submission(r.Submission)
		answers = s.From == Returned
	}
	if !answers {
		return nil
	}
	for i := len(c.Rounds) - 1; i >= 0; i-- {
		if c.Rounds[i].Outcome == RoundReturned {
			return &c.Rounds[i]
		}
	}
	return nil
}

// round is the open round, nil where the case is not under review.
func (c *Case) round() *Round {
	if n := len(c.Rounds); n > 0 && c.Rounds[n-1].Outcome == "" {
		return &c.Rounds[n-1]
	}
	return nil
}

func (c *Case) submission(id SubmissionID) (Submission, bool) {
	i := slices.IndexFunc(c.Submissions, func(s Submission) bool { return s.ID == id })
	if i < 0 {
		return Submission{}, false
	}
	return c.Submissions[i], true
}

// Last is the last submission, the zero Submission of a New case.
func (c *Case) Last() Submission {
	if n := len(c.Submissions); n > 0 {
		return c.Submissions[n-1]
	}
	return Submission{}
}

// checkBase says whether a submission may be built on base: the last submission,
// also where that was withdrawn. So each holds or has decided on what all before
// it say, and whoever is told of one need not ask which others it passed over.
func (c *Case) checkBase(base, continues SubmissionID) error {
	head := c.Last()
	if base == head.ID || head.ID == "" && base == continues {
		return nil
	}
	if _, known := c.submission(base); !known && base != "" {
		return ErrEarly
	}
	return &ConflictError{Case: c.ID, Base: base, Head: head.ID}
}

// Submit takes in a submission. One on top of a submission that nobody has begun
// to review takes its place. The error is ErrEarly or a *ConflictError for its
// base, a *StateError while it is reviewed, or all of ErrUnsigned, *LockedError
// and *UnansweredError that hold.
func (c *Case) Submit(a Arrival, d Desk, at time.Time) error {
	if err := c.checkBase(a.Base, a.Continues); err != nil {
		return err
	}
	if c.round() != nil && c.begun() {
		return &StateError{Action: ActSubmit, State: c.State}
	}
	answered := c.returned()
	var errs []error
	if !a.Content.Signed() {
		errs = append(errs, ErrUnsigned)
	}
	var changes []change
	if answered != nil {
		changes = changesOf(a.Returned, a.Content)
		errs = append(errs, c.answers(answered, a, changes)...)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}

	if c.round() != nil {
		c.withdraw(at)
	}
	s := a.Submission
	s.Number, s.At, s.From = len(c.Submissions)+1, at, c.State
	c.Submissions = append(c.Submissions, s)
	c.Open = nil
	if answered == nil {
		c.openCounty(s.ID, d, at)
	} else {
		number := answered.Number
		for i := range c.Comments {
			m := &c.Comments[i]
			if m.Round == number && m.Sent {
				m.Answer, m.Changed = answerTo(a.Answers, m.ID), followed(changes, m.Target, a.Returned)
			}
		}
		if answered.Stage == JointStage {
			c.openJoint(s.ID, answered.Sides, d, at)
		} else {
			c.openCounty(s.ID, d, at)
		}
	}
	c.changed()
	return nil
}

// answers returns what is wrong with an answer to the round's return.
func (c *Case) answers(r *Round, a Arrival, changes []change) []error {
	open := c.targets(r)
	for _, e := range c.Erased { // what was erased is not what the unit holds
		open = append(open, e.Target)
	}
	var errs []error
	if locked := LockedChanges(a.Returned, a.Content, open); len(locked) > 0 {
		errs = append(errs, &LockedError{Targets: locked})
	}
	sent := slices.DeleteFunc(slices.Clone(c.Comments), func(m Comment) bool { return m.Round != r.Number || !m.Sent })
	silent := unanswered(changes, a.Returned, sent, a.Answers)
	if len(silent) > 0 {
		errs = append(errs, &UnansweredError{Comments: silent})
	}
	return errs
}

func answerTo(answers []Answer, comment string) string {
	for _, a := range answers {
		if a.Comment == comment {
			return a.Text
		}
	}
	return ""
}

// targets are what the comments sent by the round name, each once.
func (c *Case) targets(r *Round) []Target {
	var ts []Target
	for _, m := range c.Comments {
		if m.Round == r.Number && m.Sent && !slices.Contains(ts, m.Target) {
			ts = append(ts, m.Target)
		}
	}
	return ts
}

// Withdraw takes the last submission back, where nobody has begun to review it.
// The case stands again where it stood when the submission came.
func (c *Case) Withdraw(p Person, note string, at time.Time) error {
	if c.round() == nil || c.begun() {
		return &StateError{Action: ActWithdraw, State: c.State}
	}
	c.step(ActWithdraw, c.Last().ID, p, note, at)
	c.withdraw(at)
	c.changed()
	return nil
}

func (c *Case) withdraw(at time.Time) {
	r := c.round()
	r.Closed, r.Outcome = at, RoundWithdrawn
	switch c.State = c.Last().From; c.State {
	case New:
		c.State = Withdrawn
	case Published:
		if c.Published == "" {
			c.State = Recalled
		}
	case Returned:
		r := c.returned()
		c.Open = c.targets(r)
		for i := range c.Comments {
			if m := &c.Comments[i]; m.Round == r.Number {
				m.Answer, m.Changed = "", false
			}
		}
	}
}

// begun reports whether somebody has begun to review the last submission.
func (c *Case) begun() bool {
	last := c.Last().ID
	return slices.ContainsFunc(c.Rounds, func(r Round) bool {
		return r.Submission == last && slices.ContainsFunc(r.Sides, func(s Side) bool {
			return s.Begun || s.Verdict != "" && !s.Kept
		})
	})
}

func (c *Case) changed() {
	c.Version++
	c.Changed = c.Version
}

func (c *Case) step(a Action, s SubmissionID, p Person, note string, at time.Time) {
	c.Steps = append(c.Steps, Step{Action: a, Submission: s, By: p, At: at, Note: note})
}
