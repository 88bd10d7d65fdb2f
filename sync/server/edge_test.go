package server

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

func TestOnlyTheNamedProxyIsBelieved(t *testing.T) {
	behind := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, tt := range []struct {
		name    string
		peer    string
		forward []string
		proto   string
		want    string
		secure  bool
		err     error
	}{
		{"a stranger in plain HTTP", "203.0.113.9:1", nil, "", "", false, errPlain},
		{"a stranger who says to be forwarded", "203.0.113.9:1", []string{"127.0.0.1"}, "https", "", false, errPlain},
		{"this machine", "127.0.0.1:1", nil, "", "127.0.0.1", false, nil},
		{"this machine says to be forwarded", "127.0.0.1:1", []string{"8.8.8.8"}, "", "127.0.0.1", false, nil},
		{"the proxy for a client", "10.1.2.3:1", []string{"203.0.113.9"}, "https", "203.0.113.9", true, nil},
		{"the proxy for a client in plain HTTP", "10.1.2.3:1", []string{"203.0.113.9"}, "", "203.0.113.9", false, nil},
		{"a client who wrote the header's beginning", "10.1.2.3:1", []string{"127.0.0.1, 203.0.113.9"}, "", "203.0.113.9", false, nil},
		{"the header twice", "10.1.2.3:1", []string{"127.0.0.1", "203.0.113.9"}, "", "203.0.113.9", false, nil},
		{"two proxies of ours", "10.1.2.3:1", []string{"1.1.1.1, 203.0.113.9, 10.9.9.9"}, "", "203.0.113.9", false, nil},
		{"nonsense in it", "10.1.2.3:1", []string{"203.0.113.9, what"}, "", "10.1.2.3", false, nil},
		{"no header", "10.1.2.3:1", nil, "", "10.1.2.3", false, nil},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:1", []string{"::ffff:203.0.113.9"}, "", "203.0.113.9", false, nil},
		{"IPv6", "[fd00::1]:1", []string{"2001:db8::7"}, "", "2001:db8::7", false, nil},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tt.peer
		for _, f := range tt.forward {
			r.Header.Add("X-Forwarded-For", f)
		}
		r.Header.Set("X-Forwarded-Proto", tt.proto)
		got, err := behind.from(r)
		want := client{secure: tt.secure}
		if tt.want != "" {
			want.addr = netip.MustParseAddr(tt.want)
		}
		if got != want || err != tt.err {
			t.Errorf("%s: %v %v, want %v %v", tt.name, got, err, want, tt.err)
		}
	}
	if network(netip.MustParseAddr("2001:db8::1:2:3:4")) != network(netip.MustParseAddr("2001:db8::5:6:7:8")) {
		t.Error("one IPv6 line counts as many addresses")
	}
}

func TestPlainHTTPStaysOnThisMachine(t *testing.T) {
	s := prepare(t)
	if ln, err := s.Listen("0.0.0.0:0", nil); !errors.Is(err, ErrPlain) {
		t.Errorf("plain HTTP for everybody: %v, %v", ln, err)
	}
	ln, err := s.Listen("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	s = prepare(t, func(c *Config) { c.BehindProxy = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
	if ln, err = s.Listen("0.0.0.0:0", nil); err != nil {
		t.Fatal(err)
	}
	ln.Close()
	r := httptest.NewRequest("GET", "/healthz", nil)
	r.RemoteAddr = "198.51.100.1:99"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("somebody passes by the proxy: %d", w.Code)
	}
}

