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

// item is a page's place in the list at the left.
type item struct {
	widget.BaseWidget
	ground  *kit.Panel
	mark    *kit.Badge
	label   *widget.Label
	onTap   func()
	chosen  bool
	hovered bool
}

func newItem(p Page, onTap func()) *item {
	it := &item{onTap: onTap, mark: kit.NewBadge("", kit.Plain), label: widget.NewLabel(kit.Say(p.Title))}
	it.mark.Hide()
	row := container.NewBorder(nil, nil, kit.Inset(4, widget.NewIcon(p.Icon)), it.mark, it.label)
	it.ground = kit.NewPanel("", "", 4, kit.Inset(1, row))
	it.ExtendBaseWidget(it)
	return it
}

func (it *item) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(it.ground) }

func (it *item) Tapped(*fyne.PointEvent) { it.onTap() }

func (it *item) MouseIn(*desktop.MouseEvent)    { it.hovered = true; it.paint() }
func (it *item) MouseMoved(*desktop.MouseEvent) {}
func (it *item) MouseOut()                      { it.hovered = false; it.paint() }

func (it *item) setChosen(on bool) {
	it.chosen = on
	it.label.TextStyle.Bold = on
	it.label.Refresh()
	it.paint()
}

func (it *item) paint() {
	switch {
	case it.chosen:
		it.ground.SetColours(kit.AccentSoft, "")
	case it.hovered:
		it.ground.SetColours(theme.ColorNameHover, "")
	default:
		it.ground.SetColours("", "")
	}
}

func (it *item) setMark(text string, tone kit.Tone) {
	it.mark.Set(text, tone)
	if text == "" {
		it.mark.Hide()
	} else {
		it.mark.Show()
	}
}

func (s *Shell) navigation() fyne.CanvasObject {
	main, apart := container.NewVBox(), container.NewVBox()
	for _, p := range s.pages {
		it := newItem(p, func() { s.Open(p.ID) })
		s.items[p.ID] = it
		if p.Apart {
			apart.Add(it)
		} else {
			main.Add(it)
		}
	}
	return kit.Inset(6, container.New(&railLayout{}, main, apart))
}

// railLayout puts the first at the top and the second at the bottom.
type railLayout struct{}

func (railLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width, 132*theme.TextSize()/14), a.Height+b.Height)
}

func (railLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	low := objects[1].MinSize().Height
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, size.Height-low))
	objects[1].Move(fyne.NewPos(0, size.Height-low))
	objects[1].Resize(fyne.NewSize(size.Width, low))
}

// SaveMark tells whether what is on the screen is on disk.
type SaveMark struct {
	widget.BaseWidget
	badge   *kit.Badge
	OnTap   func() // while saving fails: why, and what to do
	failing bool
}

func newSaveMark() *SaveMark {
	m := &SaveMark{badge: kit.NewBadge("", kit.Plain)}
	m.ExtendBaseWidget(m)
	m.Hide()
	return m
}

// CreateRenderer draws the mark.
func (m *SaveMark) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.badge) }

// Tapped tells why nothing can be saved.
func (m *SaveMark) Tapped(*fyne.PointEvent) {
	if m.failing && m.OnTap != nil {
		m.OnTap()
	}
}

var (
	savingWord = words.Text{ZH: "正在保存…", EN: "Saving…"}
	savedWord  = words.Text{ZH: "已保存 %s", EN: "Saved %s"}
	failedWord = words.Text{ZH: "没有保存成功，点这里看原因", EN: "Not saved. Click to see why"}
)

// Saving says that something is on its way to disk.
func (m *SaveMark) Saving() { m.set(kit.Say(savingWord), kit.Plain, false) }

// Saved says that everything was on disk at a time.
func (m *SaveMark) Saved(at time.Time) {
	m.set(kit.Say(savedWord, at.Local().Format("15:04")), kit.Success, false)
}

// Failing says that nothing can be saved now.
func (m *SaveMark) Failing() { m.set(kit.Say(failedWord), kit.Alarm, true) }

func (m *SaveMark) set(text string, tone kit.Tone, failing bool) {
	m.failing = failing
	m.badge.Set(text, tone)
	m.Show()
	m.Refresh()
}

// message is the line below the page.
type message struct {
	widget.BaseWidget
	ground *kit.Panel
	row    *fyne.Container
	shown  int
}

func newMessage() *message {
	m := &message{row: container.NewHBox()}
	m.ground = kit.NewPanel(kit.AccentSoft, kit.Line, 0, kit.Inset(2, m.row))
	m.ExtendBaseWidget(m)
	m.Hide()
	return m
}

func (m *message) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.ground) }

func (m *message) show(text string, tone kit.Tone, action string, fn func()) {
	m.shown++
	this := m.shown
	_, ground := tone.Colours()
	label := widget.NewLabel(text)
	m.row.Objects = []fyne.CanvasObject{label, layout.NewSpacer()}
	if action != "" {
		m.row.Add(kit.Quiet(action, nil, func() { m.Hide(); fn() }))
	}
	m.row.Add(kit.Quiet("", theme.CancelIcon(), m.Hide))
	m.ground.SetColours(ground, kit.Line)
	m.Show()
	m.Refresh()
	time.AfterFunc(messageTime, func() {
		kit.Do(func() {
			if m.shown == this {
				m.Hide()
			}
		})
	})
}
