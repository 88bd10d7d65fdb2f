package review

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"

	"mulutong/catalog"
)

var quarter = regexp.MustCompile(`^20[0-9]{2}Q[1-4]$`)

// PutForm adds or changes a form. One by which somebody was assessed stays as it is.
func (o *Office) PutForm(ctx context.Context, p Person, f Form) error {
	return o.update(ctx, p, func(k desk) error {
		if err := k.may(ActAssess, "", ""); err != nil {
			return err
		}
		if err := f.check(); err != nil {
			return err
		}
		used, err := k.Assessments("", "")
		if err != nil {
			return err
		}
		for _, a := range used {
			if a.ID.Form == f.ID {
				return fmt.Errorf("form %s is in use: %w", f.ID, catalog.ErrConflict)
			}
		}
		if err := k.Tx.PutForm(f); err != nil {
			return err
		}
		return k.log(ActAssess, CaseID{}, "form/"+f.ID, nil, nil)
	})
}

// Forms returns the forms by which units are assessed.
func (o *Office) Forms(ctx context.Context, p Person) ([]Form, error) {
	fs := []Form{}
	err := o.view(ctx, p, func(k desk) error {
		all, err := k.Forms()
		fs = append(fs, all...)
		return err
	})
	return fs, err
}

// Assessments returns those that the person may read, of the quarter and unit
// ("" for all). A unit does not see what is being scored yet.
func (o *Office) Assessments(ctx context.Context, p Person, quarter string, unit catalog.UnitID) ([]Assessment, error) {
	as := []Assessment{}
	err := o.view(ctx, p, func(k desk) error {
		if Reach(p.Role, ActRead) == None {
			return &DeniedError{Person: p.ID, Role: p.Role, Action: ActRead, Unit: unit}
		}
		all, err := k.Assessments(quarter, unit)
		if err != nil {
			return err
		}
		for _, a := range all {
			mine := k.may(ActAssess, a.ID.Unit, "") == nil || k.may(ActRectify, a.ID.Unit, "") == nil && a.State != Scoring
			if mine {
				as = append(as, a)
			}
		}
		return nil
	})
	return as, err
}

// Assess sets what a unit lost by a form in a quarter. Version is that of the
// assessment looked at, 0 for a new one.
func (o *Office) Assess(ctx context.Context, p Person, id AssessmentID, version uint64, losses []Loss) (Assessment, error) {
	return o.assess(ctx, p, ActAssess, id, version, func(k desk, a *Assessment) error {
		if !quarter.MatchString(id.Quarter) {
			return &InvalidError{Field: "quarter"}
		}
		if _, err := k.Unit(id.Unit); err != nil {
			return err
		}
		f, err := k.Form(id.Form)
		if err != nil {
			return err
		}
		return a.Score(p, &f, losses, k.at)
	})
}

// NotifyAssessment tells the unit what it lost. Without a due day it has as long
// as the policy says.
func (o *Office) NotifyAssessment(ctx context.Context, p Person, id AssessmentID, version uint64, note string, due catalog.Date) (Assessment, error) {
	return o.assess(ctx, p, ActAssess, id, version, func(k desk, a *Assessment) error {
		due, err := k.rectifyDue(due)
		if err != nil {
			return err
		}
		return a.Notify(p, note, due, k.at)
	})
}

func (k desk) rectifyDue(due catalog.Date) (catalog.Date, error) {
	if _, err := due.Time(); err != nil && due != "" {
		return "", &InvalidError{Field: "due"}
	}
	policy, err := k.policy()
	return cmp.Or(due, deadline(k.rules.Calendar, Day(k.at), policy.RectifyDays)), err
}

// Rectify takes the unit's answers to what it lost.
func (o *Office) Rectify(ctx context.Context, p Person, id AssessmentID, version uint64, answers []LossAnswer) (Assessment, error) {
	return o.assess(ctx, p, ActRectify, id, version, func(k desk, a *Assessment) error { return a.Rectify(p, answers, k.at) })
}

// rectify is Rectify within a transaction.
func (k desk) rectify(id AssessmentID, version uint64, answers []LossAnswer) error {
	_, err := k.assess(ActRectify, id, version, func(k desk, a *Assessment) error { return a.Rectify(k.by, answers, k.at) })
	return err
}

// Retest takes what the retest found. What is not mended goes to the unit again.
func (o *Office) Retest(ctx context.Context, p Person, id AssessmentID, version uint64, found []LossRetest, note string, due catalog.Date) (Assessment, error) {
	return o.assess(ctx, p, ActAssess, id, version, func(k desk, a *Assessment) error {
		due, err := k.rectifyDue(due)
		if err != nil {
			return err
		}
		return a.Retest(p, found, note, due, k.at)
	})
}

// Accept ends an assessment of which everything is mended.
func (o *Office) Accept(ctx context.Context, p Person, id AssessmentID, version uint64, note string) (Assessment, error) {
	return o.assess(ctx, p, ActAssess, id, version, func(k desk, a *Assessment) error { return a.Accept(p, note, k.at) })
}

func (o *Office) assess(ctx context.Context, p Person, act Action, id AssessmentID, version uint64, rule func(desk, *Assessment) error) (Assessment, error) {
	var out Assessment
	err := o.update(ctx, p, func(k desk) (err error) {
		out, err = k.assess(act, id, version, rule)
		return err
	})
	return out, err
}

// assess applies a rule to an assessment. A version of 0 is a new one, or any
// where the unit answers.
func (k desk) assess(act Action, id AssessmentID, version uint64, rule func(desk, *Assessment) error) (Assessment, error) {
	if err := k.may(act, id.Unit, ""); err != nil {
		return Assessment{}, err
	}
	a, err := k.Assessment(id)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		a = Assessment{ID: id}
	case err != nil:
		return a, err
	}
	if a.Version != version && !(version == 0 && act == ActRectify) {
		return a, fmt.Errorf("assessment %s/%s/%s at version %d: %w", id.Form, id.Unit, id.Quarter, version, catalog.ErrConflict)
	}
	type mark struct {
		State   AssessmentState `json:"state"`
		Version uint64          `json:"version"`
	}
	before := mark{a.State, a.Version}
	if err := rule(k, &a); err != nil {
		return a, err
	}
	if err := k.PutAssessment(a); err != nil {
		return a, err
	}
	if err := k.log(act, CaseID{Unit: id.Unit}, id.Form+"/"+id.Quarter, before, mark{a.State, a.Version}); err != nil {
		return a, err
	}
	if a.State == Scoring {
		return a, nil
	}
	return a, k.tell(id.Unit, ItemAssessment, a)
}
