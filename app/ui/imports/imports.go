// Package imports is the screen that takes a stranger's table into the drafts
// (导入): a file, its sheets and columns, every row beside the draft, and what was
// done. Nothing is written before the person confirms, and one undo takes all of
// it back. Whatever fails, the choices made so far stay.
package imports

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Drafts are what the screen needs of a unit's drafts; [work.Desk] has them.
type Drafts interface {
	Unit() catalog.Unit
	ReadImport(ctx context.Context, path string) (*work.ImportFile, error)
	PlanImport(ctx context.Context, f *work.ImportFile, step func(done, total int)) (*work.ImportPlan, error)
	Import(ctx context.Context, p *work.ImportPlan) (work.Imported, error)
	UndoImport(ctx context.Context, done work.Imported) error
}

// Options are what the screen takes from outside.
type Options struct {
	Drafts  Drafts
	Sectors func() []catalog.SectorInfo // that a table may be of, in their usual order
	// OnEntry shows an entry of a sector's catalog, or the catalog where it is empty.
	OnEntry func(catalog.Sector, catalog.EntryID)
	// OnFolder is told the folder a file was chosen from, Folder gives it back.
	OnFolder func(string)
	Folder   func() string
}

// The steps of an import.
const (
	stepFile = iota
	stepSheets
	stepRows
	stepDone
)

// Screen is the import screen of a window. Make it with New.
type Screen struct {
	win fyne.Window
	o   Options

	step    int
	file    *work.ImportFile
	plan    *work.ImportPlan
	done    work.Imported
	undone  bool
	failed  error // of the step shown
	working bool

	sheets *sheetsView
	rows   *rowsView

	root *fyne.Container
	body *fyne.Container
}

