package entries

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	sayBlank       = words.Text{ZH: "空白条目", EN: "Blank entry"}
	sayFromTpl     = words.Text{ZH: "从模板添加…", EN: "From the template…"}
	sayDuplicate   = words.Text{ZH: "复制为新条目", EN: "Duplicate"}
	sayRestore     = words.Text{ZH: "已删去的模板条目（%d）…", EN: "Template entries left out (%d)…"}
	sayUp          = words.Text{ZH: "上移（Alt+↑）", EN: "Move up (Alt+↑)"}
	sayDown        = words.Text{ZH: "下移（Alt+↓）", EN: "Move down (Alt+↓)"}
	sayCut         = words.Text{ZH: "剪切（Ctrl+X）", EN: "Cut (Ctrl+X)"}
	sayCopy        = words.Text{ZH: "复制（Ctrl+C）", EN: "Copy (Ctrl+C)"}
	sayPaste       = words.Text{ZH: "粘贴（Ctrl+V）", EN: "Paste (Ctrl+V)"}
	sayFillDown    = words.Text{ZH: "向下填充（Ctrl+D）", EN: "Fill down (Ctrl+D)"}
	sayEmptyCells  = words.Text{ZH: "清空（Delete）", EN: "Empty (Delete)"}
	sayRemoveRows  = words.Text{ZH: "删去这 %d 条…", EN: "Remove these %d…"}
	sayColumns     = words.Text{ZH: "显示哪些列…", EN: "Columns…"}
	sayAddLabel    = words.Text{ZH: "新增条目", EN: "Add an entry"}
	sayTplLabel    = words.Text{ZH: "从模板添加 %d 条", EN: "Add %d from the template"}
	sayCopyLabel   = words.Text{ZH: "复制 %d 条", EN: "Duplicate %d entries"}
	sayRemoveLabel = words.Text{ZH: "删去 %d 条", EN: "Remove %d entries"}
	sayMoveLabel   = words.Text{ZH: "调整次序", EN: "Reorder"}
	sayCopyMark    = words.Text{ZH: "（副本）", EN: " (copy)"}
	sayChooseFirst = words.Text{ZH: "请先在表格里选中条目。", EN: "Choose entries in the table first."}
	sayUnsortFirst = words.Text{ZH: "现在按“%s”排列，不能调整次序。先恢复原来的顺序。", EN: "Sorted by %s: entries cannot be moved. Restore the original order first."}
	sayOriginal    = words.Text{ZH: "恢复原来的顺序", EN: "Original order"}
	sayRemoved     = words.Text{ZH: "已删去 %d 条", EN: "%d entries removed"}
	sayTplAdded    = words.Text{ZH: "已添加 %d 条", EN: "%d entries added"}
)

// addMenu is what can be added.
func (s *Screen) addMenu() *fyne.Menu {
	dup := fyne.NewMenuItem(kit.Say(sayDuplicate), s.duplicate)
	dup.Disabled = s.table.Rows() == 0
	tpl := fyne.NewMenuItem(kit.Say(sayFromTpl), s.addFromTemplate)
	tpl.Disabled = s.draft.Template() == nil
	return fyne.NewMenu("", fyne.NewMenuItem(kit.Say(sayBlank), s.addBlank), tpl, dup)
}

// moreMenu is what is needed less often.
func (s *Screen) moreMenu() *fyne.Menu {
	n := len(s.omitted())
	back := fyne.NewMenuItem(kit.Say(sayRestore, n), s.bringBack)
	back.Disabled = n == 0
	up := fyne.NewMenuItem(kit.Say(sayUp), func() { s.move(-1) })
	down := fyne.NewMenuItem(kit.Say(sayDown), func() { s.move(1) })
	columns := fyne.NewMenuItem(kit.Say(sayColumns), nil)
	columns.ChildMenu = s.grid.ColumnsMenu()
	return fyne.NewMenu("", back, fyne.NewMenuItemSeparator(), up, down,
		fyne.NewMenuItem(kit.Say(sayFillDown), func() { s.fillDown(s.grid.Selection()) }),
		fyne.NewMenuItemSeparator(), columns)
}

