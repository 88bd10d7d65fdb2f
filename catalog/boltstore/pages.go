package boltstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// bbolt reads pages where they lie in mapped memory and believes them: a bad
// offset there is a fault that ends the program. checkPages looks at a file's
// pages by ordinary reads first. It knows bbolt's file format, version 2, which
// has not changed since 2014: numbers in the machine's order, little-endian on
// every machine we build for.

const (
	pageHeader  = 16
	elementSize = 16
	metaSize    = 64
	bucketSize  = 16

	branchPage   = 1
	leafPage     = 2
	freelistPage = 16

	bucketElement = 1

	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = 1<<64 - 1
	minPageSize = 1 << 10
	maxPageSize = 1 << 16
	maxNesting  = 8 // of buckets; ours has one
)

var little = binary.LittleEndian

// pages is a file of bbolt being checked.
type pages struct {
	r        io.ReaderAt
	pageSize int64
	count    uint64 // pages in use or free: ids are below it
	seen     []bool
	buffers  [][]byte // one for each depth of the tree
}

// checkPages fails with ErrDamaged where a page that bbolt would follow is not
// what it must be: out of the file, used twice, of the wrong kind, or with
// elements that leave it or are out of order.
func checkPages(r io.ReaderAt, size int64) error {
	m, err := newestMeta(r, size)
	if err != nil {
		return err
	}
	p := &pages{r: &ahead{r: r}, pageSize: m.pageSize, count: m.count}
	if p.count < 3 || p.count > uint64(size/p.pageSize) {
		return fmt.Errorf("%w: the file ends at page %d of %d", ErrDamaged, size/p.pageSize, p.count)
	}
	p.seen = make([]bool, p.count)
	p.seen[0], p.seen[1] = true, true
	if m.freelist != noFreelist {
		if err := p.checkFreelist(m.freelist); err != nil {
			return err
		}
	}
	return p.check(m.root, nil, nil, 0, 0)
}

// ahead reads the neighbours of what it is asked for too: pages that follow one
// another in the tree mostly do so in the file, and calling the system for each
// takes longer than copying it.
type ahead struct {
	r  io.ReaderAt
	at int64
	b  []byte // what lies there
}

const neighbours = 64 << 10

func (a *ahead) ReadAt(p []byte, off int64) (int, error) {
	if n, ok := a.copy(p, off); ok {
		return n, nil
	}
	if len(p) < neighbours {
		if a.b == nil {
			a.b = make([]byte, neighbours)
		}
		// What cannot be read among the neighbours need not be what is asked for.
		a.at = off - off%neighbours
		n, _ := a.r.ReadAt(a.b[:neighbours], a.at)
		a.b = a.b[:n]
		if n, ok := a.copy(p, off); ok {
			return n, nil
		}
	}
	return a.r.ReadAt(p, off)
}

func (a *ahead) copy(p []byte, off int64) (int, bool) {
	if off < a.at || off+int64(len(p)) > a.at+int64(len(a.b)) {
		return 0, false
	}
	return copy(p, a.b[off-a.at:]), true
}

type meta struct {
	pageSize              int64
	root, freelist, count uint64
	txid                  uint64
}

// newestMeta returns the valid one of the two descriptions of the file, the
// newer where both are.
func newestMeta(r io.ReaderAt, size int64) (meta, error) {
	first, err := readMeta(r, 0)
	if err == nil {
		if second, err := readMeta(r, first.pageSize); err == nil && second.pageSize == first.pageSize && second.txid > first.txid {
			return second, nil
		}
		return first, nil
	}
	for at := int64(minPageSize); at <= maxPageSize && at < size; at *= 2 {
		if second, err := readMeta(r, at); err == nil && second.pageSize == at {
			return second, nil
		}
	}
	return meta{}, err
}

func readMeta(r io.ReaderAt, at int64) (meta, error) {
	b := make([]byte, pageHeader+metaSize)
	if _, err := r.ReadAt(b, at); err != nil {
		if errors.Is(err, io.EOF) {
			err = fmt.Errorf("%w: the file is too short", ErrDamaged)
		}
		return meta{}, err
	}
	b = b[pageHeader:]
	h := fnv.New64a()
	h.Write(b[:metaSize-8])
	m := meta{
		pageSize: int64(little.Uint32(b[8:])),
		root:     little.Uint64(b[16:]),
		freelist: little.Uint64(b[32:]),
		count:    little.Uint64(b[40:]),
		txid:     little.Uint64(b[48:]),
	}
	if little.Uint32(b) != boltMagic || little.Uint32(b[4:]) != boltVersion || little.Uint64(b[56:]) != h.Sum64() {
		return meta{}, fmt.Errorf("%w: not a file of drafts, or its first pages are overwritten", ErrDamaged)
	}
	if m.pageSize < minPageSize || m.pageSize > maxPageSize || m.pageSize&(m.pageSize-1) != 0 {
		return meta{}, fmt.Errorf("%w: page size %d", ErrDamaged, m.pageSize)
	}
	return m, nil
}

