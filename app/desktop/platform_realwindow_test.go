//go:build linux && realwindow && uitrace

package desktop

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"mulutong/catalog/boltstore"
)

// Without a display, without a server behind it, and without OpenGL, the program
// says so at once, in words, says what to do, and exits with a code of its own.
func TestRealWindowWithoutGraphicsItSaysWhatToDo(t *testing.T) {
	program := built(t, theProgram)
	bin := t.TempDir()
	zenity := "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + filepath.Join(bin, "asked") + "\n"
	if err := os.WriteFile(filepath.Join(bin, "zenity"), []byte(zenity), 0o700); err != nil {
		t.Fatal(err)
	}
	run := func(s []string, home string) (string, int) {
		cmd := exec.Command(program, "--data", filepath.Join(home, "data"))
		cmd.Env = append(slices.Clone(s), "HOME="+home, "PATH="+bin+":"+os.Getenv("PATH"))
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
		_ = cmd.Run()
		return stderr.String(), cmd.ProcessState.ExitCode()
	}

	none := withoutDesktop(os.Environ())
	noGLX := newScreen(t, "-extension", "GLX")
	for _, tt := range []struct {
		name string
		env  []string
		want []string
		box  bool // whether there is a desktop to show a box on
	}{
		{"no display", none, []string{"DISPLAY 没有设置", "mulu"}, false},
		{"no server", append(slices.Clone(none), "DISPLAY=:9876"), []string{"连接不上图形桌面 :9876", "同一个用户"}, true},
		{"no GLX", noGLX.env, []string{"不支持 OpenGL", "libgl1-mesa-dri", "mulu"}, true},
	} {
		home := t.TempDir()
		os.Remove(filepath.Join(bin, "asked"))
		said, code := run(tt.env, home)
		if code != exitDisplay {
			t.Errorf("%s: exit code %d, want %d:\n%s", tt.name, code, exitDisplay, said)
		}
		for _, want := range tt.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: it does not say %q:\n%s", tt.name, want, said)
			}
		}
		if strings.Contains(said, "goroutine ") {
			t.Errorf("%s: it crashes:\n%s", tt.name, said)
		}
		asked, _ := os.ReadFile(filepath.Join(bin, "asked"))
		if tt.box != strings.Contains(string(asked), "目录通打不开窗口") {
			t.Errorf("%s: a box was shown: %v; with %q", tt.name, !tt.box, asked)
		}
		if left, _ := filepath.Glob(filepath.Join(home, "data", "crash*")); len(left) > 0 {
			t.Errorf("%s: it left a crash log: %v", tt.name, left)
		}
	}
}

// A second start on the same folder brings the first window up, minimised or
// covered, and ends well.
func TestRealWindowOfTheFirstStartIsRaisedByTheSecond(t *testing.T) {
	s := newScreen(t)
	s.windowManager()
	data := filepath.Join(s.home, "drafts")
	d := s.start("--data", data)

	again := func() {
		t.Helper()
		cmd := s.command(built(t, theProgram, "uitrace"), "--data", data)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("the second start ended with %v: %s", err, out)
		}
		d.wait("the first window to be on top", func() bool {
			out, _ := s.command("xdotool", "getactivewindow").Output()
			return strings.TrimSpace(string(out)) == d.window
		})
		state, _ := s.command("xprop", "-id", d.window, "_NET_WM_STATE").Output()
		if strings.Contains(string(state), "HIDDEN") {
			t.Errorf("the window is still hidden: %s", state)
		}
	}

	d.do("windowminimize", d.window)
	d.wait("the window to be minimised", func() bool {
		state, _ := s.command("xprop", "-id", d.window, "_NET_WM_STATE").Output()
		return strings.Contains(string(state), "HIDDEN")
	})
	again()

	s.begin(s.command("xmessage", "-geometry", "1300x700+10+10", "cover"))
	d.wait("another window to cover it", func() bool {
		out, _ := s.command("xdotool", "getactivewindow").Output()
		return strings.TrimSpace(string(out)) != d.window
	})
	again()
}

// A crash where screens run leaves a report that the next start tells of, once.
func TestRealWindowTellsOfACrash(t *testing.T) {
	s := newScreen(t)
	s.windowManager()
	data := filepath.Join(s.home, "drafts")
	d := s.start("--data", data)
	if err := d.cmd.Process.Signal(syscall.SIGUSR2); err != nil {
		t.Fatal(err)
	}
	d.wait("the program to crash", func() bool {
		select {
		case <-d.exited:
			return true
		default:
			return false
		}
	})

	next := s.start("--data", data)
	reports, _ := filepath.Glob(filepath.Join(data, crashReports))
	if len(reports) != 1 {
		t.Fatalf("crash reports: %v, want one", reports)
	}
	b, err := os.ReadFile(reports[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), "crashed on request") || strings.Contains(string(b), "籍山镇") || strings.Contains(string(b), "340223100") {
		t.Errorf("the report does not name the crash, or names a draft:\n%s", b)
	}
	next.see("上次目录通意外退出了")
	next.picture("told")
	next.click("继续工作")
	next.gone("上次目录通意外退出了")
	next.kill()
	third := s.start("--data", data)
	if shown := texts(third.show()); strings.Contains(shown, "意外退出") {
		t.Errorf("the crash is told again:\n%s", shown)
	}
}

// Drafts that another program has open, such as mulu, are said to be so, and are
// there once it has closed them.
func TestRealWindowSaysThatAnotherProgramHasTheDrafts(t *testing.T) {
	s := newScreen(t)
	s.windowManager()
	data := filepath.Join(s.home, "drafts")
	tenThousandEntries(t, data)
	store, err := boltstore.Open(data, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := s.start("--data", data)
	d.see("打不开草稿")
	d.picture("locked")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	d.click("重试")
	d.see("重大建设项目")
}
