package headless

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mulutong/catalog/sheet"
)

// TestEveryProblemIsSaid finds the kinds of problems where they are declared, so
// that none is reported with an empty line.
func TestEveryProblemIsSaid(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../catalog/sheet/problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := v.Type.(*ast.Ident); !ok || name.Name != "ProblemKind" {
			return true
		}
		kinds++
		kind, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		said := problemTexts[sheet.ProblemKind(kind)]
		if said.zh == "" || said.en == "" {
			t.Errorf("there are no words for %s", kind)
		}
		return true
	})
	if kinds != len(problemTexts) || kinds == 0 {
		t.Errorf("%d kinds are declared and %d have words", kinds, len(problemTexts))
	}
}

// TestFailuresAreSaidInBothLanguages holds the table to what explain does with it:
// one line, and the place of the file in both languages or in neither.
func TestFailuresAreSaidInBothLanguages(t *testing.T) {
	for _, f := range failures {
		if f.text.zh == "" || f.text.en == "" || strings.Contains(f.text.zh, "\n") {
			t.Errorf("%v: %q", f.err, f.text)
		}
		if strings.Count(f.text.zh, "%s") != strings.Count(f.text.en, "%s") || strings.Count(f.text.zh, "%s") > 1 {
			t.Errorf("%v names its file differently: %q", f.err, f.text)
		}
		for _, l := range []lang{chinese, english} {
			if code, said := explain(about("名.xlsx", f.err), l); code != f.code || strings.Contains(said, "%!") {
				t.Errorf("explain(%v) = %d, %q; want code %d", f.err, code, said, f.code)
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
