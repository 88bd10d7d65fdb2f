package work

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
)

// Counts is what a check of one sector's catalog found.
type Counts struct {
	Revision uint64 `json:"revision"` // of the catalog that was checked
	Clean    int    `json:"clean"`    // entries without an error
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
}

// Line is one sector on the board.
type Line struct {
	Info   catalog.SectorInfo
	Head   catalog.Head
	Counts *Counts // nil: not counted yet
	State  State
	// Untouched: the draft is as it was made, and nobody has opened it.
	Untouched bool
}

// Unused reports whether the unit says the sector does not occur.
func (l *Line) Unused() bool { return l.Head.NotApplicable != nil }

// Reviews says how the sectors stand with the reviewers; what it does not name has
// not been submitted.
type Reviews interface {
	States(context.Context) (map[catalog.Sector]State, error)
}

// Due is when catalogs are due next.
type Due struct {
	Date catalog.Date
	Days int  // from today
	Sure bool // false: the calendar of that year is not known, and holidays do not count
}

// Due is when the unit's catalogs are due next, by a day of the month.
func (d *Desk) Due(day int) Due {
	today := d.today()
	due, err := d.Know().Calendar().NextDue(today, day)
	at, _ := today.Time()
	if err != nil {
		due = catalog.DateOf(nominalDue(at, cmp.Or(day, catalog.DueDay)))
	}
	then, _ := due.Time()
	return Due{Date: due, Days: int(then.Sub(at).Hours() / 24), Sure: err == nil}
}

// nominalDue is the next such day of a month, holidays aside.
func nominalDue(today time.Time, day int) time.Time {
	for month := today.Month(); ; month++ {
		last := time.Date(today.Year(), month+1, 0, 0, 0, 0, 0, time.UTC)
		if due := last.AddDate(0, 0, min(day, last.Day())-last.Day()); !due.Before(today) {
			return due
		}
	}
}

// Board says of every sector how far it is, in their usual order. It reads no
// entries: the counts are those remembered of the same revision. reviews may be nil.
func (d *Desk) Board(ctx context.Context, reviews Reviews) ([]Line, error) {
	heads, err := d.inUse().Heads(ctx)
	if err != nil {
		return nil, err
	}
	var states map[catalog.Sector]State
	if reviews != nil {
		if states, err = reviews.States(ctx); err != nil {
			return nil, err
		}
	}
	known, looked := d.remembered()
	lines := make([]Line, len(heads))
	for i, h := range heads {
		l := Line{Info: d.sectorInfo(h.Sector), Head: h, Untouched: h.Revision == 1 && !looked[h.Sector]}
		if c, ok := known[h.Sector]; ok && c.Revision == h.Revision {
			l.Counts = &c
		}
		l.settle(states[h.Sector])
		lines[i] = l
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.Info.No, b.Info.No) })
	return lines, nil
}

// settle finds the line's state, given what the reviewers say.
func (l *Line) settle(review State) {
	switch {
	case l.Unused():
		l.State = StateNotApplicable
	case review != "":
		l.State = review
	case l.Head.Signed && (l.Counts == nil || l.Counts.Errors == 0):
		l.State = StateReady
	default:
		l.State = StateDraft
	}
}

// Counted is the line with new counts, which may be of another revision than the
// line and are then passed over.
func (l Line) Counted(c Counts) Line {
	if c.Revision != l.Head.Revision {
		return l
	}
	l.Counts = &c
	if l.State == StateReady && c.Errors > 0 || l.State == StateDraft {
		l.settle("")
	}
	return l
}

// Count checks a sector's catalog as it is on disk, with what was typed so far
// where the store takes it, and remembers the counts.
func (d *Desk) Count(ctx context.Context, s catalog.Sector) (Counts, error) {
	if err := d.Flush(ctx); err != nil && ctx.Err() != nil {
		return Counts{}, err
	}
	c, err := d.inUse().Catalog(ctx, s)
	if err != nil {
		return Counts{}, err
	}
	n := Counts{Revision: c.Revision}
	if c.NotApplicable == nil {
		fs := d.Checker().Catalog(&c)
		t := Count(fs)
		n.Clean, n.Errors, n.Warnings = Clean(&c, fs), t.Errors, t.Warnings
	}
	d.remember(s, n)
	return n, nil
}

