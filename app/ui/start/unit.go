package start

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
	"mulutong/app/work"
	"mulutong/catalog"
)

// foundAtMost is how many places a search lists.
const foundAtMost = 40

// unitPage is where the own unit is found.
type unitPage struct {
	sc     *Screen
	search *kit.Entry
	trail  *fyne.Container // the way down to what is listed
	list   *fyne.Container
	scroll *container.Scroll
	card   *fyne.Container
	made   fyne.CanvasObject

	asked   int    // the latest question, whose answer is shown
	at      string // the code whose places are listed while nothing is searched
	inDepts bool   // the departments of at are
	rows    []*row
	marked  int
	chosen  catalog.Unit
}

func newUnitPage(sc *Screen) *unitPage {
	p := &unitPage{sc: sc, search: kit.NewEntry(), trail: container.NewHBox(), list: container.NewVBox(), card: container.NewStack(), marked: -1}
	p.search.PlaceHolder = kit.Say(wordSearch)
	p.search.Icon = theme.SearchIcon()
	p.search.OnChanged = func(string) { p.ask() }
	p.search.OnSubmitted = func(string) { p.enter() }
	p.search.OnKey = p.key
	p.search.OnEscape = p.up
	p.scroll = container.NewVScroll(kit.Inset(2, p.list))
	trail := container.NewHScroll(p.trail)
	trail.SetMinSize(fyne.NewSize(0, kit.Quiet(" ", nil, nil).MinSize().Height))
	left := container.NewBorder(container.NewVBox(p.search, trail), nil, nil, nil,
		kit.NewPanel(kit.Surface, kit.Line, 6, kit.Inset(4, p.scroll)))
	p.made = container.NewBorder(
		container.NewVBox(kit.Heading(kit.Say(wordWhichUnit)), kit.Note(kit.Say(wordUnitHint))), nil, nil, nil,
		container.New(spread{}, left, p.card))
	p.showChosen()
	p.ask()
	return p
}

func (p *unitPage) goOn(was *unitPage) {
	p.at, p.inDepts, p.chosen = was.at, was.inDepts, was.chosen
	p.showChosen()
	p.search.Text = was.search.Text
	p.search.CursorColumn = len([]rune(p.search.Text))
	p.ask()
}

func (p *unitPage) content() fyne.CanvasObject { return p.made }

func (p *unitPage) shown() {
	p.sc.back.Hide()
	p.sc.foot(container.NewHBox(
		kit.Quiet(kit.Say(wordHaveDrafts), theme.FolderOpenIcon(), p.sc.other.chooseDrafts),
		kit.Quiet(kit.Say(wordHaveBackup), theme.HistoryIcon(), p.sc.other.chooseBackup),
	))
	focus(p.sc.win, p.search)
}

func (p *unitPage) forward() {
	if p.chosen.ID == "" {
		p.sc.say(kit.Say(wordPick))
		return
	}
	p.sc.show(p.sc.sectors)
}

// key moves the mark in the list.
func (p *unitPage) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		p.mark(p.marked + 1)
	case fyne.KeyUp:
		p.mark(p.marked - 1)
	case fyne.KeyPageDown:
		p.mark(p.marked + 8)
	case fyne.KeyPageUp:
		p.mark(p.marked - 8)
	default:
		return false
	}
	return true
}

// enter takes the marked row, or goes on where that is chosen already.
func (p *unitPage) enter() {
	if p.marked < 0 || p.marked >= len(p.rows) {
		if p.chosen.ID != "" {
			p.forward()
		}
		return
	}
	r := p.rows[p.marked]
	if r.unit.ID != "" && r.unit.ID == p.chosen.ID {
		p.forward()
		return
	}
	r.take()
}

// up leaves the search, or goes one level up.
func (p *unitPage) up() {
	switch above := p.sc.s.Above(p.at); {
	case p.search.Text != "":
		p.search.SetText("")
	case p.inDepts:
		p.goTo(p.at)
	case len(above) > 1:
		p.goTo(above[len(above)-2].Code)
	case p.at != "":
		p.goTo("")
	}
}

// goTo lists the places below a code.
func (p *unitPage) goTo(code string) {
	p.at, p.inDepts = code, false
	if p.search.Text != "" {
		p.search.SetText("") // asks
		return
	}
	p.ask()
}

