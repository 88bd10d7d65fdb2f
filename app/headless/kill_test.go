package headless

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// TestKilledImportIsWholeOrAbsent kills mulu import at random moments. What it
// said was imported is there; what it did not say is there whole or not at all;
// and the store opens clean each time.
func TestKilledImportIsWholeOrAbsent(t *testing.T) {
	const kills = 100
	dir := t.TempDir()
	drafts, book := filepath.Join(dir, "drafts"), filepath.Join(dir, "last.xlsx")
	mulu := buildMulu(t)
	mulu.run(t, "init", "--data", drafts, "--unit", string(catalogtest.Unit().ID), "--sector", "社会救助")

	cs := catalogtest.Catalogs(3, 600)
	cs = cs[:1]
	for i := range cs {
		cs[i].Sector = "social-assistance"
	}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, cs, sheet.WriteOptions{Sectors: templates.Embedded().Sectors()}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(book, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}

	start := time.Now()
	mulu.run(t, "import", book, "--data", drafts, "--dry-run")
	whole := time.Since(start)
	random := rand.New(rand.NewPCG(1, 2))
	imported, killed := 0, 0
	for range kills {
		before := edits(t, drafts)
		cmd := mulu.command("import", book, "--data", drafts)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { _ = cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(time.Duration(random.Int64N(int64(whole) * 3 / 2))):
			killed++
			_ = cmd.Process.Kill()
			<-done
		}
		after := edits(t, drafts)
		acknowledged := bytes.Contains(out.Bytes(), []byte("已导入"))
		if after != before && after != before+1 || acknowledged && after != before+1 {
			t.Fatalf("acknowledged: %v; the history went from %d edits to %d", acknowledged, before, after)
		}
		if after == before+1 {
			imported++
			mulu.run(t, "restore", "--data", drafts, "--undo")
		}
	}
	if killed < kills/4 || imported == 0 {
		t.Errorf("of %d runs %d were killed and %d imported; the moments are badly chosen", kills, killed, imported)
	}
}

// edits opens a store, verifies it and counts its history.
func edits(t *testing.T, dir string) int {
	t.Helper()
	s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("the store does not open: %v", err)
	}
	defer s.Close()
	if err := s.Verify(context.Background()); err != nil {
		t.Fatalf("the store is not clean: %v", err)
	}
	all, err := s.History(context.Background(), boltstore.HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// muluBinary is the program as people run it, without the race detector, which
// would make a hundred runs take minutes.
type muluBinary string

func buildMulu(t *testing.T) muluBinary {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mulu")
	if out, err := exec.Command("go", "build", "-o", path, "mulutong/app/cmd/mulu").CombinedOutput(); err != nil {
		t.Fatalf("build mulu: %v\n%s", err, out)
	}
	return muluBinary(path)
}

func (m muluBinary) command(args ...string) *exec.Cmd {
	cmd := exec.Command(string(m), args...)
	cmd.Env = append(os.Environ(), "LANG=zh_CN.UTF-8", "LC_ALL=")
	return cmd
}

func (m muluBinary) run(t *testing.T, args ...string) {
	t.Helper()
	if out, err := m.command(args...).CombinedOutput(); err != nil {
		t.Fatalf("mulu %v: %v\n%s", args, err, out)
	}
}
