package review

import (
	"time"

	"mulutong/catalog"
)

// Policy is how long what takes, in working days. Zero stands for the default.
type Policy struct {
	CountyDays  int `json:"countyDays,omitempty"`  // for the county's check: 5
	JointDays   int `json:"jointDays,omitempty"`   // for the joint review: 5
	RectifyDays int `json:"rectifyDays,omitempty"` // for the unit to mend what was returned, or what it lost: 10
	DueDay      int `json:"dueDay,omitempty"`      // of the month, on which catalogs are due: catalog.DueDay
}

// The defaults of a Policy.
const (
	reviewDays  = 5
	rectifyDays = 10
)

func (p Policy) filled() Policy {
	fill := func(n *int, to int) {
		if *n <= 0 {
			*n = to
		}
	}
	fill(&p.CountyDays, reviewDays)
	fill(&p.JointDays, reviewDays)
	fill(&p.RectifyDays, rectifyDays)
	fill(&p.DueDay, catalog.DueDay)
	return p
}

// china is the time by which days are told, wherever the service runs.
var china = time.FixedZone("CST", 8*60*60)

// Day is the day of t in China.
func Day(t time.Time) catalog.Date { return catalog.DateOf(t.In(china)) }

// deadline is the nth working day after from. Where the calendar lacks a year,
// weekends alone are days off, so that a submission never waits for a calendar.
func deadline(cal *catalog.Calendar, from catalog.Date, n int) catalog.Date {
	if cal != nil {
		if due, err := cal.AddWorkdays(from, n); err == nil {
			return due
		}
	}
	t, err := from.Time()
	if err != nil {
		return ""
	}
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return catalog.DateOf(t)
}

// Late reports whether what the case waits for is overdue.
func (h CaseHead) Late(today catalog.Date) bool { return h.Due != "" && h.Due < today }
