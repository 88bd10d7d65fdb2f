package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// stall is how long nothing at all may arrive or leave before a request is given
// up. There is no limit to a request as a whole: lines are slow.
const stall = time.Minute

// HTTP is the service over a line. It signs on by itself, and again when its
// session has ended. It is safe for concurrent use.
type HTTP struct {
	base    *url.URL
	service string // the id of its key
	key     bundle.Signer
	name    string
	client  *http.Client
	stall   time.Duration

	mu    sync.Mutex
	token string
}

// NewHTTP reaches the service of a certificate as the device that holds the key;
// name is the person's. A nil client is one that knows the system's proxies.
func NewHTTP(cert wire.Certificate, key bundle.Signer, name string, client *http.Client) (*HTTP, error) {
	base, err := address(cert.URL)
	if err != nil {
		return nil, err
	}
	return &HTTP{base: base, service: bundle.KeyID(cert.Key), key: key, name: name, client: plain(client), stall: stall}, nil
}

// address is where a service is, as people write it.
func address(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("address of the service %q: %w", s, &review.InvalidError{Field: "url"})
	}
	return u, nil
}

// plain is a client that follows no redirection: the service has none, and who
// answers with one is not the service.
func plain(c *http.Client) *http.Client {
	if c == nil {
		c = &http.Client{}
	}
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// Enrol asks the service at an address to enrol the device by a code, and returns
// the certificate, which Certify takes.
func Enrol(ctx context.Context, service, code string, request []byte, client *http.Client) ([]byte, error) {
	base, err := address(service)
	if err != nil {
		return nil, err
	}
	h := &HTTP{base: base, client: plain(client), stall: stall}
	body, err := json.Marshal(wire.Enrol{Code: code, Request: request})
	if err != nil {
		return nil, err
	}
	b, err := h.once(ctx, wire.ByName("enrol"), nil, "", body)
	if err != nil {
		return nil, fmt.Errorf("enrol: %w", err)
	}
	return b, nil
}

// Offer hands in a bundle.
func (h *HTTP) Offer(ctx context.Context, b []byte) (r review.Receipt, err error) {
	err = h.call(ctx, wire.ByName("offer"), nil, b, &r)
	return r, err
}

// Feed returns what follows a cursor.
func (h *HTTP) Feed(ctx context.Context, epoch string, after uint64, limit int) (p wire.FeedPage, err error) {
	err = h.call(ctx, wire.ByName("feed"), url.Values{
		"epoch": {epoch}, "after": {strconv.FormatUint(after, 10)}, "limit": {strconv.Itoa(limit)},
	}, nil, &p)
	return p, err
}

// Catalog returns a submitted catalog.
func (h *HTTP) Catalog(ctx context.Context, hash review.Hash, id review.CaseID) (c catalog.Catalog, err error) {
	err = h.call(ctx, wire.ByName("catalog"), url.Values{"unit": {string(id.Unit)}, "sector": {string(id.Sector)}}, nil, &c, string(hash))
	return c, err
}

// Content returns the contents of a release.
func (h *HTTP) Content(ctx context.Context, hash review.Hash) ([]byte, error) {
	var b []byte
	err := h.call(ctx, wire.ByName("release-content"), nil, nil, &b, string(hash))
	return b, err
}

// call walks a route, signed on, and reads the answer into v: bytes as they are,
// anything else from JSON.
func (h *HTTP) call(ctx context.Context, r wire.Route, query url.Values, body []byte, v any, values ...string) error {
	token, err := h.signOn(ctx, "")
	if err != nil {
		return err
	}
	b, err := h.once(ctx, r, query, token, body, values...)
	var failed *wire.Error
	if errors.As(err, &failed) && failed.Code == wire.CodeUnauthenticated {
		if token, err = h.signOn(ctx, token); err != nil {
			return err
		}
		b, err = h.once(ctx, r, query, token, body, values...)
	}
	if err != nil {
		return err
	}
	if raw, ok := v.(*[]byte); ok {
		*raw = b
		return nil
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrLine, r.Name, err)
	}
	return nil
}

