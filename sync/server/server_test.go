package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

// cheap hashes passwords in no time.
var cheap = hashing{memory: 64, passes: 1, threads: 1}

const goodPassword = "correct horse battery"

// clock is a clock that tests turn.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// service is a running service of a small city.
type service struct {
	*Server
	t     testing.TB
	url   string
	store review.Store
	clock *clock
	logs  *logs
	// succeeded are the routes that answered with a success.
	mu        sync.Mutex
	succeeded map[string]bool
}

// logs keeps what the service logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The city: two counties with two townships each, and a department.
const (
	county, otherCounty     = catalog.UnitID("340223"), catalog.UnitID("340202")
	township, otherTownship = catalog.UnitID("340223100"), catalog.UnitID("340202001")
	neighbour               = catalog.UnitID("340223101")
	department              = catalog.UnitID("340200-mzj")

	ownSector, otherSector = catalog.Sector("social-assistance"), catalog.Sector("elderly-care")
)

func city() []catalog.Unit {
	return []catalog.Unit{
		{ID: county, Name: "南陵县", Kind: catalog.CountyUnit, Division: "340223"},
		{ID: otherCounty, Name: "镜湖区", Kind: catalog.CountyUnit, Division: "340202"},
		{ID: township, Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", Parent: county},
		{ID: neighbour, Name: "许镇镇", Kind: catalog.TownshipUnit, Division: "340223101", Parent: county},
		{ID: otherTownship, Name: "张家山街道", Kind: catalog.TownshipUnit, Division: "340202001", Parent: otherCounty},
		{ID: department, Name: "芜湖市民政局", Kind: catalog.DepartmentUnit, Division: "340200"},
	}
}

// people has an account of each role; its name is the role's.
func people() []review.Person {
	return []review.Person{
		{ID: "clerk", Name: "填报员", Role: review.Clerk, Unit: township},
		{ID: "county-reviewer", Name: "县级审核员", Role: review.CountyReviewer, Unit: county},
		{ID: "department-reviewer", Name: "部门审核员", Role: review.DepartmentReviewer, Unit: department, Sectors: []catalog.Sector{ownSector}},
		{ID: "city-office", Name: "市政务公开办", Role: review.CityOffice},
		{ID: "auditor", Name: "审计员", Role: review.Auditor},
		{ID: "administrator", Name: "管理员", Role: review.Administrator},
	}
}

// start starts a service with the city and its people, of whom each has
// goodPassword.
func start(t testing.TB, change ...func(*Config)) *service {
	t.Helper()
	s := prepare(t, change...)
	srv := httptest.NewServer(s.Server)
	t.Cleanup(srv.Close)
	s.url = srv.URL
	return s
}

// prepare makes the service without a listener.
func prepare(t testing.TB, change ...func(*Config)) *service {
	t.Helper()
	key, err := bundle.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &service{succeeded: map[string]bool{}, t: t, clock: &clock{at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}, logs: new(logs)}
	cfg := Config{Store: reviewtest.NewMemory(), Key: key, Now: s.clock.now, Log: slog.New(slog.NewJSONHandler(s.logs, nil)), hashing: cheap, Name: "芜湖市"}
	for _, c := range change {
		c(&cfg)
	}
	s.store = cfg.Store
	cfg.Office = review.NewOffice(cfg.Store, cfg.Now, review.Rules{})
	encoded := cheap.encode(goodPassword)
	s.update(func(tx review.Tx) error {
		for _, u := range city() {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
		if err := tx.PutResponsible(ownSector, department); err != nil {
			return err
		}
		for _, p := range people() {
			if err := tx.PutAccount(review.Account{Person: p, Password: encoded}); err != nil {
				return err
			}
		}
		return nil
	})
	if s.Server, err = New(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *service) update(fn func(review.Tx) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// reply is an answer that was read.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) code() wire.Code {
	var e wire.Error
	json.Unmarshal(r.body, &e)
	return e.Code
}

// into decodes the answer, which has to be a success.
func into[T any](t testing.TB, r reply) (v T) {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	return asJSON[T](t, r.body)
}

// ask sends a request: body is bytes, or what becomes JSON, or nil.
func (s *service) ask(token, method, path string, body any) reply {
	s.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		in = bytes.NewReader(b)
	case string:
		in = strings.NewReader(b)
	default:
		j, err := json.Marshal(b)
		if err != nil {
			s.t.Fatal(err)
		}
		in = bytes.NewReader(j)
	}
	req, err := http.NewRequest(method, s.url+path, in)
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, pattern := s.mux.Handler(req); resp.StatusCode < 300 {
		for _, r := range wire.Routes {
			if r.Pattern() == pattern {
				s.mu.Lock()
				s.succeeded[r.Name] = true
				s.mu.Unlock()
			}
		}
	}
	return reply{resp.StatusCode, resp.Header, b}
}

func asJSON[T any](t testing.TB, b []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return v
}

// to asks by a route's name, and holds the answer against the document.
func (s *service) to(token, route string, body any, values ...string) reply {
	s.t.Helper()
	r := wire.ByName(route)
	got := s.ask(token, r.Method, r.At(values...), body)
	conform(s.t, r, got)
	return got
}

// signedOn signs an account on and returns its token.
func (s *service) signedOn(account string) string {
	s.t.Helper()
	return into[wire.Session](s.t, s.to("", "sign-on", wire.SignOn{Account: review.PersonID(account), Password: goodPassword})).Token
}

// device is a machine with its key.
type device struct {
	*bundle.Key
	id string
}

func newDevice(t testing.TB) device {
	t.Helper()
	key, err := bundle.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return device{key, key.KeyID()}
}

// enrolled puts an enrolled device into the store.
func (s *service) enrolled(unit catalog.UnitID, role review.Role) device {
	s.t.Helper()
	d := newDevice(s.t)
	s.update(func(tx review.Tx) error {
		return tx.PutDevice(review.Device{ID: d.id, Key: d.Public(), Suite: d.Suite(), Unit: unit, Role: role, Name: "一号机", Enrolled: s.clock.now()})
	})
	return d
}

// signOn is what a device sends to sign on.
func (s *service) signOn(d device) wire.SignOn {
	s.t.Helper()
	n := into[wire.Nonce](s.t, s.to("", "challenge", wire.Challenge{Device: d.id}))
	sig, err := d.Sign(wire.SignOnMessage(s.cfg.Key.KeyID(), n.Challenge))
	if err != nil {
		s.t.Fatal(err)
	}
	return wire.SignOn{Device: d.id, Challenge: n.Challenge, Signature: sig, Name: "张三"}
}

func (s *service) deviceSignedOn(d device) string {
	s.t.Helper()
	return into[wire.Session](s.t, s.to("", "sign-on", s.signOn(d))).Token
}

// dial opens a raw connection.
func (s *service) dial() net.Conn {
	s.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	return c
}
