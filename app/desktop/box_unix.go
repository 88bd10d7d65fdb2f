//go:build unix

package desktop

import (
	"os"
	"os/exec"

	"golang.org/x/term"
)

// messageBox shows a text on a desktop that has a program for it, and waits until
// it was read. Who started us from a terminal has read the line there.
func messageBox(title, text string) {
	if os.Getenv("DISPLAY") == "" || term.IsTerminal(int(os.Stderr.Fd())) {
		return
	}
	for _, box := range [][]string{
		{"zenity", "--error", "--no-markup", "--width=560", "--title=" + title, "--text=" + text},
		{"kdialog", "--title", title, "--error", text},
		{"xmessage", "-center", "-title", title, text},
	} {
		path, err := exec.LookPath(box[0])
		if err != nil {
			continue
		}
		if exec.Command(path, box[1:]...).Run() == nil {
			return
		}
	}
}
