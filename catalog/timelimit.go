package catalog

import "strings"

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
	Hour    Measure = "hour"
	Week    Measure = "week"
	Month   Measure = "month"
	Year    Measure = "year"
)

// Clause is one limit in a time limit. 每季度结束后15日内 is Periodic with
// Amount 3 Month (the period), From 每季度结束 and Due 15 Day; 每年1月31日前 is
// Periodic with Amount 1 Year and By 1月31日. 6月30日前 is Before with By, 开学前
// Before with From. 随采购公告公开 is Realtime with From 采购公告, 批准后公开
// Prompt with From 批准. 半个月 is 15 Day, 半年 and a school term are 6 Month, 24
// hours are a Day, and of 5-7个工作日 the longer counts. Unknown keeps the
// Amount and From it could read: 公告至少30, 信息形成之日.
type Clause struct {
	Kind       ClauseKind `json:"kind"`
	Amount     int        `json:"amount,omitempty"`  // the length, or the period of Periodic
	Measure    Measure    `json:"measure,omitempty"` // of Amount
	Times      int        `json:"times,omitempty"`   // Periodic: at least so often in the period
	Due        int        `json:"due,omitempty"`     // Periodic: so long after From
	DueMeasure Measure    `json:"dueMeasure,omitempty"`
	AtLeast    bool       `json:"atLeast,omitempty"` // 不少于30日
	From       string     `json:"from,omitempty"`    // the event it counts from, or before: 制定或获取信息
	By         string     `json:"by,omitempty"`      // the day it is due, of the period or at all: 1月31日
	Scope      string     `json:"scope,omitempty"`   // what it is limited to: 行政许可、行政处罚事项
}

// Understood reports whether every clause was understood. An empty time limit is not.
func (t TimeLimit) Understood() bool {
	for _, c := range t.Clauses {
		if c.Kind == Unknown {
			return false
		}
	}
	return len(t.Clauses) > 0
}

// FromForming reports whether the clause counts from when the information itself
// was formed, changed or obtained (政府信息公开条例第二十六条).
func (c Clause) FromForming() bool { return formed(c.From) || strings.Contains(c.From, "更新") }

// formed reports whether words tell of the making of the information itself.
// 更新 does not: 更新信息 is information.
func formed(words string) bool {
	for _, w := range []string{"形成", "变更", "制定", "制作", "获取", "产生", "生成"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}
