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
	traits
}

// traits are what one walk over a text shows.
type traits struct {
	has class // what kinds of characters are in it
	// again and length are where a phrase is said a second time in a row.
	again, length int
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
	ends                         // the last character of a telling phrase
	tags                         // < &
	echoes                       // three characters that may have stood before
	orders                       // 请填写, 请注明, …
	slipped                      // two characters that a slip may hold
	sounded                      // two characters of a word misspelt by its sound
	stops                        // 。
	samples                      // 样 模 例
	gaps                         // 地配套
	fields                       // 领
	days                         // 日
	carriers                     // of the channels' names
	rounds                       // （ ( ） ) 【
	squares                      // 〔 〕
	questions                    // ? ？
	stale                        // two characters of an outdated word
	quotes                       // “ ”
	fills                        // 写
)

// minDigits is how many digits the shortest number has that privacy rules seek.
const minDigits = 11

// telling are the Chinese characters that give a text its class.
var telling = map[rune]class{
	'《': titles, '》': titles, '○': marks, '＿': marks, '×': marks, '■': boxes, '□': boxes, '。': stops,
	'锟': odd, '鐨': odd, '鎷': odd, '璁': odd, '鍏': odd, '绠': odd, '鏈': odd, '鍔': odd, '鏀': odd, '閫': odd,
	'某': someone, '写': ends | fills, '明': ends, '充': ends, '套': ends, '关': ends, '插': ends, '“': quotes, '”': quotes, '报': carriers,
	'样': samples, '模': samples, '例': samples, '领': fields, '日': days,
	'网': carriers, '微': carriers, '听': carriers, '视': carriers, '媒': carriers,
	'【': rounds, '〔': squares, '〕': squares,
	'阅': carriers, '务': carriers, '便': carriers, '户': carriers, '栏': carriers, '推': carriers,
}

// asciiTells are the classes of characters of one byte.
var asciiTells = func() (t [utf8.RuneSelf]class) {
	for b := range t {
		switch {
		case b < 0x20 && b != '\n' || b == 0x7f:
			t[b] = odd
		case strings.ContainsRune("_Xx{*", rune(b)):
			t[b] = marks
		case b == '(' || b == ')':
			t[b] = rounds
		case b == '?':
			t[b] = questions
		case b == '<' || b == '&':
			t[b] = tags
		}
	}
	return t
}()

// phrases are three characters that give a text its class; their last is among
// the telling ones.
var phrases = map[uint64]class{
	threeOf("请填写"): orders, threeOf("处填写"): orders, threeOf("待填写"): orders, threeOf("请写明"): orders,
	threeOf("请注明"): orders, threeOf("行补充"): orders, threeOf("待补充"): orders, threeOf("此处插"): orders,
	threeOf("地配套"): gaps, threeOf("地相关"): gaps,
}

// threeOf packs three characters the way scan does.
func threeOf(s string) (run uint64) {
	for i := 0; i < len(s); i += 3 {
		run = run<<16 | uint64(s[i]&0xf)<<12 | uint64(place(s[i+1], s[i+2]))
	}
	return run
}

// tells has the class of each telling character of three bytes by the low bits of
// the last two. A few rare characters share a place with one of them and are
// looked at in vain.
var tells = func() (t [1 << 12]class) {
	for c, has := range telling {
		if s := string(c); len(s) == 3 {
			t[place(s[1], s[2])] |= has
		}
	}
	return t
}()

func place(b, c byte) uint16 { return uint16(b&0x3f)<<6 | uint16(c&0x3f) }

