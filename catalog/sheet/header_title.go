package sheet

import (
	"strings"
	"unicode"
)

// heading is what the lines above a header say.
type heading struct {
	title, unit string
	rest        []line // those that are neither
}

// readHeading reads the lines above a header. Above the first one any line can be
// the title; further down only one that names a catalog.
func readHeading(above []line, names *sectorNames, first bool) heading {
	var h heading
	var candidates []line
	for _, l := range above {
		switch unit, ok := unitLine(l.cells); {
		case ok:
			if unit != "" {
				h.unit = unit
			}
		case isAttachment(l.text()) || isDate(l.text()) || isSource(l.text()):
		default:
			candidates = append(candidates, l)
		}
	}
	best := -1
	for i, l := range candidates {
		if s := squeeze(l.text()); strings.Contains(s, "目录") || strings.Contains(s, "领域") || strings.Contains(s, "清单") {
			if best < 0 || namesSector(s) {
				best = i
			}
		}
	}
	if best < 0 && first && len(candidates) > 0 {
		best = 0
	}
	for i, l := range candidates {
		switch {
		case i == best:
			h.title = oneLine(l.text())
		case h.unit == "" && isUnit(l.text()):
			h.unit = oneLine(l.text())
		default:
			h.rest = append(h.rest, l)
		}
	}
	for _, l := range append([]line{{cells: []string{h.title}}}, h.rest...) {
		if h.unit == "" {
			h.unit = unitOf(l.text(), names)
		}
	}
	return h
}

// namesSector tells whether a title says of which sector it is.
func namesSector(title string) bool { return strings.Contains(title, "领域") }

// unitLine reads 填报单位：籍山镇人民政府　填报时间：…; ok where the line is one.
func unitLine(cells []string) (unit string, ok bool) {
	for i, c := range cells {
		before, after, colon := strings.Cut(strings.Replace(c, ":", "：", 1), "：")
		label := bare(squeeze(before))
		if !colon || !strings.HasSuffix(label, "单位") && !strings.HasSuffix(label, "单位名称") && label != "部门" || len(label) > 30 {
			continue
		}
		for _, next := range []string{"填报时间", "填报日期", "填表时间", "填表日期", "制表", "编制时间", "时间：", "日期：", "填报人", "填表人", "联系", "审核", "年　月", "年 月"} {
			if at := strings.Index(after, next); at >= 0 {
				after = after[:at]
			}
		}
		after = strings.TrimFunc(after, func(r rune) bool { return blank(r) || r == '_' || r == '＿' })
		if after == "" && i+1 < len(cells) && !strings.ContainsAny(cells[i+1], "：:") {
			after = cells[i+1]
		}
		return oneLine(after), true
	}
	return "", false
}

// isAttachment tells whether a line only numbers an attachment: 附件7.
func isAttachment(s string) bool {
	s = squeeze(s)
	return strings.HasPrefix(s, "附") && len(s) <= 24 && !strings.Contains(s, "目录") || strings.HasPrefix(s, "表") && len(s) <= 12
}

// isSource tells whether a line names what the catalog follows, as a printed
// guideline does: 依据：民政部办公厅《…标准指引》.
func isSource(s string) bool {
	return startsIn(squeeze(s), "依据：", "依据:", "来源：", "来源:")
}

// isDate tells whether a line only says when: 填报时间：2024年3月, 2024-03-01.
func isDate(s string) bool {
	s = squeeze(s)
	for _, w := range []string{"填报时间", "填报日期", "填表时间", "填表日期", "编制时间", "编制日期", "更新时间", "更新日期", "时间", "日期"} {
		s = strings.TrimPrefix(s, w)
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("：:年月日-./（）()〇零一二三四五六七八九十", r)
	}) < 0
}

// unitEnds are how the names of units end.
var unitEnds = []string{
	"人民政府", "办事处", "管委会", "委员会", "省", "市", "区", "县", "旗", "盟", "州", "镇", "乡", "街道", "苏木", "局", "厅", "委", "办",
	"办公室", "中心", "社区", "派出所", "政府", "学校", "公司",
}

// isUnit tells whether a text is a unit's name and nothing else.
func isUnit(s string) bool {
	s = oneLine(s)
	switch s {
	case "", "乡镇", "镇街", "县区", "市县", "区县", "街道", "社区":
		return false
	}
	return len(s) >= 6 && len(s) <= 120 && !strings.ContainsAny(s, "，。；：:,") && endsIn(s, unitEnds...)
}

// unitOf finds the unit that a title begins with: 籍山镇社会救助领域…目录.
func unitOf(title string, names *sectorNames) string {
	s := title
	if i := strings.IndexAny(s, "）)"); i >= 0 && (strings.HasPrefix(s, "（") || strings.HasPrefix(s, "(")) {
		_, s, _ = strings.Cut(s, string([]rune(s[i:])[0]))
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return blank(r) || r >= '0' && r <= '9' || r == '年' })
	end := len(s)
	for _, w := range []string{"基层政务", "政务公开", "政府信息", "信息公开", "基层", "公开", "目录", "领域"} {
		if at := strings.Index(s, w); at >= 0 {
			end = min(end, at)
		}
	}
	if at := names.at(s); at >= 0 {
		end = min(end, at)
	}
	words := strings.FieldsFunc(s[:end], blank)
	for n := len(words); n > 0; n-- {
		if u := strings.Join(words[:n], ""); isUnit(u) && (n == 1 || isUnit(words[n-1])) {
			return u
		}
	}
	return ""
}
