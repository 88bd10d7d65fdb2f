package wire

import "time"

// Prefix stands before every path but those of Unprefixed routes.
const Prefix = "/api/v1"

// ServiceHeader is in every answer of the service, with ServiceVersion as its
// value. An answer without it is not the service's, whatever its status: many
// networks answer with a page of their own until someone signs on.
const (
	ServiceHeader  = "Mulutong-Service"
	ServiceVersion = "1"
)

// Media types of bodies.
const (
	JSON   = "application/json"
	Bundle = "application/vnd.mulutong.bundle"
	Octets = "application/octet-stream"
)

// The limits, in bytes unless they say otherwise. What is above is ErrTooLarge's
// CodeTooLarge.
const (
	MaxBundle  = 16 << 20 // a bundle as it is sent
	MaxJSON    = 1 << 20  // any other request
	MaxUnits   = 8 << 20  // a list of units
	MaxAnswer  = 64 << 20 // what a client reads of an answer
	MaxText    = 20_000   // characters of a comment, note, reason or notice
	MaxName    = 100      // characters of a person's or a machine's name
	MaxRefs    = 500      // cases passed at once
	FeedItems  = 100      // items of a page where nobody says otherwise
	MaxItems   = 500      // items of a page at most
	MaxRecords = 1000     // records of the log at most
)

// Nonces and sessions.
const (
	NonceLife   = 2 * time.Minute
	SessionLife = 12 * time.Hour
)
