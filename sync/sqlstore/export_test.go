package sqlstore

import "context"

// Clear empties the store.
func (s *Store) Clear(ctx context.Context) error {
	return s.update(ctx, func(x *tx) error { return clearTables(ctx, x.sql) })
}
