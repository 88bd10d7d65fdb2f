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
		case noDay:
			p.found(catalog.FieldTimeLimit, quote(p.e.TimeLimit.Text)+"里的日期不存在。请核对。", p.clearLimit())
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
		if t.field == catalog.FieldContent {
			p.listed(t)
		}
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
	if t.has&slipped != 0 {
		if x, fixed, ok := findSlip(t.s); ok {
			p.found(t.field, t.name()+"里的"+quote(x.wrong)+"疑为"+quote(x.right)+"。请核对。", p.with(t, fixed))
			return
		}
	}
	if t.has&sounded != 0 {
		if wrong, right, fixed, ok := findSound(t.s); ok {
			p.found(t.field, t.name()+"里的"+quote(wrong)+"疑为"+quote(right)+"。请核对。", p.with(t, fixed))
			return
		}
	}
	switch t.field {
	case catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldPath, catalog.FieldPublisher:
		if strings.IndexByte(t.s, ' ') >= 0 && torn(t.s) {
			p.found(t.field, t.name()+quote(t.s)+"中间有多余的空格。请删去。", p.with(t, strings.ReplaceAll(t.s, " ", "")))
			return
		}
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
		return
	}
	if t.has&squares != 0 && strings.Count(t.s, "〔") != strings.Count(t.s, "〕") {
		fixed := ""
		if s := bracketedYears(t.s); strings.Count(s, "〔") == strings.Count(s, "〕") {
			fixed = p.with(t, s)
		}
		p.found(t.field, t.name()+"里的文号括号残缺，应当像“国发〔2014〕47号”这样写。请补上“〔”“〕”。", fixed)
		return
	}
	if t.has&quotes != 0 && strings.Count(t.s, "“") != strings.Count(t.s, "”") {
		fixed := ""
		switch open, closed := strings.Count(t.s, "“"), strings.Count(t.s, "”"); {
		case open == 2 && closed == 0:
			i := strings.LastIndex(t.s, "“")
			fixed = p.with(t, t.s[:i]+"”"+t.s[i+len("“"):])
		case open == 0 && closed == 2:
			fixed = p.with(t, strings.Replace(t.s, "”", "“", 1))
		}
		p.found(t.field, t.name()+"里的引号不成对。请补上或删去。", fixed)
		return
	}
	if t.has&rounds != 0 && t.has&squares == 0 && uneven(t.s) {
		p.found(t.field, t.name()+"里的括号不成对。请补上或删去。", "")
		return
	}
	if t.has&questions != 0 && lostItem(t.s) {
		p.found(t.field, t.name()+"里有一项只剩问号，原来的字可能已经丢失。请对照原文补上或删去。", "")
	}
}

// torn reports whether spaces stand within the words of a name: 高龄津 贴.
func torn(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if c, n := utf8.DecodeRuneInString(w); len(words) > 1 && n == len(w) && !notHan(c) {
			return true
		}
	}
	return false
}

// bracketedYears puts in the brackets that document numbers lost: 渝府发〔201455号.
func bracketedYears(s string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, "〔")
		if i < 0 {
			return b.String() + s
		}
		after := s[i+len("〔"):]
		b.WriteString(s[:i] + "〔")
		s = after
		if len(after) > 4 && isYear(after[:4]+"x") && isDigit(after[4]) {
			if rest := strings.TrimLeft(after[4:], "0123456789"); strings.HasPrefix(rest, "号") {
				b.WriteString(after[:4] + "〕")
				s = after[4:]
			}
		}
	}
}

// uneven reports whether round brackets do not pair. One that closes an item's
// number, 1）, opens nowhere.
func uneven(s string) bool {
	depth := 0
	for i, c := range s {
		switch c {
		case '（', '(':
			depth++
		case '）', ')':
			if depth > 0 {
				depth--
				continue
			}
			if !listNumber(s[:i]) {
				return true
			}
		}
	}
	return depth > 0
}

