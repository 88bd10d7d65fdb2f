package upgrade

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/prose"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// detail shows one item of the list beside it, with everything to choose.
type detail struct {
	s    *Screen
	root fyne.CanvasObject
	page *prose.Page
	item item
	// pressed is the button that was pressed last; Fyne takes the focus from it.
	pressed *kit.PushButton
}

func newDetail(s *Screen) *detail {
	d := &detail{s: s, page: prose.NewPage(8, 12, 0)}
	d.root = kit.NewPanel(kit.Surface, kit.Line, 6, d.page)
	return d
}

func (d *detail) show(it item) {
	d.item = it
	d.page.Set(d.build()...)
}

// again shows the item with what was chosen, where one is looking.
func (d *detail) again() {
	at := d.page.Offset()
	before := slices.Index(buttons(d.page.Objects()), d.pressed)
	d.page.Set(d.build()...)
	d.page.SetOffset(at)
	if now := buttons(d.page.Objects()); before >= 0 && before < len(now) {
		d.s.win.Canvas().Focus(now[before]) // so that the keyboard goes on from there
	}
	d.pressed = nil
	d.s.changed()
}

// buttons are the buttons of a page, in order.
func buttons(objects []fyne.CanvasObject) (out []*kit.PushButton) {
	for _, o := range objects {
		switch o := o.(type) {
		case *kit.PushButton:
			out = append(out, o)
		case *fyne.Container:
			out = append(out, buttons(o.Objects)...)
		}
	}
	return out
}

func (d *detail) build() []fyne.CanvasObject {
	switch {
	case d.item.up == nil:
		return nil
	case d.item.entry < 0:
		return d.sector(d.item.up)
	}
	return d.entry(d.item.up, d.item.entry)
}

var (
	wordFromTo    = words.Text{ZH: "草稿用的是 %s 版模板，新模板是 %s 版。", EN: "The draft follows version %s, the newer template is %s."}
	wordFromNone  = words.Text{ZH: "不知道草稿当初用的是哪一版模板，新模板是 %s 版。写了内容的都保留，空着的用新模板填上。", EN: "The template that the draft was made from is not known; the newer one is %s. What is filled in stays, what is empty is filled."}
	wordInclude   = words.Text{ZH: "更新这个领域", EN: "Update this sector"}
	wordCounts    = words.Text{ZH: "模板改动", EN: "What the template changes"}
	wordNothing   = words.Text{ZH: "只是换了版本号，条目没有变化。", EN: "Only the version changes; the entries stay the same."}
	wordAllOf     = words.Text{ZH: "有冲突的栏目，一次选定", EN: "All clashing fields at once"}
	wordAllOurs   = words.Text{ZH: "都保留本单位的", EN: "Keep the unit's"}
	wordAllTheirs = words.Text{ZH: "都用新模板的", EN: "Take the template's"}
	wordAllMerged = words.Text{ZH: "恢复成还没选", EN: "Leave undecided"}
	wordOrder     = words.Text{ZH: "条目的次序", EN: "Order of the entries"}
	wordOrderWhy  = words.Text{ZH: "新模板调整了 %d 条的次序。", EN: "The newer template moves %d entries."}
	wordOrderBoth = words.Text{ZH: "新模板和本单位都调整过同样几条的次序。", EN: "Both the newer template and the unit moved the same entries."}
	wordMerge     = words.Text{ZH: "两边都照顾", EN: "Both"}
	wordOurs      = words.Text{ZH: "保留本单位的", EN: "Keep the unit's"}
	wordTheirs    = words.Text{ZH: "用新模板的", EN: "Take the template's"}
	wordOwn       = words.Text{ZH: "自己写", EN: "Write another"}
	wordOwnNow    = words.Text{ZH: "改自己写的", EN: "Change what I wrote"}
)

