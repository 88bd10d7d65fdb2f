package boltstore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

// content is all catalogs and the whole history, as JSON.
func content(t testing.TB, s *boltstore.Store) string {
	t.Helper()
	b, err := tryContent(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func tryContent(s *boltstore.Store) (string, error) {
	all, err := s.Catalogs(context.Background())
	if err != nil {
		return "", err
	}
	history, err := s.History(context.Background(), boltstore.HistoryQuery{})
	if err != nil {
		return "", err
	}
	b, err := json.Marshal([]any{all, history})
	return string(b), err
}

// contentAt is the content of the store in dir.
func contentAt(t testing.TB, dir string) string {
	t.Helper()
	if err := boltstore.Verify(dir); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return content(t, s)
}

func note(t testing.TB, s *boltstore.Store, text string) {
	t.Helper()
	_, err := s.Edit(context.Background(), boltstore.EditInfo{By: "李梅", Label: "备注"}, func(tx *boltstore.Tx) error {
		sectors, err := tx.Sectors()
		if err != nil {
			return err
		}
		return tx.SetNote(sectors[0], text)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func files(t testing.TB, dir string) (out []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, f := range list {
		out = append(out, f.Name())
	}
	return out
}

func TestBackupMovesToANewMachine(t *testing.T) {
	ctx := context.Background()
	s, err := boltstore.Open(fill(t, 52), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	note(t, s, "备份之前")
	want := content(t, s)
	away := t.TempDir()
	path := filepath.Join(away, "籍山镇.bak")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	note(t, s, "备份之后") // the store stays in use
	if err := boltstore.Verify(path); err != nil {
		t.Error(err)
	}
	for _, dir := range []string{filepath.Join(away, "absent"), t.TempDir()} {
		if err := boltstore.RestoreBackup(ctx, path, dir); err != nil {
			t.Fatal(err)
		}
		if got := contentAt(t, dir); got != want {
			t.Errorf("the restored store is not what it was at the backup")
		}
		if got := files(t, dir); !slices.Equal(got, []string{"drafts.db", "store.json"}) {
			t.Errorf("the restored folder holds %q", got)
		}
	}
	restored, err := boltstore.Open(filepath.Join(away, "absent"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if restored.Unit() != catalogtest.Unit() {
		t.Errorf("unit is %+v", restored.Unit())
	}
	if _, err := restored.Undo(ctx, "王军"); err != nil { // its history came along
		t.Error(err)
	}
}

func TestBackupReplacesOnlyWhenAsked(t *testing.T) {
	ctx := context.Background()
	s, err := boltstore.Open(fill(t, 26), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.bak")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, path); !errors.Is(err, boltstore.ErrExists) {
		t.Errorf("Backup = %v, want %v", err, boltstore.ErrExists)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.ReplaceBackup(gone, path); !errors.Is(err, context.Canceled) {
		t.Errorf("ReplaceBackup = %v, want %v", err, context.Canceled)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "old" {
		t.Errorf("a backup that failed left %.20q (%v)", b, err)
	}
	if err := s.ReplaceBackup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.Verify(path); err != nil {
		t.Error(err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"a.bak"}) {
		t.Errorf("beside the backup stand %q", got)
	}
	if err := s.Backup(ctx, filepath.Join(dir, "none", "a.bak")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Backup to a missing folder = %v, want %v", err, fs.ErrNotExist)
	}
}

func TestRestoreKeepsTheOldStore(t *testing.T) {
	ctx := context.Background()
	backup, dir := backupOf(t, 52), fill(t, 26)
	old := contentAt(t, dir)
	if err := boltstore.RestoreBackup(ctx, backup, dir); !errors.Is(err, boltstore.ErrExists) {
		t.Errorf("RestoreBackup = %v, want %v", err, boltstore.ErrExists)
	}
	if got := contentAt(t, dir); got != old {
		t.Error("a refused restore changed the store")
	}
	now := func() time.Time { return time.Date(2026, 3, 2, 15, 4, 5, 0, time.UTC) }
	kept, err := boltstore.ReplaceFromBackup(ctx, backup, dir, boltstore.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "drafts.db.replaced-20260302-150405"); kept != want {
		t.Errorf("the old store is kept as %s, want %s", kept, want)
	}
	if contentAt(t, dir) == old {
		t.Error("the store was not replaced")
	}
	if _, err := boltstore.ReplaceFromBackup(ctx, kept, dir, boltstore.Options{}); err != nil {
		t.Fatal(err)
	}
	if got := contentAt(t, dir); got != old {
		t.Error("what was kept is not the old store")
	}
}

func TestRestoreOverADamagedStore(t *testing.T) {
	backup, dir := backupOf(t, 26), fill(t, 26)
	junk := bytes.Repeat([]byte("junk"), 5000)
	if err := os.WriteFile(filepath.Join(dir, "drafts.db"), junk, 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := boltstore.ReplaceFromBackup(context.Background(), backup, dir, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(kept); err != nil || !bytes.Equal(b, junk) {
		t.Errorf("the damaged store was not kept as it was (%v)", err)
	}
	contentAt(t, dir)
}

func TestBadBackupsAreNotRestored(t *testing.T) {
	ctx := context.Background()
	good, err := os.ReadFile(backupOf(t, 26))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		file []byte
		want error
	}{
		{"absent", nil, fs.ErrNotExist},
		{"empty", []byte{}, boltstore.ErrDamaged},
		{"a workbook", []byte("PK\x03\x04" + strings.Repeat("x", 9000)), boltstore.ErrDamaged},
		{"cut short", good[:len(good)-1], boltstore.ErrDamaged},
		{"one character changed", bytes.ReplaceAll(good, []byte("籍山镇"), []byte("籍山填")), boltstore.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.bak")
			if tt.file != nil {
				if err := os.WriteFile(path, tt.file, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			fresh := filepath.Join(t.TempDir(), "drafts")
			if err := boltstore.RestoreBackup(ctx, path, fresh); !errors.Is(err, tt.want) {
				t.Errorf("RestoreBackup = %v, want %v", err, tt.want)
			}
			if got := files(t, fresh); len(got) > 0 {
				t.Errorf("a refused backup left %q", got)
			}
			dir := fill(t, 26)
			old := contentAt(t, dir)
			if _, err := boltstore.ReplaceFromBackup(ctx, path, dir, boltstore.Options{}); !errors.Is(err, tt.want) {
				t.Errorf("ReplaceFromBackup = %v, want %v", err, tt.want)
			}
			if contentAt(t, dir) != old {
				t.Error("a refused backup changed the store")
			}
		})
	}
}
