package uitest

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// Golden builds a screen in light and dark at 100 and 150 % text size and
// compares each with testdata/NAME-LOOK.png; -update writes them. A failing
// picture is left beside the golden one as NAME-LOOK.failed.png.
//
// Under the race detector it paints nothing: painting would take ten times as
// long. make unit tests the screens without it, too, and a test holds it to that.
func Golden(t *testing.T, name string, width, height float32, build func(w fyne.Window) fyne.CanvasObject) {
	t.Helper()
	if raced && !*update {
		return
	}
	for _, mode := range []kit.Mode{kit.Light, kit.Dark} {
		for _, percent := range []int{100, 150} {
			file := filepath.Join("testdata", fmt.Sprintf("%s-%s-%d.png", name, mode, percent))
			t.Run(filepath.Base(file), func(t *testing.T) {
				AppWith(t, kit.Look{Mode: mode, Scale: float32(percent) / 100})
				w := Window(t, widget.NewLabel(""), width, height)
				w.SetContent(build(w))
				Settle()
				compare(t, file, w.Canvas().Capture())
			})
		}
	}
}

// Picture writes what a window shows to a file, to be looked at.
func Picture(t testing.TB, w fyne.Window, path string) {
	t.Helper()
	write(t, path, w.Canvas().Capture())
}

func write(t testing.TB, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// tolerated is the share of pixels that may differ by more than a shade: other
// processors round edges of letters differently.
const tolerated = 0.0005

func compare(t *testing.T, file string, got image.Image) {
	t.Helper()
	if *update {
		write(t, file, got)
		return
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update and look at the picture", err)
	}
	defer func() { _ = f.Close() }()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	failed := file[:len(file)-len(".png")] + ".failed.png"
	if want.Bounds() != got.Bounds() {
		write(t, failed, got)
		t.Fatalf("the picture is %v, the golden one %v", got.Bounds(), want.Bounds())
	}
	different := 0
	for y := got.Bounds().Min.Y; y < got.Bounds().Max.Y; y++ {
		for x := got.Bounds().Min.X; x < got.Bounds().Max.X; x++ {
			r1, g1, b1, _ := got.At(x, y).RGBA()
			r2, g2, b2, _ := want.At(x, y).RGBA()
			if apart(r1, r2) || apart(g1, g2) || apart(b1, b2) {
				different++
			}
		}
	}
	if share := float64(different) / float64(got.Bounds().Dx()*got.Bounds().Dy()); share > tolerated {
		write(t, failed, got)
		t.Errorf("%d pixels (%.2f %%) differ from %s; see %s", different, 100*share, file, failed)
	}
}

func apart(a, b uint32) bool { return math.Abs(float64(a)-float64(b)) > 0x1800 }
