package entries

import (
	"strings"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	sayEditLabel   = words.Text{ZH: "修改%s", EN: "Edit %s"}
	sayFillLabel   = words.Text{ZH: "填写所选各格", EN: "Fill the selected cells"}
	sayClearLabel  = words.Text{ZH: "清空所选各格", EN: "Empty the selected cells"}
	sayDownLabel   = words.Text{ZH: "向下填充", EN: "Fill down"}
	sayPasteLabel  = words.Text{ZH: "粘贴", EN: "Paste"}
	sayPasteTitle  = words.Text{ZH: "粘贴预览", EN: "Paste"}
	sayFillTitle   = words.Text{ZH: "填写预览", EN: "Fill"}
	sayOverwrites  = words.Text{ZH: "会改动 %d 格，其中 %d 格原来有内容。", EN: "%d cells would change; %d of them hold something now."}
	sayCannot      = words.Text{ZH: "有 %d 格改不了，排在最前面。", EN: "%d cells cannot change; they come first."}
	sayBeyondRows  = words.Text{ZH: "粘贴的内容比这里多 %d 行，", EN: "There are %d rows more than entries here. "}
	sayAddRows     = words.Text{ZH: "把多出的 %d 行作为新条目添加", EN: "Add the %d rows beyond the end as new entries"}
	sayBeyondCols  = words.Text{ZH: "右边放不下的列不粘贴。", EN: "Columns beyond the right edge are left out."}
	sayDoPaste     = words.Text{ZH: "粘贴", EN: "Paste"}
	sayDoFill      = words.Text{ZH: "填写", EN: "Fill in"}
	sayNothingDone = words.Text{ZH: "没有可改的：所选各格已是这样，或不能改。", EN: "Nothing to change: the cells say so already, or are locked."}
	sayDone        = words.Text{ZH: "已改动 %d 格", EN: "%d cells changed"}
	sayDownNeeds   = words.Text{ZH: "请先选中要填充的几行，第一行的内容会填到下面各行。", EN: "Select the rows to fill first; the first one's text goes into those below."}
	sayUndo        = words.Text{ZH: "撤销", EN: "Undo"}
)

// many is how many filled cells may be overwritten without being shown first.
const many = 20

// propose what a function of the place makes of the selected cells.
func (s *Screen) proposals(sel grid.Selection, text func(row int, c column) string) []proposal {
	var ps []proposal
	s.cells(sel, func(row int, e *catalog.Entry, c column) {
		if p, ok := s.table.propose(e, c, text(row, c)); ok {
			ps = append(ps, p)
		}
	})
	return ps
}

// fill writes into all selected cells.
func (s *Screen) fill(sel grid.Selection, text func(row int, c column) string, label string) {
	s.settle(kit.Say(sayFillTitle), label, kit.Say(sayDoFill), s.proposals(sel, text))
}

// fillDown writes the first row of each range into the others.
func (s *Screen) fillDown(sel grid.Selection) {
	var ps []proposal
	for _, r := range sel.Ranges {
		if r.Rows() < 2 && r.From.Row > 0 && len(sel.Ranges) == 1 && !r.Whole {
			r.From.Row-- // one row takes what stands above it, as in Excel
		}
		if r.Rows() < 2 || r.Whole {
			continue
		}
		first := s.table.entry(r.From.Row)
		below := grid.Selection{Ranges: []grid.Range{{From: grid.Pos{Row: r.From.Row + 1, Col: r.From.Col}, To: r.To}}}
		ps = append(ps, s.proposals(below, func(_ int, c column) string { return c.text(first) })...)
	}
	if ps == nil {
		s.tell(kit.Say(sayDownNeeds), "", nil)
		return
	}
	s.settle(kit.Say(sayFillTitle), kit.Say(sayDownLabel), kit.Say(sayDoFill), ps)
}

// settle makes the changes, or shows them first where many cells are
// overwritten or some cannot change.
func (s *Screen) settle(title, label, yes string, ps []proposal) {
	able := doable(ps)
	overwritten := 0
	for _, p := range able {
		if p.old != "" {
			overwritten++
		}
	}
	switch {
	case len(ps) == 1 && len(able) == 0:
		s.grid.Tell(s.grid.Selection().Cell, ps[0].why)
	case len(ps) == 0:
		s.tell(kit.Say(sayNothingDone), "", nil)
	case len(able) == len(ps) && overwritten <= many:
		s.apply(label, ps)
	default:
		s.preview(title, s.summary(able, overwritten, len(ps)-len(able)), yes, ps, nil, func(ps []proposal) { s.applyAndTell(label, ps) })
	}
}

