package catalogtest

import (
	"fmt"

	"pgregory.net/rapid"

	"mulutong/catalog"
)

// Text generates what people type into a field: mostly phrases of an office,
// now and then any characters at all.
func Text() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 5).Draw(t, "sort of text") {
		case 0:
			return ""
		case 1:
			return rapid.String().Draw(t, "any text")
		case 2:
			return rapid.SampledFrom(timeLimits).Draw(t, "limit")
		case 3:
			return rapid.SampledFrom(villages).Draw(t, "village") + rapid.SampledFrom(groups).Draw(t, "group")
		default:
			return rapid.SampledFrom(remarks).Draw(t, "remark")
		}
	})
}

// Sector generates one of the 26 sectors.
func Sector() *rapid.Generator[catalog.Sector] { return rapid.SampledFrom(Sectors()) }

// Entry generates an entry without an id: half of them as Entries writes them,
// half with any value in any field that its JSON can carry.
func Entry() *rapid.Generator[catalog.Entry] {
	return rapid.Custom(func(t *rapid.T) catalog.Entry {
		if rapid.Bool().Draw(t, "realistic") {
			e := Entries(rapid.Uint64Range(0, 50).Draw(t, "seed"), 1)[0]
			e.ID = ""
			return e
		}
		text := Text()
		few := rapid.SliceOfN(text, 0, 3)
		bit := func(name string) bool { return rapid.Bool().Draw(t, name) }
		e := catalog.Entry{
			Sector:    Sector().Draw(t, "sector"),
			Template:  catalog.TemplateID(rapid.StringMatching(`(t[0-9]{5})?`).Draw(t, "template")),
			Code:      rapid.StringMatching(`([0-9]{9})?`).Draw(t, "code"),
			Path:      few.Draw(t, "path"),
			Content:   text.Draw(t, "content"),
			Publisher: text.Draw(t, "publisher"),
			TimeLimit: catalog.ParseTimeLimit(rapid.SampledFrom(timeLimits).Draw(t, "time limit")),
			Audience:  catalog.Audience{Everyone: bit("everyone"), Groups: text.Draw(t, "groups"), Unnamed: bit("unnamed")},
			Mode:      catalog.Mode{Proactive: bit("proactive"), OnRequest: bit("on request")},
			Channels: catalog.Channels{
				Set:    catalog.ChannelSet(rapid.Uint16Range(0, 1<<13-1).Draw(t, "channels")),
				May:    catalog.ChannelSet(rapid.Uint16Range(0, 1<<13-1).Draw(t, "may channels")),
				Others: few.Draw(t, "other channels"),
			},
			Link:  text.Draw(t, "link"),
			Extra: rapid.MapOfN(text, text, 0, 2).Draw(t, "extra"),
		}
		for _, b := range few.Draw(t, "basis") {
			e.Basis = append(e.Basis, catalog.Citation{Text: b})
		}
		for _, tier := range []catalog.Tier{catalog.City, catalog.County, catalog.Township, catalog.Village} {
			if bit("tier") {
				e.Tiers |= 1 << tier
			}
		}
		return e
	})
}

// Catalog generates a catalog of Unit with up to eight entries and everything
// else that a catalog can carry but the sign-off, which depends on the revision.
func Catalog() *rapid.Generator[catalog.Catalog] {
	return rapid.Custom(func(t *rapid.T) catalog.Catalog {
		c := catalog.Catalog{
			Schema: catalog.Schema, Unit: Unit(), Sector: Sector().Draw(t, "sector"),
			TemplateVersion: rapid.SampledFrom([]string{"", "2026.1", "2026.2"}).Draw(t, "template version"),
			RegisterVersion: rapid.SampledFrom([]string{"", "2026.1"}).Draw(t, "register version"),
			Entries:         rapid.SliceOfN(Entry(), 0, 8).Draw(t, "entries"),
			Note:            Text().Draw(t, "note"),
		}
		seed := rapid.Uint64().Draw(t, "ids")
		for i := range c.Entries {
			c.Entries[i].Sector, c.Entries[i].ID = c.Sector, id(seed, i)
		}
		if rapid.Bool().Draw(t, "not applicable") {
			c.NotApplicable = &catalog.NotApplicable{Reason: Text().Draw(t, "why")}
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "omitted") {
			if c.Omitted == nil {
				c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
			}
			c.Omitted[catalog.TemplateID(fmt.Sprintf("t%05d", i))] = catalog.NotApplicable{Reason: Text().Draw(t, "why omitted")}
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "reasons") {
			r := catalog.Reason{Rule: "timelimit.vague", Reason: Text().Draw(t, "reason"), By: "李梅", At: "2026-03-02"}
			if i < len(c.Entries) {
				r.Entry, r.Field = c.Entries[i].ID, catalog.FieldTimeLimit
			} else if i > 0 {
				continue // a second one about the catalog would have the same key
			}
			c.Reasons = append(c.Reasons, r)
		}
		return c
	})
}