// page reads a page with what overflows it, and marks it as used.
func (p *pages) page(id uint64, depth int) ([]byte, error) {
	if id < 2 || id >= p.count {
		return nil, p.bad(id, "outside the file")
	}
	for len(p.buffers) <= depth {
		p.buffers = append(p.buffers, make([]byte, p.pageSize))
	}
	b := p.buffers[depth][:p.pageSize]
	if _, err := p.r.ReadAt(b, int64(id)*p.pageSize); err != nil {
		return nil, err
	}
	if little.Uint64(b) != id {
		return nil, p.bad(id, "says it is page %d", little.Uint64(b))
	}
	overflow := uint64(little.Uint32(b[12:]))
	if overflow >= p.count-id {
		return nil, p.bad(id, "overflows the file")
	}
	for i := id; i <= id+overflow; i++ {
		if p.seen[i] {
			return nil, p.bad(i, "used twice")
		}
		p.seen[i] = true
	}
	if overflow == 0 {
		return b, nil
	}
	size := int64(overflow+1) * p.pageSize
	if int64(cap(b)) < size {
		p.buffers[depth] = make([]byte, size)
		b = p.buffers[depth]
	}
	b = b[:size]
	_, err := p.r.ReadAt(b, int64(id)*p.pageSize)
	return b, err
}

func (p *pages) checkFreelist(id uint64) error {
	b, err := p.page(id, 0)
	if err != nil {
		return err
	}
	if kind(b) != freelistPage {
		return p.bad(id, "not a list of free pages")
	}
	n, ids := uint64(little.Uint16(b[10:])), b[pageHeader:]
	if n == 0xFFFF {
		n, ids = little.Uint64(ids), ids[8:]
	}
	if n > uint64(len(ids)/8) {
		return p.bad(id, "lists %d free pages", n)
	}
	for i := range n {
		free := little.Uint64(ids[i*8:])
		if free < 2 || free >= p.count || p.seen[free] {
			return p.bad(id, "page %d cannot be free", free)
		}
		p.seen[free] = true
	}
	return nil
}

// check looks at the tree below a page, whose keys are not below from and below
// to, where these are not nil.
func (p *pages) check(id uint64, from, to []byte, depth, nesting int) error {
	b, err := p.page(id, depth)
	if err != nil {
		return err
	}
	switch kind(b) {
	case leafPage:
		return p.checkLeaf(id, b, from, to, depth, nesting)
	case branchPage:
	default:
		return p.bad(id, "neither branch nor leaf")
	}
	n := int(little.Uint16(b[10:]))
	if n == 0 {
		return p.bad(id, "a branch without leaves")
	}
	keys := make([][]byte, n+1)
	keys[n] = to
	for i := range n {
		pos, size, _, ok := element(b, i, branchPage)
		if !ok {
			return p.bad(id, "element %d leaves the page", i)
		}
		keys[i] = bytes.Clone(b[pos : pos+size])
	}
	if err := p.inOrder(id, keys[:n], from, to); err != nil {
		return err
	}
	for i := range n {
		child := little.Uint64(b[pageHeader+i*elementSize+8:])
		if err := p.check(child, keys[i], keys[i+1], depth+1, nesting); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) checkLeaf(id uint64, b, from, to []byte, depth, nesting int) error {
	n := int(little.Uint16(b[10:]))
	keys := make([][]byte, n)
	for i := range n {
		pos, ksize, _, ok := element(b, i, leafPage)
		if !ok {
			return p.bad(id, "element %d leaves the page", i)
		}
		keys[i] = b[pos : pos+ksize]
	}
	if err := p.inOrder(id, keys, from, to); err != nil {
		return err
	}
	for i := range n {
		if little.Uint32(b[pageHeader+i*elementSize:])&bucketElement == 0 {
			continue
		}
		pos, ksize, vsize, _ := element(b, i, leafPage)
		v := b[pos+ksize : pos+ksize+vsize]
		if err := p.checkBucket(id, v, depth, nesting+1); err != nil {
			return err
		}
	}
	return nil
}

// checkBucket looks at the bucket whose head is v: its root is another page, or
// follows the head.
func (p *pages) checkBucket(id uint64, v []byte, depth, nesting int) error {
	if len(v) < bucketSize || nesting > maxNesting {
		return p.bad(id, "a broken bucket")
	}
	if root := little.Uint64(v); root != 0 {
		return p.check(root, nil, nil, depth+1, nesting)
	}
	inline := v[bucketSize:]
	if len(inline) < pageHeader || kind(inline) != leafPage || little.Uint32(inline[12:]) != 0 {
		return p.bad(id, "a broken bucket")
	}
	return p.checkLeaf(id, inline, nil, nil, depth, nesting)
}

func (p *pages) inOrder(id uint64, keys [][]byte, from, to []byte) error {
	for i, k := range keys {
		switch {
		case len(k) == 0:
			return p.bad(id, "key %d is empty", i)
		case i > 0 && bytes.Compare(keys[i-1], k) >= 0, i == 0 && bytes.Compare(from, k) > 0, to != nil && bytes.Compare(k, to) >= 0:
			return p.bad(id, "key %d is out of order", i)
		}
	}
	return nil
}

func (p *pages) bad(id uint64, format string, args ...any) error {
	return fmt.Errorf("%w: page %d: %s", ErrDamaged, id, fmt.Sprintf(format, args...))
}

func kind(b []byte) uint16 { return little.Uint16(b[8:]) }

// element returns where element i's key begins and the sizes of key and value;
// not ok where they leave the page.
func element(b []byte, i, kind int) (pos, ksize, vsize int, ok bool) {
	at := pageHeader + i*elementSize
	if at+elementSize > len(b) {
		return 0, 0, 0, false
	}
	e := b[at : at+elementSize]
	var p, k, v uint32
	if kind == branchPage {
		p, k = little.Uint32(e), little.Uint32(e[4:])
	} else {
		p, k, v = little.Uint32(e[4:]), little.Uint32(e[8:]), little.Uint32(e[12:])
	}
	end := int64(at) + int64(p) + int64(k) + int64(v)
	return at + int(p), int(k), int(v), end <= int64(len(b))
}
