package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// call is a request on its way to a handler: who asks is known, and the body is
// read.
type call struct {
	*http.Request
	w    *request
	by   principal
	body []byte
}

// unit and sector of the path.
func (c *call) unit() catalog.UnitID   { return catalog.UnitID(c.PathValue("unit")) }
func (c *call) sector() catalog.Sector { return catalog.Sector(c.PathValue("sector")) }
func (c *call) caseID() review.CaseID  { return review.CaseID{Unit: c.unit(), Sector: c.sector()} }

func (c *call) hash() review.Hash { return review.Hash(c.PathValue("hash")) }

func (c *call) query(name string) string { return c.URL.Query().Get(name) }

// number is a parameter of the query; nothing is 0.
func (c *call) number(name string) (uint64, error) {
	v := c.query(name)
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(v, 10, 63)
	if err != nil {
		e := failure(wire.CodeBadRequest, "%s is no number", name)
		e.Detail.Field = name
		return 0, e
	}
	return n, nil
}

// limit is how many a page shall have.
func (c *call) limit(usual, most int) (int, error) {
	n, err := c.number("limit")
	if n == 0 {
		return usual, err
	}
	return int(min(n, uint64(most))), err
}

// handler answers a call. What it returns is sent as JSON; raw as it is; nil as
// no content.
type handler func(*call) (any, error)

// raw is an answer that is not JSON.
type raw struct {
	media string
	body  []byte
}

// status is an answer with a status of its own.
type status struct {
	code int
	body any
}

// body decodes the message of a request.
func body[T any](c *call) (v T, err error) {
	d := json.NewDecoder(bytes.NewReader(c.body))
	if err := d.Decode(&v); err != nil {
		return v, badJSON(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return v, failure(wire.CodeBadRequest, "something follows the message")
	}
	return v, nil
}

// badJSON says what is wrong with a message, without repeating it.
func badJSON(err error) error {
	e := failure(wire.CodeBadRequest, "the message is not the JSON it should be")
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		e.Detail.Field = wrong.Field
	}
	return e
}

// heavy are the routes that decode, compare or check whole catalogs: few are
// worked on at once.
var heavy = []string{
	"offer", "offer-pack", "enrol", "request", "catalog", "case", "pass-many", "erase", "release", "release-content", "put-units",
	"feed", "feed-pack", "progress", "verify-log", "assessments", "put-form",
}

// maxBody is how long the body of a route may be.
func maxBody(r wire.Route) int64 {
	switch {
	case r.Request == nil:
		return 0
	case r.Access == wire.Public:
		return 64 << 10 // from anybody
	case r.Name == "put-units":
		return wire.MaxUnits
	case r.Name == "offer-pack":
		return bundle.MaxPack
	}
	if _, ok := r.Request.(wire.Bytes); ok {
		return wire.MaxBundle
	}
	return wire.MaxJSON
}

// beforeChange are what a person may do who has to change the password first.
var beforeChange = []string{"me", "password", "sign-off"}

// route makes a handler of the table's row: it lets in whom the row lets in,
// reads the body within its limits, and writes the answer.
func (s *Server) route(r wire.Route, h handler) http.Handler {
	most, isHeavy := maxBody(r), slices.Contains(heavy, r.Name)
	mayChange := slices.Contains(beforeChange, r.Name)
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		w := rw.(*request)
		w.route = r.Name
		c := &call{Request: req, w: w}
		if token, ok := bearer(req); ok && (r.Access != wire.Public || r.Name == "sign-on") {
			var err error
			if c.by, err = s.access.authenticate(req.Context(), token); err != nil {
				s.fail(w, err)
				return
			}
			w.who = c.by.Role
			if wait := s.persons.take(c.by.ID, 1, time.Now()); wait > 0 {
				s.fail(w, s.tooMany("person", wait))
				return
			}
		}
		if err := admit(r, c.by, mayChange); err != nil {
			s.fail(w, err)
			return
		}
		give, err := s.read(w, c, most)
		if err != nil {
			s.fail(w, err)
			return
		}
		defer give()
		if isHeavy {
			leave, ok := s.work.enter(req.Context())
			if !ok {
				s.metrics.limit("work")
				s.fail(w, busy(s.work.later()))
				return
			}
			defer leave()
		}
		answer, err := h(c)
		if err != nil {
			s.fail(w, err)
			return
		}
		s.answer(w, req, answer)
	})
}

