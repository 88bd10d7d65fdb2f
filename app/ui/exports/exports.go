// Package exports is the screen on which catalogs leave as workbooks, PDF and
// other files. It says which files an export will write and replace before it
// writes any, asks when one is open in another program, can be stopped, and lists
// at the end what is written, also when the end came early.
package exports

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/pick"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/sheet"
)

// Work is what the screen needs done; [work.Desk] does it.
type Work interface {
	SectorStates(context.Context) ([]work.SectorState, error)
	PlanExport(context.Context, work.ExportRequest) (*work.ExportPlan, error)
	Export(ctx context.Context, p *work.ExportPlan, step func(done, total int)) error
	Preview(ctx context.Context, r work.ExportRequest, folder string) (string, error)
}

// Settings are how a person exported last.
type Settings struct {
	Folder  string
	Format  work.Format
	Layout  sheet.Layout
	Paper   sheet.Paper
	OneFile bool
}

// Options are what the screen takes from outside.
type Options struct {
	Window   fyne.Window
	Work     Work
	Home     string          // the folder offered to who has not exported yet
	Load     func() Settings // what Save was told last, on another day too
	Save     func(Settings)
	Previews string                  // a folder for files that are only looked at
	Open     func(path string) error // a file or a folder, in the program it belongs to
}

// Screen is the screen. Make it with New.
type Screen struct {
	o      Options
	set    Settings
	states []work.SectorState
	loaded bool
	want   []catalog.Sector // to be ticked once the list is there
	turn   int              // of planning: an answer of an earlier one is late

	stage   *pick.Stage
	list    *pick.List
	count   *widget.Label
	format  *kit.Select
	form    *kit.Select
	paper   *kit.Select
	one     *kit.Select
	about   *widget.Label
	folder  *line
	summary *kit.Label
	warning *kit.Label
	export  *kit.PushButton
	preview *kit.PushButton
	main    fyne.CanvasObject
}

// New makes the screen.
func New(o Options) *Screen {
	s := &Screen{o: o, stage: pick.NewStage()}
	if o.Load != nil {
		s.set = o.Load()
	}
	if s.set.Folder == "" {
		s.set.Folder = o.Home
	}
	if _, ok := formatOf(s.set.Format); !ok {
		s.set.Format = work.XLSX
	}
	if s.set.Layout != sheet.AnhuiCoded {
		s.set.Layout = sheet.National
	}
	if s.set.Paper != sheet.A3 {
		s.set.Paper = sheet.A4
	}
	s.build()
	return s
}

// Content is what is shown.
func (s *Screen) Content() fyne.CanvasObject { return s.stage.Content() }

// Shown is called whenever the screen comes up: the drafts may have changed.
func (s *Screen) Shown() { s.stage.Load(s.o.Work.SectorStates, s.show) }

// Choose ticks some sectors and no others; none means all.
func (s *Screen) Choose(sectors ...catalog.Sector) {
	s.want = sectors
	if s.loaded {
		s.choose()
		s.stage.Put(s.main)
		s.plan()
	}
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
	}
	s.list.SetItems(items)
	if !s.loaded || s.want != nil {
		s.choose()
	}
	s.loaded = true
	s.stage.Put(s.main)
	s.plan()
}

func (s *Screen) choose() {
	s.list.Choose(func(id string) bool { return len(s.want) == 0 || slices.Contains(s.want, catalog.Sector(id)) })
	s.want = nil
}

