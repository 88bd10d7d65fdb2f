package entries

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

var (
	sayFindHint     = words.Text{ZH: "查找", EN: "Find"}
	sayReplaceHint  = words.Text{ZH: "替换为（可以空着，就是去掉）", EN: "Replace with (empty: take out)"}
	sayReplace      = words.Text{ZH: "替换…", EN: "Replace…"}
	sayEverywhere   = words.Text{ZH: "全部列", EN: "All columns"}
	sayInSelection  = words.Text{ZH: "仅选中的格", EN: "Selection only"}
	sayFound        = words.Text{ZH: "%d 处", EN: "%d found"}
	sayNotFound     = words.Text{ZH: "没有找到", EN: "Not found"}
	sayReplaceTitle = words.Text{ZH: "替换预览", EN: "Replace"}
	sayReplaceIntro = words.Text{ZH: "“%s”换成“%s”。不要换的，去掉前面的勾。", EN: "“%s” becomes “%s”. Untick what is to stay."}
	sayRemoveIntro  = words.Text{ZH: "去掉“%s”。不要去掉的，去掉前面的勾。", EN: "“%s” is taken out. Untick what is to stay."}
	sayDoReplace    = words.Text{ZH: "替换", EN: "Replace"}
	sayReplaceLabel = words.Text{ZH: "替换“%s”", EN: "Replace “%s”"}
)

// finder is the bar that finds texts in the cells shown, and replaces them.
type finder struct {
	s             *Screen
	row           *fyne.Container
	replacing     *fyne.Container
	find, replace *searchEntry
	column        *kit.Select
	within        *kit.Check
	found         *kit.Badge
	stop          func()
}

func newFinder(s *Screen) *finder {
	f := &finder{s: s, find: newSearchEntry(kit.Say(sayFindHint)), replace: newSearchEntry(kit.Say(sayReplaceHint)), found: kit.NewBadge("", kit.Plain)}
	f.find.OnChanged = func(string) { f.recount() }
	f.find.OnSubmitted = func(string) { f.next(1) }
	f.find.OnEscape, f.replace.OnEscape = f.close, f.close
	f.replace.OnSubmitted = func(string) { f.preview() }
	f.find.OnKey = func(k fyne.KeyName) bool {
		if k != fyne.KeyDown && k != fyne.KeyUp && k != fyne.KeyF3 {
			return false
		}
		if k == fyne.KeyUp {
			f.next(-1)
		} else {
			f.next(1)
		}
		return true
	}
	f.column = kit.NewSelect(nil, func(string) { f.recount() })
	f.within = kit.NewCheck(kit.Say(sayInSelection), func(bool) { f.recount() })
	f.replacing = container.NewBorder(nil, nil, nil, container.NewHBox(
		f.column, f.within, kit.Button(kit.Say(sayReplace), nil, f.preview)), f.replace)
	f.found.Hide()
	bar := container.NewGridWithColumns(2,
		container.NewBorder(nil, nil, nil, container.NewHBox(f.found,
			kit.Quiet("", theme.MoveUpIcon(), func() { f.next(-1) }),
			kit.Quiet("", theme.MoveDownIcon(), func() { f.next(1) })), f.find),
		f.replacing)
	f.row = container.NewBorder(nil, nil, nil, kit.Quiet("", theme.CancelIcon(), f.close), bar)
	f.row.Hide()
	return f
}

// open shows the bar with the keys in it.
func (f *finder) open(replace bool) {
	if f.s.draft == nil {
		return
	}
	f.s.grid.EndEditing()
	names := []string{kit.Say(sayEverywhere)}
	for _, c := range f.s.table.columns {
		names = append(names, c.title)
	}
	at := max(0, f.column.SelectedIndex())
	f.column.Options = names
	f.column.SetSelectedIndex(min(at, len(names)-1))
	f.row.Show()
	f.replacing.Hidden = !replace
	f.row.Refresh()
	f.s.root.Refresh()
	f.s.win.Canvas().Focus(f.find)
	f.find.TypedShortcut(&fyne.ShortcutSelectAll{})
	f.recount()
}

