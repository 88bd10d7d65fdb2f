// Package start is the first screen: a person finds the own unit, chooses its
// sectors, says a name, and the drafts are there. Drafts in a folder, or a backup,
// can be opened instead. What goes wrong is said where it went wrong, and nothing
// that was typed or chosen is lost.
package start

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Service is what a first start asks for; [work.Setup] is one. It is called from
// the background.
type Service interface {
	Find(query string, limit int) []work.Place
	Below(code string) []work.Place
	Above(code string) []work.Place
	Unit(code string) (catalog.Unit, error)
	Department(county catalog.Unit, name string) catalog.Unit
	Departments(county catalog.Unit) []string
	Offer(unit catalog.Unit) []work.Offered
	Make(ctx context.Context, w work.Wish) ([]work.Added, error)
	Look(dir string) (catalog.Unit, error)
	Restore(ctx context.Context, backup, dir string) (catalog.Unit, error)
}

// Options are what the screen is told, and whom it tells.
type Options struct {
	Folder string // offered for the drafts
	Person string // offered as the name
	// Speak has the program speak another language; it puts up a screen that goes on
	// where this one is.
	Speak func(words.Lang)
	// Done is called once there are drafts in a folder to begin with.
	Done func(dir, person string)
}

// Screen is the first start.
type Screen struct {
	win fyne.Window
	s   Service
	o   Options

	unit    *unitPage
	sectors *sectorPage
	person  *personPage
	other   *otherPage

	current page
	steps   [3]*widget.Label
	head    *widget.Label
	body    *fyne.Container
	left    *fyne.Container
	bottom  *fyne.Container
	wrong   *kit.Label
	back    *kit.PushButton
	next    *kit.PushButton
	lang    *kit.PushButton
	root    fyne.CanvasObject
}

// page is one step.
type page interface {
	content() fyne.CanvasObject
	shown()
	forward() // what the leading button does
}

// New makes the screen for a window.
func New(win fyne.Window, s Service, o Options) *Screen {
	sc := &Screen{win: win, s: s, o: o, body: container.NewStack(), left: container.NewStack(), wrong: wrong()}
	sc.head = kit.Title(kit.Say(wordWelcome))
	var steps []fyne.CanvasObject
	for i, t := range []words.Text{wordUnitStep, wordSectors, wordPerson} {
		sc.steps[i] = kit.Strong(kit.Say(t))
		steps = append(steps, sc.steps[i])
	}
	sc.back = kit.Button(kit.Say(wordBack), nil, sc.goBack)
	sc.next = kit.Primary(kit.Say(wordNext), nil, func() { sc.current.forward() })
	sc.unit, sc.sectors, sc.person, sc.other = newUnitPage(sc), newSectorPage(sc), newPersonPage(sc), newOtherPage(sc)
	other := words.English
	if kit.Lang() == words.English {
		other = words.Chinese
	}
	sc.lang = kit.Button(wordLanguage.In(other), nil, func() { sc.o.Speak(other) })
	top := container.NewBorder(nil, nil, sc.head, container.NewCenter(container.NewHBox(append(steps, gap(), sc.lang)...)))
	sc.bottom = container.NewBorder(nil, nil, sc.left, container.NewHBox(sc.back, sc.next), sc.wrong)
	sc.root = container.New(&middle{width: 1080}, kit.Inset(12, container.NewBorder(
		container.NewVBox(top, kit.Rule()), container.NewVBox(kit.Rule(), sc.bottom), nil, nil, sc.body)))
	sc.show(sc.unit)
	return sc
}

// Content is the whole screen.
func (sc *Screen) Content() fyne.CanvasObject { return sc.root }

// GoOn takes over what was typed and chosen in another screen, and the step it is at.
func (sc *Screen) GoOn(was *Screen) {
	sc.unit.goOn(was.unit)
	sc.sectors.goOn(was.sectors)
	sc.person.who.entry.SetText(was.person.who.entry.Text)
	sc.person.folder.entry.SetText(was.person.folder.entry.Text)
	switch was.current {
	case page(was.sectors):
		sc.show(sc.sectors)
	case was.person:
		sc.show(sc.person)
	}
}

