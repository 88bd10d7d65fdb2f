package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// Column is one column of a table and what it was taken for.
type Column struct {
	Letter  string      `json:"letter"`           // A, B, …
	Header  string      `json:"header,omitempty"` // as written, a group's label first: 公开层级>县级
	Use     Use         `json:"use"`
	Doubt   ProblemKind `json:"doubt,omitempty"`  // why a person should look: unknown, repeated, guessed
	Chosen  bool        `json:"chosen,omitempty"` // a correction says so
	Samples []string    `json:"samples,omitempty"`
}

// Use is what a column is for. It is comparable.
type Use struct {
	Kind  UseKind         `json:"kind"`
	Tiers catalog.TierSet `json:"tiers,omitempty"` // of UseTier: those a tick stands for
}

// UseKind is a stable name of a sort of use.
type UseKind string

// The uses of columns. A tick is a column that is only marked or left blank.
const (
	UseIgnored   UseKind = "ignored" // what it says is left out; only a correction asks for that
	UseExtra     UseKind = "extra"   // kept with the entry under the column's header
	UseNumber    UseKind = "number"
	UseSector    UseKind = "sector"
	UseCode      UseKind = "code"
	UseMatter    UseKind = "matter" // a level of names, by the order of such columns
	UseContent   UseKind = "content"
	UseBasis     UseKind = "basis"
	UseTimeLimit UseKind = "timeLimit"
	UsePublisher UseKind = "publisher"
	UseChannels  UseKind = "channels"
	UseChannel   UseKind = "channel" // tick: the carrier its header names
	UseAudience  UseKind = "audience"
	UseEveryone  UseKind = "everyone" // tick
	UseGroups    UseKind = "groups"   // tick, or the groups' names
	UseMode      UseKind = "mode"
	UseProactive UseKind = "proactive" // tick
	UseOnRequest UseKind = "onRequest" // tick
	UseTiers     UseKind = "tiers"
	UseTier      UseKind = "tier" // tick
	UseLink      UseKind = "link"
)

// Uses are what a correction may make of a column, in the order of the standard
// table.
func Uses() []Use {
	var out []Use
	for _, k := range []UseKind{
		UseNumber, UseSector, UseCode, UseMatter, UseContent, UseBasis, UseTimeLimit, UsePublisher, UseChannels, UseChannel,
		UseAudience, UseEveryone, UseGroups, UseMode, UseProactive, UseOnRequest, UseTiers,
	} {
		out = append(out, Use{Kind: k})
	}
	for t := catalog.City; t <= catalog.Village; t++ {
		out = append(out, Use{UseTier, catalog.TierSetOf(t)})
	}
	return append(out, Use{Kind: UseLink}, Use{Kind: UseExtra}, Use{Kind: UseIgnored})
}

var useRoles = map[UseKind]role{
	UseIgnored: roleIgnored, UseExtra: roleExtra, UseNumber: roleNumber, UseSector: roleSector, UseCode: roleCode,
	UseMatter: roleMatter, UseContent: roleContent, UseBasis: roleBasis, UseTimeLimit: roleLimit,
	UsePublisher: rolePublisher, UseChannels: roleChannels, UseChannel: roleChannel, UseAudience: roleAudience,
	UseEveryone: roleEveryone, UseGroups: roleGroups, UseMode: roleMode, UseProactive: roleProactive,
	UseOnRequest: roleOnRequest, UseTiers: roleTiers, UseTier: roleTier, UseLink: roleLink,
}

// use is what the column is for, in the words of those who correct it.
func (s *slot) use() Use {
	for k, r := range useRoles {
		if r == s.role {
			u := Use{Kind: k}
			if k == UseTier {
				u.Tiers = s.tiers
			}
			return u
		}
	}
	return Use{Kind: UseExtra}
}

// fix gives the column the use a correction chose.
func (s *slot) fix(u Use, c int) {
	r, ok := useRoles[u.Kind]
	if !ok {
		return
	}
	_, leaf := splitLast(s.name)
	s.role, s.tiers, s.warn, s.fixed = r, 0, "", true
	if s.name == "" {
		s.name = columnName(c) + "列"
	}
	switch r {
	case roleTier:
		s.tiers = u.Tiers
		if s.tiers == 0 {
			s.tiers = tiersOf(leaf)
		}
	case roleChannel:
		s.label = leaf
	}
}

