package client

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/sync/review"
)

func TestACatalogGoesThereAndComesBackUntilItIsApproved(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{})
	r := s.as(m)
	m.drafts.set(assistance, fill)
	id := m.submit()
	if st := m.status(); !st.Queued || st.Last != id || st.State != review.New {
		t.Fatalf("before it is sent: %+v", st)
	}
	m.sync(r)
	if st := m.status(); st.Queued || st.State != review.InCounty || st.Receipt.Status != review.Accepted || st.Changed {
		t.Fatalf("once it is sent: %+v", st)
	}

	// The county returns one field and what the template has besides.
	field := review.Target{Entry: "e2", Field: catalog.FieldContent}
	missing := review.Target{Template: "t9"}
	c1, err := s.office.Comment(ctx, reviewer, s.ref(t), field, "缺办理时限")
	must(t, err)
	c2, err := s.office.Comment(ctx, reviewer, s.ref(t), missing, "是否涉及？")
	must(t, err)
	must(t, s.office.Return(ctx, reviewer, s.ref(t), "请修改"))
	m.sync(r)
	st := m.status()
	if st.State != review.Returned || len(st.Decision.Comments) != 2 || st.Decision.Note != "请修改" || st.Changed ||
		!slices.Equal(st.Unanswered, []string{c1.ID, c2.ID}) {
		t.Fatalf("once it is returned: %+v", st)
	}
	if !st.Open(field) || !st.Open(missing) || st.Open(review.Target{Entry: "e1", Field: catalog.FieldContent}) {
		t.Errorf("what is open: %+v", st.Decision.Open)
	}

	// What was not returned stays locked.
	m.drafts.set(assistance, content(1, "改动"))
	var locked *review.LockedError
	var silent *review.UnansweredError
	_, err = m.Submit(ctx, assistance, "王芳", nil)
	if !errors.As(err, &locked) || !slices.Equal(locked.Targets, []review.Target{{Entry: "e1", Field: catalog.FieldContent}}) ||
		!errors.As(err, &silent) || len(silent.Comments) != 2 {
		t.Fatalf("Submit = %v, want what is locked and what is unanswered", err)
	}
	must(t, m.TakeBack(ctx, assistance, "王芳", "撤销锁定的改动", locked.Targets...))
	if got := m.draft(); got.Entries[0].Content != "办理条件" {
		t.Errorf("taken back: %q", got.Entries[0].Content)
	}
	m.drafts.set(assistance, content(2, "办理流程、办理时限"))
	second := m.submit(review.Answer{Comment: c2.ID, Text: "本镇不涉及"})
	m.sync(r)
	if c := s.theCase(t); c.Last().ID != second || c.Last().Base != id || !c.Comments[0].Changed || c.Comments[1].Answer != "本镇不涉及" {
		t.Fatalf("resubmitted: %+v", c)
	}

	must(t, s.office.Pass(ctx, reviewer, s.ref(t), ""))
	must(t, s.office.Pass(ctx, civil, s.ref(t), ""))
	must(t, s.office.Approve(ctx, office, s.ref(t), ""))
	m.sync(r)
	if st := m.status(); st.State != review.Approved || st.Changed {
		t.Errorf("at the end: %+v", st)
	}
	if _, err := m.Submit(ctx, assistance, "王芳", nil); !errors.Is(err, ErrUnchanged) {
		t.Errorf("the same again: %v, want ErrUnchanged", err)
	}
	m.drafts.set(assistance, content(3, "受理地点、电话"))
	third := m.submit()
	m.sync(r)
	if c := s.theCase(t); c.Last().ID != third || c.Last().Base != second || c.State != review.InCounty {
		t.Errorf("the next revision: %+v", c.Last())
	}
}

