package desktop

import (
	"errors"
	"log"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/catalog/boltstore"
)

// open makes the window on the data folder.
func open(a fyne.App, o options) program {
	title := "目录通"
	s, err := boltstore.Open(o.data, boltstore.Options{})
	switch {
	case err == nil:
		title = s.Unit().Name + " · 目录通"
	case !errors.Is(err, boltstore.ErrNoStore):
		log.Print(err)
	}
	w := a.NewWindow(title)
	w.SetContent(container.NewCenter(widget.NewLabel(title)))
	w.Resize(fyne.NewSize(1100, 700))
	return program{window: w, close: func() {
		if s != nil {
			if err := s.Close(); err != nil {
				log.Print(err)
			}
		}
	}}
}
