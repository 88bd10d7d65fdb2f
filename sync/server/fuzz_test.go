package server

import (
	"bytes"
	"io"
	"net/http/httptest"
	"slices"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

// target is a service with a submission, at which fuzzers throw requests.
type target struct {
	*service
	base   *reviewtest.Memory
	about  subject
	tokens []string // of everybody
	people []review.Person
}

func newTarget(f *testing.F) *target {
	x := &target{base: reviewtest.NewMemory()}
	x.service = prepare(f, func(c *Config) { c.Store = x.base })
	x.about = subject{name: "own", unit: township, sector: ownSector, device: x.enrolled(township, review.Clerk)}
	b := submission(f, x.about.device, signed(township, ownSector), "")
	x.about.head = bundle.HashOf(b)
	n := review.NewSubmission{ID: x.about.head, Catalog: signed(township, ownSector), Bundle: b}
	if r, err := x.office.Submit(f.Context(), review.Person{ID: "d", Role: review.Clerk, Unit: township}, n); err != nil || r.Status != review.Accepted {
		f.Fatal(r, err)
	}
	if err := x.office.PutForm(f.Context(), people()[3], form()); err != nil {
		f.Fatal(err)
	}
	x.people = walkers(x.service, x.about.device, x.enrolled(county, review.CountyReviewer))
	x.update(func(tx review.Tx) error {
		for _, p := range x.people {
			token, _, err := x.access.begin(tx, p)
			if err != nil {
				return err
			}
			x.tokens = append(x.tokens, token)
		}
		return nil
	})
	return x
}

// throw sends one request to a copy of the service, as one of those who may walk
// the route, and holds the answer against the document.
func (x *target) throw(t *testing.T, r wire.Route, as int, body []byte) reply {
	t.Helper()
	units := map[catalog.UnitID]catalog.Unit{}
	for _, u := range city() {
		units[u.ID] = u
	}
	var may []int
	for i, p := range x.people {
		if allowed(r, p, x.about, units) {
			may = append(may, i)
		}
	}
	req := knock(t, r, x.about)
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	req.Header.Set("Authorization", "Bearer "+x.tokens[may[as%len(may)]])
	w := httptest.NewRecorder()
	prepareOver(t, x.service, x.base.Copy()).ServeHTTP(w, req)
	got := reply{w.Code, w.Header(), w.Body.Bytes()}
	conform(t, r, got)
	if got.status >= 500 {
		t.Errorf("%s answers %d %s", r.Name, got.status, got.body)
	}
	return got
}

// bodied are the routes that take a body.
func bodied() []wire.Route {
	return slices.DeleteFunc(slices.Clone(wire.Routes), func(r wire.Route) bool { return r.Request == nil })
}

// FuzzBodies sends any bytes as the body of any route that takes one, by anybody
// who may: the answer is always one of those documented, and never our fault.
func FuzzBodies(f *testing.F) {
	x := newTarget(f)
	for i, r := range bodied() {
		b, err := io.ReadAll(knock(f, r, x.about).Body)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), uint8(0), b)
		f.Add(uint8(i), uint8(1), []byte(`{"head":"\ud800","version":18446744073709551615,"note":null,"losses":[{"points":-1e308}],"cases":[{}],"units":[""]}`))
		f.Add(uint8(i), uint8(2), []byte(`[{"id":"x","name":"y","parent":"x","successor":"x"}]`))
		f.Add(uint8(i), uint8(3), []byte("null"))
	}
	f.Fuzz(func(t *testing.T, route, as uint8, body []byte) {
		rs := bodied()
		x.throw(t, rs[int(route)%len(rs)], int(as), body)
	})
}

// FuzzPayloads signs any bytes as what a device sends, so that they get as far as
// a device that means harm would.
func FuzzPayloads(f *testing.F) {
	x := newTarget(f)
	kinds := []bundle.Kind{bundle.Submission, bundle.Withdrawal, bundle.Rectification}
	good, err := bundle.Open(submission(f, x.about.device, signed(township, otherSector), ""), func(bundle.Header) ([]byte, error) { return x.about.device.Public(), nil })
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), good.Payload)
	f.Add(uint8(0), []byte(`{"catalog":{"unit":{"id":"340223100"},"sector":"x","entries":[{"id":"1"},{"id":"1"}]}}`))
	f.Add(uint8(1), []byte(`{"case":{"unit":"340223100","sector":"social-assistance"},"submission":"`+string(x.about.head)+`"}`))
	f.Add(uint8(2), []byte(`{"assessment":{"form":"form","unit":"340223100","quarter":"2026Q3"},"answers":[{"loss":"1","text":"已改"}]}`))
	f.Fuzz(func(t *testing.T, kind uint8, payload []byte) {
		b, err := bundle.Seal(bundle.Header{Kind: kinds[int(kind)%len(kinds)], Unit: township}, payload, x.about.device)
		if err != nil {
			t.Skip(err)
		}
		x.throw(t, wire.ByName("offer"), 0, b)
	})
}

// FuzzHeads sends any method, path and header: the answer is ours, whatever it is.
func FuzzHeads(f *testing.F) {
	x := newTarget(f)
	for _, r := range wire.Routes {
		f.Add(r.Method, r.At("a", "b", "c"), "after=1&limit=2&unit=340223100", "Bearer x", "10.0.0.1")
	}
	f.Add("GET", "/api/v1/feed", "after=-1", "Bearer", "a, b,,")
	f.Add("PROPFIND", "/%2e%2e/", "%zz", "bearer \x00", ", ,")
	f.Fuzz(func(t *testing.T, method, path, query, authorization, forwarded string) {
		req := httptest.NewRequest("GET", "/", nil)
		req.Method, req.URL.Path, req.URL.RawQuery, req.RemoteAddr = method, path, query, "127.0.0.1:1"
		req.Header.Set("Authorization", authorization)
		req.Header.Set("X-Forwarded-For", forwarded)
		w := httptest.NewRecorder()
		x.ServeHTTP(w, req)
		if w.Code >= 500 || w.Code < 200 || w.Code >= 300 && w.Code < 400 {
			t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
		if w.Header().Get(wire.ServiceHeader) == "" {
			t.Errorf("%s %s: an answer that is not ours: %d", method, path, w.Code)
		}
	})
}
