package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// role is what a column is for.
type role uint8

const (
	roleNone  role = iota // a label nobody knows, or none
	roleExtra             // known, and no field takes it: 备注
	roleNumber
	roleSector
	roleCode
	roleMatter // a level of the path, by order of the columns
	roleContent
	roleBasis
	roleLimit
	roleRequirement // 公开要求: stands for the time limit where there is none
	rolePublisher
	roleAgent // 责任部门: stands for the publisher where there is none
	roleChannels
	roleChannel // one carrier, ticked
	roleAudience
	roleEveryone
	roleGroups
	roleMode
	roleAttribute // 公开属性: stands for the mode where there is none
	roleProactive
	roleOnRequest
	roleTiers
	roleTier // tiers, ticked
	roleLink
	roleStandard // 公开标准: a group of other columns
)

// labels are the words headers use, without 公开 before them.
var labels = map[string]role{
	"序号": roleNumber, "编号": roleNumber, "行号": roleNumber, "序": roleNumber, "目录序号": roleNumber, "事项序号": roleNumber,
	"领域": roleSector, "所属领域": roleSector, "试点领域": roleSector, "领域名称": roleSector,
	"编码": roleCode, "事项编码": roleCode, "目录编码": roleCode, "代码": roleCode,
	"事项": roleMatter, "事项名称": roleMatter, "目录": roleMatter, "子项": roleMatter, "事项类别": roleMatter,
	"内容": roleContent, "内容要素": roleContent, "内容及要素": roleContent, "内容和要素": roleContent, "要素": roleContent, "主要内容": roleContent,
	"依据": roleBasis, "政策依据": roleBasis, "法律依据": roleBasis, "法定依据": roleBasis, "法规依据": roleBasis, "法律法规依据": roleBasis,
	"时限": roleLimit, "时间": roleLimit, "期限": roleLimit, "时效": roleLimit, "时限要求": roleLimit, "时间要求": roleLimit,
	"要求": roleRequirement,
	"主体": rolePublisher, "单位": rolePublisher, "部门": rolePublisher, "机构": rolePublisher, "责任主体": rolePublisher,
	"发布主体": rolePublisher, "发布单位": rolePublisher, "义务主体": rolePublisher, "主体单位": rolePublisher,
	"责任": roleAgent, "责任单位": roleAgent, "责任部门": roleAgent, "责任科室": roleAgent, "责任机构": roleAgent, "牵头部门": roleAgent, "承办单位": roleAgent,
	"渠道和载体": roleChannels, "渠道及载体": roleChannels, "渠道与载体": roleChannels, "渠道载体": roleChannels, "渠道、载体": roleChannels,
	"载体和渠道": roleChannels, "渠道": roleChannels, "载体": roleChannels, "途径": roleChannels, "发布渠道": roleChannels,
	"对象": roleAudience, "范围": roleAudience, "受众": roleAudience,
	"全社会": roleEveryone, "社会": roleEveryone, "社会公众": roleEveryone, "面向全社会": roleEveryone, "面向社会": roleEveryone,
	"特定群众": roleGroups, "特定群体": roleGroups, "特定对象": roleGroups, "特定主体": roleGroups, "特定人群": roleGroups, "特殊群体": roleGroups,
	"方式": roleMode, "属性": roleAttribute, "类型": roleAttribute,
	"主动": roleProactive, "主动公开": roleProactive,
	"依申请": roleOnRequest, "依申请公开": roleOnRequest, "申请": roleOnRequest, "申请公开": roleOnRequest,
	"层级": roleTiers, "级别": roleTiers, "级次": roleTiers,
	"网址": roleLink, "链接": roleLink, "链接地址": roleLink, "网站链接": roleLink, "办事链接": roleLink, "办理链接": roleLink,
	"标准": roleStandard,
	"备注": roleExtra, "说明": roleExtra, "过程": roleExtra, "类别": roleExtra, "咨询电话": roleExtra, "监督电话": roleExtra,
	"监督举报电话": roleExtra, "投诉电话": roleExtra, "联系电话": roleExtra, "电话": roleExtra, "联系人": roleExtra,
	"网站所属栏目": roleExtra, "所属栏目": roleExtra, "网站栏目": roleExtra,
}

// slot is what the header says of one column.
type slot struct {
	role  role
	name  string          // the header, group first: 公开层级>作业区
	tiers catalog.TierSet // of roleTier
	label string          // of roleChannel and roleGroups: the carrier, the group of people
	warn  ProblemKind     // reported with the first cell below that says something
}

// header is a header of one or more rows.
type header struct {
	top, bottom int // row numbers of the file
	columns     []slot
	marks       catalog.Marks
	layout      Layout
	problems    []Problem
}

