package atomicfile

import (
	"errors"
	"syscall"
)

// What MoveFileEx answers when the target is open without sharing deletion, or
// mapped into memory. Permissions were looked at before, so that "access
// denied" means the same.
const (
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
	userMappedFile   = syscall.Errno(1224)
)

func inUse(err error) bool {
	for _, code := range []syscall.Errno{syscall.ERROR_ACCESS_DENIED, sharingViolation, lockViolation, userMappedFile} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

// syncDir does nothing: Windows journals the rename and cannot sync a directory.
func syncDir(string) error { return nil }
