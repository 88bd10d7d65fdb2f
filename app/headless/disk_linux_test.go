package headless

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func init() {
	tenants["full disk"] = onFullDisk
	tenants["reading only"] = readingOnly
}

// TestFullDisk fills a small disk under the commands that write.
func TestFullDisk(t *testing.T) {
	var said []string
	for _, flags := range []uintptr{syscall.CLONE_NEWNS, syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER} {
		attr := &syscall.SysProcAttr{Cloneflags: flags}
		if flags&syscall.CLONE_NEWUSER != 0 {
			attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
			attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		out, err := tenant(t, "full disk", attr)
		if err == nil {
			return
		}
		said = append(said, fmt.Sprintf("%v %s", err, out))
		if !strings.Contains(out, cannotMount) && !errors.Is(err, syscall.EPERM) {
			break
		}
	}
	t.Fatal(strings.Join(said, "; "))
}

// TestReadingOnly lets a user without rights read and write: root may do all.
func TestReadingOnly(t *testing.T) {
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		attr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	if out, err := tenant(t, "reading only", attr); err != nil {
		t.Fatalf("%v %s", err, out)
	}
}

// tenant runs one of the tenants in a process of its own, in a folder that anyone
// may write to.
func tenant(t *testing.T, name string, attr *syscall.SysProcAttr) (string, error) {
	t.Helper()
	dir, err := os.MkdirTemp("", "mulu") // not below t.TempDir, which others may not enter
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	program, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = errors.Join(os.Chmod(dir, 0o777), os.WriteFile(filepath.Join(dir, "test"), program, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(dir, "test"), dir)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asTenant+"="+name)
	cmd.SysProcAttr = attr
	out, err := cmd.CombinedOutput()
	return string(out), err
}

const cannotMount = "cannot mount a small disk"

func onFullDisk(dir string) error {
	disk := filepath.Join(dir, "disk")
	if err := errors.Join(os.Mkdir(disk, 0o755), syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, "")); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=512k"); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	drafts, book, copied := filepath.Join(disk, "drafts"), filepath.Join(dir, "last.csv"), filepath.Join(dir, "copy.mulubak")
	for _, args := range [][]string{
		{"init", "--data", drafts, "--unit", string(catalogtest.Unit().ID), "--sector", "社会救助"}, // all sectors would not fit
		{"backup", "--data", drafts, "--out", copied},
	} {
		if code, said := run(args...); code != exitDone {
			return fmt.Errorf("mulu %q exits with %d: %s", args, code, said)
		}
	}
	if err := os.WriteFile(book, []byte(manyRows(2000)), 0o600); err != nil {
		return err
	}
	ballast := make([]byte, 512<<10)
	if err := os.WriteFile(filepath.Join(disk, "ballast"), ballast, 0o600); !errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("filling the disk: %w", err)
	}
	before, err := content(drafts)
	if err != nil {
		return err
	}
	for _, args := range [][]string{
		{"init", "--data", filepath.Join(disk, "other"), "--unit", "340223101"},
		{"import", book, "--data", drafts, "--sector", "社会救助"},
		{"export", "--data", drafts, "--out", filepath.Join(disk, "out")},
		{"export", "--data", drafts, "--out", filepath.Join(disk, "all.csv")},
		{"export", "--data", drafts, "--out", filepath.Join(disk, "all.json")},
		{"backup", "--data", drafts},
		{"backup", "--data", drafts, "--out", filepath.Join(disk, "b.mulubak")},
		{"restore", "--data", filepath.Join(disk, "again"), "--from", copied},
	} {
		if err := fails(exitStore, "磁盘已满", args...); err != nil {
			return err
		}
	}
	if got := strings.Join(names(disk), " "); got != "ballast drafts" {
		return fmt.Errorf("the disk holds %q, want ballast and drafts alone", got)
	}
	after, err := content(drafts)
	if err != nil {
		return err
	}
	if before != after {
		return errors.New("the drafts are not what they were")
	}
	return nil
}

