package entries

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

var (
	paneFix        = words.Text{ZH: "一键修正", EN: "Correct it"}
	paneFixed      = words.Text{ZH: "一键修正：%s", EN: "corrected: %s"}
	paneBecomes    = words.Text{ZH: "改为：%s", EN: "Becomes: %s"}
	paneReason     = words.Text{ZH: "写明理由", EN: "Give a reason"}
	paneReasonWhat = words.Text{ZH: "为什么这里没有错？审核人员会看到。", EN: "Why is this right? Reviewers will see it."}
	paneReasonSave = words.Text{ZH: "写入理由", EN: "Record"}
	paneDisputed   = words.Text{ZH: "已写明理由：%s", EN: "Reason given: %s"}
	paneEditReason = words.Text{ZH: "修改理由", EN: "Edit"}
	paneDropReason = words.Text{ZH: "撤回理由", EN: "Take back"}
)

// findingsShown shows the findings of the row's field, with what can be done
// about them where acting.
func (r *paneRow) findingsShown(acting bool) []fyne.CanvasObject {
	return r.pane.findingsOf(r.pane.found(r.field), r.hooks, acting)
}

func (p *EntryPane) findingsOf(fs []check.Finding, on *field.Hooks, acting bool) (out []fyne.CanvasObject) {
	for _, f := range fs {
		out = append(out, p.findingShown(f, on, acting))
	}
	return out
}

func (p *EntryPane) findingShown(f check.Finding, on *field.Hooks, acting bool) fyne.CanvasObject {
	tone := toneOf(f)
	ink, ground := tone.Colours()
	if f.Disputed != "" {
		ink, ground = kit.Muted, theme.ColorNameHeaderBackground
	}
	box := container.New(field.Stack{Gap: 2}, field.NewNote(words.Finding(f, kit.Lang()), ink))
	tool := func(t words.Text, icon fyne.Resource, fn func()) fyne.CanvasObject {
		return field.NewTool(kit.Say(t), icon, on, fn)
	}
	acts := container.New(&field.Flow{Gap: 2})
	if f.Disputed != "" {
		box.Add(field.NewNote(kit.Say(paneDisputed, f.Disputed), ""))
	} else if f.Fix != "" {
		becomes := field.NewNote(kit.Say(paneBecomes, paneLine(changedPart(p.entry.Text(f.Field), f.Fix))), "")
		becomes.Max = 4
		box.Add(becomes)
		acts.Add(tool(paneFix, theme.ConfirmIcon(), func() { p.fix(f) }))
	}
	switch {
	case f.Disputed != "":
		acts.Add(tool(paneEditReason, nil, func() { p.askReason(f) }))
		acts.Add(tool(paneDropReason, nil, func() { p.dispute(f, "") }))
	case f.Severity != check.Info:
		acts.Add(tool(paneReason, theme.DocumentCreateIcon(), func() { p.askReason(f) }))
	}
	if acting && len(acts.Objects) > 0 {
		box.Add(acts)
	}
	return kit.NewPanel(ground, "", 4, container.New(layout.NewCustomPaddedLayout(4, 4, 7, 7), box))
}

// changedPart is what of the new text differs from the old, with a little around
// it; the whole where most does.
func changedPart(old, now string) string {
	a, b := []rune(old), []rune(now)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	j, k := len(a), len(b)
	for j > i && k > i && a[j-1] == b[k-1] {
		j--
		k--
	}
	const around = 8
	if len(b) <= 60 || k <= i { // short, or something only goes away
		return now
	}
	from, to := max(0, i-around), min(len(b), k+around)
	s := string(b[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(b) {
		s += "…"
	}
	return s
}

// fix puts a field right. What was found in an older text is looked for again in
// the present one, so that nothing typed since is lost.
func (p *EntryPane) fix(f check.Finding) {
	p.draft.EndTyping()
	fs, current := p.draft.Findings()
	if !current {
		p.toFix = &f
		return
	}
	p.toFix = nil
	for _, now := range fs {
		if now.Entry == p.id && f.Entry == p.id && now.Rule == f.Rule && now.Field == f.Field && now.Fix != "" && (now.Message == f.Message || now.Fix == f.Fix) {
			p.applyFix(now)
			return
		}
	}
	p.update()
}

func (p *EntryPane) applyFix(f check.Finding) {
	for _, r := range p.rows {
		if r.field == f.Field {
			r.change(kit.Say(paneFixed, kit.Say(words.Rule(f.Rule))), f.Fix)
			return
		}
	}
	label := kit.Say(paneFixed, kit.Say(words.Rule(f.Rule)))
	if err := p.draft.ChangeEntry(label, p.id, func(e *catalog.Entry) error { return e.SetText(f.Field, f.Fix) }); err != nil && p.deps.Win != nil {
		kit.Fail(p.deps.Win, err)
	}
	p.update()
}

func (p *EntryPane) askReason(f check.Finding) {
	if p.deps.Win == nil {
		return
	}
	kit.Ask(p.deps.Win, kit.Say(paneReason), words.Finding(f, kit.Lang())+"\n"+kit.Say(paneReasonWhat), f.Disputed, kit.Say(paneReasonSave),
		func(reason string) { p.dispute(f, reason) })
}

func (p *EntryPane) dispute(f check.Finding, reason string) {
	if err := p.draft.SetReason(f, reason); err != nil && p.deps.Win != nil {
		kit.Fail(p.deps.Win, err)
	}
	p.update()
}
