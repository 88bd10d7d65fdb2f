package grid

import "strings"

// ParseTSV reads what Excel, WPS and browsers put on the clipboard for a range
// of cells: rows end with a line break, cells with a tab, a cell that holds
// either stands in quotation marks. Excel leaves marks alone in cells that hold
// neither, so marks around such a cell are taken for part of it. Line breaks
// within cells become \n. Every text can be read; an empty one has no rows.
func ParseTSV(s string) [][]string {
	var rows [][]string
	var row []string
	for len(s) > 0 {
		var cell string
		var ok bool
		rest := s
		if s[0] == '"' {
			cell, rest, ok = quoted(s)
		}
		if !ok {
			n := strings.IndexAny(s, "\t\r\n")
			if n < 0 {
				n = len(s)
			}
			cell, rest = s[:n], s[n:]
		}
		row = append(row, cell)
		switch {
		case strings.HasPrefix(rest, "\t"):
			s = rest[1:]
			if s == "" {
				row = append(row, "")
			}
			continue
		case strings.HasPrefix(rest, "\r\n"):
			s = rest[2:]
		case rest != "":
			s = rest[1:]
		default:
			s = ""
		}
		rows = append(rows, row)
		row = nil
	}
	if row != nil {
		rows = append(rows, row)
	}
	return rows
}

// quoted reads a cell in quotation marks at the start of s. It fails where the
// marks are no such quotation: one alone, one followed by more text, or marks
// around what needs none.
func quoted(s string) (cell, rest string, ok bool) {
	var b strings.Builder
	needed := false
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			if i+1 < len(s) && s[i+1] == '"' {
				needed = true
				b.WriteByte('"')
				i++
				continue
			}
			rest = s[i+1:]
			if rest != "" && !strings.ContainsRune("\t\r\n", rune(rest[0])) {
				return "", "", false
			}
			return b.String(), rest, needed
		case '\r':
			needed = true
			if i+1 < len(s) && s[i+1] == '\n' {
				continue
			}
			b.WriteByte('\n')
		case '\t', '\n':
			needed = true
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", false
}

var oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// FormatTSV prints cells as Excel does, so that it, WPS and ParseTSV read them
// back. The last row has no line break after it, for the sake of text fields it
// is pasted into, unless nothing else would tell that it is there.
func FormatTSV(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		for j, cell := range row {
			if j > 0 {
				b.WriteByte('\t')
			}
			cell = oneBreak.Replace(cell)
			if strings.ContainsAny(cell, "\t\n") || strings.HasPrefix(cell, `"`) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		if i < len(rows)-1 || len(row) == 0 || len(row) == 1 && row[0] == "" {
			b.WriteString("\r\n")
		}
	}
	return b.String()
}
