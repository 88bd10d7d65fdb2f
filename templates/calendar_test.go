package templates

import (
	"errors"
	"testing"

	"mulutong/catalog"
)

func TestEmbeddedCalendar(t *testing.T) {
	c := Embedded().Calendar()
	for day, want := range map[catalog.Date]bool{
		"2019-02-02": true,  // Saturday made up for the Spring Festival
		"2020-01-31": false, // festival lengthened by the epidemic
		"2022-12-31": false, // New Year's holiday of 2023
		"2024-02-04": true,  // Sunday made up
		"2024-02-18": true,
		"2024-02-09": true, // New Year's Eve was worked in 2024
		"2024-02-16": false,
		"2024-10-12": true,
		"2025-01-28": false, // New Year's Eve is a holiday since 2025
		"2025-10-08": false,
		"2026-01-05": true,
	} {
		if got, err := c.IsWorkday(day); err != nil || got != want {
			t.Errorf("IsWorkday(%s) = %v, %v, want %v", day, got, err, want)
		}
	}
	if got, err := c.AddWorkdays("2024-09-20", 20); err != nil || got != "2024-10-23" {
		t.Errorf("20 workdays after 2024-09-20: %s, %v, want 2024-10-23", got, err)
	}
	var missing *catalog.MissingYearError
	if _, err := c.IsWorkday("2027-01-04"); !errors.As(err, &missing) || missing.Year != 2027 {
		t.Errorf("a day of 2027: %v", err)
	}
}
