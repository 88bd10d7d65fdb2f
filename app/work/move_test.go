package work

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func TestPackedDraftsAreRestoredElsewhere(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	d, err := Create(dir, catalogtest.Unit(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	seed(t, d)
	typed(t, open(t, d, "education"), 0, "搬走的")
	scan := filepath.Join(scanFolder, "education-3.pdf")
	if err := os.MkdirAll(filepath.Join(dir, scanFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, scan), []byte("%PDF"), 0o644); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "籍山镇目录.mulubak")
	for range 2 { // the second time over the first
		files, err := d.Pack(ctx, path)
		if err != nil || len(files) != 3 {
			t.Fatalf("packed are %v, %v", files, err)
		}
	}
	how, err := os.ReadFile(packedGuide(path))
	if err != nil || !strings.Contains(string(how), "籍山镇目录.mulubak") {
		t.Errorf("the guide says %q, %v", how, err)
	}
	if strings.Contains(string(how), "%!") {
		t.Errorf("the guide says %q", how)
	}

	there := filepath.Join(t.TempDir(), "drafts")
	if err := RestoreBackup(ctx, path, there); err != nil {
		t.Fatal(err)
	}
	other, err := Open(there, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Discard()
	if got := open(t, other, "education").Catalog().Entries[0].Content; got != "搬走的" {
		t.Errorf("elsewhere the content is %q", got)
	}
	if b, err := os.ReadFile(filepath.Join(there, scan)); err != nil || string(b) != "%PDF" {
		t.Errorf("elsewhere the scan is %q, %v", b, err)
	}
}

func TestDraftsAreCopiedToAnotherFolder(t *testing.T) {
	ctx := context.Background()
	d, err := Create(t.TempDir(), catalogtest.Unit(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	seed(t, d)
	to := filepath.Join(t.TempDir(), "新的")
	if err := d.CopyTo(ctx, to); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.Verify(to); err != nil || !HoldsDrafts(to) {
		t.Errorf("the copy: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(to, "*"+backupEnd)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := d.CopyTo(ctx, to); !errors.Is(err, ErrDraftsThere) {
		t.Errorf("a copy over drafts: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := d.CopyTo(ctx, filepath.Join(file, "x")); err == nil {
		t.Error("copied below a file")
	}
}
