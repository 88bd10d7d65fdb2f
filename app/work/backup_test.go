package work

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func TestBackupsAreMadeListedAndPruned(t *testing.T) {
	ctx := context.Background()
	clock := &handClock{t: time.Date(2026, 3, 2, 9, 0, 0, 0, time.Local)}
	d, _, dr := newDesk(t, 2, Options{TypingWait: time.Hour, Store: boltstore.Options{Now: clock.now}})
	folder := BackupDir(d.Dir())
	if all, err := Backups(folder); err != nil || all != nil {
		t.Errorf("backups before the first: %v, %v", all, err)
	}
	typed(t, dr, 0, "备份之前")
	for range 2 { // in the same second
		if _, err := d.Backup(ctx, folder, Manual); err != nil {
			t.Fatal(err)
		}
	}
	for range KeptBackups + 3 {
		clock.add(24 * time.Hour)
		for range 2 {
			if _, err := d.BackupDaily(ctx, folder); err != nil {
				t.Fatal(err)
			}
		}
	}
	if made, err := d.BackupDaily(ctx, folder); made || err != nil {
		t.Errorf("a second backup of the day: %v, %v", made, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "别的.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "去年.mulubak"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := Backups(folder)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[BackupKind]int{}
	for i, b := range all {
		kinds[b.Kind]++
		if i > 0 && all[i-1].At.Before(b.At) {
			t.Errorf("%s stands before %s", all[i-1].Path, b.Path)
		}
	}
	if kinds[Manual] != 3 || kinds[Daily] != KeptBackups {
		t.Errorf("kept are %v", kinds)
	}
	for _, b := range all {
		if b.Kind == Daily && (b.Unit != catalogtest.Unit().ID || b.Size == 0 || boltstore.Verify(b.Path) != nil) {
			t.Errorf("backup is %+v", b)
		}
	}
}

func TestABackupIsRestored(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), Options{TypingWait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	seed(t, d)
	folder := t.TempDir()
	dr := open(t, d, "education")
	typed(t, dr, 0, "备份时")
	b, err := d.Backup(ctx, folder, Manual)
	if err != nil {
		t.Fatal(err)
	}
	typed(t, dr, 0, "备份以后")
	told := make(chan Event, 100)
	defer d.Listen(func(e Event) { told <- e })()
	before, err := d.RestoreBackup(ctx, b.Path, folder)
	if err != nil {
		t.Fatal(err)
	}
	if !dr.Gone() {
		t.Error("a draft of before is still in use")
	}
	content := func() string { return open(t, d, "education").Catalog().Entries[0].Content }
	if got := content(); got != "备份时" {
		t.Errorf("restored is %q", got)
	}
	for found := false; !found; {
		select {
		case e := <-told:
			found = e.Kind == Replaced
		default:
			t.Fatal("nobody was told")
		}
	}
	typed(t, open(t, d, "education"), 0, "接着写")
	flush(t, d)
	if _, err := d.RestoreBackup(ctx, before.Path, folder); err != nil {
		t.Fatal(err)
	}
	if got := content(); got != "备份以后" {
		t.Errorf("what was there before is %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.replaced-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestScansGoWithBackupsAndComeBack(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	scan := filepath.Join(dir, scanFolder, "education-3.pdf")
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(scan), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(scan, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	write("the wrong form")
	if _, err := d.Backup(ctx, folder, Daily); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(scan); err != nil {
		t.Fatal(err)
	}
	write("the right one")
	b, err := d.Backup(ctx, folder, Manual)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := Backups(folder); err != nil || len(all) != 2 {
		t.Errorf("listed are %+v, %v", all, err)
	}
	holds := func(dir string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(dir, scanFolder, "education-3.pdf")); err != nil || string(got) != "the right one" {
			t.Errorf("the scan is %q, %v", got, err)
		}
	}
	there := filepath.Join(t.TempDir(), "drafts")
	if err := RestoreBackup(ctx, b.Path, there); err != nil {
		t.Fatal(err)
	}
	holds(there)
	if err := os.RemoveAll(filepath.Dir(scan)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.RestoreBackup(ctx, b.Path, folder); err != nil {
		t.Fatal(err)
	}
	holds(dir)
	// Scans that cannot be copied are said, and the drafts are backed up all the same.
	if err := os.RemoveAll(packedScans(b.Path)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(packedScans(b.Path), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err = d.Backup(ctx, folder, Manual); err == nil || boltstore.Verify(b.Path) != nil {
		t.Errorf("with no room for scans: %v, and the drafts %v", err, boltstore.Verify(b.Path))
	}
}

func TestADamagedBackupIsNotRestored(t *testing.T) {
	d, err := Create(t.TempDir(), catalogtest.Unit(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	seed(t, d)
	path := filepath.Join(t.TempDir(), "x.mulubak")
	if err := os.WriteFile(path, []byte("不是备份"), 0o644); err != nil {
		t.Fatal(err)
	}
	dr := open(t, d, "education")
	if _, err := d.RestoreBackup(context.Background(), path, t.TempDir()); err == nil {
		t.Error("restored what is no backup")
	}
	typed(t, dr, 0, "还在")
	asOnDisk(t, dr)
}

func TestABackupWhoseFolderCannotBeMadeSaysSo(t *testing.T) {
	d, _, _ := newDesk(t, 1, Options{})
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Backup(context.Background(), filepath.Join(file, "backups"), Manual); err == nil {
		t.Error("a backup below a file")
	}
	s := d.inUse().(*faultyStore)
	s.fail(boltstore.ErrDiskFull)
	typed(t, open(t, d, "social-assistance"), 0, "没有存上")
	if b, err := d.Backup(context.Background(), t.TempDir(), Manual); !errors.Is(err, boltstore.ErrDiskFull) || boltstore.Verify(b.Path) != nil {
		t.Errorf("backup of what is on disk: %+v, %v", b, err)
	}
}

func TestABackupBeforeSomethingElseFindsAPlace(t *testing.T) {
	ctx := context.Background()
	d, _, _ := newDesk(t, 1, Options{})
	gone := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(gone, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	chosen := t.TempDir()
	for _, tt := range []struct{ chosen, made string }{
		{"", BackupDir(d.Dir())},
		{chosen, chosen},
		{filepath.Join(gone, "backups"), BackupDir(d.Dir())},
	} {
		before, _ := Backups(tt.made)
		d.SetBackups(tt.chosen, false)
		if err := d.backUpBefore(ctx, BeforeImport); err != nil {
			t.Fatal(err)
		}
		if all, err := Backups(tt.made); len(all) != len(before)+1 || err != nil {
			t.Errorf("with %q chosen %d backups are in %s, %v; want %d", tt.chosen, len(all), tt.made, err, len(before)+1)
		}
	}
}

func TestTheBackupOfTheDayIsMadeByItself(t *testing.T) {
	d, _, _ := newDesk(t, 1, Options{BackupWait: time.Millisecond})
	var told atomic.Int32
	d.Listen(func(e Event) {
		if e.Kind == BackupsChanged {
			told.Add(1)
		}
	})
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	d.SetBackups(filepath.Join(file, "backups"), true)
	until(t, "failed", func() bool { return d.BackupProblem() != nil })
	folder := t.TempDir()
	d.SetBackups(folder, true)
	until(t, "made", func() bool { return d.BackupProblem() == nil && told.Load() == 2 })
	d.SetBackups(folder, true)
	d.SetBackups(t.TempDir(), false)
	if all, err := Backups(folder); len(all) != 1 || err != nil {
		t.Errorf("backups of the day: %+v, %v", all, err)
	}
}

// seed puts a catalog of one entry in the drafts.
func seed(t testing.TB, d *Desk) {
	t.Helper()
	_, err := d.Edit(context.Background(), "新建", func(tx *boltstore.Tx) error {
		return tx.PutCatalog(catalog.Catalog{Sector: "education", Entries: []catalog.Entry{{Path: []string{"招生"}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
}
