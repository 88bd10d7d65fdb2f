package server

import (
	"context"
	"encoding/json"
	"errors"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func (s *Server) epoch(ctx context.Context) (epoch string, err error) {
	return epoch, s.cfg.Store.View(ctx, func(tx review.Tx) error {
		epoch, err = tx.Epoch()
		return err
	})
}

// unbundled is the wire's error for what is wrong with a bundle.
func unbundled(err error) error {
	var known *wire.Error
	var unsupported *bundle.UnsupportedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.As(err, &unsupported):
		e := failure(wire.CodeUnsupported, "%v", unsupported)
		e.Detail.What, e.Detail.Value, e.Detail.Newer = unsupported.What, unsupported.Value, unsupported.Newer
		return e
	case errors.Is(err, bundle.ErrSignature):
		return failure(wire.CodeWrongSignature, "the bundle's signature does not hold")
	case errors.Is(err, bundle.ErrTooLarge):
		return failure(wire.CodeTooLarge, "the bundle is too large")
	case errors.Is(err, bundle.ErrNotForUs):
		return failure(wire.CodeDamaged, "the bundle is encrypted to another service")
	case errors.Is(err, bundle.ErrDamaged), errors.Is(err, bundle.ErrNotBundle):
		return failure(wire.CodeDamaged, "the bundle is not whole, or none")
	}
	return err
}

// received is a bundle with its file, no longer encrypted, and the device that
// signed it.
type received struct {
	*bundle.Bundle
	file []byte
	from review.Device
}

func (s *Server) received(ctx context.Context, b []byte) (r received, err error) {
	var d review.Device
	if b, err = bundle.Decrypt(b, s.cfg.Identity); err != nil {
		return r, err
	}
	in, err := bundle.Open(b, func(h bundle.Header) ([]byte, error) {
		err := s.cfg.Store.View(ctx, func(tx review.Tx) error {
			var err error
			d, err = trusted(tx, h.Key)
			return err
		})
		if err == nil && d.Suite != h.Suite {
			err = bundle.ErrSignature
		}
		return d.Key, err
	})
	return received{in, b, d}, err
}

// signer is who signed a bundle: the device with the name it gives, or the person
// who has signed on at the device and hands the bundle in.
func signer(d review.Device, name string, by review.Person) review.Person {
	if by.Verified && by.Device == d.ID {
		return by
	}
	return devicePerson(d, name)
}

// offer takes in a bundle: what became of it is the receipt, and the status its.
func (s *Server) offer(c *call) (any, error) {
	b, err := s.received(c.Context(), c.body)
	if err != nil {
		return nil, unbundled(err)
	}
	r, err := s.take(c, b)
	if err != nil {
		return nil, unbundled(err)
	}
	s.metrics.receipt(string(r.Status))
	return status{wire.ReceiptStatus(r), r}, nil
}

// offerPack takes in what a device that is never online sealed into one file. A
// bundle of it that cannot be taken at all is refused by its receipt, and does not
// keep out the others.
func (s *Server) offerPack(c *call) (any, error) {
	pack, err := s.received(c.Context(), c.body)
	if err != nil {
		return nil, unbundled(err)
	}
	members, err := bundle.Unpacked(pack.Bundle)
	if err != nil {
		return nil, unbundled(err)
	}
	receipts := []review.Receipt{}
	for _, m := range members {
		var r review.Receipt
		b, err := s.received(c.Context(), m)
		if err == nil {
			r, err = s.take(c, b)
		}
		if err != nil {
			e := wire.ErrorOf(unbundled(err))
			if e.Code.Temporary() {
				return nil, err
			}
			r = review.Receipt{Bundle: bundle.HashOf(m), Status: review.Refused, At: s.cfg.Now(), Problem: string(e.Code)}
		}
		s.metrics.receipt(string(r.Status))
		receipts = append(receipts, r)
	}
	return receipts, nil
}

func (s *Server) take(c *call, b received) (r review.Receipt, err error) {
	ctx := c.Context()
	switch b.Kind {
	case bundle.Submission:
		var in wire.Submission
		if err := b.Decode(&in); err != nil {
			return r, err
		}
		n := review.NewSubmission{ID: b.Hash, Catalog: in.Catalog, Base: in.Base, SentAt: in.SentAt, Answers: in.Answers, Bundle: b.file}
		return s.office.Submit(ctx, signer(b.from, in.By, c.by.Person), n)
	case bundle.Withdrawal:
		var in wire.Withdrawal
		if err := b.Decode(&in); err != nil {
			return r, err
		}
		return s.office.WithdrawBundle(ctx, signer(b.from, in.By, c.by.Person), b.Hash, review.Ref{CaseID: in.Case, Head: in.Submission})
	case bundle.Rectification:
		var in wire.Rectification
		if err := b.Decode(&in); err != nil {
			return r, err
		}
		return s.office.RectifyBundle(ctx, signer(b.from, in.By, c.by.Person), b.Hash, in.Assessment, in.Answers)
	}
	// The service knows the kind, and takes none of it.
	return r, &bundle.UnsupportedError{What: "kind", Value: string(b.Kind)}
}

