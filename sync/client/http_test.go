package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// handler answers the few routes that a machine walks, as package server does.
type handler struct {
	s       *city
	m       *machine
	token   string
	signOns int
	// before answers in the service's place where it returns true.
	before func(http.ResponseWriter, *http.Request) bool
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.before != nil && h.before(w, r) {
		return
	}
	w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
	answer := func(v any, err error) {
		status := http.StatusOK
		if err != nil {
			e := wire.ErrorOf(err)
			v, status = e, e.Code.Status()
		} else if receipt, ok := v.(review.Receipt); ok {
			status = wire.ReceiptStatus(receipt)
		}
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(v); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	switch strings.TrimPrefix(r.URL.Path, wire.Prefix) {
	case "/challenge":
		answer(wire.Nonce{Challenge: "nonce"}, nil)
		return
	case "/sessions":
		var on wire.SignOn
		err := json.Unmarshal(body, &on)
		if err == nil {
			err = bundle.Verify(bundle.Ed25519, h.m.key.Public(), wire.SignOnMessage(h.s.key.KeyID(), "nonce"), on.Signature)
		}
		if err != nil {
			answer(nil, &wire.Error{Code: wire.CodeWrongSignature})
			return
		}
		h.signOns++
		h.token = fmt.Sprint("token", h.signOns)
		answer(wire.Session{Token: h.token}, nil)
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+h.token || h.token == "" {
		answer(nil, &wire.Error{Code: wire.CodeUnauthenticated})
		return
	}
	d := direct{h.s, h.m.drafts.unit.ID}
	q := r.URL.Query()
	switch path := strings.TrimPrefix(r.URL.Path, wire.Prefix); {
	case path == "/bundles":
		answer(d.Offer(r.Context(), body))
	case path == "/feed":
		after, err := strconv.ParseUint(q.Get("after"), 10, 64)
		if err != nil {
			answer(nil, err)
			return
		}
		answer(d.Feed(r.Context(), q.Get("epoch"), after, 2))
	case strings.HasPrefix(path, "/catalogs/"):
		answer(d.Catalog(r.Context(), review.Hash(path[len("/catalogs/"):]), review.CaseID{Unit: catalog.UnitID(q.Get("unit")), Sector: catalog.Sector(q.Get("sector"))}))
	case strings.HasPrefix(path, "/contents/"):
		b, err := d.Content(r.Context(), review.Hash(path[len("/contents/"):]))
		if err != nil {
			answer(nil, err)
			return
		}
		w.Write(b)
	default:
		answer(nil, catalog.ErrNotFound)
	}
}

// online is a machine whose service is behind HTTP.
func online(t *testing.T, o Options) (*city, *machine, *handler, *HTTP) {
	t.Helper()
	s := newCity(t)
	m := s.enrol(t, township, 1, o)
	h := &handler{s: s, m: m}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	cert, err := m.Certificate()
	must(t, err)
	cert.URL = srv.URL
	r, err := NewHTTP(cert, m.key, "王芳", srv.Client())
	must(t, err)
	return s, m, h, r
}

func TestOverHTTP(t *testing.T) {
	ctx := t.Context()
	released := ""
	s, m, h, r := online(t, Options{OnRelease: func(_ context.Context, rel review.Release, b []byte) error {
		released += rel.Version + string(b)
		return nil
	}})
	m.drafts.set(assistance, fill)
	m.submit()
	m.sync(r)
	_, err := s.office.Comment(ctx, reviewer, s.ref(t), review.Target{}, "请补充")
	must(t, err)
	must(t, s.office.Return(ctx, reviewer, s.ref(t), ""))
	_, err = s.office.Release(ctx, office, "templates", "2026.12", []byte("样"))
	must(t, err)
	h.token = "" // the service was restarted, its sessions ended
	m.sync(r)
	if st := m.status(); st.State != review.Returned || released != "2026.12样" || h.signOns != 2 {
		t.Errorf("%+v, released %q, signed on %d times", st, released, h.signOns)
	}
	// Another machine of the unit reads the catalog by its hash.
	b := s.enrol(t, township, 2, Options{})
	h.m, h.token = b, ""
	cert, err := b.Certificate()
	must(t, err)
	cert.URL = r.base.String()
	rb, err := NewHTTP(cert, b.key, "刘洋", nil)
	must(t, err)
	b.sync(rb)
	if len(b.draft().Entries) != 3 {
		t.Errorf("the other machine has %+v", b.draft())
	}
}

func TestAStrangersAnswerIsNoSuccess(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, *http.Request){
		"a page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>请登录</html>") },
		"a page with our JSON": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"token":"t","challenge":"c","status":"accepted"}`)
		},
		"a redirection": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://portal.invalid/", http.StatusFound)
		},
		"forbidden": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) },
	} {
		waits := 0
		_, m, h, r := online(t, Options{Wait: func(context.Context, time.Duration) error { waits++; return nil }})
		m.drafts.set(assistance, fill)
		m.submit()
		h.before = func(w http.ResponseWriter, r *http.Request) bool { answer(w, r); return true }
		if err := m.Sync(t.Context(), r, nil); !errors.Is(err, ErrPortal) || waits != 0 {
			t.Errorf("%s: %v after %d waits, want ErrPortal at once", name, err, waits)
		}
		if st := m.status(); !st.Queued || st.Receipt != nil {
			t.Errorf("%s: %+v", name, st)
		}
		h.before = nil
		m.sync(r)
		if st := m.status(); st.State != review.InCounty {
			t.Errorf("%s: once signed on to the network: %+v", name, st)
		}
	}
}

func TestABusyServiceIsAskedAgainWhenItSays(t *testing.T) {
	now := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) // the service's own clock
	for _, tt := range []struct {
		name, after string
		status      int
		body        string
		least, most time.Duration
	}{
		{"too many", "7", 429, `{"code":"too-many"}`, 7 * time.Second, 8 * time.Second},
		{"busy until a time", now.Add(30 * time.Second).Format(http.TimeFormat), 503, `{"code":"busy"}`, 30 * time.Second, 31 * time.Second},
		{"busy without a word", "", 503, `{"code":"busy"}`, firstWait / 2, 3 * firstWait / 2},
		{"its own fault", "", 500, `{"code":"internal"}`, firstWait / 2, 3 * firstWait / 2},
		{"not even JSON", "", 500, `panic`, firstWait / 2, 3 * firstWait / 2},
		{"damaged on the way", "", 422, `{"code":"damaged"}`, firstWait / 2, 3 * firstWait / 2},
	} {
		var waits []time.Duration
		_, m, h, r := online(t, Options{Wait: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }})
		m.drafts.set(assistance, fill)
		m.submit()
		tried := 0
		h.before = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/bundles") || tried > 0 {
				return false
			}
			tried++
			w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
			w.Header().Set("Date", now.Format(http.TimeFormat))
			if tt.after != "" {
				w.Header().Set("Retry-After", tt.after)
			}
			w.WriteHeader(tt.status)
			fmt.Fprint(w, tt.body)
			return true
		}
		m.sync(r)
		if len(waits) != 1 || waits[0] < tt.least || waits[0] > tt.most {
			t.Errorf("%s: waited %v, want once from %v to %v", tt.name, waits, tt.least, tt.most)
		}
		if st := m.status(); st.State != review.InCounty {
			t.Errorf("%s: %+v", tt.name, st)
		}
	}
}

func TestWaitsDoubleAndEnd(t *testing.T) {
	var waits []time.Duration
	_, m, h, r := online(t, Options{
		Tries: 10, Random: func() float64 { return 0.5 },
		Wait: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil },
	})
	var busy atomic.Bool // before that, the line breaks
	h.before = func(w http.ResponseWriter, _ *http.Request) bool {
		if !busy.Load() {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(503)
		fmt.Fprint(w, `{"code":"busy"}`)
		return true
	}
	if err := m.Sync(t.Context(), r, nil); !errors.Is(err, ErrLine) {
		t.Errorf("Sync = %v, want ErrLine", err)
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60}
	for i, w := range want {
		if i >= len(waits) || waits[i] != w*time.Second {
			t.Fatalf("waited %v, want %v seconds", waits, want)
		}
	}
	busy.Store(true)
	waits = nil
	var failed *wire.Error
	if err := m.Sync(t.Context(), r, nil); !errors.As(err, &failed) || failed.RetryAfter != 24*time.Hour || len(waits) != 0 {
		t.Errorf("asked to wait a day: %v after %v", err, waits)
	}
}

// cut is a line that breaks after so many bytes of answers in all.
type cut struct {
	to   http.RoundTripper
	left *int
	// quietly ends a body as if it were whole.
	quietly bool
}

func (c cut) RoundTrip(r *http.Request) (*http.Response, error) {
	if *c.left <= 0 {
		return nil, io.ErrUnexpectedEOF // before the service heard of it
	}
	res, err := c.to.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(b))
	if *c.left -= len(b); *c.left < 0 {
		whole := io.Reader(bytes.NewReader(b[:len(b)+*c.left]))
		if !c.quietly {
			whole = io.MultiReader(whole, iotest.ErrReader(io.ErrUnexpectedEOF))
		}
		res.Body = io.NopCloser(whole)
	}
	return res, nil
}

// near is a line without a network.
type near struct{ to http.Handler }

func (n near) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	n.to.ServeHTTP(w, r)
	return w.Result(), nil
}

func TestALineMayBreakAtAnyByte(t *testing.T) {
	ctx := t.Context()
	for _, quietly := range []bool{false, true} {
		for at := 0; ; at += 1 + at/50 { // every one of the first, where the small answers are
			s, m, h, r := online(t, Options{Tries: 1})
			m.drafts.set(assistance, fill)
			m.submit()
			left := at
			r.client.Transport = cut{near{h}, &left, quietly}
			err := m.Sync(ctx, r, nil)
			if err != nil && !errors.Is(err, ErrLine) {
				t.Fatalf("broken at byte %d: %v", at, err)
			}
			r.client.Transport = near{h}
			m.reopen()
			m.sync(r)
			c := s.theCase(t)
			if st := m.status(); len(c.Submissions) != 1 || st.State != review.InCounty || st.Queued {
				t.Fatalf("broken at byte %d: %d submissions, %+v", at, len(c.Submissions), st)
			}
			if err == nil {
				break
			}
		}
	}
}

func TestALineThatStallsIsGivenUp(t *testing.T) {
	_, m, h, r := online(t, Options{Tries: 1})
	r.stall = 50 * time.Millisecond
	over := make(chan struct{})
	var asked atomic.Int32
	h.before = func(w http.ResponseWriter, req *http.Request) bool {
		if asked.Add(1) == 1 { // slow, but never still
			w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
			w.WriteHeader(http.StatusOK)
			for _, c := range `{"challenge":"nonce"}` {
				fmt.Fprint(w, string(c))
				w.(http.Flusher).Flush()
				time.Sleep(r.stall / 10)
			}
			return true
		}
		select {
		case <-over:
		case <-req.Context().Done():
		}
		return true
	}
	defer close(over)
	err := m.Sync(t.Context(), r, nil)
	if !errors.Is(err, ErrLine) || asked.Load() != 2 {
		t.Errorf("Sync = %v after %d requests, want ErrLine at the second", err, asked.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Sync(ctx, r, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestAnAnswerIsReadOnlySoFar(t *testing.T) {
	_, m, h, r := online(t, Options{Tries: 1})
	h.before = func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
		chunk := make([]byte, 1<<20)
		for range wire.MaxAnswer>>20 + 8 {
			if _, err := w.Write(chunk); err != nil {
				break
			}
		}
		return true
	}
	if err := m.Sync(t.Context(), r, nil); !errors.Is(err, bundle.ErrTooLarge) {
		t.Errorf("Sync = %v, want ErrTooLarge", err)
	}
}
