package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// publisherRules speak of the body obliged to disclose (公开主体).
var publisherRules = []Rule{
	{
		Name: "publisher.wrong-tier", Severity: Warning, Title: "乡镇的目录写了别的单位作公开主体",
		Why:     "乡镇、街道的目录写的是县级、市级部门，或者别的乡镇，像是从样板或上级目录照抄的；或者把本单位的“乡”写成了“镇”。义务教育领域由学校公示的事项，写的是乡镇人民政府的，也提醒。主体中同时写有本单位的，以及模板允许写上级单位的，不算。",
		Do:      "改为本单位全称；确由上级部门公开的，不应列入本单位的目录。",
		Fixable: true, Field: catalog.FieldPublisher,
		Fails:  Example{{catalog.FieldPublisher: "南陵县民政局"}},
		Passes: Example{{catalog.FieldPublisher: "南陵县民政局、籍山镇人民政府"}},
		run:    (*pass).wrongTier,
	},
	{
		Name: "publisher.vague", Severity: Warning, Title: "公开主体不具体",
		Why:     "“相关部门”“县级民政部门”“县（市、区）……”是国家指引里的通称，没有落实到本地的单位；评估机构、申请单位、中标企业等不是行政机关的，不是公开主体。责任科室一栏只写单位名称，也没有落实到科室。",
		Do:      "写明单位全称；责任科室写到科、股、办。",
		Fixable: true, Field: catalog.FieldPublisher,
		Fails:  Example{{catalog.FieldPublisher: "相关部门"}},
		Passes: Example{{catalog.FieldPublisher: "籍山镇人民政府"}},
		run:    (*pass).vaguePublisher,
	},
	{
		Name: "publisher.renamed", Severity: Warning, Title: "公开主体是已经更名或撤销的机构",
		Why:     "机构改革以后这个名称不再使用，例如扶贫开发办公室、国土资源局。",
		Do:      "改为现在的机构名称。",
		Fixable: true, Field: catalog.FieldPublisher,
		Fails:  Example{{catalog.FieldPublisher: "籍山镇扶贫开发办公室"}},
		Passes: Example{{catalog.FieldPublisher: "籍山镇乡村振兴办公室"}},
		run:    (*pass).renamedPublisher,
	},
}

// publisherView is what is known of one publisher as the unit writes it.
type publisherView struct {
	traits
	ended   string // the body within it that is no more, as written
	now     string // the whole with that body's new name
	body    *body
	vague   string // the words that name no particular body
	private string // the part that is no public body: a company, an applicant
	stray   string // the column it belongs to instead
	foreign string // the part that is another body's name; set for townships only
}

type publisherKey struct {
	target *target
	text   string
}

// publisherOf looks at a publisher once for each unit that writes it.
func (p *pass) publisherOf(s string) *publisherView {
	return p.publishers.get(publisherKey{p.target, s}, func() *publisherView { return p.viewPublisher(s) })
}

// body is a public body that is no more, with the name of the one that has its
// duties today.
type body struct {
	catalog.Body
	now string
}

func bodies(r *catalog.Register) []body {
	if r == nil {
		return nil
	}
	next := map[string]string{}
	for _, b := range r.Bodies() {
		next[b.Name] = b.Successor
	}
	var out []body
	for _, b := range r.Bodies() {
		now := b.Successor
		for range len(next) {
			later, ok := next[now]
			if !ok {
				break
			}
			now = later
		}
		out = append(out, body{b, now})
	}
	return out
}

