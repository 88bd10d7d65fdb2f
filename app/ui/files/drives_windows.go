package files

import (
	"fyne.io/fyne/v2/theme"
	"golang.org/x/sys/windows"

	"mulutong/app/words"
)

// drives are the machine's drives, sticks among them.
func drives() []place {
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	var out []place
	for i := range 26 {
		if mask&(1<<i) != 0 {
			name := string(rune('A'+i)) + ":"
			out = append(out, place{words.Text{ZH: name, EN: name}, theme.StorageIcon(), name + `\`})
		}
	}
	return out
}