var countWords = []struct {
	kind catalog.UpgradeKind
	text words.Text
}{
	{catalog.UpgradeChanged, words.Text{ZH: "内容或名称有改动：%d 条", EN: "Texts or names changed: %d entries"}},
	{catalog.UpgradeAdded, words.Text{ZH: "新增：%d 条", EN: "Added: %d entries"}},
	{catalog.UpgradeMet, words.Text{ZH: "本单位自己加的，现在模板也有了：%d 条", EN: "Made by the unit, and now in the template too: %d entries"}},
	{catalog.UpgradeDropped, words.Text{ZH: "模板里删去了：%d 条", EN: "Dropped from the template: %d entries"}},
	{catalog.UpgradeLeftOut, words.Text{ZH: "本单位没有列入、模板有改动：%d 条", EN: "Left out by the unit, changed in the template: %d entries"}},
	{catalog.UpgradeOwn, words.Text{ZH: "只有本单位改过、不受影响：%d 条", EN: "Changed by the unit alone, not touched: %d entries"}},
}

// sector is a sector's page: what changes, and what holds for all of it.
func (d *detail) sector(u *work.Upgrade) []fyne.CanvasObject {
	p := u.Plan
	include := kit.NewCheck(kit.Say(wordInclude), nil)
	include.SetChecked(!d.s.off[u.Sector.Slug])
	include.OnChanged = func(on bool) {
		d.s.off[u.Sector.Slug] = !on
		d.s.changed()
	}
	from := kit.Say(wordFromTo, p.From, p.To)
	if !p.Known {
		from = kit.Say(wordFromNone, p.To)
	}
	out := []fyne.CanvasObject{
		heading(kit.Say(words.Sector(u.Sector))), muted(from), include,
	}
	n := map[catalog.UpgradeKind]int{}
	for i := range p.Entries {
		n[p.Entries[i].Kind]++
	}
	var lines []fyne.CanvasObject
	for _, c := range countWords {
		if n[c.kind] > 0 {
			lines = append(lines, prose.Plain("· "+kit.Say(c.text, n[c.kind])))
		}
	}
	if lines == nil {
		lines = []fyne.CanvasObject{prose.Plain(kit.Say(wordNothing))}
	}
	out = append(out, kit.Rule(), strong(kit.Say(wordCounts)))
	out = append(out, lines...)
	if p.Count().Clashes > 0 {
		out = append(out, kit.Rule(), strong(kit.Say(wordAllOf)), d.flow(
			kit.Button(kit.Say(wordAllOurs), nil, func() { d.all(p, catalog.TakeOurs) }),
			kit.Button(kit.Say(wordAllTheirs), nil, func() { d.all(p, catalog.TakeTemplate) }),
			kit.Quiet(kit.Say(wordAllMerged), nil, func() { d.all(p, catalog.TakeMerged) }),
		))
	}
	if moved := p.Count().Moved; moved > 0 || p.OrderClash {
		why := kit.Say(wordOrderWhy, moved)
		if p.OrderClash {
			why = kit.Say(wordOrderBoth)
		}
		choose := func(t catalog.Take) func() {
			return func() { p.Order = t; d.again() }
		}
		out = append(out, kit.Rule(), strong(kit.Say(wordOrder)), muted(why), d.flow(
			option(kit.Say(wordMerge), p.Order == catalog.TakeMerged, choose(catalog.TakeMerged)),
			option(kit.Say(wordOurs), p.Order == catalog.TakeOurs, choose(catalog.TakeOurs)),
			option(kit.Say(wordTheirs), p.Order == catalog.TakeTemplate, choose(catalog.TakeTemplate)),
		))
	}
	return out
}

// all makes the same choice for every clash of a sector.
func (d *detail) all(p *catalog.UpgradePlan, t catalog.Take) {
	for i := range p.Entries {
		for _, f := range p.Entries[i].Fields {
			if f.Clash {
				_ = p.Choose(i, f.Field, catalog.Choice{Take: t}) // only own words can be refused
			}
		}
	}
	d.again()
}

// option is one of several buttons of which one holds.
func option(text string, chosen bool, fn func()) *kit.PushButton {
	if chosen {
		return kit.Primary(text, theme.ConfirmIcon(), fn)
	}
	return kit.Button(text, nil, fn)
}

func heading(s string) fyne.CanvasObject {
	return prose.New(theme.SizeNameSubHeadingText, prose.Span{Text: s, Bold: true})
}

