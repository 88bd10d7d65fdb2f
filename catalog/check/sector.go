package check

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// sectorRules speak of what belongs to another sector (领域).
var sectorRules = []Rule{
	{
		Name: "sector.misnamed", Severity: Warning, Title: "写了别的领域的名称",
		Why:     "这一条出现了其他领域的名称，或者不存在的领域名称，像是从别的领域的目录复制来的。",
		Do:      "改为本领域的名称；内容也是别的领域的，删去或移到那个领域的目录。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "养老服务领域的法规、规章和规范性文件"}},
		Passes: Example{{catalog.FieldContent: "社会救助领域的法规、规章和规范性文件"}},
		run:    (*pass).misnamedSector,
	},
	{
		Name: "sector.foreign-basis", Severity: Warning, Title: "依据是别的领域的",
		Why:     "所引的文件只管别的领域，例如社会救助的事项引了城镇燃气的条例。",
		Do:      "改引本领域的文件，或者删去这一条依据。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《社会救助暂行办法》（国务院令第649号）\n《城镇燃气管理条例》"}},
		Passes: Example{{catalog.FieldBasis: "《社会救助暂行办法》（国务院令第649号）"}},
		run:    (*pass).foreignBasis,
	},
}

// sectorName is one name a sector goes by.
type sectorName struct {
	name string
	slug catalog.Sector
}

// sectorNames lists the names of the national sectors, the longest first, so that
// a name which ends another does not hide it. Optional ones are everyday words:
// 科技领域 in a catalog of budgets names no sector.
func sectorNames(infos []catalog.SectorInfo) []sectorName {
	var out []sectorName
	for _, s := range infos {
		if s.Optional {
			continue
		}
		for _, n := range append([]string{s.Name}, s.AlsoCalled...) {
			if n != "" {
				out = append(out, sectorName{n, s.Slug})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b sectorName) int { return len(b.name) - len(a.name) })
	return out
}

const sectorWord = "领域"

func (p *pass) misnamedSector() {
	own := p.sector()
	if own == "" || len(p.names) == 0 {
		return
	}
	for i := range p.texts {
		t := &p.texts[i]
		switch t.field {
		case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldContent:
			if t.has&fields == 0 {
				continue
			}
			at := strings.Index(t.s, sectorWord)
			if at < 0 {
				continue
			}
			if n, ok := p.sectorBefore(t.s[:at]); ok && n.slug != own && !inTitle(t.s, at) && !p.namesOwn(t.s) {
				fixed := ""
				if name := p.sectors[own].Name; name != "" && !(t.field == catalog.FieldMatter && t.s == n.name+sectorWord) {
					from := at - len(n.name)
					fixed = p.with(t, t.s[:from]+name+t.s[at:])
				}
				p.misnamed(t, n.name+sectorWord, fixed)
			}
		case catalog.FieldExtra:
			if !strings.Contains(t.key, sectorWord) || catalog.Unfilled(t.s) {
				continue
			}
			name, _ := strings.CutSuffix(strings.TrimSpace(strings.Trim(t.s, "0123456789")), sectorWord)
			if !p.namesOwn(name) {
				fixed := ""
				if own := p.sectors[own].Name; own != "" {
					fixed = p.with(t, own)
				}
				p.misnamed(t, t.s, fixed)
			}
		}
	}
}

func (p *pass) misnamed(t *text, name, fix string) {
	p.found(t.field, t.name()+"里的"+quote(name)+"不是本目录的领域。请改为"+quote(p.sectors[p.sector()].Name)+"；内容也不是本领域的，请删去。", fix)
}

// sectorBefore returns the sector whose name s ends with.
func (p *pass) sectorBefore(s string) (sectorName, bool) {
	for _, n := range p.names {
		if strings.HasSuffix(s, n.name) {
			return n, true
		}
	}
	return sectorName{}, false
}

// namesOwn reports whether s names the catalog's own sector.
func (p *pass) namesOwn(s string) bool {
	for _, n := range p.names {
		if n.slug == p.sector() && strings.Contains(s, n.name) {
			return true
		}
	}
	return false
}

// inTitle reports whether the place lies between 《 and 》.
func inTitle(s string, at int) bool {
	return strings.Count(s[:at], "《") > strings.Count(s[:at], "》")
}

func (p *pass) foreignBasis() {
	own := p.sector()
	if own == "" || p.sectors[own].Optional {
		return // what was added to the 26 shares its matters with them
	}
	for i, c := range p.distinct() {
		if c.Act == nil || c.How == catalog.Misspelled || len(c.Act.Sectors) == 0 || slices.Contains(c.Act.Sectors, own) {
			continue
		}
		if p.t != nil && p.t.cites(c, p) {
			continue
		}
		var names []string
		for _, s := range c.Act.Sectors {
			names = append(names, p.sectors[s].Name)
		}
		fix := ""
		if w := p.wanted(catalog.FieldBasis); w != "" {
			fix = w
		} else if len(p.cites) > 1 {
			fix = p.basisWith(i, "")
		}
		p.found(catalog.FieldBasis, c.what+"是"+strings.Join(names, "、")+"领域的文件。请改引本领域的文件，或者删去。", fix)
	}
}

// cites reports whether the template rests on the act too.
func (w *want) cites(c *cite, p *pass) bool {
	for i := range w.entry.Basis {
		if p.citeOf(&w.entry.Basis[i]).Act == c.Act {
			return true
		}
	}
	return false
}
