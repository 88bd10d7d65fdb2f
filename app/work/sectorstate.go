package work

import (
	"context"

	"mulutong/catalog"
)

// SectorState is how one sector's catalog stands before it leaves the office:
// what a check finds, and whether it is signed off as it is.
type SectorState struct {
	Info          catalog.SectorInfo
	Entries       int
	Tally         Tally
	NotApplicable string // the reason; empty: the sector occurs in the unit
	Revision      uint64
	SignOff       *catalog.SignOff
	Signed        bool   // as the catalog is now
	Scans         []Scan // of the signed form, the latest revision first
}

// Clean reports whether no error is left that nobody has answered.
func (s *SectorState) Clean() bool { return s.Tally.Errors == 0 }

// Stale reports whether the catalog was signed off and has changed since.
func (s *SectorState) Stale() bool { return s.SignOff != nil && !s.Signed }

// SectorStates says of every catalog of the unit how it stands, in the usual order
// of the sectors. It takes as long as checking them all.
func (d *Desk) SectorStates(ctx context.Context) ([]SectorState, error) {
	cs, err := d.Stored(ctx)
	if err != nil {
		return nil, err
	}
	InOrder(d.Know(), cs)
	scans, err := d.scans()
	if err != nil {
		return nil, err
	}
	out := make([]SectorState, len(cs))
	EachAtOnce(len(cs), func(i int) {
		if ctx.Err() != nil {
			return
		}
		c := &cs[i]
		s := SectorState{
			Info: d.sectorInfo(c.Sector), Entries: len(c.Entries), Revision: c.Revision,
			SignOff: c.SignOff, Signed: c.Signed(), Scans: scans[c.Sector],
		}
		if c.NotApplicable != nil {
			s.NotApplicable = c.NotApplicable.Reason
		} else {
			s.Tally = Count(d.Checker().Catalog(c))
		}
		out[i] = s
	})
	return out, ctx.Err()
}
