package catalog

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Resolved tells how a citation was matched with the register.
type Resolved uint8

// The ways of matching.
const (
	Unresolved  Resolved = iota // the register does not know what is cited
	Exact                       // cited by a name of its own
	OldRevision                 // an older text of an act that still holds, by number or year
	Misspelled                  // a character or two away from a title of the register
)

// Resolution is what the register knows of a citation.
type Resolution struct {
	Act *Act // nil where unresolved
	How Resolved
	// Current is what to cite today: Act itself while it holds, else the first
	// of its successors that does; nil where there is none.
	Current *Act
	// Meant is the number to cite, where the one cited is none of the act's
	// and a digit away from the one to cite: 国务院令第649号 for 国务院令第694号.
	Meant string
}

// Resolve finds the act a citation means. Title, number and year decide
// together: where a later act reuses a title, the number or the year in the
// note tells them apart, and a number that belongs to no act of that title
// never resolves to one that has ended.
func (r *Register) Resolve(c Citation) Resolution {
	if c.Title == "" {
		return Resolution{}
	}
	if acts := r.exact[c.Title]; acts != nil {
		return r.choose(acts, c)
	}
	key := titleKey(c.Title)
	if acts := r.keys[key]; acts != nil {
		return r.choose(acts, c)
	}
	if acts := r.looselyCited(key, c); acts != nil {
		return r.choose(acts, c)
	}
	if a := r.misspelled(key); a != nil && !a.contradicts(c.Number) {
		return Resolution{Act: a.Act, How: Misspelled, Current: a.current}
	}
	return Resolution{}
}

// looselyCited finds the acts that a title means which is not quite theirs:
// without (试行), in its wrapper or out of it, without its issuer. Since such
// titles are not unique, a number must agree.
func (r *Register) looselyCited(key string, c Citation) []*record {
	agreeing := func(acts []*record, sameIssuerOnly bool) []*record {
		return slices.DeleteFunc(slices.Clone(acts), func(a *record) bool {
			return a.contradicts(c.Number) || sameIssuerOnly && !sameIssuer(key, a.key)
		})
	}
	if acts := agreeing(r.loose[key], false); len(acts) > 0 {
		return acts
	}
	for _, k := range looseKeys(key) {
		if acts := agreeing(r.keys[k], false); len(acts) > 0 {
			return acts
		}
		if acts := agreeing(r.loose[k], true); len(acts) > 0 {
			return acts
		}
	}
	return nil
}

// contradicts reports whether a cited number is none of the act's.
func (a *record) contradicts(number string) bool {
	return number != "" && a.numbered() && !slices.Contains(a.serials, serialOf(number))
}

// sameIssuer reports whether two titles, given by their keys, may be of one
// document: the issuer before 关于 is the same, or left out of one.
func sameIssuer(key, other string) bool {
	a, _ := cutIssuer(key)
	b, _ := cutIssuer(other)
	plain := strings.NewReplacer("和", "", ",", "").Replace
	return a == "" || b == "" || plain(a) == plain(b)
}

// choose decides which of the acts of one title is cited, and which of its texts.
func (r *Register) choose(acts []*record, c Citation) Resolution {
	if c.Number != "" {
		serial := serialOf(c.Number)
		for _, a := range acts {
			if i := lastIndex(a.serials, serial); i >= 0 {
				return a.cited(olderThanLater(a.Act, i))
			}
		}
	}
	if len(acts) == 1 && acts[0].Status == InForce && c.Note == "" {
		got := acts[0].cited(false)
		got.Meant = r.meantNumber(acts[0], c.Number)
		return got
	}
	year := lastYear(c.Number + " " + c.Note)
	var best *record
	for _, a := range acts {
		if a.Status != InForce && (a.contradicts(c.Number) || a.Ended != "" && year > string(a.Ended[:4])) {
			continue
		}
		if best == nil || endedLast(a.Act, best.Act) < 0 || (endedLast(a.Act, best.Act) == 0 && a.Ended > best.Ended) {
			best = a
		}
	}
	if best == nil {
		return Resolution{}
	}
	if year != "" && len(acts) > 1 && best.Status == InForce {
		best = ofYear(acts, best, year)
	}
	got := best.cited(amendedBefore(best.Act, c.Note, year))
	got.Meant = r.meantNumber(best, c.Number)
	return got
}

