package entries

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/field"
	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Options are what the screen takes from outside. Those left nil are things it
// cannot do.
type Options struct {
	Prefs     Prefs
	Clipboard fyne.Clipboard
	Register  field.Register
	Today     func() catalog.Date
	// TimeLimits are a sector's usual ones, the most frequent first.
	TimeLimits func(catalog.Sector) []string
	OpenLink   func(address string)
	// Pane makes the pane of a draft that is opened; where nil it is an EntryPane.
	Pane func(Draft) Pane
	// Sectors are those that can be opened from here, by OnSector.
	Sectors  func() []catalog.SectorInfo
	OnSector func(catalog.Sector)
	// Undo and Redo are the unit's.
	Undo, Redo func()
	// Tell shows a short message below the screen, with something to do about it.
	Tell func(text string, tone kit.Tone, action string, fn func())
}

// Screen is the page on which a catalog is edited. Open gives it a draft.
type Screen struct {
	win     fyne.Window
	options Options
	draft   Draft
	stop    func()
	table   *table
	grid    *grid.Grid
	pane    Pane

	filter  filter
	kept    map[catalog.EntryID]bool // shown whatever the filter says
	editing catalog.EntryID          // in the cell that is being edited
	chosen  catalog.EntryID
	many    bool // several entries are chosen
	last    map[catalog.Sector]catalog.EntryID

	heading *fyne.Container
	chips   *chips
	finder  *finder
	banner  *fyne.Container
	split   *container.Split
	offset  float64         // of split, as remembered
	middle  *fyne.Container // the grid, or why there is none
	status  *widget.Label
	stale   *kit.PushButton
	root    *fyne.Container

	// The pane takes some milliseconds to show an entry: while the arrows run
	// through the grid it waits until they rest.
	opened  time.Time
	waiting bool
	stopped func() // ends the wait
	rest    func(fn func()) (stop func())

	pending struct {
		sync.Mutex
		posted, any, found, saved bool
		only                      []catalog.EntryID
	}
}

var (
	sayAdd        = words.Text{ZH: "新增", EN: "Add"}
	sayRemove     = words.Text{ZH: "删去", EN: "Remove"}
	saySet        = words.Text{ZH: "批量填写", EN: "Fill in many"}
	sayFind       = words.Text{ZH: "查找替换", EN: "Find, replace"}
	sayMore       = words.Text{ZH: "更多", EN: "More"}
	sayNothing    = words.Text{ZH: "这个领域还没有条目", EN: "No entries yet"}
	sayNothingDo  = words.Text{ZH: "从模板里挑选，或者新增一条空白的；也可以在“导入”里读入去年的表格。", EN: "Take them from the template or add a blank one; last year's workbook is read on the import page."}
	sayFromList   = words.Text{ZH: "从模板添加", EN: "Add from template"}
	sayNoMatch    = words.Text{ZH: "没有符合筛选的条目", EN: "No entry passes the filter"}
	sayNoMatchDo  = words.Text{ZH: "共有 %d 条，都被筛选挡住了。", EN: "The filter hides all %d entries."}
	sayUnused     = words.Text{ZH: "这个领域已标为“不涉及”：%s", EN: "This sector is marked as not applicable: %s"}
	sayNotSaved   = words.Text{ZH: "保存不了：%s 已输入的内容都还在，会继续重试。", EN: "Cannot save: %s What was typed is kept and tried again."}
	sayStatus     = words.Text{ZH: "共 %d 条", EN: "%d entries"}
	sayFiltered   = words.Text{ZH: "筛选出 %d 条", EN: "%d shown"}
	sayPickedRows = words.Text{ZH: "选中 %d 条", EN: "%d selected"}
	sayPickedCell = words.Text{ZH: "选中 %d 条 %d 格", EN: "%d entries, %d cells selected"}
	sayChecking   = words.Text{ZH: "正在检查…", EN: "Checking…"}
	sayStale      = words.Text{ZH: "有条目已不符合筛选，重新筛选", EN: "Some no longer pass the filter. Filter again"}
)

