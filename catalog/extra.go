package catalog

import (
	"maps"
	"slices"
	"strings"
)

// extraEscaper keeps a column on one line and its header apart from its value.
var (
	extraValueEscaper  = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)
	extraHeaderEscaper = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`, "=", `\=`)
)

// extraText prints the columns that no field takes, a line each, by header:
// 备注=见附件. A line break inside is printed \n, an = inside a header \=.
func extraText(m map[string]string) string {
	var b strings.Builder
	for i, h := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(extraHeaderEscaper.Replace(h))
		b.WriteByte('=')
		b.WriteString(extraValueEscaper.Replace(m[h]))
	}
	return b.String()
}

// parseExtra reads what extraText prints. A line without = is a header without a
// value; an empty line is nothing.
func parseExtra(s string) map[string]string {
	var m map[string]string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		header, value := cutExtra(line)
		if m == nil {
			m = map[string]string{}
		}
		m[header] = value
	}
	return m
}

// cutExtra takes a line apart at its first = that is not escaped.
func cutExtra(line string) (header, value string) {
	var b strings.Builder
	inValue := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			i++
			switch line[i] {
			case 'n':
				b.WriteByte('\n')
			case 'r':
				b.WriteByte('\r')
			case '\\', '=':
				b.WriteByte(line[i])
			default: // typed by hand: a path, say
				b.WriteByte('\\')
				b.WriteByte(line[i])
			}
		case c == '=' && !inValue:
			header, inValue = b.String(), true
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	if !inValue {
		return b.String(), ""
	}
	return header, b.String()
}
