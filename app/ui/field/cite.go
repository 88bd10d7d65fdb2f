package field

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	wordNoBasis   = words.Text{ZH: "未填写依据", EN: "No basis"}
	wordFindBasis = words.Text{ZH: "名称、文号或拼音首字母", EN: "Find a basis by title or number"}
	wordArticle   = words.Text{ZH: "条款（可不填）", EN: "Article"}
	wordReplace   = words.Text{ZH: "换成现行", EN: "Use the one in force"}
	wordCorrect   = words.Text{ZH: "改正", EN: "Correct"}
	wordAsText    = words.Text{ZH: "按文字编辑", EN: "Edit as text"}
	wordAsList    = words.Text{ZH: "按条目编辑", EN: "Edit as a list"}
	wordAsWritten = words.Text{ZH: "照写：%s", EN: "As written: %s"}
	wordCited     = words.Text{ZH: "已引用", EN: "Cited"}
	wordOnePerRow = words.Text{ZH: "每行一条：《名称》（文号）条款", EN: "One a line: 《title》（number）article"}
)

// hitsShown bounds what a search shows at once; more would be read by nobody.
const hitsShown = 6

// Citations edits the bases of a matter: each with its standing in the register,
// found there as one types, or all of them as text.
type Citations struct {
	widget.BaseWidget
	Hooks
	// Today is the day on which acts hold or do not; empty: whatever has an end
	// has ended.
	Today catalog.Date

	register Register
	text     string
	cites    []*cite
	locked   bool
	asText   bool
	open     bool

	small   *fyne.Container // the citations as lines
	closed  *opener
	list    *fyne.Container // the same with everything that can be done
	search  *searchInput
	hits    *fyne.Container
	finder  *fyne.Container // search and hits
	found   []*hit
	chosen  int
	asked   int // numbers the searches, so that a late answer to an old one is left alone
	whole   *input
	toText  *Tool
	toList  *Tool
	opened  *fyne.Container
	plain   *fyne.Container
	content *fyne.Container
}

// NewCitations makes the editor; without a register it knows no standing and
// finds nothing.
func NewCitations(r Register) *Citations {
	c := &Citations{register: r, small: container.New(Stack{Gap: 3}), list: container.New(Stack{Gap: 6}), hits: container.New(Stack{})}
	c.ExtendBaseWidget(c)
	c.closed = newOpener(c.small, &c.Hooks, func() {
		c.Expand(true)
		c.resized()
		focus(c.First())
	})
	c.search = newSearchInput(&c.Hooks, c.find)
	c.search.SetPlaceHolder(kit.Say(wordFindBasis))
	c.search.first = c.searchKey
	c.search.onEnter = func() { c.take(c.chosen) }
	c.whole = newInput(&c.Hooks, func(text string) {
		c.text = text
		c.changed(text)
	})
	c.whole.lines, c.whole.least = true, 3
	c.whole.SetPlaceHolder(kit.Say(wordOnePerRow))
	c.toText = newTool(kit.Say(wordAsText), theme.DocumentCreateIcon(), &c.Hooks, func() { c.EditAsText(true) })
	c.toList = newTool(kit.Say(wordAsList), theme.ListIcon(), &c.Hooks, func() { c.EditAsText(false) })
	c.finder = container.New(Stack{}, c.search, c.hits)
	c.opened = container.New(Stack{Gap: 6}, c.list, c.finder, container.New(&Flow{}, c.toText))
	c.plain = container.New(Stack{Gap: 4}, c.whole, container.New(&Flow{}, c.toList))
	c.content = container.New(Stack{}, c.closed, c.opened, c.plain)
	c.build()
	c.Expand(false)
	return c
}

// CreateRenderer shows the editor.
func (c *Citations) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// Text is all citations, one a line.
func (c *Citations) Text() string { return c.text }

// Set shows the citations of a text.
func (c *Citations) Set(text string) {
	if text == c.text {
		return
	}
	c.text = text
	c.whole.show(text)
	c.build()
}

