package reviewtest_test

import (
	"testing"

	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
)

func TestMemory(t *testing.T) {
	reviewtest.TestStore(t, func(*testing.T) review.Store { return reviewtest.NewMemory() })
}
