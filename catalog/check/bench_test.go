package check

import (
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// BenchmarkCatalog checks 10,000 entries of realistic text with all rules; the
// ratio to a workbook's row iterator is made by the benchmarks of the program.
func BenchmarkCatalog(b *testing.B) {
	cat := &catalog.Catalog{Unit: soundUnit, Sector: "social-assistance", Entries: catalogtest.Entries(1, 10_000)}
	c := New(soundKnowledge(b))
	b.ReportAllocs()
	for b.Loop() {
		if len(c.Catalog(cat)) == 0 {
			b.Fatal("nothing found in 10,000 entries")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(cat.Entries)), "µs/entry")
}
