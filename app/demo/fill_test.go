//go:build !race

// The city takes minutes under the race detector and one goroutine fills it; make
// unit fills it without.

package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"mulutong/app/demo"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/templates"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("CST", 8*60*60))

func fill(t *testing.T) (review.Store, []review.Account) {
	t.Helper()
	s := reviewtest.NewMemory()
	accounts, err := demo.Fill(context.Background(), s, demo.Options{Templates: templates.Embedded(), Now: noon, Password: "hash"})
	if err != nil {
		t.Fatal(err)
	}
	return s, accounts
}

// TestTheCityHoldsEveryState fills two cities and looks at one: what is in it, that
// its log runs forward and is whole, and that the other is the same.
func TestTheCityHoldsEveryState(t *testing.T) {
	s, accounts := fill(t)
	ctx := context.Background()
	roles := map[review.Role]bool{}
	for _, a := range accounts {
		roles[a.Role] = true
	}
	if len(roles) != len(review.Roles) {
		t.Errorf("accounts of %d roles; want one of each", len(roles))
	}
	office := review.NewOffice(s, func() time.Time { return noon }, review.Rules{Calendar: templates.Embedded().Calendar()})
	p, err := office.Progress(ctx, review.Person{ID: "office", Role: review.CityOffice}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range []review.State{review.InCounty, review.InJoint, review.Returned, review.Approved, review.Published, review.Withdrawn, review.Recalled} {
		if p.Counts[state] == 0 {
			t.Errorf("no case is %q", state)
		}
	}
	if len(p.Units) != 64+7*3 {
		t.Errorf("%d units keep catalogs; want 64 townships and three departments of each county", len(p.Units))
	}
	if p.Late == 0 || p.Head.Seq == 0 {
		t.Errorf("%d cases late, log head %d; want some of each", p.Late, p.Head.Seq)
	}
	as, err := office.Assessments(ctx, review.Person{ID: "office", Role: review.CityOffice}, "2026Q3", "")
	if err != nil {
		t.Fatal(err)
	}
	states := map[review.AssessmentState]bool{}
	for _, a := range as {
		states[a.State] = true
	}
	if len(as) != 64 || len(states) != 5 {
		t.Errorf("%d assessments in %d states; want 64 in 5", len(as), len(states))
	}
	if _, err := office.VerifyLog(ctx, review.Person{ID: "audit", Role: review.Auditor}); err != nil {
		t.Errorf("verify the log: %v", err)
	}
	var rs []review.Record
	if err := s.View(ctx, func(tx review.Tx) error { rs, err = tx.Records(0, 0); return err }); err != nil {
		t.Fatal(err)
	}
	again, _ := fill(t)
	if err := again.View(ctx, func(tx review.Tx) error {
		head, err := tx.LogHead()
		if head.Hash != p.Head.Hash {
			t.Errorf("filled again on the same day, the log ends in %s; before in %s", head.Hash, p.Head.Hash)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(ctx, s, demo.Options{Templates: templates.Embedded(), Now: noon}); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("filling what is filled: %v, want ErrNotEmpty", err)
	}
	for i, r := range rs {
		if r.At.After(noon) || i > 0 && r.At.Before(rs[i-1].At) {
			t.Fatalf("record %d is of %s, after %s", r.Seq, r.At, rs[max(i-1, 0)].At)
		}
	}
}
