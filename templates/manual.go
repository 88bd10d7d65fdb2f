package templates

//go:generate go run gen.go ../docs/sectors.md

import (
	"bytes"
	"fmt"
	"strings"

	"mulutong/catalog"
)

// Manual returns the page that tells, sector by sector, what guideline its template
// follows, what is confirmed, what was left out and why; in Chinese, as Markdown.
func (s *Set) Manual() []byte {
	m := &manual{}
	m.WriteString(manualHead)
	m.WriteString("| 序 | 领域 | 条目 | 县级 | 乡级 | 已核 | 指引 |\n|---|---|---|---|---|---|---|\n")
	var sum catalog.Tally
	for _, info := range s.Sectors() {
		t, ok := s.Template(info.Slug)
		if !ok {
			continue
		}
		n := t.Tally()
		if !info.Optional {
			sum.Add(n)
		}
		fmt.Fprintf(m, "| %d | [%s](#%s) | %d | %d | %d | %d | %s |\n", info.No, named(info), info.Slug, n.Entries, n.County, n.Township, n.Confirmed, guideline(info.Guideline))
	}
	fmt.Fprintf(m, "\n26 个领域合计 %d 条：县级 %d 条，乡级 %d 条；已核 %d 条。\n", sum.Entries, sum.County, sum.Township, sum.Confirmed)
	for _, info := range s.Sectors() {
		if t, ok := s.Template(info.Slug); ok {
			m.sector(info, t)
		}
	}
	return m.Bytes()
}

const manualHead = `# 领域与模板

<!-- 本页由 templates 的数据生成（go generate ./templates），请不要直接修改。 -->

26 个领域的模板各依据哪个指引，哪些事项核实过，哪些没有列入、为什么，都写在这一页；部委和各省在 26 个领域之外增设的领域排在后面。
事项名称后面带“?”的还没有与指引原件或者已公布的目录核对过（待核）：草稿里缺了它只提醒，不算错误。
指引之后法律法规有变化的，模板按现行规定编写，说明里写了变化。每一条的全部内容用 ` + "`mulu template 领域`" + ` 查看。

`

type manual struct{ bytes.Buffer }

func guideline(s catalog.Source) string {
	switch {
	case s.Title == "":
		return "没有全国指引"
	case s.Number == "":
		return "《" + s.Title + "》（文号待核）"
	case !s.Confirmed:
		return "《" + s.Title + "》（" + s.Number + "，待核）"
	}
	return "《" + s.Title + "》（" + s.Number + "）"
}

func named(s catalog.SectorInfo) string {
	if s.NowCalled != "" {
		return s.NowCalled + "（原" + s.Name + "）"
	}
	return s.Name
}

func (m *manual) sector(info catalog.SectorInfo, t *catalog.Template) {
	n := t.Tally()
	fmt.Fprintf(m, "\n<a id=%q></a>\n\n## %d. %s\n\n", info.Slug, info.No, named(info))
	if issuer := info.Guideline.Issuer; issuer != "" {
		fmt.Fprintf(m, "依据：%s%s\n\n", issuer, guideline(info.Guideline))
	}
	fmt.Fprintf(m, "共 %d 条，县级 %d 条，乡级 %d 条；已核 %d 条。\n", n.Entries, n.County, n.Township, n.Confirmed)
	if t.Note != "" {
		fmt.Fprintf(m, "\n%s\n", strings.ReplaceAll(t.Note, "\n", "\n\n"))
	}
	first := ""
	for i := range t.Entries {
		e := &t.Entries[i]
		name, rest := e.Path[0], strings.Join(e.Path[1:], " / ")
		if rest == "" {
			rest = name
		}
		if !e.Confirmed {
			rest += "?"
		}
		switch {
		case i == 0 || name != first:
			fmt.Fprintf(m, "\n- **%s**：%s", name, rest)
		default:
			fmt.Fprintf(m, "；%s", rest)
		}
		first = name
	}
	m.WriteString("\n")
	for _, v := range t.Variants {
		m.variant(t, v)
	}
}

// variant tells what a region's variant changes.
func (m *manual) variant(t *catalog.Template, v catalog.Variant) {
	names := map[catalog.TemplateID]string{}
	for i := range t.Entries {
		names[t.Entries[i].ID] = strings.Join(t.Entries[i].Path, " / ")
	}
	var places, parts []string
	for _, code := range v.Divisions {
		if d, ok := Divisions().ByCode(code); ok {
			code = d.Name
		}
		places = append(places, code)
	}
	for _, id := range v.Drop {
		parts = append(parts, "去掉“"+names[id]+"”")
	}
	for i := range v.Replace {
		e := &v.Replace[i]
		verb := "增加"
		if names[e.ID] != "" {
			verb = "改写"
		}
		parts = append(parts, verb+"“"+strings.Join(e.Path, " / ")+"”")
	}
	for _, r := range v.Rename {
		parts = append(parts, r.From+"改称"+r.To)
	}
	fmt.Fprintf(m, "\n%s：%s。%s。\n", strings.Join(places, "、"), strings.TrimRight(v.Reason, "。"), strings.Join(parts, "，"))
}