// listNumber reports whether s ends with an item's number at the beginning of the
// item.
func listNumber(s string) bool {
	head := strings.TrimRight(s, "0123456789一二三四五六七八九十abcdefABCDEF")
	if head == s {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(head)
	return head == "" || strings.ContainsRune(" \n；;、，,。：:", last)
}

// lostItem reports whether an item of a list is a question mark and nothing else,
// as characters become that a program could not keep.
func lostItem(s string) bool {
	for item := range strings.FieldsFuncSeq(s, func(c rune) bool { return strings.ContainsRune("\n、；;，,", c) }) {
		if item = strings.TrimSpace(item); item != "" && strings.Trim(item, "?？") == "" {
			return true
		}
	}
	return false
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
	case '义', '事', '依', '程', '目', '规', '结', '指', '文', '检', '信', '解', '方', '公', '发', '材', '条', '流', '时', '电', '举', '投', '标', '报', '部', '处', '许', '强', '审', '清', '名', '政', '预', '决':
	}
	if subject, ok := strings.CutSuffix(s, "的处"); ok && (t.field == catalog.FieldSubmatter || t.field == catalog.FieldMatter) && strings.HasPrefix(subject, "对") {
		return s + "罚", true // 对…的处罚
	}
	// 村土地利用规: half of a word, which nothing else ends with.
	for _, w := range halves {
		if strings.HasSuffix(s, w.half) {
			return s + w.rest, true
		}
	}
	return "", false
}

// halves are words of this field that were cut in their middle, with what is gone.
var halves = []struct{ half, rest string }{
	{"利用规", "划"},
	{"总体规", "划"},
	{"详细规", "划"},
	{"专项规", "划"},
	{"村庄规", "划"},
	{"城乡规", "划"},
	{"空间规", "划"},
	{"发展规", "划"},
	{"审批结", "果"},
	{"审核结", "果"},
	{"检查结", "果"},
	{"抽查结", "果"},
	{"处理结", "果"},
	{"评估结", "果"},
	{"考核结", "果"},
	{"办理结", "果"},
	{"处罚结", "果"},
	{"办事指", "南"},
	{"服务指", "南"},
	{"公开指", "南"},
	{"申报指", "南"},
	{"法规文", "件"},
	{"规范性文", "件"},
	{"政策文", "件"},
	{"监督检", "查"},
	{"日常检", "查"},
	{"审批信", "息"},
	{"审核信", "息"},
	{"基本信", "息"},
	{"备案信", "息"},
	{"许可信", "息"},
	{"监管信", "息"},
	{"政策解", "读"},
	{"安置方", "案"},
	{"补偿方", "案"},
	{"实施方", "案"},
	{"工作方", "案"},
	{"招生方", "案"},
	{"征收方", "案"},
	{"联系方", "式"},
	{"办理方", "式"},
	{"结果公", "示"},
	{"名单公", "示"},
	{"审核公", "示"},
	{"补贴发", "放"},
	{"补助发", "放"},
	{"资金发", "放"},
	{"救助金发", "放"},
	{"待遇发", "放"},
	{"申请材", "料"},
	{"所需材", "料"},
	{"办理材", "料"},
	{"申请条", "件"},
	{"办理条", "件"},
	{"受理条", "件"},
	{"办理流", "程"},
	{"申请流", "程"},
	{"办事流", "程"},
	{"审批流", "程"},
	{"办理时", "限"},
	{"办结时", "限"},
	{"公开时", "限"},
	{"联系电", "话"},
	{"咨询电", "话"},
	{"监督电", "话"},
	{"举报电", "话"},
	{"投诉举", "报"},
	{"监督投", "诉"},
	{"补助标", "准"},
	{"收费标", "准"},
	{"救助标", "准"},
	{"保障标", "准"},
	{"年度报", "告"},
	{"办理部", "门"},
	{"受理部", "门"},
	{"行政处", "罚"},
	{"行政许", "可"},
	{"行政强", "制"},
	{"行政审", "批"},
	{"权责清", "单"},
	{"责任清", "单"},
	{"对象名", "单"},
	{"事项名", "称"},
	{"项目名", "称"},
	{"机构名", "称"},
	{"人民政", "府"},
	{"权利和义", "务"},
	{"权利义", "务"},
	{"违法事", "实"},
	{"设置审", "批"},
	{"作遮挡的处", "罚"},
	{"行为的处", "罚"},
	{"法定依", "据"},
	{"处罚依", "据"},
	{"收费依", "据"},
	{"办理依", "据"},
	{"服务事", "项"},
	{"办理事", "项"},
	{"办理程", "序"},
	{"公开目", "录"},
	{"事项目", "录"},
	{"公示公", "告"},
	{"处罚决", "定"},
	{"许可决", "定"},
	{"征收决", "定"},
	{"发放结", "果"},
	{"财政预", "算"},
	{"财政决", "算"},
	{"部门预", "算"},
	{"部门决", "算"},
	{"政府预", "算"},
	{"政府决", "算"},
}

// wholeWords end like a sentence that was cut, and are none.
var wholeWords = []string{"调和", "饱和", "缓和", "温和", "共和", "参与", "赠与", "给与", "授与", "普及", "涉及", "提及", "危及"}

// tail is the end of a text.
func tail(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[max(0, len(r)-8):])
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
