package work

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/find"
	"mulutong/templates"
)

// HitKind tells what was found.
type HitKind uint8

// What a search finds.
const (
	HitEntry  HitKind = iota + 1 // an entry of a draft
	HitSector                    // a sector of the unit's
	HitPage                      // a page of the manual
	HitAct                       // an act of the register of legal bases
)

// Mark is a stretch of a snippet that fits the query, in bytes.
type Mark = find.Span

// Hit is one thing that a search found.
type Hit struct {
	Kind   HitKind
	Sector catalog.SectorInfo // of an entry or a sector
	Entry  catalog.EntryID
	Field  catalog.Field   // of the entry: which fits best
	Fields []catalog.Field // all that fit
	Page   string          // of the manual
	Anchor string          // in the page
	Act    catalog.ActID
	Status catalog.Status // of the act
	Title  string         // what it is called
	// Snippet is from the field, the page or the act's numbers, on one line; Marks are
	// what fits in it.
	Snippet string
	Marks   []Mark
}

// Found is what a search found: the best hits, best first, and how many there are.
type Found struct {
	Hits  []Hit
	Total int
}

// Page is a page of the manual, to be found.
type Page struct {
	ID, Title string
	Sections  []Section
}

// Section is a part of a page under its heading; the first may have none.
type Section struct{ Anchor, Heading, Text string }

// Search finds everything of a unit: its entries in all their fields, its sectors,
// the register of legal bases, the manual. Its index is made in the background and
// follows the drafts as they are edited.
type Search struct {
	desk  *Desk
	pages []Page
	index find.Index
	asked chan struct{} // holds one once somebody searches
	ready chan struct{} // closed once everything is in the index
	stop  func()
	wake  chan struct{}
	done  chan struct{}

	mu      sync.Mutex // guards what follows
	all     bool       // everything has to be looked at again
	stale   map[catalog.Sector][]catalog.EntryID
	indexed []catalog.Sector
	closed  bool
}

// Groups of the index, besides the sectors' slugs.
const (
	groupSectors = "*sectors"
	groupPages   = "*pages"
	groupActs    = "*acts"

	behindSectors = 10_000
)

// indexAfter is how long the index of a desk waits, unless somebody searches
// sooner: whoever opens a desk first wants to see it, and a large one takes a core
// for a second.
const indexAfter = 2 * time.Second

// NewSearch indexes everything of a desk, and the pages of the manual, in the
// background and soon.
func NewSearch(d *Desk, pages []Page) *Search {
	s := &Search{
		desk: d, pages: pages, asked: make(chan struct{}, 1), ready: make(chan struct{}), wake: make(chan struct{}, 1), done: make(chan struct{}),
		all: true, stale: map[catalog.Sector][]catalog.EntryID{},
	}
	s.stop = d.Listen(s.heard)
	go s.follow()
	return s
}

// Close ends following the desk.
func (s *Search) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	s.stop()
	close(s.done)
}

