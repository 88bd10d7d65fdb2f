// Package overview is the board of all sectors (总览): one look says how far each
// is, and a headline names the one thing to do next. The board stands before any
// entry has been read; what a check finds comes in sector by sector, and nothing
// waits for it.
package overview

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Service is what the board asks for; [work.Desk] is one, but for what the
// reviewers say. It is called from the background, but for Due and Listen.
type Service interface {
	Board(context.Context, work.Reviews) ([]work.Line, error)
	Count(context.Context, catalog.Sector) (work.Counts, error)
	Due(day int) work.Due
	Looked(catalog.Sector)
	Addable(context.Context) ([]work.Offered, error)
	AddSectors(context.Context, []catalog.Sector) error
	SetUnused(ctx context.Context, s catalog.Sector, reason string) error
	BringBack(context.Context, catalog.Sector) error
	Listen(func(work.Event)) (stop func())
}

// Options say where the board leads. All but Open may be nil.
type Options struct {
	Reviews  work.Reviews // what the reviewers say; nil: nothing is submitted
	DueDay   int          // of the month; 0: the usual one
	Now      func() time.Time
	Open     func(catalog.Sector) // the sector's catalog
	Findings func(catalog.Sector) // its findings
	SignOff  func(catalog.Sector) // signing off; an empty sector: all that can be
	Export   func()
	Told     func(text string) // something was done that can be undone
	Showing  func() bool       // whether the board can be seen
	Lines    []work.Line       // what the board shows first; nil: it is read in the background
	// CountAfter is how long the first check waits, so that it does not hold the
	// program's start up.
	CountAfter time.Duration
}

// Screen is the board.
type Screen struct {
	win fyne.Window
	s   Service
	o   Options

	lines   []work.Line
	loaded  bool
	lead    bool                      // the focus goes to the headline's button once there is one
	checked map[catalog.Sector]uint64 // the revision that was checked since the start
	next    work.Next
	begun   time.Time // when counting may begin
	wait    *time.Timer
	closed  bool
	counts  func() // ends the check under way; nil: none is
	asked   int
	stale   atomic.Bool // something has changed since the board was read
	filter  int
	order   int

	head    *headline
	filters []*kit.PushButton
	bar     *fyne.Container
	sort    *kit.Select
	board   *fyne.Container
	scroll  *container.Scroll
	cards   map[catalog.Sector]*card
	shown   []*card
	body    *fyne.Container
	root    fyne.CanvasObject
	stop    func()
}

// New makes the board of a window.
func New(win fyne.Window, s Service, o Options) *Screen {
	if o.Now == nil {
		o.Now = time.Now
	}
	sc := &Screen{win: win, s: s, o: o, checked: map[catalog.Sector]uint64{}, cards: map[catalog.Sector]*card{}}
	sc.head = newHeadline(sc.act)
	var bar []fyne.CanvasObject
	for i := range filters {
		b := kit.Quiet("", nil, func() { sc.setFilter(i) })
		sc.filters = append(sc.filters, b)
		bar = append(bar, b)
	}
	sc.sort = kit.NewSelect([]string{kit.Say(wordByUrgency), kit.Say(wordByNumber), kit.Say(wordByEdit)}, func(string) {
		sc.order = sc.sort.SelectedIndex()
		sc.arrange()
	})
	sc.sort.Selected = kit.Say(wordByUrgency)
	add := kit.Button(kit.Say(wordAdd), theme.ContentAddIcon(), sc.add)
	sc.bar = container.NewHBox(bar...)
	tools := container.NewBorder(nil, nil, nil, container.NewHBox(sc.sort, add), container.NewHScroll(sc.bar))
	sc.board = container.New(&tiles{})
	sc.scroll = container.NewVScroll(kit.Inset(edge, sc.board))
	sc.body = container.NewStack(kit.Empty(nil, kit.Say(wordLoading), "", nil))
	sc.root = kit.Inset(8, container.NewBorder(container.NewVBox(sc.head.made, tools), nil, nil, nil, sc.body))
	sc.stop = s.Listen(func(work.Event) {
		if sc.stale.CompareAndSwap(false, true) {
			kit.Do(sc.catchUp)
		}
	})
	if o.Lines == nil {
		sc.refresh()
	}
	return sc
}

