package catalog

import "errors"

// Errors that callers branch on; stores and readers wrap them.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("changed by someone else")
)

// FieldError is a value that a field cannot take.
type FieldError struct {
	Field Field
	Value string
	Err   error
}

func (e *FieldError) Error() string { return "field " + string(e.Field) + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *FieldError) Unwrap() error { return e.Err }
