package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// flush makes an entry of the cells gathered.
func (x *tableReader) flush() {
	if x.at == 0 {
		return
	}
	at := x.at
	x.at = 0
	e := catalog.Entry{}
	x.path(&e, at)
	for c := range x.cells {
		if s := x.text(c); s != "" {
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
	case roleNumber, roleMatter, roleIgnored:
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
		name, code := splitCode(oneLine(x.text(c)))
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
