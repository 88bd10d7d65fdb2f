package review_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func device(id string) review.Device {
	return review.Device{ID: id, Key: []byte(id), Suite: "ed25519", Name: "办公室电脑", Unit: zhanghe, Role: review.CityOffice}
}

func TestEnrol(t *testing.T) {
	c := newCity(t)
	code, err := c.Invite(ctx, county, jishan, review.Clerk, time.Hour)
	c.must(err)
	if dump := c.store.Dump(); strings.Contains(dump, code) || strings.Contains(dump, strings.ReplaceAll(code, "-", "")) {
		t.Error("the store holds the code")
	}
	_, err = c.Enrol(ctx, "AAAA-AAAA-AAAA-AAAA", device("a"))
	c.wants("a guessed code", err, review.ErrBadCode)
	got, err := c.Enrol(ctx, " "+strings.ToLower(strings.ReplaceAll(code, "-", "")), device("a"))
	c.must(err)
	if got.Unit != jishan || got.Role != review.Clerk || got.By.ID != county.ID {
		t.Errorf("enrolled %+v, want what the invitation says", got)
	}
	before := c.store.Copy()
	if again, err := c.Enrol(ctx, code, device("a")); err != nil || !again.Enrolled.Equal(got.Enrolled) {
		t.Errorf("the same device again: %+v, %v", again, err)
	}
	_, err = c.Enrol(ctx, code, device("b"))
	c.wants("another device", err, review.ErrBadCode)
	if !c.store.Equal(before) {
		t.Error("a code used twice changed the store")
	}
	late, err := c.Invite(ctx, county, jishan, review.Clerk, time.Minute)
	c.must(err)
	c.now = c.now.Add(time.Hour)
	_, err = c.Enrol(ctx, late, device("c"))
	c.wants("a code that has ended", err, review.ErrBadCode)

	c.must(c.store.Update(ctx, func(tx review.Tx) error {
		return tx.PutSession(review.Session{Token: "s", Person: review.Person{ID: "a"}, Expires: c.now.Add(time.Hour)})
	}))
	c.must(c.Revoke(ctx, county, "a"))
	c.must(c.Revoke(ctx, county, "a"))
	c.must(c.store.View(ctx, func(tx review.Tx) error {
		_, err := tx.Session("s")
		c.wants("the session of a revoked device", err, catalog.ErrNotFound)
		return nil
	}))
	_, err = c.Enrol(ctx, code, device("a"))
	c.wants("a revoked device by its old code", err, review.ErrBadCode)
	fresh, err := c.Invite(ctx, county, jishan, review.Clerk, time.Hour)
	c.must(err)
	_, err = c.Enrol(ctx, fresh, device("a"))
	c.wants("a revoked key by a new code", err, catalog.ErrConflict)
	_, err = c.Enrol(ctx, fresh, device("d")) // the code was not used up
	c.must(err)
	c.wants("nobody's device", c.Revoke(ctx, office, "x"), catalog.ErrNotFound)
	c.wantsDenied("who revokes nothing", c.Revoke(ctx, clerk, "x"))

	for _, tt := range []struct {
		p    review.Person
		unit catalog.UnitID
		want int
	}{{county, "", 2}, {county, jishan, 2}, {otherCount, "", 0}, {office, "", 2}, {admin, jishan, 2}} {
		if ds, err := c.Devices(ctx, tt.p, tt.unit); err != nil || len(ds) != tt.want {
			t.Errorf("%s sees %d devices of %q, %v", tt.p.ID, len(ds), tt.unit, err)
		}
	}
	_, err = c.Devices(ctx, clerk, "")
	c.wantsDenied("a clerk", err)
}

// TestEnrolRequest: by a file, for a place that is never online.
func TestEnrolRequest(t *testing.T) {
	c := newCity(t)
	d := device("a")
	d.Unit, d.Role = jishan, review.Clerk
	first, err := c.EnrolRequest(ctx, county, d)
	c.must(err)
	again, err := c.EnrolRequest(ctx, county, d)
	c.must(err)
	if !again.Enrolled.Equal(first.Enrolled) {
		t.Errorf("the same file twice: %+v, %+v", first, again)
	}
	moved := d
	moved.Unit = xuzhen
	_, err = c.EnrolRequest(ctx, county, moved)
	c.wants("the same key for another unit", err, catalog.ErrConflict)
	for _, tt := range []struct {
		name string
		unit catalog.UnitID
		role review.Role
		ok   bool
	}{
		{"a county's own machine", nanling, review.CountyReviewer, true},
		{"a clerk of the county", nanling, review.Clerk, true},
		{"a township as the county", jishan, review.CountyReviewer, false},
		{"the city's office", nanling, review.CityOffice, false},
		{"an administrator", jishan, review.Administrator, false},
	} {
		d := device(tt.name)
		d.Unit, d.Role = tt.unit, tt.role
		_, err := c.EnrolRequest(ctx, county, d)
		var invalid *review.InvalidError
		if tt.ok != (err == nil) || !tt.ok && !errors.As(err, &invalid) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, err := c.Invite(ctx, county, tt.unit, tt.role, time.Hour); tt.ok != (err == nil) {
			t.Errorf("%s by a code: %v", tt.name, err)
		}
	}
	_, err = c.EnrolRequest(ctx, office, review.Device{ID: "k", Unit: jishan})
	if err == nil {
		t.Error("a device without a key was enrolled")
	}
}

func TestAdmin(t *testing.T) {
	c := newCity(t)
	for _, u := range []catalog.Unit{{}, {ID: "x"}, {ID: "x", Name: "甲", Successor: "x"}, {ID: "x", Name: "甲", Parent: "y"}, {ID: "x", Name: "甲", Successor: "y"}} {
		before := c.store.Copy()
		if err := c.PutUnits(ctx, office, []catalog.Unit{units[0], u}); err == nil || !c.store.Equal(before) {
			t.Errorf("PutUnits(%+v): %v", u, err)
		}
	}
	c.wants("a department that is not there", c.SetResponsible(ctx, office, tax, "x"), catalog.ErrNotFound)
	c.must(c.SetResponsible(ctx, office, tax, minzheng))
	c.must(c.SetResponsible(ctx, office, tax, ""))
	m, err := c.Responsible(ctx, clerk)
	c.must(err)
	if len(m) != 2 || m[aid] != minzheng {
		t.Errorf("responsible %v", m)
	}
	for _, p := range []review.Policy{{CountyDays: -1}, {JointDays: 1000}, {DueDay: 32}} {
		if err := c.SetPolicy(ctx, admin, p); err == nil {
			t.Errorf("SetPolicy(%+v) was taken", p)
		}
	}
	c.must(c.SetPolicy(ctx, admin, review.Policy{JointDays: 7}))
	if p, err := c.Policy(ctx, clerk); err != nil || p != (review.Policy{CountyDays: 5, JointDays: 7, RectifyDays: 10, DueDay: 30}) {
		t.Errorf("policy %+v, %v", p, err)
	}
	for _, r := range []struct{ kind, version, blob string }{{"", "1", "x"}, {"poems", "1", "x"}, {"calendar", "", "x"}, {"calendar", "1", ""}} {
		if _, err := c.Release(ctx, office, r.kind, r.version, []byte(r.blob)); err == nil {
			t.Errorf("Release(%+v) was taken", r)
		}
	}
}
