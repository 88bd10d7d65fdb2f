package reviewtest

import (
	"encoding/json"
	"strings"
	"time"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/review"
)

var text = catalogtest.Text()

// names are few, so that random steps meet each other.
var names = []string{"a", "甲", "甲乙", "z", "Z", "_", "340223100", "a'b\"c", "\U0001F600"}

func name[S ~string]() *rapid.Generator[S] {
	return rapid.Map(rapid.SampledFrom(names), func(s string) S { return S(s) })
}

func list[V any](g *rapid.Generator[V]) *rapid.Generator[[]V] { return rapid.SliceOfN(g, 0, 3) }

// instant generates times as programs make them: of any zone, and none at all.
var instant = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.IntRange(0, 7).Draw(t, "no time") == 0 {
		return time.Time{}
	}
	at := time.UnixMicro(rapid.Int64Range(1_700_000_000_000_000, 1_900_000_000_000_000).Draw(t, "time")).UTC()
	if rapid.Bool().Draw(t, "zone") {
		at = at.In(time.FixedZone("", 8*3600)).Add(789)
	}
	return at
})

var day = rapid.SampledFrom([]catalog.Date{"", "2026-11-30", "2026-02-28"})

// Person generates who acts.
func Person() *rapid.Generator[review.Person] {
	return rapid.Custom(func(t *rapid.T) review.Person {
		return review.Person{
			ID: name[review.PersonID]().Draw(t, "person"), Name: text.Draw(t, "name"),
			Role: rapid.SampledFrom(review.Roles).Draw(t, "role"), Unit: name[catalog.UnitID]().Draw(t, "unit"),
			Sectors: list(catalogtest.Sector()).Draw(t, "sectors"),
			Device:  rapid.SampledFrom([]string{"", "a", "甲"}).Draw(t, "device"), Verified: rapid.Bool().Draw(t, "verified"),
		}
	})
}

var target = rapid.Custom(func(t *rapid.T) review.Target {
	return review.Target{
		Entry: name[catalog.EntryID]().Draw(t, "entry"), Template: name[catalog.TemplateID]().Draw(t, "template"),
		Field: rapid.SampledFrom(append(catalog.Fields, "")).Draw(t, "field"),
	}
})

// caseID generates the name of one of a few cases.
var caseID = rapid.Custom(func(t *rapid.T) review.CaseID {
	return review.CaseID{Unit: name[catalog.UnitID]().Draw(t, "unit"), Sector: rapid.SampledFrom(catalogtest.Sectors()[:3]).Draw(t, "sector")}
})

var states = []review.State{
	review.New, review.InCounty, review.InJoint, review.Returned, review.Approved,
	review.Published, review.Withdrawn, review.Recalled,
}

