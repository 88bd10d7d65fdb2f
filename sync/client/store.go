package client

import (
	"context"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// Store is what the client needs of the store of drafts. What is not there is
// catalog.ErrNotFound; what Edit and Keep did is on disk once they return nil.
type Store interface {
	Unit() catalog.Unit
	Catalog(ctx context.Context, s catalog.Sector) (catalog.Catalog, error)
	// Edit is one step of the drafts' history, all or nothing.
	Edit(ctx context.Context, by, label string, fn func(Tx) error) error
	// Keep puts all the things beside the drafts, or none; nil takes one away.
	Keep(ctx context.Context, things map[string][]byte) error
	Kept(ctx context.Context, name string) ([]byte, error)
	KeptNames(ctx context.Context, prefix string) ([]string, error)
}

// Tx is one edit of the drafts.
type Tx interface {
	Catalog(s catalog.Sector) (catalog.Catalog, error)
	RemoveCatalog(s catalog.Sector) error
	PutCatalog(c catalog.Catalog) error
}

// Remote is the service, however it is reached.
type Remote interface {
	// Offer hands in a bundle. However often it is offered, it counts once.
	Offer(ctx context.Context, b []byte) (review.Receipt, error)
	// Feed returns what follows a cursor; a cursor of another epoch begins anew.
	Feed(ctx context.Context, epoch string, after uint64, limit int) (wire.FeedPage, error)
	// Catalog returns a submitted catalog by its hash, Content what a release holds.
	// What is not to be had is catalog.ErrNotFound.
	Catalog(ctx context.Context, h review.Hash, id review.CaseID) (catalog.Catalog, error)
	Content(ctx context.Context, h review.Hash) ([]byte, error)
}
