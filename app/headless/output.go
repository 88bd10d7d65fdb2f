package headless

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// output is where results go. It remembers the first error of writing, which
// lines printed one by one do not look at, and makes lines for people harmless.
type output struct {
	w    io.Writer
	data bool // for programs: written as it is
	err  error
}

func (o *output) Write(b []byte) (int, error) {
	out := b
	if !o.data {
		out = bytes.Map(harmless, b)
	}
	if _, err := o.w.Write(out); err != nil {
		if o.err == nil {
			o.err = err
		}
		return 0, err
	}
	return len(b), nil
}

// harmless shows a character of a stranger's text: what would move the cursor,
// colour the terminal or turn the direction of writing becomes a mark.
func harmless(r rune) rune {
	if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return unicode.ReplacementChar
	}
	return r
}

// writeJSON writes the one JSON document of a command's result.
func (a *app) writeJSON(v any) error {
	a.out.data = true
	enc := json.NewEncoder(a.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

func pathLine(path []string) string { return strings.Join(path, " / ") }

// indent puts the lines after the first below each other.
func indent(s, by string) string { return strings.ReplaceAll(s, "\n", "\n"+by) }

// short cuts a text for a line of a list.
func short(s string, chars int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > chars {
		return string(r[:chars-1]) + "…"
	}
	return s
}
