package check

import (
	"strings"

	"mulutong/catalog"
)

// counted is a number that a fill-down counted up.
type counted struct {
	field  catalog.Field
	number string // with the word behind it: 49小时
	fix    string
}

// countUps finds entries that repeat the one before them but for one number,
// which is greater by one: 48小时, 49小时; 国务院令第711号, 第712号.
func (w *whole) countUps(entries []catalog.Entry) {
	first := map[catalog.Field]string{} // what a run of counting began with
	for i := 1; i < len(entries); i++ {
		a, b := &entries[i-1], &entries[i]
		if n := countUp(a.TimeLimit.Text, b.TimeLimit.Text); n != "" {
			if first[catalog.FieldTimeLimit] == "" {
				first[catalog.FieldTimeLimit] = a.TimeLimit.Text
			}
			w.counted[i] = append(w.counted[i], counted{catalog.FieldTimeLimit, n, first[catalog.FieldTimeLimit]})
		} else {
			delete(first, catalog.FieldTimeLimit)
		}
		if n := countUp(a.Content, b.Content); n != "" {
			if first[catalog.FieldContent] == "" {
				first[catalog.FieldContent] = a.Content
			}
			w.counted[i] = append(w.counted[i], counted{catalog.FieldContent, n, first[catalog.FieldContent]})
		} else {
			delete(first, catalog.FieldContent)
		}
		if n := countUp(a.Submatter(), b.Submatter()); n != "" {
			w.counted[i] = append(w.counted[i], counted{field: catalog.FieldSubmatter, number: n})
		}
		w.countUpBasis(i, a, b, first)
	}
}

func (w *whole) countUpBasis(i int, a, b *catalog.Entry, first map[catalog.Field]string) {
	if len(a.Basis) == len(b.Basis) {
		for j := range b.Basis {
			n := countUp(a.Basis[j].Text, b.Basis[j].Text)
			if n == "" {
				continue
			}
			if first[catalog.FieldBasis] == "" {
				first[catalog.FieldBasis] = a.Text(catalog.FieldBasis)
			}
			w.counted[i] = append(w.counted[i], counted{catalog.FieldBasis, n, first[catalog.FieldBasis]})
			return
		}
	}
	delete(first, catalog.FieldBasis)
}

// countUp returns the number in b, with the word behind it, if b is a but for
// that number, which is greater by one and counts something; empty otherwise.
func countUp(a, b string) string {
	if a == b || len(b) < len(a) || len(b) > len(a)+1 || a == "" {
		return ""
	}
	from := 0
	for from < len(a) && a[from] == b[from] {
		from++
	}
	if from < len(b) && !isDigit(b[from]) {
		return ""
	}
	for from > 0 && isDigit(b[from-1]) {
		from--
	}
	x, restA := leadingNumber(a[from:])
	y, restB := leadingNumber(b[from:])
	if y != x+1 || restA != restB || x == 0 {
		return ""
	}
	number := b[from : len(b)-len(restB)]
	rest := strings.TrimLeft(restB, " ")
	for _, w := range measures {
		if strings.HasPrefix(rest, w) && !(w == "号" && !numbered(b[:from])) {
			return number + w
		}
	}
	return ""
}

// measures are words behind a number that a row does not count up by itself: a
// year, a batch, a quarter it may.
var measures = []string{
	"个工作日", "工作日", "小时", "日内", "天", "个月", "元", "万元", "平方米", "米", "公里", "吨", "公斤", "克", "%", "％", "人以上", "周岁", "号", "热线",
}

// numbered reports whether a 号 after s ends the number of a document.
func numbered(s string) bool {
	return strings.HasSuffix(s, "〕") || strings.HasSuffix(s, "]") || strings.HasSuffix(s, "第") || strings.HasSuffix(s, "令")
}

// leadingNumber reads the digits that s begins with, nine at most.
func leadingNumber(s string) (n int, rest string) {
	i := 0
	for i < len(s) && i < 9 && isDigit(s[i]) {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}
