package entries

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	saySetTitle = words.Text{ZH: "批量填写 %d 条", EN: "Fill in %d entries"}
	saySetIntro = words.Text{ZH: "把选中的 %d 条的同一栏填成一样的内容。", EN: "Gives one field the same value in the %d selected entries."}
	saySetField = words.Text{ZH: "填哪一栏", EN: "Field"}
	saySetNext  = words.Text{ZH: "预览", EN: "Preview"}
	saySetLabel = words.Text{ZH: "批量填写%s", EN: "Fill in %s"}
)

// setMany gives a field the same value in all selected entries: chosen with the
// editor of the field, shown before it is done.
func (s *Screen) setMany() {
	es := s.needSelected()
	if len(es) == 0 {
		return
	}
	var names []string
	var columns []column
	at := 0
	current, _ := s.table.column(s.grid.Column(s.grid.Selection().Cell.Col))
	for _, c := range s.table.columns {
		if c.field == catalog.FieldExtra {
			continue
		}
		if c.id == current.id {
			at = len(columns)
		}
		columns = append(columns, c)
		names = append(names, c.title)
	}
	var d *kit.Dialog
	var editor field.Editor
	place := container.NewStack()
	choice := kit.NewSelect(names, nil)
	show := func() {
		c := columns[max(0, choice.SelectedIndex())]
		editor = s.editor(c)
		editor.Set(common(es, c))
		editor.Expand(true)
		place.Objects = []fyne.CanvasObject{container.NewVScroll(kit.Inset(4, editor))}
		place.Refresh()
	}
	choice.OnChanged = func(string) { show() }
	choice.SetSelectedIndex(at)
	next := kit.Primary(kit.Say(saySetNext), nil, func() {
		c := columns[max(0, choice.SelectedIndex())]
		text := editor.Text()
		var ps []proposal
		for _, e := range s.selected() {
			if p, ok := s.table.propose(e, c, text); ok {
				ps = append(ps, p)
			}
		}
		d.Hide()
		if len(ps) == 0 {
			s.tell(kit.Say(sayNothingDone), "", nil)
			return
		}
		able := doable(ps)
		overwritten := 0
		for _, p := range able {
			if p.old != "" {
				overwritten++
			}
		}
		s.preview(kit.Say(sayFillTitle), s.summary(able, overwritten, len(ps)-len(able)), kit.Say(sayDoFill), ps, nil,
			func(ps []proposal) { s.applyAndTell(kit.Say(saySetLabel, c.title), ps) })
	})
	head := container.NewVBox(wide(kit.Say(saySetIntro, len(es)), 600),
		container.NewBorder(nil, nil, kit.Strong(kit.Say(saySetField)), nil, choice))
	d = kit.Show(s.win, kit.Say(saySetTitle, len(es)), container.NewBorder(head, nil, nil, nil, place), next,
		kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.OnClosed = s.grid.Focus
	size := s.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(640, size.Width*0.9), min(480, size.Height*0.85)))
	if f := editor.First(); f != nil {
		s.win.Canvas().Focus(f)
	}
}

// editor is the right one for a column.
func (s *Screen) editor(c column) field.Editor {
	switch c.field {
	case catalog.FieldChannels:
		return field.NewChannels()
	case catalog.FieldAudience:
		return field.NewAudience()
	case catalog.FieldMode:
		return field.NewMode()
	case catalog.FieldTiers:
		return field.NewTiers()
	case catalog.FieldTimeLimit:
		e := field.NewLimit()
		if s.options.TimeLimits != nil {
			e.Suggest(s.options.TimeLimits(s.draft.Sector().Slug))
		}
		return e
	case catalog.FieldBasis:
		if s.options.Register != nil {
			return field.NewCitations(s.options.Register)
		}
		return field.NewLongText("")
	case catalog.FieldContent:
		return field.NewLongText("")
	}
	return field.NewText("")
}

// common is what the entries all say in a column; empty where they differ.
func common(es []*catalog.Entry, c column) string {
	for _, e := range es {
		if c.text(e) != c.text(es[0]) {
			return ""
		}
	}
	return c.text(es[0])
}
