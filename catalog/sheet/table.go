package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// tableReader turns the rows below a header into entries.
type tableReader struct {
	*parsers
	g     *grid
	ms    merges
	next  int // the first merge not yet opened
	h     *header
	cols  []slot
	fills []fill
	t     Table

	// The entry being read: its texts by column, and where it began.
	cells []string
	at    int // row number; 0: none

	levels   []string // names of the last entry, all levels
	numbered bool     // an entry with a number has been seen
	ticked   bool     // an entry with a tick has been seen
	pending  []line   // lines since the last entry that may belong to none
	section  string   // a line over several entries: 一、综合业务
	row      int      // number of the row being read
}

// line is a row outside of the entries.
type line struct {
	row   int
	cells []string // what its cells say, blank ones left out
}

func lineOf(r *gridRow) line {
	l := line{row: r.number}
	for _, c := range r.cells {
		if c = tidy(c); c != "" {
			l.cells = append(l.cells, c)
		}
	}
	return l
}

func (l line) text() string { return strings.Join(l.cells, " ") }

// head takes a header, the table's first or a repeated one. An entry goes on
// below a header that only stands there again.
func (x *tableReader) head(h *header) {
	for x.next < len(x.ms) && x.ms[x.next].top <= h.bottom {
		x.next++
	}
	if x.h != nil && h.repeats(x.h) {
		return
	}
	x.flush()
	x.h, x.cols = h, h.columns
	x.fills = make([]fill, len(x.cols))
	x.t.Problems = append(x.t.Problems, h.problems...)
}

// read takes one row below the header.
func (x *tableReader) read(r *gridRow) {
	x.row = r.number
	x.widen(len(r.cells))
	x.openMerges(r)
	row := x.look(r)
	if row.cells == 0 {
		return
	}
	if x.stray(r, row) {
		x.pending = append(x.pending, lineOf(r))
		return
	}
	if x.begins(row) {
		x.flush()
		x.settlePending()
		x.begin(r)
	} else {
		x.extend(r)
	}
	x.numbered = x.numbered || row.number
	x.ticked = x.ticked || row.tick
}

// widen makes room for columns beyond the header's last.
func (x *tableReader) widen(n int) {
	for len(x.cols) < n {
		x.cols = append(x.cols, slot{})
	}
	for len(x.fills) < len(x.cols) {
		x.fills = append(x.fills, fill{})
	}
}

func (x *tableReader) openMerges(r *gridRow) {
	for ; x.next < len(x.ms) && x.ms[x.next].top <= r.number; x.next++ {
		m := x.ms[x.next]
		text := r.text(m.left)
		if m.top != r.number {
			text = x.g.text(m.top, m.left)
		}
		if text == "" {
			continue
		}
		for c := m.left; c <= m.right && c < len(x.fills); c++ {
			x.fills[c] = fill{text: text, until: m.bottom, anchor: c == m.left}
		}
	}
}

// glance is what a row's own cells hold, merged ones counted where they begin.
type glance struct {
	cells           int // that say something
	first           int // the first of them
	number, tick    bool
	matter, content bool
	mergedNumber    bool // the number reaches in from above
	wide            bool // the first cell is merged over three columns or more
}

func (x *tableReader) look(r *gridRow) glance {
	g := glance{first: -1}
	for c, s := range r.cells {
		if s == "" {
			continue
		}
		col := &x.cols[c]
		if s[0] <= ' ' || s[0] >= 0xc2 && s[0] <= 0xef {
			if strings.TrimFunc(s, blank) == "" {
				continue
			}
		}
		if g.cells++; g.cells == 1 {
			g.first = c
		}
		if col.warn != "" || col.role == roleNone {
			x.meet(c, s)
		}
		switch col.role {
		case roleNumber:
			g.number = true
		case roleMatter:
			g.matter = true
		case roleContent:
			g.content = true
		case roleEveryone, roleGroups, roleProactive, roleOnRequest, roleTier, roleChannel:
			g.tick = g.tick || !nothing(s)
		}
	}
	for c := range x.cols {
		if x.cols[c].role == roleNumber && x.fills[c].until >= r.number && !g.number {
			g.mergedNumber = true
		}
	}
	if g.cells == 1 {
		for _, m := range x.ms.from(r.number, r.number) {
			g.wide = g.wide || m.left == g.first && m.right-m.left >= 2
		}
	}
	return g
}

