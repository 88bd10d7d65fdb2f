package check

import (
	"slices"
	"strconv"
	"strings"

	"mulutong/catalog"
)

// basisRules speak of citations (公开依据), one finding a citation; a cell with many
// badly written ones has one for them all.
var basisRules = []Rule{
	{
		Name: "basis.repealed", Severity: Error, Title: "依据已经废止",
		Why:     "所引的法律、法规或文件已经废止，或者被新的取代。名称、文号、年份一起判断：名称被后来的法律沿用的，不算废止。废止情况没有核实的，以及公开内容里列出的文件，只作提醒。",
		Do:      "改引现行的法律或文件。没有替代文件的，删去这一条依据。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《城市房屋拆迁管理条例》"}},
		Passes: Example{{catalog.FieldBasis: "《国有土地上房屋征收与补偿条例》（国务院令第590号）"}},
		run:    (*pass).basisRepealed,
	},
	{
		Name: "basis.superseded", Severity: Warning, Title: "依据引用了修订前的版本",
		Why:     "文号或年份是修订以前的，例如国务院令第492号是2019年修订以前的《政府信息公开条例》。",
		Do:      "改为现行版本的文号，或者只写名称。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《中华人民共和国政府信息公开条例》（国务院令第492号）"}},
		Passes: Example{{catalog.FieldBasis: "《中华人民共和国政府信息公开条例》（国务院令第711号）"}},
		run:    (*pass).basisSuperseded,
	},
	{
		Name: "basis.expired", Severity: Warning, Title: "依据的期限已过",
		Why:     "文件名里写着年份或规划期，而这段时间已经过去，例如某一年度的工作要点、上一个五年规划；或者是脱贫攻坚时期的文件，公开内容里列出的也算。",
		Do:      "改引本年度或新一期的文件，或者改引长期有效的法律、法规。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《国务院办公厅关于印发2018年政务公开工作要点的通知》"}},
		Passes: Example{{catalog.FieldBasis: "《中华人民共和国政府信息公开条例》"}},
		run:    (*pass).basisExpired,
	},
	{
		Name: "basis.vague", Severity: Warning, Title: "依据不具体",
		Why:   "“相关政策文件”“有关规定”不是文件，群众和检查人员都查不到。",
		Do:    "写出法律、法规或文件的全称（加书名号）和文号。",
		Field: catalog.FieldBasis, Fixable: true,
		Fails:  Example{{catalog.FieldBasis: "相关政策文件"}},
		Passes: Example{{catalog.FieldBasis: "《社会救助暂行办法》"}},
		run:    (*pass).basisVague,
	},
	{
		Name: "basis.malformed", Severity: Warning, Title: "依据的书写格式有误",
		Why:     "名称没有加书名号或书名号不成对，文号缺括号或括号不全，只有文号没有名称，中间有多余的空格，后面抄了条文，或者条、款、项写错：《政府信息公开条例》第二十条列的是第（一）项至第（十五）项，没有第二款。",
		Do:      "写成《名称》（文号）的样子，文号的年份用六角括号，例如国办发〔2016〕80号。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《政府信息公开条例》第二十条第一款"}},
		Passes: Example{{catalog.FieldBasis: "《政府信息公开条例》第二十条第（一）项"}},
		run:    (*pass).basisMalformed,
	},
	{
		Name: "basis.misspelled", Severity: Warning, Title: "依据的名称或文号疑有错字",
		Why:     "与已知的法律、文件名称只差一两个字，例如把“条例”写成“条件”；名称无误，文号与已知的只差一个数字；或者相邻两行引的文件只有年份、文号的数字不同。",
		Do:      "对照原文核对名称和文号。确实无误的，可以不改。",
		Fixable: true, Field: catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《中华人民共和国政府信息公开条件》"}},
		Passes: Example{{catalog.FieldBasis: "《中华人民共和国政府信息公开条例》"}},
		run:    (*pass).basisMisspelled,
	},
	{
		Name: "basis.unknown", Severity: Info, Title: "依据不在依据库中",
		Why:    "依据库里没有这份文件，无法判断是否有效。地方文件多属于这种情况，不影响报送。",
		Do:     "自行核对名称、文号和是否有效。",
		Field:  catalog.FieldBasis,
		Fails:  Example{{catalog.FieldBasis: "《南陵县临时救助操作规程》（南民〔2024〕12号）"}},
		Passes: Example{{catalog.FieldBasis: "《社会救助暂行办法》（国务院令第649号）"}},
		run:    (*pass).basisUnknown,
	},
}

