package headless

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

// service is a review service that a test started as a process of its own.
type service struct {
	url  string
	cmd  *exec.Cmd
	errs bytes.Buffer
}

// startService starts mulu serve and waits until it listens. Its standard output
// begins with one JSON document.
func startService(mulu string, env []string, args ...string) (*service, error) {
	s := &service{cmd: exec.Command(mulu, append([]string{"serve", "--json", "--listen", "127.0.0.1:0"}, args...)...)}
	s.cmd.Env, s.cmd.Stderr = env, &s.errs
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	var began struct{ Listening string }
	if err := json.NewDecoder(out).Decode(&began); err != nil {
		_ = s.cmd.Wait()
		return nil, fmt.Errorf("mulu serve: %w\n%s", err, s.errs.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	s.url = began.Listening
	return s, nil
}

// stop asks the service to end, as systemd would, and waits for it.
func (s *service) stop() error {
	_ = s.cmd.Process.Signal(os.Interrupt)
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Minute):
		_ = s.cmd.Process.Kill()
		return fmt.Errorf("the service did not stop:\n%s", s.errs.String())
	}
}

// TestServiceScripts works with a real service on loopback as people would. One
// command of a script starts it: service start FOLDER; then SERVICE is its address,
// and person and as sign people on.
func TestServiceScripts(t *testing.T) {
	var running sync.Map // of *service, by the script's folder; scripts run at once
	testscript.Run(t, testscript.Params{
		Dir: "testdata/service",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("TZ", "Asia/Shanghai")
			e.Setenv("USER", "clerk")
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
			"service": func(ts *testscript.TestScript, _ bool, args []string) {
				work := ts.Getenv("WORK")
				switch args[0] {
				case "start":
					mulu, err := lookPath(ts.Getenv("PATH"))
					ts.Check(err)
					s, err := startService(mulu, environment(ts), append([]string{"--data", ts.MkAbs(args[1])}, args[2:]...)...)
					ts.Check(err)
					running.Store(work, s)
					ts.Defer(func() {
						if s, ok := running.LoadAndDelete(work); ok {
							_ = s.(*service).cmd.Process.Kill()
							_ = s.(*service).cmd.Wait()
						}
					})
					ts.Setenv("SERVICE", s.url)
				case "stop":
					s, ok := running.LoadAndDelete(work)
					if !ok {
						ts.Fatalf("no service is running")
					}
					ts.Check(s.(*service).stop())
					ts.Check(os.WriteFile(ts.MkAbs("service.log"), s.(*service).errs.Bytes(), 0o600))
				default:
					ts.Fatalf("usage: service start FOLDER [FLAG]… | service stop")
				}
			},
			"person": person,
			"as":     as,
			"code":   code,
			"change": change,
		},
	})
}

// as makes the commands that follow those of another person: as ACCOUNT.
func as(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("MULU_SESSION", filepath.Join(ts.Getenv("WORK"), "sessions", args[0]+".json"))
}

// person makes an account and signs it on: person ACCOUNT NAME ROLE UNIT [SECTOR]….
// The first one is the administrator, whose password is in a file: person admin FILE.
func person(ts *testscript.TestScript, _ bool, args []string) {
	var password string
	if args[0] == "admin" {
		password = strings.TrimSpace(ts.ReadFile(args[1]))
	} else {
		as(ts, false, []string{"admin"})
		add := []string{"review", "accounts", "add", args[0], "--name", args[1], "--role", args[2], "--unit", args[3], "--json"}
		for _, s := range args[4:] {
			add = append(add, "--sector", s)
		}
		var made struct{ Password string }
		ts.Check(json.Unmarshal([]byte(muluAs(ts, "", add...)), &made))
		password = made.Password
	}
	as(ts, false, args[:1])
	muluAs(ts, password+"\n", "review", "login", "--service", ts.Getenv("SERVICE"), "--account", args[0])
	muluAs(ts, password+"\nlong enough for "+args[0]+"\n", "review", "password")
}

// muluAs runs a command with the script's environment and returns what it printed.
func muluAs(ts *testscript.TestScript, stdin string, args ...string) string {
	w := System()
	env := map[string]string{}
	for _, kv := range environment(ts) {
		k, v, _ := strings.Cut(kv, "=")
		env[k] = v
	}
	var out, errs bytes.Buffer
	w.Stdin, w.Stdout, w.Stderr, w.Terminal = strings.NewReader(stdin), &out, &errs, false
	w.Getenv = func(k string) string { return env[k] }
	if code := Main(context.Background(), args, w); code != 0 {
		ts.Fatalf("mulu %s exits with %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// environment is the script's, for processes.
func environment(ts *testscript.TestScript) []string {
	var env []string
	for _, k := range []string{"PATH", "HOME", "WORK", "LANG", "TZ", "USER", "XDG_CONFIG_HOME", "MULU_SESSION", "TMPDIR"} {
		if v := ts.Getenv(k); v != "" {
			env = append(env, k+"="+v)
		}
	}
	return env
}

// lookPath finds mulu in a script's PATH.
func lookPath(path string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		name := filepath.Join(dir, "mulu")
		if _, err := os.Stat(name); err == nil {
			return name, nil
		}
	}
	return "", exec.ErrNotFound
}

// code puts the code of an invitation into the environment: code FILE.
func code(ts *testscript.TestScript, _ bool, args []string) {
	var made struct{ Code string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &made))
	ts.Setenv("CODE", made.Code)
}

// change edits a field of an entry as a clerk would: change FOLDER SECTOR NUMBER FIELD TEXT.
func change(ts *testscript.TestScript, _ bool, args []string) {
	s, err := boltstore.Open(ts.MkAbs(args[0]), boltstore.Options{})
	ts.Check(err)
	defer s.Close()
	_, err = s.Edit(context.Background(), boltstore.EditInfo{By: "clerk", Label: "修改"}, func(tx *boltstore.Tx) error {
		c, err := tx.Catalog(catalog.Sector(args[1]))
		if err != nil {
			return err
		}
		var n int
		if _, err := fmt.Sscan(args[2], &n); err != nil {
			return err
		}
		e := c.Entries[n-1]
		if err := e.SetText(catalog.Field(args[3]), args[4]); err != nil {
			return err
		}
		return tx.PutEntry(e)
	})
	ts.Check(err)
}
