package entries

import (
	"testing"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/grid"
	"mulutong/app/ui/uitest"
	"mulutong/catalog"
	"mulutong/templates"
)

// troubled is a draft as it looks in the middle of the work.
func troubled(t testing.TB) *draft {
	d := newDraft(t, "social-assistance")
	c := d.c
	c.Entries[1].Publisher = ""
	set := func(i int, f catalog.Field, text string) {
		if err := c.Entries[i].SetText(f, text); err != nil {
			t.Fatal(err)
		}
	}
	set(2, catalog.FieldBasis, "《城市居民最低生活保障条例》（国务院令第271号）\n相关政策文件")
	set(3, catalog.FieldTimeLimit, "及时")
	set(4, catalog.FieldContent, "")
	own := c.Entries[5].Clone()
	own.ID, own.Template = d.NewID(), ""
	own.Path[1] = "入户调查记录"
	c.Entries = append(c.Entries[:6], append([]catalog.Entry{own}, c.Entries[6:]...)...)
	d.put(c)
	return d
}

func screen(w fyne.Window, d Draft, do func(s *Screen)) fyne.CanvasObject {
	s := New(w, Options{Register: templates.Embedded().Register(), Today: func() catalog.Date { return "2026-11-23" }})
	s.rest = atOnce
	w.SetContent(s.Content())
	s.Open(d)
	s.Focus()
	do(s)
	return s.Content()
}

// The page as it stands in the frame of a window of 1366 × 768.
func TestGolden(t *testing.T) {
	const w, h = 1218, 664
	pictures := []struct {
		name string
		do   func(s *Screen)
	}{
		{"entries", func(s *Screen) { s.grid.Select(grid.Pos{Row: 2, Col: 3}) }},
		{"entries-filtered", func(s *Screen) {
			s.filter.errors = true
			s.refilter()
			s.grid.SelectRange(grid.Pos{Row: 0, Col: 1}, grid.Pos{Row: 1, Col: 3})
		}},
		{"entries-find", func(s *Screen) {
			s.finder.open(true)
			s.finder.find.SetText("办理")
			s.finder.replace.SetText("受理")
			s.finder.preview()
		}},
		{"entries-remove", func(s *Screen) {
			s.grid.SelectRows(2, 4)
			s.remove()
		}},
		{"entries-fill", func(s *Screen) {
			s.grid.SelectRange(grid.Pos{Row: 1, Col: s.grid.Shown("channels")}, grid.Pos{Row: 4, Col: s.grid.Shown("channels")})
			s.setMany()
		}},
	}
	for _, p := range pictures {
		uitest.Golden(t, p.name, w, h, func(win fyne.Window) fyne.CanvasObject { return screen(win, troubled(t), p.do) })
	}
}
