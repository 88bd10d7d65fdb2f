package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"mulutong/assets"
)

// Mode is how light or dark the screens are.
type Mode string

// The modes.
const (
	Light        Mode = "light"
	Dark         Mode = "dark"
	HighContrast Mode = "contrast"
)

// Look is what a person sets about the screens' look.
type Look struct {
	Mode  Mode    // Light where empty
	Scale float32 // of texts, 0.9 to 2; 1 where 0
}

// MinScale and MaxScale bound the size of texts.
const (
	MinScale = 0.9
	MaxScale = 2
)

// Colour names besides Fyne's own. A …Soft colour is a ground for texts in the
// colour it belongs to.
const (
	Surface    fyne.ThemeColorName = "mulutong.surface" // cards and panes, on the background
	Line       fyne.ThemeColorName = "mulutong.line"    // thin lines between things
	Muted      fyne.ThemeColorName = "mulutong.muted"   // texts of second rank
	Accent     fyne.ThemeColorName = "mulutong.accent"
	AccentSoft fyne.ThemeColorName = "mulutong.accent.soft"
	Danger     fyne.ThemeColorName = "mulutong.danger"
	DangerSoft fyne.ThemeColorName = "mulutong.danger.soft"
	Warn       fyne.ThemeColorName = "mulutong.warn"
	WarnSoft   fyne.ThemeColorName = "mulutong.warn.soft"
	Good       fyne.ThemeColorName = "mulutong.good"
	GoodSoft   fyne.ThemeColorName = "mulutong.good.soft"
)

type lookTheme struct {
	look    Look
	colours map[fyne.ThemeColorName]color.Color
	base    fyne.Theme
}

// NewTheme is the theme of a look: bundled fonts, so that no Chinese character
// depends on the machine, and a palette of our own.
func NewTheme(l Look) fyne.Theme {
	if l.Mode == "" {
		l.Mode = Light
	}
	if l.Scale == 0 {
		l.Scale = 1
	}
	l.Scale = min(max(l.Scale, MinScale), MaxScale)
	return &lookTheme{l, palettes[l.Mode], theme.DefaultTheme()}
}

// Color is a colour of the look in use.
func Color(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

func (t *lookTheme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.colours[name]; ok {
		return c
	}
	variant := theme.VariantLight
	if t.look.Mode != Light {
		variant = theme.VariantDark
	}
	return t.base.Color(name, variant)
}

var (
	regular = fyne.NewStaticResource("regular.otf", assets.Regular())
	bold    = fyne.NewStaticResource("bold.otf", assets.Bold())
)

func (t *lookTheme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return t.base.Font(s)
	case s.Bold:
		return bold
	default:
		return regular
	}
}

func (t *lookTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

func (t *lookTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameModalBlurRadius { // costs every frame on old machines
		return 0
	}
	if size, ok := textSizes[name]; ok {
		return float32(math.Round(float64(size * t.look.Scale)))
	}
	if size, ok := spaceSizes[name]; ok { // spaces grow slower than texts, or nothing fits
		return float32(math.Round(float64(size) * math.Sqrt(float64(t.look.Scale))))
	}
	return t.base.Size(name)
}

var textSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:           14,
	theme.SizeNameCaptionText:    12,
	theme.SizeNameSubHeadingText: 16,
	theme.SizeNameHeadingText:    21,
	theme.SizeNameInlineIcon:     18,
}

var spaceSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:      4,
	theme.SizeNameInnerPadding: 7,
	theme.SizeNameLineSpacing:  3,
	theme.SizeNameScrollBar:    12,
	theme.SizeNameInputRadius:  4,
}

