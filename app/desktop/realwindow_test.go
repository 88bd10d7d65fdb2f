//go:build linux && realwindow && uitrace

package desktop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mulutong/app/desktop/internal/trace"
)

// The tests of this file and of window_test.go run the built program in a real
// window: an X server without a screen, a window manager, an input method. They
// know where to point by the trace that the program writes under the tag uitrace.

// patience is how long a condition may take on a slow and busy machine. Every
// wait ends as soon as its condition holds.
const patience = 60 * time.Second

// TestRealWindowPackagesAreThere fails with the missing ones, before other tests
// fail for want of them.
func TestRealWindowPackagesAreThere(t *testing.T) { needPrograms(t) }

func needPrograms(t testing.TB) {
	t.Helper()
	var missing []string
	for _, name := range []string{"Xvfb", "openbox", "dbus-daemon", "fcitx5", "fcitx5-remote", "xdotool", "xclip", "import", "xprop", "xmessage"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		t.Fatalf("missing %v; make test-deps installs them", missing)
	}
}

var builds sync.Map // tags to func() (string, error)

// built is the program, built once for each set of tags with the flags of the
// Makefile, so that the build cache serves both.
func built(t testing.TB, pkg string, tags ...string) string {
	t.Helper()
	key := pkg + " " + strings.Join(tags, ",")
	f, _ := builds.LoadOrStore(key, sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp("", "mulutong-built")
		if err != nil {
			return "", err
		}
		atExit = append(atExit, func() { os.RemoveAll(dir) })
		path := filepath.Join(dir, "mulutong")
		cmd := exec.Command("go", "build", "-trimpath", "-tags", strings.Join(append([]string{"x11", "migrated_fynedo"}, tags...), ","),
			"-ldflags", "-s -w -X mulutong/app/desktop.version=0.0.0", "-o", path, pkg)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %s", err, out)
		}
		return path, nil
	}))
	path, err := f.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

const theProgram = "mulutong"

// screen is an X server of the test's own, with what a desktop has around it.
type screen struct {
	t    testing.TB
	env  []string
	home string
}

// newScreen starts an X server. extensions are passed on, such as "-extension GLX".
func newScreen(t testing.TB, extensions ...string) *screen {
	t.Helper()
	needPrograms(t)
	home := t.TempDir()
	s := &screen{t: t, home: home}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"}, extensions...)...)
	x.ExtraFiles = []*os.File{w}
	s.begin(x)
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatalf("Xvfb gives no display: %v", err)
	}
	run := filepath.Join(home, "run")
	if err := os.Mkdir(run, 0o700); err != nil {
		t.Fatal(err)
	}
	s.env = append(withoutDesktop(os.Environ()),
		"DISPLAY=:"+strings.TrimSpace(string(number[:n])), "HOME="+home, "XDG_RUNTIME_DIR="+run,
		"LANG=C.UTF-8", "LC_ALL=C.UTF-8", "XMODIFIERS=@im=fcitx")
	return s
}

// withoutDesktop is an environment without what ties it to a desktop or a home.
func withoutDesktop(env []string) []string {
	var out []string
	for _, kv := range env {
		key, _, _ := strings.Cut(kv, "=")
		switch {
		case strings.HasPrefix(key, "XDG_"), strings.HasPrefix(key, "LC_"), strings.HasPrefix(key, "WAYLAND_"):
		case key == "DISPLAY" || key == "HOME" || key == "LANG" || key == "LANGUAGE" || key == "XAUTHORITY" || key == "XMODIFIERS" || key == "DBUS_SESSION_BUS_ADDRESS":
		default:
			out = append(out, kv)
		}
	}
	return out
}

// begin starts a program that is ended with the test.
func (s *screen) begin(cmd *exec.Cmd) {
	s.t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	s.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-done:
		case <-time.After(3 * time.Second):
			_ = cmd.Process.Kill()
			<-done
		}
	})
}

func (s *screen) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	return cmd
}

// windowManager starts one, and waits until it manages.
func (s *screen) windowManager() {
	s.t.Helper()
	s.begin(s.command("openbox"))
	s.wait("the window manager to start", func() bool {
		out, _ := s.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return strings.Contains(string(out), "window id #")
	})
}

