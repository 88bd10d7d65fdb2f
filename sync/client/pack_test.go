package client

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
)

func TestTheWholeWayThroughFilesAlone(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	var released []string
	m := s.enrol(t, township, 1, Options{Now: clock(), OnRelease: func(_ context.Context, r review.Release, b []byte) error {
		released = append(released, r.Kind+" "+r.Version+": "+string(b))
		return nil
	}})
	m.drafts.set(assistance, fill)
	id := m.submit()

	pack, n, err := m.Pack(ctx)
	if err != nil || n != 1 || !bundle.IsEncrypted(pack) {
		t.Fatalf("Pack: %d bundles, %v", n, err)
	}
	for range 2 { // carried twice
		if rs := s.receivePack(t, pack); len(rs) != 1 || rs[0].Status != review.Accepted || rs[0].Bundle != id {
			t.Fatalf("receipts %+v", rs)
		}
	}
	_, err = s.office.Comment(ctx, reviewer, s.ref(t), review.Target{Entry: "e1"}, "不完整")
	must(t, err)
	must(t, s.office.Return(ctx, reviewer, s.ref(t), ""))
	_, err = s.office.Release(ctx, office, "calendar", "2027", []byte("日历"))
	must(t, err)
	must(t, s.office.PutUnits(ctx, office, []catalog.Unit{other}))
	must(t, s.office.Notify(ctx, reviewer, []catalog.UnitID{township.ID}, review.Notice{Title: "催报", Text: "月底前报送"}))

	back := s.pack(t, township, 0, []byte("日历"))
	for range 2 {
		if _, err := m.Receive(ctx, back); err != nil {
			t.Fatal(err)
		}
	}
	st := m.status()
	if st.State != review.Returned || st.Queued || st.Receipt.Status != review.Accepted {
		t.Fatalf("received: %+v", st)
	}
	if len(released) != 1 || released[0] != "calendar 2027: 日历" {
		t.Errorf("released %q", released)
	}
	if ns, err := m.Notices(ctx); err != nil || len(ns) != 1 || ns[0].Title != "催报" {
		t.Errorf("notices %+v, %v", ns, err)
	}
	if us, err := m.Units(ctx); err != nil || len(us) != 1 || us[0].ID != other.ID {
		t.Errorf("units %+v, %v", us, err)
	}
	if _, n, err := m.Pack(ctx); err != nil || n != 0 {
		t.Errorf("there are still %d to carry, %v", n, err)
	}

	// A file that skips one is noticed, and so is one that is meant for others.
	if _, err := m.Receive(ctx, s.pack(t, township, m.now().cursor.After+5)); !errors.Is(err, ErrGap) {
		t.Errorf("a file too far on: %v, want ErrGap", err)
	}
	if _, err := m.Receive(ctx, s.pack(t, other, 0)); !errors.Is(err, ErrNotOurs) {
		t.Errorf("another unit's file: %v, want ErrNotOurs", err)
	}
	thief := newCity(t)
	thief.key = testKey(t, 7)
	if _, err := m.Receive(ctx, thief.pack(t, township, 0)); !errors.Is(err, ErrOtherService) {
		t.Errorf("another service's file: %v, want ErrOtherService", err)
	}

	// After a restored backup the old file says nothing any more.
	s.restart(s.backup())
	if _, err := m.Receive(ctx, s.pack(t, township, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Receive(ctx, back); !errors.Is(err, ErrOld) {
		t.Errorf("a file from before: %v, want ErrOld", err)
	}
	if st := m.status(); st.State != review.Returned {
		t.Errorf("in the end: %+v", st)
	}

	// A machine that its own backup put back meets the lives in any order, and comes
	// to the last one in the end.
	saved := m.drafts.copy()
	between := s.pack(t, township, 0)
	s.restart(s.backup())
	must(t, s.office.Notify(ctx, reviewer, []catalog.UnitID{township.ID}, review.Notice{Title: "又一次"}))
	last := s.pack(t, township, 0)
	m.drafts = saved
	m.reopen()
	for _, f := range []struct {
		b    []byte
		want error
	}{{last, nil}, {between, ErrOld}, {back, ErrOld}, {last, nil}} {
		if _, err := m.Receive(ctx, f.b); !errors.Is(err, f.want) {
			t.Errorf("Receive = %v, want %v", err, f.want)
		}
	}
	if ns, err := m.Notices(ctx); err != nil || ns[len(ns)-1].Title != "又一次" {
		t.Errorf("notices %+v, %v", ns, err)
	}
}

func TestACatalogThatTheCountySubmittedComesWithTheFile(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{})
	m.drafts.set(assistance, fill)
	by := newDrafts(township)
	by.set(assistance, func(c *catalog.Catalog) { fill(c); content(2, "县里代填")(c) })
	theirs := by.catalogs[assistance]
	if _, err := s.office.Submit(ctx, reviewer, review.NewSubmission{ID: bundle.HashOf([]byte("1")), Catalog: theirs}); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Receive(ctx, s.pack(t, township, 0)); err != nil {
		t.Fatal(err)
	}
	if st := m.status(); !st.Behind {
		t.Errorf("without the catalog: %+v", st)
	}
	if _, err := m.Submit(ctx, assistance, "王芳", nil); !errors.Is(err, ErrBehind) {
		t.Errorf("Submit = %v, want ErrBehind", err)
	}
	b, _ := review.Canonical(&theirs)
	must(t, s.office.Notify(ctx, office, nil, review.Notice{Title: "一"}))
	if _, err := m.Receive(ctx, s.pack(t, township, 0, b)); err != nil {
		t.Fatal(err)
	}
	if st := m.status(); st.Behind || len(st.Clashes) != 1 || st.Clashes[0].Theirs != "县里代填" {
		t.Errorf("with it: %+v", st)
	}
}

func TestReceiveNoticesWhateverIsWrongWithAFile(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{})
	must(t, s.office.Notify(ctx, reviewer, []catalog.UnitID{township.ID}, review.Notice{Title: "催报"}))
	b := s.pack(t, township, 0)
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		if _, err := m.Receive(ctx, bad); err == nil {
			t.Fatalf("byte %d flipped, and it is received", i)
		}
		if _, err := m.Receive(ctx, b[:i]); err == nil {
			t.Fatalf("cut to %d bytes, and it is received", i)
		}
	}
	if ns, err := m.Notices(ctx); err != nil || len(ns) != 0 {
		t.Errorf("notices %+v, %v", ns, err)
	}
}