func (p *pass) viewPublisher(s string) *publisherView {
	v := &publisherView{traits: traitsOf(s, new(places))}
	if v.stray = strayIn(catalog.FieldPublisher, s, v.has); v.stray != "" || catalog.Unfilled(s) {
		return v
	}
	for i := range p.bodies {
		b := &p.bodies[i]
		if at := indexBody(s, b.Name); at >= 0 && (v.body == nil || len(b.Name) > len(v.body.Name)) {
			if !b.ended(p.know.Today) || b.now != "" && strings.Contains(s[:at], b.now) && strings.LastIndexAny(s[:at], "（(") > strings.LastIndexAny(s[:at], "）)") {
				continue // 农业农村局（乡村振兴局）: a second plate on its door
			}
			v.body, v.ended = b, b.Name
			v.now = ""
			if b.now != "" {
				v.now = s[:at] + b.now + s[at+len(b.Name):]
			}
			u := p.cat.Unit
			if place, ok := strings.CutSuffix(s[:at], u.Name); ok && u.Name != "" && u.Kind == catalog.TownshipUnit {
				v.now = onceEach(place + u.Publisher() + s[at+len(b.Name):]) // a township has no bureaus of its own
			}
		}
	}
	if isTownship(p.cat.Unit) {
		v.foreign = foreign(s, p.cat.Unit)
	}
	v.private = private(s)
	if v.body == nil && v.foreign == "" && v.private == "" {
		v.vague = vague(s, p.cat.Unit)
	}
	return v
}

// isTownship reports whether the unit is a township or street, by its name where
// its kind is not known.
func isTownship(u catalog.Unit) bool {
	return u.Kind == catalog.TownshipUnit || u.Kind == "" && tierWord(shortName(u.Name)) != ""
}

// shortName is a township's name without the places above it and the word for
// its government: 沙湾镇 of 乐山市沙湾区沙湾镇人民政府.
func shortName(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "人民政府"), "办事处"), "政府")
	for at, c := range name {
		if rest := name[at+utf8.RuneLen(c):]; strings.ContainsRune("省市县区旗州盟", c) && utf8.RuneCountInString(rest) > 2 {
			return shortName(rest)
		}
	}
	return name
}

// ownPublisher is the unit as publisher, by its name where its kind is not known.
func ownPublisher(u catalog.Unit) string {
	if u.Kind != "" {
		return u.Publisher()
	}
	short := shortName(u.Name)
	switch tierWord(short) {
	case "":
		return ""
	case "街道":
		return short + "办事处"
	}
	return short + "人民政府"
}

// tierWord is the word a township's short name ends with: 镇, 乡, 街道; empty
// where it ends with none.
func tierWord(short string) string {
	for _, w := range tierWords {
		if rest, ok := strings.CutSuffix(short, w); ok && utf8.RuneCountInString(rest) > 1 {
			return w
		}
	}
	return ""
}

var tierWords = []string{"街道", "镇", "乡"}

// mistaken returns the name of the unit with a wrong word for what it is, if that
// stands in s: 臧湾镇人民政府 for 臧湾乡人民政府.
func mistaken(s string, u catalog.Unit) string {
	short := shortName(u.Name)
	own := tierWord(short)
	if own == "" {
		return ""
	}
	stem := strings.TrimSuffix(short, own)
	for _, w := range tierWords {
		if w == own {
			continue
		}
		for _, organ := range []string{"人民政府", "政府", "办事处", "办"} {
			if strings.Contains(s, stem+w+organ) {
				return stem + w + organ
			}
		}
	}
	return ""
}

// notBodies are words for those who are no public bodies and disclose nothing by
// themselves: parties to a matter, and firms that serve it.
var notBodies = []string{
	"申请人", "申请单位", "申报单位", "申报人", "当事人", "行政相对人", "被征收人", "用人单位", "参保单位", "纳税人", "救助对象", "经营者", "业主",
	"评估机构", "评估公司", "评估单位", "评估事务所", "代理机构", "代理公司", "代理人", "鉴定机构", "测绘公司", "测绘机构", "测绘单位", "拆迁公司", "开发企业", "投标单位", "投资主体", "检测机构", "检测公司", "审计机构", "中介机构",
	"会计师事务所", "律师事务所", "拍卖公司", "咨询公司", "监理单位", "监理公司", "施工单位", "施工企业", "设计单位", "勘察单位", "建筑公司", "建筑有限公司",
	"建筑工程有限公司", "建设工程有限公司", "房地产开发", "置业有限公司", "开发商", "投标人", "招标人", "采购人", "供应商", "承包商", "承包人", "中标人", "中标单位", "中标企业", "中标公司",
	"建设单位", "项目单位", "编制单位", "家长委员会", "投标企业", "投标单位", "用工单位", "运营企业", "经营企业", "生产企业", "物业公司", "物业服务企业", "物业企业",
}

