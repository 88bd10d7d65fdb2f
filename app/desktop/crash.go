package desktop

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// crashReport is what the last run left behind when it ended badly.
type crashReport struct {
	path string // the report, in the data folder
	text string
}

// crashes is the crash log of this run.
type crashes struct {
	file *os.File
	last *crashReport // of the run before, offered once
}

const (
	crashLog      = "crash.log"        // of the run that goes on
	crashReports  = "crash-*.log"      // of runs that ended badly
	crashKept     = 5                  // so many reports are kept
	crashMaxBytes = 1 << 20            // and so much of each
	crashHeader   = "----- 程序日志 -----" // ends the header, begins what the runtime writes
)

// watchCrashes lets the Go runtime write into the data folder's crash log should
// the program crash, and takes up what the last run left there.
func watchCrashes(dir, version string) (*crashes, error) {
	c := &crashes{}
	path := filepath.Join(dir, crashLog)
	last, err := takeCrash(dir, path)
	c.last = last
	if err != nil {
		return c, fmt.Errorf("take up the last crash log: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return c, err
	}
	fmt.Fprintf(f, "目录通 %s\n系统 %s/%s，%s\n启动于 %s\n本文件只有程序自身的运行记录，不含目录内容。\n%s\n",
		version, runtime.GOOS, runtime.GOARCH, runtime.Version(), time.Now().Format("2006-01-02 15:04:05 -0700"), crashHeader)
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return c, errors.Join(err, f.Close())
	}
	c.file = f
	return c, nil
}

// close says that the program ended well: there is no crash to tell of.
func (c *crashes) close() {
	if c.file == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	name := c.file.Name()
	c.file.Close()
	os.Remove(name)
}

// takeCrash renames the log of a run that crashed, so that it is told once, and
// returns it. A run that was killed left a header only, which is no crash.
func takeCrash(dir, path string) (*crashReport, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	header, trace, _ := bytes.Cut(b, []byte(crashHeader+"\n"))
	if len(bytes.TrimSpace(trace)) == 0 {
		return nil, os.Remove(path)
	}
	trace = trace[:min(len(trace), crashMaxBytes)]
	text := string(header) + crashHeader + "\n" + withoutContents(string(trace))
	at := time.Now()
	if info, err := os.Stat(path); err == nil {
		at = info.ModTime()
	}
	kept := filepath.Join(dir, "crash-"+at.Format("20060102-150405")+".log")
	if err := os.WriteFile(kept, []byte(text), 0o600); err != nil {
		return nil, err
	}
	return &crashReport{path: kept, text: text}, errors.Join(os.Remove(path), dropOldCrashes(dir))
}

func dropOldCrashes(dir string) error {
	old, err := filepath.Glob(filepath.Join(dir, crashReports))
	if err != nil {
		return err
	}
	slices.Sort(old)
	var errs []error
	for _, path := range old[:max(0, len(old)-crashKept)] {
		errs = append(errs, os.Remove(path))
	}
	return errors.Join(errs...)
}

var (
	notASCII   = regexp.MustCompile(`[^\x00-\x7f]+`)
	longNumber = regexp.MustCompile(`[0-9][0-9Xx-]{5,}`)
)

// withoutContents takes out of a trace what could come from a draft: a panic's
// message may quote a field. Stacks hold names and addresses only.
func withoutContents(trace string) string {
	lines := strings.Split(trace, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "goroutine ") {
			break
		}
		lines[i] = longNumber.ReplaceAllString(notASCII.ReplaceAllString(line, "…"), "#")
	}
	return strings.Join(lines, "\n")
}
