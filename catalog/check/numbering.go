package check

import (
	"strconv"
	"strings"

	"mulutong/catalog"
)

// numberOf cuts the number off a name: 2.2 of 2.2社会保险个人参保登记, 2 of
// 2.社会保险参保登记. A year or a count is none.
func numberOf(s string) (number, name string) {
	end := 0
	for i := 0; i < len(s); {
		n := 0
		for i+n < len(s) && isDigit(s[i+n]) {
			n++
		}
		if n == 0 || n > 2 {
			break
		}
		end = i + n
		if end < len(s) && s[end] == '.' {
			i = end + 1
			continue
		}
		break
	}
	if end == 0 {
		return "", s
	}
	number, name = s[:end], s[end:]
	rest := strings.TrimLeft(name, " ")
	for _, mark := range []string{".", "、", "．"} {
		rest = strings.TrimPrefix(rest, mark)
	}
	if rest = strings.TrimLeft(rest, " "); rest == name && !strings.Contains(number, ".") || rest == "" || isDigit(rest[0]) {
		return "", s // 5岁以下儿童
	}
	return number, rest
}

// gaps finds names whose numbers leave others out: 2.2 where 2.1 stands nowhere.
// A number is looked at only beside its parent's, and once.
func (w *whole) gaps(entries []catalog.Entry) {
	seen := map[string]bool{}
	for i := range entries {
		for _, s := range entries[i].Path {
			if n, _ := numberOf(s); n != "" {
				seen[n] = true
			}
		}
	}
	if len(seen) == 0 {
		return
	}
	told := map[string]bool{}
	for i := range entries {
		path := entries[i].Path
		for level, s := range path {
			n, _ := numberOf(s)
			dot := strings.LastIndexByte(n, '.')
			if dot < 0 || told[n] || !seen[n[:dot]] {
				continue
			}
			last, err := strconv.Atoi(n[dot+1:])
			if before := n[:dot+1] + strconv.Itoa(last-1); err == nil && last > 1 && !seen[before] {
				told[n] = true
				f := catalog.FieldPath
				switch level {
				case 0:
					f = catalog.FieldMatter
				case len(path) - 1:
					f = catalog.FieldSubmatter
				}
				w.skipped[i] = append(w.skipped[i], skipped{f, n, before})
			}
		}
	}
}

// skipped is a number behind one that is missing.
type skipped struct {
	field          catalog.Field
	number, before string
}
