package kit

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/words"
)

// running counts the work under way, so that tests can wait for it.
var running atomic.Int64

// Running is how many pieces of background work are under way.
func Running() int { return int(running.Load()) }

// Run does work in the background and hands its result to done on the UI
// goroutine. cancel ends the work's context; done is called all the same.
func Run[T any](work func(context.Context) (T, error), done func(T, error)) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	running.Add(1)
	go func() {
		v, err := work(ctx)
		Do(func() {
			defer running.Add(-1)
			cancel()
			done(v, err)
		})
	}()
	return cancel
}

// busyDelay is how long work may take before a dialog shows its progress.
const busyDelay = 500 * time.Millisecond

var wordBusyOf = words.Text{ZH: "%d / %d", EN: "%d of %d"}

// Busy does work that may take long: after half a second a dialog shows how far
// it is, and lets the person cancel, which ends the work's context. step may be
// called from the work; total 0 means that nobody knows how much there is.
func Busy(win fyne.Window, title string, work func(ctx context.Context, step func(done, total int)) error, done func(error)) {
	var (
		dialog   *Dialog
		bar      = widget.NewProgressBar()
		endless  = widget.NewProgressBarInfinite()
		count    = Tag("")
		finished bool
	)
	endless.Stop()
	bar.TextFormatter = func() string { return "" }
	bar.Hide()
	var last atomic.Int64 // done<<32 | total
	show := func() {
		at, total := int(last.Load()>>32), int(last.Load()&0xffffffff)
		if total > 0 {
			endless.Stop()
			endless.Hide()
			bar.Show()
			bar.SetValue(float64(at) / float64(total))
			count.SetText(Say(wordBusyOf, at, total))
		}
	}
	step := func(at, total int) {
		last.Store(int64(at)<<32 | int64(total))
		Do(func() {
			if dialog != nil {
				show()
			}
		})
	}
	cancel := Run(func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx, step) },
		func(_ struct{}, err error) {
			finished = true
			if dialog != nil {
				endless.Stop()
				dialog.Hide()
			}
			done(err)
		})
	time.AfterFunc(busyDelay, func() {
		Do(func() {
			if finished {
				return
			}
			var stop *PushButton
			stop = Button(Say(WordCancel), nil, func() { stop.Disable(); cancel() })
			endless.Start()
			dialog = Show(win, title, Column(440, container.NewVBox(container.NewStack(bar, endless), count)), stop)
			dialog.OnClosed = cancel // Escape cancels too
			show()
		})
	})
}
