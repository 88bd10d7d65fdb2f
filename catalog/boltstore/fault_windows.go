package boltstore

import "golang.org/x/sys/windows"

var diskFull = []windows.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}

const writeProtected = windows.ERROR_WRITE_PROTECT
