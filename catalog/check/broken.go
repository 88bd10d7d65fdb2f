package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// brokenRules speak of sentences that were cut or run together.
var brokenRules = []Rule{
	{
		Name: "text.broken", Severity: Warning, Title: "文字残缺、重复或者有错",
		Why:     "句子没有写完（信息形成或者变更之日）、漏字（20个工作日后面没有“内”）、同一句话连写两遍、名称里出现句号、书名号不成对、把两格的内容拼在一格，多是复制或拆分单元格时造成的。",
		Do:      "对照原文补全或删去多余的字。",
		Fixable: true, Field: catalog.FieldTimeLimit,
		Fails:  Example{{catalog.FieldTimeLimit: "信息形成或者变更之日"}},
		Passes: Example{{catalog.FieldTimeLimit: "信息形成或者变更之日起20个工作日内"}},
		run:    (*pass).broken,
	},
}

func (p *pass) broken() {
	if fix := p.limit.whole; fix != "" {
		if w := p.clearLimit(); w != "" && strings.HasPrefix(w, p.e.TimeLimit.Text) {
			fix = w
		}
		if fix == joined {
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+"像是两格的时限拼在了一起。请只留这一项的时限，或者写明各自适用什么。", p.clearLimit())
		} else {
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+"没有写完整，是否为"+quote(fix)+"？请补全。", fix)
		}
	}
	for i := range p.texts {
		t := &p.texts[i]
		if t.field == catalog.FieldLink || t.field == catalog.FieldBasis || catalog.Unfilled(t.s) {
			continue
		}
		p.brokenText(t)
	}
	p.citedTwice()
	if len(p.e.Channels.Others) > 0 {
		p.misspelledChannel()
	}
}

// citedTwice finds citations that say the same.
func (p *pass) citedTwice() {
	for i, c := range p.cites {
		same := func(d *cite) bool { return d.plain == c.plain }
		if c.plain == "" || slices.ContainsFunc(p.cites[:i], same) || !slices.ContainsFunc(p.cites[i+1:], same) {
			continue
		}
		var once catalog.Basis
		for j, d := range p.cites {
			if j == i || !same(d) {
				once = append(once, p.e.Basis[j])
			}
		}
		p.found(catalog.FieldBasis, c.what+"写了两遍。请删去一处。", once.String())
	}
}

// brokenText looks at one text other than a citation; what it finds first is enough.
func (p *pass) brokenText(t *text) {
	if at, n := t.again, t.length; n > 0 {
		p.found(t.field, t.name()+"里的"+quote(t.s[at:at+n])+"连写了两遍。请删去一处。", p.with(t, t.s[:at]+t.s[at+n:]))
		return
	}
	for _, s := range slips {
		if t.has&slipped != 0 && strings.Contains(t.s, s.wrong) {
			p.found(t.field, t.name()+"里的"+quote(s.wrong)+"疑为"+quote(s.right)+"。请核对。", p.with(t, strings.ReplaceAll(t.s, s.wrong, s.right)))
			return
		}
	}
	switch t.field {
	case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldPublisher:
		if t.has&stops != 0 && strings.Contains(t.s, "。") {
			fixed := strings.ReplaceAll(strings.TrimRight(t.s, "。 "), "。", "、")
			p.found(t.field, t.name()+quote(t.s)+"里有句号，这里应是名称。请删去，或者改为顿号。", p.with(t, fixed))
			return
		}
	case catalog.FieldTimeLimit:
		return // see brokenLimit
	}
	if rest, cut := cutShort(t); cut {
		fixed := ""
		if rest != "" {
			fixed = p.with(t, rest)
		}
		p.found(t.field, t.name()+"没有写完：结尾是"+quote(tail(t.s))+"。请补全，或者删去多余的字。", fixed)
		return
	}
	if t.has&titles != 0 && strings.Count(t.s, "《") != strings.Count(t.s, "》") {
		p.found(t.field, t.name()+"里的书名号不成对。请补上或删去“《”“》”。", "")
	}
}

// slips are slips of the pen seen in published catalogs; see phrases.
var slips = []struct{ wrong, right string }{
	{"申请手里", "申请受理"},
	{"年度公开年度报告", "年度信息公开年度报告"},
}

