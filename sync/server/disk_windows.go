package server

import "golang.org/x/sys/windows"

// free is how many bytes the disk of a folder has left for us.
func free(dir string) (n uint64, err error) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	return n, windows.GetDiskFreeSpaceEx(p, &n, nil, nil)
}
