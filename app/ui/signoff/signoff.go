// Package signoff is the screen on which the unit's own approval is recorded
// before catalogs are handed in (签发): the leader's opinion and the secrecy review,
// for one sector or many at once, the form they sign on paper, and scanned copies
// of it. It shows which approvals a later edit made stale.
package signoff

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/dates"
	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/pick"
	"mulutong/app/ui/prose"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Work is what the screen needs done; [work.Desk] does it.
type Work interface {
	SectorStates(context.Context) ([]work.SectorState, error)
	Sign(ctx context.Context, seen []work.SignedOff, leader, secrecy catalog.Approval) error
	Unsign(context.Context, []catalog.Sector) error
	SignForm(ctx context.Context, sectors []catalog.Sector, folder string) (string, error)
	AddScan(ctx context.Context, sectors []catalog.Sector, from string) error
	RemoveScan(work.Scan) error
}

// Options are what the screen takes from outside.
type Options struct {
	Window     fyne.Window
	Work       Work
	Today      func() catalog.Date
	Previews   string                  // a folder for files that are only looked at
	Open       func(path string) error // a file, in the program it belongs to
	OnFindings func(catalog.Sector)    // the person wants to see what is wrong; may be nil
}

// Screen is the screen. Make it with New.
type Screen struct {
	o      Options
	states []work.SectorState
	loaded bool
	want   []catalog.Sector // to be ticked once the list is there

	stage   *pick.Stage
	list    *pick.List
	count   *widget.Label
	pane    *fyne.Container
	main    fyne.CanvasObject
	secrecy *approval
	leader  *approval
	scan    string // to be attached when the sign-off is recorded
	scanRow *fyne.Container
	missing *kit.Label
	sign    *kit.PushButton
}

// New makes the screen.
func New(o Options) *Screen {
	s := &Screen{o: o, stage: pick.NewStage(), pane: container.NewStack(), count: kit.Tag("")}
	s.list = pick.NewList(s.showPane)
	s.secrecy = newApproval(o.Today, s.check)
	s.leader = newApproval(o.Today, s.check)
	s.secrecy.set(catalog.Approval{At: o.Today(), Opinion: kit.Say(wordSecrecyOpinion)})
	s.leader.set(catalog.Approval{At: o.Today(), Opinion: kit.Say(wordLeaderOpinion)})
	s.scanRow = container.NewStack()
	s.missing = kit.Note("")
	s.sign = kit.Primary(kit.Say(wordSign), theme.ConfirmIcon(), s.record)

	buttons := container.NewHBox(
		kit.Quiet(kit.Say(wordPickOpen), nil, s.tick(func(st *work.SectorState) bool { return st.Clean() && !st.Signed })),
		kit.Quiet(kit.Say(wordPickSigned), nil, s.tick(func(st *work.SectorState) bool { return st.Signed })),
		kit.Quiet(kit.Say(wordPickNone), nil, s.tick(func(*work.SectorState) bool { return false })))
	s.count.Alignment, s.count.Truncation = fyne.TextAlignTrailing, fyne.TextTruncateEllipsis
	head := container.NewBorder(nil, nil, kit.Heading(kit.Say(wordSectors)), buttons, container.NewVBox(layout.NewSpacer(), s.count, layout.NewSpacer()))
	left := kit.Card(container.NewBorder(head, nil, nil, nil, s.list))
	top := container.New(layout.NewCustomPaddedVBoxLayout(-6), kit.Title(kit.Say(wordTitle)), kit.Note(kit.Say(wordAbout)))
	s.main = kit.Inset(8, container.NewBorder(top, nil, nil, nil, container.New(&halves{}, left, kit.Card(s.pane))))
	s.stage.Put(kit.Inset(8, container.NewBorder(top, nil, nil, nil, kit.Empty(nil, kit.Say(wordLoading), "", nil))))
	return s
}

// Content is what is shown.
func (s *Screen) Content() fyne.CanvasObject { return s.stage.Content() }

// Shown is called whenever the screen comes up: the drafts may have changed.
func (s *Screen) Shown() { s.stage.Load(s.o.Work.SectorStates, s.show) }

