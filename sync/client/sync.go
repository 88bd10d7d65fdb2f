package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Progress is how far a Sync is.
type Progress struct {
	Sent, ToSend int // bundles
	Received     int // items
}

// How long to wait between tries.
const (
	firstWait = time.Second
	maxWait   = time.Minute
	// maxPatience is the longest Retry-After that is waited for.
	maxPatience = 10 * time.Minute
)

// Sync sends what is in the outbox and takes in what the feed has. It tries again
// over a bad line, and gives up with the last error after a while: then it goes on
// where it stopped, the next time. One bundle that the service refuses does not
// stop the others.
func (c *Client) Sync(ctx context.Context, r Remote, progress func(Progress)) error {
	c.syncing.Lock()
	defer c.syncing.Unlock()
	if progress == nil {
		progress = func(Progress) {}
	}
	if st := c.now(); c.enrolled(&st) != nil {
		return fmt.Errorf("sync: %w", c.enrolled(&st))
	}
	var p Progress
	for {
		if err := c.send(ctx, r, &p, progress); err != nil {
			return fmt.Errorf("send: %w", err)
		}
		err := c.receive(ctx, r, &p, progress)
		if errors.Is(err, errNewEpoch) {
			continue // what was sent before is to be sent again
		}
		if err != nil {
			return fmt.Errorf("receive: %w", err)
		}
		return nil
	}
}

// send offers what is queued, in the order it was made.
func (c *Client) send(ctx context.Context, r Remote, p *Progress, progress func(Progress)) error {
	done := uint64(0)
	for {
		st := c.now()
		p.ToSend = p.Sent
		var next *item
		for i := range st.outbox {
			if it := &st.outbox[i]; it.queued() && it.N > done {
				p.ToSend++
				if next == nil {
					next = it
				}
			}
		}
		progress(*p)
		if next == nil {
			return nil
		}
		if err := c.offer(ctx, r, *next); err != nil {
			return err
		}
		done = next.N
		p.Sent++
	}
}

// offer hands in one bundle until there is an answer.
func (c *Client) offer(ctx context.Context, r Remote, it item) error {
	b, err := c.store.Kept(ctx, keptBundle+string(it.Hash))
	if err != nil {
		return err
	}
	receipt, err := retry(ctx, c, func() (review.Receipt, error) {
		got, err := r.Offer(ctx, b)
		if err == nil && got.Bundle != it.Hash {
			err = fmt.Errorf("%w: a receipt of another bundle", ErrLine)
		}
		return got, err
	})
	var failed *wire.Error
	if errors.As(err, &failed) {
		switch failed.Code {
		case wire.CodeRevoked, wire.CodeUnknownDevice, wire.CodeWrongSignature:
			st := c.now()
			if bundle.KeyID(it.Key) == c.key.KeyID() || c.enrolled(&st) != nil {
				return err // we are not known: no bundle of ours will be taken
			}
			if err := c.resign(ctx, it); err != nil {
				return err
			}
			st = c.now()
			if it, ok := st.find(it.Hash); ok {
				return c.offer(ctx, r, it)
			}
			return err
		case wire.CodeUnsupported, wire.CodeTooLarge, wire.CodeDenied, wire.CodeConflict, wire.CodeInvalid:
			// No receipt, and none to come: this one is refused, others may not be.
			receipt, err = review.Receipt{
				Bundle: it.Hash, Kind: string(it.Kind), Base: it.Base, Status: review.Refused,
				Problem: string(failed.Code), At: c.o.Now().UTC(),
			}, nil
		}
	}
	if err != nil {
		return err
	}
	return c.update(ctx, func(ch *change) error { return ch.settle(receipt) })
}

// Errors of a line.
var (
	// ErrLine says that there was no answer, or none that arrived whole.
	ErrLine = errors.New("no answer from the service")
	// ErrPortal says that somebody else answered: a network that wants a sign-on, or
	// a proxy.
	ErrPortal = errors.New("the answer is not the service's")
)

