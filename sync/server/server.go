package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Config is what a service is made of.
type Config struct {
	Store  review.Store
	Office *review.Office
	Key    *bundle.Key // signs what goes to the units
	// Identity decrypts what is encrypted to the service; nil: nothing is.
	Identity *bundle.Identity
	Now      func() time.Time
	Log      *slog.Logger

	Name    string // of the city, as devices show it
	Version string
	URL     string // where devices reach the service; empty: only by files

	// BehindProxy are the proxies in front of the service: what they say of the
	// client's address is believed, and they may speak plain HTTP.
	BehindProxy []netip.Prefix
	// MetricsFrom are the addresses that may read the metrics besides this machine.
	MetricsFrom []netip.Prefix
	Limits      Limits
	// Data is the folder whose disk needs room for the service to be ready; empty:
	// none.
	Data string
	// Grace is how long requests may take to finish once the service stops; 0: 30 s.
	Grace time.Duration

	hashing hashing // zero: standard
}

func (c Config) access() *access {
	a := &access{store: c.Store, now: c.Now, hashing: c.hashing, work: newQueue(runtime.GOMAXPROCS(0), 64, 20*time.Second)}
	if a.now == nil {
		a.now = time.Now
	}
	if a.hashing == (hashing{}) {
		a.hashing = standard
	}
	return a
}

// Server answers the requests of clients. It is an http.Handler.
type Server struct {
	cfg     Config
	office  *review.Office
	log     *slog.Logger
	access  *access
	mux     *http.ServeMux
	proxies proxies
	metrics *metrics

	addresses *buckets[netip.Addr]
	persons   *buckets[review.PersonID]
	work      *queue
	bodies    *budget
	stopping  atomic.Bool
	free      func(dir string) (uint64, error)
}

// New returns the service over a store.
func New(ctx context.Context, cfg Config) (*Server, error) {
	cfg.Limits = cfg.Limits.orDefault(runtime.GOMAXPROCS(0))
	cfg.Grace = cmp.Or(cfg.Grace, 30*time.Second)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	l := cfg.Limits
	s := &Server{
		cfg: cfg, office: cfg.Office, log: cfg.Log, access: cfg.access(), mux: http.NewServeMux(), proxies: cfg.BehindProxy,
		metrics:   newMetrics(cfg.Now()),
		addresses: newBuckets[netip.Addr](l.Address, l.AddressBurst),
		persons:   newBuckets[review.PersonID](l.Person, l.PersonBurst),
		work:      newQueue(l.Work, l.Queue, l.Wait),
		bodies:    newBudget(l.Bodies),
		free:      free,
	}
	s.access.service, s.access.verify = cfg.Key.KeyID(), verifyDevice
	if err := s.access.prepare(ctx); err != nil {
		return nil, fmt.Errorf("prepare the store for signing on: %w", err)
	}
	handlers := s.handlers()
	for _, r := range wire.Routes {
		h, ok := handlers[r.Name]
		if !ok {
			return nil, fmt.Errorf("no handler for %s", r.Name)
		}
		delete(handlers, r.Name)
		s.mux.Handle(r.Pattern(), s.route(r, h))
	}
	for name := range handlers {
		return nil, fmt.Errorf("no route for %s", name)
	}
	s.mux.HandleFunc("/", s.noRoute)
	return s, nil
}

// request is what the service keeps of a request while it answers it.
type request struct {
	http.ResponseWriter
	id     string
	client client
	route  string
	who    review.Role
	status int
	size   int64
}

func (w *request) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *request) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	n, err := w.ResponseWriter.Write(b)
	w.size += int64(n)
	return n, err
}

