package catalog

import (
	"strings"
	"unicode/utf8"
)

// ParseTimeLimit reads a time limit as people write it. Text is s trimmed; an
// empty one has no clauses, any other at least one, Unknown where nothing could
// be understood. Spaces, line breaks within a phrase and full-width digits make
// no difference. Words that only say that the law may provide otherwise
// (法律法规另有规定的除外) are no clause of their own.
func ParseTimeLimit(s string) TimeLimit {
	t := TimeLimit{Text: trimSpace(strings.ToValidUTF8(s, "\uFFFD"))}
	if t.Text == "" {
		return t
	}
	var p limitParser
	p.read(closeUp(t.Text))
	t.Clauses = p.clauses
	for i, c := range t.Clauses {
		if c.odd() {
			t.Clauses[i] = c.settled()
		}
	}
	if len(t.Clauses) == 0 {
		t.Clauses = []Clause{{Kind: Unknown}}
	}
	return t
}

// odd reports whether the words of c could be taken for more than words when
// they are read again; the commonest clauses are known not to be.
func (c Clause) odd() bool {
	if c.From == "" && c.Scope == "" && c.By == "" {
		return false
	}
	return c.Kind != Within || oddWords(c.From) || oddWords(c.Scope)
}

// oddWords reports whether s has a character that means something to the parser
// or is no Chinese one, or holds a word that is a limit.
func oddWords(s string) bool {
	for _, r := range s {
		ordinary := r >= 0x4E00 && r <= 0x9FFF && !strings.ContainsRune("自前后时起开每半之日", r)
		if !ordinary && r != '、' {
			return true
		}
	}
	_, limit := scanLimit(s, 0)
	return limit
}

// settled returns c so that what it says reads as it again; where words stand
// in the way, they are left to the text.
func (c Clause) settled() Clause {
	for range 4 {
		var p limitParser
		p.read(closeUp(c.String()))
		if len(p.clauses) != 1 || p.clauses[0].Kind != c.Kind {
			break
		}
		if p.clauses[0] == c {
			return c
		}
		c = p.clauses[0]
	}
	c.From, c.Scope, c.By = "", "", ""
	if c.Due > 0 {
		c.Due, c.DueMeasure = 0, ""
	}
	if c.Kind == Before && c.Amount == 0 {
		c = Clause{Kind: Unknown}
	}
	return c
}