// show puts a page up.
func (sc *Screen) show(p page) {
	sc.current = p
	sc.say("")
	sc.back.Show()
	sc.next.SetText(kit.Say(wordNext))
	sc.left.Objects = nil
	at := map[page]int{sc.unit: 0, sc.sectors: 1, sc.person: 2}
	step, is := at[p]
	for i, l := range sc.steps {
		if l.Importance = widget.LowImportance; is && i == step {
			l.Importance = widget.HighImportance
		}
		l.Hidden = !is
		l.Refresh()
	}
	sc.lang.Hidden = !is
	sc.body.Objects = []fyne.CanvasObject{p.content()}
	sc.body.Refresh()
	p.shown()
	sc.root.Refresh()
}

// Shown gives the focus to where typing begins, once the content is in the window:
// New may run before the program's loop, and then nothing waits.
func (sc *Screen) Shown() { sc.current.shown() }

func (sc *Screen) goBack() {
	switch sc.current {
	case sc.sectors, page(sc.other):
		sc.show(sc.unit)
	case sc.person:
		sc.show(sc.sectors)
	}
}

// foot puts something at the left of the leading buttons.
func (sc *Screen) foot(o fyne.CanvasObject) {
	sc.left.Objects = []fyne.CanvasObject{o}
	sc.left.Refresh()
	sc.bottom.Refresh()
}

// say puts a word of what is wrong beside the leading button.
func (sc *Screen) say(text string) {
	tell(sc.wrong, text)
	sc.bottom.Refresh()
}

// summary is the last page: what there is to begin with.
func (sc *Screen) summary(head, note string, lines []string, dir, person string) {
	parts := []fyne.CanvasObject{centred(kit.Title(head))}
	for _, line := range lines {
		parts = append(parts, centred(kit.Heading(line)))
	}
	hint := kit.Note(note)
	hint.Alignment = fyne.TextAlignCenter
	where := kit.Note(kit.Say(wordReadyIn, dir))
	where.Alignment = fyne.TextAlignCenter
	begin := kit.Primary(kit.Say(wordBegin), theme.MediaPlayIcon(), func() { sc.o.Done(dir, person) })
	parts = append(parts, kit.Column(520, hint), kit.Column(520, where), gap(), container.NewCenter(begin))
	sc.show(last{container.NewCenter(container.NewVBox(parts...)), begin})
	sc.back.Hide()
	sc.next.Hide()
	focus(sc.win, begin)
}

type last struct {
	made  fyne.CanvasObject
	begin *kit.PushButton
}

func (l last) content() fyne.CanvasObject { return l.made }
func (l last) shown()                     {}
func (l last) forward()                   { l.begin.OnTapped() }

func centred(l *widget.Label) *widget.Label {
	l.Alignment = fyne.TextAlignCenter
	return l
}

// wrong is a place for a word of what is wrong, hidden until there is one.
func wrong() *kit.Label {
	l := kit.Body("")
	l.Importance = widget.DangerImportance
	l.Hide()
	return l
}

func tell(l *kit.Label, text string) {
	l.SetText(text)
	l.Hidden = text == ""
	l.Refresh()
}

// focus gives the keys to something once it is in the window.
func focus(win fyne.Window, to fyne.Focusable) {
	kit.Do(func() { win.Canvas().Focus(to) })
}

// middle keeps its content to a width, in the middle of what there is.
type middle struct{ width float32 }

func (m *middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (m *middle) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := min(s.Width, m.width*theme.TextSize()/14)
	objects[0].Move(fyne.NewPos((s.Width-width)/2, 0))
	objects[0].Resize(fyne.NewSize(width, s.Height))
}

// spread gives its two parts the width in the shares 3 to 2.
type spread struct{}

func (spread) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width)+theme.Padding()*3, max(a.Height, b.Height))
}

func (spread) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	gap := theme.Padding() * 3
	left := (s.Width - gap) * 3 / 5
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, s.Height))
	objects[1].Move(fyne.NewPos(left+gap, 0))
	objects[1].Resize(fyne.NewSize(s.Width-gap-left, s.Height))
}

// grow is a spacer above and below content that should not stretch.
func atTop(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(o, layout.NewSpacer())
}
