package check

import "strings"

// minRepeat is the length in bytes from which saying a phrase twice in a row is a
// slip: three Chinese characters. 常常 and 2020 are none.
const minRepeat = 9

// repeatAt stretches two equal runs at a and b as far as they are equal. If they
// meet, with nothing between the two or a comma, it returns where the second
// begins and how long it is, with its comma. Only Chinese characters make a phrase.
func repeatAt(s string, a, b int) (at, n int) {
	d := b - a
	if a < 0 || d < minRepeat || s[a:a+minRepeat] != s[b:b+minRepeat] {
		return 0, 0 // a text so long that places were not kept in full
	}
	if d > minRepeat+3 && b+minRepeat < len(s) && a > 0 &&
		s[a-1] != s[b-1] && s[a+minRepeat+2] != s[min(b+minRepeat+2, len(s)-1)] {
		return 0, 0 // three characters alone, farther apart than a comma
	}
	from := a
	for from > 0 && s[from-1] == s[from-1+d] {
		from--
	}
	to := b
	for to < len(s) && s[to] == s[to-d] {
		to++
	}
	for from < to && s[from]&0xc0 == 0x80 { // begin with a whole character
		from++
	}
	if to-from >= 2*d { // XX
		words := commas.Replace(s[from : from+d])
		switch {
		case len(words) < minRepeat || strings.ContainsFunc(words, notHan):
			return 0, 0
		case len(words) < d && !(edge(s[:from], true) || edge(s[from:], false)):
			return 0, 0 // 临时救助材料、救助材料、: two things
		}
		return from + d, d
	}
	// X、X between commas or the text's ends.
	phrase := strings.TrimRight(s[from:to-d], "、，；,; \n")
	phrase = strings.TrimLeft(phrase, "、，；,; \n")
	start := strings.Index(s[from:], phrase) + from
	gap := d - len(phrase)
	if len(phrase) < minRepeat || strings.ContainsFunc(phrase, notHan) || gap <= 0 || gap > 3 ||
		!isComma(s[start+len(phrase):start+d]) || !edge(s[:start], true) || !edge(s[start+d+len(phrase):], false) {
		return 0, 0
	}
	return start + len(phrase), d
}

var commas = strings.NewReplacer("、", "", "，", "", "；", "", ",", "", ";", "")

func notHan(c rune) bool { return c < 0x4e00 || c > 0x9fff }

func isComma(s string) bool {
	switch s {
	case "、", "，", "；", ",", ";", "\n", " ":
		return true
	}
	return false
}

// edge reports whether a listed item may begin after s, or end before it.
func edge(s string, before bool) bool {
	if s == "" {
		return true
	}
	for _, c := range []string{"、", "，", "；", ",", ";", "\n", " ", "：", ":", "。", "）", ")"} {
		if before && strings.HasSuffix(s, c) || !before && strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}
