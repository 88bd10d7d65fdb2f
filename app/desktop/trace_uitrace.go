//go:build uitrace && unix

package desktop

import (
	"encoding/json"
	"log"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// traced is one object that a window shows, for the test that drives the program
// with a real mouse and keyboard and has to know where to point. The program that
// people get is built without the tag and holds none of this.
type traced struct {
	Type     string
	Text     string  // all that is written on it
	Value    string  // what was typed into it
	X, Y     float32 // the visible part's middle, in the window's pixels
	W, H     float32
	Layer    int // 0 for the window's content, higher for what lies above it
	Leaf     bool
	Click    bool
	Focused  bool
	Disabled bool
}

// SIGUSR1 writes what the windows show to the file MULUTONG_UITRACE; SIGUSR2
// crashes the program where screens run.
func init() {
	requests := make(chan os.Signal, 1)
	signal.Notify(requests, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		for s := range requests {
			if s == syscall.SIGUSR2 {
				fyne.Do(func() { panic("crashed on request: 籍山镇人民政府 340223100") })
				continue
			}
			var all []traced
			fyne.DoAndWait(func() { all = traceWindows() })
			if err := writeTrace(os.Getenv("MULUTONG_UITRACE"), all); err != nil {
				log.Print(err)
			}
		}
	}()
}

func writeTrace(path string, all []traced) error {
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

func traceWindows() []traced {
	var all []traced
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		c := w.Canvas()
		clip := rect{0, 0, c.Size().Width, c.Size().Height}
		for layer, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(root)
			t := tracer{canvas: c, layer: layer, scale: c.Scale()}
			t.visit(root, at, clip)
			all = append(all, t.out...)
		}
	}
	return all
}

type rect struct{ x, y, w, h float32 }

func (r rect) and(o rect) rect {
	x, y := max(r.x, o.x), max(r.y, o.y)
	return rect{x, y, min(r.x+r.w, o.x+o.w) - x, min(r.y+r.h, o.y+o.h) - y}
}

type tracer struct {
	canvas fyne.Canvas
	layer  int
	scale  float32
	out    []traced
}

// visit notes what can be seen of o and below, and returns what is written there.
func (t *tracer) visit(o fyne.CanvasObject, at fyne.Position, clip rect) string {
	if o == nil || !o.Visible() {
		return ""
	}
	seen := clip.and(rect{at.X, at.Y, o.Size().Width, o.Size().Height})
	var text strings.Builder
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		text.WriteString(o.Text)
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	inside := clip
	if _, ok := o.(*container.Scroll); ok || strings.Contains(reflect.TypeOf(o).String(), "Scroll") {
		inside = seen
	}
	place := len(t.out)
	for _, child := range children {
		text.WriteString(t.visit(child, at.Add(child.Position()), inside))
	}
	_, leaf := o.(*canvas.Text)
	_, click := o.(fyne.Tappable)
	focusable, focus := o.(fyne.Focusable)
	if (leaf || click || focus) && seen.w > 1 && seen.h > 1 {
		d, canDisable := o.(fyne.Disableable)
		n := traced{
			Type: reflect.TypeOf(o).String(), Text: text.String(), Value: typed(o),
			X: (seen.x + seen.w/2) * t.scale, Y: (seen.y + seen.h/2) * t.scale, W: seen.w * t.scale, H: seen.h * t.scale,
			Layer: t.layer, Leaf: leaf, Click: click, Disabled: canDisable && d.Disabled(),
			Focused: focus && t.canvas.Focused() == focusable,
		}
		t.out = append(t.out[:place], append([]traced{n}, t.out[place:]...)...)
	}
	return text.String()
}

// typed is the text an entry holds, also where a type of ours embeds it.
func typed(o fyne.CanvasObject) string {
	v := reflect.Indirect(reflect.ValueOf(o))
	if _, ok := o.(fyne.Focusable); !ok || v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName("Text"); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
