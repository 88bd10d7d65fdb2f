package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// BackupKind tells why a backup was made.
type BackupKind string

// The kinds of backups.
const (
	Manual        BackupKind = "manual"         // asked for; kept until removed
	Daily         BackupKind = "daily"          // by itself, once a day
	BeforeImport  BackupKind = "before-import"  // by itself
	BeforeUpgrade BackupKind = "before-upgrade" // by itself
	BeforeRestore BackupKind = "before-restore" // by itself
)

// KeptBackups is how many backups of those made by themselves are kept.
const KeptBackups = 10

// Backup is one backup in the folder of backups.
type Backup struct {
	Path string
	At   time.Time
	Kind BackupKind
	Unit catalog.UnitID
	Size int64
}

const (
	backupStart = "mulu-"
	backupEnd   = ".mulubak"
	backupTime  = "20060102-150405"
)

// BackupDir is the folder of backups of a folder of drafts, unless another is
// chosen.
func BackupDir(data string) string { return filepath.Join(data, "backups") }

// Backup makes a backup in a folder, which may be absent, of everything changed so
// far, with the scanned forms beside it where it is no backup in passing, and removes the oldest of those made by themselves that are too many. Where
// what is in memory cannot be saved, the backup is of what is on disk, and comes
// back with the error.
func (d *Desk) Backup(ctx context.Context, folder string, kind BackupKind) (Backup, error) {
	unsaved := d.Flush(ctx)
	b := Backup{At: d.o.Store.Now(), Kind: kind, Unit: d.Unit().ID}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return b, words.About(folder, err)
	}
	for range 100 {
		b.Path = filepath.Join(folder, b.name())
		err := d.inUse().Backup(ctx, b.Path)
		if errors.Is(err, boltstore.ErrExists) {
			b.At = b.At.Add(time.Second) // made in the same second
			continue
		}
		if err != nil {
			return b, words.About(folder, err)
		}
		break
	}
	if info, err := os.Stat(b.Path); err == nil {
		b.Size = info.Size()
	}
	if kind != Manual {
		prune(folder, b)
	}
	if kind == Manual || kind == Daily { // what the others are made before leaves scans alone
		_, err := packScans(ctx, d.dir, b.Path)
		return b, errors.Join(unsaved, err)
	}
	return b, unsaved
}

// backupsLooked is how often the desk looks whether the backup of the day is due:
// a program that stays open for days makes them too.
const backupsLooked = time.Hour

// SetBackups says where backups go that are made by themselves; an empty folder is
// the one beside the drafts. With daily the desk makes the backup of the day, soon
// and on every day it stays open; how that went, BackupProblem tells.
func (d *Desk) SetBackups(folder string, daily bool) {
	if folder == "" {
		folder = BackupDir(d.dir)
	}
	d.mu.Lock()
	d.backups, d.daily = folder, daily
	start := daily && !d.looking && !d.closed
	d.looking = d.looking || start
	d.mu.Unlock()
	if start {
		d.loops.Go(d.backupLoop)
		return
	}
	select {
	case d.backupsSet <- struct{}{}:
	default:
	}
}

// backupLoop makes the backups of the days, for as long as the desk is open.
func (d *Desk) backupLoop() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		select {
		case <-d.done:
			stop()
		case <-ctx.Done():
		}
	}()
	for wait := d.o.BackupWait; ; wait = backupsLooked {
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-d.backupsSet:
			timer.Stop()
		case <-timer.C:
		}
		d.mu.Lock()
		folder, daily := d.backups, d.daily
		d.mu.Unlock()
		var made bool
		var err error
		if daily {
			made, err = d.BackupDaily(ctx, folder)
		}
		d.mu.Lock()
		changed := made || (err == nil) != (d.backupErr == nil)
		d.backupErr = err
		d.mu.Unlock()
		if changed && ctx.Err() == nil {
			d.tell(Event{Kind: BackupsChanged})
		}
	}
}

// BackupProblem is why the backup of the day could not be made; nil where it was.
func (d *Desk) BackupProblem() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.backupErr
}

// backUpBefore makes a backup before something else is done: in the folder chosen
// or, where that is out of reach, beside the drafts.
func (d *Desk) backUpBefore(ctx context.Context, kind BackupKind) error {
	d.mu.Lock()
	folder := d.backups
	d.mu.Unlock()
	if folder != "" {
		if _, err := d.Backup(ctx, folder, kind); err == nil || ctx.Err() != nil {
			return err
		}
	}
	_, err := d.Backup(ctx, BackupDir(d.dir), kind)
	return err
}

func (b Backup) name() string {
	return backupStart + string(b.Unit) + "-" + b.At.Local().Format(backupTime) + "-" + string(b.Kind) + backupEnd
}

