package findings

import (
	"context"
	"slices"

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

// panel shows the chosen finding: what is wrong, what it would become, what can be
// done, and the rule.
type panel struct {
	screen  *Screen
	box     *fyne.Container
	scroll  *container.Scroll
	content fyne.CanvasObject
	shown   string // what it shows
}

func newPanel(s *Screen) *panel {
	p := &panel{screen: s, box: container.NewVBox()}
	p.scroll = container.NewVScroll(kit.Inset(4, p.box))
	p.content = kit.Card(p.scroll)
	p.show(nil)
	return p
}

// show shows a finding; nil: none.
func (p *panel) show(r *row) {
	key := ""
	if r != nil {
		key = keyOf(&r.finding) + r.finding.Fix + r.finding.Disputed + p.cell(&r.finding)
	}
	if key == p.shown && len(p.box.Objects) > 0 {
		return
	}
	p.shown = key
	if r == nil {
		p.box.Objects = []fyne.CanvasObject{kit.Empty(theme.InfoIcon(), kit.Say(chooseTitle), kit.Say(chooseOne), nil)}
	} else {
		p.box.Objects = p.about(r)
	}
	settle(p.box)
	p.scroll.Refresh()
	p.scroll.ScrollToTop()
}

// settle lays a container out until the texts that wrap have the room they need:
// how high they are they know only once they have their width.
func settle(c *fyne.Container) {
	for range 3 {
		c.Refresh()
	}
}

// cell is what the field says that a finding is about.
func (p *panel) cell(f *check.Finding) string {
	for _, sh := range p.screen.sheets {
		if sh.info.Slug != f.Sector || sh.catalog == nil || f.Entry == "" || f.Field == "" {
			continue
		}
		if e, ok := sh.catalog.Entry(f.Entry); ok {
			return e.Text(f.Field)
		}
	}
	return ""
}

func (p *panel) about(r *row) []fyne.CanvasObject {
	f, lang := r.finding, kit.Lang()
	name := kit.Heading(words.Rule(f.Rule).In(lang))
	name.Wrapping = fyne.TextWrapBreak
	where := r.sector + "　" + r.entry
	if f.Field != "" {
		where += "　" + words.Field(f.Field).In(lang)
	}
	out := []fyne.CanvasObject{
		container.NewBorder(nil, nil, centred(kit.NewBadge(kit.Say(words.Severity(f.Severity)), toneOf(f.Severity))), nil, name),
		kit.Note(where), kit.Body(words.Finding(f, kit.Lang())),
	}
	out = append(out, p.texts(&f)...)
	out = append(out, p.buttons(r))
	if f.Disputed != "" {
		out = append(out, kit.NewPanel(kit.GoodSoft, "", 4, kit.Inset(2, container.NewVBox(kit.Strong(kit.Say(whyGiven)), kit.Body(f.Disputed)))))
	}
	return append(out, p.rule(f.Rule)...)
}

// texts show what the cell says with the wrong words marked, and its fix.
func (p *panel) texts(f *check.Finding) []fyne.CanvasObject {
	if f.Entry == "" || f.Field == "" {
		return nil
	}
	cell := p.cell(f)
	was, is := wrongWords(cell, f.Message), []piece(nil)
	if f.Fix != "" {
		was, is = compare(cell, f.Fix)
	}
	if cell == "" {
		was = []piece{{kit.Say(cellEmpty), false}}
	}
	out := []fyne.CanvasObject{labelled(kit.Say(cellSays), marked(was, kit.Danger), theme.ColorNameInputBackground)}
	if is != nil {
		out = append(out, labelled(kit.Say(fixedSays), marked(is, kit.Good), theme.ColorNameInputBackground))
	}
	return out
}

func labelled(label string, text fyne.CanvasObject, ground fyne.ThemeColorName) fyne.CanvasObject {
	return tight(kit.Tag(label), kit.NewPanel(ground, kit.Line, 4, text))
}

// tight puts a text close below its label.
func tight(label, text fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()), label, text)
}

// marked is a text with its marked pieces in a colour.
func marked(ps []piece, ink fyne.ThemeColorName) *widget.RichText {
	t := widget.NewRichText()
	t.Wrapping = fyne.TextWrapBreak
	for _, p := range ps {
		style := widget.RichTextStyleInline
		if p.marked {
			style = widget.RichTextStyle{Inline: true, ColorName: ink, TextStyle: fyne.TextStyle{Bold: true, Underline: true}}
		}
		t.Segments = append(t.Segments, &widget.TextSegment{Text: p.text, Style: style})
	}
	return t
}