// restTime is how long the arrows rest before the pane follows them.
const restTime = 90 * time.Millisecond

const (
	prefColumns = "entries.columns"
	prefSplit   = "entries.split"
)

// New makes the screen. It shows nothing until Open.
func New(win fyne.Window, o Options) *Screen {
	s := &Screen{win: win, options: o, last: map[catalog.Sector]catalog.EntryID{}, kept: map[catalog.EntryID]bool{}}
	s.rest = func(fn func()) func() {
		t := time.AfterFunc(restTime, func() { kit.Do(fn) })
		return func() { t.Stop() }
	}
	s.table = &table{catalog: &catalog.Catalog{}}
	s.grid = grid.New(s.table, o.Clipboard)
	s.hook()
	s.heading = container.NewHBox()
	s.chips = newChips(s)
	s.finder = newFinder(s)
	s.banner = container.NewStack()
	s.banner.Hide()
	s.status = kit.Tag("")
	s.stale = kit.Quiet(kit.Say(sayStale), theme.ViewRefreshIcon(), s.rearrange)
	s.stale.Hide()
	s.middle = container.NewStack(s.grid)
	s.split = container.NewHSplit(s.middle, container.NewStack())
	s.split.Offset = 0.64
	top := container.New(layout.NewCustomPaddedVBoxLayout(2), s.heading, s.chips.row, s.finder.row, s.banner)
	foot := kit.NewPanel(theme.ColorNameBackground, "", 0, container.NewHBox(s.status, layout.NewSpacer(), s.stale))
	s.root = container.NewBorder(kit.Inset(4, top), foot, nil, nil, s.split)
	s.load()
	return s
}

// Content is the whole screen.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// load arranges the screen as it was left.
func (s *Screen) load() {
	if s.options.Prefs == nil {
		return
	}
	var st grid.State
	if json.Unmarshal([]byte(s.options.Prefs.String(prefColumns)), &st) == nil {
		st.Sort = grid.Sort{} // every sector begins in its own order
		s.grid.SetState(st)
	}
	var offset float64
	if json.Unmarshal([]byte(s.options.Prefs.String(prefSplit)), &offset) == nil && offset > 0.2 && offset < 0.9 {
		s.split.Offset = offset
	}
	s.offset = s.split.Offset
}

// Leave ends what is being typed and remembers how the screen is arranged. The
// page calls it when another one comes up.
func (s *Screen) Leave() {
	s.grid.EndEditing()
	if s.draft != nil {
		s.draft.EndTyping()
	}
	s.remember()
}

// remember keeps how wide the pane was drawn, which nothing tells of.
func (s *Screen) remember() {
	if s.options.Prefs == nil || s.split.Offset == s.offset {
		return
	}
	s.offset = s.split.Offset
	if b, err := json.Marshal(s.split.Offset); err == nil {
		s.options.Prefs.SetString(prefSplit, string(b))
	}
}

// Close lets the draft go.
func (s *Screen) Close() {
	s.Leave()
	if s.stop != nil {
		s.stop()
	}
	s.stop, s.draft = nil, nil
}

// Open shows a draft, at the entry it was left at.
func (s *Screen) Open(d Draft) {
	if s.draft == d {
		s.sync()
		return
	}
	s.Close()
	s.draft = d
	s.filter, s.kept, s.editing, s.chosen = filter{}, map[catalog.EntryID]bool{}, "", ""
	s.finder.close()
	st := s.grid.State()
	st.Sort = grid.Sort{}
	s.table.reset(d)
	fs, _ := d.Findings()
	s.table.find(fs)
	s.grid.SetState(st)
	s.build()
	s.chips.reset()
	s.stop = d.Listen(s.hear)
	s.pane = s.newPane(d)
	s.split.Trailing = s.pane
	s.split.Refresh()
	s.rearrange()
	row := max(0, s.table.row(s.last[d.Sector().Slug]))
	s.grid.Select(grid.Pos{Row: row})
	s.showSaved()
	s.root.Refresh()
}

