package sqlstore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
)

// everything reads all that a store gives, but its epoch.
func everything(t testing.TB, s review.Store) string {
	t.Helper()
	text, err := reviewtest.Everything(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func epoch(t testing.TB, s review.Store) (e string) {
	t.Helper()
	err := s.View(t.Context(), func(tx review.Tx) (err error) {
		e, err = tx.Epoch()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestBackupRestoresToEither(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		from := place(t)
		s := open(t, from)
		reviewtest.Fill(t, s, 1)
		archive := filepath.Join(t.TempDir(), "备份.db")
		if err := sqlstore.Backup(t.Context(), from, archive); err != nil {
			t.Fatal(err)
		}
		signOff(t, s)
		want := everything(t, s)
		reviewtest.Fill(t, s, 2) // after the backup
		if info, err := os.Stat(archive); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup's mode is %v, %v", info.Mode(), err)
		}
		if err := sqlstore.Backup(t.Context(), from, archive); !errors.Is(err, sqlstore.ErrExists) {
			t.Errorf("Backup over a file: %v", err)
		}
		for name, place := range backends {
			t.Run("to "+name, func(t *testing.T) {
				to := place(t)
				if err := sqlstore.Restore(t.Context(), archive, to, false); err != nil {
					t.Fatal(err)
				}
				if err := sqlstore.Verify(t.Context(), to); err != nil {
					t.Fatal(err)
				}
				restored, err := sqlstore.Open(t.Context(), to)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "the restored store", everything(t, restored), want)
				if epoch(t, restored) == epoch(t, s) {
					t.Error("the restored store has the epoch of the one that was backed up")
				}
				// It goes on where the backup ended.
				reviewtest.Fill(t, restored, 3)
				before := everything(t, restored)
				if name == "SQLite" {
					if err := sqlstore.Restore(t.Context(), archive, to, true); !errors.Is(err, sqlstore.ErrLocked) {
						t.Errorf("Restore to what is open: %v", err)
					}
				}
				if err := restored.Close(); err != nil {
					t.Fatal(err)
				}
				if err := sqlstore.Restore(t.Context(), archive, to, false); !errors.Is(err, sqlstore.ErrExists) {
					t.Errorf("Restore over data: %v", err)
				}
				same(t, "after a refused Restore it", contents(t, to), before)
				if err := sqlstore.Restore(t.Context(), archive, to, true); err != nil {
					t.Fatal(err)
				}
				same(t, "restored by force it", contents(t, to), want)
			})
		}
	})
}

// same compares what Everything says, and tells of the first difference.
func same(t testing.TB, what, got, want string) {
	t.Helper()
	gs, ws := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(gs), len(ws)) {
		g, w := "nothing", "nothing"
		if i < len(gs) {
			g = gs[i]
		}
		if i < len(ws) {
			w = ws[i]
		}
		if g != w {
			t.Errorf("%s holds\n%s\nwant\n%s", what, g, w)
			return
		}
	}
}

// signOff ends all sessions, as a restored backup does.
func signOff(t testing.TB, s review.Store) {
	t.Helper()
	err := s.Update(t.Context(), func(tx review.Tx) error { return tx.RemoveExpired(time.Now().AddDate(100, 0, 0)) })
	if err != nil {
		t.Fatal(err)
	}
}

// contents opens a store, reads everything and closes it.
func contents(t testing.TB, where string) string {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return everything(t, s)
}
