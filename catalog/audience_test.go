package catalog

import "testing"

func TestParseAudience(t *testing.T) {
	tests := []struct {
		in   string
		want Audience
	}{
		{"", Audience{}},
		{"全社会", Audience{Everyone: true}},
		{"社会", Audience{Everyone: true}},
		{"公众", Audience{Everyone: true}},
		{"全\n社\n会", Audience{Everyone: true}},
		{"面向社会", Audience{Everyone: true}},
		{"特定群体", Audience{Unnamed: true}},
		{"特定群众", Audience{Unnamed: true}},
		{"特定群体（请写明）", Audience{Unnamed: true}},
		{"特定群体：申请人", Audience{Groups: "申请人"}},
		{"特定群众（申请人）", Audience{Groups: "申请人"}},
		{"申请人", Audience{Groups: "申请人"}},
		{"项目单位、申请人", Audience{Groups: "项目单位、申请人"}},
		{"全社会、特定群体", Audience{Everyone: true, Unnamed: true}},
		{"全社会；特定群体：申请人", Audience{Everyone: true, Groups: "申请人"}},
		{"全社会或申请人", Audience{Everyone: true, Groups: "申请人"}},
		{"■全社会 □特定群体", Audience{Everyone: true}},
		{"□全社会 ■特定群体：残疾人", Audience{Groups: "残疾人"}},
		{"全社会√", Audience{Everyone: true}},
		{"社会救助对象", Audience{Groups: "社会救助对象"}},
	}
	for _, tt := range tests {
		if got := ParseAudience(tt.in); got != tt.want {
			t.Errorf("ParseAudience(%q) = %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestAudiencePrints(t *testing.T) {
	tests := []struct {
		in   Audience
		want string
	}{
		{Audience{}, ""},
		{Audience{Everyone: true}, "全社会"},
		{Audience{Groups: "申请人"}, "特定群体：申请人"},
		{Audience{Unnamed: true}, "特定群体"},
		{Audience{Everyone: true, Unnamed: true}, "全社会；特定群体"},
		{Audience{Everyone: true, Groups: "甲；乙\n■丙"}, "全社会；特定群体：甲；乙\n■丙"},
	}
	for _, tt := range tests {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("String of %+v = %q, want %q", tt.in, got, tt.want)
		}
		if got := ParseAudience(tt.want); got != tt.in {
			t.Errorf("ParseAudience(%q) = %+v, want %+v", tt.want, got, tt.in)
		}
	}
}

func TestParseMode(t *testing.T) {
	tests := []struct {
		in, want string
	}{
		{"主动", "主动"},
		{"主动公开", "主动"},
		{"主动\n公开", "主动"},
		{"依申请", "依申请"},
		{"依申请公开", "依申请"},
		{"申请", "依申请"},
		{"主动公开、依申请公开", "主动、依申请"},
		{"主动/依申请", "主动、依申请"},
		{"■主动 □依申请", "主动"},
		{"主动□ 依申请■", "依申请"},
		{"", ""},
		{"长期", ""},
	}
	for _, tt := range tests {
		got := ParseMode(tt.in)
		if got.String() != tt.want {
			t.Errorf("ParseMode(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if back := ParseMode(got.String()); back != got {
			t.Errorf("ParseMode(%q) = %+v, want %+v", got.String(), back, got)
		}
	}
}

func TestTick(t *testing.T) {
	tests := []struct {
		in   string
		on   bool
		rest string
	}{
		{"√", true, ""},
		{" ✓ ", true, ""},
		{"☑", true, ""},
		{"■", true, ""},
		{"●", true, ""},
		{"R", true, ""},
		{"是", true, ""},
		{"", false, ""},
		{"□", false, ""},
		{"×", false, ""},
		{"否", false, ""},
		{"口", false, ""},
		{"√（面向申请人）", true, "面向申请人"},
		{"√(面向(本村)成员)", true, "面向(本村)成员"},
		{"√申请人", true, "申请人"},
		{"申请人√", true, "申请人"},
		{"R申请人", true, "申请人"},
		{"□√", true, ""},
		{"申请人", false, "申请人"},
		{"县级", false, "县级"},
		{"-", false, "-"},
		{"—申请人", false, "—申请人"},
		{"口岸单位", false, "口岸单位"},
		{"（甲）和（乙）", false, "（甲）和（乙）"},
	}
	for _, tt := range tests {
		if on, rest := Tick(tt.in); on != tt.on || rest != tt.rest {
			t.Errorf("Tick(%q) = %v, %q, want %v, %q", tt.in, on, rest, tt.on, tt.rest)
		}
	}
}

func FuzzParseAudience(f *testing.F) {
	for _, s := range []string{"全社会；特定群体：申请人", "√(面向申请人)", "■全社会□特定群体"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := ParseAudience(s)
		if got := ParseAudience(a.String()); got != a {
			t.Errorf("%q reads as %q, which reads as %q", s, a, got)
		}
		m := ParseMode(s)
		if got := ParseMode(m.String()); got != m {
			t.Errorf("mode %q reads as %q, which reads as %q", s, m, got)
		}
		ts := ParseTiers(s)
		if got := ParseTiers(ts.String()); got != ts {
			t.Errorf("tiers %q read as %q, which reads as %q", s, ts, got)
		}
		Tick(s)
	})
}
