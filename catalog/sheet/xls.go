package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// xlsBook is a workbook of Excel 97 to 2003 being read.
type xlsBook struct {
	bud     *budget
	b       []byte
	shared  []string
	codes   map[int]string // number formats by id
	xfs     []int          // number format by cell style
	sheets  []xlsSheet
	display display
	cells   int
}

type xlsSheet struct {
	name   string
	at     int // where it begins in the stream
	hidden bool
}

const (
	xlsColumns = 256
	biff8      = 0x0600
)

func openXLS(bud *budget, b []byte) ([]grid, error) {
	if bytes.HasPrefix(b, []byte(cfbMagic)) {
		c, err := openCFB(b)
		if err != nil {
			return nil, err
		}
		if b, err = c.stream("Workbook"); err != nil {
			return nil, err
		}
	}
	w := &xlsBook{bud: bud, b: b, codes: map[int]string{}}
	if err := w.readGlobals(); err != nil {
		return nil, err
	}
	if len(w.sheets) == 0 {
		return nil, errors.New("workbook names no sheets")
	}
	var gs []grid
	for _, s := range w.sheets {
		g := grid{name: s.name, hidden: s.hidden}
		if err := w.readSheet(&g, s.at); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", s.name, err)
		}
		gs = append(gs, g)
	}
	return gs, nil
}

// readGlobals reads what comes before the sheets.
func (w *xlsBook) readGlobals() error {
	r := &biff{b: w.b}
	id, data, ok, err := r.next()
	if err != nil || !ok || id != biffBOF || len(data) < 4 {
		return errors.Join(errors.New("workbook has no beginning"), err)
	}
	if v := binary.LittleEndian.Uint16(data); v != biff8 {
		return &FormatError{Detected: OldXLS, Want: readable}
	}
	for {
		if err := w.bud.tick(); err != nil {
			return err
		}
		id, data, ok, err := r.next()
		if err != nil {
			return err
		}
		if !ok {
			return errors.New("workbook has no end")
		}
		switch id {
		case biffEOF:
			return nil
		case biffFilePass:
			return ErrPassword
		case biffDate1904:
			w.display.date1904 = len(data) > 0 && data[0] == 1
		case biffBoundSheet:
			err = w.boundSheet(r.texts(data))
		case biffSST:
			err = w.sharedTexts(r.texts(data))
		case biffFormat:
			t := r.texts(data)
			var n int
			if n, err = t.number(2); err == nil {
				w.codes[n], err = t.string(2)
			}
		case biffXF:
			if len(data) < 4 {
				return errCut
			}
			w.xfs = append(w.xfs, int(binary.LittleEndian.Uint16(data[2:])))
		}
		if err != nil {
			return fmt.Errorf("record %#04x: %w", id, err)
		}
	}
}

func (w *xlsBook) boundSheet(t *biffText) error {
	at, err := t.number(4)
	if err != nil {
		return err
	}
	state, err := t.number(1)
	if err != nil {
		return err
	}
	kind, err := t.number(1)
	if err != nil || kind != 0 {
		return err // charts and macros are no tables
	}
	name, err := t.string(1)
	w.sheets = append(w.sheets, xlsSheet{lines(name), at, state&3 != 0})
	if over(len(w.sheets), w.bud.lim.Sheets) {
		return &LimitError{What: "sheets", Limit: int64(w.bud.lim.Sheets)}
	}
	return err
}

func (w *xlsBook) sharedTexts(t *biffText) error {
	if err := t.skip(4); err != nil {
		return err
	}
	n, err := t.number(4)
	if err != nil {
		return err
	}
	for range n {
		if err := w.bud.tick(); err != nil {
			return err
		}
		s, err := t.string(2)
		if err != nil {
			return err
		}
		w.shared = append(w.shared, lines(s))
		if over(len(w.shared), w.bud.lim.Cells) {
			return &LimitError{What: "cells", Limit: int64(w.bud.lim.Cells)}
		}
	}
	return nil
}

// xlsRows are the cells of a sheet as they come, by row.
type xlsRows struct {
	*xlsBook
	g      *grid
	rows   map[int][]string
	hidden map[int]bool
	result [2]int // row and column of a formula whose text follows
}

