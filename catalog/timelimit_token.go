package catalog

import (
	"strings"
	"unicode/utf8"
)

// limitToken is a piece of a time limit that says how long, how often or when.
type limitToken struct {
	kind       limitTokenKind
	start, end int // where in the segment
	amount     int
	measure    Measure
	word       ClauseKind // of wordToken
}

type limitTokenKind uint8

const (
	lengthToken limitTokenKind = iota + 1 // 20个工作日
	bareToken                             // 20, with no unit
	everyToken                            // 每季度, 按月
	dateToken                             // 1月31日
	nextToken                             // 次年, 次月: the period after
	timesToken                            // 1次/年
	wordToken                             // 及时, 长期
	dayToken                              // 当日
)

// limitWords are the words that are a limit by themselves.
var limitWords = []struct {
	text string
	kind ClauseKind
}{
	{"实时", Realtime},
	{"即时", Realtime},
	{"随时", Realtime},
	{"动态更新", Realtime},
	{"动态调整", Realtime},
	{"动态公开", Realtime},
	{"立即", Realtime},
	{"当即", Realtime},
	{"即刻", Realtime},
	{"即日公", Realtime},
	{"及时", Prompt},
	{"尽快", Prompt},
	{"尽早", Prompt},
	{"适时", Prompt},
	{"第一时间", Prompt},
	{"不定期", Prompt},
	{"长期", Permanent},
	{"永久", Permanent},
	{"永远", Permanent},
	{"常年", Permanent},
	{"全年", Permanent},
	{"常态", Permanent},
	{"持续", Permanent},
	{"长久", Permanent},
	{"固定公开", Permanent},
	{"一直", Permanent},
	{"定期", Periodic},
}

// startsLimit reports whether a token may start with r; it keeps the scan over
// ordinary words short.
func startsLimit(r rune) bool {
	switch r {
	case '实', '即', '随', '动', '立', '当', '及', '尽', '适', '第', '不', '长', '永', '常', '持', '固', '定',
		'全', '半', '每', '按', '逐', '次', '下', '翌', '月', '季', '年',
		'〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百':
		return true
	}
	return r >= '0' && r <= '9'
}

// scanLimit finds the first token in s at or after from.
func scanLimit(s string, from int) (limitToken, bool) {
	for i := from; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if startsLimit(r) {
			t, skip := limitAt(s, i, r)
			if t.kind != 0 {
				return t, true
			}
			w = max(w, skip)
		}
		i += w
	}
	return limitToken{}, false
}

// limitAt reads the token that starts at i with r. Where there is none it says
// how many bytes to pass over.
func limitAt(s string, i int, r rune) (limitToken, int) {
	rest := s[i:]
	switch r {
	case '每', '按', '逐':
		if n, m, end := periodUnit(rest[3:], r == '每'); end > 0 {
			return limitToken{kind: everyToken, start: i, end: i + 3 + end, amount: n, measure: m}, 0
		}
		return limitToken{}, 3
	case '月', '季', '年':
		// 年度公开, 月度更新: only at the start, followed by what is done.
		if i == 0 && strings.HasPrefix(rest[3:], "度") {
			if n, m, end := periodUnit(rest, false); end > 0 && startsWithAny(rest[end:], publishing) > 0 {
				return limitToken{kind: everyToken, start: i, end: i + end, amount: n, measure: m}, 0
			}
		}
		return limitToken{}, 3
	case '次', '下', '翌':
		for _, u := range nextUnits {
			if strings.HasPrefix(rest, u.text) {
				return limitToken{kind: nextToken, start: i, end: i + len(u.text), amount: 1, measure: u.measure}, 0
			}
		}
		return limitToken{}, 3
	case '半':
		if n, m, end := halfUnit(rest); end > 0 {
			return limitToken{kind: lengthToken, start: i, end: i + end, amount: n, measure: m}, 0
		}
		return limitToken{}, 3
	case '当':
		if strings.HasPrefix(rest, "当日") || strings.HasPrefix(rest, "当天") {
			if !strings.HasPrefix(rest[6:], "起") {
				return limitToken{kind: dayToken, start: i, end: i + 6, amount: 1, measure: Day}, 0
			}
			return limitToken{}, 6
		}
	}
	if t, skip := numberAt(s, i); t.kind != 0 || skip > 0 {
		return t, skip
	}
	for _, w := range limitWords {
		if strings.HasPrefix(rest, w.text) && !strings.HasPrefix(rest, "及时限") {
			return limitToken{kind: wordToken, start: i, end: i + len(w.text), word: w.kind}, 0
		}
	}
	return limitToken{}, 0
}