func bearer(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return token, ok && strings.EqualFold(scheme, "Bearer") && token != "" && len(token) < 200
}

// admit is the first door: whoever may do the route's action to nothing at all
// goes no further. Which unit and sector it may be is the office's to say.
func admit(r wire.Route, by principal, mayChange bool) error {
	switch {
	case r.Access == wire.Public:
		return nil
	case by.Role == "":
		return errNoSession
	case by.mustChange && !mayChange:
		return failure(wire.CodeMustChange, "the password has to be changed first")
	case r.Access == wire.SignedOn:
		return nil
	case r.Access == wire.Allowed && review.Reach(by.Role, r.Action) != review.None:
		return nil
	}
	return &review.DeniedError{Person: by.ID, Role: by.Role, Action: r.Action}
}

// read takes the body within the limits of time, size and memory. Its memory is
// given back when the request is done.
func (s *Server) read(w *request, c *call, most int64) (give func(), err error) {
	give = func() {}
	n := c.ContentLength
	if n < 0 {
		n = most
	}
	if n > most {
		e := failure(wire.CodeTooLarge, "the body is above %d bytes", most)
		e.Detail.Limit = most
		return give, e
	}
	if n == 0 {
		return give, nil
	}
	if !s.bodies.take(n) {
		s.metrics.limit("bodies")
		return give, busy(s.work.later())
	}
	give = func() { s.bodies.give(n) }
	in := &patient{r: http.MaxBytesReader(w, c.Body, most), c: http.NewResponseController(w.ResponseWriter), step: s.cfg.Limits.Step, end: time.Now().Add(s.cfg.Limits.allowance(n))}
	buf := bytes.NewBuffer(make([]byte, 0, min(n, 64<<10)))
	_, err = buf.ReadFrom(in)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		e := failure(wire.CodeTooLarge, "the body is above %d bytes", most)
		e.Detail.Limit = most
		return give, e
	case errors.Is(err, os.ErrDeadlineExceeded):
		return give, failure(wire.CodeBadRequest, "the body came too slowly")
	case err != nil:
		return give, failure(wire.CodeBadRequest, "the body did not come whole")
	}
	c.body = buf.Bytes()
	return give, nil
}

// patient waits for each piece of a body anew, and for all of it until end.
type patient struct {
	r    io.Reader
	c    *http.ResponseController
	step time.Duration
	end  time.Time
}

func (p *patient) Read(b []byte) (int, error) {
	next := time.Now().Add(p.step)
	if next.After(p.end) {
		next = p.end
	}
	p.c.SetReadDeadline(next)
	return p.r.Read(b)
}

// answer sends what a handler returned.
func (s *Server) answer(w *request, r *http.Request, v any) {
	code := http.StatusOK
	if st, ok := v.(status); ok {
		code, v = st.code, st.body
	}
	switch v := v.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case raw:
		w.Header().Set("Content-Type", v.media)
		s.send(w, code, v.body)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			s.fail(w, fmt.Errorf("write an answer: %w", err))
			return
		}
		w.Header().Set("Content-Type", wire.JSON)
		if len(b) > packFrom && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			b = packed(b)
		}
		s.send(w, code, b)
	}
}

// packFrom is from how many bytes on an answer is worth packing.
const packFrom = 4 << 10

func packed(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// send writes an answer, for which the client has time by its length.
func (s *Server) send(w *request, code int, b []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(s.cfg.Limits.allowance(int64(len(b)))))
	w.WriteHeader(code)
	w.Write(b)
}

// write sends a message as JSON.
func (s *Server) write(w *request, code int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		s.log.Error("write an answer", "request", w.id, "err", err)
	}
	w.Header().Set("Content-Type", wire.JSON)
	s.send(w, code, b)
}

// text refuses a text that is too long for a note or comment.
func text(field, s string) error {
	if len(s) > wire.MaxText && len([]rune(s)) > wire.MaxText {
		return invalid(field, "at most %d characters", wire.MaxText)
	}
	return nil
}
