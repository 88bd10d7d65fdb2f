package server

import (
	"cmp"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what clients can make the service do. A zero field is its default.
type Limits struct {
	// Address and Person are requests per second, with bursts, of one network
	// address and of one person or device. A county's townships often share an
	// address.
	Address, Person           float64
	AddressBurst, PersonBurst int
	// Work is how many requests that decode, check or compare catalogs run at
	// once, Queue how many may wait for it, and Wait for how long.
	Work, Queue int
	Wait        time.Duration
	// Bodies is how many bytes of requests are held at once, over all clients.
	Bodies int64
	// Connections are open at once; more wait outside.
	Connections int
	// Head is how long a client has for a request's head, Step for each further
	// piece it sends or takes; over all it has to keep up Slowest bytes a second.
	// A line of 16 kbit/s is slow and still sends a bundle of 16 MiB.
	Head, Step time.Duration
	Slowest    int64
}

func (l Limits) orDefault(cores int) Limits {
	l.Address = cmp.Or(l.Address, 200)
	l.AddressBurst = cmp.Or(l.AddressBurst, 2000)
	l.Person = cmp.Or(l.Person, 20)
	l.PersonBurst = cmp.Or(l.PersonBurst, 200)
	l.Work = cmp.Or(l.Work, 2*cores)
	l.Queue = cmp.Or(l.Queue, 2000)
	l.Wait = cmp.Or(l.Wait, 30*time.Second)
	l.Bodies = cmp.Or(l.Bodies, 256<<20)
	l.Connections = cmp.Or(l.Connections, 4096)
	l.Head = cmp.Or(l.Head, 10*time.Second)
	l.Step = cmp.Or(l.Step, 30*time.Second)
	l.Slowest = cmp.Or(l.Slowest, 2<<10)
	return l
}

// allowance is how long a client may take for so many bytes.
func (l Limits) allowance(bytes int64) time.Duration {
	return l.Step + time.Duration(bytes/l.Slowest)*time.Second
}

// buckets hold a token bucket for each key. Full ones are forgotten: a new one
// is the same.
type buckets[K comparable] struct {
	limit rate.Limit
	burst int

	mu    sync.Mutex
	of    map[K]*rate.Limiter
	swept time.Time
}

func newBuckets[K comparable](perSecond float64, burst int) *buckets[K] {
	return &buckets[K]{limit: rate.Limit(perSecond), burst: burst, of: map[K]*rate.Limiter{}}
}

// maxBuckets is how many keys are remembered before all begin anew; so many come
// only from an attack by very many addresses, against which a bucket for each
// helps nothing.
const maxBuckets = 1 << 16

// take takes n tokens of the key, or says when to come again.
func (b *buckets[K]) take(key K, n int, now time.Time) (wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case len(b.of) >= maxBuckets:
		clear(b.of)
	case now.Sub(b.swept) > time.Minute:
		b.sweep(now)
	}
	l := b.of[key]
	if l == nil {
		l = rate.NewLimiter(b.limit, b.burst)
		b.of[key] = l
	}
	if r := l.ReserveN(now, n); r.OK() {
		if wait = r.DelayFrom(now); wait > 0 {
			r.CancelAt(now)
		}
		return wait
	}
	return time.Minute // n is above the burst
}

func (b *buckets[K]) sweep(now time.Time) {
	b.swept = now
	for k, l := range b.of {
		if l.TokensAt(now) >= float64(b.burst) {
			delete(b.of, k)
		}
	}
}

// queue lets few work at once, some wait, and sends the rest away.
type queue struct {
	slots chan struct{}
	line  chan struct{}
	wait  time.Duration

	mu   sync.Mutex
	each time.Duration // how long one took of late
}

func newQueue(work, waiting int, wait time.Duration) *queue {
	return &queue{slots: make(chan struct{}, work), line: make(chan struct{}, work+waiting), wait: wait}
}

// enter waits for its turn. It returns how to leave, or false when the line is
// too long or does not move.
func (q *queue) enter(ctx context.Context) (leave func(), ok bool) {
	select {
	case q.line <- struct{}{}:
	default:
		return nil, false
	}
	t := time.NewTimer(q.wait)
	defer t.Stop()
	select {
	case q.slots <- struct{}{}:
		began := time.Now()
		return func() {
			q.mu.Lock()
			q.each += (time.Since(began) - q.each) / 16
			q.mu.Unlock()
			<-q.slots
			<-q.line
		}, true
	case <-t.C:
	case <-ctx.Done():
	}
	<-q.line
	return nil, false
}

// later is when there may be room: when those in line have been served.
func (q *queue) later() time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := q.each * time.Duration(len(q.line)) / time.Duration(cap(q.slots))
	return min(max(t, time.Second), time.Minute)
}

// budget is memory that requests share.
type budget struct {
	mu         sync.Mutex
	free, size int64
}

func newBudget(size int64) *budget { return &budget{free: size, size: size} }

func (b *budget) take(n int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n > b.free {
		return false
	}
	b.free -= n
	return true
}

func (b *budget) give(n int64) {
	b.mu.Lock()
	b.free += n
	b.mu.Unlock()
}

func (b *budget) used() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.size - b.free
}