// cutShort reports whether a text ends in the middle of a sentence, and what
// stays once the loose end is cut off or made whole; empty where that is not known.
func cutShort(t *text) (rest string, cut bool) {
	s := t.s
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\n') {
		s = s[:len(s)-1]
	}
	switch last, _ := utf8.DecodeLastRuneInString(s); last {
	default:
		return "", false
	case '、', '，', ',':
		return strings.TrimRight(s, "、，, "), true
	case '…', '（', '(', '《', '之':
		return "", true
	case '.':
		return "", strings.HasSuffix(s, "...")
	case '日':
		return "", strings.HasSuffix(s, "之日")
	case '者':
		return "", strings.HasSuffix(s, "或者")
	case '和', '及', '或', '与':
		return "", !slices.ContainsFunc(wholeWords, func(w string) bool { return strings.HasSuffix(s, w) })
	case '规':
	}
	// 村土地利用规: half of 规划.
	for _, whole := range []string{"利用规", "总体规", "详细规", "专项规", "村庄规", "城乡规", "空间规"} {
		if strings.HasSuffix(s, whole) {
			return s + "划", true
		}
	}
	return "", false
}

// wholeWords end like a sentence that was cut, and are none.
var wholeWords = []string{"调和", "饱和", "缓和", "温和", "共和", "参与", "赠与", "给与", "授与", "普及", "涉及", "提及", "危及"}

// tail is the end of a text.
func tail(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[max(0, len(r)-8):])
}

// joined is brokenLimit's answer where two limits stand in one cell.
const joined = "\x00"

// brokenLimit returns what a time limit was before it was cut short: joined where
// it is two, empty where it is whole.
func brokenLimit(s string) string {
	s = strings.TrimSpace(s)
	bare := strings.TrimRight(s, "。；;.，,、 ")
	switch {
	case bare == "":
		return ""
	case twoLimits(s):
		return joined
	case strings.HasSuffix(bare, "…") || strings.HasSuffix(s, "..."):
		return wholeLimit(strings.TrimRight(bare, "…."))
	case strings.HasSuffix(bare, "之日") || strings.HasSuffix(bare, "之日起"):
		return strings.TrimSuffix(bare, "起") + "起20个工作日内"
	}
	if i := strings.LastIndex(bare, "之日起"); i >= 0 {
		if amount := strings.ReplaceAll(bare[i+len("之日起"):], " ", ""); isAmount(amount) {
			return bare + "内"
		}
	}
	// 公告至少30: the measure is missing.
	for _, w := range []string{"至少", "不少于", "不得少于"} {
		if i := strings.LastIndex(bare, w); i >= 0 && allDigits(bare[i+len(w):]) {
			return bare + "日"
		}
	}
	return ""
}

// wholeLimit completes a limit that was cut within 20个工作日内.
func wholeLimit(s string) string {
	for _, part := range []string{"个工作日内", "个工作日", "个工作", "个工", "个", ""} {
		if head, ok := strings.CutSuffix(s, part); ok && head != "" && isDigit(head[len(head)-1]) {
			return head + "个工作日内"
		}
	}
	return statutoryText
}

// isAmount reports whether s is a length of time and nothing else: 20个工作日.
func isAmount(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	if digits == s {
		digits = strings.TrimLeft(s, "一二三四五六七八九十两")
	}
	switch digits {
	case "个工作日", "工作日", "日", "天", "个月", "个自然日", "周":
		return digits != s
	}
	return false
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// twoLimits reports whether a cell holds two whole limits with nothing between
// them that says which is for what.
func twoLimits(s string) bool {
	if strings.Count(s, "之日起") < 2 {
		return false
	}
	whole := 0
	for _, part := range strings.Fields(s) {
		if strings.ContainsAny(part, "：:；;") {
			return false
		}
		if strings.Contains(part, "之日起") && (strings.HasSuffix(part, "内") || strings.HasSuffix(part, "公开") || strings.HasSuffix(part, "。")) {
			whole++
		}
	}
	return whole > 1
}

// misspelledChannel finds other channels that are one of the thirteen with a
// character wrong.
func (p *pass) misspelledChannel() {
	for i, s := range p.e.Channels.Others {
		for c := catalog.Website; c < catalog.OtherChannel; c++ {
			if !oneWrong(s, c.Name()) {
				continue
			}
			ch := p.e.Channels
			ch.Others = slices.Delete(slices.Clone(ch.Others), i, i+1)
			ch.Set = ch.Set.With(c)
			p.found(catalog.FieldChannels, quote(s)+"疑为"+quote(c.Name())+"。请核对。", ch.String())
		}
	}
}

// oneWrong reports whether the two differ in one character of four or more.
func oneWrong(a, b string) bool {
	if len(a) != len(b) || len(a) < 12 {
		return false
	}
	wrong := 0
	for len(a) > 0 {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if n != m {
			return false
		}
		if x != y {
			wrong++
		}
		a, b = a[n:], b[m:]
	}
	return wrong == 1
}
