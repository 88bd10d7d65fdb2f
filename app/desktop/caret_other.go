//go:build !windows

package desktop

import "fyne.io/fyne/v2"

// followCaret is a need of Windows: on X11 the input method's words come through
// the X server, and GLFW tells it no place.
func followCaret(fyne.Window) (stop func()) { return func() {} }
