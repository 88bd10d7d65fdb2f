package templates

import (
	"testing"

	"mulutong/catalog"
)

// cite reads one citation as it stands in a cell.
func cite(t *testing.T, text string) catalog.Citation {
	t.Helper()
	b := catalog.ParseBasis(text)
	if len(b) != 1 {
		t.Fatalf("%s holds %d citations", text, len(b))
	}
	return b[0]
}

func TestRegisterResolvesWhatCatalogsCite(t *testing.T) {
	tests := []struct {
		text    string
		act     catalog.ActID // empty: unknown
		how     catalog.Resolved
		current catalog.ActID
	}{
		{"《中华人民共和国政府信息公开条例》", "政府信息公开条例", catalog.Exact, "政府信息公开条例"},
		{"《政府信息公开条例》", "政府信息公开条例", catalog.Exact, "政府信息公开条例"},
		{"《信息公开条例》", "政府信息公开条例", catalog.Exact, "政府信息公开条例"},
		{"《 政府信息公开条例 》（国令第 711号）", "政府信息公开条例", catalog.Exact, "政府信息公开条例"},
		{"《政府信息公开条例》(国务院令第492号)", "政府信息公开条例", catalog.OldRevision, "政府信息公开条例"},
		{"《政府信息公开条件》", "政府信息公开条例", catalog.Misspelled, "政府信息公开条例"},
		{"《中华人民共和国行政处罚发》", "行政处罚法", catalog.Misspelled, "行政处罚法"},
		{"《土地管理发》", "土地管理法", catalog.Misspelled, "土地管理法"},
		{"《环境噪声污染防治法》", "环境噪声污染防治法", catalog.Exact, "生态环境法典"},
		{"《婚姻法》", "婚姻法", catalog.Exact, "民法典"},
		{"《城市房屋拆迁管理条例》", "城市房屋拆迁管理条例", catalog.Exact, "国有土地上房屋征收与补偿条例"},
		{"《国有土地上房屋征收与补偿条例》(国令第 590号)", "国有土地上房屋征收与补偿条例", catalog.Exact, "国有土地上房屋征收与补偿条例"},
		{"《环境行政处罚办法》", "环境行政处罚办法", catalog.Exact, "生态环境行政处罚办法"},
		{"《排污许可证管理办法(试行)》(环境保护部令 第48号)", "排污许可管理办法（试行）", catalog.Misspelled, "排污许可管理办法"},
		{"《企事业单位环境信息公开办法》（环境保护部令 第31号）", "企业事业单位环境信息公开办法", catalog.Misspelled, "企业环境信息依法披露管理办法"},
		{"《市场监督管理行政处罚程序暂行规定》", "市场监督管理行政处罚程序暂行规定", catalog.Exact, "市场监督管理行政处罚程序规定"},
		{"《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）", "最低生活保障审核审批办法（试行）", catalog.Exact, "最低生活保障审核确认办法"},
		{"《最低生活保障审核审批办法》", "最低生活保障审核审批办法（试行）", catalog.Exact, "最低生活保障审核确认办法"},
		{"《食品生产经营日常监督检查管理办法》(国家食品药品监督管理总局令第23号)", "食品生产经营日常监督检查管理办法", catalog.Exact, "食品生产经营监督检查管理办法"},
		{"《计划生育技术服务管理条例》(中华人民共和国国务院令第 309 号)", "计划生育技术服务管理条例", catalog.Exact, ""},
		{"《社会救助暂行办法》(2014年2月21日国务院令第649号公布,2019年3月2日修改)", "社会救助暂行办法", catalog.Exact, "社会救助暂行办法"},
		{"《社会救助暂行办法》（国务院令第649号）", "社会救助暂行办法", catalog.Exact, "社会救助暂行办法"},
		{"《社会保险费征缴暂行条例》(中华人民共和国国务院令710号)", "社会保险费征缴暂行条例", catalog.Exact, "社会保险费征缴暂行条例"},
		{"《中华人民共和国国家安全法》", "国家安全法", catalog.Exact, "国家安全法"},
		{"《中华人民共和国国家安全法》（1993年）", "国家安全法-1993", catalog.Exact, "反间谍法"},
		{"《中华人民共和国专利法实施细则》", "专利法实施细则", catalog.Exact, "专利法实施细则"},
		{"《突发事件应对法》（2007年修订）", "突发事件应对法", catalog.OldRevision, "突发事件应对法"},
		{"《国家综合防灾减灾规划(2016-2020年)》", "国家综合防灾减灾规划（2016-2020年）", catalog.Exact, ""},
		{"《法律援助条例》", "法律援助条例", catalog.Exact, "法律援助法"},
		{"《招投公告和公示信息发布管理办法》", "招标公告和公示信息发布管理办法", catalog.Misspelled, "招标公告和公示信息发布管理办法"},
		{"《中共中央、国务院转发<中央宣传部、司法部关于在公民中开展法治宣传教育的第七个五年规划(2016-2020年)>》", "七五普法规划", catalog.Exact, ""},
		{"《重庆市法律援助条例》", "", catalog.Unresolved, ""},
		{"《重庆市就业促进条例》", "", catalog.Unresolved, ""},
		{"《国务院关于第七批取消和调整行政审批项目的决定》", "", catalog.Unresolved, ""},
		{"《海洋环境保护办法》", "", catalog.Unresolved, ""},
		{"《森林法实施办法》", "", catalog.Unresolved, ""},
		{"信息公开规定", "", catalog.Unresolved, ""},
	}
	r := Embedded().Register()
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := r.Resolve(cite(t, tt.text))
			if got.How != tt.how || idOf(got.Act) != tt.act || idOf(got.Current) != tt.current {
				t.Errorf("got %q, how %d, current %q; want %q, %d, %q", idOf(got.Act), got.How, idOf(got.Current), tt.act, tt.how, tt.current)
			}
		})
	}
}

