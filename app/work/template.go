package work

import (
	"maps"
	"slices"
	"strings"

	"mulutong/catalog"
)

// Template is a sector's template as it holds for the unit, its names filled in;
// nil where the release has none.
func (d *Desk) Template(s catalog.Sector) *catalog.Template {
	t, ok := d.Know().Template(s)
	if !ok {
		return nil
	}
	u := d.Unit()
	local := t.For(u.Division)
	local.Entries = slices.Clone(local.Entries)
	for i := range local.Entries {
		fill(&local.Entries[i], u)
	}
	return &local
}

// fill puts the unit's names for the placeholders of a template's entry.
func fill(t *catalog.TemplateEntry, u catalog.Unit) {
	var own, other []string
	for _, p := range catalog.Placeholders {
		name := u.Meant(p)
		own = append(own, p, name)
		if p == "{单位}" {
			name = "本级人民政府"
		}
		other = append(other, p, name)
	}
	mine, theirs := strings.NewReplacer(own...), strings.NewReplacer(other...)
	t.Content, t.Hint = mine.Replace(t.Content), mine.Replace(t.Hint)
	t.Publishers = maps.Clone(t.Publishers)
	for tier, p := range t.Publishers {
		if tier == u.Tier() {
			t.Publishers[tier] = mine.Replace(p)
			continue
		}
		t.Publishers[tier] = theirs.Replace(p)
	}
	t.Hints = maps.Clone(t.Hints)
	for f, hint := range t.Hints {
		t.Hints[f] = mine.Replace(hint)
	}
}

// phrasesAtMost is how many common phrases are offered.
const phrasesAtMost = 12

// TimeLimits are the time limits that a sector's template uses, the most frequent
// first, for the clerk to choose from (公开时限).
func (d *Desk) TimeLimits(s catalog.Sector) []string {
	var order []string
	times := map[string]int{}
	t, ok := d.Know().Template(s)
	if !ok {
		return nil
	}
	for i := range t.Entries {
		text := t.Entries[i].TimeLimit.Text
		if text == "" {
			continue
		}
		if times[text]++; times[text] == 1 {
			order = append(order, text)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return times[b] - times[a] })
	return order[:min(len(order), phrasesAtMost)]
}