// build makes the parts of the screen.
func (s *Screen) build() {
	s.list = pick.NewList(s.plan)
	s.count = kit.Tag("")
	tick := func(want func(*work.SectorState) bool) func() {
		return func() {
			s.list.Choose(func(id string) bool {
				i := slices.IndexFunc(s.states, func(st work.SectorState) bool { return string(st.Info.Slug) == id })
				return i >= 0 && want(&s.states[i])
			})
			s.plan()
		}
	}
	buttons := container.NewHBox(
		kit.Quiet(kit.Say(wordAll), nil, tick(func(*work.SectorState) bool { return true })),
		kit.Quiet(kit.Say(wordReady), nil, tick(func(st *work.SectorState) bool { return st.Signed && st.Clean() })),
		kit.Quiet(kit.Say(wordNone), nil, tick(func(*work.SectorState) bool { return false })),
	)
	s.count.Alignment, s.count.Truncation = fyne.TextAlignTrailing, fyne.TextTruncateEllipsis
	head := container.NewBorder(nil, nil, kit.Heading(kit.Say(wordSectors)), buttons, container.NewVBox(layout.NewSpacer(), s.count, layout.NewSpacer()))
	left := kit.Card(container.NewBorder(head, nil, nil, nil, s.list))

	s.about = kit.Tag("")
	s.about.Truncation = fyne.TextTruncateEllipsis
	s.format = s.choice(formats, func(i int) { s.set.Format = formats[i].format })
	s.form = s.choice(layouts, func(i int) { s.set.Layout = layouts[i].layout })
	s.paper = s.choice(papers, func(i int) { s.set.Paper = papers[i].paper })
	s.one = s.choice(joins, func(i int) { s.set.OneFile = i == 1 })
	s.folder = &line{}
	s.folder.ExtendBaseWidget(s.folder)
	s.folder.SetPlaceHolder(kit.Say(wordFolderHint))
	s.folder.SetText(s.set.Folder)
	s.folder.OnChanged = func(string) { s.plan() }
	browse := kit.Button(kit.Say(wordBrowse), theme.FolderOpenIcon(), func() {
		files.Folder(s.o.Window, files.Options{Title: kit.Say(wordBrowseTitle), Start: s.folder.Text}, func(path string) {
			s.folder.SetText(path)
		})
	})
	fields := container.New(layout.NewCustomPaddedVBoxLayout(0),
		label(wordFormat), edged(s.format), s.about,
		container.NewGridWithColumns(2,
			container.New(layout.NewCustomPaddedVBoxLayout(0), label(wordLayout), edged(s.form)),
			container.New(layout.NewCustomPaddedVBoxLayout(0), label(wordPaper), edged(s.paper))),
		label(wordFiles), edged(s.one),
	)
	place := container.NewVBox(label(wordFolder), container.NewBorder(nil, nil, nil, browse, s.folder))
	right := kit.Card(container.NewBorder(kit.Heading(kit.Say(wordHow)), place, nil, nil, container.NewVScroll(kit.Inset(3, fields))))

	s.summary, s.warning = kit.Body(""), kit.Body("")
	s.warning.Importance = widget.WarningImportance
	s.export = kit.Primary(kit.Say(wordExport), theme.UploadIcon(), s.start)
	s.preview = kit.Button(kit.Say(wordPreview), theme.DocumentPrintIcon(), s.look)
	bottom := kit.Card(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(s.preview, s.export)),
		container.New(layout.NewCustomPaddedVBoxLayout(-8), s.summary, s.warning)))

	s.main = kit.Inset(8, container.NewBorder(kit.Title(kit.Say(wordTitle)), bottom, nil, nil,
		container.New(&halves{}, left, right)))
	s.stage.Put(kit.Inset(8, container.NewBorder(kit.Title(kit.Say(wordTitle)), nil, nil, nil, kit.Empty(nil, kit.Say(wordLoading), "", nil))))
	s.enable()
}

// edged draws a line around a choice, which has none of its own.
func edged(c *kit.Select) fyne.CanvasObject {
	return kit.NewPanel("", theme.ColorNameInputBorder, 4, kit.Inset(1, c))
}

func label(t words.Text) fyne.CanvasObject { return kit.Tag(kit.Say(t)) }

// choice is a choice among what a table lists, standing at what is set.
func (s *Screen) choice(options []option, chosen func(i int)) *kit.Select {
	var names []string
	at := 0
	for i, o := range options {
		names = append(names, kit.Say(o.name))
		if o.is(&s.set) {
			at = i
		}
	}
	c := kit.NewSelect(names, nil)
	c.SetSelectedIndex(at)
	c.OnChanged = func(string) {
		chosen(c.SelectedIndex())
		s.enable()
		s.plan()
	}
	return c
}

// enable lets choose only what the format asks for.
func (s *Screen) enable() {
	f, _ := formatOf(s.set.Format)
	s.about.SetText(kit.Say(f.about))
	for _, c := range []*kit.Select{s.form, s.paper} {
		if c == nil {
			continue
		}
		if f.printed {
			c.Enable()
		} else {
			c.Disable()
		}
	}
}

// chosen are the sectors that are ticked.
func (s *Screen) chosen() []catalog.Sector {
	var out []catalog.Sector
	for _, id := range s.list.Chosen() {
		out = append(out, catalog.Sector(id))
	}
	return out
}

