// Package assets holds the bytes that the programs carry with them: the font
// all their text is shown and printed in, and their icon. The font has a glyph
// for every character of the standard table (通用规范汉字表), of the divisions, of
// the templates and of the programs' own words, so that no box is shown where
// the system has no Chinese font.
package assets

import _ "embed"

//go:generate go run ./internal/licences licences.txt

var (
	//go:embed font/MulutongSans-Regular.otf
	regular []byte

	//go:embed font/MulutongSans-Bold.otf
	bold []byte

	//go:embed font/MulutongSans-Regular.ttf
	printRegular []byte

	//go:embed font/MulutongSans-Bold.ttf
	printBold []byte

	//go:embed icon/icon.png
	icon []byte
)

// Regular is the font for text on screens. Its outlines are CFF, which the
// desktop's toolkit reads in a third of the time and memory that TrueType takes.
// The bytes are shared and not to be changed.
func Regular() []byte { return regular }

// Bold is the font for headings on screens.
func Bold() []byte { return bold }

// PrintRegular is Regular with TrueType outlines, which PDF writers want.
func PrintRegular() []byte { return printRegular }

// PrintBold is Bold with TrueType outlines.
func PrintBold() []byte { return printBold }

// Icon is the program's icon, a PNG of 512 pixels a side.
func Icon() []byte { return icon }

//go:embed font/OFL.txt
var fontLicence string

//go:embed licences.txt
var licences string

// FontLicence is the licence of the bundled fonts.
func FontLicence() string { return fontLicence }

// Licences are those of the libraries the desktop program contains.
func Licences() string { return licences }
