package catalog

import "strings"

// republic is what official titles begin with and people leave out.
const republic = "中华人民共和国"

// titleKey is the form in which titles are compared: folded, without quotation
// marks and a leading 中华人民共和国.
func titleKey(s string) string {
	s = Fold(s)
	if strings.ContainsAny(s, `"'`) {
		s = strings.NewReplacer(`"`, "", "'", "").Replace(s)
	}
	return strings.TrimPrefix(s, republic)
}

// looseKeys are the other forms in which a title, given by its key, may be
// cited: without (试行) and the like at its end, without the marks within it, out
// of the notice that issued it, without the issuer before 关于.
func looseKeys(key string) []string {
	var out []string
	add := func(s string) {
		if len([]rune(s)) >= 4 && s != key {
			out = append(out, s)
		}
	}
	bare := withoutMarks(key)
	add(bare)
	if strings.ContainsAny(key, "<>") {
		add(strings.NewReplacer("<", "", ">", "").Replace(key)) // marks within a title are left out where it stands without any
	}
	if inner := unwrap(bare); inner != "" {
		inner = strings.TrimPrefix(inner, republic)
		add(inner)
		add(withoutMarks(inner))
		bare = withoutMarks(inner)
	}
	if issuer, rest := cutIssuer(bare); issuer != "" {
		add(rest)
	}
	return out
}

// withoutMarks cuts bracketed remarks off the end of a title that tell of its
// stage or year: (试行), (暂行), (2018年修正), (2016-2020年) stays.
func withoutMarks(key string) string {
	for strings.HasSuffix(key, ")") {
		i := strings.LastIndexByte(key, '(')
		if i <= 0 || !isMark(key[i+1:len(key)-1]) {
			return key
		}
		key = key[:i]
	}
	return key
}

// isMark reports whether what stands in brackets behind a title is a remark and
// not a part of the title.
func isMark(s string) bool {
	switch s {
	case "试行", "暂行", "修订", "修正", "修改", "修订版", "修订稿":
		return true
	}
	for _, end := range []string{"修订", "修正", "修改", "修订版", "版", "年", "公布", "发布", "施行"} {
		if before, ok := strings.CutSuffix(s, end); ok && strings.Trim(before, "0123456789年月日第次") == "" && before != "" {
			return true
		}
	}
	return false
}

// unwrap takes a title out of the notice that issued it:
// 国务院办公厅关于印发〈X〉的通知 gives X; empty where it is no such notice.
func unwrap(key string) string {
	for _, verb := range []string{"印发", "转发", "发布", "公布"} {
		_, inner, ok := strings.Cut(key, verb)
		if !ok {
			continue
		}
		inner, notice := strings.CutSuffix(inner, "的通知")
		if marked, ok := strings.CutPrefix(inner, "<"); ok {
			title, after, _ := strings.Cut(marked, ">")
			if after != "" || strings.Contains(title, "<") {
				return ""
			}
			return title
		}
		if notice && !strings.ContainsAny(inner, "<>") {
			return inner
		}
	}
	return ""
}

// cutIssuer cuts the issuer off a document's title: 国务院关于…, 财政部关于….
// The issuer is empty where the title does not begin with one.
func cutIssuer(key string) (issuer, rest string) {
	i := strings.Index(key, "关于")
	if i <= 0 {
		return "", key
	}
	head := []rune(key[:i])
	if !strings.ContainsRune("院厅部委会局署办室行府社组", head[len(head)-1]) {
		return "", key
	}
	return key[:i], key[i:]
}

// numberKey is the form in which document numbers are compared.
func numberKey(s string) string {
	s = strings.TrimPrefix(Fold(s), republic)
	if strings.Contains(s, "令") || strings.Contains(s, "公告") {
		s = strings.TrimPrefix(shortBodies.Replace(s), "国家")
	}
	return s
}

// SameNumber reports whether two document numbers are the same whatever way they
// are written: 人力资源和社会保障部令第38号 and 人力资源社会保障部令第38号.
func SameNumber(a, b string) bool { return numberKey(a) == numberKey(b) }

// shortBodies makes the long names that orders give their issuers the short ones.
var shortBodies = strings.NewReplacer(
	"人力资源和社会保障部", "人力资源社会保障部", "住房和城乡建设部", "住房城乡建设部", "发展和改革委员会", "发展改革委", "发展改革委员会", "发展改革委",
	"卫生健康委员会", "卫生健康委", "卫生和计划生育委员会", "卫生计生委", "市场监督管理总局", "市场监管总局", "食品药品监督管理总局", "食品药品监管总局",
	"安全生产监督管理总局", "安全监管总局", "民族事务委员会", "民委",
)

// serialOf is the part of a number that people write the same whatever they
// call its issuer: 国务院令第711号 and 国令第711号 are both 第711号, 民发〔2021〕57号
// is (2021)57号, 农业农村部令2021年第1号 第1号, 公告2019年第27号 2019年第27号.
func serialOf(number string) string {
	key := numberKey(number)
	for _, order := range []string{"令", "公告"} {
		if i := strings.LastIndex(key, order); i >= 0 {
			key = key[i+len(order):]
			if order == "令" && figures(key) == 4 {
				key = strings.TrimPrefix(key[4:], "年") // a citation keeps the year of an order in its note
			}
			return key
		}
	}
	if i := strings.IndexByte(key, '('); i >= 0 {
		return key[i:]
	}
	return key
}
