package entries

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// paneLabels are the fields' names, short enough to stand beside them.
var paneLabels = map[catalog.Field]words.Text{
	catalog.FieldPath: {ZH: "公开事项", EN: "Matter"}, catalog.FieldContent: {ZH: "公开内容", EN: "Content"},
	catalog.FieldBasis: {ZH: "公开依据", EN: "Basis"}, catalog.FieldTimeLimit: {ZH: "公开时限", EN: "Time limit"},
	catalog.FieldPublisher: {ZH: "公开主体", EN: "Publisher"}, catalog.FieldChannels: {ZH: "公开渠道", EN: "Channels"},
	catalog.FieldAudience: {ZH: "公开对象", EN: "Audience"}, catalog.FieldMode: {ZH: "公开方式", EN: "Mode"},
	catalog.FieldTiers: {ZH: "公开层级", EN: "Tiers"}, catalog.FieldCode: {ZH: "编码", EN: "Code"},
	catalog.FieldLink: {ZH: "链接", EN: "Link"}, catalog.FieldExtra: {ZH: "其他栏目", EN: "Others"},
}

var (
	paneContentHint = words.Text{ZH: "要公开哪些内容", EN: "What is disclosed"}
	paneLocked      = words.Text{ZH: "模板规定的内容，不能改。", EN: "Fixed by the template."}
	paneHint        = words.Text{ZH: "提示：%s", EN: "Hint: %s"}
	paneDiffers     = words.Text{ZH: "模板：%s", EN: "Template: %s"}
	paneRestore     = words.Text{ZH: "恢复模板值", EN: "Restore the template's"}
	paneRestored    = words.Text{ZH: "恢复模板值：%s", EN: "restored from the template: %s"}
	paneHistory     = words.Text{ZH: "修改记录…", EN: "History…"}
	paneLarge       = words.Text{ZH: "大窗口编辑（F4）", EN: "Large window (F4)"}
	paneCopy        = words.Text{ZH: "复制本栏", EN: "Copy this field"}
	paneNotTaken    = words.Text{ZH: "%s 您输入的内容还在，没有丢。", EN: "%s What you typed is still here."}
	paneNothing     = words.Text{ZH: "（空）", EN: "(empty)"}
)

// paneRow is a field: its label, its editor, and what is to be said of it.
type paneRow struct {
	widget.BaseWidget
	pane   *EntryPane
	field  catalog.Field
	editor field.Editor
	hooks  *field.Hooks
	text   *field.Text // the editor, where it is plain text

	label *paneLabel
	menu  *paneMore
	mark  *canvas.Rectangle
	notes *fyne.Container
	body  *fyne.Container

	active  bool // shows everything that can be done
	focused bool
	stored  string // what the draft says, as the editor was told last
	filled  bool   // stored holds something the editor has been given
	err     error  // why the draft did not take what was typed
	shown   decoration
}

// decoration is what stands around the editor; it is made anew only when it has
// changed.
type decoration struct {
	findings string
	template string
	hint     string
	err      string
	locked   bool
	active   bool
	lang     words.Lang
}

func newPaneRow(p *EntryPane, f catalog.Field) *paneRow {
	r := &paneRow{pane: p, field: f, mark: canvas.NewRectangle(color.Transparent), notes: container.New(field.Stack{Gap: 4})}
	r.ExtendBaseWidget(r)
	r.editor, r.hooks = r.newEditor()
	*r.hooks = field.Hooks{
		Changed: r.typed, Done: p.draft.EndTyping, Focused: r.gotFocus, Blurred: r.lostFocus, Resized: p.relayout,
		Undo: p.deps.Undo, Redo: p.deps.Redo, Key: p.key, Shortcut: p.shortcut,
	}
	r.mark.Hide()
	r.label = newPaneLabel(kit.Say(paneLabels[f]), func() { p.activate(r); p.focus(r.editor.First()) })
	r.menu = newPaneMore(r.openMenu)
	r.body = container.New(&paneRowLayout{label: r.label}, r.mark, r.label, r.menu, r.editor, r.notes)
	return r
}

