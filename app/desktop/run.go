// Package desktop wires the screens, the drafts and the machine into the desktop
// program. One window works on one data folder: a second start raises the first.
// A program that crashes says so at its next start, and one that can show no
// window says why, and what to do, before it ends.
package desktop

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"mulutong/app/words"
)

// The exit codes of the program; 0, 2 and 6 mean what they mean to mulu.
const (
	exitDone    = 0 // also where a running program was raised instead
	exitUsage   = 2
	exitStore   = 6 // the data folder cannot be used
	exitDisplay = 7 // no window can be shown
)

const appID = "cn.mulutong.desktop"

// version is set by the build from FyneApp.toml.
var version = ""

// options are what the start of the program settles before there is a window.
type options struct {
	data     string       // the data folder, which exists
	crash    *crashReport // how the last run ended, nil where it ended well
	settings ownSettings
}

// program is the desktop's view of one window, as open returns it.
type program struct {
	window fyne.Window
	fill   func() // once the window can be seen: shows the drafts in it
	close  func() // when the window is gone: saves what is left
}

// Main runs the desktop program and returns its exit code.
func Main(args []string) int {
	lang := systemLang(os.Getenv)
	o, code, done := parse(args, os.Stdout, os.Stderr, lang)
	if done {
		return code
	}
	note := recentLog(os.Stderr)
	log.SetOutput(note)

	makeCacheRoot()
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: "目录通", Version: versionText(), Release: version != ""})
	a := app.NewWithID(appID)
	o.settings = readSettings()
	o.data = dataFolder(o.data, o.settings.DataDir, os.Getenv)

	raise := make(chan chan struct{})
	claim, err := claimFolder(o.data, func() {
		shown := make(chan struct{})
		raise <- shown
		<-shown
	})
	switch {
	case errors.Is(err, errRaised):
		return exitDone
	case errors.Is(err, errUnresponsive):
		say(lang, runningUnresponsive, o.data)
		return exitStore
	case err != nil:
		say(lang, folderUnusable, o.data, err)
		return exitStore
	}
	defer claim.release()

	crashes, err := watchCrashes(o.data, versionText())
	if err != nil {
		log.Printf("crashes will leave no log: %v", err)
	}
	o.crash = crashes.last

	code = present(a, o, raise, note, lang)
	crashes.close() // not deferred: a panic on its way up must still find the log
	return code
}

// makeCacheRoot makes the folder that Fyne takes for granted.
func makeCacheRoot() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700)
	}
}

// whenRunning is where tests that drive the built program look into it.
var whenRunning func()

// present opens the window and stays until it is closed.
func present(a fyne.App, o options, raise <-chan chan struct{}, note *logTail, lang words.Lang) int {
	var p program
	err := graphics(note, func() fyne.Window {
		p = open(a, o)
		return p.window
	})
	if err != nil {
		sayNoGraphics(err, lang)
		return exitDisplay
	}
	p.fill()
	if o.crash != nil {
		tellCrash(a, p.window, o.crash)
	}
	go func() {
		for shown := range raise {
			fyne.DoAndWait(func() { bringToFront(p.window) })
			close(shown)
		}
	}()
	if whenRunning != nil {
		whenRunning()
	}
	stop := followCaret(p.window)
	a.Run()
	stop()
	p.close()
	return exitDone
}

// parse reads the command line. done says that there is nothing left to do but
// to end with the code.
func parse(args []string, stdout, stderr io.Writer, lang words.Lang) (o options, code int, done bool) {
	fs := flag.NewFlagSet("mulutong", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.data, "data", "", "")
	showVersion := fs.Bool("version", false, "")
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage.In(lang))
		return o, exitDone, true
	case err != nil:
		fmt.Fprintln(stderr, badUsage.In(lang, err))
		fmt.Fprint(stderr, usage.In(lang))
		return o, exitUsage, true
	case fs.NArg() > 0:
		fmt.Fprintln(stderr, badArgument.In(lang, fs.Arg(0)))
		fmt.Fprint(stderr, usage.In(lang))
		return o, exitUsage, true
	case *showVersion:
		fmt.Fprintln(stdout, versionLine.In(lang, versionText()))
		return o, exitDone, true
	}
	return o, exitDone, false
}

// versionText is the version the build gave, or what go build stamped.
func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// dataFolder is the folder of the drafts: the one asked for, the one chosen in
// the settings, or the usual one of the machine. It is on the machine itself,
// not in a profile that follows the user over the network.
func dataFolder(asked, chosen string, getenv func(string) string) string {
	for _, dir := range []string{asked, chosen} {
		if dir == "" {
			continue
		}
		if abs, err := filepath.Abs(dir); err == nil {
			return abs
		}
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	if runtime.GOOS == "windows" {
		if local := getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Mulutong", "drafts")
		}
		return filepath.Join(home, "AppData", "Local", "Mulutong", "drafts")
	}
	if share := getenv("XDG_DATA_HOME"); filepath.IsAbs(share) {
		return filepath.Join(share, "mulutong", "drafts")
	}
	return filepath.Join(home, ".local", "share", "mulutong", "drafts")
}

// systemLang is the language of what is said before the settings are read:
// English only where the system says so.
func systemLang(getenv func(string) string) words.Lang {
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(key); v != "" {
			if len(v) >= 3 && v[:3] == "en_" {
				return words.English
			}
			return words.Chinese
		}
	}
	return words.Chinese
}
