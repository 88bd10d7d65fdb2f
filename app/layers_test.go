// Package app_test holds the rules of the house that concern every package:
// which may import which, and that each says what it promises.
package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "mulutong"

// mayImport lists, for each package, what of ours it may import. A name ending
// in /… stands for everything below it. internal and generator packages follow
// the package they are below.
var mayImport = map[string][]string{
	"catalog":                {},
	"catalog/atomicfile":     {},
	"catalog/check":          {"catalog"},
	"catalog/boltstore":      {"catalog", "catalog/atomicfile"},
	"catalog/sheet":          {"catalog"},
	"catalog/paper":          {"catalog", "catalog/sheet"},
	"catalog/catalogtest":    {"catalog"},
	"catalog/find":           {"catalog"},
	"templates":              {"catalog"},
	"assets":                 {},
	"docs":                   {},
	"sync/review":            {"catalog", "catalog/check"},
	"sync/review/reviewtest": {"catalog", "catalog/catalogtest", "sync/review"},
	"sync/bundle":            {"catalog", "sync/review"},
	"sync/wire":              {"catalog", "sync/review"},
	"sync/client":            {"catalog", "catalog/check", "sync/review", "sync/bundle", "sync/wire"},
	"sync/server":            {"catalog", "catalog/check", "sync/review", "sync/bundle", "sync/wire"},
	"sync/sqlstore/pgtest":   {},
	"sync/sqlstore":          {"catalog", "catalog/atomicfile", "catalog/check", "sync/review", "sync/bundle", "sync/wire"},
	"app/words":              {"catalog", "catalog/…", "templates", "sync/review", "sync/bundle", "sync/wire", "sync/client"},
	"app/work":               {"catalog", "catalog/…", "templates", "app/words", "assets"},
	"app/demo":               {"catalog", "templates", "sync/review", "app/work"},
	"app/headless":           {"catalog", "catalog/…", "templates", "sync/…", "app/words", "app/work", "app/demo"},
	"app/ui/kit":             {"app/words", "assets"},
	"app/ui/diff":            {},
	"app/ui/uitest":          {"app/words", "assets", "app/ui/kit"},
	"app/ui/files":           {"app/words", "app/ui/kit", "app/ui/uitest"},
	"app/ui/grid":            {"app/words", "app/ui/kit"},
	"app/ui/imports":         {"catalog", "catalog/sheet", "app/words", "app/work", "app/ui/diff", "app/ui/files", "app/ui/kit", "app/ui/prose"},
	"app/ui/field":           {"catalog", "catalog/check", "app/words", "app/ui/kit"},
	"app/ui/entries":         {"catalog", "catalog/check", "app/words", "app/work", "app/ui/kit", "app/ui/grid", "app/ui/field"},
	"app/ui/overview":        {"catalog", "catalog/check", "app/words", "app/work", "app/ui/kit", "app/ui/uitest"},
	"app/ui/start":           {"catalog", "catalog/check", "app/words", "app/work", "app/ui/kit", "app/ui/files", "app/ui/uitest"},
	"app/ui/manual":          {"catalog/find", "app/words", "app/work", "app/ui/kit", "app/ui/prose"},
	"app/ui/prose":           {"app/ui/kit"},
	"app/ui/searchbox":       {"catalog", "app/words", "app/work", "app/ui/kit"},
	"app/ui/upgrade":         {"catalog", "app/words", "app/work", "app/ui/diff", "app/ui/files", "app/ui/kit", "app/ui/prose"},
	"app/ui/pick":            {"app/words", "app/work", "app/ui/kit"},
	"app/ui/exports":         {"catalog", "catalog/atomicfile", "catalog/sheet", "app/words", "app/work", "app/ui/kit", "app/ui/pick", "app/ui/files"},
	"app/ui/findings":        {"catalog", "catalog/check", "app/words", "app/work", "app/ui/diff", "app/ui/kit"},
	"app/ui/settings":        {"catalog", "app/words", "app/work", "app/ui/kit", "app/ui/files"},
	"app/ui/dates":           {"catalog", "app/words", "app/ui/kit"},
	"app/ui/signoff":         {"catalog", "app/words", "app/work", "app/ui/kit", "app/ui/pick", "app/ui/prose", "app/ui/files", "app/ui/dates"},
	"app/ui/shell":           {"app/words", "app/ui/kit", "app/ui/uitest"},
	"app/cmd/mulu":           {"app/headless"},
	"app/desktop": {
		"catalog", "catalog/…", "templates", "sync/client", "assets", "docs",
		"app/words", "app/work", "app/ui/…",
	},
	"mulutong": {"app/desktop"},
}