// maxHeaderRows is how many rows a header may have.
const maxHeaderRows = 4

// maxGroup is how many columns a group of a header may have.
const maxGroup = 32

// longestLabel is how many bytes a header cell may hold: 公开渠道和载体 with a
// sentence on ■ and □ in brackets is long.
const longestLabel = 150

// mayHead tells cheaply whether a row is worth looking at as a header: one of
// its first cells is a label.
func mayHead(r *gridRow) bool {
	looked := 0
	for _, c := range r.cells {
		if c == "" {
			continue
		}
		if len(c) <= longestLabel && known(squeeze(c)) {
			return true
		}
		if looked++; looked == 4 {
			return false
		}
	}
	return false
}

// known tells whether a label, its blanks removed, is one that headers use.
func known(label string) bool {
	r, tiers := labelRole(label)
	return r != roleNone || tiers != 0
}

// labelRole is what a label without its group says; tiers where it names tiers
// as 县级 does.
func labelRole(label string) (role, catalog.TierSet) {
	base := bare(label)
	if r, ok := labels[base]; ok {
		return r, 0
	}
	for _, p := range []string{"政务公开", "政府信息公开", "信息公开", "公开"} {
		if rest, ok := strings.CutPrefix(base, p); ok {
			if r, ok := labels[rest]; ok {
				return r, 0
			}
		}
	}
	if isLevel(base) {
		return roleMatter, 0
	}
	if strings.HasSuffix(label, "级") {
		return roleNone, tiersOf(label)
	}
	return roleNone, 0
}

// bare is a label without the remarks in brackets at its end: 一级事项（编码） is
// 一级事项.
func bare(label string) string {
	for {
		open := -1
		switch {
		case strings.HasSuffix(label, "）"), strings.HasSuffix(label, ")"):
			open = strings.LastIndexAny(label, "（(")
		case strings.HasSuffix(label, "】"):
			open = strings.LastIndex(label, "【")
		case strings.HasSuffix(label, "*"), strings.HasSuffix(label, "："), strings.HasSuffix(label, ":"):
			label = strings.TrimRight(label, "*：:")
			continue
		}
		if open <= 0 {
			return label
		}
		label = label[:open]
	}
}

// isLevel tells whether a label names a level of matters: 一级事项, Ⅱ级公开事项, 三级目录.
func isLevel(base string) bool {
	rank, rest, ok := strings.Cut(base, "级")
	if !ok || !slices.Contains(levelRanks, strings.TrimPrefix(rank, "公开事项")) {
		return false
	}
	if rest == "" {
		return true
	}
	for _, w := range []string{"事项", "目录", "项目", "指标", "类", "栏目"} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}

var levelRanks = []string{
	"一", "二", "三", "四", "五", "1", "2", "3", "4", "5", "１", "２", "３", "４",
	"I", "II", "III", "IV", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "ⅰ", "ⅱ", "ⅲ", "第一", "第二", "第三",
}

// tiersOf reads the tiers that a column's label names, zero for none: 乡、村级.
func tiersOf(label string) catalog.TierSet {
	if label == "州级县级" { // the one column of the counties below a 州
		return catalog.TierSetOf(catalog.County)
	}
	s, _ := catalog.TiersOfHeader(label)
	return s
}

// findHeader looks for a header that begins in the i-th row of g and returns it
// with the index of the first row below.
func findHeader(g *grid, ms merges, i int) (*header, int, bool) {
	first := &g.rows[i]
	if !mayHead(first) {
		return nil, i, false
	}
	cells, knownCells, roles := 0, 0, map[role]bool{}
	for _, c := range first.cells {
		if label := squeeze(c); label != "" {
			cells++
			if r, t := labelRole(label); len(c) <= longestLabel && (r != roleNone || t != 0) {
				knownCells++
				roles[r] = true
			}
		}
	}
	if len(roles) < 2 || 2*knownCells < cells {
		return nil, i, false
	}
	bottom := first.number
	for _, m := range ms.from(first.number, first.number) {
		if m.bottom > bottom && m.bottom-first.number < maxHeaderRows && first.text(m.left) != "" {
			bottom = m.bottom
		}
	}
	next := i + 1
	for next < len(g.rows) && next-i < maxHeaderRows {
		r := &g.rows[next]
		if r.number > bottom && !continuesHeader(first, ms, r) {
			break
		}
		bottom = max(bottom, r.number)
		next++
	}
	h := &header{top: first.number, bottom: bottom}
	h.read(g.rows[i:next], ms)
	if !h.complete() {
		return nil, i, false
	}
	return h, next, true
}