// meantNumber returns the number to cite of an act, where the one cited is none of
// its numbers and cannot be that of an amendment the register does not list.
func (r *Register) meantNumber(a *record, cited string) string {
	if cited == "" || slices.Contains(a.serials, serialOf(cited)) {
		return ""
	}
	for i, s := range slices.Backward(a.serials) {
		if s == "" {
			continue
		}
		own := a.Revisions[i].Number
		x, y := serialOf(cited), s
		if strings.TrimSuffix(numberKey(cited), x) != strings.TrimSuffix(numberKey(own), y) {
			return "" // another issuer's
		}
		if n, m := stateOrder(cited), stateOrder(own); n > 0 && m > 0 {
			if slices.Contains(omnibus, m) {
				return ""
			}
			// An order before the act's own is never its amendment, one behind it
			// may be, unless it is known to be another's.
			if n < m || !slices.Contains(omnibus, n) && (r.orders[n] || oneDigit(x, y)) {
				return own
			}
			return ""
		}
		// Ministries count their orders anew and give an amended rule a new one; a
		// document keeps its number.
		order := strings.Contains(own, "令") || strings.Contains(own, "公告")
		if !order && strings.HasPrefix(y, "(") && strings.HasPrefix(x, "(") || order && figures(strings.TrimPrefix(y, "第")) >= 3 && oneDigit(x, y) {
			return own
		}
		return ""
	}
	return ""
}

// oneDigit reports whether two numbers of as many digits differ by one digit or by
// two that changed places.
func oneDigit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) == len(y) && digits(x) == digits(y) && distance(x, y, 1) == 1
}

// stateOrder is the number of an order of the State Council; 0 where it is none.
func stateOrder(number string) int {
	rest, ok := strings.CutPrefix(numberKey(number), numberKey("国务院令第1号")[:len("国务院令第")])
	if !ok {
		return 0
	}
	n, _ := strconv.Atoi(rest[:figures(rest)])
	return n
}

// digits counts the digits of a number; two that differ in nothing else have as many.
func digits(number []rune) int {
	n := 0
	for _, c := range number {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// omnibus are the orders of the State Council that amended many regulations at
// once. Any of those before them may be cited by them.
var omnibus = []int{
	588, 638, 645, 648, 653, 654, 666, 671, 676, 687, 690, 698, 703, 704, 709, 710, 714, 726, 732, 743, 752, 764, 777, 797,
}

func (a *record) cited(old bool) Resolution {
	how := Exact
	if old && a.Status == InForce {
		how = OldRevision
	}
	return Resolution{Act: a.Act, How: how, Current: a.current}
}

// lastIndex returns where s stands last in list; -1 where it does not.
func lastIndex(list []string, s string) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == s {
			return i
		}
	}
	return -1
}

// olderThanLater reports whether a text was replaced by a later one with a
// number of its own. A mere amendment leaves the number to cite as it is.
func olderThanLater(a *Act, i int) bool {
	return slices.ContainsFunc(a.Revisions[i+1:], func(v Revision) bool { return v.Number != "" })
}

// ofYear returns the ended act whose days the year falls into, if the act in
// force is younger than it.
func ofYear(acts []*record, inForce *record, year string) *record {
	if len(inForce.Revisions) == 0 || inForce.Revisions[0].Date == "" || year >= string(inForce.Revisions[0].Date[:4]) {
		return inForce
	}
	for _, a := range acts {
		if a.Status != InForce && a.Ended != "" && year <= string(a.Ended[:4]) {
			return a
		}
	}
	return inForce
}

// amendedBefore reports whether a note names an amendment (2015年修正) older
// than the act's current text.
func amendedBefore(a *Act, note, year string) bool {
	if year == "" || len(a.Revisions) == 0 {
		return false
	}
	if !strings.Contains(note, "修正") && !strings.Contains(note, "修订") && !strings.Contains(note, "修改") {
		return false
	}
	current := a.Revisions[len(a.Revisions)-1].Date
	return current != "" && year < string(current[:4])
}

// lastYear returns the latest year between 1949 and 2099 that s names, empty
// where it names none.
func lastYear(s string) string {
	last := ""
	for i := 0; i+4 <= len(s); {
		n := 0
		for i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '9' {
			n++
		}
		if n == 4 && s[i:i+4] >= "1949" && s[i:i+4] <= "2099" {
			last = max(last, s[i:i+4])
		}
		i += max(n, 1)
	}
	return last
}