// Choose ticks some sectors and no others.
func (s *Screen) Choose(sectors ...catalog.Sector) {
	s.want = sectors
	if s.loaded {
		s.takeWant()
		s.showPane()
	}
}

func (s *Screen) takeWant() {
	if s.want != nil {
		s.list.Choose(func(id string) bool { return slices.Contains(s.want, catalog.Sector(id)) })
		s.want = nil
	}
}

func (s *Screen) tick(want func(*work.SectorState) bool) func() {
	return func() {
		s.list.Choose(func(id string) bool {
			st := s.state(id)
			return st != nil && want(st)
		})
		s.showPane()
	}
}

func (s *Screen) state(id string) *work.SectorState {
	for i := range s.states {
		if string(s.states[i].Info.Slug) == id {
			return &s.states[i]
		}
	}
	return nil
}

func (s *Screen) show(states []work.SectorState) {
	s.states = states
	if len(states) == 0 {
		s.stage.Put(kit.Empty(theme.DocumentIcon(), kit.Say(wordNothing), kit.Say(wordNothingHint), nil))
		return
	}
	items := make([]pick.Item, len(states))
	for i := range states {
		items[i] = pick.Sector(&states[i])
		items[i].Under = under(&states[i])
	}
	s.list.SetItems(items)
	if !s.loaded {
		s.known()
	}
	s.loaded = true
	s.takeWant()
	s.stage.Put(s.main)
	s.showPane()
}

// under says who signed, when, and what is attached.
func under(st *work.SectorState) string {
	so := st.SignOff
	if so == nil {
		return ""
	}
	text := kit.Say(wordUnder, so.Leader.By, words.Date(so.Leader.At, kit.Lang()), so.Secrecy.By)
	if n := len(st.Scans); n > 0 {
		text += kit.Say(wordUnderScans, n)
	}
	return text
}

// known offers the people who signed the latest sign-off of the unit.
func (s *Screen) known() {
	var latest *catalog.SignOff
	for i := range s.states {
		if so := s.states[i].SignOff; so != nil && (latest == nil || so.Leader.At >= latest.Leader.At) {
			latest = so
		}
	}
	if latest == nil {
		return
	}
	for _, of := range []struct {
		a *approval
		b catalog.Approval
	}{{s.leader, latest.Leader}, {s.secrecy, latest.Secrecy}} {
		of.b.At = s.o.Today()
		of.a.set(of.b)
	}
}

// split sorts what is ticked by what can be done with it.
func (s *Screen) split() (open, signed, unclean []*work.SectorState) {
	for _, id := range s.list.Chosen() {
		switch st := s.state(id); {
		case !st.Clean() && !st.Signed:
			unclean = append(unclean, st)
		case st.Signed:
			signed = append(signed, st)
		default:
			open = append(open, st)
		}
	}
	return open, signed, unclean
}

// showPane shows what can be done with what is ticked.
func (s *Screen) showPane() {
	open, signed, unclean := s.split()
	n := len(open) + len(signed) + len(unclean)
	s.count.SetText(kit.Say(wordChosen, n, len(s.states)))
	if n == 0 {
		s.pane.Objects = []fyne.CanvasObject{kit.Empty(theme.DocumentCreateIcon(), kit.Say(wordPickSome), kit.Say(wordPickSomeHint), nil)}
		s.pane.Refresh()
		return
	}
	page := prose.NewPage(2, 3, 0)
	var parts []fyne.CanvasObject
	if len(unclean) > 0 {
		parts = append(parts, s.unclean(unclean))
	}
	if n > len(unclean) {
		parts = append(parts, container.NewBorder(nil, nil, nil,
			kit.Button(kit.Say(wordPrint), theme.DocumentPrintIcon(), func() { s.print(append(slices.Clone(open), signed...)) }),
			kit.Heading(kit.Say(wordForm))))
	}
	if len(open) > 0 {
		parts = append(parts, kit.Note(kit.Say(wordFormHint)))
		parts = append(parts, kit.Rule())
		parts = append(parts, s.recording(open))
	}
	if len(signed) > 0 {
		parts = append(parts, kit.Rule())
		parts = append(parts, s.recorded(signed))
	}
	page.Set(parts...)
	var bottom fyne.CanvasObject // in sight however long the rest is
	if len(open) > 0 {
		bottom = kit.NewPanel(kit.Surface, "", 0, container.NewVBox(kit.Rule(), container.NewBorder(nil, nil, nil, s.sign, s.missing)))
	}
	s.pane.Objects = []fyne.CanvasObject{container.NewBorder(nil, bottom, nil, nil, page)}
	s.pane.Refresh()
	s.check()
}

