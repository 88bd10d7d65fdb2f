package headless

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// TestOnlyTheServiceIsBelieved asks what is no review service, and what is.
func TestOnlyTheServiceIsBelieved(t *testing.T) {
	answer := func(header bool, status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if header {
				w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	for name, tt := range map[string]struct {
		url  string
		want error
	}{
		"a network's page":           {answer(false, 200, "<html>请先登录</html>"), errNotService},
		"a network's page, as JSON":  {answer(false, 200, "[]"), errNotService},
		"a redirection to a page":    {answer(false, 302, ""), errNotService},
		"the service behind a fault": {answer(true, 502, "bad gateway"), errNotService},
		"the service's word":         {answer(true, 200, "[]"), nil},
		"the service's refusal":      {answer(true, 409, `{"code":"conflict","message":"m"}`), catalog.ErrConflict},
		"nobody":                     {"http://127.0.0.1:1", errUnreachable},
	} {
		s := &session{Service: tt.url}
		var units []catalog.Unit
		if err := s.do(context.Background(), call{route: "units", out: &units}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	s := &session{Service: answer(true, 422, `{"bundle":"ab","status":"refused","problem":"unsigned"}`)}
	var r review.Receipt
	if err := s.do(context.Background(), call{route: "offer", in: []byte("x"), out: &r}); err != nil || r.Problem != "unsigned" {
		t.Errorf("a refused bundle: %v, %+v; want its receipt", err, r)
	}
}

func TestSessionsAreTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a user's folders are the user's alone on Windows")
	}
	path := filepath.Join(t.TempDir(), "mulutong", "session.json")
	s := &session{Token: "secret", path: path}
	for range 2 { // a new file, and one that is there
		if err := s.save(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("the session is %v, %v; want mode 0600", info.Mode(), err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]error{
		"https://review.host":   nil,
		"https://review.host/":  nil,
		"http://127.0.0.1:8080": nil,
		"http://localhost:8080": nil,
		"http://[::1]:8080":     nil,
		"http://review.host":    errPlainHTTP,
		"http://10.0.0.1":       errPlainHTTP,
		"review.host":           errBadAddress,
		"ftp://review.host":     errBadAddress,
		"https://a:b@host":      errBadAddress,
	} {
		if _, err := address(in); !errors.Is(err, want) {
			t.Errorf("address(%q): %v, want %v", in, err, want)
		}
	}
}
