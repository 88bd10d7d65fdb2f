package boltstore

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes a lock on a byte far beyond the file's end, beside the one bbolt
// takes: Windows grants no range twice, not even to its owner. It fails with
// ErrLocked at once where someone else has it.
func lock(f *os.File, exclusive bool) error {
	how := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if exclusive {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	at := &windows.Overlapped{Offset: 1<<32 - 2, OffsetHigh: 1<<32 - 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrLocked
	}
	return err
}
