package catalog

import "testing"

func TestDatesAsFarAsTheyAreKnown(t *testing.T) {
	for _, tt := range []struct {
		date    Date
		day     string
		chinese string
	}{
		{"2021-01-02", "2021-01-02", "2021年1月2日"},
		{"2021-10", "2021-10-01", "2021年10月"},
		{"2021", "2021-01-01", "2021年"},
		{"", "", ""},
		{"2", "", "2"},
		{"20", "", "20"},
		{"2021-", "", "2021-"},
		{"2021-1-2", "", "2021-1-2"},
		{"2021-02-30", "", "2021-02-30"},
		{"2021-01-02T03:04", "", "2021-01-02T03:04"},
	} {
		at, err := tt.date.Time()
		if (err == nil) != (tt.day != "") || err == nil && string(DateOf(at)) != tt.day {
			t.Errorf("Date(%q).Time() = %v, %v, want %q", tt.date, at, err, tt.day)
		}
		if got := tt.date.Chinese(); got != tt.chinese {
			t.Errorf("Date(%q).Chinese() = %q, want %q", tt.date, got, tt.chinese)
		}
	}
}
