package catalog

import (
	"strconv"
	"strings"
)

// String says the clause in plain Chinese: 信息形成之日起20个工作日内. Reading
// what it says yields the clause again. It is empty where nothing was understood.
func (c Clause) String() string {
	switch c.Kind {
	case Within:
		return c.since() + c.bound() + c.Measure.count(c.Amount) + "内"
	case Notice:
		from := c.From
		if from != "" {
			from += "后"
		}
		return c.limited() + from + "公示" + c.bound() + c.Measure.count(c.Amount)
	case Before:
		switch {
		case c.By != "":
			return c.By + "前"
		case c.Amount == 0:
			return c.From + "前"
		case c.From == "":
			return c.bound() + "提前" + c.Measure.count(c.Amount)
		}
		return c.From + "前" + c.bound() + c.Measure.count(c.Amount)
	case Periodic:
		return c.periodic()
	case Realtime:
		if c.From != "" {
			return "与" + c.From + "同时公开"
		}
		return "实时公开"
	case Prompt:
		return c.afterwards() + "及时公开"
	case Permanent:
		return c.afterwards() + "长期公开"
	}
	if c.Amount == 0 {
		return c.since()
	}
	if c.Measure != "" {
		return c.since() + c.bound() + c.Measure.count(c.Amount) + "后"
	}
	return c.since() + c.bound() + strconv.Itoa(c.Amount)
}

func (c Clause) periodic() string {
	if c.Amount == 0 {
		return "定期公开"
	}
	if strings.HasPrefix(c.By, "次") || strings.HasPrefix(c.By, "下") || strings.HasPrefix(c.By, "翌") {
		return c.By + "前"
	}
	period := "每" + c.Measure.count(c.Amount)
	for _, u := range printedPeriods {
		if c.Amount == u.amount && c.Measure == u.measure {
			period = "每" + u.text
		}
	}
	switch {
	case c.Times > 0:
		return period + c.bound() + "更新" + strconv.Itoa(c.Times) + "次"
	case c.Due > 0 && c.From != "":
		return c.From + "后" + c.DueMeasure.count(c.Due) + "内"
	case c.Due > 0:
		return period + c.DueMeasure.count(c.Due) + "内"
	case c.By != "":
		return period + c.By + "前"
	}
	return period + "更新"
}

var printedPeriods = []struct {
	amount  int
	measure Measure
	text    string
}{
	{1, Year, "年"},
	{6, Month, "半年"},
	{3, Month, "季度"},
	{1, Month, "月"},
	{1, Week, "周"},
	{1, Day, "日"},
	{1, Workday, "个工作日"},
}

func (c Clause) bound() string {
	if c.AtLeast {
		return "至少"
	}
	return ""
}

// limited says what the clause is limited to.
func (c Clause) limited() string {
	if c.Scope == "" {
		return ""
	}
	return "其中" + c.Scope
}

// since says the event the clause counts from, and what it is limited to.
func (c Clause) since() string {
	switch {
	case c.From == "":
		return c.limited()
	case c.Scope == "":
		return c.From + "之日起"
	}
	return c.limited() + "自" + c.From + "之日起"
}

func (c Clause) afterwards() string {
	if c.From == "" {
		return ""
	}
	return c.From + "后"
}

// count says n of the measure: 20个工作日.
func (m Measure) count(n int) string {
	s := strconv.Itoa(n)
	switch m {
	case Workday:
		return s + "个工作日"
	case Day:
		return s + "日"
	case Hour:
		return s + "小时"
	case Week:
		return s + "周"
	case Month:
		return s + "个月"
	case Year:
		return s + "年"
	}
	return s
}
