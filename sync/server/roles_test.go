package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

// signed is a catalog of a few entries, signed off as it is.
func signed(unit catalog.UnitID, sector catalog.Sector) catalog.Catalog {
	c := catalog.Catalog{Schema: catalog.Schema, Sector: sector, Revision: 1, TemplateVersion: "2026.1", RegisterVersion: "2026.1"}
	for _, u := range city() {
		if u.ID == unit {
			c.Unit = u
		}
	}
	c.Entries = catalogtest.Entries(7, 5)
	for i := range c.Entries {
		c.Entries[i].Sector = sector
	}
	return sign(c)
}

func sign(c catalog.Catalog) catalog.Catalog {
	a := catalog.Approval{By: "王五", At: "2026-11-20", Opinion: "同意"}
	c.SignOff = &catalog.SignOff{Revision: c.Revision, Digest: c.Digest(), Leader: a, Secrecy: a}
	return c
}

// submission is a bundle of the catalog.
func submission(t testing.TB, d device, c catalog.Catalog, base review.SubmissionID, answers ...review.Answer) []byte {
	t.Helper()
	p := wire.Submission{Catalog: c, Base: base, Answers: answers, SentAt: time.Now(), By: "张三"}
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Submission, At: p.SentAt, Unit: c.Unit.ID, Base: base}, p, d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// subject is what a request is about: something of one's own, or another's.
type subject struct {
	name   string
	unit   catalog.UnitID
	sector catalog.Sector
	device device // a device of the unit
	head   review.SubmissionID
	hash   review.Hash // of the submitted catalog
}

// walkers are all who may stand at a door, with the table's answer in mind: an
// account of each role, and a clerk's and a county's device.
func walkers(s *service, own device, countyDevice device) []review.Person {
	ps := people()
	for i := range ps {
		ps[i].Verified = true
	}
	for _, d := range []struct {
		device
		review.Role
		catalog.UnitID
	}{{own, review.Clerk, township}, {countyDevice, review.CountyReviewer, county}} {
		ps = append(ps, review.Person{ID: review.PersonID(d.id), Name: "某", Role: d.Role, Unit: d.UnitID, Device: d.id})
	}
	return ps
}

// knock is a valid request on a route about a subject.
func knock(t testing.TB, r wire.Route, about subject) *http.Request {
	t.Helper()
	look := wire.Look{Head: about.head}
	values := map[string]string{
		"unit": string(about.unit), "sector": string(about.sector), "hash": string(about.hash), "comment": "1", "device": about.device.id,
		"account": "clerk", "kind": "templates", "form": "form", "quarter": "2026Q3",
	}
	var args []string
	for _, part := range strings.Split(r.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			v, known := values[strings.TrimSuffix(name, "}")]
			if !known {
				t.Fatalf("%s: what is %s?", r.Name, part)
			}
			args = append(args, v)
		}
	}
	query := url.Values{}
	for _, p := range r.Query {
		switch p.Name {
		case "unit", "sector":
			if r.Subject == wire.InQuery {
				query.Set(p.Name, values[p.Name])
			}
		case "head":
			query.Set("head", string(about.head))
		case "version":
			query.Set("version", "1")
		}
	}
	var body any
	switch r.Request.(type) {
	case nil:
	case wire.Bytes:
		switch r.Name {
		case "request":
			body, _ = applying(t, about.unit)
		case "offer-pack":
			body = pack(t, about.device, submission(t, about.device, signed(about.unit, about.sector), ""))
		case "offer":
			body = submission(t, about.device, signed(about.unit, about.sector), "")
		default:
			body = []byte("released")
		}
	case wire.Invite:
		body = wire.Invite{Unit: about.unit, Role: review.Clerk}
	case wire.Notify:
		body = wire.Notify{Units: []catalog.UnitID{about.unit}, Notice: review.Notice{Title: "通知", Text: "请报送"}}
	case wire.Act:
		body = wire.Act{Look: look, Note: "理由"}
	case wire.Comment:
		body = wire.Comment{Look: look, Text: "请核对"}
	case wire.Erase:
		body = wire.Erase{Look: look, Reason: "个人信息"}
	case wire.PassMany:
		body = wire.PassMany{Cases: []wire.PassOne{{Case: review.CaseID{Unit: about.unit, Sector: about.sector}, Look: look}}}
	case []catalog.Unit:
		body = city()
	case review.Form:
		body = form()
	case wire.NewAccount:
		body = wire.NewAccount{ID: "fresh", Name: "新", Role: review.Auditor}
	case wire.Score:
		body = wire.Score{Losses: []review.Loss{{ID: "1", Indicator: "i1", Points: 1, Reason: "未公开"}}}
	default:
		body = r.Request
	}
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		in = bytes.NewReader(b)
	default:
		j, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		in = bytes.NewReader(j)
	}
	target := r.At(args...)
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	req := httptest.NewRequest(r.Method, target, in)
	req.RemoteAddr = "127.0.0.1:1"
	return req
}