// prune removes what is too many beside a new backup of the same unit. A file that
// cannot be removed is not worth a word: it is one too many.
func prune(folder string, made Backup) {
	all, err := Backups(folder)
	if err != nil {
		return
	}
	n := 0
	for _, b := range all {
		if b.Kind == Manual || b.Unit != made.Unit {
			continue
		}
		if n++; n > KeptBackups && b.Path != made.Path {
			_ = os.Remove(b.Path)
		}
	}
}

// Backups lists the backups in a folder, the newest first; none where the folder
// is absent.
func Backups(folder string) ([]Backup, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var out []Backup
	for _, e := range entries {
		b, ok := readBackupName(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		if b.At.IsZero() {
			b.At = info.ModTime()
		}
		b.Path, b.Size = filepath.Join(folder, e.Name()), info.Size()
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(a, b Backup) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(b.Path, a.Path))
	})
	return out, nil
}

// readBackupName reads mulu-340223100-20260302-093000-daily.mulubak. A backup that
// goes by another name is one that somebody made.
func readBackupName(name string) (b Backup, ok bool) {
	rest, ok := strings.CutSuffix(name, backupEnd)
	if !ok {
		return b, false
	}
	b.Kind = Manual
	rest, ok = strings.CutPrefix(rest, backupStart)
	if !ok {
		return b, true
	}
	for _, kind := range []BackupKind{Manual, Daily, BeforeImport, BeforeUpgrade, BeforeRestore} {
		if r, ok := strings.CutSuffix(rest, "-"+string(kind)); ok {
			rest, b.Kind = r, kind
			break
		}
	}
	if len(rest) <= len(backupTime) {
		return b, true
	}
	unit, at := rest[:len(rest)-len(backupTime)], rest[len(rest)-len(backupTime):]
	when, err := time.ParseInLocation(backupTime, at, time.Local)
	if err != nil {
		b.Kind = Manual
		return b, true
	}
	b.At, b.Unit = when, catalog.UnitID(strings.TrimSuffix(unit, "-"))
	return b, true
}

// Backups lists the backups in a folder, as the function does.
func (d *Desk) Backups(_ context.Context, folder string) ([]Backup, error) { return Backups(folder) }

// BackupDue reports whether there is no backup of the unit of today.
func (d *Desk) BackupDue(folder string) bool {
	all, err := Backups(folder)
	if err != nil {
		return true
	}
	today, unit := catalog.DateOf(d.o.Store.Now().Local()), d.Unit().ID
	return !slices.ContainsFunc(all, func(b Backup) bool {
		return b.Unit == unit && b.Kind != BeforeRestore && catalog.DateOf(b.At) == today
	})
}

// BackupDaily makes the backup of the day, where there is none, and reports
// whether it did.
func (d *Desk) BackupDaily(ctx context.Context, folder string) (made bool, err error) {
	if !d.BackupDue(folder) {
		return false, nil
	}
	_, err = d.Backup(ctx, folder, Daily)
	return err == nil, err
}

// RestoreBackup puts a backup in the place of the drafts, after backing up what is
// there now into folder. The drafts that were open are gone; Unit may be another.
// Where it fails, the desk goes on with what it had.
func (d *Desk) RestoreBackup(ctx context.Context, path, folder string) (before Backup, err error) {
	if err := Readable(path); err != nil {
		return before, err
	}
	if err := boltstore.Verify(path); err != nil {
		return before, words.About(path, fmt.Errorf("%w: %w", ErrBadBackup, err))
	}
	if before, err = d.Backup(ctx, folder, BeforeRestore); err != nil {
		return before, err
	}
	if err := d.take(ctx); err != nil {
		return before, err
	}
	defer d.release()
	if _, err := d.drain(ctx); err != nil {
		return before, err
	}
	if err := d.inUse().Close(); err != nil {
		return before, err
	}
	kept, failed := boltstore.ReplaceFromBackup(ctx, path, d.dir, d.o.Store)
	restored := failed == nil
	s, err := boltstore.Open(d.dir, d.o.Store)
	if err != nil {
		return before, errors.Join(failed, err)
	}
	if restored {
		failed = unpackScans(ctx, path, d.dir)
		if kept != "" {
			_ = os.Remove(kept) // the backup made above holds the same
		}
	}
	d.mu.Lock()
	var gone []*Draft
	if restored {
		for _, dr := range d.drafts {
			gone = append(gone, dr)
		}
		clear(d.drafts)
	}
	d.store, d.canUndo, d.canRedo = s, s.CanUndo(), s.CanRedo()
	d.know, d.knowErr, d.checker = nil, nil, nil // the backup may hold another release
	d.mu.Unlock()
	for _, dr := range gone {
		dr.leave()
	}
	d.tell(Event{Kind: Replaced}, Event{Kind: SaveChanged})
	return before, failed
}
