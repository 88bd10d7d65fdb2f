//go:build unix

package atomicfile

import (
	"errors"
	"os"
	"syscall"
)

// inUse is never true here: Unix replaces a file that is open.
func inUse(error) bool { return false }

// syncDir makes a rename in dir durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	// Some network and FUSE file systems know no sync of directories.
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