func (p *pass) basisRepealed() {
	p.repealedInContent()
	var told []int
	for i, c := range p.distinct() {
		if !p.repealed(c) || slices.Contains(told, i) {
			continue
		}
		severity, message := p.rule.Severity, p.repealedWords(c)
		if !c.Act.Confirmed {
			severity = Warning
		}
		fix := ""
		switch {
		case c.Current != nil:
			// What one act replaced at once is told at once.
			like := []int{i}
			for j, d := range p.cites {
				if j > i && d.Citation != c.Citation && p.repealed(d) && d.Current == c.Current && d.Act.Ended == c.Act.Ended && d.Act.Confirmed == c.Act.Confirmed {
					like = append(like, j)
				}
			}
			told = append(told, like...)
			fix = p.insteadOf(like, c.Current, c.Current.Cited())
			message = strings.Replace(message, c.what, p.whats(like), 1) + "，现行的是" + c.Current.Cited() + "。请改引现行文件。"
		case len(p.cites) > 1:
			message += "，没有查到替代它的文件。请删去，保留其他有效的依据。"
		default:
			message += "，没有查到替代它的文件。请改引现行有效的文件。"
		}
		p.foundAs(severity, catalog.FieldBasis, message, fix)
	}
}

// repealed reports whether what is cited does not hold any more.
func (p *pass) repealed(c *cite) bool {
	return c.How != catalog.Misspelled && c.ended(p.know.Today) && c.Act.Status == catalog.Repealed
}

// whats lists citations in quotation marks.
func (p *pass) whats(which []int) string {
	var b strings.Builder
	for n, i := range which {
		if what := p.cites[i].what; n == 0 || !strings.Contains(b.String(), what) {
			if n > 0 {
				b.WriteString("、")
			}
			b.WriteString(what)
		}
	}
	return b.String()
}

// repealedInContent finds repealed acts among the documents that the content
// lists. Content is no basis, so this only warns.
func (p *pass) repealedInContent() {
	for i := range p.texts {
		t := &p.texts[i]
		if t.field != catalog.FieldContent || t.has&titles == 0 {
			continue
		}
		for s, at := t.s, 0; ; {
			title, after, ok := nextTitle(s[at:])
			if !ok {
				break
			}
			start, end := at+title, at+after
			at = end
			c := p.namedIn(s[start:end])
			if c == nil || strings.Contains(s[:start], s[start:end]) || c.How == catalog.Misspelled || c.Act.Status != catalog.Repealed || !c.ended(p.know.Today) {
				continue
			}
			message, fix := p.repealedWords(c), ""
			if c.Current != nil {
				now := c.Current.Cited()
				fix = strings.ReplaceAll(s, s[start:end], now)
				message += "，现行的是" + now
			}
			p.foundAs(Warning, catalog.FieldContent, "公开内容里的"+message+"。请改列现行文件。", fix)
		}
	}
}

// nextTitle returns where the next 《title》 in s begins and where it ends with
// the brackets behind it, if they hold a number.
func nextTitle(s string) (start, end int, ok bool) {
	start = strings.Index(s, "《")
	if start < 0 {
		return 0, 0, false
	}
	depth := 0
	for i, c := range s[start:] {
		switch c {
		case '《':
			depth++
		case '》':
			depth--
		}
		if depth == 0 {
			end = start + i + len("》")
			break
		}
	}
	if end == 0 {
		return 0, 0, false
	}
	for _, b := range [][2]string{{"（", "）"}, {"(", ")"}} {
		if rest, ok := strings.CutPrefix(s[end:], b[0]); ok {
			if number, _, ok := strings.Cut(rest, b[1]); ok && strings.HasSuffix(number, "号") {
				return start, end + len(b[0]) + len(number) + len(b[1]), true
			}
		}
	}
	return start, end, true
}

// repealedWords begins a message: what was cited, since when it does not hold, and
// what came in its place where that does not hold either.
func (p *pass) repealedWords(c *cite) string {
	s := c.what + "已" + endedWords(c.Act)
	if !c.Act.Confirmed {
		s = c.what + "可能已" + endedWords(c.Act) + "（未核实）"
	}
	if next, ok := p.know.Register.Act(c.Act.Successor); ok && next.ID != idOf(c.Current) {
		s += "，由" + next.Cited() + "取代"
	}
	return s
}

func idOf(a *catalog.Act) catalog.ActID {
	if a == nil {
		return ""
	}
	return a.ID
}

// endedWords tells since when the act does not hold: 于2021年1月1日废止.
func endedWords(a *catalog.Act) string {
	if a.Ended == "" {
		return "废止"
	}
	return "于" + a.Ended.Chinese() + "废止"
}

