package check

import (
	"strings"

	"mulutong/catalog"
)

// residueRules speak of what a template or a spreadsheet left behind.
var residueRules = []Rule{
	{
		Name: "text.residue", Severity: Warning, Title: "留有样板、占位符或者下拉填充的痕迹",
		Why:     "“样板”“模板”“XX镇”“××”“____”“{单位}”“各地配套……”是样板里留给各单位改写的；相邻两行只差一个数字，而且正好加一（48小时、49小时），是下拉填充时数字自动递增。",
		Do:      "改成本单位的内容；数字改回原来的值。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "XX镇救助对象名单"}},
		Passes: Example{{catalog.FieldContent: "籍山镇救助对象名单"}},
		run:    (*pass).residue,
	},
}

// placeholders are what templates leave for units to fill in. The unit's own
// name is known; what else was meant is not.
var placeholders = []struct {
	words string
	now   func(*pass) string // nil: not known
}{
	{"{单位}", func(p *pass) string { return p.cat.Unit.Publisher() }},
	{"{县}", func(p *pass) string { return p.cat.Unit.County }},
	{"{市}", func(p *pass) string { return p.cat.Unit.City }},
	{"XX镇", township}, {"XX乡", township}, {"××镇", township}, {"××乡", township}, {"xx镇", township}, {"xx乡", township},
	{"XX街道", township}, {"××街道", township}, {"xx街道", township}, {"某某镇", township}, {"某镇", township}, {"○○镇", township},
	{"XX县", county}, {"××县", county}, {"xx县", county}, {"某某县", county}, {"XX区", county}, {"××区", county},
	{"XX市", city}, {"××市", city},
	{"XX", nil}, {"××", nil}, {"xx", nil}, {"某某", nil}, {"○○", nil}, {"**", nil},
	{"__", nil}, {"＿＿", nil},
	{"请填写", nil}, {"此处填写", nil}, {"待填写", nil}, {"请写明", nil}, {"请注明", nil}, {"（待补充）", nil}, {"(待补充)", nil},
}

func township(p *pass) string {
	if p.cat.Unit.Kind == catalog.TownshipUnit {
		return p.cat.Unit.Name
	}
	return ""
}

func county(p *pass) string { return p.cat.Unit.County }
func city(p *pass) string   { return p.cat.Unit.City }

func (p *pass) residue() {
	for i := range p.texts {
		t := &p.texts[i]
		if t.field == catalog.FieldLink {
			continue
		}
		p.placeholder(t)
		switch t.field {
		case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldPublisher:
			if t.has&samples == 0 {
				continue
			}
			if w := sampleWord(t.s); w != "" {
				fixed := strings.TrimSpace(strings.Replace(t.s, w, "", 1))
				if blank(fixed) || strings.HasSuffix(fixed, "目录") {
					fixed = "" // nothing of a matter's name is left
				} else {
					fixed = p.with(t, fixed)
				}
				p.found(t.field, t.name()+"里留有"+quote(w)+"字样。请删去，写成正式名称。", fixed)
			}
		case catalog.FieldContent, catalog.FieldBasis:
			if t.has&gaps != 0 && strings.Contains(t.s, "各地配套") {
				p.found(t.field, t.name()+"里的“各地配套”是国家指引留给各地填写的。请列出本地的文件，至少改为“本地配套”。", p.with(t, strings.ReplaceAll(t.s, "各地配套", "本地配套")))
			}
		}
	}
	if p.whole != nil {
		for _, c := range p.whole.counted[p.index] {
			p.found(c.field, c.field.Name()+"里的“"+c.number+"”比上一行正好多1，像是下拉填充时自动递增的。请核对"+c.field.Name()+"的数字。", c.fix)
		}
	}
}

// placeholder reports the first placeholder of a text.
func (p *pass) placeholder(t *text) {
	if t.has&(marks|fillWords) == 0 {
		return
	}
	for _, h := range placeholders {
		i := strings.Index(t.s, h.words)
		if i < 0 || word(t.s, i, h.words) {
			continue
		}
		fix, now := "", ""
		if h.now != nil {
			now = h.now(p)
		}
		if now != "" {
			fix = p.with(t, strings.ReplaceAll(t.s, h.words, now))
		}
		p.found(t.field, t.name()+"里留有样板的占位符"+quote(around(t.s, i, len(h.words)))+"。请改成本单位的内容。", fix)
		return
	}
}

// word reports whether the placeholder at i is a part of something else: XXL,
// a masked number (138****8000), a grade (××级) is none of ours.
func word(s string, i int, words string) bool {
	switch words {
	case "XX", "xx":
		end := i + 2
		for end < len(s) && (s[end] == 'X' || s[end] == 'x') {
			end++
		}
		return i > 0 && (isLetter(s[i-1]) || isDigit(s[i-1])) || end < len(s) && (isLetter(s[end]) || isDigit(s[end]))
	case "**":
		return i > 0 && isDigit(s[i-1])
	}
	return false
}

// around is the placeholder with the few characters next to it.
func around(s string, i, n int) string {
	end := i + n
	for j := range s[end:] {
		if j >= 12 || s[end+j] == '\n' {
			return s[i : end+j]
		}
	}
	return s[i:]
}

// sampleWord returns the word by which a name shows that it was a sample's: only
// as a mark of its own or of a catalog, because 申请表模板 is a thing to disclose.
func sampleWord(s string) string {
	for _, w := range []string{"（样板）", "(样板)", "（模板）", "(模板)", "（样表）", "(样表)", "（示例）", "(示例)", "（样例）", "(样例)"} {
		if strings.Contains(s, w) {
			return w
		}
	}
	for _, w := range []string{"样板", "模板"} {
		if s == w || strings.Contains(s, "目录"+w) || strings.Contains(s, w+"目录") {
			return w
		}
	}
	return ""
}