// unclean says which sectors have errors, and leads there.
func (s *Screen) unclean(of []*work.SectorState) fyne.CanvasObject {
	text := kit.Body(kit.Say(wordUnclean, called(of)))
	text.Importance = widget.DangerImportance
	if s.o.OnFindings == nil {
		return text
	}
	first := of[0].Info.Slug
	return container.New(prose.Stack{}, text, container.NewHBox(kit.Button(kit.Say(wordToFindings), theme.NavigateNextIcon(), func() { s.o.OnFindings(first) })))
}

// called names sectors, the first few of many.
func called(of []*work.SectorState) string {
	const most = 4
	var names []string
	for _, st := range of[:min(len(of), most)] {
		names = append(names, kit.Say(words.Sector(st.Info)))
	}
	text := strings.Join(names, kit.Say(wordComma))
	if len(of) > most {
		text = kit.Say(wordAndMore, text, len(of))
	}
	return text
}

// recording is where an approval is written down.
func (s *Screen) recording(open []*work.SectorState) fyne.CanvasObject {
	box := container.New(prose.Stack{Gap: 2}, kit.Heading(kit.Say(wordRecord, len(open))))
	var stale []*work.SectorState
	for _, st := range open {
		if st.Stale() {
			stale = append(stale, st)
		}
	}
	if len(stale) > 0 {
		note := kit.Body(kit.Say(wordStale, called(stale)))
		note.Importance = widget.WarningImportance
		box.Add(note)
	}
	box.Add(s.secrecy.show(wordSecrecy, wordReviewer))
	box.Add(s.leader.show(wordLeader, wordSigner))
	s.showScan()
	box.Add(s.scanRow)
	return box
}

// showScan shows the scan that will be attached, or the way to choose one.
func (s *Screen) showScan() {
	var o fyne.CanvasObject
	if s.scan == "" {
		o = container.NewHBox(kit.Quiet(kit.Say(wordScanChoose), theme.MailAttachmentIcon(), func() {
			s.chooseScan(func(path string) { s.scan = path; s.showScan() })
		}))
	} else {
		name := widget.NewLabel(filepath.Base(s.scan))
		name.Truncation = fyne.TextTruncateEllipsis
		o = container.NewBorder(nil, nil, widget.NewIcon(theme.MailAttachmentIcon()),
			kit.Quiet(kit.Say(wordScanDrop), nil, func() { s.scan = ""; s.showScan() }), name)
	}
	s.scanRow.Objects = []fyne.CanvasObject{o}
	s.scanRow.Refresh()
}

func (s *Screen) chooseScan(chosen func(string)) {
	files.Open(s.o.Window, files.Options{Title: kit.Say(wordScanTitle), Extensions: work.ScanExtensions}, chosen)
}

// check says what is still missing before the sign-off can be recorded.
func (s *Screen) check() {
	if s.missing == nil || s.sign == nil { // while the screen is made
		return
	}
	var lacks []string
	for _, a := range []struct {
		of       *approval
		who, day words.Text
	}{{s.secrecy, wordReviewer, wordReviewDay}, {s.leader, wordSigner, wordSignDay}} {
		by, _, ok := a.of.said()
		if by == "" {
			lacks = append(lacks, kit.Say(a.who))
		}
		if !ok {
			lacks = append(lacks, kit.Say(a.day))
		}
	}
	_, reviewed, _ := s.secrecy.said()
	_, signed, _ := s.leader.said()
	switch {
	case len(lacks) > 0:
		s.missing.SetText(kit.Say(wordLacks, strings.Join(lacks, kit.Say(wordComma))))
		s.sign.Disable()
		return
	case signed < reviewed:
		s.missing.SetText(kit.Say(wordBackwards))
	default:
		s.missing.SetText("")
	}
	s.sign.Enable()
}

