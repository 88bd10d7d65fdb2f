package imports

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/uitest"
)

// lines writes what marks show at a width, a line each, what differs in brackets.
func lines(m *marks, width float32) []string {
	runs, n := m.flow(width)
	out := make([]string, n)
	for _, r := range runs {
		if r.differs {
			r.text = "[" + r.text + "]"
		}
		out[r.line] += r.text
	}
	return out
}

func TestMarksBreakLines(t *testing.T) {
	uitest.App(t)
	eight := float32(8*14 + 2) // characters
	for _, tt := range []struct {
		pieces []piece
		want   string
	}{
		{[]piece{{"社会救助信访通讯地址", false}, {"受理地点和", true}, {"举报电话", false}}, "社会救助信访通讯/地址[受理地点和]举/报电话"},
		{[]piece{{"一二三四五六七八、九十", false}}, "一二三四五六七八、/九十"}, // a comma does not begin a line
		{[]piece{{"一二三四五六七（九十）", false}}, "一二三四五六七/（九十）"}, // nor a bracket end one
		{[]piece{{"一二三四五", false}, {"六七（", true}, {"八", false}}, "一二三四五[六七]/[（]八"},
		{[]piece{{"一\n\n二", false}}, "一//二"},
		{[]piece{{"关于government work的", false}}, "关于government /work的"},
		{nil, ""},
	} {
		if got := strings.Join(lines(newMarks(tt.pieces, false), eight), "/"); got != tt.want {
			t.Errorf("%v is broken into %s, want %s", tt.pieces, got, tt.want)
		}
	}
}

func TestMarksAreAsHighAsTheirLines(t *testing.T) {
	uitest.App(t)
	m := newMarks([]piece{{strings.Repeat("公开", 40), true}}, true)
	m.Resize(fyne.NewSize(1000, 10))
	wide := m.MinSize().Height
	m.Resize(fyne.NewSize(200, 10))
	if narrow := m.MinSize().Height; narrow < 2*wide {
		t.Errorf("%v high at a fifth of the width, %v before", narrow, wide)
	}
}
