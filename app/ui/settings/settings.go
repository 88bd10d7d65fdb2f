// Package settings is the screen on which a person makes the program her own
// (设置): the look, the language, her name, the day things are due; where the
// catalogs and their backups are; taking everything to another computer. What is
// changed holds at once. A restore says what it replaces, and backs that up first.
package settings

import (
	"context"
	"strconv"
	"time"

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

// Drafts is what the screen needs of a unit's drafts; [work.Desk] is one.
type Drafts interface {
	Dir() string
	Unit() catalog.Unit
	Backups(ctx context.Context, folder string) ([]work.Backup, error)
	Backup(ctx context.Context, folder string, kind work.BackupKind) (work.Backup, error)
	RestoreBackup(ctx context.Context, path, folder string) (before work.Backup, err error)
	CopyTo(ctx context.Context, dir string) error
	Pack(ctx context.Context, path string) (files []string, err error)
}

// Actions are what the screen has others do.
type Actions struct {
	Save       func(work.Settings) error // keeps the settings and makes them hold
	OpenFolder func(dir string) error    // shows a folder in the system's own way
	OpenData   func(dir string)          // goes on with the drafts in another folder
	Said       func(text string)         // a short message
}

// About is what the program says of itself.
type About struct {
	Version, Templates, Register string
	Licences                     []Licence
}

// Licence is the licence of a part of the program.
type Licence struct{ Name, Text string }

// Screen is the screen. Make it with New.
type Screen struct {
	win     fyne.Window
	drafts  Drafts
	set     work.Settings
	actions Actions
	about   About
	now     func() time.Time

	parts   []*kit.PushButton
	built   []func() fyne.CanvasObject
	body    *fyne.Container
	content fyne.CanvasObject
	part    int

	sizes []*kit.PushButton
	list  *backupList
}

// New makes the screen for the settings as they are.
func New(win fyne.Window, d Drafts, set work.Settings, about About, a Actions, now func() time.Time) *Screen {
	s := &Screen{win: win, drafts: d, set: set, actions: a, about: about, now: now}
	row := container.NewHBox()
	for i, p := range []struct {
		name  words.Text
		build func() fyne.CanvasObject
	}{{partLook, s.lookPart}, {partData, s.dataPart}, {partMove, s.movePart}, {partAbout, s.aboutPart}} {
		b := kit.Button(kit.Say(p.name), nil, func() { s.Open(Part(i)) })
		s.parts, s.built = append(s.parts, b), append(s.built, p.build)
		row.Add(b)
	}
	s.body = container.NewStack()
	s.content = kit.Inset(8, container.NewBorder(container.NewVBox(kit.Title(kit.Say(title)), row), nil, nil, nil, s.body))
	s.Open(Look)
	return s
}

// Part is one part of the screen.
type Part int

// The parts.
const (
	Look Part = iota
	Data
	Moving
	AboutProgram
)

// Open shows a part.
func (s *Screen) Open(p Part) {
	s.part = int(p)
	for i, b := range s.parts {
		b.Importance = widget.LowImportance
		if i == s.part {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	s.body.Objects = []fyne.CanvasObject{s.built[s.part]()}
	s.body.Refresh()
	s.settle()
}

// Content is the whole screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown brings what may have changed up to date.
func (s *Screen) Shown() {
	if s.part == int(Data) {
		s.list.load()
	}
}

// settle lays the part out until the texts that wrap have the room they need.
func (s *Screen) settle() {
	for range 3 {
		refreshAll(s.body)
	}
}

func refreshAll(c *fyne.Container) {
	for _, o := range c.Objects {
		if inner, ok := o.(*fyne.Container); ok {
			refreshAll(inner)
		}
	}
	c.Refresh()
}

// keep has changed settings hold; where they cannot be kept for the next start, it
// says so.
func (s *Screen) keep(change func(*work.Settings)) {
	next := s.set
	change(&next)
	if next == s.set {
		return
	}
	s.set = next
	if err := s.actions.Save(next); err != nil {
		TellUnkept(s.win, err)
	}
}

// TellUnkept says that settings hold now, and why they are not kept for the next start.
func TellUnkept(win fyne.Window, err error) {
	kit.Tell(win, kit.Say(notKept), kit.Say(notKeptLong, words.Explain(err, kit.Lang())))
}

// page lays the cards of a part out below each other, as wide as is good to read.
func page(cards ...fyne.CanvasObject) fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(8), cards...)
	return container.NewVScroll(container.New(&readable{}, box))
}

// readable keeps content from getting wider than is good to read.
type readable struct{}

const (
	readableWidth = 900
	margin        = 8 // for the bar that scrolls
)

func (readable) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (readable) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(min(size.Width-margin, readableWidth*theme.TextSize()/14), size.Height))
}

// field is a setting with its name at the left and a word about it below.
func field(name string, control fyne.CanvasObject, hint string) fyne.CanvasObject {
	box := container.New(&fields{}, container.New(layout.NewCustomPaddedVBoxLayout(0), kit.Strong(name)), control)
	if hint == "" {
		return box
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(0), box, container.New(&fields{}, widget.NewLabel(""), kit.Note(hint)))
}