// record writes the sign-off down.
func (s *Screen) record() {
	open, _, _ := s.split()
	var (
		seen    []work.SignedOff
		sectors []catalog.Sector
		scan    = s.scan
	)
	for _, st := range open {
		seen = append(seen, work.SignedOff{Sector: st.Info.Slug, Revision: st.Revision})
		sectors = append(sectors, st.Info.Slug)
	}
	leader, secrecy := s.leader.approval(), s.secrecy.approval()
	s.sign.Disable()
	s.run(kit.Say(wordRecording), func(ctx context.Context) error {
		if err := s.o.Work.Sign(ctx, seen, leader, secrecy); err != nil || scan == "" {
			return err
		}
		if err := s.o.Work.AddScan(ctx, sectors, scan); err != nil {
			return &unattached{err}
		}
		return nil
	}, func() { s.scan = "" })
}

// unattached tells that the sign-off is recorded and its scan is not.
type unattached struct{ err error }

func (u *unattached) Error() string { return "scan not attached: " + u.err.Error() }
func (u *unattached) Unwrap() error { return u.err }

// run does work, says what went wrong, and shows how things stand then.
func (s *Screen) run(title string, do func(context.Context) error, done func()) {
	kit.Busy(s.o.Window, title, func(ctx context.Context, _ func(int, int)) error { return do(ctx) }, func(err error) {
		var half *unattached
		switch {
		case errors.As(err, &half):
			kit.Tell(s.o.Window, kit.Say(wordHalf), kit.Say(wordHalfBody, words.Explain(half.err, kit.Lang())))
		case errors.Is(err, catalog.ErrConflict):
			kit.Tell(s.o.Window, kit.Say(wordChanged), kit.Say(wordChangedBody))
		case err != nil && !errors.Is(err, context.Canceled):
			kit.Fail(s.o.Window, err)
		case err == nil && done != nil:
			done()
		}
		s.check()
		s.Shown()
	})
}

// recorded shows what is signed off, and what can be done about it.
func (s *Screen) recorded(signed []*work.SectorState) fyne.CanvasObject {
	box := container.New(prose.Stack{}, kit.Heading(kit.Say(wordSigned, len(signed))))
	if len(signed) == 1 {
		so := signed[0].SignOff
		box.Add(kit.Body(said(wordSecrecySaid, so.Secrecy)))
		box.Add(kit.Body(said(wordLeaderSaid, so.Leader)))
	} else {
		box.Add(kit.Body(called(signed)))
	}
	var sectors []catalog.Sector
	for _, st := range signed {
		sectors = append(sectors, st.Info.Slug)
		for _, sc := range st.Scans {
			box.Add(s.scanLine(st, sc, len(signed) > 1))
		}
	}
	box.Add(container.NewHBox(
		kit.Button(kit.Say(wordAttach), theme.MailAttachmentIcon(), func() {
			s.chooseScan(func(path string) {
				s.run(kit.Say(wordAttaching), func(ctx context.Context) error { return s.o.Work.AddScan(ctx, sectors, path) }, nil)
			})
		}),
		kit.Quiet(kit.Say(wordUnsign), theme.ContentUndoIcon(), func() {
			kit.Confirm(s.o.Window, kit.Say(wordUnsign), kit.Say(wordUnsignBody, called(signed)), kit.Say(wordUnsign), func() {
				s.run(kit.Say(wordRecording), func(ctx context.Context) error { return s.o.Work.Unsign(ctx, sectors) }, nil)
			})
		})))
	return box
}

func said(t words.Text, a catalog.Approval) string {
	text := kit.Say(t, a.By, words.Date(a.At, kit.Lang()))
	if a.Opinion != "" {
		text += kit.Say(wordSaidSo, a.Opinion)
	}
	return text
}

