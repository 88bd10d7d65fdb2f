package catalog

import (
	"fmt"
	"time"
)

// Date is a day as "2006-01-02". Where only the month or the year is known it
// is "2006-01" or "2006"; empty means not known. Dates compare as strings.
type Date string

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time returns midnight UTC of the day; of the first day when only the month or
// the year is known. It fails on anything else.
func (d Date) Time() (time.Time, error) {
	layout := time.DateOnly
	if len(d) < len(layout) {
		layout = layout[:len(d)]
	}
	if d == "" {
		return time.Time{}, fmt.Errorf("date is empty")
	}
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}, fmt.Errorf("date %q: %w", string(d), err)
	}
	return t, nil
}
