package find_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/catalog/find"
)

// docOf makes a document of an entry.
func docOf(e catalog.Entry, key string) find.Doc {
	d := find.Doc{Key: key, Title: strings.Join(e.Path, " / ")}
	for _, f := range catalog.Fields {
		weight := 2
		if f == catalog.FieldPath {
			weight = 0
		}
		p := find.Part{Name: string(f), Text: e.Text(f), Weight: weight}
		if f == catalog.FieldBasis {
			for _, c := range e.Basis {
				p.Also += c.Number + "；"
			}
		}
		d.Parts = append(d.Parts, p)
	}
	return d
}

func keys(r find.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Key)
	}
	return out
}

func TestAnyTwoNeighbouringCharactersOfAFieldFindIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x find.Index
		var docs []find.Doc
		n := rapid.IntRange(1, 4).Draw(t, "entries")
		for i := range n {
			docs = append(docs, docOf(catalogtest.Entry().Draw(t, "entry"), fmt.Sprint(i)))
		}
		x.Set("a", 1, docs)
		d := docs[rapid.IntRange(0, n-1).Draw(t, "which")]
		p := d.Parts[rapid.IntRange(0, len(d.Parts)-1).Draw(t, "part")]
		runes := []rune(p.Text)
		if len(runes) < 2 {
			return
		}
		from := rapid.IntRange(0, len(runes)-2).Draw(t, "from")
		to := rapid.IntRange(from+2, min(len(runes), from+60)).Draw(t, "to")
		q := string(runes[from:to])
		if catalog.Fold(q) == "" {
			return
		}
		r := x.Search(context.Background(), q, 10)
		i := slices.IndexFunc(r.Hits, func(h find.Hit) bool { return h.Key == d.Key })
		if i < 0 {
			t.Fatalf("%q of %q finds %+v", q, p.Text, r)
		}
		if !slices.Contains(r.Hits[i].Parts, p.Name) {
			t.Fatalf("%q stands in %s; found in %q", q, p.Name, r.Hits[i].Parts)
		}
		for _, h := range r.Hits {
			for _, m := range h.Marks {
				if m.From < 0 || m.From >= m.To || m.To > len(h.Snippet) {
					t.Fatalf("mark %+v in %q", m, h.Snippet)
				}
			}
			if strings.ContainsAny(h.Snippet, "\n\r\t") {
				t.Fatalf("the snippet %q has several lines", h.Snippet)
			}
		}
	})
}

func TestSnippetsMarkWhatWasFound(t *testing.T) {
	long := strings.Repeat("前面的内容很长，", 20) + "投诉举报电话：0553-6822345" + strings.Repeat("，后面也长", 20)
	tests := []struct{ text, query, want string }{
		{"最低生活保障", "生活", "最低[生活]保障"},
		{"最低生活保障", "zdsh", "[最低生活]保障"},
		{"最低生活保障", "shenghuobao", "最低[生活保]障"},
		{"《社会救助暂行办法》（国务院令第649号）", "国务院令第649号", "《社会救助暂行办法》（[国务院令第649号]）"},
		{"国办发〔2019〕54号", "国办发[2019]54", "[国办发〔2019〕54]号"},
		{"国办发〔2019〕54号", "国办发（２０１９）５４号", "[国办发〔2019〕54号]"},
		{"综合业务\n监督检查", "业务监督", "综合[业务 监督]检查"},
		{"电话、电话簿", "电话", "[电话]、[电话]簿"},
		{"低保对象的电话", "低保 电话", "[低保]对象的[电话]"},
		{long, "举报电话", "…长，前面的内容很长，投诉[举报电话]：0553-6822345，后面也长，后面也长，后面也长，后面也长，后面也长，后面也长，…"},
		{"A级旅游景区", "a级", "[A级]旅游景区"},
		{"行政处罚", "xingzheng", "[行政]处罚"},
		{"银行账户", "yinhang", "[银行]账户"},
	}
	for _, tt := range tests {
		var x find.Index
		x.Set("a", 1, []find.Doc{{Key: "1", Parts: []find.Part{{Name: "p", Text: tt.text}}}})
		r := x.Search(context.Background(), tt.query, 5)
		got := "nothing"
		if len(r.Hits) == 1 {
			h := r.Hits[0]
			var b strings.Builder
			at := 0
			for _, m := range h.Marks {
				b.WriteString(h.Snippet[at:m.From] + "[" + h.Snippet[m.From:m.To] + "]")
				at = m.To
			}
			got = b.String() + h.Snippet[at:]
		}
		if got != tt.want {
			t.Errorf("%q in %q: %s, want %s", tt.query, tt.text, got, tt.want)
		}
	}
}

// few is an index of a few entries, a sector and an act.
func few() *find.Index {
	var x find.Index
	entry := func(key, matter, submatter, content, basis, number string) find.Doc {
		return find.Doc{Key: key, Title: matter + " / " + submatter, Parts: []find.Part{
			{Name: "path", Text: matter + "\n" + submatter},
			{Name: "content", Text: content, Weight: 2},
			{Name: "basis", Text: basis, Also: number, Weight: 2},
		}}
	}
	x.Set("social-assistance", 19, []find.Doc{
		entry("e1", "最低生活保障", "办事指南", "办理条件、申请材料、联系电话", "《社会救助暂行办法》（国务院令第649号）", "国务院令第649号"),
		entry("e2", "临时救助", "政策法规文件", "最低生活保障以外的临时困难", "皖政〔2015〕12号", "皖政〔2015〕12号"),
	})
	x.Set("sectors", 0, []find.Doc{{Key: "social-assistance", Title: "社会救助", Parts: []find.Part{{Name: "name", Text: "社会救助"}, {Name: "name", Text: "低保"}}}})
	x.Set("acts", 90, []find.Doc{{Key: "a1", Title: "社会救助暂行办法", Parts: []find.Part{{Name: "title", Text: "社会救助暂行办法", Weight: 1}}}})
	return &x
}

