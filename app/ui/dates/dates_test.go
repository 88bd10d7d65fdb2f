package dates

import (
	"testing"

	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/catalog"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want catalog.Date
	}{
		{"2026年3月2日", "2026-03-02"},
		{" 2026-3-2 ", "2026-03-02"},
		{"2026/03/02", "2026-03-02"},
		{"2026.3.2", "2026-03-02"},
		{"２０２６．３．２", "2026-03-02"},
		{"20260302", "2026-03-02"},
		{"26.3.2", "2026-03-02"},
		{"3月2日", "2026-03-02"},
		{"3月2号", "2026-03-02"},
		{"3.2", "2026-03-02"},
		{"12月30日", "2025-12-30"}, // nearer than the end of this year
		{"今天", "2026-01-05"},
		{"昨天", "2026-01-04"},
		{"2024年2月29日", "2024-02-29"},
		{"2026年2月29日", ""},
		{"13月1日", ""},
		{"2026年3月", ""}, // a month is no day
		{"三月二日", ""},
		{"", ""},
	} {
		got, ok := Read(tt.in, "2026-01-05")
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Read(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func field(t *testing.T) (*Field, func(string), func()) {
	t.Helper()
	uitest.App(t)
	f := New(func() catalog.Date { return "2026-03-02" }, nil)
	w := uitest.Window(t, container.NewVBox(f, kit.NewEntry()), 500, 600)
	return f, func(text string) { uitest.Tap(t, w, text) }, func() { f.open() }
}

func TestWhatIsTypedIsWrittenOut(t *testing.T) {
	f, _, _ := field(t)
	f.entry.SetText("3.1")
	f.entry.FocusLost()
	if f.entry.Text != "2026年3月1日" {
		t.Errorf("the field says %q", f.entry.Text)
	}
	f.entry.SetText("下周")
	f.entry.FocusLost()
	if _, ok := f.Day(); ok || !f.wrong.Visible() || f.entry.Text != "下周" {
		t.Errorf("nonsense: ok %v, said %v, text %q", ok, f.wrong.Visible(), f.entry.Text)
	}
	f.entry.SetText("")
	f.entry.FocusLost()
	if f.wrong.Visible() {
		t.Error("an empty field is called wrong")
	}
}

func TestPickingADay(t *testing.T) {
	f, tap, open := field(t)
	changes := 0
	f.OnChanged = func() { changes++ }
	open()
	tap("17")
	if d, ok := f.Day(); !ok || d != "2026-03-17" || changes == 0 {
		t.Errorf("picked %q, %d changes", d, changes)
	}
	open()
	tap("今天")
	if d, _ := f.Day(); d != "2026-03-02" {
		t.Errorf("today is %q", d)
	}
}

func TestInEnglishToo(t *testing.T) {
	f, _, _ := field(t)
	kit.SetLang(words.English)
	f.Set("2026-03-02")
	if f.entry.Text != "2026-03-02" {
		t.Errorf("set in English: %q", f.entry.Text)
	}
	if d, ok := f.Day(); !ok || d != "2026-03-02" {
		t.Errorf("read back: %q, %v", d, ok)
	}
}
