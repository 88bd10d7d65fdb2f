package headless

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// output remembers the first error of writing results, which lines printed one
// by one do not look at.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.w.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// writeJSON writes the one JSON document of a command's result.
func (a *app) writeJSON(v any) error {
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