// build makes the lines of c.text. Those that are there already are kept, so that
// one being edited keeps its cursor.
func (c *Citations) build() {
	basis := catalog.ParseBasis(c.text)
	c.cites = c.cites[:min(len(c.cites), len(basis))]
	for i, x := range basis {
		if i < len(c.cites) {
			c.cites[i].set(x.Text)
		} else {
			c.cites = append(c.cites, newCite(c, x.Text))
		}
	}
	c.show()
}

// show puts the citations in their places.
func (c *Citations) show() {
	c.small.Objects, c.list.Objects = nil, nil
	for _, x := range c.cites {
		c.small.Objects = append(c.small.Objects, x.short)
		if c.open {
			x.unfold()
		}
		if x.full != nil {
			c.list.Objects = append(c.list.Objects, x.full)
			x.rank()
		}
	}
	if len(c.cites) == 0 {
		c.small.Objects = []fyne.CanvasObject{NewNote(kit.Say(wordNoBasis), kit.Muted)}
	}
	Lay(c.small)
	Lay(c.list)
}

// collect tells of the citations as they stand. Lines are kept as they are: what
// is read back as one citation or two is for the catalog to say.
func (c *Citations) collect(whole bool) {
	var lines []string
	for _, x := range c.cites {
		if x.text != "" {
			lines = append(lines, x.text)
		}
	}
	text := strings.Join(lines, "\n")
	if text == c.text {
		return
	}
	c.text = text
	c.whole.show(text)
	if whole {
		c.chose(text)
	} else {
		c.changed(text)
	}
}

// EditAsText shows the whole field as text, or the list again.
func (c *Citations) EditAsText(on bool) {
	c.asText = on
	c.done()
	if on {
		c.whole.show(c.text)
	} else {
		c.build()
	}
	c.Expand(true)
	c.resized()
	focus(c.First())
}

// Lock makes the citations fixed.
func (c *Citations) Lock(locked bool) {
	c.locked, c.closed.off = locked, locked
	lock(c.search, locked)
	lock(c.whole, locked)
	for _, x := range c.cites {
		x.rank()
	}
	if locked {
		c.Expand(false)
	}
}

// Expand shows everything that can be done, or the citations alone.
func (c *Citations) Expand(on bool) {
	on = on && !c.locked
	if c.open && !on {
		c.asText = false
		c.build()
		c.clearSearch()
	}
	c.open = on
	c.show()
	show := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(c.closed, !on)
	show(c.opened, on && !c.asText)
	show(c.plain, on && c.asText)
	Lay(c.content)
}

// First is the search, the text, or what opens them.
func (c *Citations) First() fyne.Focusable {
	switch {
	case !c.open:
		return c.closed
	case c.asText:
		return c.whole
	}
	return c.search
}

// find asks the register in the background, for a long one takes its time.
func (c *Citations) find(q string) {
	c.asked++
	ask, register := c.asked, c.register
	q = strings.TrimSpace(q)
	if q == "" || register == nil {
		c.showHits(q, nil)
		return
	}
	kit.Run(func(context.Context) ([]catalog.Act, error) { return register.Search(q), nil },
		func(acts []catalog.Act, _ error) {
			if ask == c.asked {
				c.showHits(q, acts)
			}
		})
}

func (c *Citations) showHits(q string, acts []catalog.Act) {
	c.found, c.chosen = nil, 0
	c.hits.RemoveAll()
	for i := range acts[:min(len(acts), hitsShown)] {
		a := &acts[i]
		mark, tone := actStanding(a, c.Today)
		if c.cites != nil && slices.ContainsFunc(c.cites, func(x *cite) bool { return x.of == a.ID }) {
			mark, tone = wordCited, kit.Info
		}
		c.found = append(c.found, newHit(a.Cited(), kit.NewBadge(kit.Say(mark), tone), a.Cited()))
	}
	if q != "" {
		c.found = append(c.found, newHit(kit.Say(wordAsWritten, q), nil, q))
	}
	for i, h := range c.found {
		h.tapped = func() { c.take(i) }
		c.hits.Add(h)
	}
	c.point(0)
	c.resized()
	if len(c.found) > 0 && c.search.focused {
		c.focused(c.finder)
	}
}