// Unwrap serves http.ResponseController.
func (w *request) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// ServeHTTP answers one request: whatever happens, with an answer of ours, and
// one line in the log.
func (s *Server) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w := &request{ResponseWriter: rw, id: rand.Text()[:12], route: "none"}
	began := time.Now()
	s.metrics.begin()
	defer func() {
		if v := recover(); v != nil {
			s.metrics.panicked()
			s.log.Error("panic", "request", w.id, "route", w.route, "panic", fmt.Sprintf("%.300v", v), "stack", string(debug.Stack()))
			s.fail(w, &wire.Error{Code: wire.CodeInternal, Message: "the service failed"})
		}
		took := time.Since(began)
		s.metrics.done(w.route, w.status, took)
		s.log.Info("request", "request", w.id, "method", r.Method, "route", w.route, "status", w.status,
			"bytes", w.size, "ms", took.Milliseconds(), "role", w.who, "from", coarse(w.client.addr))
	}()
	h := w.Header()
	h.Set(wire.ServiceHeader, wire.ServiceVersion)
	h.Set("Request-Id", w.id)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	// What an early answer leaves unread has to come in time too.
	http.NewResponseController(rw).SetReadDeadline(began.Add(s.cfg.Limits.Step))

	var err error
	w.client, err = s.proxies.from(r)
	if errors.Is(err, errPlain) {
		s.fail(w, failure(wire.CodeDenied, "%v", err))
		return
	} else if err != nil {
		s.fail(w, failure(wire.CodeBadRequest, "%v", err))
		return
	}
	if w.client.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if wait := s.addresses.take(network(w.client.addr), 1, began); wait > 0 {
		s.fail(w, s.tooMany("address", wait))
		return
	}
	// net/http would redirect to the clean path, with a page.
	if p := r.URL.EscapedPath(); !strings.HasPrefix(p, "/") || path.Clean(p) != p {
		s.fail(w, noPath)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// coarse is the part of an address that the log may keep: enough to find a
// network that misbehaves, not a person's machine.
func coarse(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	bits := 24
	if a.Is6() {
		bits = 48
	}
	p, _ := a.Prefix(bits)
	return p.String()
}

var noPath = failure(wire.CodeNotFound, "there is no such path")

// noRoute answers where no route is: with what methods there are, where there is
// a path.
func (s *Server) noRoute(w http.ResponseWriter, r *http.Request) {
	var allow []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		o := r.Clone(r.Context())
		o.Method = m
		if _, pattern := s.mux.Handler(o); pattern != "/" && pattern != "" {
			allow = append(allow, m)
		}
	}
	if len(allow) == 0 {
		s.fail(w, noPath)
		return
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
	s.fail(w, failure(wire.CodeMethod, "this path has %s", strings.Join(allow, ", ")))
}

func (s *Server) tooMany(kind string, wait time.Duration) *wire.Error {
	s.metrics.limit(kind)
	e := failure(wire.CodeTooMany, "too many requests")
	e.RetryAfter = wait
	return e
}

// busy is the answer when there is no room now. Clients add chance of their own
// to the time, so that they do not all come back at once.
func busy(later time.Duration) *wire.Error {
	e := failure(wire.CodeBusy, "there is too much to do")
	e.RetryAfter = later
	return e
}

// told is what a client is told of an error. What is the service's own fault is
// in the log, by the request's id.
func (s *Server) told(w *request, err error) *wire.Error {
	e := *wire.ErrorOf(err)
	e.Request = w.id
	if e.Code == wire.CodeInternal {
		s.log.Error("request failed", "request", w.id, "route", w.route, "err", err)
	}
	return &e
}

// fail answers with an error.
func (s *Server) fail(w http.ResponseWriter, err error) {
	req, _ := w.(*request)
	if req.status != 0 {
		return // too late for another answer
	}
	if errors.Is(err, context.Canceled) {
		req.status = 499 // the client went away; as nginx counts it
		return
	}
	e := s.told(req, err)
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int((e.RetryAfter+time.Second-1)/time.Second))))
	}
	if e.Code.Status() == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	s.write(req, e.Code.Status(), e)
}