func readingOnly(dir string) error {
	in := func(name string) string { return filepath.Join(dir, name) }
	drafts, book := in("drafts"), in("last.csv")
	if code, said := run("init", "--data", drafts, "--unit", string(catalogtest.Unit().ID)); code != exitDone {
		return fmt.Errorf("mulu init exits with %d: %s", code, said)
	}
	err := errors.Join(
		os.WriteFile(book, []byte(manyRows(3)), 0o600), os.WriteFile(in("secret.csv"), []byte(manyRows(3)), 0),
		os.Mkdir(in("locked"), 0o555), os.WriteFile(in("kept.csv"), nil, 0o444),
	)
	if err != nil {
		return err
	}
	type wrong struct {
		code int
		said string
		args []string
	}
	for _, w := range []wrong{
		{exitUnreadable, "没有权限读取", []string{"read", in("secret.csv")}},
		{exitUnreadable, "没有权限读取", []string{"check", in("secret.csv")}},
		{exitUnreadable, "没有权限读取", []string{"import", in("secret.csv"), "--data", drafts}},
		{exitUnreadable, "没有权限读取", []string{"restore", "--from", in("secret.csv"), "--data", in("new")}},
		{exitStore, "不能写入", []string{"init", "--data", in("locked/new"), "--unit", "340223101"}},
		{exitStore, "没有权限", []string{"export", "--data", drafts, "--out", in("locked")}},
		{exitStore, "没有权限", []string{"export", "--data", drafts, "--out", in("locked/new/all.xlsx")}},
		{exitStore, "没有权限", []string{"export", "--data", drafts, "--out", in("kept.csv")}},
		{exitStore, "没有权限", []string{"backup", "--data", drafts, "--out", in("locked/copy.mulubak")}},
	} {
		if err := fails(w.code, w.said, w.args...); err != nil {
			return err
		}
	}

	if err := errors.Join(os.Chmod(in("drafts/drafts.db"), 0o444), os.Chmod(drafts, 0o555)); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"import", book, "--data", drafts, "--sector", "社会救助"},
		{"restore", "--data", drafts, "--undo"},
		{"check", "--data", drafts, "--fix"},
		{"init", "--data", drafts, "--unit", string(catalogtest.Unit().ID)},
	} {
		if err := fails(exitStore, "只能读取，不能写入", args...); err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"status", "--data", drafts},
		{"history", "--data", drafts},
		{"check", "--data", drafts},
		{"import", book, "--data", drafts, "--sector", "社会救助", "--dry-run"},
		{"export", "--data", drafts, "--out", in("out")},
		{"backup", "--data", drafts, "--out", in("copy.mulubak")},
	} {
		if code, said := run(args...); code != exitDone {
			return fmt.Errorf("mulu %q exits with %d: %s", args, code, said)
		}
	}
	if err := os.Chmod(in("drafts/drafts.db"), 0); err != nil {
		return err
	}
	if err := fails(exitStore, "没有权限访问", "status", "--data", drafts); err != nil {
		return err
	}
	return os.Chmod(drafts, 0o755) // so that it can be removed
}

// run runs one command line in Chinese and returns its code and messages.
func run(args ...string) (int, string) {
	w := System()
	var stdout, stderr bytes.Buffer
	w.Stdout, w.Stderr, w.Terminal = &stdout, &stderr, false
	w.Getenv = func(string) string { return "" }
	code := Main(context.Background(), args, w)
	return code, stderr.String()
}

// fails expects one line with some words, and a code.
func fails(code int, words string, args ...string) error {
	got, said := run(args...)
	if got != code || !strings.Contains(said, words) || strings.Count(said, "\n") != 1 {
		return fmt.Errorf("mulu %q exits with %d and says %q; want %d and one line with %s", args, got, said, code, words)
	}
	return nil
}

// content verifies a store and returns all it holds.
func content(dir string) (string, error) {
	s, err := boltstore.Open(dir, boltstore.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer s.Close()
	ctx := context.Background()
	cs, err := s.Catalogs(ctx)
	var edits []catalog.Edit
	if err == nil {
		edits, err = s.History(ctx, boltstore.HistoryQuery{})
	}
	return fmt.Sprint(cs, edits), errors.Join(err, s.Verify(ctx))
}
