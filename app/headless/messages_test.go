package headless

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mulutong/app/words"
)

// TestExitCodes holds explain to the table: the code of each failure, and one line
// in both languages.
func TestExitCodes(t *testing.T) {
	for cause, code := range exitCodes {
		for _, l := range []words.Lang{words.Chinese, words.English} {
			got, said := explain(fmt.Errorf("work: %w", about("名.xlsx", cause)), l)
			if got != code || strings.Contains(said, "%") || strings.Contains(said, "\n") {
				t.Errorf("explain(%v) = %d, %q; want code %d", cause, got, said, code)
			}
		}
	}
}

// TestTerminalIsLeftAlone reads a table whose cells hold commands for the terminal.
func TestTerminalIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	table := "一级事项,二级事项,公开内容（要素）,公开依据,公开时限\n\x1b[2J甲\x1b]0;x\x07,乙\u202e丙,内容,《办法》,10日\n"
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"read", path}, {"check", path}, {"read", "\x1b[2J.csv"}, {"\x1b[2J"}} {
		w := System()
		var stdout, stderr bytes.Buffer
		w.Stdout, w.Stderr, w.Terminal = &stdout, &stderr, false
		Main(context.Background(), args, w)
		said := stdout.String() + stderr.String()
		if strings.ContainsAny(said, "\x1b\x07\u202e") || !strings.Contains(said, "\ufffd") {
			t.Errorf("mulu %q prints %q", args, said)
		}
	}
}