// countsFile keeps the counts of last time beside the store, so that a board has
// numbers before thousands of entries have been checked again.
const countsFile = "counts.json"

// kept are counts with what they depend on besides the catalogs, and which sectors
// somebody has opened.
type kept struct {
	Templates string                    `json:"templates"`
	Counts    map[catalog.Sector]Counts `json:"counts"`
	Looked    map[catalog.Sector]bool   `json:"looked"`
}

// boardMemory is what a desk remembers for its board. It has a lock of its own: typing
// does not wait while the file is written.
type boardMemory struct {
	mu   sync.Mutex
	read bool
	kept
}

// remembered are the counts of last time, as far as they still mean something, and
// the sectors that somebody has opened.
func (d *Desk) remembered() (map[catalog.Sector]Counts, map[catalog.Sector]bool) {
	know := d.Know()
	m := &d.board
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.read {
		m.read = true
		if b, err := os.ReadFile(filepath.Join(d.dir, countsFile)); err == nil {
			_ = json.Unmarshal(b, &m.kept) // what cannot be read is counted anew
		}
	}
	if m.Templates != know.Version() || m.Counts == nil { // the register is of the same release
		m.Templates = know.Version()
		m.Counts = map[catalog.Sector]Counts{}
	}
	if m.Looked == nil {
		m.Looked = map[catalog.Sector]bool{}
	}
	return maps.Clone(m.Counts), maps.Clone(m.Looked)
}

// remember puts new counts to the others.
func (d *Desk) remember(s catalog.Sector, n Counts) {
	if all, _ := d.remembered(); all[s] != n {
		d.board.change(d.dir, func(k *kept) { k.Counts[s] = n })
	}
}

// Looked says that somebody has opened a sector's draft.
func (d *Desk) Looked(s catalog.Sector) {
	if _, looked := d.remembered(); !looked[s] {
		d.board.change(d.dir, func(k *kept) { k.Looked[s] = true })
	}
}

