package catalog

import "strings"

// Audience is to whom a matter is disclosed (公开对象).
type Audience struct {
	Everyone bool   `json:"everyone"` // 全社会
	Groups   string `json:"groups"`   // 特定群体, as named
	// Unnamed: the column of specific groups is ticked and no group is named;
	// never set together with Groups.
	Unnamed bool `json:"unnamed,omitempty"`
}

const (
	everyoneWord = "全社会"
	groupsWord   = "特定群体"
	groupsPrefix = groupsWord + "："
)

// String prints the audience so that ParseAudience reads it back: 全社会,
// 特定群体：申请人, 全社会；特定群体.
func (a Audience) String() string {
	var s string
	switch {
	case a.Groups != "":
		s = groupsPrefix + a.Groups
	case a.Unnamed:
		s = groupsWord
	}
	switch {
	case !a.Everyone:
		return s
	case s == "":
		return everyoneWord
	}
	return everyoneWord + "；" + s
}

// ParseAudience reads whom a text names: 全社会 and its other words (社会, 公众 …),
// 特定群体 with or without the groups, or the groups alone, with boxes or without.
// Whatever is no such word is a group's name, kept as written.
func ParseAudience(s string) Audience {
	// What String printed is taken as it is.
	if groups, ok := strings.CutPrefix(s, groupsPrefix); ok && groups != "" {
		return Audience{Groups: groups}
	}
	if groups, ok := strings.CutPrefix(s, everyoneWord+"；"+groupsPrefix); ok && groups != "" {
		return Audience{Everyone: true, Groups: groups}
	}
	var a Audience
	var groups []string
	for _, p := range markedParts(s) {
		if p.mark == unticked {
			continue
		}
		a.addPart(p.text, &groups)
	}
	a.Groups = strings.Join(groups, "、")
	a.Unnamed = a.Unnamed && a.Groups == ""
	return a
}

// addPart takes in what one box stands beside, or the whole text.
func (a *Audience) addPart(s string, groups *[]string) {
	for s = trimSpace(s); s != ""; {
		word := s
		rest := ""
		if i := strings.IndexFunc(s, func(r rune) bool { return isComma(r) || r == '\n' || r == '和' || r == '或' || r == '及' }); i > 0 && !isEveryone(s) && !isGroupsWord(s) {
			word = trimSpace(s[:i])
			rest = strings.TrimLeftFunc(s[i:], func(r rune) bool { return isComma(r) || blank(r) || r == '和' || r == '或' || r == '及' })
		}
		switch {
		case isEveryone(word):
			a.Everyone = true
			s = rest
			continue
		case isGroupsWord(word):
			a.Unnamed = true
			s = rest
			continue
		}
		named := strings.TrimRightFunc(s, func(r rune) bool { return isComma(r) || blank(r) })
		if i := strings.IndexAny(s, ":：(（"); i > 0 && isGroupsWord(s[:i]) {
			a.Unnamed = true
			named = trimSpace(strings.TrimLeft(s[i:], ":："))
			named = trimSpace(stripBrackets(named))
		}
		switch named {
		case "", "请写明", "请注明", "请说明", "____":
		default:
			*groups = append(*groups, named)
		}
		return
	}
}

// longestWord is more bytes than any of the words below has, spaced or not.
const longestWord = 200

func isEveryone(s string) bool {
	if len(s) > longestWord {
		return false
	}
	switch compact(s) {
	case everyoneWord, "社会", "全体社会", "社会公众", "公众", "全社会公众", "面向社会", "面向全社会", "向社会公开", "向全社会公开",
		"全体公民", "全体公众", "所有公众", "社会各界", "全社会公开", "社会大众", "全民", "全体社会成员", "全社会成员":
		return true
	}
	return false
}

func isGroupsWord(s string) bool {
	if len(s) > longestWord {
		return false
	}
	switch compact(s) {
	case groupsWord, "特定群众", "特定对象", "特定人群", "特定主体", "特定公众":
		return true
	}
	return false
}

// compact takes all white space out of s.
func compact(s string) string {
	if strings.IndexFunc(s, blank) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}

// Mode is how a matter is disclosed (公开方式).
type Mode struct {
	Proactive bool `json:"proactive"` // 主动
	OnRequest bool `json:"onRequest"` // 依申请
}

// String prints the mode: 主动, 依申请, 主动、依申请; empty where there is none.
func (m Mode) String() string {
	switch {
	case m.Proactive && m.OnRequest:
		return "主动、依申请"
	case m.Proactive:
		return "主动"
	case m.OnRequest:
		return "依申请"
	}
	return ""
}

// ParseMode reads 主动, 主动公开, 依申请, 依申请公开 and 申请, alone or together,
// with boxes or without; anything else is no mode.
func ParseMode(s string) Mode {
	var m Mode
	for _, p := range markedParts(s) {
		if p.mark == unticked {
			continue
		}
		t := compact(p.text)
		m.Proactive = m.Proactive || strings.Contains(t, "主动")
		m.OnRequest = m.OnRequest || strings.Contains(t, "申请")
	}
	return m
}

// markedPart is a stretch of text and the box it stands beside.
type markedPart struct {
	text string
	mark mark
}

// markedParts cuts a text at its boxes, which stand all before or all after the
// words; without boxes the text is one part.
func markedParts(s string) []markedPart {
	var parts []markedPart
	start, at, before := 0, noMark, false
	for i, r := range s {
		m := boxMark(r)
		if m == noMark {
			continue
		}
		text := trimSpace(s[start:i])
		if len(parts) == 0 && at == noMark {
			before = text == ""
		}
		switch {
		case before && text != "":
			parts = append(parts, markedPart{text, at})
			at = m
		case before:
			if at != ticked {
				at = m
			}
		case text != "":
			parts = append(parts, markedPart{text, m})
		}
		start = i + len(string(r))
	}
	if text := trimSpace(s[start:]); text != "" {
		if !before {
			at = noMark
		}
		parts = append(parts, markedPart{text, at})
	}
	return parts
}