func (r *paneRow) newEditor() (field.Editor, *field.Hooks) {
	p := r.pane
	switch r.field {
	case catalog.FieldPath:
		e := field.NewPath()
		return e, &e.Hooks
	case catalog.FieldContent:
		e := field.NewLongText(kit.Say(paneContentHint))
		r.text = e
		return e, &e.Hooks
	case catalog.FieldBasis:
		e := field.NewCitations(p.deps.Register)
		e.Today = p.deps.Today
		return e, &e.Hooks
	case catalog.FieldTimeLimit:
		e := field.NewLimit()
		return e, &e.Hooks
	case catalog.FieldPublisher:
		e := field.NewPublisher()
		return e, &e.Hooks
	case catalog.FieldChannels:
		e := field.NewChannels()
		return e, &e.Hooks
	case catalog.FieldAudience:
		e := field.NewAudience()
		return e, &e.Hooks
	case catalog.FieldMode:
		e := field.NewMode()
		return e, &e.Hooks
	case catalog.FieldTiers:
		e := field.NewTiers()
		return e, &e.Hooks
	case catalog.FieldLink:
		e := field.NewLink(func(address string) {
			if p.deps.OpenLink != nil {
				p.deps.OpenLink(address)
			}
		})
		return e, &e.Hooks
	case catalog.FieldExtra:
		e := field.NewExtra()
		return e, &e.Hooks
	}
	e := field.NewText("")
	r.text = e
	return e, &e.Hooks
}

