package server

import (
	"net/http"
	"strings"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/sqlstore"
	"mulutong/sync/sqlstore/pgtest"
	"mulutong/sync/wire"
)

// TestTheWholeLoop goes the way of a catalog from a device's enrolment to its
// publication, and past everything else the service does: by the end every route
// has answered with a success.
func TestTheWholeLoop(t *testing.T) {
	t.Run("in memory", func(t *testing.T) { wholeLoop(t, start(t)) })
	for name, where := range map[string]func(testing.TB) string{
		"SQLite":     func(t testing.TB) string { return t.TempDir() },
		"PostgreSQL": pgtest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			store, err := sqlstore.Open(t.Context(), where(t))
			if err != nil {
				t.Fatal(err)
			}
			s := prepare(t, func(c *Config) { c.Store = store })
			defer func() {
				if err := store.Close(); err != nil {
					t.Error(err)
				}
			}()
			defer s.runPlain()()
			wholeLoop(t, s)
		})
	}
}

func wholeLoop(t *testing.T, s *service) {
	done := func(r reply) {
		t.Helper()
		if r.status != http.StatusNoContent {
			t.Fatalf("status %d: %s", r.status, r.body)
		}
	}
	service := into[wire.Service](t, s.to("", "service", nil))
	office, admin, auditor := s.signedOn("city-office"), s.signedOn("administrator"), s.signedOn("auditor")
	countyToken, departmentToken := s.signedOn("county-reviewer"), s.signedOn("department-reviewer")

	// Two machines enrol: one by a code, one by a file.
	code := into[wire.Invitation](t, s.to(countyToken, "invite", wire.Invite{Unit: township, Role: review.Clerk})).Code
	request, d := applying(t, township)
	certificate := s.to("", "enrol", wire.Enrol{Code: strings.ToLower(code), Request: request})
	own, err := bundle.OpenOwn(certificate.body, bundle.Certificate)
	if err != nil {
		t.Fatal(err, string(certificate.body))
	}
	var cert wire.Certificate
	if err := own.Decode(&cert); err != nil || own.Key != service.Device || cert.Device.ID != d.id || cert.Unit.ID != township || cert.Parent.ID != county || cert.Epoch != service.Epoch {
		t.Fatalf("certificate %+v, %v", cert, err)
	}
	if r := s.to("", "enrol", wire.Enrol{Code: code, Request: request}); r.status != http.StatusOK {
		t.Errorf("the same device asks again: %d %s", r.status, r.body)
	}
	another, _ := applying(t, township)
	if r := s.to("", "enrol", wire.Enrol{Code: code, Request: another}); r.code() != wire.CodeBadCode {
		t.Errorf("another device with the same code: %d %s", r.status, r.body)
	}
	offline, far := applying(t, neighbour)
	if r := s.to(countyToken, "request", offline); r.status != http.StatusOK {
		t.Fatal(r.status, string(r.body))
	}
	token := s.deviceSignedOn(d)
	into[review.Person](t, s.to(token, "me", nil))

	// It submits; the county returns a field, and the unit mends it.
	first := signed(township, ownSector)
	receipt := into[review.Receipt](t, s.to(token, "offer", submission(t, d, first, "")))
	if receipt.Status != review.Accepted {
		t.Fatalf("%+v", receipt)
	}
	into[review.Receipt](t, s.to(token, "receipt", nil, string(receipt.Bundle)))
	at := []string{string(township), ownSectorText}
	look := func(token string) review.View {
		t.Helper()
		return into[review.View](t, s.to(token, "case", nil, at...))
	}
	if q := into[[]review.CaseHead](t, s.ask(countyToken, "GET", wire.ByName("queue").At()+"?late=false&unit="+string(township), nil)); len(q) != 1 {
		t.Fatalf("the county's queue %+v", q)
	}
	if v := look(countyToken); len(v.Catalog.Entries) != 5 || v.Case.State != review.InCounty {
		t.Fatalf("the county sees %+v", v)
	}
	on := wire.Look{Head: receipt.Bundle}
	field := review.Target{Entry: first.Entries[0].ID, Field: catalog.FieldContent}
	wrong := into[review.Comment](t, s.to(countyToken, "comment", wire.Comment{Look: on, Target: review.Target{}, Text: "写错了"}, at...))
	r := wire.ByName("uncomment")
	done(s.ask(countyToken, r.Method, r.At(at[0], at[1], wrong.ID)+"?head="+string(on.Head), nil))
	into[review.Comment](t, s.to(countyToken, "comment", wire.Comment{Look: on, Target: field, Text: "请写全"}, at...))
	done(s.to(countyToken, "return", wire.Act{Look: on, Note: "见批注"}, at...))

	page := into[wire.FeedPage](t, s.to(token, "feed", nil))
	var decision review.Decision
	for _, b := range page.Items {
		item := opened[review.Item](t, s, b)
		if item.Kind == review.ItemDecision {
			decision = asJSON[review.Decision](t, item.Body)
		}
	}
	if decision.State != review.Returned || len(decision.Comments) != 1 || len(decision.Open) != 1 || decision.Open[0] != field {
		t.Fatalf("the unit is told %+v", decision)
	}
	into[catalog.Catalog](t, s.ask(token, "GET", wire.ByName("catalog").At(string(decision.Catalog))+"?unit="+at[0]+"&sector="+at[1], nil))

	locked := signed(township, ownSector)
	locked.Revision = 2
	locked.Entries[1].Publisher = "他人"
	if r := s.to(token, "offer", submission(t, d, sign(locked), on.Head)); r.status != http.StatusUnprocessableEntity || asJSON[review.Receipt](t, r.body).Problem != string(wire.CodeLocked) {
		t.Errorf("what was not returned is changed: %d %s", r.status, r.body)
	}
	second := signed(township, ownSector)
	second.Revision = 2
	second.Entries[0].Content += "、监督电话"
	receipt = into[review.Receipt](t, s.to(token, "offer", submission(t, d, sign(second), on.Head)))
	if r := s.to(token, "offer", submission(t, d, sign(locked), on.Head)); r.status != http.StatusConflict || asJSON[review.Receipt](t, r.body).Head != receipt.Bundle {
		t.Errorf("a stale base: %d %s", r.status, r.body)
	}
	if r := s.to(countyToken, "pass", wire.Act{Look: on}, at...); r.code() != wire.CodeConflict {
		t.Errorf("passing what is no longer there: %d %s", r.status, r.body)
	}
	on.Head = receipt.Bundle
	if v := look(countyToken); v.Since == nil {
		t.Error("the county is not shown what changed")
	}
	passed := into[wire.PassedMany](t, s.to(countyToken, "pass-many", wire.PassMany{Cases: []wire.PassOne{
		{Case: review.CaseID{Unit: township, Sector: ownSector}, Look: on},
		{Case: review.CaseID{Unit: otherTownship, Sector: ownSector}, Look: on},
	}}))
	if passed.Results[0].Error != nil || passed.Results[1].Error == nil || passed.Results[1].Error.Code != wire.CodeDenied {
		t.Fatalf("passing many: %+v", passed)
	}

	// The city reviews jointly: the department steps back, the office ends the
	// round, the county passes again; then both pass and it is published.
	done(s.to(office, "approve", wire.Act{Look: on}, at...))
	done(s.to(departmentToken, "step-back", wire.Act{Look: on, Note: "请县里再核"}, at...))
	done(s.to(countyToken, "pass", wire.Act{Look: on, Note: "已核"}, at...))
	look(departmentToken)
	if c := look(office); len(c.Case.Rounds[len(c.Case.Rounds)-1].Sides) == 2 {
		done(s.to(departmentToken, "pass", wire.Act{Look: on}, at...))
	}
	if c := look(office); c.Case.State == review.InJoint {
		done(s.to(office, "approve", wire.Act{Look: on}, at...))
	}
	done(s.to(office, "publish", wire.Act{Look: on}, at...))
	done(s.to(office, "recall", wire.Act{Look: on, Note: "依据有变"}, at...))
	done(s.to(office, "erase", wire.Erase{Look: on, Target: field, Reason: "个人信息"}, at...))

	// Another is withdrawn, and a third closed by the office without the department.
	third := into[review.Receipt](t, s.to(token, "offer", submission(t, d, signed(township, otherSector), "")))
	clerk := s.signedOn("clerk")
	done(s.to(clerk, "withdraw", wire.Act{Look: wire.Look{Head: third.Bundle}}, string(township), string(otherSector)))
	done(s.to(admin, "set-settings", review.Policy{CountyDays: 3}))
	if p := into[review.Policy](t, s.to(clerk, "settings", nil)); p.CountyDays != 3 {
		t.Errorf("the deadlines are %+v", p)
	}
	by := s.deviceSignedOn(far)
	fourth := into[review.Receipt](t, s.to(by, "offer", submission(t, far, signed(neighbour, ownSector), "")))
	if rs := into[[]review.Receipt](t, s.to(countyToken, "offer-pack", pack(t, far, submission(t, far, signed(neighbour, ownSector), "")))); len(rs) != 1 || rs[0].Case != fourth.Case {
		t.Errorf("on a stick: %+v", rs)
	}
	nextTo, over := []string{string(neighbour), ownSectorText}, wire.Look{Head: fourth.Bundle}
	done(s.to(countyToken, "pass", wire.Act{Look: over}, nextTo...))
	done(s.to(office, "approve", wire.Act{Look: over}, nextTo...))
	done(s.to(office, "close", wire.Act{Look: over}, nextTo...))
	if p := into[review.Progress](t, s.to(office, "progress", nil)); p.Counts[review.Approved] == 0 || p.Head.Seq == 0 {
		t.Errorf("the progress is %+v", p.Counts)
	}

	// The office keeps house.
	done(s.to(office, "put-units", city()))
	into[[]catalog.Unit](t, s.to(token, "units", nil))
	done(s.to(office, "set-responsible", wire.Responsible{Unit: department}, ownSectorText))
	into[map[catalog.Sector]catalog.UnitID](t, s.to(token, "responsible", nil))
	done(s.to(countyToken, "notify", wire.Notify{Units: []catalog.UnitID{township, neighbour}, Notice: review.Notice{Title: "催报", Text: "请于月底前报送"}}))
	rel := wire.ByName("release")
	released := into[wire.Released](t, s.ask(office, rel.Method, rel.At("templates")+"?version=2026.11", []byte("模板")))
	if r := s.to(token, "release-content", nil, string(released.Hash)); r.status != http.StatusOK || string(r.body) != "模板" {
		t.Errorf("the release holds %q", r.body)
	}
	packed := s.ask(countyToken, "GET", wire.ByName("feed-pack").At()+"?unit="+string(neighbour), nil)
	conform(t, wire.ByName("feed-pack"), packed)
	var kinds []string
	for _, b := range unpacked(t, s, packed.body) {
		h, err := bundle.Peek(b)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, string(h.Kind))
	}
	if got := strings.Join(kinds, " "); got != "content page" {
		t.Errorf("the pack holds %s", got)
	}

	// A quarter is assessed.
	done(s.to(office, "put-form", form()))
	into[[]review.Form](t, s.to(token, "forms", nil))
	q := []string{"form", string(township), "2026Q3"}
	a := into[review.Assessment](t, s.to(office, "score", wire.Score{Losses: []review.Loss{{ID: "1", Indicator: "i1", Points: 2, Reason: "未公开"}}}, q...))
	a = into[review.Assessment](t, s.to(office, "notify-assessment", wire.AssessmentAct{Version: a.Version, Due: "2026-12-30"}, q...))
	a = into[review.Assessment](t, s.to(clerk, "rectify", wire.AssessmentAct{Version: a.Version, Answers: []review.LossAnswer{{Loss: "1", Text: "已公开"}}}, q...))
	a = into[review.Assessment](t, s.to(office, "retest", wire.AssessmentAct{Version: a.Version, Retests: []review.LossRetest{{Loss: "1", Text: "属实", Mended: true}}}, q...))
	a = into[review.Assessment](t, s.to(office, "accept", wire.AssessmentAct{Version: a.Version}, q...))
	if as := into[[]review.Assessment](t, s.to(clerk, "assessments", nil)); len(as) != 1 || as[0].State != review.AcceptedAt || a.State != review.AcceptedAt {
		t.Errorf("the assessments are %+v", as)
	}

	// Who may come in, and what was done.
	if ds := into[[]review.Device](t, s.to(countyToken, "devices", nil)); len(ds) != 2 {
		t.Errorf("%d devices", len(ds))
	}
	done(s.to(admin, "revoke", nil, far.id))
	if r := s.to(by, "me", nil); r.status != http.StatusUnauthorized {
		t.Errorf("a revoked device's session goes on: %d", r.status)
	}
	into[wire.AccountMade](t, s.to(admin, "add-account", wire.NewAccount{ID: "second", Name: "二", Role: review.Auditor}))
	name := "改名"
	into[wire.AccountMade](t, s.to(admin, "change-account", wire.AccountChange{Name: &name}, "second"))
	into[[]wire.Account](t, s.to(admin, "accounts", nil))
	log := into[wire.LogPage](t, s.to(auditor, "log", nil))
	if v := into[wire.LogVerified](t, s.to(auditor, "verify-log", nil)); v.Broken != 0 || v.Head < uint64(len(log.Records)) {
		t.Errorf("the log is %+v", v)
	}
	done(s.to(clerk, "password", wire.Password{Old: goodPassword, New: "another good one"}))
	done(s.to(clerk, "sign-off", nil))
	for _, route := range []string{"openapi", "healthz", "readyz", "metrics"} {
		if r := s.to("", route, nil); r.status != http.StatusOK {
			t.Errorf("%s: %d", route, r.status)
		}
	}

	for _, r := range wire.Routes {
		if !s.succeeded[r.Name] {
			t.Errorf("%s never answered with a success", r.Name)
		}
	}
	logs := s.logs.String()
	if !strings.Contains(logs, `"route":"offer","status":200`) {
		t.Error("the service does not log its requests")
	}
	for _, secret := range []string{goodPassword, "another good one", token, office, code, "请写全", "见批注", "请县里再核", "依据有变", "个人信息", "催报", "已公开", "监督电话", "张三", first.Entries[1].Content, "argon2", "127.0.0.1"} {
		if strings.Contains(logs, secret) {
			t.Errorf("the service logs %q", secret)
		}
	}
}

const ownSectorText = string(ownSector)

// applying is a new device with its request.
func applying(t testing.TB, unit catalog.UnitID) ([]byte, device) {
	t.Helper()
	d := newDevice(t)
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Request, Unit: unit}, wire.EnrolRequest{Key: d.Public(), Suite: d.Suite(), Unit: unit, Name: "新机"}, d)
	if err != nil {
		t.Fatal(err)
	}
	return b, d
}

// opened is the payload of a bundle of the service's.
func opened[T any](t testing.TB, s *service, b []byte) (v T) {
	t.Helper()
	if err := fromService(t, s, b).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func fromService(t testing.TB, s *service, b []byte) *bundle.Bundle {
	t.Helper()
	got, err := bundle.Open(b, func(h bundle.Header) ([]byte, error) { return s.cfg.Key.Public(), nil })
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func unpacked(t testing.TB, s *service, b []byte) [][]byte {
	t.Helper()
	bs, err := bundle.Unpacked(fromService(t, s, b))
	if err != nil {
		t.Fatal(err)
	}
	return bs
}
