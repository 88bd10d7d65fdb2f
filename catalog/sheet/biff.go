package sheet

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// biff yields the records of an Excel 97 to 2003 stream ([MS-XLS]).
type biff struct {
	b   []byte
	pos int
}

// The records that matter here.
const (
	biffFormula    = 0x0006
	biffEOF        = 0x000a
	biffDate1904   = 0x0022
	biffFilePass   = 0x002f
	biffContinue   = 0x003c
	biffBoundSheet = 0x0085
	biffMulRK      = 0x00bd
	biffRString    = 0x00d6
	biffXF         = 0x00e0
	biffMergeCells = 0x00e5
	biffSST        = 0x00fc
	biffLabelSST   = 0x00fd
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffBoolErr    = 0x0205
	biffString     = 0x0207
	biffRow        = 0x0208
	biffRK         = 0x027e
	biffFormat     = 0x041e
	biffBOF        = 0x0809
)

var errCut = errors.New("record is cut short")

// next returns the record at pos and moves behind it; false at the end.
func (r *biff) next() (id uint16, data []byte, ok bool, err error) {
	rest := r.b[min(r.pos, len(r.b)):]
	if len(rest) < 4 {
		return 0, nil, false, nil
	}
	id = binary.LittleEndian.Uint16(rest)
	n := int(binary.LittleEndian.Uint16(rest[2:]))
	if len(rest) < 4+n {
		return 0, nil, false, errCut
	}
	r.pos += 4 + n
	return id, rest[4 : 4+n], true, nil
}

// texts returns a reader of the strings in a record and those that continue it.
func (r *biff) texts(data []byte) *biffText {
	t := &biffText{b: data}
	for {
		at := r.pos
		id, more, ok, err := r.next()
		if err != nil || !ok || id != biffContinue {
			r.pos = at
			return t
		}
		t.more = append(t.more, more)
	}
}

// biffText reads strings that run on from one record into the next.
type biffText struct {
	b    []byte
	more [][]byte
}

// advance moves to the next record when the present one is used up.
func (t *biffText) advance() error {
	for len(t.b) == 0 {
		if len(t.more) == 0 {
			return errCut
		}
		t.b, t.more = t.more[0], t.more[1:]
	}
	return nil
}

// number reads n bytes as a number.
func (t *biffText) number(n int) (int, error) {
	v := 0
	for i := range n {
		if err := t.advance(); err != nil {
			return 0, err
		}
		v |= int(t.b[0]) << (8 * i)
		t.b = t.b[1:]
	}
	return v, nil
}

// skip passes over n bytes.
func (t *biffText) skip(n int) error {
	for n > 0 {
		if err := t.advance(); err != nil {
			return err
		}
		k := min(n, len(t.b))
		t.b, n = t.b[k:], n-k
	}
	return nil
}

// string reads a string whose length takes width bytes. Fonts and phonetic
// guides are passed over.
func (t *biffText) string(width int) (string, error) {
	n, err := t.number(width)
	if err != nil {
		return "", err
	}
	flags, err := t.number(1)
	if err != nil {
		return "", err
	}
	behind := 0
	if flags&8 != 0 {
		runs, err := t.number(2)
		if err != nil {
			return "", err
		}
		behind += 4 * runs
	}
	if flags&4 != 0 {
		guide, err := t.number(4)
		if err != nil {
			return "", err
		}
		behind += guide
	}
	s, err := t.chars(n, flags&1 != 0)
	if err != nil {
		return "", err
	}
	return s, t.skip(behind)
}

// chars reads n characters of one byte, or of two. A record that continues them
// says anew which.
func (t *biffText) chars(n int, double bool) (string, error) {
	var u []uint16
	for n > 0 {
		if len(t.b) == 0 {
			if err := t.advance(); err != nil {
				return "", err
			}
			double = t.b[0]&1 != 0
			t.b = t.b[1:]
			continue
		}
		if !double {
			k := min(n, len(t.b))
			for _, c := range t.b[:k] {
				u = append(u, uint16(c))
			}
			t.b, n = t.b[k:], n-k
			continue
		}
		k := min(n, len(t.b)/2)
		if k == 0 {
			return "", errCut
		}
		for i := range k {
			u = append(u, binary.LittleEndian.Uint16(t.b[2*i:]))
		}
		t.b, n = t.b[2*k:], n-k
	}
	return string(utf16.Decode(u)), nil
}
