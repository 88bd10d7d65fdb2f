package boltstore

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"

	bolterrors "go.etcd.io/bbolt/errors"
)

// explain adds to what bbolt or the system said the error of ours that tells a
// caller what it means.
func explain(err error) error {
	for _, known := range []error{ErrExists, ErrLocked, ErrReadOnly, ErrDamaged, ErrDiskFull} {
		if errors.Is(err, known) {
			return err
		}
	}
	switch {
	case err == nil:
		return nil
	case isDiskFull(err):
		return explainFull(err)
	case errors.Is(err, fs.ErrPermission) || isWriteProtected(err):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: %w", ErrLocked, err)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// explainFull is explain where what may not be written is not the store.
func explainFull(err error) error {
	if isDiskFull(err) && !errors.Is(err, ErrDiskFull) {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}

// isDiskFull also reads the text: where bbolt grows the file it keeps no cause.
func isDiskFull(err error) bool {
	for _, full := range diskFull {
		if errors.Is(err, full) || err != nil && strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

func isWriteProtected(err error) bool { return errors.Is(err, writeProtected) }

// guard runs fn, which reads pages through bbolt's memory map, and turns a panic
// into ErrDamaged: the pages were sound when the file was opened, so the file
// was changed or cut short since, or the disk cannot be read.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	return fn()
}

// recoverFault, deferred, makes ErrDamaged of a fault of the memory map. Other
// panics go on: they are the caller's.
func recoverFault(err *error) {
	r := recover()
	if r == nil {
		return
	}
	if _, fault := r.(interface{ Addr() uintptr }); !fault {
		panic(r)
	}
	*err = fmt.Errorf("%w: %v", ErrDamaged, r)
}
