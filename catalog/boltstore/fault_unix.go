//go:build unix

package boltstore

import "syscall"

var diskFull = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}

const writeProtected = syscall.EROFS
