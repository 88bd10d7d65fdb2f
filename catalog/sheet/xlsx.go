package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// xlsxBook is an .xlsx workbook being read. Worksheets stream by once, in which
// their cells and merges are picked up together; a thousand columns or a
// million rows that are only formatted cost time but no memory.
type xlsxBook struct {
	bud     *budget
	parts   *parts
	shared  []string
	formats []string // format code by cell style
	display display

	// Reused from cell to cell.
	cells       []string
	text, value []byte
}

type xlsxSheet struct {
	name   string
	hidden bool
	rel    string
}

func openXLSX(bud *budget, b []byte) ([]grid, error) {
	p, err := unzip(bud, b)
	if err != nil {
		return nil, err
	}
	w := &xlsxBook{bud: bud, parts: p}
	main, err := p.main("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	rels, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	sheets, err := w.readWorkbook(main)
	if err != nil {
		return nil, err
	}
	if len(sheets) == 0 {
		return nil, fmt.Errorf("part %s names no sheets", main)
	}
	for _, r := range rels {
		switch {
		case r.kind == "styles" && p.has(r.target):
			err = w.readStyles(r.target)
		case r.kind == "sharedStrings" && p.has(r.target):
			err = w.readShared(r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	var gs []grid
	for _, s := range sheets {
		r, ok := rels[s.rel]
		if ok && r.kind != "worksheet" {
			continue // a sheet that holds a chart, a dialog or macros
		}
		g := grid{name: s.name, hidden: s.hidden}
		if err := w.readSheet(&g, r.target); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", s.name, err)
		}
		gs = append(gs, g)
	}
	return gs, nil
}

func (w *xlsxBook) readWorkbook(name string) (ss []xlsxSheet, err error) {
	err = w.parts.elements(name, func(x *xmlReader) error {
		switch string(x.name) {
		case "workbookPr":
			w.display.date1904 = x.attrOn("date1904")
		case "sheet":
			state := string(x.attr("state"))
			ss = append(ss, xlsxSheet{cellText([]byte(x.attrText("name"))), state == "hidden" || state == "veryHidden", x.attrText("id")})
			if over(len(ss), w.bud.lim.Sheets) {
				return &LimitError{What: "sheets", Limit: int64(w.bud.lim.Sheets)}
			}
		}
		return nil
	})
	return ss, err
}

func (w *xlsxBook) readStyles(name string) error {
	codes, cells := map[int]string{}, false
	return w.parts.elements(name, func(x *xmlReader) error {
		switch string(x.name) {
		case "numFmt":
			codes[x.attrInt("numFmtId")] = x.attrText("formatCode")
		case "cellXfs":
			cells = true
		case "cellStyles":
			cells = false
		case "xf":
			if !cells {
				break
			}
			id := x.attrInt("numFmtId")
			code, ok := codes[id]
			if !ok {
				code = formatCodes[id]
			}
			w.formats = append(w.formats, code)
		}
		return nil
	})
}

func (w *xlsxBook) readShared(name string) error {
	size := int64(0)
	return w.parts.elements(name, func(x *xmlReader) error {
		if string(x.name) != "si" {
			return nil
		}
		s, err := w.richText(x)
		if err != nil {
			return err
		}
		w.shared = append(w.shared, s)
		size += int64(len(s))
		switch {
		case over(len(w.shared), w.bud.lim.Cells):
			return &LimitError{What: "cells", Limit: int64(w.bud.lim.Cells)}
		case w.bud.lim.Text > 0 && size > w.bud.lim.Text:
			return &LimitError{What: "text", Limit: w.bud.lim.Text}
		}
		return nil
	})
}

// richText reads the text of the element just begun, in one piece or in runs of
// several fonts, without the phonetic guide.
func (w *xlsxBook) richText(x *xmlReader) (string, error) {
	w.text = w.text[:0]
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		if t != xmlStart {
			continue
		}
		switch string(x.name) {
		case "t":
			w.text, err = x.appendContent(w.text)
		case "rPh":
			err = x.skip()
		}
		if err != nil {
			return "", err
		}
	}
	return cellText(w.text), nil
}

// cellText returns what a workbook writes for a text.
func cellText(b []byte) string {
	s := string(b)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return lines(unescapeHex(s))
}

// readSheet reads one worksheet into g.
func (w *xlsxBook) readSheet(g *grid, name string) error {
	number := 0
	err := w.parts.elements(name, func(x *xmlReader) error {
		switch string(x.name) {
		case "row":
			number++
			if n := x.attrInt("r"); n > 0 {
				number = n
			}
			if number > maxRows {
				return fmt.Errorf("row %d is beyond the last", number)
			}
			return w.readRow(x, g, number)
		case "mergeCell":
			if m, ok := parseRange(x.attr("ref")); ok {
				g.merges = append(g.merges, m)
			}
			if over(len(g.merges), w.bud.lim.Cells) {
				return &LimitError{What: "cells", Limit: int64(w.bud.lim.Cells)}
			}
		}
		return nil
	})
	g.order()
	return err
}

// readRow reads the row just begun.
func (w *xlsxBook) readRow(x *xmlReader, g *grid, number int) error {
	hidden := x.attrOn("hidden")
	w.cells = w.cells[:0]
	column := -1
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return unexpected(err)
		}
		if t != xmlStart || string(x.name) != "c" {
			continue
		}
		if err := w.bud.tick(); err != nil {
			return err
		}
		column++
		if ref := x.attr("r"); len(ref) > 0 {
			c, _, ok := parseCell(ref)
			if !ok {
				return fmt.Errorf("row %d: no cell is called %.12q", number, ref)
			}
			column = c
		}
		s, err := w.readCell(x)
		if err != nil {
			return fmt.Errorf("row %d: %w", number, err)
		}
		if s == "" {
			continue
		}
		if over(column+1, w.bud.lim.Cols) && strings.TrimSpace(s) != "" {
			return &LimitError{What: "columns", Limit: int64(w.bud.lim.Cols)}
		}
		for len(w.cells) <= column {
			w.cells = append(w.cells, "")
		}
		w.cells[column] = s
	}
	if len(w.cells) == 0 {
		return nil
	}
	return w.bud.add(g, gridRow{number, hidden, slices.Clone(w.cells)})
}

