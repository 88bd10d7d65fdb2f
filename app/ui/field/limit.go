package field

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	wordUnderstood = words.Text{ZH: "程序理解为：%s。", EN: "Understood as: %s."}
	wordPartly     = words.Text{ZH: "程序理解为：%s。其余部分没有看懂，将按原文保留。", EN: "Understood as: %s. The rest was not understood and is kept as written."}
	wordNotAtAll   = words.Text{ZH: "程序没有看懂这段时限，将按原文保留。可以从下面的常用写法里选。", EN: "This time limit was not understood and is kept as written. Choose a usual one below."}
)

// Suggested is a short text that can also be chosen among a few.
type Suggested struct {
	widget.BaseWidget
	Hooks
	entry   *input
	note    *Prose
	usual   []string
	chips   *fyne.Container
	open    bool
	explain func(text string) (says string, ink fyne.ThemeColorName)
	content *fyne.Container
}

func newSuggested(hint string) *Suggested {
	s := &Suggested{note: NewNote("", kit.Muted), chips: container.New(&Flow{Gap: 2})}
	s.ExtendBaseWidget(s)
	s.entry = newInput(&s.Hooks, func(text string) {
		s.render()
		s.changed(text)
	})
	s.entry.SetPlaceHolder(hint)
	s.content = container.New(Stack{Gap: 3}, s.entry, s.note, s.chips)
	s.note.Hide()
	s.chips.Hide()
	return s
}

// NewPublisher edits the body obliged to disclose.
func NewPublisher() *Suggested { return newSuggested("") }

// NewLimit edits when a matter must be disclosed, and says what the program
// understands of it.
func NewLimit() *Suggested {
	s := newSuggested("")
	s.explain = func(text string) (string, fyne.ThemeColorName) {
		if text == "" {
			return "", kit.Muted
		}
		switch says, whole := words.TimeLimit(catalog.ParseTimeLimit(text), kit.Lang()); {
		case whole:
			return kit.Say(wordUnderstood, says), kit.Muted
		case says == "":
			return kit.Say(wordNotAtAll), kit.Warn
		default:
			return kit.Say(wordPartly, says), kit.Warn
		}
	}
	return s
}

// Suggest says what can be chosen, the usual first.
func (s *Suggested) Suggest(texts []string) {
	if slices.Equal(texts, s.usual) {
		return
	}
	s.usual = slices.Clone(texts)
	s.chips.RemoveAll()
	for _, text := range s.usual {
		s.chips.Add(newChip(text, &s.Hooks, func() {
			if s.entry.Disabled() || s.entry.Text == text {
				return
			}
			s.entry.show(text)
			s.render()
			focus(s.entry)
			s.chose(text)
		}))
	}
	s.render()
}

func (s *Suggested) render() {
	says, ink := "", kit.Muted
	if s.explain != nil {
		says, ink = s.explain(s.entry.Text)
	}
	before := s.note.Visible()
	if s.note.Color != ink {
		s.note.Color = ink
		s.note.Refresh()
	}
	s.note.SetText(says)
	if says == "" {
		s.note.Hide()
	} else {
		s.note.Show()
	}
	chips := s.open && len(s.usual) > 0 && !s.entry.Disabled()
	if chips {
		s.chips.Show()
	} else {
		s.chips.Hide()
	}
	if before != s.note.Visible() {
		s.resized()
	}
}

// CreateRenderer shows the editor.
func (s *Suggested) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

// Text is what the editor shows.
func (s *Suggested) Text() string { return s.entry.Text }

// Set shows a text.
func (s *Suggested) Set(text string) {
	s.entry.show(text)
	s.render()
}

// Lock makes the text read-only.
func (s *Suggested) Lock(locked bool) {
	lock(s.entry, locked)
	s.render()
}

// Expand shows what can be chosen.
func (s *Suggested) Expand(on bool) {
	s.open = on
	s.render()
	Lay(s.content)
}

// First is the entry.
func (s *Suggested) First() fyne.Focusable { return s.entry }

// newChip is a small button that puts a text in.
func newChip(text string, on *Hooks, fn func()) fyne.CanvasObject {
	c := &chip{on: on, fn: fn}
	c.text = NewNote(text, kit.Accent)
	c.text.Max = 2
	c.body = kit.NewPanel(kit.AccentSoft, "", 4, container.New(&chipLayout{}, c.text))
	c.ExtendBaseWidget(c)
	return c
}
