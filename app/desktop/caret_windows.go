package desktop

import (
	"sync"
	"time"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	imm32                       = windows.NewLazySystemDLL("imm32.dll")
	procImmGetContext           = imm32.NewProc("ImmGetContext")
	procImmReleaseContext       = imm32.NewProc("ImmReleaseContext")
	procImmSetCompositionWindow = imm32.NewProc("ImmSetCompositionWindow")
	procImmSetCandidateWindow   = imm32.NewProc("ImmSetCandidateWindow")
	procCreateCaret             = user32.NewProc("CreateCaret")
	procSetCaretPos             = user32.NewProc("SetCaretPos")
	procDestroyCaret            = user32.NewProc("DestroyCaret")
	procGetFocus                = user32.NewProc("GetFocus")
)

const (
	cfsPoint        = 0x0002
	cfsCandidatePos = 0x0040
	cfsExclude      = 0x0080

	// caretEvery is how often the caret is looked at: the input method asks for its
	// place when the first letter comes, later than that after the caret moved.
	caretEvery = 50 * time.Millisecond
)

type point struct{ x, y int32 }

type area struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM.
type compositionForm struct {
	style uint32
	pos   point
	area  area
}

// candidateForm is CANDIDATEFORM.
type candidateForm struct {
	index uint32
	style uint32
	pos   point
	area  area
}

// followCaret tells the input method where text is typed, so that it shows its
// words there and not in the corner of the window: GLFW draws the caret itself and
// Windows knows nothing of it. Some input methods ask IMM, others look for the
// system's caret, so both are told; the system's caret stays invisible.
func followCaret(w fyne.Window) (stop func()) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		var f caretFollower
		tick := time.NewTicker(caretEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				fyne.DoAndWait(func() {
					native.RunNative(func(context any) {
						if c, ok := context.(driver.WindowsWindowContext); ok && c.HWND != 0 {
							f.follow(c.HWND, w.Canvas())
						}
					})
				})
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}

// caretFollower remembers what the system was told. It belongs on the UI goroutine,
// whose thread owns the window.
type caretFollower struct {
	told caret
	made bool // the system's caret, of the height told
}

func (f *caretFollower) follow(hwnd uintptr, c fyne.Canvas) {
	at, typing := caretIn(c, fyne.CurrentApp().Driver().AbsolutePositionForObject)
	if focus, _, _ := procGetFocus.Call(); focus != hwnd || !typing {
		if f.made {
			_, _, _ = procDestroyCaret.Call()
		}
		*f = caretFollower{}
		return
	}
	if f.made && f.told == at {
		return
	}
	if !f.made || f.told.height != at.height {
		made, _, _ := procCreateCaret.Call(hwnd, 0, 1, uintptr(at.height))
		f.made = made != 0
	}
	f.told = at
	_, _, _ = procSetCaretPos.Call(uintptr(at.x), uintptr(at.y))
	himc, _, _ := procImmGetContext.Call(hwnd)
	if himc == 0 {
		return // no input method
	}
	line := area{at.x, at.y, at.x + 1, at.y + at.height}
	composition := compositionForm{style: cfsPoint, pos: point{at.x, at.y}, area: line}
	_, _, _ = procImmSetCompositionWindow.Call(himc, uintptr(unsafe.Pointer(&composition)))
	for _, candidates := range []candidateForm{
		{style: cfsCandidatePos, pos: point{at.x, at.y + at.height}},
		{style: cfsExclude, pos: point{at.x, at.y}, area: line},
	} {
		_, _, _ = procImmSetCandidateWindow.Call(himc, uintptr(unsafe.Pointer(&candidates)))
	}
	_, _, _ = procImmReleaseContext.Call(hwnd, himc)
}
