package catalog

import "encoding/json"

// templateEntryJSON is a template entry outside memory: an entry, and what only
// templates know. The entry's own id is absent; "template" holds the template's.
type templateEntryJSON struct {
	entryJSON
	AlsoCalled      []string         `json:"alsoCalled,omitempty"`
	Publishers      map[Tier]string  `json:"publishers"`
	Locked          []Field          `json:"locked"`
	Hint            string           `json:"hint"`
	Hints           map[Field]string `json:"hints,omitempty"`
	LongLimit       string           `json:"longLimit,omitempty"`
	SharedPublisher bool             `json:"sharedPublisher,omitempty"`
	Confirmed       bool             `json:"confirmed"`
}

// MarshalJSON writes the template entry in the form of an entry. Its publisher
// is the lowest tier's; all are in publishers.
func (t TemplateEntry) MarshalJSON() ([]byte, error) {
	e := Entry{
		Template: t.ID, Code: t.Code, Path: t.Path, Content: t.Content, Basis: t.Basis, TimeLimit: t.TimeLimit,
		Channels: t.Channels, Audience: t.Audience, Mode: t.Mode, Tiers: t.Tiers, Link: t.Link,
	}
	for _, tier := range t.Tiers.List() {
		if p := t.Publishers[tier]; p != "" {
			e.Publisher = p
		}
	}
	w := templateEntryJSON{
		entryJSON: e.wire(), AlsoCalled: t.AlsoCalled, Publishers: t.Publishers, Locked: t.Locked, Hint: t.Hint, Hints: t.Hints,
		LongLimit: t.LongLimit, SharedPublisher: t.SharedPublisher, Confirmed: t.Confirmed,
	}
	if w.Locked == nil {
		w.Locked = []Field{}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads that form.
func (t *TemplateEntry) UnmarshalJSON(b []byte) error {
	var w templateEntryJSON
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*t = TemplateEntry{
		ID: w.Template, Code: w.Code, Path: w.Path, AlsoCalled: w.AlsoCalled, Content: w.Content, Basis: w.Basis, TimeLimit: w.TimeLimit,
		Publishers: w.Publishers, Channels: Channels{Set: w.Channels, May: w.MayChannels, Others: w.OtherChannels},
		Audience: w.Audience, Mode: w.Mode, Tiers: w.Tiers, Link: w.Link,
		Locked: w.Locked, Hint: w.Hint, Hints: w.Hints,
		LongLimit: w.LongLimit, SharedPublisher: w.SharedPublisher, Confirmed: w.Confirmed,
	}
	return nil
}
