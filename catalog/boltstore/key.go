package boltstore

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// What an edit changes lies in one bucket, so that an edit writes few pages: the one of
// the value that changed, and the last one of the history, which the revisions
// share because they sort after it. In key order:
//
//	H 0 seq (8 bytes, big-endian)    record: one edit
//	I                                identity
//	R 0 sector                       state: revision and last edit; stays when the catalog goes
//	target 0 sector [0 key]          the value a catalog.Change of that target is about
//
// The order of entries is one value a catalog; an edit of an entry leaves it alone.
// What is kept beside the drafts lies in a bucket of its own, by its name.
var (
	bucketName    = []byte("drafts")
	keptName      = []byte("kept")
	historyPrefix = []byte("H\x00")
	identityKey   = []byte("I")
	statePrefix   = []byte("R\x00")
)

// key names one value of a catalog.
type key struct {
	Target catalog.Target `json:"target"`
	Sector catalog.Sector `json:"sector"`
	Key    string         `json:"key,omitempty"`
}

func (k key) bytes() []byte {
	b := prefix(k.Target, k.Sector)
	if k.Key != "" {
		b = append(append(b, 0), k.Key...)
	}
	return b
}

// prefix is the key of a catalog's single value, or what begins the keys of many.
func prefix(t catalog.Target, s catalog.Sector) []byte {
	b := make([]byte, 0, len(t)+len(s)+40)
	b = append(append(b, t...), 0)
	return append(b, s...)
}

// parseKey reads a value's key; it fails on one that key.bytes does not write.
func parseKey(b []byte) (key, error) {
	parts := strings.SplitN(string(b), "\x00", 3)
	if len(parts) >= 2 {
		k := key{Target: catalog.Target(parts[0]), Sector: catalog.Sector(parts[1])}
		if len(parts) == 3 {
			k.Key = parts[2]
		}
		if keyed, known := targets[k.Target]; known && keyed == (k.Key != "") && k.Sector != "" && bytes.Equal(k.bytes(), b) {
			return k, nil
		}
	}
	return key{}, fmt.Errorf("%w: unknown key %q", ErrDamaged, b)
}

// targets are all sorts of values, and whether a catalog has many of the sort.
var targets = map[catalog.Target]bool{
	catalog.TargetCatalog:       false,
	catalog.TargetOrder:         false,
	catalog.TargetNotApplicable: false,
	catalog.TargetNote:          false,
	catalog.TargetSignOff:       false,
	catalog.TargetEntry:         true,
	catalog.TargetOmission:      true,
	catalog.TargetReason:        true,
}

// checkSector fails on a slug that cannot be part of a key.
func checkSector(s catalog.Sector) error {
	if s == "" || strings.ContainsRune(string(s), 0) {
		return fmt.Errorf("sector %q: not a slug", s)
	}
	return nil
}

func historyKey(seq uint64) []byte {
	return binary.BigEndian.AppendUint64(bytes.Clone(historyPrefix), seq)
}

func stateKey(s catalog.Sector) []byte {
	return append(bytes.Clone(statePrefix), s...)
}

// bbolt keeps no checksums of its pages, so each value has one, which covers the
// key too: a value that a failing disk changed or misplaced is found when read.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sealSize = 4

func put(b *bolt.Bucket, k, v []byte) error {
	sealed := make([]byte, sealSize, sealSize+len(v))
	sealed = append(sealed, v...)
	binary.BigEndian.PutUint32(sealed, sum(k, v))
	return b.Put(k, sealed)
}

func sum(k, v []byte) uint32 {
	return crc32.Update(crc32.Checksum(k, castagnoli), castagnoli, v)
}

// get returns the value, nil where there is none. bbolt's memory: it holds until
// the transaction ends or writes.
func get(b *bolt.Bucket, k []byte) ([]byte, error) {
	return unseal(k, b.Get(k))
}

func unseal(k, sealed []byte) ([]byte, error) {
	switch {
	case sealed == nil:
		return nil, nil
	case len(sealed) < sealSize || binary.BigEndian.Uint32(sealed) != sum(k, sealed[sealSize:]):
		return nil, fmt.Errorf("%w: wrong checksum at %q", ErrDamaged, k)
	}
	return sealed[sealSize:], nil
}

// scan calls fn with each key that begins with prefix, in order, and its value.
func scan(b *bolt.Bucket, prefix []byte, fn func(k, v []byte) error) error {
	c := b.Cursor()
	for k, sealed := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, sealed = c.Next() {
		v, err := unseal(k, sealed)
		if err != nil {
			return err
		}
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}
