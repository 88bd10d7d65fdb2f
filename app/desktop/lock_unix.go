//go:build unix

package desktop

import (
	"errors"
	"os"
	"syscall"
)

// errHeld says that another program holds the lock.
var errHeld = errors.New("lock is held by another program")

// lockFile locks the file until it is closed or the program ends, however it ends.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, errHeld
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.EOPNOTSUPP):
		// This file system knows no locks; the store's own refusal remains.
		return f, nil
	}
	f.Close()
	return nil, err
}
