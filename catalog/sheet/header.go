package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// slot is what the header says of one column.
type slot struct {
	role  role
	name  string          // the header, group first: 公开层级>作业区
	tiers catalog.TierSet // of roleTier
	label string          // of roleChannel and roleGroups: the carrier, the group of people
	warn  ProblemKind     // reported with the first cell below that says something

	header string      // as written; name without what makes names unique
	doubt  ProblemKind // why a person should look at it
	fixed  bool        // a correction says what it is for
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
	h.read(g.rows[i:next], ms, nil)
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
		{roleContent},
		{roleBasis},
		{roleLimit},
		{rolePublisher},
		{roleChannels, roleChannel},
		{roleAudience, roleEveryone, roleGroups},
		{roleMode, roleProactive, roleOnRequest},
		{roleTiers, roleTier},
	} {
		if slices.ContainsFunc(group, func(r role) bool { return has[r] }) {
			n++
		}
	}
	return has[roleMatter] && n >= 2
}

// read finds out what every column is for, but for those that a correction fixes.
func (h *header) read(rows []gridRow, ms merges, fixed map[int]Use) {
	h.problems = nil
	width := 0
	for i := range rows {
		width = max(width, len(rows[i].cells))
	}
	for _, m := range ms.from(h.top, h.bottom) {
		if m.left < width { // a group's label stands in its first column only
			width = max(width, min(m.right+1, m.left+maxGroup))
		}
	}
	for c := range fixed {
		width = max(width, c+1)
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
		h.columns[c].header = strings.Join(path, ">")
		if u, ok := fixed[c]; ok {
			h.columns[c].fix(u, c)
		}
	}
	h.settle()
	for c := range h.columns {
		if col := &h.columns[c]; col.doubt == "" && !col.fixed {
			col.doubt = col.warn
		}
	}
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
			if h.columns[i].role != r || h.columns[i].fixed {
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
	chosen := map[role]bool{} // by a correction; what was found for the same gives way
	for _, c := range h.columns {
		chosen[c.role] = chosen[c.role] || c.fixed
	}
	matterNames := map[string]bool{}
	for i := range h.columns {
		c := &h.columns[i]
		switch c.role {
		case roleNone, roleExtra, roleIgnored, roleTier, roleChannel, roleGroups:
			continue
		case roleMatter:
			if matterNames[c.name] && strings.Contains(c.name, "级") {
				h.problem(i, RepeatedColumn)
			}
			matterNames[c.name] = true
			continue
		}
		if chosen[c.role] && !c.fixed {
			c.role = roleExtra
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
	h.columns[column].doubt = kind
	h.problems = append(h.problems, Problem{Row: h.top, Column: columnName(column), Kind: kind, Text: h.columns[column].name})
}
