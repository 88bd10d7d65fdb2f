package kit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// otherFont begins a program with the toolkit's own font.
func otherFont(t *testing.T) {
	clear(widths)
	t.Cleanup(func() { clear(widths) })
	test.NewTempApp(t)
}

// No line begins with a mark that closes, none ends with one that opens, no word is
// cut, and nothing is lost, wherever a line of such a length can be broken.
func TestLinesEndWhereChineseDoes(t *testing.T) {
	otherFont(t)
	piece := rapid.SampledFrom([]string{"公开", "内容", "要素", "，", "。”", "（", "“", "《办法》", "2026", "word", " ", "\n", "%"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(piece).Draw(t, "text"), "")
		width := rapid.Float32Range(100, 300).Draw(t, "width")
		got := wrapped(text, width, false, 14)
		bare := strings.NewReplacer("\n", "", " ", "")
		if bare.Replace(got) != bare.Replace(text) {
			t.Fatalf("of %q is left %q", text, got)
		}
		lines := strings.Split(got, "\n")
		for i, line := range lines {
			if w := fyne.MeasureText(strings.TrimRight(line, " "), 14, fyne.TextStyle{}).Width; w > width+1 {
				t.Errorf("line %q has width %v, more than %v", line, w, width)
			}
			if strings.Contains(text, "\n") || i == 0 || line == "" || !strings.ContainsRune(noStart, []rune(line)[0]) {
				continue
			}
			before := []rune(lines[i-1])
			if n := BreakAt(len(before)-1, func(i int) rune { return before[i] }); n < len(before)-1 {
				t.Errorf("line %q of %q begins with a mark that closes", line, got)
			}
		}
	})
}

func TestALabelBreaksItsLines(t *testing.T) {
	otherFont(t)
	l := Body("“经保密审查，可以公开。”")
	one := l.MinSize().Height
	room := float32(2)
	for _, r := range "“经保密审查，可以公开" {
		room += WidthOf(r, false, theme.TextSize())
	}
	l.Resize(fyne.NewSize(room+2*theme.InnerPadding(), 100))
	if got := l.Label.Text; got != "“经保密审查，可以公\n开。”" {
		t.Errorf("the lines are %q", got)
	}
	if l.Text != "“经保密审查，可以公开。”" || l.MinSize().Height <= one {
		t.Errorf("the text is %q, its height %v", l.Text, l.MinSize().Height)
	}
	l.SetText("words are not cut in two")
	if got := l.Label.Text; strings.ReplaceAll(got, "\n", " ") != l.Text {
		t.Errorf("the lines are %q", got)
	}
}
