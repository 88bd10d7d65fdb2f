package desktop

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// childHolds claims the folder and says so, then says each time it is raised.
func childHolds(dir string) int {
	_, err := claimFolder(dir, func() { fmt.Println("raised") })
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("holding")
	time.Sleep(time.Minute)
	return 0
}

// childHangs claims the folder and never answers.
func childHangs(dir string) int {
	_, err := claimFolder(dir, func() { time.Sleep(time.Minute) })
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("holding")
	time.Sleep(time.Minute)
	return 0
}

// startAndAwait starts a child and returns once it has printed the line; what it
// prints afterwards comes through the channel.
func startAndAwait(t *testing.T, cmd *exec.Cmd, line string) <-chan string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := make(chan string, 16)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	await(t, lines, line)
	return lines
}

func await(t *testing.T, lines <-chan string, want string) {
	t.Helper()
	select {
	case got := <-lines:
		if got != want {
			t.Fatalf("the child printed %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("the child did not print %q", want)
	}
}

func TestASecondStartRaisesTheFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据 文件夹")
	lines := startAndAwait(t, child(t, "hold", dir), "holding")
	for range 3 {
		if _, err := claimFolder(dir, nil); !errors.Is(err, errRaised) {
			t.Fatalf("the second start got %v, want %v", err, errRaised)
		}
		await(t, lines, "raised")
	}
}

func TestOtherFoldersAreOtherPrograms(t *testing.T) {
	startAndAwait(t, child(t, "hold", t.TempDir()), "holding")
	c, err := claimFolder(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c.release()
}

func TestAKilledProgramHoldsNothing(t *testing.T) {
	dir := t.TempDir()
	first := child(t, "hold", dir)
	startAndAwait(t, first, "holding")
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	if _, err := os.Stat(filepath.Join(dir, claimAddress)); err != nil {
		t.Fatalf("the killed program left no address, so this test shows nothing: %v", err)
	}
	c, err := claimFolder(dir, func() {})
	if err != nil {
		t.Fatalf("what a killed program left stands in the way: %v", err)
	}
	c.release()
	if _, err := os.Stat(filepath.Join(dir, claimAddress)); !os.IsNotExist(err) {
		t.Errorf("a released folder keeps an address: %v", err)
	}
}

func TestAHungProgramIsSaid(t *testing.T) {
	dir := t.TempDir()
	startAndAwait(t, child(t, "hang", dir), "holding")
	if _, err := claimFolder(dir, nil); !errors.Is(err, errUnresponsive) {
		t.Errorf("got %v, want %v", err, errUnresponsive)
	}
}

func TestOnlyWhoKnowsTheTokenRaisesTheWindow(t *testing.T) {
	dir := t.TempDir()
	raised := make(chan struct{}, 1)
	c, err := claimFolder(dir, func() { raised <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	defer c.release()
	b, err := os.ReadFile(filepath.Join(dir, claimAddress))
	if err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	_, token, _ := strings.Cut(string(b), `"token":"`)
	forged := strings.Replace(string(b), token[:10], "AAAAAAAAAA", 1)
	if err := os.WriteFile(filepath.Join(other, claimAddress), []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	if askToRaise(other) {
		t.Error("a wrong token was answered")
	}
	select {
	case <-raised:
		t.Error("a wrong token raised the window")
	default:
	}
	if !askToRaise(dir) {
		t.Error("the right token was not answered")
	}
}

// What a damaged or strange address file says is no obstacle to the lock's owner
// and no panic to who asks.
func TestDamagedAddressFilesAreNoObstacle(t *testing.T) {
	for _, text := range []string{"", "{", "null", `{"addr":"127.0.0.1:1","token":"x"}`, `{"addr":"::::"}`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, claimAddress), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if askToRaise(dir) {
			t.Errorf("%q answered", text)
		}
		c, err := claimFolder(dir, func() {})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		c.release()
	}
}