func TestSubmitSaysAllThatStandsAgainstIt(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	wrong := check.Finding{Rule: "basis.repealed", Severity: check.Error, Entry: "e1"}
	m := s.enrol(t, township, 1, Options{Check: func(*catalog.Catalog) []check.Finding {
		return []check.Finding{wrong, {Rule: "timelimit.vague", Severity: check.Warning}, {Rule: "basis.repealed", Severity: check.Error, Disputed: "仍然有效"}}
	}})
	m.drafts.set(assistance, fill)
	c := m.drafts.catalogs[assistance]
	c.Note = "签发以后又改了"
	c.Revision++
	m.drafts.catalogs[assistance] = c
	_, err := m.Submit(ctx, assistance, "王芳", nil)
	var blocked *BlockedError
	if !errors.Is(err, review.ErrUnsigned) || !errors.As(err, &blocked) || len(blocked.Findings) != 1 || blocked.Findings[0].Rule != wrong.Rule {
		t.Errorf("Submit = %v, want ErrUnsigned and one finding", err)
	}
	if got := m.Check(ctx, assistance, nil); got == nil || len(m.Outbox()) != 0 {
		t.Errorf("Check = %v; the outbox holds %d", got, len(m.Outbox()))
	}
	if _, err := m.Submit(ctx, "no-such-sector", "王芳", nil); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a sector without a draft: %v", err)
	}
}

func TestWithdrawAndSubmitAgain(t *testing.T) {
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{})
	m.drafts.set(assistance, fill)
	m.submit()
	m.sync(s.as(m))
	if _, err := m.Withdraw(t.Context(), assistance, "王芳"); err != nil {
		t.Fatal(err)
	}
	m.sync(s.as(m))
	if st := m.status(); st.State != review.Withdrawn {
		t.Fatalf("withdrawn: %+v", st)
	}
	m.submit() // the same again, on purpose
	m.sync(s.as(m))
	if st := m.status(); st.State != review.InCounty || st.Receipt.Status != review.Accepted {
		t.Errorf("submitted again: %+v", st)
	}
}

// clock is a clock that goes on.
func clock() func() time.Time {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(time.Second); return at }
}

func TestTwoMachinesOfAUnitMergeFieldByField(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	a := s.enrol(t, township, 1, Options{Now: clock()})
	b := s.enrol(t, township, 2, Options{Now: clock()})
	a.drafts.set(assistance, fill)
	a.submit()
	a.sync(s.as(a))
	b.sync(s.as(b)) // has no draft of its own: takes the other's
	if got, want := b.draft(), a.draft(); got.Digest() != want.Digest() {
		t.Fatalf("the second machine has %+v", got)
	}

	// Both go on; a is first.
	a.drafts.set(assistance, func(c *catalog.Catalog) { content(1, "甲")(c); content(2, "甲")(c) })
	b.drafts.set(assistance, func(c *catalog.Catalog) { content(2, "乙")(c); content(3, "乙")(c) })
	a.submit()
	a.sync(s.as(a))
	lost := b.submit()
	b.sync(s.as(b))
	st := b.status()
	if st.Receipt.Status != review.Conflicted || st.Last != lost || len(st.Clashes) != 1 {
		t.Fatalf("the second: %+v", st)
	}
	var got []string
	for _, e := range b.draft().Entries {
		got = append(got, e.Content)
	}
	if want := []string{"甲", "乙", "乙"}; !slices.Equal(got, want) {
		t.Errorf("merged %q, want %q", got, want)
	}
	cl := st.Clashes[0]
	if cl.Ours != "乙" || cl.Theirs != "甲" || cl.Entry != "e2" {
		t.Errorf("clash %+v", cl)
	}
	b.drafts.set(assistance, func(*catalog.Catalog) {}) // signed off anew
	var clash *ClashError
	if _, err := b.Submit(ctx, assistance, "王芳", nil); !errors.As(err, &clash) {
		t.Errorf("Submit = %v, want a *ClashError", err)
	}
	must(t, b.Settle(ctx, assistance, "王芳", "采用对方", Theirs, cl))
	if got := b.draft().Entries[1].Content; got != "甲" || len(b.status().Clashes) != 0 {
		t.Errorf("settled: %q, %v", got, b.status().Clashes)
	}
	b.drafts.set(assistance, func(*catalog.Catalog) {})
	b.submit()
	b.sync(s.as(b))
	a.sync(s.as(a))
	if x, y := a.draft(), b.draft(); x.Digest() != y.Digest() || len(a.status().Clashes) != 0 {
		t.Errorf("in the end the machines have %+v and %+v", x, y)
	}
}

func TestDraftsWithoutACommonPastAreNotDoubled(t *testing.T) {
	s := newCity(t)
	a := s.enrol(t, township, 1, Options{})
	b := s.enrol(t, township, 2, Options{})
	a.drafts.set(assistance, fill)
	b.drafts.set(assistance, func(c *catalog.Catalog) {
		fill(c)
		for i := range c.Entries { // made from the same template on another machine
			c.Entries[i].ID = "b" + c.Entries[i].ID
		}
		c.Entries[0].Content = "另写的"
	})
	a.submit()
	a.sync(s.as(a))
	b.sync(s.as(b))
	got := b.draft()
	if len(got.Entries) != 3 || got.Entries[0].ID != "e1" || got.Entries[0].Content != "另写的" || len(b.status().Clashes) != 1 {
		t.Errorf("merged %+v, clashes %+v", got.Entries, b.status().Clashes)
	}
}

