package headless

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mulutong/app/words"
)

// progressDelay is how long work may take before a bar is drawn.
const progressDelay = 500 * time.Millisecond

// progress draws a bar on standard error when that is a terminal and the work
// takes longer than progressDelay. A nil *progress draws nothing.
type progress struct {
	done       atomic.Int64
	once       sync.Once
	stop, gone chan struct{}
}

// progress starts a bar for work of so many steps; 0 means that the number is
// not known, and the bar only moves.
func (a *app) progress(label words.Text, total int) *progress {
	if !a.Terminal {
		return nil
	}
	if total == 1 {
		total = 0 // a bar from none to all says less than one that moves
	}
	p := &progress{stop: make(chan struct{}), gone: make(chan struct{})}
	go p.draw(a, label.In(a.lang), int64(total))
	return p
}

func (p *progress) draw(a *app, label string, total int64) {
	defer close(p.gone)
	select {
	case <-p.stop:
		return
	case <-time.After(progressDelay):
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	const wide = 30
	for n := 0; ; n++ {
		at := n % wide
		bar := strings.Repeat(" ", at) + "█" + strings.Repeat(" ", wide-1-at)
		count := ""
		if total > 0 {
			done := min(p.done.Load(), total)
			full := int(wide * done / total)
			bar = strings.Repeat("█", full) + strings.Repeat(" ", wide-full)
			count = fmt.Sprintf(" %d/%d", done, total)
		}
		fmt.Fprintf(a.Stderr, "\r%s [%s]%s", label, bar, count)
		select {
		case <-p.stop:
			fmt.Fprint(a.Stderr, "\r\x1b[K")
			return
		case <-tick.C:
		}
	}
}

// step says that one more part is done.
func (p *progress) step() {
	if p != nil {
		p.done.Add(1)
	}
}

// at says how many parts are done.
func (p *progress) at(done, _ int) {
	if p != nil {
		p.done.Store(int64(done))
	}
}

// end takes the bar away; nothing is drawn after it returns. It may be called again.
func (p *progress) end() {
	if p != nil {
		p.once.Do(func() { close(p.stop) })
		<-p.gone
	}
}
