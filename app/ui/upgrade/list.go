package upgrade

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// filter says which entries the list shows.
type filter uint8

const (
	showAll filter = iota
	showClashes
	showTemplate
	showAdded
	showDropped
	showOwn
)

var filterWords = []words.Text{
	showAll:      {ZH: "模板改动的全部条目", EN: "Everything the templates change"},
	showClashes:  {ZH: "只看有冲突的", EN: "Clashes only"},
	showTemplate: {ZH: "只看内容改动的", EN: "Changed texts only"},
	showAdded:    {ZH: "只看新增的", EN: "Added only"},
	showDropped:  {ZH: "只看删去的", EN: "Dropped only"},
	showOwn:      {ZH: "本单位自己改的（不受影响）", EN: "The unit's own edits (not touched)"},
}

func (f filter) shows(e *catalog.UpgradeEntry) bool {
	switch f {
	case showClashes:
		return e.Clashes() > 0 || e.Kind == catalog.UpgradeDropped && e.Edited
	case showTemplate:
		return e.Kind == catalog.UpgradeChanged || e.Kind == catalog.UpgradeMet
	case showAdded:
		return e.Kind == catalog.UpgradeAdded
	case showDropped:
		return e.Kind == catalog.UpgradeDropped
	case showOwn:
		return e.Kind == catalog.UpgradeOwn
	}
	return e.Kind != catalog.UpgradeOwn
}

// item is a line of the list: a sector, or an entry of it.
type item struct {
	up    *work.Upgrade
	entry int // in the plan; -1 for the sector
}

// list is the sectors with their entries.
type list struct {
	s      *Screen
	root   fyne.CanvasObject
	view   *keyList
	items  []item
	chosen item
	empty  *kit.Label
}

// keyList is a list that lets the keys of the frame through.
type keyList struct{ widget.List }

func (l *keyList) TypedKey(k *fyne.KeyEvent) {
	if !kit.Key(k) {
		l.List.TypedKey(k)
	}
}

var (
	wordEmpty = words.Text{ZH: "没有这样的条目。", EN: "There are no such entries."}
	wordClash = words.Text{ZH: "冲突 %d", EN: "%d clashes"}
	wordOff   = words.Text{ZH: "不更新", EN: "Not now"}
)

func newList(s *Screen) *list {
	l := &list{s: s, empty: kit.Note(kit.Say(wordEmpty))}
	l.view = &keyList{}
	l.view.Length = func() int { return len(l.items) }
	l.view.CreateItem = func() fyne.CanvasObject { return newLine() }
	l.view.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(l.items) {
			o.(*line).set(l.items[i], s)
		}
	}
	l.view.OnSelected = func(i widget.ListItemID) {
		if i < len(l.items) {
			l.chosen = l.items[i]
			s.detail.show(l.chosen)
		}
	}
	l.view.ExtendBaseWidget(l.view)
	var names []string
	for _, w := range filterWords {
		names = append(names, kit.Say(w))
	}
	choice := kit.NewSelect(names, func(name string) {
		for i := range names {
			if names[i] == name && s.filter != filter(i) {
				s.filter = filter(i)
				l.fill()
			}
		}
	})
	choice.SetSelected(names[s.filter])
	l.root = kit.NewPanel(kit.Surface, kit.Line, 6, container.NewBorder(kit.Inset(6, choice), nil, nil, nil, container.NewStack(l.view, l.empty)))
	return l
}

// fill lists what the filter shows, and chooses what was chosen, or the first
// clash.
func (l *list) fill() {
	l.items = nil
	first := -1
	for _, u := range l.s.ups {
		head := len(l.items)
		l.items = append(l.items, item{u, -1})
		for i := range u.Plan.Entries {
			if e := &u.Plan.Entries[i]; l.s.filter.shows(e) {
				if first < 0 && e.Clashes() > 0 {
					first = len(l.items)
				}
				l.items = append(l.items, item{u, i})
			}
		}
		if l.s.filter != showAll && len(l.items) == head+1 {
			l.items = l.items[:head]
		}
	}
	at := max(first, 0)
	for i, it := range l.items {
		if l.chosen.up != nil && it.up.Sector.Slug == l.chosen.up.Sector.Slug && it.entry == l.chosen.entry {
			at = i
		}
	}
	if l.empty.Hide(); len(l.items) == 0 {
		l.empty.Show()
	}
	l.view.UnselectAll()
	l.view.Refresh()
	if len(l.items) > 0 {
		l.view.Select(at)
		l.view.ScrollTo(at)
	} else {
		l.s.detail.show(item{})
	}
}

func (l *list) refresh() { l.view.Refresh() }

// line shows one item.
type line struct {
	widget.BaseWidget
	name, kind *widget.Label
	badge      *kit.Badge
	row        *fyne.Container
}

func newLine() *line {
	l := &line{name: widget.NewLabel(""), kind: kit.Tag(""), badge: kit.NewBadge("", kit.Plain)}
	l.name.Truncation = fyne.TextTruncateEllipsis
	l.row = container.NewBorder(nil, nil, container.NewCenter(l.kind), container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.ScrollBarSize()), container.NewCenter(l.badge)), l.name)
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.row) }

func (l *line) set(it item, s *Screen) {
	text, kind, mark, tone := "", "", "", kit.Plain
	importance := widget.MediumImportance
	bold := it.entry < 0
	if bold {
		text = kit.Say(words.Sector(it.up.Sector))
		n := it.up.Plan.Count()
		switch {
		case s.off[it.up.Sector.Slug]:
			mark, importance = kit.Say(wordOff), widget.LowImportance
		case n.Clashes > 0:
			mark, tone = kit.Say(wordClash, n.Clashes), kit.Warning
		}
	} else {
		e := &it.up.Plan.Entries[it.entry]
		text, kind = nameOf(e), kit.Say(words.Upgrade(e.Kind))
		open, clashes := e.Undecided(), e.Clashes()
		switch {
		case open > 0:
			mark, tone = kit.Say(wordClash, open), kit.Warning
		case clashes > 0:
			mark, tone = kit.Say(wordChosen), kit.Success
		case e.Kind == catalog.UpgradeDropped && e.Edited:
			mark, tone = kit.Say(wordEdited), kit.Warning
		}
		if s.off[it.up.Sector.Slug] {
			importance = widget.LowImportance
		}
	}
	l.name.Text, l.name.TextStyle.Bold, l.name.Importance = text, bold, importance
	l.kind.Text = kind
	if l.kind.Show(); kind == "" {
		l.kind.Hide()
	}
	if l.badge.Show(); mark == "" {
		l.badge.Hide()
	}
	l.badge.Set(mark, tone)
	l.name.Refresh()
	l.kind.Refresh()
	l.row.Refresh()
}

var (
	wordChosen = words.Text{ZH: "已选", EN: "chosen"}
	wordEdited = words.Text{ZH: "改过", EN: "edited"}
)
