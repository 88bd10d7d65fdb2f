package sheet

import (
	"slices"

	"mulutong/catalog"
)

// memo remembers what was read from texts that come again and again: most cells
// of a catalog repeat their neighbours'.
type memo[T any] struct {
	read func(string) T
	seen map[string]T
}

// memoSize bounds a memo; one that is full starts anew.
const memoSize = 1 << 12

func newMemo[T any](read func(string) T) memo[T] {
	return memo[T]{read: read, seen: map[string]T{}}
}

func (m *memo[T]) get(s string) T {
	if v, ok := m.seen[s]; ok {
		return v
	}
	if len(m.seen) >= memoSize {
		clear(m.seen)
	}
	v := m.read(s)
	m.seen[s] = v
	return v
}

// parsers read the cells of all tables of a document.
type parsers struct {
	names      *sectorNames
	bases      memo[catalog.Basis]
	limits     memo[catalog.TimeLimit]
	chosen     memo[catalog.Channels]
	mustMay    memo[catalog.Channels]
	publishers memo[string]
	audiences  memo[catalog.Audience]
	modes      memo[catalog.Mode]
	tierSets   memo[catalog.TierSet]
	sectors    memo[catalog.Sector]
}

func newParsers(names *sectorNames) *parsers {
	channels := func(m catalog.Marks) func(string) catalog.Channels {
		return func(s string) catalog.Channels { return catalog.ParseChannels(carriers(s), m) }
	}
	return &parsers{
		names:      names,
		bases:      newMemo(func(s string) catalog.Basis { return catalog.ParseBasis(citations(s)) }),
		limits:     newMemo(func(s string) catalog.TimeLimit { return catalog.ParseTimeLimit(sentence(s)) }),
		chosen:     newMemo(channels(catalog.Chosen)),
		mustMay:    newMemo(channels(catalog.MustMay)),
		publishers: newMemo(bodies),
		audiences:  newMemo(func(s string) catalog.Audience { return catalog.ParseAudience(prose(s)) }),
		modes:      newMemo(func(s string) catalog.Mode { return catalog.ParseMode(oneLine(s)) }),
		tierSets:   newMemo(func(s string) catalog.TierSet { return catalog.ParseTiers(oneLine(s)) }),
		sectors:    newMemo(names.cell),
	}
}

// Entries do not share memory, so that changing one changes no other.

func (p *parsers) basis(s string) catalog.Basis { return slices.Clone(p.bases.get(s)) }

func (p *parsers) timeLimit(s string) catalog.TimeLimit {
	t := p.limits.get(s)
	t.Clauses = slices.Clone(t.Clauses)
	return t
}

func (p *parsers) channels(s string, m catalog.Marks) catalog.Channels {
	c := p.chosen.get
	if m == catalog.MustMay {
		c = p.mustMay.get
	}
	ch := c(s)
	ch.Others = slices.Clone(ch.Others)
	return ch
}

// carrier adds one carrier of a table that ticks each in a column of its own.
func (p *parsers) carrier(e *catalog.Entry, name string) {
	ch := p.channels(name, catalog.Chosen)
	e.Channels.Set |= ch.Set
	e.Channels.Others = append(e.Channels.Others, ch.Others...)
}
