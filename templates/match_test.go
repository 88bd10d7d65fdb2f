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

// matchQuality is how well strangers' entries are matched with their sector's
// whole template.
type matchQuality struct {
	pairs, wanted, found, right int
	sure, sureRight             int // of those at or above catalog.MatchSure
	bands                       [len(bandFrom)]struct{ found, right int }
}

// bandFrom is where the bands of confidence begin.
var bandFrom = [...]float64{0.6, 0.7, 0.8, 0.9, 0.95}

func (q matchQuality) precision() float64     { return float64(q.right) / float64(q.found) }
func (q matchQuality) recall() float64        { return float64(q.right) / float64(q.wanted) }
func (q matchQuality) surePrecision() float64 { return float64(q.sureRight) / float64(q.sure) }

func (q *matchQuality) count(want catalog.TemplateID, got catalog.Match) {
	q.pairs++
	if want != "" {
		q.wanted++
	}
	if got.Template == "" {
		return
	}
	right := 0
	if got.Template == want {
		right = 1
	}
	q.found++
	q.right += right
	if got.Confidence >= catalog.MatchSure {
		q.sure++
		q.sureRight += right
	}
	for i := len(bandFrom) - 1; i >= 0; i-- {
		if got.Confidence >= bandFrom[i] {
			q.bands[i].found++
			q.bands[i].right += right
			break
		}
	}
}

// measureMatches matches each labelled entry alone, and tells miss of each that
// goes wrong.
func measureMatches(tb testing.TB, labelled []labelledMatch, miss func(l labelledMatch, got catalog.Match)) matchQuality {
	var q matchQuality
	for _, l := range labelled {
		var got catalog.Match
		if ms := catalog.MatchEntries(nil, templateOf(tb, l), []catalog.Entry{l.entry}); len(ms) > 0 {
			got = ms[0]
		}
		q.count(l.want, got)
		if got.Template != l.want {
			miss(l, got)
		}
	}
	return q
}

// measureTables matches the labelled entries as tables, a table a sector. Of the
// entries that mean the same matter, a table has but one.
func measureTables(tb testing.TB, labelled []labelledMatch) matchQuality {
	var q matchQuality
	for len(labelled) > 0 {
		var table, later []labelledMatch
		has := map[catalog.TemplateID]bool{}
		for _, l := range labelled {
			if l.entry.Sector != labelled[0].entry.Sector || l.want != "" && has[l.want] {
				later = append(later, l)
				continue
			}
			table, has[l.want] = append(table, l), true
		}
		incoming := make([]catalog.Entry, len(table))
		got := make([]catalog.Match, len(table))
		for i := range table {
			incoming[i] = table[i].entry
		}
		for _, m := range catalog.MatchEntries(nil, templateOf(tb, table[0]), incoming) {
			got[m.Incoming] = m
		}
		for i := range table {
			q.count(table[i].want, got[i])
		}
		labelled = later
	}
	return q
}

func templateOf(tb testing.TB, l labelledMatch) *catalog.Template {
	tb.Helper()
	tmpl, ok := Embedded().Template(l.entry.Sector)
	if !ok {
		tb.Fatalf("line %d: no template of %q", l.line, l.entry.Sector)
	}
	if l.want != "" && !slices.ContainsFunc(tmpl.Entries, func(e catalog.TemplateEntry) bool { return e.ID == l.want }) {
		tb.Fatalf("line %d: no template entry %s", l.line, l.want)
	}
	return tmpl
}

func TestStrangersEntriesMatchTheTemplates(t *testing.T) {
	labelled := labelledMatches(t)
	all := measureMatches(t, labelled, func(l labelledMatch, got catalog.Match) {
		t.Logf("line %d: %s %s matches %q %.2f %s, want %q", l.line, l.entry.Sector, strings.Join(l.entry.Path, " / "), got.Template, got.Confidence, got.Why, l.want)
	})
	odd := slices.DeleteFunc(slices.Clone(labelled), func(l labelledMatch) bool { return l.line%2 == 0 })
	even := slices.DeleteFunc(slices.Clone(labelled), func(l labelledMatch) bool { return l.line%2 != 0 })
	quiet := func(labelledMatch, catalog.Match) {}
	for _, m := range []struct {
		of                            string
		got                           matchQuality
		precision, recall, whenItSays float64
	}{
		{"all", all, 0.97, 0.94, 0.985},
		{"the odd lines", measureMatches(t, odd, quiet), 0.96, 0.93, 0.98},
		{"the even lines", measureMatches(t, even, quiet), 0.96, 0.93, 0.98},
		{"whole tables", measureTables(t, labelled), 0.975, 0.93, 0.985},
	} {
		q := m.got
		t.Logf("%s, %d entries: precision %.3f, recall %.3f; of %d that are sure %.3f are right", m.of, q.pairs, q.precision(), q.recall(), q.sure, q.surePrecision())
		if q.precision() < m.precision || q.recall() < m.recall || q.surePrecision() < m.whenItSays {
			t.Errorf("%s: precision %.3f, recall %.3f, of sure ones %.3f; want %v, %v, %v", m.of, q.precision(), q.recall(), q.surePrecision(), m.precision, m.recall, m.whenItSays)
		}
	}
	for i, b := range all.bands {
		if b.found == 0 {
			continue
		}
		share := float64(b.right) / float64(b.found)
		t.Logf("confidence from %.2f: %d of %d right, %.2f", bandFrom[i], b.right, b.found, share)
		if b.found >= 15 && share < bandFrom[i]-0.05 {
			t.Errorf("of %d matches with a confidence from %.2f only %.2f are right", b.found, bandFrom[i], share)
		}
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
