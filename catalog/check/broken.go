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
		switch fix {
		case joined:
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+"像是两格的时限拼在了一起。请只留这一项的时限，或者写明各自适用什么。", p.clearLimit())
		case cutOff:
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+"没有写完整。请补全。", p.clearLimit())
		default:
			what, do := "没有写完整", "请补全。"
			if len(fix) < len(strings.TrimSpace(p.e.TimeLimit.Text)) {
				what, do = "有多余的字", "请改正。"
			}
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+what+"，是否为"+quote(fix)+"？"+do, fix)
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

// What brokenLimit answers where the whole limit is not known: two limits stand in
// one cell, or the end is cut off.
const (
	joined = "\x00"
	cutOff = "\x01"
)

// brokenLimit returns what a time limit was before it was cut short or a slip
// spoilt it; empty where it is whole.
func brokenLimit(s string) string {
	s = strings.TrimSpace(s)
	bare := strings.TrimRight(s, "。；;.，,、：: ")
	switch {
	case bare == "":
		return ""
	case twoLimits(s):
		return joined
	case strings.HasSuffix(bare, "…") || strings.HasSuffix(s, "..."):
		return wholeLimit(strings.TrimRight(bare, "…."))
	}
	for _, end := range []string{"之日起", "之日", "之"} {
		if head, ok := strings.CutSuffix(bare, end); ok && head != "" {
			return head + "之日起20个工作日内"
		}
	}
	if whole := limitWithout(bare); whole != "" {
		return whole
	}
	for _, slip := range limitSlips {
		if strings.Contains(s, slip[0]) {
			return strings.ReplaceAll(s, slip[0], slip[1])
		}
	}
	for _, w := range []string{"或者", "或", "和", "及"} {
		if strings.HasSuffix(bare, w) {
			return cutOff
		}
	}
	if half, ok := saidTwice(bare); ok {
		return half
	}
	if strings.HasSuffix(s, "，") || strings.HasSuffix(s, "、") || strings.HasSuffix(s, ",") {
		return bare
	}
	return ""
}

// limitSlips are slips of the pen in time limits that no right one contains.
var limitSlips = [][2]string{
	{"或或者", "或者"}, {"或者者", "或者"}, {"起之日", "之日起"}, {"之之日", "之日"}, {"日日起", "日起"}, {"之日日", "之日"}, {"起起", "起"},
	{"内内", "内"}, {"个个", "个"}, {"工工作", "工作"}, {"作作日", "作日"}, {"作日日", "作日"}, {"个工日", "个工作日"}, {"个作日", "个工作日"},
	{"个工作内", "个工作日内"}, {"个工作曰", "个工作日"}, {"个工做日", "个工作日"}, {"个共作日", "个工作日"}, {"之曰起", "之日起"}, {"变跟", "变更"},
	{"形成或者变更日起", "形成或者变更之日起"}, {"形成或变更日起", "形成或变更之日起"},
}

// limitWithout completes a limit that lacks 内, its measure or its number behind
// 之日起 or 后, or its measure behind 至少; empty where it lacks none of these.
func limitWithout(bare string) string {
	for _, w := range []string{"至少", "不少于", "不得少于"} {
		i := strings.LastIndex(bare, w)
		if i < 0 {
			continue
		}
		rest := bare[i+len(w):]
		switch amount := strings.TrimSuffix(rest, "个"); {
		case rest == "":
			return cutOff
		case rest != amount && isCount(amount), strings.HasSuffix(rest, "个工作") && isCount(strings.TrimSuffix(rest, "个工作")):
			return strings.TrimSuffix(strings.TrimSuffix(bare, "个工作"), "个") + "个工作日"
		case allDigits(amount):
			return bare + "日"
		}
	}
	for _, w := range []string{"起", "后"} {
		i := strings.LastIndex(bare, w)
		if i <= 0 {
			continue
		}
		head, rest := bare[:i+len(w)], strings.ReplaceAll(bare[i+len(w):], " ", "")
		count := leadingCount(rest)
		switch end := rest[len(count):]; {
		case isAmount(rest):
			return bare + "内"
		case count != "" && slices.Contains([]string{"公开", "予以公开", "向社会公开", "主动公开"}, withoutAmount(rest)):
			at := strings.Index(bare[len(head):], "公开")
			for _, w := range []string{"予以", "向社会", "主动"} {
				if strings.HasSuffix(bare[:len(head)+at], w) {
					at -= len(w)
				}
			}
			return bare[:len(head)+at] + "内" + bare[len(head)+at:]
		case count != "" && slices.Contains([]string{"", "个", "个工", "个工作", "工作"}, end) && (end != "" || allDigits(count)):
			if end == "" && strings.Contains(head, "批") {
				return head + count + "日内"
			}
			return head + count + "个工作日内"
		case count == "" && (rest == "个工作日内" || rest == "工作日内"):
			return head + "20个工作日内"
		}
	}
	return ""
}

// withoutAmount cuts a length of time off the beginning of s; s itself where it
// begins with none.
func withoutAmount(s string) string {
	rest := s[len(leadingCount(s)):]
	for _, m := range measureNames {
		if after, ok := strings.CutPrefix(rest, m); ok && len(rest) < len(s) {
			return after
		}
	}
	return s
}

// saidTwice reports whether s says one thing twice, with nothing or a comma
// between, and returns it.
func saidTwice(s string) (half string, ok bool) {
	for _, gap := range []string{"", "，", "；", ",", ";", " ", "\n", "。"} {
		if n := len(s) - len(gap); n > 0 && n%2 == 0 && s[:n/2]+gap+s[:n/2] == s {
			return s[:n/2], true
		}
	}
	return "", false
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

// measureNames are the lengths of time that limits are counted in.
var measureNames = []string{"个工作日", "工作日", "日", "天", "个月", "个自然日", "周"}

// isAmount reports whether s is a length of time and nothing else: 20个工作日.
func isAmount(s string) bool {
	count := leadingCount(s)
	return count != "" && slices.Contains(measureNames, s[len(count):])
}

// leadingCount is the number that s begins with, in digits or in Chinese.
func leadingCount(s string) string {
	rest := strings.TrimLeft(s, "0123456789")
	if rest == s {
		rest = strings.TrimLeft(s, "一二三四五六七八九十两")
	}
	return s[:len(s)-len(rest)]
}

// isCount reports whether s is a number and nothing else.
func isCount(s string) bool { return s != "" && leadingCount(s) == s }

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// twoLimits reports whether a cell holds two whole limits with nothing between
// them that says which is for what.
func twoLimits(s string) bool {
	if strings.Count(s, "之日起") < 2 || strings.ContainsAny(s, "：:；;") || strings.Contains(s, "其中") || strings.Contains(s, "其他") {
		return false
	}
	whole := 0
	s = strings.NewReplacer("内自", "内 自", "公开自", "公开 自", "内，自", "内 自", "内,自", "内 自", "内、自", "内 自", "公开，自", "公开 自", "公开。自", "公开。 自", "内。自", "内。 自").Replace(s)
	for _, part := range strings.Fields(s) {
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