// readCell returns what the cell just begun shows.
func (w *xlsxBook) readCell(x *xmlReader) (string, error) {
	kind, style := cellKind(x.attr("t")), x.attrInt("s")
	value, text := w.value[:0], ""
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		if t != xmlStart {
			continue
		}
		switch string(x.name) {
		case "v":
			value, err = x.appendContent(value)
		case "is":
			text, err = w.richText(x)
		default:
			err = x.skip() // the formula itself
		}
		if err != nil {
			return "", err
		}
	}
	w.value = value
	var code string
	if style < len(w.formats) {
		code = w.formats[style]
	}
	switch {
	case kind == cellInline:
		return w.display.string(text, code), nil
	case len(value) == 0:
		return "", nil
	case kind == cellShared:
		i, err := strconv.Atoi(string(bytes.TrimSpace(value)))
		if err != nil || i < 0 || i >= len(w.shared) {
			return "", fmt.Errorf("shared text %.12q is missing", value)
		}
		return w.display.string(w.shared[i], code), nil
	case kind == cellBool:
		if string(value) == "1" || string(value) == "true" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case kind == cellDate:
		if at, ok := parseISO(string(value)); ok {
			return w.display.time(at, code), nil
		}
	case kind == cellNumber:
		if v, err := strconv.ParseFloat(string(value), 64); err == nil {
			return w.display.number(v, code), nil
		}
	}
	return cellText(value), nil
}

// parseISO reads the dates that strict workbooks write as text.
func parseISO(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999Z07:00", "2006-01-02T15:04:05.999", "2006-01-02"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

type cellType uint8

const (
	cellNumber cellType = iota
	cellShared
	cellInline
	cellBool
	cellDate
	cellString // what a formula yields, or an error
)

func cellKind(t []byte) cellType {
	switch string(t) {
	case "s":
		return cellShared
	case "inlineStr":
		return cellInline
	case "b":
		return cellBool
	case "d":
		return cellDate
	case "", "n":
		return cellNumber
	}
	return cellString
}

// parseCell reads a cell's name: column from 0, row from 1.
func parseCell(ref []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && column <= maxColumns; i++ {
		c := ref[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	row = atoi(ref[i:])
	return column - 1, row, column >= 1 && column <= maxColumns && row >= 1 && row <= maxRows
}

// parseRange reads the range of a merge.
func parseRange(ref []byte) (m merge, ok bool) {
	from, to, ok := bytes.Cut(ref, []byte(":"))
	if !ok {
		return m, false
	}
	left, top, ok1 := parseCell(from)
	right, bottom, ok2 := parseCell(to)
	return merge{min(top, bottom), max(top, bottom), min(left, right), max(left, right)}, ok1 && ok2
}

// What a worksheet can hold at all.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)
