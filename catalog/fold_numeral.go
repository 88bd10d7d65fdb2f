package catalog

import "unicode/utf8"

// numeral reads the whole number that s starts with, in ASCII digits or in
// Chinese (二十, 两, 二〇一九), and says how many bytes it takes; 0 when s starts
// with none, or with one above 9999.
func numeral(s string) (n, size int) {
	if s == "" {
		return 0, 0
	}
	if s[0] < utf8.RuneSelf {
		for size < len(s) && s[size] >= '0' && s[size] <= '9' {
			if size == 4 {
				return 0, 0
			}
			n = n*10 + int(s[size]-'0')
			size++
		}
		return n, size
	}
	return chineseNumeral(s)
}

// chineseNumeral is numeral for 一, 十, 百 and the like.
func chineseNumeral(s string) (n, size int) {
	digit, figures := 0, 0
	for size < len(s) {
		r, w := utf8.DecodeRuneInString(s[size:])
		d, scale := figure(r)
		switch {
		case scale > 0:
			if figures == 0 {
				digit = 1
			}
			n += digit * scale
			digit, figures = 0, 0
		case d >= 0:
			if figures++; figures > 4 {
				return 0, 0
			}
			digit = digit*10 + d
		default:
			return sum(n, digit, size)
		}
		size += w
		if n > 9999 {
			return 0, 0
		}
	}
	return sum(n, digit, size)
}

func sum(n, digit, size int) (int, int) {
	if n+digit > 9999 {
		return 0, 0
	}
	return n + digit, size
}

// figure returns the value of a Chinese digit, or the scale of 十, 百 and 千.
func figure(r rune) (digit, scale int) {
	switch r {
	case '〇', '○', '零':
		return 0, 0
	case '一', '壹':
		return 1, 0
	case '二', '两', '贰':
		return 2, 0
	case '三', '叁':
		return 3, 0
	case '四', '肆':
		return 4, 0
	case '五', '伍':
		return 5, 0
	case '六', '陆':
		return 6, 0
	case '七', '柒':
		return 7, 0
	case '八', '捌':
		return 8, 0
	case '九', '玖':
		return 9, 0
	case '十', '拾':
		return -1, 10
	case '百':
		return -1, 100
	case '千':
		return -1, 1000
	}
	return -1, 0
}