var nextUnits = []struct {
	text    string
	measure Measure
}{
	{"次年度", Year},
	{"次年", Year},
	{"次月", Month},
	{"次周", Week},
	{"下一年度", Year},
	{"下年度", Year},
	{"下一年", Year},
	{"下年", Year},
	{"下个月", Month},
	{"下月", Month},
	{"翌年", Year},
	{"翌月", Month},
}

// numberAt reads a token that starts with a number at i: a date, a length, a
// number of times, or the number alone.
func numberAt(s string, i int) (limitToken, int) {
	rest := s[i:]
	n, size := numeral(rest)
	if n == 0 {
		return limitToken{}, max(size, figures(rest))
	}
	if end := dateLength(rest); end > 0 {
		return limitToken{kind: dateToken, start: i, end: i + end}, 0
	}
	end := size
	// 5-7个工作日: the longer counts.
	if w := startsWithAny(rest[end:], rangeMarks); w > 0 {
		if n2, size2 := numeral(rest[end+w:]); n2 > 0 {
			if _, m, _ := lengthUnit(rest[end+w+size2:], n2); m != "" {
				n, end = n2, end+w+size2
			}
		}
	}
	if amount, m, w := lengthUnit(rest[end:], n); m != "" {
		return limitToken{kind: lengthToken, start: i, end: i + end + w, amount: amount, measure: m}, 0
	}
	if strings.HasPrefix(rest[end:], "次/") || strings.HasPrefix(rest[end:], "次／") {
		slash := end + len("次/")
		if rest[end+3] != '/' {
			slash = end + len("次／")
		}
		if p, m, w := periodUnit(rest[slash:], true); w > 0 {
			return limitToken{kind: timesToken, start: i, end: i + slash + w, amount: p, measure: m}, 0
		}
	}
	if rest[0] < utf8.RuneSelf {
		return limitToken{kind: bareToken, start: i, end: i + end, amount: n}, 0
	}
	return limitToken{}, end
}

