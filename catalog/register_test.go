package catalog

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// someActs are acts of every sort that finding them must tell apart.
var someActs = []Act{
	{ID: "zfxx", Title: "中华人民共和国政府信息公开条例", Aliases: []string{"信息公开条例"}, Revisions: []Revision{{"国务院令第492号", "2007-04-05"}, {"国务院令第711号", "2019-04-03"}}, Status: InForce},
	{ID: "shjz", Title: "社会救助暂行办法", Revisions: []Revision{{"国务院令第649号", "2014-02-21"}, {"", "2019-03-02"}}, Status: InForce},
	{ID: "zscs", Title: "中华人民共和国环境噪声污染防治法", Status: Repealed, Ended: "2022-06-05", Successor: "zs"},
	{ID: "zs", Title: "中华人民共和国噪声污染防治法", Status: InForce},
	{ID: "gaq-1993", Title: "中华人民共和国国家安全法", Revisions: []Revision{{"", "1993-02-22"}}, Status: Repealed, Ended: "2014-11-01"},
	{ID: "gaq", Title: "中华人民共和国国家安全法", Revisions: []Revision{{"", "2015-07-01"}}, Status: InForce},
	{ID: "zbf", Title: "招标公告和公示信息发布管理办法", Status: InForce},
	{ID: "lys", Title: "城镇燃气管理条例", Status: InForce},
	{ID: "sld", Title: "森林法实施条例", Status: InForce},
	{ID: "first", Title: "一类试点方案", Status: Repealed, Ended: "2010", Successor: "second"},
	{ID: "second", Title: "二类试点方案", Status: Repealed, Ended: "2015", Successor: "third"},
	{ID: "third", Title: "三类试点方案", Status: InForce},
	{ID: "dbsp", Title: "最低生活保障审核审批办法（试行）", Revisions: []Revision{{"民发〔2012〕220号", "2012-12-12"}}, Status: Repealed, Ended: "2021-07-01"},
	{ID: "czgc", Title: "财政部关于印发〈地方预决算公开操作规程〉的通知", Revisions: []Revision{{"财预〔2016〕143号", ""}}, Status: InForce},
	{ID: "ggzy", Title: "国务院办公厅关于推进公共资源配置领域政府信息公开的意见", Revisions: []Revision{{"国办发〔2017〕97号", ""}}, Status: InForce},
	{ID: "sixth", Title: "国务院关于第六批取消和调整行政审批项目的决定", Revisions: []Revision{{"国发〔2012〕52号", ""}}, Status: InForce},
	{ID: "ahdb", Title: "安徽省最低生活保障工作操作规程", Status: InForce},
	{ID: "scgl", Title: "市场监督管理行政处罚程序暂行规定", Status: Repealed, Ended: "2021-07-15"},
}

