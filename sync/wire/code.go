package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// Code names an error for good. Words for people are made of it by whoever talks
// to them.
type Code string

// The codes of errors, and of a receipt's Problem.
const (
	CodeBadRequest      Code = "bad-request"     // not JSON, a key of the wrong type, a parameter that cannot be
	CodeUnauthenticated Code = "unauthenticated" // no session, or one that has ended
	CodeWrongPassword   Code = "wrong-password"  // or no such account: which is not said
	CodeWrongSignature  Code = "wrong-signature" // a challenge or bundle whose signature does not hold
	CodeUnknownDevice   Code = "unknown-device"  // signed by a key that is not enrolled
	CodeRevoked         Code = "revoked"         // signed by a key whose trust was ended
	CodeBadCode         Code = "bad-code"        // an invitation that does not exist, has ended, or was used by another
	CodeMustChange      Code = "must-change"     // the password has to be changed first
	CodeDenied          Code = "denied"          // the table of roles does not allow it
	CodeNotFound        Code = "not-found"
	CodeMethod          Code = "method"      // the path is there, the method is not
	CodeConflict        Code = "conflict"    // built on, or looked at, what is no longer the head
	CodeState           Code = "state"       // the case does not stand where the action needs it
	CodeTooLarge        Code = "too-large"   // above a limit
	CodeUnsupported     Code = "unsupported" // a bundle of a format, suite or kind that this service does not know
	CodeDamaged         Code = "damaged"     // a bundle that is not whole
	CodeInvalid         Code = "invalid"     // a value that cannot be: Detail.Field names it
	CodeNothing         Code = "nothing"     // a return that names nothing, a comment that says nothing
	CodeUnsigned        Code = "unsigned"    // a catalog that is not signed off as it is
	CodeLocked          Code = "locked"      // changes to what was not returned: Detail.Targets
	CodeUnanswered      Code = "unanswered"  // comments neither followed nor answered: Detail.Comments
	CodeTooMany         Code = "too-many"    // requests, or wrong passwords; Retry-After says when to come again
	CodeBusy            Code = "busy"        // the service cannot now; Retry-After says when to come again
	CodeInternal        Code = "internal"    // the service's own fault; its log has the Request
)

// statuses is the one table of codes and statuses.
var statuses = map[Code]int{
	CodeBadRequest:      http.StatusBadRequest,
	CodeUnauthenticated: http.StatusUnauthorized,
	CodeWrongPassword:   http.StatusUnauthorized,
	CodeWrongSignature:  http.StatusUnauthorized,
	CodeUnknownDevice:   http.StatusUnauthorized,
	CodeRevoked:         http.StatusUnauthorized,
	CodeBadCode:         http.StatusForbidden,
	CodeMustChange:      http.StatusForbidden,
	CodeDenied:          http.StatusForbidden,
	CodeNotFound:        http.StatusNotFound,
	CodeMethod:          http.StatusMethodNotAllowed,
	CodeConflict:        http.StatusConflict,
	CodeState:           http.StatusConflict,
	CodeTooLarge:        http.StatusRequestEntityTooLarge,
	CodeUnsupported:     http.StatusUnprocessableEntity,
	CodeDamaged:         http.StatusUnprocessableEntity,
	CodeInvalid:         http.StatusUnprocessableEntity,
	CodeNothing:         http.StatusUnprocessableEntity,
	CodeUnsigned:        http.StatusUnprocessableEntity,
	CodeLocked:          http.StatusUnprocessableEntity,
	CodeUnanswered:      http.StatusUnprocessableEntity,
	CodeTooMany:         http.StatusTooManyRequests,
	CodeBusy:            http.StatusServiceUnavailable,
	CodeInternal:        http.StatusInternalServerError,
}

// Status is the HTTP status that goes with the code.
func (c Code) Status() int {
	if s, ok := statuses[c]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// Temporary reports whether the same request may succeed later.
func (c Code) Temporary() bool {
	return c == CodeTooMany || c == CodeBusy || c == CodeInternal
}

// Error is the body of every answer whose status is not a success, but for the
// receipt of a bundle.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"` // English, for logs
	Detail  Detail `json:"detail,omitzero"`
	// Request names the request in the service's log.
	Request string `json:"request,omitempty"`
	// RetryAfter is the header's value, where there was one.
	RetryAfter time.Duration `json:"-"`
}