// private returns the part of a publisher that names no public body.
func private(s string) string {
	for part := range parts(s) {
		for _, w := range notBodies {
			if strings.Contains(part, w) {
				return part
			}
		}
	}
	return ""
}

// onceEach is the publisher with no body twice.
func onceEach(s string) string {
	var once []string
	twice := false
	for part := range parts(s) {
		if slices.Contains(once, part) {
			twice = true
		} else {
			once = append(once, part)
		}
	}
	if !twice {
		return s
	}
	return strings.Join(once, "、")
}

func (b *body) ended(today catalog.Date) bool {
	return b.Ended == "" || today == "" || b.Ended <= today
}

// indexBody returns where a body's name stands in s, after a place's name or by
// itself; -1 where it does not. 旅游局 does not stand in 文化和旅游局, 建设部 not in
// 城乡建设部门.
func indexBody(s, name string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], name)
		if i < 0 {
			return -1
		}
		i += from
		from = i + len(name)
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		begins := i == 0 || strings.ContainsRune("省市县区州旗盟镇乡道级原及、，,；; /（(\n", before) && !strings.HasSuffix(s[:i], "城乡")
		ends := !strings.HasSuffix(name, "部") || !strings.HasPrefix(s[from:], "门")
		if !isOrgan(name) && !strings.HasSuffix(name, "部门") && from < len(s) {
			// 卫生计生, a body's work for its name, stands alone.
			next, _ := utf8.DecodeRuneInString(s[from:])
			ends = ends && strings.ContainsRune("、，,；; /）)\n等", next)
		}
		if begins && ends {
			return i
		}
	}
}

// generic are words that name a sort of body, not a body.
var generic = []string{
	"相关单位", "有关单位", "责任单位", "实施单位", "主管单位", "承办单位", "主办单位", "牵头单位", "第三方机构", "社会组织", "相关机构", "有关机构", "经办机构", "主管税务机关", "司法行政机关", "县级公安机关", "级公安机关", "各预算单位", "各单位", "相关责任", "相关科室", "业务科室", "责任科室",
	"辖区政府", "属地政府", "当地政府", "地方政府", "地方人民政府", "上级政府", "县级以上", "设区的市",
	"县级人民政府", "县级政府", "市级人民政府", "市级政府", "区级人民政府", "区级政府",
	"镇级人民政府", "镇级政府", "乡级人民政府", "乡级政府", "本级人民政府", "本级政府", "各级",
	"县（市、区）", "县(市、区)", "县（区、市）", "县(区、市)", "区（县）", "区(县)", "市（县）", "市(县)",
	"乡（镇）", "乡(镇)", "乡镇人民政府", "乡镇政府", "镇街人民政府", "各镇", "各乡", "各街道",
}

// vague returns the words of a publisher that name no particular body. All
// townships may stand beside a body of the county that is named.
func vague(s string, u catalog.Unit) string {
	named := ""
	if !isTownship(u) {
		named = beside(s)
	}
	for part := range parts(s) {
		if part == named {
			continue
		}
		if strings.Contains(part, "部门") {
			return part
		}
		for _, w := range generic {
			if strings.Contains(part, w) {
				return part
			}
		}
		switch part {
		case "人民政府", "政府", "街道办事处", "街道办", "办事处", "镇人民政府", "乡人民政府", "镇政府", "乡政府", "局", "公安机关", "行政机关":
			return part
		}
	}
	return ""
}

