package client

import (
	"context"
	"errors"
	"slices"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

var errCrash = errors.New("the program ended here")

// TestAProgramMayEndAtAnyMoment ends the program before each thing that would be
// on disk, starts it again, and wants what it wants without.
func TestAProgramMayEndAtAnyMoment(t *testing.T) {
	ctx := context.Background()
	for end := 0; ; end++ {
		s := newCity(t)
		m := s.enrol(t, township, 1, Options{Now: clock()})
		b := s.enrol(t, township, 2, Options{Now: clock()})
		writes := 0
		m.drafts.crash = func() error {
			if writes++; writes > end {
				return errCrash
			}
			return nil
		}
		ended := false
		// again does something until it is done, with a new program after a crash.
		again := func(do func() error) {
			t.Helper()
			err := do()
			if errors.Is(err, errCrash) {
				ended, m.drafts.crash = true, nil
				m.reopen()
				err = do()
			}
			must(t, err)
		}
		submit := func() error {
			_, err := m.Submit(ctx, assistance, "王芳", nil)
			if errors.Is(err, ErrUnchanged) {
				return nil
			}
			return err
		}
		sync := func() error { return m.Sync(ctx, s.as(m), nil) }

		m.drafts.set(assistance, fill)
		again(submit)
		again(sync)
		b.sync(s.as(b))
		m.drafts.set(assistance, func(c *catalog.Catalog) { content(1, "甲")(c); content(2, "甲")(c) })
		b.drafts.set(assistance, content(2, "乙"))
		b.submit()
		b.sync(s.as(b))
		again(submit) // on a stale base
		again(sync)
		st := m.status()
		if len(st.Clashes) != 1 || st.Queued {
			t.Fatalf("ended at write %d: %+v", end, st)
		}
		again(func() error {
			if len(m.status().Clashes) == 0 {
				return nil
			}
			return m.Settle(ctx, assistance, "王芳", "", Theirs, st.Clashes...)
		})
		m.drafts.set(assistance, func(*catalog.Catalog) {})
		again(submit)
		again(sync)
		c := s.theCase(t)
		got, err := s.office.Look(ctx, office, c.ID)
		must(t, err)
		if len(c.Submissions) != 3 || got.Catalog.Entries[0].Content != "甲" || got.Catalog.Entries[1].Content != "乙" {
			t.Fatalf("ended at write %d: %d submissions, %+v", end, len(c.Submissions), got.Catalog.Entries)
		}
		if st := m.status(); st.State != review.InCounty || st.Changed || len(st.Clashes) != 0 {
			t.Fatalf("ended at write %d: %+v", end, st)
		}
		if !ended {
			break
		}
	}
}

func TestWhatIsApprovedTwiceIsForgotten(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{Now: clock()})
	m.drafts.set(assistance, fill)
	var sent []review.SubmissionID
	for _, text := range []string{"一", "二", "三", "四"} {
		m.drafts.set(assistance, content(1, text))
		sent = append(sent, m.submit())
		m.sync(s.as(m))
		must(t, s.office.Pass(ctx, reviewer, s.ref(t), ""))
		must(t, s.office.Pass(ctx, civil, s.ref(t), ""))
		must(t, s.office.Approve(ctx, office, s.ref(t), ""))
		m.sync(s.as(m))
	}
	var kept []review.SubmissionID
	for _, it := range m.Outbox() {
		kept = append(kept, it.Hash)
	}
	if !slices.Equal(kept, sent[2:]) {
		t.Errorf("kept %.8q of %.8q", kept, sent)
	}
	names, err := m.drafts.KeptNames(ctx, keptBundle)
	must(t, err)
	if len(names) != 2 {
		t.Errorf("%d bundles are kept", len(names))
	}
	m.drafts.set(assistance, content(1, "五"))
	last := m.submit()
	m.sync(s.as(m))
	if c := s.theCase(t); c.Last().ID != last || c.Last().Base != sent[3] {
		t.Errorf("the next one: %+v", c.Last())
	}
}