// nearTitle is a title prepared for finding misspelt ones.
type nearTitle struct {
	key []rune
	act *record
}

// marksOf tells which characters occur in a title, hashed to 64 bits.
func marksOf(key []rune) uint64 {
	var m uint64
	for _, c := range key {
		m |= 1 << (uint32(c) * 2654435761 >> 26)
	}
	return m
}

// firstInForce returns an act that holds, if one does.
func firstInForce(acts []*record) *record {
	return slices.MinFunc(acts, func(a, b *record) int { return endedLast(a.Act, b.Act) })
}

func (r *Register) indexNear() {
	for key := range r.keys {
		if issuer, _ := cutIssuer(key); issuer != "" {
			r.issuers[issuer] = true
		}
	}
	for _, titles := range []map[string][]*record{r.keys, r.loose} {
		for key, acts := range titles {
			k := []rune(key)
			r.near = append(r.near, nearTitle{k, firstInForce(acts)})
		}
	}
	slices.SortFunc(r.near, func(a, b nearTitle) int {
		if c := len(a.key) - len(b.key); c != 0 {
			return c
		}
		return cmp.Or(slices.Compare(a.key, b.key), cmp.Compare(a.act.ID, b.act.ID))
	})
	for i, n := range r.near {
		for len(r.from) <= len(n.key) {
			r.from = append(r.from, i)
		}
		r.marks = append(r.marks, marksOf(n.key))
	}
	r.from = append(r.from, len(r.near))
}

// Titles shorter than minNear are never corrected: half of them are one
// character apart. Laws (…法) are fewer, and all of them are in a register, so
// they may be shorter. From twoNear characters on, two may be wrong.
const (
	minNear = 6
	minLaw  = 4
	twoNear = 12
	maxNear = 200
)

// wrongKinds are words for kinds of acts that are never right at the end of a title.
var wrongKinds = []struct{ wrong, right string }{
	{"条件", "条例"},
	{"条列", "条例"},
	{"条理", "条例"},
	{"条例法", "条例"},
	{"条例例", "条例"},
	{"办法法", "办法"},
	{"法法", "法"},
	{"方法", "办法"},
	{"办发", "办法"},
	{"细责", "细则"},
	{"意件", "意见"},
	{"规订", "规定"},
	{"通之", "通知"},
	{"方按", "方案"},
	{"决订", "决定"},
}

// misspelled finds the one act whose title is meant by a slightly wrong one.
func (r *Register) misspelled(key string) *record {
	for _, w := range wrongKinds {
		if !strings.Contains(key, w.wrong) {
			continue
		}
		right := strings.ReplaceAll(key, w.wrong, w.right)
		for _, titles := range []map[string][]*record{r.keys, r.loose} {
			if acts := titles[right]; len(acts) > 0 {
				return firstInForce(acts)
			}
		}
	}
	for _, wrong := range []string{"发", "罚", "伐"} { // of one sound with 法
		head, ok := strings.CutSuffix(key, wrong)
		if acts := r.keys[head+"法"]; ok && len(acts) > 0 {
			return firstInForce(acts)
		}
	}
	k := []rune(key)
	if acts := r.keys[withoutRepublic(k)]; len(acts) > 0 {
		return firstInForce(acts)
	}
	least := minNear
	if isLaw(k) {
		least = minLaw
	}
	if len(k) < least || len(k) > maxNear {
		return nil
	}
	most := 1
	if len(k) >= twoNear {
		most = 2
	}
	marks := marksOf(k)
	var found *record
	for n := max(len(k)-most, least); n <= len(k)+most && n+1 < len(r.from); n++ {
		for i := r.from[n]; i < r.from[n+1]; i++ {
			// Each wrong character changes at most two marks.
			if bits.OnesCount64(r.marks[i]^marks) > 2*most {
				continue
			}
			t := &r.near[i]
			if n < minNear && !isLaw(t.key) {
				continue
			}
			d := distance(k, t.key, most)
			if d > most || !r.slip(k, t.key) {
				continue
			}
			if d == most && found != nil && found != t.act {
				return nil // it may mean either
			}
			if d < most {
				most, found = d, nil
			}
			found = t.act
		}
	}
	return found
}

