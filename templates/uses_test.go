package templates

import (
	"slices"
	"testing"

	"mulutong/catalog"
)

func TestUsesNameEveryCitingEntryOnce(t *testing.T) {
	s := Embedded()
	uses := s.Uses()
	for id, list := range uses {
		if _, ok := s.Register().Act(id); !ok {
			t.Errorf("%s is used, and not in the register", id)
		}
		order := make([]int, len(list))
		for i, u := range list {
			order[i] = s.bySlug[string(u.Sector)]
			if slices.Contains(list[:i], u) {
				t.Errorf("%s: %v stands twice", id, u)
			}
		}
		if !slices.IsSorted(order) {
			t.Errorf("%s: the sectors are out of order: %v", id, list)
		}
	}
	tmpl, _ := s.Template("social-assistance")
	for _, e := range tmpl.Entries {
		for _, c := range e.Basis {
			act := s.Register().Resolve(c).Act
			if act != nil && !slices.Contains(uses[act.ID], Use{"social-assistance", e.ID}) {
				t.Errorf("%s cites %s, and is not among its uses", e.ID, act.ID)
			}
		}
	}
	if got := uses["国家安全法-1993"]; got != nil {
		t.Errorf("a law repealed in 2014 is cited by %v", got)
	}
	if len(uses[catalog.ActID("政府信息公开条例")]) < 10 {
		t.Errorf("the regulation on disclosure is cited by %d entries", len(uses["政府信息公开条例"]))
	}
}