// continuesHeader tells whether r is one more row of the header that first
// begins: most of its cells are labels, or carriers below a merged 公开渠道,
// and it does not begin the header anew.
func continuesHeader(first *gridRow, ms merges, r *gridRow) bool {
	cells, knownCells, again := 0, 0, 0
	for c, s := range r.cells {
		label := squeeze(s)
		if label == "" {
			continue
		}
		if len(s) > longestLabel {
			return false
		}
		cells++
		if label == squeeze(first.text(c)) {
			again++
		}
		carrier := slices.ContainsFunc(ms.from(first.number, first.number), func(m merge) bool {
			group, _ := labelRole(squeeze(first.text(m.left)))
			return group == roleChannels && m.left <= c && c <= m.right && m.left < m.right
		})
		if known(label) || len(label) <= 24 && tiersOf(label) != 0 || carrier {
			knownCells++
		}
	}
	return again < 2 && 10*knownCells >= 6*cells
}

// repeats tells whether the header is o again. Columns without a title have been
// given one as their cells were met.
func (h *header) repeats(o *header) bool {
	return slices.EqualFunc(h.columns, o.columns, func(a, b slot) bool { return a.name == "" || a.name == b.name })
}

// complete tells whether the columns are those of a catalog: a matter, and at
// least two of the other fields.
func (h *header) complete() bool {
	has := map[role]bool{}
	for _, c := range h.columns {
		has[c.role] = true
	}
	n := 0
	for _, group := range [][]role{
		{roleContent}, {roleBasis}, {roleLimit}, {rolePublisher}, {roleChannels, roleChannel},
		{roleAudience, roleEveryone, roleGroups}, {roleMode, roleProactive, roleOnRequest}, {roleTiers, roleTier},
	} {
		if slices.ContainsFunc(group, func(r role) bool { return has[r] }) {
			n++
		}
	}
	return has[roleMatter] && n >= 2
}

// read finds out what every column is for.
func (h *header) read(rows []gridRow, ms merges) {
	width := 0
	for i := range rows {
		width = max(width, len(rows[i].cells))
	}
	for _, m := range ms.from(h.top, h.bottom) {
		if m.left < width { // a group's label stands in its first column only
			width = max(width, min(m.right+1, m.left+maxGroup))
		}
	}
	text := make([][]string, h.bottom-h.top+1)
	for i := range text {
		text[i] = make([]string, width)
	}
	for i := range rows {
		for c, s := range rows[i].cells {
			text[rows[i].number-h.top][c] = squeeze(s)
		}
	}
	// offset tells how far a column stands from the left of its merged group.
	offset := make([]int, width)
	groupWidth := make([]int, width)
	for _, m := range ms.from(h.top, h.bottom) {
		if m.left >= width {
			continue
		}
		label := text[m.top-h.top][m.left]
		for r := m.top; r <= min(m.bottom, h.bottom); r++ {
			for c := m.left; c <= min(m.right, width-1); c++ {
				text[r-h.top][c] = label
				if m.right > m.left {
					offset[c], groupWidth[c] = c-m.left, m.right-m.left+1
				}
			}
		}
	}
	// Without merged cells a group's label stands over its first column only.
	for r := 0; r+1 < len(text); r++ {
		for c := 1; c < width; c++ {
			if text[r][c] == "" && isGroup(text[r][c-1]) && slices.ContainsFunc(text[r+1:], func(below []string) bool { return below[c] != "" }) {
				text[r][c] = text[r][c-1]
			}
		}
	}
	h.columns = make([]slot, width)
	for c := range h.columns {
		var path []string
		for r := range text {
			if s := text[r][c]; s != "" && (len(path) == 0 || path[len(path)-1] != s) {
				path = append(path, s)
			}
		}
		h.columns[c] = h.slot(path, offset[c], groupWidth[c])
	}
	h.settle()
}

// isGroup tells whether a label may stand over several columns.
func isGroup(label string) bool {
	switch r, _ := labelRole(label); r {
	case roleMatter, roleAudience, roleMode, roleTiers, roleChannels, roleStandard:
		return true
	}
	return false
}

