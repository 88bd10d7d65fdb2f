package imports

import (
	"strings"
	"testing"
)

// show writes pieces with what differs in brackets.
func show(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		if p.differs {
			b.WriteString("[" + p.text + "]")
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

func TestDifference(t *testing.T) {
	for _, tt := range []struct{ a, b, wantA, wantB string }{
		{"", "", "", ""},
		{"籍山镇", "籍山镇", "籍山镇", "籍山镇"},
		{"籍山镇", "", "[籍山镇]", ""},
		{"籍山镇民政办", "籍山镇人民政府", "籍山镇民政[办]", "籍山镇[人]民政[府]"},
		{"10个工作日内", "20个工作日内", "[10]个工作日内", "[20]个工作日内"},
		{"办理条件、办理流程、联系方式", "办理条件、申请材料、办理流程", "办理条件、办理流程[、联系方式]", "办理条件、[申请材料、]办理流程"},
		{"政府网站", "公示栏", "[政府网站]", "[公示栏]"},
		{"甲乙丙丁戊己", "甲乙丙丁戊己\n庚", "甲乙丙丁戊己", "甲乙丙丁戊己[\n庚]"},
		{"Notice 12 of the Office", "Notice 13 of the Office", "Notice [12] of the Office", "Notice [13] of the Office"},
	} {
		a, b := difference(tt.a, tt.b)
		if show(a) != tt.wantA || show(b) != tt.wantB {
			t.Errorf("difference(%q, %q) = %s / %s, want %s / %s", tt.a, tt.b, show(a), show(b), tt.wantA, tt.wantB)
		}
	}
}

// What the pieces say together is the text, however long.
func TestDifferenceLosesNothing(t *testing.T) {
	long := strings.Repeat("办理事项、条件和标准；", 900)
	for _, tt := range [][2]string{{long, strings.Replace(long, "条件", "材料", 3)}, {long, strings.Repeat("x甲", 3000)}, {"a", long}} {
		a, b := difference(tt[0], tt[1])
		var ja, jb strings.Builder
		for _, p := range a {
			ja.WriteString(p.text)
		}
		for _, p := range b {
			jb.WriteString(p.text)
		}
		if ja.String() != tt[0] || jb.String() != tt[1] {
			t.Errorf("texts of %d and %d bytes come back as %d and %d", len(tt[0]), len(tt[1]), ja.Len(), jb.Len())
		}
	}
}
