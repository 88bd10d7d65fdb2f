package field

import (
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

var (
	wordUndo      = words.Text{ZH: "撤销", EN: "Undo"}
	wordRedo      = words.Text{ZH: "重做", EN: "Redo"}
	wordCut       = words.Text{ZH: "剪切", EN: "Cut"}
	wordCopy      = words.Text{ZH: "复制", EN: "Copy"}
	wordPaste     = words.Text{ZH: "粘贴", EN: "Paste"}
	wordSelectAll = words.Text{ZH: "全选", EN: "Select all"}
)

// input is an entry that is as high as its text, tells of stretches of typing,
// gives Tab to the window, and undoes by the program's history.
type input struct {
	widget.Entry
	self    fyne.CanvasObject // the input, or what it is a part of
	on      *Hooks
	tell    func(text string) // instead of on.Changed: a part of an editor
	lines   bool              // Enter makes a new line; otherwise it ends the field
	least   int               // lines shown at least
	most    int               // lines shown at most; 0: as many as there are
	now     func() time.Time
	onEnter func()                  // instead of going on to the next field
	first   func(fyne.KeyName) bool // gets keys before the entry; true: taken

	before  string // the text before the change being made
	typing  stretch
	past    past
	quiet   bool
	focused bool
	rows    int

	handover kit.Handover
}

func newInput(on *Hooks, tell func(string)) *input {
	e := &input{}
	e.init(e, on, tell)
	return e
}

func (e *input) init(self fyne.Widget, on *Hooks, tell func(string)) {
	e.self, e.on, e.tell, e.least, e.now = self, on, tell, 1, time.Now
	if tell == nil {
		e.tell = on.changed
	}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.OnChanged = e.typed
	e.OnCursorChanged = func() {
		if e.focused {
			e.on.focused(e.self)
		}
	}
	e.ExtendBaseWidget(self)
	e.fit()
}

// AcceptsTab leaves Tab to the window: it goes to the next field.
func (e *input) AcceptsTab() bool { return false }

func (e *input) typed(text string) {
	if e.quiet {
		return
	}
	change, now := editBetween(e.before, text), e.now()
	e.before = text
	if e.typing.last.IsZero() || !e.typing.takes(change, now) {
		if !e.typing.last.IsZero() {
			e.on.done()
		}
		e.typing = stretch{}
		e.typing.takes(change, now)
	}
	if e.on.Undo == nil {
		e.past.add(change, now)
	}
	e.fit()
	e.tell(text)
}

// cut ends the stretch of typing.
func (e *input) cut() {
	e.typing = stretch{}
	e.on.done()
}

// show makes the entry say text without telling anyone. Where the person is typing,
// something was taken back or put right, and the cursor goes there.
func (e *input) show(text string) {
	if text == e.Text {
		return
	}
	change := editBetween(e.Text, text)
	cursor := change.moved(e.CursorTextOffset())
	if e.focused { // something was taken back: there
		cursor = change.at + len(change.in)
	}
	e.past, e.typing = past{}, stretch{}
	e.put(text, cursor)
}

func (e *input) put(text string, cursor int) {
	e.quiet = true
	e.SetText(text)
	e.quiet = false
	e.before = text
	e.setCursor(cursor)
	e.fit()
	e.Refresh()
}

// rowStart is where a row of the wrapped text begins; rows behind the last begin
// at 0, which no other but the first does.
func (e *input) rowStart(row int) int {
	r, c := e.CursorRow, e.CursorColumn
	e.CursorRow, e.CursorColumn = row, 0
	at := e.CursorTextOffset()
	e.CursorRow, e.CursorColumn = r, c
	return at
}

func (e *input) setCursor(at int) {
	at = max(0, min(at, utf8.RuneCountInString(e.Text)))
	row := 0
	for {
		next := e.rowStart(row + 1)
		if next == 0 || next > at {
			break
		}
		row++
	}
	e.CursorRow, e.CursorColumn = row, at-e.rowStart(row)
}

func (e *input) countRows() int {
	n := 1
	for e.rowStart(n) > 0 {
		n++
	}
	return n
}

// fit makes the entry as high as its text.
func (e *input) fit() {
	rows := max(e.countRows(), e.least)
	if e.most > 0 {
		rows = min(rows, e.most)
	}
	if rows == e.rows {
		return
	}
	e.rows = rows
	e.SetMinRowsVisible(rows)
	e.on.resized()
}

// MinSize is as high as the text at the width it has, without the space Fyne
// leaves below the last line.
func (e *input) MinSize() fyne.Size {
	s := e.Entry.MinSize()
	line := fyne.MeasureText("中", theme.TextSize(), fyne.TextStyle{}).Height
	s.Height = float32(e.rows)*line + 2*theme.InnerPadding() + theme.InputBorderSize()
	return s
}

// Resize breaks the text anew and takes the height it needs then.
func (e *input) Resize(s fyne.Size) {
	e.Entry.Resize(s)
	e.fit()
}

// FocusGained begins a stretch of typing.
func (e *input) FocusGained() {
	e.focused = true
	e.past, e.typing = past{}, stretch{}
	e.before = e.Text
	e.Entry.FocusGained()
	e.on.focused(e.self)
}

// FocusLost ends it.
func (e *input) FocusLost() {
	e.handover.Reset()
	e.focused = false
	e.typing = stretch{}
	e.Entry.FocusLost()
	e.on.blurred()
}

// KeyDown notes letters that an input method may take.
func (e *input) KeyDown(k *fyne.KeyEvent) {
	e.handover.Down(k)
	e.Entry.KeyDown(k)
}

// TypedRune takes text in.
func (e *input) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.handover.Rune(r)
}

