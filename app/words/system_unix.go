//go:build unix

package words

import "syscall"

// What the system says of a full disk, of one that may only be read, and of a file
// that another program keeps to itself.
var (
	diskFull       = []error{syscall.ENOSPC, syscall.EDQUOT}
	writeProtected = syscall.EROFS
	inUse          = []error{syscall.EBUSY}
)
