package searchbox

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// row is one hit in the list.
type row struct {
	widget.BaseWidget
	hit    work.Hit
	ground *kit.Panel
	onTap  func()
	onOver func()
}

func newRow(h work.Hit, onTap, onOver func()) *row {
	r := &row{hit: h, onTap: onTap, onOver: onOver}
	titleMarks, snippetMarks := []work.Mark(nil), h.Marks
	title, snippet := h.Title, h.Snippet
	where := place(&h)
	if inTitle(&h) { // the title says it already; the marks go there
		title, titleMarks, snippet, snippetMarks = h.Snippet, h.Marks, "", nil
	}
	first := fyne.CanvasObject(newLine(title, titleMarks, theme.SizeNameText, theme.ColorNameForeground, false))
	content := first
	if snippet != "" || where != "" {
		tag := newLine(where, nil, theme.SizeNameCaptionText, kit.Muted, false)
		text := newLine(snippet, snippetMarks, theme.SizeNameCaptionText, kit.Muted, false)
		second := container.New(&tagLayout{}, tag, text)
		content = container.New(layout.NewCustomPaddedVBoxLayout(1), first, second)
	}
	r.ground = kit.NewPanel("", "", 4, container.New(layout.NewCustomPaddedLayout(3, 3, 10, 8), content))
	r.ExtendBaseWidget(r)
	return r
}

// inTitle reports whether what fits is the name itself, which is the title.
func inTitle(h *work.Hit) bool {
	switch h.Kind {
	case work.HitEntry:
		return h.Field == catalog.FieldPath && sameName(h.Snippet, h.Title)
	default:
		return h.Snippet == h.Title
	}
}

// sameName compares names of levels: a title has a stroke between them, a snippet
// a space.
func sameName(snippet, title string) bool {
	plain := func(s string) (out []rune) {
		for _, c := range s {
			if c != ' ' && c != '/' {
				out = append(out, c)
			}
		}
		return out
	}
	return string(plain(snippet)) == string(plain(title))
}

var (
	wordOther = words.Text{ZH: "又名", EN: "Also called"}
	wordHelp  = words.Text{ZH: "说明", EN: "Help"}
)

// place says where in the thing the snippet is from.
func place(h *work.Hit) string {
	switch h.Kind {
	case work.HitEntry:
		if h.Field == catalog.FieldPath {
			if sameName(h.Snippet, h.Title) {
				return ""
			}
			return kit.Say(wordOther)
		}
		return kit.Say(words.Field(h.Field))
	case work.HitSector:
		return ""
	case work.HitAct:
		return kit.Say(words.Status(h.Status))
	}
	return kit.Say(wordHelp)
}

func (r *row) setChosen(on bool) {
	if on {
		r.ground.SetColours(kit.AccentSoft, "")
	} else {
		r.ground.SetColours("", "")
	}
}

func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.ground) }
func (r *row) Tapped(*fyne.PointEvent)             { r.onTap() }
func (r *row) MouseIn(*desktop.MouseEvent)         {}
func (r *row) MouseMoved(*desktop.MouseEvent)      { r.onOver() }
func (r *row) MouseOut()                           {}
func (r *row) Cursor() desktop.Cursor              { return desktop.PointerCursor }

// tagLayout puts a short name before a text, which takes the rest.
type tagLayout struct{}

func tagWidth(o fyne.CanvasObject) float32 {
	l, ok := o.(*line)
	if !ok || l.text == "" {
		return 0
	}
	return (&lineRenderer{l: l}).piece(l.text, false).MinSize().Width + theme.InnerPadding()
}

func (tagLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(tagWidth(objects[0])+40, objects[0].MinSize().Height)
}

func (tagLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := tagWidth(objects[0])
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(max(0, w), s.Height))
	objects[1].Move(fyne.NewPos(w, 0))
	objects[1].Resize(fyne.NewSize(max(0, s.Width-w), s.Height))
}
