package catalog

import "strings"

func (s *channelScanner) skipSpace(i int) int {
	for i < len(s.rs) && blank(s.rs[i]) {
		i++
	}
	return i
}

func (s *channelScanner) closing(i int) int {
	if s.pair == nil {
		return 0
	}
	return s.pair[i]
}

// markAt reads the mark at i, where a name may begin.
func (s *channelScanner) markAt(i int) mark {
	if m := boxMark(s.rs[i]); m != noMark {
		return m
	}
	next := s.skipSpace(i + 1)
	if next >= len(s.rs) {
		return noMark
	}
	return startMark(s.rs[i], s.rs[next])
}

// boxAt reports whether there is a mark at i that is one wherever it stands.
func (s *channelScanner) boxAt(i int) bool { return boxMark(s.rs[i]) != noMark }

func (s *channelScanner) boundaryMark(i int) bool {
	m, _ := s.markSpan(i)
	return m != noMark
}

// markSpan reads a mark at i, in brackets or not: （√）, [ ].
func (s *channelScanner) markSpan(i int) (mark, int) {
	if isOpen(s.rs[i]) {
		if m := s.boxInBrackets(i); m != noMark {
			return m, s.closing(i) + 1
		}
		return noMark, 0
	}
	return s.markAt(i), i + 1
}

// boxInBrackets reads brackets at i that hold nothing but a mark; empty ones are
// an empty box.
func (s *channelScanner) boxInBrackets(i int) mark {
	end := s.closing(i)
	if end == 0 {
		return noMark
	}
	j := s.skipSpace(i + 1)
	if j == end {
		return unticked
	}
	if s.skipSpace(j+1) != end {
		return noMark
	}
	return boxMark(s.rs[j])
}

// numberAt reads the number or the bullet of a list at i and returns where it
// ends, or 0: 1. 2、 （三） ④ •.
func (s *channelScanner) numberAt(i int) int {
	switch r := s.rs[i]; {
	case r >= '①' && r <= '⑳':
		return i + 1
	case strings.ContainsRune("•·-－–—*＊※➢►>", r):
		if next := s.skipSpace(i + 1); next < len(s.rs) && isHan(s.rs[next]) {
			return next
		}
		return 0
	}
	j, open := i, false
	if r := s.rs[i]; r == '(' || r == '（' {
		open = true
		j++
	}
	start := j
	for j < len(s.rs) && j-start < 2 && (isDigit(s.rs[j]) || strings.ContainsRune("一二三四五六七八九十", s.rs[j])) {
		j++
	}
	if j == start || j >= len(s.rs) {
		return 0
	}
	switch s.rs[j] {
	case ')', '）':
	case '.', '．', '、':
		if open {
			return 0
		}
	default:
		return 0
	}
	j = s.skipSpace(j + 1)
	if j >= len(s.rs) || isDigit(s.rs[j]) || isComma(s.rs[j]) {
		return 0
	}
	return j
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// keyword reads 可选： or 必选： at i and returns where it ends, or 0.
func (s *channelScanner) keyword(i int) (may bool, end int) {
	if i+2 >= len(s.rs) || s.rs[i+1] != '选' || s.rs[i] != '可' && s.rs[i] != '必' {
		return false, 0
	}
	j := i + 2
	if s.rs[j] == '项' {
		j++
	}
	if j >= len(s.rs) || s.rs[j] != '：' && s.rs[j] != ':' {
		return false, 0
	}
	return s.rs[i] == '可', j + 1
}

// name reads the name of one of the thirteen at i and returns where it ends; 0
// where there is none.
func (s *channelScanner) name(i int) (Channel, int) {
	if i >= len(s.rs) {
		return 0, 0
	}
	if c, end := s.alias(i); end > 0 {
		return c, end
	}
	if !isLevelWord(s.rs[i]) {
		return 0, 0
	}
	depth := 0
	for j, n := i, 0; j+1 < len(s.rs) && n < 16; j, n = j+1, n+1 {
		r := s.rs[j]
		switch {
		case isOpen(r):
			depth++
		case isClose(r):
			depth--
		case isLevelWord(r) || isSlash(r) || r == '、' || r == ' ':
		default:
			return 0, 0
		}
		if depth == 0 {
			if c, end := s.alias(j + 1); end > 0 && c != OtherChannel {
				return c, end
			}
		}
	}
	return 0, 0
}

// alias reads the longest alias at i that ends where a name may end.
func (s *channelScanner) alias(i int) (Channel, int) {
	t := channelTree()
	type hit struct {
		c   Channel
		end int
	}
	var hits [6]hit
	n, depth := 0, 0
	var node int32
	for j := i; j < len(s.rs); j++ {
		r := s.rs[j]
		switch {
		case blank(r) || isSlash(r):
			if j == i {
				return 0, 0
			}
			continue
		case r == '、' && node != 0:
			continue
		case isOpen(r):
			if j == i {
				return 0, 0
			}
			depth++
			continue
		case isClose(r):
			if depth--; depth < 0 {
				j = len(s.rs)
			}
			continue
		}
		if node = t.next(node, nameRune(r)); node == 0 {
			break
		}
		if v := t.nodes[node].value; v != 0 && n < len(hits) {
			end := j + 1
			if depth == 1 {
				if end = s.skipSpace(end); end >= len(s.rs) || !isClose(s.rs[end]) {
					continue
				}
				end++
			} else if depth > 1 {
				continue
			}
			hits[n] = hit{Channel(v - 1), end}
			n++
		}
	}
	for n--; n >= 0; n-- {
		if s.boundary(hits[n].end) {
			return hits[n].c, hits[n].end
		}
	}
	return 0, 0
}

// boundary reports whether a name may end before i.
func (s *channelScanner) boundary(i int) bool {
	if i >= len(s.rs) {
		return true
	}
	r := s.rs[i]
	switch {
	case blank(r), isComma(r), isSlash(r), isOpen(r), isClose(r), r == '：', r == ':', r == '_', r == '＿', r == '。', r == '等':
		return true
	case s.markAt(i) != noMark, s.numberAt(i) > 0, s.connector(i) > i:
		return true
	}
	// 政府网站政府公报, 现场村公示栏: two names with nothing between.
	for ; i < len(s.rs); i++ {
		if s.startsAlias(i) {
			return true
		}
		if !isLevelWord(s.rs[i]) {
			return false
		}
	}
	return false
}

// startsAlias reports whether an alias begins at i, wherever it ends.
func (s *channelScanner) startsAlias(i int) bool {
	t := channelTree()
	var node int32
	for ; i < len(s.rs); i++ {
		r := s.rs[i]
		if blank(r) || isSlash(r) && node != 0 {
			continue
		}
		if node = t.next(node, nameRune(r)); node == 0 {
			return false
		}
		if t.nodes[node].value != 0 {
			return true
		}
	}
	return false
}

// connector passes over what joins a name to the next: 和, 或, 等, a slash.
func (s *channelScanner) connector(i int) int {
	j := s.skipSpace(i)
	if j >= len(s.rs) {
		return i
	}
	switch r := s.rs[j]; {
	case isSlash(r), r == '等', r == '+', r == '＋', r == '&':
		return j + 1
	case r == '和', r == '与', r == '或', r == '并', r == '及' && (j+1 >= len(s.rs) || s.rs[j+1] != '时'):
		return j + 1
	case r == '以' && j+1 < len(s.rs) && s.rs[j+1] == '及':
		return j + 2
	}
	return i
}
