package templates

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mulutong/catalog"
)

//go:embed data
var embedded embed.FS

// Set is one release of what the field knows: sectors, their templates, the
// register of legal bases and the working calendar. It does not change and is
// safe for concurrent use; what its methods return is shared and read-only.
type Set struct {
	version   string
	sectors   []catalog.SectorInfo
	bySlug    map[string]int // slug, name, other names
	calendar  *catalog.Calendar
	register  func() *catalog.Register
	templates func() map[catalog.Sector]*catalog.Template
}

// Embedded is the release the program was built with. Its templates and its
// register are read when they are first asked for: they take longer than the rest
// of a program's start.
var Embedded = sync.OnceValue(func() *Set {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the name is a constant
	}
	l := newLoader(data)
	l.head()
	l.must()
	l.set.register = sync.OnceValue(func() *catalog.Register {
		l := &loader{fsys: data, set: l.set}
		defer l.must()
		return l.register()
	})
	l.set.templates = sync.OnceValue(func() map[catalog.Sector]*catalog.Template {
		l := &loader{fsys: data, set: l.set}
		defer l.must()
		return l.templates()
	})
	return l.set
})

// Version names the release: "2026.1".
func (s *Set) Version() string { return s.version }

// Sectors lists the sectors in their usual order.
func (s *Set) Sectors() []catalog.SectorInfo { return s.sectors }

// Sector finds a sector by its slug, its name or another name in use, with or
// without a closing 领域.
func (s *Set) Sector(name string) (catalog.SectorInfo, bool) {
	name = strings.TrimSpace(name)
	for _, n := range []string{name, strings.TrimSuffix(name, "领域")} {
		if i, ok := s.bySlug[n]; ok {
			return s.sectors[i], true
		}
	}
	return catalog.SectorInfo{}, false
}

// Template returns the sector's template, if the release has one.
func (s *Set) Template(sector catalog.Sector) (*catalog.Template, bool) {
	t, ok := s.templates()[sector]
	return t, ok
}

// Register is the register of legal bases.
func (s *Set) Register() *catalog.Register { return s.register() }

// Calendar is the working calendar.
func (s *Set) Calendar() *catalog.Calendar { return s.calendar }

// loader gathers a release and everything wrong with it.
type loader struct {
	fsys fs.FS
	errs []error
	set  *Set
}

// Load reads a release: version.txt, sectors.csv, bodies.csv, register/*.csv,
// calendar/*.json and sectors/*.txt. A release replaces another as a whole.
// Everything wrong is reported at once, joined; what is wrong in a file's
// content is a *DataError with file and line.
func Load(fsys fs.FS) (*Set, error) {
	l := newLoader(fsys)
	l.head()
	register, templates := l.register(), l.templates()
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	l.set.register = func() *catalog.Register { return register }
	l.set.templates = func() map[catalog.Sector]*catalog.Template { return templates }
	return l.set, nil
}

func newLoader(fsys fs.FS) *loader {
	return &loader{fsys: fsys, set: &Set{bySlug: map[string]int{}}}
}

// head reads what is quick to read.
func (l *loader) head() {
	l.version()
	l.sectors()
	l.calendar()
}

// must is for data that the tests have found good.
func (l *loader) must() {
	if err := errors.Join(l.errs...); err != nil {
		panic(fmt.Errorf("embedded data: %w", err))
	}
}

// read hands a file's content to parse, and keeps what either finds wrong.
func (l *loader) read(name string, parse func(p *problems, src []byte)) {
	src, err := readFile(l.fsys, name)
	if err != nil {
		l.errs = append(l.errs, err)
		return
	}
	p := &problems{file: name}
	parse(p, src)
	l.errs = append(l.errs, p.errs...)
}

// files lists a folder's files with the extension, in the order of their names.
func (l *loader) files(dir, ext string) []string {
	found, err := fs.Glob(l.fsys, dir+"/*"+ext)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	if len(found) == 0 && dir != "sectors" {
		l.errs = append(l.errs, &DataError{File: dir, Problem: "no " + ext + " file"})
	}
	if len(found) > maxFiles {
		l.errs = append(l.errs, &DataError{File: dir, Problem: fmt.Sprintf("more than %d files", maxFiles)})
		return nil
	}
	return found
}

