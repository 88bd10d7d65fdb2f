package catalog

import (
	"errors"
	"strings"
	"testing"
)

func TestNewRegisterReportsEveryContradiction(t *testing.T) {
	tests := []struct {
		problem string
		acts    []Act
	}{
		{"the id stands twice", []Act{{ID: "a", Title: "甲办法", Status: InForce}, {ID: "a", Title: "乙办法", Status: InForce}}},
		{"has no id", []Act{{Title: "甲办法", Status: InForce}}},
		{"no title", []Act{{ID: "a", Status: InForce}}},
		{"unknown status", []Act{{ID: "a", Title: "甲办法"}}},
		{"in force, and ended", []Act{{ID: "a", Title: "甲办法", Status: InForce, Ended: "2020"}}},
		{"in force, and succeeded", []Act{{ID: "a", Title: "甲办法", Status: InForce, Successor: "b"}, {ID: "b", Title: "乙办法", Status: InForce}}},
		{"neither a date nor a note", []Act{{ID: "a", Title: "甲办法", Status: Repealed}}},
		{"successor b is not in the register", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2020", Successor: "b"}}},
		{"among its own successors", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2020", Successor: "b"}, {ID: "b", Title: "乙办法", Status: Repealed, Ended: "2020", Successor: "a"}}},
		{"among its own successors", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2020", Successor: "a"}}},
		{"before it was issued", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2010", Revisions: []Revision{{"", "2011-01-01"}}}}},
		{"date \"20\"", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "20"}}},
		{"date \"2011.1\"", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"", "2011.1"}}}}},
		{"date \"201\"", []Act{{ID: "a", Title: "甲办法", Status: InForce, Effective: "201"}}},
		{"stands after that of", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"", "2011-01-01"}, {"", "2010-01-01"}}}}},
		{"has the same title and is in force too", []Act{{ID: "a", Title: "中华人民共和国甲法", Status: InForce}, {ID: "b", Title: "甲法", Status: InForce}}},
		{"the title is an alias of b", []Act{{ID: "a", Title: "甲办法", Status: InForce}, {ID: "b", Title: "乙办法", Aliases: []string{"甲办法"}, Status: InForce}}},
		{"belongs to a too", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"国务院令第1号", ""}}}, {ID: "b", Title: "乙办法", Status: InForce, Revisions: []Revision{{"国务院令第 1 号", ""}}}}},
		{"ended 2011, before it took effect", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2011", Effective: "2012-01-01"}}},
		{"confirmed, and no date", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Confirmed: true, Note: "日期待核"}}},
		{"ended 2019-05-01, after its successor b", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2019-05-01", Successor: "b"}, {ID: "b", Title: "乙办法", Status: Repealed, Ended: "2019-04"}}},
		{"before the years of its title were over", []Act{{ID: "a", Title: "甲规划（2021—2025年）", Status: Expired, Ended: "2024-12-31"}}},
		{"before the years of its title were over", []Act{{ID: "a", Title: "2018年至2020年甲方案", Status: Expired, Ended: "2019"}}},
		{"number 民发〔2021〕57号 is not of 2012-06-11", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"民发〔2021〕57号", "2012-06-11"}}}}},
		{"number 民发〔2010〕57号 is not of 2012", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"民发〔2010〕57号", "2012"}}}}},
		{"number 农业农村部令2021年第4号 is not of 2019-12-21", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"农业农村部令2021年第4号", "2019-12-21"}}}}},
		{"number GB/T 19095-2019 is not of 2017-11-15", []Act{{ID: "a", Title: "甲标准", Status: InForce, Revisions: []Revision{{"GB/T 19095-2019", "2017-11-15"}}}}},
		{"neither a number nor a year tells it from b", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Note: "日期待核"}, {ID: "b", Title: "甲办法", Status: InForce}}},
		{"the alias 甲规定 is one of b too", []Act{{ID: "a", Title: "甲办法", Aliases: []string{"甲规定"}, Status: InForce}, {ID: "b", Title: "乙办法", Aliases: []string{"甲规定"}, Status: InForce}}},
	}
	var all []Act
	for i, tt := range tests {
		t.Run(tt.problem, func(t *testing.T) {
			_, err := NewRegister("1", tt.acts, nil)
			var bad *ActError
			if !errors.As(err, &bad) || !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("error %v, want %s", err, tt.problem)
			}
		})
		if i < 3 {
			all = append(all, tt.acts...)
		}
	}
	_, err := NewRegister("1", all, nil)
	if err == nil || strings.Count(err.Error(), "\n") < 2 {
		t.Errorf("three contradictions: %v", err)
	}
}