// splitLast parts a column's name from the group's before it.
func splitLast(name string) (group, leaf string) {
	if i := strings.LastIndex(name, ">"); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// Correction says what a table's columns are, where reading took them wrongly. A
// correction of what a file does not have changes nothing.
type Correction struct {
	Sheet int // Table.Number: the sheet's place in the file
	Row   int // Table.Header: the first row of the header
	// Rows, unless zero, says that the rows from Row on are a header, whatever they
	// look like, and how many they are. What looks like a header above is none.
	Rows    int
	Columns map[string]Use // by letter; the others stay as they are
}

// corrections are those of one sheet.
type corrections []Correction

func (cs corrections) of(sheet int) corrections {
	var out corrections
	for _, c := range cs {
		if c.Sheet == sheet {
			out = append(out, c)
		}
	}
	return out
}

// uses returns what a correction says of the columns below the header at a row.
func (cs corrections) uses(row int) map[string]Use {
	for i := len(cs) - 1; i >= 0; i-- { // the latest counts
		if cs[i].Row == row {
			return cs[i].Columns
		}
	}
	return nil
}

// forced returns the header that a correction puts at the i-th row of the grid,
// with the index of the first row below. Where one is forced further down, what
// looks like a header in this row is none: barred.
func (cs corrections) forced(g *grid, i int) (h *header, next int, barred bool) {
	n := g.rows[i].number
	for _, c := range cs {
		if c.Rows <= 0 {
			continue
		}
		bottom := c.Row + min(c.Rows, maxHeaderRows) - 1
		if n <= bottom {
			barred = true
		}
		if n >= c.Row && n <= bottom && (i == 0 || g.rows[i-1].number < c.Row) {
			next = i
			for next < len(g.rows) && g.rows[next].number <= bottom {
				next++
			}
			return &header{top: c.Row, bottom: bottom}, next, true
		}
	}
	return nil, i, barred
}

// limit drops what is no column of the grid, so that no correction makes a table
// wider than its file.
func limit(fix map[string]Use, width int) map[int]Use {
	out := map[int]Use{}
	for letter, u := range fix {
		if c := columnPlace(letter); c >= 0 && c < width {
			out[c] = u
		}
	}
	return out
}

// columnPlace is the place of a column's letters, -1 for none.
func columnPlace(letters string) int {
	n := 0
	for i := range len(letters) {
		c := letters[i]
		if c < 'A' || c > 'Z' || n > 1<<20 {
			return -1
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

const (
	mostSamples = 3   // cells shown of a column
	sampledRows = 200 // looked at for them
)

// columnsOf describes the columns of a header by the rows below it.
func columnsOf(cols []slot, below []gridRow) []Column {
	out := make([]Column, len(cols))
	for c := range cols {
		out[c] = Column{Letter: columnName(c), Header: cols[c].header, Use: cols[c].use(), Doubt: cols[c].doubt, Chosen: cols[c].fixed}
	}
	below = below[:min(len(below), sampledRows)]
	for i := range below {
		for c, s := range below[i].cells[:min(len(below[i].cells), len(out))] {
			if len(out[c].Samples) == mostSamples {
				continue
			}
			if s = tidy(s); s != "" && !slices.Contains(out[c].Samples, s) {
				out[c].Samples = append(out[c].Samples, s)
			}
		}
	}
	return slices.DeleteFunc(out, func(c Column) bool { return c.Header == "" && len(c.Samples) == 0 })
}

// Sheet is a worksheet or table of the file, whether a catalog is in it or not.
type Sheet struct {
	Number int    `json:"number"` // its place in the file, from 1
	Name   string `json:"name"`
	Hidden bool   `json:"hidden,omitempty"` // from those who open the file
	Rows   int    `json:"rows"`             // that say something
	Top    []Line `json:"top,omitempty"`    // the first of them, to tell the header by
}

// Line is a row of the file.
type Line struct {
	Row   int      `json:"row"` // the file's own number
	Cells []string `json:"cells"`
}

// How much of a sheet's top is shown.
const (
	topRows  = 12
	topCells = 40
)

func sheetOf(g *grid, number int) Sheet {
	s := Sheet{Number: number, Name: g.name, Hidden: g.hidden, Rows: len(g.rows)}
	for _, r := range g.rows[:min(len(g.rows), topRows)] {
		l := Line{Row: r.number}
		for _, c := range r.cells[:min(len(r.cells), topCells)] {
			l.Cells = append(l.Cells, tidy(c))
		}
		s.Top = append(s.Top, l)
	}
	return s
}

// correct reads a header again with what a correction says of the table's columns.
// A later header of the table that has another label over a column is no concern
// of the correction.
func (x *tableReader) correct(h *header, rows []gridRow) {
	if len(x.fix) == 0 {
		return
	}
	first := x.first
	if first == nil {
		first = x.cols
	}
	fix := map[int]Use{}
	for c, u := range x.fix {
		if x.h == nil || c < len(first) && c < len(h.columns) && first[c].header == h.columns[c].header {
			fix[c] = u
		}
	}
	h.read(rows, x.ms, fix)
}

// has tells whether a column is for r.
func (h *header) has(r role) bool {
	return slices.ContainsFunc(h.columns, func(c slot) bool { return c.role == r })
}