// onlyImporter names the one package that may import an outside module.
var onlyImporter = map[string]string{
	"go.etcd.io/bbolt":         "catalog/boltstore",
	"github.com/xuri/excelize": "catalog/sheet",
	"codeberg.org/go-pdf/fpdf": "catalog/paper",
	"github.com/spf13":         "app/headless",
	"fyne.io/fyne/v2/app":      "app/desktop",
	"modernc.org/sqlite":       "sync/sqlstore",
	"github.com/jackc/pgx":     "sync/sqlstore",
	"github.com/pressly/goose": "sync/sqlstore",
	"filippo.io/age":           "sync/bundle",
}

// standardOnly are the packages that import nothing but the standard library and ours.
var standardOnly = []string{"catalog", "catalog/check", "catalog/atomicfile", "sync/review"}

type goPackage struct {
	ImportPath string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-tags", "ci", "-json", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var ps []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return ps
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			ps = append(ps, p)
		}
	}
}

// owner is the package of the table that p belongs to: itself, or the one whose
// internal folder it is in.
func owner(p string) string {
	if before, _, ok := strings.Cut(p, "/internal/"); ok {
		return before
	}
	return p
}

func TestPackagesImportOnlyWhatTheLayoutAllows(t *testing.T) {
	for _, p := range packages(t) {
		name := owner(strings.TrimPrefix(p.ImportPath, module+"/"))
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not in the layout", name)
			continue
		}
		for _, imp := range p.Imports {
			ours, isOurs := strings.CutPrefix(imp, module+"/")
			switch {
			case isOurs && owner(ours) != name && !allows(allowed, ours):
				t.Errorf("%s may not import %s", name, ours)
			case !isOurs && strings.Contains(imp, ".") && slices.Contains(standardOnly, name):
				t.Errorf("%s imports %s; it may use the standard library only", name, imp)
			}
			for prefix, only := range onlyImporter {
				if strings.HasPrefix(imp, prefix) && name != only {
					t.Errorf("%s imports %s; only %s may", name, imp, only)
				}
			}
		}
	}
}

func allows(allowed []string, imp string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		below, all := strings.CutSuffix(a, "/…")
		return a == imp || all && strings.HasPrefix(imp, below+"/")
	})
}

func TestEveryPackageSaysWhatItPromises(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.Doc, "Package ") && !strings.HasPrefix(p.Doc, "Command ") && !strings.HasPrefix(p.Doc, "Mulu ") && !strings.HasPrefix(p.Doc, "Mulutong ") {
			t.Errorf("%s has no package comment that opens with its name", p.ImportPath)
		}
	}
}

// Golden pictures are painted without the race detector only: make unit must test
// whatever has them a second time.
func TestPicturesArePaintedInEveryRun(t *testing.T) {
	painted := 0
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		test, err := os.ReadFile(path)
		switch {
		case !bytes.Contains(test, []byte("uitest.Golden"+"(")):
		case strings.HasPrefix(filepath.ToSlash(path), "../app/ui/"):
			painted++
		default:
			t.Errorf("%s has golden pictures; only those below app/ui are painted", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if painted == 0 {
		t.Error("no test has golden pictures")
	}
	if !testedWithoutRace(t, "app/ui/...") {
		t.Error("make unit does not test the screens whole, without the race detector")
	}
}

// TestWhatTheRaceDetectorLeavesOutIsTestedWithout looks for tests that are built
// only without the race detector.
func TestWhatTheRaceDetectorLeavesOutIsTestedWithout(t *testing.T) {
	files, err := filepath.Glob("../*/*/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests found: %v", err)
	}
	for _, path := range files {
		test, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), "../"))
		if bytes.HasPrefix(test, []byte("//go:build !race\n")) && !testedWithoutRace(t, dir) {
			t.Errorf("make unit does not test %s without the race detector", dir)
		}
	}
}

// testedWithoutRace reports whether make unit tests all of a folder without the
// race detector.
func testedWithoutRace(t *testing.T, dir string) bool {
	t.Helper()
	out, err := exec.Command("make", "-C", "..", "-n", "unit").CombinedOutput()
	if err != nil {
		t.Fatalf("make -n unit: %v\n%s", err, out)
	}
	return regexp.MustCompile(`(?m)^\S+ test -tags ci -vet=off \./` + regexp.QuoteMeta(dir) + `$`).Match(out)
}
