package sheet

import (
	"slices"
	"strings"
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
	more  [][]string // what further rows add, by column
	at    int        // row number; 0: none
	rows  int        // how many rows it has

	first    []slot // the columns of the table's first header, where another came after it
	nameless bool   // no column holds names: every content begins an entry
	bare     bool   // nor is there a column of contents: every row is one

	levels   []string    // names of the last entry, all levels
	numbered bool        // an entry with a number has been seen
	ticked   bool        // an entry with a tick has been seen
	pending  []line      // lines since the last entry that may belong to none
	section  string      // a line over several entries: 一、综合业务
	start    int         // index of the first row below the first header
	end      int         // index of the row after the last
	fix      map[int]Use // what a correction says of the columns
	row      int         // number of the row being read
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
	if x.h != nil && x.first == nil {
		x.first = x.cols
	}
	x.h, x.cols = h, h.columns
	x.nameless = !h.has(roleMatter)
	x.bare = x.nameless && !h.has(roleContent)
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
		if col.role == roleIgnored {
			continue
		}
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
		col.doubt = col.warn
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
	case g.wide, g.cells == 1 && namesSector(s) && strings.Contains(s, "目录"):
		return true
	case g.cells == 1 && x.cols[g.first].role == roleNumber:
		return !numeral(s)
	case g.cells == 1 && x.cols[g.first].role == roleMatter && strings.ContainsAny(s, "。；：:"):
		return true
	case g.cells <= 3 && isTotal(s):
		return true
	case g.cells <= 3:
		return isNote(s) && (g.cells == 1 || strings.ContainsAny(s, "：:"))
	}
	return false
}

// isTotal tells whether a line begins with the word for a sum.
func isTotal(s string) bool {
	switch squeeze(s) {
	case "合计", "总计", "共计", "小计":
		return true
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
	switch {
	case x.at == 0 || g.number || x.rows >= maxEntryRows || x.bare || x.nameless && g.content:
		return true
	case g.mergedNumber:
		return g.matter && g.content
	case g.tick && (g.content || x.numbered && g.matter):
		return true
	case x.numbered:
		return g.matter && g.content && !x.cutShort(g)
	}
	return g.matter && !x.cutShort(g)
}

// maxEntryRows is how many rows an entry may have; hostile tables have more.
const maxEntryRows = 200

// cutShort tells whether the entry above stops within a bracket or a title, and
// the row has no ticks though entries have.
func (x *tableReader) cutShort(g glance) bool {
	if !x.ticked || g.tick {
		return false
	}
	for c := range x.cells {
		switch x.cols[c].role {
		case roleMatter, roleContent, roleBasis, roleLimit:
			if unclosed(x.text(c)) {
				return true
			}
		}
	}
	return false
}

// text is what the entry being read says in a column.
func (x *tableReader) text(c int) string {
	if len(x.more[c]) == 0 {
		return x.cells[c]
	}
	return strings.Join(append([]string{x.cells[c]}, x.more[c]...), "\n")
}

// begin starts an entry with the row's cells and those merged into it.
func (x *tableReader) begin(r *gridRow) {
	x.at, x.rows = r.number, 1
	x.cells, x.more = x.cells[:0], x.more[:0]
	for c := range x.cols {
		s := r.text(c)
		if s == "" {
			if f := &x.fills[c]; f.until >= r.number && (f.anchor || x.cols[c].role == roleTier) {
				s = f.text
			}
		}
		x.cells, x.more = append(x.cells, s), append(x.more, nil)
	}
}

// extend adds the row's cells to the entry above.
func (x *tableReader) extend(r *gridRow) {
	x.rows++
	for len(x.cells) < len(x.cols) {
		x.cells, x.more = append(x.cells, ""), append(x.more, nil)
	}
	for c, s := range r.cells {
		switch {
		case strings.TrimFunc(s, blank) == "":
		case x.cells[c] == "":
			x.cells[c] = s
		default:
			if x.cols[c].role == roleMatter {
				x.problem(c, JoinedName, s)
			}
			x.more[c] = append(x.more[c], s)
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
	x.strayLines(x.pending)
	x.pending = nil
}

// strayLines reports lines that belong to no entry.
func (x *tableReader) strayLines(ls []line) {
	for _, l := range ls {
		x.problemAt(l.row, -1, StrayLine, l.text())
	}
}

func (x *tableReader) problem(column int, kind ProblemKind, text string) {
	x.problemAt(x.row, column, kind, text)
}

func (x *tableReader) problemAt(row, column int, kind ProblemKind, text string) {
	x.t.Problems = append(x.t.Problems, Problem{Row: row, Column: columnName(column), Kind: kind, Text: tidy(text)})
}