// Content is the whole screen.
func (sc *Screen) Content() fyne.CanvasObject { return sc.root }

// Shown brings the board up to date when it comes up, and gives the focus to the
// button that leads on.
func (sc *Screen) Shown() {
	sc.lead = true
	if lines := sc.o.Lines; lines != nil {
		sc.o.Lines = nil
		sc.take(lines)
		return
	}
	sc.refresh()
}

// Close ends what the screen does in the background.
func (sc *Screen) Close() {
	sc.closed = true
	if sc.wait != nil {
		sc.wait.Stop()
	}
	sc.stop()
	if sc.counts != nil {
		sc.counts()
	}
}

// catchUp reads the board again after a change, where it can be seen.
func (sc *Screen) catchUp() {
	if sc.o.Showing != nil && !sc.o.Showing() {
		return // Shown does it
	}
	sc.refresh()
}

// refresh reads the board, which takes no time to speak of.
func (sc *Screen) refresh() {
	sc.stale.Store(false)
	sc.asked++
	asked := sc.asked
	kit.Run(func(ctx context.Context) ([]work.Line, error) { return sc.s.Board(ctx, sc.o.Reviews) }, func(lines []work.Line, err error) {
		if asked != sc.asked {
			return
		}
		if err != nil {
			sc.body.Objects = []fyne.CanvasObject{kit.Empty(theme.WarningIcon(), words.Explain(err, kit.Lang()), "",
				kit.Primary(kit.Say(kit.WordRetry), theme.ViewRefreshIcon(), sc.refresh))}
			sc.body.Refresh()
			return
		}
		sc.take(lines)
	})
}

// take shows the board as it was read.
func (sc *Screen) take(lines []work.Line) {
	sc.lines, sc.loaded = lines, true
	for _, c := range sc.cards {
		c.drawn = false // what is said of the time has changed
	}
	sc.update()
	sc.begin()
}

// begin counts, but not before the first picture has had its time: what was counted
// last time stands there already.
func (sc *Screen) begin() {
	switch {
	case sc.begun.IsZero():
		sc.begun = time.Now().Add(sc.o.CountAfter)
		if sc.o.CountAfter > 0 {
			sc.wait = time.AfterFunc(sc.o.CountAfter, func() { kit.Do(sc.count) })
			return
		}
	case time.Now().Before(sc.begun):
		return
	}
	sc.count()
}

// count checks the next sector that has changed since it was checked.
func (sc *Screen) count() {
	if sc.counts != nil || sc.closed {
		return
	}
	wants := func(l work.Line) bool { return !l.Unused() && sc.checked[l.Info.Slug] != l.Head.Revision }
	i := slices.IndexFunc(sc.lines, func(l work.Line) bool { return wants(l) && l.Counts == nil })
	if i < 0 { // those remembered from last time may not be what a check finds today
		i = slices.IndexFunc(sc.lines, wants)
	}
	if i < 0 {
		return
	}
	sector, revision := sc.lines[i].Info.Slug, sc.lines[i].Head.Revision
	sc.counts = kit.Run(func(ctx context.Context) (work.Counts, error) { return sc.s.Count(ctx, sector) }, func(n work.Counts, err error) {
		sc.counts = nil
		sc.checked[sector] = revision // not again before it changes, also where it failed
		if err == nil {
			for i := range sc.lines {
				if sc.lines[i].Info.Slug == sector {
					sc.lines[i] = sc.lines[i].Counted(n)
				}
			}
			sc.update()
		}
		sc.count()
	})
}