func form() review.Form {
	return review.Form{ID: "form", Title: "测评表", Indicators: []review.Indicator{{ID: "i1", Path: []string{"目录"}, Group: "基本信息", Points: 10}}}
}

// allowed is what the table of roles says of a route, a person and a subject.
func allowed(r wire.Route, p review.Person, about subject, units map[catalog.UnitID]catalog.Unit) bool {
	switch {
	case r.Access == wire.Public || r.Access == wire.SignedOn:
		return true
	case r.Subject == wire.OfAll && review.Reach(p.Role, r.Action) == review.Everything:
		return true
	case r.Subject == wire.OfAll:
		// What is given is what the person may see; what is changed is everybody's.
		return r.Method == http.MethodGet && review.Reach(p.Role, r.Action) != review.None
	}
	sub := review.Subject{Unit: units[about.unit], Sector: about.sector}
	if r.Path == "/invitations" || r.Path == "/requests" || strings.HasPrefix(r.Path, "/devices") || strings.HasPrefix(r.Path, "/assessments") || r.Path == "/notices" || r.Path == "/feed.pack" {
		sub.Sector = ""
	}
	return review.May(p, r.Action, sub) == nil
}

// passing is what a person's passing is called.
func passing(p review.Person) review.Action {
	if p.Role == review.CityOffice {
		return review.ActApprove
	}
	return review.ActPass
}

