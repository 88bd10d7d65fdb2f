package check

import (
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// privacyRules speak of personal data, which a catalog must not hold: it is
// published, and travels to other offices before that.
var privacyRules = []Rule{
	{
		Name: "privacy.id-number", Severity: Error, Title: "含有公民身份号码",
		Why:     "有一个18位号码，行政区划、出生日期和校验码都符合公民身份号码的规则。文号、统一社会信用代码、项目代码通不过校验，不会误报。",
		Do:      "删去号码。目录只写公开哪些要素，不写个人的信息。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "救助对象张某，11010519491231002X"}},
		Passes: Example{{catalog.FieldContent: "救助对象姓名、身份证号码后四位"}},
		run:    (*pass).idNumber,
	},
	{
		Name: "privacy.bank-card", Severity: Error, Title: "含有银行卡号",
		Why:     "有一个16至19位号码，开头是银行卡的发卡标识，校验位也符合。",
		Do:      "删去号码。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "救助金发放至6222021234567890128"}},
		Passes: Example{{catalog.FieldContent: "救助金发放方式"}},
		run:    (*pass).bankCard,
	},
	{
		Name: "privacy.mobile", Severity: Warning, Title: "含有手机号码，没有写明是公开的值班电话",
		Why:     "手机号码多是个人的。号码前面（同一句、20个字以内）或者紧跟的括号里写明了值班、咨询、监督、举报、投诉、服务、热线、受理、报名、求助、救助、客服、窗口、办公、公开电话、24小时的，视为单位对外公布的电话，不提醒；只写“电话”“联系电话”，或者写的是联系人、姓名，不能说明是单位的电话，仍会提醒。",
		Do:      "改用办公电话；确实是对外公布的值班手机，在号码前写明，例如：值班电话：13800138000。",
		Fixable: true, Field: catalog.FieldContent,
		Fails:  Example{{catalog.FieldContent: "联系人王某，电话13800138000"}},
		Passes: Example{{catalog.FieldContent: "办理地点、咨询电话：13800138000"}},
		run:    (*pass).mobile,
	},
}

func (p *pass) idNumber() {
	p.numbers(func(_ *text, n *number) bool { return n.isID() }, 6,
		"公民身份号码", "。请删去，或者隐去中间的数字。")
}

func (p *pass) bankCard() {
	p.numbers(func(_ *text, n *number) bool {
		return !n.isID() && n.isCard() && !strings.Contains(n.before(12), "代码")
	}, 4, "银行卡号", "。请删去，或者隐去中间的数字。")
}

func (p *pass) mobile() {
	p.numbers(func(t *text, n *number) bool { return n.isMobile() && !n.publicLine(t.key) }, 3,
		"手机号码", "，没有写明是对外公布的值班电话。请改用办公电话，或者在号码前写明“值班电话”“咨询电话”等。")
}

// numbers reports each text that holds numbers of a kind, with all but so many
// digits at their beginning and four at their end hidden as its fix. Links are
// left out: they are full of serial numbers.
func (p *pass) numbers(is func(*text, *number) bool, head int, what, do string) {
	for i := range p.texts {
		t := &p.texts[i]
		if t.has&manyDigits == 0 || t.field == catalog.FieldLink {
			continue
		}
		written := t.s
		if t.has&odd != 0 {
			written, _ = cleaned(t.s) // a number does not hide behind what cannot be seen
		}
		var masked []string
		var fixed strings.Builder
		done := 0
		for n, next := nextNumber(written, 0); n != nil; n, next = nextNumber(written, next) {
			if is(t, n) {
				m := n.masked(head, 4)
				masked = append(masked, m)
				fixed.WriteString(written[done:n.start] + m)
				done = n.end
			}
		}
		if len(masked) > 0 {
			p.found(t.field, t.name()+"含有"+what+"（"+strings.Join(masked, "、")+"）"+do, p.with(t, fixed.String()+written[done:]))
		}
	}
}

// number is a run of digits in a text, in one piece or in the groups in which
// such numbers are written.
type number struct {
	text       string
	start, end int
	digits     string // an X at the end included
}

// digitAt returns the digit that stands at s[i], of ASCII or full width, and its
// length in bytes; 0 where there is none.
func digitAt(s string, i int) (byte, int) {
	if isDigit(s[i]) {
		return s[i], 1
	}
	if s[i] == 0xef && i+2 < len(s) && s[i+1] == 0xbc && s[i+2] >= 0x90 && s[i+2] <= 0x99 {
		return '0' + s[i+2] - 0x90, 3
	}
	return 0, 0
}

// nextNumber returns the first number at or after from that may be one of a
// person's, and where to go on.
func nextNumber(s string, from int) (*number, int) {
	for i := from; i < len(s); {
		if _, w := digitAt(s, i); w == 0 {
			i++
			continue
		}
		if n := groupedNumber(s, i); n != nil {
			return n, n.end
		}
		for i < len(s) {
			_, w := digitAt(s, i)
			if w == 0 {
				break
			}
			i += w
		}
	}
	return nil, len(s)
}

// groupings are the ways in which such numbers are divided.
var groupings = [][]int{{6, 8, 4}, {3, 4, 4}, {4, 4, 4, 4, 3}, {4, 4, 4, 4, 2}, {4, 4, 4, 4, 1}, {4, 4, 4, 4}, {6, 13}}

// groupedNumber reads a number that begins at s[i], whole or divided.
func groupedNumber(s string, i int) *number {
	if i > 0 && (isLetter(s[i-1]) || strings.IndexByte("*=/_.", s[i-1]) >= 0) {
		return nil
	}
	n := &number{text: s, start: i}
	var buf [24]byte
	read := func(at int, got []byte) ([]byte, int) {
		for at < len(s) {
			d, w := digitAt(s, at)
			if w == 0 || len(got) == cap(got) {
				break
			}
			got, at = append(got, d), at+w
		}
		return got, at
	}
	got, end := read(i, buf[:0:24])
	if len(got) < minDigits {
		got, end = readGroups(s, end, got, read)
		if got == nil {
			return nil
		}
	}
	if end < len(s) && (s[end] == 'X' || s[end] == 'x') && len(got) == 17 {
		got, end = append(got, 'X'), end+1
	}
	if end < len(s) && (isLetter(s[end]) || s[end] == '*' || s[end] == '_') {
		return nil
	}
	if _, w := digitAt(s+"\x00", end); w > 0 {
		return nil
	}
	if n.end, n.digits = end, string(got); len(got) < minDigits || len(got) > 19 {
		return nil
	}
	return n
}

// readGroups reads on after a first group, over single spaces and hyphens, and
// returns nil where the groups are not those of any such number.
func readGroups(s string, end int, got []byte, read func(int, []byte) ([]byte, int)) ([]byte, int) {
	first := len(got)
	for _, sizes := range groupings {
		if sizes[0] != first {
			continue
		}
		out, at := got[:first:cap(got)], end
		for _, size := range sizes[1:] {
			if at >= len(s) || s[at] != ' ' && s[at] != '-' {
				break
			}
			before := len(out)
			out, at = read(at+1, out)
			if read := len(out) - before; read == 3 && size == 4 && len(out) == 17 && at < len(s) && (s[at] == 'X' || s[at] == 'x') {
				return out, at
			} else if read != size {
				break
			}
		}
		if total := sum(sizes); len(out) == total {
			return out, at
		}
	}
	return nil, end
}

func sum(xs []int) (n int) {
	for _, x := range xs {
		n += x
	}
	return n
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// isID reports whether the number is a citizen's: division, date of birth and
// check character (GB 11643).
func (n *number) isID() bool {
	d := n.digits
	if len(d) != 18 || !strings.Contains(" 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 ", " "+d[:2]+" ") {
		return false
	}
	if _, err := catalog.Date(d[6:10] + "-" + d[10:12] + "-" + d[12:14]).Time(); err != nil || d[6:8] != "19" && d[6:8] != "20" {
		return false
	}
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(d[i]-'0') * w
	}
	return "10X98765432"[sum%11] == d[17]
}

// isCard reports whether the number is a bank card's: a prefix that banks in
// China issue, of the right length, and the check digit of Luhn.
func (n *number) isCard() bool {
	d := n.digits
	if strings.HasSuffix(d, "X") {
		return false
	}
	known := len(d) >= 16 && len(d) <= 19 && (strings.HasPrefix(d, "62") || strings.HasPrefix(d, "9558") || strings.HasPrefix(d, "9559") || strings.HasPrefix(d, "60138")) ||
		len(d) == 16 && (d[0] == '4' || d[0] == '5' && d[1] >= '1' && d[1] <= '5')
	if !known {
		return false
	}
	sum := 0
	for i := range len(d) {
		x := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if x *= 2; x > 9 {
				x -= 9
			}
		}
		sum += x
	}
	return sum%10 == 0
}

