package bundle

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
)

// Signer holds a key and signs with it.
type Signer interface {
	Suite() string
	Public() []byte // the public key
	KeyID() string
	Sign(message []byte) ([]byte, error)
}

// Suite verifies signatures.
type Suite interface {
	// Verify reports whether the signature of the message is by the key. Key and
	// signature may be any bytes.
	Verify(key, message, signature []byte) bool
}

// Ed25519 is the name of the suite there is.
const Ed25519 = "ed25519"

var suites = map[string]Suite{Ed25519: ed25519Suite{}}

type ed25519Suite struct{}

func (ed25519Suite) Verify(key, message, signature []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, message, signature)
}

// Verify reports whether a message was signed by the key. It is for messages
// that are no bundles, such as what a device signs to sign on.
func Verify(suite string, key, message, signature []byte) error {
	s, ok := suites[suite]
	if !ok {
		return &UnsupportedError{What: "suite", Value: suite, Newer: true}
	}
	if !s.Verify(key, message, signature) {
		return ErrSignature
	}
	return nil
}

// KeyID is the short name of a public key.
func KeyID(public []byte) string {
	s := sha256.Sum256(public)
	return hex.EncodeToString(s[:16])
}

// Key is a signing key of the suite Ed25519.
type Key struct{ private ed25519.PrivateKey }

// NewKey makes a key of the randomness of r, crypto/rand's Reader but in tests.
func NewKey(r io.Reader) (*Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(r, seed); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return &Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Suite is Ed25519.
func (k *Key) Suite() string { return Ed25519 }

// KeyID is the short name of its public key.
func (k *Key) KeyID() string { return KeyID(k.Public()) }

// Public is the public key.
func (k *Key) Public() []byte { return k.private.Public().(ed25519.PublicKey) }

// Sign signs the message.
func (k *Key) Sign(message []byte) ([]byte, error) {
	return k.private.Sign(nil, message, crypto.Hash(0))
}

// pemType is that of keys of any suite in PKCS #8.
const pemType = "PRIVATE KEY"

// Marshal writes the key, secret as it is, as PEM.
func (k *Key) Marshal() []byte {
	b, err := x509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		panic("bundle: " + err.Error()) // of an Ed25519 key it has no error
	}
	return pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: b})
}

// ErrNoKey says that there is no key in what should hold one.
var ErrNoKey = errors.New("no signing key in it")

// ParseKey reads what Marshal wrote.
func ParseKey(b []byte) (*Key, error) {
	block, _ := pem.Decode(b)
	if block == nil || block.Type != pemType {
		return nil, ErrNoKey
	}
	k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKey, err)
	}
	private, ok := k.(ed25519.PrivateKey)
	if !ok {
		return nil, &UnsupportedError{What: "suite", Value: fmt.Sprintf("%T", k)}
	}
	return &Key{private}, nil
}