// newPane makes the pane of a draft.
func (s *Screen) newPane(d Draft) Pane {
	o := s.options
	if o.Pane != nil {
		return o.Pane(d)
	}
	deps := PaneDeps{
		Win: s.win, Register: o.Register, OpenLink: o.OpenLink, Undo: o.Undo, Redo: o.Redo,
		Back: s.grid.Focus, SetMany: s.setMany,
		Step: func(by int) {
			at := s.grid.Selection().Cell
			if at.Row += by; at.Row >= 0 && at.Row < s.table.Rows() {
				s.grid.Select(at)
				s.showEntry()
			}
		},
	}
	deps.Place = func(id catalog.EntryID) (at, of int, ok bool) {
		at = s.table.row(id)
		return at, s.table.Rows(), at >= 0
	}
	if o.Today != nil {
		deps.Today = o.Today()
	}
	if o.TimeLimits != nil {
		deps.TimeLimits = o.TimeLimits(d.Sector().Slug)
	}
	return NewPane(d, deps)
}

// showEntry shows the entry chosen in the pane, or how many are.
func (s *Screen) showEntry() {
	if s.waiting && s.stopped != nil {
		s.stopped()
	}
	s.waiting = false
	if s.pane == nil {
		return
	}
	n := len(s.grid.Selection().Rows())
	if p, ok := s.pane.(interface{ Many(int) }); ok && n > 1 {
		p.Many(n)
		return
	}
	s.pane.Open(s.chosen)
}

// Draft is the draft that is open, if any.
func (s *Screen) Draft() Draft { return s.draft }

// Focus gives the keys to the grid.
func (s *Screen) Focus() { s.grid.Focus() }

// Go brings an entry, and a field of it, into sight: after undo, from a search
// or from the findings.
func (s *Screen) Go(id catalog.EntryID, f catalog.Field) {
	if s.draft == nil {
		return
	}
	s.grid.EndEditing()
	e, ok := s.draft.Entry(id)
	if !ok {
		return
	}
	if s.table.row(id) < 0 {
		s.filter = filter{}
		s.chips.reset()
		s.rearrange()
	}
	at := grid.Pos{Row: max(0, s.table.row(id))}
	if c, ok := s.table.columnOf(f, &e); ok {
		at.Col = max(0, s.grid.Shown(c.id))
	}
	s.grid.Select(at)
	s.grid.Focus()
}

// hear is told of changes on any goroutine; what they come to is shown at once
// for all that came meanwhile.
func (s *Screen) hear(e work.Event) {
	p := &s.pending
	p.Lock()
	defer p.Unlock()
	switch e.Kind {
	case work.CatalogChanged:
		p.any = p.any || e.Entries == nil
		for _, id := range e.Entries {
			if !slices.Contains(p.only, id) {
				p.only = append(p.only, id)
			}
		}
	case work.FindingsChanged:
		p.found = true
	case work.SaveChanged:
		p.saved = true
	default:
		return
	}
	if !p.posted {
		p.posted = true
		kit.Do(s.sync)
	}
}

// sync takes over what changed since it was last called.
func (s *Screen) sync() {
	p := &s.pending
	p.Lock()
	found, saved, only := p.found, p.saved, p.only
	changed := p.any || len(only) > 0
	if p.any {
		only = nil
	}
	p.posted, p.any, p.found, p.saved, p.only = false, false, false, false, nil
	p.Unlock()
	if s.draft == nil {
		return
	}
	if saved {
		s.showSaved()
	}
	if found {
		// Told too when a check begins, with the findings there were.
		fs, _ := s.draft.Findings()
		found = s.table.find(fs)
	}
	switch {
	case changed:
		s.changed(only)
	case found:
		s.refresh()
	default:
		s.showStatus(s.grid.Selection())
	}
}