// figures counts the ASCII digits s starts with.
func figures(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

var rangeMarks = []string{"-", "~", "—", "－", "～", "至", "到"}

// lengthUnit reads the unit after n: 个工作日. Hours that make whole days are days.
func lengthUnit(s string, n int) (amount int, m Measure, size int) {
	if strings.HasPrefix(s, "个") {
		size = len("个")
	} else if strings.HasPrefix(s, "多个") {
		size = len("多个")
	}
	counted := size > 0
	s = s[size:]
	if n <= 24 && counted && strings.HasPrefix(s, "半月") { // 一个半月
		return n*30 + 15, Day, size + len("半月")
	}
	for _, u := range lengthUnits {
		if !strings.HasPrefix(s, u.text) {
			continue
		}
		after := s[len(u.text):]
		if u.barred != nil && startsWithAny(after, u.barred) > 0 || u.counted && !counted {
			return 0, "", 0
		}
		if u.text == "工作" && after != "" && !strings.HasPrefix(after, "内") && !strings.HasPrefix(after, "…") {
			return 0, "", 0
		}
		if n > 9999/u.times {
			return 0, "", 0
		}
		if u.measure == Hour && n%24 == 0 && n > 0 {
			return n / 24, Day, size + len(u.text)
		}
		return n * u.times, u.measure, size + len(u.text)
	}
	return 0, "", 0
}

// lengthUnits are the units of a length, longer words first. A unit is none
// before a word that barred lists, and some are only after 个.
var lengthUnits = []struct {
	text    string
	measure Measure
	times   int
	counted bool
	barred  []string
}{
	{"法定工作日", Workday, 1, false, nil},
	{"工作日", Workday, 1, false, nil},
	{"工作天", Workday, 1, false, nil},
	{"工作", Workday, 1, true, nil}, // 20个工作…: cut short
	{"自然日", Day, 1, false, nil},
	{"日历日", Day, 1, false, nil},
	{"日历天", Day, 1, false, nil},
	{"日", Day, 1, false, []string{"期", "报", "常", "志"}},
	{"天", Day, 1, false, []string{"然", "津"}},
	{"星期", Week, 1, false, nil},
	{"周", Week, 1, false, []string{"年", "岁", "边", "期"}},
	{"月", Month, 1, false, []string{"份", "报", "度"}},
	{"季度", Month, 3, true, nil},
	{"学期", Month, 6, false, nil},
	{"学年", Year, 1, false, nil},
	{"年", Year, 1, false, []string{"级", "制", "度", "报", "规", "计", "行", "期", "来", "龄", "前期"}},
	{"小时", Hour, 1, false, nil},
}

// halfUnit reads 半年, 半个月, 半月.
func halfUnit(s string) (amount int, m Measure, size int) {
	switch {
	case strings.HasPrefix(s, "半年度"):
		return 6, Month, len("半年度")
	case strings.HasPrefix(s, "半年报"):
		return 0, "", 0
	case strings.HasPrefix(s, "半年"):
		return 6, Month, len("半年")
	case strings.HasPrefix(s, "半个月"):
		return 15, Day, len("半个月")
	case strings.HasPrefix(s, "半月"):
		return 15, Day, len("半月")
	}
	return 0, "", 0
}

// periodUnit reads the period after 每: 季度, 两年, 20个工作日. Without counted
// only a single unit is read, as after 按.
func periodUnit(s string, counted bool) (amount int, m Measure, size int) {
	if n, m, w := halfUnit(s); w > 0 {
		return n, m, w
	}
	if counted {
		if n, w := numeral(s); w > 0 {
			if a, m, w2 := lengthUnit(s[w:], n); m != "" && n > 0 {
				return a, m, w + w2
			}
			return 0, "", 0
		}
		if strings.HasPrefix(s, "个") {
			size = len("个")
		}
	}
	for _, u := range periodUnits {
		if strings.HasPrefix(s[size:], u.text) {
			return u.amount, u.measure, size + len(u.text)
		}
	}
	return 0, "", 0
}

// periodUnits are the periods that need no number; a school term counts as half a year.
var periodUnits = []struct {
	text    string
	amount  int
	measure Measure
}{
	{"年度", 1, Year},
	{"学年", 1, Year},
	{"年", 1, Year},
	{"季度", 3, Month},
	{"季", 3, Month},
	{"学期", 6, Month},
	{"月度", 1, Month},
	{"月", 1, Month},
	{"星期", 1, Week},
	{"周", 1, Week},
	{"工作日", 1, Workday},
	{"日", 1, Day},
	{"天", 1, Day},
}

// dateLength measures the date s starts with: 1月31日, 2024年12月底, 3月.
func dateLength(s string) int {
	n, size := numeral(s)
	if size == 0 {
		return 0
	}
	end := 0
	if n >= 1900 && strings.HasPrefix(s[size:], "年") {
		end = size + len("年")
		if w := startsWithAny(s[end:], dateEdges); w > 0 {
			return end + w
		}
		if n, size = numeral(s[end:]); size == 0 {
			return end
		}
		size += end
	}
	if n < 1 || n > 12 || !strings.HasPrefix(s[size:], "月") {
		return end
	}
	month := size + len("月")
	if w := startsWithAny(s[month:], dateEdges); w > 0 {
		return month + w
	}
	if d, w := numeral(s[month:]); w > 0 && d >= 1 && d <= 31 {
		if u := startsWithAny(s[month+w:], []string{"日", "号"}); u > 0 {
			return month + w + u
		}
	}
	// 3月内 is a length, 3月公开 a date.
	if end == 0 && (s[month:] == "" || startsWithAny(s[month:], []string{"内", "以内", "之内", "一次", "1次", "后", "以上"}) > 0) {
		return 0
	}
	return month
}

var dateEdges = []string{"底", "末", "份", "初", "上旬", "中旬", "下旬"}

// startsWithAny returns the length of the first of words that s starts with, or 0.
func startsWithAny(s string, words []string) int {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// endsWithAny is startsWithAny for the end of s.
func endsWithAny(s string, words []string) int {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return len(w)
		}
	}
	return 0
}