// Detail is what an error is about, as far as its code has something to say.
type Detail struct {
	Case     review.CaseID       `json:"case,omitzero"`
	Head     review.SubmissionID `json:"head,omitempty"` // conflict: what is there
	Base     review.SubmissionID `json:"base,omitempty"` // conflict: what was built on or looked at
	State    review.State        `json:"state,omitempty"`
	Action   review.Action       `json:"action,omitempty"`
	Role     review.Role         `json:"role,omitempty"`
	Targets  []review.Target     `json:"targets,omitempty"`
	Comments []string            `json:"comments,omitempty"`
	Field    string              `json:"field,omitempty"` // the key that cannot be
	// What names the unsupported thing: format, suite or kind, and its value; Newer
	// tells that a newer program wrote it.
	What  string `json:"what,omitempty"`
	Value string `json:"value,omitempty"`
	Newer bool   `json:"newer,omitempty"`
	Limit int64  `json:"limit,omitempty"` // too-large: in bytes
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Unwrap lets a caller branch on the errors of the domain, as it would without a
// line between them.
func (e *Error) Unwrap() error {
	switch e.Code {
	case CodeNotFound:
		return catalog.ErrNotFound
	case CodeConflict:
		return catalog.ErrConflict
	case CodeNothing:
		return review.ErrNothing
	case CodeUnsigned:
		return review.ErrUnsigned
	case CodeBadCode:
		return review.ErrBadCode
	case CodeInvalid:
		return &review.InvalidError{Field: e.Detail.Field}
	case CodeDenied:
		return &review.DeniedError{Role: e.Detail.Role, Action: e.Detail.Action, Unit: e.Detail.Case.Unit, Sector: e.Detail.Case.Sector}
	case CodeState:
		return &review.StateError{Action: e.Detail.Action, State: e.Detail.State}
	case CodeLocked:
		return &review.LockedError{Targets: e.Detail.Targets}
	case CodeUnanswered:
		return &review.UnansweredError{Comments: e.Detail.Comments}
	}
	return nil
}

// ErrorOf is what the service answers to an error of the domain. What it does not
// know is CodeInternal, whose message says nothing: the cause belongs to the log.
func ErrorOf(err error) *Error {
	var (
		known      *Error
		denied     *review.DeniedError
		state      *review.StateError
		locked     *review.LockedError
		unanswered *review.UnansweredError
		conflict   *review.ConflictError
		target     *review.TargetError
		invalid    *review.InvalidError
		field      *catalog.FieldError
		syntax     *json.SyntaxError
		wrongType  *json.UnmarshalTypeError
	)
	e := func(c Code, d Detail) *Error { return &Error{Code: c, Message: err.Error(), Detail: d} }
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &denied):
		return e(CodeDenied, Detail{Role: denied.Role, Action: denied.Action, Case: review.CaseID{Unit: denied.Unit, Sector: denied.Sector}})
	case errors.As(err, &state):
		return e(CodeState, Detail{Action: state.Action, State: state.State})
	case errors.As(err, &locked):
		return e(CodeLocked, Detail{Targets: locked.Targets})
	case errors.As(err, &unanswered):
		return e(CodeUnanswered, Detail{Comments: unanswered.Comments})
	case errors.As(err, &conflict):
		return e(CodeConflict, Detail{Case: conflict.Case, Head: conflict.Head, Base: conflict.Base})
	case errors.Is(err, catalog.ErrConflict):
		return e(CodeConflict, Detail{})
	case errors.Is(err, review.ErrBadCode):
		return e(CodeBadCode, Detail{})
	case errors.As(err, &target):
		return e(CodeNotFound, Detail{Targets: []review.Target{target.Target}})
	case errors.Is(err, catalog.ErrNotFound):
		return e(CodeNotFound, Detail{})
	case errors.Is(err, review.ErrNothing):
		return e(CodeNothing, Detail{})
	case errors.Is(err, review.ErrUnsigned):
		return e(CodeUnsigned, Detail{})
	case errors.As(err, &invalid):
		return e(CodeInvalid, Detail{Field: invalid.Field})
	case errors.As(err, &field):
		return e(CodeInvalid, Detail{Field: string(field.Field)})
	case errors.As(err, &syntax), errors.As(err, &wrongType):
		return e(CodeBadRequest, Detail{})
	}
	return &Error{Code: CodeInternal, Message: "the service failed"}
}

// ReceiptStatus is the status of the answer that carries a receipt.
func ReceiptStatus(r review.Receipt) int {
	switch r.Status {
	case review.Conflicted:
		return CodeConflict.Status()
	case review.Refused:
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
