package catalog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// events are what clauses count from; drawClause joins them freely.
var events = []string{"信息形成", "信息形成或者变更", "制定或获取信息", "作出行政决定", "人大批准", "分配结果确定", "自然资源调查结束", "信息获取（形成、变更）"}

// drawClause draws a clause as ParseTimeLimit might return it.
func drawClause(t *rapid.T) Clause {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	event := func() string { return pick("event", append(events, "")...) }
	measure := func() Measure {
		return rapid.SampledFrom([]Measure{Workday, Day, Week, Month, Year}).Draw(t, "measure")
	}
	c := Clause{
		Kind:    rapid.SampledFrom([]ClauseKind{Within, Notice, Before, Periodic, Realtime, Prompt, Permanent}).Draw(t, "kind"),
		Amount:  rapid.IntRange(1, 400).Draw(t, "amount"),
		Measure: measure(),
		AtLeast: rapid.Bool().Draw(t, "at least"),
	}
	switch c.Kind {
	case Within:
		c.From = event()
		c.Scope = pick("scope", "", "行政许可、行政处罚事项", "其他信息")
	case Notice:
		c.From = event()
		if c.From == "" {
			c.Scope = pick("scope", "", "行政处罚事项")
		}
	case Before:
		switch pick("form", "amount", "event", "day") {
		case "amount":
			c.From = pick("event", "", "送审", "听证会召开")
		case "event":
			c = Clause{Kind: Before, From: pick("event", "开学", "项目批准")}
		case "day":
			c = Clause{Kind: Before, By: pick("by", "6月30日", "2024年12月31日", "年底")}
		}
	case Periodic:
		p := rapid.SampledFrom(printedPeriods).Draw(t, "period")
		c = Clause{Kind: Periodic, Amount: p.amount, Measure: p.measure}
		switch pick("form", "bare", "times", "day", "due") {
		case "times":
			c.Times, c.AtLeast = rapid.IntRange(1, 30).Draw(t, "times"), rapid.Bool().Draw(t, "at least")
		case "day":
			c = Clause{Kind: Periodic, Amount: 1, Measure: Year, By: pick("by", "1月31日", "3月底", "底")}
		case "due":
			c = Clause{Kind: Periodic, Amount: 3, Measure: Month, From: "每季度结束", Due: rapid.IntRange(1, 60).Draw(t, "due"), DueMeasure: measure()}
		}
	default:
		c = Clause{Kind: c.Kind, From: event()}
	}
	return c
}

func TestClausesPrintAndReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawClause(t)
		if got := ParseTimeLimit(c.String()).Clauses; !slices.Equal(got, []Clause{c}) {
			t.Fatalf("%q reads as %+v, want %+v", c.String(), got, c)
		}
	})
}

func TestClausesReadTheSameWithSpacesAndWideDigits(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	rapid.Check(t, func(t *rapid.T) {
		c := drawClause(t)
		spaced := strings.Join(strings.Split(wide.Replace(c.String()), ""), " ")
		if got := ParseTimeLimit(spaced).Clauses; !slices.Equal(got, []Clause{c}) {
			t.Fatalf("%q reads as %+v, want %+v", spaced, got, c)
		}
	})
}

func FuzzParseTimeLimit(f *testing.F) {
	for _, l := range limits {
		f.Add(l.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l := ParseTimeLimit(s)
		if (l.Text == "") != (len(l.Clauses) == 0) {
			t.Errorf("ParseTimeLimit(%q) = %+v", s, l)
		}
		again := ParseTimeLimit(l.Text)
		if again.Text != l.Text || !slices.Equal(again.Clauses, l.Clauses) {
			t.Errorf("%q reads as %+v, its text as %+v", s, l, again)
		}
		// What was understood is said so that it is understood the same way.
		for _, c := range l.Clauses {
			if c.Kind == Unknown {
				continue
			}
			got := ParseTimeLimit(c.String())
			if len(got.Clauses) != 1 || got.Clauses[0] != c {
				t.Errorf("%q: %q reads as %+v, want %+v", s, c.String(), got.Clauses, c)
			}
		}
	})
}

func BenchmarkParseTimeLimit(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		ParseTimeLimit(limits[i%len(limits)].text)
	}
}
