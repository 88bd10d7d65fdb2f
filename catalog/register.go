package catalog

// ActID names an act of the register for good.
type ActID string

// Status tells whether an act holds.
type Status string

// The states of an act.
const (
	InForce  Status = "in-force"
	Repealed Status = "repealed" // 废止, 失效, or replaced by another act
	Expired  Status = "expired"  // its own years are past
)

// Act is one law, regulation, rule or document of the register of legal bases
// (公开依据). A title that a later act reuses makes two acts.
type Act struct {
	ID        ActID      `json:"id"`
	Title     string     `json:"title"`             // in full: 中华人民共和国预算法
	Aliases   []string   `json:"aliases,omitempty"` // other names it is cited by, besides the title without 中华人民共和国
	Kind      string     `json:"kind,omitempty"`    // 法律, 行政法规, 规章, 规范性文件, 规划, 地方性法规, 标准
	Issuer    string     `json:"issuer,omitempty"`
	Revisions []Revision `json:"revisions,omitempty"` // oldest first; the last is current
	Effective Date       `json:"effective,omitempty"` // since when the current revision holds
	Status    Status     `json:"status"`
	Ended     Date       `json:"ended,omitempty"`     // when it was repealed or expired
	Successor ActID      `json:"successor,omitempty"` // what to cite instead
	Sectors   []Sector   `json:"sectors,omitempty"`   // the only sectors it concerns; empty: any
	Confirmed bool       `json:"confirmed"`           // status and dates were seen in a source
	Note      string     `json:"note,omitempty"`
}

// Revision is one text of an act, known by its number or its date.
type Revision struct {
	Number string `json:"number,omitempty"`
	Date   Date   `json:"date,omitempty"`
}

// Body is a public body that was renamed or dissolved, for checking publishers.
type Body struct {
	Name      string `json:"name"` // 扶贫开发办公室
	Successor string `json:"successor,omitempty"`
	Ended     Date   `json:"ended,omitempty"`
	Confirmed bool   `json:"confirmed"`
}
