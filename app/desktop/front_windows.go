package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	user32                       = windows.NewLazySystemDLL("user32.dll")
	procAllowSetForegroundWindow = user32.NewProc("AllowSetForegroundWindow")
	procIsIconic                 = user32.NewProc("IsIconic")
	procShowWindow               = user32.NewProc("ShowWindow")
	procSetForegroundWindow      = user32.NewProc("SetForegroundWindow")
)

const swRestore = 9

// allowForeground lets another program put its window in front: Windows lets only
// the one that the user just started do that.
func allowForeground(pid int) {
	_, _, _ = procAllowSetForegroundWindow.Call(uintptr(pid))
}

// bringToFront shows the window above the others, also when it was minimised.
func bringToFront(w fyne.Window) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		c, ok := context.(driver.WindowsWindowContext)
		if !ok || c.HWND == 0 {
			return
		}
		if iconic, _, _ := procIsIconic.Call(c.HWND); iconic != 0 {
			_, _, _ = procShowWindow.Call(c.HWND, swRestore)
		}
		_, _, _ = procSetForegroundWindow.Call(c.HWND)
	})
	w.RequestFocus()
}
