package field

import (
	"maps"
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
	wordColumnName = words.Text{ZH: "栏目名", EN: "Column"}
	wordColumn     = words.Text{ZH: "内容", EN: "Value"}
	wordAddColumn  = words.Text{ZH: "添加栏目", EN: "Add a column"}
	wordNoColumns  = words.Text{ZH: "没有其他栏目", EN: "No other columns"}
	wordOpenLink   = words.Text{ZH: "打开", EN: "Open"}
	wordLinkHint   = words.Text{ZH: "办理或公开网址", EN: "Address"}
)

// Extra edits the columns that no field takes: name and value.
type Extra struct {
	widget.BaseWidget
	Hooks
	text    string
	locked  bool
	columns []*column
	summary *Prose
	closed  *opener
	opened  *fyne.Container
	rows    *fyne.Container
	add     *Tool
	content *fyne.Container
}

type column struct {
	name, value *input
	drop        *Tool
	row         *fyne.Container
}

// NewExtra makes the editor.
func NewExtra() *Extra {
	x := &Extra{summary: NewProse(""), rows: container.New(Stack{Gap: 4})}
	x.ExtendBaseWidget(x)
	x.summary.Max = 3
	x.closed = newOpener(x.summary, &x.Hooks, func() {
		x.Expand(true)
		x.resized()
		focus(x.First())
	})
	x.add = newTool(kit.Say(wordAddColumn), theme.ContentAddIcon(), &x.Hooks, func() {
		if x.locked {
			return
		}
		x.addColumn("", "")
		x.resized()
		focus(x.columns[len(x.columns)-1].name)
	})
	x.opened = container.New(Stack{Gap: 4}, x.rows, container.New(&Flow{}, x.add))
	x.content = container.New(Stack{}, x.closed, x.opened)
	x.Expand(false)
	return x
}

func (x *Extra) addColumn(name, value string) {
	c := &column{}
	c.name = newInput(&x.Hooks, func(string) { x.collect(false) })
	c.name.SetPlaceHolder(kit.Say(wordColumnName))
	c.value = newInput(&x.Hooks, func(string) { x.collect(false) })
	c.value.lines = true
	c.value.SetPlaceHolder(kit.Say(wordColumn))
	c.drop = newTool("", theme.CancelIcon(), &x.Hooks, func() {
		if x.locked {
			return
		}
		x.columns = slices.DeleteFunc(x.columns, func(o *column) bool { return o == c })
		x.rows.Remove(c.row)
		focus(x.add)
		x.collect(true)
		x.resized()
	})
	c.name.show(name)
	c.value.show(value)
	c.row = container.New(columnLayout{}, c.name, c.value, c.drop)
	x.columns = append(x.columns, c)
	x.rows.Add(c.row)
	c.lock(x.locked)
}

func (c *column) lock(locked bool) {
	lock(c.name, locked)
	lock(c.value, locked)
	lock(c.drop, locked)
}

// collect tells of the columns. A value without a name waits for one.
func (x *Extra) collect(whole bool) {
	var e catalog.Entry
	for _, c := range x.columns {
		name := strings.TrimSpace(c.name.Text)
		if name == "" {
			continue
		}
		if e.Extra == nil {
			e.Extra = map[string]string{}
		}
		if before, ok := e.Extra[name]; ok && before != "" { // two of one name: nothing is lost
			e.Extra[name] = before + "\n" + c.value.Text
			continue
		}
		e.Extra[name] = c.value.Text
	}
	text := e.Text(catalog.FieldExtra)
	if text == x.text {
		return
	}
	x.text = text
	if whole {
		x.chose(text)
	} else {
		x.changed(text)
	}
}

// CreateRenderer shows the editor.
func (x *Extra) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(x.content) }

// Text is the columns, one a line.
func (x *Extra) Text() string { return x.text }

// Set shows the columns of a text.
func (x *Extra) Set(text string) {
	if text == x.text {
		return
	}
	x.text = text
	x.build()
}

