package sqlstore_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"mulutong/sync/review"
	"mulutong/sync/sqlstore"
)

// An update that waits for another, of this program or of another one, gives up
// when its context ends, and the other goes on.
func TestWaitingEnds(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		where := place(t)
		a := open(t, where)
		b := a
		if strings.HasPrefix(where, "postgres:") {
			b = open(t, where)
		}
		put := func(tx review.Tx) error { return tx.PutSetting("x", []byte("y")) }
		err := a.Update(t.Context(), func(tx review.Tx) error {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if err := b.Update(ctx, put); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("an Update whose time is up: %v", err)
			}
			return put(tx)
		})
		if err != nil {
			t.Errorf("the Update that was waited for: %v", err)
		}
		if err := b.Update(t.Context(), put); err != nil {
			t.Errorf("an Update afterwards: %v", err)
		}
	})
}

// A program that hangs in the middle of an update loses it, and the others go on.
func TestHangingProgramStopsNoOther(t *testing.T) {
	where := backends["PostgreSQL"](t)
	hung, other := open(t, where+"&idle_in_transaction_session_timeout=500ms"), open(t, where)
	began, done := make(chan struct{}), make(chan struct{})
	failed := make(chan error)
	go func() {
		failed <- hung.Update(t.Context(), func(tx review.Tx) error {
			if err := tx.PutSetting("hung", nil); err != nil {
				return err
			}
			close(began)
			<-done
			return tx.PutSetting("hung", nil)
		})
	}()
	<-began
	if err := other.Update(t.Context(), func(tx review.Tx) error { return tx.PutSetting("other", nil) }); err != nil {
		t.Error(err)
	}
	close(done)
	if err := <-failed; err == nil {
		t.Error("the update that hung was done")
	}
	err := hung.View(t.Context(), func(tx review.Tx) error {
		if _, err := tx.Setting("hung"); err == nil {
			t.Error("something of it is there")
		}
		_, err := tx.Setting("other")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := hung.Update(t.Context(), func(tx review.Tx) error { return tx.PutSetting("hung", nil) }); err != nil {
		t.Errorf("an Update afterwards: %v", err)
	}
}

// A statement that failed spoils the update, even where its caller does not care.
func TestFailedStatementSpoilsTheUpdate(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		s := open(t, place(t))
		err := s.Update(t.Context(), func(tx review.Tx) error {
			if err := tx.PutSetting("x", nil); err != nil {
				return err
			}
			if sqlstore.Spoil(tx) == nil {
				t.Error("the statement did not fail")
			}
			return nil
		})
		if err == nil {
			t.Error("an update with a failed statement was done")
		}
		err = s.View(t.Context(), func(tx review.Tx) error {
			if _, err := tx.Setting("x"); err == nil {
				t.Error("half of an update is there")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