// New makes the screen for a window.
func New(win fyne.Window, o Options) *Screen {
	s := &Screen{win: win, o: o, body: container.NewStack()}
	s.root = container.NewStack(s.body)
	s.show()
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Extensions are the names of files that can be read.
var Extensions = []string{".xlsx", ".xls", ".xlsm", ".et", ".csv", ".docx", ".htm", ".html", ".xml", ".mht"}

// choose asks for a file.
func (s *Screen) choose() {
	o := files.Options{Title: kit.Say(wordChoose), Extensions: Extensions, Yes: kit.Say(wordChooseYes)}
	if s.o.Folder != nil {
		o.Start = s.o.Folder()
	}
	files.Open(s.win, o, func(path string) {
		if s.o.OnFolder != nil {
			s.o.OnFolder(filepath.Dir(path))
		}
		s.Open(path)
	})
}

// Open reads a file that was chosen or dropped on the window. Where another one is
// being looked over it asks first.
func (s *Screen) Open(path string) {
	if s.working {
		return
	}
	if s.plan != nil && s.step == stepRows {
		kit.Confirm(s.win, kit.Say(wordGiveUp), kit.Say(wordGiveUpWhy, s.file.Name()), kit.Say(wordGiveUpYes), func() { s.read(path) })
		return
	}
	s.read(path)
}

func (s *Screen) read(path string) {
	var file *work.ImportFile
	s.busy(kit.Say(wordReading, filepath.Base(path)),
		func(ctx context.Context, _ func(int, int)) (err error) {
			file, err = s.o.Drafts.ReadImport(ctx, path)
			return err
		},
		func(err error) {
			if errors.Is(err, context.Canceled) {
				return
			}
			if err != nil {
				var about *words.FileError
				if errors.As(err, &about) { // the name says enough, and fits
					err = &words.FileError{Path: filepath.Base(about.Path), Err: about.Err}
				}
				s.file, s.plan, s.step, s.failed = nil, nil, stepFile, err
				s.show()
				return
			}
			s.file, s.plan, s.failed = file, nil, nil
			s.sheets, s.rows = nil, nil
			s.show2()
		})
}

// busy does one piece of work; meanwhile nothing on the screen can be pressed.
func (s *Screen) busy(title string, do func(context.Context, func(done, total int)) error, done func(error)) {
	if s.working {
		return
	}
	s.working = true
	s.win.Canvas().Unfocus()
	guard := newGuard()
	s.root.Add(guard)
	kit.Busy(s.win, title, do, func(err error) {
		s.working = false
		s.root.Remove(guard)
		done(err)
	})
}

// show2 shows the sheets of the file.
func (s *Screen) show2() {
	s.step, s.failed = stepSheets, nil
	s.show()
}

// compare plans the import with the drafts as they are, keeps what was chosen
// before, and shows the rows. why, if not nil, is said above them.
func (s *Screen) compare(why error) {
	var plan *work.ImportPlan
	s.busy(kit.Say(wordComparing),
		func(ctx context.Context, step func(int, int)) (err error) {
			plan, err = s.o.Drafts.PlanImport(ctx, s.file, step)
			return err
		},
		func(err error) {
			switch {
			case errors.Is(err, context.Canceled):
				return
			case err != nil:
				s.failed = err
				s.show()
				return
			}
			if s.plan != nil {
				plan.Keep(s.plan)
			}
			s.plan, s.step, s.failed = plan, stepRows, why
			s.rows = newRowsView(s, s.rows)
			s.show()
			s.rows.focus()
		})
}

// confirm asks, and writes.
func (s *Screen) confirm() {
	if s.working || s.plan == nil || s.plan.Count(-1).Takes() == 0 {
		return
	}
	kit.Confirm(s.win, kit.Say(wordConfirmTitle), s.summary(), kit.Say(wordConfirm), s.write)
}

// mostParts is how many sectors the question lists; more do not fit a small screen.
const mostParts = 8

// summary says what is about to be written.
func (s *Screen) summary() string {
	all := s.plan.Count(-1)
	text := kit.Say(wordSummary, all.TakesChanged, all.TakesNew)
	parts := 0
	for i := range s.plan.Parts {
		if n := s.plan.Count(i); n.Takes() > 0 && len(s.plan.Parts) > 1 {
			if parts++; parts <= mostParts {
				text += "\n" + kit.Say(wordConfirmPart, s.sectorName(s.plan.Parts[i].Sector), n.TakesChanged, n.TakesNew)
			}
		}
	}
	if parts > mostParts {
		text += "\n" + kit.Say(wordConfirmParts, parts)
	}
	if n := all.Left + all.Pending; n > 0 {
		text += "\n" + kit.Say(wordConfirmLeft, n, all.Pending)
	}
	for i := range s.file.Tables {
		if t := &s.file.Tables[i]; t.Wanted && t.Foreign {
			text += "\n" + kit.Say(wordConfirmOther, t.Sheet, t.Unit)
		}
	}
	return text + "\n" + kit.Say(wordConfirmUndo)
}

func (s *Screen) write() {
	var done work.Imported
	s.busy(kit.Say(wordImporting),
		func(ctx context.Context, _ func(int, int)) (err error) {
			done, err = s.o.Drafts.Import(ctx, s.plan)
			return err
		},
		func(err error) {
			switch {
			case errors.Is(err, work.ErrStaleImport):
				s.compare(err)
			case err != nil:
				s.failed = err
				s.show()
			default:
				s.done, s.undone, s.step, s.failed = done, false, stepDone, nil
				s.show()
			}
		})
}

func (s *Screen) undo() {
	s.busy(kit.Say(wordUndoing),
		func(ctx context.Context, _ func(int, int)) error { return s.o.Drafts.UndoImport(ctx, s.done) },
		func(err error) {
			if s.failed = err; err == nil {
				s.undone = true
			}
			s.show()
		})
}

func (s *Screen) sectorName(slug catalog.Sector) string {
	for _, info := range s.o.Sectors() {
		if info.Slug == slug {
			return kit.Say(words.Sector(info))
		}
	}
	if slug == "" {
		return kit.Say(wordAskSector)
	}
	return string(slug)
}

// show draws the step.
func (s *Screen) show() {
	var content, bar fyne.CanvasObject
	switch s.step {
	case stepFile:
		content = s.fileStep()
	case stepSheets:
		if s.sheets == nil || s.sheets.file != s.file {
			s.sheets = newSheetsView(s, s.sheets)
		}
		content, bar = s.sheets.content, s.sheets.bar
		s.sheets.refreshBar()
	case stepRows:
		content, bar = s.rows.content, s.rows.bar
		s.rows.refreshCounts()
	case stepDone:
		content = s.doneStep()
	}
	top := container.New(prose.Stack{}, s.head(), kit.Rule())
	if f := s.failure(); f != nil {
		top.Add(f)
	}
	if bar != nil {
		bar = container.NewVBox(kit.Rule(), bar)
	}
	s.body.Objects = []fyne.CanvasObject{newFrame(top, content, bar)}
	s.body.Refresh()
}

// head is the name of the screen, the steps and the file.
func (s *Screen) head() fyne.CanvasObject {
	steps := container.NewHBox()
	for i, name := range stepNames {
		if i > 0 {
			steps.Add(kit.Tag("›"))
		}
		tone := kit.Plain
		switch {
		case i == s.step:
			tone = kit.Info
		case i < s.step:
			tone = kit.Success
		}
		steps.Add(kit.NewBadge(kit.Say(name), tone))
	}
	name := kit.Tag("")
	name.Truncation = fyne.TextTruncateEllipsis
	var other fyne.CanvasObject
	if s.file != nil && s.step > stepFile {
		name.SetText(s.file.Name())
		if s.step < stepDone {
			other = kit.Quiet(kit.Say(wordOther), theme.FolderOpenIcon(), s.choose)
		}
	}
	name.Alignment = fyne.TextAlignTrailing
	left := container.NewHBox(kit.Title(kit.Say(wordTitle)), container.NewCenter(steps))
	return kit.Inset(4, container.NewBorder(nil, nil, left, other, container.New(&middleLayout{}, name)))
}

// failure says what went wrong in the step shown; nil where nothing did.
func (s *Screen) failure() fyne.CanvasObject {
	if s.failed == nil || s.step == stepFile {
		return nil
	}
	text := words.Explain(s.failed, kit.Lang())
	var retry fyne.CanvasObject
	switch s.step {
	case stepSheets:
		retry = kit.Button(kit.Say(kit.WordRetry), nil, func() { s.compare(nil) })
	case stepRows:
		if !errors.Is(s.failed, work.ErrStaleImport) {
			text += "\n" + kit.Say(wordNotWritten)
			retry = kit.Button(kit.Say(kit.WordRetry), nil, s.write)
		}
	}
	return banner(kit.Alarm, text, retry)
}

// banner is a line over the width that has to be read.
func banner(tone kit.Tone, text string, action fyne.CanvasObject) fyne.CanvasObject {
	ink, ground := tone.Colours()
	icon := theme.InfoIcon()
	switch tone {
	case kit.Alarm:
		icon = theme.ErrorIcon()
	case kit.Warning:
		icon = theme.WarningIcon()
	}
	if action != nil {
		action = container.NewCenter(action)
	}
	mark := container.NewCenter(widget.NewIcon(theme.NewColoredResource(icon, ink)))
	return kit.NewPanel(ground, "", 4, kit.Inset(2, container.NewBorder(nil, nil, kit.Inset(4, mark), action, body(text))))
}

// fileStep asks for a file, and says what was wrong with the one before.
func (s *Screen) fileStep() fyne.CanvasObject {
	icon := widget.NewIcon(theme.NewColoredResource(theme.DownloadIcon(), kit.Muted))
	title := kit.Heading(kit.Say(wordDrop))
	title.Alignment = fyne.TextAlignCenter
	hint := kit.Body(kit.Say(wordDropHint))
	hint.Alignment = fyne.TextAlignCenter
	kinds := kit.Note(kit.Say(wordDropKinds))
	kinds.Alignment = fyne.TextAlignCenter
	box := container.NewVBox(
		container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(56), icon)), title, hint,
		container.NewCenter(kit.Primary(kit.Say(wordChoose), theme.FolderOpenIcon(), s.choose)), kinds,
	)
	if s.failed != nil {
		box.Objects = append([]fyne.CanvasObject{banner(kit.Alarm, kit.Say(wordUnread)+"\n"+words.Explain(s.failed, kit.Lang()), nil), kit.Inset(6, layout.NewSpacer())}, box.Objects...)
	}
	return container.NewCenter(kit.Column(660, kit.Card(kit.Inset(20, box))))
}

