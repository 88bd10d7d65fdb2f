package templates

import (
	"strings"

	"mulutong/catalog"
)

var actColumns = []column{
	{"编号", "id", true},
	{"名称", "title", true},
	{"别名", "aliases", false},
	{"类别", "kind", false},
	{"发布机关", "issuer", false},
	{"文本", "revisions", false},
	{"施行", "effective", false},
	{"状态", "status", true},
	{"终止", "ended", false},
	{"后继", "successor", false},
	{"领域", "sectors", false},
	{"已核", "confirmed", true},
	{"备注", "note", false},
}

var statusNames = map[string]catalog.Status{
	"有效": catalog.InForce, "废止": catalog.Repealed, "过期": catalog.Expired,
	string(catalog.InForce): catalog.InForce, string(catalog.Repealed): catalog.Repealed, string(catalog.Expired): catalog.Expired,
}

// place is where a fact of the register stands.
type place struct {
	file string
	line int
}

// parseActs reads one file of the register. An act's texts are divided by
// semicolons, each a number, a date or both: "国务院令第492号 2007-04-05".
func parseActs(p *problems, src []byte, places map[catalog.ActID]place) []catalog.Act {
	var acts []catalog.Act
	for _, r := range readTable(p, src, actColumns) {
		a := catalog.Act{
			ID: catalog.ActID(r.get("id")), Title: r.get("title"), Aliases: r.list("aliases"),
			Kind: r.get("kind"), Issuer: r.get("issuer"),
			Effective: r.date("effective"), Ended: r.date("ended"),
			Successor: catalog.ActID(r.get("successor")),
			Confirmed: r.yes("confirmed"), Note: r.get("note"),
		}
		for _, text := range r.list("revisions") {
			a.Revisions = append(a.Revisions, parseRevision(text))
		}
		for _, s := range r.list("sectors") {
			a.Sectors = append(a.Sectors, catalog.Sector(s))
		}
		status, ok := statusNames[r.get("status")]
		if !ok {
			r.bad("status is 有效, 废止 or 过期, not %q", clip(r.get("status")))
		}
		a.Status = status
		if before, ok := places[a.ID]; ok {
			r.bad("id %s stands twice, first at %s:%d", a.ID, before.file, before.line)
			continue
		}
		places[a.ID] = place{p.file, r.line}
		acts = append(acts, a)
	}
	return acts
}

func parseRevision(s string) catalog.Revision {
	if d := catalog.Date(s); validDate(d) {
		return catalog.Revision{Date: d}
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if d := catalog.Date(s[i+1:]); validDate(d) {
			return catalog.Revision{Number: strings.TrimSpace(s[:i]), Date: d}
		}
	}
	return catalog.Revision{Number: s}
}

var bodyColumns = []column{
	{"名称", "name", true},
	{"后继", "successor", false},
	{"终止", "ended", false},
	{"已核", "confirmed", true},
}

// parseBodies reads bodies.csv.
func parseBodies(p *problems, src []byte) []catalog.Body {
	var bodies []catalog.Body
	lines := map[string]int{}
	for _, r := range readTable(p, src, bodyColumns) {
		b := catalog.Body{
			Name: r.get("name"), Successor: r.get("successor"),
			Ended: r.date("ended"), Confirmed: r.yes("confirmed"),
		}
		if b.Name == "" {
			r.bad("a body without a name")
		}
		if before, ok := lines[b.Name]; ok {
			r.bad("body %s stands twice, first on line %d", b.Name, before)
		}
		lines[b.Name] = r.line
		bodies = append(bodies, b)
	}
	return bodies
}
