// Package kit is what every screen is made of: the look in light, dark and high
// contrast at any text size, the language, buttons, cards, dialogs with words of
// our own, and work that runs in the background and comes back to the screen.
//
// All of it belongs on the UI goroutine, except Run's and Busy's work.
package kit

import (
	"sync/atomic"

	"fyne.io/fyne/v2"

	"mulutong/app/words"
)

var language atomic.Uint32

// Lang is the language of the screens.
func Lang() words.Lang { return words.Lang(language.Load()) }

// SetLang chooses the language of the screens made from now on, and of what Fyne
// shows by itself.
func SetLang(l words.Lang) {
	language.Store(uint32(l))
	sayBuiltin(l)
}

// Say is a text in the language of the screens.
func Say(t words.Text, args ...any) string { return t.In(Lang(), args...) }

var do atomic.Pointer[func(func())]

// Do runs fn on the UI goroutine, soon.
func Do(fn func()) {
	if run := do.Load(); run != nil {
		(*run)(fn)
		return
	}
	fyne.Do(fn)
}

// SetDo replaces how Do reaches the UI goroutine; tests run it on their own.
// nil goes back to Fyne's.
func SetDo(run func(func())) {
	if run == nil {
		do.Store(nil)
		return
	}
	do.Store(&run)
}
