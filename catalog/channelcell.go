package catalog

import (
	"slices"
	"strings"
	"unicode"
)

// ParseChannels reads a channel cell as people write it: with boxes or ticks of
// any sort before or after the names, numbered, or bare; on lines, with commas or
// spaces between; under any name the thirteen carriers go by. Carriers outside
// the thirteen go to Others by name, as does whatever else is not understood. An
// empty box is not chosen; with MustMay it may be used. It reads what String and
// BoxString print, and never fails.
func ParseChannels(s string, m Marks) Channels {
	sc := channelScanner{rs: []rune(s)}
	sc.items = make([]channelItem, 0, len(sc.rs)/6+1)
	if sc.scan(); len(sc.items) == 0 {
		return Channels{}
	}
	return sc.channels(m)
}

// channelItem is one carrier of a cell, and the mark before it.
type channelItem struct {
	channel Channel // channelCount: named by other
	other   string
	mark    mark
	lead    bool // stands right behind its mark; else it took over the mark before
	tail    bool // a mark follows right after
	after   mark
	line    bool // begins a line
	may     bool // stands after 可选：
}

type channelScanner struct {
	rs    []rune
	pair  []int // where each bracket closes; nil: there is none
	boxed bool  // names have boxes, ticks or numbers, so that white space need not part them
	items []channelItem

	// What stands before the next item.
	mark  mark
	fresh bool
	line  bool
	may   bool
}

func (s *channelScanner) scan() {
	s.prepare()
	s.line = true
	for i := 0; i < len(s.rs); {
		i = s.step(i)
	}
}

// prepare looks through the cell once for boxes and brackets.
func (s *channelScanner) prepare() {
	unquoted := false // no quoted name ends any more
	for i := 0; i < len(s.rs); i++ {
		r := s.rs[i]
		switch {
		case isOpen(r) && s.pair == nil:
			s.pair = brackets(s.rs)
		case !unquoted && quotes(s.rs, i):
			if end := quoteEnd(s.rs, i); end > 0 {
				i = end
			} else {
				unquoted = true
			}
		case boxMark(r) != noMark:
			s.boxed = true
		}
	}
	i := s.skipSpace(0)
	if i < len(s.rs) && (s.markAt(i) != noMark || s.numberAt(i) > 0) {
		s.boxed = true
	}
}

// step reads what stands at i and returns where it ends.
func (s *channelScanner) step(i int) int {
	r := s.rs[i]
	switch {
	case r == '\n' || r == '\r':
		s.line = true
		return i + 1
	case blank(r) || isComma(r) || r == '：' || r == ':' || r == '_' || r == '＿' || r == '。':
		return i + 1
	}
	if m, end := s.markSpan(i); m != noMark {
		s.setMark(m)
		return end
	}
	if end := s.numberAt(i); end > 0 {
		s.line = true
		return end
	}
	if may, end := s.keyword(i); end > 0 {
		s.may, s.mark, s.fresh = may, noMark, false
		return end
	}
	if c, end := s.name(i); end > 0 {
		return s.known(c, end)
	}
	end := s.unknownEnd(i)
	s.add(channelItem{channel: channelCount, other: tidyName(s.rs[i:end])})
	return end
}

// setMark takes in a mark: it stands before the next item, and behind the last.
// Of □√ the tick counts.
func (s *channelScanner) setMark(m mark) {
	if n := len(s.items); n > 0 && (!s.fresh || m == ticked) {
		s.items[n-1].tail, s.items[n-1].after = true, m
	}
	if !s.fresh || m == ticked {
		s.mark = m
	}
	s.fresh = true
}

func (s *channelScanner) add(it channelItem) {
	if it.channel == channelCount && it.other == "" {
		return
	}
	it.mark, it.lead, it.line, it.may = s.mark, s.fresh, s.line, s.may
	s.items = append(s.items, it)
	s.fresh, s.line = false, false
}