// retry tries until there is an answer that another try would not change.
func retry[T any](ctx context.Context, c *Client, try func() (T, error)) (T, error) {
	for n := 1; ; n++ {
		v, err := try()
		if err == nil {
			return v, nil
		}
		pause, again := c.pause(err, n)
		if !again || n >= c.o.Tries || ctx.Err() != nil {
			return v, err
		}
		if err := c.o.Wait(ctx, pause); err != nil {
			return v, err
		}
	}
}

// pause is how long to wait after the n-th try failed, and whether to try again.
// Waits double and are spread, so that a thousand units that lost one service do
// not come back at once.
func (c *Client) pause(err error, n int) (time.Duration, bool) {
	var failed *wire.Error
	switch {
	case errors.As(err, &failed):
		// A bundle was whole here: what arrived damaged was damaged on the way.
		if !failed.Code.Temporary() && failed.Code != wire.CodeDamaged {
			return 0, false
		}
		if failed.RetryAfter > maxPatience {
			return 0, false
		}
	case errors.Is(err, ErrLine):
	default: // somebody else answers until a person has signed on to the network
		return 0, false
	}
	pause := min(firstWait<<min(n-1, 10), maxWait)
	pause = pause/2 + time.Duration(c.o.Random()*float64(pause))
	if failed != nil {
		pause = max(pause, failed.RetryAfter+time.Duration(c.o.Random()*float64(firstWait)))
	}
	return pause, true
}

var errNewEpoch = errors.New("the service was restored")

// receive takes in the feed page by page.
func (c *Client) receive(ctx context.Context, r Remote, p *Progress, progress func(Progress)) error {
	if err := c.catchUp(ctx, r); err != nil {
		return err
	}
	for idle := 0; ; {
		st := c.now()
		page, err := retry(ctx, c, func() (wire.FeedPage, error) {
			return r.Feed(ctx, st.cursor.Epoch, st.cursor.After, wire.FeedItems)
		})
		if errors.Is(err, fs.ErrNotExist) { // a pack has no more
			return nil
		}
		if err != nil {
			return err
		}
		if page.Epoch != st.cursor.Epoch {
			if err := c.begin(ctx, page.Epoch); err != nil {
				return err
			}
			if st.cursor.Epoch != "" {
				return errNewEpoch
			}
			continue
		}
		if page.After > st.cursor.After {
			return ErrGap
		}
		n, err := c.take(ctx, r, page)
		if err != nil {
			return err
		}
		p.Received += n
		progress(*p)
		if !page.More {
			return nil
		}
		if idle++; n > 0 {
			idle = 0
		}
		if idle > c.o.Tries {
			return fmt.Errorf("%w: the feed does not go on", ErrLine)
		}
	}
}

// begin begins to follow another life of the service.
func (c *Client) begin(ctx context.Context, epoch string) error {
	return c.update(ctx, func(ch *change) error {
		if ch.st.cursor.Epoch != "" {
			if err := ch.requeue(); err != nil {
				return err
			}
			for s := range ch.st.cases {
				cs := ch.caseOf(s)
				cs.Decision, cs.Behind = nil, false
				if err := ch.putCase(cs); err != nil {
					return err
				}
			}
		}
		return ch.putCursor(cursor{Epoch: epoch})
	})
}

// catchUp merges submissions of others that could not be had when they were told of.
func (c *Client) catchUp(ctx context.Context, r Remote) error {
	st := c.now()
	for _, cs := range st.cases {
		if !cs.Behind || cs.Decision == nil {
			continue
		}
		got := fetched{}
		if err := c.fetchCatalog(ctx, r, &st, *cs.Decision, got); err != nil {
			return err
		}
		if err := c.update(ctx, func(ch *change) error { return ch.decide(ctx, *cs.Decision, got) }); err != nil {
			return err
		}
	}
	return nil
}
