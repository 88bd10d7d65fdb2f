package sqlstore_test

import (
	"testing"

	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
	"mulutong/sync/sqlstore/pgtest"
)

// backends are where a store can be, each time another empty place.
var backends = map[string]func(testing.TB) string{
	"SQLite":     func(t testing.TB) string { return t.TempDir() },
	"PostgreSQL": pgtest.URL,
}

func onEach(t *testing.T, test func(t *testing.T, place func(testing.TB) string)) {
	for name, place := range backends {
		t.Run(name, func(t *testing.T) { test(t, place) })
	}
}

func open(t testing.TB, where string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		opened := map[string]*sqlstore.Store{}
		reviewtest.TestStore(t, func(t *testing.T) review.Store {
			s := opened[t.Name()]
			if s == nil {
				s = open(t, place(t))
				opened[t.Name()] = s
			} else if err := s.Clear(t.Context()); err != nil { // quicker than another
				t.Fatal(err)
			}
			return s
		})
	})
}
