package kit

import (
	"slices"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Handover keeps the keys of a text in order where an input method has them first.
// X11 tells a program of every key at once, also of those that the input method
// takes, and of the text that comes of them later: Backspace in a half-typed word
// would take away text of the field as well, and Enter would leave the field before
// the word is in it. So a key that comes while letters are on their way waits: if
// text follows, the key comes after it; if none does, the key was the input method's.
// Other systems tell of neither the letters nor the keys that it takes.
//
// The zero value is ready. All its methods are called on the UI goroutine.
type Handover struct {
	away  int       // letters pressed of which no text has come yet
	since time.Time // when the first of them was
	held  []heldKey
	turn  int // of waiting
}

type heldKey struct {
	name fyne.KeyName
	old  bool // letters had been away for long: the input method shows them
	act  func()
}

const (
	handoverWait = 400 * time.Millisecond // for text, after a key; old machines are slow
	beingShown   = 150 * time.Millisecond // letters away for longer wait for the person
	forgotten    = 20 * time.Second       // and for longer than this, for nobody
)

// editing are the keys that input methods take while they show a word.
var editing = map[fyne.KeyName]bool{
	fyne.KeyBackspace: true, fyne.KeyDelete: true, fyne.KeyReturn: true, fyne.KeyEnter: true, fyne.KeyEscape: true,
	fyne.KeyTab: true, fyne.KeyUp: true, fyne.KeyDown: true, fyne.KeyLeft: true, fyne.KeyRight: true,
	fyne.KeyHome: true, fyne.KeyEnd: true, fyne.KeyPageUp: true, fyne.KeyPageDown: true,
}

// Down notes that a key is pressed.
func (h *Handover) Down(k *fyne.KeyEvent) {
	if len(k.Name) == 1 || k.Name == fyne.KeySpace {
		h.goOn()
	}
	if len(k.Name) != 1 || k.Name[0] < 'A' || k.Name[0] > 'Z' {
		return
	}
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&^fyne.KeyModifierShift != 0 {
		return // a shortcut
	}
	if h.away == 0 {
		h.since = time.Now()
	}
	h.away++
}

// goOn gives the input method the keys that were held back while it showed a word
// that goes on now, or is chosen.
func (h *Handover) goOn() {
	h.held = slices.DeleteFunc(h.held, func(k heldKey) bool {
		if k.old {
			h.taken(k)
		}
		return k.old
	})
}

// taken notes what a key did in the input method.
func (h *Handover) taken(k heldKey) {
	switch k.name {
	case fyne.KeyBackspace:
		h.away = max(0, h.away-1)
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		h.away = 0 // given up, or forgotten by the input method
	}
}

// Rune notes that text has come. What was held back follows once all of it is there.
func (h *Handover) Rune(r rune) {
	if h.away == 0 {
		return
	}
	h.away--
	plain := r <= unicode.MaxASCII
	if !plain {
		h.away = 0 // a word
	}
	h.held = slices.DeleteFunc(h.held, func(k heldKey) bool {
		// It gave the letters as they are: Enter had asked for that.
		return plain && k.old && (k.name == fyne.KeyReturn || k.name == fyne.KeyEnter)
	})
	if h.away == 0 {
		Do(h.release)
	}
}

// Key does what a key does: at once, or after the text that is on its way, or not at
// all where the input method has taken it.
func (h *Handover) Key(name fyne.KeyName, act func()) {
	if h.away > 0 && time.Since(h.since) > forgotten {
		h.away = 0
	}
	if !editing[name] || h.away == 0 && len(h.held) == 0 {
		act()
		return
	}
	h.held = append(h.held, heldKey{name, time.Since(h.since) > beingShown, act})
	h.turn++
	turn := h.turn
	time.AfterFunc(handoverWait, func() {
		Do(func() {
			if h.turn == turn {
				h.settle()
			}
		})
	})
}

// Reset forgets what is on its way: the keys have gone elsewhere.
func (h *Handover) Reset() { *h = Handover{turn: h.turn + 1} }

// release does what was held back, unless more is on its way by now.
func (h *Handover) release() {
	if h.away > 0 || len(h.held) == 0 {
		return
	}
	held := h.held
	h.held = nil
	h.turn++
	for _, k := range held {
		k.act()
	}
}

// settle gives the keys that were held back to the input method, as no text came.
func (h *Handover) settle() {
	for _, k := range h.held {
		h.taken(k)
	}
	h.held = nil
}
