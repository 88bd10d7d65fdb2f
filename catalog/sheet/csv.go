package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// openCSV reads text in columns. Row numbers count records, as a spreadsheet
// that opens the file does: a cell of several lines is one row's.
func openCSV(bud *budget, text string) ([]grid, error) {
	comma := byte(0)
	if line, rest, ok := strings.Cut(text, "\n"); ok {
		// Excel's own remark on the separator is no row.
		line = strings.Trim(line, "\r\"")
		if len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
			comma, text = line[4], rest
		}
	}
	if comma == 0 {
		comma = separator(text)
	}
	var g grid
	p := csvParser{text: text, comma: comma}
	for number := 1; p.text != ""; number++ {
		cells, ok := p.record()
		if !ok {
			return nil, fmt.Errorf("quote opened in row %d is not closed", number)
		}
		if err := bud.add(&g, gridRow{number: number, cells: cells}); err != nil {
			return nil, err
		}
	}
	return []grid{g}, nil
}

// separator finds what parts the cells: what yields the most in the typical row.
func separator(text string) byte {
	if len(text) > 64<<10 {
		text = text[:64<<10]
	}
	best, most := byte(','), 1
	for _, comma := range []byte{'\t', ',', ';'} {
		var counts []int
		for p := (csvParser{text: text, comma: comma}); p.text != ""; {
			cells, _ := p.record()
			if len(cells) > 1 || cells[0] != "" {
				counts = append(counts, len(cells))
			}
		}
		if len(counts) == 0 {
			continue
		}
		slices.Sort(counts)
		if n := counts[len(counts)/2]; n > most {
			best, most = comma, n
		}
	}
	return best
}

// csvParser takes records off the front of text, as Excel does: quotes mean
// something at the start of a cell only, and text behind the closing quote
// belongs to the cell.
type csvParser struct {
	text  string
	comma byte
}

// record returns the next record. It is not ok when a quote is never closed.
func (p *csvParser) record() (cells []string, ok bool) {
	for {
		cell := ""
		if strings.HasPrefix(p.text, `"`) {
			if cell, ok = p.quoted(); !ok {
				return append(cells, cell), false
			}
		}
		end := 0
		for end < len(p.text) && p.text[end] != p.comma && p.text[end] != '\n' && p.text[end] != '\r' {
			end++
		}
		cells = append(cells, lines(cell+p.text[:end]))
		p.text = p.text[end:]
		if p.text == "" {
			return cells, true
		}
		c := p.text[0]
		p.text = p.text[1:]
		if c == '\r' {
			p.text = strings.TrimPrefix(p.text, "\n")
		}
		if c != p.comma {
			return cells, true
		}
	}
}

// quoted takes a quoted cell off the front of text.
func (p *csvParser) quoted() (string, bool) {
	var b strings.Builder
	rest := p.text[1:]
	for {
		i := strings.IndexByte(rest, '"')
		if i < 0 {
			p.text = ""
			return b.String() + rest, false
		}
		b.WriteString(rest[:i])
		rest = rest[i+1:]
		if !strings.HasPrefix(rest, `"`) {
			p.text = rest
			return b.String(), true
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
}

// decode returns b's text: UTF-16 or UTF-8 as its mark says, else UTF-8 where
// it is valid, else UTF-16 or GB 18030 where that makes sense.
func decode(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeAs(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), b)
	}
	if bytes.IndexByte(b, 0) >= 0 {
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			s, err := decodeAs(unicode.UTF16(order, unicode.IgnoreBOM), b)
			if err == nil && len(b)%2 == 0 && readsAsText(s) {
				return s, nil
			}
		}
		return "", &FormatError{Detected: Binary, Want: readable}
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	if !plausibleGB(b) {
		return "", &FormatError{Detected: Encoding, Want: "UTF-8, GB 18030"}
	}
	return decodeAs(simplifiedchinese.GB18030, b)
}

func decodeAs(e encoding.Encoding, b []byte) (string, error) {
	s, err := e.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
		return "", &FormatError{Detected: Encoding, Want: "UTF-8, GB 18030"}
	}
	return string(s), nil
}

// readsAsText reports whether s holds no controls but line breaks and tabs.
func readsAsText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }) < 0
}

// plausibleGB reports whether b looks like Chinese text in GB 18030: the
// characters of GB 2312 make up nearly all of it, which they do not when Big5
// or Shift JIS is read by mistake.
func plausibleGB(b []byte) bool {
	common, all, control := 0, 0, 0
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c < 0x80:
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				control++
			}
		case i+1 == len(b):
			return false
		case b[i+1] >= '0' && b[i+1] <= '9':
			i += 3 // a rare character, in four bytes
		default:
			i++
			all++
			if (c >= 0xb0 && c <= 0xf7 || c >= 0xa1 && c <= 0xa9) && b[i] >= 0xa1 {
				common++
			}
		}
	}
	return common*5 >= all*4 && control*100 <= len(b)
}
