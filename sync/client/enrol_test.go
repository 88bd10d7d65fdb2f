package client

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func TestADevicesKeyIsItsOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "device.key")
	if _, err := LoadKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("LoadKey = %v, want fs.ErrNotExist", err)
	}
	k := testKey(t, 1)
	must(t, SaveKey(path, k))
	info, err := os.Stat(path)
	must(t, err)
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	if err := SaveKey(path, testKey(t, 2)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another key: %v, want fs.ErrExist", err)
	}
	if got, err := LoadKey(path); err != nil || got.KeyID() != k.KeyID() {
		t.Errorf("LoadKey = %v, %v", got, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); err != nil || len(left) != 0 {
		t.Errorf("left beside it: %q, %v", left, err)
	}
}

func TestEnrolByCode(t *testing.T) {
	s := newCity(t)
	k := testKey(t, 1)
	request, err := Request(k, township.ID, "一号机", time.Now())
	must(t, err)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(wire.ServiceHeader, wire.ServiceVersion)
		b, err := io.ReadAll(r.Body)
		var in wire.Enrol
		if err == nil {
			err = json.Unmarshal(b, &in)
		}
		if err != nil || in.Code != "GOOD" {
			w.WriteHeader(wire.CodeBadCode.Status())
			io.WriteString(w, `{"code":"bad-code"}`)
			return
		}
		own, err := bundle.OpenOwn(in.Request, bundle.Request)
		if err != nil || own.Key != k.KeyID() {
			t.Errorf("the request: %v", err)
		}
		w.Write(s.certify(t, township, k))
	}))
	defer srv.Close()
	if _, err := Enrol(t.Context(), srv.URL, "BAD", request, nil); !errors.Is(err, review.ErrBadCode) {
		t.Errorf("a code that is none: %v, want ErrBadCode", err)
	}
	if _, err := Enrol(t.Context(), "not an address", "GOOD", request, nil); err == nil {
		t.Error("an address that is none is taken")
	}
	cert, err := Enrol(t.Context(), srv.URL, "GOOD", request, nil)
	must(t, err)
	m := &machine{t: t, drafts: newDrafts(township), key: k, city: s}
	m.reopen()
	if _, err := m.Certify(t.Context(), cert, false); err != nil {
		t.Fatal(err)
	}
	m.reopen()
	if got, err := m.Certificate(); err != nil || got.Parent.ID != county.ID {
		t.Errorf("Certificate = %+v, %v", got, err)
	}
}

func TestACertificateOfOthersIsRefused(t *testing.T) {
	ctx := t.Context()
	s := newCity(t)
	m := s.enrol(t, township, 1, Options{})
	if _, err := m.Certify(ctx, s.certify(t, township, testKey(t, 2)), false); !errors.Is(err, ErrNotOurs) {
		t.Errorf("another machine's: %v, want ErrNotOurs", err)
	}
	if _, err := m.Certify(ctx, s.certify(t, other, m.key), false); !errors.Is(err, ErrNotOurs) {
		t.Errorf("another unit's: %v, want ErrNotOurs", err)
	}
	s.certify(t, township, m.key)
	m.drafts.set(assistance, fill)
	m.submit()
	m.sync(s.as(m))
	next := newCity(t)
	next.key = testKey(t, 9)
	cert := next.certify(t, township, m.key)
	if _, err := m.Certify(ctx, cert, false); !errors.Is(err, ErrOtherService) {
		t.Errorf("another service's: %v, want ErrOtherService", err)
	}
	if _, err := m.Certify(ctx, cert, true); err != nil {
		t.Fatal(err)
	}
	m.sync(next.as(m))
	if c := next.theCase(t); len(c.Submissions) != 1 {
		t.Errorf("the new service has %+v", c)
	}
}
