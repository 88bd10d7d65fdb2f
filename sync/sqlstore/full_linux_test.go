package sqlstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
)

func init() { children["full"] = fullDisk }

// TestFullSmallDisk runs fullDisk where it may mount: in a mount namespace of its
// own, as root or, where root may not, as the root of a new user namespace.
func TestFullSmallDisk(t *testing.T) {
	var said []string
	for _, flags := range []uintptr{syscall.CLONE_NEWNS, syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER} {
		cmd := child(t, "full", t.TempDir())
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

// fullDisk fills a disk of 6 MiB with submissions, and looks at what the store does.
func fullDisk(args []string) error {
	disk, ctx := args[0], context.Background()
	if err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, ""); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=6m"); err != nil {
		return fmt.Errorf("%s: %w", cannotMount, err)
	}
	ballast, dir := filepath.Join(disk, "ballast"), filepath.Join(disk, "data")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		return err
	}
	s, err := sqlstore.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	done := 0
	for ; done < 1000; done++ {
		err = s.Update(ctx, func(tx review.Tx) error { return submit(tx, fmt.Sprint("full-", done), done) })
		if err != nil {
			break
		}
	}
	if !errors.Is(err, sqlstore.ErrDiskFull) || done == 0 {
		return fmt.Errorf("update %d: %w, want ErrDiskFull", done, err)
	}
	count := func() (n int, err error) {
		err = s.View(ctx, func(tx review.Tx) error {
			rs, err := tx.Records(0, 0)
			n = len(rs)
			return err
		})
		return n, err
	}
	for i := range 5 { // reading goes on, writing goes on failing
		if n, err := count(); n != done || err != nil {
			return fmt.Errorf("%d updates are there of %d: %w", n, done, err)
		}
		err := s.Update(ctx, func(tx review.Tx) error {
			_, err := tx.PutBlob(bytes.Repeat([]byte{byte(i)}, 1<<20))
			return err
		})
		if !errors.Is(err, sqlstore.ErrDiskFull) {
			return fmt.Errorf("another update: %w, want ErrDiskFull", err)
		}
	}
	if err := sqlstore.Backup(ctx, dir, filepath.Join(disk, "backup")); !errors.Is(err, sqlstore.ErrDiskFull) {
		return fmt.Errorf("backup: %w, want ErrDiskFull", err)
	}
	if files, err := os.ReadDir(disk); err != nil || len(files) != 2 {
		return fmt.Errorf("a backup that failed left %v, %w", files, err)
	}
	if err := s.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if s, err = sqlstore.Open(ctx, dir); err != nil {
		return err
	}
	if n, err := count(); n != done || err != nil {
		return fmt.Errorf("opened again %d updates are there of %d: %w", n, done, err)
	}
	if err := s.Update(ctx, func(tx review.Tx) error { return submit(tx, "after", done) }); err != nil {
		return fmt.Errorf("when there is room again: %w", err)
	}
	_, err = reviewtest.Everything(ctx, s)
	return errors.Join(err, sqlstore.Verify(ctx, dir))
}
