package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// openDOCX reads the tables of a Word document, with the lines above each.
func openDOCX(bud *budget, b []byte) ([]grid, error) {
	p, err := unzip(bud, b)
	if err != nil {
		return nil, err
	}
	main, err := p.main("word/document.xml")
	if err != nil {
		return nil, err
	}
	d := &docxReader{bud: bud, flow: &flow{bud: bud}}
	err = p.elements(main, func(x *xmlReader) error {
		d.x = x
		switch string(x.name) {
		case "p":
			b, err := d.paragraph(nil)
			d.flow.line(docxText(b))
			return err
		case "tbl":
			return d.table(0)
		}
		return d.other()
	})
	return d.flow.gs, err
}

// docxReader reads the body of a document as it streams by.
type docxReader struct {
	bud  *budget
	flow *flow
	x    *xmlReader
}

// other passes over elements whose text is not part of the document: what was
// deleted or moved away while changes were tracked, and the second of two
// renderings of one drawing.
func (d *docxReader) other() error {
	switch string(d.x.name) {
	case "del", "moveFrom", "Fallback", "delText", "instrText":
		return d.x.skip()
	}
	return nil
}

// each calls f at the start of every element within the one just begun.
func (d *docxReader) each(f func(name string) error) error {
	for depth := d.x.depth(); d.x.depth() >= depth; {
		t, err := d.x.next()
		if err == nil && t == xmlStart {
			if err = d.bud.tick(); err == nil {
				err = f(string(d.x.name))
			}
		}
		if err != nil {
			return unexpected(err)
		}
	}
	return nil
}

// paragraph appends the text of the paragraph just begun.
func (d *docxReader) paragraph(text []byte) ([]byte, error) {
	err := d.each(func(name string) (err error) {
		switch name {
		case "t":
			text, err = d.x.appendContent(text)
		case "br", "cr":
			text = append(text, '\n')
		case "tab":
			text = append(text, ' ')
		case "noBreakHyphen":
			text = append(text, '-')
		case "sym":
			text = append(text, symbol(d.x.attrText("font"), d.x.attrText("char"))...)
		case "checkBox":
			text, err = d.checkbox(text)
		case "pPr", "rPr":
			err = d.x.skip() // tab stops are no text
		case "p": // within a text box
			if len(text) > 0 {
				text = append(text, '\n')
			}
		default:
			err = d.other()
		}
		return err
	})
	return text, err
}

// checkbox appends a form's box as the character it looks like.
func (d *docxReader) checkbox(text []byte) ([]byte, error) {
	on := false
	err := d.each(func(name string) error {
		switch name {
		case "default":
			on = d.on()
		case "checked":
			on = d.on()
		}
		return nil
	})
	if on {
		return append(text, "☑"...), err
	}
	return append(text, "☐"...), err
}

// on reports what a switch says; one without a value is on.
func (d *docxReader) on() bool { return d.x.attr("val") == nil || d.x.attrOn("val") }

// symbol returns the character that a symbol of the Wingdings fonts looks like.
func symbol(font, char string) string {
	code := strings.ToUpper(strings.TrimSpace(char))
	if len(code) == 4 && code[0] == 'F' {
		code = code[2:]
	}
	switch font {
	case "Wingdings":
		switch code {
		case "6E", "A7":
			return "■"
		case "6F", "70", "71", "72", "A8":
			return "□"
		case "FC":
			return "√"
		case "FE":
			return "☑"
		case "FD":
			return "☒"
		case "6C", "9F":
			return "●"
		case "A1":
			return "○"
		}
	case "Wingdings 2":
		switch code {
		case "50":
			return "√"
		case "52":
			return "☑"
		case "A3", "2A", "30", "31":
			return "□"
		case "A2":
			return "■"
		case "51", "53", "54":
			return "☒"
		}
	}
	return ""
}

// table reads the table just begun, which lies within as many others.
func (d *docxReader) table(within int) error {
	t := newTable(d.bud)
	above := map[int]int{} // merges that the row above leaves open, by column
	err := d.each(func(name string) error {
		if name != "tr" {
			return d.other()
		}
		next := map[int]int{}
		if err := t.row(); err != nil {
			return err
		}
		err := d.each(func(name string) error {
			switch name {
			case "gridBefore":
				t.column += min(d.x.attrInt("val"), maxSpan)
			case "tc":
				return d.cell(t, above, next, within)
			default:
				return d.other()
			}
			return nil
		})
		above = next
		return err
	})
	if err != nil {
		return err
	}
	return d.flow.end(t, within > 0)
}

// cell reads the cell just begun into t. It may go on a merge from above; the
// row's own merges that may go on below are noted in next.
func (d *docxReader) cell(t *table, above, next map[int]int, within int) error {
	var text []byte
	columns, started, goesOn := 1, false, false
	paragraphs := 0
	err := d.each(func(name string) (err error) {
		switch name {
		case "gridSpan":
			columns = min(max(1, d.x.attrInt("val")), maxSpan)
		case "vMerge":
			started = string(d.x.attr("val")) == "restart"
			goesOn = !started
		case "p":
			if paragraphs++; paragraphs > 1 {
				text = append(text, '\n')
			}
			text, err = d.paragraph(text)
		case "tbl":
			if within+1 < maxTables {
				n := len(d.flow.gs)
				if err = d.table(within + 1); err == nil && len(d.flow.gs) > n {
					text = appendGrid(text, &d.flow.gs[len(d.flow.gs)-1])
				}
			}
		default:
			err = d.other()
		}
		return err
	})
	if err != nil {
		return err
	}
	left := t.column
	if i, ok := above[left]; goesOn && ok {
		t.merges[i].bottom = t.number
		next[left] = i
		t.column += columns
		return nil
	}
	n := len(t.merges)
	if err := t.cell(docxText(text), columns, 1); err != nil {
		return err
	}
	if started {
		if len(t.merges) == n {
			t.merges = append(t.merges, merge{t.number, t.number, left, left})
		}
		next[left] = n
	}
	return nil
}

// appendGrid appends a table as lines of text.
func appendGrid(text []byte, g *grid) []byte {
	for _, r := range g.rows {
		if len(text) > 0 && text[len(text)-1] != '\n' {
			text = append(text, '\n')
		}
		text = append(text, strings.Join(r.cells, " ")...)
	}
	return text
}

// docxText returns the text of a cell or line without empty lines around it.
func docxText(b []byte) string {
	b = bytes.TrimSpace(b)
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return lines(string(b))
}
