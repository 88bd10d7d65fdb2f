package catalog

import (
	"strings"
	"unicode/utf8"
)

// titleEndings are the words that titles of acts and documents end with, and how
// many characters a title with that ending has at the least: 收养法 is a title,
// 信息公开规定 says nothing.
var titleEndings = []struct {
	text  string
	least int
}{
	{"办法", 6}, {"方法", 99}, {"做法", 99}, {"执法", 99}, {"司法", 99}, {"守法", 99}, {"违法", 99}, {"合法", 99}, {"无法", 99},
	{"看法", 99}, {"想法", 99}, {"说法", 99}, {"立法", 99}, {"普法", 99}, {"非法", 99}, {"依法", 99}, {"用法", 99}, {"书法", 99}, {"手法", 99},
	{"法", 3}, {"法典", 3}, {"条例", 5}, {"细则", 6}, {"规定", 8}, {"决定", 8}, {"意见", 8}, {"通知", 8},
	{"纲要", 6}, {"规划", 8}, {"方案", 8}, {"指引", 6}, {"标准", 8}, {"规程", 6}, {"规范", 6}, {"规则", 6},
	{"公告", 8}, {"批复", 8}, {"准则", 6}, {"要点", 8}, {"解释", 8}, {"命令", 8}, {"措施", 8}, {"目录", 8},
}

// vagueWords begin or stand in words that name no document.
var vagueWords = []string{"相关", "有关", "其他", "其它", "配套", "各地", "各级", "各省", "各市", "法律法规", "法律、法规", "上级"}

// plainTitle reports whether s, without title marks, plainly is a title.
func plainTitle(s string) bool {
	s = strings.TrimFunc(s, blank)
	if len(s) < len("收养法") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune("法典例则定见知要划案引准程范告复点释令施录", last) {
		return false
	}
	s = s[lastColon(s):]
	for _, e := range titleEndings {
		if !strings.HasSuffix(s, e.text) {
			continue
		}
		if utf8.RuneCountInString(s) < e.least {
			return false
		}
		for _, v := range vagueWords {
			if strings.HasPrefix(s, v) || strings.HasSuffix(s[:len(s)-len(e.text)], v) {
				return false
			}
		}
		return strings.IndexFunc(s, func(c rune) bool {
			k := classOf(c)
			return k == openTitle || k == closeTitle || c == '；' || c == '。'
		}) < 0
	}
	return false
}
