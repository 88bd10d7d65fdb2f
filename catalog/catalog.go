// Package catalog holds the words of the field and what is always true of them.
//
// A grassroots unit (township, street, county department) keeps one standard
// catalog of disclosure (基层政务公开标准目录) per sector; a catalog is a list of
// entries. Every column of the national table has a type here that reads what
// people write and prints it again: reading what was printed yields the same
// value. Nothing a cell says is dropped; what is not understood is kept as text.
//
// The package imports only the standard library, does no input or output, and
// its values are plain data: safe to copy, not safe to change from two
// goroutines at once.
package catalog

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Schema is the version of the form in which catalogs are stored and exchanged.
const Schema = 1

// Catalog is one unit's disclosure catalog (目录) of one sector.
type Catalog struct {
	Schema int    `json:"schema"`
	Unit   Unit   `json:"unit"`
	Sector Sector `json:"sector"`

	// Revision counts the edits that changed this catalog; it only grows.
	Revision uint64 `json:"revision"`

	// TemplateVersion and RegisterVersion are the releases the draft was made from.
	TemplateVersion string `json:"templateVersion,omitempty"`
	RegisterVersion string `json:"registerVersion,omitempty"`

	// Entries stand in the unit's own order.
	Entries []Entry `json:"entries"`

	// NotApplicable is set when the unit does not use the sector at all (不涉及).
	NotApplicable *NotApplicable `json:"notApplicable,omitempty"`

	// Omitted gives the reason for each template entry the unit leaves out (不涉及).
	Omitted map[TemplateID]NotApplicable `json:"omitted,omitempty"`

	// Reasons are written against findings the unit does not accept (争议理由).
	Reasons []Reason `json:"reasons,omitempty"`

	// Note is the unit's own remark on the catalog.
	Note string `json:"note,omitempty"`

	SignOff *SignOff `json:"signOff,omitempty"`
}

// Head is what a store says of a catalog without reading its entries.
type Head struct {
	Sector          Sector
	Revision        uint64
	TemplateVersion string
	RegisterVersion string
	Entries         int // how many there are
	NotApplicable   *NotApplicable
	SignOff         *SignOff
	Signed          bool      // as it is now
	EditedAt        time.Time // when it was last changed, and by whom
	EditedBy        string
}

// Signed reports whether the catalog is signed off as it is now.
func (c *Catalog) Signed() bool { return c.SignOff.Holds(c.Revision, c.Digest) }

// Digest tells whether two catalogs say the same: everything counts but the unit,
// the revision and the sign-off.
func (c *Catalog) Digest() string {
	said := *c
	said.Schema, said.Unit, said.Revision, said.SignOff = 0, Unit{}, 0, nil
	if said.Entries == nil {
		said.Entries = []Entry{}
	}
	return fmt.Sprintf("%x", sha256.Sum256(raw(said)))
}

// Entry returns the entry with the id, and whether there is one.
func (c *Catalog) Entry(id EntryID) (Entry, bool) {
	i := slices.IndexFunc(c.Entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return c.Entries[i], true
}

// NotApplicable records that something does not occur in the unit (不涉及).
type NotApplicable struct {
	Reason string `json:"reason"`
}

// Reason is what the unit answers to a finding it does not accept (争议理由).
type Reason struct {
	Rule   string  `json:"rule"`
	Entry  EntryID `json:"entry,omitempty"` // empty: the finding is about the catalog
	Field  Field   `json:"field,omitempty"`
	Reason string  `json:"reason"`
	By     string  `json:"by,omitempty"`
	At     Date    `json:"at,omitempty"`
}

// Key names what the reason answers: rule/entry/field.
func (r Reason) Key() string {
	return strings.Join([]string{r.Rule, string(r.Entry), string(r.Field)}, "/")
}

// SignOff is the unit's own approval before a catalog is submitted (签发):
// its leader approves and the secrecy review (保密审查) is recorded. It holds
// for what the catalog says at one revision: an edit makes it stale, and taking
// the edit back makes it hold again.
type SignOff struct {
	Revision uint64   `json:"revision"`
	Digest   string   `json:"digest,omitempty"` // of what was approved; older stores have none
	Leader   Approval `json:"leader"`
	Secrecy  Approval `json:"secrecy"`
}

// Approval is one person's recorded opinion.
type Approval struct {
	By      string `json:"by"`
	At      Date   `json:"at"`
	Opinion string `json:"opinion"`
}

// Holds reports whether it is an approval of what a catalog at a revision says;
// digest gives the catalog's digest, and is called only where it decides.
func (s *SignOff) Holds(revision uint64, digest func() string) bool {
	return s.Complete() && (s.Revision == revision || s.Digest != "" && s.Digest == digest())
}

// Complete reports whether both approvals are recorded.
func (s *SignOff) Complete() bool {
	return s != nil && s.Leader.By != "" && s.Leader.At != "" && s.Secrecy.By != "" && s.Secrecy.At != ""
}
