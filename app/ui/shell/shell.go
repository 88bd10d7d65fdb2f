// Package shell is the frame around the screens: the menu, the way between
// them, the bar with unit, search, undo and what is saved, and short messages.
// It works by keyboard alone: every command of the menu has a shortcut that
// holds wherever the focus is.
package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

// Page is one screen in the frame.
type Page struct {
	ID    string
	Title words.Text
	Icon  fyne.Resource
	Build func() fyne.CanvasObject // once, when the page is first opened
	Shown func()                   // each time it comes up; may be nil
	Left  func()                   // each time another comes up; may be nil
	Help  string                   // the page of the manual
	Apart bool                     // stands below the others, as settings do
	// Commands stand in the menu while the page is shown, their shortcuts hold.
	Commands []Command
}

// Command is what a page can do, with keys for it.
type Command struct {
	Title    words.Text
	Shortcut fyne.Shortcut
	Do       func()
}

// Actions are what the frame's commands do.
type Actions struct {
	Undo, Redo, Find, Backup, Quit func()
	Help                           func(page string)
}

// Shell is the frame of one window. Make it with New.
type Shell struct {
	win     fyne.Window
	actions Actions
	pages   []Page
	built   map[string]fyne.CanvasObject
	current string

	items   map[string]*item
	edit    *fyne.Menu
	own     map[*fyne.MenuItem]string // commands of a page
	content *fyne.Container
	unit    *widget.Label
	save    *SaveMark
	undo    *kit.PushButton
	redo    *kit.PushButton
	message *message
	root    fyne.CanvasObject
}

// New makes the frame of a window, with its menu. search stands in the bar and
// may be nil.
func New(win fyne.Window, pages []Page, search fyne.CanvasObject, a Actions) *Shell {
	s := &Shell{
		win: win, actions: a, pages: pages,
		built: map[string]fyne.CanvasObject{}, items: map[string]*item{}, own: map[*fyne.MenuItem]string{},
		content: container.NewStack(), unit: kit.Strong(""), save: newSaveMark(), message: newMessage(),
	}
	s.undo = kit.Quiet("", theme.ContentUndoIcon(), a.Undo)
	s.redo = kit.Quiet("", theme.ContentRedoIcon(), a.Redo)
	s.SetUndo(false, false)
	if search == nil {
		search = layout.NewSpacer()
	}
	s.unit.Truncation = fyne.TextTruncateEllipsis
	bar := container.New(&barLayout{}, s.unit, search, container.NewHBox(s.save, s.undo, s.redo))
	top := container.New(layout.NewCustomPaddedVBoxLayout(0), kit.NewPanel(kit.Surface, "", 0, kit.Inset(3, bar)), kit.Rule())
	side := container.New(layout.NewCustomPaddedHBoxLayout(0), kit.NewPanel(kit.Surface, "", 0, s.navigation()), kit.Rule())
	main := container.NewBorder(nil, s.message, nil, nil, s.content)
	s.root = container.New(&frameLayout{}, top, side, main)
	win.SetMainMenu(s.menu())
	kit.SetKeys(s.key)
	win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { s.key(k.Name) })
	return s
}

// Content is the whole frame.
func (s *Shell) Content() fyne.CanvasObject { return s.root }

// Open shows a page.
func (s *Shell) Open(id string) {
	p, ok := s.page(id)
	if !ok {
		return
	}
	s.Build(id)
	if s.current != id {
		s.win.Canvas().Unfocus() // so that a field that is left says so
		if before, ok := s.page(s.current); ok && before.Left != nil {
			before.Left()
		}
		s.current = id
		s.content.Objects = []fyne.CanvasObject{s.built[id]}
		s.content.Refresh()
	}
	for other, it := range s.items {
		it.setChosen(other == id)
	}
	s.offer()
	if p.Shown != nil {
		p.Shown()
	}
}

// Build makes a page that was not opened yet.
func (s *Shell) Build(id string) {
	if p, ok := s.page(id); ok && s.built[id] == nil {
		s.built[id] = p.Build()
	}
}

// Current is the page that is shown.
func (s *Shell) Current() string { return s.current }

// Forget lets a page be built anew when it is next opened.
func (s *Shell) Forget(id string) {
	delete(s.built, id)
	if s.current == id {
		s.current = ""
	}
}

func (s *Shell) page(id string) (Page, bool) {
	for _, p := range s.pages {
		if p.ID == id {
			return p, true
		}
	}
	return Page{}, false
}

// SetUnit says whose drafts are open.
func (s *Shell) SetUnit(name string) { s.unit.SetText(name) }

// SetUndo says whether there is something to undo and to redo.
func (s *Shell) SetUndo(undo, redo bool) {
	enable(s.undo, undo)
	enable(s.redo, redo)
}

func enable(b *kit.PushButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// Save is the mark that tells what is on disk.
func (s *Shell) Save() *SaveMark { return s.save }

// SetMark puts a number beside a page's name; an empty text takes it away.
func (s *Shell) SetMark(page, text string, tone kit.Tone) {
	if it := s.items[page]; it != nil {
		it.setMark(text, tone)
	}
}

// Tell shows a short message below the page for a while. With an action it
// offers that on a button.
func (s *Shell) Tell(text string, tone kit.Tone, action string, fn func()) {
	s.message.show(text, tone, action, fn)
}

func (s *Shell) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyF1:
		s.help()
		return true
	}
	return false
}

