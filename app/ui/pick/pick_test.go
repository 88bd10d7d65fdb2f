package pick

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/work"
	"mulutong/catalog"
)

func TestTickingByMouseAndKeyboard(t *testing.T) {
	uitest.App(t)
	changes := 0
	l := NewList(func() { changes++ })
	w := uitest.Window(t, l, 500, 120)
	var items []Item
	for _, id := range []string{"甲", "乙", "丙", "丁", "戊", "己"} {
		items = append(items, Item{ID: id, Name: id + "事项", Detail: "3 条", Badge: "待签发", Tone: kit.Plain})
	}
	l.SetItems(items)
	l.rows[1].Tapped(nil)
	if got := l.Chosen(); !slices.Equal(got, []string{"乙"}) || changes != 1 {
		t.Errorf("after a click %q, %d changes", got, changes)
	}
	w.Canvas().Focus(l.rows[0])
	uitest.Press(w, fyne.KeyEnd)
	w.Canvas().Focused().TypedRune(' ')
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyReturn)
	if got := l.Chosen(); !slices.Equal(got, []string{"乙", "戊", "己"}) {
		t.Errorf("after the keys %q", got)
	}
	if l.from.Offset.Y == 0 {
		t.Error("the list did not follow the focus")
	}
	// What is ticked stays, whatever comes and goes around it.
	l.SetItems(items[1:5])
	if got := l.Chosen(); !slices.Equal(got, []string{"乙", "戊"}) {
		t.Errorf("of fewer items %q are ticked", got)
	}
	l.Choose(func(id string) bool { return id == "丙" })
	if got := l.Chosen(); !slices.Equal(got, []string{"丙"}) || changes != 3 {
		t.Errorf("chosen by the screen: %q, %d changes", got, changes)
	}
	l.SetItems(nil)
	l.focus(3)
	if got := l.Chosen(); got != nil {
		t.Errorf("of nothing %q are ticked", got)
	}
}

func TestSectorsSayWhatStopsThemFirst(t *testing.T) {
	signed := &catalog.SignOff{Revision: 3}
	info := catalog.SectorInfo{Slug: "tax", Name: "税收管理"}
	for _, tt := range []struct {
		state  work.SectorState
		detail string
		badge  string
		tone   kit.Tone
	}{
		{work.SectorState{Entries: 7}, "7 条", "待签发", kit.Plain},
		{work.SectorState{Entries: 7, Tally: work.Tally{Warnings: 2}}, "提醒 2　7 条", "待签发", kit.Plain},
		{work.SectorState{Entries: 7, SignOff: signed, Signed: true}, "7 条", "已签发", kit.Success},
		{work.SectorState{Entries: 7, SignOff: signed}, "7 条", "签发后改过", kit.Warning},
		{work.SectorState{Entries: 7, SignOff: signed, Signed: true, Tally: work.Tally{Errors: 1, Warnings: 4}}, "7 条", "错误 1", kit.Alarm},
		{work.SectorState{NotApplicable: "没有"}, "不涉及", "待签发", kit.Plain},
	} {
		tt.state.Info = info
		it := Sector(&tt.state)
		if it.ID != "tax" || it.Name != "税收管理" || it.Detail != tt.detail || it.Badge != tt.badge || it.Tone != tt.tone {
			t.Errorf("Sector(%+v) = %+v", tt.state, it)
		}
	}
}
