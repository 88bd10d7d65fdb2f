package words

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// declared finds the constants of a type where they are declared.
func declared(t *testing.T, file, typ string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../../catalog", file), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := v.Type.(*ast.Ident); !ok || name.Name != typ {
			return true
		}
		s, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
		return true
	})
	if len(out) == 0 {
		t.Fatalf("%s declares no %s", file, typ)
	}
	return out
}

func TestEveryProblemIsSaid(t *testing.T) {
	kinds := declared(t, "sheet/problem.go", "ProblemKind")
	for _, kind := range kinds {
		for _, l := range []Lang{Chinese, English} {
			said := Problem(sheet.Problem{Kind: sheet.ProblemKind(kind), Text: "某格"}, l)
			if !strings.Contains(said, "某格") || strings.Contains(said, "%!") {
				t.Errorf("%s is said as %q", kind, said)
			}
		}
	}
	if len(kinds) != len(problemTexts) {
		t.Errorf("%d kinds are declared and %d have words", len(kinds), len(problemTexts))
	}
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// named fails where a name lacks a language, or one language stands for the other.
func named(t *testing.T, what string, name Text) {
	t.Helper()
	if !han(name.ZH) || name.EN == "" || han(name.EN) {
		t.Errorf("%s is called %q", what, name)
	}
}

func TestEverythingHasNamesInBothLanguages(t *testing.T) {
	for _, f := range declared(t, "field.go", "Field") {
		named(t, f, Field(catalog.Field(f)))
	}
	for _, s := range declared(t, "register.go", "Status") {
		named(t, s, Status(catalog.Status(s)))
	}
	for _, k := range declared(t, "importplan.go", "ImportKind") {
		named(t, k, Import(catalog.ImportKind(k)))
	}
	for _, s := range declared(t, "check/check.go", "Severity") {
		named(t, s, Severity(check.Severity(s)))
	}
	for _, why := range []string{catalog.MatchTemplate, catalog.MatchCode, catalog.MatchPath, catalog.MatchOtherName, catalog.MatchSimilar} {
		named(t, why, Match(why))
	}
	for _, c := range catalog.AllChannels() {
		named(t, c.Code(), Channel(c))
	}
	for tier := catalog.City; tier <= catalog.Village; tier++ {
		named(t, tier.Code(), Tier(tier))
	}
	for _, s := range templates.Embedded().Sectors() {
		named(t, string(s.Slug), Sector(s))
	}
	for _, r := range check.Rules() {
		named(t, r.Name, Rule(r.Name))
	}
	if len(ruleTitles) != len(check.Rules()) {
		t.Errorf("%d rules have titles, there are %d", len(ruleTitles), len(check.Rules()))
	}
	if got := Rule("no.such"); got != (Text{"no.such", "no.such"}) {
		t.Errorf("a rule of another version is called %q", got)
	}
}

// TestFailuresAreSaidInBothLanguages holds the table to what Explain does with it:
// one line, the file's place in both languages or in neither, and no command line.
func TestFailuresAreSaidInBothLanguages(t *testing.T) {
	for _, f := range failures {
		if strings.Count(f.text.ZH, "%s") != strings.Count(f.text.EN, "%s") || strings.Count(f.text.ZH, "%s") > 1 {
			t.Errorf("%v names its file differently: %q", f.err, f.text)
		}
		for _, l := range []Lang{Chinese, English} {
			for _, err := range []error{f.err, fmt.Errorf("save: %w", f.err), About("名.xlsx", f.err)} {
				said := Explain(err, l)
				if said == "" || strings.ContainsAny(said, "\n%") || strings.Contains(said, "mulu") || han(said) != (l == Chinese) && err == f.err {
					t.Errorf("Explain(%v) = %q", err, said)
				}
			}
			if strings.Contains(f.text.ZH, "%s") && !strings.Contains(Explain(About("名.xlsx", f.err), l), "名.xlsx") {
				t.Errorf("%v does not name its file", f.err)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	full := NewFailure("%s 满了。", "%s is full.")
	for _, tt := range []struct {
		name   string
		err    error
		zh, en string
	}{
		{"a failure with its own words", fmt.Errorf("x: %w", About("盘", full)), "盘 满了。", "盘 is full."},
		{"no file is known", full, "文件满了。", "The file is full."},
		{"in the middle", boltstore.ErrDiskFull, "磁盘已满，文件没有改动，已保存的内容都在。请清理磁盘后重试。", "The disk is full; the file was not changed and everything saved is still there. Free some space and try again."},
		{"the system's own path", &fs.PathError{Op: "open", Path: "a.xlsx", Err: fs.ErrNotExist}, "找不到 a.xlsx。请检查路径。", "a.xlsx does not exist. Check the path."},
		{"the disk is full", &os.LinkError{Op: "rename", Old: "t", New: "a.xlsx", Err: diskFull[0]}, "磁盘已满，a.xlsx 没有改动，已保存的内容都在。请清理磁盘后重试。", "The disk is full; a.xlsx was not changed and everything saved is still there. Free some space and try again."},
		{"a write-protected disk", About("D:", writeProtected), "D: 只能读取，不能写入。请检查文件夹权限，或换一个文件夹。", "D: is read-only. Check the folder's permissions or choose another."},
		{"a year without calendar", &catalog.MissingYearError{Year: 2031}, "没有 2031 年的节假日安排，算不出那一年的工作日。请更新程序。", "The holidays of 2031 are not known, so its working days cannot be counted. Please upgrade."},
		{"not a mode", &catalog.FieldError{Field: catalog.FieldMode, Value: "不知道", Err: errors.New("x")}, "“不知道”不是公开方式。请写“主动”或“依申请”。", `"不知道" is no mode of disclosure. Write 主动 or 依申请.`},
		{"unknown", errors.New("boom"), "出错了：boom", "Failed: boom"},
	} {
		if got := Explain(tt.err, Chinese); got != tt.zh {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.zh)
		}
		if got := Explain(tt.err, English); got != tt.en {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.en)
		}
	}
}

func TestAboutNamesAFileOnce(t *testing.T) {
	inner := About("a.xlsx", fs.ErrNotExist)
	var file *FileError
	if err := About("folder", fmt.Errorf("read: %w", inner)); !errors.As(err, &file) || file.Path != "a.xlsx" {
		t.Errorf("About names %v", err)
	}
	if About("a", nil) != nil {
		t.Error("About makes an error of none")
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 30, 0, 0, time.Local)
	for _, tt := range []struct {
		at     time.Time
		zh, en string
	}{
		{now, "刚刚", "just now"},
		{now.Add(-59 * time.Minute), "59 分钟前", "59 min ago"},
		{now.Add(-2 * time.Hour), "今天 12:30", "today 12:30"},
		{now.Add(-20 * time.Hour), "昨天 18:30", "yesterday 18:30"},
		{now.AddDate(0, -1, 0), "10月22日 14:30", "22 Oct 14:30"},
		{now.AddDate(-1, 0, 0), "2025年11月22日", "22 Nov 2025"},
		{now.Add(time.Hour), "今天 15:30", "today 15:30"},
	} {
		if zh, en := When(tt.at, now, Chinese), When(tt.at, now, English); zh != tt.zh || en != tt.en {
			t.Errorf("When(%v) = %q, %q; want %q, %q", tt.at, zh, en, tt.zh, tt.en)
		}
	}
	if zh, en := Date("2026-11-30", Chinese), Date("2026-11", English); zh != "2026年11月30日" || en != "Nov 2026" {
		t.Errorf("Date says %q and %q", zh, en)
	}
}
