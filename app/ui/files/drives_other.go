//go:build !windows

package files

import (
	"os"
	"os/user"
	"path/filepath"

	"fyne.io/fyne/v2/theme"

	"mulutong/app/words"
)

// drives are the whole machine and the sticks that are put in.
func drives() []place {
	out := []place{{words.Text{ZH: "计算机", EN: "Computer"}, theme.ComputerIcon(), "/"}}
	u, err := user.Current()
	if err != nil {
		return out
	}
	for _, parent := range []string{"/media/" + u.Username, "/run/media/" + u.Username} {
		sticks, err := os.ReadDir(parent)
		if err != nil {
			continue
		}
		for _, s := range sticks {
			out = append(out, place{words.Text{ZH: s.Name(), EN: s.Name()}, theme.StorageIcon(), filepath.Join(parent, s.Name())})
		}
	}
	return out
}
