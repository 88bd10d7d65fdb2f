// Package searchbox is the search over everything: a field in the bar that opens,
// on a click or Ctrl+K, into a line to type in with the hits below it, sector by
// sector. Arrow keys go through them while one types on; Enter goes to one, Escape
// back to where one was.
//
// Only the answer to what stands in the line now is ever shown, however slow the
// search is.
package searchbox

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

// Finder is what the box searches; [work.Search] is one.
type Finder interface {
	Find(ctx context.Context, query string, limit int) (work.Found, error)
}

const (
	mostHits   = 40
	mostRecent = 6
	slow       = 300 * time.Millisecond // after which the box says that it is searching
)

var (
	wordSearch  = words.Text{ZH: "搜索事项、内容、文号，或拼音首字母", EN: "Search matters, contents, document numbers, or pinyin"}
	wordHint    = words.Text{ZH: "可以输入事项名称、公开内容、依据的文号，也可以输入拼音或首字母，例如 zdshbz。几个词用空格隔开。", EN: "Type the name of a matter, any of its content, a document number, or pinyin or its first letters, such as zdshbz. Put spaces between several words."}
	wordNothing = words.Text{ZH: "没有找到“%s”。可以少输几个字，或者换成拼音首字母试试。", EN: "Nothing found for “%s”. Try fewer characters, or the first letters of its pinyin."}
	wordWait    = words.Text{ZH: "正在查找…", EN: "Searching…"}
	wordMore    = words.Text{ZH: "还有 %d 条没有列出，再多输几个字会更准", EN: "%d more are not listed; type a little more"}
	wordRecent  = words.Text{ZH: "最近去过", EN: "Recent"}
	wordKeys    = words.Text{ZH: "↑↓ 选择　Enter 前往　Esc 关闭", EN: "↑↓ choose   Enter go there   Esc close"}
)

// Box is the field in the bar. Make it with New.
type Box struct {
	widget.BaseWidget
	OnJump func(work.Hit)

	win    fyne.Window
	finder Finder
	ground *kit.Panel
	label  *widget.Label
	query  string // what was typed last
	recent []work.Hit

	popup  *widget.PopUp
	entry  *typed
	list   *fyne.Container
	scroll *container.Scroll
	foot   *widget.Label
	rows   []*row
	chosen int
	cancel func()
	asked  int  // counts the questions
	waits  bool // the last question has no answer yet
	enter  bool // Enter was pressed meanwhile
}

// New makes the field for a window. finder may be nil until SetFinder.
func New(win fyne.Window, finder Finder) *Box {
	b := &Box{win: win, finder: finder}
	b.label = widget.NewLabel(kit.Say(wordSearch))
	b.label.Importance = widget.LowImportance
	b.label.Truncation = fyne.TextTruncateEllipsis
	keys := kit.Tag("Ctrl+K")
	row := container.NewBorder(nil, nil, kit.Inset(4, widget.NewIcon(theme.SearchIcon())), keys, b.label)
	b.ground = kit.NewPanel(theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.InputRadiusSize(), row)
	b.ExtendBaseWidget(b)
	return b
}

// SetFinder says what is searched from now on; what was found before is forgotten.
func (b *Box) SetFinder(f Finder) {
	b.finder, b.recent = f, nil
	if b.shown() { // somebody was quicker than the search
		b.ask()
		return
	}
	b.query = ""
	b.label.SetText(kit.Say(wordSearch))
}

// CreateRenderer draws the field.
func (b *Box) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.ground) }

// Tapped opens the search.
func (b *Box) Tapped(*fyne.PointEvent) { b.Open() }

// Cursor shows that one can type here.
func (b *Box) Cursor() desktop.Cursor { return desktop.TextCursor }

// MinSize leaves room for some characters.
func (b *Box) MinSize() fyne.Size {
	b.ExtendBaseWidget(b)
	s := b.BaseWidget.MinSize()
	return fyne.NewSize(max(s.Width, 220*theme.TextSize()/14), s.Height)
}

