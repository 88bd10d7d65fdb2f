package sheet

import "testing"

func TestNumbersAreShownByTheirFormats(t *testing.T) {
	for _, tt := range []struct {
		code string
		v    float64
		want string
	}{
		{"", 12, "12"},
		{"General", 0.1, "0.1"},
		{"@", 120002001, "120002001"},
		{"General", 1.0 / 3, "0.333333333333333"},
		{"General", 340223199001011234, "3.40223199001011E+17"},
		{"General", 1e300, "1E+300"},
		{"General", -0.5, "-0.5"},
		{`yyyy"年"m"月"d"日";@`, 45296, "2024年1月5日"},
		{`[$-804]yyyy"年"m"月"d"日"`, 45296, "2024年1月5日"},
		{`yyyy\-mm\-dd`, 45296, "2024-01-05"},
		{`m"月"d"日";@`, 45296, "1月5日"},
		{`_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, 1234.5, "1,234.50"},
		{`0_ `, 7.4, "7"},
		{`"第"0"号"`, 3, "第3号"},
		{`000`, 5, "005"},
		{"\"共\r\"0", 5, "共\n5"},
	} {
		var d display
		if got := d.number(tt.v, tt.code); got != tt.want {
			t.Errorf("number(%v, %q) = %q, want %q", tt.v, tt.code, got, tt.want)
		}
	}
}

func TestTextsAreShownByTheirFormats(t *testing.T) {
	var d display
	for code, want := range map[string]string{
		"": "户籍", "@": "户籍", "0.00": "户籍", ";;;": "户籍", `yyyy"年";@`: "户籍",
		`_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ `: "户籍", `"类："@`: "类：户籍", `0;0;0;@"级"`: "户籍级",
	} {
		for range 2 {
			if got := d.string("户籍", code); got != want {
				t.Errorf("string(户籍, %q) = %q, want %q", code, got, want)
			}
		}
	}
}
