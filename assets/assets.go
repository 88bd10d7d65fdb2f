// Package assets holds what the programs show besides words, as bytes: the
// fonts and the icon. No Chinese character depends on the machine's own fonts.
package assets

import _ "embed"

//go:embed font/MulutongSans-Regular.ttf
var regular []byte

//go:embed font/MulutongSans-Bold.ttf
var bold []byte

// Regular is the bundled Simplified Chinese font, TrueType; read-only.
func Regular() []byte { return regular }

// Bold is the same font's bold weight; read-only.
func Bold() []byte { return bold }