// scanLine is one scanned copy, to look at and to take away.
func (s *Screen) scanLine(st *work.SectorState, sc work.Scan, named bool) fyne.CanvasObject {
	text := kit.Say(wordScan)
	if st.SignOff == nil || sc.Revision != st.SignOff.Revision {
		text = kit.Say(wordOldScan)
	}
	if named {
		text = kit.Say(words.Sector(st.Info)) + kit.Say(wordComma) + text
	}
	name := widget.NewLabel(fmt.Sprintf("%s（%s）", text, strings.TrimPrefix(filepath.Ext(sc.Path), ".")))
	name.Truncation = fyne.TextTruncateEllipsis
	return container.NewBorder(nil, nil, widget.NewIcon(theme.MailAttachmentIcon()), container.NewHBox(
		kit.Quiet(kit.Say(wordLook), nil, func() { s.open(sc.Path) }),
		kit.Quiet(kit.Say(wordRemove), nil, func() {
			kit.Confirm(s.o.Window, kit.Say(wordRemove), kit.Say(wordRemoveBody), kit.Say(wordRemove), func() {
				s.run(kit.Say(wordRecording), func(context.Context) error { return s.o.Work.RemoveScan(sc) }, nil)
			})
		})), name)
}

// print makes the form and opens it.
func (s *Screen) print(of []*work.SectorState) {
	var sectors []catalog.Sector
	for i := range s.states { // in the usual order
		if slices.Contains(of, &s.states[i]) {
			sectors = append(sectors, s.states[i].Info.Slug)
		}
	}
	var path string
	kit.Busy(s.o.Window, kit.Say(wordPrinting), func(ctx context.Context, _ func(int, int)) error {
		var err error
		path, err = s.o.Work.SignForm(ctx, sectors, s.o.Previews)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			kit.Fail(s.o.Window, err)
		default:
			s.open(path)
		}
	})
}

func (s *Screen) open(path string) {
	if err := s.o.Open(path); err != nil {
		kit.Fail(s.o.Window, err)
	}
}

// approval is where one person's opinion is written down.
type approval struct {
	by      *plain
	at      *dates.Field
	opinion *plain
}

// plain is a text that is no part of the drafts: Ctrl+Z in it undoes its own typing.
type plain struct{ kit.Entry }

func newPlain(changed func()) *plain {
	p := &plain{}
	p.ExtendBaseWidget(p)
	p.OnChanged = func(string) { changed() }
	return p
}

// OwnUndo marks it so.
func (*plain) OwnUndo() {}

func newApproval(today func() catalog.Date, changed func()) *approval {
	a := &approval{by: newPlain(changed), at: dates.New(today, changed), opinion: newPlain(func() {})}
	a.by.SetPlaceHolder(kit.Say(wordName))
	a.opinion.SetPlaceHolder(kit.Say(wordOpinion))
	return a
}

func (a *approval) set(v catalog.Approval) {
	a.by.SetText(v.By)
	a.at.Set(v.At)
	a.opinion.SetText(v.Opinion)
}

// said is who and when, as far as it is given.
func (a *approval) said() (by string, at catalog.Date, ok bool) {
	at, ok = a.at.Day()
	return strings.TrimSpace(a.by.Text), at, ok
}

func (a *approval) approval() catalog.Approval {
	by, at, _ := a.said()
	return catalog.Approval{By: by, At: at, Opinion: strings.TrimSpace(a.opinion.Text)}
}

func (a *approval) show(title, who words.Text) fyne.CanvasObject {
	a.by.SetPlaceHolder(kit.Say(who))
	return container.New(layout.NewCustomPaddedVBoxLayout(3), kit.Tag(kit.Say(title)),
		container.NewGridWithColumns(2, container.NewVBox(a.by), a.at), a.opinion)
}

// halves gives the list a little more than half.
type halves struct{}

func (*halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+theme.Padding()*2, max(a.Height, b.Height, 120))
}

func (*halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding() * 2
	right := min(max(o[1].MinSize().Width, 32*theme.TextSize()), (size.Width-gap)*0.52)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width-gap-right, size.Height))
	o[1].Move(fyne.NewPos(size.Width-right, 0))
	o[1].Resize(fyne.NewSize(right, size.Height))
}
