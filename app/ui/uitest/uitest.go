// Package uitest tries screens without a display: a window of a given size, its
// picture compared with a golden one in light and dark at 100 and 150 %, its
// texts in both languages, clicks and keys by what people read.
//
// Background work started by kit.Run comes back only in Settle, on the test's
// own goroutine, so that tests are the same every time.
package uitest

import (
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
)

// queue holds what background work wants done on the UI goroutine.
var queue struct {
	sync.Mutex
	fns []func()
}

// shared is the one app of a test binary: each new one, like each change of the
// look, parses the fonts again.
var shared struct {
	app  fyne.App
	look kit.Look
}

// App starts Fyne's test driver with our look, in Chinese, for one test.
func App(t testing.TB) fyne.App { return AppWith(t, kit.Look{Mode: kit.Light, Scale: 1}) }

// AppWith is App with a look.
func AppWith(t testing.TB, look kit.Look) fyne.App {
	t.Helper()
	if shared.app == nil || fyne.CurrentApp() != shared.app { // some other test made another
		shared.app, shared.look = test.NewApp(), kit.Look{}
	}
	if shared.look != look {
		shared.look = look
		shared.app.Settings().SetTheme(kit.NewTheme(look))
	}
	kit.SetLang(words.Chinese)
	kit.SetDo(func(fn func()) {
		queue.Lock()
		queue.fns = append(queue.fns, fn)
		queue.Unlock()
	})
	t.Cleanup(func() {
		Settle()
		kit.SetDo(nil)
		kit.SetLang(words.Chinese)
	})
	return shared.app
}

// Pump does what background work has asked for so far, and reports whether
// there was anything.
func Pump() bool {
	queue.Lock()
	fns := queue.fns
	queue.fns = nil
	queue.Unlock()
	for _, fn := range fns {
		fn()
	}
	return len(fns) > 0
}

// patience is how long background work may take, on a machine that is busy with
// other things and under the race detector too.
const patience = 2 * time.Minute

// Settle waits until no background work of kit.Run is under way and everything
// it asked for is done.
func Settle() {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if !Pump() && kit.Running() == 0 {
			return
		}
		time.Sleep(200 * time.Microsecond)
	}
	panic("background work does not end")
}

// WaitFor pumps until cond holds, and fails the test when it does not in time.
func WaitFor(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		Pump()
		if cond() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

// Window shows content in a window of a size, in an app of App.
func Window(t testing.TB, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// walk visits what can be seen below o, parents first.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// roots are the trees of a window: its content and what lies over it.
func roots(w fyne.Window) []fyne.CanvasObject {
	return append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...)
}

// Find returns the visible objects of a type in a window, in drawing order.
func Find[T fyne.CanvasObject](w fyne.Window) []T {
	var found []T
	for _, root := range roots(w) {
		found = append(found, In[T](root)...)
	}
	return found
}

// In returns the visible objects of a type below o, in drawing order.
func In[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var found []T
	walk(o, func(o fyne.CanvasObject) {
		if v, ok := o.(T); ok {
			found = append(found, v)
		}
	})
	return found
}

// Texts are the texts drawn in a window, in drawing order.
func Texts(w fyne.Window) []string {
	var out []string
	for _, text := range Find[*canvas.Text](w) {
		if strings.TrimSpace(text.Text) != "" {
			out = append(out, text.Text)
		}
	}
	return out
}

// Shows reports whether a window shows a text, lines and spaces aside.
func Shows(w fyne.Window, text string) bool {
	bare := strings.NewReplacer("\n", "", " ", "")
	return strings.Contains(bare.Replace(strings.Join(Texts(w), "")), bare.Replace(text))
}

// MustShow fails the test where a window does not show a text.
func MustShow(t testing.TB, w fyne.Window, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !Shows(w, text) {
			t.Errorf("the window does not show %q; it shows %q", text, Texts(w))
		}
	}
}

// Tap clicks the last drawn thing that can be clicked and reads text, such as a
// button, a check or a link; the last one lies on top.
func Tap(t testing.TB, w fyne.Window, text string) {
	t.Helper()
	var target fyne.Tappable
	for _, root := range roots(w) {
		walk(root, func(o fyne.CanvasObject) {
			tappable, ok := o.(fyne.Tappable)
			if ok && reads(o) == text {
				target = tappable
			}
		})
	}
	if target == nil {
		t.Fatalf("nothing to click reads %q; the window shows %q", text, Texts(w))
	}
	if d, ok := target.(fyne.Disableable); ok && d.Disabled() {
		t.Fatalf("%q cannot be clicked now", text)
	}
	test.Tap(target)
}

// reads is all that is written on an object.
func reads(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, text := range In[*canvas.Text](o) {
		b.WriteString(text.Text)
	}
	return b.String()
}

// Press gives a key to what has the focus, or else to the window.
func Press(w fyne.Window, key fyne.KeyName) {
	e := &fyne.KeyEvent{Name: key}
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else if on := w.Canvas().OnTypedKey(); on != nil {
		on(e)
	}
}

// OneLanguage fails where a screen built in Chinese shows words in English, or
// the other way round. data are texts of the catalog itself, which are Chinese
// in both, and names such as Excel, which are the same in both.
func OneLanguage(t *testing.T, width, height float32, build func(w fyne.Window) fyne.CanvasObject, data ...string) {
	t.Helper()
	App(t)
	for _, lang := range []words.Lang{words.Chinese, words.English} {
		kit.SetLang(lang)
		w := Window(t, widget.NewLabel(""), width, height)
		w.SetContent(build(w))
		Settle()
		foreign := func(text string) bool {
			for _, d := range append(data, sameInBoth...) {
				text = strings.ReplaceAll(text, d, "")
			}
			if lang == words.Chinese {
				return strings.ContainsFunc(text, latin)
			}
			return strings.ContainsFunc(text, han)
		}
		texts := Texts(w)
		if !foreign(strings.Join(texts, "")) { // data may go on in the next line
			continue
		}
		for _, text := range texts {
			if foreign(text) {
				t.Errorf("where %s is spoken the screen shows %q", map[words.Lang]string{words.Chinese: "Chinese", words.English: "English"}[lang], text)
			}
		}
	}
	kit.SetLang(words.Chinese)
}

var sameInBoth = []string{"Excel", "WPS", "PDF", "CSV", "JSON", "xlsx", "xls", "csv", "json", "pdf", "docx", "A3", "A4", "Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "PgUp", "PgDn", "Home", "End", "Delete", "F1", "F2", "https", "http", "mulu", "U"}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) }
func han(r rune) bool   { return unicode.Is(unicode.Han, r) }
