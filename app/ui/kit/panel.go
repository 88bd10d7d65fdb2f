package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Panel is a ground of one colour under some content, with a thin edge where
// one is named. Both follow the look when it changes.
type Panel struct {
	widget.BaseWidget
	Ground, Edge fyne.ThemeColorName // no edge where empty
	Radius       float32
	Content      fyne.CanvasObject
}

// NewPanel puts content on a ground.
func NewPanel(ground, edge fyne.ThemeColorName, radius float32, content fyne.CanvasObject) *Panel {
	p := &Panel{Ground: ground, Edge: edge, Radius: radius, Content: content}
	p.ExtendBaseWidget(p)
	return p
}

// SetColours changes ground and edge.
func (p *Panel) SetColours(ground, edge fyne.ThemeColorName) {
	p.Ground, p.Edge = ground, edge
	p.Refresh()
}

// CreateRenderer draws the ground and its content.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{p: p, ground: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type panelRenderer struct {
	p      *Panel
	ground *canvas.Rectangle
}

func (r *panelRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	if r.p.Content != nil {
		r.p.Content.Resize(s)
	}
}

func (r *panelRenderer) MinSize() fyne.Size {
	if r.p.Content == nil {
		return fyne.Size{}
	}
	return r.p.Content.MinSize()
}

func (r *panelRenderer) Refresh() {
	r.ground.FillColor = color.Transparent // nil stops Fyne's own painter
	if r.p.Ground != "" {
		r.ground.FillColor = theme.Color(r.p.Ground)
	}
	r.ground.StrokeWidth, r.ground.StrokeColor = 0, nil
	if r.p.Edge != "" {
		r.ground.StrokeWidth, r.ground.StrokeColor = 1, theme.Color(r.p.Edge)
	}
	r.ground.CornerRadius = r.p.Radius
	r.ground.Refresh()
	if r.p.Content != nil {
		r.p.Content.Refresh()
	}
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	if r.p.Content == nil {
		return []fyne.CanvasObject{r.ground}
	}
	return []fyne.CanvasObject{r.ground, r.p.Content}
}

func (r *panelRenderer) Destroy() {}

// Card sets content apart from the background.
func Card(content fyne.CanvasObject) *Panel {
	return NewPanel(Surface, Line, 6, Inset(8, content))
}

// Inset keeps content away from the edges by so many pixels.
func Inset(by float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(by, by, by, by), content)
}

// Rule is a thin line across.
func Rule() fyne.CanvasObject { return widget.NewSeparator() }

// Tone is what a mark or a badge tells at a glance.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Info
	Success
	Warning
	Alarm
)

// Colours are the colours of a tone: of its texts and of the ground under them.
func (t Tone) Colours() (ink, ground fyne.ThemeColorName) {
	switch t {
	case Info:
		return Accent, AccentSoft
	case Success:
		return Good, GoodSoft
	case Warning:
		return Warn, WarnSoft
	case Alarm:
		return Danger, DangerSoft
	}
	return Muted, theme.ColorNameHeaderBackground
}

// Badge is a word or a number on a coloured ground.
type Badge struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewBadge makes a badge.
func NewBadge(text string, tone Tone) *Badge {
	b := &Badge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what the badge says.
func (b *Badge) Set(text string, tone Tone) {
	if b.text == text && b.tone == tone {
		return
	}
	b.text, b.tone = text, tone
	b.Refresh()
}

// Text is what the badge says.
func (b *Badge) Text() string { return b.text }

// CreateRenderer draws the badge.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{b: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type badgeRenderer struct {
	b      *Badge
	ground *canvas.Rectangle
	text   *canvas.Text
}

func (r *badgeRenderer) pad() (x, y float32) { return theme.InnerPadding(), 2 }

func (r *badgeRenderer) Layout(s fyne.Size) {
	text := r.text.MinSize()
	_, y := r.pad()
	height := min(s.Height, text.Height+2*y)
	top := (s.Height - height) / 2
	r.ground.Move(fyne.NewPos(0, top))
	r.ground.Resize(fyne.NewSize(s.Width, height))
	r.ground.CornerRadius = height / 2
	r.text.Move(fyne.NewPos((s.Width-text.Width)/2, top+(height-text.Height)/2))
	r.text.Resize(text)
}

func (r *badgeRenderer) MinSize() fyne.Size {
	x, y := r.pad()
	return r.text.MinSize().AddWidthHeight(2*x, 2*y)
}

func (r *badgeRenderer) Refresh() {
	ink, ground := r.b.tone.Colours()
	r.text.Text, r.text.Color, r.text.TextSize = r.b.text, theme.Color(ink), theme.Size(theme.SizeNameCaptionText)
	r.ground.FillColor = theme.Color(ground)
	r.text.Refresh()
	r.ground.Refresh()
	r.Layout(r.b.Size())
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text}
}

func (r *badgeRenderer) Destroy() {}

// Empty fills a place where nothing is yet: it says so, and what to do. Icon and
// action may be nil.
func Empty(icon fyne.Resource, title, hint string, action fyne.CanvasObject) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if icon != nil {
		picture := widget.NewIcon(theme.NewDisabledResource(icon))
		parts = append(parts, container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(48), picture)))
	}
	head := Heading(title)
	head.Alignment = fyne.TextAlignCenter
	parts = append(parts, head)
	if hint != "" {
		l := NewLabel(hint)
		l.Alignment, l.Importance = fyne.TextAlignCenter, widget.LowImportance
		parts = append(parts, l)
	}
	if action != nil {
		parts = append(parts, container.NewCenter(action))
	}
	return container.New(&emptyLayout{width: 420}, container.NewVBox(parts...))
}

// emptyLayout puts its content in the middle, as wide as is good to read or as there
// is room for.
type emptyLayout struct{ width, room float32 }

// fit gives the content its width, and returns the size it has then.
func (l *emptyLayout) fit(o fyne.CanvasObject) fyne.Size {
	width := l.width * theme.TextSize() / textSizes[theme.SizeNameText]
	if l.room > 0 {
		width = min(width, l.room)
	}
	width = max(width, o.MinSize().Width)
	for range 2 { // its lines are known once it has its width
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	return o.Size()
}

func (l *emptyLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, l.fit(objects[0]).Height)
}

func (l *emptyLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.room = s.Width
	size := l.fit(objects[0])
	objects[0].Move(fyne.NewPos((s.Width-size.Width)/2, (s.Height-size.Height)/2))
}

// columnLayout gives its content a width, scaled with the texts, so that it wraps.
type columnLayout struct{ width float32 }

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width * theme.TextSize() / textSizes[theme.SizeNameText]
	var height float32
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(width, height)
}

func (l *columnLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Resize(s)
	}
}

// Column gives content a width at text size 100 %, which grows with the texts.
func Column(width float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{width}, content)
}
