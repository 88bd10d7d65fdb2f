package dates

import (
	"strconv"
	"strings"
	"time"

	"mulutong/catalog"
)

// Read takes a day as people type it: 2026年3月2日, 2026-3-2, 20260302, 3月2日, 3.2,
// 今天, 昨天. Without a year it is the day that lies nearest to today.
func Read(text string, today catalog.Date) (catalog.Date, bool) {
	now, err := today.Time()
	if err != nil {
		return "", false
	}
	text = strings.TrimSpace(catalog.Fold(text))
	switch strings.ToLower(text) {
	case "今天", "今日", "today":
		return today, true
	case "昨天", "昨日", "yesterday":
		return catalog.DateOf(now.AddDate(0, 0, -1)), true
	case "明天", "tomorrow":
		return catalog.DateOf(now.AddDate(0, 0, 1)), true
	}
	if len(text) == 8 && strings.Trim(text, "0123456789") == "" {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("年月日号-/.,、 ", r) })
	nums := make([]int, len(parts))
	for i, p := range parts {
		if nums[i], err = strconv.Atoi(p); err != nil {
			return "", false
		}
	}
	switch len(nums) {
	case 3:
		if nums[0] < 100 {
			nums[0] += now.Year() / 100 * 100
		}
		return day(nums[0], nums[1], nums[2])
	case 2:
		best, found := catalog.Date(""), false
		away := 1 << 30
		for year := now.Year() - 1; year <= now.Year()+1; year++ {
			d, ok := day(year, nums[0], nums[1])
			if !ok {
				continue
			}
			t, _ := d.Time()
			if n := int(t.Sub(now).Abs() / (24 * time.Hour)); n < away {
				best, found, away = d, true, n
			}
		}
		return best, found
	}
	return "", false
}

// day is a day there is.
func day(year, month, d int) (catalog.Date, bool) {
	t := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || t.Month() != time.Month(month) || t.Day() != d || year < 1900 || year > 2200 {
		return "", false
	}
	return catalog.DateOf(t), true
}
