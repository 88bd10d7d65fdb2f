package review

import (
	"time"

	"mulutong/catalog"
)

// Form is a table of indicators by which units are assessed (测评表).
type Form struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Indicators []Indicator `json:"indicators"`
}

// Indicator is one line of a form.
type Indicator struct {
	ID     string         `json:"id"`     // unique in the form
	Path   []string       `json:"path"`   // 一级指标、二级指标 …
	Group  string         `json:"group"`  // 基本信息 or 重点领域: what the totals are told by
	Points float64        `json:"points"` // what it is worth, above 0
	Sector catalog.Sector `json:"sector,omitempty"`
	Rule   string         `json:"rule,omitempty"` // 评价标准
}

// AssessmentID names an assessment: one form, unit and quarter.
type AssessmentID struct {
	Form    string         `json:"form"`
	Unit    catalog.UnitID `json:"unit"`
	Quarter string         `json:"quarter"` // 2026Q3
}

// AssessmentState is where an assessment stands.
type AssessmentState string

// The states of an assessment, in the order they follow.
const (
	Scoring    AssessmentState = "scoring"   // 测评中
	Notified   AssessmentState = "notified"  // 已通报，待整改
	Rectified  AssessmentState = "rectified" // 已整改，待复测
	Retested   AssessmentState = "retested"  // 已复测
	AcceptedAt AssessmentState = "accepted"  // 已验收
)

// Assessment is the score of one unit by one form in one quarter (测评), and what
// came of it.
type Assessment struct {
	ID      AssessmentID     `json:"id"`
	State   AssessmentState  `json:"state"`
	Version uint64           `json:"version"`
	Losses  []Loss           `json:"losses"` // an indicator without one has full points
	Due     catalog.Date     `json:"due,omitempty"`
	Log     []AssessmentStep `json:"log"`
}

// Loss is what a unit lost on an indicator, why, and what became of it.
type Loss struct {
	ID        string          `json:"id"` // unique in the assessment
	Indicator string          `json:"indicator"`
	Points    float64         `json:"points"` // taken off, above 0
	Reason    string          `json:"reason"` // 扣分说明
	Sector    catalog.Sector  `json:"sector,omitempty"`
	Entry     catalog.EntryID `json:"entry,omitempty"`
	Rectified string          `json:"rectified,omitempty"` // 整改情况, the unit's answer
	Retest    string          `json:"retest,omitempty"`    // what the retest found
	Mended    bool            `json:"mended,omitempty"`
}

// AssessmentStep is one step of an assessment: who, when, what.
type AssessmentStep struct {
	State AssessmentState `json:"state"`
	By    Person          `json:"by"`
	At    time.Time       `json:"at"`
	Note  string          `json:"note,omitempty"`
}
