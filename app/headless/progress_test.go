package headless

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
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
	a := &app{World: World{Stdout: &stdout, Stderr: &stderr}}
	files := []outFile{{dir + "/a.csv", nil}, {dir + "/new/b.csv", nil}}
	n := 0
	err := a.export(ctx, files, func(w io.Writer, _ []catalog.Catalog) error {
		if n++; n == 2 {
			cancel()
		}
		_, err := io.WriteString(w, "一级事项\n")
		return err
	})
	code, said := explain(err, chinese)
	if code != exitFindings || !strings.Contains(said, "已写出的文件是完整的") {
		t.Errorf("export exits with %d, %q", code, said)
	}
	if got := fileNames(t, dir); len(got) != 1 || got[0] != "a.csv" {
		t.Errorf("the folder holds %q, want a.csv alone", got)
	}
}

func fileNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