// meet settles what a column is for whose header left it open, when its first
// cell is met.
func (x *tableReader) meet(c int, s string) {
	col := &x.cols[c]
	if col.role == roleNone && col.warn == "" {
		firstMatter := slices.IndexFunc(x.cols, func(o slot) bool { return o.role == roleMatter })
		if c < firstMatter && numeral(s) {
			col.role, col.warn = roleNumber, GuessedColumn
		} else {
			col.role, col.name, col.warn = roleExtra, columnName(c)+"列", UnknownColumn
		}
	}
	x.problem(c, col.warn, s)
	col.warn = ""
}

// numeral tells whether a cell is an entry's number: 12, 0505, 3., （一）.
func numeral(s string) bool {
	s = strings.Trim(squeeze(s), ".．、()（）[]")
	if s == "" || len(s) > 12 {
		return false
	}
	for _, r := range s {
		if (r < '0' || r > '9') && !strings.ContainsRune("一二三四五六七八九十百０１２３４５６７８９.-", r) {
			return false
		}
	}
	return true
}

// stray tells whether a row is a line that stands outside of the entries: a
// title, a note, a page number, a heading over some entries.
func (x *tableReader) stray(r *gridRow, g glance) bool {
	s := tidy(r.cells[g.first])
	switch {
	case g.wide:
		return true
	case g.cells == 1 && x.cols[g.first].role == roleNumber:
		return !numeral(s)
	case g.cells == 1 && x.cols[g.first].role == roleMatter && strings.ContainsAny(s, "。；：:"):
		return true
	case g.cells <= 3:
		return isNote(s) && (g.cells == 1 || strings.ContainsAny(s, "：:"))
	}
	return false
}

