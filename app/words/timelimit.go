package words

import (
	"strconv"
	"strings"

	"mulutong/catalog"
)

// TimeLimit says what the programs understand of a time limit, clause by clause,
// and whether that is all of it. It is empty where nothing is understood.
func TimeLimit(t catalog.TimeLimit, l Lang) (says string, whole bool) {
	join := "；"
	if l == English {
		join = "; "
	}
	var said []string
	for _, c := range t.Clauses {
		s := c.String()
		if l == English {
			s = clauseInEnglish(c)
		}
		if c.Kind != catalog.Unknown && s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, join), t.Understood()
}

var measures = map[catalog.Measure][2]string{
	catalog.Workday: {"working day", "working days"}, catalog.Day: {"day", "days"}, catalog.Hour: {"hour", "hours"},
	catalog.Week: {"week", "weeks"}, catalog.Month: {"month", "months"}, catalog.Year: {"year", "years"},
}

func amount(n int, m catalog.Measure) string {
	names := measures[m]
	if n == 1 {
		return "1 " + names[0]
	}
	return strconv.Itoa(n) + " " + names[1]
}

// clauseInEnglish says a clause; the events it counts from are the catalog's own
// words.
func clauseInEnglish(c catalog.Clause) string {
	after := func(word string) string {
		if c.From == "" {
			return ""
		}
		return word + c.From
	}
	least := ""
	if c.AtLeast {
		least = "at least "
	}
	s := ""
	switch c.Kind {
	case catalog.Within:
		s = "within " + least + amount(c.Amount, c.Measure) + after(" of ")
	case catalog.Notice:
		s = "posted for " + least + amount(c.Amount, c.Measure) + after(" after ")
	case catalog.Before:
		switch {
		case c.By != "":
			s = "before " + c.By
		case c.Amount == 0:
			s = "before " + c.From
		case c.From == "":
			s = least + amount(c.Amount, c.Measure) + " in advance"
		default:
			s = least + amount(c.Amount, c.Measure) + " before " + c.From
		}
	case catalog.Periodic:
		s = periodicInEnglish(c, least)
	case catalog.Realtime:
		if s = "in real time"; c.From != "" {
			s = "at the same time as " + c.From
		}
	case catalog.Prompt:
		s = "promptly" + after(" after ")
	case catalog.Permanent:
		s = "for good" + after(" after ")
	default:
		return ""
	}
	if c.Scope != "" {
		s = "for " + c.Scope + ": " + s
	}
	return s
}

func periodicInEnglish(c catalog.Clause, least string) string {
	if c.Amount == 0 {
		return "regularly"
	}
	period := "every " + amount(c.Amount, c.Measure)
	switch {
	case c.Amount == 3 && c.Measure == catalog.Month:
		period = "every quarter"
	case c.Amount == 1:
		period = "every " + measures[c.Measure][0]
	}
	switch {
	case c.Times > 1:
		return period + ", " + least + strconv.Itoa(c.Times) + " times"
	case c.Times == 1:
		return period + ", " + least + "once"
	case c.Due > 0 && c.From != "":
		return period + ", within " + amount(c.Due, c.DueMeasure) + " of " + c.From
	case c.Due > 0:
		return period + ", within " + amount(c.Due, c.DueMeasure)
	case c.By != "":
		return period + ", before " + c.By
	}
	return period
}