func idOf(a *catalog.Act) catalog.ActID {
	if a == nil {
		return ""
	}
	return a.ID
}

func TestEveryActResolvesToItself(t *testing.T) {
	r := Embedded().Register()
	for i := range r.Acts() {
		a := &r.Acts()[i]
		for _, v := range a.Revisions {
			c := catalog.Citation{Title: a.Title, Number: v.Number}
			if got := r.Resolve(c); v.Number != "" && idOf(got.Act) != a.ID {
				t.Errorf("%s %s resolves to %q", a.Title, v.Number, idOf(got.Act))
			}
		}
		if got := r.Resolve(catalog.Citation{Title: a.Title}); got.How == catalog.Unresolved || got.How == catalog.Misspelled || (got.Act.Title != a.Title) {
			t.Errorf("%s resolves to %q (%d)", a.Title, idOf(got.Act), got.How)
		}
	}
}

func TestTemplatesCiteWhatHolds(t *testing.T) {
	s := Embedded()
	for _, sector := range s.Sectors() {
		tmpl, ok := s.Template(sector.Slug)
		if !ok {
			continue
		}
		entries := tmpl.Entries
		for _, v := range tmpl.Variants {
			entries = append(entries, v.Replace...)
		}
		for _, e := range entries {
			for _, c := range e.Basis {
				got := s.Register().Resolve(c)
				switch {
				case c.Title == "":
					t.Errorf("%s: %q names no document", e.ID, c.Text)
				case got.How == catalog.Unresolved && c.Number != "":
					t.Errorf("%s: %s (%s) is not in the register", e.ID, c.Title, c.Number)
				case got.How == catalog.OldRevision, got.How == catalog.Misspelled:
					t.Errorf("%s: %q is an older text or misspelt form of %s", e.ID, c.Text, got.Act.Title)
				case got.Act != nil && got.Act.Status != catalog.InForce:
					t.Errorf("%s: %s ended %s", e.ID, c.Title, got.Act.Ended)
				}
				if flaws := c.Flaws(); len(flaws) > 0 {
					t.Errorf("%s: %q: %v", e.ID, c.Text, flaws)
				}
			}
		}
	}
}

func TestBodiesThatWereRenamed(t *testing.T) {
	successors := map[string]string{}
	for _, b := range Embedded().Register().Bodies() {
		successors[b.Name] = b.Successor
	}
	for name, want := range map[string]string{
		"扶贫开发办公室": "农业农村局", "环境保护局": "生态环境局", "国土资源局": "自然资源和规划局",
		"生态环境局": "", "民政局": "",
	} {
		if got := successors[name]; got != want {
			t.Errorf("the successor of %s is %q, want %q", name, got, want)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	r := Embedded().Register()
	for name, c := range map[string]catalog.Citation{
		"hit":        {Title: "政府信息公开条例"},
		"hit number": {Title: "中华人民共和国政府信息公开条例", Number: "国务院令第711号"},
		"folded":     {Title: "最低生活保障审核审批办法(试行)", Number: "民发〔2012〕220号"},
		"misspelt":   {Title: "企事业单位环境信息公开办法"},
		"miss":       {Title: "南陵县农村危房改造资金管理办法实施细则"},
		"long miss":  {Title: "住房城乡建设部财政部国务院扶贫办关于加强和完善建档立卡贫困户等重点对象农村危房改造若干问题的通知"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Resolve(c)
			}
		})
	}
}
