package templates

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mulutong/catalog"
)

// release is a small release without mistakes.
func release() fstest.MapFS {
	files := map[string]string{
		"version.txt":                   "2026.3\n",
		"sectors.csv":                   "序号,标识,名称,又称,现称,已核\n19,social-assistance,社会救助,低保；救助,救助,是\n20,elderly-care,养老服务,,,否\n",
		"bodies.csv":                    "name,successor,ended,confirmed\n扶贫开发办公室,乡村振兴局,2021-02-25,yes\n",
		"register/laws.csv":             "编号,名称,别名,类别,发布机关,文本,施行,状态,终止,后继,领域,已核,备注\n条例,中华人民共和国政府信息公开条例,信息公开条例,行政法规,国务院,国务院令第492号 2007-04-05；国务院令第711号 2019-04-03,2019-05-15,有效,,,,是,\n",
		"register/old.csv":              "id,title,status,ended,successor,sectors,confirmed,note\n旧办法,旧办法,repealed,2020-01,条例,elderly-care;social-assistance,no,\"说明, 带逗号\"\n",
		"calendar/2024.json":            `{"year": 2024, "days": [{"name": "春节", "date": "2024-02-04", "isOffDay": false}]}`,
		"sectors/social-assistance.txt": sample,
	}
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestLoadReadsARelease(t *testing.T) {
	s, err := Load(release())
	if err != nil {
		t.Fatal(err)
	}
	if s.Version() != "2026.3" || s.Register().Version() != "2026.3" {
		t.Errorf("version %q, of the register %q", s.Version(), s.Register().Version())
	}
	if len(s.Sectors()) != 2 {
		t.Errorf("sectors %v", s.Sectors())
	}
	for _, name := range []string{"social-assistance", "社会救助", "低保", "社会救助领域", " 救助 "} {
		if got, ok := s.Sector(name); !ok || got.Slug != "social-assistance" || got.No != 19 || !got.Guideline.Confirmed {
			t.Errorf("Sector(%q) = %+v, %v", name, got, ok)
		}
	}
	if _, ok := s.Sector("天文"); ok {
		t.Error("a sector that is none is found")
	}
	if tmpl, ok := s.Template("social-assistance"); !ok || len(tmpl.Entries) != 2 {
		t.Errorf("template %v, %v", tmpl, ok)
	}
	if _, ok := s.Template("elderly-care"); ok {
		t.Error("a template that is not there is found")
	}
	a, ok := s.Register().Act("条例")
	want := []catalog.Revision{{Number: "国务院令第492号", Date: "2007-04-05"}, {Number: "国务院令第711号", Date: "2019-04-03"}}
	if !ok || !slices.Equal(a.Revisions, want) || a.Effective != "2019-05-15" || !a.Confirmed || a.Status != catalog.InForce {
		t.Errorf("act %+v", a)
	}
	old, _ := s.Register().Act("旧办法")
	if old.Status != catalog.Repealed || old.Ended != "2020-01" || old.Successor != "条例" || len(old.Sectors) != 2 || old.Note != "说明, 带逗号" {
		t.Errorf("act %+v", old)
	}
	if b := s.Register().Bodies(); len(b) != 1 || b[0].Name != "扶贫开发办公室" || b[0].Successor != "乡村振兴局" {
		t.Errorf("bodies %+v", b)
	}
	if worked, err := s.Calendar().IsWorkday("2024-02-04"); err != nil || !worked {
		t.Errorf("a made-up Sunday: %v, %v", worked, err)
	}
}

func TestLoadReportsEveryMistakeWithFileAndLine(t *testing.T) {
	tests := []struct {
		name, file, old, new string
		line                 int
		problem              string
	}{
		{"version of another form", "version.txt", "2026.3", "neu", 1, "not a year and a number"},
		{"unknown column", "sectors.csv", "又称", "别号", 1, `unknown column "别号"`},
		{"column twice", "sectors.csv", "又称", "名称", 1, `column "名称" stands twice`},
		{"column missing", "register/old.csv", ",confirmed", ",note", 1, "column 已核 is missing"},
		{"cell too many", "sectors.csv", "养老服务,", "养老服务,,", 3, "7 cells under 6 columns"},
		{"no number", "sectors.csv", "20,", "zwanzig,", 3, "is not a number"},
		{"slug of another form", "sectors.csv", "elderly-care", "Elderly", 3, "slug"},
		{"slug twice", "sectors.csv", "elderly-care", "social-assistance", 3, "first on line 2"},
		{"name twice", "sectors.csv", "养老服务", "低保", 3, "name 低保 stands twice"},
		{"bad verdict", "sectors.csv", ",否", ",vielleicht", 3, "是 or 否"},
		{"name of today not among the others", "sectors.csv", "救助,救助,是", "救助,救济,是", 2, "called 救济 now"},
		{"broken quotation", "register/old.csv", "\"说明", "说\"明", 2, "broken CSV"},
		{"unknown status", "register/old.csv", "repealed", "weg", 2, "status is"},
		{"bad date", "register/old.csv", "2020-01", "2020-1", 2, "not a date"},
		{"unknown successor", "register/old.csv", ",条例,", ",规定,", 2, "successor 规定 is not in the register"},
		{"unknown sector of an act", "register/old.csv", "elderly-care", "astronomy", 2, `unknown sector "astronomy"`},
		{"id in two files", "register/old.csv", "旧办法,旧办法", "条例,旧办法", 2, "first at register/laws.csv:2"},
		{"title in two files", "register/old.csv", "旧办法,旧办法", "旧办法,信息公开条例", 2, "alias of 条例"},
		{"body twice", "bodies.csv", "扶贫开发办公室,乡村振兴局,2021-02-25,yes", "局,a,,yes\n局,b,,yes", 3, "first on line 2"},
		{"broken JSON", "calendar/2024.json", "}]}", "}]", 0, "broken JSON"},
		{"another year", "calendar/2024.json", `"year": 2024`, `"year": 2023`, 0, "holds the year 2023"},
		{"unknown sector of a template", "sectors/social-assistance.txt", "领域: social", "领域: antisocial", 0, "unknown sector"},
		{"another sector's file", "sectors/social-assistance.txt", "领域: social-assistance", "领域: elderly-care", 0, "is sectors/elderly-care.txt"},
		{"mistake in a template", "sectors/social-assistance.txt", "编码: 120001001", "编码: 12", 10, "nine digits"},
		{"not UTF-8", "bodies.csv", "扶", "\xb7", 0, "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := release()
			src := string(files[tt.file].Data)
			if !strings.Contains(src, tt.old) {
				t.Fatalf("%s has no %q", tt.file, tt.old)
			}
			files[tt.file] = &fstest.MapFile{Data: []byte(strings.Replace(src, tt.old, tt.new, 1))}
			_, err := Load(files)
			for _, e := range unjoin(err) {
				var bad *DataError
				if errors.As(e, &bad) && bad.File == tt.file && bad.Line == tt.line && strings.Contains(bad.Problem, tt.problem) {
					return
				}
			}
			t.Errorf("error %v, want %s:%d: %s", err, tt.file, tt.line, tt.problem)
		})
	}
}

