package headless

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/sync/client"
	"mulutong/sync/review"
)

// open opens the drafts in a folder; done closes them.
func (a *app) open(dir string, readOnly bool) (*boltstore.Store, error) {
	s, err := boltstore.Open(dir, a.storeOptions(readOnly))
	if readOnly && errors.Is(err, fs.ErrPermission) {
		err = fs.ErrPermission
	}
	return s, about(dir, err)
}

func (a *app) storeOptions(readOnly bool) boltstore.Options {
	return boltstore.Options{Now: a.Now, NewID: a.NewID, ReadOnly: readOnly}
}

// withDrafts opens a folder's drafts for one piece of work.
func (a *app) withDrafts(dir string, readOnly bool, work func(*boltstore.Store) error) (err error) {
	s, err := a.open(dir, readOnly)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return about(dir, work(s))
}

// stored reads all catalogs of a folder's drafts.
func (a *app) stored(ctx context.Context, dir string) (cs []catalog.Catalog, err error) {
	err = a.withDrafts(dir, true, func(s *boltstore.Store) error {
		cs, err = a.catalogs(ctx, s)
		return err
	})
	return cs, err
}

// catalogs reads all catalogs of a store in the order of the sectors' numbers.
func (a *app) catalogs(ctx context.Context, s *boltstore.Store) ([]catalog.Catalog, error) {
	cs, err := s.Catalogs(ctx)
	work.InOrder(a.set(), cs)
	return cs, err
}

