package client

import (
	"context"
	"encoding/json"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// fed is a service whose feed and contents say what they like.
type fed struct {
	page    wire.FeedPage
	catalog catalog.Catalog
}

func (fed) Offer(context.Context, []byte) (r review.Receipt, err error) { return r, ErrPortal }

func (f fed) Feed(_ context.Context, _ string, after uint64, _ int) (wire.FeedPage, error) {
	if after >= f.page.Next {
		return wire.FeedPage{Epoch: f.page.Epoch, After: after, Next: after}, nil
	}
	return f.page, nil
}

func (f fed) Catalog(context.Context, review.Hash, review.CaseID) (catalog.Catalog, error) {
	return f.catalog, nil
}

func (fed) Content(context.Context, review.Hash) ([]byte, error) { return nil, catalog.ErrNotFound }

// FuzzFeed takes in whatever a service signs. It never panics, nothing that was
// typed is gone, and what was taken in once is taken in again after a restart.
func FuzzFeed(f *testing.F) {
	for kind, body := range map[review.ItemKind]string{
		review.ItemDecision:   `{"case":{"unit":"340223102","sector":"social-assistance"},"submission":"x","state":"returned","open":[{}],"comments":[{"id":"c"}],"erased":[{}]}`,
		review.ItemReceipt:    `{"bundle":"","status":"refused"}`,
		review.ItemTemplates:  `{"kind":"templates"}`,
		review.ItemUnits:      `[{"id":"1"},{"id":"1"}]`,
		review.ItemNotice:     `{"title":"催报"}`,
		review.ItemAssessment: `{"id":{"form":"../x","quarter":""}}`,
		"later":               `null`,
	} {
		f.Add(string(kind), []byte(body), []byte(`{"sector":"social-assistance","entries":[{"id":"e1"},{"id":"e1"}],"omitted":{"t":{"reason":""}}}`))
	}
	f.Fuzz(func(t *testing.T, kind string, body, theirs []byte) {
		if !json.Valid(body) {
			return
		}
		s := newCity(t)
		m := s.enrol(t, township, 1, Options{Tries: 1})
		m.drafts.set(assistance, fill)
		id := m.submit()
		var in fed
		if json.Unmarshal(theirs, &in.catalog) != nil {
			return
		}
		b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Item}, review.Item{Seq: 1, Kind: review.ItemKind(kind), Body: body}, s.key)
		if err != nil {
			return
		}
		in.page = wire.FeedPage{Epoch: m.now().cursor.Epoch, Next: 1, Items: [][]byte{b}}
		var p Progress
		err = m.receive(t.Context(), in, &p, func(Progress) {})
		m.reopen()
		if again := m.receive(t.Context(), in, &p, func(Progress) {}); (err == nil) != (again == nil) {
			t.Errorf("taken in with %v, and after a restart with %v", err, again)
		}
		if _, err := m.Status(t.Context()); err != nil {
			t.Errorf("Status: %v", err)
		}
		draft := m.draft()
		for _, e := range []catalog.Entry{entry(1, "办理条件"), entry(2, "办理流程"), entry(3, "受理地点")} {
			if got, ok := draft.Entry(e.ID); !ok || got.Content != e.Content {
				t.Errorf("entry %s says %q, %q was typed", e.ID, got.Content, e.Content)
			}
		}
		if out := m.Outbox(); len(out) != 1 || out[0].Hash != id {
			t.Errorf("the outbox holds %+v", out)
		}
	})
}
