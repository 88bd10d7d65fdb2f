package server

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"
)

// metrics count what the service does, in Prometheus's text format
// (https://prometheus.io/docs/instrumenting/exposition_formats/). No label holds
// what a client chose.
type metrics struct {
	started time.Time

	mu       sync.Mutex
	requests map[requestKey]uint64
	times    map[string]*histogram
	limited  map[string]uint64
	receipts map[string]uint64
	panics   uint64
	inFlight int
}

type requestKey struct {
	route string
	code  int
}

// bounds are the histogram's, in seconds.
var bounds = [...]float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 120}

type histogram struct {
	counts [len(bounds)]uint64
	sum    float64
	count  uint64
}

func newMetrics(now time.Time) *metrics {
	return &metrics{started: now, requests: map[requestKey]uint64{}, times: map[string]*histogram{}, limited: map[string]uint64{}, receipts: map[string]uint64{}}
}

func (m *metrics) begin() {
	m.mu.Lock()
	m.inFlight++
	m.mu.Unlock()
}

func (m *metrics) done(route string, code int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.inFlight--
	m.requests[requestKey{route, code}]++
	h := m.times[route]
	if h == nil {
		h = new(histogram)
		m.times[route] = h
	}
	s := took.Seconds()
	h.sum += s
	h.count++
	for i, b := range bounds {
		if s <= b {
			h.counts[i]++
		}
	}
}

func (m *metrics) limit(kind string) {
	m.mu.Lock()
	m.limited[kind]++
	m.mu.Unlock()
}

func (m *metrics) receipt(status string) {
	m.mu.Lock()
	m.receipts[status]++
	m.mu.Unlock()
}

func (m *metrics) panicked() {
	m.mu.Lock()
	m.panics++
	m.mu.Unlock()
}

// gauge is one figure of the moment.
type gauge struct {
	name, labels, help string
	value              float64
}

// text is all figures, the given ones among them.
func (m *metrics) text(gauges ...gauge) []byte {
	var b bytes.Buffer
	head := func(name, kind, help string) { fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind) }
	counter := func(name, help, label string, of map[string]uint64) {
		head(name, "counter", help)
		for _, k := range slices.Sorted(maps.Keys(of)) {
			fmt.Fprintf(&b, "%s{%s=%q} %d\n", name, label, k, of[k])
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()

	head("mulu_requests_total", "counter", "Requests answered, by route and status.")
	keys := slices.SortedFunc(maps.Keys(m.requests), func(a, b requestKey) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.code, b.code))
	})
	for _, k := range keys {
		fmt.Fprintf(&b, "mulu_requests_total{route=%q,code=\"%d\"} %d\n", k.route, k.code, m.requests[k])
	}
	head("mulu_request_seconds", "histogram", "How long requests took, by route.")
	for _, route := range slices.Sorted(maps.Keys(m.times)) {
		h := m.times[route]
		for i, bound := range bounds {
			fmt.Fprintf(&b, "mulu_request_seconds_bucket{route=%q,le=\"%g\"} %d\n", route, bound, h.counts[i])
		}
		fmt.Fprintf(&b, "mulu_request_seconds_bucket{route=%q,le=\"+Inf\"} %d\n", route, h.count)
		fmt.Fprintf(&b, "mulu_request_seconds_sum{route=%q} %g\nmulu_request_seconds_count{route=%q} %d\n", route, h.sum, route, h.count)
	}
	counter("mulu_limited_total", "Requests sent away, by what they met.", "limit", m.limited)
	counter("mulu_receipts_total", "Bundles answered, by what became of them.", "status", m.receipts)
	head("mulu_panics_total", "counter", "Requests that failed by a fault of the program.")
	fmt.Fprintf(&b, "mulu_panics_total %d\n", m.panics)

	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	for _, g := range append(gauges,
		gauge{"mulu_requests_in_flight", "", "Requests being answered.", float64(m.inFlight)},
		gauge{"process_start_time_seconds", "", "When the service started, in Unix time.", float64(m.started.Unix())},
		gauge{"go_goroutines", "", "Goroutines.", float64(runtime.NumGoroutine())},
		gauge{"go_memstats_heap_alloc_bytes", "", "Bytes of the heap in use.", float64(mem.HeapAlloc)},
		gauge{"go_memstats_sys_bytes", "", "Bytes obtained from the system.", float64(mem.Sys)},
	) {
		head(g.name, "gauge", g.help)
		fmt.Fprintf(&b, "%s%s %g\n", g.name, g.labels, g.value)
	}
	return b.Bytes()
}