// update shows the lines as they are now.
func (sc *Screen) update() {
	for _, l := range sc.lines {
		c := sc.cards[l.Info.Slug]
		if c == nil {
			c = newCard(sc)
			sc.cards[l.Info.Slug] = c
		}
		c.set(l)
	}
	sc.next = work.NextOf(sc.lines)
	sc.head.set(sc.next, sc.summary())
	sc.arrange()
	if sc.lead && sc.head.do.Visible() {
		sc.lead = false
		if sc.win.Canvas().Focused() == nil {
			sc.win.Canvas().Focus(sc.head.do)
		}
	}
}

// filters are the parts of the board that can be shown alone.
var filters = []struct {
	name words.Text
	has  func(*work.Line) bool
}{
	{wordAll, func(*work.Line) bool { return true }},
	{wordOpen, isOpen},
	{wordWrong, func(l *work.Line) bool { return isOpen(l) && l.Counts != nil && l.Counts.Errors > 0 }},
	{wordUntouched, func(l *work.Line) bool { return isOpen(l) && l.Untouched }},
	{wordDone, func(l *work.Line) bool { return !l.Unused() && !isOpen(l) }},
	{wordUnused, (*work.Line).Unused},
}

// isOpen tells what the clerk has still to work on.
func isOpen(l *work.Line) bool { return l.State == work.StateDraft || l.State == work.StateReturned }

func (sc *Screen) setFilter(i int) {
	sc.filter = i
	sc.arrange()
}

// arrange puts the cards of the lines wanted in the order wanted.
func (sc *Screen) arrange() {
	if !sc.loaded {
		return
	}
	for i, f := range filters {
		n := 0
		for j := range sc.lines {
			if f.has(&sc.lines[j]) {
				n++
			}
		}
		b := sc.filters[i]
		b.Importance = widget.LowImportance
		if i == sc.filter {
			b.Importance = widget.MediumImportance
		}
		b.SetText(countText(kit.Say(f.name), n))
	}
	sc.bar.Refresh()
	var lines []work.Line
	for _, l := range sc.lines {
		if filters[sc.filter].has(&l) {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b work.Line) int {
		switch sc.order {
		case 0:
			return cmp.Or(cmp.Compare(urgency(&a, sc.next), urgency(&b, sc.next)), cmp.Compare(a.Info.No, b.Info.No))
		case 2:
			return cmp.Or(b.Head.EditedAt.Compare(a.Head.EditedAt), cmp.Compare(a.Info.No, b.Info.No))
		}
		return cmp.Compare(a.Info.No, b.Info.No)
	})
	sc.shown = sc.shown[:0]
	objects := make([]fyne.CanvasObject, len(lines))
	for i, l := range lines {
		sc.shown = append(sc.shown, sc.cards[l.Info.Slug])
		objects[i] = sc.shown[i]
	}
	sc.board.Objects = objects
	sc.board.Refresh()
	show := fyne.CanvasObject(sc.scroll)
	if len(lines) == 0 {
		show = kit.Empty(nil, kit.Say(wordNoneSuch), "", kit.Button(kit.Say(wordShowAll), nil, func() { sc.setFilter(0) }))
	}
	sc.body.Objects = []fyne.CanvasObject{show}
	sc.body.Refresh()
}

// urgency is the place of a line among what there is to do; the next thing is first.
func urgency(l *work.Line, next work.Next) int {
	switch {
	case l.Info.Slug == next.Sector.Slug && next.Sector.Slug != "":
		return 0
	case l.State == work.StateReturned:
		return 1
	case l.State == work.StateDraft && l.Counts != nil && l.Counts.Errors > 0:
		return 2
	case l.State == work.StateDraft && l.Untouched:
		return 3
	case l.State == work.StateDraft:
		return 4
	case l.State == work.StateReady:
		return 5
	case l.State == work.StateSubmitted:
		return 6
	case l.State == work.StateApproved:
		return 7
	}
	return 8
}

