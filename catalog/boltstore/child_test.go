package boltstore_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// children are what this test binary does when it runs itself: a program that
// can be killed, or has the disk to itself. Each gets the arguments it was given.
var children = map[string]func(args []string) error{}

const childKey = "BOLTSTORE_TEST_CHILD"

func TestMain(m *testing.M) {
	name := os.Getenv(childKey)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := children[name](os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child is a command that runs a child; before goes in front of the test binary.
func child(t *testing.T, before []string, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	line := append(append(before, self), args...)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(os.Environ(), childKey+"="+name)
	return cmd
}