// isNote tells whether a line is a remark, a signature or a page number.
func isNote(s string) bool {
	for _, w := range []string{"注：", "注:", "备注：", "备注:", "说明：", "说明:", "填报", "填表", "制表", "审核", "联系人", "联系电话：", "负责人", "编制单位", "附件", "附注"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	s = squeeze(s)
	return strings.HasPrefix(s, "第") && strings.Contains(s, "页") && len(s) < 40
}

// begins tells whether a row begins an entry; otherwise it goes on with the one
// above. Without a number the ticks tell: a row that a page break split off has
// none.
func (x *tableReader) begins(g glance) bool {
	rest := x.ticked && !g.tick && x.unfinished()
	switch {
	case x.at == 0 || g.number:
		return true
	case g.mergedNumber:
		return g.matter && g.content
	case g.tick && (g.content || x.numbered && g.matter):
		return true
	case x.numbered:
		return g.matter && g.content && !rest
	}
	return g.matter && !rest
}

// unfinished tells whether the last entry stops within a bracket or a title.
func (x *tableReader) unfinished() bool {
	for c, s := range x.cells {
		switch x.cols[c].role {
		case roleMatter, roleContent, roleBasis, roleLimit:
			if unclosed(s) {
				return true
			}
		}
	}
	return false
}

// begin starts an entry with the row's cells and those merged into it.
func (x *tableReader) begin(r *gridRow) {
	x.at = r.number
	if cap(x.cells) < len(x.cols) {
		x.cells = make([]string, len(x.cols))
	}
	x.cells = x.cells[:len(x.cols)]
	for c := range x.cells {
		s := r.text(c)
		if s == "" {
			if f := &x.fills[c]; f.until >= r.number && (f.anchor || x.cols[c].role == roleTier) {
				s = f.text
			}
		}
		x.cells[c] = s
	}
}

// extend adds the row's cells to the entry above.
func (x *tableReader) extend(r *gridRow) {
	for len(x.cells) < len(x.cols) {
		x.cells = append(x.cells, "")
	}
	for c, s := range r.cells {
		switch {
		case s == "":
		case x.cells[c] == "":
			x.cells[c] = s
		default:
			if x.cols[c].role == roleMatter && strings.TrimFunc(s, blank) != "" {
				x.problem(c, JoinedName, s)
			}
			x.cells[c] += "\n" + s
		}
	}
}

// settlePending decides about the lines between two entries: a short one can be
// a heading that names the level the entry below lacks.
func (x *tableReader) settlePending() {
	for i, l := range x.pending {
		s := l.text()
		if i == len(x.pending)-1 && len(l.cells) == 1 && len(s) <= 90 && !isNote(s) && !strings.ContainsAny(s, "。；：:") && x.lacksLevel() {
			x.section = oneLine(s)
			continue
		}
		x.problemAt(l.row, -1, StrayLine, s)
	}
	x.pending = x.pending[:0]
}

// lacksLevel tells whether the row about to begin has no name of the first
// level, or the table has one level only.
func (x *tableReader) lacksLevel() bool {
	first, n := -1, 0
	for c := range x.cols {
		if x.cols[c].role == roleMatter {
			if n++; n == 1 {
				first = c
			}
		}
	}
	if n < 2 {
		return true
	}
	r := x.g.row(x.row)
	return r != nil && r.text(first) == "" && x.fills[first].until < x.row
}

// finish ends the table.
func (x *tableReader) finish() {
	x.flush()
	for _, l := range x.pending {
		x.problemAt(l.row, -1, StrayLine, l.text())
	}
	x.pending = nil
}

func (x *tableReader) problem(column int, kind ProblemKind, text string) {
	x.problemAt(x.row, column, kind, text)
}

func (x *tableReader) problemAt(row, column int, kind ProblemKind, text string) {
	x.t.Problems = append(x.t.Problems, Problem{Row: row, Column: columnName(column), Kind: kind, Text: tidy(text)})
}

// flush makes an entry of the cells gathered.
func (x *tableReader) flush() {
	if x.at == 0 {
		return
	}
	at := x.at
	x.at = 0
	e := catalog.Entry{}
	x.path(&e, at)
	for c, s := range x.cells {
		if s != "" {
			x.field(&e, at, c, s)
		}
	}
	if len(e.Path) == 0 {
		x.problemAt(at, -1, NoMatter, e.Content)
	}
	x.t.Entries = append(x.t.Entries, Row{Entry: e, Row: at})
}

// field puts what one cell says into the entry.
func (x *tableReader) field(e *catalog.Entry, at, c int, s string) {
	col := &x.cols[c]
	switch col.role {
	case roleNumber, roleMatter:
	case roleSector:
		x.sectorCell(e, at, c, s)
	case roleCode:
		e.Code = squeeze(s)
	case roleContent:
		e.Content = prose(s)
	case roleBasis:
		e.Basis = x.basis(s)
	case roleLimit:
		e.TimeLimit = x.timeLimit(s)
	case rolePublisher:
		e.Publisher = x.publishers.get(s)
	case roleChannels:
		e.Channels = x.channels(s, x.h.marks)
	case roleChannel:
		if ticked, _ := catalog.Tick(s); ticked {
			x.carrier(e, col.label)
		}
	case roleAudience:
		e.Audience = x.audiences.get(s)
	case roleEveryone, roleGroups, roleProactive, roleOnRequest, roleTier:
		x.tickCell(e, at, c, tidy(s))
	case roleMode:
		e.Mode = x.modes.get(s)
		if e.Mode == (catalog.Mode{}) {
			x.unclear(e, at, c, s)
		}
	case roleTiers:
		e.Tiers = x.tierSets.get(s)
		if e.Tiers == 0 {
			x.unclear(e, at, c, s)
		}
	case roleLink:
		if t := squeeze(s); strings.Contains(t, "://") || strings.HasPrefix(t, "www.") {
			e.Link = t
		} else {
			extra(e, col.name, s)
		}
	default:
		extra(e, col.name, s)
	}
}

// tickCell reads a cell of a column that is to be ticked.
func (x *tableReader) tickCell(e *catalog.Entry, at, c int, s string) {
	col := &x.cols[c]
	ticked, rest := catalog.Tick(s)
	if !ticked && nothing(s) {
		return
	}
	switch col.role {
	case roleEveryone:
		e.Audience.Everyone = e.Audience.Everyone || ticked || strings.Contains(s, "社会") || strings.Contains(s, "公众")
		switch {
		case ticked && rest != "":
			e.Audience.Groups = appendText(e.Audience.Groups, rest)
		case !e.Audience.Everyone:
			e.Audience.Groups = appendText(e.Audience.Groups, s)
		default:
			return
		}
		x.problemAt(at, c, UnclearTick, s)
	case roleGroups:
		switch {
		case ticked && rest == "" && col.label == "":
			e.Audience.Unnamed = e.Audience.Groups == ""
		case ticked && rest == "":
			e.Audience.Groups = appendText(e.Audience.Groups, col.label)
		case ticked:
			e.Audience.Groups = appendText(e.Audience.Groups, rest)
		default:
			e.Audience.Groups = appendText(e.Audience.Groups, prose(s))
		}
	case roleProactive:
		e.Mode.Proactive = ticked || strings.Contains(s, "主动")
		if !e.Mode.Proactive || rest != "" && ticked {
			x.unclear(e, at, c, s)
		}
	case roleOnRequest:
		e.Mode.OnRequest = ticked || strings.Contains(s, "申请")
		if !e.Mode.OnRequest || rest != "" && ticked {
			x.unclear(e, at, c, s)
		}
	case roleTier:
		named := x.tierSets.get(s)
		switch {
		case ticked:
			e.Tiers |= col.tiers
			if rest != "" {
				x.unclear(e, at, c, s)
			}
		case named != 0:
			e.Tiers |= named
		default:
			x.unclear(e, at, c, s)
		}
	}
}

func appendText(s, more string) string {
	if s == "" {
		return more
	}
	return s + "、" + more
}

// unclear keeps a cell that could not be understood.
func (x *tableReader) unclear(e *catalog.Entry, at, c int, s string) {
	x.problemAt(at, c, UnclearTick, s)
	extra(e, x.cols[c].name, s)
}

func extra(e *catalog.Entry, name, s string) {
	if e.Extra == nil {
		e.Extra = map[string]string{}
	}
	e.Extra[name] = tidy(s)
}

// path reads the names of all levels and the code among them. A blank name is
// the entry's above where a deeper level is named.
func (x *tableReader) path(e *catalog.Entry, at int) {
	var names []string
	deepest := -1
	for c, col := range x.cols {
		if col.role != roleMatter || c >= len(x.cells) {
			continue
		}
		name, code := splitCode(oneLine(x.cells[c]))
		if name == "" && code != "" {
			name, code = code, ""
		}
		if code != "" {
			e.Code = code
		}
		if name != "" {
			deepest = len(names)
		}
		names = append(names, name)
	}
	same := true // all levels so far are those of the entry above
	for i, name := range names[:deepest+1] {
		switch {
		case name != "":
			same = same && i < len(x.levels) && x.levels[i] == name
		case i == 0 && x.section != "":
			names[0] = x.section
			same = len(x.levels) > 0 && x.levels[0] == x.section
		case same && i < len(x.levels):
			names[i] = x.levels[i]
			if len(x.ms) > 0 && names[i] != "" {
				x.problemAt(at, x.matterColumn(i), FilledDown, names[i])
			}
		}
	}
	if len(names) == 1 && x.section != "" && deepest == 0 {
		names, deepest = []string{x.section, names[0]}, 1
	} else if deepest >= 0 && names[0] != x.section {
		x.section = ""
	}
	x.levels = names
	if deepest >= 0 {
		e.Path = slices.Clone(names[:deepest+1])
	}
}

// matterColumn is the column of the i-th level.
func (x *tableReader) matterColumn(i int) int {
	for c, col := range x.cols {
		if col.role != roleMatter {
			continue
		}
		if i == 0 {
			return c
		}
		i--
	}
	return -1
}
