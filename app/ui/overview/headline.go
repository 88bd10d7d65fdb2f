package overview

import (
	"fmt"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

// headline names the one thing to do next, with a button that goes there.
type headline struct {
	text *kit.Label
	sum  *kit.Label
	do   *kit.PushButton
	made *kit.Panel
}

func newHeadline(act func()) *headline {
	h := &headline{text: kit.NewLabel(""), sum: kit.Note("")}
	h.text.SizeName, h.text.TextStyle.Bold = theme.SizeNameHeadingText, true
	h.do = kit.Primary("", nil, act)
	h.do.Hide()
	h.made = kit.NewPanel(kit.Surface, kit.Line, 6, kit.Inset(4,
		container.NewBorder(nil, nil, nil, container.NewCenter(kit.Inset(6, h.do)), container.NewVBox(h.text, h.sum))))
	return h
}

func (h *headline) set(n work.Next, sum string) {
	what := ""
	switch n.Kind {
	case work.NextReturned:
		what = kit.Say(nextSays[n.Kind], kit.Say(words.Sector(n.Sector)))
	case work.NextErrors, work.NextUntouched:
		what = kit.Say(nextSays[n.Kind], kit.Say(words.Sector(n.Sector)), n.N)
	default:
		what = kit.Say(nextSays[n.Kind], n.N)
	}
	if n.Kind == work.NextWait || n.Kind == work.NextAdd {
		what = kit.Say(nextSays[n.Kind])
	}
	if n.Kind != work.NextCount && n.Kind != work.NextWait {
		what = kit.Say(wordNext) + colon() + what
	}
	h.text.SetText(what)
	h.sum.SetText(sum)
	does, ok := nextDoes[n.Kind]
	h.do.Hidden = !ok
	h.do.SetText(kit.Say(does))
	ground, edge := kit.AccentSoft, kit.Accent
	switch n.Kind {
	case work.NextReturned, work.NextErrors:
		ground, edge = kit.DangerSoft, kit.Danger
	case work.NextSign, work.NextExport, work.NextWait:
		ground, edge = kit.GoodSoft, kit.Good
	case work.NextCount:
		ground, edge = kit.Surface, kit.Line
	}
	h.made.SetColours(ground, edge)
}

func colon() string {
	if kit.Lang() == words.English {
		return ": "
	}
	return "："
}

// countText is a word with how many there are.
func countText(word string, n int) string { return fmt.Sprintf("%s %d", word, n) }
