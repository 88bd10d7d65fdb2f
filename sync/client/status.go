package client

import (
	"context"
	"errors"
	"slices"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
)

// Status is how it stands with the unit's catalog of a sector.
type Status struct {
	Sector catalog.Sector `json:"sector"`
	// State is where the service said the case stands, as of the last Sync.
	State review.State `json:"state"`
	// Queued tells that something of the sector has yet to be sent.
	Queued bool `json:"queued,omitempty"`
	// Last is the last submission made here, and what the service said to it: nothing
	// while it is queued.
	Last    review.SubmissionID `json:"last,omitempty"`
	LastAt  time.Time           `json:"lastAt,omitzero"`
	Receipt *review.Receipt     `json:"receipt,omitempty"`
	// Decision is what the service said last: comments, what is open, by when.
	Decision *review.Decision `json:"decision,omitempty"`
	// Changed tells that the draft says something else than the submission it goes on
	// from.
	Changed bool `json:"changed,omitempty"`
	// Locked are changes of the draft that a return does not allow.
	Locked []review.Target `json:"locked,omitempty"`
	// Unanswered are comments that the draft does not follow so far.
	Unanswered []string        `json:"unanswered,omitempty"`
	Clashes    []catalog.Clash `json:"clashes,omitempty"`
	// Behind tells that another machine's submission could not be had yet.
	Behind bool `json:"behind,omitempty"`
}

// Status says how it stands with every sector that was submitted or decided on,
// by sector.
func (c *Client) Status(ctx context.Context) ([]Status, error) {
	st := c.now()
	sectors := map[catalog.Sector]bool{}
	for s := range st.cases {
		sectors[s] = true
	}
	for _, it := range st.outbox {
		if it.Sector != "" {
			sectors[it.Sector] = true
		}
	}
	var out []Status
	for s := range sectors {
		one, err := c.status(ctx, &st, s)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Status) int {
		if a.Sector < b.Sector {
			return -1
		}
		return 1
	})
	return out, nil
}

// Of says how it stands with one sector.
func (c *Client) Of(ctx context.Context, s catalog.Sector) (Status, error) {
	st := c.now()
	return c.status(ctx, &st, s)
}

func (c *Client) status(ctx context.Context, st *state, s catalog.Sector) (Status, error) {
	cs := st.cases[s]
	out := Status{Sector: s, Decision: cs.Decision, Clashes: cs.Clashes, Behind: cs.Behind}
	if cs.Decision != nil {
		out.State = cs.Decision.State
	}
	if last, ok := st.last(s); ok {
		out.Last, out.LastAt, out.Receipt = last.Hash, last.At, last.Receipt
	}
	out.Queued = slices.ContainsFunc(st.outbox, func(it item) bool { return it.Sector == s && it.queued() })
	draft, err := c.store.Catalog(ctx, s)
	if errors.Is(err, catalog.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	from, err := c.digest(ctx, st, st.base(s))
	if err != nil {
		return out, err
	}
	out.Changed = from != draft.Digest()
	if d := cs.Decision; d != nil && d.State == review.Returned && !cs.Behind {
		returned, err := c.content(ctx, st, d.Submission)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return out, err
		}
		if err == nil {
			for _, e := range againstReturn(d, &returned, &draft, nil) {
				var locked *review.LockedError
				var silent *review.UnansweredError
				if errors.As(e, &locked) {
					out.Locked = locked.Targets
				}
				if errors.As(e, &silent) {
					out.Unanswered = silent.Comments
				}
			}
		}
	}
	return out, nil
}

// digest is the digest of a submission's catalog; empty where that is not here.
func (c *Client) digest(ctx context.Context, st *state, id review.SubmissionID) (string, error) {
	if it, ours := st.find(id); ours {
		return it.Digest, nil
	}
	cat, err := c.content(ctx, st, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return "", nil
	}
	return cat.Digest(), err
}

// Open reports whether the unit may change a target of the sector: always, but
// while a return waits for an answer that reopened other things alone.
func (s *Status) Open(t review.Target) bool {
	return s.State != review.Returned || s.Decision == nil || review.Reopened(s.Decision.Open, t)
}

// Notice is a notice, and its place in the feed.
type Notice struct {
	review.Notice
	Seq uint64    `json:"seq"`
	At  time.Time `json:"at"`
}

// Notices returns the notices that arrived, oldest first.
func (c *Client) Notices(ctx context.Context) ([]Notice, error) {
	return keptAll[Notice](ctx, c, keptNotice)
}

// Assessments returns the unit's assessments, as the service told of them last.
func (c *Client) Assessments(ctx context.Context) ([]review.Assessment, error) {
	return keptAll[review.Assessment](ctx, c, keptAssessment)
}

// Units returns the list of units, as far as the city issued it.
func (c *Client) Units(ctx context.Context) ([]catalog.Unit, error) {
	var us []catalog.Unit
	err := c.kept(ctx, keptUnits, &us)
	if errors.Is(err, catalog.ErrNotFound) {
		err = nil
	}
	return us, err
}

// Sent is a bundle that was made here, and what became of it.
type Sent struct {
	Kind       bundle.Kind          `json:"kind"`
	Hash       review.Hash          `json:"hash"`
	Sector     catalog.Sector       `json:"sector,omitempty"`
	Assessment *review.AssessmentID `json:"assessment,omitempty"`
	At         time.Time            `json:"at"`
	Receipt    *review.Receipt      `json:"receipt,omitempty"` // nil: it has yet to be sent
}

// Outbox returns what was made here and is kept, oldest first.
func (c *Client) Outbox() []Sent {
	var out []Sent
	st := c.now()
	for _, it := range st.outbox {
		out = append(out, Sent{it.Kind, it.Hash, it.Sector, it.Assessment, it.At, it.Receipt})
	}
	return out
}