func (f *finder) close() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	if !f.row.Visible() {
		return
	}
	f.row.Hide()
	f.s.root.Refresh()
	f.s.grid.Focus()
}

// wants reports whether a column is searched.
func (f *finder) wants(c column) bool {
	i := f.column.SelectedIndex()
	return i <= 0 || i > len(f.s.table.columns) || f.s.table.columns[i-1].id == c.id
}

// recount counts the cells that hold the text, in the background.
func (f *finder) recount() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	text := f.find.Text
	if text == "" || !f.row.Visible() {
		f.found.Hide()
		f.row.Refresh()
		return
	}
	c, shown := f.s.table.lend(), append([]int(nil), f.s.table.shown...)
	var columns []column
	for _, col := range f.s.table.columns {
		if f.wants(col) {
			columns = append(columns, col)
		}
	}
	f.stop = kit.Run(func(ctx context.Context) (int, error) {
		n := 0
		for _, i := range shown {
			if ctx.Err() != nil {
				return 0, ctx.Err()
			}
			for _, col := range columns {
				n += strings.Count(col.text(&c.Entries[i]), text)
			}
		}
		return n, nil
	}, func(n int, err error) {
		if err != nil || f.find.Text != text {
			return
		}
		if n == 0 {
			f.found.Set(kit.Say(sayNotFound), kit.Warning)
		} else {
			f.found.Set(kit.Say(sayFound, n), kit.Info)
		}
		f.found.Show()
		f.row.Refresh()
	})
}

// next goes to the next cell, or the one before, that holds the text, and around
// at the end.
func (f *finder) next(by int) {
	t, g := f.s.table, f.s.grid
	text := f.find.Text
	width := len(f.columnsShown())
	n := t.Rows() * width
	if text == "" || n == 0 {
		return
	}
	columns := f.columnsShown()
	cell := g.Selection().Cell
	at := cell.Row*width + cell.Col
	for i := 1; i <= n; i++ {
		k := ((at+by*i)%n + n) % n
		row, col := k/width, k%width
		if f.wants(columns[col]) && strings.Contains(columns[col].text(t.entry(row)), text) {
			g.Select(grid.Pos{Row: row, Col: col})
			return
		}
	}
}

func (f *finder) columnsShown() []column {
	var out []column
	for i := 0; f.s.grid.Column(i) != ""; i++ {
		c, _ := f.s.table.column(f.s.grid.Column(i))
		out = append(out, c)
	}
	return out
}

// preview shows every replacement before it is made.
func (f *finder) preview() {
	s := f.s
	find, replace := f.find.Text, f.replace.Text
	if find == "" || find == replace {
		s.win.Canvas().Focus(f.find)
		return
	}
	var ps []proposal
	consider := func(e *catalog.Entry, c column) {
		old := c.text(e)
		if !f.wants(c) || !strings.Contains(old, find) {
			return
		}
		if p, ok := s.table.propose(e, c, strings.ReplaceAll(old, find, replace)); ok {
			ps = append(ps, p)
		}
	}
	if f.within.Checked {
		s.cells(s.grid.Selection(), func(_ int, e *catalog.Entry, c column) { consider(e, c) })
	} else {
		for row := range s.table.Rows() {
			for _, c := range s.table.columns {
				consider(s.table.entry(row), c)
			}
		}
	}
	if len(ps) == 0 {
		f.found.Set(kit.Say(sayNotFound), kit.Warning)
		f.found.Show()
		f.row.Refresh()
		return
	}
	intro := kit.Say(sayReplaceIntro, find, replace)
	if replace == "" {
		intro = kit.Say(sayRemoveIntro, find)
	}
	s.preview(kit.Say(sayReplaceTitle), intro, kit.Say(sayDoReplace), ps, nil, func(ps []proposal) {
		s.applyAndTell(kit.Say(sayReplaceLabel, excerpt(find, 12)), ps)
		f.recount()
	})
}
