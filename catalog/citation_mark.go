package catalog

import (
	"strings"
	"unicode/utf8"
)

// markClass is what a character does in a cell of citations.
type markClass uint8

const (
	wordMark   markClass = iota
	blankMark            // a space
	breakMark            // the end of a line
	sepMark              // 、，；。
	openTitle            // 《
	closeTitle           // 》
	openInner            // 〈 <
	closeInner           // 〉 >
	openRound            // （ (
	closeRound
	openSquare // 〔 [ 【
	closeSquare
)

func classOf(r rune) markClass {
	if r >= 0x4E00 && r <= 0x9FFF {
		return wordMark
	}
	switch r {
	case '\n', '\r', '\v', '\f':
		return breakMark
	case '、', '，', ',', '；', ';', '。', '｡', '､', '﹑', '﹐', '﹔':
		return sepMark
	case '《', '«', '≪', '⟪', '︽':
		return openTitle
	case '》', '»', '≫', '⟫', '︾':
		return closeTitle
	case '〈', '<', '＜', '‹', '⟨', '﹤', '︿':
		return openInner
	case '〉', '>', '＞', '›', '⟩', '﹥', '﹀':
		return closeInner
	case '（', '(', '﹙':
		return openRound
	case '）', ')', '﹚':
		return closeRound
	case '〔', '[', '［', '【', '﹝', '〖', '{', '｛', '❲':
		return openSquare
	case '〕', ']', '］', '】', '﹞', '〗', '}', '｝', '❳':
		return closeSquare
	}
	if blank(r) {
		return blankMark
	}
	return wordMark
}

// skipBlank returns the first index at or after i that is no space; a line
// break counts as one.
func skipBlank(s string, i int) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if c := classOf(r); c != blankMark && c != breakMark {
			break
		}
		i += w
	}
	return i
}

// skipSeparators is skipBlank for spaces and separators; it tells whether there
// was a separator or a line break.
func skipSeparators(s string, i int) (next int, parted bool) {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch classOf(r) {
		case sepMark, breakMark:
			parted = true
		case blankMark:
		default:
			return i, parted
		}
		i += w
	}
	return i, parted
}

// bracketEnd finds where the bracket that opens at i ends. Brackets of another
// shape may close it, and one that lost its end within it does no harm. Where
// it never closes, inner is the text to the end of the phrase and closed false;
// even tells that every bracket within has its like.
func bracketEnd(s string, i int) (inner string, next int, closed, even bool) {
	var stack [8]markClass
	var opened [8]int
	r, w := utf8.DecodeRuneInString(s[i:])
	stack[0], opened[0] = classOf(r), i+w
	depth, start := 1, i+w
	even = true
	giveUp := -1
	for j := start; j < len(s); {
		r, w := utf8.DecodeRuneInString(s[j:])
		switch c := classOf(r); c {
		case openRound, openSquare:
			if depth == len(stack) {
				return s[start:j], j, false, false
			}
			stack[depth], opened[depth] = c, j+w
			depth++
		case closeRound, closeSquare:
			like := stack[depth-1] == c-1
			if !like && depth > 1 && !isYear(s[opened[depth-1]:j]) {
				// The inner bracket was never closed; this closes an outer one.
				for k := depth - 2; k >= 0; k-- {
					if stack[k] == c-1 {
						depth, like = k+1, true
						break
					}
				}
				even = false
			}
			even = even && like
			if !like && depth == 1 && j-start > 4 && isYear(s[j-4:j]) {
				break // 国办发2016〕80号: the bracket lost is the one before the year
			}
			if depth--; depth == 0 {
				return s[start:j], j + w, true, even
			}
		case breakMark, openTitle:
			if giveUp < 0 {
				giveUp = j
			}
		case sepMark:
			if giveUp < 0 && (r == '；' || r == ';' || r == '。') {
				giveUp = j
			}
		}
		j += w
	}
	if giveUp < 0 {
		giveUp = len(s)
	}
	return s[start:giveUp], giveUp, false, false
}

// isYear reports whether s is a year from 1949 to 2099 in ASCII digits, which
// may have spaces around it.
func isYear(s string) bool {
	s = trimSpace(s)
	return len(s) == 4 && figures(s) == 4 && (s >= "1949" && s < "2100")
}

// oneLine returns s without the line breaks within it, trimmed.
func oneLine(s string) string {
	s = trimSpace(s)
	if !strings.ContainsAny(s, "\n\r\v\f") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if classOf(r) != breakMark {
			b.WriteString(s[i : i+w])
			i += w
			continue
		}
		i = skipBlank(s, i)
		kept := strings.TrimRightFunc(b.String(), blank)
		b.Reset()
		b.WriteString(kept)
		if kept != "" && i < len(s) && s[i] < utf8.RuneSelf && kept[len(kept)-1] < utf8.RuneSelf {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// withoutBlanks returns s without spaces, but for one between Latin words.
func withoutBlanks(s string) string {
	if strings.IndexFunc(s, blank) < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !blank(r) {
			b = append(b, s[i:i+w]...)
			i += w
			continue
		}
		for i < len(s) {
			r, w := utf8.DecodeRuneInString(s[i:])
			if !blank(r) {
				break
			}
			i += w
		}
		if len(b) > 0 && i < len(s) && apart(b[len(b)-1], s[i]) {
			b = append(b, ' ')
		}
	}
	return string(b)
}

// apart reports whether a space between a and b parts Latin words: GB/T 12345.
func apart(a, b byte) bool {
	letter := func(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return letter(a) && (letter(b) || digit(b)) || digit(a) && letter(b)
}
