package headless

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

func (a *app) backupCommand() *cobra.Command {
	var dir *string
	var out string
	cmd := a.command("backup", helpBackup, 0, 0, func(cmd *cobra.Command, _ []string) error {
		return a.withDrafts(*dir, true, func(s *boltstore.Store) error {
			path := out
			if path == "" {
				path = filepath.Join(*dir, "backups", "mulu-"+string(s.Unit().ID)+a.Now().Format("-20060102-150405")+".mulubak")
			}
			p := a.progress(doingBackup, 0)
			err := s.Backup(cmd.Context(), path)
			p.end()
			if err != nil {
				return &fileError{path, err}
			}
			if a.json {
				return a.writeJSON(map[string]any{"backup": path})
			}
			a.print(backupDone, path)
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	cmd.Flags().StringVar(&out, "out", "", helpBackupOut.in(a.lang))
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
			return &usageError{what: oneWayToRestore, value: ""}
		}
		if from != "" {
			p := a.progress(doingRestore, 0)
			err := boltstore.RestoreBackup(cmd.Context(), from, *dir)
			p.end()
			switch {
			case errors.Is(err, boltstore.ErrExists):
				return &fileError{*dir, err}
			case err != nil:
				return &fileError{from, err}
			}
			return a.restored(*dir, catalog.Edit{Label: from})
		}
		chosen, err := sectors(*names)
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
			return a.restored(*dir, edit)
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().BoolVar(&undo, "undo", false, helpUndo.in(a.lang))
	cmd.Flags().BoolVar(&redo, "redo", false, helpRedo.in(a.lang))
	cmd.Flags().StringVar(&at, "at", "", helpAt.in(a.lang))
	cmd.Flags().StringVar(&entry, "entry", "", helpEntry.in(a.lang))
	cmd.Flags().StringVar(&from, "from", "", helpFrom.in(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) takeBack(ctx context.Context, s *boltstore.Store, undo, redo bool, chosen []catalog.SectorInfo, entry catalog.EntryID, when time.Time) (catalog.Edit, error) {
	switch {
	case undo:
		return s.Undo(ctx, a.User)
	case redo:
		return s.Redo(ctx, a.User)
	}
	info := boltstore.EditInfo{By: a.User, Label: labelRestore.in(a.lang, when.Local().Format(time.DateTime))}
	if entry != "" {
		return s.RestoreEntry(ctx, chosen[0].Slug, entry, when, info)
	}
	return s.RestoreCatalog(ctx, chosen[0].Slug, when, info)
}

func (a *app) restored(dir string, e catalog.Edit) error {
	if a.json {
		return a.writeJSON(map[string]any{"data": dir, "edit": e})
	}
	a.print(restoreDone, e.Label)
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
