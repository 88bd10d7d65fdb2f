package check

import (
	"slices"
	"strings"
)

// What brokenLimit answers where the whole limit is not known: two limits stand in
// one cell, the end is cut off, or a day does not exist.
const (
	joined = "\x00"
	cutOff = "\x01"
	noDay  = "\x02" // 1月32日
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
	case namesNoDay(s):
		return noDay
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
	if strings.HasSuffix(bare, "内公") || strings.HasSuffix(bare, "予以公") {
		return bare + "开"
	}
	for _, w := range []string{"予以", "内向社会", "内及时", "内主动"} {
		if strings.HasSuffix(bare, w) {
			return bare + "公开"
		}
	}
	if i := strings.Index(s, "之日"); i >= 0 {
		// 截止之日3个工作日前 counts backwards and lacks nothing.
		after := s[i+len("之日"):]
		if isCount(leadingCount(after)) && !strings.Contains(withoutAmount(after), "前") {
			return s[:i] + "之日起" + after
		}
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

// namesNoDay reports whether s names a day that no year has: 1月32日.
func namesNoDay(s string) bool {
	for {
		before, after, ok := strings.Cut(s, "月")
		if !ok {
			return false
		}
		s = after
		month := before[len(strings.TrimRight(before, "0123456789")):]
		day := after[:len(after)-len(strings.TrimLeft(after, "0123456789"))]
		if month == "" || day == "" || len(month) > 2 || len(day) > 2 || !strings.HasPrefix(after[len(day):], "日") {
			continue
		}
		m, d := atoi(month), atoi(day)
		if m < 1 || m > 12 || d < 1 || d > 31 || d == 31 && (m == 4 || m == 6 || m == 9 || m == 11) || m == 2 && d > 29 {
			return true
		}
	}
}

// atoi reads a few digits.
func atoi(s string) int {
	n, _ := leadingNumber(s)
	return n
}

// limitSlips are slips of the pen in time limits that no right one contains.
var limitSlips = [][2]string{
	{"或或者", "或者"},
	{"或者者", "或者"},
	{"起之日", "之日起"},
	{"之之日", "之日"},
	{"日日起", "日起"},
	{"日日内", "日内"},
	{"之日日", "之日"},
	{"起起", "起"},
	{"内内", "内"},
	{"个个", "个"},
	{"工工作", "工作"},
	{"作作日", "作日"},
	{"作日日", "作日"},
	{"个工日", "个工作日"},
	{"个作日", "个工作日"},
	{"个工作内", "个工作日内"},
	{"个工作曰", "个工作日"},
	{"个工做日", "个工作日"},
	{"个共作日", "个工作日"},
	{"之曰起", "之日起"},
	{"变跟", "变更"},
	{"之日期", "之日起"},
	{"形成或者变更日起", "形成或者变更之日起"},
	{"形成或变更日起", "形成或变更之日起"},
}

// limitWithout completes a limit that lacks 内, its measure or its number behind
// 之日起 or 后, or its measure behind 至少; empty where it lacks none of these.
func limitWithout(bare string) string {
	for _, w := range []string{"至少", "不少于", "不得少于", "公示", "公示期", "公示期为", "公告"} {
		i := strings.LastIndex(bare, w)
		if i < 0 {
			continue
		}
		rest := bare[i+len(w):]
		if rest == "" && strings.HasPrefix(w, "公") {
			continue
		}
		switch amount := strings.TrimSuffix(rest, "个"); {
		case rest == "":
			return cutOff
		case rest != amount && isCount(amount), strings.HasSuffix(rest, "个工作") && isCount(strings.TrimSuffix(rest, "个工作")):
			return strings.TrimSuffix(strings.TrimSuffix(bare, "个工作"), "个") + "个工作日"
		case allDigits(amount) && !isYear(amount):
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
		case isAmount(rest) && bounded(head):
			return ""
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

// bounded reports whether the phrase that s ends with says by a word before the
// event how long the limit behind it is at most: 最迟不超过文件印发之日起3个工作日.
func bounded(s string) bool {
	s = s[strings.LastIndexAny(s, "，,；;。")+1:]
	return slices.ContainsFunc([]string{"不超过", "不得超过", "不晚于", "不迟于", "不得晚于", "不得迟于", "不少于", "不得少于", "至少", "最长", "最多"}, func(w string) bool { return strings.Contains(s, w) })
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