// TestEveryRouteEveryRole walks everybody to every door, about what is theirs and
// about what is others', with a session and with all kinds of none.
func TestEveryRouteEveryRole(t *testing.T) {
	base := reviewtest.NewMemory()
	s := prepare(t, func(c *Config) { c.Store = base })
	subjects := []subject{
		{name: "own", unit: township, sector: ownSector, device: s.enrolled(township, review.Clerk)},
		{name: "foreign", unit: otherTownship, sector: otherSector, device: s.enrolled(otherTownship, review.Clerk)},
	}
	countyDevice, revoked := s.enrolled(county, review.CountyReviewer), s.enrolled(township, review.Clerk)
	ctx := context.Background()
	for i := range subjects {
		about := &subjects[i]
		b := submission(t, about.device, signed(about.unit, about.sector), "")
		about.head = bundle.HashOf(b)
		n := review.NewSubmission{ID: about.head, Catalog: signed(about.unit, about.sector), Bundle: b}
		if r, err := s.office.Submit(ctx, review.Person{ID: "d", Role: review.Clerk, Unit: about.unit}, n); err != nil || r.Status != review.Accepted {
			t.Fatal(r, err)
		}
		s.update(func(tx review.Tx) error {
			c, err := tx.Case(review.CaseID{Unit: about.unit, Sector: about.sector})
			about.hash = c.Submissions[0].Catalog
			return err
		})
	}
	if err := s.office.PutForm(ctx, people()[3], form()); err != nil {
		t.Fatal(err)
	}
	ps := walkers(s, subjects[0].device, countyDevice)
	tokens := map[review.PersonID]string{}
	s.update(func(tx review.Tx) (err error) {
		for _, p := range ps {
			if tokens[p.ID], _, err = s.access.begin(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	units := map[catalog.UnitID]catalog.Unit{}
	for _, u := range city() {
		units[u.ID] = u
	}

	ask := func(r wire.Route, about subject, token string) (reply, *reviewtest.Memory) {
		t.Helper()
		store := base.Copy()
		at := prepareOver(t, s, store)
		req := knock(t, r, about)
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		at.ServeHTTP(w, req)
		got := reply{w.Code, w.Header(), w.Body.Bytes()}
		conform(t, r, got)
		return got, store
	}
	written := func(store review.Store) (head uint64) {
		if err := store.View(ctx, func(tx review.Tx) error {
			r, err := tx.LogHead()
			head = r.Seq
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return head
	}
	before := written(base)

	asked := 0
	for _, r := range wire.Routes {
		for _, about := range subjects {
			for _, p := range ps {
				asked++
				got, store := ask(r, about, tokens[p.ID])
				who := fmt.Sprintf("%s to %s (%s, device %v)", p.Role, r.Name, about.name, p.Device != "")
				if allowed(r, p, about, units) {
					if got.status == http.StatusUnauthorized && r.Access != wire.Public || got.status == http.StatusForbidden && got.code() == wire.CodeDenied {
						t.Errorf("%s is refused: %d %s", who, got.status, got.body)
					}
					if r.Name == "pass-many" && review.May(p, passing(p), review.Subject{Unit: units[about.unit], Sector: about.sector}) != nil &&
						!strings.Contains(string(got.body), `"code":"denied"`) {
						t.Errorf("%s passes: %s", who, got.body)
					}
					if got.status >= 500 {
						t.Errorf("%s fails: %d %s", who, got.status, got.body)
					}
					continue
				}
				if got.status != http.StatusForbidden || got.code() != wire.CodeDenied {
					t.Errorf("%s is let in: %d %.200s", who, got.status, got.body)
				}
				if written(store) != before {
					t.Errorf("%s is refused and leaves something", who)
				}
			}
		}
	}
	t.Logf("%d requests with a session", asked)

	// No session, and what only looks like one.
	var nobody []struct{ name, token string }
	none := func(name, token string) {
		nobody = append(nobody, struct{ name, token string }{name, token})
	}
	none("no session", "")
	none("a token of nobody's", "QWERTYUIOPASDFGHJKLZXCVBNM")
	s.update(func(tx review.Tx) error {
		for name, p := range map[string]review.Person{
			"a disabled account":   {ID: "disabled"},
			"an account no more":   {ID: "gone", Role: review.CityOffice},
			"a revoked device":     {ID: review.PersonID(revoked.id), Device: revoked.id},
			"a person at one":      {ID: "city-office", Device: revoked.id},
			"a device of nobody's": {ID: "0123", Device: "0123"},
		} {
			token, _, err := s.access.begin(tx, p)
			if err != nil {
				return err
			}
			none(name, token)
		}
		d, err := tx.Device(revoked.id)
		if err != nil {
			return err
		}
		d.Revoked = s.clock.now()
		if err := tx.PutDevice(d); err != nil {
			return err
		}
		past := review.Session{Token: mark("session", "PAST"), Person: people()[3], Expires: s.clock.now()}
		none("a session that has ended", "PAST")
		used := review.Session{Token: mark("challenge", "CHALLENGE"), Person: people()[3], Expires: s.clock.now().Add(time.Hour)}
		none("a challenge", "CHALLENGE")
		for _, v := range []review.Session{past, used} {
			if err := tx.PutSession(v); err != nil {
				return err
			}
		}
		return tx.PutAccount(review.Account{Person: review.Person{ID: "disabled", Name: "停用", Role: review.CityOffice}, Disabled: true})
	})
	before = written(base)
	public := map[string]bool{"service": true, "enrol": true, "challenge": true, "sign-on": true, "openapi": true, "healthz": true, "readyz": true, "metrics": true}
	for _, r := range wire.Routes {
		if public[r.Name] != (r.Access == wire.Public) {
			t.Errorf("%s: public %v", r.Name, r.Access == wire.Public)
		}
		if r.Access == wire.Public {
			continue
		}
		for _, n := range nobody {
			got, store := ask(r, subjects[0], n.token)
			if got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s to %s: %d %.200s", n.name, r.Name, got.status, got.body)
			}
			if written(store) != before {
				t.Errorf("%s to %s leaves something", n.name, r.Name)
			}
		}
	}
}

// prepareOver is a service like s over another store.
func prepareOver(t testing.TB, s *service, store review.Store) *Server {
	t.Helper()
	cfg := s.cfg
	cfg.Store, cfg.Office = store, review.NewOffice(store, cfg.Now, review.Rules{})
	at, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestOthersBundlesAndReceipts looks at what has no unit in its path.
func TestOthersBundlesAndReceipts(t *testing.T) {
	s := start(t)
	own, other := s.enrolled(township, review.Clerk), s.enrolled(otherTownship, review.Clerk)
	ownToken, otherToken := s.deviceSignedOn(own), s.deviceSignedOn(other)

	// A bundle speaks for the device that signed it, whoever hands it in.
	if r := s.to(ownToken, "offer", submission(t, own, signed(otherTownship, ownSector), "")); r.code() != wire.CodeDenied {
		t.Errorf("a township submits for another: %d %s", r.status, r.body)
	}
	b := submission(t, own, signed(township, ownSector), "")
	receipt := into[review.Receipt](t, s.to(otherToken, "offer", b))
	if receipt.Status != review.Accepted {
		t.Errorf("carried by another: %+v", receipt)
	}
	if again := into[review.Receipt](t, s.to(ownToken, "offer", b)); again.At != receipt.At || again.Number != 1 {
		t.Errorf("received twice: %+v, first %+v", again, receipt)
	}
	into[review.Receipt](t, s.to(ownToken, "receipt", nil, string(receipt.Bundle)))
	for _, token := range []string{otherToken, s.signedOn("auditor"), s.signedOn("administrator")} {
		if r := s.to(token, "receipt", nil, string(receipt.Bundle)); r.code() != wire.CodeDenied {
			t.Errorf("another's receipt: %d %s", r.status, r.body)
		}
	}
	// What a person who has signed on at the device hands in is that person's.
	bound := into[wire.Session](t, s.to(ownToken, "sign-on", wire.SignOn{Account: "clerk", Password: goodPassword})).Token
	into[review.Receipt](t, s.to(bound, "offer", submission(t, own, signed(township, otherSector), "")))
	s.update(func(tx review.Tx) error {
		c, err := tx.Case(review.CaseID{Unit: township, Sector: ownSector})
		if by := c.Submissions[0].By; by.Name != "张三" || by.Verified || by.Device != own.id {
			t.Errorf("submitted by %+v", by)
		}
		if err != nil {
			return err
		}
		c, err = tx.Case(review.CaseID{Unit: township, Sector: otherSector})
		if by := c.Submissions[0].By; by.ID != "clerk" || !by.Verified || by.Device != own.id {
			t.Errorf("signed on, submitted by %+v", by)
		}
		return err
	})
}

func TestBundlesThatAreNone(t *testing.T) {
	s := start(t, func(c *Config) {
		id, err := bundle.NewIdentity()
		if err != nil {
			t.Fatal(err)
		}
		c.Identity = id
	})
	d := s.enrolled(township, review.Clerk)
	token := s.deviceSignedOn(d)
	good := submission(t, d, signed(township, ownSector), "")
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 1
	item, err := s.sealed(review.Item{Kind: review.ItemNotice})
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := bundle.SealJSON(bundle.Header{Kind: bundle.Certificate}, wire.Certificate{Key: d.Public(), Suite: d.Suite()}, d)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := bundle.Seal(bundle.Header{Kind: bundle.Pack}, bundle.Packed([][]byte{good}), d)
	if err != nil {
		t.Fatal(err)
	}
	other, err := bundle.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	forOther, err := bundle.Encrypt(good, other.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		body []byte
		code wire.Code
	}{
		{"nothing", nil, wire.CodeDamaged},
		{"a page", []byte("<html>"), wire.CodeDamaged},
		{"half", good[:len(good)/2], wire.CodeDamaged},
		{"a flipped bit", flipped, wire.CodeWrongSignature},
		{"of a newer format", bytes.Replace(good, []byte("BUNDLE 1"), []byte("BUNDLE 2"), 1), wire.CodeUnsupported},
		{"of a stranger", submission(t, newDevice(t), signed(township, ownSector), ""), wire.CodeUnknownDevice},
		{"the service's own item", item, wire.CodeUnknownDevice},
		{"a certificate", certificate, wire.CodeUnsupported},
		{"a pack", pack, wire.CodeUnsupported},
		{"encrypted to another", forOther, wire.CodeDamaged},
	} {
		r := s.to(token, "offer", tt.body)
		if r.code() != tt.code {
			t.Errorf("%s: %d %s, want %s", tt.name, r.status, r.body, tt.code)
		}
	}
	encrypted, err := bundle.Encrypt(good, s.recipient())
	if err != nil {
		t.Fatal(err)
	}
	first := into[review.Receipt](t, s.to(token, "offer", encrypted))
	if second := into[review.Receipt](t, s.to(token, "offer", good)); first.Bundle != bundle.HashOf(good) || second.Bundle != first.Bundle || second.At != first.At {
		t.Errorf("encrypted and plain are two: %+v and %+v", first, second)
	}
}

// pack is a device's file for the stick.
func pack(t testing.TB, d device, bundles ...[]byte) []byte {
	t.Helper()
	b, err := bundle.Seal(bundle.Header{Kind: bundle.Pack}, bundle.Packed(bundles), d.Key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestOfferPack hands in a stick twice: each bundle of it counts once, one that
// cannot be taken keeps out no other, and what no device sealed is no stick.
func TestOfferPack(t *testing.T) {
	s := start(t)
	d := s.enrolled(township, review.Clerk)
	first, second := submission(t, d, signed(township, ownSector), ""), submission(t, d, signed(township, otherSector), "")
	foreign := submission(t, d, signed(otherTownship, ownSector), "")
	by := s.signedOn("county-reviewer")
	for range 2 {
		rs := into[[]review.Receipt](t, s.to(by, "offer-pack", pack(t, d, first, foreign, second)))
		if len(rs) != 3 || rs[0].Status != review.Accepted || rs[1].Problem != string(wire.CodeDenied) || rs[2].Status != review.Accepted || rs[2].Number != 1 {
			t.Errorf("receipts %+v; want one accepted, one denied, one accepted", rs)
		}
	}
	if r := s.to(by, "offer-pack", first); r.code() != wire.CodeUnsupported {
		t.Errorf("a bundle for a pack: %d %s", r.status, r.body)
	}
	if r := s.to(by, "offer-pack", []byte("U盘")); r.code() != wire.CodeDamaged {
		t.Errorf("anything for a pack: %d %s", r.status, r.body)
	}
}