func strong(s string) fyne.CanvasObject {
	return prose.New(theme.SizeNameText, prose.Span{Text: s, Bold: true})
}

func muted(s string) fyne.CanvasObject {
	return prose.New(theme.SizeNameCaptionText, prose.Span{Text: s, Ink: kit.Muted})
}

// flow puts buttons beside each other, in as many lines as they need.
func (d *detail) flow(objects ...fyne.CanvasObject) fyne.CanvasObject {
	for _, o := range objects {
		if b, ok := o.(*kit.PushButton); ok {
			press := b.OnTapped
			b.OnTapped = func() { d.pressed = b; press() }
		}
	}
	return container.New(&flowLayout{gap: 6}, objects...)
}

// flowLayout lays objects out from left to right, line by line.
type flowLayout struct{ gap, width float32 }

func (l *flowLayout) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, high float32
	for _, o := range objects {
		s := o.MinSize()
		if x > 0 && x+s.Width > width {
			x, y, high = 0, y+high+l.gap, 0
		}
		put(o, fyne.NewPos(x, y))
		x, high = x+s.Width+l.gap, max(high, s.Height)
	}
	return y + high
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(objects, s.Width, func(o fyne.CanvasObject, p fyne.Position) {
		o.Move(p)
		o.Resize(o.MinSize())
	})
}

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width
	if width == 0 {
		width = 1e6
	}
	var widest float32
	for _, o := range objects {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, l.place(objects, width, func(fyne.CanvasObject, fyne.Position) {}))
}

var (
	wordSaysChanged = words.Text{ZH: "模板改了下面的栏目。", EN: "The template changed the fields below."}
	wordSaysMoved   = words.Text{ZH: "模板调整了这一条的位置，次序在领域那一行里选。", EN: "The template moved this entry; the order is chosen in the sector's line."}
	wordSaysAdded   = words.Text{ZH: "模板新增的一条，本单位的草稿里还没有。", EN: "New in the template; the draft does not have it."}
	wordSaysMaybe   = words.Text{ZH: "模板里有、草稿里没有的一条：可能是模板新增的，也可能是本单位以前删去的。", EN: "In the template and not in the draft: new, or taken out by the unit before."}
	wordSaysMet     = words.Text{ZH: "这一条是本单位自己加的，现在新模板里也有了。当作同一条，以后就跟着模板更新；两边不同的写法在下面选。", EN: "The unit made this entry by itself, and now the template has it. As one entry it follows the template from now on; choose between the texts below."}
	wordSaysDropped = words.Text{ZH: "新模板里没有这一条了。本单位没有改过它，更新时删去。", EN: "The newer template has this entry no more. The unit did not change it; it will be removed."}
	wordSaysEdited  = words.Text{ZH: "新模板里没有这一条了，但是本单位改过它，所以保留。不再需要的话可以删去。", EN: "The newer template has this entry no more, but the unit changed it, so it stays. Remove it if it is not needed."}
	wordSaysUnsure  = words.Text{ZH: "新模板里没有这一条。不知道本单位有没有改过，所以保留。", EN: "The newer template does not have this entry. Nobody can tell whether the unit changed it, so it stays."}
	wordSaysLeftOut = words.Text{ZH: "本单位没有列入这一条，新模板改了它的内容。仍然不列入的话，什么也不用做。", EN: "The unit left this entry out, and the template changed it. To leave it out, do nothing."}
	wordSaysOwn     = words.Text{ZH: "模板没有改这一条，本单位的写法原样保留。也可以改回模板的。", EN: "The template did not change this entry; the unit's texts stay. They can be set back to the template's."}

	wordAdd      = words.Text{ZH: "加进目录", EN: "Add it"}
	wordNotAdd   = words.Text{ZH: "不加", EN: "Do not add"}
	wordReason   = words.Text{ZH: "不涉及的理由，例如：本镇没有此项业务（可以不填）", EN: "Why it does not occur here (may stay empty)"}
	wordOne      = words.Text{ZH: "当作同一条", EN: "One entry"}
	wordTwo      = words.Text{ZH: "分成两条", EN: "Two entries"}
	wordRemove   = words.Text{ZH: "从目录删去", EN: "Remove it"}
	wordKeep     = words.Text{ZH: "保留", EN: "Keep it"}
	wordStillOut = words.Text{ZH: "仍不列入", EN: "Leave it out"}
	wordBackIn   = words.Text{ZH: "重新列入", EN: "Take it back in"}

	wordFieldClash  = words.Text{ZH: "冲突：两边都改了", EN: "Clash: both changed it"}
	wordFieldDiffer = words.Text{ZH: "两边不同", EN: "They differ"}
	wordFieldTheirs = words.Text{ZH: "模板改了", EN: "Changed by the template"}
	wordFieldOurs   = words.Text{ZH: "本单位改的", EN: "Changed by the unit"}
	wordFieldBoth   = words.Text{ZH: "两边都改了，可以合在一起", EN: "Both changed it; they go together"}
	wordFieldSame   = words.Text{ZH: "两边改得一样", EN: "Both changed it alike"}
	wordLocked      = words.Text{ZH: "模板规定，不能改", EN: "Fixed by the template"}

	wordColWas    = words.Text{ZH: "原模板", EN: "Old template"}
	wordColNow    = words.Text{ZH: "新模板", EN: "Newer template"}
	wordColOurs   = words.Text{ZH: "本单位", EN: "The unit's"}
	wordResult    = words.Text{ZH: "更新后：", EN: "Afterwards:"}
	wordEmptyText = words.Text{ZH: "（空）", EN: "(empty)"}
	wordOwnTitle  = words.Text{ZH: "自己写“%s”", EN: "Write “%s”"}
)

