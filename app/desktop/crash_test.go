package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the tests start this program again as a child that holds a
// folder, or crashes in it.
func TestMain(m *testing.M) {
	if child := os.Getenv("MULUTONG_TEST_CHILD"); child != "" {
		os.Exit(children[child](os.Getenv("MULUTONG_TEST_DIR")))
	}
	code := m.Run()
	for _, fn := range atExit {
		fn()
	}
	os.Exit(code)
}

// atExit is what tests share and leave to be cleared away.
var atExit []func()

var children = map[string]func(dir string) int{
	"hold":      childHolds,
	"hang":      childHangs,
	"crash":     childCrashes,
	"end well":  childEndsWell,
	"get stuck": childGetsStuck,
}

// child starts the test program again in another role.
func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "MULUTONG_TEST_CHILD="+role, "MULUTONG_TEST_DIR="+dir)
	return cmd
}

func childCrashes(dir string) int {
	if _, err := watchCrashes(dir, "1.2.3"); err != nil {
		fmt.Println(err)
		return 1
	}
	go func() { panic("条目“籍山镇临时救助”电话 13805531234 写坏了 entry 42") }()
	time.Sleep(time.Minute)
	return 0
}

func childEndsWell(dir string) int {
	c, err := watchCrashes(dir, "1.2.3")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	c.close()
	return 0
}

func childGetsStuck(dir string) int {
	if _, err := watchCrashes(dir, "1.2.3"); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("running")
	time.Sleep(time.Minute)
	return 0
}

func TestACrashIsToldOnceAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	if out, err := child(t, "crash", dir).CombinedOutput(); err == nil {
		t.Fatalf("the child did not crash: %s", out)
	}

	c, err := watchCrashes(dir, "1.2.4")
	if err != nil {
		t.Fatal(err)
	}
	c.close()
	if c.last == nil {
		t.Fatal("the next start found no crash")
	}
	onDisk, err := os.ReadFile(c.last.path)
	if err != nil || string(onDisk) != c.last.text {
		t.Errorf("the report on disk is not what is offered (%v)", err)
	}
	for _, want := range []string{"目录通 1.2.3", "系统 ", "启动于 2", "panic: ", "entry 42", "goroutine ", "childCrashes"} {
		if !strings.Contains(c.last.text, want) {
			t.Errorf("the report lacks %q:\n%s", want, c.last.text)
		}
	}
	for _, private := range []string{"临时救助", "13805531234"} {
		if strings.Contains(c.last.text, private) {
			t.Errorf("the report quotes a draft: %s", private)
		}
	}

	again, err := watchCrashes(dir, "1.2.4")
	if err != nil {
		t.Fatal(err)
	}
	defer again.close()
	if again.last != nil {
		t.Errorf("the crash is told a second time: %s", again.last.path)
	}
}

func TestARunThatEndsWellLeavesNoCrashLog(t *testing.T) {
	dir := t.TempDir()
	if out, err := child(t, "end well", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAKilledRunIsNoCrash(t *testing.T) {
	dir := t.TempDir()
	cmd := child(t, "get stuck", dir)
	startAndAwait(t, cmd, "running")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	c, err := watchCrashes(dir, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if c.last != nil {
		t.Errorf("a killed run is told as a crash: %s", c.last.text)
	}
}

func TestOnlyTheLatestCrashReportsAreKept(t *testing.T) {
	dir := t.TempDir()
	for i := range crashKept + 3 {
		name := filepath.Join(dir, fmt.Sprintf("crash-2026010%d-120000.log", i+1))
		if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := child(t, "crash", dir).CombinedOutput(); err == nil {
		t.Fatalf("the child did not crash: %s", out)
	}
	c, err := watchCrashes(dir, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	left, _ := filepath.Glob(filepath.Join(dir, crashReports))
	if len(left) != crashKept || c.last == nil || left[len(left)-1] != c.last.path {
		t.Errorf("kept %v, want %d with the last one %+v", left, crashKept, c.last)
	}
}

// A folder that nothing can be written to costs the crash log, not the start.
func TestWatchCrashesInAnUnusableFolderSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := watchCrashes(file, "1.2.3")
	if err == nil {
		t.Error("no error")
	}
	c.close()
}