func (s *Server) receipt(c *call) (any, error) {
	return s.office.ReceiptOf(c.Context(), c.by.Person, c.hash())
}

// feedBytes is what a page of the feed holds at most, but for a single item.
const feedBytes = 4 << 20

func (s *Server) feed(c *call) (any, error) {
	after, err := c.number("after")
	if err != nil {
		return nil, err
	}
	limit, err := c.limit(wire.FeedItems, wire.MaxItems)
	if err != nil {
		return nil, err
	}
	page, err := s.office.Feed(c.Context(), c.by.Person, c.query("epoch"), after, limit)
	if err != nil {
		return nil, err
	}
	return s.page(page, c.query("epoch"), after, feedBytes)
}

// page is a page of the feed as it is sent, cut where it would hold more than most
// bytes, but for a single item.
func (s *Server) page(page review.FeedPage, epoch string, after uint64, most int) (out wire.FeedPage, err error) {
	if epoch != "" && epoch != page.Epoch {
		after = 0
	}
	out = wire.FeedPage{Epoch: page.Epoch, After: after, Next: page.Next, More: page.More, Items: make([][]byte, 0, len(page.Items))}
	for size, i := 0, 0; i < len(page.Items); i++ {
		b, err := s.sealed(page.Items[i])
		if err != nil {
			return out, err
		}
		if size += len(b); size > most && i > 0 {
			out.Next, out.More = page.Items[i-1].Seq, true
			break
		}
		out.Items = append(out.Items, b)
	}
	return out, nil
}

// sealed is an item as the service signs it: always the same bytes.
func (s *Server) sealed(it review.Item) ([]byte, error) {
	return bundle.SealJSON(bundle.Header{Kind: bundle.Item, At: it.At, Unit: it.Unit}, it, s.cfg.Key)
}

// packBytes is how long a pack grows, but for one page. Who needs more asks again,
// after the last.
const packBytes = 32 << 20

// feedPack is what a unit that is never online is told, as one file: pages of the
// feed, each behind the contents that its items name.
func (s *Server) feedPack(c *call) (any, error) {
	after, err := c.number("after")
	if err != nil {
		return nil, err
	}
	unit := catalog.UnitID(c.query("unit"))
	var in [][]byte
	packed := map[review.Hash]bool{}
	for size, more := 0, true; more && size < packBytes; {
		read, err := s.office.FeedOf(c.Context(), c.by.Person, unit, "", after, wire.FeedItems)
		if err != nil {
			return nil, err
		}
		page, err := s.page(read, "", after, feedBytes)
		if err != nil {
			return nil, err
		}
		for _, it := range read.Items[:len(page.Items)] {
			b, err := s.named(c.Context(), it)
			if err != nil {
				return nil, err
			}
			if h := bundle.HashOf(b); b != nil && !packed[h] {
				packed[h] = true
				b, err := bundle.Seal(bundle.Header{Kind: bundle.Content, At: it.At, Unit: unit}, b, s.cfg.Key)
				if err != nil {
					return nil, err
				}
				in, size = append(in, b), size+len(b)
			}
		}
		b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Page, At: s.cfg.Now(), Unit: unit}, page, s.cfg.Key)
		if err != nil {
			return nil, err
		}
		in, size = append(in, b), size+len(b)
		after, more = page.Next, page.More
	}
	b, err := bundle.Seal(bundle.Header{Kind: bundle.Pack, At: s.cfg.Now(), Unit: unit}, bundle.Packed(in), s.cfg.Key)
	return raw{wire.Bundle, b}, err
}

// named are the contents that an item names and the unit cannot have: a release's,
// and a catalog that the county submitted for it, or another machine of it.
func (s *Server) named(ctx context.Context, it review.Item) (b []byte, err error) {
	err = s.cfg.Store.View(ctx, func(tx review.Tx) error {
		if it.Blob != "" {
			b, err = tx.Blob(it.Blob)
			return err
		}
		if it.Kind != review.ItemDecision {
			return nil
		}
		var d review.Decision
		if err := json.Unmarshal(it.Body, &d); err != nil {
			return err
		}
		c, err := tx.Case(d.Case)
		if err != nil {
			return err
		}
		machines, err := tx.Devices(d.Case.Unit)
		if err != nil {
			return err
		}
		for _, sub := range c.Submissions {
			if sub.ID == d.Submission && (sub.OnBehalf || len(machines) > 1) {
				content, err := tx.Catalog(sub.Catalog)
				if err != nil {
					return err
				}
				b, _ = review.Canonical(&content)
			}
		}
		return nil
	})
	return b, err
}

func (s *Server) releaseContent(c *call) (any, error) {
	b, err := s.office.Released(c.Context(), c.by.Person, c.hash())
	return raw{wire.Octets, b}, err
}

func (s *Server) catalog(c *call) (any, error) {
	id := review.CaseID{Unit: catalog.UnitID(c.query("unit")), Sector: catalog.Sector(c.query("sector"))}
	return s.office.Catalog(c.Context(), c.by.Person, c.hash(), id)
}
