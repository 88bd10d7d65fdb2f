package sqlstore_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
)

var makeGolden = flag.String("make", "", "make the golden store of this version, when it is released: v1")

// TestReleasedSchemas restores a store that each released version wrote, to either
// database: this program brings it up to date and finds in it what was there.
// testdata holds, for each, a backup and what Everything said of it.
func TestReleasedSchemas(t *testing.T) {
	if *makeGolden != "" {
		writeGolden(t, filepath.Join("testdata", *makeGolden))
	}
	archives, err := filepath.Glob("testdata/v*.db.gz")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no released store in testdata: %v", err)
	}
	for _, archive := range archives {
		onEach(t, func(t *testing.T, place func(testing.TB) string) {
			want, err := os.ReadFile(strings.TrimSuffix(archive, ".db.gz") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			where := place(t)
			if err := sqlstore.Restore(t.Context(), unpacked(t, archive), where, false); err != nil {
				t.Fatal(err)
			}
			same(t, archive, contents(t, where), string(want))
			if t.Failed() {
				t.Log("while that version is not released: go test ./sync/sqlstore -run Released -make v1")
			}
			if err := sqlstore.Verify(t.Context(), where); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("in its folder", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.Rename(unpacked(t, archives[0]), filepath.Join(dir, "service.db")); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		reviewtest.Fill(t, s, 9)
		if err := sqlstore.Verify(t.Context(), dir); err != nil {
			t.Error(err)
		}
	})
}

func unpacked(t *testing.T, archive string) string {
	t.Helper()
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "released.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func writeGolden(t *testing.T, path string) {
	dir := t.TempDir()
	s := open(t, dir)
	reviewtest.Fill(t, s, 1)
	reviewtest.Fill(t, s, 2)
	archive := filepath.Join(t.TempDir(), "b")
	if err := sqlstore.Backup(t.Context(), dir, archive); err != nil {
		t.Fatal(err)
	}
	signOff(t, s)
	b, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{path + ".db.gz": packed.Bytes(), path + ".txt": []byte(everything(t, s))} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