func (p *panel) buttons(r *row) fyne.CanvasObject {
	s, f := p.screen, r.finding
	row := container.NewHBox()
	if f.Fix != "" && f.Index >= 0 {
		row.Add(kit.Primary(kit.Say(fixOne), theme.ConfirmIcon(), func() { s.fixOne(f, p.cell(&f)) }))
		row.Add(kit.Button(kit.Say(goThere), nil, func() { s.open(f) }))
	} else {
		row.Add(kit.Primary(kit.Say(goThere), nil, func() { s.open(f) }))
	}
	if f.Disputed == "" {
		row.Add(kit.Button(kit.Say(writeWhy), nil, func() { s.askWhy(f) }))
	} else {
		row.Add(kit.Button(kit.Say(changeWhy), nil, func() { s.askWhy(f) }))
		row.Add(kit.Button(kit.Say(takeBack), nil, func() { s.answer([]check.Finding{f}, "", kit.Say(saidTaken)) }))
	}
	return row
}

// rule is what the manual says of a rule, which is in Chinese.
func (p *panel) rule(name string) []fyne.CanvasObject {
	if kit.Lang() != words.Chinese {
		return nil
	}
	i := slices.IndexFunc(check.Rules(), func(r check.Rule) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	r := check.Rules()[i]
	out := []fyne.CanvasObject{kit.Rule(), kit.Strong(kit.Say(aboutRule))}
	for _, part := range []struct {
		label words.Text
		text  string
	}{
		{whyRule, r.Why},
		{whatToDo, r.Do},
		{wrongOne, exampleText(r.Fails, r.Field, r.FailsWords)},
		{rightOne, exampleText(r.Passes, r.Field, r.PassesWords)},
	} {
		if part.text != "" {
			out = append(out, tight(kit.Tag(kit.Say(part.label)), kit.Body(part.text)))
		}
	}
	return out
}

// exampleText is what an example of a rule shows in words.
func exampleText(ex check.Example, f catalog.Field, inWords string) string {
	if inWords != "" {
		return inWords
	}
	for i := len(ex) - 1; i >= 0; i-- {
		if text, ok := ex[i][f]; ok {
			return quoted(text)
		}
		if text, ok := ex[i][catalog.FieldPath]; ok && (f == catalog.FieldMatter || f == catalog.FieldSubmatter) {
			return quoted(text)
		}
	}
	return ""
}

func quoted(text string) string {
	if text == "" {
		return kit.Say(cellEmpty)
	}
	return text
}

// fixOne makes one finding's fix.
func (s *Screen) fixOne(f check.Finding, before string) {
	fix := work.Fixed{Sector: f.Sector, Entry: f.Entry, Field: f.Field, Before: before, After: f.Fix, Rules: []string{f.Rule}}
	s.fix([]work.Fixed{fix})
}

// fix makes fixes and says how many.
func (s *Screen) fix(fixes []work.Fixed) {
	label := kit.Say(labelFix, len(fixes))
	kit.Busy(s.win, label, func(ctx context.Context, _ func(int, int)) error {
		n, err := s.drafts.Fix(ctx, label, fixes)
		if err == nil {
			kit.Do(func() {
				if n < len(fixes) {
					s.said(kit.Say(saidSkipped, n, len(fixes)-n))
				} else {
					s.said(kit.Say(saidFixed, n))
				}
			})
		}
		return err
	}, s.ended)
}

func (s *Screen) ended(err error) {
	if err != nil {
		kit.Fail(s.win, err)
	}
}

// askWhy asks for the reason why a finding is wrong.
func (s *Screen) askWhy(f check.Finding) {
	var others []check.Finding
	for _, r := range s.rows {
		if !r.head && r.finding.Rule == f.Rule && r.finding.Disputed == "" && keyOf(&r.finding) != keyOf(&f) {
			others = append(others, r.finding)
		}
	}
	text := kit.NewArea()
	text.SetMinRowsVisible(3)
	text.SetPlaceHolder(kit.Say(whySample))
	text.SetText(f.Disputed)
	too := kit.NewCheck(kit.Say(whyOthers, len(others)), nil)
	missing := kit.NewBadge(kit.Say(whyMissing), kit.Alarm)
	missing.Hide()
	box := container.NewVBox(kit.Body(words.Finding(f, kit.Lang())), kit.Note(kit.Say(whyHint)), text, container.NewHBox(missing))
	if len(others) > 0 {
		box.Add(too)
	}
	var d *kit.Dialog
	ok := kit.Primary(kit.Say(kit.WordSave), nil, func() {
		if catalog.Unfilled(text.Text) {
			missing.Show()
			s.win.Canvas().Focus(text)
			return
		}
		d.Hide()
		fs := []check.Finding{f}
		if too.Checked {
			fs = append(fs, others...)
		}
		s.answer(fs, text.Text, kit.Say(saidReason))
	})
	text.OnEscape = func() { d.Hide() }
	d = kit.Show(s.win, kit.Say(whyTitle), kit.Column(520, box), ok, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	s.win.Canvas().Focus(text)
}

// answer writes a reason against findings, or takes theirs back.
func (s *Screen) answer(fs []check.Finding, reason, done string) {
	kit.Busy(s.win, kit.Say(whyTitle), func(ctx context.Context, _ func(int, int)) error {
		err := s.drafts.Answer(ctx, fs, reason)
		if err == nil {
			kit.Do(func() { s.said(done) })
		}
		return err
	}, s.ended)
}
