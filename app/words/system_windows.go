package words

import "syscall"

// What the system says of a full disk and of one that may only be read.
var (
	diskFull       = []error{syscall.Errno(112), syscall.Errno(39)} // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
	writeProtected = syscall.Errno(19)                              // ERROR_WRITE_PROTECT
)
