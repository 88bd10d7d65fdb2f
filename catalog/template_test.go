package catalog

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

var assistance = Template{
	Sector: "social-assistance", Version: "2026.1",
	Entries: []TemplateEntry{
		{
			ID: "t1", Path: []string{"综合业务", "监督检查"}, Content: "{县}投诉电话",
			Basis:     Basis{{Title: "社会救助暂行办法", Text: "《社会救助暂行办法》"}},
			TimeLimit: TimeLimit{Text: "10个工作日内", Clauses: []Clause{{Kind: Within, Amount: 10, Measure: Workday}}},
			Publishers: map[Tier]string{
				County: "{县}民政局", Township: "{单位}",
			},
			Channels: Channels{Set: ChannelSetOf(Website), May: ChannelSetOf(Gazette), Others: []string{"村务公开群"}},
			Audience: Audience{Everyone: true}, Mode: Mode{Proactive: true}, Tiers: TierSetOf(County, Township),
			Locked: []Field{FieldPath}, Hint: "写办公电话", Confirmed: true,
		},
		{ID: "t2", Path: []string{"综合业务", "县级"}, Publishers: map[Tier]string{County: "{县}民政局"}, Tiers: TierSetOf(County)},
	},
	Variants: []Variant{
		{Divisions: []string{"34"}, Reason: "安徽", Drop: []TemplateID{"t2"}, Replace: []TemplateEntry{
			{ID: "t3", Path: []string{"综合业务", "热线"}, Tiers: TierSetOf(Township)},
		}},
		{Divisions: []string{"44"}, Reason: "广东", Replace: []TemplateEntry{
			{ID: "t1", Path: []string{"综合业务", "监督"}, Tiers: TierSetOf(County, Township)},
		}},
	},
}

var township = Unit{ID: "340223100", Name: "籍山镇", Kind: TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}

func TestDraftTakesTheEntriesOfTheUnitsTier(t *testing.T) {
	n := 0
	newID := func() EntryID { n++; return EntryID(fmt.Sprint("e", n)) }
	c := assistance.Draft(township, newID)
	if len(c.Entries) != 2 || c.Entries[0].Template != "t1" || c.Entries[1].Template != "t3" {
		t.Fatalf("draft holds %+v", c.Entries)
	}
	e := c.Entries[0]
	if e.ID != "e1" || e.Publisher != "籍山镇人民政府" || e.Content != "南陵县投诉电话" || e.Sector != "social-assistance" {
		t.Errorf("entry is %+v", e)
	}
	if e.Channels.May != 0 || e.Channels.Set != ChannelSetOf(Website) || !reflect.DeepEqual(e.Channels.Others, []string{"村务公开群"}) {
		t.Errorf("channels are %+v", e.Channels)
	}
	if c.TemplateVersion != "2026.1" || c.Unit.ID != township.ID {
		t.Errorf("catalog is %+v", c)
	}
	department := Unit{ID: "440103-mzj", Name: "某区民政局", Kind: DepartmentUnit, Division: "440103", County: "某区"}
	c = assistance.Draft(department, newID)
	if len(c.Entries) != 2 || c.Entries[0].Path[1] != "监督" || c.Entries[1].Publisher != "某区民政局" {
		t.Errorf("department's draft holds %+v", c.Entries)
	}
}

func TestDraftSharesNoMemoryWithItsTemplate(t *testing.T) {
	c := assistance.Draft(township, func() EntryID { return "e" })
	c.Entries[0].Path[0], c.Entries[0].Basis[0].Title, c.Entries[0].Channels.Others[0] = "改", "改", "改"
	c.Entries[0].TimeLimit.Clauses[0].Amount = 99
	e := assistance.Entries[0]
	if e.Path[0] != "综合业务" || e.Basis[0].Title != "社会救助暂行办法" || e.Channels.Others[0] != "村务公开群" || e.TimeLimit.Clauses[0].Amount != 10 {
		t.Errorf("the template changed: %+v", e)
	}
}

