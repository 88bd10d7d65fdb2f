package overview

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// do changes something of the unit in the background and says so.
func (sc *Screen) do(change func(context.Context) error, done string) {
	kit.Run(func(ctx context.Context) (struct{}, error) { return struct{}{}, change(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			kit.Fail(sc.win, err)
			return
		}
		sc.told(done)
		sc.refresh()
	})
}

// add asks which sectors are to be added.
func (sc *Screen) add() {
	kit.Run(sc.s.Addable, func(offered []work.Offered, err error) {
		switch {
		case err != nil:
			kit.Fail(sc.win, err)
		case len(offered) == 0:
			kit.Tell(sc.win, kit.Say(wordAddTitle), kit.Say(wordAddNone))
		default:
			sc.showAddable(offered)
		}
	})
}

func (sc *Screen) showAddable(offered []work.Offered) {
	var chosen []catalog.Sector
	var d *kit.Dialog
	yes := kit.Primary(kit.Say(wordAddYes), nil, func() {
		d.Hide()
		sectors := chosen
		sc.do(func(ctx context.Context) error { return sc.s.AddSectors(ctx, sectors) }, kit.Say(wordAdded, len(sectors)))
	})
	yes.Disable()
	list := container.NewVBox()
	for _, o := range offered {
		box := kit.NewCheck(kit.Say(words.Sector(o.SectorInfo)), func(on bool) {
			without := chosen[:0:0]
			for _, s := range chosen {
				if s != o.Slug {
					without = append(without, s)
				}
			}
			if chosen = without; on {
				chosen = append(chosen, o.Slug)
			}
			if yes.Disable(); len(chosen) > 0 {
				yes.Enable()
			}
		})
		list.Add(container.NewHBox(box, kit.Tag(kit.Say(wordEntries, o.Entries))))
	}
	scroll := container.NewVScroll(list)
	scroll.SetMinSize(fyne.NewSize(420*scale(), min(list.MinSize().Height, 360*scale())))
	d = kit.Show(sc.win, kit.Say(wordAddTitle), container.NewBorder(kit.Note(kit.Say(wordAddHint)), nil, nil, nil, scroll),
		yes, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
}

// askUnused asks why a sector does not occur.
func (sc *Screen) askUnused(l work.Line) {
	name := kit.Say(words.Sector(l.Info))
	entry := kit.NewEntry()
	var d *kit.Dialog
	mark := func() {
		reason := entry.Text
		if reason == "" {
			return
		}
		d.Hide()
		sc.do(func(ctx context.Context) error { return sc.s.SetUnused(ctx, l.Info.Slug, reason) }, kit.Say(wordMarked, name))
	}
	yes := kit.Primary(kit.Say(wordMark), nil, mark)
	yes.Disable()
	entry.OnChanged = func(s string) {
		if yes.Disable(); s != "" {
			yes.Enable()
		}
	}
	entry.OnSubmitted = func(string) { mark() }
	entry.OnEscape = func() { d.Hide() }
	common := container.New(&flow{})
	for _, reason := range work.UnusedReasons {
		common.Add(kit.Button(reason, nil, func() {
			entry.SetText(reason)
			entry.CursorColumn = len([]rune(reason))
			sc.win.Canvas().Focus(entry)
		}))
	}
	d = kit.Show(sc.win, kit.Say(wordUnusedAsk, name), kit.Column(440, container.NewVBox(kit.Body(kit.Say(wordReason)), common, entry)),
		yes, kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() }))
	sc.win.Canvas().Focus(entry)
}

// askBring offers to take back that a sector does not occur.
func (sc *Screen) askBring(l work.Line) {
	kit.Confirm(sc.win, kit.Say(words.Sector(l.Info)), kit.Say(wordUnused)+colon()+l.Head.NotApplicable.Reason, kit.Say(wordBring), func() { sc.bring(l) })
}

func (sc *Screen) bring(l work.Line) {
	sc.do(func(ctx context.Context) error { return sc.s.BringBack(ctx, l.Info.Slug) }, kit.Say(wordBrought, kit.Say(words.Sector(l.Info))))
}

// flow puts two buttons in each row.
type flow struct{}

func (flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width, height float32
	for _, o := range objects {
		width, height = max(width, o.MinSize().Width), max(height, o.MinSize().Height)
	}
	return fyne.NewSize(2*width+4, (height+4)*float32((len(objects)+1)/2))
}

func (flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := (s.Width - 4) / 2
	for i, o := range objects {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(float32(i%2)*(width+4), float32(i/2)*(height+4)))
		o.Resize(fyne.NewSize(width, height))
	}
}