// entry is an entry's page.
func (d *detail) entry(u *work.Upgrade, n int) []fyne.CanvasObject {
	p := u.Plan
	e := &p.Entries[n]
	out := []fyne.CanvasObject{heading(nameOf(e)), muted(kit.Say(words.Sector(u.Sector))), prose.Plain(says(p, e))}
	follow := func(on bool) func() {
		return func() { e.Follow = on; d.again() }
	}
	two := func(yes, no words.Text, chosen bool, onYes, onNo func()) {
		out = append(out, d.flow(option(kit.Say(yes), chosen, onYes), option(kit.Say(no), !chosen, onNo)))
	}
	switch e.Kind {
	case catalog.UpgradeAdded:
		two(wordAdd, wordNotAdd, e.Follow, follow(true), follow(false))
		if !e.Follow {
			reason := kit.NewEntry()
			reason.SetPlaceHolder(kit.Say(wordReason))
			reason.SetText(e.Reason)
			reason.OnChanged = func(s string) { e.Reason = strings.TrimSpace(s) }
			out = append(out, reason)
		}
	case catalog.UpgradeMet:
		two(wordOne, wordTwo, e.Follow, follow(true), follow(false))
	case catalog.UpgradeDropped:
		two(wordRemove, wordKeep, e.Follow, follow(true), follow(false))
	case catalog.UpgradeLeftOut:
		two(wordStillOut, wordBackIn, !e.Follow, follow(false), follow(true))
	}
	for i := range e.Fields {
		out = append(out, kit.Rule())
		out = append(out, d.field(u, n, i)...)
	}
	return out
}

func says(p *catalog.UpgradePlan, e *catalog.UpgradeEntry) string {
	t := wordSaysChanged
	switch {
	case e.Kind == catalog.UpgradeChanged && len(e.Fields) == 0:
		t = wordSaysMoved
	case e.Kind == catalog.UpgradeAdded && !p.Known:
		t = wordSaysMaybe
	case e.Kind == catalog.UpgradeAdded:
		t = wordSaysAdded
	case e.Kind == catalog.UpgradeMet:
		t = wordSaysMet
	case e.Kind == catalog.UpgradeDropped && !p.Known:
		t = wordSaysUnsure
	case e.Kind == catalog.UpgradeDropped && e.Edited:
		t = wordSaysEdited
	case e.Kind == catalog.UpgradeDropped:
		t = wordSaysDropped
	case e.Kind == catalog.UpgradeLeftOut:
		t = wordSaysLeftOut
	case e.Kind == catalog.UpgradeOwn:
		t = wordSaysOwn
	}
	return kit.Say(t)
}

