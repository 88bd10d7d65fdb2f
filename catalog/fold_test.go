package catalog

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFoldMakesWritingsOfOneTextEqual(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"《政府信息公开条例》（国务院令第711号）", "<政府信息公开条例>(国务院令第７１１号)"},
		{"国办发〔2019〕54号", "国办发[2019] 54号"},
		{"国办发【2019】54号", "国办发﹝2019﹞54号"},
		{"政府网站、政府公报", "政府网站，政府公报"},
		{"入户／现场", "入户/现场"},
		{"“两微一端”", "\"两微一端\""},
		{"信 息\u3000公\u00a0开\u200b", "信息公开"},
		{"⼯作⽇", "工作日"},
		{"2016—2020年", "2016-2020年"},
	} {
		if Fold(tt.a) != Fold(tt.b) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q, want the same", tt.a, Fold(tt.a), tt.b, Fold(tt.b))
		}
	}
}

func TestFoldKeepsLettersApart(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"A类", "a类"},
		{"国务院令第711号", "国务院令第492号"},
		{"条例", "条件"},
	} {
		if Fold(tt.a) == Fold(tt.b) {
			t.Errorf("Fold(%q) = Fold(%q) = %q", tt.a, tt.b, Fold(tt.a))
		}
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}

func TestNumeral(t *testing.T) {
	for _, tt := range []struct {
		text    string
		n, size int
	}{
		{"20个", 20, 2},
		{"二十个", 20, 6},
		{"十五", 15, 6},
		{"一百二十", 120, 12},
		{"两周", 2, 3},
		{"二〇一九年", 2019, 12},
		{"三千零五", 3005, 12},
		{"12345", 0, 0},
		{"九九九九九", 0, 0},
		{"日", 0, 0},
		{"", 0, 0},
	} {
		if n, size := numeral(tt.text); n != tt.n || size != tt.size {
			t.Errorf("numeral(%q) = %d, %d, want %d, %d", tt.text, n, size, tt.n, tt.size)
		}
	}
}
