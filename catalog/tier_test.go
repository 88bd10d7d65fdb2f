package catalog

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTiersOfHeader(t *testing.T) {
	tests := []struct {
		in, want string
	}{
		{"县级", "县级"},
		{"区级", "县级"},
		{"旗", "县级"},
		{"旗县级", "县级"},
		{"县（市、区）级", "县级"},
		{"县(区)级", "县级"},
		{"县、区级", "县级"},
		{"市级", "市级"},
		{"州级", "市级"},
		{"东阳市级", "市级"},
		{"州级县级", "县级"},
		{"市、县级", "市级、县级"},
		{"乡级", "乡级"},
		{"乡 镇 级", "乡级"},
		{"乡镇级", "乡级"},
		{"乡（镇）级", "乡级"},
		{"镇级", "乡级"},
		{"街镇级", "乡级"},
		{"镇街级", "乡级"},
		{"镇(街)级", "乡级"},
		{"镇街(园区)级", "乡级"},
		{"街道", "乡级"},
		{"苏木镇", "乡级"},
		{"乡、村级", "乡级、村级"},
		{"乡、\n村级", "乡级、村级"},
		{"乡(村)级", "乡级、村级"},
		{"镇、村级", "乡级、村级"},
		{"镇街、村级", "乡级、村级"},
		{"街道、社区", "乡级、村级"},
		{"村级", "村级"},
		{"村", "村级"},
		{"社区", "村级"},
		{"嘎查（社区）级", "村级"},
		{"作业区", ""},
		{"公开层级", ""},
		{"县级以上部门", ""},
		{"镇级人民政府", ""},
		{"√", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := TiersOfHeader(tt.in)
		if got.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("TiersOfHeader(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func TestParseTiers(t *testing.T) {
	tests := []struct {
		in, want string
	}{
		{"县级、乡级", "县级、乡级"},
		{"县级 乡、村级", "县级、乡级、村级"},
		{"■县级 □乡级", "县级"},
		{"县级/乡镇级", "县级、乡级"},
		{"县级，其他", "县级"},
		{"其他", ""},
	}
	for _, tt := range tests {
		if got := ParseTiers(tt.in); got.String() != tt.want {
			t.Errorf("ParseTiers(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	for s := range TierSet(1 << tierEnd) {
		s &^= 1
		if got := ParseTiers(s.String()); got != s {
			t.Errorf("ParseTiers(%q) = %v, want %v", s.String(), got, s)
		}
	}
}

func TestTierSetJSON(t *testing.T) {
	s := TierSetOf(Village, County)
	b, err := json.Marshal(s)
	if err != nil || string(b) != `["county","village"]` {
		t.Errorf("Marshal = %s, %v", b, err)
	}
	var back TierSet
	if err := json.Unmarshal([]byte(`["village","county"]`), &back); err != nil || back != s {
		t.Errorf("Unmarshal = %v, %v", back, err)
	}
	err = json.Unmarshal([]byte(`["county","street",""]`), &back)
	if err == nil || !strings.Contains(err.Error(), "street") {
		t.Errorf("Unmarshal of an unknown tier = %v", err)
	}
	b, err = json.Marshal(map[Tier]string{Township: "籍山镇人民政府"})
	if err != nil || string(b) != `{"township":"籍山镇人民政府"}` {
		t.Errorf("Marshal of a map by tier = %s, %v", b, err)
	}
}