func (a *app) initCommand() *cobra.Command {
	var (
		dir, unitCode *string
		names         *[]string
		unused        []string
	)
	cmd := a.command("init", helpInit, 0, 0, func(cmd *cobra.Command, _ []string) error {
		if *unitCode == "" {
			return &usageError{what: missingFlag, value: "--unit"}
		}
		unit, err := unitOf(*unitCode)
		if err != nil {
			return err
		}
		if unit.Kind == catalog.CityUnit {
			return &usageError{what: noCatalogsThere, value: unit.Name}
		}
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		reasons, err := a.notApplicable(unused)
		if err != nil {
			return err
		}
		drafts, err := a.newDrafts(unit, chosen, reasons)
		if err != nil {
			return err
		}
		added, err := work.Start(cmd.Context(), *dir, a.set(), unit, drafts, a.storeOptions(false), a.User, a.lang)
		if err != nil {
			return err
		}
		return a.reportAdded(unit, added)
	})
	dir = a.dataFlag(cmd, true)
	unitCode = cmd.Flags().String("unit", "", helpUnit.In(a.lang))
	names = a.sectorFlag(cmd)
	cmd.Flags().StringArrayVar(&unused, "not-applicable", nil, helpNotApplicable.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// notApplicable reads SECTOR=REASON pairs.
func (a *app) notApplicable(pairs []string) (map[catalog.Sector]string, error) {
	out := map[catalog.Sector]string{}
	for _, p := range pairs {
		name, reason, ok := strings.Cut(p, "=")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, &usageError{what: reasonMissing, value: p}
		}
		found, err := a.sectors([]string{name})
		if err != nil {
			return nil, err
		}
		out[found[0].Slug] = strings.TrimSpace(reason)
	}
	return out, nil
}

// newDrafts makes the drafts of the sectors chosen, or of every national one.
func (a *app) newDrafts(unit catalog.Unit, chosen []catalog.SectorInfo, unused map[catalog.Sector]string) ([]catalog.Catalog, error) {
	drafts, err := work.NewDrafts(a.set(), unit, chosen, unused, a.NewID)
	var none *work.NoTemplateError
	if errors.As(err, &none) {
		err = &usageError{what: noTemplate, value: none.Sector.Name}
	}
	return drafts, err
}

// reportAdded says what became of the drafts of a unit that were to be added.
func (a *app) reportAdded(unit catalog.Unit, added []work.Added) error {
	if a.json {
		return a.writeJSON(map[string]any{"unit": unit, "catalogs": added})
	}
	a.print(initUnit, unit.Publisher(), string(unit.ID))
	for _, r := range added {
		switch {
		case r.Unused != "":
			a.print(initUnused, a.sectorName(string(r.Sector)), r.Unused)
		case r.Made:
			a.print(initMade, a.sectorName(string(r.Sector)), r.Entries)
		default:
			a.print(initHeld, a.sectorName(string(r.Sector)))
		}
	}
	return nil
}

func (a *app) statusCommand() *cobra.Command {
	var dir *string
	cmd := a.command("status", helpStatus, 0, 0, func(cmd *cobra.Command, _ []string) error {
		return a.withClerk(cmd.Context(), *dir, true, func(c *clerk) error { return a.status(cmd.Context(), c) })
	})
	dir = a.dataFlag(cmd, true)
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) status(ctx context.Context, c *clerk) error {
	s := c.store
	cs, err := a.catalogs(ctx, s)
	if err != nil {
		return err
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		return err
	}
	bySector := map[catalog.Sector]*catalog.Head{}
	for i := range heads {
		bySector[heads[i].Sector] = &heads[i]
	}
	rows := make([]work.Status, len(cs))
	p := a.progress(doingCheck, len(cs))
	defer p.end()
	for i := range cs {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := &cs[i]
		rows[i] = work.StatusOf(bySector[c.Sector], c, a.sectorName(string(c.Sector)), a.checker(c, false).Catalog(c))
		p.step()
	}
	p.end()
	reviews, err := c.Status(ctx)
	if err != nil {
		return err
	}
	told, err := c.Notices(ctx)
	if err != nil {
		return err
	}
	if a.json {
		out := map[string]any{"unit": s.Unit(), "catalogs": rows}
		if len(reviews) > 0 || len(told) > 0 {
			out["reviews"], out["notices"] = reviews, told
		}
		return a.writeJSON(out)
	}
	a.print(initUnit, s.Unit().Publisher(), string(s.Unit().ID))
	if len(rows) == 0 {
		a.print(statusEmpty)
		return nil
	}
	tb := table{head: fields(tableStatus, a.lang)}
	if len(reviews) > 0 {
		tb.head = append(tb.head, statusReview.In(a.lang))
	}
	standing := map[catalog.Sector]string{}
	for i := range reviews {
		standing[reviews[i].Sector] = a.standsAt(&reviews[i])
	}
	for _, r := range rows {
		edited := ""
		if r.LastEdit != nil {
			edited = r.LastEdit.Local().Format("2006-01-02 15:04")
		}
		tb.add(append([]string{r.Name, words.State(string(r.State)).In(a.lang), fmt.Sprint(r.Entries), fmt.Sprint(r.Complete), fmt.Sprint(r.Errors), fmt.Sprint(r.Warnings), edited}, standing[r.Sector])[:len(tb.head)]...)
	}
	if n := work.Outdated(a.set(), heads); n > 0 {
		a.say(outdated, n)
	}
	if err := tb.write(a.Stdout); err != nil {
		return err
	}
	if len(told) > 0 {
		a.print(notices)
		for _, n := range told {
			a.print(noticeLine, n.At.Local().Format("2006-01-02"), n.Title, n.Text)
		}
	}
	return a.standing(ctx, c, reviews)
}

// standsAt says in a few words where a sector is in the review.
func (a *app) standsAt(s *client.Status) string {
	said := words.CaseState(s.State).In(a.lang)
	switch {
	case s.Queued:
		return queuedMark.In(a.lang)
	case s.State == review.New && s.Receipt != nil:
		return words.ReceiptStatus(s.Receipt.Status).In(a.lang)
	case s.Changed && s.State != review.New && s.State != review.Returned:
		return changedMark.In(a.lang, said)
	}
	return said
}

func (a *app) historyCommand() *cobra.Command {
	var (
		dir   *string
		names *[]string
		entry string
		limit int
	)
	cmd := a.command("history", helpHistory, 0, 0, func(cmd *cobra.Command, _ []string) error {
		q := boltstore.HistoryQuery{Entry: catalog.EntryID(entry), Limit: limit}
		if limit < 0 {
			return &usageError{what: badFlagValue, value: fmt.Sprint("--limit ", limit)}
		}
		if entry != "" && len(*names) == 0 {
			return &usageError{what: missingFlag, value: "--sector"}
		}
		found, err := a.sectors(*names)
		if err != nil {
			return err
		}
		if len(found) > 1 {
			return &usageError{what: extraArgument, value: string(found[1].Slug)}
		}
		if len(found) == 1 {
			q.Sector = found[0].Slug
		}
		return a.withDrafts(*dir, true, func(s *boltstore.Store) error {
			edits, err := s.History(cmd.Context(), q)
			if err != nil {
				return err
			}
			if a.json {
				if edits == nil {
					edits = []catalog.Edit{}
				}
				return a.writeJSON(map[string]any{"edits": edits})
			}
			if len(edits) == 0 {
				a.say(historyNone)
			}
			for _, e := range edits {
				label := e.Label
				switch {
				case e.Undoes != 0:
					label = historyUndo.In(a.lang, e.Undoes, label)
				case e.Redoes != 0:
					label = historyRedo.In(a.lang, e.Redoes, label)
				}
				a.print(historyLine, e.Seq, e.At.Local().Format(time.DateTime), e.By, label, len(e.Changes))
			}
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&entry, "entry", "", helpEntry.In(a.lang))
	cmd.Flags().IntVar(&limit, "limit", 50, helpLimit.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}
