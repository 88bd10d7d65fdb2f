package field

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

var (
	wordLarge      = words.Text{ZH: "%s（大窗口）", EN: "%s (large window)"}
	wordCharacters = words.Text{ZH: "%d 字", EN: "%d characters"}
	wordBackToPane = words.Text{ZH: "完成", EN: "Done"}
)

// Large is the text of a field in a window of its own, for long texts. What is
// typed in it is typed in the field at the same moment: there is nothing to
// confirm and nothing to lose.
type Large struct {
	dialog   *kit.Dialog
	text     *Text
	count    *Prose
	beside   *fyne.Container
	findings *container.Scroll
	body     *fyne.Container
}

// OpenLarge opens a text in a large window, named after its field. onClosed may
// be nil.
func OpenLarge(win fyne.Window, name string, t *Text, onClosed func()) *Large {
	l := &Large{text: t, count: NewNote("", kit.Muted), beside: container.New(Stack{Gap: 4})}
	on := &Hooks{Undo: t.Undo, Redo: t.Redo, Done: t.done}
	entry := newInput(on, func(text string) {
		t.typedElsewhere(text)
		l.recount()
	})
	entry.lines, entry.most = t.entry.lines, 4 // and as high as the window has room
	entry.SetPlaceHolder(t.entry.PlaceHolder)
	entry.show(t.Text())
	lock(entry, t.entry.Disabled())
	on.Key = func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			l.dialog.Hide()
		}
	}
	on.Shortcut = func(fyne.Shortcut) {}
	t.large = entry
	l.recount()

	l.findings = container.NewVScroll(l.beside)
	l.body = container.New(&largeLayout{}, entry, l.count, l.findings)
	l.dialog = kit.Show(win, kit.Say(wordLarge, name), l.body,
		kit.Primary(kit.Say(wordBackToPane), nil, func() { l.dialog.Hide() }))
	room := win.Canvas().Size()
	l.dialog.Resize(fyne.NewSize(min(room.Width*0.8, 1100), room.Height*0.85))
	l.dialog.OnClosed = func() {
		t.large = nil
		t.done()
		if onClosed != nil {
			onClosed()
		}
	}
	win.Canvas().Focus(entry)
	entry.setCursor(t.entry.CursorTextOffset())
	entry.Refresh()
	return l
}

func (l *Large) recount() {
	l.count.SetText(kit.Say(wordCharacters, utf8.RuneCountInString(l.text.Text())))
}

// Update shows the field's state after it changed: what is found in it, and the
// count, which a change from elsewhere may have moved.
func (l *Large) Update(findings ...fyne.CanvasObject) {
	l.recount()
	l.beside.Objects = findings
	l.beside.Refresh()
	l.body.Refresh()
}

// largeLayout gives the text the room that the count and what is found, up to a
// third, leave.
type largeLayout struct{}

func (largeLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	text, count, findings := objects[0], objects[1], objects[2].(*container.Scroll)
	below := min(settle(findings.Content, s.Width-14), s.Height/3)
	findings.Resize(fyne.NewSize(s.Width, below))
	findings.Move(fyne.NewPos(0, s.Height-below))
	line := settle(count, s.Width)
	count.Move(fyne.NewPos(0, s.Height-below-line-6))
	text.Move(fyne.NewPos(0, 0))
	text.Resize(fyne.NewSize(s.Width, max(s.Height-below-line-10, 0)))
}

func (largeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

// Close closes the large window.
func (l *Large) Close() { l.dialog.Hide() }