// signOn returns the token of a session other than the one that has ended.
func (h *HTTP) signOn(ctx context.Context, ended string) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.token != ended {
		return h.token, nil
	}
	var nonce wire.Nonce
	if err := h.exchange(ctx, wire.ByName("challenge"), wire.Challenge{Device: h.key.KeyID()}, &nonce); err != nil {
		return "", fmt.Errorf("sign on: %w", err)
	}
	sig, err := h.key.Sign(wire.SignOnMessage(h.service, nonce.Challenge))
	if err != nil {
		return "", fmt.Errorf("sign on: %w", err)
	}
	var s wire.Session
	on := wire.SignOn{Device: h.key.KeyID(), Challenge: nonce.Challenge, Signature: sig, Name: h.name}
	if err := h.exchange(ctx, wire.ByName("sign-on"), on, &s); err != nil {
		return "", fmt.Errorf("sign on: %w", err)
	}
	h.token = s.Token
	return h.token, nil
}

func (h *HTTP) exchange(ctx context.Context, r wire.Route, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	b, err := h.once(ctx, r, nil, "", body)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, out); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrLine, r.Name, err)
	}
	return nil
}

// once makes one request and returns the body of a success, and of a receipt
// whatever it says. Any other answer is an error: of the service (*wire.Error), of
// somebody else (ErrPortal), or none that arrived whole (ErrLine).
func (h *HTTP) once(ctx context.Context, r wire.Route, query url.Values, token string, body []byte, values ...string) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	alive := time.AfterFunc(h.stall, func() { cancel(errStalled) })
	defer alive.Stop()
	moving := func(rd io.Reader) io.Reader {
		return readerFunc(func(p []byte) (int, error) {
			n, err := rd.Read(p)
			alive.Reset(h.stall)
			return n, err
		})
	}

	u, err := h.base.Parse(r.At(values...))
	if err != nil {
		return nil, err
	}
	u.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, r.Method, u.String(), nil)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(moving(bytes.NewReader(body))), nil }
		req.Body, _ = req.GetBody()
		req.ContentLength = int64(len(body))
		media := wire.JSON
		if m, raw := r.Request.(wire.Bytes); raw {
			media = string(m)
		}
		req.Header.Set("Content-Type", media)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}

	res, err := h.client.Do(req)
	if err != nil {
		return nil, lost(ctx, err)
	}
	defer res.Body.Close()
	if res.Header.Get(wire.ServiceHeader) == "" {
		if res.StatusCode >= 500 { // a proxy that does not reach the service
			return nil, fmt.Errorf("%w: %s", ErrLine, res.Status)
		}
		return nil, fmt.Errorf("%w: %s", ErrPortal, res.Status)
	}
	b, err := io.ReadAll(io.LimitReader(moving(res.Body), wire.MaxAnswer+1))
	switch {
	case err != nil:
		return nil, lost(ctx, err)
	case len(b) > wire.MaxAnswer:
		return nil, fmt.Errorf("%s: %w", r.Name, bundle.ErrTooLarge)
	case res.StatusCode/100 == 2:
		return b, nil
	}
	if _, receipt := r.Response.(review.Receipt); receipt {
		var is review.Receipt
		if json.Unmarshal(b, &is) == nil && is.Bundle != "" && wire.ReceiptStatus(is) == res.StatusCode {
			return b, nil
		}
	}
	return nil, failed(res, b)
}

var errStalled = errors.New("nothing moved for too long")

// lost is the error of a line that broke; of a caller who has had enough, theirs.
func lost(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, errStalled) {
		return cause
	}
	return fmt.Errorf("%w: %w", ErrLine, err)
}

// failed is the service's error.
func failed(res *http.Response, b []byte) error {
	e := &wire.Error{}
	if json.Unmarshal(b, e) != nil || e.Code == "" {
		return fmt.Errorf("%w: %s", ErrLine, res.Status)
	}
	e.RetryAfter = retryAfter(res)
	return e
}

// retryAfter is how long the service asks to wait. A point in time is counted from
// its own clock, since ours may be wrong.
func retryAfter(res *http.Response) time.Duration {
	v := res.Header.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil {
		return time.Duration(max(0, n)) * time.Second
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, at.Sub(now))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
