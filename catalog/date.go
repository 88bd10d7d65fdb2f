package catalog

import (
	"errors"
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
	switch len(d) {
	case len("2006"):
		layout = "2006"
	case len("2006-01"):
		layout = "2006-01"
	case 0:
		return time.Time{}, errors.New("date is empty")
	}
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}, fmt.Errorf("date %q: %w", string(d), err)
	}
	return t, nil
}

// Chinese is the date as people write it, as far as it is known: 2021年1月1日,
// 2021年1月, 2021年. What is no date stays as it is.
func (d Date) Chinese() string {
	t, err := d.Time()
	if err != nil {
		return string(d)
	}
	switch len(d) {
	case len("2006"):
		return t.Format("2006年")
	case len("2006-01"):
		return t.Format("2006年1月")
	}
	return t.Format("2006年1月2日")
}