// answer is what there is to list.
type answer struct {
	query  string
	places []work.Place
	above  []work.Place
	county catalog.Unit // what is listed is below it, or are its departments
	depts  []string
}

// ask lists what the search finds, or what lies below the place at hand.
func (p *unitPage) ask() {
	p.asked++
	asked, query, at, inDepts := p.asked, strings.TrimSpace(p.search.Text), p.at, p.inDepts
	kit.Run(func(context.Context) (answer, error) {
		a := answer{query: query}
		if query != "" {
			a.places = p.sc.s.Find(query, foundAtMost)
			return a, nil
		}
		a.above = p.sc.s.Above(at)
		if len(at) == 6 {
			u, err := p.sc.s.Unit(at)
			if err != nil {
				return a, err
			}
			a.county = u
		}
		if inDepts {
			a.depts = p.sc.s.Departments(a.county)
			return a, nil
		}
		a.places = p.sc.s.Below(at)
		return a, nil
	}, func(a answer, err error) {
		if asked != p.asked {
			return
		}
		if err != nil {
			p.sc.say(words.Explain(err, kit.Lang()))
			return
		}
		p.fill(a)
	})
}

// fill puts an answer into the list.
func (p *unitPage) fill(a answer) {
	p.rows = nil
	add := func(name, note string, into bool, u catalog.Unit, take func()) {
		p.rows = append(p.rows, newRow(p, len(p.rows), name, note, into, u, take))
	}
	switch {
	case a.county.ID != "" && p.inDepts:
		for _, name := range a.depts {
			u := p.sc.s.Department(a.county, name)
			add(name, "", false, u, func() { p.choose(u) })
		}
		add(kit.Say(wordOther), kit.Say(wordOtherNote), true, catalog.Unit{}, func() { p.askName(a.county) })
	case a.county.ID != "":
		add(a.county.Publisher(), kit.Say(wordWhole), false, a.county, func() { p.choose(a.county) })
		add(kit.Say(wordDeptRow, a.county.Name), kit.Say(wordDeptNote), true, catalog.Unit{}, func() {
			p.inDepts = true
			p.ask()
		})
	}
	for _, place := range a.places {
		note := ""
		if a.query != "" {
			note = strings.Join(place.In, " ")
		}
		if len(place.Code) == 9 {
			add(place.Name, note, false, catalog.Unit{ID: catalog.UnitID(place.Code)}, func() { p.chooseCode(place.Code) })
			continue
		}
		add(place.Name, note, true, catalog.Unit{}, func() { p.goTo(place.Code) })
	}
	p.showTrail(a)
	objects := make([]fyne.CanvasObject, len(p.rows))
	for i, r := range p.rows {
		objects[i] = r
	}
	if len(objects) == 0 {
		objects = append(objects, kit.Empty(theme.SearchIcon(), kit.Say(wordNotFound, a.query), kit.Say(wordNotFoundDo), nil))
	}
	p.list.Objects = objects
	p.list.Refresh()
	p.scroll.ScrollToTop()
	p.marked = -1
	if a.query != "" || a.county.ID != "" {
		p.mark(0)
	}
}

// showTrail shows the way down, each part of it a way back.
func (p *unitPage) showTrail(a answer) {
	step := func(name, code string, to func()) fyne.CanvasObject { return kit.Quiet(name, nil, to) }
	parts := []fyne.CanvasObject{}
	if a.query != "" {
		parts = append(parts, kit.Tag(kit.Say(wordFound)))
	} else {
		parts = append(parts, step(kit.Say(wordCountry), "", func() { p.goTo("") }))
		for _, place := range a.above {
			parts = append(parts, kit.Tag("›"), step(place.Name, place.Code, func() { p.goTo(place.Code) }))
		}
		if p.inDepts {
			parts = append(parts, kit.Tag("›"), kit.Tag(kit.Say(wordDepartments)))
		}
	}
	p.trail.Objects = parts
	p.trail.Refresh()
}

// mark puts the keyboard's mark on a row.
func (p *unitPage) mark(i int) {
	if len(p.rows) == 0 {
		return
	}
	if p.marked >= 0 && p.marked < len(p.rows) {
		p.rows[p.marked].setMarked(false)
	}
	p.marked = min(max(i, 0), len(p.rows)-1)
	r := p.rows[p.marked]
	r.setMarked(true)
	top, bottom := r.Position().Y, r.Position().Y+r.Size().Height
	switch shown := p.scroll.Offset.Y; {
	case top < shown:
		p.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > shown+p.scroll.Size().Height:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom-p.scroll.Size().Height))
	}
}