// changed takes over the catalog after a change.
func (s *Screen) changed(only []catalog.EntryID) {
	t := s.table
	old, shown := t.catalog, t.shown
	if !t.update(s.draft, only) {
		s.refresh()
		return
	}
	// Entries came, went or moved: those that were shown stay, new ones show.
	was := make(map[catalog.EntryID]bool, len(old.Entries))
	for i := range old.Entries {
		was[old.Entries[i].ID] = true
	}
	before := make(map[catalog.EntryID]bool, len(shown))
	for _, i := range shown {
		before[old.Entries[i].ID] = true
	}
	for i := range t.catalog.Entries {
		if id := t.catalog.Entries[i].ID; before[id] || !was[id] {
			s.kept[id] = true
		}
	}
	s.arrange()
}

// rearrange applies the filter anew.
func (s *Screen) rearrange() {
	s.kept = map[catalog.EntryID]bool{}
	s.arrange()
}

func (s *Screen) arrange() {
	s.table.arrange(s.filter, s.grid.State().Sort, s.kept)
	if row := s.table.row(s.chosen); row >= 0 {
		cell := s.grid.Selection().Cell
		if cell.Row != row {
			s.refresh()
			s.grid.Select(grid.Pos{Row: row, Col: cell.Col})
			return
		}
	}
	s.refresh()
	s.choose(s.grid.Selection())
}

// refresh shows the table as it is now.
func (s *Screen) refresh() {
	s.chips.count(s.table.counts())
	s.grid.Refresh()
	s.showMiddle()
	s.showStatus(s.grid.Selection())
	if !s.waiting { // else it is about to be shown anyway
		s.showEntry()
	}
}

// showMiddle puts the grid in its place, or says why it is empty.
func (s *Screen) showMiddle() {
	var empty fyne.CanvasObject
	switch {
	case s.draft == nil:
	case len(s.table.catalog.Entries) == 0:
		actions := container.NewHBox(
			kit.Primary(kit.Say(sayFromList), theme.ListIcon(), s.addFromTemplate),
			kit.Button(kit.Say(sayBlank), theme.ContentAddIcon(), s.addBlank))
		empty = kit.Empty(theme.DocumentIcon(), kit.Say(sayNothing), kit.Say(sayNothingDo), actions)
	case s.table.Rows() == 0:
		empty = kit.Empty(theme.SearchIcon(), kit.Say(sayNoMatch), kit.Say(sayNoMatchDo, len(s.table.catalog.Entries)),
			kit.Primary(kit.Say(sayClear), nil, s.clearFilter))
	}
	switch {
	case empty == nil && s.middle.Objects[0] != fyne.CanvasObject(s.grid):
		s.middle.Objects = []fyne.CanvasObject{s.grid}
		s.middle.Refresh()
	case empty != nil:
		s.middle.Objects = []fyne.CanvasObject{empty}
		s.middle.Refresh()
	}
}

