package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/wire"
)

// LoadKey reads the device's key from its file, which is fs.ErrNotExist where the
// device has none, or no longer: it does not go with backups.
func LoadKey(path string) (*bundle.Key, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load the device's key: %w", err)
	}
	k, err := bundle.ParseKey(b)
	if err != nil {
		return nil, fmt.Errorf("load the device's key: %w", err)
	}
	return k, nil
}

// SaveKey writes a device's new key to its file, which only its owner may read. A
// key that is there stays: fs.ErrExist.
func SaveKey(path string, k *bundle.Key) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("save the device's key: %w", err)
		}
	}()
	f, err := os.CreateTemp(filepath.Dir(path), ".device-*.key") // of mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(k.Marshal())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	return os.Rename(f.Name(), path)
}

// Request is the file with which a device asks to be enrolled.
func Request(key bundle.Signer, unit catalog.UnitID, name string, at time.Time) ([]byte, error) {
	return bundle.SealJSON(bundle.Header{Kind: bundle.Request, Unit: unit, At: at}, wire.EnrolRequest{
		Key: key.Public(), Suite: key.Suite(), Unit: unit, Name: name,
	}, key)
}

func openCertificate(b []byte) (*bundle.Bundle, wire.Certificate, error) {
	var cert wire.Certificate
	opened, err := bundle.OpenOwn(b, bundle.Certificate)
	if err == nil {
		err = opened.Decode(&cert)
	}
	if err != nil {
		return nil, cert, fmt.Errorf("certificate: %w", err)
	}
	return opened, cert, nil
}

// Certify takes the certificate that answers a request: from now on this machine
// sends to the service that gave it, and believes it. A certificate of another
// service than before is ErrOtherService unless moving; with moving, everything
// that is kept is offered to the new one.
func (c *Client) Certify(ctx context.Context, certificate []byte, moving bool) (wire.Certificate, error) {
	_, cert, err := openCertificate(certificate)
	if err != nil {
		return cert, err
	}
	if c.key == nil || cert.Device.ID != c.key.KeyID() || cert.Unit.ID != c.store.Unit().ID {
		return cert, fmt.Errorf("certificate: %w", ErrNotOurs)
	}
	return cert, c.update(ctx, func(ch *change) error {
		old := ch.st.certificate
		if old != nil && string(old.Key) != string(cert.Key) {
			if !moving {
				return fmt.Errorf("certificate: %w", ErrOtherService)
			}
			// Everything is new to it, and its feed counts from its own beginning.
			if err := ch.requeue(); err != nil {
				return err
			}
		}
		ch.st.certificate = &cert
		ch.things[keptCertificate] = certificate
		if old == nil || string(old.Key) != string(cert.Key) {
			return ch.putCursor(cursor{Epoch: cert.Epoch})
		}
		return nil
	})
}

// Certificate is what this machine was given when it enrolled, and whether it
// still holds the key that it was given for: a store that came from a backup of
// another machine does not.
func (c *Client) Certificate() (cert wire.Certificate, err error) {
	st := c.now()
	if st.certificate != nil {
		cert = *st.certificate
	}
	return cert, c.enrolled(&st)
}

func (c *Client) enrolled(st *state) error {
	if c.key == nil || st.certificate == nil || st.certificate.Device.ID != c.key.KeyID() {
		return ErrNotEnrolled
	}
	return nil
}

// serviceKey believes what the service signed.
func (c *Client) serviceKey(st *state) bundle.Keys {
	return func(h bundle.Header) ([]byte, error) {
		if st.certificate == nil || bundle.KeyID(st.certificate.Key) != h.Key {
			return nil, ErrOtherService
		}
		return st.certificate.Key, nil
	}
}
