package findings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// preview shows what fixing all findings of a rule would change, in the sectors
// that are listed, and fixes what stays ticked; of all rules where it is empty.
func (s *Screen) preview(rule string) {
	var sectors []catalog.Sector
	names := map[catalog.Sector]string{}
	for _, sh := range s.sheets {
		if s.filter.sector == "" || s.filter.sector == sh.info.Slug {
			sectors = append(sectors, sh.info.Slug)
			names[sh.info.Slug] = words.Sector(sh.info).In(kit.Lang())
		}
	}
	wanted := func(f check.Finding) bool { return rule == "" || f.Rule == rule }
	var fixes []work.Fixed
	kit.Busy(s.win, kit.Say(planning), func(ctx context.Context, step func(int, int)) (err error) {
		fixes, err = s.drafts.PlanFixes(ctx, sectors, wanted, step)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			kit.Fail(s.win, err)
		case len(fixes) == 0:
			kit.Tell(s.win, kit.Say(batch), kit.Say(previewNone))
		default:
			s.showPreview(rule, fixes, names)
		}
	})
}

// choice is the fixes to choose from.
type choice struct {
	fixes []work.Fixed
	on    []bool
	lines [][2]string // what is before and after, in short
	names map[catalog.Sector]string
}

func newChoice(rule string, fixes []work.Fixed, names map[catalog.Sector]string) *choice {
	c := &choice{fixes: fixes, on: make([]bool, len(fixes)), lines: make([][2]string, len(fixes)), names: names}
	for i, f := range fixes {
		c.on[i] = true
		for _, r := range f.Rules {
			c.on[i] = c.on[i] && (rule != "" || work.KeepsMeaning(r))
		}
		was, is := compare(f.Before, f.After)
		before, after := excerpt(was), excerpt(is)
		if before == "" {
			before = kit.Say(cellEmpty)
		}
		if after == "" {
			after = kit.Say(nothingLeft)
		}
		c.lines[i] = [2]string{before, after}
	}
	return c
}

func (c *choice) chosen() (out []work.Fixed) {
	for i, on := range c.on {
		if on {
			out = append(out, c.fixes[i])
		}
	}
	return out
}

func (s *Screen) showPreview(rule string, fixes []work.Fixed, names map[catalog.Sector]string) {
	c := newChoice(rule, fixes, names)
	var d *kit.Dialog
	ok := kit.Primary("", theme.ConfirmIcon(), func() {
		d.Hide()
		s.fix(c.chosen())
	})
	count := func() {
		n := len(c.chosen())
		ok.SetText(kit.Say(applyFixes, n))
		if n == 0 {
			ok.Disable()
		} else {
			ok.Enable()
		}
	}
	l := widget.NewList(func() int { return len(c.fixes) }, func() fyne.CanvasObject { return newTick() }, func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*tick).show(c, i, count)
	})
	l.OnSelected = func(i widget.ListItemID) {
		c.on[i] = !c.on[i]
		l.Unselect(i)
		l.RefreshItem(i)
		count()
	}
	all := func(on bool) func() {
		return func() {
			for i := range c.on {
				c.on[i] = on
			}
			l.Refresh()
			count()
		}
	}
	name, hint := kit.Say(previewAll), kit.Say(previewSafe)
	if rule != "" {
		name, hint = words.Rule(rule).In(kit.Lang()), ""
	}
	note := kit.Note(kit.Say(previewHint) + hint)
	bar := container.NewBorder(nil, nil, nil,
		container.NewHBox(kit.Quiet(kit.Say(tickAll), nil, all(true)), kit.Quiet(kit.Say(tickNone), nil, all(false))), note)
	count()
	content := container.NewBorder(bar, nil, nil, nil, kit.NewPanel("", kit.Line, 4, l))
	d = kit.Show(s.win, kit.Say(previewTitle, name), content,
		ok, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	d.Resize(fyne.NewSize(980, 600))
	settle(content)
}

// tick is one fix to choose.
type tick struct {
	widget.BaseWidget
	box           *kit.Check
	where, before *widget.Label
	after         *widget.Label
	content       fyne.CanvasObject
}

func newTick() *tick {
	t := &tick{box: kit.NewCheck("", nil), where: kit.Tag(""), before: widget.NewLabel(""), after: widget.NewLabel("")}
	for _, l := range []*widget.Label{t.where, t.before, t.after} {
		l.Truncation = fyne.TextTruncateEllipsis
	}
	t.before.Importance, t.after.Importance = widget.DangerImportance, widget.SuccessImportance
	arrow := container.NewCenter(kit.Tag(kit.Say(arrow)))
	texts := container.New(&halves{}, t.before, arrow, t.after)
	t.content = container.NewBorder(nil, nil, t.box, nil,
		container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*4), t.where, texts))
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer draws the fix.
func (t *tick) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

func (t *tick) show(c *choice, i int, changed func()) {
	f := c.fixes[i]
	t.box.OnChanged = nil
	t.box.SetChecked(c.on[i])
	t.box.OnChanged = func(on bool) { c.on[i] = on; changed() }
	where := c.names[f.Sector] + "　" + EntryName(&catalog.Entry{Path: f.Path}) + "　" + words.Field(f.Field).In(kit.Lang())
	t.where.SetText(where)
	t.before.SetText(c.lines[i][0])
	t.after.SetText(c.lines[i][1])
}

// halves puts two texts side by side with something narrow between them.
type halves struct{}

func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, m, b := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(a.Width+m.Width+b.Width, max(a.Height, m.Height, b.Height))
}

func (halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	middle := o[1].MinSize().Width
	half := (size.Width - middle) / 2
	for i, at := range []struct{ x, w float32 }{{0, half}, {half, middle}, {half + middle, half}} {
		o[i].Move(fyne.NewPos(at.x, 0))
		o[i].Resize(fyne.NewSize(at.w, size.Height))
	}
}