// doneStep says what was done, and offers to take it back.
func (s *Screen) doneStep() fyne.CanvasObject {
	icon, title := theme.NewColoredResource(theme.ConfirmIcon(), kit.Good), kit.Say(wordDone)
	note := kit.Say(wordDoneNote, s.file.Name(), s.done.Changed, s.done.New)
	more := kit.Button(kit.Say(wordMore), theme.FolderOpenIcon(), func() {
		s.file, s.plan, s.step, s.failed = nil, nil, stepFile, nil
		s.show()
		s.choose()
	})
	box := container.NewVBox()
	var buttons []fyne.CanvasObject
	if s.undone {
		icon, title, note = theme.NewColoredResource(theme.ContentUndoIcon(), kit.Muted), kit.Say(wordUndone), ""
		buttons = []fyne.CanvasObject{kit.Primary(kit.Say(wordAgain), nil, func() { s.compare(nil) }), more}
	} else {
		buttons = []fyne.CanvasObject{kit.Button(kit.Say(wordUndo), theme.ContentUndoIcon(), s.undo), more}
	}
	head := kit.Heading(title)
	head.Alignment = fyne.TextAlignCenter
	box.Add(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(56), widget.NewIcon(icon))))
	box.Add(head)
	if note != "" {
		text := kit.Body(note)
		text.Alignment = fyne.TextAlignCenter
		box.Add(text)
	}
	if !s.undone {
		box.Add(s.written())
	}
	box.Add(kit.Inset(4, layout.NewSpacer()))
	box.Add(container.NewCenter(container.NewHBox(buttons...)))
	return container.NewCenter(kit.Column(660, kit.Card(kit.Inset(20, box))))
}