// beside returns the part of a publisher that means all townships of a county,
// 各镇人民政府, where another part names a body.
func beside(s string) string {
	all, others := "", 0
	for part := range parts(s) {
		rest, every := strings.CutPrefix(part, "各")
		if every && slices.ContainsFunc([]string{"乡", "镇", "街道", "村", "社区", "中小学", "学校"}, func(w string) bool { return strings.HasPrefix(rest, w) }) {
			all = part
		} else {
			others++
		}
	}
	if others == 0 {
		return ""
	}
	return all
}

// parts yields the bodies named in a publisher.
func parts(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		depth, from := 0, 0
		for i, c := range s {
			switch c {
			case '（', '(':
				depth++
			case '）', ')':
				depth--
			case '、', '，', ',', '；', ';', '/', '\n', ' ':
				if depth > 0 {
					continue
				}
				if part := strings.TrimSpace(s[from:i]); part != "" && !yield(part) {
					return
				}
				from = i + utf8.RuneLen(c)
			}
		}
		if part := strings.TrimSpace(s[from:]); part != "" {
			yield(part)
		}
	}
}

// foreign returns the body that a township's publisher names instead of the
// township: a department, a higher tier or another township. Bodies within the
// township (schools, stations, villages) are its own affair.
func foreign(s string, u catalog.Unit) string {
	if w := mistaken(s, u); w != "" {
		return w
	}
	short := shortName(u.Name)
	if rest := strings.TrimSuffix(short, tierWord(short)); rest != "" && strings.Contains(s, rest) {
		return ""
	}
	for part := range parts(s) {
		if higher(part, u) || otherTownship(part) {
			return part
		}
	}
	return ""
}

// higher reports whether the name is a county's, a city's or their department's.
func higher(part string, u catalog.Unit) bool {
	if strings.Contains(part, "村民") || strings.Contains(part, "居民") || strings.Contains(part, "社区") {
		return false
	}
	for _, w := range []string{"县级", "市级", "区级", "省级", "主管部门"} {
		if strings.Contains(part, w) {
			return true
		}
	}
	for _, suffix := range []string{"局", "委", "委员会", "办公室", "厅", "人民政府", "部门", "政府", "分局", "中心", "联合会", "总工会"} {
		if !strings.HasSuffix(part, suffix) {
			continue
		}
		for _, place := range []string{u.County, u.City} {
			if place != "" && strings.HasPrefix(part, place) {
				return true
			}
		}
		first, n := utf8.DecodeRuneInString(part)
		if strings.ContainsRune("县市区省旗", first) {
			return true
		}
		// 民政局 without a place is a county's; 村民委员会 and the like are not.
		if suffix == "局" || suffix == "厅" {
			return len(part) > n
		}
		if i := strings.IndexAny(part, "县旗"); i > 0 && !strings.ContainsAny(part[i:], "镇乡村") && !strings.Contains(part[i:], "街道") {
			return true
		}
	}
	return false
}

// otherTownship reports whether the name is a particular township's government.
func otherTownship(part string) bool {
	for _, suffix := range []string{"镇人民政府", "乡人民政府", "街道办事处", "镇政府", "乡政府"} {
		if place, ok := strings.CutSuffix(part, suffix); ok {
			return utf8.RuneCountInString(place) > 1 && !strings.HasPrefix(place, "各")
		}
	}
	return false
}

