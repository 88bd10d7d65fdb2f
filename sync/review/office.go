package review

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mulutong/catalog"
)

// Rules are what the office goes by besides the rules of a case.
type Rules struct {
	Calendar *catalog.Calendar // nil: weekends alone are days off
	Policy   Policy            // where SetPolicy said nothing else
	// Check finds what is wrong in a submitted catalog; it may be nil.
	Check func(*catalog.Catalog) []Finding
}

// Office does what people of every role do. Each method asks the table of roles,
// applies the rule, and stores the change, its log record and what the unit must
// know in one Update: all or nothing. It is safe for concurrent use.
type Office struct {
	store Store
	now   func() time.Time
	rules Rules
}

// NewOffice returns an office over the store. Days are told by now, in China.
func NewOffice(s Store, now func() time.Time, r Rules) *Office {
	return &Office{store: s, now: now, rules: r}
}

// Ref is what a reviewer looked at. A case with another head, or one that was
// changed by more than a look since the version, is a catalog.ErrConflict.
type Ref struct {
	CaseID
	Head    SubmissionID `json:"head"`
	Version uint64       `json:"version,omitempty"` // 0: any
}

func (r Ref) check(c *Case) error {
	if head := c.Last().ID; head != r.Head {
		return &ConflictError{Case: c.ID, Base: r.Head, Head: head}
	}
	if r.Version != 0 && r.Version < c.Changed {
		return fmt.Errorf("%s/%s at version %d: %w", c.ID.Unit, c.ID.Sector, r.Version, catalog.ErrConflict)
	}
	return nil
}

// desk is one action of one person within a transaction.
type desk struct {
	Tx
	rules Rules
	by    Person
	at    time.Time
}

func (o *Office) update(ctx context.Context, p Person, fn func(desk) error) error {
	return o.store.Update(ctx, func(tx Tx) error { return fn(desk{tx, o.rules, p, o.now()}) })
}

func (o *Office) view(ctx context.Context, p Person, fn func(desk) error) error {
	return o.store.View(ctx, func(tx Tx) error { return fn(desk{tx, o.rules, p, o.now()}) })
}

// may asks the table of roles about a unit and a sector.
func (k desk) may(a Action, unit catalog.UnitID, s catalog.Sector) error {
	u, err := k.subject(unit)
	if err != nil {
		return err
	}
	return May(k.by, a, Subject{Unit: u, Sector: s})
}

// subject is the unit with its parent and successor as they are by now. One that
// is not on the list has neither.
func (k desk) subject(id catalog.UnitID) (catalog.Unit, error) {
	u, err := k.Unit(id)
	if errors.Is(err, catalog.ErrNotFound) {
		return catalog.Unit{ID: id}, nil
	}
	if err != nil {
		return u, err
	}
	if u.Successor != "" {
		if u.Successor, err = k.successor(id); err != nil {
			return u, err
		}
	}
	u.Parent, err = k.successor(u.Parent)
	return u, err
}

// successor is the unit that continues the unit by now: itself unless it was
// merged or renamed.
func (k desk) successor(id catalog.UnitID) (catalog.UnitID, error) {
	for range 16 { // a list of units that runs in a circle ends too
		u, err := k.Unit(id)
		if errors.Is(err, catalog.ErrNotFound) || err == nil && u.Successor == "" {
			return id, nil
		}
		if err != nil {
			return "", err
		}
		id = u.Successor
	}
	return id, nil
}

// loadCase is the case, its open round's sides as they are called by now.
func (k desk) loadCase(id CaseID) (Case, error) {
	c, err := k.Case(id)
	if err != nil {
		return c, err
	}
	if r := c.round(); r != nil {
		for i := range r.Sides {
			if s := &r.Sides[i]; s.Unit != "" {
				if s.Unit, err = k.successor(s.Unit); err != nil {
					return c, err
				}
			}
		}
	}
	return c, nil
}

// desk is who reviews a unit's sector, and until when.
func (k desk) reviewers(u catalog.Unit, s catalog.Sector) (Desk, error) {
	policy, err := k.policy()
	if err != nil {
		return Desk{}, err
	}
	responsible, err := k.Responsible()
	if err != nil {
		return Desk{}, err
	}
	today := Day(k.at)
	d := Desk{
		CountyDue: deadline(k.rules.Calendar, today, policy.CountyDays),
		JointDue:  deadline(k.rules.Calendar, today, policy.JointDays),
		MendDue:   deadline(k.rules.Calendar, today, policy.RectifyDays),
	}
	if dep := responsible[s]; dep != "" {
		if d.Department, err = k.successor(dep); err != nil {
			return d, err
		}
	}
	if u.Parent != "" {
		parent, err := k.Unit(u.Parent)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return d, err
		}
		if parent.Kind != catalog.CityUnit {
			d.County = u.Parent
		}
	}
	return d, nil
}

func (k desk) policy() (Policy, error) {
	p := k.rules.Policy
	b, err := k.Setting(policySetting)
	if errors.Is(err, catalog.ErrNotFound) {
		return p.filled(), nil
	}
	if err != nil {
		return p, err
	}
	err = json.Unmarshal(b, &p)
	return p.filled(), err
}

const policySetting = "policy"

// mark is what the log keeps of a case.
type mark struct {
	State      State        `json:"state"`
	Version    uint64       `json:"version"`
	Submission SubmissionID `json:"submission,omitempty"`
	Round      int          `json:"round,omitempty"`
}

func markOf(c *Case) mark {
	return mark{State: c.State, Version: c.Version, Submission: c.Last().ID, Round: len(c.Rounds)}
}

// log appends a record. What people wrote does not enter it.
func (k desk) log(a Action, id CaseID, subject string, before, after any) error {
	r := Record{At: k.at, By: k.by, Action: a, Case: id, Subject: subject}
	var err error
	if r.Before, err = raw(before); err != nil {
		return err
	}
	if r.After, err = raw(after); err != nil {
		return err
	}
	_, err = k.Append(r)
	return err
}

func raw(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}

// tell posts an item to whoever continues the unit; to everyone where unit is empty.
func (k desk) tell(unit catalog.UnitID, kind ItemKind, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if unit != "" {
		if unit, err = k.successor(unit); err != nil {
			return err
		}
	}
	_, err = k.Post(Item{Unit: unit, Kind: kind, At: k.at, Body: b})
	return err
}

// save stores a changed case and its record, and tells the unit where it stands
// if that is news.
func (k desk) save(a Action, subject string, before mark, news bool, note string, c *Case) error {
	if err := k.PutCase(*c); err != nil {
		return err
	}
	if err := k.log(a, c.ID, subject, before, markOf(c)); err != nil {
		return err
	}
	if !news {
		return nil
	}
	return k.tell(c.ID.Unit, ItemDecision, c.Decision(note, k.at))
}
