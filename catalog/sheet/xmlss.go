package sheet

import (
	"bytes"
	"strconv"
)

// openXML reads a workbook in the XML form of Excel 2003, which some systems
// still export.
func openXML(bud *budget, b []byte) ([]grid, error) {
	w := &xmlBook{bud: bud, codes: map[string]string{}}
	err := elements(bud, bytes.NewReader(b), func(x *xmlReader) error {
		switch string(x.name) {
		case "Style":
			w.style = x.attrText("ID")
		case "NumberFormat":
			w.codes[w.style] = x.attrText("Format")
			if code, ok := xmlFormats[w.codes[w.style]]; ok {
				w.codes[w.style] = code
			}
		case "Worksheet":
			w.gs = append(w.gs, grid{name: cellText([]byte(x.attrText("Name")))})
			w.row = 0
			if over(len(w.gs), bud.lim.Sheets) {
				return &LimitError{What: "sheets", Limit: int64(bud.lim.Sheets)}
			}
		case "Visible":
			s, err := x.appendContent(nil)
			if n := len(w.gs); n > 0 && string(s) != "SheetVisible" {
				w.gs[n-1].hidden = true
			}
			return err
		case "Row":
			if len(w.gs) > 0 {
				return w.readRow(x, &w.gs[len(w.gs)-1])
			}
		}
		return nil
	})
	for i := range w.gs {
		w.gs[i].order()
	}
	return w.gs, err
}

// xmlFormats are the formats that go by a name.
var xmlFormats = map[string]string{
	"Short Date": formatCodes[14], "General Date": formatCodes[22], "Long Date": formatCodes[31],
	"Fixed": formatCodes[2], "Standard": formatCodes[4], "Percent": formatCodes[10], "Scientific": formatCodes[11],
	"General Number": general, "Text": "@",
}

// xmlBook is such a workbook being read.
type xmlBook struct {
	bud     *budget
	gs      []grid
	codes   map[string]string // format code by style
	style   string            // being defined
	row     int
	text    []byte
	display display
}

// readRow reads the row just begun.
func (w *xmlBook) readRow(x *xmlReader, g *grid) error {
	w.row++
	if n := x.attrInt("Index"); n > 0 {
		w.row = n
	}
	r := gridRow{number: w.row, hidden: x.attrOn("Hidden")}
	column := -1
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return unexpected(err)
		}
		if t != xmlStart || string(x.name) != "Cell" {
			continue
		}
		column++
		if n := x.attrInt("Index"); n > 0 {
			column = n - 1
		}
		if over(column+1, w.bud.lim.Cols) {
			return &LimitError{What: "columns", Limit: int64(w.bud.lim.Cols)}
		}
		across, down := x.attrInt("MergeAcross"), x.attrInt("MergeDown")
		if across+down > 0 {
			g.merges = append(g.merges, merge{w.row, w.row + down, column, column + across})
			if over(len(g.merges), w.bud.lim.Cells) {
				return &LimitError{What: "cells", Limit: int64(w.bud.lim.Cells)}
			}
		}
		s, err := w.readCell(x)
		if err != nil {
			return err
		}
		for s != "" && len(r.cells) <= column {
			r.cells = append(r.cells, "")
		}
		if s != "" {
			r.cells[column] = s
		}
		column += across
	}
	return w.bud.add(g, r)
}

// readCell returns what the cell just begun shows.
func (w *xmlBook) readCell(x *xmlReader) (string, error) {
	var kind, text string
	code := w.codes[x.attrText("StyleID")]
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return "", unexpected(err)
		}
		if t != xmlStart {
			continue
		}
		switch string(x.name) {
		case "Data":
			kind = string(x.attr("Type"))
			w.text, err = x.appendAll(w.text[:0])
			text = cellText(w.text)
		case "Comment":
			err = x.skip()
		}
		if err != nil {
			return "", err
		}
	}
	switch kind {
	case "Number":
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return w.display.number(v, code), nil
		}
	case "DateTime":
		if at, ok := parseISO(text); ok {
			return w.display.time(at, code), nil
		}
	case "Boolean":
		if text == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	}
	return w.display.string(text, code), nil
}
