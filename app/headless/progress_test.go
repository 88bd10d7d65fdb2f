package headless

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// TestProgressIsTakenAway draws a bar over work that takes long, and expects that
// the line is empty when the work ends, that nothing is drawn of short work, and
// that nothing is drawn where there is no terminal.
func TestProgressIsTakenAway(t *testing.T) {
	for _, tt := range []struct {
		name     string
		terminal bool
		work     time.Duration
		draws    bool
	}{
		{"long work on a terminal", true, progressDelay + 300*time.Millisecond, true},
		{"short work on a terminal", true, time.Millisecond, false},
		{"long work without a terminal", false, progressDelay + 300*time.Millisecond, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			a := &app{World: World{Stdout: io.Discard, Stderr: &stderr, Terminal: tt.terminal}}
			p := a.progress(doingRead, 3)
			p.step()
			time.Sleep(tt.work)
			p.end()
			p.end()
			drawn := stderr.String()
			if (drawn != "") != tt.draws {
				t.Fatalf("drawn: %q", drawn)
			}
			if tt.draws && (!strings.Contains(drawn, "正在读取") || !strings.Contains(drawn, "1/3") || !strings.HasSuffix(drawn, "\r\x1b[K")) {
				t.Errorf("drawn: %q; want a bar with 1/3, taken away in the end", drawn)
			}
		})
	}
}

// TestCancelledExportSaysWhatIsWritten cancels an export between two files: the
// first stays, whole, and nothing is said to be untouched that is not.
func TestCancelledExportSaysWhatIsWritten(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	a := &app{World: World{Stdout: &stdout, Stderr: &stderr}, out: &output{}}
	files := []work.ExportFile{{Path: dir + "/a.csv"}, {Path: dir + "/new/b.csv"}}
	n := 0
	err := a.export(ctx, "", files, func(w io.Writer, _ []catalog.Catalog) error {
		if n++; n == 2 {
			cancel()
		}
		_, err := io.WriteString(w, "一级事项\n")
		return err
	})
	code, said := explain(err, words.Chinese)
	if code != exitFindings || !strings.Contains(said, "已写出的文件是完整的") {
		t.Errorf("export exits with %d, %q", code, said)
	}
	if got := names(dir); len(got) != 1 || got[0] != "a.csv" {
		t.Errorf("the folder holds %q, want a.csv alone", got)
	}
}

// names lists a folder.
func names(dir string) []string {
	var out []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestInterruptedImport interrupts imports at several moments: each says that it
// was cancelled and has changed nothing, or is done.
func TestInterruptedImport(t *testing.T) {
	dir := t.TempDir()
	drafts, book := filepath.Join(dir, "drafts"), filepath.Join(dir, "last.csv")
	buildMulu(t).run(t, "init", "--data", drafts, "--unit", string(catalogtest.Unit().ID))
	if err := os.WriteFile(book, []byte(manyRows(1500)), 0o600); err != nil {
		t.Fatal(err)
	}
	cancelled := 0
	for wait := time.Duration(0); ; wait = wait*3/2 + 2*time.Millisecond {
		before := edits(t, drafts)
		ctx, cancel := context.WithCancel(context.Background())
		timer := time.AfterFunc(wait, cancel)
		w := System()
		var stderr bytes.Buffer
		w.Stdout, w.Stderr, w.Terminal = io.Discard, &stderr, false
		w.Getenv = func(string) string { return "" }
		code := Main(ctx, []string{"import", book, "--data", drafts, "--sector", "社会救助"}, w)
		timer.Stop()
		cancel()
		after := edits(t, drafts)
		if code == exitDone && after == before+1 {
			break
		}
		if code != exitFindings || after != before || !strings.Contains(stderr.String(), "已取消，没有改动任何内容") {
			t.Fatalf("after %v: exits with %d, %q; the history went from %d edits to %d", wait, code, stderr.String(), before, after)
		}
		cancelled++
	}
	if cancelled == 0 {
		t.Error("no import was interrupted")
	}
}

// manyRows is a table of so many entries.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("一级事项,二级事项,公开内容（要素）,公开依据,公开时限\n")
	for i := range n {
		fmt.Fprintf(&b, "事项%d,办事指南,办理条件、办理流程%d,《社会救助暂行办法》（国务院令第649号）,10个工作日内\n", i/9, i)
	}
	return b.String()
}