func (c *Citations) point(at int) {
	if len(c.found) == 0 {
		return
	}
	c.chosen = (at + len(c.found)) % len(c.found)
	for i, h := range c.found {
		h.point(i == c.chosen)
	}
}

func (c *Citations) searchKey(k fyne.KeyName) bool {
	switch {
	case len(c.found) == 0:
		return false
	case k == fyne.KeyUp:
		c.point(c.chosen - 1)
	case k == fyne.KeyDown:
		c.point(c.chosen + 1)
	case k == fyne.KeyEscape:
		c.clearSearch()
	default:
		return false
	}
	return true
}

func (c *Citations) clearSearch() {
	c.search.show("")
	c.asked++
	c.showHits("", nil)
}

// take adds what the search found.
func (c *Citations) take(at int) {
	if at >= len(c.found) || c.locked {
		return
	}
	text := c.found[at].text
	c.cites = append(c.cites, newCite(c, text))
	c.show()
	c.clearSearch()
	c.collect(true)
	c.resized()
	focus(c.search)
}

func (c *Citations) move(x *cite, by int) {
	at := slices.Index(c.cites, x)
	to := at + by
	if c.locked || to < 0 || to >= len(c.cites) {
		return
	}
	c.cites[at], c.cites[to] = c.cites[to], c.cites[at]
	c.show()
	c.collect(true)
}

func (c *Citations) remove(x *cite) {
	at := slices.Index(c.cites, x)
	if c.locked || at < 0 {
		return
	}
	c.cites = slices.Delete(c.cites, at, at+1)
	c.show()
	focus(c.search)
	c.collect(true)
	c.resized()
}

// cite is one citation: short, and with everything that can be done with it.
type cite struct {
	in         *Citations
	text       string
	told       bool   // text was given; it may be empty
	head, tail string // around the article
	middle     string // the article
	of         catalog.ActID
	state      standing

	shortText *Prose
	shortMark *kit.Badge
	short     *fyne.Container

	fullText, fullNote *Prose
	fullMark           *kit.Badge
	article            *input
	replace            *Tool
	up, down, drop     *Tool
	full               *fyne.Container
}

func newCite(in *Citations, text string) *cite {
	x := &cite{in: in, shortText: NewProse(""), shortMark: kit.NewBadge("", kit.Plain)}
	x.short = container.New(Beside{Gap: 4}, x.shortText, x.shortMark)
	x.set(text)
	return x
}

// unfold makes everything that can be done with the citation; most are only read.
func (x *cite) unfold() {
	if x.full != nil {
		return
	}
	in := x.in
	x.fullText, x.fullNote, x.fullMark = NewProse(""), NewNote("", kit.Danger), kit.NewBadge("", kit.Plain)
	x.article = newInput(&in.Hooks, func(article string) {
		x.text = x.head + article + x.tail
		x.shortText.SetText(x.text)
		in.collect(false)
	})
	x.article.SetPlaceHolder(kit.Say(wordArticle))
	x.replace = newTool(kit.Say(wordReplace), theme.ViewRefreshIcon(), &in.Hooks, func() {
		if in.locked || x.state.instead == "" {
			return
		}
		x.set(x.state.instead)
		in.collect(true)
		in.resized()
		focus(x.article)
	})
	x.replace.Importance = widget.HighImportance
	x.up = newTool("", theme.MoveUpIcon(), &in.Hooks, func() { in.move(x, -1) })
	x.down = newTool("", theme.MoveDownIcon(), &in.Hooks, func() { in.move(x, 1) })
	x.drop = newTool("", theme.DeleteIcon(), &in.Hooks, func() { in.remove(x) })
	x.full = container.New(Stack{Gap: 2},
		container.New(Beside{Gap: 4}, x.fullText, x.fullMark),
		x.fullNote,
		container.New(&Flow{}, x.replace),
		container.New(Beside{Entry: true}, x.article, x.up, x.down, x.drop))
	x.render()
}

