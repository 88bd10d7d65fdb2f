package headless

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"mulutong/app/words"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Failures of talking to the review service.
var (
	errNotSignedOn = words.NewFailure("还没有登录审核服务。请先登录（mulu review login）。", "You are not signed on to a review service. Sign on first (mulu review login).")
	errUnreachable = words.NewFailure("连不上审核服务 %s。请检查网络和地址，稍后再试。", "The review service %s cannot be reached. Check the network and the address, and try again later.")
	errNotService  = words.NewFailure("%s 回答的不是审核服务，可能是需要先登录的网络，或者地址不对。请先用浏览器打开网页试试。", "What answers at %s is no review service: perhaps the network wants a sign-on of its own, or the address is wrong. Open a web page first.")
	errPlainHTTP   = words.NewFailure("%s 没有加密，口令和目录会在网络上被看到。请使用 https:// 开头的地址。", "%s is not encrypted: passwords and catalogs could be read on the way. Use an address that begins with https://.")
	errBadAddress  = words.NewFailure("服务地址 %s 不对。请写成 https://主机名 的样子。", "%s is no address of a service. Write it like https://host.")
)

// requestTime is how long one request may take.
const requestTime = 2 * time.Minute

// session is a person's sign-on to a service, kept between commands in a file that
// only this user can read.
type session struct {
	Service string        `json:"service"`
	Token   string        `json:"token"`
	Person  review.Person `json:"person"`
	Expires time.Time     `json:"expires"`
	// Seen is what mulu review show printed last of each case: what a decision is
	// about.
	Seen map[string]review.SubmissionID `json:"seen,omitempty"`

	path string
}

func seenKey(id review.CaseID) string { return string(id.Unit) + "/" + string(id.Sector) }

// sessionFile is where the session is kept.
func (a *app) sessionFile() (string, error) {
	if path := a.Getenv("MULU_SESSION"); path != "" {
		return path, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the session: %w", err)
	}
	return filepath.Join(dir, "mulutong", "session.json"), nil
}

// session reads the session; errNotSignedOn where there is none.
func (a *app) session() (*session, error) {
	path, err := a.sessionFile()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errNotSignedOn
	}
	if err != nil {
		return nil, err
	}
	s := &session{path: path}
	if json.Unmarshal(b, s) != nil || s.Token == "" {
		return nil, errNotSignedOn
	}
	return s, nil
}

func (s *session) save() error {
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keep the session: %w", err)
	}
	dir := filepath.Dir(s.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".session-*") // for this user alone
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// address reads the address of a service. Plain HTTP is for this machine alone.
func address(s string) (string, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" {
		return "", words.About(s, errBadAddress)
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "http" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", words.About(s, errPlainHTTP)
	}
	return u.String(), nil
}

// call is one request to the service: the route's name, the values in its path, and
// what it asks with and for. A []byte in or a *[]byte out is the body itself.
type call struct {
	route string
	path  []string
	query url.Values
	in    any
	out   any
}

// do carries a call out. What the service refuses is a *wire.Error; what is no
// answer of a service is errUnreachable or errNotService.
func (s *session) do(ctx context.Context, c call) error {
	route := wire.ByName(c.route)
	var body []byte
	kind := wire.JSON
	switch in := c.in.(type) {
	case nil:
	case []byte:
		body, kind = in, wire.Octets
		if b, ok := route.Request.(wire.Bytes); ok {
			kind = string(b)
		}
	default:
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("ask the service: %w", err)
		}
		body = b
	}
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	target := s.Service + route.At(c.path...)
	if len(c.query) > 0 {
		target += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, route.Method, target, bytes.NewReader(body))
	if err != nil {
		return words.About(s.Service, errBadAddress)
	}
	if c.in != nil {
		req.Header.Set("Content-Type", kind)
	}
	if s.Token != "" {
		req.Header.Set("Authorization", "Bearer "+s.Token)
	}
	resp, err := httpClient.Do(req)
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	if err != nil {
		return words.About(s.Service, errUnreachable)
	}
	defer resp.Body.Close()
	if resp.Header.Get(wire.ServiceHeader) == "" {
		return words.About(s.Service, errNotService)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, wire.MaxAnswer+1))
	if err != nil || len(b) > wire.MaxAnswer {
		return words.About(s.Service, errUnreachable)
	}
	if resp.StatusCode/100 != 2 {
		return s.refusal(resp, b, c.out)
	}
	switch out := c.out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = b
		return nil
	}
	if err := json.Unmarshal(b, c.out); err != nil {
		return words.About(s.Service, errNotService)
	}
	return nil
}

// refusal reads an answer that is no success. A receipt is the answer asked for,
// whatever it says.
func (s *session) refusal(resp *http.Response, b []byte, out any) error {
	if r, ok := out.(*review.Receipt); ok && json.Unmarshal(b, r) == nil && r.Status != "" {
		return nil
	}
	e := &wire.Error{}
	if json.Unmarshal(b, e) != nil || e.Code == "" {
		return words.About(s.Service, errNotService)
	}
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	return e
}

// httpClient follows no redirections: no service redirects, networks that want a
// sign-on do.
var httpClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