func TestLoadReportsAllFilesAtOnce(t *testing.T) {
	files := release()
	delete(files, "version.txt")
	files["sectors.csv"] = &fstest.MapFile{Data: []byte("x")}
	files["register/old.csv"] = &fstest.MapFile{}
	files["calendar/2024.json"] = &fstest.MapFile{Data: []byte("[]")}
	_, err := Load(files)
	for _, name := range []string{"version.txt", "sectors.csv", "register/old.csv", "calendar/2024.json"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not reported: %v", name, err)
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not say that a file is missing", err)
	}
}

func TestLoadRefusesOneIDInTwoSectors(t *testing.T) {
	files := release()
	files["sectors/elderly-care.txt"] = &fstest.MapFile{Data: []byte(strings.Replace(sample, "social-assistance", "elderly-care", 1))}
	_, err := Load(files)
	if err == nil || !strings.Contains(err.Error(), "id t9001 stands in sectors/elderly-care.txt too") {
		t.Errorf("error %v", err)
	}
}

func TestLoadBoundsItsFiles(t *testing.T) {
	files := release()
	files["bodies.csv"] = &fstest.MapFile{Data: make([]byte, maxFileSize+1)}
	if _, err := Load(files); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a huge file: %v", err)
	}
	files = release()
	for i := range maxFiles + 1 {
		files["register/"+strings.Repeat("a", i+1)+".csv"] = &fstest.MapFile{}
	}
	if _, err := Load(files); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("many files: %v", err)
	}
}