func (p *pass) basisSuperseded() {
	for i, c := range p.distinct() {
		if c.How != catalog.OldRevision {
			continue
		}
		p.found(catalog.FieldBasis,
			c.what+"引的是修订以前的版本，现行的是"+c.Act.Cited()+"。请改为现行版本。",
			p.instead(i, c.Act, c.Act.Cited()))
	}
}

// expiredInContent finds documents of the campaign against poverty among those
// that the content lists.
func (p *pass) expiredInContent() {
	if !p.past("2020") {
		return
	}
	for i := range p.texts {
		t := &p.texts[i]
		if t.field == catalog.FieldContent && t.has&titles == 0 && t.has&squares != 0 && ofCampaign(t.s) && campaignNumber(t.s) {
			p.found(catalog.FieldContent, "公开内容里的"+quote(t.s)+"是脱贫攻坚时期的文件，脱贫攻坚已于2020年完成。请列出现行文件，或者注明已经失效。", "")
			continue
		}
		if t.field != catalog.FieldContent || t.has&titles == 0 || !strings.Contains(t.s, "脱贫") && !strings.Contains(t.s, "精准扶贫") {
			continue
		}
		var old []string
		for s := t.s; ; {
			start, end, ok := nextTitle(s)
			if !ok {
				break
			}
			if title := s[start:end]; ofCampaign(title) && !slices.Contains(old, quote(title)) {
				if c := p.namedIn(title); c == nil || c.Act.Status != catalog.InForce || !c.Act.Confirmed {
					old = append(old, quote(title))
				}
			}
			s = s[end:]
		}
		if len(old) > 0 {
			p.found(catalog.FieldContent, "公开内容里的"+strings.Join(old, "、")+"是脱贫攻坚时期的文件，脱贫攻坚已于2020年完成。请列出现行文件，或者注明已经失效。", "")
		}
	}
}

// campaignNumber reports whether s has the number of a document of the campaign's
// years, 〔2019〕, and of no later one.
func campaignNumber(s string) bool {
	found := false
	for rest := s; ; {
		_, after, ok := strings.Cut(rest, "〔")
		if !ok {
			return found
		}
		rest = after
		if isYear(after) || len(after) > 4 && isYear(after[:4]) {
			if after[:4] > "2020" {
				return false
			}
			found = true
		}
	}
}

func (p *pass) basisExpired() {
	p.expiredInContent()
	for i, c := range p.distinct() {
		if c.Act != nil && c.Act.Status == catalog.Repealed && c.ended(p.know.Today) {
			continue
		}
		switch {
		case c.Act != nil && c.Act.Status == catalog.Expired && c.How != catalog.Misspelled && c.ended(p.know.Today):
			message, fix := c.what+"的期限已过", ""
			if c.Current != nil && !p.past(lastYear(c.Current.Title)) {
				fix = p.instead(i, c.Current, c.Current.Cited())
				message += "，新的是" + c.Current.Cited()
			}
			p.found(catalog.FieldBasis, message+"。请改引现行文件。", fix)
		case c.campaign && p.past("2020") && (c.Act == nil || !c.Act.Confirmed):
			p.found(catalog.FieldBasis, c.what+"是脱贫攻坚时期的文件，脱贫攻坚已于2020年完成。请改引巩固拓展脱贫攻坚成果、乡村振兴时期的现行文件，或者长期有效的法律、法规。", "")
		case p.past(c.until):
			p.found(catalog.FieldBasis, c.what+"是"+c.until+"年为止的文件，期限已过。请改引新一年度（新一期）的文件，或者长期有效的法律、法规。", "")
		}
	}
}

// past reports whether a year is over.
func (p *pass) past(year string) bool {
	today := string(p.know.Today)
	return year != "" && len(today) >= len(year) && year < today[:len(year)]
}

func (p *pass) basisVague() {
	for i, c := range p.distinct() {
		if c.loose != "" {
			fix := p.basisWith(i, strings.TrimSuffix(c.Text, c.loose))
			p.found(catalog.FieldBasis, c.what+"里的"+quote(c.loose)+"没有写出是哪些文件，查不到。请逐件写出全称和文号；没有的，删去这几个字。", fix)
			continue
		}
		if !namesNothing(c.Title) && (c.Title != "" || c.Number != "" || len(c.flaws) > 0 || catalog.Unfilled(c.Text) || c.stray != "") {
			continue
		}
		fix := ""
		if len(p.cites) > 1 {
			fix = p.basisWith(i, "")
		} else if w := p.wanted(catalog.FieldBasis); w != p.e.Text(catalog.FieldBasis) {
			fix = w
		}
		p.found(catalog.FieldBasis, c.what+"不是一份文件的名称，查不到。请写出文件全称（加书名号）和文号；已有其他依据的，可以删去。", fix)
	}
}