// written lists the sectors that were changed, each with a way there.
func (s *Screen) written() fyne.CanvasObject {
	list := container.NewVBox()
	for i := range s.plan.Parts {
		sector := s.plan.Parts[i].Sector
		ids := s.done.Entries[sector]
		if len(ids) == 0 {
			continue
		}
		var see fyne.CanvasObject
		if s.o.OnEntry != nil {
			see = kit.Quiet(kit.Say(wordSee), theme.NavigateNextIcon(), func() { s.o.OnEntry(sector, ids[0]) })
		}
		name := kit.Strong(s.sectorName(sector))
		list.Add(container.NewBorder(nil, nil, container.NewHBox(name, kit.NewBadge(kit.Say(wordEntries, len(ids)), kit.Plain)), see))
	}
	if len(list.Objects) > 6 {
		scroll := container.NewVScroll(list)
		scroll.SetMinSize(fyne.NewSize(0, 240))
		return scroll
	}
	return list
}

// guard lies over the screen while work is under way, so that nothing under it
// can be pressed.
type guard struct{ widget.BaseWidget }

func newGuard() *guard {
	g := &guard{}
	g.ExtendBaseWidget(g)
	return g
}

func (g *guard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(layout.NewSpacer())
}

// Tapped does nothing.
func (g *guard) Tapped(*fyne.PointEvent) {}
