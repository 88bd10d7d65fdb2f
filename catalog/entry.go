package catalog

import (
	"encoding/json"
	"maps"
	"slices"
)

// EntryID names an entry for good; a ULID, so that ids sort by time of making.
type EntryID string

// Entry is one matter a unit discloses, with everything the standard table says
// of it (目录条目). A zero field is one that is not filled in.
type Entry struct {
	ID       EntryID
	Sector   Sector
	Template TemplateID // the template entry it came from, if any
	Code     string     // nine digits where the province gives codes: 120002001

	// Path holds the names of all levels (一级事项, 二级事项, …), none empty but
	// where a level is blank between two that are not.
	Path []string

	Content   string // 公开内容（要素）
	Basis     Basis
	TimeLimit TimeLimit
	Publisher string // 公开主体, the body obliged to disclose
	Channels  Channels
	Audience  Audience
	Mode      Mode
	Tiers     TierSet
	Link      string // where people apply, or where it is published

	// Extra keeps columns that no field takes, by their header.
	Extra map[string]string
}

// Matter is the name of the first level (一级事项).
func (e *Entry) Matter() string {
	if len(e.Path) == 0 {
		return ""
	}
	return e.Path[0]
}

// Submatter is the name of the last level (二级事项, or 三级事项 where there is
// one); empty when there is only one level.
func (e *Entry) Submatter() string {
	if len(e.Path) < 2 {
		return ""
	}
	return e.Path[len(e.Path)-1]
}

// Clone returns a copy that shares no memory with e.
func (e *Entry) Clone() Entry {
	c := *e
	c.Path = slices.Clone(e.Path)
	c.Basis = slices.Clone(e.Basis)
	c.TimeLimit.Clauses = slices.Clone(e.TimeLimit.Clauses)
	c.Channels.Others = slices.Clone(e.Channels.Others)
	c.Extra = maps.Clone(e.Extra)
	return c
}

// Equal reports whether both say the same in every field; nil and empty are the same.
func (e *Entry) Equal(o *Entry) bool {
	if e.ID != o.ID {
		return false
	}
	for _, f := range entryFields {
		if !sameField(e, o, f) {
			return false
		}
	}
	return true
}

// entryJSON is the one form of an entry outside memory.
type entryJSON struct {
	ID            EntryID           `json:"id,omitempty"`
	Sector        Sector            `json:"sector,omitempty"`
	Template      TemplateID        `json:"template,omitempty"`
	Code          string            `json:"code,omitempty"`
	Path          []string          `json:"path"`
	Matter        string            `json:"matter"`
	Submatter     string            `json:"submatter"`
	Content       string            `json:"content"`
	Basis         []Citation        `json:"basis"`
	TimeLimit     TimeLimit         `json:"timeLimit"`
	Publisher     string            `json:"publisher"`
	Channels      ChannelSet        `json:"channels"`
	MayChannels   ChannelSet        `json:"mayChannels,omitempty"`
	OtherChannels []string          `json:"otherChannels,omitempty"`
	Audience      Audience          `json:"audience"`
	Mode          Mode              `json:"mode"`
	Tiers         TierSet           `json:"tiers"`
	Link          string            `json:"link,omitempty"`
	Extra         map[string]string `json:"extra,omitempty"`
}

// wire returns e's outside form with empty slices and maps made alike.
func (e *Entry) wire() entryJSON {
	w := entryJSON{
		ID: e.ID, Sector: e.Sector, Template: e.Template, Code: e.Code,
		Path: e.Path, Matter: e.Matter(), Submatter: e.Submatter(),
		Content: e.Content, Basis: e.Basis, TimeLimit: e.TimeLimit, Publisher: e.Publisher,
		Channels: e.Channels.Set, MayChannels: e.Channels.May, OtherChannels: e.Channels.Others,
		Audience: e.Audience, Mode: e.Mode, Tiers: e.Tiers, Link: e.Link, Extra: e.Extra,
	}
	if w.Path == nil {
		w.Path = []string{}
	}
	if w.Basis == nil {
		w.Basis = []Citation{}
	}
	if w.TimeLimit.Clauses == nil {
		w.TimeLimit.Clauses = []Clause{}
	}
	if len(w.OtherChannels) == 0 {
		w.OtherChannels = nil
	}
	if len(w.Extra) == 0 {
		w.Extra = nil
	}
	return w
}

// MarshalJSON writes the entry in the form shared by commands, bundles and exports.
func (e Entry) MarshalJSON() ([]byte, error) { return json.Marshal(e.wire()) }

// UnmarshalJSON reads that form. Where path is absent, matter and submatter stand for it.
func (e *Entry) UnmarshalJSON(b []byte) error {
	var w entryJSON
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	if len(w.Path) == 0 && w.Matter != "" {
		w.Path = []string{w.Matter}
		if w.Submatter != "" {
			w.Path = append(w.Path, w.Submatter)
		}
	}
	if len(w.TimeLimit.Clauses) == 0 && w.TimeLimit.Text != "" {
		w.TimeLimit = ParseTimeLimit(w.TimeLimit.Text)
	}
	*e = Entry{
		ID: w.ID, Sector: w.Sector, Template: w.Template, Code: w.Code, Path: w.Path,
		Content: w.Content, Basis: w.Basis, TimeLimit: w.TimeLimit, Publisher: w.Publisher,
		Channels: Channels{Set: w.Channels, May: w.MayChannels, Others: w.OtherChannels},
		Audience: w.Audience, Mode: w.Mode, Tiers: w.Tiers, Link: w.Link, Extra: w.Extra,
	}
	return nil
}
