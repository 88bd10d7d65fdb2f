package catalog

import (
	"encoding/json"
	"time"
)

// Edit is one step of a store's history: what one person did in one go, undone
// as a whole.
type Edit struct {
	Seq     uint64    `json:"seq"` // counts from 1, without gaps
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Label   string    `json:"label"`            // what was done: 导入 去年目录.xlsx
	Undoes  uint64    `json:"undoes,omitempty"` // the edit this one takes back
	Redoes  uint64    `json:"redoes,omitempty"` // the undo this one takes back
	Changes []Change  `json:"changes"`
}

// Change is one thing an edit changed. Before is null where it was made, After
// where it was removed.
type Change struct {
	Sector Sector          `json:"sector"`
	Target Target          `json:"target"`
	Key    string          `json:"key,omitempty"` // entry id, template id, …
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Target tells what sort of thing a change concerns.
type Target string

// What an edit can change.
const (
	TargetEntry         Target = "entry"          // key: entry id; value: Entry
	TargetOrder         Target = "order"          // value: []EntryID
	TargetOmission      Target = "omission"       // key: template id; value: NotApplicable
	TargetNotApplicable Target = "not-applicable" // value: NotApplicable
	TargetReason        Target = "reason"         // key: rule/entry/field; value: Reason
	TargetNote          Target = "note"           // value: string
	TargetSignOff       Target = "sign-off"       // value: SignOff
	TargetCatalog       Target = "catalog"        // value: the catalog's versions, where it was made or removed
)
