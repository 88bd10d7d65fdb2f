//go:build uitrace && unix

// Package trace tells the tests that drive the built program with a real mouse and
// keyboard where its widgets are, and when its window was painted. It is linked
// under the tag uitrace only: the program that people get holds none of this.
package trace

import (
	"encoding/json"
	"log"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// Object is one object that a window shows.
type Object struct {
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

// Start answers signals: SIGUSR1 writes what the windows show to the file
// MULUTONG_UITRACE, SIGUSR2 crashes the program where screens run. Where
// MULUTONG_READY holds a text, the file is also written once a window has painted
// that text.
func Start() {
	path := os.Getenv("MULUTONG_UITRACE")
	requests := make(chan os.Signal, 16)
	signal.Notify(requests, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		for s := range requests {
			if s == syscall.SIGUSR2 {
				fyne.Do(func() { panic("crashed on request: 籍山镇人民政府 340223100") })
				continue
			}
			var all []Object
			fyne.DoAndWait(func() { all = windows() })
			if err := write(path, all); err != nil {
				log.Print(err)
			}
		}
	}()
	if text := os.Getenv("MULUTONG_READY"); text != "" {
		go awaitPainted(text, func() {
			if err := write(path, nil); err != nil {
				log.Print(err)
			}
		})
	}
}

// awaitPainted calls done once a window has painted text. One turn of Fyne's loop
// takes the keys, then ticks animations, then paints: the second tick after the
// text is there comes when it was painted and keys were taken again.
func awaitPainted(text string, done func()) {
	for range time.Tick(2 * time.Millisecond) {
		there := false
		fyne.DoAndWait(func() { there = shows(text) })
		if !there {
			continue
		}
		ticks := 0
		var a *fyne.Animation
		a = fyne.NewAnimation(time.Minute, func(float32) {
			if ticks++; ticks == 2 {
				a.Stop()
				done()
			}
		})
		fyne.Do(a.Start)
		return
	}
}

func shows(text string) bool {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if contains(w.Canvas().Content(), text) {
			return true
		}
	}
	return false
}

func contains(o fyne.CanvasObject, text string) bool {
	if o == nil || !o.Visible() {
		return false
	}
	if t, ok := o.(*canvas.Text); ok {
		return strings.Contains(t.Text, text)
	}
	for _, child := range children(o) {
		if contains(child, text) {
			return true
		}
	}
	return false
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

func write(path string, all []Object) error {
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

func windows() []Object {
	var all []Object
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
	out    []Object
}

// visit notes what can be seen of o and below, and returns what is written there.
func (t *tracer) visit(o fyne.CanvasObject, at fyne.Position, clip rect) string {
	if o == nil || !o.Visible() {
		return ""
	}
	seen := clip.and(rect{at.X, at.Y, o.Size().Width, o.Size().Height})
	var text strings.Builder
	if t, ok := o.(*canvas.Text); ok {
		text.WriteString(t.Text)
	}
	inside := clip
	if _, ok := o.(*container.Scroll); ok || strings.Contains(reflect.TypeOf(o).String(), "Scroll") {
		inside = seen
	}
	place := len(t.out)
	for _, child := range children(o) {
		text.WriteString(t.visit(child, at.Add(child.Position()), inside))
	}
	_, leaf := o.(*canvas.Text)
	_, click := o.(fyne.Tappable)
	focusable, focus := o.(fyne.Focusable)
	if (leaf || click || focus) && seen.w > 1 && seen.h > 1 {
		d, canDisable := o.(fyne.Disableable)
		n := Object{
			Type: reflect.TypeOf(o).String(), Text: text.String(), Value: typed(o),
			X: (seen.x + seen.w/2) * t.scale, Y: (seen.y + seen.h/2) * t.scale, W: seen.w * t.scale, H: seen.h * t.scale,
			Layer: t.layer, Leaf: leaf, Click: click, Disabled: canDisable && d.Disabled(),
			Focused: focus && t.canvas.Focused() == focusable,
		}
		t.out = append(t.out[:place], append([]Object{n}, t.out[place:]...)...)
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
