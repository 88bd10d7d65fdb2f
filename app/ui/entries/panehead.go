package entries

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

var (
	panePlace       = words.Text{ZH: "第 %d / %d 条", EN: "%d of %d"}
	paneUntitled    = words.Text{ZH: "（没有名称）", EN: "(no name)"}
	paneErrors      = words.Text{ZH: "%d 处错误", EN: "Errors: %d"}
	paneWarnings    = words.Text{ZH: "%d 处提醒", EN: "Warnings: %d"}
	paneAlsoCalled  = words.Text{ZH: "又名：%s", EN: "Also called: %s"}
	paneUnconfirmed = words.Text{ZH: "待核：模板的这一条还没有与国家指引核对，请以本地正式文本为准。", EN: "Unconfirmed: this entry of the template was not read against the guideline."}
	paneOwn         = words.Text{ZH: "本单位增加的条目，模板里没有。", EN: "The unit's own entry; the template has none like it."}
	paneExpand      = words.Text{ZH: "展开", EN: "More"}
	paneLess        = words.Text{ZH: "收起", EN: "Less"}
)

// paneHead says which entry is shown and how it stands; below it, scrolling with
// the fields, what the template tells of it as a whole.
type paneHead struct {
	widget.BaseWidget
	pane   *EntryPane
	hooks  *field.Hooks
	matter *field.Prose
	name   *field.Prose
	place  *field.Prose
	errors *kit.Badge
	warns  *kit.Badge
	about  *field.Prose
	more   *field.Tool
	found  *fyne.Container
	intro  *fyne.Container // about and found; it scrolls with the fields
	open   bool
	shown  string
	body   *fyne.Container
}

func newPaneHead(p *EntryPane) *paneHead {
	h := &paneHead{
		pane: p, matter: field.NewNote("", kit.Muted), name: field.NewProse(""), place: field.NewNote("", kit.Muted),
		about: field.NewNote("", kit.Muted), found: container.New(field.Stack{Gap: 4}),
	}
	h.ExtendBaseWidget(h)
	h.hooks = &field.Hooks{Key: p.key, Shortcut: p.shortcut}
	h.name.Bold, h.place.Line = true, true
	h.matter.Max, h.name.Max = 1, 2
	h.errors, h.warns = kit.NewBadge("", kit.Alarm), kit.NewBadge("", kit.Warning)
	step := func(icon fyne.Resource, by int) fyne.CanvasObject {
		return field.NewTool("", icon, h.hooks, func() { p.step(by) })
	}
	history := field.NewTool("", theme.HistoryIcon(), h.hooks, func() { p.showHistory("") })
	h.more = field.NewTool(kit.Say(paneExpand), nil, h.hooks, func() {
		h.open = !h.open
		h.shown = ""
		h.update()
		p.relayout()
	})
	top := container.New(field.Beside{Gap: 2},
		container.New(field.Stack{}, container.New(&field.Flow{Gap: 8}, h.place, h.errors, h.warns), h.matter, h.name),
		step(theme.MoveUpIcon(), -1), step(theme.MoveDownIcon(), 1), history)
	h.intro = container.New(field.Stack{Gap: 4}, container.New(field.Beside{Gap: 2}, h.about, h.more), h.found)
	h.body = container.New(field.Stack{}, container.New(layout.NewCustomPaddedLayout(6, 6, 11, 11), top), kit.Rule())
	return h
}

// CreateRenderer shows the head.
func (h *paneHead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(field.Stack{}, kit.NewPanel(kit.Surface, "", 0, h.body)))
}

// update brings the head up to date, and reports whether it has changed.
func (h *paneHead) update() bool {
	p := h.pane
	e := &p.entry
	place := ""
	if p.deps.Place != nil {
		if at, of, ok := p.deps.Place(p.id); ok {
			place = kit.Say(panePlace, at+1, of)
		}
	}
	matter := strings.Join(e.Path[:max(0, len(e.Path)-1)], " / ")
	name := kit.Say(paneUntitled)
	if len(e.Path) > 0 {
		name = e.Path[len(e.Path)-1]
	}
	var errors, warnings int
	var whole []check.Finding // about the entry, or a field the pane has no row for
	var b strings.Builder
	for _, f := range p.findings {
		switch {
		case f.Disputed != "" || f.Severity == check.Info:
		case f.Severity == check.Error:
			errors++
		default:
			warnings++
		}
		if !slices.ContainsFunc(p.rows, func(r *paneRow) bool { return slices.Contains(rowFields(r), f.Field) }) {
			whole = append(whole, f)
			b.WriteString(f.Rule + f.Message + f.Fix + f.Disputed)
		}
	}
	about := h.aboutTemplate()
	key := strings.Join([]string{place, matter, name, strconv.Itoa(errors), strconv.Itoa(warnings), b.String(), about, strconv.FormatBool(h.open), string(p.id)}, "\x00")
	if key == h.shown {
		return false
	}
	h.shown = key
	h.place.SetText(place)
	h.place.Hidden = place == ""
	h.matter.SetText(matter)
	h.matter.Hidden = matter == ""
	h.name.SetText(name)
	h.errors.Set(kit.Say(paneErrors, errors), kit.Alarm)
	h.errors.Hidden = errors == 0
	h.warns.Set(kit.Say(paneWarnings, warnings), kit.Warning)
	h.warns.Hidden = warnings == 0
	h.about.Max = 2
	if h.open {
		h.about.Max = 0
	}
	h.about.SetText(about)
	h.about.Hidden = about == ""
	h.about.Refresh()
	h.more.SetText(kit.Say(paneExpand))
	if h.open {
		h.more.SetText(kit.Say(paneLess))
	}
	h.more.Hidden = about == "" || !h.open && !h.about.Cut()
	h.found.Objects = p.findingsOf(whole, h.hooks, true)
	h.intro.Hidden = about == "" && len(whole) == 0
	field.Lay(h.intro)
	field.Lay(h.body)
	return true
}

// rowFields are the fields whose findings a row shows.
func rowFields(r *paneRow) []catalog.Field {
	if r.field == catalog.FieldPath {
		return []catalog.Field{catalog.FieldPath, catalog.FieldMatter, catalog.FieldSubmatter}
	}
	return []catalog.Field{r.field}
}

func (h *paneHead) aboutTemplate() string {
	p := h.pane
	var parts []string
	switch {
	case p.tmpl == nil && p.templated:
		parts = append(parts, kit.Say(paneOwn))
	case p.tmpl != nil:
		if p.tmpl.Hint != "" {
			parts = append(parts, kit.Say(paneHint, p.tmpl.Hint))
		}
		if !p.tmpl.Confirmed {
			parts = append(parts, kit.Say(paneUnconfirmed))
			if len(p.tmpl.AlsoCalled) > 0 {
				parts = append(parts, kit.Say(paneAlsoCalled, strings.Join(p.tmpl.AlsoCalled, "；")))
			}
		}
	}
	return strings.Join(parts, "\n")
}