// TypedKey gives keys that mean nothing in a text to whoever shows the editor.
func (e *input) TypedKey(k *fyne.KeyEvent) {
	if !kit.Key(k) {
		e.handover.Key(k.Name, func() { e.key(k) })
	}
}

func (e *input) key(k *fyne.KeyEvent) {
	if e.first != nil && e.first(k.Name) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.lines {
			e.cut()
			if e.onEnter != nil {
				e.onEnter()
			} else if c := fyne.CurrentApp().Driver().CanvasForObject(e.self); c != nil {
				c.FocusNext()
			}
			return
		}
	case fyne.KeyTab:
		return
	}
	if editing := e.editKey(k.Name); editing {
		if !e.Disabled() {
			e.Entry.TypedKey(k)
		}
		return
	}
	passKey(e.on, e.self, k)
}

func (e *input) editKey(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown,
		fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	}
	return false
}

// passKey gives a key an editor has no use for to its owner, or to the window.
func passKey(on *Hooks, o fyne.CanvasObject, k *fyne.KeyEvent) {
	if on.Key != nil {
		on.Key(k)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// passShortcut does the same with a shortcut.
func passShortcut(on *Hooks, o fyne.CanvasObject, s fyne.Shortcut) {
	if on.Shortcut != nil {
		on.Shortcut(s)
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// TypedShortcut undoes and redoes by the program's history, and gives shortcuts
// that mean nothing in a text to whoever shows the editor.
func (e *input) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		e.undo(e.on.Undo, (*past).undo)
	case *fyne.ShortcutRedo:
		e.undo(e.on.Redo, (*past).redo)
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
		e.Entry.TypedShortcut(s)
	case *fyne.ShortcutCut, *fyne.ShortcutPaste:
		if !e.Disabled() {
			e.Entry.TypedShortcut(s)
			e.fit()
		}
	case *desktop.CustomShortcut:
		if kit.GoFar(&e.Entry, s) {
			return
		}
		switch s.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			if s.Modifier&fyne.KeyModifierAlt == 0 {
				e.Entry.TypedShortcut(s)
				e.fit()
				return
			}
		}
		passShortcut(e.on, e.self, s)
	default:
		passShortcut(e.on, e.self, s)
	}
}

func (e *input) undo(programs func(), own func(*past, string) (string, int, bool)) {
	if programs != nil {
		e.cut()
		programs()
		return
	}
	text, cursor, ok := own(&e.past, e.Text)
	if !ok || e.Disabled() {
		return
	}
	e.put(text, cursor)
	e.tell(text)
}

// TappedSecondary shows the usual menu in the language of the screens; Fyne's
// follows the system's.
func (e *input) TappedSecondary(p *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e.self)
	if c == nil {
		return
	}
	c.Focus(e.self.(fyne.Focusable))
	board := fyne.CurrentApp().Clipboard()
	item := func(t words.Text, s fyne.Shortcut, off bool) *fyne.MenuItem {
		i := fyne.NewMenuItem(kit.Say(t), func() { e.TypedShortcut(s) })
		i.Disabled = off
		return i
	}
	off, none := e.Disabled(), e.SelectedText() == ""
	m := fyne.NewMenu("",
		item(wordUndo, &fyne.ShortcutUndo{}, off), item(wordRedo, &fyne.ShortcutRedo{}, off), fyne.NewMenuItemSeparator(),
		item(wordCut, &fyne.ShortcutCut{Clipboard: board}, off || none),
		item(wordCopy, &fyne.ShortcutCopy{Clipboard: board}, none),
		item(wordPaste, &fyne.ShortcutPaste{Clipboard: board}, off || board.Content() == ""),
		fyne.NewMenuItemSeparator(), item(wordSelectAll, &fyne.ShortcutSelectAll{}, e.Text == ""))
	widget.ShowPopUpMenuAtPosition(m, c, p.AbsolutePosition)
}
