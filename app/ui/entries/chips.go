package entries

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	sayErrors    = words.Text{ZH: "错误", EN: "Errors"}
	sayWarnings  = words.Text{ZH: "提醒", EN: "Warnings"}
	sayChanged   = words.Text{ZH: "与模板不同", EN: "Differs from template"}
	sayAdded     = words.Text{ZH: "自行新增", EN: "Not in template"}
	sayMissing   = words.Text{ZH: "缺少模板事项", EN: "Missing from template"}
	sayEmpty     = words.Text{ZH: "字段为空", EN: "Empty field"}
	sayEmptyOf   = words.Text{ZH: "“%s”为空", EN: "Empty: %s"}
	sayAnyEmpty  = words.Text{ZH: "不限", EN: "Any"}
	sayNoEmpty   = words.Text{ZH: "没有空着的字段", EN: "No field is empty"}
	sayContains  = words.Text{ZH: "筛选：输入要找的字", EN: "Filter by text"}
	sayClear     = words.Text{ZH: "清除筛选", EN: "Clear filter"}
	sayChipCount = words.Text{ZH: "%s %d", EN: "%s %d"}
)

// chips are the filters in a row: each tells how many entries it is about.
type chips struct {
	s                                *Screen
	row                              *fyne.Container
	errors, warnings, changed, added *kit.PushButton
	empty, clear, missing            *kit.PushButton
	text                             *searchEntry
	n                                counts
	wait                             *time.Timer
}

// searchEntry is a line of text that is no part of the draft.
type searchEntry struct{ kit.Entry }

func newSearchEntry(hint string) *searchEntry {
	e := &searchEntry{}
	e.SetPlaceHolder(hint)
	e.ExtendBaseWidget(e)
	return e
}

// OwnUndo keeps Ctrl+Z for the entry's own text.
func (e *searchEntry) OwnUndo() {}

func newChips(s *Screen) *chips {
	c := &chips{s: s}
	flip := func(on *bool) func() {
		return func() {
			*on = !*on
			s.refilter()
		}
	}
	c.errors = kit.Button("", nil, flip(&s.filter.errors))
	c.warnings = kit.Button("", nil, flip(&s.filter.warnings))
	c.changed = kit.Button("", nil, flip(&s.filter.changed))
	c.added = kit.Button("", nil, flip(&s.filter.added))
	c.empty = kit.Button("", theme.MenuDropDownIcon(), func() { s.popup(c.emptyMenu(), c.empty) })
	c.empty.IconPlacement = widget.ButtonIconTrailingText
	c.clear = kit.Quiet(kit.Say(sayClear), theme.CancelIcon(), s.clearFilter)
	c.text = newSearchEntry(kit.Say(sayContains))
	c.text.OnChanged = func(text string) {
		// With ten thousand entries each key would be a search: wait for the word.
		if c.wait != nil {
			c.wait.Stop()
		}
		if len(s.table.catalog.Entries) < 1000 {
			c.search(text)
			return
		}
		c.wait = time.AfterFunc(200*time.Millisecond, func() { kit.Do(func() { c.search(c.text.Text) }) })
	}
	c.text.OnEscape = func() {
		c.text.SetText("")
		s.grid.Focus()
	}
	c.text.OnSubmitted = func(string) { s.grid.Focus() }
	c.missing = kit.Button("", theme.WarningIcon(), func() { s.AddMissing() })
	c.missing.Hide()
	buttons := container.NewHBox(c.missing, c.errors, c.warnings, c.changed, c.added, c.empty)
	c.row = container.NewBorder(nil, nil, buttons, c.clear, c.text)
	c.count(counts{})
	return c
}

func (c *chips) search(text string) {
	if c.s.filter.text != text {
		c.s.filter.text = text
		c.s.refilter()
	}
}

// reset shows a filter that was set elsewhere.
func (c *chips) reset() {
	c.s.filter.text = ""
	c.text.SetText("")
	c.count(c.n)
}

// count shows the numbers, and which filters are on.
func (c *chips) count(n counts) {
	c.n = n
	f := c.s.filter
	set := func(b *kit.PushButton, label words.Text, n int, on bool) {
		text := kit.Say(sayChipCount, kit.Say(label), n)
		importance := widget.MediumImportance
		if on {
			importance = widget.HighImportance
		}
		if b.Text != text || b.Importance != importance {
			b.Text, b.Importance = text, importance
			b.Refresh()
		}
		if idle := n == 0 && !on; idle != b.Disabled() {
			if idle {
				b.Disable()
			} else {
				b.Enable()
			}
		}
	}
	set(c.errors, sayErrors, n.errors, f.errors)
	set(c.warnings, sayWarnings, n.warnings, f.warnings)
	set(c.changed, sayChanged, n.changed, f.changed)
	set(c.added, sayAdded, n.added, f.added)
	if text := kit.Say(sayChipCount, kit.Say(sayMissing), n.missing); c.missing.Text != text {
		c.missing.SetText(text)
		show(c.missing, n.missing > 0)
		c.row.Refresh()
	}
	label, importance := kit.Say(sayEmpty), widget.MediumImportance
	if f.empty != "" {
		label = kit.Say(sayChipCount, kit.Say(sayEmptyOf, kit.Say(words.Field(f.empty))), n.empty[f.empty])
		importance = widget.HighImportance
	}
	if c.empty.Text != label || c.empty.Importance != importance {
		c.empty.Text, c.empty.Importance = label, importance
		c.empty.Refresh()
	}
	if c.clear.Visible() == f.isZero() {
		show(c.clear, !f.isZero())
		c.row.Refresh()
	}
}

// emptyMenu lists the fields that are empty somewhere.
func (c *chips) emptyMenu() *fyne.Menu {
	pick := func(f catalog.Field) func() {
		return func() {
			c.s.filter.empty = f
			c.s.refilter()
		}
	}
	any := fyne.NewMenuItem(kit.Say(sayAnyEmpty), pick(""))
	any.Checked = c.s.filter.empty == ""
	items := []*fyne.MenuItem{any}
	for _, f := range fillable {
		if n := c.n.empty[f]; n > 0 {
			m := fyne.NewMenuItem(kit.Say(words.Field(f))+"  "+strconv.Itoa(n), pick(f))
			m.Checked = c.s.filter.empty == f
			items = append(items, m)
		}
	}
	if len(items) == 1 {
		none := fyne.NewMenuItem(kit.Say(sayNoEmpty), nil)
		none.Disabled = true
		items = append(items, none)
	}
	return fyne.NewMenu("", items...)
}

func (s *Screen) refilter() {
	s.grid.EndEditing()
	s.rearrange()
}

func (s *Screen) clearFilter() {
	s.filter = filter{}
	s.chips.reset()
	s.refilter()
	s.grid.Focus()
}
