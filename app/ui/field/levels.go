package field

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

var (
	wordLevel    = words.Text{ZH: "%s级事项", EN: "Level %s"}
	wordAddLevel = words.Text{ZH: "添加%s级事项", EN: "Add level %s"}
)

// Path edits the names of a matter's levels: two, or more where the table has
// them. A last level left empty is none.
type Path struct {
	widget.BaseWidget
	Hooks
	text    string
	locked  bool
	open    bool
	levels  []*input
	rows    *fyne.Container
	more    *fyne.Container
	summary *Prose
	closed  *opener // shown instead while the names are locked
	content *fyne.Container
}

// NewPath makes the editor.
func NewPath() *Path {
	p := &Path{rows: container.New(Stack{Gap: 4})}
	p.ExtendBaseWidget(p)
	p.more = container.New(&Flow{})
	p.summary = NewProse("")
	p.summary.Color = kit.Muted
	p.closed = newOpener(p.summary, &p.Hooks, nil)
	p.closed.off = true
	p.content = container.New(Stack{Gap: 2}, p.closed, p.rows, p.more)
	p.grow(2)
	p.render()
	return p
}

func levelName(i int) string {
	numerals := []string{"一", "二", "三", "四", "五", "六"}
	if kit.Lang() == words.English || i >= len(numerals) {
		return string(rune('1' + i))
	}
	return numerals[i]
}

func (p *Path) grow(n int) {
	for len(p.levels) < n {
		i := len(p.levels)
		e := newInput(&p.Hooks, func(string) { p.collect() })
		e.SetPlaceHolder(kit.Say(wordLevel, levelName(i)))
		lock(e, p.locked)
		p.levels = append(p.levels, e)
		p.rows.Add(e)
	}
	p.more.RemoveAll()
	p.more.Add(newTool(kit.Say(wordAddLevel, levelName(n)), theme.ContentAddIcon(), &p.Hooks, func() {
		if p.locked {
			return
		}
		p.grow(len(p.levels) + 1)
		p.render()
		p.resized()
		focus(p.levels[len(p.levels)-1])
	}))
}

func (p *Path) collect() {
	names := make([]string, len(p.levels))
	for i, e := range p.levels {
		names[i] = strings.ReplaceAll(e.Text, "\n", " ") // a level is one line of the field
	}
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	p.text = strings.Join(names, "\n")
	p.changed(p.text)
}

// CreateRenderer shows the levels.
func (p *Path) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }

// Text is the levels, one a line.
func (p *Path) Text() string { return p.text }

// Set shows the levels of a text.
func (p *Path) Set(text string) {
	p.text = text
	names := strings.Split(text, "\n")
	if n := max(2, len(names)); n < len(p.levels) && !p.levels[len(p.levels)-1].focused {
		p.levels = p.levels[:n]
		p.rows.Objects = p.rows.Objects[:n]
		Lay(p.rows)
	}
	p.grow(len(names))
	for i, e := range p.levels {
		name := ""
		if i < len(names) {
			name = names[i]
		}
		e.show(name)
	}
	p.render()
}

func (p *Path) render() {
	p.closed.Hidden, p.rows.Hidden = !p.locked, p.locked
	p.summary.SetText(strings.ReplaceAll(p.text, "\n", " / "))
	if p.open && !p.locked && len(p.levels) < 6 && p.levels[len(p.levels)-1].Text != "" {
		p.more.Show()
	} else {
		p.more.Hide()
	}
	Lay(p.content)
}

// Lock makes the names fixed.
func (p *Path) Lock(locked bool) {
	p.locked = locked
	for _, e := range p.levels {
		lock(e, locked)
	}
	p.render()
}

// Expand shows how to add a level.
func (p *Path) Expand(on bool) {
	p.open = on
	p.render()
}

// First is the first level.
func (p *Path) First() fyne.Focusable { return p.Level(0) }

// Level is the entry of a level, counted from 0; the last where there are fewer.
func (p *Path) Level(i int) fyne.Focusable {
	if p.locked {
		return p.closed
	}
	return p.levels[min(i, len(p.levels)-1)]
}
