// Package findings is the screen that lists everything the checks have found
// (检查): of one catalog or of the unit, by rule or by entry. It shows of each what
// is wrong and what it would become, leads to the field, fixes one or many at once
// after a look, and takes the reason why a finding is wrong. The list can be used
// while checking goes on.
package findings

import (
	"context"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// Drafts is what the screen needs of a unit's drafts; [work.Desk] is one.
type Drafts interface {
	Sectors(context.Context) ([]catalog.SectorInfo, error)
	Findings(context.Context, catalog.Sector) (work.Findings, error)
	PlanFixes(ctx context.Context, sectors []catalog.Sector, wanted func(check.Finding) bool, step func(done, total int)) ([]work.Fixed, error)
	Fix(ctx context.Context, label string, fixes []work.Fixed) (int, error)
	Answer(ctx context.Context, fs []check.Finding, reason string) error
	Listen(func(work.Event)) (stop func())
}

// Actions are what the screen has others do.
type Actions struct {
	Open func(check.Finding) // shows the entry and field a finding is about
	Said func(text string)   // a short message: something was done, which undo takes back
}

// Screen is the screen. Make it with New.
type Screen struct {
	win     fyne.Window
	drafts  Drafts
	actions Actions
	stop    func()

	sheets []*sheet
	failed error // of listing the sectors
	filter filter
	rows   []row
	chosen string // the key of the finding that the panel shows

	list    *list
	panel   *panel
	body    *fyne.Container
	split   *container.Split
	top     *fyne.Container
	summary *widget.Label // how many there are, or how far checking is
	working bool          // checking goes on
	sector  *kit.Select
	checks  map[check.Severity]*kit.Check
	reasons *kit.Select
	order   *kit.Select
	batch   *kit.PushButton
	content fyne.CanvasObject
	filling bool // the controls are being set, not used

	mu       sync.Mutex
	stale    map[catalog.Sector]bool // to be read again; "": all of them
	fetching bool
}

// New makes the screen; it reads the findings when it is first shown.
func New(win fyne.Window, d Drafts, a Actions) *Screen {
	s := &Screen{
		win: win, drafts: d, actions: a, stale: map[catalog.Sector]bool{},
		filter: filter{severity: map[check.Severity]bool{check.Error: true, check.Warning: true}, folded: map[string]bool{}},
		checks: map[check.Severity]*kit.Check{},
	}
	s.summary = kit.Tag("")
	s.list = newList(s)
	s.panel = newPanel(s)
	s.sector = kit.NewSelect(nil, func(string) { s.filtered() })
	for _, severity := range []check.Severity{check.Error, check.Warning, check.Info} {
		c := kit.NewCheck(kit.Say(words.Severity(severity)), func(bool) { s.filtered() })
		c.Checked = s.filter.severity[severity]
		s.checks[severity] = c
	}
	s.reasons = kit.NewSelect([]string{kit.Say(openOnes), kit.Say(answered), kit.Say(allOnes)}, func(string) { s.filtered() })
	s.order = kit.NewSelect([]string{kit.Say(byRule), kit.Say(byEntry)}, func(string) { s.filtered() })
	s.filling = true
	s.reasons.SetSelectedIndex(0)
	s.order.SetSelectedIndex(0)
	s.filling = false
	s.batch = kit.Button(kit.Say(batch), theme.ConfirmIcon(), func() { s.preview("") })

	s.top = container.NewBorder(nil, nil, kit.Title(kit.Say(title)), s.batch, centredWide(s.summary))
	bar := container.NewHBox(s.sector,
		s.checks[check.Error], s.checks[check.Warning], s.checks[check.Info], s.reasons, s.order)
	s.split = container.NewHSplit(kit.Card(s.list), s.panel.content)
	s.split.Offset = 0.58
	s.body = container.NewStack(s.split)
	s.content = kit.Inset(8, container.NewBorder(container.NewVBox(s.top, bar), nil, nil, nil, s.body))
	s.stop = d.Listen(s.heard)
	s.fill()
	s.refetch("")
	return s
}

// Content is the whole screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Close ends listening to the drafts.
func (s *Screen) Close() { s.stop() }

// Show lists the findings of one sector, or of the unit where it is empty.
func (s *Screen) Show(sector catalog.Sector) {
	s.filter.sector = sector
	s.fill()
	s.win.Canvas().Focus(s.list)
}

// heard notes what has changed; it may be called from any goroutine.
func (s *Screen) heard(e work.Event) {
	switch e.Kind {
	case work.FindingsChanged, work.CatalogChanged:
		s.refetch(e.Sector)
	case work.SectorsChanged, work.Replaced:
		s.refetch("")
	}
}

// refetch reads a sector's findings again, soon; all sectors' where it is empty.
func (s *Screen) refetch(sector catalog.Sector) {
	s.mu.Lock()
	s.stale[sector] = true
	start := !s.fetching
	s.fetching = true
	s.mu.Unlock()
	if start {
		kit.Do(s.fetch)
	}
}

// fetch reads what is stale in the background, and shows it piece by piece.
func (s *Screen) fetch() {
	s.mu.Lock()
	stale := s.stale
	s.stale = map[catalog.Sector]bool{}
	s.mu.Unlock()
	old := slices.Clone(s.sheets)
	kit.Run(func(ctx context.Context) (bool, error) {
		return true, s.read(ctx, stale, old)
	}, func(_ bool, err error) {
		s.mu.Lock()
		again := len(s.stale) > 0
		s.fetching = again
		s.mu.Unlock()
		s.failed = err
		s.fill()
		if again {
			s.fetch()
		}
	})
}

func (s *Screen) read(ctx context.Context, stale map[catalog.Sector]bool, old []*sheet) error {
	sheets := old
	if stale[""] {
		infos, err := s.drafts.Sectors(ctx)
		if err != nil {
			return err
		}
		sheets = nil
		for _, info := range infos {
			sh := &sheet{info: info}
			if i := slices.IndexFunc(old, func(o *sheet) bool { return o.info.Slug == info.Slug }); i >= 0 {
				sh = old[i]
			}
			sheets = append(sheets, sh)
		}
		kit.Do(func() { s.sheets = sheets; s.fill() })
	}
	for i, sh := range sheets {
		if !stale[""] && !stale[sh.info.Slug] {
			continue
		}
		got, err := s.drafts.Findings(ctx, sh.info.Slug)
		read := &sheet{info: sh.info, catalog: got.Catalog, list: got.List, current: got.Current, err: err}
		kit.Do(func() {
			if i < len(s.sheets) && s.sheets[i].info.Slug == read.info.Slug {
				s.sheets[i] = read
			}
		})
		if i%4 == 3 {
			kit.Do(s.fill)
		}
	}
	return nil
}

// filtered takes what the controls say.
func (s *Screen) filtered() {
	if s.filling {
		return
	}
	s.filter.sector = ""
	if i := s.sector.SelectedIndex(); i > 0 && i <= len(s.sheets) {
		s.filter.sector = s.sheets[i-1].info.Slug
	}
	for severity, c := range s.checks {
		s.filter.severity[severity] = c.Checked
	}
	s.filter.reasons = reasons(max(0, s.reasons.SelectedIndex()))
	if by := s.order.SelectedIndex() == 1; by != s.filter.byEntry {
		s.filter.byEntry = by
		clear(s.filter.folded)
	}
	s.fill()
}

// fill shows what the screen knows.
func (s *Screen) fill() {
	s.filling = true
	defer func() { s.filling = false }()
	total, all := count(s.sheets, ""), count(s.sheets, s.filter.sector)
	options := []string{kit.Say(allSectors)}
	chosen := 0
	for i, sh := range s.sheets {
		options = append(options, words.Sector(sh.info).In(kit.Lang()))
		if sh.info.Slug == s.filter.sector {
			chosen = i + 1
		}
	}
	if !slices.Equal(options, s.sector.Options) || s.sector.SelectedIndex() != chosen {
		s.sector.Options = options
		s.sector.SetSelectedIndex(chosen)
	}
	for severity, c := range s.checks {
		setText(c, kit.Say(words.Severity(severity))+" "+itoa(all.open[severity]))
		c.SetChecked(s.filter.severity[severity])
	}
	s.reasons.SetSelectedIndex(int(s.filter.reasons))
	s.progress(all)
	s.rows = rowsOf(s.sheets, &s.filter, kit.Lang())
	if fixable(s.sheets, s.filter.sector) > 0 {
		s.batch.Enable()
	} else {
		s.batch.Disable()
	}
	s.show(total.all)
}

// progress says how many findings there are, or how far checking is.
func (s *Screen) progress(n counts) {
	done := 0
	for _, sh := range s.sheets {
		if sh.current || sh.err != nil {
			done++
		}
	}
	s.working = done < len(s.sheets)
	switch {
	case s.working:
		s.summary.SetText(kit.Say(checkingOf, done, len(s.sheets)))
	case len(s.sheets) == 0:
		s.summary.SetText("")
	default:
		s.summary.SetText(kit.Say(summary, n.open[check.Error], n.open[check.Warning], n.answered))
	}
	s.top.Refresh()
}

// show puts the list, or what stands in its place, on the screen.
func (s *Screen) show(total int) {
	var instead fyne.CanvasObject
	err := s.failed
	for _, sh := range s.sheets {
		if sh.err != nil && (s.filter.sector == "" || s.filter.sector == sh.info.Slug) {
			err = sh.err
		}
	}
	s.mu.Lock()
	fetching := s.fetching
	s.mu.Unlock()
	switch {
	case err != nil && len(s.rows) == 0:
		instead = kit.Empty(theme.WarningIcon(), words.Explain(err, kit.Lang()), "",
			kit.Primary(kit.Say(kit.WordRetry), theme.ViewRefreshIcon(), func() { s.refetch("") }))
	case len(s.rows) > 0:
	case fetching && len(s.sheets) == 0, s.working:
		instead = kit.Empty(theme.SearchIcon(), kit.Say(waiting), "", nil)
	case len(s.sheets) == 0:
		instead = kit.Empty(theme.InfoIcon(), kit.Say(noCatalogs), kit.Say(noneHint), nil)
	case total == 0:
		instead = kit.Empty(theme.ConfirmIcon(), kit.Say(nothing), kit.Say(nothingHint), nil)
	default:
		instead = kit.Empty(theme.ConfirmIcon(), kit.Say(hidden), kit.Say(hiddenHint, total),
			kit.Button(kit.Say(showAll), nil, s.showAll))
	}
	if instead != nil {
		s.body.Objects = []fyne.CanvasObject{kit.Card(instead)}
		s.body.Refresh()
		return
	}
	if s.body.Objects[0] != s.split {
		s.body.Objects = []fyne.CanvasObject{s.split}
		s.body.Refresh()
	}
	s.list.fill()
}

// showAll takes every filter away.
func (s *Screen) showAll() {
	s.filter.sector, s.filter.reasons = "", whatever
	for severity := range s.checks {
		s.filter.severity[severity] = true
	}
	s.fill()
}

// fixable counts the findings that can be fixed.
func fixable(sheets []*sheet, sector catalog.Sector) int {
	n := 0
	for _, sh := range sheets {
		if sector != "" && sh.info.Slug != sector {
			continue
		}
		for i := range sh.list {
			if work.Fixable(sh.list[i]) {
				n++
			}
		}
	}
	return n
}

func (s *Screen) said(text string) {
	if s.actions.Said != nil {
		s.actions.Said(text)
	}
}

func (s *Screen) open(f check.Finding) {
	if s.actions.Open != nil {
		s.actions.Open(f)
	}
}

func setText(c *kit.Check, text string) {
	if c.Text != text {
		c.Text = text
		c.Refresh()
	}
}
