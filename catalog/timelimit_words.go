package catalog

import (
	"strings"
	"unicode/utf8"
)

// The words around the numbers of a time limit; where one ends with another
// the longer stands first.
var (
	earlier = []string{"之前", "以前", "前夕", "前"}
	later   = []string{"之后", "以后", "后"}
	started = []string{"之日起", "之日", "日起", "起"}
	// markers end the words that name an event.
	markers = []string{"之日起算", "之日起计算", "之日起计", "之日起", "之日开始", "之日后", "之日", "日起", "起算", "起", "之后", "以后", "后", "时", "开始", "的"}
	least   = []string{"不得少于", "不少于", "不得低于", "不低于", "不得短于", "不短于", "至少", "最少", "不小于"}
	most    = []string{"不得超过", "不超过", "不得晚于", "不晚于", "不得迟于", "不迟于", "最长", "最多", "最迟", "最晚"}
	// fillers stand between an event and its length.
	fillers = []string{"一般", "原则上", "大约", "约", "应当", "应", "须", "为", "是", "于", "在", "共", "均", "的", "连续", ":", "：", "、", "并"}
	// publishing are the words that begin what is to be done.
	publishing = []string{"予以", "及时", "主动", "依法", "向社会", "对外", "进行", "公开", "公示", "公告", "公布", "发布", "更新", "完成", "在", "至", "、", "-"}
	// closing are the words of it that may end a phrase.
	closing  = []string{"公开", "公示", "公告", "公布", "发布", "更新", "予以", "向社会", "对外", "主动", "依法", "进行", "应当", "应", "须", "一并", "即可"}
	renewing = []string{"更新", "公开", "公示", "公布", "发布", "调整", "通报", "维护", "公告"}
	weekdays = []string{"一", "二", "三", "四", "五", "六", "日", "天"}
	edges    = []string{"年底", "年末", "年初", "月底", "月末", "月初", "季末", "季度末", "季度初", "底", "末", "初", "日", "号"}

	notLater  = []string{"前后", "今后", "此后", "最后", "事后", "先后", "落后", "善后", "往后"}
	notBefore = []string{"目前", "当前", "此前", "日前", "提前", "从前", "事前", "年前"}
	notWhen   = []string{"及时", "实时", "即时", "随时", "适时", "按时", "限时", "临时", "小时", "同时", "时时", "平时"}

	// notFrom are what 自 begins besides "from".
	notFrom = []string{"自然", "自治", "自主", "自查", "自评", "自身", "自行", "自愿", "自建", "自动", "自来", "自理", "自谋", "自由", "自觉", "自筹", "自用", "自产", "自贸", "自发"}
	// general are scopes that limit nothing.
	general = []string{"信息", "政府信息", "该信息", "该政府信息", "公开信息", "公开事项", "公开事项信息", "有关信息", "相关信息", "主动公开的政府信息", "事项", "各类信息", "应"}
)

// posting are the words for being on show, and periods the words for how long.
var (
	posting = []string{"公示", "公告", "张贴", "张榜", "展示", "征求意见", "征集意见", "听取意见"}
	periods = []string{"期限", "时间", "时限", "时长", "天数", "期"}
)

// stripBounds cuts what stands before a number off h: 至少, 不超过, 一般, 为. It
// tells whether the number is a lower bound.
func stripBounds(h string) (rest string, lower bool) {
	for {
		if n := endsWithAny(h, least); n > 0 {
			h, lower = h[:len(h)-n], true
		} else if n := endsWithAny(h, most); n > 0 {
			h = h[:len(h)-n]
		} else if n := endsWithAny(h, fillers); n > 0 {
			h = h[:len(h)-n]
		} else {
			return h, lower
		}
	}
}

