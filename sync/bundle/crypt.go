package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
)

// encrypted is how a file that age wrote begins.
const encrypted = "age-encryption.org/"

// IsEncrypted reports whether the file is encrypted.
func IsEncrypted(b []byte) bool { return bytes.HasPrefix(b, []byte(encrypted)) }

// Identity decrypts what was encrypted to its Recipient.
type Identity struct{ x *age.X25519Identity }

// NewIdentity makes an identity.
func NewIdentity() (*Identity, error) {
	x, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make an identity: %w", err)
	}
	return &Identity{x}, nil
}

// ParseIdentity reads what String wrote: AGE-SECRET-KEY-1….
func ParseIdentity(s string) (*Identity, error) {
	x, err := age.ParseX25519Identity(s)
	if err != nil {
		return nil, fmt.Errorf("read an identity: %w", err)
	}
	return &Identity{x}, nil
}

// String is the identity, secret as it is.
func (i *Identity) String() string { return i.x.String() }

// Recipient is what others encrypt to: age1….
func (i *Identity) Recipient() string { return i.x.Recipient().String() }

// Encrypt makes a bundle readable for the recipient alone.
func Encrypt(b []byte, recipient string) ([]byte, error) {
	r, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return nil, fmt.Errorf("encrypt a bundle: %w", err)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, r)
	if err != nil {
		return nil, fmt.Errorf("encrypt a bundle: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return nil, fmt.Errorf("encrypt a bundle: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encrypt a bundle: %w", err)
	}
	return out.Bytes(), nil
}

// Decrypt gives back what was encrypted; what is not encrypted it leaves alone.
func Decrypt(b []byte, id *Identity) ([]byte, error) {
	if !IsEncrypted(b) {
		return b, nil
	}
	if id == nil {
		return nil, ErrNotForUs
	}
	r, err := age.Decrypt(bytes.NewReader(b), id.x)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return nil, ErrNotForUs
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	// age adds to the length and never takes away, so memory is bounded by b.
	out, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return out, nil
}
