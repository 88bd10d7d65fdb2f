package catalog

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// springFestival is the State Council's arrangement around the Spring Festival
// of 2024, and two years without any.
func calendar2024(t interface{ Fatal(...any) }) *Calendar {
	days := []SpecialDay{{"元旦", "2024-01-01", true}, {"春节", "2024-02-04", false}, {"春节", "2024-02-18", false}}
	for d := Date("2024-02-10"); d <= "2024-02-17"; {
		days = append(days, SpecialDay{"春节", d, true})
		n, _ := dayOf(d)
		d = (n + 1).date()
	}
	c, err := NewCalendar(YearDays{Year: 2023}, YearDays{Year: 2024, Days: days}, YearDays{Year: 2025})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkdays(t *testing.T) {
	tests := []struct {
		name string
		day  Date
		want bool
	}{
		{"a Thursday", "2024-02-01", true},
		{"a Saturday", "2024-02-03", false},
		{"a Sunday made up", "2024-02-04", true},
		{"a Friday before the festival", "2024-02-09", true},
		{"a Monday off", "2024-02-12", false},
		{"a Saturday off", "2024-02-17", false},
		{"a Sunday made up after it", "2024-02-18", true},
	}
	c := calendar2024(t)
	for _, tt := range tests {
		if got, err := c.IsWorkday(tt.day); err != nil || got != tt.want {
			t.Errorf("%s: IsWorkday(%s) = %v, %v, want %v", tt.name, tt.day, got, err, tt.want)
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	tests := []struct {
		name string
		from Date
		n    int
		want Date
	}{
		{"the day itself does not count", "2024-02-01", 1, "2024-02-02"},
		{"a made-up Sunday counts", "2024-02-02", 1, "2024-02-04"},
		{"the festival does not", "2024-02-09", 1, "2024-02-18"},
		{"over the festival", "2024-02-05", 10, "2024-02-23"},
		{"from a day off", "2024-02-11", 1, "2024-02-18"},
		{"none", "2024-02-11", 0, "2024-02-11"},
		{"backwards over the festival", "2024-02-18", -1, "2024-02-09"},
		{"twenty", "2024-03-01", 20, "2024-03-29"},
		{"over New Year", "2023-12-29", 1, "2024-01-02"},
	}
	c := calendar2024(t)
	for _, tt := range tests {
		if got, err := c.AddWorkdays(tt.from, tt.n); err != nil || got != tt.want {
			t.Errorf("%s: AddWorkdays(%s, %d) = %s, %v, want %s", tt.name, tt.from, tt.n, got, err, tt.want)
		}
	}
}

func TestNextWorkday(t *testing.T) {
	c := calendar2024(t)
	for day, want := range map[Date]Date{"2024-02-09": "2024-02-09", "2024-02-10": "2024-02-18", "2024-02-03": "2024-02-04", "2024-03-02": "2024-03-04"} {
		if got, err := c.NextWorkday(day); err != nil || got != want {
			t.Errorf("NextWorkday(%s) = %s, %v, want %s", day, got, err, want)
		}
	}
}

func TestNextDue(t *testing.T) {
	tests := []struct {
		name  string
		today Date
		day   int
		want  Date
	}{
		{"a week ahead", "2024-01-23", 0, "2024-01-30"},
		{"the day itself", "2024-01-30", 30, "2024-01-30"},
		{"the day after", "2024-01-31", 0, "2024-02-29"},
		{"a February of 28 days", "2023-02-01", 30, "2023-02-28"},
		{"a Saturday moves to Monday", "2024-03-20", 0, "2024-04-01"},
		{"which is still due in the next month", "2024-04-01", 0, "2024-04-01"},
		{"and over the day after", "2024-04-02", 0, "2024-04-30"},
		{"over a festival", "2024-02-01", 10, "2024-02-18"},
		{"in the middle of it", "2024-02-14", 10, "2024-02-18"},
		{"another day", "2024-05-16", 15, "2024-06-17"},
		{"over the turn of the year", "2023-12-31", 0, "2024-01-02"},
		{"the year before is not known", "2023-01-01", 30, "2023-01-30"},
		{"a day below the first", "2024-05-02", -3, "2024-06-03"},
	}
	c := calendar2024(t)
	for _, tt := range tests {
		if got, err := c.NextDue(tt.today, tt.day); err != nil || got != tt.want {
			t.Errorf("%s: NextDue(%s, %d) = %s, %v, want %s", tt.name, tt.today, tt.day, got, err, tt.want)
		}
	}
	var missing *MissingYearError
	if got, err := c.NextDue("2025-12-31", 0); !errors.As(err, &missing) || missing.Year != 2026 {
		t.Errorf("NextDue into a year not known = %s, %v", got, err)
	}
	if _, err := c.NextDue("soon", 0); err == nil {
		t.Error("NextDue takes what is no date")
	}
}

func TestMissingYearIsSaid(t *testing.T) {
	c := calendar2024(t)
	missing := func(name string, err error, year int) {
		t.Helper()
		var m *MissingYearError
		if !errors.As(err, &m) || m.Year != year {
			t.Errorf("%s: %v, want the year %d to be missing", name, err, year)
		}
	}
	_, err := c.IsWorkday("2026-01-05")
	missing("a day", err, 2026)
	_, err = c.AddWorkdays("2025-12-30", 20)
	missing("a sum", err, 2026)
	_, err = c.AddWorkdays("2023-01-02", -20)
	missing("a difference", err, 2022)
	_, err = c.WorkdaysBetween("2025-12-01", "2026-02-01")
	missing("a count", err, 2026)
	_, err = c.NextWorkday("2027-01-01")
	missing("the next", err, 2027)
}

func TestCalendarRefusesWhatIsNoDay(t *testing.T) {
	c := calendar2024(t)
	for _, d := range []Date{"", "2024", "2024-02", "2024-02-30", "heute"} {
		if _, err := c.IsWorkday(d); err == nil {
			t.Errorf("IsWorkday(%q): no error", d)
		}
		if _, err := c.AddWorkdays(d, 1); err == nil {
			t.Errorf("AddWorkdays(%q): no error", d)
		}
		if _, err := c.WorkdaysBetween("2024-02-01", d); err == nil {
			t.Errorf("WorkdaysBetween(%q): no error", d)
		}
	}
}

func TestNewCalendarReportsEverything(t *testing.T) {
	_, err := NewCalendar(
		YearDays{Year: 2024, Days: []SpecialDay{{"", "2024-13-01", true}, {"", "2020-01-01", true}, {"", "2024-05-01", true}, {"", "2024-05-01", false}}},
		YearDays{Year: 2024}, YearDays{Year: 20},
	)
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 5 {
		t.Errorf("%v, want five problems", err)
	}
}

func TestWorkdaysBetweenUndoesAddWorkdays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := calendar2024(t)
		start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
		from := DateOf(start.AddDate(0, 0, rapid.IntRange(-100, 465).Draw(t, "day")))
		n := rapid.IntRange(-150, 150).Draw(t, "workdays")
		to, err := c.AddWorkdays(from, n)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.WorkdaysBetween(from, to); err != nil || got != n {
			t.Fatalf("%s and %d workdays is %s, but there are %d between (%v)", from, n, to, got, err)
		}
		if worked, err := c.IsWorkday(to); n != 0 && (err != nil || !worked) {
			t.Fatalf("%s and %d workdays is %s, which is none (%v)", from, n, to, err)
		}
		next, err := c.NextWorkday(to)
		if n != 0 && (err != nil || next != to) {
			t.Fatalf("the workday from %s on is %s (%v)", to, next, err)
		}
	})
}

func TestWorkdaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := calendar2024(t)
		day := func(name string) Date {
			return DateOf(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 1095).Draw(t, name)))
		}
		d := []Date{day("a"), day("b"), day("c")}
		if d[0] > d[1] {
			d[0], d[1] = d[1], d[0]
		}
		if d[1] > d[2] {
			d[1], d[2] = d[2], d[1]
		}
		if d[0] > d[1] {
			d[0], d[1] = d[1], d[0]
		}
		ab, err1 := c.WorkdaysBetween(d[0], d[1])
		bc, err2 := c.WorkdaysBetween(d[1], d[2])
		ac, err3 := c.WorkdaysBetween(d[0], d[2])
		if err := errors.Join(err1, err2, err3); err != nil || ab+bc != ac {
			t.Fatalf("%d and %d days between %v, in all %d (%v)", ab, bc, d, ac, err)
		}
	})
}