func (p *pass) wrongTier() {
	p.schoolsOwn()
	v := p.pub
	if v.foreign == "" {
		return
	}
	if v.foreign == mistaken(p.e.Publisher, p.cat.Unit) {
		short := shortName(p.cat.Unit.Name)
		own := ownPublisher(catalog.Unit{Name: short})
		p.found(catalog.FieldPublisher, quote(v.foreign)+"写错了：本单位是"+quote(short)+"。请改为"+quote(own)+"。", strings.Replace(p.e.Publisher, v.foreign, own, 1))
		return
	}
	fix := ownPublisher(p.cat.Unit)
	if p.t != nil {
		w := p.t.entry.Publisher
		if p.t.from.SharedPublisher || sameText(w, p.e.Publisher) {
			return
		}
		if !catalog.Unfilled(w) && foreign(w, p.cat.Unit) == "" {
			fix = w
		}
	}
	p.found(catalog.FieldPublisher, quote(v.foreign)+"不是本单位。"+quote(p.cat.Unit.Name)+"的目录应写本单位，请改为"+quote(fix)+"；确由上级部门公开的，不列入本单位的目录。", fix)
}

// schoolsOwn finds what schools post themselves, 学校收费公示 on 学校公示栏, under
// the name of a government.
func (p *pass) schoolsOwn() {
	if p.sector() != "education" || !strings.HasSuffix(p.e.Publisher, "人民政府") && !strings.HasSuffix(p.e.Publisher, "办事处") {
		return
	}
	if strings.HasPrefix(p.e.Content, "学校收费") || slices.ContainsFunc(p.e.Channels.Others, func(s string) bool { return strings.HasPrefix(s, "学校") }) {
		p.found(catalog.FieldPublisher, "这一项在学校公示，公开主体疑应为学校，不是"+quote(p.e.Publisher)+"。请核对，由学校公示的写学校全称。", "")
	}
}

func (p *pass) vaguePublisher() {
	if v := p.pub; v.vague != "" || v.private != "" && v.foreign == "" {
		if p.t != nil && sameText(p.t.entry.Publisher, p.e.Publisher) {
			return // the guideline's own words: 采购人
		}
		fix := ""
		if w := p.wanted(catalog.FieldPublisher); w != "" && vague(w, p.cat.Unit) == "" && private(w) == "" && foreign(w, p.cat.Unit) == "" {
			fix = w
		} else if p.t == nil && p.cat.Unit.Kind == catalog.TownshipUnit {
			fix = p.cat.Unit.Publisher()
		}
		if v.private != "" {
			p.found(catalog.FieldPublisher, quote(v.private)+"里有不是行政机关的，不能作公开主体。请写负责公开的单位全称。", fix)
		} else {
			p.found(catalog.FieldPublisher, quote(v.vague)+"没有说清是哪个单位。请写单位全称。", fix)
		}
	}
	for i := range p.texts {
		t := &p.texts[i]
		if t.field == catalog.FieldExtra && strings.Contains(t.key, "科室") && !catalog.Unfilled(t.s) && sameText(t.s, p.e.Publisher) {
			p.found(catalog.FieldExtra, quote(t.key)+"写的是单位名称"+quote(t.s)+"，没有落实到科室。请写到科、股、办。", "")
		}
	}
}

func (p *pass) renamedPublisher() {
	v := p.pub
	if v.body == nil {
		return
	}
	message := quote(v.ended) + "已经"
	if !v.body.Confirmed {
		message = quote(v.ended) + "可能已经"
	}
	message += "更名或撤销"
	if v.body.Ended != "" {
		message += "（" + v.body.Ended.Chinese() + "）"
	}
	if v.now == "" {
		p.found(catalog.FieldPublisher, message+"。请改为现在的机构名称。", "")
		return
	}
	fix := v.now
	if vague(fix, p.cat.Unit) != "" || !isOrgan(v.body.now) {
		// 自然资源部门 for 国土资源部门 is as vague as it was.
		if fix = p.wanted(catalog.FieldPublisher); fix == "" && isTownship(p.cat.Unit) {
			fix = ownPublisher(p.cat.Unit)
		}
	}
	p.found(catalog.FieldPublisher, message+"，现为"+quote(v.body.now)+"。请改为现在的机构名称。", fix)
}

// isOrgan reports whether a name ends like a body's: 局, not 卫生健康.
func isOrgan(name string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	return strings.ContainsRune("部局委厅办室会所站队县市区心", last)
}