// readSheet reads the sheet that begins at a place of the stream into g.
func (w *xlsBook) readSheet(g *grid, at int) error {
	r := &biff{b: w.b, pos: at}
	id, _, ok, err := r.next()
	if err != nil || !ok || id != biffBOF {
		return errors.Join(errors.New("sheet has no beginning"), err)
	}
	var data []byte
	s := &xlsRows{xlsBook: w, g: g, rows: map[int][]string{}, hidden: map[int]bool{}}
	for depth := 1; depth > 0; {
		if err := w.bud.tick(); err != nil {
			return err
		}
		if id, data, ok, err = r.next(); err != nil {
			return err
		}
		switch {
		case !ok:
			return errors.New("sheet has no end")
		case id == biffBOF:
			depth++ // a chart within the sheet
		case id == biffEOF:
			depth--
		case depth == 1:
			if err := s.record(id, data, r); err != nil {
				return fmt.Errorf("record %#04x: %w", id, err)
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.rows)) {
		if err := w.bud.add(g, gridRow{number: n + 1, hidden: s.hidden[n], cells: s.rows[n]}); err != nil {
			return err
		}
	}
	return nil
}

// record reads what a record of a sheet says.
func (s *xlsRows) record(id uint16, data []byte, r *biff) error {
	le := binary.LittleEndian
	least := map[uint16]int{
		biffFormula: 14, biffMulRK: 6, biffLabelSST: 10, biffNumber: 14, biffLabel: 6, biffRString: 6,
		biffBoolErr: 8, biffRow: 16, biffRK: 10, biffMergeCells: 2,
	}[id]
	if len(data) < least {
		return errCut
	}
	var row, column int
	var code string
	if least >= 6 {
		row, column = int(le.Uint16(data)), int(le.Uint16(data[2:]))
		code = s.code(int(le.Uint16(data[4:])))
	}
	switch id {
	case biffLabelSST:
		i := le.Uint32(data[6:])
		if int64(i) >= int64(len(s.shared)) {
			return fmt.Errorf("shared text %d is missing", i)
		}
		return s.put(row, column, s.display.string(s.shared[i], code))
	case biffLabel, biffRString:
		t, err := r.texts(data[6:]).string(2)
		if err != nil {
			return err
		}
		return s.put(row, column, s.display.string(lines(t), code))
	case biffNumber:
		return s.put(row, column, s.display.number(math.Float64frombits(le.Uint64(data[6:])), code))
	case biffRK:
		return s.put(row, column, s.display.number(rk(le.Uint32(data[6:])), code))
	case biffMulRK:
		for d := data[4:]; len(d) >= 8; d = d[6:] {
			v := s.display.number(rk(le.Uint32(d[2:])), s.code(int(le.Uint16(d))))
			if err := s.put(row, column, v); err != nil {
				return err
			}
			column++
		}
	case biffBoolErr:
		return s.put(row, column, boolErr(data[6], data[7] != 0))
	case biffFormula:
		s.result = [2]int{row, column}
		v := data[6:14]
		if le.Uint16(v[6:]) != 0xffff {
			return s.put(row, column, s.display.number(math.Float64frombits(le.Uint64(v)), code))
		}
		if v[0] == 1 || v[0] == 2 {
			return s.put(row, column, boolErr(v[2], v[0] == 2))
		}
	case biffString:
		t, err := r.texts(data).string(2)
		if err != nil {
			return err
		}
		return s.put(s.result[0], s.result[1], lines(t))
	case biffRow:
		if le.Uint16(data[12:])&0x20 != 0 {
			s.hidden[row] = true
		}
	case biffMergeCells:
		for d := data[2:]; len(d) >= 8; d = d[8:] {
			top, bottom, left, right := int(le.Uint16(d)), int(le.Uint16(d[2:])), int(le.Uint16(d[4:])), int(le.Uint16(d[6:]))
			if top <= bottom && left <= right {
				s.g.merges = append(s.g.merges, merge{top: top + 1, bottom: bottom + 1, left: left, right: right})
			}
		}
	}
	return nil
}

// code returns the format code of a cell style.
func (s *xlsRows) code(xf int) string {
	if xf >= len(s.xfs) {
		return ""
	}
	if code, ok := s.codes[s.xfs[xf]]; ok {
		return code
	}
	return formatCodes[s.xfs[xf]]
}

// put keeps the text of a cell.
func (s *xlsRows) put(row, column int, text string) error {
	if column >= xlsColumns {
		return fmt.Errorf("column %d is beyond the last", column+1)
	}
	if text == "" {
		return nil
	}
	cells := s.rows[row]
	if n := column + 1 - len(cells); n > 0 {
		cells = append(cells, make([]string, n)...)
		if s.cells += n; over(s.cells, s.bud.lim.Cells) {
			return &LimitError{What: "cells", Limit: int64(s.bud.lim.Cells)}
		}
		s.rows[row] = cells
	}
	cells[column] = text
	return nil
}

// rk unpacks a number squeezed into four bytes.
func rk(n uint32) float64 {
	v := math.Float64frombits(uint64(n&^3) << 32)
	if n&2 != 0 {
		v = float64(int32(n) >> 2)
	}
	if n&1 != 0 {
		v /= 100
	}
	return v
}

// boolErr shows a truth value or an error.
func boolErr(v byte, isErr bool) string {
	switch {
	case !isErr && v == 0:
		return "FALSE"
	case !isErr:
		return "TRUE"
	}
	switch v {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