func (s *Screen) showStatus(sel grid.Selection) {
	text := kit.Say(sayStatus, len(s.table.catalog.Entries))
	if n := s.table.Rows(); n != len(s.table.catalog.Entries) || !s.filter.isZero() {
		text += " · " + kit.Say(sayFiltered, n)
	}
	rows, cells, whole := 0, 0, len(sel.Ranges) > 0
	for _, r := range sel.Ranges {
		cells += r.Rows() * r.Cols()
		whole = whole && r.Whole
	}
	switch {
	case cells <= 1:
	case whole:
		rows = len(sel.Rows())
		text += " · " + kit.Say(sayPickedRows, rows)
	default:
		text += " · " + kit.Say(sayPickedCell, len(sel.Rows()), cells)
	}
	if s.draft != nil {
		if _, current := s.draft.Findings(); !current {
			text += " · " + kit.Say(sayChecking)
		}
	}
	s.status.SetText(text)
	stale := false
	if !s.filter.isZero() {
		folded := fold(s.filter.text)
		stale = slices.ContainsFunc(s.table.shown, func(i int) bool {
			return !s.table.passes(s.filter, folded, &s.table.catalog.Entries[i])
		})
	}
	show(s.stale, stale)
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// showSaved says while nothing can be saved, and why.
func (s *Screen) showSaved() {
	state := s.draft.Saved()
	note := ""
	var retry fyne.CanvasObject
	ground := kit.DangerSoft
	switch c := s.table.catalog; {
	case state.Status == work.SaveFailed:
		note = kit.Say(sayNotSaved, words.Explain(state.Err, kit.Lang()))
		retry = kit.Button(kit.Say(kit.WordRetry), theme.ViewRefreshIcon(), s.draft.Retry)
	case c.NotApplicable != nil:
		note, ground = kit.Say(sayUnused, c.NotApplicable.Reason), kit.WarnSoft
	}
	if note == "" {
		if s.banner.Visible() {
			s.banner.Hide()
			s.root.Refresh()
		}
		return
	}
	line := container.NewBorder(nil, nil, nil, retry, kit.Body(note))
	s.banner.Objects = []fyne.CanvasObject{kit.NewPanel(ground, "", 4, kit.Inset(2, line))}
	s.banner.Show()
	s.root.Refresh()
}

// build makes the heading of the draft that is open.
func (s *Screen) build() {
	info := s.draft.Sector()
	var name fyne.CanvasObject = kit.Heading(kit.Say(words.Sector(info)))
	if s.options.Sectors != nil {
		if all := s.options.Sectors(); len(all) > 1 {
			name = s.sectorChoice(all, info)
		}
	}
	add := kit.Primary(kit.Say(sayAdd), theme.ContentAddIcon(), nil)
	add.OnTapped = func() { s.popup(s.addMenu(), add) }
	more := kit.Button(kit.Say(sayMore), theme.MoreHorizontalIcon(), nil)
	more.OnTapped = func() { s.popup(s.moreMenu(), more) }
	s.heading.Objects = []fyne.CanvasObject{
		name, layout.NewSpacer(), add,
		kit.Button(kit.Say(sayRemove), theme.DeleteIcon(), s.remove),
		kit.Button(kit.Say(saySet), theme.DocumentCreateIcon(), s.setMany),
		kit.Button(kit.Say(sayFind), theme.SearchIcon(), func() { s.finder.open(true) }),
		more,
	}
	s.heading.Refresh()
}

func (s *Screen) sectorChoice(all []catalog.SectorInfo, now catalog.SectorInfo) fyne.CanvasObject {
	names := make([]string, len(all))
	at := 0
	for i, info := range all {
		names[i] = kit.Say(words.Sector(info))
		if info.Slug == now.Slug {
			at = i
		}
	}
	choice := kit.NewSelect(names, nil)
	choice.SetSelectedIndex(at)
	choice.OnChanged = func(string) {
		if i := choice.SelectedIndex(); i >= 0 && all[i].Slug != s.draft.Sector().Slug && s.options.OnSector != nil {
			s.options.OnSector(all[i].Slug)
		}
	}
	return choice
}

func (s *Screen) popup(m *fyne.Menu, below fyne.CanvasObject) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	widget.ShowPopUpMenuAtPosition(m, s.win.Canvas(), at.AddXY(0, below.Size().Height))
}

// tell shows a short message where there is a place for it.
func (s *Screen) tell(text, action string, fn func()) {
	if s.options.Tell != nil {
		s.options.Tell(text, kit.Plain, action, fn)
	}
}

// hook connects the grid.
func (s *Screen) hook() {
	g := s.grid
	g.OnSelect = s.choose
	g.CanEdit = func(row int, id string) string {
		c, ok := s.table.column(id)
		if !ok {
			return ""
		}
		s.editing = s.table.entry(row).ID
		return s.table.locked(s.table.entry(row), c)
	}
	g.OnEdit = s.edit
	g.EditWith = func(row int, id string) bool {
		c, ok := s.table.column(id)
		if !ok || s.pane == nil || !slices.Contains([]catalog.Field{catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers}, c.field) {
			return false
		}
		s.showEntry()
		s.pane.Go(c.field)
		return true
	}
	g.OnFill = func(sel grid.Selection, text string) {
		s.fill(sel, func(int, column) string { return text }, kit.Say(sayFillLabel))
	}
	g.OnClear = func(sel grid.Selection) { s.fill(sel, func(int, column) string { return "" }, kit.Say(sayClearLabel)) }
	g.OnFillDown = s.fillDown
	g.OnPaste = s.paste
	g.OnMenu = func(at fyne.Position) { widget.ShowPopUpMenuAtPosition(s.rowMenu(), s.win.Canvas(), at) }
	g.OnSort = func(grid.Sort) { s.arrange() }
	g.OnState = func(st grid.State) {
		if b, err := json.Marshal(st); err == nil && s.options.Prefs != nil {
			s.options.Prefs.SetString(prefColumns, string(b))
		}
	}
	g.Note = s.note
	g.OnShortcut = s.Shortcut
	g.OnKey = func(k *fyne.KeyEvent, _ fyne.KeyModifier) bool {
		if k.Name == fyne.KeyF6 && s.pane != nil && s.chosen != "" {
			s.showEntry()
			s.pane.Go("")
			return true
		}
		return false
	}
}

