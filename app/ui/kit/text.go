package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Title is the name of a screen.
func Title(s string) *widget.Label {
	return sized(s, theme.SizeNameHeadingText, true)
}

// Heading is the name of a part of a screen.
func Heading(s string) *widget.Label {
	return sized(s, theme.SizeNameSubHeadingText, true)
}

// Strong is a short text that stands out.
func Strong(s string) *widget.Label {
	return sized(s, theme.SizeNameText, true)
}

// Body is a text that may be long.
func Body(s string) *Label { return NewLabel(s) }

// Note is a smaller text of second rank, which may be long.
func Note(s string) *Label {
	l := Body(s)
	l.SizeName = theme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}

// Tag is a short text of second rank on one line.
func Tag(s string) *widget.Label {
	l := sized(s, theme.SizeNameCaptionText, false)
	l.Importance = widget.LowImportance
	return l
}

func sized(s string, size fyne.ThemeSizeName, bold bool) *widget.Label {
	l := widget.NewLabelWithStyle(s, fyne.TextAlignLeading, fyne.TextStyle{Bold: bold})
	l.SizeName = size
	l.Truncation = fyne.TextTruncateOff
	return l
}
