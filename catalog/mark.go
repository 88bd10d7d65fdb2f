package catalog

import (
	"strings"
	"unicode/utf8"
)

// mark is what a box or a tick says of what it stands beside.
type mark uint8

const (
	noMark mark = iota
	ticked
	unticked
)

// boxMark reads a rune that is a box or a tick wherever it stands. Those of the
// private area and £ ¨ þ are what is left of a symbol font's boxes.
func boxMark(r rune) mark {
	switch r {
	case '■', '▄', '▲', '◆', '√', '☑', '☒', '✓', '✔', '✅', '●', '█', '▇', '▆', '▣', '◼', '◾', '⬛', '▪', '★', '◉',
		'🗹', '🗸', '🗷', 'þ', '\uf052', '\uf0fe', '\uf06e', '\uf0fc', '\uf0fd', '\uf050':
		return ticked
	case '□', '☐', '○', '◯', '◻', '◽', '⬜', '▫', '◇', '△', '☆', '▢', '❏', '❑', '❒', '✗', '✘',
		'£', '₤', '¨', '\uf0a3', '\uf0a8', '\uf06f', '\uf071':
		return unticked
	}
	return noMark
}

// startMark reads a rune that is a mark only where a name begins, because it is
// also a letter or a word: R and t for a ticked box whose font was lost, 口 for □.
func startMark(r, next rune) mark {
	han := isHan(next)
	switch r {
	case 'R', 't', 'V', 'v', 'ｖ', 'Ｖ', 'Ｒ':
		if han {
			return ticked
		}
	case '口', 'ロ', '囗', '〇':
		// 口岸, 口头 are words.
		if han && !strings.ContainsRune("岸头径碑令", next) {
			return unticked
		}
	}
	return noMark
}

// Tick reads the cell of a tick column: whether it is ticked (√ ✓ ☑ ■ ● R 是 …)
// and what else it says, without the brackets around it: √（面向申请人） is ticked
// and says 面向申请人. An empty box, × and 否 are not ticked and say nothing.
func Tick(cell string) (on bool, rest string) {
	s := trimSpace(cell)
	switch s {
	case "是", "有", "Y", "y", "V", "v", "R", "P", "ü", "√√", "对":
		return true, ""
	case "否", "×", "x", "X", "✕", "✖", "N", "n", "口", "〇", "ロ", "囗":
		return false, ""
	}
	seen := false
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		m := boxMark(r)
		if m == noMark && !seen {
			next, _ := utf8.DecodeRuneInString(trimSpace(s[n:]))
			m = startMark(r, next)
		}
		if m == noMark {
			break
		}
		seen = true
		on = on || m == ticked
		s = trimSpace(s[n:])
	}
	// A tick may also follow the words: 全社会√.
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		m := boxMark(r)
		if m == noMark {
			break
		}
		on = on || m == ticked
		s = trimSpace(s[:len(s)-n])
	}
	return on, trimSpace(stripBrackets(s))
}

// stripBrackets takes off the brackets that enclose all of s.
func stripBrackets(s string) string {
	rs := []rune(s)
	if len(rs) < 2 || !isOpen(rs[0]) || brackets(rs)[0] != len(rs)-1 {
		return s
	}
	return string(rs[1 : len(rs)-1])
}

func isOpen(r rune) bool {
	return r == '(' || r == '（' || r == '[' || r == '［' || r == '【' || r == '〔'
}

func isClose(r rune) bool {
	return r == ')' || r == '）' || r == ']' || r == '］' || r == '】' || r == '〕'
}

// brackets returns for each opening bracket where it closes; 0 elsewhere. What
// stands in quotes right after a bracket or a comma is passed over.
func brackets(rs []rune) []int {
	pair := make([]int, len(rs))
	var open []int
	unquoted := false // no quoted name ends any more
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case isOpen(r):
			open = append(open, i)
		case isClose(r) && len(open) > 0:
			pair[open[len(open)-1]] = i
			open = open[:len(open)-1]
		case !unquoted && quotes(rs, i):
			if end := quoteEnd(rs, i); end > 0 {
				i = end
			} else {
				unquoted = true
			}
		}
	}
	return pair
}

// quotes reports whether a name in quotes may begin at i.
func quotes(rs []rune, i int) bool {
	return rs[i] == '“' && i > 0 && (isOpen(rs[i-1]) || rs[i-1] == '、')
}

// quoteEnd returns where the name quoted from i on ends: at a ” that is not
// doubled; -1 where there is none.
func quoteEnd(rs []rune, i int) int {
	for i++; i < len(rs); i++ {
		if rs[i] != '”' {
			continue
		}
		if i+1 < len(rs) && rs[i+1] == '”' {
			i++
			continue
		}
		return i
	}
	return -1
}

// trimSpace takes blanks off both ends.
func trimSpace(s string) string { return strings.TrimFunc(s, blank) }
