package assets_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/font/sfnt"

	"mulutong/assets"
)

var update = flag.Bool("update", false, "draw the icon anew from its SVG")

// wanted is where every rune that the fonts must show was first seen.
func wanted(t *testing.T) map[rune]string {
	t.Helper()
	seen := map[rune]string{}
	add := func(where, text string) {
		for _, r := range text {
			if !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				if _, ok := seen[r]; !ok {
					seen[r] = where
				}
			}
		}
	}

	standard, err := os.ReadFile("font/standard.txt")
	if err != nil {
		t.Fatal(err)
	}
	add("通用规范汉字表", string(standard))
	if n := len(seen); n != 8105 {
		t.Fatalf("font/standard.txt has %d characters, want 8105", n)
	}

	add("ASCII", " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~")
	add("signs", "、。〃〈〉《》「」『』【】〔〕〖〗…—·‘’“”′″※〇○●◎■□▲△▼▽◆◇★☆√×✓✔✕✗☐☑☒→←↑↓↔⇒①②③④⑤⑥⑦⑧⑨⑩⑳㈠㈩℃‰§№㎡～￥％＋－＝（），：；？！")
	add("pinyin", "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü")
	add("tables", "─│┌┐└┘├┤┬┴┼━┃╔╗╚╝═║")

	for _, root := range []string{"../templates/data", "../app", "../catalog", "../docs"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(path, "_test.go"):
				return nil
			case strings.HasSuffix(path, ".go"):
				for _, s := range literals(t, path) {
					add(path, s)
				}
			case strings.HasPrefix(path, filepath.Join("..", "templates")) || strings.HasSuffix(path, ".md"):
				add(path, text(t, path))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return seen
}

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".gz") {
		r, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return string(b)
}

// literals are the strings of a source file.
func literals(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				all = append(all, s)
			}
		}
		return true
	})
	return all
}

// readOnly are characters that the programs know of and never write: the first
// bytes of old Office files.
const readOnly = "\u0871"

func TestFontsShowEveryCharacter(t *testing.T) {
	runes := wanted(t)
	for name, b := range map[string][]byte{
		"regular": assets.Regular(), "bold": assets.Bold(),
		"regular for print": assets.PrintRegular(), "bold for print": assets.PrintBold(),
	} {
		f, err := sfnt.Parse(b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		missing := 0
		for r, where := range runes {
			i, err := f.GlyphIndex(&buf, r)
			if err != nil {
				t.Fatalf("%s: glyph of %q: %v", name, r, err)
			}
			if i == 0 && !strings.ContainsRune(readOnly, r) {
				if missing++; missing < 40 {
					t.Errorf("%s has no glyph for %q (%U) of %s", name, r, r, where)
				}
			}
		}
	}
}

// Screens read CFF quickly and PDF writers take TrueType only; the weights are told
// apart by their names, and none bears a reserved name.
func TestFontsHaveTheirOutlinesAndTheirOwnName(t *testing.T) {
	for _, tt := range []struct {
		weight, mark string
		font         []byte
	}{
		{"Regular", "OTTO", assets.Regular()},
		{"Bold", "OTTO", assets.Bold()},
		{"Regular", "\x00\x01\x00\x00", assets.PrintRegular()},
		{"Bold", "\x00\x01\x00\x00", assets.PrintBold()},
	} {
		if !bytes.HasPrefix(tt.font, []byte(tt.mark)) {
			t.Errorf("%s begins with %q, want %q", tt.weight, tt.font[:4], tt.mark)
		}
		f, err := sfnt.Parse(tt.font)
		if err != nil {
			t.Fatal(err)
		}
		for id, wanted := range map[sfnt.NameID]string{
			sfnt.NameIDFamily: "Mulutong Sans", sfnt.NameIDSubfamily: tt.weight,
			sfnt.NameIDPostScript: "MulutongSans-" + tt.weight,
		} {
			if got, err := f.Name(nil, id); err != nil || got != wanted {
				t.Errorf("%s: name %d is %q (%v), want %q", tt.weight, id, got, err, wanted)
			}
		}
	}
	licence := text(t, "font/OFL.txt")
	if !strings.Contains(licence, "SIL OPEN FONT LICENSE Version 1.1") || !strings.Contains(licence, "Reserved Font Name 'Source'") {
		t.Error("font/OFL.txt is not the licence with its copyright line")
	}
}

// Characters beyond 16 bits have a second place, which PDF writers can name.
func TestEveryWideCharacterHasAPrivatePlace(t *testing.T) {
	f, err := sfnt.Parse(assets.PrintRegular())
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	private := map[sfnt.GlyphIndex]bool{}
	for r := rune(0xE000); r <= 0xF8FF; r++ {
		if i, err := f.GlyphIndex(&buf, r); err == nil && i != 0 {
			private[i] = true
		}
	}
	wide := 0
	for _, r := range text(t, "font/standard.txt") {
		if r <= 0xFFFF {
			continue
		}
		wide++
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 || !private[i] {
			t.Errorf("%q (%U) has no private place", r, r)
		}
	}
	if wide == 0 {
		t.Error("the standard table has no character beyond 16 bits; it should")
	}
}

func TestIconIsThePictureOfItsSVG(t *testing.T) {
	f, err := os.Open("icon/icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	svg, err := oksvg.ReadIconStream(f)
	if err != nil {
		t.Fatal(err)
	}
	const side = 512
	svg.SetTarget(0, 0, side, side)
	drawn := image.NewRGBA(image.Rect(0, 0, side, side))
	svg.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, drawn, drawn.Bounds())), 1)
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, drawn); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("icon/icon.png", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := png.Decode(bytes.NewReader(assets.Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if kept.Bounds() != drawn.Bounds() {
		t.Fatalf("icon is %v, want %v", kept.Bounds(), drawn.Bounds())
	}
	for y := 0; y < side; y += 4 {
		for x := 0; x < side; x += 4 {
			r1, g1, b1, a1 := drawn.At(x, y).RGBA()
			r2, g2, b2, a2 := kept.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) || far(a1, a2) {
				t.Fatalf("icon.png differs from icon.svg at %d,%d: run the test with -update", x, y)
			}
		}
	}
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 0x0800 }
