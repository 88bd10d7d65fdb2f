package entries

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/field"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	paneHistoryOf    = words.Text{ZH: "修改记录：%s", EN: "History: %s"}
	paneHistoryWhole = words.Text{ZH: "本条", EN: "this entry"}
	paneReading      = words.Text{ZH: "正在读取…", EN: "Reading…"}
	paneNoHistory    = words.Text{ZH: "还没有修改过。", EN: "Nothing has been changed yet."}
	paneMade         = words.Text{ZH: "条目在这时建立", EN: "the entry was made"}
	paneRemoved      = words.Text{ZH: "条目在这时删除", EN: "the entry was removed"}
	paneFromTo       = words.Text{ZH: "%s：%s → %s", EN: "%s: %s → %s"}
	paneBackTo       = words.Text{ZH: "恢复到此时", EN: "Restore to this moment"}
	paneUseValue     = words.Text{ZH: "恢复为这个值", EN: "Restore this value"}
	paneRestoredTo   = words.Text{ZH: "恢复到%s：%s", EN: "restored to %s: %s"}
	paneNobody       = words.Text{ZH: "（未署名）", EN: "(no name)"}
)

// historyShown bounds how many steps are shown; nobody reads more.
const historyShown = 200

// paneStep is what one person did to the entry in one go.
type paneStep struct {
	at, from time.Time // of the last and the first edit of it
	by       string
	label    string
	made     bool
	removed  bool
	changes  []catalog.FieldChange
}

// stepsOf reads the edits of an entry, the newest first. Typing in one field, one
// stretch after the other, is one step. Of a field, only what concerns it.
func stepsOf(edits []catalog.Edit, id catalog.EntryID, f catalog.Field) ([]paneStep, error) {
	var steps []paneStep
	for _, e := range edits {
		for _, c := range e.Changes {
			if c.Target != catalog.TargetEntry || c.Key != string(id) {
				continue
			}
			before, hadBefore, err := entryOf(c.Before)
			if err != nil {
				return nil, fmt.Errorf("read edit %d: %w", e.Seq, err)
			}
			after, hadAfter, err := entryOf(c.After)
			if err != nil {
				return nil, fmt.Errorf("read edit %d: %w", e.Seq, err)
			}
			s := paneStep{at: e.At, from: e.At, by: e.By, label: e.Label, made: !hadBefore, removed: !hadAfter}
			if hadAfter {
				for _, d := range catalog.DiffEntries(&before, &after) {
					if f == "" && hadBefore || d.Field == f {
						s.changes = append(s.changes, d)
					}
				}
			}
			if f != "" && len(s.changes) == 0 || hadBefore && hadAfter && len(s.changes) == 0 {
				continue
			}
			if n := len(steps); n > 0 && steps[n-1].continues(s) {
				steps[n-1].from = s.at
				steps[n-1].changes[0].Before = s.changes[0].Before
				continue
			}
			steps = append(steps, s)
		}
	}
	return steps, nil
}

// continues reports whether the step goes on with what the older one did.
func (s *paneStep) continues(older paneStep) bool {
	return s.by == older.by && s.label == older.label && len(s.changes) == 1 && len(older.changes) == 1 &&
		!s.made && !older.made && !s.removed && !older.removed &&
		s.changes[0].Field == older.changes[0].Field && s.changes[0].Before == older.changes[0].After &&
		s.from.Sub(older.at) < 5*time.Minute
}

func entryOf(b json.RawMessage) (e catalog.Entry, there bool, err error) {
	if len(b) == 0 || string(b) == "null" {
		return e, false, nil
	}
	err = json.Unmarshal(b, &e)
	return e, true, err
}

// showHistory shows what was done to the entry, or to one of its fields, and
// takes it back to any moment.
func (p *EntryPane) showHistory(f catalog.Field) {
	if p.deps.Win == nil || p.id == "" {
		return
	}
	id := p.id
	p.draft.EndTyping()
	name := kit.Say(paneHistoryWhole)
	if f != "" {
		name = kit.Say(words.Field(f))
	}
	list := container.New(field.Stack{Gap: 10}, field.NewProse(kit.Say(paneReading)))
	scroll := container.NewVScroll(container.New(panePad{}, list))
	var d *kit.Dialog
	d = kit.Show(p.deps.Win, kit.Say(paneHistoryOf, name), scroll, kit.Primary(kit.Say(kit.WordClose), nil, func() { d.Hide() }))
	room := p.deps.Win.Canvas().Size()
	d.Resize(fyne.NewSize(min(room.Width*0.75, 820*theme.TextSize()/14), room.Height*0.8))
	var load func()
	load = func() {
		cancel := kit.Run(func(ctx context.Context) ([]paneStep, error) {
			edits, err := p.draft.History(ctx, id)
			if err != nil {
				return nil, err
			}
			return stepsOf(edits, id, f)
		}, func(steps []paneStep, err error) {
			if d.Closed() {
				return
			}
			list.RemoveAll()
			switch {
			case err != nil:
				list.Add(field.NewNote(words.Explain(err, kit.Lang()), kit.Danger))
				list.Add(container.New(&field.Flow{}, kit.Button(kit.Say(kit.WordRetry), nil, load)))
			case len(steps) == 0:
				list.Add(field.NewNote(kit.Say(paneNoHistory), kit.Muted))
			}
			for i := range steps[:min(len(steps), historyShown)] {
				list.Add(p.stepShown(&steps[i], i == 0, id, f, d))
			}
			scroll.Content.Refresh()
			scroll.Refresh()
		})
		d.OnClosed = cancel
	}
	load()
}

func (p *EntryPane) stepShown(s *paneStep, latest bool, id catalog.EntryID, f catalog.Field, d *kit.Dialog) fyne.CanvasObject {
	by := s.by
	if by == "" {
		by = kit.Say(paneNobody)
	}
	box := container.New(field.Stack{Gap: 2}, field.NewNote(words.When(s.at, p.deps.Now(), kit.Lang())+"　"+by+"　"+s.label, kit.Muted))
	switch {
	case s.made:
		box.Add(field.NewProse(kit.Say(paneMade)))
	case s.removed:
		box.Add(field.NewProse(kit.Say(paneRemoved)))
	}
	for _, c := range s.changes {
		line := field.NewProse(kit.Say(paneFromTo, kit.Say(words.Field(c.Field)), orEmpty(c.Before), orEmpty(c.After)))
		line.Max = 6
		box.Add(line)
	}
	if latest || s.removed {
		return box
	}
	if f != "" {
		value := s.changes[0].After
		box.Add(container.New(&field.Flow{}, kit.Quiet(kit.Say(paneUseValue), theme.HistoryIcon(), func() {
			d.Hide()
			for _, r := range p.rows {
				if r.field == f && p.id == id {
					r.change(kit.Say(paneRestoredTo, words.When(s.at, p.deps.Now(), kit.Lang()), kit.Say(words.Field(f))), value)
				}
			}
		})))
		return box
	}
	box.Add(container.New(&field.Flow{}, kit.Quiet(kit.Say(paneBackTo), theme.HistoryIcon(), func() {
		d.Hide()
		label := kit.Say(paneRestoredTo, words.When(s.at, p.deps.Now(), kit.Lang()), p.entry.Submatter())
		kit.Run(func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.draft.RestoreEntry(ctx, id, s.at, label)
		}, func(_ struct{}, err error) {
			if err != nil {
				kit.Fail(p.deps.Win, err)
			}
			p.update()
		})
	})))
	return box
}

func orEmpty(s string) string {
	if s == "" {
		return kit.Say(paneNothing)
	}
	return paneLine(s)
}
