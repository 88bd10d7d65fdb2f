package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"mulutong/sync/bundle"
)

// The files of a service's keys in its data folder.
const (
	KeyFile      = "service.key" // signs what goes to the units
	IdentityFile = "service.age" // decrypts what is encrypted to the service
)

// Keys are the service's own: what it signs with, and what it decrypts with.
type Keys struct {
	Signing  *bundle.Key
	Identity *bundle.Identity
}

// OpenKeys reads the keys in the folder, and makes those that are not there, for
// the owner alone to read. Devices trust the signing key from their enrolment on:
// who loses it has to enrol them all again.
func OpenKeys(dir string) (k Keys, err error) {
	b, err := keep(filepath.Join(dir, KeyFile), func() ([]byte, error) {
		key, err := bundle.NewKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		return key.Marshal(), nil
	})
	if err != nil {
		return k, err
	}
	if k.Signing, err = bundle.ParseKey(b); err != nil {
		return k, fmt.Errorf("%s: %w", KeyFile, err)
	}
	b, err = keep(filepath.Join(dir, IdentityFile), func() ([]byte, error) {
		id, err := bundle.NewIdentity()
		if err != nil {
			return nil, err
		}
		return []byte(id.String()), nil
	})
	if err != nil {
		return k, err
	}
	if k.Identity, err = bundle.ParseIdentity(string(b)); err != nil {
		return k, fmt.Errorf("%s: %w", IdentityFile, err)
	}
	return k, nil
}

// keep reads a file, or makes it with what fresh makes: whole, and readable for
// its owner alone from the first byte on.
func keep(name string, fresh func() ([]byte, error)) ([]byte, error) {
	b, err := os.ReadFile(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return b, err
	}
	if b, err = fresh(); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*") // for its owner alone
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return nil, err
	}
	// What was signed must not outlive the key: the folder has it before anybody.
	if d, err := os.Open(filepath.Dir(name)); err == nil {
		d.Sync() // Windows cannot, and need not
		d.Close()
	}
	return b, nil
}
