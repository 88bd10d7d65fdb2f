package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Errors that callers branch on, besides those of the packages review and wire.
var (
	ErrNotEnrolled  = errors.New("this machine is not enrolled")
	ErrOtherService = errors.New("the certificate is of another service")
	ErrNotOurs      = errors.New("it is meant for another unit or machine")
	ErrUnchanged    = errors.New("nothing changed since the last submission")
	ErrBehind       = errors.New("another machine's submission is not here yet")
	ErrOld          = errors.New("it is from before the service was restored")
	ErrGap          = errors.New("an earlier file has to be received first")
)

// Options are what a client takes from outside; the zero value is usable.
type Options struct {
	Now func() time.Time // time.Now where nil
	// Check finds what stops a submission; nil: nothing does.
	Check func(*catalog.Catalog) []check.Finding
	// OnRelease is given each release of templates, register, calendar or divisions
	// that arrives, perhaps more than once. An error has it come again.
	OnRelease func(context.Context, review.Release, []byte) error
	// MergeLabel is what the drafts' history calls a merge.
	MergeLabel string
	// Tries is how often one thing is tried over a bad line: 6 where zero.
	Tries int
	// Wait waits between tries, and Random, of [0, 1), spreads them; a timer and
	// math/rand where nil.
	Wait   func(context.Context, time.Duration) error
	Random func() float64
}

// Client holds what a unit sent, and what it was told. It is safe for concurrent
// use: a submission need not wait for Sync.
type Client struct {
	store Store
	key   bundle.Signer
	o     Options

	syncing sync.Mutex // one Sync or Receive at a time
	mu      sync.Mutex // guards st
	st      state
}

// state is what is kept beside the drafts, but for contents.
type state struct {
	certificate *wire.Certificate
	cursor      cursor
	cases       map[catalog.Sector]caseState
	outbox      []item // in the order they were made
}

// cursor is how far the feed was received.
type cursor struct {
	Epoch string `json:"epoch"`
	After uint64 `json:"after"`
	// At is how late it was by the service's clock when it last said something, by
	// which a file of another epoch is older or newer.
	At time.Time `json:"at,omitzero"`
}

// caseState is what is known of the unit's catalog of one sector.
type caseState struct {
	Sector catalog.Sector `json:"sector"`
	// Agreed is the submission that the draft goes on from: the last that the
	// service took and the draft holds.
	Agreed review.SubmissionID `json:"agreed,omitempty"`
	// Merged are submissions of others that the draft holds by now.
	Merged []review.SubmissionID `json:"merged,omitempty"`
	// Approved are the last two that were approved, older first.
	Approved []review.SubmissionID `json:"approved,omitempty"`
	// Decision is what the service said last.
	Decision *review.Decision `json:"decision,omitempty"`
	// Behind tells that the decision's submission is another's that could not be had.
	Behind  bool            `json:"behind,omitempty"`
	Clashes []catalog.Clash `json:"clashes,omitempty"`
}

// item is one bundle that was made here.
type item struct {
	N          uint64               `json:"n"`
	Kind       bundle.Kind          `json:"kind"`
	Hash       review.Hash          `json:"hash"`
	Was        []review.Hash        `json:"was,omitempty"` // before it was signed anew by another key
	Key        []byte               `json:"key"`           // the public key it is signed by
	Sector     catalog.Sector       `json:"sector,omitempty"`
	Base       review.SubmissionID  `json:"base,omitempty"`
	Assessment *review.AssessmentID `json:"assessment,omitempty"`
	Digest     string               `json:"digest,omitempty"` // of the catalog
	At         time.Time            `json:"at"`
	// Receipt is the service's answer; nil while the bundle has yet to be sent.
	Receipt *review.Receipt `json:"receipt,omitempty"`
}

func (it *item) queued() bool { return it.Receipt == nil }

func (it *item) key(bundle.Header) ([]byte, error) { return it.Key, nil }

func (it *item) has(s review.ReceiptStatus) bool { return it.Receipt != nil && it.Receipt.Status == s }

// is reports whether the hash is the item's, or was.
func (it *item) is(h review.Hash) bool { return it.Hash == h || slices.Contains(it.Was, h) }

// The names under which things are kept.
const (
	keptCertificate = "sync/certificate"
	keptCursor      = "sync/cursor"
	keptUnits       = "sync/units"
	keptCase        = "sync/case/"       // and the sector
	keptItem        = "sync/outbox/"     // and the number
	keptBundle      = "sync/bundle/"     // and the hash
	keptContent     = "sync/content/"    // and the submission: another's catalog
	keptNotice      = "sync/notice/"     // and the number in the feed
	keptAssessment  = "sync/assessment/" // and form and quarter
)

