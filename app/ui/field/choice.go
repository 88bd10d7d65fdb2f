package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	wordEveryone  = words.Text{ZH: "全社会", EN: "Everyone"}
	wordGroups    = words.Text{ZH: "特定群体", EN: "Specific groups"}
	wordWhichOnes = words.Text{ZH: "哪些人，如：申请人", EN: "Who, such as: applicants"}
	wordProactive = words.Text{ZH: "主动", EN: "Proactive"}
	wordOnRequest = words.Text{ZH: "依申请", EN: "On request"}
)

// boxes is an editor of a few boxes on a line. What a text says that is none of
// them is kept until somebody ticks.
type boxes struct {
	widget.BaseWidget
	Hooks
	text    string
	all     []*box
	content *fyne.Container
}

func (b *boxes) add(label string, ticked func()) {
	x := newBox(label, &b.Hooks, func(bool) { ticked() })
	b.all = append(b.all, x)
}

func (b *boxes) lay(more ...fyne.CanvasObject) {
	line := container.New(&Flow{Gap: 4})
	for _, x := range b.all {
		line.Add(x)
	}
	b.content = container.New(Stack{Gap: 2}, append([]fyne.CanvasObject{line}, more...)...)
}

// CreateRenderer shows the boxes.
func (b *boxes) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

// Text is what is ticked.
func (b *boxes) Text() string { return b.text }

// Lock makes the choice fixed.
func (b *boxes) Lock(locked bool) {
	for _, x := range b.all {
		lock(x, locked)
	}
}

// Expand does nothing: a line of boxes is small enough.
func (b *boxes) Expand(bool) {}

// First is the first box.
func (b *boxes) First() fyne.Focusable { return b.all[0] }

// Mode edits how a matter is disclosed.
type Mode struct{ boxes }

// NewMode makes the editor.
func NewMode() *Mode {
	m := &Mode{}
	m.ExtendBaseWidget(m)
	pick := func() {
		m.text = catalog.Mode{Proactive: m.all[0].Checked, OnRequest: m.all[1].Checked}.String()
		m.chose(m.text)
	}
	m.add(kit.Say(wordProactive), pick)
	m.add(kit.Say(wordOnRequest), pick)
	m.lay()
	return m
}

// Set shows what a text says.
func (m *Mode) Set(text string) {
	m.text = text
	v := catalog.ParseMode(text)
	m.all[0].show(v.Proactive)
	m.all[1].show(v.OnRequest)
}

// Tiers edits at which levels a matter is disclosed.
type Tiers struct {
	boxes
	tiers []catalog.Tier
}

// NewTiers makes the editor.
func NewTiers() *Tiers {
	t := &Tiers{tiers: []catalog.Tier{catalog.City, catalog.County, catalog.Township, catalog.Village}}
	t.ExtendBaseWidget(t)
	pick := func() {
		var s catalog.TierSet
		for i, x := range t.all {
			if x.Checked {
				s = s.With(t.tiers[i])
			}
		}
		t.text = s.String()
		t.chose(t.text)
	}
	for _, tier := range t.tiers {
		t.add(kit.Say(words.Tier(tier)), pick)
	}
	t.lay()
	return t
}

// Set shows what a text says.
func (t *Tiers) Set(text string) {
	t.text = text
	s := catalog.ParseTiers(text)
	for i, tier := range t.tiers {
		t.all[i].show(s.Has(tier))
	}
}

// Audience edits to whom a matter is disclosed.
type Audience struct {
	boxes
	groups *input
	value  catalog.Audience
}

// NewAudience makes the editor.
func NewAudience() *Audience {
	a := &Audience{}
	a.ExtendBaseWidget(a)
	a.groups = newInput(&a.Hooks, func(string) { a.collect(false) })
	a.groups.SetPlaceHolder(kit.Say(wordWhichOnes))
	a.add(kit.Say(wordEveryone), func() { a.collect(true) })
	a.add(kit.Say(wordGroups), func() {
		a.collect(true)
		a.showGroups()
		a.resized()
		if a.all[1].Checked && a.groups.Text == "" {
			focus(a.groups)
		}
	})
	a.lay(a.groups)
	a.showGroups()
	return a
}

func (a *Audience) showGroups() {
	if a.all[1].Checked {
		a.groups.Show()
	} else {
		a.groups.Hide()
	}
	Lay(a.content)
}

func (a *Audience) collect(whole bool) {
	v := catalog.Audience{Everyone: a.all[0].Checked}
	if a.all[1].Checked {
		v.Groups = a.groups.Text
		v.Unnamed = v.Groups == ""
	}
	a.value = v
	if a.text = v.String(); whole {
		a.chose(a.text)
	} else {
		a.changed(a.text)
	}
}

// Set shows what a text says.
func (a *Audience) Set(text string) {
	if text == a.text {
		return
	}
	a.text, a.value = text, catalog.ParseAudience(text)
	a.all[0].show(a.value.Everyone)
	a.all[1].show(a.value.Groups != "" || a.value.Unnamed)
	if a.value.Groups != "" || !a.groups.focused { // the names come back with the box
		a.groups.show(a.value.Groups)
	}
	a.showGroups()
}

// Lock makes the choice fixed.
func (a *Audience) Lock(locked bool) {
	a.boxes.Lock(locked)
	lock(a.groups, locked)
}
