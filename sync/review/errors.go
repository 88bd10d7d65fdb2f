package review

import (
	"errors"
	"fmt"

	"mulutong/catalog"
)

// Errors that callers branch on. What is not found is catalog.ErrNotFound, a
// stale base catalog.ErrConflict.
var (
	// ErrEarly says that a submission's base has not arrived yet: it waits.
	ErrEarly = errors.New("the submission it is built on has not arrived")
	// ErrUnsigned says that a catalog is not signed off as it is.
	ErrUnsigned = errors.New("not signed off")
	// ErrNothing says that a return names nothing, or a comment says nothing.
	ErrNothing = errors.New("nothing is said")
	// ErrReadOnly says that a Store's View was asked to write.
	ErrReadOnly = errors.New("a view does not write")
)

// DeniedError says that the table of roles does not allow it.
type DeniedError struct {
	Person PersonID
	Role   Role
	Action Action
	Unit   catalog.UnitID
	Sector catalog.Sector
}

func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s may not %s (unit %q, sector %q)", e.Role, e.Action, e.Unit, e.Sector)
}

// StateError says that a case does not stand where the action needs it.
type StateError struct {
	Action Action
	State  State
}

func (e *StateError) Error() string {
	return fmt.Sprintf("cannot %s a case that is %q", e.Action, e.State)
}

// LockedError says that a resubmission changes what was not returned, all of it.
type LockedError struct{ Targets []Target }

func (e *LockedError) Error() string {
	return fmt.Sprintf("%d changes to what was not returned", len(e.Targets))
}

// UnansweredError says which comments a resubmission neither answers nor follows.
type UnansweredError struct{ Comments []string }

func (e *UnansweredError) Error() string {
	return fmt.Sprintf("%d comments neither followed nor answered", len(e.Comments))
}

// ConflictError is a submission on a stale base: what the case holds by now. It
// is catalog.ErrConflict.
type ConflictError struct {
	Case CaseID
	Base SubmissionID // what the submission was built on
	Head SubmissionID // what it should have been built on
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s/%s: built on %.12q, but %.12q is there", e.Case.Unit, e.Case.Sector, e.Base, e.Head)
}

// Unwrap makes it a catalog.ErrConflict.
func (e *ConflictError) Unwrap() error { return catalog.ErrConflict }

// TargetError is a target that the submitted catalog does not have.
type TargetError struct{ Target Target }

func (e *TargetError) Error() string {
	return fmt.Sprintf("no such target: entry %q, template entry %q, field %q", e.Target.Entry, e.Target.Template, e.Target.Field)
}

// Unwrap makes it a catalog.ErrNotFound.
func (e *TargetError) Unwrap() error { return catalog.ErrNotFound }

// InvalidError is a value that cannot be; Field names it.
type InvalidError struct{ Field string }

func (e *InvalidError) Error() string { return "invalid " + e.Field }