func (p *unitPage) chooseCode(code string) {
	kit.Run(func(context.Context) (catalog.Unit, error) { return p.sc.s.Unit(code) }, func(u catalog.Unit, err error) {
		if err != nil {
			p.sc.say(words.Explain(err, kit.Lang()))
			return
		}
		p.choose(u)
	})
}

func (p *unitPage) choose(u catalog.Unit) {
	p.chosen = u
	p.sc.say("")
	p.showChosen()
	for i, r := range p.rows {
		r.setChosen(r.unit.ID == u.ID)
		if r.unit.ID == u.ID {
			p.mark(i)
		}
	}
	focus(p.sc.win, p.search)
}

// askName asks for a department that no template names.
func (p *unitPage) askName(county catalog.Unit) {
	kit.Ask(p.sc.win, kit.Say(wordOtherTitle), kit.Say(wordOtherLabel), county.Name, kit.Say(wordUse), func(name string) {
		p.choose(p.sc.s.Department(county, name))
	})
}

// showChosen shows the unit that is chosen beside the list.
func (p *unitPage) showChosen() {
	u := p.chosen
	if u.ID == "" {
		p.card.Objects = []fyne.CanvasObject{kit.NewPanel(kit.Surface, kit.Line, 6, kit.Inset(8, kit.Empty(theme.HomeIcon(), kit.Say(wordNoneYet), kit.Say(wordNoneYetDo), nil)))}
		p.card.Refresh()
		return
	}
	name := kit.Title(u.Name)
	name.Wrapping = fyne.TextWrapBreak
	var in []string
	for _, place := range []string{u.City, u.County} {
		if place != "" && place != u.Name && !slices.Contains(in, place) {
			in = append(in, place)
		}
	}
	lines := []fyne.CanvasObject{kit.Tag(kit.Say(wordChosen)), name, kit.Body(strings.Join(in, " ")), kit.Body(kit.Say(wordTier, kit.Say(words.Tier(u.Tier()))))}
	if u.Publisher() != u.Name {
		lines = append(lines, kit.Body(kit.Say(wordPublishes, u.Publisher())))
	}
	lines = append(lines, kit.Note(kit.Say(wordCode, u.Division)))
	p.card.Objects = []fyne.CanvasObject{kit.NewPanel(kit.AccentSoft, kit.Accent, 6, kit.Inset(8, atTop(container.NewVBox(lines...))))}
	p.card.Refresh()
}

// row is one place or unit of the list.
type row struct {
	widget.BaseWidget
	p      *unitPage
	at     int
	unit   catalog.Unit // that it chooses; only its id is sure
	take   func()
	panel  *kit.Panel
	name   *widget.Label
	marked bool
	chosen bool
}

func newRow(p *unitPage, at int, name, note string, into bool, u catalog.Unit, take func()) *row {
	r := &row{p: p, at: at, unit: u, take: take, name: kit.Strong(name)}
	r.name.TextStyle.Bold = false
	left := container.NewHBox(r.name)
	if note != "" {
		left.Add(kit.Tag(note))
	}
	var right fyne.CanvasObject
	if into {
		right = widget.NewIcon(theme.NavigateNextIcon())
	}
	r.panel = kit.NewPanel("", "", 4, container.NewBorder(nil, nil, nil, right, left))
	r.chosen = u.ID != "" && u.ID == p.chosen.ID
	r.ExtendBaseWidget(r)
	r.colour()
	return r
}

// CreateRenderer draws the row.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.panel) }

// Tapped takes the row.
func (r *row) Tapped(*fyne.PointEvent) {
	r.p.mark(r.at)
	r.take()
	focus(r.p.sc.win, r.p.search)
}

// Cursor is a hand.
func (r *row) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *row) setMarked(on bool) {
	r.marked = on
	r.colour()
}

func (r *row) setChosen(on bool) {
	r.chosen = on
	r.colour()
}

func (r *row) colour() {
	switch {
	case r.chosen:
		r.panel.SetColours(kit.AccentSoft, kit.Accent)
	case r.marked:
		r.panel.SetColours(theme.ColorNameHover, "")
	default:
		r.panel.SetColours("", "")
	}
}
