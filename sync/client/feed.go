package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// take takes in the items of a page that are new, and notes how far it came. What
// they name is fetched first, so that nobody waits for the line who only wants to
// put something into the outbox. Taking a page twice has the effect of once.
func (c *Client) take(ctx context.Context, r Remote, page wire.FeedPage) (int, error) {
	st := c.now()
	items, err := c.items(&st, page)
	if err != nil {
		return 0, err
	}
	got := fetched{}
	last := max(st.cursor.After, page.Next)
	for _, it := range items {
		if err := c.fetch(ctx, r, &st, it, got); err != nil {
			return 0, fmt.Errorf("item %d of the feed: %w", it.Seq, err)
		}
		last = max(last, it.Seq)
	}
	if last == st.cursor.After {
		return 0, nil
	}
	err = c.update(ctx, func(ch *change) error {
		for _, it := range items {
			if err := ch.item(ctx, it, got); err != nil {
				return fmt.Errorf("item %d of the feed: %w", it.Seq, err)
			}
		}
		cur := ch.st.cursor
		cur.After = last
		for _, it := range items {
			cur.At = later(cur.At, it.At)
		}
		return ch.putCursor(cur)
	})
	return len(items), err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// items are those of the page that did not come before and are for this unit.
func (c *Client) items(st *state, page wire.FeedPage) ([]review.Item, error) {
	var out []review.Item
	last := st.cursor.After
	for _, b := range page.Items {
		opened, err := bundle.Open(b, c.serviceKey(st))
		if err != nil {
			return nil, fmt.Errorf("an item of the feed: %w", err)
		}
		if opened.Kind != bundle.Item {
			return nil, fmt.Errorf("an item of the feed: %w", &bundle.UnsupportedError{What: "kind", Value: string(opened.Kind)})
		}
		var it review.Item
		if err := opened.Decode(&it); err != nil {
			return nil, err
		}
		if it.Seq > last && (it.Unit == "" || it.Unit == c.store.Unit().ID) {
			out, last = append(out, it), it.Seq
		}
	}
	return out, nil
}

// fetched are the catalogs that decisions name, by their hash; nil for one that is
// not to be had.
type fetched map[review.Hash]*catalog.Catalog

// fetch fetches what the item names, and hands on what the city issued.
func (c *Client) fetch(ctx context.Context, r Remote, st *state, it review.Item, got fetched) error {
	switch it.Kind {
	case review.ItemDecision:
		var d review.Decision
		if err := json.Unmarshal(it.Body, &d); err != nil {
			return err
		}
		return c.fetchCatalog(ctx, r, st, d, got)
	case review.ItemTemplates:
		return c.release(ctx, r, it)
	}
	return nil
}

// fetchCatalog fetches the decision's catalog where it is another machine's.
func (c *Client) fetchCatalog(ctx context.Context, r Remote, st *state, d review.Decision, got fetched) error {
	if _, already := got[d.Catalog]; already || !c.foreign(st, d) {
		return nil
	}
	theirs, err := retry(ctx, c, func() (catalog.Catalog, error) {
		got, err := r.Catalog(ctx, d.Catalog, d.Case)
		if err != nil {
			return got, err
		}
		if _, h := review.Canonical(&got); got.Sector != d.Case.Sector || h != d.Catalog && len(d.Erased) == 0 {
			return got, fmt.Errorf("%w: another catalog than asked for", ErrLine)
		}
		return got, nil
	})
	got[d.Catalog] = &theirs
	if errors.Is(err, catalog.ErrNotFound) {
		got[d.Catalog], err = nil, nil
	}
	return err
}

// foreign reports whether the decision is about a submission that the draft does
// not hold.
func (c *Client) foreign(st *state, d review.Decision) bool {
	cs := st.cases[d.Case.Sector]
	_, ours := st.find(d.Submission)
	return d.Case.Unit == c.store.Unit().ID && d.Submission != "" && !ours &&
		d.Submission != cs.Agreed && !slices.Contains(cs.Merged, d.Submission)
}

// release hands on what the city issued.
func (c *Client) release(ctx context.Context, r Remote, it review.Item) error {
	var rel review.Release
	if err := json.Unmarshal(it.Body, &rel); err != nil {
		return err
	}
	if c.o.OnRelease == nil {
		return nil
	}
	blob, err := retry(ctx, c, func() ([]byte, error) {
		b, err := r.Content(ctx, it.Blob)
		if err == nil && bundle.HashOf(b) != it.Blob {
			err = fmt.Errorf("%w: other contents than asked for", ErrLine)
		}
		return b, err
	})
	if errors.Is(err, catalog.ErrNotFound) {
		return nil // it was taken back
	}
	if err != nil {
		return err
	}
	return c.o.OnRelease(ctx, rel, blob)
}

// item takes in one thing that the service tells. What a newer service tells in
// kinds that are not known here is left out.
func (ch *change) item(ctx context.Context, it review.Item, got fetched) error {
	switch it.Kind {
	case review.ItemReceipt:
		var receipt review.Receipt
		if err := json.Unmarshal(it.Body, &receipt); err != nil {
			return err
		}
		return ch.settle(receipt)
	case review.ItemDecision:
		var d review.Decision
		if err := json.Unmarshal(it.Body, &d); err != nil {
			return err
		}
		return ch.decide(ctx, d, got)
	case review.ItemUnits:
		var us []catalog.Unit
		if err := json.Unmarshal(it.Body, &us); err != nil {
			return err
		}
		return ch.units(ctx, us)
	case review.ItemNotice:
		var n review.Notice
		if err := json.Unmarshal(it.Body, &n); err != nil {
			return err
		}
		return ch.keep(fmt.Sprintf("%s%020d", keptNotice, it.Seq), Notice{Seq: it.Seq, At: it.At, Notice: n})
	case review.ItemAssessment:
		var a review.Assessment
		if err := json.Unmarshal(it.Body, &a); err != nil {
			return err
		}
		return ch.keep(keptAssessment+a.ID.Form+"/"+a.ID.Quarter, a)
	}
	return nil
}

// decide notes where a case stands. Where that is about a submission that another
// machine made, the draft takes it in.
func (ch *change) decide(ctx context.Context, d review.Decision, got fetched) error {
	if d.Case.Unit != ch.c.store.Unit().ID {
		return nil
	}
	cs := ch.caseOf(d.Case.Sector)
	cs.Decision, cs.Behind = &d, false
	if d.State == review.Approved && !slices.Contains(cs.Approved, d.Submission) {
		cs.Approved = append(cs.Approved, d.Submission)
		if len(cs.Approved) > 2 {
			cs.Approved = cs.Approved[1:]
		}
	}
	it, ours := ch.st.find(d.Submission)
	switch {
	case ours && it.queued():
		// The answer to it was lost: this is as good.
		if err := ch.putCase(cs); err != nil {
			return err
		}
		if err := ch.settle(review.Receipt{
			Bundle: it.Hash, Case: d.Case, Kind: string(it.Kind), Status: review.Accepted, Base: it.Base, Number: d.Number, At: d.At,
		}); err != nil {
			return err
		}
		cs = ch.caseOf(d.Case.Sector)
	case ch.c.foreign(&ch.st, d):
		if err := ch.takeIn(ctx, &cs, d, got[d.Catalog]); err != nil {
			return err
		}
	}
	if err := ch.putCase(cs); err != nil {
		return err
	}
	return ch.prune(cs)
}

// takeIn merges the decision's submission into the draft.
func (ch *change) takeIn(ctx context.Context, cs *caseState, d review.Decision, theirs *catalog.Catalog) error {
	if theirs == nil {
		cs.Behind = true
		return nil
	}
	var base *catalog.Catalog
	if cs.Agreed != "" {
		b, err := ch.content(ctx, cs.Agreed)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		if err == nil {
			base = &b
		}
	}
	by := ""
	if len(d.By) > 0 {
		by = d.By[0].Name
	}
	clashes, err := ch.c.merge(ctx, base, *theirs, by)
	if err != nil {
		return err
	}
	cs.Clashes = addClashes(cs.Clashes, clashes)
	cs.Agreed = d.Submission
	cs.Merged = append(cs.Merged, d.Submission)
	return ch.keep(keptContent+string(d.Submission), theirs)
}

// units adds units to the list, or changes them.
func (ch *change) units(ctx context.Context, us []catalog.Unit) error {
	known, err := ch.c.Units(ctx)
	if err != nil {
		return err
	}
	if b, ok := ch.things[keptUnits]; ok { // from the same page
		if err := json.Unmarshal(b, &known); err != nil {
			return err
		}
	}
	for _, u := range us {
		if i := slices.IndexFunc(known, func(k catalog.Unit) bool { return k.ID == u.ID }); i >= 0 {
			known[i] = u
		} else {
			known = append(known, u)
		}
	}
	return ch.keep(keptUnits, known)
}