func (s *Shell) help() {
	p, _ := s.page(s.current)
	s.actions.Help(p.Help)
}

// undoing hands undo to a dialog's or a search's own text, which is no part of
// the drafts, and to the drafts otherwise.
func (s *Shell) undoing(drafts func(), own fyne.Shortcut) func() {
	return func() {
		focused := s.win.Canvas().Focused()
		_, apart := focused.(kit.OwnUndo)
		if f, ok := focused.(fyne.Shortcutable); ok && (apart || s.win.Canvas().Overlays().Top() != nil) {
			f.TypedShortcut(own)
			return
		}
		if s.win.Canvas().Overlays().Top() == nil {
			drafts()
		}
	}
}

var (
	menuFile = words.Text{ZH: "文件", EN: "File"}
	menuEdit = words.Text{ZH: "编辑", EN: "Edit"}
	menuGo   = words.Text{ZH: "转到", EN: "Go"}
	menuHelp = words.Text{ZH: "帮助", EN: "Help"}

	commandBackup = words.Text{ZH: "立即备份", EN: "Back up now"}
	commandQuit   = words.Text{ZH: "退出", EN: "Quit"}
	commandUndo   = words.Text{ZH: "撤销", EN: "Undo"}
	commandRedo   = words.Text{ZH: "重做", EN: "Redo"}
	commandFind   = words.Text{ZH: "搜索全部内容", EN: "Search everything"}
	commandPage   = words.Text{ZH: "本页说明（F1）", EN: "About this page (F1)"}
	commandManual = words.Text{ZH: "使用说明目录", EN: "Contents of the manual"}
)

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func (s *Shell) menu() *fyne.MainMenu {
	command := func(t words.Text, sc fyne.Shortcut, fn func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(kit.Say(t), fn)
		m.Shortcut = sc
		return m
	}
	var places []*fyne.MenuItem
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	for _, p := range s.pages {
		var sc fyne.Shortcut
		if len(places) < len(digits) {
			sc = ctrl(digits[len(places)])
		}
		places = append(places, command(p.Title, sc, func() { s.Open(p.ID) }))
	}
	edit := fyne.NewMenu(kit.Say(menuEdit),
		command(commandUndo, &fyne.ShortcutUndo{}, s.undoing(s.actions.Undo, &fyne.ShortcutUndo{})),
		command(commandRedo, &fyne.ShortcutRedo{}, s.undoing(s.actions.Redo, &fyne.ShortcutRedo{})),
		fyne.NewMenuItemSeparator(),
		command(commandFind, ctrl(fyne.KeyK), s.actions.Find))
	for _, p := range s.pages {
		if len(p.Commands) > 0 {
			edit.Items = append(edit.Items, fyne.NewMenuItemSeparator())
		}
		for _, c := range p.Commands {
			m := command(c.Title, c.Shortcut, func() {
				if s.current == p.ID && s.win.Canvas().Overlays().Top() == nil {
					c.Do()
				}
			})
			s.own[m] = p.ID
			edit.Items = append(edit.Items, m)
		}
	}
	s.edit = edit
	quit := command(commandQuit, ctrl(fyne.KeyQ), s.actions.Quit)
	quit.IsQuit = true
	return fyne.NewMainMenu(
		fyne.NewMenu(kit.Say(menuFile), command(commandBackup, nil, s.actions.Backup), fyne.NewMenuItemSeparator(), quit),
		edit,
		fyne.NewMenu(kit.Say(menuGo), places...),
		fyne.NewMenu(kit.Say(menuHelp),
			command(commandPage, nil, s.help),
			command(commandManual, nil, func() { s.actions.Help("") })),
	)
}

// frameLayout puts the bar at the top, the list at the left and the page in the
// rest, with nothing between them.
type frameLayout struct{}

func (frameLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, side, main := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	return fyne.NewSize(max(top.Width, side.Width+main.Width), top.Height+max(side.Height, main.Height))
}

func (frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, side := objects[0].MinSize().Height, objects[1].MinSize().Width
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	place(objects[0], 0, 0, size.Width, top)
	place(objects[1], 0, top, side, size.Height-top)
	place(objects[2], side, top, size.Width-side, size.Height-top)
}

// offer lets the menu's commands be chosen on the page they belong to.
func (s *Shell) offer() {
	for m, page := range s.own {
		m.Disabled = page != s.current
	}
	s.edit.Refresh()
}

// barLayout gives the unit the room that search and marks leave it.
type barLayout struct{}

func (barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	search, marks := objects[1].MinSize(), objects[2].MinSize()
	return fyne.NewSize(search.Width+marks.Width+80, max(search.Height, marks.Height, objects[0].MinSize().Height))
}

func (barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	marks := objects[2].MinSize().Width
	search := max(objects[1].MinSize().Width, min(size.Width*0.34, 480))
	place := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(max(width, 0), height))
	}
	place(objects[2], size.Width-marks, marks)
	place(objects[1], size.Width-marks-search-8, search)
	place(objects[0], 0, size.Width-marks-search-16)
}

// messageTime is how long a message stays.
const messageTime = 8 * time.Second