// known takes in a carrier of the thirteen whose name ends at i, and what
// brackets after it say.
func (s *channelScanner) known(c Channel, i int) int {
	next := s.skipSpace(i)
	if next < len(s.rs) && isOpen(s.rs[next]) && s.boxInBrackets(next) == noMark {
		if end := s.closing(next); end > 0 {
			names := bracketNames(s.rs[next+1 : end])
			if c != OtherChannel || len(names) == 0 {
				s.add(channelItem{channel: c})
			}
			s.addNames(names)
			return end + 1
		}
	}
	if c == OtherChannel && s.otherNamed(i) {
		return i
	}
	s.add(channelItem{channel: c})
	return s.connector(i)
}

// addNames adds names that stand in brackets after another, under its mark.
func (s *channelScanner) addNames(names []channelItem) {
	lead, line := s.fresh, s.line
	if n := len(s.items); n > 0 && !s.fresh {
		lead, line = s.items[n-1].lead, s.items[n-1].line
	}
	for _, it := range names {
		s.fresh, s.line = lead, line
		s.add(it)
	}
}

// bracketNames reads the names in brackets: 其他（甲、“乙、丙”）.
func bracketNames(rs []rune) []channelItem {
	var items []channelItem
	pair := brackets(rs)
	for i := 0; i < len(rs); {
		if rs[i] == '“' {
			if end := quoteEnd(rs, i); end > 0 && (end+1 == len(rs) || rs[end+1] == '、') {
				name := strings.ReplaceAll(string(rs[i+1:end]), "””", "”")
				if name != "" {
					items = append(items, channelItem{channel: channelCount, other: name})
				}
				i = end + 1
				continue
			}
		}
		if isComma(rs[i]) || blank(rs[i]) || rs[i] == '_' || rs[i] == '＿' {
			i++
			continue
		}
		end := i
		for end < len(rs) && !isComma(rs[end]) && rs[end] != '\n' {
			if pair[end] > 0 {
				end = pair[end]
			}
			end++
		}
		s := channelScanner{rs: rs[i:end]}
		s.prepare()
		name := strings.Trim(tidyName(rs[i:end]), "_＿")
		c, nameEnd := s.name(0)
		switch {
		case nameEnd > 0 && s.skipSpace(nameEnd) == len(s.rs):
			items = append(items, channelItem{channel: c})
		case name != "" && !isPlaceholder(name):
			items = append(items, channelItem{channel: channelCount, other: name})
		}
		i = end
	}
	return items
}

// isPlaceholder is what forms print where a name is wanted.
func isPlaceholder(name string) bool {
	switch name {
	case "请注明", "请写明", "请说明", "请填写", "注明", "请具体注明", "请列明", "具体名称":
		return true
	}
	return false
}

// otherNamed reports whether a name follows 其他, which ends at i, so that it is
// the named carrier that counts: 其他：甲, 其他____甲.
func (s *channelScanner) otherNamed(i int) bool {
	said := false
	for ; i < len(s.rs); i++ {
		r := s.rs[i]
		switch {
		case r == ':' || r == '：':
			said = true
		case r == '\n' && !s.boxed:
			return false
		case blank(r) || r == '_' || r == '＿':
		default:
			if isComma(r) || s.boundaryMark(i) || s.numberAt(i) > 0 {
				return false
			}
			if _, end := s.keyword(i); end > 0 {
				return false
			}
			_, end := s.name(i)
			return said || end == 0
		}
	}
	return false
}

// unknownEnd returns where a name that begins at i and is none of the thirteen ends.
func (s *channelScanner) unknownEnd(i int) int {
	word := i // where the word at hand begins
	for j := i; j < len(s.rs); j++ {
		r := s.rs[j]
		switch {
		case isComma(r) || s.boxAt(j):
			return j
		case isOpen(r):
			if s.boxInBrackets(j) != noMark {
				return j
			}
			if end := s.closing(j); end > 0 {
				j = end
			}
		case blank(r):
			next := s.skipSpace(j)
			if s.parts(j, next, word) {
				return j
			}
			word, j = next, next-1
		case j > i && s.startsNext(j):
			return j
		}
	}
	return len(s.rs)
}

