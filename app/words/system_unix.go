//go:build unix

package words

import "syscall"

// What the system says of a full disk and of one that may only be read.
var (
	diskFull       = []error{syscall.ENOSPC, syscall.EDQUOT}
	writeProtected = syscall.EROFS
)