// field shows a field's texts beside each other, and the choice.
func (d *detail) field(u *work.Upgrade, n, i int) []fyne.CanvasObject {
	e := &u.Plan.Entries[n]
	f := &e.Fields[i]
	name := strong(kit.Say(words.Field(f.Field)))
	state, tone := fieldState(u.Plan, e, f)
	marks := container.NewHBox(kit.NewBadge(kit.Say(state), tone))
	if f.Locked {
		marks.Add(kit.NewBadge(kit.Say(wordLocked), kit.Plain))
	}
	head := container.New(&headLayout{}, name, marks)
	out := []fyne.CanvasObject{head, d.columns(e, f)}
	if !canChoose(e, f) {
		return out
	}
	c := f.Choice()
	choose := func(take catalog.Take) func() {
		return func() {
			_ = u.Plan.Choose(n, f.Field, catalog.Choice{Take: take}) // only own words can be refused
			d.again()
		}
	}
	takes := func(t catalog.Take, text string) bool {
		return c.Take == t || c.Take == catalog.TakeMerged && f.Merged == text
	}
	var options []fyne.CanvasObject
	if f.Merged != f.Ours && f.Merged != f.Now {
		options = append(options, option(kit.Say(wordMerge), c.Take == catalog.TakeMerged, choose(catalog.TakeMerged)))
	}
	open := f.Clash && c.Take == catalog.TakeMerged // kept, and not chosen yet
	options = append(options,
		option(kit.Say(wordOurs), takes(catalog.TakeOurs, f.Ours) && !open, choose(catalog.TakeOurs)),
		option(kit.Say(wordTheirs), takes(catalog.TakeTemplate, f.Now), choose(catalog.TakeTemplate)))
	own := wordOwn
	if c.Take == catalog.TakeOwn {
		own = wordOwnNow
	}
	options = append(options, option(kit.Say(own), c.Take == catalog.TakeOwn, func() { d.write(u, n, f) }))
	out = append(out, d.flow(options...))
	switch {
	case open:
		out = append(out, prose.New(theme.SizeNameCaptionText, prose.Span{Text: kit.Say(wordOpen), Ink: kit.Warn}))
	case c.Take == catalog.TakeOwn || c.Take == catalog.TakeMerged && f.Merged != f.Ours && f.Merged != f.Now:
		out = append(out, prose.New(theme.SizeNameText, prose.Span{Text: kit.Say(wordResult), Ink: kit.Muted}, prose.Span{Text: shown(f.Result())}))
	}
	return out
}

var wordOpen = words.Text{ZH: "还没选：先保留本单位的写法。", EN: "Not chosen yet: the unit's text stays."}

// canChoose reports whether there is anything to choose for a field.
func canChoose(e *catalog.UpgradeEntry, f *catalog.UpgradeField) bool {
	switch e.Kind {
	case catalog.UpgradeChanged, catalog.UpgradeOwn:
		return f.Now != f.Ours
	case catalog.UpgradeMet:
		return e.Follow && f.Now != f.Ours
	}
	return false
}

func fieldState(p *catalog.UpgradePlan, e *catalog.UpgradeEntry, f *catalog.UpgradeField) (words.Text, kit.Tone) {
	switch {
	case f.Clash && (!p.Known || e.Kind == catalog.UpgradeMet):
		return wordFieldDiffer, kit.Warning
	case f.Clash:
		return wordFieldClash, kit.Warning
	case f.ByTemplate && f.ByUnit && f.Now == f.Ours:
		return wordFieldSame, kit.Plain
	case f.ByTemplate && f.ByUnit:
		return wordFieldBoth, kit.Info
	case f.ByUnit:
		return wordFieldOurs, kit.Plain
	}
	return wordFieldTheirs, kit.Info
}

func shown(s string) string {
	if s == "" {
		return kit.Say(wordEmptyText)
	}
	return s
}

