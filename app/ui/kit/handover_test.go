package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
)

// hand is an entry that hears keys as X11 tells of them: a letter that an input
// method takes is pressed and brings no text.
type hand struct {
	*testing.T
	*kit.Entry
}

func newHand(t *testing.T, text string) *hand {
	t.Helper()
	uitest.App(t)
	e := kit.NewArea()
	w := uitest.Window(t, e, 400, 200)
	e.SetText(text)
	w.Canvas().Focus(e)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	return &hand{t, e}
}

func (h *hand) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		h.KeyDown(&fyne.KeyEvent{Name: k})
		h.Entry.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (h *hand) text(s string) {
	for _, r := range s {
		h.TypedRune(r)
	}
}

// becomes waits for the text, and that it stays.
func (h *hand) becomes(want string) {
	h.Helper()
	uitest.Settle()
	time.Sleep(1200 * time.Millisecond)
	uitest.Settle()
	if h.Text != want {
		h.Errorf("the text is %q, want %q", h.Text, want)
	}
}

func TestKeysOfAHalfTypedWordLeaveTheTextAlone(t *testing.T) {
	h := newHand(t, "甲")
	h.press("N", "I", "H", "O", fyne.KeyBackspace, "A", "O")
	h.press(fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight)
	h.becomes("甲")
	h.text("你好")
	h.becomes("甲你好")
	h.press(fyne.KeyBackspace) // now it is the text's
	if h.Text != "甲你" {
		t.Errorf("Backspace afterwards leaves %q", h.Text)
	}
}

func TestAMistakeInAHalfTypedWordIsMendedInPassing(t *testing.T) {
	h := newHand(t, "甲")
	h.press("N", "I", "H", "A", "P")
	time.Sleep(200 * time.Millisecond)
	h.press(fyne.KeyBackspace, "O", fyne.KeySpace) // faster than the wait for text
	h.text("你好")
	h.becomes("甲你好")
}

func TestAKeyFollowsTheTextThatWasTypedBeforeIt(t *testing.T) {
	h := newHand(t, "")
	h.press("N", "I", "H", "A", "O") // and Space: the word is on its way
	time.Sleep(200 * time.Millisecond)
	h.press(fyne.KeyReturn)
	h.text("你好")
	h.becomes("你好\n")

	h = newHand(t, "")
	h.press("A", "B", fyne.KeyReturn, "C") // faster than the letters come back
	h.text("abc")
	h.becomes("abc\n")
}

func TestEnterThatGivesTheLettersIsTheInputMethods(t *testing.T) {
	h := newHand(t, "")
	h.press("W", "P", "S")
	time.Sleep(200 * time.Millisecond)
	h.press(fyne.KeyReturn)
	h.text("wps")
	h.becomes("wps")
	h.press(fyne.KeyReturn)
	h.becomes("wps\n")
}

func TestKeysAreAtOnceWithoutAnInputMethod(t *testing.T) {
	h := newHand(t, "")
	for _, k := range []string{"A", "B"} {
		h.press(fyne.KeyName(k))
		h.text(k)
	}
	h.press(fyne.KeyReturn)
	h.text("c")
	if h.Text != "AB\nc" {
		t.Errorf("the text is %q", h.Text)
	}
	h.press("X", fyne.KeyReturn) // a letter that the input method has forgotten
	h.becomes("AB\nc")
	h.press("X") // given up with Esc in the input method
	h.press(fyne.KeyEscape)
	h.becomes("AB\nc")
	h.press(fyne.KeyBackspace)
	if h.Text != "AB\n" {
		t.Errorf("Backspace leaves %q", h.Text)
	}
}
