package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// contradictions finds what can be true of no register, whatever the day.
func (r *Register) contradictions(records []record) []error {
	var errs []error
	numbers := map[string]*record{}
	for i := range records {
		a := &records[i]
		bad := func(format string, args ...any) {
			errs = append(errs, &ActError{a.ID, fmt.Sprintf(format, args...)})
		}
		switch {
		case a.ID == "":
			bad("%s has no id", a.Title)
		case r.byID[a.ID] != a:
			bad("the id stands twice")
		}
		if a.key == "" {
			bad("no title")
		}
		a.checkDates(bad)
		a.checkStatus(bad)
		r.checkTitle(a, bad)
		r.checkSuccession(a, bad)
		for _, v := range a.Revisions {
			n := numberKey(v.Number)
			if n == "" || strings.HasPrefix(n, "主席令") {
				continue // the chairman's orders are numbered anew every five years
			}
			if other := numbers[n]; other != nil && other != a {
				bad("number %s belongs to %s too", v.Number, other.ID)
			}
			numbers[n] = a
		}
	}
	return errs
}

// sooner reports whether a is surely before b, however little of either is
// known: 2018-03 is before 2018-04-01, and neither before nor after 2018.
func sooner(a, b Date) bool {
	n := min(len(a), len(b))
	return a[:n] < b[:n]
}

// checkDates finds days that are none, and those that cannot follow each other.
func (a *record) checkDates(bad func(string, ...any)) {
	for _, d := range a.dates() {
		if _, err := d.Time(); d != "" && err != nil {
			bad("%v", err)
		}
	}
	last := Date("")
	for _, v := range a.Revisions {
		if v.Date != "" && v.Date < last {
			bad("the revision of %s stands after that of %s", v.Date, last)
		}
		last = max(last, v.Date)
		// Around New Year a document may be numbered in one year and signed or
		// sent out in another.
		numbered, dated := atoi(yearOfNumber(v.Number)), atoi(lastYear(string(v.Date)))
		if numbered > 0 && dated > 0 && max(numbered-dated, dated-numbered) > 1 {
			bad("number %s is not of %s", v.Number, v.Date)
		}
	}
	if a.Ended == "" {
		return
	}
	if len(a.Revisions) > 0 && sooner(a.Ended, a.Revisions[0].Date) {
		bad("ended %s, before it was issued", a.Ended)
	}
	if sooner(a.Ended, a.Effective) {
		bad("ended %s, before it took effect", a.Ended)
	}
}

// dates are all days of the act, those not known too.
func (a *record) dates() []Date {
	out := []Date{a.Effective, a.Ended}
	for _, v := range a.Revisions {
		out = append(out, v.Date)
	}
	return out
}

// yearOfNumber is the year a document's number holds: 2021 of 民发〔2021〕57号, of
// 农业农村部令2021年第4号 and of GB/T 19095-2021; empty for 国务院令第711号.
func yearOfNumber(number string) string {
	key := numberKey(number)
	for _, before := range []string{"(", "令", "公告", "-"} {
		_, rest, ok := strings.Cut(key, before)
		if !ok || len(rest) < 4 || figures(rest[:4]) != 4 {
			continue
		}
		after := rest[4:]
		if before == "(" && strings.HasPrefix(after, ")") || before == "-" && after == "" || strings.HasPrefix(after, "年") {
			return lastYear(rest[:4])
		}
	}
	return ""
}

// checkStatus finds what contradicts the act's status.
func (a *record) checkStatus(bad func(string, ...any)) {
	switch a.Status {
	case InForce:
		if a.Ended != "" {
			bad("in force, and ended %s", a.Ended)
		}
		if a.Successor != "" {
			bad("in force, and succeeded by %s", a.Successor)
		}
		return
	case Repealed, Expired:
	default:
		bad("unknown status %q", a.Status)
		return
	}
	switch {
	case a.Ended == "" && a.Note == "":
		bad("ended, and neither a date nor a note says when")
	case a.Ended == "" && a.Confirmed:
		bad("confirmed, and no date says when it ended")
	}
	if a.Status == Expired && a.Ended != "" && sooner(a.Ended, Date(lastOfPeriod(a.Title))) {
		bad("expired %s, before the years of its title were over", a.Ended)
	}
}

// lastOfPeriod is the last year of the period a title is for: 2025 of
// （2021—2025年）; empty where it names none.
func lastOfPeriod(title string) string {
	key := titleKey(title)
	for i := 0; i < len(key); i++ {
		n := figures(key[i:])
		if n == 4 {
			rest := strings.TrimPrefix(key[i+n:], "年")
			for _, mark := range rangeMarks {
				if to, ok := strings.CutPrefix(rest, mark); ok && figures(to) == 4 && lastYear(key[i:i+n]) != "" {
					return lastYear(to[:4])
				}
			}
		}
		i += n
	}
	return ""
}

// checkSuccession finds successors that lead nowhere, or back.
func (r *Register) checkSuccession(a *record, bad func(string, ...any)) {
	seen := map[ActID]bool{}
	for s := a.Successor; s != ""; {
		next, ok := r.byID[s]
		switch {
		case !ok && len(seen) == 0:
			bad("successor %s is not in the register", s)
			return
		case !ok:
			return
		case s == a.ID:
			bad("is among its own successors")
			return
		case seen[s]:
			return
		case len(seen) == 0 && next.Ended != "" && sooner(next.Ended, a.Ended):
			bad("ended %s, after its successor %s", a.Ended, s)
		}
		seen[s] = true
		s = next.Successor
	}
}

// checkTitle finds other acts that go by the act's names.
func (r *Register) checkTitle(a *record, bad func(string, ...any)) {
	for _, other := range r.keys[a.key] {
		switch {
		case other == a:
		case other.key != a.key:
			bad("the title is an alias of %s", other.ID)
		case a.Status == InForce && other.Status == InForce:
			bad("%s has the same title and is in force too", other.ID)
		case a.Status != InForce && a.Ended == "" && !a.numbered():
			bad("neither a number nor a year tells it from %s of the same title", other.ID)
		}
	}
	for _, alias := range a.Aliases {
		key := titleKey(alias)
		for _, other := range r.keys[key] {
			if other != a && other.key != key && a.Status == InForce && other.Status == InForce {
				bad("the alias %s is one of %s too", alias, other.ID)
			}
		}
	}
}

// numbered reports whether a text of the act has a number.
func (a *record) numbered() bool {
	return slices.ContainsFunc(a.serials, func(s string) bool { return s != "" })
}

// bodyContradictions finds bodies that became what they were, and confirmed ones
// without the year in which they ended.
func bodyContradictions(bodies []Body) []error {
	var errs []error
	next := map[string]string{}
	for _, b := range bodies {
		next[b.Name] = b.Successor
	}
	for _, b := range bodies {
		seen := map[string]bool{}
		for s := b.Successor; s != "" && !seen[s]; s = next[s] {
			if s == b.Name {
				errs = append(errs, fmt.Errorf("body %s is among its own successors", b.Name))
				break
			}
			seen[s] = true
		}
		if b.Confirmed && b.Ended == "" {
			errs = append(errs, fmt.Errorf("body %s is confirmed, and no date says when it ended", b.Name))
		}
		if _, err := b.Ended.Time(); b.Ended != "" && err != nil {
			errs = append(errs, fmt.Errorf("body %s: %w", b.Name, err))
		}
	}
	return errs
}