// columns shows the texts of a field: of the old template, the new one, the unit's,
// as far as they differ.
func (d *detail) columns(e *catalog.UpgradeEntry, f *catalog.UpgradeField) fyne.CanvasObject {
	column := func(title words.Text, ss []prose.Span) fyne.CanvasObject {
		if len(ss) == 0 {
			ss = []prose.Span{{Text: kit.Say(wordEmptyText), Ink: kit.Muted}}
		}
		return container.New(prose.Stack{Gap: 2}, muted(kit.Say(title)), prose.New(theme.SizeNameText, ss...))
	}
	plain := func(s string) []prose.Span {
		if s == "" {
			return nil
		}
		return []prose.Span{{Text: s}}
	}
	var columns []fyne.CanvasObject
	switch {
	case e.Kind == catalog.UpgradeAdded:
		columns = append(columns, column(wordColNow, plain(f.Now)))
	case e.Kind == catalog.UpgradeDropped:
		was, ours := differ(f.Was, f.Ours)
		columns = append(columns, column(wordColWas, spans(was, kit.Danger, kit.DangerSoft)), column(wordColOurs, spans(ours, kit.Accent, kit.AccentSoft)))
	case e.Kind == catalog.UpgradeLeftOut, !f.ByUnit && f.Was == f.Ours:
		was, now := differ(f.Was, f.Now)
		columns = append(columns, column(wordColWas, spans(was, kit.Danger, kit.DangerSoft)), column(wordColNow, spans(now, kit.Good, kit.GoodSoft)))
	case f.Was == "" || !f.ByTemplate || f.Now == f.Ours:
		now, ours := differ(f.Now, f.Ours)
		columns = append(columns, column(wordColNow, spans(now, kit.Good, kit.GoodSoft)), column(wordColOurs, spans(ours, kit.Accent, kit.AccentSoft)))
	default:
		_, now := differ(f.Was, f.Now)
		_, ours := differ(f.Was, f.Ours)
		columns = append(columns, column(wordColWas, plain(f.Was)), column(wordColNow, spans(now, kit.Good, kit.GoodSoft)), column(wordColOurs, spans(ours, kit.Accent, kit.AccentSoft)))
	}
	return container.New(prose.Columns{Gap: 14}, columns...)
}

// write lets a person write a text of their own.
func (d *detail) write(u *work.Upgrade, n int, f *catalog.UpgradeField) {
	text := kit.NewArea()
	text.SetText(f.Result())
	problem := kit.Note("")
	problem.Importance = widget.DangerImportance
	problem.Hide()
	var dialog *kit.Dialog
	ok := kit.Primary(kit.Say(kit.WordSave), nil, func() {
		if err := u.Plan.Choose(n, f.Field, catalog.Choice{Take: catalog.TakeOwn, Text: text.Text}); err != nil {
			problem.SetText(words.Explain(err, kit.Lang()))
			problem.Show()
			return
		}
		dialog.Hide()
		d.again()
	})
	text.OnEscape = func() { dialog.Hide() }
	dialog = kit.Show(d.s.win, kit.Say(wordOwnTitle, kit.Say(words.Field(f.Field))), container.NewBorder(nil, problem, nil, nil, text), ok,
		kit.Button(kit.Say(kit.WordCancel), nil, func() { dialog.Hide() }))
	dialog.Resize(fyne.NewSize(640*theme.TextSize()/14, 380*theme.TextSize()/14))
	d.s.win.Canvas().Focus(text)
}

// headLayout puts marks behind a name where there is room, else below it.
type headLayout struct{ width float32 }

func (l *headLayout) beside(objects []fyne.CanvasObject, width float32) bool {
	return width == 0 || width >= objects[1].MinSize().Width+8*theme.TextSize()
}

func (l *headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.beside(objects, l.width) {
		return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
	}
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

func (l *headLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	b := objects[1].MinSize()
	if l.beside(objects, s.Width) {
		objects[0].Move(fyne.NewPos(0, 0))
		objects[0].Resize(fyne.NewSize(s.Width-b.Width, s.Height))
		objects[1].Move(fyne.NewPos(s.Width-b.Width, 0))
		objects[1].Resize(fyne.NewSize(b.Width, s.Height))
		return
	}
	h := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(s.Width, h))
	objects[1].Move(fyne.NewPos(0, h))
	objects[1].Resize(fyne.NewSize(s.Width, b.Height))
}
