package check

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// text is one piece of an entry that people wrote in words.
type text struct {
	s     string
	field catalog.Field
	part  int    // which level, citation or other channel of the field
	key   string // which column of extra
	has   class  // what kinds of characters are in it
}

// class is a set of kinds of characters, so that a rule sees at once that a text
// holds nothing for it.
type class uint32

const (
	odd        class = 1 << iota // what cannot be seen or was damaged
	marks                        // _ X x { * × ○ ＿
	titles                       // 《 》
	manyDigits                   // as many digits as a telephone number has
	boxes                        // ■ □
	someone                      // 某
	fill                         // 填
	note                         // 注
	write                        // 写
	supply                       // 充
	inside                       // 里
	wear                         // 着
	report                       // 报
	stops                        // 。
	samples                      // 样 模 例
	gaps                         // 配
	fields                       // 领
	days                         // 日
	carriers                     // of the channels' names
)

// minDigits is how many digits the shortest number has that privacy rules seek.
const minDigits = 11

// telling are the Chinese characters that give a text its class.
var telling = map[rune]class{
	'《': titles, '》': titles, '○': marks, '＿': marks, '×': marks, '■': boxes, '□': boxes, '。': stops,
	'某': someone, '填': fill, '注': note, '写': write, '充': supply, '里': inside, '着': wear, '报': report | carriers,
	'样': samples, '模': samples, '例': samples, '配': gaps, '领': fields, '日': days,
	'网': carriers, '微': carriers, '听': carriers, '视': carriers, '媒': carriers,
	'阅': carriers, '务': carriers, '便': carriers, '户': carriers, '栏': carriers, '推': carriers,
}

// tellingBits has a bit for the last two bytes of each telling character of three.
var tellingBits = func() (bits [1 << 10]uint64) {
	for c := range telling {
		s := string(c)
		if len(s) != 3 {
			continue
		}
		i := uint16(s[1])<<8 | uint16(s[2])
		bits[i>>6] |= 1 << (i & 63)
	}
	return bits
}()

func classOf(s string) class {
	var c class
	digits := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			if isDigit(b) {
				digits++
			} else if b < 0x20 && b != '\n' || b == 0x7f {
				c |= odd
			} else if b == '_' || b == 'X' || b == 'x' || b == '{' || b == '*' {
				c |= marks
			}
			i++
			continue
		}
		if b >= 0xe3 && b <= 0xe9 && i+2 < len(s) { // what most of a text is made of
			k := uint16(s[i+1])<<8 | uint16(s[i+2])
			if tellingBits[k>>6]&(1<<(k&63)) != 0 {
				r, _ := utf8.DecodeRuneInString(s[i:])
				c |= telling[r]
			}
			i += 3
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case invisible(r):
			c |= odd
		case r >= '０' && r <= '９':
			digits++
		default:
			c |= telling[r]
		}
		i += w
	}
	if digits >= minDigits {
		c |= manyDigits
	}
	return c
}

// appendTexts appends all that is written in words in e, in column order.
func appendTexts(ts []text, e *catalog.Entry) []text {
	add := func(f catalog.Field, part int, s string) {
		if s != "" {
			ts = append(ts, text{s: s, field: f, part: part, has: classOf(s)})
		}
	}
	for i, s := range e.Path {
		f := catalog.FieldPath
		switch i {
		case 0:
			f = catalog.FieldMatter
		case len(e.Path) - 1:
			f = catalog.FieldSubmatter
		}
		add(f, i, s)
	}
	add(catalog.FieldContent, 0, e.Content)
	for i := range e.Basis {
		add(catalog.FieldBasis, i, e.Basis[i].Text)
	}
	add(catalog.FieldTimeLimit, 0, e.TimeLimit.Text)
	add(catalog.FieldPublisher, 0, e.Publisher)
	for i, s := range e.Channels.Others {
		add(catalog.FieldChannels, i, s)
	}
	add(catalog.FieldAudience, 0, e.Audience.Groups)
	add(catalog.FieldLink, 0, e.Link)
	if len(e.Extra) > 0 {
		for _, k := range slices.Sorted(maps.Keys(e.Extra)) {
			s := e.Extra[k]
			ts = append(ts, text{s: s, field: catalog.FieldExtra, key: k, has: classOf(s)})
		}
	}
	return ts
}

// with returns what the whole field says once the piece t says s.
func (p *pass) with(t *text, s string) string {
	switch t.field {
	case catalog.FieldPath:
		path := slices.Clone(p.e.Path)
		path[t.part] = s
		return strings.Join(path, "\n")
	case catalog.FieldBasis:
		return p.basisWith(t.part, s)
	case catalog.FieldChannels:
		ch := p.e.Channels
		ch.Others = slices.Clone(ch.Others)
		ch.Others[t.part] = s
		return ch.String()
	case catalog.FieldAudience:
		a := p.e.Audience
		a.Groups = s
		return a.String()
	case catalog.FieldExtra:
		e := catalog.Entry{Extra: maps.Clone(p.e.Extra)}
		e.Extra[t.key] = s
		return e.Text(catalog.FieldExtra)
	}
	return s
}

// basisWith returns the basis cell with the i-th citation put as s, which takes
// the place of its repetitions too; an empty s leaves it out.
func (p *pass) basisWith(i int, s string) string {
	var b catalog.Basis
	for j := range p.e.Basis {
		switch {
		case j == i && s != "":
			b = append(b, catalog.Citation{Text: s})
		case p.cites[j].Citation != p.cites[i].Citation:
			b = append(b, p.e.Basis[j])
		}
	}
	return b.String()
}

// name says which column a text stands in, the way a clerk reads the table.
func (t *text) name() string {
	if t.field == catalog.FieldExtra {
		return t.key
	}
	return t.field.Name()
}

// quote puts words in quotation marks, shortened in the middle.
func quote(s string) string {
	if len(s) > 60 || strings.ContainsAny(s, " \n\t\r") {
		s = strings.Join(strings.Fields(s), " ")
		if r := []rune(s); len(r) > 40 {
			s = string(r[:28]) + "…" + string(r[len(r)-10:])
		}
	}
	return "“" + s + "”"
}