// timesAfter reads 至少更新1次 after a length.
func timesAfter(s string) (times int, lower bool, size int) {
	rest := s
	for {
		if n := startsWithAny(rest, least); n > 0 {
			rest, lower = rest[n:], true
		} else if n := startsWithAny(rest, renewing); n > 0 {
			rest = rest[n:]
		} else if n := startsWithAny(rest, []string{"内", "应", "须"}); n > 0 {
			rest = rest[n:]
		} else {
			break
		}
	}
	n, w := numeral(rest)
	if n == 0 {
		return 0, false, 0
	}
	if strings.HasPrefix(rest[w:], "次") {
		w += len("次")
		if strings.HasPrefix(rest[w:], "以上") {
			w, lower = w+len("以上"), true
		}
		return n, lower, len(s) - len(rest) + w
	}
	// 一年一更新
	if u := startsWithAny(rest[w:], renewing); u > 0 && rest == s && n == 1 {
		return 1, false, w + u
	}
	return 0, false, 0
}

// isBefore reports whether h ends with a 前 that means "before".
func isBefore(h string) bool {
	return endsWithAny(h, earlier) > 0 && endsWithAny(h, notBefore) == 0
}

// postedFor reports whether the length after h is how long something stays on
// show, and cuts the words that say so off h.
func postedFor(h *string, inside, lower bool) bool {
	s := strings.TrimSuffix(*h, "满")
	period := endsWithAny(s, periods)
	if strings.HasSuffix(*h, "期满") {
		return false
	}
	s, _ = stripBounds(s[:len(s)-period])
	if n := endsWithAny(s, posting); n > 0 {
		*h = s[:len(s)-n]
		return true
	}
	// 公开时限：20个工作日 is no time on show, 公开不少于5年 is.
	if n := endsWithAny(s, []string{"公开", "公布", "发布"}); n > 0 && !inside && (period == 0 || lower) {
		*h = s[:len(s)-n]
		return true
	}
	return false
}

// from sets what c counts from, and what it is limited to, out of the words before it.
func (p *limitParser) from(c *Clause, h string) {
	if at := lastColon(h); at > 0 {
		if label := trimScope(h[:at]); namesMatter(label) {
			c.Scope = label // 处罚决定：20个工作日内
		}
		h = h[at:]
	}
	limited := false
	if i := strings.Index(h, "其中"); i >= 0 {
		h, limited = h[i+len("其中"):], true
	}
	marked := false
	for {
		if n := endsWithAny(h, markers); n > 0 {
			h, marked = h[:len(h)-n], true
			continue
		}
		if t := strings.TrimRight(h, "、:：-—"); t != h {
			h = t
			continue
		}
		break
	}
	if i := fromMark(h); i >= 0 {
		if scope := trimScope(h[:i]); scope != "" {
			c.Scope = scope
		}
		h = h[i+len("自"):]
	} else if !marked && (limited || namesThings(h)) {
		c.Scope, h = trimScope(h), ""
	} else if !marked && endsWithAny(h, periods) > 0 {
		h = "" // 公开时限：
	}
	h = trimEvent(h)
	for n := endsWithAny(h, markers); n > 0; n = endsWithAny(h, markers) {
		h = trimEvent(h[:len(h)-n])
	}
	c.From = h
	p.await(c)
}

// namesThings reports whether h names information rather than an event: 其他信息.
func namesThings(h string) bool {
	return endsWithAny(h, []string{"信息", "事项", "内容", "类"}) > 0 && !formed(h)
}

// namesMatter reports whether the words before a colon name what the limit behind
// it is for, and not the column: 行政处罚决定, not 公开时限.
func namesMatter(label string) bool {
	return !strings.ContainsAny(label, "，,；;。：: 0123456789") && endsWithAny(label, []string{"决定", "结果", "信息", "事项", "内容", "类", "许可", "处罚", "强制", "名单", "预案", "政策", "文件", "指南"}) > 0
}

// after sets what c counts from where the words before it end an event: 审核后.
func (p *limitParser) after(c *Clause, h string) {
	end := -1
	for i, r := range h {
		if (r == '后' || r == '起' || r == '时') && endsWithAny(h[:i+3], notLater) == 0 && endsWithAny(h[:i+3], notWhen) == 0 {
			end = i + 3
		}
	}
	if end > 0 {
		p.from(c, h[:end])
		return
	}
	if i := strings.Index(h, "其中"); i >= 0 {
		c.Scope = trimScope(h[i+len("其中"):])
	}
	p.await(c)
}