// set shows another text in the same place.
func (x *cite) set(text string) {
	if x.text == text && x.told {
		return
	}
	c := catalog.Citation{Text: text}
	if b := catalog.ParseBasis(text); len(b) == 1 {
		c = b[0]
	}
	x.text, x.told = text, true
	x.head, x.middle, x.tail = text, "", ""
	if at := strings.LastIndex(text, c.Article); c.Article != "" && at >= 0 {
		x.head, x.middle, x.tail = text[:at], c.Article, text[at+len(c.Article):]
	}
	x.of = ""
	if x.in.register != nil {
		if res := x.in.register.Resolve(c); res.Act != nil {
			x.of = res.Act.ID
		}
	}
	x.state = standingOf(x.in.register, c, x.in.Today)
	x.shortText.SetText(text)
	x.shortMark.Set(kit.Say(x.state.mark), x.state.tone)
	Lay(x.short)
	x.render()
}

// render shows the citation where it is unfolded.
func (x *cite) render() {
	if x.full == nil {
		return
	}
	x.article.show(x.middle)
	x.fullText.SetText(x.head + x.tail)
	x.fullMark.Set(kit.Say(x.state.mark), x.state.tone)
	x.fullNote.Color, _ = x.state.tone.Colours()
	x.fullNote.SetText(x.state.detail)
	x.fullNote.Hidden = x.state.detail == ""
	x.replace.Hidden = x.state.instead == ""
	does := wordReplace
	if x.state.mark == wordMisspelled {
		does = wordCorrect
	}
	if says := kit.Say(does); x.replace.Text != says {
		x.replace.SetText(says)
	}
	Lay(x.full)
	x.rank()
}

// rank takes away what cannot move the citation further, and everything where the
// field is locked.
func (x *cite) rank() {
	if x.full == nil {
		return
	}
	for _, d := range []fyne.Disableable{x.article, x.replace, x.drop} {
		lock(d, x.in.locked)
	}
	at := slices.Index(x.in.cites, x)
	lock(x.up, x.in.locked || at <= 0)
	lock(x.down, x.in.locked || at == len(x.in.cites)-1)
}

// searchInput is the search for acts. What is typed in it is no part of the
// draft, so that it undoes its own typing.
type searchInput struct{ input }

func newSearchInput(on *Hooks, find func(string)) *searchInput {
	own := &Hooks{
		Focused: func(o fyne.CanvasObject) { on.focused(o) }, Blurred: func() { on.blurred() }, Resized: func() { on.resized() },
		Shortcut: func(s fyne.Shortcut) {
			if on.Shortcut != nil {
				on.Shortcut(s)
			}
		},
		Key: func(k *fyne.KeyEvent) {
			if on.Key != nil {
				on.Key(k)
			}
		},
	}
	e := &searchInput{}
	e.Icon = theme.SearchIcon()
	e.init(e, own, find)
	return e
}

// OwnUndo marks the search for the frame.
func (*searchInput) OwnUndo() {}

// hit is one thing a search found.
type hit struct {
	widget.BaseWidget
	text   string
	body   *kit.Panel
	tapped func()
}

func newHit(label string, mark *kit.Badge, text string) *hit {
	h := &hit{text: text}
	line := container.New(Beside{Gap: 4}, NewProse(label))
	if mark != nil {
		line.Add(mark)
	}
	h.body = kit.NewPanel(theme.ColorNameMenuBackground, "", 3, kit.Inset(5, line))
	h.ExtendBaseWidget(h)
	return h
}

func (h *hit) point(on bool) {
	if on {
		h.body.SetColours(theme.ColorNameSelection, "")
	} else {
		h.body.SetColours(theme.ColorNameMenuBackground, "")
	}
}

// CreateRenderer shows the hit.
func (h *hit) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(Stack{}, h.body))
}

// Tapped takes it.
func (h *hit) Tapped(*fyne.PointEvent) { h.tapped() }

// Cursor is that of a thing to click.
func (h *hit) Cursor() desktop.Cursor { return desktop.PointerCursor }