// typed is the line one types in.
type typed struct{ kit.Entry }

// OwnUndo marks the line's text as no part of the drafts.
func (*typed) OwnUndo() {}

// Open shows the line and the list, with what was looked for before, chosen so
// that typing replaces it.
func (b *Box) Open() {
	if b.shown() {
		b.win.Canvas().Focus(b.entry)
		return
	}
	b.entry = &typed{}
	b.entry.ExtendBaseWidget(b.entry)
	b.entry.SetPlaceHolder(kit.Say(wordSearch))
	b.entry.SetText(b.query)
	b.entry.OnChanged = func(s string) { b.query = s; b.ask() }
	b.entry.OnKey = b.key
	b.entry.OnEscape = b.close
	b.list = container.New(layout.NewCustomPaddedVBoxLayout(0))
	b.scroll = container.NewVScroll(b.list)
	b.foot = kit.Tag(kit.Say(wordKeys))
	content := container.NewBorder(b.entry, b.foot, nil, nil, b.scroll)
	b.popup = widget.NewPopUp(kit.NewPanel(kit.Surface, kit.Line, 4, kit.Inset(6, content)), b.win.Canvas())
	b.place()
	b.win.Canvas().Focus(b.entry)
	b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.ask()
}

// place puts the list below the field, as wide as it, or wider, within the window.
func (b *Box) place() {
	room := b.win.Canvas().Size()
	width := min(max(b.Size().Width+12, 560*theme.TextSize()/14), room.Width-16)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	x := min(max(8, at.X+b.Size().Width-width+6), room.Width-width-8)
	y := max(4, at.Y-6)
	b.popup.ShowAtPosition(fyne.NewPos(x, y))
	height := b.popup.MinSize().Height - b.scroll.MinSize().Height + b.list.MinSize().Height + 4
	b.popup.Resize(fyne.NewSize(width, min(height, (room.Height-y)*0.85)))
}

func (b *Box) close() {
	if b.popup == nil {
		return
	}
	if b.cancel != nil {
		b.cancel()
	}
	b.asked++
	b.popup.Hide()
	b.popup, b.rows = nil, nil
	if b.query == "" {
		b.label.SetText(kit.Say(wordSearch))
	} else {
		b.label.SetText(b.query)
	}
}

// shown reports whether the list is open; a click beside it closes it.
func (b *Box) shown() bool {
	if b.popup != nil && !b.popup.Visible() {
		b.close()
	}
	return b.popup != nil
}

// ask has the query looked for; an answer to an older one is not shown.
func (b *Box) ask() {
	if b.cancel != nil {
		b.cancel()
		b.cancel = nil
	}
	b.asked++
	b.waits, b.enter = false, false
	this, q := b.asked, strings.TrimSpace(b.query)
	if q == "" || b.finder == nil {
		b.showRecent()
		return
	}
	b.waits = true
	finder := b.finder
	b.cancel = kit.Run(func(ctx context.Context) (work.Found, error) { return finder.Find(ctx, q, mostHits) },
		func(f work.Found, err error) {
			if this != b.asked || !b.shown() {
				return
			}
			b.waits = false
			switch {
			case err != nil:
				b.say(words.Explain(err, kit.Lang()))
			case len(f.Hits) == 0:
				b.say(kit.Say(wordNothing, q))
			default:
				b.show(f)
				if b.enter {
					b.jump(0)
				}
			}
		})
	time.AfterFunc(slow, func() {
		kit.Do(func() {
			if b.waits && this == b.asked && b.shown() {
				b.say(kit.Say(wordWait))
			}
		})
	})
}

// say shows a text in place of hits.
func (b *Box) say(text string) {
	b.rows, b.chosen = nil, 0
	b.list.Objects = []fyne.CanvasObject{kit.Note(text)}
	b.changed()
}