func (s *Screen) request() work.ExportRequest {
	return work.ExportRequest{
		Sectors: s.chosen(), Format: s.set.Format, Layout: s.set.Layout, Paper: s.set.Paper,
		Folder: strings.TrimSpace(s.folder.Text), OneFile: s.set.OneFile,
	}
}

// plan says what an export would do as things are chosen now.
func (s *Screen) plan() {
	if !s.loaded {
		return
	}
	s.turn++
	turn, r := s.turn, s.request()
	s.count.SetText(kit.Say(wordChosen, len(r.Sectors), len(s.states)))
	able(s.preview, len(r.Sectors) > 0)
	able(s.export, len(r.Sectors) > 0 && r.Folder != "")
	switch {
	case len(r.Sectors) == 0:
		s.say(kit.Say(wordChooseSome), "")
		return
	case r.Folder == "":
		s.say(kit.Say(wordChooseFolder), "")
		return
	}
	kit.Run(func(ctx context.Context) (*planned, error) {
		p, err := s.o.Work.PlanExport(ctx, r)
		if err != nil {
			return nil, err
		}
		return &planned{p, p.Existing()}, nil
	}, func(p *planned, err error) {
		if turn != s.turn {
			return
		}
		if err != nil {
			s.say("", words.Explain(err, kit.Lang()))
			return
		}
		var notes []string
		if n := len(p.existing); n > 0 {
			notes = append(notes, kit.Say(wordExisting, n, names(p.existing, 2)))
		}
		if n := s.unclean(r.Sectors); n > 0 {
			notes = append(notes, kit.Say(wordUnclean, n))
		}
		will := kit.Say(wordWillOne, names(paths(p.plan.Files), 1))
		if n := len(p.plan.Files); n > 1 {
			will = kit.Say(wordWill, n, filepath.Base(p.plan.Files[0].Path))
		}
		s.say(will, strings.Join(notes, "\n"))
	})
}

type planned struct {
	plan     *work.ExportPlan
	existing []string
}

func (s *Screen) say(summary, warning string) {
	s.summary.SetText(summary)
	s.warning.SetText(warning)
	if summary == "" {
		s.summary.Hide()
	} else {
		s.summary.Show()
	}
	if warning == "" {
		s.warning.Hide()
	} else {
		s.warning.Show()
	}
}

// unclean counts the sectors that leave with errors.
func (s *Screen) unclean(chosen []catalog.Sector) int {
	n := 0
	for i := range s.states {
		if !s.states[i].Clean() && slices.Contains(chosen, s.states[i].Info.Slug) {
			n++
		}
	}
	return n
}

