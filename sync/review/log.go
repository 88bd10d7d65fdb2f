package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Record is one line of the log: who did what to what, and what was before. It
// holds states and hashes, never the contents of entries.
type Record struct {
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	By      Person          `json:"by"`
	Action  Action          `json:"action"`
	Case    CaseID          `json:"case,omitzero"`
	Subject string          `json:"subject,omitempty"` // what else it is about: a device, an account, a release
	Before  json.RawMessage `json:"before,omitempty"`
	After   json.RawMessage `json:"after,omitempty"`
	Note    string          `json:"note,omitempty"`
	Prev    Hash            `json:"prev"` // the Hash of the record before; empty for the first
	Hash    Hash            `json:"hash"`
}

// Sealed returns the record as the one that follows prev, with its Seq and Hash.
func (r Record) Sealed(prev Record) Record {
	r.Seq, r.Prev, r.Hash = prev.Seq+1, prev.Hash, ""
	r.At = r.At.UTC().Truncate(time.Microsecond) // what every database keeps
	// The sum is of what JSON keeps: it replaces what is no UTF-8.
	b := r.json()
	r = Record{}
	if err := json.Unmarshal(b, &r); err != nil {
		panic("review: a record that JSON cannot read: " + err.Error())
	}
	r.Hash = r.sum()
	return r
}

func (r Record) sum() Hash {
	r.Hash = ""
	s := sha256.Sum256(r.json())
	return Hash(hex.EncodeToString(s[:]))
}

func (r Record) json() []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic("review: a record that JSON cannot say: " + err.Error())
	}
	return b
}

// ChainError says where a log was changed.
type ChainError struct{ Seq uint64 }

func (e *ChainError) Error() string { return fmt.Sprintf("the log was changed at record %d", e.Seq) }

// VerifyRecords checks records that follow prev, the zero Record for the log's
// beginning, and returns a *ChainError for the first that does not fit.
func VerifyRecords(prev Record, rs []Record) error {
	for _, r := range rs {
		if r.Seq != prev.Seq+1 || r.Prev != prev.Hash || r.Hash != r.sum() {
			return &ChainError{Seq: r.Seq}
		}
		prev = r
	}
	return nil
}
