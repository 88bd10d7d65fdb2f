package field

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// clock is a time that tests move.
type clock struct{ at time.Time }

func newClock() *clock { return &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time { return c.at }

// stretchesOf types texts one character at a time, so long after each other, and
// returns what the stretches put in.
func stretchesOf(pause time.Duration, text string) []string {
	c := newClock()
	var p past
	before := ""
	for _, r := range text {
		after := before + string(r)
		p.add(editBetween(before, after), c.now())
		before = after
		c.at = c.at.Add(pause)
	}
	var out []string
	for _, s := range p.steps {
		out = append(out, string(s.in))
	}
	return out
}

func TestTypingIsCutAtClauses(t *testing.T) {
	const fast = 200 * time.Millisecond
	for _, tt := range []struct {
		name  string
		pause time.Duration
		text  string
		want  []string
	}{
		{"a sentence ends a stretch", fast, "每季度公开。村公示栏张贴", []string{"每季度公开。", "村公示栏张贴"}},
		{"marks stay with their sentence", fast, "是吗？！好的", []string{"是吗？！", "好的"}},
		{"a comma ends a clause", fast, "救助人数及标准，资金支出情况", []string{"救助人数及标准，", "资金支出情况"}},
		{"short items stay together", fast, "县、乡、村", []string{"县、乡、村"}},
		{"a new line", fast, "一\n二", []string{"一\n", "二"}},
		{"pauses", 3 * time.Second, "低保", []string{"低", "保"}},
		{"an input method's word is never torn", time.Millisecond, "公开。公开", []string{"公开。公开"}},
	} {
		if got := stretchesOf(tt.pause, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestRunsWithoutMarksEnd(t *testing.T) {
	text := ""
	for range 100 {
		text += "字"
	}
	if got := stretchesOf(100*time.Millisecond, text); len(got) < 2 || len(got) > 4 {
		t.Errorf("100 characters without a mark are %d stretches", len(got))
	}
}

func TestPastGoesBackAndForth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newClock()
		var p past
		texts := []string{rapid.StringOfN(rapid.RuneFrom([]rune("公开，。a\n")), 0, 12, -1).Draw(t, "start")}
		now := texts[0]
		for range rapid.IntRange(1, 30).Draw(t, "edits") {
			r := []rune(now)
			at := rapid.IntRange(0, len(r)).Draw(t, "at")
			out := min(rapid.IntRange(0, 2).Draw(t, "out"), len(r)-at)
			in := rapid.StringOfN(rapid.RuneFrom([]rune("低保。，x")), 0, 2, -1).Draw(t, "in")
			next := string(r[:at]) + in + string(r[at+out:])
			c.at = c.at.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "pause")) * time.Millisecond)
			if next == now {
				continue
			}
			p.add(editBetween(now, next), c.now())
			now = next
		}
		end := now
		for {
			text, _, ok := p.undo(now)
			if !ok {
				break
			}
			now = text
		}
		if now != texts[0] {
			t.Fatalf("all taken back is %q, want %q", now, texts[0])
		}
		for {
			text, cursor, ok := p.redo(now)
			if !ok {
				break
			}
			if cursor < 0 || cursor > len([]rune(text)) {
				t.Fatalf("cursor at %d of %q", cursor, text)
			}
			now = text
		}
		if now != end {
			t.Fatalf("all done again is %q, want %q", now, end)
		}
	})
}
