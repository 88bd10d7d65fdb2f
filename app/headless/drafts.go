package headless

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// open opens the drafts in a folder; done closes them.
func (a *app) open(dir string, readOnly bool) (*boltstore.Store, error) {
	s, err := boltstore.Open(dir, a.storeOptions(readOnly))
	if readOnly && errors.Is(err, fs.ErrPermission) {
		err = fs.ErrPermission
	}
	return s, about(dir, err)
}

// inFolder does work that may make the folder dir, and takes the folder away
// again if the work fails and nothing is in it.
func inFolder(dir string, work func() error) error {
	_, before := os.Lstat(dir)
	err := work()
	if err != nil && errors.Is(before, fs.ErrNotExist) {
		_ = os.Remove(dir)
	}
	return err
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
		cs, err = catalogs(ctx, s)
		return err
	})
	return cs, err
}

// catalogs reads all catalogs of a store in the order of the sectors' numbers.
func catalogs(ctx context.Context, s *boltstore.Store) ([]catalog.Catalog, error) {
	cs, err := s.Catalogs(ctx)
	number := func(c catalog.Catalog) int {
		info, _ := templates.Embedded().Sector(string(c.Sector))
		return info.No
	}
	slices.SortStableFunc(cs, func(a, b catalog.Catalog) int { return cmp.Compare(number(a), number(b)) })
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
		chosen, err := sectors(*names)
		if err != nil {
			return err
		}
		reasons, err := notApplicable(unused)
		if err != nil {
			return err
		}
		drafts, err := a.newDrafts(unit, chosen, reasons)
		if err != nil {
			return err
		}
		err = inFolder(*dir, func() error { return a.initDrafts(cmd.Context(), *dir, unit, drafts) })
		return about(*dir, err)
	})
	dir = a.dataFlag(cmd, true)
	unitCode = cmd.Flags().String("unit", "", helpUnit.In(a.lang))
	names = a.sectorFlag(cmd)
	cmd.Flags().StringArrayVar(&unused, "not-applicable", nil, helpNotApplicable.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// initDrafts saves drafts in a folder's store, which is made where there is none.
func (a *app) initDrafts(ctx context.Context, dir string, unit catalog.Unit, drafts []catalog.Catalog) (err error) {
	s, err := boltstore.Open(dir, a.storeOptions(false))
	if errors.Is(err, boltstore.ErrNoStore) {
		s, err = boltstore.Create(dir, unit, a.storeOptions(false))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if s.Unit().ID != unit.ID {
		return errOtherUnit
	}
	return a.addDrafts(ctx, s, drafts)
}

// notApplicable reads SECTOR=REASON pairs.
func notApplicable(pairs []string) (map[catalog.Sector]string, error) {
	out := map[catalog.Sector]string{}
	for _, p := range pairs {
		name, reason, ok := strings.Cut(p, "=")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, &usageError{what: reasonMissing, value: p}
		}
		found, err := sectors([]string{name})
		if err != nil {
			return nil, err
		}
		out[found[0].Slug] = strings.TrimSpace(reason)
	}
	return out, nil
}

// newDrafts makes the drafts of the sectors chosen, or of every national sector
// that has a template with entries for the unit's tier.
func (a *app) newDrafts(unit catalog.Unit, chosen []catalog.SectorInfo, unused map[catalog.Sector]string) ([]catalog.Catalog, error) {
	set := templates.Embedded()
	all := len(chosen) == 0
	if all {
		chosen = slices.DeleteFunc(slices.Clone(set.Sectors()), func(s catalog.SectorInfo) bool { return s.Optional })
	}
	var drafts []catalog.Catalog
	for _, s := range chosen {
		if reason, ok := unused[s.Slug]; ok {
			drafts = append(drafts, catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: s.Slug, NotApplicable: &catalog.NotApplicable{Reason: reason}})
			continue
		}
		tmpl, ok := set.Template(s.Slug)
		if !ok && all {
			continue
		}
		if !ok {
			return nil, &usageError{what: noTemplate, value: s.Name}
		}
		c := tmpl.Draft(unit, a.NewID)
		c.RegisterVersion = set.Register().Version()
		if len(c.Entries) > 0 || !all {
			drafts = append(drafts, c)
		}
	}
	for slug := range unused {
		if !containsSector(drafts, slug) {
			drafts = append(drafts, catalog.Catalog{Schema: catalog.Schema, Unit: unit, Sector: slug, NotApplicable: &catalog.NotApplicable{Reason: unused[slug]}})
		}
	}
	return drafts, nil
}

func containsSector(cs []catalog.Catalog, s catalog.Sector) bool {
	for i := range cs {
		if cs[i].Sector == s {
			return true
		}
	}
	return false
}