// parts reports whether the white space from i to next ends a name whose last
// word begins at word.
func (s *channelScanner) parts(i, next, word int) bool {
	if next >= len(s.rs) || s.boundaryMark(next) || s.numberAt(next) > 0 {
		return true
	}
	if _, end := s.name(next); end > 0 {
		return true
	}
	if s.boxed {
		return false
	}
	// 征 地 平 台: spaces inside a name.
	short := i-word == 1 && (next+1 >= len(s.rs) || blank(s.rs[next+1]) || isComma(s.rs[next+1]))
	return !short || slices.Contains(s.rs[i:next], '\n')
}

// startsNext reports whether, inside a name, a lost box or a number begins the
// next one: 征地平台口政府公报, 征地平台2.其他, 征地平台R公共平台.
func (s *channelScanner) startsNext(i int) bool {
	next := i + 1
	switch s.rs[i] {
	case 'R', 't':
		if s.boxed && isHan(s.rs[i-1]) && s.markAt(i) != noMark {
			return true
		}
	case '〇': // a zero stands beside numerals only: 二〇二四
		if s.boxed && !isNumeral(s.rs[i-1]) && next < len(s.rs) && !isNumeral(s.rs[next]) {
			return true
		}
	case '口', 'ロ', '囗':
	default:
		if next = s.numberAt(i); next == 0 || isDigit(s.rs[i-1]) {
			return false
		}
	}
	_, end := s.name(s.skipSpace(next))
	return end > 0
}

func isNumeral(r rune) bool {
	return isDigit(r) || strings.ContainsRune("〇零一二三四五六七八九十", r)
}

// channels makes of the items what the marks mean.
func (s *channelScanner) channels(m Marks) Channels {
	behind := !s.items[0].lead && s.items[len(s.items)-1].tail
	anyTick, anyBox, known := false, false, 0
	for i := range s.items {
		it := &s.items[i]
		if behind {
			it.lead, it.mark = it.tail, it.after
		}
		anyTick = anyTick || it.lead && it.mark == ticked
		anyBox = anyBox || it.lead && it.mark == unticked
		if it.channel < channelCount {
			known++
		}
	}
	var out Channels
	for _, it := range s.items {
		mk := it.mark
		switch {
		case it.lead:
		case it.channel < channelCount && anyTick && (behind || known >= 10 && !anyBox):
			// The whole list, ticked here and there.
			mk = unticked
		case it.channel == channelCount && it.line && mk == unticked:
			// On a line of its own, with no box: not to be dropped.
			mk = noMark
		}
		switch {
		case it.channel == channelCount:
			if (mk != unticked || m == MustMay) && !slices.Contains(out.Others, it.other) {
				out.Others = append(out.Others, it.other)
			}
		case mk == unticked && m == Chosen:
		case mk == unticked || it.may:
			out.May = out.May.With(it.channel)
		default:
			out.Set = out.Set.With(it.channel)
		}
	}
	out.May &^= out.Set
	return out
}

// tidyName takes line breaks and spaces between Chinese characters out of a name.
func tidyName(rs []rune) string {
	var b strings.Builder
	for i := 0; i < len(rs); i++ {
		if !blank(rs[i]) {
			b.WriteRune(rs[i])
			continue
		}
		j := i
		for j < len(rs) && blank(rs[j]) {
			j++
		}
		broken := slices.Contains(rs[i:j], '\n') || i == 1 || j == len(rs)-1 || i > 1 && blank(rs[i-2])
		if i > 0 && j < len(rs) && (!broken || !isHan(rs[i-1]) || !isHan(rs[j])) {
			b.WriteByte(' ')
		}
		i = j - 1
	}
	return strings.TrimRight(b.String(), "。：: ")
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isComma parts names wherever it stands outside brackets.
func isComma(r rune) bool {
	switch r {
	case '、', '，', ',', '；', ';', '|', '｜', '﹑', '､', '\t':
		return true
	}
	return false
}