func rgb(hex uint32) color.Color {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.Color {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}

// shade is the few colours a mode is made of.
type shade struct {
	ground, surface, ink, muted, line, input, edge   uint32
	accent, onAccent, accentSoft, selection          uint32
	danger, dangerSoft, warn, warnSoft, good, soften uint32
	button, off                                      uint32 // the grounds of buttons, and of those that are off
	hover, header                                    color.Color
}

var palettes = map[Mode]map[fyne.ThemeColorName]color.Color{
	Light: paletteOf(shade{
		ground: 0xF3F5F8, surface: 0xFFFFFF, ink: 0x1A2330, muted: 0x5B6676, line: 0xDCE1E8, input: 0xFFFFFF, edge: 0xB9C2CE,
		button: 0xE6EBF2, off: 0xDCE1E8,
		accent: 0x2457A6, onAccent: 0xFFFFFF, accentSoft: 0xE5EDF9, selection: 0xCADDF6,
		danger: 0xB3261E, dangerSoft: 0xFBE8E6, warn: 0x8A5A00, warnSoft: 0xFFF2D6, good: 0x1B6E42, soften: 0xE0F2E8,
		hover: rgba(0x2457A6, 0x14), header: rgb(0xEBEFF4),
	}),
	Dark: paletteOf(shade{
		ground: 0x13171D, surface: 0x1C222B, ink: 0xE6EAF0, muted: 0x9BA7B6, line: 0x303A47, input: 0x161B22, edge: 0x465365,
		button: 0x2C3643, off: 0x303A47,
		accent: 0x7DB0F5, onAccent: 0x0B1524, accentSoft: 0x20334E, selection: 0x2B4468,
		danger: 0xFF8F86, dangerSoft: 0x472321, warn: 0xF3C566, warnSoft: 0x40331A, good: 0x7FCF9F, soften: 0x1B3B2B,
		hover: rgba(0x7DB0F5, 0x1C), header: rgb(0x252D38),
	}),
	HighContrast: paletteOf(shade{
		ground: 0x000000, surface: 0x000000, ink: 0xFFFFFF, muted: 0xE8E8E8, line: 0xFFFFFF, input: 0x000000, edge: 0xFFFFFF,
		button: 0x2B2B2B, off: 0x595959,
		accent: 0xFFE100, onAccent: 0x000000, accentSoft: 0x2E2A00, selection: 0x00579E,
		danger: 0xFF8080, dangerSoft: 0x400000, warn: 0xFFC24D, warnSoft: 0x3A2700, good: 0x5CFF9D, soften: 0x003A1B,
		hover: rgba(0xFFFFFF, 0x33), header: rgb(0x1F1F1F),
	}),
}

func paletteOf(s shade) map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		Surface: rgb(s.surface), Line: rgb(s.line), Muted: rgb(s.muted),
		Accent: rgb(s.accent), AccentSoft: rgb(s.accentSoft),
		Danger: rgb(s.danger), DangerSoft: rgb(s.dangerSoft),
		Warn: rgb(s.warn), WarnSoft: rgb(s.warnSoft),
		Good: rgb(s.good), GoodSoft: rgb(s.soften),

		theme.ColorNameBackground:          rgb(s.ground),
		theme.ColorNameForeground:          rgb(s.ink),
		theme.ColorNameDisabled:            rgb(s.muted),
		theme.ColorNamePlaceHolder:         rgb(s.muted),
		theme.ColorNameButton:              rgb(s.button),
		theme.ColorNameDisabledButton:      rgb(s.off),
		theme.ColorNamePrimary:             rgb(s.accent),
		theme.ColorNameForegroundOnPrimary: rgb(s.onAccent),
		theme.ColorNameHyperlink:           rgb(s.accent),
		theme.ColorNameFocus:               rgba(s.accent, 0x80),
		theme.ColorNameHover:               s.hover,
		theme.ColorNamePressed:             rgba(s.ink, 0x22),
		theme.ColorNameSelection:           rgb(s.selection),
		theme.ColorNameHeaderBackground:    s.header,
		theme.ColorNameInputBackground:     rgb(s.input),
		theme.ColorNameInputBorder:         rgb(s.edge),
		theme.ColorNameMenuBackground:      rgb(s.surface),
		theme.ColorNameOverlayBackground:   rgb(s.surface),
		theme.ColorNameSeparator:           rgb(s.line),
		theme.ColorNameScrollBar:           rgba(s.muted, 0xA0),
		theme.ColorNameScrollBarBackground: rgba(s.line, 0x60),
		theme.ColorNameShadow:              rgba(0x000000, 0x38),
		theme.ColorNameError:               rgb(s.danger),
		theme.ColorNameForegroundOnError:   rgb(s.onAccent),
		theme.ColorNameWarning:             rgb(s.warn),
		theme.ColorNameForegroundOnWarning: rgb(s.onAccent),
		theme.ColorNameSuccess:             rgb(s.good),
		theme.ColorNameForegroundOnSuccess: rgb(s.onAccent),
	}
}
