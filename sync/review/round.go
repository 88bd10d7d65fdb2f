package review

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mulutong/catalog"
)

// open begins a round.
func (c *Case) open(stage Stage, s SubmissionID, due catalog.Date, sides []Side, at time.Time) {
	c.State = InCounty
	if stage == JointStage {
		c.State = InJoint
	}
	c.Rounds = append(c.Rounds, Round{
		Number: len(c.Rounds) + 1, Stage: stage, Submission: s, Opened: at, Due: due, Sides: sides,
	})
}

// openCounty begins the county's round, or the joint one where there is no county.
func (c *Case) openCounty(s SubmissionID, d Desk, at time.Time) {
	if d.County == "" {
		c.openJoint(s, nil, d, at)
		return
	}
	c.open(CountyStage, s, d.CountyDue, []Side{{Unit: d.County}}, at)
}

// openJoint begins a joint round. Of those who passed before the verdict is kept,
// as long as somebody is left to decide.
func (c *Case) openJoint(s SubmissionID, before []Side, d Desk, at time.Time) {
	sides := []Side{{}}
	if d.Department != "" {
		sides = append(sides, Side{Unit: d.Department})
	}
	kept := slices.Clone(sides)
	for i := range kept {
		for _, b := range before {
			if b.Unit == kept[i].Unit && b.Verdict == Passed {
				kept[i] = Side{Unit: b.Unit, Verdict: Passed, By: b.By, At: b.At, Note: b.Note, Kept: true}
			}
		}
	}
	if slices.ContainsFunc(kept, func(s Side) bool { return !s.Kept }) {
		sides = kept
	}
	c.open(JointStage, s, d.JointDue, sides, at)
}

// sideOf is the side that a person decides for.
func sideOf(p Person) (unit catalog.UnitID, ok bool) {
	switch p.Role {
	case CityOffice:
		return "", true
	case CountyReviewer, DepartmentReviewer:
		return p.Unit, p.Unit != ""
	}
	return "", false
}

func sameSide(a, b Person) bool {
	s, ok := sideOf(a)
	t, also := sideOf(b)
	return ok && also && s == t
}

// side is the open round and the person's side in it, which has yet to decide.
func (c *Case) side(a Action, p Person) (*Round, *Side, error) {
	r := c.round()
	unit, ok := sideOf(p)
	if r != nil && ok {
		for i := range r.Sides {
			if s := &r.Sides[i]; s.Unit == unit && s.Verdict == "" {
				return r, s, nil
			}
		}
	}
	return nil, nil, &StateError{Action: a, State: c.State}
}

// Comment notes something on a target of the submitted catalog, which content is.
func (c *Case) Comment(p Person, t Target, text string, content *catalog.Catalog, at time.Time) (Comment, error) {
	r, s, err := c.side(ActComment, p)
	if err != nil {
		return Comment{}, err
	}
	if strings.TrimSpace(text) == "" {
		return Comment{}, ErrNothing
	}
	if err := checkTarget(t, content); err != nil {
		return Comment{}, err
	}
	s.Begun = true
	c.changed()
	m := Comment{
		ID: "c" + strconv.FormatUint(c.Version, 10), Submission: r.Submission, Round: r.Number,
		Target: t, Text: text, By: p, At: at,
	}
	c.Comments = append(c.Comments, m)
	return m, nil
}

func checkTarget(t Target, content *catalog.Catalog) error {
	_, there := content.Entry(t.Entry)
	wrong := t.Entry == "" && t.Field != "" ||
		t.Entry != "" && (t.Template != "" || !there) ||
		t.Field != "" && !slices.Contains(catalog.Fields, wholeField(t.Field)) ||
		t.Template != "" && slices.ContainsFunc(content.Entries, func(e catalog.Entry) bool { return e.Template == t.Template })
	if wrong {
		return &TargetError{Target: t}
	}
	return nil
}

// Uncomment takes back a comment of the person's own side that was not sent.
func (c *Case) Uncomment(p Person, id string) error {
	r, _, err := c.side(ActComment, p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.Comments, func(m Comment) bool {
		return m.ID == id && m.Round == r.Number && sameSide(m.By, p)
	})
	if i < 0 {
		return catalog.ErrNotFound
	}
	c.Comments = slices.Delete(slices.Clone(c.Comments), i, i+1)
	c.changed()
	return nil
}

// Return has the person's side hand back what it commented on. The unit learns of
// it once all sides have decided, with the comments of all in one return.
func (c *Case) Return(p Person, note string, d Desk, at time.Time) error {
	r, s, err := c.side(ActReturn, p)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(c.Comments, func(m Comment) bool { return m.Round == r.Number && sameSide(m.By, p) }) {
		return ErrNothing
	}
	c.decide(r, s, WantsReturn, p, note, d, at)
	return nil
}

// Pass has the person's side find nothing to mend.
func (c *Case) Pass(p Person, note string, d Desk, at time.Time) error {
	return c.pass(ActPass, p, note, d, at)
}

// Approve is the city office's Pass.
func (c *Case) Approve(p Person, note string, d Desk, at time.Time) error {
	return c.pass(ActApprove, p, note, d, at)
}

func (c *Case) pass(a Action, p Person, note string, d Desk, at time.Time) error {
	r, s, err := c.side(a, p)
	if err != nil {
		return err
	}
	c.decide(r, s, Passed, p, note, d, at)
	return nil
}