// slot tells what one column is for by its labels, the group's first.
func (h *header) slot(path []string, offset, width int) slot {
	if len(path) == 0 {
		return slot{}
	}
	leaf := path[len(path)-1]
	col := slot{name: strings.Join(path, ">")}
	r, tiers := labelRole(leaf)
	if len(path) == 1 {
		col.name = leaf
		if width > 1 {
			return spread(col, r, offset, width)
		}
		col.role, col.tiers = r, tiers
		if tiers != 0 {
			col.role = roleTier
		}
		return col
	}
	var group role
	for _, label := range path[:len(path)-1] {
		if g, _ := labelRole(label); g != roleNone && g != roleStandard {
			group = g
		}
	}
	if group == roleTiers && r == roleNone {
		tiers = tiersOf(leaf)
	}
	switch {
	case tiers != 0:
		col.role, col.tiers = roleTier, tiers
	case group == roleTiers && r == roleNone:
		col.role, col.warn = roleExtra, UnknownTier
	case group == roleChannels:
		col.role, col.label = roleChannel, leaf
	case r != roleNone:
		col.role = r
	case group == roleMatter:
		col.role = roleMatter
	case group == roleAudience && strings.Contains(leaf, "社会"):
		col.role = roleEveryone
	case group == roleAudience:
		col.role = roleGroups
		if !strings.Contains(leaf, "特定") {
			col.label = leaf
		}
	case group == roleMode && strings.Contains(leaf, "申请"):
		col.role = roleOnRequest
	case group == roleMode && strings.Contains(leaf, "主动"):
		col.role = roleProactive
	}
	return col
}

// spread reads a group without labels of its own below: the places tell.
func spread(col slot, r role, offset, width int) slot {
	col.role = r
	inOrder := map[role][]role{
		roleAudience: {roleEveryone, roleGroups}, roleMode: {roleProactive, roleOnRequest},
	}
	switch {
	case r == roleMatter:
	case width == 2 && inOrder[r] != nil:
		col.role, col.warn = inOrder[r][offset], GuessedColumn
	case r == roleTiers && width <= 3:
		col.role, col.warn = roleTier, GuessedColumn
		col.tiers = catalog.TierSetOf([]catalog.Tier{catalog.County, catalog.Township, catalog.Village}[offset])
	case offset > 0:
		col.role = roleNone
	}
	return col
}

// settle decides between columns that claim the same field, and reads what the
// header says of the table as a whole.
func (h *header) settle() {
	has := map[role]int{}
	for _, c := range h.columns {
		has[c.role]++
	}
	stand := func(r, field role) { // r fills in for a field no column has
		for i := range h.columns {
			if h.columns[i].role != r {
				continue
			}
			h.columns[i].role = roleExtra
			if has[field] == 0 {
				h.columns[i].role = field
				has[field]++
			}
		}
	}
	stand(roleAgent, rolePublisher)
	stand(roleRequirement, roleLimit)
	has[roleMode] += has[roleProactive] + has[roleOnRequest]
	stand(roleAttribute, roleMode)

	neighbour := map[role]role{roleEveryone: roleGroups, roleProactive: roleOnRequest}
	seen := map[role]bool{}
	matterNames := map[string]bool{}
	for i := range h.columns {
		c := &h.columns[i]
		switch c.role {
		case roleNone, roleExtra, roleTier, roleChannel, roleGroups:
			continue
		case roleMatter:
			if matterNames[c.name] && strings.Contains(c.name, "级") {
				h.problem(i, RepeatedColumn)
			}
			matterNames[c.name] = true
			continue
		}
		if seen[c.role] {
			h.problem(i, RepeatedColumn)
			if other, ok := neighbour[c.role]; ok && has[other] == 0 {
				c.role = other
			} else {
				c.role = roleExtra
			}
		}
		seen[c.role] = true
	}
	h.name()
	h.layout = h.form()
}

// name makes the names of columns that are kept in Extra unique.
func (h *header) name() {
	seen := map[string]int{}
	for i := range h.columns {
		c := &h.columns[i]
		if c.role == roleChannels && strings.Contains(c.name, "必选") && strings.Contains(c.name, "可选") {
			h.marks = catalog.MustMay
		}
		if c.name == "" {
			continue
		}
		if seen[c.name]++; seen[c.name] > 1 {
			c.name += " " + columnName(i)
		}
		if c.role == roleNone {
			c.role, c.warn = roleExtra, UnknownColumn
		}
	}
}

// form is the layout the columns make.
func (h *header) form() Layout {
	has := map[role]bool{}
	guide, coded := true, false
	for _, c := range h.columns {
		has[c.role] = true
		if c.role == roleMatter && !strings.Contains(c.name, "级目录") {
			guide = false
		}
		coded = coded || strings.Contains(c.name, "编码")
	}
	switch {
	case guide && !has[roleChannels] && !has[roleChannel]:
		return AnhuiGuide
	case coded || has[roleSector]:
		return AnhuiCoded
	case has[roleContent] && has[roleBasis] && has[roleLimit] && has[rolePublisher] && has[roleChannels]:
		return National
	}
	return OtherLayout
}

func (h *header) problem(column int, kind ProblemKind) {
	h.problems = append(h.problems, Problem{Row: h.top, Column: columnName(column), Kind: kind, Text: h.columns[column].name})
}