// withoutRepublic cuts off a 中华人民共和国 that has a character wrong; empty where
// the title begins with none.
func withoutRepublic(key []rune) string {
	whole := []rune(republic)
	for n := len(whole) - 1; n <= len(whole)+1 && n+3 < len(key); n++ {
		if key[0] == whole[0] && distance(key[:n], whole, 1) == 1 && key[n-1] == whole[len(whole)-1] {
			return string(key[n:])
		}
	}
	return ""
}

// isLaw reports whether a title is a law's by its last character: 收养法 is, 办法
// and 书法 are not.
func isLaw(key []rune) bool {
	n := len(key)
	return n > 1 && key[n-1] == '法' && !strings.ContainsRune("办方做书", key[n-2])
}

// distance is how many characters must be changed, added, left out or swapped
// with their neighbour to turn a into b; more than most is just "more".
func distance(a, b []rune, most int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case most == 0:
		return 1
	case len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]:
		if d := 1 + distance(a[2:], b[2:], most-1); d <= most {
			return d
		}
	}
	return 1 + min(distance(a[1:], b[1:], most-1), distance(a[1:], b, most-1), distance(a, b[1:], most-1))
}

// tellingChars, and tellingWords below, are those in which titles differ because
// they are different titles: numerals, tiers, directions, stages. Where these
// differ, nothing is corrected.
const tellingChars = "0123456789〇零一二三四五六七八九十百省市县区乡镇村州旗上下内外进出东西南北新旧男女老幼"

var (
	tellingWords = []string{"暂行", "试行", "实施", "补充", "修正", "修订", "废止", "草案"}
	titleKinds   = []string{
		"条例", "办法", "细则", "规定", "规则", "意见", "通知", "决定", "方案", "公告", "指引", "指南", "标准", "规范",
		"规程", "制度", "规划", "计划", "纲要", "要点", "目录", "批复", "函", "法",
	}
)

// slip reports whether the difference between a cited title and one of the
// register can be a slip of the pen rather than that between two titles.
func (r *Register) slip(cited, known []rune) bool {
	s, t := string(cited), string(known)
	one := distance(cited, known, 1) <= 1
	if placeOf(cited) != placeOf(known) || !sameKind(s, t, one) || !r.sameIssuer(s, t) {
		return false
	}
	if x, y := telling(s), telling(t); x != y && (!one || !leftOut(x, y)) {
		return false // 国有土地房屋 for 国有土地上房屋 is a slip, 下 for 上 is none
	}
	return !slices.ContainsFunc(tellingWords, func(w string) bool {
		x, y := strings.Count(s, w), strings.Count(t, w)
		return x > y || x < y && !one // 实细则 for 实施细则 is a slip
	})
}

// sameKind reports whether two titles end with the same word for what they are,
// or the cited one, with one character wrong, ends with none: 管理办 for 管理办法.
func sameKind(cited, known string, one bool) bool {
	x, y := kindOf(cited), kindOf(known)
	return x == y || one && (x == "" || x == "法" && y == "办法")
}

// sameIssuer reports whether two titles may be of one issuer, or the cited one's
// is none that the register knows and one character away.
func (r *Register) sameIssuer(cited, known string) bool {
	if sameIssuer(cited, known) {
		return true
	}
	a, _ := cutIssuer(cited)
	b, _ := cutIssuer(known)
	return !r.issuers[a] && distance([]rune(a), []rune(b), 1) <= 1
}

// leftOut reports whether a is b without some of its characters.
func leftOut(a, b string) bool {
	for _, c := range b {
		if r, w := utf8.DecodeRuneInString(a); a != "" && r == c {
			a = a[w:]
		}
	}
	return a == ""
}

// telling returns the telling characters of a title in their order.
func telling(key string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(tellingChars, c) {
			return c
		}
		return -1
	}, key)
}

// placeOf is what a title begins with up to a word for a place: 安徽省, 南陵县.
func placeOf(key []rune) string {
	const longest = 12 // 新疆维吾尔自治区
	for i, c := range key[:min(len(key), longest)] {
		if strings.ContainsRune("省市县区州盟旗", c) {
			return string(key[:i+1])
		}
	}
	return ""
}

// kindOf is the word a title ends with that says what sort of act it is.
func kindOf(key string) string {
	key = withoutMarks(key)
	for _, k := range titleKinds {
		if strings.HasSuffix(key, k) {
			return k
		}
	}
	return ""
}
