package work

import (
	"fmt"
	"testing"
	"time"

	"mulutong/catalog"
)

// BenchmarkKeystroke is one keystroke in a catalog of 10,000 entries, with a screen
// that takes the catalog after each, and with one that takes none: the whole
// catalog is copied at most shallowly, and never when nobody has looked.
func BenchmarkKeystroke(b *testing.B) {
	for _, looked := range []bool{false, true} {
		b.Run(fmt.Sprintf("looked=%v", looked), func(b *testing.B) {
			_, _, dr := newDesk(b, 10_000, Options{TypingWait: time.Hour, CheckWait: time.Hour})
			until(b, "checked", func() bool { _, ok := dr.Findings(); return ok })
			id := dr.Catalog().Entries[9_000].ID
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				if err := dr.Type(id, catalog.FieldContent, fmt.Sprint("第", n, "个字")); err != nil {
					b.Fatal(err)
				}
				if looked && len(dr.Catalog().Entries) == 0 {
					b.Fatal("no entries")
				}
			}
		})
	}
}

// BenchmarkChange is a change of the whole catalog of 10,000 entries, in memory.
func BenchmarkChange(b *testing.B) {
	_, _, dr := newDesk(b, 10_000, Options{TypingWait: time.Hour, CheckWait: time.Hour})
	until(b, "checked", func() bool { _, ok := dr.Findings(); return ok })
	n := 0
	for b.Loop() {
		n++
		if err := dr.Change("备注", func(c *catalog.Catalog) error { c.Entries[n%100].Publisher = fmt.Sprint(n); return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
