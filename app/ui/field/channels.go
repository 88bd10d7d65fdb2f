package field

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	wordNoChannel    = words.Text{ZH: "未选渠道", EN: "No channel chosen"}
	wordOtherChannel = words.Text{ZH: "其他渠道的名称", EN: "Name of another channel"}
	wordAddChannel   = words.Text{ZH: "添加其他渠道", EN: "Add another channel"}
	wordMust         = words.Text{ZH: "模板必选：%s", EN: "The template requires: %s"}
	wordMay          = words.Text{ZH: "模板可选：%s", EN: "The template allows: %s"}
	wordShortBoard   = words.Text{ZH: "公示栏/电子屏", EN: "Notice board"}
	wordJoin         = words.Text{ZH: "、", EN: ", "}
)

// Channels edits where a matter is disclosed: the thirteen carriers as boxes in
// the standard order, others by name.
type Channels struct {
	widget.BaseWidget
	Hooks
	text   string
	value  catalog.Channels
	locked bool

	summary *Prose
	closed  *opener
	opened  *fyne.Container
	boxes   []*box
	others  []*input
	named   *fyne.Container
	demands *Prose
	content *fyne.Container
}

// NewChannels makes the editor.
func NewChannels() *Channels {
	c := &Channels{summary: NewProse(""), demands: NewNote("", kit.Muted), named: container.New(Stack{Gap: 4})}
	c.ExtendBaseWidget(c)
	c.closed = newOpener(c.summary, &c.Hooks, func() {
		c.Expand(true)
		c.resized()
		focus(c.First())
	})
	grid := container.New(&boxGrid{})
	for _, ch := range catalog.AllChannels() {
		b := newBox(c.label(ch), &c.Hooks, func(on bool) { c.tick(ch, on) })
		c.boxes = append(c.boxes, b)
		grid.Add(b)
	}
	add := newTool(kit.Say(wordAddChannel), theme.ContentAddIcon(), &c.Hooks, func() {
		c.addOther("")
		c.resized()
		focus(c.others[len(c.others)-1])
	})
	c.opened = container.New(Stack{Gap: 2}, grid, c.named, container.New(&Flow{}, add), c.demands)
	c.content = container.New(Stack{}, c.closed, c.opened)
	c.demands.Hide()
	c.Expand(false)
	c.render()
	return c
}

func (c *Channels) label(ch catalog.Channel) string {
	if ch == catalog.NoticeBoard { // its whole name is as long as the pane is wide
		return kit.Say(wordShortBoard)
	}
	return kit.Say(words.Channel(ch))
}

// CreateRenderer shows the editor.
func (c *Channels) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// Text is what is chosen.
func (c *Channels) Text() string { return c.text }

// Set shows what a text names.
func (c *Channels) Set(text string) {
	if text == c.text {
		return
	}
	c.text, c.value = text, catalog.ParseChannels(text, catalog.Chosen)
	c.render()
}

// Demand says which carriers the template requires and allows.
func (c *Channels) Demand(t catalog.Channels) {
	var parts []string
	if t.Set != 0 && t.May != 0 {
		parts = append(parts, kit.Say(wordMust, c.names(catalog.Channels{Set: t.Set, Others: t.Others})))
	}
	if t.May != 0 {
		parts = append(parts, kit.Say(wordMay, c.names(catalog.Channels{Set: t.May})))
	}
	c.demands.SetText(strings.Join(parts, "\n"))
	if len(parts) == 0 {
		c.demands.Hide()
	} else {
		c.demands.Show()
	}
}

func (c *Channels) names(v catalog.Channels) string {
	var names []string
	for _, ch := range v.Set.List() {
		names = append(names, kit.Say(words.Channel(ch)))
	}
	return strings.Join(append(names, v.Others...), kit.Say(wordJoin))
}

func (c *Channels) render() {
	s := c.names(catalog.Channels{Set: c.value.Set | c.value.May, Others: c.value.Others})
	c.summary.Color = ""
	if s == "" {
		s, c.summary.Color = kit.Say(wordNoChannel), kit.Muted
	}
	if c.summary.Text() == s {
		c.summary.Refresh()
	}
	c.summary.SetText(s)
	for i, b := range c.boxes {
		b.show((c.value.Set | c.value.May).Has(catalog.Channel(i)))
	}
	shown := make([]string, len(c.others))
	for i, e := range c.others {
		shown[i] = e.Text
	}
	if !slices.Equal(shown, c.value.Others) {
		if len(shown) == len(c.value.Others) { // the same entries, so that none loses the cursor
			for i, e := range c.others {
				e.show(c.value.Others[i])
			}
			return
		}
		c.others = nil
		c.named.RemoveAll()
		for _, name := range c.value.Others {
			c.addOther(name)
		}
	}
}

