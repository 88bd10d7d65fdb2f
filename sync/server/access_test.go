package server

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

func TestPasswordIsHashedAndHashedAnewWhenParametersGrow(t *testing.T) {
	encoded := cheap.encode("密码密码密码密码密码")
	if !strings.HasPrefix(encoded, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("encoded as %q", encoded)
	}
	if encoded == cheap.encode("密码密码密码密码密码") {
		t.Error("two hashes of one password are the same: no salt")
	}
	grown := hashing{memory: 128, passes: 1, threads: 1}
	for _, tt := range []struct {
		h         hashing
		password  string
		ok, stale bool
	}{
		{cheap, "密码密码密码密码密码", true, false},
		{grown, "密码密码密码密码密码", true, true},
		{cheap, "密码密码密码密码密", false, false},
		{cheap, "", false, false},
	} {
		if ok, stale := tt.h.matches(encoded, tt.password); ok != tt.ok || stale != tt.stale {
			t.Errorf("matches(%q) = %v, %v, want %v, %v", tt.password, ok, stale, tt.ok, tt.stale)
		}
	}
	for _, broken := range []string{"", "x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=0,p=0$AAAA$AAAA", "$argon2id$v=18$m=64,t=1,p=1$AAAA$AAAA"} {
		if ok, _ := cheap.matches(broken, ""); ok {
			t.Errorf("%q matches", broken)
		}
	}

	s := start(t)
	s.access.hashing = grown
	s.signedOn("clerk")
	s.update(func(tx review.Tx) error {
		acc, err := tx.Account("clerk")
		if !strings.Contains(acc.Password, "m=128,") {
			t.Errorf("after signing on the password is still %q", acc.Password)
		}
		return err
	})
	s.signedOn("clerk")
}

// requestID is what differs between answers in any case.
var requestID = regexp.MustCompile(`"request":"\w+"`)

func TestLockOutTellsNobodyWhichAccountsExist(t *testing.T) {
	s := start(t)
	try := func(account string) string {
		r := s.to("", "sign-on", wire.SignOn{Account: review.PersonID(account), Password: "wrong wrong wrong"})
		return fmt.Sprint(r.status, " ", requestID.ReplaceAllString(string(r.body), ""), " ", r.header.Get("Retry-After"))
	}
	s.update(func(tx review.Tx) error {
		acc, err := tx.Account("auditor")
		acc.Disabled = true
		if err := tx.PutAccount(acc); err != nil {
			return err
		}
		return err
	})
	var waits []string
	for range 12 {
		known, unknown, disabled := try("clerk"), try("nobody"), try("auditor")
		if known != unknown || known != disabled {
			t.Fatalf("one who is there gets\n%s\none who is not\n%s\none who is disabled\n%s", known, unknown, disabled)
		}
		waits = append(waits, known[strings.LastIndex(known, " ")+1:])
		s.clock.pass(10 * time.Second)
	}
	// The fifth wrong password locks; ten seconds later there are five left of
	// fifteen, after which the sixth locks for thirty.
	if got, want := strings.Join(waits, ","), ",,,,,5,,20,10,,50,40"; got != want {
		t.Errorf("Retry-After over time %q, want %q", got, want)
	}
	// While locked out the right password is no use; afterwards it is, and forgets.
	if r := s.to("", "sign-on", wire.SignOn{Account: "clerk", Password: goodPassword}); r.status != http.StatusTooManyRequests {
		t.Errorf("the right password while locked out: %d", r.status)
	}
	s.clock.pass(time.Hour)
	s.signedOn("clerk")
	if got := try("clerk"); strings.HasPrefix(got, "429") {
		t.Errorf("after signing on wrong passwords still count: %s", got)
	}
}

