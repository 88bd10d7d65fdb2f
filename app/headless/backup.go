package headless

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

func (a *app) backupCommand() *cobra.Command {
	var dir *string
	var out string
	cmd := a.command("backup", helpBackup, 0, 0, func(cmd *cobra.Command, _ []string) error {
		return a.withDrafts(*dir, true, func(s *boltstore.Store) error {
			path := cmp.Or(out, filepath.Join(work.BackupDir(*dir), "mulu-"+string(s.Unit().ID)+a.Now().Format("-20060102-150405")+".mulubak"))
			p := a.progress(doingBackup, 0)
			err := work.BackupTo(cmd.Context(), s, *dir, path)
			p.end()
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"backup": path})
			}
			a.print(backupDone, path)
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	cmd.Flags().StringVar(&out, "out", "", helpBackupOut.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) restoreCommand() *cobra.Command {
	var (
		dir             *string
		names           *[]string
		from, at, entry string
		undo, redo      bool
	)
	cmd := a.command("restore", helpRestore, 0, 0, func(cmd *cobra.Command, _ []string) error {
		ways := 0
		for _, chosen := range []bool{from != "", at != "", undo, redo} {
			if chosen {
				ways++
			}
		}
		if ways != 1 {
			return &usageError{what: oneWayToRestore}
		}
		if at == "" && len(*names) > 0 {
			return &usageError{what: onlyWithAt, value: "--sector"}
		}
		if at == "" && entry != "" {
			return &usageError{what: onlyWithAt, value: "--entry"}
		}
		if from != "" {
			if err := a.restoreBackup(cmd.Context(), from, *dir); err != nil {
				return err
			}
			return a.restored(*dir, restoreDone, catalog.Edit{Label: from})
		}
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		var when time.Time
		if at != "" {
			if when, err = parseTime(at); err != nil {
				return &usageError{what: badTime, value: at}
			}
			if len(chosen) != 1 {
				return &usageError{what: missingFlag, value: "--sector"}
			}
		}
		return a.withDrafts(*dir, false, func(s *boltstore.Store) error {
			edit, err := a.takeBack(cmd.Context(), s, undo, redo, chosen, catalog.EntryID(entry), when)
			if err != nil {
				return err
			}
			switch {
			case undo:
				return a.restored(*dir, undone, edit)
			case redo:
				return a.restored(*dir, redone, edit)
			case edit.Seq == 0:
				return a.restored(*dir, restoreSame, edit)
			}
			return a.restored(*dir, restoreDone, edit)
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().BoolVar(&undo, "undo", false, helpUndo.In(a.lang))
	cmd.Flags().BoolVar(&redo, "redo", false, helpRedo.In(a.lang))
	cmd.Flags().StringVar(&at, "at", "", helpAt.In(a.lang))
	cmd.Flags().StringVar(&entry, "entry", "", helpEntry.In(a.lang))
	cmd.Flags().StringVar(&from, "from", "", helpFrom.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// restoreBackup makes a store in dir of a backup file.
func (a *app) restoreBackup(ctx context.Context, from, dir string) error {
	p := a.progress(doingRestore, 0)
	defer p.end()
	return work.RestoreBackup(ctx, from, dir)
}

func (a *app) takeBack(ctx context.Context, s *boltstore.Store, undo, redo bool, chosen []catalog.SectorInfo, entry catalog.EntryID, when time.Time) (catalog.Edit, error) {
	switch {
	case undo:
		return s.Undo(ctx, a.User)
	case redo:
		return s.Redo(ctx, a.User)
	}
	info := boltstore.EditInfo{By: a.User, Label: labelRestore.In(a.lang, when.Local().Format(time.DateTime))}
	var edit catalog.Edit
	var err error
	if entry != "" {
		edit, err = s.RestoreEntry(ctx, chosen[0].Slug, entry, when, info)
	} else {
		edit, err = s.RestoreCatalog(ctx, chosen[0].Slug, when, info)
	}
	if errors.Is(err, catalog.ErrNotFound) {
		err = work.ErrNothingThen
	}
	return edit, err
}

func (a *app) restored(dir string, done words.Text, e catalog.Edit) error {
	if a.json {
		return a.writeJSON(map[string]any{"data": dir, "edit": e})
	}
	a.print(done, e.Label)
	return nil
}

// parseTime reads a time of day or a whole day, in local time; a day means its end.
func parseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil {
			return t, nil
		}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, time.Local)
	return t.AddDate(0, 0, 1).Add(-time.Nanosecond), err
}
