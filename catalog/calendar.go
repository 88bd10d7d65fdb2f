package catalog

import (
	"errors"
	"fmt"
	"time"
)

// YearDays is a year's departures from the ordinary week, as the State Council
// announces them (部分节假日安排): days off and make-up working days. A day may
// lie in the neighbouring year, where a holiday spans the turn. Its JSON is that
// of the holiday-cn project.
type YearDays struct {
	Year   int          `json:"year"`
	Papers []string     `json:"papers,omitempty"` // where it was announced
	Days   []SpecialDay `json:"days"`
}

// SpecialDay is a day that is not what its day of the week says.
type SpecialDay struct {
	Name string `json:"name"` // 春节
	Date Date   `json:"date"`
	Off  bool   `json:"isOffDay"` // a day off; otherwise one to work
}

// MissingYearError says that a calendar knows nothing of a year whose working
// days were asked for. The remedy is to import that year.
type MissingYearError struct{ Year int }

func (e *MissingYearError) Error() string {
	return fmt.Sprintf("the calendar lacks the holidays of %d", e.Year)
}

// Calendar counts working days (工作日): Monday to Friday but for holidays, and
// weekends that are made up. It never guesses a year it was not given. A
// Calendar does not change and is safe for concurrent use.
type Calendar struct {
	years   map[int]bool
	special map[day]bool // whether it is worked
}

// day counts days from 1970-01-01.
type day int

const secondsOfDay = 24 * 60 * 60

// NewCalendar returns a calendar of the years given. It fails, with everything
// wrong at once, on a year or a day given twice in different ways and on days
// that are no dates or far from their year.
func NewCalendar(years ...YearDays) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, special: map[day]bool{}}
	var errs []error
	for _, y := range years {
		if c.years[y.Year] {
			errs = append(errs, fmt.Errorf("year %d: given twice", y.Year))
		}
		if y.Year < 1949 || y.Year > 2200 {
			errs = append(errs, fmt.Errorf("year %d: out of range", y.Year))
		}
		c.years[y.Year] = true
		for _, s := range y.Days {
			d, err := dayOf(s.Date)
			if err != nil {
				errs = append(errs, fmt.Errorf("year %d: %w", y.Year, err))
				continue
			}
			if far := d.year() - y.Year; far < -1 || far > 1 {
				errs = append(errs, fmt.Errorf("year %d: %s is of another year", y.Year, s.Date))
				continue
			}
			if worked, ok := c.special[d]; ok && worked == s.Off {
				errs = append(errs, fmt.Errorf("year %d: %s is both a day off and a working day", y.Year, s.Date))
			}
			c.special[d] = !s.Off
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return c, nil
}

// dayOf reads a full date.
func dayOf(d Date) (day, error) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, fmt.Errorf("date %q is no day such as 2024-02-10", string(d))
	}
	return day(t.Unix() / secondsOfDay), nil
}

func (d day) time() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }
func (d day) year() int       { return d.time().Year() }
func (d day) date() Date      { return DateOf(d.time()) }

// works reports whether the day is worked.
func (c *Calendar) works(d day) (bool, error) {
	t := d.time()
	if !c.years[t.Year()] {
		return false, &MissingYearError{Year: t.Year()}
	}
	if worked, ok := c.special[d]; ok {
		return worked, nil
	}
	w := t.Weekday()
	return w != time.Saturday && w != time.Sunday, nil
}

// IsWorkday reports whether the day is worked. Like every method of Calendar it
// fails with a *MissingYearError on a year it was not given, and on a date that
// is not a full one.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	n, err := dayOf(d)
	if err != nil {
		return false, err
	}
	return c.works(n)
}

// NextWorkday is the day itself where it is worked, or else the next one that
// is: where a deadline on it moves to.
func (c *Calendar) NextWorkday(d Date) (Date, error) {
	n, err := dayOf(d)
	if err != nil {
		return "", err
	}
	for {
		worked, err := c.works(n)
		if err != nil {
			return "", err
		}
		if worked {
			return n.date(), nil
		}
		n++
	}
}

// AddWorkdays is the n-th working day after the date, which itself does not
// count (形成之日起n个工作日内 ends on it); before it where n is negative; the
// date itself where n is 0.
func (c *Calendar) AddWorkdays(from Date, n int) (Date, error) {
	d, err := dayOf(from)
	if err != nil {
		return "", err
	}
	step := day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		worked, err := c.works(d)
		if err != nil {
			return "", err
		}
		if worked {
			n--
		}
	}
	return d.date(), nil
}

// WorkdaysBetween counts the working days after a up to and including b; where
// b is earlier, those before a down to b, as a negative number. It undoes
// AddWorkdays.
func (c *Calendar) WorkdaysBetween(a, b Date) (int, error) {
	from, err := dayOf(a)
	if err != nil {
		return 0, err
	}
	to, err := dayOf(b)
	if err != nil {
		return 0, err
	}
	step := day(1)
	if to < from {
		step = -1
	}
	n := 0
	for from != to {
		from += step
		worked, err := c.works(from)
		if err != nil {
			return 0, err
		}
		if worked {
			n += int(step)
		}
	}
	return n, nil
}

// DueDay is the day of the month on which catalogs are due, where nobody says
// otherwise.
const DueDay = 30

// NextDue is the first day not before today on which something is due that is due
// on a day of every month: on the last day of a month that is shorter, on the next
// working day where it is a day off. A day of 0 is DueDay.
func (c *Calendar) NextDue(today Date, day int) (Date, error) {
	t, err := today.Time()
	if err != nil {
		return "", err
	}
	if day == 0 {
		day = DueDay
	}
	for month := t.Month() - 1; ; month++ { // a holiday can move last month's day to this one
		last := time.Date(t.Year(), month+1, 0, 0, 0, 0, 0, time.UTC)
		nominal := DateOf(last.AddDate(0, 0, min(max(day, 1), last.Day())-last.Day()))
		due, err := c.NextWorkday(nominal)
		switch {
		case err != nil && nominal < today: // the year before is not known
		case err != nil:
			return "", err
		case due >= today:
			return due, nil
		}
	}
}
