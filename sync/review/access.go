package review

import (
	"time"

	"mulutong/catalog"
)

// Account is a person who signs on with a password.
type Account struct {
	Person
	Password   string `json:"password"` // as argon2id's encoded form; never leaves the service
	MustChange bool   `json:"mustChange,omitempty"`
	Disabled   bool   `json:"disabled,omitempty"`
}

// Attempts are the wrong passwords given in a row for one name. They are kept
// whether or not there is an account of that name, so that being locked out
// tells nobody which accounts exist.
type Attempts struct {
	Name        Hash      `json:"name"` // the hash of the name
	Failures    int       `json:"failures"`
	LockedUntil time.Time `json:"lockedUntil,omitzero"`
	Expires     time.Time `json:"expires"` // when they are forgotten
}

// Device is a machine whose key the service trusts.
type Device struct {
	ID       string         `json:"id"`  // of the key
	Key      []byte         `json:"key"` // the public key, of the suite's form
	Suite    string         `json:"suite"`
	Unit     catalog.UnitID `json:"unit"`
	Role     Role           `json:"role"` // Clerk, or CountyReviewer for a county's own machine
	Name     string         `json:"name"` // what the unit calls the machine
	Enrolled time.Time      `json:"enrolled"`
	By       Person         `json:"by"` // who invited it
	Revoked  time.Time      `json:"revoked,omitzero"`
}

// Invitation is a code with which one device may enrol once.
type Invitation struct {
	Code    Hash           `json:"code"` // the code's hash: the code itself is shown once
	Unit    catalog.UnitID `json:"unit"`
	Role    Role           `json:"role"`
	Expires time.Time      `json:"expires"`
	By      Person         `json:"by"`
	Device  string         `json:"device,omitempty"` // who used it
}

// Session is a person or device signed on.
type Session struct {
	Token   Hash      `json:"token"` // the token's hash
	Person  Person    `json:"person"`
	Started time.Time `json:"started"`
	Expires time.Time `json:"expires"`
}