func (n *number) isMobile() bool {
	d := n.digits
	if len(d) == 13 && d[:2] == "86" {
		d = d[2:]
	}
	return len(d) == 11 && d[0] == '1' && d[1] >= '3'
}

// Words that mark a number as a line an office publishes, and words that say it
// is a person's all the same.
var (
	publicWords = []string{
		"值班", "咨询", "监督", "举报", "投诉", "服务", "热线", "受理", "报名", "求助", "救助", "客服", "窗口", "办公", "公开电话", "24小时", "查询", "传真",
	}
	personWords = []string{"联系人", "姓名", "本人", "户主", "申请人", "负责人", "家属", "监护人"}
)

// publicLine reports whether the number is marked as a line an office publishes:
// in the heading of its column, before it in the same sentence, or in brackets
// right behind it. The last word before the number that says anything decides.
func (n *number) publicLine(heading string) bool {
	before := n.before(20)
	if i := strings.LastIndexAny(before, "。；;\n"); i >= 0 {
		_, w := utf8.DecodeRuneInString(before[i:])
		before = before[i+w:]
	}
	public, person := -1, -1
	for _, w := range publicWords {
		public = max(public, strings.LastIndex(before, w))
	}
	for _, w := range personWords {
		person = max(person, strings.LastIndex(before, w))
	}
	if public >= 0 || person >= 0 {
		return public > person
	}
	after := n.text[n.end:]
	if rest, ok := strings.CutPrefix(after, "（"); ok {
		after, _, _ = strings.Cut(rest, "）")
	} else if rest, ok := strings.CutPrefix(after, "("); ok {
		after, _, _ = strings.Cut(rest, ")")
	} else {
		after = ""
	}
	for _, w := range publicWords {
		if strings.Contains(after, w) || strings.Contains(heading, w) {
			return true
		}
	}
	return false
}

// before returns up to so many characters that stand before the number.
func (n *number) before(chars int) string {
	i := n.start
	for range chars {
		_, w := utf8.DecodeLastRuneInString(n.text[:i])
		i -= w
	}
	return n.text[i:n.start]
}

// masked is the number with all but its ends hidden.
func (n *number) masked(head, tail int) string {
	d := n.digits
	return d[:head] + strings.Repeat("*", len(d)-head-tail) + d[len(d)-tail:]
}
