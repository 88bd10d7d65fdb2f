package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
)

// What catalog.NewRegister refuses is wrong on any day. These are wrong in the
// register of one year, or wrong but for a reason that a note gives.

var (
	periodEnd  = regexp.MustCompile(`(?:19|20)\d\d年?[-—~至]((?:19|20)\d\d)年?`)
	numberYear = regexp.MustCompile(`(?:〔|令|公告|-)((?:19|20)\d\d)(?:〕|年|$)`)
	planYears  = map[string]string{"“十一五”": "2010", "“十二五”": "2015", "“十三五”": "2020", "“十四五”": "2025", "“十五五”": "2030"}
	actKinds   = []string{"法律", "行政法规", "规章", "规范性文件", "规划", "标准", "司法解释", "党内法规", "地方性法规"}
)

// lastYearOf is the year a title's period ends with; empty where it names none.
func lastYearOf(title string) string {
	if m := periodEnd.FindStringSubmatch(title); m != nil {
		return m[1]
	}
	for name, year := range planYears {
		if strings.Contains(title, name) && !strings.Contains(title, "关于") {
			return year
		}
	}
	return ""
}

// doubts lists what is doubtful about an act in a register of the year.
func doubts(r *catalog.Register, a catalog.Act, year string) []string {
	var out []string
	bad := func(format string, args ...any) { out = append(out, a.Title+": "+fmt.Sprintf(format, args...)) }
	last := lastYearOf(a.Title)
	if a.Status == catalog.InForce && last != "" && last < year {
		bad("in force, though its years ended with %s", last)
	}
	if a.Ended != "" && string(a.Ended[:4]) > year {
		bad("ended %s, which is still to come", a.Ended)
	}
	if len(a.Revisions) > 0 {
		first := a.Revisions[0]
		if n := min(len(first.Date), len(a.Effective)); first.Number != "" && a.Effective[:n] < first.Date[:n] && a.Note == "" {
			bad("took effect %s, before it was issued %s", a.Effective, first.Date)
		}
	}
	if s, ok := r.Act(a.Successor); ok && len(s.Revisions) > 0 && s.Revisions[0].Number != "" && a.Note == "" && a.Status == catalog.Repealed && a.Ended != "" {
		issued := s.Revisions[0].Date
		if n := min(len(a.Ended), len(issued)); a.Ended[:n] < issued[:n] {
			bad("ended %s, before its successor was issued %s", a.Ended, issued)
		}
		if n := min(len(a.Ended), len(s.Effective)); a.Confirmed && s.Confirmed && a.Ended[:n] < s.Effective[:n] && len(s.Revisions) == 1 {
			bad("ended %s, before its successor took effect %s", a.Ended, s.Effective)
		}
	}
	if a.Kind != "" && !slices.Contains(actKinds, a.Kind) || a.Kind == "" && a.Status == catalog.InForce {
		bad("kind %q", a.Kind)
	}
	for _, alias := range a.Aliases {
		for _, f := range r.Find(alias) {
			if f.ID == a.ID && strings.TrimPrefix(alias, "中华人民共和国") == strings.TrimPrefix(a.Title, "中华人民共和国") {
				bad("the alias %s is its title", alias)
			}
		}
	}
	if slices.Contains(a.Sectors, "") {
		bad("a sector without a name")
	}
	for _, v := range a.Revisions {
		if v.Number == "" && v.Date == "" {
			bad("a text with neither number nor date")
		}
		if v.Number == "" {
			continue
		}
		if m := numberYear.FindStringSubmatch(v.Number); m != nil && v.Date != "" && m[1] != string(v.Date[:4]) && a.Note == "" {
			bad("number %s is of another year than %s", v.Number, v.Date)
		}
		cited := catalog.ParseBasis("《" + a.Title + "》（" + v.Number + "）")
		if got := r.Resolve(cited[0]); len(cited) != 1 || cited[0].Number == "" || got.Act == nil || got.Act.ID != a.ID {
			bad("cannot be cited by number %s", v.Number)
		}
	}
	return out
}

func TestRegisterLeavesNoDoubt(t *testing.T) {
	s := Embedded()
	year, _, _ := strings.Cut(s.Version(), ".")
	for _, a := range s.Register().Acts() {
		for _, d := range doubts(s.Register(), a, year) {
			t.Error(d)
		}
	}
}