// closeUp drops the spaces of s and makes its digits half-width; a line break
// stays where it ends a phrase.
func closeUp(s string) string {
	plain := true
	for _, r := range s {
		if r < 0x4E00 && (blank(r) || r >= '⼀' && r <= '⿕') || r >= '０' && r <= '９' || r == utf8.RuneError {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	b := make([]byte, 0, len(s))
	for i, r := range s {
		switch {
		case r == '\n':
			if endsPhrase(b) && startsWithAny(strings.TrimLeftFunc(s[i:], blank), phraseTails) == 0 {
				b = append(b, '\n')
			}
		case r >= '０' && r <= '９':
			b = append(b, byte(r-'０'+'0'))
		case r >= '⼀' && r <= '⿕':
			b = utf8.AppendRune(b, radicals[r-'⼀'])
		case !blank(r):
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// endsPhrase reports whether a line break after b may end a phrase rather than
// fall within one.
func endsPhrase(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return strings.ContainsRune("内前后开示布次新时久期起日天周月年)）", r)
}

var phraseTails = []string{"内", "起", "前", "后", "之", "日", "以内", "以前", "以后"}

// limitParser gathers the clauses of one time limit.
type limitParser struct {
	clauses []Clause
	// event is what a phrase without a length named (信息形成之日起，…); the next
	// clause counts from it, and if none comes it is a clause itself.
	event Clause
	// scope is what 其中… limited the next clause to.
	scope string
}

func (p *limitParser) read(s string) {
	for s != "" {
		seg, rest, hard := cutLimit(s)
		p.segment(seg)
		if hard {
			p.settle()
		}
		s = rest
	}
	p.settle()
}

// settle makes the waiting event a clause of its own.
func (p *limitParser) settle() {
	if p.event.Kind != "" {
		p.clauses = append(p.clauses, p.event)
	}
	p.event, p.scope = Clause{}, ""
}

// cutLimit cuts s after its first phrase. A hard cut (；。) ends the sentence, a
// soft one (，) does not. A bracket is cut out when it holds a limit or an
// exception, and is a word otherwise: 形成（变更）.
func cutLimit(s string) (seg, rest string, hard bool) {
	for i, r := range s {
		switch r {
		case '；', ';', '。', '｡', '！', '…':
			return s[:i], s[i+utf8.RuneLen(r):], true
		case '.', '．':
			after := s[i+utf8.RuneLen(r):]
			if i > 0 && figures(s[i-1:i]) > 0 && figures(after) > 0 {
				continue
			}
			return s[:i], after, true
		case '，', ',', '\n', '﹐':
			return s[:i], s[i+utf8.RuneLen(r):], false
		case '(', '（':
			if limitsInside(s[i+utf8.RuneLen(r):]) {
				return s[:i], s[i+utf8.RuneLen(r):], false
			}
		case ')', '）':
			if !strings.ContainsAny(s[:i], "(（") {
				return s[:i], s[i+utf8.RuneLen(r):], false
			}
		}
	}
	return s, "", true
}

// limitsInside reports whether the bracket that opens before s says a limit or
// an exception.
func limitsInside(s string) bool {
	s = s[:min(len(s), 600)] // no bracket in a time limit is longer
	if end := strings.IndexAny(s, ")）"); end >= 0 {
		s = s[:end]
	}
	if strings.Contains(s, "规定") || strings.Contains(s, "除外") || strings.Contains(s, "公示") {
		return true
	}
	t, ok := scanLimit(s, 0)
	return ok && t.kind != bareToken
}

// segment reads one phrase.
func (p *limitParser) segment(seg string) {
	seg = seg[numbering(seg):]
	if seg = beforeException(seg); seg == "" {
		return
	}
	first := len(p.clauses)
	head, pos := 0, 0
	found := false
	for {
		t, ok := scanLimit(seg, pos)
		if !ok {
			break
		}
		h, after := seg[head:t.start], seg[t.end:]
		var c Clause
		used := 0 // bytes of after that belong to the token
		switch t.kind {
		case lengthToken:
			c, used = p.length(t, h, after)
		case bareToken:
			c, used = p.bare(t, h, after)
		case timesToken:
			n, _ := numeral(seg[t.start:])
			_, least := stripBounds(h)
			c = Clause{Kind: Periodic, Amount: t.amount, Measure: t.measure, Times: n, AtLeast: least}
		case everyToken:
			c, used = every(t, seg), len(after)
		case nextToken:
			c, used = following(t, seg)
		case dateToken:
			c, used = dated(seg[t.start:t.end], after)
		case dayToken:
			c = Clause{Kind: Within, Amount: 1, Measure: Day}
			p.from(&c, h)
		case wordToken:
			c = p.word(t, h, len(p.clauses) > first)
		}
		pos = t.end + used
		if c.Kind == "" {
			continue
		}
		found = true
		head = pos
		// 及时在20个工作日内公开: the adverb adds nothing.
		if n := len(p.clauses); n > first && c.Amount > 0 && (p.clauses[n-1].Kind == Prompt || p.clauses[n-1].Kind == Realtime) {
			if c.From == "" && c.Kind != Periodic && c.By == "" {
				c.From = p.clauses[n-1].From
			}
			p.clauses = p.clauses[:n-1]
		}
		if n := len(p.clauses); n == 0 || p.clauses[n-1] != c {
			p.clauses = append(p.clauses, c)
		}
	}
	if !found {
		p.occasion(seg)
	}
}

// length reads a clause from a length, the words before and the words after it.
func (p *limitParser) length(t limitToken, h, after string) (c Clause, used int) {
	c = Clause{Amount: t.amount, Measure: t.measure}
	if n, least, w := timesAfter(after); w > 0 {
		c.Kind, c.Times, c.AtLeast = Periodic, n, least
		return c, w
	}
	if t.measure == Month && t.amount == 6 && startsWithAny(after, renewing) > 0 && h == "" {
		c.Kind = Periodic
		return c, 0
	}
	labelled := strings.HasSuffix(h, "：") || strings.HasSuffix(h, ":")
	h, c.AtLeast = stripBounds(h)
	inside := startsWithAny(after, []string{"内", "以内", "之内", "期内"})
	switch {
	case strings.HasSuffix(h, "提前"):
		c.Kind = Before
		h = strings.TrimSuffix(h, "提前")
		var least bool
		h, least = stripBounds(h)
		c.AtLeast = c.AtLeast || least
		p.from(&c, h)
		return c, inside
	case startsWithAny(after, earlier) > 0:
		c.Kind = Before
		p.from(&c, h)
		return c, startsWithAny(after, earlier)
	case isBefore(h):
		c.Kind = Before
		p.from(&c, h[:len(h)-endsWithAny(h, earlier)])
		return c, inside
	case postedFor(&h, inside > 0, c.AtLeast):
		c.Kind = Notice
		if w := startsWithAny(after, []string{"以上"}); w > 0 {
			c.AtLeast, inside = true, w
		}
		p.after(&c, h)
		return c, inside
	case startsWithAny(after, later) > 0:
		c.Kind = Unknown
		p.from(&c, h)
		return c, startsWithAny(after, later)
	}
	c.Kind = Within
	if w := startsWithAny(after, []string{"以上"}); w > 0 {
		c.AtLeast, inside = true, w
		c.Kind = Notice
	} else if c.AtLeast && inside == 0 {
		c.Kind = Notice
	}
	if labelled {
		h += "："
	}
	p.from(&c, h)
	if c.Kind == Notice {
		c.Scope = ""
	}
	return c, inside
}

// bare reads a number that lost its unit: 公告至少30.
func (p *limitParser) bare(t limitToken, h, after string) (c Clause, used int) {
	if after != "" && after != "内" {
		return Clause{}, 0
	}
	h, least := stripBounds(h)
	posted := postedFor(&h, false, true)
	if !least && !posted && endsWithAny(h, markers) == 0 {
		return Clause{}, 0
	}
	c = Clause{Kind: Unknown, Amount: t.amount, AtLeast: least}
	if posted {
		p.after(&c, h)
	} else {
		p.from(&c, h)
	}
	c.Scope = ""
	return c, len(after)
}

// word reads 及时, 长期 and their like. Beside a length in the same phrase
// (20个工作日内及时公开) an adverb says nothing more.
func (p *limitParser) word(t limitToken, h string, beside bool) Clause {
	if beside && (t.word == Prompt || t.word == Realtime) {
		return Clause{}
	}
	c := Clause{Kind: t.word}
	if t.word != Periodic {
		p.after(&c, h)
	}
	return c
}

// every reads what follows a period: how often, how long after its end, by
// which day. It takes the whole phrase.
func every(t limitToken, seg string) Clause {
	c := Clause{Kind: Periodic, Amount: t.amount, Measure: t.measure}
	rest := seg[t.end:]
	if d := startsWithAny(rest, weekdays); t.measure == Week && d > 0 && !strings.HasPrefix(rest[d:], "次") {
		c.By = rest[:d]
		return c
	}
	if n, lower, w := timesAfter(rest); w > 0 {
		c.Times, c.AtLeast = n, lower
		return c
	}
	u, ok := scanLimit(rest, 0)
	for ok && u.kind != lengthToken && u.kind != dateToken {
		u, ok = scanLimit(rest, u.end)
	}
	switch {
	case ok && u.kind == lengthToken:
		h, _ := stripBounds(rest[:u.start])
		mark := endsWithAny(h, markers)
		after := rest[u.end:]
		switch {
		case isBefore(h), startsWithAny(after, earlier) > 0 && u.measure != Day:
			c.By = trimEvent(strings.TrimSuffix(h[:len(h)-endsWithAny(h, earlier)], "的"))
		case u.measure == Day && mark == 0 && (h == "" || strings.HasSuffix(h, "月")) && !strings.HasPrefix(after, "内"),
			startsWithAny(after, earlier) > 0:
			c.By = rest[:u.end]
		default:
			c.Due, c.DueMeasure = u.amount, u.measure
			if h = h[:len(h)-mark]; h != "" {
				c.From = seg[t.start:t.end] + h
			}
		}
	case ok:
		c.By = rest[u.start:u.end]
	default:
		if i := strings.Index(rest, "前"); i > 0 && isBefore(rest[:i+3]) {
			c.By = trimEvent(rest[:i+3-endsWithAny(rest[:i+3], earlier)])
		} else if w := startsWithAny(rest, edges); w > 0 {
			c.By = rest[:w]
		}
	}
	return c
}

// following reads the day of the next period by which something is due: 次年1月31日前.
func following(t limitToken, seg string) (Clause, int) {
	rest := seg[t.end:]
	w := dateLength(rest)
	if w == 0 {
		w = startsWithAny(rest, edges)
	}
	if n, size := numeral(rest); w == 0 && n > 0 && n <= 31 {
		if u := startsWithAny(rest[size:], []string{"日", "号"}); u > 0 {
			w = size + u
		}
	}
	if w == 0 {
		return Clause{}, 0
	}
	c := Clause{Kind: Periodic, Amount: t.amount, Measure: t.measure, By: seg[t.start : t.end+w]}
	return c, w + startsWithAny(rest[w:], earlier)
}

// dated reads a date: by which day, every year unless it names its own.
func dated(date, after string) (Clause, int) {
	if w := startsWithAny(after, earlier); w > 0 {
		return Clause{Kind: Before, By: date}, w
	}
	if after != "" && startsWithAny(after, publishing) == 0 {
		return Clause{}, 0
	}
	if strings.Contains(date, "年") {
		return Clause{Kind: Before, By: date}, 0
	}
	return Clause{Kind: Periodic, Amount: 1, Measure: Year, By: date}, 0
}

// occasion reads a phrase without a length: 开学前, 随采购公告公开, 人大批准后公开,
// 信息形成之日.
func (p *limitParser) occasion(seg string) {
	w := seg
	for n := 1; n > 0; {
		n = endsWithAny(w, closing)
		w = w[:len(w)-n]
	}
	told := w != seg
	var c Clause
	switch {
	case w == "":
		return
	case strings.HasPrefix(w, "随") && told:
		w = strings.TrimPrefix(w, "随着")
		w = strings.TrimPrefix(w, "随")
		w = w[:len(w)-endsWithAny(w, []string{"一并", "一同", "同步", "同时"})]
		c = Clause{Kind: Realtime, From: trimEvent(w)}
	case endsWithAny(w, []string{"同步", "同时"}) > 0:
		w = strings.TrimSuffix(w[:len(w)-len("同时")], "的")
		w = strings.TrimPrefix(strings.TrimPrefix(w, "与"), "和")
		if w == "" && (len(p.clauses) > 0 || p.event.Kind != "") {
			return
		}
		c = Clause{Kind: Realtime, From: trimEvent(w)}
	case isBefore(w):
		w = w[:len(w)-endsWithAny(w, earlier)]
		if w == "" || w == "事" {
			return
		}
		c = Clause{Kind: Before, From: trimEvent(w)}
		if endsWithAny(c.From, edges) > 0 {
			c.By, c.From = c.From, ""
		}
	case endsWithAny(w, started) > 0:
		c = Clause{Kind: Unknown}
		if told && endsWithAny(w, []string{"之日起", "日起"}) > 0 {
			c.Kind = Realtime // 自作出之日起公开
		}
		p.from(&c, w)
		told = false
	case endsWithAny(w, later) > 0 && endsWithAny(w, notLater) == 0:
		c = Clause{Kind: Prompt}
		p.from(&c, w)
	case strings.HasSuffix(w, "时") && endsWithAny(w, notWhen) == 0:
		c = Clause{Kind: Realtime, From: trimEvent(strings.TrimSuffix(w, "时"))}
	case strings.HasPrefix(w, "其中"):
		p.scope = trimScope(strings.TrimPrefix(w, "其中"))
		return
	default:
		return
	}
	if c.From == "" && c.By == "" && c.Kind != Realtime {
		return
	}
	c.Scope = ""
	if told || c.Kind == Before {
		p.clauses = append(p.clauses, c)
		return
	}
	p.event = c
}