// heard notes what has to be looked at again; it never waits.
func (s *Search) heard(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e.Kind {
	case SectorsChanged, Replaced, KnowChanged:
		s.all = true
	case CatalogChanged:
		held, known := s.stale[e.Sector]
		switch {
		case e.Entries == nil, known && held == nil:
			s.stale[e.Sector] = nil // all of it
		default:
			s.stale[e.Sector] = append(held, e.Entries...)
		}
	default:
		return
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// follow brings the index up to date, again and again.
func (s *Search) follow() {
	select {
	case <-s.asked:
	case <-time.After(indexAfter):
	case <-s.done:
		return
	}
	first := true
	for {
		s.mu.Lock()
		all, stale := s.all, s.stale
		s.all, s.stale = false, map[catalog.Sector][]catalog.EntryID{}
		s.mu.Unlock()
		if all {
			s.indexAll()
		} else {
			for sector, ids := range stale {
				s.indexSector(sector, ids)
			}
		}
		if first {
			first = false
			close(s.ready)
		}
		select {
		case <-s.wake:
		case <-s.done:
			return
		}
	}
}

func (s *Search) indexAll() {
	ctx := context.Background()
	know := s.desk.Know()
	sectors, err := s.desk.Sectors(ctx)
	if err != nil {
		sectors = nil // a store that cannot be read; the rest is found all the same
	}
	var slugs []catalog.Sector
	for _, info := range sectors {
		slugs = append(slugs, info.Slug)
		s.indexSector(info.Slug, nil)
	}
	s.mu.Lock()
	gone := slices.DeleteFunc(s.indexed, func(x catalog.Sector) bool { return slices.Contains(slugs, x) })
	s.indexed = slugs
	s.mu.Unlock()
	for _, x := range gone {
		s.index.Drop(string(x))
	}

	docs := make([]find.Doc, len(sectors))
	for i, info := range sectors {
		docs[i] = find.Doc{Key: string(info.Slug), Title: info.Called(), Parts: []find.Part{
			{Name: "name", Text: info.Called()},
			{Name: "name", Text: info.Name},
			{Name: "also", Text: strings.Join(info.AlsoCalled, "、"), Weight: 1},
			{Name: "slug", Text: string(info.Slug), Weight: 2},
		}}
	}
	s.index.Set(groupSectors, 0, docs)
	s.indexPages()
	s.indexActs(know)
}

func (s *Search) indexPages() {
	var docs []find.Doc
	for _, p := range s.pages {
		for _, section := range p.Sections {
			docs = append(docs, find.Doc{Key: p.ID + "#" + section.Anchor, Title: strings.TrimSuffix(p.Title+" / "+section.Heading, " / "), Parts: []find.Part{
				{Name: "heading", Text: section.Heading, Weight: 1}, {Name: "text", Text: section.Text, Weight: 4},
			}})
		}
	}
	s.index.Set(groupPages, behindSectors, docs)
}

func (s *Search) indexActs(know *templates.Set) {
	acts := know.Register().Acts()
	docs := make([]find.Doc, len(acts))
	for i, a := range acts {
		numbers := make([]string, 0, len(a.Revisions))
		for _, r := range a.Revisions {
			if r.Number != "" {
				numbers = append(numbers, r.Number)
			}
		}
		number := strings.Join(numbers, "、")
		docs[i] = find.Doc{Key: string(a.ID), Title: a.Title, Parts: []find.Part{
			{Name: "title", Text: a.Title, Weight: 3},
			{Name: "number", Text: number, Also: strings.Join(numbers, "；"), Weight: 3},
			{Name: "alias", Text: strings.Join(a.Aliases, "、"), Weight: 4},
		}}
	}
	s.index.Set(groupActs, behindSectors+1, docs)
}

// indexSector looks at a sector's entries again; nil: at all of them.
func (s *Search) indexSector(sector catalog.Sector, ids []catalog.EntryID) {
	names := map[catalog.TemplateID]string{}
	if t, ok := s.desk.Know().Template(sector); ok {
		for i := range t.Entries {
			names[t.Entries[i].ID] = strings.Join(t.Entries[i].AlsoCalled, "；")
		}
	}
	dr := s.desk.open(sector)
	if dr != nil && ids != nil {
		whole := false
		for _, id := range ids {
			e, ok := dr.Entry(id)
			whole = whole || !ok || !s.index.Put(string(sector), docOf(&e, names[e.Template]))
		}
		if !whole {
			return
		}
	}
	var c *catalog.Catalog
	if dr != nil {
		c = dr.Catalog()
	} else {
		stored, err := s.desk.inUse().Catalog(context.Background(), sector)
		if err != nil {
			s.index.Drop(string(sector)) // it is gone, or cannot be read
			return
		}
		c = &stored
	}
	docs := make([]find.Doc, len(c.Entries))
	for i := range c.Entries {
		docs[i] = docOf(&c.Entries[i], names[c.Entries[i].Template])
	}
	s.index.Set(string(sector), s.desk.sectorInfo(sector).No, docs)
}

// weights tells how much each field matters to a search.
var weights = map[catalog.Field]int{
	catalog.FieldPath: 0, catalog.FieldCode: 1, catalog.FieldPublisher: 1,
	catalog.FieldContent: 2, catalog.FieldBasis: 2, catalog.FieldTimeLimit: 2,
	catalog.FieldChannels: 3, catalog.FieldAudience: 3, catalog.FieldMode: 3, catalog.FieldTiers: 3,
	catalog.FieldLink: 3, catalog.FieldExtra: 3,
}

// docOf is an entry as it is searched, with the names its matter has elsewhere.
func docOf(e *catalog.Entry, alsoCalled string) find.Doc {
	d := find.Doc{Key: string(e.ID), Title: strings.Join(e.Path, " / "), Parts: make([]find.Part, 0, len(catalog.Fields)+1)}
	for _, f := range catalog.Fields {
		p := find.Part{Name: string(f), Text: e.Text(f), Weight: weights[f]}
		if f == catalog.FieldBasis {
			var numbers []string
			for _, c := range e.Basis {
				numbers = append(numbers, c.Number)
			}
			p.Also = strings.Join(numbers, "；")
		}
		if p.Text != "" {
			d.Parts = append(d.Parts, p)
		}
	}
	if alsoCalled != "" {
		d.Parts = append(d.Parts, find.Part{Name: string(catalog.FieldPath), Text: alsoCalled, Weight: 1})
	}
	return d
}

// besides is how many acts, and pages of the manual, are listed even where entries
// alone would fill the list.
const besides = 3

// wait waits for the index to be made.
func (s *Search) wait(ctx context.Context) error {
	select {
	case <-s.ready:
		return nil
	case <-s.done:
		return context.Canceled
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Find searches. It waits for the index to be made, within the context, and
// returns at most limit hits, best first.
func (s *Search) Find(ctx context.Context, query string, limit int) (Found, error) {
	select {
	case s.asked <- struct{}{}:
	default:
	}
	if err := s.wait(ctx); err != nil {
		return Found{}, err
	}
	r := s.index.Search(ctx, query, limit)
	f := Found{Total: r.Total}
	if r.Total > limit && limit > 2*besides {
		// Many entries would leave no room for the act that they all cite.
		for _, group := range []string{groupPages, groupActs} {
			for _, h := range s.index.Search(ctx, query, besides, group).Hits {
				same := func(o find.Hit) bool { return o.Group == h.Group && o.Key == h.Key }
				if slices.ContainsFunc(r.Hits, same) {
					continue
				}
				for i := len(r.Hits) - 1; i >= 0; i-- {
					if !strings.HasPrefix(r.Hits[i].Group, "*") {
						r.Hits = append(slices.Delete(r.Hits, i, i+1), h)
						break
					}
				}
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return Found{}, err
	}
	for i := range r.Hits {
		f.Hits = append(f.Hits, s.hit(&r.Hits[i]))
	}
	return f, nil
}

func (s *Search) hit(h *find.Hit) Hit {
	out := Hit{Title: h.Title, Snippet: h.Snippet, Marks: h.Marks}
	switch h.Group {
	case groupSectors:
		out.Kind, out.Sector = HitSector, s.desk.sectorInfo(catalog.Sector(h.Key))
	case groupPages:
		out.Kind = HitPage
		out.Page, out.Anchor, _ = strings.Cut(h.Key, "#")
	case groupActs:
		out.Kind, out.Act = HitAct, catalog.ActID(h.Key)
		act, _ := s.desk.Know().Register().Act(out.Act)
		out.Status = act.Status
	default:
		out.Kind, out.Entry = HitEntry, catalog.EntryID(h.Key)
		out.Sector = s.desk.sectorInfo(catalog.Sector(h.Group))
		out.Field = catalog.Field(h.Part)
		for _, p := range h.Parts {
			if f := catalog.Field(p); !slices.Contains(out.Fields, f) {
				out.Fields = append(out.Fields, f)
			}
		}
	}
	return out
}

// Citing finds the first entry of the drafts in whose basis an act's name stands.
func (s *Search) Citing(ctx context.Context, act catalog.ActID) (Hit, bool) {
	const looked = 500
	a, ok := s.desk.Know().Register().Act(act)
	if !ok || s.wait(ctx) != nil {
		return Hit{}, false
	}
	title := strings.TrimPrefix(a.Title, "中华人民共和国")
	for _, h := range s.index.Search(ctx, title, looked).Hits {
		if !strings.HasPrefix(h.Group, "*") && slices.Contains(h.Parts, string(catalog.FieldBasis)) {
			found := s.hit(&h)
			found.Field = catalog.FieldBasis
			return found, true
		}
	}
	return Hit{}, false
}

// HitName says what sort of thing was found, to stand above others of the sort.
func (h *Hit) HitName() words.Text {
	switch h.Kind {
	case HitSector:
		return words.Text{ZH: "领域", EN: "Sectors"}
	case HitPage:
		return words.Text{ZH: "使用说明", EN: "Manual"}
	case HitAct:
		return words.Text{ZH: "依据库", EN: "Legal bases"}
	}
	return words.Sector(h.Sector)
}