func someRegister(t interface{ Fatal(...any) }) *Register {
	r, err := NewRegister("1", someActs, []Body{{Name: "扶贫开发办公室", Successor: "乡村振兴局"}, {Name: "环境保护局", Successor: "生态环境局"}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func actID(a *Act) ActID {
	if a == nil {
		return ""
	}
	return a.ID
}

func TestResolve(t *testing.T) {
	tests := []struct {
		name    string
		cite    Citation
		act     ActID
		how     Resolved
		current ActID
	}{
		{"the title in full", Citation{Title: "中华人民共和国政府信息公开条例"}, "zfxx", Exact, "zfxx"},
		{"without 中华人民共和国", Citation{Title: "政府信息公开条例"}, "zfxx", Exact, "zfxx"},
		{"an alias", Citation{Title: "信息公开条例"}, "zfxx", Exact, "zfxx"},
		{"with spaces", Citation{Title: "政府信息 公开条例"}, "zfxx", Exact, "zfxx"},
		{"the current number", Citation{Title: "政府信息公开条例", Number: "国务院令第711号"}, "zfxx", Exact, "zfxx"},
		{"the current number abridged", Citation{Title: "政府信息公开条例", Number: "国令第711号"}, "zfxx", Exact, "zfxx"},
		{"an older number", Citation{Title: "政府信息公开条例", Number: "国务院令第492号"}, "zfxx", OldRevision, "zfxx"},
		{"an older amendment by its year", Citation{Title: "政府信息公开条例", Note: "2015年修正"}, "zfxx", OldRevision, "zfxx"},
		{"the current amendment by its year", Citation{Title: "政府信息公开条例", Note: "2019年修订"}, "zfxx", Exact, "zfxx"},
		{"a year of issue is no amendment", Citation{Title: "政府信息公开条例", Note: "2007年公布"}, "zfxx", Exact, "zfxx"},
		{"a number kept by an amendment", Citation{Title: "社会救助暂行办法", Number: "国务院令第649号"}, "shjz", Exact, "shjz"},
		{"a number of nobody's, in force", Citation{Title: "社会救助暂行办法", Number: "国务院令第709号"}, "shjz", Exact, "shjz"},
		{"repealed", Citation{Title: "环境噪声污染防治法"}, "zscs", Exact, "zs"},
		{"repealed, then replaced twice", Citation{Title: "一类试点方案"}, "first", Exact, "third"},
		{"a title used again", Citation{Title: "国家安全法"}, "gaq", Exact, "gaq"},
		{"a title used again, by its old year", Citation{Title: "国家安全法", Note: "1993年2月22日通过"}, "gaq-1993", Exact, ""},
		{"a title used again, by its new year", Citation{Title: "国家安全法", Note: "2015年"}, "gaq", Exact, "gaq"},
		{"ended, and a number of another act", Citation{Title: "最低生活保障审核审批办法（试行）", Number: "皖民发〔2022〕3号"}, "", Unresolved, ""},
		{"ended, and a later year", Citation{Title: "环境噪声污染防治法", Note: "2023年修订"}, "", Unresolved, ""},
		{"without (试行)", Citation{Title: "最低生活保障审核审批办法"}, "dbsp", Exact, ""},
		{"other brackets", Citation{Title: "最低生活保障审核审批办法(试行)", Number: "民发〔2012〕220号"}, "dbsp", Exact, ""},
		{"out of its wrapper", Citation{Title: "地方预决算公开操作规程", Number: "财预〔2016〕143号"}, "czgc", Exact, "czgc"},
		{"other marks in the wrapper", Citation{Title: "财政部关于印发<地方预决算公开操作规程>的通知"}, "czgc", Exact, "czgc"},
		{"another number out of the wrapper", Citation{Title: "地方预决算公开操作规程", Number: "财预〔2020〕1号"}, "", Unresolved, ""},
		{"in a wrapper", Citation{Title: "民政部关于印发《最低生活保障审核审批办法（试行）》的通知", Number: "民发〔2012〕220号"}, "dbsp", Exact, ""},
		{"forwarded, without 的通知", Citation{Title: "国务院办公厅转发〈最低生活保障审核审批办法（试行）〉"}, "dbsp", Exact, ""},
		{"without its issuer", Citation{Title: "关于推进公共资源配置领域政府信息公开的意见"}, "ggzy", Exact, "ggzy"},
		{"another issuer", Citation{Title: "安徽省人民政府关于推进公共资源配置领域政府信息公开的意见"}, "", Unresolved, ""},
		{"条件 for 条例", Citation{Title: "政府信息公开条件"}, "zfxx", Misspelled, "zfxx"},
		{"条列 for 条例", Citation{Title: "政府信息公开条列"}, "zfxx", Misspelled, "zfxx"},
		{"a wrong character in a law of few", Citation{Title: "噪声污梁防治法"}, "zs", Misspelled, "zs"},
		{"half of the last word", Citation{Title: "招标公告和公示信息发布管理办"}, "zbf", Misspelled, "zbf"},
		{"the last word turned round", Citation{Title: "招标公告和公示信息发布管理法办"}, "zbf", Misspelled, "zbf"},
		{"a wrong character in 中华人民共和国", Citation{Title: "中华人民共合国政府信息公开条例"}, "zfxx", Misspelled, "zfxx"},
		{"a wrong issuer", Citation{Title: "财部关于印发〈地方预决算公开操作规程〉的通知"}, "czgc", Misspelled, "czgc"},
		{"法法 for 法", Citation{Title: "噪声污染防治法法"}, "zs", Misspelled, "zs"},
		{"without the marks within", Citation{Title: "财政部关于印发地方预决算公开操作规程的通知"}, "czgc", Exact, "czgc"},
		{"a wrong character", Citation{Title: "招投公告和公示信息发布管理办法"}, "zbf", Misspelled, "zbf"},
		{"a character left out", Citation{Title: "招标公告和公示信息发布管办法"}, "zbf", Misspelled, "zbf"},
		{"two characters swapped", Citation{Title: "招标公告和示公信息发布管理办法"}, "zbf", Misspelled, "zbf"},
		{"two characters wrong in a long title", Citation{Title: "招标公告与公示信息发部管理办法"}, "zbf", Misspelled, "zbf"},
		{"one wrong in a short title", Citation{Title: "城镇然气管理条例"}, "lys", Misspelled, "lys"},
		{"a wrong character, and no issuer", Citation{Title: "关于推进公共资源配置领域政务信息公开的意见", Number: "国办发〔2017〕97号"}, "ggzy", Misspelled, "ggzy"},
		{"a wrong character, and another document's number", Citation{Title: "关于推进公共资源配置领域政务信息公开的意见", Number: "皖政办〔2018〕7号"}, "", Unresolved, ""},
		{"two wrong in a short title", Citation{Title: "城镇然汽管理条例"}, "", Unresolved, ""},
		{"another tier", Citation{Title: "城市燃气管理条例"}, "", Unresolved, ""},
		{"another kind of act", Citation{Title: "城镇燃气管理办法"}, "", Unresolved, ""},
		{"another province", Citation{Title: "江苏省最低生活保障工作操作规程"}, "", Unresolved, ""},
		{"another number in the title", Citation{Title: "国务院关于第七批取消和调整行政审批项目的决定"}, "", Unresolved, ""},
		{"the final form of a trial act", Citation{Title: "市场监督管理行政处罚程序规定"}, "", Unresolved, ""},
		{"实施条例 is not 实施办法", Citation{Title: "森林法实施办法"}, "", Unresolved, ""},
		{"a law is not its regulation", Citation{Title: "森林法"}, "", Unresolved, ""},
		{"nothing", Citation{Text: "有关规定"}, "", Unresolved, ""},
	}
	r := someRegister(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := r.Resolve(tt.cite)
			if actID(got.Act) != tt.act || got.How != tt.how || actID(got.Current) != tt.current {
				t.Errorf("Resolve(%+v) = %q, %d, current %q; want %q, %d, %q", tt.cite, actID(got.Act), got.How, actID(got.Current), tt.act, tt.how, tt.current)
			}
		})
	}
}

func TestResolveTellsTheNumberThatAWrongOneWasMeantFor(t *testing.T) {
	r := someRegister(t)
	for _, tt := range []struct{ title, number, want string }{
		{"社会救助暂行办法", "国务院令第694号", "国务院令第649号"},
		{"社会救助暂行办法", "国务院令第709号", ""},          // amended many regulations at once
		{"社会救助暂行办法", "国务院令第648号", "国务院令第649号"}, // so did this, before there was anything to amend
		{"社会救助暂行办法", "国务院令第680号", ""},          // may be an amendment
		{"社会救助暂行办法", "国务院令第641号", "国务院令第649号"},
		{"社会救助暂行办法", "国务院令第49号", "国务院令第649号"},
		{"社会救助暂行办法", "民政部令第641号", ""},
		{"社会救助暂行办法", "国务院令第649号", ""},
		{"财政部关于印发〈地方预决算公开操作规程〉的通知", "财预〔2016〕134号", "财预〔2016〕143号"},
		{"财政部关于印发〈地方预决算公开操作规程〉的通知", "财预〔2015〕143号", "财预〔2016〕143号"},
		{"财政部关于印发〈地方预决算公开操作规程〉的通知", "皖财预〔2016〕134号", ""},
	} {
		if got := r.Resolve(Citation{Title: tt.title, Number: tt.number}).Meant; got != tt.want {
			t.Errorf("%s（%s） was meant for %q, want %q", tt.title, tt.number, got, tt.want)
		}
	}
}

func TestNumbersAreTheSameHoweverTheirIssuerIsCalled(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"人力资源和社会保障部令第38号", "人力资源社会保障部令第38号", true},
		{"中华人民共和国住房和城乡建设部令第11号", "住房城乡建设部令第11号", true},
		{"国家发展和改革委员会令第16号", "国家发展改革委令第16号", true},
		{"国家市场监督管理总局令第78号", "市场监管总局令第78号", true},
		{"财政部令第78号", "市场监管总局令第78号", false},
		{"民政部令第66号", "民政部令第49号", false},
	} {
		if got := SameNumber(tt.a, tt.b); got != tt.same {
			t.Errorf("SameNumber(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func TestLongSuccessionEndsSomewhere(t *testing.T) {
	var acts []Act
	for i := range 1000 {
		acts = append(acts, Act{ID: ActID(fmt.Sprint(i)), Title: fmt.Sprintf("第%d号办法", i), Status: Repealed, Ended: "2020", Successor: ActID(fmt.Sprint(i + 1))})
	}
	acts = append(acts, Act{ID: "1000", Title: "最后的办法", Status: InForce})
	r, err := NewRegister("1", acts, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := r.Resolve(Citation{Title: "第0号办法"}).Current; a == nil || a.ID != "1000" {
		t.Errorf("current of the first: %+v", a)
	}
}

func TestFindAndSearch(t *testing.T) {
	r := someRegister(t)
	ids := func(acts []Act) (out []ActID) {
		for _, a := range acts {
			out = append(out, a.ID)
		}
		return out
	}
	if got := ids(r.Find("国家安全法")); !slices.Equal(got, []ActID{"gaq", "gaq-1993"}) {
		t.Errorf("Find = %v, want the act in force first", got)
	}
	if got := ids(r.Find("安全法")); got != nil {
		t.Errorf("Find of a part = %v", got)
	}
	tests := []struct {
		query string
		want  []ActID
	}{
		{"噪声", []ActID{"zs", "zscs"}},
		{"信息公开 条例", []ActID{"zfxx"}},
		{"711", []ActID{"zfxx"}},
		{"国家安全法", []ActID{"gaq", "gaq-1993"}},
		{"试点方案", []ActID{"third", "first", "second"}},
		{"没有的", nil},
		{"  ", nil},
	}
	for _, tt := range tests {
		if got := ids(r.Search(tt.query)); !slices.Equal(got, tt.want) {
			t.Errorf("Search(%q) = %v, want %v", tt.query, got, tt.want)
		}
	}
}

func TestOneSlipIsFoundOrLeftAlone(t *testing.T) {
	r := someRegister(t)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(someActs).Draw(t, "act")
		title := []rune(titleKey(a.Title))
		i := rapid.IntRange(0, len(title)-1).Draw(t, "place")
		switch rapid.SampledFrom([]string{"change", "add", "leave out"}).Draw(t, "slip") {
		case "change":
			title[i] = '龘'
		case "add":
			title = slices.Insert(title, i, '龘')
		default:
			title = slices.Delete(title, i, i+1)
		}
		got := r.Resolve(Citation{Title: string(title)})
		if got.How == OldRevision {
			t.Fatalf("%s is taken for an older text of %s", string(title), got.Act.Title)
		}
		if got.How == Misspelled && got.Act.Title != a.Title {
			t.Fatalf("%s is taken for %s", string(title), got.Act.Title)
		}
	})
}

func TestDistanceIsThatOfTheBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙")), 0, 8)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		want := slowDistance(a, b)
		for most := range 3 {
			got := distance(a, b, most)
			if want <= most && got != want || want > most && got <= most {
				t.Fatalf("distance(%s, %s, %d) = %d, want %d", string(a), string(b), most, got, want)
			}
		}
	})
}

// slowDistance is the restricted edit distance with swaps of neighbours.
func slowDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestResolveFromManyGoroutines(t *testing.T) {
	r := someRegister(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, a := range someActs {
				if got := r.Resolve(Citation{Title: a.Title + " "}); got.How == Unresolved {
					t.Errorf("%s is not found", a.Title)
				}
				r.Resolve(Citation{Title: a.Title + "们"})
			}
		})
	}
	wg.Wait()
}

func FuzzResolve(f *testing.F) {
	f.Add("政府信息公开条例", "国务院令第711号", "2019年修订")
	f.Add("关于印发〈X〉的通知", "〔〕号", "")
	f.Add("((((", "令", "年")
	r := someRegister(f)
	f.Fuzz(func(t *testing.T, title, number, note string) {
		got := r.Resolve(Citation{Title: title, Number: number, Note: note})
		if (got.Act == nil) != (got.How == Unresolved) {
			t.Fatalf("act %v, how %d", got.Act, got.How)
		}
		if got.Current != nil && got.Current.Status != InForce {
			t.Fatalf("%s is to be cited, which is not in force", got.Current.Title)
		}
	})
}
