package templates

import (
	"slices"
	"strconv"

	"mulutong/catalog"
)

var sectorColumns = []column{
	{"序号", "no", true},
	{"标识", "slug", true},
	{"名称", "name", true},
	{"又称", "also_called", false},
	{"现称", "now_called", false},
	{"增设", "optional", false},
	{"印发单位", "issuer", false},
	{"指引", "title", false},
	{"文号", "number", false},
	{"印发日期", "date", false},
	{"已核", "confirmed", false},
}

// parseSectors reads sectors.csv.
func parseSectors(p *problems, src []byte) []catalog.SectorInfo {
	var sectors []catalog.SectorInfo
	slugs, names, numbers := map[string]int{}, map[string]int{}, map[int]int{}
	for _, r := range readTable(p, src, sectorColumns) {
		s := catalog.SectorInfo{
			Slug:       catalog.Sector(r.get("slug")),
			Name:       r.get("name"),
			AlsoCalled: r.list("also_called"),
			NowCalled:  r.get("now_called"),
			Optional:   r.yes("optional"),
			Guideline: catalog.Source{
				Issuer: r.get("issuer"), Title: r.get("title"), Number: r.get("number"),
				Date: r.date("date"), Confirmed: r.yes("confirmed"),
			},
		}
		no, err := strconv.Atoi(r.get("no"))
		if err != nil || no < 1 {
			r.bad("no %q is not a number", clip(r.get("no")))
		}
		s.No = no
		if !validSlug(string(s.Slug)) {
			r.bad("slug %q is not made of small letters and dashes", clip(string(s.Slug)))
		}
		if s.Name == "" {
			r.bad("sector %s lacks its name", s.Slug)
		}
		if before, ok := slugs[string(s.Slug)]; ok {
			r.bad("slug %s stands twice, first on line %d", s.Slug, before)
		}
		if before, ok := numbers[no]; ok {
			r.bad("number %d stands twice, first on line %d", no, before)
		}
		if s.NowCalled != "" && !slices.Contains(s.AlsoCalled, s.NowCalled) {
			r.bad("%s is called %s now, which is not among its other names", s.Name, s.NowCalled)
		}
		slugs[string(s.Slug)], numbers[no] = r.line, r.line
		for _, n := range append([]string{s.Name}, s.AlsoCalled...) {
			if before, ok := names[n]; ok {
				r.bad("name %s stands twice, first on line %d", n, before)
			}
			names[n] = r.line
		}
		sectors = append(sectors, s)
	}
	return sectors
}

func validSlug(s string) bool {
	for i, c := range s {
		if (c < 'a' || c > 'z') && (c != '-' || i == 0 || i == len(s)-1) {
			return false
		}
	}
	return s != ""
}