func (b *Box) changed() {
	b.list.Refresh()
	b.scroll.ScrollToTop()
	b.place()
}

func (b *Box) showRecent() {
	if len(b.recent) == 0 {
		b.say(kit.Say(wordHint))
		return
	}
	b.rows, b.list.Objects = nil, []fyne.CanvasObject{kit.Tag(kit.Say(wordRecent))}
	for _, h := range b.recent {
		h.Marks = nil
		b.add(h)
	}
	b.choose(0)
	b.changed()
}

// show lists hits under the names of their sectors; the sector of the best hit
// comes first.
func (b *Box) show(f work.Found) {
	b.rows, b.list.Objects = nil, nil
	type heap struct {
		name string
		hits []work.Hit
	}
	var heaps []heap
	at := map[string]int{}
	for _, h := range f.Hits {
		name := kit.Say(h.HitName())
		i, ok := at[name]
		if !ok {
			i = len(heaps)
			at[name], heaps = i, append(heaps, heap{name: name})
		}
		heaps[i].hits = append(heaps[i].hits, h)
	}
	for _, g := range heaps {
		b.list.Add(kit.Tag(g.name))
		for _, h := range g.hits {
			b.add(h)
		}
	}
	if more := f.Total - len(f.Hits); more > 0 {
		b.list.Add(kit.Tag(kit.Say(wordMore, more)))
	}
	b.choose(0)
	b.changed()
}

func (b *Box) add(h work.Hit) {
	n := len(b.rows)
	r := newRow(h, func() { b.jump(n) }, func() {
		if b.chosen != n {
			b.choose(n)
		}
	})
	b.rows = append(b.rows, r)
	b.list.Add(r)
}

func (b *Box) choose(n int) {
	if len(b.rows) == 0 {
		return
	}
	n = min(max(n, 0), len(b.rows)-1)
	if b.chosen < len(b.rows) {
		b.rows[b.chosen].setChosen(false)
	}
	b.chosen = n
	b.rows[n].setChosen(true)
	b.reveal(b.rows[n], n == 0)
}

// reveal scrolls until the row can be seen; with the first, what stands above it.
func (b *Box) reveal(r *row, first bool) {
	top, bottom := r.Position().Y, r.Position().Y+r.Size().Height
	if first {
		top = 0
	}
	offset, height := b.scroll.Offset.Y, b.scroll.Size().Height
	switch {
	case top < offset:
		b.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > offset+height:
		b.scroll.ScrollToOffset(fyne.NewPos(0, bottom-height))
	}
}

// rowsAPage is how far the page keys go.
const rowsAPage = 8

func (b *Box) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		b.choose(b.chosen + 1)
	case fyne.KeyUp:
		b.choose(b.chosen - 1)
	case fyne.KeyPageDown:
		b.choose(b.chosen + rowsAPage)
	case fyne.KeyPageUp:
		b.choose(b.chosen - rowsAPage)
	case fyne.KeyReturn, fyne.KeyEnter:
		if b.waits { // what is listed answers an older question
			b.enter = true
		} else {
			b.jump(b.chosen)
		}
	default:
		return false
	}
	return true
}

// jump closes the list and goes to a hit.
func (b *Box) jump(n int) {
	if n < 0 || n >= len(b.rows) {
		return
	}
	h := b.rows[n].hit
	b.remember(h)
	b.close()
	if b.OnJump != nil {
		b.OnJump(h)
	}
}

// remember puts a hit before the others gone to.
func (b *Box) remember(h work.Hit) {
	kept := []work.Hit{h}
	for _, old := range b.recent {
		same := old.Kind == h.Kind && old.Sector.Slug == h.Sector.Slug && old.Entry == h.Entry && old.Page == h.Page && old.Anchor == h.Anchor && old.Act == h.Act
		if !same && len(kept) < mostRecent {
			kept = append(kept, old)
		}
	}
	b.recent = kept
}
