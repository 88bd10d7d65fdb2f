package catalog

// Sector is the slug of a sector (领域), such as "social-assistance".
type Sector string

// SectorInfo is what is known of a sector and the guideline it follows.
type SectorInfo struct {
	No         int      `json:"no"`
	Slug       Sector   `json:"slug"`
	Name       string   `json:"name"`                 // 社会救助
	AlsoCalled []string `json:"alsoCalled,omitempty"` // other names in use
	NowCalled  string   `json:"nowCalled,omitempty"`  // the one of them in use since the guideline's went out: 乡村振兴 for 扶贫
	Optional   bool     `json:"optional,omitempty"`   // ministries or provinces added it to the 26 later; drafts are made only when asked for
	Guideline  Source   `json:"guideline"`
}

// Called is what people call the sector today.
func (s SectorInfo) Called() string {
	if s.NowCalled != "" {
		return s.NowCalled
	}
	return s.Name
}

// Source is the document that a template or a fact rests on.
type Source struct {
	Issuer    string `json:"issuer,omitempty"`
	Title     string `json:"title,omitempty"`
	Number    string `json:"number,omitempty"` // document number (文号)
	Date      Date   `json:"date,omitempty"`
	Confirmed bool   `json:"confirmed"` // a source was seen, not remembered
}
