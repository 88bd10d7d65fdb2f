package check

import "strings"

// minRepeat is the length in bytes from which saying a phrase twice in a row is a
// slip: three Chinese characters. 常常 and 2020 are none.
const minRepeat = 9

// repeated finds a phrase said twice in a row, with nothing between the two or a
// comma, and returns where the second begins and how long it is, with its comma.
// Only Chinese characters make a phrase.
func repeated(s string) (at, n int) {
	if len(s) < 2*minRepeat {
		return 0, 0
	}
	// Where a run of three characters was last seen, by a hash of its bytes. A
	// collision costs a comparison, or hides one of many places of a repetition.
	var seen [256]int32
	for i := 0; i+minRepeat <= len(s); {
		b := s[i]
		if b < 0x80 {
			i++
			continue
		}
		if b < 0xe0 {
			i += 2
			continue
		}
		h := hash9(s[i:])
		before := int(seen[h]) - 1
		seen[h] = int32(i + 1)
		if before >= 0 && i-before >= minRepeat && s[before:before+minRepeat] == s[i:i+minRepeat] {
			if at, n := repeatAt(s, before, i); n > 0 {
				return at, n
			}
		}
		i += 3
	}
	return 0, 0
}

func hash9(s string) uint8 {
	_ = s[8]
	h := uint32(s[1])<<16 ^ uint32(s[2])<<8 ^ uint32(s[4])<<10 ^ uint32(s[5])<<3 ^ uint32(s[7])<<5 ^ uint32(s[8])
	return uint8(h * 2654435761 >> 24)
}

// repeatAt stretches two equal runs at a and b as far as they are equal, and
// returns the second one if they meet.
func repeatAt(s string, a, b int) (at, n int) {
	d := b - a
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
