package words

import (
	"strings"
	"testing"
	"unicode"

	"mulutong/catalog"
)

func TestTimeLimitSaysWhatIsUnderstood(t *testing.T) {
	for _, tt := range []struct {
		in, zh, en string
		whole      bool
	}{
		{"自信息形成或者变更之日起20个工作日内", "信息形成或者变更之日起20个工作日内", "within 20 working days of 信息形成或者变更", true},
		{"制定或获取信息之日起10个工作日内，公示7个工作日", "制定或获取信息之日起10个工作日内；公示7个工作日", "within 10 working days of 制定或获取信息; posted for 7 working days", true},
		{"每季度结束后15日内", "每季度结束后15日内", "every quarter, within 15 days of 每季度结束", true},
		{"半年至少更新1次", "每半年至少更新1次", "every 6 months, at least once", true},
		{"提前一周", "提前1周", "1 week in advance", true},
		{"实时", "实时公开", "in real time", true},
		{"及时", "及时公开", "promptly", true},
		{"长期公开", "长期公开", "for good", true},
		{"看情况吧", "", "", false},
		{"", "", "", false},
	} {
		limit := catalog.ParseTimeLimit(tt.in)
		if got, whole := TimeLimit(limit, Chinese); got != tt.zh || whole != tt.whole {
			t.Errorf("TimeLimit(%q) = %q, %v, want %q, %v", tt.in, got, whole, tt.zh, tt.whole)
		}
		if got, _ := TimeLimit(limit, English); got != tt.en {
			t.Errorf("TimeLimit(%q) in English = %q, want %q", tt.in, got, tt.en)
		}
	}
}

func TestTimeLimitSaysEveryKindOfClauseInEnglish(t *testing.T) {
	for _, k := range []catalog.ClauseKind{catalog.Within, catalog.Notice, catalog.Before, catalog.Periodic, catalog.Realtime, catalog.Prompt, catalog.Permanent} {
		for m := range measures {
			limit := catalog.TimeLimit{Text: "x", Clauses: []catalog.Clause{{Kind: k, Amount: 2, Measure: m, Times: 1, AtLeast: true}}}
			got, _ := TimeLimit(limit, English)
			if got == "" || strings.Contains(got, "  ") || strings.ContainsFunc(got, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("a clause %s of 2 %s is %q", k, m, got)
			}
		}
	}
}