func TestNewRegisterLeavesWhatMayBeTrue(t *testing.T) {
	tests := []struct {
		why  string
		acts []Act
	}{
		{"signed in December, sent out in January", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"国发〔2015〕9号", "2016-01-03"}}}}},
		{"signed in December, numbered in January", []Act{{ID: "a", Title: "甲规则", Status: InForce, Revisions: []Revision{{"农业部、国家林业局令2010年第1号", "2009-12-29"}}}}},
		{"a serial that looks like a year", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"发改价格规〔2019〕2015号", "2019-12-27"}}}}},
		{"an order without a year", []Act{{ID: "a", Title: "甲办法", Status: InForce, Revisions: []Revision{{"国务院令第2010号", "1999-12-27"}}}}},
		{"ended in the year it took effect in, the day not known", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2019", Effective: "2019-03-01", Revisions: []Revision{{"", "2019-02-01"}}}}},
		{"ended the day its successor did, the day not known", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2019-05-01", Successor: "b"}, {ID: "b", Title: "乙办法", Status: Repealed, Ended: "2019"}}},
		{"a plan repealed early", []Act{{ID: "a", Title: "甲规划（2021—2025年）", Status: Repealed, Ended: "2023-06-01"}}},
		{"a goal beyond the plan", []Act{{ID: "a", Title: "甲规划和2035年远景目标纲要", Status: Expired, Ended: "2025-12-31"}}},
		{"one title, told apart by number", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Note: "日期待核", Revisions: []Revision{{"民政部令第1号", ""}}}, {ID: "b", Title: "甲办法", Status: InForce}}},
		{"one title, told apart by year", []Act{{ID: "a", Title: "甲办法", Status: Repealed, Ended: "2009"}, {ID: "b", Title: "甲办法", Status: InForce}}},
		{"an alias that an ended act had too", []Act{{ID: "a", Title: "甲办法", Aliases: []string{"甲规定"}, Status: InForce}, {ID: "b", Title: "乙办法", Aliases: []string{"甲规定"}, Status: Repealed, Ended: "2009"}}},
	}
	for _, tt := range tests {
		if _, err := NewRegister("1", tt.acts, nil); err != nil {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
}

func TestNewRegisterReportsContradictoryBodies(t *testing.T) {
	tests := []struct {
		problem string
		bodies  []Body
	}{
		{"body 甲局 is among its own successors", []Body{{Name: "甲局", Successor: "甲局"}}},
		{"body 乙局 is among its own successors", []Body{{Name: "甲局", Successor: "乙局"}, {Name: "乙局", Successor: "甲局"}}},
		{"body 甲局 is confirmed, and no date", []Body{{Name: "甲局", Confirmed: true}}},
		{"body 甲局: date", []Body{{Name: "甲局", Ended: "2019.3"}}},
		{"", []Body{{Name: "甲局", Successor: "乙局", Ended: "2013", Confirmed: true}, {Name: "乙局", Successor: "丙局", Ended: "2019-03"}}},
	}
	for _, tt := range tests {
		_, err := NewRegister("1", nil, tt.bodies)
		if (err != nil) != (tt.problem != "") || err != nil && !strings.Contains(err.Error(), tt.problem) {
			t.Errorf("%v: error %v, want %q", tt.bodies, err, tt.problem)
		}
	}
}