// rowMenu is what can be done with the selection.
func (s *Screen) rowMenu() *fyne.Menu {
	item := fyne.NewMenuItem
	n := len(s.grid.Selection().Rows())
	return fyne.NewMenu("",
		item(kit.Say(sayCut), s.grid.Cut), item(kit.Say(sayCopy), s.grid.Copy), item(kit.Say(sayPaste), s.grid.Paste),
		fyne.NewMenuItemSeparator(),
		item(kit.Say(sayFillDown), func() { s.fillDown(s.grid.Selection()) }),
		item(kit.Say(saySet)+"…", s.setMany),
		item(kit.Say(sayEmptyCells), func() { s.grid.OnClear(s.grid.Selection()) }),
		fyne.NewMenuItemSeparator(),
		item(kit.Say(sayBlank), s.addBlank), item(kit.Say(sayDuplicate), s.duplicate),
		item(kit.Say(sayUp), func() { s.move(-1) }), item(kit.Say(sayDown), func() { s.move(1) }),
		fyne.NewMenuItemSeparator(),
		item(kit.Say(sayRemoveRows, n), s.remove),
	)
}

// selected are the entries that have a selected cell, in the order shown.
func (s *Screen) selected() []*catalog.Entry {
	var out []*catalog.Entry
	for _, row := range s.grid.Selection().Rows() {
		if row < s.table.Rows() {
			out = append(out, s.table.entry(row))
		}
	}
	return out
}

// needSelected says what to do where nothing is selected.
func (s *Screen) needSelected() []*catalog.Entry {
	es := s.selected()
	if len(es) == 0 {
		s.tell(kit.Say(sayChooseFirst), "", nil)
	}
	return es
}

func (s *Screen) blank() catalog.Entry {
	return catalog.Entry{ID: s.draft.NewID(), Sector: s.draft.Sector().Slug}
}

// addBlank adds an entry below the one chosen and begins with its name.
func (s *Screen) addBlank() {
	if s.draft == nil {
		return
	}
	e := s.blank()
	if near, ok := s.draft.Entry(s.chosen); ok && len(near.Path) > 0 {
		e.Path = []string{near.Path[0]} // most likely another of the same matter
	}
	e.Publisher = s.draft.Unit().Publisher()
	s.insert(kit.Say(sayAddLabel), []catalog.Entry{e}, s.chosen)
	s.grid.Edit(grid.Pos{Row: max(0, s.table.row(e.ID)), Col: min(len(e.Path), 1)})
}

// insert puts entries behind another, or at the end, and chooses the first.
func (s *Screen) insert(label string, es []catalog.Entry, behind catalog.EntryID) bool {
	ok := s.change(label, func(c *catalog.Catalog) error {
		at := slices.IndexFunc(c.Entries, func(e catalog.Entry) bool { return e.ID == behind }) + 1
		if at == 0 {
			at = len(c.Entries)
		}
		c.Entries = slices.Insert(c.Entries, at, es...)
		return nil
	})
	if ok && len(es) > 0 {
		s.grid.Select(grid.Pos{Row: max(0, s.table.row(es[0].ID))})
		s.grid.Focus()
	}
	return ok
}

// duplicate copies the selected entries as the unit's own, each named as a copy.
func (s *Screen) duplicate() {
	from := s.needSelected()
	if len(from) == 0 {
		return
	}
	var es []catalog.Entry
	for _, e := range from {
		d := e.Clone()
		d.ID, d.Template, d.Code = s.draft.NewID(), "", ""
		if n := len(d.Path); n > 0 {
			d.Path[n-1] += kit.Say(sayCopyMark)
		}
		es = append(es, d)
	}
	s.insert(kit.Say(sayCopyLabel, len(es)), es, from[len(from)-1].ID)
}