func (x *Extra) build() {
	var e catalog.Entry
	_ = e.SetText(catalog.FieldExtra, x.text) // any text will do
	names := slices.Sorted(maps.Keys(e.Extra))
	if len(names) == len(x.columns) {
		for i, c := range x.columns {
			c.name.show(names[i])
			c.value.show(e.Extra[names[i]])
		}
	} else {
		x.columns = nil
		x.rows.RemoveAll()
		for _, n := range names {
			x.addColumn(n, e.Extra[n])
		}
	}
	var lines []string
	for _, n := range names {
		lines = append(lines, n+"："+oneLine(e.Extra[n]))
	}
	x.summary.Color = ""
	if len(lines) == 0 {
		x.summary.Color = kit.Muted
		lines = []string{kit.Say(wordNoColumns)}
	}
	x.summary.text = strings.Join(lines, "\n")
	x.summary.Refresh()
}

// Lock makes the columns fixed.
func (x *Extra) Lock(locked bool) {
	x.locked, x.closed.off = locked, locked
	for _, c := range x.columns {
		c.lock(locked)
	}
	lock(x.add, locked)
	if locked {
		x.Expand(false)
	}
}

// Expand shows the columns to edit, or what they say.
func (x *Extra) Expand(on bool) {
	if on && !x.locked {
		x.closed.Hide()
		x.opened.Show()
	} else {
		x.build()
		x.opened.Hide()
		x.closed.Show()
	}
	Lay(x.content)
}

// First is the first value, or what opens the columns.
func (x *Extra) First() fyne.Focusable {
	switch {
	case x.closed.Visible():
		return x.closed
	case len(x.columns) > 0:
		return x.columns[0].value
	}
	return x.add
}

// columnLayout gives the name a third of the width.
type columnLayout struct{}

func (columnLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	drop := objects[2].MinSize()
	name := (s.Width - drop.Width) / 3
	settle(objects[0], name-4)
	objects[0].Move(fyne.NewPos(0, 0))
	settle(objects[1], s.Width-drop.Width-name)
	objects[1].Move(fyne.NewPos(name, 0))
	objects[2].Resize(drop)
	objects[2].Move(fyne.NewPos(s.Width-drop.Width, max(0, (entryHeight()-drop.Height)/2)))
}

func (columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
	}
	return s
}

// Link edits an address, and opens it.
type Link struct {
	widget.BaseWidget
	Hooks
	entry   *input
	open    *Tool
	content *fyne.Container
}

// NewLink makes the editor; open is handed the address.
func NewLink(open func(address string)) *Link {
	l := &Link{}
	l.ExtendBaseWidget(l)
	l.entry = newInput(&l.Hooks, func(text string) {
		l.render()
		l.changed(text)
	})
	l.entry.SetPlaceHolder(kit.Say(wordLinkHint))
	l.open = newTool(kit.Say(wordOpenLink), nil, &l.Hooks, func() { open(strings.TrimSpace(l.entry.Text)) })
	l.content = container.New(Beside{Gap: 2, Entry: true}, l.entry, l.open)
	l.render()
	return l
}

func (l *Link) render() {
	text := strings.TrimSpace(l.entry.Text)
	before := l.open.Visible()
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") {
		l.open.Show()
	} else {
		l.open.Hide()
	}
	if before != l.open.Visible() {
		Lay(l.content)
		l.resized()
	}
}

// CreateRenderer shows the editor.
func (l *Link) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.content) }

// Text is the address.
func (l *Link) Text() string { return l.entry.Text }

// Set shows an address.
func (l *Link) Set(text string) {
	l.entry.show(text)
	l.render()
}

// Lock makes the address fixed; it can still be opened.
func (l *Link) Lock(locked bool) { lock(l.entry, locked) }

// Expand does nothing: an address is small.
func (l *Link) Expand(bool) {}

// First is the entry.
func (l *Link) First() fyne.Focusable { return l.entry }