func TestLoadReadsADirectory(t *testing.T) {
	dir := t.TempDir()
	for name, f := range release() {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Load(os.DirFS(dir))
	if err != nil || s.Version() != "2026.3" {
		t.Errorf("Load: %v", err)
	}
	if _, err := Load(os.DirFS(filepath.Join(dir, "none"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestEmbeddedIsWhole(t *testing.T) {
	s := Embedded()
	for i, sector := range s.Sectors() {
		national := i < 26
		if sector.No != i+1 || sector.Optional == national || national && (sector.Guideline.Title == "" || sector.Guideline.Issuer == "") {
			t.Errorf("sector %d: %+v", i+1, sector)
		}
	}
	if n := len(s.Sectors()); n < 26 {
		t.Errorf("%d sectors, want the 26 national ones", n)
	}
	counts := map[catalog.Status]int{}
	for _, a := range s.Register().Acts() {
		counts[a.Status]++
	}
	if counts[catalog.InForce] < 1900 || counts[catalog.Repealed] < 450 || counts[catalog.Expired] < 150 {
		t.Errorf("acts by status: %v", counts)
	}
}

// fewest says how many matters a sector's guideline has at least.
var fewest = map[catalog.Sector]int{
	"health": 30, "culture": 30, "urban-enforcement": 30, "social-insurance": 30, "employment": 30, "education": 30,
	"work-safety": 30, "environment": 30, "housing": 30, "municipal-services": 30, "public-resources": 30,
	"planning": 15, "land-acquisition": 15, "house-acquisition": 15, "legal-services": 15, "tax": 15, "budget": 15,
	"farm-subsidies": 15, "disaster-relief": 15, "food-drug": 15, "major-projects": 15,
}

func TestNoSectorIsAStump(t *testing.T) {
	s := Embedded()
	all := 0
	for _, sector := range s.Sectors() {
		tmpl, ok := s.Template(sector.Slug)
		if !ok {
			t.Errorf("no template of %s", sector.Slug)
			continue
		}
		if want := max(fewest[sector.Slug], 8); len(tmpl.Entries) < want {
			t.Errorf("%s has %d entries, want %d", sector.Slug, len(tmpl.Entries), want)
		}
		if len(tmpl.At(catalog.County)) == 0 || len(tmpl.At(catalog.Township)) == 0 {
			t.Errorf("%s has no entries for a tier", sector.Slug)
		}
		if tmpl.Note == "" {
			t.Errorf("%s does not say how it was made", sector.Slug)
		}
		if !sector.Optional {
			all += len(tmpl.Entries)
			if tmpl.Source != sector.Guideline {
				t.Errorf("%s follows %+v, sectors.csv says %+v", sector.Slug, tmpl.Source, sector.Guideline)
			}
		}
	}
	if all < 560 {
		t.Errorf("%d entries in the national sectors, want 560", all)
	}
}

func TestEveryHintIsAboutItsEntry(t *testing.T) {
	s := Embedded()
	for _, sector := range s.Sectors() {
		tmpl, ok := s.Template(sector.Slug)
		if !ok {
			continue
		}
		entries := map[string][]catalog.TemplateID{}
		for _, e := range tmpl.Entries {
			if e.Hint == "" {
				t.Errorf("%s has no hint", e.ID)
			}
			for _, h := range e.Hints {
				entries[h] = append(entries[h], e.ID)
			}
			entries[e.Hint] = append(entries[e.Hint], e.ID)
		}
		for hint, ids := range entries {
			if len(ids) > 3 {
				t.Errorf("%s: %v all say %q", sector.Slug, ids, hint)
			}
		}
	}
}

func TestManualIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../docs/sectors.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, Embedded().Manual()) {
		t.Error("docs/sectors.md does not say what the templates say: run go generate ./templates")
	}
}

func TestSectorsAreCalledAsTheyAreToday(t *testing.T) {
	for slug, want := range map[string]string{"poverty-alleviation": "乡村振兴", "城乡规划": "国土空间规划", "budget": "财政预决算"} {
		if s, ok := Embedded().Sector(slug); !ok || s.Called() != want {
			t.Errorf("%s is called %q, want %q", slug, s.Called(), want)
		}
	}
}

func TestTemplatesLimitTimeToTwentyWorkdays(t *testing.T) {
	s := Embedded()
	for _, sector := range s.Sectors() {
		tmpl, ok := s.Template(sector.Slug)
		if !ok {
			continue
		}
		for _, e := range tmpl.Entries {
			for _, c := range e.TimeLimit.Clauses {
				if c.Kind == catalog.Unknown {
					t.Errorf("%s: time limit %q is not understood", e.ID, e.TimeLimit.Text)
				}
				long := c.Measure == catalog.Workday && c.Amount > 20 || c.Measure == catalog.Month
				if c.Kind == catalog.Within && long && e.LongLimit == "" {
					t.Errorf("%s: %q is longer than 20 working days, and no reason is given", e.ID, e.TimeLimit.Text)
				}
			}
			for _, tier := range e.Tiers.List() {
				if tier != catalog.Village && e.Publishers[tier] == "" {
					t.Errorf("%s names no publisher for %v", e.ID, tier)
				}
			}
		}
	}
}

func FuzzLoadRegister(f *testing.F) {
	f.Add([]byte("编号,名称,状态,已核,文本\na,甲办法,有效,是,国务院令第1号 2020；2021-01-01\n"))
	f.Add([]byte("id,title,status,confirmed\n\"a\nb\",x\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		files := release()
		files["register/old.csv"] = &fstest.MapFile{Data: src}
		s, err := Load(files)
		if (s == nil) == (err == nil) {
			t.Fatalf("set %v, error %v", s != nil, err)
		}
	})
}
