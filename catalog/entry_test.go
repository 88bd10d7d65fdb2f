package catalog_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

const entryJSON = `{
  "id": "01JD8Q0000000000000000000A", "sector": "social-assistance", "template": "t0412", "code": "120002001",
  "path": ["最低生活保障", "办事指南"], "matter": "最低生活保障", "submatter": "办事指南",
  "content": "办理事项、办理条件、申请材料",
  "basis": [{"title": "社会救助暂行办法", "number": "国务院令第649号", "text": "《社会救助暂行办法》（国务院令第649号）"}],
  "timeLimit": {"text": "制定或获取信息之日起10个工作日内，公示7个工作日",
    "clauses": [{"kind": "within", "amount": 10, "measure": "workday", "from": "制定或获取信息"},
                {"kind": "notice", "amount": 7, "measure": "workday"}]},
  "publisher": "籍山镇人民政府",
  "channels": ["website", "notice-board"], "otherChannels": ["征地信息公开平台"],
  "audience": {"everyone": true, "groups": ""},
  "mode": {"proactive": true, "onRequest": false},
  "tiers": ["county", "township"],
  "link": "https://www.example.gov.cn/", "extra": {"网站所属栏目": "社会救助"}
}`

func TestEntryJSON(t *testing.T) {
	var e catalog.Entry
	if err := json.Unmarshal([]byte(entryJSON), &e); err != nil {
		t.Fatal(err)
	}
	want := catalog.Entry{
		ID: "01JD8Q0000000000000000000A", Sector: "social-assistance", Template: "t0412", Code: "120002001",
		Path: []string{"最低生活保障", "办事指南"}, Content: "办理事项、办理条件、申请材料",
		Basis: catalog.Basis{{Title: "社会救助暂行办法", Number: "国务院令第649号", Text: "《社会救助暂行办法》（国务院令第649号）"}},
		TimeLimit: catalog.TimeLimit{
			Text: "制定或获取信息之日起10个工作日内，公示7个工作日",
			Clauses: []catalog.Clause{
				{Kind: catalog.Within, Amount: 10, Measure: catalog.Workday, From: "制定或获取信息"},
				{Kind: catalog.Notice, Amount: 7, Measure: catalog.Workday},
			},
		},
		Publisher: "籍山镇人民政府",
		Channels:  catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website, catalog.NoticeBoard), Others: []string{"征地信息公开平台"}},
		Audience:  catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true},
		Tiers: catalog.TierSetOf(catalog.County, catalog.Township), Link: "https://www.example.gov.cn/",
		Extra: map[string]string{"网站所属栏目": "社会救助"},
	}
	if !e.Equal(&want) {
		t.Errorf("read %+v, want %+v", e, want)
	}
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var got, doc any
	if err := errors.Join(json.Unmarshal(b, &got), json.Unmarshal([]byte(entryJSON), &doc)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, doc) {
		t.Errorf("wrote %s", b)
	}
}

func TestEntryJSONFromElsewhere(t *testing.T) {
	tests := []struct {
		name, in string
		want     catalog.Entry
	}{
		{"unknown fields", `{"id":"a","colour":"red","path":["甲"],"audience":{"age":3}}`, catalog.Entry{ID: "a", Path: []string{"甲"}}},
		{"matter and submatter for a path", `{"matter":"甲","submatter":"乙"}`, catalog.Entry{Path: []string{"甲", "乙"}}},
		{"the path decides", `{"path":["甲"],"matter":"丙"}`, catalog.Entry{Path: []string{"甲"}}},
		{"a limit as text only", `{"timeLimit":{"text":"20个工作日内"}}`, catalog.Entry{TimeLimit: catalog.ParseTimeLimit("20个工作日内")}},
		{"nulls", `{"path":null,"basis":null,"channels":null,"tiers":null,"extra":null}`, catalog.Entry{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var e catalog.Entry
			if err := json.Unmarshal([]byte(tt.in), &e); err != nil || !e.Equal(&tt.want) {
				t.Errorf("read %+v, %v, want %+v", e, err, tt.want)
			}
		})
	}
	for _, bad := range []string{`{"channels":["radio"]}`, `{"tiers":["street"]}`, `{"path":1}`, `[]`} {
		var e catalog.Entry
		if err := json.Unmarshal([]byte(bad), &e); err == nil {
			t.Errorf("read %s without an error", bad)
		}
	}
}

func TestEmptyAndNilEntriesAreEqual(t *testing.T) {
	a := catalog.Entry{ID: "a"}
	b := catalog.Entry{
		ID: "a", Path: []string{}, Basis: catalog.Basis{}, TimeLimit: catalog.TimeLimit{Clauses: []catalog.Clause{}},
		Channels: catalog.Channels{Others: []string{}}, Extra: map[string]string{},
	}
	if !a.Equal(&b) || !b.Equal(&a) {
		t.Error("nil and empty differ")
	}
	ja, _ := json.Marshal(a)
	jb, _ := json.Marshal(b)
	if string(ja) != string(jb) {
		t.Errorf("nil writes %s, empty %s", ja, jb)
	}
}

// Equal sees what JSON shows, no less.
func TestEqualSeesEveryField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := catalogtest.Entry().Draw(t, "a"), catalogtest.Entry().Draw(t, "b")
		if rapid.Bool().Draw(t, "alike but for a field") {
			c := a.Clone()
			f := rapid.SampledFrom(catalog.Fields).Draw(t, "field")
			_ = c.SetText(f, b.Text(f)) // where it fails they stay alike
			b = c
		}
		ja, _ := json.Marshal(a)
		jb, _ := json.Marshal(b)
		if got := a.Equal(&b); got != (string(ja) == string(jb)) {
			t.Fatalf("Equal is %v of\n%s\n%s", got, ja, jb)
		}
	})
}

func BenchmarkEqual(b *testing.B) {
	x := catalogtest.Entries(1, 1)[0]
	y := x.Clone()
	b.ReportAllocs()
	for b.Loop() {
		if !x.Equal(&y) {
			b.Fatal("a copy differs")
		}
	}
}
