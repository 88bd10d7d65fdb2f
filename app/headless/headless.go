// Package headless holds the commands of mulu, each a function that returns an
// exit code. Results go to standard output, as a JSON document with --json;
// progress and messages go to standard error, in Chinese or, with --lang en or
// an English locale, in English. A command that fails prints one clear line,
// changes nothing and exits with the code that the table in exit.go gives.
package headless

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
	"golang.org/x/term"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// World is what a command sees of the machine it runs on.
type World struct {
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Terminal bool // standard error is a terminal: progress may be drawn
	Getenv   func(string) string
	Now      func() time.Time
	NewID    func() catalog.EntryID
	User     string // who edits, for the history
}

// System is the machine's own standard streams, environment and clock.
func System() World {
	name := "mulu"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	return World{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: term.IsTerminal(int(os.Stderr.Fd())),
		Getenv:   os.Getenv, Now: time.Now, NewID: newID, User: name,
	}
}

// newID makes ids that sort by the order they were made in.
func newID() catalog.EntryID { return catalog.EntryID(ulid.Make().String()) }

// Main runs one command line and returns its exit code. It does not exit, so
// that tests can run it in their own process.
func Main(ctx context.Context, args []string, w World) int {
	out := &output{w: w.Stdout}
	w.Stdout = out
	a := &app{World: w, out: out, lang: language(args, w.Getenv)}
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if out.err != nil {
		err = &words.FileError{Path: out.err.Error(), Err: errOutput}
	}
	if err == nil {
		return a.code
	}
	code, message := explain(err, a.lang)
	if code == exitUsage {
		message += tryHelp.In(a.lang, helpCommandFor(cmd))
	}
	fmt.Fprintln(w.Stderr, "mulu: "+strings.Map(harmless, message))
	return code
}

// app is one run of the program.
type app struct {
	World
	out  *output // what Stdout is
	lang words.Lang
	json bool
	code int // what a command that did its work exits with
	know *templates.Set
	// lines reads standard input line by line, where a command asks more than once.
	lines *bufio.Reader
	tries int // over a bad line; 0: the client's own
}

// set is what the run knows of the field: the program's own release, or a newer one
// that the drafts it works on keep.
func (a *app) set() *templates.Set {
	if a.know != nil {
		return a.know
	}
	return templates.Embedded()
}

// learn makes set the release that the drafts in a folder go by. Where they cannot be
// read the program's own stays; whoever goes on to use them says why.
func (a *app) learn(dir string) {
	s, err := boltstore.Open(dir, a.storeOptions(true))
	if err != nil {
		return
	}
	defer s.Close()
	if a.know, err = work.KnownTo(s, templates.Embedded()); err != nil {
		a.say(releaseDamaged, templates.Embedded().Version())
	}
}