// StepBack has the person's side hand the case back to the county, for a reason.
func (c *Case) StepBack(p Person, reason string, d Desk, at time.Time) error {
	r, s, err := c.side(ActStepBack, p)
	if err != nil {
		return err
	}
	if r.Stage != JointStage || d.County == "" {
		return &StateError{Action: ActStepBack, State: c.State}
	}
	if strings.TrimSpace(reason) == "" {
		return ErrNothing
	}
	c.decide(r, s, WantsBack, p, reason, d, at)
	return nil
}

// Close ends a joint round in which the city office has decided and the
// department has not.
func (c *Case) Close(p Person, note string, d Desk, at time.Time) error {
	r := c.round()
	if r == nil || r.Stage != JointStage || slices.ContainsFunc(r.Sides, func(s Side) bool { return s.Unit == "" && s.Verdict == "" }) {
		return &StateError{Action: ActClose, State: c.State}
	}
	c.step(ActClose, r.Submission, p, note, at)
	c.settle(r, d, at)
	c.changed()
	return nil
}

func (c *Case) decide(r *Round, s *Side, v Verdict, p Person, note string, d Desk, at time.Time) {
	s.Verdict, s.By, s.At, s.Note, s.Begun = v, p, at, note, true
	if !r.has("") {
		c.settle(r, d, at)
	}
	c.changed()
}

func (r *Round) has(v Verdict) bool {
	return slices.ContainsFunc(r.Sides, func(s Side) bool { return s.Verdict == v })
}

// settle ends the round as its sides decided: returned if one wants that, else to
// the county again if one wants that, else a stage further.
func (c *Case) settle(r *Round, d Desk, at time.Time) {
	r.Closed = at
	switch {
	case r.has(WantsReturn):
		r.Outcome, r.Mend = RoundReturned, d.MendDue
		for i := range c.Comments {
			if m := &c.Comments[i]; m.Round == r.Number {
				m.Sent = true
			}
		}
		c.State, c.Open = Returned, c.targets(r)
	case r.has(WantsBack):
		r.Outcome = RoundBack
		c.openCounty(r.Submission, d, at)
	case r.Stage == CountyStage:
		r.Outcome = RoundPassed
		c.openJoint(r.Submission, c.passedBefore(r.Submission), d, at)
	default:
		r.Outcome = RoundPassed
		c.State, c.Approved = Approved, r.Submission
	}
}

// passedBefore are the sides of the last joint round over the same submission,
// where one stepped back.
func (c *Case) passedBefore(s SubmissionID) []Side {
	for i := len(c.Rounds) - 1; i >= 0; i-- {
		if r := c.Rounds[i]; r.Submission == s && r.Stage == JointStage {
			return r.Sides
		}
	}
	return nil
}

// Publish makes the approved catalog public.
func (c *Case) Publish(p Person, note string, at time.Time) error {
	if c.State != Approved {
		return &StateError{Action: ActPublish, State: c.State}
	}
	c.State, c.Published = Published, c.Approved
	c.step(ActPublish, c.Published, p, note, at)
	c.changed()
	return nil
}

// Recall takes the public catalog back for a reason, also while a newer one is
// under review.
func (c *Case) Recall(p Person, reason string, at time.Time) error {
	if c.Published == "" {
		return &StateError{Action: ActRecall, State: c.State}
	}
	if strings.TrimSpace(reason) == "" {
		return ErrNothing
	}
	c.step(ActRecall, c.Published, p, reason, at)
	if c.State == Published {
		c.State = Recalled
	}
	c.Published = ""
	c.changed()
	return nil
}

// Look marks that a reviewer looked at the last submission, and reports whether
// that is news.
func (c *Case) Look(p Person) bool {
	unit, ok := sideOf(p)
	last := c.Last().ID
	if !ok || last == "" {
		return false
	}
	news := c.Seen[p.ID] != last
	if news {
		seen := map[PersonID]SubmissionID{p.ID: last}
		for k, v := range c.Seen {
			if k != p.ID {
				seen[k] = v
			}
		}
		c.Seen = seen
	}
	if r := c.round(); r != nil {
		for i := range r.Sides {
			if s := &r.Sides[i]; s.Unit == unit && !s.Kept && !s.Begun {
				s.Begun, news = true, true
			}
		}
	}
	if news {
		c.Version++
	}
	return news
}

// standing is the submission that the case's state is about.
func (c *Case) standing() Submission {
	id := c.Last().ID
	switch c.State {
	case Returned:
		id = c.returned().Submission
	case Approved, Published, Recalled:
		id = c.Approved
	}
	s, _ := c.submission(id)
	return s
}

// Decision is what the unit is told of where its case stands.
func (c *Case) Decision(note string, at time.Time) Decision {
	s := c.standing()
	d := Decision{
		Case: c.ID, Submission: s.ID, Number: s.Number, Head: c.Last().ID, State: c.State, At: at, Note: note,
		Open: slices.Clone(c.Open), Erased: slices.Clone(c.Erased), Catalog: s.Catalog,
	}
	if r := c.round(); r != nil {
		d.Stage, d.Due = r.Stage, r.Due
		return d
	}
	r := c.returned()
	if r == nil {
		return d
	}
	d.Stage, d.Due = r.Stage, r.Mend
	for _, side := range r.Sides {
		if side.Verdict == WantsReturn {
			d.By = append(d.By, side.By)
			d.Note = strings.TrimSpace(d.Note + "\n" + side.Note)
		}
	}
	for _, m := range c.Comments {
		if m.Round == r.Number && m.Sent {
			d.Comments = append(d.Comments, m)
		}
	}
	return d
}