// move moves the selected entries one place up or down among those shown.
func (s *Screen) move(by int) {
	if by == 0 || s.draft == nil {
		return
	}
	if order := s.grid.State().Sort; order.Column != "" {
		c, _ := s.table.column(order.Column)
		s.tell(kit.Say(sayUnsortFirst, c.title), kit.Say(sayOriginal), func() { s.grid.SetSort(grid.Sort{}) })
		return
	}
	rows := s.grid.Selection().Rows()
	if len(rows) == 0 || rows[0]+by < 0 || rows[len(rows)-1]+by >= s.table.Rows() {
		return
	}
	// The shown entries exchange their places; those the filter hides stay.
	order := slices.Clone(s.table.shown)
	if by > 0 {
		slices.Reverse(rows)
	}
	for _, r := range rows {
		order[r], order[r+by] = order[r+by], order[r]
	}
	places := slices.Clone(s.table.shown)
	sel := s.grid.Selection()
	ok := s.change(kit.Say(sayMoveLabel), func(c *catalog.Catalog) error {
		old := slices.Clone(c.Entries)
		for i, place := range places {
			c.Entries[place] = old[order[i]]
		}
		return nil
	})
	if !ok {
		return
	}
	first, last := sel.Ranges[0], sel.Ranges[len(sel.Ranges)-1]
	from, to := min(first.From.Row, last.From.Row)+by, max(first.To.Row, last.To.Row)+by
	if last.Whole {
		s.grid.SelectRows(from, to)
	} else {
		s.grid.SelectRange(grid.Pos{Row: from, Col: last.From.Col}, grid.Pos{Row: to, Col: last.To.Col})
	}
}

var (
	sayRemoveTitle = words.Text{ZH: "删去 %d 条", EN: "Remove %d entries"}
	sayRemoveWhy   = words.Text{
		ZH: "其中 %d 条是模板规定的，删去要写明原因，上级审核时会看到。删去后可以在“更多 › 已删去的模板条目”里找回。",
		EN: "%d of them are in the template. Say why they are left out; the reviewer will see it. They can be brought back from More › Template entries left out.",
	}
	sayReasonHint  = words.Text{ZH: "写明原因", EN: "Reason"}
	sayDoRemove    = words.Text{ZH: "删去", EN: "Remove"}
	sayReasonsHead = words.Text{ZH: "常用原因：", EN: "Common reasons:"}
)

// reasons why template entries are left out (不涉及).
var reasons = []words.Text{
	{ZH: "本单位没有这项职责", EN: "Not a duty of this unit"},
	{ZH: "由县级部门统一公开", EN: "Disclosed by the county department"},
	{ZH: "辖区内没有这类事项", EN: "No such matter in this area"},
	{ZH: "职责已划转其他单位", EN: "The duty has passed to another unit"},
	{ZH: "与其他条目合并公开", EN: "Disclosed with another entry"},
}

// remove takes the selected entries out. Leaving out what the template has needs
// a reason.
func (s *Screen) remove() {
	es := s.needSelected()
	if len(es) == 0 {
		return
	}
	gone := map[catalog.EntryID]bool{}
	for _, e := range es {
		gone[e.ID] = true
	}
	stays := map[catalog.TemplateID]bool{}
	for i := range s.table.catalog.Entries {
		if e := &s.table.catalog.Entries[i]; !gone[e.ID] {
			stays[e.Template] = true
		}
	}
	var missing []catalog.TemplateID
	for _, e := range es {
		if e.Template != "" && s.table.template[e.Template] != nil && !stays[e.Template] {
			missing = append(missing, e.Template)
		}
	}
	row := s.grid.Selection().Rows()[0]
	do := func(reason string) {
		ok := s.change(kit.Say(sayRemoveLabel, len(es)), func(c *catalog.Catalog) error {
			c.Entries = slices.DeleteFunc(c.Entries, func(e catalog.Entry) bool { return gone[e.ID] })
			for _, id := range missing {
				if c.Omitted == nil {
					c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
				}
				c.Omitted[id] = catalog.NotApplicable{Reason: reason}
			}
			return nil
		})
		if !ok {
			return
		}
		s.grid.Select(grid.Pos{Row: max(0, min(row, s.table.Rows()-1)), Col: 0})
		s.tell(kit.Say(sayRemoved, len(es)), kit.Say(sayUndo), s.options.Undo)
	}
	if len(missing) == 0 {
		do("") // one undo brings them back
		return
	}
	s.askReason(kit.Say(sayRemoveTitle, len(es)), kit.Say(sayRemoveWhy, len(missing)), kit.Say(sayDoRemove), do)
}