func TestDoubtsAreSeen(t *testing.T) {
	act := func(title string, change func(*catalog.Act)) catalog.Act {
		a := catalog.Act{ID: "a", Title: title, Kind: "规章", Status: catalog.InForce}
		change(&a)
		return a
	}
	text := func(number, date string) []catalog.Revision {
		return []catalog.Revision{{Number: number, Date: catalog.Date(date)}}
	}
	ended := func(status catalog.Status, day string) func(*catalog.Act) {
		return func(a *catalog.Act) { a.Status, a.Ended, a.Successor = status, catalog.Date(day), "s" }
	}
	successor := catalog.Act{
		ID: "s", Title: "新办法", Kind: "规章", Status: catalog.InForce, Confirmed: true,
		Effective: "2021-09-01", Revisions: text("民政部令第2号", "2021-06-01"),
	}
	tests := []struct {
		doubt string // empty: none
		act   catalog.Act
	}{
		{"its years ended with 2025", act("甲行动方案（2021—2025年）", func(*catalog.Act) {})},
		{"its years ended with 2024", act("2022-2024年甲补贴实施方案", func(*catalog.Act) {})},
		{"its years ended with 2025", act("“十四五”甲规划", func(*catalog.Act) {})},
		{"", act("甲行动方案（2024—2026年）", func(*catalog.Act) {})},
		{"", act("“十四五”甲规划", ended(catalog.Expired, "2025-12-31"))},
		{"still to come", act("甲办法", ended(catalog.Repealed, "2027-01-01"))},
		{"before it was issued", act("甲办法", func(a *catalog.Act) { a.Effective, a.Revisions = "2011-01-01", text("民政部令第1号", "2011-02") })},
		{"", act("甲办法", func(a *catalog.Act) {
			a.Effective, a.Revisions, a.Note = "2011-01-01", text("民政部令第1号", "2011-02"), "自年初起"
		})},
		{"", act("甲办法", func(a *catalog.Act) { a.Effective, a.Revisions = "2011-02-14", text("民政部令第1号", "2011-02") })},
		{"before its successor was issued", act("甲办法", ended(catalog.Repealed, "2021-05"))},
		{"", act("甲办法", ended(catalog.Repealed, "2021-07-01"))},
		{"before its successor took effect", act("甲办法", func(a *catalog.Act) {
			ended(catalog.Repealed, "2021-07-01")(a)
			a.Confirmed = true
		})},
		{"", act("甲办法", ended(catalog.Expired, "2020-12-31"))},
		{"kind \"\"", act("甲办法", func(a *catalog.Act) { a.Kind = "" })},
		{"kind \"办法\"", act("甲办法", func(a *catalog.Act) { a.Kind = "办法" })},
		{"is its title", act("甲办法", func(a *catalog.Act) { a.Aliases = []string{"中华人民共和国甲办法"} })},
		{"", act("甲办法", func(a *catalog.Act) { a.Aliases = []string{"甲制度"} })},
		{"neither number nor date", act("甲办法", func(a *catalog.Act) { a.Revisions = text("", "") })},
		{"cannot be cited by number", act("甲办法", func(a *catalog.Act) { a.Revisions = text("民发2021年五十七", "2021") })},
		{"", act("甲办法", func(a *catalog.Act) { a.Revisions = text("教育部、财政部令2021年第3号", "2021") })},
		{"another year", act("甲办法", func(a *catalog.Act) { a.Revisions = text("民发〔2021〕57号", "2022-01-02") })},
		{"another year", act("甲办法", func(a *catalog.Act) { a.Revisions = text("农业部令2021年第7号", "2020-12-02") })},
		{"another year", act("甲标准", func(a *catalog.Act) { a.Revisions = text("GB/T 19095-2019", "2020") })},
		{"", act("甲办法", func(a *catalog.Act) {
			a.Revisions, a.Note = text("民发〔2021〕57号", "2022-01-02"), "次年印发"
		})},
		{"", act("甲办法", func(a *catalog.Act) { a.Revisions = text("发改价格规〔2019〕2015号", "2019-12-27") })},
	}
	for _, tt := range tests {
		r, err := catalog.NewRegister("2026.1", []catalog.Act{tt.act, successor}, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.act.Title, err)
			continue
		}
		got := strings.Join(doubts(r, tt.act, "2026"), "\n")
		if tt.doubt == "" && got != "" || !strings.Contains(got, tt.doubt) {
			t.Errorf("%+v: doubts %q, want %q", tt.act, got, tt.doubt)
		}
	}
}