// Case generates a case in any state, which need not follow from anything. Its
// Version is 0.
func Case() *rapid.Generator[review.Case] {
	return rapid.Custom(func(t *rapid.T) review.Case {
		hash := name[review.Hash]()
		return review.Case{
			ID: caseID.Draw(t, "case"), State: rapid.SampledFrom(states).Draw(t, "state"),
			Submissions: list(rapid.Custom(func(t *rapid.T) review.Submission {
				return review.Submission{
					ID: hash.Draw(t, "submission"), Number: rapid.IntRange(0, 9).Draw(t, "number"), Base: hash.Draw(t, "base"),
					Catalog: hash.Draw(t, "catalog"), Revision: rapid.Uint64().Draw(t, "revision"), By: Person().Draw(t, "by"),
					SentAt: instant.Draw(t, "sent"), At: instant.Draw(t, "at"),
					Findings: list(rapid.Custom(func(t *rapid.T) review.Finding {
						return review.Finding{Rule: "timelimit.vague", Message: text.Draw(t, "message")}
					})).Draw(t, "findings"),
				}
			})).Draw(t, "submissions"),
			Rounds: list(rapid.Custom(func(t *rapid.T) review.Round {
				return review.Round{
					Number: rapid.IntRange(0, 9).Draw(t, "number"), Stage: review.JointStage, Submission: hash.Draw(t, "submission"),
					Opened: instant.Draw(t, "opened"), Due: day.Draw(t, "due"), Closed: instant.Draw(t, "closed"),
					Sides: list(rapid.Custom(func(t *rapid.T) review.Side {
						return review.Side{
							Unit:    rapid.SampledFrom([]catalog.UnitID{"", "340200-mzj"}).Draw(t, "unit"),
							Verdict: rapid.SampledFrom([]review.Verdict{"", review.Passed, review.WantsReturn}).Draw(t, "verdict"),
							Kept:    rapid.Bool().Draw(t, "kept"), At: instant.Draw(t, "at"), Note: text.Draw(t, "note"),
						}
					})).Draw(t, "sides"),
				}
			})).Draw(t, "rounds"),
			Comments: list(rapid.Custom(func(t *rapid.T) review.Comment {
				return review.Comment{
					ID: rapid.StringMatching(`[a-z]{8}`).Draw(t, "id"), Target: target.Draw(t, "target"),
					Text: text.Draw(t, "text"), By: Person().Draw(t, "by"), At: instant.Draw(t, "at"),
				}
			})).Draw(t, "comments"),
			Open: list(target).Draw(t, "open"),
			Seen: rapid.MapOfN(name[review.PersonID](), hash, 0, 3).Draw(t, "seen"),
		}
	})
}

// raw generates JSON as it comes along: with spaces, or none at all.
var raw = rapid.Custom(func(t *rapid.T) json.RawMessage {
	b, err := json.MarshalIndent(map[string]string{text.Draw(t, "key"): text.Draw(t, "value")}, "", strings.Repeat(" ", rapid.IntRange(0, 2).Draw(t, "indent")))
	if err != nil {
		t.Fatal(err)
	}
	return rapid.SampledFrom([]json.RawMessage{nil, b, json.RawMessage("null"), json.RawMessage("[ 1 ]")}).Draw(t, "json")
})

// Record generates a record of the log before it is sealed.
func Record() *rapid.Generator[review.Record] {
	return rapid.Custom(func(t *rapid.T) review.Record {
		return review.Record{
			At: instant.Draw(t, "at"), By: Person().Draw(t, "by"), Action: review.ActReturn, Case: caseID.Draw(t, "case"),
			Subject: text.Draw(t, "subject"), Before: raw.Draw(t, "before"), After: raw.Draw(t, "after"), Note: text.Draw(t, "note"),
		}
	})
}

// Item generates an item for a unit or for everyone.
func Item() *rapid.Generator[review.Item] {
	return rapid.Custom(func(t *rapid.T) review.Item {
		it := review.Item{
			Kind: review.ItemNotice, At: instant.Draw(t, "at"), Body: raw.Draw(t, "body"), Blob: name[review.Hash]().Draw(t, "blob"),
		}
		if rapid.Bool().Draw(t, "for one") {
			it.Unit = name[catalog.UnitID]().Draw(t, "unit")
		}
		return it
	})
}

// Receipt generates what is said of a bundle.
func Receipt() *rapid.Generator[review.Receipt] {
	return rapid.Custom(func(t *rapid.T) review.Receipt {
		hash := name[review.Hash]()
		return review.Receipt{
			Bundle: hash.Draw(t, "bundle"), Case: caseID.Draw(t, "case"), Kind: "submission",
			Status: rapid.SampledFrom([]review.ReceiptStatus{review.Accepted, review.Waiting, review.Conflicted, review.Refused}).Draw(t, "status"),
			Base:   hash.Draw(t, "base"), Head: hash.Draw(t, "head"), Number: rapid.IntRange(0, 5).Draw(t, "number"),
			At: instant.Draw(t, "at"), Problem: text.Draw(t, "problem"), Locked: list(target).Draw(t, "locked"),
			Unanswered: list(text).Draw(t, "unanswered"),
		}
	})
}

