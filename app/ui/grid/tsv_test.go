package grid

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTSV(t *testing.T) {
	tests := []struct {
		name string
		in   string
		want [][]string
	}{
		{"nothing", "", nil},
		{"one cell", "籍山镇", [][]string{{"籍山镇"}}},
		{"Excel ends the last row too", "a\tb\r\nc\td\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"line feeds alone", "a\nb", [][]string{{"a"}, {"b"}}},
		{"old Macintosh breaks", "a\rb", [][]string{{"a"}, {"b"}}},
		{"empty cells at both ends", "\ta\t\r\n", [][]string{{"", "a", ""}}},
		{"an empty row between", "a\r\n\r\nb\r\n", [][]string{{"a"}, {""}, {"b"}}},
		{"a cell of two lines", "\"一\n二\"\t三\r\n", [][]string{{"一\n二", "三"}}},
		{"Windows breaks within a cell", "\"一\r\n二\"\t三", [][]string{{"一\n二", "三"}}},
		{"doubled marks", "\"说\"\"好\"\"\n了\"", [][]string{{"说\"好\"\n了"}}},
		{"a tab within a cell", "\"a\tb\"\tc", [][]string{{"a\tb", "c"}}},
		{"marks Excel left alone", "\"甲\"乙\t\"丙\"", [][]string{{"\"甲\"乙", "\"丙\""}}},
		{"a mark that never closes", "\"甲\t乙\r\n丙", [][]string{{"\"甲", "乙"}, {"丙"}}},
		{"marks in the middle", "5\" 管\t好", [][]string{{"5\" 管", "好"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ParseTSV(tt.in); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("ParseTSV(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestFormatTSV(t *testing.T) {
	in := [][]string{{"a", "一\n二"}, {"说\"好\"", "\"引\""}}
	want := "a\t\"一\n二\"\r\n说\"好\"\t\"\"\"引\"\"\""
	if got := FormatTSV(in); got != want {
		t.Errorf("FormatTSV = %q, want %q", got, want)
	}
}

// What is copied is what is pasted, whatever the cells hold.
func TestTSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cols := rapid.IntRange(1, 4).Draw(t, "columns")
		cell := rapid.OneOf(rapid.StringOf(rapid.SampledFrom([]rune("\"\t\n\r甲a ，"))), rapid.String())
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, cols, cols), 1, 5).Draw(t, "rows")
		want := make([][]string, len(rows))
		for i, r := range rows {
			for _, c := range r {
				want[i] = append(want[i], oneBreak.Replace(c))
			}
		}
		if got := ParseTSV(FormatTSV(rows)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q was read back as %q", rows, got)
		}
	})
}

func FuzzParseTSV(f *testing.F) {
	for _, s := range []string{"a\tb\r\n", "\"一\n二\"\t三", "\"甲\"乙", "\"\"\"", "\t\t\r\n\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rows := ParseTSV(s)
		again := ParseTSV(FormatTSV(rows))
		if !reflect.DeepEqual(rows, again) {
			t.Errorf("%q is %q, then %q", s, rows, again)
		}
		var n int
		for _, r := range rows {
			if len(r) == 0 {
				t.Errorf("%q has a row of no cells", s)
			}
			for _, c := range r {
				n += len(c)
			}
		}
		if n > len(s) || strings.TrimLeft(s, "\t\r\n\"") != "" && n == 0 {
			t.Errorf("%q became %d bytes", s, n)
		}
	})
}
