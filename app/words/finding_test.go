package words

import (
	"testing"
	"unicode"

	"mulutong/catalog/check"
)

func TestEveryRuleHasAdviceInEnglish(t *testing.T) {
	for _, r := range check.Rules() {
		said := Finding(check.Finding{Rule: r.Name, Message: "原话"}, English)
		if said == "原话" {
			t.Errorf("rule %s has no advice in English", r.Name)
		}
		for _, c := range said {
			if unicode.Is(unicode.Han, c) {
				t.Errorf("rule %s speaks Chinese in English: %q", r.Name, said)
				break
			}
		}
		if got := Finding(check.Finding{Rule: r.Name, Message: "原话"}, Chinese); got != "原话" {
			t.Errorf("rule %s says %q in Chinese, want its message", r.Name, got)
		}
	}
	if got := len(check.Rules()); len(ruleAdvice) != got {
		t.Errorf("there are %d pieces of advice for %d rules", len(ruleAdvice), got)
	}
}
