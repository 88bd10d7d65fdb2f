package client

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// BlockedError holds the findings that stop a submission: errors without a reason.
type BlockedError struct{ Findings []check.Finding }

func (e *BlockedError) Error() string {
	return fmt.Sprintf("%d errors without a reason", len(e.Findings))
}

// ClashError says that clashes have to be settled first.
type ClashError struct{ Clashes []catalog.Clash }

func (e *ClashError) Error() string { return fmt.Sprintf("%d clashes to settle", len(e.Clashes)) }

// Submit puts the sector's catalog into the outbox, as it is now: once it returns,
// the next Sync sends it. Whatever the service would refuse it refuses first, all
// of it: what is not signed off, errors without a reason, changes to what was not
// returned, comments neither followed nor answered, clashes.
func (c *Client) Submit(ctx context.Context, s catalog.Sector, by string, answers []review.Answer) (review.SubmissionID, error) {
	var id review.SubmissionID
	err := c.update(ctx, func(ch *change) error {
		// Read here, so that no merge comes between the draft and what it is built on.
		draft, err := c.store.Catalog(ctx, s)
		if err != nil {
			return err
		}
		if err := c.ready(ctx, &ch.st, &draft, answers); err != nil {
			return err
		}
		base := ch.st.base(s)
		id, err = ch.seal(item{Kind: bundle.Submission, Sector: s, Base: base, Digest: draft.Digest()}, wire.Submission{
			Catalog: draft, Base: base, Answers: answers, SentAt: c.o.Now().UTC(), By: by,
		})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("submit %s: %w", s, err)
	}
	return id, nil
}

// Check says what stands against submitting the sector's catalog as it is now,
// all of it; nil where nothing does.
func (c *Client) Check(ctx context.Context, s catalog.Sector, answers []review.Answer) error {
	draft, err := c.store.Catalog(ctx, s)
	if err != nil {
		return err
	}
	st := c.now()
	return c.ready(ctx, &st, &draft, answers)
}

func (c *Client) ready(ctx context.Context, st *state, draft *catalog.Catalog, answers []review.Answer) error {
	var errs []error
	cs := st.cases[draft.Sector]
	if len(cs.Clashes) > 0 {
		errs = append(errs, &ClashError{cs.Clashes})
	}
	if cs.Behind {
		errs = append(errs, ErrBehind)
	}
	if !draft.Signed() {
		errs = append(errs, review.ErrUnsigned)
	}
	if c.o.Check != nil {
		blocking := slices.DeleteFunc(c.o.Check(draft), func(f check.Finding) bool { return !f.Blocks() })
		if len(blocking) > 0 {
			errs = append(errs, &BlockedError{blocking})
		}
	}
	if d := cs.Decision; d != nil && d.State == review.Returned && !cs.Behind {
		returned, err := c.content(ctx, st, d.Submission)
		if err != nil {
			return err
		}
		errs = append(errs, againstReturn(d, &returned, draft, answers)...)
	} else if last, ok := st.last(draft.Sector); ok && last.Digest == draft.Digest() && st.stands(&last, d) {
		errs = append(errs, ErrUnchanged)
	}
	return errors.Join(errs...)
}

// againstReturn is what a return has against a draft.
func againstReturn(d *review.Decision, returned, draft *catalog.Catalog, answers []review.Answer) []error {
	open := slices.Clone(d.Open)
	for _, e := range d.Erased {
		open = append(open, e.Target)
	}
	var errs []error
	if locked := review.LockedChanges(returned, draft, open); len(locked) > 0 {
		errs = append(errs, &review.LockedError{Targets: locked})
	}
	if silent := review.Unanswered(returned, draft, d.Comments, answers); len(silent) > 0 {
		errs = append(errs, &review.UnansweredError{Comments: silent})
	}
	return errs
}

// stands reports whether a submission is on its way, under review or approved.
func (st *state) stands(it *item, d *review.Decision) bool {
	switch {
	case it.queued():
		return true
	case it.has(review.Waiting):
		return st.arrives(*it)
	case it.has(review.Accepted) && d == nil:
		return true
	case it.has(review.Accepted) && !it.is(d.Submission):
		// Not told of yet; or withdrawn, or no longer what the case is about.
		return !it.is(d.Head) && st.builtOn(it.Hash, d.Head)
	}
	return it.has(review.Accepted) && (d.State == review.InCounty || d.State == review.InJoint || d.State == review.Approved || d.State == review.Published)
}

// base is the submission that the draft goes on from, with what is still on its way.
func (st *state) base(s catalog.Sector) review.SubmissionID {
	cs := st.cases[s]
	last, ok := st.last(s)
	arrives := ok && st.arrives(last)
	if arrives && (last.queued() || last.has(review.Waiting)) {
		return last.Hash
	}
	_, ours := st.find(cs.Agreed)
	switch {
	case !ours && cs.Decision != nil:
		// Another's submission may be lost to a service that was restored; what the
		// service names itself it has.
		return cs.Decision.Head
	case !ours && ok && !arrives:
		return "" // what was sent waits for it in vain
	}
	return cs.Agreed
}

// arrives reports whether what a submission is built on was, or will be, sent from
// here: one that waits for another machine may wait for ever.
func (st *state) arrives(it item) bool {
	for it.has(review.Waiting) {
		base, ours := st.find(it.Base)
		if !ours {
			return false
		}
		it = base
	}
	return true
}

// last is the sector's last submission that was made here.
func (st *state) last(s catalog.Sector) (item, bool) {
	for _, it := range slices.Backward(st.outbox) {
		if it.Sector == s && it.Kind == bundle.Submission {
			return it, true
		}
	}
	return item{}, false
}

// Withdraw asks for the sector's last submission to be taken back.
func (c *Client) Withdraw(ctx context.Context, s catalog.Sector, by string) (review.Hash, error) {
	var id review.Hash
	err := c.update(ctx, func(ch *change) error {
		base := ch.st.base(s)
		last, _ := ch.st.last(s)
		if base == "" {
			return &review.StateError{Action: review.ActWithdraw}
		}
		d := ch.st.cases[s].Decision
		if d != nil && d.State != review.InCounty && d.State != review.InJoint && !last.queued() {
			return &review.StateError{Action: review.ActWithdraw, State: d.State}
		}
		var err error
		id, err = ch.seal(item{Kind: bundle.Withdrawal, Sector: s, Base: base}, wire.Withdrawal{
			Case: review.CaseID{Unit: c.store.Unit().ID, Sector: s}, Submission: base, SentAt: c.o.Now().UTC(), By: by,
		})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("withdraw %s: %w", s, err)
	}
	return id, nil
}

// Rectify answers what an assessment found.
func (c *Client) Rectify(ctx context.Context, id review.AssessmentID, by string, answers []review.LossAnswer) (review.Hash, error) {
	var h review.Hash
	err := c.update(ctx, func(ch *change) error {
		var err error
		h, err = ch.seal(item{Kind: bundle.Rectification, Assessment: &id}, wire.Rectification{
			Assessment: id, Answers: answers, SentAt: c.o.Now().UTC(), By: by,
		})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("rectify %s %s: %w", id.Form, id.Quarter, err)
	}
	return h, nil
}

// seal signs a payload and puts it into the outbox.
func (ch *change) seal(it item, payload any) (review.Hash, error) {
	if err := ch.c.enrolled(&ch.st); err != nil {
		return "", err
	}
	it.At, it.Key = ch.c.o.Now().UTC(), ch.c.key.Public()
	b, err := bundle.SealJSON(bundle.Header{Kind: it.Kind, At: it.At, Unit: ch.c.store.Unit().ID, Base: it.Base}, payload, ch.c.key)
	if err != nil {
		return "", err
	}
	it.Hash = bundle.HashOf(b)
	if _, twice := ch.st.find(it.Hash); twice { // the same again in the same moment
		return it.Hash, nil
	}
	ch.things[keptBundle+string(it.Hash)] = b
	return it.Hash, ch.putItem(it)
}

// settle notes what the service said to a bundle.
func (ch *change) settle(r review.Receipt) error {
	it, ours := ch.st.find(r.Bundle)
	if !ours || it.Receipt != nil && it.Receipt.Status == r.Status {
		return nil
	}
	if it.Receipt != nil && r.Status == review.Waiting {
		return nil // an older word than the one we have
	}
	it.Receipt = &r
	if err := ch.putItem(it); err != nil {
		return err
	}
	if it.Kind != bundle.Submission {
		return nil
	}
	cs := ch.caseOf(it.Sector)
	switch r.Status {
	case review.Accepted:
		if ch.st.builtOn(it.Hash, cs.Agreed) {
			cs.Agreed = it.Hash
		}
	default:
		// After the service was restored it may not take what it once took: then the
		// draft goes on from what is before.
		if ch.st.builtOn(cs.Agreed, it.Hash) {
			cs.Agreed = it.Base
		}
	}
	if err := ch.putCase(cs); err != nil || r.Status == review.Accepted || r.Status == review.Waiting {
		return err
	}
	// What is built on it would wait for ever.
	for _, later := range slices.Clone(ch.st.outbox) {
		if later.Sector == it.Sector && later.N > it.N && ch.st.builtOn(later.Base, it.Hash) && (later.queued() || later.has(review.Waiting)) {
			later.Receipt = &review.Receipt{
				Bundle: later.Hash, Case: r.Case, Kind: string(later.Kind), Status: r.Status, Base: later.Base, Head: r.Head, At: r.At, Problem: r.Problem,
			}
			if err := ch.putItem(later); err != nil {
				return err
			}
		}
	}
	return nil
}

// builtOn reports whether a submission is base, or built on it here.
func (st *state) builtOn(id, base review.SubmissionID) bool {
	for {
		it, ours := st.find(id)
		switch {
		case id == base || ours && it.is(base):
			return true
		case !ours:
			return false
		}
		id = it.Base
	}
}

// requeue has everything sent again that the service once took: it was restored,
// and may not know.
func (ch *change) requeue() error {
	for _, it := range slices.Clone(ch.st.outbox) {
		if it.has(review.Accepted) || it.has(review.Waiting) {
			it.Receipt = nil
			if err := ch.putItem(it); err != nil {
				return err
			}
		}
	}
	return nil
}

// prune forgets what a new approval leaves behind. What led to the last two stays,
// for a service that is restored from a backup.
func (ch *change) prune(cs caseState) error {
	if len(cs.Approved) < 2 {
		return nil
	}
	oldest, ok := ch.st.find(cs.Approved[0])
	if !ok {
		return nil
	}
	needed := map[review.SubmissionID]bool{cs.Agreed: true}
	if cs.Decision != nil {
		needed[cs.Decision.Submission] = true
	}
	for _, it := range slices.Clone(ch.st.outbox) {
		if it.Sector == cs.Sector && it.N < oldest.N && !it.queued() {
			ch.removeItem(it)
		} else {
			needed[it.Base] = true
		}
	}
	for _, m := range cs.Merged {
		if !needed[m] {
			ch.things[keptContent+string(m)] = nil
		}
	}
	return nil
}

// resign signs a bundle anew that the service does not take for the key it is
// signed by: the machine was enrolled anew, and the key of old is revoked.
func (c *Client) resign(ctx context.Context, it item) error {
	return c.update(ctx, func(ch *change) error {
		if err := c.enrolled(&ch.st); err != nil {
			return err
		}
		old, err := c.store.Kept(ctx, keptBundle+string(it.Hash))
		if err != nil {
			return err
		}
		opened, err := bundle.Open(old, it.key)
		if err != nil {
			return err
		}
		b, err := bundle.Seal(opened.Header, opened.Payload, c.key)
		if err != nil {
			return err
		}
		ch.things[keptBundle+string(it.Hash)] = nil
		it.Was, it.Hash, it.Key = append(slices.Clone(it.Was), it.Hash), bundle.HashOf(b), c.key.Public()
		ch.things[keptBundle+string(it.Hash)] = b
		return ch.putItem(it)
	})
}