func (l *loader) version() {
	l.read("version.txt", func(p *problems, src []byte) {
		l.set.version = strings.TrimSpace(string(src))
		year, n, _ := strings.Cut(l.set.version, ".")
		if !isDigits(year) || !isDigits(n) {
			p.add(1, "version %q is not a year and a number such as 2026.1", clip(l.set.version))
		}
	})
}

func (l *loader) sectors() {
	l.read("sectors.csv", func(p *problems, src []byte) { l.set.sectors = parseSectors(p, src) })
	for i, s := range l.set.sectors {
		for _, n := range append([]string{string(s.Slug), s.Name}, s.AlsoCalled...) {
			l.set.bySlug[n] = i
		}
	}
}

func (l *loader) register() *catalog.Register {
	var acts []catalog.Act
	var bodies []catalog.Body
	places := map[catalog.ActID]place{}
	for _, name := range l.files("register", ".csv") {
		l.read(name, func(p *problems, src []byte) { acts = append(acts, parseActs(p, src, places)...) })
	}
	l.read("bodies.csv", func(p *problems, src []byte) { bodies = parseBodies(p, src) })
	for _, a := range acts {
		for _, s := range a.Sectors {
			if _, ok := l.set.bySlug[string(s)]; !ok {
				at := places[a.ID]
				l.errs = append(l.errs, &DataError{at.file, at.line, fmt.Sprintf("unknown sector %q", clip(string(s)))})
			}
		}
	}
	r, err := catalog.NewRegister(l.set.version, acts, bodies)
	for _, err := range unjoin(err) {
		if bad := (*catalog.ActError)(nil); errors.As(err, &bad) {
			at := places[bad.Act]
			err = &DataError{at.file, at.line, bad.Error()}
		}
		l.errs = append(l.errs, err)
	}
	return r
}

// unjoin undoes errors.Join.
func unjoin(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

func (l *loader) calendar() {
	var years []catalog.YearDays
	for _, name := range l.files("calendar", ".json") {
		l.read(name, func(p *problems, src []byte) {
			var y catalog.YearDays
			if err := json.Unmarshal(src, &y); err != nil {
				p.add(0, "broken JSON: %v", err)
				return
			}
			if base := strings.TrimSuffix(path.Base(name), ".json"); base != strconv.Itoa(y.Year) {
				p.add(0, "holds the year %d", y.Year)
			}
			years = append(years, y)
		})
	}
	c, err := catalog.NewCalendar(years...)
	l.set.calendar = c
	l.errs = append(l.errs, unjoin(err)...)
}

func (l *loader) templates() map[catalog.Sector]*catalog.Template {
	read := map[catalog.Sector]*catalog.Template{}
	owner := map[catalog.TemplateID]string{}
	for _, name := range l.files("sectors", ".txt") {
		l.read(name, func(p *problems, src []byte) {
			t, err := ParseTemplate(name, src)
			if err != nil {
				p.errs = append(p.errs, unjoin(err)...)
				return
			}
			if i, ok := l.set.bySlug[string(t.Sector)]; !ok || l.set.sectors[i].Slug != t.Sector {
				p.add(0, "unknown sector %q", clip(string(t.Sector)))
			} else if name != "sectors/"+string(t.Sector)+".txt" {
				p.add(0, "the file of sector %s is sectors/%s.txt", t.Sector, t.Sector)
			}
			for _, id := range ids(t) {
				if other, ok := owner[id]; ok {
					p.add(0, "id %s stands in %s too", id, other)
				}
				owner[id] = name
			}
			read[t.Sector] = t
		})
	}
	return read
}

// ids lists the ids a template uses, variants included, each once.
func ids(t *catalog.Template) []catalog.TemplateID {
	var out []catalog.TemplateID
	for _, e := range t.Entries {
		out = append(out, e.ID)
	}
	for _, v := range t.Variants {
		for _, e := range v.Replace {
			if !slices.Contains(out, e.ID) {
				out = append(out, e.ID)
			}
		}
	}
	return out
}