// CreateRenderer shows the row.
func (r *paneRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// typed passes on what was typed. What the draft does not take stays in the
// editor, and comes back with its entry.
func (r *paneRow) typed(text string) {
	p := r.pane
	if p.id == "" {
		return
	}
	r.err = p.draft.Type(p.id, r.field, text)
	if r.err != nil {
		if p.unsent[p.id] == nil {
			p.unsent[p.id] = map[catalog.Field]string{}
		}
		p.unsent[p.id][r.field] = text
	} else {
		delete(p.unsent[p.id], r.field)
		if e, ok := p.draft.Entry(p.id); ok {
			p.entry = e
			r.stored = e.Text(r.field) // which need not be what was typed to the letter
		}
	}
	before := r.MinSize().Height
	r.update()
	if r.field == catalog.FieldPath {
		p.head.update()
	}
	if r.MinSize().Height != before {
		p.relayout()
	}
}

func (r *paneRow) gotFocus(part fyne.CanvasObject) {
	p := r.pane
	if !r.focused {
		if p.last != nil && p.last != r {
			p.last.focused = false
		}
		r.focused, p.last = true, r
	}
	p.activate(r)
	p.reveal(part)
}

func (r *paneRow) lostFocus() { r.focused = false }

// reset makes the row ready for another entry.
func (r *paneRow) reset() {
	r.active, r.filled, r.err = false, false, nil
	r.shown = decoration{}
	r.editor.Expand(false)
}

// update shows what the draft says, unless the editor shows it already, and what
// is to be said of it. It reports whether anything is shown otherwise than before.
func (r *paneRow) update() (changed bool) {
	p := r.pane
	now := p.entry.Text(r.field)
	unsent, kept := p.unsent[p.id][r.field]
	switch {
	case kept: // what was typed stays until the draft takes it, perhaps now
		if !r.filled {
			r.editor.Set(unsent)
			r.stored, r.filled, changed = now, true, true
		}
		if r.err = p.draft.Type(p.id, r.field, unsent); r.err == nil {
			delete(p.unsent[p.id], r.field)
			r.stored = unsent
			if e, ok := p.draft.Entry(p.id); ok {
				r.stored = e.Text(r.field)
			}
		}
	case !r.filled || now != r.stored:
		changed = true
		r.stored, r.filled = now, true
		r.editor.Set(now)
	}
	r.suggest()
	d := r.decorate()
	if d == r.shown {
		return changed
	}
	if d.locked != r.shown.locked {
		r.editor.Lock(d.locked)
	}
	r.shown = d
	r.render()
	return true
}

func (r *paneRow) suggest() {
	p := r.pane
	switch e := r.editor.(type) {
	case *field.Suggested:
		if r.field == catalog.FieldTimeLimit {
			e.Suggest(suggestions(4, append([]string{p.fromTmpl.TimeLimit.Text}, p.deps.TimeLimits...)...))
			return
		}
		own := p.draft.Unit()
		var all []string
		if p.tmpl != nil {
			all = append(all, p.fromTmpl.Publisher)
		}
		e.Suggest(suggestions(3, append(all, own.Publisher(), own.Name)...))
	case *field.Channels:
		e.Demand(p.fromTmpl.Channels)
	}
}

// suggestions are the first few different texts that say something.
func suggestions(n int, texts ...string) (out []string) {
	for _, s := range texts {
		if s != "" && !slices.Contains(out, s) && len(out) < n {
			out = append(out, s)
		}
	}
	return out
}

func (r *paneRow) decorate() decoration {
	p := r.pane
	d := decoration{active: r.active, lang: kit.Lang()}
	if p.tmpl != nil {
		d.locked = p.tmpl.Locks(r.field)
		d.hint = p.tmpl.Hints[r.field]
		if was := p.fromTmpl.Text(r.field); was != p.entry.Text(r.field) && was != "" {
			d.template = was
		}
	}
	if r.err != nil {
		d.err = words.Explain(r.err, kit.Lang())
	}
	var b strings.Builder
	for _, f := range p.found(r.field) {
		for _, s := range []string{f.Rule, string(f.Severity), f.Message, f.Fix, f.Disputed} {
			b.WriteString(s)
			b.WriteByte(0)
		}
	}
	d.findings = b.String()
	return d
}

// render makes the decoration. The editor is not touched.
func (r *paneRow) render() {
	d := r.shown
	r.notes.Objects = nil
	if d.err != "" {
		r.notes.Add(field.NewNote(kit.Say(paneNotTaken, d.err), kit.Danger))
	}
	for _, o := range r.findingsShown(true) {
		r.notes.Add(o)
	}
	if d.template != "" {
		was := field.NewNote(kit.Say(paneDiffers, paneLine(d.template)), kit.Muted)
		if !d.active {
			was.Max = 1
		}
		r.notes.Add(was)
		if d.locked || d.active {
			r.notes.Add(container.New(&field.Flow{}, r.tool(paneRestore, theme.HistoryIcon(), r.restoreTemplate)))
		}
	}
	if d.locked && (d.active || r.field != catalog.FieldPath) { // the names are fixed in nearly every entry
		r.notes.Add(field.NewNote(kit.Say(paneLocked), kit.Muted))
	}
	if d.hint != "" && d.active {
		r.notes.Add(field.NewNote(kit.Say(paneHint, d.hint), kit.Muted))
	}
	worst := kit.Plain
	for _, f := range r.pane.found(r.field) {
		if t := toneOf(f); f.Disputed == "" && t > worst {
			worst = t
		}
	}
	ink, _ := worst.Colours()
	if worst <= kit.Info {
		ink = kit.Muted
	}
	r.label.set(ink)
	r.mark.Hidden = worst <= kit.Info
	r.mark.FillColor = kit.Color(ink)
	r.mark.CornerRadius = 1.5
	r.mark.Refresh()
	field.Lay(r.body)
}

func (r *paneRow) tool(t words.Text, icon fyne.Resource, fn func()) *field.Tool {
	return field.NewTool(kit.Say(t), icon, r.hooks, fn)
}

// change is a change that is whole by itself.
func (r *paneRow) change(label, text string) {
	p := r.pane
	p.draft.EndTyping()
	r.err = p.draft.ChangeEntry(label, p.id, func(e *catalog.Entry) error { return e.SetText(r.field, text) })
	if r.err == nil {
		delete(p.unsent[p.id], r.field)
	}
	p.update()
}

func (r *paneRow) restoreTemplate() {
	if r.shown.template != "" {
		r.change(kit.Say(paneRestored, kit.Say(words.Field(r.field))), r.shown.template)
	}
}

// openLarge opens a text in a large window.
func (r *paneRow) openLarge() {
	p := r.pane
	if r.text == nil || p.deps.Win == nil || p.large != nil {
		return
	}
	p.largeOf = r
	p.large = field.OpenLarge(p.deps.Win, kit.Say(words.Field(r.field)), r.text, func() {
		p.large = nil
		p.focus(r.editor.First())
	})
	p.large.Update(r.findingsShown(false)...)
}

// openMenu offers what can be done with the field.
func (r *paneRow) openMenu() {
	c := r.pane.canvas()
	if c == nil {
		return
	}
	item := func(t words.Text, fn func(), off bool) *fyne.MenuItem {
		i := fyne.NewMenuItem(kit.Say(t), fn)
		i.Disabled = off
		return i
	}
	items := []*fyne.MenuItem{
		item(paneRestore, r.restoreTemplate, r.shown.template == ""),
		item(paneHistory, func() { r.pane.showHistory(r.field) }, false),
	}
	if r.text != nil {
		items = append(items, item(paneLarge, r.openLarge, false))
	}
	items = append(items, item(paneCopy, func() {
		fyne.CurrentApp().Clipboard().SetContent(r.editor.Text())
	}, r.editor.Text() == ""))
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.menu)
	x := min(at.X, c.Size().Width-m.MinSize().Width-4)
	y := at.Y + r.menu.Size().Height
	if y+m.MinSize().Height > c.Size().Height {
		y = at.Y - m.MinSize().Height
	}
	m.ShowAtPosition(fyne.NewPos(max(x, 0), max(y, 0)))
	c.Focus(m)
}

