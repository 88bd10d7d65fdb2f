package server

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// hashing says how costly a password is to guess. What an account keeps names
// its own, so that they can grow: a password hashed with others is hashed anew
// when its owner signs on.
type hashing struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// standard is what OWASP recommends for argon2id where memory is counted.
var standard = hashing{memory: 19 << 10, passes: 2, threads: 1}

const (
	saltLen = 16
	keyLen  = 32
	// A password is at least this many characters, and at most this many bytes,
	// so that nobody lets the service hash a book.
	minPassword = 10
	maxPassword = 256
)

// encode hashes the password with a salt of its own, in the form that other
// programs read too: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h hashing) encode(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, h.threads, b64(salt), b64(h.key(password, salt)))
}

func (h hashing) key(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, h.passes, h.memory, h.threads, keyLen)
}

// matches reports whether the password is the encoded one, and whether it was
// hashed with other parameters than h.
func (h hashing) matches(encoded, password string) (ok, stale bool) {
	var version int
	var with hashing
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &with.memory, &with.passes, &with.threads); err != nil || with.passes == 0 || with.threads == 0 {
		return false, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, false
	}
	key, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, false
	}
	return subtle.ConstantTimeCompare(key, with.key(password, salt)) == 1, with != h
}

// acceptable reports whether the password may be one: long enough, and not the
// account's own name.
func acceptable(password, account string) bool {
	return utf8.RuneCountInString(password) >= minPassword && len(password) <= maxPassword &&
		!strings.EqualFold(password, account)
}

// HashPassword hashes a password as accounts keep it.
func HashPassword(password string) string { return standard.encode(password) }
