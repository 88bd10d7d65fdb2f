package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// cfb is a compound file, the container of old office documents ([MS-CFB]). No
// chain in it is followed further than the file has sectors, so that reading
// one costs no more than its size.
type cfb struct {
	b      []byte
	size   int // of a sector
	fat    []uint32
	mini   []uint32 // chains of the mini stream
	small  []byte   // the mini stream
	cutoff uint64   // streams shorter than this are in the mini stream
	dir    []cfbEntry
}

type cfbEntry struct {
	name  string
	kind  byte
	start uint32
	size  uint64
}

const (
	cfbMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

	cfbStream = 2
	cfbRoot   = 5

	cfbLast  = 0xfffffffa // of the sector numbers that are sectors
	miniSize = 64
)

// openCFB reads the tables and the directory of a compound file.
func openCFB(b []byte) (*cfb, error) {
	if len(b) < 512 || string(b[:8]) != cfbMagic {
		return nil, errors.New("compound file: header is cut short")
	}
	le := binary.LittleEndian
	shift := le.Uint16(b[30:])
	if shift != 9 && shift != 12 {
		return nil, fmt.Errorf("compound file: sectors of 2^%d bytes", shift)
	}
	c := &cfb{b: b, size: 1 << shift, cutoff: uint64(le.Uint32(b[56:]))}
	if err := c.readFAT(); err != nil {
		return nil, err
	}
	dir, err := c.chain(le.Uint32(b[48:]), 1<<62)
	if err != nil {
		return nil, fmt.Errorf("compound file: directory: %w", err)
	}
	for ; len(dir) >= 128; dir = dir[128:] {
		e := cfbEntry{kind: dir[66], start: le.Uint32(dir[116:]), size: le.Uint64(dir[120:])}
		if c.size == 512 {
			e.size &= 0xffffffff // the upper half may be rubbish
		}
		if n := int(le.Uint16(dir[64:])); n >= 2 && n <= 64 {
			u := make([]uint16, n/2-1)
			for i := range u {
				u[i] = le.Uint16(dir[2*i:])
			}
			e.name = string(utf16.Decode(u))
		}
		c.dir = append(c.dir, e)
	}
	if len(c.dir) == 0 || c.dir[0].kind != cfbRoot {
		return nil, errors.New("compound file: no root")
	}
	if le.Uint32(b[60:]) <= cfbLast {
		t, err := c.chain(le.Uint32(b[60:]), 1<<62)
		if err != nil {
			return nil, fmt.Errorf("compound file: mini table: %w", err)
		}
		c.mini = words(t)
		if c.small, err = c.chain(c.dir[0].start, c.dir[0].size); err != nil {
			return nil, fmt.Errorf("compound file: mini stream: %w", err)
		}
	}
	return c, nil
}

// readFAT gathers the table of chains from the sectors that the header and the
// chain behind it list.
func (c *cfb) readFAT() error {
	le := binary.LittleEndian
	list := words(c.b[76:512])
	next := le.Uint32(c.b[68:])
	for n := 0; next <= cfbLast; n++ {
		s, err := c.sector(next)
		if err != nil || n > len(c.b)/c.size {
			return errors.New("compound file: list of tables is broken")
		}
		w := words(s)
		list = append(list, w[:len(w)-1]...)
		next = w[len(w)-1]
	}
	for _, at := range list {
		if at > cfbLast {
			continue
		}
		s, err := c.sector(at)
		if err != nil || len(c.fat) > len(c.b)/4 {
			return errors.New("compound file: table is broken")
		}
		c.fat = append(c.fat, words(s)...)
	}
	return nil
}

// sector returns a sector; the file's last may be shorter.
func (c *cfb) sector(n uint32) ([]byte, error) {
	from := (int64(n) + 1) * int64(c.size)
	if from >= int64(len(c.b)) {
		return nil, fmt.Errorf("sector %d is beyond the end", n)
	}
	s := c.b[from:min(int64(len(c.b)), from+int64(c.size))]
	if len(s) < c.size {
		s = append(make([]byte, 0, c.size), s...)[:c.size]
	}
	return s, nil
}

// chain returns the first bytes, up to size, of the stream that begins at a sector.
func (c *cfb) chain(n uint32, size uint64) ([]byte, error) {
	var s []byte
	for n <= cfbLast && uint64(len(s)) < size {
		part, err := c.sector(n)
		if err != nil {
			return nil, err
		}
		if len(s) > len(c.b) || int64(n) >= int64(len(c.fat)) {
			return nil, errors.New("chain of sectors is broken")
		}
		s = append(s, part...)
		n = c.fat[n]
	}
	if size < uint64(len(s)) {
		s = s[:size]
	}
	return s, nil
}

// find returns the entry of a stream.
func (c *cfb) find(name string) (cfbEntry, bool) {
	for _, e := range c.dir {
		if e.kind == cfbStream && strings.EqualFold(e.name, name) {
			return e, true
		}
	}
	return cfbEntry{}, false
}

func (c *cfb) has(name string) bool {
	_, ok := c.find(name)
	return ok
}

// stream returns a stream whole.
func (c *cfb) stream(name string) ([]byte, error) {
	e, ok := c.find(name)
	if !ok {
		return nil, fmt.Errorf("compound file: stream %s is missing", name)
	}
	if e.size >= c.cutoff {
		s, err := c.chain(e.start, e.size)
		if err == nil && uint64(len(s)) < e.size {
			err = errors.New("stream is cut short")
		}
		return s, err
	}
	var s []byte
	for n := e.start; n <= cfbLast && uint64(len(s)) < e.size; n = c.mini[n] {
		from := int64(n) * miniSize
		if int64(n) >= int64(len(c.mini)) || from+miniSize > int64(len(c.small)) || len(s) > len(c.b) {
			return nil, errors.New("compound file: chain of small sectors is broken")
		}
		s = append(s, c.small[from:from+miniSize]...)
	}
	if uint64(len(s)) < e.size {
		return nil, errors.New("compound file: stream is cut short")
	}
	return s[:e.size], nil
}

// words reads b as 32-bit numbers.
func words(b []byte) []uint32 {
	w := make([]uint32, len(b)/4)
	for i := range w {
		w[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return w
}