func able(b *kit.PushButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// start exports, once the person knows what will be replaced.
func (s *Screen) start() {
	r := s.request()
	s.export.Disable() // until it is over: a second click is no second export
	s.remember(r)
	kit.Run(func(ctx context.Context) (*planned, error) {
		p, err := s.o.Work.PlanExport(ctx, r)
		if err != nil {
			return nil, err
		}
		return &planned{p, p.Existing()}, nil
	}, func(p *planned, err error) {
		switch {
		case err != nil:
			s.plan()
			kit.Fail(s.o.Window, err)
		case len(p.existing) > 0:
			d := kit.Confirm(s.o.Window, kit.Say(wordReplace), kit.Say(wordReplaceBody, len(p.existing), names(p.existing, 8)),
				kit.Say(wordReplaceYes), func() { s.write(p.plan) })
			d.OnClosed = s.plan
		default:
			s.write(p.plan)
		}
	})
}

func (s *Screen) remember(r work.ExportRequest) {
	s.set.Folder = r.Folder
	if s.o.Save != nil {
		s.o.Save(s.set)
	}
}

// write writes what is left of a plan.
func (s *Screen) write(p *work.ExportPlan) {
	kit.Busy(s.o.Window, kit.Say(wordExporting), func(ctx context.Context, step func(int, int)) error {
		return s.o.Work.Export(ctx, p, step)
	}, func(err error) {
		switch {
		case errors.Is(err, atomicfile.ErrBusy) && p.Written < len(p.Files):
			s.busy(p)
		case errors.Is(err, context.Canceled) || errors.Is(err, work.ErrPartly):
			s.result(p, nil)
		default:
			s.result(p, err)
		}
	})
}

// busy asks what to do about a file that is open in another program.
func (s *Screen) busy(p *work.ExportPlan) {
	var d *kit.Dialog
	again := func(rename bool) func() {
		return func() {
			d.OnClosed = nil
			d.Hide()
			if rename {
				p.Rename()
			}
			s.write(p)
		}
	}
	name := filepath.Base(p.Files[p.Written].Path)
	d = kit.Show(s.o.Window, kit.Say(wordBusy), kit.Column(440, kit.Body(kit.Say(wordBusyBody, name))),
		kit.Primary(kit.Say(wordRename), nil, again(true)),
		kit.Button(kit.Say(kit.WordRetry), nil, again(false)),
		kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.OnClosed = func() { s.result(p, nil) }
}

// result says what is written, and what is not.
func (s *Screen) result(p *work.ExportPlan, err error) {
	if p.Written == 0 {
		s.stage.Put(s.main)
		s.plan()
		if err != nil {
			kit.Fail(s.o.Window, err)
		}
		return
	}
	written := paths(p.Files[:p.Written])
	folder := filepath.Dir(written[0])
	title, icon := kit.Say(wordDone, len(written)), theme.NewSuccessThemedResource(theme.ConfirmIcon())
	if left := len(p.Files) - p.Written; left > 0 {
		title, icon = kit.Say(wordPartly, len(written), left), theme.NewWarningThemedResource(theme.WarningIcon())
	}
	head := kit.Heading(title)
	head.Wrapping = fyne.TextWrapBreak
	where := kit.Body(kit.Say(wordIn, folder))
	top := container.NewVBox(container.NewBorder(nil, nil, widget.NewIcon(icon), nil, head), where)
	if err != nil {
		why := kit.Body(words.Explain(err, kit.Lang()))
		why.Importance = widget.DangerImportance
		top.Add(why)
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, f := range written {
		name := widget.NewLabel(filepath.Base(f))
		name.Truncation = fyne.TextTruncateEllipsis
		list.Add(container.NewBorder(nil, nil, nil, kit.Quiet(kit.Say(wordOpen), nil, func() { s.open(f) }), name))
		list.Add(kit.Rule())
	}
	back := kit.Button(kit.Say(wordBack), theme.NavigateBackIcon(), func() {
		s.stage.Put(s.main)
		s.Shown()
	})
	row := container.NewHBox(kit.Primary(kit.Say(wordOpenFolder), theme.FolderOpenIcon(), func() { s.open(folder) }), back)
	if len(p.Files) > p.Written {
		row.Add(kit.Button(kit.Say(wordGoOn), nil, func() { s.write(p) }))
	}
	s.stage.Put(kit.Inset(8, container.NewBorder(kit.Title(kit.Say(wordTitle)), nil, nil, nil,
		kit.Card(container.NewBorder(container.NewVBox(top, row, kit.Rule()), nil, nil, nil, container.NewVScroll(list))))))
}

func (s *Screen) open(path string) {
	if err := s.o.Open(path); err != nil {
		kit.Fail(s.o.Window, err)
	}
}

// look prints what is chosen to a file and opens it.
func (s *Screen) look() {
	r := s.request()
	s.preview.Disable()
	var path string
	kit.Busy(s.o.Window, kit.Say(wordPrinting), func(ctx context.Context, _ func(int, int)) error {
		var err error
		path, err = s.o.Work.Preview(ctx, r, s.o.Previews)
		return err
	}, func(err error) {
		s.plan()
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			kit.Fail(s.o.Window, err)
		default:
			s.open(path)
		}
	})
}

func paths(files []work.ExportFile) []string {
	out := make([]string, len(files))
	for i := range files {
		out[i] = files[i].Path
	}
	return out
}

// names lists the first few files.
func names(paths []string, most int) string {
	var out []string
	for _, p := range paths[:min(len(paths), most)] {
		out = append(out, filepath.Base(p))
	}
	text := strings.Join(out, kit.Say(wordComma))
	if len(paths) > most {
		text = kit.Say(wordAndMore, text, len(paths))
	}
	return text
}

// line is a text that is no part of the drafts: Ctrl+Z in it undoes its own typing.
type line struct{ kit.Entry }

// OwnUndo marks it so.
func (*line) OwnUndo() {}

// halves puts the list and the choices side by side, the choices no wider than
// they need.
type halves struct{}

func (*halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+theme.Padding()*2, max(a.Height, b.Height, 120))
}

func (*halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding() * 2
	right := min(max(o[1].MinSize().Width, 25*theme.TextSize()), (size.Width-gap)/2)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width-gap-right, size.Height))
	o[1].Move(fyne.NewPos(size.Width-right, 0))
	o[1].Resize(fyne.NewSize(right, size.Height))
}
