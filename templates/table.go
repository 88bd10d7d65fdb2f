package templates

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// Bounds of a data file.
const (
	maxFileSize = 16 << 20 // bytes
	maxRows     = 100_000
	maxFiles    = 500 // in one folder
)

// readFile reads a bounded file of the data.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open data: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(b) > maxFileSize {
		return nil, &DataError{File: name, Problem: fmt.Sprintf("more than %d bytes", maxFileSize)}
	}
	return b, nil
}

// column is a column of a data table by its two names: Chinese for the people
// who keep the data, English for programs.
type column struct {
	chinese, english string
	required         bool // the header must have it
}

// row is one line of a data table.
type row struct {
	line  int
	cells []string       // trimmed
	at    map[string]int // where the column of an English name stands
	*problems
}

func (r row) get(column string) string {
	if i, ok := r.at[column]; ok {
		return r.cells[i]
	}
	return ""
}

func (r row) bad(format string, args ...any) { r.add(r.line, format, args...) }

// yes reads a verdict: 是/否 or yes/no, empty meaning no.
func (r row) yes(column string) bool {
	switch v := r.get(column); v {
	case "是", "yes":
		return true
	case "否", "no", "":
		return false
	default:
		r.bad("%s is 是 or 否, not %q", column, clip(v))
		return false
	}
}

// date reads a date, which may be a month or a year only, or empty.
func (r row) date(column string) catalog.Date {
	d := catalog.Date(r.get(column))
	if d != "" && !validDate(d) {
		r.bad("%s %q is not a date such as 2019-04-30", column, clip(string(d)))
		return ""
	}
	return d
}

func validDate(d catalog.Date) bool {
	if len(d) > len("2006-01-02") || d == "" || d[0] < '1' || d[0] > '2' {
		return false // most texts that are asked about are numbers of documents
	}
	t, err := d.Time()
	return err == nil && t.Year() >= 1900
}

// list splits a cell at semicolons, ASCII or full-width.
func (r row) list(column string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(r.get(column), func(c rune) bool { return c == ';' || c == '；' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// readTable reads a CSV table with a header row. Its rows come back even where
// some of it is wrong, so that all that is wrong can be reported at once.
func readTable(p *problems, src []byte, columns []column) []row {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if !utf8.Valid(src) {
		p.add(0, "not UTF-8; save it as CSV UTF-8")
		return nil
	}
	r := csv.NewReader(bytes.NewReader(src))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		p.add(1, "no header row")
		return nil
	}
	at := map[string]int{}
	for i, h := range header {
		h = strings.TrimSpace(h)
		name := ""
		for _, c := range columns {
			if h == c.chinese || h == c.english {
				name = c.english
			}
		}
		switch _, twice := at[name]; {
		case name == "":
			p.add(1, "unknown column %q", clip(h))
		case twice:
			p.add(1, "column %q stands twice", clip(h))
		}
		at[name] = i
	}
	for _, c := range columns {
		if _, ok := at[c.english]; c.required && !ok {
			p.add(1, "column %s is missing", c.chinese)
		}
	}
	var rows []row
	for len(rows) < maxRows {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			line := 0
			if e := (*csv.ParseError)(nil); errors.As(err, &e) {
				line = e.Line
			}
			p.add(line, "broken CSV: %v", err)
			return rows
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(header) {
			p.add(line, "%d cells under %d columns", len(record), len(header))
			continue
		}
		for i, v := range record {
			record[i] = strings.TrimSpace(v)
		}
		rows = append(rows, row{line, record, at, p})
	}
	p.add(0, "more than %d rows", maxRows)
	return rows
}