// writeCertificate writes a certificate of the name with its key.
func writeCertificate(t *testing.T, dir, name string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	b, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: b}} {
		if err := os.WriteFile(filepath.Join(dir, file), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCertificateIsTakenUpWhenItChanges(t *testing.T) {
	s, dir := prepare(t), t.TempDir()
	pool := x509.NewCertPool()
	pool.AddCert(writeCertificate(t, dir, "first"))
	cert, err := LoadCertificate(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), s.log)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := s.Listen("127.0.0.1:0", cert)
	if err != nil {
		t.Fatal(err)
	}
	stop := s.run(ln)
	defer stop()
	served := func(most uint16) string {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS10, MaxVersion: most}}}
		resp, err := client.Get("https://" + ln.Addr().String() + "/healthz")
		if err != nil {
			return err.Error()
		}
		defer resp.Body.Close()
		if resp.Header.Get("Strict-Transport-Security") == "" {
			t.Error("no Strict-Transport-Security over TLS")
		}
		return resp.TLS.PeerCertificates[0].Subject.CommonName + " " + resp.Proto
	}
	if got := served(0); got != "first HTTP/2.0" {
		t.Fatalf("served %q", got)
	}
	if got := served(tls.VersionTLS11); !strings.Contains(got, "protocol version") {
		t.Errorf("TLS 1.1 gets %q", got)
	}
	until := func(want string) {
		t.Helper()
		for range 100 {
			if served(0) == want {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("served %q, want %q", served(0), want)
	}
	// Half of a new pair does no harm; the whole is taken up.
	if err := os.WriteFile(filepath.Join(dir, "cert.pem"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(certificateAge + 100*time.Millisecond)
	until("first HTTP/2.0")
	pool.AddCert(writeCertificate(t, dir, "second"))
	until("second HTTP/2.0")
}

// run runs the service on the listener until the function it returns is called.
func (s *service) run(ln net.Listener) (stop func()) {
	s.t.Helper()
	s.url = "http://" + ln.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, ln) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	}
}

func (s *service) runPlain() (stop func()) {
	s.t.Helper()
	ln, err := s.Listen("127.0.0.1:0", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.run(ln)
}

// slowly makes a handler wait until the test lets it go on.
func (s *service) slowly(route string) (entered, release chan struct{}) {
	entered, release = make(chan struct{}, 100), make(chan struct{})
	does := s.handlers()[route]
	s.replace(route, func(c *call) (any, error) {
		entered <- struct{}{}
		select {
		case <-release:
		case <-c.Context().Done():
		}
		return does(c)
	})
	return entered, release
}

// replace puts another handler on a route.
func (s *service) replace(route string, h handler) {
	mux := http.NewServeMux()
	handlers := s.handlers()
	handlers[route] = h
	for _, r := range wire.Routes {
		mux.Handle(r.Pattern(), s.route(r, handlers[r.Name]))
	}
	mux.HandleFunc("/", s.noRoute)
	s.mux = mux
}

func TestStoppingLetsRequestsFinish(t *testing.T) {
	s := prepare(t)
	entered, release := s.slowly("me")
	stop := s.runPlain()
	token := s.signedOn("clerk")
	answered := make(chan int, 1)
	go func() { answered <- s.to(token, "me", nil).status }()
	<-entered
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	for !s.stopping.Load() {
		time.Sleep(time.Millisecond)
	}
	if c, err := net.DialTimeout("tcp", strings.TrimPrefix(s.url, "http://"), time.Second); err == nil {
		c.SetDeadline(time.Now().Add(time.Second))
		fmt.Fprintf(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		if b, _ := io.ReadAll(c); len(b) > 0 {
			t.Errorf("a new request is answered while the service stops: %s", b)
		}
		c.Close()
	}
	close(release)
	if got := <-answered; got != http.StatusOK {
		t.Errorf("the request that had begun got %d", got)
	}
	<-stopped
}

func TestSystemdIsTold(t *testing.T) {
	name := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", name)
	t.Setenv("WATCHDOG_USEC", "40000")
	s := prepare(t)
	stop := s.runPlain()
	heard := func() string {
		b := make([]byte, 100)
		c.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, err := c.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		return string(b[:n])
	}
	if got := heard(); got != "READY=1" {
		t.Errorf("first %q", got)
	}
	if got := heard(); got != "WATCHDOG=1" {
		t.Errorf("then %q", got)
	}
	stop()
	for got := heard(); got != "STOPPING=1"; got = heard() {
		if got != "WATCHDOG=1" {
			t.Fatalf("at the end %q", got)
		}
	}
}

func TestSlowClientsAreWaitedForAndIdleOnesAreNot(t *testing.T) {
	s := prepare(t, func(c *Config) {
		c.Limits = Limits{Head: 300 * time.Millisecond, Step: 300 * time.Millisecond, Slowest: 1}
	})
	defer s.runPlain()()
	ended := func(c net.Conn) time.Duration {
		began := time.Now()
		c.SetReadDeadline(began.Add(20 * time.Second))
		if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("the service holds the connection")
		}
		return time.Since(began)
	}
	head := s.dial()
	io.WriteString(head, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	ended(head)

	silent := s.dial()
	io.WriteString(silent, "POST /api/v1/challenge HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{")
	ended(silent)

	// Refused before its body is read, and then silent.
	refused := s.dial()
	io.WriteString(refused, "POST /api/v1/bundles HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n{")
	ended(refused)

	slow := s.dial()
	message := `{"device":"0123456789abcdef"}`
	fmt.Fprintf(slow, "POST /api/v1/challenge HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", len(message))
	for _, b := range []byte(message) {
		time.Sleep(30 * time.Millisecond)
		slow.Write([]byte{b})
	}
	slow.SetReadDeadline(time.Now().Add(10 * time.Second))
	resp, err := http.ReadResponse(bufio.NewReader(slow), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("a slow client that keeps sending gets %d", resp.StatusCode)
	}
}

func TestTooSlowOverAll(t *testing.T) {
	s := prepare(t, func(c *Config) { c.Limits = Limits{Step: 300 * time.Millisecond, Slowest: 1 << 20} })
	defer s.runPlain()()
	c := s.dial()
	io.WriteString(c, "POST /api/v1/challenge HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
	c.SetReadDeadline(time.Now().Add(20 * time.Second))
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil && resp.StatusCode == http.StatusOK {
			t.Errorf("status %d", resp.StatusCode)
		}
	}()
	for {
		select {
		case <-closed:
			return
		case <-time.After(50 * time.Millisecond):
			c.Write([]byte(" "))
		}
	}
}

func TestLimitsAnswerWithWhenToComeAgain(t *testing.T) {
	politely := func(t *testing.T, r reply, want int) {
		t.Helper()
		after, err := strconv.Atoi(r.header.Get("Retry-After"))
		if r.status != want || err != nil || after < 1 {
			t.Errorf("status %d, Retry-After %q, want %d with one", r.status, r.header.Get("Retry-After"), want)
		}
	}
	t.Run("address", func(t *testing.T) {
		s := start(t, func(c *Config) { c.Limits = Limits{Address: .1, AddressBurst: 3} })
		for range 3 {
			if r := s.to("", "healthz", nil); r.status != http.StatusOK {
				t.Fatal(r.status)
			}
		}
		politely(t, s.to("", "healthz", nil), http.StatusTooManyRequests)
	})
	t.Run("person", func(t *testing.T) {
		s := start(t, func(c *Config) { c.Limits = Limits{Person: .1, PersonBurst: 3} })
		token, other := s.signedOn("clerk"), s.signedOn("auditor")
		for range 3 {
			s.to(token, "me", nil)
		}
		politely(t, s.to(token, "me", nil), http.StatusTooManyRequests)
		if r := s.to(other, "me", nil); r.status != http.StatusOK {
			t.Errorf("one person's haste hurts another: %d", r.status)
		}
	})
	t.Run("work", func(t *testing.T) {
		s := prepare(t, func(c *Config) { c.Limits = Limits{Work: 1, Queue: 1, Wait: 50 * time.Millisecond} })
		entered, release := s.slowly("feed")
		defer s.runPlain()()
		token := s.signedOn("clerk")
		first := make(chan reply, 1)
		go func() { first <- s.to(token, "feed", nil) }()
		<-entered
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { politely(t, s.to(token, "feed", nil), http.StatusServiceUnavailable) })
		}
		wg.Wait()
		if r := s.to(token, "me", nil); r.status != http.StatusOK {
			t.Errorf("heavy work keeps light work waiting: %d", r.status)
		}
		close(release)
		if r := <-first; r.status != http.StatusOK {
			t.Errorf("the first got %d", r.status)
		}
		if r := s.to(token, "feed", nil); r.status != http.StatusOK {
			t.Errorf("afterwards %d", r.status)
		}
	})
	t.Run("bodies", func(t *testing.T) {
		s := start(t, func(c *Config) { c.Limits = Limits{Bodies: 100} })
		politely(t, s.to("", "challenge", strings.Repeat(" ", 101)), http.StatusServiceUnavailable)
		if r := s.to("", "challenge", wire.Challenge{Device: "d"}); r.status != http.StatusOK || s.bodies.used() != 0 {
			t.Errorf("status %d, %d bytes still held", r.status, s.bodies.used())
		}
	})
}

func TestBucketsForgetWhatIsFull(t *testing.T) {
	b, now := newBuckets[int](1, 5), time.Now()
	for i := range 1000 {
		b.take(i, 1, now)
	}
	if wait := b.take(0, 5, now); wait != time.Second {
		t.Errorf("with four left, five are there in %v", wait)
	}
	b.take(1000, 1, now.Add(2*time.Minute))
	if len(b.of) != 1 {
		t.Errorf("%d buckets are kept", len(b.of))
	}
	for i := range maxBuckets + 100 {
		b.take(i, 1, now)
	}
	if len(b.of) > maxBuckets {
		t.Errorf("%d buckets are kept", len(b.of))
	}
}

func TestBodiesAreBounded(t *testing.T) {
	s := start(t)
	if r := s.to("", "challenge", strings.Repeat(" ", 64<<10+1)); r.code() != wire.CodeTooLarge {
		t.Errorf("%d %s", r.status, r.body)
	}
	// A body without a length is read as far as it may go.
	pr, pw := io.Pipe()
	go func() {
		piece := bytes.Repeat([]byte(" "), 1<<10)
		for {
			if _, err := pw.Write(piece); err != nil {
				return
			}
		}
	}()
	req, err := http.NewRequest("POST", s.url+wire.ByName("challenge").At(), pr)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a body without an end: %d", resp.StatusCode)
	}
	for name, bad := range map[string]string{"nothing": "", "half": `{"device":"`, "two": `{}{}`, "wrong type": `{"device":1}`, "deep": strings.Repeat("[", 20_000)} {
		if r := s.to("", "challenge", bad); r.code() != wire.CodeBadRequest {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
}

func TestUnknownPathsAndMethodsAreAnsweredAsEverythingElse(t *testing.T) {
	s := start(t)
	for _, tt := range []struct {
		method, path string
		code         wire.Code
		allow        string
	}{
		{"GET", "/", wire.CodeNotFound, ""},
		{"GET", "/api/v1/nothing", wire.CodeNotFound, ""},
		{"GET", "/api/v1//me", wire.CodeNotFound, ""},
		{"GET", "/api/v1/x/../me", wire.CodeNotFound, ""},
		{"GET", "/api/v1/me/", wire.CodeNotFound, ""},
		{"POST", "/api/v1/me", wire.CodeMethod, "GET"},
		{"PUT", "/api/v1/accounts", wire.CodeMethod, "GET, POST"},
		{"OPTIONS", "/api/v1/accounts", wire.CodeMethod, "GET, POST"},
		{"GET", "/api/v1/cases/340223100", wire.CodeNotFound, ""},
	} {
		r := s.ask("", tt.method, tt.path, nil)
		if r.code() != tt.code || r.header.Get("Allow") != tt.allow || r.header.Get(wire.ServiceHeader) != wire.ServiceVersion {
			t.Errorf("%s %s: %d %s, Allow %q, want %s and %q", tt.method, tt.path, r.status, r.body, r.header.Get("Allow"), tt.code, tt.allow)
		}
	}
}

func TestPanicIsOneRequestsFailure(t *testing.T) {
	s := prepare(t)
	s.replace("me", func(*call) (any, error) {
		var none []int
		return none[3], nil
	})
	defer s.runPlain()()
	token := s.signedOn("clerk")
	r := s.to(token, "me", nil)
	id := r.header.Get("Request-Id")
	if r.code() != wire.CodeInternal || strings.Contains(string(r.body), "index") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if log := s.logs.String(); !strings.Contains(log, `"msg":"panic","request":"`+id+`"`) || !strings.Contains(log, "edge_test.go") {
		t.Errorf("the log does not say where request %s failed:\n%s", id, log)
	}
	if r := s.to(token, "accounts", nil); r.status != http.StatusForbidden {
		t.Errorf("afterwards %d", r.status)
	}
	if m := string(s.to("", "metrics", nil).body); !strings.Contains(m, "\nmulu_panics_total 1\n") {
		t.Error("the metrics do not count it")
	}
}

func TestStoreThatFailsIsTheServicesFault(t *testing.T) {
	store := &failing{Store: reviewtest.NewMemory()}
	s := start(t, func(c *Config) { c.Store = store })
	token := s.signedOn("clerk")
	if r := s.to("", "readyz", nil); r.status != http.StatusOK {
		t.Errorf("readyz: %d", r.status)
	}
	store.err = errors.New("disk on fire in /var/lib/secret")
	r := s.to(token, "me", nil)
	if r.code() != wire.CodeInternal || strings.Contains(string(r.body), "fire") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if !strings.Contains(s.logs.String(), "disk on fire") {
		t.Error("the log does not say why")
	}
	if r := s.to("", "readyz", nil); r.status != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d", r.status)
	}
	if r := s.to("", "healthz", nil); r.status != http.StatusOK {
		t.Errorf("healthz: %d", r.status)
	}
	store.err = nil
	s.cfg.Data = t.TempDir()
	if r := s.to("", "readyz", nil); r.status != http.StatusOK {
		t.Errorf("readyz with room: %d %s", r.status, r.body)
	}
	s.free = func(string) (uint64, error) { return leastFree - 1, nil }
	if r := s.to("", "readyz", nil); r.status != http.StatusServiceUnavailable || !strings.Contains(string(r.body), "disk") {
		t.Errorf("readyz with a full disk: %d %s", r.status, r.body)
	}
}

// failing is a store that fails with err where there is one.
type failing struct {
	review.Store
	err error
}

func (f *failing) View(ctx context.Context, fn func(review.Tx) error) error {
	if f.err != nil {
		return f.err
	}
	return f.Store.View(ctx, fn)
}

// metricLine is a sample of the text format.
var metricLine = regexp.MustCompile(`^[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? [0-9.e+-]+$`)

func TestMetricsAreWellFormedAndForThisMachine(t *testing.T) {
	s := start(t)
	s.signedOn("clerk")
	s.ask("", "GET", "/no/\"such{path", nil)
	r := s.to("", "metrics", nil)
	kinds := map[string]string{}
	for line := range strings.Lines(string(r.body)) {
		line = strings.TrimSuffix(line, "\n")
		if typ, ok := strings.CutPrefix(line, "# TYPE "); ok {
			name, kind, _ := strings.Cut(typ, " ")
			if kinds[name] != "" {
				t.Errorf("%s is declared twice", name)
			}
			kinds[name] = kind
			continue
		}
		if strings.HasPrefix(line, "# HELP ") {
			continue
		}
		if !metricLine.MatchString(line) {
			t.Errorf("line %q", line)
		}
		name, _, _ := strings.Cut(strings.FieldsFunc(line, func(r rune) bool { return r == '{' || r == ' ' })[0], "\x00")
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		if kinds[name] == "" && kinds[base] != "histogram" {
			t.Errorf("%s has no type", name)
		}
	}
	for _, want := range []string{`mulu_requests_total{route="sign-on",code="200"} 1`, `mulu_requests_total{route="none",code="404"} 1`, `mulu_request_seconds_count{route="sign-on"} 1`, "mulu_store_up 1"} {
		if !strings.Contains(string(r.body), want+"\n") {
			t.Errorf("no line %s", want)
		}
	}
	behind := prepare(t, func(c *Config) { c.BehindProxy = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	req := httptest.NewRequest("GET", "/metrics", nil)
	req.RemoteAddr = "127.0.0.1:1"
	req.Header.Set("X-Forwarded-For", "203.0.113.9")
	w := httptest.NewRecorder()
	behind.ServeHTTP(w, req)
	if w.Code != http.StatusForbidden {
		t.Errorf("everybody reads the metrics through the proxy: %d", w.Code)
	}
}

func TestKeysAreMadeOnceAndForTheOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	first, err := OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	if first.Signing.KeyID() != again.Signing.KeyID() || first.Identity.Recipient() != again.Identity.Recipient() {
		t.Error("the keys are others at the second start")
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
	if err := os.WriteFile(filepath.Join(dir, KeyFile), []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(dir); err == nil {
		t.Error("a broken key was taken, or replaced")
	}
}
