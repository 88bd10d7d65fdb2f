package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
	"mulutong/sync/wire"
)

// crowd is many clients of one service, each with a device and a catalog of its
// own, who all come at once and come again when they are told to.
type crowd struct {
	url     string
	service string // the id of its key
	clients []loadClient
	http    *http.Client
	hurry   time.Duration // what clients take for a second when they are told to wait

	mu      sync.Mutex
	tries   map[string][]time.Duration // by route, those that were answered with a success
	until   []time.Duration            // from a client's first request to its receipt
	polite  map[int]int                // 429 and 503
	unasked []string                   // whatever else went wrong
}

type loadClient struct {
	device
	address string
	unit    catalog.UnitID
	bundle  []byte
}

// assemble makes n clients of townships with 25 sectors each, and puts townships
// and devices into the store.
func assemble(tb testing.TB, store review.Store, n, entries int) *crowd {
	tb.Helper()
	c := &crowd{hurry: time.Second, tries: map[string][]time.Duration{}, polite: map[int]int{}, clients: make([]loadClient, n)}
	c.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: n}, Timeout: 5 * time.Minute}
	sectors := catalogtest.Sectors()
	sectors = sectors[:min(25, len(sectors))]
	err := store.Update(context.Background(), func(tx review.Tx) error {
		if err := tx.PutUnit(city()[0]); err != nil {
			return err
		}
		for i := range c.clients {
			d := newDevice(tb)
			u := catalog.Unit{ID: catalog.UnitID(strconv.Itoa(340223100 + i/len(sectors))), Name: "某镇", Kind: catalog.TownshipUnit, Parent: county}
			if err := tx.PutUnit(u); err != nil {
				return err
			}
			if err := tx.PutDevice(review.Device{ID: d.id, Key: d.Public(), Suite: d.Suite(), Unit: u.ID, Role: review.Clerk, Name: "机"}); err != nil {
				return err
			}
			cat := catalog.Catalog{Schema: catalog.Schema, Unit: u, Sector: sectors[i%len(sectors)], Revision: 1, Entries: catalogtest.Entries(uint64(i), entries)}
			for j := range cat.Entries {
				cat.Entries[j].Sector = cat.Sector
			}
			c.clients[i] = loadClient{device: d, address: fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255), unit: u.ID, bundle: submission(tb, d, sign(cat), "")}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// ask sends a request until it is answered with a success, waiting as it is told.
func (c *crowd) ask(ctx context.Context, from loadClient, token, route string, body any) ([]byte, error) {
	r := wire.ByName(route)
	b, raw := body.([]byte)
	if !raw && body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	for {
		req, err := http.NewRequestWithContext(ctx, r.Method, c.url+r.At(), bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		req.Header.Set("X-Forwarded-For", from.address)
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		began := time.Now()
		resp, err := c.http.Do(req)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", route, err)
		}
		answer, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		took := time.Since(began)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", route, err)
		}
		c.mu.Lock()
		switch resp.StatusCode {
		case http.StatusOK:
			c.tries[route] = append(c.tries[route], took)
			c.mu.Unlock()
			return answer, nil
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			c.polite[resp.StatusCode]++
		}
		c.mu.Unlock()
		seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		if err != nil || resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
			return nil, fmt.Errorf("%s: status %d: %.200s", route, resp.StatusCode, answer)
		}
		wait := time.Duration((float64(seconds) + rand.Float64()*float64(seconds)) * float64(c.hurry))
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// one client signs on, hands in its bundle and looks for what it is told.
func (c *crowd) one(ctx context.Context, from loadClient) error {
	began := time.Now()
	b, err := c.ask(ctx, from, "", "challenge", wire.Challenge{Device: from.id})
	if err != nil {
		return err
	}
	var n wire.Nonce
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	sig, err := from.Sign(wire.SignOnMessage(c.service, n.Challenge))
	if err != nil {
		return err
	}
	if b, err = c.ask(ctx, from, "", "sign-on", wire.SignOn{Device: from.id, Challenge: n.Challenge, Signature: sig}); err != nil {
		return err
	}
	var s wire.Session
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if b, err = c.ask(ctx, from, s.Token, "offer", from.bundle); err != nil {
		return err
	}
	var r review.Receipt
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Status != review.Accepted || r.Bundle != bundle.HashOf(from.bundle) {
		return fmt.Errorf("receipt %+v", r)
	}
	took := time.Since(began)
	if _, err = c.ask(ctx, from, s.Token, "feed", nil); err != nil {
		return err
	}
	c.mu.Lock()
	c.until = append(c.until, took)
	c.mu.Unlock()
	return nil
}

// rush lets all clients come at once, and returns how long they took together.
func (c *crowd) rush(ctx context.Context) time.Duration {
	began := time.Now()
	var wg sync.WaitGroup
	for _, from := range c.clients {
		wg.Go(func() {
			if err := c.one(ctx, from); err != nil {
				c.mu.Lock()
				c.unasked = append(c.unasked, err.Error())
				c.mu.Unlock()
			}
		})
	}
	wg.Wait()
	c.http.CloseIdleConnections()
	return time.Since(began)
}

// all checks that every submission is there, once.
func (c *crowd) all(tb testing.TB, store review.Store) {
	tb.Helper()
	err := store.View(context.Background(), func(tx review.Tx) error {
		heads, err := tx.Heads(review.CaseQuery{})
		if err != nil {
			return err
		}
		there := map[review.SubmissionID]int{}
		for _, h := range heads {
			there[h.Submission]++
			if h.Number != 1 {
				tb.Errorf("%v is submitted %d times", h.ID, h.Number)
			}
		}
		for _, from := range c.clients {
			if n := there[bundle.HashOf(from.bundle)]; n != 1 {
				tb.Errorf("a submission that was acknowledged is there %d times", n)
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func percentile(ds []time.Duration, p float64) time.Duration {
	if len(ds) == 0 {
		return 0
	}
	ds = slices.Sorted(slices.Values(ds))
	return ds[min(len(ds)-1, int(p*float64(len(ds))))]
}

func TestManyAtOnceAreAllServedInTheEnd(t *testing.T) {
	store := reviewtest.NewMemory()
	c := assemble(t, store, 120, 3)
	s := start(t, func(cfg *Config) {
		cfg.Store, cfg.Now = store, time.Now
		cfg.BehindProxy = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		cfg.Limits = Limits{Work: 1, Queue: 8, Wait: 20 * time.Millisecond, Bodies: 256 << 10}
	})
	c.url, c.service, c.hurry = s.url, s.cfg.Key.KeyID(), 20*time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	most := make(chan int64)
	watching, stop := context.WithCancel(ctx)
	go func() {
		var held int64
		for watching.Err() == nil {
			held = max(held, s.bodies.used())
			runtime.Gosched()
		}
		most <- held
	}()
	c.rush(ctx)
	stop()
	if held := <-most; held > 256<<10 {
		t.Errorf("%d bytes of requests were held at once", held)
	}
	for _, err := range c.unasked {
		t.Error(err)
	}
	if c.polite[http.StatusServiceUnavailable] == 0 {
		t.Error("nobody was sent away: this tests nothing")
	}
	if used, line := s.bodies.used(), len(s.work.line); used != 0 || line != 0 {
		t.Errorf("%d bytes are still held, %d still in line", used, line)
	}
	c.all(t, store)
}

// BenchmarkLoad lets 1,500 clients hand in a catalog of 40 entries each at once.
// The service is a process of its own with SQLite's full synchronisation; clients
// and service share this machine's processors.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		store, err := sqlstore.Open(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		c := assemble(b, store, 1500, 40)
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		size := 0
		for _, from := range c.clients {
			size += len(from.bundle)
		}

		server := exec.Command(os.Args[0], "-test.run=^TestLoadService$")
		server.Env = append(os.Environ(), "MULU_LOAD="+dir)
		server.Stderr = os.Stderr
		out, err := server.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := server.Start(); err != nil {
			b.Fatal(err)
		}
		stopped := false
		defer func() {
			if !stopped {
				server.Process.Kill()
			}
		}()
		said := bufio.NewReader(out)
		line, err := said.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "http") {
			rest, _ := io.ReadAll(said)
			b.Fatalf("the service says %s%s: %v", line, rest, err)
		}
		c.url, c.service, _ = strings.Cut(strings.TrimSpace(line), " ")

		ctx, cancel := context.WithTimeout(b.Context(), 5*time.Minute)
		took := c.rush(ctx)
		cancel()
		memory := peak(server.Process.Pid)
		if err := server.Process.Signal(syscall.SIGTERM); err != nil {
			b.Fatal(err)
		}
		if err := server.Wait(); err != nil {
			b.Error(err)
		}
		stopped = true
		for _, err := range c.unasked[:min(10, len(c.unasked))] {
			b.Error(err)
		}
		if store, err = sqlstore.Open(b.Context(), dir); err != nil {
			b.Fatal(err)
		}
		c.all(b, store)
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		b.ReportMetric(float64(len(c.clients))/took.Seconds(), "submissions/s")
		b.ReportMetric(ms(percentile(c.tries["offer"], .5)), "ms/offer-p50")
		b.ReportMetric(ms(percentile(c.tries["offer"], .99)), "ms/offer-p99")
		b.ReportMetric(ms(percentile(c.until, .99)), "ms/acknowledged-p99")
		b.ReportMetric(float64(c.polite[http.StatusTooManyRequests]), "429")
		b.ReportMetric(float64(c.polite[http.StatusServiceUnavailable]), "503")
		b.ReportMetric(float64(len(c.unasked)), "errors")
		b.ReportMetric(float64(memory)/(1<<20), "MiB-service")
		b.ReportMetric(float64(size)/float64(len(c.clients))/(1<<10), "KiB/bundle")
	}
}

// peak is the most memory that a process had, where the system tells.
func peak(pid int) (bytes int64) {
	b, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, _ := strconv.ParseInt(strings.Fields(v)[0], 10, 64)
			return kib << 10
		}
	}
	return 0
}

// TestLoadService is the service of BenchmarkLoad, in a process of its own.
func TestLoadService(t *testing.T) {
	dir := os.Getenv("MULU_LOAD")
	if dir == "" {
		t.Skip("run by BenchmarkLoad")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	store, err := sqlstore.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	keys, err := OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(ctx, Config{
		Store: store, Office: review.NewOffice(store, time.Now, review.Rules{}), Key: keys.Signing, Identity: keys.Identity,
		BehindProxy: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := s.Listen("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("http://%s %s\n", ln.Addr(), keys.Signing.KeyID())
	if err := s.Run(ctx, ln); err != nil {
		t.Fatal(err)
	}
}
