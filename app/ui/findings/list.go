package findings

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog/check"
)

// list is the list of findings. Up and Down choose, Enter leads to the field,
// Left and Right fold a group.
type list struct {
	widget.List
	screen  *Screen
	at      int  // the row that is chosen, -1: none
	touched bool // the person has chosen; until then it is the first
	filling bool
}

func newList(s *Screen) *list {
	l := &list{screen: s, at: -1}
	l.Length = func() int { return len(s.rows) }
	l.CreateItem = func() fyne.CanvasObject { return newLine() }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(s.rows) {
			o.(*line).show(s, &s.rows[i])
		}
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.touched = l.touched || !l.filling
		l.choose(i)
	}
	l.ExtendBaseWidget(l)
	return l
}

// keyOf tells one finding from another while the list changes around it.
func keyOf(f *check.Finding) string {
	return string(f.Sector) + "/" + string(f.Entry) + "/" + string(f.Field) + "/" + f.Rule + "/" + string(f.Template) + "/" + f.Message
}

// fill shows the rows anew, and keeps to the finding that was chosen; where it is
// gone, to the one that has taken its place.
func (l *list) fill() {
	l.filling = true
	defer func() { l.filling = false }()
	s := l.screen
	at := slices.IndexFunc(s.rows, func(r row) bool { return !r.head && keyOf(&r.finding) == s.chosen })
	switch {
	case !l.touched:
		at = l.near(0)
	case at < 0:
		at = l.near(l.at)
	}
	l.Refresh()
	l.at = -1
	if at < 0 {
		l.UnselectAll()
		s.chosen = ""
		s.panel.show(nil)
		return
	}
	l.Select(at)
	l.choose(at)
}

// near is the finding at a row, or the next, or the one before; -1 where there is none.
func (l *list) near(at int) int {
	rows := l.screen.rows
	for i := max(at, 0); i < len(rows); i++ {
		if !rows[i].head {
			return i
		}
	}
	for i := min(at, len(rows)) - 1; i >= 0; i-- {
		if !rows[i].head {
			return i
		}
	}
	return -1
}

func (l *list) choose(i int) {
	s := l.screen
	if i < 0 || i >= len(s.rows) {
		return
	}
	l.at = i
	if s.rows[i].head {
		return
	}
	r := s.rows[i]
	s.chosen = keyOf(&r.finding)
	s.panel.show(&r)
}

// page is how many rows PageUp and PageDown go.
const page = 8

// TypedKey goes through the list.
func (l *list) TypedKey(k *fyne.KeyEvent) {
	if kit.Key(k) {
		return
	}
	rows := l.screen.rows
	to := l.at
	switch k.Name {
	case fyne.KeyDown:
		to++
	case fyne.KeyUp:
		to--
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(rows) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if to < 0 || to >= len(rows) {
			return
		}
		if rows[to].head {
			l.screen.fold(rows[to].group, !l.screen.filter.folded[rows[to].group])
			return
		}
		l.screen.open(rows[to].finding)
		return
	case fyne.KeyLeft, fyne.KeyRight:
		if to >= 0 && to < len(rows) {
			l.screen.fold(rows[to].group, k.Name == fyne.KeyLeft)
		}
		return
	default:
		return
	}
	if to = min(max(to, 0), len(rows)-1); to >= 0 && to != l.at {
		l.Select(to)
	}
}

// fold hides a group's findings or shows them again.
func (s *Screen) fold(group string, away bool) {
	if s.filter.folded[group] == away {
		return
	}
	s.filter.folded[group] = away
	s.rows = rowsOf(s.sheets, &s.filter, kit.Lang())
	s.list.Refresh()
	if i := slices.IndexFunc(s.rows, func(r row) bool { return r.head && r.group == group }); i >= 0 {
		s.list.Select(i)
	}
}

// line shows one row.
type line struct {
	widget.BaseWidget
	head, body fyne.CanvasObject

	fold    *widget.Icon
	name    *widget.Label
	number  *kit.Badge
	fixAll  *kit.PushButton
	tone    *kit.Badge
	where   *widget.Label
	message *widget.Label
	reason  *kit.Badge
	open    *kit.PushButton
	group   string
	screen  *Screen
}

func newLine() *line {
	l := &line{
		fold: widget.NewIcon(theme.MenuDropDownIcon()), name: kit.Strong(""), number: kit.NewBadge("", kit.Plain),
		tone: kit.NewBadge(kit.Say(words.Severity(check.Error)), kit.Alarm), where: kit.Tag(""), message: widget.NewLabel(""),
		reason: kit.NewBadge(kit.Say(whyGiven), kit.Success),
	}
	l.name.Truncation, l.where.Truncation, l.message.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	l.fixAll = kit.Quiet(kit.Say(fixRule), nil, nil)
	l.open = kit.Quiet(kit.Say(goThere), theme.NavigateNextIcon(), nil)
	l.open.IconPlacement = widget.ButtonIconTrailingText
	l.head = container.NewBorder(nil, nil, l.fold, container.NewHBox(centred(l.number), centred(l.fixAll)), centredWide(l.name))
	texts := container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*3), l.where, l.message)
	l.body = container.NewBorder(nil, nil, container.NewHBox(centred(l.tone)), container.NewHBox(centred(l.reason), centred(l.open)), texts)
	l.ExtendBaseWidget(l)
	return l
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

// centredWide centres from top to bottom only.
func centredWide(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(0), layout.NewSpacer(), o, layout.NewSpacer())
}

// CreateRenderer draws the line.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(l.head, l.body))
}

func (l *line) show(s *Screen, r *row) {
	l.screen, l.group = s, r.group
	l.head.(*fyne.Container).Hidden, l.body.(*fyne.Container).Hidden = !r.head, r.head
	if r.head {
		l.name.SetText(r.text)
		l.number.Set(itoa(r.count), toneOf(r.worst))
		icon := theme.MenuDropDownIcon()
		if s.filter.folded[r.group] {
			icon = theme.NavigateNextIcon()
		}
		l.fold.SetResource(icon)
		l.fixAll.Hidden = r.fixable < 2 || r.rule == "" // one is fixed in the panel
		rule := r.rule
		l.fixAll.OnTapped = func() { s.preview(rule) }
		l.Refresh()
		return
	}
	f := r.finding
	l.tone.Set(kit.Say(words.Severity(f.Severity)), toneOf(f.Severity))
	where := words.Rule(f.Rule).In(kit.Lang())
	if !s.filter.byEntry {
		where = r.entry
		if s.filter.sector == "" {
			where = r.sector + "　" + where
		}
	}
	if f.Field != "" {
		where += "　" + words.Field(f.Field).In(kit.Lang())
	}
	l.where.SetText(where)
	l.message.SetText(words.Finding(f, kit.Lang()))
	l.reason.Hidden = f.Disputed == ""
	l.open.OnTapped = func() { s.open(f) }
	l.Refresh()
}

func toneOf(s check.Severity) kit.Tone {
	switch s {
	case check.Error:
		return kit.Alarm
	case check.Warning:
		return kit.Warning
	}
	return kit.Info
}

func itoa(n int) string { return strconv.Itoa(n) }
