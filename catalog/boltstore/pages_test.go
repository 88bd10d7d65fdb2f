package boltstore

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
)

// badSector is a file in which some bytes cannot be read.
type badSector struct {
	bytes.Reader
	from, to int64
	calls    int
}

var errSector = errors.New("bad sector")

func (f *badSector) ReadAt(p []byte, off int64) (int, error) {
	f.calls++
	if off < f.to && off+int64(len(p)) > f.from {
		n, _ := f.Reader.ReadAt(p[:max(0, f.from-off)], off)
		return n, errSector
	}
	return f.Reader.ReadAt(p, off)
}

func TestReadingAheadReadsTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	file := make([]byte, 5*neighbours+1234)
	for i := range file {
		file[i] = byte(random.Uint32())
	}
	f := &badSector{from: 2*neighbours + 4096, to: 2*neighbours + 8192}
	f.Reset(file)
	a := &ahead{r: f}
	for range 20_000 {
		p := make([]byte, 1+random.IntN(3*4096))
		off := random.Int64N(int64(len(file)) + 4096)
		want := make([]byte, len(p))
		wantN, wantErr := f.ReadAt(want, off)
		n, err := a.ReadAt(p, off)
		if n != wantN || !errors.Is(err, wantErr) && err != wantErr || !bytes.Equal(p[:n], want[:n]) {
			t.Fatalf("%d bytes at %d: %d and %v, want %d and %v", len(p), off, n, err, wantN, wantErr)
		}
	}
	f.from, f.to, f.calls = 0, 0, 0
	page := make([]byte, 4096)
	for off := int64(0); off+4096 <= int64(len(file)); off += 4096 {
		if _, err := a.ReadAt(page, off); err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
	if f.calls > 12 {
		t.Errorf("%d pages in a row took %d calls", len(file)/4096, f.calls)
	}
}