// fcitxProfile is Chinese by pinyin beside the plain keyboard, as set up for a user
// in China; Control+Space goes from one to the other.
const fcitxProfile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`

// inputMethod starts fcitx5 with pinyin, and waits until programs can reach it.
func (s *screen) inputMethod() {
	s.t.Helper()
	config := filepath.Join(s.home, ".config", "fcitx5")
	if err := os.MkdirAll(config, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "profile"), []byte(fcitxProfile), 0o600); err != nil {
		s.t.Fatal(err)
	}
	socket := filepath.Join(s.home, "run", "bus")
	s.begin(s.command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path="+socket))
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket)
	s.wait("the session bus to start", func() bool { _, err := os.Stat(socket); return err == nil })
	s.begin(s.command("fcitx5", "--disable=wayland,waylandim,notifications,kimpanel"))
	s.wait("the input method to start", func() bool {
		out, _ := s.command("xprop", "-root", "XIM_SERVERS").Output()
		state, _ := s.command("fcitx5-remote").Output()
		return strings.Contains(string(out), "@server=fcitx") && len(bytes.TrimSpace(state)) > 0
	})
}

// wait waits until a condition holds.
func (s *screen) wait(what string, cond func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if cond() {
			return
		}
		if time.Now().After(end) {
			s.picture("failed")
			s.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// picture writes what the screen shows into out/realwindow, to be looked at.
func (s *screen) picture(name string) {
	dir := filepath.Join("..", "..", "out", "realwindow")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		s.t.Log(err)
		return
	}
	path := filepath.Join(dir, s.t.Name()+"-"+name+".png")
	if out, err := s.command("import", "-window", "root", path).CombinedOutput(); err != nil {
		s.t.Logf("picture: %v: %s", err, out)
	}
}

// desk is the program running on a screen.
type desk struct {
	*screen
	cmd    *exec.Cmd
	log    *syncBuffer
	exited chan struct{}
	trace  string
	window string
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// start starts the program with the trace in it and waits for its window.
func (s *screen) start(args ...string) *desk {
	s.t.Helper()
	d := &desk{
		screen: s, log: &syncBuffer{}, exited: make(chan struct{}),
		trace: filepath.Join(s.t.TempDir(), "trace.json"),
		cmd:   s.command(built(s.t, theProgram, "uitrace"), args...),
	}
	d.cmd.Env = append(d.cmd.Env, "MULUTONG_UITRACE="+d.trace)
	d.cmd.Stdout = io.Discard
	d.cmd.Stderr = d.log
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := d.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() { _ = d.cmd.Wait(); close(d.exited) }()
	s.t.Cleanup(d.kill)
	d.wait("the program's window", func() bool {
		d.alive()
		out, _ := s.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(d.cmd.Process.Pid)).Output()
		ids := strings.Fields(string(out))
		if len(ids) > 0 {
			d.window = ids[len(ids)-1]
		}
		return len(ids) > 0
	})
	d.wait("the window to have the focus", func() bool {
		out, _ := s.command("xdotool", "getactivewindow").Output()
		return strings.TrimSpace(string(out)) == d.window
	})
	return d
}

func (d *desk) kill() {
	_ = d.cmd.Process.Kill()
	<-d.exited
}

// alive fails the test where the program has ended by itself.
func (d *desk) alive() {
	d.t.Helper()
	select {
	case <-d.exited:
		d.t.Fatalf("the program ended (%v):\n%s", d.cmd.ProcessState, d.log)
	default:
	}
}

// show is what the window shows now.
func (d *desk) show() []trace.Object {
	d.t.Helper()
	os.Remove(d.trace)
	var out []trace.Object
	var asked time.Time
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if time.Since(asked) > 2*time.Second { // the program may not yet listen
			d.alive()
			if err := d.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
				d.t.Fatal(err)
			}
			asked = time.Now()
		}
		b, err := os.ReadFile(d.trace)
		if err != nil {
			continue
		}
		if err := json.Unmarshal(b, &out); err != nil {
			d.t.Fatal(err)
		}
		return out
	}
	d.picture("failed")
	d.t.Fatalf("the program does not answer:\n%s", d.log)
	return nil
}

// find waits until the window shows something, on its topmost layer that does.
func (d *desk) find(what string, match func(trace.Object) bool) trace.Object {
	d.t.Helper()
	var last []trace.Object
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		last = d.show()
		best := -1
		for i, n := range last {
			if match(n) && (best < 0 || n.Layer > last[best].Layer || n.Layer == last[best].Layer && n.W*n.H < last[best].W*last[best].H) {
				best = i
			}
		}
		if best >= 0 {
			return last[best]
		}
	}
	d.picture("failed")
	d.t.Fatalf("waited in vain for %s; the window shows:\n%s", what, texts(last))
	return trace.Object{}
}

func texts(all []trace.Object) string {
	var b strings.Builder
	for _, n := range all {
		if n.Leaf && strings.TrimSpace(n.Text) != "" {
			fmt.Fprintf(&b, "%d %q\n", n.Layer, n.Text)
		}
		if n.Value != "" && !n.Click || n.Focused {
			fmt.Fprintf(&b, "%d %s holds %q focused=%v\n", n.Layer, n.Type, n.Value, n.Focused)
		}
	}
	return b.String()
}

// see waits until a text stands in the window.
func (d *desk) see(text string) trace.Object {
	d.t.Helper()
	return d.find("the text "+text, func(n trace.Object) bool { return strings.Contains(n.Text, text) })
}

// holds waits until a field holds a value.
func (d *desk) holds(value string) trace.Object {
	d.t.Helper()
	return d.find("a field that holds "+value, func(n trace.Object) bool { return n.Value == value })
}

// gone waits until a text no longer stands in the window.
func (d *desk) gone(text string) {
	d.t.Helper()
	d.wait("the text "+text+" to go", func() bool {
		for _, n := range d.show() {
			if strings.Contains(n.Text, text) {
				return false
			}
		}
		return true
	})
}

// point clicks the middle of something.
func (d *desk) point(n trace.Object, clicks int) {
	d.t.Helper()
	d.do("mousemove", "--window", d.window, strconv.Itoa(int(n.X)), strconv.Itoa(int(n.Y)))
	d.do("click", "--repeat", strconv.Itoa(clicks), "--delay", "60", "1")
}

// click clicks what can be clicked and reads text, or else the text itself.
func (d *desk) click(text string) {
	d.t.Helper()
	d.clickOn("something to click that reads "+text, func(n trace.Object) bool {
		return !n.Disabled && strings.TrimSpace(n.Text) == text && (n.Click || n.Leaf)
	})
}

// clickOn clicks what matches once it stands still: a list that is being filled
// moves, as it does under a person's hand.
func (d *desk) clickOn(what string, match func(trace.Object) bool) {
	d.t.Helper()
	n := d.find(what, match)
	for range 100 {
		time.Sleep(150 * time.Millisecond)
		again := d.find(what, match)
		if again == n {
			break
		}
		n = again
	}
	d.point(n, 1)
}

// do gives xdotool a command.
func (d *desk) do(args ...string) {
	d.t.Helper()
	if out, err := d.command("xdotool", args...).CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v: %s", args, err, out)
	}
}

// copy puts a text on the clipboard, as another program does.
func (d *desk) copy(text string) {
	d.t.Helper()
	cmd := d.command("xclip", "-selection", "clipboard")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil { // xclip stays behind to give the text away
		d.t.Fatalf("xclip: %v", err)
	}
}

// key presses keys, such as Return or ctrl+s.
func (d *desk) key(keys ...string) {
	d.t.Helper()
	d.do(append([]string{"key", "--delay", "40"}, keys...)...)
}

// write types letters and digits with the plain keyboard.
func (d *desk) write(text string) {
	d.t.Helper()
	d.do("type", "--delay", "30", text)
}

// pinyin types a word through the input method, which it switches on before and
// off afterwards. The word comes where the focus is.
func (d *desk) pinyin(letters string) {
	d.t.Helper()
	d.switchInput("2")
	d.do("type", "--delay", "60", letters)
	d.wait("the input method to offer words", d.offering)
	d.key("space")
	d.wait("the input method to have given its word", func() bool { return !d.offering() })
	d.switchInput("1")
}

// offering says whether the input method shows its candidates.
func (d *desk) offering() bool {
	out, _ := d.command("xdotool", "search", "--onlyvisible", "--name", "Fcitx5 Input Window").Output()
	return len(strings.TrimSpace(string(out))) > 0
}

// switchInput presses Control+Space until the input method is on (2) or off (1).
func (d *desk) switchInput(state string) {
	d.t.Helper()
	is := func() bool {
		out, _ := d.command("fcitx5-remote").Output()
		return strings.TrimSpace(string(out)) == state
	}
	for range 5 {
		if is() {
			return
		}
		d.key("ctrl+space")
		for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if is() {
				return
			}
		}
	}
	d.picture("failed")
	d.t.Fatalf("the input method does not switch to %s", state)
}
