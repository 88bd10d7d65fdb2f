package templates

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
)

// labelledMatch tells for an entry as strangers write it which template entry it
// is about; "" none.
type labelledMatch struct {
	line  int
	entry catalog.Entry
	want  catalog.TemplateID
}

// labelledMatches reads testdata/matches.csv: made by us after the variations that
// published catalogs show.
func labelledMatches(tb testing.TB) []labelledMatch {
	tb.Helper()
	f, err := os.Open("testdata/matches.csv")
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	header, err := r.Read()
	if want := []string{"领域", "事项", "公开内容", "对应"}; err != nil || !slices.Equal(header, want) {
		tb.Fatalf("header %q, want %q (%v)", header, want, err)
	}
	rows, err := r.ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var out []labelledMatch
	for i, row := range rows {
		out = append(out, labelledMatch{
			line:  i + 2,
			entry: catalog.Entry{Sector: catalog.Sector(row[0]), Path: strings.Split(row[1], " / "), Content: row[2]},
			want:  catalog.TemplateID(row[3]),
		})
	}
	return out
}

// matchQuality is how well strangers' entries are matched, each alone against its
// sector's whole template.
type matchQuality struct {
	pairs, wanted, found, right int
	sure, sureRight             int // of those at or above catalog.MatchSure
}

func (q matchQuality) precision() float64     { return float64(q.right) / float64(q.found) }
func (q matchQuality) recall() float64        { return float64(q.right) / float64(q.wanted) }
func (q matchQuality) surePrecision() float64 { return float64(q.sureRight) / float64(q.sure) }

// measureMatches matches the labelled entries, and tells miss of each that goes wrong.
func measureMatches(tb testing.TB, labelled []labelledMatch, miss func(l labelledMatch, got catalog.Match)) matchQuality {
	q := matchQuality{pairs: len(labelled)}
	for _, l := range labelled {
		tmpl, ok := Embedded().Template(l.entry.Sector)
		if !ok {
			tb.Fatalf("line %d: no template of %q", l.line, l.entry.Sector)
		}
		if l.want != "" {
			q.wanted++
			if !slices.ContainsFunc(tmpl.Entries, func(e catalog.TemplateEntry) bool { return e.ID == l.want }) {
				tb.Fatalf("line %d: no template entry %s", l.line, l.want)
			}
		}
		var got catalog.Match
		if ms := catalog.MatchEntries(nil, tmpl, []catalog.Entry{l.entry}); len(ms) > 0 {
			got = ms[0]
			q.found++
		}
		right := got.Template == l.want && l.want != ""
		if right {
			q.right++
		}
		if got.Confidence >= catalog.MatchSure {
			q.sure++
			if right {
				q.sureRight++
			}
		}
		if got.Template != l.want {
			miss(l, got)
		}
	}
	return q
}

func TestStrangersEntriesMatchTheTemplates(t *testing.T) {
	q := measureMatches(t, labelledMatches(t), func(l labelledMatch, got catalog.Match) {
		t.Logf("line %d: %s %s matches %q %.2f %s, want %q", l.line, l.entry.Sector, strings.Join(l.entry.Path, " / "), got.Template, got.Confidence, got.Why, l.want)
	})
	t.Logf("%d entries: precision %.3f, recall %.3f; of %d that are sure %.3f are right", q.pairs, q.precision(), q.recall(), q.sure, q.surePrecision())
	if q.precision() < 0.95 || q.recall() < 0.9 || q.surePrecision() < 0.98 {
		t.Errorf("precision %.3f, recall %.3f, of sure ones %.3f; want 0.95, 0.9, 0.98", q.precision(), q.recall(), q.surePrecision())
	}
}

// BenchmarkMatchQuality prints how well strangers' entries are matched.
func BenchmarkMatchQuality(b *testing.B) {
	labelled := labelledMatches(b)
	var q matchQuality
	for b.Loop() {
		q = measureMatches(b, labelled, func(labelledMatch, catalog.Match) {})
	}
	b.ReportMetric(float64(q.pairs), "entries")
	b.ReportMetric(q.precision(), "precision")
	b.ReportMetric(q.recall(), "recall")
	b.ReportMetric(q.surePrecision(), "precision-when-sure")
}
