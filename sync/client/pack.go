package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Pack is what Sync would send, as one file to carry to the service, readable for
// the service alone. Carrying it twice has the effect of once; what it holds is
// sent again until Receive brings the answer.
func (c *Client) Pack(ctx context.Context) ([]byte, int, error) {
	st := c.now()
	if err := c.enrolled(&st); err != nil {
		return nil, 0, fmt.Errorf("pack the outbox: %w", err)
	}
	var members [][]byte
	size := 0
	for _, it := range st.outbox {
		if !it.queued() || size > bundle.MaxPack-2*bundle.MaxFile {
			continue
		}
		b, err := c.store.Kept(ctx, keptBundle+string(it.Hash))
		if err != nil {
			return nil, 0, fmt.Errorf("pack the outbox: %w", err)
		}
		members, size = append(members, b), size+len(b)
	}
	b, err := bundle.Seal(bundle.Header{Kind: bundle.Pack, Unit: c.store.Unit().ID, At: c.o.Now()}, bundle.Packed(members), c.key)
	if err == nil && st.certificate.Recipient != "" {
		b, err = bundle.Encrypt(b, st.certificate.Recipient)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("pack the outbox: %w", err)
	}
	return b, len(members), nil
}

// Receive takes in a file that came from the service. It fails with ErrGap where an
// earlier file has to be received first, and with ErrNotOurs where it is another
// unit's. Receiving it twice has the effect of once.
func (c *Client) Receive(ctx context.Context, b []byte) (Progress, error) {
	c.syncing.Lock()
	defer c.syncing.Unlock()
	var p Progress
	st := c.now()
	if err := c.enrolled(&st); err != nil {
		return p, fmt.Errorf("receive a file: %w", err)
	}
	f, err := c.openPack(&st, b)
	if err != nil {
		return p, fmt.Errorf("receive a file: %w", err)
	}
	if len(f.pages) > 0 && f.pages[0].Epoch != st.cursor.Epoch && f.at.Before(st.cursor.At) {
		return p, fmt.Errorf("receive a file: %w", ErrOld)
	}
	err = c.receive(ctx, f, &p, func(Progress) {})
	if errors.Is(err, errNewEpoch) { // what is to be sent again goes into the next pack
		err = c.receive(ctx, f, &p, func(Progress) {})
	}
	if err == nil {
		err = c.update(ctx, func(ch *change) error {
			cur := ch.st.cursor
			cur.At = later(cur.At, f.at)
			return ch.putCursor(cur)
		})
	}
	if err != nil {
		return p, fmt.Errorf("receive a file: %w", err)
	}
	return p, nil
}

// packed is a service that has said all it says: a Remote over a file.
type packed struct {
	at       time.Time
	pages    []wire.FeedPage // by After
	contents map[review.Hash][]byte
}

func (c *Client) openPack(st *state, b []byte) (*packed, error) {
	opened, err := bundle.Open(b, c.serviceKey(st))
	if err != nil {
		return nil, err
	}
	members, err := bundle.Unpacked(opened)
	if err != nil {
		return nil, err
	}
	f := &packed{at: opened.At, contents: map[review.Hash][]byte{}}
	for _, m := range members {
		in, err := bundle.Open(m, c.serviceKey(st))
		if err != nil {
			return nil, err
		}
		switch in.Kind {
		case bundle.Page:
			if in.Unit != c.store.Unit().ID {
				return nil, ErrNotOurs
			}
			var page wire.FeedPage
			if err := in.Decode(&page); err != nil {
				return nil, err
			}
			f.pages = append(f.pages, page)
		case bundle.Content:
			f.contents[in.Sum] = in.Payload
		}
	}
	slices.SortFunc(f.pages, func(a, b wire.FeedPage) int {
		if a.After < b.After {
			return -1
		}
		return 1
	})
	return f, nil
}

// Offer sends nothing: files go one way.
func (f *packed) Offer(context.Context, []byte) (review.Receipt, error) {
	return review.Receipt{}, fs.ErrNotExist
}

// Feed returns the page that goes on from the cursor, however far back it begins.
func (f *packed) Feed(_ context.Context, epoch string, after uint64, _ int) (wire.FeedPage, error) {
	for _, p := range f.pages {
		if p.Epoch != epoch || p.Next > after {
			return p, nil
		}
	}
	return wire.FeedPage{}, fs.ErrNotExist
}

func (f *packed) Content(_ context.Context, h review.Hash) ([]byte, error) {
	if b, ok := f.contents[h]; ok {
		return b, nil
	}
	return nil, catalog.ErrNotFound
}

func (f *packed) Catalog(ctx context.Context, h review.Hash, _ review.CaseID) (catalog.Catalog, error) {
	var out catalog.Catalog
	b, err := f.Content(ctx, h)
	if err != nil {
		return out, err
	}
	err = json.Unmarshal(b, &out)
	return out, err
}
