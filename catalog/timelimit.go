package catalog

// TimeLimit is when a matter must be disclosed (公开时限): the text as written
// and what it means, clause by clause, where that is understood.
type TimeLimit struct {
	Text    string   `json:"text"`
	Clauses []Clause `json:"clauses"`
}

// ClauseKind tells what sort of limit a clause sets.
type ClauseKind string

// The kinds of clauses.
const (
	Within    ClauseKind = "within"    // 信息形成之日起20个工作日内
	Notice    ClauseKind = "notice"    // 公示7个工作日: how long it stays posted
	Before    ClauseKind = "before"    // 提前一周, 送审前30日
	Periodic  ClauseKind = "periodic"  // 半年至少更新1次, 每季度结束后15日内
	Realtime  ClauseKind = "realtime"  // 实时
	Prompt    ClauseKind = "prompt"    // 及时
	Permanent ClauseKind = "permanent" // 长期, 永久
	Unknown   ClauseKind = "unknown"   // not understood
)

// Measure is the unit of a length of time.
type Measure string

// The measures; a working day is not a calendar day.
const (
	Workday Measure = "workday"
	Day     Measure = "day"
	Week    Measure = "week"
	Month   Measure = "month"
	Year    Measure = "year"
)

// Clause is one limit in a time limit. 每季度结束后15日内 is Periodic with
// Amount 3 Month (the period), From 每季度结束 and Due 15 Day; 每年1月31日前 is
// Periodic with Amount 1 Year and By 1月31日.
type Clause struct {
	Kind       ClauseKind `json:"kind"`
	Amount     int        `json:"amount,omitempty"`  // the length, or the period of Periodic
	Measure    Measure    `json:"measure,omitempty"` // of Amount
	Times      int        `json:"times,omitempty"`   // Periodic: at least so often in the period
	Due        int        `json:"due,omitempty"`     // Periodic: so long after From
	DueMeasure Measure    `json:"dueMeasure,omitempty"`
	AtLeast    bool       `json:"atLeast,omitempty"` // 不少于30日
	From       string     `json:"from,omitempty"`    // the event it counts from, or before: 制定或获取信息
	By         string     `json:"by,omitempty"`      // the day of the period it is due: 1月31日
	Scope      string     `json:"scope,omitempty"`   // what it is limited to: 行政许可、行政处罚事项
}