// addDrafts saves the drafts of sectors that the store does not hold yet, and
// marks those it holds that do not occur after all.
func (a *app) addDrafts(ctx context.Context, s *boltstore.Store, drafts []catalog.Catalog) error {
	held, err := s.Catalogs(ctx)
	if err != nil {
		return err
	}
	type row struct {
		Sector  catalog.Sector `json:"sector"`
		Entries int            `json:"entries"`
		Made    bool           `json:"made"`
		Unused  string         `json:"notApplicable,omitempty"`
	}
	var rows []row
	var fresh, unused []catalog.Catalog
	for _, c := range drafts {
		r := row{Sector: c.Sector, Entries: len(c.Entries)}
		if c.NotApplicable != nil {
			r.Unused = c.NotApplicable.Reason
		}
		switch {
		case !containsSector(held, c.Sector):
			r.Made = true
			fresh = append(fresh, c)
		case c.NotApplicable != nil:
			unused = append(unused, c)
		}
		rows = append(rows, r)
	}
	if len(fresh)+len(unused) > 0 {
		_, err = s.Edit(ctx, boltstore.EditInfo{By: a.User, Label: labelInit.In(a.lang)}, func(tx *boltstore.Tx) error {
			for _, c := range fresh {
				if err := tx.PutCatalog(c); err != nil {
					return err
				}
			}
			for _, c := range unused {
				if err := tx.SetNotApplicable(c.Sector, c.NotApplicable); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if a.json {
		return a.writeJSON(map[string]any{"unit": s.Unit(), "catalogs": rows})
	}
	a.print(initUnit, s.Unit().Publisher(), string(s.Unit().ID))
	for _, r := range rows {
		switch {
		case r.Unused != "":
			a.print(initUnused, sectorName(string(r.Sector)), r.Unused)
		case r.Made:
			a.print(initMade, sectorName(string(r.Sector)), r.Entries)
		default:
			a.print(initHeld, sectorName(string(r.Sector)))
		}
	}
	return nil
}

func (a *app) statusCommand() *cobra.Command {
	var dir *string
	cmd := a.command("status", helpStatus, 0, 0, func(cmd *cobra.Command, _ []string) error {
		return a.withDrafts(*dir, true, func(s *boltstore.Store) error { return a.status(cmd.Context(), s) })
	})
	dir = a.dataFlag(cmd, true)
	a.jsonFlag(cmd)
	return cmd
}

// statusRow is how far one sector's catalog is.
type statusRow struct {
	Sector        catalog.Sector `json:"sector"`
	Name          string         `json:"name"`
	Entries       int            `json:"entries"`
	Complete      int            `json:"complete"` // entries without an error
	Errors        int            `json:"errors"`
	Warnings      int            `json:"warnings"`
	Revision      uint64         `json:"revision"`
	State         string         `json:"state"` // draft, ready, not-applicable
	NotApplicable string         `json:"notApplicable,omitempty"`
	LastEdit      *time.Time     `json:"lastEdit,omitempty"`
	LastBy        string         `json:"lastBy,omitempty"`
}

func (a *app) status(ctx context.Context, s *boltstore.Store) error {
	cs, err := catalogs(ctx, s)
	if err != nil {
		return err
	}
	rows := make([]statusRow, len(cs))
	p := a.progress(doingCheck, len(cs))
	defer p.end()
	for i := range cs {
		if rows[i], err = a.statusOf(ctx, s, &cs[i]); err != nil {
			return err
		}
		p.step()
	}
	p.end()
	if a.json {
		return a.writeJSON(map[string]any{"unit": s.Unit(), "catalogs": rows})
	}
	a.print(initUnit, s.Unit().Publisher(), string(s.Unit().ID))
	if len(rows) == 0 {
		a.print(statusEmpty)
		return nil
	}
	tb := table{head: fields(tableStatus, a.lang)}
	for _, r := range rows {
		edited := ""
		if r.LastEdit != nil {
			edited = r.LastEdit.Local().Format("2006-01-02 15:04")
		}
		tb.add(r.Name, words.State(r.State).In(a.lang), fmt.Sprint(r.Entries), fmt.Sprint(r.Complete), fmt.Sprint(r.Errors), fmt.Sprint(r.Warnings), edited)
	}
	return tb.write(a.Stdout)
}

func (a *app) statusOf(ctx context.Context, s *boltstore.Store, c *catalog.Catalog) (statusRow, error) {
	row := statusRow{
		Sector: c.Sector, Name: sectorName(string(c.Sector)), Entries: len(c.Entries),
		Revision: c.Revision, State: "draft",
	}
	edits, err := s.History(ctx, boltstore.HistoryQuery{Sector: c.Sector, Limit: 1})
	if err != nil {
		return row, err
	}
	if len(edits) > 0 {
		row.LastEdit, row.LastBy = &edits[0].At, edits[0].By
	}
	if c.NotApplicable != nil {
		row.State, row.NotApplicable = "not-applicable", c.NotApplicable.Reason
		return row, nil
	}
	fs := a.checker(c, false).Catalog(c)
	row.Errors, row.Warnings, _ = tally(fs)
	wrong := map[catalog.EntryID]bool{}
	for _, f := range fs {
		if f.Severity == check.Error && f.Disputed == "" {
			wrong[f.Entry] = true
		}
	}
	for i := range c.Entries {
		if !wrong[c.Entries[i].ID] {
			row.Complete++
		}
	}
	if row.Errors == 0 && c.Signed() {
		row.State = "ready"
	}
	return row, nil
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
		found, err := sectors(*names)
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