func TestARestoredServiceGetsBackWhatItTook(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{Now: clock()})
	m.drafts.set(assistance, fill)
	first := m.submit()
	m.sync(s.as(m))
	yesterday := s.backup()
	_, err := s.office.Comment(ctx, reviewer, s.ref(t), review.Target{}, "请补充")
	must(t, err)
	must(t, s.office.Return(ctx, reviewer, s.ref(t), ""))
	m.sync(s.as(m))
	m.drafts.set(assistance, content(1, "补充了"))
	second := m.submit()
	m.sync(s.as(m))
	if m.status().Receipt.Status != review.Accepted {
		t.Fatal("not taken in the first place")
	}

	s.restart(yesterday)
	m.sync(s.as(m))
	c := s.theCase(t)
	if c.Last().ID != second || c.Last().Base != first || c.State != review.InCounty {
		t.Errorf("the service has %+v", c)
	}
	if st := m.status(); st.State != review.InCounty || st.Decision.Submission != second || st.Queued {
		t.Errorf("the machine has %+v", st)
	}

	// A service that lost everything gets everything.
	empty := newCity(t)
	empty.key, empty.secret = s.key, s.secret
	empty.certify(t, township, m.key)
	m.sync(empty.as(m))
	if c := empty.theCase(t); len(c.Submissions) != 2 || c.Last().ID != second {
		t.Errorf("the empty service has %+v", c.Submissions)
	}
}

func TestAMachineRestoredFromABackupCatchesUp(t *testing.T) {
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{Now: clock()})
	m.drafts.set(assistance, fill)
	m.submit()
	m.sync(s.as(m))
	backup := m.drafts.copy()
	m.drafts.set(assistance, content(1, "后来写的"))
	last := m.submit()
	m.sync(s.as(m))

	// The backup goes to another machine, which has no key until it is enrolled anew.
	moved := &machine{t: t, drafts: backup, o: m.o, city: s}
	moved.reopen()
	if _, err := moved.Certificate(); !errors.Is(err, ErrNotEnrolled) {
		t.Errorf("with the key of nobody: %v, want ErrNotEnrolled", err)
	}
	moved.key = testKey(t, 2)
	moved.reopen()
	if err := moved.Sync(context.Background(), s.as(moved), nil); !errors.Is(err, ErrNotEnrolled) {
		t.Errorf("with a key of its own: %v, want ErrNotEnrolled", err)
	}
	if _, err := moved.Certify(t.Context(), s.certify(t, township, moved.key), false); err != nil {
		t.Fatal(err)
	}
	moved.sync(s.as(moved))
	if got := moved.draft().Entries[0].Content; got != "后来写的" {
		t.Errorf("it has %q", got)
	}
	moved.drafts.set(assistance, content(2, "接着写的"))
	next := moved.submit()
	moved.sync(s.as(moved))
	if c := s.theCase(t); c.Last().ID != next || c.Last().Base != last {
		t.Errorf("the service has %+v", c.Last())
	}
}

func TestWhatARevokedKeySignedIsSignedAnew(t *testing.T) {
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{Now: clock()})
	m.drafts.set(assistance, fill)
	old := m.submit()
	must(t, s.mem.Update(t.Context(), func(tx review.Tx) error {
		d, err := tx.Device(m.key.KeyID())
		if err != nil {
			return err
		}
		d.Revoked = s.time
		return tx.PutDevice(d)
	}))
	if err := m.Sync(t.Context(), s.as(m), nil); err == nil {
		t.Fatal("the revoked key is taken")
	}
	m.key = testKey(t, 2)
	m.reopen()
	if _, err := m.Certify(t.Context(), s.certify(t, township, m.key), false); err != nil {
		t.Fatal(err)
	}
	m.sync(s.as(m))
	if st := m.status(); st.Last == old || st.Receipt == nil || st.Receipt.Status != review.Accepted || st.State != review.InCounty {
		t.Errorf("signed anew: %+v", st)
	}
}
