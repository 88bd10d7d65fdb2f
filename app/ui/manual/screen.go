package manual

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
	"mulutong/app/words"
	"mulutong/catalog/find"
)

// Screen shows the manual: its contents at the left, a page beside it, with ways
// back and forward. Make it with New.
type Screen struct {
	win  fyne.Window
	book *Book
	root fyne.CanvasObject

	search *entry
	list   *keyList
	items  []item
	page   *prose.Page
	back   *kit.PushButton
	on     *kit.PushButton
	home   *kit.PushButton
	none   *kit.Label

	history []place
	at      int
	query   string
	asked   int
	moving  bool // the list is being set, not clicked
}

// place is where one was.
type place struct {
	page, anchor string
	offset       float32
	marked       string
}

// item is a line of the contents: a page, or a part of the one that is open.
type item struct {
	page, anchor, text string
	deep               bool
}

// entry is the line for searching; its text is no part of the drafts.
type entry struct{ kit.Entry }

// OwnUndo marks it so.
func (*entry) OwnUndo() {}

type keyList struct{ widget.List }

func (l *keyList) TypedKey(k *fyne.KeyEvent) {
	if !kit.Key(k) {
		l.List.TypedKey(k)
	}
}

var (
	wordSearch   = words.Text{ZH: "在使用说明里查找", EN: "Search the manual"}
	wordBack     = words.Text{ZH: "后退", EN: "Back"}
	wordForward  = words.Text{ZH: "前进", EN: "Forward"}
	wordContents = words.Text{ZH: "目录页", EN: "Contents"}
	wordNothing  = words.Text{ZH: "没有找到。换一个词试试。", EN: "Nothing found. Try another word."}
	wordChinese  = words.Text{ZH: "", EN: "The manual is in Chinese."}
)

// New makes the screen, open at the first page.
func New(win fyne.Window, book *Book) *Screen {
	s := &Screen{win: win, book: book, page: prose.NewPage(9, 20, 860), at: -1, none: kit.Note(kit.Say(wordNothing))}
	s.none.Hide()
	s.search = &entry{}
	s.search.ExtendBaseWidget(s.search)
	s.search.SetPlaceHolder(kit.Say(wordSearch))
	s.search.OnChanged = s.find
	s.search.OnKey = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyDown:
			s.win.Canvas().Focus(s.list)
		case fyne.KeyReturn, fyne.KeyEnter:
			if len(s.items) > 0 && s.query != "" {
				s.choose(0)
			}
		default:
			return false
		}
		return true
	}
	s.search.OnEscape = func() { s.search.SetText("") }
	s.list = &keyList{}
	s.list.Length = func() int { return len(s.items) }
	s.list.CreateItem = func() fyne.CanvasObject {
		l := widget.NewLabel("")
		l.Truncation = fyne.TextTruncateEllipsis
		return l
	}
	s.list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i >= len(s.items) {
			return
		}
		l, it := o.(*widget.Label), s.items[i]
		l.Text, l.SizeName = it.text, theme.SizeNameText
		if it.deep {
			l.Text, l.SizeName = "　"+it.text, theme.SizeNameCaptionText
		}
		l.Refresh()
	}
	s.list.OnSelected = func(i widget.ListItemID) {
		if !s.moving {
			s.choose(i)
		}
	}
	s.list.HideSeparators = true
	s.list.ExtendBaseWidget(s.list)
	s.back = kit.Quiet(kit.Say(wordBack), theme.NavigateBackIcon(), s.Back)
	s.on = kit.Quiet(kit.Say(wordForward), theme.NavigateNextIcon(), s.Forward)
	s.home = kit.Quiet(kit.Say(wordContents), theme.HomeIcon(), func() { s.Open(s.book.pages[0].id, "") })
	bar := container.NewHBox(s.back, s.on, s.home)
	if note := kit.Say(wordChinese); note != "" {
		bar.Add(kit.Tag(note))
	}
	left := kit.NewPanel(kit.Surface, kit.Line, 6, container.NewBorder(kit.Inset(6, s.search), nil, nil, nil, container.NewStack(s.list, s.none)))
	right := kit.NewPanel(kit.Surface, kit.Line, 6, container.NewBorder(container.NewVBox(bar, kit.Rule()), nil, nil, nil, s.page))
	s.root = kit.Inset(8, container.New(&panes{}, left, right))
	s.Open(book.pages[0].id, "")
	return s
}

// Content is the whole screen.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Page is the page that is open.
func (s *Screen) Page() string {
	if s.at < 0 {
		return ""
	}
	return s.history[s.at].page
}

// Open shows a page, at a heading where one is named; the contents where there is
// no such page.
func (s *Screen) Open(id, anchor string) { s.open(id, anchor, "") }