// summary says in one line when it is due and how much there is.
func (sc *Screen) summary() string {
	due := sc.s.Due(sc.o.DueDay)
	day := words.Date(due.Date, kit.Lang())
	if !due.Sure {
		day = kit.Say(wordDueRough, day, string(due.Date))
	}
	when := kit.Say(wordDueIn, due.Days, day)
	switch due.Days {
	case 0:
		when = kit.Say(wordDueToday, day)
	case 1:
		when = kit.Say(wordDueTomorrow, day)
	}
	sectors, entries, errs, warnings, uncounted := 0, 0, 0, 0, 0
	for i := range sc.lines {
		l := &sc.lines[i]
		if l.Unused() {
			continue
		}
		sectors++
		entries += l.Head.Entries
		if l.Counts == nil {
			uncounted++
			continue
		}
		errs += l.Counts.Errors
		warnings += l.Counts.Warnings
	}
	parts := []string{when, kit.Say(wordSum, sectors, entries)}
	switch {
	case errs > 0:
		parts = append(parts, kit.Say(wordSumErrors, errs))
	case uncounted > 0:
		parts = append(parts, kit.Say(wordChecking))
	case sectors > 0:
		parts = append(parts, kit.Say(wordSumNone))
	}
	if warnings > 0 {
		parts = append(parts, kit.Say(wordSumWarnings, warnings))
	}
	return strings.Join(parts, "  ·  ")
}

// act goes where the next thing is done.
func (sc *Screen) act() {
	switch sc.next.Kind {
	case work.NextReturned, work.NextUntouched:
		sc.goTo(sc.next.Sector.Slug)
	case work.NextErrors:
		sc.findings(sc.next.Sector.Slug)
	case work.NextSign:
		if sc.o.SignOff != nil {
			sc.o.SignOff("")
		}
	case work.NextExport:
		if sc.o.Export != nil {
			sc.o.Export()
		}
	case work.NextAdd:
		sc.add()
	}
}

// findings shows what is wrong in a sector.
func (sc *Screen) findings(s catalog.Sector) {
	if sc.o.Findings != nil {
		sc.o.Findings(s)
		return
	}
	sc.goTo(s)
}

// goTo opens a sector's catalog; from then on it counts as looked at.
func (sc *Screen) goTo(s catalog.Sector) {
	kit.Run(func(context.Context) (struct{}, error) {
		sc.s.Looked(s)
		return struct{}{}, nil
	}, func(struct{}, error) {})
	sc.o.Open(s)
}

func (sc *Screen) told(text string) {
	if sc.o.Told != nil {
		sc.o.Told(text)
	}
}

// open is what Enter and a click on a card do.
func (sc *Screen) open(l work.Line) {
	if l.Unused() {
		sc.askBring(l)
		return
	}
	sc.goTo(l.Info.Slug)
}

// edge is kept free around the cards: what lies at the very edge of a scroll is cut.
const edge = 3

// move gives the focus to another card: so many further, or so many rows.
func (sc *Screen) move(from *card, by, rows int) {
	at := slices.Index(sc.shown, from)
	if at < 0 {
		return
	}
	columns := sc.board.Layout.(*tiles).columns
	to := at + by + rows*columns
	if rows != 0 && (to < 0 || to >= len(sc.shown)) {
		return
	}
	sc.focus(min(max(to, 0), len(sc.shown)-1))
}

func (sc *Screen) focus(i int) {
	c := sc.shown[i]
	sc.win.Canvas().Focus(c)
	top, bottom := c.Position().Y, c.Position().Y+c.Size().Height+2*edge
	switch {
	case top < sc.scroll.Offset.Y:
		sc.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > sc.scroll.Offset.Y+sc.scroll.Size().Height:
		sc.scroll.ScrollToOffset(fyne.NewPos(0, bottom-sc.scroll.Size().Height))
	}
}
