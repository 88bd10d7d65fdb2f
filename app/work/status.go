package work

import (
	"time"

	"mulutong/catalog"
	"mulutong/catalog/check"
)

// State is how far a sector's catalog is.
type State string

// The states of a catalog; words.State names them.
const (
	StateDraft         State = "draft"
	StateReady         State = "ready" // signed off as it is, and nothing stops it
	StateSubmitted     State = "submitted"
	StateReturned      State = "returned"
	StateApproved      State = "approved"
	StateNotApplicable State = "not-applicable"
)

// Status is how far one sector's catalog is.
type Status struct {
	Sector        catalog.Sector `json:"sector"`
	Name          string         `json:"name"`
	Entries       int            `json:"entries"`
	Complete      int            `json:"complete"` // entries without an error
	Errors        int            `json:"errors"`
	Warnings      int            `json:"warnings"`
	Revision      uint64         `json:"revision"`
	State         State          `json:"state"`
	NotApplicable string         `json:"notApplicable,omitempty"`
	LastEdit      *time.Time     `json:"lastEdit,omitempty"`
	LastBy        string         `json:"lastBy,omitempty"`
}

// StatusOf says how far a catalog is, given its head and what a check of it found.
func StatusOf(h *catalog.Head, c *catalog.Catalog, name string, fs []check.Finding) Status {
	s := Status{
		Sector: c.Sector, Name: name, Entries: len(c.Entries), Revision: c.Revision, State: StateDraft,
		LastEdit: &h.EditedAt, LastBy: h.EditedBy,
	}
	if c.NotApplicable != nil {
		s.State, s.NotApplicable = StateNotApplicable, c.NotApplicable.Reason
		return s
	}
	n := Count(fs)
	s.Errors, s.Warnings, s.Complete = n.Errors, n.Warnings, Clean(c, fs)
	if s.Errors == 0 && c.Signed() {
		s.State = StateReady
	}
	return s
}
