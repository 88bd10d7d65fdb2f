package desktop

import (
	"io"
	"log"
	"sync"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/fontscan"
)

// warmSystemFonts looks through the fonts of the system in the background. Fyne
// does so when it measures its first text, and waits for it; by then this has gone
// through most of them, while the window was being opened.
func warmSystemFonts() {
	go func() {
		// An error comes again where Fyne asks, which goes on with our own fonts.
		_ = fontscan.NewFontMap(log.New(io.Discard, "", 0)).UseSystemFonts("")
	}()
}

// warmFonts lets Fyne read the fonts of the theme in the background, so that the
// window can be opened meanwhile. wait must come before the first text is measured
// elsewhere, since Fyne measures on one goroutine at a time.
func warmFonts() (wait func()) {
	var done sync.WaitGroup
	done.Go(func() {
		for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
			fyne.MeasureText("目录通", 14, style)
		}
	})
	return done.Wait
}