// askReason asks why template entries are left out.
func (s *Screen) askReason(title, why, yes string, do func(reason string)) {
	var d *kit.Dialog
	reason := kit.NewEntry()
	reason.SetPlaceHolder(kit.Say(sayReasonHint))
	ok := kit.Grave(yes, nil, func() {
		if text := strings.TrimSpace(reason.Text); text != "" {
			d.Hide()
			do(text)
		}
	})
	ok.Disable()
	reason.OnChanged = func(text string) {
		if strings.TrimSpace(text) == "" {
			ok.Disable()
		} else {
			ok.Enable()
		}
	}
	reason.OnSubmitted = func(string) { ok.OnTapped() }
	reason.OnEscape = func() { d.Hide() }
	box := container.NewVBox(kit.Body(why), kit.Tag(kit.Say(sayReasonsHead)))
	common := container.NewGridWithColumns(2)
	for _, r := range reasons {
		common.Add(kit.Button(kit.Say(r), nil, func() {
			reason.SetText(kit.Say(r))
			s.win.Canvas().Focus(reason)
		}))
	}
	box.Add(common)
	box.Add(reason)
	d = kit.Show(s.win, title, kit.Column(560, box), ok,
		kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.OnClosed = s.grid.Focus
	s.win.Canvas().Focus(reason)
}

// candidate is a template entry that the draft lacks.
type candidate struct {
	entry  *catalog.TemplateEntry
	reason string // why it was left out
	folded string
	on     bool
}

// lacking are the template entries for the unit's tier that the draft lacks.
func (s *Screen) lacking() []*candidate {
	tpl := s.draft.Template()
	if tpl == nil {
		return nil
	}
	here := map[catalog.TemplateID]bool{}
	for i := range s.table.catalog.Entries {
		here[s.table.catalog.Entries[i].Template] = true
	}
	var out []*candidate
	at := tpl.At(s.draft.Unit().Tier())
	for i := range at {
		te := &at[i]
		if here[te.ID] {
			continue
		}
		reason := s.table.catalog.Omitted[te.ID].Reason
		out = append(out, &candidate{
			entry: te, reason: reason,
			folded: fold(strings.Join(te.Path, "\n") + "\n" + te.Content + "\n" + reason),
		})
	}
	return out
}

// omitted are those of them that were left out with a reason.
func (s *Screen) omitted() []*candidate {
	return slices.DeleteFunc(s.lacking(), func(c *candidate) bool { return c.reason == "" })
}

var (
	sayTplTitle     = words.Text{ZH: "从模板添加", EN: "Add from the template"}
	sayTplIntro     = words.Text{ZH: "模板里有、这里没有的条目。勾选后按模板的次序添加。", EN: "What the template has and the draft lacks. Ticked entries are added where the template has them."}
	sayMissingIntro = words.Text{
		ZH: "打了勾的是必须有的：添加到目录里；本单位没有的，点“不涉及”，写明原因。",
		EN: "Ticked entries are required: add them, or say why they do not apply to the unit.",
	}
	sayTplAll     = words.Text{ZH: "模板里的条目这里都有了。", EN: "The draft has every entry of the template."}
	sayBackTitle  = words.Text{ZH: "已删去的模板条目", EN: "Template entries left out"}
	sayBackIntro  = words.Text{ZH: "勾选要找回的条目，会按模板恢复，原来写的原因不再保留。", EN: "Ticked entries come back as the template has them; the reason is dropped."}
	sayWhyOmitted = words.Text{ZH: "已删去：%s", EN: "Left out: %s"}
	saySearch     = words.Text{ZH: "查找", EN: "Search"}
	sayDoAdd      = words.Text{ZH: "添加", EN: "Add"}
	sayNever      = words.Text{ZH: "不涉及…", EN: "Not applicable…"}
	sayNeverTitle = words.Text{ZH: "%d 条不涉及", EN: "%d entries do not apply"}
	sayNeverWhy   = words.Text{
		ZH: "写明原因，上级审核时会看到。以后可以在“更多 › 已删去的模板条目”里找回。",
		EN: "Say why; the reviewer will see it. They can be brought back from More › Template entries left out.",
	}
	sayDoNever    = words.Text{ZH: "不涉及", EN: "Leave out"}
	sayNeverLabel = words.Text{ZH: "%d 条不涉及", EN: "Leave out %d entries"}
	sayDoBack     = words.Text{ZH: "找回", EN: "Bring back"}
	sayChosen     = words.Text{ZH: "已选 %d 条", EN: "%d chosen"}
)

func (s *Screen) addFromTemplate() {
	if s.draft == nil {
		return
	}
	s.offer(kit.Say(sayTplTitle), kit.Say(sayTplIntro), kit.Say(sayDoAdd), s.lacking(), true)
}

// AddMissing offers the template entries that the checks miss, the one named
// first of all.
func (s *Screen) AddMissing(first ...catalog.TemplateID) {
	if s.draft == nil {
		return
	}
	all := s.lacking()
	for _, c := range all {
		c.on = slices.Contains(s.table.missing, c.entry.ID) && len(first) == 0 || slices.Contains(first, c.entry.ID)
	}
	slices.SortStableFunc(all, func(a, b *candidate) int {
		switch {
		case a.on == b.on:
			return 0
		case a.on:
			return -1
		}
		return 1
	})
	s.offer(kit.Say(sayTplTitle), kit.Say(sayMissingIntro), kit.Say(sayDoAdd), all, true)
}

func (s *Screen) bringBack() {
	s.offer(kit.Say(sayBackTitle), kit.Say(sayBackIntro), kit.Say(sayDoBack), s.omitted(), false)
}

// offer lets template entries be searched, ticked and taken into the draft, or
// left out for good with a reason.
func (s *Screen) offer(title, intro, yes string, all []*candidate, leaveOut bool) {
	if len(all) == 0 {
		kit.Tell(s.win, title, kit.Say(sayTplAll))
		return
	}
	shown := slices.Clone(all)
	count := kit.Tag("")
	var d *kit.Dialog
	var ok, never *kit.PushButton
	recount := func() {
		n := 0
		for _, c := range all {
			if c.on {
				n++
			}
		}
		count.SetText(kit.Say(sayChosen, n))
		for _, b := range []*kit.PushButton{ok, never} {
			if n == 0 {
				b.Disable()
			} else {
				b.Enable()
			}
		}
	}
	ok = kit.Primary(yes, nil, func() {
		d.Hide()
		s.take(all)
	})
	never = kit.Button(kit.Say(sayNever), nil, func() {
		d.Hide()
		s.leaveOut(all)
	})
	show(never, leaveOut)
	list := widget.NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return newCandidateRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*candidateRow).show(shown[i], recount) },
	)
	list.OnSelected = func(i widget.ListItemID) {
		list.Unselect(i)
		shown[i].on = !shown[i].on
		list.RefreshItem(i)
		recount()
	}
	find := newSearchEntry(kit.Say(saySearch))
	find.OnEscape = func() { d.Hide() }
	find.OnChanged = func(text string) {
		want := fold(text)
		shown = shown[:0]
		for _, c := range all {
			if strings.Contains(c.folded, want) {
				shown = append(shown, c)
			}
		}
		list.ScrollToTop()
		list.Refresh()
	}
	tick := func(on bool) func() {
		return func() {
			for _, c := range shown {
				c.on = on
			}
			list.Refresh()
			recount()
		}
	}
	recount()
	head := container.NewVBox(wide(intro, 720), find)
	foot := container.NewHBox(kit.Quiet(kit.Say(sayAll), nil, tick(true)), kit.Quiet(kit.Say(sayNone), nil, tick(false)), layout.NewSpacer(), count)
	d = kit.Show(s.win, title, container.NewBorder(head, foot, nil, nil, list), ok, never,
		kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.OnClosed = s.grid.Focus
	size := s.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(760, size.Width*0.9), min(560, size.Height*0.88)))
	s.win.Canvas().Focus(find)
}