var unit = rapid.Custom(func(t *rapid.T) catalog.Unit {
	return catalog.Unit{ID: name[catalog.UnitID]().Draw(t, "id"), Name: text.Draw(t, "name"), Kind: catalog.TownshipUnit}
})

var form = rapid.Custom(func(t *rapid.T) review.Form {
	return review.Form{
		ID: name[string]().Draw(t, "id"), Title: text.Draw(t, "title"),
		Indicators: list(rapid.Custom(func(t *rapid.T) review.Indicator {
			return review.Indicator{ID: text.Draw(t, "id"), Path: list(text).Draw(t, "path"), Points: rapid.Float64Range(0.01, 100).Draw(t, "points")}
		})).Draw(t, "indicators"),
	}
})

var assessment = rapid.Custom(func(t *rapid.T) review.Assessment {
	return review.Assessment{
		ID: review.AssessmentID{
			Form: rapid.SampledFrom([]string{"township", "county"}).Draw(t, "form"), Unit: name[catalog.UnitID]().Draw(t, "unit"),
			Quarter: rapid.SampledFrom([]string{"2026Q3", "2026Q4"}).Draw(t, "quarter"),
		},
		State: review.Notified, Due: day.Draw(t, "due"),
		Losses: list(rapid.Custom(func(t *rapid.T) review.Loss {
			return review.Loss{ID: text.Draw(t, "id"), Points: rapid.Float64Range(0, 9).Draw(t, "points"), Reason: text.Draw(t, "reason")}
		})).Draw(t, "losses"),
	}
})

var account = rapid.Custom(func(t *rapid.T) review.Account {
	return review.Account{Person: Person().Draw(t, "person"), Password: text.Draw(t, "password"), Disabled: rapid.Bool().Draw(t, "disabled")}
})

var device = rapid.Custom(func(t *rapid.T) review.Device {
	return review.Device{
		ID: name[string]().Draw(t, "id"), Key: rapid.SliceOfN(rapid.Byte(), 0, 32).Draw(t, "key"), Suite: "ed25519",
		Unit: name[catalog.UnitID]().Draw(t, "unit"), Role: review.Clerk, Name: text.Draw(t, "name"),
		Enrolled: instant.Draw(t, "enrolled"), By: Person().Draw(t, "by"), Revoked: instant.Draw(t, "revoked"),
	}
})

var invitation = rapid.Custom(func(t *rapid.T) review.Invitation {
	return review.Invitation{
		Code: name[review.Hash]().Draw(t, "code"), Unit: name[catalog.UnitID]().Draw(t, "unit"), Role: review.Clerk,
		Expires: instant.Draw(t, "expires"), By: Person().Draw(t, "by"), Device: text.Draw(t, "device"),
	}
})

// Expiries are whole microseconds: no store tells finer times apart.
var expiry = rapid.Map(instant, func(at time.Time) time.Time { return at.Truncate(time.Microsecond) })

var session = rapid.Custom(func(t *rapid.T) review.Session {
	return review.Session{
		Token: name[review.Hash]().Draw(t, "token"), Person: Person().Draw(t, "person"),
		Started: instant.Draw(t, "started"), Expires: expiry.Draw(t, "expires"),
	}
})

var attempts = rapid.Custom(func(t *rapid.T) review.Attempts {
	return review.Attempts{
		Name: name[review.Hash]().Draw(t, "name"), Failures: rapid.IntRange(0, 9).Draw(t, "failures"),
		LockedUntil: instant.Draw(t, "locked"), Expires: expiry.Draw(t, "expires"),
	}
})

// said is what a step came to, in words that are the same for every store.
func said(v any, err error) string {
	switch {
	case err == nil:
		return asText(v)
	case kindOf(err) != nil:
		return "error: " + kindOf(err).Error()
	}
	return "error: " + err.Error()
}