func TestTheBestHitComesFirst(t *testing.T) {
	tests := []struct {
		query string
		want  []string
	}{
		{"社会救助", []string{"social-assistance", "a1", "e1"}},       // the whole name, the beginning, inside a basis
		{"最低生活保障", []string{"e1", "e2"}},                          // a name before a text
		{"shjz", []string{"social-assistance", "e2", "a1", "e1"}}, // 临[时救助], too
		{"shehuijiuzhu", []string{"social-assistance", "a1", "e1"}},
		{"shehjz", []string{"social-assistance"}}, // mixed only in names
		{"she hui jiu zhu", []string{"social-assistance", "a1", "e1"}},
		{"lsjz", []string{"e2"}},
		{"zd", []string{"e1"}}, // two letters find names only
		{"xuzhshjz", nil},
		{"dian", nil}, // one character by its reading is too little in a text
		{"dianhua", []string{"e1"}},
		{"皖政2015 12", []string{"e2"}},
		{"皖政[2015]12号", []string{"e2"}},
		{"皖政２０１５12", []string{"e2"}},
		{"临时 困难", []string{"e2"}},
		{"临时 电话", nil},
		{"649", []string{"e1"}},
		{"LSJZ", []string{"e2"}},
		{"", nil},
		{"　 ", nil},
		{"没有的词", nil},
		{"xyzq", nil},
	}
	x := few()
	for _, tt := range tests {
		r := x.Search(context.Background(), tt.query, 10)
		if got := keys(r); !slices.Equal(got, tt.want) || r.Total != len(tt.want) {
			t.Errorf("%q finds %q (%d in all), want %q", tt.query, got, r.Total, tt.want)
		}
	}
	if r := x.Search(context.Background(), "救助", 9, "acts"); !slices.Equal(keys(r), []string{"a1"}) {
		t.Errorf("among the acts alone it finds %q", keys(r))
	}
	h := x.Search(context.Background(), "国务院令649", 9).Hits
	if len(h) != 1 || len(h[0].Marks) != 1 || h[0].Snippet[h[0].Marks[0].From:h[0].Marks[0].To] != "649" {
		t.Errorf("a number without 第 marks %+v", h)
	}
	if r := x.Search(context.Background(), "救助", 1); len(r.Hits) != 1 || r.Total != 4 {
		t.Errorf("at most one: %d hits of %d", len(r.Hits), r.Total)
	}
}

func TestAnIndexFollowsWhatChanges(t *testing.T) {
	x := few()
	if !x.Put("social-assistance", find.Doc{Key: "e2", Parts: []find.Part{{Name: "path", Text: "医疗救助"}}}) {
		t.Error("an entry that is there could not be changed")
	}
	if x.Put("social-assistance", find.Doc{Key: "e9"}) || x.Put("none", find.Doc{Key: "e2"}) {
		t.Error("what is not there was changed")
	}
	find1 := func(q string) []string { return keys(x.Search(context.Background(), q, 10)) }
	if got := find1("医疗救助"); !slices.Equal(got, []string{"e2"}) {
		t.Errorf("the new name finds %q", got)
	}
	if got := find1("临时"); got != nil {
		t.Errorf("the old name finds %q", got)
	}
	x.Drop("acts")
	x.Set("social-assistance", 19, nil)
	if got := find1("社会救助"); !slices.Equal(got, []string{"social-assistance"}) {
		t.Errorf("after all else is gone it finds %q", got)
	}
	if x.Len() != 1 {
		t.Errorf("%d documents, want 1", x.Len())
	}
}

func TestSearchingWhileItChanges(t *testing.T) {
	x := few()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := range 200 {
				switch i {
				case 0:
					x.Put("social-assistance", find.Doc{Key: "e2", Parts: []find.Part{{Name: "path", Text: fmt.Sprint("临时救助", n)}}})
				case 1:
					x.Set("acts", 90, []find.Doc{{Key: fmt.Sprint(n), Parts: []find.Part{{Name: "title", Text: "办法"}}}})
				default:
					if r := x.Search(context.Background(), "临时救助", 10); r.Total != 1 {
						t.Errorf("found %d times", r.Total)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestInitials(t *testing.T) {
	for s, want := range map[string]string{"民政局": "mzj", "人力资源和社会保障局": "rlzyhshbzj", "A1 局": "a1j", "": "", "（）": ""} {
		if got := find.Initials(s); got != want {
			t.Errorf("Initials(%q) = %q, want %q", s, got, want)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	var x find.Index
	bySector := map[catalog.Sector][]find.Doc{}
	for i, e := range catalogtest.Entries(1, 10_000) {
		bySector[e.Sector] = append(bySector[e.Sector], docOf(e, fmt.Sprint(i)))
	}
	no := 0
	for s, docs := range bySector {
		no++
		x.Set(string(s), no, docs)
	}
	for _, q := range []string{"投诉举报", "没有这样的词", "低保 电话", "shehuijiuzhu", "zdshbz", "国务院令第649号", "的"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				x.Search(context.Background(), q, 50)
			}
		})
	}
}