// note is what the marks of a cell mean.
func (s *Screen) note(row int, id string) string {
	c, ok := s.table.column(id)
	if !ok || row >= s.table.Rows() {
		return ""
	}
	e := s.table.entry(row)
	text := ""
	for _, f := range s.table.findings[e.ID] {
		if c.about(f, e) && weight(f) != grid.Plain {
			if text != "" {
				text += "\n"
			}
			text += words.Finding(f, kit.Lang())
		}
	}
	if text == "" {
		text = s.table.locked(e, c)
	}
	return text
}

// choose follows the selection with the pane.
func (s *Screen) choose(sel grid.Selection) {
	id := catalog.EntryID("")
	if len(sel.Ranges) > 0 && sel.Cell.Row < s.table.Rows() {
		id = s.table.entry(sel.Cell.Row).ID
	}
	s.showStatus(sel)
	s.remember()
	many := len(sel.Ranges) > 1 || len(sel.Ranges) == 1 && sel.Ranges[0].Rows() > 1
	if id == s.chosen && many == s.many && !many {
		return
	}
	s.many = many
	if s.draft != nil && id != s.chosen {
		s.draft.EndTyping()
		s.last[s.draft.Sector().Slug] = id
	}
	s.chosen = id
	now := time.Now()
	running := now.Sub(s.opened) < restTime
	s.opened = now
	if !running {
		s.showEntry()
		return
	}
	if s.waiting {
		s.stopped()
	}
	s.waiting = true
	s.stopped = s.rest(s.showEntry)
}

// edit takes what was typed into a cell.
func (s *Screen) edit(row int, id, text string) string {
	c, ok := s.table.column(id)
	e, there := s.draft.Entry(s.editing)
	if !ok || !there {
		return ""
	}
	p, differs := s.table.propose(&e, c, text)
	if !differs {
		return ""
	}
	if p.why != "" {
		return p.why
	}
	s.draft.EndTyping()
	err := s.draft.ChangeEntry(kit.Say(sayEditLabel, c.title), e.ID, func(e *catalog.Entry) error { return c.set(e, text) })
	if err != nil {
		return words.Explain(err, kit.Lang())
	}
	s.changed([]catalog.EntryID{e.ID})
	return ""
}

// Shortcut does what the keys of this screen mean, and reports whether they
// mean anything here.
func (s *Screen) Shortcut(sc fyne.Shortcut) bool {
	switch c := sc.(type) {
	case *fyne.ShortcutUndo:
		if s.options.Undo != nil {
			s.options.Undo()
			return true
		}
	case *fyne.ShortcutRedo:
		if s.options.Redo != nil {
			s.options.Redo()
			return true
		}
	case *desktop.CustomShortcut:
		switch {
		case c.Modifier == fyne.KeyModifierShortcutDefault && c.KeyName == fyne.KeyF:
			s.finder.open(false)
			return true
		case c.Modifier == fyne.KeyModifierShortcutDefault && c.KeyName == fyne.KeyH:
			s.finder.open(true)
			return true
		case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyUp:
			s.move(-1)
			return true
		case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyDown:
			s.move(1)
			return true
		}
	}
	return false
}
