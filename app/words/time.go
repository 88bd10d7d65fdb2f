package words

import (
	"time"

	"mulutong/catalog"
)

var (
	justNow    = Text{"刚刚", "just now"}
	minutesAgo = Text{"%d 分钟前", "%d min ago"}
	today      = Text{"今天 15:04", "today 15:04"}
	yesterday  = Text{"昨天 15:04", "yesterday 15:04"}
	thisYear   = Text{"1月2日 15:04", "2 Jan 15:04"}
	otherYear  = Text{"2006年1月2日", "2 Jan 2006"}
)

// When says when something happened, the shorter the nearer it is.
func When(at, now time.Time, l Lang) string {
	at = at.In(now.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch age := now.Sub(at); {
	case age.Abs() < time.Minute:
		return justNow.In(l)
	case age > 0 && age < time.Hour: // otherwise a clock was set back
		return minutesAgo.In(l, int(age/time.Minute))
	case !at.Before(midnight):
		return at.Format(today.In(l))
	case !at.Before(midnight.AddDate(0, 0, -1)):
		return at.Format(yesterday.In(l))
	case at.Year() == now.Year():
		return at.Format(thisYear.In(l))
	}
	return at.Format(otherYear.In(l))
}

// Date writes a date as far as it is known: 2026年11月30日. What is no date stays
// as it is.
func Date(d catalog.Date, l Lang) string {
	t, err := d.Time()
	if l == Chinese || err != nil {
		return d.Chinese()
	}
	switch len(d) {
	case len("2006"):
		return t.Format("2006")
	case len("2006-01"):
		return t.Format("Jan 2006")
	}
	return t.Format(otherYear.EN)
}