func TestVariantsLeaveTheTemplateAsItWas(t *testing.T) {
	_ = assistance.For("440103")
	if got := assistance.Entries[0].Path[1]; got != "监督检查" {
		t.Errorf("the template's own entry says %q", got)
	}
}

func TestTemplateEntryComesBackFromJSON(t *testing.T) {
	b, err := json.Marshal(assistance.Entries[0])
	if err != nil {
		t.Fatal(err)
	}
	var got TemplateEntry
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, assistance.Entries[0]) {
		t.Errorf("%s\nreads as %+v", b, got)
	}
}

func TestUnitPublishesUnderItsSealsName(t *testing.T) {
	for _, tt := range []struct {
		unit Unit
		want string
	}{
		{township, "籍山镇人民政府"},
		{Unit{Name: "烟墩乡", Kind: TownshipUnit}, "烟墩乡人民政府"},
		{Unit{Name: "赭山街道", Kind: TownshipUnit}, "赭山街道办事处"},
		{Unit{Name: "南陵县民政局", Kind: DepartmentUnit}, "南陵县民政局"},
		{Unit{Name: "南陵县", Kind: CountyUnit}, "南陵县人民政府"},
		{Unit{Name: "经济开发区管委会", Kind: TownshipUnit}, "经济开发区管委会"},
	} {
		if got := tt.unit.Publisher(); got != tt.want {
			t.Errorf("%s publishes as %q, want %q", tt.unit.Name, got, tt.want)
		}
	}
}

func TestAVariantCallsAPublisherByItsNameThere(t *testing.T) {
	wuhu := assistance
	wuhu.Variants = []Variant{{Divisions: []string{"3402"}, Rename: []Rename{{From: "民政局", To: "民政和退役军人事务局"}}}}
	if got := wuhu.For("340223").Entries[0].Publishers[County]; got != "{县}民政和退役军人事务局" {
		t.Errorf("in Wuhu %q publishes", got)
	}
	for _, division := range []string{"340100", ""} {
		if got := wuhu.For(division).Entries[0].Publishers[County]; got != "{县}民政局" {
			t.Errorf("in %q %q publishes", division, got)
		}
	}
}

func TestOfficesUnderAMinistryNameADistrictsCity(t *testing.T) {
	for county, want := range map[string]string{"镜湖区": "芜湖市镜湖区", "南陵县": "南陵县", "无为市": "无为市", "": ""} {
		if got := (Unit{City: "芜湖市", County: county}).Meant("{区县}"); got != want {
			t.Errorf("%q: got %q, want %q", county, got, want)
		}
	}
	if got := (Unit{City: "芜湖市", County: "镜湖区"}).Meant("{省}"); got != "" {
		t.Errorf("an unknown placeholder means %q", got)
	}
}

func TestPrintedNamesEachTiersPublisherInGeneralTerms(t *testing.T) {
	tests := []struct {
		name  string
		place Unit
		want  []string // publishers, then the first entry's content
	}{
		{"nowhere", Unit{}, []string{"县级：县（市、区）民政局\n乡级：乡镇人民政府（街道办事处）", "县（市、区）民政局", "县（市、区）投诉电话"}},
		{"a township", township, []string{"县级：南陵县民政局\n乡级：籍山镇人民政府", "南陵县民政局", "南陵县投诉电话"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			es := assistance.Printed(tt.place).Entries
			got := []string{es[0].Publisher, es[1].Publisher, es[0].Content}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if es[0].Channels.May != ChannelSetOf(Gazette) || es[0].Template != "t1" {
				t.Errorf("entry is %+v", es[0])
			}
		})
	}
}

func TestNewerVersion(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"2026.2", "2026.1", true},
		{"2026.1", "2026.2", false},
		{"2026.1", "2026.1", false},
		{"2026.10", "2026.9", true},
		{"2027.1", "2026.12", true},
		{"2026.1", "", true},
		{"", "2026.1", false},
	} {
		if got := NewerVersion(tt.a, tt.b); got != tt.want {
			t.Errorf("NewerVersion(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