func toneOf(f check.Finding) kit.Tone {
	switch f.Severity {
	case check.Error:
		return kit.Alarm
	case check.Warning:
		return kit.Warning
	}
	return kit.Info
}

func paneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// paneLabel is a field's name; a click goes to the field.
type paneLabel struct {
	widget.BaseWidget
	text *field.Prose
	tap  func()
}

func newPaneLabel(text string, tap func()) *paneLabel {
	l := &paneLabel{text: field.NewProse(text), tap: tap}
	l.text.Color = kit.Muted
	l.ExtendBaseWidget(l)
	return l
}

func (l *paneLabel) set(ink fyne.ThemeColorName) {
	if l.text.Color != ink {
		l.text.Color = ink
		l.text.Refresh()
	}
}

// CreateRenderer shows the name.
func (l *paneLabel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(field.Stack{}, l.text))
}

// Tapped goes to the field.
func (l *paneLabel) Tapped(*fyne.PointEvent) { l.tap() }

// paneMore opens what can be done with a field. It is for the mouse: the menu key
// does the same, so that Tab goes from field to field.
type paneMore struct {
	widget.BaseWidget
	icon   *widget.Icon
	ground *kit.Panel
	tap    func()
}

func newPaneMore(tap func()) *paneMore {
	m := &paneMore{icon: widget.NewIcon(theme.NewColoredResource(theme.MoreVerticalIcon(), kit.Muted)), tap: tap}
	m.ground = kit.NewPanel("", "", 4, container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(18), m.icon)))
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer shows three points.
func (m *paneMore) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.ground) }

// Tapped opens the menu.
func (m *paneMore) Tapped(*fyne.PointEvent) { m.tap() }

// MouseIn marks it.
func (m *paneMore) MouseIn(*desktop.MouseEvent) { m.ground.SetColours(theme.ColorNameHover, "") }

// MouseMoved does nothing.
func (m *paneMore) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (m *paneMore) MouseOut() { m.ground.SetColours("", "") }

// paneRowLayout puts the label beside the editor where there is room, else above
// it, and below the editor what is said of it.
type paneRowLayout struct{ label *paneLabel }

const paneMarkWidth, paneGap, paneMoreWidth = 3, 6, 22

// beside reports whether label and editor stand beside each other.
func (l *paneRowLayout) beside(width float32) bool { return width >= 24*theme.TextSize() }

func (l *paneRowLayout) labelWidth() float32 { return 4*theme.TextSize() + 4 }

func (l *paneRowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	mark, label, more, editor, notes := objects[0], objects[1], objects[2], objects[3], objects[4]
	settle := func(o fyne.CanvasObject, x, y, w float32) float32 {
		o.Move(fyne.NewPos(x, y))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		for range 2 {
			if again := o.MinSize().Height; again != h {
				h = again
				o.Resize(fyne.NewSize(w, h))
			}
		}
		return h
	}
	x := float32(paneMarkWidth + paneGap)
	right := s.Width - paneMoreWidth
	var y float32
	entry := theme.TextSize()*1.42 + 2*theme.InnerPadding()
	more.Resize(fyne.NewSize(paneMoreWidth, 26))
	if l.beside(s.Width) {
		settle(label, x, (entry-theme.TextSize()*1.42)/2, l.labelWidth())
		x += l.labelWidth() + paneGap
		more.Move(fyne.NewPos(right, (entry-26)/2))
		y = settle(editor, x, 0, right-x-2)
	} else {
		more.Move(fyne.NewPos(right, 0))
		top := max(settle(label, x, 2, right-x), 24) + 2
		x = paneMarkWidth + paneGap/2
		y = top + settle(editor, x, top, s.Width-x)
		right = s.Width
	}
	if l.hasNotes(notes) {
		settle(notes, x, y+4, right-x-2)
	} else {
		notes.Resize(fyne.NewSize(0, 0))
	}
	mark.Move(fyne.NewPos(0, 0))
	mark.Resize(fyne.NewSize(paneMarkWidth, s.Height))
}

func (l *paneRowLayout) hasNotes(notes fyne.CanvasObject) bool {
	return len(notes.(*fyne.Container).Objects) > 0
}

func (l *paneRowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	mark, label, editor, notes := objects[0], objects[1], objects[3], objects[4]
	height := editor.MinSize().Height
	if width := mark.Position().X + objects[2].Position().X + paneMoreWidth; !l.beside(width) {
		height += max(label.MinSize().Height, 24) + 2
	}
	if l.hasNotes(notes) {
		height += notes.MinSize().Height + 4
	}
	return fyne.NewSize(120, height)
}
