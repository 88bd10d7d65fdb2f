package words

import "syscall"

// What the system says of a full disk, of one that may only be read, and of a file
// that another program keeps to itself.
var (
	diskFull       = []error{syscall.Errno(112), syscall.Errno(39)} // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
	writeProtected = syscall.Errno(19)                              // ERROR_WRITE_PROTECT
	inUse          = []error{syscall.Errno(32), syscall.Errno(33)}  // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
)