// fields puts a name of fixed width before a control.
type fields struct{}

func nameWidth() float32 { return 130 * theme.TextSize() / 14 }

func (fields) MinSize(o []fyne.CanvasObject) fyne.Size {
	b := o[1].MinSize()
	return fyne.NewSize(nameWidth()+b.Width, max(b.Height, theme.TextSize()*2))
}

func (fields) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := o[0].MinSize()
	o[0].Move(fyne.NewPos(0, max(0, (min(size.Height, o[1].MinSize().Height)-left.Height)/2)))
	o[0].Resize(fyne.NewSize(nameWidth(), left.Height))
	o[1].Move(fyne.NewPos(nameWidth(), 0))
	o[1].Resize(fyne.NewSize(size.Width-nameWidth(), size.Height))
}

// narrow gives a control a width of its own, and an edge.
func narrow(width float32, control fyne.CanvasObject) fyne.CanvasObject {
	return container.NewHBox(kit.Column(width, kit.NewPanel("", kit.Line, 4, control)))
}

func (s *Screen) lookPart() fyne.CanvasObject {
	row := container.NewHBox()
	s.sizes = nil
	for _, percent := range textSizes {
		b := kit.Button(strconv.Itoa(percent)+" %", nil, func() {
			s.keep(func(set *work.Settings) { set.TextSize = percent })
			s.showSize()
		})
		s.sizes = append(s.sizes, b)
		row.Add(b)
	}
	s.showSize()

	looks := []string{string(kit.Light), string(kit.Dark), string(kit.HighContrast)}
	colours := choice([]string{kit.Say(lookLight), kit.Say(lookDark), kit.Say(lookSharp)}, indexOf(looks, s.set.Look), func(i int) {
		s.keep(func(set *work.Settings) { set.Look = looks[i] })
	})
	langs := choice([]string{"中文", "English"}, int(s.set.Lang()), func(i int) {
		s.keep(func(set *work.Settings) { set.SetLang(words.Lang(i)) })
	})

	name := kit.NewEntry()
	name.SetText(s.set.Person)
	name.SetPlaceHolder(kit.Say(personEmpty))
	named := func() { s.keep(func(set *work.Settings) { set.Person = name.Text }) }
	name.OnBlur = named
	name.OnSubmitted = func(string) { named() }

	var days []string
	for d := 1; d <= 31; d++ {
		days = append(days, kit.Say(dueDay, d))
	}
	when := choice(days, s.set.DueDay-1, func(i int) {
		s.keep(func(set *work.Settings) { set.DueDay = i + 1 })
	})
	return page(
		kit.Card(container.NewVBox(
			field(kit.Say(textSize), row, ""),
			field(kit.Say(look), narrow(180, colours), ""),
			field(kit.Say(language), narrow(180, langs), ""),
		)),
		kit.Card(container.NewVBox(
			field(kit.Say(person), narrow(240, name), kit.Say(personHint)),
			field(kit.Say(due), narrow(180, when), kit.Say(dueHint)),
		)),
	)
}

// textSizes are the sizes to choose from, in percent.
var textSizes = []int{work.SmallestText, 100, 110, 125, 150, 175, work.LargestText}

// showSize marks the size in use, which the whole window shows at once.
func (s *Screen) showSize() {
	for i, b := range s.sizes {
		b.Importance = widget.MediumImportance
		if textSizes[i] == s.set.TextSize {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
}

// choice is a select that starts at one of its options.
func choice(options []string, at int, chosen func(int)) *kit.Select {
	c := kit.NewSelect(options, nil)
	if at >= 0 && at < len(options) {
		c.SetSelectedIndex(at)
	}
	c.OnChanged = func(string) { chosen(c.SelectedIndex()) }
	return c
}

func indexOf(all []string, one string) int {
	for i, s := range all {
		if s == one {
			return i
		}
	}
	return -1
}

func (s *Screen) aboutPart() fyne.CanvasObject {
	box := container.NewVBox(kit.Heading(kit.Say(aboutName)), kit.Body(kit.Say(aboutWhat)))
	for _, row := range []struct {
		name words.Text
		text string
	}{
		{unit, s.drafts.Unit().Publisher()},
		{version, s.about.Version},
		{templates, s.about.Templates},
		{register, s.about.Register},
	} {
		box.Add(field(kit.Say(row.name), widget.NewLabel(row.text), ""))
	}
	buttons := container.NewHBox()
	for _, l := range s.about.Licences {
		buttons.Add(kit.Button(l.Name, nil, func() { s.showLicence(l) }))
	}
	if len(s.about.Licences) > 0 {
		box.Add(field(kit.Say(licences), buttons, ""))
	}
	return page(kit.Card(box))
}

func (s *Screen) showLicence(l Licence) {
	text := kit.Body(l.Text)
	var d *kit.Dialog
	d = kit.Show(s.win, l.Name, container.NewVScroll(text), kit.Primary(kit.Say(kit.WordClose), nil, func() { d.Hide() }))
	d.Resize(fyne.NewSize(760, 560))
}

func (s *Screen) said(text string) {
	if s.actions.Said != nil {
		s.actions.Said(text)
	}
}