// change remembers something else, in the file too where that is possible; without
// it all is counted anew.
func (m *boardMemory) change(dir string, fn func(*kept)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fn(&m.kept)
	b, err := json.Marshal(m.kept)
	if err != nil || dir == "" {
		return
	}
	_ = atomicfile.WriteFile(filepath.Join(dir, countsFile), func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// NextKind tells what to do next.
type NextKind string

// What there is to do, the most pressing first.
const (
	NextReturned  NextKind = "returned"  // a sector came back from the reviewers
	NextErrors    NextKind = "errors"    // a sector has errors
	NextUntouched NextKind = "untouched" // nobody has looked through a sector's draft yet
	NextSign      NextKind = "sign"      // sectors without errors wait to be signed off
	NextExport    NextKind = "export"    // what is signed off can go out
	NextWait      NextKind = "wait"      // all is with the reviewers, or approved
	NextAdd       NextKind = "add"       // there is no sector to work on
	NextCount     NextKind = "count"     // not known before all is counted
)

// Next is the one thing to do next.
type Next struct {
	Kind   NextKind
	Sector catalog.SectorInfo // of Returned, Errors, Untouched
	N      int                // errors, or entries, or sectors
}

// NextOf says what to do next: what came back, then errors, where somebody was at
// work last, then what nobody has looked at, then signing off, then exporting.
func NextOf(lines []Line) Next {
	var returned, wrong, untouched []Line
	clean, signed, away, uncounted := 0, 0, 0, 0
	for _, l := range lines {
		switch {
		case l.Unused():
		case l.State == StateReturned:
			returned = append(returned, l)
		case l.State == StateSubmitted || l.State == StateApproved:
			away++
		case l.Counts == nil:
			uncounted++
		case l.Counts.Errors > 0:
			wrong = append(wrong, l)
		case l.State == StateReady:
			signed++
		case l.Untouched:
			untouched = append(untouched, l)
		default:
			clean++
		}
	}
	latest := func(ls []Line) Line {
		return slices.MaxFunc(ls, func(a, b Line) int {
			return cmp.Or(a.Head.EditedAt.Compare(b.Head.EditedAt), cmp.Compare(b.Info.No, a.Info.No))
		})
	}
	switch {
	case len(returned) > 0:
		return Next{Kind: NextReturned, Sector: returned[0].Info}
	case len(wrong) > 0:
		l := latest(wrong)
		return Next{Kind: NextErrors, Sector: l.Info, N: l.Counts.Errors}
	case uncounted > 0:
		return Next{Kind: NextCount, N: uncounted}
	case len(untouched) > 0:
		return Next{Kind: NextUntouched, Sector: untouched[0].Info, N: untouched[0].Head.Entries}
	case clean > 0:
		return Next{Kind: NextSign, N: clean}
	case signed > 0:
		return Next{Kind: NextExport, N: signed}
	case away > 0:
		return Next{Kind: NextWait, N: away}
	}
	return Next{Kind: NextAdd}
}

// Labels of what the board does.
var (
	labelAdd    = words.Text{ZH: "加入领域：%s", EN: "sectors added: %s"}
	labelUnused = words.Text{ZH: "%s：标为不涉及", EN: "%s: not applicable"}
	labelUsed   = words.Text{ZH: "%s：恢复编制", EN: "%s: brought back"}
)

// Addable lists the sectors that the unit has no catalog of, and that have entries
// for its tier.
func (d *Desk) Addable(ctx context.Context) ([]Offered, error) {
	held, err := d.inUse().Sectors(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(Offer(d.Know(), d.Unit()), func(o Offered) bool { return o.Entries == 0 || slices.Contains(held, o.Slug) }), nil
}

// AddSectors makes drafts of sectors from their templates, in one edit.
func (d *Desk) AddSectors(ctx context.Context, sectors []catalog.Sector) error {
	var infos []catalog.SectorInfo
	var names []string
	for _, s := range sectors {
		info := d.sectorInfo(s)
		infos = append(infos, info)
		names = append(names, words.Sector(info).In(d.Lang()))
	}
	if len(infos) == 0 {
		return ErrNoSectors
	}
	drafts, err := NewDrafts(d.Know(), d.Unit(), infos, nil, d.NewID)
	if err != nil {
		return err
	}
	_, err = d.Edit(ctx, labelAdd.In(d.Lang(), strings.Join(names, "、")), func(tx *boltstore.Tx) error {
		for _, c := range drafts {
			if err := tx.PutCatalog(c); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// SetUnused records why a sector does not occur in the unit. What was written of it
// stays in the store.
func (d *Desk) SetUnused(ctx context.Context, s catalog.Sector, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return ErrNoReason
	}
	label := labelUnused.In(d.Lang(), words.Sector(d.sectorInfo(s)).In(d.Lang()))
	_, err := d.Edit(ctx, label, func(tx *boltstore.Tx) error {
		return tx.SetNotApplicable(s, &catalog.NotApplicable{Reason: reason})
	})
	return err
}

// BringBack takes back that a sector does not occur: its entries are there again,
// or, where there were none, the template's.
func (d *Desk) BringBack(ctx context.Context, s catalog.Sector) error {
	info := d.sectorInfo(s)
	drafts, err := NewDrafts(d.Know(), d.Unit(), []catalog.SectorInfo{info}, nil, d.NewID)
	var none *NoTemplateError
	if err != nil && !errors.As(err, &none) {
		return err
	}
	label := labelUsed.In(d.Lang(), words.Sector(info).In(d.Lang()))
	_, err = d.Edit(ctx, label, func(tx *boltstore.Tx) error {
		now, err := tx.Catalog(s)
		if err != nil {
			return err
		}
		if err := tx.SetNotApplicable(s, nil); err != nil || len(now.Entries) > 0 || len(drafts) == 0 {
			return err
		}
		for _, e := range drafts[0].Entries {
			if _, err := tx.AppendEntry(e); err != nil {
				return err
			}
		}
		return tx.SetVersions(s, drafts[0].TemplateVersion, drafts[0].RegisterVersion)
	})
	return err
}
