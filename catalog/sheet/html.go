package sheet

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// openHTML reads the tables of a page, those within cells included. The text
// of a table within a cell also stays part of that cell.
func openHTML(bud *budget, text string) ([]grid, error) {
	p := &page{bud: bud, flow: &flow{bud: bud}, z: html.NewTokenizer(strings.NewReader(text))}
	p.z.SetMaxBuf(maxXMLToken)
	for {
		if err := bud.tick(); err != nil {
			return nil, err
		}
		switch p.z.Next() {
		case html.ErrorToken:
			if err := p.z.Err(); err != io.EOF {
				return nil, err
			}
			for len(p.tables) > 0 {
				if err := p.endTable(); err != nil {
					return nil, err
				}
			}
			return p.flow.gs, nil
		case html.TextToken:
			if p.mute == 0 {
				p.text.add(p.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := p.z.TagName()
			if err := p.start(atom.Lookup(name), more); err != nil {
				return nil, err
			}
		case html.EndTagToken:
			name, _ := p.z.TagName()
			if err := p.end(atom.Lookup(name)); err != nil {
				return nil, err
			}
		}
	}
}

// decodePage returns a page's text. Pages often declare another encoding than
// they have: valid UTF-8 is UTF-8, whatever they say.
func decodePage(b []byte) (string, error) {
	if !utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
		e, name, _ := charset.DetermineEncoding(b, "")
		if name != "utf-8" && name != "windows-1252" && name != "gbk" && name != "gb18030" {
			return decodeAs(e, b)
		}
	}
	return decode(b)
}

// page is an HTML page being read.
type page struct {
	bud    *budget
	flow   *flow
	z      *html.Tokenizer
	tables []*pageTable // those that are open, outermost first
	text   pageText     // of the innermost open cell, or of the page
	mute   int          // open elements whose text nobody sees
}

// pageTable is an open table.
type pageTable struct {
	*table
	inRow, inCell bool
	columns, rows int      // what the open cell covers
	before        pageText // of the cell or page around the table
}

// Tables nested deeper are read as text.
const maxTables = 16

func (p *page) start(a atom.Atom, attrs bool) error {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Textarea:
		p.mute++
	case atom.Br:
		p.text.newline()
	case atom.Table:
		if len(p.tables) == maxTables {
			p.text.block()
			break
		}
		p.flow.line(p.text.String())
		if len(p.tables) == 0 {
			p.text = pageText{}
		}
		p.tables = append(p.tables, &pageTable{table: newTable(p.bud), before: p.text})
		p.text = pageText{}
	case atom.Tr:
		if t := p.top(); t != nil {
			if err := p.endCell(); err != nil {
				return err
			}
			t.inRow = true
			return t.row()
		}
	case atom.Td, atom.Th:
		t := p.top()
		if t == nil {
			break
		}
		if err := p.endCell(); err != nil {
			return err
		}
		if !t.inRow {
			t.inRow = true
			if err := t.row(); err != nil {
				return err
			}
		}
		t.inCell, t.columns, t.rows = true, 1, 1
		p.text = pageText{}
		for attrs {
			var key, value []byte
			key, value, attrs = p.z.TagAttr()
			switch string(key) {
			case "colspan":
				t.columns = atLeast1(value)
			case "rowspan":
				if t.rows = atLeast1(value); string(bytes.TrimSpace(value)) == "0" {
					t.rows = maxRows // to the end of the table
				}
			}
		}
	case atom.Input:
		p.checkbox(attrs)
	default:
		if isBlock(a) {
			p.text.block()
		}
	}
	return nil
}

func atLeast1(b []byte) int {
	n, err := strconv.Atoi(string(bytes.TrimSpace(b)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxRows)
}

// checkbox writes a form's box as the character it looks like.
func (p *page) checkbox(attrs bool) {
	box, checked := false, false
	for attrs {
		var key, value []byte
		key, value, attrs = p.z.TagAttr()
		switch string(key) {
		case "type":
			box = strings.EqualFold(string(value), "checkbox") || strings.EqualFold(string(value), "radio")
		case "checked":
			checked = true
		}
	}
	switch {
	case box && checked:
		p.text.add([]byte("☑"))
	case box:
		p.text.add([]byte("☐"))
	}
}

func (p *page) end(a atom.Atom) error {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Textarea:
		p.mute = max(0, p.mute-1)
	case atom.Table:
		if p.top() != nil {
			return p.endTable()
		}
	case atom.Tr:
		if t := p.top(); t != nil {
			err := p.endCell()
			t.inRow = false
			return err
		}
	case atom.Td, atom.Th:
		return p.endCell()
	default:
		if isBlock(a) {
			p.text.block()
		}
	}
	return nil
}

func (p *page) top() *pageTable {
	if len(p.tables) == 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

// endCell closes the innermost table's open cell, if there is one. Text that
// stands between cells belongs to none and is dropped.
func (p *page) endCell() error {
	t := p.top()
	if t == nil || !t.inCell {
		return nil
	}
	t.inCell = false
	s := p.text.String()
	p.text = pageText{}
	return t.cell(s, t.columns, t.rows)
}

// endTable closes the innermost table and goes on with what is around it.
func (p *page) endTable() error {
	t := p.top()
	if err := p.endCell(); err != nil {
		return err
	}
	p.tables = p.tables[:len(p.tables)-1]
	p.text = t.before
	if err := p.flow.end(t.table, len(p.tables) > 0); err != nil {
		return err
	}
	if len(p.tables) == 0 {
		return nil
	}
	p.text.b = appendGrid(p.text.b, &t.grid)
	p.text.block()
	return nil
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Hr, atom.Pre, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center,
		atom.Form, atom.Fieldset, atom.Caption, atom.Blockquote, atom.Body:
		return true
	}
	return false
}

// pageText collects text as a browser shows it: white space runs together, and
// a line break of the source between two Chinese characters is none.
type pageText struct {
	b     []byte
	space bool // white space is due before the next character
	wrap  bool // and the source broke the line there
}

func (t *pageText) add(s []byte) {
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		s = s[n:]
		switch r {
		case '\n', '\r':
			t.space, t.wrap = true, true
			continue
		case ' ', '\t', '\f':
			t.space = true
			continue
		case '\u00a0':
			r = ' '
		}
		if t.space && len(t.b) > 0 && t.b[len(t.b)-1] != '\n' {
			last, _ := utf8.DecodeLastRune(t.b)
			if !t.wrap || !wide(last) || !wide(r) {
				t.b = append(t.b, ' ')
			}
		}
		t.space, t.wrap = false, false
		t.b = utf8.AppendRune(t.b, r)
	}
}

// wide reports whether r is written without spaces around it.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || r == '“' || r == '”'
}

func (t *pageText) newline() {
	t.b = append(t.b, '\n')
	t.space, t.wrap = false, false
}

// block begins a new line unless one has just begun.
func (t *pageText) block() {
	if n := len(t.b); n > 0 && t.b[n-1] != '\n' {
		t.newline()
	}
	t.space, t.wrap = false, false
}

// String returns the text without white space around it.
func (t *pageText) String() string { return lines(strings.TrimSpace(string(t.b))) }