// traitsOf walks over a text once, for its class and for phrases said twice. Three
// characters that were seen before are the beginning of every repetition; where
// they were seen last is kept by a hash, so that one is overlooked only where
// others of the same hash stand in between all its characters. What an earlier
// text left in seen does no harm, because places are compared before use.
func traitsOf(s string, seen *places) (t traits) {
	readSlips()
	var run uint64 // the last three characters, 16 bits each
	var last uint16
	var c class
	digits := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b >= 0xe3 && b <= 0xe9 && i+2 < len(s) { // what most of a text is made of
			at := place(s[i+1], s[i+2])
			told := tells[at]
			c |= told
			i += 3
			this := uint16(b&0xf)<<12 | at
			if n := pairPlace(last, this); pairBits[n>>6]>>(n&63)&1 != 0 {
				c |= pairs[[2]uint16{last, this}]
			}
			last = this
			if b == 0xe3 {
				run = 0 // 、 and 。 end a phrase
				continue
			}
			run = (run<<16 | uint64(this)) & (1<<48 - 1)
			if run>>32 == 0 {
				continue
			}
			if told&ends != 0 {
				c |= phrases[run]
			}
			slot := &seen[run*0x9e3779b97f4a7c15>>(64-seenBits)]
			if *slot>>16 == run {
				c |= echoes
			}
			if *slot>>16 == run && t.length == 0 {
				t.again, t.length = repeatAt(s, int(*slot&0xffff)-minRepeat, i-minRepeat)
			}
			*slot = run<<16 | uint64(uint16(i))
			continue
		}
		run = 0
		if b < utf8.RuneSelf {
			if isDigit(b) {
				digits++
			} else {
				c |= asciiTells[b]
			}
			last = 0
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if w == 3 {
			this := uint16(b&0xf)<<12 | place(s[i+1], s[i+2])
			if n := pairPlace(last, this); pairBits[n>>6]>>(n&63)&1 != 0 {
				c |= pairs[[2]uint16{last, this}]
			}
			last = this
		}
		switch {
		case r >= '０' && r <= '９':
			digits++
		case r == '（' || r == '）':
			c |= rounds
		case r == '？':
			c |= questions
		case r >= '！' && r <= '～':
		case invisible(r):
			c |= odd
		default:
			c |= telling[r]
		}
		i += w
	}
	if digits >= minDigits {
		c |= manyDigits
	}
	t.has = c
	return t
}

// places keeps three characters, 16 bits each, with where they end in 16 more.
type places [1 << seenBits]uint64

const seenBits = 8

// readTexts lists all that is written in words in the entry, in column order. What
// is known of citations, limits and publishers, which come again and again, is
// not walked over anew.
func (p *pass) readTexts() {
	p.texts = p.texts[:0]
	e := p.e
	for i, s := range e.Path {
		f := catalog.FieldPath
		switch i {
		case 0:
			f = catalog.FieldMatter
		case len(e.Path) - 1:
			f = catalog.FieldSubmatter
		}
		p.addText(f, i, s)
	}
	p.addText(catalog.FieldContent, 0, e.Content)
	for i, c := range p.cites {
		p.addKnown(catalog.FieldBasis, i, e.Basis[i].Text, c.traits)
	}
	p.addKnown(catalog.FieldTimeLimit, 0, e.TimeLimit.Text, p.limit.traits)
	p.addKnown(catalog.FieldPublisher, 0, e.Publisher, p.pub.traits)
	for i, s := range e.Channels.Others {
		p.addText(catalog.FieldChannels, i, s)
	}
	p.addText(catalog.FieldAudience, 0, e.Audience.Groups)
	p.addText(catalog.FieldLink, 0, e.Link)
	if len(e.Extra) > 0 {
		for _, k := range slices.Sorted(maps.Keys(e.Extra)) {
			s := e.Extra[k]
			p.texts = append(p.texts, text{s: s, field: catalog.FieldExtra, key: k, traits: traitsOf(s, &p.seen)})
		}
	}
}

func (p *pass) addText(f catalog.Field, part int, s string) {
	if s != "" {
		p.addKnown(f, part, s, traitsOf(s, &p.seen))
	}
}

func (p *pass) addKnown(f catalog.Field, part int, s string, t traits) {
	if s != "" {
		p.texts = append(p.texts, text{s: s, field: f, part: part, traits: t})
	}
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