func (c *Channels) addOther(name string) {
	e := newInput(&c.Hooks, func(string) { c.collect(false) })
	e.SetPlaceHolder(kit.Say(wordOtherChannel))
	e.show(name)
	lock(e, c.locked)
	var line *fyne.Container
	remove := newTool("", theme.CancelIcon(), &c.Hooks, func() {
		if c.locked {
			return
		}
		at := slices.Index(c.others, e)
		c.others = slices.Delete(c.others, at, at+1)
		c.named.Remove(line)
		focus(c.boxes[len(c.boxes)-1])
		c.collect(true)
		c.resized()
	})
	line = container.New(Beside{Gap: 2, Entry: true}, e, remove)
	c.others = append(c.others, e)
	c.named.Add(line)
}

func (c *Channels) tick(ch catalog.Channel, on bool) {
	if c.value.May.Has(ch) { // what a table calls possible is chosen or not, once somebody decides
		c.value.May = c.value.May.Without(ch)
	}
	if on {
		c.value.Set = c.value.Set.With(ch)
	} else {
		c.value.Set = c.value.Set.Without(ch)
	}
	c.collect(true)
}

// collect tells what is chosen now.
func (c *Channels) collect(whole bool) {
	c.value.Others = nil
	for _, e := range c.others {
		if name := strings.TrimSpace(e.Text); name != "" && !slices.Contains(c.value.Others, name) {
			c.value.Others = append(c.value.Others, name)
		}
	}
	text := c.value.String()
	if text == c.text {
		return
	}
	c.text = text
	if whole {
		c.chose(text)
	} else {
		c.changed(text)
	}
}

// Lock makes the choice fixed.
func (c *Channels) Lock(locked bool) {
	c.locked, c.closed.off = locked, locked
	for _, b := range c.boxes {
		lock(b, locked)
	}
	for _, e := range c.others {
		lock(e, locked)
	}
	if locked {
		c.Expand(false)
	}
}

// Expand shows all boxes, or what is chosen as a line.
func (c *Channels) Expand(on bool) {
	if on && !c.locked {
		c.closed.Hide()
		c.opened.Show()
	} else {
		c.render()
		c.opened.Hide()
		c.closed.Show()
	}
	Lay(c.content)
}

// First is the first box, or what opens the boxes.
func (c *Channels) First() fyne.Focusable {
	if c.closed.Visible() {
		return c.closed
	}
	return c.boxes[0]
}

// boxGrid lays boxes out in columns as wide as the names mostly are, two or
// three in a pane; a longer one takes the place of several.
type boxGrid struct{ width float32 }

func (g *boxGrid) columns(objects []fyne.CanvasObject) (int, float32) {
	width := g.width
	if width <= 0 || len(objects) == 0 {
		return 1, max(width, 0)
	}
	for n := 3; n > 1; n-- {
		fit := 0
		for _, o := range objects {
			if o.MinSize().Width <= width/float32(n)+0.5 {
				fit++
			}
		}
		if fit*5 >= len(objects)*4 {
			return n, width / float32(n)
		}
	}
	return 1, width
}

func (g *boxGrid) walk(objects []fyne.CanvasObject, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	n, w := g.columns(objects)
	var y, high float32
	column := 0
	for _, o := range objects {
		s := o.MinSize()
		span := 1
		for span < n && s.Width > float32(span)*w+0.5 {
			span++
		}
		if column+span > n {
			y += high
			column, high = 0, 0
		}
		put(o, float32(column)*w, y, float32(span)*w, s.Height)
		high = max(high, s.Height)
		column += span
	}
	return y + high
}

// Layout places the boxes.
func (g *boxGrid) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	g.width = s.Width
	g.walk(objects, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

// MinSize is the height at the width the grid was given last.
func (g *boxGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, g.walk(objects, func(fyne.CanvasObject, float32, float32, float32, float32) {}))
}
