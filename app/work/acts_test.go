package work

import (
	"testing"

	"mulutong/templates"
)

func TestActsAreFoundAsOneTypes(t *testing.T) {
	acts := NewActs(templates.Embedded().Register())
	for _, tt := range []struct{ q, want string }{
		{"社会救助暂行", "社会救助暂行办法"},
		{"国务院令第711号", "中华人民共和国政府信息公开条例"},
		{"shjzzx", "社会救助暂行办法"},
		{"shehuijiuzhuzanxing", "社会救助暂行办法"},
		{"zfxxgk", "中华人民共和国政府信息公开条例"},
	} {
		found := acts.Search(tt.q)
		if len(found) == 0 || found[0].Title != tt.want {
			first := "nothing"
			if len(found) > 0 {
				first = found[0].Title
			}
			t.Errorf("%s finds %s first of %d, want %s", tt.q, first, len(found), tt.want)
		}
	}
	if found := acts.Search("qqqqqq"); len(found) > 0 {
		t.Errorf("letters that fit nothing find %d", len(found))
	}
}

func BenchmarkActsSearch(b *testing.B) {
	acts := NewActs(templates.Embedded().Register())
	acts.Search("shjz")
	for _, q := range []string{"社会", "shjz"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				acts.Search(q)
			}
		})
	}
}