func TestManyGuessesAtOnceAreNoWayAroundTheLockOut(t *testing.T) {
	s := start(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := map[int]int{}
	for range 40 {
		wg.Go(func() {
			r := s.to("", "sign-on", wire.SignOn{Account: "clerk", Password: "wrong wrong wrong"})
			mu.Lock()
			got[r.status]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if got[http.StatusUnauthorized] != freeFailures+1 || got[http.StatusTooManyRequests] != 40-freeFailures-1 {
		t.Errorf("statuses %v, want %d of 401 and the rest 429", got, freeFailures+1)
	}
}

func TestPasswordHasToBeChangedFirst(t *testing.T) {
	s := start(t)
	admin := s.signedOn("administrator")
	made := into[wire.AccountMade](t, s.to(admin, "add-account", wire.NewAccount{ID: " Li.Si ", Name: "李四", Role: review.Clerk, Unit: township}))
	if made.ID != "li.si" || !made.MustChange || len(made.Password) < minPassword {
		t.Fatalf("made %+v", made)
	}
	session := into[wire.Session](t, s.to("", "sign-on", wire.SignOn{Account: "LI.SI", Password: made.Password}))
	if !session.MustChange {
		t.Error("the session does not say that the password has to be changed")
	}
	for _, route := range []string{"units", "queue", "offer", "feed", "progress"} {
		if r := s.to(session.Token, route, nil); r.code() != wire.CodeMustChange {
			t.Errorf("%s before the change: %d %s", route, r.status, r.body)
		}
	}
	if r := s.to(session.Token, "me", nil); r.status != http.StatusOK {
		t.Errorf("me: %d", r.status)
	}
	for _, bad := range []wire.Password{
		{Old: made.Password, New: "short"}, {Old: made.Password, New: made.Password}, {Old: made.Password, New: strings.Repeat("x", 300)},
	} {
		if r := s.to(session.Token, "password", bad); r.code() != wire.CodeInvalid {
			t.Errorf("changing to %.20q: %d %s", bad.New, r.status, r.body)
		}
	}
	if r := s.to(session.Token, "password", wire.Password{Old: "not this one", New: "a fresh password"}); r.code() != wire.CodeWrongPassword {
		t.Errorf("with the wrong old one: %d %s", r.status, r.body)
	}
	other := into[wire.Session](t, s.to("", "sign-on", wire.SignOn{Account: "li.si", Password: made.Password})).Token
	if r := s.to(session.Token, "password", wire.Password{Old: made.Password, New: "a fresh password"}); r.status != http.StatusNoContent {
		t.Fatalf("change: %d %s", r.status, r.body)
	}
	if r := s.to(session.Token, "units", nil); r.status != http.StatusOK {
		t.Errorf("after the change: %d %s", r.status, r.body)
	}
	if r := s.to(other, "me", nil); r.status != http.StatusUnauthorized {
		t.Errorf("another session goes on after the change: %d", r.status)
	}
	if r := s.to("", "sign-on", wire.SignOn{Account: "li.si", Password: made.Password}); r.status != http.StatusUnauthorized {
		t.Errorf("the old password still signs on: %d", r.status)
	}
}

func TestSessionEndsWhenItShould(t *testing.T) {
	s := start(t)
	alive := func(token string) bool { return s.to(token, "me", nil).status == http.StatusOK }

	used, idle := s.signedOn("clerk"), s.signedOn("clerk")
	for range 10 {
		s.clock.pass(wire.SessionLife / 2)
		if !alive(used) {
			t.Fatal("a session in use has ended")
		}
	}
	if alive(idle) {
		t.Error("an idle session goes on")
	}
	for range 20 {
		s.clock.pass(wire.SessionLife / 2)
		alive(used)
	}
	if alive(used) {
		t.Error("a session goes on for ever by being used")
	}

	off := s.signedOn("clerk")
	if r := s.to(off, "sign-off", nil); r.status != http.StatusNoContent || alive(off) {
		t.Errorf("signing off: %d, and the session goes on: %v", r.status, alive(off))
	}

	admin, clerk := s.signedOn("administrator"), s.signedOn("clerk")
	yes, no, role, none := true, false, review.CityOffice, catalog.UnitID("")
	if r := s.to(admin, "change-account", wire.AccountChange{Role: &role, Unit: &none}, "clerk"); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if p := into[review.Person](t, s.to(clerk, "me", nil)); p.Role != review.CityOffice {
		t.Errorf("a changed role works only after signing on again: %+v", p)
	}
	s.to(admin, "change-account", wire.AccountChange{Disabled: &yes}, "clerk")
	if alive(clerk) {
		t.Error("a disabled account's session goes on")
	}
	s.to(admin, "change-account", wire.AccountChange{Disabled: &no}, "clerk")
	if alive(clerk) {
		t.Error("the session is back with the account")
	}
	for _, token := range []string{"", "x", strings.Repeat("A", 52), strings.Repeat("A", 5000)} {
		if r := s.to(token, "me", nil); r.status != http.StatusUnauthorized {
			t.Errorf("token %.10q: %d", token, r.status)
		}
	}
}

func TestDeviceSignsOnByItsKey(t *testing.T) {
	s := start(t)
	d, other := s.enrolled(township, review.Clerk), s.enrolled(neighbour, review.Clerk)
	in := s.signOn(d)
	session := into[wire.Session](t, s.to("", "sign-on", in))
	want := review.Person{ID: review.PersonID(d.id), Name: "张三", Role: review.Clerk, Unit: township, Device: d.id}
	if got := into[review.Person](t, s.to(session.Token, "me", nil)); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("me = %+v, want %+v", got, want)
	}
	if r := s.to("", "sign-on", in); r.code() != wire.CodeWrongSignature {
		t.Errorf("a challenge counts twice: %d %s", r.status, r.body)
	}
	if r := s.to(in.Challenge, "me", nil); r.status == http.StatusOK {
		t.Error("a challenge is a token")
	}

	late := s.signOn(d)
	s.clock.pass(wire.NonceLife)
	if r := s.to("", "sign-on", late); r.code() != wire.CodeWrongSignature {
		t.Errorf("a challenge that has ended: %d %s", r.status, r.body)
	}
	theirs := s.signOn(other)
	theirs.Device = d.id
	if r := s.to("", "sign-on", theirs); r.code() != wire.CodeWrongSignature {
		t.Errorf("another device's challenge and signature: %d %s", r.status, r.body)
	}
	forService := s.signOn(d)
	forService.Signature, _ = d.Sign(wire.SignOnMessage("another service", forService.Challenge))
	if r := s.to("", "sign-on", forService); r.code() != wire.CodeWrongSignature {
		t.Errorf("a signature for another service: %d %s", r.status, r.body)
	}

	// A person who signs on at the device is bound to it: its end is the session's.
	req, token := wire.SignOn{Account: "clerk", Password: goodPassword}, session.Token
	bound := into[wire.Session](t, s.to(token, "sign-on", req))
	if bound.Person.Device != d.id || !bound.Person.Verified || bound.Person.ID != "clerk" {
		t.Errorf("signed on at the device as %+v", bound.Person)
	}
	s.update(func(tx review.Tx) error {
		v, err := tx.Device(d.id)
		v.Revoked = s.clock.now()
		if err != nil {
			return err
		}
		return tx.PutDevice(v)
	})
	for _, token := range []string{session.Token, bound.Token} {
		if r := s.to(token, "me", nil); r.code() != wire.CodeRevoked {
			t.Errorf("a session of a revoked device: %d %s", r.status, r.body)
		}
	}
	if r := s.to("", "sign-on", s.signOn(d)); r.code() != wire.CodeRevoked {
		t.Errorf("a revoked device signs on: %d %s", r.status, r.body)
	}
}

func TestSomebodyAlwaysAdministers(t *testing.T) {
	s := start(t)
	admin := s.signedOn("administrator")
	yes, role := true, review.Auditor
	for _, c := range []wire.AccountChange{{Disabled: &yes}, {Role: &role}} {
		if r := s.to(admin, "change-account", c, "administrator"); r.code() != wire.CodeState {
			t.Errorf("the last administrator is gone: %d %s", r.status, r.body)
		}
	}
	into[wire.AccountMade](t, s.to(admin, "add-account", wire.NewAccount{ID: "second", Name: "二", Role: review.Administrator}))
	into[wire.AccountMade](t, s.to(admin, "change-account", wire.AccountChange{Disabled: &yes}, "administrator"))
}

func TestAccountsAreCheckedListedAndLogged(t *testing.T) {
	s := start(t)
	admin := s.signedOn("administrator")
	for _, tt := range []struct {
		field string
		in    wire.NewAccount
	}{
		{"id", wire.NewAccount{ID: "x", Name: "某", Role: review.Auditor}},
		{"id", wire.NewAccount{ID: "a b", Name: "某", Role: review.Auditor}},
		{"id", wire.NewAccount{ID: review.PersonID(strings.Repeat("ab", 16)), Name: "某", Role: review.Auditor}},
		{"name", wire.NewAccount{ID: "xy", Role: review.Auditor}},
		{"role", wire.NewAccount{ID: "xy", Name: "某", Role: "king"}},
		{"unit", wire.NewAccount{ID: "xy", Name: "某", Role: review.Clerk}},
		{"unit", wire.NewAccount{ID: "xy", Name: "某", Role: review.CountyReviewer, Unit: township}},
		{"unit", wire.NewAccount{ID: "xy", Name: "某", Role: review.CityOffice, Unit: township}},
		{"sectors", wire.NewAccount{ID: "xy", Name: "某", Role: review.DepartmentReviewer, Unit: department}},
		{"sectors", wire.NewAccount{ID: "xy", Name: "某", Role: review.Auditor, Sectors: people()[2].Sectors}},
		{"password", wire.NewAccount{ID: "xy", Name: "某", Role: review.Auditor, Password: "short"}},
		{"password", wire.NewAccount{ID: "xyxyxyxyxyxy", Name: "某", Role: review.Auditor, Password: "XYXYxyxyxyxy"}},
	} {
		r := s.to(admin, "add-account", tt.in)
		if r.code() != wire.CodeInvalid || !strings.Contains(string(r.body), `"field":"`+tt.field+`"`) {
			t.Errorf("adding %+v: %d %s, want %s to be refused", tt.in, r.status, r.body, tt.field)
		}
	}
	if r := s.to(admin, "add-account", wire.NewAccount{ID: "Clerk", Name: "某", Role: review.Auditor}); r.code() != wire.CodeConflict {
		t.Errorf("an account twice: %d %s", r.status, r.body)
	}
	made := into[wire.AccountMade](t, s.to(admin, "add-account", wire.NewAccount{ID: "xy", Name: "某", Role: review.Auditor, Password: "a password given"}))
	if made.Password != "" {
		t.Error("a password that was given comes back")
	}
	for range freeFailures + 1 {
		s.to("", "sign-on", wire.SignOn{Account: "xy", Password: "wrong wrong wrong"})
	}
	list := s.to(admin, "accounts", nil)
	if strings.Contains(string(list.body), "argon2") {
		t.Error("the list of accounts holds their passwords")
	}
	var locked bool
	for _, a := range into[[]wire.Account](t, list) {
		locked = locked || a.ID == "xy" && a.LockedUntil.After(s.clock.now())
	}
	if !locked {
		t.Error("the list does not say who is locked out")
	}
	into[wire.AccountMade](t, s.to(admin, "change-account", wire.AccountChange{Unlock: true}, "xy"))
	into[wire.Session](t, s.to("", "sign-on", wire.SignOn{Account: "xy", Password: "a password given"}))

	var log []review.Record
	s.update(func(tx review.Tx) (err error) {
		log, err = tx.Records(0, 100)
		return err
	})
	var lines []string
	for _, r := range log {
		lines = append(lines, fmt.Sprintf("%s %s %s %s", r.By.ID, r.Action, r.Subject, r.Note))
		if strings.Contains(string(r.Before)+string(r.After)+r.Note, "argon2") {
			t.Errorf("the log holds a password: %s%s", r.Before, r.After)
		}
	}
	want := []string{
		"administrator sign-on administrator ",
		"administrator accounts xy ",
		" sign-on xy wrong password, 1 in a row",
		" sign-on xy wrong password, 2 in a row",
		" sign-on xy wrong password, 3 in a row",
		" sign-on xy wrong password, 4 in a row",
		" sign-on xy wrong password, 5 in a row",
		"administrator accounts xy ",
		"xy sign-on xy ",
	}
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("the log says\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestFirstAdministrator(t *testing.T) {
	ctx, store := context.Background(), reviewtest.NewMemory()
	if has, err := HasAdministrator(ctx, store); has || err != nil {
		t.Fatalf("an empty store has an administrator: %v, %v", has, err)
	}
	cfg := Config{Store: store, hashing: cheap}
	first, err := MakeAdministrator(ctx, cfg, "Admin", "管理员")
	if err != nil {
		t.Fatal(err)
	}
	if has, err := HasAdministrator(ctx, store); !has || err != nil {
		t.Fatalf("there is no administrator after one was made: %v, %v", has, err)
	}
	again, err := MakeAdministrator(ctx, cfg, "admin", "管理员")
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, func(c *Config) { c.Store = store })
	if r := s.to("", "sign-on", wire.SignOn{Account: "admin", Password: first}); r.status != http.StatusUnauthorized {
		t.Errorf("the first password signs on after another was made: %d", r.status)
	}
	if got := into[wire.Session](t, s.to("", "sign-on", wire.SignOn{Account: "admin", Password: again})); !got.MustChange {
		t.Error("the administrator need not change the password")
	}
	if _, err := MakeAdministrator(ctx, s.cfg, "clerk", "管理员"); err == nil {
		t.Error("a clerk was made an administrator")
	}
}
