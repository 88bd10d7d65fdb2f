package sheet

import (
	"strings"

	"mulutong/catalog"
)

// Layout names an arrangement of a catalog's columns.
type Layout string

// The layouts that are written. Reading knows more.
const (
	National   Layout = "national" // the State Council office's standard table
	AnhuiCoded Layout = "anhui"    // Anhui's: names with nine-digit codes, a column for the sector
)

// PrintColumn is one column of a layout: its heading, how wide it prints (in
// digits of the default font) and what it says of an entry.
type PrintColumn struct {
	Group  string // heading above several columns; empty: heading spans both rows
	Head   string
	Width  float64
	Center bool
	Merge  bool // equal neighbours below each other share one cell
	Text   func(e *catalog.Entry) string
}

// PrintColumns returns the layout's columns for a catalog, but for the first,
// which numbers the entries. The levels of matters, the tiers and the reading of
// the channels' boxes depend on what its entries hold.
func PrintColumns(layout Layout, c *catalog.Catalog, sectorName string) []PrintColumn {
	depth, tiers, marks := 2, catalog.TierSet(0).With(catalog.County).With(catalog.Township), catalog.Chosen
	for i := range c.Entries {
		e := &c.Entries[i]
		depth = max(depth, len(e.Path))
		tiers |= e.Tiers
		if e.Channels.May != 0 {
			marks = catalog.MustMay
		}
	}

	coded := layout == AnhuiCoded
	var cols []PrintColumn
	if coded {
		tiers = tiers.With(catalog.Village)
		cols = append(cols, PrintColumn{
			Head: "公开领域（编码）", Width: 13, Center: true, Merge: true,
			Text: func(e *catalog.Entry) string { return sectorName + codePart(e.Code, 0) },
		})
	}
	for level := range depth {
		cols = append(cols, levelColumn(level, depth, coded))
	}
	cols = append(cols,
		PrintColumn{Head: "公开内容（要素）", Width: 32, Text: func(e *catalog.Entry) string { return e.Content }},
		PrintColumn{Head: "公开依据", Width: 32, Text: func(e *catalog.Entry) string { return e.Basis.String() }},
		PrintColumn{Head: "公开时限", Width: 15, Text: func(e *catalog.Entry) string { return e.TimeLimit.Text }},
		PrintColumn{Head: "公开主体", Width: 13, Center: true, Text: func(e *catalog.Entry) string { return e.Publisher }},
		channelColumn(marks),
		tick("公开对象", "全社会", func(e *catalog.Entry) bool { return e.Audience.Everyone }),
		PrintColumn{Group: "公开对象", Head: "特定群体", Width: 7, Center: true, Text: groupsText},
		tick("公开方式", "主动", func(e *catalog.Entry) bool { return e.Mode.Proactive }),
		tick("公开方式", "依申请", func(e *catalog.Entry) bool { return e.Mode.OnRequest }),
	)
	for _, t := range tiers.List() {
		cols = append(cols, tick("公开层级", t.Name(), func(e *catalog.Entry) bool { return e.Tiers.Has(t) }))
	}
	return cols
}

var levelHeads = []string{"一级事项", "二级事项", "三级事项", "四级事项", "五级事项"}

func levelColumn(level, depth int, coded bool) PrintColumn {
	head := "更下级事项"
	if level < len(levelHeads) {
		head = levelHeads[level]
	}
	if coded {
		head += "（编码）"
	}
	return PrintColumn{
		Group: "公开事项", Head: head, Width: 13, Center: true, Merge: level < depth-1,
		Text: func(e *catalog.Entry) string {
			if level >= len(e.Path) {
				return ""
			}
			if coded && e.Path[level] != "" {
				return e.Path[level] + levelCode(e, level)
			}
			return e.Path[level]
		},
	}
}

// levelCode returns the code of one level of a matter: three digits each for
// sector, first level and last level, the rest zeros (Anhui).
func levelCode(e *catalog.Entry, level int) string {
	switch level {
	case len(e.Path) - 1:
		return e.Code
	case 0:
		return codePart(e.Code, 1)
	}
	return ""
}

// codePart returns a nine-digit code with what follows its parts up to part made zero.
func codePart(code string, part int) string {
	if len(code) != 9 {
		return ""
	}
	keep := 3 * (part + 1)
	return code[:keep] + strings.Repeat("0", 9-keep)
}

func tick(group, head string, set func(e *catalog.Entry) bool) PrintColumn {
	return PrintColumn{Group: group, Head: head, Width: 5.5, Center: true, Text: func(e *catalog.Entry) string {
		if set(e) {
			return "√"
		}
		return ""
	}}
}

func groupsText(e *catalog.Entry) string {
	if e.Audience.Unnamed {
		return "√"
	}
	return e.Audience.Groups
}

// channelWidth is how many digits wide the list of carriers is; the longest
// carrier of the thirteen just fits.
const channelWidth = 37

func channelColumn(marks catalog.Marks) PrintColumn {
	if marks == catalog.MustMay {
		return PrintColumn{Head: "公开渠道和载体\n（“■”表示必选项，“□”表示可选项）", Width: channelWidth, Text: mustMayText}
	}
	texts := map[catalog.ChannelSet]string{} // few sets occur, most of them often
	return PrintColumn{Head: "公开渠道和载体", Width: channelWidth, Text: func(e *catalog.Entry) string {
		if len(e.Channels.Others) > 0 {
			return pairLines(e.Channels.BoxString())
		}
		text, ok := texts[e.Channels.Set]
		if !ok {
			text = pairLines(e.Channels.BoxString())
			texts[e.Channels.Set] = text
		}
		return text
	}}
}

// mustMayText lists only what must (■) and may (□) be used.
func mustMayText(e *catalog.Entry) string {
	var lines []string
	for _, ch := range e.Channels.Set.List() {
		lines = append(lines, "■"+ch.Name())
	}
	for _, name := range e.Channels.Others {
		lines = append(lines, "■"+name)
	}
	for _, ch := range e.Channels.May.List() {
		lines = append(lines, "□"+ch.Name())
	}
	return strings.Join(lines, "\n")
}

// pairLines sets two lines side by side where both fit, as printed tables do.
func pairLines(s string) string {
	lines := strings.Split(s, "\n")
	var out strings.Builder
	for i := 0; i < len(lines); i++ {
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(lines[i])
		const half = channelWidth/2 - 1
		if i+1 < len(lines) && printWidth(lines[i]) <= half && printWidth(lines[i+1]) <= half {
			out.WriteString(strings.Repeat("　", (half-printWidth(lines[i]))/2+1))
			out.WriteString(lines[i+1])
			i++
		}
	}
	return out.String()
}

// printWidth is how many digits wide a text prints: a Chinese character is two.
func printWidth(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x2000 {
			n++
		} else {
			n += 2
		}
	}
	return n
}
