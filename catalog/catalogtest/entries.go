// Package catalogtest makes catalogs to test with and holds what every store of
// drafts must do: Entries gives the same realistic entries for the same seed, the
// generators give any entry that can be written, and StoreSuite compares a store
// with a plain map under random edits.
package catalogtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"mulutong/catalog"
)

// Sectors are the slugs of all sectors that Entries writes about.
func Sectors() []catalog.Sector {
	var out []catalog.Sector
	for _, s := range sectors {
		out = append(out, s.slug)
	}
	return out
}

// Unit is the township whose entries these are.
func Unit() catalog.Unit {
	return catalog.Unit{
		ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100",
		County: "南陵县", City: "芜湖市", Parent: "340223",
	}
}

// Entries returns n entries of 400 to 600 characters each, spread evenly over
// all sectors, one sector after the other. The same seed gives the same entries;
// within a sector no path comes twice up to 900 entries of it.
func Entries(seed uint64, n int) []catalog.Entry {
	r := rand.New(rand.NewPCG(seed, 26))
	out := make([]catalog.Entry, n)
	for i := range out {
		s := i * len(sectors) / max(n, 1)
		first := (s*n + len(sectors) - 1) / len(sectors) // where the sector begins
		out[i] = sectors[s].entry(r, i-first)
		out[i].ID = id(seed, i)
	}
	return out
}

// Catalogs returns the same entries as one catalog a sector.
func Catalogs(seed uint64, n int) []catalog.Catalog {
	var out []catalog.Catalog
	for _, e := range Entries(seed, n) {
		if len(out) == 0 || out[len(out)-1].Sector != e.Sector {
			out = append(out, catalog.Catalog{Schema: catalog.Schema, Unit: Unit(), Sector: e.Sector, TemplateVersion: "2026.1", RegisterVersion: "2026.1"})
		}
		c := &out[len(out)-1]
		c.Entries = append(c.Entries, e)
	}
	return out
}

// id is shaped like a ULID: 26 characters of Crockford's base 32.
func id(seed uint64, i int) catalog.EntryID {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := []byte("01JD0000000000000000000000")
	for p, v := 25, uint64(i); p > 16; p-- {
		b[p], v = digits[v%32], v/32
	}
	for p, v := 16, seed; p > 3; p-- {
		b[p], v = digits[v%32], v/32
	}
	return catalog.EntryID(b)
}

// entry writes the sector's k-th entry.
func (s sector) entry(r *rand.Rand, k int) catalog.Entry {
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	kind := kinds[k%len(kinds)]
	subject := s.subjects[k/len(kinds)%len(s.subjects)]
	turn := k / len(kinds) / len(s.subjects)
	e := catalog.Entry{
		Sector: s.slug,
		Code:   fmt.Sprintf("1%02d%03d%03d", r.IntN(27), k/1000%1000, k%1000),
		Path:   []string{s.matters[turn%len(s.matters)], subject + kind.name},
	}
	if turn >= len(s.matters) { // the same again, village by village
		e.Path = append(e.Path, villages[turn/len(s.matters)%len(villages)])
	}
	if r.IntN(4) > 0 {
		e.Template = catalog.TemplateID(fmt.Sprintf("t%05d", r.IntN(100000)))
	}

	parts := []string{subject + kind.name + "：" + strings.Join(kind.elements, "；") + "。"}
	for _, i := range r.Perm(len(remarks)) {
		if length(parts...) > 260+r.IntN(120) {
			break
		}
		parts = append(parts, remarks[i])
	}
	e.Content = strings.Join(parts, "\n")

	basis := []string{"《中华人民共和国政府信息公开条例》（国务院令第711号）"}
	for _, i := range r.Perm(len(s.laws)) {
		basis = append(basis, s.laws[i]+pick([]string{"", "第十二条", "第二十条第（三）项"}))
	}
	e.Basis = catalog.ParseBasis(strings.Join(basis, "\n"))
	e.TimeLimit = catalog.ParseTimeLimit(pick(timeLimits))
	e.Publisher = pick([]string{"籍山镇人民政府", "籍山镇人民政府", "籍山镇便民服务中心", "南陵县" + s.department})
	e.Channels.Set = catalog.ChannelSet(1<<catalog.Website | 1<<r.IntN(13) | 1<<r.IntN(13))
	if r.IntN(10) == 0 {
		e.Channels.Others = []string{"惠民惠农资金“一卡通”平台"}
	}
	e.Audience.Everyone = r.IntN(4) > 0
	if !e.Audience.Everyone {
		e.Audience.Groups = pick(groups)
	}
	e.Mode.Proactive = r.IntN(12) > 0
	e.Mode.OnRequest = !e.Mode.Proactive
	e.Tiers = 1<<catalog.Township | catalog.TierSet(r.IntN(2)<<catalog.County|r.IntN(2)<<catalog.Village)
	if r.IntN(3) == 0 {
		e.Link = fmt.Sprintf("https://www.example.gov.cn/%s/%06d.html", s.slug, r.IntN(1000000))
	}
	if r.IntN(8) == 0 {
		e.Extra = map[string]string{"备注": pick(remarks), "网站所属栏目": e.Path[0]}
	}
	return e
}

func length(parts ...string) int {
	n := 0
	for _, p := range parts {
		n += len([]rune(p))
	}
	return n
}
