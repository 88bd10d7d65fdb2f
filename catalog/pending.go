package catalog

import "strings"

func ParseBasis(s string) Basis {
	if s == "" {
		return nil
	}
	var b Basis
	for _, l := range strings.Split(s, "\n") {
		b = append(b, Citation{Text: l})
	}
	return b
}

func (b Basis) String() string {
	var ls []string
	for _, c := range b {
		ls = append(ls, c.Text)
	}
	return strings.Join(ls, "\n")
}
