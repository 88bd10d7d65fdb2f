package sheet

import (
	"bytes"
	"context"
	"fmt"
)

// open reads every table of a file into grids. The name only breaks ties
// between kinds of text; ctx and lim bound the work.
func open(ctx context.Context, name string, b []byte, lim Limits) (gs []grid, f Format, err error) {
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, "", ErrEmpty
	}
	if lim.FileSize > 0 && int64(len(b)) > lim.FileSize {
		return nil, "", &LimitError{What: "file size", Limit: lim.FileSize}
	}
	bud, cancel := start(ctx, lim)
	defer cancel()
	if err := bud.alive(); err != nil {
		return nil, "", err
	}
	// The libraries below meet files nobody foresaw; a panic is that file's error.
	defer func() {
		if p := recover(); p != nil {
			gs, err = nil, &FormatError{Detected: f, Err: fmt.Errorf("reader gave up: %v", p)}
		}
	}()
	f = sniff(b)
	switch f {
	case XLSX:
		gs, err = openXLSX(bud, b)
	default:
		return nil, f, &FormatError{Detected: f, Want: readable}
	}
	if err != nil {
		if alive := bud.alive(); alive != nil {
			return nil, f, alive
		}
		return nil, f, damaged(f, err)
	}
	return gs, f, nil
}

// sniff tells what kind of file b is by its first bytes.
func sniff(b []byte) Format {
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return XLSX
	}
	return Binary
}