func (s *Screen) summary(able []proposal, overwritten, cannot int) string {
	text := kit.Say(sayOverwrites, len(able), overwritten)
	if cannot > 0 {
		text += kit.Say(sayCannot, cannot)
	}
	return text
}

func (s *Screen) applyAndTell(label string, ps []proposal) {
	n := len(doable(ps))
	if n > 0 && s.apply(label, ps) {
		s.tell(kit.Say(sayDone, n), kit.Say(sayUndo), s.options.Undo)
	}
}

// paste writes cells from a place on. Rows beyond the last entry can become
// entries of their own.
func (s *Screen) paste(at grid.Range, cells [][]string) {
	if s.draft == nil {
		return
	}
	var ps []proposal
	var beyond [][]string
	tooWide := false
	columns := make([]column, 0, len(s.table.columns))
	for i := at.From.Col; s.grid.Column(i) != ""; i++ {
		c, _ := s.table.column(s.grid.Column(i))
		columns = append(columns, c)
	}
	for i, line := range cells {
		row := at.From.Row + i
		if len(line) > len(columns) {
			tooWide = true
			line = line[:len(columns)]
		}
		if row >= s.table.Rows() {
			beyond = append(beyond, line)
			continue
		}
		for j, text := range line {
			if p, ok := s.table.propose(s.table.entry(row), columns[j], text); ok {
				ps = append(ps, p)
			}
		}
	}
	if len(beyond) == 0 && !tooWide {
		s.settle(kit.Say(sayPasteTitle), kit.Say(sayPasteLabel), kit.Say(sayDoPaste), ps)
		return
	}
	able := doable(ps)
	overwritten := 0
	for _, p := range able {
		if p.old != "" {
			overwritten++
		}
	}
	intro := s.summary(able, overwritten, len(ps)-len(able))
	if tooWide {
		intro += kit.Say(sayBeyondCols)
	}
	add := len(beyond) > 0
	var more fyne.CanvasObject
	if add {
		intro += kit.Say(sayBeyondRows, len(beyond))
		box := kit.NewCheck(kit.Say(sayAddRows, len(beyond)), func(on bool) { add = on })
		box.SetChecked(true)
		more = box
	}
	s.preview(kit.Say(sayPasteTitle), intro, kit.Say(sayDoPaste), ps, more, func(ps []proposal) {
		if !add {
			beyond = nil
		}
		s.pasteBeyond(ps, columns, beyond)
	})
}

// pasteBeyond writes the cells and adds an entry for each row beyond the last.
func (s *Screen) pasteBeyond(ps []proposal, columns []column, beyond [][]string) {
	ps = doable(ps)
	if len(ps) == 0 && len(beyond) == 0 {
		return
	}
	var fresh []catalog.Entry
	lost := 0
	for _, line := range beyond {
		e := s.blank()
		for j, text := range line {
			if strings.TrimSpace(text) != "" && columns[j].set(&e, text) != nil {
				lost++
			}
		}
		fresh = append(fresh, e)
	}
	ok := s.change(kit.Say(sayPasteLabel), func(c *catalog.Catalog) error {
		if err := write(c, ps); err != nil {
			return err
		}
		c.Entries = append(c.Entries, fresh...)
		return nil
	})
	if !ok {
		return
	}
	text := kit.Say(sayDone, len(ps))
	if len(fresh) > 0 {
		text += kit.Say(sayAddedToo, len(fresh))
	}
	if lost > 0 {
		text += kit.Say(sayLost, lost)
	}
	s.tell(text, kit.Say(sayUndo), s.options.Undo)
}

var (
	sayAddedToo = words.Text{ZH: "，新增 %d 条", EN: ", %d entries added"}
	sayLost     = words.Text{ZH: "；新条目中有 %d 格看不懂，没有填", EN: "; %d cells of the new entries could not be read and are empty"}
)