// Open reads what is kept beside the drafts. The key is the device's; nil where
// there is none, or no longer.
func Open(ctx context.Context, s Store, key bundle.Signer, o Options) (*Client, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Tries == 0 {
		o.Tries = 6
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.MergeLabel == "" {
		o.MergeLabel = "merge"
	}
	c := &Client{store: s, key: key, o: o}
	if err := c.load(ctx); err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return c, nil
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (c *Client) load(ctx context.Context) error {
	st := state{cases: map[catalog.Sector]caseState{}}
	if b, err := c.store.Kept(ctx, keptCertificate); err == nil {
		_, cert, err := openCertificate(b)
		if err != nil {
			return err
		}
		st.certificate = &cert
	} else if !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	if err := c.kept(ctx, keptCursor, &st.cursor); err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	cases, err := keptAll[caseState](ctx, c, keptCase)
	if err != nil {
		return err
	}
	for _, cs := range cases {
		st.cases[cs.Sector] = cs
	}
	if st.outbox, err = keptAll[item](ctx, c, keptItem); err != nil {
		return err
	}
	c.st = st
	return nil
}

func (c *Client) kept(ctx context.Context, name string, v any) error {
	b, err := c.store.Kept(ctx, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// keptAll reads all things whose names begin with prefix, in their order.
func keptAll[T any](ctx context.Context, c *Client, prefix string) ([]T, error) {
	names, err := c.store.KeptNames(ctx, prefix)
	if err != nil {
		return nil, err
	}
	var out []T
	for _, n := range names {
		var v T
		if err := c.kept(ctx, n, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// change is a change of the state that becomes true once it is on disk.
type change struct {
	c      *Client
	st     state
	things map[string][]byte
}

// update has fn change the state, all or nothing.
func (c *Client) update(ctx context.Context, fn func(*change) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := &change{c: c, st: c.st, things: map[string][]byte{}}
	ch.st.cases = maps.Clone(c.st.cases)
	ch.st.outbox = slices.Clone(c.st.outbox)
	if err := fn(ch); err != nil {
		return err
	}
	if len(ch.things) == 0 {
		return nil
	}
	if err := c.store.Keep(ctx, ch.things); err != nil {
		return err
	}
	c.st = ch.st
	return nil
}

func (ch *change) keep(name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	ch.things[name] = b
	return nil
}

func (ch *change) putCase(cs caseState) error {
	ch.st.cases[cs.Sector] = cs
	return ch.keep(keptCase+string(cs.Sector), cs)
}

// caseOf is what is known of the sector, its slices its own.
func (ch *change) caseOf(s catalog.Sector) caseState {
	cs := ch.st.cases[s]
	cs.Sector = s
	cs.Merged, cs.Approved, cs.Clashes = slices.Clone(cs.Merged), slices.Clone(cs.Approved), slices.Clone(cs.Clashes)
	return cs
}

func (ch *change) putCursor(cur cursor) error {
	ch.st.cursor = cur
	return ch.keep(keptCursor, cur)
}

// putItem stores an item; one without a number is the outbox's last.
func (ch *change) putItem(it item) error {
	i := len(ch.st.outbox)
	switch {
	case it.N != 0:
		i = slices.IndexFunc(ch.st.outbox, func(o item) bool { return o.N == it.N })
		ch.st.outbox[i] = it
	case i == 0:
		it.N = 1
		ch.st.outbox = append(ch.st.outbox, it)
	default:
		it.N = ch.st.outbox[i-1].N + 1
		ch.st.outbox = append(ch.st.outbox, it)
	}
	return ch.keep(itemName(it.N), it)
}

// itemName orders as the numbers do.
func itemName(n uint64) string { return fmt.Sprintf("%s%020d", keptItem, n) }

func (ch *change) removeItem(it item) {
	ch.st.outbox = slices.DeleteFunc(ch.st.outbox, func(o item) bool { return o.N == it.N })
	ch.things[itemName(it.N)] = nil
	ch.things[keptBundle+string(it.Hash)] = nil
}

// find returns the item that has or had the hash.
func (st *state) find(h review.Hash) (item, bool) {
	i := slices.IndexFunc(st.outbox, func(it item) bool { return it.is(h) })
	if i < 0 {
		return item{}, false
	}
	return st.outbox[i], true
}

// now is a copy of the state for reading.
func (c *Client) now() state {
	c.mu.Lock()
	defer c.mu.Unlock()
	st := c.st
	st.cases, st.outbox = maps.Clone(st.cases), slices.Clone(st.outbox)
	return st
}

// content is Client.content, with what the change keeps.
func (ch *change) content(ctx context.Context, id review.SubmissionID) (catalog.Catalog, error) {
	if b, ok := ch.things[keptContent+string(id)]; ok && b != nil {
		var out catalog.Catalog
		err := json.Unmarshal(b, &out)
		return out, err
	}
	return ch.c.content(ctx, &ch.st, id)
}

// content is the catalog of a submission made or merged here. What is not here is
// catalog.ErrNotFound; the empty submission is an empty catalog.
func (c *Client) content(ctx context.Context, st *state, id review.SubmissionID) (catalog.Catalog, error) {
	if id == "" {
		return catalog.Catalog{}, nil
	}
	var out catalog.Catalog
	if it, ours := st.find(id); ours {
		b, err := c.store.Kept(ctx, keptBundle+string(it.Hash))
		if err != nil {
			return out, err
		}
		opened, err := bundle.Open(b, it.key)
		if err != nil {
			return out, err
		}
		var sub wire.Submission
		err = opened.Decode(&sub)
		return sub.Catalog, err
	}
	err := c.kept(ctx, keptContent+string(id), &out)
	return out, err
}
