//go:build !windows

package desktop

import "fyne.io/fyne/v2"

// allowForeground is a need of Windows alone.
func allowForeground(int) {}

// bringToFront shows the window above the others, also when it was minimised.
func bringToFront(w fyne.Window) { w.RequestFocus() }
