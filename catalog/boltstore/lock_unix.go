//go:build unix

package boltstore

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the lock that bbolt will take again on the same open file, which
// the system grants. It fails with ErrLocked at once where someone else has it.
func lock(f *os.File, exclusive bool) error {
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrLocked
		}
		return err
	}
}