// await gives c the event and scope that earlier phrases named.
func (p *limitParser) await(c *Clause) {
	if c.From == "" && p.event.Kind != "" {
		c.From = p.event.From
		p.event = Clause{}
	}
	if c.Scope == "" {
		c.Scope = p.scope
	}
	p.scope = ""
}

// fromMark finds the last 自 of h that means "from", or returns -1.
func fromMark(h string) int {
	for end := len(h); ; {
		i := strings.LastIndex(h[:end], "自")
		if i < 0 || startsWithAny(h[i:], notFrom) == 0 && !strings.HasSuffix(h[:i], "各") && !strings.HasSuffix(h[:i], "亲") {
			return i
		}
		end = i
	}
}

// lastColon returns where what follows the last colon of h starts.
func lastColon(h string) int {
	i := strings.LastIndexAny(h, ":：")
	if i < 0 {
		return 0
	}
	_, w := utf8.DecodeRuneInString(h[i:])
	return i + w
}

// trimEvent cleans the words that name an event of what stands around them.
func trimEvent(h string) string {
	for {
		was := h
		h = strings.Trim(h, "、，,:： \"-—.·/")
		if strings.HasPrefix(h, "自") && startsWithAny(h, notFrom) == 0 {
			h = h[len("自"):]
		}
		if strings.HasPrefix(h, "从") && !strings.HasPrefix(h, "从业") && !strings.HasPrefix(h, "从属") {
			h = h[len("从"):]
		}
		h = strings.TrimPrefix(h, "应当")
		if strings.HasPrefix(h, "在") && startsWithAny(h, []string{"在建", "在校", "在职", "在岗", "在线", "在册", "在编", "在用", "在押"}) == 0 {
			h = h[len("在"):]
		}
		h = strings.TrimPrefix(h, "于")
		// What the clause before left behind, or how it is shown: 条目化展示、信息形成.
		if n := startsWithAny(h, []string{"予以", "及时", "公开", "公示", "公布", "发布"}); n > 0 && startsWithAny(h[n:], []string{"自", "，", "、"}) > 0 {
			h = h[n:]
		}
		if i := strings.Index(h, "展示、"); i >= 0 {
			h = h[i+len("展示、"):]
		}
		if h == was {
			return h
		}
	}
}

// trimScope cleans the words a clause is limited to; general ones limit nothing.
func trimScope(h string) string {
	for n := 1; n > 0; {
		h = strings.Trim(h, "、，,:： \"-—.·/")
		n = endsWithAny(h, []string{"应当", "应", "须", "的", "要", "请"})
		h = h[:len(h)-n]
	}
	for _, g := range general {
		if h == g {
			return ""
		}
	}
	if n := startsWithAny(h, []string{"予以公开", "公开", "公示"}); n == len(h) {
		return ""
	}
	return h
}

// numbering measures the list number that s starts with: 1、 or （一） or ①.
func numbering(s string) int {
	r, w := utf8.DecodeRuneInString(s)
	if r >= '①' && r <= '⑳' {
		return w
	}
	if r == '(' || r == '（' {
		n, size := numeral(s[w:])
		if n > 0 && size > 0 {
			if u := startsWithAny(s[w+size:], []string{")", "）"}); u > 0 {
				return w + size + u
			}
		}
		return 0
	}
	if n := figures(s); n > 0 && n <= 2 {
		if u := startsWithAny(s[n:], []string{"、", ")", "）"}); u > 0 && figures(s[n+u:]) == 0 {
			return n + u
		}
	}
	return 0
}

// beforeException cuts the words that leave an exception to the law off s.
func beforeException(s string) string {
	end := -1
	for _, w := range []string{"另有规定", "从其规定", "除外"} {
		if i := strings.Index(s, w); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return s
	}
	if i := strings.LastIndex(s[:end], "法律"); i >= 0 {
		end = i
	}
	if t, ok := scanLimit(s[:end], 0); !ok || t.kind == bareToken {
		return ""
	}
	return s[:end]
}