// namesNothing reports whether a title in marks is no title: 《相关文件》.
func namesNothing(title string) bool {
	for _, w := range []string{"相关", "有关", "其他", "上级", "配套", "各级"} {
		if rest, ok := strings.CutPrefix(title, w); ok {
			return slices.Contains([]string{"文件", "规定", "政策", "法规", "法律", "法律法规", "政策文件", "制度", "要求", "通知", "办法", "政策规定", "文件规定", "政策法规"}, rest)
		}
	}
	return false
}

// manyFlawed is from how many badly written citations on a cell is said to be so
// as a whole.
const manyFlawed = 3

func (p *pass) basisMalformed() {
	var known, rest []int
	for i, c := range p.distinct() {
		switch {
		case len(c.flaws) == 0:
		case c.fixed != "":
			known = append(known, i)
		default:
			rest = append(rest, i)
		}
	}
	if len(known) >= manyFlawed {
		p.manyMalformed(known)
		known = nil
	}
	for _, i := range append(known, rest...) {
		c, fix := p.cites[i], ""
		if c.fixed != "" {
			fix = p.basisWith(i, c.fixed)
		}
		do := "请改成《名称》（文号）的写法。"
		switch {
		case c.flaws[0] == onlyNumber && fix == "":
			do = "请补上文件名称，写成《名称》（文号）。"
		case fix == "" && c.Title != "":
			do = "请对照原文改正。"
		}
		p.found(catalog.FieldBasis, c.what+"写得不规范："+strings.Join(c.flaws, "，")+"。"+do, fix)
	}
}

// manyMalformed says of a whole cell that it is badly written.
func (p *pass) manyMalformed(which []int) {
	var flaws []string
	for _, i := range which {
		for _, f := range p.cites[i].flaws {
			if !slices.Contains(flaws, f) {
				flaws = append(flaws, f)
			}
		}
	}
	var b catalog.Basis
	for i, c := range p.cites {
		x := p.e.Basis[i]
		if len(c.flaws) > 0 && c.fixed != "" {
			x = catalog.Citation{Text: c.fixed}
		}
		if !slices.ContainsFunc(b, func(y catalog.Citation) bool { return y.Text == x.Text }) {
			b = append(b, x)
		}
	}
	p.found(catalog.FieldBasis, p.cites[which[0]].what+"等"+strconv.Itoa(len(which))+"处写得不规范："+strings.Join(flaws, "，")+"。请改成《名称》（文号）的写法。", b.String())
}

func (p *pass) basisMisspelled() {
	if p.whole != nil {
		for _, x := range p.whole.altered[p.index] {
			if slices.ContainsFunc(p.cites, func(c *cite) bool { return c.Text == x.text && c.Meant != "" }) {
				continue // which is right is known
			}
			p.found(catalog.FieldBasis, quote(x.text)+"与上一行的"+quote(x.before)+"只差年份或文号的数字，疑为同一份文件。请核对哪一行写错了。", "")
		}
	}
	for i, c := range p.distinct() {
		if c.Meant != "" && c.Act.Confirmed && !c.ended(p.know.Today) {
			p.found(catalog.FieldBasis, c.what+"的文号疑有错：《"+c.Act.Marked()+"》的文号是"+c.Meant+"。请核对原文。",
				p.basisWith(i, strings.Replace(c.Normalized().Text, c.Number, c.Meant, 1)))
			continue
		}
		if c.How != catalog.Misspelled {
			continue
		}
		a := c.Act
		message := quote(c.Title) + "疑有错字，是否为《" + a.Marked() + "》？请核对原文。"
		text := strings.Replace(c.Text, c.Title, a.Marked(), 1)
		if c.ended(p.know.Today) {
			message += "该文件已" + endedWords(a)
			if a = c.Current; a == nil {
				p.found(catalog.FieldBasis, message+"，没有查到替代它的文件。", "")
				continue
			}
			text = a.Cited()
			message += "，现行的是" + text + "。"
		}
		p.found(catalog.FieldBasis, message, p.instead(i, a, p.settled(text)))
	}
}

func (p *pass) basisUnknown() {
	if p.know.Register == nil {
		return
	}
	for _, c := range p.distinct() {
		if c.Title != "" && c.How == catalog.Unresolved {
			p.found(catalog.FieldBasis, c.what+"不在依据库中，请自行核对名称、文号和是否有效。", "")
		}
	}
}
