//go:build uitrace

// Onelabel is the yardstick of the desktop's start: a Fyne window with one label.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/desktop/internal/trace"
)

func main() {
	w := app.NewWithID("cn.mulutong.onelabel").NewWindow("one label")
	w.SetContent(widget.NewLabel("one label"))
	w.Resize(fyne.NewSize(1280, 700))
	w.Show()
	trace.Start()
	fyne.CurrentApp().Run()
}
