package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// cite is what is known of one distinct citation: the same few laws are cited in
// most entries, so it is worked out once.
type cite struct {
	catalog.Citation
	catalog.Resolution
	traits
	plain string   // Text folded
	flaws []string // what is wrong with its form
	fixed string   // its text without the flaws; empty: not known
	until string   // last year its own title names; empty: none
	// campaign: the title is one of the campaign against poverty that ended in 2020.
	campaign bool
	what     string // Text in quotation marks
	stray    string // the column it belongs to instead; empty: it may stand
	loose    string // words behind a named document that name none: 及相关规定
}

type citeKey struct{ title, number, article, note, text string }

func (c *Checker) citeOf(x *catalog.Citation) *cite {
	k := citeKey{x.Title, x.Number, x.Article, x.Note, x.Text}
	return c.cites.get(k, func() *cite { return c.newCite(*x) })
}

// namedIn is what is known of a document that other text names; nil where the
// register does not know it.
func (c *Checker) namedIn(words string) *cite {
	x := c.citeOf(&catalog.Citation{Text: words, Note: named})
	if x.Act == nil {
		return nil
	}
	return x
}

// named marks a citation of which only the words are known yet.
const named = "\x00"

func (c *Checker) newCite(x catalog.Citation) *cite {
	if x.Note == named {
		if b := catalog.ParseBasis(x.Text); len(b) == 1 {
			x = b[0]
		}
	}
	got := &cite{Citation: x, plain: catalog.Fold(x.Text), until: lastYear(x.Title), campaign: ofCampaign(x.Title), what: quote(x.Text)}
	got.loose = looseWords(x)
	got.traits = traitsOf(x.Text, new(places))
	got.stray = strayIn(catalog.FieldBasis, x.Text, got.has)
	if c.know.Register != nil {
		got.Resolution = c.know.Register.Resolve(x)
	}
	got.flaws, got.fixed = c.flawed(x)
	return got
}

// looseWords returns the words at the end of a citation by which it claims more
// than the document it names: 及相关政策文件.
func looseWords(x catalog.Citation) string {
	end := strings.LastIndexAny(x.Text, "》）)〕]")
	if x.Title == "" || end < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(x.Text[end:])
	tail := x.Text[end+size:]
	for _, w := range []string{"相关", "有关"} {
		_, what, ok := strings.Cut(tail, w)
		if ok && slices.ContainsFunc([]string{"规定", "政策", "文件", "法律", "法规", "制度", "要求"}, func(k string) bool { return strings.HasPrefix(what, k) }) {
			return tail
		}
	}
	return ""
}

// ended reports whether the act no longer holds on the day.
func (c *cite) ended(today catalog.Date) bool {
	a := c.Act
	return a != nil && a.Status != catalog.InForce && (a.Ended == "" || today == "" || a.Ended <= today)
}

// distinct yields the entry's citations but for repetitions, each with its place.
func (p *pass) distinct() func(func(int, *cite) bool) {
	return func(yield func(int, *cite) bool) {
		for i, c := range p.cites {
			again := slices.ContainsFunc(p.cites[:i], func(d *cite) bool { return d.Citation == c.Citation })
			if !again && !yield(i, c) {
				return
			}
		}
	}
}

// instead is the basis cell with the i-th citation put as s. Where another
// citation already means the act, the i-th is left out.
func (p *pass) instead(i int, a *catalog.Act, s string) string {
	if s == "" {
		return ""
	}
	for j, c := range p.cites {
		if j != i && c.Act == a && c.How == catalog.Exact {
			return p.basisWith(i, "")
		}
	}
	return p.basisWith(i, s)
}

// ofCampaign reports whether a title is one of the campaign against poverty
// (脱贫攻坚), which ended in 2020; what keeps up its results is not.
func ofCampaign(title string) bool {
	for _, w := range []string{"脱贫攻坚", "精准扶贫", "精准脱贫", "扶贫开发领导小组"} {
		if strings.Contains(title, w) {
			return !strings.Contains(title, "巩固") && !strings.Contains(title, "成果") && !strings.Contains(title, "衔接") && !strings.Contains(title, "后评估")
		}
	}
	return false
}

// insteadOf is the basis cell with all those citations replaced by s, once.
func (p *pass) insteadOf(which []int, a *catalog.Act, s string) string {
	if len(which) == 1 {
		return p.instead(which[0], a, s)
	}
	there := slices.ContainsFunc(p.cites, func(c *cite) bool { return c.Act == a && c.How == catalog.Exact })
	var b catalog.Basis
	for j, c := range p.cites {
		if !slices.ContainsFunc(which, func(i int) bool { return p.cites[i].Citation == c.Citation }) {
			b = append(b, p.e.Basis[j])
		} else if !there {
			b = append(b, catalog.Citation{Text: s})
			there = true
		}
	}
	return b.String()
}

// lastYear returns the last year that a title names as its own time: 2020 of
// （2016—2020年） and of 十三五; empty where it names none. A date of issue is none.
func lastYear(title string) string {
	for _, plan := range plans {
		if strings.Contains(title, plan.name) {
			return plan.until
		}
	}
	last := ""
	for i := 0; i+4 <= len(title); i++ {
		if !isYear(title[i:]) || i > 0 && isDigit(title[i-1]) {
			continue
		}
		y, rest := title[i:i+4], strings.TrimLeft(title[i+4:], " ")
		switch {
		case slices.ContainsFunc(noPeriod, func(w string) bool { return strings.HasPrefix(rest, w) }):
		case strings.HasPrefix(rest, "年"), strings.HasPrefix(rest, "学年"), strings.HasPrefix(rest, "年度"):
			last = max(last, y)
		default:
			// The first of two years: 2016-2020年.
			if after := strings.TrimLeft(rest, "-—–－~～至 年"); after != rest && isYear(after) {
				last = max(last, after[:4])
			}
		}
		i += 3
	}
	return last
}

// noPeriod are words that make a year a date or an edition: 2030年前, 2024年本.
var noPeriod = []string{"年前", "年以前", "年修", "年版", "年本", "年以来", "年以后", "年后", "年起", "年第", "年底前", "年末前"}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isYear(s string) bool {
	return len(s) >= 4 && (s[:2] == "19" || s[:2] == "20") && isDigit(s[2]) && isDigit(s[3]) && (len(s) == 4 || !isDigit(s[4]))
}

// plans are the five-year periods that titles name without their years: of
// national planning, and of the spreading of legal knowledge (普法).
var plans = []struct{ name, until string }{
	{"十一五", "2010"},
	{"十二五", "2015"},
	{"十三五", "2020"},
	{"十四五", "2025"},
	{"十五五", "2030"},
	{"第十一个五年规划", "2010"},
	{"第十二个五年规划", "2015"},
	{"第十三个五年规划", "2020"},
	{"第十四个五年规划", "2025"},
	{"第十五个五年规划", "2030"},
	{"五五普法", "2010"},
	{"六五普法", "2015"},
	{"七五普法", "2020"},
	{"八五普法", "2025"},
	{"九五普法", "2030"},
	{"第六个五年规划", "2015"},
	{"第七个五年规划", "2020"},
	{"第八个五年规划", "2025"},
	{"第九个五年规划", "2030"},
}
