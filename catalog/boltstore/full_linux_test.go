package boltstore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func init() { children["full"] = fullDisk }

// TestFullDisk runs fullDisk where it may mount: in a mount namespace of its own,
// as root or, where root may not, as the root of a new user namespace.
func TestFullDisk(t *testing.T) {
	var said []string
	for _, flags := range []uintptr{syscall.CLONE_NEWNS, syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER} {
		cmd := child(t, nil, "full", t.TempDir())
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: flags}
		if flags&syscall.CLONE_NEWUSER != 0 {
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		err := cmd.Run()
		if err == nil {
			return
		}
		said = append(said, fmt.Sprintf("%v %s", err, stderr.String()))
		if !strings.Contains(stderr.String(), cannotMount) && !errors.Is(err, syscall.EPERM) {
			break
		}
	}
	t.Fatalf("a full disk: %s", strings.Join(said, "; "))
}

const cannotMount = "cannot mount a small disk"

// fullDisk fills a disk of 4 MiB with edits, and looks at what the store does.
func fullDisk(args []string) error {
	disk, ctx := args[0], context.Background()
	if err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, ""); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		return err
	}
	dir := filepath.Join(disk, "drafts")
	s, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	c := catalogtest.Catalogs(1, 26*20)[0]
	if _, err := s.Edit(ctx, boltstore.EditInfo{}, func(tx *boltstore.Tx) error { return tx.PutCatalog(c) }); err != nil {
		return err
	}
	grow := func(size int) error {
		_, err := s.Edit(ctx, boltstore.EditInfo{By: "李梅"}, func(tx *boltstore.Tx) error {
			for i := range size {
				e := c.Entries[i]
				e.Content = fmt.Sprint(e.Content, i)
				c.Entries[i] = e
				if err := tx.PutEntry(e); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	saved := ""
	remember := func() error {
		all, err := s.Catalogs(ctx)
		if err != nil {
			return err
		}
		b, err := json.Marshal(all)
		saved = string(b)
		return err
	}
	same := func(when string) error {
		before := saved
		if err := errors.Join(remember(), s.Verify(ctx)); err != nil {
			return fmt.Errorf("%s: %w", when, err)
		}
		if saved != before {
			return fmt.Errorf("%s the store is not what was saved last", when)
		}
		return nil
	}

	// Big edits until none fits, then small ones.
	for _, size := range []int{20, 1} {
		for n := 0; ; n++ {
			if err := remember(); err != nil {
				return err
			}
			err := grow(size)
			if errors.Is(err, boltstore.ErrDiskFull) {
				break
			}
			if err != nil {
				return fmt.Errorf("want %w, got %w", boltstore.ErrDiskFull, err)
			}
			if n > 10000 {
				return errors.New("the disk is never full")
			}
		}
		if err := same("after the disk was full"); err != nil {
			return err
		}
	}
	for range 50 {
		if err := grow(20); !errors.Is(err, boltstore.ErrDiskFull) {
			return fmt.Errorf("on a disk still full: want %w, got %w", boltstore.ErrDiskFull, err)
		}
	}
	if err := same("after fifty more attempts"); err != nil {
		return err
	}

	backup := filepath.Join(disk, "backup.db")
	if err := s.Backup(ctx, backup); !errors.Is(err, boltstore.ErrDiskFull) {
		return fmt.Errorf("backup: want %w, got %w", boltstore.ErrDiskFull, err)
	}
	other := filepath.Join(disk, "other")
	if err := os.WriteFile(filepath.Join(disk, "rest"), make([]byte, 8<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("filling the rest: %w", err)
	}
	if _, err := boltstore.Create(other, catalogtest.Unit(), boltstore.Options{}); !errors.Is(err, boltstore.ErrDiskFull) {
		return fmt.Errorf("create: want %w, got %w", boltstore.ErrDiskFull, err)
	}
	if left, err := filepath.Glob(filepath.Join(disk, "*", "*")); err != nil || len(left) != 2 {
		return fmt.Errorf("left on the disk: %q (%w)", left, err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	if s, err = boltstore.Open(dir, boltstore.Options{}); err != nil {
		return fmt.Errorf("open on a full disk: %w", err)
	}
	defer s.Close()
	if err := same("opened on a full disk"); err != nil {
		return err
	}
	if err := grow(20); !errors.Is(err, boltstore.ErrDiskFull) {
		return fmt.Errorf("opened on a full disk: want %w, got %w", boltstore.ErrDiskFull, err)
	}

	if err := errors.Join(os.Remove(ballast), os.Remove(filepath.Join(disk, "rest"))); err != nil {
		return err
	}
	for range 5 {
		if err := grow(20); err != nil {
			return fmt.Errorf("with room again: %w", err)
		}
	}
	if err := errors.Join(remember(), s.Close()); err != nil {
		return err
	}
	if s, err = boltstore.Open(dir, boltstore.Options{}); err != nil {
		return err
	}
	defer s.Close()
	return same("opened again")
}
