package templates

import (
	"slices"

	"mulutong/catalog"
)

// Use is an entry of a template that cites an act.
type Use struct {
	Sector catalog.Sector     `json:"sector"`
	Entry  catalog.TemplateID `json:"entry"`
}

// Uses tells which entries of the templates, variants included, cite each act
// of the register, each entry once, in the order of the sectors.
func (s *Set) Uses() map[catalog.ActID][]Use {
	uses := map[catalog.ActID][]Use{}
	for _, sector := range s.sectors {
		t, ok := s.Template(sector.Slug)
		if !ok {
			continue
		}
		entries := slices.Clone(t.Entries)
		for _, v := range t.Variants {
			entries = append(entries, v.Replace...)
		}
		for _, e := range entries {
			use := Use{sector.Slug, e.ID}
			for _, c := range e.Basis {
				if act := s.Register().Resolve(c).Act; act != nil && !slices.Contains(uses[act.ID], use) {
					uses[act.ID] = append(uses[act.ID], use)
				}
			}
		}
	}
	return uses
}
