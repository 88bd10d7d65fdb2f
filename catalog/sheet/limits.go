package sheet

import (
	"context"
	"strings"
	"time"
)

// Limits bound what reading one file may cost. A zero limit is none.
type Limits struct {
	FileSize     int64 // bytes on disk
	UnzippedSize int64 // bytes of all parts of a workbook or document together; they are never held whole
	Sheets       int   // worksheets or tables
	Rows         int   // rows of one table that say something
	Cols         int   // columns of one table up to the last that says something
	Cells        int   // cells of all tables, each row counted up to its last text
	Text         int64 // bytes of text of all cells together
	Time         time.Duration
}

// DefaultLimits are far above what an office's catalogs need and low enough for
// an old machine.
var DefaultLimits = Limits{
	FileSize:     64 << 20,
	UnzippedSize: 1 << 30,
	Sheets:       256,
	Rows:         400_000,
	Cols:         1024,
	Cells:        4_000_000,
	Text:         256 << 20,
	Time:         60 * time.Second,
}

// budget watches over one reading.
type budget struct {
	ctx   context.Context
	lim   Limits
	cells int
	text  int64
	steps int
}

// start returns a budget whose context ends when the time is up.
func start(ctx context.Context, lim Limits) (*budget, context.CancelFunc) {
	cancel := func() {}
	if lim.Time > 0 {
		ctx, cancel = context.WithTimeoutCause(ctx, lim.Time,
			&LimitError{What: "time", Limit: lim.Time.Milliseconds()})
	}
	return &budget{ctx: ctx, lim: lim}, cancel
}

// tick is called once for every small piece of work; it looks at the clock now
// and then.
func (b *budget) tick() error {
	b.steps++
	if b.steps%256 != 0 {
		return nil
	}
	return b.alive()
}

// alive tells whether the reading may go on.
func (b *budget) alive() error {
	if b.ctx.Err() != nil {
		return context.Cause(b.ctx)
	}
	return nil
}

// add puts a row into g unless it says nothing, and counts its cells.
func (b *budget) add(g *grid, r gridRow) error {
	for len(r.cells) > 0 && strings.TrimSpace(r.cells[len(r.cells)-1]) == "" {
		r.cells = r.cells[:len(r.cells)-1]
	}
	if len(r.cells) == 0 {
		return b.tick()
	}
	g.rows = append(g.rows, r)
	b.cells += len(r.cells)
	for _, s := range r.cells {
		b.text += int64(len(s))
	}
	switch {
	case over(len(g.rows), b.lim.Rows):
		return &LimitError{What: "rows", Limit: int64(b.lim.Rows)}
	case over(len(r.cells), b.lim.Cols):
		return &LimitError{What: "columns", Limit: int64(b.lim.Cols)}
	case over(b.cells, b.lim.Cells):
		return &LimitError{What: "cells", Limit: int64(b.lim.Cells)}
	case b.lim.Text > 0 && b.text > b.lim.Text:
		return &LimitError{What: "text", Limit: b.lim.Text}
	}
	return b.tick()
}

func over(n, limit int) bool { return limit > 0 && n > limit }