// leaveOut records why the chosen template entries are not in the draft.
func (s *Screen) leaveOut(all []*candidate) {
	var ids []catalog.TemplateID
	for _, c := range all {
		if c.on {
			ids = append(ids, c.entry.ID)
		}
	}
	s.askReason(kit.Say(sayNeverTitle, len(ids)), kit.Say(sayNeverWhy), kit.Say(sayDoNever), func(reason string) {
		s.change(kit.Say(sayNeverLabel, len(ids)), func(c *catalog.Catalog) error {
			if c.Omitted == nil {
				c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{}
			}
			for _, id := range ids {
				c.Omitted[id] = catalog.NotApplicable{Reason: reason}
			}
			return nil
		})
	})
}

// take puts the chosen template entries where the template has them: behind the
// nearest one before them that the draft has.
func (s *Screen) take(all []*candidate) {
	want := map[catalog.TemplateID]bool{}
	for _, c := range all {
		if c.on {
			want[c.entry.ID] = true
		}
	}
	if len(want) == 0 {
		return
	}
	u, slug := s.draft.Unit(), s.draft.Sector().Slug
	var first catalog.EntryID
	ok := s.change(kit.Say(sayTplLabel, len(want)), func(c *catalog.Catalog) error {
		place := -1 // of the last template entry seen that the draft has
		at := s.draft.Template().At(u.Tier())
		for i := range at {
			te := &at[i]
			if want[te.ID] {
				e := te.Entry(u, slug, s.draft.NewID())
				if first == "" {
					first = e.ID
				}
				place++
				c.Entries = slices.Insert(c.Entries, place, e)
				delete(c.Omitted, te.ID)
				continue
			}
			if j := slices.IndexFunc(c.Entries, func(e catalog.Entry) bool { return e.Template == te.ID }); j >= 0 {
				place = j
			}
		}
		return nil
	})
	if !ok {
		return
	}
	s.grid.Select(grid.Pos{Row: max(0, s.table.row(first))})
	s.grid.Focus()
	s.tell(kit.Say(sayTplAdded, len(want)), kit.Say(sayUndo), s.options.Undo)
}

// candidateRow is a template entry in the list.
type candidateRow struct {
	widget.BaseWidget
	box     *kit.Check
	name    *widget.Label
	content *widget.Label
	body    fyne.CanvasObject
}

func newCandidateRow() *candidateRow {
	r := &candidateRow{box: kit.NewCheck("", nil), name: kit.Strong(""), content: widget.NewLabel("")}
	r.name.Truncation, r.content.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	r.content.Importance = widget.LowImportance
	r.content.SizeName = theme.SizeNameCaptionText
	r.body = container.NewBorder(nil, nil, r.box, nil, container.New(layout.NewCustomPaddedVBoxLayout(-10), r.name, r.content))
	r.ExtendBaseWidget(r)
	return r
}

func (r *candidateRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

func (r *candidateRow) show(c *candidate, changed func()) {
	r.name.SetText(strings.Join(c.entry.Path, " / "))
	text := oneLine(c.entry.Content)
	if c.reason != "" {
		text = kit.Say(sayWhyOmitted, c.reason)
	}
	r.content.SetText(text)
	r.box.OnChanged = nil
	r.box.SetChecked(c.on)
	r.box.OnChanged = func(on bool) {
		c.on = on
		changed()
	}
}
