package pick

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

var wordNoLoad = words.Text{ZH: "各领域的情况没有读出来", EN: "The sectors could not be read"}

// Stage holds what a screen of sectors shows, or why they could not be read.
type Stage struct {
	root *fyne.Container
	turn int // of reading: an answer of an earlier one is late
}

// NewStage returns a stage that shows nothing yet.
func NewStage() *Stage { return &Stage{root: container.NewStack()} }

// Content is the stage as part of a window.
func (s *Stage) Content() fyne.CanvasObject { return s.root }

// Put shows o and nothing else.
func (s *Stage) Put(o fyne.CanvasObject) {
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

// Load reads how the sectors stand and calls show with them. Where that fails it
// says so and offers to try again.
func (s *Stage) Load(read func(context.Context) ([]work.SectorState, error), show func([]work.SectorState)) {
	s.turn++
	turn := s.turn
	kit.Run(read, func(states []work.SectorState, err error) {
		switch {
		case turn != s.turn:
		case err != nil:
			s.Put(kit.Empty(theme.ErrorIcon(), kit.Say(wordNoLoad), words.Explain(err, kit.Lang()),
				kit.Primary(kit.Say(kit.WordRetry), nil, func() { s.Load(read, show) })))
		default:
			show(states)
		}
	})
}