func (s *Screen) open(id, anchor, marked string) {
	if !s.book.Has(id) {
		id, anchor = s.book.pages[0].id, ""
	}
	if s.at >= 0 {
		s.history[s.at].offset = s.page.Offset()
		if h := s.history[s.at]; h.page == id && h.anchor == anchor && h.marked == marked {
			s.visit(h)
			return
		}
	}
	s.history = append(s.history[:s.at+1], place{page: id, anchor: anchor, marked: marked, offset: -1})
	s.at++
	s.visit(s.history[s.at])
}

// Back and Forward go through the pages that were open.
func (s *Screen) Back() { s.step(-1) }

// Forward takes Back back.
func (s *Screen) Forward() { s.step(1) }

func (s *Screen) step(by int) {
	if s.at+by < 0 || s.at+by >= len(s.history) {
		return
	}
	s.history[s.at].offset = s.page.Offset()
	s.at += by
	s.visit(s.history[s.at])
}

// visit shows a place.
func (s *Screen) visit(p place) {
	page := s.book.byID(p.page)
	set := setter{book: s.book, page: page, marked: p.marked, follow: s.follow, open: s.enlarge}
	objects, anchors := set.set()
	s.page.Set(objects...)
	switch {
	case p.offset >= 0:
		s.page.SetOffset(p.offset)
	case anchors[p.anchor] != nil:
		s.page.Reveal(anchors[p.anchor])
	default:
		// A heading may be named as it reads.
		if o := anchors[slug(p.anchor)]; p.anchor != "" && o != nil {
			s.page.Reveal(o)
		}
	}
	enable(s.back, s.at > 0)
	enable(s.on, s.at+1 < len(s.history))
	if s.query == "" {
		s.contents()
	}
}

func enable(b *kit.PushButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// contents lists the pages, and the headings of the one that is open.
func (s *Screen) contents() {
	s.items = nil
	at, here := -1, s.Page()
	anchor := s.history[s.at].anchor
	for _, p := range s.book.pages {
		if p.id == here {
			at = len(s.items)
		}
		s.items = append(s.items, item{page: p.id, text: p.title})
		if p.id != here || p == s.book.pages[0] {
			continue
		}
		for _, sec := range p.sections()[1:] {
			if sec.anchor == anchor {
				at = len(s.items)
			}
			s.items = append(s.items, item{page: p.id, anchor: sec.anchor, text: sec.heading, deep: true})
		}
	}
	s.listed(at)
}

// listed shows the items, with one chosen.
func (s *Screen) listed(at int) {
	s.moving = true
	defer func() { s.moving = false }()
	if s.none.Hide(); len(s.items) == 0 {
		s.none.Show()
	}
	s.list.UnselectAll()
	s.list.Refresh()
	if at >= 0 {
		s.list.Select(at)
	}
}

func (s *Screen) choose(i int) {
	if i < len(s.items) {
		s.open(s.items[i].page, s.items[i].anchor, strings.TrimSpace(s.query))
	}
}

// find lists the parts of the manual that a query fits; the contents for none.
func (s *Screen) find(q string) {
	s.query = strings.TrimSpace(q)
	s.asked++
	this := s.asked
	if s.query == "" {
		s.contents()
		return
	}
	kit.Run(func(ctx context.Context) ([]find.Hit, error) { return s.book.search(ctx, q), nil }, func(hits []find.Hit, _ error) {
		if this != s.asked {
			return
		}
		s.items = nil
		for _, h := range hits {
			page, anchor, _ := strings.Cut(h.Key, "#")
			s.items = append(s.items, item{page: page, anchor: anchor, text: h.Title})
		}
		s.listed(-1)
	})
}

// follow goes where a link of the page that is open leads.
func (s *Screen) follow(link string) {
	page := s.book.byID(s.Page())
	file, anchor, ours := s.book.resolve(page, link)
	if target := s.book.byFile(file); ours && target != nil {
		s.Open(target.id, anchor)
		return
	}
	if u, err := url.Parse(link); err == nil && u.Scheme != "" {
		if err := fyne.CurrentApp().OpenURL(u); err != nil {
			kit.Fail(s.win, err)
		}
	}
}

// enlarge shows a picture as large as the window allows.
func (s *Screen) enlarge(d *drawing) {
	room := s.win.Canvas().Size()
	img := *d.img
	scale := min(1, (room.Width-80)/d.size.Width, (room.Height-180)/d.size.Height)
	img.SetMinSize(fyne.NewSize(d.size.Width*scale, d.size.Height*scale))
	var dialog *kit.Dialog
	dialog = kit.Show(s.win, d.name, &img, kit.Primary(kit.Say(kit.WordClose), nil, func() { dialog.Hide() }))
}

// panes gives the contents a part of the width that suits its lines.
type panes struct{}

const panesGap = 10

func (panes) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width+objects[1].MinSize().Width+panesGap, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (panes) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := min(250*theme.TextSize()/14, size.Width*0.32)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[1].Move(fyne.NewPos(left+panesGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left-panesGap, size.Height))
}
